//! The best tree without crossing arcs (Eisner 1996). English hardly crosses its arcs, so where the best tree of all does, the best
//! one that does not is nearly always nearer to what was meant.

use super::tree::Scores;

/// How much worse, in the logarithm of its odds, a tree without crossings may be and still be taken.
const WORTH: f64 = 4.0;

/// The heads, or the best ones without crossings where they cross and those are not far worse.
pub(super) fn straightened(s: &Scores, heads: Vec<usize>) -> Vec<usize> {
    if !crosses(&heads) {
        return heads;
    }
    let sum = |h: &[usize]| h.iter().enumerate().map(|(i, h)| s.at(i, *h)).sum::<f64>();
    let straight = eisner(s, heads.len());
    if sum(&heads) - sum(&straight) <= WORTH { straight } else { heads }
}

/// Whether two arcs cross, or one passes over the root. Heads are 0 for the root, else the word's number from 1.
fn crosses(heads: &[usize]) -> bool {
    let ends = |i: usize, h: usize| (h.min(i + 1), h.max(i + 1));
    let arcs: Vec<(usize, usize)> = heads.iter().enumerate().map(|(i, h)| ends(i, *h)).collect();
    // The root's own arc begins before all words: what ends behind the root word and begins before it crosses.
    arcs.iter().any(|(a, b)| arcs.iter().any(|(c, d)| a < c && c < b && b < d))
}

/// Spans of words by first and last: the best score of one whose head is its first or last word, and where it is put together.
struct Chart {
    n: usize,
    cell: Vec<(f64, usize)>,
}

impl Chart {
    fn new(n: usize) -> Self {
        Self { n, cell: vec![(f64::NEG_INFINITY, 0); n * n] }
    }

    fn at(&self, s: usize, t: usize) -> (f64, usize) {
        self.cell[s * self.n + t]
    }

    fn set(&mut self, s: usize, t: usize, to: (f64, usize)) {
        self.cell[s * self.n + t] = to;
    }
}

/// The best over where a span is cut in two; the first of equals.
fn best(cuts: impl Iterator<Item = (f64, usize)>) -> (f64, usize) {
    cuts.fold((f64::NEG_INFINITY, 0), |a, b| if b.0 > a.0 { b } else { a })
}

fn eisner(s: &Scores, n: usize) -> Vec<usize> {
    // Complete spans headed by their last (`left`) and first (`right`) word; and with an arc from end to end (`arc`), whose
    // score but for the arc is the same whichever way it points.
    let (mut left, mut right, mut arc) = (Chart::new(n), Chart::new(n), Chart::new(n));
    for i in 0..n {
        left.set(i, i, (0.0, i));
        right.set(i, i, (0.0, i));
    }
    // The arc from word `h` to word `d`, in the scores' numbers.
    let to = |d: usize, h: usize| s.at(d, h + 1);
    for len in 1..n {
        for a in 0..n - len {
            let z = a + len;
            arc.set(a, z, best((a..z).map(|q| (right.at(a, q).0 + left.at(q + 1, z).0, q))));
            let (both, _) = arc.at(a, z);
            let ending = |q: usize| if q == a { both } else { arc.at(q, z).0 };
            left.set(a, z, best((a..z).map(|q| (left.at(a, q).0 + ending(q) + to(q, z), q))));
            let from = |q: usize| arc.at(a, q).0;
            right.set(a, z, best((a + 1..=z).map(|q| (from(q) + to(q, a) + right.at(q, z).0, q))));
        }
    }
    let (_, root) = best((0..n).map(|r| (left.at(0, r).0 + right.at(r, n - 1).0 + s.at(r, 0), r)));
    let mut heads = vec![0; n];
    // Spans still to be taken apart: first, last, and whether the head is the last word.
    let mut open = vec![(0, root, true), (root, n - 1, false)];
    while let Some((a, z, by_last)) = open.pop() {
        if a == z {
            continue;
        }
        let q = if by_last { left.at(a, z).1 } else { right.at(a, z).1 };
        heads[q] = if by_last { z + 1 } else { a + 1 };
        let (from, until) = if by_last { (q, z) } else { (a, q) };
        open.push(if by_last { (a, q, true) } else { (q, z, false) });
        let (_, cut) = arc.at(from, until);
        open.push((from, cut, false));
        open.push((cut + 1, until, true));
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads without crossings, by brute force.
    fn by_force(s: &Scores, n: usize) -> f64 {
        let mut best = f64::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect();
            let roots = heads.iter().filter(|h| **h == 0).count();
            let own = heads.iter().enumerate().any(|(i, h)| *h == i + 1);
            if roots == 1 && !own && !crosses(&heads) && super::super::tree::is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(i, h)| s.at(i, *h)).sum());
            }
        }
        best
    }

    #[test]
    fn it_is_the_best_of_all_without_crossings() {
        let mut seed = 5_u32;
        for round in 0..300 {
            let n = 1 + round % 6;
            let s = Scores::random(n, &mut seed);
            let heads = eisner(&s, n);
            assert!(!crosses(&heads) && super::super::tree::is_tree(&heads), "{heads:?}");
            let got: f64 = heads.iter().enumerate().map(|(i, h)| s.at(i, *h)).sum();
            assert!((got - by_force(&s, n)).abs() < 1e-3, "{heads:?}");
        }
    }

    #[test]
    fn crossings_are_seen_and_a_far_better_tree_is_kept() {
        assert!(crosses(&[3, 4, 0, 3]) && crosses(&[3, 0, 2]) && !crosses(&[2, 0, 2]));
        let mut s = Scores::default();
        s.fit(3);
        for (i, row) in [[0., -99., 1., 4.], [9., 0., -99., 0.], [0., 0., 9., -99.]].iter().enumerate() {
            s.row(i).copy_from_slice(&row.map(|v: f64| v as f32));
        }
        // Word 1 hangs on word 3 over the root, word 2: worth it at first, and not when it costs too much.
        assert_eq!(straightened(&s, vec![3, 0, 2]), [2, 0, 2]);
        s.row(0)[3] = 19.;
        s.row(1)[3] = 0.;
        assert_eq!(straightened(&s, vec![3, 0, 2]), [3, 0, 2]);
    }
}
