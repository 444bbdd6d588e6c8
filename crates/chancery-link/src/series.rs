//! Series: figures that measure one thing, over time and by claimant.
//!
//! Two figures measure one thing when measure, unit and the head of what is counted agree, and so does what they are
//! counted over: the year they run from ("since 1983"), the war their sentence names, else the place named beside them or at the head of their
//! report. A toll of one town and the toll of a war are two series. Only what two origins, or two claimants, give is a series,
//! and only where the measure or the words for what is counted say what it is, or one sentence sets two claims side by side:
//! people may be counted for anything.

use crate::{Decided, FactRef, Item, LinkedReport, fold};
use chancery_model::Id;
use chancery_model::date::days_between;
use chancery_model::facts::Figure;
use chancery_model::vocab::{MentionKind, PlaceKind};
use std::collections::{BTreeMap, BTreeSet};

/// A series of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Id, from what is measured.
    pub id: Id,
    /// Measure.
    pub measure: String,
    /// What is counted.
    pub subject: Option<String>,
    /// Of what happening.
    pub of: Option<String>,
    /// A heading.
    pub title: String,
    /// Members: index of the report and of its figure.
    pub members: Vec<(usize, usize)>,
}

/// Words for people that do not tell one toll from another.
const PEOPLE: &[&str] = &[
    "",
    "people",
    "person",
    "persons",
    "lives",
    "dead",
    "deaths",
    "victims",
    "men women and children",
    "bodies",
    "body",
    "others",
    "passengers",
    "residents",
    "villagers",
    "inhabitants",
];

/// Measures that say by themselves what is counted; of the others words must.
fn tells(measure: &str) -> bool {
    !matches!(measure, "count" | "distance" | "duration" | "money" | "share" | "volume" | "weight" | "area")
}

/// What is counted, reduced: people are one thing, whatever they are called; else its last word in the singular.
fn subject_key(f: &Figure) -> String {
    if f.measure == "votes" {
        return String::new();
    }
    let folded = fold::name(f.subject.as_deref().unwrap_or(""));
    if PEOPLE.contains(&folded.as_str()) {
        return String::new();
    }
    let last = folded.rsplit(' ').next().unwrap_or("");
    last.strip_suffix("ies")
        .map(|s| format!("{s}y"))
        .or_else(|| last.strip_suffix('s').map(str::to_owned))
        .unwrap_or_else(|| last.to_owned())
}

/// Days before its report from which a figure counts as running since then.
const LONG: i32 = 60;

/// What a figure is counted over: the year it runs from, else a place.
fn over(item: &Item<'_>, linked: &LinkedReport, f: &Figure) -> String {
    // A vote is taken on one day, whoever counts it.
    if f.measure == "votes"
        && let Some(day) = f.as_of.and_then(|t| linked.times.get(t as usize)).and_then(|t| t.days.day())
    {
        return format!("on {day}");
    }
    let days = f.as_of.and_then(|t| linked.times.get(t as usize)).map(|t| t.days).unwrap_or_default();
    let since = days.lo;
    let text = &item.report.text;
    let time = f.as_of.and_then(|t| item.facts.times.get(t as usize)).map(|t| t.span);
    let said = time.and_then(|t| text.get(f.span.hi()..t.lo()));
    // "Killed since January 11" is counted over those days and not in the town named next.
    if let Some(since) = since
        && said.is_some_and(|b| b.split_whitespace().any(|w| w == "since"))
        && (since.month(), since.day()) != (1, 1)
    {
        return format!("since {since}");
    }
    // "Killed in the war by this summer" says when the count ended.
    let ended = said.and_then(|b| b.split_whitespace().last()).is_some_and(|w| matches!(w, "by" | "until"));
    if let (Some(since), Some(published)) = (since, linked.published.days.lo)
        && days_between(since, published) > LONG
        && !ended
    {
        // "Killed in 1918" was over with that year.
        let over = days.hi.is_some_and(|hi| hi.year() == since.year() && days_between(hi, published) > LONG);
        let runs = said.is_some_and(|b| b.split_whitespace().any(|w| matches!(w, "since" | "from")));
        return if over && !runs { format!("in {}", since.year()) } else { since.year().to_string() };
    }
    let places: Vec<_> = item
        .facts
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Place)
        .filter_map(|m| {
            let p = item.facts.places.get(m.place? as usize)?;
            (p.kind != PlaceKind::Country).then_some((m.span, &p.name))
        })
        .collect();
    let here = fold::sentence(text, f.span);
    let inside: Vec<_> = places.iter().filter(|(s, _)| here.contains(*s)).collect();
    // What is counted is told of the place behind it ("killed 12 in X"), else of the one before.
    let near = inside.iter().find(|(s, _)| s.start > f.span.end).or_else(|| inside.last());
    // "The war has cost 64,000 lives" counts them nowhere in particular.
    if near.is_none() && fold::words(here.of(text)).any(|w| WARS.contains(&w.as_str())) {
        return "in the war".to_owned();
    }
    let head = || places.iter().find(|(s, _)| s.lo() < HEAD && item.report.is_fact_ground(*s));
    near.copied().or_else(head).map_or_else(String::new, |(_, name)| fold::name(name))
}

