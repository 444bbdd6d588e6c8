//! Who and where: the names of a report become entities, places and their mentions.
//!
//! Full names, surnames, titles with names and acronyms of one report are one entity each. Two people with one
//! surname stay two. What a name means beyond one report (ids, transliterations) is for linking.

mod again;
mod alias;
mod body;
mod described;
mod epithet;
mod folding;
mod kinds;
mod letters;
mod loosely;
mod metonym;
mod named;
mod nickname;
mod place;
mod pronoun;
mod register;
mod resolve;
pub(crate) mod view;

pub(crate) use pronoun::{add_later as add_pronouns, unnamed_speaker};
pub use resolve::resolve;
pub(crate) use resolve::{counted, named_only};

use crate::Context;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::{organizations, regions, sectors, titles};
use chancery_model::facts::{Entity, EntityIx, Maker, Mention, PlaceIx};
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::vocab::{ActorKind, MentionKind, PlaceKind, Sure};
use register::{Person, Register};
use std::collections::BTreeSet;
use view::View;

/// Adds entities, places and mentions to the facts.
pub fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut reg = Register::default();
    // Full names first, so that a surname in the headline finds its person.
    for n in &ctx.marks.names {
        let knight = matches!(view.word(n.tokens.start as usize), "Dame" | "Sir") && n.tokens.len() == 2;
        // A hyphenated surname alone is no full name.
        let lone = !view.name(n).contains(char::is_whitespace);
        if n.kind == NameKind::Person && n.tokens.len() > 1 && !knight && !lone && !is_place(&view, n) {
            reg.full_name(view.name(n), title_of(&view, n));
        }
    }
    body::add(&view, &mut reg);
    let bodies: Vec<chancery_model::Span> = reg.mentions.iter().map(|m| m.span).collect();
    let called = nickname::explained(&view);
    for (i, n) in ctx.marks.names.iter().enumerate() {
        // Who goes by that name is asked below.
        if called.iter().any(|c| c.is(view.name(n))) {
            continue;
        }
        // "Rwandan" of "the Rwandan army".
        if bodies.iter().any(|b| b.contains(view.span(n))) {
            continue;
        }
        if let Some(iso) = korea(&view, n) {
            let e = reg.state(iso, view.name(n));
            reg.mention(view.span(n), MentionKind::Metonym, Some(e), None, maker(n));
            continue;
        }
        // "greetings to the Lion of Bay": whose byname it is, is asked below.
        if described::is_byname(view.name(n)) && known::get(view.name(n)).is_none() {
            continue;
        }
        if is_pair(&view, &reg, n) || is_rank(view.name(n)) || ZONES.contains(&view.name(n)) {
            continue;
        }
        match settled(&view, &reg, n) {
            NameKind::Person => person(&view, &mut reg, n),
            NameKind::Organization => organization(&view, &mut reg, i, n),
            NameKind::Group => group(&view, &mut reg, n),
            NameKind::Place => place::add(&view, &mut reg, n, speaks(ctx, n)),
            NameKind::Office | NameKind::Event => {}
        }
    }
    nickname::add(&view, &mut reg, &called);
    offices(&view, &mut reg);
    reg.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    alias::add(&view, &mut reg);
    reg.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    again::add(&view, &mut reg);
    reg.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    pronoun::add(&view, &mut reg, ctx);
    owned_by_pronoun(&view, &mut reg);
    reg.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    ctx.facts.entities = reg.entities;
    ctx.facts.places = reg.places;
    ctx.facts.mentions = reg.mentions;
}

/// "Its foreign ministry" is of the state that "its" stands for.
fn owned_by_pronoun(view: &View<'_>, reg: &mut Register) {
    let mut told: Vec<(EntityIx, String)> = Vec::new();
    for m in reg.mentions.iter().filter(|m| m.kind == MentionKind::Organization) {
        let before = (view.segments.tokens_in(m.span).start as usize).checked_sub(1);
        let Some(t) = before.filter(|t| matches!(view.low(*t).as_str(), "its" | "their")) else { continue };
        let Some(at) = view.segments.tokens.get(t).map(|x| x.span) else { continue };
        let owner =
            reg.mentions.iter().find(|o| o.span == at).and_then(|o| reg.entities.get(o.entity? as usize));
        let state = owner.filter(|o| o.kind == ActorKind::State).and_then(|o| o.country.clone());
        if let (Some(e), Some(c)) = (m.entity, state) {
            told.push((e, c));
        }
    }
    for (e, country) in told {
        if let Some(x) = reg.entities.get_mut(e as usize) {
            x.country = x.country.take().or(Some(country));
        }
    }
}

