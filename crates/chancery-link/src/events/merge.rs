//! Which mentions are one happening.
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

use super::draft::{Draft, Family, Words};
use crate::LinkedReport;
use crate::fold;
use crate::groups::Groups;
use chancery_model::date::{add_days, days_between};
use chancery_model::vocab::Status;
use chancery_model::{Day, Days, Id};
use std::collections::{BTreeMap, BTreeSet};

/// Happenings of a block that a mention is compared with, the latest first.
const LOOK_BACK: usize = 24;
/// Score from which a mention belongs to a happening of its own report.
const SAME_REPORT: f32 = 0.7;
/// Score from which it belongs to one that other reports tell of.
const ACROSS: f32 = 1.7;
/// Score from which what is spoken of as known ("the agreement of March") belongs to it.
const ONLY: f32 = 1.2;
/// Days between two reports from which they need more in common.
const LONG_AFTER: i32 = 30;
/// Days between two days given to one happening at one place.
const DISPUTE: i32 = 2;

/// A happening while it is put together.
struct Cluster {
    root: usize,
    family: Family,
    narrow: Option<&'static str>,
    ordinals: BTreeSet<u8>,
    fresh: bool,
    name: Option<String>,
    /// Narrowest day that a mention gives; surely its own counts first.
    days: Days,
    sure: bool,
    places: BTreeSet<Id>,
    around: BTreeSet<Id>,
    past: bool,
    actors: BTreeSet<Id>,
    countries: BTreeSet<String>,
    context: Vec<u32>,
    /// Latest report that speaks of it.
    seen: Option<Day>,
    last_report: usize,
    /// Whether only headlines have told of it.
    headline: bool,
    ahead: bool,
    /// Whether somebody has told of it as done.
    done: bool,
}

impl Cluster {
    fn of(n: usize, d: &Draft<'_>, seen: Option<Day>) -> Self {
        Self {
            root: n,
            family: d.family,
            narrow: d.narrow,
            ordinals: d.ordinal.into_iter().collect(),
            fresh: d.fresh,
            name: d.mention.name.as_deref().map(fold::name),
            days: d.days,
            sure: d.sure_day,
            places: d.places.clone(),
            around: d.around.clone(),
            past: d.past,
            actors: d.actors.clone(),
            countries: d.countries.clone(),
            context: d.context.clone(),
            seen,
            last_report: d.report,
            headline: d.headline,
            ahead: ahead(d.mention.status),
            done: done(d.mention.status),
        }
    }

    fn take(&mut self, d: &Draft<'_>, seen: Option<Day>) {
        let better = narrow(&d.days) && (!narrow(&self.days) || (d.sure_day && !self.sure));
        if better || (self.days.lo.is_none() && self.days.hi.is_none()) {
            self.days = d.days;
            self.sure = d.sure_day;
        }
        self.narrow = self.narrow.or(d.narrow);
        self.ordinals.extend(d.ordinal);
        if self.name.is_none() {
            self.name = d.mention.name.as_deref().map(fold::name);
        }
        if self.places.is_empty() || d.mention.place.is_some() {
            self.places.extend(d.places.iter().cloned());
        }
        self.past &= d.past;
        self.actors.extend(d.actors.iter().cloned());
        self.countries.extend(d.countries.iter().cloned());
        if self.context.len() < CONTEXT {
            self.context.extend(&d.context);
            self.context.sort_unstable();
            self.context.dedup();
        }
        self.seen = self.seen.max(seen);
        self.last_report = d.report;
        self.headline &= d.headline;
        self.ahead &= ahead(d.mention.status);
        self.done |= done(d.mention.status);
    }
}

/// Context words kept of a happening.
const CONTEXT: usize = 60;

fn ahead(s: Status) -> bool {
    matches!(s, Status::Planned | Status::Proposed | Status::Conditional | Status::Hypothetical)
}

/// Whether it is told of as over; what is ongoing may have an end that is planned.
fn done(s: Status) -> bool {
    s == Status::Happened
}

fn narrow(d: &Days) -> bool {
    d.width().is_some_and(|w| w <= 3)
}

