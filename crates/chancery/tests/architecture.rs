//! The invariants of ARCHITECTURE.md, as far as the sources alone show them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What each crate may depend on among ours. A crate that is not listed fails the test: decide where it stands.
const MAY: &[(&str, &[&str])] = &[
    ("chancery-model", &[]),
    ("chancery-lexicon", &["chancery-model"]),
    ("chancery-text", &["chancery-model"]),
    ("chancery-reader", &["chancery-model", "chancery-lexicon"]),
    ("chancery-facts", &["chancery-model", "chancery-lexicon"]),
    ("chancery-link", &["chancery-model", "chancery-lexicon", "chancery-facts"]),
    ("chancery-store", &["chancery-model"]),
    (
        "chancery",
        &[
            "chancery-model",
            "chancery-lexicon",
            "chancery-text",
            "chancery-reader",
            "chancery-facts",
            "chancery-link",
            "chancery-store",
        ],
    ),
    ("chancery-cli", &["chancery", "chancery-model"]),
];

/// Crates whose steps are pure functions.
const PURE: &[&str] = &[
    "chancery-model",
    "chancery-lexicon",
    "chancery-text",
    "chancery-reader",
    "chancery-facts",
    "chancery-link",
];

fn crates() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            sources(&p, out);
        } else if p.extension().is_some_and(|x| x == "rs") {
            out.push(p);
        }
    }
}

#[test]
fn no_crate_knows_a_higher_one() {
    let may: BTreeMap<&str, &[&str]> = MAY.iter().copied().collect();
    for name in crates() {
        let text = std::fs::read_to_string(root().join("crates").join(&name).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        let allowed = may.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no place in MAY"));
        let deps = manifest.get("dependencies").and_then(|d| d.as_table()).cloned().unwrap_or_default();
        for dep in deps.keys().filter(|d| d.starts_with("chancery")) {
            assert!(allowed.contains(&dep.as_str()), "{name} must not know {dep}");
        }
    }
}

#[test]
fn pure_steps_look_at_no_clock_and_no_environment() {
    const FORBIDDEN: &[&str] = &[
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "env::var",
        "thread_rng",
        "rand::",
        "RandomState",
    ];
    let mut seen = 0;
    for name in PURE {
        let mut files = Vec::new();
        sources(&root().join("crates").join(name).join("src"), &mut files);
        for f in files {
            let text = std::fs::read_to_string(&f).unwrap();
            seen += 1;
            // A limit on how long a page may take needs a clock; whether it was hit is said in a note.
            for word in FORBIDDEN {
                assert!(!text.contains(word), "{} uses {word}: pure steps may not", f.display());
            }
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
}

#[test]
fn hash_tables_are_not_walked() {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(text.contains("iter_over_hash_type"), "the workspace lint is gone");
    for name in crates() {
        let text = std::fs::read_to_string(root().join("crates").join(&name).join("Cargo.toml")).unwrap();
        assert!(
            text.contains("[lints]\nworkspace = true") || text.contains("[lints.rust]"),
            "{name} does not take the workspace lints"
        );
        let mut files = Vec::new();
        sources(&root().join("crates").join(&name).join("src"), &mut files);
        for f in files {
            let text = std::fs::read_to_string(&f).unwrap();
            assert!(
                !text.contains("allow(clippy::iter_over_hash_type"),
                "{} walks a hash table",
                f.display()
            );
        }
    }
}

#[test]
fn files_are_short_or_say_why_not() {
    for name in crates() {
        let mut files = Vec::new();
        sources(&root().join("crates").join(&name), &mut files);
        for f in files {
            let text = std::fs::read_to_string(&f).unwrap();
            let lines = text.lines().count();
            let excused = text.lines().take(12).any(|l| l.contains("Over 600 lines because"));
            assert!(
                lines <= 600 || excused,
                "{} has {lines} lines: split it, or say at its top why not",
                f.display()
            );
        }
    }
}

#[test]
fn no_room_is_called_utils() {
    for name in crates() {
        let mut files = Vec::new();
        sources(&root().join("crates").join(&name).join("src"), &mut files);
        for f in files {
            let stem = f.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
            assert!(!["util", "utils", "helpers", "misc"].contains(&stem), "{}", f.display());
        }
    }
}
