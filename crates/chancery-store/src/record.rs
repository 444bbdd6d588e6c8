//! Publishing: one transaction puts the record's tables in place of what they held.

use crate::ddl::quoted;
use crate::error::{Result, StoreError, at};
use crate::slice::Sliced;
use crate::store::Store;
use crate::value::{Bound, digest_value, insert_sql};
use chancery_model::Id;
use chancery_model::report::Note;
use chancery_model::rows::TABLES;
use chancery_model::rows::{
    ActorRow, BlockRow, ConflictRow, DecisionRow, EventMentionRow, EventRow, EventStateRow, FigureRow,
    MentionRow, NoteRow, OfficeRow, OriginRow, OutletRow, PlaceRow, PositionRow, ReportRow, RunRow,
    SeriesRow, StatementRow, TimeRow, VersionRow,
};
use chancery_model::schema::{Row, Table, Value};
use chancery_model::vocab::Review;
use rusqlite::{Transaction, params, params_from_iter};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

macro_rules! record {
    (reports { $($field:ident: $row:ident),+ $(,)? } whole { $($global:ident: $of:ident),+ $(,)? }) => {
        /// Rows of a record, as one build makes them. Order within a table does not matter to what is read
        /// back. Not here: `versions` and the notes on skipped inputs, which the store keeps itself, and
        /// `decisions`, which only grow ([`Store::add_decisions`]).
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct RecordRows {
            $(#[doc = concat!("Rows of `", stringify!($field), "`.")] pub $field: Vec<$row>,)+
            $(#[doc = concat!("Rows of `", stringify!($global), "`.")] pub $global: Vec<$of>,)+
            /// Rows of `statements`; their words are looked up in the texts of `reports` for searching.
            pub statements: Vec<StatementRow>,
            /// Rows of `notes` on the reports.
            pub notes: Vec<NoteRow>,
            /// The run or runs that made them: added to those in the record.
            pub runs: Vec<RunRow>,
        }

        impl RecordRows {
            fn write_reports(&self, w: &mut Writer<'_>, here: &[&str]) -> Result<()> {
                $(w.table(&self.$field, here)?;)+
                Ok(())
            }

            fn write_whole(&self, w: &mut Writer<'_>) -> Result<()> {
                $(w.table(&self.$global, WHOLE)?;)+
                Ok(())
            }
        }

        impl Writer<'_> {
            /// Takes out, of every table, what belongs to no report that is still there: what comes may carry its id.
            fn begin(&mut self, reports: &BTreeSet<Id>) -> Result<()> {
                $(self.begin_table::<$row>(reports)?;)+
                $(self.begin_table::<$of>(reports)?;)+
                self.begin_table::<StatementRow>(reports)?;
                self.begin_table::<NoteRow>(reports)
            }
        }
    };
}

/// The group of rows that belong to no report.
const WHOLE: &[&str] = &[""];

// Reports first: their texts leave the waiting room, and its pages are used again for the rows that follow.
record! {
    reports {
        reports: ReportRow, blocks: BlockRow, mentions: MentionRow, offices: OfficeRow, times: TimeRow,
        figures: FigureRow, event_mentions: EventMentionRow,
    }
    whole {
        actors: ActorRow, places: PlaceRow, outlets: OutletRow, event_states: EventStateRow, series: SeriesRow,
        events: EventRow, positions: PositionRow, conflicts: ConflictRow, origins: OriginRow,
    }
}

/// What a publication cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows given.
    pub rows: usize,
    /// Rows that were written because their part of the record had changed.
    pub rewritten: usize,
}

impl Store {
    /// Puts these rows in place of the record's, in one transaction. A part that is as it was (the rows of one
    /// report in one table; a table that has no report) is not written again.
    ///
    /// # Errors
    /// When two rows of a table have the same id, or the record cannot be written; then nothing has changed.
    pub fn write_record(&mut self, rows: &RecordRows) -> Result<Written> {
        let reports = rows.reports.iter().map(|r| r.id.clone()).collect();
        self.write_portions(&reports, std::iter::once(rows), rows)
    }

