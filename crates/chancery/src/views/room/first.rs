//! What the first screen shows of a whole record. It is worked out at the end of a build and kept, because it counts
//! whole tables and is asked for first.

use super::{
    Bin, EventFilter, FigureLine, Measure, Overview, SaidQuery, SeriesLine, Voice, bins, figures_of,
    measures, overview, possible_merges, said_bins, series, voices,
};
use crate::EngineError;
use crate::views::{StoryLength, StoryLine, story};
use chancery_store::Store;
use serde::{Deserialize, Serialize};

/// Where the record keeps it.
const FIRST: &str = "first_screen";
/// Raised when what is kept is made otherwise; then what an older version kept is made anew.
const FORM: u32 = 4;
/// Days of the story.
const DAYS: usize = 8;
/// Possible mergers that are counted at most.
const TWINS: usize = 500;

/// What the first screen shows, less disagreements and what a filter asks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FirstScreen {
    form: u32,
    /// The record in one sentence.
    pub overview: Option<Overview>,
    /// The story in a few days.
    pub story: Vec<StoryLine>,
    /// Who speaks, through whom.
    pub voices: Vec<Voice>,
    /// The longest series with their figures.
    pub series: Vec<(SeriesLine, Vec<FigureLine>)>,
    /// What is measured, and how often.
    pub measures: Vec<Measure>,
    /// Events by day.
    pub events: Vec<Bin>,
    /// Statements by day.
    pub said: Vec<Bin>,
    /// Pairs of actors that may be one, counted up to [`FirstScreen::MOST_TWINS`].
    pub twins: usize,
}

impl FirstScreen {
    /// Where the counting of possible mergers stops.
    pub const MOST_TWINS: usize = TWINS;

    /// Works it out.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn make(store: &Store) -> Result<Self, EngineError> {
        let mut long = Vec::new();
        for s in series(store, 2, 3, 0)? {
            let figures = figures_of(store, &s.id, 150, 0)?;
            long.push((s, figures));
        }
        Ok(Self {
            form: FORM,
            overview: overview(store)?.filter(|o| o.reports > 0),
            story: story(store, StoryLength::AtMost(DAYS))?.into_iter().map(StoryLine::from).collect(),
            voices: voices(store, 8)?,
            series: long,
            measures: measures(store)?,
            events: bins(store, &EventFilter::default(), 10)?,
            said: said_bins(store, &SaidQuery::default(), 10)?,
            twins: possible_merges(store, TWINS)?.len(),
        })
    }

    /// What the last build kept, else worked out now.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn of(store: &Store) -> Result<Self, EngineError> {
        let kept = store.meta(FIRST)?.and_then(|k| serde_json::from_str::<Self>(&k).ok());
        match kept.filter(|k| k.form == FORM) {
            Some(kept) => Ok(kept),
            None => Self::make(store),
        }
    }
}

/// Forgets what was kept, before the record changes.
pub(crate) fn forget(store: &mut Store) -> Result<(), EngineError> {
    Ok(store.set_meta(FIRST, "")?)
}

/// Keeps it, after the record has changed.
pub(crate) fn keep(store: &mut Store) -> Result<(), EngineError> {
    let made = FirstScreen::make(store)?;
    let text = serde_json::to_string(&made).map_err(|e| EngineError::Input(e.to_string()))?;
    Ok(store.set_meta(FIRST, &text)?)
}
