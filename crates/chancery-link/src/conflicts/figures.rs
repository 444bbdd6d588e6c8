//! Figures that cannot both be right.

use super::told::At;
use super::{All, Conflict, Value};
use crate::events::Event;
use crate::series::Series;
use chancery_lexicon::measures;
use chancery_model::date::days_between;
use chancery_model::facts::Figure;
use chancery_model::vocab::{ConflictKind, Qualifier, Sure};
use chancery_model::{Day, Days};
use std::collections::{BTreeMap, BTreeSet};

/// How far apart two reports may be for their figures to claim the same moment, when neither says as of when.
const SAME_MOMENT: i32 = 3;
/// Days behind its report from which a day named beside a figure is a beginning and not an end.
const FAR: i32 = 31;
/// Days after a happening from which its toll no longer grows.
const SETTLED: i32 = 5;

/// Figures of one series for one moment whose ranges exclude each other: of two origins, or of two claimants whom
/// one report sets against each other.
pub(super) fn of_series(
    all: &All<'_>,
    s: &Series,
    events: &[Event],
    happening: &BTreeMap<At, usize>,
) -> Vec<Conflict> {
    let votes = s.measure == "votes";
    let against = |m: &At| figure(all, *m).maker.by.ends_with("+ellipsis");
    // What one report itself sets against each other is contested, whatever is counted.
    let contested = contested(&s.measure);
    if !contested && !s.members.iter().any(against) {
        return Vec::new();
    }
    // Of the votes for and against, the more are set against the more.
    let members = if votes { whole(all, &s.members) } else { s.members.clone() };
    let mut out = of_claimants(all, s, &members, contested, &against);
    let mut dated: Vec<(Days, At)> =
        members.iter().filter(|m| !added(all, **m)).map(|m| (moment(all, *m), *m)).collect();
    // A moment of which only the last day is known may be that day.
    dated.retain(|(d, _)| d.hi.is_some() && d.width().is_none_or(|w| w <= SAME_MOMENT || d.lo.is_none()));
    dated.sort_by_key(|(d, m)| (d.hi, d.lo, *m));
    let claims: BTreeMap<At, Figure> = dated.iter().map(|(_, m)| (*m, claim(all, *m))).collect();
    // Pairs of two reports, by their first day: all that contradict each other within a few days are one disagreement.
    let mut pairs: Vec<(Day, [At; 2], bool)> = Vec::new();
    for (n, (da, a)) in dated.iter().enumerate() {
        for (db, b) in dated.iter().skip(n + 1) {
            let (Some(x), Some(y)) = (da.hi, db.hi) else { continue };
            // Sorted by day: all further ones are further away.
            if days_between(x, y) > SAME_MOMENT {
                break;
            }
            if !matches!((claims.get(a), claims.get(b)), (Some(f), Some(g)) if exclude(f, g)) {
                continue;
            }
            // Tolls of happenings of two days contradict nothing.
            let days = |at: &At| super::told::days(events, happening, at);
            if matches!((days(a), days(b)), (Some(x), Some(y)) if !x.meets(&y)) {
                continue;
            }
            // What both are told of is looked at as a whole.
            if happening.get(a).is_some_and(|x| happening.get(b) == Some(x)) {
                continue;
            }
            let (f, g) = (figure(all, *a), figure(all, *b));
            let apart = origin(all, *a) != origin(all, *b);
            // Two of a report's dead are no toll of their own.
            if a.0 != b.0 && !votes && (smaller(all, s, *a) || smaller(all, s, *b)) {
                continue;
            }
            let growing = apart && !votes && (grows((da, f), (db, g)) || overtaken(all, *a, *b));
            if !apart || growing || !contested {
                continue;
            }
            pairs.push((x, [*a, *b], da.lo.is_none() || db.lo.is_none()));
        }
    }
    while let Some((first, ..)) = pairs.first() {
        let until = *first;
        let (near, rest): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(d, ..)| days_between(until, *d) <= SAME_MOMENT);
        let sure = if near.iter().all(|p| p.2) { Sure::Low } else { Sure::Medium };
        let against: BTreeSet<At> = near.iter().flat_map(|p| p.1).collect();
        let values = as_told(all, &against);
        out.extend(all.conflict(ConflictKind::Figure, &s.id, values, &s.title, sure, false));
        pairs = rest;
    }
    out
}

