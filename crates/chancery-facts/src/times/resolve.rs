//! From a time expression and the day it is counted from to a TIMEX3 value, an EDTF date and its days.
//!
//! Everything here is a pure function. When the anchor is wider than a day, the value is given only if every day of
//! the anchor gives the same; the days are those that some day of the anchor allows.

use super::format;
use chancery_lexicon::times::{Holiday, TIMES};
use chancery_model::Days;
use chancery_model::date::{Day, Edtf, Point, add_days, days_between, month_end};
use chancery_model::facts::{Direction, TimeExpr, TimeIx, TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// An expression counted from a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// TIMEX3 value; `None` when the anchor leaves it open.
    pub value: Option<String>,
    /// EDTF level 1; `None` for lengths of time, what recurs and vague references.
    pub edtf: Option<Edtf>,
    /// The days it may lie in, both inclusive; open where nothing is known.
    pub days: Days,
    /// One clause a person can check.
    pub why: String,
}

/// What one anchor day gives: the value and the days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub value: String,
    pub days: Days,
}

impl Spot {
    fn new(value: String, days: Days) -> Self {
        Self { value, days }
    }
}

/// How deep expressions may lean on each other ("two days later", of "the following week", of …).
const DEPTH: u8 = 6;

/// Counts an expression from an anchor: the day of publication, or the interval it lies in. `times` are the
/// expressions of the same report, on which some lean ("May 3 and 5", "two days later").
#[must_use]
pub fn resolve(expr: &TimeExpr, times: &[TimeExpr], anchor: &Days) -> Resolved {
    deep(expr, times, anchor, DEPTH)
}

fn deep(expr: &TimeExpr, times: &[TimeExpr], anchor: &Days, depth: u8) -> Resolved {
    // What needs no anchor.
    match &expr.meaning {
        TimeMeaning::Calendar { date, time } => {
            let value = format::calendar(date, time.as_deref());
            return finish(
                expr,
                anchor,
                Some(Spot::new(value, date.days())),
                Some(*date),
                "as printed".to_owned(),
            );
        }
        TimeMeaning::Duration { amount, unit, .. } => {
            return only(format::duration(*amount, *unit), "a length of time");
        }
        TimeMeaning::Set { amount, unit, weekday } => {
            return only(format::set(*amount, *unit, *weekday), "recurs");
        }
        TimeMeaning::Literal(v) => return only(v.clone(), "as printed"),
        TimeMeaning::Reference(d) => {
            let (value, days) = match d {
                Direction::Past => ("PAST_REF", Days { lo: None, hi: anchor.hi }),
                Direction::Future => ("FUTURE_REF", Days { lo: anchor.lo, hi: None }),
                _ => ("PRESENT_REF", *anchor),
            };
            return Resolved {
                value: Some(value.to_owned()),
                edtf: None,
                days,
                why: "a vague reference".to_owned(),
            };
        }
        _ => {}
    }
    // What leans on another expression.
    let base = match &expr.meaning {
        TimeMeaning::Shared { with, .. } => Some(*with),
        TimeMeaning::From { of, .. } => *of,
        _ => None,
    };
    if let Some(ix) = base {
        return lean(expr, ix, times, anchor, depth);
    }
    let (Some(lo), Some(hi)) = (anchor.lo, anchor.hi) else {
        return half_open(expr, anchor);
    };
    let why = match landmark(expr, lo) {
        Some(_) => "a day known by its date".to_owned(),
        None => why(expr),
    };
    let (Some(a), Some(b)) = (spot(expr, lo), spot(expr, hi)) else {
        return Resolved { why: "no such day".to_owned(), ..Resolved::default() };
    };
    if a.value == b.value {
        return finish(expr, anchor, Some(a), None, why);
    }
    // Both ends narrowed by the modifier, then everything between.
    let (a, b) = (narrowed(expr, a, anchor), narrowed(expr, b, anchor));
    let days = Days { lo: a.days.lo.min(b.days.lo), hi: a.days.hi.max(b.days.hi) };
    let why = format!("{why}; the day it is counted from is not known to the day");
    Resolved { value: None, edtf: days.to_edtf(), days, why }
}

fn only(value: String, why: &str) -> Resolved {
    Resolved { value: Some(value), edtf: None, days: Days::open(), why: why.to_owned() }
}

