//! Happenings that other words tell of: "gunmen seized the hall", "the siege", "Tuesday's raid".
//!
//! What [`super::merge`] has put together shares a family of words. Here two such happenings are compared by what was
//! learned from marked stories (`allied/weights.tsv`, made by `training/allied.py`): a logistic model over days, places,
//! participants, kinds and the words around ([`seen`]). Joining is by average linkage, the surest first, so that one
//! doubtful likeness does not chain what is apart.
//!
//! Blocking keys: the report; day with place, participant or kind; five days around the report with participant and
//! kind, place and kind, family, or one of the rarest words around it that others use. Of a key the [`NEXT`] following
//! happenings are compared. A happening's candidates are compared and forgotten before the next one's are looked up: a
//! pile of 100,000 reports has a hundred million of them.

mod seen;
mod unit;

use super::draft::{Draft, Family, Words};
use crate::groups::Groups;
use crate::{Item, LinkedReport};
use chancery_model::date::add_days;
use chancery_model::vocab::{EventType, Role};
use chancery_model::{Day, Id};
pub(crate) use seen::FEATURES;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unit::Unit;

/// Happenings of a block that a happening is compared with.
const NEXT: usize = 16;
/// Likeness from which two are compared further, from −1 to 1.
const ALIKE: f32 = -0.3;
/// Mean likeness from which what has been joined is joined further.
const MEAN: f32 = 0.0;
/// Parts of a happening that are compared with the parts of another.
const PARTS: usize = 12;
/// Days to each side in which happenings of a kind crowd each other.
const SAME_DAYS: i32 = 2;

