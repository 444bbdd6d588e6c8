//! Facts of one report, before any other report is looked at. Offsets are bytes; references are indices
//! into the lists of the same report.

use crate::date::Edtf;
use crate::mark::Sense;
use crate::report::Note;
use crate::span::Span;
use crate::vocab::{
    Act, ActorKind, EventType, Form, MentionKind, PlaceKind, Qualifier, Role, Stance, Status, Sure, TimeType,
};
use serde::{Deserialize, Serialize};

/// Index into [`ReportFacts::entities`].
pub type EntityIx = u32;
/// Index into [`ReportFacts::places`].
pub type PlaceIx = u32;
/// Index into [`ReportFacts::times`].
pub type TimeIx = u32;
/// Index into [`ReportFacts::statements`].
pub type StatementIx = u32;

/// Everything that one report says. A pure function of the report and the version.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReportFacts {
    /// Who is spoken of, each once a report.
    pub entities: Vec<Entity>,
    /// Places spoken of, each once a report.
    pub places: Vec<PlaceRef>,
    /// Where they are spoken of, in text order.
    pub mentions: Vec<Mention>,
    /// Time expressions, in text order.
    pub times: Vec<TimeExpr>,
    /// Statements, in order of their first span.
    pub statements: Vec<Statement>,
    /// Figures, in text order.
    pub figures: Vec<Figure>,
    /// Offices somebody is said to hold.
    pub offices: Vec<OfficeClaim>,
    /// Mentions of happenings, in text order.
    pub events: Vec<EventMention>,
    /// What was not understood.
    pub notes: Vec<Note>,
    /// What words that tell or may take up a happening stand for, by where they begin; empty when the reader does not tell.
    pub senses: Vec<WordSense>,
    /// What statements may take a stance on, by statement; none when the reader has no trees.
    pub topics: Option<Vec<Topic>>,
}

/// A noun that a statement may take a stance on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The statement.
    pub statement: StatementIx,
    /// The noun.
    pub span: Span,
    /// The noun with the nouns before it that tell its kind: "no-fly zone".
    pub phrase: Span,
    /// Where the clause stands on it by its own verb: "opposes the plan", "the ban must end".
    pub stance: Option<Stance>,
}

/// What a word stands for where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordSense {
    /// Byte at which the word begins.
    pub at: u32,
    /// What it stands for.
    pub sense: Sense<i8>,
}

impl ReportFacts {
    /// What the word that begins at this byte stands for.
    #[must_use]
    pub fn sense(&self, at: u32) -> Option<&Sense<i8>> {
        let n = self.senses.binary_search_by_key(&at, |s| s.at).ok()?;
        self.senses.get(n).map(|s| &s.sense)
    }
}

/// The maker of a fact and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maker {
    /// The rule or head.
    pub by: String,
    /// How sure.
    pub sure: Sure,
}

/// Somebody spoken of in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest name printed (`Salim Haroun`); for a state its English name; for an unnamed speaker the words printed.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, when the report or the lexicon says it.
    pub country: Option<String>,
    /// CAMEO sector (`GOV`, `MIL`, `REB`, `OPP`, `IGO`, `NGO`, `MED`, …).
    pub sector: Option<String>,
    /// Every other form printed, in order of first use.
    pub aliases: Vec<String>,
    /// Name of the outlet or agency in the register, when it is one.
    pub outlet: Option<String>,
}

/// A place spoken of in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Name in the gazetteer, else the words printed.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

/// An expression that names or stands for somebody or some place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// How it names it.
    pub kind: MentionKind,
    /// Whom.
    pub entity: Option<EntityIx>,
    /// Which place.
    pub place: Option<PlaceIx>,
    /// Who says so.
    pub maker: Maker,
}

/// A time expression, understood but not yet counted from a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeExpr {
    /// Where.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// What it says.
    pub meaning: TimeMeaning,
    /// TIMEX3 `mod` (`START`, `MID`, `END`, `APPROX`, `BEFORE`, `MORE_THAN`, …).
    pub modifier: Option<String>,
    /// Which way from the anchor the words around it point, and why.
    pub direction: Direction,
    /// Who says so.
    pub maker: Maker,
}

/// Which way from the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Nothing says.
    #[default]
    Unknown,
    /// Before the anchor (a past tense, "ago").
    Past,
    /// The day of the anchor is allowed and likely.
    Now,
    /// After the anchor (will, would, due, scheduled, ahead of).
    Future,
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Week, Monday to Sunday.
    Week,
    /// Month.
    Month,
    /// Quarter.
    Quarter,
    /// Year.
    Year,
    /// Decade.
    Decade,
    /// Century.
    Century,
}

