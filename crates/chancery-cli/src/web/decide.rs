//! Decisions made in the room. They go through the library as those of the command line do.

use super::{Asked, Fault, Room, answer, later};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chancery::views::room;
use chancery::{Engine, Store};
use chancery_model::rows::DecisionRow;
use chancery_model::schema::Nested;
use serde_json::{Map, Value, json};
use std::sync::Arc;

fn bad(why: impl Into<String>) -> Fault {
    Fault::Refused(StatusCode::BAD_REQUEST, why.into())
}

fn decision(store: &Store, room: &Room, form: &Asked) -> Result<DecisionRow, Fault> {
    let get = |k: &str| form.get(k).map(|v| v.trim().to_owned()).unwrap_or_default();
    let number = |k: &str| get(k).parse::<u32>().map_err(|_| bad(format!("{k} is not a number.")));
    let row = || -> Result<Value, Fault> {
        Ok(
            json!({"table": get("table"), "key": get("key"), "start": number("start")?, "end": number("end")?}),
        )
    };
    let actor = || json!({"table": "actors", "name": get("actor")});
    let (target, action, value) = match get("action").as_str() {
        "confirm" => (row()?, "confirm", Value::Null),
        "reject" => (row()?, "reject", Value::Null),
        "set" => (row()?, "set", changed(form)?),
        "date" => (json!({"table": "reports", "key": get("key")}), "set", json!({"published": get("date")})),
        "merge" => (actor(), "merge", json!({"with": get("name")})),
        "split" => (actor(), "split", json!({"from": get("name")})),
        "split-in" => (actor(), "split", json!({"in": get("in")})),
        "rename" => (actor(), "rename", json!({"name": get("name")})),
        "split-event" => (row()?, "split", Value::Null),
        "merge-event" => {
            let other = room::mention_lines(store, &get("with"), 1)?.pop();
            let other = other
                .ok_or_else(|| bad("The other event is no longer in the record; load the page again."))?;
            (row()?, "merge", json!({"with": {"key": other.key, "start": other.start, "end": other.end}}))
        }
        other => return Err(bad(format!("{other:?} is no decision."))),
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

/// What of a row was changed in its form.
fn changed(form: &Asked) -> Result<Value, Fault> {
    let mut set = Map::new();
    for name in ["speaker", "act", "date", "type", "status", "qualifier", "measure", "low", "high"] {
        let now = form.get(name).map(|v| v.trim());
        let was = form.get(&format!("was_{name}")).map(|v| v.trim());
        let Some(now) = now.filter(|n| Some(*n) != was) else { continue };
        if matches!(name, "low" | "high") {
            let plain = now.replace(',', "");
            let number = if plain.is_empty() { None } else { Some(plain.parse::<f64>()) };
            let number = number.transpose().map_err(|_| bad(format!("{now:?} is not a number.")))?;
            set.insert(name.to_owned(), number.map_or(Value::Null, |n| json!(n)));
        } else if !now.is_empty() {
            set.insert(name.to_owned(), json!(now));
        }
    }
    if set.is_empty() {
        return Err(bad("Nothing was changed, so there is nothing to correct; confirm it instead."));
    }
    Ok(Value::Object(set))
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
    let r = Arc::clone(&room);
    write(room, form, move |engine, room, form| {
        let decision = decision(engine.store(), room, form)?;
        if later::is_large(engine)? {
            engine.decide_first(decision)?;
            later::start(&r);
            return Ok(());
        }
        Ok(engine.decide(decision)?)
    })
    .await
}

pub async fn undo(State(room): State<Arc<Room>>, Form(form): Form<Asked>) -> Response {
    let r = Arc::clone(&room);
    write(room, form, move |engine, _, _| {
        if later::is_large(engine)? {
            engine.undo_first()?;
            later::start(&r);
        } else {
            engine.undo()?;
        }
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_is_set() {
        let form = |pairs: &[(&str, &str)]| -> Asked {
            pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect()
        };
        let f = form(&[
            ("act", "deny"),
            ("was_act", "say"),
            ("speaker", "A"),
            ("was_speaker", "A"),
            ("high", ""),
            ("was_high", "5"),
        ]);
        assert_eq!(changed(&f).ok(), Some(json!({"act": "deny", "high": null})));
        assert!(changed(&form(&[("act", "say"), ("was_act", "say")])).is_err());
        assert!(changed(&form(&[("low", "many"), ("was_low", "")])).is_err());
    }
}
