//! Time expressions of JSON Lines reports (`id`, `text`, `dct`), one line a report, for scoring, and how long it took to
//! find and resolve them.
//! `cargo run --release -p chancery-facts --example times_dump < reports.jsonl`
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use chancery_facts::times;
use chancery_model::report::Given;
use chancery_model::{CharMap, Days, mark::Marks};
use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut chars = 0usize;
    let mut spent = std::time::Duration::ZERO;
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line?)?;
        let text = v["text"].as_str().unwrap_or("");
        let day = v["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let anchor = day.map_or(Days::open(), Days::one);
        let report = chancery_text::from_text("x", text, Given::default());
        let segments = chancery_text::segment(&report);
        let marks = Marks::default();
        let begun = std::time::Instant::now();
        let found = times::find(&report, &segments, &marks);
        let resolved: Vec<_> = found.iter().map(|t| times::resolve(t, &found, &anchor)).collect();
        spent += begun.elapsed();
        let map = CharMap::new(&report.text);
        let list: Vec<_> = found
            .iter()
            .zip(resolved)
            .map(|(t, r)| {
                let [start, end] = map.pair(&report.text, t.span);
                serde_json::json!({"start": start, "end": end, "type": t.kind.as_str(), "value": r.value,
                    "edtf": r.edtf.map(|e| e.to_string()), "by": t.maker.by, "direction": format!("{:?}", t.direction)})
            })
            .collect();
        chars += text.len();
        println!("{}", serde_json::json!({"id": v["id"], "timexes": list}));
    }
    let seconds = spent.as_secs_f64();
    eprintln!(
        "{chars} characters in {seconds:.3} s, {:.0} a second, marks and tokens given",
        chars as f64 / seconds
    );
    Ok(())
}
