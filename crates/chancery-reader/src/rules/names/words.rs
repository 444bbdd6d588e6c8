//! What the spelling of each word tells.

use chancery_lexicon::{common, numbers};
use chancery_model::report::Segments;
use std::collections::{HashMap, HashSet};

/// How a sentence uses capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// As prose does.
    Prose,
    /// A headline that capitalises its words.
    Title,
    /// All in capitals.
    Shout,
}

/// A token with what its spelling tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    /// As printed.
    pub text: &'t str,
    /// First byte in the report.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Begins with a capital letter.
    pub cap: bool,
    /// First word of a sentence or of a quotation: its capital tells nothing.
    pub first: bool,
    /// No blank between it and the token before.
    pub glued: bool,
    /// How its sentence uses capitals.
    pub case: Case,
    /// Its sentence.
    pub sentence: usize,
}

/// The words of a report.
pub(super) struct Words<'t> {
    /// The report's text.
    pub text: &'t str,
    /// The tokens.
    pub list: Vec<Word<'t>>,
    /// Words that occur in lower case in prose.
    lower: HashSet<&'t str>,
    /// Words that bear a capital in prose where nothing but a name gives one.
    named: HashMap<&'t str, u32>,
    /// Token index by its first and its last byte.
    by_end: HashMap<usize, usize>,
}

impl<'t> Words<'t> {
    /// The words of a text.
    pub fn new(text: &'t str, segments: &Segments) -> Self {
        let mut list = Vec::with_capacity(segments.tokens.len());
        for (s, sentence) in segments.sentences.iter().enumerate() {
            let case = case_of(text, segments, s);
            let mut open = true;
            for t in sentence.tokens.iter() {
                let Some(token) = segments.tokens.get(t) else { continue };
                let word = token.span.of(text);
                let cap = word.chars().next().is_some_and(char::is_uppercase);
                let glued =
                    t > 0 && segments.tokens.get(t - 1).is_some_and(|p| p.span.end == token.span.start);
                let letters = word.chars().any(char::is_alphanumeric);
                list.push(Word {
                    text: word,
                    start: token.span.lo(),
                    end: token.span.hi(),
                    cap,
                    first: open && letters,
                    glued,
                    case,
                    sentence: s,
                });
                open = if letters {
                    false
                } else {
                    open || matches!(word, "“" | "\"" | "‘" | ":" | "—" | "–" | "``")
                };
            }
        }
        let prose = || list.iter().filter(|w| w.case == Case::Prose);
        let lower = prose().filter(|w| !w.cap).map(|w| w.text).collect();
        let mut named = HashMap::new();
        for w in prose().filter(|w| w.cap && !w.first) {
            *named.entry(w.text).or_default() += 1;
        }
        let by_end = list.iter().enumerate().map(|(n, w)| (w.end, n)).collect();
        Self { text, list, lower, named, by_end }
    }

    /// A word.
    pub fn get(&self, at: usize) -> Option<&Word<'t>> {
        self.list.get(at)
    }

    /// Its text; empty past the end.
    pub fn text_at(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |w| w.text)
    }

    /// The word before, in the same sentence.
    pub fn before(&self, at: usize) -> &'t str {
        let here = self.list.get(at).map(|w| w.sentence);
        at.checked_sub(1)
            .and_then(|p| self.list.get(p))
            .filter(|w| Some(w.sentence) == here)
            .map_or("", |w| w.text)
    }

    /// One past the token that ends at a byte.
    pub fn token_end(&self, byte: usize) -> Option<usize> {
        self.by_end.get(&byte).map(|n| n + 1)
    }

    /// Whether the word occurs in lower case in prose.
    pub fn has_lower(&self, word: &str) -> bool {
        self.lower.contains(word.to_lowercase().as_str())
    }

    /// How often the word bears a capital that only a name gives.
    pub fn times_named(&self, word: &str) -> u32 {
        self.named.get(word).copied().unwrap_or(0)
    }

    /// Whether the capital of the word at `at` speaks for a name.
    pub fn may_name(&self, at: usize) -> bool {
        let Some(w) = self.list.get(at) else { return false };
        if !w.cap || w.text == "I" || is_calendar(w.text) {
            return false;
        }
        match w.case {
            Case::Prose if !w.first => true,
            Case::Prose => {
                let known = self.times_named(w.text) > 0;
                !common::is_plain(w.text)
                    && (known || !self.has_lower(w.text))
                    && numbers::word(w.text).is_none()
            }
            Case::Title => {
                !common::is_plain(w.text) && (self.times_named(w.text) > 0 || !self.has_lower(w.text))
            }
            Case::Shout => false,
        }
    }
}

fn case_of(text: &str, segments: &Segments, sentence: usize) -> Case {
    let Some(s) = segments.sentences.get(sentence) else { return Case::Prose };
    let words = || {
        let all = s.tokens.iter().filter_map(|t| segments.tokens.get(t)).map(|t| t.span.of(text));
        all.filter(|w| w.chars().next().is_some_and(char::is_alphabetic))
    };
    let (mut upper, mut lower, mut caps, mut small, mut n) = (0, 0, 0, 0, 0);
    for w in words() {
        n += 1;
        upper += w.chars().filter(|c| c.is_uppercase()).count();
        lower += w.chars().filter(|c| c.is_lowercase()).count();
        let cap = w.chars().next().is_some_and(char::is_uppercase);
        if cap {
            caps += 1;
        } else if w.chars().count() > 4 {
            small += 1;
        }
    }
    let stop = s.span.of(text).trim_end().ends_with(['.', '”', '"', '?', '!']);
    if n >= 2 && upper > 8 && upper > lower * 6 {
        Case::Shout
    } else if n >= 4 && !stop && small == 0 && caps * 10 >= n * 6 {
        Case::Title
    } else {
        Case::Prose
    }
}

/// Whether a word names a day or a month.
pub(super) fn is_calendar(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    const NAMES: [&str; 30] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan.",
        "Feb.",
        "Mar.",
        "Apr.",
        "Aug.",
        "Sept.",
        "Sep.",
        "Oct.",
        "Nov.",
        "Dec.",
        "GMT",
    ];
    NAMES.contains(&word)
}
