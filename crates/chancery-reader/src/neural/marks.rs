//! From labels to marks.

use super::heads::{CueRoles, Heads, Labels, Seen, bio, lemma};
use super::tensors::LoadError;
use super::told;
use chancery_model::mark::{AttributionMark, EventMark, Marks, NameKind, NameMark, TokenSyntax, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;
use std::ops::Range;

pub(super) const BY: &str = "neural";
/// How far a label's score must be above the next for marks that are sure, and for those that are fairly sure: odds of
/// seven and of two to one, as the scores are trained to be logarithms of odds.
const HIGH: f32 = 2.0;
const MEDIUM: f32 = 0.7;

/// The model's labels in the terms of the record.
#[derive(Debug)]
pub(super) struct Terms {
    upos: Vec<Upos>,
    rel: Vec<String>,
    names: Vec<NameKind>,
    event: Vec<String>,
    pub(super) told: Option<told::Terms>,
}

impl Terms {
    pub(super) fn new(heads: &Heads) -> Result<Self, LoadError> {
        let labels = &heads.labels;
        let wrong = |name: &str, reason: String| LoadError::Entry { name: name.to_owned(), reason };
        let upos = labels
            .upos
            .iter()
            .map(|l| l.parse().map_err(|e| wrong("upos", format!("holds a label that is none: {e}"))));
        let mut names = Vec::new();
        for pair in labels.names.get(1..).unwrap_or(&[]).chunks(2) {
            let kind = match pair {
                [b, i] => b.strip_prefix("B-").filter(|k| i.strip_prefix("I-") == Some(*k)),
                _ => None,
            };
            let kind = kind.ok_or_else(|| {
                wrong("names", format!("holds {pair:?} where B-kind and I-kind are expected"))
            })?;
            names.push(kind.parse().map_err(|e| wrong("names", format!("holds a kind that is none: {e}")))?);
        }
        Ok(Self {
            upos: upos.collect::<Result<_, _>>()?,
            rel: labels.rel.clone(),
            names,
            event: labels.event.clone(),
            told: heads.second.as_ref().map(|s| told::Terms::new(&s.labels)).transpose()?,
        })
    }

    pub(super) fn marks(&self, heads: &Heads, seen: &Seen, words: &[&str], l: &Labels) -> Marks {
        Marks {
            syntax: self.syntax(words, l),
            names: self.names(heads, seen, l),
            attributions: attributions(heads, seen, l),
            times: bio::spans(&l.time).into_iter().map(|(s, _)| range(&s)).collect(),
            events: self.events(l),
            happenings: self.told.as_ref().map(|t| t.happenings(heads, seen, l)).unwrap_or_default(),
            numbers: self.told.as_ref().map(|t| t.numbers(heads, seen, l)).unwrap_or_default(),
            chains: chains(l),
            senses: Vec::new(),
        }
    }

    fn syntax(&self, words: &[&str], l: &Labels) -> Vec<TokenSyntax> {
        words
            .iter()
            .enumerate()
            .map(|(n, word)| {
                let upos =
                    l.upos.get(n).and_then(|u| self.upos.get(usize::from(*u))).copied().unwrap_or(Upos::X);
                let head = l.head.get(n).copied().flatten().unwrap_or(n);
                TokenSyntax {
                    upos,
                    head: u32::try_from(head).unwrap_or(u32::MAX),
                    deprel: l
                        .rel
                        .get(n)
                        .and_then(|r| self.rel.get(usize::from(*r)))
                        .cloned()
                        .unwrap_or_default(),
                    lemma: lemma::lemma(word, upos.as_str()),
                }
            })
            .collect()
    }

    fn names(&self, heads: &Heads, seen: &Seen, l: &Labels) -> Vec<NameMark> {
        let found = bio::spans(&l.names);
        let mark = |(span, kind): (Range<usize>, usize)| {
            let kind = *self.names.get(kind)?;
            let margins = span.clone().map(|w| {
                let own = l.names.get(w).copied().unwrap_or(0);
                margin(heads.name_scores(seen, w), usize::from(own))
            });
            let least = margins.fold(f32::INFINITY, f32::min);
            Some(NameMark { tokens: range(&span), kind, sure: sure(least), by: BY.to_owned() })
        };
        found.into_iter().filter_map(mark).collect()
    }

    fn events(&self, l: &Labels) -> Vec<EventMark> {
        let class = |y: u8| self.event.get(usize::from(y)).cloned().unwrap_or_default();
        (0_u32..)
            .zip(&l.event)
            .filter(|(_, y)| **y > 0)
            .map(|(token, y)| EventMark { token, class: class(*y), by: BY.to_owned() })
            .collect()
    }
}

fn range(r: &Range<usize>) -> TokenRange {
    TokenRange::new(r.start, r.end)
}

/// How far the score of a label is above the best of the others.
fn margin(scores: &[f32], label: usize) -> f32 {
    let own = scores.get(label).copied().unwrap_or(0.0);
    let others = scores.iter().enumerate().filter(|(k, _)| *k != label).map(|(_, s)| *s);
    own - others.fold(f32::NEG_INFINITY, f32::max)
}

fn sure(margin: f32) -> Sure {
    if margin >= HIGH {
        Sure::High
    } else if margin >= MEDIUM {
        Sure::Medium
    } else {
        Sure::Low
    }
}

/// Mentions that refer to one thing, where there is more than one.
fn chains(l: &Labels) -> Vec<Vec<TokenRange>> {
    let mut chain_of: Vec<usize> = Vec::with_capacity(l.mentions.len());
    let mut out: Vec<Vec<TokenRange>> = Vec::new();
    for (m, before) in l.mentions.iter().zip(&l.antecedent) {
        let chain = before.and_then(|b| chain_of.get(b).copied()).unwrap_or(out.len());
        if chain == out.len() {
            out.push(Vec::new());
        }
        if let Some(c) = out.get_mut(chain) {
            c.push(TokenRange::new(m.start, m.end));
        }
        chain_of.push(chain);
    }
    out.retain(|c| c.len() > 1);
    out
}

/// Labels of `CueRoles`.
const SOURCE: u8 = 1;
const CONTENT: u8 = 2;
const RELAY: u8 = 3;
const ADDRESSEE: u8 = 4;

/// An attribution on its way.
struct Draft {
    cue: Vec<Range<usize>>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
    relays: Vec<Range<usize>>,
    addressee: Vec<Range<usize>>,
    outer: bool,
    margin: f32,
}

impl Draft {
    fn size(&self) -> usize {
        self.content.iter().map(ExactSizeIterator::len).sum()
    }

    fn said(&self, word: usize) -> bool {
        self.content.iter().any(|r| r.contains(&word))
    }

    fn first(&self) -> usize {
        let all = self.source.iter().chain(&self.cue).chain(&self.content);
        all.map(|r| r.start).min().unwrap_or(0)
    }
}

fn attributions(heads: &Heads, seen: &Seen, l: &Labels) -> Vec<AttributionMark> {
    let [sources, cues, contents, inner] = &l.attribution;
    let spans = |path: &[u8]| -> Vec<Range<usize>> { bio::spans(path).into_iter().map(|(s, _)| s).collect() };
    let (sources, cues, contents) = (spans(sources), spans(cues), spans(contents));
    let mut all: Vec<(Range<usize>, bool)> = cues.iter().map(|c| (c.clone(), true)).collect();
    let apart = |c: &Range<usize>| !cues.iter().any(|o| o.start < c.end && c.start < o.end);
    all.extend(spans(inner).into_iter().filter(apart).map(|c| (c, false)));
    all.sort_by_key(|(c, _)| c.start);
    let mut loose: Vec<Draft> = Vec::with_capacity(all.len());
    for (cue, outer) in all {
        let Some(roles) = l.roles.iter().find(|r| r.cue == cue.start) else { continue };
        let layer = if outer { 1 } else { 3 };
        loose.push(Draft {
            source: runs(roles, SOURCE, &cue),
            content: runs(roles, CONTENT, &cue),
            relays: runs(roles, RELAY, &cue),
            addressee: runs(roles, ADDRESSEE, &cue),
            margin: margin(heads.attr_scores(seen, layer, cue.start), 1),
            cue: vec![cue],
            outer,
        });
    }
    settle(&mut loose, &sources, |d| &mut d.source);
    settle(&mut loose, &contents, |d| &mut d.content);
    let mut drafts: Vec<Draft> = Vec::with_capacity(loose.len());
    for draft in loose {
        match drafts.last_mut().filter(|d| carries_on(d, &draft)) {
            Some(d) => d.cue.extend(draft.cue),
            None => drafts.push(draft),
        }
    }
    drafts.retain(|d| !d.content.is_empty());
    drafts.sort_by_key(|d| (d.first(), std::cmp::Reverse(d.size()), d.cue.first().map_or(0, |c| c.start)));
    let within: Vec<Option<u32>> = drafts.iter().map(|d| holder(d, &drafts)).collect();
    drafts
        .into_iter()
        .zip(within)
        .map(|(d, within)| {
            let list = |r: &[Range<usize>]| r.iter().map(range).collect();
            AttributionMark {
                source: list(&d.source),
                cue: list(&d.cue),
                content: list(&d.content),
                relays: list(&d.relays),
                addressee: list(&d.addressee),
                within,
                sure: sure(d.margin),
                by: BY.to_owned(),
            }
        })
        .collect()
}

/// Runs of words that have a role for a cue. One word without a role does not part two runs, unless it is the cue's.
fn runs(roles: &CueRoles, role: u8, cue: &Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (word, _) in (roles.first..).zip(&roles.labels).filter(|(w, y)| **y == role && !cue.contains(w)) {
        let gap = |r: &Range<usize>| {
            let label = |w: usize| w.checked_sub(roles.first).and_then(|k| roles.labels.get(k)).copied();
            r.end == word || (r.end + 1 == word && label(r.end) == Some(0) && !cue.contains(&r.end))
        };
        match out.last_mut().filter(|r| gap(r)) {
            Some(r) => r.end = word + 1,
            None => out.push(word..word + 1),
        }
    }
    out
}

/// Gives outermost statements the spans of their layer in place of runs, for the layer knows their ends best: a span goes
/// to every statement whose runs fill half of it, or else to the one that fills most. Inner ones have the runs alone.
fn settle(drafts: &mut [Draft], spans: &[Range<usize>], part: impl Fn(&mut Draft) -> &mut Vec<Range<usize>>) {
    let shared = |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let mut whole: Vec<Vec<Range<usize>>> = vec![Vec::new(); drafts.len()];
    for span in spans {
        let outer = drafts.iter_mut().map(|d| if d.outer { part(d).clone() } else { Vec::new() });
        let filled: Vec<usize> = outer.map(|runs| runs.iter().map(|r| shared(r, span)).sum()).collect();
        let most = filled.iter().copied().max().unwrap_or(0);
        let mut first = true;
        for (whole, filled) in whole.iter_mut().zip(filled) {
            let best = filled == most && most > 0 && std::mem::take(&mut first);
            if filled * 2 >= span.len() || best {
                whole.push(span.clone());
            }
        }
    }
    for (draft, whole) in drafts.iter_mut().zip(whole).filter(|(_, w)| !w.is_empty()) {
        *part(draft) = whole;
    }
}

/// Whether a cue is the second part of the one before it: the same words said by the same, and not inside what is said.
fn carries_on(before: &Draft, next: &Draft) -> bool {
    let Some(cue) = next.cue.first() else { return false };
    let same_source = next.source.is_empty() || next.source == before.source;
    before.outer == next.outer && before.content == next.content && same_source && !before.said(cue.start)
}

/// The attribution with the smallest content that holds the cue.
fn holder(d: &Draft, all: &[Draft]) -> Option<u32> {
    let cue = d.cue.first()?.start;
    let holds = |(_, o): &(u32, &Draft)| o.said(cue) && o.size() > d.size() && !std::ptr::eq(*o, d);
    (0_u32..).zip(all).filter(holds).min_by_key(|(_, o)| o.size()).map(|(n, _)| n)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "lists of ranges, some of one")]
