//! A small set as a sorted list: a tree of two values costs ten times as much, and a pile has millions of them.

/// A few values, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Few<T>(Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord + Clone> Few<T> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(super) fn contains(&self, x: &T) -> bool {
        self.0.binary_search(x).is_ok()
    }

    /// How many values both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.iter().filter(|x| other.contains(x)).count()
    }

    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        !self.iter().any(|x| other.contains(x))
    }

    /// Takes in the values of another.
    pub(super) fn join(&mut self, other: &Self) {
        for x in other.iter() {
            if let Err(at) = self.0.binary_search(x) {
                self.0.insert(at, x.clone());
            }
        }
    }
}

impl<T: Ord> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut list: Vec<T> = values.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
        Self(list)
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn it_is_a_set() {
        let mut a: Few<u8> = [3, 1, 3].into_iter().collect();
        let b: Few<u8> = [2, 3].into_iter().collect();
        assert_eq!((a.len(), a.shared(&b), a.is_disjoint(&b)), (2, 1, false));
        a.join(&b);
        assert_eq!(a.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
        assert!(a.contains(&2) && !a.is_empty() && Few::<u8>::default().is_empty());
    }
}
