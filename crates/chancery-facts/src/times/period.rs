//! Longer stretches: quarters and halves of a year, decades, centuries, years by themselves, and holidays.

use super::date::{calendar, plausible, year_word};
use super::grammar::{Hit, whole_year};
use super::lex::Line;
use super::number;
use chancery_lexicon::times::Holiday;
use chancery_model::date::{Edtf, End, Point};
use chancery_model::facts::TimeMeaning;
use chancery_model::vocab::TimeType;

/// "third quarter", "second half": the number and where it ends.
pub(super) fn quarter(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let i = i + usize::from(line.is(i, "fiscal"));
    let i = i + usize::from(line.hyphen(i));
    let (e, n) = match line.w(i) {
        "last" | "latter" => (i + 1, 9),
        "final" | "closing" if line.is(i + 1, "quarter") => (i + 1, 4),
        "final" => (i + 1, 9),
        _ => number::ordinal(line, i)?,
    };
    let e = e + usize::from(line.hyphen(e));
    match line.w(e) {
        "quarter" if (1..=4).contains(&n) => Some((e + 1, n as i8)),
        "half" if n == 1 => Some((e + 1, 5)),
        "half" if n == 2 || n == 9 => Some((e + 1, 6)),
        _ => None,
    }
}

/// The months of a quarter or half: first and last.
pub(super) fn quarter_months(quarter: i8) -> (i8, i8) {
    match quarter {
        5 => (1, 6),
        6 => (7, 12),
        q => ((q.clamp(1, 4) - 1) * 3 + 1, q.clamp(1, 4) * 3),
    }
}

/// The quarter or half of a year.
pub(super) fn quarter_of(year: i16, quarter: i8) -> Edtf {
    let (a, b) = quarter_months(quarter);
    Edtf::Interval(End::Point(Point::month(year, a)), End::Point(Point::month(year, b)))
}

/// "Q3 2013", "H1": a quarter or half by letter; a half only with its year.
fn letter(line: &Line<'_>, i: usize) -> Option<Hit> {
    let most = match line.w(i) {
        "q" => 4,
        "h" => 2,
        _ => return None,
    };
    let (n, 1) = line.digits(i + 1)? else { return None };
    if !line.capital(i) || !line.glued(i + 1) || n == 0 || n > most || line.hyphen(i + 2) {
        return None;
    }
    let quarter = i8::try_from(n).ok()? + if most == 2 { 4 } else { 0 };
    let of = usize::from(line.any(i + 2, &["of", ","]));
    if let Some((e, y)) = number::year(line, i + 2 + of).filter(|(_, y)| plausible(*y)) {
        let date = quarter_of(y, quarter);
        return Some(Hit::date(e, TimeMeaning::Calendar { date, time: None }, "times.quarter"));
    }
    let m = TimeMeaning::Quarter { quarter, year_shift: None };
    (most == 4).then(|| Hit::date(i + 2, m, "times.quarter"))
}

/// "FY2015", "fiscal 2013", "the school year 2013-14", "the 2014 fiscal year": a year by its use. Two years running are
/// given as the years they lie in.
fn named_year(line: &Line<'_>, i: usize) -> Option<Hit> {
    const USES: &[&str] = &["fiscal", "financial", "academic", "school", "tax", "calendar"];
    let j = i + usize::from(line.is(i, "the"));
    let (at, tail) = if line.is(j, "fy") && line.capital(j) {
        (j + 1, false)
    } else if line.any(j, USES) {
        (j + 1 + usize::from(line.is(j + 1, "year")), false)
    } else {
        (j, true)
    };
    let short = line.is(j, "fy") && line.glued(at);
    let two = || {
        line.digits(at)
            .filter(|(_, len)| short && *len == 2)
            .and_then(|(n, _)| Some((at + 1, 2000 + i16::try_from(n).ok()?)))
    };
    let (mut end, year) = number::year(line, at).filter(|(_, y)| plausible(*y)).or_else(two)?;
    let mut last = year;
    if line.any(end, &["-", "/", "\u{2013}"]) && line.glued(end) && line.glued(end + 1) {
        let (n, len) = line.digits(end + 1)?;
        let n = i16::try_from(n).ok()?;
        let whole = if len == 2 { year - year.rem_euclid(100) + n } else { n };
        let next = if whole < year { whole + 100 } else { whole };
        if next == year + 1 {
            last = next;
            end += 2;
        }
    }
    if tail {
        if !(line.any(end, USES) && line.is(end + 1, "year")) {
            return None;
        }
        end += 2;
    }
    if last == year {
        return Some(whole_year(end, year, "times.year"));
    }
    let date = Edtf::Interval(End::Point(Point::year(year)), End::Point(Point::year(last)));
    Some(Hit::date(end, TimeMeaning::Calendar { date, time: None }, "times.year"))
}

