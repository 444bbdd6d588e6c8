//! Full-text search with filters.

use super::events::{EventLine, events_of};
use super::said::{SAID, Said};
use super::{Where, ask, like, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::{Piece, Store, fts_query, pieces};
use serde::{Deserialize, Serialize};

/// What a search is cut to.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Outlet.
    pub outlet: Option<String>,
    /// Actor id: the speaker of a statement, or somebody a report speaks of.
    pub actor: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
}

/// A statement that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The statement.
    pub said: Said,
    /// Its words where they were found.
    pub snippet: Vec<Piece>,
}

/// A report that was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FoundReport {
    /// Report id.
    pub id: String,
    /// Key.
    pub key: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// Its words where they were found, with marks.
    marked: String,
}

impl FoundReport {
    /// Its words where they were found.
    #[must_use]
    pub fn snippet(&self) -> Vec<Piece> {
        pieces(&self.marked)
    }
}

/// Reports that have all the words, the best first.
///
/// # Errors
/// When the record cannot be read.
pub fn found_reports(
    store: &Store,
    typed: &str,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<FoundReport>, EngineError> {
    let Some(query) = fts_query(typed) else { return Ok(Vec::new()) };
    let mut w = Where::new("1")
        .with("reports_fts MATCH ?", Some(&query))
        .with("r.outlet = ?", scope.outlet.as_ref())
        .with("EXISTS (SELECT 1 FROM mentions m WHERE m.report = r.id AND m.actor = ?)", scope.actor.as_ref())
        .with("r.published_hi >= ?", scope.from.as_ref())
        .with("r.published_lo <= ?", scope.to.as_ref());
    let limit = w.slot(limit);
    let sql = format!(
        "SELECT r.id, r.key, r.title, r.outlet, r.published, snippet(reports_fts, -1, char(2), char(3), '…', 24) marked \
         FROM reports_fts JOIN reports r ON r.rowid = reports_fts.rowid WHERE {} \
         ORDER BY bm25(reports_fts, 4.0, 1.0), r.id LIMIT {limit}",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// Statements whose words have all that was typed, the best first.
///
/// # Errors
/// When the record cannot be read.
pub fn found_statements(
    store: &Store,
    typed: &str,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Found>, EngineError> {
    #[derive(Deserialize)]
    struct Hit {
        id: String,
        marked: String,
    }
    let Some(query) = fts_query(typed) else { return Ok(Vec::new()) };
    let mut w = Where::new("s.review <> 'rejected'")
        .with("statements_fts MATCH ?", Some(&query))
        .with("r.outlet = ?", scope.outlet.as_ref())
        .with("s.speaker = ?", scope.actor.as_ref())
        .with("coalesce(s.said_hi, r.published_hi) >= ?", scope.from.as_ref())
        .with("coalesce(s.said_lo, r.published_lo) <= ?", scope.to.as_ref());
    let limit = w.slot(limit);
    let sql = format!(
        "SELECT s.id, snippet(statements_fts, -1, char(2), char(3), '…', 24) marked FROM statements_fts \
         JOIN _words w ON w.n = statements_fts.rowid JOIN statements s ON s.id = w.statement \
         JOIN reports r ON r.id = s.report WHERE {} ORDER BY bm25(statements_fts), s.id LIMIT {limit}",
        w.sql
    );
    let hits: Vec<Hit> = ask(store, &sql, &w.params)?;
    let one = format!("{SAID} WHERE s.id = ?1");
    let mut out = Vec::with_capacity(hits.len());
    for h in hits {
        if let Some(said) = ask::<Said>(store, &one, &[text(&h.id)])?.pop() {
            out.push(Found { said, snippet: pieces(&h.marked) });
        }
    }
    Ok(out)
}

/// Events whose heading or place has the words, by day, the undated last; those of an actor or days when these are given.
///
/// # Errors
/// When the record cannot be read.
pub fn found_events(
    store: &Store,
    typed: &str,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<EventLine>, EngineError> {
    #[derive(Deserialize)]
    struct One {
        id: String,
    }
    let mut w = Where::new("review <> 'rejected'")
        .with("instr(participants, ?) > 0", scope.actor.as_ref())
        .with("date_hi >= ?", scope.from.as_ref())
        .with("date_lo <= ?", scope.to.as_ref());
    let mut words = 0;
    for word in typed.split(|c: char| c.is_whitespace() || "\"“”*".contains(c)).filter_map(like) {
        w = w.with("(title LIKE ? ESCAPE '\\' OR place_name LIKE ? ESCAPE '\\')", Some(&word));
        words += 1;
    }
    if words == 0 {
        return Ok(Vec::new());
    }
    let limit = w.slot(limit);
    // The best known of them, then in the order of their days.
    let sql = format!(
        "SELECT id FROM events WHERE {} ORDER BY origins DESC, date_lo IS NULL, date_lo, id LIMIT {limit}",
        w.sql
    );
    let ids: Vec<String> = ask::<One>(store, &sql, &w.params)?.into_iter().map(|o| o.id).collect();
    events_of(store, &ids)
}

/// Places whose name has the words.
///
/// # Errors
/// When the record cannot be read.
pub fn found_places(store: &Store, typed: &str, limit: i64) -> Result<Vec<(String, String)>, EngineError> {
    #[derive(Deserialize)]
    struct One {
        id: String,
        name: String,
    }
    let Some(words) = like(typed) else { return Ok(Vec::new()) };
    let sql = "SELECT id, name FROM places WHERE name LIKE ?1 ESCAPE '\\' ORDER BY name, id LIMIT ?2";
    let found: Vec<One> = ask(store, sql, &[text(&words), Value::Int(limit)])?;
    Ok(found.into_iter().map(|o| (o.id, o.name)).collect())
}
