//! What paragraphs and quotation marks settle about attributions that the heads leave open.
//!
//! The heads look at words one by one; where a quotation opens and closes, and who stands beside it, is plain from the
//! marks. A content keeps to the paragraph of its cue unless a quotation runs on; a quotation belongs to the one whose
//! name and verb stand beside it; the second part of a split one to who spoke the first.

mod levels;
mod lines;
mod relays;
mod sources;
#[cfg(test)]
#[allow(clippy::panic, reason = "a failed expectation here is the message")]
mod tests;

use chancery_lexicon::cues;
use chancery_model::mark::{AttributionMark, TokenSyntax};
use chancery_model::report::{Quote, Report, Segments};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;
use std::cmp::Reverse;

pub(super) use levels::Tree;

/// Fewest words of a quotation that may stand without a cue.
const SPEECH: usize = 5;
/// Fewest words of a quotation that is given to the cue beside it though the heads did not.
const GIVEN: usize = 4;

/// Mends the attributions of a report.
pub(super) fn mend(
    report: &Report,
    seg: &Segments,
    syntax: &[TokenSyntax],
    marks: &mut Vec<AttributionMark>,
) {
    let view = View { text: &report.text, seg };
    let quotes: Vec<&Quote> = seg.quotes.iter().filter(|q| q.within.is_none() && !q.single).collect();
    plausible(&view, marks);
    keep_to_paragraphs(&view, marks);
    settle_within(marks);
    lines::transcript(&view, marks);
    lines::headline(&view, marks);
    settle_within(marks);
    for q in &quotes {
        one_speaker(&view, q, marks);
    }
    marks.retain(|m| !m.content.is_empty());
    settle_within(marks);
    for q in quotes.iter().rev() {
        named_later(&view, q, marks);
    }
    for q in &quotes {
        carry_on(&view, q, marks);
    }
    lines::signed(&view, &quotes, marks);
    settle_within(marks);
    if syntax.len() == seg.tokens.len() {
        let tree = Tree::of(syntax);
        levels::fill(&view, &tree, marks);
        settle_within(marks);
        levels::complete(&view, &tree, marks);
        settle_within(marks);
        sources::whole(&view, &tree, marks);
    }
    relays::tidy(&view, marks);
    // Nothing is said by marks alone.
    if marks.iter().any(|m| m.content.iter().all(|c| view.words(*c) == 0)) {
        marks.retain(|m| m.content.iter().any(|c| view.words(*c) > 0));
        settle_within(marks);
    }
}

/// Words before a colon in a headline that nobody says.
const LABELS: [&str; 14] = [
    "UPDATE",
    "BREAKING",
    "ANALYSIS",
    "OPINION",
    "COMMENT",
    "EDITORIAL",
    "EXCLUSIVE",
    "LIVE",
    "WATCH",
    "VIDEO",
    "TIMELINE",
    "FACTBOX",
    "EXPLAINER",
    "PROFILE",
];
/// Most tokens between two parts of one source.
const GAP: u32 = 3;

/// A source is one phrase, not the parts of it that the head was sure of; a headline's label says nothing.
fn plausible(view: &View<'_>, marks: &mut Vec<AttributionMark>) {
    let all: Vec<TokenRange> = marks.iter().flat_map(|m| m.cue.iter().copied()).collect();
    for m in marks.iter_mut() {
        let taken: Vec<TokenRange> = all.iter().chain(&m.content).copied().collect();
        let mut whole: Vec<TokenRange> = Vec::new();
        for s in &m.source {
            let joins = |l: &&mut TokenRange| {
                let between = TokenRange { start: l.end, end: s.start.max(l.end) };
                s.start >= l.end
                    && s.start - l.end <= GAP
                    && view.sentence(l.start as usize) == view.sentence(s.start as usize)
                    && !touches(&taken, between)
            };
            match whole.last_mut().filter(joins) {
                Some(l) => l.end = s.end,
                None => whole.push(*s),
            }
        }
        m.source = whole;
    }
    let label = |m: &AttributionMark| {
        let words: Vec<&str> = m.source.iter().flat_map(|s| s.iter()).map(|t| view.word(t)).collect();
        matches!(words.as_slice(), [w] if LABELS.contains(w))
    };
    // "went according to plan": the phrase may begin before the cue.
    let idiom = |m: &AttributionMark| {
        m.cue.first().is_some_and(|c| {
            let c = c.start as usize;
            (c.saturating_sub(2)..=c).any(|from| {
                view.sentence(from) == view.sentence(c)
                    && cues::cues().idiom(|n| view.word(from + n).to_lowercase())
            })
        })
    };
    marks.retain(|m| !label(m) && !idiom(m));
}

