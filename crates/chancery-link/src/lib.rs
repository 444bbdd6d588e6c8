//! What many reports say together: origins, actors, publication dates, events, series and conflicts.
//!
//! [`link`] is a pure function of the *set* of per-report results. Items are sorted by report id first, so the order
//! in which reports arrived, the portions and the threads change nothing.

pub mod actors;
pub mod conflicts;
pub mod dates;
pub mod events;
pub mod fold;
mod groups;
pub mod origins;
pub mod places;
pub mod positions;
pub mod quotes;
pub mod series;
mod titles;

use chancery_facts::times::Resolved;
use chancery_model::facts::ReportFacts;
use chancery_model::report::Report;
use chancery_model::vocab::DateBasis;
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// One report with its facts.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its facts.
    pub facts: &'a ReportFacts,
}

/// A fact of a report, by its list and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactRef {
    /// A statement.
    Statement(u32),
    /// A figure.
    Figure(u32),
    /// A mention of a happening.
    Event(u32),
    /// A time expression.
    Time(u32),
}

/// Where a user's own place lies: name, country, degrees north and east.
pub type OwnPoint = (String, Option<String>, (f64, f64));

/// What people have decided, as far as it bears on linking.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// Day of publication by report id.
    pub dates: BTreeMap<Id, Days>,
    /// Facts that are not to count.
    pub rejected: BTreeSet<(Id, FactRef)>,
    /// Pairs of actor names that are one actor.
    pub same_actor: Vec<(String, String)>,
    /// Pairs of actor names that are two actors, whatever their names suggest.
    pub other_actor: Vec<(String, String)>,
    /// Actor names, each with a report whose bearer of the name is somebody else.
    pub own_actor: BTreeSet<(String, Id)>,
    /// Pairs of mentions that are one happening.
    pub same_event: Vec<((Id, FactRef), (Id, FactRef))>,
    /// Mentions that are a happening of their own.
    pub own_event: BTreeSet<(Id, FactRef)>,
    /// Days of facts: of a time expression what it means, of a statement when it was said, of a figure as of when, of a
    /// mention when it happened.
    pub days: BTreeMap<(Id, FactRef), Days>,
    /// Names of news agencies, folded, with the name to show: a credit to one of them makes a wire story.
    pub agencies: BTreeMap<String, String>,
    /// Names that actors are to carry: printed name to chosen name.
    pub rename_actor: BTreeMap<String, String>,
    /// Coordinates of a user's own places: name, country, degrees north and east.
    pub places: Vec<OwnPoint>,
    /// A user's own chronology.
    pub known: Vec<chancery_lexicon::chronology::Fact>,
}

/// The day of publication of a report, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Earliest and latest day.
    pub days: Days,
    /// What it rests on.
    pub basis: DateBasis,
    /// One sentence a person can check.
    pub why: String,
    /// A printed date that the text contradicts.
    pub stamp: Option<String>,
    /// Years that other reports give to months and days which the text names without one.
    pub(crate) years: dates::Years,
}

/// What linking says of one report.
#[derive(Debug, Clone)]
pub struct LinkedReport {
    /// Report id.
    pub id: Id,
    /// Day of publication.
    pub published: Published,
    /// Origin group.
    pub origin: Id,
    /// Actor of each entity.
    pub actors: Vec<Id>,
    /// Id of each place.
    pub places: Vec<Id>,
    /// Value of each time expression.
    pub times: Vec<Resolved>,
    /// Id of each statement.
    pub statements: Vec<Id>,
    /// Cluster of each statement.
    pub clusters: Vec<Option<Id>>,
    /// Id of each figure.
    pub figures: Vec<Id>,
    /// Series of each figure.
    pub series: Vec<Option<Id>>,
    /// Id of each mention of a happening.
    pub mentions: Vec<Id>,
    /// Event of each mention of a happening.
    pub events: Vec<Id>,
    /// Further words that take a happening up.
    pub echoes: Vec<events::Echo>,
    /// Days of facts as a person has set them; they win over the time expression.
    pub days: BTreeMap<FactRef, Days>,
}

impl LinkedReport {
    /// The days of a fact: as a person has set them, else as its time expression says, else open.
    #[must_use]
    pub fn days(&self, fact: FactRef, time: Option<u32>) -> Days {
        let told = || time.and_then(|t| self.times.get(t as usize)).map_or(Days::open(), |t| t.days);
        self.days.get(&fact).copied().unwrap_or_else(told)
    }
}

/// Words in a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Report id.
    pub report: Id,
    /// Where.
    pub span: Span,
}

/// All that linking says.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// One a report, by report id.
    pub reports: Vec<LinkedReport>,
    /// Actors, by id.
    pub actors: Vec<actors::Actor>,
    /// Places, by id.
    pub places: Vec<places::Place>,
    /// Events, by id.
    pub events: Vec<events::Event>,
    /// Series of figures, by id.
    pub series: Vec<series::Series>,
    /// Disagreements, by id.
    pub conflicts: Vec<conflicts::Conflict>,
    /// Positions, by id.
    pub positions: Vec<positions::Position>,
    /// Origin groups, by id.
    pub origins: Vec<origins::Origin>,
}

/// Links the reports of a record.
#[must_use]
pub fn link(items: &[Item<'_>], decided: &Decided) -> Linked {
    let Begun { items, mut reports, actors, places, origins } = begin(items, decided);
    let clusters = quotes::cluster(&items, &mut reports, decided);
    let events = events::merge(&items, &mut reports, &actors, decided);
    let series = series::find(&items, &mut reports, decided);
    let conflicts = conflicts::find(&items, &reports, &events, &series, &clusters, &actors);
    let positions = positions::find(&items, &reports, &actors, decided);
    Linked { reports, actors, places, events, series, conflicts, positions, origins }
}

/// Reports, actors, places and origins, before anything that is told in them is compared.
struct Begun<'a> {
    items: Vec<Item<'a>>,
    reports: Vec<LinkedReport>,
    actors: Vec<actors::Actor>,
    places: Vec<places::Place>,
    origins: Vec<origins::Origin>,
}