pub(super) fn quarters(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the"));
    let mut j = i + the;
    // "the 1988 third quarter", "the year-ago third quarter", "this year's third quarter" (with the cycles)
    let fiscal = usize::from(line.is(j, "fiscal"));
    let lead = number::year(line, j + fiscal).filter(|(_, y)| plausible(*y));
    if let Some((e, _)) = lead {
        // "1990's second quarter"
        let s = line.any(e, &["'", "\u{2019}"]) && line.is(e + 1, "s");
        j = e + if s { 2 } else { 0 };
    }
    if line.is(j, "year") && line.hyphen(j + 1) && line.any(j + 2, &["ago", "earlier"]) {
        let (end, q) = quarter(line, j + 3)?;
        let m = TimeMeaning::Quarter { quarter: q, year_shift: Some(-1) };
        return Some(Hit::date(end, m, "times.quarter"));
    }
    if let Some(h) = letter(line, j) {
        return Some(h);
    }
    // "the third-quarter loss": an adjective leaves the article out.
    if the == 1 && lead.is_none() && line.hyphen(j + 1) {
        return None;
    }
    let (end, q) = quarter(line, j)?;
    let half = q > 4;
    let of = usize::from(line.any(end, &["of", ","]));
    // "The second half of fiscal 1990".
    let of = of + usize::from(of == 1 && line.is(end + 1, "fiscal"));
    let tail = number::year(line, end + of).filter(|(_, y)| plausible(*y));
    let (end, year) = match (lead, tail) {
        (_, Some((e, y))) => (e, Some(y)),
        (Some((_, y)), None) => (end, Some(y)),
        (None, None) => (end, None),
    };
    if let Some(y) = year {
        let date = quarter_of(y, q);
        return Some(Hit::date(end, TimeMeaning::Calendar { date, time: None }, "times.quarter"));
    }
    let (e, mut year_shift) = year_word(line, end);
    let mut end = e;
    if year_shift.is_none() && line.is(end, "of") && line.is(end + 1, "the") && line.is(end + 2, "year") {
        year_shift = Some(0);
        end += 3;
    }
    // "the first half" of a match is no time; "first-half profit" is.
    let of_money = line.any(end, &HALF_YEARLY) || line.any(end + 1, &HALF_YEARLY);
    if half && year_shift.is_none() && !(line.hyphen(j + 1) && of_money) {
        return None;
    }
    Some(Hit::date(end, TimeMeaning::Quarter { quarter: q, year_shift }, "times.quarter"))
}

/// What is reported by the half year, or by the year.
const HALF_YEARLY: [&str; 13] = [
    "profit", "profits", "earnings", "results", "sales", "revenue", "revenues", "income", "loss", "losses",
    "net", "figures", "turnover",
];

