//! Whom praise, blame or refusal is about when its object only points back: "and Egypt condemned it", "a decision that
//! Berlin criticised". Whoever did what was told before is meant, or whoever that was about.

use super::Found;
use super::NOUN;
use super::participants::Someone;
use super::parts::{self, DEEDS};
use super::tree::Tree;
use crate::Context;
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Role};

/// What the sentence before leaves to point back to.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Kind and participants of its last happening.
    last: Option<(EventType, Vec<(Role, Someone)>)>,
    /// To whom its subject belongs: "Sudan's peace plan had few friends".
    topic: Vec<Someone>,
}

impl Before {
    /// What a sentence leaves to the next.
    pub fn of(ctx: &Context<'_>, tree: &Tree<'_, '_>, found: &[Found]) -> Self {
        let told = found.iter().max_by_key(|(e, _)| e.span.start);
        let last = told.map(|(e, who)| (e.kind, who.clone()));
        let root = (0..tree.len()).find(|i| tree.head(*i).is_none());
        let subject = root.and_then(|r| tree.child(r, &["nsubj", "nsubj:pass"]));
        let owner = subject.and_then(|s| tree.child(s, &["nmod:poss"]));
        Self { last, topic: owner.map(|o| parts::everybody(ctx, tree, o)).unwrap_or_default() }
    }
}

/// Adds whom the happenings of a sentence are about, where they only point back.
pub(super) fn point(tree: &Tree<'_, '_>, found: &mut [Found], before: &Before) {
    for n in 0..found.len() {
        let Some((e, who)) = found.get(n) else { continue };
        let verbal = matches!(e.kind, EventType::Accuse | EventType::Support | EventType::Reject);
        let open = !who.iter().any(|(r, _)| *r == Role::Recipient);
        if !verbal || !open || e.maker.by.ends_with(NOUN) {
            continue;
        }
        let at = tree.clause.token_at(e.span.start);
        let Some(pronoun) = points(tree, at) else { continue };
        let earlier =
            found.iter().filter(|(o, _)| o.span.end <= e.span.start).max_by_key(|(o, _)| o.span.start);
        let source = earlier.map(|(o, w)| (o.kind, w)).or_else(|| before.last.as_ref().map(|(k, w)| (*k, w)));
        let mut meant: Vec<Someone> = source.map(|(k, w)| matter(k, w)).unwrap_or_default();
        if meant.is_empty() && pronoun {
            meant.clone_from(&before.topic);
        }
        meant.retain(|m| !who.iter().any(|(_, w)| w == m));
        if let Some((_, who)) = found.get_mut(n) {
            who.extend(meant.into_iter().map(|m| (Role::Recipient, m)));
        }
    }
}

/// Whether the object of a verb only points back: by a pronoun, or by a noun for a deed.
fn points(tree: &Tree<'_, '_>, verb: usize) -> Option<bool> {
    let relative = |o: usize| matches!(tree.word(o), "that" | "which");
    let object = tree.child(verb, &["obj", "nsubj:pass"]);
    let object = match object {
        Some(o) if relative(o) && tree.rel(verb) == "acl:relcl" => tree.head(verb),
        None if tree.rel(verb) == "acl:relcl"
            && tree.child(verb, &["nsubj"]).is_some_and(|s| !relative(s)) =>
        {
            tree.head(verb)
        }
        o => o,
    }?;
    if tree.upos(object) == Upos::Pron {
        return matches!(tree.word(object), "it" | "this" | "that" | "them").then_some(true);
    }
    let owned = tree.child(object, &["nmod:poss"]).is_some()
        || tree
            .under(object, &["nmod"])
            .any(|o| matches!(tree.case(o), Some("of" | "by" | "from" | "on" | "against")));
    (DEEDS.contains(&tree.lemma(object)) && !owned).then_some(false)
}

/// Who is meant by pointing back to a happening: who did it, or whom it was about when it was itself an answer.
fn matter(kind: EventType, who: &[(Role, Someone)]) -> Vec<Someone> {
    let of =
        |role: Role| -> Vec<Someone> { who.iter().filter(|(r, _)| *r == role).map(|(_, w)| *w).collect() };
    let answer =
        matches!(kind, EventType::Accuse | EventType::Support | EventType::Reject | EventType::Concede);
    let others = of(Role::Recipient);
    if answer && !others.is_empty() { others } else { of(Role::Actor) }
}
