//! Nouns that the tree hangs on a word they cannot belong to, for what stands between: a possessor beyond its noun, a noun
//! before the preposition or the "to" of what it hangs on.

use super::tree::Tree;
use chancery_model::mark::Upos;

impl Tree<'_, '_> {
    /// "the league's chairman Ari Holm and several members": what is joined behind a noun is joined to it, not to a word
    /// before it that only describes it.
    pub(super) fn joined_late(&mut self, i: usize) {
        let Some(h) = self.head(i).filter(|h| self.is(i, &["conj"]) && *h < i && self.is_noun(i)) else {
            return;
        };
        let Some(cc) = self.under(i, &["cc"]).next() else { return };
        let inner = self.is(h, &["compound", "nmod:desc", "amod"]);
        let Some(n) = self.head(h).filter(|n| inner && *n > h && *n < cc && self.is_noun(*n)) else { return };
        if self.is(i, &["conj"]) && self.upos(h) == Upos::Propn {
            self.hang(i, n, "conj");
        }
    }

    /// "beheaded three men and torched a school": the second object is that of the second verb.
    pub(super) fn second_object(&mut self, i: usize) {
        let Some(v) = self.head(i).filter(|v| self.rel(i) == "obj" && *v < i && self.is_verb(*v)) else {
            return;
        };
        let Some(first) = self.under(v, &["obj"]).next().filter(|o| *o < i && *o > v) else { return };
        let second = self.under(v, &["conj"]).find(|c| {
            self.is_verb(*c)
                && (first..i).contains(c)
                && self.child(*c, &["obj", "nsubj", "nsubj:pass", "aux:pass", "ccomp", "xcomp"]).is_none()
        });
        if let Some(c) = second {
            self.hang(i, c, "obj");
        }
    }

    /// "in a raid officials blamed on the clan": a noun between a preposition and a new subject is what the clause is about.
    pub(super) fn contact(&mut self, i: usize) {
        if !self.is(i, &["obl", "obj"]) || !self.is_noun(i) || self.child(i, &["case"]).is_some() {
            return;
        }
        let Some(v) = self.head(i).filter(|v| *v > i && self.is_verb(*v) && self.is(*v, &["advcl"])) else {
            return;
        };
        let Some(s) = self.child(v, &["nsubj"]).filter(|s| *s > i && *s < v) else { return };
        let start = self.phrase(i).0;
        let led = |m: &usize| {
            m + 1 == start
                && self.upos(*m) == Upos::Adp
                && matches!(self.word(*m), "in" | "after" | "for" | "by" | "at")
        };
        let Some(m) = self.under(v, &["mark", "case"]).find(led) else { return };
        let Some(top) = self.head(v).filter(|_| self.phrase(i).1 == self.phrase(s).0) else { return };
        let rel = if self.is_noun(top) { "nmod" } else { "obl" };
        self.hang(m, i, "case");
        self.hang(i, top, rel);
        self.hang(v, i, "acl:relcl");
    }

    /// "the premier's decision to pardon officers": what is possessed is the noun right behind, not one beyond a verb.
    pub(super) fn possessor(&mut self, i: usize) {
        let Some(mark) =
            self.under(i, &["case"]).find(|c| matches!(self.word(*c), "'s" | "\u{2019}s" | "'" | "\u{2019}"))
        else {
            return;
        };
        let Some(h) = self.head(i).filter(|h| self.rel(i) == "nmod:poss" && *h > mark) else { return };
        let verb = (mark + 1..h).any(|k| self.is_verb(k) && !self.is(k, &["amod", "compound"]));
        if !verb {
            return;
        }
        let first = (mark + 1..h).find(|k| {
            self.is_noun(*k)
                && !(self.is(*k, &["compound", "amod", "nmod:desc", "nmod:poss", "flat"])
                    && self.head(*k).is_some_and(|n| n > *k))
        });
        let clear =
            |n: &usize| !(mark + 1..*n).any(|k| self.is_verb(k) && !self.is(k, &["amod", "compound"]));
        if let Some(n) = first.filter(clear) {
            self.hang(i, n, "nmod:poss");
        }
    }

    /// "charged a former minister with contempt": a noun before the preposition of the noun it hangs on is the object.
    pub(super) fn before_case(&mut self, i: usize) {
        if self.rel(i) != "nmod" || !self.is_noun(i) || self.child(i, &["case"]).is_some() {
            return;
        }
        let Some(h) = self.head(i).filter(|h| *h > i && self.is(*h, &["obl"])) else { return };
        let between = self.under(h, &["case"]).any(|c| c > i);
        let Some(v) = self.head(h).filter(|v| between && *v < i && self.is_verb(*v)) else { return };
        if self.child(v, &["obj"]).is_none() && !self.passive(v) {
            self.hang(i, v, "obj");
        }
    }

    /// "a request from the minister to dissolve it": what stands before "to" is not the infinitive's.
    pub(super) fn before_to(&mut self, i: usize) {
        if !self.is(i, &["obl"]) || matches!(self.case(i), None | Some("for")) {
            return;
        }
        let Some(v) = self.head(i).filter(|v| *v > i && self.upos(*v) == Upos::Verb) else { return };
        let to = self.under(v, &["mark"]).any(|m| m > i && self.word(m) == "to");
        let Some(h) = self.head(v).filter(|h| to && *h < i) else { return };
        let rel = if self.is_noun(h) { "nmod" } else { "obl" };
        self.hang(i, h, rel);
    }
}
