//! What the reader's own heads for numbers say beside the lists and the rules: what a number counts, and what it measures.
//!
//! The rules look for forms they know; the heads weigh every word of the passage. What a rule found stands, so they come last.
//! Thresholds are in thousandths (`training/gold/README.md` says on what they were set).

use super::phrase::words;
use super::tree;
use crate::entities::view::View;
use chancery_lexicon::measures;
use chancery_model::facts::Figure;
use chancery_model::mark::{NumberMark, Upos, Weight};
use std::ops::Range;

/// What is counted, where the rules found nothing, from here on.
const SUBJECT: Weight = 500;
/// Where the rules find no measure, one more likely than this is taken. Chosen on the sets `third`,
/// `fourth` and `sixth` and on printed news (`training/gold/figures`).
const MEASURE: Weight = 900;

/// Fills in what the rules did not find, where the heads are sure.
pub(super) fn fill(view: &View<'_>, numbers: &[NumberMark], figures: &mut [Figure]) {
    for f in figures.iter_mut().filter(|f| f.derivation.is_none()) {
        let token = |byte: usize| view.segments.tokens.partition_point(|t| t.span.hi() <= byte);
        let own = token(f.span.lo())..token(f.span.hi().saturating_sub(1)) + 1;
        let from = numbers.partition_point(|m| (m.token as usize) < own.start);
        let Some(m) = numbers.get(from).filter(|m| own.contains(&(m.token as usize))) else { continue };
        if f.subject.is_none() {
            f.subject = subject(view, m, &own);
        }
        // An amount in a unit measures what its unit does.
        if f.unit.is_none()
            && f.measure == "count"
            && let Some((top, _)) = m.measures.first().filter(|x| x.1 > MEASURE)
            && let Some(name) = measures::name(top)
        {
            name.clone_into(&mut f.measure);
        }
    }
}

fn subject(view: &View<'_>, m: &NumberMark, own: &Range<usize>) -> Option<String> {
    let noun = |t: usize| matches!(view.upos(t), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb));
    let all = m.counted.iter().map(|(t, w)| (*t as usize, *w)).filter(|(t, _)| !own.contains(t) && noun(*t));
    let (t, _) = all.max_by_key(|(t, w)| (*w, std::cmp::Reverse(*t))).filter(|(_, w)| *w >= SUBJECT)?;
    let (from, to) = tree::stretch(view, t);
    // The number stands before what it counts, and is no part of it.
    let from = if from < own.end && own.start <= t { own.end.min(t) } else { from };
    Some(words(view, from, to))
}
