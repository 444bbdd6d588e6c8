//! Spellings of one name of another script (`data/spellings.toml`).

use crate::phrase::parse;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    forms: Vec<String>,
    sounds: Vec<(String, String)>,
    opening: Vec<(String, String)>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
struct Example {
    one: String,
    other: String,
    same: bool,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/spellings.toml")));
static FORMS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let all = FILE.forms.iter().enumerate();
    all.flat_map(|(n, f)| f.split_whitespace().map(move |w| (w, n))).collect()
});

/// A key that spellings of one full name share; `None` for a name that is compared by its letters alone. The parts are
/// in lower case, without accents and without "al-".
#[must_use]
pub fn key(parts: &[String], article: bool) -> Option<String> {
    if parts.len() < 2 || !(article || parts.iter().any(|p| FORMS.contains_key(p.as_str()))) {
        return None;
    }
    let last = parts.len() - 1;
    let family_first = parts.len() > 2 && parts.first().is_some_and(|p| FORMS.contains_key(p.as_str()));
    let keys = parts.iter().enumerate().map(|(n, p)| match FORMS.get(p.as_str()) {
        Some(class) => format!("#{class}"),
        // First names by their consonants, the surname whole; where the surname stands first all are taken whole.
        None if n < last && !family_first => sound(p).chars().filter(|c| !"aiu".contains(*c)).collect(),
        None => sound(p),
    });
    Some(keys.collect::<Vec<_>>().join(" "))
}

fn sound(word: &str) -> String {
    let mut s = word.to_owned();
    for (from, to) in &FILE.opening {
        if let Some(rest) = s.strip_prefix(from.as_str()) {
            s = format!("{to}{rest}");
            break;
        }
    }
    for (from, to) in &FILE.sounds {
        s = s.replace(from.as_str(), to);
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<String> {
        let low = name.to_lowercase().replace('-', " ");
        let parts: Vec<String> =
            low.split(' ').filter(|p| !matches!(*p, "al" | "el")).map(str::to_owned).collect();
        key(&parts, low.contains(" al ") || low.contains(" el "))
    }

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/spellings.toml")).unwrap();
        for e in &file.example {
            let (a, b) = (of(&e.one), of(&e.other));
            assert_eq!(a.is_some() && a == b, e.same, "{} {a:?} and {} {b:?}", e.one, e.other);
        }
    }
}
