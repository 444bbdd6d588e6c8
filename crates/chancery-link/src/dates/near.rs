//! Neighbours: dated reports of the record that share rare words and names with an undated one.
//!
//! Words are weighed by how few reports have them (inverse document frequency, Spärck Jones 1972) and reports compared
//! by the cosine of their shared words. No report is compared with every other: only words that few reports have lead
//! from one to another, so the work grows with the reports and not with their pairs. The nearest vote for days, each
//! with a kernel that falls off slowly: one wrong neighbour does not carry the day.

use super::evidence::Votes;
use super::grid::{BIT, log2, number};
use crate::Item;
use chancery_lexicon::chronology;
use chancery_model::Days;
use chancery_model::date::{Day, add_days};
use std::collections::BTreeMap;

/// Words that more reports than this have lead nowhere, however many reports there are.
const COMMON: usize = 150;
/// How many neighbours vote.
const VOTES: usize = 20;
/// Cosine below which a report is no neighbour, where many reports tell what words are rare, and where few do.
const LEAST: f64 = 0.005;
const LEAST_OF_FEW: f64 = 0.08;
/// Names that a neighbour must share where few reports tell what is rare.
const SHARED_OF_FEW: usize = 5;
/// So many reports are few.
pub(super) const SMALL: usize = 60;
/// How wide a report's own date may be for it to vote.
const SHARP: i32 = 3;
/// Days around the neighbours that get a score.
const AROUND: i32 = 400;
/// The part of a neighbour's vote by distance in days: up to and with the first number.
const KERNEL: &[(i32, f64)] = &[
    (0, 1.0),
    (1, 0.7),
    (2, 0.4),
    (4, 0.25),
    (7, 0.16),
    (14, 0.08),
    (30, 0.002),
    (90, 0.0004),
    (AROUND, 0.000_05),
];
/// Days over which the doubt is spread that no neighbour is of the time of the report.
const BACKGROUND: f64 = 29_220.0;
/// How the doubt grows as the neighbours share less: its part of all votes where their cosines sum to one.
const DOUBT: f64 = 0.002;
/// The part of the doubt that goes to the time of the record where very many of its reports are dated.
const OWN_TIME: f64 = 0.97;
/// Days before and after a dated report that count as the time of the record.
const PERIOD: i32 = 45;

/// A neighbour of a report.
#[derive(Debug, Clone)]
pub(super) struct Neighbour {
    pub report: usize,
    pub day: Day,
    pub cosine: f64,
    /// Rare words that both have.
    pub shared: Vec<String>,
}

/// The words of all reports by how rare they are.
pub(super) struct Words {
    /// (word, report), sorted.
    pairs: Vec<(u64, u32)>,
    /// By report: its words with their weights.
    of: Vec<Vec<(u64, f64)>>,
    /// By report: length of its vector.
    norm: Vec<f64>,
}

impl Words {
    pub fn of(items: &[Item<'_>]) -> Self {
        let small = items.len() < SMALL;
        let mut pairs: Vec<(u64, u32)> = Vec::new();
        for (n, item) in items.iter().enumerate() {
            let mut own: Vec<u64> = features(item, small).map(|(h, _)| h).collect();
            own.sort_unstable();
            own.dedup();
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            pairs.extend(own.into_iter().map(|h| (h, n)));
        }
        pairs.sort_unstable();
        let cap = (items.len() / 6).clamp(2, COMMON);
        let mut of = vec![Vec::new(); items.len()];
        for run in pairs.chunk_by(|a, b| a.0 == b.0).filter(|r| r.len() <= cap) {
            let all = items.len().max(SMALL) as f64;
            let idf = f64::from(log2(all / run.len() as f64)) / f64::from(BIT);
            for (h, n) in run {
                if let Some(list) = of.get_mut(*n as usize) {
                    list.push((*h, idf.max(0.1)));
                }
            }
        }
        let norm = of.iter().map(|l| l.iter().map(|(_, w)| w * w).sum::<f64>().sqrt()).collect();
        Self { pairs, of, norm }
    }

    /// The reports with this word.
    fn having(&self, word: u64) -> &[(u64, u32)] {
        let a = self.pairs.partition_point(|p| p.0 < word);
        let rest = self.pairs.get(a..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|p| p.0 == word)).unwrap_or(&[])
    }

