//! The second reading: layers of its own that go on from a middle layer of the encoder, and heads that see the last vector of
//! both. It was trained with the encoder held fixed, so that what it learned took nothing from what the encoder knew.
//!
//! It tells happenings and what numbers count, and it knows names and times better than the first.

use super::super::encoder::Layer;
use super::super::fine::Fine;
use super::super::kernel::{FewLeft, Simd};
use super::super::tensors::{LoadError, Tensors};
use super::super::windows::Window;
use super::load::{Joint, fine, load_roles};
use super::roles::Roles;
use super::{Chains, Columns, panels, rectify};
use std::ops::Range;

/// Sizes of the second reading.
#[derive(serde::Deserialize)]
struct Sizes {
    hidden: usize,
    /// Layers of the encoder that come before.
    after: usize,
    layers: usize,
    heads: usize,
    inner: usize,
    part: usize,
    count: usize,
    /// Classes of ways through the tree.
    ways: usize,
}

/// The second reading.
#[derive(Debug)]
pub(in super::super) struct Second {
    /// Layers of the encoder that come before its own.
    pub(in super::super) after: usize,
    pub(in super::super) layers: Vec<Layer>,
    /// Floats of a word: the last vector of the encoder, then its own.
    width: usize,
    joint: Fine,
    columns: Own,
    pub(super) chains: Chains,
    pub(super) parts: Pairing,
    pub(super) counted: Pairing,
    pub(in super::super) labels: Names,
}

/// A head that pairs words, and what the way through the tree from one to the other adds.
#[derive(Debug)]
pub(super) struct Pairing {
    pub(super) roles: Roles,
    /// One number a role for each class of ways.
    pub(super) ways: Vec<f32>,
    /// Where its projections stand in those of a word.
    pub(super) columns: Range<usize>,
}

/// Names of labels.
#[derive(Debug)]
pub(in super::super) struct Names {
    pub(in super::super) happen: Vec<String>,
    pub(in super::super) standing: Vec<String>,
    pub(in super::super) part: Vec<String>,
    pub(in super::super) measure: Vec<String>,
}

/// Where each head's scores stand in a row of its joint matrix.
#[derive(Debug)]
struct Own {
    names: Range<usize>,
    time: Range<usize>,
    happen: Range<usize>,
    standing: Range<usize>,
    measure: Range<usize>,
    flat: usize,
    pairs: Range<usize>,
}

/// What it saw of a report's words.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Vectors of the words.
    pub(super) vectors: Vec<f32>,
    /// Scores of happenings, standings and measures.
    scores: Vec<f32>,
    /// For each window, the projections of its words that the pairing heads need.
    pub(super) pairs: Vec<Vec<f32>>,
    joint: Vec<f32>,
}

impl Seen {
    pub(super) fn clear(&mut self) {
        self.vectors.clear();
        self.scores.clear();
        self.pairs.clear();
    }
}

