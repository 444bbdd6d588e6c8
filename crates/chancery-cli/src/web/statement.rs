//! A statement: its words in their place, who said them to whom, and everybody who passed them on.

use super::{Asked, Fault, Room, cite, correct, forms, page};
use chancery::Store;
use chancery::views::marked;
use chancery::views::room::{self, Said, SaidBy};
use maud::{Markup, html};

pub fn page(store: &Store, room: &Room, id: &str, _: &Asked) -> Result<Markup, Fault> {
    let s = room::said(store, SaidBy::Id, id, 1)?.pop();
    let s = s.ok_or_else(|| {
        Fault::Missing("No statement has this id; after a rebuild it may have another.".into())
    })?;
    let same = room::said(store, SaidBy::Cluster, id, 50)?;
    let within = room::said(store, SaidBy::Within, id, 20)?;
    let spans: Vec<[u32; 2]> = serde_json::from_str(&s.content).unwrap_or_default();
    let around = marked::passage(store, &s.report, &spans)?;
    let back = format!("/statement/{id}");
    let who = s.speaker_name.as_deref().or(s.speaker_text.as_deref()).unwrap_or("nobody named");
    Ok(page::page(
        &format!("Statement by {who}"),
        &html! {
            h1 { "Statement by " (page::speaker(&s)) (page::reviewed(&s.review)) }
            blockquote class={ "passage r-" (s.review) } { @for (text, hit) in &around { @if *hit { mark { (text) } } @else { (text) } } }
            (chain(&s))
            dl.facts-of {
                dt { "What it does" } dd { (s.act) ", " (s.form) }
                @if let Some(a) = &s.addressee { dt { "To" } dd { (a) } }
                @if let Some(m) = &s.medium { dt { "Through" } dd { (m) } }
                dt { "Said" } dd { @match &s.said { Some(d) => (d), None => "the report does not say when" } }
                dt { "Printed" } dd { (page::outlet(s.outlet.as_deref(), &s.key)) ", " (page::dated(s.published.as_deref(), &s.basis)) " · "
                    a href=(page::words_at(&s.report, s.start.unwrap_or(0))) { "in the report" } }
                dt { "Reading" } dd { (page::sure(&s.sure)) }
            }
            @if let (Some(a), Some(b)) = (s.start, s.end) {
                (cite::links(&s.report, a, b))
                (correct::statement(room, &s, a, b, &back))
            }
            @if !within.is_empty() { h2 { "Statements within it" } (page::statements(&within)) }
            @if !same.is_empty() { h2 { "The same words elsewhere" } (page::statements(&same)) }
            @if let Some(a) = &s.speaker { p { a href=(forms::link("/statements", &Asked::new(), &[("actor", a)])) { "Everything " (who) " is reported to have said" } } }
        },
    ))
}

/// From the speaker's mouth to the page: everybody the words went through.
fn chain(s: &Said) -> Markup {
    html! { ol.chain aria-label="Through whom" {
        li { (page::speaker(s)) }
        @for (id, text) in page::relays(s) { li { @match id { Some(id) => a href={ "/actor/" (id) } { (text) }, None => (text) } } }
        li { (page::outlet(s.outlet.as_deref(), &s.key)) }
    } }
}
