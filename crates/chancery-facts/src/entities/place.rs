//! Places, and the governments that their names stand for.

use super::metonym;
use super::register::Register;
use super::view::View;
use super::{country_of, maker, place_ref};
use chancery_lexicon::known::{self, Known};
use chancery_model::mark::{NameKind, NameMark, Upos};
use chancery_model::vocab::MentionKind;

/// Verbs by which a capital speaks or acts as a government. Past and present forms; others are cut to these.
const POLICY: [&str; 79] = [
    "say",
    "says",
    "said",
    "warn",
    "warns",
    "warned",
    "deny",
    "denies",
    "denied",
    "accuse",
    "accuses",
    "accused",
    "reject",
    "rejects",
    "rejected",
    "want",
    "wants",
    "wanted",
    "insist",
    "insists",
    "insisted",
    "agree",
    "agrees",
    "agreed",
    "urge",
    "urges",
    "urged",
    "demand",
    "demands",
    "demanded",
    "refuse",
    "refuses",
    "refused",
    "support",
    "supports",
    "supported",
    "oppose",
    "opposes",
    "opposed",
    "back",
    "backs",
    "backed",
    "announce",
    "announces",
    "announced",
    "insisting",
    "vow",
    "vows",
    "vowed",
    "pledge",
    "pledged",
    "promise",
    "promised",
    "threaten",
    "threatens",
    "threatened",
    "consider",
    "considers",
    "considered",
    "condemn",
    "condemned",
    "condemns",
    "hope",
    "hopes",
    "hoped",
    "propose",
    "proposes",
    "proposed",
    "expelled",
    "recalled",
    "recognised",
    "recognized",
    "imposed",
    "blames",
    "blamed",
    "believes",
    "accepted",
    "signalled",
    "maintains",
];

const LOCATIVE: [&str; 34] = [
    "in",
    "at",
    "near",
    "from",
    "to",
    "into",
    "outside",
    "around",
    "across",
    "through",
    "via",
    "towards",
    "toward",
    "inside",
    "over",
    "throughout",
    "within",
    "off",
    "above",
    "beyond",
    "reached",
    "left",
    "visited",
    "visit",
    "entered",
    "landed",
    "of",
    "south",
    "north",
    "east",
    "west",
    "leaving",
    "visiting",
    "greater",
];

/// Adds the mention of a place name.
pub(super) fn add(view: &View<'_>, reg: &mut Register, n: &NameMark, speaks: bool) {
    let name = view.name(n);
    let span = view.span(n);
    let known = known::get(name);
    let state = match known {
        Some(Known::Country(c)) => (!locative(view, n) || possessive(view, n) || of_theirs(view, n))
            .then_some((c, MentionKind::Place)),
        Some(Known::Seat(c)) => {
            (acts(view, n) || staff_of(view, n) || !locative(view, n) && name != "The Hague")
                .then_some((c, MentionKind::Metonym))
        }
        Some(Known::Capital(c)) => (speaks && !locative(view, n)
            || acts(view, n)
            || governs_by_tree(view, n)
            || parties(view, n)
            || of_theirs(view, n)
            || so_did(view, n)
            || metonym::is_dealt_with(view, n))
        .then_some((c, MentionKind::Metonym)),
        _ => None,
    };
    // "Brussels opened a case": of a union of states, where the report speaks of it and not of the country.
    if let Some(union) = chancery_lexicon::metonyms::shared(name)
        && matches!(state, Some((_, MentionKind::Metonym)))
        && view.names.iter().any(|m| is_body_of(view, m, union))
        && !view
            .names
            .iter()
            .any(|m| view.name(m) != name && country_of(view, m).as_deref() == Some(&union.country))
    {
        let entity = reg.organization(&union.body, None, None);
        reg.also(entity, name);
        reg.mention(span, MentionKind::Metonym, Some(entity), None, maker(n));
        return;
    }
    // A seat that is a ministry's or a service's own house.
    if let Some((body, country)) = metonym::house(name)
        && !matches!(
            view.low((n.tokens.start as usize).wrapping_sub(1)).as_str(),
            "in" | "at" | "near" | "outside" | "inside" | "around" | "reached"
        )
    {
        let parts = view.body(body);
        let entity = reg.organization(body, country, parts.as_ref());
        reg.also(entity, name);
        reg.mention(span, MentionKind::Metonym, Some(entity), None, maker(n));
        return;
    }
    // A region that speaks or is spoken to is a party: "Catalonia will vote".
    let strict =
        matches!(view.low(n.tokens.end as usize).as_str(), "would" | "will" | "says" | "said" | "denied");
    if matches!(known, Some(Known::City)) && strict && acts(view, n) {
        let city = chancery_lexicon::cities::in_country(name, None);
        let entity = reg.group_named(name, name, city.map(|c| c.country));
        let place = place_ref(reg, name, false);
        reg.mention(span, MentionKind::Place, Some(entity), Some(place), maker(n));
        return;
    }
    if let Some(Known::Region(r)) = known
        && (speaks || acts(view, n) || metonym::is_dealt_with(view, n))
    {
        let entity = reg.group_named(&r.name, name, r.country.as_deref());
        let place = place_ref(reg, name, false);
        reg.mention(span, MentionKind::Place, Some(entity), Some(place), maker(n));
        return;
    }
    match state {
        Some((c, kind)) => {
            let entity = reg.state(&c.iso, name);
            let place = (kind == MentionKind::Place).then(|| place_ref(reg, name, false));
            reg.mention(span, kind, Some(entity), place, maker(n));
        }
        None => {
            let place = place_ref(reg, name, n.by.ends_with("place-head"));
            reg.mention(span, MentionKind::Place, None, Some(place), maker(n));
        }
    }
}

