//! Who speaks of which day, and how much a day weighs.

use crate::EngineError;
use chancery_model::date::days_between;
use chancery_model::rows::{EventMentionRow, ReportRow, TimeRow};
use chancery_model::vocab::{Review, Status};
use chancery_model::{Day, Id};
use chancery_store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Weight of a report that names the day; of one that tells a happening of it; of one that still names it days later,
/// when what passed has passed; of one that came out on it.
const NAMED: f64 = 1.0;
const TOLD: f64 = 1.0;
const LATER: f64 = 2.0;
const PUBLISHED: f64 = 0.3;
/// Days after which a day is named later.
const SOME_DAYS: i32 = 2;

/// A place in a report, in code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub report: Id,
    pub start: i64,
    pub end: i64,
}

/// What all reports tell of the days.
pub(super) struct Told {
    /// Origin and day of publication of each report.
    reports: BTreeMap<Id, (Id, Option<Day>)>,
    /// The first report of each origin by day and id: a dispatch counts once, however many print it.
    leads: BTreeSet<Id>,
    weight: BTreeMap<Day, f64>,
    speakers: BTreeMap<Day, BTreeSet<Id>>,
    named: BTreeMap<Day, Vec<Place>>,
    happenings: BTreeMap<Day, Vec<EventMentionRow>>,
    /// Origins that tell of a happening as of something done on a day.
    tellers: BTreeMap<(Day, Id), BTreeSet<Id>>,
    published: BTreeMap<Day, Vec<Id>>,
}

impl Told {
    pub(super) fn of(store: &Store) -> Result<Self, EngineError> {
        let mut reports = BTreeMap::new();
        let mut published: BTreeMap<Day, Vec<Id>> = BTreeMap::new();
        let mut first: BTreeMap<Id, (Option<Day>, Id)> = BTreeMap::new();
        for r in store.rows::<ReportRow>(None)? {
            let day = r.published_lo.filter(|_| r.published_lo == r.published_hi);
            if let Some(d) = day {
                published.entry(d).or_default().push(r.id.clone());
            }
            let rank = |d: Option<Day>, id: &Id| (d.is_none(), d, id.clone());
            let lead = first.entry(r.origin.clone()).or_insert_with(|| (day, r.id.clone()));
            if rank(day, &r.id) < rank(lead.0, &lead.1) {
                *lead = (day, r.id.clone());
            }
            reports.insert(r.id, (r.origin, day));
        }
        let leads = first.into_values().map(|l| l.1).collect();
        let mut out = Self {
            reports,
            leads,
            weight: BTreeMap::new(),
            speakers: BTreeMap::new(),
            named: BTreeMap::new(),
            happenings: BTreeMap::new(),
            tellers: BTreeMap::new(),
            published,
        };
        out.count(store)?;
        Ok(out)
    }

    fn count(&mut self, store: &Store) -> Result<(), EngineError> {
        let mut seen: BTreeSet<(Day, Id, u8)> = BTreeSet::new();
        for t in store.rows::<TimeRow>(None)? {
            let (Some(day), true) = (t.lo, t.lo == t.hi && t.review != Review::Rejected) else { continue };
            self.add(day, &t.report, NAMED, &mut seen, 0);
            let later = |d: Day| days_between(day, d) >= SOME_DAYS;
            if self.reports.get(&t.report).and_then(|r| r.1).is_some_and(later) {
                self.add(day, &t.report, LATER, &mut seen, 3);
            }
            self.named.entry(day).or_default().push(Place { report: t.report, start: t.start, end: t.end });
        }
        for m in store.rows::<EventMentionRow>(None)? {
            let real =
                matches!(m.status, Status::Happened | Status::Ongoing | Status::Failed | Status::Cancelled);
            let (Some(day), true) = (m.date_lo, m.date_lo == m.date_hi && m.review != Review::Rejected)
            else {
                continue;
            };
            if real {
                self.add(day, &m.report, TOLD, &mut seen, 1);
                if let Some((origin, _)) = self.reports.get(&m.report) {
                    self.tellers.entry((day, m.event.clone())).or_default().insert(origin.clone());
                }
            }
            self.happenings.entry(day).or_default().push(m);
        }
        let out_on: Vec<(Day, Id)> =
            self.published.iter().flat_map(|(d, ids)| ids.iter().map(|id| (*d, id.clone()))).collect();
        for (day, report) in out_on {
            self.add(day, &report, PUBLISHED, &mut seen, 2);
        }
        Ok(())
    }

    /// Counts an origin for a day, once for each kind of telling.
    fn add(&mut self, day: Day, report: &Id, weight: f64, seen: &mut BTreeSet<(Day, Id, u8)>, kind: u8) {
        let Some((origin, _)) = self.reports.get(report) else { return };
        if seen.insert((day, origin.clone(), kind)) {
            *self.weight.entry(day).or_default() += weight;
            self.speakers.entry(day).or_default().insert(origin.clone());
        }
    }

    /// The heaviest days of which so many origins speak at least, at most `n`, in order, with their weights.
    pub(super) fn heaviest(&self, n: usize, least: usize) -> Vec<(Day, f64)> {
        let mut days: Vec<(Day, f64)> =
            self.weight.iter().filter(|d| self.speakers(*d.0) >= least).map(|(d, w)| (*d, *w)).collect();
        days.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        days.truncate(n);
        days.sort_by_key(|d| d.0);
        days
    }

    /// Origins of the record.
    pub(super) fn origins(&self) -> usize {
        self.leads.len()
    }

    /// Origins that speak of a day.
    pub(super) fn speakers(&self, day: Day) -> usize {
        self.speakers.get(&day).map_or(0, BTreeSet::len)
    }

    /// Origins that tell of a happening as done on a day.
    pub(super) fn tellers(&self, day: Day, event: &Id) -> usize {
        self.tellers.get(&(day, event.clone())).map_or(0, BTreeSet::len)
    }

    /// What is told to have happened, or to be going to, on a day.
    pub(super) fn happenings(&self, day: Day) -> &[EventMentionRow] {
        self.happenings.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Where a day is named.
    pub(super) fn named(&self, day: Day) -> &[Place] {
        self.named.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Reports that came out on a day.
    pub(super) fn out_on(&self, day: Day) -> &[Id] {
        self.published.get(&day).map_or(&[], Vec::as_slice)
    }

    /// Whether a report speaks for its origin.
    pub(super) fn leads(&self, report: &Id) -> bool {
        self.leads.contains(report)
    }

    /// The day on which a report came out.
    pub(super) fn published(&self, report: &Id) -> Option<Day> {
        self.reports.get(report).and_then(|r| r.1)
    }
}
