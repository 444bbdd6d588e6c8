//! The rules reader: names, attributions and event words by word lists and patterns.

pub mod attributions;
pub mod events;
pub mod names;

use crate::Reader;
use chancery_model::mark::Marks;
use chancery_model::report::{Report, Segments};

/// Reads by rules.
#[derive(Debug, Clone, Copy, Default)]
pub struct RulesReader;

impl Reader for RulesReader {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn fingerprint(&self) -> String {
        chancery_model::id::blake3_hex(env!("CARGO_PKG_VERSION").as_bytes())
    }

    fn read(&self, report: &Report, segments: &Segments) -> Marks {
        let mut marks = Marks { names: names::find(&report.text, segments), ..Marks::default() };
        marks.events = events::find(&report.text, segments);
        marks.attributions = attributions::find(&report.text, segments, &marks.names);
        marks
    }
}
