//! One report with its facts under each sentence, and why it has the date it has.

use super::Lookup;
use super::statements::view;
use crate::EngineError;
use chancery_model::rows::{
    BlockRow, EventMentionRow, FigureRow, MentionRow, NoteRow, OfficeRow, OriginRow, ReportRow, StatementRow,
    TimeRow,
};
use chancery_model::schema::Value;
use chancery_model::vocab::{BlockKind, DateBasis};
use chancery_model::{CharMap, Day, Edtf, Id, Span};
use chancery_store::Store;
use serde::Serialize;

/// A report as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// Report id.
    pub id: Id,
    /// Key.
    pub key: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Byline.
    pub byline: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// Why that day.
    pub published_why: String,
    /// Why it is one source with others, or alone.
    pub origin_why: String,
    /// Notes.
    pub notes: Vec<String>,
    /// Sentences with their facts, and the blocks that bear none.
    pub sentences: Vec<SentenceView>,
}

/// A sentence, or a block that bears no facts.
#[derive(Debug, Clone, Serialize)]
pub struct SentenceView {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What it lies in.
    pub block: BlockKind,
    /// Whether it begins a paragraph.
    pub begins: bool,
    /// The words.
    pub text: String,
    /// The facts that begin in it.
    pub facts: Vec<Fact>,
}

/// A fact in one line.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// `statement`, `figure`, `time`, `event`, `office` or `name`.
    pub kind: &'static str,
    /// First code point.
    pub start: i64,
    /// In plain words.
    pub text: String,
}

/// Finds a report by key or id, or by the end of a key that only one has.
pub(crate) fn find(store: &Store, asked: &str) -> Result<ReportRow, EngineError> {
    for column in ["key", "id"] {
        let rows = store.rows::<ReportRow>(Some((column, Value::Text(asked.to_owned()))))?;
        if let Some(r) = rows.into_iter().next() {
            return Ok(r);
        }
    }
    let mut ends: Vec<ReportRow> = store.rows::<ReportRow>(None)?;
    ends.retain(|r| r.key.ends_with(asked) || r.key.starts_with(asked));
    match ends.len() {
        1 => ends.pop().ok_or_else(|| EngineError::NoReport(asked.to_owned())),
        0 => Err(EngineError::NoReport(asked.to_owned())),
        _ => Err(EngineError::ManyReports {
            asked: asked.to_owned(),
            keys: ends.iter().take(8).map(|r| r.key.clone()).collect::<Vec<_>>().join(", "),
        }),
    }
}

/// A report with its facts under each sentence.
///
/// # Errors
/// When there is no such report, or the record cannot be read.
pub fn report_view(store: &Store, asked: &str) -> Result<ReportView, EngineError> {
    let row = find(store, asked)?;
    let mut look = Lookup::new(store)?;
    let here = || Some(("report", Value::Text(row.id.to_string())));
    let facts = facts(store, &mut look, &row)?;
    let blocks = store.rows::<BlockRow>(here())?;
    let origin = store.rows::<OriginRow>(Some(("id", Value::Text(row.origin.to_string()))))?;
    let notes = store.rows::<NoteRow>(here())?.into_iter().map(|n| n.text).collect();
    let input = store.input(&row.id)?.ok_or_else(|| EngineError::NoReport(row.key.clone()))?;
    let segments = chancery_text::segment(&input);
    let map = CharMap::new(&row.text);
    let mut sentences = Vec::new();
    for s in &segments.sentences {
        let [start, end] = map.pair(&row.text, s.span);
        let par = segments.paragraphs.get(s.paragraph as usize);
        let begins = par.is_some_and(|p| p.span.start == s.span.start);
        let block = par.and_then(|p| input.blocks.get(p.block as usize)).map_or(BlockKind::Body, |b| b.kind);
        sentences.push(SentenceView {
            start,
            end,
            block,
            begins,
            text: s.span.of(&row.text).to_owned(),
            facts: Vec::new(),
        });
    }
    for b in blocks.iter().filter(|b| !b.kind.bears_facts()) {
        let clamp = |n: i64| u32::try_from(n).unwrap_or(0);
        let text =
            chancery_model::span::at_chars(&row.text, clamp(b.start), clamp(b.end)).unwrap_or_default();
        sentences.push(SentenceView {
            start: clamp(b.start),
            end: clamp(b.end),
            block: b.kind,
            begins: true,
            text: text.to_owned(),
            facts: Vec::new(),
        });
    }
    sentences.sort_by_key(|s| (s.start, s.end));
    for f in facts {
        let at = sentences.partition_point(|s| i64::from(s.start) <= f.start);
        if let Some(s) = at.checked_sub(1).and_then(|n| sentences.get_mut(n)) {
            s.facts.push(f);
        }
    }
    Ok(ReportView {
        id: row.id,
        key: row.key,
        title: row.title,
        outlet: row.outlet,
        byline: row.byline,
        language: row.language,
        published: row.published,
        published_why: row.published_why,
        origin_why: origin.into_iter().next().map(|o| o.why).unwrap_or_default(),
        notes,
        sentences,
    })
}

