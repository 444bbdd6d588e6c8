//! A happening as the first pass left it, with what it is compared by.

use crate::events::cluster::{ahead, narrow};
use crate::events::draft::{Country, Draft, Family};
use crate::events::few::Few;
use crate::fold;
use chancery_model::mark::Sense;
use chancery_model::vocab::{EventType, Role, Status};
use chancery_model::{Day, Days, Id};
use std::collections::BTreeSet;

/// Mentions of a happening whose words are compared.
const MENTIONS: usize = 12;
/// Rarest words around a happening that it is looked for by.
pub(super) const RARE: usize = 4;
/// Sentences of a report that lead it, its title among them.
const LEAD: usize = 2;
/// What has not been, as far as a mention tells.
const UNREAL: [Status; 4] = [Status::Denied, Status::Hypothetical, Status::Conditional, Status::Proposed];

/// A happening as the first pass left it.
pub(crate) struct Unit<'a> {
    /// Its mentions, as numbers of drafts.
    pub(crate) of: Vec<usize>,
    /// The sets that the rules have put it in.
    pub(super) sets: Few<u32>,
    pub(super) days: Vec<Days>,
    /// Those of them that are surely its own.
    pub(super) sure: Vec<Days>,
    pub(super) places: Few<Id>,
    pub(super) actors: Few<Id>,
    /// The persons who take part in a meeting.
    pub(super) persons: Few<Id>,
    /// The persons whom force or a measure befalls.
    pub(super) befell: Few<Id>,
    /// Whether all its meetings are by telephone, and whether none is.
    pub(super) by_phone: [bool; 2],
    pub(super) roles: Few<(Role, Id)>,
    pub(super) countries: Few<Country>,
    pub(super) kinds: Few<EventType>,
    /// The same with what no type covers.
    pub(super) sorts: Vec<EventType>,
    /// Logarithm of how many of its kind are told in the same days.
    pub(super) crowd: f32,
    /// Logarithm of the mentions of happenings in the longest report that tells of it.
    pub(super) long: f32,
    pub(super) families: Few<Family>,
    pub(super) narrow: Few<&'static str>,
    pub(super) ordinals: Few<u8>,
    /// What it is called, folded.
    pub(super) names: Few<String>,
    pub(super) numbers: Few<u32>,
    pub(super) triggers: Vec<String>,
    pub(super) contexts: Vec<&'a [u32]>,
    /// What its words stand for, as far as the reader tells.
    pub(super) senses: Vec<&'a Sense<i8>>,
    /// The rarest words around it that another report has too.
    pub(super) rare: Vec<u32>,
    /// Report and sentence of each mention.
    pub(super) spots: Vec<(usize, usize)>,
    /// The same, sorted, each once.
    pub(super) told: Vec<(usize, usize)>,
    pub(super) reports: Few<usize>,
    /// The days on which its reports were printed, sorted, each once.
    pub(super) printed: Vec<Day>,
    /// Share of its mentions that speak of it as known.
    pub(super) known: f32,
    /// Whether somebody speaks of it as another one: "again", "a new", "a further".
    pub(super) fresh: bool,
    pub(super) lead: bool,
    /// Whether no word of it was marked.
    pub(super) unmarked: bool,
    pub(super) ahead: bool,
    pub(super) denied: bool,
    /// Whether it is only denied, proposed or supposed.
    pub(super) unreal: bool,
    /// Whether somebody tells of it as done.
    pub(super) done: bool,
    /// Whether all its mentions count those who died over a stretch of time.
    pub(super) over: bool,
}

impl<'a> Unit<'a> {
    /// Whether no report tells of both.
    pub(crate) fn elsewhere(&self, other: &Self) -> bool {
        self.reports.is_disjoint(&other.reports)
    }

