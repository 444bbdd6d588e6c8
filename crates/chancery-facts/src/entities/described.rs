//! Who is meant by a noun or byname alone: "the journalist", "the militants", "the Islamist movement", "the Lion of Bay".

use super::again::{Found, determined};
use super::kinds::NOUNS;
use super::register::Register;
use super::view::View;
use chancery_lexicon::{common, counting, known, people, titles};
use chancery_model::facts::{EntityIx, Mention};
use chancery_model::mark::{NameKind, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind};
use std::collections::BTreeMap;

/// Nouns for a person that stand beside a name: "the journalist Abdel Haddar", "Otto Rau, a shipping magnate,". The noun,
/// the first byte of the name, and who it is.
pub(super) fn descriptions(view: &View<'_>, reg: &Register) -> Vec<(String, usize, EntityIx)> {
    let mut out = Vec::new();
    let noun = |t: usize| {
        let low = view.low(t);
        view.word(t).starts_with(char::is_lowercase)
            && matches!(view.upos(t), Some(Upos::Noun) | None)
            && !counting::is_plural(&low)
            && (counting::is_person(&low) || people::person(&low))
    };
    for n in view.names.iter().filter(|n| n.kind == NameKind::Person) {
        let Some(e) = reg.entity_at(view.span(n)) else { continue };
        let lo = view.span(n).lo();
        let first = n.tokens.start as usize;
        // Right before the name, a comma between or not.
        let before = first.checked_sub(1).filter(|t| view.together(*t, first));
        let before = before.map(|t| if view.word(t) == "," { t.saturating_sub(1) } else { t });
        if let Some(t) = before.filter(|t| noun(*t)) {
            out.push((view.low(t), lo, e));
        }
        // "The mediator sent by the union, Chukwudi Obiora,".
        let top = n.tokens.iter().find(|t| view.head(*t).is_none_or(|h| !n.tokens.has(h)));
        if let Some(t) = top
            .filter(|t| view.rel(*t) == "appos" && first > 0 && view.word(first - 1) == ",")
            .and_then(|t| view.head(t))
            && t < first
            && noun(t)
        {
            out.push((view.low(t), lo, e));
        }
        // "NAME, a former judge,", "NAME, once a judge of the court,", "named NAME as its envoy".
        let end = n.tokens.end as usize;
        let opens = view.word(end) == "," || view.low(end) == "as";
        if !opens {
            continue;
        }
        let mut at = end + 1;
        at += usize::from(matches!(
            view.low(at).as_str(),
            "once" | "formerly" | "himself" | "herself" | "then"
        ));
        if !matches!(view.low(at).as_str(), "a" | "an" | "the" | "his" | "her" | "its" | "their") {
            continue;
        }
        let head = (at + 1..at + 6)
            .take_while(|t| view.together(end, *t) && view.word(*t).starts_with(char::is_alphabetic))
            .take_while(|t| {
                !matches!(
                    view.low(*t).as_str(),
                    "of" | "for" | "in" | "at" | "who" | "and" | "to" | "with" | "from"
                )
            })
            .take_while(|t| view.starting_at(*t).is_none_or(|m| m.kind != NameKind::Person))
            .filter(|t| noun(*t) || titles::office_at(view.text, view.start(*t)).is_some())
            .last();
        if let Some(t) = head {
            out.push((view.low(t), lo, e));
        }
    }
    out
}

