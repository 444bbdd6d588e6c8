//! A clock time and the day beside it: "10:30 a.m. EST (1530 GMT) on Monday", "on Friday at about 9 p.m.".

use chancery_model::Span;
use chancery_model::date::Edtf;
use chancery_model::facts::{Direction, TimeExpr, TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// Words between a day and the time of that day.
const BETWEEN: &[&str] = &[
    "",
    "at",
    "at about",
    "at around",
    "at approximately",
    "about",
    "around",
    "by",
    "before",
    "after",
    "from",
    "until",
    "shortly before",
    "shortly after",
    "just before",
    "just after",
    "between",
    "since",
];

/// Gives clock times the day that stands beside them.
pub(super) fn join(times: &mut [TimeExpr], text: &str) {
    for n in 0..times.len() {
        let Some(TimeMeaning::Clock(time)) = times.get(n).map(|t| t.meaning.clone()) else { continue };
        let Some(here) = times.get(n).map(|t| t.span) else { continue };
        let after = times.iter().skip(n + 1).take(2).find_map(|t| {
            let day = with_time(&t.meaning, &time, false)?;
            let gap = outside_brackets(gap(text, here, t.span)?)?;
            matches!(gap.trim().trim_start_matches(',').trim_start(), "" | "on").then_some((day, t.direction))
        });
        let before = || {
            let t = times.get(n.checked_sub(1)?)?;
            let day = with_time(&t.meaning, &time, true)?;
            let gap = gap(text, t.span, here)?.trim().trim_start_matches([',', '(']).trim_start();
            let restated = text.get(t.span.end as usize..here.start as usize)?.trim() == "(";
            // Another time of the same day only where it is restated in brackets.
            (restated || BETWEEN.contains(&gap) && with_time(&t.meaning, &time, false).is_some())
                .then_some((day, t.direction))
        };
        if let Some((meaning, direction)) = after.or_else(before)
            && let Some(t) = times.get_mut(n)
        {
            t.meaning = meaning;
            t.direction = direction;
        }
    }
}

/// What may stand between a day and the time of that day where both are one expression.
const ONE: &[&str] = &["", ",", ";", "-", "\u{2013}", "at", ", at"];

/// Makes one expression of a day and the time printed after it: "Tuesday, March 2, 2010; 4:15 PM", "May 3 at noon".
/// Comes after [`join`], which has told the time its day.
pub(super) fn stamps(times: &mut Vec<TimeExpr>, text: &str) {
    let mut n = 0;
    while let Some((day, time)) = times.get(n).zip(times.get(n + 1)) {
        let whole = stamped(day, time, text).map(|m| (day.span.cover(time.span), m, day.direction));
        if let Some((span, meaning, direction)) = whole
            && let Some(t) = times.get_mut(n + 1)
        {
            t.span = span;
            t.meaning = meaning;
            t.direction = direction;
            super::take_out(times, n);
        }
        n += 1;
    }
}

/// A day and the clock time after it as one, if nothing but a mark or "at" stands between them.
fn stamped(day: &TimeExpr, time: &TimeExpr, text: &str) -> Option<TimeMeaning> {
    let between = text.get(day.span.end as usize..time.span.start as usize)?;
    let plain = day.kind == TimeType::Date && day.modifier.is_none() && time.modifier.is_none();
    if !plain || between.contains('\n') || !ONE.contains(&between.trim()) {
        return None;
    }
    // A time that has another day of its own ("Monday, 9 p.m. Tuesday") stays by itself.
    let clock = |m: &TimeMeaning| match m {
        TimeMeaning::Clock(t) => Some(t.clone()),
        TimeMeaning::Calendar { time, .. }
        | TimeMeaning::MonthDay { time, .. }
        | TimeMeaning::Weekday { time, .. }
        | TimeMeaning::Offset { time, .. } => time.clone(),
        _ => None,
    };
    let at = clock(&time.meaning).filter(|t| t.contains(':'))?;
    let whole = with_time(&day.meaning, &at, false)?;
    (whole == time.meaning || matches!(time.meaning, TimeMeaning::Clock(_))).then_some(whole)
}

/// Sentences back in which the day of a bare time of day is looked for.
const BACK: usize = 2;

/// Gives a time of day without a day the day that is told of before it: "They met Monday. … At 9 p.m. the lights went out."
pub(super) fn told(times: &mut [TimeExpr], sentences: &[Span]) {
    let sentence = |s: Span| sentences.partition_point(|x| x.end <= s.start);
    for n in 0..times.len() {
        let Some(here) = times.get(n) else { continue };
        let TimeMeaning::Clock(time) = &here.meaning else { continue };
        let ahead = |t: &TimeExpr| t.direction == Direction::Future;
        if ahead(here) {
            continue;
        }
        let at = sentence(here.span);
        let day = times.iter().take(n).rev().take_while(|t| sentence(t.span) + BACK >= at).find_map(|t| {
            // What is done that day is told on; a day still ahead is named in passing.
            (!ahead(t)).then(|| with_time(&t.meaning, time, true)).flatten().map(|m| (m, t.direction))
        });
        if let Some((meaning, direction)) = day
            && let Some(t) = times.get_mut(n)
        {
            t.meaning = meaning;
            t.direction = direction;
        }
    }
}

fn gap(text: &str, a: Span, b: Span) -> Option<&str> {
    let gap = text.get(a.end as usize..b.start as usize)?;
    (gap.len() < 40 && !gap.contains(['\n', ';'])).then_some(gap)
}

/// What is left of a gap without what its brackets hold; a closing bracket ends the brackets the time stands in.
fn outside_brackets(gap: &str) -> Option<&str> {
    let gap = gap.trim();
    if let Some(rest) = gap.strip_prefix(')') {
        return Some(rest);
    }
    if gap.starts_with('(') {
        return gap.split_once(')').map(|(_, rest)| rest);
    }
    (!gap.contains('(')).then_some(gap)
}

/// The day with a time; `timed` takes days that have one already.
fn with_time(day: &TimeMeaning, time: &str, timed: bool) -> Option<TimeMeaning> {
    let mut day = day.clone();
    let slot = match &mut day {
        TimeMeaning::Calendar { date: Edtf::Point(p), time } if p.day.is_some() => time,
        TimeMeaning::MonthDay { time, .. } | TimeMeaning::Weekday { time, .. } => time,
        TimeMeaning::Offset { unit: Unit::Day, time, .. } => time,
        _ => return None,
    };
    let part = |t: &String| !t.contains(':');
    if slot.as_ref().is_some_and(|t| !timed && !part(t)) {
        return None;
    }
    *slot = Some(time.to_owned());
    Some(day)
}
