//! Pages on one thing: a statement, an event, an actor, a series.

use super::page::{self, count};
use super::{Fault, Room, chart, cite, review};
use chancery::Store;
use chancery::views::room::{self, EventFilter, SaidBy};
use chancery_model::rows::{
    ActorRow, EventMentionRow, EventRow, EventStateRow, OfficeRow, PositionRow, SeriesRow,
};
use chancery_model::schema::{Row, Value};
use maud::{Markup, html};

fn rows<R: Row>(store: &Store, column: &str, value: &str) -> Result<Vec<R>, Fault> {
    store.rows(Some((column, Value::Text(value.to_owned())))).map_err(|e| Fault::Record(e.to_string()))
}

fn first<R: Row>(store: &Store, id: &str, what: &str) -> Result<R, Fault> {
    let found = rows(store, "id", id)?.into_iter().next();
    found
        .ok_or_else(|| Fault::Missing(format!("No {what} has this id; after a rebuild it may have another.")))
}

pub fn statement(store: &Store, room: &Room, id: &str) -> Result<Markup, Fault> {
    let s = room::said(store, SaidBy::Id, id, 1)?.pop();
    let s = s.ok_or_else(|| Fault::Missing("No statement has this id.".into()))?;
    let same = room::said(store, SaidBy::Cluster, id, 50)?;
    let back = format!("/statement/{id}");
    Ok(page::page(
        "Statement",
        &html! {
            h1 { "Statement" }
            (page::statement(&s))
            @if let (Some(a), Some(b)) = (s.start, s.end) {
                (cite::links(&s.report, a, b))
                @let (a, b) = (u32::try_from(a).unwrap_or(0), u32::try_from(b).unwrap_or(0));
                (review::buttons(room, "statements", &s.key, a, b, &back))
                (review::speaker(room, &s.key, a, b, &back))
            }
            @if !same.is_empty() { h2 { "The same words elsewhere" } (page::statements(&same)) }
        },
    ))
}