/// "the 1990s", "the '80s", "the nineties", "the 20th century".
pub(super) fn decade_or_century(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the"));
    let j = i + the;
    let masked = |year: i16, masked: u8| Point { masked, ..Point::year(year) };
    if let Some((n, 4)) = line.digits(j) {
        let apos = usize::from(line.any(j + 1, &["'", "\u{2019}"]) && line.glued(j + 1));
        // "1000s of jobs" counts them.
        let counts = the == 0 && (n == 1000 || line.is(j + 2 + apos, "of"));
        let decade = n % 10 == 0 && (1000..2200).contains(&n) && !counts;
        if line.glued(j + 1 + apos) && line.is(j + 1 + apos, "s") && decade {
            let year = i16::try_from(n).ok()?;
            let digits = if n % 100 == 0 { 2 } else { 1 };
            return calendar(
                j + 2 + apos,
                masked(year, if n == 2000 { 1 } else { digits }),
                None,
                "times.decade",
            );
        }
    }
    let short = line.any(j, &["'", "\u{2019}", "\u{2018}"]);
    let k = j + usize::from(short);
    if let Some((n, 2)) = line.digits(k) {
        let apos = usize::from(line.any(k + 1, &["'", "\u{2019}"]) && line.glued(k + 1));
        if n % 10 == 0 && line.glued(k + 1 + apos) && line.is(k + 1 + apos, "s") && (short || the == 1) {
            return calendar(k + 2 + apos, masked(1900 + n as i16, 1), None, "times.decade");
        }
    }
    if let Some(n) = line.class(j).decade.filter(|_| the == 1) {
        return calendar(j + 1, masked(1900 + n as i16, 1), None, "times.decade");
    }
    let (e, n) = number::ordinal(line, j)?;
    let e = e + usize::from(line.hyphen(e));
    if line.is(e, "century") && (1..=22).contains(&n) {
        // "The fourth century BC": TIMEX3 `BC03`.
        if let Some(end) = super::date::christ(line, e + 1) {
            return Some(Hit::date(end, TimeMeaning::Literal(format!("BC{:02}", n - 1)), "times.bc"));
        }
        let year = i16::try_from(n).ok()?.checked_sub(1)? * 100;
        return calendar(e + 1, masked(year, 2), None, "times.century");
    }
    None
}

/// A year by itself, where nothing beside it says that it counts something.
pub(super) fn bare_year(line: &Line<'_>, i: usize) -> Option<Hit> {
    if let Some(h) = named_year(line, i) {
        return Some(h);
    }
    let mut j = i;
    let mut named = false;
    if line.is(j, "the") && (line.is(j + 1, "year") || line.any(j + 1, &["fiscal"])) {
        j += 1;
    }
    if line.any(j, &["fiscal", "year"]) && number::year(line, j + 1).is_some() {
        j += 1;
        named = true;
    } else if line.is(j, "fiscal") && line.is(j + 1, "year") && number::year(line, j + 2).is_some() {
        j += 2;
        named = true;
    } else if line.is(i, "the")
        && number::year(line, i + 1).is_some()
        && line.any(i + 2, &["period", "quarter"])
    {
        let (_, y) = number::year(line, i + 1)?;
        return plausible(y).then(|| whole_year(i + 3, y, super::told::OF_YEAR));
    } else if j != i {
        return None;
    }
    let (end, year) = number::year(line, j)?;
    if named {
        return Some(whole_year(end, year, "times.year"));
    }
    let before = line.before(i);
    // "218 BC" is read where the year is: before Christ there is no EDTF day the calendar here can hold.
    let spelled = line.digits(i).is_none();
    // "Two thousand years ago"
    if spelled && line.class(end).unit.is_some() {
        return None;
    }
    let bare = next_is_free(line, end);
    let likely = (1900..2100).contains(&year) || (1700..1900).contains(&year) && bare;
    let money = matches!(
        before,
        "$" | "\u{a3}"
            | "\u{20ac}"
            | "#"
            | "."
            | ":"
            | "+"
            | "no"
            | "about"
            | "than"
            | "least"
            | "nearly"
            | "over"
            | "some"
            | "flight"
            | "room"
            | "section"
            | "route"
            | "boeing"
    );
    if money
        || numbered(line, i)
        || counted(line, i)
        || (line.glued(i)
            && i > 0
            && !matches!(before, "(" | "\"" | "'" | "-" | "\u{2013}" | "\u{2014}" | "/" | "["))
    {
        return None;
    }
    // "the 2000 people", "1500 troops"
    let next = line.get(end);
    let follows_noun = next.is_some_and(|l| l.stuff == super::lex::Stuff::Letters && !l.capital && !l.glued)
        && line.w(end).len() > 3
        && line.w(end).ends_with('s')
        && !matches!(
            line.w(end),
            "was" | "has" | "its" | "his" | "this" | "as" | "less" | "elections" | "talks" | "does"
        )
        && !HALF_YEARLY.contains(&line.w(end));
    let unit = line.any(
        end,
        &[
            "people",
            "men",
            "women",
            "troops",
            "km",
            "miles",
            "kilometers",
            "percent",
            "tons",
            "hours",
            "feet",
            "rpm",
            "gmt",
            "%",
            "\u{b0}",
            "dollars",
        ],
    );
    if unit
        || line.is(end, "-") && line.hyphen(end) && line.letters(end + 1)
        || (line.glued(end) && line.letters(end))
    {
        return None;
    }
    let led = matches!(
        before,
        "in" | "since"
            | "by"
            | "of"
            | "from"
            | "until"
            | "till"
            | "during"
            | "before"
            | "after"
            | "between"
            | "to"
            | "early"
            | "late"
            | "mid"
            | "year"
            | "through"
    );
    let round = year % 100 == 0 && !matches!(year, 1700 | 1800 | 1900 | 2000);
    let ok = if spelled {
        (1800..2100).contains(&year)
    } else if likely {
        led || !follows_noun
    } else {
        led && !follows_noun && !round
    };
    ok.then(|| whole_year(end, year, "times.year"))
}

