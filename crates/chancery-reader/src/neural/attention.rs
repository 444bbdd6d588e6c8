//! Attention of one window: every piece looks at every piece of its window.
//!
//! Queries and keys are rounded to 14 bits, values and weights to 16, with one scale a piece and head, and multiplied in
//! integers: as good as floats here, and the same on every machine. Everything is laid out with queries side by
//! side, so that the softmax runs down columns and needs no sum across lanes.

use super::fine::join;
use super::kernel::{COLS, FEW, FewLeft, LANES, ROWS, Right, Simd, Sums};
use super::linear::{Linear, dequantise};
use super::math::{ROUND, abs, exp, highest};

/// Values of a head: one panel of columns.
const HEAD: usize = COLS;
const STEPS: usize = HEAD / 2;
const HALVES: usize = COLS / LANES;
/// Greatest query and key: 32 products of two of them fit into 32 bits.
const MOST: f32 = 8191.0;
/// Greatest value, and what the weights of one query add up to: their products fit into 32 bits too.
const FULL: f32 = 32767.0;

/// The scores of a panel of queries for one key.
type Scores = [[f32; LANES]; HALVES];

/// Queries, keys and values of one window.
#[derive(Debug, Default)]
pub(super) struct Attention {
    pieces: usize,
    heads: usize,
    /// Panels of queries, tiles of keys, pairs of keys.
    panels: usize,
    tiles: usize,
    pairs: usize,
    query: Vec<Right>,
    query_scale: Vec<[f32; COLS]>,
    key: Vec<FewLeft>,
    key_scale: Vec<f32>,
    value: Vec<FewLeft>,
    value_scale: Vec<f32>,
    scores: Vec<Scores>,
    weights: Vec<Right>,
}

impl Attention {
    /// Makes room for a window of so many pieces.
    pub(super) fn fit(&mut self, pieces: usize, heads: usize) {
        self.pieces = pieces;
        self.heads = heads;
        self.panels = pieces.div_ceil(COLS);
        self.tiles = pieces.div_ceil(FEW);
        self.pairs = pieces.div_ceil(2);
        self.query.resize(heads * self.panels * STEPS, [[0; 4]; COLS]);
        self.query_scale.resize(heads * self.panels, [0.0; COLS]);
        self.key.resize(heads * self.tiles * STEPS, [[0; 4]; FEW]);
        self.key_scale.resize(heads * self.tiles * FEW, 0.0);
        self.value.resize(heads * (HEAD / FEW) * self.pairs, [[0; 4]; FEW]);
        self.value_scale.resize(heads * self.tiles * FEW, 0.0);
        self.scores.resize(self.tiles * FEW, [[0.0; LANES]; HALVES]);
        self.weights.resize(self.pairs, [[0; 4]; COLS]);
    }

    /// Takes a tile of sums of the joint projection to queries, keys and values; `first` is the tile's first piece.
    #[inline(always)]
    pub(super) fn take<S: Simd>(
        &mut self,
        s: S,
        w: &Linear,
        scales: &[f32; ROWS],
        first: usize,
        panel: usize,
        sums: &Sums,
    ) {
        let (scale, bias) = w.columns(panel);
        let (part, head) = (panel / self.heads, panel % self.heads);
        let most = if part < 2 { MOST } else { FULL };
        let mut last = [[0; 4]; HEAD];
        for (r, (sums, by)) in sums.iter().zip(scales).enumerate() {
            let piece = first + r;
            if piece >= self.pieces {
                break;
            }
            let (scales, biases) = (scale.as_chunks::<LANES>().0, bias.as_chunks::<LANES>().0);
            let sums = sums.as_chunks::<LANES>().0;
            let x = dequantise(s, &sums[0], *by, &scales[0], &biases[0]);
            let y = dequantise(s, &sums[1], *by, &scales[1], &biases[1]);
            let peak = highest(s, s.max(abs(s, x), abs(s, y)));
            let scale = if peak < 1e-9 { 1e-9 } else { peak } / most;
            let (by, round) = (s.splat(1.0 / scale), s.splat(ROUND));
            let mut q = [[0; 4]; HEAD];
            for (x, q) in [x, y].into_iter().zip(q.as_chunks_mut::<LANES>().0) {
                s.store_ints(s.bits(s.add(s.mul(x, by), round)), q);
            }
            match part {
                0 => self.set_query(head, piece, &q, scale),
                1 => self.set_key(head, piece, &q, scale),
                _ => {
                    // Values are written two pieces at a time; the partner of a last odd one meets a weight of 0.
                    self.value_scale[head * self.tiles * FEW + piece] = scale;
                    if piece % 2 == 1 || piece + 1 == self.pieces {
                        let pair = if piece % 2 == 1 { [&last, &q] } else { [&q, &q] };
                        self.set_values(head, piece / 2, pair);
                    }
                    last = q;
                }
            }
        }
    }

    #[inline(always)]
    fn set_query(&mut self, head: usize, piece: usize, q: &[[u8; 4]; HEAD], scale: f32) {
        let (panel, c) = (head * self.panels + piece / COLS, piece % COLS);
        self.query_scale[panel][c] = scale;
        for (to, q) in self.query[panel * STEPS..(panel + 1) * STEPS].iter_mut().zip(q.as_chunks::<2>().0) {
            to[c] = join(*q);
        }
    }

    #[inline(always)]
    fn set_key(&mut self, head: usize, piece: usize, q: &[[u8; 4]; HEAD], scale: f32) {
        let (tile, r) = (head * self.tiles + piece / FEW, piece % FEW);
        self.key_scale[tile * FEW + r] = scale;
        for (to, q) in self.key[tile * STEPS..(tile + 1) * STEPS].iter_mut().zip(q.as_chunks::<2>().0) {
            to[r] = join(*q);
        }
    }

