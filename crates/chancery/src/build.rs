//! Building a record: take in, read, note (all by report, in parallel), then link the whole set and write it.

use crate::known;
use crate::outlets::{self, Register};
use crate::own;
use crate::readers::{ReaderChoice, kernel, reader};
use crate::{Engine, EngineError, decisions, rows, views};
use chancery_link::{Item, Linked};
use chancery_model::Id;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Note, Report};
use chancery_model::rows::{DecisionRow, NoteRow, OutletRow, RunRow};
use chancery_model::schema::Nested;
use chancery_reader::Reader;
use chancery_text::ingest::{self, Piece, Problem, Source};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// Read every report afresh, also those whose facts are kept.
    pub no_cache: bool,
    /// A file of decisions to take up, one JSON object a line.
    pub decisions: Option<PathBuf>,
    /// A user's own register of outlets (CSV).
    pub outlets: Option<PathBuf>,
    /// A user's own chronology (TOML or CSV).
    pub known: Option<PathBuf>,
    /// A user's own actors (CSV or FollowTheMoney JSON).
    pub actors: Option<PathBuf>,
    /// A user's own places (CSV).
    pub places: Option<PathBuf>,
    /// The reader; without a choice the one that the record was built with, and for a new record the default.
    pub reader: Option<ReaderChoice>,
    /// Limits and formats of taking in.
    pub ingest: ingest::Options,
}

/// What a build is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reading reports.
    Read,
    /// Linking them.
    Link,
    /// Writing the record.
    Write,
}

/// Is told how a build goes on.
pub trait Progress: Sync {
    /// A phase begins; the number of things to do, when known.
    fn begin(&self, phase: Phase, total: Option<u64>);
    /// So many things more are done.
    fn step(&self, n: u64);
    /// An input could not be used.
    fn problem(&self, note: &Note);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Phase, _: Option<u64>) {}
    fn step(&self, _: u64) {}
    fn problem(&self, _: &Note) {}
}

/// What a build did.
#[derive(Debug, Clone)]
pub struct Built {
    /// The record afterwards.
    pub summary: views::Summary,
    /// Reports taken in by this build.
    pub taken: usize,
    /// Of these, how many were read afresh.
    pub read: usize,
    /// Inputs that could not be used.
    pub problems: Vec<Note>,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// Where the record keeps a user's own outlets.
const OUTLETS: &str = "outlets";
/// Where the record keeps the name of its reader.
const READER: &str = "reader";
/// Where the record keeps a user's own chronology.
pub(crate) const KNOWN: &str = "known";
/// Where the record keeps a user's own actors.
pub(crate) const ACTORS: &str = "actors";
/// Where the record keeps a user's own places.
const PLACES: &str = "places";

/// Reports that are read between two writes: a kill loses at most this many.
const BATCH: usize = 128;
/// Bytes held at a time, so that a few huge reports do not fill the memory.
const BATCH_BYTES: usize = 64 << 20;

impl Engine {
    /// Takes in reports and brings the record up to date. What cannot be used is said and left out; the rest is built.
    ///
    /// # Errors
    /// When nothing that was named exists, an option's file is wrong, or the record cannot be written.
    pub fn build(
        &mut self,
        paths: &[PathBuf],
        options: &BuildOptions,
        progress: &dyn Progress,
    ) -> Result<Built, EngineError> {
        let clock = Instant::now();
        let started = jiff::Timestamp::now();
        let register = self.register(options.outlets.as_deref())?;
        if let Some(file) = &options.known {
            let own = known::read(file)?;
            self.store.set_meta(KNOWN, &known::keep(&own))?;
        }
        if let Some(file) = &options.actors {
            self.store.set_meta(ACTORS, &own::keep(&own::actors(file)?))?;
        }
        if let Some(file) = &options.places {
            self.store.set_meta(PLACES, &own::keep(&own::places(file)?))?;
        }
        if let Some(file) = &options.decisions {
            self.store.add_decisions(&decisions::read_file(file)?)?;
        }
        let threads = options.threads;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| EngineError::Threads { threads, reason: e.to_string() })?;
        let choice = match options.reader {
            Some(choice) => choice,
            None => reader_choice(&self.store)?,
        };
        let reader = reader(choice)?;
        let print = Fingerprint::of(reader);
        let found = ingest::sources(paths);
        if let (Some(Err(first)), true) = (found.first(), found.iter().all(Result::is_err)) {
            return Err(EngineError::Input(first.to_string()));
        }
        self.store.set_meta(READER, choice.name())?;
        let mut intake = Intake {
            engine: self,
            reader,
            print: &print,
            options,
            progress,
            seen: BTreeMap::new(),
            out: Intaken::default(),
        };
        pool.install(|| intake.run(found))?;
        let Intaken { taken, read, problems } = intake.out;
        let config =
            serde_json::json!({"threads": threads, "no_cache": options.no_cache, "reader": reader.name()});
        let log = |inputs| Some(run(&print, kernel(choice), config.clone(), inputs, started, clock));
        pool.install(|| self.relink(reader, &print, &register, progress, log))?;
        let summary = views::summary(&self.store)?;
        Ok(Built { summary, taken, read, problems, seconds: clock.elapsed().as_secs_f64() })
    }