/// Clocks that stand behind a time of day and are taken for a body.
const ZONES: [&str; 16] = [
    "BST", "GMT", "UTC", "CET", "CEST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "IST",
    "AEST",
];

/// "Adm." of "Adm. Nora Heim", marked apart from her name: nobody by itself.
fn is_rank(name: &str) -> bool {
    name.ends_with('.') && titles::core_at(name, 0).is_some_and(|(end, _)| end == name.len())
}

/// "Holm-Brandt talks", "Russian-American relations": two who have to do with one another, and nobody.
fn is_pair(view: &View<'_>, reg: &Register, n: &NameMark) -> bool {
    let Some((a, b)) =
        view.name(n).split_once('-').filter(|(a, b)| !a.contains(' ') && !b.contains([' ', '-']))
    else {
        return false;
    };
    let bears = |w: &str| {
        let w = register::fold(w);
        reg.people().any(|(_, e)| register::parts(&e.name).last() == Some(&w))
    };
    let state = |w: &str| matches!(known::get(w), Some(Known::Demonym(_)));
    n.kind != NameKind::Person && (bears(a) && bears(b) || state(a) && state(b))
}

/// Whether a name is the whole source of an attribution.
fn speaks(ctx: &Context<'_>, n: &NameMark) -> bool {
    ctx.marks.attributions.iter().any(|a| a.source.contains(&n.tokens))
}

/// The kind of a name, where lists or the report know better than the mark: seats of government are places, a word that
/// is part of a person's name is that person.
fn settled(view: &View<'_>, reg: &Register, n: &NameMark) -> NameKind {
    if matches!(n.kind, NameKind::Office | NameKind::Event) {
        return n.kind;
    }
    match known::get(view.name(n)) {
        Some(Known::Seat(_)) => NameKind::Place,
        Some(Known::Organization(_) | Known::Outlet(_)) if n.kind == NameKind::Person => {
            NameKind::Organization
        }
        // "Bamako has long accused Paris": a capital, unless somebody of the report bears the name.
        Some(Known::Country(_) | Known::Capital(_)) if is_place(view, n) && n.tokens.len() > 1 => {
            NameKind::Place
        }
        Some(Known::Country(_) | Known::Capital(_))
            if n.kind == NameKind::Person
                && n.tokens.len() == 1
                && !reg.people().any(|(_, e)| {
                    let parts = register::parts(&e.name);
                    parts.len() > 1 && parts.contains(&register::fold(view.name(n)))
                }) =>
        {
            NameKind::Place
        }
        _ if n.kind == NameKind::Person && chancery_lexicon::metonyms::house(view.name(n)).is_none() => {
            n.kind
        }
        Some(Known::Country(_) | Known::Capital(_)) if n.kind == NameKind::Organization => NameKind::Place,
        Some(Known::Organization(_)) => NameKind::Organization,
        None if chancery_lexicon::metonyms::house(view.name(n)).is_some() => NameKind::Place,
        // "Okafor-Banks" of Denise Okafor-Banks.
        None if n.tokens.len() > 1
            && !view.name(n).contains(char::is_whitespace)
            && reg.people().any(|(_, e)| {
                e.name.split_whitespace().count() > 1
                    && e.name.split_whitespace().next_back().map(register::fold)
                        == Some(register::fold(view.name(n)))
            }) =>
        {
            NameKind::Person
        }
        None if n.tokens.len() == 1 => {
            let word = register::fold(view.name(n));
            let named = |e: &Entity| {
                let parts = register::parts(&e.name);
                parts.len() > 1
                    && (parts.last() == Some(&word) || parts.first() == Some(&word) && word.len() > 2)
            };
            if reg.people().any(|(_, e)| named(e)) { NameKind::Person } else { n.kind }
        }
        _ => n.kind,
    }
}

/// Whether a name of several words taken for a person's is that of a country or capital: "Addis Ababa".
fn is_place(view: &View<'_>, n: &NameMark) -> bool {
    n.kind == NameKind::Person
        && n.tokens.len() > 1
        && matches!(known::get(view.name(n)), Some(Known::Country(_) | Known::Capital(_)))
}

