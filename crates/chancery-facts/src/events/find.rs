//! Which words of a sentence with a tree stand for happenings, and of what kind.

use super::tree::Tree;
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Entry, Form, Hit, VERBS};
use chancery_model::mark::Upos;
use chancery_model::vocab::EventType;

/// An event word with its kind.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The token that carries it: the verb, or the head noun.
    pub at: usize,
    /// First token of its words.
    pub start: usize,
    /// What was found; `end` is one past its last word that stands beside the first.
    pub hit: Hit,
    /// Every token of the pattern.
    pub used: Vec<usize>,
    /// Whether the pattern names its object by a list: "send * @aid".
    pub listed: bool,
}

/// The event words, in text order: of two that share a word the one with more words counts. `named` says whether a
/// token is part of a name.
/// `place` whether it is part of the name of a town or region.
pub(super) fn all(
    tree: &Tree<'_, '_>,
    named: impl Fn(usize) -> bool,
    place: impl Fn(usize) -> bool,
    person: impl Fn(usize) -> bool,
) -> Vec<Candidate> {
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    for i in 0..tree.len() {
        for e in VERBS.entries(tree.word(i)) {
            if let Some(c) = candidate(tree, i, &e, &named, &place, &person) {
                // What stands further off counts less than what stands beside.
                let far = e.form == Form::Noun && c.hit.end < c.start + e.words();
                found.push((if far { weight(&e) / 2 } else { weight(&e) }, c));
            }
        }
    }
    // A stable order: heavier first, then by place, then as in the file.
    // What PLOVER knows comes first.
    // What is outside comes first where its subject tells ("the ferry sank").
    let outside = |c: &Candidate| {
        c.hit.class.kind == EventType::Outside && (c.hit.form == Form::Noun || c.hit.class.by.is_empty())
    };
    found.sort_by_key(|(w, c)| (outside(c), std::cmp::Reverse(*w), c.start));
    let mut out: Vec<Candidate> = Vec::new();
    for (_, c) in found {
        let taken = out.iter().any(|o| o.at == c.at || c.used.iter().any(|u| o.used.contains(u)));
        if !taken {
            out.push(c);
        }
    }
    out.sort_by_key(|c| (c.start, c.at));
    out
}

/// More words weigh more, and nouns more than prepositions.
fn weight(e: &Entry) -> usize {
    let long = e.rest.iter().flatten().filter(|w| w.chars().count() > 4 || w.starts_with('@')).count();
    // "declared a state of emergency" counts before "state of emergency".
    let frame = if e.form != Form::Noun && long > 0 { 15 } else { 0 };
    // A pattern that asks for its subject knows more.
    let by = if e.class.by.is_empty() { 0 } else { 3 };
    e.words() * 10 + long + frame + by
}