/// Figures that one report has two claimants give for one moment, whatever is counted where it sets them against each other
/// itself: "the army says 20,000, aid workers at least 25,000".
fn of_claimants(
    all: &All<'_>,
    s: &Series,
    members: &[At],
    contested: bool,
    against: &dyn Fn(&At) -> bool,
) -> Vec<Conflict> {
    let mut out = Vec::new();
    for report in members.chunk_by(|a, b| a.0 == b.0) {
        for (n, a) in report.iter().enumerate() {
            for b in report.iter().skip(n + 1) {
                let (f, g) = (figure(all, *a), figure(all, *b));
                let two = f.speaker.is_some() && g.speaker.is_some() && f.speaker != g.speaker;
                let told = contested || against(a) || against(b);
                let as_of = |at: &At| figure(all, *at).as_of.map(|_| moment(all, *at));
                let one_time = match (as_of(a), as_of(b)) {
                    (Some(x), Some(y)) => {
                        x.meets(&y) || crate::events::gap(&x, &y).is_some_and(|g| g <= SAME_MOMENT)
                    }
                    _ => true,
                };
                if two
                    && told
                    && one_time
                    && !added(all, *a)
                    && !added(all, *b)
                    && exclude(&claim(all, *a), &claim(all, *b))
                {
                    let values = vec![value(all, *a), value(all, *b)];
                    out.extend(all.conflict(
                        ConflictKind::Figure,
                        &s.id,
                        values,
                        &s.title,
                        Sure::Medium,
                        true,
                    ));
                }
            }
        }
    }
    out
}

/// Whether two counts of one moment can contradict each other: tolls and votes. How many troops there are, and who is
/// short of what, is counted by bodies and parts that the words around seldom name.
fn contested(measure: &str) -> bool {
    measure == "votes"
        || measure == "attendance"
        || measures::is_toll(measure) && !matches!(measure, "troops" | "besieged" | "affected" | "struck")
}

/// A toll of a day before that is smaller is an earlier count.
fn grows((da, f): (&Days, &Figure), (db, g): (&Days, &Figure)) -> bool {
    let (Some(x), Some(y)) = (da.hi, db.hi) else { return false };
    later(f, x, y) && matches!((f.high.or(f.low), g.low.or(g.high)), (Some(h), Some(l)) if h < l)
}

/// Whether the report of a toll gives a larger one in the same series.
fn smaller(all: &All<'_>, s: &Series, at: At) -> bool {
    let size = figure(all, at).low;
    s.members.iter().any(|m| m.0 == at.0 && figure(all, *m).low > size)
}

/// Whether the report that has more was printed days after the other.
fn overtaken(all: &All<'_>, a: At, b: At) -> bool {
    let (f, g) = (figure(all, a), figure(all, b));
    let (Some(x), Some(y)) = (counted(all, a), counted(all, b)) else { return false };
    let more =
        |f: &Figure, g: &Figure| matches!((f.high.or(f.low), g.low.or(g.high)), (Some(h), Some(l)) if h < l);
    (more(f, g) && later(f, x, y)) || (more(g, f) && later(g, y, x))
}

