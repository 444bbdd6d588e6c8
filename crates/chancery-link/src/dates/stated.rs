//! What a report and its source state of its date, in order of trust, and when a printed date is not believed.

use super::evidence::Hint;
use super::grid::BIT;
use super::told;
use crate::Item;
use chancery_model::Days;
use chancery_model::date::{Day, add_days, days_between};
use chancery_model::report::DateClue;
use chancery_model::vocab::DateBasis;

/// Days within which a dated past event gives the year of a dateline.
const RECENT: i32 = 120;
/// How much may speak against a printed day.
const DOUBT: i32 = 7 * BIT;

/// What is stated.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated {
    /// The date, its basis, and the words.
    pub date: Option<(Days, DateBasis, String)>,
    /// Printed dates that cannot be right, and why.
    pub doubted: Vec<(String, String)>,
    /// The latest day that comments leave, with the words of the comment.
    pub ceiling: Option<(Day, String)>,
}

/// Reads the clues of a report. `hints` gives what the text and the chronology say.
pub(super) fn read(item: &Item<'_>, hints: &dyn Fn() -> Vec<Hint>) -> Stated {
    let comments = item.report.clues.iter().filter(|c| c.basis == DateBasis::Comments);
    let ceiling =
        comments.filter_map(|c| c.days.hi.map(|d| (d, c))).min_by_key(|(d, c)| (*d, c.words.clone()));
    let ceiling = ceiling.map(|(d, c)| (d, flat(&c.words)));
    let floor = told::latest_told(item);
    let mut out = Stated { ceiling, ..Stated::default() };
    for basis in [DateBasis::Metadata, DateBasis::Url, DateBasis::Dateline, DateBasis::Stamp] {
        for clue in item.report.clues.iter().filter(|c| c.basis == basis) {
            let Some(days) = full(clue, floor.as_ref()) else { continue };
            let ceiling = out.ceiling.as_ref().map(|c| c.0);
            let reason =
                contradiction(clue, &days, floor.as_ref(), ceiling).or_else(|| unlikely(clue, &days, hints));
            match reason {
                Some(reason) => out.doubted.push((flat(&clue.words), reason)),
                None => {
                    out.date = Some((days, basis, flat(&clue.words)));
                    return out;
                }
            }
        }
    }
    out
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The days of a clue. A month and day without a year take their year from a day that the text states in full and
/// tells of as past, when it lies at most four months before: an older one says nothing of the year.
fn full(clue: &DateClue, floor: Option<&(Day, String)>) -> Option<Days> {
    if clue.days.lo.is_some() || clue.days.hi.is_some() {
        return Some(clue.days);
    }
    let (month, day) = clue.month_day?;
    let latest = floor?.0;
    let years = [latest.year(), latest.year().saturating_add(1)];
    let fits = |d: &Day| {
        (-1..=RECENT).contains(&days_between(latest, *d))
            && clue.weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w)
    };
    years.into_iter().filter_map(|y| Day::new(y, month, day).ok()).find(fits).map(Days::one)
}

/// Metadata and the web address are not doubted for what the text says: they were written by the source about itself,
/// and a date in the text may be a slip or lie ahead.
fn doubtful(clue: &DateClue) -> bool {
    matches!(clue.basis, DateBasis::Stamp | DateBasis::Dateline)
}

/// Why a printed day cannot be right, if it cannot.
fn contradiction(
    clue: &DateClue,
    days: &Days,
    floor: Option<&(Day, String)>,
    ceiling: Option<Day>,
) -> Option<String> {
    if !doubtful(clue) {
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

/// Why a printed day cannot be right from what the text tells of and the chronology knows.
fn unlikely(clue: &DateClue, days: &Days, hints: &dyn Fn() -> Vec<Hint>) -> Option<String> {
    let day = days.day().filter(|_| doubtful(clue))?;
    // A day's grace on both sides. A bare year in the text is too often one ahead to count.
    let near = Days::between(add_days(day, -1), add_days(day, 1));
    let hints = hints();
    let against = || hints.iter().filter(|h| !h.bare_year && !h.days.meets(&near));
    if against().map(|h| h.weight).sum::<i32>() < DOUBT {
        return None;
    }
    let worst = against().max_by(|a, b| a.weight.cmp(&b.weight).then_with(|| b.why.cmp(&a.why)))?;
    Some(format!("{}, which does not fit", worst.why))
}