fn candidate(
    tree: &Tree<'_, '_>,
    i: usize,
    e: &Entry,
    named: &impl Fn(usize) -> bool,
    place: &impl Fn(usize) -> bool,
    person: &impl Fn(usize) -> bool,
) -> Option<Candidate> {
    if e.form == Form::Noun {
        let near = e.end(i, |k| tree.clause.word(k));
        let end = match near {
            Some(end) => end,
            // "a strike by India on camps": the preposition may stand further off.
            None => return led(tree, i, e, named),
        };
        // The head is the noun whose own head stands outside.
        let inside = |k: usize| (i..end).contains(&k);
        let at = (i..end).rev().find(|k| tree.is_noun(*k) && tree.head(*k).is_none_or(|h| !inside(h)))?;
        // "March" the month, "May"
        let month =
            MONTHS.contains(&tree.word(at)) && tree.word_is_capital(at) && (at > 0 || is_time(tree, at + 1));
        if month
            || named(at)
            || tree.is(at, &["compound", "flat", "nmod:desc"])
                && end == at + 1
                && tree.head(at).is_some_and(|h| h > at)
        {
            return None;
        }
        if !e.class.outside.fits(i, end, e.form, &|k| tree.clause.word(k)) {
            return None;
        }
        let used: Vec<usize> = (i..end).collect();
        return Some(Candidate { at, start: i, hit: hit(e, end), used, listed: false });
    }
    if !can_be_verb(tree, i, e) || named(i) || !subject_fits(tree, i, &e.class.by) {
        return None;
    }
    // "is ready to": the adjective carries it.
    let at = tree.head(i).filter(|_| e.words() > 1 && tree.is(i, &["cop", "aux"])).unwrap_or(i);
    // "test-fired": the second part has the subject.
    let second = i + 2;
    let joined = tree.word(i + 1) == "-" && tree.clause.joined(i + 1) && tree.is_verb(second);
    let own = tree.child(i, &["nsubj", "obj"]).is_some();
    let at = if joined && !own && tree.head(i) == Some(second) { second } else { at };
    let mut used = vec![i];
    let end = match e.end(i, |k| tree.clause.word(k)) {
        // "agreed on Tuesday"
        Some(end)
            if e.rest.last().is_some_and(|w| matches!(w.as_deref(), Some("on" | "in" | "for")))
                && is_time(tree, end) =>
        {
            return None;
        }
        // "taken in southern Algeria": where, and not the particle of "take in".
        Some(_)
            if e.rest.len() == 1
                && tree.word(i + 1) == "in"
                && matches!(
                    tree.lemma(i),
                    "take" | "bring" | "let" | "call" | "pull" | "send" | "hand" | "give"
                )
                && (tree.rel(i + 1) == "mark"
                    || tree.rel(i + 1) == "case"
                        && tree.head(i + 1).is_some_and(|n| place(n) || is_time(tree, n))) =>
        {
            return None;
        }
        Some(end) => {
            let fixed = e.rest.iter().flatten();
            let mut at = i + 1;
            for w in fixed {
                let found = (at..end).find(|k| VERBS.is_word(w, tree.word(*k)))?;
                let led = tree.child(found, &["case"]).is_some_and(|c| used.contains(&c));
                if w.starts_with('@') && !led && !is_object(tree, i, found)
                    || found > at && tree.is_noun(found) && strays(tree, i, found, e)
                {
                    return None;
                }
                // A gap does not reach into another clause: "attend and the aim of the talks".
                let bridge = |h: usize| {
                    h > i
                        && h < found
                        && (tree.is_verb(h) && !tree.is(h, &["amod"])
                            || matches!(tree.word(h), "and" | "or" | "but" | "that" | "who" | "which" | ","))
                };
                if (at..found).any(bridge) && e.rest.iter().any(Option::is_none) {
                    return None;
                }
                used.push(found);
                at = found + 1;
            }
            end
        }
        // "burned down": beside each other and in order, as nothing else tells them apart.
        None if e.class.kind == EventType::Outside && e.rest.iter().all(Option::is_some) => return None,
        None => {
            // A bare preposition must stand beside its verb when that has an object: "called him on Saturday".
            let bare = e.rest.iter().flatten().all(|w| w.chars().count() <= 4 && !w.starts_with('@'));
            if bare && tree.child(i, &["obj"]).is_some() {
                return None;
            }
            let near = near(tree, i, e);
            let is = |w: &str, k: usize| {
                VERBS.is_word(w, tree.word(k)) || w == "@place" && place(k) || w == "@person" && person(k)
            };
            for w in e.rest.iter().flatten() {
                used.push(*near.iter().find(|k| is(w, **k) && !used.contains(k))?);
            }
            // "The talks opened": the noun carries it.
            let noun = |u: &usize| VERBS.entries(tree.word(*u)).any(|e| e.form == Form::Noun);
            let meets = matches!(e.class.kind, EventType::Consult | EventType::Cooperate);
            if meets
                && tree.child(i, &["aux:pass"]).is_none()
                && used.iter().skip(1).any(|u| *u < i && noun(u))
            {
                return None;
            }
            i + 1
        }
    };
    // "gives up-to-date information": a part of a joined word is no particle.
    let part = |u: &usize| {
        *u > i
            && tree.word(u + 1) == "-"
            && tree.clause.joined(u + 1)
            && matches!(tree.upos(*u), Upos::Adp | Upos::Adv)
    };
    if used.iter().any(part) {
        return None;
    }
    if !e.class.outside.fits(i, end, e.form, &|k| tree.clause.word(k)) {
        return None;
    }
    // "The cutter sank the trawler": done to somebody, and not what befell the cutter.
    if matches!(e.class.outside.kin.as_deref(), Some("disaster" | "attack"))
        && !e.class.by.is_empty()
        && used.len() == 1
        && tree.child(i, &["obj"]).is_some()
    {
        return None;
    }
    if e.class.kind == EventType::Reject {
        // "refused to meet": the meeting is a happening too, one that is denied.
        used.truncate(1);
    }
    if matches!(e.class.kind, EventType::Threaten | EventType::Agree | EventType::Request | EventType::Accuse)
    {
        // "vowed to attack": what is vowed is one of its own.
        used.retain(|u| *u == i || !tree.is_verb(*u));
    }
    // "were flown to Bogota": not their visit.
    if e.class.mode.as_deref() == Some("visit") && e.words() > 1 && !e.class.host && tree.passive(i) {
        return None;
    }
    let listed = e.rest.iter().flatten().any(|w| w.starts_with('@'));
    // "sent Moldova tanks", "sent rifles to Moldova" is no muster of them; "sent rifles to the front" is no gift.
    let iobj = tree.child(i, &["iobj"]).is_some();
    let arms = used.iter().any(|u| VERBS.is_word("@arms", tree.word(*u)));
    let given = iobj
        || tree.under(i, &["obj"]).count() > 1
        || tree.under(i, &["obl"]).any(|o| {
            matches!(tree.case(o), Some("to" | "for"))
                && (named(o) && !place(o) || people::acts(tree.word(o)))
        })
        || tree.under(i, &["obj"]).any(|o| {
            tree.under(o, &["nmod"])
                .any(|t| matches!(tree.case(t), Some("to" | "for")) && named(t) && !place(t))
        });
    if e.class.moved && e.class.kind == EventType::Mobilize && (iobj || given && arms) {
        return None;
    }
    let sends = matches!(
        tree.lemma(i),
        "send" | "dispatch" | "despatch" | "fly" | "rush" | "ship" | "transfer" | "move"
    );
    if e.class.kind == EventType::Aid && arms && sends && !given {
        return None;
    }
    // "threw out thirteen" expels them, "threw out the bill" rejects it.
    if tree.lemma(i) == "throw" && e.rest.len() == 1 && matches!(e.rest.first(), Some(Some(w)) if w == "out")
    {
        let people = tree.under(i, &["obj", "nsubj:pass"]).any(|o| {
            tree.upos(o) == Upos::Num
                || tree.child(o, &["nummod"]).is_some() && tree.word(o) == "more"
                || people::acts(tree.word(o))
                || person(o)
        });
        if people != (e.class.kind == EventType::Sanction) {
            return None;
        }
    }
    // "suggested that Bern take them in" asks, "suggested that the toll was higher" says.
    if matches!(tree.lemma(i), "suggest" | "recommend") && e.class.kind == EventType::Request {
        let asks = tree.under(i, &["ccomp"]).any(|c| {
            tree.word(c) == tree.lemma(c) && tree.under(c, &["aux"]).all(|a| tree.word(a) == "should")
        });
        if !asks {
            return None;
        }
    }
    // "called on the minister" is a visit where nothing is asked of him.
    if tree.lemma(i) == "call" && e.rest.len() == 1 && matches!(e.rest.first(), Some(Some(w)) if w == "on") {
        let stop =
            (i + 1..tree.len()).find(|k| matches!(tree.word(*k), ";" | ":" | "\"")).unwrap_or(tree.len());
        let asked = tree.child(i, &["xcomp", "ccomp", "acl"]).is_some()
            || (i + 2..stop).any(|k| {
                tree.word(k) == "for"
                    || tree.word(k) == "to" && tree.upos(k) == Upos::Part && tree.is_verb(k + 1)
            });
        if asked == (e.class.kind == EventType::Consult) {
            return None;
        }
    }
    // "The town fell to the rebels", and not "the rupee fell to 80".
    if e.class.receives && e.class.kind == EventType::Coerce {
        let taken = tree
            .under(i, &["obl"])
            .any(|o| tree.case(o) == Some("to") && (people::acts(tree.word(o)) || named(o)));
        if !taken {
            return None;
        }
    }
    Some(Candidate { at, start: i, hit: hit(e, end), used, listed })
}

