//! Public facts with their days (`data/chronology.toml`), and the same of a user's own: what narrows a report's date.
//!
//! Phrases are compared by whole words without regard to case; "II" is "2", and "airstrikes" is "air strikes".

use chancery_model::{Days, Edtf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Kind {
    War,
    Battle,
    Ceasefire,
    Summit,
    Conference,
    Agreement,
    Resolution,
    Sanction,
    Election,
    Term,
    Death,
    Coup,
    Referendum,
    Independence,
    Disaster,
    Attack,
    Health,
    Sport,
    Economy,
    Test,
    Trial,
    Protest,
    Intervention,
    Other,
}

impl Kind {
    /// Whether it mostly comes unannounced, so that a mention is normally later.
    #[must_use]
    pub fn unannounced(self) -> bool {
        matches!(
            self,
            Self::War
                | Self::Attack
                | Self::Disaster
                | Self::Coup
                | Self::Death
                | Self::Health
                | Self::Protest
                | Self::Intervention
        )
    }
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Lower case, hyphens, unique.
    pub id: String,
    /// One line.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// EDTF level 1.
    pub date: Edtf,
    /// Names of places.
    #[serde(default)]
    pub places: Vec<String>,
    /// ISO 3166 alpha-3 for states, names for persons and organisations.
    #[serde(default)]
    pub who: Vec<String>,
    /// Phrases a report uses for it.
    pub words: Vec<String>,
    /// The office of a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The country of a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The organisation of a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    /// The phrases fit several years: they count only beside the year.
    #[serde(default)]
    pub year_in_text: bool,
    /// The state at the end of the period that the list covers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
}

impl Fact {
    /// The days of the fact. A first day alone of a war or a term says nothing of its end.
    #[must_use]
    pub fn days(&self) -> Days {
        self.date.days()
    }
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    fact: Vec<Fact>,
}

static FACTS: LazyLock<Vec<Fact>> =
    LazyLock::new(|| crate::phrase::parse::<File>(include_str!("../data/chronology.toml")).fact);

/// The facts that come with the program.
#[must_use]
pub fn all() -> &'static [Fact] {
    &FACTS
}

/// The facts of a file in the form of `data/chronology.toml`, with the line each begins at.
///
/// # Errors
/// The line, from 1, and the reason.
pub fn read(text: &str) -> Result<Vec<(usize, Fact)>, (usize, String)> {
    let file: File = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        (line_of(text, at), e.message().to_owned())
    })?;
    let starts = text.lines().enumerate().filter(|(_, l)| l.trim() == "[[fact]]").map(|(n, _)| n + 1);
    Ok(starts.chain(std::iter::repeat(1)).zip(file.fact).collect())
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |t| t.matches('\n').count() + 1)
}

/// What is wrong with a fact, if anything is.
#[must_use]
pub fn fault(fact: &Fact) -> Option<String> {
    if fact.id.trim().is_empty() {
        return Some("the id is empty".into());
    }
    if fact.words.iter().all(|w| words(w).is_empty()) {
        return Some(format!("{} has no words; give at least one phrase that reports use for it", fact.id));
    }
    let days = fact.days();
    if days.lo.is_none() {
        return Some(format!("{} has no first day", fact.id));
    }
    None
}

/// A word of a text: where it stands, in bytes, and how it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Lower case.
    pub low: String,
}

/// The words of a text as phrases are compared: letters and digits; "U.S." is "us", "II" is "2".
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(s) = start.take() {
            push(text, s, at, &mut out);
        }
    }
    out
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Word>) {
    let raw = text.get(start..end).unwrap_or("");
    let low = raw.to_lowercase();
    // "U.S.", "U.N.": letters with a dot between them are one word.
    if raw.chars().count() == 1
        && let Some(last) = out.last_mut()
        && last.end + 1 == start
        && text.get(last.end..start) == Some(".")
        && last.low.len() <= 3
        && text.get(last.start..last.end).is_some_and(|w| w.len() == 1 || w.contains('.'))
    {
        last.low.push_str(&low);
        last.end = end;
        return;
    }
    let roman = raw.starts_with(|c: char| c.is_uppercase());
    let low = match low.as_str() {
        "ii" if roman => "2".to_owned(),
        "iii" if roman => "3".to_owned(),
        "iv" if roman => "4".to_owned(),
        "airstrike" | "airstrikes" => {
            out.push(Word { start, end, low: "air".to_owned() });
            low.trim_start_matches("air").to_owned()
        }
        _ => low,
    };
    out.push(Word { start, end, low });
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index of its first word.
    pub first: usize,
    /// One past the index of its last word.
    pub last: usize,
    /// The facts it may mean: indices into [`Index::facts`].
    pub facts: Vec<usize>,
    /// Whether the phrase fits only where the text names the place too.
    pub loose: bool,
}

