//! How long a record of a thousand reports takes to write, and ten more: `cargo bench -p chancery-store`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement is printed")]

#[path = "../tests/common/mod.rs"]
mod common;

use chancery_store::Store;
use chancery_store::export::{Format, Options};
use common::{facts, report, rows};
use std::time::Instant;

/// Sentences that make a report as long as a news report is.
fn long_report(n: usize) -> chancery_model::report::Report {
    let mut r = report(n, 1);
    let more =
        format!("The ferry of day {n} waited at the pier while both sides counted their votes again. ")
            .repeat(60);
    r.text.push_str(&more);
    r.id = chancery_model::Id::of("report", &[r.text.as_bytes()]);
    r
}

fn main() {
    // Run with the tests it would only cost time.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("story.db");
    let items: Vec<_> = (0..1010).map(|n| (long_report(n), facts(n, 290))).collect();
    let all: Vec<_> = items.iter().map(|(r, _)| r.clone()).collect();
    let (first, more) = (rows(&all[..1000], 1, 290), rows(&all, 1, 290));
    let size = |what: &str| {
        let kb = std::fs::metadata(&path).unwrap().len() / 1024;
        println!("  {what}: {kb} kB");
    };
    let timed = |what: &str, f: &mut dyn FnMut()| {
        let begun = Instant::now();
        f();
        println!("{what}: {:.3} s", begun.elapsed().as_secs_f64());
    };
    let mut store = Store::create_or_open(&path).unwrap();
    timed("put 1,000 read reports", &mut || {
        items[..1000].chunks(64).for_each(|c| store.put_read(c, "r", "u").unwrap());
    });
    timed("write 1,000 reports", &mut || {
        println!("  {:?}", store.write_record(&first).unwrap());
    });
    store.close().unwrap();
    size("file");
    let mut store = Store::create_or_open(&path).unwrap();
    timed("write them again", &mut || {
        println!("  {:?}", store.write_record(&first).unwrap());
    });
    timed("put 10 more", &mut || store.put_read(&items[1000..], "r", "u").unwrap());
    timed("write 1,010 reports", &mut || {
        println!("  {:?}", store.write_record(&more).unwrap());
    });
    timed("read every input and its facts", &mut || {
        let n =
            store.inputs().map(|r| store.cached(&r.unwrap().id, "r", "u").unwrap().unwrap().mentions.len());
        println!("  {} mentions", n.sum::<usize>());
    });
    timed("export JSON Lines", &mut || {
        store.export(&dir.path().join("out"), Options { format: Format::Jsonl, with_text: true }).unwrap();
    });
    timed("verify", &mut || println!("  {} faults", store.verify().unwrap().len()));
    timed("search", &mut || {
        println!("  {} hits", store.search_reports("ferry \"day 7\"", 20).unwrap().len())
    });
    let blob = store.query_json(
        "SELECT avg(length(facts)) AS facts, (SELECT avg(length(body)) FROM _inputs) AS body FROM _cache",
        &[],
    );
    println!("bytes a report: {:?}", blob.unwrap());
    store.close().unwrap();
    size("file");
}
