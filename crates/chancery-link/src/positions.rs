//! Positions: where an actor stands on an issue, over time.
//!
//! An issue is what an actor speaks of more than once when it says what it wants, accepts or rejects: a noun that at
//! least two of its statements share, in reports of two origins or of two days, and that somebody in the record is against
//! or sets a condition for. Once it is one, a single statement of another actor on it counts too. Somebody's leaving office is
//! an issue by itself. Blocking keys: the actor, and the noun. A stance holds from the report that first tells it until a
//! report tells another. What is quoted inside a statement is the stance of whom it quotes.

use crate::actors::Actor;
use crate::{Decided, FactRef, Item, LinkedReport};
use chancery_lexicon::stances::{self, Cue};
use chancery_lexicon::{countries, people};
use chancery_model::facts::{Mention, Statement};
use chancery_model::vocab::{Act, ActorKind, MentionKind, Stance, Sure};
use chancery_model::{Day, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the issue of somebody's leaving office is called, after who it is.
const LEAVING: &str = " leaving";

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
    /// Whether the verb of its clause tells it, and not words somewhere in it.
    sure: Sure,
    words: BTreeMap<String, String>,
    /// Those of them that are nouns by their company, in the clause that tells the stance.
    nouns: BTreeSet<String>,
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
    keep_contested(&mut by_actor);
    let issues: Vec<Issues> = by_actor.values().map(|told| issues(told)).collect();
    // What one actor has said of what others speak of more than once is a position too.
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    for i in issues.iter().flat_map(|i| &i.about) {
        *common.entry(&i.0).or_default() += 1;
    }
    let by_id: BTreeMap<&str, &Actor> = actors.iter().map(|a| (a.id.as_str(), a)).collect();
    let called = called(&by_actor);
    let mut out: Vec<Position> = Vec::new();
    for ((actor, told), own) in by_actor.iter().zip(&issues) {
        let mut about: BTreeMap<&str, Vec<usize>> =
            own.about.iter().map(|(w, list)| (w.as_str(), list.clone())).collect();
        for n in &own.left {
            let shared = told[*n].words.keys().filter_map(|w| common.get_key_value(w.as_str()));
            // Its own issues first, then what most actors speak of.
            let best = shared.max_by_key(|(w, n)| (about.contains_key(**w), **n, std::cmp::Reverse(**w)));
            if let Some((w, _)) = best {
                about.entry(w).or_default().push(*n);
            }
        }
        for (word, mut list) in about {
            list.sort_by_key(|n| (told[*n].day.is_none(), told[*n].day, told[*n].id.clone()));
            // Somebody's leaving is called by name, everything else by the form that most statements of the record print.
            let leaver = word.strip_suffix(LEAVING).and_then(|id| by_id.get(id));
            let issue = match leaver {
                Some(a) => format!("{}{LEAVING}", a.name.split_whitespace().next_back().unwrap_or("")),
                None => called.get(word).copied().unwrap_or(word).to_owned(),
            };
            out.extend(spells(actor, &issue, &list, told));
        }
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// What nobody is against or sets a condition for is no issue: all want help.
fn keep_contested(by_actor: &mut BTreeMap<Id, Vec<Told>>) {
    let contested: BTreeSet<String> = by_actor
        .values()
        .flatten()
        .filter(|t| t.stance != Stance::For)
        .flat_map(|t| t.nouns.iter().cloned())
        .collect();
    for t in by_actor.values_mut().flatten() {
        t.words.retain(|w, _| w.ends_with(LEAVING) || contested.contains(w));
    }
}

/// Share of the statements on an issue that must print a form of several words for it to be called so.
const KIND: f64 = 0.5;

/// What each issue is called: the form that most statements print; one that tells a kind ("no-fly zone") only where most do.
fn called(by_actor: &BTreeMap<Id, Vec<Told>>) -> BTreeMap<&str, &str> {
    let mut forms: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (word, form) in by_actor.values().flatten().flat_map(|t| &t.words) {
        *forms.entry(word).or_default().entry(form).or_default() += 1;
    }
    forms.into_iter().filter_map(|(word, forms)| Some((word, most(&forms)?))).collect()
}

/// The form that most print.
fn most<'f>(forms: &BTreeMap<&'f str, usize>) -> Option<&'f str> {
    let all: usize = forms.values().sum();
    let kind = |f: &str| f.contains([' ', '-']);
    let plain = || forms.iter().filter(|(f, _)| !kind(f)).max_by_key(|(f, n)| (**n, std::cmp::Reverse(**f)));
    let first = forms.iter().max_by_key(|(f, n)| (**n, std::cmp::Reverse(**f)))?;
    let told = !kind(first.0) || *first.1 as f64 >= KIND * all as f64;
    // Where no statement prints the noun alone, it ends the form.
    let bare = first.0.rsplit(' ').next().unwrap_or(first.0);
    Some(if told { *first.0 } else { plain().map_or(bare, |p| *p.0) })
}

