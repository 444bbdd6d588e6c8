//! Headings of events and names of series, read by the trained reader from plain sentences.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

use chancery_model::rows::{EventRow, SeriesRow};

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
fn no_happening_is_of_a_day_after_reports_told_of_it_as_done() {
    let reports = [
        ("2011-07-29", "Gunmen killed the rebel commander Karl Rau near Bodo on Thursday, a spokesman said."),
        ("2011-07-30", "The killing of the rebel commander Karl Rau near Bodo on Thursday shook the port."),
        (
            "2011-08-22",
            "The killing of the rebel commander Karl Rau near Bodo 12 days ago still worries investors.",
        ),
    ];
    let engine = pile::numbered(&reports);
    let all: Vec<EventRow> = engine.store().rows(None).unwrap();
    let one: Vec<&EventRow> = all.iter().filter(|e| e.reports == 3).collect();
    let days: Vec<String> =
        all.iter().map(|e| format!("{:?} {} {}", e.date_lo, e.reports, e.title)).collect();
    assert!(one.iter().all(|e| e.date_lo.is_some_and(|d| d.to_string() == "2011-07-28")), "{days:?}");
    assert!(
        all.iter()
            .filter(|e| e.reports > 1)
            .all(|e| e.date_lo.is_some_and(|d| d.to_string() == "2011-07-28")),
        "{days:?}"
    );
}

#[test]
fn whose_fall_it_is_keeps_falls_apart() {
    let reports = [
        ("2011-07-29", "The ouster of Karl Rau last winter shook Bodo. The rebels want to oust Mia Holm."),
        ("2011-07-30", "The rebels have failed to oust Mia Holm. She will not go."),
        ("2011-07-31", "Fighters hope to oust Mia Holm before the winter."),
    ];
    let engine = pile::numbered(&reports);
    let all: Vec<EventRow> = engine.store().rows(None).unwrap();
    assert!(
        all.iter().all(|e| !(e.title.contains("Rau") && e.reports > 1)),
        "{:?}",
        all.iter().map(|e| &e.title).collect::<Vec<_>>()
    );
}
