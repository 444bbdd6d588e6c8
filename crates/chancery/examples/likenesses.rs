//! What the model that joins happenings sees of each two: JSON Lines for `training/allied.py`.
//! `cargo run -p chancery --example likenesses < reports.jsonl`, each line with `id`, `text` and, where known, `published`.
#![allow(missing_docs, clippy::print_stdout)]

mod pile;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = pile::read()?;
    let items = pile::items(&read);
    let found = chancery_link::likenesses(&items);
    println!("{}", serde_json::json!({"features": found.features}));
    for (n, mentions) in found.happenings.iter().enumerate() {
        let spots: Vec<(&str, usize, usize)> =
            mentions.iter().filter_map(|(r, s)| pile::at(&items, *r, *s)).collect();
        println!("{}", serde_json::json!({"happening": n, "mentions": spots}));
    }
    for (a, b, meet, f) in &found.pairs {
        println!("{}", serde_json::json!({"pair": [a, b], "meet": meet, "see": f}));
    }
    Ok(())
}
