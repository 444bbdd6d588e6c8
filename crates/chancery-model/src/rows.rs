//! The rows of the record, exactly as the contract names them. Offsets are Unicode code points.
//!
//! Over 600 lines because it is one declaration of every table, read from top to bottom beside the contract.

use crate::date::{Day, Edtf};
use crate::id::Id;
use crate::schema::{Nested, record_rows};
use crate::vocab::{
    Act, ActorKind, BlockKind, ConflictKind, DateBasis, EventType, Form, MentionKind, OriginKind, PlaceKind,
    Qualifier, Review, Role, Stance, Status, Sure, TimeType,
};
use serde::{Deserialize, Serialize};

/// The version of the tables. It changes when a name or a meaning changes.
pub const SCHEMA_VERSION: i64 = 2;

/// A span as the record writes it: `[start, end)` in code points.
pub type Pair = [u32; 2];

/// Somebody who passed a statement on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayCell {
    /// Actor id.
    pub actor: Option<Id>,
    /// Words.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Somebody who takes part in a happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ParticipantCell {
    /// The part.
    pub role: Role,
    /// Actor id.
    pub actor: Id,
}

/// Words that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EvidenceCell {
    /// Report id.
    pub report: Id,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SideCell {
    /// What this side says.
    pub value: String,
    /// The words.
    pub evidence: Vec<EvidenceCell>,
    /// How many origins say it.
    pub origins: i64,
}

