//! The learned reader: one encoder pass over a report, and heads that mark its tokens.
//!
//! What the model file holds and every formula is in `training/FORMAT.md`. The same report gives the same marks on
//! every machine, with every [`Kernel`], on any number of threads.

mod attention;
mod binding;
mod encoder;
mod fine;
mod heads;
mod kernel;
mod linear;
mod load;
mod marks;
mod math;
mod names;
mod pieces;
mod quotes;
mod senses;
mod speakers;
mod tags;
mod tensors;
mod told;
mod windows;

pub use heads::{CueRoles, Labels, Mention, Pairs};
pub use kernel::Kernel;
pub use tensors::LoadError;

use crate::Reader;
use chancery_model::mark::Marks;
use chancery_model::report::{Report, Segments};
use encoder::{Case, Encoder, Piece};
use heads::{Heads, Second, Seen};
use kernel::{Machine, Simd, Work};
use pieces::Pieces;
use senses::Senses;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use tensors::Tensors;
use windows::{Layout, Window};

/// Pieces that go through the encoder together, at least: what keeps its weights in use while they are at hand.
const BATCH: usize = 256;
/// Pieces kept of a word.
const PIECES: usize = 16;
/// Raised when the same model would give other marks.
const REVISION: &[u8] = b"neural 3";
/// The vocabulary of a model file that brings none: that of BERT, lower case.
static VOCABULARY: &str = include_str!("../../weights/vocab.txt");
#[cfg(embedded_weights)]
static WEIGHTS: Option<&[u8]> = Some(include_bytes!("../../weights/reader.safetensors"));
#[cfg(not(embedded_weights))]
static WEIGHTS: Option<&[u8]> = None;
#[cfg(embedded_second)]
static SECOND: Option<&[u8]> = Some(include_bytes!("../../weights/second.safetensors"));
#[cfg(not(embedded_second))]
static SECOND: Option<&[u8]> = None;
#[cfg(embedded_senses)]
static SENSES: Option<&[u8]> = Some(include_bytes!("../../weights/senses.safetensors"));
#[cfg(not(embedded_senses))]
static SENSES: Option<&[u8]> = None;

/// The learned reader.
#[derive(Debug)]
pub struct NeuralReader {
    machine: Machine,
    pieces: Pieces,
    /// What stands before and after the pieces of a window.
    ends: (Piece, Piece),
    encoder: Encoder,
    heads: Heads,
    terms: marks::Terms,
    senses: Option<Senses>,
    context: (usize, usize),
    fingerprint: String,
    spare: Mutex<Vec<Scratch>>,
}

fn open(bytes: &'static [u8], format: &'static str, version: &'static str) -> Result<Tensors, LoadError> {
    let t = Tensors::open(bytes)?;
    for (name, wanted) in [("format", format), ("version", version)] {
        let found = t.entry(name).unwrap_or("");
        if found != wanted {
            return Err(LoadError::Format { wanted, found: found.to_owned() });
        }
    }
    Ok(t)
}

/// Memory of one thread, kept for the next report.
#[derive(Debug, Default)]
struct Scratch {
    encoder: encoder::Scratch,
    heads: heads::Scratch,
    seen: Seen,
}

impl NeuralReader {
    /// The reader whose weights are built into the program; `None` in a build without them.
    ///
    /// # Errors
    /// When the weights are not of this version.
    #[must_use]
    pub fn embedded() -> Option<Result<Self, LoadError>> {
        WEIGHTS.map(|w| {
            let reader = Self::from_bytes(w, SECOND)?;
            match SENSES.filter(|_| SECOND.is_some()) {
                Some(senses) => reader.with_senses(senses),
                None => Ok(reader),
            }
        })
    }

    /// The same without the second reading: it tells no happenings, and what is built on it goes by lists and rules alone.
    ///
    /// # Errors
    /// As [`embedded`](Self::embedded).
    #[must_use]
    pub fn embedded_first() -> Option<Result<Self, LoadError>> {
        WEIGHTS.map(|w| Self::from_bytes(w, None))
    }

