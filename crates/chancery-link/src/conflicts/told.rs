//! Of which happening a figure is told.
//!
//! In this order: a deed in its own sentence; one told just before it in its paragraph; the only deed of the story on
//! the day it is given for; the first deed its report tells of, when the figure stands with it at the head.

use super::All;
use crate::events::{Event, Topics, draft};
use crate::fold;
use chancery_lexicon::{measures, people};
use chancery_model::facts::{EventMention, Figure};
use chancery_model::vocab::{EventType, Status};
use chancery_model::{Day, Days, Span};
use std::collections::BTreeMap;

/// A figure: index of its report and of itself.
pub(super) type At = (usize, usize);

/// Words between a figure and the deed it is told of.
const BETWEEN: usize = 16;
/// Bytes at the head of a report within which a toll is that of the report's first deed.
const HEAD: u32 = 500;
/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.25;
/// Deeds of one day that are looked at.
const MOST: usize = 40;

/// Words for a stretch of time that is counted over.
const STRETCHES: &[&str] = &[
    "so far",
    "in all",
    "altogether",
    "this year",
    "this month",
    "by the time",
    "decades",
    "years of",
    "months of",
    "weeks of",
    "in the past",
    "in the last",
    "over the past",
    "over the last",
    "beginning of the year",
];

/// Families of words for what takes lives.
const DEEDS: &[&str] = &["attack", "disaster", "killing"];

/// What a measure is told of: the families of words that fit, `None` for any.
fn families(measure: &str) -> Option<&'static [&'static str]> {
    match measure {
        "attendance" | "count" => Some(&["protest", "meeting", "burial", "vote"]),
        "votes" => None,
        "released" => Some(&["release"]),
        "detained" => Some(&["abduction", "arrest", "release"]),
        "displaced" => Some(&["flight", "disaster", "fighting", "attack"]),
        _ => Some(DEEDS),
    }
}

/// Families of words for what is done to people who are then counted, with what their number is called.
const DONE_TO: &[(&str, &str)] = &[
    ("abduction", "taken"),
    ("arrest", "arrested"),
    ("release", "released"),
    ("flight", "fled"),
    ("protest", "took part"),
    ("burial", "buried"),
];

/// What counts of people are called who stand right beside words for what was done to them: the happening with that name.
pub(super) fn done_to(all: &All<'_>, events: &[Event], at: At) -> Option<(usize, &'static str)> {
    let item = &all.items[at.0];
    let f = &item.facts.figures[at.1];
    let counts = matches!(f.measure.as_str(), "count" | "detained" | "released" | "displaced" | "attendance");
    if !counts || f.unit.is_some() || f.derivation.is_some() || !people(f) {
        return None;
    }
    let text = &item.report.text;
    let sentence = fold::sentence(text, f.span);
    let near = item.facts.events.iter().enumerate().filter(|(_, m)| sentence.contains(m.span));
    let (n, m) = near.min_by_key(|(_, m)| {
        m.span.start.saturating_sub(f.span.end).max(f.span.start.saturating_sub(m.span.end))
    })?;
    let (lo, hi) = (f.span.hi().min(m.span.hi()), f.span.lo().max(m.span.lo()));
    let between = text.get(lo..hi.max(lo)).unwrap_or("");
    if between.split_whitespace().count() > BESIDE || between.contains([',', ';', ':', '"', '(']) {
        return None;
    }
    if !matches!(m.status, Status::Happened | Status::Ongoing | Status::Claimed) {
        return None;
    }
    let family = draft::family(item, m)?;
    let called = DONE_TO.iter().find(|d| d.0 == family)?.1;
    let id = all.reports[at.0].events.get(n)?;
    let e = events.binary_search_by(|e| e.id.cmp(id)).ok()?;
    Some((e, called))
}

/// Words between a count and what was done to those counted.
const BESIDE: usize = 4;

/// Whether a figure counts people.
fn people(f: &Figure) -> bool {
    let words = f.subject.as_deref().unwrap_or("").to_lowercase();
    words.split_whitespace().any(|w| {
        people::acts(w) || matches!(w, "people" | "persons" | "men" | "women" | "children" | "hostages")
    })
}

