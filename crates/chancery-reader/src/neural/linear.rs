//! Matrices of 8-bit weights, rows of 8-bit values, and their product.
//!
//! A row `x` becomes `q = round(x / s)` with `s = max|x| / 127`, one scale a row; a column of weights has one scale
//! too. Both are exact functions of that row and that column, so what else is in the batch cannot matter.

use super::kernel::{COLS, LANES, Left, ROWS, Right, Simd, Sums, is_small};
use super::math::{ROUND, peak};

/// Weights as tiles read them, with what it takes to get back to floats.
#[derive(Debug)]
pub(super) struct Linear {
    inner: usize,
    outer: usize,
    /// `inner / 4` steps a panel of `COLS` columns.
    right: Vec<Right>,
    /// For each two steps of each panel, whether their products add up within 16 bits.
    small: Vec<bool>,
    /// -128 times the sum of each column: the left side is stored with 128 added.
    start: Vec<[i32; COLS]>,
    scale: Vec<[f32; COLS]>,
    bias: Vec<[f32; COLS]>,
}

impl Linear {
    /// Packs `inner` rows of `outer` weights each, signed bytes in -63..=63; `None` when one lies outside, the sizes do
    /// not agree, or `inner` is no multiple of 16.
    pub(super) fn new(weights: &[u8], scale: &[f32], bias: &[f32], inner: usize) -> Option<Self> {
        let outer = scale.len();
        if inner == 0 || !inner.is_multiple_of(LANES) || weights.len() != inner * outer || bias.len() != outer
        {
            return None;
        }
        if weights.iter().any(|w| !(-63..=63).contains(&w.cast_signed())) {
            return None;
        }
        let (panels, steps) = (outer.div_ceil(COLS), inner / 4);
        let mut right = vec![[[0; 4]; COLS]; panels * steps];
        let mut start = vec![[0; COLS]; panels];
        for (step, rows) in weights.chunks_exact(4 * outer).enumerate() {
            let (a, rows) = rows.split_at(outer);
            let (b, rows) = rows.split_at(outer);
            let (c, d) = rows.split_at(outer);
            for (n, (((a, b), c), d)) in a.iter().zip(b).zip(c).zip(d).enumerate() {
                let (panel, column) = (n / COLS, n % COLS);
                right.get_mut(panel * steps + step)?[column] = [*a, *b, *c, *d];
                start.get_mut(panel)?[column] -=
                    128 * [*a, *b, *c, *d].iter().map(|w| i32::from(w.cast_signed())).sum::<i32>();
            }
        }
        let pad = |x: &[f32]| {
            let mut out = vec![[0.0; COLS]; panels];
            for (to, from) in out.as_flattened_mut().iter_mut().zip(x) {
                *to = *from;
            }
            out
        };
        let small = right.chunks(2).map(is_small).collect();
        Some(Self { inner, outer, right, small, start, scale: pad(scale), bias: pad(bias) })
    }

    /// Values out of each row.
    pub(super) fn outer(&self) -> usize {
        self.outer
    }

    /// Panels of `COLS` columns.
    pub(super) fn panels(&self) -> usize {
        self.start.len()
    }

    /// Scales and biases of a panel's columns.
    #[inline(always)]
    pub(super) fn columns(&self, panel: usize) -> (&[f32; COLS], &[f32; COLS]) {
        (&self.scale[panel], &self.bias[panel])
    }

    /// Multiplies tiles of rows with every column and hands each tile of sums to `sink(tile, panel, sums)`.
    #[inline(always)]
    pub(super) fn multiply<S: Simd>(
        &self,
        s: S,
        rows: &Rows,
        tiles: std::ops::Range<usize>,
        mut sink: impl FnMut(usize, usize, &Sums),
    ) {
        let steps = self.inner / 4;
        let mut sums = [[0; COLS]; ROWS];
        for (panel, start) in self.start.iter().enumerate() {
            let right = &self.right[panel * steps..(panel + 1) * steps];
            let small = &self.small[panel * steps / 2..(panel + 1) * steps / 2];
            for tile in tiles.clone() {
                s.bytes(&rows.left[tile * steps..(tile + 1) * steps], right, small, start, &mut sums);
                sink(tile, panel, &sums);
            }
        }
    }

    /// As [`Linear::multiply`], into floats: row `r` of the first tile begins at `out[r * outer]`, panels padded.
    #[inline(always)]
    pub(super) fn floats<S: Simd>(
        &self,
        s: S,
        rows: &Rows,
        tiles: std::ops::Range<usize>,
        out: &mut [f32],
        then: impl Fn(S, S::F) -> S::F,
    ) {
        let (first, width) = (tiles.start, self.panels() * COLS);
        self.multiply(
            s,
            rows,
            tiles,
            #[inline(always)]
            |tile, panel, sums| {
                let (scale, bias) = self.columns(panel);
                let to = &mut out[(tile - first) * ROWS * width..(tile - first + 1) * ROWS * width];
                for ((row, sums), by) in to.chunks_exact_mut(width).zip(sums).zip(&rows.scale[tile]) {
                    let to = row[panel * COLS..][..COLS].as_chunks_mut::<LANES>().0.iter_mut();
                    let sums = sums.as_chunks::<LANES>().0.iter();
                    let columns = scale.as_chunks::<LANES>().0.iter().zip(bias.as_chunks::<LANES>().0);
                    for ((to, sums), (scale, bias)) in to.zip(sums).zip(columns) {
                        let y = dequantise(s, sums, *by, scale, bias);
                        s.store(then(s, y), to);
                    }
                }
            },
        );
    }
}

