//! Time expressions: found and understood ([`add`]), then counted from a day ([`resolve`]).
//!
//! Words and phrases are in the lexicon (`data/times.toml`); how they combine is in `grammar`, `date` and `clock`.

mod clock;
mod clock_day;
mod date;
mod direction;
mod format;
mod governed;
mod grammar;
mod length;
mod lex;
mod live;
mod marked;
mod named;
mod narrate;
mod number;
mod period;
mod range;
mod resolve;
mod told;

pub use resolve::{Resolved, resolve};

use crate::Context;
use chancery_model::date::Edtf;
use chancery_model::facts::{Direction, Maker, TimeExpr, TimeIx, TimeMeaning, Unit};
use chancery_model::mark::Marks;
use chancery_model::report::{Report, Segments};
use chancery_model::vocab::{Sure, TimeType};
use chancery_model::{Days, Span};
use grammar::{Found, Hit};
use lex::Line;
use marked::Marked;
use named::Named;

/// How many sentences back a day may be named for "the day" or "two days later" to lean on it.
const DAY_REACH: usize = 6;

/// How far back, in bytes, a quarter may be named for "a year earlier" to mean the same quarter.
const QUARTER_REACH: u32 = 600;

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

/// Adds the time expressions of the report.
pub(crate) fn add(ctx: &mut Context<'_>) {
    ctx.facts.times = find(ctx.report, ctx.segments, ctx.marks);
}

/// The time expressions of a report. The grammar finds and reads them. A reader that marks times adds those that the
/// grammar takes for none by itself, and vague words ("now", "recent") count only where it marked them.
#[must_use]
pub fn find(report: &Report, segments: &Segments, marks: &Marks) -> Vec<TimeExpr> {
    let text = &report.text;
    // Lower case of ASCII letters only: every offset stays.
    let low = text.to_ascii_lowercase();
    let mut out: Vec<TimeExpr> = Vec::new();
    let marked = Marked::new(segments, marks);
    let named = Named::new(segments, marks);
    for sentence in &segments.sentences {
        sentence_times(&Line::new(text, &low, sentence.span), &marked, &named, &mut out);
    }
    if let Some(trees) = governed::Governed::new(text, segments, marks) {
        for t in out.iter_mut().filter(|t| leaves_open(&t.meaning)) {
            if let Some(d) = trees.direction(t.span) {
                t.direction = d;
            }
        }
    }
    live::hours(&mut out, text, segments);
    length::join(&mut out, text);
    clock_day::join(&mut out, text);
    clock_day::stamps(&mut out, text);
    let spans: Vec<Span> = segments.sentences.iter().map(|s| s.span).collect();
    narrate::narrate(&mut out, &spans);
    clock_day::told(&mut out, &spans);
    link(&mut out, &spans);
    out
}

fn sentence_times(line: &Line<'_>, marked: &Marked, named: &Named, out: &mut Vec<TimeExpr>) {
    let mut i = 0;
    while i < line.len() {
        if let Some(end) = range::read(line, i, out) {
            i = end;
            continue;
        }
        match grammar::at(line, i) {
            Some(Found::Nothing(end)) => i = end.max(i + 1),
            Some(Found::Time(hit)) if hit.end > i => {
                let end = hit.end;
                let denied = vague(&hit) && marked.denies(line.span(i, end));
                if denied || named.takes(line, i, &hit, marked) {
                    i = end;
                    continue;
                }
                push(line, i, hit, out);
                range::share_year(line, i, out);
                i = range::elided(line, end, out);
            }
            _ => {
                i = match marked.at(line, i).and_then(|b| Some((b, marked::read(line, i, b, out)?))) {
                    Some((end, hit)) if named.takes(line, i, &hit, marked) => end,
                    Some((end, hit)) => {
                        push(line, i, hit, out);
                        end
                    }
                    None => i + 1,
                }
            }
        }
    }
}

/// Takes out an expression, and keeps what leans on others leaning on the same ones.
fn take_out(times: &mut Vec<TimeExpr>, n: usize) {
    if n >= times.len() {
        return;
    }
    times.remove(n);
    for t in times.iter_mut() {
        if let TimeMeaning::Shared { with, .. } = &mut t.meaning
            && *with as usize > n
        {
            *with -= 1;
        }
    }
}

/// Whether it takes the tense of the sentence to tell which day or month is meant.
fn leaves_open(m: &TimeMeaning) -> bool {
    use TimeMeaning::{Month, MonthDay, Season, Weekday};
    matches!(
        m,
        Weekday { week_shift: None, .. }
            | MonthDay { year_shift: None, .. }
            | Month { year_shift: None, .. }
            | Season { year_shift: None, .. }
    )
}

/// Words that name no date: a text is full of them, and few are times that anybody would mark.
fn vague(hit: &Hit) -> bool {
    // "Today's world", "the people of tomorrow" are no days either.
    let day = matches!(hit.meaning, TimeMeaning::Offset { unit: Unit::Day, time: None, .. });
    hit.by == "times.phrase"
        && (day
            || matches!(
                hit.meaning,
                TimeMeaning::Reference(_) | TimeMeaning::Literal(_) | TimeMeaning::Set { .. }
            ))
}

