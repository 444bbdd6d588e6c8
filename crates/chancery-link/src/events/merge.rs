//! Which mentions are one happening. How well two fit: `fit.rs`; what is joined once all are begun: `join.rs`.
//!
//! Mentions are taken up one after the other, those of earlier reports first, and each joins the best of a few
//! candidates or begins a happening of its own: no mention is compared with every other. Blocking keys, in the order
//! they are looked up:
//!
//! 1. the same words at the same spot of two reports: trigger with two words on each side (copies, updates, passages
//!    taken over);
//! 2. the folded name of a named conference or agreement;
//! 3. within a report: the family of its words (`kin.toml`);
//! 4. across reports: family with each day it may fall on (at most four), and family with place; the latest
//!    [`LOOK_BACK`] happenings of a block are looked at.
//!
//! What is compared: days, place, participants and their countries, the kind within the family, ordinals ("the second
//! round") and the words around. Days that exclude each other keep two happenings apart, unless they lie a day or two
//! apart at one place: reports that differ about a day are a disagreement and not two happenings.

use super::cluster::{Cluster, keys, narrow};
use super::draft::{Draft, Family, Words};
use super::fit::Fit;
use super::topics::Topics;
use crate::LinkedReport;
use crate::groups::Groups;
use chancery_model::Day;
use chancery_model::date::days_between;
use std::collections::{BTreeMap, BTreeSet};

/// Happenings of a block that a mention is compared with, the latest first.
pub(super) const LOOK_BACK: usize = 24;
/// Score from which a mention belongs to a happening of its own report.
const SAME_REPORT: f32 = 0.7;
/// Score from which it belongs to one that other reports tell of.
pub(super) const ACROSS: f32 = 1.45;
/// Score from which what is spoken of as known ("the agreement of March") belongs to it.
pub(super) const ONLY: f32 = 1.0;
/// Days between two reports from which they need more in common.
pub(super) const LONG_AFTER: i32 = 30;
/// Days by which a day that is told beside a happening may lie behind it.
pub(super) const BESIDE: i32 = 7;
/// Days before its report within which a happening is news.
const NEWS: i32 = 2;
/// How much less what a report only glances back at is meant by what follows.
const ASIDE: f32 = 1.0;
/// Days between two days given to one happening of which there are hardly two.
pub(super) const ONCE: i32 = 7;
/// Days from which the day of a report counts as unknown.
const VAGUE: i32 = 6;
/// How much better than the next one the only one must be.
const MARGIN: f32 = 0.3;

/// The sets of mentions that are one happening.
pub(super) fn sets<'w>(
    drafts: &[Draft<'_>],
    reports: &[LinkedReport],
    words: &'w Words,
    topics: &'w Topics,
    keep: impl Fn(&Draft<'_>) -> bool,
) -> Merged<'w> {
    let mut groups = Groups::new(drafts.len());
    // The day of a report of which only a longer stretch is known tells little.
    let day = |d: &Draft<'_>| {
        let p = &reports[d.report].published.days;
        p.lo.filter(|_| p.width().is_some_and(|w| w <= VAGUE))
    };
    // By day of the report, an undated one last; within a report in the order of the text, the headline after it: the
    // text tells more.
    let mut order: Vec<usize> = (0..drafts.len()).filter(|n| keep(&drafts[*n])).collect();
    order.sort_by_key(|n| {
        let d = &drafts[*n];
        (day(d).is_none(), day(d), reports[d.report].id.clone(), d.headline, d.mention.span.start, d.index)
    });
    let mut all = Clusters {
        list: Vec::new(),
        spots: BTreeMap::new(),
        blocks: BTreeMap::new(),
        here: Vec::new(),
        words,
        topics,
    };
    let mut current = None;
    for n in order {
        let d = &drafts[n];
        if current != Some(d.report) {
            current = Some(d.report);
            all.here.clear();
        }
        let one = Cluster::of(n, d, day(d), reports[d.report].published.days);
        let at = all.find(d, &one);
        let c = match at {
            Some(c) => {
                groups.join(all.list[c].root, n);
                all.list[c].take(&one);
                c
            }
            None => {
                all.list.push(one);
                all.list.len() - 1
            }
        };
        all.index(c, d, day(d));
    }
    let mut at = all.gather(&mut groups);
    all.central(&mut at, &mut groups);
    all.held_as_planned(&mut groups);
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, c) in all.list.iter().enumerate().filter(|(n, _)| at[*n] == *n) {
        for r in &c.reports {
            of.entry(*r).or_default().push(n);
        }
    }
    Merged { groups, all, at, of }
}

/// The mentions in their sets, and what is needed to find the happening of a word that was not marked.
pub(super) struct Merged<'w> {
    pub(super) groups: Groups,
    all: Clusters<'w>,
    /// What each happening has been joined to.
    at: Vec<usize>,
    /// The happenings that a report speaks of.
    of: BTreeMap<usize, Vec<usize>>,
}

