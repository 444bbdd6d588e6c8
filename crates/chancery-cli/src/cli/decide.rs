//! `chancery decide`: a person's correction.

use crate::out::Out;
use chancery::Engine;
use chancery_model::rows::DecisionRow;
use chancery_model::schema::Nested;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery decide story.db date 04-envoys.txt 2006-02-22 --who mk --note 'dated by the archive'
  chancery decide story.db speaker 04-envoys.txt 210-262 'Salim Haroun'
  chancery decide story.db reject figures 04-envoys.txt 88-101
  chancery decide story.db merge 'S. Haroun' 'Salim Haroun'
Spans are code points of the report's text; `chancery show RECORD REPORT -v` prints them.")]
pub struct DecideArgs {
    /// The record.
    record: PathBuf,
    #[command(subcommand)]
    what: What,
    /// Who decides; signs the decision.
    #[arg(long, global = true, env = "CHANCERY_WHO", default_value = "unsigned")]
    who: String,
    /// Why.
    #[arg(long, global = true)]
    note: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A report's day of publication (EDTF: 2006-02-22, 2006-02, 2006-02-20/2006-02-24).
    Date {
        /// Key of the report.
        key: String,
        /// The date.
        date: String,
    },
    /// Who made a statement.
    Speaker {
        /// Key of the report.
        key: String,
        /// Span of the statement's first piece of content.
        span: String,
        /// Name of the speaker.
        name: String,
    },
    /// A row is right.
    Confirm(RowArgs),
    /// A row is wrong: it stays, marked, and counts nowhere.
    Reject(RowArgs),
    /// Two actors are one.
    Merge {
        /// A name of the one.
        a: String,
        /// A name of the other.
        b: String,
    },
    /// An actor is to carry another name.
    Rename {
        /// A name it has.
        from: String,
        /// The name it is to have.
        to: String,
    },
}

#[derive(Debug, Args)]
struct RowArgs {
    /// Table: mentions, offices, times, statements, figures or event_mentions.
    table: String,
    /// Key of the report.
    key: String,
    /// Span of the row, for a statement of its first piece of content.
    span: String,
}

fn span(s: &str) -> anyhow::Result<(u32, u32)> {
    let parse = |p: &str| p.trim().parse::<u32>().ok();
    s.split_once('-')
        .and_then(|(a, b)| Some((parse(a)?, parse(b)?)))
        .filter(|(a, b)| a < b)
        .ok_or_else(|| anyhow::anyhow!("{s:?} is not a span; write it as START-END, for example 210-262"))
}

pub fn run(a: &DecideArgs, out: &Out) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        a.record.exists(),
        "{}: there is no such record; make one with `chancery build`",
        a.record.display()
    );
    let row = |table: &str, key: &str, s: &str| -> anyhow::Result<Value> {
        let (start, end) = span(s)?;
        Ok(json!({"table": table, "key": key, "start": start, "end": end}))
    };
    let (target, action, value) = match &a.what {
        What::Date { key, date } => {
            (json!({"table": "reports", "key": key}), "set", json!({"published": date}))
        }
        What::Speaker { key, span, name } => (row("statements", key, span)?, "set", json!({"speaker": name})),
        What::Confirm(r) => (row(&r.table, &r.key, &r.span)?, "confirm", Value::Null),
        What::Reject(r) => (row(&r.table, &r.key, &r.span)?, "reject", Value::Null),
        What::Merge { a, b } => (json!({"table": "actors", "name": a}), "merge", json!({"with": b})),
        What::Rename { from, to } => {
            (json!({"table": "actors", "name": from}), "rename", json!({"name": to}))
        }
    };
    let decision = DecisionRow {
        at: chancery::now(),
        who: a.who.clone(),
        target: Nested(target),
        action: action.to_owned(),
        value: Nested(value),
        note: a.note.clone(),
    };
    let mut engine = Engine::open(&a.record)?;
    let done = engine.decide(decision);
    engine.close()?;
    done?;
    out.note("Kept. It is replayed at every build; `chancery export` writes it to decisions.jsonl.");
    Ok(ExitCode::SUCCESS)
}
