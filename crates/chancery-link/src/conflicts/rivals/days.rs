//! Two days of one happening.

use super::{RIVALS, Seen, Shown, best};
use crate::conflicts::happenings::{goes_on, names_its_day, partly};
use crate::conflicts::world::{Spot, World, stem};
use crate::conflicts::{Conflict, Value, weights};
use crate::events::{Event, draft};
use crate::fold;
use chancery_model::date::days_between;
use chancery_model::facts::EventMention;
use chancery_model::vocab::{ConflictKind, Status, Sure};
use chancery_model::{Day, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the model sees of two days.
pub(super) const FEATURES: [&str; 12] = [
    "same happening",
    "days stand near",
    "both its own",
    "shared words",
    "a day apart",
    "days apart",
    "one story",
    "time between reports",
    "shared participant",
    "crowd",
    "days told of it",
    "bias",
];

/// Likeness from which two days are of one happening.
const ONE: f32 = 0.5;
/// Days between which two reports of one happening may differ.
const MOST: i32 = 40;
/// Words between a mention and a day that may be its own.
const REACH: usize = 6;
/// Mentions of a sentence that a day may be of.
const OF: usize = 2;

/// A day told of a mention.
struct Dated<'a> {
    spot: Spot<'a>,
    day: Day,
    mention: &'a EventMention,
    event: &'a Id,
    /// The stem of the mention's first word.
    stem: String,
    /// Whether the mention was given this day.
    own: bool,
    /// Words between the two.
    between: usize,
    /// Days on which it may still have gone on.
    goes_on: i32,
    participants: Vec<&'a Id>,
}

fn dated<'f>(world: &World<'_, 'f>) -> Vec<Dated<'f>> {
    let all = world.all;
    let mut out = Vec::new();
    for (r, item) in all.items.iter().enumerate() {
        let linked = &all.reports[r];
        let text = &item.report.text;
        for (t, time) in item.facts.times.iter().enumerate() {
            let Some(day) = linked.times.get(t).and_then(|x| x.days.day()) else { continue };
            if !item.report.is_fact_ground(time.span) {
                continue;
            }
            let sentence = fold::sentence(text, time.span);
            let words = |m: &EventMention| {
                let (lo, hi) = (m.span.hi().min(time.span.hi()), m.span.lo().max(time.span.lo()));
                text.get(lo..hi.max(lo)).unwrap_or("").split_whitespace().count()
            };
            let mut near: Vec<(usize, usize, &EventMention)> = item
                .facts
                .events
                .iter()
                .enumerate()
                .filter(|(_, m)| sentence.contains(m.span))
                .map(|(n, m)| (words(m), n, m))
                .collect();
            near.sort_by_key(|x| (x.0, x.1));
            for (between, n, m) in near.into_iter().take(OF) {
                let own = draft::when(item, m)
                    .and_then(|w| linked.times.get(w as usize))
                    .and_then(|x| x.days.day())
                    == Some(day);
                let told =
                    matches!(m.status, Status::Happened | Status::Ongoing | Status::Failed | Status::Claimed);
                if !told || !own && between > REACH || partly(item, m) || !names_its_day(item, m, t) {
                    continue;
                }
                let Some(event) = linked.events.get(n) else { continue };
                out.push(Dated {
                    spot: world.spot(r, time.span),
                    day,
                    mention: m,
                    event,
                    stem: fold::words(m.span.of(text)).next().map(|w| stem(&w)).unwrap_or_default(),
                    own,
                    between,
                    goes_on: goes_on(text, m.span),
                    participants: m
                        .participants
                        .iter()
                        .filter_map(|p| linked.actors.get(p.entity as usize))
                        .collect(),
                });
            }
        }
    }
    out
}

/// Days that each origin gives each happening.
type Told<'a> = BTreeMap<&'a Id, BTreeSet<(&'a Id, Day)>>;

fn told<'f>(days: &[Dated<'f>]) -> Told<'f> {
    let mut out = Told::new();
    for d in days {
        out.entry(d.event).or_default().insert((d.spot.origin, d.day));
    }
    out
}

