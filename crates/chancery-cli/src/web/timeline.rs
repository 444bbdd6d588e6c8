//! Events above the axis, statements below it; where there are too many to tell apart, how many there are in each
//! stretch of days. Every stretch is a link that leads into it, so zooming needs no script.

use super::forms::{self, link};
use super::scale::{LEFT, RIGHT, Scale, WIDTH, at, day, size, units};
use super::{Asked, Fault};
use chancery::Store;
use chancery::views::room::{self, Bin, EventFilter, EventLine, FirstScreen, Said, SaidQuery};
use chancery_model::Day;
use chancery_model::date::add_days;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Things that can be drawn one by one.
const FEW: i64 = 320;
/// Rows of things that lie on the same days.
const ROWS: usize = 22;
const ROW: f64 = 11.0;

/// What is asked of the timeline, with names made into ids.
#[derive(Clone)]
pub struct Query {
    pub events: EventFilter,
    pub said: SaidQuery,
    /// Name of the actor asked for.
    pub actor: Option<String>,
    /// Whether the actor asked for is in the record.
    pub known: bool,
}

impl Query {
    /// Reads the parameters; an actor may be given by name or id.
    pub fn of(store: &Store, asked: &Asked) -> Result<Self, Fault> {
        let typed = forms::get(asked, "actor");
        let actor = typed.as_deref().map(|t| room::actor_meant(store, t)).transpose()?.flatten();
        let known = typed.is_none() || actor.is_some();
        let id = actor.as_ref().map(|a| a.id.clone()).or(typed.clone());
        let events = EventFilter {
            actor: id.clone(),
            with: forms::get(asked, "with"),
            kind: forms::get(asked, "type"),
            status: forms::get(asked, "status"),
            from: forms::get(asked, "from"),
            to: forms::get(asked, "to"),
            place: forms::get(asked, "place"),
        };
        let said = SaidQuery {
            speaker: id,
            act: forms::get(asked, "act"),
            from: events.from.clone(),
            to: events.to.clone(),
            ..SaidQuery::default()
        };
        Ok(Self { events, said, actor: actor.map(|a| a.name).or(typed), known })
    }

    /// The same, cut to the days of a scale.
    fn between(&self, s: &Scale) -> Self {
        let mut q = self.clone();
        for (from, to) in [(&mut q.events.from, &mut q.events.to), (&mut q.said.from, &mut q.said.to)] {
            *from = Some(s.lo.to_string());
            *to = Some(s.hi.to_string());
        }
        q
    }

    /// Filters that only statements have leave no event, and the other way round.
    fn wants(&self) -> (bool, bool) {
        let only_events = self.events.kind.is_some()
            || self.events.status.is_some()
            || self.events.place.is_some()
            || self.events.with.is_some();
        let only_said = self.said.act.is_some();
        (only_events || !only_said, only_said || !only_events)
    }
}

/// The form that cuts the timeline, and lists of events, to what is asked.
pub fn filter(action: &str, asked: &Asked, q: &Query, names: &[String], acts: bool) -> Markup {
    html! {
        form.filter action=(action) {
            @if let Some(w) = asked.get("with") { input type="hidden" name="with" value=(w); }
            (forms::actor("Actor", "actor", q.actor.as_deref(), names))
            (forms::choice("type", "Kind of event", &forms::kinds(), asked))
            (forms::choice("status", "Reported as", &forms::statuses(), asked))
            @if acts { (forms::choice("act", "Kind of statement", &forms::acts(), asked)) }
            (forms::field("from", "From", "date", asked))
            (forms::field("to", "To", "date", asked))
            button { "Show" }
            @if !asked.is_empty() { a href=(action) { "All" } }
        }
        @if !q.known { p.warn { "Nobody in the record has this name. " a href="/actors" { "All actors" } } }
    }
}

/// Names for the actor box.
pub fn names(store: &Store) -> Result<Vec<String>, Fault> {
    // Bodies of many reports may bear one name ("state news agency"): it is offered once.
    let mut seen = std::collections::BTreeSet::new();
    let all = room::actor_lines(store, None, 80, 0)?.into_iter().map(|a| a.name);
    Ok(all.filter(|n| seen.insert(n.clone())).collect())
}

