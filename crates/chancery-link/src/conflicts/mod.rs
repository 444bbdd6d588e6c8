//! Disagreements: two sides that cannot both be right. Nothing is overwritten; each side keeps its evidence.
//!
//! What is set against each other: the figures of a series and of a happening (`figures`) and those that measure one
//! thing by how they are put (`counts`), days of occasions long past (`occasions`), days, towns, status and
//! participants of a happening (`happenings`), where within a town it was (`sites`), words and speakers of a quotation (`quotations`). Reports of one origin
//! are one side; within one origin only two claimants contradict each other.

mod absentees;
mod blame;
mod counts;
mod deeds;
mod departures;
mod fates;
mod figures;
mod happenings;
mod occasions;
mod quotations;
mod rivals;
mod signers;
mod sites;
mod told;
mod vetted;
mod weights;
mod world;

use crate::actors::Actor;
use crate::events::{Event, Topics};
use crate::quotes::Cluster;
use crate::series::Series;
use crate::{Evidence, Item, LinkedReport};
use chancery_model::vocab::{ConflictKind, Sure};
use chancery_model::{Id, Span};
pub use rivals::Seen;
use std::collections::{BTreeMap, BTreeSet};
use vetted::{Rule, Vetted};
use world::World;

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Id, from kind, what it is about and the values.
    pub id: Id,
    /// What the sides differ about.
    pub kind: ConflictKind,
    /// Id of the event, series or cluster.
    pub about: Id,
    /// What they differ about, in words.
    pub title: String,
    /// The sides, by value.
    pub sides: Vec<Side>,
    /// One sentence a person can check.
    pub why: String,
    /// How sure.
    pub sure: Sure,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// What it says.
    pub value: String,
    /// The words.
    pub evidence: Vec<Evidence>,
    /// Origins that say it.
    pub origins: BTreeSet<Id>,
}

