//! Two counts of one thing.

use super::{RIVALS, Seen, Shown, best};
use crate::conflicts::figures::{added, as_told, by_then, claim, figure, part};
use crate::conflicts::told::{At, counted_over};
use crate::conflicts::world::{Spot, World, stem};
use crate::conflicts::{All, Conflict, Value, counts, weights};
use crate::events::Event;
use crate::fold;
use chancery_lexicon::people;
use chancery_model::facts::Figure;
use chancery_model::vocab::{ConflictKind, Qualifier, Sure};
use chancery_model::{Day, Id};
use std::collections::{BTreeMap, BTreeSet};

/// What the model sees of two counts.
pub(super) const FEATURES: [&str; 15] = [
    "same happening",
    "shared happening",
    "shared words",
    "same head",
    "rarity of the head",
    "same measure",
    "same toll",
    "same day",
    "other day",
    "time between reports",
    "printed the same day",
    "ratio",
    "one story",
    "crowd",
    "bias",
];

/// Likeness from which two counts are of one thing.
const ONE: f32 = 0.5;
/// How much less alike two counts of one kind of thing may be that are given for one day.
const DAY: f32 = 1.0;
/// Likeness from which that is more than likely.
const SURE: f32 = 1.5;
/// How many times larger one may be: beyond that they count different things.
const LARGER: f64 = 5.0;

/// Days beyond which two tolls are of two deeds, unless one happening is told beside both.
const WEEKS: i32 = 14;
/// Bytes before a figure that are looked at for what it is a part of.
const BACK: usize = 24;

/// Measures of what a deed did to people: a later, larger count is the same count, grown.
const TOLLS: &[&str] = &["killed", "wounded", "injured", "missing", "dead"];

/// Words of a count that is not finished or of one side's lead in it.
const PARTIAL: &[&str] = &["led", "lead", "leads", "leading", "ahead", "counted", "partial", "preliminary"];
/// Words of how many there are now and not of how many there were.
const NOW: &[&str] =
    &["still", "remain", "remains", "remained", "remaining", "left", "leaves", "leaving", "now", "kept"];

/// Words of what is still to come.
const AHEAD: &[&str] = &["will", "would", "rise", "grow", "raising", "planned", "due", "expected"];

/// Measures that bodies and parts of bodies are counted by, which the words around seldom name.
const OF_PARTS: &[&str] = &["troops", "population", "affected", "struck"];

/// Words of what is quoted on a market: each day, and each paper, has its own.
const MARKET: &[&str] = &[
    "shares",
    "stock",
    "stocks",
    "index",
    "indices",
    "nasdaq",
    "ftse",
    "dow",
    "nikkei",
    "points",
    "pence",
    "trading",
    "traded",
    "traders",
    "futures",
    "yield",
    "yields",
    "benchmark",
    "barrel",
];

/// Words for people of any kind.
const ANYBODY: &[&str] = &[
    "people",
    "person",
    "persons",
    "men",
    "dead",
    "others",
    "lives",
    "victims",
    "bodies",
    "souls",
    "inhabitants",
    "casualties",
];

/// A figure with what it is compared by.
struct Count<'a> {
    spot: Spot<'a>,
    at: At,
    /// What it claims, in the smallest unit of its kind.
    claim: Figure,
    scale: &'static str,
    unit: String,
    /// The stem of what is counted.
    head: Option<String>,
    anybody: bool,
    /// Whether people are counted.
    people: bool,
    day: Option<Day>,
    /// Counts of the kind in other reports.
    crowd: f32,
}

impl Count<'_> {
    fn size(&self) -> f64 {
        self.claim.low.or(self.claim.high).unwrap_or(0.0)
    }

    fn toll(&self) -> bool {
        TOLLS.contains(&self.claim.measure.as_str())
    }
}

