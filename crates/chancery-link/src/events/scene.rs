//! A mention in its sentence, as words: the family they belong to, and how it is spoken of.

use super::draft::Family;
use crate::fold;
use chancery_lexicon::{kin, verbs::VERBS};
use chancery_model::Span;
use chancery_model::facts::EventMention;
use chancery_model::vocab::{EventType, Status};

/// Words of a sentence looked at on each side of a mention, for its context.
const REACH: usize = 14;

/// Whether a word tells nothing of what a sentence is about.
pub(crate) fn is_function(w: &str) -> bool {
    FUNCTION.contains(&w)
}

/// A mention in its sentence, as words.
pub(super) struct Scene {
    pub(super) sentence: Span,
    before: Vec<String>,
    trigger: Vec<String>,
    after: Vec<String>,
    /// Whether the report tells of people held by those who took them.
    captives: bool,
}

impl Scene {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let sentence = fold::sentence(text, span);
        let before: Vec<String> = fold::words(Span::new(sentence.lo(), span.lo()).of(text)).collect();
        let skip = before.len().saturating_sub(REACH);
        let trigger: Vec<String> = fold::words(span.of(text)).collect();
        let law = |w: &String| LAW.contains(&w.as_str());
        let takes = trigger.iter().any(|w| TAKES.iter().any(|t| w.starts_with(t)))
            && !before.iter().rev().take(4).any(law)
            && !trigger.iter().any(law);
        Self {
            sentence,
            captives: takes && CAPTIVES.iter().any(|w| text.contains(w)),
            before: before.into_iter().skip(skip).collect(),
            trigger,
            after: fold::words(Span::new(span.hi(), sentence.hi()).of(text)).take(REACH).collect(),
        }
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        self.before.iter().chain(&self.trigger).chain(&self.after)
    }

    /// Words that tell what it is about: no short ones, no numbers, no function words.
    pub(super) fn content(&self) -> impl Iterator<Item = &str> {
        self.words()
            .map(String::as_str)
            .filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic) && !FUNCTION.contains(w))
    }

    /// The numbers around it, but for years and small ones in digits.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.words().filter_map(|w| {
            let digits = w.parse::<u32>().ok().filter(|n| *n > 9 && !(1900..2100).contains(n));
            digits.or_else(|| (3u32..).zip(NUMBERS).find(|(_, name)| *name == w).map(|(n, _)| n))
        })
    }

    /// Whether its words count those who died over a stretch of time and not in one deed.
    pub(super) fn over_a_stretch(&self) -> bool {
        let killing = self.trigger.iter().any(|w| kin::of(w).is_some_and(|k| k.name == "killing"));
        let near = || self.after.iter().take(8);
        let since = self.since();
        let unit = |w: &String| {
            matches!(
                w.as_str(),
                "year" | "years" | "decade" | "decades" | "months" | "weeks" | "war" | "conflict"
            )
        };
        let spans = near()
            .zip(self.after.iter().skip(1))
            .any(|(a, _)| matches!(a.as_str(), "in" | "during" | "over" | "this"))
            && near().any(unit);
        killing && (since || spans)
    }

    /// The number printed last before the trigger, hashed.
    pub(super) fn counted(&self) -> Option<u64> {
        let number = self.before.iter().rposition(|w| w.bytes().all(|b| b.is_ascii_digit()))?;
        // "2,300" is two words here.
        let first = number.checked_sub(1).filter(|n| self.before[*n].bytes().all(|b| b.is_ascii_digit()));
        Some(crate::origins::hash(self.before[first.unwrap_or(number)..=number].concat().bytes(), 9))
    }

    /// Whether what follows says from when it is counted.
    pub(super) fn since(&self) -> bool {
        self.after.iter().take(8).any(|w| w == "since")
    }

    /// The word `n` places before the mention.
    fn back(&self, n: usize) -> &str {
        self.before.iter().rev().nth(n).map_or("", String::as_str)
    }

    /// The family of a mention: that of its kind where PLOVER has no type for it, else of its words.
    pub(super) fn of_mention(&self, m: &EventMention) -> (Family, Option<&'static str>) {
        // "Have not abandoned hopes of a conference" tells of no conference that was not held.
        if m.kind == EventType::Reject && m.status == Status::Denied {
            return (Family::Other(m.kind), None);
        }
        let kind = m.mode.as_deref().filter(|_| m.kind == EventType::Outside);
        match kind.and_then(|k| VERBS.kin_of(k)) {
            Some((kin, narrow)) => (Family::Kin(kin, kin::lasts(kin)), narrow),
            None => self.family(m.kind),
        }
    }

    /// The family of the trigger's words; a neighbour that says more narrowly what it was counts ("shells hit").
    fn family(&self, kind: EventType) -> (Family, Option<&'static str>) {
        let light = |w: &&String| !LIGHT.contains(&w.as_str());
        // "Let five women go".
        if self.trigger.first().is_some_and(|w| w == "let") && self.trigger.last().is_some_and(|w| w == "go")
        {
            return (Family::Kin("release", false), None);
        }
        // "The fire", and not that of guns.
        if let [one] = self.trigger.as_slice()
            && one == "fire"
            && (matches!(self.back(0), "a" | "the" | "this" | "that" | "factory")
                || self.back(0).bytes().all(|b| b.is_ascii_digit()) && !self.back(0).is_empty())
            && !self.after.first().is_some_and(|w| matches!(w.as_str(), "from" | "on" | "at"))
        {
            return (Family::Kin("disaster", false), Some("fire"));
        }
        // "Seized sixteen aid workers", "were led away", where they are hostages.
        if self.captives {
            return (Family::Kin("abduction", false), None);
        }
        // "Took over", "gave way": the particle may stand behind the trigger.
        let phrase: Vec<String> = self.trigger.iter().chain(self.after.iter().take(2)).cloned().collect();
        let phrase = kin::of_phrase(&phrase, self.trigger.len());
        let mut found = phrase.or_else(|| self.trigger.iter().filter(light).find_map(|w| kin::of(w)));
        // "Held talks", "opened fire", "strike" as a stoppage of work.
        let strike = || self.trigger.iter().any(|w| w.starts_with("strik"));
        let work = kind == EventType::Protest
            || (matches!(kind, EventType::Retreat | EventType::Concede | EventType::Threaten) && strike());
        if let Some(f) = found
            && f.name == "attack"
            && work
        {
            found = kin::of("stoppage");
        }
        // "Launched an earthquake appeal", "described the flood as a tragedy": help and words are not the disaster.
        if found.is_some_and(|f| f.name == "disaster")
            && !matches!(kind, EventType::Assault | EventType::Coerce | EventType::Outside)
        {
            found = None;
        }
        // "Shells kill nine": what kills is told beside it.
        if found.is_some_and(|f| f.name == "killing")
            && let Some(by) = [self.back(0), self.back(1)].iter().find_map(|w| kin::of(w))
            && by.name == "attack"
        {
            found = Some(by);
        }
        // "Gunmen kill nine": the killing is the attack, where no other word tells of one.
        if found.is_some_and(|f| f.name == "killing")
            && !self
                .words()
                .any(|w| SPANS.contains(&w.as_str()) || kin::of(w).is_some_and(|k| DEEDS.contains(&k.name)))
        {
            return (Family::Kin("attack", false), None);
        }
        match found {
            Some(f) => {
                let near = [self.back(0), self.back(1), self.after.first().map_or("", String::as_str)];
                let by =
                    near.iter().filter_map(|w| kin::of(w)).find(|k| k.name == f.name && k.narrow.is_some());
                (Family::Kin(f.name, f.lasting), f.narrow.or(by.and_then(|k| k.narrow)))
            }
            None => (self.stem(kind), None),
        }
    }

    /// The stem of a deed that is in no list.
    fn stem(&self, kind: EventType) -> Family {
        use EventType::{Aid, Assault, Coerce, Consult, Cooperate, Mobilize, Protest, Retreat, Sanction};
        let deed = matches!(
            kind,
            Aid | Assault | Coerce | Consult | Cooperate | Mobilize | Protest | Retreat | Sanction
        );
        let head =
            self.trigger.iter().find(|w| w.len() > 3 && !LIGHT.contains(&w.as_str()) && !is_function(w));
        match head.filter(|_| deed) {
            Some(w) => {
                let cut = ["ing", "ed", "es", "s", "e"]
                    .iter()
                    .find_map(|e| w.strip_suffix(e).filter(|x| x.len() > 2));
                Family::Stem(crate::origins::hash(cut.unwrap_or(w).bytes(), 5))
            }
            None => Family::Other(kind),
        }
    }

    pub(super) fn ordinal(&self) -> Option<u8> {
        let number = |w: &str| match w {
            "first" => Some(1),
            "second" => Some(2),
            "third" => Some(3),
            "fourth" => Some(4),
            _ => None,
        };
        let near = [self.back(0), self.back(1)];
        let own = self.trigger.iter().map(String::as_str);
        // "Met for the second time"; "met face to face for the first time".
        let time = self.after.windows(2).take(6).find(|w| w[1] == "time").and_then(|w| number(&w[0]));
        near.into_iter().chain(own).find_map(number).or(time)
    }

    pub(super) fn fresh(&self) -> bool {
        let mark = |w: &str| matches!(w, "another" | "again" | "new" | "next" | "renewed" | "further");
        mark(self.back(0))
            || self.trigger.iter().any(|w| mark(w))
            || self.after.first().is_some_and(|w| mark(w))
    }

    pub(super) fn definite(&self) -> bool {
        let mark = |w: &str| matches!(w, "the" | "this" | "that" | "its" | "their" | "s" | "his");
        mark(self.back(0)) || mark(self.back(1))
    }

    pub(super) fn spot(&self) -> u64 {
        let near = |v: Vec<&str>| v.join(" ");
        let before = near(vec![self.back(1), self.back(0)]);
        let after = near(self.after.iter().take(2).map(String::as_str).collect());
        crate::origins::hash(format!("{before}|{}|{after}", self.trigger.join(" ")).into_bytes(), 4)
    }
}

