//! AVX-512 VNNI and AVX2 for x86-64. The only module of the crate with `unsafe` in it, for two reasons that safe Rust
//! cannot meet: to call a function compiled for instructions that the machine was found to have, and to load vectors.
//! Without it the encoder runs at the speed of the plain kernel, a tenth of this one's.
//!
//! The markers [`Vnni`] and [`Avx2`] exist only inside [`run`], behind the check of [`has`]: whoever holds one may use
//! its instructions.
#![allow(unsafe_code)]

use super::{
    COLS, FEW, FewLeft, FewSums, Kernel, LANES, Left, Machine, ROWS, Right, Simd, Sums, Work, plain::Plain,
};
use std::arch::x86_64::*;

/// Whether this machine has the instructions of a kernel.
pub(super) fn has(kernel: Kernel) -> bool {
    match kernel {
        Kernel::Vnni => {
            is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
        }
        Kernel::Avx2 => is_x86_feature_detected!("avx2"),
        Kernel::Generic => true,
    }
}

/// Does a piece of work with a machine's instructions.
pub(super) fn run<W: Work>(machine: Machine, work: W) -> W::Out {
    match machine.kernel() {
        // SAFETY: a `Machine` of this kernel is only made where `has` found every feature that `vnni` names.
        Kernel::Vnni => unsafe { vnni(work) },
        // SAFETY: as above, for the feature that `avx2` names.
        Kernel::Avx2 => unsafe { avx2(work) },
        Kernel::Generic => work.run(Plain),
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn vnni<W: Work>(work: W) -> W::Out {
    work.run(Vnni(()))
}

#[target_feature(enable = "avx2")]
fn avx2<W: Work>(work: W) -> W::Out {
    work.run(Avx2(()))
}

/// The right to use AVX-512 VNNI.
#[derive(Clone, Copy)]
struct Vnni(());

/// The right to use AVX2.
#[derive(Clone, Copy)]
struct Avx2(());

/// Operations of two vectors that one instruction does on each register.
macro_rules! each {
    ($($name:ident($($arg:ident),+) -> $kind:ident = $call:expr;)+) => { $(
        #[inline(always)]
        fn $name(self, $($arg: Self::$kind),+) -> Self::$kind {
            // SAFETY: the holder of this marker is only made where the machine has the features.
            unsafe { $call }
        }
    )+ };
}

impl Simd for Vnni {
    type F = __m512;
    type I = __m512i;

    each! {
        add(a, b) -> F = _mm512_add_ps(a, b);
        sub(a, b) -> F = _mm512_sub_ps(a, b);
        mul(a, b) -> F = _mm512_mul_ps(a, b);
        div(a, b) -> F = _mm512_div_ps(a, b);
        max(a, b) -> F = _mm512_max_ps(a, b);
        min(a, b) -> F = _mm512_min_ps(a, b);
        add_ints(a, b) -> I = _mm512_add_epi32(a, b);
        and(a, b) -> I = _mm512_and_si512(a, b);
        or(a, b) -> I = _mm512_or_si512(a, b);
    }

    #[inline(always)]
    fn shift<const N: u32>(self, a: __m512i) -> __m512i {
        // SAFETY: a `Vnni` is only made where the machine has the features.
        unsafe { _mm512_slli_epi32::<N>(a) }
    }

    #[inline(always)]
    fn bytes(self, left: &[Left], right: &[Right], _: &[bool], start: &[i32; COLS], out: &mut Sums) {
        // SAFETY: as above.
        unsafe { bytes512(left, right, start, out) }
    }

    #[inline(always)]
    fn words(self, left: &[FewLeft], right: &[Right], out: &mut FewSums) {
        // SAFETY: as above.
        unsafe { words512(left, right, out) }
    }

    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> __m512 {
        // SAFETY: as above; `x` is 64 bytes, and the load needs no alignment.
        unsafe { _mm512_loadu_ps(x.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, x: __m512, to: &mut [f32; LANES]) {
        // SAFETY: as above; `to` is 64 bytes, and the store needs no alignment.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), x) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        // SAFETY: as above.
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load_ints(self, x: &[i32; LANES]) -> __m512 {
        // SAFETY: as above; `x` is 64 bytes, and the load needs no alignment.
        unsafe { _mm512_cvtepi32_ps(_mm512_loadu_si512(x.as_ptr().cast())) }
    }

    #[inline(always)]
    fn bits(self, x: __m512) -> __m512i {
        // SAFETY: as above.
        unsafe { _mm512_castps_si512(x) }
    }

    #[inline(always)]
    fn floats(self, x: __m512i) -> __m512 {
        // SAFETY: as above.
        unsafe { _mm512_castsi512_ps(x) }
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> __m512i {
        // SAFETY: as above.
        unsafe { _mm512_set1_epi32(x) }
    }

    #[inline(always)]
    fn store_ints(self, x: __m512i, to: &mut [[u8; 4]; LANES]) {
        // SAFETY: as above; `to` is 64 bytes, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), x) }
    }

    #[inline(always)]
    fn store_bytes(self, x: __m512i, to: &mut [u8; LANES]) {
        // SAFETY: as above; `to` is 16 bytes, and the store needs no alignment.
        unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(x)) }
    }
}

impl Simd for Avx2 {
    type F = [__m256; 2];
    type I = [__m256i; 2];

    each! {
        add(a, b) -> F = [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])];
        sub(a, b) -> F = [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])];
        mul(a, b) -> F = [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])];
        div(a, b) -> F = [_mm256_div_ps(a[0], b[0]), _mm256_div_ps(a[1], b[1])];
        max(a, b) -> F = [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])];
        min(a, b) -> F = [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])];
        add_ints(a, b) -> I = [_mm256_add_epi32(a[0], b[0]), _mm256_add_epi32(a[1], b[1])];
        and(a, b) -> I = [_mm256_and_si256(a[0], b[0]), _mm256_and_si256(a[1], b[1])];
        or(a, b) -> I = [_mm256_or_si256(a[0], b[0]), _mm256_or_si256(a[1], b[1])];
    }

    #[inline(always)]
    fn shift<const N: u32>(self, a: [__m256i; 2]) -> [__m256i; 2] {
        // SAFETY: an `Avx2` is only made where the machine has the feature.
        unsafe {
            let by = _mm_cvtsi32_si128(N.cast_signed());
            [_mm256_sll_epi32(a[0], by), _mm256_sll_epi32(a[1], by)]
        }
    }

    #[inline(always)]
    fn bytes(self, left: &[Left], right: &[Right], small: &[bool], start: &[i32; COLS], out: &mut Sums) {
        // SAFETY: as above.
        unsafe { bytes256(left, right, small, start, out) }
    }

    #[inline(always)]
    fn words(self, left: &[FewLeft], right: &[Right], out: &mut FewSums) {
        // SAFETY: as above.
        unsafe { words256(left, right, out) }
    }

    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> [__m256; 2] {
        // SAFETY: as above; `x` is 64 bytes, and the loads need no alignment.
        unsafe { [_mm256_loadu_ps(x.as_ptr()), _mm256_loadu_ps(x.as_ptr().add(NARROW))] }
    }

    #[inline(always)]
    fn store(self, x: [__m256; 2], to: &mut [f32; LANES]) {
        // SAFETY: as above; `to` is 64 bytes, and the stores need no alignment.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), x[0]);
            _mm256_storeu_ps(to.as_mut_ptr().add(NARROW), x[1]);
        }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> [__m256; 2] {
        // SAFETY: as above.
        unsafe { [_mm256_set1_ps(x); 2] }
    }

    #[inline(always)]
    fn load_ints(self, x: &[i32; LANES]) -> [__m256; 2] {
        let at = x.as_ptr().cast::<__m256i>();
        // SAFETY: as above; `x` is 64 bytes, and the loads need no alignment.
        unsafe {
            [_mm256_cvtepi32_ps(_mm256_loadu_si256(at)), _mm256_cvtepi32_ps(_mm256_loadu_si256(at.add(1)))]
        }
    }

    #[inline(always)]
    fn bits(self, x: [__m256; 2]) -> [__m256i; 2] {
        // SAFETY: as above.
        unsafe { [_mm256_castps_si256(x[0]), _mm256_castps_si256(x[1])] }
    }

    #[inline(always)]
    fn floats(self, x: [__m256i; 2]) -> [__m256; 2] {
        // SAFETY: as above.
        unsafe { [_mm256_castsi256_ps(x[0]), _mm256_castsi256_ps(x[1])] }
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> [__m256i; 2] {
        // SAFETY: as above.
        unsafe { [_mm256_set1_epi32(x); 2] }
    }

    #[inline(always)]
    fn store_ints(self, x: [__m256i; 2], to: &mut [[u8; 4]; LANES]) {
        let at = to.as_mut_ptr().cast::<__m256i>();
        // SAFETY: as above; `to` is 64 bytes, and the stores need no alignment.
        unsafe {
            _mm256_storeu_si256(at, x[0]);
            _mm256_storeu_si256(at.add(1), x[1]);
        }
    }

    #[inline(always)]
    fn store_bytes(self, x: [__m256i; 2], to: &mut [u8; LANES]) {
        // SAFETY: as above; `to` is 16 bytes, and the store needs no alignment.
        unsafe {
            let low = _mm256_set1_epi32(0xff);
            // The two packs work within halves of a register; the permutation puts the quarters back in order.
            let words = _mm256_packus_epi32(_mm256_and_si256(x[0], low), _mm256_and_si256(x[1], low));
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(words);
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }
}

/// Columns of one AVX-512 register of sums.
const WIDE: usize = 16;
/// Columns of one AVX2 register of sums, and rows that AVX2's registers hold beside two of them.
const NARROW: usize = 8;
const THREE: usize = 3;
const FOUR: usize = 4;

#[target_feature(enable = "avx512f")]
#[inline]
fn load512(right: &Right) -> [__m512i; 2] {
    let at = right.as_ptr().cast::<__m512i>();
    // SAFETY: `Right` is 128 bytes without padding; the load needs no alignment.
    unsafe { [_mm512_loadu_si512(at), _mm512_loadu_si512(at.add(1))] }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store512(sums: [__m512i; 2], out: &mut [i32; COLS]) {
    let at = out.as_mut_ptr().cast::<__m512i>();
    // SAFETY: the row is 128 bytes; the store needs no alignment.
    unsafe {
        _mm512_storeu_si512(at, sums[0]);
        _mm512_storeu_si512(at.add(1), sums[1]);
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn bytes512(left: &[Left], right: &[Right], start: &[i32; COLS], out: &mut Sums) {
    const { assert!(COLS == 2 * WIDE) };
    let at = start.as_ptr().cast::<__m512i>();
    // SAFETY: `start` is 128 bytes; the loads need no alignment.
    let start = unsafe { [_mm512_loadu_si512(at), _mm512_loadu_si512(at.add(1))] };
    let mut acc = [start; ROWS];
    for (l, r) in left.iter().zip(right) {
        let [b0, b1] = load512(r);
        for (acc, l) in acc.iter_mut().zip(l) {
            let a = _mm512_set1_epi32(i32::from_ne_bytes(*l));
            acc[0] = _mm512_dpbusd_epi32(acc[0], a, b0);
            acc[1] = _mm512_dpbusd_epi32(acc[1], a, b1);
        }
    }
    for (acc, out) in acc.into_iter().zip(out) {
        store512(acc, out);
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn words512(left: &[FewLeft], right: &[Right], out: &mut FewSums) {
    let mut acc = [[_mm512_setzero_si512(); 2]; FEW];
    for (l, r) in left.iter().zip(right) {
        let [b0, b1] = load512(r);
        for (acc, l) in acc.iter_mut().zip(l) {
            let a = _mm512_set1_epi32(i32::from_ne_bytes(*l));
            acc[0] = _mm512_dpwssd_epi32(acc[0], a, b0);
            acc[1] = _mm512_dpwssd_epi32(acc[1], a, b1);
        }
    }
    for (acc, out) in acc.into_iter().zip(out) {
        store512(acc, out);
    }
}

/// Registers `2 * half` and `2 * half + 1` of a step's right side.
#[target_feature(enable = "avx2")]
#[inline]
fn load256(right: &Right, half: usize) -> [__m256i; 2] {
    let part: &[[u8; 4]; 2 * NARROW] =
        if half == 0 { &right.as_chunks().0[0] } else { &right.as_chunks().0[1] };
    let at = part.as_ptr().cast::<__m256i>();
    // SAFETY: `part` is 64 bytes without padding; the load needs no alignment.
    unsafe { [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))] }
}

#[target_feature(enable = "avx2")]
#[inline]
fn store256(sums: [__m256i; 2], out: &mut [i32; COLS], half: usize) {
    let part: &mut [i32; 2 * NARROW] =
        if half == 0 { &mut out.as_chunks_mut().0[0] } else { &mut out.as_chunks_mut().0[1] };
    let at = part.as_mut_ptr().cast::<__m256i>();
    // SAFETY: `part` is 64 bytes; the store needs no alignment.
    unsafe {
        _mm256_storeu_si256(at, sums[0]);
        _mm256_storeu_si256(at.add(1), sums[1]);
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn bytes256(left: &[Left], right: &[Right], small: &[bool], start: &[i32; COLS], out: &mut Sums) {
    let ones = _mm256_set1_epi16(1);
    let (left, right) = (left.as_chunks::<2>().0, right.as_chunks::<2>().0);
    for half in 0..2 {
        let part: &[i32; 2 * NARROW] =
            if half == 0 { &start.as_chunks().0[0] } else { &start.as_chunks().0[1] };
        let at = part.as_ptr().cast::<__m256i>();
        // SAFETY: `part` is 64 bytes; the loads need no alignment.
        let start = unsafe { [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))] };
        for first in (0..ROWS).step_by(THREE) {
            let mut acc = [start; THREE];
            for ((l, r), small) in left.iter().zip(right).zip(small) {
                let (b, d) = (load256(&r[0], half), load256(&r[1], half));
                // 255 · 63 · 2 fits into 16 bits, so nothing saturates here. The two ways are written out apart, or the
                // compiler keeps sums in memory.
                if *small {
                    for (k, acc) in acc.iter_mut().enumerate() {
                        let a = _mm256_set1_epi32(i32::from_ne_bytes(l[0][first + k]));
                        let c = _mm256_set1_epi32(i32::from_ne_bytes(l[1][first + k]));
                        for (n, acc) in acc.iter_mut().enumerate() {
                            let sum = _mm256_add_epi16(
                                _mm256_maddubs_epi16(a, b[n]),
                                _mm256_maddubs_epi16(c, d[n]),
                            );
                            *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(sum, ones));
                        }
                    }
                } else {
                    for (k, acc) in acc.iter_mut().enumerate() {
                        let a = _mm256_set1_epi32(i32::from_ne_bytes(l[0][first + k]));
                        let c = _mm256_set1_epi32(i32::from_ne_bytes(l[1][first + k]));
                        for (n, acc) in acc.iter_mut().enumerate() {
                            *acc = _mm256_add_epi32(
                                *acc,
                                _mm256_madd_epi16(_mm256_maddubs_epi16(a, b[n]), ones),
                            );
                            *acc = _mm256_add_epi32(
                                *acc,
                                _mm256_madd_epi16(_mm256_maddubs_epi16(c, d[n]), ones),
                            );
                        }
                    }
                }
            }
            for (k, acc) in acc.into_iter().enumerate() {
                store256(acc, &mut out[first + k], half);
            }
        }
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn words256(left: &[FewLeft], right: &[Right], out: &mut FewSums) {
    for half in 0..2 {
        for first in (0..FEW).step_by(FOUR) {
            let mut acc = [[_mm256_setzero_si256(); 2]; FOUR];
            for (l, r) in left.iter().zip(right) {
                let [b0, b1] = load256(r, half);
                for (k, acc) in acc.iter_mut().enumerate() {
                    let a = _mm256_set1_epi32(i32::from_ne_bytes(l[first + k]));
                    acc[0] = _mm256_add_epi32(acc[0], _mm256_madd_epi16(a, b0));
                    acc[1] = _mm256_add_epi32(acc[1], _mm256_madd_epi16(a, b1));
                }
            }
            for (k, acc) in acc.into_iter().enumerate() {
                store256(acc, &mut out[first + k], half);
            }
        }
    }
}
