//! Small words around numbers (`data/counting.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    list: Vec<List>,
}

#[derive(Debug, Default, Deserialize)]
struct List {
    name: String,
    words: String,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

static LISTS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let file: File = parse(include_str!("../data/counting.toml"));
    file.list.into_iter().map(|l| (l.name, l.words.split_whitespace().map(str::to_owned).collect())).collect()
});

/// Whether a word in lower case is in a list.
#[must_use]
pub fn is(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|l| l.contains(word))
}

/// Whether a word in lower case is a noun in the plural, by its form.
#[must_use]
pub fn is_plural(word: &str) -> bool {
    is("plural", word)
        || word.len() > 4
            && word.ends_with("men")
            && !matches!(word, "specimen" | "regimen" | "abdomen" | "ramen")
        || word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("ous")
            && !is("singular", word)
            && !is("stop", word)
}

/// Whether a word names people, or one of them, by the list or its ending: "nurses", "a smuggler".
#[must_use]
pub fn is_person(word: &str) -> bool {
    let low = word.to_lowercase();
    // "copper" ends as "trooper" does.
    if is("goods", &low) {
        return false;
    }
    let ending = |w: &str| {
        LISTS
            .get("person ending")
            .is_some_and(|l| l.iter().any(|e| w.len() > e.len() + 1 && w.ends_with(e.as_str())))
    };
    let listed = |w: &str| is("person", w) || ending(w);
    listed(&low) || !is_plural(&low) && listed(&format!("{low}s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/counting.toml")).unwrap();
        for l in &file.list {
            assert!(is(&l.name, &l.example), "{}: {}", l.name, l.example);
        }
        assert!(is_plural("houses") && is_plural("women") && !is_plural("bus") && !is_plural("house"));
    }
}
