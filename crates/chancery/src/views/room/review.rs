//! What waits for a person, and what people have decided.

use super::{LEAST_SURE, ask, number, text};
use crate::EngineError;
use crate::decisions::Target;
use crate::views::events::pieces_around;
use chancery_link::fold;
use chancery_model::rows::DecisionRow;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What kind of row is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// Statements.
    Statements,
    /// Statements by a source that stands for nobody known.
    Speakers,
    /// Figures.
    Figures,
    /// Mentions of events.
    Events,
}

impl ReviewKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Statements, Self::Speakers, Self::Figures, Self::Events];

    /// The word that an address has for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Speakers => "speakers",
            Self::Figures => "figures",
            Self::Events => "events",
        }
    }

    /// The kind that a word stands for.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }

    /// Table of the rows.
    #[must_use]
    pub fn table(self) -> &'static str {
        match self {
            Self::Statements | Self::Speakers => "statements",
            Self::Figures => "figures",
            Self::Events => "event_mentions",
        }
    }

    fn fits(self) -> &'static str {
        match self {
            Self::Statements => "content <> '[]'",
            Self::Speakers => "content <> '[]' AND speaker IS NULL AND speaker_text IS NOT NULL",
            Self::Figures | Self::Events => "1",
        }
    }
}

/// What people have said of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Nothing.
    Predicted,
    /// Right.
    Confirmed,
    /// Wrong.
    Rejected,
    /// Right after a correction.
    Corrected,
}

impl ReviewState {
    /// All, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Predicted, Self::Confirmed, Self::Corrected, Self::Rejected];

    /// The word in the record.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Predicted => "predicted",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Corrected => "corrected",
        }
    }

    /// The state that a word stands for.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// A row to look at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReviewItem {
    /// Id of the row.
    pub id: String,
    /// Report id.
    pub report: String,
    /// Report key.
    pub key: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, EDTF.
    pub published: Option<String>,
    /// First code point of the span that decisions name it by.
    pub start: i64,
    /// One past the last.
    pub end: i64,
    /// Who it is about: the speaker or claimant.
    pub who: Option<String>,
    /// What was read: act, measure or type.
    pub what: String,
    /// How: form, qualifier or status.
    pub how: String,
    /// When, EDTF.
    pub day: Option<String>,
    /// Lower bound of a figure.
    pub low: Option<f64>,
    /// Upper bound of a figure.
    pub high: Option<f64>,
    /// Event of a mention.
    pub event: Option<String>,
    /// Who made it.
    pub by: String,
    /// How sure.
    pub sure: String,
    /// What a person said of it.
    pub review: String,
    /// Words before, the words, and words after.
    #[serde(skip)]
    pub context: [String; 3],
}

/// Rows of a kind and state, the least sure first.
///
/// # Errors
/// When the record cannot be read.
pub fn queue(
    store: &Store,
    kind: ReviewKind,
    state: ReviewState,
    limit: i64,
    skip: i64,
) -> Result<Vec<ReviewItem>, EngineError> {
    let columns = match kind {
        ReviewKind::Statements | ReviewKind::Speakers => {
            "json_extract(x.content, '$[0][0]') start, json_extract(x.content, '$[0][1]') \"end\", \
             coalesce(a.name, x.speaker_text) who, x.act what, x.form how, x.said day, NULL low, NULL high, NULL event"
        }
        ReviewKind::Figures => {
            "x.start, x.\"end\", a.name who, x.measure what, x.qualifier how, x.as_of day, x.low, x.high, NULL event"
        }
        ReviewKind::Events => {
            "x.start, x.\"end\", NULL who, x.type what, x.status how, x.date day, NULL low, NULL high, x.event"
        }
    };
    let actor = if kind == ReviewKind::Events { "NULL" } else { "x.speaker" };
    let table = kind.table();
    let fits = kind.fits();
    let sql = format!(
        "SELECT x.id, x.report, r.key, r.outlet, r.published, {columns}, x.by, x.sure, x.review FROM {table} x \
         JOIN reports r ON r.id = x.report LEFT JOIN actors a ON a.id = {actor} WHERE x.id IN (SELECT id FROM {table} \
         WHERE review = ?1 AND {fits} ORDER BY {LEAST_SURE}, id LIMIT ?2 OFFSET ?3) \
         ORDER BY CASE x.sure WHEN 'low' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, x.id"
    );
    let mut items: Vec<ReviewItem> =
        ask(store, &sql, &[text(state.word()), Value::Int(limit), Value::Int(skip)])?;
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for i in &mut items {
        if !texts.contains_key(&i.report) {
            texts.insert(i.report.clone(), text_of(store, &i.report)?);
        }
        if let Some(t) = texts.get(&i.report) {
            i.context = pieces_around(t, i.start, i.end, 160);
        }
    }
    Ok(items)
}

