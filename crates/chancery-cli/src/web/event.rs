//! An event: every mention, what it was reported as and when, who took part, where.

use super::map::{self, Window};
use super::page::{self, count};
use super::{Asked, Fault, Room, cite, correct, forms, lists, rows};
use chancery::Store;
use chancery::views::{self, room};
use chancery_model::rows::{ActorRow, EventRow, EventStateRow};
use maud::{Markup, html};

/// Mentions on the page.
const MENTIONS: i64 = 60;

pub fn page(store: &Store, room: &Room, id: &str, _: &Asked) -> Result<Markup, Fault> {
    let e: EventRow = rows(store, "id", id)?
        .into_iter()
        .next()
        .ok_or_else(|| Fault::Missing("No event has this id; after a rebuild it may have another.".into()))?;
    let states: Vec<EventStateRow> = rows(store, "event", id)?;
    let mentions = room::mention_lines(store, id, MENTIONS)?;
    let disagree = views::disagreements_about(store, id)?;
    let alike = room::event_candidates(store, id, 25)?;
    let mut who = Vec::new();
    for p in &e.participants.0 {
        let a: Option<ActorRow> = rows(store, "id", p.actor.as_str())?.into_iter().next();
        who.extend(a.map(|a| (p.role, a)));
    }
    let place = match &e.place {
        Some(p) => room::place_line(store, p.as_str())?,
        None => None,
    };
    let back = format!("/event/{id}");
    Ok(page::page(
        &e.title,
        &html! {
            h1 { (e.title) (page::reviewed(e.review.as_str())) }
            dl.facts-of {
                dt { "Kind" } dd { (page::plain(&views::event_kind(e.r#type, &e.by))) @if let Some(m) = &e.mode { ", " (m) } }
                dt { "Reported as" } dd { span class={ "status s-" (e.status) } {} " " (e.status) }
                dt { "When" } dd { @match e.date { Some(d) => (d), None => "no day is given" } }
                dt { "Where" } dd { @match (&e.place, &e.place_name) { (Some(p), Some(n)) => a href={ "/place/" (p) } { (n) }, (_, Some(n)) => (n), _ => "no place is given" } }
                dt { "By" } dd { (count(e.reports, "report")) " of " (count(e.origins, "origin")) }
                dt { "Reading" } dd { (page::sure(e.sure.as_str())) }
            }
            @if !who.is_empty() { h2 { "Who took part" } ul { @for (role, a) in &who { li { a href={ "/actor/" (a.id) } { (a.name) } " (" (role) ")" } } } }
            @if !disagree.is_empty() { h2 { "Where the reports disagree on it" } @for d in &disagree { (lists::disagreement(d)) } }
            @if states.len() > 1 { h2 { "Its history" } (history(&states)) }
            h2 { "Where it is mentioned" }
            ul.statements { @for m in &mentions { li class={ "r-" (m.review) } {
                p.words { a href=(page::words_at(&m.report, m.start)) { (m.context[0]) mark { (m.context[1]) } (m.context[2]) } }
                p.meta { (page::outlet(m.outlet.as_deref(), &m.key)) ", " (page::dated(m.published.as_deref(), &m.basis))
                    " · reported as " (m.status) @if let Some(d) = &m.date { ", " (d) }
                    @if let (Some(s), Some(n)) = (&m.statement, &m.speaker) { " · in a " a href={ "/statement/" (s) } { "statement" } " by " (n) }
                    " · " (page::sure(&m.sure)) (page::reviewed(&m.review)) }
                details { summary { "Cite or decide" }
                    (cite::links(&m.report, m.start, m.end))
                    (correct::mention(room, m, mentions.len() > 1, &back))
                }
            } } }
            @if i64::try_from(mentions.len()).unwrap_or(0) == MENTIONS { p.meta { "The first " (MENTIONS) " mentions; all are in " a href={ "/data/mentions.csv?event=" (id) } { "this table" } "." } }
            @if let Some(p) = place.as_ref().filter(|p| p.lat.is_some()) {
                h2 { "Where" }
                @if let Some(w) = Window::around(&[p], 6.0) { (map::map(&w, &[p], Some(&p.id))) }
            }
            @if let Some(m) = mentions.first() { (correct::same_event(room, m, &alike, &back)) }
            p.meta.data { "Its mentions as " a href={ "/data/mentions.json?event=" (id) } { "JSON" } ", " a href=(forms::link("/data/mentions.csv", &Asked::new(), &[("event", id)])) { "CSV" } }
        },
    ))
}

fn history(states: &[EventStateRow]) -> Markup {
    html! { div.wide tabindex="0" role="region" aria-label="History" { table {
        thead { tr { th { "Reported as" } th { "From" } th { "To" } th { "Origins" } } }
        tbody { @for s in states { tr {
            td { span class={ "status s-" (s.status) } {} " " (s.status) }
            td.day { @if let Some(d) = s.date_lo { (d) } }
            td.day { @if let Some(d) = s.date_hi { (d) } }
            td.num { (s.origins) }
        } } }
    } } p.key { "By the days of the reports that say so." } }
}
