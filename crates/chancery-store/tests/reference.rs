//! `docs/record.md` must say what the program writes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed expectation is the message")]

use std::path::PathBuf;

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/record.md")
}

#[test]
fn the_reference_is_up_to_date() {
    let found = std::fs::read_to_string(page()).unwrap_or_default();
    let want = chancery_store::reference_markdown();
    let differs = found.lines().zip(want.lines()).position(|(a, b)| a != b);
    let differs = differs.unwrap_or_else(|| found.lines().count().min(want.lines().count())) + 1;
    assert!(
        found == want,
        "docs/record.md lags behind the tables from line {differs} on; write it afresh with\n  \
         cargo test -p chancery-store --test reference -- --ignored"
    );
}

#[test]
#[ignore = "writes docs/record.md"]
fn write_reference() {
    let page = page();
    std::fs::create_dir_all(page.parent().unwrap()).unwrap();
    std::fs::write(page, chancery_store::reference_markdown()).unwrap();
}