impl Merged<'_> {
    /// A mention of the happening that a word takes up, when it is clear which.
    pub(super) fn echo(&self, d: &Draft<'_>, reports: &[LinkedReport]) -> Option<usize> {
        let printed = reports[d.report].published.days;
        let seen = printed.lo.filter(|_| printed.width().is_some_and(|w| w <= VAGUE));
        let one = Cluster::of(usize::MAX, d, seen, printed);
        let here = self.of.get(&d.report).map_or(&[][..], Vec::as_slice);
        let mut fits: Vec<(f32, usize)> = here
            .iter()
            .filter(|c| self.all.list[**c].family == d.family)
            .filter_map(|c| Some((self.all.within(&self.all.list[*c], &one)?, *c)))
            .filter(|(s, _)| *s >= SAME_REPORT)
            .collect();
        let own = !fits.is_empty();
        for key in keys(d, seen) {
            let block = self.all.block(key);
            for c in block
                .iter()
                .rev()
                .take(LOOK_BACK)
                .map(|c| end(&self.at, *c as usize))
                .filter(|c| !here.contains(c))
            {
                let fit = self.all.across(&self.all.list[c], &one).filter(|f| f.tied && f.score >= ACROSS);
                fits.extend(fit.map(|f| (f.score - if own { 1.5 } else { 0.0 }, c)));
            }
        }
        fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        fits.dedup_by_key(|f| f.1);
        match fits.as_slice() {
            [one] => Some(one.1),
            [one, two, ..] if one.0 > two.0 + MARGIN => Some(one.1),
            _ => None,
        }
        .map(|c| self.all.list[c].root)
    }
}

/// Whether a happening is of the days before the report of a mention.
fn is_news(c: &Cluster, d: &Cluster) -> bool {
    matches!((c.days.hi, d.printed.lo), (Some(day), Some(p)) if narrow(&c.days) && days_between(day, p).abs() <= NEWS)
}

/// Whether it lies well before.
fn looks_back(c: &Cluster, d: &Cluster) -> bool {
    matches!((c.days.hi, d.printed.lo), (Some(day), Some(p)) if narrow(&c.days) && days_between(day, p) > BESIDE)
}

/// What a happening has been joined to in the end.
pub(super) fn end(at: &[usize], mut n: usize) -> usize {
    while at[n] != n {
        n = at[n];
    }
    n
}

pub(super) struct Clusters<'w> {
    pub(super) list: Vec<Cluster>,
    pub(super) spots: BTreeMap<u64, usize>,
    pub(super) blocks: BTreeMap<u64, Vec<u32>>,
    /// Happenings that the report at hand speaks of, in order of the last mention.
    pub(super) here: Vec<usize>,
    pub(super) words: &'w Words,
    pub(super) topics: &'w Topics,
}

impl Clusters<'_> {
    /// The happenings under a key, in the order they were begun or spoken of.
    pub(super) fn block(&self, key: u64) -> &[u32] {
        self.blocks.get(&key).map_or(&[][..], Vec::as_slice)
    }

    fn find(&self, d: &Draft<'_>, one: &Cluster) -> Option<usize> {
        if let Some(c) = self.spots.get(&d.spot)
            && self.list[*c].family == d.family
            && self.copied(&self.list[*c], one)
        {
            return Some(*c);
        }
        if matches!(d.family, Family::Other(_)) && d.name.is_none() {
            return None;
        }
        let best =
            |list: Vec<(f32, usize)>| list.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // The happening spoken of last is meant sooner than one before it.
        let recent = self.here.iter().rev().filter(|c| self.list[**c].family == d.family).enumerate();
        // After a glance back ("they first met in May") a report goes on with what it is about.
        let fresh_here = d.days.lo.is_none()
            && d.ordinal.is_none()
            && self.here.iter().any(|c| self.list[*c].family == d.family && is_news(&self.list[*c], one));
        let within = best(
            recent
                .filter_map(|(back, c)| {
                    let back = if one.headline { 0.0 } else { back as f32 };
                    let aside = if fresh_here && looks_back(&self.list[*c], one) { ASIDE } else { 0.0 };
                    Some((self.within(&self.list[*c], one)? - 0.15 * back - aside, *c))
                })
                .filter(|(s, _)| *s >= SAME_REPORT)
                .collect(),
        );
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for key in keys(d, one.seen) {
            let block = self.block(key);
            candidates.extend(block.iter().rev().take(LOOK_BACK).map(|c| *c as usize));
        }
        let fits: Vec<(Fit, usize)> = candidates
            .into_iter()
            .filter(|c| !self.here.contains(c) && self.list[*c].family == d.family)
            .filter_map(|c| Some((self.across(&self.list[c], one)?, c)))
            .collect();
        let across = best(fits.iter().map(|(f, c)| (f.score, *c)).collect());
        // What is spoken of as known joins the best there is, what is told anew needs more; and where the story alone
        // ties them, only one may be meant.
        let across = across.filter(|(s, c)| {
            let tied = fits.iter().any(|(f, x)| x == c && f.tied);
            let only = fits.iter().filter(|(f, _)| f.score > s - MARGIN).count() == 1;
            *s >= if d.definite { ONLY } else { ACROSS } && (tied || only)
        });
        match (within, across) {
            (Some(w), Some(a)) if a.0 > w.0 + 1.5 => Some(a.1),
            (Some(w), _) => Some(w.1),
            (None, a) => a.map(|x| x.1),
        }
    }

    /// Puts a happening into the blocks of the mention it has taken.
    fn index(&mut self, c: usize, d: &Draft<'_>, seen: Option<Day>) {
        self.spots.entry(d.spot).or_insert(c);
        self.here.retain(|x| *x != c);
        self.here.push(c);
        // Words of speech are one only at the same spot.
        if matches!(d.family, Family::Other(_)) && d.name.is_none() {
            return;
        }
        for key in keys(d, seen) {
            let block = self.blocks.entry(key).or_default();
            if !block.iter().rev().take(LOOK_BACK).any(|x| *x as usize == c) {
                block.push(u32::try_from(c).unwrap_or(u32::MAX));
            }
        }
    }
}
