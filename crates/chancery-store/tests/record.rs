//! Writing a record and reading it back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

mod common;

use chancery_model::report::Note;
use chancery_model::rows::*;
use chancery_model::schema::{Nested, Row, Value};
use chancery_model::vocab::Act;
use chancery_store::{RecordRows, Store, StoreError};
use common::{facts, read, report, reports, rows};

fn filled(n: usize) -> (Store, RecordRows) {
    let mut store = Store::in_memory().unwrap();
    let items = read(n);
    store.put_read(&items, "r", "u").unwrap();
    let rows = rows(&reports(&items), 1, 2);
    store.write_record(&rows).unwrap();
    (store, rows)
}

/// The rows of a type, sorted as the record sorts them.
fn sorted<R: Row + Clone>(mut rows: Vec<R>) -> Vec<R> {
    let table = R::TABLE;
    let at: Vec<usize> =
        table.order().iter().map(|n| table.columns.iter().position(|c| c.name == *n).unwrap()).collect();
    let key = |v: &Value| match v {
        Value::Null => (0, 0, String::new()),
        Value::Int(n) => (1, *n, String::new()),
        Value::Bool(b) => (1, i64::from(*b), String::new()),
        other => (2, 0, other.to_json().as_str().map_or_else(|| other.to_json().to_string(), str::to_owned)),
    };
    rows.sort_by_key(|r| {
        let values = r.values();
        at.iter().map(|n| key(&values[*n])).collect::<Vec<_>>()
    });
    rows
}

fn same<R: Row + Clone + PartialEq + std::fmt::Debug>(store: &Store, want: &[R]) {
    assert!(!want.is_empty(), "{}", R::TABLE.name);
    assert_eq!(store.rows::<R>(None).unwrap(), sorted(want.to_vec()), "{}", R::TABLE.name);
}

