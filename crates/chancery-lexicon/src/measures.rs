//! What figures measure, and the kinship of words that say it (`data/measures.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    measure: Vec<Measure>,
    not_after: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Measure {
    measure: String,
    verbs: Vec<String>,
    nouns: Vec<String>,
    counted: Vec<String>,
    #[serde(default)]
    deeds: Vec<String>,
    #[serde(default)]
    toll: bool,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

/// How a word tells a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A verb or participle ("were killed").
    Verb,
    /// A noun that is counted by the measure ("50 dead").
    Noun,
    /// A thing whose number is the measure ("300 troops").
    Counted,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/measures.toml")));
static WORDS: LazyLock<Phrases<(Sense, &'static str)>> = LazyLock::new(|| {
    Phrases::new(FILE.measure.iter().flat_map(|m| {
        let list =
            |ws: &'static [String], s: Sense| ws.iter().map(move |w| (w.clone(), (s, m.measure.as_str())));
        list(&m.verbs, Sense::Verb).chain(list(&m.nouns, Sense::Noun)).chain(list(&m.counted, Sense::Counted))
    }))
});

/// The word or phrase at a byte that tells a measure: its end, how, and which.
#[must_use]
pub fn at(text: &str, at: usize) -> Option<(usize, Sense, &'static str)> {
    WORDS.longest(text, at, true).map(|(end, (s, m))| (end, *s, *m))
}

/// The measure of what is done to those whom a noun for a deed is followed by ("the murder of").
#[must_use]
pub fn of_deed(word: &str) -> Option<&'static str> {
    FILE.measure
        .iter()
        .find(|m| m.deeds.iter().any(|d| d.eq_ignore_ascii_case(word)))
        .map(|m| m.measure.as_str())
}

/// The listed measure of that name.
#[must_use]
pub fn name(measure: &str) -> Option<&'static str> {
    FILE.measure.iter().map(|m| m.measure.as_str()).find(|m| *m == measure)
}

/// Whether a measure is of what is done to people or things. A bare count of something may count two things; two tolls
/// of one thing for one moment exclude each other.
#[must_use]
pub fn is_toll(measure: &str) -> bool {
    FILE.measure.iter().any(|m| m.toll && m.measure == measure)
}

/// Whether a number right after this word claims nothing ("Resolution 12").
#[must_use]
pub fn bars_number(word: &str) -> bool {
    let word = word.to_lowercase();
    FILE.not_after.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/measures.toml")).unwrap();
        for m in &file.measure {
            let starts =
                m.example.char_indices().filter(|(n, _)| *n == 0 || m.example.as_bytes()[n - 1] == b' ');
            let found: Vec<_> = starts.filter_map(|(n, _)| at(&m.example, n)).map(|f| f.2).collect();
            assert!(found.contains(&m.measure.as_str()), "{}: {found:?}", m.example);
        }
        assert!(is_toll("killed") && !is_toll("votes") && !is_toll("count"));
        assert_eq!(
            (of_deed("Murder"), of_deed("release"), of_deed("picture")),
            (Some("killed"), Some("released"), None)
        );
        assert!(bars_number("Resolution") && !bars_number("killed"));
    }
}
