//! Finds what is wrong with a record: a damaged file, ids that lead nowhere, spans that do not quote, rows that do not
//! fit their types. Every check reads only.

use crate::ddl::references;
use crate::error::{Result, at};
use crate::slice::Sliced;
use crate::store::Store;
use chancery_model::rows as r;
use chancery_model::rows::TABLES;
use chancery_model::schema::{BadValue, Row, Table, Value};
use chancery_model::vocab::BlockKind;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fault {
    /// The table, or `file` for the file as a whole.
    pub table: String,
    /// The row: its id, else report and span, else its number.
    pub row: String,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.table, self.row, self.reason)
    }
}

fn fault(table: &str, row: impl Into<String>, reason: impl Into<String>) -> Fault {
    Fault { table: table.to_owned(), row: row.into(), reason: reason.into() }
}

/// How one row is named to a person.
fn name_of(table: &Table, values: &[Value]) -> String {
    let get = |name: &str| table.columns.iter().position(|c| c.name == name).and_then(|n| values.get(n));
    let text = |name: &str| match get(name) {
        Some(Value::Text(s)) => Some(s.clone()),
        Some(Value::Int(n)) => Some(n.to_string()),
        _ => None,
    };
    match (text("id"), text("report"), text("start"), text("end")) {
        (Some(id), ..) => id,
        (_, Some(r), Some(a), Some(b)) => format!("{r}:{a}-{b}"),
        (_, Some(r), ..) => r,
        _ => {
            text("event").or_else(|| text("actor")).or_else(|| text("path")).unwrap_or_else(|| "?".to_owned())
        }
    }
}

