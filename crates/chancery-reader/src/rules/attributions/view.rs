//! A text as the rules see it: lower-cased words, quotations, and the closed classes of English.

use chancery_lexicon::cues::{Cue, Inflection, cues};
use chancery_model::mark::NameMark;
use chancery_model::report::{Quote, Segments};
use chancery_model::span::TokenRange;

pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "some", "any", "each", "every", "both", "all", "no",
    "his", "her", "its", "their", "our", "my", "your", "another", "several", "many", "most", "few", "one",
    "two", "three", "four", "five", "six", "ten", "other",
];
pub(super) const SUBJECT_PRONOUNS: &[&str] = &[
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "it",
    "who",
    "which",
    "others",
    "some",
    "many",
    "both",
    "everyone",
    "nobody",
    "everybody",
    "someone",
    "anyone",
    "neither",
    "most",
];
pub(super) const AUXILIARIES: &[&str] = &[
    "has", "have", "had", "having", "is", "are", "was", "were", "be", "been", "being", "am", "will", "would",
    "can", "could", "may", "might", "shall", "should", "must", "do", "does", "did", "'ll", "'d", "'ve",
    "'re", "'m", "ca", "wo", "cannot",
];
const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "am", "'re", "'m", "got", "gets"];
const MODALS: &[&str] = &[
    "will", "would", "can", "could", "may", "might", "shall", "should", "must", "do", "does", "did", "'ll",
    "to", "ca", "wo", "cannot",
];
const ADVERBS: &[&str] = &[
    "also",
    "now",
    "later",
    "then",
    "again",
    "once",
    "still",
    "never",
    "not",
    "n't",
    "ever",
    "already",
    "just",
    "first",
    "even",
    "only",
    "long",
    "often",
    "soon",
    "further",
    "too",
    "yet",
    "always",
    "however",
    "meanwhile",
    "instead",
    "thus",
    "therefore",
    "all",
    "reportedly",
    "earlier",
    "today",
    "yesterday",
    "well",
    "much",
    "so",
    "there",
];
const NOT_ADVERBS: &[&str] = &[
    "family", "assembly", "ally", "reply", "supply", "july", "italy", "rally", "bully", "monopoly", "weekly",
    "daily", "elderly", "fly", "apply", "belly", "holy", "ugly", "likely", "friendly",
];
pub(super) const PREPOSITIONS: &[&str] = &[
    "in", "on", "at", "of", "for", "from", "by", "with", "to", "about", "against", "during", "after",
    "before", "since", "under", "over", "into", "through", "between", "among", "amid", "despite", "without",
    "within", "near", "like", "via", "per", "around", "across", "toward", "towards", "upon", "outside",
    "inside", "behind",
];
pub(super) const SUBORDINATORS: &[&str] = &[
    "because", "when", "while", "whilst", "if", "unless", "although", "though", "whether", "as", "than",
    "until", "till", "whereas", "where", "why", "how", "what", "once", "since", "after", "before",
    "whenever", "lest",
];
pub(super) const WH: &[&str] = &["whether", "if", "what", "how", "why", "who", "when", "where", "which"];
const TIME_WORDS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "week",
    "month",
    "year",
    "morning",
    "evening",
    "night",
    "afternoon",
    "day",
    "days",
    "weeks",
    "months",
    "years",
    "weekend",
    "earlier",
    "later",
    "recently",
    "ago",
    "last",
    "next",
];

