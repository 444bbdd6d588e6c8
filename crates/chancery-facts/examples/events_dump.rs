//! Event mentions of JSON Lines reports (`id`, `text`), one line a report, for scoring.
//! `cargo run --release -p chancery-facts --example events_dump < reports.jsonl`
#![allow(missing_docs, clippy::print_stdout)]

use chancery_facts::note;
use chancery_model::report::Given;
use chancery_reader::{Reader, rules::RulesReader};
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line?)?;
        let report = chancery_text::from_text("x", v["text"].as_str().unwrap_or(""), Given::default());
        let segments = chancery_text::segment(&report);
        let marks = RulesReader.read(&report, &segments);
        let facts = note(&report, &segments, &marks);
        let name = |e: u32| facts.entities.get(e as usize).map(|e| e.name.clone());
        let list: Vec<_> = facts
            .events
            .iter()
            .map(|e| {
                let who: Vec<_> = e.participants.iter().map(|p| format!("{}={}", p.role, name(p.entity).unwrap_or_default())).collect();
                let place = e.place.and_then(|p| facts.places.get(p as usize)).map(|p| p.name.clone());
                let time = e.time.and_then(|t| facts.times.get(t as usize)).map(|t| t.span.of(&report.text));
                serde_json::json!({"text": e.span.of(&report.text), "type": e.kind.as_str(), "mode": e.mode, "cameo": e.cameo,
                    "status": e.status.as_str(), "who": who, "place": place, "time": time, "name": e.name})
            })
            .collect();
        println!("{}", serde_json::json!({"id": v["id"], "events": list}));
    }
    Ok(())
}
