//! What the model sees of two happenings, and what it makes of it.

use super::unit::Unit;
use super::{Scene, Step};
use crate::events::draft::Family;
use chancery_model::date::days_between;
use chancery_model::mark::alike;
use chancery_model::{Day, Days};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Letters that two triggers begin with alike.
const STEM: usize = 5;
/// Reports of each side whose likeness is looked at.
const REPORTS: usize = 6;

/// What the model looks at, in the order in which [`Scene::features`] tells it.
pub(crate) const FEATURES: [&str; 64] = [
    "likeness of words",
    "words contained",
    "same day",
    "a day apart",
    "two days apart",
    "a week apart",
    "further apart",
    "undated, told then",
    "undated, told later",
    "no days",
    "same place",
    "other place",
    "shared participant",
    "shared participants",
    "same role",
    "other participants",
    "shared country",
    "other countries",
    "same kind",
    "same family",
    "words of speech",
    "same trigger",
    "one report",
    "one sentence",
    "next sentence",
    "near sentence",
    "printed the same day",
    "printed in the same days",
    "printed weeks apart",
    "both lead",
    "spoken of as known",
    "one ahead",
    "both ahead",
    "one denied",
    "both large",
    "size",
    "likeness of reports",
    "same narrow kind",
    "other narrow kind",
    "other ordinal",
    "shared rare participant",
    "shared rare place",
    "rare words shared",
    "crowd",
    "together",
    "together in a crowd",
    "long reports",
    "together, long reports",
    "together, no day of both",
    "together, weeks apart",
    "lasting",
    "lasting, weeks apart",
    "printed months apart",
    "one unmarked",
    "one unmarked, together",
    "senses known",
    "most alike in sense",
    "alike in sense",
    "one is another one",
    "one has an ordinal",
    "name",
    "shared number",
    "other numbers",
    "bias",
];

/// How many of [`FEATURES`] are of the words around, which take longest to compare; they come first and are at most 1.
const WORDS: usize = 2;

/// The models: within a report and across reports, and both again for readers that do not tell what words stand for.
const MODELS: usize = 4;

/// Of each feature, its weight in each model.
static WEIGHTS: LazyLock<[[f32; FEATURES.len()]; MODELS]> = LazyLock::new(|| {
    let of = weights();
    let than = |f: &str| if f == UNMARKED.0 { UNMARKED.1 } else { 0.0 };
    std::array::from_fn(|model| FEATURES.map(|f| of.get(f).map_or(0.0, |w| w[model] - than(f))))
});

/// How much likelier it must be that a word which was not marked takes a happening up. Learned from pairs alone it is not
/// enough: of single sentences of many stories, and of marked passages of news, more than half of such words were surplus.
const UNMARKED: (&str, f32) = ("one unmarked", 1.2);

fn weights() -> BTreeMap<&'static str, [f32; MODELS]> {
    let line = |l: &'static str| {
        let (name, cells) = l.split_once('\t')?;
        let all: Option<Vec<f32>> = cells.split('\t').map(|w| w.trim().parse().ok()).collect();
        Some((name, all?.try_into().ok()?))
    };
    include_str!("weights.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(line).collect()
}

/// The fewest days between a day of one sorted list and a day of another. Happenings of thousands of reports are compared:
/// each with each would take the square of that.
fn between(a: &[Day], b: &[Day]) -> Option<i32> {
    let (mut x, mut y, mut least) = (0, 0, None::<i32>);
    while let (Some(p), Some(q)) = (a.get(x), b.get(y)) {
        let gap = days_between(*p, *q).abs();
        least = Some(least.map_or(gap, |l| l.min(gap)));
        if p < q { x += 1 } else { y += 1 }
    }
    least
}