/// The text of a report, by id; empty when there is none.
fn text_of(store: &Store, report: &str) -> Result<String, EngineError> {
    #[derive(Deserialize)]
    struct One {
        text: String,
    }
    let found = ask::<One>(store, "SELECT text FROM reports WHERE id = ?1", &[text(report)])?.pop();
    Ok(found.map(|o| o.text).unwrap_or_default())
}

/// How many rows of a kind are in a state.
///
/// # Errors
/// When the record cannot be read.
pub fn queue_count(store: &Store, kind: ReviewKind, state: ReviewState) -> Result<i64, EngineError> {
    let sql = format!("SELECT count(*) n FROM {} WHERE review = ?1 AND {}", kind.table(), kind.fits());
    number(store, &sql, &[text(state.word())])
}

/// Two actors that may be one.
#[derive(Debug, Clone, Serialize)]
pub struct Twins {
    /// Id and name of the one that more reports speak of.
    pub a: (String, String),
    /// Id and name of the other.
    pub b: (String, String),
    /// Reports that speak of either.
    pub reports: (i64, i64),
    /// Why they may be one.
    pub why: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    id: String,
    name: String,
    kind: String,
    country: Option<String>,
    reports: i64,
    /// The name without case and accents: folded once, for it meets many others.
    #[serde(skip)]
    folded: String,
}