/// The scale of a unit and how many of its smallest unit it has.
fn scale(unit: Option<&str>) -> (&'static str, f64) {
    match unit {
        Some("second") => ("time", 1.0 / 60.0),
        Some("minute") => ("time", 1.0),
        Some("hour") => ("time", 60.0),
        Some("day") => ("days", 1.0),
        Some("week") => ("days", 7.0),
        Some("month") => ("days", 30.0),
        Some("year") => ("days", 365.0),
        Some("km") => ("way", 1000.0),
        Some("mile") => ("way", 1609.0),
        Some("metre") => ("way", 1.0),
        Some(_) => ("unit", 1.0),
        None => ("", 1.0),
    }
}

fn counted<'f>(world: &World<'_, 'f>) -> Vec<Count<'f>> {
    let all = world.all;
    let mut out: Vec<Count<'f>> = Vec::new();
    let mut kinds: BTreeMap<(String, String), u32> = BTreeMap::new();
    for (r, item) in all.items.iter().enumerate() {
        for n in 0..item.facts.figures.len() {
            let at = (r, n);
            let mut c = claim(all, at);
            let (scale, times) = scale(c.unit.as_deref());
            if c.derivation.is_some()
                || !c.derived_from.is_empty()
                || c.qualifier == Qualifier::Vague
                || OF_PARTS.contains(&c.measure.as_str())
                || c.low.or(c.high).is_none_or(|x| x <= 0.0)
                || added(all, at)
                || part(all, at)
            {
                continue;
            }
            // "5,000 taka ($72)": the sum in another money. "38 of the 41", "each brought 30": no count of its own.
            let before = item.report.text.get(..c.span.lo()).unwrap_or("");
            let last: Vec<String> =
                fold::words(before.get(before.len().saturating_sub(BACK)..).unwrap_or("")).collect();
            let whole = matches!(last.as_slice(), [.., a, b] if a == "of" && matches!(b.as_str(), "the" | "its" | "their" | "those"));
            let rate = last.iter().rev().take(2).any(|w| w == "each");
            if whole || rate {
                continue;
            }
            if c.measure == "money" && before.trim_end().ends_with('(') {
                continue;
            }
            if clock_stamp(&item.report.text, &c) || counted_over(&item.report.text, &c) {
                continue;
            }
            c.low = c.low.map(|x| x * times);
            c.high = c.high.map(|x| x * times);
            let spot = world.spot(r, c.span);
            let last = c.subject.as_deref().and_then(|s| fold::words(s).last());
            let own = |t: u32| all.reports[r].times.get(t as usize)?.days.day();
            let near = || {
                let mut times = item.facts.times.iter().enumerate();
                times.find_map(|(n, t)| {
                    let day = all.reports[r].times.get(n)?.days.day()?;
                    spot.sentence.contains(t.span).then_some(day)
                })
            };
            let day = c.as_of.and_then(own).or_else(near);
            let unit = c.unit.as_deref().map_or("", |u| u.split('/').next().unwrap_or(u)).to_owned();
            *kinds.entry((format!("{scale} {unit}"), c.measure.clone())).or_default() += 1;
            out.push(Count {
                anybody: last.as_deref().is_none_or(|w| ANYBODY.contains(&w)),
                people: last.as_deref().is_some_and(|w| ANYBODY.contains(&w) || people::acts(w)),
                head: last.map(|w| stem(&w)),
                spot,
                at,
                scale,
                unit: if matches!(scale, "unit") { unit } else { String::new() },
                claim: c,
                day,
                crowd: 0.0,
            });
        }
    }
    for c in &mut out {
        let unit = c.claim.unit.as_deref().map_or("", |u| u.split('/').next().unwrap_or(u));
        let like = kinds.get(&(format!("{} {unit}", c.scale), c.claim.measure.clone())).copied().unwrap_or(1);
        c.crowd = (like.max(1) as f32).ln();
    }
    out
}

/// Whether a figure is the time of day before an entry of a running report ("1515 The president says …").
fn clock_stamp(text: &str, f: &Figure) -> bool {
    let said = f.span.of(text);
    let start = fold::sentence(text, f.span).lo() == f.span.lo();
    start && said.len() == 4 && said.bytes().all(|b| b.is_ascii_digit()) && f.low.is_some_and(|x| x < 2400.0)
}