/// `sums * by * scale + bias`, in that order.
#[inline(always)]
pub(super) fn dequantise<S: Simd>(
    s: S,
    sums: &[i32; LANES],
    by: f32,
    scale: &[f32; LANES],
    bias: &[f32; LANES],
) -> S::F {
    let y = s.mul(s.mul(s.load_ints(sums), s.splat(by)), s.load(scale));
    s.add(y, s.load(bias))
}

/// Rows of 8-bit values, as tiles read them: each with 128 added, so that they are unsigned.
#[derive(Debug, Default)]
pub(super) struct Rows {
    inner: usize,
    left: Vec<Left>,
    scale: Vec<[f32; ROWS]>,
}

impl Rows {
    /// Makes room for tiles of rows of `inner` values. What was in it is of no more use.
    pub(super) fn fit(&mut self, tiles: usize, inner: usize) {
        self.inner = inner;
        self.left.resize(tiles * (inner / 4), [[0; 4]; ROWS]);
        self.scale.resize(tiles, [0.0; ROWS]);
    }

    /// Scales of a tile's rows.
    #[inline(always)]
    pub(super) fn scales(&self, tile: usize) -> &[f32; ROWS] {
        &self.scale[tile]
    }

    /// Rounds row `row` (counted over all tiles) to 8 bits.
    #[inline(always)]
    pub(super) fn set<S: Simd>(&mut self, s: S, row: usize, x: &[f32]) {
        let (tile, r) = (row / ROWS, row % ROWS);
        let peak = peak(s, x);
        let scale = if peak < 1e-6 { 1e-6 } else { peak } / 127.0;
        self.scale[tile][r] = scale;
        let (by, round) = (s.splat(1.0 / scale), s.splat(ROUND + 128.0));
        let steps = self.inner / 4;
        let to = self.left[tile * steps..(tile + 1) * steps].as_chunks_mut::<{ LANES / 4 }>().0;
        for (to, x) in to.iter_mut().zip(x.as_chunks::<LANES>().0) {
            let mut q = [0; LANES];
            // The low byte of the rounded bits is the integer; see `ROUND`.
            s.store_bytes(s.bits(s.add(s.mul(s.load(x), by), round)), &mut q);
            for (to, q) in to.iter_mut().zip(q.as_chunks::<4>().0) {
                to[r] = *q;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kernel::{Kernel, Machine, Work};
    use super::*;

    struct Product<'a>(&'a Linear, &'a [f32], usize);
    impl Work for Product<'_> {
        type Out = Vec<f32>;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Vec<f32> {
            let Self(w, x, n) = self;
            let mut rows = Rows::default();
            rows.fit(n.div_ceil(ROWS), w.inner);
            for (r, x) in x.chunks_exact(w.inner).enumerate() {
                rows.set(s, r, x);
            }
            let tiles = n.div_ceil(ROWS);
            let mut out = vec![0.0; tiles * ROWS * w.panels() * COLS];
            w.floats(s, &rows, 0..tiles, &mut out, |_, v| v);
            out
        }
    }

    #[test]
    fn a_product_is_near_the_exact_one_and_the_same_in_any_company() {
        let (inner, outer, n) = (48, 70, 29);
        let weights: Vec<u8> =
            (0..inner * outer).map(|i| ((i * 31 % 127) as i8 - 63).cast_unsigned()).collect();
        let scale: Vec<f32> = (0..outer).map(|i| 0.01 + i as f32 * 1e-4).collect();
        let bias: Vec<f32> = (0..outer).map(|i| i as f32 - 30.0).collect();
        let x: Vec<f32> =
            (0..inner * n).map(|i| ((i * 37 % 101) as f32 - 50.0) * (1.0 + (i / inner) as f32)).collect();
        let w = Linear::new(&weights, &scale, &bias, inner).unwrap();
        let width = w.panels() * COLS;
        let all = Machine::best().run(Product(&w, &x, n));
        for r in 0..n {
            let row = &x[r * inner..(r + 1) * inner];
            let most = row.iter().fold(0_f32, |a, b| a.max(b.abs()));
            for c in 0..outer {
                let column = weights[c..].iter().step_by(outer);
                let want = row.iter().zip(column).map(|(x, w)| x * f32::from(w.cast_signed())).sum::<f32>()
                    * scale[c]
                    + bias[c];
                let got = all[r * width + c];
                let slack = most / 254.0 * 63.0 * inner as f32 * scale[c];
                assert!((got - want).abs() <= slack, "{r} {c}: {got} {want}");
            }
            for kernel in Kernel::ALL {
                let Some(m) = Machine::with(*kernel) else { continue };
                let alone = m.run(Product(&w, row, 1));
                assert_eq!(alone[..outer], all[r * width..r * width + outer], "{kernel}");
            }
        }
        assert!(Linear::new(&weights, &scale, &bias, inner + 16).is_none());
        assert_eq!(w.outer(), outer);
    }
}
