//! A build that is killed at any moment leaves a record that opens, with what it held, and the next build completes.
//!
//! The test runs itself as a child that publishes one generation of rows after another, and kills it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

mod common;

use chancery_model::rows::{ActorRow, EventRow, EventStateRow, ReportRow, SeriesRow};
use chancery_model::schema::Row;
use chancery_store::Store;
use common::{facts, read, report, reports, rows};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The record the child writes.
const ENV: &str = "CHANCERY_STORE_KILL_CHILD";
/// After how many steps the child waits to be killed; 0 for never.
const STOP: &str = "CHANCERY_STORE_KILL_STEP";
const HERE: &str = "waiting to be killed";
const REPORTS: usize = 60;
const PORTION: usize = 7;
/// Steps of one build: a portion read, about to publish, published.
const STEPS: u64 = (REPORTS as u64).div_ceil(PORTION as u64) + 2;
const ROUNDS: usize = 28;

/// The child: builds and rebuilds until it is killed. Does nothing when run with the other tests.
#[test]
fn child_builds_until_killed() {
    let Some(path) = std::env::var_os(ENV).map(PathBuf::from) else { return };
    let mut left: u64 = std::env::var(STOP).unwrap().parse().unwrap();
    let mut step = || {
        left = left.wrapping_sub(1);
        if left == 0 {
            println!("{HERE}");
            std::io::stdout().flush().unwrap();
            std::thread::sleep(Duration::from_secs(60));
        }
    };
    // Not for ever, lest it outlives a parent that was killed itself.
    for turn in 0..500 {
        let mut store = Store::create_or_open(&path).unwrap();
        build(&mut store, turn % 3, &mut step);
        store.close().unwrap();
    }
}

/// One build: reads what is not read yet in small portions, some of it in a new edition, then publishes.
fn build(store: &mut Store, turn: usize, step: &mut dyn FnMut()) {
    let before = generation(store).unwrap_or(0);
    let items: Vec<_> =
        (0..REPORTS).map(|n| (report(n, if n % 5 == 0 { turn } else { 1 }), facts(n, 40))).collect();
    for batch in items.chunks(PORTION) {
        let new: Vec<_> =
            batch.iter().filter(|(r, _)| store.cached(&r.id, "r", "u").unwrap().is_none()).cloned().collect();
        if !new.is_empty() {
            store.put_read(&new, "r", "u").unwrap();
        }
        step();
    }
    let inputs: Vec<_> = store.inputs().collect::<Result<_, _>>().unwrap();
    step();
    store.write_record(&rows(&inputs, before + 1, 20)).unwrap();
    step();
}

/// The generation of the record, after checking that every table is of that one; `None` before the first.
fn generation(store: &Store) -> Option<i64> {
    let actors = all::<ActorRow>(store);
    let Some(actor) = actors.first() else {
        assert!(all::<ReportRow>(store).is_empty(), "reports without actors: half a publication");
        return None;
    };
    let (g, tag) = (actor.reports, format!("generation {}", actor.reports));
    assert_eq!(actor.aliases.0[1], tag);
    assert_eq!(all::<SeriesRow>(store)[0].title, format!("Members, {tag}"));
    let event = &all::<EventRow>(store)[0];
    assert_eq!((event.title.clone(), event.origins), (format!("Ferry talks, {tag}"), g));
    assert_eq!(all::<EventStateRow>(store)[0].origins, g);
    let reports = all::<ReportRow>(store);
    assert_eq!(event.reports, reports.len() as i64);
    assert!(reports.iter().all(|r| r.published_why == tag), "two generations of reports in one record");
    Some(g)
}

fn all<R: Row>(store: &Store) -> Vec<R> {
    store.rows(None).unwrap()
}

/// Numbers from a seed, by Lehmer's method with Park and Miller's constants.
struct Schedule(u64);

impl Schedule {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % below
    }
}

/// When a child is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// So long after it began to write: most often in the middle of a transaction.
    After(Duration),
    /// After so many steps.
    At(u64),
}

fn start_and_kill(path: &Path, kill: Kill) {
    let stop = if let Kill::At(steps) = kill { steps } else { 0 };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_builds_until_killed", "--nocapture"])
        .env(ENV, path)
        .env(STOP, stop.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    match kill {
        Kill::At(_) => {
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let seen = lines.map_while(Result::ok).any(|l| l.contains(HERE));
            assert!(seen, "the child ended before its step {kill:?}");
        }
        Kill::After(time) => {
            let begun = Instant::now();
            while !path.exists() && begun.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(time);
        }
    }
    child.kill().unwrap();
    let out = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(!said.contains("panicked"), "the child failed by itself: {said}");
}

#[test]
fn a_kill_at_any_moment_leaves_a_record_that_opens() {
    let dir = tempfile::tempdir().unwrap();
    let mut schedule = Schedule(20_26);
    let (mut last, mut grown, mut unpublished) = (None, 0, 0);
    let mut path = dir.path().join("0.db");
    for round in 0..ROUNDS {
        // Every fourth round begins with no file at all, and dies before it has published.
        let fresh = round % 4 == 0;
        if fresh {
            path = dir.path().join(format!("{round}.db"));
            last = None;
        }
        let kill = match (fresh, round % 8 < 4) {
            (true, true) => Kill::At(1 + schedule.next(STEPS - 1)),
            (false, true) => Kill::At(1 + schedule.next(3 * STEPS)),
            (true, false) => Kill::After(Duration::from_millis(schedule.next(40))),
            (false, false) => Kill::After(Duration::from_millis(schedule.next(500))),
        };
        start_and_kill(&path, kill);
        if !path.exists() {
            continue;
        }
        let mut store =
            Store::create_or_open(&path).unwrap_or_else(|e| panic!("round {round}, {kill:?}: {e}"));
        let now = generation(&store);
        assert!(now >= last, "round {round}: from generation {last:?} back to {now:?}");
        grown += usize::from(now > last);
        unpublished += usize::from(store.keys().unwrap().len() > all::<ReportRow>(&store).len());
        let faults = store.verify().unwrap();
        assert!(faults.is_empty(), "round {round}, {kill:?}: {faults:?}");
        for r in store.inputs() {
            let r = r.unwrap();
            assert!(r.text.contains(&format!("Ferry talks, day {}", r.key[7..11].parse::<usize>().unwrap())));
        }
        last = now;
        if schedule.next(2) == 0 {
            build(&mut store, 1, &mut || ());
            assert_eq!(generation(&store), Some(last.unwrap_or(0) + 1));
            assert_eq!(all::<ReportRow>(&store).len(), REPORTS);
            assert_eq!(store.verify().unwrap(), []);
            last = generation(&store);
        }
    }
    assert!(grown >= 3, "only {grown} of {ROUNDS} rounds got as far as publishing");
    assert!(unpublished >= 3, "only {unpublished} of {ROUNDS} rounds died between reading and publishing");
}

#[test]
fn reports_read_before_a_stop_are_not_lost() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let items = read(10);
    let mut store = Store::create_or_open(&path).unwrap();
    store.put_read(&items[..5], "r", "u").unwrap();
    store.write_record(&rows(&reports(&items[..5]), 1, 0)).unwrap();
    store.put_read(&items[5..], "r", "u").unwrap();
    // As after a kill: neither published nor closed.
    std::mem::forget(store);
    let store = Store::create_or_open(&path).unwrap();
    assert_eq!(store.inputs().count(), 10);
    assert_eq!(all::<ReportRow>(&store).len(), 5);
    assert!(items.iter().all(|(r, f)| store.cached(&r.id, "r", "u").unwrap().as_ref() == Some(f)));
}
