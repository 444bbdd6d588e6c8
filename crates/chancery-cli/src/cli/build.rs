//! `chancery build` and `chancery remove`.

use super::{PARTLY, count};
use crate::out::{BOLD, Out, styled};
use anyhow::Context;
use chancery::views::{self, Summary};
use chancery::{BuildOptions, Built, Engine, EngineError};
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(
    after_help = "Reads plain text, Markdown, HTML, JSON, JSON Lines and zip files of these; `-` is standard input.
Examples:
  chancery build reports/ -o story.db
  chancery build 'wire/*.html' more.jsonl -o story.db --threads 2
  cat envoy.txt | chancery build - -o story.db"
)]
pub struct BuildArgs {
    /// Files, folders, patterns, or - for standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The record to make or add to.
    #[arg(short, long, default_value = "story.db")]
    output: PathBuf,
    /// Threads; 0 for one a core. The record does not depend on it.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Read every report afresh.
    #[arg(long)]
    no_cache: bool,
    /// Decisions to take up: a file with one JSON object a line.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Outlets of your own: CSV with the columns name,aliases,domain,country,agency.
    #[arg(long, value_name = "FILE")]
    outlets: Option<PathBuf>,
    /// Facts of your own that date reports: TOML like the program's chronology, or CSV with the columns title,date,words.
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Actors of your own: CSV with the columns name,aliases,kind,country,code,sector,office,organization,from,to (only
    /// name is needed; aliases separated by |), or FollowTheMoney JSON.
    #[arg(long, value_name = "FILE")]
    actors: Option<PathBuf>,
    /// Places of your own: CSV with the columns name,aliases,country,kind,lat,lon (only name is needed).
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Which reader reads [default: the one the record was built with; for a new record: neural].
    #[arg(long, value_enum)]
    reader: Option<ReaderArg>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ReaderArg {
    /// Word lists and patterns: several times as fast, and misses more.
    Rules,
    /// The trained encoder.
    Neural,
}

pub fn run(a: &BuildArgs, out: &Out) -> anyhow::Result<ExitCode> {
    let options = BuildOptions {
        threads: usize::from(a.threads),
        no_cache: a.no_cache,
        decisions: a.decisions.clone(),
        outlets: a.outlets.clone(),
        known: a.known.clone(),
        actors: a.actors.clone(),
        places: a.places.clone(),
        reader: a.reader.map(|r| match r {
            ReaderArg::Rules => chancery::ReaderChoice::Rules,
            ReaderArg::Neural => chancery::ReaderChoice::Neural,
        }),
        ..BuildOptions::default()
    };
    let built = build(&a.paths, &a.output, &options, out)?;
    report(&built, &a.output, out)?;
    Ok(if built.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(PARTLY) })
}

/// Builds and closes, so that one file holds the record.
pub fn build(paths: &[PathBuf], record: &Path, options: &BuildOptions, out: &Out) -> anyhow::Result<Built> {
    let new = !record.exists();
    let mut engine = Engine::open(record)?;
    let bars = out.progress();
    let built = engine.build(paths, options, &bars);
    drop(bars);
    engine.close().context("the record could not be closed")?;
    // A mistyped path must not leave an empty record behind.
    if new && matches!(built, Err(EngineError::Input(_))) {
        std::fs::remove_file(record)
            .with_context(|| format!("{}: the empty record cannot be removed", record.display()))?;
    }
    Ok(built?)
}

fn report(b: &Built, record: &Path, out: &Out) -> anyhow::Result<()> {
    if out.json {
        return out.json(&json!({
            "record": record, "summary": b.summary, "taken": b.taken, "read": b.read, "seconds": b.seconds,
            "skipped": b.problems.iter().map(|p| json!({"path": p.path, "kind": p.kind, "text": p.text})).collect::<Vec<_>>(),
        }));
    }
    out.note(format!(
        "{} taken in, {} read afresh, {} skipped",
        count(b.taken, "report"),
        b.read,
        count(b.problems.len(), "input")
    ));
    out.line(format!("{} {}", styled(BOLD, record.display()), totals(&b.summary)))?;
    set_aside(b, record, out)?;
    out.note(format!("{:.1} seconds", b.seconds));
    if b.taken == 0 {
        out.note("Nothing was read. `chancery build --help` names the formats.");
    } else {
        out.note(format!("Next: chancery show {}", record.display()));
    }
    Ok(())
}

/// Notes of one kind that `build` prints itself.
const SHOWN: usize = 3;

/// What the reports of the record lack or were left out for, a few of each kind: whoever builds should not have to ask.
fn set_aside(b: &Built, record: &Path, out: &Out) -> anyhow::Result<()> {
    let mut kinds: BTreeMap<String, Vec<views::Trouble>> = BTreeMap::new();
    for t in views::troubles(&super::open(record)?)? {
        if !b.problems.iter().any(|p| p.text == t.text) {
            kinds.entry(t.kind.clone()).or_default().push(t);
        }
    }
    for list in kinds.values() {
        for t in list.iter().take(SHOWN) {
            out.note(format!("note: {}: {}", t.place, t.text));
        }
        if list.len() > SHOWN {
            let more = count(list.len() - SHOWN, "more note");
            out.note(format!("note: {more} of this kind: chancery doctor {}", record.display()));
        }
    }
    Ok(())
}

/// What came out, in one line.
pub fn totals(s: &Summary) -> String {
    [
        count(s.reports, "report"),
        count(s.origins, "origin"),
        count(s.statements, "statement"),
        count(s.events, "event"),
        count(s.figures, "figure"),
        count(s.disagreements, "disagreement"),
        format!("{} undated", s.undated),
    ]
    .join(" · ")
}

pub fn remove(record: &Path, key: &str, out: &Out) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(record.exists(), "{}: there is no such record", record.display());
    let mut engine = Engine::open(record)?;
    let there = engine.remove(key);
    engine.close()?;
    anyhow::ensure!(
        there?,
        "no report has the key {key:?}; `chancery ask {} reports` lists the keys",
        record.display()
    );
    out.note(format!("Removed {key}."));
    Ok(ExitCode::SUCCESS)
}
