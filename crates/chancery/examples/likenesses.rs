//! What the models that join happenings see of each two: JSON Lines for `training/allied.py`.
//! `cargo run -p chancery --example likenesses PLACES < reports.jsonl`, each report with `id`, `text` and, where known,
//! `published`. PLACES tells what is looked at, a line each: `[["REPORT", START, END]]`, a place that is looked at with every other
//! such place, or `[["REPORT", START, END], ["REPORT", START, END]]`, two that are looked at together. Offsets are code points.
#![allow(missing_docs, clippy::print_stdout)]

mod pile;

use chancery_model::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Where words stand: the report's id, first and last code point.
type Place = (String, usize, usize);

/// What is asked about, by the index of the report: places, numbered, and pairs of their numbers.
#[derive(Default)]
struct Asked {
    places: BTreeMap<usize, Vec<(usize, usize, usize)>>,
    alone: BTreeSet<usize>,
    pairs: BTreeSet<(usize, usize)>,
}

impl Asked {
    fn read(text: &str, items: &[chancery_link::Item<'_>]) -> Result<Self, Box<dyn std::error::Error>> {
        let index: BTreeMap<&str, usize> =
            items.iter().enumerate().map(|(n, i)| (i.report.key.as_str(), n)).collect();
        let mut out = Self::default();
        let mut number: BTreeMap<Place, usize> = BTreeMap::new();
        for line in text.lines() {
            let places: Vec<Place> = serde_json::from_str(line)?;
            let mut of = Vec::new();
            for p in places {
                let next = number.len();
                let n = *number.entry(p.clone()).or_insert(next);
                let report = *index.get(p.0.as_str()).ok_or_else(|| format!("no report {}", p.0))?;
                if n == next {
                    let text = &items[report].report.text;
                    let byte = |at| text.char_indices().nth(at).map_or(text.len(), |(b, _)| b);
                    out.places.entry(report).or_default().push((byte(p.1), byte(p.2), n));
                }
                of.push(n);
            }
            match of.as_slice() {
                [one] => drop(out.alone.insert(*one)),
                [a, b] => drop(out.pairs.insert((*a.min(b), *a.max(b)))),
                _ => return Err(format!("one place or two are wanted: {line}").into()),
            }
        }
        Ok(out)
    }

    fn of(&self, spots: &[(usize, Span)]) -> Vec<usize> {
        let at = |(r, s): &(usize, Span)| {
            let here = self.places.get(r).map_or(&[][..], Vec::as_slice).iter();
            here.filter(|(lo, hi, _)| *lo < s.hi() && s.lo() < *hi).map(|x| x.2).collect::<Vec<_>>()
        };
        spots.iter().flat_map(at).collect()
    }

    fn wants(&self, a: &[(usize, Span)], b: &[(usize, Span)]) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        a.iter().any(|x| self.alone.contains(x)) && b.iter().any(|x| self.alone.contains(x))
            || a.iter().any(|x| b.iter().any(|y| self.pairs.contains(&(*x.min(y), *x.max(y)))))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file =
        std::env::args().nth(1).ok_or("say which places to look at: likenesses PLACES < reports.jsonl")?;
    let read = pile::read()?;
    let items = pile::items(&read);
    let asked = Asked::read(&std::fs::read_to_string(file)?, &items)?;
    let found = chancery_link::likenesses(&items, &|a, b| asked.wants(a, b));
    println!("{}", serde_json::json!({"features": found.features}));
    for (step, pairs) in [("within", &found.within), ("across", &found.across)] {
        for (a, b, see) in pairs {
            let of = |list: &[(usize, Span)]| {
                list.iter()
                    .filter_map(|(r, s)| pile::at(&items, *r, *s))
                    .map(|p| serde_json::json!(p))
                    .collect::<Vec<_>>()
            };
            println!("{}", serde_json::json!({"step": step, "a": of(a), "b": of(b), "see": see}));
        }
    }
    Ok(())
}
