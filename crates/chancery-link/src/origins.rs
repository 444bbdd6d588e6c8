//! Reports that are one source.
//!
//! Texts are compared by five-word shingles of what stands outside quotation marks: a quotation that every outlet
//! repeats makes no common origin. No report is compared with every other: candidates share (a) the hash of the whole
//! text, (b) a band of a MinHash signature (Broder 1997; 16 bands of 4), (c) a paragraph of at least 25 words, or (d) a
//! sentence of at least 12, which a house style leaves alone sooner than a whole paragraph.
//! A candidate pair is then measured exactly.

use crate::groups::Groups;
use crate::{Decided, Item, Published, fold};
use chancery_model::Id;
use chancery_model::report::Report;
use chancery_model::vocab::{BlockKind, OriginKind};
use std::collections::BTreeMap;

/// Share of shingles in common (Jaccard) from which two texts are one text, lightly changed.
const NEAR: f64 = 0.7;
/// Share of the shorter text's shingles found in the longer from which the shorter is taken from it.
const PARTIAL: f64 = 0.45;
/// Fewer shingles than this say nothing.
const FEWEST: usize = 20;
/// Words a shared paragraph must have to make a candidate pair.
const PARAGRAPH: usize = 25;
/// Words a shared sentence must have.
const SENTENCE: usize = 12;
const BANDS: usize = 16;
const ROWS: usize = 4;

/// A group of reports that are one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Id, from the members.
    pub id: Id,
    /// Why they are one.
    pub kind: OriginKind,
    /// The agency credited.
    pub wire: Option<String>,
    /// Members, the lead (earliest, then fullest) first.
    pub reports: Vec<Id>,
    /// One sentence a person can check.
    pub why: String,
}

/// A text as it is compared.
struct Print {
    whole: u64,
    shingles: Vec<u64>,
    signature: Vec<u64>,
    paragraphs: Vec<u64>,
    sentences: Vec<u64>,
    wire: Option<String>,
}

/// A link between two reports.
struct Tie {
    kind: OriginKind,
    share: f64,
}

