//! The heads: from the vectors of words to what is said of each word.

pub(super) mod bio;
mod coref;
pub(super) mod lemma;
mod load;
mod mentions;
mod nature;
mod projective;
mod roles;
mod second;
mod syntax;
mod told;
mod tree;

pub use mentions::Mention;

use super::fine::Fine;
use super::kernel::{COLS, FewLeft, Simd};
use super::math::relu;
use super::windows::Window;
use bio::Chain;
use coref::Coref;
use roles::{Paired, Roles};
pub(super) use second::{Names as SecondNames, Second};
use std::ops::Range;
use syntax::Syntax;
pub use told::Pairs;
pub(super) use told::Plain;
use told::Told;

pub(super) use syntax::Trees;

/// Names of the labels of each head, in the order of their numbers.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) upos: Vec<String>,
    pub(super) rel: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) event: Vec<String>,
}

/// The labels of a report's words, as numbers in the order of the model's lists of labels: what the heads say before it
/// is put together as marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Labels {
    /// O, B and I of sources, cues and contents of outermost statements, and of the cues of inner ones.
    pub attribution: [Vec<u8>; 4],
    /// What belongs to each cue.
    pub roles: Vec<CueRoles>,
    /// Parts of speech.
    pub upos: Vec<u8>,
    /// Heads, as indices of words; none for a root.
    pub head: Vec<Option<usize>>,
    /// Relations to the heads.
    pub rel: Vec<u8>,
    /// B and I of each kind of name.
    pub names: Vec<u8>,
    /// O, B and I of time expressions.
    pub time: Vec<u8>,
    /// Classes of event words; 0 is none.
    pub event: Vec<u8>,
    /// Types of happenings that words tell; 0 is none.
    pub happen: Vec<u8>,
    /// Whether what a word tells took place, if it tells anything.
    pub standing: Vec<u8>,
    /// What a word measures, if it is a number.
    pub measure: Vec<u8>,
    /// What is what to words that may tell a happening.
    pub parts: Vec<Pairs>,
    /// What numbers count.
    pub counted: Vec<Pairs>,
    /// What may refer to something, by start, then the longer first.
    pub mentions: Vec<Mention>,
    /// The earlier mention that each refers back to; none for a new thing.
    pub antecedent: Vec<Option<usize>>,
}

/// What belongs to one cue.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CueRoles {
    /// First word of the cue.
    pub cue: usize,
    /// The word that the first of `labels` is of.
    pub first: usize,
    /// One label a word of the cue's window: none, source, content, relay, addressee.
    pub labels: Vec<u8>,
}

/// Where each head's scores stand in a row of the joint matrix. What follows `flat` goes through a `relu`.
#[derive(Debug)]
struct Columns {
    attr: usize,
    upos: Range<usize>,
    names: usize,
    time: usize,
    event: Range<usize>,
    /// Floats of a row that are kept for the whole report.
    flat: usize,
    role: Range<usize>,
    arc_dep: Range<usize>,
    arc_head: usize,
    rel_dep: Range<usize>,
    rel_head: usize,
}

/// All heads.
#[derive(Debug)]
pub(super) struct Heads {
    width: usize,
    joint: Fine,
    columns: Columns,
    attr: [Chain; 4],
    chains: Chains,
    roles: Roles,
    syntax: Syntax,
    coref: Coref,
    pub(super) labels: Names,
    /// What reads again, from layers of its own.
    pub(super) second: Option<Second>,
}

/// How labels follow each other in the heads that draw spans.
#[derive(Debug)]
struct Chains {
    names: Chain,
    time: Chain,
}

/// Memory of one thread for the heads.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    line: Vec<FewLeft>,
    joint: Vec<f32>,
    trees: Trees,
}

/// What is known of a report's words after its windows went by.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Vectors of the words, `width` floats each.
    vectors: Vec<f32>,
    /// Scores of the plain heads, `flat` floats a word.
    scores: Vec<f32>,
    /// For each window, the projections of all its words that the roles need.
    role: Vec<Vec<f32>>,
    head: Vec<Option<usize>>,
    rel: Vec<u8>,
    /// What the second reading saw.
    second: second::Seen,
}

impl Seen {
    /// Forgets the last report.
    pub(super) fn clear(&mut self) {
        self.vectors.clear();
        self.scores.clear();
        self.role.clear();
        self.head.clear();
        self.rel.clear();
        self.second.clear();
    }
}