    /// The same in portions, so that the rows of a large record are never held all at once: each portion has all rows
    /// of its reports, `whole` those of tables that have no report. `reports` names every report of the portions.
    ///
    /// # Errors
    /// As [`Store::write_record`].
    pub fn write_portions<R: Borrow<RecordRows>>(
        &mut self,
        reports: &BTreeSet<Id>,
        portions: impl Iterator<Item = R>,
        whole: &RecordRows,
    ) -> Result<Written> {
        let skipped = skipped_rows(self.skipped()?);
        let path = self.path.clone();
        let tx = self.begin()?;
        let mut writer =
            Writer { tx: &tx, path: &path, written: Written::default(), before: BTreeMap::new() };
        writer.versions().map_err(at(&path))?;
        writer.begin(reports)?;
        for rows in portions {
            let rows = rows.borrow();
            let here: Vec<&str> = rows.reports.iter().map(|r| r.id.as_str()).collect();
            rows.write_reports(&mut writer, &here)?;
            let changes = writer.table(&rows.statements, &here)?;
            writer.words(rows, &changes).map_err(at(&path))?;
            let notes: Vec<_> = rows.notes.iter().filter(|n| n.report.is_some()).cloned().collect();
            writer.table(&notes, &here)?;
        }
        whole.write_whole(&mut writer)?;
        let loose = whole.notes.iter().filter(|n| n.report.is_none()).cloned();
        let notes: Vec<_> = loose.chain(skipped).collect();
        writer.table(&notes, WHOLE)?;
        for run in &whole.runs {
            writer.run(run)?;
        }
        let written = writer.written;
        tx.commit().map_err(at(&path))?;
        Ok(written)
    }

    /// Adds a row to `runs`, for what is known only after the record was written.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn add_run(&mut self, run: &RunRow) -> Result<()> {
        let path = self.path.clone();
        let tx = self.begin()?;
        let writer = Writer { tx: &tx, path: &path, written: Written::default(), before: BTreeMap::new() };
        writer.run(run)?;
        tx.commit().map_err(at(&path))
    }

    /// Adds a person's corrections; those that are in the record already, word for word, are not added again.
    /// Returns how many were new.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn add_decisions(&mut self, decisions: &[DecisionRow]) -> Result<usize> {
        let mut known = self.decisions()?;
        let path = self.path.clone();
        let tx = self.begin()?;
        let mut added = 0;
        for d in decisions {
            if !known.contains(d) {
                insert(&tx, &path, &insert_sql(&DecisionRow::TABLE), &DecisionRow::TABLE, &d.values())?;
                known.push(d.clone());
                added += 1;
            }
        }
        tx.commit().map_err(at(&path))?;
        Ok(added)
    }

    /// Gives the rows of a table at a span of a report another verdict, until they are written again.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn mark(&mut self, table: &str, report: &Id, span: [u32; 2], review: Review) -> Result<()> {
        let Some(t) = TABLES.iter().find(|t| t.name == table && t.column("review").is_some()) else {
            return Ok(());
        };
        let (start, end) = if t.column("start").is_some() {
            ("\"start\"".to_owned(), "\"end\"".to_owned())
        } else if t.column("content").is_some() {
            // A statement is named by its first piece of content, else by its cue.
            let edge = |n: u8| {
                format!(
                    "coalesce(json_extract(\"content\", '$[0][{n}]'), json_extract(\"cue\", '$[0][{n}]'))"
                )
            };
            (edge(0), edge(1))
        } else {
            return Ok(());
        };
        let sql = format!(
            "UPDATE {} SET \"review\" = ?1 WHERE \"report\" = ?2 AND {start} = ?3 AND {end} = ?4",
            quoted(t.name)
        );
        let path = self.path.clone();
        let tx = self.begin()?;
        tx.execute(&sql, params![review.as_str(), report.as_str(), span[0], span[1]]).map_err(at(&path))?;
        // The part is no longer as it was written, so that the next publication writes it again.
        tx.execute(
            "UPDATE \"_written\" SET \"digest\" = x'' WHERE \"part\" = ?1 AND \"report\" = ?2",
            params![t.name, report.as_str()],
        )
        .map_err(at(&path))?;
        tx.commit().map_err(at(&path))
    }

    /// Takes the decision that was added last out again, and gives it.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn take_last_decision(&mut self) -> Result<Option<DecisionRow>> {
        let last = self.decisions()?.pop();
        let path = self.path.clone();
        let tx = self.begin()?;
        tx.execute("DELETE FROM \"decisions\" WHERE rowid = (SELECT max(rowid) FROM \"decisions\")", [])
            .map_err(at(&path))?;
        tx.commit().map_err(at(&path))?;
        Ok(last)
    }

    /// Forgets what was written last, so that the next [`Store::write_record`] writes every row.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn forget_written(&mut self) -> Result<()> {
        let path = self.path.clone();
        let tx = self.begin()?;
        tx.execute("DELETE FROM \"_written\"", []).map_err(at(&path))?;
        tx.commit().map_err(at(&path))
    }
}