/// What the model of [`rivals`] sees of the values that it compares.
pub(crate) fn rivals(items: &[Item<'_>], reports: &[LinkedReport], actors: &[Actor]) -> Vec<Seen> {
    let taken = taken(items, reports);
    let all = All { items, reports, actors: actors.iter().map(|a| (&a.id, a)).collect(), taken };
    let topics = Topics::of(reports);
    rivals::seen(&World::new(&all, &topics))
}

/// What the model of [`vetted`] sees of the disagreements that rules have found, each with a number.
pub(crate) fn disagreements(
    items: &[Item<'_>],
    reports: &[LinkedReport],
    events: &[Event],
    series: &[Series],
    actors: &[Actor],
) -> Vec<(usize, Seen)> {
    let taken = taken(items, reports);
    let all = All { items, reports, actors: actors.iter().map(|a| (&a.id, a)).collect(), taken };
    let topics = Topics::of(reports);
    let world = World::new(&all, &topics);
    let vetted = Vetted::new(&world);
    let mut found = ruled(&all, &topics, events, series);
    let known: Vec<Conflict> = found.iter().map(|x| x.1.clone()).collect();
    found.extend(rivals::find(&world, events, &known).into_iter().map(|c| (Rule::Rivals, c)));
    let each = found.iter().enumerate();
    each.flat_map(|(n, (rule, c))| vetted.seen(*rule, c).into_iter().map(move |s| (n, s))).collect()
}

/// The disagreements among linked reports.
#[must_use]
pub fn find(
    items: &[Item<'_>],
    reports: &[LinkedReport],
    events: &[Event],
    series: &[Series],
    clusters: &[Cluster],
    actors: &[Actor],
) -> Vec<Conflict> {
    let taken = taken(items, reports);
    let all = All { items, reports, actors: actors.iter().map(|a| (&a.id, a)).collect(), taken };
    let topics = Topics::of(reports);
    let world = World::new(&all, &topics);
    let vetted = Vetted::new(&world);
    let mut out: Vec<Conflict> = Vec::new();
    for (rule, c) in ruled(&all, &topics, events, series) {
        out.extend(vetted.keep(rule, c));
    }
    out.extend(departures::find(&all));
    out.extend(fates::find(&all, &topics));
    out.extend(deeds::find(&all, &topics));
    out.extend(events.iter().flat_map(|e| happenings::participants(&all, e)));
    out.extend(absentees::find(&all, &topics));
    out.extend(blame::find(&all, events));
    let ministers = signers::ministers(&all);
    out.extend(events.iter().filter_map(|e| signers::find(&all, e, &ministers)));
    let more = rivals::find(&world, events, &out);
    out.extend(more.into_iter().filter_map(|c| vetted.keep(Rule::Rivals, c)));
    out.extend(clusters.iter().filter_map(|c| quotations::speakers(&all, c)));
    out.extend(clusters.iter().filter_map(|c| quotations::wordings(&all, c)));
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
    said_once(out)
}

/// Words of a disagreement: its number, the side, where they stand.
type Standing = (usize, usize, Span);

/// Disagreements without those that another shows already: two sides of the other have some of the words of each of their sides.
fn said_once(found: Vec<Conflict>) -> Vec<Conflict> {
    let words = |c: &Conflict| c.sides.iter().map(|s| s.evidence.len()).sum::<usize>();
    let mut order: Vec<&Conflict> = found.iter().collect();
    order.sort_by_key(|c| (std::cmp::Reverse(words(c)), c.sure, &c.id));
    let mut kept: BTreeMap<(ConflictKind, &Id), Vec<Standing>> = BTreeMap::new();
    let mut again: BTreeSet<&Id> = BTreeSet::new();
    for (n, c) in order.into_iter().enumerate() {
        let mut by: BTreeMap<usize, Vec<BTreeSet<usize>>> = BTreeMap::new();
        for (side, e) in c.sides.iter().enumerate().flat_map(|(n, s)| s.evidence.iter().map(move |e| (n, e)))
        {
            for (other, at, span) in kept.get(&(c.kind, &e.report)).into_iter().flatten() {
                if span.start < e.span.end && e.span.start < span.end {
                    by.entry(*other).or_insert_with(|| vec![BTreeSet::new(); c.sides.len()])[side]
                        .insert(*at);
                }
            }
        }
        let shown = by.values().any(|sides| {
            let all: BTreeSet<&usize> = sides.iter().flatten().collect();
            all.len() > 1 && sides.iter().all(|s| !s.is_empty())
        });
        if shown {
            again.insert(&c.id);
            continue;
        }
        for (side, s) in c.sides.iter().enumerate() {
            for e in &s.evidence {
                kept.entry((c.kind, &e.report)).or_default().push((n, side, e.span));
            }
        }
    }
    let again: BTreeSet<Id> = again.into_iter().cloned().collect();
    found.into_iter().filter(|c| !again.contains(&c.id)).collect()
}

/// What rules set against each other as told of one thing, to be looked at once more.
fn ruled(all: &All<'_>, topics: &Topics, events: &[Event], series: &[Series]) -> Vec<(Rule, Conflict)> {
    let of = told::happenings(all, events, topics);
    let mut out: Vec<(Rule, Conflict)> = Vec::new();
    let mut add = |rule: Rule, found: Vec<Conflict>| out.extend(found.into_iter().map(|c| (rule, c)));
    add(Rule::Series, series.iter().flat_map(|s| figures::of_series(all, s, events, &of)).collect());
    add(Rule::Tolls, figures::of_events(all, events, &of));
    add(Rule::Counts, counts::find(all, topics));
    add(Rule::Occasions, occasions::find(all, topics));
    add(Rule::Days, events.iter().filter_map(|e| happenings::days(all, e)).collect());
    add(Rule::Places, events.iter().filter_map(|e| happenings::places(all, e)).collect());
    add(Rule::Places, events.iter().filter_map(|e| sites::find(all, e)).collect());
    add(Rule::Status, events.iter().filter_map(|e| happenings::status(all, e)).collect());
    out
}

/// What stands where: a value, the report by its index, and the words.
type Value = (String, usize, Span);

struct All<'a> {
    items: &'a [Item<'a>],
    reports: &'a [LinkedReport],
    actors: BTreeMap<&'a Id, &'a Actor>,
    taken: BTreeMap<(usize, usize), Id>,
}

/// Words of the shortest paragraph that counts as taken over.
const PARAGRAPH: usize = 15;

/// The paragraphs of a text, by their first byte.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split("\n\n").map(move |p| {
        let start = at;
        at += p.len() + 2;
        (start, p)
    })
}

