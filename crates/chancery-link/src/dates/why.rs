//! The interval of a report, what it rests on, and one sentence a person can check.

use super::anchors::Years;
use super::evidence::{Evidence, FIRM, Hint};
use super::grid::{day, number};
use super::near::Neighbour;
use super::stated::Stated;
use super::{OUT, SHARE, days_of};
use crate::Published;
use chancery_model::Days;
use chancery_model::date::add_days;
use chancery_model::vocab::DateBasis;

/// A stated date.
pub(super) fn stated(days: Days, basis: DateBasis, words: &str, doubted: &[(String, String)]) -> Published {
    let source = match basis {
        DateBasis::Metadata => "The metadata",
        DateBasis::Url => "The web address",
        DateBasis::Dateline => "The dateline",
        _ => "A date printed on the page",
    };
    let mut why = format!("{source} says {}.", words.trim());
    if let Some((words, reason)) = doubted.first() {
        why = format!("{why} The printed {words} was not believed: {reason}.");
    }
    Published { days, basis, why, stamp: doubted.first().map(|d| d.0.clone()), years: Years::new() }
}

/// The date that the evidence leaves.
pub(super) fn published(stated: &Stated, e: &Evidence, near: &[Neighbour], names: &[String]) -> Published {
    let scores = e.scores();
    let hull = scores.middle(OUT);
    let reach = match hull {
        // Votes of neighbours have a best day: the interval is drawn around it.
        Some(h) if e.near.is_some() && h.hi - h.lo > 3 => scores.around(SHARE),
        h => h,
    };
    let days = reach.as_ref().map_or(Days::open(), |r| days_of(r, e));
    let mut why: Vec<String> = Vec::new();
    let mut basis = DateBasis::None;
    let weak = |b: DateBasis| matches!(b, DateBasis::None);
    if let Some(own) = e.cyclic.iter().find(|c| c.own && days.width().is_some()) {
        basis = DateBasis::Dateline;
        why.push(format!("the line at its head says {}", own.words));
    }
    // What excludes the day before, and the day after.
    let lower = days.lo.and_then(|d| binding(e, number(d) - 1));
    let upper = days.hi.and_then(|d| binding(e, number(d) + 1));
    if let (Some(h), Some(d)) = (lower, days.lo) {
        why.push(format!("not before {d}, since {}", h.why));
        if weak(basis) {
            basis = h.basis;
        }
    }
    if let (Some(h), Some(d)) = (upper, days.hi) {
        why.push(format!("not after {d}, since {}", h.why));
        if weak(basis) || basis == DateBasis::Text && h.basis == DateBasis::Chronology {
            basis = h.basis;
        }
    }
    if lower.is_none() && upper.is_none() && days.width().is_some() {
        // No single thing bounds it: the firmest of those that together do.
        let best = days.lo.map(|d| add_days(d, days.width().unwrap_or(0) / 2));
        let fits = |h: &&Hint| !h.bare_year && h.weight >= FIRM && best.is_some_and(|d| h.days.has(d));
        let firmest = e.hints.iter().filter(fits).max_by(|a, b| {
            let key = |h: &Hint| (h.days.width().map(std::cmp::Reverse), h.days.lo);
            key(a).cmp(&key(b)).then_with(|| b.why.cmp(&a.why))
        });
        if let Some(h) = firmest {
            why.push(h.why.clone());
            if weak(basis) {
                basis = h.basis;
            }
        }
    }
    if let Some(n) = near.first().filter(|_| days.width().is_some()) {
        let shared = if n.shared.is_empty() { String::new() } else { format!(" ({})", n.shared.join(", ")) };
        let and = match (near.get(1), names.get(1)) {
            (Some(m), Some(k)) => format!(" and {k} of {}", m.day),
            _ => String::new(),
        };
        let best = reach.map_or_else(String::new, |r| format!(", most likely {}", day(r.best)));
        let name = names.first().map_or("", String::as_str);
        why.push(format!("it shares rare words{shared} with {name} of {}{and}{best}", n.day));
        basis = DateBasis::Corpus;
    }
    if days.width().is_some_and(|w| w < 60) {
        if let Some(c) = e.cyclic.iter().find(|c| !c.own) {
            why.push(format!("it speaks of “{}” without a year", c.words));
        }
        if !e.weekdays.is_empty() {
            let mut list: Vec<String> = Vec::new();
            for w in &e.weekdays {
                let s = format!("“{}” as {}", w.words, if w.ahead { "ahead" } else { "past" });
                if !list.contains(&s) && list.len() < 3 {
                    list.push(s);
                }
            }
            why.push(format!("it has {}", list.join(", ")));
        }
        if weak(basis) {
            basis = DateBasis::Text;
        }
    }
    if (days.lo.is_some() || days.hi.is_some()) && weak(basis) {
        basis = DateBasis::Text;
    }
    if let Some((words, reason)) = stated.doubted.first() {
        why.push(format!("the printed {words} was not believed: {reason}"));
    }
    let why = sentence(&why);
    Published { days, basis, why, stamp: stated.doubted.first().map(|d| d.0.clone()), years: Years::new() }
}

/// What speaks most against a day outside the interval.
fn binding(e: &Evidence, n: i32) -> Option<&Hint> {
    let d = day(n);
    let out = e.hints.iter().filter(|h| !h.days.has(d));
    out.max_by(|a, b| a.weight.cmp(&b.weight).then(b.why.cmp(&a.why)))
}

fn sentence(clauses: &[String]) -> String {
    if clauses.is_empty() {
        return "Nothing in the report or beside it says when it was published.".to_owned();
    }
    let s = clauses.join("; ");
    let mut c = s.chars();
    c.next().map_or(String::new(), |f| f.to_uppercase().collect::<String>() + c.as_str()) + "."
}
