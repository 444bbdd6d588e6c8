//! Dates: EDTF level 1 values with the earliest and the latest calendar day they allow.
//!
//! Source of the format: Extended Date/Time Format specification, Library of Congress (ISO 8601-2:2019, Annex A).

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar day (proleptic Gregorian).
pub type Day = Date;

/// An inclusive range of days, either end of which may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Days {
    /// Earliest day, inclusive; `None` when open.
    pub lo: Option<Day>,
    /// Latest day, inclusive; `None` when open.
    pub hi: Option<Day>,
}

impl Days {
    /// One day.
    #[must_use]
    pub fn one(day: Day) -> Self {
        Self { lo: Some(day), hi: Some(day) }
    }

    /// From a day to a day, both inclusive.
    #[must_use]
    pub fn between(lo: Day, hi: Day) -> Self {
        Self { lo: Some(lo), hi: Some(hi) }
    }

    /// A range that knows nothing.
    #[must_use]
    pub fn open() -> Self {
        Self::default()
    }

    /// The single day, if it is one.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        if self.lo == self.hi { self.lo } else { None }
    }

    /// Whether the day can be in the range.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        self.lo.is_none_or(|l| l <= day) && self.hi.is_none_or(|h| day <= h)
    }

    /// Whether the two ranges share a day.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.hi, other.lo) && !before(other.hi, self.lo)
    }

    /// The days in both; `None` when there are none.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        if !self.meets(other) {
            return None;
        }
        let lo = self.lo.max(other.lo);
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Some(Self { lo, hi })
    }

    /// Number of days from the first to the last; `None` when open.
    #[must_use]
    pub fn width(&self) -> Option<i32> {
        Some(days_between(self.lo?, self.hi?))
    }

    /// The shortest EDTF level 1 form of the range; `None` when it knows nothing.
    #[must_use]
    pub fn to_edtf(&self) -> Option<Edtf> {
        let end = |d: Option<Day>| d.map_or(End::Open, |d| End::Point(Point::day(d)));
        match (self.lo, self.hi) {
            (None, None) => None,
            (Some(a), Some(b)) if a == b => Some(Edtf::Point(Point::day(a))),
            (Some(a), Some(_)) => {
                let whole = [Point::year(a.year()), Point::month(a.year(), a.month())];
                let same = whole.into_iter().find(|p| p.days() == *self);
                Some(same.map_or_else(|| Edtf::Interval(end(self.lo), end(self.hi)), Edtf::Point))
            }
            _ => Some(Edtf::Interval(end(self.lo), end(self.hi))),
        }
    }
}

/// Days from `a` to `b`; negative when `b` is earlier.
#[must_use]
pub fn days_between(a: Day, b: Day) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

/// The day `n` days later (earlier when negative); stays within the calendar.
#[must_use]
pub fn add_days(d: Day, n: i32) -> Day {
    d.checked_add(n.days()).unwrap_or(if n < 0 { Day::MIN } else { Day::MAX })
}

/// The last day of a month.
#[must_use]
pub fn month_end(year: i16, month: i8) -> Option<Day> {
    Date::new(year, month, 1).ok().map(|d| d.last_of_month())
}

/// How certain an EDTF point is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Mark {
    /// As written.
    #[default]
    Plain,
    /// `?`: uncertain.
    Uncertain,
    /// `~`: approximate.
    Approximate,
    /// `%`: both.
    Both,
}

/// A point of EDTF: a year, a season, a month or a day, or a decade or century by unspecified digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Calendar year; with unspecified digits, its first year.
    pub year: i16,
    /// Digits unspecified at the end of the year: 0, 1 (`199X`) or 2 (`19XX`).
    pub masked: u8,
    /// Month 1–12, or an EDTF season 21–24; `None` for a whole year.
    pub month: Option<i8>,
    /// Day of the month.
    pub day: Option<i8>,
    /// Certainty.
    pub mark: Mark,
}

