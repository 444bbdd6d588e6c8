//! The encoder: word pieces in, one vector a piece out.

use super::attention::Attention;
use super::kernel::{LANES, Machine, ROWS, Simd, Work};
use super::linear::{Linear, Rows};
use super::math::{fold, gelu};

/// Tiles that go through a layer's second half together: their widest floats stay in a core's own cache.
const BLOCK: usize = 8;

/// Gain and bias of a normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// One layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) query_key_value: Linear,
    pub(super) output: Linear,
    pub(super) first_norm: Norm,
    pub(super) widen: Linear,
    pub(super) narrow: Linear,
    pub(super) second_norm: Norm,
}

/// A piece as the encoder takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its row of the embedding.
    pub(super) id: u32,
    /// How its word is written.
    pub(super) case: Case,
}

/// How a word is written: its row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// It is no word, but an end of a window.
    End,
    /// Lower case only.
    Lower,
    /// The first character is the only one in upper case.
    Title,
    /// Upper case only.
    Upper,
    /// Upper and lower case in another mixture.
    Mixed,
    /// No letters that have a case.
    Bare,
}

impl Case {
    /// Kinds.
    pub(super) const COUNT: usize = 6;

    pub(super) fn of(word: &str) -> Self {
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        let lower = word.chars().any(char::is_lowercase);
        let first = word.chars().next().is_some_and(char::is_uppercase);
        match (upper, lower) {
            (0, false) => Self::Bare,
            (0, true) => Self::Lower,
            (1, _) if first => Self::Title,
            (_, false) => Self::Upper,
            _ => Self::Mixed,
        }
    }
}

/// Word pieces as 8-bit rows.
#[derive(Debug)]
pub(super) struct Embedding {
    /// Signed bytes.
    pub(super) rows: &'static [u8],
    pub(super) scale: Vec<f32>,
    pub(super) positions: Vec<f32>,
    pub(super) cases: Vec<f32>,
    pub(super) norm: Norm,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Encoder {
    pub(super) width: usize,
    pub(super) heads: usize,
    pub(super) embedding: Embedding,
    pub(super) layers: Vec<Layer>,
}

/// Memory that one thread's work uses again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    rows: Rows,
    wide: Rows,
    attention: Attention,
    mixed: Vec<f32>,
    middle: Vec<f32>,
    broad: Vec<f32>,
}

impl Encoder {
    /// The vectors of the pieces of some windows, window after window, `width` floats a piece; and those of a second
    /// reading, which goes on with `layers` of its own `after` so many layers of the encoder.
    ///
    /// What a window's vectors are depends on nothing but its pieces.
    pub(super) fn encode(
        &self,
        machine: Machine,
        windows: &[&[Piece]],
        second: Option<(usize, &[Layer])>,
        scratch: &mut Scratch,
    ) -> (Vec<f32>, Vec<f32>) {
        machine.run(Encode { encoder: self, second, windows, scratch })
    }
}

struct Encode<'a> {
    encoder: &'a Encoder,
    second: Option<(usize, &'a [Layer])>,
    windows: &'a [&'a [Piece]],
    scratch: &'a mut Scratch,
}

impl Work for Encode<'_> {
    type Out = (Vec<f32>, Vec<f32>);

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Self::Out {
        let Self { encoder, second, windows, scratch } = self;
        let width = encoder.width;
        // Every window begins at a tile, so that a tile's pieces are of one window.
        let tiles: usize = windows.iter().map(|w| w.len().div_ceil(ROWS)).sum();
        let mut x = vec![0.0; tiles * ROWS * width];
        scratch.rows.fit(tiles, width);
        let mut tile = 0;
        for window in windows {
            for (n, (piece, row)) in
                window.iter().zip(x[tile * ROWS * width..].chunks_exact_mut(width)).enumerate()
            {
                embed(s, &encoder.embedding, *piece, n, row);
                scratch.rows.set(s, tile * ROWS + n, row);
            }
            tile += window.len().div_ceil(ROWS);
        }
        let mut again = Vec::new();
        for (n, layer) in encoder.layers.iter().enumerate() {
            if second.is_some_and(|(after, _)| after == n) {
                again.clone_from(&x);
            }
            run_layer(s, layer, encoder.heads, windows, &mut x, scratch);
        }
        let out = dense(&x, windows, width);
        let Some((after, layers)) = second else { return (out, Vec::new()) };
        if after < encoder.layers.len() {
            x = again;
            for (n, row) in x.chunks_exact(width).enumerate() {
                scratch.rows.set(s, n, row);
            }
        }
        for layer in layers {
            run_layer(s, layer, encoder.heads, windows, &mut x, scratch);
        }
        (out, dense(&x, windows, width))
    }
}

/// The rows of the pieces without those that fill up tiles.
fn dense(x: &[f32], windows: &[&[Piece]], width: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(windows.iter().map(|w| w.len() * width).sum());
    let mut tile = 0;
    for window in windows {
        let from = tile * ROWS * width;
        out.extend_from_slice(&x[from..from + window.len() * width]);
        tile += window.len().div_ceil(ROWS);
    }
    out
}

