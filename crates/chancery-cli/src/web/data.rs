//! The lists of the pages as JSON and CSV, cut to what the page is cut to.

use super::{Asked, Fault, forms, lists, network, timeline};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery::Store;
use chancery::views::room::{self, EventFilter};
use serde::Serialize;
use serde_json::Value;

/// Rows that one list gives at most; the whole tables have no limit.
const MOST: i64 = 100_000;

fn values<T: Serialize>(list: &[T]) -> Result<Vec<Value>, Fault> {
    let all: Result<Vec<Value>, _> = list.iter().map(serde_json::to_value).collect();
    all.map_err(|e| Fault::Record(e.to_string()))
}

fn rows(store: &Store, name: &str, asked: &Asked) -> Result<Option<Vec<Value>>, Fault> {
    let id = |k: &str| forms::get(asked, k).unwrap_or_default();
    Ok(Some(match name {
        "events" => {
            let f: EventFilter = timeline::Query::of(store, asked)?.events;
            let mut list = room::events(store, &f, MOST, 0)?;
            list.extend(room::undated_events(store, &f, MOST, 0)?);
            values(&list)?
        }
        "mentions" => values(&room::mention_lines(store, &id("event"), MOST)?)?,
        "statements" => values(&room::said_list(store, &lists::said_query(store, asked)?.0, MOST, 0)?)?,
        "reports" => values(&room::report_lines(store, &lists::report_query(asked), MOST, 0)?)?,
        "actors" => match forms::get(asked, "q") {
            Some(words) => values(&room::actors_named(store, &words, MOST)?)?,
            None => values(&room::actor_lines(store, forms::get(asked, "kind").as_ref(), MOST, 0)?)?,
        },
        "places" => values(&room::places(store, MOST)?)?,
        "outlets" => values(&room::outlet_lines(store, None)?)?,
        "series" => values(&room::series(store, 1, MOST, 0)?)?,
        "figures" if asked.contains_key("series") => {
            values(&room::figures_of(store, &id("series"), MOST, 0)?)?
        }
        "figures" => values(&room::figure_list(store, &lists::figure_query(store, asked)?.0, MOST, 0)?)?,
        "ties" => values(&network::rows(store, asked)?)?,
        _ => return Ok(None),
    }))
}

/// `NAME.json` or `NAME.csv`.
pub fn file(store: &Store, file: &str, asked: &Asked) -> Result<Response, Fault> {
    let missing = || Fault::Missing(format!("There is no list {file}."));
    let (name, ending) = file.rsplit_once('.').ok_or_else(missing)?;
    let list = rows(store, name, asked)?.ok_or_else(missing)?;
    match ending {
        "json" => {
            Ok(([(header::CONTENT_TYPE, "application/json")], Value::Array(list).to_string()).into_response())
        }
        "csv" => {
            let body = csv(&list).map_err(|e| Fault::Record(e.to_string()))?;
            Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], body).into_response())
        }
        _ => Err(missing()),
    }
}

fn csv(list: &[Value]) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    if let Some(Value::Object(first)) = list.first() {
        out.write_record(first.keys())?;
    }
    for row in list {
        let cells = row.as_object().into_iter().flatten().map(|(_, v)| match v {
            Value::Null => String::new(),
            Value::String(s) => s.clone(),
            other => other.to_string(),
        });
        out.write_record(cells)?;
    }
    out.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}
