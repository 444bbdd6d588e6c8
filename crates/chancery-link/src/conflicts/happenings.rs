//! Days, places, status and participants of one happening that cannot all be right.

use super::{All, Conflict, Value};
use crate::events::{Event, draft};
use crate::{Item, fold};
use chancery_model::date::{add_days, days_between};
use chancery_model::facts::{EventMention, TimeMeaning};
use chancery_model::vocab::{ConflictKind, MentionKind, PlaceKind, Role, Status, Sure};
use chancery_model::{Day, Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Days between which two reports of one occasion may differ; further apart they tell of two.
const ONE_OCCASION: i32 = 62;

/// Days after which a report looks back on something.
const LONG_PAST: i32 = 150;

/// Days of a happening that are compared with each other.
const MOST: usize = 200;

/// Towns that one happening may be told to have been in, for it to have been in one of them.
const TOWNS: usize = 3;

/// Days between two reports that set one happening in two towns.
const OF_ONE_TIME: i32 = 30;

/// Words that tell of one end of a happening and not of the whole.
const ENDS: &[&str] = &[
    "end", "clos", "conclud", "began", "begin", "open", "start", "last", "broke", "broken", "since", "found",
    "discover",
];

/// A place where a happening is told: index of the report and the mention.
pub(super) type Told<'a> = (usize, &'a EventMention);

/// The first and last of some days, and the days with the origins that give them.
type Ends = (Option<Day>, Option<Day>);
type Given<'a> = (Days, BTreeSet<&'a Id>);

/// Everything that tells of a happening: its mentions, and the words that take it up.
pub(super) fn told<'a>(all: &All<'a>, e: &'a Event) -> Vec<Told<'a>> {
    let mentions = e.mentions.iter().filter_map(|(r, n)| Some((*r, all.items[*r].facts.events.get(*n)?)));
    mentions.chain(e.echoes.iter().map(|(r, m)| (*r, m))).collect()
}

/// Days that exclude each other, each surely the mention's own and given by origins that do not give the other.
pub(super) fn days(all: &All<'_>, e: &Event) -> Option<Conflict> {
    let mut given: Vec<(Days, usize, Span)> = Vec::new();
    let mut went_on = 0;
    for (r, m) in told(all, e) {
        let item = &all.items[r];
        went_on = went_on.max(goes_on(&item.report.text, m.span));
        if !matches!(m.status, Status::Happened | Status::Ongoing | Status::Failed | Status::Claimed) {
            continue;
        }
        if !draft::sure_day(item, m) && e.name.is_none() {
            continue;
        }
        let Some(t) = draft::when(item, m) else { continue };
        if !names_its_day(item, m, t as usize) {
            continue;
        }
        let days = all.reports[r].times.get(t as usize)?.days;
        // A month is a day enough for what has a name or is long past.
        let published = all.reports[r].published.days.lo;
        let past = matches!((days.hi, published), (Some(h), Some(p)) if days_between(h, p) > LONG_PAST);
        // "Eighteen months ago" is a round number.
        let rounded =
            fold::words(item.facts.times.get(t as usize)?.span.of(&item.report.text)).any(|w| w == "ago");
        if rounded && days.width().is_none_or(|w| w > 1) {
            continue;
        }
        // "Last week" is counted from the day of the report and names no day.
        let exact = |w: i32| w <= 1 || (27..=31).contains(&w) && (e.name.is_some() || past);
        if days.width().is_none_or(|w| !exact(w)) || partly(item, m) {
            continue;
        }
        given.push((days, r, item.facts.times.get(t as usize)?.span));
    }
    // By value: a happening that a thousand reports tell of has few days.
    let mut by: BTreeMap<Ends, Given<'_>> = BTreeMap::new();
    for (d, r, s) in &given {
        by.entry((d.lo, d.hi)).or_insert_with(|| (*d, BTreeSet::new())).1.insert(all.origin(*r, *s));
    }
    let by: Vec<&Given<'_>> = by.values().take(MOST).collect();
    let origins = |d: &Days| -> BTreeSet<&Id> {
        // A month says nothing of two days in it.
        let as_narrow = |g: &Days| g.meets(d) && g.width() <= d.width().max(Some(1));
        by.iter().filter(|g| as_narrow(&g.0)).flat_map(|g| g.1.iter().copied()).collect()
    };
    let whose: Vec<Given<'_>> = by.iter().map(|g| (g.0, origins(&g.0))).collect();
    let apart = |a: &Given<'_>, b: &Given<'_>| {
        !a.0.meets(&b.0)
            && crate::events::gap(&a.0, &b.0).is_some_and(|g| (went_on + 1..=ONE_OCCASION).contains(&g))
            && a.1.is_disjoint(&b.1)
    };
    let contested: BTreeSet<Ends> =
        whose.iter().filter(|a| whose.iter().any(|b| apart(a, b))).map(|a| (a.0.lo, a.0.hi)).collect();
    let values: Vec<Value> = given
        .iter()
        .filter(|a| contested.contains(&(a.0.lo, a.0.hi)))
        .filter_map(|(d, r, s)| Some((sharpest(d, &contested)?.to_edtf()?.to_string(), *r, *s)))
        .collect();
    all.conflict(ConflictKind::Date, &e.id, values, &e.title, Sure::Medium, false)
}