    /// The register of outlets. A user's own is kept in the record, so that a later build, a decision or a removal
    /// knows it too; a new file replaces it.
    fn register(&mut self, file: Option<&Path>) -> Result<Register, EngineError> {
        if let Some(file) = file {
            let own = outlets::read(file)?;
            self.store.set_meta(OUTLETS, &outlets::keep(&own))?;
        }
        let kept = self.store.meta(OUTLETS)?.map(|kept| outlets::kept(&kept)).transpose()?;
        Ok(Register::new(kept.unwrap_or_default()))
    }

    /// Takes a report out; what only it supported goes with it. Says whether there was one.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn remove(&mut self, key: &str) -> Result<bool, EngineError> {
        if !self.store.remove(key)? {
            return Ok(false);
        }
        self.refresh()?;
        // Words of the removed report stay in free pages until the file is made anew.
        self.store.compact()?;
        Ok(true)
    }

    /// Links and writes again, from what has been read.
    pub(crate) fn refresh(&mut self) -> Result<(), EngineError> {
        let made = self.prepare()?;
        self.publish(&made)
    }

    /// Links the reports with the decisions as they are now; nothing is written but facts that were read anew. It takes
    /// long on a large record, and others may write meanwhile.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn prepare(&mut self) -> Result<Prepared, EngineError> {
        let reader = reader(reader_choice(&self.store)?)?;
        let print = Fingerprint::of(reader);
        let register = self.register(None)?;
        self.link(reader, &print, &register, &Silent)
    }

    /// The link step over every report of the record.
    fn relink(
        &mut self,
        reader: &dyn Reader,
        print: &Fingerprint,
        register: &Register,
        progress: &dyn Progress,
        run: impl Fn(usize) -> Option<RunRow>,
    ) -> Result<(), EngineError> {
        let mut made = self.link(reader, print, register, progress)?;
        made.runs.extend(run(made.items.len()));
        progress.begin(Phase::Write, None);
        self.publish(&made)
    }

    /// The rows of the record as its reports and decisions make them now.
    fn link(
        &mut self,
        reader: &dyn Reader,
        print: &Fingerprint,
        register: &Register,
        progress: &dyn Progress,
    ) -> Result<Prepared, EngineError> {
        // Before the reports: a decision that comes meanwhile is then seen as one that is not in these rows.
        let decisions = self.store.decisions()?;
        let mut items = self.all_read(reader, print)?;
        // Settled here and not when taken in, so that a register given later holds for all reports alike.
        items.iter_mut().for_each(|(report, _)| register.settle(report));
        progress.begin(Phase::Link, None);
        let places = self.put_own(&mut items)?;
        let replay = decisions::replay(&decisions, &mut items);
        let mut decided = replay.decided;
        decided.agencies = register.agencies();
        let at = |p: &own::OwnPlace| Some((p.name.clone(), p.country.clone(), (p.lat?, p.lon?)));
        decided.places = places.iter().filter_map(at).collect();
        decided.known =
            self.store.meta(KNOWN)?.map(|kept| known::kept(&kept)).transpose()?.unwrap_or_default();
        let list: Vec<Item<'_>> = items.iter().map(|(report, facts)| Item { report, facts }).collect();
        let linked = chancery_link::link(&list, &decided);
        Ok(Prepared {
            linked,
            items,
            reviews: replay.reviews,
            unfit: replay.unfit,
            register: register.rows().to_vec(),
            runs: Vec::new(),
            decisions,
        })
    }

    /// Puts a user's own actors and places into what was read, and gives the places.
    pub(crate) fn put_own(
        &self,
        items: &mut [(Report, ReportFacts)],
    ) -> Result<Vec<own::OwnPlace>, EngineError> {
        let actors = own::kept(self.store.meta(ACTORS)?.as_deref(), "--actors")?;
        let places = own::kept(self.store.meta(PLACES)?.as_deref(), "--places")?;
        crate::apply::apply(items, &actors, &places);
        Ok(places)
    }

    /// Every report with its facts; what another reader or other rules read is read again.
    fn all_read(
        &mut self,
        reader: &dyn Reader,
        print: &Fingerprint,
    ) -> Result<Vec<(Report, ReportFacts)>, EngineError> {
        let mut ready = Vec::new();
        let mut stale = Vec::new();
        for report in self.store.inputs() {
            let report = report?;
            match self.store.cached(&report.id, &print.reader, &print.rules)? {
                Some(facts) => ready.push((report, facts)),
                None => stale.push(report),
            }
        }
        for batch in stale.chunks(BATCH) {
            let done: Vec<(Report, ReportFacts)> =
                batch.par_iter().map(|r| (r.clone(), read_one(reader, r))).collect();
            self.store.put_read(&done, &print.reader, &print.rules)?;
            ready.extend(done);
        }
        ready.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        Ok(ready)
    }
}

