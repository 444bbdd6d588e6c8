//! Days that a report names without a year, beside a name that dated reports set beside that day of one year: "June 14 at
//! Kebithigollewa" is of the year in which another report has a Kebithigollewa on June 15.
//!
//! What a match is worth is how seldom it comes by chance: a name that dated reports set beside few days of the year
//! tells, one that stands beside every third day does not. Names are looked up by their words, so the work grows with the
//! reports and not with their pairs.

use super::evidence::{Cyclic, Evidence, FAIR, FIRM, Hint};
use super::grid::{BIT, log2, number};
use crate::{Item, Published, fold};
use chancery_model::Days;
use chancery_model::Span;
use chancery_model::date::{Day, add_days};
use chancery_model::facts::{Direction, Mention, TimeMeaning};
use chancery_model::vocab::{DateBasis, MentionKind, PlaceKind};
use std::collections::{BTreeMap, BTreeSet};

/// How many days off another report's day may lie: two reports of one happening often differ by a day.
const OFF: i32 = 2;
/// A match that comes by chance more often than once in so many is none.
const ONCE_IN: f64 = 12.0;
/// A day is named without its year from no further off, in days; further, and the other year's is meant.
const AWAY: i32 = 273;
/// So many months one after the other are a tale.
const TALE: usize = 3;
/// What lies ahead is mostly nearer.
const SOON: i32 = 92;
/// What is added to the worth of a match: reports of one record are mostly of one time.
const OF_ITS_TIME: i32 = 4 * BIT;
/// A name shorter than this in letters is too often of something else.
const LETTERS: usize = 4;

/// The years of months and days that a text names without one.
pub(crate) type Years = BTreeMap<Span, i16>;

/// The days that dated reports set beside the names that undated ones set beside days without a year.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// By name: days, each with the report that has it first.
    days: BTreeMap<String, BTreeMap<Day, usize>>,
}

impl Anchors {
    /// `own` is the stated date of each report, where it has one.
    pub fn of(items: &[Item<'_>], own: &[Option<&Published>], evidence: &[&Evidence]) -> Self {
        let mut sought = BTreeSet::new();
        for ((item, own), e) in items.iter().zip(own).zip(evidence) {
            if own.is_none() {
                sought.extend(beside(item, e).into_iter().flat_map(|b| b.names));
            }
        }
        let mut days: BTreeMap<String, BTreeMap<Day, usize>> = BTreeMap::new();
        if sought.is_empty() {
            return Self::default();
        }
        for (n, (item, own)) in items.iter().zip(own).enumerate() {
            let Some(published) = own else { continue };
            for (t, at) in item.facts.times.iter().zip(super::resolve_all(item.facts, published)) {
                let Some(day) = at.days.day() else { continue };
                for name in names(item, t.span).into_iter().filter(|w| sought.contains(w)) {
                    days.entry(name).or_default().entry(day).or_insert(n);
                }
            }
        }
        Self { days }
    }

    /// Puts to a report's evidence what they say of it, and gives the years they tell: of their own days, and of months and
    /// days that a tale goes through before and after.
    pub fn tell(&self, item: &Item<'_>, items: &[Item<'_>], out: &mut Evidence) -> Years {
        let mut years = Years::new();
        let mut hints: Vec<Hint> = Vec::new();
        for b in beside(item, out) {
            let best = b.names.iter().filter_map(|name| self.year(name, &b)).max_by_key(|(bits, ..)| *bits);
            let Some((bits, report, other, name)) = best else { continue };
            let Some(told) = Day::new(other.year() + b.turn(other), b.month, b.day).ok() else { continue };
            let away = |n| add_days(told, n);
            let days = match b.direction {
                Direction::Future => Days::between(away(-AWAY), told),
                Direction::Past => Days::between(told, away(AWAY)),
                _ => Days::between(away(-AWAY / 2), away(AWAY)),
            };
            let key = items.get(report).map_or("", |i| i.report.key.as_str());
            let why = format!("it has “{}” beside {name}, as {key} has {other}", b.words);
            let hint =
                |days, weight, why| Hint { days, weight, basis: DateBasis::Corpus, why, bare_year: false };
            years.insert(b.at, told.year());
            match b.direction {
                Direction::Past => {
                    let tale = tale(item, out, &b);
                    if let Some(last) = tale.last().filter(|c| c.month > told.month())
                        && let Ok(day) = Day::new(told.year(), last.month, last.day.unwrap_or(1))
                    {
                        let why = format!("{why}, and goes on to “{}”", last.words);
                        hints.push(hint(Days { lo: Some(day), hi: None }, FIRM, why));
                    }
                    years.extend(tale.iter().filter_map(|c| Some((c.span?, told.year()))));
                }
                Direction::Future => hints.push(hint(Days::between(away(-SOON), told), FAIR, why.clone())),
                _ => {}
            }
            hints.push(hint(days, bits, why));
        }
        // What a tale goes through says no more of the report than its end does.
        let end = out.cyclic.iter().filter_map(|c| c.span).filter(|s| years.contains_key(s)).max();
        out.cyclic.retain(|c| c.span.is_none_or(|s| !years.contains_key(&s) || Some(s) == end));
        out.hints.append(&mut hints);
        years
    }

