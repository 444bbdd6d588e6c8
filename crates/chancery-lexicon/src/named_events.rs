//! Happenings with a name of their own (`data/events.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::sync::LazyLock;

/// The file.
#[derive(Debug, Default, Deserialize)]
pub struct NamedEvents {
    /// Known names.
    pub names: Vec<String>,
    /// Capitalised words that end such a name ("Accords").
    pub heads: Vec<String>,
    /// Capitalised words that begin one ("Operation").
    pub first: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    known: bool,
}

static FILE: LazyLock<NamedEvents> = LazyLock::new(|| parse(include_str!("../data/events.toml")));
static INDEX: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(FILE.names.iter().map(|n| (n.clone(), ()))));

/// The lists.
#[must_use]
pub fn all() -> &'static NamedEvents {
    &FILE
}

/// Whether a name is a known happening.
#[must_use]
pub fn is_known(name: &str) -> bool {
    INDEX.get(name, false).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: NamedEvents = toml::from_str(include_str!("../data/events.toml")).unwrap();
        for e in &file.example {
            assert_eq!(is_known(&e.text), e.known, "{}", e.text);
        }
    }
}
