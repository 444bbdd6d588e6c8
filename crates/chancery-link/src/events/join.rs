//! Joins happenings that were begun apart: those that turn out to be one with all that is told of them, what is told in
//! passing, and what was planned with what was held.

use super::cluster::{Cluster, key, narrow};
use super::draft::Family;
use super::fit::congress;
use super::merge::{Clusters, LOOK_BACK, ONCE, end};
use crate::groups::Groups;
use std::collections::{BTreeMap, BTreeSet};

/// Happenings of a block that a happening is set against once all are begun, the next ones first.
const NEXT: usize = 12;
/// Score from which two happenings begun apart are one.
const WHOLE: f32 = 1.8;
/// Share of the words around two mentions from which they tell of one thing that lasts.
const SAME_WORDS: f32 = 0.15;
/// Share of what two reports name from which they tell one story.
const ONE_STORY: f32 = 0.3;

impl Clusters<'_> {
    /// Joins happenings that were begun apart and, with all that is told of them, turn out to be one: the surest first.
    pub(super) fn gather(&mut self, groups: &mut Groups) -> Vec<usize> {
        let mut ranked: Vec<(f32, usize, usize)> = Vec::new();
        for block in self.blocks.values() {
            for (n, a) in block.iter().enumerate() {
                let next = block.iter().skip(n + 1).take(NEXT).filter(|b| *b != a);
                let pairs = next.map(|b| (*a.min(b) as usize, *a.max(b) as usize));
                ranked.extend(pairs.filter_map(|(a, b)| Some((self.whole(a, b)?, a, b))));
            }
        }
        ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        ranked.dedup();
        let mut at: Vec<usize> = (0..self.list.len()).collect();
        for (_, a, b) in ranked {
            let (a, b) = (end(&at, a), end(&at, b));
            // What has been joined since is looked at as it now stands.
            if a == b || self.whole(a, b).is_none() {
                continue;
            }
            let (a, b) = (a.min(b), a.max(b));
            let other = self.list[b].clone();
            self.list[a].take(&other);
            groups.join(self.list[a].root, other.root);
            at[b] = a;
        }
        at
    }

    /// Joins what is told in passing to what a story is told by: of a family of which a story has one as a rule, the one
    /// that most reports tell of takes in those that no day, place or ordinal keeps apart.
    pub(super) fn central(&mut self, at: &mut [usize], groups: &mut Groups) {
        let mut by: BTreeMap<(Family, u32), BTreeSet<usize>> = BTreeMap::new();
        for (n, c) in
            self.list.iter().enumerate().filter(|(n, c)| {
                at[*n] == *n && (c.family.central() || c.family.once() || congress(c.narrow))
            })
        {
            for r in &c.reports {
                for t in self.topics.story(*r) {
                    by.entry((c.family, t)).or_default().insert(n);
                }
            }
        }
        for block in by.values() {
            let here: BTreeSet<usize> = block.iter().map(|n| end(at, *n)).collect();
            if here.len() < 2 || here.len() > LOOK_BACK {
                continue;
            }
            let mut most: Vec<(usize, usize)> =
                here.iter().map(|n| (self.list[*n].reports.len(), *n)).collect();
            most.sort_by_key(|(reports, n)| (std::cmp::Reverse(*reports), *n));
            let [first, second, ..] = most.as_slice() else { continue };
            let main = first.1;
            let clear = first.0 >= 2 && first.0 >= 2 * second.0;
            for (_, other) in most.into_iter().skip(1) {
                let (a, b) = (&self.list[main], &self.list[other]);
                let apart = !a.places.is_empty() && !b.places.is_empty() && a.places.is_disjoint(&b.places);
                let story =
                    |r: &usize| a.reports.iter().map(|q| self.topics.alike(*q, *r)).fold(0.0, f32::max);
                let one_story = b.reports.iter().map(story).fold(0.0, f32::max) >= ONE_STORY;
                let both = congress(a.narrow) && congress(b.narrow);
                let kinds = both || a.narrow.is_none() || b.narrow.is_none() || a.narrow == b.narrow;
                // What lasts is spoken of as planned and as done; the same words tell that it is one.
                // A conference that has been announced is spoken of until it is held.
                let announced = both && a.ahead && b.ahead && a.narrow == b.narrow;
                let lasts = (a.family.lasting() || a.family.central() || announced)
                    && self.overlap(&a.context, &b.context) >= SAME_WORDS;
                // What is only said not to have been is the one that others tell of.
                let denied = !b.done && !b.ahead && here.len() == 2;
                let disputed = a.family.once()
                    && clear
                    && narrow(&a.days)
                    && narrow(&b.days)
                    && super::gap(&a.days, &b.days).is_some_and(|g| g <= ONCE);
                if congress(a.narrow) != congress(b.narrow)
                    || !(clear || lasts || denied)
                    || apart
                    || b.fresh
                    || !kinds
                    || !one_story
                    || !disputed && self.days(a, b, false).is_none_or(|s| s < 0.0)
                {
                    continue;
                }
                let taken = b.clone();
                self.list[main].take(&taken);
                groups.join(self.list[main].root, taken.root);
                at[other] = main;
            }
        }
    }

    /// How well two happenings fit, when well enough.
    pub(super) fn whole(&self, a: usize, b: usize) -> Option<f32> {
        let (a, b) = (&self.list[a], &self.list[b]);
        if a.family != b.family || matches!(a.family, Family::Other(_)) {
            return None;
        }
        let fit = self.across(a, b).filter(|f| f.tied)?;
        // One report that tells of both keeps them apart.
        let both = a.reports.iter().any(|r| b.reports.contains(r));
        let s = fit.score - if both { 1.0 } else { 0.0 };
        (s >= WHOLE).then_some(s)
    }

    /// What was planned for a month or a day is what was held then, when one of its participants is the same and
    /// another or its country too, and nothing else fits.
    pub(super) fn held_as_planned(&self, groups: &mut Groups) {
        for (n, c) in self.list.iter().enumerate() {
            let Some(lo) = c.days.lo.filter(|_| c.ahead && c.days.width().is_some_and(|w| w <= 31)) else {
                continue;
            };
            let key = key(c.family, &format!("month {}-{}", lo.year(), lo.month()));
            let block = self.block(key);
            let fits = |h: &Cluster| {
                let actors = c.actors.shared(&h.actors);
                let countries = c.countries.shared(&h.countries);
                let ordinals =
                    c.ordinals.is_empty() || h.ordinals.is_empty() || !c.ordinals.is_disjoint(&h.ordinals);
                !h.ahead
                    && c.days.meets(&h.days)
                    && narrow(&h.days)
                    && ordinals
                    && actors >= 1
                    && actors + countries >= 2
            };
            let mut held = block
                .iter()
                .rev()
                .take(LOOK_BACK)
                .map(|h| *h as usize)
                .filter(|h| *h != n && fits(&self.list[*h]));
            if let (Some(h), None) = (held.next(), held.next()) {
                groups.join(c.root, self.list[h].root);
            }
        }
    }
}
