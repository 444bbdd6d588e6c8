//! Views: what a person asks of a record. Every client (terminal, web, Python) shows these same values.

mod conflicts;
mod diff;
mod events;
mod figures;
pub mod marked;
mod offices;
mod origins;
mod positions;
mod report;
pub mod room;
mod statements;
mod story;
mod summary;

pub use conflicts::{
    Disagreement, Shown, SideView, disagreement_counts, disagreements, disagreements_about,
    disagreements_page,
};
pub use diff::{TableDiff, diff};
pub use events::{
    EventQuery, EventView, First, Kind as EventKind, MentionView, StateView, events, kind as event_kind,
    kinds as event_kinds, met,
};
pub use figures::{FigureView, figures};
pub use offices::{HolderView, OfficeEvidence, offices};
pub use origins::{CarriedView, OriginView, origins};
pub use positions::{PositionView, QuoteView, positions};
pub use report::{Fact, ReportLine, ReportView, SentenceView, WhenView, report_view, reports, when};
pub use statements::{StatementQuery, StatementView, who_said};
pub use story::{Length as StoryLength, Passage, StoryDay, StoryLine, story};
pub use summary::{Doctor, Summary, Trouble, doctor, summary, troubles};

use crate::EngineError;
use chancery_link::fold;
use chancery_model::Id;
use chancery_model::rows::{ActorRow, ReportRow};
use chancery_model::schema::Value;
use chancery_model::span::at_chars;
use chancery_store::Store;
use std::collections::BTreeMap;

/// Reports and actors looked up while a view is made.
pub(crate) struct Lookup<'a> {
    store: &'a Store,
    actors: BTreeMap<Id, ActorRow>,
    reports: BTreeMap<Id, ReportRow>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(store: &'a Store) -> Result<Self, EngineError> {
        let actors = store.rows::<ActorRow>(None)?.into_iter().map(|a| (a.id.clone(), a)).collect();
        Ok(Self { store, actors, reports: BTreeMap::new() })
    }

    /// A lookup that knows no actors, for views that show none or few: see [`Lookup::know`].
    pub(crate) fn bare(store: &'a Store) -> Self {
        Self { store, actors: BTreeMap::new(), reports: BTreeMap::new() }
    }

    /// Reads some actors.
    pub(crate) fn know<'i>(&mut self, ids: impl IntoIterator<Item = &'i Id>) -> Result<(), EngineError> {
        for id in ids {
            if !self.actors.contains_key(id) {
                let rows = self.store.rows::<ActorRow>(Some(("id", Value::Text(id.to_string()))))?;
                self.actors.extend(rows.into_iter().map(|a| (a.id.clone(), a)));
            }
        }
        Ok(())
    }

    pub(crate) fn name(&self, id: Option<&Id>) -> Option<String> {
        id.and_then(|id| self.actors.get(id)).map(|a| a.name.clone())
    }

    pub(crate) fn report(&mut self, id: &Id) -> Result<&ReportRow, EngineError> {
        if !self.reports.contains_key(id) {
            let rows = self.store.rows::<ReportRow>(Some(("id", Value::Text(id.to_string()))))?;
            let row = rows.into_iter().next().ok_or_else(|| EngineError::NoReport(id.to_string()))?;
            self.reports.insert(id.clone(), row);
        }
        self.reports.get(id).ok_or_else(|| EngineError::NoReport(id.to_string()))
    }

    /// Whether an id is that of a series.
    pub(crate) fn is_series(&self, id: &Id) -> Result<bool, EngineError> {
        let sql = "SELECT 1 AS n FROM series WHERE id = ?1";
        Ok(!self.store.query_json(sql, &[Value::Text(id.to_string())])?.is_empty())
    }

    /// The words of a report at a span in code points.
    pub(crate) fn words(&mut self, report: &Id, start: u32, end: u32) -> Result<String, EngineError> {
        Ok(at_chars(&self.report(report)?.text, start, end).unwrap_or_default().to_owned())
    }

    /// All actors, by id.
    pub(crate) fn all(&self) -> impl Iterator<Item = &ActorRow> {
        self.actors.values()
    }

    /// Actors that a person means by a name: the whole name or an alias, else every word of it in a name or alias.
    pub(crate) fn actors(&self, asked: &str) -> Vec<&ActorRow> {
        let wanted = fold::name(asked);
        let forms = |a: &ActorRow| -> Vec<String> {
            std::iter::once(&a.name).chain(&a.aliases.0).map(|n| fold::name(n)).collect()
        };
        let exact: Vec<&ActorRow> = self.actors.values().filter(|a| forms(a).contains(&wanted)).collect();
        if !exact.is_empty() {
            return exact;
        }
        let holds = |f: &String| wanted.split(' ').all(|w| f.split(' ').any(|x| x == w));
        self.actors.values().filter(|a| forms(a).iter().any(holds)).collect()
    }

    /// The actors meant, or an error that names what could have been meant.
    pub(crate) fn actors_or_error(&self, asked: &str) -> Result<Vec<Id>, EngineError> {
        let found: Vec<Id> = self.actors(asked).into_iter().map(|a| a.id.clone()).collect();
        if found.is_empty() {
            let mut names: Vec<&ActorRow> = self.actors.values().collect();
            names.sort_by(|a, b| b.reports.cmp(&a.reports).then(a.name.cmp(&b.name)));
            let most: Vec<String> = names.iter().take(8).map(|a| a.name.clone()).collect();
            return Err(EngineError::NoActor { asked: asked.to_owned(), known: most.join(", ") });
        }
        Ok(found)
    }
}
