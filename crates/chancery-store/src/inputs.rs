//! What has been read: the reports as they were taken in and the facts of each, kept inside the record so that a
//! build that was stopped goes on where it was, and so that adding ten reports costs ten.
//!
//! A text lies in the file once: in `reports` when the report is published, else in `_texts`.

use crate::error::{Result, StoreError, at};
use crate::record::replaced_table;
use crate::store::Store;
use crate::value::{Bound, insert_sql};
use chancery_model::Id;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Note, Report};
use chancery_model::rows::VersionRow;
use chancery_model::schema::Row as _;
use rusqlite::{OptionalExtension, Row, Transaction, params, params_from_iter};

/// The way facts are laid out in `_cache`. Raise it whenever a type in `chancery_model::facts` changes; what is
/// laid out otherwise is read afresh.
const LAYOUT: &str = "2";

/// How many reports [`Store::inputs`] holds at a time.
const PAGE: usize = 64;

const SELECT_INPUT: &str = "SELECT i.\"report\", i.\"body\", coalesce(t.\"text\", r.\"text\") FROM \"_inputs\" i \
     LEFT JOIN \"_texts\" t ON t.\"report\" = i.\"report\" LEFT JOIN \"reports\" r ON r.\"id\" = i.\"report\"";

/// Names what made the facts: layout, reader and rules. Facts made by anything else are not used.
fn maker(reader_fp: &str, rules_fp: &str) -> String {
    format!("{LAYOUT} {reader_fp} {rules_fp}")
}

impl Store {
    /// Keeps reports and what was read from them: one transaction for all the items, so that a kill between two
    /// calls keeps every call before.
    ///
    /// A report whose key is known with another id replaces that one; the record shows the change, and the old
    /// text in `versions`, after the next [`Store::write_record`].
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn put_read(
        &mut self,
        items: &[(Report, ReportFacts)],
        reader_fp: &str,
        rules_fp: &str,
    ) -> Result<()> {
        let path = self.path.clone();
        let maker = maker(reader_fp, rules_fp);
        let tx = self.begin()?;
        for (report, facts) in items {
            let body = body_of(report)?;
            let facts = postcard::to_stdvec(facts).map_err(|e| unreadable(report.id.as_str(), &e))?;
            put_one(&tx, report, &body, &facts, &maker).map_err(at(&path))?;
        }
        tx.commit().map_err(at(&path))
    }