/// A noun whose pattern is itself and a preposition, which leads something below it or below the verb it is light to.
fn led(tree: &Tree<'_, '_>, i: usize, e: &Entry, named: &impl Fn(usize) -> bool) -> Option<Candidate> {
    let [Some(word)] = e.rest else { return None };
    let plain = tree.is_noun(i) && !named(i) && !tree.is(i, &["compound", "flat", "nmod:desc"]);
    if !plain
        || !matches!(word.as_str(), "on" | "against" | "to" | "for" | "with" | "of" | "from" | "between")
    {
        return None;
    }
    let below =
        tree.under(i, &["nmod"]).find(|o| tree.case(*o) == Some(word.as_str()) && !is_time(tree, *o))?;
    let case = tree.child(below, &["case"])?;
    Some(Candidate { at: i, start: i, hit: hit(e, i + 1), used: vec![i, case], listed: false })
}

fn hit(e: &Entry, end: usize) -> Hit {
    Hit { end, class: e.class, form: e.form, words: e.words() }
}

fn can_be_verb(tree: &Tree<'_, '_>, i: usize, e: &Entry) -> bool {
    // "test-fired" is two words to the tree.
    if e.rest.first().is_some_and(|w| w.as_deref() == Some("-")) {
        return true;
    }
    let verb = match tree.upos(i) {
        Upos::Verb => !tree.is_noun(i),
        // Headlines: "Police arrest mayor".
        Upos::Noun | Upos::Adj | Upos::Propn
            if (matches!(e.form, Form::Base | Form::Third | Form::Past)
                || e.form == Form::Ing && tree.rel(i) == "advcl" && tree.child(i, &["mark"]).is_some())
                && tree.child(i, &["obj"]).is_some() =>
        {
            true
        }
        Upos::Aux => e.words() > 1,
        Upos::Adj => {
            matches!(e.form, Form::Past | Form::Ing) && tree.child(i, &["nsubj:pass", "aux:pass"]).is_some()
        }
        _ => false,
    };
    // "the suspended talks", "Saudi-backed": a participle before its noun is no happening of its own.
    verb && !tree.is(i, &["amod", "compound"]) && !tree.clause.hyphened(i)
}