fn told(item: &Item<'_>, linked: &LinkedReport, n: usize, s: &Statement, speaker: &Id) -> Option<Told> {
    if s.negated {
        return None;
    }
    let text = own_words(item, s);
    let read = stances::of(&text);
    // "First the rifles, then the guns."
    let order = {
        let w: Vec<String> = crate::fold::words(&text).collect();
        w.first().is_some_and(|w| w == "first") && w.iter().any(|w| w == "then")
    };
    // What the verbs of its clauses tell of what they are about counts before words anywhere in it.
    let own = || item.facts.topics.iter().flatten().filter(|t| t.statement as usize == n);
    let plain = own().find_map(|t| t.stance);
    let conditional = read.as_ref().filter(|r| r.cue == Cue::Condition);
    let (stance, at) = match (&read, s.act) {
        _ if order => (Stance::Conditional, Some(0)),
        _ if plain.is_some() && conditional.is_some() => {
            (Stance::Conditional, conditional.and_then(|r| r.condition))
        }
        (Some(r), _) if r.cue == Cue::Condition => (Stance::Conditional, r.condition),
        _ if let Some(stance) = plain => (stance, None),
        (Some(r), _) if r.cue == Cue::Against => (Stance::Against, None),
        (None, Act::Reject) => (Stance::Against, None),
        (Some(_), _) | (None, Act::Agree | Act::Demand | Act::Propose) => (Stance::For, None),
        (None, _) => return None,
    };
    let condition = at.and_then(|k| text.get(k..)).map(|c| {
        let end = c.find([',', ';', '.', '"', '”']).unwrap_or(c.len());
        c[..end].split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let mut words: BTreeMap<String, String> = nouns(&text).into_iter().map(|n| (n.stem, n.word)).collect();
    // What a clause is about, where the reader tells; called by all that tells its kind.
    if let Some(topics) = &item.facts.topics {
        let text = &item.report.text;
        let mut about: BTreeMap<String, String> = BTreeMap::new();
        for t in topics.iter().filter(|t| t.statement as usize == n && t.stance == plain) {
            let whole = t.phrase.of(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            about.extend(nouns(t.span.of(text)).into_iter().map(|n| (n.stem, whole.clone())));
        }
        words.retain(|stem, _| about.contains_key(stem));
        for (stem, word) in &mut words {
            if let Some(whole) = about.get(stem) {
                word.clone_from(whole);
            }
        }
    }
    // A place, a person, a body and a people are no issue: too much is said of them.
    let named = item.facts.entities.iter().filter(|e| e.kind != ActorKind::Unnamed);
    let names = named.flat_map(|e| std::iter::once(&e.name).chain(&e.aliases));
    for name in item.facts.places.iter().map(|p| &p.name).chain(names) {
        for w in crate::fold::words(name) {
            words.remove(&stem(&w));
        }
    }
    words.retain(|stem, w| !is_people(stem) && !is_people(w));
    // What is for or against stands in the clause of the words that tell it.
    let clause = read.and_then(|r| text.get(r.clause)).unwrap_or(&text);
    let here: BTreeSet<String> = nouns(clause).into_iter().map(|n| n.stem).collect();
    if plain.is_none() && item.facts.topics.is_some() && words.keys().any(|w| here.contains(w)) {
        words.retain(|w, _| here.contains(w));
    }
    let heads = nouns(clause).into_iter().filter(|n| n.head).map(|n| n.stem).collect();
    let told = if plain.is_some() { Sure::Medium } else { Sure::Low };
    let (stance, words, sure) = match leaving(item, linked, s, stance, speaker) {
        Some((stance, who)) => {
            let issue = format!("{who}{LEAVING}");
            (stance, BTreeMap::from([(issue.clone(), issue)]), Sure::Medium)
        }
        None => (stance, words, told),
    };
    let p = linked.published.days;
    Some(Told {
        id: linked.statements[n].clone(),
        speaker: speaker.clone(),
        day: p.lo.or(p.hi),
        origin: linked.origin.clone(),
        stance,
        condition,
        sure,
        words,
        nouns: heads,
    })
}

/// The words of a statement without what others are quoted with inside it: that is their stance.
fn own_words(item: &Item<'_>, s: &Statement) -> String {
    let holds = |inner: &Statement| {
        inner.content.iter().all(|c| s.content.iter().any(|o| o.contains(*c) && *o != *c))
            && inner.speaker != s.speaker
    };
    let inner: Vec<Span> =
        item.facts.statements.iter().filter(|x| holds(x)).flat_map(|x| x.content.iter().copied()).collect();
    let mut out = Vec::new();
    for c in &s.content {
        let mut at = c.start;
        let mut cuts: Vec<Span> = inner.iter().copied().filter(|i| c.contains(*i)).collect();
        cuts.sort_by_key(|i| (i.start, i.end));
        for cut in cuts {
            if cut.start > at {
                out.push(Span::new(at as usize, cut.lo()).of(&item.report.text));
            }
            at = at.max(cut.end);
        }
        if c.end > at {
            out.push(Span::new(at as usize, c.hi()).of(&item.report.text));
        }
    }
    out.join(" ")
}

/// Bytes behind a noun within which whoever leaves is named: "the removal of President Deng".
const NEAR: usize = 60;

/// Whether a stance is on somebody's leaving office, and on whose: "must go" is for it, "will not step down" against it.
fn leaving(
    item: &Item<'_>,
    linked: &LinkedReport,
    s: &Statement,
    stance: Stance,
    speaker: &Id,
) -> Option<(Stance, Id)> {
    let text = &item.report.text;
    let told = |c: &Span| stances::leaves(c.of(text)).map(|l| (*c, l));
    let (content, goes) = s.content.iter().find_map(told)?;
    // "He would step down" is news, and no stance; "he will never step down" is, where he says so himself.
    let asks = matches!(s.act, Act::Demand | Act::Propose | Act::Request | Act::Reject);
    if goes.open || !(goes.asked || goes.wanted || asks || goes.denials > 0) {
        return None;
    }
    let at = content.lo() + goes.at;
    // "Members of the Haddad government must step down": he is not asked to.
    let theirs = |x: &Mention| {
        let next =
            text.get(x.span.hi()..).and_then(|t| t.strip_prefix(' ')).and_then(|t| t.split(' ').next());
        next.is_some_and(people::acts)
    };
    let person = |x: &Mention| {
        let e = x.entity? as usize;
        let is = item.facts.entities.get(e)?.kind == ActorKind::Person && x.kind == MentionKind::Person;
        (is && content.contains(x.span) && !theirs(x)).then(|| linked.actors.get(e)).flatten()
    };
    let behind = |x: &&Mention| x.span.lo() > at && x.span.lo() < at + NEAR;
    let after = item.facts.mentions.iter().filter(behind).find_map(person).filter(|_| goes.noun);
    let before = || item.facts.mentions.iter().rev().filter(|x| x.span.hi() <= at).find_map(person);
    let who = match (after, goes.pronoun) {
        (Some(who), _) => who,
        (None, Some((_, true))) => speaker,
        (None, Some((p, false))) => {
            let here = |x: &&Mention| x.kind == MentionKind::Pronoun && x.span.lo() == content.lo() + p;
            let known = item.facts.mentions.iter().find(here).and_then(|x| x.entity);
            let is =
                |e: &u32| item.facts.entities.get(*e as usize).is_some_and(|e| e.kind == ActorKind::Person);
            linked.actors.get(known.filter(is)? as usize)?
        }
        (None, None) => before()?,
    };
    let himself = who == speaker;
    if !(goes.asked || goes.wanted || goes.refused || asks || himself) {
        return None;
    }
    // What calls for it by its own words ("must go") is for it, whatever it would be of a thing; "no plan that does not
    // provide for his removal" is for it too.
    let stance = match goes.denials {
        0 if goes.asked || stance == Stance::Against => Stance::For,
        0 => stance,
        n if stance == Stance::Conditional && n < 2 => stance,
        n if n % 2 == 0 => Stance::For,
        _ => Stance::Against,
    };
    Some((stance, who.clone()))
}

/// Whether a word, in lower case, is for a state's people or for what is theirs: "libyan".
fn is_people(word: &str) -> bool {
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    countries::by_demonym(&capital).is_some()
}

/// A word that may be a noun.
struct Noun {
    stem: String,
    word: String,
    /// Whether its company tells that it is one, and that others hang on it. The record keeps no trees: a word of sense behind
    /// it makes it an adjective ("full support"), a helping verb before it a verb ("will support").
    head: bool,
}

/// What may be a noun.
fn nouns(text: &str) -> Vec<Noun> {
    let pieces: Vec<(String, bool)> = text
        .split_whitespace()
        .flat_map(|w| {
            let stops = w.ends_with(|c: char| !c.is_alphanumeric());
            let mut words: Vec<String> = crate::fold::words(w).collect();
            // "cease-fire" is one word.
            let whole = words.join("-");
            if words.len() > 1 && stances::kin(&whole).is_some() {
                words = vec![whole];
            }
            let last = words.len().saturating_sub(1);
            words.into_iter().enumerate().map(move |(n, x)| (x, stops && n == last)).collect::<Vec<_>>()
        })
        .collect();
    let function = crate::events::draft::is_function;
    let mut out = Vec::new();
    for (n, (w, stops)) in pieces.iter().enumerate() {
        let sense = w.len() > 3
            && w.chars().all(|c| c.is_alphabetic() || c == '-')
            && !function(w)
            && !stances::says_nothing(w);
        if !sense {
            continue;
        }
        let next = pieces.get(n + 1).map(|x| x.0.as_str());
        let before = n.checked_sub(1).and_then(|k| pieces.get(k)).map_or("", |x| x.0.as_str());
        let last = *stops || next.is_none_or(|x| function(x) || stances::says_nothing(x));
        let verb = stances::helps(before) || w.ends_with("ing") && !function(before);
        out.push(Noun { stem: issue_of(w), word: w.clone(), head: last && !verb });
    }
    out
}

/// What stands for a noun and those of its kin.
fn issue_of(w: &str) -> String {
    let stem = stem(w);
    stances::kin(&stem).or_else(|| stances::kin(w)).map_or(stem, str::to_owned)
}

fn stem(w: &str) -> String {
    let cut = |s: &str| w.strip_suffix(s).filter(|x| x.len() > 2).map(str::to_owned);
    cut("ies")
        .map(|s| s + "y")
        .or_else(|| cut("ing"))
        .or_else(|| cut("ers").map(|s| s + "er"))
        .or_else(|| cut("s"))
        .unwrap_or_else(|| w.to_owned())
}

/// What an actor speaks of more than once, with the statements, and those that are left.
struct Issues {
    about: Vec<(String, Vec<usize>)>,
    left: Vec<usize>,
}

fn issues(told: &[Told]) -> Issues {
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
        .filter(|(s, w, list)| w.ends_with(LEAVING) || *s >= 2 && list.len() >= 2)
        .collect();
    issues.sort_by(|a, b| b.0.cmp(&a.0).then(b.2.len().cmp(&a.2.len())).then(a.1.cmp(b.1)));
    let mut taken = vec![false; told.len()];
    let mut out = Vec::new();
    for (_, word, list) in issues {
        let list: Vec<usize> = list.into_iter().filter(|n| !taken[*n]).collect();
        if !word.ends_with(LEAVING) && (list.len() < 2 || spread(&list) < 2) {
            continue;
        }
        list.iter().for_each(|n| taken[*n] = true);
        out.push((word.to_owned(), list));
    }
    Issues { about: out, left: (0..told.len()).filter(|n| !taken[*n]).collect() }
}

/// The stance of each report that tells several: the one that most of its statements tell, of as many the one on a
/// condition. Whoever is said to be for and against in one breath has not changed his mind; one of the two is misread.
fn of_each_report<'t>(list: &[usize], told: &'t [Told]) -> BTreeMap<(Option<Day>, &'t Id), Stance> {
    let mut by: BTreeMap<(Option<Day>, &Id), BTreeMap<Stance, usize>> = BTreeMap::new();
    for t in list.iter().filter_map(|n| told.get(*n)) {
        *by.entry((t.day, &t.origin)).or_default().entry(t.stance).or_default() += 1;
    }
    let most = |of: BTreeMap<Stance, usize>| {
        let rank = |(s, n): &(Stance, usize)| (*n, *s == Stance::Conditional, std::cmp::Reverse(*s));
        of.into_iter().max_by_key(rank).map(|m| m.0)
    };
    by.into_iter().filter_map(|(k, of)| Some((k, most(of)?))).collect()
}

/// Stretches of reports in which one stance is told.
fn spells(actor: &Id, issue: &str, list: &[usize], told: &[Told]) -> Vec<Position> {
    let mut out: Vec<Position> = Vec::new();
    let held = of_each_report(list, told);
    for n in list.iter().filter(|n| held.get(&(told[**n].day, &told[**n].origin)) == Some(&told[**n].stance))
    {
        let t = &told[*n];
        match out.last_mut().filter(|p| p.stance == t.stance) {
            Some(p) => {
                p.statements.push(t.id.clone());
                p.days.1 = p.days.1.max(t.day);
                p.sure = p.sure.min(t.sure);
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
                sure: t.sure,
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
    fn one_report_is_of_one_mind() {
        let told = |report: &str, day: &str, n: usize, stance: Stance| Told {
            id: Id::of("statement", &[&n.to_string()]),
            speaker: Id::of("actor", &["her"]),
            day: day.parse().ok(),
            origin: Id::of("origin", &[report]),
            stance,
            condition: None,
            sure: Sure::Low,
            words: BTreeMap::new(),
            nouns: BTreeSet::new(),
        };
        let all = [
            told("a", "2004-05-01", 0, Stance::For),
            told("a", "2004-05-01", 1, Stance::Against),
            told("a", "2004-05-01", 2, Stance::For),
            told("b", "2004-05-09", 3, Stance::Against),
        ];
        let spells = spells(&all[0].speaker, "talks", &[0, 1, 2, 3], &all);
        let stances: Vec<(Stance, usize)> = spells.iter().map(|p| (p.stance, p.statements.len())).collect();
        assert_eq!(stances, [(Stance::For, 2), (Stance::Against, 1)]);
    }

    #[test]
    fn a_people_is_no_issue() {
        assert!(is_people("libyan") && is_people("danes") && !is_people("ceasefire"));
    }

    #[test]
    fn stems_bring_forms_of_one_noun_together() {
        assert_eq!(stem("observers"), stem("observer"));
        assert_eq!(stem("countries"), "country");
        let of = |text: &str, stem: &str| nouns(text).into_iter().find(|n| n.stem == stem).map(|n| n.head);
        assert_eq!(of("We will never let the guns go", "gun"), Some(false));
        assert_eq!(of("We will never give up the guns, not one", "gun"), Some(true));
        assert_eq!(of("They will curfew the town", "curfew"), Some(false));
    }
}