/// An anchor open at an end gives a range open at that end.
fn half_open(expr: &TimeExpr, anchor: &Days) -> Resolved {
    let at = |d: Option<Day>| d.and_then(|d| spot(expr, d)).map(|s| s.days);
    let days = Days { lo: at(anchor.lo).and_then(|d| d.lo), hi: at(anchor.hi).and_then(|d| d.hi) };
    Resolved {
        value: None,
        edtf: days.to_edtf(),
        days,
        why: "the day it is counted from is not known".to_owned(),
    }
}

fn lean(expr: &TimeExpr, ix: TimeIx, times: &[TimeExpr], anchor: &Days, depth: u8) -> Resolved {
    let Some(base) = times.get(ix as usize).filter(|_| depth > 0) else {
        return Resolved {
            why: "leans on an expression that is not there".to_owned(),
            ..Resolved::default()
        };
    };
    let from = deep(base, times, anchor, depth - 1);
    match &expr.meaning {
        TimeMeaning::Shared { day, .. } => {
            // A day of the month that the other one names.
            let month = match (from.days.lo, from.days.hi) {
                (Some(a), Some(b)) if (a.year(), a.month()) == (b.year(), b.month()) => {
                    Some((a.year(), a.month()))
                }
                _ => None,
            };
            let found = month.and_then(|(y, m)| Day::new(y, m, *day).ok());
            match found {
                Some(d) => finish(
                    expr,
                    anchor,
                    Some(Spot::new(d.to_string(), Days::one(d))),
                    None,
                    "the month is named before".to_owned(),
                ),
                None => Resolved {
                    edtf: from.days.to_edtf(),
                    days: from.days,
                    why: "the month is named before, but its year is not known".to_owned(),
                    value: None,
                },
            }
        }
        TimeMeaning::From { amount, unit, .. } => {
            let why = "counted from the time named before".to_owned();
            if from.value.is_none() {
                // The base is an interval: move both ends, each to the whole unit that holds it.
                let mv = |d: Option<Day>| d.and_then(|d| unit_spot(moved(d, *amount, *unit)?, *unit));
                let lo = mv(from.days.lo).and_then(|s| s.days.lo);
                let days = Days { lo, hi: mv(from.days.hi).and_then(|s| s.days.hi) };
                return Resolved { value: None, edtf: days.to_edtf(), days, why };
            }
            let part = expr.maker.by.strip_prefix(super::told::TOLD_PART).unwrap_or("");
            let like = expr.maker.by == super::told::LIKE;
            // A firm's quarter need not end with one of the calendar: the one that most of it lies in.
            let ended = expr.maker.by == super::told::ENDED && *unit == Unit::Quarter;
            let spot = match from.days.day().filter(|_| ended) {
                Some(d) => unit_spot(add_days(d, -45), Unit::Quarter),
                None => moved_as(&from, *amount, *unit, like),
            };
            match spot {
                Some(mut s) => {
                    s.value.push_str(part);
                    finish(expr, anchor, Some(s), None, why)
                }
                None => Resolved { why: "no such day".to_owned(), ..Resolved::default() },
            }
        }
        _ => Resolved::default(),
    }
}

/// The same, where "the same month last year" keeps the month.
fn moved_as(from: &Resolved, amount: i32, unit: Unit, like: bool) -> Option<Spot> {
    let (lo, hi) = (from.days.lo?, from.days.hi?);
    let month = lo.day() == 1 && hi == month_end(lo.year(), lo.month())?;
    if like && month {
        return unit_spot(moved(lo, amount, unit)?, Unit::Month);
    }
    moved_like(from, amount, unit)
}

/// A base moved by units, at the fineness of the unit, or of the base when that is what was asked for.
fn moved_like(from: &Resolved, amount: i32, unit: Unit) -> Option<Spot> {
    let (lo, hi) = (from.days.lo?, from.days.hi?);
    let value = from.value.as_deref().unwrap_or("");
    // A quarter a year earlier is a quarter.
    if unit == Unit::Year && value.contains("-Q") {
        let q = (lo.month() - 1) / 3 + 1;
        return Some(quarter_spot(lo.year().checked_add(i16::try_from(amount).ok()?)?, q));
    }
    if unit == Unit::Year && value.contains("-H") {
        return Some(quarter_spot(
            lo.year().checked_add(i16::try_from(amount).ok()?)?,
            if lo.month() < 7 { 5 } else { 6 },
        ));
    }
    if days_between(lo, hi) > 0 && matches!(unit, Unit::Day | Unit::Hour | Unit::Minute | Unit::Second) {
        // Days counted from a month: the base is no day, and neither is the answer.
        let days = Days { lo: moved(lo, amount, unit), hi: moved(hi, amount, unit) };
        let month = (lo.year(), lo.month()) == (hi.year(), hi.month());
        let value = |d: Day| {
            if month { format!("{}-XX", &d.to_string()[..7]) } else { format!("{:04}-XX-XX", d.year()) }
        };
        return days.lo.map(|d| Spot::new(value(d), days));
    }
    clock_moved(value, lo, amount, unit).or_else(|| unit_spot(moved(lo, amount, unit)?, unit))
}

