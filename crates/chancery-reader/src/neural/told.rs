//! From labels to marks: what words tell, and what numbers count.

use super::heads::{Heads, Labels, Pairs, Plain, SecondNames, Seen};
use super::tensors::LoadError;
use chancery_model::mark::{HappeningMark, NumberMark, Part, PartMark, Weight};
use chancery_model::vocab::{EventType, Status};

/// What is not likelier than this is left out, in thousandths.
const SOME: Weight = 20;

/// The labels of the second reading in the terms of the record.
#[derive(Debug)]
pub(super) struct Terms {
    happen: Vec<EventType>,
    standing: Vec<Status>,
    part: Vec<Part>,
    measure: Vec<String>,
}

impl Terms {
    pub(super) fn new(labels: &SecondNames) -> Result<Self, LoadError> {
        Ok(Self {
            happen: terms("happen", &labels.happen, 1)?,
            standing: terms("standing", &labels.standing, 0)?,
            part: terms("part", &labels.part, 1)?,
            measure: labels.measure.clone(),
        })
    }

    pub(super) fn happenings(&self, heads: &Heads, seen: &Seen, l: &Labels) -> Vec<HappeningMark> {
        let one = |p: &Pairs| {
            let kinds = heads.weights(seen, p.of, Plain::Happen);
            let kinds = likely(&self.happen, kinds.get(1..).unwrap_or(&[]));
            let standings = likely(&self.standing, &heads.weights(seen, p.of, Plain::Standing));
            let rows = (p.first..).zip(p.weights.chunks_exact(self.part.len() + 1));
            let parts = rows.flat_map(|(w, row)| {
                let of = self.part.iter().zip(row.iter().skip(1)).filter(|(_, x)| **x >= SOME);
                of.filter_map(move |(part, weight)| {
                    Some(PartMark { token: u32::try_from(w).ok()?, part: *part, weight: *weight })
                })
            });
            let parts = parts.collect();
            Some(HappeningMark { token: u32::try_from(p.of).ok()?, kinds, standings, parts })
        };
        l.parts.iter().filter_map(one).collect()
    }

    pub(super) fn numbers(&self, heads: &Heads, seen: &Seen, l: &Labels) -> Vec<NumberMark> {
        let one = |p: &Pairs| {
            let measures = likely(&self.measure, &heads.weights(seen, p.of, Plain::Measure));
            let rows = (p.first..).zip(p.weights.chunks_exact(2));
            let counted = rows.filter_map(|(w, row)| match row {
                [_, weight] if *weight >= SOME => Some((u32::try_from(w).ok()?, *weight)),
                _ => None,
            });
            Some(NumberMark { token: u32::try_from(p.of).ok()?, measures, counted: counted.collect() })
        };
        l.counted.iter().filter_map(one).collect()
    }
}

/// Labels as terms, without the first `skip`, which mean nothing.
fn terms<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &str,
    labels: &[String],
    skip: usize,
) -> Result<Vec<T>, LoadError> {
    let wrong = |e: T::Err| LoadError::Entry {
        name: name.to_owned(),
        reason: format!("holds a label that is none: {e}"),
    };
    labels.iter().skip(skip).map(|l| l.parse().map_err(wrong)).collect()
}

/// Labels that are likely enough, the likeliest first.
fn likely<T: Clone>(labels: &[T], weights: &[Weight]) -> Vec<(T, Weight)> {
    let mut out: Vec<(T, Weight)> =
        labels.iter().cloned().zip(weights.iter().copied()).filter(|x| x.1 >= SOME).collect();
    out.sort_by_key(|x| std::cmp::Reverse(x.1));
    out
}
