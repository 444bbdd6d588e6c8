//! Opening and closing a record.

use crate::ddl;
use crate::error::{Result, StoreError, at, from_sqlite};
use chancery_model::rows::SCHEMA_VERSION;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks the file as ours: "CHNC" in ASCII.
const APPLICATION_ID: i64 = 0x4348_4e43;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Brings a record from one schema version to the next, inside the transaction it is given.
pub type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The steps from version 1 to 2, 2 to 3, and so on.
const STEPS: &[Step] = &[untyped_events];

/// 1 to 2: the type of an event may be null. Taking a constraint away changes nothing in the pages of a table, so that its
/// words can be changed where they stand (SQLite's documentation of ALTER TABLE, section 7).
fn untyped_events(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let cookie: i64 = tx.query_row("PRAGMA schema_version", [], |r| r.get(0))?;
    tx.execute_batch(&format!(
        "PRAGMA writable_schema = ON; \
         UPDATE sqlite_schema SET sql = replace(sql, '\"type\" TEXT NOT NULL', '\"type\" TEXT') \
           WHERE type = 'table' AND name IN ('events', 'event_mentions'); \
         PRAGMA schema_version = {}; PRAGMA writable_schema = OFF;",
        cookie + 1
    ))
}

/// What a program knows of schema versions; in tests, of made-up ones.
pub(crate) struct Known {
    pub(crate) version: i64,
    pub(crate) steps: &'static [Step],
}

const KNOWN: Known = Known { version: SCHEMA_VERSION, steps: STEPS };

/// An open record.
///
/// Writing is done in transactions; a kill at any moment leaves the last one that was finished.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    writable: bool,
    closed: bool,
}

