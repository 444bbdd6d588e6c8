//! The commands, one file each.

mod ask;
mod build;
mod decide;
mod demo;
mod diff;
mod doctor;
mod export;
mod serve;
mod show;
mod verify;

use crate::out::Out;
use anyhow::Context;
use chancery::Store;
use chancery_model::rows::RunRow;
use clap::{CommandFactory, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exit code: the work could not be done.
pub const FAILED: u8 = 1;
/// Exit code: it was done, but some inputs could not be used, or `verify` found faults. (2 is a wrong command line.)
pub const PARTLY: u8 = 3;

/// Reads a pile of news reports about one story and keeps the sourced record:
/// who said what, through whom; which numbers were claimed; and where the reports disagree.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// Only errors and skipped inputs on stderr.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// More on stderr.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Data as JSON on stdout.
    #[arg(long, global = true)]
    pub json: bool,
}

const EXAMPLES: &str = "Examples:
  chancery demo                          build and show the reports that come with the program
  chancery build reports/ -o story.db    read a folder into a record (add to it when it exists)
  chancery show story.db                 the record in a few lines
  chancery ask story.db who-said --by Haroun --about truce
  chancery export story.db --format csv -o tables/

Exit codes: 0 done; 1 failed; 2 wrong command line; 3 done, but something was skipped or found faulty.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read reports into a record: make it, or add to it.
    Build(build::BuildArgs),
    /// Take a report out of a record; what only it supported goes with it.
    Remove {
        /// The record.
        record: PathBuf,
        /// Key of the report.
        key: String,
    },
    /// Correct the record: a date, a speaker, a merge, a rejection. Kept, and replayed at every build.
    Decide(decide::DecideArgs),
    /// The record in a few lines, or one report with its facts under each sentence.
    Show {
        /// The record.
        record: PathBuf,
        /// Key or id of a report; the end of a key will do when it is the only one.
        report: Option<String>,
    },
    /// Ask the record.
    Ask(ask::AskArgs),
    /// What two records of one story say differently: reports and facts gone, new and changed.
    Diff {
        /// The one.
        a: PathBuf,
        /// The other, usually the later.
        b: PathBuf,
    },
    /// Write the record's tables as JSON Lines or CSV.
    Export(export::ExportArgs),
    /// Check a record: sources re-hashed, every span re-read, every id looked up.
    Verify {
        /// The record.
        record: PathBuf,
    },
    /// What was skipped and why, undated reports, unknown speakers.
    Doctor {
        /// The record.
        record: PathBuf,
    },
    /// Open the reading room: the record as web pages, on this computer only.
    Serve(serve::ServeArgs),
    /// Build the reports that come with the program and show what comes out.
    Demo {
        /// Folder for the reports and the record.
        #[arg(short, long, default_value = "chancery-demo")]
        output: PathBuf,
    },
    /// Shell completions on stdout.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Runs a command.
pub fn run(args: Args, out: &Out) -> anyhow::Result<ExitCode> {
    match args.command {
        Command::Build(a) => build::run(&a, out),
        Command::Remove { record, key } => build::remove(&record, &key, out),
        Command::Decide(a) => decide::run(&a, out),
        Command::Show { record, report } => show::run(&record, report.as_deref(), out),
        Command::Ask(a) => ask::run(&a, out),
        Command::Diff { a, b } => diff::run(&a, &b, out),
        Command::Export(a) => export::run(&a, out),
        Command::Verify { record } => verify::run(&record, out),
        Command::Doctor { record } => doctor::run(&record, out),
        Command::Serve(a) => serve::run(&a, out),
        Command::Demo { output } => demo::run(&output, out),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "chancery", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Opens a record for reading, and says so when no build of it has come to its end.
fn open(record: &Path) -> anyhow::Result<Store> {
    let store = Store::open_read_only(record).context("the record cannot be opened")?;
    if store.rows::<RunRow>(None).context("the record cannot be read")?.is_empty() {
        crate::out::warn(format!(
            "{}: its build has not finished; run the same `chancery build` again, and what it has read is used",
            record.display()
        ));
    }
    Ok(store)
}

/// A number with its noun: `1 report`, `3 reports`.
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
