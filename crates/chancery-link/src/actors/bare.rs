//! Whose a bare name is: "Rau", "Karl Rau" and "Karl T Rau".

use super::{Key, parted, surname};
use crate::groups::Groups;
use crate::{Decided, Item, fold, titles};
use chancery_lexicon::given_names;
use std::collections::{BTreeMap, BTreeSet};

/// Reports from which on, and times as many as of any other, a full name is the one that a bare name stands for.
const WELL_KNOWN: usize = 3;
const TIMES: usize = 5;
/// How many times as many reports must use a given name so.
const GIVEN: usize = 4;

/// A bare name joins the only full name that ends with it; of several the one that nearly all reports mean by it, and so
/// does a name that is no surname ("Saddam") where reports that print the whole name use it for him.
pub(super) fn join_surnames(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    decided: &Decided,
    groups: &mut Groups,
) {
    join_initials(keyed, nodes, decided, groups);
    let two = parted(decided);
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (k, n) in nodes {
        if let Key::Person(full) = k
            && !two.contains(&(full.clone(), surname(full).to_owned()))
        {
            bearers.entry(surname(full)).or_default().push(groups.root(*n));
        }
    }
    bearers.values_mut().for_each(|all| {
        all.sort_unstable();
        all.dedup();
    });
    let meant = meant_by(items, keyed, nodes, &two, groups);
    for (k, n) in nodes {
        let Key::Surname(s) = k else { continue };
        let ends = format!(" {s}");
        let of_words: Vec<usize> = if s.contains(' ') {
            let bears = |full: &&Key| matches!(full, Key::Person(full) if full.ends_with(&ends) && !two.contains(&(full.clone(), s.clone())));
            nodes.iter().filter(|(full, _)| bears(full)).map(|(_, n)| *n).collect()
        } else {
            bearers.get(s.as_str()).cloned().unwrap_or_default()
        };
        let one = match of_words.as_slice() {
            [only] => Some(*only),
            all => meant.get(s).copied().filter(|m| all.is_empty() || all.contains(m)),
        };
        if let Some(one) = one {
            groups.join(one, *n);
        }
    }
}

/// Whom nearly all reports that print a full name mean by a bare one, where they are some.
fn meant_by(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    two: &BTreeSet<(String, String)>,
    groups: &mut Groups,
) -> BTreeMap<String, usize> {
    let mut used: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    for (item, keys) in items.iter().zip(keyed) {
        let mut here: BTreeSet<(String, usize)> = BTreeSet::new();
        for (e, k) in item.facts.entities.iter().zip(keys) {
            let Key::Person(full) = k else { continue };
            let bare = e.aliases.iter().map(|a| fold::name(a)).filter(|a| !a.contains(' '));
            let own = bare.filter(|a| !two.contains(&(full.clone(), a.clone())));
            here.extend(own.map(|a| (a, groups.root(nodes[k]))));
        }
        for (name, n) in here {
            *used.entry(name).or_default().entry(n).or_default() += 1;
        }
    }
    let one = |name: &str, by: BTreeMap<usize, usize>| {
        let mut by: Vec<(usize, usize)> = by.into_iter().map(|(n, c)| (c, n)).collect();
        by.sort_unstable_by_key(|(c, n)| (std::cmp::Reverse(*c), *n));
        let (most, n) = *by.first()?;
        let next = by.get(1).map_or(0, |x| x.0);
        // "Tony" may be anybody's, until very many use it.
        let more = if given_names::get(&titles::capital(name)).is_some() { GIVEN } else { 1 };
        (most >= more * WELL_KNOWN && most >= TIMES * next).then_some(n)
    };
    used.into_iter().filter_map(|(name, by)| one(&name, by).map(|n| (name, n))).collect()
}

/// "George W Bush" and "George Bush" are one, unless there is a George H W Bush too or one report tells the two apart.
fn join_initials(keyed: &[Vec<Key>], nodes: &BTreeMap<Key, usize>, decided: &Decided, groups: &mut Groups) {
    let two = parted(decided);
    let mut alike: BTreeMap<(&str, &str), Vec<(&str, usize)>> = BTreeMap::new();
    for (k, n) in nodes {
        let Key::Person(full) = k else { continue };
        let (Some((first, rest)), Some((_, last))) = (full.split_once(' '), full.rsplit_once(' ')) else {
            continue;
        };
        let middle = rest.strip_suffix(last).unwrap_or("").trim_end();
        if first.len() > 1 && middle.split(' ').all(|w| w.chars().count() <= 1) {
            alike.entry((first, last)).or_default().push((full, *n));
        }
    }
    let one_more = |set: &Vec<(&str, usize)>| match set.as_slice() {
        [(a, m), (b, n)] if a.split(' ').count() == 2 || b.split(' ').count() == 2 => {
            (!two.contains(&((*a).to_owned(), (*b).to_owned()))).then_some((*m, *n))
        }
        _ => None,
    };
    let pairs: Vec<(usize, usize)> = alike.values().filter_map(one_more).collect();
    let pair_of: BTreeMap<usize, usize> =
        pairs.iter().enumerate().flat_map(|(at, (m, n))| [(*m, at), (*n, at)]).collect();
    // Pairs of which one report has both.
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    for keys in keyed {
        let here: BTreeSet<usize> =
            keys.iter().map(|k| nodes[k]).filter(|n| pair_of.contains_key(n)).collect();
        let mut seen = BTreeSet::new();
        apart.extend(here.iter().map(|n| pair_of[n]).filter(|at| !seen.insert(*at)));
    }
    for (at, (m, n)) in pairs.iter().enumerate() {
        if !apart.contains(&at) {
            groups.join(*m, *n);
        }
    }
}
