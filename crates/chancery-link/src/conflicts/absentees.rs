//! Who stayed away according to some and was there according to others, where the words for staying away stand beside no
//! happening of their own: "On that occasion Mr Brandt stayed away."
//!
//! Blocking key: the person. A meeting or a signing of other origins is the one he stayed away from when it is told in the
//! same sentence or the one before, or when the sentence names its town and it was held within the weeks before.

use super::{All, Conflict, Value};
use crate::events::Topics;
use crate::fold;
use chancery_model::date::days_between;
use chancery_model::facts::EventMention;
use chancery_model::vocab::{ActorKind, ConflictKind, EventType, MentionKind, PlaceKind, Role, Status, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.25;
/// Days between a meeting and a report that somebody stayed away from it.
const WEEKS: i32 = 45;
/// Words between a name and the words for staying away.
const NEAR: usize = 5;
/// Meetings that one person is told to have been at.
const MOST: usize = 200;

/// Words for having stayed away, each with what may stand right before; nothing may where none is given.
const AWAY: &[(&[&str], &[&str])] = &[
    (&["stayed", "away"], &[]),
    (&["kept", "away"], &[]),
    (&["boycotted"], &[]),
    (&["absent"], &["was", "were"]),
    (&["not", "attend"], &["did"]),
    (&["not", "attended"], &["had"]),
    (&["not", "travel"], &["did"]),
    (&["not", "travelled"], &["had"]),
    (&["not", "come"], &["did", "had"]),
    (&["not", "take", "part"], &["did"]),
    (&["not", "taken", "part"], &["had"]),
    (&["not", "present"], &["was", "were"]),
    (&["not", "asked"], &["was", "were"]),
    (&["not", "invited"], &["was", "were"]),
];

/// Somebody who is told to have stayed away.
struct Away<'a> {
    report: usize,
    span: Span,
    events: BTreeSet<&'a Id>,
    towns: BTreeSet<&'a Id>,
}

/// Somebody who is told to have been at a meeting.
struct There<'a> {
    report: usize,
    span: Span,
    event: &'a Id,
    towns: BTreeSet<&'a Id>,
    days: chancery_model::Days,
}

/// The disagreements.
pub(super) fn find(all: &All<'_>, topics: &Topics) -> Vec<Conflict> {
    let mut away: BTreeMap<&Id, Vec<Away<'_>>> = BTreeMap::new();
    for r in 0..all.items.len() {
        for (who, a) in stayed(all, r) {
            away.entry(who).or_default().push(a);
        }
    }
    let mut there: BTreeMap<&Id, Vec<There<'_>>> = BTreeMap::new();
    for r in 0..all.items.len() {
        for (who, t) in was(all, r) {
            if away.contains_key(who) {
                there.entry(who).or_default().push(t);
            }
        }
    }
    let mut out = Vec::new();
    for (who, list) in away {
        let (Some(meetings), Some(actor)) = (there.get(who), all.actors.get(who)) else { continue };
        for a in list {
            let own = all.origin(a.report, a.span);
            let one = meetings.iter().take(MOST).filter(|t| {
                all.origin(t.report, t.span) != own
                    && topics.alike(a.report, t.report) >= STORY
                    && (a.events.contains(t.event) || !a.towns.is_disjoint(&t.towns) && before(all, &a, t))
            });
            let mut values: Vec<Value> =
                vec![(format!("{} did not take part", actor.name), a.report, a.span)];
            let mut about: Option<&Id> = None;
            for t in one {
                about = about.or(Some(t.event));
                values.push((format!("{} took part", actor.name), t.report, t.span));
            }
            let title = format!("Whether {} was there", actor.name);
            out.extend(
                about.and_then(|e| {
                    all.conflict(ConflictKind::Participant, e, values, &title, Sure::Low, false)
                }),
            );
        }
    }
    out
}

/// Whether a meeting was held within the weeks before a report.
fn before(all: &All<'_>, a: &Away<'_>, t: &There<'_>) -> bool {
    let printed = all.reports[a.report].published.days;
    let held = t.days.day().or_else(|| all.reports[t.report].published.days.day());
    matches!((held, printed.lo.or(printed.hi)), (Some(h), Some(p)) if (-3..=WEEKS).contains(&days_between(h, p)))
}

