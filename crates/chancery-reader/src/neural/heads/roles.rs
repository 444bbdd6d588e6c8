//! What belongs to a cue: every word of its window is asked.

use super::super::fine::Fine;
use super::super::kernel::Simd;
use super::super::math::{dot, relu};
use super::super::windows::Window;
use super::bio::best;
use super::syntax::distance;
use super::{CueRoles, Scratch, Seen};

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

impl Roles {
    /// The roles around each cue.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn read<S: Simd>(
        &self,
        s: S,
        cues: &[usize],
        windows: &[Window],
        seen: &Seen,
        sentence: &dyn Fn(usize) -> usize,
        (width, size): (usize, usize),
        scratch: &mut Scratch,
    ) -> Vec<CueRoles> {
        let rows: Vec<f32> =
            cues.iter().flat_map(|c| &seen.vectors[c * width..(c + 1) * width]).copied().collect();
        let (mut first, mut pairs) = (Vec::new(), Vec::new());
        self.cue.apply(s, &rows, width, &mut scratch.line, &mut first, relu);
        self.pair.apply(s, &first, self.cue.stride(), &mut scratch.line, &mut pairs, |_, y| y);
        let mut out = Vec::with_capacity(cues.len());
        let mut scores = vec![0.0; self.roles];
        for (cue, pair) in cues.iter().zip(pairs.chunks_exact(self.pair.stride())) {
            let n = windows.partition_point(|w| w.core.end <= *cue);
            let (Some(window), Some(words)) = (windows.get(n), seen.role.get(n)) else { continue };
            let here = sentence(*cue);
            let mut labels = Vec::with_capacity(window.all.len());
            for (word, row) in window.all.clone().zip(words.chunks_exact(size)) {
                let far = distance(*cue, word) * self.roles;
                let across = (sentence(word) + 3).saturating_sub(here).min(SENTENCES - 1) * self.roles;
                for (r, (score, pair)) in scores.iter_mut().zip(pair.chunks_exact(size)).enumerate() {
                    *score = dot(s, pair, row) + self.distance[far + r] + self.sentence[across + r];
                }
                labels.push(best(&scores));
            }
            out.push(CueRoles { cue: *cue, first: window.all.start, labels });
        }
        out
    }
}
