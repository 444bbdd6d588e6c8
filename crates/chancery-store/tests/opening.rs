//! Opening what is a record, and what is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

mod common;

use chancery_model::rows::ReportRow;
use chancery_store::{Store, StoreError};
use common::{read, reports, rows};
use std::path::{Path, PathBuf};

fn made(dir: &Path) -> PathBuf {
    let path = dir.join("story.db");
    let mut store = Store::create_or_open(&path).unwrap();
    let items = read(3);
    store.put_read(&items, "r", "u").unwrap();
    store.write_record(&rows(&reports(&items), 1, 5)).unwrap();
    store.close().unwrap();
    path
}

#[test]
fn a_closed_record_is_one_file_that_others_can_open() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let names: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["story.db"]);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(&bytes[18..20], [1, 1], "a file in WAL mode does not open in a folder that cannot be written");
    assert_eq!(&bytes[68..72], b"CHNC");
    // As a program that knows nothing of us does.
    let other =
        rusqlite::Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let words: String = other
        .query_row(
            "SELECT substr(r.text, m.start + 1, m.\"end\" - m.start) FROM mentions m JOIN reports r ON r.id = m.report",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(words, "Ina Möller");
    // Datasette finds a table's search index by these words.
    let detected: i64 = other
        .query_row("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"reports\"%'", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert_eq!(detected, 1);
    let broken: i64 =
        other.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0);
    let version: i64 = other.query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap();
    assert_eq!(version, chancery_model::rows::SCHEMA_VERSION);
}

#[test]
fn the_search_index_survives_a_vacuum() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let mut store = Store::create_or_open(&path).unwrap();
    let items = read(3);
    store.write_record(&rows(&reports(&items[1..]), 2, 5)).unwrap();
    store.close().unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("VACUUM").unwrap();
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.integrity().unwrap(), []);
    let hits = store.search_reports("\"day 2\"", 5).unwrap();
    assert_eq!(hits.iter().map(|h| h.title.as_deref()).collect::<Vec<_>>(), [Some("Ferry talks, day 2")]);
}

#[test]
fn nothing_of_a_removed_report_stays_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let mut secret = common::report(1, 1);
    secret.key = "secret.txt".into();
    secret.text = secret.text.replace("Skerry Herald", "Skerry Herald, says Quillfeather");
    secret.id = chancery_model::Id::of("report", &["secret"]);
    let holds = || {
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        bytes.windows(12).any(|w| w == b"quillfeather") || bytes.windows(10).any(|w| w == b"secret.txt")
    };
    let publish = |store: &mut Store| {
        let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
        store.write_record(&rows(&inputs, 1, 5)).unwrap();
    };
    let mut store = Store::create_or_open(&path).unwrap();
    store.put_read(&[(secret, common::facts(1, 1))], "r", "u").unwrap();
    publish(&mut store);
    store.close().unwrap();
    assert!(holds());
    let mut store = Store::create_or_open(&path).unwrap();
    assert!(store.remove("secret.txt").unwrap());
    publish(&mut store);
    store.compact().unwrap();
    assert_eq!(store.verify().unwrap(), []);
    assert_eq!(store.search_reports("dockers", 9).unwrap().len(), 3);
    store.close().unwrap();
    assert!(!holds());
}

#[test]
fn what_is_no_record_says_so_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let both =
        |path: &Path| [Store::create_or_open(path).unwrap_err(), Store::open_read_only(path).unwrap_err()];

    for e in both(dir.path()) {
        assert!(matches!(e, StoreError::IsFolder(_)), "{e}");
    }
    std::fs::write(at("letter.txt"), "Dear madam, this is a letter and not a record.").unwrap();
    for e in both(&at("letter.txt")) {
        assert!(matches!(e, StoreError::NotARecord { .. }), "{e}");
        assert!(e.to_string().contains("letter.txt"), "{e}");
    }
    std::fs::write(at("short"), "SQLi").unwrap();
    for e in both(&at("short")) {
        assert!(matches!(e, StoreError::NotARecord { .. }), "{e}");
    }
    let other = rusqlite::Connection::open(at("other.db")).unwrap();
    other.execute_batch("CREATE TABLE reports (id); INSERT INTO reports VALUES (1)").unwrap();
    drop(other);
    let before = std::fs::read(at("other.db")).unwrap();
    for e in both(&at("other.db")) {
        assert!(matches!(e, StoreError::NotARecord { .. }), "{e}");
    }
    assert_eq!(std::fs::read(at("other.db")).unwrap(), before);
    assert!(!at("other.db-wal").exists());

    let e = Store::open_read_only(at("none.db")).unwrap_err();
    assert!(matches!(e, StoreError::NotFound(_)), "{e}");
    let e = Store::create_or_open(at("no/such/folder.db")).unwrap_err();
    assert!(matches!(e, StoreError::NoFolder(_)), "{e}");
    // An empty file, as `touch` makes it, is a place for a record.
    std::fs::write(at("empty.db"), "").unwrap();
    assert!(matches!(Store::open_read_only(at("empty.db")), Err(StoreError::NotARecord { .. })));
    Store::create_or_open(at("empty.db")).unwrap().close().unwrap();
    Store::open_read_only(at("empty.db")).unwrap();
}

