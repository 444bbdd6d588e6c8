//! What speaks for and against days, gathered from text, chronology and neighbours, and put on one grid.

use super::grid::{BIT, Grid, Scores, number};
use chancery_model::Days;
use chancery_model::date::{Day, add_days};
use chancery_model::facts::Direction;
use chancery_model::vocab::DateBasis;

/// Against a day that the text plainly excludes.
pub(super) const FIRM: i32 = 6 * BIT;
/// Against a day that a known fact excludes.
pub(super) const SURE: i32 = 9 * BIT;
/// Against a day that the words around an expression make unlikely.
pub(super) const FAIR: i32 = 4 * BIT;
/// Against a day that only habit makes unlikely.
pub(super) const WEAK: i32 = 3 * BIT / 2;

/// Days in which the report lies, unless something is wrong.
#[derive(Debug, Clone)]
pub(super) struct Hint {
    pub days: Days,
    pub weight: i32,
    pub basis: DateBasis,
    /// A clause: "it tells of …".
    pub why: String,
    /// It rests on a year that the text prints without month or day.
    pub bare_year: bool,
}

/// How fine the latest thing told of is dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fine {
    Year,
    Month,
    Day,
}

/// A day of the year without a year.
#[derive(Debug, Clone)]
pub(super) struct Cyclic {
    pub month: i8,
    /// `None` when only the month is named.
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    pub direction: Direction,
    /// The report is of this very day.
    pub own: bool,
    /// Where, when it is an expression of the text.
    pub span: Option<chancery_model::Span>,
    pub words: String,
}

/// A past or coming day of the week: 1 (Monday) to 7.
#[derive(Debug, Clone)]
pub(super) struct Weekday {
    pub weekday: i8,
    pub ahead: bool,
    pub words: String,
}

/// All there is about one report.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    pub hints: Vec<Hint>,
    pub cyclic: Vec<Cyclic>,
    pub weekdays: Vec<Weekday>,
    /// The latest day, month or year that the text prints: its first day, and how fine it is.
    pub latest: Option<(Day, Fine)>,
    /// The first day of the latest known fact that the text names.
    pub latest_fact: Option<Day>,
    /// The month of the report, in any year, with the words that say so.
    pub months: Vec<(i8, String)>,
    /// What neighbours say.
    pub near: Option<Votes>,
}

/// Scores by day from neighbours.
#[derive(Debug, Clone)]
pub(super) struct Votes {
    /// Number of the first day.
    pub first: i32,
    /// One a day.
    pub scores: Vec<i32>,
    /// Of every other day.
    pub outside: i32,
}

/// The first and the last day a report is looked for.
pub(super) const FIRST: Day = Day::constant(1960, 1, 1);
pub(super) const LAST: Day = Day::constant(2039, 12, 31);

impl Evidence {
    pub fn tell_fact(&mut self, lo: Day) {
        self.latest_fact = self.latest_fact.max(Some(lo));
    }

    pub fn tell(&mut self, lo: Day, fine: Fine) {
        if self.latest.is_none_or(|(d, _)| lo > d) {
            self.latest = Some((lo, fine));
        }
    }

    /// The score of every day of the span that matters.
    pub fn scores(&self) -> Scores {
        let (lo, hi) = self.span();
        let mut g = Grid::new(lo, hi);
        for h in &self.hints {
            g.outside(&h.days, h.weight);
        }
        if let Some((d, fine)) = self.latest {
            recency(&mut g, d, fine);
        }
        if let Some(d) = self.latest_fact {
            bands(&mut g, d, &[(92, 0), (366, 10), (1827, 28), (i32::MAX / 8, 52)]);
        }
        let share = i32::try_from(self.cyclic.len().clamp(1, 6)).unwrap_or(1);
        for c in &self.cyclic {
            for year in (lo.year() - 1)..=(hi.year() + 1) {
                cyclic(&mut g, c, year, if share > 3 { 2 } else { 1 });
            }
        }
        for (month, _) in &self.months {
            for year in lo.year()..=hi.year() {
                for m in (1..=12).filter(|m| m != month) {
                    if let Ok(first) = Day::new(year, m, 1) {
                        g.add(number(first), number(first.last_of_month()), -7 * BIT);
                    }
                }
            }
        }
        let mut scores = g.scores(&self.weekday_scores());
        if let Some(near) = &self.near {
            for (i, s) in scores.all.iter_mut().enumerate() {
                let at = scores.first + i32::try_from(i).unwrap_or(0) - near.first;
                let score = usize::try_from(at).ok().and_then(|at| near.scores.get(at));
                *s += score.copied().unwrap_or(near.outside);
            }
        }
        scores
    }

    /// An interval without the days that a firm hint excludes, of those hints that hold for the best day.
    pub fn clip(&self, days: Days, best: Day) -> Days {
        let firm = self.hints.iter().filter(|h| h.weight >= FAIR + 2 * WEAK && h.days.has(best));
        firm.fold(days, |d, h| d.and(&h.days).unwrap_or(d))
    }

    /// What is left where the days cannot be told within years: the bounds that single hints give, of those that hold
    /// for the best day. A bare year bounds no closer than `lo`, where the weight begins.
    pub fn bounds(&self, best: Day, lo: Day) -> Days {
        let firm = self.hints.iter().filter(|h| h.weight >= FIRM && h.days.has(best));
        let year = firm.clone().any(|h| h.bare_year && h.days.lo.is_some_and(|d| d >= lo));
        let mut days = firm.filter(|h| !h.bare_year).fold(Days::open(), |d, h| d.and(&h.days).unwrap_or(d));
        if year {
            days.lo = days.lo.max(Some(lo));
        }
        days
    }

