//! What is linked across the marked corpus of `training/gold/link`. The full score is `score.py` there; here stand the
//! floors that must not fall.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test: what fails is the message"
)]

use chancery::{BuildOptions, Engine, Silent};
use chancery_model::rows::{ConflictRow, EventMentionRow, PositionRow, ReportRow};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../training/gold/link")
}

fn lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(gold().join(name)).unwrap();
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn f1(pairs: impl Iterator<Item = (bool, bool)>) -> f64 {
    let (mut right, mut got, mut want) = (0.0, 0.0, 0.0);
    for (w, g) in pairs {
        right += f64::from(u8::from(w && g));
        got += f64::from(u8::from(g));
        want += f64::from(u8::from(w));
    }
    2.0 * right / (got + want)
}

fn pairs<T>(list: &[T]) -> impl Iterator<Item = (&T, &T)> {
    list.iter().enumerate().flat_map(move |(n, a)| list.iter().skip(n + 1).map(move |b| (a, b)))
}

#[test]
fn origins_events_positions_and_conflicts_keep_their_floors() {
    let mut engine = Engine::in_memory().unwrap();
    engine.build(&[gold().join("reports")], &BuildOptions::default(), &Silent).unwrap();
    let reports: Vec<ReportRow> = engine.store().rows(None).unwrap();
    let by_key: BTreeMap<&str, &ReportRow> =
        reports.iter().map(|r| (r.key.trim_end_matches(".txt"), r)).collect();

    let origins: Vec<(String, i64, &ReportRow)> = lines("origins.jsonl")
        .iter()
        .map(|x| {
            let name = x["report"].as_str().unwrap();
            (x["origin"].as_str().unwrap().to_owned(), x["story"].as_i64().unwrap(), by_key[name])
        })
        .collect();
    let score =
        f1(pairs(&origins).filter(|(a, b)| a.1 == b.1).map(|(a, b)| (a.0 == b.0, a.2.origin == b.2.origin)));
    println!("origins {score:.3}");
    assert!(score >= 0.95, "origin pairs: F1 {score:.3}");

    let mentions: Vec<EventMentionRow> = engine.store().rows(None).unwrap();
    let mut found = Vec::new();
    for e in lines("events.jsonl") {
        for m in e["mentions"].as_array().unwrap() {
            let (start, words) = (m["start"].as_i64().unwrap(), m["words"].as_str().unwrap());
            let end = start + words.chars().count() as i64;
            let report = by_key[m["report"].as_str().unwrap()];
            let best = mentions
                .iter()
                .filter(|x| x.report == report.id && x.start < end && start < x.end)
                .max_by_key(|x| (end.min(x.end) - start.max(x.start), -x.start));
            let event = e["event"].as_str().unwrap().to_owned();
            found.extend(best.map(|b| (event, b.event.clone())));
        }
    }
    let story = |e: &str| e.as_bytes()[1];
    let score =
        f1(pairs(&found).filter(|(a, b)| story(&a.0) == story(&b.0)).map(|(a, b)| (a.0 == b.0, a.1 == b.1)));
    println!("events {score:.3} over {} mentions", found.len());
    assert!(found.len() > 450, "only {} of the mentions are marked", found.len());
    assert!(score >= EVENTS, "event pairs: F1 {score:.3}");

    let conflicts: Vec<ConflictRow> = engine.store().rows(None).unwrap();
    println!("conflicts {}", conflicts.len());
    assert!(
        conflicts.iter().all(|c| c.sides.0.len() >= 2 && c.sides.0.iter().all(|s| !s.evidence.is_empty()))
    );
    assert!(conflicts.len() >= 26, "{} conflicts", conflicts.len());
    let positions: Vec<PositionRow> = engine.store().rows(None).unwrap();
    assert!(positions.len() >= 10 && positions.iter().all(|p| !p.statements.0.is_empty()));
}

/// Raise it when it rises.
const EVENTS: f64 = 0.76;
