//! What the reader's own heads for numbers say beside the lists and the rules: what a number counts, and what it measures.
//!
//! The rules look for forms they know; the heads weigh every word of the passage. What a rule found stands. Thresholds are in thousandths (`training/gold/README.md` says on what they were set).

use super::about::About;
use super::phrase::words;
use super::{Amount, tree};
use crate::entities::view::View;
use chancery_lexicon::measures;
use chancery_model::mark::{NumberMark, Upos, Weight};

/// What is counted, where the rules found nothing, from here on.
const SUBJECT: Weight = 500;
/// Where the rules find no measure, one more likely than this is taken.
const MEASURE: Weight = 850;

/// The mark of a number, of its words the first that has one.
fn mark<'m>(numbers: &'m [NumberMark], amount: &Amount) -> Option<&'m NumberMark> {
    let from = numbers.partition_point(|m| (m.token as usize) < amount.number.start);
    numbers.get(from).filter(|m| (m.token as usize) < amount.number.end)
}

/// Fills in what the rules did not find, where the heads are sure.
pub(super) fn settle(view: &View<'_>, numbers: &[NumberMark], amount: &Amount, about: &mut About) {
    let Some(m) = mark(numbers, amount) else { return };
    subject(view, m, amount, about);
    measure(m, amount, about);
}

fn subject(view: &View<'_>, m: &NumberMark, amount: &Amount, about: &mut About) {
    if about.subject.is_some() {
        return;
    }
    let own = amount.number.start..amount.end;
    let noun = |t: usize| matches!(view.upos(t), Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb));
    let all = m.counted.iter().map(|(t, w)| (*t as usize, *w)).filter(|(t, _)| !own.contains(t) && noun(*t));
    let best = all.max_by_key(|(t, w)| (*w, std::cmp::Reverse(*t)));
    let Some((t, _)) = best.filter(|(_, w)| *w >= SUBJECT) else { return };
    let (from, to) = tree::stretch(view, t);
    // The number stands before what it counts, and is no part of it.
    let from = if from < own.end && own.start <= t { own.end.min(t) } else { from };
    about.subject = Some(words(view, from, to));
}

fn measure(m: &NumberMark, amount: &Amount, about: &mut About) {
    // An amount in a unit measures what its unit does.
    if amount.unit.is_some() || about.measure.is_some() {
        return;
    }
    if let Some((top, _)) = m.measures.first().filter(|x| x.1 > MEASURE && x.0 != "count") {
        about.measure = measures::name(top);
    }
}
