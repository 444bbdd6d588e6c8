//! Who stands behind a preposition, or in the clause below a verb.

use super::*;

impl Seen<'_, '_, '_> {
    /// Those after one of the prepositions below a verb or noun, through nouns that are nobody.
    pub(super) fn after(&self, top: usize, prepositions: &[&str], depth: usize) -> Vec<Someone> {
        let tree = self.tree;
        if depth > 2 {
            return Vec::new();
        }
        for o in tree.under(top, &["obl", "nmod"]) {
            if is_weapon(tree, o) && tree.case(o) == Some("with") {
                continue;
            }
            if tree.rel(o) != "nmod:poss"
                && !(depth > 0 && tree.case(o) == Some("of") && befalls(tree, top))
                && tree.case(o).is_some_and(|c| prepositions.contains(&c))
            {
                let mut found = self.everybody(o);
                if tree.case(o) == Some("between") && tree.joined(o).len() == 1 {
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
        let through =
            tree.under(top, &["obj", "nsubj:pass", "nmod", "advmod"]).filter(|o| tree.rel(*o) != "nmod:poss");
        for o in through {
            let found = self.after(o, prepositions, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Things without life after one of the prepositions: "a raid on a workshop", "marched on the palace".
    pub(super) fn struck_after(&self, top: usize, prepositions: &[&str], class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let site = |o: usize| VERBS.is_word("@site", tree.word(o)) || VERBS.is_word("@town", tree.word(o));
        let fits = |o: &usize| {
            tree.case(*o).is_some_and(|x| match class.kind {
                EventType::Protest => matches!(x, "on" | "outside" | "at" | "against" | "front") && site(*o),
                _ => prepositions.contains(&x),
            })
        };
        let on: Vec<usize> = tree.under(top, &["nmod", "obl"]).filter(fits).collect();
        on.into_iter().filter_map(|o| self.struck(o, class)).collect()
    }

    /// Who is asked, refused or threatened in the clause below: "demanded that Moldova pay", "refused to meet the envoy".
    pub(super) fn in_clause(&self, v: usize, class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let kinds = [EventType::Request, EventType::Reject, EventType::Threaten, EventType::Accuse];
        if !kinds.contains(&class.kind) {
            return Vec::new();
        }
        for below in tree.under(v, &["ccomp", "xcomp", "advcl"]) {
            if tree.is(below, &["advcl"])
                && !tree.under(below, &["mark"]).any(|m| matches!(tree.word(m), "for" | "that" | "of"))
            {
                continue;
            }
            if let Some(s) = tree.child(below, &["nsubj", "nsubj:pass"]) {
                let found = self.everybody(s);
                if !found.is_empty() {
                    return found;
                }
            }
            let own = tree.child(below, &["nsubj"]).is_none();
            if own && tree.is(below, &["xcomp"]) {
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
