//! What the model that looks at disagreements once more sees of each two of their values: JSON Lines for `training/vetted.py`.
//! `cargo run -p chancery --example disagreements < reports.jsonl`, each line with `id`, `text` and, where known, `published`.
#![allow(missing_docs, clippy::print_stdout)]

mod pile;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = pile::read()?;
    let items = pile::items(&read);
    for (of, seen) in chancery_link::disagreements(&items) {
        let [Some(a), Some(b)] = seen.pair.map(|(r, s)| pile::at(&items, r, s)) else { continue };
        let row = serde_json::json!({"of": of, "kind": seen.kind, "pair": [a, b], "names": seen.features, "see": seen.see});
        println!("{row}");
    }
    Ok(())
}
