//! Nouns that head the words for an unnamed speaker (`data/unnamed.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    heads: BTreeMap<String, Vec<String>>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    head: String,
    sector: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/unnamed.toml")));
static INDEX: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::new(FILE.heads.iter().flat_map(|(s, ws)| ws.iter().map(move |w| (w.clone(), s.as_str()))))
});

/// The head noun at a byte: its end and its CAMEO sector.
#[must_use]
pub fn head_at(text: &str, at: usize) -> Option<(usize, &'static str)> {
    INDEX.longest(text, at, true).map(|(end, s)| (end, *s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/unnamed.toml")).unwrap();
        for e in &file.example {
            let at = e.text.find(&e.head).unwrap();
            assert_eq!(head_at(&e.text, at), Some((at + e.head.len(), e.sector.as_str())));
        }
    }
}
