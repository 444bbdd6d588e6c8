//! Bytes to reports, and reports to paragraphs, sentences and tokens.

mod blocks;
pub mod ingest;
mod language;
mod mojibake;
mod report;
pub mod segment;
pub mod stamps;

pub use ingest::{Options, Problem, Source, open, pieces, read, read_bytes, sources};
pub use report::from_text;
pub use segment::segment;
