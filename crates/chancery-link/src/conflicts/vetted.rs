//! Whether what two reports say is of one thing after all: a last look at each disagreement that the rules have found.
//!
//! Rules set values against each other by what they are told of. In real news happenings are many and much alike, and
//! most of what rules find there is two raids, two days' tolls, a part and its whole. So each two values of two sides are
//! looked at once more: by a logistic model over what their sentences share (names, places, days, rare words, what the
//! words for what was done stand for) and by which rule they were found, learned from what readers said of such
//! disagreements in marked stories and in printed news (`vetted/weights.tsv`, made by `training/vetted.py`). Values that
//! stand against none of the other sides are dropped, and with them the disagreement when one side is left.

mod crowds;
mod seen;

use super::world::{Spot, World, stem};
use super::{Conflict, Seen, Value, weights};
use crate::fold;
use chancery_model::date::{add_days, days_between};
use chancery_model::mark::Sense;
use chancery_model::vocab::{ConflictKind, PlaceKind, Sure};
use chancery_model::{Day, Days, Id, Span};
use crowds::Crowds;
use seen::FEATURES;
use std::collections::{BTreeMap, BTreeSet};

/// By which rule values were set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// Figures of one series.
    Series,
    /// Figures of one happening.
    Tolls,
    /// Figures that measure one thing by how they are put.
    Counts,
    /// Days of occasions long past.
    Occasions,
    /// Days of one happening.
    Days,
    /// Where a happening was.
    Places,
    /// Whether it happened.
    Status,
    /// What was learned of two values told in other words.
    Rivals,
}

/// What weights are kept for.
const KINDS: [&str; 4] = ["figure", "date", "place", "status"];

/// Likeness from which two values stay against each other, by kind. Low: of marked stories, where most of what the rules find
/// is right, it drops few that are; of printed news, where hardly a tenth is, more than half of what is not. What is less
/// likely than [`LIKELY`] is said to be less sure.
const LEAST: [(&str, f32); 4] = [("figure", -1.5), ("date", -1.5), ("place", -2.0), ("status", -1.5)];
/// Days that a period lies behind a report for it to be told of as long past.
const LONG_PAST: i32 = 180;
/// The same where the other report need name no time.
const FAR: i32 = 730;
/// Days of a year.
const YEAR: i32 = 366;
/// Days around a period in which what others tell may be of it.
const AROUND: i32 = 31;

/// Likeness from which a disagreement is more than doubtful.
const LIKELY: f32 = 0.0;

/// Values beyond which each is looked at with [`SOME`] others only.
const MANY: usize = 64;
/// See [`MANY`].
const SOME: usize = 24;

/// A value with what its sentence tells.
struct Told<'a> {
    spot: Spot<'a>,
    side: usize,
    figure: Option<usize>,
    head: Option<String>,
    days: BTreeSet<Day>,
    /// The periods that its sentence names, a year long at most.
    periods: Vec<Days>,
    /// The day of its report.
    printed: Option<Day>,
    places: BTreeSet<&'a Id>,
    names: BTreeSet<&'a Id>,
    /// What the words for what was done stand for.
    senses: Vec<&'a Sense<i8>>,
    /// The same of the mention nearest to it.
    own: Option<&'a Sense<i8>>,
    /// The stem of that mention.
    stem: Option<String>,
}

/// What all reports name.
pub(super) struct Vetted<'w, 'a, 'f> {
    world: &'w World<'a, 'f>,
    named: BTreeMap<&'f Id, u32>,
    /// How often each happening is told.
    told: BTreeMap<&'f Id, u32>,
    crowds: Crowds<'f>,
    weights: BTreeMap<&'static str, Vec<f32>>,
}

/// What was learned.
const VETTED: &str = include_str!("vetted/weights.tsv");

/// What weights are kept for, by what the sides differ about.
fn kind(c: &Conflict) -> Option<&'static str> {
    match c.kind {
        ConflictKind::Figure => Some("figure"),
        ConflictKind::Date => Some("date"),
        ConflictKind::Place => Some("place"),
        ConflictKind::Status => Some("status"),
        _ => None,
    }
}

impl<'w, 'a, 'f> Vetted<'w, 'a, 'f> {
    pub(super) fn new(world: &'w World<'a, 'f>) -> Self {
        let mut named: BTreeMap<&Id, u32> = BTreeMap::new();
        for r in world.all.reports {
            for id in r.actors.iter().collect::<BTreeSet<_>>() {
                *named.entry(id).or_default() += 1;
            }
        }
        let mut told: BTreeMap<&Id, u32> = BTreeMap::new();
        world.all.reports.iter().flat_map(|r| &r.events).for_each(|e| *told.entry(e).or_default() += 1);
        let weights = KINDS.iter().map(|k| (*k, weights::of(VETTED, k, &FEATURES))).collect();
        Self { world, named, told, crowds: Crowds::new(world), weights }
    }

