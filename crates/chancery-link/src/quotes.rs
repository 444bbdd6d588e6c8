//! The same statement in several reports: quotations that share their words.
//!
//! Blocking keys: every run of six words of a quotation; a shorter one whole; and the speaker with the first and the
//! last word of a short one, and with all its words in the order of the alphabet. Two quotations that share a run are compared;
//! they are one when at least six tenths of the shorter one's words stand in the longer in the same order. Reported
//! speech is one statement only when it is the same word for word.

use crate::groups::Groups;
use crate::{Decided, FactRef, Item, LinkedReport, fold};
use chancery_model::Id;
use chancery_model::date::days_between;
use chancery_model::facts::Statement;
use chancery_model::report::Report;
use chancery_model::vocab::Form;
use std::collections::{BTreeMap, BTreeSet};

const RUN: usize = 6;
/// Words of the shortest quotation that is looked at: it must be the same whole, or one person's.
const SHORT: usize = 4;
/// Words of the longest quotation that is looked for by its two ends.
const LONG: usize = 14;
const SHARED: f64 = 0.6;
/// Words with which two wordings of one answer open alike.
const OPENING: usize = 5;
/// Days within which one person says a thing once, by how much of it two reports share.
const WEEK: i32 = 7;
const MONTH: i32 = 31;

/// A statement across reports.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Id, from the first member.
    pub id: Id,
    /// Members: index of the report and of its statement.
    pub members: Vec<(usize, usize)>,
}

/// The words inside quotation marks of a statement's content.
#[must_use]
pub fn quoted_words(report: &Report, s: &Statement) -> Vec<String> {
    let mut out = Vec::new();
    for span in &s.content {
        let words = span.of(&report.text);
        let mut inside = matches!(s.form, Form::Direct) && !words.contains(['"', '“', '”']);
        let mut run = String::new();
        for c in words.chars() {
            match c {
                '“' => inside = true,
                '”' => inside = false,
                '"' => inside = !inside,
                c if inside => {
                    run.push(c);
                    continue;
                }
                _ => {}
            }
            run.push(' ');
        }
        out.extend(fold::words(&run));
    }
    out
}

/// The words of reported speech, without a leading "that".
fn reported_words(report: &Report, s: &Statement) -> Vec<String> {
    let all = s.content.iter().flat_map(|c| fold::words(c.of(&report.text)).collect::<Vec<_>>());
    all.skip_while(|w| w == "that").collect()
}

