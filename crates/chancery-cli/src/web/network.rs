//! Who met, backed, accused, pressed, coerced or attacked whom, in a stretch of months.

use super::forms::{self, get, link};
use super::page::{self, count};
use super::scale::{at, size, units};
use super::{Asked, Fault, Room, chart, timeline};
use chancery::Store;
use chancery::views::room::{self, Bin, Tie, TieKind};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Actors on the circle.
const NODES: usize = 26;
/// Ties in the table.
const TIES: i64 = 120;

pub fn page(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let kind = get(asked, "kind").and_then(|k| TieKind::named(&k)).unwrap_or(TieKind::Met);
    let months = filled(&room::months(store, kind)?);
    let (from, to) = stretch(asked, &months);
    let ties = room::ties(store, kind, from.as_ref(), to.as_ref(), TIES)?;
    let month = |d: Option<&String>| d.and_then(|d| d.get(..7)).map(str::to_owned);
    let at_month = |d: Option<&String>, or: usize| {
        month(d).and_then(|m| months.iter().position(|b| b.0 == m)).unwrap_or(or)
    };
    let last = months.len().saturating_sub(1);
    let (a, b) = (at_month(from.as_ref(), 0), at_month(to.as_ref(), last));
    let step = (b + 1).saturating_sub(a).max(1);
    let go = |a: usize, b: usize| {
        let name = |n: usize| months.get(n.min(last)).map_or("", |m| m.0.as_str());
        link("/network", asked, &[("from", name(a)), ("to", name(b)), ("a", ""), ("b", "")])
    };
    let bins: Vec<(String, i64, String)> = months
        .iter()
        .map(|(m, n)| {
            (m.clone(), *n, link("/network", asked, &[("from", m), ("to", m), ("a", ""), ("b", "")]))
        })
        .collect();
    Ok(page::page(
        "Network",
        &html! {
            h1 { "Who " (kind.word()) " whom" }
            nav.tabs aria-label="Kind of tie" { @for k in TieKind::ALL {
                a href=(link("/network", asked, &[("kind", k.word())])) aria-current=[(k == kind).then_some("page")] { (k.word()) } " "
            } }
            p.key { (meaning(kind)) " Only what is reported as done or claimed; what has no day is left out when months are chosen." }
            @if !months.is_empty() {
                form.filter.slider action="/network" data-months=(months.iter().map(|m| m.0.as_str()).collect::<Vec<_>>().join(" ")) {
                    input type="hidden" name="kind" value=(kind.word());
                    label { "From " input type="range" name="a" min="0" max=(last) value=(a); output { (months.get(a).map_or("", |m| m.0.as_str())) } }
                    label { "to " input type="range" name="b" min="0" max=(last) value=(b); output { (months.get(b).map_or("", |m| m.0.as_str())) } }
                    button { "Show" }
                    @if a > 0 { a href=(go(a.saturating_sub(step), a.saturating_sub(1).max(a.saturating_sub(step)))) { "← Earlier" } }
                    @if b < last { a href=(go(b + 1, b + step)) { "Later →" } }
                    @if (a, b) != (0, last) { a href=(link("/network", asked, &[("from", ""), ("to", ""), ("a", ""), ("b", "")])) { "All months" } }
                }
                (chart::bars(&bins, "Events in each month"))
            }
            @if ties.is_empty() { p { "Nobody with a name" @if from.is_some() || to.is_some() { " in these months" } "." } } @else {
                (circle(&ties, kind))
                (table(&ties, kind, from.as_deref(), to.as_deref()))
            }
            (forms::as_data("ties", asked))
        },
    ))
}

fn meaning(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Met => "Talks, visits and calls in which both took part.",
        TieKind::Backed => "Agreement, support, help and concessions, from the one to the other.",
        TieKind::Accused => "Accusations and condemnations, from the one to the other.",
        TieKind::Pressed => "Demands, refusals and threats, from the one to the other.",
        TieKind::Coerced => "Coercion, sanctions and mobilisation, by the one against the other.",
        TieKind::Attacked => "Attacks, by the one against the other.",
    }
}

