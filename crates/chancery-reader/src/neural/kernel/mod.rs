//! The instruction sets that the encoder can run on, and the one operation that differs between them.
//!
//! Everything that a machine might do in another order (sums of products) is done in integers here, where order does
//! not matter; everything else is plain Rust with its order written down. So every kernel gives the same bits.

mod plain;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Rows that a tile works on at once.
pub(super) const ROWS: usize = 12;
/// Columns that a tile works on at once.
pub(super) const COLS: usize = 32;

/// One step of a tile's left side: four values of 8 bits (or two of 16) of each of its rows.
pub(super) type Left = [[u8; 4]; ROWS];
/// One step of a tile's right side: four values of 8 bits (or two of 16) of each of its columns.
pub(super) type Right = [[u8; 4]; COLS];
/// The sums of a tile.
pub(super) type Sums = [[i32; COLS]; ROWS];

/// Rows of a tile of 16-bit values.
pub(super) const FEW: usize = 8;
/// As [`Left`] and [`Sums`], for 16-bit values.
pub(super) type FewLeft = [[u8; 4]; FEW];
/// The sums of a tile of 16-bit values.
pub(super) type FewSums = [[i32; COLS]; FEW];

/// An instruction set that the encoder has code for. All give the same marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kernel {
    /// AVX-512 with its instructions for sums of 8-bit products.
    Vnni,
    /// AVX2.
    Avx2,
    /// Any machine.
    Generic,
}

impl Kernel {
    /// Every kernel, the fastest first.
    pub const ALL: &'static [Self] = &[Self::Vnni, Self::Avx2, Self::Generic];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Vnni => "avx512-vnni",
            Self::Avx2 => "avx2",
            Self::Generic => "generic",
        }
    }

    /// Its name, as the record writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vnni => "avx512-vnni",
            Self::Avx2 => "avx2",
            Self::Generic => "generic",
        }
    }
}

impl std::fmt::Display for Kernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A kernel that this machine was found to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Machine(Kernel);

impl Machine {
    /// The kernel, if this machine has it.
    pub(super) fn with(kernel: Kernel) -> Option<Self> {
        has(kernel).then_some(Self(kernel))
    }

    /// The fastest kernel of this machine.
    pub(super) fn best() -> Self {
        let kernel = [Kernel::Vnni, Kernel::Avx2].into_iter().find(|k| has(*k));
        Self(kernel.unwrap_or(Kernel::Generic))
    }

    /// Its kernel.
    pub(super) fn kernel(self) -> Kernel {
        self.0
    }

    /// Does a piece of work with this machine's instructions.
    pub(super) fn run<W: Work>(self, work: W) -> W::Out {
        #[cfg(target_arch = "x86_64")]
        return x86::run(self, work);
        #[cfg(not(target_arch = "x86_64"))]
        work.run(plain::Plain)
    }
}

#[cfg(target_arch = "x86_64")]
fn has(kernel: Kernel) -> bool {
    x86::has(kernel)
}

#[cfg(not(target_arch = "x86_64"))]
fn has(kernel: Kernel) -> bool {
    kernel == Kernel::Generic
}

/// Whether products of two steps with any left side add up within 16 bits, the first two and the last two of each
/// column apart: 255 · 128 does.
pub(super) fn is_small(steps: &[Right]) -> bool {
    let sum = |c: usize, half: usize, sign: i32| -> i32 {
        let weights = steps.iter().flat_map(|s| [s[c][2 * half], s[c][2 * half + 1]]);
        weights.map(|w| (sign * i32::from(w.cast_signed())).max(0)).sum()
    };
    (0..COLS).all(|c| [0, 1].iter().all(|h| sum(c, *h, 1) <= 128 && sum(c, *h, -1) <= 128))
}

/// Work that is compiled once for every kernel. `run` must be `#[inline(always)]`, and so must all that it calls in
/// its loops (closures given to library functions are not), or that part stays compiled for the plainest machine.
pub(super) trait Work {
    /// What it gives.
    type Out;
    /// Does it.
    fn run<S: Simd>(self, s: S) -> Self::Out;
}

/// Lanes of a vector of floats or of 32-bit integers, whatever the machine's registers hold.
pub(super) const LANES: usize = 16;

/// What a kernel can do. Every operation is exact or rounded once, as IEEE 754 says, so all kernels agree on every bit.
pub(super) trait Simd: Copy {
    /// Sixteen floats.
    type F: Copy;
    /// Sixteen integers.
    type I: Copy;

    /// `out[r][c] = start[c] + Σ left[..][r] · right[..][c]`, left unsigned and right signed 8-bit, right in -63..=63.
    /// `small` tells of each two steps whether the products of both add up within 16 bits, whatever is on the left: see
    /// [`is_small`].
    fn bytes(self, left: &[Left], right: &[Right], small: &[bool], start: &[i32; COLS], out: &mut Sums);
    /// `out[r][c] = Σ left[..][r] · right[..][c]`, both signed 16-bit in the machine's byte order.
    fn words(self, left: &[FewLeft], right: &[Right], out: &mut FewSums);

    /// Reads a vector.
    fn load(self, x: &[f32; LANES]) -> Self::F;
    /// Writes a vector.
    fn store(self, x: Self::F, to: &mut [f32; LANES]);
    /// One number in every lane.
    fn splat(self, x: f32) -> Self::F;
    /// Sum.
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    /// Difference.
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    /// Product.
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// Quotient.
    fn div(self, a: Self::F, b: Self::F) -> Self::F;
    /// `if a > b { a } else { b }`
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    /// `if a < b { a } else { b }`
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    /// Reads integers as floats.
    fn load_ints(self, x: &[i32; LANES]) -> Self::F;

