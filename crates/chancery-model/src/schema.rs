//! The shape of the record's tables, declared once: column names, their kinds and their order.
//!
//! The store makes its SQL from this, the exports their keys and headers, the reference page its tables.

use serde_json::Value as Json;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// Whole number.
    Int,
    /// Number.
    Real,
    /// True or false; 0 or 1 in SQLite and CSV.
    Bool,
    /// List or object; JSON text in SQLite and CSV.
    Json,
}

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing known.
    Null,
    /// Text.
    Text(String),
    /// Whole number.
    Int(i64),
    /// Number.
    Real(f64),
    /// True or false.
    Bool(bool),
    /// List or object.
    Json(Json),
}

impl Value {
    /// The value as JSON Lines writes it. Whole numbers are written without a fraction.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Text(s) => Json::String(s.clone()),
            Self::Int(n) => Json::from(*n),
            Self::Real(x) if x.fract() == 0.0 && x.abs() < 9e15 => {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "whole and within 53 bits, as just tested"
                )]
                let n = *x as i64;
                Json::from(n)
            }
            Self::Real(x) => Json::from(*x),
            Self::Bool(b) => Json::Bool(*b),
            Self::Json(j) => j.clone(),
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in every form of the record.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it means: the first line of its documentation.
    pub doc: &'static str,
}

/// A table of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What one row is.
    pub doc: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

impl Table {
    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name)
    }

    /// Names of the columns that rows are sorted by: report, start, end, id as far as the table has them,
    /// then every other column, so that the order never depends on how rows were written.
    #[must_use]
    pub fn order(&self) -> Vec<&'static str> {
        const FIRST: [&str; 5] = ["report", "start", "end", "key", "id"];
        let first = FIRST
            .into_iter()
            .filter(|n| self.column(n).is_some() && (*n != "key" || self.name == "versions"));
        let mut names: Vec<_> = first.collect();
        let rest: Vec<_> = self.columns.iter().map(|c| c.name).filter(|n| !names.contains(n)).collect();
        names.extend(rest);
        names
    }
}

/// A row of a table of the record.
pub trait Row: Sized {
    /// Its table.
    const TABLE: Table;
    /// Its values, in the order of the columns.
    fn values(&self) -> Vec<Value>;
    /// The row of values read back.
    ///
    /// # Errors
    /// When a value is missing or of another kind than its column.
    fn from_values(values: Vec<Value>) -> Result<Self, BadValue>;
}

/// A value that does not fit its column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {table}.{column} holds {found}, which is not {wanted}")]
pub struct BadValue {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// What was found.
    pub found: String,
    /// What should be there.
    pub wanted: &'static str,
}

/// A Rust type that a column can hold.
pub trait Field: Sized {
    /// Kind of the column.
    const KIND: Kind;
    /// Whether it may be null.
    const NULLABLE: bool = false;
    /// To a value.
    fn to_value(&self) -> Value;
    /// From a value; `None` when it does not fit.
    fn from_value(v: Value) -> Option<Self>;
}

macro_rules! plain_field {
    ($ty:ty, $kind:ident, $make:expr) => {
        impl Field for $ty {
            const KIND: Kind = Kind::$kind;
            fn to_value(&self) -> Value {
                #[allow(clippy::redundant_closure_call, clippy::clone_on_copy)]
                Value::$kind(($make)(self.clone()))
            }
            fn from_value(v: Value) -> Option<Self> {
                match v {
                    Value::$kind(x) => Some(x),
                    _ => None,
                }
            }
        }
    };
}
plain_field!(String, Text, |x| x);
plain_field!(i64, Int, |x| x);

impl Field for f64 {
    const KIND: Kind = Kind::Real;
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Real(x) => Some(x),
            #[expect(clippy::cast_precision_loss, reason = "SQLite hands back whole reals as integers")]
            Value::Int(n) => Some(n as f64),
            _ => None,
        }
    }
}

impl Field for bool {
    const KIND: Kind = Kind::Bool;
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Bool(b) => Some(b),
            Value::Int(n) => Some(n != 0),
            _ => None,
        }
    }
}

