//! What could not be read, said in one line.

use chancery_model::report::Note;
use std::fmt;

/// What is wrong with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// There is nothing at this path.
    Missing,
    /// The system does not let it be read, or reading it failed.
    Unreadable,
    /// It holds nothing.
    Empty,
    /// It is no text: pictures, programs, and what else is not read.
    NotText,
    /// It is larger than the limit.
    TooLarge,
    /// It is not the JSON it is said to be.
    Json,
    /// A JSON value without a text.
    NoText,
    /// A zip archive that cannot be opened or is broken.
    Archive,
    /// An encrypted member of an archive.
    Encrypted,
    /// An archive in an archive.
    Nested,
    /// A member or archive that grows too much when unpacked.
    Bomb,
    /// A link that leads back to a folder above it.
    Loop,
    /// A library that reads this format failed on it.
    Failed,
}

impl ProblemKind {
    /// The fixed word of the kind, as notes write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::NotText => "not_text",
            Self::TooLarge => "too_large",
            Self::Json => "json",
            Self::NoText => "no_text",
            Self::Archive => "archive",
            Self::Encrypted => "encrypted",
            Self::Nested => "nested",
            Self::Bomb => "bomb",
            Self::Loop => "loop",
            Self::Failed => "failed",
        }
    }
}

/// An input that gave no report, and why. Shown on one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Problem {
    /// The file, folder or archive; members as `archive.zip!/member`.
    pub path: String,
    /// Where in it: `line 12`, `value 3`, `byte 100`.
    pub place: Option<String>,
    /// What is wrong.
    pub kind: ProblemKind,
    /// Why, without a full stop.
    pub reason: String,
    /// What to do, without a full stop.
    pub next: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of files can hold anything: nothing of theirs may start a new line or steer a terminal.
        let clean =
            |s: &str| s.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect::<String>();
        write!(f, "{}", clean(&self.path))?;
        if let Some(p) = &self.place {
            write!(f, ", {}", clean(p))?;
        }
        write!(f, ": {}; {}", clean(&self.reason), clean(&self.next))
    }
}

impl Problem {
    pub(crate) fn new(
        path: &str,
        kind: ProblemKind,
        reason: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self { path: path.to_owned(), place: None, kind, reason: reason.into(), next: next.into() }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    pub(crate) fn io(path: &str, e: &std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        match e.kind() {
            K::NotFound => Self::new(
                path,
                ProblemKind::Missing,
                "there is no such file or folder",
                "check the name and the folder you are in",
            ),
            K::PermissionDenied => Self::new(
                path,
                ProblemKind::Unreadable,
                "you are not allowed to read it",
                "change its rights, or leave it out",
            ),
            _ => Self::new(
                path,
                ProblemKind::Unreadable,
                format!("it cannot be read ({e})"),
                "check the file, or leave it out",
            ),
        }
    }

    pub(crate) fn too_large(path: &str, bytes: u64, limit: usize) -> Self {
        let reason = format!(
            "it is larger than one report may be ({} of at most {})",
            size(bytes),
            size(limit as u64)
        );
        Self::new(
            path,
            ProblemKind::TooLarge,
            reason,
            "split it into reports, or put the reports into JSON Lines",
        )
    }

    pub(crate) fn empty(path: &str) -> Self {
        Self::new(
            path,
            ProblemKind::Empty,
            "it holds no text",
            "check that it was saved whole, or leave it out",
        )
    }

    /// The same as a note for the record.
    #[must_use]
    pub fn note(&self) -> Note {
        let place = self.place.as_ref().map_or_else(String::new, |p| format!("{p}: "));
        Note {
            path: Some(self.path.clone()),
            span: None,
            kind: self.kind.as_str().to_owned(),
            text: format!("{place}{}; {}.", self.reason, self.next),
        }
    }
}

/// A number of bytes, rounded for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