/// The timeline of what is asked; `first` is what the build has counted of the whole record.
pub fn timeline(
    store: &Store,
    path: &str,
    asked: &Asked,
    q: &Query,
    first: Option<&FirstScreen>,
) -> Result<Markup, Fault> {
    let (want_events, want_said) = q.wants();
    let (ev, sa) = match first.filter(|_| asked.keys().all(|k| k == "from" || k == "to")) {
        // What the build has counted by day, cut to the days asked for.
        Some(f) => (within(&f.events, asked), within(&f.said, asked)),
        None => (
            if want_events { room::bins(store, &q.events, 10)? } else { Vec::new() },
            if want_said { room::said_bins(store, &q.said, 10)? } else { Vec::new() },
        ),
    };
    let Some((range, outside)) = range(asked, &ev, &sa) else {
        return Ok(html! { p { "Nothing that fits has a day." } });
    };
    let total = |b: &[Bin]| b.iter().map(|b| b.n).sum::<i64>();
    let (n_ev, n_sa) = (total(&ev), total(&sa));
    let shown = q.between(&range);
    let few = n_ev + n_sa - outside <= FEW;
    let drawing = if few {
        let events = if want_events { room::events(store, &shown.events, FEW, 0)? } else { Vec::new() };
        let said = if want_said { room::said_list(store, &shown.said, FEW, 0)? } else { Vec::new() };
        dots(&events, &said, range)
    } else {
        let width = match range.days() {
            ..=100 => 10,
            101..=4000 => 7,
            _ => 4,
        };
        let (ev, sa) = (narrow(&ev, width), narrow(&sa, width));
        heaps(&ev, &sa, range, path, asked)
    };
    Ok(html! {
        (zoom(path, asked, &range))
        (drawing)
        p.key {
            (super::page::count(n_ev, "event")) " above, " (super::page::count(n_sa, "statement")) " below"
            @if outside > 0 { ", " (outside) " of them far before or after and not drawn" } ". "
            @if few { "Full: the day is printed. Hollow: it was worked out, or an end of it is open. Bar: a range. " }
            @else { "Each bar is a stretch of days and leads into it. " }
            span.script { "Drag along the drawing to zoom. " }
            a href=(link("/events", asked, &[("act", "")])) { "Events as a list" } ", "
            a href=(link("/statements", asked, &[("type", ""), ("status", "")])) { "statements" }
        }
        (statuses())
    })
}

/// The colours of the statuses.
fn statuses() -> Markup {
    html! { ul.legend.marks {
        @for (class, words) in [("happened", "happened, ongoing"), ("claimed", "claimed"), ("planned", "planned, proposed, conditional, hypothetical"), ("denied", "denied, cancelled, failed"), ("said", "statement")] {
            li { span class={ "status s-" (class) } {} " " (words) }
        }
    } }
}

/// The days from the first to the last that are asked for.
fn within(bins: &[Bin], asked: &Asked) -> Vec<Bin> {
    let (from, to) = (forms::get(asked, "from"), forms::get(asked, "to"));
    let fits =
        |b: &&Bin| from.as_ref().is_none_or(|f| b.day >= *f) && to.as_ref().is_none_or(|t| b.day <= *t);
    bins.iter().filter(fits).cloned().collect()
}

/// Days made into months or years, where the days are too many.
fn narrow(bins: &[Bin], width: usize) -> Vec<Bin> {
    let mut by: BTreeMap<String, i64> = BTreeMap::new();
    for b in bins {
        *by.entry(b.day.get(..width).unwrap_or(&b.day).to_owned()).or_default() += b.n;
    }
    by.into_iter().map(|(day, n)| Bin { day, n }).collect()
}

/// First and last day of `2006`, `2006-10` or `2006-10-28`.
pub fn ends(bin: &str) -> Option<(Day, Day)> {
    let first: Day = match bin.len() {
        4 => format!("{bin}-01-01"),
        7 => format!("{bin}-01"),
        _ => bin.to_owned(),
    }
    .parse()
    .ok()?;
    let step = match bin.len() {
        4 => 366,
        7 => 31,
        _ => return Some((first, first)),
    };
    let same = |d: &Day| d.to_string().starts_with(bin);
    let last = (step - 4..=step).rev().map(|n| add_days(first, n)).find(same).unwrap_or(first);
    Some((first, last))
}

/// What is shown: the days asked for, else those there are, and how many things that leaves out. A few stray days far
/// from all others do not make everything else small.
fn range(asked: &Asked, ev: &[Bin], sa: &[Bin]) -> Option<(Scale, i64)> {
    let mut all: Vec<(Day, Day, i64)> =
        ev.iter().chain(sa).filter_map(|b| ends(&b.day).map(|(lo, hi)| (lo, hi, b.n))).collect();
    all.sort();
    let (from, to) = (day(forms::get(asked, "from").as_ref()), day(forms::get(asked, "to").as_ref()));
    let lo = from.or_else(|| all.first().map(|b| b.0))?;
    let hi = to.or_else(|| all.iter().map(|b| b.1).max())?;
    let whole = Scale::between(lo, hi);
    if from.is_some() || to.is_some() {
        return Some((whole, 0));
    }
    let stray = all.iter().map(|b| b.2).sum::<i64>() / 40;
    let (a, b) = (edge(all.iter(), stray)?, edge(all.iter().rev(), stray)?);
    let inner = Scale::between(a.0, b.1.max(a.1));
    if inner.days().saturating_mul(2) > whole.days() {
        return Some((whole, 0));
    }
    let outside = all.iter().filter(|b| b.1 < inner.lo || b.0 > inner.hi).map(|b| b.2).sum();
    Some((inner, outside))
}