/// Numbers that each origin gives, by scale and unit.
type Given<'a> = BTreeSet<(&'a Id, &'static str, u64)>;

fn given<'f>(counts: &[Count<'f>]) -> Given<'f> {
    counts.iter().map(|c| (c.spot.origin, c.scale, c.size().to_bits())).collect()
}

/// The pairs that are worth comparing.
fn pairs(world: &World<'_, '_>, counts: &[Count<'_>], mut with: impl FnMut(usize, usize)) {
    let given = given(counts);
    let spots: Vec<&Spot<'_>> = counts.iter().map(|c| &c.spot).collect();
    let scales: Vec<String> = counts.iter().map(|c| format!("{} {}", c.scale, c.unit)).collect();
    world.pairs(&spots, &scales, |a, b| {
        let (x, y) = (&counts[a], &counts[b]);
        let gives = |who: &Count<'_>, what: &Count<'_>| {
            given.contains(&(who.spot.origin, what.scale, what.size().to_bits()))
        };
        if x.scale == y.scale
            && x.unit == y.unit
            && exclude(&x.claim, &y.claim)
            && x.size().max(y.size()) <= LARGER * x.size().min(y.size())
            && !gives(x, y)
            && !gives(y, x)
            && world.one_story(&x.spot, &y.spot)
            && !refuse(world, x, y)
        {
            with(a, b);
        }
    });
}

/// Whether two claims cannot both be right, whatever their order of size.
fn exclude(a: &Figure, b: &Figure) -> bool {
    let slack = |f: &Figure| if f.qualifier == Qualifier::About { 0.1 } else { 0.0 };
    let below = |x: &Figure, y: &Figure| matches!((x.high, y.low), (Some(h), Some(l)) if h * (1.0 + slack(x)) < l * (1.0 - slack(y)));
    below(a, b) || below(b, a)
}

/// What makes two counts two things for sure: one grew into the other, one is of a part, one of what is left.
fn refuse(world: &World<'_, '_>, x: &Count<'_>, y: &Count<'_>) -> bool {
    let gap = world.apart(&x.spot, &y.spot);
    let (first, then) =
        if world.printed(x.spot.report) <= world.printed(y.spot.report) { (x, y) } else { (y, x) };
    if x.toll() && y.toll() {
        // The dead are not the wounded.
        if x.claim.measure != y.claim.measure {
            return true;
        }
        // "By that evening 47" is no later count than the 24 of a report of the next day.
        let early = matches!((by_then(world.all, then.at), world.printed(first.spot.report)), (Some(b), Some(p)) if b <= p);
        if then.size() > first.size() && gap != Some(0) && !early || gap.is_none() {
            return true;
        }
        // Weeks apart they are of one deed only when that is known.
        let shared = x.spot.events.iter().any(|e| y.spot.events.contains(e));
        if !shared && gap.is_some_and(|g| g > WEEKS) {
            return true;
        }
        // "Nine gunmen", "three hostages".
        if !x.anybody && !y.anybody && x.head != y.head {
            return true;
        }
    }
    // "Five provinces", "three vetoes": two things, unless they are told of one happening ("18 trucks", "eleven lorries").
    let (near, too) = (x.spot.near.map(|n| n.1), y.spot.near.map(|n| n.1));
    let other =
        x.head.is_some() && y.head.is_some() && x.head != y.head && !(x.anybody && y.anybody) && !akin(x, y);
    if other && (near.is_none() || near != too) {
        return true;
    }
    // A siege of five days is one of eight three days later.
    let measure = |c: &Count<'_>, m: &str| c.claim.measure == m;
    if measure(x, "duration") && measure(y, "duration") && x.scale == "days" {
        let Some(gap) = gap else { return true };
        if gap > 0 && ((then.size() - first.size()) - f64::from(gap)).abs() <= 1.5 {
            return true;
        }
    }
    let ((xb, xa), (yb, ya)) = (world.beside(&x.spot), world.beside(&y.spot));
    let told = |b: &[String], a: &[String], list: &[&str]| {
        let near = b.iter().rev().take(6).chain(a.iter().take(5));
        near.into_iter().any(|w| list.contains(&w.as_str()))
    };
    let told_at_all =
        |b: &[String], a: &[String], list: &[&str]| b.iter().chain(a).any(|w| list.contains(&w.as_str()));
    let partial = |b: &[String], a: &[String]| told_at_all(b, a, PARTIAL);
    let votes = |c: &Count<'_>| measure(c, "votes") || measure(c, "share");
    if (votes(x) || votes(y)) && (partial(&xb, &xa) || partial(&yb, &ya)) {
        return true;
    }
    if told_at_all(&xb, &xa, MARKET) || told_at_all(&yb, &ya, MARKET) {
        return true;
    }
    if told(&xb, &xa, AHEAD) != told(&yb, &ya, AHEAD) {
        return true;
    }
    if gap != Some(0) && (told(&xb, &xa, NOW) || told(&yb, &ya, NOW)) {
        return true;
    }
    // Of a vote the more are set against the more.
    let fewer = |c: &Count<'_>, b: &[String], a: &[String]| {
        measure(c, "votes")
            && (b.last().is_some_and(|w| w == "to") || a.first().is_some_and(|w| w == "against"))
    };
    fewer(x, &xb, &xa) != fewer(y, &yb, &ya)
        || measure(x, "votes") != measure(y, "votes") && people_only(x, y)
}