/// Who is told to have stayed away in a report.
fn stayed<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, Away<'a>)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let text = &item.report.text;
    let mut out = Vec::new();
    for x in item.facts.mentions.iter().filter(|x| x.kind == MentionKind::Person) {
        let Some(who) = x.entity.and_then(|e| linked.actors.get(e as usize)) else { continue };
        if all.actors.get(who).is_none_or(|a| a.kind != ActorKind::Person) {
            continue;
        }
        let sentence = fold::sentence(text, x.span);
        // Whoever is named next is the one who stayed away.
        let next = item
            .facts
            .mentions
            .iter()
            .filter(|y| y.kind == MentionKind::Person && y.span.start >= x.span.end);
        let end = next.map(|y| y.span.lo()).min().unwrap_or(sentence.hi()).min(sentence.hi());
        let words: Vec<String> =
            fold::words(text.get(x.span.hi()..end.max(x.span.hi())).unwrap_or("")).take(NEAR + 4).collect();
        let told = AWAY.iter().any(|(away, led)| {
            words.windows(away.len()).take(NEAR + 1).enumerate().any(|(n, w)| {
                let before = n.checked_sub(1).and_then(|b| words.get(b));
                w.iter().zip(*away).all(|(x, y)| x == y)
                    && (led.is_empty() || before.is_some_and(|b| led.contains(&b.as_str())))
            })
        });
        if !told {
            continue;
        }
        // The sentence before, in the same paragraph.
        let front = text.get(..sentence.lo()).unwrap_or("").trim_end();
        let gap = text.get(front.len()..sentence.lo()).unwrap_or("");
        let last = front.len().saturating_sub(1);
        let prior = (!gap.contains("\n\n") && !front.is_empty() && front.is_char_boundary(last))
            .then(|| fold::sentence(text, Span::new(last, front.len())));
        let near = |s: Span| sentence.contains(s) || prior.is_some_and(|p| p.contains(s));
        let events = item.facts.events.iter().enumerate().filter(|(_, m)| near(m.span) && meets(m));
        let events = events.filter_map(|(n, _)| linked.events.get(n)).collect();
        let mut places = towns(all, r, sentence);
        places.extend(prior.into_iter().flat_map(|p| towns(all, r, p)));
        out.push((who, Away { report: r, span: x.span, events, towns: places }));
    }
    out
}

/// Whether a mention is of people who come together.
fn meets(m: &EventMention) -> bool {
    matches!(m.kind, EventType::Consult | EventType::Agree | EventType::Support)
}

/// The towns that a sentence names.
fn towns<'a>(all: &'a All<'_>, r: usize, sentence: Span) -> BTreeSet<&'a Id> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let named = item.facts.mentions.iter().filter(|x| sentence.contains(x.span)).filter_map(|x| x.place);
    let towns =
        named.filter(|p| item.facts.places.get(*p as usize).is_some_and(|p| p.kind == PlaceKind::City));
    towns.filter_map(|p| linked.places.get(p as usize)).collect()
}

/// Who is told to have been at the meetings of a report: who took part, and who is named with one and does not speak of it.
fn was<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, There<'a>)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let text = &item.report.text;
    let mut out = Vec::new();
    for (n, m) in item.facts.events.iter().enumerate() {
        let held =
            matches!(m.status, Status::Happened | Status::Ongoing) && meets(m) && m.kind != EventType::Agree;
        let Some(event) = linked.events.get(n).filter(|_| held) else { continue };
        let sentence = fold::sentence(text, m.span);
        let days =
            m.time.and_then(|t| linked.times.get(t as usize)).map_or_else(Default::default, |t| t.days);
        let speaks = |s: Span| {
            item.facts
                .statements
                .iter()
                .any(|st| st.source.iter().any(|x| x.start < s.end && s.start < x.end))
        };
        for x in
            item.facts.mentions.iter().filter(|x| x.kind == MentionKind::Person && sentence.contains(x.span))
        {
            let Some(e) = x.entity else { continue };
            let Some(who) = linked.actors.get(e as usize) else { continue };
            let part = m.participants.iter().any(|p| p.role != Role::Venue && p.entity == e);
            // "The ministers met in Dakar, with envoy Brandt shuttling between their rooms."
            let front = text.get(sentence.lo()..x.span.lo()).unwrap_or("");
            let with = front.contains(" with ");
            if part || with && !speaks(x.span) {
                let towns = towns(all, r, sentence);
                out.push((who, There { report: r, span: x.span, event, towns, days }));
            }
        }
    }
    out.extend(came(all, r));
    out
}

/// Words for having been there.
const PRESENT: &[&[&str]] =
    &[&["in", "person"], &["attended"], &["took", "part"], &["was", "present"], &["was", "there"]];
/// Bytes between a meeting and the words that somebody was there.
const FAR: u32 = 500;

/// Who is told in so many words to have been there, at the meeting told last before.
fn came<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, There<'a>)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let text = &item.report.text;
    let mut out = Vec::new();
    for x in item.facts.mentions.iter().filter(|x| x.kind == MentionKind::Person) {
        let Some(who) = x.entity.and_then(|e| linked.actors.get(e as usize)) else { continue };
        let sentence = fold::sentence(text, x.span);
        let words: Vec<String> =
            fold::words(text.get(x.span.hi()..sentence.hi()).unwrap_or("")).take(NEAR + 3).collect();
        let no = words.iter().any(|w| matches!(w.as_str(), "not" | "never" | "will" | "would" | "nobody"));
        if no
            || !PRESENT.iter().any(|p| words.windows(p.len()).any(|w| w.iter().zip(*p).all(|(a, b)| a == b)))
        {
            continue;
        }
        let held = |m: &EventMention| {
            matches!(m.status, Status::Happened | Status::Ongoing) && m.kind == EventType::Consult
        };
        let near = |m: &EventMention| m.span.start <= sentence.end && m.span.start + FAR >= sentence.start;
        let Some(n) = item.facts.events.iter().rposition(|m| held(m) && near(m)) else { continue };
        let (Some(m), Some(event)) = (item.facts.events.get(n), linked.events.get(n)) else { continue };
        let days =
            m.time.and_then(|t| linked.times.get(t as usize)).map_or_else(Default::default, |t| t.days);
        let towns = towns(all, r, fold::sentence(text, m.span));
        out.push((who, There { report: r, span: x.span, event, towns, days }));
    }
    out
}