fn begin<'a>(items: &[Item<'a>], decided: &Decided) -> Begun<'a> {
    let mut items = items.to_vec();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let published: Vec<Published> = dates::solve(&items, decided);
    let origins = origins::find(&items, &published, decided);
    let mut origin_of = BTreeMap::new();
    for o in &origins {
        for r in &o.reports {
            origin_of.insert(r.clone(), o.id.clone());
        }
    }
    let (actors, actor_of) = actors::merge(&items, decided);
    let (places, place_of) = places::merge(&items, decided);
    let mut reports = Vec::with_capacity(items.len());
    for (n, (item, published)) in items.iter().zip(published).enumerate() {
        let f = item.facts;
        let id = item.report.id.clone();
        let origin = origin_of.get(&id).cloned().unwrap_or_else(|| id.clone());
        let mut times = dates::resolve_all(f, &published);
        let here = (id.clone(), FactRef::Statement(0))..=(id.clone(), FactRef::Time(u32::MAX));
        let days: BTreeMap<FactRef, Days> = decided.days.range(here).map(|((_, f), d)| (*f, *d)).collect();
        for (fact, set) in &days {
            if let FactRef::Time(n) = fact
                && let Some(t) = times.get_mut(*n as usize)
            {
                t.days = *set;
                t.edtf = set.to_edtf();
                t.value = t.edtf.map(|e| e.to_string());
                t.why = "set by a person".to_owned();
            }
        }
        reports.push(LinkedReport {
            statements: ids::statements(&id, f),
            figures: ids::figures(&id, f),
            mentions: ids::mentions(&id, f),
            clusters: vec![None; f.statements.len()],
            series: vec![None; f.figures.len()],
            events: Vec::new(),
            echoes: Vec::new(),
            days,
            actors: actor_of[n].clone(),
            places: place_of[n].clone(),
            times,
            published,
            origin,
            id,
        });
    }
    Begun { items, reports, actors, places, origins }
}

/// What the model that joins happenings sees of each two that it compares and that are asked about, for training it
/// (`training/allied.py`).
#[must_use]
pub fn likenesses(items: &[Item<'_>], wanted: events::Wanted<'_>) -> events::Likenesses {
    let decided = Decided::default();
    let Begun { items, reports, actors, .. } = begin(items, &decided);
    events::likenesses(&items, &reports, &actors, wanted)
}

/// What the model that sets values against each other sees of each two that it compares, for training it
/// (`training/rivals.py`).
#[must_use]
pub fn rivals(items: &[Item<'_>]) -> Vec<conflicts::Seen> {
    let decided = Decided::default();
    let Begun { items, mut reports, actors, .. } = begin(items, &decided);
    events::merge(&items, &mut reports, &actors, &decided);
    conflicts::rivals(&items, &reports, &actors)
}

/// What the model that looks at disagreements once more sees of each two of their values, with the number of the
/// disagreement, for training it (`training/vetted.py`).
#[must_use]
pub fn disagreements(items: &[Item<'_>]) -> Vec<(usize, conflicts::Seen)> {
    let decided = Decided::default();
    let Begun { items, mut reports, actors, .. } = begin(items, &decided);
    quotes::cluster(&items, &mut reports, &decided);
    let events = events::merge(&items, &mut reports, &actors, &decided);
    let series = series::find(&items, &mut reports, &decided);
    conflicts::disagreements(&items, &reports, &events, &series, &actors)
}

/// The words of a report that may take up a happening told elsewhere, though they were not marked.
#[must_use]
pub fn takes_up(report: &Report, facts: &ReportFacts) -> Vec<Span> {
    events::takes_up(&Item { report, facts })
}

/// Ids of facts, from what they rest on.
mod ids {
    use chancery_model::facts::ReportFacts;
    use chancery_model::{Id, Span};

    /// Two facts that rest on the same words get ordinals, so that ids stay unique.
    fn unique(kind: &str, keys: impl Iterator<Item = Vec<String>>) -> Vec<Id> {
        let mut seen = std::collections::BTreeMap::new();
        keys.map(|mut key| {
            let n = seen.entry(key.clone()).or_insert(0u32);
            *n += 1;
            if *n > 1 {
                key.push(n.to_string());
            }
            Id::of(kind, &key)
        })
        .collect()
    }

    fn spans(list: &[Span]) -> String {
        list.iter().map(|s| format!("{}-{};", s.start, s.end)).collect()
    }

    pub(super) fn statements(report: &Id, f: &ReportFacts) -> Vec<Id> {
        unique(
            "statement",
            f.statements
                .iter()
                .map(|s| vec![report.to_string(), spans(&s.source), spans(&s.cue), spans(&s.content)]),
        )
    }

    pub(super) fn figures(report: &Id, f: &ReportFacts) -> Vec<Id> {
        unique(
            "figure",
            f.figures.iter().map(|x| vec![report.to_string(), spans(&[x.span]), x.measure.clone()]),
        )
    }

    pub(super) fn mentions(report: &Id, f: &ReportFacts) -> Vec<Id> {
        unique(
            "event_mention",
            f.events.iter().map(|e| vec![report.to_string(), spans(&[e.span]), e.kind.to_string()]),
        )
    }
}