    /// The same with the second reading and without what words stand for, which rests on both: for training.
    ///
    /// # Errors
    /// As [`embedded`](Self::embedded).
    #[must_use]
    pub fn embedded_second() -> Option<Result<Self, LoadError>> {
        WEIGHTS.map(|w| Self::from_bytes(w, SECOND))
    }

    /// The reader of a model file, on the fastest kernel of this machine; with that of a second reading, which tells
    /// happenings and what numbers count, or without.
    ///
    /// # Errors
    /// When a file is not one that `training/export.py` or `training/second.py` of this version wrote, or the second is
    /// not for the first.
    pub fn from_bytes(weights: &'static [u8], second: Option<&'static [u8]>) -> Result<Self, LoadError> {
        let t = open(weights, "chancery-reader", "3")?;
        let vocabulary = t.entry("vocab").unwrap_or(VOCABULARY);
        let wrong = |reason: &str| LoadError::Entry { name: "vocab".to_owned(), reason: reason.to_owned() };
        let pieces = Pieces::new(vocabulary).ok_or_else(|| wrong("has no piece [UNK]"))?;
        let end = |piece: &str| {
            let id = pieces.id(piece).ok_or_else(|| wrong("lacks one of the pieces [CLS] and [SEP]"))?;
            Ok(Piece { id, case: Case::End })
        };
        let ends = (end("[CLS]")?, end("[SEP]")?);
        let encoder = Encoder::load(&t)?;
        let mut heads = Heads::load(&t, encoder.width)?;
        if let Some(second) = second {
            let of = t.entry("data").unwrap_or("");
            let second = Second::load(&open(second, "chancery-second", "1")?, of, &heads.labels.names)?;
            heads.second = Some(second);
        }
        let terms = marks::Terms::new(&heads)?;
        let mut hash = blake3::Hasher::new();
        hash.update(REVISION).update(weights).update(vocabulary.as_bytes()).update(second.unwrap_or(&[]));
        Ok(Self {
            machine: Machine::best(),
            pieces,
            ends,
            encoder,
            heads,
            terms,
            senses: None,
            context: (0, 0),
            fingerprint: hash.finalize().to_hex().to_string(),
            spare: Mutex::new(Vec::new()),
        })
    }

    /// The same reader, telling what words stand for besides (`training/senses.py`).
    ///
    /// # Errors
    /// When the file is of another form, or was made for another reader.
    pub fn with_senses(mut self, bytes: &'static [u8]) -> Result<Self, LoadError> {
        let t = open(bytes, "chancery-senses", "1")?;
        if t.entry("reader") != Some(self.fingerprint.as_str()) {
            let reason = "names another reader than the one it is for; make it again with training/senses.py";
            return Err(LoadError::Entry { name: "reader".to_owned(), reason: reason.to_owned() });
        }
        self.senses = Some(Senses::load(&t, self.encoder.width)?);
        let mut hash = blake3::Hasher::new();
        hash.update(self.fingerprint.as_bytes()).update(bytes);
        self.fingerprint = hash.finalize().to_hex().to_string();
        Ok(self)
    }

