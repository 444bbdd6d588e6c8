//! The words at a span as a citation: plain text, BibTeX, or a W3C Web Annotation.

use super::Fault;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery::Store;
use chancery::views::{marked, room};
use serde_json::json;

/// `START-END.txt`, `.bib` or `.json` of a report, by id.
pub fn cite(store: &Store, report: &str, span: &str) -> Result<Response, Fault> {
    let missing = || Fault::Missing("There are no such words in the record.".into());
    let (at, form) = span.rsplit_once('.').ok_or_else(missing)?;
    let (start, end) = at.split_once('-').ok_or_else(missing)?;
    let (Ok(start), Ok(end)) = (start.parse::<u32>(), end.parse::<u32>()) else { return Err(missing()) };
    let line = room::report_line(store, report)?.ok_or_else(missing)?;
    let words = marked::words(store, report, start, end)?.ok_or_else(missing)?;
    let outlet = line.outlet.as_deref().unwrap_or("no outlet");
    let title = line.title.as_deref().unwrap_or(&line.key);
    let date = line.published.as_deref().unwrap_or("undated");
    let (kind, body) = match form {
        "txt" => (
            "text/plain; charset=utf-8",
            format!(
                "“{words}” — {outlet}, “{title}”, {date}. {}SHA-256 {}, code points {start}–{end}.\n",
                line.url.as_ref().map_or_else(String::new, |u| format!("{u}. ")),
                line.sha256
            ),
        ),
        "bib" => {
            let clean = |s: &str| s.chars().filter(|c| !"{}\\".contains(*c)).collect::<String>();
            let url =
                line.url.as_deref().map_or_else(String::new, |u| format!("  url = {{{}}},\n", clean(u)));
            let body = format!(
                "@misc{{{report},\n  title = {{{}}},\n  publisher = {{{}}},\n  date = {{{date}}},\n{url}  \
                 note = {{{}; SHA-256 {}, code points {start}--{end}}}\n}}\n",
                clean(title),
                clean(outlet),
                clean(&words),
                line.sha256
            );
            ("text/plain; charset=utf-8", body)
        }
        "json" => {
            let source = line.url.clone().unwrap_or_else(|| format!("urn:sha256:{}", line.sha256));
            let annotation = json!({
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "type": "Annotation",
                "id": format!("urn:chancery:{report}:{start}-{end}"),
                "motivation": "identifying",
                "target": {"source": source, "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {"type": "TextQuoteSelector", "exact": words},
                ]},
            });
            ("application/ld+json", annotation.to_string())
        }
        _ => return Err(missing()),
    };
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

/// Links to the three forms.
pub fn links(report: &str, start: i64, end: i64) -> maud::Markup {
    maud::html! { span.cite { "Cite: "
        @for (form, name) in [("txt", "text"), ("bib", "BibTeX"), ("json", "annotation")] {
            a data-copy href={ "/cite/" (report) "/" (start) "-" (end) "." (form) } { (name) } " "
        }
    } }
}
