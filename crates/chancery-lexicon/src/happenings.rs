//! What sets the entries of `data/happenings.toml` apart: happenings of no PLOVER type, read as patterns with those of
//! `verbs.toml`.

use crate::verbs::Form;
use serde::Deserialize;

/// What an entry of `data/happenings.toml` says besides.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Outside {
    /// Family of words within which mentions are compared (`kin.toml`).
    pub kin: Option<String>,
    /// What sets it apart from other kinds of its family.
    pub narrow: Option<String>,
    /// PLOVER contexts.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Words one of which must stand right before a noun.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words around it with which it is something else ("by a landslide").
    #[serde(default)]
    pub unless: Vec<String>,
    /// A person known by name must take part.
    #[serde(default)]
    pub named: bool,
    /// Sentences that must be read as this kind.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Sentences that must not.
    #[serde(default)]
    pub not: Vec<String>,
}

impl Outside {
    /// Whether the words around do not make a pattern from `i` to `end` something else.
    #[must_use]
    pub fn fits<'w>(
        &self,
        i: usize,
        end: usize,
        form: Form,
        word: &impl Fn(usize) -> Option<&'w str>,
    ) -> bool {
        let before = i.checked_sub(1).and_then(word).unwrap_or("");
        if form == Form::Noun && !self.after.is_empty() && !self.after.iter().any(|w| w == before) {
            return false;
        }
        !self.unless.iter().any(|phrase| {
            let phrase = phrase.replace('-', " - ");
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let from = (i + 1).saturating_sub(words.len());
            (from..end.max(i + 1)).any(|at| {
                at + words.len() > i && words.iter().enumerate().all(|(k, w)| word(at + k) == Some(w))
            })
        })
    }
}