#[inline(always)]
fn embed<S: Simd>(s: S, e: &Embedding, piece: Piece, position: usize, out: &mut [f32]) {
    let (width, id) = (out.len(), piece.id as usize);
    // A piece or place that the tables do not have counts as zero.
    let row = e.rows.get(id * width..(id + 1) * width).unwrap_or(&[]);
    let scale = e.scale.get(id).copied().unwrap_or(0.0);
    let place = e.positions.get(position * width..(position + 1) * width).unwrap_or(&[]);
    let case = &e.cases[piece.case as usize * width..][..width];
    for (((o, q), p), c) in out.iter_mut().zip(row).zip(place).zip(case) {
        *o = f32::from(q.cast_signed()) * scale + p + c;
    }
    normalise(s, &e.norm, out, None);
}

#[inline(always)]
fn run_layer<S: Simd>(
    s: S,
    layer: &Layer,
    heads: usize,
    windows: &[&[Piece]],
    x: &mut [f32],
    scratch: &mut Scratch,
) {
    let width = layer.output.outer();
    let Scratch { rows, wide, attention, mixed, middle, broad } = scratch;
    let mut tile = 0;
    mixed.resize(x.len(), 0.0);
    for window in windows {
        let end = tile + window.len().div_ceil(ROWS);
        attention.fit(window.len(), heads);
        let joint = &layer.query_key_value;
        joint.multiply(
            s,
            rows,
            tile..end,
            #[inline(always)]
            |t, panel, sums| {
                attention.take(s, joint, rows.scales(t), (t - tile) * ROWS, panel, sums);
            },
        );
        attention.mix(s, &mut mixed[tile * ROWS * width..end * ROWS * width]);
        tile = end;
    }
    let broad_width = layer.widen.outer();
    wide.fit(BLOCK, broad_width);
    middle.resize(BLOCK * ROWS * width, 0.0);
    broad.resize(BLOCK * ROWS * broad_width, 0.0);
    for first in (0..tile).step_by(BLOCK) {
        let block = first..(first + BLOCK).min(tile);
        let span = block.start * ROWS * width..block.end * ROWS * width;
        let x = &mut x[span.clone()];
        for (n, row) in mixed[span].chunks_exact(width).enumerate() {
            rows.set(s, first * ROWS + n, row);
        }
        layer.output.floats(
            s,
            rows,
            block.clone(),
            middle,
            #[inline(always)]
            |_, v| v,
        );
        for (n, (row, back)) in middle.chunks_exact_mut(width).zip(x.chunks_exact(width)).enumerate() {
            normalise(s, &layer.first_norm, row, Some(back));
            rows.set(s, first * ROWS + n, row);
        }
        layer.widen.floats(
            s,
            rows,
            block.clone(),
            broad,
            #[inline(always)]
            |s, v| gelu(s, v),
        );
        for (n, row) in broad.chunks_exact(broad_width).take(block.len() * ROWS).enumerate() {
            wide.set(s, n, row);
        }
        layer.narrow.floats(
            s,
            wide,
            0..block.len(),
            x,
            #[inline(always)]
            |_, v| v,
        );
        for (n, (row, back)) in x.chunks_exact_mut(width).zip(middle.chunks_exact(width)).enumerate() {
            normalise(s, &layer.second_norm, row, Some(back));
            rows.set(s, first * ROWS + n, row);
        }
    }
}

/// Adds `back` to a row, shifts and scales it to mean 0 and variance 1, then by the gain and bias.
#[inline(always)]
fn normalise<S: Simd>(s: S, norm: &Norm, x: &mut [f32], back: Option<&[f32]>) {
    let n = x.len() as f32;
    let x = x.as_chunks_mut::<LANES>().0;
    let mut acc = s.splat(0.0);
    if let Some(back) = back {
        for (v, back) in x.iter_mut().zip(back.as_chunks::<LANES>().0) {
            let sum = s.add(s.load(v), s.load(back));
            s.store(sum, v);
            acc = s.add(acc, sum);
        }
    } else {
        for v in x.iter() {
            acc = s.add(acc, s.load(v));
        }
    }
    let mean = s.splat(fold(s, acc) / n);
    let mut acc = s.splat(0.0);
    for v in x.iter() {
        let d = s.sub(s.load(v), mean);
        acc = s.add(acc, s.mul(d, d));
    }
    let by = s.splat(1.0 / (fold(s, acc) / n + 1e-12).sqrt());
    let gains = norm.gain.as_chunks::<LANES>().0.iter().zip(norm.bias.as_chunks::<LANES>().0);
    for (v, (g, b)) in x.iter_mut().zip(gains) {
        let y = s.mul(s.mul(s.sub(s.load(v), mean), by), s.load(g));
        s.store(s.add(y, s.load(b)), v);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_in_one_of_five_ways() {
        for (word, want) in [
            ("the", Case::Lower),
            ("n't", Case::Lower),
            ("Oslo", Case::Title),
            ("I", Case::Title),
            ("U.S.", Case::Upper),
            ("AT&T", Case::Upper),
            ("McRae", Case::Mixed),
            ("iPhone", Case::Mixed),
            ("1,250", Case::Bare),
            ("“", Case::Bare),
            ("中国", Case::Bare),
            ("Éire", Case::Title),
            ("G20", Case::Title),
            ("’S", Case::Upper),
            ("20th", Case::Lower),
        ] {
            assert_eq!(Case::of(word), want, "{word}");
        }
    }
}
