//! What stands behind "of" and suffered it, and the pronouns and clauses that tell of a noun.

use super::*;

/// Whether what stands after "of" suffered it.
pub(super) fn befalls(tree: &Tree<'_, '_>, noun: usize, judges: bool) -> bool {
    let patient = VERBS.entries(tree.word(noun)).any(|e| {
        e.form == Form::Noun
            && (e.class.patient
                || judges
                    && matches!(e.class.kind, EventType::Assault | EventType::Coerce)
                    && tree.under(noun, &["nmod"]).all(|o| tree.case(o) != Some("by")))
    });
    tree.is(noun, &["obj", "nsubj:pass", "nmod", "obl"])
        && (patient
            || matches!(
                tree.lemma(noun),
                "death" | "murder" | "loss" | "injury" | "suffering" | "disappearance" | "fate"
            ))
}

pub(super) fn relative(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Pron | Upos::Det | Upos::Sconj)
        && matches!(tree.word(i), "who" | "which" | "that" | "whom" | "whose")
        && (tree.word(i) == "who" && i > 0 || tree.above(i).any(|v| clause_of_noun(tree, v)))
}

/// Whether a clause is about the noun it hangs on: a relative clause, also where the tree gives it no name of its own.
pub(super) fn clause_of_noun(tree: &Tree<'_, '_>, v: usize) -> bool {
    tree.rel(v) == "acl:relcl"
        || tree.rel(v) == "acl"
            && tree
                .under(v, &["nsubj", "nsubj:pass", "obj"])
                .any(|s| matches!(tree.word(s), "who" | "which" | "whom"))
}
