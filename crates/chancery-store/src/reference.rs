//! The reference of the record's tables, made from their one declaration.

use crate::ddl::{order, references};
use chancery_model::rows::{SCHEMA_VERSION, TABLES};
use chancery_model::schema::{Column, Kind, Table};
use std::fmt::Write;

const HEAD: &str = "\
# The record

What `chancery build` writes, table by table. The SQLite file and the exports (`chancery export`) hold the same tables
under the same names. This page is made from the program's own declaration of the tables; a test fails when it lags.

## Reading it

- **Spans** (`start`, `end`, and the pairs in lists) are half-open and count Unicode code points of `reports.text`.
  In SQLite: `substr(text, start + 1, \"end\" - start)`. In Python: `text[start:end]`.
- **Names that are SQL words** (`end`, `of`, `by`, `from_lo`, …) stand between double quotes in a query.
- **Days** are ISO 8601; columns that end in `_lo` and `_hi` are the earliest and the latest day, both included, and
  null where open. Columns described as EDTF hold level 1 of the Extended Date/Time Format.
- **Lists and objects** are JSON text in SQLite and CSV, native in JSON Lines. **Booleans** are 0 and 1 in SQLite and
  CSV. **Null** is an empty cell in CSV.
- **Order** of rows in an export: as given under each table. Two builds of the same reports give the same bytes, save
  for `runs`.
- **Without articles** (`chancery export --no-text`): `reports.text` and `versions.text` are null. The few words that a
  name, a date or a figure rests on stay, and so do headline, byline and address.
- **Spreadsheets**: a CSV cell holds what the report says. Words that begin with `=`, `+`, `-` or `@` are a formula to a
  spreadsheet; import such columns as text.
- **Searching**: `reports_fts` (`title`, `text`) and `statements_fts` (`content`) are FTS5 indexes. Statements by their
  words: `SELECT s.* FROM statements_fts f JOIN _words w ON w.n = f.rowid JOIN statements s ON s.id = w.statement WHERE
  statements_fts MATCH 'ceasefire'`.
- Tables whose names begin with `_` are the program's own: what was read so far, and marks of what was written. They may
  change without notice. `meta` holds `schema_version`.
";

/// The page `docs/record.md`.
#[must_use]
pub fn reference_markdown() -> String {
    let mut page = String::from(HEAD);
    let _ = write!(page, "\nSchema version: {SCHEMA_VERSION}.\n");
    for table in TABLES {
        table_markdown(&mut page, table);
    }
    page
}

fn table_markdown(page: &mut String, table: &Table) {
    let _ = write!(page, "\n## `{}`\n\n{}.\n\n", table.name, sentence(table.doc));
    page.push_str("| Column | Kind | Null | Meaning |\n|---|---|---|---|\n");
    for column in table.columns {
        let null = if column.nullable { "yes" } else { "" };
        let _ = writeln!(
            page,
            "| `{}` | {} | {null} | {}{} |",
            column.name,
            kind(column.kind),
            column.doc.trim(),
            target(table, column)
        );
    }
    let order: Vec<_> = order(table).iter().map(|n| format!("`{n}`")).collect();
    let shown = order.get(..4).map_or_else(|| order.join(", "), |first| format!("{}, …", first.join(", ")));
    let shown = if order.len() == 4 { order.join(", ") } else { shown };
    let _ = write!(page, "\nSorted by {shown}.\n");
}

/// Where the ids in a column lead.
fn target(table: &Table, column: &Column) -> String {
    let found = references().into_iter().find(|r| r.table == table.name && r.column == column.name);
    found.map_or(String::new(), |r| {
        let inside = r.inside.trim_start_matches("[]").trim_start_matches('.').replace("[]", "");
        let inside = if inside.is_empty() { String::new() } else { format!("`{inside}` ") };
        format!(" ({inside}→ `{}`)", r.target)
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Int => "integer",
        Kind::Real => "number",
        Kind::Bool => "boolean",
        Kind::Json => "list or object",
    }
}

fn sentence(doc: &str) -> String {
    let mut letters = doc.trim().chars();
    letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}
