//! Given names of many cultures (`data/given_names.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    male: String,
    female: String,
    either: String,
    weak: String,
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

#[cfg(test)]
mod tests {
    use super::*;

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
