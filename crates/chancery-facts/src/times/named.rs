//! Names that are spelled like times: Jan Egeland, April Jones, Theresa May's government, "60 Minutes", "High Noon".

use super::grammar::Hit;
use super::lex::Line;
use super::marked::Marked;
use chancery_model::Span;
use chancery_model::facts::TimeMeaning;
use chancery_model::mark::{Marks, NameKind};
use chancery_model::report::Segments;
use chancery_model::vocab::TimeType;

/// The names of a report that could swallow a time, in text order.
pub(super) struct Named {
    spans: Vec<(Span, NameKind)>,
}

impl Named {
    pub fn new(segments: &Segments, marks: &Marks) -> Self {
        let kinds = [NameKind::Person, NameKind::Organization];
        let names = marks.names.iter().filter(|n| kinds.contains(&n.kind));
        let mut spans: Vec<(Span, NameKind)> = names.map(|n| (segments.span(n.tokens), n.kind)).collect();
        spans.sort_unstable_by_key(|(s, _)| *s);
        Self { spans }
    }

    /// Whether the words of lexemes `a..` that were read as `hit` are a name, or part of one.
    pub fn takes(&self, line: &Line<'_>, a: usize, hit: &Hit, marked: &Marked) -> bool {
        let span = line.span(a, hit.end);
        if title(line, a, hit) {
            return marked.denies(span);
        }
        if !bare(&hit.meaning) || (a..hit.end).any(|i| line.digits(i).is_some()) {
            return false;
        }
        if common_word(line.w(a)) && marked.denies(span) {
            return true;
        }
        let at = self.spans.partition_point(|(s, _)| s.end <= span.start);
        match self.spans.get(at) {
            Some((s, _)) if s.start <= span.start && span.end <= s.end && s.len() > span.len() => true,
            // The whole name is the word ("May told parliament"): only where the reader saw no time as well.
            Some((s, NameKind::Person)) if s.start <= span.start && span.end <= s.end => marked.denies(span),
            _ => false,
        }
    }
}

/// A month, season or weekday and no more. A longer one ("May 3", "Friday morning") is no name.
fn bare(m: &TimeMeaning) -> bool {
    matches!(
        m,
        TimeMeaning::Month { year_shift: None, .. }
            | TimeMeaning::Season { year_shift: None, .. }
            | TimeMeaning::Weekday { week_shift: None, time: None, .. }
    )
}

/// Months and seasons that are names and words as well ("March organisers", "the May government", Jan): they count where the
/// reader saw a time.
fn common_word(word: &str) -> bool {
    matches!(word, "march" | "may" | "jan" | "mar" | "august" | "spring" | "fall")
}

/// A length, an hour or a unit written like the title of a work ("This Week", "Photograph of the Year"): its noun has a
/// capital and does not begin the sentence.
fn title(line: &Line<'_>, a: usize, hit: &Hit) -> bool {
    let last = hit.end.saturating_sub(1);
    let spelled = matches!(hit.meaning, TimeMeaning::Duration { .. } | TimeMeaning::Cycle { .. })
        || hit.kind == TimeType::Time && last == a;
    spelled
        && last > 0
        && line.capital(last)
        && line.class(last).weekday.is_none()
        && line.class(last).month.is_none()
}