mod tests {
    use super::super::heads::Mention;
    use super::*;

    #[test]
    fn spans_go_to_those_who_fill_them() {
        let draft = |content: Vec<Range<usize>>, outer| Draft {
            cue: vec![],
            source: vec![],
            content,
            relays: vec![],
            addressee: vec![],
            outer,
            margin: 0.0,
        };
        let settled = |drafts: Vec<Draft>, spans: &[Range<usize>]| -> Vec<Vec<Range<usize>>> {
            let mut drafts = drafts;
            settle(&mut drafts, spans, |d| &mut d.content);
            drafts.into_iter().map(|d| d.content).collect()
        };
        // Ends move; a run outside of all spans is dropped beside one inside.
        assert_eq!(settled(vec![draft(vec![2..9, 30..31], true)], &[1..10, 20..22]), [[1..10]]);
        // Two who say the same, and one who says little of it.
        let three = vec![draft(vec![1..8], true), draft(vec![2..9], true), draft(vec![3..5], true)];
        assert_eq!(settled(three, &[1..10]), [[1..10], [1..10], [3..5]]);
        // Nobody fills half of it: the first of those who fill most has it.
        assert_eq!(
            settled(vec![draft(vec![2..4], true), draft(vec![5..7], true)], &[1..10]),
            [[1..10], [5..7]]
        );
        // Inner statements keep their runs, and so do those whose words the layer does not know.
        assert_eq!(
            settled(vec![draft(vec![2..9], false), draft(vec![12..14], true)], &[1..10]),
            [[2..9], [12..14]]
        );
    }

