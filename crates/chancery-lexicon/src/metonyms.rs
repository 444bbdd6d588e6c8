//! When a name of a place stands for those who sit there (`data/metonyms.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    house: Vec<House>,
    shared: Vec<Shared>,
    list: Vec<List>,
}

#[derive(Debug, Default, Deserialize)]
struct House {
    name: String,
    body: String,
    country: Option<String>,
}

/// A capital that seats a union of states too.
#[derive(Debug, Default, Deserialize)]
pub struct Shared {
    name: String,
    /// The union.
    pub body: String,
    /// Bodies of the union: one of them is named where the capital stands for it.
    pub bodies: Vec<String>,
    /// The country it is the capital of, ISO 3166-1 alpha-3.
    pub country: String,
}

#[derive(Debug, Default, Deserialize)]
struct List {
    name: String,
    words: String,
    #[cfg(test)]
    example: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/metonyms.toml")));
static LISTS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    FILE.list.iter().map(|l| (l.name.as_str(), l.words.split_whitespace().collect())).collect()
});

/// Whether a word in lower case is in a list.
#[must_use]
pub fn is(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|l| l.contains(word))
}

/// The body whose house a name is, and its country.
#[must_use]
pub fn house(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let bare =
        name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).replace('’', "'");
    let found = FILE.house.iter().find(|h| h.name == bare)?;
    Some((found.body.as_str(), found.country.as_deref()))
}

/// The union of states that a city seats.
#[must_use]
pub fn shared(name: &str) -> Option<&'static Shared> {
    FILE.shared.iter().find(|s| s.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/metonyms.toml")).unwrap();
        for l in &file.list {
            assert!(is(&l.name, &l.example), "{}: {}", l.name, l.example);
        }
        assert_eq!(house("the Quai d’Orsay"), Some(("French Foreign Ministry", Some("FRA"))));
        assert_eq!(house("Oslo"), None);
    }
}
