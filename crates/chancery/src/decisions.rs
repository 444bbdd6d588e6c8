//! A person's corrections. They are kept as rows and replayed at every build.
//!
//! A decision names its target by table, report key and span (in code points), never by a fact's id, so that it
//! survives a new reader. One that no longer fits is kept, left out, and said so in the notes.

use chancery_link::{Decided, FactRef};
use chancery_model::facts::{Entity, ReportFacts};
use chancery_model::report::Report;
use chancery_model::rows::{DecisionRow, NoteRow, Pair};
use chancery_model::schema::Nested;
use chancery_model::vocab::{ActorKind, Review};
use chancery_model::{CharMap, Edtf, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    match (row.action.as_str(), t.table.as_str()) {
        ("set", "reports") if t.key.is_some() => match text_value("published").map(str::parse::<Edtf>) {
            Some(Ok(_)) => Ok(()),
            Some(Err(e)) => bad(e.to_string()),
            None => bad("setting a report needs {\"published\": an EDTF date}".into()),
        },
        ("set", "statements") if t.key.is_some() && t.start.is_some() && t.end.is_some() => {
            if text_value("speaker").is_some() {
                Ok(())
            } else {
                bad("setting a statement needs {\"speaker\": a name}".into())
            }
        }
        ("confirm" | "reject", table) if BY_SPAN.contains(&table) => {
            if t.key.is_some() && t.start.is_some() && t.end.is_some() {
                Ok(())
            } else {
                bad(format!("a row of {table} is named by key, start and end"))
            }
        }
        ("merge", "actors") if t.name.is_some() => {
            if text_value("with").is_some() {
                Ok(())
            } else {
                bad("merging an actor needs {\"with\": another name}".into())
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
            "{a:?} of {table:?} is not known; use set reports|statements, confirm|reject {}, merge|rename actors",
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
        self.by.get(&(table.to_owned(), key.to_owned(), span)).copied().unwrap_or(Review::Predicted)
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

/// Replays decisions, later ones over earlier ones, on the reports and facts of a record.
pub fn replay(decisions: &[DecisionRow], items: &mut [(Report, ReportFacts)]) -> Replay {
    let mut out = Replay::default();
    let by_key: BTreeMap<String, usize> =
        items.iter().enumerate().map(|(n, (r, _))| (r.key.clone(), n)).collect();
    let mut sorted: Vec<&DecisionRow> = decisions.iter().collect();
    sorted.sort_by(|a, b| {
        (&a.at, &a.who, a.target.0.to_string()).cmp(&(&b.at, &b.who, b.target.0.to_string()))
    });
    for d in sorted {
        if let Err(why) = one(d, items, &by_key, &mut out) {
            let text = format!(
                "The decision of {} by {} to {} {} no longer fits: {why}. Look at it and decide anew, or leave it.",
                d.at, d.who, d.action, d.target.0
            );
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

/// Why a decision fits nothing in these reports, if it does not.
pub fn misfit(decision: &DecisionRow, items: &mut [(Report, ReportFacts)]) -> Option<String> {
    let by_key: BTreeMap<String, usize> =
        items.iter().enumerate().map(|(n, (r, _))| (r.key.clone(), n)).collect();
    let target: Target = serde_json::from_value(decision.target.0.clone()).ok()?;
    if target.table == "actors" {
        let known = |name: &str| {
            let folded = chancery_link::fold::name(name);
            let fits = |e: &Entity| {
                std::iter::once(&e.name).chain(&e.aliases).any(|n| chancery_link::fold::name(n) == folded)
            };
            items.iter().any(|(_, f)| f.entities.iter().any(fits))
        };
        let with = decision.value.0.get("with").and_then(|v| v.as_str());
        return target
            .name
            .iter()
            .map(String::as_str)
            .chain(with)
            .find(|n| !known(n))
            .map(|n| format!("nobody in the record is called {n:?}; names are as in the actors table"));
    }
    one(decision, items, &by_key, &mut Replay::default())
        .err()
        .map(|why| format!("{}: {why}", decision.target.0))
}

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
        if d.action == "merge" {
            out.decided.same_actor.push((name, value("with")));
        } else {
            out.decided.rename_actor.insert(name, value("name"));
        }
        return Ok(());
    }
    let key = t.key.unwrap_or_default();
    let n = *by_key.get(&key).ok_or("no report has this key")?;
    let (report, facts) = items.get_mut(n).ok_or("no report has this key")?;
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
    let review = match d.action.as_str() {
        "confirm" => Review::Confirmed,
        "reject" => Review::Rejected,
        _ => {
            if let Found::Fact(FactRef::Statement(s)) = found {
                set_speaker(facts, s, &value("speaker"));
            }
            Review::Corrected
        }
    };
    if let Found::Fact(f) = found {
        if review == Review::Rejected {
            out.decided.rejected.insert((report.id.clone(), f));
        } else {
            out.decided.rejected.remove(&(report.id.clone(), f));
        }
    }
    out.reviews.by.insert((t.table, key, pair), review);
    Ok(())
}

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
            facts.events.iter().position(|e| here(e.span)).map(|n| Found::Fact(FactRef::Event(ix(n))))
        }
        "mentions" => facts.mentions.iter().any(|m| here(m.span)).then_some(Found::Row),
        "times" => facts.times.iter().any(|t| here(t.span)).then_some(Found::Row),
        "offices" => facts.offices.iter().any(|o| here(o.span)).then_some(Found::Row),
        _ => None,
    }
}

/// Gives a statement its speaker: somebody the report speaks of under that name, else somebody new.
fn set_speaker(facts: &mut ReportFacts, statement: u32, name: &str) {
    let folded = chancery_link::fold::name(name);
    let known = facts.entities.iter().position(|e| {
        std::iter::once(&e.name).chain(&e.aliases).any(|n| chancery_link::fold::name(n) == folded)
    });
    let ix = known.unwrap_or_else(|| {
        facts.entities.push(Entity {
            name: name.to_owned(),
            kind: ActorKind::Person,
            country: None,
            sector: None,
            aliases: Vec::new(),
            outlet: None,
        });
        facts.entities.len() - 1
    });
    if let Some(s) = facts.statements.get_mut(statement as usize) {
        s.speaker = u32::try_from(ix).ok();
        s.speaker_named = true;
    }
}