/// A report as it is cut.
struct View<'a> {
    text: &'a str,
    seg: &'a Segments,
}

impl View<'_> {
    fn word(&self, token: usize) -> &str {
        self.seg.word(self.text, token)
    }

    fn is_word(&self, token: usize) -> bool {
        self.word(token).chars().any(char::is_alphanumeric)
    }

    fn sentence(&self, token: usize) -> Option<usize> {
        self.seg.sentence_of(token)
    }

    fn paragraph(&self, token: usize) -> Option<usize> {
        self.sentence(token).and_then(|s| self.seg.sentences.get(s)).map(|s| s.paragraph as usize)
    }

    /// The tokens of a paragraph.
    fn tokens(&self, paragraph: usize) -> TokenRange {
        self.seg.paragraphs.get(paragraph).map_or(TokenRange::new(0, 0), |p| self.seg.tokens_in(p.span))
    }

    fn words(&self, r: TokenRange) -> usize {
        r.iter().filter(|t| self.is_word(*t)).count()
    }

    /// The first word from a token on that is in the same paragraph.
    fn next_word(&self, from: usize) -> Option<usize> {
        let paragraph = self.paragraph(from.checked_sub(1)?)?;
        let end = self.tokens(paragraph).end as usize;
        (from..end).find(|t| self.is_word(*t))
    }

    /// Whether a line of the text ends between two tokens.
    fn line_ends(&self, before: usize, after: usize) -> bool {
        let (Some(a), Some(b)) = (self.seg.tokens.get(before), self.seg.tokens.get(after)) else {
            return true;
        };
        self.text.get(a.span.end as usize..b.span.start as usize).is_some_and(|s| s.contains('\n'))
    }
}

/// An attribution that layout or the tree tells of.
fn mark(source: TokenRange, cue: TokenRange, content: TokenRange, by: &str) -> AttributionMark {
    AttributionMark {
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        relays: Vec::new(),
        addressee: Vec::new(),
        within: None,
        sure: Sure::Medium,
        by: by.to_owned(),
    }
}

fn touches(ranges: &[TokenRange], r: TokenRange) -> bool {
    ranges.iter().any(|x| x.overlaps(r))
}

fn at(ranges: &[TokenRange], token: usize) -> bool {
    ranges.iter().any(|r| r.has(token))
}

fn size(m: &AttributionMark) -> usize {
    m.content.iter().map(|c| c.len()).sum()
}

fn first(m: &AttributionMark) -> u32 {
    m.source.iter().chain(&m.cue).chain(&m.content).map(|r| r.start).min().unwrap_or(0)
}

/// Puts marks in order and sets what each lies in: the smallest content that holds its cue.
fn settle_within(marks: &mut [AttributionMark]) {
    marks.sort_by_key(|m| (first(m), Reverse(size(m)), m.cue.first().map_or(0, |c| c.start)));
    let holder = |n: usize, m: &AttributionMark| {
        let cue = m.cue.first()?.start as usize;
        let holds =
            |(k, o): &(u32, &AttributionMark)| *k as usize != n && at(&o.content, cue) && size(o) > size(m);
        (0_u32..).zip(marks.iter()).filter(holds).min_by_key(|(_, o)| size(o)).map(|(k, _)| k)
    };
    let within: Vec<Option<u32>> = marks.iter().enumerate().map(|(n, m)| holder(n, m)).collect();
    for (m, w) in marks.iter_mut().zip(within) {
        m.within = w;
    }
}

/// A content keeps to the paragraph of its cue; it goes on only in a quotation that the paragraph leaves open. After a
/// colon that ends a paragraph it may be the next.
fn keep_to_paragraphs(view: &View<'_>, marks: &mut [AttributionMark]) {
    for m in marks.iter_mut() {
        let Some(home) = m.cue.first().or(m.source.first()).and_then(|c| view.paragraph(c.start as usize))
        else {
            continue;
        };
        let pieces: Vec<(usize, TokenRange)> =
            m.content.iter().flat_map(|c| by_paragraph(view, *c)).collect();
        if pieces.iter().all(|(p, _)| *p == home) {
            continue;
        }
        let end = view.tokens(home).end as usize;
        let colon = end > 0 && view.word(end - 1) == ":";
        let near = |p: usize| p == home || (colon && p == home + 1);
        let mut kept: Vec<TokenRange> = Vec::new();
        if pieces.iter().any(|(p, _)| near(*p)) {
            kept.extend(pieces.iter().filter(|(p, _)| near(*p)).map(|(_, r)| *r));
            let own = kept.clone();
            let more = pieces.iter().filter(|(p, r)| !near(*p) && runs_on(view, *r, &own));
            kept.extend(more.map(|(_, r)| *r));
            kept.sort_by_key(|r| r.start);
        } else {
            // All of it stands elsewhere: the paragraph with most of it.
            let filled =
                |p: usize| pieces.iter().filter(|(q, _)| *q == p).map(|(_, r)| r.len()).sum::<usize>();
            let most = pieces.iter().map(|(p, _)| *p).max_by_key(|p| (filled(*p), Reverse(*p)));
            kept.extend(pieces.iter().filter(|(p, _)| Some(*p) == most).map(|(_, r)| *r));
        }
        m.content = kept;
    }
}