/// Words for what a whole story is about: a record is of one.
const WARS: &[&str] = &["war", "conflict", "uprising", "insurgency", "rebellion"];

/// Bytes at the head of a report in which its place is looked for.
const HEAD: usize = 400;

/// Finds the series and writes their ids into the reports' lists.
pub fn find(items: &[Item<'_>], reports: &mut [LinkedReport], decided: &Decided) -> Vec<Series> {
    let mut by_key: BTreeMap<[String; 4], Vec<(usize, usize)>> = BTreeMap::new();
    for (r, item) in items.iter().enumerate() {
        for (n, f) in item.facts.figures.iter().enumerate() {
            let fact = FactRef::Figure(u32::try_from(n).unwrap_or(u32::MAX));
            // A part ("190 of them buses") is no other count of the whole.
            let part = f.maker.by.contains("+part")
                || f.maker.by.ends_with(":fraction")
                || f.maker.by.ends_with(":rest");
            if !part && !decided.rejected.contains(&(item.report.id.clone(), fact)) {
                // "The army puts the figure at 400,000": counted over what the figure before is.
                let taken_up = f.maker.by.ends_with("+ellipsis").then(|| n.checked_sub(1)).flatten();
                let model = taken_up.and_then(|m| item.facts.figures.get(m)).unwrap_or(f);
                let over = over(item, &reports[r], model);
                let key = [f.measure.clone(), f.unit.clone().unwrap_or_default(), subject_key(f), over];
                by_key.entry(key).or_default().push((r, n));
            }
        }
    }
    let mut out = Vec::new();
    for (key, mut members) in by_key {
        if !tells(&key[0]) && key[2].is_empty() {
            members = side_by_side(&members, items);
        }
        // Two origins, or two claimants whom one report sets side by side.
        let claims = members.iter().map(|(r, n)| (&reports[*r].origin, items[*r].facts.figures[*n].speaker));
        if claims.collect::<BTreeSet<_>>().len() < 2 {
            continue;
        }
        let id = Id::of("series", &key);
        for (r, n) in &members {
            reports[*r].series[*n] = Some(id.clone());
        }
        let first = |pick: fn(&Figure) -> Option<&String>| {
            let mut words: Vec<&String> =
                members.iter().filter_map(|(r, n)| pick(&items[*r].facts.figures[*n])).collect();
            words.sort_by_key(|w| (w.len(), (*w).clone()));
            words.first().map(|s| (*s).clone())
        };
        let subject = first(|f| f.subject.as_ref());
        let of = (!key[3].is_empty()).then(|| over_words(&key[3]));
        let title = title(&key[0], subject.as_deref(), of.as_deref());
        out.push(Series { id, measure: key[0].clone(), subject, of, title, members });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// Of figures that say too little of what they count, those that one sentence sets beside another claimant's: "the army says
/// they number 20,000, aid workers at least 25,000".
fn side_by_side(members: &[(usize, usize)], items: &[Item<'_>]) -> Vec<(usize, usize)> {
    let figure = |(r, n): &(usize, usize)| &items[*r].facts.figures[*n];
    let mut out = Vec::new();
    // Those of a report stand together.
    for here in members.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() > 1) {
        for a in here {
            let sentence = fold::sentence(&items[a.0].report.text, figure(a).span);
            let beside = |b: &(usize, usize)| {
                sentence.contains(figure(b).span) && figure(a).speaker != figure(b).speaker
            };
            if here.iter().any(beside) {
                out.push(*a);
            }
        }
    }
    out
}

/// What a series is counted over, in words.
fn over_words(over: &str) -> String {
    if over.bytes().all(|b| b.is_ascii_digit()) {
        return format!("since {over}");
    }
    let year = |y: &str| y.bytes().all(|b| b.is_ascii_digit());
    if ["since ", "on "].iter().any(|p| over.starts_with(p))
        || over == "in the war"
        || over.strip_prefix("in ").is_some_and(year)
    {
        return over.to_owned();
    }
    let words = over.split(' ').map(|w| {
        let mut c = w.chars();
        c.next().map_or(String::new(), |f| f.to_uppercase().collect::<String>() + c.as_str())
    });
    words.collect::<Vec<_>>().join(" ")
}

fn title(measure: &str, subject: Option<&str>, of: Option<&str>) -> String {
    // "Dead killed", "troops troops".
    let subject = match subject {
        Some(s)
            if ["dead", "deaths", "bodies", "body", "victims", "lives"].contains(&fold::name(s).as_str()) =>
        {
            Some("people")
        }
        s => s.filter(|s| fold::name(s) != measure),
    };
    let mut s = match (measure, subject) {
        ("count", Some(s)) => s.to_owned(),
        (m, Some(s)) => format!("{s} {m}"),
        (m, None) => m.replace('_', " "),
    };
    if let Some(of) = of {
        s = format!("{s}, {of}");
    }
    let mut c = s.chars();
    c.next().map_or(String::new(), |f| f.to_uppercase().collect::<String>() + c.as_str())
}