    /// The same reader on another kernel; `None` when this machine has it not. The marks are the same.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Option<Self> {
        self.machine = Machine::with(kernel)?;
        Some(self)
    }

    /// The same reader with windows that hold at most so many pieces of context before and after what they read. For
    /// measurements: the marks are others, the [fingerprint](Reader::fingerprint) is not.
    #[must_use]
    pub fn with_context(mut self, before: usize, after: usize) -> Self {
        self.context = (before, after);
        self
    }

    /// The kernel it runs on.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        self.machine.kernel()
    }

    /// The labels of words as the scores alone give them. `sentences` are the first word of each sentence and, last, the number of words.
    #[must_use]
    pub fn labels(&self, words: &[&str], sentences: &[usize]) -> Labels {
        self.with_scratch(|scratch| self.look(words, sentences, scratch, true))
    }

    /// The marks of words as the heads give them, before [`Reader::read`] mends them by what the report's layout and the
    /// lists tell; `sentences` as in [`labels`](Self::labels).
    #[must_use]
    pub fn marks(&self, words: &[&str], sentences: &[usize]) -> Marks {
        self.with_scratch(|scratch| {
            let labels = self.look(words, sentences, scratch, false);
            let mut marks = self.terms.marks(&self.heads, &scratch.seen, words, &labels);
            if let (Some(senses), Some((vectors, stride))) = (&self.senses, self.heads.again(&scratch.seen)) {
                marks.senses = senses.of(vectors, stride);
            }
            marks
        })
    }

    /// The second reading's vectors of words, one behind the other, and how many numbers each has; none without a second
    /// reading. Of a vector the first half is the encoder's.
    #[must_use]
    pub fn vectors_again(&self, words: &[&str], sentences: &[usize]) -> Option<(Vec<f32>, usize)> {
        self.with_scratch(|scratch| {
            self.look(words, sentences, scratch, true);
            self.heads.again(&scratch.seen).map(|(vectors, stride)| (vectors.to_vec(), stride))
        })
    }

    /// The rows of the embedding that a word is read as: at least one, at most sixteen.
    #[must_use]
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        self.pieces.cut(word, PIECES, &mut out);
        out
    }

    /// The encoder's vectors of words, one behind the other: for measurements.
    #[must_use]
    pub fn vectors(&self, words: &[&str], sentences: &[usize]) -> Vec<f32> {
        self.with_scratch(|scratch| {
            let (ids, layout) = self.lay_out(words, sentences);
            let windows = layout.plan(&layout.units(), self.context.0, self.context.1);
            let mut out = Vec::new();
            for batch in self.batches(&ids, &layout, &windows) {
                let all: Vec<&[Piece]> = batch.iter().map(|(_, p)| p.as_slice()).collect();
                out.extend(self.encoder.encode(self.machine, &all, None, &mut scratch.encoder).0);
            }
            out
        })
    }

    fn with_scratch<T>(&self, f: impl FnOnce(&mut Scratch) -> T) -> T {
        let lock = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = lock().pop().unwrap_or_default();
        let out = f(&mut scratch);
        lock().push(scratch);
        out
    }

    fn lay_out(&self, words: &[&str], sentences: &[usize]) -> (Vec<Piece>, Layout) {
        let mut ids = Vec::with_capacity(words.len() * 2);
        let mut cut = Vec::new();
        let mut layout = Layout { starts: Vec::with_capacity(words.len() + 1), bounds: vec![0] };
        for word in words {
            layout.starts.push(ids.len());
            cut.clear();
            self.pieces.cut(word, PIECES, &mut cut);
            let case = Case::of(word);
            ids.extend(cut.iter().map(|id| Piece { id: *id, case }));
        }
        layout.starts.push(ids.len());
        let inner = sentences.iter().copied().filter(|b| *b > 0 && *b < words.len());
        layout.bounds.extend(inner);
        layout.bounds.sort_unstable();
        layout.bounds.dedup();
        if !words.is_empty() {
            layout.bounds.push(words.len());
        }
        (ids, layout)
    }

    /// Windows with their pieces, those together that go through the encoder together.
    fn batches<'w>(
        &self,
        ids: &[Piece],
        layout: &Layout,
        windows: &'w [Window],
    ) -> Vec<Vec<(&'w Window, Vec<Piece>)>> {
        let mut out: Vec<Vec<(&Window, Vec<Piece>)>> = Vec::new();
        let mut full = BATCH;
        for window in windows {
            let inner = layout.starts[window.all.start]..layout.starts[window.all.end];
            let mut pieces = Vec::with_capacity(inner.len() + 2);
            pieces.push(self.ends.0);
            pieces.extend_from_slice(&ids[inner]);
            pieces.push(self.ends.1);
            if full >= BATCH {
                out.push(Vec::new());
                full = 0;
            }
            full += pieces.len();
            if let Some(batch) = out.last_mut() {
                batch.push((window, pieces));
            }
        }
        out
    }

    fn look(&self, words: &[&str], sentences: &[usize], scratch: &mut Scratch, bare: bool) -> Labels {
        let (ids, layout) = self.lay_out(words, sentences);
        let units = layout.units();
        let windows = layout.plan(&units, self.context.0, self.context.1);
        let Scratch { encoder, heads, seen } = scratch;
        seen.clear();
        for batch in self.batches(&ids, &layout, &windows) {
            let pieces: Vec<&[Piece]> = batch.iter().map(|(_, p)| p.as_slice()).collect();
            let second = self.heads.second.as_ref().map(|s| (s.after, s.layers.as_slice()));
            let (vectors, again) = self.encoder.encode(self.machine, &pieces, second, encoder);
            self.machine.run(Take {
                reader: self,
                layout: &layout,
                units: &units,
                batch: &batch,
                vectors: &vectors,
                again: &again,
                heads,
                seen,
            });
        }
        self.machine.run(Finish {
            reader: self,
            words,
            bounds: &layout.bounds,
            windows: &windows,
            heads,
            seen,
            bare,
        })
    }
}

