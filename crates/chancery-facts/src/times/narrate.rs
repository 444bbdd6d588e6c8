//! Texts that tell history: days and months without a year are of the time told of, not of the day of writing.

use chancery_model::Span;
use chancery_model::date::{Day, Edtf, Point, days_between};
use chancery_model::facts::{Direction, Maker, TimeExpr, TimeMeaning, Unit};
use chancery_model::vocab::Sure;
use std::collections::{BTreeMap, BTreeSet};

/// Whether an expression is a day or month without its year.
fn is_open(t: &TimeExpr) -> bool {
    matches!(
        t.meaning,
        TimeMeaning::MonthDay { year_shift: None, .. } | TimeMeaning::Month { year_shift: None, .. }
    )
}

/// The rule of what is dated by the tale.
pub(super) const NARRATED: &str = "times.narrated";

/// How many years a text must print, for each day it counts from its own, to be told as history.
const HISTORY: usize = 5;
/// Gives such expressions the year of what is told before them. Reports that count from their own day ("Friday",
/// "yesterday", "last week") are left alone.
pub(super) fn narrate(times: &mut [TimeExpr], sentences: &[Span]) {
    let years = times.iter().filter(|t| super::year_printed(t).is_some()).count();
    let own_day = |t: &&TimeExpr| {
        use TimeMeaning::{Cycle, Offset, Weekday, WeekdayOf};
        matches!(t.meaning, Weekday { .. } | WeekdayOf { .. } | Offset { .. } | Cycle { .. })
    };
    let own = times.iter().filter(own_day).count();
    // Days and months without a year are told of as the printed years are, if those outnumber what counts from now.
    let open = times.iter().filter(|t| is_open(t)).count();
    if years < HISTORY || years + open < own * HISTORY || years < own * 2 {
        return;
    }
    let days = told(times, sentences);
    let sentence = |s: Span| sentences.partition_point(|x| x.end <= s.start);
    // The last date: its first day, and the sentence when it is a day.
    let mut last: Option<(Day, Option<usize>)> = None;
    for (n, t) in times.iter_mut().enumerate() {
        let at = sentence(t.span);
        let day = days.get(&n).copied();
        let point = match (&t.meaning, day) {
            (TimeMeaning::MonthDay { time, .. }, Some(d)) => Some((Point::day(d), time.clone())),
            (TimeMeaning::Month { month, .. }, Some(d)) => Some((Point::month(d.year(), *month), None)),
            (TimeMeaning::Season { season, .. }, Some(d)) => Some((Point::month(d.year(), *season), None)),
            // A time of day is of the day told of.
            (TimeMeaning::Clock(time), _) => last
                .filter(|(_, s)| s.is_some_and(|s| s + 3 >= at))
                .map(|(d, _)| (Point::day(d), Some(time.clone()))),
            // "Later in the year" is of the year told of.
            (TimeMeaning::Cycle { shift: 0, unit: Unit::Year }, _) => {
                last.map(|(d, _)| (Point::year(d.year()), None))
            }
            // "At month's end"
            (TimeMeaning::Cycle { shift: 0, unit: Unit::Month }, _) => last
                .filter(|(_, s)| s.is_some_and(|s| s + 3 >= at))
                .map(|(d, _)| (Point::month(d.year(), d.month()), None)),
            // "Today" is the time of writing, whenever that was.
            (TimeMeaning::Offset { amount: 0, unit: Unit::Day, time: None }, _) => {
                t.meaning = TimeMeaning::Reference(Direction::Now);
                None
            }
            _ => None,
        };
        if let Some((point, time)) = point {
            t.meaning = TimeMeaning::Calendar { date: Edtf::Point(point), time };
            t.maker = Maker { by: NARRATED.to_owned(), sure: Sure::Medium };
        }
        if let TimeMeaning::Calendar { date, .. } = &t.meaning {
            let day = date.days().day().map(|_| at);
            last = date.days().lo.map(|d| (d, day)).or(last);
        }
    }
}

/// Bytes from the start of a sentence within which a year sets the time of what follows ("In 1804 …").
const OPENING: u32 = 40;
/// Costs, in months of the tale. Going back costs more than going on, and no leap costs more than so much.
const BACK: i32 = 2;
const LEAP: i32 = 30;
/// Leaving the year that the same sentence names, or that opened a sentence since the last date; and one named in passing.
const NAMED: i32 = 20;
const PASSING: i32 = 2;

