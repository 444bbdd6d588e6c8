//! The day of publication of each report, solved over all reports of a record, and the time expressions counted from it.
//!
//! In order of trust: a person's decision, metadata, the web address, the dateline, the printed stamp. What none of
//! these dates is solved: every day has a score ([`evidence`]) from what the text tells of as past or ahead, from days of
//! the week and of the month, from the chronology ([`known`]), from reader comments, and from dated reports that tell of
//! the same ([`near`], [`anchors`]). The interval holds nine tenths of the weight. A printed day that the text contradicts is not
//! believed ([`stated`]). With nothing to go on the interval stays open.
//!
//! Two passes and no more: what dates itself votes for what does not. What was dated by votes does not vote, so
//! nothing runs in a circle and the order of the reports is of no matter.

mod anchors;
mod evidence;
mod grid;
mod known;
mod near;
mod stated;
mod told;
mod why;

use crate::{Decided, Item, Published};
pub(crate) use anchors::Years;
use chancery_facts::times::{Resolved, resolve};
use chancery_lexicon::chronology::{Fact, Index};
use chancery_model::Days;
use chancery_model::date::{Day, Edtf, Point};
use chancery_model::facts::{ReportFacts, TimeExpr, TimeMeaning};
use chancery_model::vocab::DateBasis;
use evidence::{Cyclic, Evidence, Hint};
use grid::{BIT, Reach, day};
use near::Neighbour;

/// Hundredths of the weight that an interval leaves out on each side, and that one drawn around a day holds.
const OUT: u64 = 5;
const SHARE: u64 = 92;
/// Of an interval of more days than this only the firm bounds are given.
const WIDE: i32 = 3 * 366;

const YEAR_TOLD: &str =
    "no year is printed; another report has the day, and the text goes on from it or leads to it";

/// The value of every time expression, counted from the days of publication.
#[must_use]
pub fn resolve_all(facts: &ReportFacts, published: &Published) -> Vec<Resolved> {
    if published.years.is_empty() {
        return facts.times.iter().map(|t| resolve(t, &facts.times, &published.days)).collect();
    }
    let with_year = |t: &TimeExpr| {
        let date = match (&t.meaning, published.years.get(&t.span)?) {
            (TimeMeaning::MonthDay { month, day, year_shift: None, .. }, year) => {
                Point::day(Day::new(*year, *month, *day).ok()?)
            }
            (TimeMeaning::Month { month, year_shift: None }, year) => Point::month(*year, *month),
            _ => return None,
        };
        let time = if let TimeMeaning::MonthDay { time, .. } = &t.meaning { time.clone() } else { None };
        Some(TimeMeaning::Calendar { date: Edtf::Point(date), time })
    };
    let mut times = facts.times.clone();
    let told: Vec<bool> = times.iter_mut().map(|t| with_year(t).map(|m| t.meaning = m).is_some()).collect();
    let resolved = times.iter().map(|t| resolve(t, &times, &published.days));
    resolved
        .zip(told)
        .map(|(r, told)| Resolved { why: if told { YEAR_TOLD.to_owned() } else { r.why }, ..r })
        .collect()
}

/// Something in a report that bears on its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The days in which the report lies if it holds.
    pub days: Days,
    /// What it rests on.
    pub basis: DateBasis,
    /// A clause a person can check.
    pub why: String,
}

/// All that the text of one report and the chronology say of its date, the firmest first.
#[must_use]
pub fn reasons(item: &Item<'_>, known: &[Fact]) -> Vec<Reason> {
    let index = Index::new(known);
    let mut e = Evidence::default();
    told::gather(item, &mut e);
    known::gather(item, &index, &mut e);
    e.hints.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.why.cmp(&b.why)));
    e.hints.dedup_by(|a, b| a.why == b.why);
    e.hints.into_iter().map(|h| Reason { days: h.days, basis: h.basis, why: h.why }).collect()
}

/// A report on its way to a date.
struct Draft {
    stated: stated::Stated,
    evidence: Evidence,
    /// Its own date, as far as it goes without the others.
    own: Option<Published>,
}

