//! A sentence as its dependency tree: tokens by their number in the sentence.

use super::clause::Clause;
use crate::Context;
use chancery_model::mark::{TokenSyntax, Upos};
use chancery_model::span::TokenRange;

/// A sentence whose words hang on one another.
pub(super) struct Tree<'c, 'a> {
    /// Its words.
    pub clause: &'c Clause<'a>,
    syntax: &'a [TokenSyntax],
    lemmas: Vec<String>,
    capitals: Vec<bool>,
    heads: Vec<Option<usize>>,
    rels: Vec<&'a str>,
    children: Vec<Vec<usize>>,
}

/// Relations under which a clause of its own hangs on a word.
const CLAUSES: &[&str] = &["acl", "advcl", "ccomp", "csubj", "parataxis", "xcomp"];

impl<'c, 'a> Tree<'c, 'a> {
    /// The tree of a sentence; none when the reader has no syntax.
    pub fn new(ctx: &Context<'a>, clause: &'c Clause<'a>, tokens: TokenRange) -> Option<Self> {
        let first = tokens.start as usize;
        let syntax = ctx.marks.syntax.get(first..tokens.end as usize)?;
        let head = |(n, s): (usize, &TokenSyntax)| {
            (s.head as usize).checked_sub(first).filter(|h| *h < syntax.len() && *h != n)
        };
        let heads: Vec<Option<usize>> = syntax.iter().enumerate().map(head).collect();
        let lemmas = syntax.iter().map(|s| s.lemma.to_lowercase()).collect();
        let capital = |t: usize| ctx.segments.word(&ctx.report.text, t).starts_with(char::is_uppercase);
        let capitals = tokens.iter().map(capital).collect();
        let rels = syntax.iter().map(|s| s.deprel.as_str()).collect();
        let mut tree = Self { clause, syntax, lemmas, capitals, heads, rels, children: Vec::new() };
        tree.grow();
        tree.mend();
        (!syntax.is_empty()).then_some(tree)
    }

    /// Lists the children of each word by the heads.
    pub(super) fn grow(&mut self) {
        let mut children = vec![Vec::new(); self.syntax.len()];
        for (n, h) in self.heads.iter().enumerate() {
            if let Some(list) = h.and_then(|h| children.get_mut(h)) {
                list.push(n);
            }
        }
        self.children = children;
    }

    /// Hangs a word on another, under a relation.
    pub(super) fn hang(&mut self, i: usize, head: usize, rel: &'static str) {
        let (Some(h), Some(r)) = (self.heads.get_mut(i), self.rels.get_mut(i)) else { return };
        (*h, *r) = (Some(head), rel);
        self.grow();
    }

    /// Gives a word another relation to its head.
    pub(super) fn name(&mut self, i: usize, rel: &'static str) {
        if let Some(r) = self.rels.get_mut(i) {
            *r = rel;
        }
    }

    pub fn len(&self) -> usize {
        self.syntax.len()
    }

    pub fn upos(&self, i: usize) -> Upos {
        self.syntax.get(i).map_or(Upos::X, |s| s.upos)
    }

