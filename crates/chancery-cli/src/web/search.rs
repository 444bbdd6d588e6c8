//! Search over actors, reports and statements, with filters.

use super::forms::{self, get};
use super::page;
use super::{Asked, Fault, Room, timeline};
use chancery::Store;
use chancery::views::room::{self, Found, FoundReport, Scope};
use maud::{Markup, html};

/// Hits of one kind on a page.
const HITS: i64 = 40;
const EVENTS: i64 = 15;

pub fn page(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let q = get(asked, "q").unwrap_or_default();
    let typed = get(asked, "actor");
    let actor = typed.as_deref().map(|t| room::actor_meant(store, t)).transpose()?.flatten();
    let scope = Scope {
        outlet: get(asked, "outlet"),
        actor: actor.as_ref().map(|a| a.id.clone()).or_else(|| typed.clone()),
        from: get(asked, "from"),
        to: get(asked, "to"),
    };
    let kind = get(asked, "in");
    let wants = |k: &str| kind.is_none() || kind.as_deref() == Some(k);
    let actors = if wants("actors") { room::actors_named(store, &q, 12)? } else { Vec::new() };
    let events = if wants("events") && scope.outlet.is_none() {
        room::found_events(store, &q, &scope, EVENTS)?
    } else {
        Vec::new()
    };
    let places = if wants("places") { room::found_places(store, &q, 12)? } else { Vec::new() };
    let statements =
        if wants("statements") { room::found_statements(store, &q, &scope, HITS)? } else { Vec::new() };
    let reports = if wants("reports") { room::found_reports(store, &q, &scope, HITS)? } else { Vec::new() };
    let outlets: Vec<String> =
        room::outlet_lines(store, None)?.into_iter().take(200).map(|o| o.name).collect();
    let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
    let title = if q.is_empty() { "Search".to_owned() } else { format!("Search: {q}") };
    Ok(page::page(
        &title,
        &html! {
            h1 { "Search" }
            form.filter action="/search" {
                (forms::field("q", "Words", "search", asked))
                (forms::choice("in", "In", &["actors", "places", "events", "statements", "reports"], asked))
                (forms::choice("outlet", "Outlet", &outlets, asked))
                (forms::actor("Actor", "actor", actor.as_ref().map(|a| a.name.as_str()).or(typed.as_deref()), &timeline::names(store)?))
                (forms::field("from", "From", "date", asked))
                (forms::field("to", "To", "date", asked))
                button { "Search" }
            }
            p.key { "All words must be there. “Words between quotation marks” stand as they are; an ending * stands for any." }
            @if typed.is_some() && actor.is_none() { p.warn { "Nobody in the record has this name." } }
            @if !q.is_empty() {
                @if wants("actors") { (found_actors(&actors)) }
                @if !places.is_empty() { h2 { "Places" } ul.inline { @for (id, name) in &places { li { a href={ "/place/" (id) } { (name) } } } } }
                @if !events.is_empty() { h2 { "Events" } (page::events(&events)) @if events.len() == 15 { p.meta { "Those that most origins report." } } }
                @if wants("statements") { (said(&statements)) }
                @if wants("reports") { (texts(&reports)) }
            }
        },
    ))
}

fn found_actors(list: &[room::ActorLine]) -> Markup {
    html! { @if !list.is_empty() {
        h2 { "Actors" }
        ul.hits.short { @for a in list { li {
            a href={ "/actor/" (a.id) } { (a.name) } " "
            span.meta { (a.kind) " · in " (page::count(a.reports, "report")) " · " (page::count(a.statements, "statement")) }
        } } }
    } }
}

fn said(list: &[Found]) -> Markup {
    html! {
        h2 { "In statements" }
        ul.hits { @for h in list { li class={ "r-" (h.said.review) } {
            p.words { a href={ "/statement/" (h.said.id) } { (snippet(&h.snippet)) } }
            p.meta { (page::speaker(&h.said)) " (" (h.said.act) ")"
                @for (id, text) in page::relays(&h.said) { ", through " @match id { Some(id) => a href={ "/actor/" (id) } { (text) }, None => (text) } }
                " · " a href=(page::words_at(&h.said.report, h.said.start.unwrap_or(0))) { (h.said.outlet.as_deref().unwrap_or(&h.said.key)) }
                ", " (page::dated(h.said.published.as_deref(), &h.said.basis)) (page::reviewed(&h.said.review)) }
        } } }
        @if list.is_empty() { p { "No statement has all these words." } }
    }
}

fn texts(list: &[FoundReport]) -> Markup {
    html! {
        h2 { "In reports" }
        ul.hits { @for h in list { li {
            a href={ "/report/" (h.id) } { (h.title.as_deref().unwrap_or(&h.key)) }
            p { (snippet(&h.snippet())) }
            p.meta { (page::outlet(h.outlet.as_deref(), &h.key)) ", " (h.published.as_deref().unwrap_or("undated")) }
        } } }
        @if list.is_empty() { p { "No report has all these words." } }
    }
}

fn snippet(pieces: &[chancery::Piece]) -> Markup {
    html! { @for p in pieces { @if p.hit { mark { (p.text) } } @else { (p.text) } } }
}
