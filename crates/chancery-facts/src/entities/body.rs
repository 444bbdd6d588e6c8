//! Bodies of a state that the reader left in two: "the Rwandan army", "Syria's foreign ministry"; and the state that a report
//! is about, to which a bare "the army" belongs.

use super::register::Register;
use super::view::View;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::{countries, organizations, titles};
use chancery_model::facts::{Entity, Maker, Mention, PlaceRef};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, PlaceKind, Sure};
use std::collections::BTreeMap;

/// The maker of such mentions.
const BY: &str = "rules:entities:body";

/// Nouns that are the state itself: what its government does it does.
const STATE: [&str; 9] = [
    "government",
    "administration",
    "authorities",
    "regime",
    "leadership",
    "state",
    "side",
    "cabinet",
    "delegation",
];

fn governs(noun: &str) -> bool {
    matches!(noun, "government" | "administration" | "authorities" | "regime" | "leadership")
}

/// Whether a noun stands for the state itself.
pub(super) fn is_state(noun: &str) -> bool {
    STATE.contains(&noun)
}

/// Makes one mention of a state's name and the body after it.
pub(super) fn add(view: &View<'_>, reg: &mut Register) {
    for n in view.names {
        let name = view.name(n);
        let (iso, local) = match known::get(name) {
            Some(Known::Demonym(c) | Known::Country(c)) => (Some(c.iso.clone()), false),
            Some(Known::Region(r)) => (r.country.clone(), true),
            Some(Known::City) => {
                (chancery_lexicon::cities::in_country(name, None).map(|c| c.country.to_owned()), true)
            }
            Some(Known::Capital(c)) => (Some(c.iso.clone()), true),
            _ => continue,
        };
        let start = n.tokens.start as usize;
        let mut from = n.tokens.end as usize;
        if matches!(view.word(from), "'s" | "’s" | "'" | "’") {
            from += 1;
        } else if matches!(known::get(name), Some(Known::Country(_)))
            && !name.chars().all(char::is_uppercase)
            && !(start > 0 && view.low(start - 1) == "the")
        {
            // "the Sudan army", but not "in Sudan troops".
            continue;
        }
        let Some((byte, sector)) = organizations::body_at(view.text, view.start(from)) else { continue };
        let token_ends = |t: &usize| view.segments.tokens.get(*t).is_some_and(|x| x.span.hi() >= byte);
        let Some(end) = (from..from + 5).find(token_ends).map(|t| t + 1) else { continue };
        let words = view.text.get(view.start(from)..byte).unwrap_or("").to_lowercase();
        let single = !words.ends_with('s')
            || matches!(
                words.as_str(),
                "armed forces" | "security forces" | "special forces" | "authorities"
            );
        let titled = titles::office_at(view.text, view.start(end)).is_some() && view.together(start, end);
        let ends = view.segments.tokens.get(end - 1).is_some_and(|t| t.span.hi() == byte);
        if !ends
            || !single
            || titled
            || is_state(&words) && (local || !governs(&words))
            // A town has a police of its own, and no army.
            || local && !matches!(words.as_str(), "police" | "parliament" | "assembly" | "government" | "council")
            || matches!(sector, "CVL" | "REB" | "OPP" | "MED")
            || matches!(words.as_str(), "mission" | "intelligence" | "assembly" | "court" | "military" | "ministry")
                && view.low(end).starts_with(char::is_alphabetic)
                && organizations::body_at(view.text, view.start(end)).is_some()
            || view.word(end) == "-"
            || !view.together(start, end - 1)
        {
            continue;
        }
        let span = view.segments.span(TokenRange::new(start, end));
        // "spokesman of the Sudanese army": the office is marked whole, the army is somebody all the same.
        let office = |m: &&chancery_model::mark::NameMark| {
            m.kind == chancery_model::mark::NameKind::Office && m.tokens.start < n.tokens.start
        };
        if view.names.iter().any(|m| m.tokens != n.tokens && !office(&m) && view.span(m).overlaps(span)) {
            continue;
        }
        let full = span.of(view.text);
        // "The Peruvian government" is the state.
        if governs(&words)
            && let Some(iso) = &iso
        {
            let entity = reg.state(iso, full);
            let maker = Maker { by: BY.into(), sure: Sure::Medium };
            reg.mention(span, MentionKind::Metonym, Some(entity), None, maker);
            continue;
        }
        let entity = reg.organization(
            full,
            iso.as_deref(),
            Some(&(if local { full.to_lowercase() } else { words }, sector)),
        );
        let maker = Maker { by: BY.into(), sure: Sure::Medium };
        reg.mention(span, MentionKind::Organization, Some(entity), None, maker);
    }
}

/// The state that a report is about: at least two thirds of the mentions of actors and places whose state is known, and of
/// where it was written. The state that a charity, a firm or an outlet is of has no part in the story ("the French charity",
/// "a French radio station").
pub(super) fn home(
    view: &View<'_>,
    entities: &[Entity],
    places: &[PlaceRef],
    mentions: &[Mention],
) -> Option<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    // One town alone is where somebody went: "the envoys came to Oslo".
    let mut only_town = true;
    for m in mentions.iter().filter(|m| m.kind != MentionKind::Pronoun) {
        let Some(e) = m.entity.and_then(|e| entities.get(e as usize)) else {
            let place = m.place.and_then(|p| places.get(p as usize));
            if let Some(c) = place.and_then(|p| p.country.clone()) {
                only_town &= place.is_some_and(|p| p.kind == PlaceKind::City) && count.is_empty();
                *count.entry(c).or_default() += 1;
            }
            continue;
        };
        let private = matches!(e.sector.as_deref(), Some("MED" | "NGO" | "BUS" | "MNC"));
        let counted = e.kind != ActorKind::Unnamed && !private && !of_another(view, m, e);
        if let Some(c) = e.country.as_deref().filter(|_| counted) {
            only_town = false;
            *count.entry(c.to_owned()).or_default() += 1;
        }
    }
    if let Some(c) = view.dateline.and_then(written_in) {
        only_town = false;
        *count.entry(c).or_default() += 1;
    }
    let all: usize = count.values().sum();
    let (top, most) = count.into_iter().max_by_key(|(c, n)| (*n, std::cmp::Reverse(c.clone())))?;
    (!only_town && most * 3 >= all * 2 && countries::by_iso(&top).is_some()).then_some(top)
}

/// Whether a demonym only says what somebody else is of: no body and no office of the state.
fn of_another(view: &View<'_>, m: &Mention, e: &Entity) -> bool {
    if e.kind != ActorKind::State || m.kind != MentionKind::Group {
        return false;
    }
    let t = view.segments.tokens_in(m.span).start as usize;
    let Some(noun) = view.head(t).filter(|_| view.rel(t) == "amod") else { return false };
    let at = view.start(noun);
    organizations::body_at(view.text, at).is_none() && titles::office_at(view.text, at).is_none()
}

/// The country of a dateline: "COLOMBO".
fn written_in(dateline: &str) -> Option<String> {
    let place = dateline.split(',').next()?.trim();
    let title = |w: &str| {
        let mut c = w.chars();
        c.next()
            .map_or_else(String::new, |f| f.to_uppercase().collect::<String>() + &c.as_str().to_lowercase())
    };
    let place = place.split_whitespace().map(title).collect::<Vec<_>>().join(" ");
    match known::get(&place) {
        Some(Known::Capital(c) | Known::Country(c)) => Some(c.iso.clone()),
        Some(Known::City) => chancery_lexicon::cities::in_country(&place, None).map(|c| c.country.to_owned()),
        _ => None,
    }
}