/// The happening of each figure, where one can be told.
pub(super) fn happenings(all: &All<'_>, events: &[Event], topics: &Topics) -> BTreeMap<At, usize> {
    let mut event_of: BTreeMap<At, usize> = BTreeMap::new();
    let mut echoes: BTreeMap<usize, Vec<(&EventMention, usize)>> = BTreeMap::new();
    for (n, e) in events.iter().enumerate() {
        event_of.extend(e.mentions.iter().map(|m| (*m, n)));
        for (r, m) in &e.echoes {
            echoes.entry(*r).or_default().push((m, n));
        }
    }
    let by_day = by_day(all, events);
    let mut out = BTreeMap::new();
    for (r, item) in all.items.iter().enumerate() {
        // The mentions with their happenings, then the words that take one up.
        let mut here: Vec<(&EventMention, Option<usize>)> =
            item.facts.events.iter().enumerate().map(|(m, e)| (e, event_of.get(&(r, m)).copied())).collect();
        here.extend(echoes.get(&r).into_iter().flatten().map(|(m, n)| (*m, Some(*n))));
        let families_here: Vec<Option<&'static str>> =
            here.iter().map(|m| draft::family(item, m.0)).collect();
        for (n, f) in item.facts.figures.iter().enumerate() {
            if !measures::is_toll(&f.measure) && !matches!(f.measure.as_str(), "votes" | "attendance") {
                continue;
            }
            // What is counted over a stretch of time is no one happening's.
            if counted_over(&item.report.text, f) {
                continue;
            }
            let find = Find { all, r, f, mentions: &here, families: &families_here };
            let of = |m: usize| here.get(m).and_then(|x| x.1);
            let found = find
                .in_sentence(false)
                .or_else(|| find.before())
                .and_then(of)
                .or_else(|| find.of_its_day(&by_day, events, topics))
                .or_else(|| find.in_sentence(true).and_then(of))
                .or_else(|| find.at_the_head().and_then(of));
            if let Some(e) = found {
                out.insert((r, n), e);
            }
        }
    }
    out
}

/// Deeds that take lives, by each day they may fall on.
fn by_day(all: &All<'_>, events: &[Event]) -> BTreeMap<Day, Vec<usize>> {
    let mut out: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    for (n, e) in events.iter().enumerate() {
        let deed = e.mentions.iter().any(|(r, m)| {
            let item = &all.items[*r];
            item.facts
                .events
                .get(*m)
                .and_then(|m| draft::family(item, m))
                .is_some_and(|f| DEEDS[..2].contains(&f))
        });
        if let (true, Some(day)) = (deed, e.days.day()) {
            out.entry(day).or_default().push(n);
        }
    }
    out
}

struct Find<'a, 'f> {
    all: &'f All<'a>,
    r: usize,
    f: &'f Figure,
    mentions: &'f [(&'f EventMention, Option<usize>)],
    families: &'f [Option<&'static str>],
}

impl Find<'_, '_> {
    fn text(&self) -> &str {
        &self.all.items[self.r].report.text
    }

    fn mentions(&self) -> impl Iterator<Item = (usize, &EventMention)> {
        self.mentions.iter().map(|m| m.0).enumerate()
    }

    /// Whether a mention is of a deed that such a figure is told of.
    fn fits(&self, n: usize, m: &EventMention) -> bool {
        let family = self.families.get(n).copied().flatten();
        match families(&self.f.measure) {
            Some(list) => {
                family.is_some_and(|f| list.contains(&f))
                    || (list == DEEDS && m.kind == EventType::Assault && family != Some("fighting"))
            }
            None => family.is_some(),
        }
    }

    /// Whether a mention is of a deed's effect, so that the deed may be told elsewhere.
    fn effect(&self, n: usize) -> bool {
        let family = self.families.get(n).copied().flatten();
        families(&self.f.measure) == Some(DEEDS) && family.is_none_or(|f| f == "killing")
    }