/// Hours or minutes counted from a time of day: "at 6 a.m.; six hours later".
fn clock_moved(value: &str, day: Day, amount: i32, unit: Unit) -> Option<Spot> {
    let per = match unit {
        Unit::Hour => 60,
        Unit::Minute => 1,
        _ => return None,
    };
    let (hour, minute) = value.split_once('T')?.1.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = amount.checked_mul(per)?.checked_add(hour * 60 + minute)?;
    let (days, rest) = (all.div_euclid(24 * 60), all.rem_euclid(24 * 60));
    let day = moved(day, days, Unit::Day)?;
    Some(Spot::new(format!("{day}T{:02}:{:02}", rest / 60, rest % 60), Days::one(day)))
}

/// What one anchor day gives.
fn spot(expr: &TimeExpr, anchor: Day) -> Option<Spot> {
    let dir = expr.direction;
    match &expr.meaning {
        TimeMeaning::MonthDay { month, day, weekday, time, year_shift } => {
            let y = anchor.year();
            let made = |y: i16| Day::new(y, *month, *day).ok();
            let pick = match year_shift {
                Some(s) => made(y.checked_add(*s)?),
                None if let Some(d) = landmark(expr, anchor) => Some(d),
                None => {
                    // A weekday beside it settles the year.
                    let fits = |d: &Day| weekday.is_none_or(|w| weekday_of(*d) == w);
                    let all: Vec<Day> = (-4..=4).filter_map(|k| made(y.checked_add(k)?)).collect();
                    let all: Vec<Day> = all.into_iter().filter(|d| on_side(expr, *d, anchor)).collect();
                    let fitting: Vec<Day> = all.iter().copied().filter(fits).collect();
                    choose(if fitting.is_empty() { &all } else { &fitting }, anchor, dir, 0)
                }
            }?;
            Some(Spot::new(format!("{pick}{}", time.as_deref().unwrap_or("")), Days::one(pick)))
        }
        TimeMeaning::Month { month, year_shift } => {
            let y = anchor.year();
            let year = match year_shift {
                Some(s) => y.checked_add(*s)?,
                None => {
                    let here = anchor.first_of_month();
                    let all: Vec<Day> = [-1, 0, 1]
                        .into_iter()
                        .filter_map(|k| Day::new(y.checked_add(k)?, *month, 1).ok())
                        .collect();
                    choose(&all, here, dir, 31)?.year()
                }
            };
            let p = Point::month(year, *month);
            Some(Spot::new(p.to_string(), p.days()))
        }
        TimeMeaning::Season { season, year_shift } => {
            let letters = TIMES.seasons.get(season)?;
            let y = anchor.year();
            let year = match year_shift {
                Some(s) => y.checked_add(*s)?,
                None => {
                    let all: Vec<Day> = [-1, 0, 1]
                        .into_iter()
                        .filter_map(|k| Point::month(y.checked_add(k)?, *season).days().lo)
                        .collect();
                    choose(&all, anchor, dir, 90)?.year()
                }
            };
            Some(Spot::new(format!("{year:04}-{letters}"), Point::month(year, *season).days()))
        }
        TimeMeaning::Nearest { month, ahead } => {
            let at = |k: i16| Some(Point::month(anchor.year().checked_add(k)?, *month));
            let all = (-2..=2).filter_map(at);
            let found = if *ahead {
                all.filter(|p| p.days().lo.is_some_and(|d| d > anchor)).min_by_key(|p| p.year)
            } else {
                let fresh = |p: &Point| {
                    let back = anchor.month() - p.month.unwrap_or(0);
                    p.year == anchor.year() && *month <= 12 && (1..=FRESH).contains(&back)
                };
                all.filter(|p| p.days().hi.is_some_and(|d| d < anchor) && !fresh(p)).max_by_key(|p| p.year)
            }?;
            Some(Spot::new(format::point(&found), found.days()))
        }
        TimeMeaning::Weekday { weekday, week_shift, time } => {
            let back = i32::from((weekday_of(anchor) - weekday).rem_euclid(7));
            let ahead = i32::from((weekday - weekday_of(anchor)).rem_euclid(7));
            let strict = |n: i32| if n == 0 { 7 } else { n };
            let day = match week_shift {
                Some(0) => add_days(anchor, if dir == Direction::Past { -back } else { ahead }),
                Some(s) if *s < 0 => add_days(anchor, -strict(back) + 7 * (i32::from(*s) + 1)),
                Some(s) => add_days(anchor, strict(ahead) + 7 * (i32::from(*s) - 1)),
                None if dir == Direction::Future => add_days(anchor, ahead),
                None => add_days(anchor, -back),
            };
            Some(Spot::new(format!("{day}{}", time.as_deref().unwrap_or("")), Days::one(day)))
        }
        TimeMeaning::WeekdayOf { weekday, weeks } => {
            let monday = add_days(anchor, -i32::from(weekday_of(anchor) - 1));
            let day = add_days(monday, i32::from(*weeks) * 7 + i32::from(*weekday) - 1);
            Some(Spot::new(day.to_string(), Days::one(day)))
        }
        TimeMeaning::Offset { amount, unit, time } => {
            let mut s = unit_spot(moved(anchor, *amount, *unit)?, *unit)?;
            if let Some(t) = time {
                s.value.push_str(t);
            }
            Some(s)
        }
        // "the weekend", said from Monday to Thursday with nothing ahead, is the last one.
        TimeMeaning::Cycle { shift: 0, unit: Unit::Weekend }
            if dir != Direction::Future
                && weekday_of(anchor) < 5
                && (dir == Direction::Past || expr.maker.by != super::told::THIS) =>
        {
            unit_spot(add_days(anchor, -7), Unit::Weekend)
        }
        TimeMeaning::Cycle { shift, unit } => unit_spot(moved(anchor, *shift, *unit)?, *unit),
        TimeMeaning::From { amount, unit, .. } => {
            let part = expr.maker.by.strip_prefix(super::told::TOLD_PART).unwrap_or("");
            let mut s = unit_spot(moved(anchor, *amount, *unit)?, *unit)?;
            s.value.push_str(part);
            Some(s)
        }
        TimeMeaning::Quarter { quarter, year_shift } => {
            let y = anchor.year();
            let (first, _) = super::period::quarter_months(*quarter);
            let year = match year_shift {
                Some(s) => y.checked_add(*s)?,
                None => {
                    let all: Vec<Day> = [-1, 0, 1]
                        .into_iter()
                        .filter_map(|k| Day::new(y.checked_add(k)?, first, 1).ok())
                        .collect();
                    // A quarter is spoken of when it is over more often than when it is to come.
                    let dir = if dir == Direction::Past { Direction::Past } else { Direction::Unknown };
                    choose(&all, anchor, dir, 91)?.year()
                }
            };
            Some(quarter_spot(year, *quarter))
        }
        TimeMeaning::Nth { month, weekday, nth } => {
            holiday(Holiday::Nth(*month, *weekday, *nth), anchor, expr)
        }
        TimeMeaning::Easter { days } => holiday(Holiday::Easter(*days), anchor, expr),
        TimeMeaning::Clock(time) => Some(Spot::new(format!("{anchor}{time}"), Days::one(anchor))),
        _ => None,
    }
}

