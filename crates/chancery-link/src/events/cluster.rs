//! A happening while it is put together, and the blocks it is looked for in.

use super::draft::{Country, Draft, Family};
use super::few::Few;
use super::fit::DISPUTE;
use crate::fold;
use chancery_model::date::add_days;
use chancery_model::vocab::Status;
use chancery_model::{Day, Days, Id};

/// A happening while it is put together.
#[derive(Clone)]
pub(super) struct Cluster {
    pub(super) root: usize,
    pub(super) family: Family,
    pub(super) narrow: Option<&'static str>,
    pub(super) ordinals: Few<u8>,
    pub(super) fresh: bool,
    /// Whether it is spoken of as known wherever it is spoken of.
    pub(super) definite: bool,
    pub(super) name: Option<String>,
    /// Narrowest day that a mention gives; surely its own counts first.
    pub(super) days: Days,
    pub(super) sure: bool,
    pub(super) places: Few<Id>,
    pub(super) around: Few<Id>,
    pub(super) past: bool,
    pub(super) actors: Few<Id>,
    pub(super) countries: Few<Country>,
    pub(super) named: Few<Country>,
    pub(super) context: Vec<u32>,
    /// Day of the latest report that speaks of it, when it is known.
    pub(super) seen: Option<Day>,
    /// The days on which that report may have been printed.
    pub(super) printed: Days,
    /// The reports that speak of it, the latest of them.
    pub(super) reports: Vec<usize>,
    /// Whether only headlines have told of it.
    pub(super) headline: bool,
    pub(super) ahead: bool,
    /// Whether somebody has told of it as done.
    pub(super) done: bool,
    /// The last day on which the first report that tells of it as done may have been printed.
    pub(super) done_by: Option<Day>,
}

impl Cluster {
    pub(super) fn of(n: usize, d: &Draft<'_>, seen: Option<Day>, printed: Days) -> Self {
        Self {
            root: n,
            family: d.family,
            narrow: d.narrow,
            ordinals: d.ordinal.into_iter().collect(),
            fresh: d.fresh,
            definite: d.definite,
            name: d.name.as_deref().map(fold::name),
            days: d.days,
            sure: d.sure_day,
            places: d.places.clone(),
            around: d.around.clone(),
            past: d.past,
            actors: d.actors.clone(),
            countries: d.countries.clone(),
            named: d.named.clone(),
            context: d.context.clone(),
            seen,
            printed,
            reports: vec![d.report],
            headline: d.headline,
            ahead: ahead(d.mention.status),
            done: done(d.mention.status),
            done_by: printed.hi.filter(|_| done(d.mention.status)),
        }
    }

    pub(super) fn take(&mut self, d: &Self) {
        let better = narrow(&d.days) && (!narrow(&self.days) || (d.sure && !self.sure));
        if better || (self.days.lo.is_none() && self.days.hi.is_none()) {
            self.days = d.days;
            self.sure = d.sure;
        }
        self.narrow = self.narrow.or(d.narrow);
        self.ordinals.join(&d.ordinals);
        if self.name.is_none() {
            self.name.clone_from(&d.name);
        }
        if self.places.len() < MOST {
            self.places.join(&d.places);
        }
        self.past &= d.past;
        self.definite &= d.definite;
        if self.actors.len() < MOST {
            self.actors.join(&d.actors);
        }
        self.countries.join(&d.countries);
        self.named.join(&d.named);
        if self.context.len() < CONTEXT {
            self.context.extend(&d.context);
            self.context.sort_unstable();
            self.context.dedup();
        }
        self.seen = self.seen.max(d.seen);
        if (d.printed.hi, d.printed.lo) > (self.printed.hi, self.printed.lo) {
            self.printed = d.printed;
        }
        for r in &d.reports {
            if !self.reports.contains(r) {
                self.reports.push(*r);
            }
        }
        let more = self.reports.len().saturating_sub(MOST);
        self.reports.drain(..more);
        self.headline &= d.headline;
        self.ahead &= d.ahead;
        self.done |= d.done;
        self.done_by = [self.done_by, d.done_by].into_iter().flatten().min();
    }
}

/// Context words kept of a happening.
const CONTEXT: usize = 60;
/// Places, participants and reports kept of a happening while it is put together.
const MOST: usize = 32;

pub(super) fn ahead(s: Status) -> bool {
    matches!(s, Status::Planned | Status::Proposed | Status::Conditional | Status::Hypothetical)
}

/// Whether it is told of as over; what is ongoing may have an end that is planned.
pub(super) fn done(s: Status) -> bool {
    s == Status::Happened
}

pub(super) fn narrow(d: &Days) -> bool {
    d.width().is_some_and(|w| w <= 3)
}

/// The blocks a mention is in.
pub(super) fn keys(d: &Draft<'_>, seen: Option<Day>) -> Vec<u64> {
    let mut out = Vec::new();
    let mut put = |what: &str| out.push(key(d.family, what));
    // The weeks around the report, for what has neither day nor place.
    if let Some(seen) = seen {
        for near in [-4, 4].map(|n| add_days(seen, n)) {
            put(&format!("week {}-{}", near.year(), near.day_of_year() / 7));
        }
    }
    if d.family.lasting() || seen.is_none() {
        put("any");
    }
    if let (Some(lo), Some(w @ 0..=3)) = (d.days.lo, d.days.width()) {
        // A day to each side: reports differ by a day more often than by more.
        let slack = if d.places.is_empty() { 1 } else { DISPUTE };
        (-slack..=w + slack).for_each(|n| put(&format!("day {}", add_days(lo, n))));
    }
    if let (Some(lo), Some(0..=31)) = (d.days.lo, d.days.width()) {
        put(&format!("month {}-{}", lo.year(), lo.month()));
        // The month before and after, for what is looked back on.
        if d.past {
            for n in [-20, 45] {
                let near = add_days(lo, n);
                put(&format!("month {}-{}", near.year(), near.month()));
            }
        }
    }
    d.places.iter().for_each(|p| put(&format!("place {p}")));
    if let Some(n) = &d.name {
        put(&format!("name {}", fold::name(n)));
    }
    // Persons and bodies that met, signed or withdrew.
    d.actors.iter().for_each(|a| put(&format!("actor {a}")));
    out
}

/// A block: a family of words with a day, a place, somebody.
pub(super) fn key(family: Family, what: &str) -> u64 {
    let family = match family {
        Family::Kin(name, _) => name.to_owned(),
        Family::Stem(hash) => format!("{hash:x}"),
        Family::Other(kind) => kind.to_string(),
    };
    crate::origins::hash(format!("{family}|{what}").into_bytes(), 8)
}

/// Whether no more than so many days lie between the reports that speak of them.
pub(super) fn in_reach(c: &Cluster, d: &Cluster, days: i32) -> bool {
    c.printed.meets(&d.printed) || super::gap(&c.printed, &d.printed).is_none_or(|g| g <= days)
}

/// What the kinds within a family say.
pub(super) fn kinds(c: &Cluster, d: &Cluster) -> f32 {
    match (c.narrow, d.narrow) {
        (Some(a), Some(b)) if a == b => 0.5,
        // One word or the other for a gathering.
        (Some("summit" | "conference"), Some("summit" | "conference")) => 0.0,
        (Some(_), Some(_)) => -1.5,
        _ => 0.0,
    }
}
