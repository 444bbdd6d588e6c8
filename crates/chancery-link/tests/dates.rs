//! Dates of reports: the Markdown suites of `tests/suites/dates`, what must hold for every record, and the time it takes.
//!
//! The text of a case holds one report or several, each after a line `=== KEY` or `=== KEY DATE`. `holds` is a day that
//! the interval must hold, `not` one that it must not, `why` words that the sentence must have.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "../../chancery-facts/tests/suite/mod.rs"]
mod suite;

use chancery_link::{Decided, Item, Published, dates};
use chancery_model::date::{Day, add_days};
use chancery_model::facts::ReportFacts;
use chancery_model::mark::Marks;
use chancery_model::report::{Given, Report};
use chancery_model::{Days, Id};

fn read(key: &str, text: &str, published: Option<&str>) -> (Report, ReportFacts) {
    let given = Given { published: published.map(str::to_owned), ..Given::default() };
    let report = chancery_text::from_text(key, text, given);
    let segments = chancery_text::segment(&report);
    let facts = chancery_facts::note(&report, &segments, &Marks::default());
    (report, facts)
}

fn solve(read: &[(Report, ReportFacts)], decided: &Decided) -> Vec<(String, Published)> {
    let mut items: Vec<Item<'_>> = read.iter().map(|(report, facts)| Item { report, facts }).collect();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let keys = items.iter().map(|i| i.report.key.clone());
    keys.zip(dates::solve(&items, decided)).collect()
}

fn reports(text: &str) -> Vec<(Report, ReportFacts)> {
    let parts = text.split("=== ").filter(|p| !p.trim().is_empty());
    parts
        .map(|p| {
            let (head, body) = p.split_once('\n').unwrap_or((p, ""));
            let (key, day) = head.split_once(' ').map_or((head, None), |(k, d)| (k, Some(d)));
            read(key, body.trim(), day)
        })
        .collect()
}

#[test]
fn suites() {
    suite::run("dates", "report", 12, |case| {
        let mut all = solve(&reports(&case.text), &Decided::default());
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let wanted = case.expected.get("report").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        all.into_iter()
            .map(|(key, p)| {
                let want = wanted.iter().find(|w| w["key"].as_str() == Some(&key));
                let asked = |k: &str| want.and_then(|w| w.get(k)).and_then(toml::Value::as_str).unwrap_or("");
                let shown = |d: Option<Day>| d.map_or("none".to_owned(), |d| d.to_string());
                let mut out = toml::Table::new();
                let mut put = |k: &str, v: String| out.insert(k.to_owned(), v.into());
                put("lo", shown(p.days.lo));
                put("hi", shown(p.days.hi));
                put("basis", p.basis.to_string());
                put("stamp", p.stamp.clone().unwrap_or("none".to_owned()));
                let has = |day: &str| day.parse::<Day>().is_ok_and(|d| p.days.has(d));
                let told = format!("{} to {}: {}", shown(p.days.lo), shown(p.days.hi), p.why);
                put("holds", if has(asked("holds")) { asked("holds").to_owned() } else { told.clone() });
                put("not", if has(asked("not")) { told.clone() } else { asked("not").to_owned() });
                put("why", if p.why.contains(asked("why")) { asked("why").to_owned() } else { told });
                put("key", key);
                out
            })
            .collect()
    });
}

const STORY: &str = "Rafiq Delmonte resigned as harbourmaster of Kestrel Bay after inspectors found 412 missing crates in \
     the Orsova warehouse. The inspectors, led by Ines Vandermeer, sealed the customs ledger of Kestrel Bay.";

#[test]
fn the_order_of_reports_is_of_no_matter() {
    let mut all = reports(&format!(
        "=== a 2004-05-14\n{STORY}\n=== b\n{STORY} Nobody spoke.\n=== c\nA dam broke on Monday."
    ));
    let want = solve(&all, &Decided::default());
    all.reverse();
    assert_eq!(solve(&all, &Decided::default()), want);
}

#[test]
fn a_decision_wins_and_reaches_the_neighbours() {
    let all = reports(&format!("=== a\n{STORY}\n=== b\n{STORY} Nobody spoke."));
    assert!(solve(&all, &Decided::default()).iter().all(|(_, p)| p.days == Days::open()));
    let day: Day = "2011-03-09".parse().unwrap();
    let id: Id = all[0].0.id.clone();
    let mut decided = Decided::default();
    decided.dates.insert(id, Days::one(day));
    let solved = solve(&all, &decided);
    assert!(solved.iter().all(|(_, p)| p.days.has(day) && p.days.width().is_some()), "{solved:?}");
}

#[test]
fn a_users_own_chronology_counts() {
    let all = reports("=== a\nThe regatta of Kestrel Bay ended in a storm, sailors said on Monday.");
    assert_eq!(solve(&all, &Decided::default())[0].1.days, Days::open());
    let own = "[[fact]]\nid = \"regatta\"\ntitle = \"The regatta\"\nkind = \"disaster\"\ndate = \"2012-07-02\"\nwords = [\"regatta of Kestrel Bay\"]\n";
    let known = chancery_lexicon::chronology::read(own).unwrap().into_iter().map(|(_, f)| f).collect();
    let p = solve(&all, &Decided { known, ..Decided::default() }).remove(0).1;
    assert_eq!(p.days.lo, Some("2012-07-01".parse().unwrap()), "{p:?}");
}

/// Ten thousand reports of four hundred stories, every fifth without a date. The limit is far above what it takes; what
/// it would catch is work that grows with the pairs.
#[test]
fn ten_thousand_reports() {
    let start: Day = "2003-01-01".parse().unwrap();
    let names = |n: usize, k: usize| format!("Q{}w{} Z{}x{}", n % 97, n + k, n % 89, n * 7 + k);
    let made = |n: usize| -> (Report, ReportFacts) {
        let (story, part) = (n / 25, n % 25);
        let day = add_days(start, i32::try_from(story * 3 + part / 5).unwrap());
        let text = format!(
            "{} met {} in the {} hall on Tuesday. {} said the {} crates of {} had been counted by {}. Report {n}.",
            names(story, 1),
            names(story, 2),
            names(story, 3),
            names(story, 4),
            story * 13 + 100,
            names(story, 5),
            names(story, 6)
        );
        let published = (!n.is_multiple_of(5)).then(|| day.to_string());
        read(&format!("r{n}"), &text, published.as_deref())
    };
    let all: Vec<_> = (0..10_000).map(made).collect();
    let begun = std::time::Instant::now();
    let solved = solve(&all, &Decided::default());
    let took = begun.elapsed();
    eprintln!("10,000 reports in {:.2} s", took.as_secs_f64());
    let given = solved.iter().filter(|(_, p)| p.days.width().is_some_and(|w| w <= 60)).count();
    assert!(given > 9_800, "only {given} of 10,000 have a date");
    assert!(took.as_secs() < 60, "{took:?}");
}
