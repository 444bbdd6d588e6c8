//! Which reports are one source, and who carries whom.

use super::Lookup;
use crate::EngineError;
use chancery_model::rows::OriginRow;
use chancery_model::vocab::OriginKind;
use chancery_model::{Edtf, Id};
use chancery_store::Store;
use serde::Serialize;

/// Reports that are one source, as they are shown.
#[derive(Debug, Clone, Serialize)]
pub struct OriginView {
    /// Origin id.
    pub id: Id,
    /// Why they are one.
    pub kind: OriginKind,
    /// The agency credited.
    pub wire: Option<String>,
    /// One sentence a person can check.
    pub why: String,
    /// The reports, the lead first.
    pub reports: Vec<CarriedView>,
}

/// A report of an origin.
#[derive(Debug, Clone, Serialize)]
pub struct CarriedView {
    /// Report key.
    pub report: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
}

/// Origins of more than one report, or credited to an agency; the largest first.
///
/// # Errors
/// When the record cannot be read.
pub fn origins(store: &Store) -> Result<Vec<OriginView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let mut rows = store.rows::<OriginRow>(None)?;
    rows.retain(|o| o.reports.0.len() > 1 || o.wire.is_some());
    rows.sort_by(|a, b| (b.reports.0.len(), &a.id).cmp(&(a.reports.0.len(), &b.id)));
    let mut out = Vec::with_capacity(rows.len());
    for o in rows {
        let mut reports = Vec::with_capacity(o.reports.0.len());
        for id in &o.reports.0 {
            let r = look.report(id)?;
            let (report, outlet) = (r.key.clone(), r.outlet.clone());
            reports.push(CarriedView { report, outlet, published: r.published });
        }
        out.push(OriginView { id: o.id, kind: o.kind, wire: o.wire, why: o.why, reports });
    }
    Ok(out)
}
