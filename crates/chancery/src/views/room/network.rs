//! Who met, backed, accused, pressed, coerced or attacked whom.

use super::{Bin, Where, ask};
use crate::EngineError;
use chancery_store::Store;
use serde::{Deserialize, Serialize};

/// What ties two actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieKind {
    /// Both took part in talks.
    Met,
    /// One agreed with, backed, helped or gave way to the other.
    Backed,
    /// One accused or condemned the other.
    Accused,
    /// One demanded of, refused or threatened the other.
    Pressed,
    /// One coerced or sanctioned the other, or mobilised against them.
    Coerced,
    /// One attacked the other.
    Attacked,
}

impl TieKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::Backed, Self::Accused, Self::Pressed, Self::Coerced, Self::Attacked];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Backed => "backed",
            Self::Accused => "accused",
            Self::Pressed => "pressed",
            Self::Coerced => "coerced",
            Self::Attacked => "attacked",
        }
    }

    /// The kind that a word stands for.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }

    /// The PLOVER types that make it.
    #[must_use]
    pub fn types(self) -> &'static [&'static str] {
        match self {
            Self::Met => &["CONSULT"],
            Self::Backed => &["SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE"],
            Self::Accused => &["ACCUSE"],
            Self::Pressed => &["REJECT", "THREATEN", "REQUEST"],
            Self::Coerced => &["COERCE", "SANCTION", "MOBILIZE"],
            Self::Attacked => &["ASSAULT"],
        }
    }
}

/// Two actors and how often something ties them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tie {
    /// Actor id of the one, who acts where the tie has a direction.
    pub a: String,
    /// Name.
    pub a_name: String,
    /// Actor id of the other.
    pub b: String,
    /// Name.
    pub b_name: String,
    /// Number of events.
    pub n: i64,
    /// Number of origins that report them, added up.
    pub origins: i64,
}

/// Only deeds that are reported as done or claimed: what is planned or denied ties nobody. What has no day counts as long as no
/// stretch of time is asked for.
const DONE: &str = "review <> 'rejected' AND status IN ('happened', 'ongoing', 'claimed') \
    AND participants <> '[]'";

fn fits(kind: TieKind, from: Option<&String>, to: Option<&String>) -> Where {
    let types = kind.types().iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(", ");
    Where::new(&format!("{DONE} AND type IN ({types})")).with("date_hi >= ?", from).with("date_lo <= ?", to)
}

/// The strongest ties of a kind among actors that have a name.
///
/// # Errors
/// When the record cannot be read.
pub fn ties(
    store: &Store,
    kind: TieKind,
    from: Option<&String>,
    to: Option<&String>,
    limit: i64,
) -> Result<Vec<Tie>, EngineError> {
    let mut w = fits(kind, from, to);
    // Who met whom has no direction. A deed goes from the actor to the recipient of one mention: those of a happening that several
    // reports tell have not all done it to one another.
    let (rows, one, pair) = if kind == TieKind::Met {
        (
            "events e, json_each(e.participants) p",
            "e.rowid",
            "p.role <> 'venue' AND q.role <> 'venue' AND p.actor < q.actor",
        )
    } else {
        (
            "events e JOIN event_mentions m ON m.event = e.id, json_each(m.participants) p",
            "m.rowid",
            "p.role = 'actor' AND q.role = 'recipient' AND p.actor <> q.actor",
        )
    };
    let limit = w.slot(limit);
    let sql = format!(
        "WITH who AS MATERIALIZED (SELECT {one} one, e.rowid e, e.origins, json_extract(p.value, '$.actor') actor, \
           json_extract(p.value, '$.role') role FROM {rows} WHERE e.id IN (SELECT id FROM events WHERE {})) \
         SELECT x.id a, x.name a_name, y.id b, y.name b_name, t.n, t.origins FROM (SELECT a, b, count(*) n, sum(origins) origins \
           FROM (SELECT DISTINCT p.actor a, q.actor b, p.e, p.origins FROM who p JOIN who q ON q.one = p.one WHERE {pair}) \
           GROUP BY 1, 2) t \
         JOIN actors x ON x.id = t.a JOIN actors y ON y.id = t.b \
         WHERE x.kind <> 'unnamed' AND y.kind <> 'unnamed' ORDER BY t.n DESC, t.origins DESC, t.a, t.b LIMIT {limit}",
        w.sql
    );
    ask(store, &sql, &w.params)
}

/// How many events of the kind there are in each month.
///
/// # Errors
/// When the record cannot be read.
pub fn months(store: &Store, kind: TieKind) -> Result<Vec<Bin>, EngineError> {
    let w = fits(kind, None, None);
    let sql = format!(
        "SELECT substr(date_lo, 1, 7) day, count(*) n FROM events WHERE date_lo IS NOT NULL AND {} GROUP BY 1 ORDER BY 1",
        w.sql
    );
    ask(store, &sql, &w.params)
}
