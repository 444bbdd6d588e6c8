//! A report's text cut at every edge of a fact or block, so that a page can mark the facts in place.

use super::Lookup;
use crate::EngineError;
use chancery_model::rows::{BlockRow, EventMentionRow, FigureRow, ReportRow, StatementRow, TimeRow};
use chancery_model::schema::Value;
use chancery_model::vocab::{BlockKind, Review, Sure};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeSet;

/// A fact to be marked.
#[derive(Debug, Clone, Serialize)]
pub struct Marked {
    /// Table it is a row of.
    pub table: &'static str,
    /// Id, where rows of the table have one.
    pub id: Option<String>,
    /// First code point of the span that decisions name it by.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// All its words.
    pub spans: Vec<[u32; 2]>,
    /// In plain words.
    pub label: String,
    /// Who made it.
    pub by: String,
    /// How sure.
    pub sure: Sure,
    /// What a person said of it.
    pub review: Review,
    /// Event it is a mention of.
    pub event: Option<String>,
}

/// A stretch of text that the same facts cover.
#[derive(Debug, Clone, Serialize)]
pub struct Stretch {
    /// First code point.
    pub start: u32,
    /// The words.
    pub text: String,
    /// What it lies in.
    pub block: Option<BlockKind>,
    /// Why it is that.
    pub why: Option<String>,
    /// Indexes of the facts that cover it.
    pub facts: Vec<usize>,
}

/// A report with its facts in place.
#[derive(Debug, Clone)]
pub struct MarkedReport {
    /// The report.
    pub report: ReportRow,
    /// Facts in the order of the text.
    pub facts: Vec<Marked>,
    /// The text, cut.
    pub stretches: Vec<Stretch>,
}

