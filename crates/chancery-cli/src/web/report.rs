//! A report: its text with the facts marked in place, and the facts beside it.

use super::{Asked, Fault, Room, cite, correct, page};
use chancery::Store;
use chancery::views::marked::{Marked, Stretch, marked};
use chancery_model::vocab::BlockKind;
use maud::{Markup, html};
use std::collections::BTreeSet;

pub fn page(store: &Store, room: &Room, id: &str, _: &Asked) -> Result<Markup, Fault> {
    let r = marked(store, id)?.ok_or_else(|| Fault::Missing("No report has this id.".into()))?;
    let title = r.report.title.as_deref().unwrap_or(&r.report.key);
    let back = format!("/report/{id}");
    // A fact may lie in several stretches; only the first carries the name that links lead to.
    let mut named = BTreeSet::new();
    let body = html! {
        h1 { (title) }
        p.meta {
            (page::outlet(r.report.outlet.as_deref(), "no outlet")) ", "
            (page::dated(r.report.published.map(|d| d.to_string()).as_deref(), r.report.published_basis.as_str()))
            @if let Some(b) = &r.report.byline { " · " (b) }
        }
        p.meta { "Date: " (r.report.published_why) }
        details { summary { "Correct the date" } (correct::published(room, &r.report.key, &back)) }
        @if let Some(s) = &r.report.stamp { p.meta { "A printed date that the text contradicts: " (s) } }
        p.meta { "SHA-256 " code { (r.report.sha256) } " · " a href={ "/reports?origin=" (r.report.origin) } { "Its origin" } }
        p.key { "Underlined: " span.kind.t-statements { "statements" } " " span.kind.t-figures { "figures" } " " span.kind.t-event_mentions { "events" } " " span.kind.t-times { "times" } ". Grey: not part of the report, and why. Dashed: nobody has looked at it yet." }
        div.reading {
            div.text aria-label="The text" {
                @for (n, s) in r.stretches.iter().enumerate() {
                    @let before = n.checked_sub(1).and_then(|n| r.stretches.get(n)).and_then(|s| s.block);
                    (stretch(s, before, &r.facts, &mut named))
                }
            }
            aside.facts aria-label="Facts read from it" {
                ol { @for (n, f) in r.facts.iter().enumerate() { (fact(n, f, &r.report.key, id, room, &back)) } }
                @if r.facts.is_empty() { p { "No fact was read from it." } }
            }
        }
    };
    Ok(page::page(title, &body))
}

fn bears(b: Option<BlockKind>) -> bool {
    matches!(b, None | Some(BlockKind::Headline | BlockKind::Body))
}

fn stretch(s: &Stretch, before: Option<BlockKind>, facts: &[Marked], named: &mut BTreeSet<usize>) -> Markup {
    let label = !bears(s.block) && before != s.block;
    let first: Vec<usize> = s.facts.iter().copied().filter(|f| named.insert(*f)).collect();
    // The shortest fact is the innermost one: a click means that.
    let inner = s
        .facts
        .iter()
        .filter_map(|f| Some((*f, facts.get(*f)?)))
        .min_by_key(|(_, f)| f.spans.iter().map(|[a, b]| b.saturating_sub(*a)).sum::<u32>());
    let list = s.facts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    html! {
        @for f in &first { span.anchor #{ "w" (f) } {} }
        span.anchor #{ "at" (s.start) } {}
        @if label { @if let Some(b) = s.block { span.label title=[s.why.as_deref()] { (b) } } }
        @match inner {
            Some((n, f)) if !s.text.trim().is_empty() => a class={ "m t-" (f.table) " r-" (f.review) } data-f=(list) href={ "#f" (n) } { (s.text) },
            _ => span class=[(!bears(s.block)).then_some("removed")] { (s.text) },
        }
    }
}

fn fact(n: usize, f: &Marked, key: &str, report: &str, room: &Room, back: &str) -> Markup {
    html! { li class={ "fact t-" (f.table) " r-" (f.review) } #{ "f" (n) } data-fact=(n) tabindex="-1" {
        p { a href={ "#w" (n) } { (f.label) }
            @match (f.table, &f.id, &f.event) {
                ("statements", Some(id), _) => { " · " a href={ "/statement/" (id) } { "statement" } },
                (_, _, Some(e)) => { " · " a href={ "/event/" (e) } { "event" } },
                _ => {},
            }
        }
        p.meta { (page::sure(f.sure.as_str())) ", by " (f.by) (page::reviewed(f.review.as_str())) }
        details { summary { "Cite or decide" }
            (cite::links(report, f.start.into(), f.end.into()))
            (correct::marked(room, f, key, &format!("{back}#f{n}")))
        }
    } }
}
