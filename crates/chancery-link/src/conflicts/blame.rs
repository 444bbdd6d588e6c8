//! Who did it: told or charged according to some, and denied by whoever is charged, or for him.
//!
//! A denial is a statement that denies and holds the deed ("the army denied that it had shelled the port"), words for having
//! had no part in it ("had nothing to do with the raid"), or one that points back at a charge in the sentences before ("The
//! army denied it"). What it is set against is what others say of the same happening with the same doer, and the charge
//! itself.
//!
//! Blocking key: the happening with its doer.

use super::{All, Conflict, Value};
use crate::events::Event;
use crate::fold;
use chancery_model::facts::{EventMention, Statement};
use chancery_model::vocab::{Act, ActorKind, ConflictKind, EventType, Role, Status, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words for having had no part in a deed that is named behind them.
const NO_PART: &[&[&str]] = &[
    &["no", "part", "in"],
    &["no", "role", "in"],
    &["no", "hand", "in"],
    &["no", "involvement", "in"],
    &["no", "connection", "to"],
    &["no", "connection", "with"],
    &["no", "link", "to"],
    &["no", "links", "to"],
    &["nothing", "to", "do", "with"],
    &["not", "responsible", "for"],
    &["not", "involved", "in"],
    &["not", "behind"],
    &["not", "carried", "out"],
    &["not", "carry", "out"],
    &["any", "part", "in"],
    &["any", "role", "in"],
    &["any", "hand", "in"],
    &["any", "involvement", "in"],
    &["any", "connection", "to"],
    &["any", "connection", "with"],
    &["any", "link", "to"],
    &["any", "responsibility", "for"],
    &["denied", "involvement", "in"],
    &["denies", "involvement", "in"],
    &["denied", "responsibility", "for"],
    &["denies", "responsibility", "for"],
    &["denied", "being", "behind"],
    &["denies", "being", "behind"],
];
/// Of these somebody must have denied it: "denied any part in".
const ANY: &str = "any";
/// Words that deny, right behind whoever does.
const DENIES: &[&str] =
    &["denied", "denies", "rejected", "rejects", "dismissed", "dismisses", "refuted", "refutes"];
/// Words for what others charge somebody with.
const CHARGES: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "charge",
    "charges",
    "claim",
    "claims",
    "reports",
];
/// What else is denied that was told before.
const TOLD: &[&str] = &["it", "this", "involvement", "responsibility", "wrongdoing", "blame"];
/// Words between them.
const BETWEEN: usize = 3;
/// Words between a name and the words for its having had no part.
const NEAR: usize = 6;
/// Sentences before a denial in which what it denies is told.
const BACK: usize = 2;
/// Tellings of one deed that are compared.
const MOST: usize = 100;

/// Sectors of those who act for their state.
const STATE: &[&str] = &["GOV", "MIL", "COP", "SPY"];

/// A doer of a happening: one who is told to have done it, or not to.
type Key<'a> = (&'a Id, &'a Id);
/// Where it is told: report and words.
type At = (usize, Span);
/// Where it is denied, and by whom.
type Denial<'a> = (At, Option<&'a Id>);

