//! What the reading room shows: short lists that SQLite cuts to size, so that a page costs the same on a large record.

mod events;
mod figures;
mod find;
pub(crate) mod first;
mod map;
mod network;
mod overview;
mod reports;
mod review;
mod said;

pub use events::{
    Bin, EventFilter, EventKey, EventLine, MentionLine, bins, event_candidates, event_count, events,
    events_of, events_with, mention_lines, undated_events,
};
pub use figures::{
    FigureLine, FigureQuery, Measure, SeriesLine, figure_count, figure_list, figures_of, measures, series,
    series_count,
};
pub use find::{Found, FoundReport, Scope, found_events, found_places, found_reports, found_statements};
pub use first::FirstScreen;
pub use map::{PlaceLine, place_line, places, places_with};
pub use network::{Tie, TieKind, months, ties};
pub use overview::{Overview, Voice, VoiceCount, overview, spoke_with, voices, voices_of};
pub use reports::{
    OutletLine, ReportLine, ReportQuery, doubted_reports, outlet_lines, report_line, report_lines,
    undated_reports,
};
pub use review::{
    DecisionLine, ReviewItem, ReviewKind, ReviewState, Twins, contrary, decision_lines, possible_merges,
    queue, queue_count,
};
pub use said::{Said, SaidBy, SaidQuery, said, said_bins, said_count, said_list, said_of};

use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

fn ask<T: DeserializeOwned>(store: &Store, sql: &str, params: &[Value]) -> Result<Vec<T>, EngineError> {
    store
        .query_json(sql, params)?
        .into_iter()
        .map(|row| {
            serde_json::from_value(serde_json::Value::Object(row))
                .map_err(|e| EngineError::Input(format!("the record holds a row that cannot be shown: {e}")))
        })
        .collect()
}

fn number(store: &Store, sql: &str, params: &[Value]) -> Result<i64, EngineError> {
    #[derive(Deserialize)]
    struct One {
        n: Option<i64>,
    }
    Ok(ask::<One>(store, sql, params)?.pop().and_then(|o| o.n).unwrap_or(0))
}

fn text(s: &str) -> Value {
    Value::Text(s.to_owned())
}

fn or_null(s: Option<&String>) -> Value {
    s.filter(|s| !s.is_empty()).map_or(Value::Null, |s| text(s))
}

/// Conditions that are put together as they are asked for, so that an index can answer those that are there.
#[derive(Debug, Default)]
struct Where {
    sql: String,
    params: Vec<Value>,
}

impl Where {
    /// Conditions that hold whatever is asked.
    fn new(always: &str) -> Self {
        Self { sql: always.to_owned(), params: Vec::new() }
    }

    /// Adds a condition on a value that is asked for; `?` in it stands for the value.
    fn with(mut self, condition: &str, value: Option<&String>) -> Self {
        if let Some(v) = value.filter(|v| !v.is_empty()) {
            self.params.push(text(v));
            let n = format!("?{}", self.params.len());
            self.sql.push_str(" AND ");
            self.sql.push_str(&condition.replace('?', &n));
        }
        self
    }

    /// Adds a condition without a value.
    fn when(mut self, asked: bool, condition: &str) -> Self {
        if asked {
            self.sql.push_str(" AND ");
            self.sql.push_str(condition);
        }
        self
    }

    /// The place of a further number.
    fn slot(&mut self, n: i64) -> String {
        self.params.push(Value::Int(n));
        format!("?{}", self.params.len())
    }
}

/// Words for LIKE, with nothing in them that LIKE would read as a sign.
fn like(words: &str) -> Option<String> {
    let clean = words.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (!clean.is_empty()).then(|| format!("%{clean}%"))
}

/// The rank of a column of sureness, the least sure first.
const LEAST_SURE: &str = "CASE sure WHEN 'low' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END";

/// An actor in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ActorLine {
    /// Actor id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Other forms of the name, as JSON.
    pub aliases: String,
    /// Number of reports.
    pub reports: i64,
    /// Number of statements.
    pub statements: i64,
}

/// Actors that have a name, those spoken of in most reports first.
///
/// # Errors
/// When the record cannot be read.
pub fn actor_lines(
    store: &Store,
    kind: Option<&String>,
    limit: i64,
    skip: i64,
) -> Result<Vec<ActorLine>, EngineError> {
    let sql = "SELECT a.id, a.name, a.kind, a.country, a.aliases, a.reports, \
        (SELECT count(*) FROM statements s WHERE s.speaker = a.id) statements \
        FROM (SELECT * FROM actors WHERE kind <> 'unnamed' AND (?1 IS NULL OR kind = ?1) \
          ORDER BY reports DESC, name, id LIMIT ?2 OFFSET ?3) a ORDER BY a.reports DESC, a.name, a.id";
    ask(store, sql, &[or_null(kind), Value::Int(limit), Value::Int(skip)])
}

/// Actors whose name or another form of it has the words, those spoken of in most reports first.
///
/// # Errors
/// When the record cannot be read.
pub fn actors_named(store: &Store, words: &str, limit: i64) -> Result<Vec<ActorLine>, EngineError> {
    let Some(like) = like(words) else { return Ok(Vec::new()) };
    let sql = "SELECT a.id, a.name, a.kind, a.country, a.aliases, a.reports, \
        (SELECT count(*) FROM statements s WHERE s.speaker = a.id) statements \
        FROM (SELECT * FROM actors WHERE kind <> 'unnamed' AND (name LIKE ?1 ESCAPE '\\' \
          OR aliases LIKE ?1 ESCAPE '\\') ORDER BY reports DESC, name, id LIMIT ?2) a \
        ORDER BY a.reports DESC, a.name, a.id";
    ask(store, sql, &[text(&like), Value::Int(limit)])
}

/// The actor that a person means by an id or a name: the id, else the exact name, else the best known one whose names
/// have the words.
///
/// # Errors
/// When the record cannot be read.
pub fn actor_meant(store: &Store, asked: &str) -> Result<Option<ActorLine>, EngineError> {
    let asked = asked.trim();
    let sql = "SELECT a.id, a.name, a.kind, a.country, a.aliases, a.reports, 0 statements FROM actors a \
        WHERE a.id = ?1 OR (a.name = ?1 COLLATE NOCASE AND a.kind <> 'unnamed') \
        ORDER BY a.id <> ?1, a.reports DESC, a.id LIMIT 1";
    if let Some(a) = ask(store, sql, &[text(asked)])?.pop() {
        return Ok(Some(a));
    }
    Ok(actors_named(store, asked, 1)?.pop())
}
