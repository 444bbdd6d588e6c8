//! Look-ups around the names of a report.

use chancery_lexicon::organizations;
use chancery_model::Span;
use chancery_model::mark::{Marks, NameKind, NameMark, TokenSyntax, Upos};
use chancery_model::report::{Report, Segments};
use std::collections::BTreeSet;

/// What tells an office apart from others of its kind: "a NATO spokesman", "another spokesman of the harbour board".
#[derive(Debug, Clone)]
pub(crate) struct ToldApart {
    /// It is one of several by its article.
    pub one: bool,
    /// It is another than those that were named.
    pub another: bool,
    /// A name behind it tells whose it is.
    pub of_a_name: bool,
    /// The words before or behind it that tell whose or of what kind it is, in small letters.
    pub words: BTreeSet<String>,
}

impl ToldApart {
    /// Whether it may be an office that these words tell apart: "a government spokesman" is the one whom the report calls so
    /// by name, "a NATO spokesman" is none of the State Department's, and "a spokesman" may be any.
    pub fn may_be(&self, theirs: &BTreeSet<String>) -> bool {
        let bare = self.words.is_empty() || theirs.is_empty() && !self.of_a_name;
        let within = self.words.is_subset(theirs) || theirs.is_subset(&self.words);
        match (self.another, self.one) {
            (true, _) => false,
            (_, true) => within && !bare,
            _ => bare || !self.words.is_disjoint(theirs),
        }
    }

    /// Whether it may be that of the same state whatever else is said: "Britain's finance minister", "the U.K. finance minister".
    pub fn may_be_of_state(&self) -> bool {
        !self.one && !self.another && !self.of_a_name
    }
}

/// A report's tokens and names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub segments: &'a Segments,
    /// Its names, in order.
    pub names: &'a [NameMark],
    /// How its tokens hang on one another; empty when the reader has no syntax.
    syntax: &'a [TokenSyntax],
    /// Where the report was written, as printed.
    pub dateline: Option<&'a str>,
}

impl<'a> View<'a> {
    /// The view of a report.
    pub fn new(report: &'a Report, segments: &'a Segments, marks: &'a Marks) -> Self {
        Self {
            text: &report.text,
            segments,
            names: &marks.names,
            syntax: &marks.syntax,
            dateline: report.dateline.as_deref(),
        }
    }

    /// A token's part of speech; none when the reader has no syntax.
    pub fn upos(&self, token: usize) -> Option<Upos> {
        self.syntax.get(token).map(|s| s.upos)
    }

