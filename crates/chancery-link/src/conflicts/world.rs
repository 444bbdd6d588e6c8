//! Values where they stand: the words around them, the happenings told beside them, and how much a word tells.

use super::All;
use crate::events::{Topics, is_function};
use crate::fold;
use chancery_model::{Day, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Values of a block that each is compared with.
const NEXT: usize = 32;
/// The rarest words of a sentence that are keys.
const RARE: usize = 16;
/// Reports up to which a word is no common one; of large piles a twentieth.
const COMMON: usize = 200;
/// Share of what two reports name from which they tell one story.
const STORY: f32 = 0.12;
/// Weight of shared words beyond which more tell nothing more.
const ENOUGH: f32 = 12.0;

/// A value where it stands.
pub(super) struct Spot<'a> {
    pub(super) report: usize,
    pub(super) span: Span,
    pub(super) sentence: Span,
    pub(super) origin: &'a Id,
    /// Numbers of the stems of its sentence, sorted.
    pub(super) words: Vec<u32>,
    /// Happenings told in its sentence, sorted.
    pub(super) events: Vec<&'a Id>,
    /// The mention nearest to it, by its number, and its happening.
    pub(super) near: Option<(usize, &'a Id)>,
}

/// The words of all reports, by how many reports use them.
pub(super) struct World<'a, 'f> {
    pub(super) all: &'f All<'a>,
    pub(super) topics: &'f Topics,
    number: BTreeMap<String, u32>,
    used: Vec<u32>,
}

impl<'a, 'f> World<'a, 'f> {
    pub(super) fn new(all: &'f All<'a>, topics: &'f Topics) -> Self {
        let mut used: BTreeMap<String, u32> = BTreeMap::new();
        for item in all.items {
            for w in content(&item.report.text).collect::<BTreeSet<String>>() {
                *used.entry(w).or_default() += 1;
            }
        }
        let number = used.keys().cloned().zip(0..).collect();
        Self { all, topics, number, used: used.into_values().collect() }
    }

    /// How much a shared word tells: little when most reports have it.
    fn weight(&self, w: u32) -> f32 {
        let used = self.used.get(w as usize).copied().unwrap_or(0).max(1);
        (1.0 + self.all.items.len() as f32 / used as f32).ln()
    }

    pub(super) fn weight_of(&self, word: &str) -> f32 {
        self.number.get(word).map_or(0.0, |n| self.weight(*n))
    }

    /// What the words tell that two sentences share, from 0 to 1.
    pub(super) fn shared(&self, a: &Spot<'_>, b: &Spot<'_>) -> f32 {
        let both = b.words.iter().filter(|w| a.words.binary_search(w).is_ok());
        both.map(|w| self.weight(*w)).sum::<f32>().min(ENOUGH) / ENOUGH
    }

    pub(super) fn spot(&self, report: usize, span: Span) -> Spot<'f> {
        let all = self.all;
        let (item, linked) = (&all.items[report], &all.reports[report]);
        let text = &item.report.text;
        let sentence = fold::sentence(text, span);
        let around = [Span::new(sentence.lo(), span.lo()), Span::new(span.hi(), sentence.hi())];
        let mut words: Vec<u32> = around
            .iter()
            .flat_map(|s| content(s.of(text)).collect::<Vec<_>>())
            .filter_map(|w| self.number.get(&w).copied())
            .collect();
        words.sort_unstable();
        words.dedup();
        let here = item.facts.events.iter().enumerate().filter(|(_, m)| sentence.contains(m.span));
        let told: Vec<(usize, Span, &Id)> =
            here.filter_map(|(n, m)| Some((n, m.span, linked.events.get(n)?))).collect();
        let far = |s: Span| s.start.saturating_sub(span.end).max(span.start.saturating_sub(s.end));
        let near = told.iter().min_by_key(|t| (far(t.1), t.0)).map(|t| (t.0, t.2));
        let events = told.iter().map(|t| t.2).collect::<BTreeSet<&Id>>().into_iter().collect();
        Spot { report, span, sentence, origin: all.origin(report, span), words, events, near }
    }

    pub(super) fn printed(&self, report: usize) -> Option<Day> {
        self.all.reports[report].published.days.day()
    }

    /// Days between the printing of two reports, where both are known.
    pub(super) fn apart(&self, a: &Spot<'_>, b: &Spot<'_>) -> Option<i32> {
        let (x, y) = (self.printed(a.report)?, self.printed(b.report)?);
        Some(chancery_model::date::days_between(x, y).abs())
    }

    /// The words before and after a value in its sentence.
    pub(super) fn beside(&self, s: &Spot<'_>) -> (Vec<String>, Vec<String>) {
        let text = &self.all.items[s.report].report.text;
        let words = |x: Span| fold::words(x.of(text)).collect();
        (
            words(Span::new(s.sentence.lo(), s.span.lo().max(s.sentence.lo()))),
            words(Span::new(s.span.hi().min(s.sentence.hi()), s.sentence.hi())),
        )
    }

    /// Whether two values stand in reports of one story.
    pub(super) fn one_story(&self, a: &Spot<'_>, b: &Spot<'_>) -> bool {
        self.topics.alike(a.report, b.report) >= STORY
    }

    /// Calls `with` for every two values that share a block and are of two origins; for some more than once.
    pub(super) fn pairs(&self, spots: &[&Spot<'_>], scales: &[String], mut with: impl FnMut(usize, usize)) {
        let mut order: Vec<usize> = (0..spots.len()).collect();
        order.sort_by_key(|n| (self.printed(spots[*n].report), *n));
        let mut blocks: Vec<(u64, u32)> = Vec::new();
        for (rank, n) in (0u32..).zip(&order) {
            let (Some(s), Some(scale)) = (spots.get(*n), scales.get(*n)) else { continue };
            let mut put = |key: String| {
                blocks.push((crate::origins::hash(format!("{scale} {key}").into_bytes(), 9), rank));
            };
            s.events.iter().for_each(|e| put(format!("event {e}")));
            let mut rare: Vec<u32> = s.words.iter().copied().filter(|w| self.others_use(*w)).collect();
            rare.sort_by_key(|w| (self.used.get(*w as usize).copied(), *w));
            rare.iter().take(RARE).for_each(|w| put(format!("word {w}")));
        }
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks.chunk_by(|a, b| a.0 == b.0) {
            for (n, a) in block.iter().enumerate() {
                for b in block.iter().skip(n + 1).take(NEXT) {
                    let (x, y) = (order[a.1 as usize], order[b.1 as usize]);
                    let (x, y) = (x.min(y), x.max(y));
                    let (s, t) = (spots[x], spots[y]);
                    if s.report != t.report && s.origin != t.origin {
                        with(x, y);
                    }
                }
            }
        }
    }

    /// Whether a word is used by others, and not by so many that it tells nothing.
    fn others_use(&self, w: u32) -> bool {
        let most = COMMON.max(self.all.items.len() / 20);
        self.used.get(w as usize).is_some_and(|n| *n > 1 && *n as usize <= most)
    }
}

/// The stems of the words of a text that tell what it is about.
fn content(text: &str) -> impl Iterator<Item = String> + '_ {
    fold::words(text)
        .filter(|w| w.len() > 2 && !w.bytes().all(|b| b.is_ascii_digit()) && !is_function(w))
        .map(|w| stem(&w))
}

/// A word without its ending, cut to six letters: what "shelling", "shelled" and "shells" share.
pub(super) fn stem(w: &str) -> String {
    let ending = ["ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "s"];
    let bare = ending.iter().find_map(|e| w.strip_suffix(e).filter(|s| s.len() >= 3)).unwrap_or(w);
    bare.chars().take(6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_stem_meet() {
        assert_eq!(stem("shelling"), stem("shelled"));
        assert_eq!(stem("lorries"), "lorr");
        assert_eq!(content("18 trucks were looted").collect::<Vec<_>>(), ["truck", "loot"]);
    }
}
