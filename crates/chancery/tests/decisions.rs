//! What people decide: each kind is carried out, survives a build, is taken back whole, and two people's files merge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

use chancery::views::room::{self, ReviewKind, ReviewState};
use chancery::{BuildOptions, Engine, ReaderChoice, Silent};
use chancery_model::rows::{ActorRow, DecisionRow, EventMentionRow, EventRow, FigureRow, StatementRow};
use chancery_model::schema::Nested;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const ONE: &str = "OSLO, May 3, 2004 - At least 40 people were killed in Bergen on Monday, the mayor, Karin Dahl, said. \
    Dahl said the road was closed. Envoy Selim Korkmaz met Dahl in Oslo on Sunday.\n";
const TWO: &str = "OSLO, May 4, 2004 - Selim Korkmaz said talks would be held in Vienna on May 20. \
    Korkmaz met Karin Dahl in Oslo on Sunday, officials said.\n";

struct Case {
    dir: tempfile::TempDir,
    engine: Engine,
}

impl Case {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut engine = Engine::open(&dir.path().join("r.db")).unwrap();
        let files: Vec<PathBuf> = [("one.txt", ONE), ("two.txt", TWO)]
            .map(|(name, text)| {
                let p = dir.path().join(name);
                std::fs::write(&p, text).unwrap();
                p
            })
            .into();
        let options = BuildOptions { reader: Some(ReaderChoice::Rules), ..BuildOptions::default() };
        engine.build(&files, &options, &Silent).unwrap();
        Self { dir, engine }
    }

    /// The tables but runs and decisions, as text.
    fn tables(&self) -> BTreeMap<String, String> {
        let out = tempfile::tempdir().unwrap();
        let options = chancery::export::Options { format: chancery::export::Format::Jsonl, with_text: true };
        self.engine.store().export(&out.path().join("o"), options).unwrap();
        let mut tables = BTreeMap::new();
        for e in std::fs::read_dir(out.path().join("o")).unwrap() {
            let p = e.unwrap().path();
            let name = p.file_name().unwrap().to_string_lossy().into_owned();
            if !name.starts_with("runs") {
                // Two cases lie in two folders.
                let text = std::fs::read_to_string(p).unwrap();
                tables.insert(name, text.replace(&self.dir.path().display().to_string(), ""));
            }
        }
        tables
    }

    fn figure(&self) -> FigureRow {
        let all: Vec<FigureRow> = self.engine.store().rows(None).unwrap();
        all.into_iter().find(|f| f.measure == "killed").expect("no figure of the dead was read")
    }

    fn mentions(&self) -> Vec<EventMentionRow> {
        let all: Vec<EventMentionRow> = self.engine.store().rows(None).unwrap();
        all.into_iter().filter(|m| m.text == "met").collect()
    }

    fn key(&self, report: &chancery_model::Id) -> String {
        room::report_line(self.engine.store(), report.as_str()).unwrap().unwrap().key
    }

    fn at(&self, table: &str, report: &chancery_model::Id, start: i64, end: i64) -> Value {
        json!({"table": table, "key": self.key(report), "start": start, "end": end})
    }
}

fn same(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) {
    for (name, text) in a {
        assert!(Some(text) == b.get(name), "{name} differs:\n{text}\n{}", b[name]);
    }
    assert_eq!(a.len(), b.len());
}

fn row(who: &str, n: u32, target: Value, action: &str, value: Value) -> DecisionRow {
    DecisionRow {
        at: format!("2026-01-01T00:00:{n:02}Z"),
        who: who.into(),
        target: Nested(target),
        action: action.into(),
        value: Nested(value),
        note: None,
    }
}