    #[test]
    fn one_word_in_between_does_not_part_a_run() {
        let roles = CueRoles { cue: 5, first: 1, labels: vec![2, 2, 0, 2, 0, 2, 0, 0, 2, 1] };
        assert_eq!(runs(&roles, CONTENT, &(5..6)), [1..5, 6..7, 9..10]);
        assert_eq!(runs(&roles, SOURCE, &(5..6)), [10..11]);
    }

    #[test]
    fn chains_follow_antecedents() {
        let m = |start| Mention { start, end: start + 1, head: start };
        let l = Labels {
            mentions: vec![m(0), m(2), m(4), m(6), m(8)],
            antecedent: vec![None, None, Some(0), Some(2), None],
            ..Labels::default()
        };
        assert_eq!(chains(&l), [vec![TokenRange::new(0, 1), TokenRange::new(4, 5), TokenRange::new(6, 7)]]);
    }

    #[test]
    fn a_statement_lies_in_the_smallest_content_with_its_cue() {
        let d = |cue: Range<usize>, content: Range<usize>| Draft {
            cue: vec![cue],
            source: vec![],
            content: vec![content],
            relays: vec![],
            addressee: vec![],
            outer: true,
            margin: 0.0,
        };
        let all = [d(30..31, 0..29), d(3..4, 4..29), d(8..9, 9..29)];
        let within: Vec<_> = all.iter().map(|x| holder(x, &all)).collect();
        assert_eq!(within, [None, Some(0), Some(1)]);
    }
}