impl Store {
    /// Every check, in the order: file, rows, ids, spans, days.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn verify(&self) -> Result<Vec<Fault>> {
        let mut all = self.integrity()?;
        if all.is_empty() {
            for check in [Self::readable, Self::foreign_keys, Self::spans, Self::days] {
                all.extend(check(self)?);
            }
        }
        Ok(all)
    }

    /// Whether the file is whole: SQLite's own check of pages and indexes, and whether the search indexes know
    /// every row they should.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn integrity(&self) -> Result<Vec<Fault>> {
        let err = at(&self.path);
        let mut stmt = self.conn.prepare("PRAGMA integrity_check").map_err(&err)?;
        let lines = stmt.query_map([], |r| r.get::<_, String>(0)).map_err(&err)?;
        let lines: Vec<String> = lines.collect::<rusqlite::Result<_>>().map_err(&err)?;
        let mut faults: Vec<_> = lines
            .into_iter()
            .filter(|l| l != "ok")
            .map(|l| fault("file", self.path.to_string_lossy(), l))
            .collect();
        for (index, table, number) in [("reports_fts", "reports", "rowid"), ("statements_fts", "_words", "n")]
        {
            let docs = format!("{index}_docsize");
            let sql = format!(
                "SELECT count(*) FROM (SELECT {number} FROM \"{table}\" EXCEPT SELECT id FROM \"{docs}\") \
                 UNION ALL SELECT count(*) FROM (SELECT id FROM \"{docs}\" EXCEPT SELECT {number} FROM \"{table}\")"
            );
            let mut stmt = self.conn.prepare(&sql).map_err(&err)?;
            let counts = stmt.query_map([], |r| r.get::<_, i64>(0)).map_err(&err)?;
            let astray: i64 = counts.sum::<rusqlite::Result<i64>>().map_err(&err)?;
            if astray != 0 {
                faults.push(fault(
                    index,
                    table,
                    format!("{astray} rows are not searched as they should be; build the record again"),
                ));
            }
        }
        Ok(faults)
    }

    /// Whether every row is of its type (closed lists of values, dates, JSON), and no two reports share a key.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn readable(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let mut keys = HashSet::new();
        for (table, read_back) in READERS {
            self.for_each_row(table, None, |values| {
                let row = name_of(table, &values);
                if let ("reports", Some(Value::Text(key))) = (table.name, value(table, &values, "key"))
                    && !keys.insert(key.clone())
                {
                    faults.push(fault(
                        table.name,
                        row.as_str(),
                        format!("another report has the key {key:?} too"),
                    ));
                }
                if let Err(e) = read_back(values) {
                    faults.push(fault(table.name, row, e.to_string()));
                }
                Ok(())
            })?;
        }
        Ok(faults)
    }

    /// Whether every id leads to a row, in plain columns and inside lists.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn foreign_keys(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let mut known: HashMap<&str, HashSet<String>> = HashMap::new();
        for target in references().iter().map(|r| r.target).chain(["events"]) {
            if !known.contains_key(target) {
                known.insert(target, self.ids(&format!("SELECT \"id\" FROM \"{target}\""))?);
            }
        }
        let clusters =
            self.ids("SELECT DISTINCT \"cluster\" FROM \"statements\" WHERE \"cluster\" IS NOT NULL")?;
        for table in TABLES {
            let refs: Vec<_> = references().into_iter().filter(|r| r.table == table.name).collect();
            if refs.is_empty() && table.name != "conflicts" {
                continue;
            }
            self.for_each_row(table, None, |values| {
                for r in &refs {
                    let Some(known) = known.get(r.target) else { continue };
                    let mut ids = Vec::new();
                    match value(table, &values, r.column) {
                        Some(Value::Text(id)) => ids.push(id.as_str()),
                        Some(Value::Json(j)) => ids_inside(j, r.inside, &mut ids),
                        _ => {}
                    }
                    for id in ids.into_iter().filter(|id| !known.contains(*id)) {
                        let reason = format!("{} {id:?} is not in {}", r.column, r.target);
                        faults.push(fault(table.name, name_of(table, &values), reason));
                    }
                }
                if let ("conflicts", Some(Value::Text(about))) = (table.name, value(table, &values, "about"))
                {
                    let in_table = |name| known.get(name).is_some_and(|ids| ids.contains(about));
                    if !in_table("events") && !in_table("series") && !clusters.contains(about) {
                        let reason = format!("about {about:?} is no event, series or cluster");
                        faults.push(fault(table.name, name_of(table, &values), reason));
                    }
                }
                Ok(())
            })?;
        }
        Ok(faults)
    }

    fn ids(&self, sql: &str) -> Result<HashSet<String>> {
        let err = at(&self.path);
        let mut stmt = self.conn.prepare(sql).map_err(&err)?;
        let ids = stmt.query_map([], |r| r.get(0)).map_err(&err)?;
        ids.collect::<rusqlite::Result<_>>().map_err(&err)
    }

    /// Whether every span lies in its report and, where a row also keeps the words, quotes them exactly; whether
    /// facts come from headline and body only; whether blocks are in order and disjoint; and whether every
    /// statement has content. The version a span counts into is the one in `reports`.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn spans(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let mut source: Option<Source> = None;
        for table in TABLES {
            let is_fact = table.column("by").is_some();
            let mut last_block = (String::new(), 0);
            self.for_each_row(table, None, |values| {
                let row = || name_of(table, &values);
                let quotes = quotes_of(table, &values);
                if table.name == "statements" && !quotes.iter().any(|q| q.column == "content") {
                    faults.push(fault(table.name, row(), "has no content"));
                }
                for q in quotes {
                    if source.as_ref().is_none_or(|s| s.id != q.report) {
                        source = self.source(q.report)?;
                    }
                    let Some(source) = &source else { continue };
                    if let Some(reason) = source.wrong(&q, is_fact) {
                        faults.push(fault(table.name, row(), reason));
                    }
                    if table.name == "blocks" {
                        if last_block.0 == q.report && last_block.1 > q.start {
                            faults.push(fault(table.name, row(), "overlaps the block before"));
                        }
                        last_block = (q.report.to_owned(), q.end);
                    }
                }
                Ok(())
            })?;
        }
        Ok(faults)
    }

    fn source(&self, report: &str) -> Result<Option<Source>> {
        let Some(r) = self.rows::<r::ReportRow>(Some(("id", Value::Text(report.to_owned()))))?.pop() else {
            return Ok(None);
        };
        let blocks = self.rows::<r::BlockRow>(Some(("report", Value::Text(report.to_owned()))))?;
        let off_ground =
            blocks.into_iter().filter(|b| !b.kind.bears_facts()).map(|b| (b.start, b.end, b.kind));
        Ok(Some(Source {
            id: report.to_owned(),
            text: Sliced::new(r.text),
            off_ground: off_ground.collect(),
        }))
    }

    /// Whether no range runs backwards: the columns `…_lo` and `…_hi`, `lo` and `hi`, `low` and `high`.
    ///
    /// # Errors
    /// When the record cannot be read at all.
    pub fn days(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for table in TABLES {
            let hi = |lo: &str| match lo {
                "low" => Some("high".to_owned()),
                _ => lo.strip_suffix("lo").map(|stem| format!("{stem}hi")),
            };
            let pairs = table.columns.iter().filter_map(|c| Some((c.name, hi(c.name)?)));
            let pairs: Vec<_> = pairs.filter(|(_, hi)| table.column(hi).is_some()).collect();
            if pairs.is_empty() {
                continue;
            }
            self.for_each_row(table, None, |values| {
                for (lo, hi) in &pairs {
                    let backwards = match (value(table, &values, lo), value(table, &values, hi)) {
                        (Some(Value::Text(a)), Some(Value::Text(b))) => a > b,
                        (Some(Value::Real(a)), Some(Value::Real(b))) => a > b,
                        _ => false,
                    };
                    if backwards {
                        faults.push(fault(
                            table.name,
                            name_of(table, &values),
                            format!("{lo} is after {hi}"),
                        ));
                    }
                }
                Ok(())
            })?;
        }
        Ok(faults)
    }
}

/// Reads the values of a row as its type.
type Reader = fn(Vec<Value>) -> Result<(), BadValue>;