/// The day whose side one who names a month takes: the one that lies in it. None where several do.
fn sharpest(d: &Days, contested: &BTreeSet<Ends>) -> Option<Days> {
    let inside = |e: &&Ends| e.0 >= d.lo && e.1 <= d.hi && **e != (d.lo, d.hi);
    match contested.iter().filter(inside).collect::<Vec<_>>().as_slice() {
        [] => Some(*d),
        [one] => Some(Days { lo: one.0, hi: one.1 }),
        _ => None,
    }
}

/// Whether a time names a day by itself, and that of the mention: neither "in the evening" nor "the day before", nor the
/// day by which something was counted, nor that of the dateline.
pub(super) fn names_its_day(item: &Item<'_>, m: &EventMention, time: usize) -> bool {
    let Some(t) = item.facts.times.get(time) else { return false };
    let text = &item.report.text;
    // A bare time of day is of the day of its report for want of a better one.
    let reckoned =
        matches!(t.meaning, TimeMeaning::Clock(_) | TimeMeaning::From { .. } | TimeMeaning::Duration { .. });
    let bare = fold::words(t.span.of(text)).all(|w| OF_DAY.contains(&w.as_str()));
    let sentence = fold::sentence(text, t.span);
    let before = Span::new(sentence.lo(), t.span.lo().max(sentence.lo())).of(text);
    let dateline = before.ends_with(", ") && !before.chars().any(char::is_lowercase);
    let by = fold::words(before).last().is_some_and(|w| w == "by");
    let (lo, hi) = (m.span.end.min(t.span.end), m.span.start.max(t.span.start));
    // "The count of the dead from the tremor stood at 764 on Saturday."
    let counted = item.facts.figures.iter().any(|f| {
        f.span.start >= lo
            && f.span.end <= hi
            && f.unit.is_none()
            && chancery_lexicon::measures::is_toll(&f.measure)
    });
    !(reckoned || bare || dateline || by || counted && m.span.end <= t.span.start)
}

/// Words for parts of a day.
const OF_DAY: &[&str] = &[
    "now",
    "currently",
    "the",
    "a",
    "that",
    "in",
    "at",
    "by",
    "late",
    "early",
    "same",
    "night",
    "evening",
    "afternoon",
    "morning",
    "noon",
    "midnight",
    "dawn",
    "dusk",
    "overnight",
    "nightfall",
    "midday",
    "daybreak",
    "sunrise",
    "sunset",
];

/// Days after its first on which a happening goes on by the words around a mention: "two-day talks", "a second day". "Four
/// days since" and "two days ago" are counted from something else.
pub(super) fn goes_on(text: &str, span: Span) -> i32 {
    const NUMBERS: &[(&str, &str)] =
        &[("two", "second"), ("three", "third"), ("four", "fourth"), ("five", "fifth"), ("six", "sixth")];
    const COUNTED: &[&str] = &["since", "ago", "later", "before", "after", "earlier"];
    let words: Vec<String> = fold::words(fold::sentence(text, span).of(text)).collect();
    let told = |(n, pair): (usize, &[String])| {
        let [number, day] = pair else { return 0 };
        if words.get(n + 2).is_some_and(|w| COUNTED.contains(&w.as_str())) {
            return 0;
        }
        let at = NUMBERS.iter().position(|(n, nth)| {
            number == n && matches!(day.as_str(), "day" | "days") || number == nth && day == "day"
        });
        at.and_then(|n| i32::try_from(n + 1).ok()).unwrap_or(0)
    };
    words.windows(2).enumerate().map(told).max().unwrap_or(0)
}