/// Paragraphs that reports have taken over from another origin, word for word: what stands there is that origin's, the
/// one of the earliest report that has it.
fn taken(items: &[Item<'_>], reports: &[LinkedReport]) -> BTreeMap<(usize, usize), Id> {
    let mut by: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (r, item) in items.iter().enumerate() {
        for (start, p) in paragraphs(&item.report.text) {
            let words: Vec<String> = crate::fold::words(p).collect();
            if words.len() >= PARAGRAPH {
                by.entry(crate::origins::hash(words.join(" ").into_bytes(), 6)).or_default().push((r, start));
            }
        }
    }
    let mut out = BTreeMap::new();
    for at in by.values().filter(|at| at.len() > 1) {
        let first = at.iter().min_by_key(|(r, _)| {
            let days = reports[*r].published.days;
            (days.day().is_none(), days.lo, &reports[*r].id)
        });
        let Some((owner, _)) = first else { continue };
        for (r, start) in at.iter().filter(|(r, _)| reports[*r].origin != reports[*owner].origin) {
            out.insert((*r, *start), reports[*owner].origin.clone());
        }
    }
    out
}

impl All<'_> {
    /// The origin of words in a report: its own, unless the paragraph is taken over from another.
    fn origin(&self, r: usize, span: Span) -> &Id {
        let here = self.taken.range((r, 0)..=(r, span.lo())).next_back();
        let inside = here.filter(|((_, start), _)| {
            let between = self.items[r].report.text.get(*start..span.lo());
            between.is_some_and(|b| !b.contains("\n\n"))
        });
        inside.map_or(&self.reports[r].origin, |x| x.1)
    }

    /// A conflict from values with the words they rest on; equal values are one side. Sides of one origin contradict
    /// each other only when they are the words of two claimants.
    fn conflict(
        &self,
        kind: ConflictKind,
        about: &Id,
        values: Vec<Value>,
        title: &str,
        sure: Sure,
        claimants: bool,
    ) -> Option<Conflict> {
        let mut sides: BTreeMap<String, Side> = BTreeMap::new();
        for (value, r, span) in values {
            let side = sides.entry(value.clone()).or_insert_with(|| Side {
                value,
                evidence: Vec::new(),
                origins: BTreeSet::new(),
            });
            let origin = self.origin(r, span).clone();
            side.evidence.push(Evidence { report: self.reports[r].id.clone(), span });
            side.origins.insert(origin);
        }
        if sides.len() < 2 {
            return None;
        }
        let origins: BTreeSet<&Id> = sides.values().flat_map(|s| &s.origins).collect();
        if origins.len() < 2 && !claimants {
            return None;
        }
        let mut sides: Vec<Side> = sides.into_values().collect();
        for s in &mut sides {
            s.evidence.sort();
            s.evidence.dedup();
        }
        let quoted: Vec<String> =
            sides.iter().map(|s| format!("“{}” ({})", s.value, plural(s.origins.len(), "origin"))).collect();
        let why = format!("{title}: {}.", quoted.join(" against "));
        let mut parts = vec![kind.to_string(), about.to_string()];
        parts.extend(sides.iter().map(|s| s.value.clone()));
        let id = Id::of("conflict", &parts);
        Some(Conflict { id, kind, about: about.clone(), title: title.to_owned(), sides, why, sure })
    }
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict(name: &str, kind: ConflictKind, sides: &[(&str, &[(&str, usize)])]) -> Conflict {
        let side = |(value, words): &(&str, &[(&str, usize)])| Side {
            value: (*value).to_owned(),
            evidence: words
                .iter()
                .map(|(r, at)| Evidence { report: Id::of("report", &[*r]), span: Span::new(*at, at + 5) })
                .collect(),
            origins: words.iter().map(|(r, _)| Id::of("origin", &[*r])).collect(),
        };
        Conflict {
            id: Id::of("conflict", &[name]),
            kind,
            about: Id::of("event", &[name]),
            title: name.to_owned(),
            sides: sides.iter().map(side).collect(),
            why: String::new(),
            sure: Sure::Low,
        }
    }

    #[test]
    fn what_another_shows_already_is_said_once() {
        let date = ConflictKind::Date;
        let whole: &[(&str, &[(&str, usize)])] =
            &[("May 3", &[("a", 10), ("b", 40)]), ("May 4", &[("c", 7)])];
        let part: &[(&str, &[(&str, usize)])] = &[("May 3", &[("b", 42)]), ("May 4", &[("c", 7)])];
        // One side only is there too: another disagreement.
        let other: &[(&str, &[(&str, usize)])] = &[("May 3", &[("a", 10)]), ("May 9", &[("d", 7)])];
        let kept = said_once(vec![
            conflict("part", date, part),
            conflict("whole", date, whole),
            conflict("other", date, other),
            conflict("of figures", ConflictKind::Figure, part),
        ]);
        let kept: Vec<&str> = kept.iter().map(|c| c.title.as_str()).collect();
        assert_eq!(kept, ["whole", "other", "of figures"]);
    }
}
