//! A body or state by a noun that is no part of its name: "the guerrilla army", "the world body", "the kingdom", "the party". Only
//! where the report has named one that fits, and no other.

use super::again::{Found, determined, last_word};
use super::register::Register;
use super::view::View;
use chancery_lexicon::{counting, organizations, outlets, titles};
use chancery_model::facts::{Entity, EntityIx};
use chancery_model::mark::Upos;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind};

/// Kingdoms, emirates, sultanates and principalities of today, and Nepal until 2008, by ISO code.
const REALMS: [(&str, &[&str]); 4] = [
    (
        "kingdom",
        &[
            "MAR", "SAU", "JOR", "BHR", "GBR", "ESP", "NOR", "SWE", "DNK", "BEL", "NLD", "THA", "KHM", "LSO",
            "SWZ", "TON", "BTN", "MYS", "NPL",
        ],
    ),
    ("emirate", &["QAT", "KWT", "ARE"]),
    ("sultanate", &["OMN", "BRN"]),
    ("principality", &["MCO", "LIE", "AND"]),
];

/// Who is meant by the noun phrase that begins at a token.
pub(super) fn found(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    if !determined(view, t) || view.low(t - 1) != "the" {
        return None;
    }
    realm(view, reg, t).or_else(|| body(view, reg, t))
}

/// "the kingdom": the state with a king that was named before.
fn realm(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    let low = view.low(t);
    let (_, states) = REALMS.iter().find(|(n, _)| *n == low)?;
    if view.low(t + 1) == "of" || view.upos(t + 1) == Some(Upos::Noun) {
        return None;
    }
    let e = alone(view, reg, t, |x| {
        x.kind == ActorKind::State && x.country.as_deref().is_some_and(|c| states.contains(&c))
    })?;
    Some((TokenRange::new(t, t + 1), MentionKind::Metonym, e))
}

/// "the party", "the rebel movement", "the drug gang": the one body named before that can be called so.
fn body(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    let two = matches!(view.upos(t), Some(Upos::Noun | Upos::Adj))
        && view.together(t, t + 1)
        && view.upos(t + 1) == Some(Upos::Noun);
    let head = t + usize::from(two);
    let (first, noun) = (view.low(t), view.low(head));
    let next = view.low(head + 1);
    if matches!(next.as_str(), "of" | "in" | "that" | "which" | "who" | "-")
        || view.upos(head + 1) == Some(Upos::Noun)
        || view.word(t).starts_with(char::is_uppercase)
    {
        return None;
    }
    let range = TokenRange::new(t, head + 1);
    let armed = matches!(
        first.as_str(),
        "rebel" | "guerrilla" | "insurgent" | "armed" | "militant" | "separatist" | "jihadist"
    );
    let fits: &dyn Fn(&Entity) -> bool = match noun.as_str() {
        "body" | "organisation" | "organization" if first == "world" => &|x| x.name == "United Nations",
        "army" | "movement" | "group" | "force" | "organisation" | "organization" | "militia" if armed => {
            &fights
        }
        "gang" | "cartel" | "militia" | "mafia"
            if !two || matches!(first.as_str(), "drug" | "criminal" | "prison") =>
        {
            &outside_the_state
        }
        "party" | "movement" if !two || matches!(first.as_str(), "ruling" | "opposition") => &partisan,
        "company" | "firm" | "carrier" | "airline" | "miner" | "manufacturer" | "maker" => &firm,
        _ => return None,
    };
    let e = alone(view, reg, t, fits)?;
    Some((range, MentionKind::Organization, e))
}

fn plain(x: &Entity) -> bool {
    x.kind == ActorKind::Organization && outlets::by_name(&x.name).is_none()
}

fn fights(x: &Entity) -> bool {
    let by_name = ["liberation", "resistance", "movement", "brigade", "militia", "front"];
    let low = x.name.to_lowercase();
    matches!(x.kind, ActorKind::Organization | ActorKind::Group)
        && (x.sector.as_deref() == Some("REB")
            || x.sector.is_none() && plain(x) && by_name.iter().any(|w| low.contains(w)))
}

fn outside_the_state(x: &Entity) -> bool {
    plain(x)
        && matches!(x.sector.as_deref(), None | Some("REB" | "CRM"))
        && organizations::by_name(&x.name).is_none()
}

fn partisan(x: &Entity) -> bool {
    plain(x)
        && matches!(x.sector.as_deref(), None | Some("OPP" | "PTY"))
        && organizations::by_name(&x.name).is_none()
}

fn firm(x: &Entity) -> bool {
    plain(x)
        && matches!(x.sector.as_deref(), None | Some("BUS" | "MNC"))
        && organizations::by_name(&x.name).is_none_or(|o| matches!(o.sector.as_str(), "BUS" | "MNC"))
}

/// The one entity named before that fits.
fn alone(view: &View<'_>, reg: &Register, t: usize, fits: impl Fn(&Entity) -> bool) -> Option<EntityIx> {
    let at = view.start(t);
    let named = reg.mentions.iter().filter(|m| m.span.lo() < at && m.kind != MentionKind::Pronoun);
    let mut all: Vec<EntityIx> =
        named.filter_map(|m| m.entity.filter(|e| reg.entities.get(*e as usize).is_some_and(&fits))).collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// "Peter Deng gave the order. The oil minister is no friend of theirs": a title that the report gives nobody, said of the one
/// person without a title who is the subject of the sentence before.
pub(super) fn just_named(
    view: &View<'_>,
    reg: &Register,
    holders: &[(String, usize, EntityIx)],
    described: &[(String, usize, EntityIx)],
    t: usize,
) -> Option<Found> {
    if !determined(view, t) || view.low(t - 1) != "the" {
        return None;
    }
    let start = view.start(t);
    let (byte, core) = titles::office_at(view.text, start).filter(|(_, core)| !core.weak)?;
    let end = (t..t + 6).find(|x| view.start(*x) >= byte)?;
    let head = last_word(view.text.get(start..byte)?);
    let given = holders
        .iter()
        .any(|(h, _, _)| *h == head || titles::like(h).is_some_and(|l| titles::like(&head) == Some(l)));
    let subject = view.rel(end - 1).starts_with("nsubj");
    let named = view.starting_at(end).is_some();
    let of = matches!(view.low(end).as_str(), "of" | "for" | "in" | "'s" | "’s");
    if core.weak || given || !subject || named || of || counting::is_plural(&head) {
        return None;
    }
    let here = view.segments.sentence_of(t)?;
    let before = view.segments.sentences.get(here.checked_sub(1)?)?.span;
    let titled = |e: EntityIx| holders.iter().chain(described).any(|(_, _, x)| *x == e);
    let mut all: Vec<EntityIx> = reg
        .mentions
        .iter()
        .filter(|m| before.contains(m.span) && m.kind == MentionKind::Person)
        .filter(|m| {
            let tokens = view.segments.tokens_in(m.span);
            tokens.iter().any(|x| view.rel(x).starts_with("nsubj"))
        })
        .filter_map(|m| m.entity)
        .filter(|e| reg.entities.get(*e as usize).is_some_and(|x| x.kind == ActorKind::Person) && !titled(*e))
        .collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [one] => Some((TokenRange::new(t, end), MentionKind::Office, *one)),
        _ => None,
    }
}
