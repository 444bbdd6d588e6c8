//! How words of time combine. Each function reads at one lexeme and answers where the expression ends and what it
//! says, or nothing. The words themselves are in the lexicon; no expression is read twice.

use super::lex::Line;
use super::{clock, date, length, number, period, told};
use chancery_lexicon::times::{Over, Saying, TIMES};
use chancery_model::date::{Day, Edtf, Point};
use chancery_model::facts::{Direction, TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// What was read.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// One past the last lexeme.
    pub end: usize,
    pub kind: TimeType,
    pub meaning: TimeMeaning,
    pub modifier: Option<&'static str>,
    /// The rule, for the record.
    pub by: &'static str,
}

impl Hit {
    pub fn new(end: usize, kind: TimeType, meaning: TimeMeaning, by: &'static str) -> Self {
        Self { end, kind, meaning, modifier: None, by }
    }
    pub fn date(end: usize, meaning: TimeMeaning, by: &'static str) -> Self {
        Self::new(end, TimeType::Date, meaning, by)
    }
    pub fn length(end: usize, amount: Option<f64>, unit: Unit, bound: Direction) -> Self {
        Self::new(end, TimeType::Duration, TimeMeaning::Duration { amount, unit, bound }, "times.length")
    }
    pub fn with(mut self, modifier: Option<&'static str>) -> Self {
        self.modifier = modifier.or(self.modifier);
        self
    }
}

/// What stands at a place.
pub(super) enum Found {
    /// An expression.
    Time(Hit),
    /// Words to step over: they hold a time word and are no time. One past the last.
    Nothing(usize),
}

/// Reads at `i`: the longest of a fixed phrase and a combination.
pub(super) fn at(line: &Line<'_>, i: usize) -> Option<Found> {
    let starts = line.get(i)?;
    let built = if starts.class.is_some()
        || starts.stuff != super::lex::Stuff::Letters
        || opens(line.w(i))
        || line.w(i).ends_with("long")
    {
        modified(line, i).or_else(|| combination(line, i))
    } else {
        None
    };
    let end = built.as_ref().map_or(i, |h| h.end);
    match phrase(line, i) {
        Some((e, Saying::Nothing)) if e >= end => Some(Found::Nothing(e)),
        Some((e, s)) if e >= end && e > i => said(line, i, e, s).map(Found::Time).or(built.map(Found::Time)),
        _ => built.map(Found::Time),
    }
}

/// Function words that may begin an expression and are in no list of the lexicon.
fn opens(w: &str) -> bool {
    matches!(
        w,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "last"
            | "next"
            | "past"
            | "previous"
            | "coming"
            | "following"
            | "upcoming"
            | "each"
            | "every"
            | "fiscal"
            | "recent"
            | "noon"
            | "midnight"
            | "several"
            | "few"
            | "many"
            | "half"
            | "same"
            | "current"
            | "latest"
            | "final"
            | "another"
            | "midday"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "twice"
            | "once"
            | "preceding"
            | "per"
            | "eve"
            | "academic"
            | "school"
            | "financial"
            | "fy"
            | "q"
            | "h"
    )
}

/// The longest fixed phrase at `i` that is not a mere modifier.
pub(super) fn phrase(line: &Line<'_>, i: usize) -> Option<(usize, &'static Saying)> {
    let list = TIMES.sayings.get(line.w(i))?;
    list.iter().filter(|(_, s)| !matches!(s, Saying::Modifies(..))).find_map(|(seq, s)| {
        let fits = seq.iter().enumerate().all(|(k, w)| line.is(i + k, w));
        fits.then_some((i + seq.len(), s))
    })
}

