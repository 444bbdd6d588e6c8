//! Who takes part by the frame above a happening: the one who was promised it, or asked for it, and things that are struck in
//! their own right.

use super::*;

impl Seen<'_, '_, '_> {
    /// "promised Ukraine to supply boats", "asked Hungary to extradite him": who was promised it, and who asks for it.
    pub(super) fn for_whom(&self, v: usize, class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let kinds = [EventType::Aid, EventType::Cooperate, EventType::Support];
        let Some(h) = tree.head(v).filter(|_| kinds.contains(&class.kind) && tree.is(v, &["xcomp", "advcl"]))
        else {
            return Vec::new();
        };
        let to = tree.under(v, &["mark"]).any(|m| tree.word(m) == "to");
        let promised = COMMITS.contains(&tree.lemma(h)) || tree.lemma(h) == "offer";
        if to && promised && tree.is(v, &["xcomp"]) {
            return tree.under(h, &["iobj", "obj"]).flat_map(|o| self.everybody(o)).collect();
        }
        let asks =
            matches!(tree.lemma(h), "ask" | "request" | "beg" | "implore" | "appeal" | "plead" | "petition");
        if to && asks && class.kind != EventType::Support && self.asked(v, h) {
            return self.subject(h, 1).into_iter().flat_map(|s| self.everybody(s)).collect();
        }
        Vec::new()
    }

    /// "burned down her house", "stormed its police post", "hacked its computers": the thing was struck, whosever it is.
    pub(super) fn struck_itself(&self, o: usize, class: &Class) -> bool {
        let tree = self.tree;
        let owned = tree.child(o, &["nmod:poss"]).is_some_and(|p| tree.word(p) != "whose");
        let hit = match class.kind {
            EventType::Assault => true,
            EventType::Coerce => !matches!(
                tree.lemma(o),
                "account" | "land" | "border" | "airspace" | "skies" | "sky" | "licence"
            ),
            _ => false,
        };
        let thing = ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(o)))
            || class.mode.as_deref() == Some("cyber");
        // "detonated his lorry": it is the means.
        let means = tree
            .head(o)
            .is_some_and(|v| matches!(tree.lemma(v), "detonate" | "explode" | "drive" | "ram" | "fly"));
        let people = matches!(
            tree.lemma(o),
            "migrant" | "refugee" | "pilgrim" | "traveller" | "traveler" | "garrison"
        );
        owned && hit && thing && !means && !people && tree.upos(o) == Upos::Noun
    }

    /// Things that were struck, of those a verb has as objects, as words.
    pub(super) fn things(&self, direct: &[usize], class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let each = direct.iter().flat_map(|o| tree.joined(*o)).filter(|o| self.struck_itself(*o, class));
        each.map(|o| {
            let (a, b) = tree.phrase(o);
            Someone::Words(tree.clause.span(a, b))
        })
        .collect()
    }

    /// What was struck or seized, when it is nobody: a thing or a town.
    pub(super) fn struck(&self, np: usize, class: &Class) -> Option<Someone> {
        let tree = self.tree;
        if !(tree.is_noun(np) || tree.upos(np) == Upos::Num) {
            return None;
        }
        let here = tree.clause.span(np, np + 1);
        if self.ctx.facts.times.iter().any(|t| t.span.contains(here)) {
            return None;
        }
        // What is fired or dropped is not what it hits.
        // "whose car was stoned", "burned his house": whose it is.
        if let Some(o) = tree.child(np, &["nmod:poss"])
            && tree.word(o) == "whose"
            && let Some(v) = self.antecedent(np)
        {
            return self.someone(v);
        }
        // "rebels fighting on the ground"
        if matches!(
            tree.lemma(np),
            "ground" | "side" | "front" | "frontline" | "scene" | "spot" | "eve" | "way"
        ) {
            return None;
        }
        let spent = tree.head(np).is_none_or(|h| spends(tree, h)) || tree.case(np) == Some("with");
        if class.kind == EventType::Assault && spent && VERBS.is_word("@arms", tree.word(np)) {
            return None;
        }
        let place = self.mention(np).is_some_and(|m| m.place.is_some());
        let (start, end) = tree.phrase(np);
        let thing = class.things || class.patient || class.kind == EventType::Protest;
        (place || thing).then(|| Someone::Words(tree.clause.span(start, end)))
    }

    /// Who is to do it in "the call for the army to free them": the noun between "for" and "to".
    pub(super) fn called_for(&self, noun: usize, v: usize) -> Option<usize> {
        let tree = self.tree;
        let to = tree.under(v, &["mark"]).find(|m| tree.word(*m) == "to")?;
        tree.under(noun, &["nmod"])
            .find(|o| tree.case(*o) == Some("for") && tree.phrase(*o).1 == to && self.someone(*o).is_some())
    }

    /// "demanded from the rulers the release of two nurses", "asked Oslo for the release": whoever is asked would do it.
    pub(super) fn asked_of(&self, v: usize) -> Vec<Someone> {
        let tree = self.tree;
        if !matches!(tree.lemma(v), "demand" | "seek" | "request" | "ask" | "require") {
            return Vec::new();
        }
        let from = tree.under(v, &["obl"]).filter(|o| matches!(tree.case(*o), Some("from" | "of")));
        from.flat_map(|o| self.everybody(o)).collect()
    }

    /// "it" as whom a deed is done to, where nothing told whom it stands for: the state or body named last before it that does
    /// not do it.
    pub(super) fn blamed(&self, np: usize) -> bool {
        let tree = self.tree;
        tree.is(np, &["obj"])
            && tree.head(np).is_some_and(|v| {
                matches!(
                    tree.lemma(v),
                    "accuse"
                        | "blame"
                        | "condemn"
                        | "criticise"
                        | "criticize"
                        | "denounce"
                        | "warn"
                        | "threaten"
                        | "urge"
                        | "ask"
                        | "praise"
                        | "thank"
                        | "rebuke"
                        | "censure"
                        | "sanction"
                        | "embargo"
                        | "pressure"
                        | "press"
                        | "recognise"
                        | "recognize"
                        | "supply"
                        | "arm"
                        | "finance"
                        | "fund"
                )
            })
    }
}

