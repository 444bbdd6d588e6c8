//! Event words that tell no happening where they stand: sayings, things that act by nature, what only another happening is
//! about.

use super::find::Candidate;
use super::participants::Someone;
use super::parts;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::verbs::{Form, VERBS};
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Role};

/// Whether an unnamed party is a happening by its noun: "the two-day meeting", "the fighting".
pub(super) fn is_happening(e: &chancery_model::facts::Entity) -> bool {
    let noun = e.name.rsplit(' ').next().unwrap_or("").to_lowercase();
    e.kind == chancery_model::vocab::ActorKind::Unnamed
        && !chancery_lexicon::people::acts(&noun)
        && VERBS.entries(&noun).any(|x| {
            x.form == Form::Noun
                && x.rest.is_empty()
                && matches!(x.class.kind, EventType::Consult | EventType::Protest | EventType::Assault)
        })
}

/// "The meeting, called to discuss the monitors' safety", "met in Rome to discuss the crisis": what is talked of at a meeting is no other meeting.
pub(super) fn on_the_table(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    kind_at: &dyn Fn(usize) -> Option<EventType>,
) -> bool {
    c.hit.class.kind == EventType::Consult
        && c.hit.form != Form::Noun
        && matches!(tree.lemma(c.at), "discuss" | "negotiate" | "debate" | "talk" | "consult")
        && tree.child(c.at, &["mark"]).is_some_and(|m| tree.word(m) == "to")
        && tree.is(c.at, &["acl", "advcl", "xcomp"])
        && tree.above(c.at).take(2).any(|h| kind_at(h) == Some(EventType::Consult))
}

/// A verb whose object or clause makes it no happening: "released a statement", "declined to comment", "critics agreed
/// that the play was long".
pub(super) fn says_nothing(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.form == Form::Noun {
        return false;
    }
    let void = tree
        .under(c.at, &["obj", "nsubj:pass", "obl"])
        .filter(|o| {
            !tree.is(*o, &["obl"]) || !matches!(tree.case(*o), Some("on" | "in" | "at" | "by" | "near"))
        })
        // What the pattern names itself it means: "burned the market".
        .any(|o| !c.used.contains(&o) && c.hit.class.void.iter().any(|w| w == tree.lemma(o)));
    let below =
        |lemmas: &[&str]| tree.under(c.at, &["xcomp", "ccomp"]).any(|x| lemmas.contains(&tree.lemma(x)));
    let mute = c.hit.class.kind == EventType::Reject
        && below(&[
            "comment",
            "say",
            "elaborate",
            "answer",
            "identify",
            "name",
            "speculate",
            "disclose",
            "specify",
            "confirm",
        ])
        && matches!(tree.lemma(c.at), "decline" | "refuse");
    // "seeking to prop up" asks for nothing.
    let aim = tree.lemma(c.at) == "seek" && c.hit.words == 1 && tree.child(c.at, &["xcomp"]).is_some();
    let opinion = tree.lemma(c.at) == "agree"
        && tree.under(c.at, &["ccomp"]).any(|x| {
            tree.child(x, &["aux"]).is_none()
                && tree.child(x, &["mark"]).is_some_and(|m| tree.word(m) == "that")
        });
    // "called it a day", "called the police": a call by telephone is to somebody, and says nothing of them.
    let named = c.hit.words == 1
        && tree.lemma(c.at) == "call"
        && tree.under(c.at, &["xcomp", "obl"]).any(|x| {
            tree.child(x, &["mark"]).is_none_or(|m| tree.word(m) != "to")
                && !matches!(tree.case(x), Some("on" | "from" | "in" | "about" | "after" | "during"))
        });
    void || mute || aim || opinion || named
}

