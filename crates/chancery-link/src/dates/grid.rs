//! Every day that a report may be of, with a score: what speaks against the day, in eighths of a bit.
//!
//! Whole numbers only, so that every machine comes to the same interval.

use chancery_model::Days;
use chancery_model::date::{Day, add_days, days_between};

/// A score of one bit.
pub(super) const BIT: i32 = 8;
/// Days this much worse than the best count for nothing.
const DEPTH: i32 = 20 * BIT;
/// `2^24 · 2^(-n/8)`.
const PART: [u64; 8] =
    [16_777_216, 15_384_774, 14_107_900, 12_937_001, 11_863_283, 10_878_680, 9_975_793, 9_147_842];

const EPOCH: Day = Day::constant(1970, 1, 1);

/// Days since the first day of 1970.
pub(super) fn number(d: Day) -> i32 {
    days_between(EPOCH, d)
}

/// The day of a number.
pub(super) fn day(n: i32) -> Day {
    add_days(EPOCH, n)
}

/// Scores of consecutive days, given by ranges.
#[derive(Debug)]
pub(super) struct Grid {
    first: i32,
    steps: Vec<i32>,
}

impl Grid {
    /// Over the days from `lo` to `hi`.
    pub fn new(lo: Day, hi: Day) -> Self {
        let (first, last) = (number(lo), number(hi));
        let len = usize::try_from(last - first + 2).unwrap_or(1);
        Self { first, steps: vec![0; len] }
    }

    /// Adds to every day of a range; numbers of days, both inclusive.
    pub fn add(&mut self, lo: i32, hi: i32, by: i32) {
        let last = i32::try_from(self.steps.len()).unwrap_or(i32::MAX) - 2;
        let (a, b) = ((lo - self.first).max(0), (hi - self.first).min(last));
        if a > b {
            return;
        }
        let put = |steps: &mut Vec<i32>, at: i32, by: i32| {
            if let Some(s) = usize::try_from(at).ok().and_then(|i| steps.get_mut(i)) {
                *s += by;
            }
        };
        put(&mut self.steps, a, by);
        put(&mut self.steps, b + 1, -by);
    }

    /// Takes from every day outside a range.
    pub fn outside(&mut self, days: &Days, by: i32) {
        if let Some(lo) = days.lo {
            self.add(i32::MIN / 4, number(lo) - 1, -by);
        }
        if let Some(hi) = days.hi {
            self.add(number(hi) + 1, i32::MAX / 4, -by);
        }
    }

    /// The scores, with those of the weekdays (Monday first) added.
    pub fn scores(self, weekday: &[i32; 7]) -> Scores {
        let mut sum = 0;
        // Day 0 was a Thursday.
        let mut wd = usize::try_from((self.first + 3).rem_euclid(7)).unwrap_or(0);
        let mut all = Vec::with_capacity(self.steps.len());
        for s in self.steps.iter().take(self.steps.len().saturating_sub(1)) {
            sum += s;
            all.push(sum + weekday[wd]);
            wd = (wd + 1) % 7;
        }
        Scores { first: self.first, all }
    }
}

/// The score of every day.
#[derive(Debug, Clone)]
pub(super) struct Scores {
    pub first: i32,
    pub all: Vec<i32>,
}

/// An interval of days by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// The best day.
    pub best: i32,
    /// First day.
    pub lo: i32,
    /// Last day.
    pub hi: i32,
    /// Whether it touches the first, or the last, day there is.
    pub ends: (bool, bool),
}

fn weight(drop: i32) -> u64 {
    if !(0..DEPTH).contains(&drop) {
        return 0;
    }
    let (bits, part) = (drop / 8, usize::try_from(drop % 8).unwrap_or(0));
    PART[part] >> bits
}

impl Scores {
    fn top(&self) -> Option<i32> {
        self.all.iter().copied().max()
    }

    /// The best day: of several the middle one, and of two the earlier.
    fn best(&self, top: i32) -> Option<usize> {
        let all: Vec<usize> = (0..self.all.len()).filter(|&i| self.all.get(i) == Some(&top)).collect();
        all.get(all.len().checked_sub(1)? / 2).copied()
    }

    /// The interval that leaves so many hundredths of the weight out on each side.
    pub fn middle(&self, out: u64) -> Option<Reach> {
        let top = self.top()?;
        let total: u64 = self.all.iter().map(|s| weight(top - s)).sum();
        let mut sum = 0;
        let mut past = |s: &i32| {
            sum += weight(top - s);
            sum * 100 > total * out
        };
        let a = self.all.iter().position(&mut past)?;
        sum = 0;
        let mut past = |s: &i32| {
            sum += weight(top - s);
            sum * 100 > total * out
        };
        let b = self.all.len() - 1 - self.all.iter().rev().position(&mut past)?;
        Some(self.reach(self.best(top)?, a, b))
    }

    /// The interval around the best day that holds so many hundredths of the weight, as far on both sides.
    pub fn around(&self, share: u64) -> Option<Reach> {
        let top = self.top()?;
        let best = self.best(top)?;
        let of = |i: Option<usize>| i.and_then(|i| self.all.get(i)).map_or(0, |s| weight(top - s));
        let total: u64 = self.all.iter().map(|s| weight(top - s)).sum();
        let mut held = of(Some(best));
        let mut r = 0;
        while held * 100 < total * share && r < self.all.len() {
            r += 1;
            held += of(best.checked_sub(r)) + of(Some(best + r));
        }
        let last = self.all.len().saturating_sub(1);
        Some(self.reach(best, best.saturating_sub(r), (best + r).min(last)))
    }

    fn reach(&self, best: usize, a: usize, b: usize) -> Reach {
        let n = |i: usize| self.first + i32::try_from(i).unwrap_or(0);
        Reach { best: n(best), lo: n(a), hi: n(b), ends: (a == 0, b + 1 >= self.all.len()) }
    }
}

/// The logarithm to base two in eighths, by exponent and a straight line between; for positive numbers.
pub(super) fn log2(x: f64) -> i32 {
    if x <= 0.0 {
        return -DEPTH;
    }
    let bits = x.to_bits();
    let exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap_or(0) - 1023;
    let part = i32::try_from((bits >> 49) & 7).unwrap_or(0);
    exponent * BIT + part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Day {
        s.parse().unwrap()
    }

    #[test]
    fn bounds_and_weekdays_leave_one_day() {
        let mut g = Grid::new(d("2004-05-01"), d("2004-05-31"));
        g.outside(&Days::between(d("2004-05-10"), d("2004-05-16")), 160);
        let mut weekday = [-160; 7];
        weekday[2] = 0;
        let r = g.scores(&weekday).middle(2).unwrap();
        assert_eq!((day(r.lo), day(r.hi)), (d("2004-05-12"), d("2004-05-12")));
    }

    #[test]
    fn nothing_known_reaches_both_ends() {
        let g = Grid::new(d("2004-01-01"), d("2004-12-31"));
        let r = g.scores(&[0; 7]).middle(2).unwrap();
        assert!(day(r.lo) < d("2004-01-10") && day(r.hi) > d("2004-12-20"));
    }

    #[test]
    fn logarithms_in_eighths() {
        assert_eq!((log2(1.0), log2(2.0), log2(0.5), log2(3.0)), (0, 8, -8, 12));
    }
}