/// The fewest sentences between two that are told in one report, of sorted lists of report and sentence.
fn nearest(a: &[(usize, usize)], b: &[(usize, usize)]) -> Option<usize> {
    let (mut x, mut y, mut least) = (0, 0, None::<usize>);
    while let (Some(p), Some(q)) = (a.get(x), b.get(y)) {
        if p.0 == q.0 {
            let gap = p.1.abs_diff(q.1);
            least = Some(least.map_or(gap, |l| l.min(gap)));
        }
        if p < q { x += 1 } else { y += 1 }
    }
    least
}

/// Features as they are told, one after the other.
struct Told {
    values: [f32; FEATURES.len()],
    next: usize,
}

impl Told {
    fn share(&mut self, x: f32) {
        if let Some(v) = self.values.get_mut(self.next) {
            *v = x;
        }
        self.next += 1;
    }

    fn flag(&mut self, is: bool) {
        self.share(f32::from(u8::from(is)));
    }

    fn flags<const N: usize>(&mut self, all: [bool; N]) {
        all.into_iter().for_each(|f| self.flag(f));
    }
}

impl Scene<'_, '_> {
    /// How much each report of one and each of the other speak of the same people and places.
    fn likenesses_of_reports(&self, a: &Unit<'_>, b: &Unit<'_>) -> impl Iterator<Item = f32> {
        let pairs =
            a.reports.iter().take(REPORTS).flat_map(|x| b.reports.iter().take(REPORTS).map(|y| (*x, *y)));
        pairs.map(|(x, y)| if x == y { 1.0 } else { self.ground.topics.alike(x, y) })
    }

    /// Whether a report of one and a report of the other speak so much of the same people and places.
    pub(super) fn reports_alike(&self, a: &Unit<'_>, b: &Unit<'_>, least: f32) -> bool {
        self.likenesses_of_reports(a, b).any(|l| l >= least)
    }

    /// What the model sees of two happenings.
    pub(crate) fn features(&self, a: usize, b: usize) -> [f32; FEATURES.len()] {
        let mut f = self.plain(a, b);
        let (jaccard, contained) = self.wording(&self.units[a], &self.units[b]);
        f[0] = (jaccard * 2.0).min(1.0);
        f[1] = contained;
        f
    }