impl Store {
    /// Opens a record for reading and writing; makes one where there is none.
    ///
    /// # Errors
    /// When the path is a folder, another kind of file, a record of a newer schema, damaged, in use or read-only.
    pub fn create_or_open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_known(path.as_ref(), &KNOWN)
    }

    pub(crate) fn open_known(path: &Path, known: &Known) -> Result<Self> {
        let is_new = match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(StoreError::IsFolder(path.into())),
            Ok(meta) => meta.len() == 0,
            Err(_) if !parent(path).is_dir() => return Err(StoreError::NoFolder(path.into())),
            Err(_) => true,
        };
        if !is_new {
            check_magic(path)?;
        }
        let conn = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE, true))
            .map_err(at(path))?;
        let mut store = Self { conn, path: path.into(), writable: true, closed: false };
        store.prepare_to_write(known).inspect_err(|_| store.closed = true)?;
        Ok(store)
    }

    /// Opens a record that exists, for reading only. It may lie in a folder that cannot be written.
    ///
    /// # Errors
    /// When there is no such file, or it is no record of this schema version, or it is damaged.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(StoreError::IsFolder(path.into())),
            Ok(_) => check_magic(path)?,
            Err(_) => return Err(StoreError::NotFound(path.into())),
        }
        let read_only = flags(OpenFlags::SQLITE_OPEN_READ_ONLY, false);
        let conn = Connection::open_with_flags(path, read_only).map_err(at(path))?;
        let store = Self { conn, path: path.into(), writable: false, closed: false };
        let store = match store.check_read_only() {
            Err(StoreError::CannotOpen { .. } | StoreError::ReadOnly(_))
                if !beside(path, "-wal").exists() =>
            {
                // A record that was not closed, in a folder that cannot be written: all of it is in the one
                // file, so it may be read as a file that nobody changes.
                let uri = format!("file:{}?immutable=1", uri_path(path));
                let conn = Connection::open_with_flags(&uri, read_only | OpenFlags::SQLITE_OPEN_URI)
                    .map_err(at(path))?;
                let store = Self { conn, path: path.into(), writable: false, closed: false };
                store.check_read_only()?;
                store
            }
            other => {
                other?;
                store
            }
        };
        Ok(store)
    }

    /// A record in memory, gone when dropped: for tests and for one-off questions.
    ///
    /// # Errors
    /// When SQLite cannot make it.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from(":memory:");
        let conn = Connection::open_in_memory().map_err(at(&path))?;
        let mut store = Self { conn, path, writable: true, closed: false };
        store.prepare_to_write(&KNOWN)?;
        Ok(store)
    }

    /// Where the record is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the record so that the one file holds everything and opens from a read-only folder.
    ///
    /// # Errors
    /// When what was written last cannot be moved into the file. It is not lost: it stays beside the file, and the
    /// next opening takes it in.
    pub fn close(mut self) -> Result<()> {
        self.settle()
    }

    fn settle(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.closed, true) || !self.writable {
            return Ok(());
        }
        let err = at(&self.path);
        // Whoever reads now may read on: what cannot be moved yet is moved by the next to close.
        self.conn.busy_timeout(Duration::from_millis(100)).map_err(&err)?;
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(&err)?;
        // A file left in WAL mode cannot be opened from a read-only folder. Refused while somebody else has
        // the record open; then the mode stays, which only matters in such a folder.
        match self.conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(&err) {
            Err(StoreError::Locked(_)) | Ok(()) => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn prepare_to_write(&mut self, known: &Known) -> Result<()> {
        let path = self.path.clone();
        let err = at(&path);
        self.conn.busy_timeout(PATIENCE).map_err(&err)?;
        // Room for the statements that a publication prepares, several a table.
        self.conn.set_prepared_statement_cache_capacity(128);
        if self.conn.is_readonly("main").map_err(&err)? {
            return Err(StoreError::ReadOnly(path.clone()));
        }
        // Before the mode is changed: a file that is not ours must stay as it is.
        if !self.is_empty()? {
            self.check_ours()?;
            self.check_not_newer(known)?;
        }
        self.conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(&err)?;
        let settings = "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; \
             PRAGMA cache_size = -65536;";
        self.conn.execute_batch(settings).map_err(&err)?;
        let tx = self.begin()?;
        // Looked at again inside the transaction: somebody else may have made the tables meanwhile.
        if version_of(&tx).map_err(&err)? == 0 {
            make(&tx, known).map_err(&err)?;
        }
        migrate(&tx, &path, known)?;
        tx.commit().map_err(&err)
    }

    fn check_read_only(&self) -> Result<()> {
        let err = at(&self.path);
        self.conn.busy_timeout(PATIENCE).map_err(&err)?;
        if self.is_empty()? {
            return Err(StoreError::NotARecord { path: self.path.clone(), why: "the file is empty" });
        }
        self.check_ours()?;
        self.check_not_newer(&KNOWN)?;
        let found = version_of(&self.conn).map_err(&err)?;
        if found < KNOWN.version {
            return Err(StoreError::Older { path: self.path.clone(), found, known: KNOWN.version });
        }
        Ok(())
    }

    fn is_empty(&self) -> Result<bool> {
        let n: i64 = self
            .conn
            .query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0))
            .map_err(at(&self.path))?;
        Ok(n == 0)
    }

    fn check_ours(&self) -> Result<()> {
        let err = at(&self.path);
        let id: i64 = self.conn.query_row("PRAGMA application_id", [], |r| r.get(0)).map_err(&err)?;
        if id == APPLICATION_ID {
            return Ok(());
        }
        let why = "it is an SQLite database of another program";
        Err(StoreError::NotARecord { path: self.path.clone(), why })
    }

    fn check_not_newer(&self, known: &Known) -> Result<()> {
        let found = version_of(&self.conn).map_err(at(&self.path))?;
        if found > known.version {
            return Err(StoreError::Newer { path: self.path.clone(), found, known: known.version });
        }
        Ok(())
    }

    /// Rewrites the file without what was taken out of it. Until then the words of a removed report can still be
    /// found in the file's unused pages by somebody who looks for them.
    ///
    /// # Errors
    /// When the record cannot be written, or there is no room for a second copy meanwhile.
    pub fn compact(&mut self) -> Result<()> {
        if !self.writable {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        // Search indexes first: they keep the words of deleted rows until they are merged.
        let sql = "INSERT INTO \"reports_fts\" (\"reports_fts\") VALUES ('optimize'); \
             INSERT INTO \"statements_fts\" (\"statements_fts\") VALUES ('optimize'); VACUUM;";
        self.conn.execute_batch(sql).map_err(at(&self.path))
    }

    /// A value kept about the record as a whole, for example `schema_version`.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        self.conn
            .query_row("SELECT \"value\" FROM \"meta\" WHERE \"key\" = ?1", [key], |r| r.get(0))
            .optional()
            .map_err(at(&self.path))
    }

    /// Keeps a value about the record as a whole. `schema_version` is the store's own and is not to be set.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<()> {
        let path = self.path.clone();
        let tx = self.begin()?;
        tx.execute("INSERT OR REPLACE INTO \"meta\" (\"key\", \"value\") VALUES (?1, ?2)", [key, value])
            .map_err(at(&path))?;
        tx.commit().map_err(at(&path))
    }

    /// Begins a transaction that may write, waiting a while for others.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>> {
        if !self.writable {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        let path = self.path.clone();
        self.conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| from_sqlite(&path, &e))
    }
}

impl Drop for Store {
    /// Settles the file as [`Store::close`] does; what fails here is taken in by the next opening.
    fn drop(&mut self) {
        let _ = self.settle();
    }
}

