//! The record depends on the set of reports alone: not on their order, the portions or the threads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

use chancery::{BuildOptions, Engine, Silent};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn reports() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

/// Builds in portions and exports; the tables but `runs`, as text.
fn record(portions: &[&[PathBuf]], threads: usize) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("r.db");
    let mut engine = Engine::open(&db).unwrap();
    for p in portions {
        let options = BuildOptions { threads, ..BuildOptions::default() };
        engine.build(p, &options, &Silent).unwrap();
    }
    let out = dir.path().join("out");
    let options = chancery::export::Options { format: chancery::export::Format::Jsonl, with_text: true };
    engine.store().export(&out, options).unwrap();
    let mut tables = BTreeMap::new();
    for e in std::fs::read_dir(out).unwrap() {
        let p = e.unwrap().path();
        let name = p.file_name().unwrap().to_string_lossy().into_owned();
        if name != "runs.jsonl" {
            tables.insert(name, std::fs::read_to_string(p).unwrap());
        }
    }
    tables
}

#[test]
fn order_portions_and_threads_change_nothing() {
    let all = reports();
    assert!(all.len() >= 14, "the examples are gone");
    let want = record(&[&all], 2);
    assert!(want["statements.jsonl"].lines().count() > 20, "hardly a statement was found");
    let mut backwards = all.clone();
    backwards.reverse();
    let (a, b) = backwards.split_at(5);
    let (b, c) = b.split_at(4);
    for (what, got) in [
        ("backwards, in three portions", record(&[a, b, c], 1)),
        ("seven threads", record(&[&all], 7)),
        ("built twice", record(&[&all, &all], 2)),
    ] {
        for (table, rows) in &want {
            assert_eq!(&got[table], rows, "{table} differs when {what}");
        }
    }
}
