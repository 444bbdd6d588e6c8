//! What the model that sets values against each other sees of each two: JSON Lines for `training/rivals.py`.
//! `cargo run -p chancery --example rivals < reports.jsonl`, each line with `id`, `text` and, where known, `published`.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use chancery_link::Item;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Given, Report};
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use rayon::prelude::*;
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = NeuralReader::embedded().ok_or("this build has no weights")?.map_err(|e| e.to_string())?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let read: Vec<(Report, ReportFacts)> = lines.par_iter().filter_map(|l| one(&reader, l)).collect();
    let mut items: Vec<Item<'_>> = read.iter().map(|(report, facts)| Item { report, facts }).collect();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    for seen in chancery_link::rivals(&items) {
        let at = |(r, s): (usize, chancery_model::Span)| {
            let report = items.get(r)?.report;
            let at = |byte: usize| report.text.get(..byte).map(|t| t.chars().count());
            Some((report.key.as_str(), at(s.lo())?, at(s.hi())?))
        };
        let [Some(a), Some(b)] = seen.pair.map(at) else { continue };
        let row =
            serde_json::json!({"kind": seen.kind, "pair": [a, b], "names": seen.features, "see": seen.see});
        println!("{row}");
    }
    Ok(())
}

fn one(reader: &NeuralReader, line: &str) -> Option<(Report, ReportFacts)> {
    let v: serde_json::Value = serde_json::from_str(line).ok()?;
    let given = Given { published: v["published"].as_str().map(str::to_owned), ..Given::default() };
    let report = chancery_text::from_text(v["id"].as_str()?, v["text"].as_str()?, given);
    let segments = chancery_text::segment(&report);
    let marks = reader.read(&report, &segments);
    let facts = chancery_facts::note(&report, &segments, &marks);
    Some((report, facts))
}