    /// The bits of floats.
    fn bits(self, x: Self::F) -> Self::I;
    /// Floats of bits.
    fn floats(self, x: Self::I) -> Self::F;
    /// One number in every lane.
    fn splat_int(self, x: i32) -> Self::I;
    /// Sum, wrapping.
    fn add_ints(self, a: Self::I, b: Self::I) -> Self::I;
    /// Bits that both have.
    fn and(self, a: Self::I, b: Self::I) -> Self::I;
    /// Bits that either has.
    fn or(self, a: Self::I, b: Self::I) -> Self::I;
    /// Bits moved up by a fixed number of places.
    fn shift<const N: u32>(self, a: Self::I) -> Self::I;
    /// Writes integers, each in the machine's byte order.
    fn store_ints(self, x: Self::I, to: &mut [[u8; 4]; LANES]);
    /// Writes the low byte of each integer.
    fn store_bytes(self, x: Self::I, to: &mut [u8; LANES]);
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bytes<'a>(&'a [Left], &'a [Right], &'a [bool], &'a [i32; COLS]);
    impl Work for Bytes<'_> {
        type Out = Sums;
        #[inline(always)]
        fn run<S: Simd>(self, m: S) -> Sums {
            let mut out = [[0; COLS]; ROWS];
            m.bytes(self.0, self.1, self.2, self.3, &mut out);
            out
        }
    }

    struct Words<'a>(&'a [FewLeft], &'a [Right]);
    impl Work for Words<'_> {
        type Out = FewSums;
        #[inline(always)]
        fn run<S: Simd>(self, m: S) -> FewSums {
            let mut out = [[0; COLS]; FEW];
            m.words(self.0, self.1, &mut out);
            out
        }
    }

    fn stream(seed: u32) -> impl FnMut() -> u8 {
        let mut x = seed;
        move || {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 24) as u8
        }
    }

    #[test]
    fn every_kernel_sums_exactly_even_at_the_ends_of_the_range() {
        let mut next = stream(7);
        let start: [i32; COLS] = std::array::from_fn(|c| c as i32 * 1000 - 9000);
        for greatest in [63, 30, 20] {
            let extreme = greatest == 63;
            let byte = |b: u8| if extreme { 255 } else { b };
            let left: Vec<Left> =
                (0..384).map(|_| [[0; 4]; ROWS].map(|g: [u8; 4]| g.map(|_| byte(next())))).collect();
            let mut weight = || {
                let w = (next() % (2 * greatest + 1)).cast_signed() - greatest.cast_signed();
                if extreme { 63_i8 } else { w }.cast_unsigned()
            };
            let right: Vec<Right> =
                (0..384).map(|_| [[0; 4]; COLS].map(|g: [u8; 4]| g.map(|_| weight()))).collect();
            let small: Vec<bool> = right.chunks(2).map(is_small).collect();
            let count = small.iter().filter(|s| **s).count();
            assert!(
                match greatest {
                    63 => count == 0,
                    20 => count == 192,
                    _ => count > 0,
                },
                "{greatest}: {count}"
            );
            let mut want = [[0; COLS]; ROWS];
            for (r, row) in want.iter_mut().enumerate() {
                for (c, v) in row.iter_mut().enumerate() {
                    *v = start[c];
                    for (l, q) in left.iter().zip(&right) {
                        *v += (0..4)
                            .map(|i| i32::from(l[r][i]) * i32::from(q[c][i].cast_signed()))
                            .sum::<i32>();
                    }
                }
            }
            for kernel in Kernel::ALL {
                if let Some(m) = Machine::with(*kernel) {
                    assert!(
                        m.run(Bytes(&left, &right, &small, &start)) == want,
                        "{kernel:?} bytes, {greatest}"
                    );
                }
            }
        }
        // Sums of 16-bit products within 32 bits: rows of the left side stay small, as softmax rows do.
        let left: Vec<FewLeft> = (0..100)
            .map(|_| [[0; 4]; FEW].map(|_: [u8; 4]| pair(i16::from(next()), i16::from(next().cast_signed()))))
            .collect();
        let right: Vec<Right> = (0..100)
            .map(|_| [[0; 4]; COLS].map(|_: [u8; 4]| pair(i16::from_ne_bytes([next(), next()]), -i16::MAX)))
            .collect();
        let mut want = [[0; COLS]; FEW];
        for (r, row) in want.iter_mut().enumerate() {
            for (c, v) in row.iter_mut().enumerate() {
                for (l, q) in left.iter().zip(&right) {
                    let [a, b] = halves(l[r]);
                    let [x, y] = halves(q[c]);
                    *v += a * x + b * y;
                }
            }
        }
        for kernel in Kernel::ALL {
            if let Some(m) = Machine::with(*kernel) {
                assert!(m.run(Words(&left, &right)) == want, "{kernel:?} words");
            }
        }
        assert!(Machine::with(Kernel::Generic).is_some());
    }

    fn pair(a: i16, b: i16) -> [u8; 4] {
        let ([p, q], [r, s]) = (a.to_ne_bytes(), b.to_ne_bytes());
        [p, q, r, s]
    }

    fn halves(g: [u8; 4]) -> [i32; 2] {
        [i32::from(i16::from_ne_bytes([g[0], g[1]])), i32::from(i16::from_ne_bytes([g[2], g[3]]))]
    }
}