fn holiday(when: Holiday, anchor: Day, expr: &TimeExpr) -> Option<Spot> {
    let all = (-1..=1).filter_map(|k| holiday_of(when, anchor.year().checked_add(k)?));
    let all: Vec<Day> = all.filter(|d| on_side(expr, *d, anchor)).collect();
    let day = choose(&all, anchor, expr.direction, 0)?;
    Some(Spot::new(day.to_string(), Days::one(day)))
}

/// Whether a day lies where "last" or "next" before a holiday says that it does.
fn on_side(expr: &TimeExpr, day: Day, anchor: Day) -> bool {
    match expr.maker.by.as_str() {
        super::period::HOLIDAY_LAST => day < anchor,
        super::period::HOLIDAY_NEXT => day > anchor,
        _ => true,
    }
}

/// How much nearer a candidate against the direction of the words must be to be taken all the same: a date without
/// a year beside a past tense is seldom eleven months old when the next is days ahead.
const AGAINST: i32 = 3;
/// The same for months, seasons and quarters, which are named without a year from further off.
const FAR_AGAINST: i32 = 12;
/// The same for months where nothing says which way.
const UNSAID: i32 = 3;

/// Months back within which "last March" is that of the year before: the one just past is called by its name alone.
const FRESH: i8 = 3;