/// The stretch of days before which no more than so many things lie.
fn edge<'a>(mut list: impl Iterator<Item = &'a (Day, Day, i64)>, stray: i64) -> Option<(Day, Day, i64)> {
    let mut sum = 0;
    list.find(|b| {
        sum += b.2;
        sum > stray
    })
    .copied()
}

/// Links that move and zoom.
fn zoom(path: &str, asked: &Asked, s: &Scale) -> Markup {
    let n = s.days().max(1);
    let to = |from: Day, to: Day| {
        format!("{}#timeline", link(path, asked, &[("from", &from.to_string()), ("to", &to.to_string())]))
    };
    let quarter = (n / 4).max(1);
    let years: Vec<i32> = (s.lo.year()..=s.hi.year()).map(i32::from).collect();
    html! { nav.zoom aria-label="Zoom" {
        a href=(to(add_days(s.lo, -n), add_days(s.lo, -1))) { "← Earlier" } " "
        a href=(to(add_days(s.lo, quarter), add_days(s.hi, -quarter))) { "Zoom in" } " "
        a href=(to(add_days(s.lo, -n / 2), add_days(s.hi, n / 2))) { "Zoom out" } " "
        a href=(to(add_days(s.hi, 1), add_days(s.hi, n))) { "Later →" } " "
        @if years.len() > 1 && years.len() < 16 { @for y in &years {
            a href=(format!("{}#timeline", link(path, asked, &[("from", &format!("{y}-01-01")), ("to", &format!("{y}-12-31"))]))) { (y) } " "
        } }
        @if asked.contains_key("from") || asked.contains_key("to") {
            a href=(format!("{}#timeline", link(path, asked, &[("from", ""), ("to", "")]))) { "All days" }
        }
    } }
}

struct Placed<T> {
    thing: T,
    a: f64,
    b: f64,
    row: usize,
}

/// Each thing takes the first row that is free at its place; what finds none is counted.
fn pack<T>(things: Vec<(T, f64, f64)>) -> (Vec<Placed<T>>, usize, usize) {
    let mut rows: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    let mut left = 0;
    for (thing, a, b) in things {
        let row = match rows.iter().position(|end| end + 1.5 < a - 4.5) {
            Some(r) => r,
            None if rows.len() < ROWS => {
                rows.push(0.0);
                rows.len() - 1
            }
            None => {
                left += 1;
                continue;
            }
        };
        if let Some(end) = rows.get_mut(row) {
            *end = b + 4.5;
        }
        placed.push(Placed { thing, a, b, row });
    }
    (placed, rows.len(), left)
}

/// Events and statements one by one.
fn dots(events: &[EventLine], said: &[Said], scale: Scale) -> Markup {
    let days = |lo: Option<&String>, hi: Option<&String>| {
        let (lo, hi) = (day(lo), day(hi));
        Some((lo.or(hi)?, hi.or(lo)?))
    };
    let ev = events.iter().filter_map(|e| Some((e, days(e.date_lo.as_ref(), e.date_hi.as_ref())?)));
    let sa = said.iter().filter_map(|s| Some((s, days(s.day_lo.as_ref(), s.day_hi.as_ref())?)));
    let (ev, up, up_left) = pack(ev.map(|(e, (a, b))| (e, scale.x(a), scale.x(b))).collect());
    let (sa, down, down_left) = pack(sa.map(|(s, (a, b))| (s, scale.x(a), scale.x(b))).collect());
    let axis = 16.0 + ROW * units(up);
    let tall = axis + 28.0 + ROW * units(down) + 10.0;
    html! {
        (frame(&scale, tall, &html! {
            (scale.axis(axis))
            @for p in &ev {
                @let e = p.thing;
                @let hollow = e.date_lo.is_none() || e.date_hi.is_none() || e.sure == "low" || e.inferred == 1;
                a href={ "/event/" (e.id) } {
                    title { (e.title) " · " (e.date.as_deref().unwrap_or("")) " · reported as " (e.status) }
                    (mark(p.a, p.b, axis - 10.0 - ROW * units(p.row), &format!("dot s-{}", e.status), hollow))
                }
            }
            @for p in &sa {
                @let s = p.thing;
                @let hollow = s.said.is_none() && !matches!(s.basis.as_str(), "decision" | "metadata" | "dateline" | "stamp" | "url");
                a href={ "/statement/" (s.id) } {
                    title { (s.speaker_name.as_deref().or(s.speaker_text.as_deref()).unwrap_or("nobody named")) ": " (short(s.words.as_deref().unwrap_or(""))) " · " (s.day_lo.as_deref().unwrap_or("")) }
                    (mark(p.a, p.b, axis + 30.0 + ROW * units(p.row), "dot s-said", hollow))
                }
            }
        }))
        @if up_left + down_left > 0 { p.key { (up_left + down_left) " more lie on crowded days and are not drawn; zoom in to see them." } }
    }
}

