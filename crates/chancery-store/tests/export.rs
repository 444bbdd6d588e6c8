//! Exports.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

mod common;

use chancery_model::rows::{ActorRow, NoteRow, PlaceRow, RunRow, TABLES};
use chancery_model::schema::Nested;
use chancery_store::export::{Format, Options};
use chancery_store::{Store, StoreError};
use common::{read, report, reports, rows};
use proptest::prelude::*;
use serde_json::Value as Json;
use std::path::Path;

const JSONL: Options = Options { format: Format::Jsonl, with_text: true };
const CSV: Options = Options { format: Format::Csv, with_text: true };

fn filled() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut items = read(3);
    items[1].0.title = Some("=1+1, \"quoted\"\r\nsecond line".into());
    store.put_read(&items, "r", "u").unwrap();
    store.put_read(&[(report(2, 9), common::facts(2, 0))], "r", "u").unwrap();
    let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
    let mut rows = rows(&inputs, 1, 2);
    rows.runs.push(RunRow {
        id: chancery_model::Id::of("run", &["1"]),
        version: "0".into(),
        kernel: "plain".into(),
        reader: "rules".into(),
        rules: "0".into(),
        config: Nested(serde_json::json!({"threads": 2})),
        inputs: 3,
        started: "2020-01-01T00:00:00Z".into(),
        seconds: 0.1 + 0.2,
    });
    store.write_record(&rows).unwrap();
    store
}

