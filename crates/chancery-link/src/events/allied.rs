//! Happenings that other words tell of: "gunmen seized the hall", "the siege", "Tuesday's raid".
//!
//! What [`super::merge`] has put together shares a family of words. Here two such happenings are compared by what was
//! learned from marked stories (`allied.tsv`, made by `training/allied.py`): a logistic model over days, places,
//! participants, kinds and the words around. Joining is by average linkage, the surest first, so that one doubtful
//! likeness does not chain what is apart.
//!
//! Blocking keys: the report; day with place, participant or kind; four days around the report with participant and
//! kind, place and kind, family, or one of the [`RARE`] rarest words around it that others use. Of a key the [`NEXT`] following happenings are compared.

use super::cluster::{ahead, narrow};
use super::draft::{Country, Draft, Family, Words};
use super::few::Few;
use crate::groups::Groups;
use crate::{Item, LinkedReport};
use chancery_model::date::{add_days, days_between};
use chancery_model::vocab::{EventType, Role, Status};
use chancery_model::{Day, Days, Id};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Happenings of a block that a happening is compared with.
const NEXT: usize = 16;
/// Likeness from which two are compared further, from −1 to 1.
const ALIKE: f32 = -0.3;
/// Mean likeness from which what has been joined is joined further.
const MEAN: f32 = 0.0;
/// Mentions of a happening whose words are compared.
const MENTIONS: usize = 12;
/// Parts of a happening that are compared with the parts of another.
const PARTS: usize = 12;
/// Days to each side in which happenings of a kind crowd each other.
const SAME_DAYS: i32 = 2;
/// Rarest words around a happening that it is looked for by.
const RARE: usize = 4;
/// Letters that two triggers begin with alike.
const STEM: usize = 5;

/// What the model looks at, in the order of the weights.
pub(crate) const FEATURES: [&str; 45] = [
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
    "likeness of words",
    "words contained",
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
    "bias",
];

static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let of: BTreeMap<&str, f32> = include_str!("allied.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(name, w)| Some((name, w.trim().parse().ok()?)))
        .collect();
    FEATURES.iter().map(|f| of.get(f).copied().unwrap_or(0.0)).collect()
});

/// A happening as the first pass left it.
pub(crate) struct Unit<'a> {
    /// Its mentions, as numbers of drafts.
    pub(crate) of: Vec<usize>,
    days: Vec<Days>,
    places: Few<Id>,
    actors: Few<Id>,
    roles: Few<(Role, Id)>,
    countries: Few<Country>,
    kinds: Few<EventType>,
    /// The same with what no type covers.
    sorts: Vec<EventType>,
    /// Logarithm of how many of its kind are told in the same days.
    crowd: f32,
    families: Few<Family>,
    narrow: Few<&'static str>,
    ordinals: Few<u8>,
    triggers: Vec<String>,
    contexts: Vec<&'a [u32]>,
    rare: Vec<u32>,
    /// Report and sentence of each mention.
    spots: Vec<(usize, usize)>,
    reports: Few<usize>,
    known: f32,
    lead: bool,
    ahead: bool,
    denied: bool,
    /// Whether it is only denied, proposed or supposed, and whether somebody tells of it as done.
    unreal: bool,
    done: bool,
}

