//! Reading rows back, as types or as JSON.

use crate::error::{Result, StoreError, at, from_sqlite};
use crate::store::Store;
use crate::value::{Bound, select_sql, values_of};
use chancery_model::rows::{DecisionRow, TABLES};
use chancery_model::schema::{Row, Table, Value};
use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, params_from_iter};
use serde_json::{Map, Value as Json};

impl Store {
    /// The rows of a table in the record's order; all, or those whose column equals a value (`Null` finds nulls).
    ///
    /// # Errors
    /// When the table has no such column, or a row does not fit its type.
    pub fn rows<R: Row>(&self, filter: Option<(&str, Value)>) -> Result<Vec<R>> {
        let mut all = Vec::new();
        self.for_each_row(&R::TABLE, filter, |values| {
            all.push(R::from_values(values)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Calls `each` with the values of every row, in the record's order, holding one row at a time.
    ///
    /// # Errors
    /// When the record cannot be read, the table has no such column, or `each` says so.
    pub fn for_each_row(
        &self,
        table: &Table,
        filter: Option<(&str, Value)>,
        mut each: impl FnMut(Vec<Value>) -> Result<()>,
    ) -> Result<()> {
        let (column, value) = filter.unzip();
        if let Some(c) = column.filter(|c| table.column(c).is_none()) {
            let known = table.columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
            return Err(StoreError::NoColumn { table: table.name, column: c.to_owned(), known });
        }
        let err = at(&self.path);
        let mut stmt = self.conn.prepare_cached(&select_sql(table, column)).map_err(&err)?;
        let mut rows = stmt.query(params_from_iter(value.iter().map(Bound))).map_err(&err)?;
        while let Some(row) = rows.next().map_err(&err)? {
            each(values_of(table, row).map_err(&err)?)?;
        }
        Ok(())
    }

    /// How many rows each table has, in the order of the contract.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn counts(&self) -> Result<Vec<(&'static str, usize)>> {
        let count = |t: &Table| {
            let sql = format!("SELECT count(*) FROM {}", crate::ddl::quoted(t.name));
            let n: i64 = self.conn.query_row(&sql, [], |r| r.get(0)).map_err(at(&self.path))?;
            Ok((t.name, usize::try_from(n).unwrap_or(0)))
        };
        TABLES.iter().map(count).collect()
    }

    /// A person's corrections in the order they were added.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>> {
        let table = DecisionRow::TABLE;
        let sql = format!("SELECT {} FROM \"decisions\" ORDER BY rowid", crate::ddl::column_list(&table));
        let err = at(&self.path);
        let mut stmt = self.conn.prepare_cached(&sql).map_err(&err)?;
        let mut rows = stmt.query([]).map_err(&err)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(&err)? {
            all.push(DecisionRow::from_values(values_of(&table, row).map_err(&err)?)?);
        }
        Ok(all)
    }

    /// The answer to a query that only reads, one object a row; keys in the order of the columns, a name that comes
    /// twice is numbered (`id`, `id_2`). Values are as SQLite has them: lists as JSON text, booleans as 0 and 1.
    ///
    /// # Errors
    /// When the query does more than read, or SQLite does not understand it.
    pub fn query_json(&self, sql: &str, params: &[Value]) -> Result<Vec<Map<String, Json>>> {
        let said = |e: rusqlite::Error| match e.sqlite_error_code() {
            Some(ErrorCode::Unknown) | None => StoreError::Query(e.to_string()),
            Some(_) => from_sqlite(&self.path, &e),
        };
        let first: String = sql.trim_start().chars().take_while(char::is_ascii_alphabetic).collect();
        // SQLite calls ATTACH and PRAGMA reading too.
        if !["select", "with", "values", "explain"].contains(&first.to_ascii_lowercase().as_str()) {
            return Err(StoreError::NotReadOnly(sql.trim_start().chars().take(20).collect()));
        }
        let mut stmt = self.conn.prepare(sql).map_err(said)?;
        if !stmt.readonly() {
            return Err(StoreError::NotReadOnly(sql.trim_start().chars().take(20).collect()));
        }
        let mut names: Vec<String> = Vec::new();
        for name in stmt.column_names() {
            let again = names.iter().filter(|n| *n == name || n.starts_with(&format!("{name}_"))).count();
            let taken = names.iter().any(|n| n == name);
            names.push(if taken { format!("{name}_{}", again + 1) } else { name.to_owned() });
        }
        let mut rows = stmt.query(params_from_iter(params.iter().map(Bound))).map_err(said)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(said)? {
            let mut object = Map::new();
            for (n, name) in names.iter().enumerate() {
                object.insert(name.clone(), json_of(row.get_ref(n).map_err(said)?));
            }
            all.push(object);
        }
        Ok(all)
    }
}

fn json_of(raw: ValueRef<'_>) -> Json {
    match raw {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => Value::Real(x).to_json(),
        ValueRef::Text(b) => String::from_utf8_lossy(b).into(),
        ValueRef::Blob(b) => b.iter().map(|b| format!("{b:02x}")).collect::<String>().into(),
    }
}
