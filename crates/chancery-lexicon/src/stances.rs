//! Words that tell where somebody stands (`data/stances.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    conditions: Vec<String>,
    always: Vec<String>,
    open: Vec<String>,
    against: Vec<String>,
    favour: Vec<String>,
    for_verbs: String,
    calls_for: String,
    against_verbs: String,
    ends: String,
    denials: String,
    wanted: String,
    forced: String,
    helping: String,
    leaves: Vec<String>,
    asked: Vec<String>,
    kin: Vec<String>,
    breaks: String,
    helps: String,
    nothing: String,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    stance: Option<String>,
}

/// What a word says of a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A condition follows.
    Condition,
    /// Against.
    Against,
    /// For.
    For,
}

/// Words that `*` may stand for.
const GAP: usize = 4;

/// What a phrase of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Looks like a condition and is none.
    Always,
    /// A stance where a condition stands beside it.
    Open,
    Stance(Cue),
    Leaves,
    Asked,
}

/// A place in a phrase.
#[derive(Debug)]
enum Part {
    /// One of these words.
    Word(Vec<String>),
    /// Up to [`GAP`] words.
    Gap,
    /// The beginning of the statement.
    First,
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    kind: Kind,
}

/// Patterns, and by their first word where they stand in the list.
type Patterns = (Vec<Pattern>, HashMap<String, Vec<usize>>);

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/stances.toml")));

static HELPS: LazyLock<HashSet<&str>> = LazyLock::new(|| FILE.helps.split_whitespace().collect());
static NOTHING: LazyLock<HashSet<&str>> = LazyLock::new(|| FILE.nothing.split_whitespace().collect());

/// The patterns, and which of them begin with a word; `^` and the word after it count for that word. Only looked up.
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let file = &*FILE;
    let lists = [
        (&file.always, Kind::Always),
        (&file.conditions, Kind::Stance(Cue::Condition)),
        (&file.favour, Kind::Stance(Cue::For)),
        (&file.against, Kind::Stance(Cue::Against)),
        (&file.open, Kind::Open),
        (&file.leaves, Kind::Leaves),
        (&file.asked, Kind::Asked),
    ];
    let (mut all, mut by_first) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
    for (list, kind) in lists {
        for phrase in list {
            let parts: Vec<Part> = phrase.split_whitespace().map(part).collect();
            for w in parts
                .iter()
                .find_map(|p| if let Part::Word(w) = p { Some(w) } else { None })
                .into_iter()
                .flatten()
            {
                by_first.entry(w.clone()).or_default().push(all.len());
            }
            all.push(Pattern { parts, kind });
        }
    }
    (all, by_first)
});

fn part(word: &str) -> Part {
    match word {
        "*" => Part::Gap,
        "^" => Part::First,
        w => Part::Word(w.split('|').map(str::to_owned).collect()),
    }
}

/// A word of a statement: where it begins, in lower case, and the number of its clause.
struct Word {
    at: usize,
    text: String,
    clause: usize,
}

/// Words with plain apostrophes; what stands between two marks of punctuation is a clause.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut clause = 0;
    let mut open = false;
    for (at, c) in text.char_indices() {
        let joins = matches!(c, '\'' | '’' | '-' | '‑') && open;
        if c.is_alphanumeric() || joins {
            if !open {
                out.push(Word { at, text: String::new(), clause });
                open = true;
            }
            if let Some(w) = out.last_mut() {
                w.text.extend(if c == '’' { '\''.to_lowercase() } else { c.to_lowercase() });
            }
        } else {
            open = false;
            if matches!(c, '.' | ';' | '!' | '?' | ':' | ',' | '"' | '”' | '“' | '—') {
                clause += 1;
            }
        }
    }
    out
}

/// The number of words that a pattern covers from a word on.
fn covers(parts: &[Part], words: &[Word], from: usize, first: bool) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(0) };
    match part {
        Part::First => (first && from == 0).then(|| covers(rest, words, from, first)).flatten(),
        Part::Word(any) => {
            let w = words.get(from)?;
            any.contains(&w.text).then(|| covers(rest, words, from + 1, false)).flatten().map(|n| n + 1)
        }
        Part::Gap => {
            let clause = from.checked_sub(1).and_then(|k| words.get(k)).map(|w| w.clause);
            (1..=GAP)
                .take_while(|n| words.get(from + n - 1).map(|w| Some(w.clause)) == Some(clause))
                .find_map(|n| covers(rest, words, from + n, false).map(|m| m + n))
        }
    }
}