/// The sets of mentions that are one happening.
pub(super) fn sets(
    drafts: &[Draft<'_>],
    reports: &[LinkedReport],
    words: &Words,
    keep: impl Fn(&Draft<'_>) -> bool,
) -> Groups {
    let mut groups = Groups::new(drafts.len());
    let day = |d: &Draft<'_>| {
        let p = &reports[d.report].published.days;
        p.lo.or(p.hi)
    };
    // By day of the report, an undated one last; within a report in the order of the text.
    let mut order: Vec<usize> = (0..drafts.len()).filter(|n| keep(&drafts[*n])).collect();
    order.sort_by_key(|n| {
        let d = &drafts[*n];
        (day(d).is_none(), day(d), reports[d.report].id.clone(), d.mention.span.start, d.index)
    });
    let mut all = Clusters {
        list: Vec::new(),
        spots: BTreeMap::new(),
        blocks: BTreeMap::new(),
        here: Vec::new(),
        words,
    };
    let mut current = None;
    for n in order {
        let d = &drafts[n];
        if current != Some(d.report) {
            current = Some(d.report);
            all.here.clear();
        }
        let seen = day(d);
        let at = all.find(d, seen);
        let c = match at {
            Some(c) => {
                groups.join(all.list[c].root, n);
                all.list[c].take(d, seen);
                c
            }
            None => {
                all.list.push(Cluster::of(n, d, seen));
                all.list.len() - 1
            }
        };
        all.index(c, d);
    }
    all.held_as_planned(&mut groups);
    groups
}

struct Clusters<'w> {
    list: Vec<Cluster>,
    spots: BTreeMap<u64, usize>,
    blocks: BTreeMap<(Family, String), Vec<usize>>,
    /// Happenings that the report at hand speaks of, in order of the last mention.
    here: Vec<usize>,
    words: &'w Words,
}

