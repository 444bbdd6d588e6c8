//! Figures that measure one thing by how they are put, though no series and no happening ties them: the two sides of one
//! vote, so many of a whole, how long a named state lasts, what one side demands, how many there were on a day.
//!
//! Blocking keys, by what is measured: month and total of a vote; the whole of a share ("25 of the 27"); the phrase of a
//! state ("state of emergency"); unit of a sum with who demands it; day and head of what is counted. What shares a key is
//! compared when both reports tell one story and neither gives the other's number.

use super::figures::{as_told, exclude, figure, origin};
use super::told::At;
use super::{All, Conflict};
use crate::events::{Topics, draft};
use crate::fold;
use chancery_model::facts::{EventMention, Figure};
use chancery_model::vocab::{ConflictKind, EventType, Qualifier, Role, Status, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.25;
/// Figures of a block that each is compared with, the next ones.
const NEXT: usize = 24;
/// How many times larger one may be: beyond that they count different things.
const SCALE: f64 = 4.0;
/// The smallest whole of which a part is compared: a smaller one is no body with a seat for each.
const WHOLE: f64 = 5.0;

/// States of things that last so long as is laid down, as they are called.
const STATES: &[&str] = &[
    "state of emergency",
    "state of siege",
    "martial law",
    "curfew",
    "ceasefire",
    "cease fire",
    "truce",
    "moratorium",
    "ultimatum",
    "mourning",
    "lockdown",
];

/// A figure under its key.
struct Entry {
    key: String,
    /// The figure; of a vote the votes for.
    at: At,
    /// A heading.
    title: String,
}

/// The disagreements.
pub(super) fn find(all: &All<'_>, topics: &Topics) -> Vec<Conflict> {
    let mut entries: Vec<Entry> = Vec::new();
    for (r, item) in all.items.iter().enumerate() {
        for n in 0..item.facts.figures.len() {
            entries.extend(
                [
                    vote(all, (r, n)),
                    part(all, (r, n)),
                    state(all, (r, n)),
                    sum(all, (r, n)),
                    present(all, (r, n)),
                ]
                .into_iter()
                .flatten(),
            );
        }
    }
    entries.sort_by(|a, b| (&a.key, a.at).cmp(&(&b.key, b.at)));
    let mut out = Vec::new();
    for block in entries.chunk_by(|a, b| a.key == b.key) {
        // Numbers that each report gives under the key: two of them measure two things.
        let mut given: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
        for e in block {
            given.entry(e.at.0).or_default().extend(figure(all, e.at).low.map(f64::to_bits));
        }
        let mut against: BTreeSet<At> = BTreeSet::new();
        for (n, a) in block.iter().enumerate() {
            for b in block.iter().skip(n + 1).take(NEXT) {
                let (f, g) = (figure(all, a.at), figure(all, b.at));
                let alone = |at: &At| given.get(&at.0).is_some_and(|v| v.len() == 1);
                if a.at.0 != b.at.0
                    && origin(all, a.at) != origin(all, b.at)
                    && apart(f, g)
                    && alone(&a.at)
                    && alone(&b.at)
                    && topics.alike(a.at.0, b.at.0) >= STORY
                {
                    against.extend([a.at, b.at]);
                }
            }
        }
        let Some(about) = against.iter().find_map(|at| about(all, *at)) else { continue };
        let title = block.first().map_or("", |e| e.title.as_str());
        let values = as_told(all, &against);
        out.extend(all.conflict(ConflictKind::Figure, &about, values, title, Sure::Low, false));
    }
    out
}

/// Whether two figures exclude each other and are of one order.
fn apart(f: &Figure, g: &Figure) -> bool {
    let size = |x: &Figure| x.low.or(x.high).unwrap_or(0.0);
    let (a, b) = (size(f), size(g));
    exclude(f, g) && a.max(b) <= SCALE * a.min(b)
}

/// What a disagreement is filed under: the series, else a happening of its sentence, else one of its report.
pub(super) fn about(all: &All<'_>, at: At) -> Option<Id> {
    let linked = &all.reports[at.0];
    let series = linked.series.get(at.1).cloned().flatten();
    series.or_else(|| {
        let item = &all.items[at.0];
        let sentence = fold::sentence(&item.report.text, figure(all, at).span);
        let here = item.facts.events.iter().position(|e| sentence.contains(e.span));
        linked.events.get(here.unwrap_or(0)).cloned()
    })
}

fn after(all: &All<'_>, at: At, words: usize) -> Vec<String> {
    let text = &all.items[at.0].report.text;
    let span = figure(all, at).span;
    let sentence = fold::sentence(text, span);
    fold::words(Span::new(span.hi(), sentence.hi()).of(text)).take(words).collect()
}

/// "By 27 votes to 21", by month and total: a house has one number of seats.
fn vote(all: &All<'_>, at: At) -> Option<Entry> {
    let (item, f) = (&all.items[at.0], figure(all, at));
    let next = item.facts.figures.get(at.1 + 1).filter(|g| g.measure == "votes" && f.measure == "votes")?;
    let between = item.report.text.get(f.span.hi()..next.span.lo())?.trim();
    if !matches!(between, "to" | "votes to" | "against" | "votes against" | "-" | "–") {
        return None;
    }
    let (a, b) = (f.low?, next.low?);
    let linked = &all.reports[at.0];
    let days = f.as_of.and_then(|t| linked.times.get(t as usize)).map_or(linked.published.days, |t| t.days);
    let day = days.lo.filter(|_| days.width().is_some_and(|w| w <= 31))?;
    let title = format!("Votes of {}-{:02}", day.year(), day.month());
    Some(Entry { key: format!("vote {}-{} {}", day.year(), day.month(), a + b), at, title })
}

/// "25 of the 27 member states", by the whole and a word that says what of.
fn part(all: &All<'_>, at: At) -> Option<Entry> {
    let (item, f) = (&all.items[at.0], figure(all, at));
    let whole = item.facts.figures.get(at.1 + 1)?;
    let between = item.report.text.get(f.span.hi()..whole.span.lo())?.trim();
    let size = whole.low.filter(|w| whole.low == whole.high && *w >= WHOLE)?;
    if !matches!(between, "of the" | "of its" | "of their" | "out of the" | "out of") || f.low? > size {
        return None;
    }
    let act = deed(all, at)?;
    Some(Entry { key: format!("part {size} {act}"), at, title: format!("How many of the {size}") })
}

/// The kind of what the sentence of a figure tells: consent or refusal, a deed.
fn deed(all: &All<'_>, at: At) -> Option<&'static str> {
    let item = &all.items[at.0];
    let sentence = fold::sentence(&item.report.text, figure(all, at).span);
    let mut kinds = item.facts.events.iter().filter(|e| sentence.contains(e.span)).map(|e| e.kind);
    kinds.find_map(|k| match k {
        EventType::Support | EventType::Agree | EventType::Concede => Some("for"),
        EventType::Reject | EventType::Accuse => Some("against"),
        _ => None,
    })
}

/// "A 30-day state of emergency", "the state of emergency runs for 60 days".
fn state(all: &All<'_>, at: At) -> Option<Entry> {
    let f = figure(all, at);
    if f.measure != "duration" || f.qualifier == Qualifier::Under {
        return None;
    }
    let text = &all.items[at.0].report.text;
    let sentence = fold::sentence(text, f.span);
    let said = fold::words(sentence.of(text)).collect::<Vec<_>>().join(" ");
    let mut named = STATES.iter().filter(|s| said.contains(**s));
    let (Some(state), None) = (named.next(), named.next()) else { return None };
    // "A 30-day truce", "a truce of 30 days", "runs for 60 days": what it lasts, and not when something comes.
    let before: Vec<String> = fold::words(Span::new(sentence.lo(), f.span.lo()).of(text)).collect();
    let lasts = matches!(before.last().map(String::as_str), Some("for" | "of" | "last" | "lasts" | "lasted"))
        || after(all, at, 5).join(" ").contains(*state);
    let days = f.unit.as_deref()?;
    lasts.then(|| Entry { key: format!("state {state} {days}"), at, title: format!("How long: {state}") })
}

/// What one side demands, by unit and who demands it.
fn sum(all: &All<'_>, at: At) -> Option<Entry> {
    let (item, f) = (&all.items[at.0], figure(all, at));
    if f.measure != "money" {
        return None;
    }
    let text = &item.report.text;
    let sentence = fold::sentence(text, f.span);
    let asked = item.facts.events.iter().find(|e| {
        e.kind == EventType::Request
            && sentence.contains(e.span)
            && e.span.end <= f.span.start
            && text.get(e.span.hi()..f.span.lo()).is_some_and(|b| b.split_whitespace().count() <= 2)
    })?;
    let by = asked.participants.iter().find(|p| p.role == Role::Actor)?;
    let who = all.reports[at.0].actors.get(by.entity as usize)?;
    let name = &all.actors.get(who)?.name;
    let unit = f.unit.as_deref()?;
    Some(Entry { key: format!("sum {who} {unit}"), at, title: format!("What {name} asks for") })
}

/// How many there were on a day: on board, or of persons of one kind of whom the same is told.
fn present(all: &All<'_>, at: At) -> Option<Entry> {
    let (item, f) = (&all.items[at.0], figure(all, at));
    let subject = f.subject.as_deref()?;
    let counted = matches!(f.measure.as_str(), "count" | "released" | "detained");
    if !counted || !matches!(f.qualifier, Qualifier::Exact | Qualifier::About) {
        return None;
    }
    let words: Vec<String> = fold::words(subject).collect();
    let head = words.last()?;
    let day = all.reports[at.0].times.get(f.as_of? as usize)?.days.day()?;
    let sentence = fold::sentence(&item.report.text, f.span);
    let said: Vec<String> = fold::words(sentence.of(&item.report.text)).collect();
    if f.measure == "count"
        && HANDS.contains(&head.as_str())
        && said.iter().any(|w| ABOARD.contains(&w.as_str()))
    {
        return Some(Entry {
            key: format!("aboard {day}"),
            at,
            title: format!("How many {head} there were"),
        });
    }
    if !PERSONS.contains(&head.as_str()) {
        return None;
    }
    let near = |e: &&EventMention| sentence.contains(e.span);
    let release = item
        .facts
        .events
        .iter()
        .filter(near)
        .any(|e| draft::family(item, e) == Some("release") && e.status == Status::Happened);
    let title = format!("How many {head} were released");
    release.then(|| Entry { key: format!("released {head} {day}"), at, title })
}

/// Those who are counted on board or on a list.
const HANDS: &[&str] = &["men", "crew", "passengers", "people", "crewmen", "sailors", "persons"];
/// Words for where they are counted.
const ABOARD: &[&str] = &["aboard", "board", "crew", "passengers", "passenger"];
/// Kinds of persons who are let go by the number.
const PERSONS: &[&str] = &[
    "men",
    "women",
    "children",
    "prisoners",
    "hostages",
    "workers",
    "soldiers",
    "policemen",
    "sailors",
    "crewmen",
    "journalists",
    "students",
    "engineers",
    "miners",
    "captives",
    "detainees",
    "rebels",
    "fighters",
    "organizers",
    "organisers",
    "activists",
    "nurses",
    "doctors",
    "teachers",
    "monks",
    "pilgrims",
];
