//! Pages that list: events, statements, reports, outlets, actors, series, origins, disagreements.

use super::forms::{self, get, number, pager};
use super::page::{self, count};
use super::{Asked, Fault, Room, chart, timeline};
use axum::http::StatusCode;
use chancery::Store;
use chancery::views::{self, Disagreement, SideView, room};
use chancery_model::schema::Value;
use chancery_model::vocab::ConflictKind;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Rows on one page of a list.
const PAGE: i64 = 100;

pub fn events(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let q = timeline::Query::of(store, asked)?;
    let (dated, undated) = room::event_count(store, &q.events)?;
    let mut list = room::events(store, &q.events, PAGE, n * PAGE)?;
    let left = PAGE - i64::try_from(list.len()).unwrap_or(PAGE);
    if left > 0 {
        list.extend(room::undated_events(store, &q.events, left, (n * PAGE - dated).max(0))?);
    }
    Ok(page::page(
        "Events",
        &html! {
            h1 { (count(dated + undated, "event")) }
            (timeline::filter("/events", asked, &q, &timeline::names(store)?, false))
            @if undated > 0 { p.key { (page::thousands(undated)) " without a day come last." } }
            @if list.is_empty() { (forms::nothing(asked, "event")) } @else { (page::events(&list)) }
            (pager("/events", asked, list.len(), PAGE, Some(dated + undated)))
            (forms::as_data("events", asked))
        },
    ))
}

/// The statements that the parameters ask for.
pub fn said_query(store: &Store, asked: &Asked) -> Result<(room::SaidQuery, Option<String>), Fault> {
    let typed = get(asked, "actor");
    let actor = typed.as_deref().map(|t| room::actor_meant(store, t)).transpose()?.flatten();
    let q = room::SaidQuery {
        speaker: actor.as_ref().map(|a| a.id.clone()).or_else(|| typed.clone()),
        country: get(asked, "country"),
        outlet: get(asked, "outlet"),
        relay: get(asked, "relay"),
        act: get(asked, "act"),
        words: get(asked, "words"),
        from: get(asked, "from"),
        to: get(asked, "to"),
        unknown: asked.contains_key("unknown"),
        review: get(asked, "review"),
    };
    Ok((q, actor.map(|a| a.name).or(typed)))
}

pub fn statements(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let (q, name) = said_query(store, asked)?;
    let total = room::said_count(store, &q)?;
    let list = room::said_list(store, &q, PAGE, n * PAGE)?;
    let relay = match &q.relay {
        Some(r) => Some(room::actor_meant(store, r)?.map_or_else(|| r.clone(), |a| a.name)),
        None => None,
    };
    Ok(page::page(
        "Statements",
        &html! {
            h1 { (count(total, "statement")) @if let Some(n) = &name { " by " (n) } @if let Some(c) = &q.country { " by actors of " (c) } @if let Some(o) = &q.outlet { " in " (o) } @if let Some(r) = &relay { ", through " (r) } }
            form.filter action="/statements" {
                (forms::actor("Speaker", "actor", name.as_deref(), &timeline::names(store)?))
                (forms::choice("act", "Kind", &forms::acts(), asked))
                (forms::field("words", "With the words", "search", asked))
                (forms::field("from", "From", "date", asked))
                (forms::field("to", "To", "date", asked))
                @for k in ["country", "outlet", "relay"] { @if let Some(v) = asked.get(k) { input type="hidden" name=(k) value=(v); } }
                button { "Show" }
                @if !asked.is_empty() { a href="/statements" { "All" } }
            }
            p.key { "By the day of the saying where the report names it, else by the day of the report." }
            @if list.is_empty() { (forms::nothing(asked, "statement")) }
            (page::statements(&list))
            (pager("/statements", asked, list.len(), PAGE, Some(total)))
            (forms::as_data("statements", asked))
        },
    ))
}

/// The reports that the parameters ask for.
pub fn report_query(asked: &Asked) -> room::ReportQuery {
    room::ReportQuery {
        outlet: get(asked, "outlet"),
        origin: get(asked, "origin"),
        from: get(asked, "from"),
        to: get(asked, "to"),
    }
}

pub fn reports(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let q = report_query(asked);
    let list = room::report_lines(store, &q, PAGE, n * PAGE)?;
    let head = match (&q.outlet, &q.origin) {
        (Some(o), _) => format!("Reports of {o}"),
        (_, Some(_)) => "Reports of one origin".to_owned(),
        _ => "Reports".to_owned(),
    };
    Ok(page::page(
        &head,
        &html! {
            h1 { (head) }
            form.filter action="/reports" {
                @for k in ["outlet", "origin"] { @if let Some(v) = asked.get(k) { input type="hidden" name=(k) value=(v); } }
                (forms::field("from", "From", "date", asked)) (forms::field("to", "To", "date", asked))
                button { "Show" }
                @if !asked.is_empty() { a href="/reports" { "All" } }
            }
            @if list.is_empty() { (forms::nothing(asked, "report")) } @else { (page::reports(&list)) }
            (pager("/reports", asked, list.len(), PAGE, None))
            (forms::as_data("reports", asked))
        },
    ))
}

