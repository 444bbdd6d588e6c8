//! Words and phrases of time (`data/times.toml`).

use chancery_model::date::{Edtf, Point};
use chancery_model::facts::{TimeMeaning, Unit};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a single word can be. A word may be several things ("second" is a unit and an ordinal).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClass {
    /// Month 1–12.
    pub month: Option<i8>,
    /// Weekday 1 (Monday) to 7.
    pub weekday: Option<i8>,
    /// A weekday shortened ("Fri").
    pub short: bool,
    /// The weekday or part of day is a plural ("Fridays").
    pub plural: bool,
    /// EDTF season 21–24.
    pub season: Option<i8>,
    /// The word is an ordinary word too, and needs something beside it.
    pub guarded: bool,
    /// Unit of time.
    pub unit: Option<Unit>,
    /// TIMEX3 part of the day, without its `T`… with it: `TMO`.
    pub part: Option<&'static str>,
    /// Cardinal number.
    pub number: Option<u32>,
    /// Ordinal number.
    pub ordinal: Option<u32>,
    /// Decade named in the plural ("nineties" is 90).
    pub decade: Option<u32>,
    /// Begins a modifier, phrase or holiday.
    pub opens: bool,
}

/// With what a modifier goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Dates.
    Point,
    /// Durations.
    Length,
    /// Both.
    Both,
}

/// What a fixed sequence of words says.
#[derive(Debug, Clone, PartialEq)]
pub enum Saying {
    /// A meaning that stands by itself.
    Means(TimeMeaning),
    /// The last days of the year.
    YearEnd,
    /// A length of time that is not said.
    Vague,
    /// No time at all.
    Nothing,
    /// Narrows what follows: TIMEX3 `mod`.
    Modifies(&'static str, Over),
    /// A holiday.
    Holiday(Holiday),
}

/// When a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday, and which of the month (−1: the last).
    Nth(i8, i8, i8),
    /// Days from Easter Sunday (Western churches).
    Easter(i32),
}

/// The list, made ready for look-up.
#[derive(Debug)]
pub struct Times {
    /// Single words.
    pub words: HashMap<String, WordClass>,
    /// Sequences of lexemes by their first word, longest first.
    pub sayings: HashMap<String, Vec<(Vec<String>, Saying)>>,
    /// Sequences that are times only where a reader marked one, by their first word, longest first.
    pub marked: HashMap<String, Vec<(Vec<String>, Saying)>>,
    /// Letters of a season, by EDTF number.
    pub seasons: BTreeMap<i8, String>,
    /// Words that point ahead.
    pub future: Vec<String>,
    /// Words that point back.
    pub past: Vec<String>,
    /// Dictionary forms that look ahead with an infinitive.
    pub looks_ahead: Vec<String>,
    /// Dictionary forms of what is arranged for a day.
    pub arranged: Vec<String>,
    /// Dictionary forms whose present tense tells no arrangement.
    pub states: Vec<String>,
    /// Days known by their date.
    pub landmarks: Vec<Landmark>,
    /// Phrases and their example sentences.
    pub examples: Vec<(String, String)>,
    /// The same of phrases that count only where a reader marked them.
    pub marked_examples: Vec<(String, String)>,
}

/// A day that is spoken of by its month and day alone, in later years too.
#[derive(Debug, Clone, Deserialize)]
pub struct Landmark {
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
    /// Its year.
    pub year: i16,
    /// Whether month and day alone mean it.
    #[serde(default)]
    pub bare: bool,
    /// What it is called besides: "9/11".
    pub names: Vec<String>,
    /// Words that follow the date where it is meant: "attacks".
    pub after: Vec<String>,
    /// A sentence that means it.
    pub example: String,
}

impl Times {
    /// The day known by a month and a day.
    #[must_use]
    pub fn landmark(&self, month: i8, day: i8) -> Option<&Landmark> {
        self.landmarks.iter().find(|l| (l.month, l.day) == (month, day))
    }
}