/// A text with what the rules look up again and again.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) seg: &'a Segments,
    low: Vec<String>,
    name: Vec<Option<u32>>,
    outer: Vec<Option<u32>>,
    /// By sentence: whether nearly every longer word has a capital, as headlines do.
    titled: Vec<bool>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str, seg: &'a Segments, names: &[NameMark]) -> Self {
        let low = (0..seg.tokens.len())
            .map(|i| {
                let w = seg.word(text, i);
                if w.is_ascii() { w.to_ascii_lowercase() } else { w.to_lowercase().replace('’', "'") }
            })
            .collect();
        let mut name = vec![None; seg.tokens.len()];
        for (n, mark) in names.iter().enumerate() {
            for i in mark.tokens.iter() {
                if let Some(slot) = name.get_mut(i) {
                    *slot = u32::try_from(n).ok();
                }
            }
        }
        let outer = seg
            .tokens
            .iter()
            .map(|t| {
                let mut q = t.quote?;
                // Quotations nest by index; the bound guards against a malformed list.
                for _ in 0..8 {
                    match seg.quotes.get(q as usize).and_then(|quote| quote.within) {
                        Some(up) => q = up,
                        None => break,
                    }
                }
                Some(q)
            })
            .collect();
        let titled = seg
            .sentences
            .iter()
            .map(|s| {
                let long: Vec<&str> =
                    s.tokens.iter().map(|i| seg.word(text, i)).filter(|w| w.len() > 3).collect();
                let capital =
                    long.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
                long.len() > 2 && capital * 4 >= long.len() * 3
            })
            .collect();
        Self { text, seg, low, name, outer, titled }
    }

    /// Whether a capital letter says that the word is (part of) a name: not at the start, not in a headline.
    pub(super) fn capital_of_name(&self, i: usize) -> bool {
        let Some(n) = self.seg.sentence_of(i) else { return false };
        let first = self.seg.sentences.get(n).is_some_and(|s| s.tokens.start as usize == i);
        self.capital(i) && !first && !self.titled.get(n).copied().unwrap_or(false)
    }

    /// The word in lower case, `""` outside the text.
    pub(super) fn low(&self, i: usize) -> &str {
        self.low.get(i).map_or("", String::as_str)
    }

    /// The word before, `""` at the start.
    pub(super) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |p| self.low(p))
    }

    pub(super) fn word(&self, i: usize) -> &str {
        self.seg.word(self.text, i)
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.word(i).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.word(i).chars().any(char::is_alphanumeric)
    }

    /// The name mark a token is in.
    pub(super) fn name(&self, i: usize) -> Option<u32> {
        self.name.get(i).copied().flatten()
    }

    /// The outermost quotation a token is in.
    pub(super) fn quote_ix(&self, i: usize) -> Option<u32> {
        self.outer.get(i).copied().flatten()
    }

    pub(super) fn quote(&self, i: usize) -> Option<&'a Quote> {
        self.quote_ix(i).and_then(|q| self.seg.quotes.get(q as usize))
    }

    /// Whether an outermost quotation opens at the token.
    pub(super) fn opens_quote(&self, i: usize) -> Option<&'a Quote> {
        self.quote(i).filter(|q| q.tokens.start as usize == i)
    }

    /// The outermost quotation whose last token is just before `i`.
    pub(super) fn quote_ending_at(&self, i: usize) -> Option<&'a Quote> {
        let q = self.quote(i.checked_sub(1)?)?;
        (q.tokens.end as usize == i).then_some(q)
    }

    /// Words in a quotation.
    pub(super) fn quote_words(&self, q: &Quote) -> usize {
        q.tokens.iter().filter(|i| self.is_word(*i)).count()
    }

    pub(super) fn is_one_of(&self, i: usize, list: &[&str]) -> bool {
        list.contains(&self.low(i))
    }

    pub(super) fn determiner(&self, i: usize) -> bool {
        self.is_one_of(i, DETERMINERS)
    }

    pub(super) fn subject_pronoun(&self, i: usize) -> bool {
        self.is_one_of(i, SUBJECT_PRONOUNS)
    }

    pub(super) fn auxiliary(&self, i: usize) -> bool {
        self.is_one_of(i, AUXILIARIES)
    }

    pub(super) fn be(&self, i: usize) -> bool {
        self.is_one_of(i, BE)
    }

    pub(super) fn modal(&self, i: usize) -> bool {
        self.is_one_of(i, MODALS)
    }

    pub(super) fn preposition(&self, i: usize) -> bool {
        self.is_one_of(i, PREPOSITIONS)
    }

    pub(super) fn adverb(&self, i: usize) -> bool {
        let w = self.low(i);
        ADVERBS.contains(&w)
            || (w.len() > 4 && w.ends_with("ly") && !self.capital(i) && !NOT_ADVERBS.contains(&w))
    }

    pub(super) fn time_word(&self, i: usize) -> bool {
        self.is_one_of(i, TIME_WORDS) && (self.low(i) != "may" || self.capital(i))
    }

    pub(super) fn comma(&self, i: usize) -> bool {
        self.low(i) == ","
    }

    pub(super) fn dash(&self, i: usize) -> bool {
        matches!(self.low(i), "—" | "–" | "--" | "-") && !self.glued(i)
    }

    /// Whether a mark stands without white space on either side ("peace-keeping").
    pub(super) fn glued(&self, i: usize) -> bool {
        let at = |n: usize| self.seg.tokens.get(n).map(|t| t.span);
        match (i.checked_sub(1).and_then(at), at(i), at(i + 1)) {
            (Some(a), Some(b), Some(c)) => self.low(i) == "-" && a.end == b.start && b.end == c.start,
            _ => false,
        }
    }

    /// Whether the token may begin a noun phrase or clause.
    pub(super) fn starts_phrase(&self, i: usize) -> bool {
        self.is_word(i)
            && !self.preposition(i)
            && !matches!(self.low(i), "and" | "or" | "but" | "to" | "by" | "nor")
    }

    /// Whether the token looks like a verb: an auxiliary or a listed cue in a finite form.
    pub(super) fn verb_like(&self, i: usize) -> bool {
        if self.auxiliary(i) {
            return true;
        }
        let w = self.low(i);
        (w.ends_with("ed") && w.len() > 4 && !self.capital(i))
            || cues().verbs_of(w).any(|(_, f)| f != Inflection::Ing)
    }

    /// Whether the token is a listed cue with a past or unmistakable present form.
    pub(super) fn cue_verb(&self, i: usize) -> Option<&'static Cue> {
        let w = self.low(i);
        if self.capital(i) && i > 0 && self.name(i).is_some() {
            return None;
        }
        const PLAIN: &[&str] = &[
            "says", "say", "tells", "writes", "thinks", "think", "believes", "believe", "wants", "want",
            "knows", "insists", "argues", "argue", "adds", "denies", "admits", "suggests", "means",
        ];
        cues().verbs_of(w).find(|(_, f)| *f == Inflection::Past || PLAIN.contains(&w)).map(|(c, _)| c)
    }
}

/// A range without punctuation at its ends, or `None` when nothing is left. Quotation marks stay.
pub(super) fn tidy(view: &View<'_>, range: TokenRange) -> Option<TokenRange> {
    let (mut a, mut b) = (range.start as usize, range.end as usize);
    let loose =
        |i: usize| matches!(view.low(i), "," | ";" | ":" | "." | "—" | "–" | "--" | "-" | "…" | "...");
    while a < b && loose(a) {
        a += 1;
    }
    while a < b && loose(b - 1) {
        b -= 1;
    }
    (a < b && (a..b).any(|i| view.is_word(i))).then(|| TokenRange::new(a, b))
}
