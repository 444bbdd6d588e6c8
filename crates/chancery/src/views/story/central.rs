//! The sentence of a day that has most in common with all that is told of it.

use super::days::Told;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::span::CharMap;
use chancery_model::vocab::{BlockKind, Status};

use chancery_model::{Day, Id, date::add_days};
use chancery_store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Sentences at the head of a report that came out on a day or on the next, which speak of it though they do not name it.
const HEAD: usize = 5;
/// Most sentences that are looked at for one day: more would not move their mean.
const MOST: usize = 600;
/// What a sentence gains that was printed on the day or on the next.
const FRESH: f64 = 1.3;
/// What a sentence keeps that leans on the one before: "He was told there that he would have to stay."
const LEANS: f64 = 0.75;
/// Words with which such a sentence begins.
const LEANING: &[&str] = &[
    "he", "she", "it", "they", "we", "i", "this", "that", "these", "those", "his", "her", "its", "their",
    "such", "but", "and", "so", "now", "then", "there", "some", "others", "both", "here", "you", "when",
    "asked",
];
/// Words of a sentence that can be shown: fewer say too little, more are no sentence.
const WORDS: std::ops::RangeInclusive<usize> = 8..=60;

/// A sentence as it can be shown.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub report: Id,
    pub start: i64,
    pub end: i64,
    pub text: String,
    /// Where in it the day is named or its happening told.
    pub at: i64,
}

/// A sentence as its words.
struct Line {
    spot: Spot,
    words: Vec<u32>,
    /// Whether it is of the text and not of its headline.
    body: bool,
}

/// The sentences of the reports that speak of the days asked for.
pub(super) struct Ground<'t> {
    told: &'t Told,
    lines: BTreeMap<Id, Vec<Line>>,
    /// Rarity of each word: the logarithm of the share of the sentences that have it, turned round.
    rarity: Vec<f64>,
}

impl<'t> Ground<'t> {
    pub(super) fn of(
        store: &Store,
        told: &'t Told,
        days: impl Iterator<Item = Day>,
    ) -> Result<Self, EngineError> {
        let mut wanted: BTreeSet<&Id> = BTreeSet::new();
        for day in days {
            wanted.extend(told.named(day).iter().map(|p| &p.report).take(MOST));
            wanted.extend(told.happenings(day).iter().map(|m| &m.report).take(MOST));
            wanted.extend(told.out_on(day).iter().chain(told.out_on(add_days(day, 1))).take(MOST / HEAD));
        }
        wanted.retain(|id| told.leads(id));
        let mut lines = BTreeMap::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut having: Vec<u32> = Vec::new();
        let mut all = 0_u32;
        for id in wanted {
            let Some(report) = store.input(id)? else { continue };
            let (segments, map) = (chancery_text::segment(&report), CharMap::new(&report.text));
            let mut here = Vec::with_capacity(segments.sentences.len());
            for s in &segments.sentences {
                let text = s.span.of(&report.text);
                let words: Vec<u32> = fold::words(text)
                    .map(|w| {
                        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        *numbers.entry(w).or_insert(next)
                    })
                    .collect();
                having.resize(numbers.len(), 0);
                all += 1;
                for w in words.iter().collect::<BTreeSet<_>>() {
                    having[*w as usize] += 1;
                }
                let [start, end] = map.pair(&report.text, s.span).map(i64::from);
                let par = segments.paragraphs.get(s.paragraph as usize);
                let block = par.and_then(|p| report.blocks.get(p.block as usize));
                let body = block.is_none_or(|b| b.kind == BlockKind::Body);
                let spot = Spot { report: id.clone(), start, end, text: text.to_owned(), at: start };
                here.push(Line { spot, words, body });
            }
            lines.insert(id.clone(), here);
        }
        let rarity = having.iter().map(|n| (f64::from(all.max(1)) / f64::from((*n).max(1))).ln()).collect();
        Ok(Self { told, lines, rarity })
    }

