//! What the bundled reports say together, against `examples/expected/story.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

use chancery::{BuildOptions, Engine, Silent};
use chancery_model::Id;
use chancery_model::rows::{ActorRow, ConflictRow, ReportRow, StatementRow};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

struct Story {
    want: toml::Table,
    reports: BTreeMap<String, ReportRow>,
    statements: Vec<StatementRow>,
    conflicts: Vec<ConflictRow>,
}

impl Story {
    fn read() -> Self {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let want: toml::Table =
            std::fs::read_to_string(examples.join("expected/story.toml")).unwrap().parse().unwrap();
        let mut engine = Engine::in_memory().unwrap();
        let options = BuildOptions { outlets: Some(examples.join("outlets.csv")), ..BuildOptions::default() };
        engine.build(&[examples.join("reports")], &options, &Silent).unwrap();
        let rows: Vec<ReportRow> = engine.store().rows(None).unwrap();
        // The expected facts name a page by its file; a page that says its own address is keyed by that.
        let name = |r: &ReportRow| match (&r.path, r.key.starts_with("https://")) {
            (Some(p), true) if p.ends_with(".html") => p.rsplit('/').next().unwrap_or(p).to_owned(),
            _ => r.key.clone(),
        };
        Self {
            want,
            reports: rows.into_iter().map(|r| (name(&r), r)).collect(),
            statements: engine.store().rows(None).unwrap(),
            conflicts: engine.store().rows(None).unwrap(),
        }
    }

    fn list(&self, name: &str) -> Vec<toml::Table> {
        let list = self.want.get(name).and_then(|v| v.as_array()).cloned().unwrap_or_default();
        list.into_iter().filter_map(|v| v.as_table().cloned()).collect()
    }

    fn report(&self, key: &str) -> &ReportRow {
        self.reports
            .get(key)
            .unwrap_or_else(|| panic!("{key} is not in the record: {:?}", self.reports.keys()))
    }
}

fn keys(t: &toml::Table) -> Vec<String> {
    strings(t.get("keys"))
}