/// Whether a number is that of a paper: "Resolution 1441", "resolutions 1970 and 1973".
pub(super) fn numbered(line: &Line<'_>, i: usize) -> bool {
    const PAPERS: &[&str] = &["resolution", "resolutions", "unscr"];
    let next = line.any(i.wrapping_sub(1), &["and", "or", ","]) && line.digits(i.wrapping_sub(2)).is_some();
    line.any(i.wrapping_sub(1), PAPERS) || next && i > 2 && numbered(line, i - 2)
}

/// Whether it is the upper end of a count that begins below any year: "between 1000 and 2000".
fn counted(line: &Line<'_>, i: usize) -> bool {
    line.is(i.wrapping_sub(1), "and")
        && line.is(i.wrapping_sub(3), "between")
        && line.digits(i.wrapping_sub(2)).is_some_and(|(n, _)| n < 1500)
}

/// Whether no ordinary word follows that the number could count.
fn next_is_free(line: &Line<'_>, i: usize) -> bool {
    line.get(i).is_none_or(|l| l.stuff != super::lex::Stuff::Letters || l.capital)
        || line.any(
            i,
            &["and", "to", "when", "in", "by", "the", "with", "after", "as", "but", "or", "until", "that"],
        )
}

/// The rules for "last Christmas" and "next Christmas".
pub(super) const HOLIDAY_LAST: &str = "times.holiday.last";
pub(super) const HOLIDAY_NEXT: &str = "times.holiday.next";

/// A holiday, with its year if one follows.
pub(super) fn holiday(line: &Line<'_>, i: usize, end: usize, when: Holiday) -> Option<Hit> {
    if !line.capital(i) {
        return None;
    }
    let of = usize::from(line.any(end, &["of", ","]));
    let year = number::year(line, end + of).filter(|(_, y)| plausible(*y));
    if let Some((e, y)) = year {
        let day = super::resolve::holiday_of(when, y)?;
        return calendar(e, Point::day(day), None, "times.holiday");
    }
    let (end, year_shift) = year_word(line, end);
    // "Christmas night"
    if let (Holiday::Fixed(month, day), Some((e, part))) = (when, super::grammar::part_after(line, end)) {
        let m = TimeMeaning::MonthDay { month, day, weekday: None, time: Some(part), year_shift };
        return Some(Hit::new(e, TimeType::Time, m, "times.holiday"));
    }
    let m = match when {
        Holiday::Fixed(month, day) => {
            TimeMeaning::MonthDay { month, day, weekday: None, time: None, year_shift }
        }
        Holiday::Nth(month, weekday, nth) => TimeMeaning::Nth { month, weekday, nth },
        Holiday::Easter(days) => TimeMeaning::Easter { days },
    };
    Some(Hit::date(end, m, "times.holiday"))
}
