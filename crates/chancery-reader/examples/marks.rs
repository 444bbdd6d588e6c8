//! Prints how the trained reader sees a text: each word with its part of speech, head and relation, then the attributions
//! as the heads give them and as they are after mending.
//!
//! `echo 'Rain, she said, would come.' | cargo run -p chancery-reader --example marks`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use chancery_model::mark::AttributionMark;
use chancery_model::report::Given;
use chancery_model::span::TokenRange;
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use std::io::Read;

fn main() {
    let mut text = String::new();
    if let Err(e) = std::io::stdin().read_to_string(&mut text) {
        eprintln!("standard input: {e}");
        std::process::exit(1);
    }
    let Some(Ok(reader)) = NeuralReader::embedded() else {
        eprintln!("this build has no weights");
        std::process::exit(1);
    };
    let report = chancery_text::from_text("text", text.trim(), Given::default());
    let seg = chancery_text::segment(&report);
    let words: Vec<&str> = seg.tokens.iter().map(|t| t.span.of(&report.text)).collect();
    let sentences: Vec<usize> = seg.sentences.iter().map(|s| s.tokens.start as usize).collect();
    let heads = reader.marks(&words, &sentences);
    for (n, (w, s)) in words.iter().zip(&heads.syntax).enumerate() {
        println!("{n:4} {w:16} {:6} {:4} {}", s.upos.to_string(), s.head, s.deprel);
    }
    let show = |m: &AttributionMark| {
        let of = |r: &[TokenRange]| {
            r.iter().map(|r| seg.span(*r).of(&report.text)).collect::<Vec<_>>().join(" | ")
        };
        println!(
            "source [{}] cue [{}] content [{}] relays [{}] to [{}] within {:?}",
            of(&m.source),
            of(&m.cue),
            of(&m.content),
            of(&m.relays),
            of(&m.addressee),
            m.within
        );
    };
    println!("\nheads:");
    heads.attributions.iter().for_each(show);
    println!("\nmended:");
    reader.read(&report, &seg).attributions.iter().for_each(show);
}
