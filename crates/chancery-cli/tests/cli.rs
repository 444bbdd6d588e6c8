//! The program as a person uses it: commands, what they print where, exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

mod program;

use program::{Folder, examples};
use serde_json::Value;

/// What may differ between runs.
fn stable(s: &str) -> String {
    let mut out = String::new();
    for line in s.lines() {
        let line = if line.ends_with(" seconds") { "N seconds" } else { line };
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn help_names_the_commands_and_the_exit_codes() {
    let f = Folder::new();
    let r = f.run(&["--help"]);
    assert_eq!(r.code, 0);
    for word in [
        "build",
        "remove",
        "decide",
        "show",
        "ask",
        "export",
        "verify",
        "doctor",
        "demo",
        "completions",
        "Exit codes",
    ] {
        assert!(r.out.contains(word), "{word} is missing from\n{}", r.out);
    }
    assert_eq!(f.run(&["build"]).code, 2, "a wrong command line is exit 2");
    assert!(f.run(&["completions", "bash"]).out.contains("chancery"));
}

#[test]
fn a_record_is_built_asked_corrected_exported_and_checked() {
    let f = Folder::new();
    let dir = examples();
    let r = f.run(&["build", dir.to_str().unwrap(), "-o", "story.db"]);
    assert_eq!(r.code, 0, "{}", r.err);
    assert!(
        r.out.contains("23 reports") && r.out.contains("origins") && r.out.contains("undated"),
        "{}",
        r.out
    );
    assert!(r.err.contains(" seconds"), "{}", r.err);
    assert!(!r.out.contains('\u{1b}') && !r.err.contains('\u{1b}'), "colours without a terminal");
    assert!(!f.path("story.db-wal").exists(), "one file holds the record");

    let again = f.run(&["build", dir.to_str().unwrap(), "-o", "story.db", "--json"]);
    let built: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(
        (&built["read"], &built["taken"]),
        (&Value::from(0), &Value::from(23)),
        "the second build reads nothing"
    );

    let shown = f.run(&["show", "story.db"]);
    assert_eq!(stable(&shown.out), stable(&f.run(&["show", "story.db"]).out));
    insta::assert_snapshot!("show", stable(&shown.out));
    insta::assert_snapshot!("show_report", f.run(&["show", "story.db", "08-bus-attack.txt"]).out);
    insta::assert_snapshot!("figures_killed", f.run(&["ask", "story.db", "figures", "killed"]).out);
    insta::assert_snapshot!("when", f.run(&["ask", "story.db", "when", "14-eve"]).out);
    insta::assert_snapshot!("disagree", f.run(&["ask", "story.db", "disagree"]).out);
    let surer = f.run(&["ask", "story.db", "disagree", "--sure", "medium"]);
    assert!(surer.out.contains("2,300") && !surer.out.contains("(doubtful)"), "{}", surer.out);
    let unsure = f.run(&["ask", "story.db", "disagree", "--sure", "rather"]);
    assert!(unsure.code != 0 && unsure.err.contains("high, medium, low"), "{}", unsure.err);
    insta::assert_snapshot!("doctor", f.run(&["doctor", "story.db"]).out);

    let said: Value =
        serde_json::from_str(&f.run(&["ask", "story.db", "who-said", "--direct", "--json"]).out).unwrap();
    assert!(said.as_array().unwrap().len() > 20);
    let nobody = f.run(&["ask", "story.db", "who-said", "--by", "Nobody Atall"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("Nobody Atall") && nobody.err.contains("spoken of most"), "{}", nobody.err);

    let verified = f.run(&["verify", "story.db"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(
        verified.out.contains("0 faults") && verified.out.contains("23 sources re-hashed"),
        "{}",
        verified.out
    );

    assert_eq!(f.run(&["export", "story.db", "--format", "csv", "-o", "csv"]).code, 0);
    assert!(
        std::fs::read_to_string(f.path("csv/statements.csv"))
            .unwrap()
            .starts_with("id,report,form,act,speaker,")
    );
    assert_eq!(f.run(&["export", "story.db", "--no-text", "-o", "share"]).code, 0);
    let shared = std::fs::read_to_string(f.path("share/reports.jsonl")).unwrap();
    assert!(shared.lines().all(|l| serde_json::from_str::<Value>(l).unwrap()["text"].is_null()));
}

#[test]
fn decisions_are_kept_replayed_and_refused_when_they_fit_nothing() {
    let f = Folder::new();
    let text = "Envoys met in Oslo on Monday.\n\n\"The truce holds,\" Karin Dahl said. At least 12 people were killed.\n";
    f.write("a.txt", text);
    assert_eq!(f.run(&["build", "a.txt", "-o", "s.db"]).code, 0);
    let undated: Value = serde_json::from_str(&f.run(&["show", "s.db", "--json"]).out).unwrap();
    assert_eq!(undated["undated"], 1);

    let r = f.run(&["decide", "s.db", "date", "a.txt", "2006-02-22", "--who", "mk"]);
    assert_eq!(r.code, 0, "{}", r.err);
    let when: Value = serde_json::from_str(&f.run(&["ask", "s.db", "when", "a.txt", "--json"]).out).unwrap();
    assert_eq!((when["published"].as_str(), when["basis"].as_str()), (Some("2006-02-22"), Some("decision")));
    let monday = when["times"][0][1].as_str();
    assert_eq!(monday, Some("2006-02-20"), "a date that is set is counted from");

    assert_eq!(f.run(&["build", "a.txt", "-o", "s.db", "--no-cache"]).code, 0);
    let when: Value = serde_json::from_str(&f.run(&["ask", "s.db", "when", "a.txt", "--json"]).out).unwrap();
    assert_eq!(when["basis"], "decision", "a build replays it");

    let figures: Value = serde_json::from_str(&f.run(&["ask", "s.db", "figures", "--json"]).out).unwrap();
    let (start, end) = (&figures[0]["start"], &figures[0]["end"]);
    assert_eq!(f.run(&["decide", "s.db", "reject", "figures", "a.txt", &format!("{start}-{end}")]).code, 0);
    let left: Value = serde_json::from_str(&f.run(&["ask", "s.db", "figures", "--json"]).out).unwrap();
    assert_eq!(left.as_array().map(Vec::len), Some(figures.as_array().unwrap().len() - 1));

    for (args, word) in [
        (vec!["decide", "s.db", "date", "b.txt", "2006"], "no report has this key"),
        (vec!["decide", "s.db", "date", "a.txt", "sometime"], "EDTF"),
        (vec!["decide", "s.db", "reject", "figures", "a.txt", "0-3"], "no such row"),
        (vec!["decide", "s.db", "reject", "figures", "a.txt", "9"], "START-END"),
        (vec!["decide", "s.db", "merge", "Nobody", "Karin Dahl"], "nobody in the record"),
    ] {
        let r = f.run(&args);
        assert_eq!(r.code, 1, "{args:?}");
        assert!(r.err.contains(word), "{args:?}: {}", r.err);
    }
    f.write("d.jsonl", "{\"at\":\"2026-01-01T00:00:00Z\",\"who\":\"x\",\"target\":{\"table\":\"reports\",\"key\":\"a.txt\"},\"action\":\"fly\"}\n");
    let r = f.run(&["build", "a.txt", "-o", "s.db", "--decisions", "d.jsonl"]);
    assert!(r.code == 1 && r.err.contains("d.jsonl:1") && r.err.contains("fly"), "{}", r.err);
}

#[test]
fn remove_takes_out_what_only_that_report_supported() {
    let f = Folder::new();
    f.write("r/a.txt", "Karin Dahl said the truce would hold.\n");
    f.write("r/b.txt", "Pavel Novotny said the port was shut.\n");
    assert_eq!(f.run(&["build", "r", "-o", "s.db"]).code, 0);
    assert_eq!(f.run(&["remove", "s.db", "a.txt"]).code, 0);
    let actors = f.run(&["ask", "s.db", "who-said", "--json"]).out;
    assert!(!actors.contains("Dahl") && actors.contains("Novotny"), "{actors}");
    let r = f.run(&["remove", "s.db", "a.txt"]);
    assert!(r.code == 1 && r.err.contains("no report has the key"), "{}", r.err);
    assert_eq!(f.run(&["verify", "s.db"]).code, 0);
}

#[test]
fn adding_reports_reads_only_the_new() {
    let f = Folder::new();
    for n in 0..20 {
        f.write(&format!("r/{n}.txt"), format!("Mayor Ada Lund said bridge {n} was closed.\n"));
    }
    assert_eq!(f.run(&["build", "r", "-o", "s.db"]).code, 0);
    f.write("r/new.txt", "Mayor Ada Lund said all bridges were open.\n");
    let r = f.run(&["build", "r", "-o", "s.db", "--json"]);
    let built: Value = serde_json::from_str(&r.out).unwrap();
    assert_eq!((&built["taken"], &built["read"]), (&Value::from(21), &Value::from(1)));
    // The same key with other words replaces the report; what it said before is kept.
    f.write("r/new.txt", "Mayor Ada Lund said all bridges were closed again.\n");
    assert_eq!(f.run(&["build", "r", "-o", "s.db"]).code, 0);
    assert_eq!(f.run(&["export", "s.db", "-o", "x"]).code, 0);
    let versions = std::fs::read_to_string(f.path("x/versions.jsonl")).unwrap();
    assert!(versions.contains("all bridges were open"), "{versions}");
}

#[test]
fn messages_say_what_to_do() {
    let f = Folder::new();
    f.write("not.db", "hello");
    for (args, words) in [
        (vec!["show", "none.db"], vec!["none.db", "chancery build"]),
        (vec!["show", "not.db"], vec!["not.db", "not a Chancery record"]),
        (vec!["build", "nowhere", "-o", "s.db"], vec!["nowhere", "no such file", "check the name"]),
        (vec!["build", ".", "-o", "t.db", "--outlets", "not.db"], vec!["not.db", "name"]),
    ] {
        let r = f.run(&args);
        assert_ne!(r.code, 0, "{args:?}");
        for w in words {
            assert!(r.err.contains(w), "{args:?} says nothing of {w:?}: {}", r.err);
        }
        assert!(r.err.lines().all(|l| !l.contains("panicked")), "{}", r.err);
    }
    assert!(!f.path("s.db").exists(), "a mistyped path left an empty record behind");
}

#[test]
fn the_demo_is_the_same_every_time_and_its_hints_work() {
    let f = Folder::new();
    let first = f.run(&["demo"]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        first.out.contains("23 reports") && first.out.contains("Where the reports disagree"),
        "{}",
        first.out
    );
    let again = f.run(&["demo"]);
    assert_eq!(first.out, again.out);
    let hints: Vec<&str> =
        again.err.lines().filter(|l| l.contains("chancery-demo/story.db") && l.starts_with("  ")).collect();
    assert_eq!(hints.len(), 4, "{}", again.err);
    for hint in hints {
        let args: Vec<&str> = hint.split_whitespace().skip(1).collect();
        let r = f.run(&args);
        assert!(r.code == 0 && !r.out.is_empty(), "{hint}: {}", r.err);
    }
    assert!(f.run(&["verify", "chancery-demo/story.db"]).out.contains("0 faults"));
}
