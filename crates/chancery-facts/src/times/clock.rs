//! Times of day: clock times with zones, noon and midnight, and the date that may follow them.

use super::grammar::Hit;
use super::lex::Line;
use super::{date, number};
use chancery_model::date::Edtf;
use chancery_model::facts::{TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// A clock time at `i`, with the date that follows it: "5 p.m. EST Nov. 9", "noon Thursday".
pub(super) fn read(line: &Line<'_>, i: usize) -> Option<Hit> {
    if line.any(i.wrapping_sub(1), &["at", "by", "until", "around", "about", "since", "before", "after"])
        && let Some((end, time)) = hour_of_part(line, i)
    {
        return Some(with_date(line, end, time));
    }
    let (end, time) = bare(line, i)?;
    let end = zone(line, end);
    Some(with_date(line, end, time))
}

/// "afternoon yesterday", "morning of 4 May" after "mid-": the part of a day and the day.
pub(super) fn part_then_date(line: &Line<'_>, i: usize) -> Option<Hit> {
    let code = line.class(i).part?;
    Some(with_date(line, i + 1, code.to_owned()))
}

/// "4 in the morning", "nine at night".
pub(super) fn hour_of_part(line: &Line<'_>, i: usize) -> Option<(usize, String)> {
    let (e, n) = number::cardinal(line, i)?;
    let e = match line.w(e) {
        "in" if line.is(e + 1, "the") => e + 2,
        "at" => e + 1,
        _ => return None,
    };
    let part = line.class(e).part.filter(|_| !line.class(e).plural)?;
    let h = (n.fract() == 0.0 && (1.0..=12.0).contains(&n)).then_some(n as u32)?;
    let h = match part {
        "TMO" => h % 12,
        "TNI" if h < 5 || h == 12 => h % 12,
        _ => h % 12 + 12,
    };
    on_clock(h, 0).map(|t| (e + 1, t))
}

/// "This morning", "last night", "yesterday afternoon", "tonight" after a clock time: where it ends, days from today, and the
/// part of the day.
fn part_of_day(line: &Line<'_>, i: usize) -> Option<(usize, i32, &'static str)> {
    if line.is(i, "tonight") {
        return Some((i + 1, 0, "TNI"));
    }
    let amount = match line.w(i) {
        "this" => 0,
        "last" | "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    let part = line.class(i + 1).part.filter(|_| !line.class(i + 1).plural)?;
    let part = ["TMO", "TAF", "TEV", "TNI"].into_iter().find(|p| *p == part)?;
    Some((i + 2, amount, part))
}

/// A clock time moved past noon where the part of the day says so.
fn in_part(time: &str, part: &str) -> String {
    let hour = time.get(1..3).and_then(|h| h.parse::<u32>().ok());
    match hour {
        Some(h) if part != "TMO" && h < 12 && (part != "TNI" || h > 4) => {
            format!("T{:02}{}", h + 12, time.get(3..).unwrap_or(""))
        }
        _ => time.to_owned(),
    }
}

fn with_date(line: &Line<'_>, end: usize, time: String) -> Hit {
    if let Some((e, amount, part)) = part_of_day(line, end) {
        let m = TimeMeaning::Offset { amount, unit: Unit::Day, time: Some(in_part(&time, part)) };
        return Hit::new(e, TimeType::Time, m, "times.clock_part");
    }
    let skip = if line.any(end, &[",", "on", "of"]) { 1 } else { 0 };
    let skip = skip + usize::from(skip == 1 && line.is(end, ",") && line.is(end + 1, "on"));
    if let Some(mut h) = day_at(line, end + skip) {
        let slot = match &mut h.meaning {
            TimeMeaning::Calendar { date: Edtf::Point(p), time } if p.day.is_some() => Some(time),
            TimeMeaning::MonthDay { time, .. } | TimeMeaning::Weekday { time, .. } => Some(time),
            TimeMeaning::Offset { unit: Unit::Day, time, .. } => Some(time),
            _ => None,
        };
        if let Some(slot) = slot {
            *slot = Some(time);
            h.kind = TimeType::Time;
            h.by = "times.clock_date";
            return h;
        }
    }
    Hit::new(end, TimeType::Time, TimeMeaning::Clock(time), "times.clock")
}

fn day_at(line: &Line<'_>, i: usize) -> Option<Hit> {
    let amount = match line.w(i) {
        "yesterday" => -1,
        "today" => 0,
        "tomorrow" => 1,
        _ => return date::read(line, i),
    };
    let m = TimeMeaning::Offset { amount, unit: Unit::Day, time: None };
    Some(Hit::date(i + 1, m, "times.phrase"))
}

fn bare(line: &Line<'_>, i: usize) -> Option<(usize, String)> {
    if line.any(i, &["noon", "midday"]) {
        return Some((i + 1, "T12:00".to_owned()));
    }
    if line.is(i, "midnight") {
        return Some((i + 1, "T24:00".to_owned()));
    }
    if line.glued(i) && i > 0 && !matches!(line.before(i), "(" | "\"" | "-" | "\u{2013}" | "\u{2014}") {
        return None;
    }
    let (h, m, mut end, colon) = match line.digits(i) {
        Some((n, 4)) if zone(line, i + 1) > i + 1 || line.is(i + 1, "hours") => {
            let skip = usize::from(line.is(i + 1, "hours"));
            return on_clock(n / 100, n % 100).map(|t| (i + 1 + skip, t));
        }
        Some((h, 1 | 2)) => match line.w(i + 1) {
            ":" | "." if line.glued(i + 1) && line.glued(i + 2) => match line.digits(i + 2) {
                Some((m, 2)) => (h, m, i + 3, line.is(i + 1, ":")),
                _ => return None,
            },
            _ => (h, 0, i + 1, false),
        },
        Some(_) => return None,
        None => {
            let (e, n) = number::cardinal(line, i)?;
            let half_day = meridiem(line, e).is_some() || line.is(e, "o");
            if !half_day || n > 12.0 {
                return None;
            }
            (n as u32, 0, e, false)
        }
    };
    // Seconds are read and left out: the record keeps minutes.
    if colon && line.is(end, ":") && line.glued(end) && line.digits(end + 1).is_some_and(|(_, l)| l == 2) {
        end += 2;
    }
    if let Some((e, pm)) = meridiem(line, end) {
        if h > 12 {
            return None;
        }
        let h = match (h, pm) {
            (12, false) => 0,
            (12, true) => 12,
            (h, true) => h + 12,
            (h, false) => h,
        };
        return on_clock(h, m).map(|t| (e, t));
    }
    if line.is(end, "o") && line.any(end + 1, &["'", "\u{2019}"]) && line.is(end + 2, "clock") {
        let time = on_clock(h, m)?;
        // "Seven o'clock in the evening".
        let stop = end + 3;
        let part =
            (line.is(stop, "in") && line.is(stop + 1, "the")).then(|| line.class(stop + 2).part).flatten();
        return Some(part.map_or((stop, time.clone()), |p| (stop + 3, in_part(&time, p))));
    }
    // "10:30" alone, not a score or a verse: two digits of minutes and a plausible hour.
    let timed = matches!(
        line.before(i),
        "at" | "by" | "until" | "around" | "from" | "before" | "after" | "about" | "since" | "to"
    ) || part_of_day(line, end).is_some()
        // "Wed Jun 02 2010 13:50:00"
        || i.checked_sub(1).and_then(|y| line.digits(y)).is_some_and(|(y, len)| len == 4 && (1900..2100).contains(&y));
    if colon && (timed || zone(line, end) > end) {
        return on_clock(h, m).map(|t| (end, t));
    }
    if !colon && end > i + 1 && zone(line, end) > end {
        return on_clock(h, m).map(|t| (end, t));
    }
    // "At 9 last night"
    if end == i + 1
        && (1..=12).contains(&h)
        && line.any(i.wrapping_sub(1), &["at", "by", "until", "about", "around", "before", "after"])
        && part_of_day(line, end).is_some()
    {
        return on_clock(h, 0).map(|t| (end, t));
    }
    if end == i + 1 && line.any(end, &["gmt", "utc"]) {
        return on_clock(h, 0).map(|t| (end, t));
    }
    None
}

fn on_clock(h: u32, m: u32) -> Option<String> {
    (h < 24 && m < 60 || (h, m) == (24, 0)).then(|| format!("T{h:02}:{m:02}"))
}

/// Hours and minutes after the `T` of an ISO date.
pub(super) fn hm(line: &Line<'_>, i: usize) -> Option<(usize, String)> {
    let (h, 2) = line.digits(i)? else { return None };
    if !line.is(i + 1, ":") {
        return None;
    }
    let (m, 2) = line.digits(i + 2)? else { return None };
    let mut end = i + 3;
    if line.is(end, ":") && line.digits(end + 1).is_some() {
        end += 2;
    }
    if line.is(end, "z") && line.glued(end) {
        end += 1;
    }
    on_clock(h, m).map(|t| (end, t))
}

/// "a.m.", "pm": where it ends and whether it is after noon.
fn meridiem(line: &Line<'_>, i: usize) -> Option<(usize, bool)> {
    let w = line.w(i);
    if matches!(w, "am" | "pm") {
        return Some((i + 1, w == "pm"));
    }
    if matches!(w, "a" | "p") && line.is(i + 1, ".") && line.is(i + 2, "m") {
        let dot = line.is(i + 3, ".") && line.glued(i + 3);
        return Some((i + 3 + usize::from(dot), w == "p"));
    }
    None
}

/// The end of a zone at `i`; `i` when there is none.
pub(super) fn zone(line: &Line<'_>, i: usize) -> usize {
    let open = usize::from(line.is(i, "("));
    let j = i + open;
    let known = line.any(
        j,
        &[
            "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "bst",
            "eet", "msk", "ist", "et", "pt", "jst", "hkt", "sgt", "aest", "aedt", "nzt", "uk",
        ],
    ) && line.capital(j);
    let local = (line.is(j, "local") || line.letters(j) && line.capital(j)) && line.is(j + 1, "time");
    if open == 1 {
        // "(1600 GMT)" restates the time and stays outside.
        return i;
    }
    if known {
        // "UK time"
        j + 1 + usize::from(line.is(j + 1, "time"))
    } else if local {
        j + 2
    } else {
        i
    }
}
