//! How somebody left an office: by his own will according to some, and dismissed according to others.
//!
//! Blocking key: the person. Told of one departure are reports whose days for it, or else whose own days, lie a week apart
//! at most. An origin that tells both ways takes no side.

use super::{All, Conflict, Value};
use crate::{Item, fold};
use chancery_model::date::days_between;
use chancery_model::facts::EventMention;
use chancery_model::vocab::{ActorKind, ConflictKind, Role, Status, Sure};
use chancery_model::{Day, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Days between two tellings of one departure.
const WEEK: i32 = 7;

/// First words of mentions of somebody who goes.
const GOES: &[&str] =
    &["resign", "resigns", "resigned", "resignation", "resigning", "quit", "quits", "quitting"];
/// The same in several words.
const GOES_AWAY: &[&[&str]] = &[
    &["stepped", "down"],
    &["steps", "down"],
    &["stepping", "down"],
    &["stood", "down"],
    &["gave", "up", "his", "post"],
    &["gave", "up", "her", "post"],
    &["gave", "up", "office"],
];
/// First words of mentions of somebody who is sent away.
const SENT: &[&str] = &[
    "dismiss",
    "dismisses",
    "dismissed",
    "dismissal",
    "dismissing",
    "sack",
    "sacks",
    "sacked",
    "sacking",
    "ousted",
];
/// Bodies and cases that are dismissed, where no person is.
const BODIES: &[&str] = &[
    "parliament",
    "assembly",
    "cabinet",
    "government",
    "council",
    "senate",
    "duma",
    "board",
    "case",
    "charges",
    "charge",
    "lawsuit",
    "suit",
    "appeal",
    "claim",
    "claims",
    "complaint",
    "petition",
];
/// Words right before a mention of something done to whom is named before it.
const PASSIVE: &[&str] = &["was", "were", "been", "is", "being", "be"];

/// One telling.
struct Told<'a> {
    sent: bool,
    report: usize,
    span: Span,
    event: &'a Id,
    day: Option<Day>,
}

/// The disagreements.
pub(super) fn find(all: &All<'_>) -> Vec<Conflict> {
    let mut by: BTreeMap<&Id, Vec<Told<'_>>> = BTreeMap::new();
    for (r, item) in all.items.iter().enumerate() {
        let linked = &all.reports[r];
        for (n, m) in item.facts.events.iter().enumerate() {
            let done = matches!(m.status, Status::Happened | Status::Claimed);
            let (Some(sent), true, Some(event)) = (leaves(item, m), done, linked.events.get(n)) else {
                continue;
            };
            let Some(who) = who(item, m, sent).and_then(|e| linked.actors.get(e as usize)) else { continue };
            if all.actors.get(who).is_none_or(|a| a.kind != ActorKind::Person) {
                continue;
            }
            let own = m.time.and_then(|t| linked.times.get(t as usize)).and_then(|t| t.days.day());
            let day = own.or_else(|| linked.published.days.day());
            by.entry(who).or_default().push(Told { sent, report: r, span: m.span, event, day });
        }
    }
    by.into_iter().filter_map(|(who, told)| conflict(all, who, &told)).collect()
}

fn conflict(all: &All<'_>, who: &Id, told: &[Told<'_>]) -> Option<Conflict> {
    let ways = |o: &Id| -> BTreeSet<bool> {
        told.iter().filter(|t| all.origin(t.report, t.span) == o).map(|t| t.sent).collect()
    };
    let sure = |t: &&Told<'_>| ways(all.origin(t.report, t.span)).len() == 1;
    let near = |t: &Told<'_>, u: &Told<'_>| matches!((t.day, u.day), (Some(x), Some(y)) if days_between(x, y).abs() <= WEEK);
    let kept: Vec<&Told<'_>> = told
        .iter()
        .filter(sure)
        .filter(|t| told.iter().filter(sure).any(|u| t.sent != u.sent && near(t, u)))
        .collect();
    let name = &all.actors.get(who)?.name;
    let values: Vec<Value> = kept
        .iter()
        .map(|t| {
            let way = if t.sent { "was dismissed" } else { "resigned" };
            (format!("{name} {way}"), t.report, t.span)
        })
        .collect();
    let title = format!("How {name} left office");
    all.conflict(ConflictKind::Status, kept.first()?.event, values, &title, Sure::Medium, false)
}