    /// The nearest dated reports, nearest first. `dated` gives a day and how much a vote of it counts.
    pub fn near(&self, n: usize, items: &[Item<'_>], dated: &[Option<(Day, f64)>]) -> Vec<Neighbour> {
        // By report: the sum, and how many words are shared.
        let mut sums: BTreeMap<u32, (f64, usize)> = BTreeMap::new();
        let Some(own) = self.of.get(n) else { return Vec::new() };
        for (word, weight) in own {
            for (_, other) in self.having(*word) {
                let at = *other as usize;
                if at != n && dated.get(at).is_some_and(Option::is_some) {
                    let s = sums.entry(*other).or_default();
                    *s = (s.0 + weight * weight, s.1 + 1);
                }
            }
        }
        let norm = self.norm.get(n).copied().unwrap_or(0.0);
        let (least, fewest) = if items.len() < SMALL { (LEAST_OF_FEW, SHARED_OF_FEW) } else { (LEAST, 1) };
        let mut all: Vec<(f64, usize, Day)> = sums
            .into_iter()
            .filter(|(_, (_, shared))| *shared >= fewest)
            .filter_map(|(other, (sum, _))| {
                let at = other as usize;
                let (day, counts) = dated.get(at).copied().flatten()?;
                let both = norm * self.norm.get(at)?;
                let cosine = if both > 0.0 { sum / both * counts } else { 0.0 };
                (cosine >= least).then_some((cosine, at, day))
            })
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.truncate(VOTES);
        all.into_iter()
            .enumerate()
            .map(|(k, (cosine, report, day))| Neighbour {
                report,
                day,
                cosine,
                shared: if k < 2 { self.shared(n, report, items) } else { Vec::new() },
            })
            .collect()
    }

    /// The rarest words of two reports, as printed.
    fn shared(&self, n: usize, other: usize, items: &[Item<'_>]) -> Vec<String> {
        let (Some(a), Some(b), Some(item)) = (self.of.get(n), self.of.get(other), items.get(n)) else {
            return Vec::new();
        };
        let mut both: Vec<(f64, u64)> = a
            .iter()
            .filter(|(h, _)| b.binary_search_by(|(x, _)| x.cmp(h)).is_ok())
            .map(|(h, w)| (*w, *h))
            .collect();
        both.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        both.truncate(8);
        let mut out: Vec<String> = Vec::new();
        for (h, words) in features(item, items.len() < SMALL) {
            if both.iter().any(|b| b.1 == h) && !out.iter().any(|o| o.contains(&words)) {
                out.push(words);
            }
            if out.len() == 3 {
                break;
            }
        }
        out
    }
}

/// Words and pairs of capitalised words of a report, hashed, and as printed. Where few reports tell what is rare, only
/// names and numbers count.
fn features<'a>(item: &Item<'a>, names_only: bool) -> impl Iterator<Item = (u64, String)> + use<'a> {
    let report = item.report;
    let blocks = report.blocks.iter().filter(|b| b.kind.bears_facts());
    blocks.flat_map(move |b| {
        let text = b.span.of(&report.text);
        let words = chronology::words(text);
        let mut out = Vec::with_capacity(words.len());
        for (i, w) in words.iter().enumerate() {
            let print = |w: &chronology::Word| text.get(w.start..w.end).unwrap_or("").to_owned();
            let digits = w.low.bytes().all(|b| b.is_ascii_digit());
            let plain = chancery_lexicon::common::is_plain(&w.low);
            let counts = !names_only || print(w).starts_with(char::is_uppercase);
            if (w.low.chars().count() >= 4 && !digits && !plain && counts)
                || (digits && w.low.len() >= if names_only { 3 } else { 2 })
            {
                out.push((hash(&[&w.low]), print(w)));
            }
            let capital = |w: &chronology::Word| print(w).starts_with(char::is_uppercase);
            if let Some(next) = words.get(i + 1).filter(|n| capital(w) && !plain && capital(n)) {
                out.push((hash(&[&w.low, &next.low]), format!("{} {}", print(w), print(next))));
            }
        }
        out
    })
}