#[test]
fn figures_and_events_are_corrected() {
    let mut c = Case::new();
    let f = c.figure();
    let target = c.at("figures", &f.report, f.start, f.end);
    c.engine
        .decide(row("a", 1, target, "set", json!({"low": 44.0, "high": 44.0, "date": "2004-05-03"})))
        .unwrap();
    let f = c.figure();
    assert_eq!((f.low, f.high, f.review.as_str()), (Some(44.0), Some(44.0), "corrected"));
    assert_eq!(f.as_of_lo.map(|d| d.to_string()).as_deref(), Some("2004-05-03"));
    let m = c.mentions().remove(0);
    let target = c.at("event_mentions", &m.report, m.start, m.end);
    let set = json!({"status": "planned", "type": "AGREE", "date": "2004-05-09"});
    c.engine.decide(row("a", 2, target, "set", set)).unwrap();
    let now = c.mentions().into_iter().find(|x| x.start == m.start && x.report == m.report).unwrap();
    assert_eq!(
        (now.status.as_str(), now.r#type.map_or("none", |t| t.as_str()), now.review.as_str()),
        ("planned", "AGREE", "corrected")
    );
    let event: Vec<EventRow> = c.engine.store().rows(None).unwrap();
    let event = event.into_iter().find(|e| e.id == now.event).unwrap();
    assert_eq!(event.date_lo.map(|d| d.to_string()).as_deref(), Some("2004-05-09"));
    let bad = c.at("event_mentions", &m.report, m.start, m.end);
    for (value, says) in [
        (json!({"status": "maybe"}), "is none of denied, cancelled"),
        (json!({"colour": "red"}), "cannot be set"),
        (json!({}), "needs one or more"),
        (json!({"date": "soon"}), "EDTF"),
    ] {
        let e = c.engine.decide(row("a", 3, bad.clone(), "set", value)).unwrap_err().to_string();
        assert!(e.contains(says), "{e}");
    }
}

#[test]
fn events_are_merged_and_split() {
    let mut c = Case::new();
    let both = c.mentions();
    assert_eq!(both.len(), 2, "the meeting was not read in both reports");
    let at = |c: &Case, n: usize| c.at("event_mentions", &both[n].report, both[n].start, both[n].end);
    let of = |c: &Case| c.mentions().iter().map(|m| m.event.clone()).collect::<Vec<_>>();
    let target = at(&c, 0);
    c.engine.decide(row("a", 1, target.clone(), "split", Value::Null)).unwrap();
    let apart = of(&c);
    assert_ne!(apart[0], apart[1]);
    let mut with = at(&c, 1);
    with.as_object_mut().unwrap().remove("table");
    c.engine.decide(row("a", 2, target, "merge", json!({"with": with}))).unwrap();
    let one = of(&c);
    assert_eq!(one[0], one[1]);
}

#[test]
fn actors_are_split_and_a_name_that_is_gone_is_noted() {
    let mut c = Case::new();
    let named = |c: &Case, name: &str| -> Vec<ActorRow> {
        let all: Vec<ActorRow> = c.engine.store().rows(None).unwrap();
        all.into_iter().filter(|a| a.name == name || a.aliases.0.iter().any(|x| x == name)).collect()
    };
    assert_eq!(named(&c, "Karin Dahl").len(), 1);
    let target = json!({"table": "actors", "name": "Karin Dahl"});
    c.engine.decide(row("a", 1, target, "split", json!({"in": "two.txt"}))).unwrap();
    assert_eq!(named(&c, "Karin Dahl").len(), 2);
    c.engine.undo().unwrap();
    assert_eq!(named(&c, "Karin Dahl").len(), 1);
    let file = c.dir.path().join("d.jsonl");
    let line = json!({"at": "2026-01-02T00:00:00Z", "who": "b", "target": {"table": "actors", "name": "Nobody Known"},
        "action": "rename", "value": {"name": "X"}});
    std::fs::write(&file, format!("{line}\n")).unwrap();
    let taken = c.engine.take_decisions(std::slice::from_ref(&file)).unwrap();
    assert_eq!((taken.new, taken.unfit), (1, 1));
    let lines = room::decision_lines(c.engine.store(), 10).unwrap();
    assert!(lines[0].unfit.as_ref().unwrap().contains("nobody in the record"));
}

#[test]
fn two_peoples_files_merge() {
    let mut c = Case::new();
    let f = c.figure();
    let target = c.at("figures", &f.report, f.start, f.end);
    let write = |name: &str, d: &DecisionRow| {
        let p = c.dir.path().join(name);
        let line =
            json!({"at": d.at, "who": d.who, "target": d.target.0, "action": d.action, "value": d.value.0});
        std::fs::write(&p, format!("{line}\n")).unwrap();
        p
    };
    let a = write("a.jsonl", &row("Ann", 1, target.clone(), "confirm", Value::Null));
    let b = write("b.jsonl", &row("Ben", 2, target, "reject", Value::Null));
    let taken = c.engine.take_decisions(&[b.clone(), a.clone()]).unwrap();
    assert_eq!((taken.new, taken.known, taken.contrary), (2, 0, 2));
    // The later counts, in whichever order the files came.
    assert_eq!(c.figure().review.as_str(), "rejected");
    let again = c.engine.take_decisions(&[a, b]).unwrap();
    assert_eq!((again.new, again.known), (0, 2));
}

/// A row marked at once and worked in later comes to the same as one worked in at once, and so does taking it back.
#[test]
fn later_is_the_same_as_at_once() {
    let (mut now, mut later) = (Case::new(), Case::new());
    let untouched = now.tables();
    let decisions = |c: &Case| {
        let f = c.figure();
        let said: Vec<StatementRow> = c.engine.store().rows(None).unwrap();
        let s = said.iter().find(|s| !s.content.0.is_empty()).unwrap();
        let [a, b] = s.content.0[0];
        vec![
            row("a", 1, c.at("figures", &f.report, f.start, f.end), "reject", Value::Null),
            row("a", 2, c.at("statements", &s.report, a.into(), b.into()), "confirm", Value::Null),
        ]
    };
    for d in decisions(&now) {
        now.engine.decide(d).unwrap();
    }
    for d in decisions(&later) {
        later.engine.decide_first(d).unwrap();
    }
    assert!(later.engine.pending().unwrap());
    assert_eq!(later.figure().review.as_str(), "rejected", "the row itself is marked at once");
    let shown =
        room::queue_count(later.engine.store(), ReviewKind::Statements, ReviewState::Confirmed).unwrap();
    assert_eq!(shown, 1);
    let made = later.engine.prepare().unwrap();
    later.engine.publish(&made).unwrap();
    assert!(!later.engine.pending().unwrap());
    same(&now.tables(), &later.tables());
    later.engine.undo_first().unwrap();
    // Rows made before the undo must not bring back what was taken back.
    later.engine.publish(&made).unwrap();
    assert!(later.engine.pending().unwrap());
    later.engine.undo_first().unwrap();
    assert_eq!(later.figure().review.as_str(), "predicted");
    let made = later.engine.prepare().unwrap();
    later.engine.publish(&made).unwrap();
    same(&later.tables(), &untouched);
}
