//! Which mentions are one happening. Over 600 lines because every way of joining works on one list that nobody else may
//! touch.
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

use super::cluster::{Cluster, in_reach, key, keys, kinds, narrow};
use super::draft::{Draft, Family, Words};
use super::topics::Topics;
use crate::LinkedReport;
use crate::groups::Groups;
use chancery_model::date::{add_days, days_between};
use chancery_model::{Day, Days};
use std::collections::{BTreeMap, BTreeSet};

/// Happenings of a block that a mention is compared with, the latest first.
const LOOK_BACK: usize = 24;
/// Score from which a mention belongs to a happening of its own report.
const SAME_REPORT: f32 = 0.7;
/// Score from which it belongs to one that other reports tell of.
const ACROSS: f32 = 1.45;
/// Score from which what is spoken of as known ("the agreement of March") belongs to it.
const ONLY: f32 = 1.0;
/// Days between two reports from which they need more in common.
const LONG_AFTER: i32 = 30;
/// Days within which what is planned without a day is held.
const SOON: i32 = 62;
/// Days for which a conference that has been announced may be awaited.
const PENDING: i32 = 400;
/// Days by which a day that is told beside a happening may lie behind it.
const BESIDE: i32 = 7;
/// Days before its report within which a happening is news.
const NEWS: i32 = 2;
/// How much less what a report only glances back at is meant by what follows.
const ASIDE: f32 = 1.0;
/// Days between two reports from which the second looks back.
const LONG_PAST: i32 = 100;
/// Days between two days given to one happening at one place.
pub(super) const DISPUTE: i32 = 2;
/// Days between two days given to one happening of which there are hardly two.
const ONCE: i32 = 7;
/// Days from which the day of a report counts as unknown.
const VAGUE: i32 = 6;
/// Happenings of a block that a happening is set against once all are begun, the next ones first.
const NEXT: usize = 12;
/// Score from which two happenings begun apart are one.
const WHOLE: f32 = 1.8;
/// How much better than the next one the only one must be.
const MARGIN: f32 = 0.3;
/// Share of the words around two mentions from which they tell of one thing that lasts.
const SAME_WORDS: f32 = 0.15;
/// Share of the words around two mentions from which they say the same.
const MUCH: f32 = 0.4;
/// Share of what two reports name from which they tell one story.
const ONE_STORY: f32 = 0.3;
/// Share of what two reports name below which they tell of different stories.
const STRANGE: f32 = 0.08;

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

/// Whether it is a gathering of many that has been called for a time and a place, of which a story has one at a time.
fn congress(narrow: Option<&str>) -> bool {
    matches!(narrow, Some("summit" | "conference"))
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
fn end(at: &[usize], mut n: usize) -> usize {
    while at[n] != n {
        n = at[n];
    }
    n
}

struct Clusters<'w> {
    list: Vec<Cluster>,
    spots: BTreeMap<u64, usize>,
    blocks: BTreeMap<u64, Vec<u32>>,
    /// Happenings that the report at hand speaks of, in order of the last mention.
    here: Vec<usize>,
    words: &'w Words,
    topics: &'w Topics,
}

/// How well a mention fits a happening.
#[derive(Debug, Clone, Copy)]
struct Fit {
    score: f32,
    /// Whether a day, a place, a participant or much of the wording ties them, and not the story alone.
    tied: bool,
}

