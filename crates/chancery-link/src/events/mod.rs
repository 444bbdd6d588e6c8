//! Events: mentions of one happening, within a report and across reports, become one. How: `merge.rs`.

mod allied;
mod cluster;
pub(crate) mod draft;
mod echo;
mod few;
mod fit;
mod join;
mod merge;
mod scene;
mod told;
mod topics;

use crate::actors::Actor;
use crate::groups::Groups;
use crate::{Decided, FactRef, Item, LinkedReport, fold};
use chancery_model::date::days_between;
use chancery_model::facts::{EventMention, Participant};
use chancery_model::vocab::{ActorKind, EventType, Role, Status, Sure};
use chancery_model::{Day, Days, Id, Span};
use draft::Draft;
pub(crate) use echo::BY as ECHO;
pub(crate) use scene::is_function;
use std::collections::{BTreeMap, BTreeSet};
use told::Told;
pub(crate) use topics::Topics;

/// A happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Id, from its first mention by id.
    pub id: Id,
    /// Heading.
    pub title: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Status, as the latest reports have it.
    pub status: Status,
    /// When.
    pub days: Days,
    /// Where: place id and name.
    pub place: Option<(Id, String)>,
    /// Who took part.
    pub participants: Vec<(Role, Id)>,
    /// Mentions: index of the report and of its mention.
    pub mentions: Vec<(usize, usize)>,
    /// Name, when it has one.
    pub name: Option<String>,
    /// Number of reports and of origins.
    pub counts: (i64, i64),
    /// Each status it was given: days of the reports that gave it, ids of the mentions, number of origins.
    pub states: Vec<State>,
    /// How sure the merging is.
    pub sure: Sure,
    /// Further words that take it up, of which no mention was made: index of the report and the words as a mention.
    pub echoes: Vec<(usize, EventMention)>,
}

/// Words that take up a happening and were not marked in their report.
#[derive(Debug, Clone)]
pub struct Echo {
    /// Id.
    pub id: Id,
    /// The happening.
    pub event: Id,
    /// The words as a mention, of the happening's type.
    pub mention: EventMention,
}

/// A status that an event was given.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Status.
    pub status: Status,
    /// Days of the reports that say so.
    pub days: Days,
    /// The mentions.
    pub mentions: Vec<Id>,
    /// Number of origins.
    pub origins: i64,
}

