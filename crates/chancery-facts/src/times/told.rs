//! What leans on the day or period told of, by a name of its own: "that night", "the same period last year".

use super::grammar::{Hit, whole_year};
use super::lex::Line;
use super::{date, length, number};
use chancery_model::facts::{TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// How the rule for a part of a day that is told of begins.
pub(super) const TOLD_PART: &str = "times.told.";

/// The rules for "this weekend", and for a period like another one in an earlier year.
pub(super) const THIS: &str = "times.this";
pub(super) const LIKE: &str = "times.like";

/// The rule for "the 1988 quarter", "the 1988 period": the same of a year that is named.
pub(super) const OF_YEAR: &str = "times.year_period";

/// The rule for a stretch of time that is told by the day it ends on.
pub(super) const ENDED: &str = "times.ended";

/// "The same period last year", "the like quarter a year earlier", "the same month of 1989": what figures are compared with.
pub(super) fn like_period(line: &Line<'_>, i: usize) -> Option<Hit> {
    let j = i + usize::from(line.any(i, &["the", "a"]));
    let what = line.any(j + 1, &["period", "quarter", "month", "week", "day"]);
    if !(what && line.any(j, &["same", "like", "comparable", "corresponding", "similar"])) {
        return None;
    }
    let k = j + 2;
    let of = usize::from(line.any(k, &["of", "in"]));
    let of = of + usize::from(of == 1 && line.is(k + 1, "the"));
    let (a, b) = (line.w(k + of), line.w(k + of + 1));
    let back = match (a, b) {
        ("last" | "previous" | "prior" | "preceding", "year") => Some(k + of + 2),
        ("a", "year") if line.any(k + of + 2, &["ago", "earlier", "before"]) => Some(k + of + 3),
        ("the", "year") if line.is(k + 2, "before") => Some(k + 3),
        ("the", "previous" | "prior" | "preceding") if line.is(k + 2, "year") => Some(k + 3),
        _ => None,
    };
    if let Some(end) = back {
        return Some(Hit::date(end, TimeMeaning::From { of: None, amount: -1, unit: Unit::Year }, LIKE));
    }
    let (end, year) = number::year(line, k + 1).filter(|(_, y)| of == 1 && date::plausible(*y))?;
    Some(whole_year(end, year, LIKE))
}

/// "The next morning", "that night", "the previous evening", "the night before": a part of a day counted from a day that is
/// told of. The part stands at the end of the rule's name.
pub(super) fn part_of_told_day(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the"));
    let lead = line.w(i + the);
    let (at, amount) = match lead {
        "next" | "following" if the == 1 => (i + 2, 1),
        "previous" | "preceding" if the == 1 => (i + 2, -1),
        "same" if the == 1 => (i + 2, 0),
        "that" if the == 0 => (i + 1 + usize::from(line.is(i + 1, "same")), 0),
        _ if the == 1 && line.is(i + 2, "before") && length::closes(line, i + 3) => (i + 1, -1),
        _ => return None,
    };
    let c = line.class(at);
    let by = match c.part.filter(|_| !c.plural)? {
        "TMO" => "times.told.TMO",
        "TAF" => "times.told.TAF",
        "TEV" => "times.told.TEV",
        _ => "times.told.TNI",
    };
    let end = at + 1 + usize::from(at == i + 1 && the == 1);
    let m = TimeMeaning::From { of: None, amount, unit: Unit::Day };
    Some(Hit::new(end, TimeType::Time, m, by))
}