fn is_body_of(view: &View<'_>, m: &NameMark, union: &chancery_lexicon::metonyms::Shared) -> bool {
    let name = view.name(m);
    let listed = chancery_lexicon::organizations::by_name(name).map_or(name, |o| o.name.as_str());
    union.bodies.iter().any(|b| listed == b || name.ends_with(b.as_str()))
}

/// Whether the tree makes a place the one who acts, or the one that something is given to: "Beijing and Tokyo traded
/// protests", "gave Warsaw two months".
fn governs_by_tree(view: &View<'_>, n: &NameMark) -> bool {
    let top = |t: usize| {
        let inside = view.head(t).is_some_and(|h| n.tokens.has(h));
        !inside
    };
    let Some(mut at) = n.tokens.iter().find(|t| top(*t)) else { return false };
    if view.upos(at).is_none() {
        return false;
    }
    // "and Tokyo": as the place it is joined to.
    if view.rel(at) == "conj"
        && let Some(first) = view.head(at)
        && matches!(view.upos(first), Some(Upos::Propn))
    {
        at = first;
    }
    let Some(verb) = view.head(at) else { return false };
    let plain = view.low(verb);
    let active = view.upos(verb) == Some(Upos::Verb)
        && view.children(verb).all(|c| view.rel(c) != "aux:pass")
        && !metonym::is_of_place(&plain);
    let case = view.children(at).find(|c| view.rel(*c) == "case" && *c < at).map(|c| view.low(c));
    match view.rel(at) {
        // "Paris was not consulted", "Washington will be heard": what is done to a government is said in the passive too.
        "nsubj:pass" => view.upos(verb) == Some(Upos::Verb) && metonym::is_object(&plain),
        // "neither Taipei nor Seoul was ready".
        "nsubj" if view.upos(verb) == Some(Upos::Adj) => {
            metonym::is_attitude(&plain) && view.children(verb).any(|c| view.rel(c) == "cop")
        }
        "obj" => metonym::is_object(&plain),
        // "has said as much to Nairobi", "is furious with the union and more so with Vienna".
        "obl" | "nmod" => case.is_some_and(|case| metonym::takes(&case, &plain)),
        "nsubj" => {
            active && view.children(verb).any(|c| matches!(view.rel(c), "obj" | "ccomp" | "xcomp" | "iobj"))
        }
        "iobj" => true,
        _ => false,
    }
}

/// "welcomed the ruling, and so did Ankara".
fn so_did(view: &View<'_>, n: &NameMark) -> bool {
    let start = n.tokens.start as usize;
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    matches!(
        word(1).as_str(),
        "did" | "has" | "does" | "will" | "would" | "had" | "said" | "replied" | "answered"
    ) && matches!(word(2).as_str(), "so" | "nor" | "neither" | "as" | "than")
        && view.together(start, start.saturating_sub(2))
}

