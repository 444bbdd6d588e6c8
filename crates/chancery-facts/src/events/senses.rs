//! Senses of event words that a frame tells apart: "insists that prices fell", "the rules allow", "flu kills", "hanging around".

use super::find::Candidate;
use super::participants::Someone;
use super::tree::Tree;
use chancery_lexicon::people;
use chancery_lexicon::verbs::Form;
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Role};

/// Whether the frame makes it no happening.
pub(super) fn other(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> Option<EventType>) -> bool {
    if c.hit.form == Form::Noun {
        return carried_out(tree, c) || in_protest(tree, c, event) || same_deed(tree, c, event);
    }
    insists(tree, c)
        || to_oneself(tree, c)
        || hangs(tree, c)
        || falls_short(tree, c)
        || takes_shelter(tree, c)
        || breaks_off(tree, c)
        || into_exile(tree, c)
        || says_no(tree, c)
}

/// "insists that prices fell" asserts; "insists that he must go", "insisted that it pay" demand.
fn insists(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if tree.lemma(c.at) != "insist" || c.hit.class.kind != EventType::Request {
        return false;
    }
    let Some(what) = tree.child(c.at, &["ccomp"]) else { return false };
    let must =
        |a: usize| matches!(tree.word(a), "must" | "should" | "ought" | "needs" | "has" | "have" | "shall");
    let modal = tree.under(what, &["aux"]).any(|a| must(a) && !matches!(tree.word(a), "has" | "have"));
    // "insisted that the council pay", "that he be freed"
    let bare = |v: usize| {
        tree.upos(v) == Upos::Verb
            && tree.word(v) == tree.lemma(v)
            && tree.child(v, &["aux"]).is_none()
            && tree.child(v, &["nsubj"]).is_some_and(|s| !many(tree, s))
    };
    let be = tree.under(what, &["aux:pass", "cop", "aux"]).any(|b| tree.word(b) == "be");
    let only_be = be && tree.under(what, &["aux"]).all(|a| tree.word(a) == "be");
    // "has to leave"
    let has_to = matches!(tree.lemma(what), "have" | "need") && tree.child(what, &["xcomp"]).is_some();
    !(modal || bare(what) || only_be || has_to)
}

fn many(tree: &Tree<'_, '_>, i: usize) -> bool {
    tree.child(i, &["conj"]).is_some()
        || matches!(tree.word(i), "they" | "we" | "you" | "i" | "these" | "those")
        || tree.upos(i) == Upos::Noun && tree.word(i) != tree.lemma(i)
}

/// "handcuffed herself to a chair", "veterans killed themselves": done to nobody else. A bomber who blows himself up attacks.
fn to_oneself(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let own = |o: usize| {
        matches!(
            tree.word(o),
            "himself" | "herself" | "itself" | "themselves" | "myself" | "ourselves" | "oneself"
        )
    };
    matches!(c.hit.class.kind, EventType::Assault | EventType::Coerce | EventType::Aid)
        && !matches!(tree.lemma(c.at), "blow" | "detonate" | "explode" | "burn" | "set")
        && (tree.child(c.at, &["obj"]).is_some_and(own) || own(c.at + 1))
}

/// "families sheltering in a school" help nobody.
fn takes_shelter(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.words == 1
        && c.hit.class.kind == EventType::Aid
        && matches!(tree.lemma(c.at), "shelter" | "train" | "evacuate" | "house")
        && !tree.passive(c.at)
        && tree.child(c.at, &["obj", "iobj"]).is_none()
}

/// "the exercise was called off for want of money" calls for nothing.
fn breaks_off(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.class.kind == EventType::Request
        && tree.lemma(c.at) == "call"
        && tree
            .under(c.at, &["compound:prt"])
            .any(|p| matches!(tree.word(p), "off" | "up" | "out" | "back" | "in"))
}