/// The disagreements.
pub(super) fn find(all: &All<'_>, events: &[Event]) -> Vec<Conflict> {
    let mut denied: BTreeMap<Key<'_>, Vec<Denial<'_>>> = BTreeMap::new();
    for r in 0..all.items.len() {
        for (key, at, by) in denials(all, r) {
            denied.entry(key).or_default().push((at, by));
        }
    }
    let known: BTreeMap<&Id, &Event> = events.iter().map(|e| (&e.id, e)).collect();
    let mut out = Vec::new();
    // What several of one side deny is one denial: of the one who denies it most.
    let mut merged: BTreeMap<&Id, Vec<(&Id, Vec<Denial<'_>>)>> = BTreeMap::new();
    let mut order: Vec<_> = denied.into_iter().collect();
    order.sort_by_key(|(key, no)| (std::cmp::Reverse(no.len()), *key));
    for ((event, who), no) in order {
        let sides = merged.entry(event).or_default();
        match sides.iter_mut().find(|(w, _)| one_side(all, w, who)) {
            Some((_, same)) => same.extend(no),
            None => sides.push((who, no)),
        }
    }
    let states: BTreeMap<&str, &str> = all
        .actors
        .values()
        .filter(|a| a.kind == ActorKind::State)
        .filter_map(|a| Some((a.country.as_deref()?, a.name.as_str())))
        .collect();
    let sides = merged.into_iter().flat_map(|(event, sides)| sides.into_iter().map(move |s| (event, s)));
    for (event, (who, mut no)) in sides {
        no.sort();
        no.dedup();
        let (Some(e), Some(actor)) = (known.get(event), all.actors.get(who)) else { continue };
        let own: BTreeSet<&Id> = no.iter().filter_map(|n| n.1).chain([who]).collect();
        no.truncate(MOST);
        let mut yes = charges(all, e, who, &own);
        // In the sentence of the denial it is told as what is denied, but for "rejected claims that it had bombed".
        yes.retain(|(r, span)| {
            let text = &all.items[*r].report.text;
            let sentence = fold::sentence(text, *span);
            let denied = no.iter().any(|((q, at), _)| q == r && sentence.contains(*at));
            !denied || fold::words(sentence.of(text)).any(|w| w == "report" || CHARGES.contains(&w.as_str()))
        });
        if yes.is_empty() {
            continue;
        }
        let name = charged_as(all, e, who, &yes).or_else(|| {
            // A spokesman denies for his state.
            actor
                .country
                .as_deref()
                .filter(|_| actor.kind == ActorKind::Person)
                .and_then(|c| states.get(c).copied())
        });
        let name = name.unwrap_or(&actor.name);
        let mut values: Vec<Value> = Vec::new();
        values.extend(yes.iter().map(|(r, span)| (format!("{name} did it"), *r, *span)));
        values.extend(no.iter().map(|((r, span), _)| (format!("{name} did not"), *r, *span)));
        let title = format!("Who did it: {}", e.title);
        out.extend(all.conflict(ConflictKind::Participant, event, values, &title, Sure::Medium, true));
    }
    out
}

/// Where somebody says who did it, other than whoever denies it. What reports tell in their own words is mostly what nobody
/// denies: that there is a campaign, and not what it is charged with.
fn charges(all: &All<'_>, e: &Event, who: &Id, own: &BTreeSet<&Id>) -> Vec<At> {
    let mut out = Vec::new();
    for (r, n) in &e.mentions {
        let (item, linked) = (&all.items[*r], &all.reports[*r]);
        let Some(m) = item.facts.events.get(*n) else { continue };
        let speaker = m.statement.and_then(|s| item.facts.statements.get(s as usize)).and_then(|s| s.speaker);
        let speaker = speaker.and_then(|s| linked.actors.get(s as usize));
        let charged = doers(all, *r, m).iter().any(|d| one_side(all, d, who));
        let said = m.status == Status::Claimed || m.statement.is_some();
        if said
            && told(all, *r, m)
            && charged
            && speaker.is_none_or(|s| !own.iter().any(|o| one_side(all, o, s)))
        {
            out.push((*r, m.span));
        }
    }
    out.truncate(MOST);
    out
}

/// Whether a mention tells of a deed as done or charged; what is denied later in its report is charged here.
fn told(all: &All<'_>, r: usize, m: &EventMention) -> bool {
    let item = &all.items[r];
    let said = m.statement.and_then(|s| item.facts.statements.get(s as usize));
    match m.status {
        Status::Happened | Status::Claimed | Status::Ongoing => true,
        Status::Denied => {
            let mut words = fold::words(fold::sentence(&item.report.text, m.span).of(&item.report.text));
            let denies = |w: String| {
                DENIES.contains(&w.as_str()) || matches!(w.as_str(), "not" | "no" | "never" | "t")
            };
            said.is_none_or(|s| s.act != Act::Deny) && !words.any(denies)
        }
        _ => false,
    }
}

/// Whether two are one side of a charge: what its soldiers are said to have done is a state's to deny.
fn one_side(all: &All<'_>, a: &Id, b: &Id) -> bool {
    let state = |id: &Id| {
        let actor = all.actors.get(id)?;
        let country = actor.country.as_deref()?;
        let acts =
            actor.kind == ActorKind::State || actor.sector.as_deref().is_some_and(|s| STATE.contains(&s));
        acts.then_some(country)
    };
    a == b || state(a).is_some_and(|c| state(b) == Some(c))
}

/// What the side is called that is charged: as most charges name it, a body rather than somebody.
fn charged_as<'a>(all: &'a All<'_>, e: &Event, who: &Id, yes: &[At]) -> Option<&'a str> {
    let mut by: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for (r, n) in &e.mentions {
        let Some(m) = all.items[*r].facts.events.get(*n).filter(|m| yes.contains(&(*r, m.span))) else {
            continue;
        };
        for d in doers(all, *r, m).into_iter().filter(|d| one_side(all, d, who)) {
            if let Some(a) = all.actors.get(d).filter(|a| a.kind != ActorKind::Unnamed) {
                *by.entry((a.kind != ActorKind::Person, a.name.as_str())).or_default() += 1;
            }
        }
    }
    by.into_iter().max_by_key(|((body, name), n)| (*body, *n, std::cmp::Reverse(*name))).map(|x| x.0.1)
}

/// Whoever a mention names as having done it.
fn doers<'a>(all: &'a All<'_>, r: usize, m: &EventMention) -> BTreeSet<&'a Id> {
    let actors = m.participants.iter().filter(|p| p.role == Role::Actor);
    actors.filter_map(|p| all.reports[r].actors.get(p.entity as usize)).collect()
}

/// Deeds that somebody may be charged with.
fn is_deed(m: &EventMention) -> bool {
    matches!(m.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Outside)
        && m.maker.by != crate::events::ECHO
}

/// What a report tells of denials: the deed with who is said not to have done it, the words, and who denies it.
fn denials<'a>(all: &'a All<'_>, r: usize) -> Vec<(Key<'a>, At, Option<&'a Id>)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let event = |n: usize| linked.events.get(n);
    let actor = |e: u32| linked.actors.get(e as usize);
    let mut out: Vec<(Key<'a>, At, Option<&'a Id>)> = Vec::new();
    for s in item.facts.statements.iter().filter(|s| !s.negated) {
        let by = s.speaker.and_then(actor);
        let denies = s.act == Act::Deny;
        for (n, m) in item.facts.events.iter().enumerate().filter(|(_, m)| is_deed(m) && holds(s, m.span)) {
            let Some(e) = event(n) else { continue };
            // "The army insisted that its soldiers had not fired": somebody says that he or his did not.
            let own = || by.is_some_and(|b| doers(all, r, m).iter().any(|d| one_side(all, d, b)));
            if !(denies || s.act == Act::Say && m.status == Status::Denied && own()) {
                continue;
            }
            // "The army denied that its forces had fired": whoever is charged, the army or they.
            let named = doers(all, r, m).into_iter().chain(by).collect::<BTreeSet<_>>();
            out.extend(named.into_iter().map(|who| ((e, who), (r, m.span), by)));
        }
    }
    let (names, words) = (names(all, r), spans(&item.report.text));
    for (who, span, behind) in had_no_part(&item.report.text, &names, &words) {
        let sentence = fold::sentence(&item.report.text, span);
        let mut deeds = item.facts.events.iter().enumerate().filter(|(_, m)| {
            matches!(m.kind, EventType::Assault | EventType::Coerce)
                && m.span.start >= behind
                && sentence.contains(m.span)
        });
        if let Some(e) = deeds.next().and_then(|(n, _)| event(n)) {
            out.push(((e, who), (r, span), Some(who)));
        } else {
            out.extend(charged(all, r, who, sentence).into_iter().map(|e| ((e, who), (r, span), Some(who))));
        }
    }
    for (who, span) in pointing_back(&item.report.text, &names, &words) {
        let sentence = fold::sentence(&item.report.text, span);
        out.extend(charged(all, r, who, sentence).into_iter().map(|e| ((e, who), (r, span), Some(who))));
    }
    out
}

