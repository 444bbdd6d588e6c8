//! Where the reports disagree.

use super::Lookup;
use super::events::line_around;
use crate::EngineError;
use chancery_model::rows::ConflictRow;
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
}

/// Disagreements, the surest first; only those of a kind when one is named.
///
/// # Errors
/// When the record cannot be read.
pub fn disagreements(store: &Store, kind: Option<ConflictKind>) -> Result<Vec<Disagreement>, EngineError> {
    let mut look = Lookup::new(store)?;
    let mut rows = store.rows::<ConflictRow>(None)?;
    rows.retain(|c| c.review != Review::Rejected && kind.is_none_or(|k| k == c.kind));
    rows.sort_by(|a, b| (a.sure, a.kind, &a.id).cmp(&(b.sure, b.kind, &b.id)));
    let mut out = Vec::with_capacity(rows.len());
    for c in rows {
        let mut sides = Vec::new();
        for s in c.sides.0 {
            let mut evidence = Vec::new();
            for e in s.evidence {
                let text = look.words(&e.report, e.start, e.end)?;
                let r = look.report(&e.report)?;
                evidence.push(Shown {
                    report_id: r.id.clone(),
                    report: r.key.clone(),
                    outlet: r.outlet.clone(),
                    published: r.published,
                    start: e.start,
                    end: e.end,
                    text,
                    context: line_around(&r.text, i64::from(e.start), i64::from(e.end)),
                });
            }
            sides.push(SideView { value: s.value, origins: s.origins, evidence });
        }
        out.push(Disagreement { id: c.id, kind: c.kind, about: c.about, why: c.why, sure: c.sure, sides });
    }
    Ok(out)
}
