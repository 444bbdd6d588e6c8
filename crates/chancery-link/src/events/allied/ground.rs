//! What the comparing of happenings rests on: the mentions and what the whole pile tells of them.

use super::super::Topics;
use super::super::draft::{Draft, Words};
use super::SAME_DAYS;
use super::unit::{Unit, begins};
use crate::{Item, LinkedReport};
use chancery_model::date::add_days;
use chancery_model::vocab::EventType;
use chancery_model::{Day, Id};
use std::collections::{BTreeMap, BTreeSet};

/// Mentions, the sets that rules have put them in, and what the whole pile tells of them.
pub(crate) struct Ground<'a> {
    pub(super) drafts: &'a [Draft<'a>],
    pub(super) words: &'a Words,
    pub(super) topics: &'a Topics,
    /// The first day on which each report may have been printed.
    pub(super) printed: Vec<Option<Day>>,
    /// The set that each mention is in.
    set: Vec<u32>,
    /// The sentence of its report that each mention stands in.
    sentence: Vec<usize>,
    /// The words of each mention, in lower case.
    triggers: Vec<String>,
    /// How many reports name each participant and place of a happening.
    named: BTreeMap<Id, usize>,
    /// Reports up to which a name is rare.
    few: usize,
    /// How many happenings of a kind reports of a day tell.
    crowds: BTreeMap<(EventType, Option<Day>), u32>,
    /// How many mentions of happenings each report has.
    mentions: Vec<u32>,
    /// The weight of a word that one report alone uses.
    once: f32,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(
        drafts: &'a [Draft<'a>],
        items: &[Item<'_>],
        reports: &[LinkedReport],
        words: &'a Words,
        topics: &'a Topics,
        sets: &[Vec<usize>],
    ) -> Self {
        let printed: Vec<Option<Day>> = reports.iter().map(|r| r.published.days.lo).collect();
        let mut set = vec![u32::MAX; drafts.len()];
        // What the rules have put together counts once a day, however many reports tell it.
        let mut crowds: BTreeMap<(EventType, Option<Day>), BTreeSet<u32>> = BTreeMap::new();
        for (n, of) in (0u32..).zip(sets) {
            for m in of {
                set[*m] = n;
                let d = &drafts[*m];
                if d.is_marked() {
                    crowds.entry((d.mention.kind, printed[d.report])).or_default().insert(n);
                }
            }
        }
        let mut mentions = vec![0; reports.len()];
        drafts.iter().filter(|d| d.is_marked()).for_each(|d| mentions[d.report] += 1);
        let mut named: BTreeMap<&Id, BTreeSet<usize>> = BTreeMap::new();
        for d in sets.iter().flatten().map(|n| &drafts[*n]) {
            for id in d.actors.iter().chain(d.places.iter()) {
                named.entry(id).or_default().insert(d.report);
            }
        }
        Self {
            drafts,
            words,
            topics,
            set,
            sentence: sentences(drafts, items),
            triggers: drafts
                .iter()
                .map(|d| d.mention.span.of(&items[d.report].report.text).to_lowercase())
                .collect(),
            named: named.into_iter().map(|(id, r)| (id.clone(), r.len())).collect(),
            few: (reports.len() / 10).clamp(3, 12),
            crowds: crowds
                .into_iter()
                .map(|(k, n)| (k, u32::try_from(n.len()).unwrap_or(u32::MAX)))
                .collect(),
            once: words.once(),
            printed,
            mentions,
        }
    }

    /// A happening as these mentions tell it.
    pub(super) fn unit(&self, mentions: Vec<usize>) -> Unit<'a> {
        let sets = mentions.iter().map(|n| self.set[*n]).collect();
        let sentences: Vec<usize> = mentions.iter().map(|n| self.sentence[*n]).collect();
        let triggers: BTreeSet<&str> = mentions.iter().map(|n| self.triggers[*n].as_str()).collect();
        let triggers = triggers.into_iter().map(str::to_owned).collect();
        let mut u = Unit::of(mentions, self.drafts, &sentences, triggers, sets);
        let days: BTreeSet<Day> = u.reports.iter().filter_map(|r| self.printed[*r]).collect();
        u.printed = days.into_iter().collect();
        u.rare = self.rarest(&u);
        u.crowd = (self.crowd(&u) as f32).ln();
        let long = |r: &usize| (self.mentions[*r].max(1) as f32).ln();
        u.long = u.reports.iter().map(long).fold(0.0, f32::max);
        u
    }

    /// How many of its kind are told in the same days.
    fn crowd(&self, u: &Unit<'_>) -> u32 {
        let day = u.printed.first().copied();
        let near = |d: Day| (-SAME_DAYS..=SAME_DAYS).map(|n| Some(add_days(d, n))).collect::<Vec<_>>();
        let days = day.map_or_else(|| vec![None], near);
        let around = |k: EventType| -> u32 { days.iter().filter_map(|d| self.crowds.get(&(k, *d))).sum() };
        u.sorts.iter().map(|k| around(*k)).max().unwrap_or(1).max(1)
    }

    /// The rarest words around it that another report has too.
    fn rarest(&self, u: &Unit<'_>) -> Vec<u32> {
        let all: BTreeSet<u32> = u.contexts.iter().flat_map(|c| c.iter().copied()).collect();
        let weight = |w: u32| self.words.weight(w);
        let mut rare: Vec<u32> = all.into_iter().filter(|w| weight(*w) < self.once).collect();
        rare.sort_by(|x, y| weight(*y).total_cmp(&weight(*x)).then(x.cmp(y)));
        rare.truncate(super::unit::RARE);
        rare
    }

    /// Whether few reports of the pile name somebody or a place.
    pub(super) fn is_rare(&self, id: &Id) -> bool {
        self.named.get(id).is_some_and(|n| *n <= self.few)
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
