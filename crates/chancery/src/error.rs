//! What can go wrong, each with what a person can do about it.

/// A failure of the engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The record.
    #[error(transparent)]
    Store(#[from] chancery_store::StoreError),
    /// A decision.
    #[error(transparent)]
    Decision(#[from] crate::decisions::BadDecision),
    /// An input that was named cannot be used at all.
    #[error("{0}")]
    Input(String),
    /// There is no such report.
    #[error("no report has the key or id {0:?}; `chancery ask RECORD reports` lists them")]
    NoReport(String),
    /// Several reports fit.
    #[error("{asked:?} fits several reports: {keys}; give the whole key")]
    ManyReports {
        /// What was asked.
        asked: String,
        /// Keys that fit.
        keys: String,
    },
    /// There is no such actor.
    #[error("nobody in the record is called {asked:?}; spoken of most: {known}")]
    NoActor {
        /// What was asked.
        asked: String,
        /// Names that are in the record.
        known: String,
    },
    /// The register of outlets.
    #[error(
        "{path}:{line}: {reason}; the file is CSV with the columns name,aliases,domain,country,agency (aliases separated by |, agency yes or no)"
    )]
    Outlets {
        /// Path.
        path: String,
        /// Line, from 1.
        line: u64,
        /// Reason.
        reason: String,
    },
    /// The register of outlets that the record keeps.
    #[error(
        "the outlets kept in the record cannot be understood ({0}); build again with --outlets FILE to replace them"
    )]
    KeptOutlets(String),
    /// The weights of the trained reader.
    #[error(
        "the weights of the trained reader cannot be used: {0}; build the program again from a clean checkout"
    )]
    Weights(String),
    /// A program without the trained reader.
    #[error("this program was built without the weights of the trained reader; give --reader rules")]
    NoWeights,
    /// A user's own chronology.
    #[error(
        "{path}:{line}: {reason}; the file is TOML like the program's own chronology, or CSV with the columns title,date,words and, if you like, id,kind,places,who,office,country (lists separated by |, dates in EDTF)"
    )]
    Known {
        /// Path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Reason.
        reason: String,
    },
    /// The chronology that the record keeps.
    #[error(
        "the chronology kept in the record cannot be understood ({0}); build again with --known FILE to replace it"
    )]
    KeptKnown(String),
    /// A list of a user's own that cannot be read.
    #[error("{path} cannot be read: {reason}; check the path given to {option}")]
    Unreadable {
        /// Path.
        path: String,
        /// The option it came by.
        option: &'static str,
        /// Reason.
        reason: String,
    },
    /// A user's own actors.
    #[error(
        "{path}:{line}: {reason}; the file is FollowTheMoney JSON, or CSV with the column name and, if you like, aliases,kind,country,code,sector,office,organization,from,to (aliases separated by |, dates in EDTF)"
    )]
    OwnActors {
        /// Path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Reason.
        reason: String,
    },
    /// A user's own places.
    #[error(
        "{path}:{line}: {reason}; the file is CSV with the column name and, if you like, aliases,country,kind,lat,lon (aliases separated by |)"
    )]
    OwnPlaces {
        /// Path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Reason.
        reason: String,
    },
    /// A list of a user's own that the record keeps.
    #[error(
        "the list of {option} kept in the record cannot be understood ({reason}); build again with {option} FILE to replace it"
    )]
    KeptOwn {
        /// The option it came by.
        option: &'static str,
        /// Reason.
        reason: String,
    },
    /// The threads.
    #[error("cannot start {threads} threads: {reason}; give a smaller --threads")]
    Threads {
        /// How many.
        threads: usize,
        /// Reason.
        reason: String,
    },
}
