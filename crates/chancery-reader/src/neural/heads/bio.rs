//! Paths of labels over the words of a report, and the spans they draw.

use std::ops::Range;

/// Scores of going from one label to the next, and of beginning with a label.
#[derive(Debug)]
pub(in super::super) struct Chain {
    /// `[from][to]`, row by row.
    pub(super) trans: Vec<f32>,
    pub(super) start: Vec<f32>,
}

impl Chain {
    /// The best path through rows of scores, `apart` floats from row to row; equal scores go to the lower label.
    pub(super) fn path(&self, scores: &[f32], apart: usize) -> Vec<u8> {
        let n = self.start.len();
        let mut rows = scores.chunks(apart).filter_map(|r| r.get(..n));
        let Some(first) = rows.next() else { return Vec::new() };
        let mut sums: Vec<f32> = self.start.iter().zip(first).map(|(a, b)| a + b).collect();
        let mut back: Vec<u8> = Vec::with_capacity(scores.len() / apart * n);
        let mut next = vec![0.0; n];
        for row in rows {
            for (to, (next, emit)) in next.iter_mut().zip(row).enumerate() {
                let (mut best, mut from) = (f32::NEG_INFINITY, 0_u8);
                for ((k, sum), trans) in (0_u8..).zip(&sums).zip(self.trans.iter().skip(to).step_by(n)) {
                    let score = sum + trans;
                    if score > best {
                        (best, from) = (score, k);
                    }
                }
                *next = best + emit;
                back.push(from);
            }
            std::mem::swap(&mut sums, &mut next);
        }
        let mut at = best(&sums);
        let mut path = vec![at];
        for from in back.chunks_exact(n).rev() {
            at = from.get(usize::from(at)).copied().unwrap_or(0);
            path.push(at);
        }
        path.reverse();
        path
    }
}

/// The label with the best score; the lower one of equals.
pub(in super::super) fn best(scores: &[f32]) -> u8 {
    let (mut top, mut at) = (f32::NEG_INFINITY, 0);
    for (k, s) in (0_u8..=u8::MAX).zip(scores) {
        if *s > top {
            (top, at) = (*s, k);
        }
    }
    at
}

/// Spans of a path over labels in the order O, B-x, I-x, B-y, I-y …, each with the number of its kind from 0.
pub(in super::super) fn spans(path: &[u8]) -> Vec<(Range<usize>, usize)> {
    let mut out: Vec<(Range<usize>, usize)> = Vec::new();
    let mut open = false;
    for (i, y) in path.iter().enumerate() {
        let Some(kind) = usize::from(*y).checked_sub(1).map(|k| k / 2) else {
            open = false;
            continue;
        };
        match out.last_mut() {
            Some((span, k)) if open && y % 2 == 0 && *k == kind => span.end = i + 1,
            _ => out.push((i..i + 1, kind)),
        }
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_begin_at_b_and_at_a_change_of_kind() {
        assert_eq!(
            spans(&[0, 1, 2, 2, 1, 0, 2, 4, 4, 3]),
            [(1..4, 0), (4..5, 0), (6..7, 0), (7..9, 1), (9..10, 1)]
        );
        assert!(spans(&[]).is_empty());
    }

    #[test]
    fn the_path_is_the_best_of_all() {
        let chain = Chain {
            trans: vec![0.1, -0.3, -1e4, 0.2, -0.5, 0.9, 0.0, 0.4, 0.3],
            start: vec![0.0, 0.2, -1e4],
        };
        let mut seed = 3_u32;
        for _ in 0..50 {
            let scores: Vec<f32> = (0..5 * 4)
                .map(|_| {
                    seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    (seed >> 16) as f32 / 16_384.0 - 2.0
                })
                .collect();
            let worth = |p: &[usize]| {
                let mut s = chain.start[p[0]] + scores[p[0]];
                for t in 1..5 {
                    s = s + chain.trans[p[t - 1] * 3 + p[t]] + scores[t * 4 + p[t]];
                }
                s
            };
            let all: Vec<Vec<usize>> =
                (0..243).map(|k| (0..5).map(|t| k / 3_usize.pow(t) % 3).collect()).collect();
            let top = all.iter().map(|p| worth(p)).fold(f32::MIN, f32::max);
            let got: Vec<usize> = chain.path(&scores, 4).into_iter().map(usize::from).collect();
            assert_eq!(worth(&got), top);
        }
        assert!(chain.path(&[], 4).is_empty());
    }
}