/// "hanging around in the street", "failed to execute on the plan": killed nobody, as there is nobody.
fn hangs(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.words == 1
        && c.hit.class.kind == EventType::Assault
        && matches!(tree.lemma(c.at), "hang" | "execute")
        && !tree.passive(c.at)
        && tree.child(c.at, &["obj", "iobj"]).is_none()
        && !matches!(tree.rel(c.at), "acl" | "acl:relcl")
}

/// "in execution", "the execution of the plan": carrying out, and no killing.
fn carried_out(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let plan = |o: usize| {
        matches!(
            tree.lemma(o),
            "plan"
                | "order"
                | "policy"
                | "strategy"
                | "contract"
                | "programme"
                | "program"
                | "project"
                | "duty"
                | "will"
                | "warrant"
                | "budget"
                | "work"
                | "task"
                | "operation"
                | "agreement"
        )
    };
    let own = tree.child(c.at, &["nmod:poss", "amod", "compound", "nmod", "det"]).is_some();
    c.hit.words == 1
        && tree.lemma(c.at) == "execution"
        && (tree.case(c.at) == Some("in") && !own || tree.under(c.at, &["nmod"]).any(plan))
}

/// "failed to reach him", "the valve failed to close": not doing is a refusal where it was due.
fn falls_short(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.class.kind != EventType::Reject || tree.lemma(c.at) != "fail" {
        return false;
    }
    let due = |x: usize| {
        matches!(
            tree.lemma(x),
            "comply"
                | "arrest"
                | "extradite"
                | "prosecute"
                | "investigate"
                | "protect"
                | "honour"
                | "honor"
                | "implement"
                | "pay"
                | "respond"
                | "recognise"
                | "recognize"
                | "ratify"
                | "attend"
                | "appear"
                | "agree"
                | "accept"
                | "approve"
                | "reach"
                | "release"
                | "withdraw"
                | "act"
                | "meet"
                | "abide"
                | "cooperate"
                | "hand"
                | "fulfil"
                | "fulfill"
                | "sign"
                | "support"
                | "condemn"
                | "turn"
                | "show"
                | "heed"
                | "adopt"
                | "endorse"
                | "back"
                | "pass"
                | "negotiate"
                | "settle"
                | "disarm"
                | "observe"
                | "block"
                | "win"
        )
    };
    let below = tree.child(c.at, &["xcomp"]);
    // "failed to reach someone": nothing was agreed on.
    let person = |x: usize| {
        tree.lemma(x) == "reach"
            && tree.under(x, &["obj"]).all(|o| tree.upos(o) == Upos::Pron || people::acts(tree.word(o)))
    };
    below.is_some_and(|x| !due(x) || person(x))
}

/// What nobody does: "this will allow the valve to be removed", "that helped us all", "the rules permit". Of what a pronoun
/// stands for nothing is known yet, unless it points at what was said.
pub(super) fn by_nobody(tree: &Tree<'_, '_>, c: &Candidate, who: &[(Role, Someone)]) -> bool {
    if c.hit.form == Form::Noun || who.iter().any(|(r, _)| *r == Role::Actor) {
        return false;
    }
    if tree.passive(c.at) {
        // "a bill delayed by disputes", "plans that have not been approved"
        let yields = c.hit.class.kind == EventType::Concede && c.hit.words == 1;
        return yields
            && (tree.lemma(c.at) == "delay"
                || matches!(tree.lemma(c.at), "approve" | "allow" | "permit") && who.is_empty());
    }
    let yields = c.hit.class.kind == EventType::Concede
        && matches!(
            tree.lemma(c.at),
            "allow" | "permit" | "let" | "approve" | "accept" | "grant" | "authorize" | "authorise"
        );
    let helps = c.hit.class.kind == EventType::Aid
        && c.hit.words == 1
        && matches!(tree.lemma(c.at), "help" | "aid" | "assist" | "contribute" | "provide" | "supply");
    let thing = |s: usize| {
        matches!(tree.word(s), "this" | "that" | "which" | "these" | "what" | "nothing" | "something")
            || tree.upos(s) == Upos::Noun && !people::acts(tree.word(s))
    };
    (yields || helps) && tree.child(c.at, &["nsubj"]).is_some_and(thing)
}

