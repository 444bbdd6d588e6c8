//! A sentence that denies what the one before it, or its own first half, told.

use super::clause::Clause;
use super::tree::Tree;
use crate::Context;
use chancery_model::facts::EventMention;
use chancery_model::vocab::{EventType, Role, Status};

/// "…; the party denied it", "a charge it denies": what somebody said before, in this sentence or the last, is denied.
pub(super) fn later(ctx: &Context<'_>, events: &mut [EventMention]) {
    for sentence in &ctx.segments.sentences {
        let clause = Clause::new(ctx, sentence.tokens);
        let Some(tree) = Tree::new(ctx, &clause, sentence.tokens) else { continue };
        let what = |v: usize| {
            let object = tree.child(v, &["obj"]);
            object.is_none_or(|o| {
                matches!(tree.word(o), "it" | "this" | "that" | "which" | "them")
                    || matches!(
                        tree.lemma(o),
                        "charge"
                            | "allegation"
                            | "accusation"
                            | "claim"
                            | "report"
                            | "involvement"
                            | "responsibility"
                            | "wrongdoing"
                            | "role"
                    )
            }) && tree.child(v, &["ccomp", "xcomp", "iobj"]).is_none()
        };
        // "Have neither confirmed nor denied it" denies nothing.
        let not = |v: usize| {
            let no = |k| {
                matches!(
                    tree.word(k),
                    "neither" | "nor" | "not" | "n't" | "n’t" | "never" | "declined" | "refused"
                )
            };
            (v.saturating_sub(4)..v).any(no)
        };
        let denies = |v: &usize| tree.lemma(*v) == "deny" && tree.is_verb(*v) && what(*v) && !not(*v);
        let Some(v) = (0..tree.len()).find(denies) else {
            continue;
        };
        let part =
            |o: usize| matches!(tree.lemma(o), "involvement" | "responsibility" | "role" | "wrongdoing");
        let own =
            tree.child(v, &["obj"]).filter(|o| part(*o)).and_then(|_| tree.child(v, &["nsubj"])).and_then(
                |i| {
                    let word = clause.span(i, i + 1);
                    ctx.facts.mentions.iter().find(|m| m.span.contains(word)).and_then(|m| m.entity)
                },
            );
        let Some(n) = ctx.segments.sentence_of(clause.first()) else { continue };
        let from = ctx.segments.sentences.get(n.saturating_sub(1)).map_or(0, |s| s.span.start);
        let at = clause.span(v, v + 1).start;
        for e in events.iter_mut().filter(|e| e.span.start >= from && e.span.end <= at) {
            let hostile = matches!(
                e.kind,
                EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Aid
            );
            // Whoever denies his own part denies nothing of what another did.
            let others =
                |own| e.participants.iter().filter(|p| p.role == Role::Actor).all(|p| p.entity != own);
            if own.is_some_and(|own| e.participants.iter().any(|p| p.role == Role::Actor) && others(own)) {
                continue;
            }
            if e.status == Status::Claimed || hostile && e.statement.is_some() && e.status == Status::Happened
            {
                e.status = Status::Denied;
            }
        }
    }
}
