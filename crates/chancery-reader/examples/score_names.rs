//! Scores the names of a reader against files in CoNLL columns (number, word, label in BIO), or against passages marked
//! as those in `training/names/` (names of files ending in .txt).
//!
//!     cargo run --release -p chancery-reader --example score_names -- [--rules] [--show] FILE...
//!
//! Exact spans. CoNLL: PER, ORG and LOC; what has no counterpart (MISC, our offices, groups and events) is left out.

use chancery_model::mark::NameKind;
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use chancery_reader::rules::RulesReader;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

type Names = BTreeSet<(usize, usize, &'static str)>;

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let flag = |f: &str| flags.iter().any(|x| x == f);
    let reader: Box<dyn Reader> = match NeuralReader::embedded() {
        _ if flag("--rules") => Box::new(RulesReader),
        Some(Ok(r)) => Box::new(r),
        Some(Err(e)) => return fail(&e.to_string()),
        None => return fail("this build has no weights; give --rules"),
    };
    if files.is_empty() {
        return fail("name the files to score against");
    }
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for file in &files {
        let source = match std::fs::read_to_string(file) {
            Ok(s) => s,
            Err(e) => return fail(&format!("{file}: {e}")),
        };
        let marked = file.ends_with(".txt");
        let texts = if marked { vec![brackets(&source)] } else { columns(&source) };
        for (text, gold) in texts {
            score(reader.as_ref(), &text, &gold, marked, flag("--show"), &mut counts);
        }
    }
    let mut all = [0; 3];
    for (k, c) in &counts {
        all.iter_mut().zip(c).for_each(|(a, c)| *a += c);
        print_line(&line(k, *c));
    }
    print_line(&line("all", all));
    ExitCode::SUCCESS
}

fn score(
    reader: &dyn Reader,
    text: &str,
    gold: &Names,
    every: bool,
    show: bool,
    counts: &mut BTreeMap<&'static str, [usize; 3]>,
) {
    let report = chancery_text::from_text("t", text, Default::default());
    let segments = chancery_text::segment(&report);
    let mut found = Names::new();
    for m in reader.read(&report, &segments).names {
        let kind = match m.kind {
            NameKind::Person => "PER",
            NameKind::Organization => "ORG",
            NameKind::Place => "LOC",
            other if every => other.as_str(),
            _ => continue,
        };
        let s = segments.span(m.tokens);
        found.insert((s.lo(), s.hi(), kind));
    }
    for (_, _, k) in found.union(gold) {
        counts.entry(k).or_default();
    }
    for (k, c) in counts.iter_mut() {
        c[0] += found.iter().filter(|f| f.2 == *k && gold.contains(*f)).count();
        c[1] += found.iter().filter(|f| f.2 == *k).count();
        c[2] += gold.iter().filter(|f| f.2 == *k).count();
    }
    for (a, b, k) in found.symmetric_difference(gold).filter(|_| show) {
        let side = if gold.contains(&(*a, *b, *k)) { "missed" } else { "wrong " };
        print_line(&format!("{side} {k} {}", text.get(*a..*b).unwrap_or("")));
    }
}

/// Texts and names of a file in columns: sixty sentences at a time, as a report is, so that names can come back.
fn columns(source: &str) -> Vec<(String, Names)> {
    let sentences: Vec<&str> = source.split("\n\n").filter(|s| !s.trim().is_empty()).collect();
    let mut out = Vec::new();
    for group in sentences.chunks(60) {
        let (mut text, mut gold) = (String::new(), Names::new());
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
                    let kind = ["PER", "ORG", "LOC"].into_iter().find(|k| label.get(2..) == Some(k));
                    open = kind.map(|k| (text.len(), k));
                }
                text.push_str(word);
                end = text.len();
                text.push(' ');
            }
            if let Some((a, k)) = open {
                gold.insert((a, end, k));
            }
            text.push_str("\n\n");
        }
        out.push((text, gold));
    }
    out
}

/// A text with marks like `[P Ada Renn]`.
fn brackets(source: &str) -> (String, Names) {
    let (mut text, mut gold) = (String::new(), Names::new());
    let mut rest = source;
    while let Some(at) = rest.find('[') {
        let (plain, mark) = rest.split_at(at);
        text.push_str(plain);
        let Some((inside, after)) = mark[1..].split_once(']') else { break };
        let Some((letter, words)) = inside.split_once(' ') else { break };
        let kind = match letter {
            "P" => "PER",
            "O" => "ORG",
            "L" => "LOC",
            "G" => NameKind::Group.as_str(),
            "E" => NameKind::Event.as_str(),
            _ => NameKind::Office.as_str(),
        };
        gold.insert((text.len(), text.len() + words.len(), kind));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    (text, gold)
}

fn line(name: &str, [hit, found, gold]: [usize; 3]) -> String {
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
    let (p, r) = (ratio(hit, found), ratio(hit, gold));
    let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    format!("{name:6} precision {p:.1} recall {r:.1} F1 {f:.1} ({hit} of {found} found, {gold} wanted)")
}

fn fail(why: &str) -> ExitCode {
    eprint_line(why);
    ExitCode::from(2)
}

#[allow(clippy::print_stdout)]
fn print_line(line: &str) {
    println!("{line}");
}

#[allow(clippy::print_stderr)]
fn eprint_line(line: &str) {
    eprintln!("{line}");
}
