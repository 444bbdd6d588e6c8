//! Coreference: for each mention the earlier one that it refers back to (Lee and others 2017, over given mentions).

use super::super::fine::Fine;
use super::super::kernel::Simd;
use super::super::math::{dot, relu};
use super::Scratch;
use super::mentions::{Mention, Written, bucket, common};

/// How many mentions back an antecedent is looked for.
const REACH: usize = 150;
/// Kinds of mentions, classes of distances in mentions and in sentences, sums of common traits, what was seen before.
pub(super) const KINDS: usize = 12;
pub(super) const MENTIONS: usize = 10;
pub(super) const SENTENCES: usize = 8;
pub(super) const TRAITS: usize = 32;
pub(super) const BEFORE: usize = 4;

#[derive(Debug)]
pub(super) struct Coref {
    pub(super) anaphor: Fine,
    pub(super) antecedent: Fine,
    /// From an anaphor's projection to what is multiplied with an antecedent's.
    pub(super) pair: Fine,
    pub(super) new: Vec<f32>,
    pub(super) kind: Vec<f32>,
    pub(super) mentions: Vec<f32>,
    pub(super) sentences: Vec<f32>,
    pub(super) traits: Vec<f32>,
    pub(super) new_kind: Vec<f32>,
    pub(super) new_before: Vec<f32>,
}

impl Coref {
    /// The antecedent of each mention.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn link<S: Simd>(
        &self,
        s: S,
        words: &[&str],
        mentions: &[Mention],
        written: &[Written],
        vectors: &[f32],
        width: usize,
        scratch: &mut Scratch,
    ) -> Vec<Option<usize>> {
        let mut rows = Vec::with_capacity(mentions.len() * 3 * width);
        for m in mentions {
            for w in [m.start, m.head, m.end - 1] {
                rows.extend_from_slice(&vectors[w * width..(w + 1) * width]);
            }
        }
        let (mut ana, mut ant, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        self.anaphor.apply(s, &rows, 3 * width, &mut scratch.line, &mut ana, relu);
        self.antecedent.apply(s, &rows, 3 * width, &mut scratch.line, &mut ant, relu);
        self.pair.apply(s, &ana, self.anaphor.stride(), &mut scratch.line, &mut pairs, |_, y| y);
        let (a, b, c) = (self.anaphor.stride(), self.antecedent.stride(), self.pair.stride());
        let mut out = Vec::with_capacity(mentions.len());
        for (i, (m, w)) in mentions.iter().zip(written).enumerate() {
            let new =
                dot(s, &self.new, &ana[i * a..(i + 1) * a]) + self.new_kind[w.kind] + self.new_before[w.seen];
            let (mut best, mut found) = (new, None);
            for j in (i.saturating_sub(REACH)..i).rev() {
                let (n, x) = (&mentions[j], &written[j]);
                if n.end > m.start && n.start < m.end {
                    continue;
                }
                let score = dot(s, &pairs[i * c..(i + 1) * c], &ant[j * b..(j + 1) * b])
                    + self.kind[w.kind * KINDS + x.kind]
                    + self.mentions[bucket(i - j)]
                    + self.sentences[w.sentence.saturating_sub(x.sentence).min(SENTENCES - 1)]
                    + self.traits[common(words, (m, w), (n, x))];
                // Nearer ones come first, so that equals go to the nearer.
                if score > best {
                    (best, found) = (score, Some(j));
                }
            }
            out.push(found);
        }
        out
    }
}
