//! The frame of every page, and the small pieces that pages share.

use super::{Room, forms};
use chancery::views::room::{EventLine, FigureLine, ReportLine, Said};
use maud::{DOCTYPE, Markup, html};

/// The pages that every page leads to.
const PAGES: [(&str, &str); 13] = [
    ("/story", "Story"),
    ("/disagreements", "Disagreements"),
    ("/events", "Events"),
    ("/statements", "Statements"),
    ("/series", "Figures"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/network", "Network"),
    ("/reports", "Reports"),
    ("/outlets", "Outlets"),
    ("/origins", "Origins"),
    ("/review", "Review"),
    ("/tables", "Tables"),
];

/// A page.
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
                    a.brand href="/" { "Chancery" }
                    form.find action="/search" role="search" {
                        input type="search" name="q" aria-label="Search reports, statements and actors" placeholder="Search";
                        button { "Search" }
                    }
                    nav aria-label="Pages" {
                        @for (path, name) in PAGES { a href=(path) { (name) } }
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
    let sign = match review {
        "confirmed" => "✓ ",
        "rejected" => "✗ ",
        _ => "✎ ",
    };
    html! { @if review != "predicted" { " " span class={ "review " (review) } { (sign) (review) } } }
}

/// A number with its noun.
pub fn count(n: i64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// A number with commas.
pub fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// A link to words in a report.
pub fn words_at(report: &str, start: i64) -> String {
    format!("/report/{report}#at{start}")
}

/// A word of the record without its underscores.
pub fn plain(word: &str) -> String {
    word.to_lowercase().replace('_', " ")
}

/// An outlet, by name.
pub fn outlet(name: Option<&str>, key: &str) -> Markup {
    html! { @match name { Some(n) => a href={ "/outlet/" (forms::part(n)) } { (n) }, None => (key) } }
}

/// A day, with a sign where it was worked out and not printed.
pub fn dated(published: Option<&str>, basis: &str) -> Markup {
    let inferred = matches!(basis, "comments" | "text" | "chronology" | "corpus");
    html! { @match published {
        Some(d) => { (d) @if inferred { " (worked out)" } },
        None => "undated",
    } }
}

/// Statements as a list.
pub fn statements(list: &[Said]) -> Markup {
    html! {
        ul.statements { @for s in list { li class={ "r-" (s.review) } { (statement(s)) } } }
    }
}

/// Who passed a statement on, nearest the speaker first.
pub fn relays(s: &Said) -> Vec<(Option<String>, String)> {
    let list: Vec<serde_json::Value> = serde_json::from_str(&s.relays).unwrap_or_default();
    let word = |r: &serde_json::Value, k: &str| r.get(k).and_then(|t| t.as_str()).map(str::to_owned);
    list.iter().filter_map(|r| Some((word(r, "actor"), word(r, "text")?))).collect()
}

/// The speaker of a statement.
pub fn speaker(s: &Said) -> Markup {
    html! { @match (&s.speaker, &s.speaker_name) {
        (Some(id), Some(name)) => a href={ "/actor/" (id) } { (name) },
        _ => span { (s.speaker_text.as_deref().unwrap_or("nobody named")) },
    } }
}

/// One statement: the words, who, through whom, where.
pub fn statement(s: &Said) -> Markup {
    html! {
        p.words { a href={ "/statement/" (s.id) } { (s.words.as_deref().unwrap_or("(no words)")) } }
        p.meta {
            (speaker(s)) " (" (s.act) ", " (s.form) ")"
            @for (id, text) in relays(s) {
                ", through " @match id { Some(id) => a href={ "/actor/" (id) } { (text) }, None => (text) }
            }
            " · "
            a href=(words_at(&s.report, s.start.unwrap_or(0))) { (s.outlet.as_deref().unwrap_or(&s.key)) }
            ", " (dated(s.published.as_deref(), &s.basis))
            " · " span.sure { (sure(&s.sure)) }
            (reviewed(&s.review))
        }
    }
}

/// Events as a table.
pub fn events(list: &[EventLine]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label="Events" { table {
            thead { tr { th { "When" } th { "Event" } th { "Kind" } th { "Reported as" } th { "Place" } th { "Origins" } } }
            tbody { @for e in list { tr class={ "r-" (e.review) } {
                td.day { (when(e)) }
                td { a href={ "/event/" (e.id) } { (e.title) } (reviewed(&e.review)) }
                td { (plain(&e.r#type)) }
                td.day { span class={ "status s-" (e.status) } {} " " (e.status) }
                td { @match (&e.place, &e.place_name) {
                    (Some(id), Some(n)) => a href={ "/place/" (id) } { (n) },
                    (_, n) => (n.as_deref().unwrap_or("")),
                } }
                td.num { (e.origins) }
            } } }
        } }
    }
}

/// When an event was, or else when it was first told.
pub fn when(e: &EventLine) -> Markup {
    html! { @match (&e.date, &e.told) {
        (Some(d), _) => (d),
        (None, Some(d)) => span.meta { "told " (d) },
        (None, None) => "no date",
    } }
}

/// Figures as a table; what follows each is made by `more`.
pub fn figures(list: &[FigureLine], more: impl Fn(&FigureLine) -> Markup) -> Markup {
    html! { div.wide tabindex="0" role="region" aria-label="Figures" { table {
        thead { tr { th { "Day" } th { "Figure" } th { "By whose word" } th { "Report" } th { "Reading" } } }
        tbody { @for f in list { tr class={ "r-" (f.review) } {
            td.day { (f.day.as_deref().unwrap_or("no date")) @if f.day.is_some() && f.dated == 0 { span.meta { " (of the report)" } } }
            td { a href=(words_at(&f.report, f.start)) { (f.text) } @if let Some(s) = &f.subject { " " (s) }
                " " span.meta { (plain(&f.measure)) ", " (plain(&f.qualifier)) @if let Some(d) = &f.derivation { ": " (d) } } }
            td { @match (&f.speaker, &f.speaker_name) { (Some(i), Some(n)) => a href={ "/actor/" (i) } { (n) }, _ => span.nobody { "nobody named" } }
                @if let Some(s) = &f.statement { " " a.meta href={ "/statement/" (s) } { "statement" } } }
            td { (outlet(f.outlet.as_deref(), &f.key)) ", " (f.published.as_deref().unwrap_or("undated")) }
            td { (sure(&f.sure)) (reviewed(&f.review)) (more(f)) }
        } } }
    } } }
}

/// Reports as a table.
pub fn reports(list: &[ReportLine]) -> Markup {
    html! { div.wide tabindex="0" role="region" aria-label="Reports" { table {
        thead { tr { th { "Published" } th { "Report" } th { "Outlet" } th { "Words" } } }
        tbody { @for r in list { tr {
            td.day title=(r.published_why) { (dated(r.published.as_deref(), &r.published_basis)) }
            td { a href={ "/report/" (r.id) } { (r.title.as_deref().unwrap_or(&r.key)) } }
            td { (outlet(r.outlet.as_deref(), "")) }
            td.num { (thousands(r.words)) }
        } } }
    } } }
}

/// The hidden fields of a form that writes.
pub fn token(room: &Room, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(room.token);
        input type="hidden" name="back" value=(back);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        assert_eq!(super::count(1, "report"), "1 report");
        assert_eq!(super::count(1_234_567, "report"), "1,234,567 reports");
    }
}
