//! Spellings of one name of another script (`data/spellings.toml`).

use crate::phrase::parse;
use crate::syllables::{self, Romanisation};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
struct File {
    forms: Vec<String>,
    arabic: Vec<String>,
    slavic: Vec<String>,
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

/// What languages a first name belongs to: their surnames are written in ways of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Arabic,
    Slavic,
    Other,
}

static FILE: LazyLock<File> = LazyLock::new(|| parse(include_str!("../data/spellings.toml")));
static FORMS: LazyLock<BTreeMap<&'static str, (Family, usize)>> = LazyLock::new(|| {
    let lists =
        [(Family::Arabic, &FILE.arabic), (Family::Slavic, &FILE.slavic), (Family::Other, &FILE.forms)];
    lists
        .into_iter()
        .flat_map(|(family, list)| list.iter().map(move |f| (family, f)))
        .enumerate()
        .flat_map(|(n, (family, f))| f.split_whitespace().map(move |w| (w, (family, n))))
        .collect()
});

/// Arabic forms by their sounds, where one class alone has them: "Shoukry" for "Shukri".
static HEARD: LazyLock<BTreeMap<String, Option<usize>>> = LazyLock::new(|| {
    let mut out: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (form, (_, n)) in FORMS.iter().filter(|(_, (family, _))| *family == Family::Arabic) {
        let class = out.entry(letters(form, Family::Arabic)).or_insert(Some(*n));
        if *class != Some(*n) {
            *class = None;
        }
    }
    out
});

/// Shortest name that is looked up by its sounds.
const HEARD_LEAST: usize = 5;

/// The class of a name: as it is listed, else as it sounds.
fn class(part: &str) -> Option<(Family, usize)> {
    let heard = || {
        let found = HEARD.get(&letters(part, Family::Arabic)).copied().flatten();
        found.filter(|_| part.len() >= HEARD_LEAST).map(|n| (Family::Arabic, n))
    };
    FORMS.get(part).copied().or_else(heard)
}

/// First names that English has too.
const ENGLISH: [&str; 22] = [
    "alexander",
    "victor",
    "edward",
    "jacob",
    "benjamin",
    "abraham",
    "maria",
    "anna",
    "boris",
    "sofia",
    "irina",
    "elena",
    "lee",
    "park",
    "chung",
    "chang",
    "julia",
    "natalia",
    "hanna",
    "said",
    "tang",
    "georgi",
];
/// Endings that no surname of Western Europe has.
const TELLING: [&str; 9] = ["ov", "ev", "ova", "eva", "enko", "chuk", "dze", "shvili", "bekov"];
const SLAVIC_ENDINGS: [&str; 22] = [
    "ov", "ev", "ova", "eva", "in", "ina", "ski", "sky", "skiy", "skyy", "skii", "skij", "skaya", "skaia",
    "enko", "chuk", "vich", "vych", "yuk", "iuk", "dze", "shvili",
];

/// A key that spellings of one full name share, and the romanisation that it is in, where that tells two people apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sound {
    /// Equal for spellings of one name.
    pub key: String,
    /// Two names of one romanisation that differ in letters are two people's.
    pub romanisation: Option<Romanisation>,
}

