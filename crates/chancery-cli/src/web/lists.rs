//! Pages that list: events, reports, series, origins, outlets, disagreements, search.

use super::page::{self, count};
use super::{Asked, Fault, Room};
use chancery::Store;
use chancery::views::{self, Disagreement, SideView, room};
use chancery_model::rows::{OriginRow, OutletRow};
use chancery_model::vocab::{EventType, Status};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Rows on one page of a list.
const PAGE: i64 = 200;

/// The event filter that the parameters ask for.
pub fn filter(asked: &Asked) -> room::EventFilter {
    let get = |k: &str| asked.get(k).filter(|v| !v.is_empty()).cloned();
    room::EventFilter {
        actor: get("actor"),
        kind: get("type"),
        status: get("status"),
        from: get("from"),
        to: get("to"),
    }
}

fn number(asked: &Asked) -> i64 {
    asked.get("page").and_then(|p| p.parse().ok()).unwrap_or(0).clamp(0, 1_000_000)
}

fn choice(name: &str, label: &str, words: &[&str], chosen: Option<&String>) -> Markup {
    html! { label { (label) " " select name=(name) {
        option value="" { "any" }
        @for w in words { option value=(w) selected[chosen.is_some_and(|c| c == w)] { (w.to_lowercase()) } }
    } } }
}

/// Kind, status and days of events.
pub fn event_filter(action: &str, asked: &Asked) -> Markup {
    use EventType as E;
    use Status as S;
    let kinds = [
        E::Agree,
        E::Consult,
        E::Support,
        E::Concede,
        E::Cooperate,
        E::Aid,
        E::Retreat,
        E::Request,
        E::Accuse,
        E::Reject,
        E::Threaten,
        E::Protest,
        E::Sanction,
        E::Mobilize,
        E::Coerce,
        E::Assault,
    ]
    .map(E::as_str);
    let states = [
        S::Happened,
        S::Ongoing,
        S::Claimed,
        S::Planned,
        S::Proposed,
        S::Conditional,
        S::Hypothetical,
        S::Denied,
        S::Cancelled,
        S::Failed,
    ]
    .map(S::as_str);
    let value = |k: &str| asked.get(k).map_or("", String::as_str);
    html! { form.filter action=(action) {
        @if let Some(a) = asked.get("actor") { input type="hidden" name="actor" value=(a); }
        (choice("type", "Kind", &kinds, asked.get("type")))
        (choice("status", "Status", &states, asked.get("status")))
        label { "From " input type="date" name="from" value=(value("from")); }
        label { "To " input type="date" name="to" value=(value("to")); }
        button { "Show" }
    } }
}

fn pager(path: &str, n: i64, full: bool) -> Markup {
    html! { nav.pager aria-label="Pages of the list" {
        @if n > 0 { a href={ (path) "page=" (n - 1) } { "Earlier" } " " }
        @if full { a href={ (path) "page=" (n + 1) } { "Later" } }
    } }
}

/// Parameters again, for the links of a pager; only what a query string may hold unescaped is kept.
fn again(asked: &Asked) -> String {
    let safe = |v: &str| v.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    asked
        .iter()
        .filter(|(k, v)| *k != "page" && safe(k) && safe(v))
        .map(|(k, v)| format!("{k}={v}&"))
        .collect()
}

pub fn events(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let list = room::events(store, &filter(asked), PAGE, n * PAGE)?;
    let full = list.len() == 200;
    Ok(page::page(
        "Events",
        &html! {
            h1 { "Events" }
            (event_filter("/events", asked))
            (page::events(&list))
            (pager(&format!("/events?{}", again(asked)), n, full))
        },
    ))
}

pub fn report_list(list: &[room::ReportRowLine]) -> Markup {
    html! { div.wide tabindex="0" role="region" aria-label="Reports" { table {
        thead { tr { th { "Published" } th { "Report" } th { "Outlet" } } }
        tbody { @for r in list { tr {
            td.day title=(r.published_why) { (r.published.as_deref().unwrap_or("undated")) }
            td { a href={ "/report/" (r.id) } { (r.title.as_deref().unwrap_or(&r.key)) } }
            td { (r.outlet.as_deref().unwrap_or("")) }
        } } }
    } } }
}

pub fn reports(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let list = if asked.contains_key("undated") {
        let mut all = Vec::new();
        for (key, edtf, why) in views::doctor(store)?.undated {
            all.push((key, edtf.map_or_else(|| "undated".to_owned(), |e| e.to_string()), why));
        }
        return Ok(page::page(
            "Reports without a date",
            &html! {
                h1 { "Reports without a date" }
                ul { @for (key, date, why) in &all { li { (key) ": " (date) ". " (why) } } }
                @if all.is_empty() { p { "Every report has one." } }
            },
        ));
    } else {
        room::report_lines(store, asked.get("outlet"), asked.get("origin"), PAGE, n * PAGE)?
    };
    let full = list.len() == 200;
    let head = asked.get("outlet").map_or_else(|| "Reports".to_owned(), |o| format!("Reports of {o}"));
    Ok(page::page(
        &head,
        &html! {
            h1 { (head) }
            (report_list(&list))
            (pager(&format!("/reports?{}", again(asked)), n, full))
        },
    ))
}