impl Heads {
    /// The scores of a word's plain head, for measures of how sure it is.
    pub(super) fn name_scores<'a>(&self, seen: &'a Seen, word: usize) -> &'a [f32] {
        self.scores(seen, word, self.columns.names, self.labels.names.len())
    }

    /// The scores of O, B and I of an attribution layer.
    pub(super) fn attr_scores<'a>(&self, seen: &'a Seen, layer: usize, word: usize) -> &'a [f32] {
        self.scores(seen, word, self.columns.attr + 3 * layer, 3)
    }

    /// The vectors that the second reading saw, and the numbers of each.
    pub(super) fn again<'a>(&self, seen: &'a Seen) -> Option<(&'a [f32], usize)> {
        self.second.as_ref().map(|s| (seen.second.vectors.as_slice(), s.width()))
    }

    fn scores<'a>(&self, seen: &'a Seen, word: usize, from: usize, n: usize) -> &'a [f32] {
        let at = word * self.columns.flat + from;
        seen.scores.get(at..at + n).unwrap_or(&[])
    }

    /// Takes the vectors of a window's words, and those of the second reading where there is one. Windows come in order;
    /// `units` are the report's sentences.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn take<S: Simd>(
        &self,
        s: S,
        window: &Window,
        vectors: &[f32],
        second: &[f32],
        units: &[Range<usize>],
        seen: &mut Seen,
        scratch: &mut Scratch,
    ) {
        let Scratch { line, joint, trees } = scratch;
        let c = &self.columns;
        self.joint.apply(
            s,
            vectors,
            self.width,
            line,
            joint,
            #[inline(always)]
            |_, y| y,
        );
        let stride = self.joint.stride();
        rectify(s, joint, stride, c.flat);
        let core = window.inner();
        seen.vectors.extend_from_slice(&vectors[core.start * self.width..core.end * self.width]);
        for row in joint.chunks_exact(stride).skip(core.start).take(core.len()) {
            seen.scores.extend_from_slice(&row[..c.flat]);
        }
        if let Some(own) = &self.second {
            let from = seen.scores.len() - core.len() * c.flat;
            own.take(s, window, second, &mut seen.second, line, &mut seen.scores[from..], c);
        }
        let mut role = Vec::with_capacity(window.all.len() * c.role.len());
        for row in joint.chunks_exact(stride) {
            role.extend_from_slice(&row[c.role.clone()]);
        }
        seen.role.push(role);
        let from = units.partition_point(|u| u.end <= window.core.start);
        for unit in units[from..].iter().take_while(|u| u.start < window.core.end) {
            let rows =
                &joint[(unit.start - window.all.start) * stride..(unit.end - window.all.start) * stride];
            self.syntax.parse(s, rows, stride, c, line, trees);
            let base = seen.head.len();
            seen.head.extend(trees.head.iter().map(|h| h.checked_sub(1).map(|h| base + h)));
            seen.rel.extend(&trees.rel);
        }
    }

    /// What the heads say of a report whose windows were all taken. `bare`: coreference by the scores alone.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn finish<S: Simd>(
        &self,
        s: S,
        words: &[&str],
        units_of: &dyn Fn(usize) -> usize,
        windows: &[Window],
        seen: &mut Seen,
        scratch: &mut Scratch,
        bare: bool,
    ) -> Labels {
        let c = &self.columns;
        let chains = self.second.as_ref().map_or(&self.chains, Second::chains);
        let flat = |from: usize| seen.scores.get(from..).unwrap_or(&[]);
        let mut layer = 0;
        let attribution = self.attr.each_ref().map(|chain| {
            layer += 1;
            chain.path(flat(c.attr + 3 * (layer - 1)), c.flat)
        });
        let best = |columns: &Range<usize>| -> Vec<u8> {
            seen.scores.chunks_exact(c.flat).map(|row| bio::best(&row[columns.clone()])).collect()
        };
        let names = chains.names.path(flat(c.names), c.flat);
        let time = chains.time.path(flat(c.time), c.flat);
        let (upos, event) = (best(&c.upos), best(&c.event));
        let mut cues: Vec<usize> =
            [1, 3].iter().flat_map(|k| bio::spans(&attribution[*k])).map(|(span, _)| span.start).collect();
        cues.sort_unstable();
        cues.dedup();
        let size = c.role.len();
        let paired = Paired {
            vectors: &seen.vectors,
            width: self.width,
            words: &seen.role,
            size,
            columns: 0..size,
            windows,
        };
        let mut roles = Vec::with_capacity(cues.len());
        self.roles.read(s, &cues, &paired, units_of, &mut scratch.line, |cue, first, scores, n| {
            let labels = scores.chunks_exact(n).map(bio::best).collect();
            roles.push(CueRoles { cue, first, labels });
        });
        let told = self.told(s, words, units_of, windows, seen, scratch, (&upos, &event));
        let Told { happen, standing, measure, parts, counted } = told;
        let head = std::mem::take(&mut seen.head);
        let rel = std::mem::take(&mut seen.rel);
        let upos_name = |w: usize| self.labels.upos.get(usize::from(upos[w])).map_or("", String::as_str);
        let nodes: Vec<mentions::Node<'_>> = (0..words.len())
            .map(|w| mentions::Node {
                upos: upos_name(w),
                head: head[w],
                rel: self.labels.rel.get(usize::from(rel[w])).map_or("", String::as_str),
            })
            .collect();
        let mentions = mentions::candidates(&nodes);
        let written = mentions::write_down(words, &mentions, |w| nodes[w].upos == "PROPN", units_of);
        let name = |w: usize| {
            let label =
                names.get(w).and_then(|n| self.labels.names.get(usize::from(*n))).map_or("", String::as_str);
            label.get(2..).unwrap_or("")
        };
        let natures: Vec<nature::Nature> = if bare {
            Vec::new()
        } else {
            mentions.iter().map(|m| nature::of(words, m, nodes[m.head].upos, name(m.head))).collect()
        };
        let antecedent =
            self.coref.link(s, words, &mentions, &written, &natures, &seen.vectors, self.width, scratch);
        Labels {
            attribution,
            roles,
            upos,
            head,
            rel,
            names,
            time,
            event,
            happen,
            standing,
            measure,
            parts,
            counted,
            mentions,
            antecedent,
        }
    }
}

/// Sets what is below nought to nought, in each row from a column on.
#[inline(always)]
fn rectify<S: Simd>(s: S, rows: &mut [f32], stride: usize, from: usize) {
    for row in rows.chunks_exact_mut(stride) {
        for x in row[from..].as_chunks_mut().0 {
            let y = relu(s, s.load(x));
            s.store(y, x);
        }
    }
}

/// Rounds a number of columns up to whole panels.
fn panels(columns: usize) -> usize {
    columns.next_multiple_of(COLS)
}