#[test]
fn every_row_comes_back_as_it_went() {
    let (store, rows) = filled(3);
    macro_rules! same {
        ($($field:ident),+) => { $(same(&store, &rows.$field);)+ };
    }
    same!(
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
    let of_one =
        store.rows::<MentionRow>(Some(("report", Value::Text(rows.reports[0].id.to_string())))).unwrap();
    assert_eq!(of_one.len(), 3);
    assert_eq!(store.rows::<MentionRow>(Some(("place", Value::Null))).unwrap().len(), 6);
    let e = store.rows::<MentionRow>(Some(("speaker", Value::Null))).unwrap_err();
    assert!(matches!(e, StoreError::NoColumn { table: "mentions", .. }), "{e}");
}

#[test]
fn what_was_read_is_kept_before_and_after_publication() {
    let mut store = Store::in_memory().unwrap();
    let items = read(70);
    store.put_read(&items, "r", "u").unwrap();
    let mut want = reports(&items);
    want.sort_by(|a, b| a.id.cmp(&b.id));
    let inputs = |s: &Store| s.inputs().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(inputs(&store), want);
    assert_eq!(store.counts().unwrap()[0], ("reports", 0), "nothing is published yet");
    store.write_record(&rows(&want, 1, 0)).unwrap();
    assert_eq!(inputs(&store), want);
    assert_eq!(store.input(&want[3].id).unwrap().as_ref(), Some(&want[3]));
    // A text is kept once, and survives when its report is published no longer.
    assert_eq!(texts_waiting(&store), 0);
    store.write_record(&rows(&want[..10], 1, 0)).unwrap();
    assert_eq!(texts_waiting(&store), 60);
    assert_eq!(inputs(&store), want);
    for (r, f) in &items {
        assert_eq!(store.cached(&r.id, "r", "u").unwrap().as_ref(), Some(f));
    }
    assert_eq!(store.cached(&want[0].id, "other", "u").unwrap(), None);
    store.clear_cache().unwrap();
    assert_eq!(store.cached(&want[0].id, "r", "u").unwrap(), None);
}

fn texts_waiting(store: &Store) -> i64 {
    let rows = store.query_json("SELECT count(*) AS n FROM _texts", &[]).unwrap();
    rows[0]["n"].as_i64().unwrap()
}

#[test]
fn only_what_changed_is_written() {
    let (mut store, old) = filled(50);
    let again = store.write_record(&old).unwrap();
    assert_eq!(again.rewritten, 0);
    let mut items = read(50);
    items.extend([(report(50, 1), facts(50, 1))]);
    store.put_read(&items[50..], "r", "u").unwrap();
    let new = rows(&reports(&items), 1, 2);
    let written = store.write_record(&new).unwrap();
    let global = new.actors.len()
        + new.places.len()
        + new.outlets.len()
        + new.events.len()
        + new.event_states.len()
        + new.series.len()
        + new.positions.len()
        + new.conflicts.len()
        + new.origins.len();
    assert!(written.rewritten <= global + 15, "{written:?}, of which {global} belong to no report");
    assert_eq!(store.rows::<MentionRow>(None).unwrap(), sorted(new.mentions.clone()));
    assert_eq!(store.verify().unwrap(), []);
    // A row that somebody else took away comes back once the marks are forgotten.
    store.forget_written().unwrap();
    assert_eq!(store.write_record(&new).unwrap().rewritten, written.rows);
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn another_text_under_the_same_key_replaces_the_report() {
    let (mut store, _) = filled(3);
    let (old, new) = (report(1, 1), report(1, 2));
    store.put_read(&[(new.clone(), facts(1, 1))], "r", "u").unwrap();
    assert_eq!(store.has_input(&old.key).unwrap(), Some(new.id.clone()));
    assert_eq!(store.cached(&old.id, "r", "u").unwrap(), None);
    assert!(store.rows::<VersionRow>(None).unwrap().is_empty(), "not before the next publication");
    let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
    store.write_record(&rows(&inputs, 1, 2)).unwrap();
    let version = |r: &chancery_model::report::Report| VersionRow {
        key: r.key.clone(),
        id: r.id.clone(),
        sha256: r.sha256.clone(),
        text: r.text.clone(),
    };
    assert_eq!(store.rows::<VersionRow>(None).unwrap(), [version(&old)]);
    assert_eq!(store.verify().unwrap(), []);
    // And back: what is current is not an earlier version.
    store.put_read(&[(old.clone(), facts(1, 1))], "r", "u").unwrap();
    let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
    store.write_record(&rows(&inputs, 1, 2)).unwrap();
    assert_eq!(store.rows::<VersionRow>(None).unwrap(), [version(&new)]);
    // Taken out, with everything that was kept of it.
    assert!(store.remove(&old.key).unwrap());
    assert!(!store.remove(&old.key).unwrap());
    let inputs: Vec<_> = store.inputs().map(Result::unwrap).collect();
    store.write_record(&rows(&inputs, 1, 2)).unwrap();
    assert!(store.rows::<VersionRow>(None).unwrap().is_empty());
    assert_eq!(store.rows::<ReportRow>(None).unwrap().len(), 2);
    assert!(store.search_reports("\"day 1\"", 10).unwrap().is_empty());
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn notes_on_skipped_inputs_follow_their_path() {
    let (mut store, rows) = filled(1);
    let note = |text: &str| Note { path: None, span: None, kind: "skipped".into(), text: text.into() };
    store.put_skipped("/pile/x.bin", &[note("not text")]).unwrap();
    store.put_skipped("/pile/x.bin", &[note("not text at all")]).unwrap();
    store.write_record(&rows).unwrap();
    let of_inputs = |s: &Store| s.rows::<NoteRow>(Some(("report", Value::Null))).unwrap();
    let found = of_inputs(&store);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].path.as_deref(), found[0].text.as_str()), (Some("/pile/x.bin"), "not text at all"));
    // Read after all.
    let path = rows.reports[0].path.clone().unwrap();
    store.put_skipped(&path, &[note("broken")]).unwrap();
    store.put_skipped("/pile/x.bin", &[]).unwrap();
    store.put_read(&read(1), "r", "u").unwrap();
    assert!(store.skipped().unwrap().is_empty());
    store.write_record(&rows).unwrap();
    assert!(of_inputs(&store).is_empty());
    assert_eq!(store.rows::<NoteRow>(None).unwrap(), rows.notes);
}