fn by_paragraph(view: &View<'_>, range: TokenRange) -> Vec<(usize, TokenRange)> {
    let mut out: Vec<(usize, TokenRange)> = Vec::new();
    let mut from = range.start as usize;
    while from < range.end as usize {
        let Some(p) = view.paragraph(from) else { break };
        let end = (view.tokens(p).end as usize).clamp(from + 1, range.end as usize);
        out.push((p, TokenRange::new(from, end)));
        from = end;
    }
    out
}

/// Whether a piece lies in a quotation that carries on one of those kept, or is carried on by one.
fn runs_on(view: &View<'_>, piece: TokenRange, kept: &[TokenRange]) -> bool {
    let quotes = &view.seg.quotes;
    let carries = |later: &dyn Fn(TokenRange) -> bool, first: &dyn Fn(TokenRange) -> bool| {
        quotes.iter().filter(|q| later(q.tokens)).any(|q| {
            let mut before = q.continues;
            while let Some(b) = before.and_then(|b| quotes.get(b as usize)) {
                if first(b.tokens) {
                    return true;
                }
                before = b.continues;
            }
            false
        })
    };
    let here = |r: TokenRange| r.overlaps(piece);
    let there = |r: TokenRange| touches(kept, r);
    carries(&here, &there) || carries(&there, &here)
}

/// A quotation with somebody's name and verb beside it is theirs: others who were given it lose it.
fn one_speaker(view: &View<'_>, q: &Quote, marks: &mut [AttributionMark]) {
    let Some(owner) = beside(view, q, marks) else { return };
    let Some(cue) = marks.get(owner).and_then(|m| m.cue.first()).map(|c| c.start as usize) else { return };
    let inside = |m: &AttributionMark| {
        m.cue.iter().all(|c| q.tokens.contains(*c))
            || m.content.iter().all(|c| q.tokens.contains(*c) && *c != q.tokens)
    };
    for (n, m) in marks.iter_mut().enumerate() {
        let other = n != owner && m.within.is_none() && touches(&m.content, q.tokens);
        if other && !at(&m.content, cue) && !inside(m) {
            m.content =
                m.content.iter().flat_map(|c| without(*c, q.tokens)).filter(|c| view.words(*c) > 0).collect();
        }
    }
    let claimed = marks.iter().any(|m| m.within.is_none() && touches(&m.content, q.tokens));
    let opens = view.sentence(q.tokens.start as usize).and_then(|s| view.seg.sentences.get(s));
    let opens = opens.is_some_and(|s| s.tokens.start == q.tokens.start);
    if let Some(m) = marks.get_mut(owner).filter(|_| !claimed && opens && view.words(q.tokens) >= GIVEN) {
        m.content.push(q.tokens);
        m.content.sort_by_key(|c| c.start);
    }
}

