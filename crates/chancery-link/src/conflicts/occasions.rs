//! Occasions that are looked back on by their place and their month, though no report tells them as news: "negotiations in
//! Geneva in June 2012", "the Dakar plan was an agreement in March last year", "the Abuja 2 conference, a follow-up to May
//! 2011 consultations".
//!
//! Blocking key: the place, a town. Reports of one town are compared when they lie long after, give a day or a month, and
//! these are at most two months apart: towns seldom see two gatherings of one story within so little time that are both
//! still spoken of half a year later.

use super::{All, Conflict, Value};
use crate::events::Topics;
use crate::{Item, fold};
use chancery_model::date::days_between;
use chancery_model::vocab::{ConflictKind, PlaceKind, Sure};
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Days by which a report must lie behind an occasion that it looks back on.
const LONG_PAST: i32 = 150;
/// Days between two dates of one occasion.
const ONE_OCCASION: i32 = 31;
/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.08;
/// Dates of a town that are compared.
const MOST: usize = 100;

/// Nouns for gatherings and for what comes of them.
const NOUNS: &[&str] = &[
    "accord",
    "accords",
    "agreement",
    "communique",
    "communiqué",
    "conference",
    "consultations",
    "declaration",
    "meeting",
    "negotiations",
    "plan",
    "summit",
    "talks",
    "treaty",
];

/// Words between a gathering and what it follows.
const FOLLOWS: &[&[&str]] =
    &[&["follow", "up", "to"], &["followup", "to"], &["sequel", "to"], &["successor", "to"]];

/// What a report says of when an occasion was.
struct Said {
    days: Days,
    report: usize,
    span: Span,
    town: String,
}

/// The disagreements about when such occasions were.
pub(super) fn find(all: &All<'_>, topics: &Topics) -> Vec<Conflict> {
    let mut by: BTreeMap<Id, Vec<Said>> = BTreeMap::new();
    for (r, item) in all.items.iter().enumerate() {
        let linked = &all.reports[r];
        for (t, time) in item.facts.times.iter().enumerate() {
            let Some(days) = linked.times.get(t).map(|x| x.days) else { continue };
            let past = matches!((days.hi, linked.published.days.lo), (Some(h), Some(p)) if days_between(h, p) >= LONG_PAST);
            if !past || days.width().is_none_or(|w| w > 31) {
                continue;
            }
            if let Some((id, town)) = town_of(all, r, item, time.span) {
                by.entry(id).or_default().push(Said { days, report: r, span: time.span, town });
            }
        }
    }
    by.into_values().filter_map(|said| conflict(all, topics, &said)).collect()
}

fn conflict(all: &All<'_>, topics: &Topics, said: &[Said]) -> Option<Conflict> {
    let origin = |s: &Said| all.origin(s.report, s.span);
    let apart = |a: &Said, b: &Said| {
        !a.days.meets(&b.days)
            && origin(a) != origin(b)
            && crate::events::gap(&a.days, &b.days).is_some_and(|g| g <= ONE_OCCASION)
            && topics.alike(a.report, b.report) >= STORY
    };
    let mut against: BTreeSet<usize> = BTreeSet::new();
    for (n, a) in said.iter().enumerate().take(MOST) {
        for (m, b) in said.iter().enumerate().take(MOST).skip(n + 1) {
            // A report that gives both days tells of two occasions.
            let both =
                |x: &Said, y: &Said| said.iter().any(|s| origin(s) == origin(x) && s.days.meets(&y.days));
            if apart(a, b) && !both(a, b) && !both(b, a) {
                against.extend([n, m]);
            }
        }
    }
    let first = said.get(*against.first()?)?;
    let values: Vec<Value> = against
        .iter()
        .filter_map(|n| said.get(*n))
        .filter_map(|s| Some((s.days.to_edtf()?.to_string(), s.report, s.span)))
        .collect();
    let about = about(all, first)?;
    let title = format!("What took place in {}", first.town);
    all.conflict(ConflictKind::Date, &about, values, &title, Sure::Low, false)
}

/// The happening it is filed under: one of its sentence, else one of its report.
fn about(all: &All<'_>, s: &Said) -> Option<Id> {
    let item = &all.items[s.report];
    let sentence = fold::sentence(&item.report.text, s.span);
    let here = item.facts.events.iter().position(|e| sentence.contains(e.span)).unwrap_or(0);
    all.reports[s.report].events.get(here).cloned()
}

/// The town of an occasion that a time is given for.
fn town_of(all: &All<'_>, r: usize, item: &Item<'_>, time: Span) -> Option<(Id, String)> {
    let text = &item.report.text;
    let sentence = fold::sentence(text, time);
    let words = |a: usize, b: usize| fold::words(text.get(a..b).unwrap_or("")).collect::<Vec<_>>();
    let noun = |w: Option<&String>| w.is_some_and(|w| NOUNS.contains(&w.as_str()));
    let after = words(time.hi(), sentence.hi());
    for m in item.facts.mentions.iter().filter(|m| sentence.contains(m.span)) {
        let Some(p) = m.place else { continue };
        let town = item.facts.places.get(p as usize).filter(|p| p.kind == PlaceKind::City);
        let Some((town, id)) = town.zip(all.reports[r].places.get(p as usize)) else { continue };
        let found = Some((id.clone(), town.name.clone()));
        let before = words(sentence.lo(), m.span.lo());
        if m.span.end > time.start {
            // "The June 2012 talks in Geneva".
            let between = words(time.hi(), m.span.lo());
            if let [a, b] = between.as_slice()
                && NOUNS.contains(&a.as_str())
                && matches!(b.as_str(), "in" | "at")
            {
                return found;
            }
            continue;
        }
        let between = words(m.span.hi(), time.lo());
        let between: Vec<&str> = between.iter().map(String::as_str).collect();
        // "Negotiations in Geneva in June 2012".
        let led = before.iter().rev().take(4).any(|w| NOUNS.contains(&w.as_str()));
        if led && matches!(between.as_slice(), ["in" | "on"] | ["in", "early" | "late" | "mid"]) {
            return found;
        }
        // "The Geneva plan was an agreement in June last year".
        if let [what, "was", "an" | "a" | "the", of, "in" | "on" | "of"] = between.as_slice()
            && NOUNS.contains(what)
            && NOUNS.contains(of)
        {
            return found;
        }
        // "The Geneva 2 conference, a follow-up to July 2012 consultations": the day of the one before.
        let follows = FOLLOWS.iter().any(|f| {
            let end = if between.last() == Some(&"the") { between.len() - 1 } else { between.len() };
            between.get(..end).is_some_and(|b| b.ends_with(f))
        });
        let second = matches!(between.first(), Some(&("2" | "ii" | "two" | "3" | "iii" | "three")));
        if follows && second && noun(after.first()) {
            return found;
        }
    }
    None
}
