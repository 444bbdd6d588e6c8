//! Counts of two times: "the fire of 1998, which killed nine", told beside this year's.

use chancery_model::date::{add_days, days_between};
use chancery_model::{Day, Days};

/// Days that a period lies behind a report for it to be told of as long past.
const LONG_PAST: i32 = 180;
/// The same where the other report need name no time: what lies so far back is named when it is spoken of.
const FAR: i32 = 730;
/// Days around a period in which what others tell may be of it.
const AROUND: i32 = 31;
/// Days of the longest period that says when something was.
const YEAR: i32 = 366;

/// When a value is told, and of when its sentence tells.
pub(super) struct When {
    printed: Option<Day>,
    periods: Vec<Days>,
}

impl When {
    /// Of the day of the report and what the sentence names.
    pub(super) fn of(printed: Option<Day>, mut named: Vec<Days>) -> Self {
        named.retain(|d| d.width().is_some_and(|w| w <= YEAR));
        Self { printed, periods: named }
    }

    /// The periods that its sentence names.
    pub(super) fn periods(&self) -> &[Days] {
        &self.periods
    }

    /// Whether all it names is long past, and the other neither was printed then nor names it.
    fn apart(&self, other: &Self) -> bool {
        let Some(printed) = self.printed else { return false };
        let behind = |d: &Days| d.hi.map_or(0, |h| days_between(h, printed));
        let near = |d: &Days| {
            let d = Days { lo: d.lo.map(|l| add_days(l, -AROUND)), hi: d.hi.map(|h| add_days(h, AROUND)) };
            let then = |p: Day| d.meets(&Days { lo: Some(p), hi: Some(p) });
            other.periods.iter().any(|p| d.meets(p)) || other.printed.is_none_or(then)
        };
        let least = if other.periods.is_empty() { FAR } else { LONG_PAST };
        !self.periods.is_empty() && self.periods.iter().all(|d| behind(d) >= least && !near(d))
    }
}

/// Whether two counts are of two times.
pub(super) fn two(x: &When, y: &When) -> bool {
    x.apart(y) || y.apart(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_another_time_is_another_count() {
        let told = |printed: &str, periods: &[(&str, &str)]| {
            let days = |(lo, hi): &(&str, &str)| Days { lo: lo.parse().ok(), hi: hi.parse().ok() };
            When::of(printed.parse().ok(), periods.iter().map(days).collect())
        };
        let past = told("2010-06-18", &[("2005-01-01", "2005-12-31")]);
        let lately = told("2010-05-30", &[("2010-04-20", "2010-04-20")]);
        assert!(past.apart(&lately) && !lately.apart(&past) && two(&lately, &past));
        assert!(past.apart(&told("2010-05-30", &[])));
        // Of half a year before, and the other names no day: it may be the same.
        assert!(!told("2010-12-18", &[("2010-04-20", "2010-04-20")]).apart(&told("2010-12-01", &[])));
        // Looked back on by one, told on the day by the other.
        assert!(!past.apart(&told("2005-03-24", &[])));
        // Of a whole decade nothing is known to be past.
        assert!(!told("2010-06-18", &[("1990-01-01", "1999-12-31")]).apart(&lately));
    }
}
