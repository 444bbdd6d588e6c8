//! Events along the days.

use super::{Where, ask, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

/// An event in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventLine {
    /// Event id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// PLOVER type; of a happening outside PLOVER its kind.
    pub r#type: String,
    /// Status.
    pub status: String,
    /// When, EDTF.
    pub date: Option<String>,
    /// Earliest day.
    pub date_lo: Option<String>,
    /// Latest day.
    pub date_hi: Option<String>,
    /// Of an event without a day: when the first report that tells it was published, EDTF.
    pub told: Option<String>,
    /// Place id.
    pub place: Option<String>,
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
    /// Whether no report that mentions it has a printed date: its own day is then worked out.
    pub inferred: i64,
}

/// What the events are cut to.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Actor id.
    pub actor: Option<String>,
    /// Actor id of somebody else who takes part.
    pub with: Option<String>,
    /// PLOVER type.
    pub kind: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Earliest day.
    pub from: Option<String>,
    /// Latest day.
    pub to: Option<String>,
    /// Place id.
    pub place: Option<String>,
}

impl EventFilter {
    /// Conditions on the table `events`. Ids are digits of a digest, so an id that stands in the list of participants is
    /// a participant.
    fn fits(&self, always: &str) -> Where {
        Where::new(always)
            .with("instr(participants, ?) > 0", self.actor.as_ref())
            .with("instr(participants, ?) > 0", self.with.as_ref())
            .with(
                "instr(' ' || coalesce(type, 'none ' || replace(by, 'link/events/', '')) || ' ', ' ' || ? || ' ') > 0",
                self.kind.as_ref(),
            )
            .with("status = ?", self.status.as_ref())
            .with("date_hi >= ?", self.from.as_ref())
            .with("date_lo <= ?", self.to.as_ref())
            .with("place = ?", self.place.as_ref())
    }
}

/// A stretch of days and how much lies in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bin {
    /// `2006`, `2006-10` or `2006-10-28`.
    pub day: String,
    /// How many.
    pub n: i64,
}

const LINE: &str = "SELECT e.id, e.title, coalesce(e.type, replace(e.by, 'link/events/', '')) type, e.status, e.date, e.date_lo, e.date_hi, \
    CASE WHEN e.date IS NULL THEN (SELECT r.published FROM event_mentions m JOIN reports r ON r.id = m.report \
      WHERE m.event = e.id AND r.published_lo IS NOT NULL ORDER BY r.published_lo, r.id LIMIT 1) END told, \
    e.place, e.place_name, e.reports, \
    e.origins, e.sure, e.review, NOT EXISTS (SELECT 1 FROM event_mentions m JOIN reports r ON r.id = m.report \
      WHERE m.event = e.id AND r.published_basis IN ('decision', 'metadata', 'dateline', 'stamp', 'url')) inferred \
    FROM events e ";

