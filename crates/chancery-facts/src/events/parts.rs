//! Who took part, by the tree: subjects, objects, agents, owners, and what hangs on the entry's prepositions.

mod lists;
mod who;

use super::find::Candidate;
use super::participants::Someone;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Class, Form, VERBS};
use chancery_model::facts::Mention;
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, EventType, MentionKind, PlaceKind, Role};

pub(super) use lists::LIGHT;
use lists::*;

/// The participants, each once.
pub(super) fn of(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    speaker: Option<Someone>,
) -> Vec<(Role, Someone)> {
    let seen = Seen { ctx, tree, strict: c.hit.class.kind == EventType::Mobilize, speaker };
    let (doers, others) = match c.hit.form {
        Form::Noun => seen.of_noun(c),
        _ => seen.of_verb(c),
    };
    let mut out: Vec<(Role, Someone)> = Vec::new();
    let (first, second) = match c.hit.class {
        k if k.host => (Role::Host, Role::Actor),
        k if k.mediates => (Role::Mediator, Role::Actor),
        _ => (Role::Actor, Role::Recipient),
    };
    let lists = [(first, doers), (second, others)];
    for (role, list) in lists {
        for who in list {
            if !out.iter().any(|(_, w)| *w == who) {
                out.push((role, who));
            }
        }
    }
    out
}

/// Whoever is the subject of a verb.
pub(super) fn subjects(ctx: &Context<'_>, tree: &Tree<'_, '_>, v: usize) -> Vec<Someone> {
    let seen = Seen { ctx, tree, strict: false, speaker: None };
    seen.subject(v, 0).into_iter().flat_map(|s| seen.everybody(s)).collect()
}

/// Everybody of a noun phrase.
pub(super) fn everybody(ctx: &Context<'_>, tree: &Tree<'_, '_>, np: usize) -> Vec<Someone> {
    Seen { ctx, tree, strict: false, speaker: None }.everybody(np)
}

struct Seen<'s, 'c, 'a> {
    ctx: &'s Context<'a>,
    tree: &'s Tree<'c, 'a>,
    /// Whether only those count who are named themselves, not those to whom a thing belongs.
    strict: bool,
    /// Who says it, when a statement holds the happening.
    speaker: Option<Someone>,
}

