//! Chancery as a library: build a record from reports, add to it, correct it, ask it.
//!
//! ```no_run
//! use chancery::{BuildOptions, Engine};
//! let mut engine = Engine::open("story.db".as_ref())?;
//! let built = engine.build(&["reports".into()], &BuildOptions::default(), &chancery::Silent)?;
//! println!("{} reports", built.summary.reports);
//! # Ok::<(), chancery::EngineError>(())
//! ```
//!
//! Every client (command line, web, Python) calls this crate and nothing below it.

mod apply;
mod build;
mod deciding;
pub mod decisions;
mod error;
mod known;
mod outlets;
mod own;
mod readers;
mod rows;
mod verify;
pub mod views;

pub use build::{BuildOptions, Built, Phase, Prepared, Progress, Silent, now};
pub use chancery_store::{Piece, Store, export, reference_markdown};
pub use chancery_text::ingest::{Options as IngestOptions, guarded};
pub use deciding::{Taken, waits};
pub use error::EngineError;
pub use readers::ReaderChoice;
pub use rows::outlet_id;
pub use verify::{Verified, verify};

use std::path::Path;

/// A record with what is needed to build it.
#[derive(Debug)]
pub struct Engine {
    store: Store,
}

impl Engine {
    /// Opens a record for building, and makes it when it is not there.
    ///
    /// # Errors
    /// When the file is something else, newer, in use, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        Ok(Self { store: Store::create_or_open(path)? })
    }

    /// A record in memory, for tests and for callers that keep nothing.
    ///
    /// # Errors
    /// When SQLite cannot start.
    pub fn in_memory() -> Result<Self, EngineError> {
        Ok(Self { store: Store::in_memory()? })
    }

    /// The record, for views and exports.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Closes the record, so that one file holds all of it.
    ///
    /// # Errors
    /// When the last pages cannot be written.
    pub fn close(self) -> Result<(), EngineError> {
        Ok(self.store.close()?)
    }
}
