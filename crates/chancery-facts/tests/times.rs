//! Time expressions: the Markdown suites of `tests/suites/times`, and properties on arbitrary text and anchors.
#![allow(clippy::unwrap_used)]

mod suite;

use chancery_facts::{note, times};
use chancery_lexicon::times::TIMES;
use chancery_model::date::{Day, add_days};
use chancery_model::facts::{Direction, ReportFacts};
use chancery_model::mark::Marks;
use chancery_model::report::{Given, Report, Segments};
use chancery_model::span::TokenRange;
use chancery_model::{Days, Edtf};
use chancery_reader::Reader;
use chancery_reader::neural::NeuralReader;
use proptest::prelude::*;

fn read(text: &str) -> (Report, ReportFacts) {
    read_with(text, |_, _| Marks::default())
}

fn read_with(text: &str, marks: impl Fn(&Report, &Segments) -> Marks) -> (Report, ReportFacts) {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let facts = note(&report, &segments, &marks(&report, &segments));
    (report, facts)
}

/// A day, or the days of an EDTF date; nothing is an open anchor.
fn anchor(published: Option<&str>) -> Days {
    published.map_or(Days::open(), |p| p.parse::<Edtf>().unwrap().days())
}

#[test]
fn suites() {
    run("times", 90, read);
}

#[test]
fn suites_by_the_trained_readers_trees() {
    let reader = NeuralReader::embedded().expect("weights are built in").unwrap();
    run("times-by-tree", 10, |text| read_with(text, |r, s| reader.read(r, s)));
}

fn run(folder: &str, least: usize, read: impl Fn(&str) -> (Report, ReportFacts)) {
    suite::run(folder, "time", least, |case| {
        let (report, facts) = read(&case.text);
        let anchor = anchor(case.published());
        let one = |t| {
            let r = times::resolve(t, &facts.times, &anchor);
            let direction = match t.direction {
                Direction::Future => "future",
                Direction::Past => "past",
                _ => "unknown",
            };
            let mut out = toml::Table::new();
            let mut put = |k: &str, v: Option<String>| {
                out.insert(k.to_owned(), v.unwrap_or("none".to_owned()).into());
            };
            put("text", Some(t.span.of(&report.text).to_owned()));
            put("type", Some(t.kind.to_string()));
            put("value", r.value);
            put("mod", t.modifier.clone());
            put("edtf", r.edtf.map(|e| e.to_string()));
            put("lo", r.days.lo.map(|d| d.to_string()));
            put("hi", r.days.hi.map(|d| d.to_string()));
            put("direction", Some(direction.to_owned()));
            out
        };
        facts.times.iter().map(one).collect()
    });
}

#[test]
fn every_phrase_of_the_lexicon_is_read_in_its_example() {
    for (phrase, example) in &TIMES.examples {
        let (report, facts) = read(example);
        let found =
            facts.times.iter().any(|t| t.span.of(&report.text).to_lowercase().contains(phrase.as_str()));
        let nothing = TIMES.sayings.values().flatten().any(|(seq, s)| {
            matches!(s, chancery_lexicon::times::Saying::Nothing) && seq.join(" ") == *phrase
        });
        assert_eq!(found, !nothing, "{phrase:?} in {example:?}: {:?}", facts.times);
    }
}

/// Words that the grammar knows, to make arbitrary text that reaches deep into it.
fn words() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "the",
        "last",
        "May",
        "3",
        "and",
        "5",
        "1998",
        "-",
        "Tuesday",
        "night",
        "two",
        "weeks",
        "ago",
        ".",
        ",",
        "of",
        "third",
        "quarter",
        "year",
        "'s",
        "10:30",
        "p.m.",
        "GMT",
        "early",
        "mid",
        "more",
        "than",
        "a",
        "31",
        "February",
        "29",
        "next",
        "century",
        "1990s",
        "’80s",
        "every",
        "99999999999",
        "2004-02-30",
        "half",
        "Easter",
        "é",
        "\u{0}",
        "years",
        "later",
        "following",
        "day",
        "0",
        "thousand",
        "hundred",
        "winter",
        "noon",
        "weekend",
        "12/31/99",
    ];
    prop::collection::vec(prop::sample::select(KNOWN), 0..24).prop_map(|w| w.join(" "))
}

