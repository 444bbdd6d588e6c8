//! Positions: where an actor stands on an issue, over time.
//!
//! An issue is what an actor speaks of more than once when it says what it wants, accepts or rejects: a noun that at
//! least two of its statements share, in reports of two origins or of two days. Blocking key: the actor; the statements
//! of one actor are compared by the words they share. A stance holds from the report that first tells it until a report
//! tells another.

use crate::actors::Actor;
use crate::{Decided, FactRef, Item, LinkedReport};
use chancery_lexicon::stances::{self, Cue};
use chancery_model::facts::Statement;
use chancery_model::vocab::{Act, ActorKind, PlaceKind, Stance, Sure};
use chancery_model::{Day, Id};
use std::collections::{BTreeMap, BTreeSet};

/// Where an actor stood on an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Id, from actor, issue and first statement.
    pub id: Id,
    /// The actor.
    pub actor: Id,
    /// What it is about.
    pub issue: String,
    /// For, against or on a condition.
    pub stance: Stance,
    /// The condition, as printed.
    pub condition: Option<String>,
    /// First and last report that tell it.
    pub days: (Option<Day>, Option<Day>),
    /// The statements.
    pub statements: Vec<Id>,
    /// How sure.
    pub sure: Sure,
}

/// A statement that tells a stance.
#[derive(Clone)]
struct Told {
    id: Id,
    speaker: Id,
    day: Option<Day>,
    origin: Id,
    stance: Stance,
    condition: Option<String>,
    words: BTreeMap<String, String>,
}

