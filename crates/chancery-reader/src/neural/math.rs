//! Arithmetic whose every bit is settled here: no library function, no fused multiply-add, sums in sixteen lanes.

use super::kernel::{LANES, Simd};

/// Added to a float of small magnitude this rounds it to the nearest integer (ties to even) in its low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// The sum of the lanes, halves first.
#[inline(always)]
pub(super) fn fold<S: Simd>(s: S, x: S::F) -> f32 {
    let mut acc = [0.0; LANES];
    s.store(x, &mut acc);
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            acc[i] += acc[i + half];
        }
        half /= 2;
    }
    acc[0]
}

/// The largest lane.
#[inline(always)]
pub(super) fn highest<S: Simd>(s: S, x: S::F) -> f32 {
    let mut acc = [0.0; LANES];
    s.store(x, &mut acc);
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            acc[i] = if acc[i] > acc[i + half] { acc[i] } else { acc[i + half] };
        }
        half /= 2;
    }
    acc[0]
}

/// Magnitudes.
#[inline(always)]
pub(super) fn abs<S: Simd>(s: S, x: S::F) -> S::F {
    s.floats(s.and(s.bits(x), s.splat_int(i32::MAX)))
}

/// The largest magnitude in a slice of a multiple of sixteen.
#[inline(always)]
pub(super) fn peak<S: Simd>(s: S, x: &[f32]) -> f32 {
    let mut acc = s.splat(0.0);
    for c in x.as_chunks::<LANES>().0 {
        acc = s.max(abs(s, s.load(c)), acc);
    }
    highest(s, acc)
}

/// The sum of the products of two slices of one length, a multiple of sixteen.
#[inline(always)]
pub(super) fn dot<S: Simd>(s: S, x: &[f32], y: &[f32]) -> f32 {
    let mut acc = s.splat(0.0);
    for (x, y) in x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0) {
        acc = s.add(acc, s.mul(s.load(x), s.load(y)));
    }
    fold(s, acc)
}

/// `e` to the power `x`, to about one unit in the last place; capped below -87 and above 88.
#[inline(always)]
pub(super) fn exp<S: Simd>(s: S, x: S::F) -> S::F {
    // ln 2 in two parts, the first with few bits, so that its product with n is exact.
    const LN2_HI: f32 = 0.693_359_4;
    const LN2_LO: f32 = -2.121_944_4e-4;
    let x = s.max(s.min(x, s.splat(88.0)), s.splat(-87.0));
    let round = s.splat(ROUND);
    let shifted = s.add(s.mul(x, s.splat(std::f32::consts::LOG2_E)), round);
    let n = s.sub(shifted, round);
    let r = s.sub(s.sub(x, s.mul(n, s.splat(LN2_HI))), s.mul(n, s.splat(LN2_LO)));
    let mut p = s.splat(1.987_569_1e-4);
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = s.add(s.mul(p, r), s.splat(c));
    }
    let e = s.add(s.add(s.mul(p, s.mul(r, r)), r), s.splat(1.0));
    // The low bits of `shifted` hold n; moved into the exponent they multiply by 2^n.
    let scale = s.floats(s.add_ints(s.shift::<23>(s.bits(shifted)), s.splat_int(0x3f80_0000)));
    s.mul(e, scale)
}

/// The tanh form of the Gaussian error linear unit: `x / (1 + exp(-2 √(2/π) (x + 0.044715 x³)))`.
#[inline(always)]
pub(super) fn gelu<S: Simd>(s: S, x: S::F) -> S::F {
    const MINUS_TWICE_ROOT: f32 = -1.595_769;
    let u = s.mul(x, s.add(s.splat(1.0), s.mul(s.splat(0.044_715), s.mul(x, x))));
    s.div(x, s.add(s.splat(1.0), exp(s, s.mul(s.splat(MINUS_TWICE_ROOT), u))))
}

/// `x`, or 0 where it is negative.
#[inline(always)]
pub(super) fn relu<S: Simd>(s: S, x: S::F) -> S::F {
    s.max(x, s.splat(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::kernel::{Kernel, Machine, Work};
    use super::*;

    struct Map<'a>(&'a [f32], bool);
    impl Work for Map<'_> {
        type Out = Vec<f32>;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Vec<f32> {
            let mut out = vec![0.0; self.0.len()];
            for (x, o) in self.0.as_chunks::<LANES>().0.iter().zip(out.as_chunks_mut::<LANES>().0) {
                let x = s.load(x);
                s.store(if self.1 { exp(s, x) } else { gelu(s, x) }, o);
            }
            out
        }
    }

    fn all(x: &[f32], is_exp: bool) -> Vec<f32> {
        let want = Machine::best().run(Map(x, is_exp));
        for kernel in Kernel::ALL {
            if let Some(m) = Machine::with(*kernel) {
                assert!(
                    m.run(Map(x, is_exp)).iter().zip(&want).all(|(a, b)| a.to_bits() == b.to_bits()),
                    "{kernel}"
                );
            }
        }
        want
    }

    #[test]
    fn exp_is_right_to_a_unit_or_two() {
        let x: Vec<f32> = (0..1_750_000_i32).map(|i| (i - 870_000) as f32 / 10_000.0).collect();
        let mut worst = 0_f64;
        for (x, e) in x.iter().zip(all(&x, true)) {
            let want = f64::from(*x).exp();
            worst = worst.max((f64::from(e) - want).abs() / want);
        }
        assert!(worst < 2e-7, "{worst:e}");
        let ends = all(
            &[
                0.0,
                -1e30,
                1e30,
                f32::NEG_INFINITY,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
            ],
            true,
        );
        assert!(ends[0] == 1.0 && ends[1] < 2e-38 && ends[2].is_finite() && ends[3] < 2e-38);
    }

    #[test]
    fn gelu_is_right() {
        let x: Vec<f32> = (0..24_000_i32).map(|i| (i - 12_000) as f32 / 1_000.0).collect();
        for (x, got) in x.iter().zip(all(&x, false)) {
            let x = f64::from(*x);
            let want =
                0.5 * x * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3))).tanh());
            assert!((f64::from(got) - want).abs() < 1e-6 * (1.0 + want.abs()), "{x} {got} {want}");
        }
    }

    struct Sums<'a>(&'a [f32]);
    impl Work for Sums<'_> {
        type Out = (f32, f32);
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> (f32, f32) {
            (dot(s, self.0, self.0), peak(s, self.0))
        }
    }

    #[test]
    fn sums_take_every_element() {
        let mut x: Vec<f32> = (0..48_u8).map(f32::from).collect();
        x[17] = -70.0;
        for kernel in Kernel::ALL {
            if let Some(m) = Machine::with(*kernel) {
                assert_eq!(m.run(Sums(&x)), (35_720.0 - 289.0 + 4900.0, 70.0));
            }
        }
    }
}