impl Second {
    /// Reads it from its file. `reader`: what the encoder's file says it was trained on, which must be what this one was
    /// trained on top of; `names`: its labels of names.
    pub(in super::super) fn load(t: &Tensors, reader: &str, names: &[String]) -> Result<Self, LoadError> {
        let sizes: Sizes = t.parsed("dims")?;
        let wrong = |name: &str, reason: String| LoadError::Entry { name: name.to_owned(), reason };
        if t.entry("reader") != Some(reader) {
            return Err(wrong("reader", "names another reader than the one it is to read after".to_owned()));
        }
        let list = |name: &str| -> Result<Vec<String>, LoadError> { t.parsed(name) };
        if list("names")? != names {
            return Err(wrong("names", "is not the reader's".to_owned()));
        }
        for (name, size) in [("part", sizes.part), ("count", sizes.count)] {
            if panels(size) != size || size == 0 {
                return Err(wrong(
                    "dims",
                    format!("gives {name} the size {size}, which is no multiple of 32"),
                ));
            }
        }
        let layers = Layer::load_all(t, sizes.hidden, sizes.heads, sizes.inner, sizes.layers)?;
        let labels = Names {
            happen: list("happen")?,
            standing: list("standing")?,
            part: list("part")?,
            measure: list("measure")?,
        };
        let width = 2 * sizes.hidden;
        let mut j = Joint::new(width);
        let of_names = j.add(t, "names", names.len())?;
        let time = j.add(t, "time", 3)?;
        let happen = j.add(t, "happen", labels.happen.len())?;
        let standing = j.add(t, "standing", labels.standing.len())?;
        let measure = j.add(t, "measure", labels.measure.len())?;
        j.pad();
        let flat = j.columns;
        let part = j.add(t, "part.word", sizes.part)?;
        let count = j.add(t, "count.word", sizes.count)?;
        let joint = fine("attr", &j.weights.concat(), &j.bias, width)?;
        let pairing =
            |name: &str, size: usize, roles: usize, at: &Range<usize>| -> Result<Pairing, LoadError> {
                Ok(Pairing {
                    roles: load_roles(t, name, width, size, roles)?,
                    ways: t.floats(&format!("head.{name}.way"), &[sizes.ways, roles])?,
                    columns: at.start - flat..at.end - flat,
                })
            };
        Ok(Self {
            after: sizes.after,
            layers,
            width,
            joint,
            chains: Chains::load(t, names.len())?,
            parts: pairing("part", sizes.part, labels.part.len(), &part)?,
            counted: pairing("count", sizes.count, 2, &count)?,
            columns: Own { names: of_names, time, happen, standing, measure, flat, pairs: flat..count.end },
            labels,
        })
    }

    pub(super) fn chains(&self) -> &Chains {
        &self.chains
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Floats of a word's projections.
    pub(super) fn size(&self) -> usize {
        self.columns.pairs.len()
    }

    /// Takes the vectors of a window's words, and makes the first reading's scores the mean of both where it has some.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn take<S: Simd>(
        &self,
        s: S,
        window: &Window,
        vectors: &[f32],
        seen: &mut Seen,
        line: &mut Vec<FewLeft>,
        first: &mut [f32],
        columns: &Columns,
    ) {
        let (c, core) = (&self.columns, window.inner());
        self.joint.apply(
            s,
            vectors,
            self.width,
            line,
            &mut seen.joint,
            #[inline(always)]
            |_, y| y,
        );
        let stride = self.joint.stride();
        rectify(s, &mut seen.joint, stride, c.flat);
        seen.vectors.extend_from_slice(&vectors[core.start * self.width..core.end * self.width]);
        let rows = seen.joint.chunks_exact(stride);
        for (row, first) in rows.clone().skip(core.start).zip(first.chunks_exact_mut(columns.flat)) {
            for (from, to) in [(&c.names, columns.names), (&c.time, columns.time)] {
                for (x, y) in first[to..].iter_mut().zip(&row[from.clone()]) {
                    *x = (*x + y) / 2.;
                }
            }
            seen.scores.extend_from_slice(&row[..c.flat]);
        }
        let mut pairs = Vec::with_capacity(window.all.len() * self.size());
        for row in rows {
            pairs.extend_from_slice(&row[c.pairs.clone()]);
        }
        seen.pairs.push(pairs);
    }

    /// The scores of a word's labels in one of the heads that nothing else has.
    pub(super) fn scores<'s>(&self, seen: &'s Seen, word: usize, head: super::Plain) -> &'s [f32] {
        let columns = match head {
            super::Plain::Happen => &self.columns.happen,
            super::Plain::Standing => &self.columns.standing,
            super::Plain::Measure => &self.columns.measure,
        };
        let at = word * self.columns.flat;
        seen.scores.get(at + columns.start..at + columns.end).unwrap_or(&[])
    }
}
