//! What the words stand for by which happenings of different reports are compared.

use crate::Context;
use chancery_lexicon::kin;
use chancery_model::facts::WordSense;
use std::collections::BTreeSet;

/// Keeps the senses of the first word of each mention of a happening and of the words that may take one up.
pub(crate) fn add(ctx: &mut Context<'_>) {
    if ctx.marks.senses.is_empty() {
        return;
    }
    let first: BTreeSet<u32> = ctx.facts.events.iter().map(|e| e.span.start).collect();
    let tokens = ctx.segments.tokens.iter().zip(&ctx.marks.senses);
    let wanted = tokens.filter(|(t, _)| {
        first.contains(&t.span.start) || kin::of(&t.span.of(&ctx.report.text).to_lowercase()).is_some()
    });
    ctx.facts.senses = wanted.map(|(t, sense)| WordSense { at: t.span.start, sense: *sense }).collect();
}