pub fn actors(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let kind = get(asked, "kind");
    let list = match get(asked, "q") {
        Some(words) => room::actors_named(store, &words, PAGE)?,
        None => room::actor_lines(store, kind.as_ref(), PAGE, n * PAGE)?,
    };
    Ok(page::page(
        "Actors",
        &html! {
            h1 { "Actors" }
            form.filter action="/actors" {
                (forms::field("q", "Name", "search", asked))
                (forms::choice("kind", "Kind", &["person", "organization", "state", "group"], asked))
                button { "Show" }
            }
            @if list.is_empty() { p { "Nobody fits." } } @else { div.wide tabindex="0" role="region" aria-label="Actors" { table {
                thead { tr { th { "Actor" } th { "Kind" } th { "Country" } th { "Reports" } th { "Statements" } } }
                tbody { @for a in &list { tr {
                    td { a href={ "/actor/" (a.id) } { (a.name) } }
                    td { (a.kind) }
                    td { (a.country.as_deref().unwrap_or("")) }
                    td.num { (page::thousands(a.reports)) }
                    td.num { @if a.statements > 0 { a href={ "/statements?actor=" (a.id) } { (page::thousands(a.statements)) } } @else { "0" } }
                } } }
            } } }
            @if !asked.contains_key("q") { (pager("/actors", asked, list.len(), PAGE, None)) }
            (forms::as_data("actors", asked))
        },
    ))
}

/// The figures that the parameters ask for, and the name of the claimant.
pub fn figure_query(store: &Store, asked: &Asked) -> Result<(room::FigureQuery, Option<String>), Fault> {
    let typed = get(asked, "actor");
    let actor = typed.as_deref().map(|t| room::actor_meant(store, t)).transpose()?.flatten();
    let q = room::FigureQuery {
        measure: get(asked, "measure"),
        speaker: actor.as_ref().map(|a| a.id.clone()).or_else(|| typed.clone()),
        from: get(asked, "from"),
        to: get(asked, "to"),
    };
    Ok((q, actor.map(|a| a.name).or(typed)))
}

pub fn figures(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let (q, name) = figure_query(store, asked)?;
    let total = room::figure_count(store, &q)?;
    let list = room::figure_list(store, &q, PAGE, number(asked) * PAGE)?;
    let measures: Vec<String> = room::measures(store)?.into_iter().map(|m| m.measure).collect();
    let measures: Vec<&str> = measures.iter().map(String::as_str).collect();
    Ok(page::page(
        "Figures",
        &html! {
            h1 { (count(total, "figure")) @if let Some(m) = &q.measure { ": " (page::plain(m)) } @if let Some(n) = &name { ", by " (n) } }
            form.filter action="/figures" {
                (forms::choice("measure", "What is measured", &measures, asked))
                (forms::actor("By whose word", "actor", name.as_deref(), &timeline::names(store)?))
                (forms::field("from", "From", "date", asked))
                (forms::field("to", "To", "date", asked))
                button { "Show" }
                a href="/series" { "Series of figures" }
            }
            @if list.is_empty() { (forms::nothing(asked, "figure")) } @else {
                (page::figures(&list, |f| html! { @if let Some(s) = &f.series { " · " a href={ "/series/" (s) } { "series" } } }))
            }
            (pager("/figures", asked, list.len(), PAGE, Some(total)))
            (forms::as_data("figures", asked))
        },
    ))
}

/// What is measured, each a link to its figures.
pub fn measures(list: &[room::Measure]) -> Markup {
    html! { @if !list.is_empty() { p { "Every figure: "
        @for (n, m) in list.iter().enumerate() {
            @if n > 0 { ", " }
            a href=(forms::link("/figures", &Asked::new(), &[("measure", &m.measure)])) { (page::plain(&m.measure)) } " " span.num { (page::thousands(m.n)) }
        }
    } } }
}

pub fn series(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let total = room::series_count(store)?;
    let list = room::series(store, 1, PAGE, n * PAGE)?;
    let range = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(a), Some(b)) if a < b => format!("{} – {}", chart::shown(a), chart::shown(b)),
        (a, b) => a.or(b).map(chart::shown).unwrap_or_default(),
    };
    Ok(page::page(
        "Figures",
        &html! {
            h1 { "Figures over time" }
            (measures(&room::measures(store)?))
            @if list.is_empty() { p { "No number of the reports belongs to a series." } }
            @else { div.wide tabindex="0" role="region" aria-label="Series" { table {
                thead { tr { th { "What is counted" } th { "Figures" } th { "Lowest and highest claimed" } } }
                tbody { @for s in &list { tr {
                    td { a href={ "/series/" (s.id) } { (s.title) } }
                    td.num { (page::thousands(s.n)) }
                    td { (range(s.low, s.high)) }
                } } }
            } } }
            (pager("/series", asked, list.len(), PAGE, Some(total)))
            (forms::as_data("series", asked))
        },
    ))
}