fn said(line: &Line<'_>, i: usize, end: usize, saying: &Saying) -> Option<Hit> {
    match saying {
        // "soon" in a tale ("soon fell") is no time that lies ahead of anybody.
        Saying::Means(TimeMeaning::Reference(Direction::Future))
            if line.any(i, &["soon", "shortly"])
                && (line.any(end, &["after", "before", "afterwards", "thereafter"])
                    || super::direction::of(line, i, end) == Direction::Past) =>
        {
            None
        }
        Saying::Means(TimeMeaning::Offset { amount, unit, time: None }) => {
            Some(day_and_part(line, end, *amount, *unit))
        }
        Saying::Means(m @ TimeMeaning::Offset { time: Some(_), .. }) => {
            Some(Hit::new(end, TimeType::Time, m.clone(), "times.phrase"))
        }
        Saying::Means(m @ TimeMeaning::Set { .. }) => {
            Some(Hit::new(end, TimeType::Set, m.clone(), "times.phrase"))
        }
        Saying::Means(m) => Some(Hit::date(end, m.clone(), "times.phrase")),
        Saying::YearEnd => {
            // "At year-end 1988"
            if let Some((e, year)) = number::year(line, end).filter(|(_, y)| date::plausible(*y)) {
                return Some(whole_year(e, year, "times.year_end").with(Some("END")));
            }
            let m = TimeMeaning::Cycle { shift: 0, unit: Unit::Year };
            Some(Hit::date(end, m, "times.year_end").with(Some("END")))
        }
        Saying::Vague => {
            let m = TimeMeaning::Literal("PXX".to_owned());
            Some(Hit::new(end, TimeType::Duration, m, "times.phrase"))
        }
        Saying::Holiday(h) => period::holiday(line, i, end, *h),
        Saying::Nothing | Saying::Modifies(..) => None,
    }
}

/// "yesterday", with "morning" or a clock time after it.
fn day_and_part(line: &Line<'_>, end: usize, amount: i32, unit: Unit) -> Hit {
    match part_after(line, end) {
        Some((e, code)) => {
            let m = TimeMeaning::Offset { amount, unit, time: Some(code) };
            Hit::new(e, TimeType::Time, m, "times.day_part")
        }
        None => Hit::date(end, TimeMeaning::Offset { amount, unit, time: None }, "times.phrase"),
    }
}

/// A part of the day at `i`, singular: "night".
pub(super) fn part_after(line: &Line<'_>, i: usize) -> Option<(usize, String)> {
    let c = line.class(i);
    let code = c.part.filter(|_| !c.plural)?;
    Some((i + 1, code.to_owned()))
}

/// A modifier before an expression: "early", "more than", "the end of".
fn modified(line: &Line<'_>, i: usize) -> Option<Hit> {
    let list = TIMES.sayings.get(line.w(i))?;
    for (seq, s) in list {
        let Saying::Modifies(code, over) = s else { continue };
        if !seq.iter().enumerate().all(|(k, w)| line.is(i + k, w)) {
            continue;
        }
        let mut j = i + seq.len();
        if *code == "MID" && line.hyphen(j) {
            j += 1;
        }
        let point = matches!(*code, "START" | "MID" | "END");
        // "The first half of 2013" is a half year by its own name.
        if point && let Some(h) = period::quarters(line, i) {
            return Some(h);
        }
        let year = || number::year(line, j + 1).is_some_and(|(_, y)| date::plausible(y));
        let in_it = line.is(j, "in")
            && seq.len() == 1
            && (line.is(j + 1, "the") || date::clear_month(line, j + 1) || year());
        let on_it = line.is(j, "on") && line.class(j + 1).weekday.is_some();
        if point && (in_it || on_it) {
            j += 1;
        }
        // "over the past year", "within the week" are prepositions.
        let counts = line.any(i.wrapping_sub(1), OVER_IS_MORE)
            || (j + 1..j + 5).any(|k| line.any(k, &["ago", "later", "earlier"]));
        if line.is(i, "over")
            && seq.len() == 1
            && !(counts && (number::cardinal(line, j).is_some() || line.any(j, &["a", "an"])))
        {
            continue;
        }
        let mid_part = *code == "MID" && line.class(j).part.is_some();
        let inner = if mid_part { clock::part_then_date(line, j) } else { None };
        let inner = inner.or_else(|| match at_plain(line, j) {
            Some(h) => Some(h),
            None if point => date::guarded_month(line, j, true).or_else(|| date::season(line, j, true)),
            None => None,
        });
        let Some(h) = inner else { continue };
        let fits = match over {
            Over::Both => !matches!(h.meaning, TimeMeaning::Reference(_)) || h.by == "times.offset",
            Over::Point => {
                matches!(h.kind, TimeType::Date | TimeType::Time)
                    && !matches!(h.meaning, TimeMeaning::Reference(_))
            }
            Over::Length => {
                h.kind == TimeType::Duration
                    || matches!(h.meaning, TimeMeaning::Offset { .. } | TimeMeaning::From { .. })
                        && h.by == "times.offset"
            }
        };
        if fits
            && (*code != "APPROX"
                || !line.is(i, "some")
                || h.kind == TimeType::Duration
                || h.by == "times.offset")
        {
            // "earlier" and "later" without a unit beside them belong to the offset before them.
            return Some(h.with(Some(code)));
        }
    }
    None
}

