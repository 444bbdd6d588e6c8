//! Whose deed a verb tells: its subject, or the one it is handed down from.

use super::*;

impl Seen<'_, '_, '_> {
    /// The subject of a verb or predicate: heads of noun phrases.
    pub(super) fn subject(&self, v: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        if depth > DEPTH {
            return Vec::new();
        }
        let subjects: Vec<usize> = tree.under(v, &["nsubj", "nsubj:pass", "nsubj:outer"]).collect();
        // "Editor Samuel Mbeki" may be two: the name counts.
        let person = |s: &&usize| self.mention(**s).is_some_and(|m| m.kind == MentionKind::Person);
        if let Some(s) = subjects.iter().find(person).or(subjects.first()).copied() {
            if relative(tree, s) {
                let lost = || {
                    (0..s).rev().find(|i| tree.is_noun(*i) && !tree.is(*i, &["flat"])).filter(|i| s - i <= 2)
                };
                let noun = self.antecedent(v);
                return self.who(s, noun).or(noun).or_else(lost).into_iter().collect();
            }
            // "Kiev and the separatists exchanged": two subjects to the tree
            let and = |t: usize| {
                tree.upos(t) == Upos::Propn
                    && (s..t).any(|k| tree.word(k) == "and")
                    && !(s..t)
                        .any(|k| tree.is_verb(k) || matches!(tree.word(k), "," | "of" | "in" | "between"))
            };
            // and, in headlines, "Turkey, Armenia hold talks"
            let beside = |t: usize| {
                let before = tree.phrase(t).0.checked_sub(1);
                before.is_some_and(|b| tree.word(b) == "," && b == tree.phrase(s).1)
                    && self.mention(s).is_some_and(|m| m.place.is_some() || m.entity.is_some())
                    && self.marked(t).is_some()
                    && tree.upos(t) == Upos::Propn
            };
            let more = subjects
                .iter()
                .copied()
                .filter(|t| *t > s && (tree.child(*t, &["cc"]).is_some() || beside(*t) || and(*t)));
            return std::iter::once(s).chain(more).collect();
        }
        // A noun on the left that hangs on something to the right of the verb: it has lost its place among the commas.
        let inside = |j: usize| tree.above(j).any(|h| h == v);
        let lost = (0..v).find(|j| {
            tree.is_noun(*j)
                && tree.case(*j).is_none()
                && (inside(*j) && tree.head(*j).is_some_and(|h| h > v)
                    || tree.head(*j) == Some(v) && tree.is(*j, &["obl", "dep", "dislocated"]))
                && self.someone(*j).is_some()
        });
        if let Some(j) = lost.filter(|_| tree.child(v, &["expl"]).is_none()) {
            return vec![j];
        }
        if let Some(s) = self.opens(v) {
            return vec![s];
        }
        let Some(h) = tree.head(v) else { return Vec::new() };
        let ing = tree.word(v).ends_with("ing");
        // "homes lost to fighting": a noun that the tree took for a verb.
        let bare = tree.word(v) == "fighting" && tree.child(v, &["obj", "aux"]).is_none();
        if bare && (tree.case(v).is_some() || tree.child(v, &["mark"]).is_some()) {
            return Vec::new();
        }
        // "fled to escape fighting", "suggested flooding the pits": others do it.
        if ing && tree.is(v, &["obj", "xcomp", "ccomp", "advcl"]) && LEAVES_TO_OTHERS.contains(&tree.lemma(h))
        {
            return Vec::new();
        }
        match tree.rel(v) {
            "acl:relcl" => vec![h],
            // "The port is the largest one still defying him": the subject of what it is said to be.
            "acl" if ing && self.is_said(h).is_some() => self.is_said(h).into_iter().collect(),
            // "Holm is at risk of being jailed": the risk is Holm's.
            "acl" if (ing || tree.passive(v)) && self.is_of(v) => {
                tree.child(h, &["nsubj"]).map_or_else(|| self.holder(h, depth), |s| vec![s])
            }
            "acl" if ing || tree.passive(v) => vec![h],
            // "Gunmen killed two men, the mayor said", where the tree took the finite verb for a participle
            "acl"
                if tree.word(v) != tree.lemma(v)
                    && tree.child(v, &["mark"]).is_none()
                    && tree.child(v, &["obj"]).is_some_and(|o| o > v) =>
            {
                vec![h]
            }
            "acl" => self.called_for(h, v).map_or_else(|| self.holder(h, depth), |o| vec![o]),
            "xcomp" | "advcl" if self.summons(v, h) => self.subject(h, depth + 1),
            // "a missile used by the guards to kill"
            "xcomp" | "advcl"
                if tree.lemma(h) == "use"
                    && tree.passive(h)
                    && !self.agents(h).is_empty()
                    && !tree.passive(v) =>
            {
                self.agents(h)
            }
            // "was hit by guards, killing two": they killed.
            "advcl" if ing && tree.passive(h) && tree.child(v, &["mark", "case"]).is_none() => {
                let by = self.agents(h);
                if by.iter().any(|a| self.someone(*a).is_some()) { by } else { self.subject(h, depth + 1) }
            }
            "xcomp" => self.controller(h, depth),
            "advcl" if self.asked(v, h) || self.made(v, h) => self.controller(h, depth),
            "advcl" => {
                let mark = tree.child(v, &["mark", "case"]).map_or("", |m| tree.word(m));
                let object = tree
                    .child(h, &["obj", "iobj", "nsubj:pass"])
                    .filter(|_| matches!(mark, "of" | "from" | "for"));
                object.map_or_else(|| self.subject(h, depth + 1), |o| vec![o])
            }
            "conj" | "ccomp" | "parataxis" if tree.child(v, &["expl"]).is_none() => {
                self.subject(h, depth + 1)
            }
            _ => Vec::new(),
        }
    }

    /// Whether a clause hangs by "of" on its noun: it says what the noun is, and not what it does.
    fn is_of(&self, v: usize) -> bool {
        self.tree.under(v, &["mark", "case"]).any(|m| self.tree.word(m) == "of")
    }

    /// "the capital of Tabor, Jan Berg, who left": the person right before "who", where the tree hangs it on nobody.
    fn who(&self, relative: usize, noun: Option<usize>) -> Option<usize> {
        let tree = self.tree;
        let before = relative.checked_sub(1)?;
        let at = if tree.word(before) == "," { before.checked_sub(1)? } else { before };
        let person = |i: usize| self.mention(i).is_some_and(|m| m.kind == MentionKind::Person);
        let fits = |n: usize| person(n) || people::acts(tree.word(n)) || tree.child(n, &["appos"]).is_some();
        let somebody = person(at) || tree.is_noun(at) && people::acts(tree.word(at));
        (tree.word(relative) == "who" && somebody && !noun.is_some_and(fits)).then_some(at)
    }

    /// "…; the premier, Salim Gharbawi, apologised": the noun that opens a clause and that the tree hung before it.
    fn opens(&self, v: usize) -> Option<usize> {
        let tree = self.tree;
        let start = (0..v).rev().find(|i| tree.word(*i) == ";")? + 1;
        let first =
            (start..v).find(|i| tree.is_noun(*i) && tree.head(*i).is_none_or(|h| h < start || h >= v))?;
        let free = tree.case(first).is_none() && tree.head(first).is_none_or(|h| h < start);
        let verbs = (start..v).any(|i| tree.upos(i) == Upos::Verb && !tree.is(i, &["amod", "acl"]));
        (free && !verbs && self.someone(first).is_some()).then_some(first)
    }

    /// Who is to do what hangs on a noun ("Russia's decision to withdraw", "gave rebels a deadline to leave").
    pub(super) fn holder(&self, noun: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        // "urged the opposition to meet": whoever is asked, where the infinitive hangs on them.
        let asked = tree.is(noun, &["obj", "iobj"])
            && tree.head(noun).is_some_and(|v| ASKS.contains(&tree.lemma(v)))
            && self.someone(noun).is_some();
        if asked {
            return vec![noun];
        }
        // "sent the guards an order, and a plea to the rebels to leave": whoever it is addressed to.
        if REQUESTS.contains(&tree.lemma(noun)) {
            let verb = tree.head(noun).filter(|v| tree.is_verb(*v) && tree.is(noun, &["obj"]));
            let all =
                tree.under(noun, &["nmod"]).chain(verb.into_iter().flat_map(|v| tree.under(v, &["obl"])));
            let mut to: Vec<usize> = all.filter(|o| tree.case(*o) == Some("to")).collect();
            // "An ultimatum to the town to surrender": whoever is in it, and not who set it.
            to.sort_by_key(|o| (self.someone(*o).is_none(), *o));
            if let Some(o) = to.first() {
                return vec![*o];
            }
        }
        if let Some(owner) = tree.child(noun, &["nmod:poss"]) {
            return vec![owner];
        }
        if let Some(owner) =
            tree.under(noun, &["compound", "amod", "nmod:desc"]).find(|o| self.marked(*o).is_some())
        {
            return vec![owner];
        }
        let of = tree
            .under(noun, &["nmod"])
            .find(|o| matches!(tree.case(*o), Some("of" | "by" | "from")) && self.someone(*o).is_some());
        if let Some(of) = of {
            return vec![of];
        }
        let Some(v) = tree.head(noun).filter(|v| tree.is_verb(*v)) else {
            let acts = people::acts(tree.word(noun)) || self.marked(noun).is_some();
            return if acts { vec![noun] } else { Vec::new() };
        };
        // "gave him a promise to send rice": who gives it does; "gave them a deadline to leave": who is given it.
        let own = matches!(
            tree.lemma(noun),
            "promise" | "pledge" | "word" | "assurance" | "guarantee" | "undertaking" | "commitment"
        );
        match tree.child(v, &["iobj"]).filter(|_| !own) {
            Some(o) => vec![o],
            None => self.subject(v, depth + 1),
        }
    }

    /// Whether an infinitive is what somebody else is asked to do: "called on Moldova on Sunday to pay".
    pub(super) fn asked(&self, v: usize, h: usize) -> bool {
        let tree = self.tree;
        let to = tree.under(v, &["mark"]).any(|m| tree.word(m) == "to");
        // "called his counterpart to protest": who rang him does.
        let asks = ASKS.contains(&tree.lemma(h)) && tree.lemma(h) != "call";
        to && (tree.child(h, &["obj", "iobj"]).is_some() && asks
            || tree.under(h, &["obl"]).any(|o| is_called(tree, h, o)))
    }

    /// "could lead the navy to shell the palace": whoever is brought to do it.
    fn made(&self, v: usize, h: usize) -> bool {
        let tree = self.tree;
        let causes = matches!(
            tree.lemma(h),
            "lead"
                | "cause"
                | "prompt"
                | "enable"
                | "spur"
                | "provoke"
                | "encourage"
                | "persuade"
                | "convince"
                | "get"
                | "help"
                | "drive"
        );
        causes
            && tree.under(v, &["mark"]).any(|m| tree.word(m) == "to")
            && tree.child(h, &["obj"]).is_some_and(|o| o < v && self.someone(o).is_some())
    }

    /// The subject that a verb gives the clause below it.
    pub(super) fn controller(&self, v: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let object = tree.child(v, &["obj", "iobj"]).filter(|_| !SUBJECT_CONTROL.contains(&tree.lemma(v)));
        // "called on Moldova to pay"
        let called = tree.under(v, &["obl"]).find(|o| is_called(tree, v, *o) && self.someone(*o).is_some());
        match object.or(called) {
            Some(o) => vec![o],
            None => self.subject(v, depth + 1),
        }
    }

    /// The verb of promising or warning that a pronoun's clause hangs on: "promised Haiti that it would send", where "it" is
    /// who promises.
    pub(super) fn promiser(&self, v: usize, subject: &[usize]) -> Option<usize> {
        let tree = self.tree;
        let pronoun = |s: &usize| matches!(tree.word(*s), "it" | "he" | "she" | "they" | "we" | "i");
        let mut at = v;
        while tree.rel(at) == "conj" {
            at = tree.head(at)?;
        }
        let h = tree.head(at).filter(|_| tree.rel(at) == "ccomp")?;
        let will =
            tree.under(at, &["aux"]).any(|a| matches!(tree.word(a), "will" | "would" | "'d" | "'ll" | "wo"));
        let own = tree.child(h, &["iobj", "obj"]).is_some() && tree.child(h, &["nsubj"]).is_some();
        (will
            && own
            && !subject.is_empty()
            && subject.iter().all(pronoun)
            && !tree.passive(v)
            && !BEFALLS.contains(&tree.lemma(v))
            && COMMITS.contains(&tree.lemma(h)))
        .then_some(h)
    }

    /// The subject of a noun that is a predicate and names nobody itself.
    fn is_said(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        let subject = tree.child(noun, &["nsubj"]).filter(|s| !relative(tree, *s))?;
        (tree.child(noun, &["cop"]).is_some() && self.someone(noun).is_none()).then_some(subject)
    }

    /// The noun that a relative clause is about.
    pub(super) fn antecedent(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..DEPTH {
            if clause_of_noun(self.tree, at) {
                return self.tree.head(at);
            }
            at = self.tree.head(at)?;
        }
        None
    }

    pub(super) fn agents(&self, v: usize) -> Vec<usize> {
        let tree = self.tree;
        let by = |v: usize| -> Vec<usize> {
            tree.under(v, &["obl"])
                .filter(|o| {
                    let case = tree.case(*o);
                    case == Some("by") || tree.rel(*o) == "obl:agent" && case != Some("according")
                })
                .collect()
        };
        let own = by(v);
        // "were told to leave by Washington": it hangs on the infinitive.
        if own.is_empty() && tree.child(v, &["aux:pass"]).is_some() {
            return tree.under(v, &["xcomp"]).filter(|x| !tree.passive(*x)).flat_map(by).collect();
        }
        own
    }
}

/// Whether a sentence first speaks of somebody by a pronoun that points at nobody in it.
pub(super) fn by_pronoun(ctx: &Context<'_>, tree: &Tree<'_, '_>, who: Someone) -> bool {
    let Someone::Known(e) = who else { return false };
    let whole = tree.clause.whole();
    let mut here = ctx.facts.mentions.iter().filter(|m| m.entity == Some(e) && whole.contains(m.span));
    here.next().is_some_and(|m| m.kind == MentionKind::Pronoun)
}
