//! The first screen.

use super::page::{self, count, thousands};
use super::{Asked, Fault, Room, chart, forms, lists, story, timeline};
use chancery::Store;
use chancery::views;
use chancery::views::room::{self, FirstScreen};
use maud::{Markup, html};

pub fn page(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let first = FirstScreen::of(store)?;
    let Some(o) = first.overview.as_ref() else {
        return Ok(page::page(
            "Empty",
            &html! {
                h1 { "The record is empty." }
                p { "Add reports with " code { "chancery build REPORTS -o RECORD" } " and load this page again." }
            },
        ));
    };
    let disagreements = views::disagreements_page(store, None, 2, 3, 0)?;
    let q = timeline::Query::of(store, asked)?;
    let body = html! {
        h1.sentence {
            a href="/reports" { (count(o.reports, "report")) } ", "
            a href="/origins" { (count(o.origins, "origin")) }
            @if o.outlets > 0 { ", " a href="/outlets" { (count(o.outlets, "outlet")) } }
            @if let (Some(a), Some(b)) = (&o.first, &o.last) { ", from " (a) " to " (b) }
            "."
        }
        section #story {
            h2 { "The story in a few days" }
            (story::days(&first.story))
            p { a href="/story" { "More days" } }
        }
        section #disagreements {
            h2 { "Where the reports disagree" }
            @for d in &disagreements { (lists::disagreement(d)) }
            @if disagreements.is_empty() { p { "No disagreement was found." } }
            @if o.conflicts > 3 { p { a href="/disagreements" { "All " (thousands(o.conflicts)) " disagreements" } } }
        }
        section #timeline {
            h2 { "What was reported, day by day" }
            (timeline::filter("/", asked, &q, &timeline::names(store)?, true))
            (timeline::timeline(store, "/", asked, &q, Some(&first))?)
        }
        section #figures {
            h2 { "Figures over time" }
            @for (s, figures) in &first.series {
                h3 { a href={ "/series/" (s.id) } { (s.title) } " " span.num { (count(s.n, "figure")) } }
                (chart::figures(figures))
            }
            @if first.series.is_empty() { p { "No number is claimed twice." } }
            (lists::measures(&first.measures))
            p { a href="/series" { "All series" } }
        }
        section #voices {
            h2 { "Who speaks, through whom" }
            (speakers(&first.voices))
            p { a href="/actors" { "All actors" } }
        }
        section #needs {
            h2 { "Needs you" }
            ul {
                li { a href="/review?kind=dates" { (count(o.undated, "report")) " without a date" } @if o.doubted > 0 { ", " (o.doubted) " with a printed date that was not believed" } }
                li { a href="/review?kind=speakers" { (count(o.unknown, "statement")) " by a source that stands for nobody known" } }
                li { a href="/review?kind=merges" { @if first.twins == FirstScreen::MOST_TWINS { (first.twins) " or more pairs" } @else { (count(i64::try_from(first.twins).unwrap_or(0), "pair")) } " of actors that may be one" } }
                @if o.unfit > 0 { li { a href="/review?kind=decisions" { (count(o.unfit, "decision")) " that no longer fit" @if o.unfit == 1 { "s" } } } }
            }
        }
    };
    Ok(page::page("The record", &body))
}

/// Speakers, the outlets that printed their words, and who passed these on.
fn speakers(voices: &[room::Voice]) -> Markup {
    html! {
        @if voices.is_empty() { p { "Nobody who speaks is known by name." } }
        @else { div.wide tabindex="0" role="region" aria-label="Speakers" { table.voices {
            thead { tr { th { "Who" } th { "Statements" } th { "Printed by" } th { "Passed on by" } } }
            tbody { @for v in voices { tr {
                td { a href={ "/actor/" (v.id) } { (v.name) } }
                td.num { a href={ "/statements?actor=" (v.id) } { (thousands(v.n)) } }
                td { (first_few(&v.id, &v.outlets, "outlet")) }
                td { @if v.relays.is_empty() { span.nobody { "nobody: the outlets themselves" } } @else { (first_few(&v.id, &v.relays, "relay")) } }
            } } }
        } } }
    }
}

/// The most frequent ones; the actor's page has all.
fn first_few(speaker: &str, list: &[room::VoiceCount], param: &str) -> Markup {
    const SHOWN: usize = 6;
    html! {
        (through(speaker, &list[..list.len().min(SHOWN)], param))
        @if list.len() > SHOWN { ", " a href={ "/actor/" (speaker) } { (list.len() - SHOWN) " more" } }
    }
}

/// Through whom, each number a link to the statements.
pub fn through(speaker: &str, list: &[room::VoiceCount], param: &str) -> Markup {
    html! { @for (n, c) in list.iter().enumerate() {
        @if n > 0 { ", " }
        @let name = c.name.as_deref().unwrap_or("no outlet");
        @match (&c.actor, c.name.is_some()) {
            (Some(id), _) => a href={ "/actor/" (id) } { (name) },
            (None, true) if param == "outlet" => (page::outlet(Some(name), "")),
            _ => (name),
        }
        " "
        @let value = c.actor.as_deref().or(c.name.as_deref()).unwrap_or("");
        a.num href=(forms::link("/statements", &Asked::new(), &[("actor", speaker), (param, value)])) { (thousands(c.n)) }
    } }
}