#[derive(Deserialize)]
struct File {
    month: Vec<Named>,
    weekday: Vec<Named>,
    season: Vec<Season>,
    unit: Vec<UnitWords>,
    part: Vec<Part>,
    modifier: Vec<Modifier>,
    numbers: BTreeMap<String, u32>,
    ordinals: BTreeMap<String, u32>,
    decades: BTreeMap<String, u32>,
    holiday: Vec<HolidayEntry>,
    landmark: Vec<Landmark>,
    phrase: Vec<Phrase>,
    direction: DirectionWords,
}
#[derive(Deserialize)]
struct Named {
    n: i8,
    names: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    guarded: bool,
}
#[derive(Deserialize)]
struct Season {
    n: i8,
    letters: String,
    names: Vec<String>,
    bare: bool,
}
#[derive(Deserialize)]
struct UnitWords {
    unit: Unit,
    one: Vec<String>,
    many: Vec<String>,
}
#[derive(Deserialize)]
struct Part {
    code: String,
    words: Vec<String>,
}
#[derive(Deserialize)]
struct Modifier {
    #[serde(rename = "mod")]
    code: String,
    over: Over,
    words: Vec<String>,
}
#[derive(Deserialize)]
struct HolidayEntry {
    names: Vec<String>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
    nth: Option<i8>,
    easter: Option<i32>,
}
#[derive(Deserialize)]
struct Phrase {
    text: Vec<String>,
    meaning: String,
    example: String,
    #[serde(default)]
    marked: bool,
}
#[derive(Deserialize)]
struct DirectionWords {
    future: Vec<String>,
    past: Vec<String>,
    looks_ahead: Vec<String>,
    arranged: Vec<String>,
    states: Vec<String>,
}

/// Cuts a phrase as the time lexer cuts text: letters, digits and single marks.
fn cut(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in phrase.chars() {
        if c.is_alphanumeric() && last.is_alphanumeric() {
            if let Some(w) = out.last_mut() {
                w.push(c);
            }
        } else if !c.is_whitespace() {
            out.push(c.to_string());
        }
        last = c;
    }
    out
}

fn unit_named(word: &str) -> Option<Unit> {
    let all = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Weekend,
        Unit::Week,
        Unit::Month,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ];
    all.into_iter().find(|u| format!("{u:?}") == word)
}

/// The meaning that a phrase entry writes in words; `None` when it is not one of the forms.
fn meaning(words: &str) -> Option<Saying> {
    use chancery_model::facts::Direction;
    let parts: Vec<&str> = words.split(' ').collect();
    let means = |m| Some(Saying::Means(m));
    match parts.as_slice() {
        ["present"] => means(TimeMeaning::Reference(Direction::Now)),
        ["past"] => means(TimeMeaning::Reference(Direction::Past)),
        ["future"] => means(TimeMeaning::Reference(Direction::Future)),
        ["day", n] => means(TimeMeaning::Offset { amount: n.parse().ok()?, unit: Unit::Day, time: None }),
        ["day", n, code] => means(TimeMeaning::Offset {
            amount: n.parse().ok()?,
            unit: Unit::Day,
            time: Some((*code).to_owned()),
        }),
        ["set", n, unit] => {
            means(TimeMeaning::Set { amount: n.parse().ok()?, unit: unit_named(unit)?, weekday: None })
        }
        ["cycle", n, unit] => means(TimeMeaning::Cycle { shift: n.parse().ok()?, unit: unit_named(unit)? }),
        ["year-end"] => Some(Saying::YearEnd),
        ["length-vague"] => Some(Saying::Vague),
        ["none"] => Some(Saying::Nothing),
        _ => None,
    }
}

/// The list of `data/times.toml`; entries it cannot read are left out and named by [`faults`].
pub static TIMES: LazyLock<Times> = LazyLock::new(|| build(include_str!("../data/times.toml")).0);

/// What is wrong with the data file: empty when nothing is.
#[must_use]
pub fn faults() -> Vec<String> {
    build(include_str!("../data/times.toml")).1
}

