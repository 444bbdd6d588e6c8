//! Where within a town one happening was: two kinds of places that exclude each other, "the covered market" and "the bus
//! station".
//!
//! Blocking key: the happening. A place is what "in", "at", "on", "inside" or "aboard" names right after a mention, or what
//! was struck. A report that speaks of the other kind of place anywhere takes no side: it may tell of both.

use super::happenings::{Told, told};
use super::{All, Conflict, Value};
use crate::events::{Event, draft, is_function};
use crate::fold;
use chancery_model::vocab::{ConflictKind, EventType, Status, Sure};
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words behind a mention among which its place is looked for.
const REACH: usize = 12;
/// Words of the phrase for a place, from its preposition on.
const PHRASE: usize = 6;
/// Days that tellings of one happening may lie apart; further apart they were taken for one.
const ONE: i32 = 2;

/// Places told of one happening that are compared.
const MOST: usize = 200;

/// Kinds of places, each with its words.
const KINDS: &[(&str, &[&str])] = &[
    ("market", &["market", "bazaar", "marketplace"]),
    ("airport", &["airport", "airfield", "airstrip", "tarmac"]),
    ("bridge", &["bridge"]),
    ("ford", &["ford"]),
    ("hospital", &["hospital", "clinic"]),
    ("church", &["cathedral", "church", "chapel", "basilica"]),
    ("mosque", &["mosque"]),
    ("monastery", &["monastery", "abbey", "convent"]),
    ("hotel", &["hotel", "guesthouse"]),
    ("embassy", &["embassy", "consulate"]),
    ("residence", &["residence", "villa", "mansion"]),
    ("parliament", &["parliament"]),
    ("school", &["school", "classroom", "schoolroom", "schoolhouse"]),
    ("university", &["university", "campus"]),
    ("barracks", &["barracks"]),
    ("terminal", &["terminal"]),
    ("prison", &["prison", "jail"]),
    ("stadium", &["stadium"]),
    ("library", &["library"]),
    ("theatre", &["theatre", "theater", "cinema"]),
    ("restaurant", &["restaurant", "cafe", "tavern"]),
    ("ship", &["warship", "ferry", "frigate", "trawler", "yacht"]),
    ("palace", &["palace"]),
    ("station", &["station"]),
];

/// Kinds of which one may stand within the other, or beside it.
const TOGETHER: &[[&str; 2]] = &[
    ["airport", "terminal"],
    ["airport", "hotel"],
    ["ship", "terminal"],
    ["station", "terminal"],
    ["hotel", "restaurant"],
    ["palace", "residence"],
    ["palace", "library"],
    ["university", "library"],
    ["university", "hospital"],
    ["university", "school"],
    ["church", "monastery"],
    ["church", "school"],
    ["palace", "parliament"],
];

/// Stations of one kind each.
const STATIONS: &[&str] =
    &["bus", "train", "railway", "rail", "metro", "subway", "police", "petrol", "pumping"];

/// Words before the name of a place that something is in.
const IN: &[&str] = &["in", "at", "on", "inside", "aboard", "into"];

/// Short words that may stand behind the name of a place; another noun there makes it part of a longer name.
const BEHIND: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "by",
    "and",
    "or",
    "to",
    "for",
    "as",
    "near",
    "who",
    "was",
    "is",
    "had",
    "has",
    "his",
    "her",
    "the",
    "a",
    "but",
    "during",
    "yesterday",
    "today",
    "rented",
    "late",
    "early",
    "outside",
    "not",
    "so",
    "compound",
    "grounds",
    "building",
    "yard",
];

/// A place told of a happening.
struct Site<'a> {
    kind: String,
    label: String,
    report: usize,
    span: Span,
    origin: &'a Id,
    days: Option<Days>,
}