/// What is needed to compare.
pub(crate) struct Scene<'a> {
    pub(crate) units: Vec<Unit<'a>>,
    words: &'a Words,
    topics: &'a super::Topics,
    printed: Vec<Option<Day>>,
    /// How many reports name each participant and place of a happening.
    named: BTreeMap<Id, usize>,
    /// Reports up to which a name is rare.
    few: usize,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        drafts: &'a [Draft<'a>],
        items: &[Item<'_>],
        reports: &[LinkedReport],
        words: &'a Words,
        topics: &'a super::Topics,
        sets: Vec<Vec<usize>>,
    ) -> Self {
        let sentence = sentences(drafts, items);
        let mut units: Vec<Unit<'_>> =
            sets.into_iter().map(|set| Unit::of(set, drafts, items, &sentence)).collect();
        let once = words.once();
        for u in &mut units {
            let all: BTreeSet<u32> = u.contexts.iter().flat_map(|c| c.iter().copied()).collect();
            let mut rare: Vec<u32> = all.into_iter().filter(|w| words.weight(*w) < once).collect();
            rare.sort_by(|x, y| words.weight(*y).total_cmp(&words.weight(*x)).then(x.cmp(y)));
            rare.truncate(RARE);
            u.rare = rare;
        }
        let printed = reports.iter().map(|r| r.published.days.lo).collect();
        let mut named: BTreeMap<Id, BTreeSet<usize>> = BTreeMap::new();
        for u in &units {
            for id in u.actors.iter().chain(u.places.iter()) {
                named.entry(id.clone()).or_default().extend(u.reports.iter());
            }
        }
        let named = named.into_iter().map(|(id, r)| (id, r.len())).collect();
        let few = (reports.len() / 10).clamp(3, 12);
        let mut scene = Self { units, words, topics, printed, named, few };
        scene.crowds();
        scene
    }

    /// Counts, for each happening, those of a kind with it that are told in the same days.
    fn crowds(&mut self) {
        let mut told: BTreeMap<(EventType, Option<Day>), u32> = BTreeMap::new();
        let days: Vec<Option<Day>> = (0..self.units.len()).map(|n| self.first_printed(n)).collect();
        for (u, day) in self.units.iter().zip(&days) {
            for k in &u.sorts {
                *told.entry((*k, *day)).or_default() += 1;
            }
        }
        for (u, day) in self.units.iter_mut().zip(&days) {
            let around = |k: EventType| -> u32 {
                let near =
                    |d: &Day| (-SAME_DAYS..=SAME_DAYS).map(|n| Some(add_days(*d, n))).collect::<Vec<_>>();
                let all = day.as_ref().map_or_else(|| vec![None], near);
                all.into_iter().filter_map(|d| told.get(&(k, d))).sum()
            };
            let most = u.sorts.iter().map(|k| around(*k)).max().unwrap_or(1).max(1);
            u.crowd = (most as f32).ln();
        }
    }

    /// Pairs that share a block, each once, in order.
    pub(crate) fn pairs(&self) -> BTreeSet<(usize, usize)> {
        let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|n| (self.first_printed(*n), *n));
        for n in order {
            for key in self.keys(n).into_iter().map(|k| crate::origins::hash(k.into_bytes(), 8)) {
                blocks.entry(key).or_default().push(n);
            }
        }
        let mut out = BTreeSet::new();
        for block in blocks.values() {
            for (k, a) in block.iter().enumerate() {
                out.extend(block.iter().skip(k + 1).take(NEXT).map(|b| (*a.min(b), *a.max(b))));
            }
        }
        out
    }

    fn first_printed(&self, n: usize) -> Option<Day> {
        self.units[n].reports.iter().filter_map(|r| self.printed[*r]).min()
    }

    fn keys(&self, n: usize) -> BTreeSet<String> {
        let u = &self.units[n];
        let mut out: BTreeSet<String> = u.reports.iter().map(|r| format!("report {r}")).collect();
        let mut when: BTreeSet<String> = BTreeSet::new();
        for d in &u.days {
            if let Some(lo) = d.lo {
                when.extend([-1, 0, 1].map(|k| format!("day {}", add_days(lo, k))));
            }
        }
        for p in u.reports.iter().filter_map(|r| self.printed[*r]) {
            let week = |k: i32| {
                let d = add_days(p, k);
                format!("week {} {}", d.year(), d.day_of_year() / 5)
            };
            when.extend([week(-2), week(2)]);
        }
        if when.is_empty() {
            when.insert("undated".to_owned());
        }
        for w in when {
            for k in u.kinds.iter() {
                out.extend(u.places.iter().map(|p| format!("{w} {k:?} {p}")));
                out.extend(u.actors.iter().map(|p| format!("{w} {k:?} {p}")));
                if w.starts_with("day") {
                    out.insert(format!("{w} {k:?}"));
                }
            }
            if w.starts_with("day") {
                out.extend(u.places.iter().map(|p| format!("{w} {p}")));
                out.extend(u.actors.iter().map(|p| format!("{w} {p}")));
            }
            if !w.starts_with("day") {
                out.extend(u.rare.iter().map(|r| format!("{w} word {r}")));
            }
            out.extend(
                u.families.iter().filter(|f| !matches!(f, Family::Other(_))).map(|f| format!("{w} {f:?}")),
            );
        }
        out
    }

    /// What the model sees of two happenings.
    pub(crate) fn features(&self, a: usize, b: usize) -> [f32; FEATURES.len()] {
        let (a, b) = (&self.units[a], &self.units[b]);
        let mut f: Vec<bool> = Vec::with_capacity(FEATURES.len());
        let gap = a.days.iter().flat_map(|x| b.days.iter().map(|y| apart(x, y))).min();
        let told = |dated: &Unit<'_>, other: &Unit<'_>| {
            let days = dated.days.iter().filter_map(|d| d.lo);
            let printed: Vec<Day> = other.reports.iter().filter_map(|r| self.printed[*r]).collect();
            days.flat_map(|d| printed.iter().map(move |p| days_between(d, *p).abs())).min().unwrap_or(99)
        };
        let one = match (a.days.is_empty(), b.days.is_empty()) {
            (false, true) => Some(told(a, b)),
            (true, false) => Some(told(b, a)),
            _ => None,
        };
        f.extend([gap == Some(0), gap == Some(1), gap == Some(2)]);
        f.extend([gap.is_some_and(|g| (3..=7).contains(&g)), gap.is_some_and(|g| g > 7)]);
        f.extend([one.is_some_and(|g| g <= 2), one.is_some_and(|g| g > 10)]);
        f.push(a.days.is_empty() && b.days.is_empty());
        let place = !a.places.is_disjoint(&b.places);
        f.extend([place, !a.places.is_empty() && !b.places.is_empty() && !place]);
        let actors = a.actors.shared(&b.actors);
        f.extend([actors >= 1, actors >= 2, !a.roles.is_disjoint(&b.roles)]);
        f.push(!a.actors.is_empty() && !b.actors.is_empty() && actors == 0);
        let country = !a.countries.is_disjoint(&b.countries);
        f.extend([country, !a.countries.is_empty() && !b.countries.is_empty() && !country]);
        f.extend([!a.kinds.is_disjoint(&b.kinds), !a.families.is_disjoint(&b.families)]);
        let speech = |u: &Unit<'_>| u.families.iter().any(|f| matches!(f, Family::Other(_)));
        f.push(speech(a) || speech(b));
        f.push(a.triggers.iter().any(|x| b.triggers.iter().any(|y| begins_alike(x, y))));
        let mut out = [0.0; FEATURES.len()];
        let (jaccard, contained) = self.wording(a, b);
        let together: Vec<usize> = a
            .spots
            .iter()
            .flat_map(|x| b.spots.iter().filter(|y| x.0 == y.0).map(|y| x.1.abs_diff(y.1)))
            .collect();
        let near = together.iter().min().copied();
        let mut g: Vec<bool> =
            vec![near.is_some(), near == Some(0), near == Some(1), matches!(near, Some(2 | 3))];
        let printed = a
            .reports
            .iter()
            .filter_map(|x| self.printed[*x])
            .flat_map(|x| {
                b.reports.iter().filter_map(|y| self.printed[*y]).map(move |y| days_between(x, y).abs())
            })
            .min()
            .unwrap_or(50);
        g.extend([printed <= 1, printed <= 4, printed > 14]);
        g.push(a.lead && b.lead && printed <= 1);
        let before = f.len();
        for (at, v) in f.into_iter().enumerate() {
            out[at] = f32::from(u8::from(v));
        }
        out[before] = (jaccard * 2.0).min(1.0);
        out[before + 1] = contained;
        let mut at = before + 2;
        for v in g {
            out[at] = f32::from(u8::from(v));
            at += 1;
        }
        out[at] = a.known.max(b.known);
        let (m, n) = (a.of.len(), b.of.len());
        let flags = [a.ahead != b.ahead, a.ahead && b.ahead, a.denied != b.denied, m > 2 && n > 2];
        for (k, v) in flags.into_iter().enumerate() {
            out[at + 1 + k] = f32::from(u8::from(v));
        }
        at += 5;
        out[at] = (m * n).min(64) as f32 / 64.0;
        let pairs = a.reports.iter().take(6).flat_map(|x| b.reports.iter().take(6).map(|y| (*x, *y)));
        out[at + 1] =
            pairs.map(|(x, y)| if x == y { 1.0 } else { self.topics.alike(x, y) }).fold(0.0, f32::max);
        let kinds = !a.narrow.is_disjoint(&b.narrow);
        let flags = [
            kinds,
            !a.narrow.is_empty() && !b.narrow.is_empty() && !kinds,
            !a.ordinals.is_empty() && !b.ordinals.is_empty() && a.ordinals.is_disjoint(&b.ordinals),
            a.actors.iter().any(|x| b.actors.contains(x) && self.rare(x)),
            a.places.iter().any(|x| b.places.contains(x) && self.rare(x)),
        ];
        for (k, v) in flags.into_iter().enumerate() {
            out[at + 2 + k] = f32::from(u8::from(v));
        }
        out[at + 7] = a.rare.iter().filter(|w| b.rare.contains(w)).count().min(3) as f32 / 3.0;
        // Of many that could be meant one is: what makes two alike in a story of a few happenings makes nobody alike in a
        // crowd. The weight is fixed, as prior odds.
        out[at + 8] = a.crowd.max(b.crowd);
        out[at + 9] = 1.0;
        out
    }

    /// Whether few reports of the pile name somebody or a place.
    fn rare(&self, id: &Id) -> bool {
        self.named.get(id).is_some_and(|n| *n <= self.few)
    }

    /// The best likeness of the words around two of their mentions: share of all, and of the shorter one's.
    fn wording(&self, a: &Unit<'_>, b: &Unit<'_>) -> (f32, f32) {
        let weigh = |v: &[u32]| v.iter().map(|w| self.words.weight(*w)).sum::<f32>();
        let (mut jaccard, mut contained) = (0.0f32, 0.0f32);
        for (x, at) in a.contexts.iter().zip(&a.spots) {
            for (y, there) in b.contexts.iter().zip(&b.spots) {
                if at == there {
                    continue;
                }
                let shared: f32 =
                    y.iter().filter(|w| x.binary_search(w).is_ok()).map(|w| self.words.weight(*w)).sum();
                let (p, q) = (weigh(x), weigh(y));
                jaccard = jaccard.max(shared / (p + q - shared).max(1.0));
                contained = contained.max(shared / p.min(q).max(1.0));
            }
        }
        (jaccard, contained)
    }

    /// Whether two have anything in common that makes it worth comparing their words, which takes longest.
    fn hopeful(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.units[a], &self.units[b]);
        let shared = !x.kinds.is_disjoint(&y.kinds)
            || !x.families.is_disjoint(&y.families)
            || !x.actors.is_disjoint(&y.actors)
            || !x.places.is_disjoint(&y.places)
            || x.rare.iter().any(|w| y.rare.contains(w));
        // "Without talks there will be less money", "if they meet again": no day says that this is what was held.
        let unreal = |u: &Unit<'_>, other: &Unit<'_>| u.unreal && u.days.is_empty() && other.done;
        let real = !unreal(x, y) && !unreal(y, x);
        shared
            && real
            && !(!x.ordinals.is_empty() && !y.ordinals.is_empty() && x.ordinals.is_disjoint(&y.ordinals))
    }

    /// How much two are one, from −1 to 1; 0 is as likely as not.
    fn likeness(&self, a: usize, b: usize) -> f32 {
        let z: f32 = self.features(a, b).iter().zip(WEIGHTS.iter()).map(|(x, w)| x * w).sum();
        z / (1.0 + z.abs())
    }
}

