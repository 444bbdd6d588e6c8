//! Figures over time, drawn here as SVG so that they need no script. Positions are attributes: the page's policy allows
//! no styles.

use super::scale::{LEFT, Scale, WIDTH, at, day, size, units};
use chancery::views::room::FigureLine;
use chancery_model::Day;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Claimants with a line of their own.
const LINES: usize = 7;
/// Figures drawn of one claimant.
const POINTS: usize = 60;
/// Above this ratio of the largest to the smallest figure the axis is logarithmic.
const WIDE: f64 = 40.0;

/// A figure, its day, its lower and its upper bound.
struct Point<'a> {
    figure: &'a FigureLine,
    day: Day,
    low: f64,
    high: f64,
}

struct Line<'a> {
    who: Option<&'a str>,
    class: String,
    points: Vec<Point<'a>>,
}

/// Heights of figures: from zero, or logarithmic where small ones would lie on the axis.
struct Heights {
    top: f64,
    least: f64,
    log: bool,
}

impl Heights {
    fn of(lines: &[Line<'_>]) -> Self {
        let all = || lines.iter().flat_map(|l| &l.points);
        let top = all().map(|p| p.high).fold(1.0, f64::max);
        let least = all().map(|p| p.low).filter(|v| *v > 0.0).fold(top, f64::min);
        Self { top, least, log: top / least > WIDE }
    }

    fn y(&self, v: f64) -> f64 {
        let part = if self.log {
            let low = self.least.log10().floor();
            ((v.max(self.least).log10() - low) / (self.top.log10() - low).max(0.1)).clamp(0.0, 1.0)
        } else {
            v / self.top
        };
        165.0 - part * 140.0
    }

    fn ticks(&self) -> Vec<f64> {
        if !self.log {
            let middle = self.top / 2.0;
            return if middle.fract() == 0.0 { vec![0.0, middle, self.top] } else { vec![0.0, self.top] };
        }
        let mut v = 10f64.powf(self.least.log10().floor());
        let mut out = Vec::new();
        while v <= self.top * 1.01 && out.len() < 12 {
            out.push(v);
            v *= 10.0;
        }
        out
    }
}

fn lines(list: &[FigureLine]) -> (Vec<Line<'_>>, usize) {
    let mut by: BTreeMap<Option<&str>, Vec<Point<'_>>> = BTreeMap::new();
    for f in list.iter().filter(|f| f.review != "rejected") {
        let bounds = f.low.or(f.high).zip(f.high.or(f.low));
        if let (Some(day), Some((low, high))) = (day(f.day.as_ref()), bounds) {
            by.entry(f.speaker_name.as_deref()).or_default().push(Point { figure: f, day, low, high });
        }
    }
    let mut all: Vec<_> = by.into_iter().collect();
    all.sort_by(|a, b| (b.1.len(), a.0).cmp(&(a.1.len(), b.0)));
    let left = all.len().saturating_sub(LINES);
    all.truncate(LINES);
    all.sort_by_key(|l| l.0);
    let mut n = 0;
    let lines = all
        .into_iter()
        .map(|(who, mut points)| {
            let class = match who {
                None => "nobody".to_owned(),
                Some(_) => {
                    n += 1;
                    format!("c{}", (n - 1) % 7)
                }
            };
            let skip = points.len().saturating_sub(POINTS);
            points.drain(..skip);
            Line { who, class, points }
        })
        .collect();
    (lines, left)
}

/// A number as a person writes it.
pub fn shown(v: f64) -> String {
    if v.fract() == 0.0 && v.abs() < 1e15 {
        #[allow(clippy::cast_possible_truncation, reason = "checked to be a whole number within the range")]
        return super::page::thousands(v as i64);
    }
    format!("{v}")
}

/// The figures of a series: a line a claimant, grey where nobody is named, a band from the lower to the upper bound.
pub fn figures(list: &[FigureLine]) -> Markup {
    let (lines, left) = lines(list);
    let days: Vec<Day> = lines.iter().flat_map(|l| l.points.iter().map(|p| p.day)).collect();
    let Some(scale) = Scale::of(&days) else { return html! { p.key { "None of these figures has a day." } } };
    let h = Heights::of(&lines);
    html! {
        div.pan { svg.figures viewBox={ "0 0 " (at(WIDTH)) " 195" } role="group" aria-label="Figures over time" {
            (scale.axis(165.0))
            @for v in h.ticks() {
                line.grid x1=(at(LEFT)) x2=(at(WIDTH - 45.0)) y1=(at(h.y(v))) y2=(at(h.y(v))) {}
                text.tick x=(at(LEFT - 8.0)) y=(at(h.y(v) + 4.0)) text-anchor="end" { (shown(v)) }
            }
            @for l in &lines {
                @if l.who.is_some() && l.points.iter().any(|p| p.high > p.low) { polygon class={ "area " (l.class) } points=(band(l, &scale, &h)) {} }
                // Figures that nobody is named for come from many: a line through them would say that one voice changed.
                @if l.who.is_some() { polyline class={ "claim " (l.class) } points=(path(l, &scale, &h)) {} }
            }
            @for l in &lines { @for (p, more) in apart(&l.points, &scale, &h) { (point(l, p, more, &scale, &h)) } }
        } }
        ul.legend {
            @for l in &lines { li class=(l.class) { (l.who.unwrap_or("nobody named")) " " span.num { (l.points.len()) } } }
            @if left > 0 { li.nobody { (left) " more in the table" } }
        }
        @if h.log { p.key { "Heights are logarithmic." } }
    }
}

/// Points that would hide each other become one, with the number of those under it.
fn apart<'a, 'b>(points: &'b [Point<'a>], scale: &Scale, h: &Heights) -> Vec<(&'b Point<'a>, usize)> {
    let mut places: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut out: Vec<(&Point<'_>, usize)> = Vec::new();
    for p in points {
        let place = (at(scale.x(p.day)), at(h.y(p.low)), at(h.y(p.high)));
        match places.get(&place).and_then(|i| out.get_mut(*i)) {
            Some(first) => first.1 += 1,
            None => {
                places.insert(place, out.len());
                out.push((p, 0));
            }
        }
    }
    out
}

fn point(l: &Line<'_>, p: &Point<'_>, more: usize, scale: &Scale, h: &Heights) -> Markup {
    let f = p.figure;
    let x = at(scale.x(p.day));
    let open = f.low.is_none() || f.high.is_none();
    html! {
        a href=(super::page::words_at(&f.report, f.start)) {
            title { (f.text) " · " (l.who.unwrap_or("nobody named")) " · " (p.day) " · " (f.outlet.as_deref().unwrap_or(&f.key)) @if more > 0 { " · and " (more) " more with this number, in the table" } }
            @if p.high > p.low { line class={ "band " (l.class) } x1=(x) x2=(x) y1=(at(h.y(p.low))) y2=(at(h.y(p.high))) {} }
            circle class={ "point " (l.class) @if open { " hollow" } } cx=(x) cy=(at(h.y(p.low))) r="4.5" {}
        }
    }
}

fn path(l: &Line<'_>, scale: &Scale, h: &Heights) -> String {
    let middle = |p: &Point<'_>| f64::midpoint(h.y(p.low), h.y(p.high));
    l.points.iter().map(|p| format!("{},{}", at(scale.x(p.day)), at(middle(p)))).collect::<Vec<_>>().join(" ")
}

/// From the lower bounds to the upper bounds and back.
fn band(l: &Line<'_>, scale: &Scale, h: &Heights) -> String {
    let low = l.points.iter().map(|p| format!("{},{}", at(scale.x(p.day)), at(h.y(p.low))));
    let high = l.points.iter().rev().map(|p| format!("{},{}", at(scale.x(p.day)), at(h.y(p.high))));
    low.chain(high).collect::<Vec<_>>().join(" ")
}

/// Bars side by side, each a link: how much there is in each month or year.
pub fn bars(bins: &[(String, i64, String)], label: &str) -> Markup {
    let most = bins.iter().map(|b| b.1).max().unwrap_or(1).max(1);
    let step = (WIDTH - LEFT - 45.0) / units(bins.len().max(1));
    let every = bins.len().div_ceil(8).max(1);
    html! {
        div.pan { svg.bars viewBox={ "0 0 " (at(WIDTH)) " 90" } role="group" aria-label=(label) {
            @for (n, (day, count, href)) in bins.iter().enumerate() {
                @let tall = (size(*count) / size(most) * 60.0).max(if *count > 0 { 1.5 } else { 0.0 });
                a href=(href) {
                    title { (day) ": " (count) }
                    rect.bar x=(at(LEFT + step * units(n))) y=(at(65.0 - tall)) width=(at((step - 1.0).max(1.0))) height=(at(tall)) {}
                }
                @if n % every == 0 { text.tick x=(at(LEFT + step * (units(n) + 0.5))) y="82" text-anchor="middle" { (day) } }
            }
        } }
    }
}