/// The origin groups of all reports; each report is in one.
#[must_use]
pub fn find(items: &[Item<'_>], published: &[Published], decided: &Decided) -> Vec<Origin> {
    let prints: Vec<Print> = items.iter().map(|i| print(i.report, &decided.agencies)).collect();
    let mut keys: Vec<(u8, u64, usize)> = Vec::new();
    for (n, p) in prints.iter().enumerate() {
        keys.push((0, p.whole, n));
        for (b, rows) in p.signature.chunks_exact(ROWS).enumerate() {
            keys.push((1, hash(rows.iter().flat_map(|r| r.to_le_bytes()), b as u64), n));
        }
        keys.extend(p.paragraphs.iter().map(|h| (2, *h, n)));
        keys.extend(p.sentences.iter().map(|h| (3, *h, n)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut groups = Groups::new(items.len());
    let mut ties: BTreeMap<(usize, usize), Tie> = BTreeMap::new();
    for block in keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        // Each against the first of its block and its predecessor: a block of a thousand copies costs a thousand.
        for pair in block.windows(2) {
            for (a, b) in [(block[0].2, pair[1].2), (pair[0].2, pair[1].2)] {
                if a != b
                    && !ties.contains_key(&(a, b))
                    && let Some(tie) = compare(&prints[a], &prints[b])
                {
                    groups.join(a, b);
                    ties.insert((a, b), tie);
                }
            }
        }
    }
    let mut out: Vec<Origin> =
        groups.sets().iter().map(|set| origin(set, items, published, &prints, &ties)).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn compare(a: &Print, b: &Print) -> Option<Tie> {
    if a.whole == b.whole && !a.shingles.is_empty() {
        return Some(Tie { kind: OriginKind::Exact, share: 1.0 });
    }
    let least = a.shingles.len().min(b.shingles.len());
    if least < FEWEST {
        return None;
    }
    let common = common(&a.shingles, &b.shingles);
    let all = a.shingles.len() + b.shingles.len() - common;
    let ratio = |n: usize, of: usize| n as f64 / of as f64;
    let (jaccard, inside) = (ratio(common, all), ratio(common, least));
    if jaccard >= NEAR {
        Some(Tie { kind: OriginKind::Near, share: jaccard })
    } else if inside >= PARTIAL {
        Some(Tie { kind: OriginKind::Partial, share: inside })
    } else {
        None
    }
}

/// Number of values in both sorted lists.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

fn origin(
    set: &[usize],
    items: &[Item<'_>],
    published: &[Published],
    prints: &[Print],
    ties: &BTreeMap<(usize, usize), Tie>,
) -> Origin {
    let mut order = set.to_vec();
    order.sort_by_key(|n| {
        let r = items[*n].report;
        // What may be of any of some days is not surely before the last of them.
        let day = published[*n].days.hi.or(published[*n].days.lo);
        (day.is_none(), day, std::cmp::Reverse(prints[*n].shingles.len()), r.id.clone())
    });
    let reports: Vec<Id> = order.iter().map(|n| items[*n].report.id.clone()).collect();
    let mut sorted = reports.clone();
    sorted.sort();
    let id = Id::of("origin", &sorted.iter().map(Id::as_str).collect::<Vec<_>>());
    let wire = set.iter().find_map(|n| prints[*n].wire.clone());
    let within: Vec<&Tie> =
        set.iter().flat_map(|a| ties.range((*a, 0)..=(*a, usize::MAX))).map(|(_, t)| t).collect();
    let weakest = within.iter().map(|t| t.kind).max().unwrap_or(OriginKind::Single);
    let kind = if wire.is_some() { OriginKind::Wire } else { weakest };
    let name = |n: usize| items[n].report.key.as_str();
    let mut why = match weakest {
        OriginKind::Single => "No other report shares its text.".to_owned(),
        OriginKind::Exact => {
            format!("{} reports with the same words; the lead is {}.", set.len(), name(order[0]))
        }
        k => {
            let low = within.iter().map(|t| t.share).fold(1.0, f64::min);
            let of = if k == OriginKind::Near { "of all their" } else { "of the shorter text's" };
            format!(
                "{} reports share at least {:.0} % {of} five-word runs; the lead is {}.",
                set.len(),
                low * 100.0,
                name(order[0])
            )
        }
    };
    if let Some(w) = &wire {
        why = format!("Credited to {w}. {why}");
    }
    Origin { id, kind, wire, reports, why }
}

fn print(report: &Report, agencies: &BTreeMap<String, String>) -> Print {
    let mut all = Vec::new();
    let mut spoken_apart = Vec::new();
    let mut paragraphs = Vec::new();
    let mut sentences = Vec::new();
    for block in report.blocks.iter().filter(|b| b.kind == BlockKind::Body) {
        for par in block.span.of(&report.text).split("\n\n") {
            let outside = unquoted(par);
            let words: Vec<String> = fold::words(&outside).collect();
            if words.len() >= PARAGRAPH {
                paragraphs.push(hash(words.join(" ").into_bytes(), 1));
            }
            for sentence in outside.split(['.', '!', '?']) {
                let words: Vec<String> = fold::words(sentence).collect();
                if words.len() >= SENTENCE {
                    sentences.push(hash(words.join(" ").into_bytes(), 7));
                }
            }
            all.extend(fold::words(par));
            spoken_apart.extend(words);
        }
    }
    let mut shingles: Vec<u64> = spoken_apart.windows(5).map(|w| hash(w.join(" ").into_bytes(), 2)).collect();
    shingles.sort_unstable();
    shingles.dedup();
    let signature = if shingles.len() < FEWEST { Vec::new() } else { signature(&shingles) };
    let whole = hash(all.join(" ").into_bytes(), 3);
    for list in [&mut paragraphs, &mut sentences] {
        list.sort_unstable();
        list.dedup();
    }
    Print { whole, shingles, signature, paragraphs, sentences, wire: credit(report, agencies) }
}

/// An agency named in a byline or dateline block.
fn credit(report: &Report, agencies: &BTreeMap<String, String>) -> Option<String> {
    let lines = report.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Byline | BlockKind::Dateline));
    let printed = lines.map(|b| b.span.of(&report.text)).chain(report.given.byline.as_deref());
    printed.flat_map(|s| s.split(|c: char| !(c.is_alphanumeric() || c == ' ' || c == '-'))).find_map(|part| {
        let mut words = part
            .split_whitespace()
            .filter(|w| !matches!(*w, "By" | "by" | "Reporting" | "From" | "from"))
            .peekable();
        words.peek()?;
        let name = words.collect::<Vec<_>>().join(" ");
        agencies.get(&fold::name(&name)).cloned()
    })
}

/// A paragraph without what stands in double quotation marks; an unclosed quotation ends with it.
fn unquoted(par: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(par.len());
    for c in par.chars() {
        match c {
            '“' | '«' => inside = true,
            '”' | '»' => inside = false,
            '"' => inside = !inside,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The smallest value of each of 64 permutations (multiply–xorshift of the shingle's hash).
fn signature(shingles: &[u64]) -> Vec<u64> {
    (0..(BANDS * ROWS) as u64)
        .map(|k| {
            shingles
                .iter()
                .map(|s| mix(s ^ mix(k.wrapping_add(0x9e37_79b9_7f4a_7c15))))
                .min()
                .unwrap_or(u64::MAX)
        })
        .collect()
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// FNV-1a over bytes, finished by [`mix`]; the same on every machine.
pub(crate) fn hash(bytes: impl IntoIterator<Item = u8>, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ mix(seed);
    mix(bytes.into_iter().fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_left_out() {
        assert_eq!(unquoted("He said “we stay” today"), "He said  today");
        assert_eq!(unquoted("She said \"no\" and \"never"), "She said  and ");
    }

    #[test]
    fn common_counts_the_intersection() {
        assert_eq!(common(&[1, 3, 5, 9], &[2, 3, 9, 10]), 2);
    }
}
