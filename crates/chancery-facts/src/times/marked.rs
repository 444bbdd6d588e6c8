//! What a reader marked as times: it settles vague words, and is read with less proof than the grammar asks for.

use super::grammar::{self, Found, Hit};
use super::lex::Line;
use super::{clock, date, number};
use chancery_lexicon::times::{Saying, TIMES};
use chancery_model::Span;
use chancery_model::facts::{Direction, TimeExpr, TimeIx, TimeMeaning, Unit};
use chancery_model::mark::Marks;
use chancery_model::report::Segments;
use chancery_model::vocab::TimeType;

/// The marks of one report, in order.
pub(super) struct Marked {
    spans: Vec<Span>,
}

impl Marked {
    pub fn new(segments: &Segments, marks: &Marks) -> Self {
        let mut spans: Vec<Span> = marks.times.iter().map(|r| segments.span(*r)).collect();
        spans.sort_unstable();
        Self { spans }
    }

    /// Whether the reader marks times and none here.
    pub fn denies(&self, span: Span) -> bool {
        !self.spans.is_empty() && self.first_ending_after(span.start).is_none_or(|s| s.start >= span.end)
    }

    fn first_ending_after(&self, offset: u32) -> Option<&Span> {
        self.spans.get(self.spans.partition_point(|s| s.end <= offset))
    }

    /// One past the last lexeme of a mark that begins with lexeme `i`, if the grammar reads nothing inside it.
    pub fn at(&self, line: &Line<'_>, i: usize) -> Option<usize> {
        let here = line.get(i)?;
        let mark = self.first_ending_after(here.start)?;
        if mark.start < here.start || mark.start >= here.end {
            return None;
        }
        let end =
            (i..line.len()).take_while(|k| line.get(*k).is_some_and(|l| l.start < mark.end)).count() + i;
        let read = |k: usize| matches!(grammar::at(line, k), Some(Found::Time(_)));
        (!(i + 1..end).any(read)).then_some(end)
    }
}

/// The expression of lexemes `a..b`, which a reader marked.
pub(super) fn read(line: &Line<'_>, a: usize, b: usize, before: &[TimeExpr]) -> Option<Hit> {
    let hit = (a..b).find_map(|i| loose(line, i, b, before)).or_else(|| unit(line, a, b));
    hit.map(|h| Hit { end: b, by: "times.marked", ..h })
}

/// What lexeme `i` can begin when it is known to stand in a time.
fn loose(line: &Line<'_>, i: usize, b: usize, before: &[TimeExpr]) -> Option<Hit> {
    if let Some(h) = phrase(line, i) {
        return Some(h);
    }
    if let Some((_, time)) = clock::hour_of_part(line, i) {
        return Some(Hit::new(b, TimeType::Time, TimeMeaning::Clock(time), "times.marked"));
    }
    if let Some(h) = date::guarded_month(line, i, true).or_else(|| date::season(line, i, true)) {
        return Some(h);
    }
    if let Some((_, year)) =
        number::year(line, i).filter(|(_, y)| date::plausible(*y) && !super::period::numbered(line, i))
    {
        return Some(grammar::whole_year(b, year, "times.marked"));
    }
    // "On the 20th", after a date that names the month.
    let (end, day) = number::ordinal(line, i).filter(|(_, n)| (1..=31).contains(n))?;
    if end != b || line.digits(i).is_none() {
        return None;
    }
    let with = before.iter().rposition(|t| {
        matches!(
            t.meaning,
            TimeMeaning::MonthDay { .. } | TimeMeaning::Month { .. } | TimeMeaning::Calendar { .. }
        )
    })?;
    let m = TimeMeaning::Shared { with: TimeIx::try_from(with).ok()?, day: i8::try_from(day).ok()? };
    Some(Hit::date(b, m, "times.marked"))
}

fn phrase(line: &Line<'_>, i: usize) -> Option<Hit> {
    let list = TIMES.marked.get(line.w(i))?;
    let (seq, saying) = list.iter().find(|(seq, _)| (i..).zip(seq).all(|(k, w)| line.is(k, w)))?;
    let Saying::Means(m) = saying else { return None };
    let kind = if matches!(m, TimeMeaning::Set { .. }) { TimeType::Set } else { TimeType::Date };
    Some(Hit::new(i + seq.len(), kind, m.clone(), "times.marked"))
}

/// "Months of twists", "the day": a unit by itself.
fn unit(line: &Line<'_>, a: usize, b: usize) -> Option<Hit> {
    let i = (a..b).rev().find(|i| line.class(*i).unit.is_some() || line.class(*i).part.is_some())?;
    let c = line.class(i);
    if let Some(part) = c.part {
        return Some(Hit::new(b, TimeType::Time, TimeMeaning::Clock(part.to_owned()), "times.marked"));
    }
    let unit = c.unit.filter(|u| *u != Unit::Second)?;
    // "Closed all week", "out all day"
    if line.is(i.wrapping_sub(1), "all") && !c.plural {
        return Some(Hit::length(b, Some(1.0), unit, Direction::Unknown));
    }
    if c.plural || line.hyphen(i + 1) {
        let amount = (!c.plural).then_some(1.0);
        return Some(Hit::length(b, amount, unit, Direction::Unknown));
    }
    let m = match unit {
        Unit::Minute | Unit::Hour => return None,
        // "The day will come": none that was named.
        Unit::Day if i + 1 == b && line.any(b, &["will", "would"]) => {
            TimeMeaning::Reference(Direction::Future)
        }
        Unit::Day => TimeMeaning::From { of: None, amount: 0, unit },
        _ => TimeMeaning::Cycle { shift: 0, unit },
    };
    Some(Hit::date(b, m, "times.marked"))
}
