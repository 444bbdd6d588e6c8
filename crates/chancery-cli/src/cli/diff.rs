//! `chancery diff`.

use super::{count, open};
use crate::out::{BOLD, Out, styled};
use chancery::views;
use std::path::Path;
use std::process::ExitCode;

/// Lines of each kind shown unless more is asked for.
const FEW: usize = 10;

pub fn run(a: &Path, b: &Path, out: &Out) -> anyhow::Result<ExitCode> {
    let tables = views::diff(&open(a)?, &open(b)?)?;
    if out.json {
        out.json(&tables)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut same = true;
    for t in &tables {
        if t.gone.is_empty() && t.new.is_empty() && t.changed.is_empty() {
            continue;
        }
        same = false;
        out.line(styled(
            BOLD,
            format!("{}: {} gone, {} new, {} changed", t.table, t.gone.len(), t.new.len(), t.changed.len()),
        ))?;
        let few = if out.verbose() { usize::MAX } else { FEW };
        let lines = t
            .gone
            .iter()
            .map(|x| format!("  - {x}"))
            .chain(t.new.iter().map(|x| format!("  + {x}")))
            .chain(t.changed.iter().map(|(x, y)| format!("  ~ {x}\n    {y}")));
        let all: Vec<String> = lines.collect();
        for l in all.iter().take(few) {
            out.line(l)?;
        }
        if all.len() > few {
            out.line(format!("  … and {} more (-v shows all)", count(all.len() - few, "line")))?;
        }
    }
    if same {
        out.note("The two records say the same.");
    }
    Ok(ExitCode::SUCCESS)
}
