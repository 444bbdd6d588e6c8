//! Places with coordinates, and what is reported from them.

use super::{ask, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlaceLine {
    /// Place id.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What it is.
    pub kind: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Where the coordinates come from.
    pub source: Option<String>,
    /// Number of events there.
    pub events: i64,
    /// Number of mentions.
    pub mentions: i64,
}

const LINE: &str = "SELECT p.id, p.name, p.country, p.kind, p.lat, p.lon, p.source, coalesce(e.n, 0) events, \
    (SELECT count(*) FROM mentions m WHERE m.place = p.id) mentions FROM places p ";

/// Places, those with the most events first.
///
/// # Errors
/// When the record cannot be read.
pub fn places(store: &Store, limit: i64) -> Result<Vec<PlaceLine>, EngineError> {
    let sql = format!(
        "{LINE} LEFT JOIN (SELECT place, count(*) n FROM events WHERE place IS NOT NULL GROUP BY place) e \
         ON e.place = p.id ORDER BY events DESC, mentions DESC, p.name, p.id LIMIT ?1"
    );
    ask(store, &sql, &[Value::Int(limit)])
}

/// One place.
///
/// # Errors
/// When the record cannot be read.
pub fn place_line(store: &Store, id: &str) -> Result<Option<PlaceLine>, EngineError> {
    let sql = format!(
        "{LINE} LEFT JOIN (SELECT place, count(*) n FROM events WHERE place = ?1) e ON e.place = p.id WHERE p.id = ?1"
    );
    Ok(ask(store, &sql, &[text(id)])?.pop())
}

/// Places by id, each with the number of events that is given for it; those with the most first.
///
/// # Errors
/// When the record cannot be read.
pub fn places_with(store: &Store, counts: &BTreeMap<String, i64>) -> Result<Vec<PlaceLine>, EngineError> {
    let sql =
        "SELECT id, name, country, kind, lat, lon, source, 0 events, 0 mentions FROM places WHERE id = ?1";
    let mut out: Vec<PlaceLine> = Vec::new();
    for (id, n) in counts {
        out.extend(ask::<PlaceLine>(store, sql, &[text(id)])?.pop().map(|p| PlaceLine { events: *n, ..p }));
    }
    out.sort_by(|a, b| (b.events, &a.name, &a.id).cmp(&(a.events, &b.name, &b.id)));
    Ok(out)
}