    /// A disagreement without the values that are of something else; none when one side is left. How likely the likeliest two
    /// values are of one thing says how sure it is.
    pub(super) fn keep(&self, rule: Rule, c: Conflict) -> Option<Conflict> {
        // Nothing was learned of occasions: no marked story and no pile that was judged has one. They are named by town and
        // month, and so tell of one thing by their names.
        let Some(kind) = kind(&c).filter(|_| rule != Rule::Occasions) else { return Some(c) };
        let weights = self.weights.get(kind)?;
        let least = LEAST.iter().find(|l| l.0 == kind).map_or(0.0, |l| l.1);
        let told = self.told(&c);
        let mut stands = vec![false; told.len()];
        let mut most = f32::MIN;
        pairs(&told, |a, b| {
            let likely = weights::score(weights, &self.see(rule, &c, &told[a], &told[b]));
            let other = kind == "figure"
                && (of_another_time(&told[a], &told[b]) || of_another_time(&told[b], &told[a]));
            if !other {
                most = most.max(likely);
            }
            if likely >= least && !other {
                stands[a] = true;
                stands[b] = true;
            }
        });
        let sure = if most >= LIKELY { Sure::Medium } else { Sure::Low };
        if stands.iter().all(|s| *s) {
            return Some(Conflict { sure, ..c });
        }
        let values: Vec<Value> = told
            .iter()
            .zip(stands)
            .filter(|(_, s)| *s)
            .filter_map(|(t, _)| Some((c.sides.get(t.side)?.value.clone(), t.spot.report, t.spot.span)))
            .collect();
        let origins: BTreeSet<&Id> = c.sides.iter().flat_map(|s| &s.origins).collect();
        self.world.all.conflict(c.kind, &c.about, values, &c.title, sure, origins.len() == 1)
    }

    /// What the model sees of each two values of a disagreement.
    pub(super) fn seen(&self, rule: Rule, c: &Conflict) -> Vec<Seen> {
        let Some(kind) = kind(c) else { return Vec::new() };
        let told = self.told(c);
        let mut out = Vec::new();
        pairs(&told, |a, b| {
            out.push(Seen {
                kind,
                features: &FEATURES,
                pair: [a, b].map(|n| (told[n].spot.report, told[n].spot.span)),
                see: self.see(rule, c, &told[a], &told[b]),
            });
        });
        out
    }

    fn told(&self, c: &Conflict) -> Vec<Told<'f>> {
        let all = self.world.all;
        let mut out = Vec::new();
        for (side, s) in c.sides.iter().enumerate() {
            for e in &s.evidence {
                if let Ok(report) = all.reports.binary_search_by(|r| r.id.cmp(&e.report)) {
                    out.push(self.value(side, report, e.span));
                }
            }
        }
        out
    }

    fn value(&self, side: usize, report: usize, span: Span) -> Told<'f> {
        let all = self.world.all;
        let (item, linked) = (&all.items[report], &all.reports[report]);
        let spot = self.world.spot(report, span);
        let inside = |s: Span| spot.sentence.contains(s);
        let figure =
            item.facts.figures.iter().position(|f| f.span.start < span.end && span.start < f.span.end);
        let f = figure.map(|n| &item.facts.figures[n]);
        let day = |t: u32| linked.times.get(t as usize).and_then(|t| t.days.day());
        let near = spot.near.and_then(|n| item.facts.events.get(n.0));
        let here = (0u32..).zip(&item.facts.times).filter(|(_, t)| inside(t.span));
        let own = f.and_then(|f| f.as_of).or(near.and_then(|m| m.time)).and_then(day);
        let mentions = || item.facts.mentions.iter().filter(|m| inside(m.span));
        let town = |p: &u32| {
            let kind = item.facts.places.get(*p as usize).map(|p| p.kind);
            kind.is_some_and(|k| k != PlaceKind::Country)
        };
        let senses = item
            .facts
            .senses
            .iter()
            .filter(|s| spot.sentence.lo() <= s.at as usize && (s.at as usize) < spot.sentence.hi());
        Told {
            side,
            figure,
            head: f.and_then(|f| f.subject.as_deref()).and_then(|s| fold::words(s).last()).map(|w| stem(&w)),
            days: own.map_or_else(|| here.filter_map(|(n, _)| day(n)).collect(), |d| BTreeSet::from([d])),
            periods: (0u32..)
                .zip(&item.facts.times)
                .filter(|(_, t)| inside(t.span))
                .filter_map(|(n, _)| linked.times.get(n as usize).map(|t| t.days))
                .filter(|d| d.width().is_some_and(|w| w <= YEAR))
                .collect(),
            printed: linked.published.days.day(),
            places: mentions()
                .filter_map(|m| m.place)
                .filter(town)
                .filter_map(|p| linked.places.get(p as usize))
                .collect(),
            names: mentions().filter_map(|m| linked.actors.get(m.entity? as usize)).collect(),
            senses: senses.map(|s| &s.sense).collect(),
            own: near.and_then(|m| item.facts.sense(m.span.start)),
            stem: near.and_then(|m| fold::words(m.span.of(&item.report.text)).next()).map(|w| stem(&w)),
            spot,
        }
    }
}

