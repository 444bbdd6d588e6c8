//! Words that can stand for one happening (`data/kin.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    kin: Vec<Kin>,
}

#[derive(Debug, Default, Deserialize)]
struct Kin {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    lasting: bool,
    #[serde(default)]
    narrow: Vec<Narrow>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

#[derive(Debug, Default, Deserialize)]
struct Narrow {
    name: String,
    words: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/kin.toml")));

/// A family of words for happenings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Family {
    /// The family.
    pub name: &'static str,
    /// The kind within it, when the word tells.
    pub narrow: Option<&'static str>,
    /// Whether such happenings go on for weeks.
    pub lasting: bool,
}

fn fits(word: &str, list: &[String]) -> bool {
    list.iter().any(|p| match p.strip_suffix('$') {
        Some(whole) => word == whole,
        None => word.starts_with(p.as_str()),
    })
}

/// The family of several words in lower case that stand together: the entries of more than one word, begun by one of
/// the first `head` words.
#[must_use]
pub fn of_phrase(words: &[String], head: usize) -> Option<Family> {
    let phrase = words.join(" ");
    let head = words.iter().take(head).map(|w| w.len() + 1).sum::<usize>();
    FILE.kin.iter().find_map(|k| {
        let told = k.words.iter().filter(|w| w.contains(' '));
        let fits = told
            .into_iter()
            .any(|w| phrase.match_indices(w.as_str()).any(|(at, _)| at < head && begins(&phrase, at)));
        fits.then_some(Family { name: &k.name, narrow: None, lasting: k.lasting })
    })
}

/// Whether happenings of a family go on for weeks.
#[must_use]
pub fn lasts(family: &str) -> bool {
    FILE.kin.iter().any(|k| k.name == family && k.lasting)
}

/// Whether a word of a phrase begins there.
fn begins(phrase: &str, at: usize) -> bool {
    at == 0 || phrase.get(..at).is_some_and(|b| b.ends_with(' '))
}

/// The family of a word in lower case.
#[must_use]
pub fn of(word: &str) -> Option<Family> {
    FILE.kin.iter().find_map(|k| {
        let narrow = k.narrow.iter().find(|n| fits(word, &n.words)).map(|n| n.name.as_str());
        (narrow.is_some() || fits(word, &k.words)).then_some(Family {
            name: &k.name,
            narrow,
            lasting: k.lasting,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/kin.toml")).unwrap();
        for k in &file.kin {
            let words: Vec<String> = k.example.split(' ').map(str::to_owned).collect();
            let mut found: Vec<_> = words.iter().filter_map(|w| of(w)).map(|f| f.name).collect();
            found.extend(of_phrase(&words, words.len()).map(|f| f.name));
            assert!(found.contains(&k.name.as_str()), "{}: {found:?}", k.example);
        }
        assert_eq!(of("shelling").map(|f| (f.name, f.narrow)), Some(("attack", Some("shelling"))));
        assert_eq!(of("quarter"), None);
        let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(of_phrase(&words("who took over on friday"), 2).map(|f| f.name), Some("handover"));
        assert_eq!(of_phrase(&words("mistook overtures"), 2), None);
    }
}
