//! Who stands behind a preposition, or in the clause below a verb.

use super::*;

impl Seen<'_, '_, '_> {
    /// Those after one of the prepositions below a verb or noun, through nouns that are nobody.
    pub(super) fn after(&self, top: usize, prepositions: &[&str], depth: usize) -> Vec<Someone> {
        let tree = self.tree;
        if depth > 2 {
            return Vec::new();
        }
        // Somebody counts before a town: "flown to Port Sudan for the Red Crescent".
        let led = |o: &usize| {
            tree.rel(*o) != "nmod:poss"
                && tree.case(*o).is_some_and(|c| matches!(c, "for" | "to") && prepositions.contains(&c))
        };
        let all: Vec<usize> = tree.under(top, &["obl", "nmod"]).filter(led).collect();
        if all.len() > 1 && self.everybody(all.first().copied().unwrap_or(top)).is_empty() {
            let second = all.iter().skip(1).map(|o| self.everybody(*o)).find(|f| !f.is_empty());
            if let Some(found) = second {
                return found;
            }
        }
        for o in tree.under(top, &["obl", "nmod"]) {
            if tree.case(o) == Some("with")
                && (is_weapon(tree, o) || VERBS.is_word("@arms", tree.word(o)) || arms_hand(tree, o))
            {
                continue;
            }
            if tree.rel(o) != "nmod:poss"
                && !(depth > 0 && tree.case(o) == Some("of") && befalls(tree, top, self.judges))
                && tree.case(o).is_some_and(|c| prepositions.contains(&c))
            {
                // "an attack on its temple": the temple.
                if self.strikes
                    && matches!(tree.case(o), Some("on" | "against" | "at"))
                    && tree
                        .child(o, &["nmod:poss"])
                        .is_some_and(|p| tree.upos(p) == Upos::Pron && tree.word(p) != "whose")
                    && ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(o)))
                {
                    let (start, end) = tree.phrase(o);
                    return vec![Someone::Words(tree.clause.span(start, end))];
                }
                let mut found = self.everybody(o);
                let mut sides = tree.joined(o);
                // "between Foreign Minister Kari Dahl and Prime Minister Otto Rau": the second hangs on the first one's name.
                if tree.case(o) == Some("between") && sides.len() == 1 {
                    let name = |n: &usize| tree.child(*n, &["case"]).is_none();
                    let names: Vec<usize> =
                        tree.under(o, &["nmod", "appos", "flat", "nmod:desc"]).filter(name).collect();
                    sides.extend(names.iter().flat_map(|n| tree.under(*n, &["conj"])));
                    for w in sides.iter().skip(1).flat_map(|h| self.each(*h)) {
                        if !found.contains(&w) {
                            found.push(w);
                        }
                    }
                }
                // "talks between the shipping lines and the port": who stands after "between" is a side.
                if tree.case(o) == Some("between") && sides.len() > 1 && found.len() < sides.len() {
                    let side = |h: &usize| {
                        let (a, b) = tree.phrase(*h);
                        self.someone(*h).or(tree.is_noun(*h).then(|| Someone::Words(tree.clause.span(a, b))))
                    };
                    found = sides.iter().filter_map(side).collect();
                }
                if tree.case(o) == Some("between") && sides.len() == 1 {
                    // "between Chile and South Korea", where the second has gone astray.
                    let end = tree.phrase(o).1;
                    let other =
                        tree.head(end).filter(|h| tree.word(end) == "and" && *h > end && tree.is_noun(*h));
                    found.extend(other.into_iter().flat_map(|h| self.everybody(h)));
                } else if tree.case(o) == Some("between") && found.len() == 1 {
                    // A people that was taken for a place.
                    let rest = tree.joined(o).into_iter().filter(|h| self.someone(*h).is_none());
                    let words = |h: usize| {
                        let (a, b) = tree.phrase(h);
                        Someone::Words(tree.clause.span(a, b))
                    };
                    let rest: Vec<Someone> = rest.filter(|h| tree.is_noun(*h)).map(words).collect();
                    found.extend(rest);
                }
                if !found.is_empty() {
                    return found;
                }
                // A town or region that is given or denied something.
                let place = !self.moves
                    && matches!(tree.case(o), Some("to" | "for" | "on" | "against" | "from"))
                    && self.mention(o).is_some_and(|m| m.place.is_some());
                if place {
                    let (start, end) = tree.phrase(o);
                    return vec![Someone::Words(tree.clause.span(start, end))];
                }
                let owner = if self.strict { Vec::new() } else { self.owner(o, 1, &[]) };
                if !owner.is_empty() {
                    return owner;
                }
            }
        }
        // "flew blankets, water and a hospital to Aceh": the goal may hang on the last of what is brought.
        let through = tree
            .under(top, &["obj", "nsubj:pass", "nmod", "advmod"])
            .filter(|o| tree.rel(*o) != "nmod:poss")
            .flat_map(|o| if tree.is(o, &["obj"]) { tree.joined(o) } else { vec![o] });
        for o in through {
            let found = self.after(o, prepositions, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// What a bomb went off beside: "blew up outside the United Nations office".
    pub(super) fn beside(&self, v: usize, class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let bursts = matches!(
            tree.lemma(v),
            "explode" | "blow" | "go" | "detonate" | "burst" | "rip" | "tear" | "land" | "fall"
        );
        let near = |o: &usize| {
            matches!(
                tree.case(*o),
                Some(
                    "outside"
                        | "near"
                        | "beside"
                        | "inside"
                        | "at"
                        | "in"
                        | "on"
                        | "under"
                        | "through"
                        | "into"
                        | "of"
                )
            ) && (tree.case(*o) != Some("of") || tree.children(*o).iter().any(|c| tree.word(*c) == "front"))
        };
        let thing = |o: &usize| {
            ["@site", "@town", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(*o)))
                || people::acts(tree.word(*o))
        };
        let place = |o: &usize| self.mention(*o).is_some_and(|m| m.place.is_some());
        if !bursts {
            return Vec::new();
        }
        let words = |o: usize| {
            let (a, b) = tree.phrase(o);
            Someone::Words(tree.clause.span(a, b))
        };
        let all = tree.under(v, &["obl"]).filter(near).filter(thing).filter(|o| !place(o));
        all.take(1)
            .map(|o| self.someone(o).or_else(|| self.struck(o, class)).unwrap_or_else(|| words(o)))
            .collect()
    }

    /// Who must do or leave something for a threat not to come true: "threatened to strike unless the government paid".
    pub(super) fn in_condition(&self, v: usize) -> Vec<Someone> {
        let tree = self.tree;
        let below: Vec<usize> = std::iter::once(v).chain(tree.under(v, &["xcomp", "ccomp"])).collect();
        let condition = below
            .iter()
            .flat_map(|b| tree.under(*b, &["advcl"]).collect::<Vec<_>>())
            .find(|c| tree.under(*c, &["mark"]).any(|m| matches!(tree.word(m), "if" | "unless" | "until")));
        let subject = condition.and_then(|c| tree.child(c, &["nsubj", "nsubj:pass"]));
        subject.map(|s| self.everybody(s)).unwrap_or_default()
    }

    /// Things without life after one of the prepositions: "a raid on a workshop", "marched on the palace".
    pub(super) fn struck_after(&self, top: usize, prepositions: &[&str], class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let site = |o: usize| VERBS.is_word("@site", tree.word(o)) || VERBS.is_word("@town", tree.word(o));
        let fits = |o: &usize| {
            tree.case(*o).is_some_and(|x| match class.kind {
                EventType::Protest => matches!(x, "on" | "at" | "against" | "front") && site(*o),
                _ => x != "with" && prepositions.contains(&x),
            })
        };
        let on: Vec<usize> = tree.under(top, &["nmod", "obl"]).filter(fits).collect();
        on.into_iter().flat_map(|o| tree.joined(o)).filter_map(|o| self.struck(o, class)).collect()
    }

    /// Who is asked, refused or threatened in the clause below: "demanded that Moldova pay", "refused to meet the envoy".
    pub(super) fn in_clause(&self, v: usize, class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let kinds =
            [EventType::Request, EventType::Reject, EventType::Threaten, EventType::Accuse, EventType::Agree];
        if !kinds.contains(&class.kind) {
            return Vec::new();
        }
        let agrees = class.kind == EventType::Agree;
        if agrees && !COMMITS.contains(&tree.lemma(v)) {
            return Vec::new();
        }
        for below in tree.under(v, &["ccomp", "xcomp", "advcl"]) {
            if tree.is(below, &["advcl"])
                && !tree.under(below, &["mark"]).any(|m| matches!(tree.word(m), "for" | "that" | "of"))
            {
                continue;
            }
            if tree.child(below, &["nsubj:pass"]).is_some() && class.kind == EventType::Request {
                // "demanded that they be freed" asks somebody else.
                let by: Vec<Someone> =
                    self.agents(below).into_iter().flat_map(|a| self.everybody(a)).collect();
                return by;
            }
            // "warned that his forces would strike": they are his own.
            let own_men = |s: &usize| {
                class.kind == EventType::Threaten
                    && tree.child(*s, &["nmod:poss"]).is_some_and(|p| tree.upos(p) == Upos::Pron)
                    && !tree.passive(below)
            };
            if let Some(s) = tree.child(below, &["nsubj", "nsubj:pass"]).filter(|s| !agrees && !own_men(s)) {
                let found = self.everybody(s);
                if !found.is_empty() {
                    return found;
                }
            }
            let own = tree.child(below, &["nsubj"]).is_none();
            // "refused to free the officers", "threatened to block the port": nothing is refused or threatened them.
            let rejects = class.kind == EventType::Reject;
            let spared = match tree.lemma(below) {
                "release" | "free" | "liberate" => rejects || agrees,
                "take" | "fire" => rejects,
                "block" | "blockade" | "barricade" | "picket" => class.kind == EventType::Threaten,
                _ => false,
            };
            if own && !spared && tree.is(below, &["xcomp"]) {
                let moved = |o: &usize| VERBS.is_word("@force", tree.word(*o)) || is_weapon(tree, *o);
                let mut found: Vec<Someone> = tree
                    .under(below, &["obj"])
                    .filter(|o| !moved(o))
                    .flat_map(|o| self.everybody(o))
                    .collect();
                if found.is_empty() {
                    found = self.after(below, &["with", "to", "on", "against"], 0);
                }
                if found.is_empty() {
                    found = tree.under(below, &["obj"]).flat_map(|o| self.owner(o, 0, &[])).collect();
                }
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }
}
