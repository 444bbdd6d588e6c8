//! Whether what two reports say is of one thing after all: a last look at each disagreement that the rules have found.
//!
//! Rules set values against each other by what they are told of. In real news happenings are many and much alike, and
//! most of what rules find there is two raids, two days' tolls, a part and its whole. So each two values of two sides are
//! looked at once more: by a logistic model over what their sentences share (names, places, days, rare words, what the
//! words for what was done stand for) and by which rule they were found, learned from what readers said of such
//! disagreements in marked stories and in printed news (`vetted/weights.tsv`, made by `training/vetted.py`). Values that
//! stand against none of the other sides are dropped, and with them the disagreement when one side is left.

mod crowds;
mod scope;
mod seen;
mod times;

use super::told::counted_over;
use super::world::{Spot, World, stem};
use super::{Conflict, Seen, Value, weights};
use crate::fold;
use chancery_model::facts::{Figure, WordSense};
use chancery_model::mark::Sense;
use chancery_model::vocab::{ConflictKind, PlaceKind, Sure};
use chancery_model::{Day, Days, Id, Span};
use crowds::{Crowds, Kind};
use scope::Scope;
use seen::FEATURES;
use std::collections::{BTreeMap, BTreeSet};
use times::When;

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

/// What weights are kept for, and the likeness from which two values stay against each other. It is low: of marked stories, where most of what the rules find
/// is right, it drops few that are; of printed news, where hardly a tenth is, more than half of what is not. What is less
/// likely than [`LIKELY`] is said to be less sure.
const KINDS: [(ConflictKind, f32); 4] = [
    (ConflictKind::Figure, -1.5),
    (ConflictKind::Date, -1.5),
    (ConflictKind::Place, -2.0),
    (ConflictKind::Status, -1.5),
];
/// The same of numbers that no series and no happening ties.
const LEAST_ALIKE: f32 = -1.0;
/// The same beside values that are likely of one thing.
const BESIDE: f32 = -0.5;
/// Bytes between values that one report sets against each other.
const BESIDE_EACH_OTHER: u32 = 400;
/// Likeness from which a disagreement is more than doubtful.
const LIKELY: f32 = 0.0;

/// Values beyond which each is looked at with [`SOME`] others only.
const MANY: usize = 64;
/// See [`MANY`].
const SOME: usize = 24;

/// Words for one more of a kind.
const ANOTHER: &[&str] =
    &["another", "other", "others", "further", "additional", "more", "separate", "separately"];
/// Words of denial.
const DENIALS: &[&str] =
    &["denied", "denies", "deny", "denying", "denial", "untrue", "false", "never", "no", "not"];

/// A value with what its sentence tells.
struct Told<'a> {
    spot: Spot<'a>,
    side: usize,
    figure: Option<&'a Figure>,
    scope: Option<Scope>,
    /// What is measured, or what kind of deed it is.
    kind: Kind<'a>,
    speaker: Option<&'a Id>,
    head: Option<String>,
    days: BTreeSet<Day>,
    when: When,
    places: BTreeSet<&'a Id>,
    names: BTreeSet<&'a Id>,
    /// What the words for what was done stand for.
    senses: Vec<&'a Sense<i8>>,
    /// The same of the mention nearest to it.
    own: Option<&'a Sense<i8>>,
    /// The stem of that mention.
    stem: Option<String>,
    /// How many figures of its measure, or deeds, its report has.
    crowd: usize,
    /// Whether it is said to be one more of its kind.
    another: bool,
    /// Whether it is counted over a stretch of time.
    over: bool,
    /// Whether its sentence has a word of denial.
    denied: bool,
}

impl Told<'_> {
    /// Whether a number is of another time than another or takes in something else.
    fn counts_other(&self, other: &Self) -> bool {
        let spans = |x: &Self, y: &Self| {
            let (low, high) = (x.figure.and_then(|f| f.low), y.figure.and_then(|f| f.high.or(f.low)));
            matches!((low, high), (Some(l), Some(h)) if scope::spans(x.when.periods(), l, y.when.periods(), h))
        };
        times::two(&self.when, &other.when)
            || matches!((&self.scope, &other.scope), (Some(x), Some(y)) if scope::two(x, y))
            || spans(self, other)
            || spans(other, self)
    }
}

/// What all reports name.
pub(super) struct Vetted<'w, 'a, 'f> {
    world: &'w World<'a, 'f>,
    named: BTreeMap<&'f Id, u32>,
    /// How often each happening is told.
    told: BTreeMap<&'f Id, u32>,
    crowds: Crowds<'f>,
    /// By what the sides differ about: the least likeness and the weights.
    learned: BTreeMap<ConflictKind, (f32, Vec<f32>)>,
}

