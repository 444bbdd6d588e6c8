//! Which mentions tell of one happening: "gunmen seized the hall", "the siege", "Tuesday's raid".
//!
//! What [`super::merge`] proposes by rules is put to two logistic models over days, places, participants, kinds and the
//! words around ([`seen`]), learned from marked stories and from marked pairs of real news (`allied/weights.tsv`, made
//! by `training/allied.py`). That the rules put two mentions together is one of the things they see. First the mentions
//! of a report are joined, then what the reports tell. Joining is by average linkage, the surest first, so that one
//! doubtful likeness does not chain what is apart ([`linkage`]).
//!
//! Blocking keys across reports: the set that the rules made; the report; day with place, participant or kind; five
//! days around the report with participant and kind, place and kind, family, or one of the rarest words around it that
//! others use. Of a key the [`NEXT`] following happenings are compared. A happening's candidates are compared and forgotten before the next one's are looked up: a
//! pile of 100,000 reports has a hundred million of them.

mod ground;
mod linkage;
mod seen;
mod unit;

use super::draft::Family;
use super::few::Few;
use crate::groups::Groups;
use chancery_model::date::add_days;
use chancery_model::vocab::{EventType, Role};
use chancery_model::{Day, Id};
pub(crate) use ground::Ground;
pub(crate) use seen::FEATURES;
use std::collections::BTreeSet;
use unit::Unit;

/// Happenings of a block that a happening is compared with.
const NEXT: usize = 16;
/// Mentions that follow one in its report and are compared with it, besides those that the rules have put with it.
const HERE: usize = 60;
/// Likeness from which two are compared further, from −1 to 1.
const ALIKE: f32 = -0.45;
/// Mean likeness from which what has been joined is joined further: within a report, and across.
const MEAN: [f32; 2] = [0.1, -0.2];
/// Days between two that are told of one happening, where each is surely its own.
const NEAR_DAYS: i32 = 2;
/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.12;
/// Days to each side in which happenings of a kind crowd each other.
const SAME_DAYS: i32 = 2;

/// Which of the two models is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Two mentions of one report.
    Within,
    /// What two reports tell.
    Across,
}

/// Some happenings, to be compared.
pub(crate) struct Scene<'g, 'a> {
    ground: &'g Ground<'a>,
    pub(crate) units: Vec<Unit<'a>>,
    step: Step,
}

/// Whether one meets or visits, as far as the word for it tells: "talks" may be by telephone.
fn seen_face_to_face(u: &Unit<'_>) -> bool {
    const FACES: [&str; 8] = ["meet", "met", "visit", "trip", "arriv", "travel", "tour", "host"];
    u.triggers.iter().any(|t| FACES.iter().any(|f| t.starts_with(f)))
}

impl<'g, 'a> Scene<'g, 'a> {
    /// The mentions of a report.
    pub(crate) fn within(ground: &'g Ground<'a>, mentions: &[usize]) -> Self {
        let units = mentions.iter().map(|n| ground.unit(vec![*n])).collect();
        Self { ground, units, step: Step::Within }
    }

    /// What reports tell.
    pub(crate) fn across(ground: &'g Ground<'a>, told: Vec<Vec<usize>>) -> Self {
        Self { ground, units: told.into_iter().map(|set| ground.unit(set)).collect(), step: Step::Across }
    }

    fn first_printed(&self, n: usize) -> Option<Day> {
        self.units[n].reports.iter().filter_map(|r| self.ground.printed[*r]).min()
    }

    /// Calls `with` for every two that are to be compared, the one with the lower number first, each two once.
    pub(crate) fn pairs(&self, with: impl FnMut(usize, usize)) {
        match self.step {
            Step::Within => self.near(with),
            Step::Across => self.blocks(with),
        }
    }

    /// Every two mentions of a report that are not far apart or that the rules have put together.
    fn near(&self, mut with: impl FnMut(usize, usize)) {
        for a in 0..self.units.len() {
            for b in a + 1..self.units.len() {
                if b - a <= HERE || !self.units[a].sets.is_disjoint(&self.units[b].sets) {
                    with(a, b);
                }
            }
        }
    }

