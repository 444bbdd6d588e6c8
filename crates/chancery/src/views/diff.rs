//! What two records of one story say differently.

use crate::EngineError;
use chancery_model::Id;
use chancery_model::rows::{
    ActorRow, ConflictRow, EventRow, FigureRow, PositionRow, ReportRow, StatementRow,
};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows of one table that only one of two records holds.
#[derive(Debug, Clone, Serialize)]
pub struct TableDiff {
    /// The table.
    pub table: &'static str,
    /// What the first record holds and the second does not, in words.
    pub gone: Vec<String>,
    /// What the second holds and the first does not.
    pub new: Vec<String>,
    /// What both hold, told differently: before and after.
    pub changed: Vec<(String, String)>,
}

/// What changes from one record to another: reports by their keys, facts by their ids.
///
/// # Errors
/// When a record cannot be read.
pub fn diff(a: &Store, b: &Store) -> Result<Vec<TableDiff>, EngineError> {
    let report = |r: ReportRow| {
        let day = r.published.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let title = r.title.unwrap_or_default();
        (r.key.clone(), format!("{} {day} {} [{}]", r.key, title, r.sha256.get(..8).unwrap_or("")))
    };
    let event = |e: EventRow| {
        let day = e.date.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        (
            e.id.to_string(),
            format!(
                "{day} {} [{}; {} origin{}]",
                e.title,
                e.status,
                e.origins,
                if e.origins == 1 { "" } else { "s" }
            ),
        )
    };
    let mut names: BTreeMap<Id, String> = BTreeMap::new();
    for store in [a, b] {
        names.extend(store.rows::<ActorRow>(None)?.into_iter().map(|x| (x.id, x.name)));
    }
    let position = |p: PositionRow| {
        let actor = names.get(&p.actor).cloned().unwrap_or_default();
        (p.id.to_string(), format!("{actor} on {}: {}", p.issue, p.stance))
    };
    let statement = |s: StatementRow| {
        let who = s.speaker_text.unwrap_or_else(|| "nobody named".into());
        (s.id.to_string(), format!("{who} [{}]", s.act))
    };
    let figure = |f: FigureRow| (f.id.to_string(), format!("{} {}", f.text, f.measure));
    Ok(vec![
        compare("reports", a.rows(None)?, b.rows(None)?, report),
        compare("conflicts", a.rows(None)?, b.rows(None)?, |c: ConflictRow| (c.id.to_string(), c.why)),
        compare("events", a.rows(None)?, b.rows(None)?, event),
        compare("positions", a.rows(None)?, b.rows(None)?, position),
        compare("statements", a.rows(None)?, b.rows(None)?, statement),
        compare("figures", a.rows(None)?, b.rows(None)?, figure),
    ])
}

fn compare<R>(table: &'static str, a: Vec<R>, b: Vec<R>, show: impl Fn(R) -> (String, String)) -> TableDiff {
    let a: BTreeMap<String, String> = a.into_iter().map(&show).collect();
    let b: BTreeMap<String, String> = b.into_iter().map(&show).collect();
    let only = |x: &BTreeMap<String, String>, y: &BTreeMap<String, String>| {
        x.iter().filter(|(k, _)| !y.contains_key(*k)).map(|(_, v)| v.clone()).collect()
    };
    let both = |k: &String, v: &String| b.get(k).filter(|w| *w != v).map(|w| (v.clone(), w.clone()));
    TableDiff {
        table,
        gone: only(&a, &b),
        new: only(&b, &a),
        changed: a.iter().filter_map(|(k, v)| both(k, v)).collect(),
    }
}
