//! Dates of the calendar: days, weekdays, months, seasons.

use super::grammar::{Hit, part_after};
use super::lex::Line;
use super::{clock, grammar, number, period};
use chancery_lexicon::times::{Saying, TIMES};
use chancery_model::date::{Day, Edtf, Point};
use chancery_model::facts::{TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// A date at `i`, if one begins there.
pub(super) fn read(line: &Line<'_>, i: usize) -> Option<Hit> {
    numeric(line, i)
        .or_else(|| spaced(line, i))
        .or_else(|| before_christ(line, i))
        .or_else(|| weekday(line, i))
        .or_else(|| day_month(line, i))
        .or_else(|| guarded_month(line, i, false))
        .or_else(|| shifted(line, i))
        .or_else(|| season(line, i, false))
        .or_else(|| period::quarters(line, i))
        .or_else(|| period::decade_or_century(line, i))
        .or_else(|| period::bare_year(line, i))
}

/// "The morning of April 19": a part of a day that is named after it.
pub(super) fn part_of(line: &Line<'_>, i: usize) -> Option<Hit> {
    let j = i + usize::from(line.is(i, "the"));
    let c = line.class(j);
    let (at, part) = match early_hours(line, j) {
        Some(at) => (at, "TMO"),
        None => (j + 2, c.part.filter(|_| !c.plural && line.is(j + 1, "of"))?),
    };
    let mut hit =
        day_month(line, at).or_else(|| guarded_month(line, at, false)).or_else(|| weekday(line, at))?;
    let time = match &mut hit.meaning {
        TimeMeaning::Calendar { date: Edtf::Point(p), time } if p.day.is_some() => time,
        TimeMeaning::MonthDay { time, .. } | TimeMeaning::Weekday { time, .. } => time,
        _ => return None,
    };
    if time.is_some() {
        return None;
    }
    *time = Some(part.to_owned());
    hit.kind = TimeType::Time;
    Some(hit)
}

/// "Early hours of", "early morning hours of", "predawn hours of": where the day begins.
fn early_hours(line: &Line<'_>, j: usize) -> Option<usize> {
    let k = match line.w(j) {
        "early" => j + 1 + usize::from(line.is(j + 1, "morning")),
        "predawn" | "morning" => j + 1,
        _ => return None,
    };
    (line.is(k, "hours") && line.is(k + 1, "of")).then_some(k + 2)
}

pub(super) fn calendar(end: usize, point: Point, time: Option<String>, by: &'static str) -> Option<Hit> {
    point.days().lo?;
    let kind = if time.is_some() { TimeType::Time } else { TimeType::Date };
    Some(Hit::new(end, kind, TimeMeaning::Calendar { date: Edtf::Point(point), time }, by))
}

fn ymd(year: i16, month: i8, day: i8) -> Option<Point> {
    Day::new(year, month, day).ok().map(Point::day)
}

/// `2004-05-17`, `17.05.2004`, `5/17/2004`, `03/08/98`, `20040517`.
fn numeric(line: &Line<'_>, i: usize) -> Option<Hit> {
    let (a, alen) = line.digits(i)?;
    if line.glued(i) && i > 0 && !matches!(line.before(i), "(" | "\"" | "'" | "[" | "\u{2014}" | ">") {
        return None;
    }
    let small = |n: u32| i8::try_from(n).ok();
    let sep = line.w(i + 1);
    if !matches!(sep, "-" | "/" | ".") || !line.glued(i + 1) || !line.glued(i + 2) {
        return None;
    }
    let (b, blen) = line.digits(i + 2)?;
    let third =
        (line.is(i + 3, sep) && line.glued(i + 3) && line.glued(i + 4)).then(|| line.digits(i + 4)).flatten();
    let (y, m, d, end) = match third {
        Some((c, clen)) => {
            if alen == 4 && blen <= 2 && clen <= 2 {
                (i16::try_from(a).ok()?, small(b)?, small(c)?, i + 5)
            } else if alen <= 2 && blen <= 2 && (clen == 4 || (clen == 2 && sep != "-")) {
                let y = i16::try_from(c).ok()?;
                let y = if clen == 4 { y } else { y + if y < 50 { 2000 } else { 1900 } };
                // Month first with slashes unless that cannot be; day first with points.
                let day_first = sep != "/" || a > 12;
                if day_first { (y, small(b)?, small(a)?, i + 5) } else { (y, small(a)?, small(b)?, i + 5) }
            } else {
                return None;
            }
        }
        None => return None,
    };
    if line.glued(end) && line.digits(end).is_some() {
        return None;
    }
    let point = ymd(y, m, d)?;
    // ISO time after the day.
    if line.glued(end)
        && line.is(end, "t")
        && let Some((e, time)) = clock::hm(line, end + 1)
    {
        return calendar(e, point, Some(time), "times.iso");
    }
    // "2014-03-12 14:05"
    if third.is_some()
        && alen == 4
        && let Some((e, time)) = clock::hm(line, end)
    {
        return calendar(e, point, Some(time), "times.iso");
    }
    calendar(end, point, None, "times.numeric")
}

/// "2010 03 05 08:30": a stamp whose parts stand apart; the clock time behind it says that it is one.
fn spaced(line: &Line<'_>, i: usize) -> Option<Hit> {
    let (Some((y, 4)), Some((m, 2)), Some((d, 1 | 2))) =
        (line.digits(i), line.digits(i + 1), line.digits(i + 2))
    else {
        return None;
    };
    let (end, time) = clock::hm(line, i + 3).filter(|(e, _)| !line.glued(*e))?;
    let point = ymd(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?)?;
    calendar(clock::zone(line, end), point, Some(time), "times.iso")
}

/// "218 BC": TIMEX3 `BC0218`; EDTF has no such day in this calendar's range.
fn before_christ(line: &Line<'_>, i: usize) -> Option<Hit> {
    if line.hyphen(i + 1) || line.is(i + 1, "to") {
        // "499-493 BC", "264 to 241 BC"
        let (n, len) = line.digits(i)?;
        let (m, _) = line.digits(i + 2)?;
        year_bc(line, i + 2)?;
        let m = (m < n && len <= 3).then(|| TimeMeaning::Literal(format!("BC{n:04}")))?;
        return Some(Hit::date(i + 1, m, "times.bc"));
    }
    let (end, n) = year_bc(line, i)?;
    Some(Hit::date(end, TimeMeaning::Literal(format!("BC{n:04}")), "times.bc"))
}

/// A year before Christ at `i`.
fn year_bc(line: &Line<'_>, i: usize) -> Option<(usize, u32)> {
    let (n, len) = line.digits(i)?;
    let end = christ(line, i + 1)?;
    (len <= 4).then_some((end, n))
}

/// "BC", "B.C." at `i`: where it ends.
pub(super) fn christ(line: &Line<'_>, i: usize) -> Option<usize> {
    let letters = line.is(i, "b") && line.is(i + 1, ".") && line.is(i + 2, "c") && line.is(i + 3, ".");
    if line.any(i, &["bc", "bce"]) && line.capital(i) { Some(i + 1) } else { letters.then_some(i + 4) }
}

/// A weekday, with what may stand beside it: a date, a part of the day, "last", "next", "a week".
fn weekday(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the") && line.any(i + 1, &["previous", "following", "same"]));
    let mut j = i + the;
    let mut week_shift = None;
    let mut from = false;
    match line.w(j) {
        "last" | "past" => week_shift = Some(-1),
        "next" => week_shift = Some(1),
        "this" if line.any(j + 1, &["coming", "past"]) => {
            week_shift = Some(if line.is(j + 1, "past") { -1 } else { 0 });
            j += 1;
        }
        "this" => week_shift = Some(0),
        "previous" => week_shift = Some(-1),
        "following" if the == 1 => from = true,
        _ => {}
    }
    if week_shift.is_some() || from {
        j += 1;
    }
    let c = line.class(j);
    let weekday = c.weekday?;
    if !line.capital(j) && (c.short || j > 0 && !matches!(line.before(j), "on" | "last" | "next")) {
        return None;
    }
    if c.short && !(line.any(j + 1, &[".", ","]) && dated(line, j + 2) || dated(line, j + 1)) {
        return None;
    }
    if c.plural {
        let mut end = j + 1;
        if let Some(p) = line.class(end).part {
            end += 1;
            let m = TimeMeaning::Literal(format!("XXXX-WXX-{weekday}{p}"));
            return Some(Hit::new(end, TimeType::Set, m, "times.set"));
        }
        let m = TimeMeaning::Set { amount: 1, unit: Unit::Week, weekday: Some(weekday) };
        return Some(Hit::new(end, TimeType::Set, m, "times.set"));
    }
    let mut end = j + 1;
    if c.short && line.is(end, ".") {
        end += 1;
    }
    // "Monday and Tuesday nights"
    if line.any(end, &["and", "or"])
        && line.class(end + 1).weekday.is_some()
        && let Some(p) = line.class(end + 2).part.filter(|_| line.class(end + 2).plural)
    {
        let m = TimeMeaning::Literal(format!("XXXX-WXX-{weekday}{p}"));
        return Some(Hit::new(end, TimeType::Set, m, "times.set"));
    }
    // "Saturday nights"
    if line.class(end).part.is_some() && line.class(end).plural {
        let p = line.class(end).part?;
        let m = TimeMeaning::Literal(format!("XXXX-WXX-{weekday}{p}"));
        return Some(Hit::new(end + 1, TimeType::Set, m, "times.set"));
    }
    let part = part_after(line, end);
    // "Saturday, April 25", "Friday Oct. 13", "Friday night, Oct. 13", "Friday, 13 October"
    let mut d = part.as_ref().map_or(end, |(e, _)| *e);
    if line.is(d, ",") || line.is(d, "(") {
        d += 1;
    }
    if line.is(d, "the") || line.is(d, "on") {
        d += 1;
    }
    if let Some(mut h) =
        guarded_month(line, d, true).or_else(|| day_month(line, d)).or_else(|| numeric(line, d))
    {
        let time = part.as_ref().map(|(_, t)| t.clone());
        match &mut h.meaning {
            TimeMeaning::MonthDay { weekday: w, time: t, .. } => {
                *w = Some(weekday);
                if t.is_none() {
                    *t = time;
                }
                return Some(h);
            }
            TimeMeaning::Calendar { time: t, date: Edtf::Point(p) } if p.day.is_some() => {
                if t.is_none() {
                    *t = time;
                }
                return Some(h);
            }
            _ => {}
        }
    }
    if from {
        let m = TimeMeaning::Weekday { weekday, week_shift: Some(1), time: None };
        return Some(Hit::date(end, m, "times.weekday"));
    }
    // "Tuesday last week", "Tuesday of next week"
    let of = usize::from(line.is(end, "of"));
    if week_shift.is_none() && line.is(end + of + 1, "week") {
        let weeks = match line.w(end + of) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        if let Some(weeks) = weeks {
            return Some(Hit::date(end + of + 2, TimeMeaning::WeekdayOf { weekday, weeks }, "times.weekday"));
        }
    }
    if let Some((e, time)) = part {
        let m = TimeMeaning::Weekday { weekday, week_shift, time: Some(time) };
        return Some(Hit::new(e, TimeType::Time, m, "times.weekday_part"));
    }
    Some(Hit::date(end, TimeMeaning::Weekday { weekday, week_shift, time: None }, "times.weekday"))
}

/// Whether a month name or day number stands here: what makes "Sun." a weekday.
fn dated(line: &Line<'_>, i: usize) -> bool {
    line.class(i).month.is_some() || line.class(i + 1).month.is_some() && line.digits(i).is_some()
}

/// "6 August 1990", "the 15th of June", "March eighth" is with the months.
pub(super) fn day_month(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the"));
    let j = i + the;
    let (mut k, day) = match number::ordinal(line, j) {
        Some((e, n)) => (e, n),
        None => {
            let (n, len) = line.digits(j)?;
            if len > 2 || (line.glued(j) && j > 0 && matches!(line.before(j), "." | "," | "$" | ":" | "/")) {
                return None;
            }
            (j + 1, n)
        }
    };
    let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
    if line.is(k, "day") && line.is(k + 1, "of") {
        k += 2;
    } else if line.is(k, "of") || line.hyphen(k) {
        k += 1;
    }
    let month = line.class(k).month.filter(|_| line.capital(k))?;
    let mut end = k + 1;
    if line.is(end, ".") && line.glued(end) && short(line, k) && line.get(end + 1).is_some() {
        end += 1;
    }
    month_day(line, end, month, day)
}

/// A month name cut short, which a full stop may follow.
fn short(line: &Line<'_>, i: usize) -> bool {
    line.w(i).len() <= 4 && !line.any(i, &["may", "june", "july"])
}

/// What follows a month and a day: a year, "this year", a part of the day.
fn month_day(line: &Line<'_>, end: usize, month: i8, day: i8) -> Option<Hit> {
    let comma = usize::from(line.any(end, &[",", "of"]) || line.hyphen(end));
    if let Some((e, year)) = number::year(line, end + comma).filter(|_| comma == 0 || !line.is(end + 1, "of"))
        && plausible(year)
    {
        let point = ymd(year, month, day)?;
        let (e, time) = part_after(line, e).map_or((e, None), |(e, t)| (e, Some(t)));
        return calendar(e, point, time, "times.day");
    }
    // "May 3 (1987)"
    if line.is(end, "(")
        && let Some((e, year)) =
            number::year(line, end + 1).filter(|(e, y)| line.is(*e, ")") && plausible(*y))
    {
        return calendar(e + 1, ymd(year, month, day)?, None, "times.day");
    }
    // 29 February exists in some years only.
    Day::new(2000, month, day).ok()?;
    // "The September 11 attacks".
    if let Some(l) = TIMES.landmark(month, day)
        && (end..end + 2).any(|i| l.after.iter().any(|w| line.is(i, w)))
    {
        return calendar(end, ymd(l.year, month, day)?, None, "times.landmark");
    }
    let (end, year_shift) = year_word(line, end);
    let (end, time) = part_after(line, end).map_or((end, None), |(e, t)| (e, Some(t)));
    let kind = if time.is_some() { TimeType::Time } else { TimeType::Date };
    let m = TimeMeaning::MonthDay { month, day, weekday: None, time, year_shift };
    Some(Hit::new(end, kind, m, "times.month_day"))
}

pub(super) fn plausible(year: i16) -> bool {
    (1000..=2199).contains(&year)
}

/// "this year", "of last year", ", next year" after a month or a day: where it ends and the shift.
pub(super) fn year_word(line: &Line<'_>, end: usize) -> (usize, Option<i16>) {
    let j = if line.any(end, &[",", "of"]) { end + 1 } else { end };
    let shift = match line.w(j) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return (end, None),
    };
    if line.is(j + 1, "year") && !line.any(j + 2, &["'", "\u{2019}"]) {
        (j + 2, Some(shift))
    } else {
        (end, None)
    }
}

