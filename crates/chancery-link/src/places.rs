//! Places across reports: one by gazetteer name and country.

use crate::{Decided, Item};
use chancery_lexicon::{cities, countries};
use chancery_model::Id;
use chancery_model::facts::PlaceRef;
use chancery_model::vocab::PlaceKind;
use std::collections::{BTreeMap, BTreeSet};

/// A place of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Id, from name and country.
    pub id: Id,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    /// Where the coordinates come from.
    pub source: Option<&'static str>,
}

fn id_of(p: &PlaceRef) -> Id {
    Id::of("place", &[crate::fold::name(&p.name), p.country.clone().unwrap_or_default()])
}

/// The places of all reports, and for each report the id of each of its places.
#[must_use]
pub fn merge(items: &[Item<'_>], decided: &Decided) -> (Vec<Place>, Vec<Vec<Id>>) {
    let mut all: BTreeMap<Id, Place> = BTreeMap::new();
    let mut of = Vec::with_capacity(items.len());
    for item in items {
        let mut ids = Vec::with_capacity(item.facts.places.len());
        for p in &item.facts.places {
            let id = id_of(p);
            all.entry(id.clone()).or_insert_with(|| {
                let own =
                    decided.places.iter().find(|(n, c, _)| *n == p.name && (c.is_none() || *c == p.country));
                let known = match p.kind {
                    PlaceKind::City => coordinates(p),
                    PlaceKind::Country => p.country.as_deref().and_then(countries::point),
                    _ => None,
                };
                let list = if p.kind == PlaceKind::Country { "Natural Earth" } else { "GeoNames" };
                let at = own.map(|o| o.2).or(known);
                let source = own.map(|_| "own list").or(known.map(|_| list));
                Place {
                    id: id.clone(),
                    name: p.name.clone(),
                    country: p.country.clone(),
                    kind: p.kind,
                    at,
                    source,
                }
            });
            ids.push(id);
        }
        of.push(ids);
    }
    let one = spellings(&all, &of);
    for id in of.iter_mut().flatten() {
        if let Some(to) = one.get(id) {
            id.clone_from(to);
        }
    }
    all.retain(|id, _| !one.contains_key(id));
    (all.into_values().collect(), of)
}

/// Letters from which two names that differ in one may be spellings of one; without a gazetteer's word for either, more.
const LETTERS: usize = 5;
const LETTERS_UNKNOWN: usize = 7;

/// Places that no list knows under names that differ by one letter from that of one other place of the record ("Vlora" beside
/// "Vlorë"), with the place each is. Two that one report names are two. Names are found by what is left of them without any one
/// letter, so nothing is compared with everything.
fn spellings(all: &BTreeMap<Id, Place>, of: &[Vec<Id>]) -> BTreeMap<Id, Id> {
    let town = |p: &&Place| !matches!(p.kind, PlaceKind::Country | PlaceKind::Region);
    let names: BTreeMap<&Id, String> =
        all.values().filter(town).map(|p| (&p.id, crate::fold::name(&p.name))).collect();
    let mut block: BTreeMap<String, Vec<&Id>> = BTreeMap::new();
    for (id, name) in names.iter().filter(|(_, n)| n.chars().count() >= LETTERS) {
        let cut = name.char_indices().map(|(at, c)| format!("{}{}", &name[..at], &name[at + c.len_utf8()..]));
        for key in cut.chain([name.clone()]).collect::<BTreeSet<_>>() {
            block.entry(key).or_default().push(*id);
        }
    }
    let mut near: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
    for list in block.values().filter(|l| l.len() <= MOST) {
        for (n, a) in list.iter().enumerate() {
            for b in list.iter().skip(n + 1) {
                let (p, q, x, y) = (&all[*a], &all[*b], &names[a], &names[b]);
                let long = x.chars().count().min(y.chars().count());
                let unknown = p.at.is_none() && q.at.is_none();
                let alike = (p.at.is_none() || q.at.is_none())
                    && long >= if unknown { LETTERS_UNKNOWN } else { LETTERS }
                    && x.chars().next() == y.chars().next()
                    && !x.bytes().chain(y.bytes()).any(|b| b.is_ascii_digit())
                    && (p.country == q.country || p.country.is_none() || q.country.is_none())
                    && strsim::osa_distance(x, y) == 1;
                if alike {
                    near.entry(a).or_default().insert(b);
                    near.entry(b).or_default().insert(a);
                }
            }
        }
    }
    let mut reports: BTreeMap<&Id, BTreeSet<usize>> = BTreeMap::new();
    for (n, ids) in of.iter().enumerate() {
        for id in ids.iter().filter(|id| near.contains_key(id)) {
            reports.entry(id).or_default().insert(n);
        }
    }
    let told = |id: &Id| reports.get(id).map_or(0, BTreeSet::len);
    let mut out = BTreeMap::new();
    for (a, others) in &near {
        let known: Vec<&&Id> = others.iter().filter(|b| all[**b].at.is_some()).collect();
        let to = match (all[*a].at.is_some(), known.as_slice(), others.len()) {
            (false, [one], _) => **one,
            // Of two that no list knows, the one that more reports print.
            (false, [], 1) => match others.first() {
                Some(b) if near[*b].len() == 1 && (told(b), *a) > (told(a), *b) => *b,
                _ => continue,
            },
            _ => continue,
        };
        let both = reports.get(a).zip(reports.get(&to)).is_some_and(|(x, y)| !x.is_disjoint(y));
        if !both {
            out.insert((*a).clone(), to.clone());
        }
    }
    out
}

/// Names under one key beyond which they are of many places.
const MOST: usize = 40;

/// The largest city of that name, in that country when one is known.
fn coordinates(p: &PlaceRef) -> Option<(f64, f64)> {
    cities::in_country(&p.name, p.country.as_deref()).map(|c| (c.lat, c.lon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(name: &str, country: Option<&str>, known: bool) -> Place {
        let id = Id::of("place", &[crate::fold::name(name), country.unwrap_or_default().to_owned()]);
        let at = known.then_some((40.0, 19.0));
        Place {
            id,
            name: name.into(),
            country: country.map(str::to_owned),
            kind: PlaceKind::City,
            at,
            source: None,
        }
    }

    /// The names that are taken for one of another, for reports that print the towns so numbered.
    fn joined(towns: &[Place], reports: &[&[usize]]) -> Vec<(String, String)> {
        let all: BTreeMap<Id, Place> = towns.iter().map(|t| (t.id.clone(), t.clone())).collect();
        let of: Vec<Vec<Id>> =
            reports.iter().map(|r| r.iter().map(|n| towns[*n].id.clone()).collect()).collect();
        let name = |id: &Id| all[id].name.clone();
        spellings(&all, &of).iter().map(|(a, b)| (name(a), name(b))).collect()
    }

    #[test]
    fn a_town_that_no_list_knows_is_the_one_spelled_nearly_so() {
        let towns = [town("Vlorë", Some("ALB"), true), town("Vlora", None, false)];
        assert_eq!(joined(&towns, &[&[0], &[1]]), [("Vlora".to_owned(), "Vlorë".to_owned())]);
        // One report that prints both has two.
        assert!(joined(&towns, &[&[0, 1]]).is_empty());
    }

    #[test]
    fn two_known_towns_short_names_and_other_countries_stay_apart() {
        assert!(
            joined(
                &[town("Karlstad", Some("SWE"), true), town("Karlstadt", Some("DEU"), true)],
                &[&[0], &[1]]
            )
            .is_empty()
        );
        assert!(
            joined(&[town("Homs", Some("SYR"), true), town("Hims", None, false)], &[&[0], &[1]]).is_empty()
        );
        assert!(
            joined(&[town("Vlorë", Some("ALB"), true), town("Vlora", Some("GRC"), false)], &[&[0], &[1]])
                .is_empty()
        );
        assert!(
            joined(&[town("Guereda", None, false), town("Gereda", None, false)], &[&[0], &[1]]).is_empty()
        );
    }

    #[test]
    fn of_two_that_no_list_knows_the_one_printed_more_often_stays() {
        let towns = [town("Kebithigollewa", None, false), town("Kebitigollewa", None, false)];
        let want = [("Kebitigollewa".to_owned(), "Kebithigollewa".to_owned())];
        assert_eq!(joined(&towns, &[&[0], &[0], &[1]]), want);
        assert_eq!(joined(&towns, &[&[1], &[0], &[0]]), want);
    }
}
