//! A person's corrections. They are kept as rows and replayed at every build.
//!
//! A decision names its target by table, report key and span (in code points), never by a fact's id, so that it
//! survives a new reader. One that no longer fits is kept, left out, and said so in the notes.

mod corrections;

use chancery_link::{Decided, FactRef, fold};
use chancery_model::facts::ReportFacts;
use chancery_model::report::Report;
use chancery_model::rows::{DecisionRow, NoteRow, Pair};
use chancery_model::schema::Nested;
use chancery_model::vocab::Review;
use chancery_model::{CharMap, Edtf, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Table of the record.
    pub table: String,
    /// Key of the report, for everything that lies in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// First code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// One past the last code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// The words there when it was decided: where they differ now, the decision no longer fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Name of an actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A decision that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadDecision {
    /// The file cannot be read.
    #[error("cannot read the decisions in {path}: {source}; check the path given to --decisions")]
    Unreadable {
        /// Path.
        path: String,
        /// Reason.
        source: std::io::Error,
    },
    /// A line is no decision.
    #[error(
        "{path}:{line}: {reason}; each line is one decision: {{\"at\",\"who\",\"target\",\"action\",\"value\",\"note\"}}"
    )]
    Line {
        /// Path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Reason.
        reason: String,
    },
    /// What is asked for makes no sense.
    #[error("{0}")]
    Meaning(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: String,
    who: String,
    target: Target,
    action: String,
    #[serde(default)]
    value: serde_json::Value,
    #[serde(default)]
    note: Option<String>,
}

/// The decisions of a file, one a line.
///
/// # Errors
/// When the file cannot be read or a line is no decision; the first bad line is named.
pub fn read_file(path: &std::path::Path) -> Result<Vec<DecisionRow>, BadDecision> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| BadDecision::Unreadable { path: shown.clone(), source })?;
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let bad = |reason: String| BadDecision::Line { path: shown.clone(), line: n + 1, reason };
        let l: Line = serde_json::from_str(line).map_err(|e| bad(e.to_string()))?;
        let target = serde_json::to_value(&l.target).map_err(|e| bad(e.to_string()))?;
        let row = DecisionRow {
            at: l.at,
            who: l.who,
            target: Nested(target),
            action: l.action,
            value: Nested(l.value),
            note: l.note,
        };
        check(&row).map_err(|e| bad(e.to_string()))?;
        out.push(row);
    }
    Ok(out)
}

/// Tables whose rows can be confirmed or rejected by span.
const BY_SPAN: &[&str] = &["mentions", "offices", "times", "statements", "figures", "event_mentions"];

/// Whether a decision is one that a build can carry out.
///
/// # Errors
/// [`BadDecision::Meaning`] with what is wrong and what is allowed.
pub fn check(row: &DecisionRow) -> Result<(), BadDecision> {
    let t: Target = serde_json::from_value(row.target.0.clone())
        .map_err(|e| BadDecision::Meaning(format!("target: {e}")))?;
    let bad = |s: String| Err(BadDecision::Meaning(s));
    let text_value = |k: &str| row.value.0.get(k).and_then(|v| v.as_str()).filter(|s| !s.trim().is_empty());
    let in_text = t.key.is_some() && t.start.is_some() && t.end.is_some();
    match (row.action.as_str(), t.table.as_str()) {
        ("set", "reports") if t.key.is_some() => match text_value("published").map(str::parse::<Edtf>) {
            Some(Ok(date)) => corrections::published(&date).map_err(BadDecision::Meaning),
            Some(Err(e)) => bad(e.to_string()),
            None => bad("setting a report needs {\"published\": an EDTF date}".into()),
        },
        ("set", table @ ("statements" | "figures" | "event_mentions" | "times")) if in_text => {
            corrections::check(table, &row.value.0).map_err(BadDecision::Meaning)
        }
        ("confirm" | "reject", table) if BY_SPAN.contains(&table) => {
            if in_text {
                Ok(())
            } else {
                bad(format!("a row of {table} is named by key, start and end"))
            }
        }
        ("merge", "event_mentions") if in_text => match corrections::other(&row.value.0) {
            Some(_) => Ok(()),
            None => {
                bad("merging a mention of an event needs {\"with\": {\"key\", \"start\", \"end\"}}".into())
            }
        },
        ("split", "event_mentions") if in_text => Ok(()),
        ("merge", "actors") if t.name.is_some() => {
            if text_value("with").is_some() {
                Ok(())
            } else {
                bad("merging an actor needs {\"with\": another name}".into())
            }
        }
        ("split", "actors") if t.name.is_some() => {
            if text_value("from").is_some() || text_value("in").is_some() {
                Ok(())
            } else {
                bad("splitting an actor needs {\"from\": another name} or {\"in\": the key of a report}"
                    .into())
            }
        }
        ("rename", "actors") if t.name.is_some() => {
            if text_value("name").is_some() {
                Ok(())
            } else {
                bad("renaming an actor needs {\"name\": the new name}".into())
            }
        }
        (a, table) => bad(format!(
            "{a:?} of {table:?} is not known; use set reports|statements|figures|event_mentions|times, confirm|reject {}, \
             merge|split event_mentions|actors, rename actors",
            BY_SPAN.join("|")
        )),
    }
}