/// What is needed to compare.
pub(crate) struct Scene<'a> {
    pub(crate) units: Vec<Unit<'a>>,
    words: &'a Words,
    topics: &'a super::Topics,
    printed: Vec<Option<Day>>,
    /// How many reports name each participant and place of a happening.
    named: BTreeMap<Id, usize>,
    /// Reports up to which a name is rare.
    few: usize,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        drafts: &'a [Draft<'a>],
        items: &[Item<'_>],
        reports: &[LinkedReport],
        words: &'a Words,
        topics: &'a super::Topics,
        sets: Vec<Vec<usize>>,
    ) -> Self {
        let mut units = unit::all(sets, drafts, items, words);
        let printed: Vec<Option<Day>> = reports.iter().map(|r| r.published.days.lo).collect();
        for u in &mut units {
            let days: BTreeSet<Day> = u.reports.iter().filter_map(|r| printed[*r]).collect();
            u.printed = days.into_iter().collect();
        }
        // By mention and not by happening: one with thousands of reports and participants would pair each with each.
        let mut named: BTreeMap<&Id, BTreeSet<usize>> = BTreeMap::new();
        for d in units.iter().flat_map(|u| &u.of).map(|n| &drafts[*n]) {
            for id in d.actors.iter().chain(d.places.iter()) {
                named.entry(id).or_default().insert(d.report);
            }
        }
        let named = named.into_iter().map(|(id, r)| (id.clone(), r.len())).collect();
        let few = (reports.len() / 10).clamp(3, 12);
        let mut scene = Self { units, words, topics, printed, named, few };
        scene.crowds();
        scene
    }

    /// Counts, for each happening, those of a kind with it that are told in the same days.
    fn crowds(&mut self) {
        let mut told: BTreeMap<(EventType, Option<Day>), u32> = BTreeMap::new();
        let days: Vec<Option<Day>> = (0..self.units.len()).map(|n| self.first_printed(n)).collect();
        for (u, day) in self.units.iter().zip(&days) {
            for k in &u.sorts {
                *told.entry((*k, *day)).or_default() += 1;
            }
        }
        for (u, day) in self.units.iter_mut().zip(&days) {
            let around = |k: EventType| -> u32 {
                let near =
                    |d: &Day| (-SAME_DAYS..=SAME_DAYS).map(|n| Some(add_days(*d, n))).collect::<Vec<_>>();
                let all = day.as_ref().map_or_else(|| vec![None], near);
                all.into_iter().filter_map(|d| told.get(&(k, d))).sum()
            };
            let most = u.sorts.iter().map(|k| around(*k)).max().unwrap_or(1).max(1);
            u.crowd = (most as f32).ln();
        }
    }

    fn first_printed(&self, n: usize) -> Option<Day> {
        self.units[n].reports.iter().filter_map(|r| self.printed[*r]).min()
    }

    /// Calls `with` for every two happenings that share a block, the one with the lower number first, each two once.
    pub(crate) fn pairs(&self, mut with: impl FnMut(usize, usize)) {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|n| (self.first_printed(*n), *n));
        // Sorted, the happenings of a key stand together, in the order they were told.
        let mut blocks: Vec<(u64, u32)> = Vec::new();
        for (rank, n) in (0u32..).zip(&order) {
            blocks.extend(self.keys(*n).into_iter().map(|k| (crate::origins::hash(k.into_bytes(), 8), rank)));
        }
        blocks.sort_unstable();
        blocks.dedup();
        // Where each happening stands in its blocks.
        let mut stands: Vec<(u32, u32)> = (0u32..).zip(&blocks).map(|(at, (_, rank))| (*rank, at)).collect();
        stands.sort_unstable();
        let mut next: Vec<u32> = Vec::new();
        for own in stands.chunk_by(|a, b| a.0 == b.0) {
            next.clear();
            for (_, at) in own {
                let block = blocks.get(*at as usize..).unwrap_or(&[]);
                let Some(((key, rank), rest)) = block.split_first() else { continue };
                next.extend(rest.iter().take(NEXT).take_while(|(k, _)| k == key).map(|(_, r)| *r));
                debug_assert_eq!(*rank, own[0].0);
            }
            next.sort_unstable();
            next.dedup();
            for r in &next {
                let (a, b) = (order[own[0].0 as usize], order[*r as usize]);
                with(a.min(b), a.max(b));
            }
        }
    }

    fn keys(&self, n: usize) -> BTreeSet<String> {
        let u = &self.units[n];
        let mut out: BTreeSet<String> = u.reports.iter().map(|r| format!("report {r}")).collect();
        let mut when: BTreeSet<String> = BTreeSet::new();
        for d in &u.days {
            if let Some(lo) = d.lo {
                when.extend([-1, 0, 1].map(|k| format!("day {}", add_days(lo, k))));
            }
        }
        for p in u.reports.iter().filter_map(|r| self.printed[*r]) {
            let week = |k: i32| {
                let d = add_days(p, k);
                format!("week {} {}", d.year(), d.day_of_year() / 5)
            };
            when.extend([week(-2), week(2)]);
        }
        if when.is_empty() {
            when.insert("undated".to_owned());
        }
        for w in when {
            let day = w.starts_with("day");
            for k in u.kinds.iter() {
                out.extend(u.places.iter().map(|p| format!("{w} {k:?} {p}")));
                out.extend(u.actors.iter().map(|p| format!("{w} {k:?} {p}")));
                if day {
                    out.insert(format!("{w} {k:?}"));
                }
            }
            if day {
                out.extend(u.places.iter().map(|p| format!("{w} {p}")));
                out.extend(u.actors.iter().map(|p| format!("{w} {p}")));
            } else {
                out.extend(u.rare.iter().map(|r| format!("{w} word {r}")));
            }
            out.extend(
                u.families.iter().filter(|f| !matches!(f, Family::Other(_))).map(|f| format!("{w} {f:?}")),
            );
        }
        out
    }

    /// What two people ask, promise or threaten is two things, and so is what one asks of two in one report.
    fn said_apart(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        use EventType::{Accuse, Agree, Concede, Reject, Request, Support, Threaten};
        let words =
            |k: &EventType| matches!(k, Agree | Support | Concede | Request | Accuse | Reject | Threaten);
        if !x.sorts.iter().chain(&y.sorts).all(words) {
            return false;
        }
        let apart = |role: Role| {
            let of = |u: &Unit<'_>| -> BTreeSet<Id> {
                u.roles.iter().filter(|(r, _)| *r == role).map(|(_, id)| id.clone()).collect()
            };
            let (a, b) = (of(x), of(y));
            !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
        };
        apart(Role::Actor) || apart(Role::Recipient) && !x.reports.is_disjoint(&y.reports)
    }

    /// Whether two have anything in common that makes it worth comparing them.
    fn hopeful(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.units[a], &self.units[b]);
        let shared = !x.kinds.is_disjoint(&y.kinds)
            || !x.families.is_disjoint(&y.families)
            || !x.actors.is_disjoint(&y.actors)
            || !x.places.is_disjoint(&y.places)
            || x.rare.iter().any(|w| y.rare.contains(w));
        // "Without talks there will be less money", "if they meet again": no day says that this is what was held.
        let unreal = |u: &Unit<'_>, other: &Unit<'_>| u.unreal && u.days.is_empty() && other.done;
        let real = !unreal(x, y) && !unreal(y, x);
        shared
            && real
            && !self.said_apart(x, y)
            // All who died in two years did not die in one raid, nor in another two years.
            && !x.over
            && !y.over
            && !(!x.ordinals.is_empty() && !y.ordinals.is_empty() && x.ordinals.is_disjoint(&y.ordinals))
    }
}

