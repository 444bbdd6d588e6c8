//! Days and years that leave out what another one beside them names: "May 3 and 5", "22-25 April", "1915-17".

use super::grammar::Hit;
use super::lex::Line;
use super::{date, direction, grammar, number};
use chancery_model::date::{Day, Edtf, Point};
use chancery_model::facts::{Maker, TimeExpr, TimeIx, TimeMeaning};
use chancery_model::vocab::{Sure, TimeType};

/// Days after "May 3" that leave the month out: "May 3 and 5", "May 3-5", "May 3, 5 and 7".
pub(super) fn elided(line: &Line<'_>, mut end: usize, out: &mut Vec<TimeExpr>) -> usize {
    let Some(first) = out.last() else { return end };
    if let Some((e, year)) = short_year(line, end, first) {
        let hit = grammar::whole_year(e, year, "times.elided");
        out.push(made(line, end + 1, hit));
        return e;
    }
    let with_day = match &first.meaning {
        TimeMeaning::MonthDay { time: None, .. } => true,
        TimeMeaning::Calendar { date: Edtf::Point(p), time: None } => p.day.is_some(),
        _ => false,
    };
    let last_is_number = end.checked_sub(1).is_some_and(|l| line.digits(l).is_some());
    if !with_day || !last_is_number {
        return end;
    }
    let (with, direction) = (TimeIx::try_from(out.len() - 1).unwrap_or(0), first.direction);
    loop {
        let mut at = end;
        let listed = line.is(at, ",");
        let joined = line.any(at, &["and", "to", "or", "through", "&"])
            || line.hyphen(at)
            || line.any(at, &["\u{2013}"]);
        if !listed && !joined {
            return end;
        }
        at += 1;
        if listed && line.is(at, "and") {
            at += 1;
        }
        let Some((n, 1 | 2)) = line.digits(at) else { return end };
        let Some(day) = i8::try_from(n).ok().filter(|d| (1..=31).contains(d)) else { return end };
        // "March 5-9, 1918": the year is of both.
        let comma = usize::from(line.is(at + 1, ","));
        let year = number::year(line, at + 1 + comma).filter(|(_, y)| comma == 1 && date::plausible(*y));
        if let Some((e, year)) = year.filter(|_| joined)
            && let Some(point) = month_of(out.get(with as usize)).and_then(|m| Day::new(year, m, day).ok())
        {
            for t in out.iter_mut().skip(with as usize) {
                if let TimeMeaning::MonthDay { month, day, year_shift: None, time: None, .. } = t.meaning
                    && let Ok(d) = Day::new(year, month, day)
                {
                    t.meaning = TimeMeaning::Calendar { date: Edtf::Point(Point::day(d)), time: None };
                }
            }
            let meaning = TimeMeaning::Calendar { date: Edtf::Point(Point::day(point)), time: None };
            out.push(expr(line, (at, e), meaning));
            return e;
        }
        // "May 3 and 5 people": what is counted, or another date, follows.
        let c = line.class(at + 1);
        let closes = line.get(at + 1).is_none()
            || line.any(
                at + 1,
                &[
                    ".", ",", ";", ")", "and", "in", "at", "to", "for", "when", "with", "on", "near", "but",
                    "as", "that",
                ],
            );
        let lone_comma = listed && !line.is(at - 1, "and") && !line.any(at + 1, &[",", "and"]);
        if !closes || lone_comma || c.month.is_some() || c.unit.is_some() {
            return end;
        }
        out.push(TimeExpr {
            span: line.span(at, at + 1),
            kind: TimeType::Date,
            meaning: TimeMeaning::Shared { with, day },
            modifier: None,
            direction,
            maker: Maker { by: "times.elided".to_owned(), sure: Sure::Medium },
        });
        end = at + 1;
    }
}

fn month_of(t: Option<&TimeExpr>) -> Option<i8> {
    match &t?.meaning {
        TimeMeaning::MonthDay { month, .. } => Some(*month),
        TimeMeaning::Calendar { date: Edtf::Point(p), .. } => p.month,
        _ => None,
    }
}

