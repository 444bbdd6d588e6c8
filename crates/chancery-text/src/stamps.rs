//! Dates as mastheads, metadata and addresses print them.
//!
//! A day is taken only where it is written out: month names in English, ISO 8601, RFC 2822, and numbers. Where day and
//! month can be told apart neither by size nor by a weekday beside them, the range over both readings is given.

use chancery_model::Span;
use chancery_model::date::{Day, Days, Point};

/// A printed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Where, in bytes: weekday included, time of day not.
    pub span: Span,
    /// The days it names; open when no year is printed.
    pub days: Days,
    /// Month and day where no year is printed.
    pub month_day: Option<(i8, i8)>,
    /// Day of the week beside it, 1 (Monday) to 7.
    pub weekday: Option<i8>,
}

/// A run of digits, a run of letters or a single other character.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    span: Span,
    text: &'t str,
    number: Option<i16>,
}

/// The first date in a short text, such as a line of a masthead or a metadata field.
#[must_use]
pub fn find(text: &str) -> Option<Stamp> {
    all(text).into_iter().next()
}

/// All dates in a short text, in order.
#[must_use]
pub fn all(text: &str) -> Vec<Stamp> {
    let pieces = pieces(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        match at(&pieces, i) {
            Some((stamp, n)) => {
                out.push(stamp);
                i += n;
            }
            None => i += 1,
        }
    }
    out
}

/// The date that a whole metadata field states; `None` when it states none or more than a date and a time.
#[must_use]
pub fn field(text: &str) -> Option<Days> {
    let text = text.trim();
    let compact = |s: &str| s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit());
    let head = text.split(['T', ' ', '_']).next().unwrap_or("");
    if compact(head) {
        return day(number(head.get(..4)?)?, number(head.get(4..6)?)?, number(head.get(6..)?)?)
            .map(Days::one);
    }
    if head.len() == 7
        && head == text
        && let Ok(p) = head.parse::<Point>()
    {
        return Some(p.days());
    }
    if text.len() == 4
        && let Some(y) = number(text).filter(|y| (1000..=2999).contains(y))
    {
        return Some(Point::year(y).days());
    }
    find(text).map(|s| s.days).filter(|d| *d != Days::open())
}

/// The date in the path of a web address: `/2005/07/03/`, `/2005/jul/03/`, `/20050703`, `2005-07-03`, `/2005/07/`.
/// Returns the words and the days.
#[must_use]
pub fn in_url(url: &str) -> Option<(String, Days)> {
    let path = url.split_once("://").map_or(url, |(_, p)| p);
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let year = |s: &str| number(s).filter(|y| s.len() == 4 && (1980..=2099).contains(y));
    let month_of =
        |s: &str| month(s).or_else(|| number(s).filter(|m| (1..=12).contains(m)).filter(|_| s.len() <= 2));
    let mut whole_month = None;
    for (i, p) in parts.iter().enumerate().skip(1) {
        if p.len() == 8
            && let Some(d) = field(p).filter(|d| d.lo.is_some_and(|d| (1980..=2099).contains(&d.year())))
        {
            return Some(((*p).to_owned(), d));
        }
        let (Some(y), Some(m)) = (year(p), parts.get(i + 1).copied()) else { continue };
        let Some(month) = month_of(m) else { continue };
        let third = parts.get(i + 2).copied().filter(|d| d.len() <= 2).and_then(|d| Some((d, number(d)?)));
        if let Some((d, n)) = third
            && let Some(found) = day(y, month, n)
        {
            return Some((format!("{p}/{m}/{d}"), Days::one(found)));
        }
        let slash = path.contains(&format!("/{p}/{m}/"));
        whole_month = whole_month.or_else(|| {
            let month = i8::try_from(month).ok()?;
            slash.then(|| (format!("{p}/{m}"), Point::month(y, month).days()))
        });
    }
    whole_month
}

