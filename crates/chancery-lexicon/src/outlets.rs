//! News agencies and outlets (`data/outlets.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::sync::LazyLock;

/// An outlet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Outlet {
    /// Name, as the record prints it.
    pub name: String,
    /// Other printed forms.
    pub aliases: Vec<String>,
    /// Internet domain.
    pub domain: String,
    /// Whether others reprint its copy.
    pub agency: bool,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// `newspaper`, `television`, `radio`, `magazine`; empty for agencies and web-only houses.
    #[serde(default)]
    pub medium: String,
    /// Whether its name is a plain word too, so that it counts only with a word such as "newspaper" beside it.
    #[serde(default)]
    pub weak: bool,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
pub struct Outlets {
    /// The register.
    pub outlet: Vec<Outlet>,
    /// Words that end (or, "Radio", begin) an outlet's name.
    pub heads: Vec<String>,
    /// Common nouns that, beside a name, say it is an outlet.
    pub beside: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    name: String,
    agency: bool,
}

static FILE: LazyLock<Outlets> = LazyLock::new(|| parse(include_str!("../data/outlets.toml")));
static INDEX: LazyLock<Phrases<&'static Outlet>> = LazyLock::new(|| {
    Phrases::new(
        FILE.outlet
            .iter()
            .flat_map(|o| std::iter::once(&o.name).chain(&o.aliases).map(move |n| (n.clone(), o))),
    )
});
static BESIDE: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(FILE.beside.iter().map(|b| (b.clone(), ()))));

/// The register and its words.
#[must_use]
pub fn all() -> &'static Outlets {
    &FILE
}

/// The outlet of a name or alias, "the" before it or not.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Outlet> {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    INDEX.get(name, false).or_else(|| INDEX.get(bare, false)).copied()
}

/// The end of a word for an outlet ("news agency") that starts at byte `at`.
#[must_use]
pub fn beside(text: &str, at: usize) -> Option<usize> {
    BESIDE.longest(text, at, true).map(|(end, ())| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: Outlets = toml::from_str(include_str!("../data/outlets.toml")).unwrap();
        assert!(file.outlet.len() >= 120);
        for e in &file.example {
            let found = by_name(&e.text).unwrap();
            assert_eq!((&found.name, found.agency), (&e.name, e.agency));
        }
        let mut seen = std::collections::BTreeMap::new();
        for o in &file.outlet {
            assert!(crate::countries::by_iso(&o.country).is_some(), "{}: {}", o.name, o.country);
            for n in std::iter::once(&o.name).chain(&o.aliases) {
                assert_eq!(seen.insert(n, &o.name), None, "{n} twice");
            }
        }
    }
}
