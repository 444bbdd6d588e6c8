//! Days along an axis, shared by the drawings.

use chancery_model::Day;
use chancery_model::date::{add_days, days_between};
use maud::{Markup, html};

/// Width of a drawing and its margins, in units of its own.
pub const WIDTH: f64 = 960.0;
pub const LEFT: f64 = 60.0;
pub const RIGHT: f64 = 45.0;

/// A stretch of days along the width.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub lo: Day,
    pub hi: Day,
    span: f64,
}

impl Scale {
    pub fn between(lo: Day, hi: Day) -> Self {
        let (lo, hi) = if lo <= hi { (lo, hi) } else { (hi, lo) };
        Self { lo, hi, span: f64::from(days_between(lo, hi).max(1)) }
    }

    /// From the first day to the last. A single day stands in the middle of its week.
    pub fn of(days: &[Day]) -> Option<Self> {
        let (lo, hi) = (*days.iter().min()?, *days.iter().max()?);
        Some(if lo == hi { Self::between(add_days(lo, -3), add_days(hi, 3)) } else { Self::between(lo, hi) })
    }

    /// Number of days.
    pub fn days(&self) -> i32 {
        days_between(self.lo, self.hi)
    }

    pub fn x(&self, d: Day) -> f64 {
        let n = f64::from(days_between(self.lo, d));
        (LEFT + n / self.span * (WIDTH - LEFT - RIGHT)).clamp(LEFT, WIDTH - RIGHT)
    }

    /// Some six days along the axis.
    fn ticks(&self) -> Vec<Day> {
        let n = self.days().clamp(1, 5);
        (0..=n).map(|i| add_days(self.lo, self.days().saturating_mul(i) / n)).collect()
    }

    /// The axis with its days.
    pub fn axis(&self, y: f64) -> Markup {
        html! {
            line.axis x1=(at(LEFT)) x2=(at(WIDTH - RIGHT)) y1=(at(y)) y2=(at(y)) {}
            @for d in self.ticks() {
                line.axis x1=(at(self.x(d))) x2=(at(self.x(d))) y1=(at(y)) y2=(at(y + 4.0)) {}
                text.tick x=(at(self.x(d))) y=(at(y + 18.0)) text-anchor="middle" { (d) }
            }
        }
    }
}

/// A day of the record.
pub fn day(s: Option<&String>) -> Option<Day> {
    s.and_then(|s| s.parse().ok())
}

/// A number in a drawing.
pub fn at(x: f64) -> String {
    let s = format!("{x:.1}");
    s.strip_suffix(".0").map_or(s.clone(), str::to_owned)
}

/// A count as a number in a drawing.
pub fn units(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// A count of rows as a number in a drawing.
#[allow(clippy::cast_precision_loss, reason = "counts of rows, far below 2^52")]
pub fn size(n: i64) -> f64 {
    n as f64
}
