//! Coreference: for each mention the earlier one that it refers back to (Lee and others 2017, over given mentions).

use super::super::fine::Fine;
use super::super::kernel::Simd;
use super::super::math::{dot, relu};
use super::Scratch;
use super::mentions::{Mention, Written, bucket, common};
use super::nature::{Nature, fit};

/// How many sentences back a person is looked for before anything else may be "he" or "she".
const NEAR: usize = 4;
/// How many mentions back an antecedent is looked for.
const REACH: usize = 150;
/// Kinds of mentions, classes of distances in mentions and in sentences, sums of common traits, what was seen before.
pub(super) const KINDS: usize = 12;
pub(super) const MENTIONS: usize = 10;
pub(super) const SENTENCES: usize = 8;
pub(super) const TRAITS: usize = 128;
pub(super) const BEFORE: usize = 4;
/// Bits of traits: both tell the same sex, both tell one and they differ.
const SAME_SEX: usize = 32;
const OTHER_SEX: usize = 64;

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
    /// The antecedent of each mention. A chain has the sex that one of its mentions told; "he" and "she" join no chain
    /// of the other sex, and always join one when there is any. With `natures`, one a mention, no chain is of two of
    /// them that cannot be one; without, the scores alone decide.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "all of it is needed for one thing, and nowhere else")]
    pub(super) fn link<S: Simd>(
        &self,
        s: S,
        words: &[&str],
        mentions: &[Mention],
        written: &[Written],
        natures: &[Nature],
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
        self.anaphor.apply(
            s,
            &rows,
            3 * width,
            &mut scratch.line,
            &mut ana,
            #[inline(always)]
            |s, v| relu(s, v),
        );
        self.antecedent.apply(
            s,
            &rows,
            3 * width,
            &mut scratch.line,
            &mut ant,
            #[inline(always)]
            |s, v| relu(s, v),
        );
        self.pair.apply(
            s,
            &ana,
            self.anaphor.stride(),
            &mut scratch.line,
            &mut pairs,
            #[inline(always)]
            |_, y| y,
        );
        let (a, b, c) = (self.anaphor.stride(), self.antecedent.stride(), self.pair.stride());
        let mut out = Vec::with_capacity(mentions.len());
        let mut chains = Chains::default();
        for (i, (m, w)) in mentions.iter().zip(written).enumerate() {
            let new =
                dot(s, &self.new, &ana[i * a..(i + 1) * a]) + self.new_kind[w.kind] + self.new_before[w.seen];
            let (mut best, mut found) = (if w.is_personal() { f32::NEG_INFINITY } else { new }, None);
            let own = natures.get(i).copied().unwrap_or(Nature::Open);
            let free = |j: usize| {
                let (n, sexes) = (&mentions[j], chains.compare(w.sex, j));
                let apart = n.end <= m.start || n.start >= m.end;
                apart && !(w.is_personal() && sexes == OTHER_SEX) && fit(own, chains.nature(j))
            };
            // "He" is somebody who is known to be a person, when there is one near.
            let near = |j: &usize| w.sentence.saturating_sub(written[*j].sentence) <= NEAR;
            let persons = w.is_personal()
                && !natures.is_empty()
                && (0..i).rev().take_while(near).any(|j| free(j) && chains.nature(j) == Nature::Person);
            for j in (i.saturating_sub(REACH)..i).rev() {
                let (n, x) = (&mentions[j], &written[j]);
                let sexes = chains.compare(w.sex, j);
                if !free(j) || (persons && chains.nature(j) != Nature::Person) {
                    continue;
                }
                let score = dot(s, &pairs[i * c..(i + 1) * c], &ant[j * b..(j + 1) * b])
                    + self.kind[w.kind * KINDS + x.kind]
                    + self.mentions[bucket(i - j)]
                    + self.sentences[w.sentence.saturating_sub(x.sentence).min(SENTENCES - 1)]
                    + self.traits[common(words, (m, w), (n, x)) | sexes];
                // Nearer ones come first, so that equals go to the nearer.
                if score > best {
                    (best, found) = (score, Some(j));
                }
            }
            chains.add(w.sex, own, found);
            out.push(found);
        }
        out
    }
}

/// The chains as they grow: the chain of each mention, and what each chain has told so far of its sex and nature.
#[derive(Debug, Default)]
struct Chains {
    of: Vec<usize>,
    sex: Vec<Option<char>>,
    nature: Vec<Nature>,
}

impl Chains {
    /// The trait that a mention of this sex has in common with the chain of mention `j`.
    fn compare(&self, sex: Option<char>, j: usize) -> usize {
        match (sex, self.of.get(j).and_then(|c| self.sex.get(*c)).copied().flatten()) {
            (Some(a), Some(b)) if a == b => SAME_SEX,
            (Some(_), Some(_)) => OTHER_SEX,
            _ => 0,
        }
    }

    /// The nature of the chain of mention `j`.
    fn nature(&self, j: usize) -> Nature {
        self.of.get(j).and_then(|c| self.nature.get(*c)).copied().unwrap_or(Nature::Open)
    }

    fn add(&mut self, sex: Option<char>, nature: Nature, antecedent: Option<usize>) {
        match antecedent.and_then(|j| self.of.get(j)).copied() {
            Some(chain) => {
                self.of.push(chain);
                if let Some(known) = self.sex.get_mut(chain) {
                    *known = known.or(sex);
                }
                if let Some(known) = self.nature.get_mut(chain).filter(|n| **n == Nature::Open) {
                    *known = nature;
                }
            }
            None => {
                self.of.push(self.sex.len());
                self.sex.push(sex);
                self.nature.push(nature);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_keeps_the_sex_that_one_of_its_mentions_told() {
        let mut c = Chains::default();
        c.add(None, Nature::Open, None);
        c.add(Some('f'), Nature::Open, None);
        c.add(None, Nature::Open, Some(1));
        assert_eq!([0, 1, 2].map(|j| c.compare(Some('f'), j)), [0, SAME_SEX, SAME_SEX]);
        assert_eq!([0, 1, 2].map(|j| c.compare(Some('m'), j)), [0, OTHER_SEX, OTHER_SEX]);
        c.add(Some('m'), Nature::Open, Some(0));
        assert_eq!(c.compare(Some('f'), 0), OTHER_SEX);
        assert_eq!(c.compare(None, 0), 0);
    }
}
