//! TIMEX3 values as the TimeML guidelines write them.

use chancery_model::date::{Day, Edtf, End, Point};
use chancery_model::facts::Unit;

/// A day, month, season, year, decade or century.
pub(super) fn point(p: &Point) -> String {
    let year = match p.masked {
        0 => format!("{:04}", p.year),
        1 => format!("{:03}", p.year / 10),
        _ => format!("{:02}", p.year / 100),
    };
    match (p.month, p.day) {
        (Some(m @ 21..=24), _) => {
            format!("{year}-{}", ["SP", "SU", "FA", "WI"][usize::from((m - 21).unsigned_abs()) % 4])
        }
        (Some(m), Some(d)) => format!("{year}-{m:02}-{d:02}"),
        (Some(m), None) => format!("{year}-{m:02}"),
        _ => year,
    }
}

/// A printed date with its time part; whole quarters and halves get their own form.
pub(super) fn calendar(date: &Edtf, time: Option<&str>) -> String {
    match date {
        Edtf::Point(p) => format!("{}{}", point(p), time.unwrap_or("")),
        Edtf::Interval(a, b) => {
            if let (End::Point(a), End::Point(b)) = (a, b)
                && let (Some(m), Some(n), None, None, true) =
                    (a.month, b.month, a.day, b.day, a.year == b.year)
            {
                match (m, n) {
                    (1, 6) => return format!("{:04}-H1", a.year),
                    (7, 12) => return format!("{:04}-H2", a.year),
                    _ if n - m == 2 && (m - 1) % 3 == 0 => {
                        return format!("{:04}-Q{}", a.year, (m - 1) / 3 + 1);
                    }
                    _ => {}
                }
            }
            let end = |e: &End| match e {
                End::Open => "XXXX".to_owned(),
                End::Point(p) => point(p),
            };
            format!("{}/{}", end(a), end(b))
        }
    }
}

/// The ISO week of a day: `1998-W08`.
pub(super) fn week(d: Day) -> String {
    let w = d.iso_week_date();
    format!("{:04}-W{:02}", w.year(), w.week())
}

/// `P3D`, `PT24H`, `PXY`, `P1Y6M`.
pub(super) fn duration(amount: Option<f64>, unit: Unit) -> String {
    let (t, letter) = letter(unit);
    let n = match amount {
        None => "X".to_owned(),
        Some(n) if n.fract() == 0.0 => format!("{n:.0}"),
        Some(n) => match unit {
            Unit::Year => return halves(n, 12.0, "P", 'Y', "", 'M'),
            Unit::Day => return halves(n, 24.0, "P", 'D', "T", 'H'),
            Unit::Hour => return halves(n, 60.0, "PT", 'H', "", 'M'),
            Unit::Minute => return halves(n, 60.0, "PT", 'M', "", 'S'),
            _ => format!("{n}"),
        },
    };
    let scale = match (unit, amount) {
        (Unit::Decade, Some(n)) => return format!("P{:.0}Y", n * 10.0),
        (Unit::Century, Some(n)) => return format!("P{:.0}Y", n * 100.0),
        _ => "",
    };
    format!("P{t}{n}{scale}{letter}")
}

fn halves(n: f64, per: f64, head: &str, big: char, join: &str, small: char) -> String {
    let (whole, part) = (n.trunc(), (n.fract() * per).round());
    match whole as i64 {
        0 => format!("{}{join}{part:.0}{small}", if join.is_empty() { head } else { "P" }),
        w => format!("{head}{w}{big}{join}{part:.0}{small}"),
    }
}

fn letter(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Weekend => ("", "WE"),
        Unit::Week => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    }
}

/// What recurs: `XXXX-WXX-5` for a weekday, else the length between.
pub(super) fn set(amount: i32, unit: Unit, weekday: Option<i8>) -> String {
    match weekday {
        Some(d) => format!("XXXX-WXX-{d}"),
        // What recurs each quarter is written by its months, as in the guidelines' own examples.
        None if unit == Unit::Quarter => duration(Some(f64::from(amount) * 3.0), Unit::Month),
        None => duration(Some(f64::from(amount)), unit),
    }
}
