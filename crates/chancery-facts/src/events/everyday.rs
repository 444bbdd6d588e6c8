//! Everyday senses of event words: "helped reach a settlement", "met its commitments", "asked whether", "the rig exploded". The
//! words are the same as in news of conflict, what stands beside them is not. Verbs with their objects are in the lexicon
//! (`data/everyday.toml`); here is what takes more than one word beside.

use super::find::Candidate;
use super::participants::Someone;
use super::tree::Tree;
use super::verbal::by_words;
use chancery_lexicon::verbs::{Class, Form, VERBS};
use chancery_lexicon::{everyday as senses, people};
use chancery_model::facts::ReportFacts;
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, EventType, Role};

/// Whether an event word has an everyday sense where it stands.
pub(super) fn everyday(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> bool) -> bool {
    if accident(tree, c) {
        return true;
    }
    if abode(tree, c) || approved(tree, c) || admits(tree, c) || falls_short(tree, c) {
        return true;
    }
    if c.hit.form == Form::Noun {
        // "told a press conference"
        let press = |k: usize| matches!(tree.lemma(k), "press" | "news");
        if tree.lemma(c.at) == "conference" && tree.under(c.at, &["compound"]).any(press) {
            return true;
        }
        // "a press release"
        return matches!(tree.lemma(c.at), "release")
            && tree.under(c.at, &["compound", "amod"]).any(|k| {
                matches!(tree.lemma(k), "press" | "news" | "album" | "film" | "commercial" | "home")
            });
    }
    let lemma = tree.lemma(c.at);
    // "the amount being captured", "the performance he delivered", "meet and exceed his goals"
    let lacks = tree.child(c.at, &["obj", "nsubj:pass"]).is_none();
    let told = tree
        .head(c.at)
        .filter(|_| tree.rel(c.at) == "acl" && tree.passive(c.at) || tree.rel(c.at) == "acl:relcl" && lacks);
    let shared: Vec<usize> = tree
        .under(c.at, &["conj"])
        .filter(|k| lacks && tree.is_verb(*k))
        .flat_map(|k| tree.under(k, &["obj"]).collect::<Vec<_>>())
        .collect();
    let bare = |o: &usize| tree.child(*o, &["nmod:poss"]).is_none();
    let objects =
        || tree.under(c.at, &["obj", "nsubj:pass"]).chain(told).chain(shared.iter().copied()).filter(bare);
    let owned = || tree.under(c.at, &["obj"]).chain(shared.iter().copied());
    // Data given are an exchange, demands met a concession.
    let told_of =
        c.hit.class.kind == EventType::Cooperate || c.hit.class.kind == EventType::Concede && lemma == "meet";
    let tells = |o: usize| senses::of(lemma).any(|s| s.has(tree.lemma(o)));
    if !told_of && objects().any(tells) {
        return true;
    }
    // "met its commitments": whose they are says nothing there.
    let kept = |o: usize| senses::of(lemma).any(|s| s.owned && s.has(tree.lemma(o)));
    if matches!(c.hit.class.kind, EventType::Consult | EventType::Assault) && owned().any(kept) {
        return true;
    }
    helps(tree, c) || asks_whether(tree, c) || bids(tree, c) || observes(tree, c, event)
}

/// "the strikes have killed twelve": from the air, where those who down tools hurt nobody.
pub(super) fn lethal(tree: &Tree<'_, '_>, c: &Candidate) -> Option<&'static Class> {
    let stoppage = c.hit.form == Form::Noun
        && c.hit.class.kind == EventType::Protest
        && c.hit.words == 1
        && tree.lemma(c.at) == "strike";
    if !stoppage || !tree.is(c.at, &["nsubj", "nsubj:pass"]) {
        return None;
    }
    let hurts = |v: usize| {
        matches!(
            tree.lemma(v),
            "kill"
                | "wound"
                | "injure"
                | "maim"
                | "destroy"
                | "flatten"
                | "level"
                | "hit"
                | "target"
                | "bomb"
        )
    };
    let verb = tree.head(c.at)?;
    let below: Vec<usize> = tree.under(verb, &["xcomp", "advcl", "ccomp", "conj"]).collect();
    let own = |v: &usize| tree.child(*v, &["nsubj", "nsubj:pass"]).is_none_or(|s| s == c.at);
    let deadly = hurts(verb) && !tree.passive(verb) || below.into_iter().filter(own).any(hurts);
    let is = |k: &&Class| k.kind == EventType::Assault && k.mode.as_deref() == Some("aerial");
    VERBS.classes.iter().find(is).filter(|_| deadly)
}

/// "at his mountain retreat": a house, and not a withdrawal.
fn abode(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let own = tree.child(c.at, &["nmod:poss"]).is_some() || tree.child(c.at, &["compound"]).is_some();
    c.hit.form == Form::Noun
        && tree.lemma(c.at) == "retreat"
        && own
        && matches!(tree.case(c.at), Some("at" | "to" | "near" | "outside" | "inside"))
        && !tree.under(c.at, &["nmod"]).any(|o| matches!(tree.case(o), Some("from" | "across" | "towards")))
}

