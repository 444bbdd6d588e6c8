//! Media: by what means a thing was said ("in an interview", "on state television").

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A medium with the words that name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// The word the record writes.
    pub medium: String,
    /// Phrases, lower case.
    pub words: Vec<String>,
    /// A sentence whose statement must get this medium.
    pub example: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    medium: Vec<Medium>,
    carried: Vec<String>,
    occasions: Vec<String>,
    through: Vec<String>,
}

/// The list, with its index.
#[derive(Debug, Default)]
pub struct Media {
    /// Every medium.
    pub all: Vec<Medium>,
    /// Verb forms after which "by" names who carried the words.
    pub carried: Vec<String>,
    /// Nouns after which "with" or "to" names whom somebody spoke to.
    pub occasions: Vec<String>,
    /// Nouns for those through whom somebody lets words be known.
    pub through: Vec<String>,
    by_phrase: BTreeMap<String, usize>,
}

/// What is wrong with a list of media.
#[derive(Debug, thiserror::Error)]
#[error("media.toml: {0}")]
pub struct MediaError(#[from] toml::de::Error);

impl Media {
    /// Reads a list.
    ///
    /// # Errors
    /// When the text is not TOML of this form.
    pub fn parse(text: &str) -> Result<Self, MediaError> {
        let file: File = toml::from_str(text)?;
        let mut by_phrase = BTreeMap::new();
        for (n, m) in file.medium.iter().enumerate() {
            for w in &m.words {
                by_phrase.insert(w.clone(), n);
            }
        }
        Ok(Self {
            all: file.medium,
            carried: file.carried,
            occasions: file.occasions,
            through: file.through,
            by_phrase,
        })
    }

    /// The medium of a phrase of up to three words (lower case).
    #[must_use]
    pub fn of(&self, phrase: &str) -> Option<&Medium> {
        self.by_phrase.get(phrase).and_then(|n| self.all.get(*n))
    }
}

/// The list that comes with the program.
#[must_use]
pub fn media() -> &'static Media {
    static MEDIA: OnceLock<Media> = OnceLock::new();
    // A list that does not parse is caught by the test below, so an empty one here never ships.
    MEDIA.get_or_init(|| Media::parse(include_str!("../data/media.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_parses_and_no_phrase_has_two_media() {
        let media = Media::parse(include_str!("../data/media.toml")).unwrap();
        let mut seen = BTreeMap::new();
        for m in &media.all {
            for w in &m.words {
                assert_eq!(*w, w.to_lowercase(), "{w} must be in lower case");
                assert_eq!(seen.insert(w.clone(), m.medium.clone()), None, "{w} is listed twice");
            }
        }
        assert_eq!(media.of("phone interview").map(|m| m.medium.as_str()), Some("telephone"));
    }
}