/// Finds the clusters and writes their ids into the reports' lists.
pub fn cluster(items: &[Item<'_>], reports: &mut [LinkedReport], decided: &Decided) -> Vec<Cluster> {
    // Numbers stand for words, and reported speech, which is one only when it is the same, keeps none.
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut list: Vec<(usize, usize, Vec<u32>)> = Vec::new();
    // Hashes in a sorted list: as strings in a tree the runs would take more room than the reports.
    let mut keys: Vec<(u64, u32)> = Vec::new();
    let mut put = |key: String, n: usize| {
        keys.push((crate::origins::hash(key.into_bytes(), 4), u32::try_from(n).unwrap_or(u32::MAX)));
    };
    let speaker = |reports: &[LinkedReport], r: usize, s: usize| {
        let e = items[r].facts.statements[s].speaker?;
        reports[r].actors.get(e as usize).cloned()
    };
    for (r, item) in items.iter().enumerate() {
        for (s, st) in item.facts.statements.iter().enumerate() {
            let fact = FactRef::Statement(u32::try_from(s).unwrap_or(u32::MAX));
            if decided.rejected.contains(&(item.report.id.clone(), fact)) {
                continue;
            }
            let n = list.len();
            if st.form == Form::Indirect {
                let words = reported_words(item.report, st);
                if words.len() >= RUN {
                    put(format!("={}", words.join(" ")), n);
                    list.push((r, s, Vec::new()));
                }
                continue;
            }
            let words = quoted_words(item.report, st);
            if words.len() < SHORT {
                continue;
            }
            if words.len() < RUN {
                put(format!("={}", words.join(" ")), n);
            }
            // What one person said, begun and ended with the same word.
            if let (Some(who), Some(first), Some(last)) =
                (speaker(reports, r, s), words.first(), words.last())
                && (OPENING..=LONG).contains(&words.len())
            {
                put(format!("~{who} {first} {last}"), n);
            }
            // The same words in another order ("to listen, not to sign").
            if let Some(who) = speaker(reports, r, s)
                && (RUN..=LONG).contains(&words.len())
            {
                let mut sorted = words.clone();
                sorted.sort();
                put(format!("#{who} {}", sorted.join(" ")), n);
            }
            // A sentence that one person begins with the same word.
            if let Some(who) = speaker(reports, r, s) {
                for first in openings(item.report, st) {
                    put(format!("^{who} {first}"), n);
                }
            }
            for run in words.windows(RUN) {
                put(run.join(" "), n);
            }
            let mut number = |w: String| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(w).or_insert(next)
            };
            list.push((r, s, words.into_iter().map(&mut number).collect()));
        }
    }
    drop(numbers);
    keys.sort_unstable();
    keys.dedup();
    let mut groups = Groups::new(list.len());
    // One speaker within a week: what begins alike and goes on otherwise is one answer in two wordings.
    let one_speaker = |r: usize, s: usize, q: usize, t: usize, most: i32| {
        let (a, b) = (speaker(reports, r, s), speaker(reports, q, t));
        let near = match (reports[r].published.days.lo, reports[q].published.days.lo) {
            (Some(x), Some(y)) => days_between(x, y).abs() <= most,
            _ => false,
        };
        a.is_some() && a == b && near
    };
    for block in keys.chunk_by(|a, b| a.0 == b.0) {
        for pair in block.windows(2) {
            for (a, b) in [(block[0].1, pair[1].1), (pair[0].1, pair[1].1)] {
                let (a, b) = (a as usize, b as usize);
                let alike = || {
                    if list[a].2.is_empty() || list[b].2.is_empty() {
                        return list[a].2.is_empty() && list[b].2.is_empty();
                    }
                    let (x, y) = (&list[a], &list[b]);
                    let speaks = |most: i32| one_speaker(x.0, x.1, y.0, y.1, most);
                    // What shares a run of words, or all of them, is one whoever said it and whenever; what shares most
                    // of its words in their order, when one person is quoted with it within a month.
                    let one = x.2 == y.2
                        || share_run(&x.2, &y.2)
                        || same_words(&x.2, &y.2)
                        || in_order(&x.2, &y.2) >= OPENING && speaks(MONTH)
                        || speaks(WEEK);
                    (same(&x.2, &y.2) && one) || (same_opening(&x.2, &y.2) && speaks(WEEK))
                };
                if groups.root(a) != groups.root(b) && list[a].0 != list[b].0 && alike() {
                    groups.join(a, b);
                }
            }
        }
    }
    let mut out = Vec::new();
    for set in groups.sets().iter().filter(|s| s.len() > 1) {
        let members: Vec<(usize, usize)> = set.iter().map(|n| (list[*n].0, list[*n].1)).collect();
        let ids: Vec<&Id> = members.iter().map(|(r, s)| &reports[*r].statements[*s]).collect();
        let Some(first) = ids.iter().min() else { continue };
        let id = Id::of("cluster", &[first.as_str()]);
        for (r, s) in &members {
            reports[*r].clusters[*s] = Some(id.clone());
        }
        out.push(Cluster { id, members });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// Whether two quotations open with the same run of words.
#[must_use]
pub fn same_opening<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().zip(b).take_while(|(x, y)| x == y).count() >= OPENING
}

fn same<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    in_order(short, long) as f64 >= SHARED * short.len() as f64
}

/// Whether two quotations have the same words, in whatever order.
fn same_words(a: &[u32], b: &[u32]) -> bool {
    let sorted = |x: &[u32]| {
        let mut x = x.to_vec();
        x.sort_unstable();
        x
    };
    a.len() >= RUN && a.len() == b.len() && sorted(a) == sorted(b)
}

/// Whether two quotations share a run of words.
fn share_run<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.windows(RUN).any(|x| b.windows(RUN).any(|y| x == y))
}

/// The first words of the sentences of a quotation that are long enough to be known again.
fn openings(report: &Report, s: &Statement) -> BTreeSet<String> {
    let text = &report.text;
    let sentences = s.content.iter().flat_map(|c| c.of(text).split(['.', '!', '?']));
    sentences
        .filter_map(|x| {
            let words: Vec<String> = fold::words(x).collect();
            (OPENING..=LONG).contains(&words.len()).then(|| words.first().cloned()).flatten()
        })
        .collect()
}

/// Length of the longest common subsequence of two word lists.
#[must_use]
pub fn in_order<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}
