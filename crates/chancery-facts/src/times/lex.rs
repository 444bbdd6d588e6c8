//! Cuts a sentence for the time grammar: runs of letters, runs of digits, single marks. Finer than the tokens of a
//! report, because "1990s", "10:30pm" and "mid-May" hold more than one word of time.

use chancery_lexicon::times::{TIMES, WordClass};
use chancery_model::Span;

/// What a lexeme is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stuff {
    Letters,
    Digits,
    Mark,
}

/// A lexeme; offsets are bytes into the report's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub start: u32,
    pub end: u32,
    pub stuff: Stuff,
    /// No white space before it.
    pub glued: bool,
    /// Begins with a capital letter.
    pub capital: bool,
    /// What the word can be; `None` for a word that is in no list.
    pub class: Option<WordClass>,
}

/// The lexemes of one sentence. A grammar asks for lexemes by number and may ask past the ends.
#[derive(Debug)]
pub(super) struct Line<'a> {
    low: &'a str,
    lexemes: Vec<Lexeme>,
}

impl<'a> Line<'a> {
    /// Cuts the sentence. `low` is the whole text in lower case, ASCII letters only, so that offsets stay.
    pub fn new(text: &str, low: &'a str, sentence: Span) -> Self {
        let mut lexemes: Vec<Lexeme> = Vec::with_capacity(sentence.len() / 5 + 1);
        let mut glued = false;
        let mut chars = sentence.of(text).char_indices().peekable();
        let base = sentence.lo();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                glued = false;
                continue;
            }
            let stuff = match c {
                _ if c.is_ascii_digit() => Stuff::Digits,
                _ if c.is_alphabetic() => Stuff::Letters,
                _ => Stuff::Mark,
            };
            let mut end = at + c.len_utf8();
            while let Some((b, d)) = chars.peek().copied() {
                let same = match stuff {
                    Stuff::Digits => d.is_ascii_digit(),
                    Stuff::Letters => d.is_alphabetic(),
                    Stuff::Mark => false,
                };
                if !same {
                    break;
                }
                end = b + d.len_utf8();
                chars.next();
            }
            let span = Span::new(base + at, base + end);
            let class = match stuff {
                Stuff::Letters => TIMES.words.get(span.of(low)).copied(),
                _ => None,
            };
            lexemes.push(Lexeme {
                start: span.start,
                end: span.end,
                stuff,
                glued,
                capital: c.is_uppercase(),
                class,
            });
            glued = true;
        }
        Self { low, lexemes }
    }

    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    pub fn get(&self, i: usize) -> Option<&Lexeme> {
        self.lexemes.get(i)
    }

    /// The word in lower case; empty past the end.
    pub fn w(&self, i: usize) -> &'a str {
        self.get(i).and_then(|l| self.low.get(l.start as usize..l.end as usize)).unwrap_or("")
    }

    /// The word before, if any.
    pub fn before(&self, i: usize) -> &'a str {
        i.checked_sub(1).map_or("", |p| self.w(p))
    }

    pub fn is(&self, i: usize, word: &str) -> bool {
        self.w(i) == word
    }

    pub fn any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.w(i))
    }

    pub fn class(&self, i: usize) -> WordClass {
        self.get(i).and_then(|l| l.class).unwrap_or_default()
    }

    pub fn glued(&self, i: usize) -> bool {
        self.get(i).is_some_and(|l| l.glued)
    }

    pub fn capital(&self, i: usize) -> bool {
        self.get(i).is_some_and(|l| l.capital)
    }

    pub fn letters(&self, i: usize) -> bool {
        self.get(i).is_some_and(|l| l.stuff == Stuff::Letters)
    }

    /// The number written in digits, with how many digits; at most nine of them.
    pub fn digits(&self, i: usize) -> Option<(u32, usize)> {
        let l = self.get(i).filter(|l| l.stuff == Stuff::Digits)?;
        let w = self.w(i);
        let n = (w.len() <= 9).then(|| w.parse().ok())??;
        Some((n, (l.end - l.start) as usize))
    }

    /// Whether a hyphen or dash stands here without a space before it.
    pub fn hyphen(&self, i: usize) -> bool {
        self.glued(i) && self.any(i, &["-", "\u{2010}", "\u{2011}", "\u{2013}"])
    }

    /// The bytes of lexemes `a..b`.
    pub fn span(&self, a: usize, b: usize) -> Span {
        match (self.get(a), b.checked_sub(1).and_then(|b| self.get(b))) {
            (Some(x), Some(y)) => Span::new(x.start as usize, y.end as usize),
            _ => Span::new(0, 0),
        }
    }
}