/// Joins what is one happening by other words.
pub(super) fn join(scene: &Scene<'_>, groups: &mut Groups) {
    let mut ranked: Vec<(f32, u32, u32)> = Vec::new();
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    scene.pairs(|a, b| {
        let alike = scene.hopeful(a, b).then(|| scene.at_least(a, b, ALIKE)).flatten();
        ranked.extend(alike.map(|s| (s, small(a), small(b))));
    });
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    // Only looked up, never walked.
    let mut known: HashMap<(u32, u32), f32> = ranked.iter().map(|(s, a, b)| ((*a, *b), *s)).collect();
    // Two that were refused are asked about again for every further pair of their parts: as long as neither has grown, the
    // answer is the same.
    let mut refused: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
    let mut parts: Vec<Vec<u32>> = (0..small(scene.units.len())).map(|n| vec![n]).collect();
    let mut at: Vec<u32> = (0..small(scene.units.len())).collect();
    for (_, a, b) in ranked {
        let (a, b) = (at[a as usize], at[b as usize]);
        let (a, b) = (a.min(b) as usize, a.max(b) as usize);
        let size = (parts[a].len(), parts[b].len());
        if a == b || refused.get(&(a, b)) == Some(&size) {
            continue;
        }
        let (mut sum, mut n) = (0.0, 0u16);
        for x in spread(&parts[a]) {
            for y in spread(&parts[b]) {
                let (x, y) = (*x.min(y), *x.max(y));
                sum += *known.entry((x, y)).or_insert_with(|| scene.likeness(x as usize, y as usize));
                n += 1;
            }
        }
        if sum / f32::from(n.max(1)) < MEAN {
            refused.insert((a, b), size);
            continue;
        }
        let moved = std::mem::take(&mut parts[b]);
        for m in &moved {
            at[*m as usize] = small(a);
        }
        let first = |n: usize| scene.units[n].of.first();
        if let (Some(x), Some(y)) = (first(a), moved.first().and_then(|m| first(*m as usize))) {
            groups.join(*x, *y);
        }
        parts[a].extend(moved);
        parts[a].sort_unstable();
    }
}

/// Up to [`PARTS`] of a list, evenly.
fn spread(list: &[u32]) -> impl Iterator<Item = &u32> {
    list.iter().step_by(list.len().div_ceil(PARTS).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_evenly_and_never_more_than_twelve() {
        let list: Vec<u32> = (0..100).collect();
        let some: Vec<u32> = spread(&list).copied().collect();
        assert!(some.len() <= PARTS && some.starts_with(&[0, 9, 18]), "{some:?}");
        assert_eq!(spread(&list[..5]).count(), 5);
        assert_eq!(spread(&[]).count(), 0);
    }
}