    #[inline(always)]
    fn set_values(&mut self, head: usize, pair: usize, q: [&[[u8; 4]; HEAD]; 2]) {
        let part = HEAD / FEW * self.pairs;
        let of_head = &mut self.value[head * part..(head + 1) * part];
        let (first, second) = (q[0].as_chunks::<FEW>().0, q[1].as_chunks::<FEW>().0);
        for ((rows, a), b) in of_head.chunks_exact_mut(self.pairs).zip(first).zip(second) {
            for ((to, a), b) in rows[pair].iter_mut().zip(a).zip(b) {
                *to = join([*a, *b]);
            }
        }
    }

    /// Every head's mixture of values for every piece: `out[piece * width + head * HEAD ..]`.
    #[inline(always)]
    pub(super) fn mix<S: Simd>(&mut self, s: S, out: &mut [f32]) {
        let width = self.heads * HEAD;
        let root = 1.0 / (HEAD as f32).sqrt();
        let Self { pieces, panels, tiles, pairs, .. } = *self;
        let mut sums = [[0; COLS]; FEW];
        let mut mixed = [[[0.0; LANES]; HALVES]; FEW];
        for head in 0..self.heads {
            let keys = &self.key[head * tiles * STEPS..(head + 1) * tiles * STEPS];
            let key_scale = &self.key_scale[head * tiles * FEW..(head + 1) * tiles * FEW];
            let value_scale = &self.value_scale[head * tiles * FEW..(head + 1) * tiles * FEW];
            let part = HEAD / FEW * pairs;
            let values = &self.value[head * part..(head + 1) * part];
            for panel in 0..panels {
                let at = head * panels + panel;
                let query = &self.query[at * STEPS..(at + 1) * STEPS];
                let query_scale = self.query_scale[at].as_chunks::<LANES>().0;
                let mut top = [s.splat(f32::MIN); HALVES];
                let root = s.splat(root);
                let scaled = [s.mul(s.load(&query_scale[0]), root), s.mul(s.load(&query_scale[1]), root)];
                for (tile, (keys, scores)) in
                    keys.chunks_exact(STEPS).zip(self.scores.chunks_exact_mut(FEW)).enumerate()
                {
                    s.words(keys, query, &mut sums);
                    let known = (pieces - tile * FEW).min(FEW);
                    let by = &key_scale[tile * FEW..];
                    for ((sums, scores), by) in sums.iter().zip(scores).zip(by).take(known) {
                        let by = s.splat(*by);
                        for (h, (sums, score)) in sums.as_chunks::<LANES>().0.iter().zip(scores).enumerate() {
                            let x = s.mul(s.load_ints(sums), s.mul(scaled[h], by));
                            top[h] = s.max(x, top[h]);
                            s.store(x, score);
                        }
                    }
                }
                if pieces % 2 == 1 {
                    self.scores[pieces] = [[0.0; LANES]; HALVES];
                }
                let mut back = [[0.0; LANES]; HALVES];
                for (h, back) in back.iter_mut().enumerate() {
                    let by = soften(s, &mut self.scores[..pieces], value_scale, h, top[h], back);
                    let scores = self.scores.as_chunks::<2>().0;
                    for (to, pair) in self.weights.iter_mut().zip(scores) {
                        let a = s.bits(s.add(s.mul(s.load(&pair[0][h]), by), s.splat(ROUND)));
                        let b = s.bits(s.add(s.mul(s.load(&pair[1][h]), by), s.splat(ROUND)));
                        // The first of a pair comes first in memory, as `join` writes it.
                        let (a, b) = if cfg!(target_endian = "little") { (a, b) } else { (b, a) };
                        let both = s.or(s.and(a, s.splat_int(0xffff)), s.shift::<16>(b));
                        s.store_ints(both, &mut to.as_chunks_mut::<LANES>().0[h]);
                    }
                }
                let room = (pieces - panel * COLS).min(COLS);
                for (n, values) in values.chunks_exact(pairs).enumerate() {
                    s.words(values, &self.weights, &mut sums);
                    for (row, sums) in mixed.iter_mut().zip(&sums) {
                        for (h, to) in row.iter_mut().enumerate() {
                            let sums = &sums.as_chunks::<LANES>().0[h];
                            s.store(s.mul(s.load_ints(sums), s.load(&back[h])), to);
                        }
                    }
                    let rows = out[panel * COLS * width..].chunks_exact_mut(width).take(room);
                    for (c, row) in rows.enumerate() {
                        let to = &mut row[head * HEAD + n * FEW..head * HEAD + (n + 1) * FEW];
                        for (to, mixed) in to.iter_mut().zip(&mixed) {
                            *to = mixed.as_flattened()[c];
                        }
                    }
                }
            }
        }
    }
}

/// Turns the scores of sixteen queries, the highest of which is `top`, into weights times the scale of each value. Gives what makes the weights of a
/// query add up to `FULL`; `back` is what takes a sum of so weighted values to its true size.
#[inline(always)]
fn soften<S: Simd>(
    s: S,
    scores: &mut [Scores],
    value_scale: &[f32],
    h: usize,
    top: S::F,
    back: &mut [f32; LANES],
) -> S::F {
    let (mut all, mut scaled) = (s.splat(0.0), s.splat(0.0));
    for (row, scale) in scores.iter_mut().zip(value_scale) {
        let e = exp(s, s.sub(s.load(&row[h]), top));
        let v = s.mul(e, s.splat(*scale));
        all = s.add(all, e);
        scaled = s.add(scaled, v);
        s.store(v, &mut row[h]);
    }
    let full = s.splat(FULL);
    s.store(s.div(scaled, s.mul(all, full)), back);
    s.div(full, scaled)
}