/// Actors that may be one and that nobody has decided on, those in most reports first.
///
/// Compared are only names whose last word sounds alike (the same consonants in order), so that a large record costs
/// little.
///
/// # Errors
/// When the record cannot be read.
pub fn possible_merges(store: &Store, limit: usize) -> Result<Vec<Twins>, EngineError> {
    let sql = "SELECT id, name, kind, country, reports FROM actors WHERE kind IN ('person', 'organization', 'group') \
        ORDER BY reports DESC, id LIMIT 20000";
    let mut all: Vec<Named> = ask(store, sql, &[])?;
    for n in &mut all {
        n.folded = fold::name(&n.name);
    }
    let mut blocks: BTreeMap<(&str, String), Vec<&Named>> = BTreeMap::new();
    for n in &all {
        let last = n.folded.rsplit(' ').next().unwrap_or_default();
        blocks.entry((&n.kind, consonants(last))).or_default().push(n);
    }
    let decided: BTreeSet<(String, String)> = store
        .decisions()?
        .iter()
        .filter(|d| d.action == "split" || d.action == "merge")
        .filter_map(|d| {
            let t: Target = serde_json::from_value(d.target.0.clone()).ok()?;
            let other = d.value.0.get("from").or_else(|| d.value.0.get("with"))?.as_str()?;
            Some(ordered(&fold::name(&t.name?), &fold::name(other)))
        })
        .collect();
    let mut out: Vec<(&Named, &Named, &str)> = Vec::new();
    for members in blocks.values() {
        for (n, a) in members.iter().enumerate() {
            for b in members.iter().skip(n + 1).take(20) {
                let Some(why) = alike(a, b) else { continue };
                if decided.is_empty() || !decided.contains(&ordered(&a.folded, &b.folded)) {
                    out.push((a, b, why));
                }
            }
        }
    }
    let rank = |t: &(&Named, &Named, &str)| (t.0.reports.min(t.1.reports), t.0.reports);
    out.sort_by(|x, y| {
        rank(y).cmp(&rank(x)).then_with(|| (&x.0.id, &x.0.name, &x.1.id).cmp(&(&y.0.id, &y.0.name, &y.1.id)))
    });
    out.truncate(limit);
    let twins = |(a, b, why): (&Named, &Named, &str)| Twins {
        a: (a.id.clone(), a.name.clone()),
        b: (b.id.clone(), b.name.clone()),
        reports: (a.reports, b.reports),
        why: why.to_owned(),
    };
    Ok(out.into_iter().map(twins).collect())
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

/// The consonants of a word in order, doubled ones once: spellings of one foreign name mostly share them.
fn consonants(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars().filter(|c| c.is_alphanumeric() && !"aeiouy".contains(*c)) {
        let c = if c == 'q' { 'k' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.is_empty() { word.to_owned() } else { out }
}

/// Why two names may stand for one actor, if they may.
fn alike(a: &Named, b: &Named) -> Option<&'static str> {
    let (x, y) = (a.folded.as_str(), b.folded.as_str());
    let differ = matches!((&a.country, &b.country), (Some(p), Some(q)) if p != q);
    if x == y {
        let why = if differ { "the same name, of two countries" } else { "the same name" };
        return Some(why);
    }
    if differ {
        return None;
    }
    let (xs, ys): (Vec<&str>, Vec<&str>) = (x.split(' ').collect(), y.split(' ').collect());
    let (xl, yl) = (xs.last()?, ys.last()?);
    if a.kind == "person" {
        if xl == yl && (xs.len() == 1 || ys.len() == 1) {
            return Some("one has only the last name");
        }
        let first = |v: &[&str]| v.first().and_then(|w| w.chars().next());
        let initial = |v: &[&str]| v.len() > 1 && v.first().is_some_and(|w| w.chars().count() <= 2);
        if xl == yl && first(&xs) == first(&ys) && (initial(&xs) || initial(&ys)) {
            return Some("the same last name and initial");
        }
        let long = |w: &str| w.chars().count() >= 5;
        if xl != yl && long(xl) && long(yl) && (xs.len() == 1 || ys.len() == 1 || xs.first() == ys.first()) {
            return Some("the last names differ in vowels only");
        }
        return None;
    }
    let within = |p: &[&str], q: &[&str]| p.len() >= 2 && p.len() < q.len() && q.ends_with(p);
    (within(&xs, &ys) || within(&ys, &xs)).then_some("one name ends with the other")
}

/// A decision as it is shown.
#[derive(Debug, Clone)]
pub struct DecisionLine {
    /// The decision.
    pub decision: DecisionRow,
    /// Its target.
    pub target: Option<Target>,
    /// Id of the report it is about, if that is still there.
    pub report: Option<String>,
    /// Why it no longer fits, if it does not.
    pub unfit: Option<String>,
    /// Who decided otherwise on the same row, if somebody did.
    pub against: Option<String>,
}

/// What people have decided, the newest first.
///
/// # Errors
/// When the record cannot be read.
pub fn decision_lines(store: &Store, limit: usize) -> Result<Vec<DecisionLine>, EngineError> {
    #[derive(Deserialize)]
    struct Note {
        text: String,
    }
    #[derive(Deserialize)]
    struct One {
        id: String,
    }
    let all = store.decisions()?;
    let notes: Vec<Note> = ask(store, "SELECT text FROM notes WHERE kind = 'decision' ORDER BY text", &[])?;
    let against = contrary(&all);
    let mut out = Vec::new();
    for (n, d) in all.iter().enumerate().rev().take(limit) {
        let target: Option<Target> = serde_json::from_value(d.target.0.clone()).ok();
        let start = crate::decisions::unfit_words(d);
        let unfit = notes.iter().find_map(|x| x.text.strip_prefix(&start)).map(str::to_owned);
        let report = match target.as_ref().and_then(|t| t.key.as_ref()) {
            Some(key) => ask::<One>(store, "SELECT id FROM reports WHERE key = ?1", &[text(key)])?.pop(),
            None => None,
        };
        let against = against.get(&n).cloned();
        out.push(DecisionLine { decision: d.clone(), target, report: report.map(|r| r.id), unfit, against });
    }
    Ok(out)
}

/// Decisions by different people on the same row that say different things: index of the decision to who said otherwise.
#[must_use]
pub fn contrary(all: &[DecisionRow]) -> BTreeMap<usize, String> {
    let mut by: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, d) in all.iter().enumerate() {
        // What was set: two people may correct two things of one row.
        let what = d.value.0.as_object().and_then(|o| o.keys().next().cloned());
        let what = if matches!(d.action.as_str(), "confirm" | "reject") { None } else { what };
        let mut target = d.target.0.clone();
        if let Some(t) = target.as_object_mut() {
            t.remove("text");
        }
        by.entry(format!("{target} {}", what.unwrap_or_default())).or_default().push(n);
    }
    let mut out = BTreeMap::new();
    for members in by.values() {
        // What somebody has said last: people may change their minds.
        let mut last: BTreeMap<&str, (usize, &DecisionRow)> = BTreeMap::new();
        for (n, d) in members.iter().filter_map(|n| Some((*n, all.get(*n)?))) {
            if last.get(d.who.as_str()).is_none_or(|(_, l)| l.at <= d.at) {
                last.insert(&d.who, (n, d));
            }
        }
        for (n, d) in last.values() {
            let other = last
                .values()
                .find(|(_, o)| o.who != d.who && (o.action != d.action || o.value.0 != d.value.0));
            if let Some((_, o)) = other {
                out.insert(*n, o.who.clone());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, kind: &str) -> Named {
        Named {
            id: name.into(),
            name: name.into(),
            kind: kind.into(),
            country: None,
            reports: 1,
            folded: fold::name(name),
        }
    }

    #[test]
    fn names_that_may_be_one() {
        let why = |a: &str, b: &str| alike(&named(a, "person"), &named(b, "person"));
        assert_eq!(consonants("muallem"), consonants("moalem"));
        assert!(why("Walid Muallem", "Walid Moallem").is_some());
        assert!(why("K. Dahl", "Karin Dahl").is_some());
        assert!(why("Dahl", "Karin Dahl").is_some());
        assert!(why("Karin Dahl", "Tomas Dahl").is_none());
        assert!(
            alike(&named("Action Contre la Faim", "organization"), &named("la Faim", "organization"))
                .is_some()
        );
    }

    #[test]
    fn two_people_who_disagree() {
        let row = |who: &str, action: &str| DecisionRow {
            at: "2026-01-01T00:00:00Z".into(),
            who: who.into(),
            target: chancery_model::schema::Nested(
                serde_json::json!({"table": "figures", "key": "a", "start": 1, "end": 2}),
            ),
            action: action.into(),
            value: chancery_model::schema::Nested(serde_json::Value::Null),
            note: None,
        };
        let all = [row("Ann", "confirm"), row("Ben", "reject"), row("Ann", "confirm")];
        assert_eq!(contrary(&all).get(&1).map(String::as_str), Some("Ann"));
        assert!(contrary(&[row("Ann", "confirm"), row("Ben", "confirm")]).is_empty());
        assert!(contrary(&[row("Ann", "confirm"), row("Ben", "reject"), row("Ann", "reject")]).is_empty());
    }
}
