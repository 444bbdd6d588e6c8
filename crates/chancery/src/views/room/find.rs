//! Full-text search with filters.

use super::said::{SAID, Said};
use super::{Where, ask, text};
use crate::EngineError;
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
