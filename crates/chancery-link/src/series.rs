//! Series: figures that measure one thing, over time and by claimant.
//!
//! Two figures measure one thing when measure, unit and the head of what is counted agree, and the happenings they
//! are said of do not differ. Only measures that add up over a story make series; a bare count of something does when
//! two origins or two days give it.

use crate::{Decided, FactRef, Item, LinkedReport, fold};
use chancery_model::Id;
use chancery_model::facts::Figure;
use std::collections::BTreeMap;

/// A series of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Id, from what is measured.
    pub id: Id,
    /// Measure.
    pub measure: String,
    /// What is counted.
    pub subject: Option<String>,
    /// Of what happening.
    pub of: Option<String>,
    /// A heading.
    pub title: String,
    /// Members: index of the report and of its figure.
    pub members: Vec<(usize, usize)>,
}

/// Words for people that do not tell one toll from another.
const PEOPLE: &[&str] = &["", "people", "person", "persons", "lives", "dead", "deaths", "victims", "men women and children"];

/// What is counted, reduced: people are one thing, whatever they are called; else its last word in the singular.
fn subject_key(f: &Figure) -> String {
    let folded = fold::name(f.subject.as_deref().unwrap_or(""));
    if PEOPLE.contains(&folded.as_str()) {
        return String::new();
    }
    let last = folded.rsplit(' ').next().unwrap_or("");
    last.strip_suffix("ies").map(|s| format!("{s}y")).or_else(|| last.strip_suffix('s').map(str::to_owned)).unwrap_or_else(|| last.to_owned())
}

/// Finds the series and writes their ids into the reports' lists.
pub fn find(items: &[Item<'_>], reports: &mut [LinkedReport], decided: &Decided) -> Vec<Series> {
    let mut by_key: BTreeMap<[String; 4], Vec<(usize, usize)>> = BTreeMap::new();
    for (r, item) in items.iter().enumerate() {
        for (n, f) in item.facts.figures.iter().enumerate() {
            let fact = FactRef::Figure(u32::try_from(n).unwrap_or(u32::MAX));
            if !decided.rejected.contains(&(item.report.id.clone(), fact)) {
                let of = fold::name(f.of.as_deref().unwrap_or(""));
                let key = [f.measure.clone(), f.unit.clone().unwrap_or_default(), subject_key(f), of];
                by_key.entry(key).or_default().push((r, n));
            }
        }
    }
    let mut out = Vec::new();
    for (key, members) in by_key {
        let distinct = members.iter().map(|(r, _)| &reports[*r].origin).collect::<std::collections::BTreeSet<_>>().len();
        if distinct < 2 {
            continue;
        }
        let id = Id::of("series", &key);
        for (r, n) in &members {
            reports[*r].series[*n] = Some(id.clone());
        }
        let first = |pick: fn(&Figure) -> Option<&String>| {
            let mut words: Vec<&String> = members.iter().filter_map(|(r, n)| pick(&items[*r].facts.figures[*n])).collect();
            words.sort_by_key(|w| (w.len(), (*w).clone()));
            words.first().map(|s| (*s).clone())
        };
        let subject = first(|f| f.subject.as_ref());
        let of = first(|f| f.of.as_ref());
        let title = title(&key[0], subject.as_deref(), of.as_deref());
        out.push(Series { id, measure: key[0].clone(), subject, of, title, members });
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn title(measure: &str, subject: Option<&str>, of: Option<&str>) -> String {
    let mut s = match (measure, subject) {
        ("count", Some(s)) => s.to_owned(),
        (m, Some(s)) => format!("{s} {m}"),
        (m, None) => m.replace('_', " "),
    };
    if let Some(of) = of {
        s = format!("{s}, {of}");
    }
    let mut c = s.chars();
    c.next().map_or(String::new(), |f| f.to_uppercase().collect::<String>() + c.as_str())
}