fn strings(v: Option<&toml::Value>) -> Vec<String> {
    let list = v.and_then(|v| v.as_array()).cloned().unwrap_or_default();
    list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn optional(t: &toml::Table) -> bool {
    ["optional", "hard"].iter().any(|k| t.get(*k).and_then(toml::Value::as_bool).unwrap_or(false))
}

#[test]
fn one_source_is_one_origin_and_two_are_two() {
    let s = Story::read();
    assert_eq!(Some(s.reports.len() as i64), s.want.get("reports").and_then(toml::Value::as_integer));
    for o in s.list("origin").iter().filter(|o| !optional(o)) {
        let ids: BTreeSet<&Id> = keys(o).iter().map(|k| &s.report(k).origin).collect();
        assert_eq!(ids.len(), 1, "{:?} are one source", keys(o));
    }
    for o in s.list("not_origin") {
        let ids: BTreeSet<&Id> = keys(&o).iter().map(|k| &s.report(k).origin).collect();
        assert_eq!(ids.len(), keys(&o).len(), "{:?} are two sources", keys(&o));
    }
}

#[test]
fn no_date_is_invented_and_a_wrong_one_is_not_believed() {
    let s = Story::read();
    for t in s.list("undated") {
        // Open, or an interval that holds the day; never a day of its own making.
        let r = s.report(t["key"].as_str().unwrap());
        let known = chancery_model::Days { lo: r.published_lo, hi: r.published_hi };
        let days: chancery_model::Edtf = t["days"].as_str().unwrap().parse().unwrap();
        assert!(
            known.day().is_none() && known.meets(&days.days()),
            "{}: {:?} {}",
            r.key,
            r.published,
            r.published_why
        );
    }
    for t in s.list("stamp") {
        let r = s.report(t["key"].as_str().unwrap());
        assert!(r.stamp.is_some(), "{}: the printed date was believed: {}", r.key, r.published_why);
        let day: chancery_model::Edtf = t["published"].as_str().unwrap().parse().unwrap();
        let known = chancery_model::Days { lo: r.published_lo, hi: r.published_hi };
        assert!(known.meets(&day.days()), "{}: {:?}", r.key, r.published);
    }
}

#[test]
fn the_same_words_are_one_statement() {
    let s = Story::read();
    let (mut all, mut hit) = (0, 0);
    for c in s.list("cluster") {
        let words = c["content"].as_str().unwrap();
        let of = |key: &String| -> Option<&Id> {
            let r = s.report(key);
            let here = s.statements.iter().filter(|x| x.report == r.id);
            let said = |x: &&StatementRow| {
                x.content.0.iter().any(|p| {
                    let t = chancery_model::span::at_chars(&r.text, p[0], p[1]).unwrap_or("");
                    let flat = t.split_whitespace().collect::<Vec<_>>().join(" ");
                    flat.contains(words.trim_end_matches(','))
                })
            };
            here.filter(said).find_map(|x| x.cluster.as_ref())
        };
        let ids: Vec<Option<&Id>> = keys(&c).iter().map(of).collect();
        all += 1;
        let one = ids.iter().all(Option::is_some) && ids.iter().collect::<BTreeSet<_>>().len() == 1;
        hit += usize::from(one);
        if !one {
            println!("not one statement: {words} {ids:?}");
        }
    }
    println!("clusters: {hit} of {all}");
    assert!(hit >= 2, "{hit} of {all}");
}

#[test]
fn disagreements_that_are_shown_are_expected_ones() {
    let s = Story::read();
    // A date's sides say the days, other sides the words.
    let told = |c: &toml::Table| {
        if c["kind"].as_str() == Some("date") { strings(c.get("values")) } else { strings(c.get("words")) }
    };
    let expected: Vec<(String, Vec<String>)> =
        s.list("conflict").iter().map(|c| (c["kind"].as_str().unwrap().to_owned(), told(c))).collect();
    let never: Vec<Vec<String>> = s.list("not_conflict").iter().map(|c| strings(c.get("words"))).collect();
    let holds = |c: &ConflictRow, words: &[String]| {
        // Words that a headline and the text below it put differently are parted by a bar.
        let has = |w: &str| w.split('|').any(|w| c.sides.0.iter().any(|side| side.value.contains(w)));
        words.iter().all(|w| has(w))
    };
    let mut found = BTreeSet::new();
    for c in &s.conflicts {
        assert!(c.sides.0.len() >= 2 && c.sides.0.iter().all(|x| !x.evidence.is_empty()), "{c:?}");
        assert!(!never.iter().any(|w| holds(c, w)), "this is no disagreement: {}", c.why);
        let at = expected.iter().position(|(kind, words)| *kind == c.kind.as_str() && holds(c, words));
        found.insert(at.unwrap_or_else(|| panic!("not expected: {} {}", c.kind, c.why)));
    }
    for (n, (kind, words)) in expected.iter().enumerate().filter(|(n, _)| !found.contains(n)) {
        println!("not found ({n}): {kind} {words:?}");
    }
    println!("disagreements: {} of {}", found.len(), expected.len());
    assert!(found.len() >= 2);
}

#[test]
fn a_body_under_two_of_its_names_is_one_actor() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write(
        "a.txt",
        "BOGOTA - The Revolutionary Armed Forces of Colombia freed two soldiers on Monday, the army said.",
    );
    write("b.txt", "BOGOTA - FARC said on Friday that it would hold no more talks.");
    let mut engine = Engine::in_memory().unwrap();
    engine.build(&[dir.path().to_path_buf()], &BuildOptions::default(), &Silent).unwrap();
    let actors: Vec<ActorRow> = engine.store().rows(None).unwrap();
    let of = |n: &str| {
        let all: Vec<&ActorRow> =
            actors.iter().filter(|a| a.name == n || a.aliases.0.iter().any(|x| x == n)).collect();
        assert!(all.len() < 2, "{n} is {} actors", all.len());
        all.first().map(|a| a.id.clone())
    };
    assert!(of("FARC").is_some());
    assert_eq!(of("FARC"), of("Revolutionary Armed Forces of Colombia"));
}
