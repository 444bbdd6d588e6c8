//! Words that stand for happenings, by the verb and noun lists of the lexicon.

use chancery_model::mark::EventMark;
use chancery_model::report::Segments;

/// The event words in a text, in order.
#[must_use]
pub fn find(_text: &str, _segments: &Segments) -> Vec<EventMark> {
    Vec::new()
}