/// "the journalist" of one who was called so before.
pub(super) fn person(view: &View<'_>, known_as: &[(String, usize, EntityIx)], t: usize) -> Option<Found> {
    let the = t
        .checked_sub(1)
        .is_some_and(|d| view.together(d, t) && matches!(view.low(d).as_str(), "the" | "this" | "that"));
    let low = view.low(t);
    let noun =
        view.word(t).starts_with(char::is_lowercase) && matches!(view.upos(t), Some(Upos::Noun) | None);
    if !the || !noun {
        return None;
    }
    let next = view.low(t + 1);
    let goes_on = matches!(next.as_str(), "of" | "for" | "who" | "whose" | "that" | "-")
        || matches!(view.upos(t + 1), Some(Upos::Noun | Upos::Propn)) && view.rel(t) == "compound";
    let named = view.starting_at(t + 1).is_some_and(|m| m.kind == NameKind::Person);
    if goes_on || named {
        return None;
    }
    let at = view.start(t);
    let mut fits: Vec<&(String, usize, EntityIx)> =
        known_as.iter().filter(|(noun, p, _)| *noun == low && *p < at).collect();
    fits.sort_by_key(|(_, p, _)| *p);
    let e = fits.last()?.2;
    Some((TokenRange::new(t, t + 1), MentionKind::Office, e))
}

/// "Hamas, the Islamist movement that rules Gaza": the noun of a remark after a body's name.
pub(super) fn apposed_body(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    if !NOUNS.contains(&view.low(t).as_str()) || view.low(t + 1) == "of" {
        return None;
    }
    let the = (1..=3)
        .filter_map(|k| t.checked_sub(k))
        .take_while(|x| view.together(*x, t) && view.word(*x) != ",")
        .find(|x| matches!(view.low(*x).as_str(), "the" | "a" | "an"))?;
    let comma = the.checked_sub(1).filter(|x| view.word(*x) == "," && view.together(*x, t))?;
    let end = view.segments.tokens.get(comma.checked_sub(1)?)?.span.hi();
    let m = reg.mentions.iter().find(|m| m.span.hi() == end)?;
    let e = m.entity.filter(|e| {
        reg.entities
            .get(*e as usize)
            .is_some_and(|x| matches!(x.kind, ActorKind::Organization | ActorKind::Group))
    })?;
    // "the EU, the UN agency and others" names two.
    let named =
        view.names.iter().any(|n| n.kind == NameKind::Organization && (the..t).any(|x| n.tokens.has(x)));
    let last = matches!(view.word(t + 1), "," | "." | ")")
        || matches!(view.low(t + 1).as_str(), "that" | "which" | "in" | "for");
    (!named && last).then_some((TokenRange::new(t, t + 1), MentionKind::Organization, e))
}

/// Nouns for those who fight a government, whoever they are.
const FIGHTERS: [&str; 14] = [
    "rebels",
    "insurgents",
    "militants",
    "guerrillas",
    "paramilitaries",
    "jihadists",
    "separatists",
    "extremists",
    "fighters",
    "gunmen",
    "islamists",
    "militiamen",
    "insurgency",
    "terrorists",
];

/// Whether a name is a bare noun for fighters.
pub(super) fn is_rebels(name: &str) -> bool {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).to_lowercase();
    FIGHTERS.contains(&bare.as_str())
}

/// "the paramilitaries": the one body of fighters that was named before.
pub(super) fn fighters(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    let low = view.low(t);
    if !FIGHTERS.contains(&low.as_str())
        || !determined(view, t)
        || matches!(view.low(t + 1).as_str(), "of" | "who" | "in" | "from")
    {
        return None;
    }
    let armed = |e: EntityIx| {
        reg.entities.get(e as usize).is_some_and(|x| {
            let own = x.name.contains("Forces") && !x.name.contains("Armed") || x.name.contains("Militia");
            matches!(x.kind, ActorKind::Organization | ActorKind::Group)
                && (x.sector.as_deref() == Some("REB") || low == "paramilitaries" && own)
        })
    };
    let before = view.start(t);
    let mut all: Vec<EntityIx> = reg
        .mentions
        .iter()
        .filter(|m| m.span.lo() < before)
        .filter_map(|m| m.entity.filter(|e| armed(*e)))
        .collect();
    all.retain(|e| reg.mentions.iter().any(|m| m.entity == Some(*e) && does(view, m)));
    all.sort_unstable();
    all.dedup();
    if let [one] = all.as_slice() {
        Some((TokenRange::new(t, t + 1), MentionKind::Group, *one))
    } else {
        None
    }
}

