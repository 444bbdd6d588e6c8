//! Spans: half-open ranges into a report's text.
//!
//! Inside the program offsets are UTF-8 bytes. The record counts Unicode code points;
//! [`CharMap`] converts once, at the edge.

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of UTF-8 byte offsets into a report's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span; an end before the start is drawn up to the start.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start = cap(start);
        Self { start, end: cap(end).max(start) }
    }

    /// First byte, as an index.
    #[must_use]
    pub fn lo(self) -> usize {
        self.start as usize
    }

    /// One past the last byte, as an index.
    #[must_use]
    pub fn hi(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.hi() - self.lo()
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words the span stands for; empty when it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.lo()..self.hi()).unwrap_or("")
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its two ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let s = self.of(text);
        let start = self.lo() + (s.len() - s.trim_start().len());
        Self::new(start, start + s.trim().len())
    }
}

/// A half-open range of token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// A range; an end before the start is drawn up to the start.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cap(start), end: cap(end.max(start)) }
    }

    /// The token indices.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the token is in the range.
    #[must_use]
    pub fn has(self, token: usize) -> bool {
        (self.start as usize..self.end as usize).contains(&token)
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the range holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share a token.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Bytes to code points for one text, in time logarithmic in the number of multi-byte runs.
#[derive(Debug, Clone)]
pub struct CharMap {
    /// `(byte, code point)` at every 64th code point: a sparse index, because most texts are nearly ASCII.
    marks: Vec<(u32, u32)>,
    ascii: bool,
}

impl CharMap {
    /// The map of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new(), ascii: true };
        }
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let marks = text
            .char_indices()
            .enumerate()
            .filter(|(n, _)| n % 64 == 0)
            .map(|(n, (b, _))| (cap(b), cap(n)))
            .collect();
        Self { marks, ascii: false }
    }

    /// The code point at which a byte offset lies; `text` is the text the map was made of.
    #[must_use]
    pub fn chars(&self, text: &str, byte: u32) -> u32 {
        if self.ascii {
            return byte;
        }
        let at = self.marks.partition_point(|(b, _)| *b <= byte).saturating_sub(1);
        let (b, n) = self.marks.get(at).copied().unwrap_or((0, 0));
        let tail = text.get(b as usize..byte as usize).map_or(0, |s| s.chars().count());
        n + u32::try_from(tail).unwrap_or(0)
    }

    /// A span in code points, as the record writes it.
    #[must_use]
    pub fn pair(&self, text: &str, span: Span) -> [u32; 2] {
        [self.chars(text, span.start), self.chars(text, span.end)]
    }
}

/// The text at a half-open range of code points: the inverse of [`CharMap::pair`], for checks at the edge.
#[must_use]
pub fn at_chars(text: &str, start: u32, end: u32) -> Option<&str> {
    let mut it = text.char_indices().map(|(b, _)| b).chain(std::iter::once(text.len()));
    let lo = it.nth(start as usize)?;
    let hi = match end.checked_sub(start)? {
        0 => lo,
        n => it.nth(n as usize - 1)?,
    };
    text.get(lo..hi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn char_map_counts_code_points() {
        let text = "a\u{301}é€ “q” ".repeat(40);
        let map = CharMap::new(&text);
        for (n, (b, _)) in text.char_indices().enumerate() {
            assert_eq!(map.chars(&text, b as u32), n as u32);
        }
        let span = Span::new(text.find('q').unwrap(), text.find('q').unwrap() + 1);
        let [lo, hi] = map.pair(&text, span);
        assert_eq!(at_chars(&text, lo, hi), Some("q"));
    }

    #[test]
    fn trim_keeps_the_words() {
        let t = "  a b \n";
        assert_eq!(Span::new(0, t.len()).trim(t).of(t), "a b");
    }
}