impl Seen<'_, '_, '_> {
    fn of_verb(&self, c: &Candidate) -> (Vec<Someone>, Vec<Someone>) {
        let (tree, v, class) = (self.tree, c.at, c.hit.class);
        // "told visiting envoy Kari Dahl": she visits.
        let guest = tree
            .under(v, &["obj", "obl"])
            .find(|o| self.mention(*o).is_some_and(|m| m.kind == MentionKind::Person));
        if tree.word(v) == "visiting"
            && tree.child(v, &["aux", "nsubj"]).is_none()
            && let Some(g) = guest
        {
            return (self.everybody(g), Vec::new());
        }
        let subject = self.subject(v, 0);
        let passive = tree.passive(v);
        let mut doers = Vec::new();
        let mut direct: Vec<usize> = Vec::new();
        // "meeting his counterpart Barack Obama": the name beside the object is the object.
        let beside = |o: usize| {
            let (_, end) = tree.phrase(o);
            let named = |m: &Mention| m.kind == MentionKind::Person;
            tree.under(v, &["obl", "obj", "dep", "xcomp"]).find(|n| {
                *n == end && tree.child(*n, &["case"]).is_none() && self.mention(*n).is_some_and(named)
            })
        };
        let pronoun =
            subject.iter().any(|s| matches!(tree.word(*s), "he" | "she" | "it" | "they" | "we" | "i"));
        if passive {
            doers.extend(self.agents(v).into_iter().flat_map(|a| self.everybody(a)));
            direct = subject;
        } else {
            doers.extend(subject.into_iter().flat_map(|s| self.everybody(s)));
            direct.extend(tree.under(v, &["iobj"]));
            direct.extend(
                tree.under(v, &["obj"]).filter(|o| !relative(tree, *o)).map(|o| beside(o).unwrap_or(o)),
            );
            direct.dedup();
            // "the village that the army attacked"
            if tree.rel(v) == "acl:relcl"
                && direct.is_empty()
                && tree.child(v, &["nsubj"]).is_some_and(|s| !relative(tree, s))
            {
                direct.extend(tree.head(v));
            }
        }
        if class.moved {
            // Troops are moved, intelligence is shared: neither is who it is done to. "Riot police were deployed": they do it.
            if passive && doers.is_empty() && class.kind == EventType::Mobilize {
                doers = direct.iter().flat_map(|o| self.everybody(*o)).collect();
            }
            direct.clear();
        }
        let between = self.after(v, &["between"], 0);
        if !between.is_empty() {
            // Without a helping verb the mediator may look like what was mediated.
            if class.mediates && doers.is_empty() {
                doers.extend(direct.iter().flat_map(|o| self.everybody(*o)));
            }
            return if class.mediates || class.host { (doers, between) } else { (between, Vec::new()) };
        }
        if class.receives {
            let givers = self.after(v, &["from"], 0);
            return (givers, doers);
        }
        // "The governor said he would resign": the reader's chains did not tell.
        if doers.is_empty() && pronoun && !passive {
            doers.extend(self.speaker);
        }
        // Headlines: "Police arrest mayor", where the verb was taken for a noun.
        if doers.is_empty() && !tree.is_verb(v) {
            doers.extend(tree.under(v, &["compound", "nmod:poss", "amod"]).flat_map(|s| self.everybody(s)));
        }
        // A noun of the pattern itself is nobody ("air strikes were carried out"), though its owner may be somebody.
        let whole = direct.clone();
        direct.retain(|o| !c.used.contains(o) || people::acts(tree.word(*o)));
        let mut others: Vec<Someone> = direct.iter().flat_map(|o| self.everybody(*o)).collect();
        let prepositions: Vec<&str> = class.to.iter().map(String::as_str).collect();
        // "criticised Moscow's role in support of the regime": whose it is comes first.
        if others.is_empty()
            && matches!(class.kind, EventType::Accuse | EventType::Support | EventType::Reject)
        {
            let owned = direct
                .iter()
                .flat_map(|o| tree.under(*o, &["nmod:poss", "amod", "compound"]))
                .collect::<Vec<_>>();
            others =
                owned.into_iter().filter_map(|o| self.marked(o)).filter(|w| !doers.contains(w)).collect();
        }
        if others.is_empty() {
            others = self.after(v, &prepositions, 0);
        }
        if others.is_empty() && class.kind != EventType::Agree {
            others =
                whole.iter().flat_map(|o| self.owner(*o, 0, &doers)).filter(|w| !doers.contains(w)).collect();
        }
        if others.is_empty() && (takes_places(class) || class.patient) {
            others =
                direct.iter().flat_map(|o| tree.joined(*o)).filter_map(|o| self.struck(o, class)).collect();
        }
        if class.mode.as_deref() == Some("withdraw") {
            // Who is left is a state; what stands after "from" may be any place.
            let state = |w: &Someone| match w {
                Someone::State(_) => true,
                Someone::Known(e) => {
                    self.ctx.facts.entities.get(*e as usize).is_some_and(|e| e.kind == ActorKind::State)
                }
                Someone::Words(_) => false,
            };
            others.retain(state);
            return (doers, others);
        }
        if others.is_empty() && !passive && !direct.is_empty() {
            // "banned a rally by the party"
            others = self.agents(v).into_iter().flat_map(|a| self.everybody(a)).collect();
        }
        if others.is_empty() {
            others = self.in_clause(v, class);
        }
        others.retain(|w| !doers.contains(w));
        (doers, others)
    }

    /// Who is asked, refused or threatened in the clause below: "demanded that Moldova pay", "refused to meet the envoy".
    fn in_clause(&self, v: usize, class: &Class) -> Vec<Someone> {
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
                let mut found: Vec<Someone> =
                    tree.under(below, &["obj"]).flat_map(|o| self.everybody(o)).collect();
                if found.is_empty() {
                    found = self.after(below, &["with", "to", "from", "on", "against", "at"], 0);
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

    fn of_noun(&self, c: &Candidate) -> (Vec<Someone>, Vec<Someone>) {
        let (tree, n, class) = (self.tree, c.at, c.hit.class);
        let between = self.after(n, &["between", "among"], 0);
        let mut doers = self.after(n, &["by"], 0);
        if !between.is_empty() && class.kind != EventType::Accuse {
            return if class.mediates { (doers, between) } else { (between, Vec::new()) };
        }
        let mut others: Vec<Someone> = Vec::new();
        let owners: Vec<Someone> = tree
            .under(n, &["nmod:poss", "compound", "amod", "nmod:desc"])
            .filter(|o| !c.used.contains(o))
            // "the Syria conference" is about Syria.
            .filter(|o| {
                class.kind != EventType::Consult
                    || tree.rel(*o) != "compound"
                    || !matches!(self.marked(*o), Some(Someone::State(_)))
            })
            .flat_map(|o| {
                if tree.rel(o) == "nmod:poss" {
                    self.everybody(o)
                } else {
                    self.marked(o).into_iter().collect()
                }
            })
            .collect();
        let of = self.after(n, &["of"], 0);
        if class.patient {
            others.extend(owners);
        } else if doers.is_empty() {
            doers.extend(owners);
        } else {
            others.extend(owners);
        }
        let used_of = c.hit.words > 1 && c.used.iter().any(|u| tree.word(*u) == "of");
        if class.patient || used_of || class.to.iter().any(|t| t == "of") {
            others.extend(of);
            if others.is_empty() && takes_places(class) {
                others.extend(
                    tree.under(n, &["nmod"])
                        .filter(|o| tree.case(*o) == Some("of"))
                        .filter_map(|o| self.struck(o, class)),
                );
            }
        } else if doers.is_empty() {
            doers.extend(of);
        }
        let prepositions: Vec<&str> = class.to.iter().map(String::as_str).filter(|t| *t != "of").collect();
        let verb = tree.head(n).filter(|v| tree.is_verb(*v));
        let light = verb.filter(|v| LIGHT.contains(&tree.lemma(*v)));
        for from in std::iter::once(n).chain(light) {
            if others.is_empty() {
                others = self.after(from, &prepositions, 0);
            }
            if others.is_empty() && takes_places(class) {
                let on = tree
                    .under(from, &["nmod", "obl"])
                    .filter(|o| tree.case(*o).is_some_and(|x| prepositions.contains(&x)));
                others = on.filter_map(|o| self.struck(o, class)).collect();
            }
        }
        if let Some(v) = verb {
            let willing = matches!(tree.lemma(v), "agree" | "commit" | "consent" | "object" | "look")
                && tree.is(n, &["obl"])
                && matches!(tree.case(n), Some("to" | "on"));
            let object = tree.is(n, &["obj"]) || willing;
            let light = light.or(willing.then_some(v));
            let meets = class.kind == EventType::Consult
                && tree.is(n, &["obl"])
                && matches!(tree.case(n), Some("for" | "in" | "on"))
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
            // "After talks with the envoy, he flew home": who flew talked.
            let meets = meets
                || class.reciprocal
                    && !others.is_empty()
                    && tree.is(n, &["obl"])
                    && matches!(
                        tree.case(n),
                        Some("after" | "during" | "before" | "following" | "in" | "at")
                    );
            let participle = tree.is(n, &["nsubj:pass"]) && light.is_some();
            // "In his first visit since May, Kerry said": the pronoun looks ahead.
            let ahead =
                tree.child(n, &["nmod:poss"]).filter(|p| tree.upos(*p) == Upos::Pron && tree.is(n, &["obl"]));
            let first = tree.child(v, &["nsubj"]).filter(|s| *s > n && ahead.is_some());
            if let Some(s) = first {
                let found = self.everybody(s);
                if !found.is_empty() && !class.patient {
                    doers = found;
                }
            }
            if doers.is_empty() && (object && light.is_some() || meets) {
                let subject = self.subject(v, 0);
                let pronoun = subject
                    .iter()
                    .any(|s| matches!(tree.word(*s), "we" | "i" | "he" | "she" | "they" | "it"));
                doers = subject.into_iter().flat_map(|s| self.everybody(s)).collect();
                if doers.is_empty() && pronoun {
                    doers.extend(self.speaker);
                }
            } else if doers.is_empty() && participle {
                doers = self.agents(v).into_iter().flat_map(|s| self.everybody(s)).collect();
            }
            if others.is_empty() && object && BEFALLS.contains(&tree.lemma(v)) {
                others = self.subject(v, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
            }
            if others.is_empty() && object && light.is_some() {
                others = tree.under(v, &["iobj"]).flat_map(|s| self.everybody(s)).collect();
            }
        }
        // "talks" that somebody is in: copula.
        if doers.is_empty()
            && class.reciprocal
            && let Some(s) = tree.child(n, &["nsubj"])
        {
            doers = self.everybody(s);
        }
        others.retain(|w| !doers.contains(w));
        (doers, others)
    }

    /// The subject of a verb or predicate: heads of noun phrases.
    fn subject(&self, v: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        if depth > DEPTH {
            return Vec::new();
        }
        let subjects: Vec<usize> = tree.under(v, &["nsubj", "nsubj:pass", "nsubj:outer"]).collect();
        // "Editor Samuel Mbeki" may be two: the name counts.
        let person = |s: &&usize| self.mention(**s).is_some_and(|m| m.kind == MentionKind::Person);
        if let Some(s) = subjects.iter().find(person).or(subjects.first()).copied() {
            return if relative(tree, s) { self.antecedent(v).into_iter().collect() } else { vec![s] };
        }
        // A noun on the left that hangs on something to the right of the verb: it has lost its place among the commas.
        let inside = |j: usize| tree.above(j).any(|h| h == v);
        let lost = (0..v).find(|j| {
            tree.is_noun(*j)
                && tree.case(*j).is_none()
                && inside(*j)
                && tree.head(*j).is_some_and(|h| h > v)
                && self.someone(*j).is_some()
        });
        if let Some(j) = lost.filter(|_| tree.child(v, &["expl"]).is_none()) {
            return vec![j];
        }
        let Some(h) = tree.head(v) else { return Vec::new() };
        let ing = tree.word(v).ends_with("ing");
        match tree.rel(v) {
            "acl:relcl" => vec![h],
            "acl" if ing || tree.passive(v) => vec![h],
            "acl" => self.holder(h, depth),
            "xcomp" => self.controller(h, depth),
            "advcl" => {
                let mark = tree.child(v, &["mark", "case"]).map_or("", |m| tree.word(m));
                let object =
                    tree.child(h, &["obj", "nsubj:pass"]).filter(|_| matches!(mark, "of" | "from" | "for"));
                object.map_or_else(|| self.subject(h, depth + 1), |o| vec![o])
            }
            "conj" | "ccomp" | "parataxis" if tree.child(v, &["expl"]).is_none() => {
                self.subject(h, depth + 1)
            }
            _ => Vec::new(),
        }
    }

    /// Who is to do what hangs on a noun ("Russia's decision to withdraw", "gave rebels a deadline to leave").
    fn holder(&self, noun: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
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
        match tree.child(v, &["iobj"]) {
            Some(o) => vec![o],
            None => self.subject(v, depth + 1),
        }
    }

    /// The subject that a verb gives the clause below it.
    fn controller(&self, v: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let object = tree.child(v, &["obj", "iobj"]).filter(|_| !SUBJECT_CONTROL.contains(&tree.lemma(v)));
        // "called on Moldova to pay"
        let called = tree.under(v, &["obl"]).find(|o| {
            matches!(tree.lemma(v), "call" | "appeal" | "plead")
                && matches!(tree.case(*o), Some("on" | "upon" | "to" | "with" | "for"))
        });
        match object.or(called) {
            Some(o) => vec![o],
            None => self.subject(v, depth + 1),
        }
    }

    /// The noun that a relative clause is about.
    fn antecedent(&self, v: usize) -> Option<usize> {
        let mut at = v;
        for _ in 0..DEPTH {
            if self.tree.rel(at) == "acl:relcl" {
                return self.tree.head(at);
            }
            at = self.tree.head(at)?;
        }
        None
    }

    fn agents(&self, v: usize) -> Vec<usize> {
        let tree = self.tree;
        tree.under(v, &["obl"])
            .filter(|o| tree.rel(*o) == "obl:agent" || tree.case(*o) == Some("by"))
            .collect()
    }

    /// Those after one of the prepositions below a verb or noun, through nouns that are nobody.
    fn after(&self, top: usize, prepositions: &[&str], depth: usize) -> Vec<Someone> {
        let tree = self.tree;
        if depth > 2 {
            return Vec::new();
        }
        for o in tree.under(top, &["obl", "nmod"]) {
            if tree.rel(o) != "nmod:poss"
                && !(depth > 0 && tree.case(o) == Some("of") && befalls(tree, top))
                && tree.case(o).is_some_and(|c| prepositions.contains(&c))
            {
                let found = self.everybody(o);
                if !found.is_empty() {
                    return found;
                }
                let owner = if self.strict { Vec::new() } else { self.owner(o, 1, &[]) };
                if !owner.is_empty() {
                    return owner;
                }
            }
        }
        let through = tree.under(top, &["obj", "nsubj:pass", "nmod"]).filter(|o| tree.rel(*o) != "nmod:poss");
        for o in through {
            let found = self.after(o, prepositions, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// Whether towns and things can be acted upon.
fn takes_places(class: &Class) -> bool {
    class.things || matches!(class.kind, EventType::Assault)
}

/// Whether what stands after "of" suffered it.
fn befalls(tree: &Tree<'_, '_>, noun: usize) -> bool {
    let patient = VERBS.entries(tree.word(noun)).any(|e| e.form == Form::Noun && e.class.patient);
    tree.is(noun, &["obj", "nsubj:pass", "nmod", "obl"])
        && (patient
            || matches!(
                tree.lemma(noun),
                "death" | "murder" | "loss" | "injury" | "suffering" | "disappearance" | "fate"
            ))
}

fn relative(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Pron | Upos::Det | Upos::Sconj)
        && matches!(tree.word(i), "who" | "which" | "that" | "whom" | "whose")
        && tree.above(i).any(|v| tree.rel(v) == "acl:relcl")
}