    /// The sentence of a day that is nearest the mean of all that is told of it, of those that are not `shown` for another
    /// day if there is one.
    pub(super) fn passage(&self, day: Day, shown: &BTreeSet<String>) -> Option<Spot> {
        // Sentences that name the day or tell a happening of it; and those that only stand at the head of its reports.
        let mut naming: BTreeMap<(&Id, usize), i64> = BTreeMap::new();
        let named = self.told.named(day).iter().map(|p| (&p.report, p.start));
        let real = |s: Status| !matches!(s, Status::Hypothetical | Status::Conditional | Status::Denied);
        let done = self.told.happenings(day).iter().filter(|m| real(m.status)).map(|m| (&m.report, m.start));
        for (report, at) in named.chain(done).take(MOST) {
            if let Some((id, lines)) = self.lines.get_key_value(report) {
                let next = lines.partition_point(|l| l.spot.start <= at);
                if let Some(n) = next.checked_sub(1) {
                    let first = naming.entry((id, n)).or_insert(at);
                    *first = at.min(*first);
                }
            }
        }
        let mut all: BTreeSet<(&Id, usize)> = naming.keys().copied().collect();
        for report in self.told.out_on(day).iter().chain(self.told.out_on(add_days(day, 1))).take(MOST / HEAD)
        {
            if let Some((id, lines)) = self.lines.get_key_value(report) {
                all.extend((0..lines.len().min(HEAD)).map(|n| (id, n)));
            }
        }
        let mut mean: BTreeMap<u32, f64> = BTreeMap::new();
        for line in all.iter().filter_map(|k| self.line(k)) {
            for (word, x) in self.vector(&line.words) {
                *mean.entry(word).or_default() += x;
            }
        }
        let near = |l: &Line| -> f64 {
            self.vector(&l.words).iter().map(|(w, x)| x * mean.get(w).copied().unwrap_or(0.0)).sum()
        };
        let fresh = |l: &Line| {
            let day_of = self.told.published(&l.spot.report);
            if day_of == Some(day) || day_of == Some(add_days(day, 1)) { FRESH } else { 1.0 }
        };
        let leans = |l: &Line| {
            let first = fold::words(&l.spot.text).next().is_some_and(|w| LEANING.contains(&w.as_str()));
            if first || l.spot.text.starts_with(['"', '“', '(', '[']) { LEANS } else { 1.0 }
        };
        // A headline or a few words only where there is nothing else.
        let good = |l: &Line| l.body && WORDS.contains(&l.words.len());
        let mut best: Option<(bool, f64, &Line, i64)> = None;
        for (l, at) in naming.iter().filter_map(|(k, at)| Some((self.line(k)?, *at))) {
            let good = good(l) && !shown.contains(&l.spot.text);
            let x = near(l) * fresh(l) * leans(l);
            if best.is_none_or(|(was, most, ..)| (good, x) > (was, most)) {
                best = Some((good, x, l, at));
            }
        }
        best.map(|(.., l, at)| Spot { at, ..l.spot.clone() })
    }

    fn line(&self, (report, n): &(&Id, usize)) -> Option<&Line> {
        self.lines.get(*report)?.get(*n)
    }

    /// A sentence as a vector of length one: each word by how often it stands there and how rare it is.
    fn vector(&self, words: &[u32]) -> Vec<(u32, f64)> {
        let mut count: BTreeMap<u32, f64> = BTreeMap::new();
        words.iter().for_each(|w| *count.entry(*w).or_default() += 1.0);
        let rare = |w: u32| self.rarity.get(w as usize).copied().unwrap_or(0.0);
        let mut out: Vec<(u32, f64)> =
            count.into_iter().map(|(w, n)| (w, (1.0 + n.ln()) * rare(w))).collect();
        let length = out.iter().map(|(_, x)| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            out.iter_mut().for_each(|(_, x)| *x /= length);
        }
        out
    }
}
