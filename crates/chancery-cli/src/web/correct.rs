//! Forms by which a person says what is right. Each names its row by table, report key and span, as decisions do.

use super::{Room, forms, page};
use chancery::views::marked::Marked;
use chancery::views::room::{
    EventLine, FigureLine, MentionLine, ReportLine, ReviewItem, ReviewKind, Said, Twins,
};
use chancery_model::rows::ActorRow;
use chancery_model::vocab::Qualifier;
use maud::{Markup, html};

/// The row that a form is about.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub table: &'a str,
    pub key: &'a str,
    pub start: i64,
    pub end: i64,
}

fn hidden(room: &Room, at: At<'_>, back: &str) -> Markup {
    html! {
        (page::token(room, back))
        input type="hidden" name="table" value=(at.table);
        input type="hidden" name="key" value=(at.key);
        input type="hidden" name="start" value=(at.start);
        input type="hidden" name="end" value=(at.end);
    }
}

/// Confirm and reject.
pub fn buttons(room: &Room, at: At<'_>, back: &str) -> Markup {
    html! { form.decide method="post" action="/decide" {
        (hidden(room, at, back))
        button.yes name="action" value="confirm" data-key="y" { "Confirm" }
        button.no name="action" value="reject" data-key="n" { "Reject" }
    } }
}

/// A box that is filled with what was read; only what is changed is set.
fn field(name: &str, label: &str, value: &str) -> Markup {
    html! {
        label { (label) " " input name=(name) value=(value) autocomplete="off"; }
        input type="hidden" name={ "was_" (name) } value=(value);
    }
}

fn choice(name: &str, label: &str, words: &[&str], value: &str) -> Markup {
    html! {
        label { (label) " " select name=(name) { @for w in words { option value=(w) selected[*w == value] { (page::plain(w)) } } } }
        input type="hidden" name={ "was_" (name) } value=(value);
    }
}

fn set(room: &Room, at: At<'_>, back: &str, fields: &Markup) -> Markup {
    html! { details.correct { summary { "Correct" } form.decide method="post" action="/decide" {
        (hidden(room, at, back))
        (fields)
        button name="action" value="set" { "Correct" }
    } } }
}

fn statement_fields(who: &str, act: &str, date: &str) -> Markup {
    html! { (field("speaker", "Speaker", who)) (choice("act", "What it does", &forms::acts(), act)) (field("date", "Said on (EDTF)", date)) }
}

fn figure_fields(
    low: Option<f64>,
    high: Option<f64>,
    qualifier: &str,
    measure: &str,
    who: &str,
    date: &str,
) -> Markup {
    let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
    let qualifiers: Vec<&str> = Qualifier::ALL.iter().map(|q| q.as_str()).collect();
    html! {
        (field("low", "Lower bound", &number(low))) (field("high", "Upper bound", &number(high)))
        (choice("qualifier", "How exact", &qualifiers, qualifier)) (field("measure", "What is measured", measure))
        (field("speaker", "By whose word", who)) (field("date", "As of (EDTF)", date))
    }
}

fn mention_fields(kind: &str, status: &str, date: &str) -> Markup {
    html! { (choice("type", "Kind", &forms::types(), kind)) (choice("status", "Reported as", &forms::statuses(), status)) (field("date", "Day (EDTF)", date)) }
}

/// For a statement.
pub fn statement(room: &Room, s: &Said, start: i64, end: i64, back: &str) -> Markup {
    let at = At { table: "statements", key: &s.key, start, end };
    let fields =
        statement_fields(s.speaker_name.as_deref().unwrap_or(""), &s.act, s.said.as_deref().unwrap_or(""));
    html! { (buttons(room, at, back)) (set(room, at, back, &fields)) }
}

/// For a figure.
pub fn figure(room: &Room, f: &FigureLine, back: &str) -> Markup {
    let at = At { table: "figures", key: &f.key, start: f.start, end: f.end };
    let day = if f.dated == 1 { f.day.as_deref().unwrap_or("") } else { "" };
    let fields = html! {
        (figure_fields(f.low, f.high, &f.qualifier, &f.measure, f.speaker_name.as_deref().unwrap_or(""), day))
    };
    html! { (buttons(room, at, back)) (set(room, at, back, &fields)) }
}