/// What a time expression says, independent of the day it is counted from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TimeMeaning {
    /// A date that needs nothing else; `time` is the part of the day or clock time in TIMEX3 (`TNI`, `T16:00`).
    Calendar {
        /// The date.
        date: Edtf,
        /// TIMEX3 time part, with its `T`.
        time: Option<String>,
    },
    /// A month and day without a year.
    MonthDay {
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
        /// 1 (Monday) to 7, when printed beside it.
        weekday: Option<i8>,
        /// TIMEX3 time part.
        time: Option<String>,
        /// Years from the anchor's, when said ("last year", "this year").
        year_shift: Option<i16>,
    },
    /// A month without a year.
    Month {
        /// 1–12.
        month: i8,
        /// Years from the anchor's, when said.
        year_shift: Option<i16>,
    },
    /// A season without a year: EDTF 21 (spring) to 24 (winter).
    Season {
        /// 21–24.
        season: i8,
        /// Years from the anchor's, when said.
        year_shift: Option<i16>,
    },
    /// A day of the week.
    Weekday {
        /// 1 (Monday) to 7.
        weekday: i8,
        /// Weeks from the anchor's, when said ("next", "last").
        week_shift: Option<i16>,
        /// TIMEX3 time part (`TEV` for "late Tuesday").
        time: Option<String>,
    },
    /// So many units from the anchor: "three weeks ago" is −3 weeks, "yesterday" −1 day.
    Offset {
        /// How many; negative is before.
        amount: i32,
        /// Of what.
        unit: Unit,
        /// TIMEX3 time part.
        time: Option<String>,
    },
    /// The unit that holds the anchor, moved: "this month" is 0, "last year" −1.
    Cycle {
        /// How many on; negative is before.
        shift: i32,
        /// Of what.
        unit: Unit,
    },
    /// A day of the month that holds another expression: "May 3 and 5".
    Shared {
        /// The expression that gives the month (and year).
        with: TimeIx,
        /// 1–31.
        day: i8,
    },
    /// A length of time.
    Duration {
        /// How many; `None` when vague ("years").
        amount: Option<f64>,
        /// Of what.
        unit: Unit,
        /// Whether it ends at the anchor ("the past 24 hours") or starts there ("the next two days").
        bound: Direction,
    },
    /// The nearest month or season before or after the anchor's, never the anchor's own: "last May", "next spring".
    Nearest {
        /// 1–12, or an EDTF season 21–24.
        month: i8,
        /// After the anchor, not before it.
        ahead: bool,
    },
    /// A weekday of the calendar week that holds the anchor, moved: "Tuesday of next week" is 1 week on.
    WeekdayOf {
        /// 1 (Monday) to 7.
        weekday: i8,
        /// How many weeks on; negative is before.
        weeks: i16,
    },
    /// A quarter of a year without the year.
    Quarter {
        /// 1–4; 5 and 6 are the halves of a year.
        quarter: i8,
        /// Years from the anchor's, when said.
        year_shift: Option<i16>,
    },
    /// A weekday of a month by count, as holidays are set ("the fourth Thursday of November"), without a year.
    Nth {
        /// 1–12.
        month: i8,
        /// 1 (Monday) to 7.
        weekday: i8,
        /// Which of the month, from 1; −1 is the last.
        nth: i8,
    },
    /// So many days from Easter Sunday (Western churches), without a year.
    Easter {
        /// Negative is before.
        days: i32,
    },
    /// So many units from another expression: "two days later", "the following year", "the same day" (0).
    /// Without another expression it is counted from the anchor.
    From {
        /// The expression it is counted from.
        of: Option<TimeIx>,
        /// How many; negative is before.
        amount: i32,
        /// Of what.
        unit: Unit,
    },
    /// Something that recurs.
    Set {
        /// How many units between.
        amount: i32,
        /// Of what.
        unit: Unit,
        /// Day of the week, when it is one.
        weekday: Option<i8>,
    },
    /// TIMEX3 `PRESENT_REF`, `PAST_REF` or `FUTURE_REF`.
    Reference(Direction),
    /// A time of the anchor's day: TIMEX3 time part.
    Clock(String),
    /// A TIMEX3 value as is, for what has no other form.
    Literal(String),
}

