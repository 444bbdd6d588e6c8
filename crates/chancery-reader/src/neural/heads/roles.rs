//! What belongs to a word, to a cue before all: every word of its window is asked.

use super::super::fine::Fine;
use super::super::kernel::{FewLeft, Simd};
use super::super::math::{dot, relu};
use super::super::windows::Window;
use super::syntax::distance;
use std::ops::Range;

/// Classes of a signed distance in sentences: -3 and below to 3 and above.
pub(super) const SENTENCES: usize = 7;

#[derive(Debug)]
pub(super) struct Roles {
    pub(super) roles: usize,
    /// From a cue's vector to its projection, and from that to what is multiplied with a word's, one a role.
    pub(super) cue: Fine,
    pub(super) pair: Fine,
    pub(super) distance: Vec<f32>,
    pub(super) sentence: Vec<f32>,
}

/// Words that are paired: their vectors, and for each window what [`Roles`] needs of all its words.
pub(super) struct Paired<'a> {
    /// Vectors of the report's words, `width` floats each.
    pub(super) vectors: &'a [f32],
    pub(super) width: usize,
    /// For each window `size` floats a word.
    pub(super) words: &'a [Vec<f32>],
    pub(super) size: usize,
    /// Where the floats of this head stand among those.
    pub(super) columns: Range<usize>,
    pub(super) windows: &'a [Window],
}

impl Roles {
    /// The scores of the roles around each word of `of`: `take` gets the word, the first word of its window, the scores,
    /// and how many a word has.
    #[inline(always)]
    pub(super) fn read<S: Simd>(
        &self,
        s: S,
        of: &[usize],
        p: &Paired<'_>,
        sentence: &dyn Fn(usize) -> usize,
        line: &mut Vec<FewLeft>,
        mut take: impl FnMut(usize, usize, &mut [f32], usize),
    ) {
        let (width, own) = (p.width, p.columns.len());
        let rows: Vec<f32> =
            of.iter().flat_map(|c| &p.vectors[c * width..(c + 1) * width]).copied().collect();
        let (mut first, mut pairs) = (Vec::new(), Vec::new());
        self.cue.apply(
            s,
            &rows,
            width,
            line,
            &mut first,
            #[inline(always)]
            |s, v| relu(s, v),
        );
        self.pair.apply(
            s,
            &first,
            self.cue.stride(),
            line,
            &mut pairs,
            #[inline(always)]
            |_, y| y,
        );
        let mut all = Vec::new();
        for (cue, pair) in of.iter().zip(pairs.chunks_exact(self.pair.stride())) {
            let n = p.windows.partition_point(|w| w.core.end <= *cue);
            let (Some(window), Some(words)) = (p.windows.get(n), p.words.get(n)) else { continue };
            let here = sentence(*cue);
            all.clear();
            for (word, row) in window.all.clone().zip(words.chunks_exact(p.size)) {
                let far = distance(*cue, word) * self.roles;
                let across = (sentence(word) + 3).saturating_sub(here).min(SENTENCES - 1) * self.roles;
                let row = &row[p.columns.clone()];
                for (r, pair) in pair.chunks_exact(own).take(self.roles).enumerate() {
                    all.push(dot(s, pair, row) + self.distance[far + r] + self.sentence[across + r]);
                }
            }
            take(*cue, window.all.start, &mut all, self.roles);
        }
    }
}
