//! Names and titles by capital letters, word lists and position.
//!
//! Prose is read first: runs of capitalised words are cut into titles, known names, organisations by their head words
//! and persons. What prose has shown (full names, surnames, acronyms) then reads single surnames and headlines.

mod lower;
mod person;
mod runs;
mod words;

use chancery_lexicon::known::{self, Known};
use chancery_lexicon::phrase::Phrases;
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::report::Segments;
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;
use words::{Case, Words};

/// A name found, before overlaps are sorted out.
#[derive(Debug, Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    kind: NameKind,
    sure: Sure,
    by: &'static str,
}

/// The names in a text, in order; they do not overlap.
#[must_use]
pub fn find(text: &str, segments: &Segments) -> Vec<NameMark> {
    let words = Words::new(text, segments);
    let mut found = runs::find(&words);
    person::surnames(&words, &mut found);
    person::acronyms(&words, &mut found);
    headlines(&words, &mut found);
    lower::bodies(&words, &mut found);
    lower::offices(&words, &mut found);
    found.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let mut marks: Vec<NameMark> = Vec::with_capacity(found.len());
    for f in found {
        let tokens = TokenRange::new(f.start, f.end);
        if tokens.is_empty() || marks.last().is_some_and(|m| m.tokens.overlaps(tokens)) {
            continue;
        }
        marks.push(NameMark { tokens, kind: f.kind, sure: f.sure, by: format!("rules:names:{}", f.by) });
    }
    marks
}

/// The kind of a known name.
fn kind_of(known: Known) -> NameKind {
    match known {
        Known::Country(_) | Known::Capital(_) | Known::City | Known::Region(_) | Known::Seat(_) => {
            NameKind::Place
        }
        Known::Demonym(_) | Known::Group(_) => NameKind::Group,
        Known::Organization(_) | Known::Outlet(_) => NameKind::Organization,
        Known::Event => NameKind::Event,
    }
}

/// Lines that capitalise every word: only what the lists or the prose of the report know is a name there.
fn headlines(words: &Words<'_>, found: &mut Vec<Found>) {
    if words.list.iter().all(|w| w.case == Case::Prose) {
        return;
    }
    let mut seen = Vec::new();
    for f in found.iter().filter(|f| f.kind != NameKind::Office) {
        let (Some(a), Some(b)) = (words.get(f.start), words.get(f.end.saturating_sub(1))) else { continue };
        seen.push((words.text.get(a.start..b.end).unwrap_or("").to_owned(), f.kind));
    }
    let seen = Phrases::new(seen);
    let mut at = 0;
    while let Some(w) = words.get(at) {
        let shout = w.case == Case::Shout;
        if w.case == Case::Prose || !w.cap {
            at += 1;
            continue;
        }
        let plain = chancery_lexicon::common::is_plain(w.text);
        let own = seen.longest(words.text, w.start, shout).map(|(end, kind)| (end, *kind));
        let listed = known::at(words.text, w.start, shout).filter(|(end, k)| {
            let short = end - w.start <= 4 || matches!(k, Known::City);
            !(plain || shout && short && !matches!(w.text, "US" | "UN" | "EU" | "UK"))
                || end - w.start > w.text.len()
        });
        let own = own.filter(|(end, _)| !plain || end - w.start > w.text.len());
        let hit = own.or_else(|| listed.map(|(end, k)| (end, kind_of(k))));
        match hit.and_then(|(byte, kind)| words.token_end(byte).map(|end| (end, kind))) {
            Some((end, kind)) => {
                if !found.iter().any(|f| f.start < end && at < f.end) {
                    found.push(Found { start: at, end, kind, sure: Sure::Medium, by: "headline" });
                }
                at = end;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests;
