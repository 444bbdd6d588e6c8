//! An actor: offices, positions, meetings, statements, and who reports them.

use super::map::{self, Window};
use super::page::{self, count, thousands};
use super::{Asked, Fault, Room, correct, forms, home, rows, timeline};
use chancery::Store;
use chancery::views::room::{self, PlaceLine, SaidQuery};
use chancery_model::rows::{ActorRow, OfficeRow, PositionRow};
use chancery_model::vocab::{ActorKind, Sure};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Statements and events on the page; all are a link away.
const SHOWN: i64 = 40;
const SHOWN_EVENTS: usize = 40;
/// Statements quoted beside positions, and links to others beside one.
const QUOTED: usize = 40;
const MORE: usize = 3;
/// Positions shown on one issue.
const TURNS: usize = 60;
/// Characters of a quotation beside a position.
const LONG: usize = 240;

pub fn page(store: &Store, room: &Room, id: &str, asked: &Asked) -> Result<Markup, Fault> {
    let a: ActorRow = rows(store, "id", id)?
        .into_iter()
        .next()
        .ok_or_else(|| Fault::Missing("No actor has this id; after a rebuild it may have another.".into()))?;
    let offices: Vec<OfficeRow> = rows(store, "actor", id)?;
    let positions: Vec<PositionRow> = rows(store, "actor", id)?;
    let told = quoted(store, &positions)?;
    let q =
        SaidQuery { speaker: Some(id.to_owned()), words: forms::get(asked, "words"), ..SaidQuery::default() };
    let (n_said, said) = (room::said_count(store, &q)?, room::said_list(store, &q, SHOWN, 0)?);
    let all = room::events_with(store, id)?;
    let ids = |of: &dyn Fn(&&room::EventKey) -> bool, most: usize| -> Vec<String> {
        all.iter().filter(of).take(most).map(|e| e.id.clone()).collect()
    };
    let meetings =
        room::events_of(store, &ids(&|e| e.r#type == "CONSULT" && e.date_lo.is_some(), SHOWN_EVENTS))?;
    let drawn = room::events_of(store, &ids(&|e| e.date_lo.is_some(), 250))?;
    let mut at: BTreeMap<String, i64> = BTreeMap::new();
    for p in all.iter().filter_map(|e| e.place.clone()) {
        *at.entry(p).or_default() += 1;
    }
    let places = room::places_with(store, &at)?;
    let on: Vec<&PlaceLine> = places.iter().filter(|p| p.lat.is_some()).take(60).collect();
    let (outlets, relays) = room::voices_of(store, id)?;
    let joint = room::spoke_with(store, id)?;
    let back = format!("/actor/{id}");
    Ok(page::page(
        &a.name,
        &html! {
            h1 { (a.name) }
            p.meta { (a.kind) @if let Some(c) = &a.country { ", " (c) } " · in " (count(a.reports, "report"))
                @if !a.aliases.0.is_empty() { " · also " (a.aliases.0.join(", ")) } }
            nav.tabs aria-label="On this page" {
                @for (at, name, on) in [("offices", "offices", !offices.is_empty()), ("positions", "positions", !positions.is_empty()), ("statements", "statements", true), ("events", "events", !all.is_empty()), ("correct", "correct", true)] {
                    @if on { a href={ "#" (at) } { (name) } " " }
                }
            }
            (held(&offices))
            (stood(&positions, &told))
            section #statements {
                h2 { @if n_said > SHOWN { (thousands(n_said)) " statements" } @else { (count(n_said, "statement")) } }
                form.filter action=(back) { (forms::field("words", "With the words", "search", asked)) button { "Show" } @if q.words.is_some() { a href=(back) { "All" } } }
                @if !outlets.is_empty() { p { "Printed by " (home::through(id, &outlets, "outlet")) } }
                @if !relays.is_empty() { p { "Passed on by " (home::through(id, &relays, "relay")) } }
                @if !joint.is_empty() { p.joint { "As one of several: " (home::through(id, &joint, "actor")) } }
                @if let (ActorKind::State, Some(c)) = (a.kind, &a.country) { p { a href=(forms::link("/statements", asked, &[("country", c)])) { "With everybody who speaks for it" } } }
                @if said.is_empty() { p { "None that fits." } }
                (page::statements(&said))
                @if n_said > SHOWN { p { a href=(forms::link("/statements", asked, &[("actor", id)])) { "All " (thousands(n_said)) " statements" } } }
            }
            @if !all.is_empty() { section #events {
                h2 { (count(i64::try_from(all.len()).unwrap_or(0), "event")) }
                (timeline::small(&drawn, &[]))
                @if drawn.len() == 250 { p.key { "The first 250 with a day are drawn." } }
                @if !meetings.is_empty() { h3 { "Meetings" } (page::events(&meetings)) }
                p { a href={ "/events?actor=" (id) } { "All events" } ", " a href="/network" { "network" } }
                @if let Some(w) = Window::around(&on, 6.0) { h3 { "Where" } (map::map(&w, &on, None)) }
            } }
            section #correct { (correct::actor(room, &a, &back)) }
        },
    ))
}