/// FNV-1a, the same on every machine.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether a date is sharp enough to vote: its middle.
pub(super) fn sharp(days: &Days) -> Option<Day> {
    let (lo, width) = (days.lo?, days.width()?);
    (width <= SHARP).then(|| add_days(lo, width / 2))
}

/// How the dated reports of a record lie over the days: the part of them by day number, blurred.
pub(super) struct Period {
    first: i32,
    /// Parts by day; they sum to about one.
    parts: Vec<f64>,
    /// How many dated reports there are.
    count: usize,
    /// How many reports.
    all: usize,
}

impl Period {
    pub fn of(dated: &[Option<(Day, f64)>]) -> Self {
        // Stated dates only: worked-out ones would make a period out of guesses.
        let stated = dated.iter().flatten().filter(|(_, counts)| *counts >= 1.0);
        let days: Vec<i32> = stated.map(|(d, _)| number(*d)).collect();
        let (Some(lo), Some(hi)) = (days.iter().min(), days.iter().max()) else {
            return Self { first: 0, parts: Vec::new(), count: 0, all: dated.len() };
        };
        let first = lo - PERIOD;
        // Steps up and down, then their running sum: one pass however many reports there are.
        let len = usize::try_from(hi - lo + 2 * PERIOD + 2).unwrap_or(0);
        let mut parts = vec![0.0; len];
        let each = 1.0 / (days.len() as f64 * f64::from(2 * PERIOD + 1));
        for d in &days {
            let mut put = |n: i32, by: f64| {
                if let Some(p) = usize::try_from(n - first).ok().and_then(|i| parts.get_mut(i)) {
                    *p += by;
                }
            };
            put(d - PERIOD, each);
            put(d + PERIOD + 1, -each);
        }
        let mut sum = 0.0;
        for p in &mut parts {
            sum += *p;
            *p = sum.max(0.0);
        }
        Self { first, parts, count: days.len(), all: dated.len() }
    }

    fn at(&self, n: i32) -> f64 {
        usize::try_from(n - self.first).ok().and_then(|i| self.parts.get(i)).copied().unwrap_or(0.0)
    }
}

/// The scores by day that neighbours give. What their votes leave in doubt goes to the time of the whole record, the more
/// the more of it is dated, and to all other days.
pub(super) fn votes(near: &[Neighbour], period: &Period) -> Option<Votes> {
    let days: Vec<i32> = near.iter().map(|n| number(n.day)).collect();
    let span = i32::try_from(period.parts.len()).ok()?;
    let first = (days.iter().min()? - AROUND).min(period.first);
    let last = (days.iter().max()? + AROUND).max(period.first + span);
    let mut sum = vec![0.0f64; usize::try_from(last - first + 1).ok()?];
    for (n, day) in near.iter().zip(&days) {
        let vote = n.cosine * n.cosine * n.cosine;
        for off in -AROUND..=AROUND {
            let part = KERNEL.iter().find(|(to, _)| off.abs() <= *to).map_or(0.0, |k| k.1);
            if let Some(s) = usize::try_from(day + off - first).ok().and_then(|i| sum.get_mut(i)) {
                *s += vote * part;
            }
        }
    }
    let strength: f64 = near.iter().map(|n| n.cosine).sum();
    let mass: f64 = sum.iter().sum();
    if mass <= 0.0 {
        return None;
    }
    let dated = period.count as f64;
    // Where little is dated, the nearest dated report is often not near.
    let undated = period.all as f64 / dated.max(1.0);
    let doubt = mass * DOUBT * undated * undated / (strength * strength * strength);
    let here = OWN_TIME * dated / (dated + 10.0);
    let elsewhere = (1.0 - here) / BACKGROUND;
    for (s, n) in sum.iter_mut().zip(first..) {
        *s += doubt * (here * period.at(n) + elsewhere);
    }
    let top = sum.iter().copied().fold(0.0, f64::max);
    let scores = sum.iter().map(|s| log2(*s) - log2(top)).collect();
    Some(Votes { first, scores, outside: log2(doubt * elsewhere) - log2(top) })
}
