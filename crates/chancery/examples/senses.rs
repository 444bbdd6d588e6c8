//! The second reading's vectors of words, for `training/senses.py`, and of which reader they are.
//! `cargo run -p chancery --example senses OUT < reports.jsonl`, each line with `id`, `text` and `places`, a list of `[START, END]` in
//! code points. The first line of OUT is a JSON object; then for each place found a line of JSON, and behind it the numbers of the
//! place's first word as 32-bit floats, lowest byte first.
#![allow(missing_docs, clippy::print_stdout)]

use chancery_model::report::Given;
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use rayon::prelude::*;
use std::io::{BufRead, Write};

type Row = (serde_json::Value, Vec<f32>);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).ok_or("say where to write: senses OUT < reports.jsonl")?;
    let reader =
        NeuralReader::embedded_second().ok_or("this build has no weights")?.map_err(|e| e.to_string())?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let rows: Vec<Vec<Row>> = lines.par_iter().map(|l| one(&reader, l).unwrap_or_default()).collect();
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    let width = rows.iter().flatten().map(|r| r.1.len()).max().unwrap_or(0);
    writeln!(file, "{}", serde_json::json!({"reader": reader.fingerprint(), "width": width}))?;
    for (place, vector) in rows.into_iter().flatten() {
        writeln!(file, "{place}")?;
        for x in vector {
            file.write_all(&x.to_le_bytes())?;
        }
    }
    Ok(())
}

fn one(reader: &NeuralReader, line: &str) -> Option<Vec<Row>> {
    let v: serde_json::Value = serde_json::from_str(line).ok()?;
    let report = chancery_text::from_text(v["id"].as_str()?, v["text"].as_str()?, Given::default());
    let segments = chancery_text::segment(&report);
    let words: Vec<&str> = segments.tokens.iter().map(|t| t.span.of(&report.text)).collect();
    let sentences: Vec<usize> = segments.sentences.iter().map(|s| s.tokens.start as usize).collect();
    let (vectors, stride) = reader.vectors_again(&words, &sentences)?;
    let byte = |at: usize| report.text.char_indices().nth(at).map_or(report.text.len(), |(b, _)| b);
    let mut out = Vec::new();
    for place in v["places"].as_array()? {
        let (start, end) = (place[0].as_u64()? as usize, place[1].as_u64()? as usize);
        let (lo, hi) = (byte(start), byte(end));
        let Some(first) = segments.tokens.iter().position(|t| t.span.lo() < hi && lo < t.span.hi()) else {
            continue;
        };
        let own = vectors.get(first * stride + stride / 2..(first + 1) * stride)?;
        out.push((serde_json::json!([report.key, start, end]), own.to_vec()));
    }
    Some(out)
}