/// The heads over a batch of windows.
struct Take<'a> {
    reader: &'a NeuralReader,
    layout: &'a Layout,
    units: &'a [Range<usize>],
    batch: &'a [(&'a Window, Vec<Piece>)],
    vectors: &'a [f32],
    again: &'a [f32],
    heads: &'a mut heads::Scratch,
    seen: &'a mut Seen,
}

impl Work for Take<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let width = self.reader.encoder.width;
        let (mut from, mut rows, mut both) = (0, Vec::new(), Vec::new());
        for (window, pieces) in self.batch {
            rows.clear();
            both.clear();
            for word in window.all.clone() {
                // A word's vector is that of its first piece; one piece stands before the first word.
                let piece = from + self.layout.starts[word] - self.layout.starts[window.all.start] + 1;
                let span = piece * width..(piece + 1) * width;
                rows.extend_from_slice(&self.vectors[span.clone()]);
                if let Some(again) = self.again.get(span.clone()) {
                    both.extend_from_slice(&self.vectors[span]);
                    both.extend_from_slice(again);
                }
            }
            from += pieces.len();
            self.reader.heads.take(s, window, &rows, &both, self.units, self.seen, self.heads);
        }
    }
}

/// What is decided over the whole report.
struct Finish<'a> {
    reader: &'a NeuralReader,
    words: &'a [&'a str],
    bounds: &'a [usize],
    windows: &'a [Window],
    heads: &'a mut heads::Scratch,
    seen: &'a mut Seen,
    bare: bool,
}

impl Work for Finish<'_> {
    type Out = Labels;

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Labels {
        let sentence = |word: usize| self.bounds.partition_point(|b| *b <= word);
        self.reader.heads.finish(s, self.words, &sentence, self.windows, self.seen, self.heads, self.bare)
    }
}

impl Reader for NeuralReader {
    fn name(&self) -> &'static str {
        "neural"
    }

    fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }

    fn read(&self, report: &Report, segments: &Segments) -> Marks {
        let words: Vec<&str> = segments.tokens.iter().map(|t| t.span.of(&report.text)).collect();
        let sentences: Vec<usize> = segments.sentences.iter().map(|s| s.tokens.start as usize).collect();
        let mut marks = self.marks(&words, &sentences);
        names::mend(report, segments, &mut marks.names);
        quotes::mend(report, segments, &marks.syntax, &mut marks.attributions);
        if marks.syntax.len() == segments.tokens.len() {
            let tree = quotes::Tree::of(&marks.syntax);
            binding::mend(report, segments, &tree, &mut marks.chains);
        }
        speakers::mend(report, segments, &mut marks);
        marks
    }
}