    /// The token that a token hangs on; none for a root and without syntax.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.syntax.get(token).map(|s| s.head as usize).filter(|h| *h != token && self.together(*h, token))
    }

    /// The relation of a token to its head, subtype included.
    pub fn rel(&self, token: usize) -> &'a str {
        self.syntax.get(token).map_or("", |s| s.deprel.as_str())
    }

    /// Its dictionary form; empty without a tree.
    pub fn lemma(&self, token: usize) -> &'a str {
        self.syntax.get(token).map_or("", |s| s.lemma.as_str())
    }

    /// The tokens that hang on a token, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.segments.sentence_of(token).and_then(|s| self.segments.sentences.get(s));
        let all = sentence.map_or(0..0, |s| s.tokens.start as usize..s.tokens.end as usize);
        all.filter(move |t| *t != token && self.head(*t) == Some(token))
    }

    /// A token's words; empty past the ends.
    pub fn word(&self, token: usize) -> &'a str {
        self.segments.word(self.text, token)
    }

    /// A token's words in lower case.
    pub fn low(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    /// A token's first byte.
    pub fn start(&self, token: usize) -> usize {
        self.segments.tokens.get(token).map_or(self.text.len(), |t| t.span.lo())
    }

    /// The span of a name.
    pub fn span(&self, n: &NameMark) -> Span {
        self.segments.span(n.tokens)
    }

    /// The words of a name.
    pub fn name(&self, n: &NameMark) -> &'a str {
        self.span(n).of(self.text)
    }

    /// The name that ends right before a token.
    pub fn ending_at(&self, token: usize) -> Option<&'a NameMark> {
        let i = self.names.partition_point(|m| (m.tokens.end as usize) < token);
        self.names.get(i).filter(|m| m.tokens.end as usize == token)
    }

    /// The name that starts at a token.
    pub fn starting_at(&self, token: usize) -> Option<&'a NameMark> {
        let i = self.names.partition_point(|m| (m.tokens.start as usize) < token);
        self.names.get(i).filter(|m| m.tokens.start as usize == token)
    }

    /// Whether two tokens are in one sentence.
    pub fn together(&self, a: usize, b: usize) -> bool {
        self.segments.sentence_of(a).is_some() && self.segments.sentence_of(a) == self.segments.sentence_of(b)
    }

    /// The office in apposition after a name: "NAME, the Kenyan foreign minister,".
    pub fn apposed_office(&self, n: &NameMark) -> Option<&'a NameMark> {
        let mut at = n.tokens.end as usize;
        if self.word(at) != "," {
            return None;
        }
        at += 1;
        for _ in 0..5 {
            let Some(m) = self.starting_at(at) else {
                let skip = matches!(
                    self.low(at).as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "former"
                        | "then"
                        | "acting"
                        | "its"
                        | "his"
                        | "her"
                        | "their"
                        | "'s"
                        | "’s"
                        | "ex"
                        | "-"
                        | "outgoing"
                );
                if !skip {
                    return None;
                }
                at += 1;
                continue;
            };
            match m.kind {
                // "He met Rao, President Deng and others" names two: the office belongs to the name after it.
                // "Ilse Rau, the chairman's wife": the office is another's.
                NameKind::Office if matches!(self.word(m.tokens.end as usize), "'s" | "’s") => return None,
                NameKind::Office
                    if self.starting_at(m.tokens.end as usize).is_none_or(|x| x.kind != NameKind::Person) =>
                {
                    return Some(m);
                }
                NameKind::Office | NameKind::Person | NameKind::Event => return None,
                _ => at = m.tokens.end as usize,
            }
        }
        None
    }

    /// The person who holds an office by the words beside it.
    pub fn holder(&self, office: &NameMark) -> Option<&'a NameMark> {
        let end = office.tokens.end as usize;
        let person = |m: &&NameMark| m.kind == NameKind::Person;
        // "President Deng", "President Mr Deng".
        let courtesy =
            usize::from(chancery_lexicon::titles::courtesy_at(self.text, self.start(end)).is_some());
        if let Some(p) = self.starting_at(end + courtesy).filter(person) {
            return Some(p);
        }
        // "the foreign minister, Kari Dahl," and "minister of X, Kari Dahl".
        let owner = self.owned(office).map_or(end, |o| o.tokens.end as usize);
        // "the chairman, Chief Samuel Oladipo,".
        let titled = usize::from(
            self.word(owner) == ","
                && self.starting_at(owner + 1).is_none_or(|m| m.kind == NameKind::Office)
                && chancery_lexicon::titles::office_at(self.text, self.start(owner + 1))
                    .is_some_and(|(end, _)| end < self.start(owner + 2)),
        );
        if self.word(owner) == ","
            && let Some(p) = self.starting_at(owner + 1 + titled).filter(person)
            && matches!(self.word(p.tokens.end as usize), "," | "." | "said" | "told" | ";")
            && self.before_the(office)
        {
            return Some(p);
        }
        // "Kari Dahl, the foreign minister".
        let mut at = office.tokens.start as usize;
        for _ in 0..5 {
            at = at.checked_sub(1)?;
            if self.word(at) == "," {
                return self
                    .ending_at(at)
                    .filter(person)
                    .filter(|p| self.apposed_office(p).is_some_and(|o| o.tokens == office.tokens));
            }
            if let Some(m) = self.ending_at(at + 1).filter(|m| m.kind != NameKind::Person) {
                at = m.tokens.start as usize;
            }
        }
        None
    }

    fn before_the(&self, office: &NameMark) -> bool {
        let mut start = office.tokens.start as usize;
        // "France's new envoy".
        while let Some(t) =
            start.checked_sub(1).filter(|t| self.upos(*t) == Some(Upos::Adj) && self.together(*t, start))
        {
            start = t;
        }
        let owner = self.ending_at(start).map_or(start, |m| m.tokens.start as usize);
        let word = owner.checked_sub(1).map(|t| self.low(t)).unwrap_or_default();
        matches!(word.as_str(), "the" | "its" | "their" | "'s" | "’s" | "whose" | "his" | "her" | "our")
            || self
                .segments
                .sentence_of(owner)
                .and_then(|s| self.segments.sentences.get(s))
                .is_some_and(|s| s.tokens.start as usize >= owner.saturating_sub(1))
    }

    /// What an office is of by the words after it: "foreign minister of Kenya".
    pub fn owned(&self, office: &NameMark) -> Option<&'a NameMark> {
        let end = office.tokens.end as usize;
        if !matches!(self.word(end), "of" | "for" | "at" | "to" | "in") {
            return None;
        }
        let the = usize::from(self.low(end + 1) == "the");
        self.starting_at(end + 1 + the).filter(|m| !matches!(m.kind, NameKind::Person | NameKind::Office))
    }

    /// The state, people or body that an office belongs to: before it ("Norwegian", "Kenya's", "UN") or after "of".
    pub fn owner_of(&self, office: &NameMark) -> Option<&'a NameMark> {
        let mut start = office.tokens.start as usize;
        for _ in 0..2 {
            let before = start.checked_sub(1).map(|t| self.low(t)).unwrap_or_default();
            if matches!(
                before.as_str(),
                "former"
                    | "then"
                    | "acting"
                    | "outgoing"
                    | "interim"
                    | "new"
                    | "ex"
                    | "-"
                    | "late"
                    | "deposed"
                    | "ousted"
            ) {
                start -= 1;
            }
        }
        // "Syria's embattled president".
        for _ in 0..2 {
            let described = start.checked_sub(1).filter(|t| {
                self.rel(*t) == "amod"
                    && self.together(*t, start)
                    && self.word(*t).starts_with(char::is_lowercase)
                    && self.ending_at(start).is_none()
            });
            start = described.unwrap_or(start);
        }
        let ours = |m: &&NameMark| !matches!(m.kind, NameKind::Person | NameKind::Office | NameKind::Event);
        let direct = self.ending_at(start).filter(ours);
        direct.or_else(|| self.possessor_at(start).filter(ours)).or_else(|| self.owned(office))
    }

    /// What tells an office apart from others of its kind.
    pub fn told_apart(&self, office: &NameMark) -> ToldApart {
        const PLAIN: [&str; 14] = [
            "former", "then", "acting", "outgoing", "interim", "new", "late", "senior", "chief", "top",
            "deputy", "ex", "'s", "’s",
        ];
        let mut words: BTreeSet<String> = BTreeSet::new();
        let mut start = office.tokens.start as usize;
        let describes = |t: usize| {
            matches!(self.upos(t), Some(Upos::Propn | Upos::Noun | Upos::Adj))
                || matches!(self.word(t), "'s" | "’s")
        };
        while let Some(t) = start.checked_sub(1).filter(|t| self.together(*t, start) && describes(*t)) {
            words.insert(self.low(t));
            start = t;
        }
        // "Leader of the Harbour tribes": whatever is named behind it.
        let mut of_a_name = false;
        let end = office.tokens.end as usize;
        if matches!(self.word(end), "of" | "for" | "at" | "to" | "in") {
            let named =
                |t: &usize| matches!(self.upos(*t), Some(Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det));
            let behind = (end + 1..end + 7).take_while(named).filter(|t| self.upos(*t) != Some(Upos::Det));
            for t in behind {
                of_a_name |= self.upos(t) == Some(Upos::Propn);
                words.insert(self.low(t));
            }
        }
        words.retain(|w| !PLAIN.contains(&w.as_str()));
        let article = start.checked_sub(1).filter(|t| self.together(*t, start)).map(|t| self.low(t));
        let article = article.as_deref();
        ToldApart {
            one: matches!(article, Some("a" | "an")),
            another: matches!(article, Some("another" | "one" | "some")),
            of_a_name,
            words,
        }
    }

    fn possessor_at(&self, token: usize) -> Option<&'a NameMark> {
        let s = token.checked_sub(1)?;
        if matches!(self.word(s), "'s" | "’s" | "'" | "’") { self.ending_at(s) } else { None }
    }

    /// The state whose a body is: "Kenya's foreign ministry".
    pub fn possessor(&self, n: &NameMark) -> Option<&'a NameMark> {
        self.possessor_at(n.tokens.start as usize).or_else(|| {
            let owned = self.owned(n)?;
            (owned.kind == NameKind::Place).then_some(owned)
        })
    }

    /// The common noun for a body that a name ends with: "Norwegian foreign ministry".
    pub fn body(&self, name: &str) -> Option<(String, &'static str)> {
        let starts =
            std::iter::once(0).chain(name.char_indices().filter(|(_, c)| *c == ' ').map(|(n, _)| n + 1));
        starts
            .filter_map(|at| {
                organizations::body_at(name, at).filter(|(end, _)| *end == name.len()).map(|(_, s)| (at, s))
            })
            .map(|(at, s)| (name.get(at..).unwrap_or("").to_lowercase(), s))
            .next()
    }

    /// Whether a number, "many" and the like stands before a name.
    pub fn counted_before(&self, n: &NameMark) -> bool {
        let before = (n.tokens.start as usize).checked_sub(1).map(|t| self.low(t)).unwrap_or_default();
        before.starts_with(|c: char| c.is_ascii_digit())
            || chancery_lexicon::numbers::word(&before).is_some()
            || chancery_lexicon::numbers::scale(&before).is_some()
            || matches!(
                before.as_str(),
                "many" | "some" | "most" | "ordinary" | "young" | "several" | "few" | "of" | "fellow" | "all"
            )
    }

    /// The quotation a token lies in, if any.
    pub fn quoted(&self, token: usize) -> bool {
        self.segments.tokens.get(token).is_some_and(|t| t.quote.is_some())
    }
}
