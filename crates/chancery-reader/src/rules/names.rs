//! Names and titles by capital letters, word lists and position.

use chancery_model::mark::NameMark;
use chancery_model::report::Segments;

/// The names in a text, in order; they do not overlap.
#[must_use]
pub fn find(_text: &str, _segments: &Segments) -> Vec<NameMark> {
    Vec::new()
}