pub fn series(store: &Store, _: &Room, _: &Asked) -> Result<Markup, Fault> {
    let list = room::series(store, 500)?;
    Ok(page::page(
        "Figures",
        &html! {
            h1 { "Figures over time" }
            ul { @for s in &list { li { a href={ "/series/" (s.id) } { (s.title) } " " span.num { (count(s.n, "figure")) } } } }
        },
    ))
}

pub fn origins(store: &Store, _: &Room, _: &Asked) -> Result<Markup, Fault> {
    let mut list: Vec<OriginRow> = store.rows(None).map_err(|e| Fault::Record(e.to_string()))?;
    list.sort_by(|a, b| b.reports.0.len().cmp(&a.reports.0.len()).then_with(|| a.id.cmp(&b.id)));
    let more = list.len().saturating_sub(300);
    list.truncate(300);
    Ok(page::page(
        "Origins",
        &html! {
            h1 { "Origins: reports that are one source" }
            ul.origins { @for o in &list { li {
                a href={ "/reports?origin=" (o.id) } { (o.reports.0.len()) @if o.reports.0.len() == 1 { " report" } @else { " reports" } }
                ", " (o.kind) @if let Some(w) = &o.wire { ", " (w) } ". " (o.why)
            } } }
            @if more > 0 { p { (more) " more are in the " a href="/table/origins.csv" { "table" } "." } }
        },
    ))
}

pub fn outlets(store: &Store, _: &Room, _: &Asked) -> Result<Markup, Fault> {
    let list: Vec<OutletRow> = store.rows(None).map_err(|e| Fault::Record(e.to_string()))?;
    Ok(page::page(
        "Outlets",
        &html! {
            h1 { "Outlets" }
            @for o in &list { form.outlet action="/reports" {
                input type="hidden" name="outlet" value=(o.name);
                button.link { (o.name) }
                " " span.meta { @if o.agency { "news agency " } (o.country.as_deref().unwrap_or("")) " " (o.domain.as_deref().unwrap_or("")) }
            } }
        },
    ))
}

pub fn disagreements(store: &Store, _: &Room, _: &Asked) -> Result<Markup, Fault> {
    let list = views::disagreements(store, None)?;
    Ok(page::page(
        "Disagreements",
        &html! {
            h1 { "Where the reports disagree" }
            @for d in list.iter().take(200) { (disagreement(d)) }
        },
    ))
}

fn folded(w: &str) -> String {
    w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// A disagreement: its sides beside each other, the words that only one side has marked.
pub fn disagreement(d: &Disagreement) -> Markup {
    let sets: Vec<BTreeSet<String>> = d
        .sides
        .iter()
        .map(|s| {
            s.evidence.first().map(|e| e.context.split_whitespace().map(folded).collect()).unwrap_or_default()
        })
        .collect();
    html! { article.disagreement #{ "d" (d.id) } {
        h3 { (d.why) }
        p.meta { (d.kind) " · " (page::sure(d.sure.as_str())) }
        div.sides { @for (n, s) in d.sides.iter().enumerate() {
            @let others: BTreeSet<&String> = sets.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, x)| x).collect();
            (side(s, &others))
        } }
    } }
}

fn side(s: &SideView, others: &BTreeSet<&String>) -> Markup {
    html! { div.side {
        p.value { (s.value) " " span.num { (count(s.origins, "origin")) } }
        @if let Some(e) = s.evidence.first() {
            blockquote { @for w in e.context.split_whitespace() {
                @if others.contains(&folded(w)) { (w) } @else { mark { (w) } } " "
            } }
        }
        @for e in s.evidence.iter().take(6) {
            p.meta { a href=(page::words_at(e.report_id.as_str(), i64::from(e.start))) { (e.outlet.as_deref().unwrap_or(&e.report)) }
                ", " @match e.published { Some(d) => (d), None => "undated" } }
        }
    } }
}

pub fn search(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let q = asked.get("q").map_or("", String::as_str);
    let failed = |e: &dyn std::fmt::Display| Fault::Record(e.to_string());
    let reports = store.search_reports(q, 40).map_err(|e| failed(&e))?;
    let statements = store.search_statements(q, 40).map_err(|e| failed(&e))?;
    Ok(page::page(
        "Search",
        &html! {
            h1 { "Search" }
            form.filter action="/search" { label { "Words " input type="search" name="q" value=(q); } button { "Search" } }
            h2 { "In reports" }
            ul.hits { @for h in &reports { li {
                a href={ "/report/" (h.report) } { (h.title.as_deref().unwrap_or("without a headline")) }
                p { @for p in &h.snippet { @if p.hit { mark { (p.text) } } @else { (p.text) } } }
            } } }
            @if reports.is_empty() { p { "No report has all these words." } }
            h2 { "In statements" }
            ul.hits { @for h in &statements { li {
                p { a href={ "/statement/" (h.statement) } { @for p in &h.snippet { @if p.hit { mark { (p.text) } } @else { (p.text) } } } }
            } } }
            @if statements.is_empty() { p { "No statement has all these words." } }
        },
    ))
}