/// Notes on inputs that gave no report. Their spans, if any, count into no report and are left out.
fn skipped_rows(skipped: Vec<(String, Vec<Note>)>) -> Vec<NoteRow> {
    let row = |input: &str, note: Note| NoteRow {
        report: None,
        path: Some(note.path.unwrap_or_else(|| input.to_owned())),
        start: None,
        end: None,
        kind: note.kind,
        text: note.text,
    };
    let all = skipped.into_iter();
    all.flat_map(|(input, notes)| notes.into_iter().map(move |n| row(&input, n)).collect::<Vec<_>>())
        .collect()
}

/// The rows of one report in one table, or of a whole table that has no report.
#[derive(Default)]
struct Group {
    rows: Vec<usize>,
    digest: blake3::Hasher,
}

/// Which groups of a table were written, by their rows, and which have no rows any more.
#[derive(Default)]
struct Changes {
    written: Vec<(String, Vec<usize>)>,
    vanished: Vec<String>,
}

struct Writer<'w> {
    tx: &'w Transaction<'w>,
    path: &'w Path,
    written: Written,
    /// Digests of the groups that each table held before, less those that have come since.
    before: BTreeMap<&'static str, BTreeMap<String, Vec<u8>>>,
}

impl Writer<'_> {
    /// Reports that were replaced since the last publication become versions; those of keys that are no longer in
    /// the record go, and so does a version that is current again.
    fn versions(&self) -> rusqlite::Result<()> {
        self.tx.execute_batch(
            "INSERT INTO \"versions\" SELECT * FROM \"_replaced\" r WHERE NOT EXISTS \
               (SELECT 1 FROM \"versions\" v WHERE v.\"key\" = r.\"key\" AND v.\"id\" = r.\"id\"); \
             DELETE FROM \"_replaced\"; \
             DELETE FROM \"versions\" WHERE \"key\" NOT IN (SELECT \"key\" FROM \"_inputs\") \
               OR \"id\" IN (SELECT \"report\" FROM \"_inputs\");",
        )
    }

    /// Looks what a table holds and takes out the groups of reports that are gone.
    fn begin_table<R: Row>(&mut self, reports: &BTreeSet<Id>) -> Result<()> {
        let table = R::TABLE;
        let mut before = self.before(&table).map_err(at(self.path))?;
        let stays = |r: &str| r.is_empty() || reports.contains(&Id::from_record(r));
        let vanished: Vec<String> = before.keys().filter(|r| !stays(r)).cloned().collect();
        for report in &vanished {
            before.remove(report);
            self.vanish(&table, report).map_err(at(self.path))?;
        }
        self.before.insert(table.name, before);
        Ok(())
    }

    /// Takes a group out of a table.
    fn vanish(&self, table: &Table, report: &str) -> rusqlite::Result<()> {
        self.clear(table, report)?;
        if table.name == StatementRow::TABLE.name {
            self.tx.prepare_cached("DELETE FROM \"_words\" WHERE \"report\" = ?1")?.execute([report])?;
        }
        self.tx
            .prepare_cached("DELETE FROM \"_written\" WHERE \"part\" = ?1 AND \"report\" = ?2")?
            .execute([table.name, report])?;
        Ok(())
    }

    /// Brings the groups of some reports in a table to these rows.
    fn table<R: Row>(&mut self, rows: &[R], here: &[&str]) -> Result<Changes> {
        let table = R::TABLE;
        let mut groups = group(rows);
        let before = self.before.entry(table.name).or_default();
        let mut changes = Changes::default();
        for (report, group) in &mut groups {
            let digest = group.digest.finalize();
            let old = before.remove(report);
            if old.as_deref() != Some(digest.as_bytes().get(..16).unwrap_or_default()) {
                changes.written.push((report.clone(), std::mem::take(&mut group.rows)));
            }
        }
        changes.vanished =
            here.iter().filter(|r| before.remove(**r).is_some()).map(|r| (*r).to_owned()).collect();
        self.apply(&table, rows, &changes, &groups)?;
        self.written.rows += rows.len();
        self.written.rewritten += changes.written.iter().map(|(_, r)| r.len()).sum::<usize>();
        Ok(changes)
    }

    fn apply<R: Row>(
        &self,
        table: &Table,
        rows: &[R],
        changes: &Changes,
        groups: &BTreeMap<String, Group>,
    ) -> Result<()> {
        // All that goes, goes first: what comes may carry an id that was in another group.
        for report in &changes.vanished {
            self.vanish(table, report).map_err(at(self.path))?;
        }
        if table.name != "reports" {
            for (report, _) in &changes.written {
                self.clear(table, report).map_err(at(self.path))?;
            }
        }
        let sql = if table.name == "reports" { upsert_sql(table) } else { insert_sql(table) };
        for (report, members) in &changes.written {
            for row in members.iter().filter_map(|n| rows.get(*n)) {
                let values = row.values();
                if table.name == "reports" {
                    self.leave_waiting_room(table, &values).map_err(at(self.path))?;
                }
                insert(self.tx, self.path, &sql, table, &values)?;
            }
            let digest = groups.get(report).map(|g| g.digest.finalize());
            let digest = digest.as_ref().and_then(|d| d.as_bytes().get(..16)).unwrap_or_default();
            self.tx
                .prepare_cached("INSERT OR REPLACE INTO \"_written\" VALUES (?1, ?2, ?3)")
                .and_then(|mut s| s.execute(params![table.name, report, digest]))
                .map_err(at(self.path))?;
        }
        Ok(())
    }

    /// Digests of the groups that the table holds now. Where none are known, the table is emptied, for whatever it
    /// holds cannot be trusted.
    fn before(&self, table: &Table) -> rusqlite::Result<BTreeMap<String, Vec<u8>>> {
        let mut stmt =
            self.tx.prepare_cached("SELECT \"report\", \"digest\" FROM \"_written\" WHERE \"part\" = ?1")?;
        let mut before: BTreeMap<String, Vec<u8>> =
            stmt.query_map([table.name], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        if table.name == "reports" {
            // Never emptied: a report's text may lie nowhere else.
            let mut stmt = self.tx.prepare("SELECT \"id\" FROM \"reports\"")?;
            for id in stmt.query_map([], |r| r.get::<_, String>(0))? {
                before.entry(id?).or_default();
            }
        } else if before.is_empty() {
            self.tx.execute(&format!("DELETE FROM {}", quoted(table.name)), [])?;
            if table.name == StatementRow::TABLE.name {
                self.tx.execute("DELETE FROM \"_words\"", [])?;
            }
        }
        Ok(before)
    }

    /// Empties a group.
    fn clear(&self, table: &Table, report: &str) -> rusqlite::Result<()> {
        let name = quoted(table.name);
        match table.name {
            "reports" => {
                self.tx
                    .prepare_cached(
                        "INSERT OR IGNORE INTO \"_texts\" SELECT \"id\", \"text\" FROM \"reports\" \
                         WHERE \"id\" = ?1 AND \"id\" IN (SELECT \"report\" FROM \"_inputs\")",
                    )?
                    .execute([report])?;
                self.tx.prepare_cached("DELETE FROM \"reports\" WHERE \"id\" = ?1")?.execute([report])?;
            }
            _ if table.column("report").is_none() => {
                self.tx.execute(&format!("DELETE FROM {name}"), [])?;
            }
            _ if report.is_empty() => {
                self.tx.execute(&format!("DELETE FROM {name} WHERE \"report\" IS NULL"), [])?;
            }
            _ => {
                let sql = format!("DELETE FROM {name} WHERE \"report\" = ?1");
                self.tx.prepare_cached(&sql)?.execute([report])?;
            }
        }
        Ok(())
    }

    /// The text of a report that is being published needs no other place.
    fn leave_waiting_room(&self, table: &Table, values: &[Value]) -> rusqlite::Result<()> {
        let get = |name| table.columns.iter().position(|c| c.name == name).and_then(|n| values.get(n));
        if let (Some(id), Some(text)) = (get("id"), get("text")) {
            self.tx
                .prepare_cached("DELETE FROM \"_texts\" WHERE \"report\" = ?1 AND \"text\" = ?2")?
                .execute(params![Bound(id), Bound(text)])?;
        }
        Ok(())
    }

    /// Keeps the words of changed statements for searching.
    fn words(&self, rows: &RecordRows, changes: &Changes) -> rusqlite::Result<()> {
        let texts: HashMap<&str, &str> =
            rows.reports.iter().map(|r| (r.id.as_str(), r.text.as_str())).collect();
        let mut delete = self.tx.prepare_cached("DELETE FROM \"_words\" WHERE \"report\" = ?1")?;
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO \"_words\" (\"statement\", \"report\", \"content\") VALUES (?1, ?2, ?3)",
        )?;
        for (report, members) in &changes.written {
            delete.execute([report])?;
            let Some(text) = texts.get(report.as_str()) else { continue };
            let text = Sliced::new(*text);
            for s in members.iter().filter_map(|n| rows.statements.get(*n)) {
                let pieces = s.content.0.iter().filter_map(|[a, b]| text.at(i64::from(*a), i64::from(*b)));
                let words = pieces.collect::<Vec<_>>().join(" … ");
                insert.execute([s.id.as_str(), report, &words])?;
            }
        }
        Ok(())
    }

    fn run(&self, run: &RunRow) -> Result<()> {
        self.tx
            .execute("DELETE FROM \"runs\" WHERE \"id\" = ?1", [run.id.as_str()])
            .map_err(at(self.path))?;
        insert(self.tx, self.path, &insert_sql(&RunRow::TABLE), &RunRow::TABLE, &run.values())
    }
}