/// A statement attributed to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Direct, indirect or mixed.
    pub form: Form,
    /// What the speaker does by it.
    pub act: Act,
    /// Who, when resolved.
    pub speaker: Option<EntityIx>,
    /// Whether the speaker has a name (and not "officials").
    pub speaker_named: bool,
    /// What was said: one span a contiguous piece, quotation marks included.
    pub content: Vec<Span>,
    /// The words that mark it as said.
    pub cue: Vec<Span>,
    /// The words that say who.
    pub source: Vec<Span>,
    /// Who passed it on, nearest the speaker first.
    pub relays: Vec<Relay>,
    /// To whom.
    pub addressee: Option<EntityIx>,
    /// When.
    pub said: Option<TimeIx>,
    /// Where.
    pub place: Option<PlaceIx>,
    /// Through which medium: `interview`, `statement`, `news conference`, `television`, `telephone`, `social media`, ….
    pub medium: Option<String>,
    /// The statement whose content holds this one.
    pub within: Option<StatementIx>,
    /// Whether the saying is negated ("did not say").
    pub negated: bool,
    /// Whether it is hedged ("reportedly", "appeared to").
    pub hedged: bool,
    /// Who says so.
    pub maker: Maker,
}

impl Statement {
    /// The first byte of any of its spans, for ordering.
    #[must_use]
    pub fn start(&self) -> u32 {
        let all = self.source.iter().chain(&self.cue).chain(&self.content);
        all.map(|s| s.start).min().unwrap_or(0)
    }
}

/// Somebody who passed a statement on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// Who, when resolved.
    pub entity: Option<EntityIx>,
    /// The words.
    pub span: Span,
}

/// A number claimed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number with its qualifier ("at least 180,000").
    pub span: Span,
    /// Lower bound; `None` when open.
    pub low: Option<f64>,
    /// Upper bound; `None` when open.
    pub high: Option<f64>,
    /// How exact.
    pub qualifier: Qualifier,
    /// Unit as in the lexicon (`USD`, `percent`, `people`, `hour`), when it has one.
    pub unit: Option<String>,
    /// What is measured (`killed`, `displaced`, `money`, `count`, …).
    pub measure: String,
    /// What is counted, as printed.
    pub subject: Option<String>,
    /// Of what happening, as printed.
    pub of: Option<String>,
    /// As of when.
    pub as_of: Option<TimeIx>,
    /// By whose word.
    pub speaker: Option<EntityIx>,
    /// The statement whose content holds it.
    pub statement: Option<StatementIx>,
    /// Figures it is worked out from: indices into [`ReportFacts::figures`].
    pub derived_from: Vec<u32>,
    /// The arithmetic, in words.
    pub derivation: Option<String>,
    /// Who says so.
    pub maker: Maker,
}

/// An office somebody is said to hold, at the time of the report unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeClaim {
    /// Who.
    pub entity: EntityIx,
    /// The office ("foreign minister").
    pub office: String,
    /// Of what organisation, as printed.
    pub organization: Option<String>,
    /// Of what country, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Held now, before, or not yet.
    pub tenure: Tenure,
    /// Office and name together.
    pub span: Span,
    /// Who says so.
    pub maker: Maker,
}

/// When an office is held, seen from the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tenure {
    /// Held at the time of the report.
    Current,
    /// Held once ("former", "ex-").
    Former,
    /// About to end ("outgoing").
    Outgoing,
    /// Not yet begun ("-elect", "incoming").
    Elect,
    /// Held in another's place ("acting", "interim").
    Acting,
    /// Held at the time spoken of ("then").
    Then,
}

/// A mention of a happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMention {
    /// The words that stand for it.
    pub span: Span,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, two to four digits.
    pub cameo: Option<String>,
    /// Whether it happened.
    pub status: Status,
    /// When.
    pub time: Option<TimeIx>,
    /// Where.
    pub place: Option<PlaceIx>,
    /// Who took part, and how.
    pub participants: Vec<Participant>,
    /// The statement whose content holds it.
    pub statement: Option<StatementIx>,
    /// What it is called, when it has a name ("Abuja talks").
    pub name: Option<String>,
    /// How a headline says it.
    #[serde(default)]
    pub wording: Wording,
    /// Who says so.
    pub maker: Maker,
}

/// The words for a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    /// What somebody does, in dictionary form, `@` where the other side stands: "deliver tents to @", "resign".
    pub does: String,
    /// What is done to the other side, as a participle: "arrested", "driven from Nyala".
    pub done: Option<String>,
    /// The noun that stands for it, with what belongs to it: "talks on fishing quotas".
    pub noun: Option<String>,
    /// The word before the place: "near".
    pub at: Option<String>,
}

/// Somebody who takes part in a happening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Participant {
    /// The part.
    pub role: Role,
    /// Who.
    pub entity: EntityIx,
}
