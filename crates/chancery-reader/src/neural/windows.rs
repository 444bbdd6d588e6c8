//! Windows: stretches of whole sentences that the encoder sees at once.

use std::ops::Range;

/// Pieces of a window without the two at its ends.
pub(super) const MOST: usize = 254;

/// A window over words. The words of `core` take their marks from it; the others are there for context only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    /// Words that are read in this window.
    pub(super) core: Range<usize>,
    /// Words that the encoder sees.
    pub(super) all: Range<usize>,
}

impl Window {
    /// The words of `core`, counted from the first that the encoder sees.
    pub(super) fn inner(&self) -> Range<usize> {
        self.core.start - self.all.start..self.core.end - self.all.start
    }
}

/// Where the pieces of each word begin, and the ends of the sentences.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// One more than there are words.
    pub(super) starts: Vec<usize>,
    /// First word of each sentence, and one past the last word.
    pub(super) bounds: Vec<usize>,
}

impl Layout {
    fn pieces(&self, words: &Range<usize>) -> usize {
        self.starts[words.end] - self.starts[words.start]
    }

    /// Sentences, those of too many pieces cut at words.
    pub(super) fn units(&self) -> Vec<Range<usize>> {
        let mut out = Vec::with_capacity(self.bounds.len());
        for (a, b) in self.bounds.iter().zip(self.bounds.iter().skip(1)) {
            let mut unit = *a..*b;
            while self.pieces(&unit) > MOST {
                let mut end = unit.start + 1;
                while self.pieces(&(unit.start..end + 1)) <= MOST {
                    end += 1;
                }
                out.push(unit.start..end);
                unit.start = end;
            }
            if !unit.is_empty() {
                out.push(unit);
            }
        }
        out
    }

    /// The windows of a report: as many sentences as fit, with at most so many pieces of context on each side.
    pub(super) fn plan(&self, units: &[Range<usize>], left: usize, right: usize) -> Vec<Window> {
        let mut out = Vec::new();
        let whole = self.starts.last().copied().unwrap_or(0);
        let span = |s: usize, e: usize| self.pieces(&(units[s].start..units[e].end));
        let mut i = 0;
        while i < units.len() {
            let mut s = i;
            while s > 0 && self.pieces(&(units[s - 1].start..units[i].start)) <= left {
                s -= 1;
            }
            // There must be room for at least one sentence to read.
            while s < i && span(s, i) > MOST {
                s += 1;
            }
            let more = whole - self.starts[units[s].start] > MOST;
            let room = MOST - if more { right.min(MOST) } else { 0 };
            let mut e = i + 1;
            while e < units.len() && span(s, e) <= room {
                e += 1;
            }
            let mut f = e;
            while f < units.len() && span(s, f) <= MOST && span(e, f) <= right {
                f += 1;
            }
            out.push(Window {
                core: units[i].start..units[e - 1].end,
                all: units[s].start..units[f - 1].end,
            });
            i = e;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(sentences: &[usize], each: usize) -> Layout {
        let words: usize = sentences.iter().sum();
        let mut bounds = vec![0];
        for s in sentences {
            bounds.push(bounds.last().unwrap() + s);
        }
        Layout { starts: (0..=words).map(|w| w * each).collect(), bounds }
    }

    #[test]
    fn every_word_is_read_once_and_no_window_is_too_long() {
        for (sentences, each) in
            [(vec![10, 90, 40, 127, 3, 60, 60, 500, 2], 2), (vec![30; 40], 1), (vec![1], 16), (vec![400], 16)]
        {
            let l = layout(&sentences, each);
            let units = l.units();
            for (left, right) in [(0, 0), (64, 0), (40, 40), (300, 300)] {
                let windows = l.plan(&units, left, right);
                let mut next = 0;
                for w in &windows {
                    assert_eq!(w.core.start, next);
                    assert!(!w.core.is_empty() && w.all.start <= w.core.start && w.core.end <= w.all.end);
                    assert!(l.pieces(&w.all) <= MOST);
                    assert!(l.pieces(&(w.all.start..w.core.start)) <= left);
                    next = w.core.end;
                }
                assert_eq!(next, *l.bounds.last().unwrap());
            }
        }
    }

    #[test]
    fn sentences_stay_whole_where_they_fit() {
        let l = layout(&[100, 100, 100, 20], 1);
        let cores: Vec<_> = l.plan(&l.units(), 0, 0).into_iter().map(|w| w.core).collect();
        assert_eq!(cores, [0..200, 200..320]);
        let with = l.plan(&l.units(), 100, 0);
        assert_eq!(with[1], Window { core: 200..320, all: 100..320 });
    }
}