/// Rows by report, with the digest of each group.
fn group<R: Row>(rows: &[R]) -> BTreeMap<String, Group> {
    let table = R::TABLE;
    let by = if table.name == "reports" { "id" } else { "report" };
    let by = table.columns.iter().position(|c| c.name == by);
    let mut groups = BTreeMap::new();
    for (n, row) in rows.iter().enumerate() {
        let values = row.values();
        let report = match by.and_then(|n| values.get(n)) {
            Some(Value::Text(id)) => id.as_str(),
            _ => "",
        };
        if !groups.contains_key(report) {
            groups.insert(report.to_owned(), Group::default());
        }
        if let Some(group) = groups.get_mut(report) {
            group.rows.push(n);
            for v in &values {
                digest_value(&mut group.digest, v);
            }
        }
    }
    groups
}

/// Replaced reports wait for the next publication in a table like `versions`.
pub(crate) fn replaced_table() -> Table {
    Table { name: "_replaced", ..VersionRow::TABLE }
}

fn upsert_sql(table: &Table) -> String {
    let set: Vec<_> =
        table.columns.iter().map(|c| quoted(c.name)).map(|c| format!("{c} = excluded.{c}")).collect();
    // The row keeps its number, which the search index points at.
    format!("{} ON CONFLICT (\"id\") DO UPDATE SET {}", insert_sql(table), set.join(", "))
}

fn insert(tx: &Transaction<'_>, path: &Path, sql: &str, table: &Table, values: &[Value]) -> Result<()> {
    let done = tx.prepare_cached(sql).and_then(|mut s| s.execute(params_from_iter(values.iter().map(Bound))));
    match done {
        Ok(_) => Ok(()),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            let id = table.columns.iter().position(|c| c.name == "id").and_then(|n| values.get(n));
            let id = id.map_or(String::new(), |id| format!(" (id {})", id.to_json()));
            Err(StoreError::BadRow { table: table.name, why: format!("{e}{id}") })
        }
        Err(e) => Err(at(path)(e)),
    }
}