pub fn event(store: &Store, room: &Room, id: &str) -> Result<Markup, Fault> {
    let e: EventRow = first(store, id, "event")?;
    let mentions: Vec<EventMentionRow> = rows(store, "event", id)?;
    let states: Vec<EventStateRow> = rows(store, "event", id)?;
    let mut who = Vec::new();
    for p in &e.participants.0 {
        let a: Option<ActorRow> = rows(store, "id", p.actor.as_str())?.into_iter().next();
        who.extend(a.map(|a| (p.role, a)));
    }
    let mut seen = Vec::new();
    for m in mentions.iter().take(100) {
        let line = room::report_line(store, m.report.as_str())?;
        seen.extend(line.map(|l| (m, l)));
    }
    Ok(page::page(
        &e.title,
        &html! {
            h1 { (e.title) }
            p.meta { (e.r#type.as_str().to_lowercase()) ", reported as " (e.status) " · " @match e.date { Some(d) => (d), None => "no date" }
                @if let Some(p) = &e.place_name { " · " (p) }
                " · " (count(e.reports, "report")) " of " (count(e.origins, "origin")) " · " (page::sure(e.sure.as_str())) }
            ul { @for (role, a) in &who { li { a href={ "/actor/" (a.id) } { (a.name) } " (" (role) ")" } } }
            @if !states.is_empty() {
                h2 { "Its history" }
                ul { @for s in &states { li { (s.status)
                    @if let Some(d) = s.date_lo { ", from " (d) } @if let Some(d) = s.date_hi { ", to " (d) }
                    " (" (count(s.origins, "origin")) ")" } } }
            }
            h2 { "Where it is mentioned" }
            ul.statements { @for (m, r) in &seen { li class={ "r-" (m.review) } {
                p.words { a href=(page::words_at(r.id.as_str(), m.start)) { (m.text) } }
                p.meta { (r.outlet.as_deref().unwrap_or(&r.key)) ", " (r.published.as_deref().unwrap_or("undated"))
                    " · reported as " (m.status) " · " (page::sure(m.sure.as_str())) (page::reviewed(m.review.as_str())) }
                details { summary { "Cite or decide" }
                    (cite::links(&r.id, m.start, m.end))
                    (review::buttons(room, "event_mentions", &r.key, u32::try_from(m.start).unwrap_or(0), u32::try_from(m.end).unwrap_or(0), &format!("/event/{id}")))
                }
            } } }
        },
    ))
}

pub fn actor(store: &Store, room: &Room, id: &str) -> Result<Markup, Fault> {
    let a: ActorRow = first(store, id, "actor")?;
    let offices: Vec<OfficeRow> = rows(store, "actor", id)?;
    let mut positions: Vec<PositionRow> = rows(store, "actor", id)?;
    positions.sort_by(|x, y| (&x.issue, x.from_lo, &x.id).cmp(&(&y.issue, y.from_lo, &y.id)));
    let said = room::said(store, SaidBy::Speaker, id, 100)?;
    let f = EventFilter { actor: Some(id.to_owned()), ..EventFilter::default() };
    let events = room::events(store, &f, 200, 0)?;
    Ok(page::page(
        &a.name,
        &html! {
            h1 { (a.name) }
            p.meta { (a.kind) @if let Some(c) = &a.country { ", " (c) } " · in " (count(a.reports, "report"))
                @if !a.aliases.0.is_empty() { " · also " (a.aliases.0.join(", ")) } }
            @if !offices.is_empty() {
                h2 { "Offices, according to the reports" }
                ul { @for o in offices.iter().take(60) { li { a href=(page::words_at(o.report.as_str(), o.start)) { (o.office) }
                    @if let Some(x) = &o.organization { ", " (x) } } } }
            }
            @if !positions.is_empty() {
                h2 { "Where it stood" }
                ul { @for (n, p) in positions.iter().enumerate() {
                    @let turned = n.checked_sub(1).and_then(|n| positions.get(n)).is_some_and(|b| b.issue == p.issue && b.stance != p.stance);
                    li { @if turned { strong { "Turn: " } } (p.issue) ": " (p.stance) @if let Some(d) = p.from_lo { ", from " (d) }
                        @if let Some(s) = p.statements.0.first() { " · " a href={ "/statement/" (s) } { "the words" } } }
                } }
            }
            @if !events.is_empty() { h2 { "Events" } (chart::timeline(&events)) (page::events(&events)) }
            h2 { "Statements" }
            @if said.is_empty() { p { "None." } }
            (page::statements(&said))
            (review::merge(room, &a.name, &format!("/actor/{id}")))
        },
    ))
}

pub fn series(store: &Store, _: &Room, id: &str) -> Result<Markup, Fault> {
    let s: SeriesRow = first(store, id, "series")?;
    let list = room::figures_of(store, id)?;
    Ok(page::page(
        &s.title,
        &html! {
            h1 { (s.title) }
            (chart::figures(&list))
            div.wide tabindex="0" role="region" aria-label="Figures" { table {
                thead { tr { th { "Day" } th { "Figure" } th { "By whose word" } th { "Report" } th { "Reading" } } }
                tbody { @for f in &list { tr class={ "r-" (f.review) } {
                    td.day { (f.day.as_deref().unwrap_or("no date")) }
                    td { a href=(page::words_at(&f.report, f.start)) { (f.text) } " " span.meta { (f.qualifier) } }
                    td { @match (&f.speaker, &f.speaker_name) { (Some(i), Some(n)) => a href={ "/actor/" (i) } { (n) }, _ => span.nobody { "nobody named" } } }
                    td { (f.outlet.as_deref().unwrap_or(&f.key)) }
                    td { (page::sure(&f.sure)) (page::reviewed(&f.review)) }
                } } }
            } }
        },
    ))
}