macro_rules! readers {
    ($($row:ident),+ $(,)?) => {
        /// How the rows of each table are read back.
        const READERS: &[(&Table, Reader)] =
            &[$((&<r::$row as Row>::TABLE, |values| <r::$row as Row>::from_values(values).map(|_| ()))),+];
    };
}
readers!(
    ReportRow,
    BlockRow,
    MentionRow,
    ActorRow,
    PlaceRow,
    OutletRow,
    OfficeRow,
    TimeRow,
    StatementRow,
    FigureRow,
    EventStateRow,
    SeriesRow,
    EventRow,
    EventMentionRow,
    PositionRow,
    ConflictRow,
    OriginRow,
    NoteRow,
    VersionRow,
    DecisionRow,
    RunRow,
);

fn value<'v>(table: &Table, values: &'v [Value], column: &str) -> Option<&'v Value> {
    table.columns.iter().position(|c| c.name == column).and_then(|n| values.get(n))
}

/// The ids at a place in a JSON value; `[]` goes into a list, `.name` to a key.
fn ids_inside<'j>(json: &'j Json, inside: &str, ids: &mut Vec<&'j str>) {
    if let Some(rest) = inside.strip_prefix("[]") {
        json.as_array().into_iter().flatten().for_each(|j| ids_inside(j, rest, ids));
    } else if let Some(rest) = inside.strip_prefix('.') {
        let name = rest.split(['.', '[']).next().unwrap_or(rest);
        if let Some(j) = json.get(name) {
            ids_inside(j, rest.strip_prefix(name).unwrap_or(""), ids);
        }
    } else if let Some(id) = json.as_str() {
        ids.push(id);
    }
}

/// A span of a row, and the words the row keeps beside it.
struct Quote<'v> {
    report: &'v str,
    column: &'static str,
    start: i64,
    end: i64,
    words: Option<&'v str>,
}

/// Every span of a row: its own, and those inside its lists.
fn quotes_of<'v>(table: &Table, values: &'v [Value]) -> Vec<Quote<'v>> {
    let report = match value(table, values, "report") {
        Some(Value::Text(id)) => id.as_str(),
        _ => "",
    };
    let mut quotes = Vec::new();
    if let (Some(Value::Int(start)), Some(Value::Int(end))) =
        (value(table, values, "start"), value(table, values, "end"))
    {
        // The text of a note is our own words.
        let words = match value(table, values, "text") {
            Some(Value::Text(s)) if table.name != "notes" => Some(s.as_str()),
            _ => None,
        };
        quotes.push(Quote { report, column: "text", start: *start, end: *end, words });
    }
    for (column, v) in table.columns.iter().zip(values) {
        // What a person typed into a decision is checked when it is replayed.
        if let Value::Json(j) = v
            && table.name != "decisions"
        {
            quotes_inside(j, report, column.name, &mut quotes);
        }
    }
    quotes.retain(|q| !q.report.is_empty());
    quotes
}

fn quotes_inside<'v>(json: &'v Json, report: &'v str, column: &'static str, out: &mut Vec<Quote<'v>>) {
    match json {
        Json::Array(items) => {
            if let [Json::Number(a), Json::Number(b)] = items.as_slice() {
                let (start, end) = (a.as_i64().unwrap_or(-1), b.as_i64().unwrap_or(-1));
                out.push(Quote { report, column, start, end, words: None });
            } else {
                items.iter().for_each(|j| quotes_inside(j, report, column, out));
            }
        }
        Json::Object(map) => {
            let number = |name: &str| map.get(name).and_then(Json::as_i64);
            if let (Some(start), Some(end)) = (number("start"), number("end")) {
                let report = map.get("report").and_then(Json::as_str).unwrap_or(report);
                out.push(Quote { report, column, start, end, words: map.get("text").and_then(Json::as_str) });
            }
            map.iter().for_each(|(_, j)| quotes_inside(j, report, column, out));
        }
        _ => {}
    }
}

/// A report's text, and the stretches of it that no fact may come from.
struct Source {
    id: String,
    text: Sliced<'static>,
    off_ground: Vec<(i64, i64, BlockKind)>,
}

impl Source {
    fn wrong(&self, q: &Quote<'_>, is_fact: bool) -> Option<String> {
        let place = format!("{} [{}, {})", q.column, q.start, q.end);
        let Some(found) = self.text.at(q.start, q.end) else {
            return Some(format!("{place} does not lie in the text of the report"));
        };
        if found.is_empty() {
            return Some(format!("{place} is empty"));
        }
        if let Some(words) = q.words.filter(|w| *w != found) {
            return Some(format!("{place} is {found:?} in the report, but the row has {words:?}"));
        }
        let crossed = self.off_ground.iter().find(|(a, b, _)| *a < q.end && q.start < *b);
        crossed.filter(|_| is_fact).map(|(_, _, kind)| format!("{place} lies in a {kind} block"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_back() {
        let names: Vec<_> = READERS.iter().map(|(t, _)| t.name).collect();
        assert_eq!(names, TABLES.iter().map(|t| t.name).collect::<Vec<_>>());
    }

    #[test]
    fn ids_are_found_inside_lists() {
        let j = serde_json::json!([{"evidence": [{"report": "a"}, {"report": "b"}]}, {"evidence": []}]);
        let mut ids = Vec::new();
        ids_inside(&j, "[].evidence[].report", &mut ids);
        assert_eq!(ids, ["a", "b"]);
    }
}
