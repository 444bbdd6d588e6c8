//! What the model that sets values against each other sees of each two: JSON Lines for `training/rivals.py`.
//! `cargo run -p chancery --example rivals < reports.jsonl`, each line with `id`, `text` and, where known, `published`.
#![allow(missing_docs, clippy::print_stdout)]

mod pile;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = pile::read()?;
    let items = pile::items(&read);
    for seen in chancery_link::rivals(&items) {
        let [Some(a), Some(b)] = seen.pair.map(|(r, s)| pile::at(&items, r, s)) else { continue };
        let row =
            serde_json::json!({"kind": seen.kind, "pair": [a, b], "names": seen.features, "see": seen.see});
        println!("{row}");
    }
    Ok(())
}
