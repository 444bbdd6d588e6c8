//! `chancery export`.

use super::{count, open};
use crate::out::Out;
use chancery::export::{Format, Options};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "One file a table. Spans count Unicode code points of reports.text.
Examples:
  chancery export story.db --format jsonl -o tables/
  chancery export story.db --format csv --no-text -o share/   (spans without the articles)")]
pub struct ExportArgs {
    /// The record.
    record: PathBuf,
    /// Format.
    #[arg(long, value_enum, default_value_t = FormatArg::Jsonl)]
    format: FormatArg,
    /// Folder to write to; made when it is not there.
    #[arg(short, long)]
    output: PathBuf,
    /// Leave the articles' texts out, for sharing.
    #[arg(long)]
    no_text: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values (RFC 4180).
    Csv,
}

pub fn run(a: &ExportArgs, out: &Out) -> anyhow::Result<ExitCode> {
    let store = open(&a.record)?;
    let format = match a.format {
        FormatArg::Jsonl => Format::Jsonl,
        FormatArg::Csv => Format::Csv,
    };
    let files = store.export(&a.output, Options { format, with_text: !a.no_text })?;
    if out.json {
        out.json(&files)?;
    } else {
        out.note(format!("Wrote {} to {}.", count(files.len(), "table"), a.output.display()));
    }
    Ok(ExitCode::SUCCESS)
}
