//! Units: the lines or paragraphs that blocks are made of.

use crate::segment::{Lines, habit, is_complete, paragraphs, trim};
use chancery_model::Span;

/// Longest unit that the rules look at, in bytes; what is longer is prose.
pub(crate) const LONGEST: usize = 420;

/// A line or a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    /// Its words with single spaces and without Markdown marks at the ends; empty when it is too long for the rules.
    pub(crate) bare: String,
    /// Number of words, as white space parts them.
    pub(crate) words: usize,
    /// Whether it ends a sentence with a full stop or holds the end of one.
    pub(crate) prose: bool,
    /// Markdown heading level; 0 when it is none.
    pub(crate) heading: usize,
}

/// The units of a stretch, in order; together they hold every character of it that is not a space.
pub(crate) fn units(t: &str, within: Span) -> Vec<Unit> {
    let mut out = Vec::new();
    let habit: Lines = habit(t, &[within]);
    paragraphs(t, within, habit, &mut |s| out.push(unit(t, s)));
    out
}

fn unit(t: &str, span: Span) -> Unit {
    let s = span.of(t);
    let words = s.split_whitespace().count();
    let bare = if s.len() <= LONGEST { bare(s) } else { String::new() };
    let marks = s.bytes().take_while(|b| *b == b'#').count();
    let heading = if (1..=6).contains(&marks) && s.get(marks..).is_some_and(|r| r.starts_with([' ', '\t'])) {
        marks
    } else {
        0
    };
    let prose = bare.is_empty() || words > 28 || (words >= 6 && heading == 0 && ends_sentence(&bare));
    Unit { span, bare, words, prose, heading }
}

/// Single spaces, no Markdown emphasis, heading or quotation marks at the ends.
pub(crate) fn bare(s: &str) -> String {
    let joined = s.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut w = joined.as_str();
    if !w.chars().all(|c| "#*_>=-~ ".contains(c)) {
        w = w.trim_start_matches(['#', '>']).trim_start();
        for m in ["**", "__", "*", "_"] {
            if let Some(inner) = w.strip_prefix(m).and_then(|x| x.strip_suffix(m)) {
                w = inner;
            }
        }
    }
    w.trim().to_owned()
}

/// Whether a line is a sentence, or holds the end of one: what headlines and page furniture are not.
fn ends_sentence(s: &str) -> bool {
    let inner = s.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']);
    let last = inner.rsplit(' ').next().unwrap_or("");
    // "… in the U.S." is no full stop.
    let acronym = last.len() >= 4 && last.matches('.').count() * 2 >= last.chars().count();
    if is_complete(s) && !inner.ends_with(['?', '!', '…']) && !inner.ends_with("...") && !acronym {
        return true;
    }
    // A stop inside, behind a small letter and before a capital.
    let b: Vec<char> = s.chars().collect();
    b.windows(4).any(|w| matches!(w, [a, '.', ' ', c] if a.is_lowercase() && c.is_uppercase()))
        && !s.contains(" v. ")
        && s.split(' ').filter(|w| w.len() > 3 && w.ends_with('.')).count() > 0
        && s.split(' ').count() >= 10
}

/// Whether a unit looks like the title of another story: a few words that end no sentence.
pub(crate) fn link_like(u: &Unit) -> bool {
    !u.bare.is_empty()
        && !u.prose
        && (2..=25).contains(&u.words)
        && u.bare.len() <= 180
        && !u.bare.ends_with(':')
}

/// Letters and digits only, in small letters: for comparing titles.
pub(crate) fn plain(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A piece of a unit, without space at its ends; `None` when nothing is left.
pub(crate) fn piece(t: &str, start: usize, end: usize) -> Option<Span> {
    let s = trim(t, Span::new(start, end));
    (!s.is_empty()).then_some(s)
}
