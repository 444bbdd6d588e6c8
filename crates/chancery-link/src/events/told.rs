//! What most reports tell of a happening: who took part, where, what it is called, by which verb.
//!
//! Of a happening that many tell, a few have somebody or some place from the sentence beside it. What is told by more
//! origins stands before what is told by fewer.

use super::draft::Draft;
use crate::{Item, LinkedReport};
use chancery_model::Id;
use chancery_model::vocab::Role;
use std::collections::{BTreeMap, BTreeSet};

/// Origins from which on what only one of them tells is left out of a heading.
const MANY: usize = 4;

/// How many origins tell each thing of a happening.
pub(super) struct Told<'a> {
    parties: BTreeMap<(Role, &'a Id), usize>,
    verbs: BTreeMap<&'a str, usize>,
    places: BTreeMap<(&'a Id, &'a str), usize>,
    names: BTreeMap<&'a str, usize>,
    origins: usize,
}

fn verb<'a>(d: &Draft<'a>) -> &'a str {
    d.mention.wording.does.split(' ').next().unwrap_or("")
}

/// Whether a name is another's end.
fn ends_with(long: &str, name: &str) -> bool {
    long.strip_suffix(name).is_some_and(|front| front.is_empty() || front.ends_with(' '))
}

impl<'a> Told<'a> {
    pub(super) fn of(members: &'a [&Draft<'a>], items: &'a [Item<'_>], reports: &'a [LinkedReport]) -> Self {
        let mut parties: BTreeMap<(Role, &Id), BTreeSet<&Id>> = BTreeMap::new();
        let mut verbs: BTreeMap<&str, BTreeSet<&Id>> = BTreeMap::new();
        let mut places: BTreeMap<(&Id, &str), BTreeSet<&Id>> = BTreeMap::new();
        let mut names: BTreeMap<&str, BTreeSet<&Id>> = BTreeMap::new();
        let mut origins: BTreeSet<&Id> = BTreeSet::new();
        for d in members {
            let linked = &reports[d.report];
            let origin = &linked.origin;
            origins.insert(origin);
            verbs.entry(verb(d)).or_default().insert(origin);
            for p in &d.mention.participants {
                if let Some(who) = linked.actors.get(p.entity as usize) {
                    parties.entry((p.role, who)).or_default().insert(origin);
                }
            }
            let place = d.mention.place.map(|p| p as usize).and_then(|p| {
                Some((linked.places.get(p)?, items[d.report].facts.places.get(p)?.name.as_str()))
            });
            if let Some(p) = place {
                places.entry(p).or_default().insert(origin);
            }
            if let Some(n) = &d.name {
                names.entry(n).or_default().insert(origin);
            }
        }
        fn counted<K: Ord>(of: BTreeMap<K, BTreeSet<&Id>>) -> BTreeMap<K, usize> {
            of.into_iter().map(|(k, o)| (k, o.len())).collect()
        }
        Self {
            parties: counted(parties),
            verbs: counted(verbs),
            places: counted(places),
            names: counted(names),
            origins: origins.len(),
        }
    }

    /// How much of what a mention tells is told by others too: its verb and whom it names on each side.
    pub(super) fn agreed(&self, d: &Draft<'_>, reports: &[LinkedReport]) -> usize {
        let linked = &reports[d.report];
        let most = |suffers: bool| {
            let side = d.mention.participants.iter().filter(|p| (p.role == Role::Recipient) == suffers);
            let told =
                side.filter_map(|p| self.parties.get(&(p.role, linked.actors.get(p.entity as usize)?)));
            told.max().copied().unwrap_or(0)
        };
        let others = |n: usize| n.saturating_sub(1);
        others(self.verbs.get(verb(d)).copied().unwrap_or(0)) + others(most(false)) + others(most(true))
    }

    /// The place that most tell; none where each of many tells another.
    pub(super) fn place(&self) -> Option<(Id, String)> {
        let most = self.places.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(*k)))?;
        let ((id, name), n) = most;
        let open = self.origins >= MANY && *n == 1 && self.places.len() > 1;
        (!open).then(|| ((*id).clone(), (*name).to_owned()))
    }

    /// Whether a place is told by more than one of many.
    pub(super) fn widely(&self, place: &(Id, String)) -> bool {
        let told = self.places.get(&(&place.0, place.1.as_str())).copied().unwrap_or(0);
        self.origins < MANY || told > 1
    }

    /// Whether more than one of many name somebody.
    pub(super) fn is_shared(&self, p: &(Role, Id)) -> bool {
        self.origins < MANY || self.parties.get(&(p.0, &p.1)).is_some_and(|n| *n > 1)
    }

    /// What most call it, at least at the end of a longer name ("14 January - 17:26: the quake at Orven"); of several the
    /// shortest.
    pub(super) fn name(&self) -> Option<String> {
        let told = |name: &str| -> usize {
            self.names.iter().filter(|(long, _)| ends_with(long, name)).map(|(_, n)| *n).sum()
        };
        let most = self.names.keys().max_by_key(|k| (told(k), std::cmp::Reverse((k.len(), **k))))?;
        Some((*most).to_owned())
    }

    /// Those who took part, whom most name first; of a happening that many tell without those whom one alone names.
    pub(super) fn by_most(&self, all: &[(Role, Id)]) -> Vec<(Role, Id)> {
        let told = |p: &(Role, Id)| self.parties.get(&(p.0, &p.1)).copied().unwrap_or(0);
        let some = all.iter().any(|p| told(p) > 1);
        let mut out: Vec<(Role, Id)> =
            all.iter().filter(|p| self.origins < MANY || !some || told(p) > 1).cloned().collect();
        out.sort_by_key(|p| std::cmp::Reverse(told(p)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_what_most_end_with_and_the_place_what_most_tell() {
        let (orven, lisk) = (Id::of("place", &["Orven"]), Id::of("place", &["Lisk"]));
        let mut told = Told {
            parties: BTreeMap::new(),
            verbs: BTreeMap::new(),
            places: [((&orven, "Orven"), 3), ((&lisk, "Lisk"), 1)].into(),
            names: [("14 May - 17:26 Orven quake", 3), ("Orven quake", 2), ("great Lisk quake", 1)].into(),
            origins: 6,
        };
        assert_eq!(told.name().as_deref(), Some("Orven quake"));
        assert_eq!(told.place().map(|p| p.1).as_deref(), Some("Orven"));
        told.places.insert((&orven, "Orven"), 1);
        assert_eq!(told.place(), None);
    }
}