#[test]
fn decisions_and_runs_are_added() {
    let (mut store, mut rows) = filled(1);
    let decision = |at: &str| DecisionRow {
        at: at.into(),
        who: "editor".into(),
        target: Nested(
            serde_json::json!({"table": "statements", "key": "herald/0000.txt", "start": 3, "end": 9}),
        ),
        action: "set".into(),
        value: Nested(serde_json::Value::Null),
        note: None,
    };
    let (a, b) = (decision("2020-02-01T00:00:00Z"), decision("2020-01-01T00:00:00Z"));
    assert_eq!(store.add_decisions(&[a.clone(), b.clone(), a.clone()]).unwrap(), 2);
    assert_eq!(store.add_decisions(std::slice::from_ref(&b)).unwrap(), 0);
    assert_eq!(store.decisions().unwrap(), [a, b]);
    let run = RunRow {
        id: chancery_model::Id::of("run", &["1"]),
        version: "0".into(),
        kernel: "plain".into(),
        reader: "rules".into(),
        rules: "0".into(),
        config: Nested(serde_json::json!({})),
        inputs: 1,
        started: "2020-01-01T00:00:00Z".into(),
        seconds: 0.5,
    };
    rows.runs = vec![run.clone()];
    store.write_record(&rows).unwrap();
    store.add_run(&RunRow { seconds: 0.75, ..run.clone() }).unwrap();
    assert_eq!(store.rows::<RunRow>(None).unwrap(), [RunRow { seconds: 0.75, ..run }]);
    assert_eq!(store.decisions().unwrap().len(), 2, "a publication leaves decisions alone");
}

#[test]
fn two_rows_of_one_id_are_refused_and_nothing_changes() {
    let (mut store, old) = filled(2);
    let mut bad = rows(&[report(7, 1)], 9, 0);
    bad.figures.push(bad.figures[0].clone());
    let e = store.write_record(&bad).unwrap_err();
    assert!(
        matches!(&e, StoreError::BadRow { table: "figures", why } if why.contains(bad.figures[0].id.as_str())),
        "{e}"
    );
    assert_eq!(store.rows::<ReportRow>(None).unwrap(), sorted(old.reports));
}

#[test]
fn searching_finds_words_in_reports_and_statements() {
    let (mut store, rows) = filled(4);
    let hits = store.search_reports("dockers' WAITING \"day 2\"", 10).unwrap();
    assert!(hits.is_empty(), "nobody writes 'waiting'");
    let hits = store.search_reports("docker \"day 2\"", 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].title.as_deref(), Some("Ferry talks, day 2"));
    assert!(hits[0].snippet.iter().any(|p| p.hit));
    let hits = store.search_statements("konnen", 10).unwrap();
    assert_eq!(hits.len(), 4, "accents do not matter");
    assert!(hits[0].snippet.iter().any(|p| p.hit && p.text == "können"));
    assert!(store.search_statements("ferry", 10).unwrap().is_empty(), "that is not in what was said");
    // The index follows the record.
    store.write_record(&RecordRows { statements: vec![], ..rows.clone() }).unwrap();
    assert!(store.search_statements("konnen", 10).unwrap().is_empty());
    store.write_record(&RecordRows { reports: rows.reports[..1].to_vec(), ..RecordRows::default() }).unwrap();
    assert_eq!(store.search_reports("ferry", 10).unwrap().len(), 1);
    assert_eq!(store.integrity().unwrap(), []);
}

