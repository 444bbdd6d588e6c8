//! Day and town of what is done to a person once, where its tellings were not seen to be one happening because they differ in
//! just that: arrested in Port Ferrand on Saturday, picked up in Lisbon on Friday.
//!
//! Blocking key: the person with what was done to him.

use super::happenings::names_its_day;
use super::{All, Conflict, Value};
use crate::events::{Topics, draft, gap};
use crate::fold;
use chancery_model::vocab::{ActorKind, ConflictKind, EventType, PlaceKind, Role, Status, Sure};
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.25;
/// Days that two tellings of one deed may lie apart.
const APART: i32 = 3;
/// Days between two reports of one deed.
const PRINTED: i32 = 14;
/// Tellings of one deed that are compared.
const MOST: usize = 100;

/// Families of what is done to a person once within days.
const ONCE: &[&str] = &["arrest", "abduction", "killing", "release"];
/// Modes of deeds of no such family that are the same.
const MODES: &[(&str, &str)] = &[("arrest", "arrest"), ("abduct", "abduction"), ("release", "release")];

struct Telling<'a> {
    report: usize,
    origin: &'a Id,
    event: &'a Id,
    span: Span,
    day: Option<(Days, Span)>,
    town: Option<(&'a Id, String)>,
    /// Towns of its sentence.
    towns: BTreeSet<&'a Id>,
}

/// The disagreements.
pub(super) fn find(all: &All<'_>, topics: &Topics) -> Vec<Conflict> {
    let mut by: BTreeMap<(&Id, &str), Vec<Telling<'_>>> = BTreeMap::new();
    for r in 0..all.items.len() {
        for (who, deed, t) in tellings(all, r) {
            by.entry((who, deed)).or_default().push(t);
        }
    }
    let mut out = Vec::new();
    for ((who, deed), told) in by {
        let Some(actor) = all.actors.get(who) else { continue };
        let told: Vec<&Telling<'_>> = told.iter().take(MOST).collect();
        let (mut days, mut towns): (BTreeSet<usize>, BTreeSet<usize>) = (BTreeSet::new(), BTreeSet::new());
        for (i, a) in told.iter().enumerate() {
            for (k, b) in told.iter().enumerate().skip(i + 1) {
                if a.origin == b.origin
                    || a.event == b.event
                    || !near(all, a, b)
                    || topics.alike(a.report, b.report) < STORY
                {
                    continue;
                }
                if two_days(&told, a, b) {
                    days.extend([i, k]);
                }
                if two_towns(a, b) {
                    towns.extend([i, k]);
                }
            }
        }
        let list = |set: BTreeSet<usize>| set.into_iter().filter_map(|n| told.get(n)).collect::<Vec<_>>();
        let title = format!("{}: {deed}", actor.name);
        let dated: Vec<Value> = list(days)
            .iter()
            .filter_map(|t| t.day.as_ref().and_then(|(d, s)| Some((d.to_edtf()?.to_string(), t.report, *s))))
            .collect();
        let placed: Vec<Value> = list(towns)
            .iter()
            .filter_map(|t| t.town.as_ref().map(|(_, name)| (name.clone(), t.report, t.span)))
            .collect();
        let Some(first) = told.first() else { continue };
        out.extend(all.conflict(ConflictKind::Date, first.event, dated, &title, Sure::Low, false));
        out.extend(all.conflict(ConflictKind::Place, first.event, placed, &title, Sure::Low, false));
    }
    out
}

/// Whether two tellings may be of one deed by their days.
fn near(all: &All<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    if let (Some((x, _)), Some((y, _))) = (&a.day, &b.day) {
        return x.meets(y) || gap(x, y).is_some_and(|g| g <= APART);
    }
    let printed = |t: &Telling<'_>| all.reports[t.report].published.days;
    let (x, y) = (printed(a), printed(b));
    x.meets(&y) || gap(&x, &y).is_some_and(|g| g <= PRINTED)
}

fn two_days(told: &[&Telling<'_>], a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let (Some((x, _)), Some((y, _))) = (&a.day, &b.day) else { return false };
    // An origin that gives both days tells of two deeds.
    let gives = |who: &Telling<'_>, day: &Days| {
        told.iter().any(|t| t.origin == who.origin && t.day.as_ref().is_some_and(|(d, _)| d.meets(day)))
    };
    !x.meets(y) && !gives(a, y) && !gives(b, x)
}

fn two_towns(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let (Some((x, p)), Some((y, q))) = (&a.town, &b.town) else { return false };
    x != y && fold::name(p) != fold::name(q) && !a.towns.contains(y) && !b.towns.contains(x)
}

/// What a report tells of what was done to persons.
fn tellings<'a>(all: &'a All<'_>, r: usize) -> Vec<(&'a Id, &'static str, Telling<'a>)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let mut out = Vec::new();
    for (n, m) in item.facts.events.iter().enumerate() {
        let family = draft::family(item, m).and_then(|f| ONCE.iter().find(|x| **x == f)).copied();
        let mode = || {
            let mode = m.mode.as_deref()?;
            MODES.iter().find(|x| x.0 == mode).map(|x| x.1)
        };
        // "Detectives picked him up."
        let text = &item.report.text;
        let picked = || {
            let mut words = fold::words(text.get(m.span.lo()..fold::sentence(text, m.span).hi())?).take(4);
            let up = m.kind == EventType::Coerce && words.next()? == "picked" && words.any(|w| w == "up");
            up.then_some("arrest")
        };
        let Some(deed) = family.or_else(mode).or_else(picked) else { continue };
        let Some(event) = linked.events.get(n) else { continue };
        if !matches!(m.status, Status::Happened | Status::Claimed) {
            continue;
        }
        let day =
            draft::when(item, m).filter(|t| draft::sure_day(item, m) && names_its_day(item, m, *t as usize));
        let day = day.and_then(|t| {
            let days = linked.times.get(t as usize)?.days;
            days.day()?;
            Some((days, item.facts.times.get(t as usize)?.span))
        });
        let city = |p: u32| {
            let place = item.facts.places.get(p as usize).filter(|p| p.kind == PlaceKind::City)?;
            Some((linked.places.get(p as usize)?, place.name.clone()))
        };
        let sentence = fold::sentence(&item.report.text, m.span);
        let named = item.facts.mentions.iter().filter(|x| sentence.contains(x.span)).filter_map(|x| x.place);
        let towns: BTreeSet<&Id> = named.filter_map(city).map(|c| c.0).collect();
        // The town must stand in the sentence: one taken from elsewhere is a guess.
        let town = m.place.and_then(city).filter(|c| towns.contains(c.0));
        let persons = m.participants.iter().filter(|p| p.role == Role::Recipient).filter_map(|p| {
            let who = linked.actors.get(p.entity as usize)?;
            all.actors.get(who).is_some_and(|a| a.kind == ActorKind::Person).then_some(who)
        });
        let persons: BTreeSet<&Id> = persons.collect();
        for who in persons {
            let origin = all.origin(r, m.span);
            let t = Telling {
                report: r,
                origin,
                event,
                span: m.span,
                day,
                town: town.clone(),
                towns: towns.clone(),
            };
            out.push((who, deed, t));
        }
    }
    out
}