/// What people have said of single rows: table, report key and span to a verdict.
#[derive(Debug, Default)]
pub struct Reviews {
    by: BTreeMap<(String, String, Pair), Review>,
}

impl Reviews {
    /// The verdict on a row; predicted when nobody gave one.
    #[must_use]
    pub fn of(&self, table: &str, key: &str, span: Pair) -> Review {
        if self.by.is_empty() {
            return Review::Predicted;
        }
        self.by.get(&(table.to_owned(), key.to_owned(), span)).copied().unwrap_or(Review::Predicted)
    }

    /// Whether nobody gave any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by.is_empty()
    }
}

/// Decisions made ready for a build.
#[derive(Debug, Default)]
pub struct Replay {
    /// For linking.
    pub decided: Decided,
    /// For the rows.
    pub reviews: Reviews,
    /// Decisions that no longer fit.
    pub unfit: Vec<NoteRow>,
}

/// Puts decisions in the order in which they count.
pub(crate) fn in_order(list: &mut [DecisionRow]) {
    list.sort_by(|a, b| {
        (&a.at, &a.who, a.target.0.to_string()).cmp(&(&b.at, &b.who, b.target.0.to_string()))
    });
}

/// The verdict on a row after a further decision on it. Who confirms what was corrected, confirms the correction; what is
/// merged or split is not judged by that.
pub(crate) fn verdict(before: Review, action: &str) -> Review {
    match action {
        "confirm" if before == Review::Corrected => before,
        "confirm" => Review::Confirmed,
        "reject" => Review::Rejected,
        "set" => Review::Corrected,
        _ => before,
    }
}

/// Replays decisions, later ones over earlier ones, on the reports and facts of a record.
pub fn replay(decisions: &[DecisionRow], items: &mut [(Report, ReportFacts)]) -> Replay {
    let mut out = Replay::default();
    let by_key: BTreeMap<String, usize> =
        items.iter().enumerate().map(|(n, (r, _))| (r.key.clone(), n)).collect();
    let mut sorted = decisions.to_vec();
    in_order(&mut sorted);
    let mut names: Option<BTreeSet<String>> = None;
    for d in &sorted {
        let names = names.get_or_insert_with(|| {
            let by_name = decisions.iter().any(|d| d.target.0.get("name").is_some());
            if by_name { names_of(items) } else { BTreeSet::new() }
        });
        let done = one(d, items, &by_key, &mut out)
            .and_then(|()| unknown_name(d, |n| names.contains(n)).map_or(Ok(()), Err));
        if let Err(why) = done {
            let text = format!("{}{why}. Look at it and decide anew, or leave it.", unfit_words(d));
            out.unfit.push(NoteRow {
                report: None,
                path: None,
                start: None,
                end: None,
                kind: "decision".into(),
                text,
            });
        }
    }
    out
}

/// How the note on a decision that no longer fits begins.
#[must_use]
pub(crate) fn unfit_words(d: &DecisionRow) -> String {
    format!("The decision of {} by {} to {} {} no longer fits: ", d.at, d.who, d.action, target(&d.target.0))
}

/// Every name in the reports, folded.
fn names_of(items: &[(Report, ReportFacts)]) -> BTreeSet<String> {
    let entities = items.iter().flat_map(|(_, f)| &f.entities);
    entities
        .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases).chain(&e.outlet))
        .map(|n| fold::name(n))
        .collect()
}

