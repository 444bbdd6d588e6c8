//! Regions, seas and areas, and the words that make a place of a name (`data/regions.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::sync::LazyLock;

/// A region.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Region {
    /// Name, as the record prints it.
    pub name: String,
    /// Other printed names.
    #[serde(default)]
    pub names: Vec<String>,
    /// ISO 3166-1 alpha-3, when it lies in one state.
    pub country: Option<String>,
    /// Whether it is one ground or part of a city.
    #[serde(default)]
    pub site: bool,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
pub struct Regions {
    /// Regions.
    pub region: Vec<Region>,
    /// Words that make a place of the name they end ("Province").
    pub heads: Vec<String>,
    /// Those of them that name one building or ground.
    pub sites: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    name: String,
    country: String,
}

static FILE: LazyLock<Regions> = LazyLock::new(|| parse(include_str!("../data/regions.toml")));

/// The list.
#[must_use]
pub fn all() -> &'static Regions {
    &FILE
}

/// The region of a name, "the" before it or not.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Region> {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let the = format!("the {name}");
    FILE.region.iter().find(|r| r.name == name || r.names.iter().any(|n| n == name || *n == the))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: Regions = toml::from_str(include_str!("../data/regions.toml")).unwrap();
        for e in &file.example {
            let found = by_name(&e.text).unwrap();
            assert_eq!(found.name, e.name);
            assert_eq!(found.country.as_deref().unwrap_or(""), e.country);
        }
        for r in &file.region {
            if let Some(c) = &r.country {
                assert!(crate::countries::by_iso(c).is_some(), "{}: {c}", r.name);
            }
        }
    }
}