    /// Calls `with` for every two happenings that share a block, the one with the lower number first, each two once.
    fn blocks(&self, mut with: impl FnMut(usize, usize)) {
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
        out.extend(u.sets.iter().map(|s| format!("set {s}")));
        let mut when: BTreeSet<String> = BTreeSet::new();
        for d in &u.days {
            if let Some(lo) = d.lo {
                when.extend([-1, 0, 1].map(|k| format!("day {}", add_days(lo, k))));
            }
        }
        for p in u.reports.iter().filter_map(|r| self.ground.printed[*r]) {
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

    /// Whether days keep two apart: each has one that is surely its own and they are not near each other, or one was
    /// still to come when the other had been.
    pub(super) fn days_apart(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        let lasting = x.families.iter().any(|f| f.lasting() && y.families.contains(f));
        let nearest = x.sure.iter().flat_map(|a| y.sure.iter().map(move |b| seen::apart(a, b))).min();
        let to_come = |plan: &Unit<'_>, done: &Unit<'_>| {
            let day = plan.sure.iter().filter_map(|d| d.lo).min();
            let told = done.printed.first();
            plan.ahead && done.done && matches!((day, told), (Some(d), Some(t)) if d > *t)
        };
        !lasting && nearest.is_some_and(|g| g > NEAR_DAYS) || to_come(x, y) || to_come(y, x)
    }

    /// Whether one report tells of two deeds of force at two places.
    pub(super) fn places_apart(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        let force = |u: &Unit<'_>| u.sorts.contains(&EventType::Assault);
        force(x)
            && force(y)
            && !x.places.is_empty()
            && !y.places.is_empty()
            && x.places.is_disjoint(&y.places)
            && !x.reports.is_disjoint(&y.reports)
    }

    /// Whether two are meetings of different persons, or a call and a meeting.
    fn meetings_apart(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        let meets = |u: &Unit<'_>| u.sorts.iter().all(|k| *k == EventType::Consult);
        let others = !x.persons.is_empty() && !y.persons.is_empty() && x.persons.is_disjoint(&y.persons);
        let call = |x: &Unit<'_>, y: &Unit<'_>| x.by_phone[0] && y.by_phone[1] && seen_face_to_face(y);
        meets(x) && meets(y) && (others || call(x, y) || call(y, x))
    }

    /// Whether one befell one person and the other another: two arrests, two falls from office. One raid may kill both.
    fn befell_apart(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        let raid = |u: &Unit<'_>| u.sorts.contains(&EventType::Assault) && !u.places.is_empty();
        let others = !x.befell.is_empty() && !y.befell.is_empty() && x.befell.is_disjoint(&y.befell);
        others && !raid(x) && !raid(y)
    }

    /// Whether two have anything in common that makes it worth comparing them.
    pub(crate) fn hopeful(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.units[a], &self.units[b]);
        let shared = !x.kinds.is_disjoint(&y.kinds)
            || !x.families.is_disjoint(&y.families)
            || !x.actors.is_disjoint(&y.actors)
            || !x.places.is_disjoint(&y.places)
            || x.rare.iter().any(|w| y.rare.contains(w));
        // "Without talks there will be less money", "if they meet again": no day says that this is what was held.
        let unreal = |u: &Unit<'_>, other: &Unit<'_>| u.unreal && u.days.is_empty() && other.done;
        let real = !unreal(x, y) && !unreal(y, x);
        (!x.sets.is_disjoint(&y.sets) || shared)
            && real
            && !self.said_apart(x, y)
            && !self.days_apart(x, y)
            && !self.places_apart(x, y)
            && !self.meetings_apart(x, y)
            && !self.befell_apart(x, y)
            // All who died in two years did not die in one raid, nor in another two years; counts that agree are the rules'.
            && (!x.over && !y.over || x.over && y.over && !x.sets.is_disjoint(&y.sets))
            && !(!x.ordinals.is_empty() && !y.ordinals.is_empty() && x.ordinals.is_disjoint(&y.ordinals))
            && (self.step == Step::Within || self.one_story(x, y))
    }

    /// Whether two are of one story: their reports name the same people and places, or few others name one whom both name.
    /// In a pile of many stories a day has a hundred arrests.
    fn one_story(&self, x: &Unit<'_>, y: &Unit<'_>) -> bool {
        let rare = |a: &Few<Id>, b: &Few<Id>| a.iter().any(|id| b.contains(id) && self.ground.is_rare(id));
        !x.sets.is_disjoint(&y.sets)
            || rare(&x.actors, &y.actors)
            || rare(&x.places, &y.places)
            || self.reports_alike(x, y, STORY)
    }

    /// Every two that are wanted and worth comparing.
    pub(crate) fn every_two(&self, wanted: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let all = self.units.len();
        let pairs = (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b)));
        pairs.filter(|(a, b)| wanted(*a, *b) && self.hopeful(*a, *b)).collect()
    }

    /// What is one, by the numbers of the units; what stands alone is left out.
    fn joined(&self) -> Vec<Vec<u32>> {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut ranked: Vec<(f32, u32, u32)> = Vec::new();
        self.pairs(|a, b| {
            let alike = self.hopeful(a, b).then(|| self.at_least(a, b, ALIKE)).flatten();
            ranked.extend(alike.map(|s| (s, small(a), small(b))));
        });
        let mean = MEAN[usize::from(self.step == Step::Across)];
        linkage::average(self.units.len(), ranked, mean, |a, b| self.likeness(a, b))
    }

    /// The mentions of what is one.
    fn mentions(&self, part: &[u32]) -> Vec<usize> {
        let mut all: Vec<usize> = part
            .iter()
            .filter_map(|n| self.units.get(*n as usize))
            .flat_map(|u| u.of.iter().copied())
            .collect();
        all.sort_unstable();
        all
    }
}

/// What each report tells: its mentions, those of one happening together.
pub(crate) fn told(ground: &Ground<'_>, sets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut mentions: Vec<usize> = sets.iter().flatten().copied().collect();
    mentions.sort_unstable_by_key(|n| (ground.drafts[*n].report, *n));
    let mut out = Vec::new();
    for of in mentions.chunk_by(|a, b| ground.drafts[*a].report == ground.drafts[*b].report) {
        let scene = Scene::within(ground, of);
        let mut open = vec![true; of.len()];
        for part in scene.joined() {
            part.iter().for_each(|n| open[*n as usize] = false);
            out.push(scene.mentions(&part));
        }
        out.extend(of.iter().zip(open).filter(|(_, alone)| *alone).map(|(n, _)| vec![*n]));
    }
    out.sort();
    out
}

/// Joins the mentions that tell of one happening: first those of a report, then those of all.
pub(super) fn join(ground: &Ground<'_>, sets: &[Vec<usize>], groups: &mut Groups) {
    let told = told(ground, sets);
    for set in &told {
        set.windows(2).for_each(|w| groups.join(w[0], w[1]));
    }
    let scene = Scene::across(ground, told);
    for part in scene.joined() {
        scene.mentions(&part).windows(2).for_each(|w| groups.join(w[0], w[1]));
    }
}