/// Events that have a day, in order.
///
/// # Errors
/// When the record cannot be read.
pub fn events(store: &Store, f: &EventFilter, limit: i64, skip: i64) -> Result<Vec<EventLine>, EngineError> {
    let mut w = f.fits("date_lo IS NOT NULL AND review <> 'rejected'");
    let (limit, skip) = (w.slot(limit), w.slot(skip));
    let sql = format!(
        "{LINE} WHERE e.id IN (SELECT id FROM events WHERE {} ORDER BY date_lo, date_hi, id LIMIT {limit} OFFSET {skip}) \
         ORDER BY e.date_lo, e.date_hi, e.id",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// Events without a day, those in most reports first.
///
/// # Errors
/// When the record cannot be read.
pub fn undated_events(
    store: &Store,
    f: &EventFilter,
    limit: i64,
    skip: i64,
) -> Result<Vec<EventLine>, EngineError> {
    let mut w = f.fits("date_lo IS NULL AND review <> 'rejected'");
    let (limit, skip) = (w.slot(limit), w.slot(skip));
    let sql = format!(
        "{LINE} WHERE e.id IN (SELECT id FROM events WHERE {} ORDER BY reports DESC, id LIMIT {limit} OFFSET {skip}) \
         ORDER BY e.reports DESC, e.id",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// How many events fit: those with a day, and those without.
///
/// # Errors
/// When the record cannot be read.
pub fn event_count(store: &Store, f: &EventFilter) -> Result<(i64, i64), EngineError> {
    #[derive(Deserialize)]
    struct Both {
        dated: Option<i64>,
        undated: Option<i64>,
    }
    let w = f.fits("review <> 'rejected'");
    let sql = format!(
        "SELECT sum(date_lo IS NOT NULL) dated, sum(date_lo IS NULL) undated FROM events WHERE {}",
        w.sql
    );
    let both = ask::<Both>(store, &sql, &w.params)?.pop();
    Ok(both.map_or((0, 0), |b| (b.dated.unwrap_or(0), b.undated.unwrap_or(0))))
}

/// Events by year (`width` 4), month (7) or day (10) of their first day.
///
/// # Errors
/// When the record cannot be read.
pub fn bins(store: &Store, f: &EventFilter, width: i64) -> Result<Vec<Bin>, EngineError> {
    let mut w = f.fits("date_lo IS NOT NULL AND review <> 'rejected'");
    let width = w.slot(width);
    let sql = format!(
        "SELECT substr(date_lo, 1, {width}) day, count(*) n FROM events WHERE {} GROUP BY 1 ORDER BY 1",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// An event in as few words as counting needs.
#[derive(Debug, Clone, Deserialize)]
pub struct EventKey {
    /// Event id.
    pub id: String,
    /// PLOVER type.
    pub r#type: String,
    /// Earliest day.
    pub date_lo: Option<String>,
    /// Place id.
    pub place: Option<String>,
}

/// Every event that an actor takes part in, by day, the undated last.
///
/// # Errors
/// When the record cannot be read.
pub fn events_with(store: &Store, actor: &str) -> Result<Vec<EventKey>, EngineError> {
    let sql = "SELECT id, coalesce(type, 'none') type, date_lo, place FROM events WHERE instr(participants, ?1) > 0 AND review <> 'rejected' \
        ORDER BY date_lo IS NULL, date_lo, id";
    ask(store, sql, &[text(actor)])
}

/// Events by id, in order of their days.
///
/// # Errors
/// When the record cannot be read.
pub fn events_of(store: &Store, ids: &[String]) -> Result<Vec<EventLine>, EngineError> {
    let list = serde_json::Value::from(ids.to_vec()).to_string();
    let sql = format!(
        "{LINE} WHERE e.id IN (SELECT value FROM json_each(?1)) ORDER BY e.date_lo IS NULL, e.date_lo, e.id"
    );
    ask(store, &sql, &[text(&list)])
}

/// Events that may be the same as one: of its type, with a participant or the place in common, nearest in days first.
///
/// # Errors
/// When the record cannot be read.
pub fn event_candidates(store: &Store, id: &str, limit: i64) -> Result<Vec<EventLine>, EngineError> {
    let sql = format!(
        "{LINE} JOIN (SELECT o.id, abs(julianday(o.date_lo) - julianday(x.date_lo)) far FROM events x JOIN events o \
           ON o.type IS x.type AND o.id <> x.id WHERE x.id = ?1 AND o.review <> 'rejected' \
           AND (x.date_lo IS NULL OR o.date_lo IS NULL OR abs(julianday(o.date_lo) - julianday(x.date_lo)) < 45) \
           AND (o.place = x.place OR EXISTS (SELECT 1 FROM json_each(x.participants) p \
             WHERE instr(o.participants, json_extract(p.value, '$.actor')) > 0)) \
           ORDER BY far IS NULL, far, o.reports DESC, o.id LIMIT {limit}) k ON k.id = e.id \
         ORDER BY k.far IS NULL, k.far, e.reports DESC, e.id"
    );
    ask(store, &sql, &[text(id)])
}

/// A mention of an event in one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MentionLine {
    /// Id.
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
    /// Origin of the report.
    pub origin: String,
    /// First code point.
    pub start: i64,
    /// One past the last code point.
    pub end: i64,
    /// PLOVER type.
    pub r#type: String,
    /// Status there.
    pub status: String,
    /// Day there, EDTF.
    pub date: Option<String>,
    /// Statement that holds it.
    pub statement: Option<String>,
    /// Who makes that statement.
    pub speaker: Option<String>,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
    /// Words before, the words, and words after.
    #[serde(skip)]
    pub context: [String; 3],
}

/// The mentions of an event, by the day of their reports.
///
/// # Errors
/// When the record cannot be read.
pub fn mention_lines(store: &Store, event: &str, limit: i64) -> Result<Vec<MentionLine>, EngineError> {
    #[derive(Deserialize)]
    struct One {
        text: String,
    }
    let sql = "SELECT m.id, m.report, r.key, r.outlet, r.published, r.published_basis basis, r.origin, m.start, m.\"end\", \
        coalesce(m.type, 'none') type, m.status, m.date, m.statement, coalesce(a.name, s.speaker_text) speaker, m.sure, m.review \
        FROM event_mentions m JOIN reports r ON r.id = m.report LEFT JOIN statements s ON s.id = m.statement \
        LEFT JOIN actors a ON a.id = s.speaker WHERE m.event = ?1 \
        ORDER BY r.published_lo IS NULL, r.published_lo, m.id LIMIT ?2";
    let mut list: Vec<MentionLine> = ask(store, sql, &[text(event), Value::Int(limit)])?;
    for m in &mut list {
        let found = ask::<One>(store, "SELECT text FROM reports WHERE id = ?1", &[text(&m.report)])?.pop();
        if let Some(t) = found {
            m.context = crate::views::events::pieces_around(&t.text, m.start, m.end, 160);
        }
    }
    Ok(list)
}
