//! Marks the attributions of reports given as JSON Lines (`{"id","text"}`) on standard input, as JSON Lines of
//! `{"id","attributions":[{"source","cue","content"}]}` with offsets in code points. Nested ones are left out.

use chancery_model::report::Given;
use chancery_model::span::CharMap;
use chancery_reader::Reader;
use chancery_reader::rules::RulesReader;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let all = std::env::args().any(|a| a == "--nested");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let (Some(id), Some(text)) = (row["id"].as_str(), row["text"].as_str()) else { continue };
        let report = chancery_text::from_text(id, text, Given::default());
        let seg = chancery_text::segment(&report);
        let marks = RulesReader.read(&report, &seg);
        let map = CharMap::new(&report.text);
        let spans = |v: &[chancery_model::span::TokenRange]| -> Vec<[u32; 2]> {
            v.iter().map(|r| map.pair(&report.text, seg.span(*r))).collect()
        };
        let list: Vec<serde_json::Value> = marks
            .attributions
            .iter()
            .filter(|a| all || a.within.is_none())
            .map(|a| serde_json::json!({"source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content), "by": a.by}))
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": id, "attributions": list}))?;
    }
    Ok(())
}