    /// The facts of a report, if they were made by this reader and these rules; `None` also when they can no longer
    /// be understood, because reading the report again mends that.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn cached(&self, id: &Id, reader_fp: &str, rules_fp: &str) -> Result<Option<ReportFacts>> {
        let mut stmt = self
            .conn
            .prepare_cached("SELECT \"facts\" FROM \"_cache\" WHERE \"report\" = ?1 AND \"maker\" = ?2")
            .map_err(at(&self.path))?;
        let blob: Option<Vec<u8>> = stmt
            .query_row(params![id.as_str(), maker(reader_fp, rules_fp)], |r| r.get(0))
            .optional()
            .map_err(at(&self.path))?;
        Ok(blob.and_then(|b| postcard::from_bytes(&b).ok()))
    }

    /// Forgets all facts, so that every report is read afresh.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn clear_cache(&mut self) -> Result<()> {
        let path = self.path.clone();
        let tx = self.begin()?;
        tx.execute("DELETE FROM \"_cache\"", []).map_err(at(&path))?;
        tx.commit().map_err(at(&path))
    }

    /// Every report of the record, published or not, ordered by id. Few are in memory at a time.
    pub fn inputs(&self) -> impl Iterator<Item = Result<Report>> + '_ {
        let mut page = Vec::new().into_iter();
        let mut last = Some(String::new());
        std::iter::from_fn(move || {
            loop {
                if let Some(report) = page.next() {
                    return Some(Ok(report));
                }
                match self.inputs_after(last.take()?.as_str()) {
                    Err(e) => return Some(Err(e)),
                    Ok(next) => {
                        last = next.last().map(|r: &Report| r.id.as_str().to_owned());
                        page = next.into_iter();
                    }
                }
            }
        })
    }

    fn inputs_after(&self, id: &str) -> Result<Vec<Report>> {
        let sql = format!("{SELECT_INPUT} WHERE i.\"report\" > ?1 ORDER BY i.\"report\" LIMIT {PAGE}");
        let mut stmt = self.conn.prepare_cached(&sql).map_err(at(&self.path))?;
        let rows = stmt.query_map([id], raw_input).map_err(at(&self.path))?;
        rows.map(|r| report_of(r.map_err(at(&self.path))?)).collect()
    }

    /// One report of the record.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn input(&self, id: &Id) -> Result<Option<Report>> {
        let sql = format!("{SELECT_INPUT} WHERE i.\"report\" = ?1");
        let raw = self.conn.query_row(&sql, [id.as_str()], raw_input).optional().map_err(at(&self.path))?;
        raw.map(report_of).transpose()
    }

    /// The id of the report that now has a key.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn has_input(&self, key: &str) -> Result<Option<Id>> {
        let mut stmt = self
            .conn
            .prepare_cached("SELECT \"report\" FROM \"_inputs\" WHERE \"key\" = ?1")
            .map_err(at(&self.path))?;
        let id: Option<String> = stmt.query_row([key], |r| r.get(0)).optional().map_err(at(&self.path))?;
        Ok(id.map(|s: String| Id::from_record(&s)))
    }

    /// Keys and ids of every report, ordered by key.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn keys(&self) -> Result<Vec<(String, Id)>> {
        let mut stmt = self
            .conn
            .prepare("SELECT \"key\", \"report\" FROM \"_inputs\" ORDER BY \"key\"")
            .map_err(at(&self.path))?;
        let rows = stmt
            .query_map([], |r| Ok((r.get(0)?, Id::from_record(&r.get::<_, String>(1)?))))
            .map_err(at(&self.path))?;
        rows.collect::<rusqlite::Result<_>>().map_err(at(&self.path))
    }

    /// Takes a report out; `false` when there is none of that key. The record's tables, and its earlier versions,
    /// follow at the next [`Store::write_record`].
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn remove(&mut self, key: &str) -> Result<bool> {
        let path = self.path.clone();
        let tx = self.begin()?;
        let gone = take_out(&tx, key).map_err(at(&path))?;
        tx.execute("DELETE FROM \"_replaced\" WHERE \"key\" = ?1", [key]).map_err(at(&path))?;
        tx.commit().map_err(at(&path))?;
        Ok(gone.is_some())
    }

    /// Keeps what is to be said of an input that gave no report, in place of what was said of it before; nothing
    /// to say clears it. [`Store::put_read`] clears the paths of its reports by itself.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn put_skipped(&mut self, input: &str, notes: &[Note]) -> Result<()> {
        let path = self.path.clone();
        let tx = self.begin()?;
        if notes.is_empty() {
            tx.execute("DELETE FROM \"_skipped\" WHERE \"path\" = ?1", [input]).map_err(at(&path))?;
        } else {
            let body = serde_json::to_string(notes).map_err(|e| unreadable(input, &e))?;
            tx.execute("INSERT OR REPLACE INTO \"_skipped\" VALUES (?1, ?2)", [input, &body])
                .map_err(at(&path))?;
        }
        tx.commit().map_err(at(&path))
    }

    /// What is to be said of inputs that gave no report, ordered by path.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn skipped(&self) -> Result<Vec<(String, Vec<Note>)>> {
        let mut stmt = self
            .conn
            .prepare("SELECT \"path\", \"notes\" FROM \"_skipped\" ORDER BY \"path\"")
            .map_err(at(&self.path))?;
        let rows = stmt
            .query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))
            .map_err(at(&self.path))?;
        rows.map(|row| {
            let (input, body) = row.map_err(at(&self.path))?;
            let notes = serde_json::from_str(&body).map_err(|e| unreadable(&input, &e))?;
            Ok((input, notes))
        })
        .collect()
    }
}