/// "The North" of a report about both Koreas.
fn korea(view: &View<'_>, n: &NameMark) -> Option<&'static str> {
    let iso = match view.name(n).strip_prefix("the ").unwrap_or(view.name(n)) {
        "North" => "PRK",
        "South" => "KOR",
        _ => return None,
    };
    let named = |code: &str| {
        view.names.iter().any(|m| m.tokens != n.tokens && country_of(view, m).as_deref() == Some(code))
    };
    let the = (n.tokens.start as usize).checked_sub(1).is_some_and(|t| view.low(t) == "the");
    (the && named("PRK") && named("KOR")).then_some(iso)
}

fn maker(n: &NameMark) -> Maker {
    Maker { by: n.by.clone(), sure: n.sure }
}

/// What stands around a person's name: office, country, sector, sex.
fn title_of(view: &View<'_>, n: &NameMark) -> Person {
    let mut out = Person { titles: again::title_heads(view, n), ..Person::default() };
    let first = n.tokens.start as usize;
    let office = view.ending_at(first).filter(|m| m.kind == NameKind::Office);
    let after = view.apposed_office(n);
    if let Some(o) = office.or(after) {
        let words = view.name(o);
        out.sex = titles::sex_of(words);
        out.sector = office_sector(words);
        let owner = view.owner_of(o);
        out.country = owner.and_then(|m| country_of(view, m));
        if let Some(org) = owner
            .filter(|m| m.kind == NameKind::Organization)
            .and_then(|m| organizations::by_name(view.name(m)))
        {
            out.sector = Some(org.sector.clone());
        }
    } else {
        // "Norwegian Kari Dahl", "Foreign Ministry spokesman".
        out.country = view.ending_at(first).and_then(|m| country_of(view, m));
    }
    if let Some(sex) =
        first.checked_sub(1).and_then(|t| titles::courtesy_at(view.text, view.start(t))).and_then(|c| c.1)
    {
        out.sex = Some(sex);
    }
    let given = n.tokens.iter().find_map(|t| chancery_lexicon::given_names::get(view.word(t)));
    out.sex = out.sex.or_else(|| given.filter(|_| n.tokens.len() > 1).and_then(|g| g.sex));
    out
}

/// The CAMEO sector of an office.
pub(crate) fn office_sector(words: &str) -> Option<String> {
    // "Deputy Foreign Ministers NAME and NAME".
    let one = words
        .strip_suffix('s')
        .filter(|w| !w.ends_with('s') && titles::office_at(w, 0).is_some_and(|(end, _)| end == w.len()));
    let words = one.unwrap_or(words);
    let core = words.split_inclusive([' ', '-']).scan(0, |at, w| {
        let here = *at;
        *at += w.len();
        Some(here)
    });
    let by_core =
        core.filter_map(|at| titles::office_at(words, at)).map(|f| f.1.sector).find(|s| !s.is_empty());
    by_core.or_else(|| sectors::of(words)).map(str::to_owned)
}

/// The state that a mark names or belongs to.
pub(crate) fn country_of(view: &View<'_>, m: &NameMark) -> Option<String> {
    let name = view.name(m);
    let first = name.split_whitespace().next().unwrap_or("");
    let known =
        known::get(name).or_else(|| known::at(name, 0, false).map(|k| k.1)).or_else(|| known::get(first));
    match known? {
        Known::Country(c) | Known::Demonym(c) | Known::Capital(c) | Known::Seat(c) => Some(c.iso.clone()),
        Known::Organization(o) => o.country.clone(),
        Known::Group(g) => g.country.clone(),
        Known::Region(r) => r.country.clone(),
        Known::Outlet(o) => Some(o.country.clone()),
        Known::City | Known::Event => None,
    }
}

fn person(view: &View<'_>, reg: &mut Register, n: &NameMark) {
    let entity = reg.person(view.name(n), title_of(view, n));
    reg.mention(view.span(n), MentionKind::Person, Some(entity), None, maker(n));
}

fn organization(view: &View<'_>, reg: &mut Register, i: usize, n: &NameMark) {
    let name = view.name(n);
    let mut country = country_of(view, n).filter(|_| !matches!(known::get(name), Some(Known::Outlet(_))));
    // "The G8 in Ireland" meets there.
    let of_states = organizations::by_name(name).is_some_and(|o| o.sector == "IGO");
    if country.is_none() && !of_states {
        country = view.possessor(n).and_then(|m| country_of(view, m));
    }
    let body = view.body(name);
    // "Valdoria Relief Party (VRP)": the acronym is the party.
    let end = n.tokens.end as usize;
    let bracketed = view.word(end) == "(" && view.word(end + 2) == ")";
    let before = i.checked_sub(1).and_then(|p| view.names.get(p));
    let opened = view.word((n.tokens.start as usize).wrapping_sub(1)) == "(" && view.word(end) == ")";
    let named = before.filter(|b| inner(view, b).is_none());
    let named =
        named.filter(|b| opened && b.tokens.end + 1 == n.tokens.start && b.kind == NameKind::Organization);
    let the = n.tokens.start > 0 && view.low(n.tokens.start as usize - 1) == "the";
    let named = named.and_then(|b| reg.find_organization(view.name(b), None));
    let entity = match named.or_else(|| reg.given_acronym(name, the)) {
        Some(e) => {
            reg.also(e, name);
            e
        }
        None => reg.organization(name, country.as_deref(), body.as_ref()),
    };
    reg.mention(view.span(n), MentionKind::Organization, Some(entity), None, maker(n));
    let inner = inner(view, n);
    if bracketed && inner.is_none() {
        reg.acronym(entity, view.word(end + 1));
    }
    if let Some((span, tail)) = inner {
        let body = view.body(tail);
        let country = known_country(tail);
        let whose = reg.organization(tail, country.as_deref(), body.as_ref());
        if bracketed {
            reg.acronym(whose, view.word(end + 1));
        }
        reg.mention(span, MentionKind::Organization, Some(whose), None, maker(n));
    }
}

/// The body that a part of it is named with: "Defence Committee of the State Duma".
fn inner<'a>(view: &View<'a>, n: &NameMark) -> Option<(chancery_model::Span, &'a str)> {
    let span = view.span(n);
    let name = view.name(n);
    if organizations::by_name(name).is_some() {
        return None;
    }
    let cut = name.find(" of the ").map(|c| c + 8).or_else(|| name.find(" of ").map(|c| c + 4))?;
    let (head, tail) = (name.get(..cut)?, name.get(cut..)?);
    let part = head.split_whitespace().any(|w| {
        organizations::head_at(w, 0, false).is_some() || matches!(w, "Department" | "Office" | "Bureau")
    });
    let body = organizations::by_name(tail).is_some()
        || tail.contains(' ')
            && tail
                .split_whitespace()
                .next_back()
                .is_some_and(|w| organizations::head_at(w, 0, false).is_some_and(|(end, _)| end == w.len()));
    (part && body).then(|| (chancery_model::Span::new(span.lo() + cut, span.hi()), tail))
}