/// Whether a name stands where somebody does or suffers something, or before its fighters: of rebels who are charged with "al
/// Qaeda links" nothing says that they are al Qaeda.
fn does(view: &View<'_>, m: &Mention) -> bool {
    let own = view.segments.tokens_in(m.span);
    let Some(top) = own.iter().find(|t| view.head(*t).is_none_or(|h| !own.has(h))) else { return true };
    let before = view.head(top).filter(|_| matches!(view.rel(top), "compound" | "amod" | "nmod:poss"));
    match before {
        Some(h) => view.low(h) == "'s" || people::acts(&view.low(h)),
        None => !matches!(view.rel(top), "obj" | "obl" | "nmod" | "conj"),
    }
}

/// Whether a name that the reader took for a place or body is a byname: "Lion of Bay".
pub(super) fn is_byname(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or("");
    name.contains(" of ") && is_byname_noun(first) && !matches!(first, "Doctor" | "Professor")
}

/// Whether a noun makes a byname of a person, and no title.
pub(super) fn is_byname_noun(word: &str) -> bool {
    BYNAMES.contains(&word) && !matches!(word, "King" | "Queen" | "Tsar")
}

/// Nouns that make a byname of a person; the royal ones are titles where "of" follows.
const BYNAMES: [&str; 32] = [
    "Lion",
    "Leopard",
    "Tiger",
    "Fox",
    "Bear",
    "Bull",
    "Eagle",
    "Hawk",
    "Wolf",
    "Jackal",
    "Butcher",
    "Hammer",
    "Godfather",
    "Boss",
    "Bulldozer",
    "Lawgiver",
    "Doctor",
    "Professor",
    "Hangman",
    "Executioner",
    "Cobra",
    "Crocodile",
    "Panther",
    "Scorpion",
    "Falcon",
    "Baron",
    "Kingpin",
    "Kingmaker",
    "Strongman",
    "King",
    "Queen",
    "Tsar",
];

/// "wished the Ferry King a good crossing", "greetings to the Lion of Bay": whom the report speaks of most.
pub(super) fn byname(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    let the = t.checked_sub(1).is_some_and(|d| view.together(d, t) && view.low(d) == "the");
    if !the || !view.word(t).starts_with(char::is_uppercase) {
        return None;
    }
    let royal = |w: &str| matches!(w, "King" | "Queen" | "Tsar" | "Doctor" | "Professor" | "Baron");
    let end = if BYNAMES.contains(&view.word(t))
        && view.low(t + 1) == "of"
        && !matches!(view.word(t), "King" | "Queen" | "Tsar")
    {
        let name = t + 2 + usize::from(view.low(t + 2) == "the");
        view.word(name).starts_with(char::is_uppercase).then_some(name + 1)?
    } else if BYNAMES.contains(&view.word(t + 1))
        && view.together(t, t + 1)
        && !common::is_plain(view.word(t))
        && known::get(view.word(t)).is_none()
        && (royal(view.word(t + 1)) || view.low(t + 2) != "of")
        && view.low(t + 2) != "of"
        && !view.word(t + 2).starts_with(char::is_uppercase)
    {
        t + 2
    } else {
        return None;
    };
    let at = view.start(t);
    let mut count: BTreeMap<EntityIx, (usize, usize)> = BTreeMap::new();
    for m in reg.mentions.iter().filter(|m| m.span.lo() < at && m.kind == MentionKind::Person) {
        let Some(e) =
            m.entity.filter(|e| reg.entities.get(*e as usize).is_some_and(|x| x.kind == ActorKind::Person))
        else {
            continue;
        };
        let entry = count.entry(e).or_default();
        entry.0 += 1;
        entry.1 = entry.1.max(usize::MAX - m.span.lo());
    }
    // Of two who are spoken of as often, the one named first.
    let (e, _) = count.into_iter().max_by_key(|(e, (n, first))| (*n, *first, std::cmp::Reverse(*e)))?;
    Some((TokenRange::new(t, end), MentionKind::Person, e))
}