/// Beginnings of words for taking somebody, which an arrest shares with a kidnapping.
const TAKES: &[&str] = &["seiz", "captur", "kidnap", "abduct", "waylaid", "snatch"];

/// Those who arrest.
const LAW: &[&str] = &[
    "police",
    "policemen",
    "officers",
    "army",
    "troops",
    "soldiers",
    "authorities",
    "detectives",
    "agents",
    "government",
];

/// Words of a report that tells of people held by those who took them.
const CAPTIVES: &[&str] = &["kidnap", "abduct", "hostage", "captor"];

/// Words that tell of killing over a stretch of time.
const SPANS: &[&str] =
    &["since", "year", "years", "decade", "decades", "months", "weeks", "war", "total", "altogether", "so"];

/// Families of words for what people are killed in.
const DEEDS: &[&str] = &["attack", "disaster", "fighting", "protest"];

/// Verbs that only carry a noun.
const LIGHT: &[&str] = &["held", "hold", "attended", "attend", "end", "ended", "call", "called"];

/// Words that tell nothing of what a sentence is about.
const FUNCTION: &[&str] = &[
    "that",
    "with",
    "from",
    "have",
    "been",
    "were",
    "would",
    "will",
    "which",
    "their",
    "they",
    "this",
    "into",
    "after",
    "before",
    "when",
    "where",
    "while",
    "than",
    "about",
    "said",
    "says",
    "also",
    "more",
    "over",
    "there",
    "them",
    "what",
    "whom",
    "whose",
    "since",
    "until",
    "under",
    "between",
    "could",
    "should",
    "being",
    "because",
    "other",
    "some",
    "such",
    "only",
    "both",
    "each",
    "very",
    "told",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "first",
    "second",
    "third",
    "again",
    "last",
    "week",
    "month",
    "year",
    "days",
    "title",
    "outlet",
];

/// Number words from three on.
const NUMBERS: &[&str] = &[
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