/// Whether a month name stands here that can be nothing else.
pub(super) fn clear_month(line: &Line<'_>, i: usize) -> bool {
    let c = line.class(i);
    c.month.is_some() && line.capital(i) && (!c.guarded || line.digits(i + 1).is_some())
}

/// A month name. `sure` says that the words before it make it a date ("early May").
pub(super) fn guarded_month(line: &Line<'_>, i: usize, sure: bool) -> Option<Hit> {
    let c = line.class(i);
    let month = c.month?;
    if !line.capital(i) {
        return None;
    }
    let mut end = i + 1;
    let stop = line.is(end, ".") && line.glued(end) && short(line, i);
    if stop {
        end += 1;
    }
    // Month and day.
    let day = match number::ordinal(line, end)
        .or_else(|| number::ordinal(line, end + 1).filter(|_| line.is(end, "the")))
    {
        Some((e, n)) if n <= 31 && !matches!(line.class(e).unit, Some(Unit::Quarter)) => Some((e, n)),
        _ => line
            .digits(end)
            .filter(|(n, len)| *len <= 2 && (1..=31).contains(n))
            .filter(|_| {
                !(line.any(end + 1, &["%", "/"]) || line.is(end + 1, ":") && line.digits(end + 2).is_some())
                    || !line.glued(end + 1)
            })
            .filter(|_| line.class(end + 1).unit.is_none())
            .filter(|_| {
                !(line.is(end + 1, ",")
                    && line.digits(end + 2).is_some_and(|(_, l)| l == 3)
                    && line.glued(end + 2))
            })
            .map(|(n, _)| (end + 1, n)),
    };
    if let Some((e, n)) = day {
        return month_day(line, e, month, i8::try_from(n).ok()?);
    }
    if let Some((e, year)) = year_bc(line, end) {
        return Some(Hit::date(e, TimeMeaning::Literal(format!("BC{year:04}-{month:02}")), "times.bc"));
    }
    // Month and year.
    let comma = usize::from(line.any(end, &[",", "of"]));
    if let Some((e, year)) = number::year(line, end + comma).filter(|(_, y)| plausible(*y)) {
        return calendar(e, Point::month(year, month), None, "times.month_year");
    }
    if line.any(end, &["'", "\u{2019}"])
        && let Some((n, 2)) = line.digits(end + 1)
    {
        return calendar(end + 2, Point::month(1900 + n as i16, month), None, "times.month_year");
    }
    let (e, year_shift) = year_word(line, end);
    // A short form without its full stop, or a word with another use, needs company.
    let before = line.before(i);
    let led = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "through"
            | "during"
            | "before"
            | "after"
            | "between"
            | "of"
            | "to"
            | "for"
            | "and"
            | "or"
            | "last"
            | "next"
            | "this"
            | "each"
            | "early"
            | "late"
            | "mid"
            | "around"
            | "about"
    );
    if (c.guarded || (short(line, i) && !stop)) && !(sure || year_shift.is_some() || led) {
        return None;
    }
    if c.guarded
        && matches!(before, "for" | "to" | "by" | "and" | "or" | "of")
        && !sure
        && year_shift.is_none()
        && i + 1 < line.len()
        && line.capital(i + 1)
    {
        return None; // a surname
    }
    let end = if year_shift.is_some() || stop && line.get(end).is_none() { e.max(i + 1) } else { end };
    // A full stop at the end of the sentence is not part of the word.
    let end = if stop && line.get(end).is_none() { end - 1 } else { end };
    Some(Hit::date(end, TimeMeaning::Month { month, year_shift }, "times.month"))
}