/// Joins what is one happening by other words.
pub(super) fn join(scene: &Scene<'_>, groups: &mut Groups) {
    let mut ranked: Vec<(f32, usize, usize)> = scene
        .pairs()
        .into_iter()
        .filter(|(a, b)| scene.hopeful(*a, *b))
        .map(|(a, b)| (scene.likeness(a, b), a, b))
        .filter(|(s, _, _)| *s >= ALIKE)
        .collect();
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut seen: BTreeMap<(usize, usize), f32> = ranked.iter().map(|(s, a, b)| ((*a, *b), *s)).collect();
    let mut parts: Vec<Vec<usize>> = (0..scene.units.len()).map(|n| vec![n]).collect();
    let mut at: Vec<usize> = (0..scene.units.len()).collect();
    for (_, a, b) in ranked {
        let (a, b) = (at[a].min(at[b]), at[a].max(at[b]));
        if a == b {
            continue;
        }
        let (mut sum, mut n) = (0.0, 0u16);
        for x in spread(&parts[a]) {
            for y in spread(&parts[b]) {
                let key = (*x.min(y), *x.max(y));
                sum += *seen.entry(key).or_insert_with(|| scene.likeness(key.0, key.1));
                n += 1;
            }
        }
        if sum / f32::from(n.max(1)) < MEAN {
            continue;
        }
        let moved = std::mem::take(&mut parts[b]);
        for m in &moved {
            at[*m] = a;
        }
        if let (Some(x), Some(y)) =
            (scene.units[a].of.first(), moved.first().and_then(|m| scene.units[*m].of.first()))
        {
            groups.join(*x, *y);
        }
        parts[a].extend(moved);
        parts[a].sort_unstable();
    }
}

