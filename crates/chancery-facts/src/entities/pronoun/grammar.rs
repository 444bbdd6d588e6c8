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
        let subject = subject(view, h).filter(|s| *s != from && *s < token);
        if let Some(s) = subject {
            if own { own = false } else { out.push(s) }
        }
        from = h;
    }
    out.dedup();
    out
}

/// The subject of a word's clause.
fn subject(view: &View<'_>, head: usize) -> Option<usize> {
    view.children(head).find(|c| view.rel(*c).starts_with("nsubj"))
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
