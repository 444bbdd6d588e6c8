//! The first screen in numbers, and who speaks through whom.

use super::{ask, text};
use crate::EngineError;
use chancery_model::schema::Value;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

/// The record in one sentence, and what in it needs a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Overview {
    /// Reports.
    pub reports: i64,
    /// Origins: reports of one source counted once.
    pub origins: i64,
    /// Outlets.
    pub outlets: i64,
    /// Earliest day of publication.
    pub first: Option<String>,
    /// Latest day of publication.
    pub last: Option<String>,
    /// Disagreements that nobody rejected.
    pub conflicts: i64,
    /// Reports without a date, or with an interval wider than a year.
    pub undated: i64,
    /// Statements whose source has words but stands for nobody known.
    pub unknown: i64,
    /// Reports whose printed date was not believed.
    pub doubted: i64,
    /// Decisions that no longer fit.
    pub unfit: i64,
}

/// A number of statements, and through whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VoiceCount {
    /// Outlet, or who passed the words on.
    pub name: Option<String>,
    /// Actor id of who passed them on.
    pub actor: Option<String>,
    /// Statements.
    pub n: i64,
}

/// A speaker, the outlets that printed the words, and who passed them on to these.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Voice {
    /// Actor id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Statements.
    pub n: i64,
    /// The outlets, the most frequent first.
    pub outlets: Vec<VoiceCount>,
    /// Who passed the words on, the most frequent first.
    pub relays: Vec<VoiceCount>,
}

/// The record in one sentence.
///
/// # Errors
/// When the record cannot be read.
pub fn overview(store: &Store) -> Result<Option<Overview>, EngineError> {
    let sql = "SELECT count(*) reports, (SELECT count(*) FROM origins) origins, count(DISTINCT outlet) outlets, \
        min(published_lo) first, max(published_hi) last, \
        (SELECT count(*) FROM conflicts WHERE review <> 'rejected') conflicts, \
        coalesce(sum(published_lo IS NULL OR published_hi IS NULL \
          OR julianday(published_hi) - julianday(published_lo) > 366), 0) undated, \
        coalesce(sum(stamp IS NOT NULL), 0) doubted, \
        (SELECT count(*) FROM statements WHERE speaker IS NULL AND speaker_text IS NOT NULL) unknown, \
        (SELECT count(*) FROM notes WHERE kind = 'decision') unfit FROM reports";
    Ok(ask(store, sql, &[])?.pop())
}

/// Who speaks most, and through whom.
///
/// # Errors
/// When the record cannot be read.
pub fn voices(store: &Store, limit: i64) -> Result<Vec<Voice>, EngineError> {
    #[derive(Deserialize)]
    struct Top {
        id: String,
        name: String,
        n: i64,
    }
    // Counted from the index alone; the few speakers that are shown are then counted without what was rejected.
    let sql = "SELECT a.id, a.name, t.n FROM (SELECT speaker, count(*) n FROM statements WHERE speaker IS NOT NULL \
          GROUP BY speaker ORDER BY n DESC, speaker LIMIT ?1) t JOIN actors a ON a.id = t.speaker \
        WHERE a.kind <> 'unnamed' ORDER BY t.n DESC, a.id";
    let top: Vec<Top> = ask(store, sql, &[Value::Int(limit)])?;
    let mut out = Vec::with_capacity(top.len());
    for t in top {
        let (outlets, relays) = voices_of(store, &t.id)?;
        out.push(Voice { id: t.id, name: t.name, n: t.n, outlets, relays });
    }
    Ok(out)
}

/// The outlets that printed an actor's words, and who passed them on to these.
///
/// # Errors
/// When the record cannot be read.
pub fn voices_of(store: &Store, actor: &str) -> Result<(Vec<VoiceCount>, Vec<VoiceCount>), EngineError> {
    let outlets = "SELECT r.outlet name, NULL actor, count(*) n FROM statements s JOIN reports r ON r.id = s.report \
        WHERE s.speaker = ?1 AND s.review <> 'rejected' GROUP BY r.outlet ORDER BY n DESC, r.outlet LIMIT 12";
    // Who has no name is nobody of another report: counted by the words.
    let relays = "SELECT name, actor, count(DISTINCT id) n FROM (SELECT s.id, \
          CASE WHEN a.kind <> 'unnamed' THEN a.id END actor, \
          CASE WHEN a.kind <> 'unnamed' THEN a.name ELSE json_extract(p.value, '$.text') END name \
          FROM statements s, json_each(s.relays) p LEFT JOIN actors a ON a.id = json_extract(p.value, '$.actor') \
          WHERE s.speaker = ?1 AND s.relays <> '[]' AND s.review <> 'rejected') \
        GROUP BY name, actor ORDER BY n DESC, name, actor LIMIT 12";
    Ok((ask(store, outlets, &[text(actor)])?, ask(store, relays, &[text(actor)])?))
}

/// The groups of several who spoke as one ("Russia and the US said") in whose name, as printed where they speak, an
/// actor is named; `n` is the number of statements.
///
/// # Errors
/// When the record cannot be read.
pub fn spoke_with(store: &Store, actor: &str) -> Result<Vec<VoiceCount>, EngineError> {
    // The groups come first: they are few, while the actor may be named in every report.
    let sql = "SELECT g.name name, g.id actor, count(DISTINCT s.id) n FROM actors g \
        CROSS JOIN statements s ON s.speaker = g.id CROSS JOIN json_each(s.source) p \
        CROSS JOIN mentions m ON m.report = s.report AND m.actor = ?1 \
          AND m.start >= json_extract(p.value, '$[0]') AND m.\"end\" <= json_extract(p.value, '$[1]') \
        WHERE g.kind = 'group' AND g.id <> ?1 AND (instr(g.name, ' and ') OR instr(g.name, ',')) \
          AND s.review <> 'rejected' GROUP BY g.id ORDER BY n DESC, g.name, g.id LIMIT 12";
    ask(store, sql, &[text(actor)])
}
