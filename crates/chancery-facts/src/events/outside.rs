//! Happenings of no PLOVER type (`happenings.toml`): elections, floods, crashes, deaths.

use super::find::Candidate;
use super::participants::Someone;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::verbs::{Class, Form};
use chancery_model::vocab::{ActorKind, Role};

/// Whether a person known by name takes part.
pub(super) fn named(ctx: &Context<'_>, who: &[(Role, Someone)]) -> bool {
    who.iter().any(|(_, w)| match w {
        Someone::Known(e) => ctx.facts.entities.get(*e as usize).is_some_and(|e| {
            e.kind == ActorKind::Person && e.name.chars().next().is_some_and(char::is_uppercase)
        }),
        Someone::Words(_) | Someone::State(_) => false,
    })
}

/// The contexts of the words around, and those of the kind.
pub(super) fn contexts(mut found: Vec<String>, class: &Class) -> Vec<String> {
    found.extend(class.outside.contexts.iter().cloned());
    found.sort();
    found.dedup();
    found
}

/// Whether words of a kind tell no happening where they stand: those who flee as a name for them ("people fleeing the
/// fighting"), and what is spoken of in general ("elections are costly", "a close election").
pub(super) fn passes_by(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.form == Form::Ing {
        return tree.is(c.at, &["acl", "amod", "csubj"]);
    }
    if c.hit.form != Form::Noun {
        return false;
    }
    let led = |words: &[&str]| {
        tree.under(c.at, &["det", "nmod:poss", "nummod"]).any(|d| words.contains(&tree.word(d)))
            || tree.under(c.at, &["nmod:poss"]).next().is_some()
    };
    let definite = led(&["the", "this", "that", "these", "those"]);
    // A day, a year or a place may belong to it.
    let told = tree.under(c.at, &["nmod", "compound", "amod", "acl", "acl:relcl", "nummod"]).next().is_some();
    let subject = tree.is(c.at, &["nsubj", "nsubj:pass", "root"]) || tree.head(c.at).is_none();
    !definite && !told && !subject
}
