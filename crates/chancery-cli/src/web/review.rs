//! What waits for a person, and what people have decided.

use super::forms::{get, link, number, pager};
use super::page::{self, count};
use super::{Asked, Fault, Room, correct, later};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery::Store;
use chancery::views::room::{self, DecisionLine, ReviewKind, ReviewState};
use maud::{Markup, html};
use serde_json::json;

/// Rows on one page.
const PAGE: i64 = 30;

/// The lists, by the word in the address.
const LISTS: [(&str, &str); 7] = [
    ("statements", "statements"),
    ("speakers", "unknown speakers"),
    ("figures", "figures"),
    ("events", "events"),
    ("dates", "dates of reports"),
    ("merges", "possible merges"),
    ("decisions", "decisions"),
];

pub fn page(store: &Store, room: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let list = get(asked, "kind").unwrap_or_else(|| "statements".to_owned());
    let made = store.decisions().map_err(|e| Fault::Record(e.to_string()))?.len();
    let back = link("/review", asked, &[]);
    let body = match list.as_str() {
        "dates" => dates(store, room, &back)?,
        "merges" => merges(store, room, &back)?,
        "decisions" => decisions(&room::decision_lines(store, 500)?),
        other => rows(store, room, asked, ReviewKind::named(other).unwrap_or(ReviewKind::Statements), &back)?,
    };
    let words = LISTS.iter().find(|l| l.0 == list).map_or("statements", |l| l.1);
    Ok(page::page(
        &format!("Review: {words}"),
        &html! {
            h1 { "Review" }
            nav.tabs aria-label="What to review" { @for (k, name) in LISTS {
                a href={ "/review?kind=" (k) } aria-current=[(k == list).then_some("page")] { (name) @if k == "decisions" { " " span.num { (made) } } } " "
            } }
            p.key { "Keys: " kbd { "j" } " next, " kbd { "k" } " before, " kbd { "y" } " confirm, " kbd { "n" } " reject, "
                kbd { "e" } " correct, " kbd { "u" } " undo. Signed " strong { (room.who) } "; " code { "serve --who NAME" } " signs otherwise." }
            @if made > 0 { form #undo.decide method="post" action="/undo" { (page::token(room, &back)) button { "Undo the last decision" } } }
            @if later::waits(room) { p.warn { "What you decided is kept, and its rows are marked. What follows from it (dates, actors, events, series, disagreements) is worked in when you pause." } }
            (body)
        },
    ))
}

/// Rows of the record, the least sure first.
fn rows(store: &Store, room: &Room, asked: &Asked, kind: ReviewKind, back: &str) -> Result<Markup, Fault> {
    let state = get(asked, "state").and_then(|s| ReviewState::named(&s)).unwrap_or(ReviewState::Predicted);
    let total = room::queue_count(store, kind, state)?;
    let list = room::queue(store, kind, state, PAGE, number(asked) * PAGE)?;
    Ok(html! {
        nav.tabs aria-label="State" { @for s in ReviewState::ALL {
            a href=(link("/review", asked, &[("state", s.word()), ("page", "")])) aria-current=[(s == state).then_some("page")] { (s.word()) } " "
        } }
        p.meta { (count(total, "row")) @if state == ReviewState::Predicted { ", the least sure first" } }
        ol.review { @for i in &list { li class={ "item r-" (i.review) } tabindex="-1" {
            p.words { a href=(page::words_at(&i.report, i.start)) { (i.context[0]) mark { (i.context[1]) } (i.context[2]) } }
            p.meta {
                @if kind != ReviewKind::Events { strong { (i.who.as_deref().unwrap_or("nobody named")) } " · " }
                (page::plain(&i.what)) ", " (page::plain(&i.how)) @if let Some(d) = &i.day { ", " (d) }
                @if kind == ReviewKind::Figures { " · " (bounds(i.low, i.high)) }
                @if let Some(e) = &i.event { " · " a href={ "/event/" (e) } { "event" } }
                @if kind.table() == "statements" { " · " a href={ "/statement/" (i.id) } { "statement" } }
                " · " (page::outlet(i.outlet.as_deref(), &i.key)) ", " (i.published.as_deref().unwrap_or("undated"))
                " · " span.sure { (page::sure(&i.sure)) ", by " (i.by) } (page::reviewed(&i.review))
            }
            (correct::item(room, kind, i, back))
        } } }
        @if list.is_empty() { p { "No row is " (state.word()) "." } }
        (pager("/review", asked, list.len(), PAGE, Some(total)))
    })
}

fn bounds(low: Option<f64>, high: Option<f64>) -> String {
    let shown = |v: Option<f64>| v.map_or_else(|| "open".to_owned(), super::chart::shown);
    if low == high { shown(low) } else { format!("{} to {}", shown(low), shown(high)) }
}

/// Reports without a date, and those whose printed date was not believed.
fn dates(store: &Store, room: &Room, back: &str) -> Result<Markup, Fault> {
    let undated = room::undated_reports(store, 200)?;
    let doubted = room::doubted_reports(store, 200)?;
    let one = |r: &room::ReportLine| {
        html! { li.item tabindex="-1" {
            p.words { a href={ "/report/" (r.id) } { (r.title.as_deref().unwrap_or(&r.key)) } }
            p.meta { (page::outlet(r.outlet.as_deref(), &r.key)) " · " (r.published.as_deref().unwrap_or("undated"))
                @if let Some(s) = &r.stamp { " · printed: " (s) } " · " (r.published_why) }
            (correct::report_date(room, r, back))
        } }
    };
    Ok(html! {
        h2 { "Without a date" }
        @if undated.is_empty() { p { "Every report has one." } }
        ol.review { @for r in &undated { (one(r)) } }
        @if !doubted.is_empty() { h2 { "With a printed date that was not believed" } ol.review { @for r in &doubted { (one(r)) } } }
    })
}

/// Actors that may be one.
fn merges(store: &Store, room: &Room, back: &str) -> Result<Markup, Fault> {
    let list = room::possible_merges(store, 60)?;
    let link = |(id, name): &(String, String), n: i64| html! { a href={ "/actor/" (id) } { (name) } " " span.num { (count(n, "report")) } };
    Ok(html! {
        @if list.is_empty() { p { "No two names look like one actor." } }
        ol.review { @for t in &list { li.item tabindex="-1" {
            p.words { (link(&t.a, t.reports.0)) " and " (link(&t.b, t.reports.1)) }
            p.meta { (t.why) }
            (correct::twins(room, t, back))
        } } }
    })
}

/// What was decided, the newest first, with what no longer fits and what others decided otherwise.
fn decisions(list: &[DecisionLine]) -> Markup {
    html! {
        p { a href="/decisions.jsonl" { "decisions.jsonl" } ": everything decided, one a line, to keep beside the reports or to give to somebody else ("
            code { "chancery decide RECORD take FILE" } ")." }
        @if list.is_empty() { p { "Nothing was decided yet." } }
        @else { div.wide tabindex="0" role="region" aria-label="Decisions" { table {
            thead { tr { th { "When" } th { "Who" } th { "What" } th { "Where" } th { "Standing" } } }
            tbody { @for d in list { @let row = &d.decision; tr class=[d.unfit.as_ref().map(|_| "unfit")] {
                td.day { (row.at.get(..16).unwrap_or(&row.at).replace('T', " ")) }
                td { (row.who) }
                td { (row.action) @if !row.value.0.is_null() { " " code { (row.value.0) } } @if let Some(n) = &row.note { " · " (n) } }
                td { @if let Some(t) = &d.target { (page::plain(&t.table))
                    @if let Some(n) = &t.name { ": " (n) }
                    @if let Some(k) = &t.key { ": "
                        @match (&d.report, t.start) { (Some(r), Some(s)) => a href=(page::words_at(r, i64::from(s))) { (t.text.as_deref().unwrap_or(k)) }, (Some(r), None) => a href={ "/report/" (r) } { (k) }, _ => (k) } }
                } }
                td { @match (&d.unfit, &d.against) {
                    (Some(why), _) => strong.bad { "no longer fits: " (why) },
                    (None, Some(who)) => strong.bad { "decided otherwise by " (who) "; the later counts" },
                    _ => "in force",
                } }
            } } }
        } } }
    }
}

/// All decisions, one a line, as `build --decisions` takes them.
pub fn download(store: &Store) -> Result<Response, Fault> {
    let mut out = String::new();
    for d in store.decisions().map_err(|e| Fault::Record(e.to_string()))? {
        let line = json!({"at": d.at, "who": d.who, "target": d.target.0, "action": d.action, "value": d.value.0, "note": d.note});
        out.push_str(&line.to_string());
        out.push('\n');
    }
    Ok(([(header::CONTENT_TYPE, "application/jsonl")], out).into_response())
}
