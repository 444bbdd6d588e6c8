//! The word lists of Chancery, as data files that a speaker of English can read, correct and extend.
//!
//! Each file in `data/` has a module of its own here, which parses it once. Every entry carries an example,
//! and the crates that use the list run the examples as tests.

pub mod times;