fn lines(folder: &Path, table: &str) -> Vec<Json> {
    let text = std::fs::read_to_string(folder.join(format!("{table}.jsonl"))).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn every_table_has_a_file_with_its_keys_in_order() {
    let store = filled();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new/folder");
    let written = store.export(&folder, JSONL).unwrap();
    assert_eq!(
        written.iter().map(|(_, n)| *n).collect::<Vec<_>>(),
        store.counts().unwrap().iter().map(|(_, n)| *n).collect::<Vec<_>>()
    );
    for table in TABLES {
        let want: Vec<_> = table.columns.iter().map(|c| c.name).collect();
        for row in lines(&folder, table.name) {
            let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, want, "{}", table.name);
        }
    }
    assert_eq!(std::fs::read_to_string(folder.join("decisions.jsonl")).unwrap(), "");
    let statement = &lines(&folder, "statements")[0];
    assert_eq!(statement["hedged"], Json::Bool(true));
    assert!(statement["content"][0][0].is_u64());
    assert_eq!(statement["medium"], Json::Null);
    assert_eq!(lines(&folder, "runs")[0]["seconds"].to_string(), "0.30000000000000004");
    assert_eq!(lines(&folder, "places")[0]["lon"].to_string(), "-6.1000000001");
    assert_eq!(lines(&folder, "figures")[0]["low"].to_string(), "1000");
    assert_eq!(lines(&folder, "versions").len(), 1);
    let mentions = lines(&folder, "mentions");
    let order: Vec<_> =
        mentions.iter().map(|m| (m["report"].as_str().unwrap(), m["start"].as_i64().unwrap())).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn two_exports_are_the_same_bytes_however_the_rows_were_given() {
    let store = filled();
    let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
    let mut other = Store::in_memory().unwrap();
    let mut backwards = rows(&inputs, 1, 2);
    backwards.mentions.reverse();
    backwards.reports.reverse();
    backwards.conflicts.reverse();
    // What another build did before leaves no trace either.
    other.write_record(&rows(&reports(&read(7)), 5, 9)).unwrap();
    other.write_record(&backwards).unwrap();
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    store.export(a.path(), JSONL).unwrap();
    other.export(b.path(), JSONL).unwrap();
    for table in TABLES.iter().filter(|t| !["runs", "versions"].contains(&t.name)) {
        let of = |d: &Path| std::fs::read_to_string(d.join(format!("{}.jsonl", table.name))).unwrap();
        assert_eq!(of(a.path()), of(b.path()), "{}", table.name);
    }
}

#[test]
fn csv_keeps_every_character_and_writes_lists_as_json() {
    let store = filled();
    let dir = tempfile::tempdir().unwrap();
    store.export(dir.path(), CSV).unwrap();
    let sheet = |name: &str| {
        let mut reader = csv::Reader::from_path(dir.path().join(format!("{name}.csv"))).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        (header, rows)
    };
    let (header, reports) = sheet("reports");
    let title = header.iter().position(|h| h == "title").unwrap();
    assert!(reports.iter().any(|r| &r[title] == "=1+1, \"quoted\"\r\nsecond line"));
    let (header, statements) = sheet("statements");
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let first = &statements[0];
    assert_eq!((&first[at("hedged")], &first[at("negated")], &first[at("medium")]), ("1", "0", ""));
    assert!(serde_json::from_str::<Vec<[u32; 2]>>(&first[at("content")]).is_ok());
    let bytes = std::fs::read(dir.path().join("decisions.csv")).unwrap();
    assert_eq!(bytes, b"at,who,target,action,value,note\r\n", "an empty table has its header");
}

#[test]
fn without_text_no_article_goes_along() {
    let store = filled();
    let dir = tempfile::tempdir().unwrap();
    for format in [Format::Jsonl, Format::Csv] {
        store.export(dir.path(), Options { format, with_text: false }).unwrap();
    }
    let reports = lines(dir.path(), "reports");
    assert!(reports.iter().all(|r| r["text"].is_null() && r["title"].is_string()));
    assert!(lines(dir.path(), "versions").iter().all(|r| r["text"].is_null()));
    assert_eq!(lines(dir.path(), "mentions")[0]["text"], "Ina Möller");
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("She spoke for"), "{}", path.display());
    }
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    let store = filled();
    let dir = tempfile::tempdir().unwrap();
    store.export(dir.path(), JSONL).unwrap();
    std::fs::write(dir.path().join(".hidden"), "").unwrap();
    std::fs::write(dir.path().join("events.jsonl.unfinished"), "half a li").unwrap();
    store.export(dir.path(), JSONL).unwrap();
    store.export(dir.path(), CSV).unwrap();
    assert!(!dir.path().join("events.jsonl.unfinished").exists());
    std::fs::write(dir.path().join("thesis.doc"), "dear").unwrap();
    let before = std::fs::metadata(dir.path().join("events.csv")).unwrap().modified().unwrap();
    let e = store.export(dir.path(), CSV).unwrap_err();
    assert!(matches!(&e, StoreError::ForeignFiles { other, .. } if other == "thesis.doc"), "{e}");
    assert_eq!(std::fs::metadata(dir.path().join("events.csv")).unwrap().modified().unwrap(), before);
    let file = dir.path().join("thesis.doc");
    let e = store.export(&file, CSV).unwrap_err();
    assert!(matches!(e, StoreError::Export { .. }), "{e}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever stands in a report comes back from the record and from both kinds of export.
    #[test]
    fn no_character_is_lost(texts in proptest::collection::vec("(?s).{0,30}", 1..5), x in proptest::num::f64::NORMAL) {
        let mut store = Store::in_memory().unwrap();
        let mut all = rows(&reports(&read(1)), 1, 0);
        all.notes = texts.iter().map(|t| NoteRow { kind: t.clone(), text: t.clone(), ..all.notes[0].clone() }).collect();
        all.actors[0].aliases = Nested(texts.clone());
        all.places[0].lat = Some(x);
        store.write_record(&all).unwrap();
        let mut want = texts.clone();
        want.sort_unstable();
        let found: Vec<_> = store.rows::<NoteRow>(None).unwrap().into_iter().map(|n| n.text).collect();
        prop_assert_eq!(&found, &want);
        prop_assert_eq!(&store.rows::<ActorRow>(None).unwrap()[0].aliases.0, &texts);
        prop_assert_eq!(store.rows::<PlaceRow>(None).unwrap()[0].lat, Some(x));
        let dir = tempfile::tempdir().unwrap();
        store.export(dir.path(), JSONL).unwrap();
        store.export(dir.path(), CSV).unwrap();
        let found: Vec<_> = lines(dir.path(), "notes").iter().map(|n| n["text"].as_str().unwrap().to_owned()).collect();
        prop_assert_eq!(&found, &want);
        prop_assert_eq!(lines(dir.path(), "places")[0]["lat"].as_f64(), Some(x));
        let mut sheet = csv::Reader::from_path(dir.path().join("notes.csv")).unwrap();
        let found: Vec<_> = sheet.records().map(|r| r.unwrap()[5].to_owned()).collect();
        prop_assert_eq!(&found, &want);
    }
}

#[test]
fn one_table_can_be_written_anywhere() {
    let store = filled();
    let table = TABLES.iter().find(|t| t.name == "actors").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x");
    let file = std::fs::File::create(&path).unwrap();
    assert_eq!(store.export_table(table, JSONL, file, &path).unwrap(), 1);
    assert!(std::fs::read_to_string(&path).unwrap().contains("Ina Möller"));
}
