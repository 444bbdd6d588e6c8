//! The SQL of the record's tables, made from their one declaration in the model.

use chancery_model::rows::TABLES;
use chancery_model::schema::{Column, Kind, Table};

/// A column (or a part of a JSON column) that holds ids of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The table that refers.
    pub table: &'static str,
    /// The column that refers.
    pub column: &'static str,
    /// Where in a JSON column: `""` for a plain column, `"[]"` for a list of ids, `"[].actor"` for a list of objects.
    pub inside: &'static str,
    /// The table whose `id` is meant.
    pub target: &'static str,
}

const fn plain(table: &'static str, column: &'static str, target: &'static str) -> Reference {
    Reference { table, column, inside: "", target }
}

const fn list(
    table: &'static str,
    column: &'static str,
    inside: &'static str,
    target: &'static str,
) -> Reference {
    Reference { table, column, inside, target }
}

/// Every reference that the record makes, besides `report`, which always means `reports.id`.
const OTHER_REFERENCES: &[Reference] = &[
    plain("reports", "origin", "origins"),
    plain("mentions", "actor", "actors"),
    plain("mentions", "place", "places"),
    plain("offices", "actor", "actors"),
    plain("statements", "speaker", "actors"),
    plain("statements", "addressee", "actors"),
    plain("statements", "place", "places"),
    plain("statements", "within", "statements"),
    list("statements", "relays", "[].actor", "actors"),
    plain("figures", "speaker", "actors"),
    plain("figures", "statement", "statements"),
    plain("figures", "series", "series"),
    list("figures", "derived_from", "[]", "figures"),
    plain("event_states", "event", "events"),
    list("event_states", "mentions", "[]", "event_mentions"),
    plain("events", "place", "places"),
    list("events", "participants", "[].actor", "actors"),
    plain("event_mentions", "event", "events"),
    plain("event_mentions", "statement", "statements"),
    list("event_mentions", "participants", "[].actor", "actors"),
    plain("positions", "actor", "actors"),
    list("positions", "statements", "[]", "statements"),
    list("positions", "event_mentions", "[]", "event_mentions"),
    list("conflicts", "sides", "[].evidence[].report", "reports"),
    list("origins", "reports", "[]", "reports"),
];

/// Every reference of the record, in the order of the tables and columns.
#[must_use]
pub fn references() -> Vec<Reference> {
    let mut all = Vec::new();
    for t in TABLES {
        for c in t.columns {
            if c.name == "report" {
                all.push(plain(t.name, c.name, "reports"));
            }
            all.extend(OTHER_REFERENCES.iter().filter(|r| r.table == t.name && r.column == c.name));
        }
    }
    all
}

/// Whether `id` alone names a row: everywhere but in `versions`, where one key can have had several ids.
pub(crate) fn has_key(table: &Table) -> bool {
    table.column("id").is_some() && table.column("key").is_none() || table.name == "reports"
}

/// The columns a table is sorted by, as far as they matter: nothing after a column that is unique.
pub(crate) fn order(table: &Table) -> Vec<&'static str> {
    let mut names = table.order();
    if has_key(table)
        && let Some(at) = names.iter().position(|n| *n == "id")
    {
        names.truncate(at + 1);
    }
    names
}

/// An SQL name; names such as `of` and `end` are SQL words, so every name is quoted.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns of a table as a list for SELECT or INSERT.
pub(crate) fn column_list(table: &Table) -> String {
    table.columns.iter().map(|c| quoted(c.name)).collect::<Vec<_>>().join(", ")
}

fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Json => "TEXT",
        Kind::Int | Kind::Bool => "INTEGER",
        Kind::Real => "REAL",
    }
}

fn column_sql(table: &Table, column: &Column) -> String {
    let mut sql = format!("{} {}", quoted(column.name), sql_type(column.kind));
    if column.name == "id" && has_key(table) {
        sql.push_str(" PRIMARY KEY");
    }
    if !column.nullable {
        sql.push_str(" NOT NULL");
    }
    if column.kind == Kind::Bool {
        sql.push_str(&format!(" CHECK ({} IN (0, 1))", quoted(column.name)));
    }
    sql
}

/// The statement that makes a table. No STRICT: readers' SQLite may be older than 3.37.
pub(crate) fn create_table(table: &Table) -> String {
    let mut parts: Vec<String> = table.columns.iter().map(|c| column_sql(table, c)).collect();
    for r in references().iter().filter(|r| r.table == table.name && r.inside.is_empty()) {
        // Deferred: reports and what refers to them are written in any order within one transaction.
        parts.push(format!(
            "FOREIGN KEY ({}) REFERENCES {} (\"id\") DEFERRABLE INITIALLY DEFERRED",
            quoted(r.column),
            quoted(r.target)
        ));
    }
    format!("CREATE TABLE {} (\n  {}\n);", quoted(table.name), parts.join(",\n  "))
}

/// Columns that people look rows up by. `report` is indexed together with `start` where there is one.
const LOOKED_UP: &[&str] = &[
    "key",
    "report",
    "actor",
    "speaker",
    "event",
    "origin",
    "place",
    "statement",
    "within",
    "cluster",
    "series",
    "about",
    "date_lo",
];

