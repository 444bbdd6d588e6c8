//! Small piles of reports, built in memory by the trained reader.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

use chancery::{BuildOptions, Engine, Silent};

/// The record of some reports: key, day of publication where it is known, text.
pub fn built<'r>(reports: impl IntoIterator<Item = (String, Option<&'r str>, &'r str)>) -> Engine {
    let dir = tempfile::tempdir().unwrap();
    let line = |(key, day, text): (String, Option<&str>, &str)| {
        serde_json::json!({"id": key, "text": text, "published": day}).to_string()
    };
    let pile = dir.path().join("pile.jsonl");
    std::fs::write(&pile, reports.into_iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    let mut engine = Engine::in_memory().unwrap();
    engine.build(&[pile], &BuildOptions::default(), &Silent).unwrap();
    engine
}

/// The same of dated reports with keys r0, r1 and so on.
#[allow(dead_code, reason = "not every test that uses piles numbers them")]
pub fn numbered(reports: &[(&str, &str)]) -> Engine {
    built(reports.iter().enumerate().map(|(n, (day, text))| (format!("r{n}"), Some(*day), *text)))
}
