//! Mentions that a tree gives, and what two of them have in common in writing.

use chancery_lexicon::{given_names, titles};
use std::collections::{BTreeMap, BTreeSet};

/// Classes of pronouns, the first of them numbered `FIRST_PRONOUN`.
const PRONOUNS: [&[&str]; 8] = [
    &["i", "me", "my", "mine", "myself"],
    &["we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself", "yourselves"],
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["it", "its", "itself"],
    &["they", "them", "their", "theirs", "themselves", "themself"],
    &[
        "this",
        "that",
        "these",
        "those",
        "who",
        "whom",
        "whose",
        "which",
        "one",
        "ones",
        "both",
        "each",
        "all",
        "another",
        "other",
        "others",
        "none",
        "some",
        "someone",
        "anyone",
        "everyone",
        "somebody",
        "anybody",
        "everybody",
        "nobody",
    ],
];
const FIRST_PRONOUN: usize = 3;
const HE: usize = 6;
const SHE: usize = 7;
const DEFINITE: &[&str] =
    &["the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their"];
/// Words that do not count at the beginning of a mention.
const STOP: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their",
    "mr.", "mrs.", "ms.", "dr.", "sen.", "rep.", "gov.", "gen.",
];
const POSSESSIVE: &[&str] = &["'s", "’s", "'", "’"];
const OUTSIDE: &[&str] = &[
    "conj",
    "cc",
    "mark",
    "cop",
    "nsubj",
    "aux",
    "punct",
    "appos",
    "parataxis",
    "advmod",
    "cc:preconj",
    "discourse",
    "advcl",
    "nsubj:pass",
    "aux:pass",
    "nsubj:outer",
    "expl",
    "obl",
    "ccomp",
    "csubj",
    "dislocated",
    "vocative",
    "orphan",
    "list",
    "reparandum",
];
const NO_HEAD: &[&str] = &["nmod:desc", "flat", "fixed", "goeswith", "expl", "reparandum", "discourse"];

/// A stretch of words that may refer to something, and the word it is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Mention {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// The head word.
    pub head: usize,
}

/// What the finder of mentions needs to know of a word.
pub(super) struct Node<'a> {
    pub(super) upos: &'a str,
    pub(super) head: Option<usize>,
    pub(super) rel: &'a str,
}

/// The mentions of a parsed report: by start, then the longer first.
pub(super) fn candidates(words: &[Node<'_>]) -> Vec<Mention> {
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); words.len()];
    for (i, w) in words.iter().enumerate() {
        if let Some(k) = w.head.and_then(|h| kids.get_mut(h)) {
            k.push(i);
        }
    }
    let mut spans: BTreeMap<(usize, std::cmp::Reverse<usize>), usize> = BTreeMap::new();
    for (h, w) in words.iter().enumerate() {
        let compound = w.rel == "compound" && w.upos != "PROPN";
        if !matches!(w.upos, "NOUN" | "PROPN" | "PRON") || NO_HEAD.contains(&w.rel) || compound {
            continue;
        }
        let (mut lo, mut hi) = (h, h);
        let out = |c: usize| OUTSIDE.contains(&words[c].rel) || (words[c].rel == "case" && c < h);
        let mut todo: Vec<usize> = kids[h].iter().copied().filter(|c| !out(*c)).collect();
        while let Some(k) = todo.pop() {
            (lo, hi) = (lo.min(k), hi.max(k));
            todo.extend(&kids[k]);
        }
        while lo < h && words[lo].upos == "PUNCT" {
            lo += 1;
        }
        while hi > h && words[hi].upos == "PUNCT" {
            hi -= 1;
        }
        spans.entry((lo, std::cmp::Reverse(hi + 1))).or_insert(h);
    }
    spans.into_iter().map(|((start, end), head)| Mention { start, end: end.0, head }).collect()
}

/// What is written in a mention, its words as numbers.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) kind: usize,
    pub(super) sentence: usize,
    head: u32,
    text: u32,
    words: Vec<u32>,
    capitals: Vec<u32>,
    /// Whether its head or text stands in an earlier mention: the class that `newflag` is looked up by.
    pub(super) seen: usize,
    /// The sex that its words tell.
    pub(super) sex: Option<char>,
}

impl Written {
    fn is_pronoun(&self) -> bool {
        self.kind >= FIRST_PRONOUN
    }

    /// "He" and "she" in all their forms.
    pub(super) fn is_personal(&self) -> bool {
        matches!(self.kind, HE | SHE)
    }
}

/// Reads mentions, in order. `proper` tells proper nouns, `sentence` the sentence of a word.
pub(super) fn write_down(
    words: &[&str],
    mentions: &[Mention],
    proper: impl Fn(usize) -> bool,
    sentence: impl Fn(usize) -> usize,
) -> Vec<Written> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |w: String| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(w).or_insert(next)
    };
    let (mut heads, mut texts) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::with_capacity(mentions.len());
    for m in mentions {
        let lower: Vec<String> = words[m.start..m.end].iter().map(|w| w.to_lowercase()).collect();
        let head = lower[m.head - m.start].clone();
        let kind = kind(&lower, &head, proper(m.head));
        let is = |w: &String, list: &[&str]| list.contains(&w.as_str());
        let mut plain = lower.as_slice();
        while let [first, rest @ ..] = plain
            && !rest.is_empty()
            && is(first, STOP)
        {
            plain = rest;
        }
        while let [rest @ .., last] = plain
            && !rest.is_empty()
            && is(last, POSSESSIVE)
        {
            plain = rest;
        }
        let capital =
            |w: &str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().nth(2).is_some();
        let mut capitals: Vec<u32> = Vec::new();
        if kind < FIRST_PRONOUN {
            let pairs = words[m.start..m.end].iter().zip(&lower);
            capitals =
                pairs.filter(|(w, l)| capital(w) && !is(l, STOP)).map(|(_, l)| number(l.clone())).collect();
        }
        let sex = sex(&words[m.start..m.end], m.head - m.start, kind);
        let text = number(plain.join(" "));
        let plain = plain.iter().map(|w| number(w.clone())).collect();
        let head = number(head);
        let mut seen = 0;
        if kind < FIRST_PRONOUN {
            // `insert` says whether it is new.
            seen = usize::from(!heads.insert(head)) + 2 * usize::from(!texts.insert(text));
        }
        out.push(Written {
            kind,
            sentence: sentence(m.start),
            head,
            text,
            words: plain,
            capitals,
            seen,
            sex,
        });
    }
    out
}