/// The positions of all actors.
#[must_use]
pub fn find(
    items: &[Item<'_>],
    reports: &[LinkedReport],
    actors: &[Actor],
    decided: &Decided,
) -> Vec<Position> {
    let known: BTreeMap<&Id, &Actor> = actors.iter().map(|a| (&a.id, a)).collect();
    let states: BTreeMap<&str, &Id> = actors
        .iter()
        .filter(|a| a.kind == ActorKind::State)
        .filter_map(|a| Some((a.country.as_deref()?, &a.id)))
        .collect();
    // Whose government a speaker speaks for.
    let state = |id: &Id| {
        let a = known.get(id)?;
        let speaks = a.kind == ActorKind::State || matches!(a.sector.as_deref(), Some("GOV" | "MIL"));
        a.country.as_deref().filter(|_| speaks).and_then(|c| states.get(c)).map(|s| (*s).clone())
    };
    let mut by_state: BTreeMap<Id, Vec<Told>> = BTreeMap::new();
    let mut by_actor: BTreeMap<Id, Vec<Told>> = BTreeMap::new();
    for (r, item) in items.iter().enumerate() {
        for (n, s) in item.facts.statements.iter().enumerate() {
            let fact = FactRef::Statement(u32::try_from(n).unwrap_or(u32::MAX));
            let actor = s.speaker.and_then(|e| reports[r].actors.get(e as usize));
            let (Some(actor), true) = (actor, s.speaker_named) else { continue };
            if decided.rejected.contains(&(item.report.id.clone(), fact)) {
                continue;
            }
            if let Some(told) = told(item, &reports[r], n, s, actor) {
                if let Some(s) = state(actor).filter(|s| s != actor) {
                    by_state.entry(s).or_default().push(told.clone());
                }
                by_actor.entry(actor.clone()).or_default().push(told);
            }
        }
    }
    // A state stands where those who speak for it stand, when more than one of them speaks.
    for (id, mut told) in by_state {
        told.extend(by_actor.get(&id).cloned().unwrap_or_default());
        let speakers: BTreeSet<&Id> = told.iter().map(|t| &t.speaker).collect();
        if speakers.len() > 1 {
            by_actor.insert(id, told);
        }
    }
    let mut out: Vec<Position> = by_actor.iter().flat_map(|(a, told)| of_actor(a, told)).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn told(item: &Item<'_>, linked: &LinkedReport, n: usize, s: &Statement, speaker: &Id) -> Option<Told> {
    let text: Vec<&str> = s.content.iter().map(|c| c.of(&item.report.text)).collect();
    let text = text.join(" ");
    let read = stances::of(&text);
    // "First the rifles, then the guns."
    let order = {
        let w: Vec<String> = crate::fold::words(&text).collect();
        w.first().is_some_and(|w| w == "first") && w.iter().any(|w| w == "then")
    };
    let (stance, at) = match (read, s.act) {
        _ if order => (Stance::Conditional, Some(0)),
        (Some((Cue::Condition, _, at)), _) => (Stance::Conditional, at),
        (Some((Cue::Against, ..)), _) | (None, Act::Reject) => (Stance::Against, None),
        (Some((Cue::For, ..)), _) | (None, Act::Agree | Act::Demand | Act::Propose) => (Stance::For, None),
        (None, _) => return None,
    };
    let condition = at.and_then(|k| text.get(k..)).map(|c| {
        let end = c.find([',', ';', '.', '"', '”']).unwrap_or(c.len());
        c[..end].split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let mut words = nouns(&text);
    // A country is no issue: too much is said of it.
    for p in item.facts.places.iter().filter(|p| p.kind == PlaceKind::Country) {
        for w in crate::fold::words(&p.name) {
            words.remove(&stem(&w));
        }
    }
    let p = linked.published.days;
    Some(Told {
        id: linked.statements[n].clone(),
        speaker: speaker.clone(),
        day: p.lo.or(p.hi),
        origin: linked.origin.clone(),
        stance,
        condition,
        words,
    })
}

/// What may be a noun: its stem and the word. A determiner, an adjective in a noun's place or a capital are no proof,
/// but a word that several statements of one actor share seldom is a verb when one of them puts "the" before it.
fn nouns(text: &str) -> BTreeMap<String, String> {
    let words: Vec<String> = crate::fold::words(text).collect();
    let mut out = BTreeMap::new();
    for w in words {
        if w.len() > 3
            && w.chars().all(char::is_alphabetic)
            && !crate::events::draft::is_function(&w)
            && !EMPTY.contains(&w.as_str())
        {
            out.entry(stem(&w)).or_insert(w);
        }
    }
    out
}

/// Words that are never what a stance is about.
const EMPTY: &[&str] = &[
    "need",
    "want",
    "wants",
    "must",
    "shall",
    "ready",
    "never",
    "cannot",
    "agree",
    "agreed",
    "accept",
    "reject",
    "rejected",
    "support",
    "welcome",
    "stop",
    "going",
    "come",
    "goes",
    "tell",
    "make",
    "made",
    "take",
    "taken",
    "give",
    "given",
    "like",
    "know",
    "think",
    "time",
    "people",
    "country",
    "minister",
    "president",
    "government",
    "foreign",
    "journalists",
    "reporters",
    "spokesman",
    "asked",
    "long",
    "does",
    "done",
    "wherever",
    "without",
    "conditions",
    "ourselves",
    "your",
    "ours",
    "mine",
    "even",
    "ever",
    "most",
    "many",
    "much",
    "well",
    "good",
    "right",
    "today",
    "tomorrow",
    "yesterday",
    "news",
    "agency",
    "interview",
    "statement",
    "general",
    "leader",
    "also",
    "still",
    "then",
    "here",
    "world",
    "thing",
    "things",
    "clear",
    "everything",
    "nothing",
    "anything",
    "something",
    "just",
    "believe",
    "issue",
    "side",
    "sides",
    "party",
    "parties",
    "work",
    "once",
    "unless",
    "provided",
    "nobody",
    "further",
    "same",
    "those",
    "these",
];

fn stem(w: &str) -> String {
    let cut = |s: &str| w.strip_suffix(s).filter(|x| x.len() > 2).map(str::to_owned);
    cut("ies")
        .map(|s| s + "y")
        .or_else(|| cut("ing"))
        .or_else(|| cut("ers").map(|s| s + "er"))
        .or_else(|| cut("s"))
        .unwrap_or_else(|| w.to_owned())
}

fn of_actor(actor: &Id, told: &[Told]) -> Vec<Position> {
    // How many statements, origins and days speak of each noun.
    let mut about: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, t) in told.iter().enumerate() {
        for w in t.words.keys() {
            about.entry(w).or_default().push(n);
        }
    }
    let spread = |list: &[usize]| {
        let origins: BTreeSet<&Id> = list.iter().map(|n| &told[*n].origin).collect();
        let days: BTreeSet<Option<Day>> = list.iter().map(|n| told[*n].day).collect();
        origins.len().max(days.len())
    };
    let mut issues: Vec<(usize, &str, Vec<usize>)> = about
        .into_iter()
        .map(|(w, list)| (spread(&list), w, list))
        .filter(|(s, _, list)| *s >= 2 && list.len() >= 2)
        .collect();
    issues.sort_by(|a, b| b.0.cmp(&a.0).then(b.2.len().cmp(&a.2.len())).then(a.1.cmp(b.1)));
    let mut taken = vec![false; told.len()];
    let mut out = Vec::new();
    for (_, word, list) in issues {
        let fresh = list.iter().filter(|n| !taken[**n]).count();
        if fresh < 2 {
            continue;
        }
        let mut list: Vec<usize> = list.into_iter().filter(|n| !taken[*n]).collect();
        list.iter().for_each(|n| taken[*n] = true);
        if spread(&list) < 2 {
            continue;
        }
        list.sort_by_key(|n| (told[*n].day.is_none(), told[*n].day, told[*n].id.clone()));
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        for n in &list {
            if let Some(w) = told[*n].words.get(word) {
                *forms.entry(w).or_default() += 1;
            }
        }
        let issue = forms.iter().max_by_key(|(w, n)| (**n, std::cmp::Reverse(**w))).map_or(word, |(w, _)| w);
        out.extend(spells(actor, issue, &list, told));
    }
    out
}

/// Stretches of reports in which one stance is told.
fn spells(actor: &Id, issue: &str, list: &[usize], told: &[Told]) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::new();
    for n in list {
        let t = &told[*n];
        match out.last_mut().filter(|p| p.stance == t.stance) {
            Some(p) => {
                p.statements.push(t.id.clone());
                p.days.1 = p.days.1.max(t.day);
                if p.condition.is_none() {
                    p.condition.clone_from(&t.condition);
                }
            }
            None => out.push(Position {
                id: Id::of("position", &[actor.as_str(), issue, t.id.as_str()]),
                actor: actor.clone(),
                issue: issue.to_owned(),
                stance: t.stance,
                condition: t.condition.clone(),
                days: (t.day, t.day),
                statements: vec![t.id.clone()],
                sure: Sure::Low,
            }),
        }
    }
    for p in &mut out {
        p.statements.sort();
        p.statements.dedup();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_bring_forms_of_one_noun_together() {
        assert_eq!(stem("observers"), stem("observer"));
        assert_eq!(stem("countries"), "country");
        assert!(nouns("We will never let the guns go").contains_key("gun"));
    }
}