#[derive(Debug)]
struct Entry {
    rest: Vec<String>,
    facts: Vec<usize>,
    loose: bool,
}

/// Facts by their phrases.
#[derive(Debug)]
pub struct Index<'f> {
    facts: Vec<&'f Fact>,
    /// First two words (one, of a phrase of one word) to the rest, longest first.
    by_start: BTreeMap<String, Vec<Entry>>,
    /// Meetings and votes by the month they began in, from 1.
    by_month: Vec<Vec<usize>>,
}

impl<'f> Index<'f> {
    /// The facts that come with the program and a user's own. A phrase that stands in several means any of them;
    /// a user's own fact takes the place of one with the same id.
    #[must_use]
    pub fn new(own: &'f [Fact]) -> Self {
        let mine: std::collections::BTreeSet<&str> = own.iter().map(|f| f.id.as_str()).collect();
        let facts: Vec<&Fact> =
            all().iter().filter(|f| !mine.contains(f.id.as_str())).chain(own.iter()).collect();
        let mut phrases: BTreeMap<Vec<String>, (Vec<usize>, bool)> = BTreeMap::new();
        for (n, f) in facts.iter().enumerate() {
            for w in &f.words {
                let entry = phrases.entry(plain(w)).or_default();
                if !entry.0.contains(&n) {
                    entry.0.push(n);
                }
            }
        }
        for (n, f) in facts.iter().enumerate() {
            for p in loose(f) {
                let entry = phrases.entry(p).or_insert_with(|| (Vec::new(), true));
                if entry.1 && !entry.0.contains(&n) {
                    entry.0.push(n);
                }
            }
        }
        let mut by_start: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for (mut p, (facts, loose)) in phrases {
            if p.is_empty() {
                continue;
            }
            let rest = p.split_off(p.len().min(2));
            by_start.entry(p.join(" ")).or_default().push(Entry { rest, facts, loose });
        }
        for list in by_start.values_mut() {
            list.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        let mut by_month = vec![Vec::new(); 13];
        for (n, f) in facts.iter().enumerate() {
            let meets = matches!(f.kind, Kind::Summit | Kind::Conference | Kind::Election | Kind::Referendum);
            let month = f.days().lo.and_then(|d| usize::try_from(d.month()).ok()).filter(|_| meets);
            if let Some(list) = month.and_then(|m| by_month.get_mut(m)) {
                list.push(n);
            }
        }
        Self { facts, by_start, by_month }
    }

    /// Meetings and votes that began in a month of any year.
    pub fn of_month(&self, month: i8) -> impl Iterator<Item = &'f Fact> {
        let at = usize::try_from(month).unwrap_or(0);
        let list = self.by_month.get(at).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|n| self.facts.get(*n).copied())
    }

    /// A fact by its index.
    #[must_use]
    pub fn fact(&self, n: usize) -> Option<&'f Fact> {
        self.facts.get(n).copied()
    }

    /// The phrases in a text, longest first at each place, none over another.
    #[must_use]
    pub fn matches(&self, text: &str, words: &[Word]) -> Vec<Match> {
        let mut out = Vec::new();
        let mut i = 0;
        let mut key = String::new();
        while let Some(w) = words.get(i) {
            let mut found = None;
            for n in [2, 1] {
                key.clear();
                key.push_str(&w.low);
                if n == 2 {
                    let Some(next) = words.get(i + 1) else { continue };
                    key.push(' ');
                    key.push_str(&next.low);
                }
                let Some(list) = self.by_start.get(&key) else { continue };
                let fits = |e: &&Entry| {
                    e.rest.iter().enumerate().all(|(k, r)| words.get(i + n + k).is_some_and(|w| w.low == *r))
                        && words.get(i..i + n + e.rest.len()).is_some_and(|w| runs_on(text, w))
                };
                if let Some(e) = list.iter().find(fits) {
                    found = Some((i + n + e.rest.len(), e));
                    break;
                }
            }
            match found {
                Some((last, e)) => {
                    out.push(Match { first: i, last, facts: e.facts.clone(), loose: e.loose });
                    i = last;
                }
                None => i += 1,
            }
        }
        out
    }
}

