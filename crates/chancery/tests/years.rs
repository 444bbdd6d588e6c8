//! Years of days that a report names without one, from dated reports that set the same name beside the day.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

use chancery::Engine;
use chancery_model::rows::{EventRow, ReportRow, TimeRow};

fn built(reports: &[(&str, Option<&str>, &str)]) -> Engine {
    pile::built(reports.iter().map(|(key, day, text)| ((*key).to_owned(), *day, *text)))
}

fn report(engine: &Engine, key: &str) -> ReportRow {
    engine.store().rows::<ReportRow>(None).unwrap().into_iter().find(|r| r.key == key).unwrap()
}

fn value(engine: &Engine, key: &str, words: &str) -> Option<String> {
    let id = report(engine, key).id;
    let all: Vec<TimeRow> = engine.store().rows(None).unwrap();
    all.into_iter().find(|t| t.report == id && t.text == words).unwrap().value
}

const DATED: (&str, Option<&str>, &str) = (
    "dated",
    Some("2006-06-15"),
    "A mine destroyed a bus near Kebithigollewa on Thursday, killing 64 people, the army said.",
);
const LOOKING_BACK: &str = "The first round was held on February 15. In June the envoys came to Oslo. A bus was blown up at \
     Kebithigollewa on June 14. In August the army shut a road. The second round was held in the last days of October.";

#[test]
fn a_day_beside_one_name_has_the_year_of_the_report_that_has_both() {
    let engine = built(&[DATED, ("undated", None, LOOKING_BACK)]);
    let r = report(&engine, "undated");
    assert!(r.published_why.contains("as dated has 2006-06-15"), "{}", r.published_why);
    // It goes on to the end of October, so it is not of July.
    assert!(r.published_lo.is_some_and(|d| d.to_string().as_str() >= "2006-10-15"), "{:?}", r.published_lo);
    assert!(r.published_hi.is_some_and(|d| d.to_string().as_str() < "2007-06-14"), "{:?}", r.published_hi);
    assert_eq!(value(&engine, "undated", "June 14").as_deref(), Some("2006-06-14"));
    // What the tale goes through before and after is of the same year.
    assert_eq!(value(&engine, "undated", "February 15").as_deref(), Some("2006-02-15"));
    assert_eq!(value(&engine, "undated", "August").as_deref(), Some("2006-08"));
}

#[test]
fn the_order_of_the_reports_is_of_no_matter_and_other_names_tell_nothing() {
    let one = built(&[("undated", None, LOOKING_BACK), DATED]);
    assert_eq!(
        report(&one, "undated").published_lo,
        report(&built(&[DATED, ("undated", None, LOOKING_BACK)]), "undated").published_lo
    );
    let elsewhere = LOOKING_BACK.replace("Kebithigollewa", "Muhamalai");
    let other = built(&[DATED, ("undated", None, &elsewhere)]);
    assert_eq!(value(&other, "undated", "June 14"), None);
}

#[test]
fn a_name_that_stands_beside_days_of_two_years_tells_neither() {
    let earlier =
        ("earlier", Some("2005-06-15"), "Gunmen shot a teacher near Kebithigollewa on Tuesday, June 14.");
    let engine = built(&[DATED, earlier, ("undated", None, LOOKING_BACK)]);
    assert_eq!(value(&engine, "undated", "June 14"), None);
}

#[test]
fn what_was_blown_up_on_two_days_is_one_happening() {
    let engine = built(&[DATED, ("undated", None, LOOKING_BACK)]);
    let events: Vec<EventRow> = engine.store().rows(None).unwrap();
    let bus = events.iter().filter(|e| e.title.to_lowercase().contains("bus")).count();
    assert_eq!(bus, 1, "{:?}", events.iter().map(|e| &e.title).collect::<Vec<_>>());
}