fn pairs(world: &World<'_, '_>, days: &[Dated<'_>], told: &Told<'_>, mut with: impl FnMut(usize, usize)) {
    let spots: Vec<&Spot<'_>> = days.iter().map(|d| &d.spot).collect();
    let scales = vec![String::new(); days.len()];
    world.pairs(&spots, &scales, |a, b| {
        let (x, y) = (&days[a], &days[b]);
        let gap = days_between(x.day, y.day).abs();
        if gap <= x.goes_on.max(y.goes_on) || gap > MOST {
            return;
        }
        let same = x.event == y.event;
        let alike = x.own
            && y.own
            && (x.stem == y.stem || (x.mention.kind, &x.mention.mode) == (y.mention.kind, &y.mention.mode));
        // A report that gives both days tells of two happenings.
        let gives = |who: &Dated<'_>, what: &Dated<'_>| {
            told.get(who.event).is_some_and(|t| t.contains(&(who.spot.origin, what.day)))
        };
        if (same || alike) && !gives(x, y) && !gives(y, x) && world.one_story(&x.spot, &y.spot) {
            with(a, b);
        }
    });
}

fn see(
    world: &World<'_, '_>,
    told: &Told<'_>,
    crowd: &BTreeMap<String, u32>,
    x: &Dated<'_>,
    y: &Dated<'_>,
) -> Vec<f32> {
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let gap = days_between(x.day, y.day).abs();
    let near = |d: &Dated<'_>| flag(d.own && d.between <= REACH);
    let like = crowd.get(&kind(x)).copied().unwrap_or(1);
    vec![
        flag(x.event == y.event),
        near(x) + near(y),
        flag(x.own && y.own),
        world.shared(&x.spot, &y.spot),
        flag(gap == 1),
        (gap.max(1) as f32).ln(),
        world.topics.alike(x.spot.report, y.spot.report),
        world.apart(&x.spot, &y.spot).unwrap_or(0).min(30) as f32 / 10.0,
        flag(x.participants.iter().any(|p| y.participants.contains(p))),
        (like.max(1) as f32).ln(),
        (told.get(x.event).map_or(1, BTreeSet::len) as f32).ln(),
        1.0,
    ]
}

fn kind(d: &Dated<'_>) -> String {
    format!("{:?} {:?}", d.mention.kind, d.mention.mode)
}

fn crowds(days: &[Dated<'_>]) -> BTreeMap<String, u32> {
    let mut out = BTreeMap::new();
    days.iter().for_each(|d| *out.entry(kind(d)).or_default() += 1);
    out
}

pub(super) fn seen(world: &World<'_, '_>) -> Vec<Seen> {
    let days = dated(world);
    let (told, crowd) = (told(&days), crowds(&days));
    let mut at: BTreeSet<(usize, usize)> = BTreeSet::new();
    pairs(world, &days, &told, |a, b| {
        at.insert((a, b));
    });
    at.into_iter()
        .map(|(a, b)| Seen {
            kind: "date",
            features: &FEATURES,
            pair: [a, b].map(|n| (days[n].spot.report, days[n].spot.span)),
            see: see(world, &told, &crowd, &days[a], &days[b]),
        })
        .collect()
}

pub(super) fn find(world: &World<'_, '_>, events: &[Event], known: &Shown<'_>) -> Vec<Conflict> {
    let days = dated(world);
    let (told, crowd) = (told(&days), crowds(&days));
    let weights = weights::of(RIVALS, "date", &FEATURES);
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    pairs(world, &days, &told, |a, b| {
        let score = weights::score(&weights, &see(world, &told, &crowd, &days[a], &days[b]));
        if score >= ONE {
            found.push((score, a, b));
        }
    });
    let spots: Vec<&Spot<'_>> = days.iter().map(|d| &d.spot).collect();
    let mut out = Vec::new();
    for set in best(&spots, found) {
        let new = set.iter().filter(|(a, b)| !known.sets(world.all, spots[*a], spots[*b]));
        let mut values: Vec<Value> = Vec::new();
        let mut about: Option<&Id> = None;
        for (a, b) in new {
            about = about.or(Some(days[*a].event));
            for d in [&days[*a], &days[*b]] {
                let span: Span = d.spot.span;
                values.push((d.day.to_string(), d.spot.report, span));
            }
        }
        let Some(event) =
            about.and_then(|id| events.binary_search_by(|e| e.id.cmp(id)).ok()).and_then(|n| events.get(n))
        else {
            continue;
        };
        out.extend(world.all.conflict(
            ConflictKind::Date,
            &event.id,
            values,
            &event.title,
            Sure::Medium,
            false,
        ));
    }
    out
}
