//! Phrases looked up at a place in a text, by their first word.

use std::collections::HashMap;

/// Reads an embedded data file. A file that does not parse gives an empty list here and a failed test in its module.
pub(crate) fn parse<T: serde::de::DeserializeOwned + Default>(source: &str) -> T {
    toml::from_str(source).unwrap_or_default()
}

/// A set of phrases with a value each. Only looked up, never iterated.
#[derive(Debug, Clone)]
pub struct Phrases<V> {
    /// Lower-case first word, then phrases in the spelling of the data, longest first.
    by_first: HashMap<String, Vec<(String, V)>>,
}

impl<V> Phrases<V> {
    /// The set; of two equal phrases the first counts.
    pub fn new(entries: impl IntoIterator<Item = (String, V)>) -> Self {
        let mut by_first: HashMap<String, Vec<(String, V)>> = HashMap::new();
        for (phrase, value) in entries {
            if phrase.is_empty() {
                continue;
            }
            let list = by_first.entry(first_word(&phrase).to_lowercase()).or_default();
            if list.iter().all(|(p, _)| *p != phrase) {
                list.push((phrase, value));
            }
        }
        for (_, list) in by_first.iter_mut().collect::<std::collections::BTreeMap<_, _>>() {
            list.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that starts at byte `at` and ends at a word border: its end and its value.
    /// `fold` ignores case. White space, hyphens and apostrophes of any kind match one another.
    #[must_use]
    pub fn longest(&self, text: &str, at: usize, fold: bool) -> Option<(usize, &V)> {
        let rest = text.get(at..)?;
        let list = self.by_first.get(&first_word(rest).to_lowercase())?;
        list.iter().find_map(|(p, v)| matched(rest, p, fold).map(|n| (at + n, v)))
    }

    /// The value of a whole phrase.
    #[must_use]
    pub fn get(&self, phrase: &str, fold: bool) -> Option<&V> {
        let list = self.by_first.get(&first_word(phrase).to_lowercase())?;
        list.iter().find(|(p, _)| matched(phrase, p, fold) == Some(phrase.len())).map(|(_, v)| v)
    }
}

/// Letters and digits from the start, or the first character when it is neither.
fn first_word(s: &str) -> &str {
    let n = s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
    let n = if n == 0 { s.chars().next().map_or(0, char::len_utf8) } else { n };
    s.get(..n).unwrap_or("")
}

/// Bytes of `text` that `phrase` covers from its start, if it stands there as whole words.
fn matched(text: &str, phrase: &str, fold: bool) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    let mut last = ' ';
    for p in phrase.chars() {
        if p == ' ' {
            let mut lines = 0;
            let mut any = false;
            while let Some(&(_, c)) = rest.peek() {
                if !c.is_whitespace() {
                    break;
                }
                lines += usize::from(c == '\n');
                any = true;
                rest.next();
            }
            if !any || lines > 1 {
                return None;
            }
        } else {
            let (_, c) = rest.next()?;
            if !same(c, p, fold) {
                return None;
            }
        }
        last = p;
    }
    let end = rest.peek().map_or(text.len(), |(n, _)| *n);
    let border = !last.is_alphanumeric() || rest.peek().is_none_or(|(_, c)| !c.is_alphanumeric());
    border.then_some(end)
}

fn same(a: char, b: char, fold: bool) -> bool {
    let plain = |c: char| match c {
        '’' | '‘' | 'ʼ' => '\'',
        '‐' | '‑' | '–' => '-',
        c => c,
    };
    let (a, b) = (plain(a), plain(b));
    a == b || (fold && a.to_lowercase().eq(b.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins_and_ends_at_a_word() {
        let p = Phrases::new([
            ("New York".to_owned(), 1),
            ("New York Times".to_owned(), 2),
            ("New".to_owned(), 3),
        ]);
        assert_eq!(p.longest("in New\nYork Timesing", 3, false), Some((11, &1)));
        assert_eq!(p.longest("New York Times", 0, false), Some((14, &2)));
        assert_eq!(p.longest("NEW YORK", 0, false), None);
        assert_eq!(p.longest("NEW YORK", 0, true), Some((8, &1)));
        assert_eq!(p.longest("New\n\nYork", 0, false), Some((3, &3)));
    }

    #[test]
    fn hyphens_and_apostrophes_match_one_another() {
        let p = Phrases::new([("Guinea-Bissau".to_owned(), 1), ("N'Djamena".to_owned(), 2)]);
        assert_eq!(p.get("Guinea‑Bissau", false), Some(&1));
        assert_eq!(p.get("N’Djamena", false), Some(&2));
    }
}
