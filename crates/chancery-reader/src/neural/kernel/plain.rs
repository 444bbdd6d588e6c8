//! The kernel for any machine.

use super::{COLS, FEW, FewLeft, FewSums, LANES, Left, ROWS, Right, Simd, Sums};

#[derive(Clone, Copy)]
pub(super) struct Plain;

/// Rows and columns that fit into the registers of a plain machine.
const R: usize = 4;
const C: usize = 4;

#[inline(always)]
fn part<const N: usize>(
    left: &[[[u8; 4]; N]],
    right: &[Right],
    (r0, c0): (usize, usize),
    out: &mut [[i32; COLS]; N],
    product: impl Fn([u8; 4], [u8; 4]) -> i32,
) {
    let mut acc = [[0_i32; C]; R];
    for (l, q) in left.iter().zip(right) {
        for (r, acc) in acc.iter_mut().enumerate() {
            for (c, acc) in acc.iter_mut().enumerate() {
                *acc += product(l[r0 + r], q[c0 + c]);
            }
        }
    }
    for (r, acc) in acc.iter().enumerate() {
        for (c, acc) in acc.iter().enumerate() {
            out[r0 + r][c0 + c] += acc;
        }
    }
}

#[inline(always)]
fn tile<const N: usize>(
    left: &[[[u8; 4]; N]],
    right: &[Right],
    out: &mut [[i32; COLS]; N],
    product: impl Fn([u8; 4], [u8; 4]) -> i32 + Copy,
) {
    for r0 in (0..N).step_by(R) {
        for c0 in (0..COLS).step_by(C) {
            part(left, right, (r0, c0), out, product);
        }
    }
}

type Floats = [f32; LANES];
type Ints = [i32; LANES];

#[inline(always)]
fn zip<T: Copy>(mut a: [T; LANES], b: [T; LANES], f: impl Fn(T, T) -> T) -> [T; LANES] {
    for (a, b) in a.iter_mut().zip(b) {
        *a = f(*a, b);
    }
    a
}

impl Simd for Plain {
    type F = Floats;
    type I = Ints;

    #[inline(always)]
    fn bytes(self, left: &[Left], right: &[Right], _: &[bool], start: &[i32; COLS], out: &mut Sums) {
        *out = [*start; ROWS];
        tile(left, right, out, |a, b| {
            let mul = |i: usize| i32::from(a[i]) * i32::from(b[i].cast_signed());
            mul(0) + mul(1) + mul(2) + mul(3)
        });
    }

    #[inline(always)]
    fn words(self, left: &[FewLeft], right: &[Right], out: &mut FewSums) {
        *out = [[0; COLS]; FEW];
        let half = |g: [u8; 4]| [i16::from_ne_bytes([g[0], g[1]]), i16::from_ne_bytes([g[2], g[3]])];
        tile(left, right, out, |a, b| {
            let ([a, b], [x, y]) = (half(a), half(b));
            i32::from(a) * i32::from(x) + i32::from(b) * i32::from(y)
        });
    }

    #[inline(always)]
    fn load(self, x: &Floats) -> Floats {
        *x
    }

    #[inline(always)]
    fn store(self, x: Floats, to: &mut Floats) {
        *to = x;
    }

    #[inline(always)]
    fn splat(self, x: f32) -> Floats {
        [x; LANES]
    }

    #[inline(always)]
    fn add(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn div(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| a / b)
    }

    #[inline(always)]
    fn max(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn min(self, a: Floats, b: Floats) -> Floats {
        zip(a, b, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn load_ints(self, x: &Ints) -> Floats {
        let mut out = [0.0; LANES];
        for (o, v) in out.iter_mut().zip(x) {
            *o = *v as f32;
        }
        out
    }

    #[inline(always)]
    fn bits(self, x: Floats) -> Ints {
        x.map(|v| v.to_bits().cast_signed())
    }

    #[inline(always)]
    fn floats(self, x: Ints) -> Floats {
        x.map(|v| f32::from_bits(v.cast_unsigned()))
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> Ints {
        [x; LANES]
    }

    #[inline(always)]
    fn add_ints(self, a: Ints, b: Ints) -> Ints {
        zip(a, b, i32::wrapping_add)
    }

    #[inline(always)]
    fn and(self, a: Ints, b: Ints) -> Ints {
        zip(a, b, |a, b| a & b)
    }

    #[inline(always)]
    fn or(self, a: Ints, b: Ints) -> Ints {
        zip(a, b, |a, b| a | b)
    }

    #[inline(always)]
    fn shift<const N: u32>(self, a: Ints) -> Ints {
        a.map(|v| v << N)
    }

    #[inline(always)]
    fn store_ints(self, x: Ints, to: &mut [[u8; 4]; LANES]) {
        *to = x.map(i32::to_ne_bytes);
    }

    #[inline(always)]
    fn store_bytes(self, x: Ints, to: &mut [u8; LANES]) {
        *to = x.map(|v| v as u8);
    }
}