/// "groups sanctioned by the church": allowed by their own authority, which no name sets apart from them.
fn approved(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let own = |o: usize| {
        matches!(
            tree.lemma(o),
            "regime"
                | "state"
                | "government"
                | "authority"
                | "law"
                | "constitution"
                | "court"
                | "king"
                | "crown"
                | "church"
                | "party"
                | "leadership"
                | "parliament"
        ) && !tree
            .under(o, &["amod", "compound", "nmod:poss", "nmod"])
            .any(|n| tree.word_is_capital(n) || tree.upos(n) == Upos::Propn)
    };
    let by = tree.under(c.at, &["obl"]).find(|o| tree.case(*o) == Some("by"));
    c.hit.form != Form::Noun
        && c.hit.words == 1
        && tree.lemma(c.at) == "sanction"
        && tree.passive(c.at)
        && by.is_some_and(own)
}

/// "conceded that they differ": grants a point and yields nothing.
fn admits(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.form != Form::Noun
        && c.hit.words == 1
        && tree.lemma(c.at) == "concede"
        && tree.child(c.at, &["obj"]).is_none()
        && tree.child(c.at, &["ccomp"]).is_some()
}

/// "the talks failed to end the war": what cannot refuse has refused nothing.
fn falls_short(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.form == Form::Noun || c.hit.class.kind != EventType::Reject || tree.lemma(c.at) != "fail" {
        return false;
    }
    let subject = tree.child(c.at, &["nsubj"]).and_then(|s| {
        let relative = matches!(tree.word(s), "that" | "which" | "who");
        if relative { tree.head(c.at) } else { Some(s) }
    });
    let deed = |s: usize| {
        tree.upos(s) == Upos::Noun
            && VERBS.entries(tree.word(s)).any(|e| e.form == Form::Noun && e.rest.is_empty())
            && !people::acts(tree.word(s))
    };
    subject.is_some_and(deed)
}

/// "helped reach a settlement": with a deed and nobody who is helped.
fn helps(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    c.hit.words == 1
        && matches!(tree.lemma(c.at), "help" | "assist" | "aid")
        && tree.child(c.at, &["obj", "iobj", "nsubj:pass"]).is_none()
        && tree.under(c.at, &["xcomp", "ccomp", "advcl"]).all(|x| tree.child(x, &["nsubj"]).is_none())
        && (tree.child(c.at, &["xcomp", "ccomp", "advcl"]).is_some()
            || tree.under(c.at, &["obl"]).any(|o| matches!(tree.case(o), Some("with" | "in")))
                && tree.under(c.at, &["obl"]).all(|o| tree.case(o).is_some()))
}

/// "asked whether the issue came up" asks for nothing but an answer.
fn asks_whether(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if tree.lemma(c.at) != "ask" || c.hit.class.kind != EventType::Request {
        return false;
    }
    let question = tree.under(c.at, &["ccomp", "advcl", "xcomp"]).any(|x| {
        tree.children(x).iter().any(|m| {
            *m < x
                && *m > c.at
                && matches!(
                    tree.word(*m),
                    "whether" | "if" | "what" | "how" | "why" | "who" | "when" | "where"
                )
        })
    });
    let about = tree.under(c.at, &["obl"]).any(|o| tree.case(o) == Some("about"));
    (question || about)
        && !tree
            .under(c.at, &["xcomp", "advcl"])
            .any(|x| tree.under(x, &["mark"]).any(|m| tree.word(m) == "to"))
}

/// "Reduce the time you spend.": a bidding to the reader.
fn bids(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let bare = tree.word(c.at) == tree.lemma(c.at)
        && tree.head(c.at).is_none()
        && tree.upos(c.at) == Upos::Verb
        && tree.child(c.at, &["nsubj", "nsubj:pass", "aux", "expl", "compound", "nmod:desc"]).is_none()
        && c.hit.form == Form::Base;
    let first = (0..c.at).all(|i| !tree.is_noun(i) && tree.upos(i) != Upos::Pron);
    let whole = tree.len().checked_sub(1).is_some_and(|l| matches!(tree.word(l), "." | "!" | "?"));
    bare && first && whole
}

/// "warned that the total could be higher" says what may be, and threatens nobody.
fn observes(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> bool) -> bool {
    if !matches!(tree.lemma(c.at), "warn" | "caution")
        || tree.child(c.at, &["obj", "iobj", "nsubj:pass"]).is_some()
    {
        return false;
    }
    let Some(what) = tree.child(c.at, &["ccomp"]) else { return false };
    let own = tree
        .child(what, &["nsubj"])
        .is_some_and(|s| matches!(tree.word(s), "it" | "he" | "she" | "they" | "we" | "i"));
    let below = (what..tree.len()).any(|i| event(i) && (i == what || tree.above(i).any(|h| h == what)));
    !own && !below
}

