//! Plain words that bear a capital letter without being names (`data/common.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    words: String,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    text: String,
    plain: bool,
}

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let file: File = parse(include_str!("../data/common.toml"));
    file.words.split_whitespace().map(str::to_owned).collect()
});

/// Whether a word, in any case, is plain.
#[must_use]
pub fn is_plain(word: &str) -> bool {
    WORDS.contains(word) || WORDS.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/common.toml")).unwrap();
        for e in &file.example {
            assert_eq!(is_plain(&e.text), e.plain, "{}", e.text);
        }
    }
}