pub fn origins(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let n = number(asked);
    let sql = "SELECT id, kind, wire, why, json_array_length(reports) n, (SELECT title FROM reports r \
        WHERE r.id = json_extract(o.reports, '$[0]')) title FROM origins o ORDER BY n DESC, id LIMIT ?1 OFFSET ?2";
    let params = [Value::Int(PAGE), Value::Int(n * PAGE)];
    let list = store.query_json(sql, &params).map_err(|e| Fault::Record(e.to_string()))?;
    let word = |r: &serde_json::Map<String, serde_json::Value>, k: &str| {
        r.get(k).and_then(|v| v.as_str()).map(str::to_owned)
    };
    Ok(page::page(
        "Origins",
        &html! {
            h1 { "Origins: reports that are one source" }
            div.wide tabindex="0" role="region" aria-label="Origins" { table {
                thead { tr { th { "Reports" } th { "First of them" } th { "How alike" } th { "Wire" } th { "Why" } } }
                tbody { @for o in &list { tr {
                    td.num { a href={ "/reports?origin=" (word(o, "id").unwrap_or_default()) } { (o.get("n").and_then(serde_json::Value::as_i64).unwrap_or(0)) } }
                    td { (word(o, "title").unwrap_or_default()) }
                    td { (word(o, "kind").unwrap_or_default()) }
                    td { (word(o, "wire").unwrap_or_default()) }
                    td { (word(o, "why").unwrap_or_default()) }
                } } }
            } }
            (pager("/origins", asked, list.len(), PAGE, None))
            p.meta { "The table as " a href="/table/origins.json" { "JSON" } ", " a href="/table/origins.csv" { "CSV" } }
        },
    ))
}

pub fn outlets(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let list = room::outlet_lines(store, None)?;
    Ok(page::page(
        "Outlets",
        &html! {
            h1 { "Outlets" }
            @if list.is_empty() { p { "No report names its outlet." } }
            @else { div.wide tabindex="0" role="region" aria-label="Outlets" { table {
                thead { tr { th { "Outlet" } th { "Reports" } th { "Origins" } th { "From" } th { "To" } th { "Country" } th { "Kind" } } }
                tbody { @for o in &list { tr {
                    td { (page::outlet(Some(&o.name), "")) }
                    td.num { (page::thousands(o.reports)) }
                    td.num { (page::thousands(o.origins)) }
                    td.day { (o.first.as_deref().unwrap_or("")) }
                    td.day { (o.last.as_deref().unwrap_or("")) }
                    td { (o.country.as_deref().unwrap_or("")) }
                    td { @if o.agency == 1 { "news agency" } }
                } } }
            } } }
            (forms::as_data("outlets", asked))
        },
    ))
}

pub fn disagreements(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    const SHOWN: i64 = 30;
    let n = number(asked);
    let kind = get(asked, "kind").filter(|k| !k.is_empty());
    let kind = kind
        .map(|k| {
            k.parse::<ConflictKind>().map_err(|e| Fault::Refused(StatusCode::BAD_REQUEST, e.to_string()))
        })
        .transpose()?;
    let counts = views::disagreement_counts(store)?;
    let total = counts.iter().filter(|(k, _)| kind.is_none_or(|w| w == *k)).map(|c| c.1).sum();
    let size = |n: i64| usize::try_from(n).unwrap_or(0);
    let list = views::disagreements_page(store, kind, 6, size(SHOWN), size(n * SHOWN))?;
    Ok(page::page(
        "Disagreements",
        &html! {
            h1 { "Where the reports disagree" }
            @if counts.len() > 1 || kind.is_some() { nav.tabs aria-label="Kind of disagreement" {
                a href="/disagreements" aria-current=[kind.is_none().then_some("page")] { "all" } " "
                @for (k, n) in &counts { a href={ "/disagreements?kind=" (k) } aria-current=[(kind == Some(*k)).then_some("page")] { (k) " " span.num { (page::thousands(*n)) } } " " }
            } }
            @for d in &list { (disagreement(d)) }
            @if list.is_empty() { p { "No disagreement was found." } }
            (pager("/disagreements", asked, list.len(), SHOWN, Some(total)))
            p.meta { "The table as " a href="/table/conflicts.json" { "JSON" } ", " a href="/table/conflicts.csv" { "CSV" } }
        },
    ))
}