fn holds(s: &Statement, span: Span) -> bool {
    s.content.iter().any(|c| c.contains(span))
}

/// The deed that the sentences before one tell of somebody: the last.
fn charged<'a>(all: &'a All<'_>, r: usize, who: &Id, sentence: Span) -> Option<&'a Id> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    let mut from = sentence;
    for _ in 0..BACK {
        let Some(before) = from.lo().checked_sub(2) else { break };
        from = fold::sentence(&item.report.text, Span::new(before, before + 1));
    }
    let here = |m: &EventMention| m.span.start >= from.start && m.span.end <= sentence.end;
    // What is denied there somebody has said.
    let said = |m: &EventMention| m.status == Status::Claimed || m.statement.is_some();
    let mut deeds = item
        .facts
        .events
        .iter()
        .enumerate()
        .filter(|(_, m)| is_deed(m) && here(m) && told(all, r, m) && said(m));
    deeds
        .rfind(|(_, m)| doers(all, r, m).iter().any(|d| one_side(all, d, who)))
        .and_then(|(n, _)| linked.events.get(n))
}

/// Names of a report that stand for actors, with what each stands for; pronouns too.
fn names<'a>(all: &'a All<'_>, r: usize) -> Vec<(Span, &'a Id)> {
    let (item, linked) = (&all.items[r], &all.reports[r]);
    item.facts
        .mentions
        .iter()
        .filter_map(|m| Some((m.span, linked.actors.get(m.entity? as usize)?)))
        .collect()
}