#[test]
fn a_newer_record_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let before = std::fs::read(&path).unwrap();
    for e in [Store::create_or_open(&path).unwrap_err(), Store::open_read_only(&path).unwrap_err()] {
        assert!(matches!(e, StoreError::Newer { found: 99, .. }), "{e}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_record_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let whole = std::fs::read(&path).unwrap();
    // Half of it missing; and every page after the first overwritten.
    let mut garbled = whole.clone();
    garbled[4096..].fill(0x5a);
    for bytes in [&whole[..whole.len() / 2], &garbled] {
        std::fs::write(&path, bytes).unwrap();
        let found = Store::open_read_only(&path).and_then(|s| {
            let faults = s.verify()?;
            assert!(!faults.is_empty(), "damage was not seen");
            s.rows::<ReportRow>(None)
        });
        if let Err(e) = found {
            assert!(matches!(e, StoreError::Corrupt { .. }), "{e}");
        }
    }
    // Not even a schema.
    let mut headless = whole;
    headless[100..4096].fill(0x5a);
    std::fs::write(&path, headless).unwrap();
    let e = Store::create_or_open(&path).unwrap_err();
    assert!(matches!(e, StoreError::Corrupt { .. }), "{e}");
}

#[test]
fn a_record_in_use_is_waited_for_and_then_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let e = Store::create_or_open(&path).unwrap_err();
    assert!(matches!(e, StoreError::Locked(_)), "{e}");
    other.execute_batch("ROLLBACK").unwrap();
    Store::create_or_open(&path).unwrap();
}

#[test]
fn readers_see_the_last_publication_while_a_build_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let mut writer = Store::create_or_open(&path).unwrap();
    let reader = Store::open_read_only(&path).unwrap();
    writer.put_read(&read(9), "r", "u").unwrap();
    assert_eq!(reader.rows::<ReportRow>(None).unwrap().len(), 3);
    writer.write_record(&rows(&reports(&read(9)), 2, 0)).unwrap();
    assert_eq!(reader.rows::<ReportRow>(None).unwrap().len(), 9);
    // Closing while somebody reads is no failure.
    writer.close().unwrap();
    assert_eq!(reader.rows::<ReportRow>(None).unwrap().len(), 9);
}

#[test]
fn a_record_opened_for_reading_cannot_be_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    let mut store = Store::open_read_only(&path).unwrap();
    let e = store.put_read(&read(1), "r", "u").unwrap_err();
    assert!(matches!(e, StoreError::ReadOnly(_)), "{e}");
}

#[cfg(unix)]
#[test]
fn a_record_without_the_right_to_write_opens_for_reading() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = made(dir.path());
    // Left in WAL mode, as by a kill after everything was moved into the file.
    rusqlite::Connection::open(&path)
        .unwrap()
        .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    let set = |mode: u32, dir_mode: u32| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(dir_mode)).unwrap();
    };
    set(0o444, 0o555);
    let found = Store::open_read_only(&path).and_then(|s| s.rows::<ReportRow>(None));
    // Rights bind everybody but the administrator, who may write all the same.
    let bound = std::fs::OpenOptions::new().append(true).open(&path).is_err();
    let written = Store::create_or_open(&path).map(|_| ());
    set(0o644, 0o755);
    assert_eq!(found.unwrap().len(), 3);
    if bound {
        assert!(
            matches!(written, Err(StoreError::ReadOnly(_) | StoreError::CannotOpen { .. })),
            "{written:?}"
        );
    }
}