/// Whether the words around a mention tell of its beginning or end only.
pub(super) fn partly(item: &Item<'_>, m: &EventMention) -> bool {
    let (text, span) = (&item.report.text, m.span);
    let sentence = fold::sentence(text, span);
    let before: Vec<String> = fold::words(Span::new(sentence.lo(), span.lo()).of(text)).collect();
    let after: Vec<String> = fold::words(Span::new(span.hi(), sentence.hi()).of(text)).take(2).collect();
    // "Began with a raid" tells of the raid.
    let near = before
        .iter()
        .rev()
        .take(4)
        .take_while(|w| !matches!(w.as_str(), "with" | "after" | "when"))
        .chain(&after);
    // "Shut since Sunday" gives the day of the closing.
    let since = || after.first().is_some_and(|w| w == "since") && draft::family(item, m) == Some("closure");
    let end = |w: &String| ENDS.iter().any(|e| w.starts_with(e)) && !(w == "since" && since());
    // "Broke into the clinic" tells of no end.
    let own: Vec<String> = fold::words(span.of(text)).collect();
    let into = own.first().is_some_and(|w| w == "broke" || w == "broken")
        && own.iter().skip(1).chain(&after).next().is_some_and(|w| w == "into");
    near.chain(own.iter().skip(usize::from(into))).any(end)
}

/// Towns that exclude each other: "in", "at" or "to" one right after the mention or before it, told by origins that do
/// not name the other.
pub(super) fn places(all: &All<'_>, e: &Event) -> Option<Conflict> {
    let mut given: Vec<(Id, String, usize, Span)> = Vec::new();
    for (r, m) in told(all, e) {
        let (item, linked) = (&all.items[r], &all.reports[r]);
        if matches!(m.status, Status::Proposed | Status::Hypothetical | Status::Denied) {
            continue;
        }
        let text = &item.report.text;
        let sentence = fold::sentence(text, m.span);
        let near = item.facts.mentions.iter().filter(|x| {
            x.kind == MentionKind::Place && sentence.contains(x.span) && {
                let words = Span::new(m.span.hi().min(x.span.lo()), m.span.hi().max(x.span.lo())).of(text);
                let between = |e: &EventMention| e.span.start >= m.span.end && e.span.end <= x.span.start;
                let after = x.span.start >= m.span.end && !item.facts.events.iter().any(between);
                let front = text.get(..x.span.lo()).unwrap_or("").trim_end().rsplit(' ').next().unwrap_or("");
                after && words.split_whitespace().count() <= 5 && matches!(front, "in" | "at")
            }
        });
        for x in near.take(1) {
            let Some(p) = x.place.and_then(|p| item.facts.places.get(p as usize)) else { continue };
            let Some(id) = x.place.and_then(|p| linked.places.get(p as usize)) else { continue };
            if p.kind == PlaceKind::City {
                given.push((id.clone(), p.name.clone(), r, x.span));
            }
        }
    }
    // "Fighting in Misrata" in March and in Sirte in September is of one war and no contradiction.
    let printed = |r: usize| all.reports[r].published.days.day();
    let mut told_on: BTreeMap<Option<Day>, BTreeSet<&Id>> = BTreeMap::new();
    for g in &given {
        told_on.entry(printed(g.2)).or_default().insert(&g.0);
    }
    let beside = |(town, _, r, _): &(Id, String, usize, Span)| {
        let others = |towns: &BTreeSet<&Id>| towns.iter().any(|t| *t != town);
        let Some(day) = printed(*r) else { return told_on.values().any(others) };
        let near = Some(add_days(day, -OF_ONE_TIME))..=Some(add_days(day, OF_ONE_TIME));
        told_on.range(near).any(|(_, towns)| others(towns)) || told_on.get(&None).is_some_and(others)
    };
    let given: Vec<(Id, String, usize, Span)> = given.iter().filter(|g| beside(g)).cloned().collect();
    let mut by: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
    for g in &given {
        by.entry(&g.0).or_default().insert(all.origin(g.2, g.3));
    }
    // Who tells of it at a town further off in the sentence names that town too: of two meetings taken for one, nobody
    // contradicts anybody.
    // "Met twice, first in Accra and then in Dakar" names both.
    for (r, m) in told(all, e) {
        let (item, linked) = (&all.items[r], &all.reports[r]);
        let sentence = fold::sentence(&item.report.text, m.span);
        let named = item.facts.mentions.iter().filter(|x| sentence.contains(x.span)).filter_map(|x| x.place);
        for id in m.place.into_iter().chain(named).filter_map(|p| linked.places.get(p as usize)) {
            if let Some(own) = by.get_mut(id) {
                own.insert(all.origin(r, m.span));
            }
        }
    }
    let spelt: BTreeMap<&Id, String> = given.iter().map(|g| (&g.0, fold::name(&g.1))).collect();
    let contested: BTreeSet<&Id> = by
        .iter()
        .filter(|(p, own)| {
            by.iter().any(|(q, others)| p != &q && spelt.get(*p) != spelt.get(q) && own.is_disjoint(others))
        })
        .map(|(p, _)| *p)
        .collect();
    // What is told of in many towns was in many.
    if contested.len() > TOWNS {
        return None;
    }
    let values: Vec<Value> =
        given.iter().filter(|a| contested.contains(&a.0)).map(|(_, n, r, s)| (n.clone(), *r, *s)).collect();
    all.conflict(ConflictKind::Place, &e.id, values, &e.title, Sure::Medium, false)
}