/// An active verb whose subject is a thing, with nobody named beside it: "the lake feeds three rivers".
pub(super) fn lifeless(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    who: &[(Role, Someone)],
) -> bool {
    if c.hit.form == Form::Noun || tree.passive(c.at) {
        return false;
    }
    let call = c.hit.words == 1 && tree.lemma(c.at) == "call";
    let named = who.iter().any(|(_, w)| matches!(w, Someone::Known(_) | Someone::State(_)));
    if call {
        return !who.iter().any(|(r, w)| *r == Role::Recipient && matches!(w, Someone::Known(_)));
    }
    // "resolutions proposing sanctions"
    let behind = tree.rel(c.at) == "acl"
        && who.is_empty()
        && tree.head(c.at).is_some_and(|h| tree.upos(h) == Upos::Noun);
    if behind && c.hit.class.kind != EventType::Assault {
        return true;
    }
    let thing = tree
        .child(c.at, &["nsubj"])
        .is_some_and(|s| tree.upos(s) == Upos::Noun && parts::subjects(ctx, tree, c.at).is_empty());
    thing && !named && who.is_empty() && c.hit.class.kind != EventType::Assault
}

/// A storm that strikes a coast attacks nobody; "provided that" gives nothing.
pub(super) fn nature(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.form == Form::Noun {
        return false;
    }
    // "last week's earthquake" is nobody's.
    let owned = |s: usize| {
        tree.child(s, &["nmod:poss"]).is_some_and(|o| {
            !matches!(tree.lemma(o), "day" | "week" | "month" | "year" | "night" | "yesterday" | "today")
        })
    };
    let storm = blamed(tree, c.at).is_some_and(|s| !owned(s) && nature_does(tree, s));
    let provided = tree.word(c.at) == "provided"
        && (tree.word(c.at + 1) == "that" || tree.child(c.at, &["ccomp"]).is_some());
    storm && matches!(c.hit.class.kind, EventType::Assault | EventType::Coerce) || provided
}

/// What a verb says did it: its subject or agent, the noun that a clause of it hangs on ("a fire that killed ten"), the
/// subject of the clause above ("a quake struck, killing ten").
fn blamed(tree: &Tree<'_, '_>, v: usize) -> Option<usize> {
    if tree.passive(v) {
        let by = |o: &usize| tree.case(*o) == Some("by");
        return tree.under(v, &["obl:agent", "obl"]).find(|o| tree.is(*o, &["obl:agent"]) || by(o));
    }
    match tree.child(v, &["nsubj"]) {
        Some(s) if !matches!(tree.word(s), "that" | "which") => Some(s),
        Some(_) => tree.head(v).filter(|_| tree.is(v, &["acl", "acl:relcl"])),
        None if tree.is(v, &["acl"]) => tree.head(v),
        None if tree.is(v, &["advcl"]) => tree.head(v).and_then(|h| tree.child(h, &["nsubj"])),
        None => None,
    }
}

/// "A court ordered his release": the deed that is ordered tells it, as long as nobody is asked.
pub(super) fn only_orders(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    kind_at: &dyn Fn(usize) -> Option<EventType>,
) -> bool {
    let order =
        c.hit.form != Form::Noun && c.hit.class.kind == EventType::Request && tree.lemma(c.at) == "order";
    let of = tree.child(c.at, &["obj"]).is_some_and(|o| {
        kind_at(o).is_some() || tree.under(o, &["acl"]).any(|a| kind_at(a).is_some() && tree.passive(a))
    });
    // "ordered the treasurer freed"
    let done = tree.under(c.at, &["xcomp"]).any(|x| kind_at(x).is_some() && tree.passive(x));
    let of = of || done;
    let suspended = tree.passive(c.at) && tree.under(c.at, &["xcomp"]).any(|x| kind_at(x).is_some());
    order && (of || suspended)
}

/// A denial denies a happening and is none itself, unless it withholds something ("denied them visas").
pub(super) fn denies_only(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let bare = c.hit.words == 1 && c.hit.form != Form::Noun && tree.lemma(c.at) == "deny";
    bare && tree.child(c.at, &["iobj"]).is_none() || waves_off(tree, c.at)
}

/// "dismissed as nonsense reports that they had met": what is told there is denied, and nobody is refused anything.
pub(super) fn waves_off(tree: &Tree<'_, '_>, v: usize) -> bool {
    let told = |o: &usize| {
        matches!(tree.lemma(*o), "report" | "rumour" | "rumor" | "speculation" | "suggestion" | "story")
    };
    matches!(tree.lemma(v), "dismiss" | "reject" | "deny" | "rubbish" | "refute" | "scotch")
        && tree.is_verb(v)
        && tree.under(v, &["obj", "obl"]).any(|o| {
            told(&o)
                && ((o + 1..tree.len()).take(2).any(|t| tree.word(t) == "that")
                    || tree.under(o, &["acl", "ccomp", "nmod"]).next().is_some())
        })
}

