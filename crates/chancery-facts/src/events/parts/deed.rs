//! Who takes part by what stands around a deed: its participle, what follows it, the verb of blame above it, and the names
//! that qualify it.

use super::*;
use chancery_model::Span;

impl Seen<'_, '_, '_> {
    /// Fills the sides of a noun's happening that nothing else told.
    pub(super) fn around_noun(
        &self,
        c: &Candidate,
        prepositions: &[&str],
        doers: &mut Vec<Someone>,
        others: &mut Vec<Someone>,
    ) {
        let (tree, n, class) = (self.tree, c.at, c.hit.class);
        let led = |top: usize| {
            let found = self.after(top, prepositions, 0);
            if !found.is_empty() || !takes_places(class) {
                return found;
            }
            let on = tree
                .under(top, &["nmod", "obl"])
                .filter(|o| tree.case(*o).is_some_and(|x| prepositions.contains(&x)));
            on.flat_map(|o| tree.joined(o)).filter_map(|o| self.struck(o, class)).collect()
        };
        // "a ban imposed on the party", "the force used against marchers", "a raid carried out by commandos"
        let made: Vec<usize> =
            tree.under(n, &["acl"]).filter(|r| tree.passive(*r) && MADE.contains(&tree.lemma(*r))).collect();
        for r in made {
            if others.is_empty() {
                *others = led(r);
                others.retain(|w| !doers.contains(w));
            }
            if doers.is_empty() {
                *doers = self.agents(r).into_iter().flat_map(|a| self.everybody(a)).collect();
                doers.retain(|w| !others.contains(w));
            }
        }
        // "to ease raids against farmers", "beat back an advance by the guards": what follows a noun is its own, though the
        // tree hangs it on the verb.
        let end = tree.phrase(n).1;
        if let Some(v) = tree.head(n).filter(|v| tree.is_verb(*v) && tree.is(n, &["obj", "obl"])) {
            for o in
                tree.under(v, &["obl"]).filter(|o| tree.phrase(*o).0 == end + 1 || first(tree, *o) == end)
            {
                let case = tree.case(o);
                if others.is_empty()
                    && case.is_some_and(|x| x != "to" && x != "from" && prepositions.contains(&x))
                {
                    *others = self.everybody(o);
                    others.retain(|w| !doers.contains(w));
                }
                if doers.is_empty() && case == Some("by") && !tree.passive(v) {
                    *doers = self.everybody(o);
                    doers.retain(|w| !others.contains(w));
                }
            }
        }
        // "Guards fired a missile at a ship in a rare attack": who fired it attacked.
        if doers.is_empty()
            && class.kind == EventType::Assault
            && tree.case(n) == Some("in")
            && !is_strife(tree, n)
        {
            let fits = |v: &usize| {
                tree.is_verb(*v)
                    && VERBS
                        .entries(tree.lemma(*v))
                        .any(|e| e.form != Form::Noun && e.class.kind == EventType::Assault)
            };
            if let Some(v) = tree.head(n).filter(|v| tree.is(n, &["obl"]) && fits(v)) {
                let who = if tree.passive(v) { self.agents(v) } else { self.subject(v, 0) };
                *doers = who.into_iter().flat_map(|s| self.everybody(s)).collect();
                doers.retain(|w| !others.contains(w));
            }
        }
        if doers.is_empty() {
            *doers = self.blamed_for(n);
            // "blamed the raid on the rebels": they raided, and were not raided.
            if tree.is(n, &["obj", "nsubj:pass"]) && tree.head(n).is_some_and(|v| tree.lemma(v) == "blame") {
                let one = |a: &Someone, b: &Someone| {
                    a == b || matches!((a, b), (Someone::Words(x), Someone::Words(y)) if x.overlaps(*y))
                };
                others.retain(|w| !doers.iter().any(|d| one(d, w)));
            }
            doers.retain(|w| !others.contains(w));
        }
        // "anti-Bolton rallies"
        if class.kind == EventType::Protest && others.is_empty() {
            *others = self.against(n);
        }
        // "the Kadugli attack", "the embassy bombing"
        if class.kind == EventType::Assault && others.is_empty() {
            let hit = |o: &usize| {
                self.marked(*o).is_none()
                    && !c.used.contains(o)
                    && (self.mention(*o).is_some_and(|m| m.place.is_some())
                        || ["@site", "@vessel", "@home"].iter().any(|l| VERBS.is_word(l, tree.word(*o))))
            };
            *others = tree
                .under(n, &["compound", "nmod:desc"])
                .filter(hit)
                .take(1)
                .map(|o| Someone::Words(tree.clause.span(o, o + 1)))
                .collect();
        }
    }

    /// Who is said to have done it by the verb above: "blamed the clan for the raid", "a raid that officials blame on the
    /// clan", "claimed responsibility for the raid".
    fn blamed_for(&self, n: usize) -> Vec<Someone> {
        let tree = self.tree;
        let blames = |v: usize| matches!(tree.lemma(v), "blame" | "pin" | "attribute");
        for r in tree.under(n, &["acl:relcl", "acl"]).filter(|r| blames(*r)) {
            let on = tree.under(r, &["obl"]).filter(|o| matches!(tree.case(*o), Some("on" | "to")));
            let found: Vec<Someone> = on.flat_map(|o| self.everybody(o)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let mut n = n;
        while let Some(h) = tree.head(n).filter(|_| tree.is(n, &["conj"])) {
            n = h;
        }
        let Some(h) = tree.head(n) else { return Vec::new() };
        let denied = tree.children(h).iter().any(|c| matches!(tree.word(*c), "not" | "n't" | "never"));
        let is = tree.child(h, &["cop"]).is_some() && !denied;
        let for_it = tree.case(n) == Some("for") || tree.under(n, &["mark"]).any(|m| tree.word(m) == "for");
        let held = |h: usize| {
            let v = tree.head(h).filter(|v| tree.lemma(*v) == "hold" && tree.is(h, &["xcomp"]));
            v.and_then(|v| tree.child(v, &["obj", "nsubj:pass"]))
        };
        if matches!(tree.word(h), "responsible" | "accountable")
            && for_it
            && let Some(whom) = held(h)
        {
            return self.everybody(whom).into_iter().collect();
        }
        if tree.word(h) == "responsible" && is && for_it {
            return self.subject(h, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
        }
        if tree.lemma(h) == "responsibility" && tree.case(n) == Some("for") {
            let claims = |v: &usize| {
                matches!(tree.lemma(*v), "claim" | "take" | "accept" | "assume" | "bear" | "admit")
            };
            let verb = tree.head(h).filter(|v| claims(v) && tree.is(h, &["obj"]));
            return verb
                .into_iter()
                .flat_map(|v| self.subject(v, 0))
                .flat_map(|s| self.everybody(s))
                .collect();
        }
        if blames(h) && tree.is(n, &["obj", "nsubj:pass"]) {
            let on = tree.under(h, &["obl"]).filter(|o| matches!(tree.case(*o), Some("on" | "to")));
            return on.flat_map(|o| self.everybody(o)).collect();
        }
        let charged = matches!(
            tree.lemma(h),
            "blame" | "accuse" | "charge" | "convict" | "suspect" | "implicate" | "indict"
        ) && tree.is(n, &["obl"])
            && matches!(tree.case(n), Some("for" | "of" | "with" | "over" | "in"));
        if !charged {
            return Vec::new();
        }
        let whom = if tree.passive(h) { self.subject(h, 0) } else { tree.under(h, &["obj"]).collect() };
        whom.into_iter().flat_map(|s| self.everybody(s)).collect()
    }

    /// What stands before a noun and may say whose it is; before a possessor it is his: "the Danish premier Ove Lund's plan".
    pub(super) fn owning(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let possessor = tree.under(noun, &["nmod:poss"]).find(|o| tree.is_noun(*o));
        tree.under(noun, &["nmod:poss", "amod", "compound", "nmod:desc"])
            .filter(|o| possessor.is_none_or(|p| *o >= p))
            .collect()
    }

    /// "the lawyer Ana Ruiz": the person whose name follows a noun for somebody without a comma.
    pub(super) fn name_next(&self, np: usize) -> Option<EntityIx> {
        let tree = self.tree;
        if tree.upos(np) != Upos::Noun || tree.upos(np + 1) != Upos::Propn || !people::acts(tree.word(np)) {
            return None;
        }
        let next = tree.clause.span(np + 1, np + 2);
        let m = self.mention(np + 1)?;
        let one =
            tree.word(np) == tree.lemma(np) && m.kind == MentionKind::Person && m.span.start == next.start;
        m.entity.filter(|_| one)
    }

    /// Whom "anti-X" before a noun turns against.
    pub(super) fn against(&self, noun: usize) -> Vec<Someone> {
        let tree = self.tree;
        let whom = |o: usize| {
            let word = tree.word(o);
            let span = tree.clause.span(o, o + 1);
            // "anti-government" tells the kind of rally, a name tells of whom.
            let name = |s: Span| s.of(&self.ctx.report.text).starts_with(char::is_uppercase);
            if word.len() > 5 && word.starts_with("anti-") {
                return Some(Span { start: span.start + 5, end: span.end }).filter(|s| name(*s));
            }
            let stem = o.checked_sub(2).map_or("", |t| tree.word(t));
            (stem == "anti" && tree.clause.hyphened(o) && name(span)).then_some(span)
        };
        tree.under(noun, &["amod", "compound", "nmod:desc"])
            .filter_map(whom)
            .take(1)
            .map(Someone::Words)
            .collect()
    }

    /// "Israel - Syria talks": the two sides that a dash joins before a noun.
    pub(super) fn dashed(&self, n: usize) -> Vec<Someone> {
        let tree = self.tree;
        let dash = |i: &usize| matches!(tree.word(*i), "-" | "\u{2013}" | "\u{2014}" | "/" | "\u{2212}");
        for i in (n.saturating_sub(5)..n).filter(dash) {
            let near =
                (i + 1..n).all(|k| !tree.is_verb(k) && !matches!(tree.upos(k), Upos::Adp | Upos::Punct));
            let Some(before) = i.checked_sub(1).filter(|_| near && i + 1 < n) else { continue };
            if let (Some(a), Some(b)) = (self.marked(before), self.marked(i + 1))
                && a != b
            {
                return vec![a, b];
            }
        }
        Vec::new()
    }

    /// "killing and capturing dozens of soldiers": the object of the verb joined right behind is shared.
    pub(super) fn shared(&self, v: usize) -> Vec<usize> {
        let tree = self.tree;
        let next = |c: &usize| {
            let between = v + 1..*c;
            *c <= v + 4
                && between.into_iter().all(|k| {
                    matches!(tree.upos(k), Upos::Cconj | Upos::Adv | Upos::Punct | Upos::Aux | Upos::Verb)
                        || tree.is(k, &["cc"])
                })
                && tree.child(*c, &["nsubj", "nsubj:pass", "mark"]).is_none()
                && tree.is_verb(*c)
                && ending(tree.word(*c)) == ending(tree.word(v))
        };
        let with = tree.under(v, &["conj"]).filter(next).find(|c| tree.child(*c, &["obj"]).is_some());
        with.into_iter().flat_map(|c| tree.under(c, &["obj"]).collect::<Vec<_>>()).collect()
    }

    /// Fills the sides of a verb's happening that nothing else told.
    pub(super) fn around_verb(
        &self,
        c: &Candidate,
        passive: bool,
        doers: &mut Vec<Someone>,
        others: &mut Vec<Someone>,
    ) {
        let (tree, v, class) = (self.tree, c.at, c.hit.class);
        // "was killed in a Turkish air strike": whose strike it was.
        if passive && doers.is_empty() && class.kind == EventType::Assault {
            let deed = |o: &usize| {
                matches!(tree.case(*o), Some("in" | "by" | "during"))
                    && VERBS
                        .entries(tree.word(*o))
                        .any(|e| e.form == Form::Noun && e.class.kind == EventType::Assault)
            };
            let deeds: Vec<usize> = tree.under(v, &["obl"]).filter(deed).collect();
            for d in deeds {
                let mut found = self.after(d, &["by"], 0);
                if found.is_empty() && !is_strife(tree, d) {
                    found = tree
                        .under(d, &["nmod:poss", "compound", "amod", "nmod:desc"])
                        .filter_map(|o| self.marked(o))
                        .collect();
                }
                found.retain(|w| !others.contains(w));
                if doers.is_empty() {
                    *doers = found;
                }
            }
        }
        let objects: Vec<usize> =
            if passive { self.subject(v, 0) } else { tree.under(v, &["obj"]).collect() };
        // Nobody suffers a resignation.
        if class.kind == EventType::Retreat && tree.lemma(v) == "resign" {
            others.clear();
        }
        let eases = class.mode.as_deref() == Some("ease");
        // "sanctions against Guinea were lifted", "lift the ban imposed on the party", "the bloc's sanctions were eased"
        if eases {
            for o in &objects {
                let on = |x: usize| self.after(x, &["on", "against"], 0);
                let made: Vec<usize> = tree.under(*o, &["acl"]).filter(|a| tree.passive(*a)).collect();
                if others.is_empty() {
                    *others =
                        std::iter::once(*o).chain(made).map(on).find(|f| !f.is_empty()).unwrap_or_default();
                    others.retain(|w| !doers.contains(w));
                }
                if doers.is_empty() && passive {
                    *doers = tree
                        .under(*o, &["nmod:poss", "compound", "amod"])
                        .filter_map(|x| self.marked(x))
                        .filter(|w| !others.contains(w))
                        .collect();
                }
            }
        }
        // "vetoed a draft presented by Norway": whose it is.
        if class.kind == EventType::Reject && !passive {
            let made = objects.iter().flat_map(|o| tree.under(*o, &["acl"]).collect::<Vec<_>>());
            let by: Vec<Someone> = made
                .filter(|a| tree.passive(*a))
                .flat_map(|a| self.agents(a))
                .flat_map(|o| self.everybody(o))
                .filter(|w| !doers.contains(w))
                .collect();
            if !by.is_empty() {
                *others = by;
            }
        }
        // "refused a request from the premier": whose it is, though the tree hangs it on the verb.
        let judged = matches!(class.kind, EventType::Reject | EventType::Support);
        if judged && others.is_empty() && !passive {
            let from = tree.under(v, &["obl"]).filter(|o| {
                matches!(tree.case(*o), Some("from" | "by"))
                    && objects.iter().any(|x| tree.phrase(*x).1 == first(tree, *o))
            });
            *others = from.flat_map(|o| self.everybody(o)).filter(|w| !doers.contains(w)).collect();
        }
        let Some(h) = tree.head(v).filter(|_| tree.is(v, &["xcomp", "advcl"])) else {
            // "anti-Bolton crowds marched"
            if class.kind == EventType::Protest && others.is_empty() && !passive {
                let nouns = self.subject(v, 0).into_iter().chain(c.used.iter().copied());
                *others = nouns.flat_map(|s| self.against(s)).collect();
            }
            return;
        };
        let to = tree.under(v, &["mark"]).any(|m| tree.word(m) == "to");
        // "summoned the envoy to complain", "forced the garrison to retreat"
        let called = self.summons(v, h);
        let forced = matches!(class.kind, EventType::Retreat | EventType::Concede)
            && matches!(tree.lemma(h), "force" | "compel" | "oblige" | "press" | "pressure");
        if to && others.is_empty() && called {
            *others = tree.under(h, &["obj"]).flat_map(|o| self.everybody(o)).collect();
            others.retain(|w| !doers.contains(w));
        } else if to && others.is_empty() && forced && !tree.passive(h) {
            *others = self.subject(h, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
            others.retain(|w| !doers.contains(w));
        }
    }

    /// "summoned the envoy to protest": who summons does it.
    pub(super) fn summons(&self, v: usize, h: usize) -> bool {
        let tree = self.tree;
        let speaks = matches!(
            tree.lemma(v),
            "complain"
                | "protest"
                | "condemn"
                | "express"
                | "lodge"
                | "voice"
                | "object"
                | "convey"
                | "demand"
                | "register"
                | "deliver"
                | "denounce"
                | "seek"
        );
        tree.lemma(h) == "summon" && speaks && !tree.passive(h)
    }
}

/// Participles that say no more than that a deed is done.
const MADE: &[&str] = &[
    "use",
    "impose",
    "make",
    "launch",
    "carry",
    "stage",
    "conduct",
    "direct",
    "aim",
    "commit",
    "perpetrate",
    "wage",
    "level",
    "mount",
    "order",
    "issue",
    "inflict",
    "bring",
    "file",
    "unleash",
    "plan",
    "organise",
    "organize",
    "lead",
    "hold",
    "give",
    "send",
    "execute",
    "place",
    "slap",
    "target",
];

/// The first token of a noun phrase with its preposition.
fn first(tree: &Tree<'_, '_>, o: usize) -> usize {
    tree.under(o, &["case"]).min().unwrap_or_else(|| tree.phrase(o).0)
}

/// The ending by which two verb forms are alike.
fn ending(word: &str) -> &str {
    if word.ends_with("ing") {
        "ing"
    } else if word.ends_with("ed") {
        "ed"
    } else {
        ""
    }
}
