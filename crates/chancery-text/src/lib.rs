//! Bytes to reports, and reports to paragraphs, sentences and tokens.

mod report;
pub mod segment;

pub use report::from_text;
pub use segment::segment;
