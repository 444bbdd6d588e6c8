//! Which nouns stand for somebody who can act or be acted upon (`data/people.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    nouns: BTreeSet<String>,
    bodies: BTreeSet<String>,
    endings: Vec<String>,
    things: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    noun: String,
    acts: bool,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/people.toml")));

/// Whether a noun, in lower case, stands for people or a body of people.
#[must_use]
pub fn acts(noun: &str) -> bool {
    FILE.bodies.contains(noun)
        || singulars(noun).any(|w| {
            let w = w.as_str();
            FILE.nouns.contains(w)
                || FILE.bodies.contains(w)
                || w.len() > 4
                    && !FILE.things.contains(w)
                    && FILE.endings.iter().any(|e| w.ends_with(e.as_str()))
        })
}

/// Whether a noun, in lower case, stands for one or more persons, and not for a body of them.
#[must_use]
pub fn person(noun: &str) -> bool {
    acts(noun) && !singulars(noun).any(|w| FILE.bodies.contains(w.as_str()))
}

/// The word itself, and what it would be in the singular.
fn singulars(noun: &str) -> impl Iterator<Item = String> {
    let ies = noun.strip_suffix("ies").map(|s| format!("{s}y"));
    let ves = noun.strip_suffix("ves").map(|s| format!("{s}fe"));
    let es = noun.strip_suffix("es").map(str::to_owned);
    let s = noun.strip_suffix('s').filter(|s| !s.ends_with('s')).map(str::to_owned);
    let men = noun.strip_suffix("men").map(|s| format!("{s}man"));
    let children = (noun == "children").then(|| "child".to_owned());
    let plural = s.is_some() || ies.is_some();
    // "headquarters" is no quarter: a plural is asked for by its singular alone.
    let own = (!plural).then(|| noun.to_owned());
    own.into_iter().chain(ies).chain(ves).chain(es).chain(s).chain(men).chain(children)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/people.toml")).unwrap();
        for e in &file.example {
            assert_eq!(acts(&e.noun), e.acts, "{}", e.noun);
        }
    }
}