/// A happening that is told or charged, and denied, called off or only half done according to others.
pub(super) fn status(all: &All<'_>, e: &Event) -> Option<Conflict> {
    let mut values: Vec<Value> = Vec::new();
    let mut by: BTreeMap<bool, BTreeSet<(usize, Option<u32>)>> = BTreeMap::new();
    let mut doers: BTreeMap<bool, BTreeSet<&Id>> = BTreeMap::new();
    for at in told(all, e) {
        let m = at.1;
        let untrue = called_false(all, at);
        let denied = m.status == Status::Denied || untrue;
        // "Did not travel to the meeting" denies the journey and not the meeting.
        if denied && !untrue && (denied_before(all, at) || !denies(all, at)) {
            continue;
        }
        // What is merely not said to have been done ("aid has not come") needs its day to be one happening with what was.
        let once =
            || m.place.is_some() && draft::family(&all.items[at.0], m).is_some_and(|f| ONCE.contains(&f));
        let dated = draft::sure_day(&all.items[at.0], m) || e.name.is_some() || once();
        if denied && !untrue && !dated && !in_so_many_words(all, at) {
            continue;
        }
        if !denied && !matches!(m.status, Status::Happened | Status::Claimed) {
            continue;
        }
        let speaker = m
            .statement
            .and_then(|s| all.items[at.0].facts.statements.get(s as usize))
            .and_then(|s| s.speaker);
        // That it happened, a mention must say; a word that takes it up says it too often.
        if !denied && is_echo(m) {
            continue;
        }
        // Within one report "not" may be said of something beside it; a denial is said to be one.
        let speaker = speaker.filter(|_| !denied || untrue || in_so_many_words(all, at));
        by.entry(denied).or_default().insert((at.0, speaker));
        let actors = m.participants.iter().filter(|p| p.role == Role::Actor);
        let actors = actors.filter_map(|p| all.reports[at.0].actors.get(p.entity as usize));
        doers.entry(denied).or_default().extend(actors);
        let said = if denied { "did not happen" } else { "happened" };
        values.push((said.to_owned(), at.0, m.span));
    }
    // Within one report, only what one speaker denies and another or the report itself tells.
    let (Some(no), Some(yes)) = (by.get(&true), by.get(&false)) else { return None };
    // "Egypt never blockaded the port" leaves open that Israel did.
    if let (Some(no), Some(yes)) = (doers.get(&true), doers.get(&false))
        && !no.is_empty()
        && !yes.is_empty()
        && no.is_disjoint(yes)
    {
        return None;
    }
    let claimants = no.iter().any(|(r, s)| s.is_some() && yes.iter().any(|(q, t)| q == r && t != s));
    all.conflict(ConflictKind::Status, &e.id, values, &e.title, Sure::Low, claimants)
}

fn is_echo(m: &EventMention) -> bool {
    m.maker.by == crate::events::ECHO
}

/// Families of deeds that are done once: what was not done at a place named is what others tell was done there.
const ONCE: &[&str] = &["agreement", "arrest", "veto", "handover", "vote"];

