//! Places and their map.

use super::map::{self, Window};
use super::page::{self, count};
use super::{Asked, Fault, Room, forms};
use chancery::Store;
use chancery::views::room::{self, EventFilter, PlaceLine};
use maud::{Markup, html};

pub fn list(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let list = room::places(store, 300)?;
    let on: Vec<&PlaceLine> = list.iter().filter(|p| p.lat.is_some() && p.events > 0).collect();
    Ok(page::page(
        "Places",
        &html! {
            h1 { "Places" }
            @match Window::around(&on, 6.0) {
                Some(w) => (map::map(&w, &on, None)),
                None => p { "No place with events has known coordinates." },
            }
            div.wide tabindex="0" role="region" aria-label="Places" { table {
                thead { tr { th { "Place" } th { "Kind" } th { "Country" } th { "Events" } th { "Mentions" } th { "On the map" } } }
                tbody { @for p in &list { tr {
                    td { a href={ "/place/" (p.id) } { (p.name) } }
                    td { (p.kind) }
                    td { (p.country.as_deref().unwrap_or("")) }
                    td.num { (p.events) }
                    td.num { (p.mentions) }
                    td { @if p.lat.is_some() { "yes" } @else { "no coordinates" } }
                } } }
            } }
            (forms::as_data("places", asked))
        },
    ))
}

pub fn place(store: &Store, _: &Room, id: &str, _: &Asked) -> Result<Markup, Fault> {
    let p = room::place_line(store, id)?.ok_or_else(|| Fault::Missing("No place has this id.".into()))?;
    let all = room::places(store, 300)?;
    let f = EventFilter { place: Some(id.to_owned()), ..EventFilter::default() };
    let (dated, undated) = room::event_count(store, &f)?;
    let mut events = room::events(store, &f, 200, 0)?;
    let timeline = super::timeline::small(&events, &[]);
    if events.len() < 200 {
        events.extend(room::undated_events(store, &f, 100, 0)?);
    }
    let around: Vec<&PlaceLine> = std::iter::once(&p)
        .chain(all.iter().filter(|o| o.id != p.id && o.lat.is_some() && o.events > 0))
        .collect();
    Ok(page::page(
        &p.name,
        &html! {
            h1 { (p.name) }
            p.meta { (p.kind) @if let Some(c) = &p.country { ", " (c) } " · " (count(p.events, "event")) " · " (count(p.mentions, "mention"))
                @if let (Some(lat), Some(lon)) = (p.lat, p.lon) { " · " (format!("{lat:.2}, {lon:.2}")) @if let Some(s) = &p.source { " (" (s) ")" } } }
            @match Window::around(&[&p], 6.0) {
                Some(w) => (map::map(&w, &around, Some(id))),
                None => p { "Its coordinates are not known." },
            }
            h2 { "Events" }
            @if events.is_empty() { p { "No event is placed here." } }
            @else {
                (timeline)
                (page::events(&events))
                @if dated + undated > i64::try_from(events.len()).unwrap_or(0) {
                    p { a href={ "/events?place=" (id) } { "All " (page::thousands(dated + undated)) " events" } }
                }
            }
        },
    ))
}
