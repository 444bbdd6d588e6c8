//! Numbers in compounds: "a 40-page report" counts pages, and is told of the report.

use super::number::Number;
use super::phrase;
use crate::entities::view::View;
use chancery_lexicon::counting;

/// Second parts of compounds that say how a thing is and count nothing: "a five-star hotel", "a two-pronged attack".
fn manner(word: &str) -> bool {
    matches!(
        word,
        "star"
            | "pronged"
            | "way"
            | "time"
            | "fold"
            | "sided"
            | "dimensional"
            | "state"
            | "track"
            | "tier"
            | "tiered"
            | "speed"
            | "man"
            | "woman"
            | "party"
            | "magnitude"
            | "digit"
            | "on"
            | "and"
            | "in"
            | "to"
            | "or"
            | "off"
            | "up"
            | "out"
            | "old"
            | "year"
            | "plus"
            | "some"
            | "odd"
            | "size"
            | "yard"
            | "thousand"
            | "hundred"
    ) || word.len() > 4 && word.ends_with("ed")
}

/// Of what a compound is told: the noun phrase after "22-storey", in tokens.
pub(super) fn thing(view: &View<'_>, n: &Number) -> Option<(usize, usize)> {
    let joined = |t: usize| {
        let end = t.checked_sub(1).and_then(|x| view.segments.tokens.get(x)).map(|x| x.span.end);
        view.word(t) == "-" && view.segments.tokens.get(t).is_some_and(|x| Some(x.span.start) == end)
    };
    let part = n.end + 1;
    let low = view.low(part);
    let plain = view.word(part).starts_with(char::is_lowercase)
        && low.chars().all(char::is_alphabetic)
        && !phrase::stops(&low)
        && !manner(&low)
        && !counting::is_plural(&low);
    // A second hyphen ("a two-for-one offer") makes it another kind of word.
    if !joined(n.end) || !plain || n.low.is_none_or(|v| v < 2.0) || view.word(part + 1) == "-" {
        return None;
    }
    let end = phrase::end(view, part + 1).filter(|_| view.together(n.start, part + 1))?;
    // "a 10-point plan" is a name for it.
    let named = matches!(
        view.low(end - 1).as_str(),
        "plan" | "plans" | "programme" | "program" | "agenda" | "proposal"
    );
    if low == "point" && named {
        return None;
    }
    Some((part + 1, end))
}