/// Families of deeds of which "no" denies one: "no walkout", but not "no agreement", which may be still to come.
const NONE: &[&str] = &["abduction", "arrest", "coup", "sanction", "veto", "walkout"];

/// Words between what was done and its verb.
const DONE: &[&str] = &["was", "were", "had", "has", "have", "been"];

/// Words of denial.
const DENIALS: &[&str] =
    &["denied", "denies", "deny", "denying", "denial", "untrue", "false", "never", "fabricated"];

pub(super) fn in_so_many_words(all: &All<'_>, at: Told<'_>) -> bool {
    let text = &all.items[at.0].report.text;
    let sentence = fold::sentence(text, at.1.span);
    // "There had been no walkout."
    let front = Span::new(sentence.lo(), at.1.span.lo()).of(text);
    let before: Vec<String> = fold::words(front).collect();
    let mut back = before.iter().rev().map(String::as_str).skip_while(|w| DONE.contains(w));
    // "No sanctions were imposed": what stands between is what was done.
    let no = if before.last().is_some_and(|w| DONE.contains(&w.as_str())) {
        back.nth(1) == Some("no")
    } else {
        back.next() == Some("no")
    };
    let none = no && draft::family(&all.items[at.0], at.1).is_some_and(|f| NONE.contains(&f));
    if none {
        return true;
    }
    fold::words(sentence.of(text)).any(|w| DENIALS.contains(&w.as_str()))
}

/// Whether the sentence of a mention denies in so many words, or a negation stands right before it.
fn denies(all: &All<'_>, at: Told<'_>) -> bool {
    let text = &all.items[at.0].report.text;
    let m = at.1;
    let sentence = fold::sentence(text, m.span);
    let before: Vec<String> = fold::words(Span::new(sentence.lo(), m.span.hi()).of(text)).collect();
    // "There will be no truce" refuses one.
    if before.iter().rev().take(5).any(|w| matches!(w.as_str(), "will" | "would" | "shall" | "won't")) {
        return false;
    }
    // "No further rockets were fired", "has never seen such an attack": that one of them took place is not denied.
    let kind = before.iter().rev().skip(1).take(3);
    if kind.into_iter().any(|w| {
        matches!(
            w.as_str(),
            "further" | "more" | "new" | "additional" | "other" | "such" | "similar" | "earlier"
        )
    }) {
        return false;
    }
    // "No meeting has taken place since October" denies a further one.
    if fold::words(Span::new(m.span.hi(), sentence.hi()).of(text)).any(|w| w == "since") {
        return false;
    }
    in_so_many_words(all, at)
        || before
            .iter()
            .rev()
            .take(4)
            .any(|w| matches!(w.as_str(), "no" | "not" | "nobody" | "nothing" | "neither"))
}

/// Whether what a mention tells is called false: "reports that he had been arrested were false".
pub(super) fn called_false(all: &All<'_>, at: Told<'_>) -> bool {
    let text = &all.items[at.0].report.text;
    let m = at.1;
    let sentence = fold::sentence(text, m.span);
    let words = |s: Span| fold::words(s.of(text)).collect::<Vec<_>>();
    let before = words(Span::new(sentence.lo(), m.span.lo()));
    let after = words(Span::new(m.span.hi(), sentence.hi()));
    let reports = before.iter().any(|w| {
        matches!(w.as_str(), "reports" | "rumours" | "rumors" | "claims" | "allegations" | "report")
    });
    let untrue = after
        .iter()
        .take(3)
        .any(|w| matches!(w.as_str(), "false" | "untrue" | "wrong" | "unfounded" | "baseless"));
    reports && untrue && before.iter().any(|w| w == "that" || w == "of")
}

/// Whether another denied happening stands before a mention in its sentence.
fn denied_before(all: &All<'_>, at: Told<'_>) -> bool {
    let (item, m) = (&all.items[at.0], at.1);
    let sentence = fold::sentence(&item.report.text, m.span);
    let before = |x: &EventMention| x.span.start < m.span.start && sentence.contains(x.span);
    item.facts.events.iter().any(|x| x.status == Status::Denied && before(x))
}

