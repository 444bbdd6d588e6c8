//! What numbers are counted in (`data/units.toml`).

use crate::phrase::{Phrases, parse};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unit {
    /// As the record prints it.
    pub unit: String,
    /// What it measures (`money`, `share`, `distance`, …).
    pub measure: String,
    /// Signs before the number.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words after it.
    pub words: Vec<String>,
    /// Whether it is a hundredth of the unit ("cents").
    #[serde(default)]
    pub hundredth: bool,
    /// For the name of a currency that several states use: the code by state, ISO 3166-1 alpha-3 to ISO 4217.
    #[serde(default)]
    pub states: BTreeMap<String, String>,
    #[cfg_attr(not(test), allow(dead_code))]
    example: String,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    unit: Vec<Unit>,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/units.toml")));
static AFTER: LazyLock<Phrases<&'static Unit>> = LazyLock::new(|| {
    Phrases::new(FILE.unit.iter().flat_map(|u| u.words.iter().map(move |w| (w.clone(), u))))
});

/// The unit word at a byte: its end and the unit.
#[must_use]
pub fn after(text: &str, at: usize) -> Option<(usize, &'static Unit)> {
    AFTER.longest(text, at, true).map(|(end, u)| (end, *u))
}

/// The unit that the record prints under a code; the code of one state's currency is that of the word's.
#[must_use]
pub fn of_code(code: &str) -> Option<&'static Unit> {
    FILE.unit
        .iter()
        .find(|u| u.unit == code)
        .or_else(|| FILE.unit.iter().find(|u| u.states.values().any(|c| c == code)))
}

/// The sign that ends at a byte, blanks aside: its start and the unit ("US$").
#[must_use]
pub fn before(text: &str, end: usize) -> Option<(usize, &'static Unit)> {
    let head = text.get(..end)?.trim_end();
    let signs = FILE.unit.iter().flat_map(|u| u.before.iter().map(move |s| (s.as_str(), u)));
    // "USD 77 million": the code of a currency before its amount.
    let codes = FILE
        .unit
        .iter()
        .filter(|u| u.measure == "money" && u.unit.len() == 3 && !u.hundredth)
        .map(|u| (u.unit.as_str(), u));
    let sign = signs.chain(codes).filter(|(s, _)| ends_with_word(head, s)).max_by_key(|(s, _)| s.len());
    if sign.is_none() && ends_with_word(head, "#") && is_sum(text.get(end..)?) {
        return Some((head.len() - 1, of_code("GBP")?));
    }
    let sign = sign?;
    Some((head.len() - sign.0.len(), sign.1))
}

/// Whether a text opens with a number that is more likely a sum than a rank: "45bn", "2.5 million", "250,000". Where a
/// printer or a feed has no sign for pounds it puts "#" ("#45bn"), which before a small whole number is a rank ("#3").
fn is_sum(text: &str) -> bool {
    let text = text.trim_start();
    let cut = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(text.len());
    let (digits, rest) = text.split_at(cut);
    let rest = rest.trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let scaled = matches!(word, "m" | "mn" | "bn" | "tn" | "k" | "million" | "billion" | "trillion");
    digits.starts_with(|c: char| c.is_ascii_digit())
        && (scaled || digits.trim_end_matches(['.', ',']).contains(['.', ',']))
}

fn ends_with_word(head: &str, sign: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    head.strip_suffix(sign).is_some_and(|rest| !(sign.starts_with(letter) && rest.ends_with(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/units.toml")).unwrap();
        for u in &file.unit {
            let at = u.example.find("12").unwrap();
            let found = before(&u.example, at).or_else(|| after(&u.example, at + 3)).unwrap();
            assert_eq!(found.1.unit, u.unit, "{}", u.example);
        }
        assert_eq!(before("USD", 3).map(|(_, u)| u.unit.as_str()), Some("USD"));
        assert_eq!(before("paid # 45bn", 7).map(|(at, u)| (at, u.unit.as_str())), Some((5, "GBP")));
        assert_eq!(before("paid #2.5 million", 6).map(|(at, _)| at), Some(5));
        assert_eq!(before("ranked #3 now", 8), None);
        assert_eq!(before("US$", 3).map(|(at, _)| at), Some(0));
    }
}
