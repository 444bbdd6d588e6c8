//! Scores the chains of the trained reader against passages marked as those in `training/coref/`.
//!
//!     cargo run --release -p chancery-reader --example score_pronouns -- [--show] FILE...
//!
//! A pronoun is right when its chain holds a mention that names its entity and none that names another of the passage.

use chancery_model::span::{Span, TokenRange};
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use std::process::ExitCode;

const PRONOUNS: &str = " he him his himself she her hers herself it its itself they them their theirs themselves i me my mine we us our ours who ";

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let reader = match NeuralReader::embedded() {
        Some(Ok(r)) => r,
        Some(Err(e)) => return fail(&e.to_string()),
        None => return fail("this build has no weights"),
    };
    for file in &files {
        let source = match std::fs::read_to_string(file) {
            Ok(s) => s,
            Err(e) => return fail(&format!("{file}: {e}")),
        };
        let (mut right, mut all) = (0, 0);
        for passage in
            source.split("\n---").map(|p| p.trim_start_matches('-').trim()).filter(|p| !p.is_empty())
        {
            let (r, a) = score(&reader, passage, !flags.is_empty());
            right += r;
            all += a;
        }
        print_line(&format!(
            "{file}: {right} of {all} pronouns right, {:.1} %",
            100.0 * f64::from(right) / f64::from(all.max(1))
        ));
    }
    ExitCode::SUCCESS
}

fn score(reader: &NeuralReader, passage: &str, show: bool) -> (u32, u32) {
    let (text, gold) = braces(passage);
    let report = chancery_text::from_text("t", &text, Default::default());
    let seg = chancery_text::segment(&report);
    let marks = reader.read(&report, &seg);
    let pronoun = |s: &Span| PRONOUNS.contains(&format!(" {} ", s.of(&text).to_lowercase()));
    // The chain of the found mention that fits a gold mark best.
    let chain = |s: Span| -> Option<usize> {
        let want = seg.tokens_in(s);
        let far = |m: &TokenRange| m.start.abs_diff(want.start) + m.end.abs_diff(want.end);
        let each = marks.chains.iter().enumerate().flat_map(|(n, c)| c.iter().map(move |m| (n, m)));
        each.filter(|(_, m)| m.overlaps(want) && pronoun(&seg.span(**m)) == pronoun(&s))
            .min_by_key(|(_, m)| far(m))
            .filter(|(_, m)| far(m) <= 3)
            .map(|(n, _)| n)
    };
    let (mut right, mut all) = (0, 0);
    for (s, entity) in gold.iter().filter(|(s, _)| pronoun(s)) {
        let names = |own: bool| {
            gold.iter().filter(move |(x, e)| !pronoun(x) && (e == entity) == own).map(|(x, _)| *x)
        };
        if names(true).next().is_none() {
            continue;
        }
        all += 1;
        let mine = chain(*s);
        let good = mine.is_some()
            && names(true).any(|x| chain(x) == mine)
            && !names(false).any(|x| chain(x) == mine);
        right += u32::from(good);
        if !good && show {
            let got: Vec<&str> = mine
                .and_then(|n| marks.chains.get(n))
                .map(|c| c.iter().map(|m| seg.span(*m).of(&text)).collect())
                .unwrap_or_default();
            print_line(&format!("{passage}\n    {} {entity} GOT {got:?}", s.of(&text)));
        }
    }
    (right, all)
}

/// A text with marks like `{1 the envoy}`, which may nest.
fn braces(source: &str) -> (String, Vec<(Span, u32)>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' => {
                let (number, after) = rest.split_once(' ').unwrap_or((rest, ""));
                open.push((text.len(), number.parse().unwrap_or(0)));
                rest = after;
            }
            '}' => {
                if let Some((start, entity)) = open.pop() {
                    marks.push((Span::new(start, text.len()), entity));
                }
            }
            c => text.push(c),
        }
    }
    (text, marks)
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
