//! States: codes, names, words for their people, capitals and seats of government (`data/countries.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A state, present or past.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3; for past states the code withdrawn in ISO 3166-3.
    pub iso: String,
    /// English name, as the record prints it.
    pub name: String,
    /// Other printed names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Adjectives and nouns for its people; a plural in -s is understood.
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Other words for its people, plurals written out.
    #[serde(default)]
    pub people: Vec<String>,
    /// Capital; empty for past states without one of their own.
    #[serde(default)]
    pub capital: String,
    /// Other names of the capital.
    #[serde(default)]
    pub capital_names: Vec<String>,
    /// Buildings, streets and bodies whose names stand for the government.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Whether the state is no more.
    #[serde(default)]
    pub past: bool,
}

impl Country {
    /// Whether a demonym form is a plural noun ("Norwegians", "Danes").
    #[must_use]
    pub fn is_plural(&self, word: &str) -> bool {
        word.ends_with('s') && !self.demonyms.iter().any(|d| d == word) || word.ends_with("men")
    }

    /// Every demonym form.
    pub fn forms(&self) -> impl Iterator<Item = String> {
        let plural = self.demonyms.iter().filter(|d| takes_s(d)).map(|d| format!("{d}s"));
        self.demonyms.iter().cloned().chain(plural).chain(self.people.iter().cloned())
    }
}

fn takes_s(word: &str) -> bool {
    !["ish", "ese", "ch", "s", "wiss"].iter().any(|e| word.ends_with(e))
}

#[derive(Debug, Default, Deserialize)]
struct File {
    country: Vec<Country>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    example: Vec<Example>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
struct Example {
    text: String,
    r#as: String,
    iso: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/countries.toml")));

static INDEX: LazyLock<HashMap<(&'static str, String), &'static Country>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for c in all() {
        let names = std::iter::once(&c.name).chain(&c.names).map(|n| ("name", n.clone()));
        let people = c.forms().map(|n| ("demonym", n));
        let capitals = std::iter::once(&c.capital).chain(&c.capital_names).map(|n| ("capital", n.clone()));
        let seats = c.seats.iter().map(|n| ("seat", n.clone()));
        for (kind, n) in names.chain(people).chain(capitals).chain(seats).filter(|(_, n)| !n.is_empty()) {
            let n = n.strip_prefix("the ").or_else(|| n.strip_prefix("The ")).unwrap_or(&n).to_owned();
            map.entry((kind, n)).or_insert(c);
        }
        map.insert(("iso", c.iso.clone()), c);
    }
    map
});

fn get(kind: &'static str, word: &str) -> Option<&'static Country> {
    let word = word.strip_prefix("the ").or_else(|| word.strip_prefix("The ")).unwrap_or(word);
    INDEX.get(&(kind, word.replace('’', "'"))).copied()
}

/// Every state, in the order of the file.
#[must_use]
pub fn all() -> &'static [Country] {
    &FILE.country
}

/// The state of a code.
#[must_use]
pub fn by_iso(code: &str) -> Option<&'static Country> {
    get("iso", code)
}

/// The state of a name ("Norway", "the Netherlands").
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Country> {
    get("name", name)
}

/// The state of an adjective or a noun for its people ("Norwegian", "Danes").
#[must_use]
pub fn by_demonym(word: &str) -> Option<&'static Country> {
    get("demonym", word)
}

/// The state whose capital it is.
#[must_use]
pub fn by_capital(name: &str) -> Option<&'static Country> {
    get("capital", name)
}

/// The state whose government the name of a building, street or body stands for.
#[must_use]
pub fn by_seat(name: &str) -> Option<&'static Country> {
    get("seat", name)
}

static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/iso.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once('\t')).collect()
});

/// The alpha-3 code of what somebody writes for a country: alpha-2 ("no"), alpha-3 ("NOR") or a name ("Norway").
#[must_use]
pub fn code_of(words: &str) -> Option<String> {
    let up = words.trim().to_uppercase();
    let two = CODES.get(up.as_str()).map(|c| (*c).to_owned());
    let three = || (up.len() == 3 && CODES.values().any(|c| *c == up)).then(|| up.clone());
    let named = || {
        let names = |c: &&Country| {
            std::iter::once(&c.name).chain(&c.names).any(|n| n.eq_ignore_ascii_case(words.trim()))
        };
        all().iter().find(names).map(|c| c.iso.clone())
    };
    two.or_else(three).or_else(named)
}

static POINTS: LazyLock<BTreeMap<&'static str, (f64, f64)>> = LazyLock::new(|| {
    let rows = include_str!("../data/country_points.tsv").lines().filter(|l| !l.starts_with('#'));
    let row = |l: &'static str| {
        let mut cells = l.split('\t');
        Some((cells.next()?, (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)))
    };
    rows.filter_map(row).collect()
});

/// A point inside a country, degrees north and east (Natural Earth; see `data/NOTICE.md`).
#[must_use]
pub fn point(iso: &str) -> Option<(f64, f64)> {
    POINTS.get(iso).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_two_and_three_letters_and_names() {
        for (words, code) in
            [("no", Some("NOR")), ("NOR", Some("NOR")), ("norway", Some("NOR")), ("Atlantis", None)]
        {
            assert_eq!(code_of(words).as_deref(), code, "{words}");
        }
    }

    #[test]
    fn every_state_of_today_lies_somewhere() {
        let lost: Vec<&str> =
            all().iter().filter(|c| !c.past && point(&c.iso).is_none()).map(|c| c.iso.as_str()).collect();
        // Tuvalu is too small for the outlines.
        assert!(lost.len() <= 1, "{lost:?}");
        assert!(
            point("NOR").is_some_and(|(lat, lon)| (58.0..71.0).contains(&lat) && (4.0..31.0).contains(&lon))
        );
    }

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/countries.toml")).unwrap();
        assert!(file.country.iter().filter(|c| !c.past).count() >= 195);
        for e in &file.example {
            let found = match e.r#as.as_str() {
                "demonym" => by_demonym(&e.text),
                "capital" => by_capital(&e.text),
                "seat" => by_seat(&e.text),
                _ => by_name(&e.text),
            };
            assert_eq!(found.map_or("", |c| c.iso.as_str()), e.iso, "{}", e.text);
        }
    }

    #[test]
    fn codes_are_unique_and_every_state_finds_itself() {
        let mut seen = std::collections::BTreeSet::new();
        for c in all() {
            assert!(seen.insert(&c.iso), "{} twice", c.iso);
            assert_eq!(c.iso.len(), 3);
            assert_eq!(by_name(&c.name), Some(c), "{}", c.name);
            for d in c.forms() {
                assert_eq!(by_demonym(&d).map(|x| &x.iso), Some(&c.iso), "{d}");
            }
            for s in &c.seats {
                assert_eq!(by_seat(s).map(|x| &x.iso), Some(&c.iso), "{s}");
            }
            assert!(c.past || by_capital(&c.capital) == Some(c), "{}", c.capital);
        }
    }
}