fn version_of(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |r| r.get(0))
}

fn make(tx: &Transaction<'_>, known: &Known) -> rusqlite::Result<()> {
    tx.execute_batch(&ddl::create_all())?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    set_version(tx, known.version)
}

fn set_version(tx: &Transaction<'_>, version: i64) -> rusqlite::Result<()> {
    tx.pragma_update(None, "user_version", version)?;
    tx.execute(
        "INSERT INTO \"meta\" VALUES ('schema_version', ?1) ON CONFLICT (\"key\") DO UPDATE SET \"value\" = excluded.\"value\"",
        [version.to_string()],
    )?;
    Ok(())
}

fn migrate(tx: &Transaction<'_>, path: &Path, known: &Known) -> Result<()> {
    loop {
        let found = version_of(tx).map_err(at(path))?;
        if found >= known.version {
            return Ok(());
        }
        let step = usize::try_from(found - 1).ok().and_then(|n| known.steps.get(n));
        let step = step.ok_or(StoreError::NoStep { path: path.into(), found })?;
        step(tx).map_err(at(path))?;
        set_version(tx, found + 1).map_err(at(path))?;
    }
}

fn flags(mode: OpenFlags, create: bool) -> OpenFlags {
    let create = if create { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
    mode | create | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The path in a `file:` address: the marks that mean something there are written as their numbers.
fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Tells a file of another kind apart before SQLite touches it.
fn check_magic(path: &Path) -> Result<()> {
    use std::io::Read;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|f| f.take(16).read_to_end(&mut head));
    if let Err(e) = read {
        return Err(StoreError::CannotOpen { path: path.into(), why: e.to_string() });
    }
    match head.as_slice() {
        b"SQLite format 3\0" => Ok(()),
        [] => Err(StoreError::NotARecord { path: path.into(), why: "the file is empty" }),
        _ => Err(StoreError::NotARecord { path: path.into(), why: "the file is not an SQLite database" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add_colour(tx: &Transaction<'_>) -> rusqlite::Result<()> {
        tx.execute_batch("ALTER TABLE \"outlets\" ADD COLUMN \"colour\" TEXT")
    }

    fn add_then_fail(tx: &Transaction<'_>) -> rusqlite::Result<()> {
        tx.execute_batch("CREATE TABLE \"half\" (x); INSERT INTO \"nowhere\" VALUES (1)")
    }

    fn two() -> Known {
        Known { version: SCHEMA_VERSION + 1, steps: &[add_colour] }
    }

    fn old_file() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.db");
        Store::create_or_open(&path).unwrap().close().unwrap();
        (dir, path)
    }

    #[test]
    fn an_older_record_is_brought_up_to_date() {
        assert_eq!(SCHEMA_VERSION, 1, "write the step from 1 to 2 into STEPS and let this test begin at 2");
        let (_dir, path) = old_file();
        let store = Store::open_known(&path, &two()).unwrap();
        assert_eq!(store.meta("schema_version").unwrap().as_deref(), Some("2"));
        store.conn.query_row("SELECT count(\"colour\") FROM \"outlets\"", [], |_| Ok(())).unwrap();
        store.close().unwrap();
        // Once is enough: the step would fail on a table that has the column already.
        Store::open_known(&path, &two()).unwrap();
        let newer = Store::create_or_open(&path).unwrap_err();
        assert!(matches!(newer, StoreError::Newer { found: 2, known: 1, .. }), "{newer}");
    }

    #[test]
    fn a_step_that_fails_changes_nothing() {
        let (_dir, path) = old_file();
        let known = Known { version: 3, steps: &[add_colour, add_then_fail] };
        Store::open_known(&path, &known).unwrap_err();
        let store = Store::create_or_open(&path).unwrap();
        assert_eq!(store.meta("schema_version").unwrap().as_deref(), Some("1"));
        let half: i64 = store
            .conn
            .query_row("SELECT count(*) FROM sqlite_master WHERE name = 'half'", [], |r| r.get(0))
            .unwrap();
        assert_eq!(half, 0);
        drop(store);
        let gap = Known { version: 2, steps: &[] };
        let e = Store::open_known(&path, &gap).unwrap_err();
        assert!(matches!(e, StoreError::NoStep { found: 1, .. }), "{e}");
    }

    #[test]
    fn every_statement_of_an_empty_record_is_understood() {
        let store = Store::in_memory().unwrap();
        let n: i64 = store
            .conn
            .query_row("SELECT count(*) FROM sqlite_master WHERE type = 'table'", [], |r| r.get(0))
            .unwrap();
        assert!(usize::try_from(n).unwrap() > chancery_model::rows::TABLES.len());
    }
}