/// What is nobody's deed and done to nobody: "offers", "threats to the coast", "demand for fuel". Of the verbs and nouns of
/// these kinds that were counted in marked news (`training/gold/events/news.jsonl`) one in fourteen to two in five tell a
/// happening when nobody is found beside them.
pub(super) fn of_nobody(tree: &Tree<'_, '_>, c: &Candidate, who: &[(Role, Someone)]) -> bool {
    let has = |role: Role| who.iter().any(|(r, _)| *r == role);
    // "a ruling allowing the inquiry": leave is given by somebody who is named.
    let leave = c.hit.class.kind == EventType::Concede
        && c.hit.words == 1
        && matches!(tree.lemma(c.at), "allow" | "permit" | "approve" | "authorize" | "authorise");
    let named = who.iter().any(|(r, w)| *r == Role::Actor && !matches!(w, Someone::Words(_)));
    if leave && !named {
        return true;
    }
    if has(Role::Actor) || has(Role::Host) || has(Role::Mediator) || c.hit.class.kind == EventType::Outside {
        return false;
    }
    // Several words say more: "a veiled threat", "a halt to aid".
    if c.hit.words > 1 || c.used.len() > 1 {
        return false;
    }
    let (noun, to) = (c.hit.form == Form::Noun, has(Role::Recipient));
    match c.hit.class.kind {
        EventType::Concede | EventType::Reject => !noun && (!to || !tree.passive(c.at)),
        EventType::Threaten => noun,
        EventType::Agree | EventType::Request | EventType::Sanction => !to,
        EventType::Support => !to,
        EventType::Aid | EventType::Consult if !noun => !to,
        EventType::Aid | EventType::Cooperate | EventType::Accuse | EventType::Assault if noun => {
            // Words that name a matter as often as a deed: "aid", "the charges", "intervention".
            let matter = ["aid", "assistance", "charge", "abuse", "intervention", "cooperation"];
            !to && matter.contains(&tree.lemma(c.at))
        }
        _ => false,
    }
}

/// "flew into exile": a flight, and no visit.
fn into_exile(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.class.kind == EventType::Consult
        && tree.under(c.at, &["obl"]).any(|o| matches!(tree.lemma(o), "exile" | "hiding"))
}

/// "recalled its envoy in protest": the recall is the protest.
fn in_protest(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> Option<EventType>) -> bool {
    tree.word(c.at) == "protest"
        && tree.case(c.at) == Some("in")
        && tree.child(c.at, &["det", "nmod:poss"]).is_none()
        && tree.head(c.at).and_then(event).is_some_and(|k| {
            matches!(k, EventType::Sanction | EventType::Protest | EventType::Reject | EventType::Accuse)
        })
}

/// "are holding joint manoeuvres", where the verb tells them already.
fn same_deed(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> Option<EventType>) -> bool {
    let kinds = [EventType::Cooperate, EventType::Protest, EventType::Mobilize];
    kinds.contains(&c.hit.class.kind)
        && tree.is(c.at, &["obj"])
        && tree.head(c.at).is_some_and(|h| {
            event(h) == Some(c.hit.class.kind)
                && matches!(
                    tree.lemma(h),
                    "hold" | "stage" | "begin" | "start" | "conduct" | "carry" | "launch" | "join"
                )
        })
}

/// "said no oil had leaked": no refusal.
fn says_no(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.class.kind == EventType::Reject
        && tree.lemma(c.at) == "say"
        && tree.word(c.at + 1) == "no"
        && tree.is(c.at + 1, &["det"])
        && tree.child(c.at, &["ccomp"]).is_some()
}
