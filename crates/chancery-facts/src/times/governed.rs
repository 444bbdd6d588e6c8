//! Which way an expression points, by the tense of the verb that governs it in the reader's tree: "would meet Friday",
//! "the talks resume Monday", "a vote scheduled for May".

use chancery_lexicon::times::TIMES;
use chancery_model::Span;
use chancery_model::facts::Direction;
use chancery_model::mark::{Marks, TokenSyntax, Upos};
use chancery_model::report::Segments;

/// How many words up the tree a governing verb is looked for, and how many tenses lean on another.
const CLIMB: usize = 4;

/// The trees of a report.
pub(super) struct Governed<'a> {
    text: &'a str,
    segments: &'a Segments,
    syntax: &'a [TokenSyntax],
}

impl<'a> Governed<'a> {
    /// Nothing where the reader gives no trees.
    pub fn new(text: &'a str, segments: &'a Segments, marks: &'a Marks) -> Option<Self> {
        let syntax = marks.syntax.as_slice();
        (!syntax.is_empty() && syntax.len() == segments.tokens.len()).then_some(Self {
            text,
            segments,
            syntax,
        })
    }

    /// Which way the verb points that governs the expression; nothing where none does, or it does not tell.
    pub fn direction(&self, span: Span) -> Option<Direction> {
        let range = self.segments.tokens_in(span);
        let here = range.start as usize..range.end as usize;
        let top = here.clone().find(|t| !self.head(*t).is_some_and(|h| here.contains(&h)))?;
        // "Friday's vote": what governs a noun says little of its day.
        if !self.is(top, &["obl", "advmod", "nmod"]) {
            return None;
        }
        // A limit is read by what it limits, and "since" always looks back.
        let first = here.start.checked_sub(1).map(|t| self.word(t));
        if first.as_deref().is_some_and(|w| {
            let limits = ["by", "until", "till", "through", "since", "payable", "effective", "record"];
            limits.contains(&w) || w == "overnight"
        }) {
            return None;
        }
        // "As of February the chain has ten stores."
        if first.as_deref() == Some("of") && here.start.checked_sub(2).is_some_and(|t| self.word(t) == "as") {
            return None;
        }
        // "To get around Wednesday's ruling".
        if self.word(here.end).trim_start_matches(['\'', '’']) == "s" {
            return None;
        }
        let mut over = self.head(top)?;
        // "Called a referendum for June": the day may hang on what is called.
        if let Some(verb) = self.head(over).filter(|v| self.is(over, &["obj", "nsubj"]) && self.arranges(*v))
        {
            over = verb;
        }
        if !self.tells(over) {
            return None;
        }
        // "The visit came ahead of talks in Paris on Monday": which of the two Monday belongs to, the tree often mistakes.
        if (over..here.start).any(|t| matches!(self.word(t).as_str(), "ahead" | "upcoming" | "due")) {
            return None;
        }
        // A verb between them that does not hang on this one, or has a subject of its own: the tree has bound the day across a clause.
        let own =
            |t: usize| self.is(t, &["conj", "parataxis"]) && self.children(t).any(|c| self.is(c, &["nsubj"]));
        if (over + 1..here.start).any(|t| self.upos(t) == Upos::Verb && (!self.under(t, over) || own(t))) {
            return None;
        }
        let preposition = self.children(top).find(|c| self.is(*c, &["case"])).map(|c| self.lemma(c));
        let arranged = self.arranges(over);
        // "A service planned for Saturday was called off": the day may be over.
        let noun = self.head(over).filter(|_| self.is(over, &["acl"]));
        if arranged
            && noun.and_then(|n| self.head(n)).is_some_and(|v| self.tense(v, 1) == Some(Direction::Past))
        {
            return None;
        }
        if arranged && here.start > over {
            let to = preposition.as_deref().is_some_and(|p| matches!(p, "for" | "until" | "till" | "to"));
            // "Has scheduled a vote Thursday" and "postponed it on Thursday": the words tell more than the tense does.
            return to.then_some(Direction::Future);
        }
        self.tense(over, CLIMB)
    }