impl Point {
    /// A year.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year, masked: 0, month: None, day: None, mark: Mark::Plain }
    }

    /// A month (1–12) or season (21–24).
    #[must_use]
    pub fn month(year: i16, month: i8) -> Self {
        Self { month: Some(month), ..Self::year(year) }
    }

    /// A day.
    #[must_use]
    pub fn day(d: Day) -> Self {
        Self { month: Some(d.month()), day: Some(d.day()), ..Self::year(d.year()) }
    }

    /// The days the point covers. A season covers its meteorological months in the northern hemisphere;
    /// the winter of a year begins in December of that year.
    #[must_use]
    pub fn days(&self) -> Days {
        let span =
            |a: (i16, i8), b: (i16, i8)| Days { lo: Date::new(a.0, a.1, 1).ok(), hi: month_end(b.0, b.1) };
        let y = self.year;
        match (self.month, self.day) {
            (Some(m), Some(d)) => Date::new(y, m, d).map_or(Days::open(), Days::one),
            (Some(21), None) => span((y, 3), (y, 5)),
            (Some(22), None) => span((y, 6), (y, 8)),
            (Some(23), None) => span((y, 9), (y, 11)),
            (Some(24), None) => span((y, 12), (y.saturating_add(1), 2)),
            (Some(m), None) => span((y, m), (y, m)),
            (None, _) => {
                let n = [0, 9, 99][usize::from(self.masked.min(2))];
                span((y, 1), (y.saturating_add(n), 12))
            }
        }
    }
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum End {
    /// `..`: no bound.
    Open,
    /// A bound.
    Point(Point),
}

/// An EDTF level 1 value. Everywhere outside the program it is its string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Edtf {
    /// A single year, season, month or day.
    Point(Point),
    /// `a/b`, with `..` for an open end.
    Interval(End, End),
}

