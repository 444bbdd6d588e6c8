//! Word pieces: a word to the rows of the embedding, by the rules of BERT's lower-casing tokenizer.
//!
//! A word is cleaned, stripped of accents, lower-cased, cut at punctuation, and each part is covered by the longest
//! pieces of the vocabulary from its left. Words that are plain lower-case ASCII go the short way.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as G, GeneralCategoryGroup, UnicodeGeneralCategory};

/// A part of more characters is unknown as a whole.
const LONGEST: usize = 100;

/// The vocabulary.
#[derive(Debug)]
pub(super) struct Pieces {
    /// Pieces that begin a part, and pieces that carry one on. Only looked up in, never walked.
    first: HashMap<Box<str>, u32>,
    later: HashMap<Box<str>, u32>,
    /// Bytes of the longest piece.
    longest: usize,
    unknown: u32,
}

impl Pieces {
    /// The vocabulary of a text with one piece a line; `##` marks those that carry a part on. `None` without `[UNK]`.
    pub(super) fn new(vocabulary: &str) -> Option<Self> {
        let (mut first, mut later) = (HashMap::with_capacity(25_000), HashMap::with_capacity(6_000));
        let mut longest = 0;
        for (id, line) in (0_u32..).zip(vocabulary.lines()) {
            let (map, piece) = match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut later, rest),
                _ => (&mut first, line),
            };
            longest = longest.max(piece.len());
            map.insert(piece.into(), id);
        }
        let unknown = *first.get("[UNK]")?;
        Some(Self { first, later, longest, unknown })
    }

    /// The row of a piece that begins a part, such as `[CLS]`.
    pub(super) fn id(&self, piece: &str) -> Option<u32> {
        self.first.get(piece).copied()
    }

    /// Appends the pieces of a word: at least one, at most `most`.
    pub(super) fn cut(&self, word: &str, most: usize, out: &mut Vec<u32>) {
        let from = out.len();
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            self.part(word, out);
        } else {
            let text = clean(word);
            for part in parts(&text) {
                self.part(part, out);
            }
        }
        out.truncate(from + most);
        if out.len() == from {
            out.push(self.unknown);
        }
    }

    fn part(&self, part: &str, out: &mut Vec<u32>) {
        let from = out.len();
        if part.len() > LONGEST && part.chars().count() > LONGEST {
            out.push(self.unknown);
            return;
        }
        let mut rest = part;
        while !rest.is_empty() {
            let map = if rest.len() == part.len() { &self.first } else { &self.later };
            let mut end = rest.len().min(self.longest);
            let found = loop {
                if let Some(id) = rest.get(..end).and_then(|p| map.get(p)) {
                    break Some(*id);
                }
                end -= 1;
                if end == 0 {
                    break None;
                }
            };
            let Some(id) = found else {
                out.truncate(from);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            rest = rest.get(end..).unwrap_or("");
        }
    }
}

/// Without control characters and accents, in lower case, with white space around each Chinese character.
fn clean(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|c| !is_control(*c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut spaced = String::with_capacity(word.len() + 8);
    for c in word.chars().filter(|c| *c != '\u{fffd}' && !is_control(*c)) {
        if is_chinese(c) {
            spaced.extend([' ', c, ' ']);
        } else {
            spaced.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    spaced.nfd().filter(|c| c.general_category() != G::NonspacingMark).flat_map(char::to_lowercase).collect()
}

/// Runs between white space; each punctuation mark is a part of its own.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let c = rest.chars().next()?;
        let end = if is_punctuation(c) {
            c.len_utf8()
        } else {
            rest.find(|c: char| c.is_whitespace() || is_punctuation(c)).unwrap_or(rest.len())
        };
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some(part)
    })
}

fn is_control(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    c.general_category_group() == GeneralCategoryGroup::Other
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

/// The blocks of ideographs that the vocabulary was made with.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f | 0x2b740..=0x2b81f
        | 0x2b920..=0x2ceaf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_pieces_first_and_whole_words_unknown() {
        let p = Pieces::new("[PAD]\n[UNK]\n[CLS]\npeace\n##keep\n##keeper\n##s\n-\npe\n中").unwrap();
        let cut = |w: &str| {
            let mut out = Vec::new();
            p.cut(w, 16, &mut out);
            out
        };
        assert_eq!(cut("peacekeepers"), [3, 5, 6]);
        assert_eq!(cut("PeaceKeeps"), [3, 4, 6]);
        assert_eq!(cut("Pé\u{301}ace"), [3]);
        assert_eq!(cut("peacex"), [1]);
        assert_eq!(cut("peace-pe"), [3, 7, 8]);
        assert_eq!(cut("pe中中x"), [8, 9, 9, 1]);
        assert_eq!(cut("\u{ad}\u{0}"), [1]);
        assert_eq!(cut(&"pe".repeat(51)), [1]);
        assert_eq!(cut(&"-".repeat(40)).len(), 16);
        assert!(Pieces::new("a\nb").is_none());
        assert_eq!(p.id("[CLS]"), Some(2));
    }
}
