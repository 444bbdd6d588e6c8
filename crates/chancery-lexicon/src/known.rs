//! All names that the lists know, in one look-up.

use crate::countries::{self, Country};
use crate::groups::{self, Group};
use crate::organizations::{self, Organization};
use crate::outlets::{self, Outlet};
use crate::phrase::Phrases;
use crate::regions::{self, Region};
use crate::{cities, named_events};
use std::sync::LazyLock;

/// What a known name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known {
    /// A state by its name.
    Country(&'static Country),
    /// A state by an adjective or noun for its people.
    Demonym(&'static Country),
    /// A capital.
    Capital(&'static Country),
    /// A seat of government.
    Seat(&'static Country),
    /// A city that is no capital.
    City,
    /// A region.
    Region(&'static Region),
    /// An organisation.
    Organization(&'static Organization),
    /// An outlet.
    Outlet(&'static Outlet),
    /// A group of people.
    Group(&'static Group),
    /// A happening.
    Event,
}

static INDEX: LazyLock<Phrases<Known>> = LazyLock::new(|| {
    let bare = |n: &str| n.strip_prefix("the ").unwrap_or(n).to_owned();
    let mut all: Vec<(String, Known)> = Vec::new();
    // Of two lists with one name the earlier counts: "Georgia" is the state, "Luxembourg" the state before its capital.
    for o in outlets::all().outlet.iter().filter(|o| !o.weak) {
        all.extend(std::iter::once(&o.name).chain(&o.aliases).map(|n| (n.clone(), Known::Outlet(o))));
    }
    for c in countries::all() {
        all.extend(std::iter::once(&c.name).chain(&c.names).map(|n| (bare(n), Known::Country(c))));
        all.extend(c.forms().map(|n| (n, Known::Demonym(c))));
    }
    for c in countries::all() {
        all.extend(c.seats.iter().map(|n| (bare(n), Known::Seat(c))));
        all.extend(
            std::iter::once(&c.capital).chain(&c.capital_names).map(|n| (n.clone(), Known::Capital(c))),
        );
    }
    for o in organizations::all() {
        all.extend(std::iter::once(&o.name).chain(&o.aliases).map(|n| (bare(n), Known::Organization(o))));
    }
    for r in &regions::all().region {
        all.extend(std::iter::once(&r.name).chain(&r.names).map(|n| (bare(n), Known::Region(r))));
    }
    for g in groups::all() {
        all.extend(g.forms.iter().map(|n| (n.clone(), Known::Group(g))));
    }
    all.extend(named_events::all().names.iter().map(|n| (n.clone(), Known::Event)));
    all.extend(cities::forms().map(|(n, _)| (n.to_owned(), Known::City)));
    Phrases::new(all)
});

/// The longest known name that starts at byte `at`; `fold` ignores case, for lines in capitals.
#[must_use]
pub fn at(text: &str, at: usize, fold: bool) -> Option<(usize, Known)> {
    INDEX.longest(text, at, fold).map(|(end, k)| (end, *k))
}

/// What a whole name stands for, "the" before it or not.
#[must_use]
pub fn get(name: &str) -> Option<Known> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    INDEX.get(name, false).or_else(|| INDEX.get(bare, false)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_leads_to_one_thing() {
        assert!(matches!(get("Georgia"), Some(Known::Country(c)) if c.iso == "GEO"));
        assert!(matches!(get("the Kremlin"), Some(Known::Seat(c)) if c.iso == "RUS"));
        assert!(matches!(get("Oslo"), Some(Known::Capital(_))));
        assert!(matches!(get("Bergen"), Some(Known::City)));
        assert!(matches!(get("New York Times"), Some(Known::Outlet(_))));
        assert_eq!(at("Osloans", 0, false), None);
    }
}