/// The nearest candidate, weighed by direction. One that lies less than `long` days back has not ended.
fn choose(all: &[Day], anchor: Day, dir: Direction, long: i32) -> Option<Day> {
    let far = |d: Day| {
        let n = days_between(anchor, d);
        let n = if n < 0 && -n < long { 0 } else { n };
        let against = match dir {
            Direction::Past => i32::from(n > 0) * if long > 0 { FAR_AGAINST } else { AGAINST },
            Direction::Future => i32::from(n < 0) * if long > 0 { FAR_AGAINST } else { AGAINST },
            // Reports tell more of what was than of what will be, the more so of whole months.
            Direction::Unknown | Direction::Now => {
                let ahead = if long > 0 { n.saturating_mul(UNSAID) } else { n.saturating_mul(6) / 5 };
                return if n > 0 { ahead } else { -n };
            }
        };
        n.abs().saturating_mul(against.max(1))
    };
    all.iter().copied().min_by_key(|d| far(*d))
}

/// The day of a holiday in a year.
pub(super) fn holiday_of(when: Holiday, year: i16) -> Option<Day> {
    match when {
        Holiday::Fixed(m, d) => Day::new(year, m, d).ok(),
        Holiday::Nth(m, w, n) => {
            if n < 0 {
                let last = month_end(year, m)?;
                let back = i32::from((weekday_of(last) - w).rem_euclid(7));
                return Some(add_days(last, -back + 7 * (i32::from(n) + 1)));
            }
            let first = Day::new(year, m, 1).ok()?;
            let ahead = i32::from((w - weekday_of(first)).rem_euclid(7));
            Some(add_days(first, ahead + 7 * (i32::from(n) - 1)))
        }
        Holiday::Easter(days) => Some(add_days(easter(year)?, days)),
    }
}

/// Easter Sunday of the Western churches (the Gregorian computus as printed by Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// 1 (Monday) to 7.
pub(super) fn weekday_of(d: Day) -> i8 {
    d.weekday().to_monday_one_offset()
}

/// A day moved by so many units; hours and less do not move it.
fn moved(d: Day, n: i32, unit: Unit) -> Option<Day> {
    let days = |per: i32| {
        let n = n.checked_mul(per).filter(|n| n.abs() < 3_000_000)?;
        Some(add_days(d, n)).filter(|d| d.year() >= 1)
    };
    let months = |per: i32| {
        let all = i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
        let to = all.checked_add(n.checked_mul(per)?)?;
        let (y, m) = (i16::try_from(to.div_euclid(12)).ok()?, i8::try_from(to.rem_euclid(12) + 1).ok()?);
        let last = month_end(y, m).filter(|_| (1..=9000).contains(&y))?;
        Day::new(y, m, d.day().min(last.day())).ok()
    };
    match unit {
        Unit::Second => days_of(d, n, 86_400),
        Unit::Minute => days_of(d, n, 1440),
        Unit::Hour => days_of(d, n, 24),
        Unit::Day => days(1),
        Unit::Weekend | Unit::Week => days(7),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }
}

fn days_of(d: Day, n: i32, per: i32) -> Option<Day> {
    Some(add_days(d, n / per)).filter(|d| d.year() >= 1)
}

/// The unit of the calendar that holds a day.
fn unit_spot(d: Day, unit: Unit) -> Option<Spot> {
    let monday = add_days(d, -i32::from(weekday_of(d) - 1));
    let point = |p: Point| Some(Spot::new(format::point(&p), p.days()));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Spot::new(d.to_string(), Days::one(d))),
        Unit::Week => Some(Spot::new(format::week(d), Days::between(monday, add_days(monday, 6)))),
        Unit::Weekend => {
            let days = Days::between(add_days(monday, 5), add_days(monday, 6));
            Some(Spot::new(format!("{}-WE", format::week(d)), days))
        }
        Unit::Month => point(Point::month(d.year(), d.month())),
        Unit::Quarter => Some(quarter_spot(d.year(), (d.month() - 1) / 3 + 1)),
        Unit::Year => point(Point::year(d.year())),
        Unit::Decade => point(Point { masked: 1, ..Point::year(d.year() - d.year().rem_euclid(10)) }),
        Unit::Century => point(Point { masked: 2, ..Point::year(d.year() - d.year().rem_euclid(100)) }),
    }
}

