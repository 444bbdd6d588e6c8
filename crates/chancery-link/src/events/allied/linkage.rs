//! Average linkage: the surest first, and on as long as the mean over both sides' parts allows it.

use std::collections::HashMap;

/// Parts of one side that are compared with the parts of the other.
const PARTS: usize = 12;

/// The sets of two or more of `n` things. `ranked` holds the pairs that are alike enough to be looked at; `alike` is asked for
/// the others that the mean needs.
pub(super) fn average(
    n: usize,
    mut ranked: Vec<(f32, u32, u32)>,
    mean: f32,
    alike: impl Fn(usize, usize) -> f32,
) -> Vec<Vec<u32>> {
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    // Only looked up, never walked.
    let mut known: HashMap<(u32, u32), f32> = ranked.iter().map(|(s, a, b)| ((*a, *b), *s)).collect();
    // Two that were refused are asked about again for every further pair of their parts: as long as neither has grown, the
    // answer is the same.
    let mut refused: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
    let all = u32::try_from(n).unwrap_or(u32::MAX);
    let mut parts: Vec<Vec<u32>> = (0..all).map(|n| vec![n]).collect();
    let mut at: Vec<u32> = (0..all).collect();
    for (_, a, b) in ranked {
        let (a, b) = (at[a as usize], at[b as usize]);
        let (to, from) = (a.min(b), a.max(b));
        let (a, b) = (to as usize, from as usize);
        let size = (parts[a].len(), parts[b].len());
        if a == b || refused.get(&(a, b)) == Some(&size) {
            continue;
        }
        let (mut sum, mut n) = (0.0, 0u16);
        for x in spread(&parts[a]) {
            for y in spread(&parts[b]) {
                let (x, y) = (*x.min(y), *x.max(y));
                sum += *known.entry((x, y)).or_insert_with(|| alike(x as usize, y as usize));
                n += 1;
            }
        }
        if sum / f32::from(n.max(1)) < mean {
            refused.insert((a, b), size);
            continue;
        }
        let moved = std::mem::take(&mut parts[b]);
        moved.iter().for_each(|m| at[*m as usize] = to);
        parts[a].extend(moved);
        parts[a].sort_unstable();
    }
    parts.retain(|p| p.len() > 1);
    parts
}

/// Up to [`PARTS`] of a list, evenly.
fn spread(list: &[u32]) -> impl Iterator<Item = &u32> {
    list.iter().step_by(list.len().div_ceil(PARTS).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_evenly_and_never_more_than_twelve() {
        let list: Vec<u32> = (0..100).collect();
        let some: Vec<u32> = spread(&list).copied().collect();
        assert!(some.len() <= PARTS && some.starts_with(&[0, 9, 18]), "{some:?}");
        assert_eq!(spread(&list[..5]).count(), 5);
        assert_eq!(spread(&[]).count(), 0);
    }

    #[test]
    fn one_doubtful_likeness_chains_nothing() {
        // 0 and 1 are one and so are 2 and 3; 1 and 2 are a little alike, 0 is nothing like 2 or 3.
        let pairs = [(0.9, 0, 1), (0.8, 2, 3), (0.2, 1, 2)];
        let alike = |a: usize, b: usize| {
            let at = |p: &&(f32, u32, u32)| (p.1 as usize, p.2 as usize) == (a, b);
            pairs.iter().find(at).map_or(-0.6, |p| p.0)
        };
        assert_eq!(average(4, pairs.to_vec(), 0.0, alike), [vec![0, 1], vec![2, 3]]);
        // With a lower bar they are all one.
        assert_eq!(average(4, pairs.to_vec(), -0.5, alike), [vec![0, 1, 2, 3]]);
    }
}