impl Edtf {
    /// The earliest and the latest day the value allows.
    #[must_use]
    pub fn days(&self) -> Days {
        match self {
            Self::Point(p) => p.days(),
            Self::Interval(a, b) => {
                let of = |e: &End| match e {
                    End::Open => Days::open(),
                    End::Point(p) => p.days(),
                };
                Days { lo: of(a).lo, hi: of(b).hi }
            }
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.masked {
            0 => write!(f, "{:04}", self.year)?,
            1 => write!(f, "{:03}X", self.year / 10)?,
            _ => write!(f, "{:02}XX", self.year / 100)?,
        }
        if let Some(m) = self.month {
            write!(f, "-{m:02}")?;
        }
        if let Some(d) = self.day {
            write!(f, "-{d:02}")?;
        }
        match self.mark {
            Mark::Plain => Ok(()),
            Mark::Uncertain => f.write_str("?"),
            Mark::Approximate => f.write_str("~"),
            Mark::Both => f.write_str("%"),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, e: &End| match e {
            End::Open => f.write_str(".."),
            End::Point(p) => p.fmt(f),
        };
        match self {
            Self::Point(p) => p.fmt(f),
            Self::Interval(a, b) => {
                end(f, a)?;
                f.write_str("/")?;
                end(f, b)
            }
        }
    }
}

impl From<Edtf> for String {
    fn from(e: Edtf) -> Self {
        e.to_string()
    }
}

impl TryFrom<String> for Edtf {
    type Error = NotEdtf;
    fn try_from(s: String) -> Result<Self, NotEdtf> {
        s.parse()
    }
}

/// A string that is not an EDTF level 1 date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an EDTF date; write 2004, 2004-05, 2004-05-17, 2004-05-17/2004-05-20 or ../2004")]
pub struct NotEdtf(pub String);

impl FromStr for Point {
    type Err = NotEdtf;
    fn from_str(s: &str) -> Result<Self, NotEdtf> {
        let bad = || NotEdtf(s.to_owned());
        let (body, mark) = match s.strip_suffix(['?', '~', '%']) {
            Some(b) if s.ends_with('?') => (b, Mark::Uncertain),
            Some(b) if s.ends_with('~') => (b, Mark::Approximate),
            Some(b) => (b, Mark::Both),
            None => (s, Mark::Plain),
        };
        let mut parts = body.split('-');
        let y = parts.next().ok_or_else(bad)?;
        if y.len() != 4 || !y.is_ascii() {
            return Err(bad());
        }
        let masked = if y.ends_with("XX") { 2 } else { u8::from(y.ends_with('X')) };
        let year: i16 = y.replace('X', "0").parse().map_err(|_| bad())?;
        let two = |p: Option<&str>| match p {
            None => Ok(None),
            Some(p) if p.len() == 2 => p.parse::<i8>().map(Some).map_err(|_| bad()),
            Some(_) => Err(bad()),
        };
        let month = two(parts.next())?;
        let day = two(parts.next())?;
        let point = Self { year, masked, month, day, mark };
        let month_ok =
            month.is_none_or(|m| (1..=12).contains(&m) || ((21..=24).contains(&m) && day.is_none()));
        let whole = masked == 0 || month.is_none();
        if parts.next().is_some() || !month_ok || !whole || point.days().lo.is_none() {
            return Err(bad());
        }
        Ok(point)
    }
}

impl FromStr for Edtf {
    type Err = NotEdtf;
    fn from_str(s: &str) -> Result<Self, NotEdtf> {
        let end = |p: &str| if p == ".." { Ok(End::Open) } else { p.parse().map(End::Point) };
        match s.split_once('/') {
            None => s.parse().map(Self::Point),
            Some(("..", "..")) => Err(NotEdtf(s.to_owned())),
            Some((a, b)) => {
                let v = Self::Interval(end(a)?, end(b)?);
                let d = v.days();
                if matches!((d.lo, d.hi), (Some(a), Some(b)) if a > b) {
                    Err(NotEdtf(s.to_owned()))
                } else {
                    Ok(v)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(s: &str) -> Day {
        s.parse().unwrap()
    }

    #[test]
    fn bounds() {
        for (edtf, lo, hi) in [
            ("1998-04-10", "1998-04-10", "1998-04-10"),
            ("1998-04", "1998-04-01", "1998-04-30"),
            ("1998-04?", "1998-04-01", "1998-04-30"),
            ("1998", "1998-01-01", "1998-12-31"),
            ("199X", "1990-01-01", "1999-12-31"),
            ("19XX", "1900-01-01", "1999-12-31"),
            ("1998-24", "1998-12-01", "1999-02-28"),
            ("2003-05-16/2003-05-20", "2003-05-16", "2003-05-20"),
        ] {
            let v: Edtf = edtf.parse().unwrap();
            assert_eq!(v.days(), Days::between(d(lo), d(hi)), "{edtf}");
            assert_eq!(v.to_string(), edtf);
        }
        assert_eq!("../1998".parse::<Edtf>().unwrap().days(), Days { lo: None, hi: Some(d("1998-12-31")) });
    }

    #[test]
    fn not_dates() {
        for bad in [
            "",
            "98",
            "1998-13",
            "1998-02-30",
            "1998-4",
            "x",
            "1998-04-10-1",
            "../..",
            "1999/1998",
            "199X-04",
            "1998-22-01",
        ] {
            assert!(bad.parse::<Edtf>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn days_round_trip(a in -20000i32..20000, w in 0i32..900) {
            let lo = add_days(d("1990-01-01"), a / 2);
            let days = Days::between(lo, add_days(lo, w));
            let edtf = days.to_edtf().unwrap();
            prop_assert_eq!(edtf.days(), days);
            prop_assert_eq!(edtf.to_string().parse::<Edtf>().unwrap(), edtf);
            prop_assert_eq!(days.width(), Some(w));
        }

        #[test]
        fn and_is_within_both(a in 0i32..400, b in 0i32..400, v in 0i32..100, w in 0i32..100) {
            let o = d("2004-01-01");
            let x = Days::between(add_days(o, a), add_days(o, a + v));
            let y = Days::between(add_days(o, b), add_days(o, b + w));
            match x.and(&y) {
                None => prop_assert!(!x.meets(&y)),
                Some(z) => for n in 0..=z.width().unwrap() {
                    let day = add_days(z.lo.unwrap(), n);
                    prop_assert!(x.has(day) && y.has(day));
                },
            }
        }

        #[test]
        fn parsing_never_panics(s in ".{0,24}") {
            let _ = s.parse::<Edtf>();
        }
    }
}