#[test]
fn queries_only_read() {
    let (store, rows) = filled(2);
    let found = store
        .query_json(
            "SELECT id, id, words, text IS NULL AS no, NULL AS x FROM reports WHERE key = ?1",
            &[Value::Text(rows.reports[1].key.clone())],
        )
        .unwrap();
    assert_eq!(
        serde_json::to_string(&found[0]).unwrap(),
        format!(
            "{{\"id\":\"{0}\",\"id_2\":\"{0}\",\"words\":{1},\"no\":0,\"x\":null}}",
            rows.reports[1].id, rows.reports[1].words
        )
    );
    for sql in [
        "DELETE FROM reports",
        "WITH x AS (SELECT 1) DELETE FROM reports",
        "PRAGMA user_version = 7",
        "ATTACH 'x.db' AS x",
        "BEGIN",
        "",
    ] {
        let e = store.query_json(sql, &[]).unwrap_err();
        assert!(matches!(e, StoreError::NotReadOnly(_)), "{sql}: {e}");
    }
    let e = store.query_json("SELECT nothing FROM nowhere", &[]).unwrap_err();
    assert!(matches!(&e, StoreError::Query(why) if why.contains("nowhere")), "{e}");
}

#[test]
fn faults_are_found() {
    let check = |change: &dyn Fn(&mut RecordRows), table: &str, reason: &str| {
        let (mut store, mut rows) = filled(2);
        change(&mut rows);
        store.write_record(&rows).unwrap();
        let faults = store.verify().unwrap();
        assert!(
            faults.iter().any(|f| f.table == table && f.reason.contains(reason)),
            "{table}: {reason}: {faults:?}"
        );
    };
    check(&|r| r.mentions[0].text = "Ina Moller".into(), "mentions", "is \"Ina Möller\" in the report, but");
    check(&|r| r.mentions[0].end = 10_000, "mentions", "does not lie in the text");
    check(&|r| r.mentions[0].start = -1, "mentions", "does not lie in the text");
    check(&|r| r.times[0].end = r.times[0].start, "times", "is empty");
    check(&|r| r.statements[0].content = Nested(vec![]), "statements", "has no content");
    check(&|r| r.statements[0].relays.0[0].start += 1, "statements", "kerry Herald");
    check(&|r| r.statements[0].cue = Nested(vec![[4, 2]]), "statements", "cue [4, 2) does not lie");
    check(&|r| r.conflicts[0].sides.0[0].evidence[0].end = 99_999, "conflicts", "does not lie");
    check(
        &|r| r.event_mentions[0].event = chancery_model::Id::from_record("gone"),
        "event_mentions",
        "event \"gone\" is not in events",
    );
    check(
        &|r| r.events[0].participants.0[0].actor = chancery_model::Id::from_record("gone"),
        "events",
        "is not in actors",
    );
    check(
        &|r| r.conflicts[0].about = chancery_model::Id::from_record("gone"),
        "conflicts",
        "is no event, series or cluster",
    );
    check(&|r| r.reports[0].key = r.reports[1].key.clone(), "reports", "another report has the key");
    check(&|r| r.figures[0].high = Some(-1.0), "figures", "low is after high");
    check(&|r| r.blocks[1].start = 0, "blocks", "overlaps the block before");
    check(
        &|r| r.blocks[1].kind = chancery_model::vocab::BlockKind::Comment,
        "statements",
        "lies in a comment block",
    );
}

#[test]
fn a_word_outside_its_list_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let mut store = Store::create_or_open(&path).unwrap();
    let items = read(1);
    store.put_read(&items, "r", "u").unwrap();
    store.write_record(&rows(&reports(&items), 1, 0)).unwrap();
    assert_eq!(store.rows::<StatementRow>(None).unwrap()[0].act, Act::Say);
    store.close().unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("UPDATE statements SET act = 'mumble'; DELETE FROM reports_fts_docsize").unwrap();
    drop(other);
    let store = Store::open_read_only(&path).unwrap();
    assert!(matches!(store.rows::<StatementRow>(None), Err(StoreError::BadValue(_))));
    let faults = store.readable().unwrap();
    assert!(faults.len() == 1 && faults[0].reason.contains("mumble"), "{faults:?}");
    let faults = store.integrity().unwrap();
    assert!(faults.iter().any(|f| f.table == "reports_fts"), "{faults:?}");
}