    /// Whether a word hangs on another, at whatever remove.
    fn under(&self, t: usize, over: usize) -> bool {
        let mut at = t;
        for _ in 0..self.syntax.len() {
            match self.head(at) {
                Some(h) if h == over => return true,
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }

    fn arranges(&self, t: usize) -> bool {
        self.upos(t) == Upos::Verb && TIMES.arranged.contains(&self.lemma(t))
    }

    /// A verb, or what a copula makes a predicate.
    fn tells(&self, t: usize) -> bool {
        self.upos(t) == Upos::Verb || self.children(t).any(|c| self.is(c, &["cop"]))
    }

    fn tense(&self, v: usize, depth: usize) -> Option<Direction> {
        use Direction::{Future, Past};
        if depth == 0 {
            return None;
        }
        let aux: Vec<usize> = self.children(v).filter(|c| self.is(*c, &["aux", "cop"])).collect();
        let has = |words: &[&str]| aux.iter().any(|c| words.contains(&self.word(*c).as_str()));
        let modal = has(&[
            "will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d", "may", "might", "should", "must",
        ]);
        let have = has(&["have", "has", "had", "having", "'ve", "’ve"]);
        if modal {
            // "Would have become chair in January": that may have been ahead, or not.
            let unreal = has(&["would", "'d", "’d"]);
            return match has(&["have"]) {
                true if unreal => Some(Direction::Unknown),
                true => Some(Past),
                false => Some(Future),
            };
        }
        if has(&["can", "could"]) {
            return None;
        }
        if has(&["had"]) || self.word(v) == "had" {
            return Some(Past);
        }
        // "Is due Friday", and "was due" where nothing says that it came.
        if matches!(self.word(v).as_str(), "due" | "likely" | "scheduled" | "slated" | "expected") && !have {
            return Some(Future);
        }
        // "Was to arrive on Sunday"
        let be = |t: usize| matches!(self.word(t).as_str(), "was" | "were");
        let under = self.head(v).filter(|_| self.is(v, &["xcomp", "ccomp"]));
        if !have && self.infinitive(v) && (aux.iter().any(|c| be(*c)) || under.is_some_and(be)) {
            return Some(Future);
        }
        if have || has(&["was", "were", "did"]) {
            return Some(Past);
        }
        if has(&["is", "are", "'s", "’s", "'re", "’re", "am", "do", "does"]) {
            let goes_on = self.word(v).ends_with("ing");
            let fixed = self.upos(v) == Upos::Verb || has(&["do", "does"]);
            return (goes_on || fixed).then_some(Future);
        }
        if self.infinitive(v) {
            return self.infinitive_tense(v, depth);
        }
        let (word, lemma) = (self.word(v), self.lemma(v));
        if word.ends_with("ing") {
            // "Killing twelve", "speaking on Friday": as the verb they hang on.
            let over = self.head(v).filter(|_| self.is(v, &["advcl", "acl", "conj"]))?;
            return self.tells(over).then(|| self.tense(over, depth - 1)).flatten();
        }
        if word == lemma
            || format!("{lemma}s") == word
            || format!("{lemma}es") == word
            || word.ends_with("ies")
        {
            return self.present(v, &word, &lemma, depth);
        }
        if self.is(v, &["acl"]) && TIMES.arranged.contains(&lemma) {
            return Some(Future);
        }
        Some(Past)
    }

    /// "Parliament votes on Tuesday": a present tense beside a day tells what is arranged, but for words of saying and of
    /// states.
    fn present(&self, v: usize, word: &str, lemma: &str, depth: usize) -> Option<Direction> {
        const ALIKE: &[&str] = &[
            "set",
            "cut",
            "hit",
            "put",
            "quit",
            "let",
            "shut",
            "cost",
            "spread",
            "beat",
            "bid",
            "cast",
            "hurt",
            "read",
            "burst",
            "split",
            "thrust",
            "shed",
            "forecast",
            "broadcast",
            "upset",
            "offset",
        ];
        if word == lemma {
            // "Will meet on Monday and travel on Tuesday".
            if self.is(v, &["conj"])
                && let Some(first) = self.head(v)
            {
                return self.tells(first).then(|| self.tense(first, depth - 1)).flatten();
            }
            if ALIKE.contains(&word) {
                return None;
            }
        }
        let subject = self.children(v).find(|c| self.is(*c, &["nsubj"]))?;
        let state = TIMES.states.iter().any(|w| w == lemma);
        (!state && subject < v).then_some(Direction::Future)
    }

    fn infinitive(&self, v: usize) -> bool {
        self.children(v).any(|c| self.is(c, &["mark"]) && self.word(c) == "to")
    }

    /// "Agreed to meet" looks ahead; "began to leave" and "flew there to meet" are as their verb is.
    fn infinitive_tense(&self, v: usize, depth: usize) -> Option<Direction> {
        let over = self.head(v)?;
        if TIMES.looks_ahead.contains(&self.lemma(over)) {
            let back = self.children(over).any(|c| self.is(c, &["aux"]) && self.word(c) == "had");
            return Some(if back { Direction::Past } else { Direction::Future });
        }
        if self.is(v, &["acl"]) && !self.tells(over) {
            // "The first country to join" has joined.
            let told = self
                .children(over)
                .any(|c| matches!(self.lemma(c).as_str(), "first" | "last" | "only" | "latest"));
            return (!told).then_some(Direction::Future);
        }
        self.tells(over).then(|| self.tense(over, depth - 1)).flatten()
    }

    fn head(&self, t: usize) -> Option<usize> {
        let h = self.syntax.get(t)?.head as usize;
        (h != t).then_some(h)
    }

    fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        // A sentence's words hang on words of that sentence.
        let sentence = self.segments.sentence_of(of).and_then(|n| self.segments.sentences.get(n));
        let range = sentence.map_or(0..0, |s| s.tokens.start as usize..s.tokens.end as usize);
        range.filter(move |c| self.head(*c) == Some(of))
    }

    fn is(&self, t: usize, rels: &[&str]) -> bool {
        let rel = self.syntax.get(t).map_or("", |s| s.deprel.as_str());
        rels.contains(&rel.split(':').next().unwrap_or(rel))
    }

    fn upos(&self, t: usize) -> Upos {
        self.syntax.get(t).map_or(Upos::X, |s| s.upos)
    }

    fn lemma(&self, t: usize) -> String {
        self.syntax.get(t).map_or_else(String::new, |s| s.lemma.to_lowercase())
    }

    fn word(&self, t: usize) -> String {
        self.segments.word(self.text, t).to_lowercase()
    }
}
