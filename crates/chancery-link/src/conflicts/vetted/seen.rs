//! What the model sees of two values of a disagreement.

use super::{Rule, Told, Vetted};
use crate::conflicts::Conflict;
use chancery_lexicon::measures;
use chancery_model::Id;
use chancery_model::date::days_between;
use chancery_model::mark::alike;
use chancery_model::vocab::Qualifier;

/// What the model sees of two values.
pub(super) const FEATURES: [&str; 47] = [
    "one report",
    "two speakers",
    "same happening",
    "shared happening",
    "shared words",
    "one story",
    "time between reports",
    "printed the same day",
    "alike in sense",
    "most alike in sense",
    "same words for it",
    "same head",
    "rarity of the head",
    "ratio",
    "shared day",
    "other day",
    "days apart",
    "shared place",
    "other place",
    "shared name",
    "crowd",
    "another",
    "counted over",
    "lead",
    "both lead",
    "denied",
    "sides",
    "by series",
    "by tolls",
    "by counts",
    "by rivals",
    "later is more",
    "later is less",
    "of the dead",
    "of other tolls",
    "of time",
    "of shares or money",
    "heads differ",
    "one sentence",
    "near in one report",
    "exact",
    "set against",
    "votes or turnout",
    "crowd of the days",
    "crowd of the pile",
    "how often told",
    "bias",
];

/// Bytes from the beginning of a report that are its lead.
const LEAD: usize = 700;
/// Bytes between two values of a report that it may set against each other.
const NEAR: usize = 400;

impl Vetted<'_, '_, '_> {
    pub(super) fn see(&self, rule: Rule, c: &Conflict, x: &Told<'_>, y: &Told<'_>) -> Vec<f32> {
        let world = self.world;
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        let near = |t: &Told<'_>| t.spot.near.map(|n| n.1.clone());
        let gap = world.apart(&x.spot, &y.spot);
        let size =
            |t: &Told<'_>| t.figure.and_then(|f| f.low.or(f.high)).unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let ratio = size(x).max(size(y)) / size(x).min(size(y));
        let apart = x.days.iter().flat_map(|a| y.days.iter().map(|b| days_between(*a, *b).abs()));
        let days = apart.min();
        let own = x.own.zip(y.own).map_or(0.0, |(a, b)| alike(a, b));
        let most = x.senses.iter().flat_map(|a| y.senses.iter().map(|b| alike(a, b))).fold(0.0, f32::max);
        let head = x.head.as_ref().filter(|h| y.head.as_ref() == Some(*h));
        let lead = |t: &Told<'_>| t.spot.span.lo() < LEAD;
        let printed = |t: &Told<'_>| world.printed(t.spot.report);
        let (first, then) = if printed(x) <= printed(y) { (x, y) } else { (y, x) };
        let measure = x.figure.map_or("", |f| f.measure.as_str());
        let one = x.spot.report == y.spot.report;
        let often = |t: &Told<'_>| {
            let told = t.spot.near.and_then(|n| self.told.get(n.1)).copied().unwrap_or(0);
            (1.0 + told as f32).ln()
        };
        let exact = |t: &Told<'_>| t.figure.is_some_and(|f| f.qualifier == Qualifier::Exact);
        vec![
            flag(one),
            flag(matches!((x.speaker, y.speaker), (Some(a), Some(b)) if a != b)),
            flag(near(x).is_some() && near(x) == near(y)),
            flag(x.spot.events.iter().any(|e| y.spot.events.contains(e))),
            world.shared(&x.spot, &y.spot),
            world.topics.alike(x.spot.report, y.spot.report),
            gap.unwrap_or(5).min(30) as f32 / 10.0,
            flag(gap == Some(0)),
            own,
            most,
            flag(x.stem.is_some() && x.stem == y.stem),
            flag(head.is_some()),
            head.map_or(0.0, |h| world.weight_of(h) / 3.0),
            ratio.ln() as f32,
            flag(days == Some(0)),
            flag(days.is_some_and(|d| d > 0)),
            days.map_or(0.0, |d| (d.max(1) as f32).ln().min(5.0)),
            flag(!x.places.is_disjoint(&y.places)),
            flag(!x.places.is_empty() && !y.places.is_empty() && x.places.is_disjoint(&y.places)),
            self.names(x, y),
            (1.0 + x.crowd.max(y.crowd) as f32).ln(),
            flag(x.another) + flag(y.another),
            flag(x.over) + flag(y.over),
            flag(lead(x)) + flag(lead(y)),
            flag(lead(x) && lead(y)),
            flag(x.denied) + flag(y.denied),
            (c.sides.len() as f32 / 2.0).ln(),
            flag(rule == Rule::Series),
            flag(rule == Rule::Tolls),
            flag(rule == Rule::Counts),
            flag(rule == Rule::Rivals),
            flag(gap > Some(0) && size(then) > size(first)),
            flag(gap > Some(0) && size(then) < size(first)),
            flag(measure == "killed"),
            flag(measure != "killed" && measures::is_toll(measure)),
            flag(measure == "duration"),
            flag(matches!(measure, "share" | "money")),
            flag(x.head.is_some() && y.head.is_some() && head.is_none()),
            flag(one && x.spot.sentence == y.spot.sentence),
            flag(one && x.spot.span.lo().abs_diff(y.spot.span.lo()) < NEAR),
            flag(exact(x)) + flag(exact(y)),
            flag(x.figure.or(y.figure).is_some_and(|f| f.maker.by.ends_with("+ellipsis"))),
            flag(matches!(measure, "votes" | "attendance")),
            self.crowds.near(x.kind, [printed(x), printed(y)]),
            self.crowds.all(x.kind),
            often(x).max(often(y)),
            1.0,
        ]
    }

    /// What the names tell that two sentences share: little when most reports name them.
    fn names(&self, x: &Told<'_>, y: &Told<'_>) -> f32 {
        let all = self.world.all.reports.len().max(2) as f32;
        let told = |id: &&Id| -> f32 {
            let used = self.named.get(*id).copied().unwrap_or(1).max(1) as f32;
            (all / used).ln() / all.ln()
        };
        x.names.intersection(&y.names).map(told).sum::<f32>().min(2.0)
    }
}