/// "An official at the White House said": who works there speaks for it.
fn staff_of(view: &View<'_>, n: &NameMark) -> bool {
    let start = n.tokens.start as usize;
    let the = usize::from(start > 0 && view.low(start - 1) == "the" || view.name(n).starts_with("the "));
    let the = if view.name(n).starts_with("the ") { 0 } else { the };
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    matches!(word(1 + the).as_str(), "at" | "in" | "inside" | "from")
        && matches!(
            word(2 + the).as_str(),
            "official"
                | "officials"
                | "spokesman"
                | "spokeswoman"
                | "source"
                | "sources"
                | "aide"
                | "aides"
                | "adviser"
                | "advisers"
                | "advisor"
                | "advisors"
                | "statement"
                | "word"
                | "somebody"
                | "someone"
        )
}

/// "at the request of Latvia": what only a state has.
fn of_theirs(view: &View<'_>, n: &NameMark) -> bool {
    let start = n.tokens.start as usize;
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    let the = usize::from(word(1) == "the");
    word(1 + the) == "of" && chancery_lexicon::metonyms::is("of", &word(2 + the))
}

fn possessive(view: &View<'_>, n: &NameMark) -> bool {
    matches!(view.word(n.tokens.end as usize), "'s" | "’s")
        && view.starting_at(n.tokens.end as usize + 1).is_some()
}

/// Whether a verb of speech or policy follows, adverbs and helping verbs aside.
fn acts(view: &View<'_>, n: &NameMark) -> bool {
    let mut end = n.tokens.end as usize;
    if locative(view, n) {
        return false;
    }
    // "Kyiv, as its people spell it, blamed".
    if view.word(end) == ","
        && let Some(close) =
            (end + 1..end + 12).take_while(|t| view.together(end, *t)).find(|t| view.word(*t) == ",")
    {
        end = close + 1;
    }
    if metonym::governs(view, end) {
        return true;
    }
    // "Bamako was angry".
    if matches!(view.low(end).as_str(), "is" | "was" | "remains" | "remained" | "seems" | "seemed")
        && (end + 1..end + 3).any(|t| view.together(end, t) && metonym::is_attitude(&view.low(t)))
    {
        return true;
    }
    for at in end..end + 4 {
        let word = view.low(at);
        if POLICY.contains(&word.as_str()) {
            // "Geneva agreed last week on" is fine; "the Oslo said" cannot be. A noun ("Oslo hopes") can, rarely.
            return view.together(at, n.tokens.start as usize);
        }
        let skip = matches!(
            word.as_str(),
            "has"
                | "have"
                | "had"
                | "also"
                | "would"
                | "will"
                | "is"
                | "was"
                | "still"
                | "then"
                | "again"
                | "later"
                | "repeatedly"
                | "could"
                | "did"
                | "not"
                | "does"
                | "never"
        ) || word.ends_with("ly");
        if !skip {
            return false;
        }
    }
    false
}

/// Whether two capitals deal with each other: "between Oslo and Lusaka", "relations with Oslo".
fn parties(view: &View<'_>, n: &NameMark) -> bool {
    let start = n.tokens.start as usize;
    let Some(before) = start.checked_sub(1) else { return false };
    let first = view.low(before);
    let noun = before.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    let dealing = matches!(
        noun.as_str(),
        "relations"
            | "talks"
            | "ties"
            | "tensions"
            | "deal"
            | "agreement"
            | "dispute"
            | "negotiations"
            | "pressure"
            | "contacts"
            | "differences"
            | "trade"
    ) || metonym::is_dealing(&noun);
    match first.as_str() {
        "between" | "with" | "on" => dealing,
        "and" => {
            view.ending_at(before).filter(|m| m.kind == NameKind::Place).is_some_and(|m| parties(view, m))
        }
        _ => false,
    }
}

fn locative(view: &View<'_>, n: &NameMark) -> bool {
    let Some(mut at) = (n.tokens.start as usize).checked_sub(1) else { return false };
    if matches!(
        view.low(at).as_str(),
        "the"
            | "nearby"
            | "neighbouring"
            | "neighboring"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
    ) {
        let Some(next) = at.checked_sub(1) else { return false };
        at = next;
    }
    let word = view.low(at);
    if word == "and" || word == "," {
        // "in Norway and Sweden": as the name before it.
        return view
            .ending_at(at)
            .filter(|m| m.kind == NameKind::Place && view.together(at, m.tokens.start as usize))
            .is_some_and(|m| locative(view, m));
    }
    LOCATIVE.contains(&word.as_str()) && view.together(at, n.tokens.start as usize)
}