    /// The years that matter: around the latest thing told of, else all.
    fn span(&self) -> (Day, Day) {
        let known = self.latest.map(|(d, _)| d).max(self.latest_fact);
        let Some(d) = known.filter(|d| (FIRST..=LAST).contains(d)) else { return (FIRST, LAST) };
        let lo = self.hints.iter().filter_map(|h| h.days.lo).min().unwrap_or(d).min(d);
        let (mut lo, mut hi) = (add_days(lo, -400).max(FIRST), add_days(d, 20 * 366).min(LAST));
        if let Some(near) = &self.near {
            lo = lo.min(super::grid::day(near.first)).max(FIRST);
            let last = near.first + i32::try_from(near.scores.len()).unwrap_or(0);
            hi = hi.max(super::grid::day(last)).min(LAST);
        }
        (lo, hi)
    }

    /// Against each weekday, Monday first. A report of a past weekday is of that day or of the next ones; a coming one
    /// lies ahead, and is seldom the day itself.
    fn weekday_scores(&self) -> [i32; 7] {
        const PAST: [i32; 7] = [0, 4, 16, 22, 27, 30, 30];
        const AHEAD: [i32; 7] = [6, 0, 6, 10, 12, 15, 18];
        let mut out = [0; 7];
        let mut days: Vec<(i8, bool)> = self.weekdays.iter().map(|w| (w.weekday, w.ahead)).collect();
        days.sort_unstable();
        days.dedup();
        for (named, ahead) in days {
            let times = self.weekdays.iter().filter(|w| (w.weekday, w.ahead) == (named, ahead)).count();
            for (wd, s) in (1i8..).zip(&mut out) {
                let n = if ahead { named - wd } else { wd - named };
                let at = usize::try_from(n.rem_euclid(7)).unwrap_or(0);
                let base = if ahead { AHEAD[at] } else { PAST[at] };
                // Named again and again it is the day of the report's matter.
                *s -= if times > 2 && !ahead { base * 5 / 4 } else { base };
            }
        }
        let top = out.iter().copied().max().unwrap_or(0);
        out.map(|s| s - top)
    }
}

/// Reports are mostly of the time they tell of: the further off, the less likely.
fn recency(g: &mut Grid, told: Day, fine: Fine) {
    // In eighths of a bit, from how far reports were seen to lie from the latest time they tell of. A month or a year
    // that is printed is seldom the report's own: of that one says "in May".
    bands(
        g,
        told,
        match fine {
            Fine::Day => &[(8, 0), (32, 48), (366, 72), (1827, 76), (i32::MAX / 8, 100)],
            Fine::Month => &[(366, 12), (731, 0), (1827, 16), (i32::MAX / 8, 44)],
            Fine::Year => &[(366, 0), (1827, 8), (i32::MAX / 8, 22)],
        },
    );
}

/// Takes from the days after a day, by how many days after.
fn bands(g: &mut Grid, day: Day, bands: &[(i32, i32)]) {
    let n = number(day);
    let mut from = 0;
    for (to, by) in bands {
        g.add(n + from, n + to - 1, -by);
        from = *to;
    }
}

/// A day or month without a year, told of in one year: a few days back, or ahead, is likely, far off is not.
fn cyclic(g: &mut Grid, c: &Cyclic, year: i16, share: i32) {
    let Ok(first) = Day::new(year, c.month, c.day.unwrap_or(1)) else { return };
    let wrong_day = c.weekday.is_some_and(|w| first.weekday().to_monday_one_offset() != w);
    let (a, b) = match c.day {
        Some(_) => (number(first), number(first)),
        None => (number(first), number(first.last_of_month())),
    };
    if c.own {
        // Half a year on each side belongs to this year's day.
        let off = 10 * BIT;
        g.add(a - 182, a - 2, -off);
        g.add(a - 1, a - 1, -2 * BIT);
        g.add(a + 1, a + 1, -BIT);
        g.add(a + 2, a + 182, -off);
        if wrong_day {
            g.add(a - 182, a + 182, -off);
        }
        return;
    }
    let Some((at, back, ahead)) = lag(c.direction, c.day.is_some()) else { return };
    let soften = |s: i32| s / share;
    g.add(a, b, -soften(at));
    let mut from = b + 1;
    for (to, by) in back {
        g.add(from, b + to, -soften(*by));
        from = b + to + 1;
    }
    let mut upto = a - 1;
    for (to, by) in ahead {
        g.add(a - to, upto, -soften(*by));
        upto = a - to - 1;
    }
    if wrong_day {
        g.add(a - 182, a + 182, -FAIR);
    }
}

/// How far from a day or a month that it names without a year a report lies, in eighths of a bit as it was seen: on the
/// day itself, then by days after it, and by days before it.
type Lag = (i32, &'static [(i32, i32)], &'static [(i32, i32)]);

fn lag(direction: Direction, day: bool) -> Option<Lag> {
    Some(match (direction, day) {
        (Direction::Past, true) => {
            (0, &[(7, 0), (31, 2), (92, 15), (183, 32), (300, 40)], &[(7, 17), (31, 22), (65, 40)])
        }
        (Direction::Future, true) => {
            (4, &[(7, 20), (31, 26), (92, 36), (182, 44)], &[(7, 0), (31, 4), (92, 20), (182, 40)])
        }
        (_, true) => {
            (-16, &[(7, 0), (31, 16), (92, 30), (182, 36)], &[(7, 16), (31, 18), (92, 34), (182, 40)])
        }
        (Direction::Past, false) => (16, &[(31, 0), (62, 3), (153, 13), (275, 28)], &[(31, 24), (60, 28)]),
        (Direction::Future, false) => (8, &[(62, 24), (152, 20)], &[(31, 0), (92, 1), (182, 15)]),
        (_, false) => return None,
    })
}
