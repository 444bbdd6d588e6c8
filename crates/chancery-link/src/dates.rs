//! The day of publication of each report, and the time expressions counted from it.
//!
//! In order of trust: a person's decision, metadata, the web address, the dateline, the printed stamp; then what
//! bounds it: reader comments (it was there before them) and the days its text tells of (it came after them).
//! A printed day that the text contradicts is not believed. With nothing to go on the interval stays open.

use crate::{Decided, Item, Published};
use chancery_facts::times::{Resolved, resolve};
use chancery_model::date::{Day, add_days, days_between};
use chancery_model::facts::{Direction, ReportFacts, TimeMeaning};
use chancery_model::report::DateClue;
use chancery_model::vocab::{DateBasis, TimeType};
use chancery_model::{Days, Edtf};

/// The value of every time expression, counted from the days of publication.
#[must_use]
pub fn resolve_all(facts: &ReportFacts, published: &Days) -> Vec<Resolved> {
    facts.times.iter().map(|t| resolve(t, &facts.times, published)).collect()
}

/// The day of publication of one report, as far as it says itself.
#[must_use]
pub fn published(item: &Item<'_>, decided: &Decided) -> Published {
    if let Some(days) = decided.dates.get(&item.report.id) {
        return Published {
            days: *days,
            basis: DateBasis::Decision,
            why: "A person set this date.".into(),
            stamp: None,
        };
    }
    let told = told_days(item);
    let floor = told.iter().max_by_key(|t| t.0);
    let comments = item.report.clues.iter().filter(|c| c.basis == DateBasis::Comments);
    let ceiling = comments.filter_map(|c| c.days.hi.map(|d| (d, c))).min_by_key(|(d, _)| *d);
    let mut stamp = None;
    for basis in [DateBasis::Metadata, DateBasis::Url, DateBasis::Dateline, DateBasis::Stamp] {
        for clue in item.report.clues.iter().filter(|c| c.basis == basis) {
            let Some(days) = full_days(clue, item) else { continue };
            if let Some(reason) = contradiction(clue, &days, floor, ceiling.as_ref().map(|(d, _)| *d)) {
                stamp.get_or_insert((clue.words.clone(), reason));
                continue;
            }
            let mut why = format!("{} says {}.", source_words(basis), clue.words.trim());
            if let Some((words, reason)) = &stamp {
                why = format!("{why} The printed {words} was not believed: {reason}.");
            }
            return Published { days, basis, why, stamp: stamp.map(|(w, _)| w) };
        }
    }
    bounded(floor, ceiling, stamp)
}

/// What is left when no date is stated: bounds.
fn bounded(
    floor: Option<&(Day, String)>,
    ceiling: Option<(Day, &DateClue)>,
    stamp: Option<(String, String)>,
) -> Published {
    let mut why = Vec::new();
    let mut basis = DateBasis::None;
    let mut days = Days::open();
    if let Some((day, words)) = floor {
        days.lo = Some(*day);
        basis = DateBasis::Text;
        why.push(format!("not before {day}, since it tells of “{words}”"));
    }
    if let Some((day, clue)) = ceiling {
        days.hi = Some(day);
        basis = DateBasis::Comments;
        why.push(format!("not after {day}, the day of a reader's comment ({})", clue.words.trim()));
    }
    if let Some((words, reason)) = &stamp {
        why.push(format!("the printed {words} was not believed: {reason}"));
    }
    let why = if why.is_empty() {
        "Nothing in the report or beside it says when it was published.".to_owned()
    } else {
        let mut s = why.join("; ");
        if let Some(c) = s.get(0..1) {
            s = format!("{}{}", c.to_uppercase(), s.get(1..).unwrap_or(""));
        }
        s + "."
    };
    Published { days, basis, why, stamp: stamp.map(|(w, _)| w) }
}

fn source_words(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Metadata => "The metadata",
        DateBasis::Url => "The web address",
        DateBasis::Dateline => "The dateline",
        _ => "A date printed on the page",
    }
}

/// The days of a clue. A month and day without a year take their year from a day that the text states in full and
/// tells of as past, when it lies at most four months before: an older one says nothing of the year.
fn full_days(clue: &DateClue, item: &Item<'_>) -> Option<Days> {
    if clue.days.lo.is_some() || clue.days.hi.is_some() {
        return Some(clue.days);
    }
    let (month, day) = clue.month_day?;
    let (latest, _) = told_days(item).into_iter().max_by_key(|t| t.0)?;
    let years = [latest.year(), latest.year().saturating_add(1)];
    let fits = |d: &Day| (-1..=RECENT).contains(&days_between(latest, *d));
    years.into_iter().filter_map(|y| Day::new(y, month, day).ok()).find(fits).map(Days::one)
}

/// Days within which a dated past event gives the year of a dateline.
const RECENT: i32 = 120;

/// Why a printed day cannot be right, if it cannot. Metadata and the web address are not doubted for what the text
/// says: they were written by the source about itself, and a date in the text may be a slip or lie ahead.
fn contradiction(
    clue: &DateClue,
    days: &Days,
    floor: Option<&(Day, String)>,
    ceiling: Option<Day>,
) -> Option<String> {
    if !matches!(clue.basis, DateBasis::Stamp | DateBasis::Dateline) {
        return None;
    }
    if let (Some(day), Some(wd)) = (days.day(), clue.weekday)
        && day.weekday().to_monday_one_offset() != wd
    {
        return Some(format!("{day} was not the weekday printed beside it"));
    }
    if let (Some(hi), Some((day, words))) = (days.hi, floor) {
        // One day's grace: time zones, and reports of a day that is just beginning elsewhere.
        if add_days(hi, 1) < *day {
            return Some(format!("the text tells of “{words}”, which is later"));
        }
    }
    if let (Some(lo), Some(c)) = (days.lo, ceiling)
        && add_days(c, 1) < lo
    {
        return Some(format!("a reader's comment is dated {c}, which is earlier"));
    }
    None
}

/// Days that the text states in full and tells of as past, with their words.
fn told_days(item: &Item<'_>) -> Vec<(Day, String)> {
    let mut out = Vec::new();
    for t in &item.facts.times {
        let TimeMeaning::Calendar { date, .. } = &t.meaning else { continue };
        // A date of which nothing says that it lies behind ("the 2014 games") bounds nothing.
        if t.direction != Direction::Past || !matches!(t.kind, TimeType::Date | TimeType::Time) {
            continue;
        }
        // The start of a stated month is the earliest the report can be; its end may still lie ahead. Of a year alone
        // the start is too far off to say much, but it is still a bound.
        if let (Edtf::Point(_), Some(lo)) = (date, date.days().lo) {
            out.push((lo, t.span.of(&item.report.text).to_owned()));
        }
    }
    out
}