/// Up to [`PARTS`] of a list, evenly.
fn spread(list: &[usize]) -> impl Iterator<Item = &usize> {
    list.iter().step_by(list.len().div_ceil(PARTS).max(1))
}

impl<'a> Unit<'a> {
    fn of(set: Vec<usize>, drafts: &'a [Draft<'a>], items: &[Item<'_>], sentence: &[usize]) -> Self {
        let members: Vec<&Draft<'_>> = set.iter().map(|n| &drafts[*n]).collect();
        let mut days: Vec<Days> =
            members.iter().map(|d| d.days).filter(|d| d.lo.is_some() && narrow(d)).collect();
        days.sort_by_key(|d| (d.lo, d.hi));
        days.dedup();
        let first: Vec<usize> = set.iter().copied().take(MENTIONS).collect();
        let trigger = |d: &Draft<'_>| d.mention.span.of(&items[d.report].report.text).to_lowercase();
        let mut triggers: Vec<String> = members.iter().map(|d| trigger(d)).collect();
        triggers.sort();
        triggers.dedup();
        let known = members.iter().filter(|d| d.definite).count() as f32 / members.len().max(1) as f32;
        let all = |list: &[Status]| members.iter().any(|d| list.contains(&d.mention.status));
        Self {
            days,
            places: members.iter().flat_map(|d| d.places.iter().cloned()).collect(),
            actors: members.iter().flat_map(|d| d.actors.iter().cloned()).collect(),
            roles: members.iter().flat_map(|d| d.roles.iter().cloned()).collect(),
            countries: members.iter().flat_map(|d| d.countries.iter().copied()).collect(),
            // What no type covers is of many kinds: its family tells which.
            kinds: members.iter().map(|d| d.mention.kind).filter(|k| *k != EventType::Outside).collect(),
            sorts: members.iter().map(|d| d.mention.kind).collect::<BTreeSet<_>>().into_iter().collect(),
            crowd: 0.0,
            families: members.iter().map(|d| d.family).collect(),
            narrow: members.iter().filter_map(|d| d.narrow).collect(),
            ordinals: members.iter().filter_map(|d| d.ordinal).collect(),
            triggers,
            contexts: first.iter().map(|n| drafts[*n].context.as_slice()).collect(),
            rare: Vec::new(),
            spots: set.iter().map(|n| (drafts[*n].report, sentence[*n])).collect(),
            reports: members.iter().map(|d| d.report).collect(),
            known,
            lead: set.iter().any(|n| sentence[*n] <= LEAD),
            ahead: members.iter().all(|d| ahead(d.mention.status)),
            unreal: members.iter().all(|d| UNREAL.contains(&d.mention.status)),
            done: all(&[Status::Happened, Status::Ongoing, Status::Failed]),
            denied: all(&[Status::Denied, Status::Cancelled, Status::Failed]),
            of: set,
        }
    }
}

