//! Where the reports disagree.

use super::Lookup;
use super::events::pieces_around;
use crate::EngineError;
use chancery_model::rows::ConflictRow;
use chancery_model::schema::Value;
use chancery_model::vocab::{ConflictKind, Review, Sure};
use chancery_model::{Edtf, Id};
use chancery_store::Store;
use serde::Serialize;

/// A disagreement as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct Disagreement {
    /// Conflict id.
    pub id: Id,
    /// What the sides differ about.
    pub kind: ConflictKind,
    /// Id of the event, series or cluster.
    pub about: Id,
    /// Whether that is a series; figures are told of events too.
    #[serde(skip)]
    pub of_series: bool,
    /// One sentence a person can check.
    pub why: String,
    /// Sureness.
    pub sure: Sure,
    /// The sides.
    pub sides: Vec<SideView>,
}

/// A side as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct SideView {
    /// What it says.
    pub value: String,
    /// Number of origins.
    pub origins: i64,
    /// Number of passages that say so; `evidence` may hold fewer.
    #[serde(skip)]
    pub passages: usize,
    /// The words.
    pub evidence: Vec<Shown>,
}

/// Words in a report.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Report id.
    pub report_id: Id,
    /// Report key.
    pub report: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
    /// The words around them.
    pub context: String,
    /// The same in three: before them, they themselves, after them.
    #[serde(skip)]
    pub around: [String; 3],
}

/// Disagreements, the surest first; only those of a kind when one is named.
///
/// # Errors
/// When the record cannot be read.
pub fn disagreements(store: &Store, kind: Option<ConflictKind>) -> Result<Vec<Disagreement>, EngineError> {
    disagreements_page(store, kind, usize::MAX, usize::MAX, 0)
}

/// Some of the disagreements, the surest first, with at most so many passages a side.
///
/// # Errors
/// When the record cannot be read.
pub fn disagreements_page(
    store: &Store,
    kind: Option<ConflictKind>,
    evidence: usize,
    limit: usize,
    skip: usize,
) -> Result<Vec<Disagreement>, EngineError> {
    let mut out = Vec::new();
    let mut look = Lookup::bare(store);
    for id in conflict_ids(store, kind, limit, skip)? {
        let row = store.rows::<ConflictRow>(Some(("id", Value::Text(id))))?.into_iter().next();
        if let Some(c) = row {
            out.push(shown(&mut look, c, evidence)?);
        }
    }
    Ok(out)
}

/// Disagreements about an event, series or cluster.
///
/// # Errors
/// When the record cannot be read.
pub fn disagreements_about(store: &Store, about: &str) -> Result<Vec<Disagreement>, EngineError> {
    let mut look = Lookup::bare(store);
    let mut rows = store.rows::<ConflictRow>(Some(("about", Value::Text(about.to_owned()))))?;
    rows.retain(|c| c.review != Review::Rejected);
    rows.into_iter().map(|c| shown(&mut look, c, 6)).collect()
}

/// How many disagreements there are of each kind.
///
/// # Errors
/// When the record cannot be read.
pub fn disagreement_counts(store: &Store) -> Result<Vec<(ConflictKind, i64)>, EngineError> {
    let sql = "SELECT kind, count(*) n FROM conflicts WHERE review <> 'rejected' GROUP BY kind";
    let mut out = Vec::new();
    for row in store.query_json(sql, &[])? {
        let kind = row.get("kind").and_then(|k| k.as_str()).and_then(|k| k.parse().ok());
        out.extend(kind.zip(row.get("n").and_then(serde_json::Value::as_i64)));
    }
    out.sort();
    Ok(out)
}

/// Ids of disagreements in the order they are shown in: by sureness, kind and id.
fn conflict_ids(
    store: &Store,
    kind: Option<ConflictKind>,
    limit: usize,
    skip: usize,
) -> Result<Vec<String>, EngineError> {
    let rank = |words: Vec<&str>, column: &str| {
        let cases: Vec<String> =
            words.iter().enumerate().map(|(n, w)| format!("WHEN '{w}' THEN {n}")).collect();
        format!("CASE {column} {} END", cases.join(" "))
    };
    let sure = rank(Sure::ALL.iter().map(|s| s.as_str()).collect(), "sure");
    let kinds = rank(ConflictKind::ALL.iter().map(|k| k.as_str()).collect(), "kind");
    let sql = format!(
        "SELECT id FROM conflicts WHERE review <> 'rejected' AND (?1 IS NULL OR kind = ?1) \
         ORDER BY {sure}, {kinds}, id LIMIT ?2 OFFSET ?3"
    );
    let int = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let kind = kind.map_or(Value::Null, |k| Value::Text(k.as_str().to_owned()));
    let params = [kind, int(limit), int(skip)];
    let rows = store.query_json(&sql, &params)?;
    Ok(rows.into_iter().filter_map(|r| r.get("id")?.as_str().map(str::to_owned)).collect())
}

fn shown(look: &mut Lookup<'_>, c: ConflictRow, most: usize) -> Result<Disagreement, EngineError> {
    let mut sides = Vec::new();
    for s in c.sides.0 {
        let passages = s.evidence.len();
        let mut evidence = Vec::new();
        for e in s.evidence.into_iter().take(most) {
            let text = look.words(&e.report, e.start, e.end)?;
            let r = look.report(&e.report)?;
            let around = pieces_around(&r.text, i64::from(e.start), i64::from(e.end), 80);
            evidence.push(Shown {
                report_id: r.id.clone(),
                report: r.key.clone(),
                outlet: r.outlet.clone(),
                published: r.published,
                start: e.start,
                end: e.end,
                text,
                context: around.concat().trim().to_owned(),
                around,
            });
        }
        sides.push(SideView { value: s.value, origins: s.origins, passages, evidence });
    }
    let of_series = c.kind == ConflictKind::Figure && look.is_series(&c.about)?;
    Ok(Disagreement { of_series, id: c.id, kind: c.kind, about: c.about, why: c.why, sure: c.sure, sides })
}