/// Merges the mentions and writes the ids of the events into the reports' lists.
pub fn merge(
    items: &[Item<'_>],
    reports: &mut [LinkedReport],
    actors: &[Actor],
    decided: &Decided,
) -> Vec<Event> {
    let countries = actors.iter().map(|a| (&a.id, a.country.as_deref())).collect();
    let maker = draft::Maker::new(items, reports, &countries);
    let (marked, words, topics) = (maker.all(), maker.weights(), Topics::of(reports));
    let named = |d: &Draft<'_>| (items[d.report].report.id.clone(), fact(d.index));
    let alone = |d: &Draft<'_>| decided.rejected.contains(&named(d)) || decided.own_event.contains(&named(d));
    let merged = merge::sets(&marked, reports, &words, &topics, |d| !alone(d));
    let taken_up = unmarked(items);
    let (drafts, sets) = with_unmarked(marked, merged, &taken_up, &maker, reports);
    let open: Vec<Vec<usize>> = sets.into_iter().filter(|s| s.iter().all(|n| !alone(&drafts[*n]))).collect();
    let ground = allied::Ground::new(&drafts, items, reports, &words, &topics, &open);
    let mut groups = Groups::new(drafts.len());
    allied::join(&ground, &open, &mut groups);
    join_decided(&drafts, decided, &mut groups, named);
    for (r, report) in reports.iter_mut().enumerate() {
        report.events = vec![Id::of("event", &[""]); items[r].facts.events.len()];
    }
    let names: BTreeMap<&Id, &Actor> = actors.iter().map(|a| (&a.id, a)).collect();
    // Unmarked words make no happening.
    let sets = groups.sets().into_iter().filter(|set| set.iter().any(|n| drafts[*n].is_marked()));
    let mut out: Vec<Event> = sets
        .map(|set| {
            let (members, others): (Vec<&Draft<'_>>, Vec<&Draft<'_>>) =
                set.iter().map(|n| &drafts[*n]).partition(|d| d.is_marked());
            let mut e = event(&members, items, reports, &names);
            e.echoes.extend(others.iter().map(|d| (d.report, d.mention.clone())));
            e
        })
        .collect();
    for e in &mut out {
        for (r, n) in &e.mentions {
            reports[*r].events[*n] = e.id.clone();
        }
        let mut told: BTreeSet<usize> = e.mentions.iter().map(|m| m.0).collect();
        for (r, m) in &e.echoes {
            let mention = EventMention { kind: e.kind, mode: e.mode.clone(), ..m.clone() };
            let at = format!("{}-{}", m.span.start, m.span.end);
            let id = Id::of("event_mention", &[reports[*r].id.to_string(), at, ECHO.to_owned()]);
            reports[*r].echoes.push(Echo { id, event: e.id.clone(), mention });
            told.insert(*r);
        }
        let origins: BTreeSet<&Id> = told.iter().map(|r| &reports[*r].origin).collect();
        e.counts = (count(told.len()), count(origins.len()));
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// Words of every report that may take up a happening, though they were not marked: index of the report, and the words.
fn unmarked(items: &[Item<'_>]) -> Vec<(usize, EventMention)> {
    items.iter().enumerate().flat_map(|(r, item)| echo::find(item).into_iter().map(move |m| (r, m))).collect()
}

/// The marked mentions and behind them the unmarked ones, in the sets that the rules propose.
fn with_unmarked<'d>(
    mut drafts: Vec<Draft<'d>>,
    mut merged: merge::Merged<'_>,
    unmarked: &'d [(usize, EventMention)],
    maker: &draft::Maker<'d, '_>,
    reports: &[LinkedReport],
) -> (Vec<Draft<'d>>, Vec<Vec<usize>>) {
    let mut sets = merged.groups.sets();
    let mut set_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, set) in sets.iter().enumerate() {
        set_of.extend(set.iter().map(|m| (*m, n)));
    }
    for (r, m) in unmarked {
        let d = maker.draft(*r, draft::UNMARKED, m);
        match merged.echo(&d, reports).and_then(|n| set_of.get(&n)) {
            Some(n) => sets[*n].push(drafts.len()),
            None => sets.push(vec![drafts.len()]),
        }
        drafts.push(d);
    }
    (drafts, sets)
}

/// The words that may take up a happening.
pub(crate) fn takes_up(item: &Item<'_>) -> Vec<Span> {
    echo::find(item).into_iter().map(|m| m.span).collect()
}

/// Whether two happenings are asked about, by where their mentions stand.
pub type Wanted<'w> = &'w dyn Fn(&[(usize, Span)], &[(usize, Span)]) -> bool;

/// Mentions of a happening: index of the report by id, and the words.
pub type Spots = Vec<(usize, Span)>;

/// What the models that join happenings see of each two that are worth comparing.
#[derive(Debug, Clone)]
pub struct Likenesses {
    /// Names of what they see.
    pub features: &'static [&'static str],
    /// Of two mentions of a report.
    pub within: Vec<(Spots, Spots, Vec<f32>)>,
    /// Of what two reports tell.
    pub across: Vec<(Spots, Spots, Vec<f32>)>,
}

/// Of every two happenings that are worth comparing and that are wanted.
pub(crate) fn likenesses(
    items: &[Item<'_>],
    reports: &[LinkedReport],
    actors: &[Actor],
    wanted: Wanted<'_>,
) -> Likenesses {
    let countries = actors.iter().map(|a| (&a.id, a.country.as_deref())).collect();
    let maker = draft::Maker::new(items, reports, &countries);
    let (marked, words, topics) = (maker.all(), maker.weights(), Topics::of(reports));
    let merged = merge::sets(&marked, reports, &words, &topics, |_| true);
    let taken_up = unmarked(items);
    let (drafts, sets) = with_unmarked(marked, merged, &taken_up, &maker, reports);
    let ground = allied::Ground::new(&drafts, items, reports, &words, &topics, &sets);
    let spot = |n: &usize| (drafts[*n].report, drafts[*n].mention.span);
    let spots = |scene: &allied::Scene<'_, '_>| -> Vec<Vec<(usize, Span)>> {
        scene.units.iter().map(|u| u.of.iter().map(spot).collect()).collect()
    };
    let mut out = Likenesses { features: &allied::FEATURES, within: Vec::new(), across: Vec::new() };
    let mut here: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..drafts.len()).for_each(|n| here.entry(drafts[n].report).or_default().push(n));
    for mentions in here.values() {
        let scene = allied::Scene::within(&ground, mentions);
        let of = spots(&scene);
        for (a, b) in scene.every_two(|a, b| wanted(&of[a], &of[b])) {
            out.within.push((of[a].clone(), of[b].clone(), scene.features(a, b).to_vec()));
        }
    }
    let scene = allied::Scene::across(&ground, allied::told(&ground, &sets));
    let of = spots(&scene);
    for (a, b) in scene.every_two(|a, b| wanted(&of[a], &of[b])) {
        if scene.units[a].elsewhere(&scene.units[b]) {
            out.across.push((of[a].clone(), of[b].clone(), scene.features(a, b).to_vec()));
        }
    }
    out
}

fn fact(n: usize) -> FactRef {
    FactRef::Event(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What a person has said is one happening, is one.
fn join_decided<'a>(
    drafts: &[Draft<'a>],
    decided: &Decided,
    groups: &mut Groups,
    named: impl Fn(&Draft<'a>) -> (Id, FactRef),
) {
    if decided.same_event.is_empty() {
        return;
    }
    let at: BTreeMap<(Id, FactRef), usize> = drafts.iter().enumerate().map(|(n, d)| (named(d), n)).collect();
    for (a, b) in &decided.same_event {
        if let (Some(a), Some(b)) = (at.get(a), at.get(b)) {
            groups.join(*a, *b);
        }
    }
}

/// Days between two ranges that do not meet.
pub(crate) fn gap(a: &Days, b: &Days) -> Option<i32> {
    let (first, second) = if a.lo <= b.lo { (a, b) } else { (b, a) };
    Some(days_between(first.hi?, second.lo?))
}

fn event(
    members: &[&Draft<'_>],
    items: &[Item<'_>],
    reports: &[LinkedReport],
    names: &BTreeMap<&Id, &Actor>,
) -> Event {
    let id_of = |d: &Draft<'_>| &reports[d.report].mentions[d.index];
    let mut mentions: Vec<&&Draft<'_>> = members.iter().collect();
    mentions.sort_by_key(|d| id_of(d));
    let first = mentions.first().map(|d| id_of(d).to_string()).unwrap_or_default();
    let states = states(members, reports);
    let status = status(&states);
    let told = Told::of(members, items, reports);
    let best = members.iter().max_by_key(|d| {
        (
            // A heading says what became of it, so of the mentions that say so first.
            d.mention.status == status && !d.mention.participants.is_empty(),
            // Those who died before those who were hurt.
            !draft::hurts(&items[d.report].report.text, d.mention),
            // What most tell, in the words of most: of many reports some have a word of it that is about something else.
            told.agreed(d, reports),
            d.mention.participants.len(),
            d.mention.time.is_some(),
            d.mention.place.is_some(),
            std::cmp::Reverse(id_of(d).clone()),
        )
    });
    let days = best_days(members, reports);
    let place = told.place();
    let mut participants: BTreeSet<(Role, Id)> = BTreeSet::new();
    for d in members {
        for p in &d.mention.participants {
            if let Some(a) = reports[d.report].actors.get(p.entity as usize) {
                participants.insert((p.role, a.clone()));
            }
        }
    }
    let name = told.name();
    let kind = kind(members, best);
    let participants: Vec<(Role, Id)> = participants.into_iter().collect();
    let by_most = told.by_most(&participants);
    let heads = best.map_or_else(Vec::new, |b| of_heading(b, kind, members, &told, &by_most, reports, names));
    let around = best.map_or(String::new(), |d| around(&items[d.report].report.text, d.mention.span));
    let title = {
        let parts = crate::titles::Parts {
            participants: &heads,
            names,
            name: name.as_deref(),
            wording: best.map(|d| &d.mention.wording),
            status,
            around: &around,
            place: place.as_ref().filter(|p| told.widely(p)).map(|p| p.1.as_str()),
        };
        crate::titles::title(&parts, &by_most)
    };
    let in_reports: BTreeSet<usize> = members.iter().map(|d| d.report).collect();
    let origins: BTreeSet<&Id> = in_reports.iter().map(|r| &reports[*r].origin).collect();
    let contexts: BTreeSet<&String> = members.iter().flat_map(|d| &d.mention.contexts).collect();
    let same = |d: &&Draft<'_>| (d.mention.kind == EventType::Outside) == (kind == EventType::Outside);
    Event {
        id: Id::of("event", &[first]),
        title,
        kind,
        mode: members.iter().filter(|d| same(d)).find_map(|d| d.mention.mode.clone()),
        contexts: contexts.into_iter().cloned().collect(),
        cameo: best
            .filter(|d| same(d))
            .or_else(|| members.iter().find(|d| same(d)))
            .and_then(|d| d.mention.cameo.clone()),
        status,
        days: days.unwrap_or_default(),
        place,
        participants,
        mentions: mentions.iter().map(|d| (d.report, d.index)).collect(),
        name,
        counts: (count(in_reports.len()), count(origins.len())),
        states,
        sure: if members.len() == 1 { Sure::High } else { Sure::Medium },
        echoes: Vec::new(),
    }
}

/// Who stands in the heading. Of what is done together, all who took part; else those of the mention whose verb the heading has, and of a
/// side on which that mention names nobody those of others with this verb. Who bombed in answer did not blow up the bus.
fn of_heading(
    best: &Draft<'_>,
    kind: EventType,
    members: &[&Draft<'_>],
    told: &Told<'_>,
    all: &[(Role, Id)],
    reports: &[LinkedReport],
    names: &BTreeMap<&Id, &Actor>,
) -> Vec<(Role, Id)> {
    if matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Outside) {
        return all.to_vec();
    }
    let verb = |d: &Draft<'_>| d.mention.wording.does.split(' ').next().unwrap_or("").to_owned();
    let of = |d: &Draft<'_>| -> Vec<(Role, Id)> {
        let actor =
            |p: &Participant| Some((p.role, reports[d.report].actors.get(p.entity as usize)?.clone()));
        d.mention.participants.iter().filter_map(actor).collect()
    };
    let named = |p: &(Role, Id)| names.get(&p.1).is_some_and(|a| a.kind != ActorKind::Unnamed);
    let suffers = |p: &(Role, Id)| p.0 == Role::Recipient;
    let mut out = of(best);
    for side in [false, true] {
        if out.iter().any(|p| suffers(p) == side && named(p)) {
            continue;
        }
        let here = out.iter().any(|p| suffers(p) == side);
        let others = members.iter().filter(|d| verb(d) == verb(best));
        let theirs: BTreeSet<(Role, Id)> =
            others.flat_map(|d| of(d)).filter(|p| suffers(p) == side && (named(p) || !here)).collect();
        // Those whom most name first.
        out.extend(all.iter().filter(|p| theirs.contains(p)).cloned());
    }
    // "17 others' investigation": whose it is only one of many says.
    if best.mention.wording.does.is_empty() {
        out.retain(|p| told.is_shared(p));
    }
    out
}

/// The type: that of the best mention, unless it has none and most mentions have one, or the other way round.
fn kind(members: &[&Draft<'_>], best: Option<&&Draft<'_>>) -> EventType {
    let outside = members.iter().filter(|d| d.mention.kind == EventType::Outside).count();
    if 2 * outside > members.len() {
        return EventType::Outside;
    }
    let typed = |d: &&&Draft<'_>| d.mention.kind != EventType::Outside;
    let best = best.copied();
    best.as_ref()
        .filter(|d| typed(d))
        .or_else(|| members.iter().find(|d| typed(d)))
        .map_or(EventType::Consult, |d| d.mention.kind)
}

/// The status that the latest reports give; but what more origins tell of as done does not come undone by a mention that
/// denies, supposes, plans or only claims something beside it.
fn status(states: &[State]) -> Status {
    let Some(last) = states.last() else { return Status::Happened };
    let unreal = |s: Status| {
        matches!(
            s,
            Status::Denied
                | Status::Hypothetical
                | Status::Conditional
                | Status::Proposed
                | Status::Planned
                | Status::Claimed
        )
    };
    let weight = |s: &State| (s.origins, s.mentions.len());
    let done =
        || states.iter().filter(|s| matches!(s.status, Status::Happened | Status::Ongoing | Status::Failed));
    match (done().next_back(), done().map(weight).max()) {
        (Some(d), Some(most)) if unreal(last.status) && most > weight(last) => d.status,
        _ => last.status,
    }
}

/// Days that are voted for: whether they are less than sure, their width, first and last.
type Vote = (bool, i32, Option<Day>, Option<Day>);

/// The day that most origins give it, a time surely its own first, then the narrowest.
fn best_days(members: &[&Draft<'_>], reports: &[LinkedReport]) -> Option<Days> {
    // What a person has said holds against any number of reports.
    if let Some(d) = members.iter().filter(|d| d.set_day).min_by_key(|d| (d.days.lo, d.days.hi)) {
        return Some(d.days);
    }
    let mut votes: BTreeMap<Vote, BTreeSet<&Id>> = BTreeMap::new();
    for d in members.iter().filter(|d| d.days.lo.is_some() || d.days.hi.is_some()) {
        let key = (!d.sure_day, d.days.width().unwrap_or(i32::MAX), d.days.lo, d.days.hi);
        votes.entry(key).or_default().insert(&reports[d.report].origin);
    }
    let done = members.iter().filter(|d| matches!(d.mention.status, Status::Happened | Status::Ongoing));
    let told: Vec<(Day, &Id)> = done
        .filter_map(|d| Some((reports[d.report].published.days.hi?, &reports[d.report].origin)))
        .collect();
    leave_out_later(&mut votes, &told);
    let narrow = |w: i32| w > 3;
    let best = votes.iter().min_by_key(|((unsure, w, lo, hi), o)| {
        (narrow(*w), *unsure, std::cmp::Reverse(o.len()), *w, *lo, *hi)
    });
    best.map(|((_, _, lo, hi), _)| Days { lo: *lo, hi: *hi })
}

/// Nobody tells of it as done before it is: "killed just 12 days ago" is a slip where as many reported it before that. Without
/// any other day it stays. `told`: the days on which it was told as done, and by which origins.
fn leave_out_later<'i>(votes: &mut BTreeMap<Vote, BTreeSet<&'i Id>>, told: &[(Day, &'i Id)]) {
    let ahead = |lo: Option<Day>, by: &BTreeSet<&Id>| {
        let before: BTreeSet<&Id> =
            told.iter().filter(|(day, _)| lo.is_some_and(|lo| *day < lo)).map(|(_, o)| *o).collect();
        !before.is_empty() && before.len() >= by.len()
    };
    if votes.iter().any(|((_, _, lo, _), by)| !ahead(*lo, by)) {
        votes.retain(|(_, _, lo, _), by| !ahead(*lo, by));
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The statuses in the order of the reports that gave them; within a day the stronger claim comes last.
fn states(members: &[&Draft<'_>], reports: &[LinkedReport]) -> Vec<State> {
    let mut by: BTreeMap<Status, Vec<&Draft<'_>>> = BTreeMap::new();
    for d in members {
        by.entry(d.mention.status).or_default().push(d);
    }
    let mut out: Vec<State> = by
        .into_iter()
        .map(|(status, ds)| {
            let published = ds.iter().map(|d| reports[d.report].published.days);
            let lo = published.clone().filter_map(|p| p.lo).min();
            let hi = published.filter_map(|p| p.hi).max();
            let origins: BTreeSet<&Id> = ds.iter().map(|d| &reports[d.report].origin).collect();
            let mut mentions: Vec<Id> =
                ds.iter().map(|d| reports[d.report].mentions[d.index].clone()).collect();
            mentions.sort();
            State { status, days: Days { lo, hi }, mentions, origins: count(origins.len()) }
        })
        .collect();
    out.sort_by_key(|s| (s.days.hi.or(s.days.lo), std::cmp::Reverse(s.status)));
    // With one undated side nothing says which came last: the precedence of the contract decides.
    if out.iter().any(|s| s.days.lo.is_none() && s.days.hi.is_none()) {
        out.sort_by_key(|s| std::cmp::Reverse(s.status));
    }
    out
}

/// Characters of a sentence kept on each side of a mention in a heading.
const AROUND: usize = 45;
/// Characters of a clause kept whole behind it.
const CLAUSE: usize = 80;
/// Characters behind a mention before which a clause does not end: "pledged, he said, to".
const SOME: usize = 10;
/// Marks that clauses end with.
const ENDS: &[&str] = &[", ", "; ", ": ", " -- ", " \u{2013} ", " \u{2014} ", " - "];

/// The words around a mention within its sentence, cut between clauses or else between words.
fn around(text: &str, span: Span) -> String {
    let sentence = fold::sentence(text, span);
    let before = Span::new(sentence.lo(), span.lo()).of(text);
    let after = Span::new(span.hi(), sentence.hi()).of(text);
    let front = if before.chars().count() > AROUND {
        // "…, killing 64 people": of what was said before.
        let leans = span.of(text).split(' ').next().is_some_and(|w| w.ends_with("ing"));
        format!("… {}", clause_before(before, leans))
    } else {
        before.to_owned()
    };
    let back = if after.chars().count() > AROUND {
        clause_behind(after)
    } else {
        after.trim_end_matches(['.', '!', '?']).to_owned()
    };
    let whole = format!("{front}{}{back}", span.of(text));
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The end of what stands before a mention: from where its clause begins, if that is near. One that `leans` on what is before
/// has no clause of its own.
fn clause_before(before: &str, leans: bool) -> &str {
    let near = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let ends = ENDS.iter().filter_map(|e| before.rfind(e).map(|at| at + e.len()));
    let own = |at: &usize| *at >= near && !(leans && before.get(*at..).is_none_or(|s| s.trim().is_empty()));
    match ends.max().filter(own) {
        Some(at) => before.get(at..).unwrap_or(""),
        None => before.get(near..).and_then(|s| s.split_once(char::is_whitespace)).map_or("", |(_, s)| s),
    }
}

/// The beginning of what stands behind a mention: to where its clause ends, if that is near.
fn clause_behind(after: &str) -> String {
    let at = |n: usize| after.char_indices().nth(n).map_or(after.len(), |(at, _)| at);
    let some = after.get(at(SOME)..at(CLAUSE)).unwrap_or("");
    match ENDS.iter().filter_map(|e| some.find(e)).min() {
        Some(end) => after.get(..at(SOME) + end).unwrap_or("").to_owned(),
        None => {
            let cut = after.get(..at(AROUND)).and_then(|s| s.rsplit_once(char::is_whitespace));
            cut.map_or(String::new(), |(s, _)| format!("{s} …"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_happening_is_of_a_day_after_as_many_told_of_it_as_done() {
        let day = |s: &str| s.parse::<Day>().unwrap();
        let vote = |s: &str| (false, 1, Some(day(s)), Some(day(s)));
        let ids: Vec<Id> = ["a", "b", "c"].iter().map(|o| Id::of("origin", &[o])).collect();
        let left = |votes: &[(&str, &[usize])], told: &[(&str, usize)]| -> Vec<String> {
            let by = |of: &[usize]| of.iter().map(|n| &ids[*n]).collect::<BTreeSet<&Id>>();
            let mut all = votes.iter().map(|(d, of)| (vote(d), by(of))).collect();
            let told: Vec<(Day, &Id)> = told.iter().map(|(d, n)| (day(d), &ids[*n])).collect();
            leave_out_later(&mut all, &told);
            all.keys().filter_map(|k| k.2).map(|d| d.to_string()).collect()
        };
        let july: (&str, &[usize]) = ("2011-07-28", &[0]);
        assert_eq!(
            left(&[july, ("2011-08-10", &[2])], &[("2011-07-29", 0), ("2011-08-22", 2)]),
            ["2011-07-28"]
        );
        // Two give the later day: one that told of it before may be of something else.
        assert_eq!(left(&[july, ("2011-08-10", &[1, 2])], &[("2011-07-29", 0)]).len(), 2);
        assert_eq!(left(&[("2011-08-10", &[2])], &[("2011-07-29", 0)]), ["2011-08-10"], "there is no other");
    }

    #[test]
    fn what_many_tell_as_done_is_no_claim_of_the_last() {
        let state = |status, origins| State { status, days: Days::open(), mentions: Vec::new(), origins };
        assert_eq!(status(&[state(Status::Happened, 5), state(Status::Claimed, 1)]), Status::Happened);
        assert_eq!(status(&[state(Status::Happened, 1), state(Status::Claimed, 5)]), Status::Claimed);
        assert_eq!(status(&[state(Status::Happened, 5), state(Status::Cancelled, 1)]), Status::Cancelled);
    }

    #[test]
    fn a_heading_is_cut_between_words() {
        let t = "Before that. The delegation of the northern coalition of farmers finally met the minister for rural affairs and forests in the old town hall.";
        let at = t.find("met").unwrap();
        let s = around(t, Span::new(at, at + 3));
        assert!(s.starts_with('…') && s.ends_with('…') && s.contains("finally met the minister"), "{s}");
        let t = "Sergeant Rau, who had saved the crew of his truck from two raids, received the Cross of Bodo this morning in the palace garden, the court said after the ceremony.";
        let at = t.find("received").unwrap();
        let s = around(t, Span::new(at, at + 8));
        assert_eq!(s, "… received the Cross of Bodo this morning in the palace garden");
        assert_eq!(around("They met.", Span::new(5, 8)), "They met");
    }
}
