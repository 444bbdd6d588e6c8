//! Values that two reports give of one thing in other words, where no series and no joined happening ties them: what is
//! counted ("18 trucks", "eleven lorries of flour"), and on which day something was done.
//!
//! Whether two values are of one thing is judged by what was learned from marked stories (`weights.tsv`, made by
//! `training/rivals.py`): a logistic model over the words they share, the happenings told beside them, days, measures and
//! what is counted. Of the values of another origin only the most alike is set against one, and only when it is that
//! one's most alike too.
//!
//! Blocking keys: scale of the value with a happening told in its sentence, with what is counted, and with each of the
//! rarest words of its sentence that others use. Of a block each is compared with the [`NEXT`] printed next.

mod days;
mod figures;

use super::world::{Spot, World};
use super::{All, Conflict};
use crate::events::Event;
use crate::groups::Groups;
use chancery_model::{Id, Span};
use std::collections::BTreeMap;

/// What was learned of how alike two values are.
const RIVALS: &str = include_str!("weights.tsv");

/// What the model sees of two values, for training it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What is compared: `figure` or `date`.
    pub kind: &'static str,
    /// Names of what it sees.
    pub features: &'static [&'static str],
    /// The two: index of the report and the words.
    pub pair: [(usize, Span); 2],
    /// The features.
    pub see: Vec<f32>,
}

/// The disagreements that are not among those already found.
pub(super) fn find(world: &World<'_, '_>, events: &[Event], known: &[Conflict]) -> Vec<Conflict> {
    let shown = Shown::new(known);
    let mut out = figures::find(world, events, &shown);
    out.extend(days::find(world, events, &shown));
    out
}

/// All pairs that are compared, with what is seen of them.
pub(super) fn seen(world: &World<'_, '_>) -> Vec<Seen> {
    let mut out = figures::seen(world);
    out.extend(days::seen(world));
    out
}

/// The first of several equal pairs, and of the pairs of a value with an origin only the most alike, when it is so both
/// ways; the values that hang together.
fn best(spots: &[&Spot<'_>], mut found: Vec<(f32, usize, usize)>) -> Vec<Vec<(usize, usize)>> {
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found.dedup();
    let mut most: BTreeMap<(usize, &Id), f32> = BTreeMap::new();
    for (score, a, b) in &found {
        for (own, other) in [(*a, *b), (*b, *a)] {
            most.entry((own, spots[other].origin)).or_insert(*score);
        }
    }
    let is_most =
        |own: usize, other: usize, s: f32| most.get(&(own, spots[other].origin)).is_some_and(|m| s >= *m);
    let kept: Vec<(usize, usize)> = found
        .iter()
        .filter(|(s, a, b)| is_most(*a, *b, *s) && is_most(*b, *a, *s))
        .map(|(_, a, b)| (*a, *b))
        .collect();
    let mut groups = Groups::new(spots.len());
    kept.iter().for_each(|(a, b)| groups.join(*a, *b));
    let mut by: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (a, b) in kept {
        by.entry(groups.root(a)).or_default().push((a, b));
    }
    by.into_values().collect()
}

/// Where the sides of disagreements that are already known stand, by report: the disagreement, the side, the words.
struct Shown<'a>(BTreeMap<&'a Id, Vec<(usize, usize, Span)>>);

impl<'a> Shown<'a> {
    fn new(known: &'a [Conflict]) -> Self {
        let mut by: BTreeMap<&Id, Vec<(usize, usize, Span)>> = BTreeMap::new();
        for (n, c) in known.iter().enumerate() {
            for (side, s) in c.sides.iter().enumerate() {
                for e in &s.evidence {
                    by.entry(&e.report).or_default().push((n, side, e.span));
                }
            }
        }
        Self(by)
    }

    /// Whether one of them sets the sentences of two values against each other.
    fn sets(&self, all: &All<'_>, a: &Spot<'_>, b: &Spot<'_>) -> bool {
        let at = |s: &Spot<'_>| -> Vec<(usize, usize)> {
            let here = self.0.get(&all.reports[s.report].id).into_iter().flatten();
            let stands = |x: Span| x.start < s.sentence.end && s.sentence.start < x.end;
            here.filter(|(_, _, x)| stands(*x)).map(|(n, side, _)| (*n, *side)).collect()
        };
        let (x, y) = (at(a), at(b));
        x.iter().any(|(n, i)| y.iter().any(|(m, j)| n == m && i != j))
    }
}

#[cfg(test)]
mod tests {
    use super::{RIVALS, days, figures};
    use crate::conflicts::weights;

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_feature() {
        let kinds = [("figure", &figures::FEATURES[..]), ("date", &days::FEATURES[..])];
        assert!(weights::unread(RIVALS, &kinds).is_empty());
        for (kind, features) in kinds {
            assert!(weights::of(RIVALS, kind, features).iter().all(|w| *w != 0.0), "{kind}");
        }
    }
}
