//! One report's marks become its facts, by rules that can be read: a fact names its rule (or the head of the reader
//! that marked it) and its words.
//!
//! The order matters: later steps look up what earlier ones found. Nothing here looks at a clock, at another report
//! or at the order of a hash table.

pub mod entities;
pub mod events;
pub mod figures;
pub mod offices;
mod senses;
pub mod statements;
pub mod times;
mod topics;

use chancery_model::facts::ReportFacts;
use chancery_model::mark::Marks;
use chancery_model::report::{Report, Segments};

/// What every step sees: the report, its tokens, the reader's marks, and the facts so far.
#[derive(Debug)]
pub struct Context<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its text, cut up.
    pub segments: &'a Segments,
    /// What the reader marked.
    pub marks: &'a Marks,
    /// The facts so far.
    pub facts: ReportFacts,
}

/// The facts of one report. Every span lies in a headline or body block.
#[must_use]
pub fn note(report: &Report, segments: &Segments, marks: &Marks) -> ReportFacts {
    let mut ctx = Context { report, segments, marks, facts: ReportFacts::default() };
    entities::add(&mut ctx);
    times::add(&mut ctx);
    statements::add(&mut ctx);
    entities::add_pronouns(&mut ctx);
    figures::add(&mut ctx);
    offices::add(&mut ctx);
    events::add(&mut ctx);
    senses::add(&mut ctx);
    topics::add(&mut ctx);
    ctx.facts
}
