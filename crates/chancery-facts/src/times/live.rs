//! Hours at the head of the entries of a live page: "2050 The president tells …", "1604 An aid flight has landed". One such
//! number may be a year ("1948 The Play"); several at the heads of sentences are the clock.

use chancery_model::date::Edtf;
use chancery_model::facts::{Maker, TimeExpr, TimeMeaning};
use chancery_model::report::Segments;
use chancery_model::vocab::TimeType;

/// Entries from which on a page is told by the clock.
const ENTRIES: usize = 3;

/// Reads what was taken for years there as hours.
pub(super) fn hours(times: &mut [TimeExpr], text: &str, segments: &Segments) {
    let head = |start: usize| text.get(start..).and_then(clock);
    let entries = segments.sentences.iter().filter(|s| head(s.span.lo()).is_some());
    if entries.count() < ENTRIES {
        return;
    }
    for t in times.iter_mut() {
        let year = matches!(&t.meaning, TimeMeaning::Calendar { date: Edtf::Point(p), time: None } if p.month.is_none());
        let at_head = segments.sentences.binary_search_by_key(&t.span.start, |s| s.span.start).is_ok();
        if let Some(time) = head(t.span.lo()).filter(|_| year && at_head && t.span.len() == 4) {
            t.kind = TimeType::Time;
            t.meaning = TimeMeaning::Clock(time);
            t.maker = Maker { by: "times.live".to_owned(), sure: t.maker.sure };
        }
    }
}

/// The hour that a sentence begins with: four digits, and a capital behind a space.
fn clock(sentence: &str) -> Option<String> {
    let digits = sentence.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let (hour, minute) = digits.split_at(2);
    let fits = hour.parse::<u8>().is_ok_and(|h| h < 24) && minute.parse::<u8>().is_ok_and(|m| m < 60);
    let behind = sentence.get(4..)?.strip_prefix(' ')?;
    let opens = behind.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“'));
    (fits && opens).then(|| format!("T{hour}:{minute}"))
}