    pub fn is_verb(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Verb | Upos::Aux)
    }

    /// Whether the token is a noun, or stands where only a noun can.
    pub fn is_noun(&self, i: usize) -> bool {
        let placed = self.upos(i) == Upos::Verb
            && self.is(i, &["nsubj", "obj", "obl", "nmod", "iobj"])
            && self.child(i, &["nsubj", "obj", "aux", "mark"]).is_none();
        matches!(self.upos(i), Upos::Noun | Upos::Propn) || placed
    }

    /// The relation with its subtype.
    pub fn rel(&self, i: usize) -> &'a str {
        self.rels.get(i).copied().unwrap_or("")
    }

    /// Whether the relation is one of these, with or without its subtype.
    pub fn is(&self, i: usize, rels: &[&str]) -> bool {
        let rel = self.rel(i);
        let base = rel.split(':').next().unwrap_or(rel);
        rels.iter().any(|r| *r == rel || *r == base)
    }

    /// The dictionary form in lower case.
    pub fn lemma(&self, i: usize) -> &str {
        self.lemmas.get(i).map_or("", String::as_str)
    }

    /// The word in lower case.
    pub fn word(&self, i: usize) -> &str {
        self.clause.word(i).unwrap_or("")
    }

    /// Whether the word is printed with a capital.
    pub fn word_is_capital(&self, i: usize) -> bool {
        self.capitals.get(i).copied().unwrap_or(false)
    }

    pub fn head(&self, i: usize) -> Option<usize> {
        self.heads.get(i).copied().flatten()
    }

    pub fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], Vec::as_slice)
    }

    /// The children under one of these relations, in text order.
    pub fn under<'s>(&'s self, i: usize, rels: &'s [&'s str]) -> impl Iterator<Item = usize> + 's {
        self.children(i).iter().copied().filter(|c| self.is(*c, rels))
    }

    /// The first child under one of these relations.
    pub fn child(&self, i: usize, rels: &[&str]) -> Option<usize> {
        self.children(i).iter().copied().find(|c| self.is(*c, rels))
    }

    /// The words above a token, from its head on.
    pub fn above(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let next = |h: &usize| self.head(*h);
        std::iter::successors(self.head(i), next).take(self.len())
    }

    /// The preposition of a noun.
    pub fn case(&self, i: usize) -> Option<&str> {
        if let Some(first) = self.child(i, &["case"]) {
            // "out of", "because of": the last word of a fixed one counts; "according to" leads nobody to anybody.
            if matches!(
                self.word(first),
                "according"
                    | "due"
                    | "owing"
                    | "thanks"
                    | "prior"
                    | "contrary"
                    | "subject"
                    | "next"
                    | "close"
                    | "relative"
            ) {
                return Some(self.word(first));
            }
            return Some(self.word(self.child(first, &["fixed"]).unwrap_or(first)));
        }
        // "called on the government to pay": the preposition may hang on the verb.
        let mut left = i;
        while let Some(l) = self.children(left).iter().copied().filter(|c| *c < left).min() {
            left = l;
        }
        let before = left.checked_sub(1)?;
        (self.is(i, &["obl"])
            && self.is(before, &["mark", "compound:prt", "advmod"])
            && self.upos(before) == Upos::Adp)
            .then(|| self.word(before))
    }

    /// The verb with its particle: "call off".
    pub fn phrasal(&self, i: usize) -> String {
        let lemma = self.lemma(i);
        match self.child(i, &["compound:prt"]) {
            Some(p) => format!("{lemma} {}", self.word(p)),
            None => lemma.to_owned(),
        }
    }

    /// A noun and those joined to it by "and" or commas.
    pub fn joined(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        // "moderates rather than extremists": not the latter.
        let not = |c: usize| {
            self.under(c, &["cc", "case", "advmod"])
                .any(|w| matches!(self.word(w), "rather" | "not" | "instead"))
        };
        out.extend(self.under(i, &["conj", "list"]).filter(|c| !self.is_verb(*c) && !not(*c)));
        out
    }

    /// Whether the verb is in the passive, or a participle that says what was done to the noun before it.
    pub fn passive(&self, i: usize) -> bool {
        let ing = self.word(i).ends_with("ing");
        let helped = self.child(i, &["aux:pass"]).is_some();
        if helped || !ing && self.child(i, &["nsubj:pass", "csubj:pass"]).is_some() {
            return true;
        }
        if self.child(i, &["obl:agent"]).is_some() && self.child(i, &["obj"]).is_none() {
            return true;
        }
        if self.rel(i) == "acl" && !ing {
            return self.child(i, &["mark", "aux", "nsubj", "obj"]).is_none();
        }
        // "ordered the treasurer freed"
        if self.rel(i) == "xcomp" && self.upos(i) == Upos::Verb && !ing && self.word(i) != self.lemma(i) {
            let bare = self.child(i, &["mark", "aux", "nsubj", "obj", "cop"]).is_none();
            // "were found shot dead"
            let whom = |h: usize| self.child(h, &["obj", "nsubj:pass"]).is_some_and(|o| o < i);
            return bare && self.head(i).is_some_and(whom);
        }
        // "was arrested and deported"
        self.rel(i) == "conj"
            && !ing
            && self.child(i, &["nsubj", "aux", "obj"]).is_none()
            && self.head(i).is_some_and(|h| {
                self.child(h, &["nsubj:pass", "aux:pass"]).is_some() && self.upos(h) == Upos::Verb
            })
    }

    /// The first token and one past the last of the noun phrase a noun heads: with "of" and what names it, without
    /// clauses, what is joined to it, and prepositions of place.
    pub fn phrase(&self, head: usize) -> (usize, usize) {
        let mut keep = vec![false; self.len()];
        self.mark(head, head, &mut keep);
        let mut start = head;
        while start > 0 && keep.get(start - 1) == Some(&true) {
            start -= 1;
        }
        let mut end = head + 1;
        while keep.get(end) == Some(&true) {
            end += 1;
        }
        // "passers-by"
        while self.word(end) == "-" && self.clause.joined(end) && self.upos(end + 1) == Upos::Adp {
            end += 2;
        }
        let bare = |i: usize| self.upos(i) == Upos::Punct && !matches!(self.word(i), "(" | ")" | "\u{2019}");
        // "and more than 80 people": what joins it to another is none of it.
        let joins = |i: usize| {
            self.upos(i) == Upos::Cconj && self.rel(i) == "cc" && matches!(self.word(i), "and" | "but" | "or")
        };
        while start < head && (bare(start) || joins(start)) {
            start += 1;
        }
        while end > head + 1 && bare(end - 1) {
            end -= 1;
        }
        // "More | than 70 people", where the tree hung "more" elsewhere
        let more = |i: usize| {
            matches!(self.lemma(i), "more" | "less" | "few" | "fewer" | "great" | "much" | "little")
        };
        if self.word(start) == "than" && start > 0 && more(start - 1) {
            start -= 1;
        }
        (start, end)
    }

    fn mark(&self, i: usize, top: usize, keep: &mut [bool]) {
        if let Some(k) = keep.get_mut(i) {
            *k = true;
        }
        for &c in self.children(i) {
            let out = i == top
                && (self.is(
                    c,
                    &[
                        "case",
                        "cop",
                        "nsubj",
                        "mark",
                        "advmod",
                        "cc",
                        "conj",
                        "list",
                        "dep",
                        "discourse",
                        "aux",
                        "obl",
                        "obj",
                        "orphan",
                    ],
                ) || self.is(c, CLAUSES)
                    || self.rel(c) == "nmod" && !matches!(self.case(c), Some("of" | "to" | "for")));
            let clause = self.is(c, &["acl", "advcl", "parataxis"]);
            if !out && !clause {
                self.mark(c, top, keep);
            }
        }
    }
}
