//! People by what they are: "the Turkish leader", "the Kremlin strongman", "the top Egyptian envoy", "the Florida senator".

use super::again::last_word;
use super::register::Register;
use super::view::View;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::titles;
use chancery_model::facts::EntityIx;
use chancery_model::mark::{NameKind, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::MentionKind;

/// What may be said of one person, and the last words of the titles that such a person is given elsewhere in the report.
const CLASSES: [(&[&str], &[&str]); 3] = [
    (
        &["leader", "strongman", "ruler", "autocrat", "dictator", "president", "premier", "monarch"],
        &[
            "president",
            "premier",
            "chancellor",
            "king",
            "queen",
            "emir",
            "sultan",
            "leader",
            "ruler",
            "taoiseach",
            "chairman",
            "strongman",
            "dictator",
            "monarch",
            "emperor",
        ],
    ),
    (
        &["diplomat", "envoy", "emissary", "negotiator", "ambassador", "mediator"],
        &[
            "diplomat",
            "envoy",
            "emissary",
            "negotiator",
            "ambassador",
            "mediator",
            "minister",
            "secretary",
            "representative",
        ],
    ),
    (
        &["general", "commander", "officer", "admiral", "colonel"],
        &[
            "general",
            "commander",
            "admiral",
            "colonel",
            "officer",
            "marshal",
            "brigadier",
            "captain",
            "major",
        ],
    ),
];

/// Words that may stand between the article, the state and the noun.
const BESIDE: [&str; 12] = [
    "top",
    "chief",
    "senior",
    "veteran",
    "outgoing",
    "new",
    "embattled",
    "authoritarian",
    "longtime",
    "reclusive",
    "de-facto",
    "ageing",
];

type Found = (TokenRange, MentionKind, EntityIx);

/// The person that an epithet stands for whose last words begin at a token.
pub(super) fn found(
    view: &View<'_>,
    reg: &mut Register,
    holders: &[(String, usize, EntityIx)],
    t: usize,
) -> Option<Found> {
    of_state(view, reg, holders, t).or_else(|| by_title(view, reg, holders, t))
}

/// The person that an epithet ending at a token stands for: of that state, named before, and alone in fitting it (or
/// the one with a fitting title who was named last).
fn of_state(
    view: &View<'_>,
    reg: &mut Register,
    holders: &[(String, usize, EntityIx)],
    t: usize,
) -> Option<Found> {
    let noun = view.low(t);
    let (_, fitting) = CLASSES.iter().find(|(nouns, _)| nouns.contains(&noun.as_str()))?;
    if !matches!(view.upos(t), Some(Upos::Noun | Upos::Propn) | None) {
        return None;
    }
    // "The Turkish leader Kemal Aydin" is named right there; "the Turkish general staff" is no general.
    let next = t + 1;
    if view.starting_at(next).is_some_and(|n| n.kind == NameKind::Person)
        || view.together(t, next) && matches!(view.upos(next), Some(Upos::Noun | Upos::Propn))
    {
        return None;
    }
    let (from, state, adjective) = state_before(view, t)?;
    let at = view.start(from);
    let before = |e: EntityIx| reg.mentions.iter().rev().find(|m| m.entity == Some(e) && m.span.lo() < at);
    let of_state: Vec<(EntityIx, usize)> = reg
        .people()
        .filter(|(_, e)| e.country.as_deref() == Some(state.as_str()))
        .filter_map(|(n, _)| Some((n, before(n)?.span.lo())))
        .collect();
    let titled =
        |e: EntityIx| holders.iter().any(|(h, p, x)| *x == e && *p < at && fitting.contains(&h.as_str()));
    let fits = of_state.iter().filter(|(e, _)| titled(*e)).max_by_key(|(_, p)| *p);
    // "the Kremlin strongman" of a report that speaks of one president and never says whose: the palace says it.
    let unsaid = || {
        let mut all: Vec<EntityIx> = holders
            .iter()
            .filter(|(h, p, e)| fitting.contains(&h.as_str()) && *p < at && reg.country(*e).is_none())
            .map(|h| h.2)
            .collect();
        all.sort_unstable();
        all.dedup();
        let [one] = all.as_slice() else { return None };
        Some(*one).filter(|_| !adjective || of_state.is_empty() && fitting.contains(&"president"))
    };
    let only = || if let [one] = of_state.as_slice() { Some(one) } else { None };
    let person = fits.or_else(only).map(|x| x.0).or_else(unsaid)?;
    // The epithet says whose leader it is.
    if let Some(x) = reg.entities.get_mut(person as usize) {
        x.country = x.country.take().or_else(|| Some(state.clone()));
    }
    // A demonym is part of the epithet; a capital or a palace keeps its own mention.
    let start = if adjective { from } else { t };
    if adjective {
        let span = view.segments.span(TokenRange::new(start, next));
        reg.mentions.retain(|m| !(m.kind == MentionKind::Group && span.contains(m.span)));
    }
    Some((TokenRange::new(start, next), MentionKind::Office, person))
}

/// A title with words of another kind before it ("the Florida senator", "the former mayor"): of the one person of the report
/// who has it, or of the one of that state.
fn by_title(
    view: &View<'_>,
    reg: &Register,
    holders: &[(String, usize, EntityIx)],
    t: usize,
) -> Option<Found> {
    let start = view.start(t);
    let (byte, core) = titles::office_at(view.text, start)?;
    let end = (t + 1..t + 7).find(|x| view.start(*x) >= byte)?;
    let named = view.starting_at(end).is_some_and(|m| m.kind == NameKind::Person);
    let goes_on = view.together(t, end) && matches!(view.upos(end), Some(Upos::Noun | Upos::Propn));
    if core.weak || named || goes_on || matches!(view.word(end), "of" | "for" | "'s" | "’s") {
        return None;
    }
    let mut states: Vec<String> = Vec::new();
    let mut first = None;
    for k in (t.saturating_sub(4)..t).rev().take_while(|k| view.together(*k, t)) {
        if view.low(k) == "the" {
            first = Some(k + 1).filter(|f| *f < t);
            break;
        }
        match known::get(view.word(k)) {
            Some(Known::Demonym(c) | Known::Country(c)) => states.push(c.iso.clone()),
            _ if matches!(view.upos(k), Some(Upos::Adj | Upos::Noun | Upos::Propn) | None)
                && view.word(k) != "," => {}
            _ => return None,
        }
    }
    let at = view.start(first?);
    let head = last_word(view.text.get(start..byte)?);
    let same = |h: &str| h == head || titles::like(h).is_some_and(|l| titles::like(&head) == Some(l));
    let mut who: Vec<EntityIx> = holders
        .iter()
        .filter(|(h, p, e)| same(h) && *p < at && states.iter().all(|s| reg.country(*e).as_ref() == Some(s)))
        .map(|h| h.2)
        .collect();
    who.sort_unstable();
    who.dedup();
    let [one] = who.as_slice() else { return None };
    Some((TokenRange::new(t, end), MentionKind::Office, *one))
}

/// The state told between the article and the noun: its first token, its code, and whether a demonym tells it.
fn state_before(view: &View<'_>, t: usize) -> Option<(usize, String, bool)> {
    let mut state = None;
    let mut first = t;
    for k in (t.saturating_sub(4)..t).rev() {
        if !view.together(k, t) {
            return None;
        }
        if view.low(k) == "the" {
            return state.map(|(code, adjective)| (first, code, adjective));
        }
        let told = match known::get(view.word(k)) {
            Some(Known::Demonym(c)) => Some((c.iso.clone(), true)),
            Some(Known::Country(c) | Known::Seat(c) | Known::Capital(c))
                if view.word(k).starts_with(char::is_uppercase) =>
            {
                Some((c.iso.clone(), false))
            }
            _ => None,
        };
        match (told, &state) {
            (Some(s), None) => state = Some(s),
            (None, _) if BESIDE.contains(&view.low(k).as_str()) => {}
            _ => return None,
        }
        first = k;
    }
    None
}
