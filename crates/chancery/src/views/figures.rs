//! Which numbers were claimed, by whom, as of when.

use super::Lookup;
use super::events::line_around;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::rows::{FigureRow, SeriesRow};
use chancery_model::vocab::{Qualifier, Review};
use chancery_model::{Edtf, Id};
use chancery_store::Store;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A figure as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// Figure id.
    pub id: Id,
    /// Report key.
    pub report: String,
    /// Outlet of the report.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// First code point.
    pub start: i64,
    /// One past the last code point.
    pub end: i64,
    /// The words.
    pub text: String,
    /// The words around it.
    pub context: String,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How exact.
    pub qualifier: Qualifier,
    /// Unit.
    pub unit: Option<String>,
    /// What is measured.
    pub measure: String,
    /// What is counted.
    pub subject: Option<String>,
    /// Of what happening.
    pub of: Option<String>,
    /// As of when.
    pub as_of: Option<Edtf>,
    /// By whose word.
    pub speaker: Option<String>,
    /// The series it is in.
    pub series: Option<Id>,
    /// Heading of the series.
    pub series_title: Option<String>,
    /// The arithmetic, when it was worked out.
    pub derivation: Option<String>,
}

/// Figures that have to do with some words, all when there are none: series by series, those of most reports first, each by
/// day; then what stands alone.
///
/// # Errors
/// When the record cannot be read.
pub fn figures(store: &Store, about: Option<&str>) -> Result<Vec<FigureView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let titles: BTreeMap<Id, String> =
        store.rows::<SeriesRow>(None)?.into_iter().map(|s| (s.id, s.title)).collect();
    let wanted = about.map(fold::name);
    let mut out = Vec::new();
    for f in store.rows::<FigureRow>(None)? {
        if f.review == Review::Rejected {
            continue;
        }
        let speaker = look.name(f.speaker.as_ref());
        let r = look.report(&f.report)?;
        let context = line_around(&r.text, f.start, f.end);
        let day = f.as_of_lo.or(r.published_lo).or(r.published_hi);
        let view = FigureView {
            report: r.key.clone(),
            outlet: r.outlet.clone(),
            published: r.published,
            context,
            speaker,
            series_title: f.series.as_ref().and_then(|s| titles.get(s).cloned()),
            id: f.id,
            start: f.start,
            end: f.end,
            text: f.text,
            low: f.low,
            high: f.high,
            qualifier: f.qualifier,
            unit: f.unit,
            measure: f.measure,
            subject: f.subject,
            of: f.of,
            as_of: f.as_of,
            series: f.series,
            derivation: f.derivation,
        };
        if let Some(w) = &wanted {
            let fields = [
                Some(&view.measure),
                view.subject.as_ref(),
                view.of.as_ref(),
                view.unit.as_ref(),
                view.speaker.as_ref(),
                Some(&view.text),
                Some(&view.context),
            ];
            if !fields.into_iter().flatten().any(|s| fold::name(s).contains(w.as_str())) {
                continue;
            }
        }
        out.push((day, view));
    }
    let mut told: BTreeMap<Id, (BTreeSet<String>, usize)> = BTreeMap::new();
    for (_, v) in &out {
        if let Some(s) = &v.series {
            let of = told.entry(s.clone()).or_default();
            of.0.insert(v.report.clone());
            of.1 += 1;
        }
    }
    let weight = |v: &FigureView| v.series.as_ref().and_then(|s| told.get(s)).map(|t| (t.0.len(), t.1));
    out.sort_by(|(a, x), (b, y)| {
        let key = |d: &Option<chancery_model::Day>, v: &FigureView| {
            (
                v.series_title.is_none(),
                std::cmp::Reverse(weight(v)),
                v.series_title.clone(),
                v.series.clone(),
                v.measure.clone(),
                d.is_none(),
                *d,
                v.report.clone(),
                v.start,
            )
        };
        key(a, x).cmp(&key(b, y))
    });
    Ok(out.into_iter().map(|(_, v)| v).collect())
}