/// What was learned.
const VETTED: &str = include_str!("vetted/weights.tsv");

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
        let learned = |(kind, least): (ConflictKind, f32)| {
            (kind, (least, weights::of(VETTED, kind.as_str(), &FEATURES)))
        };
        Self { world, named, told, crowds: Crowds::new(world), learned: KINDS.map(learned).into() }
    }

    /// A disagreement without the values that are of something else; none when one side is left. How likely the likeliest two
    /// values are of one thing says how sure it is.
    pub(super) fn keep(&self, rule: Rule, c: Conflict) -> Option<Conflict> {
        // Nothing was learned of occasions: no marked story and no pile that was judged has one. They are named by town and
        // month, and so tell of one thing by their names.
        let learned = self.learned.get(&c.kind).filter(|_| rule != Rule::Occasions);
        let Some((least, weights)) = learned else { return Some(c) };
        let counted = rule == Rule::Rivals && c.kind == ConflictKind::Figure;
        let least = if counted { least.max(LEAST_ALIKE) } else { *least };
        let told = self.told(&c);
        // How likely each is of one thing with the likeliest of another side.
        let mut best = vec![f32::MIN; told.len()];
        pairs(&told, |a, b| {
            if c.kind == ConflictKind::Figure && told[a].counts_other(&told[b]) {
                return;
            }
            let likely = weights::score(weights, &self.see(rule, &c, &told[a], &told[b]));
            best[a] = best[a].max(likely);
            best[b] = best[b].max(likely);
        });
        let most = best.iter().copied().fold(f32::MIN, f32::max);
        let sure = if most >= LIKELY { Sure::Medium } else { Sure::Low };
        // So many of the dead of a story are no more than much alike, unless one report sets them against each other.
        if rule == Rule::Series && sure == Sure::Low && !set_against(&told) {
            return None;
        }
        // Beside values that are likely of one thing, one that is hardly so is of another.
        let least = if sure == Sure::Medium { least.max(BESIDE) } else { least };
        let stands: Vec<bool> = best.iter().map(|b| *b >= least).collect();
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
        if !self.learned.contains_key(&c.kind) {
            return Vec::new();
        }
        let told = self.told(c);
        let mut out = Vec::new();
        pairs(&told, |a, b| {
            out.push(Seen {
                kind: c.kind.as_str(),
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
        let (text, facts) = (&item.report.text, item.facts);
        let spot = self.world.spot(report, span);
        let inside = |s: Span| spot.sentence.contains(s);
        let figure = facts.figures.iter().find(|f| f.span.start < span.end && span.start < f.span.end);
        let near = spot.near.and_then(|n| facts.events.get(n.0));
        let days = |t: u32| linked.times.get(t as usize).map(|t| t.days);
        let here: Vec<Days> =
            (0u32..).zip(&facts.times).filter(|(_, t)| inside(t.span)).filter_map(|(n, _)| days(n)).collect();
        let own = figure.and_then(|f| f.as_of).or(near.and_then(|m| m.time)).and_then(days);
        let own = own.and_then(|d| d.day());
        let mentions = || facts.mentions.iter().filter(|m| inside(m.span));
        let town = |p: &u32| facts.places.get(*p as usize).is_some_and(|p| p.kind != PlaceKind::Country);
        let told_in = |s: &&WordSense| (spot.sentence.lo()..spot.sentence.hi()).contains(&(s.at as usize));
        let (before, after) = self.world.beside(&spot);
        let mut beside = before.iter().rev().take(4).chain(after.iter().take(2));
        Told {
            side,
            figure,
            scope: figure.map(|f| Scope::of(text, facts, f, spot.sentence)),
            kind: figure
                .map_or_else(|| Kind::Deed(near.map(|m| m.kind)), |f| Kind::Figure(f.measure.as_str())),
            speaker: figure.and_then(|f| f.speaker).and_then(|s| linked.actors.get(s as usize)),
            head: figure
                .and_then(|f| f.subject.as_deref())
                .and_then(|s| fold::words(s).last())
                .map(|w| stem(&w)),
            days: own.map_or_else(|| here.iter().filter_map(Days::day).collect(), |d| BTreeSet::from([d])),
            when: When::of(linked.published.days.day(), here),
            places: mentions()
                .filter_map(|m| m.place)
                .filter(town)
                .filter_map(|p| linked.places.get(p as usize))
                .collect(),
            names: mentions().filter_map(|m| linked.actors.get(m.entity? as usize)).collect(),
            senses: facts.senses.iter().filter(told_in).map(|s| &s.sense).collect(),
            own: near.and_then(|m| facts.sense(m.span.start)),
            stem: near.and_then(|m| fold::words(m.span.of(text)).next()).map(|w| stem(&w)),
            crowd: figure.map_or(facts.events.len() / 8, |f| {
                facts.figures.iter().filter(|g| g.measure == f.measure).count()
            }),
            another: beside.any(|w| ANOTHER.contains(&w.as_str())),
            over: figure.is_some_and(|f| counted_over(text, f)),
            denied: fold::words(spot.sentence.of(text)).any(|w| DENIALS.contains(&w.as_str())),
            spot,
        }
    }
}

/// Whether values stand beside each other in one report.
fn set_against(told: &[Told<'_>]) -> bool {
    let (Some(first), Some(last)) =
        (told.iter().map(|t| t.spot.span.start).min(), told.iter().map(|t| t.spot.span.end).max())
    else {
        return false;
    };
    told.windows(2).all(|w| w[0].spot.report == w[1].spot.report) && last - first <= BESIDE_EACH_OTHER
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
    fn every_weight_has_a_feature_and_every_kind_its_weights() {
        let kinds = KINDS.map(|k| (k.0.as_str(), &FEATURES[..]));
        assert_eq!(weights::unread(VETTED, &kinds), Vec::<&str>::new());
        for (k, _) in kinds {
            let known = weights::of(VETTED, k, &FEATURES).iter().filter(|w| **w != 0.0).count();
            assert!(known > 20, "{k}: {known}");
        }
    }
}
