//! Time expressions: found and understood ([`add`]), then counted from a day ([`resolve`]).
//!
//! Words and phrases are in the lexicon (`data/times.toml`); how they combine is in `grammar`, `date` and `clock`.

mod clock;
mod date;
mod direction;
mod format;
mod grammar;
mod length;
mod lex;
mod narrate;
mod number;
mod period;
mod resolve;

pub use resolve::{Resolved, resolve};

use crate::Context;
use chancery_model::date::Edtf;
use chancery_model::facts::{Direction, Maker, TimeExpr, TimeIx, TimeMeaning, Unit};
use chancery_model::vocab::{Sure, TimeType};
use chancery_model::{Days, Span};
use grammar::{Found, Hit};
use lex::Line;

/// How far back, in bytes, a quarter may be named for "a year earlier" to mean the same quarter.
const QUARTER_REACH: u32 = 400;

/// Which way the clause around a stretch of a sentence points: what it tells of is past, or still ahead. `low` is the
/// text in lower case of ASCII letters only, so that offsets stay.
#[must_use]
pub fn way(text: &str, low: &str, sentence: Span, stretch: Span) -> Direction {
    let line = Line::new(text, low, sentence);
    let at = |offset: u32| (0..line.len()).find(|&i| line.get(i).is_some_and(|l| l.end > offset));
    let Some(a) = at(stretch.start) else { return Direction::Unknown };
    let b = at(stretch.end).unwrap_or(line.len()).max(a + 1);
    direction::of(&line, a, b)
}

/// Finds the time expressions of the report.
pub fn add(ctx: &mut Context<'_>) {
    let text = &ctx.report.text;
    // Lower case of ASCII letters only: every offset stays.
    let low = text.to_ascii_lowercase();
    let mut out: Vec<TimeExpr> = Vec::new();
    for sentence in &ctx.segments.sentences {
        sentence_times(text, &low, sentence.span, &mut out);
    }
    let spans: Vec<Span> = ctx.segments.sentences.iter().map(|s| s.span).collect();
    narrate::narrate(&mut out, &spans);
    link(&mut out);
    ctx.facts.times = out;
}

fn sentence_times(text: &str, low: &str, span: Span, out: &mut Vec<TimeExpr>) {
    let line = Line::new(text, low, span);
    let mut i = 0;
    while i < line.len() {
        match grammar::at(&line, i) {
            Some(Found::Nothing(end)) => i = end.max(i + 1),
            Some(Found::Time(hit)) if hit.end > i => {
                let end = hit.end;
                push(&line, i, hit, out);
                i = elided(&line, end, out);
            }
            _ => i += 1,
        }
    }
}

fn push(line: &Line<'_>, start: usize, hit: Hit, out: &mut Vec<TimeExpr>) {
    let direction = direction::of(line, start, hit.end);
    let relative = matches!(line.w(start), "earlier" | "later") && hit.modifier.is_some();
    let by = if relative { format!("{}{}", hit.by, resolve::RELATIVE) } else { hit.by.to_owned() };
    out.push(TimeExpr {
        span: line.span(start, hit.end),
        kind: hit.kind,
        meaning: hit.meaning,
        modifier: hit.modifier.map(str::to_owned),
        direction,
        maker: Maker { by, sure: Sure::High },
    });
}