/// What is left of a line when its dates, times of day and the words around them are taken away.
#[must_use]
pub fn rest_of(text: &str, stamps: &[Stamp]) -> String {
    let mut out = String::new();
    let inside = |s: Span| stamps.iter().any(|d| d.span.contains(s));
    let pieces = pieces(text);
    let kept: Vec<&Piece<'_>> = pieces.iter().filter(|p| !inside(p.span)).collect();
    for p in kept {
        let w = p.text.to_ascii_lowercase();
        let number = p.text.starts_with(|c: char| c.is_ascii_digit());
        let mark = !p.text.starts_with(char::is_alphanumeric);
        if number || STAMP_WORDS.contains(&w.as_str()) || (mark && !matches!(p.text, "|" | "·" | "•")) {
            continue;
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(p.text);
    }
    out
}

/// Whether a line has a time of day: `22:15`, `9:41 am`, `5 pm`.
#[must_use]
pub fn has_time(text: &str) -> bool {
    let p = pieces(text);
    let is = |i: usize, f: &dyn Fn(&Piece<'_>) -> bool| p.get(i).is_some_and(f);
    p.iter().enumerate().any(|(i, h)| {
        let hour = h.number.is_some_and(|n| (0..24).contains(&n)) && h.text.len() <= 2;
        let half =
            |x: &Piece<'_>| matches!(x.text.to_ascii_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m");
        let minute = |x: &Piece<'_>| x.text.len() == 2 && x.number.is_some_and(|n| (0..60).contains(&n));
        let colon = |x: &Piece<'_>| matches!(x.text, ":" | ".");
        hour && (is(i + 1, &half) || (is(i + 1, &|x| x.text == ":") && is(i + 2, &minute)))
            || hour && is(i + 1, &colon) && is(i + 2, &minute) && is(i + 3, &half)
    })
}

/// Words that stand around a date in a masthead and say nothing else.
const STAMP_WORDS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "last",
    "modified",
    "first",
    "created",
    "on",
    "at",
    "am",
    "pm",
    "a",
    "m",
    "p",
    "t",
    "z",
    "gmt",
    "utc",
    "est",
    "edt",
    "pst",
    "pdt",
    "cet",
    "cest",
    "bst",
    "ist",
    "eet",
    "msk",
    "hrs",
    "hours",
    "h",
    "date",
    "time",
    "issued",
    "release",
    "released",
    "print",
    "edition",
    "of",
    "the",
    "and",
    "local",
    "dated",
    "filed",
];

fn number(s: &str) -> Option<i16> {
    if s.len() > 4 || s.is_empty() || !s.bytes().all(|b| b.is_ascii_digit()) { None } else { s.parse().ok() }
}

fn day(y: i16, m: i16, d: i16) -> Option<Day> {
    Day::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of a month by its English name, whole or cut to three letters or more (`Sept`).
fn month(s: &str) -> Option<i16> {
    name(s, MONTHS)
}

fn name(s: &str, list: &[&str]) -> Option<i16> {
    if !(3..=9).contains(&s.len()) || !s.is_ascii() {
        return None;
    }
    let s = s.to_ascii_lowercase();
    let n = list.iter().position(|m| m.starts_with(&s) && (s.len() <= 5 || s.len() == m.len()))?;
    i16::try_from(n + 1).ok()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut i = 0;
    let class = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            0
        }
    };
    while let Some(c) = text.get(i..).and_then(|s| s.chars().next()) {
        let k = class(c);
        let len = match k {
            0 => c.len_utf8(),
            _ => text.get(i..).map_or(1, |s| s.find(|x| class(x) != k).unwrap_or(s.len())),
        };
        let w = text.get(i..i + len).unwrap_or("");
        if !c.is_whitespace() {
            out.push(Piece { span: Span::new(i, i + len), text: w, number: number(w) });
        }
        i += len;
    }
    out
}

