//! Sentences: runs of a paragraph's tokens.

use super::chars::{at, before};
use super::words::{MAY_END, OPENERS, has};
use chancery_model::Span;

/// Calls `out(first, past)` for every sentence of the tokens of one paragraph, in order; they partition the tokens.
pub(crate) fn sentences(t: &str, tokens: &[Span], out: &mut impl FnMut(usize, usize)) {
    let word = |i: usize| tokens.get(i).map_or("", |s| s.of(t));
    let gap = |i: usize| match (i.checked_sub(1).and_then(|p| tokens.get(p)), tokens.get(i)) {
        (Some(a), Some(b)) => a.end < b.start,
        _ => true,
    };
    let (mut start, mut i) = (0, 0);
    while i < tokens.len() {
        let w = word(i);
        let full = is_end(w);
        let abbreviated = has(MAY_END, w) || is_acronym(w);
        i += 1;
        if !full && !abbreviated {
            continue;
        }
        let mut j = i;
        while j < tokens.len() && closes(word(j), gap(j)) {
            j += 1;
        }
        if j >= tokens.len() {
            break;
        }
        let next = word(j);
        let opened = matches!(next, "“" | "‘" | "``" | "(" | "[" | "\"" | "'" | "«" | "`" | "„");
        let first = if opened && j + 1 < tokens.len() { word(j + 1) } else { next };
        let small = first.starts_with(char::is_lowercase);
        let mark = matches!(next, "," | ";" | ":" | "--" | "-" | "–" | "—");
        let ends = if gap(j) {
            let fits = !small && (opened || !mark);
            fits && (full || has(OPENERS, first) || j > i)
        } else {
            full && w == "." && j == i && fused(t, tokens.get(i - 1), first)
        };
        if ends {
            out(start, j);
            start = j;
        }
        i = j;
    }
    if start < tokens.len() {
        out(start, tokens.len());
    }
}

/// A full stop with no space behind it ends a sentence between a small letter and a capitalised word: `ends.The`.
fn fused(t: &str, stop: Option<&Span>, first: &str) -> bool {
    let left = stop.and_then(|s| before(t, s.lo()));
    let mut right = first.chars();
    left.is_some_and(char::is_lowercase)
        && right.next().is_some_and(char::is_uppercase)
        && right.next().is_none_or(char::is_lowercase)
}

fn is_end(w: &str) -> bool {
    let mut cs = w.chars();
    match cs.next() {
        Some('.') => cs.all(|c| c == '.'),
        Some('…') => cs.all(|c| c == '…'),
        Some('?' | '!') => cs.all(|c| matches!(c, '?' | '!')),
        _ => false,
    }
}

/// Letters with a full stop each, at least two: `U.S.`
fn is_acronym(w: &str) -> bool {
    let mut i = 0;
    let mut n = 0;
    while let Some(c) = at(w, i).filter(|c| c.is_alphabetic()) {
        if at(w, i + c.len_utf8()) != Some('.') {
            return false;
        }
        i += c.len_utf8() + 1;
        n += 1;
    }
    n >= 2 && i == w.len()
}

/// Whether a mark behind a full stop still belongs to the sentence. A mark that looks both ways must touch it.
fn closes(w: &str, gap: bool) -> bool {
    match w {
        "”" | ")" | "]" | "»" => true,
        "’" | "'" | "''" | "\"" => !gap,
        _ => is_end(w),
    }
}