/// The sex that the words of a mention tell, up to its head, the nearest to the head first: given names, courtesy titles,
/// words such as "queen". The owner of the head ("Anna's brother") tells nothing of it.
fn sex(words: &[&str], head: usize, kind: usize) -> Option<char> {
    match kind {
        HE => return Some('m'),
        SHE => return Some('f'),
        FIRST_PRONOUN.. => return None,
        _ => {}
    }
    (0..=head).rev().find_map(|k| {
        let word = words.get(k)?;
        if k < head && words.get(k + 1).is_some_and(|w| POSSESSIVE.contains(w)) {
            return None;
        }
        let given = given_names::get(word).filter(|g| !g.weak).and_then(|g| g.sex);
        let courtesy = || titles::courtesy_at(word, 0).filter(|c| c.0 == word.len()).and_then(|c| c.1);
        given.or_else(courtesy).or_else(|| titles::sex_of(word))
    })
}

fn kind(lower: &[String], head: &str, proper: bool) -> usize {
    let owner = matches!(head, "her" | "his") && lower.len() > 1;
    if lower.len() <= 2
        && !owner
        && let Some(k) = PRONOUNS.iter().position(|p| p.contains(&head))
    {
        return FIRST_PRONOUN + k;
    }
    if proper {
        return 0;
    }
    if lower.first().is_some_and(|w| DEFINITE.contains(&w.as_str())) { 1 } else { 2 }
}

/// What mention `a` has in common with the earlier mention `b`, as a sum of bits; see `training/FORMAT.md`.
pub(super) fn common(words: &[&str], (a, x): (&Mention, &Written), (b, y): (&Mention, &Written)) -> usize {
    if x.is_pronoun() || y.is_pronoun() {
        return 0;
    }
    let mut out = usize::from(x.head == y.head) + 2 * usize::from(x.text == y.text);
    out += 4 * usize::from(y.words.contains(&x.head));
    out += 8 * usize::from(x.capitals.iter().any(|c| y.capitals.contains(c)));
    let next = || words.get(b.end).is_some_and(|w| matches!(*w, "," | "(" | "-" | "—" | "–"));
    out + 16 * usize::from(a.start == b.end || (a.start == b.end + 1 && next()))
}

/// The class of a distance in mentions.
pub(super) fn bucket(distance: usize) -> usize {
    match distance {
        0..=4 => distance,
        5..=7 => 5,
        8..=15 => 6,
        16..=31 => 7,
        32..=63 => 8,
        _ => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_take_in_what_hangs_on_them_but_not_appositions() {
        // The old mayor of Arlet , a baker , left .
        let n = |upos, head, rel| Node { upos, head, rel };
        let words = [
            n("DET", Some(2), "det"),
            n("ADJ", Some(2), "amod"),
            n("NOUN", Some(9), "nsubj"),
            n("ADP", Some(4), "case"),
            n("PROPN", Some(2), "nmod"),
            n("PUNCT", Some(7), "punct"),
            n("DET", Some(7), "det"),
            n("NOUN", Some(2), "appos"),
            n("PUNCT", Some(7), "punct"),
            n("VERB", None, "root"),
            n("PUNCT", Some(9), "punct"),
        ];
        let found = candidates(&words);
        let m = |start, end, head| Mention { start, end, head };
        assert_eq!(found, [m(0, 5, 2), m(4, 5, 4), m(6, 8, 7)]);
        let text = ["The", "old", "mayor", "of", "Arlet", ",", "a", "baker", ",", "left", "."];
        let w = write_down(&text, &found, |i| words[i].upos == "PROPN", |_| 0);
        assert_eq!([w[0].kind, w[1].kind, w[2].kind], [1, 0, 2]);
        let pair = |i: usize, j: usize| common(&text, (&found[i], &w[i]), (&found[j], &w[j]));
        assert_eq!(pair(1, 0), 4 + 8);
        assert_eq!(pair(2, 0), 16);
    }

    #[test]
    fn what_was_seen_before_is_known() {
        let words = ["Mr.", "Orr", "saw", "him", "and", "Orr", "'s", "dog", "; ", "the", "dog"];
        let m = |start, end, head| Mention { start, end, head };
        let ms = [m(0, 2, 1), m(3, 4, 3), m(5, 7, 5), m(9, 11, 10)];
        let w = write_down(&words, &ms, |i| words[i] == "Orr", |_| 0);
        assert_eq!(w.iter().map(|w| (w.kind, w.seen)).collect::<Vec<_>>(), [(0, 0), (6, 0), (0, 3), (1, 0)]);
        assert_eq!(common(&words, (&ms[2], &w[2]), (&ms[0], &w[0])), 1 + 2 + 4 + 8);
        assert_eq!(common(&words, (&ms[1], &w[1]), (&ms[0], &w[0])), 0);
        assert_eq!([0, 4, 5, 8, 31, 63, 64].map(bucket), [0, 4, 5, 6, 7, 8, 9]);
    }
}
