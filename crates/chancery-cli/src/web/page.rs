//! The frame of every page, and the small pieces that pages share.

use super::Room;
use chancery::views::room::{EventLine, Said};
use maud::{DOCTYPE, Markup, html};

/// A page. `room` gives the token to scripts that write.
pub fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Chancery" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/style.css";
                script type="module" src="/assets/room.js" {}
            }
            body {
                a.skip href="#main" { "Skip to the page" }
                header.top {
                    nav aria-label="Pages" {
                        a.brand href="/" { "Chancery" }
                        a href="/disagreements" { "Disagreements" }
                        a href="/events" { "Events" }
                        a href="/series" { "Figures" }
                        a href="/reports" { "Reports" }
                        a href="/origins" { "Origins" }
                        a href="/outlets" { "Outlets" }
                        a href="/review" { "Review" }
                        a href="/tables" { "Tables" }
                    }
                    form.find action="/search" role="search" {
                        input type="search" name="q" aria-label="Search reports and statements" placeholder="Search";
                        button { "Search" }
                    }
                }
                main #main { (body) }
                footer { p { "What is here is reported, by whoever is named beside it. Every row leads to its words." } }
            }
        }
    }
}

/// A page that says what went wrong.
pub fn fault(head: &str, why: &str) -> Markup {
    page(head, &html! { h1 { (head) } p { (why) } p { a href="/" { "Back to the record" } } })
}

/// Sureness in words.
pub fn sure(word: &str) -> &'static str {
    match word {
        "high" => "read plainly",
        "medium" => "probably read right",
        _ => "uncertain reading",
    }
}

/// What a person said of a row; nothing where nobody has looked.
pub fn reviewed(review: &str) -> Markup {
    html! { @if review != "predicted" { " " span class={ "review " (review) } { (review) } } }
}

/// A number with its noun.
pub fn count(n: i64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A link to words in a report.
pub fn words_at(report: &str, start: i64) -> String {
    format!("/report/{report}#at{start}")
}

/// Statements as a list.
pub fn statements(list: &[Said]) -> Markup {
    html! {
        ul.statements { @for s in list { li class={ "r-" (s.review) } { (statement(s)) } } }
    }
}

/// One statement: the words, who, through whom, where.
pub fn statement(s: &Said) -> Markup {
    let relays: Vec<serde_json::Value> = serde_json::from_str(&s.relays).unwrap_or_default();
    html! {
        p.words { a href={ "/statement/" (s.id) } { (s.words.as_deref().unwrap_or("(no words)")) } }
        p.meta {
            @match (&s.speaker, &s.speaker_name) {
                (Some(id), Some(name)) => a href={ "/actor/" (id) } { (name) },
                _ => span { (s.speaker_text.as_deref().unwrap_or("nobody named")) },
            }
            " (" (s.act) ", " (s.form) ")"
            @for r in &relays {
                @if let Some(t) = r.get("text").and_then(|t| t.as_str()) { ", through " (t) }
            }
            " · "
            a href=(words_at(&s.report, s.start.unwrap_or(0))) { (s.outlet.as_deref().unwrap_or(&s.key)) }
            ", " (s.published.as_deref().unwrap_or("undated"))
            " · " span.sure { (sure(&s.sure)) }
            (reviewed(&s.review))
        }
    }
}

/// Events as a table.
pub fn events(list: &[EventLine]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label="Events" { table {
            thead { tr { th { "When" } th { "Event" } th { "Kind" } th { "Status" } th { "Place" } th { "Origins" } } }
            tbody { @for e in list { tr class={ "r-" (e.review) } {
                td.day { (e.date.as_deref().unwrap_or("no date")) }
                td { a href={ "/event/" (e.id) } { (e.title) } (reviewed(&e.review)) }
                td { (e.r#type.to_lowercase()) }
                td { (e.status) }
                td { (e.place_name.as_deref().unwrap_or("")) }
                td.num { (e.origins) }
            } } }
        } }
    }
}

/// The hidden fields of a form that writes.
pub fn token(room: &Room, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(room.token);
        input type="hidden" name="back" value=(back);
    }
}
