//! The record as files: one a table, as JSON Lines or CSV.
//!
//! All files are first written under temporary names, then put in place together; an export that is stopped leaves
//! the earlier one as it was. `runs` alone may differ between two exports of the same input.

mod csv;
mod jsonl;

use crate::error::{Result, StoreError};
use crate::store::Store;
use chancery_model::rows::TABLES;
use chancery_model::schema::{Table, Value};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines: native lists, booleans and nulls; keys in the order of the contract.
    Jsonl,
    /// CSV as RFC 4180 has it, UTF-8, with a header; lists as JSON text, booleans 0 and 1, null empty.
    ///
    /// Cells hold what the report says, unaltered: words that begin with `=`, `+`, `-` or `@` are a formula to a
    /// spreadsheet, so import such columns as text.
    Csv,
}

impl Format {
    /// Ending of the file names.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// In what form.
    pub format: Format,
    /// Whether the articles go along. Without them `reports.text` and `versions.text` are null, so that a record
    /// can be shared whose articles cannot. The few words of a name, a figure or a date that a row rests on stay,
    /// and so do headline, outlet, byline and address, which say where to look the article up.
    pub with_text: bool,
}

/// What was written: a file a table, with its rows.
pub type Exported = Vec<(PathBuf, usize)>;

/// Ending of the names that files have while they are written.
const UNFINISHED: &str = "unfinished";

trait Sink {
    /// One row.
    fn row(&mut self, values: &[Value]) -> std::io::Result<()>;
    /// The end of the table.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

impl Store {
    /// Writes every table into a folder, which is made if need be; earlier exports in it are replaced.
    ///
    /// # Errors
    /// When the folder holds anything but exports (names that begin with a dot do not count), or cannot be written.
    pub fn export(&self, folder: &Path, options: Options) -> Result<Exported> {
        std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        check_folder(folder)?;
        let written = self.write_unfinished(folder, options);
        let written = written.and_then(|written| {
            for (path, _) in &written {
                std::fs::rename(unfinished(path), path).map_err(|e| failed(path, &e))?;
            }
            Ok(written)
        });
        if written.is_err() {
            for table in TABLES {
                let _ = std::fs::remove_file(unfinished(&file_of(folder, table, options.format)));
            }
        }
        written
    }

    fn write_unfinished(&self, folder: &Path, options: Options) -> Result<Exported> {
        // One reading transaction, so that all tables are of one moment even while a build goes on.
        self.conn.execute_batch("BEGIN").map_err(crate::error::at(&self.path))?;
        let written = TABLES
            .iter()
            .map(|table| {
                let path = file_of(folder, table, options.format);
                let temporary = unfinished(&path);
                let file = File::create(&temporary).map_err(|e| failed(&temporary, &e))?;
                let rows = self.export_table(table, options, BufWriter::new(file), &temporary)?;
                Ok((path, rows))
            })
            .collect();
        self.conn.execute_batch("ROLLBACK").map_err(crate::error::at(&self.path))?;
        written
    }

    /// Writes one table to anything, for example standard output; returns the number of rows. `place` names the
    /// destination in error messages.
    ///
    /// # Errors
    /// When the record cannot be read or the destination cannot be written.
    pub fn export_table(
        &self,
        table: &'static Table,
        options: Options,
        out: impl Write + 'static,
        place: &Path,
    ) -> Result<usize> {
        let mut sink: Box<dyn Sink> = match options.format {
            Format::Jsonl => Box::new(jsonl::Lines::new(table, out)),
            Format::Csv => Box::new(csv::Sheet::new(table, out).map_err(|e| failed(place, &e))?),
        };
        let hidden = if options.with_text { None } else { article_column(table) };
        let mut rows = 0;
        self.for_each_row(table, None, |mut values| {
            if let Some(text) = hidden.and_then(|n| values.get_mut(n)) {
                *text = Value::Null;
            }
            rows += 1;
            sink.row(&values).map_err(|e| failed(place, &e))
        })?;
        sink.finish().map_err(|e| failed(place, &e))?;
        Ok(rows)
    }
}

/// The column that holds whole articles.
fn article_column(table: &Table) -> Option<usize> {
    let holds = ["reports", "versions"].contains(&table.name);
    table.columns.iter().position(|c| holds && c.name == "text")
}

fn file_of(folder: &Path, table: &Table, format: Format) -> PathBuf {
    folder.join(format!("{}.{}", table.name, format.ending()))
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(UNFINISHED);
    name.into()
}

fn failed(path: &Path, e: &std::io::Error) -> StoreError {
    StoreError::Export { path: path.into(), why: e.to_string() }
}

fn check_folder(folder: &Path) -> Result<()> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|e| Ok(e?.file_name().to_string_lossy().into_owned())).collect())
        .map_err(|e: std::io::Error| failed(folder, &e))?;
    names.sort_unstable();
    match names.into_iter().find(|n| !n.starts_with('.') && !is_ours(n)) {
        Some(other) => Err(StoreError::ForeignFiles { folder: folder.into(), other }),
        None => Ok(()),
    }
}

fn is_ours(name: &str) -> bool {
    let name = name.strip_suffix(&format!(".{UNFINISHED}")).unwrap_or(name);
    let formats = [Format::Jsonl, Format::Csv];
    name.rsplit_once('.').is_some_and(|(table, end)| {
        TABLES.iter().any(|t| t.name == table) && formats.iter().any(|f| f.ending() == end)
    })
}