/// The date that begins at a piece, and the number of pieces it takes.
fn at(p: &[Piece<'_>], i: usize) -> Option<(Stamp, usize)> {
    let text = |k: usize| p.get(k).map_or("", |x| x.text);
    // A weekday may stand before, with a comma or a full stop.
    let mut k = i;
    let mut weekday = name(text(i), DAYS);
    if weekday.is_some() {
        k += 1;
        while matches!(text(k), "," | "." | "(") {
            k += 1;
        }
    }
    let (mut days, month_day, n) = core(p, k)?;
    let mut end = k + n;
    if weekday.is_none() {
        let skip = end + usize::from(matches!(text(end), "," | "("));
        if let Some(d) = name(text(skip), DAYS).filter(|_| text(skip).len() >= 6) {
            weekday = Some(d);
            end = skip + 1;
        }
    }
    let (first, last) = (p.get(i)?, p.get(end - 1)?);
    let weekday = weekday.and_then(|d| i8::try_from(d).ok());
    if let (Reading::Either(a, b), Some(w)) = (&days, weekday) {
        // A weekday beside it tells which number is the day.
        let fits = |d: &Day| d.weekday().to_monday_one_offset() == w;
        days = match (fits(a), fits(b)) {
            (true, false) => Reading::One(Days::one(*a)),
            (false, true) => Reading::One(Days::one(*b)),
            _ => days,
        };
    }
    let days = match days {
        Reading::One(d) => d,
        Reading::Either(a, b) => Days::between(a.min(b), a.max(b)),
    };
    Some((Stamp { span: first.span.cover(last.span), days, month_day, weekday }, end - i))
}

enum Reading {
    One(Days),
    Either(Day, Day),
}

type Core = (Reading, Option<(i8, i8)>, usize);

/// A date without its weekday, from a piece on.
fn core(p: &[Piece<'_>], i: usize) -> Option<Core> {
    let text = |k: usize| p.get(k).map_or("", |x| x.text);
    let num = |k: usize| p.get(k).and_then(|x| x.number);
    let short = |k: usize| num(k).filter(|_| text(k).len() <= 2);
    let year = |k: usize| num(k).filter(|y| text(k).len() == 4 && (1000..=2999).contains(y));
    let touches =
        |k: usize| matches!((p.get(k), p.get(k + 1)), (Some(a), Some(b)) if a.span.end == b.span.start);
    let sep = |k: usize| touches(k - 1) && touches(k) && matches!(text(k), "-" | "/" | ".");
    // Not the middle of a longer number.
    if i > 0 && touches(i - 1) && matches!(text(i - 1), "." | "," | "/" | "-") && num(i).is_some() {
        return None;
    }
    let one = |d: Option<Day>, n: usize| d.map(|d| (Reading::One(Days::one(d)), None, n));
    if let Some(y) = year(i) {
        if sep(i + 1) && sep(i + 3) && text(i + 1) == text(i + 3) {
            return one(day(y, short(i + 2)?, short(i + 4)?), 5);
        }
        return None;
    }
    if let Some(a) = short(i) {
        if short(i + 2).is_some() && sep(i + 1) && sep(i + 3) && text(i + 1) == text(i + 3) {
            let (b, y) = (short(i + 2)?, year(i + 4)?);
            return match (day(y, b, a), day(y, a, b)) {
                (Some(d), Some(m)) if d != m => Some((Reading::Either(d, m), None, 5)),
                (d, m) => one(d.or(m), 5),
            };
        }
        let mut k = i + 1;
        k += usize::from(touches(i) && matches!(text(k), "st" | "nd" | "rd" | "th"));
        k += usize::from(matches!(text(k), "of" | "-" | "." | "/"));
        let m = month(text(k))?;
        return named(text, year, m, a, k, i);
    }
    let m = month(text(i))?;
    let mut k = i + 1;
    k += usize::from(matches!(text(k), "."));
    k += usize::from(matches!(text(k), "the"));
    if let Some(y) = year(k).or_else(|| year(k + 1).filter(|_| text(k) == ",")) {
        if i > 0 && short(i - 1).is_some() {
            // A day before it that the month does not have: no date at all.
            return None;
        }
        let n = if year(k).is_some() { k } else { k + 1 };
        return Some((Reading::One(Point::month(y, i8::try_from(m).ok()?).days()), None, n + 1 - i));
    }
    let d = short(k)?;
    let ordinal = usize::from(touches(k) && matches!(text(k + 1), "st" | "nd" | "rd" | "th"));
    named(text, year, m, d, k + ordinal, i)
}

/// Month and day are known; `k` is the last piece of them: a year may follow.
fn named<'t>(
    text: impl Fn(usize) -> &'t str,
    year: impl Fn(usize) -> Option<i16>,
    m: i16,
    d: i16,
    k: usize,
    i: usize,
) -> Option<Core> {
    let mut n = k + 1;
    while n < k + 3 && matches!(text(n), "," | "." | "-" | "/") {
        n += 1;
    }
    if let Some(y) = year(n) {
        return day(y, m, d).map(|d| (Reading::One(Days::one(d)), None, n + 1 - i));
    }
    // 2004 has every day of every month.
    day(2004, m, d)?;
    Some((Reading::One(Days::open()), Some((i8::try_from(m).ok()?, i8::try_from(d).ok()?)), k + 1 - i))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(d: Days) -> String {
        d.to_edtf().map_or_else(String::new, |e| e.to_string())
    }

    #[test]
    fn dates_as_they_are_printed() {
        for (text, want) in [
            ("2004-05-17", "2004-05-17"),
            ("2004-05-17T08:30:00+02:00", "2004-05-17"),
            ("Mon, 17 May 2004 08:30:00 GMT", "2004-05-17"),
            ("Published: 3 May 2004 14:05", "2004-05-03"),
            ("July 3rd, 2005", "2005-07-03"),
            ("Sept. 4, 1998 (Friday)", "1998-09-04"),
            ("the 3rd of July 2005", "2005-07-03"),
            ("17-May-2004", "2004-05-17"),
            ("Monday 17/05/2004", "2004-05-17"),
            ("05/17/2004", "2004-05-17"),
            ("04/04/2004", "2004-04-04"),
            ("03/04/2004", "2004-03-04/2004-04-03"),
            ("Saturday 03/04/2004", "2004-04-03"),
            ("May 2004", "2004-05"),
            ("17.05.2004", "2004-05-17"),
            ("31 February 2004", ""),
            ("version 4.17.2.2004", ""),
            ("he may 12 times", ""),
            ("marching 3", ""),
        ] {
            assert_eq!(find(text).map(|s| iso(s.days)).unwrap_or_default(), want, "{text}");
        }
        let s = find("OSLO, Tue, July 3 -").unwrap();
        assert_eq!((s.month_day, s.weekday, s.days), (Some((7, 3)), Some(2), Days::open()));
        assert_eq!(s.span.of("OSLO, Tue, July 3 -"), "Tue, July 3");
    }

    #[test]
    fn fields_and_addresses() {
        for (text, want) in [
            ("20040517", "2004-05-17"),
            ("20040517T083000Z", "2004-05-17"),
            ("2004-05", "2004-05"),
            ("2004", "2004"),
            ("today", ""),
            ("May 3", ""),
        ] {
            assert_eq!(field(text).map(iso).unwrap_or_default(), want, "{text}");
        }
        for (url, want) in [
            ("https://a.example/2005/07/03/talks", "2005-07-03"),
            ("https://a.example/world/2005/jul/03/talks.html", "2005-07-03"),
            ("https://a.example/news-2005-07-03-talks", "2005-07-03"),
            ("https://a.example/a/20050703-x", "2005-07-03"),
            ("https://a.example/2005/07/talks", "2005-07"),
            ("https://a.example/id/2005/talks", ""),
            ("https://a.example/12345678", ""),
        ] {
            assert_eq!(in_url(url).map(|(_, d)| iso(d)).unwrap_or_default(), want, "{url}");
        }
    }

    #[test]
    fn times_of_day() {
        for yes in ["17 June 2013, 22:15", "9:41 am", "at 5 pm", "8.30 pm"] {
            assert!(has_time(yes), "{yes}");
        }
        for no in ["17 June 2013", "ratio 22:155", "1.5 percent"] {
            assert!(!has_time(no), "{no}");
        }
    }

    #[test]
    fn what_is_left_of_a_line() {
        let left = |s: &str| rest_of(s, &all(s));
        assert_eq!(left("Published: 3 May 2004 14:05 GMT"), "");
        assert_eq!(left("Harbour Post | 22 February 2006"), "Harbour Post |");
        assert_eq!(left("OSLO, July 3"), "OSLO");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(s in "\\PC{0,40}") {
            for d in all(&s) {
                proptest::prop_assert!(!d.span.of(&s).is_empty());
            }
            let _ = (field(&s), in_url(&s), has_time(&s));
        }
    }
}
