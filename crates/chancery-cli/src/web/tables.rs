//! Every table of the record, as JSON and CSV.

use super::{Asked, Fault, Room, page};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery::Store;
use chancery::export::{Format, Options};
use chancery_model::rows::TABLES;
use maud::{Markup, html};
use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

/// A place for what the export writes; the export owns its writer, so the bytes are shared.
#[derive(Default, Clone)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub fn list(store: &Store, _: &Room, _: &Asked) -> Result<Markup, Fault> {
    let counts = store.counts().map_err(|e| Fault::Record(e.to_string()))?;
    Ok(page::page(
        "Tables",
        &html! {
            h1 { "The tables of the record" }
            table { thead { tr { th { "Table" } th { "Rows" } th { "As" } } } tbody {
                @for (name, n) in counts { tr {
                    td { (name) } td.num { (n) }
                    td { a href={ "/table/" (name) ".json" } { (name) ".json" } " " a href={ "/table/" (name) ".csv" } { (name) ".csv" } }
                } }
            } }
        },
    ))
}

/// `NAME.json` or `NAME.csv`.
pub fn file(store: &Store, file: &str) -> Result<Response, Fault> {
    let missing = || Fault::Missing(format!("There is no table {file}; /tables lists them."));
    let (name, ending) = file.rsplit_once('.').ok_or_else(missing)?;
    let table = TABLES.iter().find(|t| t.name == name).ok_or_else(missing)?;
    let (format, kind) = match ending {
        "json" => (Format::Jsonl, "application/json"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        _ => return Err(missing()),
    };
    let sheet = Sheet::default();
    store
        .export_table(table, Options { format, with_text: true }, sheet.clone(), file.as_ref())
        .map_err(|e| Fault::Record(e.to_string()))?;
    let mut bytes = sheet.0.take();
    if format == Format::Jsonl {
        let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()).collect();
        bytes = [b"[".as_slice(), &lines.join(b",\n".as_slice()), b"]\n"].concat();
    }
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