/// Offices, each once, with the first and last report that says so.
fn held(offices: &[OfficeRow]) -> Markup {
    let mut by: BTreeMap<(String, String), Vec<&OfficeRow>> = BTreeMap::new();
    for o in offices.iter().filter(|o| o.review.as_str() != "rejected") {
        let of = o.organization.clone().or(o.country.clone()).unwrap_or_default();
        by.entry((o.office.to_lowercase(), of)).or_default().push(o);
    }
    html! { @if !by.is_empty() { section #offices {
        h2 { "Offices, according to the reports" }
        div.wide tabindex="0" role="region" aria-label="Offices" { table {
            thead { tr { th { "Office" } th { "Of" } th { "Held on, at the earliest" } th { "At the latest" } th { "Said" } } }
            tbody { @for ((office, of), list) in &by { tr {
                td { a href=(page::words_at(list.first().map_or("", |o| o.report.as_str()), list.first().map_or(0, |o| o.start))) { (office) } }
                td { (of) }
                @let (first, last) = (list.iter().filter_map(|o| o.from_hi).min(), list.iter().filter_map(|o| o.to_lo).max());
                @match (first, last) {
                    // Of a report whose day is not known it is known only that it was held on some day between.
                    (Some(a), Some(b)) if a > b => td.day colspan="2" { "some day in " (b) "/" (a) },
                    _ => { td.day { @if let Some(d) = first { (d) } } td.day { @if let Some(d) = last { (d) } } }
                }
                td.num { (count(i64::try_from(list.len()).unwrap_or(0), "time")) }
            } } }
        } }
    } } }
}

/// Of a position, the statements that are quoted: the first and the last.
fn ends(p: &PositionRow) -> Vec<String> {
    let all = &p.statements.0;
    let last = all.last().filter(|_| all.len() > 1);
    all.first().into_iter().chain(last).map(ToString::to_string).collect()
}

/// The statements that are quoted beside the positions, by id.
fn quoted(store: &Store, positions: &[PositionRow]) -> Result<BTreeMap<String, room::Said>, Fault> {
    let ids: Vec<String> = positions.iter().flat_map(ends).take(QUOTED).collect();
    Ok(room::said_of(store, &ids)?.into_iter().map(|s| (s.id.clone(), s)).collect())
}

/// Positions by issue in the order of their days, each with its words and each turn marked.
fn stood(positions: &[PositionRow], told: &BTreeMap<String, room::Said>) -> Markup {
    let mut by: BTreeMap<&str, Vec<&PositionRow>> = BTreeMap::new();
    for p in positions.iter().filter(|p| p.review.as_str() != "rejected") {
        by.entry(&p.issue).or_default().push(p);
    }
    by.values_mut().for_each(|l| l.sort_by_key(|p| (p.from_lo.is_none(), p.from_lo, p.to_hi)));
    html! { @if !by.is_empty() { section #positions {
        h2 { "Where it stood" }
        @for (issue, list) in &by {
            h3 { (issue) }
            ol.stances { @for (n, p) in list.iter().enumerate().take(TURNS) {
                @let turned = n.checked_sub(1).and_then(|n| list.get(n)).is_some_and(|b| b.stance != p.stance);
                @let shown = ends(p);
                li class={ "stance-" (p.stance) } {
                    @if turned { strong.turn { "Turn: " } }
                    (p.stance) @if let Some(c) = &p.condition { " (" (c) ")" } @if p.sure == Sure::Low { " (doubtful)" }
                    (days(p))
                    @for s in &shown { @match told.get(s) {
                        Some(q) => p.words { a href={ "/statement/" (s) } { "“" (short(q.words.as_deref().unwrap_or("(no words)").trim_matches(['"', '“', '”']))) "”" }
                            span.meta { " " (page::outlet(q.outlet.as_deref(), &q.key)) ", " (page::dated(q.published.as_deref(), &q.basis)) } },
                        None => p { a href={ "/statement/" (s) } { "the words" } },
                    } }
                    @if p.statements.0.len() > shown.len() { p.meta {
                        @for s in p.statements.0.iter().skip(1).take(p.statements.0.len() - shown.len()).take(MORE) { a href={ "/statement/" (s) } { "more words" } " " }
                    } }
                }
            } }
            @if list.len() > TURNS { p.key { (thousands(i64::try_from(list.len() - TURNS).unwrap_or(0))) " later ones are in the table of positions." } }
        }
    } } }
}

fn short(words: &str) -> String {
    match words.char_indices().nth(LONG) {
        Some((end, _)) => format!("{} …", words.get(..end).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}

/// Between which days a position was told.
fn days(p: &PositionRow) -> Markup {
    html! { @match (p.from_lo, p.to_hi) {
        (Some(a), Some(b)) if a == b => { ", on " (a) },
        (from, to) => { @if let Some(d) = from { ", from " (d) } @if let Some(d) = to { " to " (d) } },
    } }
}
