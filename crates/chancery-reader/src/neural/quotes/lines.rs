//! Attributions by layout: transcripts ("SMITH: …"), and quotations with a name after a dash.

use super::super::marks::BY;
use super::{View, at, mark, touches};
use chancery_model::mark::AttributionMark;
use chancery_model::report::Quote;
use chancery_model::span::TokenRange;

/// Longest name, in tokens.
const NAME: usize = 8;

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Paragraphs that open with a name in capitals and a colon, where at least two do: each is what the name says.
pub(super) fn transcript(view: &View<'_>, marks: &mut Vec<AttributionMark>) {
    let loud = |t: usize| {
        let w = view.word(t);
        let name = w.chars().filter(|c| c.is_alphabetic()).count() > 1 && !w.chars().any(char::is_lowercase);
        name || matches!(w, "Q" | "A")
    };
    let mut turns: Vec<(TokenRange, TokenRange, TokenRange)> = Vec::new();
    for p in 0..view.seg.paragraphs.len() {
        let all = view.tokens(p);
        let Some(start) = all.iter().find(|t| view.is_word(*t)).filter(|t| *t <= all.start as usize + 1)
        else {
            continue;
        };
        let end = (start..(start + NAME).min(all.end as usize)).find(|t| view.word(*t) == ":");
        let Some(colon) = end.filter(|c| *c > start && c + 1 < all.end as usize) else { continue };
        if (start..colon).all(|t| loud(t) || matches!(view.word(t), "." | "-" | "'")) {
            let content = TokenRange::new(colon + 1, all.end as usize);
            turns.push((TokenRange::new(start, colon), TokenRange::new(colon, colon + 1), content));
        }
    }
    if turns.len() < 2 {
        return;
    }
    for (source, cue, content) in turns {
        let whole = TokenRange { start: source.start, end: content.end };
        // What was marked across the turn's start is not what a person says in it.
        for m in marks.iter_mut() {
            let foreign = !m.cue.iter().chain(&m.source).any(|r| r.overlaps(whole));
            if foreign && touches(&m.content, whole) {
                m.content = m.content.iter().flat_map(|c| super::without(*c, whole)).collect();
            }
        }
        marks.retain(|m| {
            !m.content.is_empty()
                && !m.cue.iter().any(|c| c.overlaps(cue))
                && !at(&m.cue, source.start as usize)
        });
        marks.push(mark(source, cue, content, BY));
    }
}

/// A quotation that is a line of its own, with a dash and a name behind it.
pub(super) fn signed(view: &View<'_>, quotes: &[&Quote], marks: &mut Vec<AttributionMark>) {
    for q in quotes.iter().filter(|q| q.closed && view.words(q.tokens) >= 3) {
        let dash = q.tokens.end as usize;
        if !matches!(view.word(dash), "―" | "—" | "–" | "--" | "-") || view.line_ends(dash - 1, dash) {
            continue;
        }
        let Some(p) = view.paragraph(dash) else { continue };
        let last = view.tokens(p).end as usize;
        let mut end = dash + 1;
        while end < last && !view.line_ends(end - 1, end) {
            end += 1;
        }
        while end > dash + 1 && !view.is_word(end - 1) {
            end -= 1;
        }
        let name = TokenRange::new(dash + 1, end);
        let start = q.tokens.start as usize;
        let opens = view.tokens(p).start as usize == start || start > 0 && view.line_ends(start - 1, start);
        let named = capital(view.word(dash + 1)) && (1..=NAME).contains(&name.len());
        let known = |m: &&mut AttributionMark| at(&m.cue, dash) || touches(&m.source, name);
        if !opens || !named {
            continue;
        }
        if let Some(m) = marks.iter_mut().find(known) {
            if !touches(&m.content, q.tokens) {
                m.content.push(q.tokens);
            }
            continue;
        }
        // A guess of the heads that reaches in from another line gives way.
        for m in marks.iter_mut().filter(|m| m.within.is_none()) {
            let own = m.cue.iter().chain(&m.source).any(|c| q.tokens.contains(*c));
            if !own && touches(&m.content, q.tokens) {
                m.content = m.content.iter().flat_map(|c| super::without(*c, q.tokens)).collect();
            }
        }
        marks.retain(|m| !m.content.is_empty());
        marks.push(mark(name, TokenRange::new(dash, dash + 1), q.tokens, BY));
    }
}

/// "Seoul: North offers talks": what follows the colon of a headline is said whole.
pub(super) fn headline(view: &View<'_>, marks: &mut [AttributionMark]) {
    for m in marks.iter_mut() {
        let ([source], [cue], [content]) = (m.source.as_slice(), m.cue.as_slice(), m.content.as_mut_slice())
        else {
            continue;
        };
        let Some(p) = view.paragraph(cue.start as usize) else { continue };
        let line = view.tokens(p);
        let opens =
            source.start == line.start && source.end == cue.start && view.word(cue.start as usize) == ":";
        let whole = TokenRange { start: cue.end, end: content.end };
        let words = || whole.iter().map(|t| view.word(t));
        let plain = !words().any(|w| matches!(w, "\"" | "“" | "‘" | "." | "?" | "!"));
        if opens && plain && content.start > cue.end && content.end <= line.end && whole.len() <= 16 {
            *content = whole;
        }
    }
}
