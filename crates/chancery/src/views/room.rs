//! What the reading room shows: short lists that SQLite cuts to size, so that a page costs the same on a large record.

use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The record in one sentence.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Overview {
    /// Reports.
    pub reports: i64,
    /// Origins: reports of one source counted once.
    pub origins: i64,
    /// Outlets.
    pub outlets: i64,
    /// Earliest day of publication.
    pub first: Option<String>,
    /// Latest day of publication.
    pub last: Option<String>,
    /// Disagreements that nobody rejected.
    pub conflicts: i64,
    /// Reports without a date.
    pub undated: i64,
    /// Statements whose source has words but stands for nobody known.
    pub unknown: i64,
}

/// An event in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventLine {
    /// Event id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// PLOVER type.
    pub r#type: String,
    /// Status.
    pub status: String,
    /// When, EDTF.
    pub date: Option<String>,
    /// Earliest day.
    pub date_lo: Option<String>,
    /// Latest day.
    pub date_hi: Option<String>,
    /// Place as printed.
    pub place_name: Option<String>,
    /// Number of reports.
    pub reports: i64,
    /// Number of origins.
    pub origins: i64,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
}

/// A statement in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Said {
    /// Statement id.
    pub id: String,
    /// Report id.
    pub report: String,
    /// Report key.
    pub key: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// Actor id.
    pub speaker: Option<String>,
    /// Name of the speaker.
    pub speaker_name: Option<String>,
    /// Words of the source.
    pub speaker_text: Option<String>,
    /// What the speaker does by it.
    pub act: String,
    /// Direct, indirect or mixed.
    pub form: String,
    /// Who passed it on, as JSON.
    pub relays: String,
    /// The first piece of its content.
    pub words: Option<String>,
    /// First code point of it.
    pub start: Option<i64>,
    /// One past the last code point of it.
    pub end: Option<i64>,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
}

/// A figure in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FigureLine {
    /// Figure id.
    pub id: String,
    /// Report id.
    pub report: String,
    /// Report key.
    pub key: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// First code point.
    pub start: i64,
    /// One past the last code point.
    pub end: i64,
    /// The words.
    pub text: String,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Qualifier.
    pub qualifier: String,
    /// As of when, or the day of publication.
    pub day: Option<String>,
    /// Actor id of the claimant.
    pub speaker: Option<String>,
    /// The claimant.
    pub speaker_name: Option<String>,
    /// Id of the statement that holds it.
    pub statement: Option<String>,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
}

/// A series in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeriesLine {
    /// Series id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// How many figures.
    pub n: i64,
}

/// A speaker and who passed the words on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Voice {
    /// Actor id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Outlet, or who passed it on.
    pub through: Option<String>,
    /// Statements.
    pub n: i64,
}

/// A report in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportRowLine {
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
    /// Why that day.
    pub published_why: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// Web address.
    pub url: Option<String>,
    /// Origin id.
    pub origin: String,
}

/// What the events are cut to.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Actor id.
    pub actor: Option<String>,
    /// PLOVER type.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
}

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

fn text(s: &str) -> Value {
    Value::Text(s.to_owned())
}

fn or_null(s: Option<&String>) -> Value {
    s.filter(|s| !s.is_empty()).map_or(Value::Null, |s| text(s))
}

/// The record in one sentence.
///
/// # Errors
/// When the record cannot be read.
pub fn overview(store: &Store) -> Result<Option<Overview>, EngineError> {
    let sql = "SELECT count(*) reports, (SELECT count(*) FROM origins) origins, count(DISTINCT outlet) outlets, \
        min(published_lo) first, max(published_hi) last, \
        (SELECT count(*) FROM conflicts WHERE review <> 'rejected') conflicts, \
        coalesce(sum(published_lo IS NULL OR published_hi IS NULL \
          OR julianday(published_hi) - julianday(published_lo) > 366), 0) undated, \
        (SELECT count(*) FROM statements WHERE speaker IS NULL AND speaker_text IS NOT NULL) unknown FROM reports";
    Ok(ask(store, sql, &[])?.pop())
}

/// Events by day, the undated last.
///
/// # Errors
/// When the record cannot be read.
pub fn events(store: &Store, f: &EventFilter, limit: i64, skip: i64) -> Result<Vec<EventLine>, EngineError> {
    let sql = "SELECT id, title, type, status, date, date_lo, date_hi, place_name, reports, origins, sure, review \
        FROM events e WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM json_each(e.participants) p \
          WHERE json_extract(p.value, '$.actor') = ?1)) \
        AND (?2 IS NULL OR type = ?2) AND (?3 IS NULL OR status = ?3) \
        AND (?4 IS NULL OR date_hi >= ?4) AND (?5 IS NULL OR date_lo <= ?5) \
        ORDER BY date_lo IS NULL, date_lo, date_hi, id LIMIT ?6 OFFSET ?7";
    let p = [&f.actor, &f.kind, &f.status, &f.from, &f.to];
    let mut params: Vec<Value> = p.into_iter().map(|x| or_null(x.as_ref())).collect();
    params.extend([Value::Int(limit), Value::Int(skip)]);
    ask(store, sql, &params)
}

