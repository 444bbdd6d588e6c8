//! A sentence as the event rules see it: lower case words by number, and where its clauses break.

use crate::Context;
use chancery_model::Span;
use chancery_model::span::TokenRange;

/// The tokens of one sentence.
pub(super) struct Clause<'a> {
    words: Vec<String>,
    spans: Vec<Span>,
    tokens: TokenRange,
    breaks: Vec<u32>,
    _text: &'a str,
}

impl<'a> Clause<'a> {
    pub fn new(ctx: &Context<'a>, tokens: TokenRange) -> Self {
        let text: &'a str = &ctx.report.text;
        let words: Vec<String> = tokens.iter().map(|t| ctx.segments.word(text, t).to_lowercase()).collect();
        let spans: Vec<Span> =
            tokens.iter().map(|t| ctx.segments.tokens.get(t).map_or(Span::new(0, 0), |t| t.span)).collect();
        let breaks = words.iter().zip(&spans).filter(|(w, _)| breaks(w)).map(|(_, s)| s.start).collect();
        Self { words, spans, tokens, breaks, _text: text }
    }

    /// Number of the sentence's first token in the report.
    pub fn first(&self) -> usize {
        self.tokens.start as usize
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn word(&self, i: usize) -> Option<&str> {
        self.words.get(i).map(String::as_str)
    }

    /// The word before, or nothing at the start.
    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).and_then(|p| self.word(p)).unwrap_or("")
    }

    /// Whether a hyphen joins the token to the word before: "Saudi-backed", not "Russia - now busy - suspended".
    pub fn hyphened(&self, i: usize) -> bool {
        let dash = i.checked_sub(1).and_then(|p| self.spans.get(p)).zip(self.spans.get(i));
        self.before(i) == "-" && dash.is_some_and(|(a, b)| a.end == b.start)
    }

    /// Whether a dash joins the words on both sides of it.
    pub fn joined(&self, dash: usize) -> bool {
        let touch = |a: usize, b: usize| {
            self.spans.get(a).zip(self.spans.get(b)).is_some_and(|(a, b)| a.end == b.start)
        };
        dash.checked_sub(1).is_some_and(|a| touch(a, dash)) && touch(dash, dash + 1)
    }

    /// Whether a clause breaks at this token.
    pub fn breaks_at(&self, i: usize) -> bool {
        self.word(i).is_some_and(breaks)
    }

    /// Whether a clause breaks between two bytes.
    pub fn broken(&self, a: u32, b: u32) -> bool {
        self.breaks.iter().any(|s| (a..b).contains(s))
    }

    /// The token that holds a byte, or the number of tokens.
    pub fn token_at(&self, byte: u32) -> usize {
        self.spans.partition_point(|s| s.end <= byte)
    }

    pub fn span(&self, a: usize, b: usize) -> Span {
        match (self.spans.get(a), b.checked_sub(1).and_then(|b| self.spans.get(b))) {
            (Some(x), Some(y)) if a < b => x.cover(*y),
            _ => Span::new(0, 0),
        }
    }

    pub fn whole(&self) -> Span {
        self.span(0, self.len())
    }
}

/// Words and marks at which one clause ends and another begins.
fn breaks(word: &str) -> bool {
    matches!(
        word,
        ";" | ":"
            | "\u{2014}"
            | "--"
            | "who"
            | "which"
            | "while"
            | "but"
            | "although"
            | "though"
            | "whereas"
            | "when"
            | "because"
            | "that"
            | "\""
            | "\u{201c}"
            | "\u{201d}"
            | "``"
            | "''"
            | "after"
            | "before"
            | "until"
            | "since"
    )
}