/// After these "over two weeks" is more than two; elsewhere the two weeks are those over which it went on.
const OVER_IS_MORE: &[&str] = &[
    "just", "well", "slightly", "little", "for", "in", "after", "of", "took", "takes", "take", "lasted",
    "lasts", "last", "spent", "within", "with", "is", "was", "than",
];

/// A phrase or combination without a modifier.
fn at_plain(line: &Line<'_>, i: usize) -> Option<Hit> {
    if let Some(h) = combination(line, i) {
        return Some(h);
    }
    let (e, s) = phrase(line, i)?;
    said(line, i, e, s)
}

fn combination(line: &Line<'_>, i: usize) -> Option<Hit> {
    eve(line, i)
        .or_else(|| told::part_of_told_day(line, i))
        .or_else(|| date::part_of(line, i))
        .or_else(|| clock::read(line, i))
        .or_else(|| date::read(line, i))
        .or_else(|| recurring(line, i))
        .or_else(|| length::read(line, i))
        .or_else(|| cycles(line, i))
}

/// Each weekend, in TIMEX3.
const WEEKENDS: &str = "XXXX-WXX-WE";

/// "every day", "each Friday", "twice a week", "a year" as a rate.
fn recurring(line: &Line<'_>, i: usize) -> Option<Hit> {
    let set = |end, amount, unit, weekday| {
        let m = TimeMeaning::Set { amount, unit, weekday };
        Some(Hit::new(end, TimeType::Set, m, "times.set"))
    };
    if line.any(i, &["every", "each"]) {
        let mut j = i + 1;
        let mut amount = 1;
        if line.is(j, "other") {
            j += 1;
            amount = 2;
        } else if let Some((e, n)) = number::cardinal(line, j)
            && line.class(e).unit.is_some()
        {
            j = e;
            amount = n as i32;
        }
        let c = line.class(j);
        if let Some(d) = c.weekday {
            return set(j + 1, amount, Unit::Week, Some(d));
        }
        if c.unit == Some(Unit::Weekend) {
            let value = TimeMeaning::Literal(WEEKENDS.to_owned());
            return Some(Hit::new(j + 1, TimeType::Set, value, "times.set"));
        }
        if let Some(m) = c.month.filter(|_| line.capital(j)) {
            let value = TimeMeaning::Literal(format!("XXXX-{m:02}"));
            return Some(Hit::new(j + 1, TimeType::Set, value, "times.set"));
        }
        if let Some(s) = c.season {
            let letters = TIMES.seasons.get(&s)?;
            let value = TimeMeaning::Literal(format!("XXXX-{letters}"));
            return Some(Hit::new(j + 1, TimeType::Set, value, "times.set"));
        }
        if let Some(p) = c.part {
            let value = TimeMeaning::Literal(format!("XXXX-XX-XX{p}"));
            return Some(Hit::new(j + 1, TimeType::Set, value, "times.set"));
        }
        let unit = c.unit.filter(|_| !line.is(j, "second"))?;
        return set(j + 1, amount, unit, None);
    }
    // "They work on weekends."
    if line.class(i).unit == Some(Unit::Weekend) && line.class(i).plural && line.is(i.wrapping_sub(1), "on") {
        return Some(Hit::new(i + 1, TimeType::Set, TimeMeaning::Literal(WEEKENDS.to_owned()), "times.set"));
    }
    if line.any(i, &["once", "twice"]) && line.any(i + 1, &["a", "every", "each"]) {
        let unit = line.class(i + 2).unit?;
        return set(i + 3, 1, unit, None);
    }
    // "$3 million a year", "four times a day", "2 percent a month"
    if line.any(i, &["a", "per"]) && !line.class(i + 1).plural {
        let unit = line.class(i + 1).unit.filter(|u| *u != Unit::Quarter && *u != Unit::Second)?;
        let counted = line.is(i, "per") || rate(line, i);
        let ago = line.any(i + 2, &["ago", "earlier", "later", "before", "after", "from", "-", "and", "old"]);
        if counted && (!ago || line.is(i, "per")) {
            return set(i + 2, 1, unit, None);
        }
    }
    None
}

