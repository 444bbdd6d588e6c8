//! Matrices of the heads: rounded to about eleven bits, where the encoder's are rounded to seven.
//!
//! The scores of a head decide by small margins, and its matrices are small; so they keep the precision of the file,
//! in integers, and each sum is exact.

use super::kernel::{COLS, FEW, FewLeft, LANES, Right, Simd};
use super::linear::dequantise;
use super::math::{ROUND, peak};

/// A matrix with a bias.
#[derive(Debug)]
pub(super) struct Fine {
    inner: usize,
    outer: usize,
    /// Greatest value of a row: what keeps a sum of `inner` products within 32 bits.
    most: f32,
    right: Vec<Right>,
    scale: Vec<[f32; COLS]>,
    bias: Vec<[f32; COLS]>,
}

impl Fine {
    /// Packs `inner` rows of `outer` weights; `None` when the sizes do not agree or `inner` is no multiple of 16.
    pub(super) fn new(weights: &[f32], bias: &[f32], inner: usize) -> Option<Self> {
        let outer = bias.len();
        if inner == 0 || !inner.is_multiple_of(LANES) || weights.len() != inner * outer {
            return None;
        }
        let most = (f64::from(i32::MAX) / inner as f64).sqrt().floor().min(f64::from(i16::MAX)) as f32 - 1.0;
        let (panels, steps) = (outer.div_ceil(COLS), inner / 2);
        let mut tops = vec![0_f32; outer];
        for row in weights.chunks_exact(outer) {
            for (top, w) in tops.iter_mut().zip(row) {
                *top = top.max(w.abs());
            }
        }
        let mut out = Self {
            inner,
            outer,
            most,
            right: vec![[[0; 4]; COLS]; panels * steps],
            scale: vec![[0.0; COLS]; panels],
            bias: vec![[0.0; COLS]; panels],
        };
        for (n, (top, b)) in tops.iter_mut().zip(bias).enumerate() {
            *top = if *top > 0.0 { *top / most } else { 1.0 };
            out.scale.as_flattened_mut()[n] = *top;
            out.bias.as_flattened_mut()[n] = *b;
        }
        let round = |w: f32, scale: f32| ((w / scale).round_ties_even() as i16).to_ne_bytes();
        for (step, rows) in weights.chunks_exact(2 * outer).enumerate() {
            let (a, b) = rows.split_at(outer);
            for (n, ((a, b), s)) in a.iter().zip(b).zip(&tops).enumerate() {
                let ([p, q], [r, t]) = (round(*a, *s), round(*b, *s));
                out.right[n / COLS * steps + step][n % COLS] = [p, q, r, t];
            }
        }
        Some(out)
    }

    /// Floats from the beginning of one row of results to that of the next: columns, and padding.
    pub(super) fn stride(&self) -> usize {
        self.outer.next_multiple_of(COLS)
    }

    /// Multiplies rows, each `apart` floats behind the last and `inner` long, into rows of `stride` floats.
    #[inline(always)]
    pub(super) fn apply<S: Simd>(
        &self,
        s: S,
        rows: &[f32],
        apart: usize,
        line: &mut Vec<FewLeft>,
        out: &mut Vec<f32>,
        then: impl Fn(S, S::F) -> S::F,
    ) {
        let steps = self.inner / 2;
        let count = if rows.len() < self.inner { 0 } else { (rows.len() - self.inner) / apart + 1 };
        let stride = self.stride();
        out.resize(count * stride, 0.0);
        line.resize(count.div_ceil(FEW) * steps, [[0; 4]; FEW]);
        let mut scales = vec![0.0; count];
        for (n, scale) in scales.iter_mut().enumerate() {
            let row = &rows[n * apart..n * apart + self.inner];
            *scale = self.round(s, row, n % FEW, &mut line[n / FEW * steps..(n / FEW + 1) * steps]);
        }
        let mut sums = [[0; COLS]; FEW];
        for (panel, right) in self.right.chunks_exact(steps).enumerate() {
            let scale = self.scale[panel].as_chunks::<LANES>().0;
            let bias = self.bias[panel].as_chunks::<LANES>().0;
            for ((left, by), out) in
                line.chunks_exact(steps).zip(scales.chunks(FEW)).zip(out.chunks_mut(FEW * stride))
            {
                s.words(left, right, &mut sums);
                for ((sums, by), row) in sums.iter().zip(by).zip(out.chunks_exact_mut(stride)) {
                    let to = row[panel * COLS..(panel + 1) * COLS].as_chunks_mut::<LANES>().0;
                    for (h, to) in to.iter_mut().enumerate() {
                        let y = dequantise(s, &sums.as_chunks::<LANES>().0[h], *by, &scale[h], &bias[h]);
                        s.store(then(s, y), to);
                    }
                }
            }
        }
    }

