//! Words of running text (as `split_whitespace` counts them) that the learned reader reads in a second of one
//! processor: `cargo bench -p chancery-reader --bench neural [-- KERNEL …]`. The model is the one built in, or the one that
//! `CHANCERY_READER_MODEL` names.
#![allow(clippy::print_stdout, missing_docs)]

#[path = "../tests/neural/mod.rs"]
mod neural;

use chancery_model::report::Given;
use chancery_reader::Reader;
use chancery_reader::neural::Kernel;
use chancery_text::{from_text, segment};
use std::time::Instant;

/// Seconds of processor time of this thread, where the system tells; else of the clock.
fn seconds(start: Instant) -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = spent.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |n| n * 1e-9)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let reports: Vec<_> = (0..25)
        .map(|n| {
            let text = neural::story(n + 7, 870);
            let report = from_text(&n.to_string(), &text, Given::default());
            let segments = segment(&report);
            (text, report, segments)
        })
        .collect();
    let words: usize = reports.iter().map(|r| r.0.split_whitespace().count()).sum();
    let tokens: usize = reports.iter().map(|r| r.2.tokens.len()).sum();
    let start = Instant::now();
    let reader = neural::full_reader();
    println!("load {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let pieces: usize = reports
        .iter()
        .flat_map(|(_, r, s)| s.tokens.iter().map(|t| reader.pieces(t.span.of(&r.text)).len()))
        .sum();
    println!("{words} words, {tokens} tokens, {pieces} pieces");
    let mut reader = Some(reader);
    for kernel in Kernel::ALL
        .iter()
        .filter(|k| wanted.is_empty() && **k != Kernel::Generic || wanted.iter().any(|w| w == k.as_str()))
    {
        let Some(r) = reader.take().unwrap_or_else(neural::full_reader).with_kernel(*kernel) else {
            continue;
        };
        for (what, whole) in [("encoder", false), ("encoder and heads", true)] {
            let mut best = f64::INFINITY;
            for _ in 0..3 {
                let from = seconds(start);
                for (_, report, segments) in &reports {
                    if whole {
                        std::hint::black_box(r.read(report, segments));
                    } else {
                        let words: Vec<&str> =
                            segments.tokens.iter().map(|t| t.span.of(&report.text)).collect();
                        let starts: Vec<usize> =
                            segments.sentences.iter().map(|s| s.tokens.start as usize).collect();
                        std::hint::black_box(r.vectors(&words, &starts));
                    }
                }
                best = best.min(seconds(start) - from);
            }
            println!(
                "{kernel}, {what}: {:.0} words/CPU-s, {:.0} tokens/CPU-s",
                words as f64 / best,
                tokens as f64 / best
            );
        }
    }
}
