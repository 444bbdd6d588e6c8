//! Nouns that the tree hangs on a word they cannot belong to, for what stands between: a possessor beyond its noun, a noun
//! before the preposition or the "to" of what it hangs on.

use super::tree::Tree;
use chancery_model::mark::Upos;

impl Tree<'_, '_> {
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