impl<T: Field> Field for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::to_value)
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Null => Some(None),
            v => T::from_value(v).map(Some),
        }
    }
}

/// A list or object column: any type that serde can write as JSON.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nested<T>(pub T);

impl<T: serde::Serialize + serde::de::DeserializeOwned> Field for Nested<T> {
    const KIND: Kind = Kind::Json;
    fn to_value(&self) -> Value {
        serde_json::to_value(&self.0).map_or(Value::Null, Value::Json)
    }
    fn from_value(v: Value) -> Option<Self> {
        let j = match v {
            Value::Json(j) => j,
            Value::Text(s) => serde_json::from_str(&s).ok()?,
            _ => return None,
        };
        serde_json::from_value(j).ok().map(Nested)
    }
}

/// Lets a closed list of words be a text column.
macro_rules! word_field {
    ($($ty:ty),+ $(,)?) => { $(impl Field for $ty {
        const KIND: Kind = Kind::Text;
        fn to_value(&self) -> Value { Value::Text(self.as_str().to_owned()) }
        fn from_value(v: Value) -> Option<Self> {
            match v { Value::Text(s) => s.parse().ok(), _ => None }
        }
    })+ };
}
use crate::vocab as v;
word_field!(
    v::BlockKind,
    v::MentionKind,
    v::ActorKind,
    v::PlaceKind,
    v::TimeType,
    v::Form,
    v::Act,
    v::Qualifier
);
word_field!(
    v::Status,
    v::Stance,
    v::ConflictKind,
    v::OriginKind,
    v::DateBasis,
    v::Sure,
    v::Review,
    v::EventType
);

impl Field for crate::id::Id {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::Text(self.as_str().to_owned())
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Text(s) => Some(Self::from_record(&s)),
            _ => None,
        }
    }
}

impl Field for crate::date::Day {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Text(s) => s.parse().ok(),
            _ => None,
        }
    }
}

impl Field for crate::date::Edtf {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(v: Value) -> Option<Self> {
        match v {
            Value::Text(s) => s.parse().ok(),
            _ => None,
        }
    }
}

/// Declares the rows of the record: a struct, its table and the way to values and back.
macro_rules! record_rows {
    ($($(#[doc = $tdoc:literal])+ $row:ident in $table:literal { $($(#[doc = $doc:literal])+ $field:ident: $ty:ty),+ $(,)? })+) => {
        $(
            $(#[doc = $tdoc])+
            #[derive(Debug, Clone, PartialEq)]
            pub struct $row { $($(#[doc = $doc])+ pub $field: $ty),+ }
            impl $crate::schema::Row for $row {
                const TABLE: $crate::schema::Table = $crate::schema::Table {
                    name: $table,
                    doc: concat!($($tdoc),+),
                    columns: &[$($crate::schema::Column {
                        name: $crate::schema::bare(stringify!($field)),
                        kind: <$ty as $crate::schema::Field>::KIND,
                        nullable: <$ty as $crate::schema::Field>::NULLABLE,
                        doc: concat!($($doc),+),
                    }),+],
                };
                fn values(&self) -> Vec<$crate::schema::Value> {
                    vec![$($crate::schema::Field::to_value(&self.$field)),+]
                }
                fn from_values(values: Vec<$crate::schema::Value>) -> Result<Self, $crate::schema::BadValue> {
                    let mut it = values.into_iter();
                    Ok(Self { $($field: {
                        let v = it.next().unwrap_or($crate::schema::Value::Null);
                        let found = format!("{v:?}");
                        $crate::schema::Field::from_value(v).ok_or($crate::schema::BadValue {
                            table: $table, column: $crate::schema::bare(stringify!($field)), found, wanted: stringify!($ty),
                        })?
                    }),+ })
                }
            }
        )+
        /// Every table of the record, in the order of the contract.
        pub const TABLES: &[$crate::schema::Table] = &[$(<$row as $crate::schema::Row>::TABLE),+];
    };
}
pub(crate) use record_rows;

/// The name of a field without the mark of a raw identifier.
#[must_use]
pub const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
