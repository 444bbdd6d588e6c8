//! A record against itself and against its sources.

use crate::EngineError;
use chancery_model::rows::ReportRow;
use chancery_store::Store;
use chancery_text::ingest::{self, Options};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What checking a record found.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// What is wrong: table, row and reason.
    pub faults: Vec<String>,
    /// Sources whose bytes were hashed again and are the same.
    pub rehashed: usize,
    /// Sources that could not be reached (moved, from standard input), with the reason.
    pub unreachable: Vec<String>,
}

/// Re-reads every span, looks up every id, and hashes every source again that can be reached.
///
/// # Errors
/// When the record cannot be read at all.
pub fn verify(store: &Store) -> Result<Verified, EngineError> {
    let mut faults: Vec<String> = store.verify()?.iter().map(ToString::to_string).collect();
    let mut rehashed = 0;
    let mut unreachable = Vec::new();
    // One source file may hold many reports: it is opened once.
    let mut by_file: BTreeMap<String, Vec<ReportRow>> = BTreeMap::new();
    for row in store.rows::<ReportRow>(None)? {
        match row.path.as_deref().map(ingest::file_of) {
            Some(file) => by_file.entry(file.to_owned()).or_default().push(row),
            None => unreachable.push(format!("{}: its source was not a file", row.key)),
        }
    }
    for (file, rows) in by_file {
        if !Path::new(&file).is_file() {
            unreachable.extend(
                rows.iter().map(|r| format!("{}: {file} is not there (seen from this folder)", r.key)),
            );
            continue;
        }
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for report in ingest::read(&[&file], &Options::default()).flatten() {
            now.insert(report.path.unwrap_or_default(), report.sha256);
        }
        for r in rows {
            match now.get(r.path.as_deref().unwrap_or_default()) {
                Some(hash) if *hash == r.sha256 => rehashed += 1,
                Some(_) => faults.push(format!(
                    "reports {}: its source {} has changed since it was read; build again",
                    r.key,
                    r.path.unwrap_or_default()
                )),
                None => faults.push(format!(
                    "reports {}: its source is no longer in {file}; build again, or `chancery remove` it",
                    r.key
                )),
            }
        }
    }
    Ok(Verified { faults, rehashed, unreachable })
}
