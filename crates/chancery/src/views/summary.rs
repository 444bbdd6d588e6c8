//! The record in a few numbers, and what in it needs a person.

use crate::EngineError;
use chancery_model::rows::{
    ActorRow, ConflictRow, EventRow, FigureRow, NoteRow, OriginRow, ReportRow, StatementRow,
};
use chancery_model::schema::{Row, Value};
use chancery_model::vocab::Review;
use chancery_model::{Day, Days, Edtf};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeSet;

/// A report whose interval is wider than this has no date to speak of, in days.
pub const UNDATED: i32 = 366;

/// A record in numbers.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Summary {
    /// Reports.
    pub reports: usize,
    /// Origins: reports of one source counted once.
    pub origins: usize,
    /// Outlets.
    pub outlets: usize,
    /// Statements.
    pub statements: usize,
    /// Events.
    pub events: usize,
    /// Figures.
    pub figures: usize,
    /// Disagreements.
    pub disagreements: usize,
    /// Reports without a date, or with one open or wider than a year.
    pub undated: usize,
    /// Reports in a language that was not read.
    pub unread: usize,
    /// Earliest and latest day of publication.
    pub from: Option<Day>,
    /// Latest day of publication.
    pub to: Option<Day>,
    /// Who is spoken of in most reports: name and number of reports.
    pub actors: Vec<(String, i64)>,
}

/// Counts a record.
///
/// # Errors
/// When the record cannot be read.
pub fn summary(store: &Store) -> Result<Summary, EngineError> {
    let reports = store.rows::<ReportRow>(None)?;
    let outlets: BTreeSet<&str> = reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let mut actors: Vec<ActorRow> = store.rows(None)?;
    actors.retain(|a| a.kind != chancery_model::vocab::ActorKind::Unnamed);
    actors.sort_by(|a, b| b.reports.cmp(&a.reports).then_with(|| a.name.cmp(&b.name)));
    Ok(Summary {
        outlets: outlets.len(),
        undated: reports.iter().filter(|r| is_undated(r)).count(),
        unread: unread(store)?.len(),
        from: reports.iter().filter_map(|r| r.published_lo).min(),
        to: reports.iter().filter_map(|r| r.published_hi).max(),
        origins: kept(store, OriginRow::TABLE.name)?,
        statements: kept(store, StatementRow::TABLE.name)?,
        events: kept(store, EventRow::TABLE.name)?,
        figures: kept(store, FigureRow::TABLE.name)?,
        disagreements: kept(store, ConflictRow::TABLE.name)?,
        actors: actors.into_iter().take(10).map(|a| (a.name, a.reports)).collect(),
        reports: reports.len(),
    })
}

/// Rows of a table that nobody has rejected; counted by the store, since a large record has millions.
fn kept(store: &Store, table: &str) -> Result<usize, EngineError> {
    let sql = format!("SELECT count(*) AS n FROM \"{table}\" WHERE \"review\" <> ?1");
    let rejected = Value::Text(Review::Rejected.as_str().to_owned());
    let rows = store.query_json(&sql, &[rejected])?;
    let n = rows.first().and_then(|r| r.get("n")?.as_u64()).unwrap_or(0);
    Ok(usize::try_from(n).unwrap_or(usize::MAX))
}

fn is_undated(r: &ReportRow) -> bool {
    Days { lo: r.published_lo, hi: r.published_hi }.width().is_none_or(|w| w > UNDATED)
}

fn unread(store: &Store) -> Result<Vec<NoteRow>, EngineError> {
    let mut notes = store.rows::<NoteRow>(None)?;
    notes.retain(|n| n.kind == "language");
    Ok(notes)
}

/// What needs a person.
#[derive(Debug, Clone, Serialize)]
pub struct Doctor {
    /// What was broken, skipped or not read.
    pub notes: Vec<Trouble>,
    /// Reports without a date: key, interval, why.
    pub undated: Vec<(String, Option<Edtf>, String)>,
    /// Reports whose printed date was not believed: key, printed date, why.
    pub doubted: Vec<(String, String, String)>,
    /// Statements whose source has words but stands for nobody known, by report.
    pub unknown_speakers: Vec<(String, usize)>,
}

/// One note, with the key of its report.
#[derive(Debug, Clone, Serialize)]
pub struct Trouble {
    /// Report key, or path.
    pub place: String,
    /// Kind.
    pub kind: String,
    /// What, why, what to do.
    pub text: String,
}

/// What was broken, skipped or not read: of inputs and of reports.
///
/// # Errors
/// When the record cannot be read.
pub fn troubles(store: &Store) -> Result<Vec<Trouble>, EngineError> {
    let notes = store.rows::<NoteRow>(None)?;
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let reports = store.rows::<ReportRow>(None)?;
    let key: std::collections::BTreeMap<_, _> = reports.iter().map(|r| (&r.id, &r.key)).collect();
    let place = |n: &NoteRow| {
        let report = n.report.as_ref().and_then(|id| key.get(id)).map(|k| (*k).clone());
        report.or_else(|| n.path.clone()).unwrap_or_else(|| "the record".into())
    };
    Ok(notes.into_iter().map(|n| Trouble { place: place(&n), kind: n.kind, text: n.text }).collect())
}

/// Lists what needs a person.
///
/// # Errors
/// When the record cannot be read.
pub fn doctor(store: &Store) -> Result<Doctor, EngineError> {
    let reports = store.rows::<ReportRow>(None)?;
    let notes = troubles(store)?;
    let undated = reports
        .iter()
        .filter(|r| is_undated(r))
        .map(|r| (r.key.clone(), r.published, r.published_why.clone()));
    let doubted =
        reports.iter().filter_map(|r| Some((r.key.clone(), r.stamp.clone()?, r.published_why.clone())));
    let mut unknown: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let by_id: std::collections::BTreeMap<_, _> = reports.iter().map(|r| (&r.id, &r.key)).collect();
    for s in store.rows::<StatementRow>(None)? {
        if s.speaker.is_none()
            && s.speaker_text.is_some()
            && let Some(k) = by_id.get(&s.report)
        {
            *unknown.entry((*k).clone()).or_default() += 1;
        }
    }
    Ok(Doctor {
        notes,
        undated: undated.collect(),
        doubted: doubted.collect(),
        unknown_speakers: unknown.into_iter().collect(),
    })
}
