//! What was learned of how alike two values are (`weights.tsv`).

use std::collections::BTreeMap;

/// The weights of a kind in the order of its features; what has none counts nothing.
pub(super) fn of(kind: &str, features: &[&str]) -> Vec<f32> {
    let mut by: BTreeMap<&str, f32> = BTreeMap::new();
    for line in include_str!("weights.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        if let (Some(k), Some(name), Some(w)) = (cells.next(), cells.next(), cells.next())
            && k == kind
            && let Ok(w) = w.trim().parse()
        {
            by.insert(name, w);
        }
    }
    features.iter().map(|f| by.get(f).copied().unwrap_or(0.0)).collect()
}

/// The sum of the features by their weights.
pub(super) fn score(weights: &[f32], see: &[f32]) -> f32 {
    weights.iter().zip(see).map(|(w, x)| w * x).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_and_every_weight_a_feature() {
        let lines = include_str!("weights.tsv").lines().filter(|l| !l.starts_with('#')).count();
        let kinds =
            [("figure", &super::super::figures::FEATURES[..]), ("date", &super::super::days::FEATURES[..])];
        assert_eq!(lines, kinds.iter().map(|k| k.1.len()).sum::<usize>());
        for (kind, features) in kinds {
            assert!(of(kind, features).iter().all(|w| *w != 0.0), "{kind}");
        }
    }
}
