//! An outlet: what it printed, whom it quotes, whose copy it carries.

use super::page::{self, count, thousands};
use super::{Asked, Fault, Room, forms};
use chancery::Store;
use chancery::views::room::{self, ReportQuery};
use chancery_model::schema::Value;
use maud::{Markup, html};

pub fn page(store: &Store, _: &Room, name: &str, _: &Asked) -> Result<Markup, Fault> {
    let o = room::outlet_lines(store, Some(name))?
        .pop()
        .ok_or_else(|| Fault::Missing(format!("No report comes from an outlet called {name:?}.")))?;
    let q = ReportQuery { outlet: Some(o.name.clone()), ..ReportQuery::default() };
    let reports = room::report_lines(store, &q, 40, 0)?;
    let asked = |sql: &str| {
        let found = store.query_json(sql, &[Value::Text(o.name.clone())]);
        found.map_err(|e| Fault::Record(e.to_string()))
    };
    let quoted = asked(
        "SELECT a.id, a.name, count(*) n FROM reports r JOIN statements s ON s.report = r.id JOIN actors a \
         ON a.id = s.speaker WHERE r.outlet = ?1 AND s.review <> 'rejected' AND a.kind <> 'unnamed' \
         GROUP BY a.id ORDER BY n DESC, a.name, a.id LIMIT 20",
    )?;
    let shared = asked(
        "SELECT o.id, o.kind, o.wire, json_array_length(o.reports) n, r.title FROM reports r JOIN origins o \
         ON o.id = r.origin WHERE r.outlet = ?1 AND json_array_length(o.reports) > 1 \
         ORDER BY n DESC, o.id LIMIT 30",
    )?;
    let word = |r: &serde_json::Map<String, serde_json::Value>, k: &str| {
        r.get(k).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
    };
    let n = |r: &serde_json::Map<String, serde_json::Value>| {
        r.get("n").and_then(serde_json::Value::as_i64).unwrap_or(0)
    };
    let aliases: Vec<String> = serde_json::from_str(&o.aliases).unwrap_or_default();
    Ok(page::page(
        &o.name,
        &html! {
            h1 { (o.name) }
            p.meta { @if o.agency == 1 { "news agency" } @else { "outlet" } @if let Some(c) = &o.country { ", " (c) } @if let Some(d) = &o.domain { " · " (d) }
                " · " (count(o.reports, "report")) " of " (count(o.origins, "origin"))
                @if let (Some(a), Some(b)) = (&o.first, &o.last) { ", from " (a) " to " (b) }
                @if !aliases.is_empty() { " · also " (aliases.join(", ")) } }
            h2 { "Whom it quotes" }
            @if quoted.is_empty() { p { "Nobody known by name." } } @else { ul.inline { @for a in &quoted { li {
                a href={ "/actor/" (word(a, "id")) } { (word(a, "name")) } " "
                a.num href=(forms::link("/statements", &Asked::new(), &[("actor", &word(a, "id")), ("outlet", &o.name)])) { (thousands(n(a))) }
            } } } }
            @if !shared.is_empty() { h2 { "Copy it shares with others" } ul { @for s in &shared { li {
                a href={ "/reports?origin=" (word(s, "id")) } { (count(n(s), "report")) } ", " (word(s, "kind")) @if !word(s, "wire").is_empty() { ", " (word(s, "wire")) }
                @if !word(s, "title").is_empty() { ": " (word(s, "title")) }
            } } } }
            h2 { "Reports" }
            (page::reports(&reports))
            p { a href=(forms::link("/reports", &Asked::new(), &[("outlet", &o.name)])) { "All reports of " (o.name) } }
        },
    ))
}
