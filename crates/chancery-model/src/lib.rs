//! The types of Chancery, and nothing else: spans, ids, dates, reports, marks, facts and the rows of the record.
//!
//! Every other crate knows these; these know no other crate. Inside the program a span counts UTF-8 bytes; in
//! [`rows`] it counts Unicode code points, as `RECORD.md` wants it.

pub mod date;
pub mod facts;
pub mod id;
pub mod mark;
pub mod report;
pub mod rows;
pub mod schema;
pub mod span;
pub mod vocab;

pub use date::{Day, Days, Edtf};
pub use id::Id;
pub use span::{CharMap, Span, TokenRange};
