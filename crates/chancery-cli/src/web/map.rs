//! A map drawn here as SVG: coasts and borders of Natural Earth cut to a window, no tiles and no script.

use super::scale::{at, size};
use chancery::views::room::PlaceLine;
use maud::{Markup, html};
use std::fmt::Write;
use std::sync::OnceLock;

/// Shapes in fiftieths of a degree; `tools/coastline.py` describes the file.
const WORLD: &str = include_str!("assets/world.txt");
const UNIT: f64 = 50.0;
const WIDTH: f64 = 960.0;
/// Places that are named on the map.
const NAMED: usize = 40;

type Point = (f64, f64);

struct Shape {
    land: bool,
    points: Vec<Point>,
    /// West, south, east, north.
    edges: [f64; 4],
}

fn shapes() -> &'static [Shape] {
    static SHAPES: OnceLock<Vec<Shape>> = OnceLock::new();
    SHAPES.get_or_init(|| WORLD.lines().filter_map(shape).collect())
}

fn shape(line: &str) -> Option<Shape> {
    let (kind, rest) = line.split_once(' ')?;
    let land = match kind {
        "L" => true,
        "B" => false,
        _ => return None,
    };
    let (mut x, mut y) = (0.0, 0.0);
    let mut points = Vec::new();
    for pair in rest.split(' ') {
        let (dx, dy) = pair.split_once(',')?;
        x += dx.parse::<f64>().ok()?;
        y += dy.parse::<f64>().ok()?;
        points.push((x / UNIT, y / UNIT));
    }
    let mut edges = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for (x, y) in &points {
        edges = [edges[0].min(*x), edges[1].min(*y), edges[2].max(*x), edges[3].max(*y)];
    }
    Some(Shape { land, points, edges })
}

/// The part of the world that is drawn, in degrees.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Window {
    /// Around places, with some room, and at least so many degrees high.
    pub fn around(places: &[&PlaceLine], least: f64) -> Option<Self> {
        let at: Vec<Point> = places.iter().filter_map(|p| Some((p.lon?, p.lat?))).collect();
        if at.is_empty() {
            return None;
        }
        let fold = |f: fn(f64, f64) -> f64, from: f64, of: fn(&Point) -> f64| at.iter().map(of).fold(from, f);
        let (west, east) = (fold(f64::min, 180.0, |p| p.0), fold(f64::max, -180.0, |p| p.0));
        let (south, north) = (fold(f64::min, 90.0, |p| p.1), fold(f64::max, -90.0, |p| p.1));
        let high = ((north - south) * 1.3).max(least);
        let squeeze = squeezed(f64::midpoint(south, north));
        let wide = ((east - west) * 1.25).max(high * 1.7 / squeeze);
        // Never flatter than three to one, so that a row of places along a parallel still shows land.
        let high = high.max(wide * squeeze / 3.0);
        let (x, y) = (f64::midpoint(west, east), f64::midpoint(south, north));
        if wide > 250.0 {
            return Some(Self { west: -180.0, south: -58.0, east: 180.0, north: 80.0 });
        }
        Some(Self {
            west: x - wide / 2.0,
            south: (y - high / 2.0).max(-85.0),
            east: x + wide / 2.0,
            north: (y + high / 2.0).min(85.0),
        })
    }

    fn scale(&self) -> (f64, f64) {
        let across = WIDTH / (self.east - self.west);
        (across, across / squeezed(f64::midpoint(self.south, self.north)))
    }

    fn height(&self) -> f64 {
        (self.north - self.south) * self.scale().1
    }

    fn point(&self, (lon, lat): Point) -> Point {
        let (across, up) = self.scale();
        ((lon - self.west) * across, (self.north - lat) * up)
    }

    fn meets(&self, s: &Shape) -> bool {
        s.edges[0] < self.east && s.edges[2] > self.west && s.edges[1] < self.north && s.edges[3] > self.south
    }
}

/// How much narrower a degree of longitude is at a latitude.
fn squeezed(lat: f64) -> f64 {
    lat.to_radians().cos().max(0.25)
}

/// A ring cut along one edge of the window (Sutherland and Hodgman).
fn cut(ring: &[Point], inside: impl Fn(&Point) -> bool, cross: impl Fn(Point, Point) -> Point) -> Vec<Point> {
    let mut out = Vec::with_capacity(ring.len());
    let mut before = ring.last().copied();
    for p in ring {
        if let Some(b) = before
            && inside(p) != inside(&b)
        {
            out.push(cross(b, *p));
        }
        if inside(p) {
            out.push(*p);
        }
        before = Some(*p);
    }
    out
}

fn clipped(ring: &[Point], w: &Window) -> Vec<Point> {
    let upright = |x: f64| move |a: Point, b: Point| (x, a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0));
    let level = |y: f64| move |a: Point, b: Point| (a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1), y);
    let r = cut(ring, |p| p.0 >= w.west, upright(w.west));
    let r = cut(&r, |p| p.0 <= w.east, upright(w.east));
    let r = cut(&r, |p| p.1 >= w.south, level(w.south));
    cut(&r, |p| p.1 <= w.north, level(w.north))
}

