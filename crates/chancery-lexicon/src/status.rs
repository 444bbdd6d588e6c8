//! Words that say whether a happening happened (`data/status.toml`).

use chancery_model::vocab::Status;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// One kind of cue.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// What it says of the happening.
    pub status: Status,
    /// Cues that stand before the event word.
    #[serde(default)]
    pub before: Vec<String>,
    /// Cues that stand after it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Auxiliaries of its verb.
    #[serde(default)]
    pub aux: Vec<String>,
    /// Verbs and adjectives it is the object, passive subject or clause of; a particle stands behind its verb.
    #[serde(default)]
    pub over: Vec<String>,
    /// Verbs whose subject it is.
    #[serde(default)]
    pub of: Vec<String>,
    /// Nouns it hangs on.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Words that modify it.
    #[serde(default)]
    pub with: Vec<String>,
    /// Sentences with the event word in square brackets.
    pub examples: Vec<String>,
}

/// A cue, cut into words.
#[derive(Debug)]
pub struct Cue {
    /// Its words, lower case.
    pub words: Vec<String>,
    /// What it says.
    pub status: Status,
    /// Whether it stands before the event word.
    pub before: bool,
}

/// How a word stands to the event word in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// An auxiliary of its verb.
    Aux,
    /// A verb or adjective above it.
    Over,
    /// A verb whose subject it is.
    Of,
    /// A noun it hangs on.
    Noun,
    /// A word that modifies it.
    With,
}

/// The list, made ready for look-up.
#[derive(Debug, Default)]
pub struct Cues {
    /// Every group, in the order of the file.
    pub groups: Vec<Group>,
    by_first: HashMap<String, Vec<Cue>>,
    linked: HashMap<(Link, String), Status>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

/// The list of `data/status.toml`; empty when the file cannot be read, which a test shows.
pub static STATUS: LazyLock<Cues> =
    LazyLock::new(|| build(include_str!("../data/status.toml")).unwrap_or_default());

fn build(data: &str) -> Result<Cues, toml::de::Error> {
    let file: File = toml::from_str(data)?;
    let mut by_first: HashMap<String, Vec<Cue>> = HashMap::new();
    for g in &file.group {
        for (list, before) in [(&g.before, true), (&g.after, false)] {
            for phrase in list {
                // As the tokens of a report: "didn't" is "did" and "n't".
                let cut = phrase.replace("n't", " n't").replace("won ", "wo ").replace("'ll", " 'll");
                let words: Vec<String> = cut.split_whitespace().map(str::to_owned).collect();
                if let Some(first) = words.first().cloned() {
                    by_first.entry(first).or_default().push(Cue { words, status: g.status, before });
                }
            }
        }
    }
    let mut linked = HashMap::new();
    for g in &file.group {
        let lists = [
            (Link::Aux, &g.aux),
            (Link::Over, &g.over),
            (Link::Of, &g.of),
            (Link::Noun, &g.nouns),
            (Link::With, &g.with),
        ];
        for (link, word) in lists.into_iter().flat_map(|(l, ws)| ws.iter().map(move |w| (l, w))) {
            linked.entry((link, word.clone())).or_insert(g.status);
        }
    }
    Ok(Cues { groups: file.group, by_first, linked })
}

impl Cues {
    /// What a word in its dictionary form says of an event word it stands to in this way.
    #[must_use]
    pub fn linked(&self, link: Link, word: &str) -> Option<Status> {
        self.linked.get(&(link, word.to_owned())).copied()
    }

    /// The cues that begin at token `i`.
    pub fn at<'w>(
        &'static self,
        i: usize,
        word: impl Fn(usize) -> Option<&'w str>,
    ) -> impl Iterator<Item = &'static Cue> {
        let list = word(i).and_then(|w| self.by_first.get(w)).map_or(&[][..], Vec::as_slice);
        list.iter()
            .filter(move |c| c.words.iter().enumerate().all(|(k, w)| word(i + k).is_some_and(|x| x == w)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_sound() {
        let c = build(include_str!("../data/status.toml")).map_err(|e| e.to_string());
        assert_eq!(c.as_ref().err(), None);
        let examples = STATUS.groups.iter().flat_map(|g| &g.examples);
        for e in examples {
            assert!(e.contains('[') && e.contains(']'), "{e:?} marks no event word");
        }
    }
}
