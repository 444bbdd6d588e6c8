//! Tokens as the statement rules look at them, and the small phrases around a cue.

use crate::Context;
use chancery_lexicon::cues::{Cue, cues};
use chancery_lexicon::outlets;
use chancery_model::Span;
use chancery_model::report::Segments;
use chancery_model::span::TokenRange;

/// A report's tokens in lower case.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) seg: &'a Segments,
}

const PREPOSITIONS: &[&str] = &[
    "in", "on", "at", "for", "from", "by", "with", "to", "about", "against", "during", "after", "before",
    "since", "under", "over", "into", "through", "between", "among", "amid", "despite", "without", "as",
    "while", "when", "late", "early",
];
const BREAKS: &[&str] = &[
    "that",
    "which",
    "who",
    "and",
    "but",
    "or",
    "because",
    "if",
    "whether",
    "what",
    "how",
    "why",
    "where",
    "than",
    "said",
    "says",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "not",
    "also",
    "later",
    "be",
    "been",
    "he",
    "she",
    "they",
    "it",
    "we",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "today",
    "earlier",
    "there",
];

impl<'a> Words<'a> {
    pub(super) fn of(ctx: &Context<'a>) -> Self {
        Self { text: &ctx.report.text, seg: ctx.segments }
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.seg.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    pub(super) fn low(&self, i: usize) -> String {
        self.word(i).to_lowercase().replace('’', "'")
    }

    pub(super) fn is(&self, i: usize, list: &[&str]) -> bool {
        list.contains(&self.low(i).as_str())
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.word(i).chars().any(char::is_alphanumeric)
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.word(i).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn span(&self, r: TokenRange) -> Span {
        self.seg.span(r)
    }

    /// The tokens of the sentence a token is in.
    pub(super) fn sentence(&self, token: usize) -> TokenRange {
        let s = self.seg.sentence_of(token).and_then(|n| self.seg.sentences.get(n));
        s.map_or_else(|| TokenRange::new(token, token), |s| s.tokens)
    }

    /// The cue verb at a token, its particles counted.
    pub(super) fn verb(&self, i: usize) -> Option<&'static Cue> {
        cues()
            .verbs_of(&self.low(i))
            .map(|(c, _)| c)
            .find(|c| c.particles().enumerate().all(|(n, p)| self.low(i + 1 + n) == p))
    }

    fn joins(&self, i: usize) -> bool {
        matches!(self.low(i).as_str(), "'s" | "'" | "-" | "&" | "/")
    }

    /// The noun phrase that starts at `start`, up to a preposition other than "of", a verb, a mark or `hi`.
    pub(super) fn phrase_from(&self, start: usize, hi: usize) -> Option<TokenRange> {
        let mut k = start;
        while k < hi {
            let w = self.low(k);
            let stop = PREPOSITIONS.contains(&w.as_str())
                || (BREAKS.contains(&w.as_str()) && k > start)
                || w == "that";
            let quoted =
                self.seg.tokens.get(k).map(|t| t.quote) != self.seg.tokens.get(start).map(|t| t.quote);
            if stop || quoted || !(self.is_word(k) || k > start && self.joins(k)) {
                // "Radio and Television", "Berg and Lund": names go on over "and".
                let joined =
                    w == "and" && k > start && self.capital(k - 1) && self.capital(k + 1) && k + 1 < hi;
                if !joined {
                    break;
                }
            }
            k += 1;
        }
        (k > start).then(|| TokenRange::new(start, k))
    }

    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_before(&self, end: usize, lo: usize) -> Option<TokenRange> {
        let mut k = end;
        while k > lo {
            let p = k - 1;
            let w = self.low(p);
            let quoted = self.seg.tokens.get(p).map(|t| t.quote)
                != self.seg.tokens.get(end.saturating_sub(1)).map(|t| t.quote);
            if quoted
                || PREPOSITIONS.contains(&w.as_str())
                || BREAKS.contains(&w.as_str())
                || !(self.is_word(p) || self.joins(p))
            {
                break;
            }
            k = p;
            if matches!(w.as_str(), "the" | "a" | "an") {
                break;
            }
        }
        (k < end).then(|| TokenRange::new(k, end))
    }
}

/// What a news organisation sends over; `Some("")` when it is one and its medium is not known. The words are those of
/// one noun phrase.
pub(super) fn news(words: &Words<'_>, range: TokenRange) -> Option<&'static str> {
    for i in range.iter() {
        let Some(from) = words.seg.tokens.get(i).map(|t| t.span.lo()) else { continue };
        // The longest name first, so that "RIA Novosti" wins over "RIA".
        for end in (i + 1..=(range.end as usize).min(i + 6)).rev() {
            let Some(to) = words.seg.tokens.get(end - 1).map(|t| t.span.hi()) else { continue };
            let Some(name) = words.text.get(from..to) else { continue };
            if !words.capital(i) && words.low(i) != "dpa" {
                continue;
            }
            if let Some(o) = outlets::by_name(name).filter(|o| !o.weak || beside(words, range).is_some()) {
                return Some(if o.medium.is_empty() {
                    beside(words, range).unwrap_or("")
                } else {
                    medium_word(&o.medium)
                });
            }
        }
    }
    if let Some(m) = beside(words, range) {
        return Some(m);
    }
    let last = words.word((range.end as usize).saturating_sub(1));
    let head = outlets::all().heads.iter().any(|h| h == last)
        && range.len() > 1
        && words.capital(range.start as usize)
        && last != "News";
    head.then(|| {
        if matches!(last, "Television" | "TV") {
            "television"
        } else if last == "Radio" {
            "radio"
        } else {
            "newspaper"
        }
    })
}

/// A word such as "newspaper" in a phrase, as a medium.
fn beside(words: &Words<'_>, range: TokenRange) -> Option<&'static str> {
    range.iter().find_map(|i| {
        let at = words.seg.tokens.get(i)?.span.lo();
        let end = outlets::beside(words.text, at)?;
        let w = words.text.get(at..end)?.to_lowercase();
        Some(if w.contains("radio") {
            "radio"
        } else if w.contains("tele") || w.contains("tv") || w.contains("channel") || w.contains("broadcaster")
        {
            "television"
        } else if w.contains("newspaper") || w == "daily" || w == "weekly" || w == "magazine" {
            "newspaper"
        } else {
            ""
        })
    })
}

fn medium_word(m: &str) -> &'static str {
    match m {
        "television" => "television",
        "radio" => "radio",
        "newspaper" | "magazine" => "newspaper",
        _ => "",
    }
}