impl Clusters<'_> {
    /// The happenings under a key, in the order they were begun or spoken of.
    fn block(&self, key: u64) -> &[u32] {
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

    /// The same words at the same spot are the same happening, unless the days tell otherwise.
    fn copied(&self, c: &Cluster, d: &Cluster) -> bool {
        let near = in_reach(c, d, LONG_AFTER);
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

    /// What both ways of comparing share: days, ordinals, names. None when something excludes it.
    fn days(&self, c: &Cluster, d: &Cluster, same_report: bool) -> Option<f32> {
        if !c.ordinals.is_empty() && !d.ordinals.is_empty() && c.ordinals.is_disjoint(&d.ordinals) {
            return None;
        }
        // What is still to come when a report is written is not what had been done by then.
        let to_come = |days: &Days, by: Option<Day>| days.lo.zip(by).is_some_and(|(lo, by)| lo > by);
        if c.done && d.ahead && to_come(&d.days, c.seen.max(d.seen))
            || d.done && c.ahead && to_come(&c.days, d.seen)
        {
            return None;
        }
        // What was over when a report was printed lies before it.
        // A day that is not surely its own may be that of the count told beside it, a few days on.
        let later = |days: &Days, by: Option<Day>, sure: bool| {
            let slack = if sure { 0 } else { BESIDE };
            narrow(days) && to_come(days, by.map(|b| add_days(b, slack)))
        };
        if later(&d.days, c.done_by, d.sure) || later(&c.days, d.done_by, c.sure) {
            return None;
        }
        let lasting = d.family.lasting();
        let sure = c.sure && d.sure;
        if narrow(&c.days) && narrow(&d.days) {
            if c.days.meets(&d.days) {
                return Some(if sure { 2.0 } else { 1.3 });
            }
            if lasting {
                return Some(0.5);
            }
            let gap = super::gap(&c.days, &d.days)?;
            // A day that is not surely the mention's own excludes little.
            let slack = match sure {
                _ if d.family.once() && !same_report => ONCE,
                true => DISPUTE,
                false => DISPUTE + 1,
            };
            let share_place = !c.places.is_disjoint(&d.places);
            let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
            let share_actor = !c.actors.is_disjoint(&d.actors);
            let alike = share_place
                || !c.ordinals.is_disjoint(&d.ordinals)
                || (same_report && !c.countries.is_disjoint(&d.countries))
                || (!apart_place && (share_actor || self.overlap(&c.context, &d.context) > 0.3));
            // A conference that is put off stays the one it was.
            let one_kind =
                d.narrow.is_some() && (c.narrow == d.narrow || congress(c.narrow) && congress(d.narrow));
            if c.ahead && d.ahead && one_kind && share_place && !same_report {
                return Some(0.3);
            }
            if c.ahead != d.ahead || (sure && (gap > slack || !alike)) {
                return None;
            }
            return match gap {
                g if g <= slack && alike => Some(0.5),
                g if g <= slack => Some(-0.2),
                g if g <= LONG_AFTER && !sure => Some(-1.0),
                _ => None,
            };
        }
        if d.days.lo.is_some() && c.days.lo.is_some() {
            let month = |d: &Days| d.width().is_some_and(|w| w <= 31);
            let tied = month(&c.days) && month(&d.days);
            if !c.days.meets(&d.days) && !lasting {
                // Two that look back on one occasion may differ by a month.
                let exact = |d: &Days| d.width().is_some_and(|w| (27..=31).contains(&w));
                let back = c.past && d.past && exact(&c.days) && exact(&d.days);
                let near = super::gap(&c.days, &d.days).is_some_and(|g| g <= 31);
                let place = !c.around.is_disjoint(&d.around);
                return if back && near && place && !same_report {
                    Some(ACROSS)
                } else if sure || !near {
                    None
                } else {
                    Some(-1.0)
                };
            }
            let mut s = if tied { 1.0 } else { 0.5 };
            // What was planned for a month between two sides, and held in it.
            if tied && c.ahead && !d.ahead && c.countries.shared(&d.countries) >= 2 {
                s += 0.8;
            }
            return Some(s);
        }
        Some(0.0)
    }

    /// How well a mention fits a happening of its own report; none when something excludes it.
    fn within(&self, c: &Cluster, d: &Cluster) -> Option<f32> {
        if let (Some(a), Some(b)) = (&c.name, &d.name) {
            return (a == b && in_reach(c, d, LONG_AFTER)).then_some(4.0);
        }
        if d.fresh && !c.fresh {
            return None;
        }
        let mut s = self.days(c, d, true)?;
        let dated = narrow(&c.days) && narrow(&d.days);
        // What is planned is not what has been, when no day ties them.
        if !dated && !d.definite && d.ahead != c.ahead {
            s -= if d.family.arranged() { 1.5 } else { 0.5 };
        }
        // A deed told with a day of its own begins something new sooner than it goes on with what has none.
        if !d.definite && d.sure && c.days.lo.is_none() {
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
        // The headline tells what the text tells.
        if d.headline {
            s += 0.8;
        }
        let share_place = !c.places.is_disjoint(&d.places);
        let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
        if share_place {
            s += 0.5;
        } else if apart_place && !d.definite {
            s -= 1.0;
        }
        if !c.actors.is_disjoint(&d.actors) {
            s += 0.7;
        } else if !c.countries.is_disjoint(&d.countries) {
            s += 0.4;
        }
        if !c.ordinals.is_disjoint(&d.ordinals) {
            s += 0.5;
        } else if c.ordinals.is_empty() && !d.ordinals.is_empty() && !dated {
            s -= 0.5;
        }
        s += kinds(c, d);
        s += self.overlap(&c.context, &d.context).min(0.6);
        Some(s)
    }

    /// How well a mention or a happening fits one that other reports tell of; none when something excludes it.
    fn across(&self, c: &Cluster, d: &Cluster) -> Option<Fit> {
        if let (Some(a), Some(b)) = (&c.name, &d.name) {
            return (a == b && in_reach(c, d, LONG_AFTER)).then_some(Fit { score: 4.0, tied: true });
        }
        let when = self.days(c, d, false)?;
        // "Have been killed": with neither day nor place nor victims of its own it may be any.
        let vague = |x: &Cluster| {
            !narrow(&x.days) && x.places.is_empty()
                || x.actors.is_empty() && x.countries.is_empty() && !narrow(&x.days)
        };
        if d.family == Family::Kin("killing", false)
            && (vague(c) || vague(d))
            && self.overlap(&c.context, &d.context) < MUCH
        {
            return None;
        }
        let mut s = when;
        let month = |d: &Days| d.width().is_some_and(|w| w <= 31);
        let dated = month(&c.days) && month(&d.days);
        // What has been announced and not been held is spoken of until it is.
        let pending = c.narrow.is_some()
            && c.narrow == d.narrow
            && d.family.arranged()
            && !(c.done && d.done)
            && !c.places.is_disjoint(&d.places)
            && in_reach(c, d, PENDING);
        if !in_reach(c, d, LONG_AFTER) && !dated && !pending {
            s -= if d.family.lasting() { 0.5 } else { 1.0 };
            // Months later hardly anything but what has a day or a name is still spoken of.
            if !in_reach(c, d, LONG_PAST) {
                s -= 1.5;
            }
        }
        // What was planned when a report was printed, and held after it.
        let held = |plan: &Cluster, held: &Cluster| {
            plan.ahead
                && held.done
                && narrow(&held.days)
                && plan
                    .printed
                    .lo
                    .zip(held.days.lo)
                    .is_some_and(|(p, h)| (0..=SOON).contains(&days_between(p, h)))
        };
        if d.ahead != c.ahead && !dated && !d.definite && !held(d, c) && !held(c, d) {
            s -= 0.5;
        }
        if d.fresh && !c.fresh && !dated {
            s -= 0.5;
        }
        let share_place = !c.places.is_disjoint(&d.places);
        let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
        // The first meeting of two is one, wherever and on whatever day near it is told to have been.
        let nth = !c.ordinals.is_disjoint(&d.ordinals)
            && c.ordinals.len() == d.ordinals.len()
            && d.family.arranged()
            && (c.actors.shared(&d.actors) >= 2 || c.countries.shared(&d.countries) >= 2);
        if nth || share_place {
            s += 1.2;
        } else if apart_place {
            s -= 1.5;
        } else if !c.around.is_disjoint(&d.around) {
            s += 0.4;
        }
        let share_actor = !c.actors.is_disjoint(&d.actors);
        if share_actor {
            s += 0.7;
        } else if !c.countries.is_disjoint(&d.countries) {
            s += 0.4;
        } else if !c.named.is_disjoint(&d.named) {
            s += 0.2;
        } else if !c.countries.is_empty() && !d.countries.is_empty() {
            s -= 0.5;
        }
        if !c.ordinals.is_disjoint(&d.ordinals) {
            s += 0.7;
        }
        s += kinds(c, d);
        // What can no longer fit is not looked at further: wording adds at most 1.5, the story 1.2.
        if s + 2.7 < ONLY {
            return None;
        }
        let overlap = self.overlap(&c.context, &d.context);
        s += (overlap * 2.5).min(1.5);
        if s + 1.2 < ONLY {
            return None;
        }
        // Reports of one story, in the same days.
        let story = c
            .reports
            .iter()
            .rev()
            .take(2)
            .flat_map(|a| d.reports.iter().rev().take(2).map(|b| self.topics.alike(*a, *b)))
            .fold(0.0, f32::max);
        s += if story < STRANGE { -1.0 } else { (story * 1.2).min(0.8) };
        if let (Some(a), Some(b)) = (c.seen, d.seen) {
            s += match days_between(a, b).abs() {
                0..=2 => 0.4,
                3..=9 => 0.2,
                _ => 0.0,
            };
        }
        let tied = when > 0.9 || share_place || share_actor || nth || overlap > 0.3;
        Some(Fit { score: s, tied })
    }

    /// Joins happenings that were begun apart and, with all that is told of them, turn out to be one: the surest first.
    fn gather(&mut self, groups: &mut Groups) -> Vec<usize> {
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
    fn central(&mut self, at: &mut [usize], groups: &mut Groups) {
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
    fn whole(&self, a: usize, b: usize) -> Option<f32> {
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
    fn held_as_planned(&self, groups: &mut Groups) {
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