/// Words that stand cut short, with a dot that ends no sentence.
const SHORT: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "gov", "gen", "sen",
    "rep", "st", "mr", "mrs", "dr", "us", "un", "uk", "eu", "col", "lt", "adm", "no",
];

/// Whether nothing between the words ends a sentence or a clause. A dot may stand after a short form ("Sept. 11"), a
/// comma before a year.
fn runs_on(text: &str, words: &[Word]) -> bool {
    words.windows(2).all(|w| {
        let gap = w[0].end.min(w[1].start)..w[1].start;
        let gap = text.get(gap).unwrap_or("");
        let short = w[0].low.len() == 1 || SHORT.contains(&w[0].low.as_str());
        let digit = w[1].low.starts_with(|c: char| c.is_ascii_digit());
        let stops = |c: char| match c {
            '.' => !short,
            ',' => !digit,
            '!' | '?' | ';' | ':' | '(' | ')' | '"' | '\u{201c}' | '\u{201d}' => true,
            _ => false,
        };
        !gap.contains(stops) && !gap.contains("\n\n")
    })
}

fn plain(phrase: &str) -> Vec<String> {
    words(phrase).into_iter().map(|w| w.low).collect()
}

/// What reports call a war or a campaign from the air, beside whose it is.
const AIR: &[&str] =
    &["air war", "air campaign", "air strikes", "bombing campaign", "air raids", "air operation"];
const STRIFE: &[&str] = &["civil war", "conflict", "uprising"];

/// Looser names of wars and campaigns: whose it is and what it is ("Norwegian air war"). They count only where
/// the text names the place too.
fn loose(fact: &Fact) -> Vec<Vec<String>> {
    let kinds: &[&str] = match fact.kind {
        Kind::Intervention if has(fact, "air ") || has(fact, "bombing") => AIR,
        _ if has(fact, "civil war") => STRIFE,
        _ => return Vec::new(),
    };
    let Some(country) = fact.who.first().and_then(|w| crate::countries::by_iso(w)) else { return Vec::new() };
    let mut out = Vec::new();
    for kind in kinds {
        let whose = country.demonyms.iter().cloned().chain(std::iter::once(format!("{}'s", country.name)));
        out.extend(whose.map(|d| plain(&format!("{d} {kind}"))));
    }
    out
}

fn has(fact: &Fact, part: &str) -> bool {
    fact.words.iter().any(|w| w.to_lowercase().contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn low(s: &str) -> Vec<String> {
        plain(s)
    }

    #[test]
    fn the_file_parses_and_every_fact_is_sound() {
        let facts = read(include_str!("../data/chronology.toml")).unwrap();
        assert!(facts.len() >= 400);
        let mut ids = std::collections::BTreeSet::new();
        for (line, f) in &facts {
            assert_eq!(fault(f), None, "line {line}");
            assert!(ids.insert(&f.id), "{} stands twice", f.id);
        }
    }

    #[test]
    fn words_as_they_are_compared() {
        assert_eq!(low("The U.S.-led airstrikes"), ["the", "us", "led", "air", "strikes"]);
        assert_eq!(low("Norway II"), ["norway", "2"]);
        assert_eq!(low("In 1998. A man"), ["in", "1998", "a", "man"]);
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let own = read(
            "[[fact]]\nid = \"oslo-fair\"\ntitle = \"t\"\nkind = \"other\"\ndate = \"2003-05\"\nwords = [\"Oslo fair\", \"Oslo fair II\"]\n",
        )
        .unwrap();
        let own: Vec<Fact> = own.into_iter().map(|(_, f)| f).collect();
        let index = Index::new(&own);
        let text = "They met at the Oslo Fair 2 again. In Oslo. Fair enough.";
        let found = index.matches(text, &words(text));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first, found[0].last), (4, 7));
        assert_eq!(index.fact(found[0].facts[0]).map(|f| f.id.as_str()), Some("oslo-fair"));
    }

    #[test]
    fn faults_name_their_line() {
        let (line, why) = read("\n[[fact]]\nid = 3\n").unwrap_err();
        assert!(line >= 2 && !why.is_empty(), "{line} {why}");
    }
}