/// A date in the order of the text.
struct Node {
    expr: usize,
    /// The days it may be: one when its year is printed.
    days: Vec<Day>,
    /// A year named since the node before, and what leaving it costs.
    year: Option<(i16, i32)>,
}

/// The first day of every month or day without a year, chosen together: the way through the tale that leaps least
/// (Viterbi 1967). Printed dates hold it on both sides.
fn told(times: &[TimeExpr], sentences: &[Span]) -> BTreeMap<usize, Day> {
    let sentence = |s: Span| sentences.partition_point(|x| x.end <= s.start);
    let printed: BTreeSet<i16> =
        times.iter().filter_map(super::year_printed).filter_map(|d| d.lo).map(Day::year).collect();
    let years: BTreeSet<i16> =
        printed.iter().flat_map(|y| [y.saturating_sub(1), *y, y.saturating_add(1)]).collect();
    let mut nodes: Vec<Node> = Vec::new();
    let mut year: Option<(i16, usize, bool)> = None;
    for (n, t) in times.iter().enumerate() {
        let at = sentence(t.span);
        let open = match &t.meaning {
            TimeMeaning::MonthDay { month, day, year_shift: None, .. } => Some((*month, *day)),
            TimeMeaning::Month { month, year_shift: None } => Some((*month, 1)),
            TimeMeaning::Season { season, year_shift: None } => {
                Some(([3, 6, 9, 12][usize::from((season - 21).unsigned_abs()) % 4], 1))
            }
            _ => None,
        };
        let days: Vec<Day> = match (open, super::year_printed(t)) {
            (Some((month, day)), _) => years.iter().filter_map(|y| Day::new(*y, month, day).ok()).collect(),
            (None, Some(d)) if d.width().is_some_and(|w| w < 300) => d.lo.into_iter().collect(),
            (None, Some(d)) => {
                let opens = sentences.get(at).is_some_and(|s| t.span.start < s.start + OPENING);
                year = d.lo.map(|d| (d.year(), at, opens));
                continue;
            }
            _ => continue,
        };
        if days.is_empty() {
            continue;
        }
        let leaving =
            |(y, said, opens): (i16, usize, bool)| (y, if opens || said == at { NAMED } else { PASSING });
        let year = year.take().filter(|_| open.is_some()).map(leaving);
        nodes.push(Node { expr: n, days, year });
    }
    way(&nodes)
}

fn leap(a: Day, b: Day) -> i32 {
    let n = days_between(a, b);
    let months = if n < 0 { 1 + BACK * -n / 30 } else { n / 30 };
    months.min(LEAP)
}

fn way(nodes: &[Node]) -> BTreeMap<usize, Day> {
    // For each node and each of its days: the least cost to come there, and from which day of the node before.
    let mut rows: Vec<Vec<(i32, usize)>> = Vec::with_capacity(nodes.len());
    for (n, node) in nodes.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|p| Some((nodes.get(p)?, rows.get(p)?)));
        let row = node.days.iter().map(|d| {
            let off = node.year.map_or(0, |(y, cost)| if d.year() == y { 0 } else { cost });
            let come = before.map(|(node, row)| {
                let all = node.days.iter().zip(row).enumerate();
                all.map(|(k, (p, (cost, _)))| (cost + leap(*p, *d), k)).min().unwrap_or((0, 0))
            });
            let (cost, from) = come.unwrap_or((0, 0));
            (cost.saturating_add(off), from)
        });
        let row = row.collect();
        rows.push(row);
    }
    let mut out = BTreeMap::new();
    let best = |row: &Vec<(i32, usize)>| (0..row.len()).min_by_key(|k| row.get(*k).map_or(i32::MAX, |r| r.0));
    let mut at = rows.last().and_then(best).unwrap_or(0);
    for (node, row) in nodes.iter().zip(&rows).rev() {
        if let Some(d) = node.days.get(at) {
            out.insert(node.expr, *d);
        }
        at = row.get(at).map_or(0, |r| r.1);
    }
    out
}
