//! Who takes part in a happening that a noun names: its owner, what "of", "by" and "between" lead, and whoever the verb it
//! hangs on says holds, makes, draws or suffers it.

use super::super::collective;
use super::*;

impl Seen<'_, '_, '_> {
    pub(super) fn of_noun(&self, c: &Candidate) -> (Vec<Someone>, Vec<Someone>) {
        let (tree, n, class) = (self.tree, c.at, c.hit.class);
        let mut between = self.after(n, &["between", "among"], 0);
        if between.is_empty() && class.reciprocal {
            between = self.astray(n);
        }
        // "Fighting erupted between troops and rebels".
        if between.is_empty() && tree.is(n, &["nsubj"]) {
            // Not "her visit came ahead of talks between the ministers".
            let verb = tree.head(n).filter(|v| {
                matches!(
                    tree.lemma(*v),
                    "erupt"
                        | "break"
                        | "begin"
                        | "start"
                        | "continue"
                        | "rage"
                        | "resume"
                        | "occur"
                        | "happen"
                        | "flare"
                        | "ensue"
                        | "take"
                        | "go"
                        | "follow"
                        | "end"
                        | "collapse"
                )
            });
            let sides = verb.and_then(|v| tree.under(v, &["obl"]).find(|o| tree.case(*o) == Some("between")));
            between = sides.map_or_else(Vec::new, |o| self.everybody(o));
        }
        if between.is_empty() && class.reciprocal {
            between = self.dashed(n);
        }
        let verbal = matches!(class.kind, EventType::Request | EventType::Agree | EventType::Threaten);
        let mut doers = self.after(n, if verbal { &["by", "from"] } else { &["by"] }, 0);
        if doers.is_empty() {
            let by = tree
                .under(n, &["nmod"])
                .chain(tree.under(n, &["nmod"]).flat_map(|o| tree.under(o, &["nmod"]).collect::<Vec<_>>()));
            doers = by.filter_map(|o| self.tool(o, class)).take(1).collect();
        }
        if !between.is_empty() && class.kind != EventType::Accuse {
            return if class.mediates { (doers, between) } else { (between, Vec::new()) };
        }
        let mut others: Vec<Someone> = Vec::new();
        let owners: Vec<Someone> = tree
            .under(n, &["nmod:poss", "compound", "amod", "nmod:desc"])
            .filter(|o| !c.used.contains(o))
            // "The Danish protests", "the Oslo rally" tell where, and not that the state protests.
            .filter(|o| class.kind != EventType::Protest || tree.rel(*o) == "nmod:poss" || !self.is_where(*o))
            // "the Syria conference" is about Syria.
            .filter(|o| {
                class.kind != EventType::Consult
                    || tree.rel(*o) != "compound"
                    || !matches!(self.marked(*o), Some(Someone::State(_)))
            })
            .flat_map(|o| {
                if tree.rel(o) == "nmod:poss" {
                    let owner = self.everybody(o);
                    // "kept her waiting for their meeting"
                    let words = tree.clause.span(o, o + 1);
                    let two = owner.is_empty() && class.reciprocal && tree.word(o) == "their";
                    return if two && collective::members(self.ctx, words).is_some() {
                        vec![Someone::Words(words)]
                    } else {
                        owner
                    };
                }
                // "rebel shelling", "a police raid"
                // "terrorist attacks" are of a kind, "the clinic bombing" struck one.
                let kind = matches!(tree.lemma(o), "terrorist" | "twin")
                    || class.kind == EventType::Assault && VERBS.is_word("@site", tree.word(o));
                let force = !kind
                    && tree.rel(o) == "compound"
                    && people::acts(tree.word(o))
                    && !class.patient
                    && !self.turned_to(o);
                let words = force.then(|| Someone::Words(tree.clause.span(o, o + 1)));
                self.marked(o).or(words).into_iter().collect()
            })
            .collect();
        // "Norway's deadliest attack", "the worst U.S. oil spill": where it was, unless it is told on whom.
        let most = |a: usize| {
            let w = tree.word(a);
            tree.upos(a) == Upos::Adj && w.len() > 4 && w.ends_with("est") || matches!(w, "worst" | "most")
        };
        let one_of_its_kind =
            tree.under(n, &["amod"]).any(|a| most(a) || tree.under(a, &["advmod"]).any(most));
        let on_whom = tree.under(n, &["nmod"]).any(|o| matches!(tree.case(o), Some("on" | "against")));
        let where_it_was = class.mode.as_deref().is_some_and(|m| DISASTERS.contains(&m))
            && class.kind == EventType::Outside
            || one_of_its_kind && !on_whom && matches!(class.kind, EventType::Assault | EventType::Protest);
        let owners: Vec<Someone> =
            owners.into_iter().filter(|w| !where_it_was || !self.is_state(*w)).collect();
        // Who is extradited does not do it.
        let of = if tree.lemma(n) == "extradition" { Vec::new() } else { self.of(n, class) };
        if class.moved {
            doers.extend(if doers.is_empty() { owners } else { Vec::new() });
        } else if class.patient {
            // "Gambia's release of the fishermen": whose it is does it, where those who suffer it stand behind "of".
            let (whose, rest): (Vec<usize>, Vec<usize>) = tree
                .under(n, &["nmod:poss", "compound", "amod", "nmod:desc"])
                .partition(|o| tree.rel(*o) == "nmod:poss");
            let sufferers = tree.under(n, &["nmod"]).any(|o| tree.case(o) == Some("of"));
            if sufferers && doers.is_empty() && rest.iter().all(|o| !c.used.contains(o)) {
                doers.extend(whose.into_iter().flat_map(|o| self.everybody(o)));
            }
            others.extend(owners.into_iter().filter(|w| !doers.contains(w)));
        } else if doers.is_empty() && tree.lemma(n) != "extradition" {
            doers.extend(owners);
        } else if tree.lemma(n) != "extradition" {
            others.extend(owners);
        }
        let used_of = c.hit.words > 1 && c.used.iter().any(|u| tree.word(*u) == "of");
        let used_of = used_of || matches!(tree.lemma(n), "shooting" | "invasion" | "conquest" | "annexation");
        if !class.moved && (class.patient || used_of || class.to.iter().any(|t| t == "of")) {
            others.extend(of.iter().copied());
            if others.is_empty() && takes_places(class) {
                others.extend(
                    tree.under(n, &["nmod"])
                        .filter(|o| tree.case(*o) == Some("of"))
                        .flat_map(|o| tree.joined(o))
                        .filter_map(|o| self.struck(o, class)),
                );
            }
        } else if doers.is_empty() && !class.moved {
            doers.extend(of.iter().copied());
        }
        let mut prepositions: Vec<&str> =
            class.to.iter().map(String::as_str).filter(|t| *t != "of" && !(verbal && *t == "from")).collect();
        // "an assassination attempt on the governor"
        if tree.lemma(n) == "attempt" {
            prepositions.push("on");
        }
        // "for two hours of talks": the quantity stands in the place of the noun.
        // "rejected an accusation": it was made against whoever did.
        let refuses = |v: usize| {
            matches!(class.kind, EventType::Accuse | EventType::Request | EventType::Threaten)
                && matches!(
                    tree.lemma(v),
                    "reject" | "deny" | "dismiss" | "refuse" | "refute" | "rebut" | "shelve"
                )
        };
        let mut seat = n;
        while let Some(h) = tree.head(seat).filter(|h| {
            tree.rel(seat) == "nmod" && tree.case(seat) == Some("of") && QUANTITY.contains(&tree.lemma(*h))
        }) {
            seat = h;
        }
        let verb = tree.head(seat).filter(|v| tree.is_verb(*v));
        // "called the attack a massacre": whoever says so did not carry it out.
        let named = |v: usize| tree.lemma(v) == "call" && tree.child(v, &["xcomp", "iobj"]).is_some();
        let light = verb.filter(|v| LIGHT.contains(&tree.lemma(*v)) && !named(*v));
        for from in std::iter::once(n).chain(light) {
            if others.is_empty() {
                others = self.after(from, &prepositions, 0);
            }
            if others.is_empty() && takes_places(class) {
                let on = tree
                    .under(from, &["nmod", "obl"])
                    .filter(|o| tree.case(*o).is_some_and(|x| prepositions.contains(&x)));
                others = on.flat_map(|o| tree.joined(o)).filter_map(|o| self.struck(o, class)).collect();
            }
        }
        // "a demand for the resignation of the president": who would do it is asked.
        if class.kind == EventType::Request && others.is_empty() {
            let yields = |o: &usize| {
                tree.case(*o) == Some("for")
                    && VERBS.entries(tree.word(*o)).any(|e| {
                        e.form == Form::Noun
                            && !e.class.patient
                            && matches!(e.class.kind, EventType::Retreat | EventType::Concede)
                    })
            };
            let deed = tree.under(n, &["nmod"]).find(yields);
            others = deed
                .into_iter()
                .flat_map(|d| tree.under(d, &["nmod", "nmod:poss"]).collect::<Vec<_>>())
                .filter(|o| matches!(tree.case(*o), Some("of" | "by" | "'s" | "\u{2019}s")))
                .flat_map(|o| self.everybody(o))
                .collect();
        }
        if let Some(v) = verb {
            // "at the request of the leader, the alliance flew": who acts was asked.
            let asked = tree.is(seat, &["obl"])
                && tree.case(seat) == Some("at")
                && matches!(
                    tree.lemma(n),
                    "request" | "invitation" | "urging" | "behest" | "insistence" | "appeal"
                );
            if asked && others.is_empty() {
                others = self.subject(v, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
            }
            // "drew a warning from the general", "came under fire from the hills"
            let under = tree.is(seat, &["obl"]) && tree.case(seat) == Some("under");
            let drawn = tree.is(seat, &["obj"]) && DRAWS.contains(&tree.lemma(v));
            if under || drawn {
                let from: Vec<usize> = tree
                    .under(v, &["obl"])
                    .chain(tree.under(seat, &["nmod"]))
                    .filter(|o| matches!(tree.case(*o), Some("from" | "by")) && tree.rel(*o) != "obl:agent")
                    .collect();
                let mut found: Vec<Someone> = from.iter().flat_map(|o| self.everybody(*o)).collect();
                if found.is_empty() {
                    let proper = from.iter().copied().filter(|o| under && tree.upos(*o) == Upos::Propn);
                    found = proper.map(|o| Someone::Words(tree.clause.span(o, o + 1))).collect();
                }
                if !found.is_empty() {
                    others.retain(|w| !found.contains(w));
                    doers = found;
                }
                let hit: Vec<usize> = self.subject(v, 0);
                if others.is_empty() {
                    others = hit.iter().flat_map(|s| self.everybody(*s)).collect();
                }
                if others.is_empty() && under {
                    others = hit.iter().filter_map(|s| self.struck(*s, class)).collect();
                }
            }
            let willing = matches!(tree.lemma(v), "agree" | "commit" | "consent" | "object" | "look")
                && tree.is(seat, &["obl"])
                && matches!(tree.case(seat), Some("to" | "on"));
            // "threatened Belarus with the expulsion of two diplomats"
            let willing = willing
                || tree.is(seat, &["obl"])
                    && matches!(
                        tree.lemma(v),
                        "threaten" | "respond" | "retaliate" | "reply" | "answer" | "react"
                    )
                    && matches!(tree.case(seat), Some("with" | "by"));
            // "embarked on a crackdown", "engaged in talks"
            let willing = willing
                || tree.is(seat, &["obl"])
                    && match tree.lemma(v) {
                        "embark" => tree.case(seat) == Some("on"),
                        "resort" => tree.case(seat) == Some("to"),
                        "engage" | "participate" | "persist" => tree.case(seat) == Some("in"),
                        _ => false,
                    };
            // "fled to escape the fighting", "will boycott the meeting": they take no part in it.
            let away = match tree.lemma(v) {
                "escape" | "avoid" | "flee" => is_strife(tree, n),
                "boycott" | "skip" | "shun" => class.kind == EventType::Consult,
                _ => false,
            };
            let willing = willing && !away;
            let object = tree.is(seat, &["obj"]) && !away || willing;
            let light = light.or(willing.then_some(v));
            let meets = class.kind == EventType::Consult
                && tree.is(seat, &["obl"])
                && matches!(tree.case(seat), Some("for" | "in" | "on"))
                && matches!(
                    tree.lemma(v),
                    "arrive"
                        | "be"
                        | "go"
                        | "travel"
                        | "come"
                        | "fly"
                        | "gather"
                        | "sit"
                        | "engage"
                        | "participate"
                        | "leave"
                        | "return"
                );
            // "crossed the line in defiance of the navy"
            let meets = meets
                || tree.is(seat, &["obl"])
                    && tree.case(seat) == Some("in")
                    && matches!(
                        tree.lemma(n),
                        "defiance"
                            | "protest"
                            | "retaliation"
                            | "reprisal"
                            | "revenge"
                            | "rebuke"
                            | "solidarity"
                            | "support"
                            | "tribute"
                    );
            // "After talks with the envoy, he flew home": who flew talked.
            let meets = meets
                || class.reciprocal
                    && (!others.is_empty()
                        || seat != n
                        || tree.child(n, &["det"]).is_some_and(|d| tree.word(d) == "a"))
                    && tree.is(seat, &["obl"])
                    && matches!(
                        tree.case(seat),
                        Some("after" | "during" | "before" | "following" | "in" | "at")
                    );
            // "The front claimed responsibility for the bombing": it was theirs, as they say.
            let meets = meets
                || class.kind == EventType::Assault
                    && tree.case(seat) == Some("for")
                    && tree.is(seat, &["nmod", "obl"])
                    && matches!(tree.lemma(v), "claim" | "accept" | "admit" | "take" | "assume")
                    && (tree.child(v, &["obj"]).is_some_and(|o| tree.lemma(o) == "responsibility"));
            // "Troops freed 12 hostages in a raid on a camp": they raided it.
            let meets = meets
                || class.kind == EventType::Assault
                    && tree.is(seat, &["obl"])
                    && matches!(tree.case(seat), Some("in" | "during"))
                    && tree.child(n, &["det"]).is_none_or(|d| matches!(tree.word(d), "a" | "an"))
                    && matches!(
                        tree.lemma(n),
                        "raid" | "attack" | "assault" | "operation" | "ambush" | "strike"
                    )
                    && tree.child(v, &["obj"]).is_some()
                    && !tree.passive(v)
                    && !matches!(
                        tree.lemma(v),
                        "lose"
                            | "suffer"
                            | "sustain"
                            | "see"
                            | "survive"
                            | "escape"
                            | "witness"
                            | "have"
                            | "die"
                    );
            // "both leaders agreed during the talks": several who do something in talks have them with each other.
            let several = |s: &usize| {
                let (a, b) = tree.phrase(*s);
                tree.child(*s, &["conj"]).is_some()
                    || collective::members(self.ctx, tree.clause.span(a, b)).is_some()
            };
            let meets = meets
                || class.reciprocal
                    && tree.is(seat, &["obl"])
                    && matches!(tree.case(seat), Some("during" | "in" | "at"))
                    && self.subject(v, 0).iter().any(several);
            let participle = tree.is(seat, &["nsubj:pass"]) && light.is_some();
            // "In his first visit since May, Kerry said": the pronoun looks ahead.
            let ahead = tree
                .child(n, &["nmod:poss"])
                .filter(|p| tree.upos(*p) == Upos::Pron && tree.is(seat, &["obl"]));
            let first = tree.child(v, &["nsubj"]).filter(|s| *s > n && ahead.is_some());
            if let Some(s) = first {
                let found = self.everybody(s);
                if !found.is_empty() && !class.patient {
                    doers = found;
                }
            }
            // "appealed to Washington for air strikes": who is asked would do it.
            if doers.is_empty()
                && tree.is(seat, &["obl"])
                && matches!(tree.case(seat), Some("for"))
                && let Some(asked) = tree
                    .under(v, &["obl"])
                    .find(|o| *o != seat && is_called(tree, v, *o))
                    .or_else(|| tree.child(v, &["obj", "iobj"]).filter(|_| tree.lemma(v) == "ask"))
            {
                doers = self.everybody(asked);
            }
            if doers.is_empty() && !matches!(class.kind, EventType::Request | EventType::Agree) {
                doers = self.asked_of(v);
                doers.retain(|d| !others.contains(d));
            }
            if refuses(v) && object {
                if doers.is_empty() && others.is_empty() && !tree.passive(v) {
                    others = self.subject(v, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
                }
            } else if doers.is_empty() && (object && light.is_some() || meets) {
                let subject = self.subject(v, 0);
                let pronoun = subject
                    .iter()
                    .any(|s| matches!(tree.word(*s), "we" | "i" | "he" | "she" | "they" | "it"));
                doers = subject.into_iter().flat_map(|s| self.everybody(s)).collect();
                if doers.is_empty() && pronoun {
                    let subject = self.subject(v, 0);
                    doers.extend(self.speaker.filter(|s| self.may_be(*s, &subject)));
                }
            } else if doers.is_empty() && participle {
                doers = self.agents(v).into_iter().flat_map(|s| self.everybody(s)).collect();
            }
            if others.is_empty() && object && BEFALLS.contains(&tree.lemma(v)) {
                others = self.subject(v, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
            }
            if others.is_empty() && willing && tree.case(seat) == Some("with") {
                others = tree.under(v, &["obj"]).flat_map(|s| self.everybody(s)).collect();
            }
            if others.is_empty() && object && light.is_some() {
                others = tree.under(v, &["iobj"]).flat_map(|s| self.everybody(s)).collect();
            }
        }
        // "the talks that Egypt and Sudan were to have opened"
        if doers.is_empty() && !class.patient {
            let light = |r: usize| LIGHT.contains(&tree.lemma(r));
            let made = tree.under(n, &["acl:relcl"]).find(|r| {
                // "the summits he liked to stage"
                (light(*r) || tree.under(*r, &["xcomp"]).any(light))
                    && tree.child(*r, &["nsubj"]).is_some_and(|s| !relative(tree, s))
            });
            doers =
                made.into_iter().flat_map(|r| self.subject(r, 0)).flat_map(|s| self.everybody(s)).collect();
        }
        // Somebody is in talks, on strike: the noun is the predicate.
        if doers.is_empty()
            && !class.patient
            && let Some(s) = tree.child(n, &["nsubj"])
        {
            let who = if relative(tree, s) { self.antecedent(n) } else { Some(s) };
            doers = who.into_iter().flat_map(|s| self.everybody(s)).collect();
        }
        // "the lifting of Kampala's ban": whose it was lifts it.
        if class.mode.as_deref() == Some("ease") {
            let bans: Vec<usize> = tree.under(n, &["nmod"]).filter(|o| tree.case(*o) == Some("of")).collect();
            let owners: Vec<Someone> = bans
                .iter()
                .flat_map(|b| tree.under(*b, &["nmod:poss", "amod"]).collect::<Vec<_>>())
                .filter_map(|o| self.marked(o))
                .collect();
            if !owners.is_empty() && doers.is_empty() {
                doers = owners;
            }
        }
        // "the deployment of riot police", which nobody is said to order
        if doers.is_empty() && class.moved {
            doers = of;
        }
        self.around_noun(c, &prepositions, &mut doers, &mut others);
        if class.mode.as_deref() == Some("withdraw") {
            others.retain(|w| self.is_state(*w));
        }
        others.retain(|w| !doers.contains(w));
        (doers, others)
    }

    /// "talks in Bonn on Friday between Foreign Minister Kari Dahl and Otto Rau that are …": where only places and days stand
    /// between the noun and "between", it is the noun's, though the tree has hung the names elsewhere.
    fn astray(&self, n: usize) -> Vec<Someone> {
        let tree = self.tree;
        let reach = n + 1..tree.len().min(n + 10);
        let Some(word) = reach.into_iter().find(|k| tree.word(*k) == "between") else { return Vec::new() };
        let plain = |k: usize| {
            matches!(tree.upos(k), Upos::Propn | Upos::Adp | Upos::Num | Upos::Det)
                || matches!(tree.word(k), "," | "last" | "next" | "late" | "early" | "this")
                || self.ctx.facts.times.iter().any(|t| t.span.contains(tree.clause.span(k, k + 1)))
        };
        if !(n + 1..word).all(plain) {
            return Vec::new();
        }
        let Some(mut top) = tree.head(word).filter(|h| *h > word) else { return Vec::new() };
        // The office hangs on the name.
        let beside = |h: &usize, top: usize| *h > top && *h - top <= 5 && tree.is_noun(*h);
        while let Some(h) = tree.head(top).filter(|h| beside(h, top)) {
            top = h;
        }
        let found = self.everybody(top);
        if found.len() == 2 { found } else { Vec::new() }
    }

    /// What stands after "of" below a noun: somebody, or to whom it belongs.
    pub(super) fn of(&self, n: usize, class: &Class) -> Vec<Someone> {
        let tree = self.tree;
        let of: Vec<usize> = tree.under(n, &["nmod"]).filter(|o| tree.case(*o) == Some("of")).collect();
        let found: Vec<Someone> = of.iter().flat_map(|o| self.everybody(*o)).collect();
        let listed = |o: &usize| {
            ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(*o)))
        };
        let town = |o: &usize| self.mention(*o).is_some_and(|m| m.place.is_some()) || listed(o);
        if !found.is_empty() || takes_places(class) && of.iter().any(town) {
            return found;
        }
        // "protests against the rule of Haddad" are not his.
        if tree.under(n, &["nmod"]).any(|o| tree.case(o) == Some("against")) {
            return Vec::new();
        }
        self.after(n, &["of"], 0)
    }
}