/// Who a report says had no part in what is named behind: the one named right before, the words, and where they end.
fn had_no_part<'a>(text: &str, names: &[(Span, &'a Id)], words: &[(Span, &str)]) -> Vec<(&'a Id, Span, u32)> {
    let mut out = Vec::new();
    for n in 0..words.len() {
        let Some(phrase) = NO_PART.iter().find(|p| says(words, n, p)) else { continue };
        let Some(end) = words.get(n + phrase.len() - 1).map(|w| w.0) else { continue };
        let at = words[n].0;
        let sentence = fold::sentence(text, at);
        let front = words.iter().take(n).rev().take(NEAR);
        let front: Vec<&str> = front.take_while(|w| sentence.contains(w.0)).map(|w| w.1).collect();
        let needs = phrase[0] == ANY;
        if needs && !front.iter().any(|w| is_one_of(w, &["denied", "denies", "denying", "deny"])) {
            continue;
        }
        let before = names.iter().rev().find(|(s, _)| s.end <= at.start && sentence.contains(*s));
        let near = |s: &Span| text.get(s.hi()..at.lo()).is_some_and(|b| b.split_whitespace().count() <= NEAR);
        if let Some((_, who)) = before.filter(|(s, _)| near(s)) {
            out.push((*who, Span::new(at.lo(), end.hi()), end.end));
        }
    }
    out
}

/// Who denies what was told before: "The army denied it", "Moscow rejected the accusations".
fn pointing_back<'a>(text: &str, names: &[(Span, &'a Id)], words: &[(Span, &str)]) -> Vec<(&'a Id, Span)> {
    let mut out = Vec::new();
    for (n, (at, word)) in words.iter().enumerate() {
        if !is_one_of(word, DENIES) {
            continue;
        }
        let sentence = fold::sentence(text, *at);
        let after = words.iter().skip(n + 1).take(BETWEEN).take_while(|w| sentence.contains(w.0));
        let told = after.into_iter().find(|w| is_one_of(w.1, TOLD) || is_one_of(w.1, CHARGES));
        let Some(told) = told else { continue };
        // "Denied it was there": what follows is what is denied.
        let closes = text.get(told.0.hi()..).unwrap_or("").trim_start_matches(['"', '”', '’']);
        let ends = closes.is_empty()
            || closes.starts_with(['.', ',', ';', '\n'])
            || closes.starts_with(" and ")
            || closes.starts_with(" on ");
        if is_one_of(told.1, &["it", "this"]) && !ends {
            continue;
        }
        let before = names.iter().rev().find(|(s, _)| s.end <= at.start && sentence.contains(*s));
        let beside = |s: &Span| text.get(s.hi()..at.lo()).is_some_and(|b| b.split_whitespace().count() <= 2);
        if let Some((_, who)) = before.filter(|(s, _)| beside(s)) {
            out.push((*who, Span::new(at.lo(), told.0.hi())));
        }
    }
    out
}

/// The words of a text, with where they stand.
fn spans(text: &str) -> Vec<(Span, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words
        .map(|w| {
            let at = w.as_ptr() as usize - text.as_ptr() as usize;
            (Span::new(at, at + w.len()), w)
        })
        .collect()
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|l| word.eq_ignore_ascii_case(l))
}

/// Whether words begin with a phrase.
fn says(words: &[(Span, &str)], at: usize, phrase: &[&str]) -> bool {
    phrase.iter().enumerate().all(|(k, p)| words.get(at + k).is_some_and(|w| w.1.eq_ignore_ascii_case(p)))
}
