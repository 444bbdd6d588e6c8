//! What each report is about, and how much two reports are about the same.

use crate::LinkedReport;
use chancery_model::Id;
use std::collections::{BTreeMap, BTreeSet};

/// What each report is about: whom and what places it names, numbered, with what sharing one of them tells.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    of: Vec<Vec<u32>>,
    weight: Vec<f32>,
    /// How many reports name each.
    used: Vec<u32>,
}

/// Reports that may name what stands for one story.
const STORY_WIDE: u32 = 40;
/// Names that stand for the story of a report.
const STORY_KEYS: usize = 4;

impl Topics {
    pub(crate) fn of(reports: &[LinkedReport]) -> Self {
        let named = |r: &LinkedReport| {
            let all = r.actors.iter().chain(&r.places).cloned();
            all.collect::<BTreeSet<Id>>()
        };
        let mut used: BTreeMap<Id, u32> = BTreeMap::new();
        for id in reports.iter().flat_map(named) {
            *used.entry(id).or_default() += 1;
        }
        // What one report alone names ties it to no other.
        used.retain(|_, n| *n > 1);
        let all = reports.len().max(1) as f32;
        let weight = used.values().map(|n| (1.0 + all / *n as f32).ln()).collect();
        let number: BTreeMap<&Id, u32> = used.keys().zip(0u32..).collect();
        let of = reports
            .iter()
            .map(|r| named(r).iter().filter_map(|id| number.get(id).copied()).collect())
            .collect();
        let used = used.into_values().collect();
        Self { of, weight, used }
    }

    /// Whom and what places a report names that several others name too, those named most first: they stand for its story.
    pub(crate) fn story(&self, r: usize) -> impl Iterator<Item = u32> + '_ {
        let named = self.of.get(r).map_or(&[][..], Vec::as_slice);
        let uses = |t: u32| self.used.get(t as usize).copied().unwrap_or(0);
        let mut fit: Vec<u32> =
            named.iter().copied().filter(|t| (3..=STORY_WIDE).contains(&uses(*t))).collect();
        fit.sort_by_key(|t| (std::cmp::Reverse(uses(*t)), *t));
        fit.into_iter().take(STORY_KEYS)
    }

    /// How much two reports speak of the same people and places, from 0 to 1.
    pub(crate) fn alike(&self, a: usize, b: usize) -> f32 {
        let (Some(a), Some(b)) = (self.of.get(a), self.of.get(b)) else { return 0.0 };
        let weigh = |w: &u32| self.weight.get(*w as usize).copied().unwrap_or(0.0);
        let shared: f32 = b.iter().filter(|w| a.binary_search(w).is_ok()).map(weigh).sum();
        let all = |v: &[u32]| v.iter().map(weigh).sum::<f32>();
        shared / all(a).min(all(b)).max(1.0)
    }
}