/// Whether what stands before "a year" is an amount: "$40,000", "four times", "300 cars", "3 million euros".
fn rate(line: &Line<'_>, i: usize) -> bool {
    let number = |k: usize| line.digits(k).is_some() || line.class(k).number.is_some();
    let last = i.wrapping_sub(1);
    let shared = ["times", "percent", "million", "billion", "dollars", "tons", "barrels", "people", "%"];
    if number(last) || line.any(last, &shared) {
        return true;
    }
    // Up to two words between the number and the article, the last a plural that is no length of time.
    let plural = line.letters(last) && line.w(last).len() > 3 && line.w(last).ends_with('s');
    let unit = line.class(last).unit.is_some();
    let free =
        |k: usize| line.letters(k) && !line.any(k, &["in", "for", "of", "after", "than", "was", "has", "is"]);
    let near = (2..=4).map(|k| i.wrapping_sub(k)).find(|k| number(*k) || !free(*k));
    // "24 hours a day", "five days a week"
    let hours = unit && number(i.wrapping_sub(2));
    plural && (!unit || hours) && near.is_some_and(number)
}

/// "the eve of Easter", "the eve of May 9": the day before what is named.
pub(super) fn eve(line: &Line<'_>, i: usize) -> Option<Hit> {
    let j = i + usize::from(line.is(i, "the"));
    if !(line.is(j, "eve") && line.is(j + 1, "of")) {
        return None;
    }
    let mut hit = at_plain(line, j + 2)?;
    let before = |d: Day| d.yesterday().ok();
    match &mut hit.meaning {
        TimeMeaning::Easter { days } => *days -= 1,
        TimeMeaning::MonthDay { month, day, weekday: None, time: None, .. } => {
            let d = before(Day::new(2001, *month, *day).ok()?)?;
            (*month, *day) = (d.month(), d.day());
        }
        TimeMeaning::Weekday { weekday, time: None, .. } => *weekday = (*weekday + 5) % 7 + 1,
        TimeMeaning::Calendar { date: Edtf::Point(p), time: None } => {
            *p = Point::day(before(p.days().day()?)?);
        }
        _ => return None,
    }
    hit.by = "times.eve";
    Some(hit)
}