/// For a mention of an event; one of several can be split off.
pub fn mention(room: &Room, m: &MentionLine, several: bool, back: &str) -> Markup {
    let at = At { table: "event_mentions", key: &m.key, start: m.start, end: m.end };
    let fields = mention_fields(&m.r#type, &m.status, m.date.as_deref().unwrap_or(""));
    html! {
        (buttons(room, at, back))
        (set(room, at, back, &fields))
        @if several { form.decide method="post" action="/decide" {
            (hidden(room, at, back))
            button name="action" value="split-event" { "Another event: split it off" }
        } }
    }
}

/// For two events that are one: the other is chosen among those alike.
pub fn same_event(room: &Room, m: &MentionLine, alike: &[EventLine], back: &str) -> Markup {
    let at = At { table: "event_mentions", key: &m.key, start: m.start, end: m.end };
    html! { @if !alike.is_empty() { section { h2 { "Correct" } form.decide method="post" action="/decide" {
        (hidden(room, at, back))
        label { "Is the same as " select name="with" { @for e in alike { option value=(e.id) { (e.date.as_deref().unwrap_or("no date")) " · " (e.title) } } } }
        button name="action" value="merge-event" { "Merge" }
    } } } }
}

/// For an actor: the same as another, several under one name, another name.
pub fn actor(room: &Room, a: &ActorRow, back: &str) -> Markup {
    let form = |fields: Markup| {
        html! { form.decide method="post" action="/decide" {
            (page::token(room, back))
            input type="hidden" name="actor" value=(a.name);
            (fields)
        } }
    };
    html! {
        h2 { "Correct" }
        (form(html! { label { "Is the same as " input name="name" required autocomplete="off"; } button name="action" value="merge" { "Merge" } }))
        @if !a.aliases.0.is_empty() { (form(html! {
            label { "Somebody else is called " select name="name" { @for n in &a.aliases.0 { option { (n) } } } }
            button name="action" value="split" { "Split" }
        })) }
        (form(html! { label { "Somebody else in the report with the key " input name="in" required; } button name="action" value="split-in" { "Split" } }))
        (form(html! { label { "Is to be called " input name="name" required autocomplete="off"; } button name="action" value="rename" { "Rename" } }))
    }
}

/// For two actors that may be one.
pub fn twins(room: &Room, t: &Twins, back: &str) -> Markup {
    html! { form.decide method="post" action="/decide" {
        (page::token(room, back))
        input type="hidden" name="actor" value=(t.a.1);
        input type="hidden" name="name" value=(t.b.1);
        button.yes name="action" value="merge" data-key="y" { "One actor" }
        button.no name="action" value="split" data-key="n" { "Two actors" }
    } }
}

/// For the date of a report.
pub fn report_date(room: &Room, r: &ReportLine, back: &str) -> Markup {
    published(room, &r.key, back)
}

/// For a fact marked in its report. What was read is not repeated in the boxes: what is filled in is set.
pub fn marked(room: &Room, f: &Marked, key: &str, back: &str) -> Markup {
    let at = At { table: f.table, key, start: f.start.into(), end: f.end.into() };
    let any = |words: Vec<&'static str>| [vec![""], words].concat();
    let fields = match f.table {
        "statements" => {
            html! { (field("speaker", "Speaker", "")) (choice("act", "What it does", &any(forms::acts()), "")) (field("date", "Said on (EDTF)", "")) }
        }
        "figures" => {
            html! { (field("low", "Lower bound", "")) (field("high", "Upper bound", "")) (field("measure", "What is measured", "")) (field("speaker", "By whose word", "")) (field("date", "As of (EDTF)", "")) }
        }
        "event_mentions" => {
            html! { (choice("type", "Kind", &any(forms::types()), "")) (choice("status", "Reported as", &any(forms::statuses()), "")) (field("date", "Day (EDTF)", "")) }
        }
        _ => html! { (field("date", "Means (EDTF)", "")) },
    };
    html! { (buttons(room, at, back)) (set(room, at, back, &fields)) }
}

/// For the date of a report, by its key.
pub fn published(room: &Room, key: &str, back: &str) -> Markup {
    html! { form.decide method="post" action="/decide" {
        (page::token(room, back))
        input type="hidden" name="key" value=(key);
        label { "Published on (EDTF: 2006-10-28, 2006-10, 2006-10-26/2006-10-28) " input name="date" required autocomplete="off"; }
        button name="action" value="date" { "Set" }
    } }
}

/// For a row of the review list.
pub fn item(room: &Room, kind: ReviewKind, i: &ReviewItem, back: &str) -> Markup {
    let at = At { table: kind.table(), key: &i.key, start: i.start, end: i.end };
    let who = i.who.as_deref().unwrap_or("");
    let day = i.day.as_deref().unwrap_or("");
    let fields = match kind {
        ReviewKind::Statements | ReviewKind::Speakers => statement_fields(who, &i.what, day),
        ReviewKind::Figures => figure_fields(i.low, i.high, &i.how, &i.what, who, day),
        ReviewKind::Events => mention_fields(&i.what, &i.how, day),
    };
    html! { (buttons(room, at, back)) (set(room, at, back, &fields)) }
}