record_rows! {
    /// one row a report
    ReportRow in "reports" {
        /// first 16 hexadecimal digits of BLAKE3 over key, text and given metadata
        id: Id,
        /// SHA-256 of the source's own bytes
        sha256: String,
        /// the JSON Lines id, else the URL, else the path below the named folder
        key: String,
        /// where it was read from
        path: Option<String>,
        /// web address
        url: Option<String>,
        /// headline
        title: Option<String>,
        /// outlet
        outlet: Option<String>,
        /// who wrote it
        byline: Option<String>,
        /// place of the dateline
        dateline: Option<String>,
        /// BCP 47 tag
        language: Option<String>,
        /// day of publication, EDTF level 1
        published: Option<Edtf>,
        /// earliest day of publication
        published_lo: Option<Day>,
        /// latest day of publication
        published_hi: Option<Day>,
        /// what the day of publication rests on
        published_basis: DateBasis,
        /// one sentence a person can check
        published_why: String,
        /// a date printed on the page that the text contradicts
        stamp: Option<String>,
        /// id of its origin group
        origin: Id,
        /// number of words
        words: i64,
        /// the text
        text: String,
    }
    /// what each stretch of a report is
    BlockRow in "blocks" {
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// what it is
        kind: BlockKind,
        /// why it was taken to be that
        why: String,
    }
    /// an expression that names somebody or some place
    MentionRow in "mentions" {
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// the words
        text: String,
        /// how it names it
        kind: MentionKind,
        /// actor id
        actor: Option<Id>,
        /// place id
        place: Option<Id>,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// one row somebody spoken of
    ActorRow in "actors" {
        /// actor id
        id: Id,
        /// name
        name: String,
        /// what it is
        kind: ActorKind,
        /// ISO 3166-1 alpha-3
        country: Option<String>,
        /// CAMEO actor code
        code: Option<String>,
        /// CAMEO sector
        sector: Option<String>,
        /// other forms of the name
        aliases: Nested<Vec<String>>,
        /// number of reports that speak of it
        reports: i64,
    }
    /// one row a place spoken of
    PlaceRow in "places" {
        /// place id
        id: Id,
        /// name
        name: String,
        /// ISO 3166-1 alpha-3
        country: Option<String>,
        /// what it is
        kind: PlaceKind,
        /// latitude, degrees north
        lat: Option<f64>,
        /// longitude, degrees east
        lon: Option<f64>,
        /// where the coordinates come from
        source: Option<String>,
    }
    /// one row an outlet
    OutletRow in "outlets" {
        /// outlet id
        id: Id,
        /// name
        name: String,
        /// other names
        aliases: Nested<Vec<String>>,
        /// web domain
        domain: Option<String>,
        /// ISO 3166-1 alpha-3
        country: Option<String>,
        /// whether it is a news agency
        agency: bool,
    }
    /// who held which office according to whom
    OfficeRow in "offices" {
        /// actor id
        actor: Id,
        /// the office
        office: String,
        /// of what organisation
        organization: Option<String>,
        /// ISO 3166-1 alpha-3
        country: Option<String>,
        /// earliest day it may have begun
        from_lo: Option<Day>,
        /// latest day it may have begun
        from_hi: Option<Day>,
        /// earliest day it may have ended
        to_lo: Option<Day>,
        /// latest day it may have ended
        to_hi: Option<Day>,
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// every time expression
    TimeRow in "times" {
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// the words
        text: String,
        /// TIMEX3 type
        r#type: TimeType,
        /// TIMEX3 value
        value: Option<String>,
        /// TIMEX3 mod
        r#mod: Option<String>,
        /// EDTF level 1
        edtf: Option<Edtf>,
        /// earliest day
        lo: Option<Day>,
        /// latest day
        hi: Option<Day>,
        /// what it was counted from
        anchor: Option<String>,
        /// why this value
        why: String,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// one row an attributed statement
    StatementRow in "statements" {
        /// statement id
        id: Id,
        /// report id
        report: Id,
        /// direct, indirect or mixed
        form: Form,
        /// what the speaker does by it
        act: Act,
        /// actor id
        speaker: Option<Id>,
        /// the words of the source
        speaker_text: Option<String>,
        /// whether the speaker has a name
        speaker_named: bool,
        /// what was said
        content: Nested<Vec<Pair>>,
        /// the words that mark it as said
        cue: Nested<Vec<Pair>>,
        /// the words that say who
        source: Nested<Vec<Pair>>,
        /// who passed it on, nearest the speaker first
        relays: Nested<Vec<RelayCell>>,
        /// actor id of the one spoken to
        addressee: Option<Id>,
        /// when, EDTF
        said: Option<Edtf>,
        /// earliest day it was said
        said_lo: Option<Day>,
        /// latest day it was said
        said_hi: Option<Day>,
        /// place id
        place: Option<Id>,
        /// through which medium
        medium: Option<String>,
        /// id of the statement whose content holds this one
        within: Option<Id>,
        /// whether the saying is negated
        negated: bool,
        /// whether it is hedged
        hedged: bool,
        /// the same statement across reports
        cluster: Option<Id>,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// one row a number claimed
    FigureRow in "figures" {
        /// figure id
        id: Id,
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// the words
        text: String,
        /// lower bound; null when open
        low: Option<f64>,
        /// upper bound; null when open
        high: Option<f64>,
        /// how exact
        qualifier: Qualifier,
        /// unit
        unit: Option<String>,
        /// what is measured
        measure: String,
        /// what is counted
        subject: Option<String>,
        /// of what happening
        of: Option<String>,
        /// as of when, EDTF
        as_of: Option<Edtf>,
        /// earliest day
        as_of_lo: Option<Day>,
        /// latest day
        as_of_hi: Option<Day>,
        /// actor id
        speaker: Option<Id>,
        /// id of the statement whose content holds it
        statement: Option<Id>,
        /// ids of the figures it is worked out from
        derived_from: Nested<Vec<Id>>,
        /// the arithmetic, in words
        derivation: Option<String>,
        /// id of its series
        series: Option<Id>,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// the history of an event or a named conference or agreement
    EventStateRow in "event_states" {
        /// event id
        event: Id,
        /// status
        status: Status,
        /// earliest day
        date_lo: Option<Day>,
        /// latest day
        date_hi: Option<Day>,
        /// ids of the mentions
        mentions: Nested<Vec<Id>>,
        /// number of origins
        origins: i64,
    }
    /// figures that measure one thing
    SeriesRow in "series" {
        /// series id
        id: Id,
        /// what is measured
        measure: String,
        /// what is counted
        subject: Option<String>,
        /// of what happening
        of: Option<String>,
        /// title
        title: String,
    }
    /// one row a happening, merged across reports
    EventRow in "events" {
        /// event id
        id: Id,
        /// title
        title: String,
        /// PLOVER type, null for happenings of none (elections, floods, crashes)
        r#type: Option<EventType>,
        /// PLOVER mode
        mode: Option<String>,
        /// PLOVER contexts
        contexts: Nested<Vec<String>>,
        /// CAMEO code
        cameo: Option<String>,
        /// status
        status: Status,
        /// when, EDTF
        date: Option<Edtf>,
        /// earliest day
        date_lo: Option<Day>,
        /// latest day
        date_hi: Option<Day>,
        /// place id
        place: Option<Id>,
        /// place as printed
        place_name: Option<String>,
        /// latitude, degrees north
        lat: Option<f64>,
        /// longitude, degrees east
        lon: Option<f64>,
        /// who took part
        participants: Nested<Vec<ParticipantCell>>,
        /// number of reports
        reports: i64,
        /// number of origins
        origins: i64,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// one row a mention of a happening
    EventMentionRow in "event_mentions" {
        /// mention id
        id: Id,
        /// event id
        event: Id,
        /// report id
        report: Id,
        /// first code point
        start: i64,
        /// one past the last code point
        end: i64,
        /// the words
        text: String,
        /// id of the statement whose content holds it
        statement: Option<Id>,
        /// PLOVER type, null for happenings of none (elections, floods, crashes)
        r#type: Option<EventType>,
        /// PLOVER mode
        mode: Option<String>,
        /// CAMEO code
        cameo: Option<String>,
        /// status
        status: Status,
        /// when, EDTF
        date: Option<Edtf>,
        /// earliest day
        date_lo: Option<Day>,
        /// latest day
        date_hi: Option<Day>,
        /// place as printed
        place_name: Option<String>,
        /// who took part
        participants: Nested<Vec<ParticipantCell>>,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// where an actor stood on an issue, when
    PositionRow in "positions" {
        /// position id
        id: Id,
        /// actor id
        actor: Id,
        /// the issue
        issue: String,
        /// where it stands
        stance: Stance,
        /// on what condition
        condition: Option<String>,
        /// earliest day
        from_lo: Option<Day>,
        /// latest day
        to_hi: Option<Day>,
        /// ids of the statements
        statements: Nested<Vec<Id>>,
        /// ids of the event mentions
        event_mentions: Nested<Vec<Id>>,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// one row a disagreement
    ConflictRow in "conflicts" {
        /// conflict id
        id: Id,
        /// what the sides differ about
        kind: ConflictKind,
        /// id of the event, series or cluster
        about: Id,
        /// the sides
        sides: Nested<Vec<SideCell>>,
        /// one sentence a person can check
        why: String,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// reports that are one source
    OriginRow in "origins" {
        /// origin id
        id: Id,
        /// why they are one
        kind: OriginKind,
        /// the agency credited
        wire: Option<String>,
        /// ids of the reports, the lead first
        reports: Nested<Vec<Id>>,
        /// one sentence a person can check
        why: String,
        /// the rule or head that made it
        by: String,
        /// how sure
        sure: Sure,
        /// what a person said of it
        review: Review,
    }
    /// what was broken, skipped or not read
    NoteRow in "notes" {
        /// report id
        report: Option<Id>,
        /// path
        path: Option<String>,
        /// first code point
        start: Option<i64>,
        /// one past the last code point
        end: Option<i64>,
        /// what kind of note
        kind: String,
        /// one sentence: what, why, what to do
        text: String,
    }
    /// replaced reports
    VersionRow in "versions" {
        /// key of the report
        key: String,
        /// id it had
        id: Id,
        /// SHA-256 of the source's own bytes
        sha256: String,
        /// the text it had
        text: String,
    }
    /// a person's corrections, replayed at every build
    DecisionRow in "decisions" {
        /// when it was made, RFC 3339
        at: String,
        /// who made it
        who: String,
        /// table, report key and span
        target: Nested<serde_json::Value>,
        /// confirm, reject, merge, split, rename or set
        action: String,
        /// what is to be
        value: Nested<serde_json::Value>,
        /// why
        note: Option<String>,
    }
    /// builds: the only table that may differ between two builds of the same input
    RunRow in "runs" {
        /// run id
        id: Id,
        /// version of Chancery
        version: String,
        /// the kernel that read
        kernel: String,
        /// hash of the reader
        reader: String,
        /// hash of the rules
        rules: String,
        /// settings
        config: Nested<serde_json::Value>,
        /// number of inputs
        inputs: i64,
        /// when it began, RFC 3339
        started: String,
        /// how long it took
        seconds: f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Row, Value};

    #[test]
    fn columns_have_plain_unique_names() {
        for t in TABLES {
            let mut names: Vec<_> = t.columns.iter().map(|c| c.name).collect();
            assert!(
                names
                    .iter()
                    .all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')),
                "{}",
                t.name
            );
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), t.columns.len(), "{}", t.name);
            assert_eq!(t.order().len(), names.len(), "{}", t.name);
        }
    }

    #[test]
    fn rows_come_back_as_they_went() {
        let row = NoteRow {
            report: None,
            path: Some("a".into()),
            start: Some(1),
            end: None,
            kind: "k".into(),
            text: "t".into(),
        };
        assert_eq!(NoteRow::from_values(row.values()).unwrap(), row);
        let bad = NoteRow::from_values(vec![Value::Int(3)]).unwrap_err();
        assert_eq!(bad.column, "report");
    }
}
