//! The encoder from a model file.

use super::encoder::{Case, Embedding, Encoder, Layer, Norm};
use super::linear::Linear;
use super::tensors::{LoadError, Tensors};

/// Sizes of the encoder.
#[derive(serde::Deserialize)]
struct Sizes {
    hidden: usize,
    layers: usize,
    heads: usize,
    inner: usize,
    vocab: usize,
    positions: usize,
}

/// Values of an attention head that the kernels are written for.
const HEAD: usize = 32;

impl Encoder {
    pub(super) fn load(t: &Tensors) -> Result<Self, LoadError> {
        let sizes: Sizes = t.parsed("dims")?;
        let wrong = |reason: String| LoadError::Entry { name: "dims".to_owned(), reason };
        let (width, inner) = (sizes.hidden, sizes.inner);
        if sizes.positions < super::windows::MOST + 2 {
            return Err(wrong(format!(
                "gives {} positions; a window has up to {}",
                sizes.positions,
                super::windows::MOST + 2
            )));
        }
        let layers = Layer::load_all(t, width, sizes.heads, inner, sizes.layers)?;
        Ok(Self {
            width,
            heads: sizes.heads,
            embedding: Embedding {
                rows: t.bytes("emb.word.q", &[sizes.vocab, width])?,
                scale: t.floats("emb.word.s", &[sizes.vocab])?,
                positions: t.floats("emb.pos", &[sizes.positions, width])?,
                cases: t.floats("emb.case", &[Case::COUNT, width])?,
                norm: Norm::load(t, "emb.ln", width)?,
            },
            layers,
        })
    }
}

impl Norm {
    fn load(t: &Tensors, name: &str, width: usize) -> Result<Self, LoadError> {
        Ok(Self {
            gain: t.floats(&format!("{name}.g"), &[width])?,
            bias: t.floats(&format!("{name}.b"), &[width])?,
        })
    }
}

impl Layer {
    /// So many layers, `layer.0` the first.
    pub(super) fn load_all(
        t: &Tensors,
        width: usize,
        heads: usize,
        inner: usize,
        layers: usize,
    ) -> Result<Vec<Self>, LoadError> {
        if width != heads * HEAD || !inner.is_multiple_of(HEAD) || width == 0 || inner == 0 {
            let reason = format!(
                "gives hidden {width}, heads {heads} and inner {inner}; heads must be of {HEAD} values, and inner a multiple of {HEAD}"
            );
            return Err(LoadError::Entry { name: "dims".to_owned(), reason });
        }
        let linear = |name: &str, inner: usize, outer: usize| -> Result<Linear, LoadError> {
            let weights = t.bytes(&format!("{name}.q"), &[inner, outer])?;
            let scale = t.floats(&format!("{name}.s"), &[outer])?;
            let bias = t.floats(&format!("{name}.b"), &[outer])?;
            Linear::new(weights, &scale, &bias, inner).ok_or_else(|| LoadError::Tensor {
                name: format!("{name}.q"),
                reason: "has weights beyond ±63, or rows of a length that is no multiple of 16".to_owned(),
            })
        };
        let one = |i: usize| {
            let name = |part: &str| format!("layer.{i}.{part}");
            Ok(Self {
                query_key_value: linear(&name("qkv"), width, 3 * width)?,
                output: linear(&name("o"), width, width)?,
                first_norm: Norm::load(t, &name("ln1"), width)?,
                widen: linear(&name("f1"), width, inner)?,
                narrow: linear(&name("f2"), inner, width)?,
                second_norm: Norm::load(t, &name("ln2"), width)?,
            })
        };
        (0..layers).map(one).collect()
    }
}