/// Days after "May 3" that leave the month out: "May 3 and 5", "May 3-5", "May 3, 5 and 7".
fn elided(line: &Line<'_>, mut end: usize, out: &mut Vec<TimeExpr>) -> usize {
    let Some(first) = out.last() else { return end };
    let with_day = match &first.meaning {
        TimeMeaning::MonthDay { time: None, .. } => true,
        TimeMeaning::Calendar { date: Edtf::Point(p), time: None } => p.day.is_some(),
        _ => false,
    };
    let last_is_number = end.checked_sub(1).is_some_and(|l| line.digits(l).is_some());
    if !with_day || !last_is_number {
        return end;
    }
    let (with, direction) = (TimeIx::try_from(out.len() - 1).unwrap_or(0), first.direction);
    loop {
        let mut at = end;
        let listed = line.is(at, ",");
        let joined = line.any(at, &["and", "to", "or", "through", "&"])
            || line.hyphen(at)
            || line.any(at, &["\u{2013}"]);
        if !listed && !joined {
            return end;
        }
        at += 1;
        if listed && line.is(at, "and") {
            at += 1;
        }
        let Some((n, 1 | 2)) = line.digits(at) else { return end };
        let Some(day) = i8::try_from(n).ok().filter(|d| (1..=31).contains(d)) else { return end };
        // "May 3 and 5 people": what is counted, or another date, follows.
        let c = line.class(at + 1);
        let closes = line.get(at + 1).is_none()
            || line.any(
                at + 1,
                &[
                    ".", ",", ";", ")", "and", "in", "at", "to", "for", "when", "with", "on", "near", "but",
                    "as", "that",
                ],
            );
        let lone_comma = listed && !line.is(at - 1, "and") && !line.any(at + 1, &[",", "and"]);
        if !closes || lone_comma || c.month.is_some() || c.unit.is_some() {
            return end;
        }
        out.push(TimeExpr {
            span: line.span(at, at + 1),
            kind: TimeType::Date,
            meaning: TimeMeaning::Shared { with, day },
            modifier: None,
            direction,
            maker: Maker { by: "times.elided".to_owned(), sure: Sure::Medium },
        });
        end = at + 1;
    }
}

/// The days of an expression that prints its year, when it is one year or less.
fn year_printed(t: &TimeExpr) -> Option<Days> {
    match &t.meaning {
        TimeMeaning::Calendar { date: Edtf::Point(p), .. } if p.masked == 0 => Some(p.days()),
        _ => None,
    }
}

/// Tells each expression that leans on another which one that is.
fn link(times: &mut [TimeExpr]) {
    for i in 0..times.len() {
        let (done, rest) = times.split_at_mut(i);
        let Some(this) = rest.first_mut() else { continue };
        let start = this.span.start;
        let quarter = || {
            let near = |t: &&TimeExpr| t.span.end + QUARTER_REACH > start;
            done.iter()
                .enumerate()
                .rev()
                .take_while(|(_, t)| near(t))
                .find(|(_, t)| is_quarter(t))
                .map(|(n, _)| n)
        };
        match &mut this.meaning {
            TimeMeaning::From { of, amount: -1, unit: Unit::Year } => {
                *of = quarter().or_else(|| compared(done)).and_then(|n| TimeIx::try_from(n).ok());
            }
            TimeMeaning::From { of, .. } => {
                *of = dated_before(done).and_then(|n| TimeIx::try_from(n).ok());
            }
            TimeMeaning::Offset { amount: -1, unit: Unit::Year, time: None } => {
                if let Some(n) = quarter() {
                    let of = TimeIx::try_from(n).ok();
                    this.meaning = TimeMeaning::From { of, amount: -1, unit: Unit::Year };
                }
            }
            _ => {}
        }
    }
}

fn is_quarter(t: &TimeExpr) -> bool {
    match &t.meaning {
        TimeMeaning::Quarter { .. } => true,
        TimeMeaning::Cycle { unit: Unit::Quarter, .. } => true,
        TimeMeaning::Calendar { .. } => t.maker.by == "times.quarter",
        _ => false,
    }
}

/// What "a year earlier" is compared with: the last dated expression that is no earlier year itself.
fn compared(done: &[TimeExpr]) -> Option<usize> {
    let back = |t: &TimeExpr| match &t.meaning {
        TimeMeaning::From { amount, unit, .. } | TimeMeaning::Offset { amount, unit, .. } => {
            *amount < 0 && *unit == Unit::Year
        }
        TimeMeaning::Cycle { shift, unit } => *shift < 0 && *unit == Unit::Year,
        _ => false,
    };
    dated_before(done).filter(|n| done.get(*n).is_some_and(|t| !back(t)))
}

/// The last expression that names a point on the calendar.
fn dated_before(done: &[TimeExpr]) -> Option<usize> {
    done.iter().rposition(|t| {
        matches!(t.kind, TimeType::Date | TimeType::Time)
            && !matches!(t.meaning, TimeMeaning::Reference(_) | TimeMeaning::Literal(_))
            && t.direction != Direction::Future
    })
}