/// Whether a mention tells of a departure, and whether of one who was sent away.
fn leaves(item: &Item<'_>, m: &EventMention) -> Option<bool> {
    let text = &item.report.text;
    let after = text.get(m.span.lo()..fold::sentence(text, m.span).hi())?;
    let words: Vec<String> = fold::words(after).take(4).collect();
    let first = words.first()?;
    if SENT.contains(&first.as_str()) {
        // "Dismissed the offer" sends nobody away.
        let verb = !matches!(first.as_str(), "dismissal" | "sacking");
        let passive = passive(text, m.span);
        let next = after.split_whitespace().nth(1).unwrap_or("");
        let somebody = next.starts_with(char::is_uppercase) || matches!(next, "him" | "her");
        return (!verb || passive || somebody).then_some(true);
    }
    if demanded(text, m.span) {
        return None;
    }
    let goes = GOES.contains(&first.as_str())
        || GOES_AWAY.iter().any(|g| words.len() >= g.len() && words.iter().zip(*g).all(|(w, g)| w == g));
    goes.then_some(false)
}

/// Words before a departure that is only asked for or waited for.
const DEMANDED: &[&str] = &[
    "until",
    "unless",
    "if",
    "should",
    "must",
    "please",
    "will",
    "would",
    "could",
    "might",
    "may",
    "for",
    "not",
    "demanding",
    "demanded",
    "demand",
    "urged",
    "whether",
];
/// The same before one that is told in the present: "after he resigned" tells of one, "after he resigns" does not.
const AWAITED: &[&str] = &["when", "once", "after", "before"];

/// Whether a departure is only asked for or waited for: "until he steps down", "has not offered his resignation".
fn demanded(text: &str, mention: Span) -> bool {
    let words = fold::words_before(text, mention);
    let present = fold::words(mention.of(text))
        .next()
        .is_some_and(|w| matches!(w.as_str(), "resigns" | "quits" | "steps"));
    let mut near = words.iter().rev().take(5).map(String::as_str);
    near.any(|w| DEMANDED.contains(&w) || present && AWAITED.contains(&w))
}

/// Whether a mention is of something done to whom is named before it.
fn passive(text: &str, mention: Span) -> bool {
    fold::words_before(text, mention).last().is_some_and(|w| PASSIVE.contains(&w.as_str()))
}

/// Who leaves: who goes or is sent by the mention's own participants, else the person named next to it.
fn who(item: &Item<'_>, m: &EventMention, sent: bool) -> Option<u32> {
    let role = if sent { Role::Recipient } else { Role::Actor };
    let person = |e: &u32| item.facts.entities.get(*e as usize).is_some_and(|e| e.kind == ActorKind::Person);
    let own: Vec<u32> =
        m.participants.iter().filter(|p| p.role == role).map(|p| p.entity).filter(person).collect();
    if let [one] = own.as_slice() {
        return Some(*one);
    }
    // "The parliament is dismissed": nobody named beside it.
    let subject = fold::words_before(&item.report.text, m.span);
    let body = subject.iter().rev().take(3).any(|w| BODIES.contains(&w.as_str()));
    if sent && body {
        return None;
    }
    let text = &item.report.text;
    let sentence = fold::sentence(text, m.span);
    let passive = passive(text, m.span);
    let mut named = item
        .facts
        .mentions
        .iter()
        .filter(|x| sentence.contains(x.span) && x.entity.as_ref().is_some_and(person));
    if sent && !passive {
        return named.find(|x| x.span.start >= m.span.end).and_then(|x| x.entity);
    }
    named.rfind(|x| x.span.end <= m.span.start).and_then(|x| x.entity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departure_asked_for_is_none() {
        let at = |text: &str, word: &str| {
            let at = text.find(word).unwrap();
            demanded(text, Span::new(at, at + word.len()))
        };
        assert!(at("They will stay until the governor steps down.", "steps down"));
        assert!(at("Talks begin after the governor steps down.", "steps down"));
        assert!(at("The governor has not offered his resignation.", "resignation"));
        assert!(!at("A day after the governor resigned, talks began.", "resigned"));
        assert!(!at("The governor was forced to resign on Monday.", "resign"));
    }
}