    /// The same without the words around.
    fn plain(&self, a: usize, b: usize) -> [f32; FEATURES.len()] {
        let (a, b) = (&self.units[a], &self.units[b]);
        let mut f = Told { values: [0.0; FEATURES.len()], next: WORDS };
        let gap_of_days = self.when(a, b, &mut f);
        let place = !a.places.is_disjoint(&b.places);
        f.flags([place, !a.places.is_empty() && !b.places.is_empty() && !place]);
        let actors = a.actors.shared(&b.actors);
        f.flags([actors >= 1, actors >= 2, !a.roles.is_disjoint(&b.roles)]);
        f.flag(!a.actors.is_empty() && !b.actors.is_empty() && actors == 0);
        let country = !a.countries.is_disjoint(&b.countries);
        f.flags([country, !a.countries.is_empty() && !b.countries.is_empty() && !country]);
        f.flags([!a.kinds.is_disjoint(&b.kinds), !a.families.is_disjoint(&b.families)]);
        let speech = |u: &Unit<'_>| u.families.iter().any(|f| matches!(f, Family::Other(_)));
        f.flag(speech(a) || speech(b));
        f.flag(a.triggers.iter().any(|x| b.triggers.iter().any(|y| begins_alike(x, y))));
        let near = nearest(&a.told, &b.told);
        f.flags([near.is_some(), near == Some(0), near == Some(1), matches!(near, Some(2 | 3))]);
        let gap = between(&a.printed, &b.printed).unwrap_or(FAR);
        f.flags([gap <= 1, gap <= 4, gap > 14, a.lead && b.lead && gap <= 1]);
        f.share(a.known.max(b.known));
        let (m, n) = (a.of.len(), b.of.len());
        f.flags([a.ahead != b.ahead, a.ahead && b.ahead, a.denied != b.denied, m > 2 && n > 2]);
        f.share((m * n).min(64) as f32 / 64.0);
        f.share(self.likenesses_of_reports(a, b).fold(0.0, f32::max));
        let narrow = !a.narrow.is_disjoint(&b.narrow);
        f.flags([narrow, !a.narrow.is_empty() && !b.narrow.is_empty() && !narrow]);
        f.flag(!a.ordinals.is_empty() && !b.ordinals.is_empty() && a.ordinals.is_disjoint(&b.ordinals));
        f.flag(a.actors.iter().any(|x| b.actors.contains(x) && self.ground.is_rare(x)));
        f.flag(a.places.iter().any(|x| b.places.contains(x) && self.ground.is_rare(x)));
        f.share(a.rare.iter().filter(|w| b.rare.contains(w)).count().min(3) as f32 / 3.0);
        // Of many that could be meant one is: what makes two alike in a story of a few happenings makes nobody alike in a
        // crowd. The weight is fixed, as prior odds.
        f.share(a.crowd.max(b.crowd));
        let together = !a.sets.is_disjoint(&b.sets);
        // A short report tells of one thing, and what rules put together there is one; a long one of many.
        let long = (a.long + b.long) / 2.0;
        let when_together = |x: f32| if together { x } else { 0.0 };
        f.flag(together);
        f.share(when_together(a.crowd.max(b.crowd)));
        f.share(long);
        f.share(when_together(long));
        f.flags([together && gap_of_days.is_none(), together && gap > 14]);
        let lasting = a.families.iter().any(|x| x.lasting() && b.families.contains(x));
        f.flags([lasting, lasting && gap > 14, gap > 45]);
        let unmarked = a.unmarked || b.unmarked;
        f.flags([unmarked, unmarked && together]);
        let (most, mean) = senses(a, b).unwrap_or_default();
        f.flag(!a.senses.is_empty() && !b.senses.is_empty());
        f.share(most);
        f.share(mean);
        f.flag(a.fresh != b.fresh);
        f.flag(a.ordinals.is_empty() != b.ordinals.is_empty());
        f.flag(a.names.iter().any(|n| b.names.contains(n)));
        let number = !a.numbers.is_disjoint(&b.numbers);
        f.flags([number, !number && !a.numbers.is_empty() && !b.numbers.is_empty()]);
        f.share(1.0);
        debug_assert_eq!(f.next, FEATURES.len());
        f.values
    }

    /// The days of two, and of the one that has none, those of its reports.
    fn when(&self, a: &Unit<'_>, b: &Unit<'_>, f: &mut Told) -> Option<i32> {
        let gap = a.days.iter().flat_map(|x| b.days.iter().map(|y| apart(x, y))).min();
        let told = |dated: &Unit<'_>, other: &Unit<'_>| {
            let days: Vec<Day> = dated.days.iter().filter_map(|d| d.lo).collect();
            between(&days, &other.printed).unwrap_or(FAR)
        };
        let one = match (a.days.is_empty(), b.days.is_empty()) {
            (false, true) => Some(told(a, b)),
            (true, false) => Some(told(b, a)),
            _ => None,
        };
        f.flags([gap == Some(0), gap == Some(1), gap == Some(2)]);
        f.flags([gap.is_some_and(|g| (3..=7).contains(&g)), gap.is_some_and(|g| g > 7)]);
        f.flags([one.is_some_and(|g| g <= 2), one.is_some_and(|g| g > 10)]);
        f.flag(a.days.is_empty() && b.days.is_empty());
        gap
    }

    /// The best likeness of the words around two of their mentions: share of all, and of the shorter one's.
    fn wording(&self, a: &Unit<'_>, b: &Unit<'_>) -> (f32, f32) {
        let (mut jaccard, mut contained) = (0.0f32, 0.0f32);
        for (x, at) in a.contexts.iter().zip(&a.spots) {
            let p = self.ground.words.weigh(x);
            for (y, _) in b.contexts.iter().zip(&b.spots).filter(|(_, there)| at != *there) {
                let (q, shared) = (self.ground.words.weigh(y), self.ground.words.shared(x, y));
                jaccard = jaccard.max(shared / (p + q - shared).max(1.0));
                contained = contained.max(shared / p.min(q).max(1.0));
            }
        }
        (jaccard, contained)
    }

