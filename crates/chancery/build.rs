//! Hashes the sources of what reads and notes, so that facts made by other code or other word lists are made anew.

use std::path::{Path, PathBuf};

fn main() {
    for (name, crates) in [
        (
            "CHANCERY_READER_HASH",
            &["chancery-model", "chancery-lexicon", "chancery-text", "chancery-reader"][..],
        ),
        (
            "CHANCERY_RULES_HASH",
            &["chancery-model", "chancery-lexicon", "chancery-text", "chancery-facts"][..],
        ),
    ] {
        let mut files = Vec::new();
        for c in crates {
            for part in ["src", "data"] {
                let dir = Path::new("..").join(c).join(part);
                println!("cargo::rerun-if-changed={}", dir.display());
                collect(&dir, &mut files);
            }
        }
        files.sort();
        let mut hash = blake3::Hasher::new();
        for f in files {
            let bytes = std::fs::read(&f).unwrap_or_default();
            hash.update(f.to_string_lossy().replace('\\', "/").as_bytes());
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(&bytes);
        }
        let hex = hash.finalize().to_hex();
        println!("cargo::rustc-env={name}={}", &hex.as_str()[..16]);
    }
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for e in entries.flatten() {
        let p = e.path();
        if p.is_dir() {
            collect(&p, out);
        } else {
            out.push(p);
        }
    }
}
