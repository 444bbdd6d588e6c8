//! What a happening is about: PLOVER contexts by words (`data/contexts.toml`), and modes of demands, refusals, threats
//! and promises by the deed they speak of (`data/contents.toml`).

use crate::phrase::parse;
use chancery_model::vocab::EventType;
use serde::Deserialize;
use std::sync::LazyLock;

/// A context and the words that give it.
#[derive(Debug, Clone, Deserialize)]
pub struct Context {
    /// PLOVER context.
    pub name: String,
    words: Vec<String>,
    /// A sentence with the happening in square brackets.
    pub example: String,
}

/// The mode that a deed gives to what speaks of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Content {
    /// What speaks of it.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The types of the deed.
    pub deeds: Vec<EventType>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// A sentence that must be read so.
    pub example: String,
}

#[derive(Debug, Default, Deserialize)]
struct Contexts {
    context: Vec<Context>,
}

#[derive(Debug, Default, Deserialize)]
struct Contents {
    content: Vec<Content>,
}

static CONTEXTS: LazyLock<Contexts> = LazyLock::new(|| parse(include_str!("../data/contexts.toml")));
static CONTENTS: LazyLock<Contents> = LazyLock::new(|| parse(include_str!("../data/contents.toml")));

/// Every context, in the order of the file.
#[must_use]
pub fn all() -> &'static [Context] {
    &CONTEXTS.context
}

/// Every mode by content, in the order of the file.
#[must_use]
pub fn contents() -> &'static [Content] {
    &CONTENTS.content
}

/// What a deed of one type gives to a happening of another that speaks of it.
#[must_use]
pub fn content(kind: EventType, deed: EventType) -> Option<&'static Content> {
    CONTENTS.content.iter().find(|c| c.kind == kind && c.deeds.contains(&deed))
}

/// The contexts of some text: its words in lower case as printed, and in dictionary form, each with a space before and
/// after.
pub fn of<'t>(printed: &'t str, lemmas: &'t str) -> impl Iterator<Item = &'static str> + 't {
    CONTEXTS.context.iter().filter_map(move |c| {
        let found = c.words.iter().any(|w| {
            let w = format!(" {} ", w.replace('-', " - "));
            printed.contains(&w) || lemmas.contains(&w)
        });
        found.then_some(c.name.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sound() {
        assert!(toml::from_str::<Contexts>(include_str!("../data/contexts.toml")).is_ok());
        assert!(toml::from_str::<Contents>(include_str!("../data/contents.toml")).is_ok());
        assert_eq!(of(" the armies met ", " the army meet ").collect::<Vec<_>>(), ["military"]);
    }
}
