//! What can go wrong with a record, each with what a person can do about it.

use chancery_model::schema::BadValue;
use std::path::PathBuf;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A folder stands where the record should be.
    #[error("{}: this is a folder, not a record; name a file, for example {}", .0.display(), .0.join("story.db").display())]
    IsFolder(PathBuf),
    /// There is no such file.
    #[error("{}: there is no such record; make one with `chancery build`", .0.display())]
    NotFound(PathBuf),
    /// The folder that should hold the record is not there.
    #[error("{}: its folder does not exist; make the folder first or choose another place", .0.display())]
    NoFolder(PathBuf),
    /// The file is something else.
    #[error("{}: this is not a Chancery record ({why}); nothing was changed; name another file", path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: &'static str,
    },
    /// The record was written by a newer version.
    #[error("{}: this record has schema version {found}, but this program knows versions up to {known}; use a newer Chancery", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version of the file.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// The record was written by an older version and was opened only for reading.
    #[error("{}: this record has schema version {found}, older than {known}; open it once for writing (for example `chancery build` with one more report) to bring it up to date", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Version of the file.
        found: i64,
        /// Version known here.
        known: i64,
    },
    /// There is no way from the version of the file to the version known here.
    #[error("{}: there is no step from schema version {found} to the next; build a new record from the reports", path.display())]
    NoStep {
        /// The file.
        path: PathBuf,
        /// Version of the file.
        found: i64,
    },
    /// Another program is writing.
    #[error("{}: another program is using this record; wait until it is done or close it, then try again", .0.display())]
    Locked(PathBuf),
    /// The file or its folder cannot be written.
    #[error("{}: this record cannot be written; make the file and its folder writable, or copy the record elsewhere", .0.display())]
    ReadOnly(PathBuf),
    /// The file cannot be opened.
    #[error("{}: this record cannot be opened ({why}); check that you may read the file and write to its folder", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file is damaged.
    #[error("{}: this record is damaged ({why}); restore a copy or build it again from the reports", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// The disk is full or failing.
    #[error("{}: the record could not be written ({why}); make room on the disk and run the same command again: what was read so far is kept", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// A row does not fit its table.
    #[error("table {table} does not take a row: {why}")]
    BadRow {
        /// The table.
        table: &'static str,
        /// What SQLite said.
        why: String,
    },
    /// A value in the record is not of its column's kind.
    #[error(transparent)]
    BadValue(#[from] BadValue),
    /// A column that the table does not have.
    #[error("table {table} has no column {column:?}; its columns are {known}")]
    NoColumn {
        /// The table.
        table: &'static str,
        /// What was asked for.
        column: String,
        /// What there is.
        known: String,
    },
    /// A query that does more than read.
    #[error(
        "only queries that read are allowed here (SELECT, WITH, VALUES or EXPLAIN); this one begins with {0:?}"
    )]
    NotReadOnly(String),
    /// A query that SQLite does not understand, or that failed.
    #[error("the query failed: {0}")]
    Query(String),
    /// Something kept inside the record cannot be understood.
    #[error("{what} kept in the record cannot be read ({why}); build the record again from the reports")]
    Unreadable {
        /// What it is.
        what: String,
        /// Why not.
        why: String,
    },
    /// The folder for an export holds other things.
    #[error("{}: this folder holds {other:?}, which is not part of an export; name an empty or new folder", folder.display())]
    ForeignFiles {
        /// The folder.
        folder: PathBuf,
        /// The first thing in it, by name, that is not ours.
        other: String,
    },
    /// An export could not be written.
    #[error("{}: could not be written ({why}); check the folder and the room on the disk", path.display())]
    Export {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
}

/// Result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Puts the path and the remedy to an error of SQLite.
pub(crate) fn at(path: &std::path::Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    move |e| from_sqlite(path, &e)
}

/// The error of SQLite, seen from a record at a path.
pub(crate) fn from_sqlite(path: &std::path::Path, e: &rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode as C;
    let path = path.to_path_buf();
    let why = e.to_string();
    match e.sqlite_error_code() {
        Some(C::NotADatabase) => StoreError::NotARecord { path, why: "the file is not an SQLite database" },
        Some(C::DatabaseCorrupt) => StoreError::Corrupt { path, why },
        Some(C::DatabaseBusy | C::DatabaseLocked) => StoreError::Locked(path),
        Some(C::ReadOnly) => StoreError::ReadOnly(path),
        Some(C::CannotOpen | C::PermissionDenied) => StoreError::CannotOpen { path, why },
        Some(C::DiskFull | C::SystemIoFailure) => StoreError::Disk { path, why },
        _ => StoreError::Query(why),
    }
}