    /// The one year whose day the name stands beside: what it is worth, the report and its day, and the name as printed.
    fn year<'b>(&self, name: &'b str, b: &'b Beside) -> Option<(i32, usize, Day, &'b str)> {
        let all = self.days.get(name)?;
        let fits: Vec<(i32, Day, usize)> = all
            .iter()
            .filter_map(|(d, n)| {
                let told = Day::new(d.year() + b.turn(*d), b.month, b.day).ok()?;
                let off = (number(told) - number(*d)).abs();
                (off <= OFF).then_some((off, *d, *n))
            })
            .collect();
        let (_, day, report) = *fits.iter().min()?;
        if fits.iter().any(|(_, d, _)| (number(*d) - number(day)).abs() > 2 * OFF) {
            return None;
        }
        // Days of the year that the name stands beside, a run of neighbouring ones counted once.
        let mut of_year: Vec<i32> = all.keys().map(|d| i32::from(d.day_of_year())).collect();
        of_year.sort_unstable();
        of_year.dedup_by(|a, b| *a - *b <= OFF);
        let chance = of_year.len() as f64 * f64::from(2 * OFF + 1) / 365.0;
        let printed = b.printed.iter().find(|p| p.to_lowercase() == name)?;
        (chance * ONCE_IN <= 1.0).then(|| (OF_ITS_TIME + log2(1.0 / chance), report, day, printed.as_str()))
    }
}

/// The months and days of one year that a report goes through around a day it tells of, one after the other: those
/// before it and those after it, each only where none of them stands out of order.
fn tale(item: &Item<'_>, e: &Evidence, from: &Beside) -> Vec<Cyclic> {
    let all = || e.cyclic.iter().filter(|c| !c.own && !nearest(item, c.span));
    let before: Vec<&Cyclic> = all().filter(|c| c.span.is_some_and(|s| s.lo() < from.at.lo())).collect();
    // What was ahead at the time may be over: but what lies ahead after it is.
    let after =
        all().filter(|c| c.span.is_some_and(|s| s.lo() > from.at.lo()) && c.direction != Direction::Future);
    let after: Vec<&Cyclic> = after.collect();
    let ordered = |list: &[&Cyclic]| list.is_sorted_by_key(|c| c.month);
    let told = before.first().is_some_and(|c| c.direction == Direction::Past);
    let mut out = Vec::new();
    if told && ordered(&before) && before.last().is_some_and(|c| c.month <= from.month) {
        out.extend(before.into_iter().cloned());
    }
    if ordered(&after) && after.first().is_some_and(|c| c.month >= from.month) {
        out.extend(after.into_iter().cloned());
    }
    let mut months: Vec<i8> = out.iter().map(|c| c.month).chain([from.month]).collect();
    months.sort_unstable();
    months.dedup();
    if months.len() >= TALE { out } else { Vec::new() }
}

/// "Last December" starts anew, wherever it stands.
fn nearest(item: &Item<'_>, span: Option<Span>) -> bool {
    item.facts.times.iter().any(|t| Some(t.span) == span && matches!(t.meaning, TimeMeaning::Nearest { .. }))
}

/// A day without a year, and the names in its sentence.
struct Beside {
    at: Span,
    month: i8,
    day: i8,
    direction: Direction,
    words: String,
    names: Vec<String>,
    printed: Vec<String>,
}

impl Beside {
    /// Years to add to those of a neighbouring day, around the turn of the year.
    fn turn(&self, other: Day) -> i16 {
        match (self.month, other.month()) {
            (12, 1) => -1,
            (1, 12) => 1,
            _ => 0,
        }
    }
}

fn beside(item: &Item<'_>, e: &Evidence) -> Vec<Beside> {
    let day = |m: &TimeMeaning| matches!(m, TimeMeaning::MonthDay { .. } | TimeMeaning::Shared { .. });
    let is_day = |s: Span| item.facts.times.iter().any(|t| t.span == s && day(&t.meaning));
    let days =
        e.cyclic.iter().filter(|c| !c.own).filter_map(|c| Some((c, c.day?, c.span.filter(|s| is_day(*s))?)));
    days.map(|(c, day, span)| {
        let printed = printed(item, span);
        let names = printed.iter().map(|p| p.to_lowercase()).collect();
        Beside {
            at: span,
            month: c.month,
            day,
            direction: c.direction,
            words: c.words.clone(),
            names,
            printed,
        }
    })
    .collect()
}

fn names(item: &Item<'_>, at: Span) -> Vec<String> {
    printed(item, at).into_iter().map(|p| p.to_lowercase()).collect()
}

/// The names in a sentence: of places below a country, of persons by the last word, of bodies.
fn printed(item: &Item<'_>, at: Span) -> Vec<String> {
    let text = &item.report.text;
    let sentence = fold::sentence(text, at);
    let from = item.facts.mentions.partition_point(|m| m.span.start < sentence.start);
    let inside = item.facts.mentions.iter().skip(from).take_while(|m| m.span.end <= sentence.end);
    let name = |m: &Mention| {
        let said = m.span.of(text);
        let said = match m.kind {
            MentionKind::Person => said.rsplit(char::is_whitespace).next().unwrap_or(said),
            MentionKind::Place => {
                let country = m.place.and_then(|p| item.facts.places.get(p as usize));
                country.filter(|p| p.kind != PlaceKind::Country).map(|_| said)?
            }
            MentionKind::Organization => said,
            _ => return None,
        };
        let name = said.starts_with(char::is_uppercase)
            && said.chars().count() >= LETTERS
            && !chancery_lexicon::common::is_plain(&said.to_lowercase());
        name.then(|| said.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    inside.filter_map(name).collect()
}