/// The disagreement about where it was.
pub(super) fn find(all: &All<'_>, e: &Event) -> Option<Conflict> {
    let sites: Vec<Site<'_>> = told(all, e).into_iter().filter_map(|at| site(all, at)).take(MOST).collect();
    let kinds: BTreeSet<&str> = sites.iter().map(|s| s.kind.as_str()).collect();
    // What is told of at three kinds of places was at several.
    if kinds.len() != 2 {
        return None;
    }
    let mut by: BTreeMap<&str, BTreeSet<&Id>> = BTreeMap::new();
    for s in &sites {
        by.entry(&s.kind).or_default().insert(s.origin);
    }
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let [a, b] = kinds.as_slice() else { return None };
    let beside = TOGETHER.iter().any(|t| t.contains(a) && t.contains(b));
    let both = by.get(a)?.intersection(by.get(b)?).next().is_some();
    // Whoever speaks of the other place too may tell of both.
    let speaks = |s: &Site<'_>, of: &str| {
        let text = &all.items[s.report].report.text;
        if of.ends_with(" station") {
            return text.contains(of);
        }
        let words = KINDS.iter().find(|k| k.0 == of).map_or(&[][..], |k| k.1);
        fold::words(text).any(|w| words.contains(&w.as_str()))
    };
    let astray = sites.iter().any(|s| speaks(s, if s.kind == *a { b } else { a }));
    let apart = |s: &Site<'_>, t: &Site<'_>| matches!((&s.days, &t.days), (Some(x), Some(y)) if crate::events::gap(x, y).is_none_or(|g| g > ONE));
    let two = sites.iter().any(|s| sites.iter().any(|t| s.kind != t.kind && apart(s, t)));
    if beside || both || astray || two {
        return None;
    }
    let values: Vec<Value> = sites.into_iter().map(|s| (s.label, s.report, s.span)).collect();
    // The same place in other words is one side.
    let one = |kind: &str, values: &[Value], by: &[String]| {
        by.iter().position(|k| k == kind).and_then(|n| values.get(n)).map(|v| v.0.clone())
    };
    let labels: Vec<String> = values.iter().map(|v| last(&v.0)).collect();
    let merged: Vec<Value> = values
        .iter()
        .zip(&labels)
        .filter_map(|((_, r, s), kind)| Some((one(kind, &values, &labels)?, *r, *s)))
        .collect();
    all.conflict(ConflictKind::Place, &e.id, merged, &e.title, Sure::Low, false)
}

/// The kind of a place by the last word of its phrase.
fn last(label: &str) -> String {
    let words: Vec<String> = fold::words(label).collect();
    kind(words.last().map_or("", String::as_str), words.iter().rev().nth(1).map(String::as_str))
        .unwrap_or_default()
}

fn kind(word: &str, before: Option<&str>) -> Option<String> {
    let kind = KINDS.iter().find(|k| k.1.contains(&word))?.0;
    if kind == "station" {
        let of = before.filter(|b| STATIONS.contains(b))?;
        return Some(format!("{of} station"));
    }
    Some(kind.to_owned())
}

/// The place told right after a mention.
fn site<'a>(all: &'a All<'_>, at: Told<'_>) -> Option<Site<'a>> {
    let (r, m) = at;
    let item = &all.items[r];
    if !matches!(m.status, Status::Happened | Status::Claimed | Status::Failed)
        || m.kind == EventType::Protest
    {
        return None;
    }
    let text = &item.report.text;
    let sentence = fold::sentence(text, m.span);
    // Words of a mention are its own: "attacked the police barracks".
    let struck = m.kind == EventType::Assault;
    let next = item.facts.events.iter().filter(|e| e.span.start >= m.span.end && sentence.contains(e.span));
    let mine = &all.reports[r].events;
    let own = item.facts.events.iter().position(|e| e.span == m.span).and_then(|n| mine.get(n));
    let other = |e: &&chancery_model::facts::EventMention| {
        let id = item.facts.events.iter().position(|x| x.span == e.span).and_then(|n| mine.get(n));
        own.is_none() || id != own
    };
    let end = next.filter(other).map(|e| e.span.lo()).min().unwrap_or(sentence.hi());
    let words = tokens(text, m.span.lo(), end.min(sentence.hi()));
    let inside = words.iter().filter(|w| w.0 < m.span.hi()).count();
    let days = m.time.and_then(|t| all.reports[r].times.get(t as usize)).map(|t| t.days);
    let days = days.filter(|d| d.width().is_some_and(|w| w <= 1) && draft::sure_day(item, m));
    let told = |kind: String, span: Span| {
        let label = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        Site { kind, label, report: r, span, origin: all.origin(r, span), days }
    };
    if let Some((kind, span)) = ahead(text, sentence.lo(), m.span.lo()) {
        return Some(told(kind, span));
    }
    for n in 0..words.len().min(inside + REACH) {
        let (_, stop, word) = words.get(n)?;
        if n >= inside && text.get(m.span.hi()..*stop)?.contains([';', ':', '"', '“', '(']) {
            break;
        }
        let led = n >= inside && IN.contains(&word.as_str());
        // "Struck the covered market", "attacked the police barracks".
        let hit = struck && (1..=inside).contains(&n) && matches!(word.as_str(), "the" | "a" | "an");
        if !led && !hit {
            continue;
        }
        let from = if led { n + 1 } else { n };
        if let Some((kind, last)) = phrase(text, &words, from) {
            let span = Span::new(words.get(from)?.0, words.get(last)?.1);
            return Some(told(kind, span));
        }
    }
    None
}

