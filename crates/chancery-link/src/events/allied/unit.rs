//! A happening as the first pass left it, with what it is compared by.

use crate::Item;
use crate::events::cluster::{ahead, narrow};
use crate::events::draft::{Country, Draft, Family, Words};
use crate::events::few::Few;
use chancery_model::vocab::{EventType, Role, Status};
use chancery_model::{Day, Days, Id};
use std::collections::{BTreeMap, BTreeSet};

/// Mentions of a happening whose words are compared.
const MENTIONS: usize = 12;
/// Rarest words around a happening that it is looked for by.
const RARE: usize = 4;
/// Sentences of a report that lead it, its title among them.
const LEAD: usize = 2;
/// What has not been, as far as a mention tells.
const UNREAL: [Status; 4] = [Status::Denied, Status::Hypothetical, Status::Conditional, Status::Proposed];

/// A happening as the first pass left it.
pub(crate) struct Unit<'a> {
    /// Its mentions, as numbers of drafts.
    pub(crate) of: Vec<usize>,
    pub(super) days: Vec<Days>,
    pub(super) places: Few<Id>,
    pub(super) actors: Few<Id>,
    pub(super) roles: Few<(Role, Id)>,
    pub(super) countries: Few<Country>,
    pub(super) kinds: Few<EventType>,
    /// The same with what no type covers.
    pub(super) sorts: Vec<EventType>,
    /// Logarithm of how many of its kind are told in the same days.
    pub(super) crowd: f32,
    pub(super) families: Few<Family>,
    pub(super) narrow: Few<&'static str>,
    pub(super) ordinals: Few<u8>,
    pub(super) triggers: Vec<String>,
    pub(super) contexts: Vec<&'a [u32]>,
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
    pub(super) lead: bool,
    pub(super) ahead: bool,
    pub(super) denied: bool,
    /// Whether it is only denied, proposed or supposed.
    pub(super) unreal: bool,
    /// Whether somebody tells of it as done.
    pub(super) done: bool,
    /// Whether all its mentions count those who died over a stretch of time.
    pub(super) over: bool,
}

/// The happenings of these sets of mentions.
pub(super) fn all<'a>(
    sets: Vec<Vec<usize>>,
    drafts: &'a [Draft<'a>],
    items: &[Item<'_>],
    words: &Words,
) -> Vec<Unit<'a>> {
    let sentence = sentences(drafts, items);
    let once = words.once();
    let mut units: Vec<Unit<'_>> =
        sets.into_iter().map(|set| Unit::of(set, drafts, items, &sentence)).collect();
    for u in &mut units {
        let all: BTreeSet<u32> = u.contexts.iter().flat_map(|c| c.iter().copied()).collect();
        let mut rare: Vec<u32> = all.into_iter().filter(|w| words.weight(*w) < once).collect();
        rare.sort_by(|x, y| words.weight(*y).total_cmp(&words.weight(*x)).then(x.cmp(y)));
        rare.truncate(RARE);
        u.rare = rare;
    }
    units
}

impl<'a> Unit<'a> {
    fn of(set: Vec<usize>, drafts: &'a [Draft<'a>], items: &[Item<'_>], sentence: &[usize]) -> Self {
        let members: Vec<&Draft<'_>> = set.iter().map(|n| &drafts[*n]).collect();
        let mut days: Vec<Days> =
            members.iter().map(|d| d.days).filter(|d| d.lo.is_some() && narrow(d)).collect();
        days.sort_by_key(|d| (d.lo, d.hi));
        days.dedup();
        let trigger = |d: &Draft<'_>| d.mention.span.of(&items[d.report].report.text).to_lowercase();
        let triggers: BTreeSet<String> = members.iter().map(|d| trigger(d)).collect();
        let sorts: BTreeSet<EventType> = members.iter().map(|d| d.mention.kind).collect();
        let any = |list: &[Status]| members.iter().any(|d| list.contains(&d.mention.status));
        Self {
            days,
            places: members.iter().flat_map(|d| d.places.iter().cloned()).collect(),
            actors: members.iter().flat_map(|d| d.actors.iter().cloned()).collect(),
            roles: members.iter().flat_map(|d| d.roles.iter().cloned()).collect(),
            countries: members.iter().flat_map(|d| d.countries.iter().copied()).collect(),
            // What no type covers is of many kinds: its family tells which.
            kinds: sorts.iter().copied().filter(|k| *k != EventType::Outside).collect(),
            sorts: sorts.into_iter().collect(),
            crowd: 0.0,
            families: members.iter().map(|d| d.family).collect(),
            narrow: members.iter().filter_map(|d| d.narrow).collect(),
            ordinals: members.iter().filter_map(|d| d.ordinal).collect(),
            triggers: triggers.into_iter().collect(),
            contexts: set.iter().take(MENTIONS).map(|n| drafts[*n].context.as_slice()).collect(),
            rare: Vec::new(),
            spots: set.iter().map(|n| (drafts[*n].report, sentence[*n])).collect(),
            told: {
                let all: BTreeSet<(usize, usize)> =
                    set.iter().map(|n| (drafts[*n].report, sentence[*n])).collect();
                all.into_iter().collect()
            },
            reports: members.iter().map(|d| d.report).collect(),
            printed: Vec::new(),
            known: members.iter().filter(|d| d.definite).count() as f32 / members.len().max(1) as f32,
            lead: set.iter().any(|n| sentence[*n] <= LEAD),
            ahead: members.iter().all(|d| ahead(d.mention.status)),
            denied: any(&[Status::Denied, Status::Cancelled, Status::Failed]),
            unreal: members.iter().all(|d| UNREAL.contains(&d.mention.status)),
            done: any(&[Status::Happened, Status::Ongoing, Status::Failed]),
            over: members.iter().all(|d| d.over),
            of: set,
        }
    }
}

/// The number of the sentence each mention stands in.
fn sentences(drafts: &[Draft<'_>], items: &[Item<'_>]) -> Vec<usize> {
    let mut begin: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for d in drafts {
        begin.entry(d.report).or_insert_with(|| begins(&items[d.report].report.text));
    }
    drafts
        .iter()
        .map(|d| begin.get(&d.report).map_or(0, |e| e.partition_point(|x| *x <= d.mention.span.lo())))
        .collect()
}

/// Where sentences begin, plainly: after a stop and white space, or after a line's end. Coarser than `fold::sentence`,
/// which looks around one place and lets a title run on: here it only counts how far apart two mentions stand.
fn begins(text: &str) -> Vec<usize> {
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
