//! Disagreements: two sides that cannot both be right. Nothing is overwritten; each side keeps its evidence.
//!
//! What is set against each other: the figures of a series and of a happening (`figures`) and those that measure one
//! thing by how they are put (`counts`), days of occasions long past (`occasions`), days, towns, status and
//! participants of a happening (`happenings`), where within a town it was (`sites`), words and speakers of a quotation (`quotations`). Reports of one origin
//! are one side; within one origin only two claimants contradict each other.

mod absentees;
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

use crate::actors::Actor;
use crate::events::{Event, Topics};
use crate::quotes::Cluster;
use crate::series::Series;
use crate::{Evidence, Item, LinkedReport};
use chancery_model::vocab::{ConflictKind, Sure};
use chancery_model::{Id, Span};
pub use rivals::Seen;
use std::collections::{BTreeMap, BTreeSet};

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Id, from kind, what it is about and the values.
    pub id: Id,
    /// What the sides differ about.
    pub kind: ConflictKind,
    /// Id of the event, series or cluster.
    pub about: Id,
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
    rivals::seen(&all, &Topics::of(reports))
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
    let of = told::happenings(&all, events, &topics);
    let mut out = Vec::new();
    out.extend(series.iter().flat_map(|s| figures::of_series(&all, s, events, &of)));
    out.extend(figures::of_events(&all, events, &of));
    out.extend(counts::find(&all, &topics));
    out.extend(occasions::find(&all, &topics));
    out.extend(events.iter().filter_map(|e| happenings::days(&all, e)));
    out.extend(departures::find(&all));
    out.extend(fates::find(&all, &topics));
    out.extend(deeds::find(&all, &topics));
    out.extend(events.iter().filter_map(|e| happenings::places(&all, e)));
    out.extend(events.iter().filter_map(|e| sites::find(&all, e)));
    out.extend(events.iter().filter_map(|e| happenings::status(&all, e)));
    out.extend(events.iter().flat_map(|e| happenings::participants(&all, e)));
    out.extend(absentees::find(&all, &topics));
    let ministers = signers::ministers(&all);
    out.extend(events.iter().filter_map(|e| signers::find(&all, e, &ministers)));
    let more = rivals::find(&all, events, &topics, &out);
    out.extend(more);
    out.extend(clusters.iter().filter_map(|c| quotations::speakers(&all, c)));
    out.extend(clusters.iter().filter_map(|c| quotations::wordings(&all, c)));
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
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
        Some(Conflict { id: Id::of("conflict", &parts), kind, about: about.clone(), sides, why, sure })
    }
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
