//! Words for numbers, vague amounts, parts and qualifiers (`data/numbers.toml`).

use crate::phrase::{Phrases, parse};
use chancery_model::vocab::Qualifier;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    words: BTreeMap<String, f64>,
    scales: BTreeMap<String, f64>,
    vague: Vec<Vague>,
    qualifier: Vec<Qualified>,
    fraction: Vec<Fraction>,
    parts: BTreeMap<String, f64>,
}

/// A vague amount with its bounds.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Vague {
    words: Vec<String>,
    /// Least count, after the conflict coders' convention.
    pub low: f64,
    /// Greatest count; 0 when open.
    pub high: f64,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

#[derive(Debug, Deserialize)]
struct Qualified {
    qualifier: Qualifier,
    words: Vec<String>,
    after: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

/// A part of an earlier figure.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Fraction {
    words: Vec<String>,
    /// Divided by.
    pub over: f64,
    /// Times.
    pub parts: f64,
    #[cfg_attr(not(test), allow(dead_code))]
    #[serde(default)]
    example: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/numbers.toml")));
static VAGUE: LazyLock<Phrases<&'static Vague>> = LazyLock::new(|| {
    Phrases::new(FILE.vague.iter().flat_map(|v| v.words.iter().map(move |w| (w.clone(), v))))
});
static FRACTIONS: LazyLock<Phrases<&'static Fraction>> = LazyLock::new(|| {
    Phrases::new(FILE.fraction.iter().flat_map(|v| v.words.iter().map(move |w| (w.clone(), v))))
});
static AFTER: LazyLock<Phrases<Qualifier>> = LazyLock::new(|| {
    Phrases::new(FILE.qualifier.iter().flat_map(|q| q.after.iter().map(move |w| (w.clone(), q.qualifier))))
});

/// The value of a number word below a hundred ("seventeen").
#[must_use]
pub fn word(word: &str) -> Option<f64> {
    FILE.words.get(word.to_lowercase().as_str()).copied()
}

/// The value of a scale word ("thousand").
#[must_use]
pub fn scale(word: &str) -> Option<f64> {
    FILE.scales.get(word.to_lowercase().as_str()).copied()
}

/// The vague amount at a byte: its end and its bounds.
#[must_use]
pub fn vague_at(text: &str, at: usize) -> Option<(usize, &'static Vague)> {
    VAGUE.longest(text, at, true).map(|(end, v)| (end, *v))
}

/// The fraction at a byte: its end and its terms.
#[must_use]
pub fn fraction_at(text: &str, at: usize) -> Option<(usize, Fraction)> {
    let listed = FRACTIONS.longest(text, at, true).map(|(end, v)| (end, (*v).clone()));
    listed.or_else(|| composed(text, at))
}

/// "a third", "nine-tenths", "three fifths": a small number, a blank or hyphen, the name of a part.
fn composed(text: &str, at: usize) -> Option<(usize, Fraction)> {
    let rest = text.get(at..)?;
    let cut = rest.find(|c: char| !c.is_alphabetic())?;
    let (first, tail) = rest.split_at(cut);
    let parts = match first.to_lowercase().as_str() {
        "a" => 1.0,
        low => word(low).filter(|v| (1.0..20.0).contains(v))?,
    };
    let name = tail.strip_prefix([' ', '-', '\u{2011}', '\u{a0}'])?;
    let end = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
    let name = name.get(..end)?.to_lowercase();
    let over = *FILE.parts.get(&name)?;
    // "two third" is no part, nor is "a thirds".
    let fits = (parts > 1.0) == name.ends_with('s') || name == "halves";
    let used = rest.len() - (tail.len() - tail.chars().next()?.len_utf8() - end);
    (fits && parts < over)
        .then(|| (at + used, Fraction { words: Vec::new(), over, parts, example: String::new() }))
}

/// The qualifier that stands right before byte `end`: its start and what it says. Its words may be parted by any white
/// space but an empty line, since hard-wrapped text breaks "at least" over two lines.
#[must_use]
pub fn qualifier_before(text: &str, end: usize) -> Option<(usize, Qualifier)> {
    let head = text.get(..end)?.trim_end();
    let hits = FILE.qualifier.iter().flat_map(|q| q.words.iter().map(move |w| (w.as_str(), q.qualifier)));
    hits.filter_map(|(w, q)| Some((starts_of_suffix(head, w)?, w.len(), q)))
        .max_by_key(|(_, len, _)| *len)
        .map(|(start, _, q)| (start, q))
}

/// Where a phrase begins that ends the text, whatever its case and white space; not in the middle of a word.
fn starts_of_suffix(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for (n, word) in phrase.rsplit(' ').enumerate() {
        if n > 0 {
            let cut = rest.trim_end();
            let gap = rest.get(cut.len()..)?;
            if gap.is_empty() || gap.matches('\n').count() > 1 {
                return None;
            }
            rest = cut;
        }
        let at = rest.len().checked_sub(word.len())?;
        if !rest.get(at..)?.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = rest.get(..at)?;
    }
    (!rest.ends_with(|c: char| c.is_alphanumeric() || c == '-')).then_some(rest.len())
}

/// The qualifier that stands at a byte, after a number: its end and what it says.
#[must_use]
pub fn qualifier_after(text: &str, at: usize) -> Option<(usize, Qualifier)> {
    AFTER.longest(text, at, true).map(|(end, q)| (end, *q))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qualifier_may_run_over_a_line_end_but_not_over_an_empty_line() {
        let at = |t: &str| qualifier_before(t, t.find('9').unwrap()).map(|q| (q.0, q.1));
        assert_eq!(at("killing at\n  least 9 people"), Some((8, Qualifier::AtLeast)));
        assert_eq!(at("At Least 9"), Some((0, Qualifier::AtLeast)));
        assert_eq!(at("they looked at\n\nleast 9"), None);
        assert_eq!(at("the beast least 9"), None);
    }

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/numbers.toml")).unwrap();
        for v in &file.vague {
            assert_eq!(vague_at(&v.example, 0).map(|f| f.1.low), Some(v.low), "{}", v.example);
            assert!(v.high == 0.0 || v.high > v.low);
        }
        for q in &file.qualifier {
            let at = q.example.find('9').unwrap();
            assert_eq!(qualifier_before(&q.example, at).map(|f| f.1), Some(q.qualifier), "{}", q.example);
        }
        for (words, parts, over) in [
            ("a third of", 1.0, 3.0),
            ("Nine-tenths of", 9.0, 10.0),
            ("two thirds", 2.0, 3.0),
            ("one-fifth", 1.0, 5.0),
        ] {
            assert_eq!(fraction_at(words, 0).map(|x| (x.1.parts, x.1.over)), Some((parts, over)), "{words}");
        }
        assert!(fraction_at("two third", 0).is_none() && fraction_at("a second", 0).is_none());
        for f in &file.fraction {
            assert_eq!(fraction_at(&f.example, 0).map(|x| x.1.over), Some(f.over), "{}", f.example);
        }
        assert_eq!((word("Seventy"), scale("bn"), word("of")), (Some(70.0), Some(1e9), None));
        assert_eq!(qualifier_after("odd years", 0).map(|f| f.1), Some(Qualifier::About));
    }
}