/// Says so when a decision on actors names somebody whom nobody speaks of; `known` is asked for folded names.
fn unknown_name(d: &DecisionRow, known: impl Fn(&str) -> bool) -> Option<String> {
    let target: Target = serde_json::from_value(d.target.0.clone()).ok()?;
    if target.table != "actors" {
        return None;
    }
    let other = ["with", "from"].iter().find_map(|k| d.value.0.get(k)?.as_str());
    let mut named = target.name.iter().map(String::as_str).chain(other);
    let missing = named.find(|n| !known(&fold::name(n)))?;
    Some(format!("nobody in the record is called {missing:?}; names are as in the actors table"))
}

/// Writes the words that a decision is about into its target, so that it is marked when they change.
pub(crate) fn note_words(d: &mut DecisionRow, items: &[(Report, ReportFacts)]) {
    let Ok(mut t) = serde_json::from_value::<Target>(d.target.0.clone()) else { return };
    let (Some(key), Some(start), Some(end), None) = (&t.key, t.start, t.end, &t.text) else { return };
    let report = items.iter().find(|(r, _)| r.key == *key).map(|(r, _)| r);
    let words = report.and_then(|r| chancery_model::span::at_chars(&r.text, start, end)).map(str::to_owned);
    if words.is_some() {
        t.text = words;
        if let Ok(target) = serde_json::to_value(&t) {
            d.target = Nested(target);
        }
    }
}

/// Keys of the reports that a decision is about.
#[must_use]
pub(crate) fn keys(d: &DecisionRow) -> Vec<String> {
    let other = corrections::other(&d.value.0).and_then(|t| t.key);
    let within = d.value.0.get("in").and_then(|v| v.as_str()).map(str::to_owned);
    let own = serde_json::from_value::<Target>(d.target.0.clone()).ok().and_then(|t| t.key);
    let mut keys: Vec<String> = own.into_iter().chain(other).chain(within).collect();
    keys.dedup();
    keys
}

/// Why a decision fits nothing in these reports, if it does not; `known` says whether somebody has a folded name.
pub fn misfit(
    decision: &DecisionRow,
    items: &mut [(Report, ReportFacts)],
    known: impl Fn(&str) -> bool,
) -> Option<String> {
    let by_key: BTreeMap<String, usize> =
        items.iter().enumerate().map(|(n, (r, _))| (r.key.clone(), n)).collect();
    if let Some(why) = unknown_name(decision, known) {
        return Some(why);
    }
    one(decision, items, &by_key, &mut Replay::default())
        .err()
        .map(|why| format!("{}: {why}", target(&decision.target.0)))
}

/// What a decision is about, in words: "figures of 08-bus-attack.txt at 10-12", "the actor Ada Renn".
fn target(t: &serde_json::Value) -> String {
    let of = |k: &str| t.get(k).and_then(|v| v.as_str());
    let at = |k: &str| t.get(k).and_then(serde_json::Value::as_u64);
    let table = of("table").unwrap_or("row");
    match (of("name"), of("key"), at("start"), at("end")) {
        (Some(name), _, _, _) => format!("the actor {name}"),
        (_, Some(key), Some(start), Some(end)) => format!("{table} of {key} at {start}-{end}"),
        (_, Some(key), _, _) => format!("the report {key}"),
        _ => t.to_string(),
    }
}

/// Why a decision does not fit that names a report which is not there.
const NO_REPORT: &str = "no report has this key; `chancery ask RECORD reports` lists them";