/// "last year", "this month", "the weekend", "that day", "the following week".
fn cycles(line: &Line<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(line.is(i, "the"));
    let mut j = i + the;
    let lead = line.w(j);
    if let Some(h) = told::like_period(line, i) {
        return Some(h);
    }
    // "year-earlier", "the year-ago quarter"
    if line.is(j, "year") && line.hyphen(j + 1) && line.any(j + 2, &["ago", "earlier"]) {
        let tail = usize::from(line.any(j + 3, &["period", "quarter"]) && the == 1);
        // "The year-earlier loss": an adjective leaves the article out.
        if the == 1 && tail == 0 && line.letters(j + 3) {
            return None;
        }
        let m = TimeMeaning::From { of: None, amount: -1, unit: Unit::Year };
        return Some(Hit::date(j + 3 + tail, m, "times.year_earlier"));
    }
    // "The fiscal year ended Jan. 31" is a length, as "the year ended" is.
    if the == 1
        && line.is(j, "fiscal")
        && line.is(j + 1, "year")
        && line.any(j + 2, &["ended", "ending", "to", "through"])
    {
        return Some(Hit::length(j + 2, Some(1.0), Unit::Year, Direction::Unknown));
    }
    let shift = match lead {
        "last" | "previous" | "preceding" => -1,
        "next" | "following" | "coming" | "upcoming" => 1,
        "this" | "current" | "same" | "that" | "latest" | "past" => 0,
        _ if the == 1 && line.class(j).unit.is_some() => 0,
        _ => return None,
    };
    let plain = the == 1 && line.class(j).unit.is_some();
    if !plain {
        j += 1;
    }
    // "this past spring", "this coming week"
    let mut shift = shift;
    // "That same day"
    j += usize::from(lead == "that" && line.is(j, "same"));
    if lead == "this" && line.any(j, &["past", "coming", "next", "last"]) {
        if line.is(j, "past") || line.is(j, "last") {
            shift = -1;
        } else {
            shift = 1;
        }
        j += 1;
    }
    if line.any(j, &["fiscal", "calendar", "financial", "academic", "school"]) {
        j += 1;
    }
    let c = line.class(j);
    let unit = c.unit.filter(|_| !c.plural)?;
    let mut end = j + 1;
    if line.hyphen(end) && line.letters(end + 1) && !line.is(end + 1, "to") {
        // "the year-long siege"
        return None;
    }
    // "the last week of August" is a stretch of August, which is read by itself.
    // "The failure last week of the talks" is not: nothing of the calendar follows.
    let led = the == 1 || line.is(i.wrapping_sub(1), "the");
    if matches!(lead, "last" | "next") && line.is(end, "of") && (led || calendar_word(line, end + 1)) {
        return None;
    }
    let point = |m, by| Some(Hit::date(end, m, by));
    let point_at = |e, m, by| Some(Hit::date(e, m, by));
    match (lead, unit) {
        (_, Unit::Second | Unit::Minute | Unit::Hour) => None,
        // "This weekend" is the coming one, unless what happened on it is told.
        ("this", Unit::Weekend) => point(TimeMeaning::Cycle { shift, unit }, told::THIS),
        ("same" | "that", _) => point(TimeMeaning::From { of: None, amount: 0, unit }, "times.from"),
        ("following" | "next" | "previous" | "preceding", u) if the == 1 || u == Unit::Day => {
            let amount = if matches!(lead, "following" | "next") { 1 } else { -1 };
            point(TimeMeaning::From { of: None, amount, unit }, "times.from")
        }
        ("past", Unit::Year | Unit::Decade) if the == 1 => {
            point(TimeMeaning::Cycle { shift: -1, unit }, "times.cycle")
        }
        ("past", _) if the == 1 => Some(Hit::length(end, Some(1.0), unit, Direction::Past)),
        ("past", _) => None,
        ("latest", Unit::Quarter) => point(TimeMeaning::Cycle { shift: -1, unit }, "times.cycle"),
        ("this" | "last" | "next", Unit::Day) => None,
        // "The day before", where nothing follows that it was before.
        _ if plain
            && line.any(end, &["before", "after"])
            && length::closes(line, end + 1)
            && unit != Unit::Quarter =>
        {
            let amount = if line.is(end, "before") { -1 } else { 1 };
            Some(Hit::date(end + 1, TimeMeaning::From { of: None, amount, unit }, "times.from"))
        }
        // "The week ended Oct. 27": the one that holds the day named after it.
        _ if plain
            && matches!(unit, Unit::Week | Unit::Month | Unit::Quarter)
            && line.any(end, &["ended", "ending"]) =>
        {
            point(TimeMeaning::From { of: None, amount: 0, unit }, told::ENDED)
        }
        // "The year's third quarter"
        _ if plain && unit == Unit::Year && possessive(line, end) => match period::quarter(line, end + 2) {
            Some((e, quarter)) => {
                point_at(e, TimeMeaning::Quarter { quarter, year_shift: Some(0) }, "times.quarter")
            }
            None => point(TimeMeaning::Cycle { shift: 0, unit }, "times.cycle"),
        },
        _ if plain => match unit {
            Unit::Year if line.any(end, &["ended", "ending"]) => {
                Some(Hit::length(end, Some(1.0), unit, Direction::Unknown))
            }
            Unit::Year | Unit::Week | Unit::Weekend | Unit::Month
                if !line.any(end, &["of", "before", "after", "when"]) =>
            {
                point(TimeMeaning::Cycle { shift: 0, unit }, "times.cycle")
            }
            Unit::Quarter if !line.any(end, &["of"]) => {
                point(TimeMeaning::Cycle { shift: -1, unit }, "times.quarter")
            }
            _ => None,
        },
        ("coming" | "upcoming", Unit::Day) => None,
        _ => {
            // "last year's third quarter"
            if unit == Unit::Year
                && possessive(line, end)
                && let Some((e, q)) = period::quarter(line, end + 2)
            {
                end = e;
                let year_shift = i16::try_from(shift).ok();
                let m = TimeMeaning::Quarter { quarter: q, year_shift };
                return Some(Hit::date(end, m, "times.quarter"));
            }
            point(TimeMeaning::Cycle { shift, unit }, "times.cycle")
        }
    }
}

/// Whether a month, a season, a year or a unit is named at `i`, with or without its article.
fn calendar_word(line: &Line<'_>, i: usize) -> bool {
    let j = i + usize::from(line.any(i, &["the", "this", "last", "next", "each", "every"]));
    let c = line.class(j);
    c.month.is_some() || c.season.is_some() || c.unit.is_some() || number::year(line, j).is_some()
}

fn possessive(line: &Line<'_>, i: usize) -> bool {
    line.any(i, &["'", "\u{2019}"]) && line.is(i + 1, "s")
}

/// A whole year as a date.
pub(super) fn whole_year(end: usize, year: i16, by: &'static str) -> Hit {
    let date = Edtf::Point(Point::year(year));
    Hit::date(end, TimeMeaning::Calendar { date, time: None }, by)
}
