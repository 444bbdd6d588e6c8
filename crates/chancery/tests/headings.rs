//! Headings of events and names of series, read by the trained reader from plain sentences.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

use chancery_model::Id;
use chancery_model::rows::{EventMentionRow, EventRow, SeriesRow};

fn titles(reports: &[(&str, &str)]) -> Vec<String> {
    pile::numbered(reports).store().rows::<EventRow>(None).unwrap().into_iter().map(|e| e.title).collect()
}

#[test]
fn who_strikes_back_is_not_who_struck() {
    let text = "A ferry packed with pilgrims was blown up by two mines near Port Ferrand on Tuesday, killing 31 people, the \
                army said. The government blamed the rebels. A spokesman said the air force had begun to strike rebel camps.";
    let all = titles(&[("2011-03-09", text)]);
    assert!(all.iter().any(|t| t.contains("ferry") || t.contains("31 people")), "{all:?}");
    let mixed = |t: &&String| t.contains("Air force") && (t.contains("ferry") || t.contains("31 people"));
    assert!(!all.iter().any(|t| mixed(&t)), "{all:?}");
}

#[test]
fn neither_side_takes_no_second_not() {
    let all = titles(&[("2011-03-09", "Neither side asked for help from Norway on Tuesday.")]);
    assert!(!all.iter().any(|t| t.contains("does not")), "{all:?}");
}

#[test]
fn what_is_counted_over_other_stretches_is_no_series() {
    let reports = [
        (
            "2008-06-03",
            "At least 700 people have been killed since the beginning of the year, the monitors said.",
        ),
        ("2008-06-05", "The government said 650 people had been killed since the beginning of the year."),
        ("2008-06-04", "More than 60 people have been killed since the start of April, the monitors said."),
        ("2008-06-06", "Some 45,000 people had been killed in the war by this spring, an aid group said."),
    ];
    let engine = pile::numbered(&reports);
    let of: Vec<String> =
        engine.store().rows::<SeriesRow>(None).unwrap().into_iter().map(|s| s.title).collect();
    assert_eq!(of, ["People killed, since 2008"]);
    let members = "SELECT low FROM figures WHERE series IS NOT NULL ORDER BY low";
    let lows: Vec<f64> =
        engine.store().query_json(members, &[]).unwrap().iter().filter_map(|r| r["low"].as_f64()).collect();
    assert_eq!(lows, [650.0, 700.0]);
}

#[test]
fn whose_fall_it_is_keeps_falls_apart() {
    let reports = [
        ("2011-07-29", "The ouster of Karl Rau last winter shook Bodo. The rebels want to oust Mia Holm."),
        ("2011-07-30", "The rebels have failed to oust Mia Holm. She will not go."),
        ("2011-07-31", "Fighters hope to oust Mia Holm before the winter."),
    ];
    let engine = pile::numbered(&reports);
    let told: Vec<EventMentionRow> = engine.store().rows(None).unwrap();
    let falls = |words: &str| -> Vec<&Id> {
        told.iter().filter(|m| m.text.contains("oust") && m.text.contains(words)).map(|m| &m.event).collect()
    };
    let (his, all) = (falls("ouster"), falls("oust"));
    assert!(his.len() == 1 && all.len() > 2, "{told:?}");
    assert_eq!(all.iter().filter(|e| **e == his[0]).count(), 1, "his fall is hers: {told:?}");
}

#[test]
fn what_went_before_has_no_day_of_what_came_after() {
    let reports = [
        ("2011-08-01", "The rig sank on July 22 after an explosion in which 11 workers lost their lives."),
        ("2011-08-01", "Oil leaks from the rig which sank on July 22 after an explosion killed 11 workers."),
    ];
    let engine = pile::numbered(&reports);
    let all: Vec<EventMentionRow> = engine.store().rows(None).unwrap();
    let text = |m: &EventMentionRow| m.end - m.start == i64::try_from("explosion".len()).unwrap();
    let told: Vec<&EventMentionRow> = all.iter().filter(|m| m.by == "echo" && text(m)).collect();
    assert!(!told.is_empty(), "the word takes the killing up");
    assert!(told.iter().all(|m| m.date.is_none()), "{told:?}");
}