/// A stance that some words tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Which.
    pub cue: Cue,
    /// The byte at which a condition begins.
    pub condition: Option<usize>,
    /// The bytes of the clause that tells it.
    pub clause: std::ops::Range<usize>,
}

/// The phrases that begin at a word: how many words each covers, and what it is.
fn here(words: &[Word], k: usize) -> impl Iterator<Item = (usize, Kind)> {
    let (all, by_first) = &*PATTERNS;
    let begin = words.get(k).and_then(|w| by_first.get(&w.text)).into_iter().flatten();
    begin.filter_map(move |p| all.get(*p).and_then(|p| Some((covers(&p.parts, words, k, true)?, p.kind))))
}

/// The first stance that some words tell.
#[must_use]
pub fn of(text: &str) -> Option<Read> {
    let words = words(text);
    let (mut first, mut open, mut condition) = (None, None, None);
    let mut skip = 0;
    for (k, w) in words.iter().enumerate() {
        let here: Vec<(usize, Kind)> = here(&words, k).collect();
        if here.iter().any(|(_, kind)| *kind == Kind::Open) {
            open = open.or(Some(k));
        }
        if k < skip {
            continue;
        }
        // Of several the longest, and of equals the first of the file: "do not object" is no refusal.
        let told = |kind: &Kind| matches!(kind, Kind::Always | Kind::Stance(_));
        match here.iter().rev().filter(|(_, kind)| told(kind)).max_by_key(|(n, _)| *n) {
            Some((n, Kind::Always)) => skip = k + n,
            Some((_, Kind::Stance(Cue::Condition))) => condition = condition.or(Some(w.at)),
            Some((_, Kind::Stance(c))) => first = first.or(Some((*c, k))),
            _ => {}
        }
    }
    let (cue, k) = match (first, condition) {
        (Some((_, k)), Some(_)) => (Cue::Condition, k),
        (Some((c, k)), None) => (c, k),
        (None, Some(_)) => (Cue::Condition, open?),
        (None, None) => return None,
    };
    // From the mark or the conjunction before it to the next.
    let clause = words.get(k)?.clause;
    let begins = |w: &Word| FILE.breaks.split_whitespace().any(|b| b == w.text);
    let ends = |n: usize| words.get(n).is_none_or(|w| w.clause != clause || begins(w));
    let from = (0..k).rev().take_while(|n| words.get(*n).is_some_and(|w| w.clause == clause));
    let from = from.take_while(|n| !words.get(*n).is_some_and(begins)).last().unwrap_or(k);
    let to = (k + 1..words.len()).find(|n| ends(*n)).and_then(|n| words.get(n)).map_or(text.len(), |w| w.at);
    let from = words.get(from)?.at;
    Some(Read { cue, condition, clause: from..to })
}

/// How somebody's leaving office is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// Whether the words themselves ask for it: "must go".
    pub asked: bool,
    /// The byte at which they begin.
    pub at: usize,
    /// How many words before them deny it: "will not step down", "no talks without his resignation".
    pub denials: usize,
    /// Whether it is told by a noun: "the removal of".
    pub noun: bool,
    /// Whether a word before it says that somebody wants it: "wants him to resign".
    pub wanted: bool,
    /// Whether words before it say that nobody is to make him: "must not be pushed to resign".
    pub refused: bool,
    /// Whether it is only asked whether somebody leaves, or others than the speaker ask for it.
    pub open: bool,
    /// The byte of the pronoun that says who leaves ("he will not resign"), and whether it is the speaker's own.
    pub pronoun: Option<(usize, bool)>,
}

