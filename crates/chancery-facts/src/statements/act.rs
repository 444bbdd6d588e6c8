//! What a speaker does by a statement, and whether it is negated or hedged.

use super::words::Words;
use chancery_lexicon::cues::cues;
use chancery_model::mark::{AttributionMark, TokenSyntax};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Act;

const NEGATIONS: &[&str] = &["not", "n't", "never", "neither", "nor", "without", "no"];
const HEDGES: &[&str] = &[
    "reportedly",
    "apparently",
    "allegedly",
    "supposedly",
    "seemingly",
    "appeared",
    "appears",
    "appear",
    "seemed",
    "seems",
    "seem",
    "may",
    "might",
    "could",
    "possibly",
    "perhaps",
    "purportedly",
];
/// Saying with these, negated, is declining to tell.
const TELLING: &[&str] = &[
    "disclose",
    "reveal",
    "mention",
    "comment",
    "specify",
    "elaborate",
    "give",
    "clarify",
    "explain",
    "respond",
    "respond to",
    "answer",
    "discuss",
    "identify",
    "name",
    "detail",
    "indicate",
    "make clear",
    "spell out",
    "announce",
];
const CHARGES: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "claim",
    "claims",
    "report",
    "reports",
    "suggestion",
    "suggestions",
    "charge",
    "charges",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "criticism",
    "assertions",
    "assertion",
    "speculation",
];
const NOBODY: &[&str] = &["neither", "nobody", "none", "no"];

/// What a cue says about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) act: Act,
    pub(super) negated: bool,
    pub(super) hedged: bool,
}

/// Reads cue, source and the first words of the content.
pub(super) fn manner(
    words: &Words<'_>,
    source: &[TokenRange],
    cue: &[TokenRange],
    content: &[TokenRange],
) -> Manner {
    let tokens: Vec<usize> = cue.iter().flat_map(|r| r.iter()).collect();
    let mut verbs: Vec<(&str, Act)> = Vec::new();
    for i in &tokens {
        if let Some(c) = words.verb(*i) {
            verbs.push((&c.lemma, c.act));
        } else if let Some(n) = cues().noun_of(&words.low(*i)) {
            verbs.push((&n.lemma, n.act));
        }
    }
    let start = content.first().map_or(0, |r| r.start as usize);
    let first = if content.is_empty() { String::new() } else { words.low(start) };
    let wh =
        ["whether", "if", "when", "where", "how", "why", "what", "who", "which"].contains(&first.as_str());
    let nobody = source.first().is_some_and(|s| words.is(s.start as usize, NOBODY));
    let negated = nobody || tokens.iter().any(|i| words.is(*i, NEGATIONS));
    let before = cue.first().and_then(|c| (c.start as usize).checked_sub(1));
    let hedged =
        tokens.iter().any(|i| words.is(*i, HEDGES)) || before.is_some_and(|b| words.low(b) == "reportedly");
    let act = act(words, &verbs, negated, wh, &first, start, content);
    // "made no mention" declines; the negation is part of the act's words.
    let negated =
        negated && !(verbs.iter().any(|(l, _)| l.starts_with("make no") || l.starts_with("give no")));
    let hedged = hedged || said_to(words, source, &tokens);
    Manner { act, negated, hedged }
}

/// "is said to have sold": nobody says it, and it is held at arm's length.
fn said_to(words: &Words<'_>, source: &[TokenRange], cue: &[usize]) -> bool {
    let passive = cue.windows(2).any(|w| {
        matches!(w, [a, b] if words.is(*a, &["is", "are", "was", "were"])
            && words.is(*b, &["said", "reported", "rumoured", "rumored", "alleged", "believed", "thought", "understood"]))
    });
    source.is_empty() && passive
}

fn act(
    words: &Words<'_>,
    verbs: &[(&str, Act)],
    negated: bool,
    wh: bool,
    first: &str,
    start: usize,
    content: &[TokenRange],
) -> Act {
    let main = verbs.iter().find(|(_, a)| *a != Act::Say).or_else(|| verbs.first());
    let Some((lemma, act)) = main.copied() else { return Act::Say };
    if verbs.iter().any(|(l, _)| *l == "refuse") {
        let follows = verbs.last().is_some_and(|(l, a)| *l != "refuse" && *a == Act::Say);
        let tells = first == "to"
            && words
                .verb(start + 1)
                .is_some_and(|c| c.act == Act::Say || TELLING.contains(&c.lemma.as_str()));
        return if follows || tells || is_telling(words, start, first) { Act::Decline } else { Act::Reject };
    }
    // "would neither confirm nor deny".
    let has = |l: &str| verbs.iter().any(|(v, _)| *v == l);
    if negated && has("confirm") && has("deny") {
        return Act::Decline;
    }
    if negated {
        let telling = verbs.iter().any(|(l, _)| TELLING.contains(l));
        let silent =
            wh && verbs.iter().any(|(l, a)| matches!(*l, "say" | "tell" | "confirm") || *a == Act::Say);
        if telling || silent {
            return Act::Decline;
        }
    }
    if act == Act::Reject {
        let charge = content.first().is_some_and(|c| c.iter().take(4).any(|i| words.is(i, CHARGES)));
        if charge && matches!(lemma, "reject" | "dismiss") {
            return Act::Deny;
        }
    }
    if lemma == "ask"
        && (wh
            || content.first().is_some_and(|c| words.low(c.start as usize).starts_with(['"', '“', '‘', '«'])))
    {
        return Act::Say;
    }
    act
}

fn is_telling(words: &Words<'_>, start: usize, first: &str) -> bool {
    first == "to" && words.is(start + 1, &["name", "identify", "give", "provide", "be"])
}

/// Whom somebody urges, orders or asks to do something: the verb's object, though the head took it for what was said.
pub(super) fn urged(
    words: &Words<'_>,
    syntax: &[TokenSyntax],
    mark: &AttributionMark,
    act: Act,
) -> Option<TokenRange> {
    matches!(act, Act::Request | Act::Demand).then_some(())?;
    let cue = mark.cue.first()?;
    let hangs = |t: usize, relations: &[&str]| {
        syntax.get(t).is_some_and(|s| cue.has(s.head as usize) && relations.contains(&s.deprel.as_str()))
    };
    let sentence = words.sentence(cue.start as usize);
    let deed = sentence.iter().find(|t| hangs(*t, &["xcomp", "ccomp"]))?;
    let to = (cue.end as usize..deed).rev().find(|t| words.low(*t) == "to")?;
    let whom = (cue.end as usize..to).find(|t| hangs(*t, &["obj", "iobj"]))?;
    let r = words.phrase_from(cue.end as usize, to)?;
    (r.has(whom) && r.end as usize == to).then_some(r)
}
