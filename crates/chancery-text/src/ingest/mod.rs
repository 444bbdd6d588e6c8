//! From files, folders, patterns, archives and standard input to reports.
//!
//! Reading has three steps, so that callers can run them side by side: [`sources`] lists what there is, [`pieces`] takes
//! a source apart into the bytes of single reports (one at a time, so a million lines need no more memory than the
//! longest), and [`Piece::read`] makes the report. [`read`] does all of them in order. Whatever goes wrong is a
//! [`Problem`] beside the reports, never an end of the whole.

mod archive;
mod decode;
mod format;
mod guard;
mod html;
mod json;
mod problem;
mod sources;

pub use problem::{Problem, ProblemKind};
pub use sources::{Source, sources};

use crate::blocks::Hints;
use crate::report::build;
use archive::Archive;
use chancery_model::report::{Given, Report};
use format::Format;
use guard::guard;
pub use guard::guarded;
use html::{MainText, Smoothie};
use json::{Chunks, NoEntry, Parting};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// Limits of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Largest report, in bytes of its source.
    pub max_bytes: usize,
    /// How many times its packed size a member of an archive may grow.
    pub max_zip_ratio: u64,
    /// Largest sum of the unpacked members of an archive, in bytes.
    pub max_zip_total: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_bytes: 20_000_000, max_zip_ratio: 200, max_zip_total: 2_000_000_000 }
    }
}

/// How the bytes of a piece are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Text,
    Html,
    Json,
}

/// The bytes of one report, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    path: String,
    /// Its key, unless it names a better one itself.
    key: String,
    body: Body,
    bytes: Vec<u8>,
}

