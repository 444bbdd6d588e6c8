//! The word lists of Chancery, as data files that a speaker of English can read, correct and extend.
//!
//! Each file in `data/` has a module of its own here, which parses it once. Rules and classes carry
//! an example each; long lists of names carry examples by the file. The examples run as tests, here or in the crate that
//! uses the list.

pub mod chronology;
pub mod cities;
pub mod common;
pub mod contexts;
pub mod counting;
pub mod countries;
pub mod cues;
pub mod everyday;
pub mod given_names;
pub mod groups;
pub mod happenings;
pub mod kin;
pub mod known;
pub mod measures;
pub mod media;
pub mod metonyms;
pub mod named_events;
pub mod numbers;
pub mod organizations;
pub mod outlets;
pub mod people;
pub mod phrase;
pub mod regions;
pub mod sectors;
pub mod spellings;
pub mod stances;
pub mod status;
pub mod syllables;
pub mod times;
pub mod titles;
pub mod units;
pub mod unnamed;
pub mod verbs;
