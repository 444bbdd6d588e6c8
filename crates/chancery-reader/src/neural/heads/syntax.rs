//! Trees: which word hangs on which, and how (Dozat and Manning 2017).

use super::super::fine::Fine;
use super::super::kernel::{FewLeft, Simd};
use super::super::math::dot;
use super::Columns;
use super::bio::best;
use super::projective;
use super::tree::Scores;

/// Classes of a signed distance: 8 + sign · {0, 1, 2, 3–4, 5–8, 9–16, 17–32, 33–64, 65 and more}.
pub(super) const DISTANCES: usize = 17;

/// The class of a signed distance.
pub(super) fn distance(from: usize, to: usize) -> usize {
    let d = from.abs_diff(to);
    let k = match d {
        0..=2 => d,
        3..=4 => 3,
        5..=8 => 4,
        9..=16 => 5,
        17..=32 => 6,
        33..=64 => 7,
        _ => 8,
    };
    if to < from { 8 - k } else { 8 + k }
}

#[derive(Debug)]
pub(super) struct Syntax {
    /// From a dependent's arc vector to what is multiplied with a head's.
    pub(super) arc: Fine,
    pub(super) arc_root: Vec<f32>,
    pub(super) arc_distance: Vec<f32>,
    /// From a dependent's relation vector to one such vector a relation, and behind them one number a relation.
    pub(super) rel: Fine,
    pub(super) relations: usize,
    pub(super) root: usize,
}

/// The tree of the sentence last parsed, and memory for the next.
#[derive(Debug, Default)]
pub(in super::super) struct Trees {
    pub(super) head: Vec<usize>,
    pub(super) rel: Vec<u8>,
    scores: Scores,
    wide: Vec<f32>,
    each: Vec<f32>,
}

impl Syntax {
    /// Parses a sentence from its rows of the joint matrix.
    #[inline(always)]
    pub(super) fn parse<S: Simd>(
        &self,
        s: S,
        rows: &[f32],
        stride: usize,
        c: &Columns,
        line: &mut Vec<FewLeft>,
        t: &mut Trees,
    ) {
        let n = rows.len() / stride;
        let arc = c.arc_dep.len();
        // To the end of the last row's part, so that every row has its own.
        let tail = |from: usize, len: usize| &rows[from..(n - 1) * stride + from + len];
        self.arc.apply(
            s,
            tail(c.arc_dep.start, arc),
            stride,
            line,
            &mut t.wide,
            #[inline(always)]
            |_, y| y,
        );
        t.scores.fit(n);
        for (i, dep) in t.wide.chunks_exact(self.arc.stride()).enumerate() {
            let to = t.scores.row(i);
            to[0] = dot(s, dep, &self.arc_root);
            for (j, row) in rows.chunks_exact(stride).enumerate() {
                if j != i {
                    to[j + 1] =
                        dot(s, dep, &row[c.arc_head..c.arc_head + arc]) + self.arc_distance[distance(i, j)];
                }
            }
        }
        t.head = projective::straightened(&t.scores, t.scores.tree());
        let rel = c.rel_dep.len();
        self.rel.apply(
            s,
            tail(c.rel_dep.start, rel),
            stride,
            line,
            &mut t.wide,
            #[inline(always)]
            |_, y| y,
        );
        t.rel.clear();
        for (dep, head) in t.wide.chunks_exact(self.rel.stride()).zip(&t.head) {
            // The root's relation is given, and no other word may have it.
            let Some(head) = head.checked_sub(1) else {
                t.rel.push(u8::try_from(self.root).unwrap_or(0));
                continue;
            };
            let q = &rows[head * stride + c.rel_head..][..rel];
            let (each, alone) = dep.split_at(rel * self.relations);
            t.each.resize(self.relations, 0.0);
            for ((each, u), b) in t.each.iter_mut().zip(each.chunks_exact(rel)).zip(alone) {
                *each = dot(s, u, q) + b;
            }
            if let Some(root) = t.each.get_mut(self.root) {
                *root = f32::MIN;
            }
            t.rel.push(best(&t.each));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_their_classes() {
        let of = |d: i32| distance(100, (100 + d) as usize);
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 33, 64, 65].map(of),
            [8, 9, 10, 11, 11, 12, 12, 13, 13, 14, 15, 15, 16]
        );
        assert_eq!([-1, -3, -90].map(of), [7, 5, 0]);
    }
}