    /// Rounds one row into line `r` of a tile and gives its scale.
    #[inline(always)]
    fn round<S: Simd>(&self, s: S, row: &[f32], r: usize, to: &mut [FewLeft]) -> f32 {
        let peak = peak(s, row);
        let scale = if peak < 1e-9 { 1e-9 } else { peak } / self.most;
        let (by, round) = (s.splat(1.0 / scale), s.splat(ROUND));
        for (to, x) in to.as_chunks_mut::<{ LANES / 2 }>().0.iter_mut().zip(row.as_chunks::<LANES>().0) {
            let mut q = [[0; 4]; LANES];
            s.store_ints(s.bits(s.add(s.mul(s.load(x), by), round)), &mut q);
            for (to, pair) in to.iter_mut().zip(q.as_chunks::<2>().0) {
                to[r] = join(*pair);
            }
        }
        scale
    }
}

/// The low halves of two 32-bit integers, as one step of a tile has them.
#[inline(always)]
pub(super) fn join(q: [[u8; 4]; 2]) -> [u8; 4] {
    let ([a, b], [c, d]) = (low(q[0]), low(q[1]));
    [a, b, c, d]
}

/// The low half of a 32-bit integer in the machine's byte order.
#[inline(always)]
fn low(q: [u8; 4]) -> [u8; 2] {
    let [a, b, c, d] = q;
    if cfg!(target_endian = "little") { [a, b] } else { [c, d] }
}

#[cfg(test)]
mod tests {
    use super::super::kernel::{Kernel, Machine, Work};
    use super::*;

    struct Apply<'a>(&'a Fine, &'a [f32], usize);
    impl Work for Apply<'_> {
        type Out = Vec<f32>;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Vec<f32> {
            let mut out = Vec::new();
            self.0.apply(s, self.1, self.2, &mut Vec::new(), &mut out, |_, y| y);
            out
        }
    }

    #[test]
    fn products_are_near_and_the_same_on_every_kernel_and_in_any_company() {
        let (inner, outer, n, apart) = (1152, 37, 21, 1160);
        let w: Vec<f32> = (0..inner * outer).map(|i| ((i * 7919 % 2003) as f32 - 1001.0) / 3000.0).collect();
        let bias: Vec<f32> = (0..outer).map(|i| i as f32 / 7.0).collect();
        let x: Vec<f32> =
            (0..(n - 1) * apart + inner).map(|i| ((i * 104_729 % 997) as f32 - 498.0) / 300.0).collect();
        let f = Fine::new(&w, &bias, inner).unwrap();
        let all = Machine::best().run(Apply(&f, &x, apart));
        assert_eq!(all.len(), n * f.stride());
        for r in 0..n {
            let row = &x[r * apart..r * apart + inner];
            for c in 0..outer {
                let want: f64 = row
                    .iter()
                    .zip(w[c..].iter().step_by(outer))
                    .map(|(a, b)| f64::from(*a) * f64::from(*b))
                    .sum::<f64>()
                    + f64::from(bias[c]);
                let got = f64::from(all[r * f.stride() + c]);
                assert!((got - want).abs() < 0.03, "{r} {c} {got} {want}");
            }
            for kernel in Kernel::ALL {
                if let Some(m) = Machine::with(*kernel) {
                    assert_eq!(
                        m.run(Apply(&f, row, inner))[..outer],
                        all[r * f.stride()..r * f.stride() + outer]
                    );
                }
            }
        }
        assert!(Fine::new(&w, &bias[1..], inner).is_none());
    }
}
