//! Full-text search over reports and over the words of statements.

use crate::error::{Result, at};
use crate::store::Store;
use chancery_model::Id;
use rusqlite::params;

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// Words.
    pub text: String,
    /// Whether they are what was searched for.
    pub hit: bool,
}

/// A report that has the words.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ReportHit {
    /// Report id.
    pub report: Id,
    /// Headline.
    pub title: Option<String>,
    /// The words where they were found.
    pub snippet: Vec<Piece>,
}

/// A statement whose content has the words.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct StatementHit {
    /// Statement id.
    pub statement: Id,
    /// Report id.
    pub report: Id,
    /// The words where they were found.
    pub snippet: Vec<Piece>,
}

/// Marks put around hits by SQLite: control characters that no snippet is likely to hold.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

impl Store {
    /// Reports that have all the words, the best first. Words between double quotes are searched as they stand;
    /// a word that ends in `*` stands for all that begin so. Nothing else has a special meaning.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn search_reports(&self, query: &str, limit: usize) -> Result<Vec<ReportHit>> {
        let sql = "SELECT r.\"id\", r.\"title\", snippet(\"reports_fts\", -1, char(2), char(3), '…', 24) \
             FROM \"reports_fts\" JOIN \"reports\" r ON r.rowid = \"reports_fts\".rowid \
             WHERE \"reports_fts\" MATCH ?1 ORDER BY bm25(\"reports_fts\", 4.0, 1.0), r.\"id\" LIMIT ?2";
        self.search(sql, query, limit, |r| {
            Ok(ReportHit {
                report: Id::from_record(&r.get::<_, String>(0)?),
                title: r.get(1)?,
                snippet: pieces(&r.get::<_, String>(2)?),
            })
        })
    }

    /// Statements whose content has all the words, the best first; words as in [`Store::search_reports`].
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn search_statements(&self, query: &str, limit: usize) -> Result<Vec<StatementHit>> {
        let sql = "SELECT w.\"statement\", w.\"report\", snippet(\"statements_fts\", -1, char(2), char(3), '…', 24) \
             FROM \"statements_fts\" JOIN \"_words\" w ON w.\"n\" = \"statements_fts\".rowid \
             WHERE \"statements_fts\" MATCH ?1 ORDER BY bm25(\"statements_fts\"), w.\"statement\" LIMIT ?2";
        self.search(sql, query, limit, |r| {
            Ok(StatementHit {
                statement: Id::from_record(&r.get::<_, String>(0)?),
                report: Id::from_record(&r.get::<_, String>(1)?),
                snippet: pieces(&r.get::<_, String>(2)?),
            })
        })
    }

    fn search<T>(
        &self,
        sql: &str,
        query: &str,
        limit: usize,
        hit: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let Some(query) = fts_query(query) else { return Ok(Vec::new()) };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut stmt = self.conn.prepare_cached(sql).map_err(at(&self.path))?;
        let rows = stmt.query_map(params![query, limit], |r| hit(r)).map_err(at(&self.path))?;
        rows.collect::<rusqlite::Result<_>>().map_err(at(&self.path))
    }
}

/// What a person typed, as a query that FTS5 cannot misunderstand; `None` when it has no word.
#[must_use]
pub fn fts_query(typed: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (n, stretch) in typed.split(['"', '“', '”']).enumerate() {
        // Every second stretch stood between quotation marks.
        if n % 2 == 1 {
            push_phrase(&mut parts, stretch);
        } else {
            stretch.split_whitespace().for_each(|w| push_phrase(&mut parts, w));
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn push_phrase(parts: &mut Vec<String>, words: &str) {
    // A NUL would end the query; a phrase without a letter or digit has no token, and matches nothing.
    let clean: String = words.chars().filter(|c| *c != '\0').collect();
    if clean.chars().any(char::is_alphanumeric) {
        let star = if clean.trim_end().ends_with('*') { "*" } else { "" };
        parts.push(format!("\"{clean}\"{star}"));
    }
}

/// A snippet whose hits stand between the characters U+0002 and U+0003, cut at them.
#[must_use]
pub fn pieces(marked: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut push = |text: &str, hit| {
        if !text.is_empty() {
            all.push(Piece { text: text.to_owned(), hit });
        }
    };
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (hit, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        push(before, false);
        push(hit, true);
        rest = after;
    }
    push(rest, false);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_words_become_phrases() {
        assert_eq!(
            fts_query("cease-fire NOT \"two  words\"").as_deref(),
            Some("\"cease-fire\" \"NOT\" \"two  words\"")
        );
        assert_eq!(fts_query("negotiat*").as_deref(), Some("\"negotiat*\"*"));
        assert_eq!(fts_query(" — \" "), None);
    }

    proptest! {
        #[test]
        fn no_query_is_misunderstood(typed in "(?s).{0,40}") {
            let store = Store::in_memory().unwrap();
            prop_assert!(store.search_reports(&typed, 5).is_ok());
            prop_assert!(store.search_statements(&typed, 5).is_ok());
        }
    }

    #[test]
    fn marks_become_pieces() {
        let hit = |text: &str, hit| Piece { text: text.into(), hit };
        assert_eq!(pieces("a \u{2}b\u{3} c"), [hit("a ", false), hit("b", true), hit(" c", false)]);
    }
}