fn quarter_spot(year: i16, quarter: i8) -> Spot {
    let (a, b) = super::period::quarter_months(quarter);
    let days = Days { lo: Day::new(year, a, 1).ok(), hi: month_end(year, b) };
    let value =
        if quarter > 4 { format!("{year:04}-H{}", quarter - 4) } else { format!("{year:04}-Q{quarter}") };
    Spot::new(value, days)
}

/// Narrows the days by the modifier: halves and middles of the span, generously; with "earlier" and "later", up to
/// the anchor or from it on, when it lies inside.
fn narrowed(expr: &TimeExpr, s: Spot, anchor: &Days) -> Spot {
    let (Some(lo), Some(hi)) = (s.days.lo, s.days.hi) else { return s };
    let n = days_between(lo, hi);
    if n < 6 {
        return s;
    }
    let inside = |d: Option<Day>| {
        d.filter(|_| [anchor.lo, anchor.hi].iter().all(|d| d.is_some_and(|d| s.days.has(d))))
    };
    let relative = expr.maker.by.ends_with(RELATIVE);
    let days = match expr.modifier.as_deref() {
        Some("START") if relative => Days::between(lo, inside(anchor.hi).unwrap_or(hi)),
        Some("END") if relative => Days::between(inside(anchor.lo).unwrap_or(lo), hi),
        Some("START") => Days::between(lo, add_days(lo, n / 2)),
        Some("MID") => Days::between(add_days(lo, n / 4), add_days(hi, -n / 4)),
        Some("END") => Days::between(add_days(lo, n / 2), hi),
        _ => s.days,
    };
    Spot { days, ..s }
}

/// How the maker of "earlier this month" ends: seen from the anchor, not from the middle of the month.
pub(super) const RELATIVE: &str = ".relative";

fn finish(expr: &TimeExpr, anchor: &Days, spot: Option<Spot>, edtf: Option<Edtf>, why: String) -> Resolved {
    let Some(s) = spot else { return Resolved { why, ..Resolved::default() } };
    let plain = s.days;
    let s = narrowed(expr, s, anchor);
    let edtf = if s.days == plain { edtf.or_else(|| s.days.to_edtf()) } else { s.days.to_edtf() };
    Resolved { value: Some(s.value), edtf, days: s.days, why }
}

/// Days about an anniversary in which a day known by its date may be that of the year.
const ANNIVERSARY: i32 = 45;

/// The day known by its date that an expression means: "since September 11", said years later.
fn landmark(expr: &TimeExpr, anchor: Day) -> Option<Day> {
    let TimeMeaning::MonthDay { month, day, weekday: None, time: None, year_shift: None } = expr.meaning
    else {
        return None;
    };
    let known = TIMES.landmark(month, day).filter(|l| l.bare && expr.direction != Direction::Future)?;
    let then = Day::new(known.year, month, day).ok()?;
    let of_year = |k: i16| Day::new(anchor.year().checked_add(k)?, month, day).ok();
    let near = (-1..=1).filter_map(of_year).any(|d| days_between(d, anchor).abs() <= ANNIVERSARY);
    (then < anchor && !near).then_some(then)
}

fn why(expr: &TimeExpr) -> String {
    let way = match expr.direction {
        Direction::Past => "the words around it look back",
        Direction::Future => "the words around it look ahead",
        Direction::Now => "it is spoken of as present",
        Direction::Unknown => "nothing beside it says which way",
    };
    match (&expr.meaning, expr.kind) {
        (TimeMeaning::Weekday { week_shift: None, .. }, _) => format!("nearest such weekday; {way}"),
        (TimeMeaning::MonthDay { weekday: Some(_), year_shift: None, .. }, _) => {
            "the year in which day and weekday agree".to_owned()
        }
        (TimeMeaning::MonthDay { year_shift: None, .. } | TimeMeaning::Month { year_shift: None, .. }, _) => {
            format!("no year is printed; {way}")
        }
        (_, TimeType::Time) => "a time of the day it is counted from".to_owned(),
        _ => "counted from the day of the report".to_owned(),
    }
}
