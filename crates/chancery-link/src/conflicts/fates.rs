//! What became of somebody: killed according to some and alive according to a later report, arrested or kidnapped according to
//! some, which others call false.
//!
//! Blocking key: the person with what was done to him.

use super::happenings::{called_false, in_so_many_words};
use super::{All, Conflict, Value};
use crate::events::{Topics, draft};
use crate::fold;
use chancery_model::date::days_between;
use chancery_model::vocab::{ActorKind, ConflictKind, MentionKind, Role, Status, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Share of what two reports name from which they tell one story; they name one person already.
const STORY: f32 = 0.12;
/// Days between two reports of one fate.
const APART: i32 = 90;
/// Words between a name and "alive".
const NEAR: usize = 8;
/// Tellings of one fate that are compared.
const MOST: usize = 200;

/// Families of deeds, with how they are called when they were done and when they were not.
const FATES: &[(&str, &str, &str)] = &[
    ("killing", "was killed", "is alive"),
    ("arrest", "was arrested", "was not arrested"),
    ("abduction", "was taken", "was not taken"),
];

/// Words that leave open whether somebody is alive.
const OPEN: &[&str] =
    &["if", "whether", "believed", "thought", "may", "might", "could", "not", "no", "hope", "hoped", "hopes"];

/// How words for killing somebody begin.
const KILL: &[&str] = &["kill", "murder", "assassinat", "execut"];

struct Telling<'a> {
    done: bool,
    report: usize,
    span: Span,
    event: Option<&'a Id>,
}

/// The disagreements.
pub(super) fn find(all: &All<'_>, topics: &Topics) -> Vec<Conflict> {
    let mut by: BTreeMap<(&Id, usize), Vec<Telling<'_>>> = BTreeMap::new();
    for r in 0..all.items.len() {
        for (who, fate, t) in done(all, r).into_iter().chain(alive(all, r)) {
            by.entry((who, fate)).or_default().push(t);
        }
    }
    by.into_iter().filter_map(|((who, fate), told)| conflict(all, topics, who, fate, &told)).collect()
}

fn conflict(all: &All<'_>, topics: &Topics, who: &Id, fate: usize, told: &[Telling<'_>]) -> Option<Conflict> {
    let (family, yes, no) = FATES.get(fate)?;
    let name = &all.actors.get(who)?.name;
    let day = |t: &Telling<'_>| all.reports[t.report].published.days.day();
    // Whoever is alive may be killed later.
    let near = |y: &Telling<'_>, n: &Telling<'_>| {
        matches!((day(y), day(n)), (Some(a), Some(b)) if {
            let gap = days_between(a, b);
            gap <= APART && gap >= if *family == "killing" { 0 } else { -APART }
        })
    };
    let origin = |t: &Telling<'_>| all.origin(t.report, t.span);
    let against = |y: &Telling<'_>, n: &Telling<'_>| {
        y.done && !n.done && origin(y) != origin(n) && near(y, n) && topics.alike(y.report, n.report) >= STORY
    };
    let told: Vec<&Telling<'_>> = told.iter().take(MOST).collect();
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for (i, y) in told.iter().enumerate() {
        for (k, n) in told.iter().enumerate() {
            if against(y, n) {
                kept.extend([i, k]);
            }
        }
    }
    let kept: Vec<&&Telling<'_>> = kept.into_iter().filter_map(|n| told.get(n)).collect();
    let about = kept.iter().find_map(|t| t.event.filter(|_| t.done))?;
    let values: Vec<Value> = kept
        .iter()
        .map(|t| (format!("{name} {}", if t.done { yes } else { no }), t.report, t.span))
        .collect();
    all.conflict(ConflictKind::Status, about, values, &format!("What became of {name}"), Sure::Low, false)
}

fn person<'a>(all: &'a All<'_>, r: usize, entity: u32) -> Option<&'a Id> {
    let who = all.reports[r].actors.get(entity as usize)?;
    all.actors.get(who).is_some_and(|a| a.kind == ActorKind::Person).then_some(who)
}

/// What a report tells of what was done to persons.
fn done<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, usize, Telling<'a>)> {
    let item = &all.items[r];
    let mut out = Vec::new();
    for (n, m) in item.facts.events.iter().enumerate() {
        let family = draft::family(item, m).and_then(|f| FATES.iter().position(|x| x.0 == f));
        // "Killed" of an attack that is told with it is of the attack's family.
        let words =
            || fold::words(m.span.of(&item.report.text)).any(|w| KILL.iter().any(|k| w.starts_with(k)));
        let Some(fate) = family.or_else(|| words().then_some(0)) else { continue };
        let untrue = called_false(all, (r, m)) || m.status == Status::Denied && in_so_many_words(all, (r, m));
        if !untrue && !matches!(m.status, Status::Happened | Status::Claimed) {
            continue;
        }
        // "Denies that he killed her": she is dead; who did it is another matter.
        let by = m.participants.iter().any(|p| p.role == Role::Actor);
        if FATES[fate].0 == "killing" && untrue && by || supposed(&item.report.text, m.span) {
            continue;
        }
        let event = all.reports[r].events.get(n);
        for p in m.participants.iter().filter(|p| p.role == Role::Recipient) {
            if let Some(who) = person(all, r, p.entity) {
                out.push((who, fate, Telling { done: !untrue, report: r, span: m.span, event }));
            }
        }
    }
    out
}

/// Words before a mention of what has not been done yet or is only supposed.
const SUPPOSED: &[&str] = &[
    "will", "would", "could", "should", "might", "may", "must", "if", "whether", "until", "unless", "or",
    "to",
];

/// Whether one of the words right before a mention says that it is only supposed.
fn supposed(text: &str, m: Span) -> bool {
    fold::words_before(text, m).iter().rev().take(3).any(|w| SUPPOSED.contains(&w.as_str()))
}

/// Who a report says is alive.
fn alive<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, usize, Telling<'a>)> {
    let item = &all.items[r];
    let text = &item.report.text;
    let mut out = Vec::new();
    let persons = |s: &&chancery_model::facts::Mention| s.kind == MentionKind::Person;
    for x in item.facts.mentions.iter().filter(persons) {
        let Some(who) = x.entity.and_then(|e| person(all, r, e)) else { continue };
        let sentence = fold::sentence(text, x.span);
        let next = item.facts.mentions.iter().filter(persons).filter(|y| y.span.start >= x.span.end);
        let end = next.map(|y| y.span.lo()).min().unwrap_or(sentence.hi()).min(sentence.hi());
        let words: Vec<String> =
            fold::words(text.get(x.span.hi()..end.max(x.span.hi())).unwrap_or("")).take(NEAR + 2).collect();
        let Some(n) =
            words.windows(2).position(|w| matches!(w[0].as_str(), "was" | "is" | "found") && w[1] == "alive")
        else {
            continue;
        };
        let front: Vec<String> = fold::words(text.get(sentence.lo()..x.span.lo()).unwrap_or("")).collect();
        let open = words.iter().take(n).chain(front.iter().rev().take(6)).any(|w| OPEN.contains(&w.as_str()));
        if !open {
            out.push((who, 0, Telling { done: false, report: r, span: x.span, event: None }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fate_that_is_only_feared_is_none() {
        let at = |text: &str| {
            let at = text.find("killed").unwrap();
            supposed(text, Span::new(at, at + 6))
        };
        assert!(at("They could be killed there, the uncle said."));
        assert!(!at("He was killed on the road to the port."));
    }
}
