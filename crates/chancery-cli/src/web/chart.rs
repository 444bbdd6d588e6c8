//! Drawings, made here as SVG so that they need no script. Positions are attributes: the page's policy allows no styles.

use chancery::views::room::{EventLine, FigureLine};
use chancery_model::Day;
use maud::{Markup, html};
use std::collections::BTreeMap;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 45.0;

/// A figure, its day, its lower and its upper bound.
type Point<'a> = (&'a FigureLine, Day, f64, f64);

struct Scale {
    lo: Day,
    span: f64,
}

impl Scale {
    fn of(days: &[Day]) -> Option<Self> {
        let (lo, hi) = (*days.iter().min()?, *days.iter().max()?);
        Some(Self { lo, span: f64::from(chancery_model::date::days_between(lo, hi).max(1)) })
    }

    fn x(&self, d: Day) -> f64 {
        let n = f64::from(chancery_model::date::days_between(self.lo, d));
        LEFT + n / self.span * (WIDTH - LEFT - RIGHT)
    }

    /// Some six days along the axis.
    fn ticks(&self) -> Vec<Day> {
        (0..=5)
            .map(|n| {
                #[allow(clippy::cast_possible_truncation, reason = "a number of days, far below the limit")]
                let days = (self.span * f64::from(n) / 5.0) as i32;
                chancery_model::date::add_days(self.lo, days)
            })
            .collect()
    }
}

fn day(s: Option<&String>) -> Option<Day> {
    s.and_then(|s| s.parse().ok())
}

fn at(x: f64) -> String {
    format!("{x:.1}")
}

/// Events along the days: full dots for a day, bars for a range, hollow where an end is open or the reading unsure.
pub fn timeline(list: &[EventLine]) -> Markup {
    let dated: Vec<(&EventLine, Day, Day)> = list
        .iter()
        .filter_map(|e| {
            let (lo, hi) = (day(e.date_lo.as_ref()), day(e.date_hi.as_ref()));
            Some((e, lo.or(hi)?, hi.or(lo)?))
        })
        .collect();
    let days: Vec<Day> = dated.iter().flat_map(|(_, a, b)| [*a, *b]).collect();
    let Some(scale) = Scale::of(&days) else {
        return html! { p { "No event that fits has a date." } };
    };
    // Each event takes the first row that is free at its place.
    let mut rows: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for (e, lo, hi) in dated {
        let (a, b) = (scale.x(lo), scale.x(hi).max(scale.x(lo)));
        let free = rows.iter().position(|end| *end + 6.0 < a - 5.0);
        let row = free.unwrap_or_else(|| {
            rows.push(0.0);
            rows.len() - 1
        });
        if let Some(end) = rows.get_mut(row) {
            *end = b + 5.0;
        }
        placed.push((e, a, b, 14.0 + 13.0 * f64::from(u32::try_from(row).unwrap_or(0))));
    }
    let foot = 14.0 + 13.0 * f64::from(u32::try_from(rows.len()).unwrap_or(0));
    html! {
        svg.timeline viewBox={ "0 0 " (WIDTH) " " (at(foot + 24.0)) } role="group" aria-label="Events along the days" {
            (axis(&scale, foot))
            @for (e, a, b, y) in &placed {
                @let hollow = e.date_lo.is_none() || e.date_hi.is_none() || e.sure == "low";
                a href={ "/event/" (e.id) } {
                    title { (e.title) " · " (e.date.as_deref().unwrap_or("")) " · reported as " (e.status) }
                    @if b - a > 2.0 {
                        rect class={ "dot s-" (e.status) @if hollow { " hollow" } } x=(at(*a - 4.0)) y=(at(y - 4.0))
                            width=(at(b - a + 8.0)) height="8" rx="4" {}
                    } @else {
                        circle class={ "dot s-" (e.status) @if hollow { " hollow" } } cx=(at(*a)) cy=(at(*y)) r="4.5" {}
                    }
                }
            }
        }
    }
}

fn axis(scale: &Scale, y: f64) -> Markup {
    html! {
        line.axis x1=(at(LEFT)) x2=(at(WIDTH - RIGHT)) y1=(at(y)) y2=(at(y)) {}
        @for d in scale.ticks() {
            line.axis x1=(at(scale.x(d))) x2=(at(scale.x(d))) y1=(at(y)) y2=(at(y + 4.0)) {}
            text.tick x=(at(scale.x(d))) y=(at(y + 18.0)) text-anchor="middle" { (d) }
        }
    }
}

/// The figures of a series: a line a claimant, grey where nobody is named, a band from the lower to the upper bound.
pub fn figures(list: &[FigureLine]) -> Markup {
    let points: Vec<Point<'_>> = list
        .iter()
        .filter(|f| f.review != "rejected")
        .filter_map(|f| Some((f, day(f.day.as_ref())?, f.low.or(f.high)?, f.high.or(f.low)?)))
        .collect();
    let days: Vec<Day> = points.iter().map(|p| p.1).collect();
    let Some(scale) = Scale::of(&days) else { return html! {} };
    let top = points.iter().map(|p| p.3).fold(1.0, f64::max);
    let y = |v: f64| 160.0 - v / top * 140.0;
    let mut lines: BTreeMap<Option<&str>, Vec<&Point<'_>>> = BTreeMap::new();
    for p in &points {
        lines.entry(p.0.speaker_name.as_deref()).or_default().push(p);
    }
    html! {
        svg.figures viewBox={ "0 0 " (WIDTH) " 190" } role="group" aria-label="Figures over time" {
            (axis(&scale, 160.0))
            text.tick x=(at(LEFT - 8.0)) y=(at(y(top) + 4.0)) text-anchor="end" { (top) }
            text.tick x=(at(LEFT - 8.0)) y="164" text-anchor="end" { "0" }
            @for (n, (who, ps)) in lines.iter().enumerate() {
                @let class = who.map_or_else(|| "nobody".to_owned(), |_| format!("c{}", n % 6));
                polyline class={ "claim " (class) } points=(ps.iter().map(|p| format!("{},{}", at(scale.x(p.1)), at(y(p.2)))).collect::<Vec<_>>().join(" ")) {}
                @for (f, d, low, high) in ps {
                    a href=(super::page::words_at(&f.report, f.start)) {
                        title { (f.text) " · " (who.unwrap_or("nobody named")) " · " (d) " · " (f.outlet.as_deref().unwrap_or(&f.key)) }
                        @if high > low {
                            line class={ "band " (class) } x1=(at(scale.x(*d))) x2=(at(scale.x(*d))) y1=(at(y(*low))) y2=(at(y(*high))) {}
                        }
                        circle class={ "point " (class) @if f.low.is_none() || f.high.is_none() { " hollow" } } cx=(at(scale.x(*d))) cy=(at(y(*low))) r="4.5" {}
                    }
                }
            }
        }
        ul.legend { @for (n, (who, _)) in lines.iter().enumerate() {
            li class=(who.map_or_else(|| "nobody".to_owned(), |_| format!("c{}", n % 6))) { (who.unwrap_or("nobody named")) }
        } }
    }
}