/// Whether a count is told of a time long past that the other has nothing to do with: "the fire of 2005 that killed 15".
fn of_another_time(x: &Told<'_>, y: &Told<'_>) -> bool {
    let Some(printed) = x.printed else { return false };
    let wide =
        |d: &Days| Days { lo: d.lo.map(|l| add_days(l, -AROUND)), hi: d.hi.map(|h| add_days(h, AROUND)) };
    let past = |d: &Days| d.hi.is_some_and(|h| days_between(h, printed) >= LONG_PAST);
    let near = |d: &Days| {
        let d = wide(d);
        y.periods.iter().any(|p| d.meets(p))
            || y.printed.is_none_or(|p| d.meets(&Days { lo: Some(p), hi: Some(p) }))
    };
    // What lies further back is named when it is spoken of.
    let far = |d: &Days| d.hi.is_some_and(|h| days_between(h, printed) >= FAR);
    let told = |d: &Days| past(d) && !near(d) && (far(d) || !y.periods.is_empty());
    !x.periods.is_empty() && x.periods.iter().all(told)
}

/// Calls `with` for each two values of two sides; where there are many, for some.
fn pairs(told: &[Told<'_>], mut with: impl FnMut(usize, usize)) {
    for a in 0..told.len() {
        let others = (0..told.len()).filter(|b| told[*b].side != told[a].side);
        let most = if told.len() > MANY { SOME } else { told.len() };
        // With few values each two are looked at once.
        for b in others.filter(|b| told.len() > MANY || *b > a).take(most) {
            with(a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_another_time_is_another_count() {
        let world_of = Id::of("origin", &["a"]);
        let days = |lo: &str, hi: &str| Days { lo: lo.parse().ok(), hi: hi.parse().ok() };
        let told = |printed: &str, periods: Vec<Days>| Told {
            spot: Spot {
                report: 0,
                span: Span::new(0, 2),
                sentence: Span::new(0, 20),
                origin: &world_of,
                words: Vec::new(),
                events: Vec::new(),
                near: None,
            },
            side: 0,
            figure: None,
            head: None,
            days: BTreeSet::new(),
            periods,
            printed: printed.parse().ok(),
            places: BTreeSet::new(),
            names: BTreeSet::new(),
            senses: Vec::new(),
            own: None,
            stem: None,
        };
        let blast = told("2010-06-18", vec![days("2005-01-01", "2005-12-31")]);
        let rig = told("2010-05-30", vec![days("2010-04-20", "2010-04-20")]);
        assert!(of_another_time(&blast, &rig) && !of_another_time(&rig, &blast));
        let undated = told("2010-05-30", Vec::new());
        assert!(of_another_time(&blast, &undated));
        // Of half a year before, and the other names no day: it may be the same.
        let spring = told("2010-12-18", vec![days("2010-04-20", "2010-04-20")]);
        assert!(!of_another_time(&spring, &told("2010-12-01", Vec::new())));
        // Looked back on by one, told on the day by the other.
        let then = told("2005-03-24", Vec::new());
        assert!(!of_another_time(&blast, &then));
    }

    #[test]
    fn every_weight_has_a_feature_and_every_kind_its_weights() {
        let kinds = KINDS.map(|k| (k, &FEATURES[..]));
        assert_eq!(weights::unread(VETTED, &kinds), Vec::<&str>::new());
        for k in KINDS {
            let known = weights::of(VETTED, k, &FEATURES).iter().filter(|w| **w != 0.0).count();
            assert!(known > 20, "{k}: {known}");
        }
    }
}
