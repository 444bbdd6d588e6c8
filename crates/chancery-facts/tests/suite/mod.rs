//! Runs Markdown suites: a case is a `##` title, a ```` ```text ```` report and a ```` ```toml ```` block of what is expected.
//!
//! In the TOML: `published` is the fixed date of the report; an array of tables lists the facts in text order, of
//! which only the keys that are named are compared; `none = true` says that there are none; `partial = true` that
//! other facts may stand between; `known_failure = "why"` that the case is known to fail, and then it must.
#![allow(dead_code, clippy::panic)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One case of a suite.
pub struct Case {
    /// File and line of its title.
    pub place: String,
    /// What stands after `##`.
    pub title: String,
    /// The report.
    pub text: String,
    /// What is expected.
    pub expected: toml::Table,
}

impl Case {
    /// The fixed date of the report, as written.
    pub fn published(&self) -> Option<&str> {
        self.expected.get("published").and_then(toml::Value::as_str)
    }
}

fn parse(path: &Path) -> Result<Vec<Case>, String> {
    let all = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for (n, line) in all.lines().enumerate() {
        let place = format!("{name}:{}", n + 1);
        if let Some((kind, body)) = &mut fence {
            if line == "```" {
                let case =
                    cases.last_mut().ok_or_else(|| format!("{place}: a block before the first ## title"))?;
                match kind.as_str() {
                    "text" => case.text = body.trim_end_matches('\n').to_owned(),
                    "toml" => case.expected = body.parse().map_err(|e| format!("{place}: {e}"))?,
                    other => {
                        return Err(format!("{place}: a block of {other:?}; only text and toml are read"));
                    }
                }
                fence = None;
            } else {
                body.push_str(line);
                body.push('\n');
            }
        } else if let Some(kind) = line.strip_prefix("```") {
            fence = Some((kind.trim().to_owned(), String::new()));
        } else if let Some(title) = line.strip_prefix("## ") {
            let expected = toml::Table::new();
            cases.push(Case { place, title: title.to_owned(), text: String::new(), expected });
        }
    }
    match cases.iter().find(|c| c.text.is_empty() || c.expected.is_empty()) {
        Some(c) => Err(format!("{}: {:?} needs a text and a toml block", c.place, c.title)),
        None => Ok(cases),
    }
}

/// Every case of the Markdown files in `tests/suites/FOLDER`, by file name. Panics on a file that cannot be read as one.
pub fn cases(folder: &str) -> Vec<Case> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suites").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .filter_map(|f| f.ok().map(|f| f.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    files.iter().flat_map(|f| parse(f).unwrap_or_else(|e| panic!("{e}"))).collect()
}

/// Runs a suite: `read` gives the facts of a case, in text order, each with all its keys; `list` is the key of the
/// expected array. Panics with a readable difference when cases fail, or when fewer than `least` are found.
pub fn run(folder: &str, list: &str, least: usize, read: impl Fn(&Case) -> Vec<toml::Table>) {
    let all = cases(folder);
    let (mut report, mut failed) = (String::new(), 0);
    for case in &all {
        let found = read(case);
        let wrong = differences(case, list, &found);
        let known = case.expected.get("known_failure").and_then(toml::Value::as_str);
        match (wrong, known) {
            (None, None) | (Some(_), Some(_)) => {}
            (None, Some(why)) => {
                failed += 1;
                let _ = writeln!(
                    report,
                    "\n{} {}\n  passes now; take out known_failure ({why})",
                    case.place, case.title
                );
            }
            (Some(diff), None) => {
                failed += 1;
                let _ = writeln!(report, "\n{} {}\n{diff}", case.place, case.title);
            }
        }
    }
    assert!(failed == 0, "{failed} of {} cases of {folder} failed\n{report}", all.len());
    assert!(all.len() >= least, "{folder}: {} cases, expected at least {least}", all.len());
}

fn differences(case: &Case, list: &str, found: &[toml::Table]) -> Option<String> {
    let none = case.expected.get("none").and_then(toml::Value::as_bool).unwrap_or(false);
    let partial = case.expected.get("partial").and_then(toml::Value::as_bool).unwrap_or(false);
    let empty = Vec::new();
    let expected = case.expected.get(list).and_then(toml::Value::as_array).unwrap_or(&empty);
    assert!(none == expected.is_empty(), "{}: either `none = true` or [[{list}]]", case.place);
    let mut out = String::new();
    let mut rest = found.iter();
    for want in expected.iter().filter_map(toml::Value::as_table) {
        let got = if partial { rest.find(|f| f.get("text") == want.get("text")) } else { rest.next() };
        let Some(got) = got else {
            let _ = writeln!(out, "  - missing: {}", show(want));
            continue;
        };
        for (key, value) in want {
            if got.get(key) != Some(value) {
                let is = got.get(key).map_or("nothing".to_owned(), toml::Value::to_string);
                let _ = writeln!(out, "  - {key} of {}: expected {value}, found {is}", show_text(got));
            }
        }
    }
    if !partial {
        for extra in rest {
            let _ = writeln!(out, "  - not expected: {}", show(extra));
        }
    }
    (!out.is_empty())
        .then(|| format!("  text: {}\n{}", case.text.replace('\n', "\n        "), out.trim_end()))
}

fn show(t: &toml::Table) -> String {
    t.iter().map(|(k, v)| format!("{k} = {v}")).collect::<Vec<_>>().join(", ")
}

fn show_text(t: &toml::Table) -> String {
    t.get("text").map_or("a fact".to_owned(), toml::Value::to_string)
}