/// Every month from the first to the last, also those without events.
fn filled(bins: &[Bin]) -> Vec<(String, i64)> {
    let by: BTreeMap<&str, i64> = bins.iter().map(|b| (b.day.as_str(), b.n)).collect();
    let parse = |m: &str| Some((m.get(..4)?.parse::<i32>().ok()?, m.get(5..7)?.parse::<i32>().ok()?));
    let ends = by.keys().next().and_then(|m| parse(m)).zip(by.keys().last().and_then(|m| parse(m)));
    let Some(((y, m), (last_y, last_m))) = ends else { return Vec::new() };
    // A stray day far off would make a slider of centuries: then only the months that have events are there.
    if last_y - y > 60 {
        return bins.iter().map(|b| (b.day.clone(), b.n)).collect();
    }
    ((y * 12 + m - 1)..=(last_y * 12 + last_m - 1))
        .map(|n| {
            let name = format!("{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1);
            let count = by.get(name.as_str()).copied().unwrap_or(0);
            (name, count)
        })
        .collect()
}

/// The days that are asked for: by months, or by their numbers on the sliders.
pub fn stretch(asked: &Asked, months: &[(String, i64)]) -> (Option<String>, Option<String>) {
    let number = |k: &str| get(asked, k).and_then(|n| n.parse::<usize>().ok());
    let month = |slider: &str, name: &str| {
        number(slider).and_then(|n| months.get(n)).map(|m| m.0.clone()).or_else(|| get(asked, name))
    };
    let (a, b) = (month("a", "from"), month("b", "to"));
    let (a, b) = match (a, b) {
        (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
        other => other,
    };
    let first = |m: String| timeline::ends(&m).map(|e| e.0.to_string());
    let last = |m: String| timeline::ends(&m).map(|e| e.1.to_string());
    (a.and_then(first), b.and_then(last))
}

/// The ties for the data link, cut as the page is.
pub fn rows(store: &Store, asked: &Asked) -> Result<Vec<Tie>, Fault> {
    let kind = get(asked, "kind").and_then(|k| TieKind::named(&k)).unwrap_or(TieKind::Met);
    let months = filled(&room::months(store, kind)?);
    let (from, to) = stretch(asked, &months);
    Ok(room::ties(store, kind, from.as_ref(), to.as_ref(), 100_000)?)
}

/// The actors of the strongest ties, each beside those it is tied to most.
fn order(ties: &[Tie]) -> Vec<(&str, &str)> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut weight: BTreeMap<&str, i64> = BTreeMap::new();
    for t in ties {
        for (id, name) in [(&t.a, &t.a_name), (&t.b, &t.b_name)] {
            if names.len() < NODES || names.contains_key(id.as_str()) {
                names.insert(id, name);
                *weight.entry(id).or_default() += t.n;
            }
        }
    }
    let mut left: BTreeSet<&str> = names.keys().copied().collect();
    let mut out: Vec<(&str, &str)> = Vec::new();
    while !left.is_empty() {
        let tied = |id: &str| -> i64 {
            let recent = out.iter().rev().take(3);
            recent
                .map(|(o, _)| {
                    ties.iter()
                        .filter(|t| (t.a == *o && t.b == id) || (t.b == *o && t.a == id))
                        .map(|t| t.n)
                        .sum::<i64>()
                })
                .sum()
        };
        let next =
            left.iter().max_by_key(|id| (tied(id), weight.get(**id), std::cmp::Reverse(**id))).copied();
        let Some(next) = next else { break };
        left.remove(next);
        out.push((next, names.get(next).copied().unwrap_or_default()));
    }
    out
}

/// Actors on a circle, ties as curves through its inside. The same ties give the same drawing.
fn circle(ties: &[Tie], kind: TieKind) -> Markup {
    let nodes = order(ties);
    let (cx, cy, r) = (480.0, 260.0, 195.0);
    let place = |n: usize| {
        let angle =
            std::f64::consts::TAU * units(n) / units(nodes.len().max(1)) - std::f64::consts::FRAC_PI_2;
        (angle.cos(), angle.sin())
    };
    let index: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(n, (id, _))| (*id, n)).collect();
    let most = ties.iter().map(|t| t.n).max().unwrap_or(1);
    let mut total: BTreeMap<&str, i64> = BTreeMap::new();
    for t in ties {
        *total.entry(&t.a).or_default() += t.n;
        *total.entry(&t.b).or_default() += t.n;
    }
    let top = total.values().max().copied().unwrap_or(1);
    html! {
        div.pan { svg.network viewBox="0 0 960 520" role="group" aria-label="Actors and what ties them; the table below says the same" {
            @if kind != TieKind::Met { defs { marker #tip viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto" { path.tip d="M0 0L8 4L0 8Z" {} } } }
            @for t in ties {
                @if let (Some(a), Some(b)) = (index.get(t.a.as_str()), index.get(t.b.as_str())) {
                    @let ((ax, ay), (bx, by)) = (place(*a), place(*b));
                    // The two directions of one pair bend to different sides.
                    @let bend = if t.a < t.b { 0.25 } else { 0.4 };
                    @let (mx, my) = ((ax + bx) * bend, (ay + by) * bend);
                    a href=(link("/events", &Asked::new(), &[("actor", &t.a), ("with", &t.b)])) {
                        title { (t.a_name) " " (kind.word()) " " (t.b_name) ": " (count(t.n, "event")) }
                        path class={ "tie k-" (kind.word()) } stroke-width=(at(1.0 + 5.0 * size(t.n) / size(most))) marker-end=[(kind != TieKind::Met).then_some("url(#tip)")]
                            d={ "M" (at(cx + ax * r)) " " (at(cy + ay * r)) "Q" (at(cx + mx * r)) " " (at(cy + my * r)) " " (at(cx + bx * (r - 8.0))) " " (at(cy + by * (r - 8.0))) } {}
                    }
                }
            }
            @for (n, (id, name)) in nodes.iter().enumerate() {
                @let (x, y) = place(n);
                @let big = 4.0 + 7.0 * (size(total.get(id).copied().unwrap_or(1)) / size(top)).sqrt();
                @let anchor = if x > 0.15 { "start" } else if x < -0.15 { "end" } else { "middle" };
                a href={ "/actor/" (id) } {
                    circle.node cx=(at(cx + x * r)) cy=(at(cy + y * r)) r=(at(big)) {}
                    text.name x=(at(cx + x * (r + 15.0))) y=(at(cy + y * (r + 18.0) + 4.0)) text-anchor=(anchor) { (name) }
                }
            }
        } }
        @if nodes.len() == NODES { p.key { "The " (NODES) " most tied actors are drawn." } }
    }
}

fn table(ties: &[Tie], kind: TieKind, from: Option<&str>, to: Option<&str>) -> Markup {
    let events = |t: &Tie| {
        let days =
            [("actor", t.a.as_str()), ("with", &t.b), ("from", from.unwrap_or("")), ("to", to.unwrap_or(""))];
        link("/events", &Asked::new(), &days)
    };
    html! { div.wide tabindex="0" role="region" aria-label="Ties" { table {
        thead { tr { th { "Who" } th { (kind.word()) } th { "Whom" } th { "Events" } th { "Origins" } } }
        tbody { @for t in ties { tr {
            td { a href={ "/actor/" (t.a) } { (t.a_name) } }
            td { (kind.word()) }
            td { a href={ "/actor/" (t.b) } { (t.b_name) } }
            td.num { a href=(events(t)) { (t.n) } }
            td.num { (t.origins) }
        } } }
    } } @if ties.len() == 120 { p.meta { "The strongest 120 ties; all are in the data below." } } }
}
