//! The best tree over the words of a sentence: one root, no cycle (Chu and Liu 1965, Edmonds 1967).

/// Roots that are tried when the best heads form no tree.
const ROOTS: usize = 5;
const NEVER: f64 = -1e9;

/// Scores of heads: `at(i, 0)` that word `i` (from 0) is the root, `at(i, j + 1)` that word `j` is its head.
#[derive(Debug, Default)]
pub(super) struct Scores {
    n: usize,
    score: Vec<f32>,
}

impl Scores {
    pub(super) fn fit(&mut self, n: usize) {
        self.n = n;
        self.score.clear();
        self.score.resize(n * (n + 1), -1e4);
    }

    pub(super) fn row(&mut self, word: usize) -> &mut [f32] {
        &mut self.score[word * (self.n + 1)..(word + 1) * (self.n + 1)]
    }

    pub(super) fn at(&self, word: usize, head: usize) -> f64 {
        f64::from(self.score[word * (self.n + 1) + head])
    }

    /// Heads of the best tree with one root; 0 for the root, else the word's number from 1. Equals go to the first.
    pub(super) fn tree(&self) -> Vec<usize> {
        let width = self.n + 1;
        let greedy: Vec<usize> = self
            .score
            .chunks_exact(width)
            .map(|row| {
                let (mut top, mut at) = (f32::NEG_INFINITY, 0);
                for (j, s) in row.iter().enumerate() {
                    if *s > top {
                        (top, at) = (*s, j);
                    }
                }
                at
            })
            .collect();
        if greedy.iter().filter(|h| **h == 0).count() == 1 && is_tree(&greedy) {
            return greedy;
        }
        let mut full = Square::new(width);
        for (i, row) in self.score.chunks_exact(width).enumerate() {
            for (j, s) in row.iter().enumerate() {
                if j != i + 1 {
                    full.set(i + 1, j, f64::from(*s));
                }
            }
        }
        let mut roots: Vec<usize> = (0..self.n).collect();
        let root_score = |i: usize| self.score[i * width];
        roots.sort_by(|a, b| root_score(*b).total_cmp(&root_score(*a)));
        let mut best: Option<(f64, Vec<usize>)> = None;
        for root in roots.into_iter().take(ROOTS) {
            let mut s = full.clone();
            for i in (0..self.n).filter(|i| *i != root) {
                s.set(i + 1, 0, NEVER);
            }
            let heads = arborescence(&s);
            let sum = (1..width).map(|i| s.at(i, heads[i])).sum::<f64>();
            if best.as_ref().is_none_or(|(b, _)| sum > *b) {
                best = Some((sum, heads));
            }
        }
        best.map(|(_, h)| h.into_iter().skip(1).collect()).unwrap_or_default()
    }
}

pub(super) fn is_tree(head: &[usize]) -> bool {
    // 0 not looked at, 1 on the way, 2 leads to the root.
    let mut state = vec![0_u8; head.len()];
    for i in 0..head.len() {
        let mut way = Vec::new();
        let mut j = i;
        loop {
            match state[j] {
                1 => return false,
                2 => break,
                _ => {}
            }
            state[j] = 1;
            way.push(j);
            match head[j].checked_sub(1) {
                Some(h) => j = h,
                None => break,
            }
        }
        for k in way {
            state[k] = 2;
        }
    }
    true
}

/// Scores `[word][head]` over the root, node 0, and the words.
#[derive(Clone)]
struct Square {
    n: usize,
    score: Vec<f64>,
}

impl Square {
    fn new(n: usize) -> Self {
        Self { n, score: vec![NEVER; n * n] }
    }

    fn at(&self, word: usize, head: usize) -> f64 {
        self.score[word * self.n + head]
    }

    fn set(&mut self, word: usize, head: usize, score: f64) {
        self.score[word * self.n + head] = score;
    }

    fn best_head(&self, word: usize) -> usize {
        let (mut top, mut at) = (f64::NEG_INFINITY, 0);
        for head in 0..self.n {
            if self.at(word, head) > top {
                (top, at) = (self.at(word, head), head);
            }
        }
        at
    }
}

