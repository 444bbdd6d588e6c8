//! Who a pronoun can be by the sentence it stands in: the subjects of the clauses around it, what stands beside it, and the
//! subject that an opening phrase leans on ("In his first visit, Mr Rau …").

use super::super::view::View;
use chancery_model::mark::Upos;

/// Steps up the tree.
const STEPS: usize = 24;

/// The words a pronoun may stand for in its own sentence, likeliest first: subjects of the clauses it is in, from within
/// outwards, and the noun that it is joined to, stands in apposition to or is told of.
pub(super) fn around(view: &View<'_>, token: usize) -> Vec<usize> {
    let mut out = Vec::new();
    // Nobody meets himself as "him".
    let mut own = matches!(view.rel(token), "obj" | "iobj");
    let mut from = token;
    for _ in 0..STEPS {
        let Some(h) = view.head(from) else { break };
        let clause = view.rel(from);
        let noun = matches!(view.upos(h), Some(Upos::Noun | Upos::Propn));
        let beside = clause.starts_with("acl") || matches!(clause, "conj" | "appos" | "parataxis");
        if noun && beside && h < token {
            out.push(h);
        }
        out.extend(subject(view, h).filter(|s| !own && *s != from && *s < token));
        own = false;
        // "While Holm has called for talks, she …"; "Norway will send a ship, its ministry said": but not "he said".
        let told = usize::from(is_subject(view, token)) + 1;
        for c in view.children(h).filter(|c| *c < token && *c != from) {
            let leans = ["advcl", "ccomp"].iter().take(2 / told).any(|r| view.rel(c) == *r);
            out.extend(subject(view, c).filter(|s| leans && *s < token));
        }
        from = h;
    }
    out.dedup();
    out
}

/// The subject of a word's clause; a noun before its verb is one, whatever the tree calls it.
fn subject(view: &View<'_>, head: usize) -> Option<usize> {
    let own = view.children(head).find(|c| view.rel(*c).starts_with("nsubj"));
    let placed = |c: &usize| {
        *c < head && view.rel(*c) == "obj" && matches!(view.upos(*c), Some(Upos::Noun | Upos::Propn))
    };
    own.or_else(|| view.children(head).find(placed))
}

/// The words joined to a word by "and", itself included, in order; none when nothing is.
pub(super) fn joint(view: &View<'_>, token: usize) -> Vec<usize> {
    let more: Vec<usize> = view.children(token).filter(|c| view.rel(*c) == "conj").collect();
    if more.is_empty() { more } else { std::iter::once(token).chain(more).collect() }
}

/// The subject that follows, when the pronoun stands in a phrase or clause before it.
pub(super) fn ahead(view: &View<'_>, token: usize) -> Option<usize> {
    let mut from = token;
    for _ in 0..STEPS {
        let h = view.head(from)?;
        let leans = matches!(view.rel(from).split(':').next(), Some("obl" | "advcl" | "nmod"));
        if leans
            && let Some(s) = subject(view, h).filter(|s| *s > token && *s != from)
            && from < s
        {
            return Some(s);
        }
        from = h;
    }
    None
}

/// Whether the word is the subject of a clause.
pub(super) fn is_subject(view: &View<'_>, token: usize) -> bool {
    view.rel(token).starts_with("nsubj")
}

/// The subject that a possessive in the second of two joined verbs belongs to, when somebody in the first is not it: "kept
/// Holm waiting and fiddled with his pen". The second value is the first verb's stretch: from its subject to the second verb.
pub(super) fn inherited(view: &View<'_>, token: usize) -> Option<(usize, usize)> {
    if view.rel(token) != "nmod:poss" {
        return None;
    }
    let mut v = view.head(token)?;
    for _ in 0..4 {
        if view.upos(v) == Some(Upos::Verb) {
            break;
        }
        v = view.head(v)?;
    }
    if view.upos(v) != Some(Upos::Verb) || view.rel(v) != "conj" || subject(view, v).is_some() {
        return None;
    }
    let mut first = view.head(v).filter(|f| *f < v && view.upos(*f) == Some(Upos::Verb))?;
    // "kept Holm waiting and fiddled": what is joined to "waiting" would be "fiddling".
    if view.low(first).ends_with("ing") && !view.low(v).ends_with("ing") && view.rel(first) == "xcomp" {
        first = view.head(first)?;
    }
    Some((subject(view, first).filter(|s| *s < first)?, v))
}