/// What is ready to be written, and the decisions that are worked into it. Rows are made of it a portion at a time: all
/// at once they would take more room than what they are made of.
#[derive(Debug)]
pub struct Prepared {
    items: Vec<(Report, ReportFacts)>,
    linked: Linked,
    reviews: decisions::Reviews,
    unfit: Vec<NoteRow>,
    register: Vec<OutletRow>,
    runs: Vec<RunRow>,
    pub(crate) decisions: Vec<DecisionRow>,
}

/// Reports whose rows are written at a time.
const PORTION: usize = 500;

impl Prepared {
    /// Writes the rows.
    pub(crate) fn write(&self, store: &mut chancery_store::Store) -> Result<(), EngineError> {
        let items: Vec<Item<'_>> = self.items.iter().map(|(report, facts)| Item { report, facts }).collect();
        let mut whole = rows::whole(&items, &self.linked, &self.reviews, &self.register);
        whole.notes.extend(self.unfit.iter().cloned());
        whole.runs.extend(self.runs.iter().cloned());
        let reports = self.items.iter().map(|(r, _)| r.id.clone()).collect();
        let portions = items
            .chunks(PORTION)
            .zip(self.linked.reports.chunks(PORTION))
            .map(|(items, linked)| rows::of_reports(items, linked, &self.reviews));
        store.write_portions(&reports, portions, &whole)?;
        Ok(())
    }
}

/// The facts of one report: steps 1 to 3 of the path, a pure function of the report and the version.
pub(crate) fn read_one(reader: &dyn Reader, report: &Report) -> ReportFacts {
    if !report.readable {
        return ReportFacts::default();
    }
    let segments = chancery_text::segment(report);
    let marks = reader.read(report, &segments);
    chancery_facts::note(report, &segments, &marks)
}

/// The reader that a record was built with. A name that this version does not know gives way to the default.
pub(crate) fn reader_choice(store: &chancery_store::Store) -> Result<ReaderChoice, EngineError> {
    let kept = store.meta(READER)?;
    Ok(kept.and_then(|name| ReaderChoice::named(&name)).unwrap_or_default())
}

/// The facts of a report as the record keeps them, when this version made them.
pub(crate) fn facts_kept(store: &chancery_store::Store, id: &Id) -> Result<Option<ReportFacts>, EngineError> {
    let print = Fingerprint::of(reader(reader_choice(store)?)?);
    Ok(store.cached(id, &print.reader, &print.rules)?)
}

/// Names what facts were made by, so that facts of an older version are made anew.
pub(crate) struct Fingerprint {
    pub(crate) reader: String,
    pub(crate) rules: String,
}

impl Fingerprint {
    pub(crate) fn of(reader: &dyn Reader) -> Self {
        let reader = format!("{} {} {}", reader.name(), env!("CHANCERY_READER_HASH"), reader.fingerprint());
        Self { reader, rules: env!("CHANCERY_RULES_HASH").into() }
    }
}

fn run(
    print: &Fingerprint,
    kernel: &str,
    config: serde_json::Value,
    inputs: usize,
    started: jiff::Timestamp,
    clock: Instant,
) -> RunRow {
    let started = started.to_string();
    RunRow {
        id: Id::of("run", &[&started, &print.reader, &print.rules]),
        version: env!("CARGO_PKG_VERSION").into(),
        kernel: kernel.into(),
        reader: print.reader.clone(),
        rules: print.rules.clone(),
        config: Nested(config),
        inputs: i64::try_from(inputs).unwrap_or(i64::MAX),
        started,
        seconds: clock.elapsed().as_secs_f64(),
    }
}

/// What taking in did.
#[derive(Default)]
struct Intaken {
    taken: usize,
    read: usize,
    problems: Vec<Note>,
}