    /// The nearest deed of its sentence; with what a deed did to people, when asked.
    fn in_sentence(&self, effect: bool) -> Option<usize> {
        let text = self.text();
        let sentence = fold::sentence(text, self.f.span);
        self.mentions()
            .filter(|(n, m)| self.fits(*n, m) && sentence.contains(m.span))
            .filter(|(_, m)| {
                let (lo, hi) = (self.f.span.hi().min(m.span.hi()), self.f.span.lo().max(m.span.lo()));
                let between = text.get(lo..hi.max(lo)).unwrap_or("");
                // "Killed since the raid" counts more than the raid's dead.
                !between.contains("since ")
                    && !between.contains(':')
                    && between.split_whitespace().count() <= BETWEEN
            })
            .filter(|(n, _)| effect || !self.effect(*n))
            .min_by_key(|(_, m)| m.span.start.abs_diff(self.f.span.start))
            .map(|x| x.0)
    }

    /// The deed told last before it in its paragraph.
    fn before(&self) -> Option<usize> {
        let text = self.text();
        let paragraph = text.get(..self.f.span.lo())?.rfind("\n\n").map_or(0, |at| at + 2);
        let near = |m: &EventMention| m.span.lo() >= paragraph && m.span.hi() <= self.f.span.lo();
        self.mentions()
            .filter(|(n, m)| {
                self.fits(*n, m) && near(m) && self.families.get(*n).copied().flatten() != Some("killing")
            })
            .max_by_key(|(_, m)| m.span.start)
            .map(|x| x.0)
    }

    /// The only deed of that day that reports of the same story tell of, or the one most of them tell of.
    fn of_its_day(
        &self,
        by_day: &BTreeMap<Day, Vec<usize>>,
        events: &[Event],
        topics: &Topics,
    ) -> Option<usize> {
        if !measures::is_toll(&self.f.measure) {
            return None;
        }
        let time = self.f.as_of?;
        let day = self.all.reports[self.r].times.get(time as usize)?.days.day()?;
        let told = by_day.get(&day)?.iter().take(MOST).filter_map(|n| {
            let e = events.get(*n)?;
            let story = e.mentions.iter().take(8).map(|(r, _)| topics.alike(*r, self.r)).fold(0.0, f32::max);
            (story >= STORY).then_some((e.mentions.len(), *n))
        });
        let mut told: Vec<(usize, usize)> = told.collect();
        told.sort_by_key(|(mentions, n)| (std::cmp::Reverse(*mentions), *n));
        match told.as_slice() {
            [one] => Some(one.1),
            [one, two, ..] if one.0 >= 3 * two.0 => Some(one.1),
            _ => None,
        }
    }

    /// The first deed of its report, for a toll at the head of it.
    fn at_the_head(&self) -> Option<usize> {
        if !measures::is_toll(&self.f.measure) {
            return None;
        }
        let item = &self.all.items[self.r];
        let start = item.report.blocks.iter().map(|b| b.span.start).min().unwrap_or(0);
        let head = |s: Span| s.start < start + HEAD;
        self.mentions()
            .filter(|(n, m)| {
                let deed = self.families.get(*n).copied().flatten().is_some_and(|f| DEEDS[..2].contains(&f));
                head(self.f.span) && head(m.span) && deed
            })
            .map(|x| x.0)
            .next()
    }
}

/// Whether the sentence of a toll counts over a stretch of time ("since", "so far", "in all").
pub(super) fn counted_over(text: &str, f: &Figure) -> bool {
    let sentence = fold::sentence(text, f.span);
    let told = |s: Span, words: &[&str]| {
        let said = s.of(text).to_lowercase();
        words.iter().any(|w| said.contains(w))
    };
    // "On edge since Saturday, when gunmen killed four" counts the four of one day.
    measures::is_toll(&f.measure)
        && (told(sentence, STRETCHES) || told(Span::new(f.span.hi(), sentence.hi()), &["since "]))
}

/// Days of the happening of a figure.
pub(super) fn days(events: &[Event], of: &BTreeMap<At, usize>, at: &At) -> Option<Days> {
    of.get(at).and_then(|e| events.get(*e)).map(|e| e.days)
}