/// "At the harbour hotel, where the accord was concluded": the place of the clause that a mention stands in.
fn ahead(text: &str, lo: usize, hi: usize) -> Option<(String, Span)> {
    let front = text.get(lo..hi)?;
    let at = front.rfind(", where ")?;
    let clause = front.get(at + 8..)?;
    if clause.split_whitespace().count() > CLAUSE || clause.contains([',', ';', ':']) {
        return None;
    }
    let words = tokens(text, lo, lo + at);
    let led = words.iter().rposition(|w| IN.contains(&w.2.as_str()))?;
    let (kind, last) = phrase(text, &words, led + 1)?;
    (last + 1 == words.len()).then_some(())?;
    Some((kind, Span::new(words.get(led + 1)?.0, words.get(last)?.1)))
}

/// Words of a clause before the mention in it.
const CLAUSE: usize = 5;

/// The place that a phrase names from a word on: its kind, and its last word. "The hospital director" names none.
fn phrase(text: &str, words: &[(usize, usize, String)], from: usize) -> Option<(String, usize)> {
    for n in from..words.len().min(from + PHRASE) {
        let (start, stop, word) = words.get(n)?;
        let first = words.get(from)?.0;
        let ended = text.get(first..*start)?.contains([',', ';', '.', '(', '\n'])
            && !text.get(first..*start)?.contains("St.");
        if ended || (n > from && IN.contains(&word.as_str())) || word == "of" {
            return None;
        }
        let before = n.checked_sub(1).and_then(|b| words.get(b)).map(|w| w.2.as_str());
        let Some(kind) = kind(word, before.filter(|_| n > from)) else { continue };
        let closed = match words.get(n + 1) {
            Some(then) => {
                let gap = text.get(*stop..then.0)?;
                gap.trim() != "" || is_function(&then.2) || BEHIND.contains(&then.2.as_str())
            }
            None => true,
        };
        return closed.then_some((kind, n));
    }
    None
}

/// The words between two offsets, with where they stand.
fn tokens(text: &str, lo: usize, hi: usize) -> Vec<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    let mut start: Option<usize> = None;
    let piece = text.get(lo..hi.max(lo)).unwrap_or("");
    for (n, c) in piece.char_indices().chain([(piece.len(), ' ')]) {
        let inner = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (inner, start) {
            (true, None) => start = Some(n),
            (false, Some(s)) => {
                out.push((lo + s, lo + n, piece.get(s..n).unwrap_or("").to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<String> {
        phrase(text, &tokens(text, 0, text.len()), 0).map(|x| x.0)
    }

    #[test]
    fn a_phrase_names_a_place_by_its_last_word() {
        assert_eq!(named("the covered market in the old town").as_deref(), Some("market"));
        assert_eq!(named("the bus station, and most").as_deref(), Some("bus station"));
        assert_eq!(named("the hospital director said"), None);
        assert_eq!(named("the town of the market"), None);
        assert_eq!(named("the space station"), None);
    }
}
