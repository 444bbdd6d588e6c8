//! Who signed: each origin names its signatories, and they differ in one who holds a state's office.
//!
//! Signatories are who is told to sign or to put a name to what was agreed, who stands right before "signing", and whom "by"
//! names behind "signed". Two origins that name the same ones but for one minister each, of no two countries, differ.

use super::happenings::{Told, told};
use super::{All, Conflict, Value};
use crate::events::{Event, draft};
use crate::{Item, LinkedReport, fold};
use chancery_model::facts::EventMention;
use chancery_model::vocab::{ActorKind, ConflictKind, Role, Status, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words between a name and "signing", or between "by" and a name.
const NEAR: usize = 6;
/// Signatories of one agreement that are compared; more sign a treaty of many states.
const MOST: usize = 3;

type Signed<'a> = BTreeMap<&'a Id, (usize, Span)>;

/// The disagreement about who signed.
pub(super) fn find(all: &All<'_>, e: &Event, ministers: &BTreeSet<&Id>) -> Option<Conflict> {
    let mut by: BTreeMap<&Id, Signed<'_>> = BTreeMap::new();
    for at in told(all, e) {
        if !matches!(at.1.status, Status::Happened | Status::Claimed | Status::Planned) {
            continue;
        }
        for (who, span) in signed(all, at, ministers) {
            by.entry(all.origin(at.0, span)).or_default().entry(who).or_insert((at.0, span));
        }
    }
    by.retain(|_, s| s.len() <= MOST);
    let country = |id: &Id| all.actors.get(id).and_then(|a| a.country.as_deref());
    let one = |a: &Signed<'_>, b: &Signed<'_>| {
        let only: Vec<&Id> = a.keys().filter(|k| !b.contains_key(*k)).copied().collect();
        if let [one] = only.as_slice() { Some((*one).clone()) } else { None }
    };
    let sets: Vec<&Signed<'_>> = by.values().collect();
    let mut against: BTreeSet<Id> = BTreeSet::new();
    for (n, a) in sets.iter().enumerate() {
        for b in sets.iter().skip(n + 1) {
            let (Some(x), Some(y)) = (one(a, b), one(b, a)) else { continue };
            let apart = matches!((country(&x), country(&y)), (Some(x), Some(y)) if x != y);
            // Whoever an origin names beside the other signed with him.
            let both = sets.iter().any(|s| s.contains_key(&x) && s.contains_key(&y));
            if !apart && !both {
                against.extend([x, y]);
            }
        }
    }
    let values: Vec<Value> = sets
        .iter()
        .flat_map(|s| s.iter())
        .filter(|(id, _)| against.contains(**id))
        .filter_map(|(id, (r, span))| Some((format!("{} signed", all.actors.get(*id)?.name), *r, *span)))
        .collect();
    all.conflict(ConflictKind::Participant, &e.id, values, &e.title, Sure::Low, false)
}

/// Those whom any report gives an office that signs for a state.
pub(super) fn ministers<'a>(all: &All<'a>) -> BTreeSet<&'a Id> {
    let held = |(item, linked): (&Item<'_>, &'a LinkedReport)| {
        let offices = item.facts.offices.iter().filter(|o| is_minister(&o.office));
        offices.filter_map(|o| linked.actors.get(o.entity as usize)).collect::<Vec<&'a Id>>()
    };
    all.items.iter().zip(all.reports).flat_map(held).collect()
}

/// Those who hold a state's office and are told to sign by a mention, each with the words that name them.
fn signed<'a>(all: &All<'a>, at: Told<'_>, ministers: &BTreeSet<&Id>) -> Vec<(&'a Id, Span)> {
    let (r, m) = at;
    let (item, reports) = (&all.items[r], all.reports);
    let text = &item.report.text;
    let sentence = fold::sentence(text, m.span);
    let own = fold::words(m.span.of(text)).any(|w| w.starts_with("sign") || w.starts_with("initial"));
    let put = if own { None } else { put_name(item, m, sentence) };
    if !own && put.is_none() {
        return Vec::new();
    }
    let words =
        |lo: usize, hi: usize| fold::words(text.get(lo..hi.max(lo)).unwrap_or("")).collect::<Vec<_>>();
    let mut out = Vec::new();
    for x in item.facts.mentions.iter().filter(|x| sentence.contains(x.span)) {
        let Some(entity) = x.entity else { continue };
        let actor = reports[r].actors.get(entity as usize);
        let person = actor.filter(|a| all.actors.get(*a).is_some_and(|a| a.kind == ActorKind::Person));
        let Some(actor) = person.filter(|a| ministers.contains(a)) else { continue };
        let part = || own && m.participants.iter().any(|p| p.role == Role::Actor && p.entity == entity);
        let before = || own && x.span.end <= m.span.start && words(x.span.hi(), m.span.lo()).len() <= 1;
        let after = || {
            let between = words(m.span.hi(), x.span.lo());
            own && x.span.start >= m.span.end && between.iter().rev().take(NEAR).any(|w| w == "by")
        };
        let names = || put.is_some_and(|p| x.span.hi() <= p);
        if part() || before() || after() || names() {
            out.push((actor, x.span));
        }
    }
    out
}

/// Where "put his name to" begins before a mention of what was agreed.
fn put_name(item: &Item<'_>, m: &EventMention, sentence: Span) -> Option<usize> {
    if !draft::family(item, m).is_some_and(|f| matches!(f, "agreement" | "truce")) {
        return None;
    }
    let front = item.report.text.get(sentence.lo()..m.span.lo())?;
    let at = ["put his name", "put her name", "put their name"].iter().find_map(|p| front.find(p))?;
    Some(sentence.lo() + at)
}

/// Whether an office is one that signs for a state.
fn is_minister(office: &str) -> bool {
    fold::words(office).any(|w| matches!(w.as_str(), "minister" | "president" | "premier" | "chancellor"))
}
