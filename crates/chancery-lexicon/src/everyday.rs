//! Verbs that tell no happening with certain objects (`data/everyday.toml`): "met the deadline", "fought the disease".

use crate::phrase::parse;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    sense: Vec<Sense>,
}

/// Verbs and the objects with which they tell no happening.
#[derive(Debug, Deserialize)]
pub struct Sense {
    /// Dictionary forms of the verbs.
    pub verbs: Vec<String>,
    objects: Vec<String>,
    /// Whether it does not matter whose the object is.
    #[serde(default)]
    pub owned: bool,
    /// A sentence that tells no happening by such a verb.
    pub example: String,
}

impl Sense {
    /// Whether a noun, in its dictionary form, is one of the objects.
    #[must_use]
    pub fn has(&self, noun: &str) -> bool {
        self.objects.iter().any(|o| o == noun)
    }
}

static SENSES: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/everyday.toml")));

/// All of them.
#[must_use]
pub fn all() -> &'static [Sense] {
    &SENSES.sense
}

/// Those of a verb, in its dictionary form.
pub fn of(verb: &str) -> impl Iterator<Item = &'static Sense> {
    all().iter().filter(move |s| s.verbs.iter().any(|v| v == verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_an_object_counts_only_with_its_verb() {
        assert!(all().len() >= 10 && all().iter().all(|s| !s.verbs.is_empty() && !s.example.is_empty()));
        assert!(of("meet").any(|s| s.owned && s.has("deadline")));
        assert!(!of("bomb").any(|s| s.has("deadline")) && !of("meet").any(|s| s.has("minister")));
    }
}