/// Tolls of one happening, by what is done: each origin's last word, or its only one.
pub(super) fn of_events(all: &All<'_>, events: &[Event], of: &BTreeMap<At, usize>) -> Vec<Conflict> {
    let mut by: BTreeMap<(usize, &str), Vec<At>> = BTreeMap::new();
    for (at, e) in of {
        let f = figure(all, *at);
        if f.measure != "displaced"
            && contested(&f.measure)
            && !added(all, *at)
            && !(f.measure == "votes" && lost(all, *at))
            && f.derived_from.is_empty()
            && f.qualifier != Qualifier::Vague
        {
            by.entry((*e, f.measure.as_str())).or_default().push(*at);
        }
    }
    for (r, item) in all.items.iter().enumerate() {
        for n in 0..item.facts.figures.len() {
            if let Some((e, called)) =
                super::told::done_to(all, events, (r, n)).filter(|_| !added(all, (r, n)))
            {
                by.entry((e, called)).or_default().push((r, n));
            }
        }
    }
    let mut out = Vec::new();
    for ((e, measure), members) in by {
        let event = &events[e];
        let members = whole(all, &members);
        let claims: Vec<Figure> = members.iter().map(|m| claim(all, *m)).collect();
        // What hangs together by contradictions: 11 against 16 foreigners, and 110,000 against 200,000 in all.
        let mut groups = crate::groups::Groups::new(members.len());
        for (n, (a, f)) in members.iter().zip(&claims).enumerate() {
            for (m, (b, g)) in members.iter().zip(&claims).enumerate().skip(n + 1) {
                if exclude(f, g)
                    && origin(all, *a) != origin(all, *b)
                    && contradict(all, event, measure, *a, *b)
                {
                    groups.join(n, m);
                }
            }
        }
        let title = format!("{}: {measure}", event.title);
        for set in groups.sets() {
            let against: BTreeSet<At> = set.iter().filter_map(|n| members.get(*n).copied()).collect();
            let values = as_told(all, &against);
            out.extend(all.conflict(ConflictKind::Figure, &event.id, values, &title, Sure::Medium, false));
        }
    }
    out
}

/// The figures with what their side says: all that an origin has given, as it grew, is one side, and so are equal
/// numbers.
pub(super) fn as_told(all: &All<'_>, against: &BTreeSet<At>) -> Vec<Value> {
    let list: Vec<At> = against.iter().copied().collect();
    let mut groups = crate::groups::Groups::new(list.len());
    for (n, a) in list.iter().enumerate() {
        for (m, b) in list.iter().enumerate().skip(n + 1) {
            let (f, g) = (figure(all, *a), figure(all, *b));
            let one = origin(all, *a) == origin(all, *b);
            if one || (f.low, f.high) == (g.low, g.high) {
                groups.join(n, m);
            }
        }
    }
    let mut out = Vec::new();
    for set in groups.sets() {
        let mut said: Vec<(f64, String)> = Vec::new();
        let mut members: Vec<At> = set.iter().filter_map(|n| list.get(*n).copied()).collect();
        members.sort_by(|a, b| size(figure(all, *a)).total_cmp(&size(figure(all, *b))).then(a.cmp(b)));
        for at in &members {
            let n = size(figure(all, *at));
            if said.last().is_none_or(|(last, _)| *last < n) {
                said.push((n, value(all, *at).0));
            }
        }
        let label = said.into_iter().map(|s| s.1).collect::<Vec<_>>().join(", then ");
        out.extend(members.into_iter().map(|at| (label.clone(), at.0, value(all, at).2)));
    }
    out
}

fn size(f: &Figure) -> f64 {
    f.low.or(f.high).unwrap_or(0.0)
}