const SAID: &str = "SELECT s.id, s.report, r.key, r.outlet, r.published, s.speaker, a.name speaker_name, s.speaker_text, \
    s.act, s.form, s.relays, json_extract(s.content, '$[0][0]') start, json_extract(s.content, '$[0][1]') \"end\", \
    substr(r.text, json_extract(s.content, '$[0][0]') + 1, \
      json_extract(s.content, '$[0][1]') - json_extract(s.content, '$[0][0]')) words, s.sure, s.review \
    FROM statements s JOIN reports r ON r.id = s.report LEFT JOIN actors a ON a.id = s.speaker ";

/// Statements whose column (`id`, `speaker`, `report`, `cluster`, `within`) has a value.
///
/// # Errors
/// When the record cannot be read.
pub fn said(store: &Store, column: SaidBy, value: &str, limit: i64) -> Result<Vec<Said>, EngineError> {
    let column = match column {
        SaidBy::Id => "s.id",
        SaidBy::Speaker => "s.speaker",
        SaidBy::Cluster => "s.cluster = (SELECT cluster FROM statements WHERE id = ?1) AND s.id <>",
    };
    let eq = if column.ends_with('>') { "" } else { " =" };
    let sql = format!(
        "{SAID} WHERE {column}{eq} ?1 ORDER BY r.published_lo IS NULL, r.published_lo, s.id LIMIT ?2"
    );
    ask(store, &sql, &[text(value), Value::Int(limit)])
}

/// By what statements are looked up.
#[derive(Debug, Clone, Copy)]
pub enum SaidBy {
    /// The id.
    Id,
    /// The speaker's actor id.
    Speaker,
    /// Of the same cluster as the statement with this id.
    Cluster,
}

/// Statements nobody has looked at yet, the least sure first.
///
/// # Errors
/// When the record cannot be read.
pub fn unreviewed(store: &Store, limit: i64) -> Result<Vec<Said>, EngineError> {
    let sql = format!(
        "{SAID} WHERE s.review = 'predicted' AND s.content <> '[]' \
         ORDER BY CASE s.sure WHEN 'low' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, s.id LIMIT ?1"
    );
    ask(store, &sql, &[Value::Int(limit)])
}

/// Series with the most figures.
///
/// # Errors
/// When the record cannot be read.
pub fn series(store: &Store, limit: i64) -> Result<Vec<SeriesLine>, EngineError> {
    let sql = "SELECT s.id, s.title, (SELECT count(*) FROM figures f WHERE f.series = s.id) n FROM series s \
        ORDER BY n DESC, s.title, s.id LIMIT ?1";
    ask(store, sql, &[Value::Int(limit)])
}

/// The figures of a series, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn figures_of(store: &Store, series: &str) -> Result<Vec<FigureLine>, EngineError> {
    let sql = "SELECT f.id, f.report, r.key, r.outlet, f.start, f.\"end\", f.text, f.low, f.high, f.qualifier, \
        coalesce(f.as_of_lo, r.published_lo, r.published_hi) day, f.speaker, a.name speaker_name, f.statement, \
        f.sure, f.review FROM figures f JOIN reports r ON r.id = f.report LEFT JOIN actors a ON a.id = f.speaker \
        WHERE f.series = ?1 ORDER BY day IS NULL, day, f.id LIMIT 500";
    ask(store, sql, &[text(series)])
}

/// Who speaks most, and through whom.
///
/// # Errors
/// When the record cannot be read.
pub fn voices(store: &Store, limit: i64) -> Result<Vec<Voice>, EngineError> {
    let sql = "WITH top AS (SELECT speaker, count(*) n FROM statements WHERE speaker IS NOT NULL \
          AND review <> 'rejected' GROUP BY speaker ORDER BY n DESC, speaker LIMIT ?1) \
        SELECT a.id, a.name, r.outlet through, count(*) n FROM top JOIN statements s ON s.speaker = top.speaker \
        JOIN actors a ON a.id = s.speaker JOIN reports r ON r.id = s.report WHERE s.review <> 'rejected' \
        GROUP BY a.id, r.outlet ORDER BY top.n DESC, a.id, n DESC, r.outlet";
    ask(store, sql, &[Value::Int(limit)])
}

/// Reports, by day; those of an outlet or an origin when one is named.
///
/// # Errors
/// When the record cannot be read.
pub fn report_lines(
    store: &Store,
    outlet: Option<&String>,
    origin: Option<&String>,
    limit: i64,
    skip: i64,
) -> Result<Vec<ReportRowLine>, EngineError> {
    let sql = "SELECT id, key, title, outlet, published, published_why, sha256, url, origin FROM reports \
        WHERE (?1 IS NULL OR outlet = ?1) AND (?2 IS NULL OR origin = ?2) \
        ORDER BY published_lo IS NULL, published_lo, id LIMIT ?3 OFFSET ?4";
    ask(store, sql, &[or_null(outlet), or_null(origin), Value::Int(limit), Value::Int(skip)])
}

/// One report in a line.
///
/// # Errors
/// When the record cannot be read.
pub fn report_line(store: &Store, id: &str) -> Result<Option<ReportRowLine>, EngineError> {
    let sql = "SELECT id, key, title, outlet, published, published_why, sha256, url, origin FROM reports WHERE id = ?1";
    Ok(ask(store, sql, &[text(id)])?.pop())
}
