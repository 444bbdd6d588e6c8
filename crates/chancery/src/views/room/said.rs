//! Statements in lines.

use super::{Bin, Where, ask, like, number, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

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
    /// Where the day of publication was taken from.
    pub basis: String,
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
    /// Name of the addressee.
    pub addressee: Option<String>,
    /// Through which medium.
    pub medium: Option<String>,
    /// Its content.
    pub words: Option<String>,
    /// First code point of its first piece.
    pub start: Option<i64>,
    /// One past the last code point of its first piece.
    pub end: Option<i64>,
    /// All pieces, as JSON.
    pub content: String,
    /// When it was said, EDTF, where the text says so.
    pub said: Option<String>,
    /// Earliest day: of the saying, else of the report.
    pub day_lo: Option<String>,
    /// Latest day: of the saying, else of the report.
    pub day_hi: Option<String>,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
}

/// What the statements are cut to.
#[derive(Debug, Clone, Default)]
pub struct SaidQuery {
    /// Actor id of the speaker.
    pub speaker: Option<String>,
    /// Country of the speaker, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Actor id or words of who passed it on.
    pub relay: Option<String>,
    /// What the speaker does by it.
    pub act: Option<String>,
    /// Words it has.
    pub words: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
    /// Only those whose source stands for nobody known.
    pub unknown: bool,
    /// What a person said of it.
    pub review: Option<String>,
}

pub(super) const SAID: &str = "SELECT s.id, s.report, r.key, r.outlet, r.published, r.published_basis basis, s.speaker, \
    a.name speaker_name, s.speaker_text, s.act, s.form, s.relays, d.name addressee, s.medium, s.content, \
    coalesce(json_extract(s.content, '$[0][0]'), json_extract(s.cue, '$[0][0]')) start, \
    coalesce(json_extract(s.content, '$[0][1]'), json_extract(s.cue, '$[0][1]')) \"end\", \
    (SELECT group_concat(substr(r.text, json_extract(p.value, '$[0]') + 1, \
      json_extract(p.value, '$[1]') - json_extract(p.value, '$[0]')), ' … ') FROM json_each(s.content) p) words, \
    s.said, coalesce(s.said_lo, s.said_hi, r.published_lo, r.published_hi) day_lo, \
    coalesce(s.said_hi, s.said_lo, r.published_hi, r.published_lo) day_hi, s.sure, s.review \
    FROM statements s JOIN reports r ON r.id = s.report LEFT JOIN actors a ON a.id = s.speaker \
    LEFT JOIN actors d ON d.id = s.addressee ";

/// By what statements are looked up.
#[derive(Debug, Clone, Copy)]
pub enum SaidBy {
    /// The id.
    Id,
    /// The speaker's actor id.
    Speaker,
    /// Of the same cluster as the statement with this id.
    Cluster,
    /// Those that stand within the statement with this id.
    Within,
}

/// Statements that are found by one value, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn said(store: &Store, column: SaidBy, value: &str, limit: i64) -> Result<Vec<Said>, EngineError> {
    let fits = match column {
        SaidBy::Id => "s.id = ?1",
        SaidBy::Speaker => "s.speaker = ?1",
        SaidBy::Cluster => "s.cluster = (SELECT cluster FROM statements WHERE id = ?1) AND s.id <> ?1",
        SaidBy::Within => "s.within = ?1",
    };
    let sql = format!("{SAID} WHERE {fits} ORDER BY r.published_lo IS NULL, r.published_lo, s.id LIMIT ?2");
    ask(store, &sql, &[text(value), Value::Int(limit)])
}

/// Statements by id, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn said_of(store: &Store, ids: &[String]) -> Result<Vec<Said>, EngineError> {
    let list = serde_json::Value::from(ids.to_vec()).to_string();
    let sql = format!(
        "{SAID} WHERE s.id IN (SELECT value FROM json_each(?1)) ORDER BY r.published_lo IS NULL, r.published_lo, s.id"
    );
    ask(store, &sql, &[text(&list)])
}

const DAY: &str = "coalesce(s.said_lo, s.said_hi, r.published_lo, r.published_hi)";

impl SaidQuery {
    fn fits(&self, always: &str) -> Where {
        let words = self.words.as_deref().and_then(like);
        Where::new(always)
            .with("s.speaker = ?", self.speaker.as_ref())
            .with("s.speaker IN (SELECT id FROM actors WHERE country = ?)", self.country.as_ref())
            .with("r.outlet = ?", self.outlet.as_ref())
            .with("s.relays <> '[]' AND instr(s.relays, ?) > 0", self.relay.as_ref())
            .with("s.act = ?", self.act.as_ref())
            .with(
                "EXISTS (SELECT 1 FROM _words w WHERE w.statement = s.id AND w.content LIKE ? ESCAPE '\\')",
                words.as_ref(),
            )
            .with("coalesce(s.said_hi, s.said_lo, r.published_hi, r.published_lo) >= ?", self.from.as_ref())
            .with("coalesce(s.said_lo, s.said_hi, r.published_lo, r.published_hi) <= ?", self.to.as_ref())
            .when(self.unknown, "s.speaker IS NULL AND s.speaker_text IS NOT NULL")
            .with("s.review = ?", self.review.as_ref())
            .when(self.review.is_none(), "s.review <> 'rejected'")
    }
}

/// Statements that answer a query, by day.
///
/// # Errors
/// When the record cannot be read.
pub fn said_list(store: &Store, q: &SaidQuery, limit: i64, skip: i64) -> Result<Vec<Said>, EngineError> {
    let mut w = q.fits("1");
    let (limit, skip) = (w.slot(limit), w.slot(skip));
    let sql = format!(
        "{SAID} JOIN (SELECT s.id, {DAY} day FROM statements s JOIN reports r ON r.id = s.report WHERE {} \
         ORDER BY day IS NULL, day, s.id LIMIT {limit} OFFSET {skip}) k ON k.id = s.id ORDER BY k.day IS NULL, k.day, s.id",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// How many statements answer a query.
///
/// # Errors
/// When the record cannot be read.
pub fn said_count(store: &Store, q: &SaidQuery) -> Result<i64, EngineError> {
    let w = q.fits("1");
    let sql =
        format!("SELECT count(*) n FROM statements s JOIN reports r ON r.id = s.report WHERE {}", w.sql);
    number(store, &sql, &w.params)
}

/// Statements by year (`width` 4), month (7) or day (10): that of the saying where the text gives one, else that of the
/// report.
///
/// # Errors
/// When the record cannot be read.
pub fn said_bins(store: &Store, q: &SaidQuery, width: i64) -> Result<Vec<Bin>, EngineError> {
    let mut w = q.fits("1");
    let width = w.slot(width);
    let sql = format!(
        "SELECT substr({DAY}, 1, {width}) day, count(*) n FROM statements s JOIN reports r ON r.id = s.report \
         WHERE {} AND {DAY} IS NOT NULL GROUP BY 1 ORDER BY 1",
        w.sql
    );
    ask(store, &sql, &w.params)
}