/// Words for not having been there, before the happening they are told of.
const ABSENT: &[&[&str]] = &[
    &["stayed", "away"],
    &["stay", "away"],
    &["kept", "away"],
    &["not", "attend"],
    &["not", "attended"],
    &["not", "travel"],
    &["not", "travelled"],
    &["not", "go"],
    &["not", "come"],
    &["not", "asked"],
    &["not", "invited"],
    &["not", "take", "part"],
    &["not", "present"],
    &["absent", "from"],
    &["boycotted"],
    &["missed"],
    &["skipped"],
    &["never", "attended"],
];

/// Who is told not to have been at a happening: the person or body named last before the words for it.
fn absent(all: &All<'_>, at: Told<'_>) -> Option<(Id, Span)> {
    let (item, m) = (&all.items[at.0], at.1);
    let text = &item.report.text;
    let sentence = fold::sentence(text, m.span);
    let before = item.facts.mentions.iter().rev().filter(|x| {
        matches!(x.kind, MentionKind::Person | MentionKind::Organization)
            && sentence.contains(x.span)
            && x.span.end <= m.span.start
    });
    for x in before.take(3) {
        let words: Vec<String> = fold::words(Span::new(x.span.hi(), m.span.lo()).of(text)).collect();
        let told =
            ABSENT.iter().any(|a| words.windows(a.len()).any(|w| w.iter().zip(*a).all(|(x, y)| x == y)));
        if told && words.len() <= 9 {
            let actor = x.entity.and_then(|n| all.reports[at.0].actors.get(n as usize))?;
            return Some((actor.clone(), x.span));
        }
    }
    None
}

/// Somebody who took part according to some, and who according to others did not go or was not there.
pub(super) fn participants(all: &All<'_>, e: &Event) -> Vec<Conflict> {
    let mut out = Vec::new();
    let everything = told(all, e);
    for at in &everything {
        let Some((actor, span)) = absent(all, *at) else { continue };
        let Some(who) = all.actors.get(&actor) else { continue };
        let mut values: Vec<Value> = vec![(format!("{} did not take part", who.name), at.0, span)];
        values.extend(there(all, &everything, &actor, &who.name, all.origin(at.0, span)));
        out.extend(all.conflict(ConflictKind::Participant, &e.id, values, &e.title, Sure::Low, false));
    }
    out
}

/// Where other origins tell that somebody was at a happening.
fn there(all: &All<'_>, everything: &[Told<'_>], actor: &Id, name: &str, but: &Id) -> Vec<Value> {
    let mut values = Vec::new();
    for other in everything {
        let m = other.1;
        let linked = &all.reports[other.0];
        let is = |n: Option<u32>| n.and_then(|n| linked.actors.get(n as usize)) == Some(actor);
        let part = m.participants.iter().any(|p| p.role != Role::Venue && is(Some(p.entity)));
        // Named in its sentence, and not as one who speaks of it.
        let item = &all.items[other.0];
        let sentence = fold::sentence(&item.report.text, m.span);
        let named = item.facts.mentions.iter().find(|x| sentence.contains(x.span) && is(x.entity));
        let speaks = |s: Span| {
            item.facts
                .statements
                .iter()
                .any(|st| st.source.iter().any(|x| x.start < s.end && s.start < x.end))
        };
        let was = part || named.is_some_and(|x| !speaks(x.span));
        let apart = all.origin(other.0, m.span) != but;
        let held = matches!(m.status, Status::Happened | Status::Ongoing);
        if was && apart && held && absent(all, *other).is_none() {
            values.push((format!("{name} took part"), other.0, named.map_or(m.span, |x| x.span)));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_names_a_month_takes_the_side_of_the_day_in_it() {
        let days = |lo: &str, hi: &str| Days { lo: lo.parse().ok(), hi: hi.parse().ok() };
        let (june, the_25th, july) = (
            days("2009-06-01", "2009-06-30"),
            days("2009-06-25", "2009-06-25"),
            days("2009-07-01", "2009-07-31"),
        );
        let mut contested: BTreeSet<Ends> = [june, the_25th, july].map(|d| (d.lo, d.hi)).into();
        assert_eq!(sharpest(&june, &contested), Some(the_25th));
        assert_eq!(sharpest(&july, &contested), Some(july));
        // Of two days in it nobody knows which is meant.
        let other = days("2009-06-24", "2009-06-24");
        contested.insert((other.lo, other.hi));
        assert_eq!(sharpest(&june, &contested), None);
    }
}
