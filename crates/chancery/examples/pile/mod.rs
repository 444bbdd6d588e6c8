//! The reports of standard input, read by the trained reader: JSON Lines with `id`, `text` and, where known, `published`.

use chancery_link::Item;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Given, Report};
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use rayon::prelude::*;
use std::io::BufRead;

/// What was read.
pub type Pile = Vec<(Report, ReportFacts)>;

pub fn read() -> Result<Pile, Box<dyn std::error::Error>> {
    let reader = NeuralReader::embedded().ok_or("this build has no weights")?.map_err(|e| e.to_string())?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    Ok(lines.par_iter().filter_map(|l| one(&reader, l)).collect())
}

/// The reports in the order of their ids, as they are linked.
pub fn items(pile: &Pile) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = pile.iter().map(|(report, facts)| Item { report, facts }).collect();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    items
}

/// Where words stand, in code points.
pub fn at<'i>(
    items: &[Item<'i>],
    report: usize,
    span: chancery_model::Span,
) -> Option<(&'i str, usize, usize)> {
    let report = items.get(report)?.report;
    let at = |byte: usize| report.text.get(..byte).map(|t| t.chars().count());
    Some((report.key.as_str(), at(span.lo())?, at(span.hi())?))
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
