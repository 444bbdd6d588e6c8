//! Runs the Markdown suites under `tests/suites/statements`.
//!
//! A case is a `## title`, the report in a `text` block, and the expected rows in a `toml` block of `[[statement]]`
//! tables. Only the keys that are named are compared. Keys beside the rows: `none = true` (no statement at all),
//! `others = true` (statements that are not listed are let pass), `outlet` (the report's own), and
//! `known_failure = "why"` (the case must then fail, so that mending it is noticed).

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "suite/said.rs"]
mod said;

use chancery_model::Span;
use chancery_model::facts::{ReportFacts, Statement};
use chancery_model::report::Given;
use chancery_reader::Reader;
use chancery_reader::rules::RulesReader;
use said::{Case, Expected, Row, Words, cases, plain};
use std::fmt::Write;
use std::path::Path;

fn read(case: &Case) -> (String, ReportFacts) {
    let given = Given { outlet: case.expected.outlet.clone(), ..Given::default() };
    let mut report = chancery_text::from_text("case", &case.text, given);
    report.outlet.clone_from(&case.expected.outlet);
    let segments = chancery_text::segment(&report);
    let marks = RulesReader.read(&report, &segments);
    let facts = chancery_facts::note(&report, &segments, &marks);
    (report.text, facts)
}

/// A statement as the suite writes it.
struct Shown {
    source: Vec<String>,
    cue: Vec<String>,
    content: Vec<String>,
    speaker: String,
    named: bool,
    form: String,
    act: String,
    relays: Vec<String>,
    within: String,
    addressee: String,
    medium: String,
    said: String,
    negated: bool,
    hedged: bool,
    sure: String,
}

fn show(text: &str, facts: &ReportFacts, s: &Statement) -> Shown {
    let words = |v: &[Span]| -> Vec<String> { v.iter().map(|x| plain(x.of(text))).collect() };
    let entity = |e: Option<u32>| {
        e.and_then(|e| facts.entities.get(e as usize)).map_or(String::new(), |e| e.name.clone())
    };
    Shown {
        source: words(&s.source),
        cue: words(&s.cue),
        content: words(&s.content),
        speaker: entity(s.speaker),
        named: s.speaker_named,
        form: s.form.to_string(),
        act: s.act.to_string(),
        relays: s.relays.iter().map(|r| plain(r.span.of(text))).collect(),
        within: s
            .within
            .and_then(|w| facts.statements.get(w as usize))
            .map_or(String::new(), |o| words(&o.cue).join(" | ")),
        addressee: entity(s.addressee),
        medium: s.medium.clone().unwrap_or_default(),
        said: s
            .said
            .and_then(|t| facts.times.get(t as usize))
            .map_or(String::new(), |t| plain(t.span.of(text))),
        negated: s.negated,
        hedged: s.hedged,
        sure: s.maker.sure.to_string(),
    }
}

/// What differs, one line each.
fn differ(row: &Row, got: &Shown) -> Vec<String> {
    let mut out = Vec::new();
    let mut list = |key: &str, want: Option<Vec<String>>, have: &[String]| {
        if let Some(w) = want {
            let w: Vec<String> = w.into_iter().filter(|s| !s.is_empty()).collect();
            if w != have {
                out.push(format!("{key}: expected {w:?}, found {have:?}"));
            }
        }
    };
    list("source", row.source.as_ref().map(Words::list), &got.source);
    list("cue", row.cue.as_ref().map(Words::list), &got.cue);
    list("content", row.content.as_ref().map(Words::list), &got.content);
    list("relays", row.relays.as_ref().map(|r| r.iter().map(|s| plain(s)).collect()), &got.relays);
    let mut word = |key: &str, want: Option<&String>, have: &str| {
        if let Some(w) = want.filter(|w| w.as_str() != have) {
            out.push(format!("{key}: expected {w:?}, found {have:?}"));
        }
    };
    word("speaker", row.speaker.as_ref(), &got.speaker);
    word("form", row.form.as_ref(), &got.form);
    word("act", row.act.as_ref(), &got.act);
    word("within", row.within.as_ref(), &got.within);
    word("addressee", row.addressee.as_ref(), &got.addressee);
    word("medium", row.medium.as_ref(), &got.medium);
    word("said", row.said.as_ref(), &got.said);
    word("sure", row.sure.as_ref(), &got.sure);
    for (key, want, have) in [
        ("named", row.named, got.named),
        ("negated", row.negated, got.negated),
        ("hedged", row.hedged, got.hedged),
    ] {
        if want.is_some_and(|w| w != have) {
            out.push(format!("{key}: expected {want:?}, found {have}"));
        }
    }
    out
}

/// The differences of a case; empty when it is right.
fn check(case: &Case) -> String {
    let (text, facts) = read(case);
    let mut have: Vec<Shown> = facts.statements.iter().map(|s| show(&text, &facts, s)).collect();
    let mut out = String::new();
    for row in &case.expected.statement {
        let best =
            have.iter().enumerate().map(|(n, s)| (differ(row, s), n)).min_by_key(|(d, n)| (d.len(), *n));
        match best {
            None => writeln!(out, "    missing: {row:?}").unwrap(),
            Some((d, n)) => {
                if !d.is_empty() {
                    writeln!(out, "    nearest to {:?}:", row.content.as_ref().map(Words::list)).unwrap();
                    for line in d {
                        writeln!(out, "      {line}").unwrap();
                    }
                }
                have.remove(n);
            }
        }
    }
    if !case.expected.others {
        for s in have {
            writeln!(out, "    not expected: source {:?} cue {:?} content {:?}", s.source, s.cue, s.content)
                .unwrap();
        }
    }
    out
}

#[test]
fn statement_suites() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suites/statements");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut run, mut known, mut wrong) = (0, 0, String::new());
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")) {
        for case in cases(file) {
            run += 1;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let diff = check(&case);
            match (&case.expected.known_failure, diff.is_empty()) {
                (None, true) => {}
                (None, false) => write!(wrong, "{name}: {}\n{diff}", case.title).unwrap(),
                (Some(_), false) => known += 1,
                (Some(why), true) => {
                    writeln!(wrong, "{name}: {}: passes now; take out known_failure ({why})", case.title)
                        .unwrap()
                }
            }
        }
    }
    assert!(run >= 60, "only {run} cases found under {}", folder.display());
    assert!(wrong.is_empty(), "of {run} cases ({known} known failures) these differ:\n{wrong}");
}

/// Every example of the media list yields its medium.
#[test]
fn media_examples() {
    let mut wrong = String::new();
    for m in &chancery_lexicon::media::media().all {
        let case = Case { title: m.medium.clone(), text: m.example.clone(), expected: Expected::default() };
        let (text, facts) = read(&case);
        let got: Vec<String> = facts.statements.iter().map(|s| show(&text, &facts, s).medium).collect();
        if !got.contains(&m.medium) {
            writeln!(wrong, "{:?}: expected {:?}, found {got:?}", m.example, m.medium).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