/// The day of publication of every report, in the order of the items.
#[must_use]
pub fn solve(items: &[Item<'_>], decided: &Decided) -> Vec<Published> {
    let index = Index::new(&decided.known);
    let mut drafts: Vec<Draft> = items.iter().map(|i| draft(i, decided, &index)).collect();
    if drafts.iter().all(|d| d.own.is_some()) {
        return drafts.into_iter().filter_map(|d| d.own).collect();
    }
    // What dates itself votes: in full when its date is stated, by half when it was worked out.
    let first: Vec<Option<Published>> = items
        .iter()
        .zip(&drafts)
        .map(
            |(_, d)| {
                if d.own.is_some() { None } else { Some(why::published(&d.stated, &d.evidence, &[], &[])) }
            },
        )
        .collect();
    let dated: Vec<_> = drafts
        .iter()
        .zip(&first)
        .map(|(d, f)| match (&d.own, f) {
            (Some(p), _) => near::sharp(&p.days).map(|d| (d, 1.0)),
            (None, Some(p)) => near::sharp(&p.days).map(|d| (d, 0.5)),
            _ => None,
        })
        .collect();
    let words = dated.iter().any(Option::is_some).then(|| near::Words::of(items));
    let period = near::Period::of(&dated);
    let own: Vec<Option<&Published>> = drafts.iter().map(|d| d.own.as_ref()).collect();
    let evidence: Vec<&Evidence> = drafts.iter().map(|d| &d.evidence).collect();
    let anchors = anchors::Anchors::of(items, &own, &evidence);
    let mut out = Vec::with_capacity(items.len());
    for (n, (d, f)) in drafts.iter_mut().zip(first).enumerate() {
        let Some(mut alone) = f else {
            out.extend(d.own.take());
            continue;
        };
        let near: Vec<Neighbour> = words.as_ref().map_or_else(Vec::new, |w| w.near(n, items, &dated));
        // A day that the report's own text gives needs no other.
        if alone.days.day().is_some() {
            out.push(alone);
            continue;
        }
        // Neighbours that share much tell more than one name beside one day.
        if near.is_empty() {
            let years = anchors.tell(&items[n], items, &mut d.evidence);
            if !years.is_empty() {
                alone = why::published(&d.stated, &d.evidence, &[], &[]);
            }
            out.push(Published { years, ..alone });
            continue;
        }
        d.evidence.near = near::votes(&near, &period);
        let width = |p: &Published| p.days.width().unwrap_or(i32::MAX);
        let names: Vec<String> = near.iter().take(2).map(|n| items[n.report].report.key.clone()).collect();
        let with = why::published(&d.stated, &d.evidence, &near, &names);
        // In a small record, neighbours that tell hardly more than the report itself are not worth leaning on.
        let worth = items.len() >= near::SMALL || width(&with) < width(&alone) / 2;
        out.push(if worth { with } else { alone });
    }
    out
}

fn draft(item: &Item<'_>, decided: &Decided, index: &Index<'_>) -> Draft {
    if let Some(days) = decided.dates.get(&item.report.id) {
        let own = Published {
            days: *days,
            basis: DateBasis::Decision,
            why: "A person set this date.".into(),
            stamp: None,
            years: Years::new(),
        };
        return Draft { stated: stated::Stated::default(), evidence: Evidence::default(), own: Some(own) };
    }
    let gathered = std::cell::OnceCell::new();
    let gather = || {
        gathered.get_or_init(|| {
            let mut e = Evidence::default();
            told::gather(item, &mut e);
            known::gather(item, index, &mut e);
            e
        })
    };
    let stated = stated::read(item, &|| gather().hints.clone());
    if let Some((days, basis, words)) = &stated.date {
        let own = why::stated(*days, *basis, words, &stated.doubted);
        return Draft { stated, evidence: Evidence::default(), own: Some(own) };
    }
    let mut evidence = gather().clone();
    comments(&stated, &mut evidence);
    for c in &item.report.clues {
        // A dateline or stamp that names no year.
        if let (Some((month, day)), None, true) =
            (c.month_day, c.days.lo, matches!(c.basis, DateBasis::Dateline | DateBasis::Stamp))
        {
            evidence.cyclic.push(Cyclic {
                month,
                day: Some(day),
                weekday: c.weekday,
                direction: chancery_model::facts::Direction::Now,
                own: true,
                span: None,
                words: c.words.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
    }
    Draft { stated, evidence, own: None }
}

/// Readers comment after a report appears, mostly within days.
fn comments(stated: &stated::Stated, out: &mut Evidence) {
    let Some((day, words)) = &stated.ceiling else { return };
    let why = format!("a reader's comment is of {day} ({words})");
    // In bits, as readers were seen to lag.
    for (back, weight) in
        [(None, 12 * BIT), (Some(3), 4 * BIT), (Some(10), 4 * BIT), (Some(60), 4 * BIT), (Some(400), 6 * BIT)]
    {
        let lo = back.map(|n| chancery_model::date::add_days(*day, -n));
        out.hints.push(Hint {
            days: Days { lo, hi: Some(*day) },
            weight,
            basis: DateBasis::Comments,
            why: why.clone(),
            bare_year: false,
        });
    }
    out.tell_fact(chancery_model::date::add_days(*day, -60));
}

/// The days of an interval; only what bounds it where it is too wide to be one.
fn days_of(r: &Reach, e: &Evidence) -> Days {
    let best = day(r.best);
    if r.ends.0 || r.ends.1 || r.hi - r.lo > WIDE {
        return e.bounds(best, day(r.lo));
    }
    e.clip(Days::between(day(r.lo), day(r.hi)), best)
}
