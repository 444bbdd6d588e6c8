//! A report as it was taken in, and its text cut into paragraphs, sentences and tokens.

use crate::date::Days;
use crate::id::Id;
use crate::span::{Span, TokenRange};
use crate::vocab::{BlockKind, DateBasis};
use serde::{Deserialize, Serialize};

/// What the source itself says about the report, as given; nothing read from the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// Web address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Date of publication, as written.
    pub published: Option<String>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// First 16 hexadecimal digits of BLAKE3 over key, text and given metadata.
    pub id: Id,
    /// The JSON Lines `id`, else the URL, else the path below the named folder.
    pub key: String,
    /// SHA-256 of the source's own bytes (file, archive member or line).
    pub sha256: String,
    /// Where it was read from; archive members as `archive.zip!/member`, lines as `file.jsonl:12`.
    pub path: Option<String>,
    /// Metadata as given by the source.
    pub given: Given,
    /// Headline: given, or found in the text.
    pub title: Option<String>,
    /// Outlet: given, or found in the text.
    pub outlet: Option<String>,
    /// Byline: given, or found in the text.
    pub byline: Option<String>,
    /// Place of the dateline, as printed.
    pub dateline: Option<String>,
    /// BCP 47 tag: given, or detected.
    pub language: Option<String>,
    /// Whether a reader can read it (its language is one that a reader knows).
    pub readable: bool,
    /// The text; all spans count its bytes.
    pub text: String,
    /// What each stretch is: in order, disjoint, covering every character that is not white space.
    pub blocks: Vec<Block>,
    /// Hints at the day of publication.
    pub clues: Vec<DateClue>,
    /// What was broken or not read.
    pub notes: Vec<Note>,
}

impl Report {
    /// Whether facts may come from this place: it lies in a headline or body block.
    #[must_use]
    pub fn is_fact_ground(&self, span: Span) -> bool {
        self.blocks.iter().any(|b| b.kind.bears_facts() && b.span.contains(span))
    }
}

impl BlockKind {
    /// Facts come from headline and body only.
    #[must_use]
    pub fn bears_facts(self) -> bool {
        matches!(self, Self::Headline | Self::Body)
    }
}

/// A stretch of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: BlockKind,
    /// Why it was taken to be that, in a few words.
    pub why: String,
}

/// A hint at the day of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateClue {
    /// What kind of hint: metadata, dateline, stamp, url or comments.
    pub basis: DateBasis,
    /// The words, as found.
    pub words: String,
    /// Where in the text; `None` when it stands outside the text.
    pub span: Option<Span>,
    /// The days it names. A dateline or stamp without a year names none; see `month_day`.
    pub days: Days,
    /// Month and day of a hint that names no year.
    pub month_day: Option<(i8, i8)>,
    /// Day of the week that stands beside it, 1 (Monday) to 7.
    pub weekday: Option<i8>,
}

/// What was broken, skipped or not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// Path, when it is about an input and not a report.
    pub path: Option<String>,
    /// Where in the text.
    pub span: Option<Span>,
    /// A short fixed word: `encoding`, `mojibake`, `language`, `empty`, `skipped`, `truncated`, …
    pub kind: String,
    /// One sentence: what it is, why, and what to do.
    pub text: String,
}

/// A report's text, cut up. Only headline and body blocks are cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    /// Paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences, in order; none crosses a paragraph.
    pub sentences: Vec<Sentence>,
    /// Tokens, in order; none crosses a sentence.
    pub tokens: Vec<Token>,
    /// Quotations by their marks, in order.
    pub quotes: Vec<Quote>,
}

impl Segments {
    /// The bytes that a range of tokens covers; empty for an empty range.
    #[must_use]
    pub fn span(&self, range: TokenRange) -> Span {
        let first = self.tokens.get(range.start as usize);
        let last = range.end.checked_sub(1).and_then(|e| self.tokens.get(e as usize));
        match (first, last) {
            (Some(a), Some(b)) if range.start < range.end => a.span.cover(b.span),
            _ => Span::new(0, 0),
        }
    }

    /// The words of a token.
    #[must_use]
    pub fn word<'t>(&self, text: &'t str, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |t| t.span.of(text))
    }

    /// The sentence a token is in.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let n = self.sentences.partition_point(|s| s.tokens.end as usize <= token);
        self.sentences.get(n).filter(|s| s.tokens.has(token)).map(|_| n)
    }

    /// The tokens that overlap a span of bytes.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let a = self.tokens.partition_point(|t| t.span.end <= span.start);
        let b = self.tokens.partition_point(|t| t.span.start < span.end);
        TokenRange::new(a, b.max(a))
    }
}

/// A paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where.
    pub span: Span,
    /// Index of its block in `Report::blocks`.
    pub block: u32,
    /// Its sentences: first and one past the last.
    pub sentences: (u32, u32),
}

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its paragraph.
    pub paragraph: u32,
}

/// A token: a word, number or mark, as Universal Dependencies cuts English (clitics and hyphens apart).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// The innermost quotation it lies in (its marks included): index into `Segments::quotes`.
    pub quote: Option<u32>,
}

/// A quotation by its marks. It ends at its closing mark, else at the end of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark to the closing mark, both included.
    pub span: Span,
    /// Its tokens, marks included.
    pub tokens: TokenRange,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether it opens with a single mark (‘ or ').
    pub single: bool,
    /// The quotation of the paragraph before that it carries on: that one had no closing mark and this
    /// paragraph opens with a mark.
    pub continues: Option<u32>,
    /// The quotation it lies within.
    pub within: Option<u32>,
}