/// Whether a list of the file has a word.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// Whether some words speak of somebody's leaving office, and how.
#[must_use]
pub fn leaves(text: &str) -> Option<Leaving> {
    let words = words(text);
    let of = |k: usize, kind: Kind| here(&words, k).any(|(_, x)| x == kind);
    let k = (0..words.len()).find(|k| of(*k, Kind::Asked) || of(*k, Kind::Leaves))?;
    let asked = (0..words.len()).any(|k| of(k, Kind::Asked));
    let before = words.get(..k)?;
    let word = words.get(k)?;
    // "Has no friends left and should resign" denies nothing.
    let joined = |w: &&Word| !matches!(w.text.as_str(), "and" | "but" | "or");
    let own = before.iter().rev().take_while(joined);
    let denials = own.filter(|w| listed(&FILE.denials, &w.text)).count();
    let noun = matches!(word.text.as_str(), "departure" | "ouster" | "removal" | "resignation");
    let subject = before.iter().rev().find(|w| !listed(&FILE.helping, &w.text));
    let pronoun = subject
        .filter(|w| matches!(w.text.as_str(), "i" | "he" | "she" | "they"))
        .map(|w| (w.at, w.text == "i"));
    let before_it = |list: &str| before.iter().any(|w| listed(list, &w.text));
    let wanted = before_it(&FILE.wanted);
    // "Those who insist that he must go": others ask for it.
    let who = before.iter().rposition(|w| w.text == "who");
    let say = |w: &Word| {
        listed(&FILE.wanted, &w.text) || matches!(w.text.as_str(), "say" | "says" | "said" | "think")
    };
    let others = who.and_then(|n| before.get(n + 1..)).is_some_and(|rest| rest.iter().any(say));
    let open = others || before_it("whether if suggests announced announcement");
    let refused = denials > 0 && before_it(&FILE.forced);
    Some(Leaving { asked, at: word.at, denials, noun, wanted, refused, open, pronoun })
}

/// The word that stands for all words of one issue.
#[must_use]
pub fn kin(word: &str) -> Option<&'static str> {
    let mut lists = FILE.kin.iter().filter(|l| l.split_whitespace().any(|w| w == word));
    lists.next().and_then(|l| l.split_whitespace().next())
}

/// What a verb says of its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Is for it.
    For,
    /// Is for what stands behind "for".
    Calls,
    /// Is against it.
    Against,
    /// Does away with it.
    Ends,
}

/// What a verb says of its object, by its lemma.
#[must_use]
pub fn verb(lemma: &str) -> Option<Verb> {
    let file = &*FILE;
    let kinds = [
        (&file.for_verbs, Verb::For),
        (&file.calls_for, Verb::Calls),
        (&file.against_verbs, Verb::Against),
        (&file.ends, Verb::Ends),
    ];
    kinds.into_iter().find(|(list, _)| listed(list, lemma)).map(|(_, v)| v)
}

/// Whether a word makes the next one a verb.
#[must_use]
pub fn helps(word: &str) -> bool {
    HELPS.contains(word)
}

/// Whether a word is never what a stance is about.
#[must_use]
pub fn says_nothing(word: &str) -> bool {
    NOTHING.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/stances.toml")).unwrap();
        for e in &file.example {
            let found = of(&e.text).map(|f| match f.cue {
                Cue::Condition => "conditional",
                Cue::Against => "against",
                Cue::For => "for",
            });
            assert_eq!(found, e.stance.as_deref(), "{}", e.text);
        }
    }

    #[test]
    fn leaving_office_is_told_apart_and_words_of_one_issue_are_one() {
        let asked = |text: &str| leaves(text).map(|l| (l.asked, l.denials, l.pronoun));
        assert_eq!(asked("the harbour master must go"), Some((true, 0, None)));
        assert_eq!(asked("he has no support and should step down"), Some((true, 0, None)));
        assert_eq!(asked("we say that he will never resign"), Some((false, 1, Some((12, false)))));
        assert_eq!(asked("he must not be pushed to resign"), Some((false, 1, None)));
        let open = |text: &str| leaves(text).map(|l| (l.refused, l.open));
        assert_eq!(open("he must not be pushed to resign"), Some((true, false)));
        assert_eq!(open("a reply to all who say the premier must go"), Some((false, true)));
        assert_eq!(leaves("they go to the harbour"), None);
        assert_eq!((kin("conference"), kin("harbour")), (Some("talks"), None));
        assert!(says_nothing("reporters") && !says_nothing("harbour"));
    }

    #[test]
    fn a_condition_begins_where_its_word_does() {
        let text = "We could sign, but only if the toll goes";
        assert_eq!(
            of(text).and_then(|s| s.condition).and_then(|k| text.get(k..)),
            Some("but only if the toll goes")
        );
    }
}