/// Taking in, one build long.
struct Intake<'a> {
    engine: &'a mut Engine,
    reader: &'a dyn Reader,
    print: &'a Fingerprint,
    options: &'a BuildOptions,
    progress: &'a dyn Progress,
    /// Which report has each key, of those taken in by this build.
    seen: BTreeMap<String, Id>,
    out: Intaken,
}

impl Intake<'_> {
    fn run(&mut self, found: Vec<Result<Source, Problem>>) -> Result<(), EngineError> {
        let total = found.iter().flatten().map(|s| s.bytes).sum();
        self.progress.begin(Phase::Read, Some(total));
        let mut batch: Vec<Piece> = Vec::new();
        let mut held = 0;
        // Which notes each source gives; what an earlier build said of the same source no longer counts.
        let mut notes: BTreeMap<String, Vec<Note>> = BTreeMap::new();
        for source in found {
            let source = match source {
                Ok(s) => s,
                Err(p) => {
                    notes.entry(p.path.clone()).or_default().push(self.problem(&p));
                    continue;
                }
            };
            let shown = source.shown();
            notes.entry(shown.clone()).or_default();
            for piece in ingest::pieces(&source, &self.options.ingest) {
                match piece {
                    Ok(p) => {
                        held += p.len();
                        batch.push(p);
                    }
                    Err(p) => {
                        let note = self.problem(&p);
                        notes.entry(shown.clone()).or_default().push(note);
                    }
                }
                if batch.len() >= BATCH || held >= BATCH_BYTES {
                    self.finish(&mut batch, &mut notes)?;
                    held = 0;
                }
            }
        }
        self.finish(&mut batch, &mut notes)?;
        for (path, list) in notes {
            self.engine.store.put_skipped(&path, &list)?;
        }
        Ok(())
    }

    fn problem(&mut self, p: &Problem) -> Note {
        let note = p.note();
        self.progress.problem(&note);
        self.out.problems.push(note.clone());
        note
    }

    /// Reads a batch and keeps it.
    fn finish(
        &mut self,
        batch: &mut Vec<Piece>,
        notes: &mut BTreeMap<String, Vec<Note>>,
    ) -> Result<(), EngineError> {
        let sizes: u64 = batch.iter().map(|p| p.len() as u64).sum();
        let read: Vec<Result<Report, Problem>> =
            std::mem::take(batch).into_par_iter().map(Piece::read).collect();
        let mut keep: BTreeMap<String, Report> = BTreeMap::new();
        for r in read {
            match r {
                Ok(report) => {
                    self.out.taken += 1;
                    if let Some(note) = self.rival(&report, &mut keep) {
                        notes.entry(note.path.clone().unwrap_or_default()).or_default().push(note);
                    }
                }
                Err(p) => {
                    let note = self.problem(&p);
                    notes.entry(ingest::file_of(&p.path).to_owned()).or_default().push(note);
                }
            }
        }
        let mut fresh = Vec::new();
        for (key, report) in keep {
            let have = !self.options.no_cache
                && self.engine.store.cached(&report.id, &self.print.reader, &self.print.rules)?.is_some()
                && self.engine.store.has_input(&key)?.as_ref() == Some(&report.id);
            if !have {
                fresh.push(report);
            }
        }
        let reader = self.reader;
        let done: Vec<(Report, ReportFacts)> = fresh
            .into_par_iter()
            .map(|r| {
                let f = read_one(reader, &r);
                (r, f)
            })
            .collect();
        self.out.read += done.len();
        if !done.is_empty() {
            self.engine.store.put_read(&done, &self.print.reader, &self.print.rules)?;
        }
        self.progress.step(sizes);
        Ok(())
    }

    /// Puts a report under its key. Of two different reports under one key in one build the one with the later id
    /// stays, so that the order of the inputs does not matter; that there were two is said.
    fn rival(&mut self, report: &Report, keep: &mut BTreeMap<String, Report>) -> Option<Note> {
        let rival = self.seen.get(&report.key).cloned();
        if rival.as_ref().is_none_or(|r| *r < report.id) {
            self.seen.insert(report.key.clone(), report.id.clone());
            keep.insert(report.key.clone(), report.clone());
        }
        if rival.is_none_or(|r| r == report.id) {
            return None;
        }
        let note = Note {
            path: report.path.as_deref().map(|p| ingest::file_of(p).to_owned()),
            span: None,
            kind: "duplicate".into(),
            text: format!(
                "Two different reports have the key {:?}, and only one was kept; give each its own id, url or file name.",
                report.key
            ),
        };
        self.progress.problem(&note);
        self.out.problems.push(note.clone());
        Some(note)
    }
}

/// Today, for callers that stamp decisions.
#[must_use]
pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}
