//! How well a mention fits a happening: of its own report, and of others.

use super::cluster::{Cluster, in_reach, kinds, narrow};
use super::draft::Family;
use super::merge::{ACROSS, BESIDE, Clusters, LONG_AFTER, ONCE, ONLY};
use chancery_model::date::{add_days, days_between};
use chancery_model::{Day, Days};

/// Days within which what is planned without a day is held.
const SOON: i32 = 62;
/// Days for which a conference that has been announced may be awaited.
const PENDING: i32 = 400;
/// Days between two days given to one happening at one place.
pub(super) const DISPUTE: i32 = 2;
/// Share of what two reports name below which they tell of different stories.
const STRANGE: f32 = 0.08;
/// Share of the words around two mentions from which they say the same.
const MUCH: f32 = 0.4;
/// Days between two reports from which the second looks back.
const LONG_PAST: i32 = 100;

/// Whether it is a gathering of many that has been called for a time and a place, of which a story has one at a time.
pub(super) fn congress(narrow: Option<&str>) -> bool {
    matches!(narrow, Some("summit" | "conference"))
}

/// How well a mention fits a happening.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) score: f32,
    /// Whether a day, a place, a participant or much of the wording ties them, and not the story alone.
    pub(super) tied: bool,
}

impl Clusters<'_> {
    /// The same words at the same spot are the same happening, unless the days tell otherwise.
    pub(super) fn copied(&self, c: &Cluster, d: &Cluster) -> bool {
        let near = in_reach(c, d, LONG_AFTER);
        let alike = self.overlap(&c.context, &d.context) >= 0.5;
        near && alike
    }

    /// Share of the lighter context's weight that both have.
    pub(super) fn overlap(&self, a: &[u32], b: &[u32]) -> f32 {
        self.words.shared(a, b) / self.words.weigh(a).min(self.words.weigh(b)).max(1.0)
    }

    /// What both ways of comparing share: days, ordinals, names. None when something excludes it.
    pub(super) fn days(&self, c: &Cluster, d: &Cluster, same_report: bool) -> Option<f32> {
        if !c.ordinals.is_empty() && !d.ordinals.is_empty() && c.ordinals.is_disjoint(&d.ordinals) {
            return None;
        }
        // What is still to come when a report is written is not what had been done by then.
        let to_come = |days: &Days, by: Option<Day>| days.lo.zip(by).is_some_and(|(lo, by)| lo > by);
        if c.done && d.ahead && to_come(&d.days, c.seen.max(d.seen))
            || d.done && c.ahead && to_come(&c.days, d.seen)
        {
            return None;
        }
        // What was over when a report was printed lies before it.
        // A day that is not surely its own may be that of the count told beside it, a few days on.
        let later = |days: &Days, by: Option<Day>, sure: bool| {
            let slack = if sure { 0 } else { BESIDE };
            narrow(days) && to_come(days, by.map(|b| add_days(b, slack)))
        };
        if later(&d.days, c.done_by, d.sure) || later(&c.days, d.done_by, c.sure) {
            return None;
        }
        let lasting = d.family.lasting();
        let sure = c.sure && d.sure;
        if narrow(&c.days) && narrow(&d.days) {
            if c.days.meets(&d.days) {
                return Some(if sure { 2.0 } else { 1.3 });
            }
            if lasting {
                return Some(0.5);
            }
            let gap = super::gap(&c.days, &d.days)?;
            // A day that is not surely the mention's own excludes little.
            let slack = match sure {
                _ if d.family.once() && !same_report => ONCE,
                true => DISPUTE,
                false => DISPUTE + 1,
            };
            let share_place = !c.places.is_disjoint(&d.places);
            let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
            let share_actor = !c.actors.is_disjoint(&d.actors);
            let alike = share_place
                || !c.ordinals.is_disjoint(&d.ordinals)
                || (same_report && !c.countries.is_disjoint(&d.countries))
                || (!apart_place && (share_actor || self.overlap(&c.context, &d.context) > 0.3));
            // A conference that is put off stays the one it was.
            let one_kind =
                d.narrow.is_some() && (c.narrow == d.narrow || congress(c.narrow) && congress(d.narrow));
            if c.ahead && d.ahead && one_kind && share_place && !same_report {
                return Some(0.3);
            }
            if c.ahead != d.ahead || (sure && (gap > slack || !alike)) {
                return None;
            }
            return match gap {
                g if g <= slack && alike => Some(0.5),
                g if g <= slack => Some(-0.2),
                g if g <= LONG_AFTER && !sure => Some(-1.0),
                _ => None,
            };
        }
        if d.days.lo.is_some() && c.days.lo.is_some() {
            let month = |d: &Days| d.width().is_some_and(|w| w <= 31);
            let tied = month(&c.days) && month(&d.days);
            if !c.days.meets(&d.days) && !lasting {
                // Two that look back on one occasion may differ by a month.
                let exact = |d: &Days| d.width().is_some_and(|w| (27..=31).contains(&w));
                let back = c.past && d.past && exact(&c.days) && exact(&d.days);
                let near = super::gap(&c.days, &d.days).is_some_and(|g| g <= 31);
                let place = !c.around.is_disjoint(&d.around);
                return if back && near && place && !same_report {
                    Some(ACROSS)
                } else if sure || !near {
                    None
                } else {
                    Some(-1.0)
                };
            }
            let mut s = if tied { 1.0 } else { 0.5 };
            // What was planned for a month between two sides, and held in it.
            if tied && c.ahead && !d.ahead && c.countries.shared(&d.countries) >= 2 {
                s += 0.8;
            }
            return Some(s);
        }
        Some(0.0)
    }

    /// How well a mention fits a happening of its own report; none when something excludes it.
    pub(super) fn within(&self, c: &Cluster, d: &Cluster) -> Option<f32> {
        if let (Some(a), Some(b)) = (&c.name, &d.name) {
            return (a == b && in_reach(c, d, LONG_AFTER)).then_some(4.0);
        }
        if d.fresh && !c.fresh {
            return None;
        }
        let mut s = self.days(c, d, true)?;
        let dated = narrow(&c.days) && narrow(&d.days);
        // What is planned is not what has been, when no day ties them.
        if !dated && !d.definite && d.ahead != c.ahead {
            s -= if d.family.arranged() { 1.5 } else { 0.5 };
        }
        // A deed told with a day of its own begins something new sooner than it goes on with what has none.
        if !d.definite && d.sure && c.days.lo.is_none() {
            s -= 0.5;
        }
        // With no day and no place of its own it goes on about what was told.
        s += if d.definite {
            1.1
        } else if d.days.lo.is_none() && d.places.is_empty() {
            0.9
        } else {
            0.5
        };
        // The headline tells what the text tells.
        if d.headline {
            s += 0.8;
        }
        let share_place = !c.places.is_disjoint(&d.places);
        let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
        if share_place {
            s += 0.5;
        } else if apart_place && !d.definite {
            s -= 1.0;
        }
        if !c.actors.is_disjoint(&d.actors) {
            s += 0.7;
        } else if !c.countries.is_disjoint(&d.countries) {
            s += 0.4;
        }
        if !c.ordinals.is_disjoint(&d.ordinals) {
            s += 0.5;
        } else if c.ordinals.is_empty() && !d.ordinals.is_empty() && !dated {
            s -= 0.5;
        }
        s += kinds(c, d);
        s += self.overlap(&c.context, &d.context).min(0.6);
        Some(s)
    }

    /// How well a mention or a happening fits one that other reports tell of; none when something excludes it.
    pub(super) fn across(&self, c: &Cluster, d: &Cluster) -> Option<Fit> {
        if let (Some(a), Some(b)) = (&c.name, &d.name) {
            return (a == b && in_reach(c, d, LONG_AFTER)).then_some(Fit { score: 4.0, tied: true });
        }
        let when = self.days(c, d, false)?;
        // "Have been killed": with neither day nor place nor victims of its own it may be any.
        let vague = |x: &Cluster| {
            !narrow(&x.days) && x.places.is_empty()
                || x.actors.is_empty() && x.countries.is_empty() && !narrow(&x.days)
        };
        if d.family == Family::Kin("killing", false)
            && (vague(c) || vague(d))
            && self.overlap(&c.context, &d.context) < MUCH
        {
            return None;
        }
        let mut s = when;
        let month = |d: &Days| d.width().is_some_and(|w| w <= 31);
        let dated = month(&c.days) && month(&d.days);
        // What has been announced and not been held is spoken of until it is.
        let pending = c.narrow.is_some()
            && c.narrow == d.narrow
            && d.family.arranged()
            && !(c.done && d.done)
            && !c.places.is_disjoint(&d.places)
            && in_reach(c, d, PENDING);
        if !in_reach(c, d, LONG_AFTER) && !dated && !pending {
            s -= if d.family.lasting() { 0.5 } else { 1.0 };
            // Months later hardly anything but what has a day or a name is still spoken of.
            if !in_reach(c, d, LONG_PAST) {
                s -= 1.5;
            }
        }
        // What was planned when a report was printed, and held after it.
        let held = |plan: &Cluster, held: &Cluster| {
            plan.ahead
                && held.done
                && narrow(&held.days)
                && plan
                    .printed
                    .lo
                    .zip(held.days.lo)
                    .is_some_and(|(p, h)| (0..=SOON).contains(&days_between(p, h)))
        };
        if d.ahead != c.ahead && !dated && !d.definite && !held(d, c) && !held(c, d) {
            s -= 0.5;
        }
        if d.fresh && !c.fresh && !dated {
            s -= 0.5;
        }
        let share_place = !c.places.is_disjoint(&d.places);
        let apart_place = !c.places.is_empty() && !d.places.is_empty() && !share_place;
        // The first meeting of two is one, wherever and on whatever day near it is told to have been.
        let nth = !c.ordinals.is_disjoint(&d.ordinals)
            && c.ordinals.len() == d.ordinals.len()
            && d.family.arranged()
            && (c.actors.shared(&d.actors) >= 2 || c.countries.shared(&d.countries) >= 2);
        if nth || share_place {
            s += 1.2;
        } else if apart_place {
            s -= 1.5;
        } else if !c.around.is_disjoint(&d.around) {
            s += 0.4;
        }
        let share_actor = !c.actors.is_disjoint(&d.actors);
        if share_actor {
            s += 0.7;
        } else if !c.countries.is_disjoint(&d.countries) {
            s += 0.4;
        } else if !c.named.is_disjoint(&d.named) {
            s += 0.2;
        } else if !c.countries.is_empty() && !d.countries.is_empty() {
            s -= 0.5;
        }
        if !c.ordinals.is_disjoint(&d.ordinals) {
            s += 0.7;
        }
        s += kinds(c, d);
        // What can no longer fit is not looked at further: wording adds at most 1.5, the story 1.2.
        if s + 2.7 < ONLY {
            return None;
        }
        let overlap = self.overlap(&c.context, &d.context);
        s += (overlap * 2.5).min(1.5);
        if s + 1.2 < ONLY {
            return None;
        }
        // Reports of one story, in the same days.
        let story = c
            .reports
            .iter()
            .rev()
            .take(2)
            .flat_map(|a| d.reports.iter().rev().take(2).map(|b| self.topics.alike(*a, *b)))
            .fold(0.0, f32::max);
        s += if story < STRANGE { -1.0 } else { (story * 1.2).min(0.8) };
        if let (Some(a), Some(b)) = (c.seen, d.seen) {
            s += match days_between(a, b).abs() {
                0..=2 => 0.4,
                3..=9 => 0.2,
                _ => 0.0,
            };
        }
        let tied = when > 0.9 || share_place || share_actor || nth || overlap > 0.3;
        Some(Fit { score: s, tied })
    }
}
