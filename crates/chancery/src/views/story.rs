//! The story as a timeline: the days that most sources tell of, and what happened on each.

use super::events::event_view;
use super::{EventView, Lookup};
use crate::EngineError;
use chancery_model::rows::{EventMentionRow, EventRow, ReportRow, TimeRow};
use chancery_model::vocab::{Review, Status};
use chancery_model::{Day, Id};
use chancery_store::Store;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A day of the story.
#[derive(Debug, Clone, Serialize)]
pub struct StoryDay {
    /// The day.
    pub day: Day,
    /// What it was chosen by: origins that name it, that tell a happening of it, that came out on it.
    pub weight: f64,
    /// Origins that speak of it.
    pub origins: usize,
    /// What most origins tell of it, when anything is.
    pub event: Option<EventView>,
}

/// Weight of the report of the day itself beside a time expression that names it.
const PUBLISHED: f64 = 0.3;
/// Weight of a happening told of the day.
const TOLD: f64 = 1.0;

/// The days that most origins speak of, at most `length` of them, in order. A day counts by the origins whose reports
/// name it, more when they tell a happening of it, and a little for the reports that came out on it.
///
/// # Errors
/// When the record cannot be read.
pub fn story(store: &Store, length: usize) -> Result<Vec<StoryDay>, EngineError> {
    let reports: BTreeMap<Id, ReportRow> =
        store.rows::<ReportRow>(None)?.into_iter().map(|r| (r.id.clone(), r)).collect();
    let origin = |r: &Id| reports.get(r).map(|r| r.origin.clone());
    let mut named: BTreeMap<Day, BTreeSet<Id>> = BTreeMap::new();
    let mut weight: BTreeMap<Day, f64> = BTreeMap::new();
    let mut add = |day: Day, origin: Option<Id>, w: f64, seen: &mut BTreeSet<(Day, Id, u8)>, kind: u8| {
        let Some(origin) = origin else { return };
        if seen.insert((day, origin.clone(), kind)) {
            *weight.entry(day).or_default() += w;
            named.entry(day).or_default().insert(origin);
        }
    };
    let mut seen = BTreeSet::new();
    // Origins that tell of a happening as of something done on a day.
    let mut told: BTreeMap<(Day, Id), BTreeSet<Id>> = BTreeMap::new();
    for t in store.rows::<TimeRow>(None)? {
        if let (Some(lo), true) = (t.lo, t.lo == t.hi && t.review != Review::Rejected) {
            add(lo, origin(&t.report), 1.0, &mut seen, 0);
        }
    }
    for m in store.rows::<EventMentionRow>(None)? {
        let real =
            matches!(m.status, Status::Happened | Status::Ongoing | Status::Failed | Status::Cancelled);
        if let (Some(lo), true, true) =
            (m.date_lo, m.date_lo == m.date_hi, real && m.review != Review::Rejected)
        {
            add(lo, origin(&m.report), TOLD, &mut seen, 1);
            if let Some(o) = origin(&m.report) {
                told.entry((lo, m.event)).or_default().insert(o);
            }
        }
    }
    for r in reports.values() {
        if let (Some(lo), true) = (r.published_lo, r.published_lo == r.published_hi) {
            add(lo, Some(r.origin.clone()), PUBLISHED, &mut seen, 2);
        }
    }
    let mut days: Vec<(Day, f64)> = weight.into_iter().collect();
    days.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    days.truncate(length);
    days.sort_by_key(|d| d.0);
    // The happening of each chosen day that most origins tell as done on it.
    let mut best: BTreeMap<Day, EventRow> = BTreeMap::new();
    for e in store.rows::<EventRow>(None)? {
        let Some(day) = e.date_lo.filter(|d| Some(*d) == e.date_hi && e.review != Review::Rejected) else {
            continue;
        };
        let done = |e: &EventRow| told.get(&(day, e.id.clone())).map_or(0, BTreeSet::len);
        let rank = |e: &EventRow| (done(e), e.origins, e.reports, std::cmp::Reverse(e.id.clone()));
        if best.get(&day).is_none_or(|old| rank(&e) > rank(old)) {
            best.insert(day, e);
        }
    }
    let mut look = Lookup::new(store)?;
    let mut out = Vec::with_capacity(days.len());
    for (day, weight) in days {
        let event = match best.remove(&day) {
            Some(e) => event_view(store, &mut look, e)?,
            None => None,
        };
        let origins = named.get(&day).map_or(0, BTreeSet::len);
        out.push(StoryDay { day, weight, origins, event });
    }
    Ok(out)
}
