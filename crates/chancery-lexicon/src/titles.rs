//! Offices and courtesy titles (`data/titles.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    tenure: BTreeMap<String, Vec<String>>,
    modifiers: Words,
    office: Vec<Entry>,
    courtesy: Vec<Entry>,
    sex: BTreeMap<String, Vec<String>>,
    like: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Entry {
    words: Vec<String>,
    #[serde(default)]
    sector: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    office: String,
}

/// What the core of an office tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Core {
    /// CAMEO sector; empty when the office alone does not tell.
    pub sector: &'static str,
    /// Whether it is a calling, not an office held ("analyst").
    pub weak: bool,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/titles.toml")));
static CORES: LazyLock<Phrases<Core>> = LazyLock::new(|| {
    Phrases::new(
        FILE.office
            .iter()
            .flat_map(|e| e.words.iter().map(move |w| (w.clone(), Core { sector: &e.sector, weak: e.weak }))),
    )
});
static COURTESY: LazyLock<Phrases<Option<char>>> = LazyLock::new(|| {
    Phrases::new(
        FILE.courtesy.iter().flat_map(|e| e.words.iter().map(move |w| (w.clone(), e.sex.chars().next()))),
    )
});
static TENURE: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(FILE.tenure.iter().flat_map(|(k, ws)| ws.iter().map(move |w| (w.clone(), k.as_str()))))
});
static MODIFIERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| FILE.modifiers.words.iter().map(String::as_str).collect());

/// The core of an office ("prime minister") at a byte, any case: its end and what it tells.
#[must_use]
pub fn core_at(text: &str, at: usize) -> Option<(usize, Core)> {
    CORES.longest(text, at, true).map(|(end, c)| (end, *c))
}

/// The office at a byte, modifiers and all ("deputy foreign minister"), any case: its end and what its core tells.
#[must_use]
pub fn office_at(text: &str, at: usize) -> Option<(usize, Core)> {
    let mut best = None;
    let mut here = at;
    for _ in 0..8 {
        if let Some((end, core)) = core_at(text, here) {
            best = Some((end, core));
            here = end;
        } else {
            let rest = text.get(here..)?;
            let n = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            if n == 0 || !is_modifier(rest.get(..n)?) {
                break;
            }
            here += n;
        }
        let rest = text.get(here..)?;
        let gap: usize = rest.chars().take_while(|c| matches!(c, ' ' | '\n' | '-')).map(char::len_utf8).sum();
        if gap == 0 || gap > 2 || rest.get(..gap)? == "\n\n" {
            break;
        }
        here += gap;
    }
    best
}

/// The courtesy title at a byte, any case: its end and the sex it tells.
#[must_use]
pub fn courtesy_at(text: &str, at: usize) -> Option<(usize, Option<char>)> {
    COURTESY.longest(text, at, true).map(|(end, s)| (end, *s))
}

/// The word that says when an office is held, at a byte: its end and `former`, `outgoing`, `elect`, `acting` or `then`.
#[must_use]
pub fn tenure_at(text: &str, at: usize) -> Option<(usize, &'static str)> {
    TENURE.longest(text, at, true).map(|(end, t)| (end, *t))
}

/// Whether a word can stand before a core and belong to the office.
#[must_use]
pub fn is_modifier(word: &str) -> bool {
    MODIFIERS.contains(word.to_lowercase().as_str())
}

/// The sex that an office tells, if it does ("spokeswoman", "king").
#[must_use]
pub fn sex_of(office: &str) -> Option<char> {
    let office = office.to_lowercase();
    let ends =
        |list: &str| FILE.sex.get(list).is_some_and(|ws| ws.iter().any(|w| office.ends_with(w.as_str())));
    match (ends("female"), ends("male")) {
        (true, _) => Some('f'),
        (_, true) => Some('m'),
        _ => None,
    }
}

/// The class of last words of titles that name one office: "the premier" is the prime minister.
#[must_use]
pub fn like(word: &str) -> Option<usize> {
    FILE.like.iter().position(|l| l.split_whitespace().any(|w| w == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/titles.toml")).unwrap();
        for e in file.office.iter().chain(&file.courtesy) {
            assert!(!e.example.is_empty());
            let end =
                office_at(&e.example, 0).map(|f| f.0).or_else(|| courtesy_at(&e.example, 0).map(|f| f.0));
            let end = end.unwrap_or_else(|| panic!("no title in {:?}", e.example));
            if !e.office.is_empty() {
                assert_eq!(e.example[..end].to_lowercase(), e.office);
            }
        }
    }

    #[test]
    fn titles_tell_the_sex() {
        assert_eq!(sex_of("Chief Spokeswoman"), Some('f'));
        assert_eq!(sex_of("crown prince"), Some('m'));
        assert_eq!(sex_of("minister"), None);
    }
}
