//! The record: one SQLite file that holds every table of the contract, what was read so far, and search indexes.
//!
//! * [`Store`] opens, fills and reads it; every change is a transaction.
//! * [`export`] writes its tables as JSON Lines or CSV.
//! * [`verify`] finds what is wrong with one.
//! * [`reference_markdown`] describes its tables, for `docs/record.md`.
//!
//! Tables whose name begins with `_` are the program's own and may change at any time.

mod ddl;
mod error;
pub mod export;
mod inputs;
mod read;
mod record;
mod reference;
mod search;
mod slice;
mod store;
mod value;
pub mod verify;

pub use ddl::{Reference, references};
pub use error::{Result, StoreError};
pub use record::{RecordRows, Written};
pub use reference::reference_markdown;
pub use search::{Piece, ReportHit, StatementHit, fts_query, pieces};
pub use store::Store;