    /// Of mentions, with the sentence that each stands in, their words and the sets they are in.
    pub(super) fn of(
        set: Vec<usize>,
        drafts: &'a [Draft<'a>],
        sentence: &[usize],
        triggers: Vec<String>,
        sets: Few<u32>,
    ) -> Self {
        let members: Vec<&'a Draft<'a>> = set.iter().map(|n| &drafts[*n]).collect();
        let mut days: Vec<Days> =
            members.iter().map(|d| d.days).filter(|d| d.lo.is_some() && narrow(d)).collect();
        let mut sure: Vec<Days> =
            members.iter().filter(|d| d.sure_day && narrow(&d.days)).map(|d| d.days).collect();
        for list in [&mut days, &mut sure] {
            list.sort_by_key(|d| (d.lo, d.hi));
            list.dedup();
        }
        let sorts: BTreeSet<EventType> = members.iter().map(|d| d.mention.kind).collect();
        let spots =
            || -> Vec<(usize, usize)> { members.iter().zip(sentence).map(|(d, n)| (d.report, *n)).collect() };
        let any = |list: &[Status]| members.iter().any(|d| list.contains(&d.mention.status));
        Self {
            days,
            sure,
            places: members.iter().flat_map(|d| d.places.iter().cloned()).collect(),
            actors: members.iter().flat_map(|d| d.actors.iter().cloned()).collect(),
            persons: members.iter().flat_map(|d| d.persons.iter().cloned()).collect(),
            befell: members.iter().flat_map(|d| d.befell.iter().cloned()).collect(),
            by_phone: [members.iter().all(|d| phone(d)), !members.iter().any(|d| phone(d))],
            roles: members.iter().flat_map(|d| d.roles.iter().cloned()).collect(),
            countries: members.iter().flat_map(|d| d.countries.iter().copied()).collect(),
            // What no type covers is of many kinds: its family tells which.
            kinds: sorts.iter().copied().filter(|k| *k != EventType::Outside).collect(),
            sorts: sorts.into_iter().collect(),
            crowd: 0.0,
            long: 0.0,
            families: members.iter().map(|d| d.family).collect(),
            narrow: members.iter().filter_map(|d| d.narrow).collect(),
            ordinals: members.iter().filter_map(|d| d.ordinal).collect(),
            names: members.iter().filter_map(|d| d.name.as_deref().map(fold::name)).collect(),
            numbers: members.iter().flat_map(|d| d.numbers.iter().copied()).collect(),
            triggers,
            contexts: set.iter().take(MENTIONS).map(|n| drafts[*n].context.as_slice()).collect(),
            senses: members.iter().take(MENTIONS).filter_map(|d| d.sense).collect(),
            rare: Vec::new(),
            spots: spots(),
            told: {
                let all: BTreeSet<(usize, usize)> = spots().into_iter().collect();
                all.into_iter().collect()
            },
            reports: members.iter().map(|d| d.report).collect(),
            printed: Vec::new(),
            known: members.iter().filter(|d| d.definite).count() as f32 / members.len().max(1) as f32,
            lead: sentence.iter().any(|n| *n <= LEAD),
            fresh: members.iter().any(|d| d.fresh),
            unmarked: members.iter().all(|d| !d.is_marked()),
            ahead: members.iter().all(|d| ahead(d.mention.status)),
            denied: any(&[Status::Denied, Status::Cancelled, Status::Failed]),
            unreal: members.iter().all(|d| UNREAL.contains(&d.mention.status)),
            done: any(&[Status::Happened, Status::Ongoing, Status::Failed]),
            over: members.iter().all(|d| d.over),
            sets,
            of: set,
        }
    }
}

fn phone(d: &Draft<'_>) -> bool {
    d.mention.mode.as_deref() == Some("phone")
}

/// Where sentences begin, plainly: after a stop and white space, or after a line's end. Coarser than `fold::sentence`,
/// which looks around one place and lets a title run on: here it only counts how far apart two mentions stand.
pub(super) fn begins(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut stop = false;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        if c.is_whitespace() && (stop || c == '\n') {
            while chars.peek().is_some_and(|(_, n)| n.is_whitespace()) {
                chars.next();
            }
            out.extend(chars.peek().map(|(at, _)| *at));
        }
        stop = matches!(c, '.' | '!' | '?') || stop && matches!(c, '"' | '”' | '’');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn sentences_begin_after_stops_and_lines() {
        let text = "A title\n\nThey met. \"We will go.\" It rained!";
        let starts: Vec<&str> = begins(text).iter().filter_map(|at| text.get(*at..)).collect();
        assert_eq!(starts, [&text[9..], &text[19..], &text[33..]]);
        assert!(begins("One line, U.N. or not").len() == 1);
    }
}
