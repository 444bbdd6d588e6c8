//! What the time expressions of a report say of its own date.

use super::evidence::{Cyclic, Evidence, FAIR, FIRM, Fine, Hint, WEAK, Weekday};
use crate::Item;
use chancery_model::Days;
use chancery_model::date::{Day, Edtf, Point, month_end};
use chancery_model::facts::{Direction, TimeExpr, TimeMeaning, Unit};
use chancery_model::vocab::{DateBasis, TimeType};

/// Years that a report of today can speak of as its own.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// Gathers what the expressions say.
pub(super) fn gather(item: &Item<'_>, out: &mut Evidence) {
    let text = &item.report.text;
    let mut own_month = Vec::new();
    for t in &item.facts.times {
        let words = || t.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        match &t.meaning {
            TimeMeaning::Calendar { date, .. } => {
                full_with_weekday(t, date, &words(), out);
                calendar(t, date, &words(), out);
            }
            TimeMeaning::MonthDay { month, day, weekday, year_shift: None, .. } => out.cyclic.push(Cyclic {
                month: *month,
                day: Some(*day),
                weekday: *weekday,
                direction: t.direction,
                own: false,
                span: Some(t.span),
                words: words(),
            }),
            TimeMeaning::Shared { with, day } => {
                let base = item.facts.times.get(*with as usize).map(|b| &b.meaning);
                if let Some(TimeMeaning::MonthDay { month, year_shift: None, .. }) = base {
                    out.cyclic.push(Cyclic {
                        month: *month,
                        day: Some(*day),
                        weekday: None,
                        direction: t.direction,
                        own: false,
                        span: Some(t.span),
                        words: words(),
                    });
                }
            }
            TimeMeaning::Month { month, year_shift: None } => out.cyclic.push(Cyclic {
                month: *month,
                // "By the end of May" may still be said late in May.
                day: (t.modifier.as_deref() == Some("END"))
                    .then(|| month_end(2001, *month).map(Day::day))
                    .flatten(),
                weekday: None,
                direction: t.direction,
                own: false,
                span: Some(t.span),
                words: words(),
            }),
            TimeMeaning::Month { month, year_shift: Some(0) } => this_year(t, *month, words(), out),
            TimeMeaning::Nearest { month, ahead } if *month <= 12 => {
                // "last January" is not said in January.
                out.cyclic.push(Cyclic {
                    month: *month,
                    day: None,
                    weekday: None,
                    direction: if *ahead { Direction::Future } else { Direction::Past },
                    own: false,
                    span: Some(t.span),
                    words: words(),
                });
            }
            TimeMeaning::Weekday { weekday, week_shift, .. } => {
                let ahead = match week_shift {
                    Some(0) | None => t.direction == Direction::Future,
                    Some(_) => continue,
                };
                out.weekdays.push(Weekday { weekday: *weekday, ahead, words: words() });
            }
            TimeMeaning::Cycle { shift: 0, unit: Unit::Month } => {
                own_month.push((t.direction, words()));
            }
            _ => {}
        }
    }
    agree(&own_month, out);
}

/// A day printed with weekday, month and year is mostly the day of the report itself: of others one says less.
fn full_with_weekday(t: &TimeExpr, date: &Edtf, words: &str, out: &mut Evidence) {
    let weekday = words.get(..3).is_some_and(|w| {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&w.to_ascii_lowercase().as_str())
    });
    let Edtf::Point(Point { day: Some(_), .. }) = date else { return };
    if let (true, Some(day)) = (weekday && t.direction != Direction::Future, date.days().lo) {
        out.hints.push(Hint {
            days: Days::between(day, chancery_model::date::add_days(day, 1)),
            weight: FIRM,
            basis: DateBasis::Text,
            why: format!("it prints “{words}” in full"),
            bare_year: false,
        });
    }
}

/// A date printed with its year.
fn calendar(t: &TimeExpr, date: &Edtf, words: &str, out: &mut Evidence) {
    if !matches!(t.kind, TimeType::Date | TimeType::Time) {
        return;
    }
    let Edtf::Point(p) = date else { return };
    if p.masked > 0 || !YEARS.contains(&p.year) {
        return;
    }
    let Days { lo: Some(lo), hi: Some(hi) } = date.days() else { return };
    let fine = fineness(p);
    match t.direction {
        Direction::Future => out.hints.push(Hint {
            days: Days { lo: None, hi: Some(hi) },
            weight: if fine == Fine::Year { FAIR } else { FAIR + WEAK },
            basis: DateBasis::Text,
            why: format!("“{words}” is still ahead"),
            bare_year: fine == Fine::Year,
        }),
        Direction::Past | Direction::Now => {
            out.tell(lo, fine);
            out.hints.push(Hint {
                days: Days { lo: Some(lo), hi: None },
                weight: FIRM,
                basis: DateBasis::Text,
                why: format!("it tells of “{words}”"),
                bare_year: fine == Fine::Year,
            });
        }
        // "the 2014 games": named, and nothing says which way.
        Direction::Unknown => {
            out.tell(lo, fine);
            out.hints.push(Hint {
                days: Days { lo: Some(lo), hi: None },
                weight: if fine == Fine::Year { 2 * WEAK } else { FAIR },
                basis: DateBasis::Text,
                why: format!("it speaks of “{words}”"),
                bare_year: fine == Fine::Year,
            });
        }
    }
}

fn fineness(p: &Point) -> Fine {
    match (p.month, p.day) {
        (_, Some(_)) => Fine::Day,
        (Some(_), None) => Fine::Month,
        _ => Fine::Year,
    }
}

/// "In January this year", told of as past: not before that month, in any year.
fn this_year(t: &TimeExpr, month: i8, words: String, out: &mut Evidence) {
    let direction = if t.direction == Direction::Future { Direction::Future } else { Direction::Past };
    out.cyclic.push(Cyclic {
        month,
        day: None,
        weekday: None,
        direction,
        own: false,
        span: Some(t.span),
        words,
    });
}

/// "Later this month" beside one month that is still ahead, "earlier this month" beside one past: the month of the report.
fn agree(own: &[(Direction, String)], out: &mut Evidence) {
    for (way, words) in own {
        if !matches!(way, Direction::Past | Direction::Future) {
            continue;
        }
        let mut months: Vec<i8> =
            out.cyclic.iter().filter(|c| c.direction == *way).map(|c| c.month).collect();
        months.sort_unstable();
        months.dedup();
        if let [month] = months.as_slice() {
            out.months.push((*month, words.clone()));
        }
    }
    out.months.sort();
    out.months.dedup_by_key(|m| m.0);
    // Two that contradict each other say nothing.
    if out.months.len() > 1 {
        out.months.clear();
    }
}

/// The latest day or month that the text states in full and tells of as past, with its words. A year alone is too
/// often one that lies ahead.
pub(super) fn latest_told(item: &Item<'_>) -> Option<(Day, String)> {
    let told = item.facts.times.iter().filter_map(|t| {
        let TimeMeaning::Calendar { date: date @ Edtf::Point(Point { month: Some(_), .. }), .. } = &t.meaning
        else {
            return None;
        };
        let told = t.direction == Direction::Past && matches!(t.kind, TimeType::Date | TimeType::Time);
        let lo = date.days().lo.filter(|_| told)?;
        Some((lo, t.span.of(&item.report.text).to_owned()))
    });
    told.max_by_key(|(d, _)| *d)
}
