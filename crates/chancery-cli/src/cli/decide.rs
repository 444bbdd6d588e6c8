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
  chancery decide story.db set event_mentions 04-envoys.txt 88-91 status=planned date=2006-10-28
  chancery decide story.db merge 'S. Haroun' 'Salim Haroun'
  chancery decide story.db split 'Salim Haroun' --from Haroun
  chancery decide story.db take decisions-of-anna.jsonl decisions-of-ben.jsonl
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
    /// Something of a row: speaker, act, type, status, low, high, qualifier, measure or date (EDTF).
    Set {
        #[command(flatten)]
        row: RowArgs,
        /// NAME=VALUE; an empty low= or high= leaves that bound open.
        #[arg(required = true)]
        values: Vec<String>,
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
    /// A name stands for two actors.
    Split {
        /// A name of the one.
        name: String,
        /// The name of the other.
        #[arg(long, required_unless_present = "in_report")]
        from: Option<String>,
        /// Key of a report whose bearer of the name is somebody else.
        #[arg(long, value_name = "KEY", conflicts_with = "from")]
        in_report: Option<String>,
    },
    /// Two mentions are one event.
    Same {
        /// Key of the report of the one.
        key: String,
        /// Span of the one.
        span: String,
        /// Key of the report of the other.
        other_key: String,
        /// Span of the other.
        other_span: String,
    },
    /// A mention is an event of its own.
    Apart {
        /// Key of the report.
        key: String,
        /// Span of the mention.
        span: String,
    },
    /// Take up what others have decided: files of decisions, one a line, as `serve` and `export` write them.
    Take {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
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
    let mention = |key: &str, s: &str| row("event_mentions", key, s);
    let (target, action, value) = match &a.what {
        What::Take { files } => return take(a, files, out),
        What::Set { row: r, values } => (row(&r.table, &r.key, &r.span)?, "set", pairs(values)?),
        What::Split { name, from, in_report } => {
            let value = match (from, in_report) {
                (_, Some(key)) => json!({"in": key}),
                (from, None) => json!({"from": from}),
            };
            (json!({"table": "actors", "name": name}), "split", value)
        }
        What::Same { key, span: s, other_key, other_span } => {
            let (start, end) = span(other_span)?;
            let with = json!({"with": {"key": other_key, "start": start, "end": end}});
            (mention(key, s)?, "merge", with)
        }
        What::Apart { key, span: s } => (mention(key, s)?, "split", Value::Null),
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

/// NAME=VALUE as a decision holds it.
fn pairs(values: &[String]) -> anyhow::Result<Value> {
    let mut set = serde_json::Map::new();
    for v in values {
        let (name, value) = v.split_once('=').ok_or_else(|| anyhow::anyhow!("{v:?} is not NAME=VALUE"))?;
        let value = match (name, value) {
            ("low" | "high", "") => Value::Null,
            ("low" | "high", n) => json!(
                n.replace(',', "").parse::<f64>().map_err(|_| anyhow::anyhow!("{n:?} is not a number"))?
            ),
            (_, words) => json!(words),
        };
        set.insert(name.to_owned(), value);
    }
    Ok(Value::Object(set))
}

/// Takes up files of decisions and says what came of it.
fn take(a: &DecideArgs, files: &[PathBuf], out: &Out) -> anyhow::Result<ExitCode> {
    let mut engine = Engine::open(&a.record)?;
    let done = engine.take_decisions(files);
    engine.close()?;
    let t = done?;
    if out.json {
        out.json(&json!({"new": t.new, "known": t.known, "unfit": t.unfit, "contrary": t.contrary}))?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(format!("{} new, {} known already", t.new, t.known))?;
    if t.unfit > 0 {
        out.note(format!(
            "{} of the record's decisions no longer fit; `chancery doctor` and the review page name them.",
            t.unfit
        ));
    }
    if t.contrary > 0 {
        out.note(format!(
            "{} are on rows that somebody else has decided otherwise; the later counts, and the review page shows both.",
            t.contrary
        ));
    }
    Ok(ExitCode::SUCCESS)
}