/// "The talks were put off" is the end of the talks, and no happening of its own while nobody is said to do it.
pub(super) fn puts_off(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    kind_at: &dyn Fn(usize) -> Option<EventType>,
) -> bool {
    let kinds = [EventType::Reject, EventType::Concede, EventType::Sanction, EventType::Retreat];
    let happening = tree.child(c.at, &["nsubj:pass"]).is_some_and(|s| kind_at(s).is_some());
    c.hit.form != Form::Noun
        && kinds.contains(&c.hit.class.kind)
        && happening
        && matches!(
            tree.lemma(c.at),
            "put"
                | "postpone"
                | "cancel"
                | "call"
                | "delay"
                | "scrap"
                | "shelve"
                | "drop"
                | "axe"
                | "ditch"
                | "abort"
        )
}

/// A noun that is only what another happening is about: "dismissed the demands", "eased its ban on rallies".
pub(super) fn is_matter(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    kind_at: &dyn Fn(usize) -> Option<EventType>,
) -> bool {
    if c.hit.form != Form::Noun || !tree.is(c.at, &["obj", "nsubj:pass", "obl"]) {
        return false;
    }
    // "rejected NATO's latest demand": who made it is said.
    let verbal = matches!(c.hit.class.kind, EventType::Request | EventType::Agree);
    let owned = tree.child(c.at, &["nmod:poss"]).is_some_and(|o| tree.upos(o) != Upos::Pron)
        || tree.under(c.at, &["nmod"]).any(|o| matches!(tree.case(o), Some("by" | "from")))
        || tree
            .under(c.at, &["amod", "compound"])
            .any(|o| tree.upos(o) == Upos::Propn || tree.word_is_capital(o));
    if verbal && owned {
        return false;
    }
    let above = tree.head(c.at).and_then(kind_at);
    match above {
        Some(EventType::Reject | EventType::Support | EventType::Accuse | EventType::Agree) => {
            matches!(c.hit.class.kind, EventType::Request | EventType::Agree)
        }
        Some(EventType::Concede) => {
            matches!(
                c.hit.class.kind,
                EventType::Request
                    | EventType::Agree
                    | EventType::Coerce
                    | EventType::Sanction
                    | EventType::Protest
            )
        }
        _ => false,
    }
}

/// Whether nothing beside a noun tells whose it is: "an offer of talks", and not "the insurgents' offer", "an offer that they made".
pub(super) fn of_nobody_told(tree: &Tree<'_, '_>, noun: usize) -> bool {
    tree.child(noun, &["nmod:poss", "compound", "amod", "acl", "acl:relcl"]).is_none()
        && tree.under(noun, &["nmod"]).all(|o| tree.case(o) == Some("of"))
}

/// Storms, quakes, sickness and the like.
pub(super) fn nature_does(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "storm"
            | "cyclone"
            | "hurricane"
            | "typhoon"
            | "earthquake"
            | "quake"
            | "tremor"
            | "flood"
            | "flooding"
            | "drought"
            | "fire"
            | "wildfire"
            | "blaze"
            | "lightning"
            | "avalanche"
            | "tsunami"
            | "tornado"
            | "epidemic"
            | "pandemic"
            | "flu"
            | "influenza"
            | "infection"
            | "malaria"
            | "cancer"
            | "measles"
            | "typhoid"
            | "disease"
            | "virus"
            | "illness"
            | "outbreak"
            | "oil"
            | "spill"
            | "crash"
            | "accident"
            | "cholera"
            | "ebola"
            | "famine"
            | "heatwave"
            | "landslide"
            | "mudslide"
            | "volcano"
            | "eruption"
            | "wave"
            | "wind"
            | "rain"
            | "snow"
            | "blizzard"
            | "frost"
            | "disaster"
            | "crisis"
            | "recession"
            | "plague"
            | "heat"
            | "locust"
    )
}