/// The outermost attribution whose source or cue stands directly after or before a quotation.
fn beside(view: &View<'_>, q: &Quote, marks: &[AttributionMark]) -> Option<usize> {
    let (start, end) = (q.tokens.start as usize, q.tokens.end as usize);
    let sentence = view.sentence(end.checked_sub(1)?)?;
    let stops = q.closed && end >= 2 && view.word(end - 2) == ".";
    let after =
        view.next_word(end).filter(|k| !stops && view.sentence(*k).is_some_and(|s| s <= sentence + 1));
    let mut k = start;
    while k > 0 && !view.is_word(k - 1) && view.paragraph(k - 1) == view.paragraph(start) {
        k -= 1;
    }
    let led = k < start && (k..start).all(|t| matches!(view.word(t), "," | ":"));
    let before = (led && k > 0).then(|| k - 1);
    let found = |token: Option<usize>| {
        let token = token?;
        let of = |m: &AttributionMark| (at(&m.source, token) || at(&m.cue, token)) && !at(&m.content, token);
        marks.iter().position(|m| m.within.is_none() && of(m))
    };
    let has = |n: &usize| marks.get(*n).is_some_and(|m| touches(&m.content, q.tokens));
    match (found(after), found(before)) {
        (Some(a), Some(b)) => Some(if has(&b) && !has(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn without(range: TokenRange, gone: TokenRange) -> Vec<TokenRange> {
    if !range.overlaps(gone) {
        return vec![range];
    }
    let left = TokenRange { start: range.start, end: gone.start.max(range.start) };
    let right = TokenRange { start: gone.end.min(range.end), end: range.end };
    [left, right].into_iter().filter(|r| !r.is_empty()).collect()
}

/// Gives an open quotation to whoever is named where a later paragraph carries it on. Called from the last to the first.
fn named_later(view: &View<'_>, q: &Quote, marks: &mut [AttributionMark]) {
    if marks.iter().any(|m| touches(&m.content, q.tokens)) {
        return;
    }
    let carried = |x: &&Quote| {
        let before = x.continues.and_then(|c| view.seg.quotes.get(c as usize));
        before.is_some_and(|b| b.tokens == q.tokens)
    };
    let after = view.seg.quotes.iter().find(carried);
    if let Some(m) = after.and_then(|a| marks.iter_mut().find(|m| touches(&m.content, a.tokens))) {
        m.content.push(q.tokens);
        m.content.sort_by_key(|c| c.start);
    }
}

/// Gives a quotation that nobody was found to say to the one who spoke before it: the second part of a split one, the
/// next paragraph of a long one.
fn carry_on(view: &View<'_>, q: &Quote, marks: &mut Vec<AttributionMark>) {
    if marks.iter().any(|m| touches(&m.content, q.tokens)) {
        return;
    }
    let before = q.continues.and_then(|c| view.seg.quotes.get(c as usize));
    if let Some(m) = before.and_then(|b| marks.iter_mut().rev().find(|m| touches(&m.content, b.tokens))) {
        m.content.push(q.tokens);
        return;
    }
    let (start, end) = (q.tokens.start as usize, q.tokens.end as usize);
    let Some(sentence) = view.sentence(start) else { return };
    let opens = |token: usize| {
        let s = view.sentence(token).and_then(|s| view.seg.sentences.get(s));
        s.is_some_and(|s| s.tokens.start as usize == token)
    };
    let closes = end >= view.seg.tokens.len() || opens(end) || view.line_ends(end - 1, end);
    if !opens(start) || !closes || view.words(q.tokens) < 2 {
        return;
    }
    let quoted = |m: &AttributionMark| {
        let quoted = |t: u32| view.seg.tokens.get(t as usize).is_some_and(|t| t.quote.is_some());
        m.within.is_none() && m.content.iter().any(|c| quoted(c.start) || quoted(c.end.saturating_sub(1)))
    };
    let Some(paragraph) = view.paragraph(start) else { return };
    // "…," he said. "…"
    let same = marks.iter().rposition(|m| {
        let last = m.cue.iter().chain(&m.source).map(|c| c.start as usize).max();
        let ends = last.filter(|t| *t < start && view.paragraph(*t) == Some(paragraph));
        quoted(m) && ends.and_then(|t| view.sentence(t)).is_some_and(|s| s + 1 == sentence)
    });
    if let Some(m) = same.and_then(|n| marks.get_mut(n)) {
        m.content.push(q.tokens);
        return;
    }
    let whole = view.tokens(paragraph).start == q.tokens.start && view.words(q.tokens) >= SPEECH;
    let Some(above) = paragraph.checked_sub(1).filter(|_| whole) else { return };
    // Who spoke the quotation that ends the paragraph before, or all of it.
    let end = view.tokens(above).end as usize;
    let last = marks.iter().rev().find(|m| {
        let there = m.content.iter().any(|c| view.paragraph(c.start as usize) == Some(above));
        if m.source.is_empty() || !there {
            return false;
        }
        let ends = m.content.iter().chain(&m.cue).chain(&m.source).any(|c| {
            let gap = (c.end as usize..end).filter(|t| view.is_word(*t)).count();
            c.end as usize <= end && gap <= 12 && view.paragraph(c.start as usize) == Some(above)
        });
        ends && quoted(m)
    });
    if let Some(m) = last {
        let carried = AttributionMark {
            source: m.source.clone(),
            cue: Vec::new(),
            content: vec![q.tokens],
            relays: m.relays.clone(),
            addressee: m.addressee.clone(),
            within: None,
            sure: Sure::Low,
            by: m.by.clone(),
        };
        marks.push(carried);
    }
}
