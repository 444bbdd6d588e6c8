//! A report's text cut into paragraphs, sentences, tokens and quotations.
//!
//! Only headline and body blocks are cut. Everything is worked out from characters; nothing here can fail.

mod chars;
mod markup;
mod paragraphs;
mod quotes;
mod sentences;
mod tokens;
mod words;

pub use chars::is_space;
pub(crate) use paragraphs::{Lines, habit, is_complete, paragraphs, trim};

use chancery_model::Span;
use chancery_model::report::{Paragraph, Report, Segments, Sentence, Token};
use chancery_model::span::TokenRange;
use chancery_model::vocab::BlockKind;

/// Cuts the headline and body blocks of a report. Spans count bytes of `report.text`.
#[must_use]
pub fn segment(report: &Report) -> Segments {
    let t = report.text.as_str();
    let body = |k: BlockKind| k == BlockKind::Body;
    let stretches: Vec<Span> = report.blocks.iter().filter(|b| body(b.kind)).map(|b| b.span).collect();
    let habit = habit(t, &stretches);
    let mut out = Segments::default();
    // The quotation that the paragraph before left open, and whether a double mark opened it.
    let mut left: Option<usize> = None;
    for (n, block) in report.blocks.iter().enumerate().filter(|(_, b)| b.kind.bears_facts()) {
        if !body(block.kind) {
            left = None;
        }
        let mut spans = Vec::new();
        paragraphs(t, block.span, habit, &mut |p| spans.push(p));
        for p in spans {
            left = paragraph(t, p, small(n), left, &mut out);
        }
    }
    out
}

/// The tokens of a stretch of text, as [`segment`] would cut them; for look-ups in word lists.
#[must_use]
pub fn tokens(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    tokens::tokenize(text, &mut |a, b| out.push(Span::new(a, b)));
    out
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Cuts one paragraph; `left` is the quotation that the paragraph before left open. Returns the one this leaves open.
fn paragraph(t: &str, span: Span, block: u32, left: Option<usize>, out: &mut Segments) -> Option<usize> {
    let base = span.lo();
    let mut spans = Vec::new();
    let marks = markup::marks(span.of(t));
    let mut at = 0;
    // A mark parts words, as a space does.
    for m in marks.iter().copied().chain([Span::new(span.len(), span.len())]) {
        let from = base + at;
        let part = span.of(t).get(at..m.lo()).unwrap_or("");
        tokens::tokenize(part, &mut |a, b| spans.push(Span::new(from + a, from + b)));
        at = at.max(m.hi());
    }
    if spans.is_empty() {
        return left;
    }
    let first = out.tokens.len();
    let number = small(out.paragraphs.len());
    let sentences = out.sentences.len();
    out.tokens.extend(spans.iter().map(|s| Token { span: *s, quote: None }));
    sentences::sentences(t, &spans, &mut |a, b| {
        let (Some(x), Some(y)) = (spans.get(a), b.checked_sub(1).and_then(|e| spans.get(e))) else { return };
        out.sentences.push(Sentence {
            span: x.cover(*y),
            tokens: TokenRange::new(first + a, first + b),
            paragraph: number,
        });
    });
    let from = out.quotes.len();
    let open = quotes::quotes(t, &spans, first, &mut out.quotes);
    if let (Some(before), Some(q)) = (left, out.quotes.get(from).copied()) {
        let same = out.quotes.get(before).is_some_and(|p| p.single == q.single);
        if same
            && q.tokens.start as usize == first
            && let Some(q) = out.quotes.get_mut(from)
        {
            q.continues = Some(small(before));
        }
    }
    // Outer quotations come first, so that the innermost one is written last.
    for (n, q) in out.quotes.iter().enumerate().skip(from) {
        for k in q.tokens.iter() {
            if let Some(token) = out.tokens.get_mut(k) {
                token.quote = Some(small(n));
            }
        }
    }
    out.paragraphs.push(Paragraph { span, block, sentences: (small(sentences), small(out.sentences.len())) });
    open
}