/// Words for one kind of thing.
const ALIKE: &[&[&str]] = &[
    &["truck", "trucks", "lorry", "lorries"],
    &["plane", "planes", "aircraft", "jets", "warplanes"],
    &["inspectors", "experts", "specialists"],
    &["countries", "states", "governments", "nations", "delegations"],
    &["houses", "homes"],
    &["towns", "townships"],
    &["boats", "vessels", "ships"],
];

/// Whether two counts whose heads differ may be of one thing: called alike, or weighed and given for one day, or people of any
/// kind and people of one, for one day.
fn akin(x: &Count<'_>, y: &Count<'_>) -> bool {
    let alike = ALIKE.iter().any(|list| {
        let has = |c: &Count<'_>| c.head.as_ref().is_some_and(|h| list.iter().any(|w| stem(w) == *h));
        has(x) && has(y)
    });
    let day = x.day.is_some() && x.day == y.day;
    let weighed = x.scale == "unit"
        && x.claim.measure == y.claim.measure
        && matches!(x.claim.measure.as_str(), "weight" | "volume");
    let people = x.anybody != y.anybody && x.people && y.people && !x.toll() && !y.toll();
    alike || day && (weighed || people)
}

/// Whether one of two counts, the other being of votes, is of people who are no voters.
fn people_only(x: &Count<'_>, y: &Count<'_>) -> bool {
    let crowd = |c: &Count<'_>| {
        c.claim.measure != "votes"
            && c.claim
                .subject
                .as_deref()
                .is_some_and(|s| fold::words(s).any(|w| ANYBODY.contains(&w.as_str()) || people::acts(&w)))
    };
    crowd(x) || crowd(y)
}

fn see(world: &World<'_, '_>, x: &Count<'_>, y: &Count<'_>) -> Vec<f32> {
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let near = |c: &Count<'_>| c.spot.near.map(|n| n.1.clone());
    let gap = world.apart(&x.spot, &y.spot);
    let head = x.head.as_ref().filter(|h| y.head.as_ref() == Some(*h));
    let same = x.claim.measure == y.claim.measure;
    let ratio = x.size().max(y.size()) / x.size().min(y.size()).max(f64::MIN_POSITIVE);
    let shared = x.spot.events.iter().any(|e| y.spot.events.contains(e));
    vec![
        flag(near(x).is_some() && near(x) == near(y)),
        flag(shared),
        world.shared(&x.spot, &y.spot),
        flag(head.is_some()),
        head.map_or(0.0, |h| world.weight_of(h) / 3.0),
        flag(same),
        flag(same && x.toll()),
        flag(x.day.is_some() && x.day == y.day),
        flag(x.day.is_some() && y.day.is_some() && x.day != y.day),
        gap.unwrap_or(5).min(30) as f32 / 10.0,
        flag(gap == Some(0)),
        ratio.max(1.0).ln() as f32,
        world.topics.alike(x.spot.report, y.spot.report),
        x.crowd.max(y.crowd),
        1.0,
    ]
}

