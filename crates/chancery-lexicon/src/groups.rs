//! Peoples, religions and those who fight (`data/groups.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::sync::LazyLock;

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// Name, as the record prints it.
    pub name: String,
    /// Printed forms.
    pub forms: Vec<String>,
    /// ISO 3166-1 alpha-3, when it lives in one state.
    pub country: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    group: Vec<Group>,
    fighters: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    name: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/groups.toml")));
static INDEX: LazyLock<Phrases<&'static Group>> =
    LazyLock::new(|| Phrases::new(all().iter().flat_map(|g| g.forms.iter().map(move |f| (f.clone(), g)))));

/// The groups.
#[must_use]
pub fn all() -> &'static [Group] {
    &FILE.group
}

/// The group of a printed form.
#[must_use]
pub fn by_form(form: &str) -> Option<&'static Group> {
    INDEX.get(form, false).copied()
}

/// Whether a word means those who fight ("rebels").
#[must_use]
pub fn is_fighter(word: &str) -> bool {
    let word = word.to_lowercase();
    FILE.fighters.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/groups.toml")).unwrap();
        for e in &file.example {
            assert_eq!(by_form(&e.text).map(|g| &g.name), Some(&e.name));
        }
        let codes: Vec<_> = file.group.iter().filter_map(|g| g.country.as_deref()).collect();
        assert!(codes.iter().all(|c| crate::countries::by_iso(c).is_some()));
        assert!(is_fighter("Insurgents") && !is_fighter("farmers"));
    }
}
