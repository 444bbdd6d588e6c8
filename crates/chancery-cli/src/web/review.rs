//! Decisions made in the room. They go through the library as those of the command line do.

use super::{Asked, Fault, Room, answer, page};
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chancery::views::room;
use chancery::{Engine, EngineError, Store};
use chancery_model::rows::DecisionRow;
use chancery_model::schema::Nested;
use maud::{Markup, html};
use serde_json::{Value, json};
use std::sync::Arc;

/// Confirm and reject for a row.
pub fn buttons(room: &Room, table: &str, key: &str, start: u32, end: u32, back: &str) -> Markup {
    html! { form.decide method="post" action="/decide" {
        (row(room, table, key, start, end, back))
        button name="action" value="confirm" { "Confirm" }
        button name="action" value="reject" { "Reject" }
    } }
}

fn row(room: &Room, table: &str, key: &str, start: u32, end: u32, back: &str) -> Markup {
    html! {
        (page::token(room, back))
        input type="hidden" name="table" value=(table);
        input type="hidden" name="key" value=(key);
        input type="hidden" name="start" value=(start);
        input type="hidden" name="end" value=(end);
    }
}

/// Another speaker for a statement.
pub fn speaker(room: &Room, key: &str, start: u32, end: u32, back: &str) -> Markup {
    html! { form.decide method="post" action="/decide" {
        (row(room, "statements", key, start, end, back))
        label { "The speaker is " input name="name" required; }
        button name="action" value="speaker" { "Correct" }
    } }
}

/// Another name for the same actor.
pub fn merge(room: &Room, name: &str, back: &str) -> Markup {
    html! { section { h2 { "Correct" } form.decide method="post" action="/decide" {
        (page::token(room, back))
        input type="hidden" name="actor" value=(name);
        label { "Is the same as " input name="name" required; }
        button name="action" value="merge" { "Merge" }
    } } }
}

pub fn page(store: &Store, room: &Room, _: &Asked) -> Result<Markup, Fault> {
    let list = room::unreviewed(store, 40)?;
    let made = store.decisions().map_err(|e| Fault::Record(e.to_string()))?;
    Ok(page::page(
        "Review",
        &html! {
            h1 { "Review" }
            p { "Least sure first. Keys: " kbd { "j" } " next, " kbd { "k" } " before, " kbd { "y" } " confirm, " kbd { "n" } " reject, "
                kbd { "e" } " correct, " kbd { "u" } " undo. Signed " strong { (room.who) } "." }
            p { a href="/decisions.jsonl" { "decisions.jsonl" } " (" (made.len()) ")" }
            @if !made.is_empty() { form #undo method="post" action="/undo" { (page::token(room, "/review")) button { "Undo the last decision" } } }
            ol.review { @for s in &list { li.item tabindex="-1" {
                (page::statement(s))
                @let (a, b) = (u32::try_from(s.start.unwrap_or(0)).unwrap_or(0), u32::try_from(s.end.unwrap_or(0)).unwrap_or(0));
                (buttons(room, "statements", &s.key, a, b, "/review"))
                details { summary { "Correct the speaker" } (speaker(room, &s.key, a, b, "/review")) }
            } } }
            @if list.is_empty() { p { "Every statement was looked at." } }
            @if !made.is_empty() { h2 { "Made last" } ul { @for d in made.iter().rev().take(20) {
                li { (d.action) " " code { (d.target.0) } @if !d.value.0.is_null() { " " code { (d.value.0) } } " · " (d.who) ", " (d.at) } } } }
        },
    ))
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

fn decision(room: &Room, form: &Asked) -> Result<DecisionRow, Fault> {
    let get = |k: &str| form.get(k).map(|v| v.trim().to_owned()).unwrap_or_default();
    let number = |k: &str| {
        get(k)
            .parse::<u32>()
            .map_err(|_| Fault::Refused(StatusCode::BAD_REQUEST, format!("{k} is not a number.")))
    };
    let row = || -> Result<Value, Fault> {
        Ok(
            json!({"table": get("table"), "key": get("key"), "start": number("start")?, "end": number("end")?}),
        )
    };
    let (target, action, value) = match get("action").as_str() {
        "confirm" => (row()?, "confirm", Value::Null),
        "reject" => (row()?, "reject", Value::Null),
        "speaker" => (row()?, "set", json!({"speaker": get("name")})),
        "merge" => (json!({"table": "actors", "name": get("actor")}), "merge", json!({"with": get("name")})),
        other => return Err(Fault::Refused(StatusCode::BAD_REQUEST, format!("{other:?} is no decision."))),
    };
    Ok(DecisionRow {
        at: chancery::now(),
        who: room.who.clone(),
        target: Nested(target),
        action: action.into(),
        value: Nested(value),
        note: None,
    })
}

/// Writes with the engine, one at a time, and goes back to where the form stood.
async fn write(
    room: Arc<Room>,
    form: Asked,
    act: impl FnOnce(&mut Engine, &Room, &Asked) -> Result<(), Fault> + Send + 'static,
) -> Response {
    if form.get("token") != Some(&room.token) {
        let why = "The page is from an earlier run of the room; load it again.".into();
        return Fault::Refused(StatusCode::FORBIDDEN, why).into_response();
    }
    let r = Arc::clone(&room);
    answer(room, move |_| {
        // A writer that panicked left no half a transaction: the next may go on.
        let _one = r.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut engine = Engine::open(&r.record)?;
        let done = act(&mut engine, &r, &form);
        engine.close()?;
        done?;
        let back =
            form.get("back").filter(|b| b.starts_with('/') && !b.starts_with("//") && !b.contains('\\'));
        Ok(Redirect::to(back.map_or("/review", String::as_str)))
    })
    .await
}

pub async fn decide(State(room): State<Arc<Room>>, Form(form): Form<Asked>) -> Response {
    write(room, form, |engine, room, form| Ok(engine.decide(decision(room, form)?)?)).await
}

pub async fn undo(State(room): State<Arc<Room>>, Form(form): Form<Asked>) -> Response {
    write(room, form, |engine, _, _| {
        engine.undo().map_err(|e: EngineError| Fault::from(e))?;
        Ok(())
    })
    .await
}
