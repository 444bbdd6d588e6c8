//! The formats, told by name and by first bytes.

use std::path::Path;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Text,
    Html,
    Json,
    Lines,
    Zip,
}

impl Format {
    /// By the ending of a name; `None` when the ending says nothing. Markdown is text: its marks stay in it.
    pub(crate) fn of_name(path: &Path) -> Option<Self> {
        let ext = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ext.as_str() {
            "txt" | "text" | "md" | "markdown" | "mdown" => Self::Text,
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            "json" => Self::Json,
            "jsonl" | "ndjson" | "jsonlines" => Self::Lines,
            "zip" => Self::Zip,
            _ => return None,
        })
    }

    /// By the first bytes.
    pub(crate) fn sniff(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let starts = |p: &[u8]| head.get(..p.len()).is_some_and(|h| h.eq_ignore_ascii_case(p));
        let has =
            |p: &[u8]| head.get(..2000).unwrap_or(head).windows(p.len()).any(|w| w.eq_ignore_ascii_case(p));
        let page = [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|p| starts(p));
        if page || ((starts(b"<?xml") || starts(b"<!--")) && has(b"<html")) {
            return Self::Html;
        }
        if head.starts_with(b"{") {
            let first = head.split(|b| *b == b'\n').next().unwrap_or(head);
            let whole = serde_json::from_slice::<serde_json::Value>(first).is_ok();
            // A first line longer than what was looked at is a line all the same.
            let long = first.len() == head.len();
            return if whole || long { Self::Lines } else { Self::Json };
        }
        let array = head.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
        if array.is_some_and(|r| r.starts_with(b"{") || r.starts_with(b"]")) {
            Self::Json
        } else {
            Self::Text
        }
    }
}

/// What bytes that are no text are, by their first bytes: the name of the format.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a sound, film or picture"),
        (b"II*\0", "a picture"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"\x1f\x8b", "a gzip file"),
        (b"BZh", "a bzip2 file"),
        (b"\xfd7zXZ", "an xz file"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf", "a rich text file"),
        (b"SQLite format 3", "a database"),
        (b"ID3", "a sound"),
        (b"OggS", "a sound"),
        (b"\0asm", "a program"),
        (b"PAR1", "a Parquet file"),
        (b"\0\0\0 ftyp", "a film"),
        (b"\0\0\0\x18ftyp", "a film"),
        (b"WARC/1", "a web archive"),
    ];
    MAGIC.iter().find(|(m, _)| head.starts_with(m)).map(|(_, n)| *n)
}