impl Piece {
    /// Reads the report: decodes it, finds its main text, lays it out. A pure function of the piece.
    ///
    /// # Errors
    /// When the bytes are no text, no JSON with a text, or hold nothing.
    pub fn read(self) -> Result<Report, Problem> {
        let path = self.path.clone();
        guard(|| self.report()).unwrap_or_else(|| {
            let reason = "a part of this program or a library failed on it";
            Err(Problem::new(
                &path,
                ProblemKind::Failed,
                reason,
                "report it with the file, and leave it out for now",
            ))
        })
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn report(self) -> Result<Report, Problem> {
        let sha256: String = Sha256::digest(&self.bytes).iter().map(|b| format!("{b:02x}")).collect();
        let mut report = match self.body {
            Body::Json => self.json()?,
            Body::Text | Body::Html => self.document()?,
        };
        report.sha256 = sha256;
        report.path = Some(self.path);
        Ok(report)
    }

    fn json(&self) -> Result<Report, Problem> {
        let decoded = String::from_utf8_lossy(&self.bytes);
        let entry = json::entry(decoded.as_bytes()).map_err(|e| match e {
            NoEntry::Json(why) => Problem::new(
                &self.path,
                ProblemKind::Json,
                format!("it is not valid JSON ({why})"),
                "mend it, or leave it out",
            ),
            NoEntry::NoText => {
                let reason = "it has no text";
                Problem::new(
                    &self.path,
                    ProblemKind::NoText,
                    reason,
                    "give every report an object with a \"text\"",
                )
            }
        })?;
        if entry.text.trim().is_empty() {
            return Err(Problem::empty(&self.path));
        }
        let key = entry.id.or_else(|| entry.given.url.clone()).unwrap_or_else(|| self.key.clone());
        Ok(build(&key, entry.text, entry.given, &Hints::default()))
    }

    fn document(&self) -> Result<Report, Problem> {
        let page = self.body == Body::Html;
        let said = if page { html::said_encoding(&self.bytes) } else { None };
        let decoded = decode::decode(&self.bytes, said).map_err(|why| {
            let next = "save it as text, HTML or JSON Lines, or leave it out";
            Problem::new(&self.path, ProblemKind::NotText, why.0, next)
        })?;
        let mut notes = decoded.notes;
        let mut report = if page {
            // Places in the page are not places in its text.
            notes.iter_mut().for_each(|n| n.span = None);
            let main: &dyn MainText = &Smoothie;
            let read = html::read(&decoded.text, main);
            notes.extend(read.notes);
            // The same page saved twice, in two places, is one report: its own address names it.
            let key = read.given.url.clone().unwrap_or_else(|| self.key.clone());
            build(&key, read.text, read.given, &read.hints)
        } else {
            build(&self.key, decoded.text, Given::default(), &Hints::default())
        };
        if report.text.trim().is_empty() {
            return Err(Problem::empty(&self.path));
        }
        notes.append(&mut report.notes);
        report.notes = notes;
        Ok(report)
    }
}

/// What is to be taken apart: a name, a format, and bytes.
pub(crate) struct Input {
    path: String,
    key: String,
    format: Option<Format>,
    bytes: Vec<u8>,
}

impl Input {
    fn member(path: String, key: String, format: Option<Format>, bytes: Vec<u8>) -> Self {
        Self { path, key, format, bytes }
    }
}

type Stream = Box<dyn BufRead + Send>;

enum State {
    Done,
    Piece(Box<Result<Piece, Problem>>),
    Chunks {
        chunks: Chunks<Stream>,
        path: String,
        key: String,
        parting: Parting,
        any: bool,
    },
    /// An archive, and the member that is being taken apart.
    Archive {
        archive: Box<Archive>,
        member: Option<Box<Pieces>>,
    },
}

/// The reports of a source, still in bytes. Holds one of them at a time.
pub struct Pieces {
    state: State,
    options: Options,
}

/// Takes a source apart into the bytes of single reports.
#[must_use]
pub fn pieces(source: &Source, options: &Options) -> Pieces {
    let path = source.shown();
    let state = start(source, &path, options).unwrap_or_else(|p| State::Piece(Box::new(Err(p))));
    Pieces { state, options: options.clone() }
}

/// The reports of a source, in order, with the problems among them.
pub fn open(
    source: &Source,
    options: &Options,
) -> impl Iterator<Item = Result<Report, Problem>> + Send + use<> {
    pieces(source, options).map(|p| p.and_then(Piece::read))
}

/// The reports of all inputs, in order, with the problems among them; see [`sources`] for what an input may be.
pub fn read<P: AsRef<Path>>(
    inputs: &[P],
    options: &Options,
) -> impl Iterator<Item = Result<Report, Problem>> + Send + use<P> {
    let options = options.clone();
    sources(inputs).into_iter().flat_map(
        move |s| -> Box<dyn Iterator<Item = Result<Report, Problem>> + Send> {
            match s {
                Ok(s) => Box::new(open(&s, &options)),
                Err(p) => Box::new(std::iter::once(Err(p))),
            }
        },
    )
}

/// The file on disk of a report's path: without the member of an archive, the line of JSON Lines and the
/// number of a JSON value.
#[must_use]
pub fn file_of(path: &str) -> &str {
    let file = path.split_once("!/").map_or(path, |(f, _)| f);
    match file.rsplit_once([':', '#']) {
        Some((f, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => f,
        _ => file,
    }
}

/// The reports in bytes that are at hand, such as an upload; `name` is their file name and key.
pub fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> impl Iterator<Item = Result<Report, Problem>> + Send + use<> {
    let format = Format::of_name(Path::new(name));
    let input = Input { path: name.to_owned(), key: name.to_owned(), format, bytes };
    Pieces { state: from_bytes(input, options, true), options: options.clone() }
        .map(|p| p.and_then(Piece::read))
}

/// Opens a source and finds its format.
fn start(source: &Source, path: &str, options: &Options) -> Result<State, Problem> {
    let io = |e: std::io::Error| Problem::io(path, &e);
    let mut stream: Stream = if source.stdin {
        Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()))
    } else {
        Box::new(BufReader::with_capacity(1 << 16, std::fs::File::open(&source.path).map_err(io)?))
    };
    let mut head = Vec::new();
    stream.by_ref().take(8192).read_to_end(&mut head).map_err(io)?;
    let format = format_of(source.format, &head, &source.path);
    let stream: Stream = Box::new(Cursor::new(head.clone()).chain(stream));
    let wide = head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || head.get(..4).is_some_and(|h| h.contains(&0));
    match format {
        Format::Zip if source.stdin => {
            let bytes = whole(stream, path, usize::try_from(options.max_zip_total).unwrap_or(usize::MAX), 0)?;
            Ok(archive(Box::new(Cursor::new(bytes)), path, &source.key))
        }
        Format::Zip => {
            let file = std::fs::File::open(&source.path).map_err(io)?;
            Ok(archive(Box::new(BufReader::new(file)), path, &source.key))
        }
        Format::Json | Format::Lines if !wide => Ok(chunks(stream, format, path, &source.key, options)),
        Format::Json | Format::Lines => {
            let bytes = whole(stream, path, options.max_bytes.saturating_mul(16), source.bytes)?;
            let input = Input { path: path.to_owned(), key: source.key.clone(), format: Some(format), bytes };
            Ok(from_bytes(input, options, false))
        }
        Format::Text | Format::Html => {
            let bytes = whole(stream, path, options.max_bytes, source.bytes)?;
            let input = Input { path: path.to_owned(), key: source.key.clone(), format: Some(format), bytes };
            Ok(from_bytes(input, options, false))
        }
    }
}

/// The format by name, else by first bytes; office documents are archives but none of reports.
fn format_of(named: Option<Format>, head: &[u8], path: &Path) -> Format {
    named.unwrap_or_else(|| {
        let sniffed = Format::sniff(head);
        let unnamed = path.extension().is_none() || path == Path::new("-");
        if sniffed == Format::Zip && !unnamed { Format::Text } else { sniffed }
    })
}

/// Reads a stream to its end, unless it is larger than the limit.
fn whole(stream: Stream, path: &str, limit: usize, known: u64) -> Result<Vec<u8>, Problem> {
    if known > limit as u64 {
        return Err(Problem::too_large(path, known, limit));
    }
    let mut bytes = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| Problem::io(path, &e))?;
    if bytes.len() > limit {
        return Err(Problem::too_large(path, bytes.len() as u64, limit));
    }
    Ok(bytes)
}

