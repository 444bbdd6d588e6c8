//! CSV.

use super::Sink;
use chancery_model::schema::{Table, Value};
use std::io::Write;

/// Writes a header and one record a row.
pub(super) struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    pub(super) fn new(table: &Table, out: W) -> std::io::Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(table.columns.iter().map(|c| c.name))?;
        Ok(Self(writer))
    }
}

impl<W: Write> Sink for Sheet<W> {
    fn row(&mut self, values: &[Value]) -> std::io::Result<()> {
        for value in values {
            match value {
                Value::Null => self.0.write_field("")?,
                Value::Text(s) => self.0.write_field(s)?,
                Value::Bool(b) => self.0.write_field(if *b { "1" } else { "0" })?,
                other => self.0.write_field(other.to_json().to_string())?,
            }
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.0.flush()
    }
}
