//! Organisations: known ones, and the words that make one of a name (`data/organizations.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Organization {
    /// Name, as the record prints it.
    pub name: String,
    /// Acronyms and other printed forms.
    pub aliases: Vec<String>,
    /// CAMEO sector.
    pub sector: String,
    /// ISO 3166-1 alpha-3, when it belongs to one state.
    pub country: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    org: Vec<Organization>,
    heads: BTreeMap<String, Vec<String>>,
    bodies: BTreeMap<String, Vec<String>>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    name: String,
    sector: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/organizations.toml")));
static INDEX: LazyLock<Phrases<&'static Organization>> = LazyLock::new(|| {
    Phrases::new(
        all().iter().flat_map(|o| std::iter::once(&o.name).chain(&o.aliases).map(move |n| (n.clone(), o))),
    )
});
static HEADS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| by_sector(&FILE.heads));
static BODIES: LazyLock<Phrases<&'static str>> = LazyLock::new(|| by_sector(&FILE.bodies));

fn by_sector(lists: &'static BTreeMap<String, Vec<String>>) -> Phrases<&'static str> {
    Phrases::new(lists.iter().flat_map(|(s, words)| words.iter().map(move |w| (w.clone(), s.as_str()))))
}

/// The known organisations.
#[must_use]
pub fn all() -> &'static [Organization] {
    &FILE.org
}

/// The organisation of a name or acronym, "the" before it or not.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Organization> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    INDEX.get(name, false).or_else(|| INDEX.get(bare, false)).copied()
}

/// The capitalised head ("Ministry", "Liberation Front") that starts at a byte: its end and its CAMEO sector.
#[must_use]
pub fn head_at(text: &str, at: usize, fold: bool) -> Option<(usize, &'static str)> {
    HEADS.longest(text, at, fold).map(|(end, s)| (end, *s))
}

/// The common noun for a body ("foreign ministry") that starts at a byte: its end and its CAMEO sector.
#[must_use]
pub fn body_at(text: &str, at: usize) -> Option<(usize, &'static str)> {
    BODIES.longest(text, at, true).map(|(end, s)| (end, *s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/organizations.toml")).unwrap();
        for e in &file.example {
            if e.name.is_empty() {
                let head = head_at(&e.text, 0, false).or_else(|| body_at(&e.text, 0));
                assert_eq!(head, Some((e.text.len(), e.sector.as_str())));
            } else {
                let found = by_name(&e.text).unwrap();
                assert_eq!((&found.name, &found.sector), (&e.name, &e.sector));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        for o in &file.org {
            assert!(o.country.iter().all(|c| crate::countries::by_iso(c).is_some()), "{}", o.name);
            for n in std::iter::once(&o.name).chain(&o.aliases) {
                assert!(seen.insert(n), "{n} twice");
            }
        }
    }
}
