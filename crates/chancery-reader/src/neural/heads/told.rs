//! What words tell: happenings with their type, who is what to them, and what numbers measure and count.

use super::super::kernel::Simd;
use super::super::math::thousandths;
use super::super::windows::Window;
use super::{Heads, Paired, Scratch, Seen, bio};
use chancery_model::mark::Weight;

/// What is not likelier than this tells nothing, in thousandths.
const LEAST: Weight = 20;
/// Steps up, and down, of a way through the tree that counts as one.
const STEPS: usize = 4;

/// The heads that label words one by one, with how likely each label is.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Plain {
    Happen,
    Standing,
    Measure,
}

/// One word and how the others of its window belong to it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pairs {
    /// The word that tells a happening, or the number.
    pub of: usize,
    /// The word that the first of `labels` is of.
    pub first: usize,
    /// One label a word of the window; 0 is nothing.
    pub labels: Vec<u8>,
    /// How likely each label is, in thousandths, as many for each word as there are labels.
    pub weights: Vec<Weight>,
}

#[derive(Default)]
pub(super) struct Told {
    pub(super) happen: Vec<u8>,
    pub(super) standing: Vec<u8>,
    pub(super) measure: Vec<u8>,
    pub(super) parts: Vec<Pairs>,
    pub(super) counted: Vec<Pairs>,
}

impl Heads {
    /// How likely a word has each label of a plain head.
    pub(in super::super) fn weights(&self, seen: &Seen, word: usize, head: Plain) -> Vec<Weight> {
        let scores = self.second.as_ref().map_or(&[][..], |x| x.scores(&seen.second, word, head));
        thousandths(scores)
    }

    /// `tags`: parts of speech and the classes of event words, which may tell a happening too.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn told<S: Simd>(
        &self,
        s: S,
        words: &[&str],
        sentence: &dyn Fn(usize) -> usize,
        windows: &[Window],
        seen: &Seen,
        scratch: &mut Scratch,
        (upos, event): (&[u8], &[u8]),
    ) -> Told {
        let Some(second) = &self.second else { return Told::default() };
        let best = |head: Plain| -> Vec<u8> {
            (0..words.len()).map(|w| bio::best(second.scores(&seen.second, w, head))).collect()
        };
        let (happen, standing, measure) = (best(Plain::Happen), best(Plain::Standing), best(Plain::Measure));
        let nothing = |w: usize| self.weights(seen, w, Plain::Happen).first().copied().unwrap_or(1000);
        let may = |w: &usize| event.get(*w).is_some_and(|e| *e > 0) || nothing(*w) + LEAST <= 1000;
        let tells: Vec<usize> = (0..words.len()).filter(may).collect();
        let tag = |w: usize| {
            upos.get(w).and_then(|u| self.labels.upos.get(usize::from(*u))).map_or("", String::as_str)
        };
        let number = |w: &usize| {
            tag(*w) == "NUM" || words.get(*w).is_some_and(|x| x.contains(|c: char| c.is_ascii_digit()))
        };
        let numbers: Vec<usize> = (0..words.len()).filter(number).collect();
        let mut pairs = [Vec::with_capacity(tells.len()), Vec::with_capacity(numbers.len())];
        // A loop, since vector code in a closure that is called twice would be compiled for the plainest machine.
        for ((head, of), out) in
            [(&second.parts, &tells), (&second.counted, &numbers)].into_iter().zip(&mut pairs)
        {
            let paired = Paired {
                vectors: &seen.second.vectors,
                width: second.width(),
                words: &seen.second.pairs,
                size: second.size(),
                columns: head.columns.clone(),
                windows,
            };
            head.roles.read(s, of, &paired, sentence, &mut scratch.line, |of, first, scores, n| {
                let ways = self.ways(
                    seen,
                    of,
                    first..first + scores.len() / n,
                    tag(of) == "VERB",
                    sentence,
                    head.ways.len() / n,
                );
                for (row, way) in scores.chunks_exact_mut(n).zip(ways) {
                    for (x, more) in row.iter_mut().zip(&head.ways[way * n..(way + 1) * n]) {
                        *x += more;
                    }
                }
                let rows = || scores.chunks_exact(n);
                out.push(Pairs {
                    of,
                    first,
                    labels: rows().map(bio::best).collect(),
                    weights: rows().flat_map(thousandths).collect(),
                });
            });
        }
        let [parts, counted] = pairs;
        Told { happen, standing, measure, parts, counted }
    }

    /// The class of the way through the tree from a word to each of some words: 0 where they are far apart or in two
    /// sentences.
    fn ways(
        &self,
        seen: &Seen,
        from: usize,
        words: std::ops::Range<usize>,
        verb: bool,
        sentence: &dyn Fn(usize) -> usize,
        classes: usize,
    ) -> Vec<usize> {
        let above = |w: usize| seen.head.get(w).copied().flatten();
        let name = |w: usize| {
            let rel = seen.rel.get(w).and_then(|r| self.labels.rel.get(usize::from(*r)));
            rel.map_or("", String::as_str)
        };
        let up: Vec<usize> = std::iter::successors(Some(from), |w| above(*w)).take(STEPS + 1).collect();
        let here = sentence(from);
        let way = |w: usize| {
            if sentence(w) != here {
                return 0;
            }
            let mut down = Vec::with_capacity(STEPS);
            let mut at = w;
            let top = loop {
                if let Some(k) = up.iter().position(|u| *u == at) {
                    break k;
                }
                let Some(next) = above(at).filter(|_| down.len() < STEPS) else { return 0 };
                down.push(at);
                at = next;
            };
            // FNV-1a over the relations, as `training/second.py` has it.
            let mut hash = 0x811c_9dc5_u32;
            let mut add = |text: &str| {
                for b in text.bytes() {
                    hash = (hash ^ u32::from(b)).wrapping_mul(0x0100_0193);
                }
            };
            add(if verb { "V" } else { "N" });
            for u in &up[..top] {
                add("^");
                add(name(*u));
            }
            for d in down.iter().rev() {
                add("v");
                add(name(*d));
            }
            add(if w < from { "<" } else { ">" });
            1 + hash as usize % (classes - 1).max(1)
        };
        words.map(way).collect()
    }
}
