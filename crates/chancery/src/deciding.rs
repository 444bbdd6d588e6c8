//! A person's decisions, kept and worked into the record: at once, or the row alone at once and the rest when there is time.

use crate::build::{Fingerprint, Prepared, read_one, reader_choice};
use crate::readers::reader;
use crate::{Engine, EngineError, decisions, views};
use chancery_model::rows::DecisionRow;
use chancery_model::vocab::Review;
use std::path::PathBuf;

/// What taking up decisions did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Decisions that were new.
    pub new: usize,
    /// Decisions that the record had already, word for word.
    pub known: usize,
    /// Decisions of the record that no longer fit.
    pub unfit: usize,
    /// Decisions of the record on a row that somebody else has decided otherwise.
    pub contrary: usize,
}

/// Where the record keeps that decisions wait to be worked in.
const PENDING: &str = "decisions_pending";

/// Whether a record has decisions that wait to be worked in.
///
/// # Errors
/// When the record cannot be read.
pub fn waits(store: &chancery_store::Store) -> Result<bool, EngineError> {
    Ok(store.meta(PENDING)?.is_some_and(|p| !p.is_empty()))
}

impl Engine {
    /// Keeps a person's correction and brings the record up to date with it. One that fits nothing in the record is
    /// not kept.
    ///
    /// # Errors
    /// When the decision makes no sense or fits nothing, or the record cannot be written.
    pub fn decide(&mut self, mut decision: DecisionRow) -> Result<(), EngineError> {
        decisions::check(&decision)?;
        self.fits(&mut decision)?;
        self.store.add_decisions(&[decision])?;
        self.refresh()
    }

    /// Takes up what others have decided, from files with one decision a line, and brings the record up to date.
    ///
    /// # Errors
    /// When a file cannot be read or a line is no decision, or the record cannot be written.
    pub fn take_decisions(&mut self, files: &[PathBuf]) -> Result<Taken, EngineError> {
        let mut rows = Vec::new();
        for f in files {
            rows.extend(decisions::read_file(f)?);
        }
        let new = self.store.add_decisions(&rows)?;
        if new > 0 {
            self.refresh()?;
        }
        let lines = views::room::decision_lines(&self.store, usize::MAX)?;
        Ok(Taken {
            new,
            known: rows.len() - new,
            unfit: lines.iter().filter(|l| l.unfit.is_some()).count(),
            contrary: lines.iter().filter(|l| l.against.is_some()).count(),
        })
    }

    /// Keeps a decision and marks its row, but leaves what follows from it (events, series, disagreements) to the next
    /// [`Engine::prepare`] and [`Engine::publish`]: on a large record these take long.
    ///
    /// # Errors
    /// As [`Engine::decide`].
    pub fn decide_first(&mut self, mut decision: DecisionRow) -> Result<(), EngineError> {
        decisions::check(&decision)?;
        self.fits(&mut decision)?;
        self.store.add_decisions(std::slice::from_ref(&decision))?;
        self.store.set_meta(PENDING, "1")?;
        self.mark(&decision)
    }

    /// Takes back the decision made last and marks its row as it was; see [`Engine::decide_first`].
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn undo_first(&mut self) -> Result<Option<DecisionRow>, EngineError> {
        let last = self.store.take_last_decision()?;
        if let Some(d) = &last {
            self.store.set_meta(PENDING, "1")?;
            self.mark(d)?;
        }
        Ok(last)
    }

    /// Whether decisions wait to be worked in.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn pending(&self) -> Result<bool, EngineError> {
        waits(&self.store)
    }

    /// Writes rows that were prepared. Decisions that came meanwhile keep their marks and wait for the next time.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn publish(&mut self, made: &Prepared) -> Result<(), EngineError> {
        views::room::first::forget(&mut self.store)?;
        made.write(&mut self.store)?;
        views::room::first::keep(&mut self.store)?;
        let now = self.store.decisions()?;
        if now == made.decisions {
            return Ok(self.store.set_meta(PENDING, "")?);
        }
        for d in now.iter().filter(|d| !made.decisions.contains(d)) {
            self.mark(d)?;
        }
        for d in made.decisions.iter().filter(|d| !now.contains(d)) {
            self.mark(d)?;
        }
        Ok(())
    }

    /// Gives the row of a decision the verdict that the decisions on it give now.
    fn mark(&mut self, about: &DecisionRow) -> Result<(), EngineError> {
        let Ok(t) = serde_json::from_value::<decisions::Target>(about.target.0.clone()) else {
            return Ok(());
        };
        let (Some(key), Some(start), Some(end)) = (&t.key, t.start, t.end) else { return Ok(()) };
        let Some(report) = self.store.has_input(key)? else { return Ok(()) };
        let mut all = self.store.decisions()?;
        decisions::in_order(&mut all);
        let mut verdict = Review::Predicted;
        for d in &all {
            let same = serde_json::from_value::<decisions::Target>(d.target.0.clone())
                .is_ok_and(|x| (&x.table, &x.key, x.start, x.end) == (&t.table, &t.key, t.start, t.end));
            if same {
                verdict = decisions::verdict(verdict, &d.action);
            }
        }
        Ok(self.store.mark(&t.table, &report, [start, end], verdict)?)
    }

    /// Whether a decision fits the reports it names; the words it is about are written into it.
    fn fits(&self, decision: &mut DecisionRow) -> Result<(), EngineError> {
        let reader = reader(reader_choice(&self.store)?)?;
        let print = Fingerprint::of(reader);
        let mut items = Vec::new();
        for key in decisions::keys(decision) {
            let Some(id) = self.store.has_input(&key)? else { continue };
            if let Some(report) = self.store.input(&id)? {
                let kept = self.store.cached(&id, &print.reader, &print.rules)?;
                let facts = kept.unwrap_or_else(|| read_one(reader, &report));
                items.push((report, facts));
            }
        }
        self.put_own(&mut items)?;
        let mut names = std::collections::BTreeSet::new();
        if decision.target.0.get("name").is_some() {
            for a in self.store.rows::<chancery_model::rows::ActorRow>(None)? {
                let forms = std::iter::once(&a.name).chain(&a.aliases.0);
                names.extend(forms.map(|n| chancery_link::fold::name(n)));
            }
        }
        if let Some(why) = decisions::misfit(decision, &mut items, |n| names.contains(n)) {
            return Err(decisions::BadDecision::Meaning(why).into());
        }
        decisions::note_words(decision, &items);
        Ok(())
    }

    /// Takes back the decision made last, and brings the record up to date; `None` when there is none.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn undo(&mut self) -> Result<Option<DecisionRow>, EngineError> {
        let last = self.store.take_last_decision()?;
        if last.is_some() {
            self.refresh()?;
        }
        Ok(last)
    }
}
