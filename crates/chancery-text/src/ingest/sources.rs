//! What there is to read: files, folders, patterns and standard input, in a fixed order.

use super::format::Format;
use super::problem::{Problem, ProblemKind};
use std::path::{Path, PathBuf};

/// Something to open: a file, an archive, or standard input. Cheap; nothing of it has been read yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// Its name below the folder that was named, with `/` between folders; the file name of a file that was named.
    pub key: String,
    /// Size in bytes; 0 when unknown.
    pub bytes: u64,
    pub(crate) format: Option<Format>,
    pub(crate) stdin: bool,
}

impl Source {
    /// Standard input; its format is worked out from its first bytes.
    #[must_use]
    pub fn stdin() -> Self {
        Self { path: PathBuf::from("-"), key: "stdin".to_owned(), bytes: 0, format: None, stdin: true }
    }

    fn file(path: &Path, key: String) -> Self {
        let bytes = std::fs::metadata(path).map_or(0, |m| m.len());
        Self { path: path.to_owned(), key, bytes, format: Format::of_name(path), stdin: false }
    }

    /// The path as it is shown to people.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.stdin { "standard input".to_owned() } else { self.path.to_string_lossy().into_owned() }
    }
}

/// Lists what the inputs name, each in turn: a file, a folder (walked in the order of names, hidden files left out,
/// links followed once), a pattern (`news/*.txt`, `**/*.html`) where no file has that very name, or `-` for standard
/// input. What cannot be listed is a [`Problem`].
#[must_use]
pub fn sources<P: AsRef<Path>>(inputs: &[P]) -> Vec<Result<Source, Problem>> {
    let mut out = Vec::new();
    for input in inputs {
        let path = input.as_ref();
        if path == Path::new("-") {
            out.push(Ok(Source::stdin()));
        } else if path.is_dir() {
            let before = out.len();
            folder(path, path, &mut out);
            if out.len() == before {
                let shown = path.to_string_lossy();
                let next = "name the folder that holds the reports";
                out.push(Err(Problem::new(&shown, ProblemKind::Empty, "the folder holds no files", next)));
            }
        } else if path.symlink_metadata().is_ok() || !pattern(path, &mut out) {
            out.push(match std::fs::metadata(path) {
                Ok(_) => Ok(Source::file(path, name(path))),
                Err(e) => Err(Problem::io(&path.to_string_lossy(), &e)),
            });
        }
    }
    out
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy(), |n| n.to_string_lossy()).into_owned()
}

/// The path below a folder, with `/` between its parts on every system.
fn below(path: &Path, base: &Path) -> String {
    let rest = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<String> = rest.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn folder(dir: &Path, base: &Path, out: &mut Vec<Result<Source, Problem>>) {
    let walk = walkdir::WalkDir::new(dir).follow_links(true).sort_by_file_name();
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    for entry in walk.into_iter().filter_entry(|e| !hidden(e)) {
        match entry {
            Ok(e) if e.file_type().is_file() => out.push(Ok(Source::file(e.path(), below(e.path(), base)))),
            Ok(_) => {}
            Err(e) => {
                let path = e.path().unwrap_or(dir).to_string_lossy().into_owned();
                out.push(Err(if e.loop_ancestor().is_some() {
                    let reason = "the link leads back to a folder above it";
                    Problem::new(&path, ProblemKind::Loop, reason, "nothing is lost; the folder is read once")
                } else {
                    e.io_error().map_or_else(
                        || {
                            Problem::new(
                                &path,
                                ProblemKind::Unreadable,
                                "it cannot be read",
                                "check it, or leave it out",
                            )
                        },
                        |io| Problem::io(&path, io),
                    )
                }));
            }
        }
    }
}

/// Lists the files that a pattern names; `false` when the path is no pattern.
fn pattern(path: &Path, out: &mut Vec<Result<Source, Problem>>) -> bool {
    let Some(text) = path.to_str().filter(|t| t.contains(['*', '?', '['])) else { return false };
    let bad = |reason: String| {
        Problem::new(
            text,
            ProblemKind::Missing,
            reason,
            "put the pattern between quotation marks and check it",
        )
    };
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = match glob::glob_with(text, options) {
        Ok(found) => found,
        Err(e) => {
            out.push(Err(bad(format!("it is not a pattern ({e})"))));
            return true;
        }
    };
    // Keys begin behind the folders that the pattern names literally.
    let fixed = |p: &std::ffi::OsStr| !p.to_string_lossy().contains(['*', '?', '[']);
    let base: PathBuf = path.iter().take_while(|p| fixed(p)).collect();
    let before = out.len();
    for entry in found {
        match entry {
            Ok(p) if p.is_dir() => {}
            Ok(p) => out.push(Ok(Source::file(&p, below(&p, &base)))),
            Err(e) => out.push(Err(Problem::io(&e.path().to_string_lossy(), e.error()))),
        }
    }
    if out.len() == before {
        out.push(Err(bad("no file matches the pattern".to_owned())));
    }
    true
}