/// Whether a noun is what a verb is done with or to, itself or by its quantity: "sent thousands of troops".
fn is_object(tree: &Tree<'_, '_>, verb: usize, noun: usize) -> bool {
    if tree.is_verb(noun) && !tree.is_noun(noun) {
        return false;
    }
    let mut at = noun;
    for _ in 0..5 {
        let Some(h) = tree.head(at) else { return false };
        let case = tree.case(at);
        if h == verb {
            return tree.is(at, &["obj", "iobj", "nsubj:pass", "xcomp", "nmod:unmarked", "obl:unmarked"])
                || tree.is(at, &["obl", "dep"]) && tree.child(at, &["case"]).is_none();
        }
        let through = tree.is(
            at,
            &["conj", "compound", "amod", "appos", "flat", "nmod:desc", "nmod:poss", "nummod", "list"],
        ) || tree.rel(at) == "nmod" && matches!(case, Some("of") | None);
        if !through {
            return false;
        }
        at = h;
    }
    false
}

/// Whether a noun stands behind a preposition that the pattern does not name: "suspended aid in protest".
fn strays(tree: &Tree<'_, '_>, verb: usize, noun: usize, e: &Entry) -> bool {
    let mut at = noun;
    for _ in 0..5 {
        let own = tree.case(at).filter(|c| *c != "of" && !e.rest.iter().flatten().any(|w| w == c));
        if own.is_some() && !tree.is(at, &["nmod:poss"]) {
            return true;
        }
        match tree.head(at) {
            Some(h) if h != verb && h > verb => at = h,
            _ => return false,
        }
    }
    false
}

