//! `chancery verify`: the record against itself and against its sources.

use super::{PARTLY, count};
use crate::out::Out;
use std::path::Path;
use std::process::ExitCode;

pub fn run(record: &Path, out: &Out) -> anyhow::Result<ExitCode> {
    let store = super::open(record)?;
    let v = chancery::verify(&store)?;
    if out.json {
        out.json(&v)?;
    } else {
        for f in &v.faults {
            out.line(f)?;
        }
        for s in &v.unreachable {
            out.note(format!("not checked: {s}"));
        }
        out.line(format!(
            "{}; {} re-hashed, {} out of reach; every span and id re-read",
            count(v.faults.len(), "fault"),
            count(v.rehashed, "source"),
            v.unreachable.len()
        ))?;
    }
    Ok(if v.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(PARTLY) })
}