fn build(data: &str) -> (Times, Vec<String>) {
    let mut t = Times {
        words: HashMap::new(),
        sayings: HashMap::new(),
        marked: HashMap::new(),
        seasons: BTreeMap::new(),
        future: Vec::new(),
        past: Vec::new(),
        looks_ahead: Vec::new(),
        arranged: Vec::new(),
        states: Vec::new(),
        landmarks: Vec::new(),
        examples: Vec::new(),
        marked_examples: Vec::new(),
    };
    let mut faults = Vec::new();
    let file: File = match toml::from_str(data) {
        Ok(f) => f,
        Err(e) => return (t, vec![format!("data/times.toml: {e}")]),
    };
    let mut say = Vec::new();
    let mut marked = Vec::new();
    let words = &mut t.words;
    for m in &file.month {
        for name in &m.names {
            let w = words.entry(name.clone()).or_default();
            w.month = Some(m.n);
            w.guarded |= m.guarded;
        }
    }
    for d in &file.weekday {
        for (name, short) in d.names.iter().map(|n| (n, false)).chain(d.short.iter().map(|n| (n, true))) {
            let w = words.entry(name.clone()).or_default();
            w.weekday = Some(d.n);
            w.short = short;
            w.plural = !short && name.ends_with('s');
        }
    }
    for s in &file.season {
        t.seasons.insert(s.n, s.letters.clone());
        for name in &s.names {
            let w = words.entry(name.clone()).or_default();
            w.season = Some(s.n);
            w.guarded |= !s.bare;
            w.plural = name.ends_with('s');
        }
    }
    for u in &file.unit {
        for (name, plural) in u.one.iter().map(|n| (n, false)).chain(u.many.iter().map(|n| (n, true))) {
            let w = words.entry(name.clone()).or_default();
            w.unit = Some(u.unit);
            w.plural = plural;
        }
    }
    for p in &file.part {
        let code = ["TMO", "TAF", "TEV", "TNI"].into_iter().find(|c| *c == p.code);
        if code.is_none() {
            faults.push(format!("data/times.toml: part of day {:?} is not a TIMEX3 code", p.code));
        }
        for name in &p.words {
            let w = words.entry(name.clone()).or_default();
            w.part = code;
            w.plural = name.ends_with('s');
        }
    }
    for (list, set) in [(&file.numbers, 0), (&file.ordinals, 1), (&file.decades, 2)] {
        for (name, n) in list {
            let w = words.entry(name.clone()).or_default();
            match set {
                0 => w.number = Some(*n),
                1 => w.ordinal = Some(*n),
                _ => w.decade = Some(*n),
            }
        }
    }
    for m in &file.modifier {
        let codes =
            ["START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"];
        match codes.into_iter().find(|c| *c == m.code) {
            Some(code) => say.extend(m.words.iter().map(|w| (cut(w), Saying::Modifies(code, m.over)))),
            None => faults.push(format!("data/times.toml: modifier {:?} is not a TIMEX3 mod", m.code)),
        }
    }
    for l in &file.landmark {
        let date = Edtf::Point(Point { month: Some(l.month), day: Some(l.day), ..Point::year(l.year) });
        let means = || Saying::Means(TimeMeaning::Calendar { date, time: None });
        say.extend(l.names.iter().map(|n| (cut(n), means())));
    }
    t.landmarks = file.landmark;
    for h in &file.holiday {
        let when = match (h.month, h.day, h.weekday, h.nth, h.easter) {
            (Some(m), Some(d), None, None, None) => Some(Holiday::Fixed(m, d)),
            (Some(m), None, Some(w), Some(n), None) => Some(Holiday::Nth(m, w, n)),
            (None, None, None, None, Some(e)) => Some(Holiday::Easter(e)),
            _ => None,
        };
        match when {
            Some(when) => say.extend(h.names.iter().map(|n| (cut(n), Saying::Holiday(when)))),
            None => faults.push(format!("data/times.toml: holiday {:?} has no day", h.names)),
        }
    }
    for p in &file.phrase {
        match meaning(&p.meaning) {
            Some(s) => {
                let list = if p.marked { &mut marked } else { &mut say };
                list.extend(p.text.iter().map(|w| (cut(w), s.clone())));
            }
            None => {
                faults.push(format!("data/times.toml: meaning {:?} of {:?} is not known", p.meaning, p.text))
            }
        }
        let first = p.text.first().cloned().unwrap_or_default();
        let list = if p.marked { &mut t.marked_examples } else { &mut t.examples };
        list.push((first, p.example.clone()));
    }
    // Within one first word the longest comes first, then the order of the file.
    say.sort_by_key(|(seq, _)| std::cmp::Reverse(seq.len()));
    for (seq, s) in say {
        if let Some(first) = seq.first().cloned() {
            t.words.entry(first.clone()).or_default().opens = true;
            t.sayings.entry(first).or_default().push((seq, s));
        }
    }
    marked.sort_by_key(|(seq, _)| std::cmp::Reverse(seq.len()));
    for (seq, s) in marked {
        if let Some(first) = seq.first().cloned() {
            t.marked.entry(first).or_default().push((seq, s));
        }
    }
    t.future = file.direction.future;
    t.past = file.direction.past;
    t.looks_ahead = file.direction.looks_ahead;
    t.arranged = file.direction.arranged;
    t.states = file.direction.states;
    (t, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_sound() {
        assert_eq!(faults(), Vec::<String>::new());
        assert_eq!(TIMES.words.get("friday").and_then(|w| w.weekday), Some(5));
        assert!(TIMES.words.get("may").is_some_and(|w| w.guarded && w.month == Some(5)));
    }

    #[test]
    fn examples_hold_their_phrase() {
        for (phrase, example) in TIMES.examples.iter().chain(&TIMES.marked_examples) {
            assert!(example.to_lowercase().contains(phrase), "{phrase:?} is not in {example:?}");
        }
    }

    #[test]
    fn days_known_by_their_date_exist_and_are_meant_in_their_example() {
        for l in &TIMES.landmarks {
            assert!(chancery_model::Day::new(l.year, l.month, l.day).is_ok(), "{l:?}");
            assert!(l.after.iter().any(|w| l.example.contains(w.as_str())), "{l:?}");
        }
    }
}