/// "The army lost two men": whoever loses them did not kill them. "a resolution condemning the attack": who votes on it did not
/// condemn it.
pub(in super::super) fn nobody_does(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let loses = c.hit.class.kind == EventType::Assault && tree.lemma(c.at) == "lose";
    let on_paper = c.hit.form == Form::Ing
        && tree.is(c.at, &["acl"])
        && tree.head(c.at).is_some_and(|h| {
            let paper =
                matches!(tree.lemma(h), "resolution" | "bill" | "motion" | "law" | "draft" | "decree");
            paper && tree.child(h, &["nmod:poss", "amod", "compound"]).is_none()
        });
    loses || on_paper
}

/// "Their lorry hit a mine": whoever runs into a charge is who is struck.
pub(super) fn runs_into(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let charge = |o: usize| {
        matches!(
            tree.lemma(o),
            "mine" | "landmine" | "bomb" | "tripwire" | "booby-trap" | "ied" | "explosive"
        ) || tree.lemma(o) == "device" && tree.child(o, &["amod", "compound"]).is_some()
    };
    let driven = tree.child(c.at, &["nsubj"]).is_some_and(|s| {
        VERBS.is_word("@vessel", tree.word(s))
            || matches!(
                tree.lemma(s),
                "vehicle"
                    | "car"
                    | "bus"
                    | "truck"
                    | "lorry"
                    | "convoy"
                    | "patrol"
                    | "jeep"
                    | "minibus"
                    | "van"
                    | "tractor"
                    | "motorcycle"
                    | "ambulance"
                    | "boat"
                    | "ship"
                    | "train"
                    | "cart"
            )
    });
    driven
        && matches!(tree.lemma(c.at), "hit" | "strike" | "trigger" | "run" | "drive" | "detonate")
        && tree.under(c.at, &["obj", "obl"]).any(charge)
}
