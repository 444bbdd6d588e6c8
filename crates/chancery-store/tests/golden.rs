//! A record file of every schema version so far, kept beside this test, must open and hold what it held.
//!
//! To add one after a change of schema: `cargo test -p chancery-store --test golden -- --ignored`, and commit the file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

mod common;

use chancery_model::rows::*;
use chancery_model::schema::Row;
use chancery_store::Store;
use common::{read, reports, rows};
use std::path::PathBuf;

fn golden(version: i64) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/record-v{version}.sqlite"))
}

/// What the golden file of version 1 was made of.
fn made()
-> (Vec<(chancery_model::report::Report, chancery_model::facts::ReportFacts)>, chancery_store::RecordRows) {
    let items = read(2);
    let rows = rows(&reports(&items), 1, 1);
    (items, rows)
}

#[test]
#[ignore = "writes the golden file of this schema version"]
fn write_golden() {
    let path = golden(SCHEMA_VERSION);
    assert!(!path.exists(), "{} is there; golden files are never changed", path.display());
    let (items, rows) = made();
    let mut store = Store::create_or_open(&path).unwrap();
    store.put_read(&items, "golden", "golden").unwrap();
    store.write_record(&rows).unwrap();
    store.close().unwrap();
    // Small pages: most tables of a small record are nearly empty.
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA page_size = 512; VACUUM").unwrap();
}

fn same<R: Row + PartialEq + std::fmt::Debug>(store: &Store, want: &[R]) {
    let found = store.rows::<R>(None).unwrap();
    assert_eq!(found.len(), want.len(), "{}", R::TABLE.name);
    for row in want {
        assert!(found.contains(row), "{}: {row:?} is not in the file", R::TABLE.name);
    }
}

#[test]
fn every_golden_file_opens_and_holds_its_rows() {
    let (items, rows) = made();
    for version in 1..=SCHEMA_VERSION {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("golden.db");
        std::fs::copy(golden(version), &path).unwrap();
        let store = Store::create_or_open(&path).unwrap();
        assert_eq!(store.meta("schema_version").unwrap(), Some(SCHEMA_VERSION.to_string()));
        macro_rules! all_same {
            ($($field:ident),+) => { $(same(&store, &rows.$field);)+ };
        }
        all_same!(
            reports,
            blocks,
            mentions,
            actors,
            places,
            outlets,
            offices,
            times,
            statements,
            figures,
            event_states,
            series,
            events,
            event_mentions,
            positions,
            conflicts,
            origins,
            notes
        );
        assert_eq!(store.verify().unwrap(), []);
        let mut want = reports(&items);
        want.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(store.inputs().collect::<Result<Vec<_>, _>>().unwrap(), want, "version {version}");
        assert_eq!(store.search_statements("warten", 9).unwrap().len(), 2);
    }
}

#[test]
fn the_schema_is_the_one_of_the_golden_file() {
    // A table or index that changes without a new schema version would leave old records without it.
    let sql = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
    let of = |store: &Store| serde_json::to_string_pretty(&store.query_json(sql, &[]).unwrap()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("golden.db");
    std::fs::copy(golden(SCHEMA_VERSION), &path).unwrap();
    let (old, new) = (of(&Store::open_read_only(&path).unwrap()), of(&Store::in_memory().unwrap()));
    assert!(
        old == new,
        "the schema changed: raise SCHEMA_VERSION, write a step, add a golden file\n{old}\n{new}"
    );
}