/// A path through points, without those nearer than a unit to the one before.
fn path(out: &mut String, points: impl Iterator<Item = Point>, close: bool) {
    let mut last: Option<Point> = None;
    let mut n = 0;
    let from = out.len();
    for (x, y) in points {
        if last.is_some_and(|(a, b)| (a - x).abs() < 1.0 && (b - y).abs() < 1.0) {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(out, "{}{} {}", if n == 0 { 'M' } else { 'L' }, at(x), at(y));
        last = Some((x, y));
        n += 1;
    }
    if n < 3 && close || n < 2 {
        out.truncate(from);
    } else if close {
        out.push('Z');
    }
}

fn ground(w: &Window) -> (String, String) {
    let (mut land, mut borders) = (String::new(), String::new());
    for s in shapes().iter().filter(|s| w.meets(s)) {
        if s.land {
            path(&mut land, clipped(&s.points, w).into_iter().map(|p| w.point(p)), true);
        } else {
            // Lines are not clipped by calculation: the drawing's own edge cuts them; far parts are left out.
            let near = |p: &Point| {
                p.0 > w.west - 5.0 && p.0 < w.east + 5.0 && p.1 > w.south - 5.0 && p.1 < w.north + 5.0
            };
            for part in s.points.split(|p| !near(p)) {
                path(&mut borders, part.iter().map(|p| w.point(*p)), false);
            }
        }
    }
    (land, borders)
}

/// Where a label lies: left, top, right, bottom.
type Box4 = [f64; 4];

/// The side of a dot where its name covers no other name, if there is one.
fn label(x: f64, y: f64, r: f64, name: &str, taken: &[Box4]) -> Option<(f64, f64, &'static str, Box4)> {
    let wide = size(i64::try_from(name.chars().count()).unwrap_or(20)) * 6.8;
    let free = |b: &Box4| {
        b[0] > 0.0
            && b[2] < WIDTH
            && taken.iter().all(|t| b[2] < t[0] || b[0] > t[2] || b[3] < t[1] || b[1] > t[3])
    };
    [
        (x + r + 3.0, y + 4.0, "start", [x + r + 3.0, y - 7.0, x + r + 3.0 + wide, y + 7.0]),
        (x - r - 3.0, y + 4.0, "end", [x - r - 3.0 - wide, y - 7.0, x - r - 3.0, y + 7.0]),
        (x, y - r - 4.0, "middle", [x - wide / 2.0, y - r - 16.0, x + wide / 2.0, y - r - 2.0]),
        (x, y + r + 13.0, "middle", [x - wide / 2.0, y + r + 2.0, x + wide / 2.0, y + r + 16.0]),
    ]
    .into_iter()
    .find(|(.., b)| free(b))
}

/// The map of a window with places on it; `here` is drawn apart.
pub fn map(w: &Window, places: &[&PlaceLine], here: Option<&str>) -> Markup {
    let (land, borders) = ground(w);
    let tall = w.height();
    let most = places.iter().map(|p| p.events).max().unwrap_or(1).max(1);
    let mut taken: Vec<Box4> = Vec::new();
    let mut dots = Vec::new();
    for p in places {
        let (Some(lon), Some(lat)) = (p.lon, p.lat) else { continue };
        let (x, y) = w.point((lon, lat));
        if !(0.0..=WIDTH).contains(&x) || !(0.0..=tall).contains(&y) {
            continue;
        }
        let r = 4.0 + 12.0 * (size(p.events) / size(most)).sqrt();
        taken.push([x - r.min(6.0), y - r.min(6.0), x + r.min(6.0), y + r.min(6.0)]);
        dots.push((*p, x, y, r));
    }
    let mut named = Vec::new();
    for (p, x, y, r) in dots.iter().take(NAMED) {
        if let Some((lx, ly, anchor, b)) = label(*x, *y, *r, &p.name, &taken) {
            taken.push(b);
            named.push((*p, lx, ly, anchor));
        }
    }
    html! {
        div.pan { svg.map viewBox={ "0 0 " (at(WIDTH)) " " (at(tall)) } role="group" aria-label="Map of the places" {
            rect.sea x="0" y="0" width=(at(WIDTH)) height=(at(tall)) {}
            path.land d=(land) fill-rule="evenodd" {}
            path.border d=(borders) {}
            @for (p, x, y, r) in &dots {
                a href={ "/place/" (p.id) } {
                    title { (p.name) ": " (super::page::count(p.events, "event")) }
                    circle class={ "spot" @if here == Some(p.id.as_str()) { " here" } } cx=(at(*x)) cy=(at(*y)) r=(at(*r)) {}
                }
            }
            @for (p, x, y, anchor) in &named { text.name x=(at(*x)) y=(at(*y)) text-anchor=(anchor) { (p.name) } }
        } }
        p.key { "Coasts and borders: Natural Earth, 1:50 million; they take no side. Coordinates: GeoNames." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_read_whole() {
        let lines = WORLD.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(shapes().len(), lines);
        assert!(shapes().iter().filter(|s| !s.land).count() > 200);
    }

    #[test]
    fn rings_are_cut_at_the_window() {
        let w = Window { west: 0.0, south: 0.0, east: 10.0, north: 10.0 };
        let ring = clipped(&[(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)], &w);
        assert!(ring.iter().all(|p| p.0 >= 0.0 && p.1 >= 0.0 && p.0 <= 5.0 && p.1 <= 5.0), "{ring:?}");
        assert_eq!(ring.len(), 4);
        assert!(clipped(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], &w).is_empty());
    }

    #[test]
    fn a_map_of_the_world_is_light() {
        let w = Window { west: -180.0, south: -58.0, east: 180.0, north: 80.0 };
        let (land, borders) = ground(&w);
        assert!(
            land.len() > 20_000 && land.len() + borders.len() < 250_000,
            "{} {}",
            land.len(),
            borders.len()
        );
    }
}