/// What spellings of one full name share; `None` for a name that is compared by its letters alone. The parts are in lower
/// case, without accents and without "al-".
#[must_use]
pub fn sound(parts: &[String], article: bool) -> Option<Sound> {
    if parts.len() < 2 {
        return None;
    }
    if let Some((key, romanisation)) = syllables::key(parts) {
        return Some(Sound { key: format!("zh {key}"), romanisation });
    }
    let parts = servants(parts);
    let class = |p: &String| class(p);
    let servant = |p: &String| p.starts_with("abd") && p.len() > 4 || p.starts_with("ghulamabd");
    // "Alexander Heller" is compared by its letters: those names are English too, unless the surname is Slavic.
    let english = |p: &String| ENGLISH.contains(&p.as_str());
    let slavic = parts.last().is_some_and(|l| SLAVIC_ENDINGS.iter().any(|e| l.ends_with(e)));
    let korean = parts.len() > 2 && parts.first().and_then(class).is_some_and(|c| c.0 == Family::Other);
    // "Nurzhan Zhaksybayev": the surname's ending tells.
    let ending = parts.last().is_some_and(|l| l.len() > 5 && TELLING.iter().any(|e| l.ends_with(e)));
    let named =
        ending || parts.iter().any(|p| class(p).is_some() && (!english(p) || slavic || korean) || servant(p));
    let first = parts.first()?;
    if parts.len() < 2 || !(article || named) {
        return None;
    }
    let family = if article || parts.iter().any(servant) {
        Family::Arabic
    } else {
        let known = class(first).or_else(|| parts.iter().find_map(class));
        known.map_or(if ending { Family::Slavic } else { Family::Other }, |c| c.0)
    };
    // Where the family name stands first all parts are taken whole.
    let family_first = parts.len() > 2 && class(first).is_some_and(|c| c.0 == Family::Other);
    let mut key = match class(first) {
        Some((_, n)) => format!("#{n}"),
        None if family_first => letters(first, family),
        // First names by their consonants, vowels aside.
        None => letters(first, family).chars().filter(|c| !"aiu".contains(*c)).collect(),
    };
    key.push(' ');
    for p in parts.iter().skip(1) {
        match class(p) {
            Some((_, n)) => key.push_str(&format!("#{n}")),
            None => key.push_str(&letters(p, family)),
        }
    }
    Some(Sound { key, romanisation: None })
}

/// A name with the South Slavic đ written as newspapers without the letter do: "Đurić" is "Djurić". In Vietnamese it is a d.
#[must_use]
pub fn plain_dj(name: &str) -> String {
    let vietnamese = |c: char| matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
    if !name.contains(['đ', 'Đ']) || name.chars().any(vietnamese) {
        return name.to_owned();
    }
    name.replace('đ', "dj").replace('Đ', "Dj")
}

/// Whether a surname that stands alone can be the last part of a full name in another spelling.
#[must_use]
pub fn surname_of(word: &str, parts: &[String], article: bool) -> bool {
    let Some(last) = parts.last().filter(|_| sound(parts, article).is_some()) else { return false };
    if syllables::key(parts).is_some() {
        return false;
    }
    let family = if article {
        Some(Family::Arabic)
    } else {
        parts.iter().find_map(|p| FORMS.get(p.as_str())).map(|c| c.0)
    };
    let family = family.unwrap_or(Family::Arabic);
    word.len() > 3 && letters(word, family) == letters(last, family)
}

/// "Abdul Hakim", "Abdelhakim" and "Abd al-Hakim" are one name of one part.
fn servants(parts: &[String]) -> Vec<String> {
    const OPENING: [&str; 14] = [
        "abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abder", "abdus", "abdes", "abdud", "abdou",
        "abdal", "abdun", "abden",
    ];
    // "Gholamreza", "Qolam-Reza", "Ghulam Ali": the servant of whoever follows.
    const GHULAM: [&str; 6] = ["gholam", "qolam", "ghulam", "golam", "gulam", "qulam"];
    let mut out: Vec<String> = Vec::with_capacity(parts.len());
    let mut at = 0;
    while let Some(p) = parts.get(at) {
        if let Some(rest) = GHULAM.iter().find_map(|g| p.strip_prefix(g)) {
            let next = parts.get(at + 1).filter(|_| rest.is_empty() && parts.len() > at + 2);
            if let Some(of) = next.map(String::as_str).or(Some(rest).filter(|r| r.len() > 2)) {
                out.push(format!("ghulam{}", servant(of)));
                at += 1 + usize::from(next.is_some());
                continue;
            }
        }
        let alone = p == "abd" || OPENING.contains(&p.as_str());
        let whole = || {
            let rest = OPENING.iter().find_map(|o| p.strip_prefix(o)).filter(|r| r.len() > 2)?;
            // "Abdullah" is a name of its own.
            (!matches!(rest, "lah" | "llah") && !FORMS.contains_key(p.as_str())).then(|| rest.to_owned())
        };
        if let Some(next) = parts.get(at + 1).filter(|_| alone && parts.len() > at + 2) {
            out.push(servant(next));
            at += 2;
            continue;
        }
        out.push(whole().map_or_else(|| p.clone(), |rest| servant(&rest)));
        at += 1;
    }
    out
}