/// The report without its text, as JSON: it must still be understood by later versions, unlike the cache.
fn body_of(report: &Report) -> Result<String> {
    let bare = Report { text: String::new(), ..report.clone() };
    serde_json::to_string(&bare).map_err(|e| unreadable(report.id.as_str(), &e))
}

fn unreadable(what: &str, e: &dyn std::error::Error) -> StoreError {
    StoreError::Unreadable { what: what.to_owned(), why: e.to_string() }
}

fn put_one(
    tx: &Transaction<'_>,
    report: &Report,
    body: &str,
    facts: &[u8],
    maker: &str,
) -> rusqlite::Result<()> {
    let id = report.id.as_str();
    let before: Option<String> = tx
        .prepare_cached("SELECT \"report\" FROM \"_inputs\" WHERE \"key\" = ?1")?
        .query_row([&report.key], |r| r.get(0))
        .optional()?;
    if before.is_some_and(|b| b != id)
        && let Some(old) = take_out(tx, &report.key)?
    {
        let waiting = replaced_table();
        tx.prepare_cached(&insert_sql(&waiting))?
            .execute(params_from_iter(old.values().iter().map(Bound)))?;
    }
    tx.prepare_cached("INSERT OR REPLACE INTO \"_inputs\" VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        report.key,
        report.path,
        body
    ])?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO \"_texts\" SELECT ?1, ?2 \
         WHERE NOT EXISTS (SELECT 1 FROM \"reports\" WHERE \"id\" = ?1 AND \"text\" = ?2)",
    )?
    .execute([id, &report.text])?;
    tx.prepare_cached("INSERT OR REPLACE INTO \"_cache\" VALUES (?1, ?2, ?3)")?
        .execute(params![id, maker, facts])?;
    if let Some(path) = &report.path {
        tx.prepare_cached("DELETE FROM \"_skipped\" WHERE \"path\" = ?1")?.execute([path])?;
    }
    Ok(())
}

/// Takes the report of a key out of what was read, and says what it was.
fn take_out(tx: &Transaction<'_>, key: &str) -> rusqlite::Result<Option<VersionRow>> {
    let sql = "SELECT i.\"report\", coalesce(json_extract(i.\"body\", '$.sha256'), ''), coalesce(t.\"text\", r.\"text\", '') \
         FROM \"_inputs\" i LEFT JOIN \"_texts\" t ON t.\"report\" = i.\"report\" \
         LEFT JOIN \"reports\" r ON r.\"id\" = i.\"report\" WHERE i.\"key\" = ?1";
    let old = tx
        .prepare_cached(sql)?
        .query_row([key], |r| {
            Ok(VersionRow {
                key: key.to_owned(),
                id: Id::from_record(&r.get::<_, String>(0)?),
                sha256: r.get(1)?,
                text: r.get(2)?,
            })
        })
        .optional()?;
    if let Some(old) = &old {
        for table in ["_inputs", "_texts", "_cache"] {
            tx.prepare_cached(&format!("DELETE FROM \"{table}\" WHERE \"report\" = ?1"))?
                .execute([old.id.as_str()])?;
        }
    }
    Ok(old)
}

fn raw_input(r: &Row<'_>) -> rusqlite::Result<(String, String, Option<String>)> {
    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
}

fn report_of((id, body, text): (String, String, Option<String>)) -> Result<Report> {
    let mut report: Report = serde_json::from_str(&body).map_err(|e| unreadable(&id, &e))?;
    report.text = text.ok_or_else(|| StoreError::Unreadable {
        what: format!("report {id}"),
        why: "its text is missing".into(),
    })?;
    Ok(report)
}
