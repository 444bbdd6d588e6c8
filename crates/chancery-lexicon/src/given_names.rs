//! Given names of many cultures (`data/given_names.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    male: String,
    female: String,
    either: String,
    weak: String,
    pet: String,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    sex: String,
}

/// What a given name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenName {
    /// `Some('m')`, `Some('f')`, or `None` when the name does not tell.
    pub sex: Option<char>,
    /// Whether it is a plain word, a month or a place too.
    pub weak: bool,
}

static INDEX: LazyLock<HashMap<String, GivenName>> = LazyLock::new(|| {
    let file: File = parse(include_str!("../data/given_names.toml"));
    let mut map: HashMap<String, GivenName> = HashMap::new();
    for (list, sex) in [(&file.male, Some('m')), (&file.female, Some('f')), (&file.either, None)] {
        for name in list.split_whitespace() {
            let seen = map.entry(name.to_owned()).or_insert(GivenName { sex, weak: false });
            if seen.sex != sex {
                seen.sex = None;
            }
        }
    }
    for name in file.weak.split_whitespace() {
        map.entry(name.to_owned()).or_insert(GivenName { sex: None, weak: true }).weak = true;
    }
    map
});

/// What a word tells as a given name; `None` when it is not in the list.
#[must_use]
pub fn get(word: &str) -> Option<GivenName> {
    INDEX.get(word).copied()
}

static PET: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(|| {
    let file: File = parse(include_str!("../data/given_names.toml"));
    let pair = |p: &str| p.split_once(':').map(|(s, l)| (s.to_lowercase(), l.to_lowercase()));
    file.pet.split_whitespace().filter_map(pair).collect()
});

/// Whether one given name, in lower case, is a short form of another: "ed" of "edward", "bill" of "william".
#[must_use]
pub fn is_pet(short: &str, long: &str) -> bool {
    let begins = short.len() >= 2 && short.len() < long.len() && long.starts_with(short);
    begins || PET.contains(&(short.to_owned(), long.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_known() {
        assert!(is_pet("ed", "edward") && is_pet("bill", "william") && is_pet("jack", "john"));
        assert!(!is_pet("ed", "ed") && !is_pet("william", "bill") && !is_pet("e", "edward"));
    }

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/given_names.toml")).unwrap();
        for e in &file.example {
            let sex = get(&e.text).unwrap().sex;
            assert_eq!(sex.map(String::from).unwrap_or_default(), e.sex, "{}", e.text);
        }
        assert!(INDEX.len() > 800);
        assert!(get("Grace").is_some_and(|g| g.weak) && get("table").is_none());
    }
}