/// "22-25 April", "the 13th to the 19th of October 1950", "the 28 and 29 August": a day whose month follows a later one.
/// Pushes both, and gives where the second ends.
pub(super) fn read(line: &Line<'_>, i: usize, out: &mut Vec<TimeExpr>) -> Option<usize> {
    let the = usize::from(line.is(i, "the"));
    let (end, n) = day(line, i + the)?;
    if line.glued(i) && i > 0 && !matches!(line.before(i), "(" | "\"" | "[" | "\u{2014}") {
        return None;
    }
    let list = line.is(end, ",");
    if !(list || joiner(line, end)) {
        return None;
    }
    let first = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    let with = TimeIx::try_from(out.len() + 1).ok()?;
    let shared = |of: usize| TimeMeaning::Shared { with: TimeIx::try_from(of).unwrap_or(with), day: first };
    if list {
        // "6, 7 and 8 May": the rest is such a range itself.
        day(line, end + 1).filter(|(_, m)| *m > n)?;
        let at = out.len() + 1;
        out.push(expr(line, (i, end), shared(at)));
        let Some(close) = read(line, end + 1, out) else {
            out.pop();
            return None;
        };
        // The last of them names the month.
        let last = out.len() - 1;
        if let Some(t) = out.get_mut(at - 1) {
            t.meaning = shared(last);
        }
        return Some(close);
    }
    let hit = date::day_month(line, end + 1)?;
    let close = hit.end;
    if day_of(&hit)? <= first {
        return None;
    }
    out.push(expr(line, (i, end), shared(out.len() + 1)));
    out.push(made(line, end + 1, hit));
    Some(close)
}

fn made(line: &Line<'_>, start: usize, hit: Hit) -> TimeExpr {
    TimeExpr {
        span: line.span(start, hit.end),
        kind: hit.kind,
        meaning: hit.meaning,
        modifier: None,
        direction: direction::of(line, start, hit.end),
        maker: Maker { by: hit.by.to_owned(), sure: Sure::High },
    }
}

fn expr(line: &Line<'_>, (a, b): (usize, usize), meaning: TimeMeaning) -> TimeExpr {
    TimeExpr {
        span: line.span(a, b),
        kind: TimeType::Date,
        meaning,
        modifier: None,
        direction: direction::of(line, a, b),
        maker: Maker { by: "times.elided".to_owned(), sure: Sure::Medium },
    }
}

/// A day of a month in digits at `i`: "22", "13th".
fn day(line: &Line<'_>, i: usize) -> Option<(usize, u32)> {
    number::ordinal(line, i).filter(|_| line.digits(i).is_some()).or_else(|| {
        let (n, len) = line.digits(i)?;
        (len <= 2).then_some((i + 1, n))
    })
}

fn day_of(hit: &Hit) -> Option<i8> {
    match &hit.meaning {
        TimeMeaning::MonthDay { day, .. } => Some(*day),
        TimeMeaning::Calendar { date: Edtf::Point(p), .. } => p.day,
        _ => None,
    }
}

/// The year of the second end is that of the first: "between January 12 and January 16, 1936", "May to June 1952".
pub(super) fn share_year(line: &Line<'_>, start: usize, out: &mut [TimeExpr]) {
    let [.., first, second] = out else { return };
    let TimeMeaning::Calendar { date: Edtf::Point(p), .. } = &second.meaning else { return };
    let joined = start.checked_sub(1).is_some_and(|j| {
        joiner(line, j) && j.checked_sub(1).and_then(|k| line.get(k)).is_some_and(|l| l.end == first.span.end)
    });
    let Some(month) = p.month.filter(|m| joined && *m <= 12 && p.masked == 0) else { return };
    let year = |m: i8| if m <= month { Some(p.year) } else { p.year.checked_sub(1) };
    let point = match &first.meaning {
        TimeMeaning::MonthDay { month, day, year_shift: None, time: None, .. } if p.day.is_some() => {
            year(*month).and_then(|y| Day::new(y, *month, *day).ok()).map(Point::day)
        }
        TimeMeaning::Month { month, year_shift: None } if p.day.is_none() => {
            year(*month).map(|y| Point::month(y, *month))
        }
        _ => None,
    };
    if let Some(point) = point {
        first.meaning = TimeMeaning::Calendar { date: Edtf::Point(point), time: None };
    }
}

/// "1915-17", "2007/08": the second year, in two digits, if it is the later one.
fn short_year(line: &Line<'_>, end: usize, first: &TimeExpr) -> Option<(usize, i16)> {
    let TimeMeaning::Calendar { date: Edtf::Point(p), time: None } = &first.meaning else { return None };
    let whole = p.month.is_none() && p.masked == 0;
    let glued = line.glued(end) && line.glued(end + 1);
    if !whole || !glued || !line.any(end, &["-", "/", "\u{2013}"]) {
        return None;
    }
    let (n, len) = line.digits(end + 1)?;
    let n = i16::try_from(n).ok()?;
    let next = line.glued(end + 2) && (line.hyphen(end + 2) || line.any(end + 2, &["/", ":"]));
    let year = p.year - p.year.rem_euclid(100) + n;
    // "2007-08" may be a month where months are so written; two years running are years.
    let ok = len == 2 && !next && year > p.year && (n > 12 || year == p.year + 1);
    ok.then_some((end + 2, year))
}

/// What joins two ends of a range.
fn joiner(line: &Line<'_>, i: usize) -> bool {
    line.any(i, &["and", "to", "or", "through", "until", "till", "&", "/", "\u{2013}", "-"])
}