fn one(
    d: &DecisionRow,
    items: &mut [(Report, ReportFacts)],
    by_key: &BTreeMap<String, usize>,
    out: &mut Replay,
) -> Result<(), String> {
    check(d).map_err(|e| e.to_string())?;
    let t: Target = serde_json::from_value(d.target.0.clone()).map_err(|e| e.to_string())?;
    let value = |k: &str| d.value.0.get(k).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    if t.table == "actors" {
        let name = t.name.unwrap_or_default();
        match d.action.as_str() {
            "merge" => out.decided.same_actor.push((name, value("with"))),
            "split" if d.value.0.get("in").is_some() => {
                let n = *by_key.get(&value("in")).ok_or(NO_REPORT)?;
                let (report, _) = items.get(n).ok_or(NO_REPORT)?;
                out.decided.own_actor.insert((fold::name(&name), report.id.clone()));
            }
            "split" => {
                let from = value("from");
                let pair = ordered(&name, &from);
                out.decided.same_actor.retain(|(a, b)| ordered(a, b) != pair);
                out.decided.other_actor.push((name, from));
            }
            _ => {
                out.decided.rename_actor.insert(name, value("name"));
            }
        }
        return Ok(());
    }
    let key = t.key.unwrap_or_default();
    let n = *by_key.get(&key).ok_or(NO_REPORT)?;
    let (report, facts) = items.get_mut(n).ok_or(NO_REPORT)?;
    if t.table == "reports" {
        let edtf: Edtf =
            value("published").parse().map_err(|e: chancery_model::date::NotEdtf| e.to_string())?;
        out.decided.dates.insert(report.id.clone(), edtf.days());
        return Ok(());
    }
    let pair = [t.start.unwrap_or(0), t.end.unwrap_or(0)];
    let now = chancery_model::span::at_chars(&report.text, pair[0], pair[1])
        .ok_or("the text is shorter than the span")?;
    if t.text.as_deref().is_some_and(|then| then != now) {
        return Err(format!("the words there are now {now:?}"));
    }
    let found = find(&t.table, pair, report, facts).ok_or("no such row is found there now")?;
    let id = report.id.clone();
    if matches!((d.action.as_str(), &found), ("set" | "merge" | "split", Found::Row)) {
        return Err(
            "these words only take an event up: confirm or reject them, or decide on its other mentions"
                .into(),
        );
    }
    if let ("merge" | "split", Found::Fact(f)) = (d.action.as_str(), &found) {
        let here = (id, *f);
        if d.action == "split" {
            out.decided.same_event.retain(|(a, b)| *a != here && *b != here);
            out.decided.own_event.insert(here);
            return Ok(());
        }
        let other = corrections::other(&d.value.0).ok_or("it does not say with what")?;
        let n = *by_key
            .get(&other.key.unwrap_or_default())
            .ok_or("no report has the key of the other mention")?;
        let (report, facts) = items.get(n).ok_or("no report has the key of the other mention")?;
        let pair = [other.start.unwrap_or(0), other.end.unwrap_or(0)];
        let Some(Found::Fact(f)) = find("event_mentions", pair, report, facts) else {
            return Err("the other mention is not found there now".into());
        };
        let there = (report.id.clone(), f);
        out.decided.own_event.remove(&here);
        out.decided.own_event.remove(&there);
        out.decided.same_event.push((here, there));
        return Ok(());
    }
    if d.action == "set"
        && let Found::Fact(f) = found
        && let Some(days) = corrections::apply(facts, f, &d.value.0)?
    {
        out.decided.days.insert((id.clone(), f), days);
    }
    let review = verdict(out.reviews.of(&t.table, &key, pair), &d.action);
    if let Found::Fact(f) = found {
        if review == Review::Rejected {
            out.decided.rejected.insert((id, f));
        } else {
            out.decided.rejected.remove(&(id, f));
        }
    }
    out.reviews.by.insert((t.table, key, pair), review);
    Ok(())
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (a, b) = (fold::name(a), fold::name(b));
    if a <= b { (a, b) } else { (b, a) }
}

#[derive(Clone, Copy)]
enum Found {
    Fact(FactRef),
    Row,
}

/// The row of a table at a span. A statement is found by its first piece of content (else its cue).
fn find(table: &str, pair: Pair, report: &Report, facts: &ReportFacts) -> Option<Found> {
    let map = CharMap::new(&report.text);
    let here = |s: Span| map.pair(&report.text, s) == pair;
    let ix = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match table {
        "statements" => {
            let key = |s: &chancery_model::facts::Statement| s.content.first().or(s.cue.first()).copied();
            let n = facts.statements.iter().position(|s| key(s).is_some_and(here))?;
            Some(Found::Fact(FactRef::Statement(ix(n))))
        }
        "figures" => {
            facts.figures.iter().position(|f| here(f.span)).map(|n| Found::Fact(FactRef::Figure(ix(n))))
        }
        "event_mentions" => {
            let marked = facts.events.iter().position(|e| here(e.span));
            let takes_up =
                || chancery_link::takes_up(report, facts).into_iter().any(here).then_some(Found::Row);
            marked.map(|n| Found::Fact(FactRef::Event(ix(n)))).or_else(takes_up)
        }
        "mentions" => facts.mentions.iter().any(|m| here(m.span)).then_some(Found::Row),
        "times" => facts.times.iter().position(|t| here(t.span)).map(|n| Found::Fact(FactRef::Time(ix(n)))),
        "offices" => facts.offices.iter().any(|o| here(o.span)).then_some(Found::Row),
        _ => None,
    }
}