impl Clusters<'_> {
    fn find(&self, d: &Draft<'_>, seen: Option<Day>) -> Option<usize> {
        if let Some(c) = self.spots.get(&d.spot)
            && self.list[*c].family == d.family
            && self.copied(&self.list[*c], d, seen)
        {
            return Some(*c);
        }
        if matches!(d.family, Family::Other(_)) && d.mention.name.is_none() {
            return None;
        }
        let best =
            |list: Vec<(f32, usize)>| list.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // The happening spoken of last is meant sooner than one before it.
        let recent = self.here.iter().rev().filter(|c| self.list[**c].family == d.family).enumerate();
        let within = best(
            recent
                .filter_map(|(back, c)| {
                    Some((self.score(&self.list[*c], d, seen, true)? - 0.15 * back as f32, *c))
                })
                .filter(|(s, _)| *s >= SAME_REPORT)
                .collect(),
        );
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for key in keys(d) {
            let block = self.blocks.get(&(d.family, key)).map_or(&[][..], Vec::as_slice);
            candidates.extend(block.iter().rev().take(LOOK_BACK));
        }
        let across = best(
            candidates
                .into_iter()
                .filter(|c| !self.here.contains(c))
                .filter_map(|c| Some((self.score(&self.list[c], d, seen, false)?, c)))
                .filter(|(s, _)| *s >= ONLY)
                .collect(),
        );
        // What is spoken of as known joins the best there is, what is told anew needs more.
        let across = across.filter(|(s, _)| *s >= ACROSS || d.definite);
        match (within, across) {
            (Some(w), Some(a)) if a.0 > w.0 + 1.5 => Some(a.1),
            (Some(w), _) => Some(w.1),
            (None, a) => a.map(|x| x.1),
        }
    }

    /// The same words at the same spot are the same happening, unless the days tell otherwise.
    fn copied(&self, c: &Cluster, d: &Draft<'_>, seen: Option<Day>) -> bool {
        let near = match (c.seen, seen) {
            (Some(a), Some(b)) => days_between(a, b).abs() <= LONG_AFTER,
            _ => true,
        };
        let alike = self.overlap(&c.context, &d.context) >= 0.5;
        near && alike
    }

    /// Share of the lighter context's weight that both have.
    fn overlap(&self, a: &[u32], b: &[u32]) -> f32 {
        let weigh = |v: &[u32]| v.iter().map(|w| self.words.weight(*w)).sum::<f32>();
        let shared: f32 =
            b.iter().filter(|w| a.binary_search(w).is_ok()).map(|w| self.words.weight(*w)).sum();
        shared / weigh(a).min(weigh(b)).max(1.0)
    }

    /// How well a mention fits a happening; none when something excludes it.
    fn score(&self, c: &Cluster, d: &Draft<'_>, seen: Option<Day>, same_report: bool) -> Option<f32> {
        if let (Some(a), Some(b)) = (&c.name, d.mention.name.as_deref().map(fold::name)) {
            return if *a == b && self.in_reach(c, seen) { Some(4.0) } else { None };
        }
        if let Some(o) = d.ordinal
            && !c.ordinals.is_empty()
            && !c.ordinals.contains(&o)
        {
            return None;
        }
        if same_report && d.fresh && !c.fresh {
            return None;
        }
        // What is still to come when a report is written is not what had been done by then.
        let to_come = |days: &Days, by: Option<Day>| days.lo.zip(by).is_some_and(|(lo, by)| lo > by);
        if c.done && ahead(d.mention.status) && to_come(&d.days, c.seen.max(seen))
            || done(d.mention.status) && c.ahead && to_come(&c.days, seen)
        {
            return None;
        }
        let mut s = 0.0;
        let share_place = !c.places.is_disjoint(&d.places);
        let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
        let share_actor = !c.actors.is_disjoint(&d.actors);
        let share_country = !c.countries.is_disjoint(&d.countries);
        let dated = narrow(&c.days) && narrow(&d.days);
        let mut tied = dated;
        if dated {
            if c.days.meets(&d.days) {
                s += 2.0;
            } else if d.family.lasting() {
                s += 0.5;
            } else {
                let gap = super::gap(&c.days, &d.days)?;
                // A day that is not surely the mention's own excludes little.
                let slack = if c.sure && d.sure_day { DISPUTE } else { DISPUTE + 1 };
                let alike = share_place
                    || (same_report && share_country)
                    || (!apart_place && (share_actor || self.overlap(&c.context, &d.context) > 0.3));
                if gap > slack || !alike || (c.ahead != ahead(d.mention.status)) {
                    return None;
                }
                s += 0.5;
            }
        } else if d.days.lo.is_some() && c.days.lo.is_some() {
            if !c.days.meets(&d.days) && !d.family.lasting() {
                // Two that look back on one occasion may differ by a month.
                let month = |d: &Days| d.width().is_some_and(|w| (27..=31).contains(&w));
                let back = c.past && d.past && month(&c.days) && month(&d.days);
                let near = super::gap(&c.days, &d.days).is_some_and(|g| g <= 31);
                let place = !c.around.is_disjoint(&d.around);
                return if back && near && place && !same_report { Some(ACROSS) } else { None };
            }
            let month = |d: &Days| d.width().is_some_and(|w| w <= 31);
            tied = month(&c.days) && month(&d.days);
            s += if tied { 1.0 } else { 0.5 };
            // What was planned for a month between two sides, and held in it.
            if tied
                && c.ahead
                && !ahead(d.mention.status)
                && c.countries.intersection(&d.countries).count() >= 2
            {
                s += 0.8;
            }
        }
        if same_report {
            // What is planned is not what has been, when no day ties them.
            if !dated && !d.definite && ahead(d.mention.status) != c.ahead {
                s -= 1.5;
            }
            // A deed told with a day of its own begins something new sooner than it goes on with what has none.
            if !d.definite && !c.headline && d.sure_day && c.days.lo.is_none() {
                s -= 0.5;
            }
            // With no day and no place of its own it goes on about what was told.
            s += if d.definite {
                1.1
            } else if d.days.lo.is_none() && d.places.is_empty() {
                0.9
            } else {
                0.5
            };
            // The text takes up what the headline tells.
            if c.headline && c.last_report == d.report {
                s += 0.8;
            }
        } else {
            if !self.in_reach(c, seen) && !tied {
                s -= 1.0;
            }
            if ahead(d.mention.status) != c.ahead && !tied && !d.definite {
                s -= 0.5;
            }
        }
        if d.fresh && !c.fresh {
            s -= if dated { 0.0 } else { 0.5 };
        }
        if share_place {
            s += if same_report { 0.5 } else { 1.2 };
        } else if apart_place && !(same_report && d.definite) {
            s -= if same_report && d.mention.place.is_none() { 0.5 } else { 1.5 };
        }
        if share_actor {
            s += 0.7;
        } else if share_country {
            s += 0.4;
        } else if !same_report && !c.countries.is_empty() && !d.countries.is_empty() {
            s -= 0.5;
        }
        if let (Some(a), Some(b)) = (c.narrow, d.narrow) {
            s += if a == b { 0.5 } else { -1.5 };
        }
        if d.ordinal.is_some_and(|o| c.ordinals.contains(&o)) {
            s += 1.0;
        }
        let overlap = self.overlap(&c.context, &d.context);
        s += if same_report { overlap.min(0.6) } else { (overlap * 2.5).min(1.5) };
        Some(s)
    }

    /// What was planned for a month or a day is what was held then, when one of its participants is the same and
    /// another or its country too, and nothing else fits.
    fn held_as_planned(&self, groups: &mut Groups) {
        for (n, c) in self.list.iter().enumerate() {
            let Some(lo) = c.days.lo.filter(|_| c.ahead && c.days.width().is_some_and(|w| w <= 31)) else {
                continue;
            };
            let key = (c.family, format!("month {}-{}", lo.year(), lo.month()));
            let block = self.blocks.get(&key).map_or(&[][..], Vec::as_slice);
            let fits = |h: &Cluster| {
                let actors = c.actors.intersection(&h.actors).count();
                let countries = c.countries.intersection(&h.countries).count();
                let ordinals =
                    c.ordinals.is_empty() || h.ordinals.is_empty() || !c.ordinals.is_disjoint(&h.ordinals);
                !h.ahead
                    && c.days.meets(&h.days)
                    && narrow(&h.days)
                    && ordinals
                    && actors >= 1
                    && actors + countries >= 2
            };
            let mut held = block.iter().rev().take(LOOK_BACK).filter(|h| **h != n && fits(&self.list[**h]));
            if let (Some(h), None) = (held.next(), held.next()) {
                groups.join(c.root, self.list[*h].root);
            }
        }
    }

    fn in_reach(&self, c: &Cluster, seen: Option<Day>) -> bool {
        match (c.seen, seen) {
            (Some(a), Some(b)) => days_between(a, b).abs() <= LONG_AFTER,
            _ => true,
        }
    }

    /// Puts a happening into the blocks of the mention it has taken.
    fn index(&mut self, c: usize, d: &Draft<'_>) {
        self.spots.entry(d.spot).or_insert(c);
        for key in keys(d) {
            let block = self.blocks.entry((d.family, key)).or_default();
            if !block.iter().rev().take(LOOK_BACK).any(|x| *x == c) {
                block.push(c);
            }
        }
        self.here.retain(|x| *x != c);
        self.here.push(c);
    }
}

/// The blocks a mention is in.
fn keys(d: &Draft<'_>) -> Vec<String> {
    let mut out = Vec::new();
    if let (Some(lo), Some(w @ 0..=3)) = (d.days.lo, d.days.width()) {
        // A day to each side: reports differ by a day more often than by more.
        let slack = if d.places.is_empty() { 1 } else { DISPUTE };
        out.extend((-slack..=w + slack).map(|n| format!("day {}", add_days(lo, n))));
    }
    if let (Some(lo), Some(0..=31)) = (d.days.lo, d.days.width()) {
        out.push(format!("month {}-{}", lo.year(), lo.month()));
        // The month before and after, for what is looked back on.
        if d.past {
            for n in [-20, 45] {
                let near = add_days(lo, n);
                out.push(format!("month {}-{}", near.year(), near.month()));
            }
        }
    }
    out.extend(d.places.iter().map(|p| format!("place {p}")));
    if let Some(n) = &d.mention.name {
        out.push(format!("name {}", fold::name(n)));
    }
    // Persons and bodies that met, signed or withdrew.
    out.extend(d.actors.iter().map(|a| format!("actor {a}")));
    out
}
