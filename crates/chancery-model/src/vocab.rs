//! The closed lists of values of the record. `RECORD.md` is the contract; these are the only ones.

/// Declares an enum whose values are written as fixed words.
macro_rules! vocab {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word written in the record.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::vocab::UnknownWord;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                match s { $($word => Ok(Self::$variant),)+ _ => Err($crate::vocab::UnknownWord { list: stringify!($name), values: &[$($word),+], word: s.to_owned() }) }
            }
        }
    };
}

pub(crate) use vocab;

/// A word that is not in a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is none of {}", values.join(", "))]
pub struct UnknownWord {
    /// The list.
    pub list: &'static str,
    /// Its values.
    pub values: &'static [&'static str],
    /// The word.
    pub word: String,
}

vocab! {
    /// What a stretch of a report is.
    BlockKind { Headline = "headline", Byline = "byline", Dateline = "dateline", Body = "body", Caption = "caption",
        Comment = "comment", Related = "related", Advert = "advert", Boilerplate = "boilerplate" }
}
vocab! {
    /// What a mention names.
    MentionKind { Person = "person", Organization = "organization", Place = "place", Group = "group",
        Office = "office", Pronoun = "pronoun", Metonym = "metonym" }
}
vocab! {
    /// What an actor is.
    ActorKind { Person = "person", Organization = "organization", State = "state", Group = "group", Unnamed = "unnamed" }
}
vocab! {
    /// What a place is.
    PlaceKind { Country = "country", Region = "region", City = "city", Site = "site" }
}
vocab! {
    /// TIMEX3 types.
    TimeType { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}
vocab! {
    /// How the words of a statement are given.
    Form { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}
vocab! {
    /// What a speaker does by saying it.
    Act { Say = "say", Deny = "deny", Decline = "decline", Confirm = "confirm", Warn = "warn", Promise = "promise",
        Threaten = "threaten", Demand = "demand", Request = "request", Accuse = "accuse", Reject = "reject",
        Agree = "agree", Propose = "propose", Praise = "praise", Thank = "thank", Doubt = "doubt", Hope = "hope",
        Believe = "believe", Plan = "plan", Report = "report" }
}
vocab! {
    /// How exact a figure is stated to be.
    Qualifier { Exact = "exact", About = "about", Over = "over", Under = "under", AtLeast = "at_least",
        AtMost = "at_most", Range = "range", Vague = "vague" }
}
vocab! {
    /// Whether a happening happened. Earlier values win over later ones.
    Status { Denied = "denied", Cancelled = "cancelled", Failed = "failed", Hypothetical = "hypothetical",
        Conditional = "conditional", Proposed = "proposed", Planned = "planned", Claimed = "claimed",
        Ongoing = "ongoing", Happened = "happened" }
}
vocab! {
    /// Where an actor stands.
    Stance { For = "for", Against = "against", Conditional = "conditional", Open = "open" }
}
vocab! {
    /// What two sides differ about.
    ConflictKind { Date = "date", Figure = "figure", Place = "place", Participant = "participant",
        Status = "status", Speaker = "speaker", Wording = "wording" }
}
vocab! {
    /// Why reports are one source.
    OriginKind { Exact = "exact", Near = "near", Partial = "partial", Wire = "wire", Single = "single" }
}
vocab! {
    /// Where a publication date was taken from.
    DateBasis { Decision = "decision", Metadata = "metadata", Dateline = "dateline", Stamp = "stamp", Url = "url",
        Comments = "comments", Text = "text", Chronology = "chronology", Corpus = "corpus", None = "none" }
}
vocab! {
    /// How sure the maker of a row is.
    Sure { High = "high", Medium = "medium", Low = "low" }
}
vocab! {
    /// What a person has said of a row.
    Review { Predicted = "predicted", Confirmed = "confirmed", Rejected = "rejected", Corrected = "corrected" }
}
vocab! {
    /// PLOVER event types. `Outside` is for happenings of no PLOVER type, such as elections and floods; the record writes it as
    /// null.
    EventType { Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
        Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN",
        Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
        Outside = "none" }
}
impl EventType {
    /// What the record writes: null for what has no PLOVER type.
    #[must_use]
    pub fn plover(self) -> Option<Self> {
        (self != Self::Outside).then_some(self)
    }
}
vocab! {
    /// The part somebody plays in a happening.
    Role { Actor = "actor", Recipient = "recipient", Host = "host", Mediator = "mediator", Venue = "venue" }
}
