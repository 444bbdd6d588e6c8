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

/// `e` to the power `x` for `x` up to 88, to a few units in the last place near 0 and a few parts in a million far from
/// it; below -87 as at -87.
#[inline(always)]
pub(super) fn exp<S: Simd>(s: S, x: S::F) -> S::F {
    let x = s.max(x, s.splat(-87.0));
    let round = s.splat(ROUND);
    let shifted = s.add(s.mul(x, s.splat(std::f32::consts::LOG2_E)), round);
    let n = s.sub(shifted, round);
    let r = s.sub(x, s.mul(n, s.splat(std::f32::consts::LN_2)));
    // The best fit of (e^r - 1 - r) / r² for |r| up to half of ln 2, by relative error of e^r.
    let mut p = s.splat(8.312_502e-3);
    for c in [4.189_013e-2, 0.166_671_14, 0.499_992_3] {
        p = s.add(s.mul(p, r), s.splat(c));
    }
    let e = s.add(s.add(s.mul(p, s.mul(r, r)), r), s.splat(1.0));
    // The low bits of `shifted` hold n; moved into the exponent they multiply by 2^n.
    s.floats(s.add_ints(s.shift::<23>(s.bits(shifted)), s.bits(e)))
}

/// How likely each label is, in thousandths, by the logarithms of their odds.
pub(super) fn thousandths(scores: &[f32]) -> Vec<u16> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let odds: Vec<f32> = scores.iter().map(|x| exp_plain(x - top)).collect();
    let all: f32 = odds.iter().sum();
    // At most a thousand and a half, so that the cast loses nothing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000.5")]
    odds.iter().map(|o| (o / all * 1000.0 + 0.5) as u16).collect()
}

/// [`exp`] of one float.
fn exp_plain(x: f32) -> f32 {
    let x = x.max(-87.0);
    let n = x * std::f32::consts::LOG2_E + ROUND - ROUND;
    let r = x - n * std::f32::consts::LN_2;
    let p = [4.189_013e-2, 0.166_671_14, 0.499_992_3].into_iter().fold(8.312_502e-3, |p, c| p * r + c);
    let e = p * (r * r) + r + 1.0;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number between -126 and 0")]
    let n = n as i32;
    f32::from_bits(e.to_bits().wrapping_add_signed(n << 23))
}

/// The tanh form of the Gaussian error linear unit: `x / (1 + exp(-2 √(2/π) (x + 0.044715 x³)))`.
#[inline(always)]
pub(super) fn gelu<S: Simd>(s: S, x: S::F) -> S::F {
    const MINUS_TWICE_ROOT: f32 = -1.595_769;
    let u = s.mul(x, s.add(s.splat(1.0), s.mul(s.splat(0.044_715), s.mul(x, x))));
    let power = s.min(s.mul(s.splat(MINUS_TWICE_ROOT), u), s.splat(88.0));
    s.div(x, s.add(s.splat(1.0), exp(s, power)))
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
    fn exp_is_right() {
        let x: Vec<f32> = (0..1_750_000_i32).map(|i| (i - 870_000) as f32 / 10_000.0).collect();
        let (mut near, mut far) = (0_f64, 0_f64);
        for (x, e) in x.iter().zip(all(&x, true)) {
            let want = f64::from(*x).exp();
            let off = (f64::from(e) - want).abs() / want;
            far = far.max(off);
            if x.abs() < 5.0 {
                near = near.max(off);
            }
        }
        assert!(near < 6e-7 && far < 8e-6, "{near:e} {far:e}");
        let mut ends = [0.0; 16];
        ends[1..4].copy_from_slice(&[-1e30, 88.0, f32::NEG_INFINITY]);
        let ends = all(&ends, true);
        assert!(ends[0] == 1.0 && ends[1] < 2e-38 && ends[2].is_finite() && ends[3] < 2e-38);
    }

    #[test]
    fn labels_share_a_thousand() {
        assert_eq!(thousandths(&[0.0, 0.0]), [500, 500]);
        assert_eq!(thousandths(&[2.0_f32.ln(), 0.0, -200.0]), [667, 333, 0]);
        assert_eq!(thousandths(&[]), Vec::<u16>::new());
        for x in (-870..1_i16).map(|i| f32::from(i) / 10.0) {
            assert_eq!(exp_plain(x).to_bits(), all(&[x; 16], true)[0].to_bits(), "{x}");
        }
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
