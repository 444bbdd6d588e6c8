//! Places across reports: one by gazetteer name and country.

use crate::{Decided, Item};
use chancery_lexicon::{cities, countries};
use chancery_model::Id;
use chancery_model::facts::PlaceRef;
use chancery_model::vocab::PlaceKind;
use std::collections::BTreeMap;

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
    (all.into_values().collect(), of)
}

/// The largest city of that name, in that country when one is known.
fn coordinates(p: &PlaceRef) -> Option<(f64, f64)> {
    cities::in_country(&p.name, p.country.as_deref()).map(|c| (c.lat, c.lon))
}
