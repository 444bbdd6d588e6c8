//! Bytes to reports, and reports to paragraphs, sentences and tokens.

mod blocks;
mod language;
mod mojibake;
mod report;
pub mod segment;
pub mod stamps;

pub use report::from_text;
pub use segment::segment;
