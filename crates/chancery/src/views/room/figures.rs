//! Figures and their series in lines.

use super::{Where, ask, number, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

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
    /// What is measured.
    pub measure: String,
    /// Id of the series it belongs to.
    pub series: Option<String>,
    /// What is counted.
    pub subject: Option<String>,
    /// As of when, or the day of publication.
    pub day: Option<String>,
    /// Whether the text itself says as of when.
    pub dated: i64,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// Actor id of the claimant.
    pub speaker: Option<String>,
    /// The claimant.
    pub speaker_name: Option<String>,
    /// Id of the statement that holds it.
    pub statement: Option<String>,
    /// The arithmetic, where it is worked out from others.
    pub derivation: Option<String>,
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
    /// What is measured.
    pub measure: String,
    /// How many figures.
    pub n: i64,
    /// The lowest bound claimed.
    pub low: Option<f64>,
    /// The highest bound claimed.
    pub high: Option<f64>,
}

/// Series, those of the most reports first, then those with the most figures; numbers of the dead before others.
///
/// # Errors
/// When the record cannot be read.
pub fn series(store: &Store, least: i64, limit: i64, skip: i64) -> Result<Vec<SeriesLine>, EngineError> {
    let sql = "SELECT s.id, s.title, s.measure, f.n, f.low, f.high FROM (SELECT series, count(*) n, count(DISTINCT report) told, \
          min(coalesce(low, high)) low, max(coalesce(high, low)) high FROM figures WHERE series IS NOT NULL \
          AND review <> 'rejected' GROUP BY series) f JOIN series s ON s.id = f.series WHERE f.n >= ?1 \
        ORDER BY f.told DESC, f.n DESC, s.measure <> 'killed', s.title, s.id LIMIT ?2 OFFSET ?3";
    ask(store, sql, &[Value::Int(least), Value::Int(limit), Value::Int(skip)])
}

/// How many series there are.
///
/// # Errors
/// When the record cannot be read.
pub fn series_count(store: &Store) -> Result<i64, EngineError> {
    number(store, "SELECT count(*) n FROM series", &[])
}

/// The figures of a series, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn figures_of(
    store: &Store,
    series: &str,
    limit: i64,
    skip: i64,
) -> Result<Vec<FigureLine>, EngineError> {
    let sql = format!("{LINE} WHERE f.series = ?1 ORDER BY day IS NULL, day, f.id LIMIT ?2 OFFSET ?3");
    ask(store, &sql, &[text(series), Value::Int(limit), Value::Int(skip)])
}

const LINE: &str = "SELECT f.id, f.report, r.key, r.outlet, f.start, f.\"end\", f.text, f.low, f.high, f.qualifier, f.measure, \
    f.series, f.subject, coalesce(f.as_of_hi, f.as_of_lo, r.published_lo, r.published_hi) day, \
    f.as_of_lo IS NOT NULL OR f.as_of_hi IS NOT NULL dated, r.published, f.speaker, a.name speaker_name, \
    f.statement, f.derivation, f.sure, f.review \
    FROM figures f JOIN reports r ON r.id = f.report LEFT JOIN actors a ON a.id = f.speaker ";

/// What the figures are cut to.
#[derive(Debug, Clone, Default)]
pub struct FigureQuery {
    /// What is measured.
    pub measure: Option<String>,
    /// Actor id of the claimant.
    pub speaker: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
}

impl FigureQuery {
    fn fits(&self) -> Where {
        Where::new("f.review <> 'rejected'")
            .with("f.measure = ?", self.measure.as_ref())
            .with("f.speaker = ?", self.speaker.as_ref())
            .with("coalesce(f.as_of_hi, f.as_of_lo, r.published_hi, r.published_lo) >= ?", self.from.as_ref())
            .with("coalesce(f.as_of_lo, f.as_of_hi, r.published_lo, r.published_hi) <= ?", self.to.as_ref())
    }
}

/// Figures that answer a query, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn figure_list(
    store: &Store,
    q: &FigureQuery,
    limit: i64,
    skip: i64,
) -> Result<Vec<FigureLine>, EngineError> {
    let mut w = q.fits();
    let (limit, skip) = (w.slot(limit), w.slot(skip));
    let sql = format!(
        "{LINE} WHERE f.id IN (SELECT f.id FROM figures f JOIN reports r ON r.id = f.report WHERE {} \
         ORDER BY coalesce(f.as_of_hi, f.as_of_lo, r.published_lo, r.published_hi) IS NULL, \
         coalesce(f.as_of_hi, f.as_of_lo, r.published_lo, r.published_hi), f.id LIMIT {limit} OFFSET {skip}) \
         ORDER BY day IS NULL, day, f.id",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// How many figures answer a query.
///
/// # Errors
/// When the record cannot be read.
pub fn figure_count(store: &Store, q: &FigureQuery) -> Result<i64, EngineError> {
    let w = q.fits();
    let sql = format!("SELECT count(*) n FROM figures f JOIN reports r ON r.id = f.report WHERE {}", w.sql);
    number(store, &sql, &w.params)
}

/// What is measured, and how often.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measure {
    /// The measure.
    pub measure: String,
    /// How many figures.
    pub n: i64,
}

/// What is measured, the most frequent first.
///
/// # Errors
/// When the record cannot be read.
pub fn measures(store: &Store) -> Result<Vec<Measure>, EngineError> {
    let sql = "SELECT measure, count(*) n FROM figures WHERE review <> 'rejected' GROUP BY measure \
        ORDER BY measure <> 'killed', n DESC, measure LIMIT 24";
    ask(store, sql, &[])
}