fn check(text: &str, anchor: &Days) -> Result<(), TestCaseError> {
    let (report, facts) = read(text);
    let mut last = 0;
    for t in &facts.times {
        prop_assert!(
            t.span.start >= last && !t.span.is_empty(),
            "spans rise and hold something: {:?}",
            t.span
        );
        prop_assert!(report.text.get(t.span.lo()..t.span.hi()).is_some(), "{:?} cuts a character", t.span);
        prop_assert!(report.is_fact_ground(t.span));
        last = t.span.end;
        let r = times::resolve(t, &facts.times, anchor);
        if let (Some(lo), Some(hi)) = (r.days.lo, r.days.hi) {
            prop_assert!(lo <= hi, "{:?} -> {r:?}", t.span.of(&report.text));
        }
        if let Some(e) = r.edtf {
            prop_assert_eq!(e.to_string().parse::<Edtf>().unwrap().days(), e.days());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn arbitrary_text(text in ".{0,120}") {
        check(&text, &Days::one("2004-05-14".parse().unwrap()))?;
    }

    #[test]
    fn arbitrary_words_and_anchors(text in words(), day in -650_000i32..900_000, width in 0i32..1000, lo in any::<bool>(), hi in any::<bool>()) {
        let start = add_days("2000-01-01".parse::<Day>().unwrap(), day);
        let anchor = Days { lo: lo.then_some(start), hi: hi.then(|| add_days(start, width)) };
        check(&text, &anchor)?;
    }

    #[test]
    fn a_wider_anchor_holds_the_answer_of_each_of_its_days(text in words(), day in 0i32..20_000, width in 0i32..60, at in 0i32..60) {
        let start = add_days("1970-01-01".parse::<Day>().unwrap(), day);
        let one = add_days(start, at.min(width));
        let (_, facts) = read(&text);
        for t in &facts.times {
            let narrow = times::resolve(t, &facts.times, &Days::one(one));
            let wide = times::resolve(t, &facts.times, &Days::between(start, add_days(start, width)));
            if let (Some(n), Some(w)) = (narrow.days.lo, wide.days.lo) {
                prop_assert!(w <= n, "{:?}: {narrow:?} {wide:?}", t.meaning);
            }
            if let (Some(n), Some(w)) = (narrow.days.hi, wide.days.hi) {
                prop_assert!(w >= n, "{:?}: {narrow:?} {wide:?}", t.meaning);
            }
        }
    }
}

/// The facts of a text in which a reader marked these words as times.
fn read_marked(text: &str, words: &[&str]) -> Vec<String> {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let token = |phrase: &str| {
        let at = report.text.to_lowercase().find(&phrase.to_lowercase()).unwrap();
        let holds = |k: &usize| {
            let s = segments.tokens[*k].span;
            (s.start as usize) < at + phrase.len() && s.end as usize > at
        };
        let inside: Vec<usize> = (0..segments.tokens.len()).filter(holds).collect();
        TokenRange::new(inside[0], inside[inside.len() - 1] + 1)
    };
    let marks = Marks { times: words.iter().map(|w| token(w)).collect(), ..Marks::default() };
    let found = times::find(&report, &segments, &marks);
    let anchor = anchor(Some("2014-05-14"));
    let one = |t| {
        let value = times::resolve(t, &found, &anchor).value.unwrap_or_default();
        format!("{} {value}", t.span.of(&report.text))
    };
    found.iter().map(one).collect()
}

#[test]
fn phrases_that_need_a_mark_are_read_where_a_reader_marked_them() {
    for (phrase, example) in &TIMES.marked_examples {
        assert_eq!(
            read(example).1.times.iter().filter(|t| t.maker.by == "times.marked").count(),
            0,
            "{example:?}"
        );
        let found = read_marked(example, &[phrase]);
        assert!(found.iter().any(|f| f.to_lowercase().starts_with(phrase.as_str())), "{phrase:?}: {found:?}");
    }
}

#[test]
fn marks_settle_what_the_grammar_leaves_open() {
    // Vague words count only where a reader that marks times marked them.
    let text = "The road is now open, and they met on Monday.";
    assert_eq!(read_marked(text, &["Monday"]), ["Monday 2014-05-12"]);
    assert_eq!(read_marked(text, &["now", "Monday"]), ["now PRESENT_REF", "Monday 2014-05-12"]);
    assert_eq!(read_marked(text, &[]), ["now PRESENT_REF", "Monday 2014-05-12"]);
    // "Today's youth" is no day where the reader sees none.
    let text = "They met on Monday; today's youth did not.";
    assert_eq!(read_marked(text, &["Monday"]), ["Monday 2014-05-12"]);
    assert_eq!(read_marked(text, &["Monday", "today"]), ["Monday 2014-05-12", "today 2014-05-14"]);
    // What is written like the title of a work is none either.
    let text = "She told “This Week” on Monday that this week was quiet.";
    assert_eq!(read_marked(text, &["Monday", "week was"]), ["Monday 2014-05-12", "this week 2014-W20"]);
    // "All week" is how long, "the week" is when.
    assert_eq!(read_marked("The ford was closed all week.", &["all week"]), ["all week P1W"]);
    // Words that are times by their company only.
    assert_eq!(read_marked("Months of talks came to nothing.", &["Months"]), ["Months PXM"]);
    assert_eq!(read_marked("The March vote split them.", &["March"]), ["March 2014-03"]);
    // A day whose month is named before.
    let text = "They met on May 3, and on the 5th they signed.";
    assert_eq!(read_marked(text, &["May 3", "the 5th"]), ["May 3 2014-05-03", "the 5th 2014-05-05"]);
}