/// Figures that stand for the whole of a toll: of those of one report, the largest, when people or one kind of people
/// are counted. At most a few hundred, so that they can be set against each other.
fn whole(all: &All<'_>, members: &[At]) -> Vec<At> {
    let mut best: BTreeMap<usize, At> = BTreeMap::new();
    for at in members.iter().filter(|at| figure(all, **at).measure == "votes" || !part(all, **at)) {
        let larger = |old: &At| figure(all, *at).low > figure(all, *old).low;
        if best.get(&at.0).is_none_or(larger) {
            best.insert(at.0, *at);
        }
    }
    // One report an origin and value is enough.
    let mut seen = BTreeSet::new();
    best.into_values()
        .filter(|at| {
            let f = figure(all, *at);
            let number = |x: Option<f64>| x.map(f64::to_bits);
            seen.insert((origin(all, *at), number(f.low), number(f.high), moment(all, *at).hi))
        })
        .take(MOST)
        .collect()
}

/// Whether a figure counts some of those whom its sentence or the one before counts ("six of them").
pub(super) fn part(all: &All<'_>, at: At) -> bool {
    let (f, text) = (figure(all, at), &all.items[at.0].report.text);
    let after = text.get(f.span.hi()..).unwrap_or("").trim_start();
    after.starts_with("of them") || after.starts_with("of the dead") || after.starts_with("of the victims")
}

/// Whether a toll is of one kind of people only.
pub(super) fn one_kind(f: &Figure) -> bool {
    let words = f.subject.as_deref().unwrap_or("").to_lowercase();
    words.split_whitespace().any(|w| KINDS.contains(&w))
}

/// People who are some of those a deed hits.
const KINDS: &[&str] = &[
    "guards",
    "soldiers",
    "servicemen",
    "policemen",
    "police",
    "officers",
    "troops",
    "gunmen",
    "militants",
    "rebels",
    "fighters",
    "insurgents",
    "attackers",
    "children",
    "women",
    "journalists",
    "civilians",
    "foreigners",
    "peacekeepers",
    "militiamen",
    "students",
    "pilgrims",
];

/// How many times larger one count of a happening may be than another: beyond that they count different people.
const LARGER: f64 = 6.0;

/// Whose people a figure counts, when a name tells: "UN staff", "French nationals".
fn of_whom(f: &Figure) -> Option<String> {
    let words = f.subject.as_deref().unwrap_or("").split_whitespace();
    words.filter(|w| w.starts_with(char::is_uppercase)).map(str::to_lowercase).next()
}

/// Figures of one happening that are set against each other.
const MOST: usize = 200;

fn contradict(all: &All<'_>, e: &Event, measure: &str, a: At, b: At) -> bool {
    let (f, g) = (figure(all, a), figure(all, b));
    // Those of one body or nation are some of all.
    let known = matches!(measure, "released" | "taken" | "took part" | "buried" | "arrested" | "fled");
    // A crowd is counted by those who called it and by the police.
    let larger = if known && measure != "took part" { LARGER / 2.0 } else { LARGER };
    let (own, other) = (of_whom(f), of_whom(g));
    if own != other || size(f).max(size(g)) > larger * size(f).min(size(g)) {
        return false;
    }
    // How many were let go is known when they are.
    if known && measure != "fled" {
        return true;
    }
    // Guards are some of the dead: more guards than dead is a contradiction, fewer is none.
    match (one_kind(f), one_kind(g)) {
        (true, false) if f.low <= g.low => return false,
        (false, true) if g.low <= f.low => return false,
        _ => {}
    }
    let (x, y) = (counted(all, a), counted(all, b));
    let (Some(x), Some(y)) = (x, y) else { return true };
    if f.measure == "votes" || f.measure == "attendance" {
        return true;
    }
    let ((first, f), (then, g)) = if x <= y { ((x, f), (y, g)) } else { ((y, g), (x, f)) };
    let grew = matches!((f.high.or(f.low), g.low.or(g.high)), (Some(h), Some(l)) if h < l);
    let settled = e.days.hi.is_some_and(|d| days_between(d, first) >= SETTLED);
    !(grew && later(f, first, then) && !settled)
}

/// Whether a second count may have overtaken the first: two days on, or where the first gave a floor.
fn later(first: &Figure, a: Day, b: Day) -> bool {
    let floor = first.high.is_none() || first.qualifier == Qualifier::About;
    days_between(a, b) >= if floor { 1 } else { 2 }
}

