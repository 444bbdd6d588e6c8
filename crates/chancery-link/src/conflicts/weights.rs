//! Tables of what was learned: kind, feature, weight.

use std::collections::BTreeMap;

/// The weights of a kind in the order of its features; what has none counts nothing.
pub(super) fn of(table: &str, kind: &str, features: &[&str]) -> Vec<f32> {
    let mut by: BTreeMap<&str, f32> = BTreeMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
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

/// The lines of a table that no feature of their kind reads.
#[cfg(test)]
pub(super) fn unread<'t>(table: &'t str, kinds: &[(&str, &[&str])]) -> Vec<&'t str> {
    let read = |line: &&str| {
        let mut cells = line.split('\t');
        let (kind, name) = (cells.next(), cells.next());
        kinds.iter().any(|(k, features)| Some(*k) == kind && name.is_some_and(|n| features.contains(&n)))
    };
    table.lines().filter(|l| !l.starts_with('#')).filter(|l| !read(l)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_kind() {
        let table = "# note\nfigure\tbias\t1.5\ndate\tbias\t-2\n";
        assert_eq!(of(table, "date", &["bias", "other"]), [-2.0, 0.0]);
        assert_eq!(unread(table, &[("date", &["bias"])]), ["figure\tbias\t1.5"]);
    }
}