fn archive(from: Box<dyn archive::Bytes>, path: &str, key: &str) -> State {
    match Archive::open(from, path, key) {
        Ok(a) => State::Archive { archive: Box::new(a), member: None },
        Err(p) => State::Piece(Box::new(Err(p))),
    }
}

fn chunks(stream: Stream, format: Format, path: &str, key: &str, options: &Options) -> State {
    let parting = if format == Format::Lines { Parting::Lines } else { Parting::Values };
    let chunks = Chunks::new(stream, parting, options.max_bytes);
    State::Chunks { chunks, path: path.to_owned(), key: key.to_owned(), parting, any: false }
}

/// Takes bytes apart that are at hand; `zip` is whether an archive may be opened.
fn from_bytes(input: Input, options: &Options, zip: bool) -> State {
    let Input { path, key, format, bytes } = input;
    let format = format_of(format, bytes.get(..8192).unwrap_or(&bytes), Path::new(&path));
    match format {
        Format::Zip if zip => archive(Box::new(Cursor::new(bytes)), &path, &key),
        Format::Json | Format::Lines => {
            // The parts are found in UTF-8.
            let bytes = match decode::decode(&bytes, None) {
                Ok(d) if std::str::from_utf8(&bytes).is_err() && !bytes.starts_with(b"\xef\xbb\xbf") => {
                    d.text.into_bytes()
                }
                _ => bytes,
            };
            chunks(Box::new(Cursor::new(bytes)), format, &path, &key, options)
        }
        _ => {
            let piece = if bytes.is_empty() {
                Err(Problem::empty(&path))
            } else if bytes.len() > options.max_bytes {
                Err(Problem::too_large(&path, bytes.len() as u64, options.max_bytes))
            } else {
                let body = if format == Format::Html { Body::Html } else { Body::Text };
                Ok(Piece { path, key, body, bytes })
            };
            State::Piece(Box::new(piece))
        }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::Piece(p) => Some(*p),
            State::Chunks { mut chunks, path, key, parting, any } => {
                let Some(got) = chunks.next() else {
                    return (!any).then(|| Err(Problem::empty(&path)));
                };
                let item = match got {
                    Ok(c) => {
                        let (mark, word) =
                            if parting == Parting::Lines { (":", "line") } else { ("#", "value") };
                        // A file with one object is that report; its number would say nothing.
                        let alone = parting == Parting::Values && c.number == 1 && !chunks.in_array();
                        let numbered =
                            |s: &str| if alone { s.to_owned() } else { format!("{s}{mark}{}", c.number) };
                        match c.too_large {
                            Some(n) => Err(Problem::too_large(&path, n, self.options.max_bytes)
                                .at(format!("{word} {}", c.number))),
                            None => Ok(Piece {
                                path: numbered(&path),
                                key: numbered(&key),
                                body: Body::Json,
                                bytes: c.bytes,
                            }),
                        }
                    }
                    Err(e) => Err(Problem::io(&path, &e)),
                };
                self.state = State::Chunks { chunks, path, key, parting, any: true };
                Some(item)
            }
            State::Archive { mut archive, mut member } => loop {
                if let Some(m) = member.as_mut()
                    && let Some(item) = m.next()
                {
                    self.state = State::Archive { archive, member };
                    return Some(item);
                }
                match archive.next(&self.options)? {
                    Ok(input) => {
                        let state = from_bytes(input, &self.options, false);
                        member = Some(Box::new(Self { state, options: self.options.clone() }));
                    }
                    Err(p) => {
                        self.state = State::Archive { archive, member: None };
                        return Some(Err(p));
                    }
                }
            },
        }
    }
}