fn folded(w: &str) -> String {
    w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// A disagreement: its sides beside each other, with the words that they differ in marked.
pub fn disagreement(d: &Disagreement) -> Markup {
    let sets: Vec<BTreeSet<String>> = d
        .sides
        .iter()
        .map(|s| {
            s.evidence.first().map(|e| e.context.split_whitespace().map(folded).collect()).unwrap_or_default()
        })
        .collect();
    let about = match d.kind {
        ConflictKind::Figure if d.of_series => Some((format!("/series/{}", d.about), "the series")),
        ConflictKind::Wording | ConflictKind::Speaker => None,
        _ => Some((format!("/event/{}", d.about), "the event")),
    };
    html! { article.disagreement #{ "d" (d.id) } {
        h3 { a href={ "/disagreements?kind=" (d.kind) "#d" (d.id) } { (d.why) } }
        p.meta { (d.kind) " · " (page::sure(d.sure.as_str())) @if let Some((href, words)) = about { " · " a href=(href) { (words) } } }
        div.sides { @for (n, s) in d.sides.iter().enumerate() {
            @let others: BTreeSet<&String> = sets.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, x)| x).collect();
            (side(s, (d.kind == ConflictKind::Wording).then_some(&others)))
        } }
    } }
}

/// What stands before the sentence of the evidence, the sentence, and what follows: only there a differing word means something.
fn about<'a>(context: &'a str, words: &str) -> (&'a str, &'a str, &'a str) {
    const ENDS: [&str; 6] = [". ", "! ", "? ", ".” ", "!” ", "?” "];
    let Some(at) = context.find(words) else { return ("", context, "") };
    let (head, tail) = context.split_at(at + words.len());
    let from = ENDS.iter().filter_map(|e| context[..at].rfind(e).map(|i| i + e.len())).max().unwrap_or(0);
    let to = ENDS
        .iter()
        .filter_map(|e| tail.find(e).map(|i| head.len() + i + e.len()))
        .min()
        .unwrap_or(context.len());
    (&context[..from], &context[from..to], &context[to..])
}

/// Neighbours that both sides have, or that only this side has, together.
fn runs(words: &str, others: &BTreeSet<&String>) -> Vec<(bool, String)> {
    let mut out: Vec<(bool, String)> = Vec::new();
    for w in words.split_whitespace() {
        let same = others.contains(&folded(w));
        match out.last_mut().filter(|l| l.0 == same) {
            Some((_, run)) => {
                run.push(' ');
                run.push_str(w);
            }
            None => out.push((same, w.to_owned())),
        }
    }
    out
}

/// A side: of two wordings the words that `others` lack are marked, else the words that the side rests on.
fn side(s: &SideView, others: Option<&BTreeSet<&String>>) -> Markup {
    html! { div.side {
        p.value { (s.value) " " span.num { (count(s.origins, "origin")) } }
        @if let Some(e) = s.evidence.first() {
            @if let Some(others) = others {
                @let (before, inside, after) = about(&e.context, &e.text);
                blockquote { (before) @for (same, words) in runs(inside, others) {
                    @if same { (words) } @else { mark { (words) } } " "
                } (after) }
            } @else {
                @let [before, words, after] = &e.around;
                blockquote { (before) mark { (words) } (after) }
            }
        }
        @for e in &s.evidence {
            p.meta { a href=(page::words_at(e.report_id.as_str(), i64::from(e.start))) { (e.outlet.as_deref().unwrap_or(&e.report)) }
                ", " @match e.published { Some(d) => (d), None => "undated" } }
        }
        @let more = s.passages.saturating_sub(s.evidence.len());
        @if more > 0 { p.meta { (count(i64::try_from(more).unwrap_or(i64::MAX), "more passage")) @if more == 1 { " says so" } @else { " say so" } } }
    } }
}

#[cfg(test)]
mod tests {
    use super::{about, runs};
    use std::collections::BTreeSet;

    #[test]
    fn only_the_sentence_of_the_evidence_is_compared() {
        let context = "… by rail. The envoys met in Oslo on Monday. It rained all …";
        assert_eq!(
            about(context, "met"),
            ("… by rail. ", "The envoys met in Oslo on Monday. ", "It rained all …")
        );
        assert_eq!(about("They met", "left"), ("", "They met", ""));
    }

    #[test]
    fn differing_neighbours_are_marked_together() {
        let other: Vec<String> = ["the", "envoys", "met"].map(str::to_owned).to_vec();
        let others: BTreeSet<&String> = other.iter().collect();
        let shown: Vec<(bool, String)> = runs("The envoys met in Oslo.", &others);
        assert_eq!(shown, [(true, "The envoys met".to_owned()), (false, "in Oslo.".to_owned())]);
    }
}
