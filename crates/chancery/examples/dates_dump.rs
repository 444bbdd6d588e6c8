//! Dates of JSON Lines reports (`id`, `text`, and `published` where it is given), one line a report, for scoring.
//! `cargo run -p chancery --example dates_dump -- CACHE < reports.jsonl`; what was read is kept in the file CACHE.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use chancery_link::{Decided, Item, dates};
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Given, Report};
use chancery_reader::{Reader, rules::RulesReader};
use rayon::prelude::*;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cache = std::env::args().nth(1).ok_or("name a file for what was read")?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let read: Vec<(Report, ReportFacts)> = match std::fs::read_to_string(&cache) {
        Ok(kept) => kept.lines().map(serde_json::from_str).collect::<Result<_, _>>()?,
        Err(_) => {
            let read: Vec<(Report, ReportFacts)> = lines.par_iter().filter_map(|l| one(l)).collect();
            let mut out = std::io::BufWriter::new(std::fs::File::create(&cache)?);
            for r in &read {
                serde_json::to_writer(&mut out, r)?;
                out.write_all(b"\n")?;
            }
            read
        }
    };
    let mut items: Vec<Item<'_>> = read.iter().map(|(report, facts)| Item { report, facts }).collect();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let begun = std::time::Instant::now();
    let published = dates::solve(&items, &Decided::default());
    eprintln!("{} reports solved in {:.3} s", items.len(), begun.elapsed().as_secs_f64());
    for (i, p) in items.iter().zip(published) {
        println!(
            "{}",
            serde_json::json!({"reasons": reasons(i), "id": i.report.key, "lo": p.days.lo, "hi": p.days.hi,
                "basis": p.basis.as_str(), "why": p.why, "stamp": p.stamp})
        );
    }
    Ok(())
}

fn reasons(i: &Item<'_>) -> Vec<String> {
    let of = |r: dates::Reason| {
        let days = r.days.to_edtf().map_or_else(String::new, |e| e.to_string());
        format!("{days}: {}", r.why)
    };
    if std::env::args().any(|a| a == "--reasons") {
        dates::reasons(i, &[]).into_iter().map(of).collect()
    } else {
        Vec::new()
    }
}

fn one(line: &str) -> Option<(Report, ReportFacts)> {
    let v: serde_json::Value = serde_json::from_str(line).ok()?;
    let given = Given { published: v["published"].as_str().map(str::to_owned), ..Given::default() };
    let report = chancery_text::from_text(v["id"].as_str()?, v["text"].as_str()?, given);
    let segments = chancery_text::segment(&report);
    let marks = RulesReader.read(&report, &segments);
    let facts = chancery_facts::note(&report, &segments, &marks);
    Some((report, facts))
}