/// What has not been, as far as a mention tells.
const UNREAL: [Status; 4] = [Status::Denied, Status::Hypothetical, Status::Conditional, Status::Proposed];

/// Sentences of a report that lead it, its title among them.
const LEAD: usize = 2;

/// The number of the sentence each mention stands in.
fn sentences(drafts: &[Draft<'_>], items: &[Item<'_>]) -> Vec<usize> {
    let mut ends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for d in drafts {
        ends.entry(d.report).or_insert_with(|| breaks(&items[d.report].report.text));
    }
    drafts
        .iter()
        .map(|d| ends.get(&d.report).map_or(0, |e| e.partition_point(|x| *x <= d.mention.span.lo())))
        .collect()
}

/// Where sentences begin, plainly: after a stop and white space, or after a line's end.
fn breaks(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut stop = false;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let white = c.is_whitespace();
        if white && (stop || c == '\n') {
            while chars.peek().is_some_and(|(_, n)| n.is_whitespace()) {
                chars.next();
            }
            out.extend(chars.peek().map(|(at, _)| *at));
        }
        stop = matches!(c, '.' | '!' | '?') || stop && matches!(c, '"' | '”' | '’');
    }
    out
}

/// Days between two ranges; 0 where they meet.
fn apart(a: &Days, b: &Days) -> i32 {
    if a.meets(b) { 0 } else { super::gap(a, b).unwrap_or(0) }
}

fn begins_alike(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    shared >= STEM
}