/// "last January", "this summer", "next May".
fn shifted(line: &Line<'_>, i: usize) -> Option<Hit> {
    let (mut j, mut shift) = match line.w(i) {
        "last" | "past" => (i + 1, -1),
        "next" => (i + 1, 1),
        "this" => (i + 1, 0),
        _ => return None,
    };
    if line.is(i, "this") && line.any(j, &["past", "coming"]) {
        shift = if line.is(j, "past") { -1 } else { 1 };
        j += 1;
    }
    // "Last Thanksgiving", "next Easter": the nearest that way.
    if let Some((end, Saying::Holiday(h))) = grammar::phrase(line, j) {
        let hit = period::holiday(line, j, end, *h)?;
        let by = match shift {
            -1 => period::HOLIDAY_LAST,
            1 => period::HOLIDAY_NEXT,
            _ => hit.by,
        };
        return Some(Hit { by, ..hit });
    }
    let c = line.class(j);
    if let Some(season) = c.season.filter(|_| !c.plural) {
        let m = match shift {
            0 => TimeMeaning::Season { season, year_shift: Some(0) },
            n => TimeMeaning::Nearest { month: season, ahead: n > 0 },
        };
        return Some(Hit::date(j + 1, m, "times.season"));
    }
    let month = c.month.filter(|_| line.capital(j))?;
    let mut end = j + 1;
    if line.is(end, ".") && line.glued(end) && short(line, j) && line.get(end + 1).is_some() {
        end += 1;
    }
    if let Some((n, len)) = line.digits(end)
        && len <= 2
    {
        return month_day(line, end + 1, month, i8::try_from(n).ok()?);
    }
    // "last May" said in November is the nearest one that way, not that of the year before.
    let m = match shift {
        0 => TimeMeaning::Month { month, year_shift: Some(0) },
        n => TimeMeaning::Nearest { month, ahead: n > 0 },
    };
    Some(Hit::date(end, m, "times.month"))
}