fn known_country(name: &str) -> Option<String> {
    match known::at(name, 0, false)?.1 {
        Known::Country(c) | Known::Demonym(c) => Some(c.iso.clone()),
        _ => None,
    }
}

fn group(view: &View<'_>, reg: &mut Register, n: &NameMark) {
    let name = view.name(n);
    if known::get(name).is_none()
        && let Some(e) = reg.members_of(name)
    {
        reg.also(e, name);
        reg.mention(view.span(n), MentionKind::Group, Some(e), None, maker(n));
        return;
    }
    if known::get(name).is_none()
        && let Some(e) =
            reg.group_by_part(name).or_else(|| reg.only_rebels().filter(|_| described::is_rebels(name)))
    {
        reg.also(e, name);
        reg.mention(view.span(n), MentionKind::Group, Some(e), None, maker(n));
        return;
    }
    let entity = match known::get(name) {
        Some(Known::Demonym(c)) => {
            // "Danish" and "the Danes" are the state unless they are counted or held: then people.
            let people = c.is_plural(name) && view.counted_before(n);
            if people { reg.group(name, Some(&c.iso)) } else { reg.state(&c.iso, name) }
        }
        Some(Known::Group(g)) => reg.group_named(&g.name, name, g.country.as_deref()),
        _ => {
            let country = country_of(view, n);
            let e = reg.group(name, country.as_deref());
            if let Some(e) = reg.entities.get_mut(e as usize) {
                e.sector = sectors::of(name).map(str::to_owned);
            }
            e
        }
    };
    reg.mention(view.span(n), MentionKind::Group, Some(entity), None, maker(n));
}