fn u(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// A report by id, with its facts in place; `None` when there is none.
///
/// # Errors
/// When the record cannot be read.
pub fn marked(store: &Store, id: &str) -> Result<Option<MarkedReport>, EngineError> {
    let Some(report) = store.rows::<ReportRow>(Some(("id", Value::Text(id.to_owned()))))?.into_iter().next()
    else {
        return Ok(None);
    };
    let here = || Some(("report", Value::Text(id.to_owned())));
    let mut look = Lookup::bare(store);
    let mut facts = Vec::new();
    let statements = store.rows::<StatementRow>(here())?;
    look.know(statements.iter().filter_map(|s| s.speaker.as_ref()))?;
    for s in statements {
        let Some(first) = s.content.0.first().or(s.cue.0.first()).copied() else { continue };
        let who = look.name(s.speaker.as_ref()).or_else(|| s.speaker_text.clone());
        let mut label = format!("{}: {}", who.unwrap_or_else(|| "nobody named".into()), s.act);
        for r in &s.relays.0 {
            label.push_str(&format!(", through {}", r.text));
        }
        facts.push(Marked {
            table: "statements",
            id: Some(s.id.to_string()),
            start: first[0],
            end: first[1],
            spans: [s.content.0, s.cue.0, s.source.0].concat(),
            label,
            by: s.by,
            sure: s.sure,
            review: s.review,
            event: None,
        });
    }
    let figures = store.rows::<FigureRow>(here())?;
    look.know(figures.iter().filter_map(|f| f.speaker.as_ref()))?;
    for f in figures {
        let who = look.name(f.speaker.as_ref()).map_or_else(String::new, |w| format!(", by {w}"));
        let label = format!("“{}”: {}{who}", f.text, f.measure);
        let mut m = plain("figures", f.start, f.end, label, f.by, f.sure, f.review);
        m.id = Some(f.id.to_string());
        facts.push(m);
    }
    for t in store.rows::<TimeRow>(here())? {
        let label = t.edtf.map_or_else(|| t.value.clone().unwrap_or_default(), |e| e.to_string());
        let label = format!("“{}”: {label} ({})", t.text, t.why);
        facts.push(plain("times", t.start, t.end, label, t.by, t.sure, t.review));
    }
    let mentions = store.rows::<EventMentionRow>(here())?;
    look.know(mentions.iter().flat_map(|e| e.participants.0.iter().map(|p| &p.actor)))?;
    for e in mentions {
        let who: Vec<String> = e
            .participants
            .0
            .iter()
            .filter_map(|p| Some(format!("{} {}", p.role, look.name(Some(&p.actor))?)))
            .collect();
        let mut label = format!(
            "“{}”: {}, reported as {}",
            e.text,
            crate::views::events::kind(e.r#type, &e.by).to_lowercase(),
            e.status
        );
        if !who.is_empty() {
            label.push_str(&format!(": {}", who.join(", ")));
        }
        let mut m = plain("event_mentions", e.start, e.end, label, e.by, e.sure, e.review);
        m.event = Some(e.event.to_string());
        facts.push(m);
    }
    facts.sort_by(|a, b| (a.start, b.end, a.table).cmp(&(b.start, a.end, b.table)));
    let blocks = store.rows::<BlockRow>(here())?;
    let stretches = cut(&report.text, &facts, &blocks);
    Ok(Some(MarkedReport { report, facts, stretches }))
}

fn plain(
    table: &'static str,
    start: i64,
    end: i64,
    label: String,
    by: String,
    sure: Sure,
    review: Review,
) -> Marked {
    let (start, end) = (u(start), u(end));
    Marked { table, id: None, start, end, spans: vec![[start, end]], label, by, sure, review, event: None }
}

fn cut(text: &str, facts: &[Marked], blocks: &[BlockRow]) -> Vec<Stretch> {
    let chars: Vec<char> = text.chars().collect();
    let end = u32::try_from(chars.len()).unwrap_or(u32::MAX);
    let mut edges: BTreeSet<u32> = [0, end].into();
    edges.extend(facts.iter().flat_map(|f| f.spans.iter().flatten().copied()));
    edges.extend(blocks.iter().flat_map(|b| [u(b.start), u(b.end)]));
    let edges: Vec<u32> = edges.into_iter().filter(|e| *e <= end).collect();
    let mut out = Vec::with_capacity(edges.len());
    for pair in edges.windows(2) {
        let [lo, hi] = pair else { continue };
        let block = blocks.iter().find(|b| u(b.start) <= *lo && *hi <= u(b.end));
        // Facts are sorted, so those that begin later than this stretch by their first word may still reach back
        // with a cue or a source; all are looked at.
        let covering = facts
            .iter()
            .enumerate()
            .filter(|(_, f)| f.spans.iter().any(|[a, b]| a <= lo && hi <= b))
            .map(|(n, _)| n)
            .collect();
        out.push(Stretch {
            start: *lo,
            text: chars.get(*lo as usize..*hi as usize).unwrap_or_default().iter().collect(),
            block: block.map(|b| b.kind),
            why: block.map(|b| b.why.clone()),
            facts: covering,
        });
    }
    out
}

/// The words of a report, by id, at a span in code points; `None` when there are none.
///
/// # Errors
/// When the record cannot be read.
pub fn words(store: &Store, id: &str, start: u32, end: u32) -> Result<Option<String>, EngineError> {
    let row = store.rows::<ReportRow>(Some(("id", Value::Text(id.to_owned()))))?.into_iter().next();
    Ok(row.and_then(|r| chancery_model::span::at_chars(&r.text, start, end).map(str::to_owned)))
}

/// The paragraph of a report around spans in code points, cut into pieces: words, and whether a span covers them.
///
/// # Errors
/// When the record cannot be read.
pub fn passage(store: &Store, id: &str, spans: &[[u32; 2]]) -> Result<Vec<(String, bool)>, EngineError> {
    let row = store.rows::<ReportRow>(Some(("id", Value::Text(id.to_owned()))))?.into_iter().next();
    let (Some(row), Some(lo), Some(hi)) =
        (row, spans.iter().map(|s| s[0]).min(), spans.iter().map(|s| s[1]).max())
    else {
        return Ok(Vec::new());
    };
    let chars: Vec<char> = row.text.chars().collect();
    let (lo, hi) = ((lo as usize).min(chars.len()), (hi as usize).min(chars.len()));
    let from = (0..lo).rev().find(|i| chars.get(*i) == Some(&'\n')).map_or(0, |i| i + 1);
    let to = (hi..chars.len()).find(|i| chars.get(*i) == Some(&'\n')).unwrap_or(chars.len());
    let mut out: Vec<(String, bool)> = Vec::new();
    for (at, c) in chars.iter().enumerate().take(to).skip(from) {
        let hit = spans.iter().any(|[a, b]| (*a as usize..*b as usize).contains(&at));
        match out.last_mut() {
            Some((s, h)) if *h == hit => s.push(*c),
            _ => out.push((c.to_string(), hit)),
        }
    }
    Ok(out)
}