/// The name of a servant of God by the consonants of the name that follows.
fn servant(of: &str) -> String {
    let bare: String = letters(of, Family::Arabic).chars().filter(|c| !"aiu".contains(*c)).collect();
    format!("abd{bare}")
}

/// A word by its sounds.
fn letters(word: &str, family: Family) -> String {
    let mut s = word.to_owned();
    for (from, to) in &FILE.opening {
        if let Some(rest) = s.strip_prefix(from.as_str()) {
            s = format!("{to}{rest}");
            break;
        }
    }
    if family == Family::Arabic {
        // French and English write one Arabic letter "ch" and "sh"; a final h is heard by few.
        s = s.replace("tch", "ch").replace("ch", "sh");
        if s.len() > 4
            && let Some(open) = s.strip_suffix('h').filter(|x| x.ends_with(['a', 'e']))
        {
            s = open.to_owned();
        }
    }
    for (from, to) in &FILE.sounds {
        s = s.replace(from.as_str(), to);
    }
    if family == Family::Slavic {
        // What Russian writes g, Ukrainian and Belarusian write h.
        s = s.replace('g', "h");
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out.replace("ai", "i")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<Sound> {
        let low = name.to_lowercase().replace('-', " ");
        let parts: Vec<String> =
            low.split(' ').filter(|p| !matches!(*p, "al" | "el")).map(str::to_owned).collect();
        sound(&parts, low.contains(" al ") || low.contains(" el "))
    }

    #[test]
    fn the_file_parses_and_its_examples_hold() {
        let file: File = toml::from_str(include_str!("../data/spellings.toml")).unwrap();
        for e in &file.example {
            let (a, b) = (of(&e.one), of(&e.other));
            let same = a.is_some() && a.as_ref().map(|s| &s.key) == b.as_ref().map(|s| &s.key);
            assert_eq!(same, e.same, "{} {a:?} and {} {b:?}", e.one, e.other);
        }
    }

    #[test]
    fn the_letter_dj_is_two_letters_but_in_vietnam() {
        assert_eq!(plain_dj("Đorđe Kitić"), "Djordje Kitić");
        assert_eq!(plain_dj("Đặng Thân"), "Đặng Thân");
    }

    #[test]
    fn no_two_classes_share_a_form() {
        let file: File = toml::from_str(include_str!("../data/spellings.toml")).unwrap();
        let mut all: Vec<&str> = [&file.arabic, &file.slavic, &file.forms]
            .into_iter()
            .flatten()
            .flat_map(|f| f.split_whitespace())
            .collect();
        all.sort_unstable();
        let twice: Vec<_> = all.windows(2).filter(|w| w[0] == w[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    /// First names of two classes never make one name, whatever the surname; nor do surnames that differ in a consonant.
    #[test]
    fn first_names_of_two_classes_stay_two() {
        let firsts: Vec<&str> = FORMS.keys().copied().collect();
        for (i, a) in firsts.iter().enumerate() {
            for b in firsts.iter().skip(i + 1).filter(|b| FORMS.get(*b) != FORMS.get(a)) {
                let key = |f: &str| sound(&[f.to_owned(), "bandar".to_owned()], false).map(|s| s.key);
                assert!(key(a).is_none() || key(a) != key(b), "{a} {b}");
            }
        }
        for (a, b) in [
            ("hamdan", "hamdoun"),
            ("ivanov", "ivanova"),
            ("karimov", "kerimov"),
            ("aliyev", "ali"),
            ("hasan", "husain"),
        ] {
            let key = |s: &str| sound(&["ahmed".to_owned(), s.to_owned()], false).map(|s| s.key);
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }
}