/// Every fact of a report in one line, in text order.
fn facts(store: &Store, look: &mut Lookup<'_>, row: &ReportRow) -> Result<Vec<Fact>, EngineError> {
    let here = || Some(("report", Value::Text(row.id.to_string())));
    let mut out = Vec::new();
    for s in store.rows::<StatementRow>(here())? {
        let start =
            s.content.0.iter().chain(&s.cue.0).chain(&s.source.0).map(|p| i64::from(p[0])).min().unwrap_or(0);
        let v = view(look, &s)?;
        let mut how = vec![v.form.to_string(), v.act.to_string()];
        how.extend(v.addressee.map(|a| format!("to {a}")));
        how.extend(v.medium);
        how.extend(v.said.map(|d| format!("said {d}")));
        how.extend(s.within.is_some().then(|| "inside another statement".to_owned()));
        how.extend(s.negated.then(|| "negated".to_owned()));
        how.extend(s.hedged.then(|| "hedged".to_owned()));
        let source = v
            .speaker_text
            .filter(|t| v.speaker.as_ref() != Some(t))
            .map_or(String::new(), |t| format!(" (“{t}”)"));
        out.push(Fact {
            kind: "statement",
            start,
            text: format!("{}{source}: {} [{}]", v.chain, v.content, how.join(", ")),
        });
    }
    for f in store.rows::<FigureRow>(here())? {
        let mut s = format!("{} – {}", f.text, f.measure.replace('_', " "));
        for (label, part) in [("", f.subject), (" of ", f.of)] {
            if let Some(p) = part {
                s = format!("{s}{}{p}", if label.is_empty() { ": " } else { label });
            }
        }
        if let Some(n) = look.name(f.speaker.as_ref()) {
            s = format!("{s} – by the word of {n}");
        }
        if let Some(d) = f.derivation {
            s = format!("{s} – {d}");
        }
        out.push(Fact { kind: "figure", start: f.start, text: s });
    }
    for t in store.rows::<TimeRow>(here())? {
        let value = t.value.unwrap_or_else(|| "not known".into());
        let days = match (t.lo, t.hi) {
            (Some(a), Some(b)) if a == b => format!(" = {a}"),
            (Some(a), Some(b)) => format!(" = {a} to {b}"),
            _ => String::new(),
        };
        out.push(Fact { kind: "time", start: t.start, text: format!("{} → {value}{days}", t.text) });
    }
    for e in store.rows::<EventMentionRow>(here())? {
        let who: Vec<String> = e
            .participants
            .0
            .iter()
            .filter_map(|p| Some(format!("{} {}", p.role, look.name(Some(&p.actor))?)))
            .collect();
        let mut parts = vec![format!("{} {}", crate::views::events::kind(e.r#type, &e.by), e.status)];
        parts.extend((!who.is_empty()).then(|| who.join(", ")));
        parts.extend(e.place_name.map(|p| format!("in {p}")));
        parts.extend(e.date.map(|d| format!("on {d}")));
        out.push(Fact {
            kind: "event", start: e.start, text: format!("“{}”: {}", e.text, parts.join("; "))
        });
    }
    for o in store.rows::<OfficeRow>(here())? {
        let name = look.name(Some(&o.actor)).unwrap_or_default();
        let of = o.organization.or(o.country).map_or(String::new(), |x| format!(" ({x})"));
        out.push(Fact { kind: "office", start: o.start, text: format!("{name}: {}{of}", o.office) });
    }
    for m in store.rows::<MentionRow>(here())? {
        if let Some(n) = look.name(m.actor.as_ref()).filter(|n| *n != m.text) {
            out.push(Fact { kind: "name", start: m.start, text: format!("{} = {n}", m.text) });
        }
    }
    out.sort_by(|a, b| (a.start, a.kind, &a.text).cmp(&(b.start, b.kind, &b.text)));
    Ok(out)
}

/// Why a report has the date it has.
#[derive(Debug, Clone, Serialize)]
pub struct WhenView {
    /// Report key.
    pub report: String,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// Earliest day.
    pub lo: Option<Day>,
    /// Latest day.
    pub hi: Option<Day>,
    /// What it rests on.
    pub basis: DateBasis,
    /// Why.
    pub why: String,
    /// A printed date that was not believed.
    pub stamp: Option<String>,
    /// Hints that were found: what they are, the words, the days they name.
    pub clues: Vec<(DateBasis, String, Option<Edtf>)>,
    /// What its text and the chronology say of its date, the firmest first: the days that leaves, what it rests on, a
    /// clause.
    pub reasons: Vec<(Option<Edtf>, DateBasis, String)>,
    /// Reports on which the date leans, each with its own date and why.
    pub leans_on: Vec<(String, Option<Edtf>, DateBasis, String)>,
    /// Time expressions of the text: words, value, why.
    pub times: Vec<(String, Option<String>, String)>,
}

/// How many reasons are shown.
const REASONS: usize = 12;

/// Explains a report's date.
///
/// # Errors
/// When there is no such report, or the record cannot be read.
pub fn when(store: &Store, asked: &str) -> Result<WhenView, EngineError> {
    let row = find(store, asked)?;
    let times = store.rows::<TimeRow>(Some(("report", Value::Text(row.id.to_string()))))?;
    let input = store.input(&row.id)?;
    let own = store.meta(crate::build::KNOWN)?.map(|kept| crate::known::kept(&kept)).transpose()?;
    let facts = crate::build::facts_kept(store, &row.id)?;
    let mut reasons = Vec::new();
    if let (Some(report), Some(facts)) = (&input, &facts) {
        let item = chancery_link::Item { report, facts };
        let all = chancery_link::dates::reasons(&item, &own.unwrap_or_default());
        reasons.extend(all.into_iter().take(REASONS).map(|r| (r.days.to_edtf(), r.basis, r.why)));
    }
    let mut leans_on = Vec::new();
    if row.published_basis == DateBasis::Corpus {
        let named = |r: &ReportRow| r.id != row.id && row.published_why.contains(&format!(" {} of ", r.key));
        let others = store.rows::<ReportRow>(None)?.into_iter().filter(named);
        leans_on.extend(others.map(|r| (r.key, r.published, r.published_basis, r.published_why)));
        leans_on.sort_by(|a: &(String, _, _, _), b| a.0.cmp(&b.0));
    }
    let clues = input.map_or_else(Vec::new, |r| {
        r.clues
            .iter()
            .map(|c| {
                (
                    c.basis,
                    c.span.map_or(c.words.clone(), |s: Span| s.of(&r.text).to_owned()),
                    c.days.to_edtf(),
                )
            })
            .collect()
    });
    Ok(WhenView {
        report: row.key,
        published: row.published,
        lo: row.published_lo,
        hi: row.published_hi,
        basis: row.published_basis,
        why: row.published_why,
        stamp: row.stamp,
        clues,
        reasons,
        leans_on,
        times: times.into_iter().map(|t| (t.text, t.value, t.why)).collect(),
    })
}

/// A report in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine {
    /// Key.
    pub key: String,
    /// Report id.
    pub id: Id,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// What the day rests on.
    pub basis: DateBasis,
    /// Outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Number of words.
    pub words: i64,
}

/// The reports of a record, by day; the undated last.
///
/// # Errors
/// When the record cannot be read.
pub fn reports(store: &Store) -> Result<Vec<ReportLine>, EngineError> {
    let mut rows = store.rows::<ReportRow>(None)?;
    let day = |r: &ReportRow| r.published_lo.or(r.published_hi);
    rows.sort_by(|a, b| (day(a).is_none(), day(a), &a.key).cmp(&(day(b).is_none(), day(b), &b.key)));
    let line = |r: ReportRow| ReportLine {
        key: r.key,
        id: r.id,
        published: r.published,
        basis: r.published_basis,
        outlet: r.outlet,
        title: r.title,
        words: r.words,
    };
    Ok(rows.into_iter().map(line).collect())
}