fn short(words: &str) -> String {
    if words.chars().count() <= 140 {
        return words.to_owned();
    }
    let cut: String = words.chars().take(140).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(l, _)| l))
}

fn mark(a: f64, b: f64, y: f64, class: &str, hollow: bool) -> Markup {
    html! {
        @if b - a > 2.0 {
            rect class={ (class) @if hollow { " hollow" } } x=(at(a - 4.0)) y=(at(y - 3.0)) width=(at(b - a + 8.0)) height="6" rx="3" {}
        } @else {
            circle class={ (class) @if hollow { " hollow" } } cx=(at(a)) cy=(at(y)) r="4" {}
        }
    }
}

/// How many events and statements there are in each stretch of days.
fn heaps(ev: &[Bin], sa: &[Bin], scale: Scale, path: &str, asked: &Asked) -> Markup {
    let most = ev.iter().chain(sa).map(|b| b.n).max().unwrap_or(1).max(1);
    let axis = 120.0;
    let bar = |b: &Bin, up: bool, class: &str| {
        let Some((lo, hi)) = ends(&b.day) else { return html! {} };
        let (x, right) = (scale.x(lo), scale.x(add_days(hi, 1)));
        let tall = (size(b.n) / size(most) * 100.0).max(1.5);
        let y = if up { axis - tall } else { axis + 22.0 };
        let what = if up { "event" } else { "statement" };
        let href = link(path, asked, &[("from", &lo.to_string()), ("to", &hi.to_string())]);
        html! { a href={ (href) "#timeline" } {
            title { (b.day) ": " (super::page::count(b.n, what)) }
            rect class={ "bar " (class) } x=(at(x)) y=(at(y)) width=(at((right - x - 0.6).max(1.0))) height=(at(tall)) {}
        } }
    };
    frame(
        &scale,
        250.0,
        &html! {
            (scale.axis(axis))
            @for b in ev { (bar(b, true, "s-happened")) }
            @for b in sa { (bar(b, false, "s-said")) }
        },
    )
}

/// The drawing; its data tell a script where the days lie, for zooming by dragging.
fn frame(scale: &Scale, tall: f64, inside: &Markup) -> Markup {
    html! {
        div.pan { svg.timeline viewBox={ "0 0 " (at(WIDTH)) " " (at(tall)) } role="group" aria-label="Events and statements along the days"
            data-lo=(scale.lo) data-days=(scale.days()) data-left=(at(LEFT)) data-right=(at(RIGHT)) data-width=(at(WIDTH)) { (inside) } }
    }
}

/// A timeline of events and statements that are there already, for the page of one actor or place.
pub fn small(events: &[EventLine], said: &[Said]) -> Markup {
    if events.is_empty() && said.is_empty() {
        return html! {};
    }
    let days = events.iter().flat_map(|e| [&e.date_lo, &e.date_hi]);
    let days = days.chain(said.iter().flat_map(|s| [&s.day_lo, &s.day_hi]));
    let days: Vec<Day> = days.filter_map(|d| day(d.as_ref())).collect();
    Scale::of(&days).map_or_else(|| html! {}, |scale| dots(events, said, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_end_on_their_last_day() {
        let shown = |b: &str| ends(b).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(shown("2006-02").as_deref(), Some("2006-02-01 2006-02-28"));
        assert_eq!(shown("2008").as_deref(), Some("2008-01-01 2008-12-31"));
        assert_eq!(shown("2006-10-28").as_deref(), Some("2006-10-28 2006-10-28"));
        assert_eq!(shown("x"), None);
    }

    #[test]
    fn what_finds_no_row_is_counted() {
        let (placed, rows, left) = pack((0..ROWS + 3).map(|n| (n, 100.0, 100.0)).collect());
        assert_eq!((placed.len(), rows, left), (ROWS, ROWS, 3));
    }
}
