//! `chancery doctor`: what needs a person.

use super::{count, open};
use crate::out::{BOLD, DIM, Out, styled};
use chancery::views;
use std::path::Path;
use std::process::ExitCode;

pub fn run(record: &Path, out: &Out) -> anyhow::Result<ExitCode> {
    let d = views::doctor(&open(record)?)?;
    if out.json {
        out.json(&d)?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = |n: usize, what: &str| out.line(styled(BOLD, format!("{what}: {n}")));
    head(d.notes.len(), "Broken, skipped or not read")?;
    for t in &d.notes {
        out.line(format!("  {} {} {}", t.place, styled(DIM, format!("[{}]", t.kind)), t.text))?;
    }
    head(d.undated.len(), "Undated reports")?;
    for (key, date, why) in &d.undated {
        let date = date.map_or_else(String::new, |d| format!(" {d}"));
        out.line(format!("  {key}{date} – {why}"))?;
    }
    head(d.doubted.len(), "Printed dates that were not believed")?;
    for (key, stamp, why) in &d.doubted {
        out.line(format!("  {key}: {stamp} – {why}"))?;
    }
    head(d.unknown_speakers.iter().map(|u| u.1).sum(), "Statements whose speaker was not recognised")?;
    for (key, n) in &d.unknown_speakers {
        out.line(format!("  {key}: {}", count(*n, "statement")))?;
    }
    if d.notes.len() + d.undated.len() + d.doubted.len() + d.unknown_speakers.len() > 0 {
        out.note("Set a date or a speaker with `chancery decide`.");
    }
    Ok(ExitCode::SUCCESS)
}