pub(super) fn seen(world: &World<'_, '_>) -> Vec<Seen> {
    let counts = counted(world);
    let mut at: BTreeSet<(usize, usize)> = BTreeSet::new();
    pairs(world, &counts, |a, b| {
        at.insert((a, b));
    });
    at.into_iter()
        .map(|(a, b)| Seen {
            kind: "figure",
            features: &FEATURES,
            pair: [a, b].map(|n| (counts[n].spot.report, counts[n].spot.span)),
            see: see(world, &counts[a], &counts[b]),
        })
        .collect()
}

pub(super) fn find(world: &World<'_, '_>, events: &[Event], known: &Shown<'_>) -> Vec<Conflict> {
    let counts = counted(world);
    let weights = weights::of(RIVALS, "figure", &FEATURES);
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    pairs(world, &counts, |a, b| {
        let (x, y) = (&counts[a], &counts[b]);
        let score = weights::score(&weights, &see(world, x, y));
        // What is given for one named day in words of one kind needs to be less alike.
        let day = x.day.is_some() && x.day == y.day && (x.head == y.head || akin(x, y));
        if score >= if day { ONE - DAY } else { ONE } {
            found.push((score, a, b));
        }
    });
    let likely: BTreeMap<(usize, usize), f32> = found.iter().map(|(s, a, b)| ((*a, *b), *s)).collect();
    let spots: Vec<&Spot<'_>> = counts.iter().map(|c| &c.spot).collect();
    let mut out = Vec::new();
    for set in best(&spots, found) {
        let new = set.iter().filter(|(a, b)| !known.sets(world.all, spots[*a], spots[*b]));
        let new: Vec<&(usize, usize)> = new.collect();
        let against: BTreeSet<At> = new.iter().flat_map(|(a, b)| [counts[*a].at, counts[*b].at]).collect();
        let most = new.iter().filter_map(|p| likely.get(p)).copied().fold(0.0, f32::max);
        let Some((a, b)) = new.first() else { continue };
        out.extend(conflict(world.all, events, [&counts[*a], &counts[*b]], &against, most));
    }
    out
}

fn conflict(
    all: &All<'_>,
    events: &[Event],
    pair: [&Count<'_>; 2],
    against: &BTreeSet<At>,
    likely: f32,
) -> Option<Conflict> {
    let shared = pair[0].spot.near.filter(|n| pair[1].spot.near.is_some_and(|m| m.1 == n.1)).map(|n| n.1);
    let event =
        shared.and_then(|id| events.binary_search_by(|e| e.id.cmp(id)).ok()).and_then(|n| events.get(n));
    let subject = || pair.iter().find_map(|c| figure(all, c.at).subject.clone());
    let measure = &pair[0].claim.measure;
    let called = match measure.as_str() {
        "count" => subject().unwrap_or_else(|| "how many".to_owned()),
        m => m.to_owned(),
    };
    let title = match event {
        Some(e) => format!("{}: {called}", e.title),
        None => {
            let mut letters = called.chars();
            letters
                .next()
                .map(|c| c.to_uppercase().collect::<String>() + letters.as_str())
                .unwrap_or_default()
        }
    };
    let about = shared.cloned().or_else(|| counts::about(all, pair[0].at))?;
    let values: Vec<Value> = as_told(all, against);
    let sure = if likely >= SURE { Sure::Medium } else { Sure::Low };
    all.conflict(ConflictKind::Figure, &about, values, &title, sure, false)
}
