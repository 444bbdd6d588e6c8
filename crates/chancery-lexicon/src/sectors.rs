//! Words and the CAMEO sector they point to (`data/sectors.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    sector: Vec<Sector>,
}

#[derive(Debug, Default, Deserialize)]
struct Sector {
    code: String,
    words: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/sectors.toml")));

/// The sector that a name, title or description points to.
#[must_use]
pub fn of(words: &str) -> Option<&'static str> {
    let low = format!(" {} ", words.to_lowercase().replace(['-', '\n', ',', '’', '\''], " "));
    let hit = |w: &String| low.contains(&format!(" {w} "));
    FILE.sector.iter().find(|s| s.words.iter().any(hit)).map(|s| s.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/sectors.toml")).unwrap();
        for s in &file.sector {
            assert_eq!(of(&s.example), Some(s.code.as_str()), "{}", s.example);
        }
        assert_eq!(of("a bowl of soup"), None);
    }
}