fn push(line: &Line<'_>, start: usize, hit: Hit, out: &mut Vec<TimeExpr>) {
    let direction = direction::of(line, start, hit.end);
    // "The rest of the year" begins where the report stands, as "later this year" does.
    let rest = line.is(start, "the") && line.any(start + 1, &["rest", "remainder"]);
    let relative = (matches!(line.w(start), "earlier" | "later") || rest) && hit.modifier.is_some();
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

/// The days of an expression that prints its year, when it is one year or less.
fn year_printed(t: &TimeExpr) -> Option<Days> {
    match &t.meaning {
        TimeMeaning::Calendar { date: Edtf::Point(p), .. } if p.masked == 0 => Some(p.days()),
        _ => None,
    }
}

/// Tells each expression that leans on another which one that is.
fn link(times: &mut [TimeExpr], sentences: &[Span]) {
    let sentence = |s: Span| sentences.partition_point(|x| x.end <= s.start);
    let history = times.iter().any(|t| t.maker.by == narrate::NARRATED);
    for i in 0..times.len() {
        let (done, rest) = times.split_at_mut(i);
        let Some((this, after)) = rest.split_first_mut() else { continue };
        let next = after.first();
        let start = this.span.start;
        let quarter = || {
            let near = |t: &&TimeExpr| t.span.end + QUARTER_REACH > start;
            let all = done.iter().enumerate().rev().take_while(|(_, t)| near(t) && !longer_period(t));
            all.into_iter().find(|(_, t)| is_quarter(t)).map(|(n, _)| n)
        };
        match &mut this.meaning {
            TimeMeaning::From { of, amount: -1, unit: Unit::Year } => {
                let nine_months = done.last().is_some_and(longer_period);
                let base = quarter().or_else(|| compared(done).filter(|_| !nine_months));
                *of = base.and_then(|n| TimeIx::try_from(n).ok());
            }
            // "The 1988 period", compared with a quarter, is that quarter of 1988.
            TimeMeaning::Calendar { date, time: None } if this.maker.by == told::OF_YEAR => {
                let nine_months = done.last().is_some_and(longer_period);
                let base = quarter().filter(|_| !nine_months).and_then(|n| done.get(n));
                if let (Some(q), Some(year)) = (base.and_then(number_of_quarter), date.days().lo) {
                    *date = period::quarter_of(year.year(), q);
                }
            }
            TimeMeaning::From { of, .. } if this.maker.by == told::ENDED => {
                let named = next.filter(|t| t.kind == TimeType::Date);
                *of = named.and_then(|_| TimeIx::try_from(i + 1).ok());
            }
            // A day is counted from a day that is told of, not from a month or a year.
            TimeMeaning::From { of, unit: Unit::Day, amount } => {
                let at = sentence(this.span);
                let day = done.iter().rposition(|t| {
                    let back = at.saturating_sub(sentence(t.span));
                    names_a_day(t) && (back == 0 || back <= DAY_REACH && t.direction != Direction::Future)
                });
                // Without one, "the day" is that of the report; "that day" and "two days later" are of what is told, whenever
                // that was.
                let told = *amount != 0 || history || this.maker.by == "times.from";
                let other = || dated_before(done).filter(|_| told);
                *of = day.or_else(other).and_then(|n| TimeIx::try_from(n).ok());
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

/// A day that is told of: printed, or by its weekday, or counted from another.
fn names_a_day(t: &TimeExpr) -> bool {
    use TimeMeaning::{Calendar, Easter, From, MonthDay, Nth, Offset, Shared, Weekday, WeekdayOf};
    match &t.meaning {
        Calendar { date: Edtf::Point(p), .. } => p.day.is_some(),
        Offset { unit, .. } | From { unit, .. } => {
            matches!(unit, Unit::Day | Unit::Hour | Unit::Minute | Unit::Second)
        }
        MonthDay { .. } | Weekday { .. } | WeekdayOf { .. } | Shared { .. } | Nth { .. } | Easter { .. } => {
            true
        }
        _ => false,
    }
}

/// "The first nine months": what is compared with these is no quarter.
fn longer_period(t: &TimeExpr) -> bool {
    matches!(t.meaning, TimeMeaning::Duration { amount: Some(n), unit: Unit::Month, .. } if (4.0..=12.0).contains(&n))
}

/// Which quarter of its year it names, if that is said.
fn number_of_quarter(t: &TimeExpr) -> Option<i8> {
    match &t.meaning {
        TimeMeaning::Quarter { quarter, .. } => Some(*quarter).filter(|q| *q <= 4),
        TimeMeaning::Calendar { date, .. } => {
            let (lo, hi) = (date.days().lo?, date.days().hi?);
            (lo.year() == hi.year() && hi.month() == lo.month() + 2).then(|| (lo.month() - 1) / 3 + 1)
        }
        _ => None,
    }
}

fn is_quarter(t: &TimeExpr) -> bool {
    match &t.meaning {
        TimeMeaning::Quarter { .. } => true,
        TimeMeaning::Cycle { unit: Unit::Quarter, .. } | TimeMeaning::From { unit: Unit::Quarter, .. } => {
            true
        }
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