fn cycle(head: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_u8; head.len()];
    state[0] = 2;
    for i in 1..head.len() {
        let mut way = Vec::new();
        let mut j = i;
        while state[j] == 0 {
            state[j] = 1;
            way.push(j);
            j = head[j];
        }
        if state[j] == 1 {
            let from = way.iter().position(|k| *k == j).unwrap_or(0);
            return Some(way.split_off(from));
        }
        for k in way {
            state[k] = 2;
        }
    }
    None
}

/// Index of the best value, the first of equals.
fn top(values: impl Iterator<Item = f64>) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (k, v) in values.enumerate() {
        if v > best.1 {
            best = (k, v);
        }
    }
    best
}

/// Heads of the best arborescence from node 0 (whose own head is given as 0).
fn arborescence(s: &Square) -> Vec<usize> {
    let mut head: Vec<usize> = (0..s.n).map(|i| s.best_head(i)).collect();
    head[0] = 0;
    let Some(ring) = cycle(&head) else { return head };
    let mut inside = vec![false; s.n];
    for v in &ring {
        inside[*v] = true;
    }
    let keep: Vec<usize> = (0..s.n).filter(|i| !inside[*i]).collect();
    let c = keep.len();
    let mut small = Square::new(c + 1);
    let base: f64 = ring.iter().map(|v| s.at(*v, head[*v])).sum();
    let (mut enter, mut leave) = (Vec::with_capacity(c), Vec::with_capacity(c));
    for (pu, u) in keep.iter().enumerate() {
        for (pv, v) in keep.iter().enumerate() {
            small.set(pu, pv, s.at(*u, *v));
        }
        let (k, v) = top(ring.iter().map(|v| s.at(*v, *u) - s.at(*v, head[*v])));
        small.set(c, pu, v + base);
        enter.push(ring[k]);
        let (k, v) = top(ring.iter().map(|v| s.at(*u, *v)));
        small.set(pu, c, v);
        leave.push(ring[k]);
    }
    let solved = arborescence(&small);
    let u = solved[c];
    head[enter[u]] = keep[u];
    for (pv, v) in keep.iter().enumerate().skip(1) {
        head[*v] = if solved[pv] == c { leave[pv] } else { keep[solved[pv]] };
    }
    head
}

#[cfg(test)]
impl Scores {
    /// Scores for a sentence of `n` words that look like none, the same at every run.
    pub(super) fn random(n: usize, seed: &mut u32) -> Self {
        let mut s = Self::default();
        s.fit(n);
        for i in 0..n {
            for j in (0..=n).filter(|j| *j != i + 1) {
                *seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                s.row(i)[j] = (*seed >> 16) as f32 / 4096.0;
            }
        }
        s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads, by brute force.
    fn by_force(s: &mut Scores) -> f64 {
        let n = s.n;
        let mut best = f64::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect();
            let own = heads.iter().enumerate().any(|(i, h)| *h == i + 1);
            if !own && heads.iter().filter(|h| **h == 0).count() == 1 && is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(i, h)| f64::from(s.row(i)[*h])).sum());
            }
        }
        best
    }

    #[test]
    fn the_tree_is_the_best_of_all() {
        let mut seed = 11_u32;
        for round in 0..400 {
            let n = 1 + round % 5;
            let mut s = Scores::random(n, &mut seed);
            let heads = s.tree();
            assert!(is_tree(&heads) && heads.iter().filter(|h| **h == 0).count() == 1);
            let got: f64 = heads.iter().enumerate().map(|(i, h)| f64::from(s.row(i)[*h])).sum();
            assert!((got - by_force(&mut s)).abs() < 1e-3, "{heads:?}");
        }
    }

    #[test]
    fn an_empty_sentence_and_equal_scores_are_no_trouble() {
        let mut s = Scores::default();
        s.fit(0);
        assert!(s.tree().is_empty());
        s.fit(4);
        for i in 0..4 {
            for j in (0..=4).filter(|j| *j != i + 1) {
                s.row(i)[j] = 1.0;
            }
        }
        assert_eq!(s.tree(), s.tree());
        assert!(is_tree(&s.tree()));
    }
}