    /// How much two are one, from −1 to 1; 0 is as likely as not.
    pub(super) fn likeness(&self, a: usize, b: usize) -> f32 {
        let (x, y) = (&self.units[a], &self.units[b]);
        if self.days_apart(x, y) || self.places_apart(x, y) {
            return -1.0;
        }
        squash(sum(&self.features(a, b), self.weights(a, b)))
    }

    /// What one report tells apart is asked of the model for mentions of one report wherever it is asked.
    fn weights(&self, a: usize, b: usize) -> &'static [f32; FEATURES.len()] {
        let here = self.step == Step::Within || !self.units[a].reports.is_disjoint(&self.units[b].reports);
        let untold = self.units[a].senses.is_empty() || self.units[b].senses.is_empty();
        &WEIGHTS[usize::from(!here) + 2 * usize::from(untold)]
    }

    /// The same where it is at least so much; the words are compared only where they could bring it there.
    pub(super) fn at_least(&self, a: usize, b: usize, least: f32) -> Option<f32> {
        let weights = self.weights(a, b);
        let most: f32 = weights.iter().take(WORDS).map(|w| w.max(0.0)).sum();
        let hope = squash(sum(&self.plain(a, b), weights) + most + ROUNDING) >= least;
        hope.then(|| self.likeness(a, b)).filter(|s| *s >= least)
    }
}

/// Days that stand for none known.
const FAR: i32 = 99;
/// More than what the order of a sum can change.
const ROUNDING: f32 = 0.001;

fn sum(f: &[f32; FEATURES.len()], weights: &[f32; FEATURES.len()]) -> f32 {
    f.iter().zip(weights).map(|(x, w)| x * w).sum()
}

fn squash(z: f32) -> f32 {
    z / (1.0 + z.abs())
}

/// Days between two ranges; 0 where they meet.
pub(super) fn apart(a: &Days, b: &Days) -> i32 {
    if a.meets(b) { 0 } else { crate::events::gap(a, b).unwrap_or(0) }
}

/// The greatest and the mean likeness of what the words of two stand for.
fn senses(a: &Unit<'_>, b: &Unit<'_>) -> Option<(f32, f32)> {
    let (mut most, mut sum) = (-1.0f32, 0.0);
    for x in &a.senses {
        for y in &b.senses {
            let s = alike(x, y);
            most = most.max(s);
            sum += s;
        }
    }
    let n = a.senses.len() * b.senses.len();
    (n > 0).then(|| (most, sum / n as f32))
}

fn begins_alike(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count() >= STEM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weights_and_every_weight_a_feature() {
        let of = weights();
        let lines = include_str!("weights.tsv").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(of.len(), lines, "a weight that is no number, or a name twice");
        assert_eq!(of.len(), FEATURES.len());
        for f in FEATURES {
            assert!(of.contains_key(f), "{f:?} has no weight");
        }
    }

    #[test]
    fn what_should_speak_for_one_happening_does() {
        let of = weights();
        let across = |f: &str| of[f][1];
        assert!(
            across("same day") > across("a day apart") && across("a day apart") > across("further apart")
        );
        assert!(across("words contained") > 0.0 && across("other countries") < 0.0);
        assert!(across("alike in sense") > 0.0 && across("together") > across("together, long reports"));
        // Of many told in the same days one is meant.
        assert!(of["crowd"].iter().all(|w| *w < 0.0), "{:?}", of["crowd"]);
        assert!((squash(0.0)).abs() < f32::EPSILON && squash(9.0) < 1.0 && squash(-9.0) > -1.0);
    }

    #[test]
    fn triggers_are_alike_from_five_letters() {
        assert!(!begins_alike("bombing", "bombed") && begins_alike("shelled", "shelling"));
    }
}
