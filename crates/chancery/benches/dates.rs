//! How long the dates of 1,000 to 30,000 reports take to solve together, and how many characters a second the time
//! expressions of their texts are found and resolved: `cargo bench -p chancery --bench dates`.
//!
//! Of ten made-up reports seven have a printed date; of the others the text tells, or a neighbour that reports the same.
#![allow(missing_docs, clippy::print_stdout)]

use chancery_facts::times;
use chancery_link::{Decided, Item, dates};
use chancery_model::date::add_days;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Given, Report};
use chancery_model::{Day, Days};
use chancery_reader::{Reader, rules::RulesReader};
use rayon::prelude::*;
use std::time::Instant;

const TOWNS: &[&str] = &["Oslo", "Vienna", "Cairo", "Nairobi", "Lima", "Amman", "Kathmandu", "Bergen"];
const NAMES: &[&str] =
    &["Dahl", "Korkmaz", "Vidal", "Haddad", "Nyberg", "Otieno", "Tesfaye", "Quispe", "Araya"];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn pick<'a>(list: &[&'a str], n: usize) -> &'a str {
    list.get(n % list.len()).copied().unwrap_or_default()
}

/// The text of the `n`th report, of one of some two thousand days.
fn text(n: usize, day: Day) -> String {
    let (town, other) = (pick(TOWNS, n / 3), pick(TOWNS, n / 7 + 3));
    let (name, rival) = (pick(NAMES, n / 2), pick(NAMES, n / 5 + 4));
    let printed = format!("{} {}", pick(MONTHS, usize::try_from(day.month() - 1).unwrap_or(0)), day.day());
    let told = if n.is_multiple_of(4) { format!(" on {printed}") } else { " on Tuesday".to_owned() };
    format!(
        "{name} meets {rival} in {town}\n\n{town} - Mr {name} met Mr {rival} in {town}{told}, two days after shells \
         killed {k} people in {other}. The two had last met in {town} three weeks ago.\n\nThe talks will go on next \
         Friday and should end by the end of the month, he said. “A year ago nobody would have come,” said Mr {rival}, \
         who took office in January last year. The truce of {month} 2009 had held for more than six months.",
        k = n % 40 + 2,
        month = pick(MONTHS, n / 11),
    )
}

fn read(n: usize) -> Option<(Report, ReportFacts)> {
    let start: Day = "2010-01-04".parse().ok()?;
    let day = add_days(start, i32::try_from(n * 7919 % 2000).ok()?);
    let published = (n % 10 < 7).then(|| day.to_string());
    let given = Given { published, ..Given::default() };
    let report = chancery_text::from_text(&n.to_string(), &text(n, day), given);
    let segments = chancery_text::segment(&report);
    let facts = chancery_facts::note(&report, &segments, &RulesReader.read(&report, &segments));
    Some((report, facts))
}

fn main() {
    // Run with the tests it would only cost time.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let mut all: Vec<_> = (0..30_000).into_par_iter().filter_map(read).collect();
    all.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let (mut chars, begun) = (0, Instant::now());
    for (report, facts) in all.iter().take(3_000) {
        let segments = chancery_text::segment(report);
        std::hint::black_box(&segments);
        chars += report.text.len();
        std::hint::black_box(facts);
    }
    let cut = begun.elapsed();
    let begun = Instant::now();
    for (report, _) in all.iter().take(3_000) {
        let segments = chancery_text::segment(report);
        let found = times::find(report, &segments, &chancery_model::mark::Marks::default());
        for t in &found {
            std::hint::black_box(times::resolve(t, &found, &Days::open()));
        }
    }
    // Cutting into tokens is not part of the stage.
    let spent = begun.elapsed().saturating_sub(cut).as_secs_f64();
    println!("time expressions: {:.1} million characters a second", chars as f64 / spent / 1e6);
    println!("reports  seconds  microseconds a report  without a day");
    for n in [1_000, 3_000, 10_000, 30_000] {
        let items: Vec<Item<'_>> =
            all.iter().step_by(all.len() / n).take(n).map(|(report, facts)| Item { report, facts }).collect();
        let begun = Instant::now();
        let published = dates::solve(&items, &Decided::default());
        let s = begun.elapsed().as_secs_f64();
        let open = published.iter().filter(|p| p.days.lo.is_none() || p.days.hi.is_none()).count();
        println!("{n:>7}  {s:>7.3}  {:>21.1}  {open:>13}", s * 1e6 / n as f64);
    }
}
