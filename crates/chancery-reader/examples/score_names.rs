//! Scores the names of the rules reader against a file in CoNLL columns (number, word, label in BIO).
//!
//!     cargo run --release -p chancery-reader --example score_names -- FILE
//!
//! Exact spans of PER, ORG and LOC; what has no counterpart (MISC, our offices, groups and events) is left out.

use chancery_model::mark::NameKind;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

type Names = BTreeSet<(usize, usize, &'static str)>;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprint_line("name the file to score against");
        return ExitCode::from(2);
    };
    let source = match std::fs::read_to_string(&path) {
        Ok(s) => s,
        Err(e) => {
            eprint_line(&format!("{path}: {e}"));
            return ExitCode::from(2);
        }
    };
    let show = std::env::args().nth(2).is_some();
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    // Sentences are read in groups, as a report is, so that surnames can come back.
    let sentences: Vec<&str> = source.split("\n\n").filter(|s| !s.trim().is_empty()).collect();
    for group in sentences.chunks(20) {
        let mut text = String::new();
        let mut gold: Names = Names::new();
        for sentence in group {
            let mut open: Option<(usize, &'static str)> = None;
            let mut end = text.len();
            for line in sentence.lines() {
                let mut cells = line.split('\t').skip(1);
                let (Some(word), Some(label)) = (cells.next(), cells.next()) else { continue };
                if !label.starts_with('I')
                    && let Some((a, k)) = open.take()
                {
                    gold.insert((a, end, k));
                }
                if label.starts_with('B') {
                    let kind = match label.get(2..) {
                        Some("PER") => Some("PER"),
                        Some("ORG") => Some("ORG"),
                        Some("LOC") => Some("LOC"),
                        _ => None,
                    };
                    open = kind.map(|k| (text.len(), k));
                }
                text.push_str(word);
                end = text.len();
                text.push(' ');
            }
            if let Some((a, k)) = open {
                gold.insert((a, end, k));
            }
            text.push('\n');
            text.push('\n');
        }
        let report = chancery_text::from_text("t", &text, Default::default());
        let segments = chancery_text::segment(&report);
        let mut found = Names::new();
        for m in chancery_reader::rules::names::find(&report.text, &segments) {
            let kind = match m.kind {
                NameKind::Person => "PER",
                NameKind::Organization => "ORG",
                NameKind::Place => "LOC",
                _ => continue,
            };
            let s = segments.span(m.tokens);
            found.insert((s.lo(), s.hi(), kind));
        }
        for k in ["PER", "ORG", "LOC"] {
            let c = counts.entry(k).or_default();
            c[0] += found.iter().filter(|f| f.2 == k && gold.contains(*f)).count();
            c[1] += found.iter().filter(|f| f.2 == k).count();
            c[2] += gold.iter().filter(|f| f.2 == k).count();
        }
        if show {
            for (a, b, k) in found.symmetric_difference(&gold) {
                let side = if gold.contains(&(*a, *b, *k)) { "missed" } else { "wrong " };
                print_line(&format!("{side} {k} {}", text.get(*a..*b).unwrap_or("")));
            }
        }
    }
    let mut all = [0; 3];
    for (k, c) in &counts {
        all.iter_mut().zip(c).for_each(|(a, c)| *a += c);
        print_line(&score(k, *c));
    }
    print_line(&score("all", all));
    ExitCode::SUCCESS
}

fn score(name: &str, [hit, found, gold]: [usize; 3]) -> String {
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
    let (p, r) = (ratio(hit, found), ratio(hit, gold));
    let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    format!("{name:4} precision {p:.1} recall {r:.1} F1 {f:.1} ({hit} of {found} found, {gold} wanted)")
}

#[allow(clippy::print_stdout)]
fn print_line(line: &str) {
    println!("{line}");
}

#[allow(clippy::print_stderr)]
fn eprint_line(line: &str) {
    eprintln!("{line}");
}
