//! Reports and outlets in lines.

use super::{Where, ask, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

/// A report in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportLine {
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
    /// Where that day was taken from.
    pub published_basis: String,
    /// Why that day.
    pub published_why: String,
    /// A printed date that the text contradicts.
    pub stamp: Option<String>,
    /// SHA-256 of the source.
    pub sha256: String,
    /// Web address.
    pub url: Option<String>,
    /// Origin id.
    pub origin: String,
    /// Number of words.
    pub words: i64,
}

/// What the reports are cut to.
#[derive(Debug, Clone, Default)]
pub struct ReportQuery {
    /// Outlet.
    pub outlet: Option<String>,
    /// Origin id.
    pub origin: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
}

/// An outlet in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutletLine {
    /// Name.
    pub name: String,
    /// Other names, as JSON.
    pub aliases: String,
    /// Web domain.
    pub domain: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Whether it is a news agency.
    pub agency: i64,
    /// Number of reports.
    pub reports: i64,
    /// Number of origins its reports belong to.
    pub origins: i64,
    /// Earliest day of publication.
    pub first: Option<String>,
    /// Latest day of publication.
    pub last: Option<String>,
}

const LINE: &str = "SELECT id, key, title, outlet, published, published_basis, published_why, stamp, sha256, url, origin, \
    words FROM reports ";

/// Reports, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn report_lines(
    store: &Store,
    q: &ReportQuery,
    limit: i64,
    skip: i64,
) -> Result<Vec<ReportLine>, EngineError> {
    let mut w = Where::new("1")
        .with("outlet = ?", q.outlet.as_ref())
        .with("origin = ?", q.origin.as_ref())
        .with("published_hi >= ?", q.from.as_ref())
        .with("published_lo <= ?", q.to.as_ref());
    let (limit, skip) = (w.slot(limit), w.slot(skip));
    let sql = format!(
        "{LINE} WHERE id IN (SELECT id FROM reports WHERE {} ORDER BY published_lo IS NULL, published_lo, id \
         LIMIT {limit} OFFSET {skip}) ORDER BY published_lo IS NULL, published_lo, id",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// Reports without a date, or with one open or wider than a year.
///
/// # Errors
/// When the record cannot be read.
pub fn undated_reports(store: &Store, limit: i64) -> Result<Vec<ReportLine>, EngineError> {
    let sql = format!(
        "{LINE} WHERE published_lo IS NULL OR published_hi IS NULL \
         OR julianday(published_hi) - julianday(published_lo) > 366 ORDER BY id LIMIT ?1"
    );
    ask(store, &sql, &[Value::Int(limit)])
}

/// Reports whose printed date was not believed.
///
/// # Errors
/// When the record cannot be read.
pub fn doubted_reports(store: &Store, limit: i64) -> Result<Vec<ReportLine>, EngineError> {
    let sql = format!("{LINE} WHERE stamp IS NOT NULL ORDER BY id LIMIT ?1");
    ask(store, &sql, &[Value::Int(limit)])
}

/// One report in a line.
///
/// # Errors
/// When the record cannot be read.
pub fn report_line(store: &Store, id: &str) -> Result<Option<ReportLine>, EngineError> {
    Ok(ask(store, &format!("{LINE} WHERE id = ?1"), &[text(id)])?.pop())
}

/// Outlets, those with the most reports first; one of them when it is named.
///
/// # Errors
/// When the record cannot be read.
pub fn outlet_lines(store: &Store, name: Option<&str>) -> Result<Vec<OutletLine>, EngineError> {
    let sql = "SELECT o.name, o.aliases, o.domain, o.country, o.agency, coalesce(r.n, 0) reports, \
        coalesce(r.origins, 0) origins, r.first, r.last FROM outlets o LEFT JOIN (SELECT outlet, count(*) n, \
          count(DISTINCT origin) origins, min(published_lo) first, max(published_hi) last FROM reports \
          WHERE ?1 IS NULL OR outlet = ?1 GROUP BY outlet) r ON r.outlet = o.name WHERE ?1 IS NULL OR o.name = ?1 \
        ORDER BY reports DESC, o.name";
    ask(store, sql, &[name.map_or(Value::Null, text)])
}
