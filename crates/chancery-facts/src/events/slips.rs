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
            self.in_front(i);
            self.gerund(i);
            self.before_clause(i);
            self.blamed_on(i);
            self.held_responsible(i);
        }
    }

    /// "blamed the raid on the rebels": they are blamed, and were not raided.
    fn blamed_on(&mut self, i: usize) {
        let Some(deed) = self.head(i).filter(|d| self.rel(i) == "nmod" && *d < i) else { return };
        let Some(v) = self.head(deed).filter(|_| self.is(deed, &["obj"])) else { return };
        let on = match self.lemma(v) {
            "blame" | "pin" => "on",
            "attribute" => "to",
            _ => return,
        };
        let other = |o: usize| self.case(o) == Some(on);
        if self.case(i) == Some(on) && !self.under(v, &["obl"]).any(other) {
            self.hang(i, v, "obl");
        }
    }

    /// "held the rebels responsible for the raid": what they are held, and not which rebels.
    fn held_responsible(&mut self, i: usize) {
        if !matches!(self.word(i), "responsible" | "accountable") || self.rel(i) != "amod" {
            return;
        }
        let Some(whom) = self.head(i).filter(|w| *w < i && self.is(*w, &["obj", "nsubj:pass"])) else {
            return;
        };
        if let Some(v) = self.head(whom).filter(|v| self.lemma(*v) == "hold") {
            self.hang(i, v, "xcomp");
        }
    }

    /// "Gunmen killed the governor, a spokesman said": of two subjects of "said" the one in front of a clause that has none
    /// is that clause's.
    fn before_clause(&mut self, i: usize) {
        let Some(h) = self.head(i).filter(|h| self.rel(i) == "nsubj" && *h > i) else { return };
        if !self.under(h, &["nsubj"]).any(|s| s > i) {
            return;
        }
        let clause = self.under(h, &["ccomp", "parataxis"]).find(|v| *v > i && *v < h);
        let Some(v) = clause else { return };
        let between = self.under(h, &["nsubj"]).any(|s| s > i && s < v);
        let free = self.child(v, &["nsubj", "nsubj:pass", "csubj", "expl", "mark"]).is_none();
        if free && !between && matches!(self.upos(v), Upos::Verb | Upos::Adj) {
            let passive = self.child(v, &["aux:pass"]).is_some();
            self.hang(i, v, if passive { "nsubj:pass" } else { "nsubj" });
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

    /// "Poland's minister met two leaders": of two objects the one before the verb is its subject.
    fn in_front(&mut self, i: usize) {
        let Some(v) = self.head(i).filter(|v| self.rel(i) == "obj" && *v > i) else { return };
        let free = self.child(v, &["nsubj", "nsubj:pass", "csubj", "aux:pass"]).is_none()
            && self.upos(v) == Upos::Verb
            && self.is_noun(i)
            && self.child(i, &["case"]).is_none();
        if free && self.under(v, &["obj"]).any(|o| o > v) {
            self.name(i, "nsubj");
        }
    }

    /// "accused Cairo of striking moderate groups", "responded by bombing targets": a deed with its object, and not a noun with what
    /// it is like.
    fn gerund(&mut self, i: usize) {
        if !self.word(i).ends_with("ing") || !self.is(i, &["amod", "compound"]) {
            return;
        }
        let (Some(noun), Some(led)) = (self.head(i).filter(|n| *n > i), i.checked_sub(1)) else { return };
        if self.head(led) != Some(noun) || self.rel(led) != "case" {
            return;
        }
        let lemmas: &[&str] = match self.word(led) {
            "of" => &["accuse", "suspect", "convict"],
            "by" => &["respond", "retaliate", "reply", "react", "answer"],
            _ => return,
        };
        let Some(verb) =
            self.above(noun).take(2).find(|v| self.is_verb(*v) && lemmas.contains(&self.lemma(*v)))
        else {
            return;
        };
        self.hang(led, i, "mark");
        self.hang(i, verb, "advcl");
        self.hang(noun, i, "obj");
    }
}