/// The day as of which a toll is given: its own ("by Monday evening"), else that of its report; the day of the deed is none.
fn counted(all: &All<'_>, at: At) -> Option<Day> {
    if let Some(day) = by_then(all, at) {
        return Some(day);
    }
    let published = all.reports[at.0].published.days;
    published.lo.or(published.hi)
}

/// The day by which so many were counted, when the words say so.
pub(super) fn by_then(all: &All<'_>, at: At) -> Option<Day> {
    let (item, time) = (&all.items[at.0], figure(all, at).as_of? as usize);
    let (t, text) = (item.facts.times.get(time)?, &item.report.text);
    let sentence = crate::fold::sentence(text, figure(all, at).span);
    let before: Vec<String> = crate::fold::words(text.get(sentence.lo()..t.span.lo())?).collect();
    let by = before.iter().rev().take(3).any(|w| w == "by");
    let day = all.reports[at.0].times.get(time)?.days.day()?;
    (by && sentence.contains(t.span)).then_some(day)
}

pub(super) fn origin<'x>(all: &'x All<'_>, at: At) -> &'x chancery_model::Id {
    all.origin(at.0, figure(all, at).span)
}

pub(super) fn figure<'a>(all: &All<'a>, at: At) -> &'a Figure {
    &all.items[at.0].facts.figures[at.1]
}

/// The days for which a figure is claimed: those it names, unless they lie far back, for then they are what it is
/// counted from ("since January").
fn moment(all: &All<'_>, at: At) -> Days {
    let r = &all.reports[at.0];
    let published = r.published.days;
    let named = figure(all, at).as_of.and_then(|t| r.times.get(t as usize)).map(|t| t.days);
    if figure(all, at).measure == "votes" {
        return named.unwrap_or(published);
    }
    let from = |d: &Days| matches!((d.hi, published.lo), (Some(h), Some(p)) if days_between(h, p) > FAR);
    let wide = |d: &Days| d.width().is_some_and(|w| w > FAR);
    named.filter(|d| !from(d) && !wide(d)).unwrap_or(published)
}

/// "And 20 against": the fewer, whose winners were counted in other words.
fn lost(all: &All<'_>, at: At) -> bool {
    let (f, text) = (figure(all, at), &all.items[at.0].report.text);
    text.get(f.span.hi()..).unwrap_or("").trim_start().starts_with("against")
}

/// "Two more bodies" come on top of a toll and are none of their own.
pub(super) fn added(all: &All<'_>, at: At) -> bool {
    let (f, text) = (figure(all, at), &all.items[at.0].report.text);
    let words = f.span.of(text).to_lowercase();
    let mut after = text.get(f.span.end as usize..).unwrap_or("").split_whitespace();
    let mut word = || after.next().unwrap_or("").trim_end_matches([',', '.', ';', ':']);
    let (next, then) = (word(), word());
    let before = text.get(..f.span.start as usize).unwrap_or("").split_whitespace().next_back().unwrap_or("");
    // "Thirty-eight of the 41": those of whom some are counted.
    let front = text.get(..f.span.lo()).unwrap_or("").trim_end();
    let some = ["of the", "of its", "of their", "of those"].iter().find_map(|w| front.strip_suffix(w));
    let whole = some.map(str::trim_end).is_some_and(|rest| {
        all.items[at.0].facts.figures.iter().any(|g| g.span.start < f.span.start && g.span.hi() == rest.len())
    });
    whole
        || matches!(next, "more" | "further" | "additional" | "others" | "other")
        || (next == "of" && matches!(then, "them" | "the" | "those" | "whom"))
        || matches!(before, "another" | "further")
        || words.starts_with("another ")
        || words.starts_with("a further ")
}

