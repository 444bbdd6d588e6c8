//! JSON Lines.

use super::Sink;
use chancery_model::schema::{Table, Value};
use std::io::Write;

/// Writes one object a line, keys in the order of the columns.
pub(super) struct Lines<W> {
    table: &'static Table,
    out: W,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(table: &'static Table, out: W) -> Self {
        Self { table, out }
    }
}

impl<W: Write> Sink for Lines<W> {
    fn row(&mut self, values: &[Value]) -> std::io::Result<()> {
        // By hand, value after value: a whole object first would copy every article.
        for (n, (column, value)) in self.table.columns.iter().zip(values).enumerate() {
            self.out.write_all(if n == 0 { b"{" } else { b"," })?;
            serde_json::to_writer(&mut self.out, column.name)?;
            self.out.write_all(b":")?;
            match value {
                Value::Text(s) => serde_json::to_writer(&mut self.out, s)?,
                other => serde_json::to_writer(&mut self.out, &other.to_json())?,
            }
        }
        self.out.write_all(b"}\n")
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.out.flush()
    }
}
