//! Slips of the tree in what belongs to a noun: the two whose it is, and the clause behind it.

use super::tree::Tree;
use chancery_model::mark::Upos;

impl Tree<'_, '_> {
    /// "Berg and Rau's talks": whose they are was taken for one of a list that ends with the talks.
    pub(super) fn owners(&mut self, noun: usize) {
        if self.rel(noun) != "conj" || !self.is_noun(noun) {
            return;
        }
        let Some(first) = self.head(noun).filter(|f| *f < noun) else { return };
        let marks = |w: &str| matches!(w, "'s" | "\u{2019}s");
        let Some(mark) = (first + 1..noun).rev().find(|k| marks(self.word(*k))) else { return };
        let Some(last) = mark.checked_sub(1) else { return };
        // Nothing but what describes the noun stands between.
        let plain = (mark + 1..noun).all(|k| self.head(k) == Some(noun));
        let second = self.under(first, &["conj"]).find(|c| *c > first && *c <= last);
        let and = second.is_some_and(|s| self.under(s, &["cc"]).any(|c| self.word(c) == "and"));
        if !plain || !and || self.under(noun, &["cc"]).next().is_some() {
            return;
        }
        let rel = match self.rel(first) {
            "nsubj" => "nsubj",
            "nsubj:pass" => "nsubj:pass",
            "obj" => "obj",
            "obl" => "obl",
            "nmod" => "nmod",
            _ => return,
        };
        let Some(above) = self.head(first) else { return };
        self.hang(noun, above, rel);
        self.hang(first, noun, "nmod:poss");
    }

    /// "the envoys at the forum that is due in May": of two nouns the clause tells of the one whose number its verb has, where
    /// that one stands right before it.
    pub(super) fn agrees(&mut self, verb: usize) {
        if self.rel(verb) != "acl:relcl" {
            return;
        }
        let Some(far) = self.head(verb).filter(|h| *h < verb && self.upos(*h) == Upos::Noun) else { return };
        let relative =
            self.under(verb, &["nsubj"]).find(|s| matches!(self.word(*s), "that" | "which") && *s < verb);
        let Some(near) = relative.and_then(|s| s.checked_sub(1)) else { return };
        if near <= far || self.upos(near) != Upos::Noun || !self.above(near).any(|h| h == far) {
            return;
        }
        let number = self.under(verb, &["aux", "cop"]).find_map(|a| match self.word(a) {
            "is" | "was" | "has" => Some(false),
            "are" | "were" | "have" => Some(true),
            _ => None,
        });
        let plural = |n: usize| self.word(n) != self.lemma(n) && self.word(n).ends_with('s');
        if number.is_some_and(|many| plural(near) == many && plural(far) != many) {
            self.hang(verb, near, "acl:relcl");
        }
    }
}
