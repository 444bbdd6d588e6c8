//! What a word stands for where it stands, as a few numbers: two words that tell of one thing have like numbers.
//!
//! The second reading's vector of a word, less the mean, goes through a projection that keeps what tells happenings apart and not what
//! differs between mentions of one (linear discriminants; `training/senses.py`), and is brought to length one. It is kept in 8
//! bits, so that a record holds 32 bytes a word.

use super::tensors::{LoadError, Tensors};
use chancery_model::mark::Sense;

/// The projection.
#[derive(Debug)]
pub(super) struct Senses {
    width: usize,
    /// For each number of a vector a row of weights.
    weights: Vec<Sense<f32>>,
    /// What is added to each sum.
    bias: Sense<f32>,
}

impl Senses {
    /// Reads it from its file; `width`: numbers of a vector.
    pub(super) fn load(t: &Tensors, width: usize) -> Result<Self, LoadError> {
        let size = Sense::<f32>::default().len();
        let rows = |name: &str, shape: &[usize]| -> Result<Vec<Sense<f32>>, LoadError> {
            Ok(t.floats(name, shape)?.as_chunks().0.to_vec())
        };
        let bias = rows("bias", &[1, size])?;
        Ok(Self {
            width,
            weights: rows("weight", &[width, size])?,
            bias: bias.first().copied().unwrap_or_default(),
        })
    }

    /// The senses of words, whose vectors are the last `width` of `stride` numbers each.
    pub(super) fn of(&self, vectors: &[f32], stride: usize) -> Vec<Sense<i8>> {
        vectors.chunks_exact(stride).map(|v| self.one(&v[stride - self.width..])).collect()
    }

    fn one(&self, vector: &[f32]) -> Sense<i8> {
        let mut sum = self.bias;
        // One product after the other for each number: the same sums on every machine.
        for (x, row) in vector.iter().zip(&self.weights) {
            for (to, w) in sum.iter_mut().zip(row) {
                *to += x * w;
            }
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
        sum.map(|x| (x / length * 127.0).round_ties_even() as i8)
    }
}