/// The statements that make a table's indexes.
pub(crate) fn create_indexes(table: &Table) -> Vec<String> {
    let wanted = table.columns.iter().filter(|c| LOOKED_UP.contains(&c.name));
    wanted
        .map(|c| {
            let with_start = c.name == "report" && table.column("start").is_some();
            let columns = if with_start { "\"report\", \"start\"".to_owned() } else { quoted(c.name) };
            format!(
                "CREATE INDEX {} ON {} ({columns});",
                quoted(&format!("{}_{}", table.name, c.name)),
                quoted(table.name)
            )
        })
        .collect()
}

/// Internal tables, and the search indexes. The words of a statement are kept in `_words` because the
/// statement itself holds only spans.
const INTERNAL: &str = r#"
CREATE TABLE "meta" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL);
CREATE TABLE "_inputs" ("report" TEXT PRIMARY KEY NOT NULL, "key" TEXT NOT NULL UNIQUE, "path" TEXT, "body" TEXT NOT NULL);
CREATE TABLE "_texts" ("report" TEXT PRIMARY KEY NOT NULL, "text" TEXT NOT NULL);
CREATE TABLE "_cache" ("report" TEXT PRIMARY KEY NOT NULL, "maker" TEXT NOT NULL, "facts" BLOB NOT NULL);
CREATE TABLE "_skipped" ("path" TEXT PRIMARY KEY NOT NULL, "notes" TEXT NOT NULL);
CREATE TABLE "_written" ("part" TEXT NOT NULL, "report" TEXT NOT NULL, "digest" BLOB NOT NULL, PRIMARY KEY ("part", "report")) WITHOUT ROWID;
CREATE TABLE "_words" ("n" INTEGER PRIMARY KEY, "statement" TEXT NOT NULL, "report" TEXT NOT NULL, "content" TEXT NOT NULL);
CREATE INDEX "_words_report" ON "_words" ("report");
CREATE INDEX "_words_statement" ON "_words" ("statement");

CREATE VIRTUAL TABLE "reports_fts" USING fts5("title", "text", content="reports", tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER "_reports_added" AFTER INSERT ON "reports" BEGIN
  INSERT INTO "reports_fts" ("rowid", "title", "text") VALUES (new."rowid", new."title", new."text");
END;
CREATE TRIGGER "_reports_removed" AFTER DELETE ON "reports" BEGIN
  INSERT INTO "reports_fts" ("reports_fts", "rowid", "title", "text") VALUES ('delete', old."rowid", old."title", old."text");
END;
CREATE TRIGGER "_reports_changed" AFTER UPDATE ON "reports" WHEN old."title" IS NOT new."title" OR old."text" IS NOT new."text" BEGIN
  INSERT INTO "reports_fts" ("reports_fts", "rowid", "title", "text") VALUES ('delete', old."rowid", old."title", old."text");
  INSERT INTO "reports_fts" ("rowid", "title", "text") VALUES (new."rowid", new."title", new."text");
END;

CREATE VIRTUAL TABLE "statements_fts" USING fts5("content", content="_words", content_rowid="n", tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER "_words_added" AFTER INSERT ON "_words" BEGIN
  INSERT INTO "statements_fts" ("rowid", "content") VALUES (new."n", new."content");
END;
CREATE TRIGGER "_words_removed" AFTER DELETE ON "_words" BEGIN
  INSERT INTO "statements_fts" ("statements_fts", "rowid", "content") VALUES ('delete', old."n", old."content");
END;
"#;

/// Everything an empty record is made of.
pub(crate) fn create_all() -> String {
    let mut sql = String::new();
    for t in TABLES {
        sql.push_str(&create_table(t));
        sql.push('\n');
        for index in create_indexes(t) {
            sql.push_str(&index);
            sql.push('\n');
        }
    }
    sql.push_str(&create_table(&crate::record::replaced_table()));
    sql.push_str(INTERNAL);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_real_columns_and_tables() {
        let table = |name: &str| TABLES.iter().find(|t| t.name == name);
        for r in references() {
            let column = table(r.table).and_then(|t| t.column(r.column));
            let column = column.unwrap_or_else(|| panic!("{}.{} is not a column", r.table, r.column));
            assert_eq!(column.kind == Kind::Json, !r.inside.is_empty(), "{}.{}", r.table, r.column);
            assert!(table(r.target).is_some_and(has_key), "{}", r.target);
        }
        assert_eq!(
            references().iter().filter(|r| r.column != "report").count(),
            OTHER_REFERENCES.len(),
            "a reference in the list names a table or column that does not exist"
        );
    }

    #[test]
    fn sorting_stops_at_a_unique_column() {
        let reports = TABLES.iter().find(|t| t.name == "reports").unwrap();
        assert_eq!(order(reports), ["id"]);
        let blocks = TABLES.iter().find(|t| t.name == "blocks").unwrap();
        assert_eq!(order(blocks), ["report", "start", "end", "kind", "why"]);
    }
}