/// A season, with its year or with words that make it one.
pub(super) fn season(line: &Line<'_>, i: usize, sure: bool) -> Option<Hit> {
    // "Their 1982 summer offensive"
    if let Some((e, year)) = number::year(line, i).filter(|(_, y)| plausible(*y))
        && let Some(season) = line.class(e).season.filter(|_| !line.class(e).plural && !line.is(e, "fall"))
    {
        return calendar(e + 1, Point::month(year, season), None, "times.season");
    }
    let the = usize::from(line.is(i, "the"));
    let j = i + the;
    let c = line.class(j);
    let season = c.season.filter(|_| !c.plural)?;
    let of = usize::from(line.any(j + 1, &["of", ","]));
    if let Some((e, year)) = number::year(line, j + 1 + of).filter(|(_, y)| plausible(*y)) {
        return calendar(e, Point::month(year, season), None, "times.season");
    }
    if let Some((e, year)) = year_bc(line, j + 1 + of) {
        let letters = TIMES.seasons.get(&season)?;
        return Some(Hit::date(e, TimeMeaning::Literal(format!("BC{year:04}-{letters}")), "times.bc"));
    }
    let (e, year_shift) = year_word(line, j + 1);
    if year_shift.is_some() {
        return Some(Hit::date(e, TimeMeaning::Season { season, year_shift }, "times.season"));
    }
    let before = line.before(i);
    let led = matches!(
        before,
        "in" | "during"
            | "by"
            | "until"
            | "since"
            | "through"
            | "before"
            | "after"
            | "early"
            | "late"
            | "mid"
            | "throughout"
            | "over"
            | "all"
    );
    // "The spring offensive" is of a spring as much as "in spring" is.
    let fought = line.any(j + 1, &["offensive", "offensives", "campaign", "fighting"]);
    let ok = sure
        || fought && !line.is(j, "fall")
        || led && (!c.guarded || the == 1) && !(line.letters(j + 2) && line.hyphen(j + 1));
    (ok && !(c.guarded && line.is(j + 1, "of")))
        .then(|| Hit::date(j + 1, TimeMeaning::Season { season, year_shift: None }, "times.season"))
}