/// Whether the subject of a verb is one of those that its class asks for.
fn subject_fits(tree: &Tree<'_, '_>, verb: usize, by: &[String]) -> bool {
    if by.is_empty() {
        return true;
    }
    let fits = |i: usize| {
        let of = tree.under(i, &["nmod"]).filter(|o| tree.case(*o) == Some("of"));
        std::iter::once(i)
            .chain(tree.under(i, &["conj"]))
            .chain(of)
            .any(|n| by.iter().any(|w| VERBS.is_word(w, tree.word(n)) || VERBS.is_word(w, tree.lemma(n))))
    };
    let mut at = verb;
    for _ in 0..4 {
        if let Some(s) = tree.child(at, &["nsubj"]) {
            let relative = matches!(tree.word(s), "who" | "which" | "that");
            // "the army says it will leave"
            let own = matches!(tree.word(s), "it" | "they" | "he") && tree.rel(at) == "ccomp";
            let above = own.then(|| tree.head(at).and_then(|h| tree.child(h, &["nsubj"]))).flatten();
            return if relative {
                tree.head(at).is_some_and(fits)
            } else {
                above.map_or_else(|| fits(s), fits)
            };
        }
        match tree.rel(at) {
            "acl" | "acl:relcl" => return tree.head(at).is_some_and(fits),
            "xcomp" | "advcl" | "conj" | "ccomp" => {}
            _ => return false,
        }
        let Some(h) = tree.head(at) else { return false };
        // "ordered the army to leave"
        if let Some(o) = tree.child(h, &["obj"]).filter(|_| tree.rel(at) == "xcomp") {
            return fits(o);
        }
        at = h;
    }
    false
}

pub(super) const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word is a day, month, year or the like.
fn is_time(tree: &Tree<'_, '_>, i: usize) -> bool {
    let day = tree.lemma(i).ends_with("day") && tree.lemma(i).len() > 3;
    day || matches!(tree.lemma(i), "week" | "month" | "year" | "hour" | "day")
        || tree.word(i).len() == 4 && tree.word(i).bytes().all(|b| b.is_ascii_digit())
        || MONTHS.contains(&tree.word(i))
}

/// What stands close to a verb in the tree: its objects, passive subject, particles, and what belongs to those.
fn near(tree: &Tree<'_, '_>, i: usize, e: &Entry) -> Vec<usize> {
    let own = ["obj", "iobj", "nsubj:pass", "obl", "compound:prt", "xcomp", "advmod"];
    let mut out = Vec::new();
    // "troops massed on the border", "the tanks it sent"
    if tree.rel(i) == "acl" && tree.passive(i)
        || tree.rel(i) == "acl:relcl"
            && tree
                .child(i, &["obj", "nsubj:pass"])
                .is_none_or(|o| matches!(tree.word(o), "whom" | "which" | "that"))
            && tree.head(i).is_some_and(|h| !VERBS.entries(tree.word(h)).any(|e| e.form == Form::Noun))
            && tree.child(i, &["nsubj"]).is_some_and(|s| !matches!(tree.word(s), "who" | "which" | "that"))
    {
        out.extend(tree.head(i));
    }
    for c in tree.under(i, &own) {
        let time = tree.is(c, &["obl"]) && is_time(tree, c);
        if tree.is_verb(c) || time {
            continue;
        }
        // What hangs on a preposition counts with it: "take part in talks".
        let led = tree.case(c).is_none_or(|p| e.rest.iter().flatten().any(|w| w == p));
        if led {
            out.push(c);
            out.extend(tree.under(c, &["compound", "amod", "conj", "nummod"]));
            let of = tree.under(c, &["nmod"]).filter(|o| tree.case(*o) == Some("of"));
            out.extend(of.filter(|_| tree.is(c, &["obj", "nsubj:pass"])));
        }
        out.extend(tree.under(c, &["case"]));
    }
    out
}