fn value(all: &All<'_>, at: At) -> Value {
    let f = figure(all, at);
    (f.span.of(&all.items[at.0].report.text).to_owned(), at.0, f.span)
}

/// What a figure claims of the whole: of bodies that were found or buried there may be more.
pub(super) fn claim(all: &All<'_>, at: At) -> Figure {
    let mut f = figure(all, at).clone();
    let text = &all.items[at.0].report.text;
    let sentence = crate::fold::sentence(text, f.span);
    let words = |a: usize, b: usize| crate::fold::words(text.get(a..b).unwrap_or("")).collect::<Vec<_>>();
    let (before, after) = (words(sentence.lo(), f.span.lo()), words(f.span.hi(), sentence.hi()));
    let near = || before.iter().rev().take(NEAR).chain(after.iter().take(NEAR));
    let counted =
        f.subject.as_deref().is_some_and(|s| s.to_lowercase().contains("bod") || s.contains("corpse"));
    if counted || near().any(|w| FOUND.contains(&w.as_str())) {
        f.high = None;
    }
    // "The toll could reach 100,000", "as many as 20,000 may die each day": nobody claims that they have.
    let may = near().any(|w| matches!(w.as_str(), "could" | "may" | "might"));
    let rate = after.windows(2).any(|w| {
        matches!(w[0].as_str(), "each" | "a" | "per" | "every")
            && matches!(w[1].as_str(), "day" | "week" | "month" | "year")
    });
    if may || rate {
        f.qualifier = Qualifier::Vague;
    }
    f
}

/// Words on each side of a figure that tell what kind of claim it is.
const NEAR: usize = 6;

/// Words of dead who were counted one by one: there may be more.
const FOUND: &[&str] = &[
    "bodies",
    "body",
    "buried",
    "funeral",
    "funerals",
    "recovered",
    "collected",
    "unearthed",
    "identified",
    "confirmed",
    "cremated",
];

/// How many times larger one toll may be than another of the same thing: beyond that they count different things.
const SCALE: f64 = 20.0;

/// Whether two figures cannot both be right. Vague words and rough numbers exclude nothing that is near.
pub(super) fn exclude(a: &Figure, b: &Figure) -> bool {
    if a.derivation.is_some()
        || b.derivation.is_some()
        || a.qualifier == Qualifier::Vague
        || b.qualifier == Qualifier::Vague
    {
        return false;
    }
    let slack = |f: &Figure| if f.qualifier == Qualifier::About { 0.1 } else { 0.0 };
    let lo = |f: &Figure| f.low.map(|x| x * (1.0 - slack(f)));
    let hi = |f: &Figure| f.high.map(|x| x * (1.0 + slack(f)));
    let below =
        |x: &Figure, y: &Figure| matches!((hi(x), lo(y)), (Some(h), Some(l)) if h < l && l <= h * SCALE);
    below(a, b) || below(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Span;
    use chancery_model::facts::Maker;

    fn figure(low: Option<f64>, high: Option<f64>, qualifier: Qualifier) -> Figure {
        Figure {
            span: Span::new(0, 1),
            low,
            high,
            qualifier,
            unit: None,
            measure: "killed".into(),
            subject: None,
            of: None,
            as_of: None,
            speaker: None,
            statement: None,
            derived_from: Vec::new(),
            derivation: None,
            maker: Maker { by: "test".into(), sure: Sure::High },
        }
    }

    #[test]
    fn what_can_both_be_right_is_no_conflict() {
        let over = figure(Some(500.0), None, Qualifier::Over);
        let exact = figure(Some(520.0), Some(520.0), Qualifier::Exact);
        let other = figure(Some(430.0), Some(430.0), Qualifier::Exact);
        let about = figure(Some(500.0), Some(500.0), Qualifier::About);
        assert!(!exclude(&over, &exact));
        assert!(exclude(&over, &other));
        assert!(exclude(&exact, &other));
        assert!(!exclude(&exact, &about));
    }
}
