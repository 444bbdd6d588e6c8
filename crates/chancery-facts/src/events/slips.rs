//! More slips of the tree: a finite verb taken for a passive, an agent that has left its participle, a name that hangs one noun
//! too high, "for the army to leave".

use super::tree::Tree;
use chancery_model::mark::Upos;

impl Tree<'_, '_> {
    /// Mends these.
    pub(super) fn slips(&mut self) {
        for i in 0..self.len() {
            self.finite(i);
            self.agent_behind(i);
            self.beside_noun(i);
            self.for_whom(i);
        }
    }

    /// "after a gunboat fired on a ferry": what opens with "after" has a finite verb, and without a helper it is no passive.
    fn finite(&mut self, i: usize) {
        let Some(v) = self.head(i).filter(|v| self.rel(i) == "nsubj:pass" && *v > i) else { return };
        let opens =
            |m: usize| matches!(self.word(m), "after" | "when" | "because" | "while" | "before" | "since");
        // "The minister met the envoy": what has an object is no passive either.
        let object = self.child(v, &["obj"]).is_some_and(|o| o > v && self.child(o, &["case"]).is_none());
        let led = self.under(v, &["mark"]).any(opens)
            || object && self.is(v, &["root", "conj", "ccomp", "parataxis"]);
        let helped = self.child(v, &["aux:pass", "aux", "cop", "obl:agent"]).is_some();
        if led && !helped && self.upos(v) == Upos::Verb {
            self.name(i, "nsubj");
        }
    }

    /// "A bridge that had been blown up by guerrillas reopened": whoever stands behind "by" right after a participle did that.
    fn agent_behind(&mut self, i: usize) {
        if !self.is(i, &["nsubj", "nsubj:pass"]) || self.head(i).is_none_or(|h| h < i) {
            return;
        }
        let Some(by) = self.child(i, &["case"]).filter(|c| self.word(*c) == "by") else { return };
        let verb = (by.saturating_sub(3)..by).rev().find(|k| self.upos(*k) == Upos::Verb);
        let done = |v: &usize| {
            self.child(*v, &["aux:pass"]).is_some()
                || self.rel(*v) == "acl" && !self.word(*v).ends_with("ing")
        };
        if let Some(v) = verb.filter(done) {
            self.hang(i, v, "obl:agent");
        }
    }

    /// "the kidnappers of the nurse Odile Garnier": a name right behind a noun is that noun's, and not of the one above.
    fn beside_noun(&mut self, i: usize) {
        if self.upos(i) != Upos::Propn || self.rel(i) != "appos" {
            return;
        }
        let (Some(h), Some(before)) = (self.head(i), i.checked_sub(1)) else { return };
        let low = self.upos(before) == Upos::Noun
            && before > h
            && self.rel(before) == "nmod"
            && self.head(before) == Some(h);
        if low {
            self.hang(i, before, "appos");
        }
    }

    /// "the call for the army to leave": a noun with a preposition of its own is no owner.
    fn for_whom(&mut self, i: usize) {
        if self.rel(i) != "nmod:poss" {
            return;
        }
        let led = self
            .under(i, &["case"])
            .any(|c| c < i && matches!(self.word(c), "for" | "on" | "to" | "with" | "from" | "against"));
        if led {
            self.name(i, "nmod");
        }
    }
}
