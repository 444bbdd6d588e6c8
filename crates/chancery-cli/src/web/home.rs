//! The first screen.

use super::page::{self, count};
use super::{Asked, Fault, Room, chart, lists};
use chancery::Store;
use chancery::views::{self, room};
use maud::{Markup, html};

pub fn page(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let Some(o) = room::overview(store)? else { return Err(Fault::Missing("The record is empty.".into())) };
    let disagreements = views::disagreements(store, None)?;
    let events = room::events(store, &lists::filter(asked), 400, 0)?;
    let voices = room::voices(store, 8)?;
    let mut series = Vec::new();
    for s in room::series(store, 3)?.into_iter().filter(|s| s.n > 1) {
        let figures = room::figures_of(store, &s.id)?;
        series.push((s, figures));
    }
    let body = html! {
        h1.sentence {
            a href="/reports" { (count(o.reports, "report")) } ", "
            a href="/origins" { (count(o.origins, "origin")) } ", "
            a href="/outlets" { (count(o.outlets, "outlet")) }
            @if let (Some(a), Some(b)) = (&o.first, &o.last) { ", from " (a) " to " (b) }
            "."
        }
        section #disagreements {
            h2 { "Where the reports disagree" }
            @for d in disagreements.iter().take(4) { (lists::disagreement(d)) }
            @if disagreements.is_empty() { p { "No disagreement was found." } }
            @if disagreements.len() > 4 { p { a href="/disagreements" { "All " (disagreements.len()) " disagreements" } } }
        }
        section #timeline {
            h2 { "What was reported, day by day" }
            (lists::event_filter("/", asked))
            (chart::timeline(&events))
            p.key { "Full: a day is given. Hollow: an end of the date is open, or the reading unsure. Bar: a range. "
                a href="/events" { "As a table" } }
        }
        section #figures {
            h2 { "Figures over time" }
            @for (s, figures) in &series {
                h3 { a href={ "/series/" (s.id) } { (s.title) } }
                (chart::figures(figures))
            }
            @if series.is_empty() { p { "No number is claimed twice." } }
            p { a href="/series" { "All series" } }
        }
        section #voices {
            h2 { "Who speaks, through whom" }
            (speakers(&voices))
        }
        section #needs {
            h2 { "Needs you" }
            ul {
                li { a href="/reports?undated=1" { (count(o.undated, "report")) " without a date" } }
                li { a href="/review" { (count(o.unknown, "statement")) " by a source that stands for nobody known" } }
            }
        }
    };
    Ok(page::page("The record", &body))
}

fn speakers(voices: &[room::Voice]) -> Markup {
    let mut groups: Vec<(&room::Voice, Vec<&room::Voice>)> = Vec::new();
    for v in voices {
        match groups.last_mut() {
            Some((first, list)) if first.id == v.id => list.push(v),
            _ => groups.push((v, vec![v])),
        }
    }
    html! { dl.voices { @for (first, list) in &groups {
        dt { a href={ "/actor/" (first.id) } { (first.name) } " " span.num { (list.iter().map(|v| v.n).sum::<i64>()) } }
        dd { @for (n, v) in list.iter().enumerate() { @if n > 0 { ", " } (v.through.as_deref().unwrap_or("no outlet")) " " span.num { (v.n) } } }
    } } }
}
