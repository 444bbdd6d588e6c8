//! Readers: the tokens of one report in, marks out.
//!
//! Every reader writes the same [`Marks`], so that what follows does not know which one read. [`rules::RulesReader`]
//! reads by word lists and patterns: it is the baseline, the fallback, and the oracle of the tests.

pub mod neural;
pub mod rules;

use chancery_model::mark::Marks;
use chancery_model::report::{Report, Segments};

/// Reads one report. A pure function: the same report gives the same marks on every machine, in any company.
pub trait Reader: Send + Sync {
    /// Its name, as `--reader` takes it.
    fn name(&self) -> &'static str;
    /// A hash of everything that its marks depend on besides the report.
    fn fingerprint(&self) -> String;
    /// The marks of a report.
    fn read(&self, report: &Report, segments: &Segments) -> Marks;
}