/// What bursts by accident: a rig, a boiler, a reactor.
fn accident(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    if c.hit.class.kind != EventType::Assault
        || !matches!(tree.lemma(c.at), "explosion" | "blast" | "explode" | "burst")
    {
        return false;
    }
    let works = |i: usize| {
        matches!(
            tree.lemma(i),
            "rig"
                | "well"
                | "platform"
                | "boiler"
                | "reactor"
                | "refinery"
                | "gas"
                | "mill"
                | "furnace"
                | "turbine"
                | "volcano"
                | "oil"
                | "drilling"
                | "chemical"
                | "fireworks"
                | "supernova"
                | "spill"
        )
    };
    let armed = (0..tree.len()).any(|i| {
        matches!(
            tree.lemma(i),
            "bomb"
                | "bomber"
                | "attack"
                | "mine"
                | "grenade"
                | "rebel"
                | "militant"
                | "terrorist"
                | "shell"
                | "missile"
                | "rocket"
                | "strike"
                | "war"
                | "suicide"
                | "soldier"
                | "troop"
                | "army"
                | "sabotage"
                | "guerrilla"
                | "explosive"
        )
    });
    !armed && (0..tree.len()).any(works)
}

/// A deed of words that nobody says to nobody, talks of one person with none, and a threat that no party makes: "the leak
/// threatens the marshes".
pub(super) fn empty(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    facts: &ReportFacts,
    who: &[(Role, Someone)],
) -> bool {
    if c.hit.form == Form::Noun {
        return false;
    }
    // Whom a pronoun stands for may be found later, from the sentence before.
    let pronoun = tree.child(c.at, &["nsubj"]).is_some_and(|s| tree.upos(s) == Upos::Pron);
    let nobody = who.is_empty()
        && by_words(c.hit.class.kind)
        && tree.upos(c.at) == Upos::Verb
        && tree.word(c.at + 1) != "-"
        && !pronoun
        && !tree.passive(c.at);
    let one = |w: &Someone| match w {
        Someone::Known(e) => facts.entities.get(*e as usize).is_some_and(|e| e.kind == ActorKind::Person),
        _ => false,
    };
    // "called the king to discuss supplies": with him.
    let handed = tree.is(c.at, &["advcl", "xcomp", "conj", "acl"]) && tree.child(c.at, &["nsubj"]).is_none();
    let alone = c.hit.class.kind == EventType::Consult
        && !handed
        && c.hit.words == 1
        && matches!(tree.lemma(c.at), "discuss" | "talk" | "negotiate" | "consult" | "confer")
        && matches!(who, [(_, w)] if one(w));
    let maker =
        if tree.passive(c.at) { tree.child(c.at, &["obl:agent"]) } else { tree.child(c.at, &["nsubj"]) };
    let thing = c.hit.class.kind == EventType::Threaten
        && maker.is_some_and(|m| tree.upos(m) == Upos::Noun)
        && !who.iter().any(|(r, _)| *r == Role::Actor);
    nobody || alone || thing
}

/// "attacked her opponent as a fraud", "his attacks on the senator": by one person, and with nothing to hurt anybody, an attack
/// is of words.
pub(super) fn verbal_attack(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    facts: &ReportFacts,
    who: &[(Role, Someone)],
) -> bool {
    if c.hit.class.kind != EventType::Assault
        || !matches!(tree.lemma(c.at), "attack" | "assail" | "onslaught" | "assault")
    {
        return false;
    }
    let charged = c.hit.form != Form::Noun
        && !tree.passive(c.at)
        && tree.under(c.at, &["obl"]).any(|o| tree.case(o) == Some("as"))
        || tree.under(c.at, &["advcl"]).any(|a| {
            tree.word(a).ends_with("ing")
                && tree.under(a, &["mark"]).any(|m| matches!(tree.word(m), "for" | "by"))
                && matches!(tree.lemma(a), "accuse" | "say" | "call" | "fail" | "refuse" | "claim")
        });
    let person = |w: &Someone| match w {
        Someone::Known(e) => facts.entities.get(*e as usize).is_some_and(|e| e.kind == ActorKind::Person),
        _ => false,
    };
    let mut doers = who.iter().filter(|(r, _)| *r == Role::Actor).peekable();
    let alone = doers.peek().is_some() && doers.all(|(_, w)| person(w));
    let hurt = (0..tree.len()).any(|i| {
        matches!(
            tree.lemma(i),
            "kill"
                | "wound"
                | "injure"
                | "hurt"
                | "die"
                | "dead"
                | "death"
                | "stab"
                | "shoot"
                | "gun"
                | "knife"
                | "machete"
                | "axe"
                | "bomb"
                | "police"
                | "hospital"
                | "soldier"
                | "troop"
                | "force"
                | "rebel"
                | "army"
                | "arrest"
                | "town"
                | "village"
                | "convoy"
                | "base"
                | "embassy"
                | "suspect"
                | "militant"
                | "terrorist"
                | "missile"
                | "rocket"
                | "air"
                | "sexually"
        )
    });
    charged || alone && !hurt
}
