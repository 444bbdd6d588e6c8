//! The story as a timeline: the days that most sources tell of, the sentence that says best what is told of each, and
//! the happening that it tells.

mod central;
mod days;

use super::events::event_view;
use super::{EventView, Lookup};
use crate::EngineError;
use central::Ground;
use chancery_model::rows::{EventMentionRow, EventRow};
use chancery_model::vocab::{Review, Status};
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use days::Told;
use serde::{Deserialize, Serialize};
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
    /// The sentence that has most in common with all that is told of the day.
    pub passage: Option<Passage>,
    /// The happening of the day that the passage tells; where it tells none, the one that most origins tell, if several do.
    pub event: Option<EventView>,
    /// Whether the passage tells that happening.
    pub passage_tells: bool,
}

/// A sentence of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Passage {
    /// Report id.
    pub report_id: Id,
    /// Report key.
    pub report: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, or the days among which it lies.
    pub published: Option<Edtf>,
    /// First code point.
    pub start: i64,
    /// One past the last code point.
    pub end: i64,
    /// Where in it the day is named or its happening told: the code point.
    pub at: i64,
    /// Its words.
    pub text: String,
}

/// A day of the story in few words, as pages show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoryLine {
    /// The day.
    pub day: Day,
    /// Origins that speak of it.
    pub origins: i64,
    /// The sentence that says best what is told of it.
    pub passage: Option<Passage>,
    /// Id, heading and status of its happening.
    pub event: Option<(Id, String, Status)>,
    /// Whether the passage tells that happening.
    pub passage_tells: bool,
}

impl From<StoryDay> for StoryLine {
    fn from(d: StoryDay) -> Self {
        Self {
            day: d.day,
            origins: i64::try_from(d.origins).unwrap_or(i64::MAX),
            passage: d.passage,
            event: d.event.map(|e| (e.id, e.title, e.status)),
            passage_tells: d.passage_tells,
        }
    }
}

/// How many days a timeline has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// As many, if the record has as many.
    Days(usize),
    /// At most as many: where several sources are at hand, a day that one alone speaks of is left out.
    AtMost(usize),
}

/// Origins of a record from which on a day that one alone speaks of is left out of [`Length::AtMost`].
const SEVERAL: usize = 10;

/// The days that most origins speak of, in order. A day counts by the origins whose reports name it, more when they
/// tell a happening of it or name it days later, and a little for the reports that came out on it.
///
/// What is told of a day are the sentences that name it or tell a happening of it, and the first sentences of reports
/// that came out on it or on the next. Of those of the first two kinds the one nearest their mean is shown (words
/// weighted by their rarity; Ghalandari and Ifrim 2020 call it a centroid ranking).
///
/// # Errors
/// When the record cannot be read.
pub fn story(store: &Store, length: Length) -> Result<Vec<StoryDay>, EngineError> {
    let told = Told::of(store)?;
    let days = match length {
        Length::Days(n) => told.heaviest(n, 1),
        Length::AtMost(n) => told.heaviest(n, if told.origins() >= SEVERAL { 2 } else { 1 }),
    };
    let ground = Ground::of(store, &told, days.iter().map(|d| d.0))?;
    let wanted: BTreeSet<Day> = days.iter().map(|d| d.0).collect();
    let mut events: BTreeMap<Id, EventRow> = BTreeMap::new();
    for e in store.rows::<EventRow>(None)? {
        let of_a_day = e.date_lo == e.date_hi && e.date_lo.is_some_and(|d| wanted.contains(&d));
        if of_a_day && e.review != Review::Rejected {
            events.insert(e.id.clone(), e);
        }
    }
    let mut look = Lookup::new(store)?;
    let mut shown: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::with_capacity(days.len());
    for (day, weight) in days {
        let own = |m: &&EventMentionRow| events.get(&m.event).is_some_and(|e| e.date_lo == Some(day));
        let here: Vec<&EventMentionRow> = told.happenings(day).iter().filter(own).collect();
        let spot = ground.passage(day, &shown);
        shown.extend(spot.iter().map(|s| s.text.clone()));
        let origins_of = |id: &Id| told.tellers(day, id);
        let rank = |id: &&Id| {
            (origins_of(id), events.get(*id).map_or(0, |e| e.origins), std::cmp::Reverse((*id).clone()))
        };
        let within = spot.as_ref().and_then(|s| {
            let inside = here.iter().filter(|m| m.report == s.report && s.start <= m.start && m.end <= s.end);
            inside.map(|m| &m.event).max_by_key(rank)
        });
        let widely = || here.iter().map(|m| &m.event).filter(|id| origins_of(id) > 1).max_by_key(rank);
        let event = match within.or_else(widely).and_then(|id| events.get(id)) {
            Some(e) => event_view(store, &mut look, e.clone())?,
            None => None,
        };
        let passage = match spot {
            Some(s) => {
                let r = look.report(&s.report)?;
                Some(Passage {
                    report_id: s.report,
                    report: r.key.clone(),
                    outlet: r.outlet.clone(),
                    published: r.published,
                    start: s.start,
                    end: s.end,
                    at: s.at,
                    text: s.text,
                })
            }
            None => None,
        };
        let passage_tells = event.is_some() && within.is_some();
        out.push(StoryDay { day, weight, origins: told.speakers(day), passage, event, passage_tells });
    }
    Ok(out)
}
