//! Numbers that point at what is known already ("the two sides"), and those that only look so ("the two rivals").

use super::number::Number;
use crate::entities::view::View;
use chancery_model::mark::Upos;

/// "one of the three leaks": a part of a number, and no pronoun.
pub(super) fn one_of_so_many(view: &View<'_>, n: &Number) -> bool {
    let article = matches!(view.low(n.end + 1).as_str(), "the" | "its" | "their" | "his" | "her");
    view.low(n.end) == "of"
        && article
        && super::about::number_like(view, n.end + 2)
        && super::phrase::end(view, n.end + 3).is_some()
}

/// Whether a small number in words points at what is known already: "both two", "one of the".
pub(super) fn known(view: &View<'_>, n: &Number, previous: &str, next: &str) -> bool {
    let small = !n.digits
        && n.high.is_some_and(|v| v <= 12.0)
        && n.qualifier == chancery_model::vocab::Qualifier::Exact;
    let one = n.low == Some(1.0) && n.high == Some(1.0) && !n.digits;
    let low = previous.to_lowercase();
    // "the two rivals" tells how many there are; so does "the two" where a verb follows.
    let told = !one
        && view.together(n.start, n.end)
        && view.low(n.end) != "sides"
        && (super::phrase::end(view, n.end).is_some()
            || super::compound::thing(view, n).is_some()
            || matches!(view.upos(n.end), Some(Upos::Verb | Upos::Aux)) && low != "other");
    let the = matches!(low.as_str(), "no" | "both" | "last" | "next" | "first" | "past")
        || !told && matches!(low.as_str(), "the" | "these" | "those" | "other");
    // "wounded 31 men, one of them gravely".
    let part = next == "of" && previous == "," && super::about::back_word(&view.low(n.end + 1));
    // "at least one has died".
    let pronoun = one
        && low != "least"
        && !part
        && !one_of_so_many(view, n)
        && (super::phrase::stops(next)
            || matches!(
                next,
                "another"
                    | "thing"
                    | "day"
                    | "side"
                    | "way"
                    | "more"
                    | "such"
                    | ""
                    | "."
                    | ","
                    | "that"
                    | "who"
            ));
    // "of the five factories" says how many there are.
    let of = n.start >= 2 && view.low(n.start - 2) == "of" && n.low.is_some_and(|v| v >= 3.0);
    let the = the && !of;
    let units = matches!(next, "hours" | "days" | "weeks" | "months" | "years" | "minutes");
    small && the && !units || pronoun && view.together(n.start, n.start)
}
