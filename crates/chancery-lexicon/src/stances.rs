//! Words that tell where somebody stands (`data/stances.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    conditions: Vec<String>,
    against: Vec<String>,
    favour: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    stance: Option<String>,
}

/// What a word says of a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A condition follows.
    Condition,
    /// Against.
    Against,
    /// For.
    For,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/stances.toml")));
static WORDS: LazyLock<Phrases<Cue>> = LazyLock::new(|| {
    let list = |ws: &'static [String], c: Cue| ws.iter().map(move |w| (w.clone(), c));
    // Of two equal phrases the first counts: "do not object" is no refusal.
    Phrases::new(
        list(&FILE.conditions, Cue::Condition)
            .chain(list(&FILE.favour, Cue::For))
            .chain(list(&FILE.against, Cue::Against)),
    )
});

/// The first stance that some words tell, where it stands, and the byte at which a condition begins.
#[must_use]
pub fn of(text: &str) -> Option<(Cue, usize, Option<usize>)> {
    let starts = text.char_indices().filter(|(n, c)| {
        c.is_alphabetic()
            && text
                .get(..*n)
                .is_none_or(|b| !b.ends_with(|x: char| x.is_alphanumeric() || x == '\'' || x == '’'))
    });
    let (mut first, mut condition) = (None, None);
    for (n, _) in starts {
        match WORDS.longest(text, n, true) {
            Some((_, Cue::Condition)) => condition = condition.or(Some(n)),
            Some((_, c)) => first = first.or(Some((*c, n))),
            None => {}
        }
    }
    match (first, condition) {
        (Some((_, n)), Some(k)) => Some((Cue::Condition, n.min(k), Some(k))),
        (Some((c, n)), None) => Some((c, n, None)),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/stances.toml")).unwrap();
        for e in &file.example {
            let found = of(&e.text).map(|f| match f.0 {
                Cue::Condition => "conditional",
                Cue::Against => "against",
                Cue::For => "for",
            });
            assert_eq!(found, e.stance.as_deref(), "{}", e.text);
        }
    }
}
