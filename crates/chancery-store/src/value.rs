//! Values of the model to SQLite and back.

use crate::ddl::{column_list, order, quoted};
use chancery_model::schema::{Column, Kind, Table, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};

/// A value on its way into SQLite.
pub(crate) struct Bound<'v>(pub(crate) &'v Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(s) => ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes())),
            Value::Int(n) => ToSqlOutput::Owned((*n).into()),
            Value::Real(x) => ToSqlOutput::Owned((*x).into()),
            Value::Bool(b) => ToSqlOutput::Owned(i64::from(*b).into()),
            Value::Json(j) => ToSqlOutput::Owned(j.to_string().into()),
        })
    }
}

/// A value on its way out of SQLite, of the kind its column says. What does not fit comes out as what it is, and
/// is refused where the row is made.
pub(crate) fn value_of(column: &Column, raw: ValueRef<'_>) -> Value {
    match (raw, column.kind) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(n), Kind::Bool) if n == 0 || n == 1 => Value::Bool(n == 1),
        #[expect(clippy::cast_precision_loss, reason = "a whole number written as a real came from a real")]
        (ValueRef::Integer(n), Kind::Real) => Value::Real(n as f64),
        (ValueRef::Integer(n), _) => Value::Int(n),
        (ValueRef::Real(x), _) => Value::Real(x),
        (ValueRef::Text(b), kind) => {
            let text = String::from_utf8_lossy(b);
            match kind {
                Kind::Json => {
                    serde_json::from_str(&text).map_or_else(|_| Value::Text(text.into_owned()), Value::Json)
                }
                _ => Value::Text(text.into_owned()),
            }
        }
        (ValueRef::Blob(b), _) => Value::Text(format!("{} bytes", b.len())),
    }
}

/// The values of a row, in the order of the columns.
pub(crate) fn values_of(table: &Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    table.columns.iter().enumerate().map(|(n, c)| Ok(value_of(c, row.get_ref(n)?))).collect()
}

/// `INSERT` of a whole row.
pub(crate) fn insert_sql(table: &Table) -> String {
    let marks = vec!["?"; table.columns.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({marks})", quoted(table.name), column_list(table))
}

/// `SELECT` of whole rows in the record's order; `column` names the one that must equal `?1`.
pub(crate) fn select_sql(table: &Table, column: Option<&str>) -> String {
    let order: Vec<_> = order(table).into_iter().map(quoted).collect();
    let filter = column.map_or(String::new(), |c| format!(" WHERE {} IS ?1", quoted(c)));
    format!("SELECT {} FROM {}{filter} ORDER BY {}", column_list(table), quoted(table.name), order.join(", "))
}

/// Feeds a value to a digest so that no two different rows look alike.
pub(crate) fn digest_value(h: &mut blake3::Hasher, value: &Value) {
    let mut put = |tag: u8, bytes: &[u8]| {
        h.update(&[tag]);
        h.update(&(bytes.len() as u64).to_le_bytes());
        h.update(bytes);
    };
    match value {
        Value::Null => put(0, &[]),
        Value::Text(s) => put(1, s.as_bytes()),
        Value::Int(n) => put(2, &n.to_le_bytes()),
        Value::Real(x) => put(3, &x.to_bits().to_le_bytes()),
        Value::Bool(b) => put(4, &[u8::from(*b)]),
        Value::Json(j) => put(5, j.to_string().as_bytes()),
    }
}