/// Offices: the person beside them, or the one who is said elsewhere to hold them.
fn offices(view: &View<'_>, reg: &mut Register) {
    let mut holders: Vec<(String, Option<String>, BTreeSet<String>, EntityIx)> = Vec::new();
    let mut open = Vec::new();
    for o in view.names.iter().filter(|m| m.kind == NameKind::Office) {
        let words = view.name(o).to_lowercase();
        let country = view.owner_of(o).and_then(|m| country_of(view, m));
        match view.holder(o).and_then(|p| reg.entity_at(view.span(p))) {
            Some(e) => {
                // "The Egyptian foreign minister, Samir Fahd,": of Egypt, and of its government.
                if let Some(x) = reg.entities.get_mut(e as usize) {
                    x.country = x.country.take().or_else(|| country.clone());
                    x.sector = x.sector.take().or_else(|| office_sector(&words));
                }
                holders.push((words, country.or_else(|| reg.country(e)), view.told_apart(o).words, e));
                // Beside the name it is part of the naming; the person's own mention counts.
                reg.mention(view.span(o), MentionKind::Office, Some(e), None, maker(o));
            }
            None => open.push((o, words, country)),
        }
    }
    for (o, words, country) in open {
        let own = view.told_apart(o);
        let mut fits: Vec<EntityIx> = holders
            .iter()
            .filter(|(w, c, theirs, _)| {
                (*w == words || w.ends_with(&format!(" {words}")))
                    && (country.is_none() || c.is_none() || *c == country)
                    && (own.may_be(theirs) || country.is_some() && *c == country && own.may_be_of_state())
            })
            .map(|h| h.3)
            .collect();
        fits.dedup();
        fits.sort_unstable();
        fits.dedup();
        let entity = if let [one] = fits.as_slice() { Some(*one) } else { None };
        let sure = if entity.is_some() { Sure::Medium } else { o.sure };
        reg.mention(
            view.span(o),
            MentionKind::Office,
            entity,
            None,
            Maker { by: "rules:entities:office".into(), sure },
        );
    }
}

/// Adds a place of a known name, or as printed.
pub(crate) fn place_ref(reg: &mut Register, name: &str, by_head: bool) -> PlaceIx {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    match known::get(name) {
        Some(Known::Country(c)) => reg.place(&c.name, PlaceKind::Country, Some(&c.iso)),
        Some(Known::Capital(c)) => {
            let city = chancery_lexicon::cities::in_country(bare, Some(&c.iso))
                .map_or(c.capital.as_str(), |x| x.name);
            reg.place(city, PlaceKind::City, Some(&c.iso))
        }
        Some(Known::Region(r)) => {
            reg.place(&r.name, if r.site { PlaceKind::Site } else { PlaceKind::Region }, r.country.as_deref())
        }
        Some(Known::Seat(c))
            if chancery_lexicon::cities::by_name(bare).is_empty()
                && chancery_lexicon::cities::by_name(name).is_empty() =>
        {
            reg.place(bare, PlaceKind::Site, Some(&c.iso))
        }
        _ => match chancery_lexicon::cities::in_country(name, None)
            .or_else(|| chancery_lexicon::cities::in_country(bare, None))
        {
            Some(city) => reg.place(city.name, PlaceKind::City, Some(city.country)),
            None => {
                let last = bare.split_whitespace().next_back().unwrap_or("");
                let site = regions::all().sites.iter().any(|s| s == last);
                let region = regions::all().heads.iter().any(|s| s == last)
                    || bare.starts_with("Lake ")
                    || bare.starts_with("Mount ");
                let kind = if site {
                    PlaceKind::Site
                } else if region && by_head {
                    PlaceKind::Region
                } else {
                    PlaceKind::City
                };
                reg.place(bare, kind, None)
            }
        },
    }
}

/// An entity of a kind, with nothing known but its name.
pub(crate) fn bare_entity(name: &str, kind: ActorKind) -> Entity {
    Entity { name: name.to_owned(), kind, country: None, sector: None, aliases: Vec::new(), outlet: None }
}

/// A mention, put where it belongs in text order.
pub(crate) fn insert_mention(list: &mut Vec<Mention>, m: Mention) {
    let at = list.partition_point(|x| (x.span.start, x.span.end) <= (m.span.start, m.span.end));
    list.insert(at, m);
}

#[cfg(test)]
mod tests {
    use super::is_rank;

    #[test]
    fn a_rank_alone_is_nobody() {
        assert!(is_rank("Adm.") && is_rank("Lt. Gen."));
        assert!(!is_rank("Major") && !is_rank("Adm. Nora Heim") && !is_rank("J."));
    }
}
