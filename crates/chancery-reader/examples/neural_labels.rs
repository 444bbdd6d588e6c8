//! What the learned reader says of words that are already cut, for scores against marked data.
//!
//! `cargo run --release --example neural_labels -- MODEL [KERNEL] < words.jsonl > labels.jsonl`. A line in is
//! `{"words": ["The", …], "sentences": [0, 12, …]}` with the first word of each sentence; a line out is
//! `{"labels": …, "marks": …}`.
#![allow(clippy::print_stdout, reason = "this is what it is for")]

use chancery_reader::neural::{Kernel, NeuralReader};
use std::io::BufRead;

#[derive(serde::Deserialize)]
struct Words {
    words: Vec<String>,
    sentences: Vec<usize>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name a model file")?;
    let mut reader = NeuralReader::from_bytes(Vec::leak(std::fs::read(path)?), None)?;
    if let Some(name) = args.next() {
        let kernel = Kernel::ALL.iter().find(|k| k.as_str() == name).ok_or("no kernel has this name")?;
        reader = reader.with_kernel(*kernel).ok_or("this machine does not have this kernel")?;
    }
    for line in std::io::stdin().lock().lines() {
        let line: Words = serde_json::from_str(&line?)?;
        let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
        let labels = reader.labels(&words, &line.sentences);
        let marks = reader.marks(&words, &line.sentences);
        println!("{}", serde_json::json!({ "labels": labels, "marks": marks }));
    }
    Ok(())
}
