//! A mention of a happening with what it is compared by.

use super::few::Few;
use crate::{FactRef, Item, LinkedReport, fold};
use chancery_lexicon::{kin, verbs::VERBS};
use chancery_model::date::days_between;
use chancery_model::facts::{EventMention, ReportFacts};
use chancery_model::vocab::{EventType, MentionKind, PlaceKind, Status};
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a sentence looked at on each side of a mention, for its context.
const REACH: usize = 14;
/// Words that may stand between a mention and the place it is told of.
const NEAR: usize = 7;
/// Words that may stand between a mention and the time that is surely its own.
const CLOSE: usize = 5;

/// A mention of a happening.
pub(super) struct Draft<'a> {
    pub(super) report: usize,
    pub(super) index: usize,
    pub(super) mention: &'a EventMention,
    /// The day it is given, open when none.
    pub(super) days: Days,
    /// Whether a person has set the day.
    pub(super) set_day: bool,
    /// Whether the time stands so near that it is surely its own.
    pub(super) sure_day: bool,
    /// Participants.
    pub(super) actors: Few<Id>,
    /// Countries of the participants.
    pub(super) countries: Few<Country>,
    /// The place it is given, else those named in its sentence; countries left out.
    pub(super) places: Few<Id>,
    /// Every place below a country that its sentence names.
    pub(super) around: Few<Id>,
    /// Whether its report looks back on it from half a year later or more.
    pub(super) past: bool,
    /// What it is called, when that is a name and not a clause.
    pub(super) name: Option<String>,
    /// Family of its words.
    pub(super) family: Family,
    /// Kind within the family.
    pub(super) narrow: Option<&'static str>,
    /// "The first meeting", "a second round".
    pub(super) ordinal: Option<u8>,
    /// "Another", "again", "new": not the one spoken of before.
    pub(super) fresh: bool,
    /// "The raid", "that meeting", "their talks": one spoken of before.
    pub(super) definite: bool,
    /// Whether it stands in the headline.
    pub(super) headline: bool,
    /// Countries that its sentence names, by themselves or by those who stand for them.
    pub(super) named: Few<Country>,
    /// Numbers of the content words around it, sorted.
    pub(super) context: Vec<u32>,
    /// The words right before, the trigger, and right after: copies share them.
    pub(super) spot: u64,
}

/// A country code of three letters, or what a user has given in its place.
pub(super) type Country = [u8; 4];

fn country(code: &str) -> Country {
    let mut out = [0; 4];
    out.iter_mut().zip(code.bytes()).for_each(|(to, from)| *to = from);
    out
}

/// A family of words for happenings, or the type where no family is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Words that can stand for one happening.
    Kin(&'static str, bool),
    /// A deed by another word: the hash of its stem.
    Stem(u64),
    /// Words of speech and the like; only copies of one passage are compared.
    Other(EventType),
}

impl Family {
    /// Whether such happenings go on for weeks.
    pub(super) fn lasting(self) -> bool {
        matches!(self, Self::Kin(_, true))
    }

    /// Whether a story has one such happening as a rule, which it is told by.
    pub(super) fn central(self) -> bool {
        matches!(
            self,
            Self::Kin(
                "abduction"
                    | "coup"
                    | "disaster"
                    | "ban"
                    | "veto"
                    | "walkout"
                    | "inquiry"
                    | "handover"
                    | "curfew",
                _
            )
        )
    }

    /// Whether the same sides hardly have two of them within days, so that two days told of one are a disagreement.
    pub(super) fn once(self) -> bool {
        matches!(self, Self::Kin("agreement" | "coup" | "handover" | "veto" | "vote" | "walkout", _))
    }

    /// Whether such happenings are arranged beforehand and come in series, so that one held and one planned are two.
    pub(super) fn arranged(self) -> bool {
        matches!(self, Self::Kin("meeting" | "visit" | "vote" | "agreement" | "release", _))
    }
}

/// Words of all contexts, numbered in the order of their spelling, with the number of reports that use each.
#[derive(Debug, Default)]
pub(super) struct Words {
    weight: Vec<f32>,
}

impl Words {
    /// How much a shared word tells: little when most reports have it.
    pub(super) fn weight(&self, w: u32) -> f32 {
        self.weight.get(w as usize).copied().unwrap_or(0.0)
    }
}

/// Makes drafts: knows the words of all contexts and the countries of the actors.
pub(super) struct Maker<'a, 'c> {
    items: &'c [Item<'a>],
    reports: &'c [LinkedReport],
    countries: &'c BTreeMap<&'c Id, Option<&'c str>>,
    /// Number of each word and of the reports that use it around a mention.
    words: BTreeMap<String, (u32, u32)>,
}

impl<'a, 'c> Maker<'a, 'c> {
    pub(super) fn new(
        items: &'c [Item<'a>],
        reports: &'c [LinkedReport],
        countries: &'c BTreeMap<&'c Id, Option<&'c str>>,
    ) -> Self {
        let mut words: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for item in items {
            let scenes = item.facts.events.iter().map(|m| Scene::of(&item.report.text, m.span));
            let here: BTreeSet<String> =
                scenes.flat_map(|s| s.content().map(str::to_owned).collect::<Vec<_>>()).collect();
            for w in here {
                words.entry(w).or_default().1 += 1;
            }
        }
        for (n, at) in (0u32..).zip(words.values_mut()) {
            at.0 = n;
        }
        Self { items, reports, countries, words }
    }

    /// What sharing each word tells.
    pub(super) fn weights(&self) -> Words {
        let all = self.items.len().max(1) as f32;
        Words { weight: self.words.values().map(|(_, n)| (1.0 + all / (*n).max(1) as f32).ln()).collect() }
    }

    /// Drafts of every mention, by report and mention.
    pub(super) fn all(&self) -> Vec<Draft<'a>> {
        let each = self.items.iter().enumerate();
        each.flat_map(|(r, item)| {
            let facts: &'a ReportFacts = item.facts;
            facts.events.iter().enumerate().map(move |(n, m)| self.draft(r, n, m))
        })
        .collect()
    }

    /// The draft of a mention of a report; `n` is its number there.
    pub(super) fn draft<'m>(&self, r: usize, n: usize, m: &'m EventMention) -> Draft<'m> {
        let (item, linked, countries) = (&self.items[r], &self.reports[r], self.countries);
        let scene = Scene::of(&item.report.text, m.span);
        let mut context: Vec<u32> = scene.content().filter_map(|w| self.words.get(w).map(|x| x.0)).collect();
        context.sort_unstable();
        context.dedup();
        let actors: Few<Id> =
            m.participants.iter().filter_map(|p| linked.actors.get(p.entity as usize).cloned()).collect();
        let named = named(item, linked, scene.sentence, countries);
        let countries =
            actors.iter().filter_map(|a| countries.get(a).copied().flatten().map(country)).collect();
        let fact = FactRef::Event(u32::try_from(n).unwrap_or(u32::MAX));
        let days = linked.days(fact, when(item, m));
        let (family, narrow) = scene.of_mention(m);
        Draft {
            report: r,
            index: n,
            mention: m,
            days,
            set_day: linked.days.contains_key(&fact),
            sure_day: sure_day(item, m),
            name: m.name.clone().filter(|n| is_name(n)),
            named,
            actors,
            countries,
            places: places(item, linked, m, scene.sentence),
            around: around(item, linked, scene.sentence),
            past: match (days.hi, linked.published.days.lo) {
                (Some(h), Some(p)) => days_between(h, p) >= LONG_PAST,
                _ => false,
            },
            family,
            narrow,
            ordinal: scene.ordinal(),
            fresh: scene.fresh(),
            definite: scene.definite(),
            headline: item
                .report
                .blocks
                .iter()
                .any(|b| b.kind == chancery_model::vocab::BlockKind::Headline && b.span.contains(m.span)),
            context,
            spot: scene.spot(),
        }
    }
}

/// Days after which a report looks back on something.
const LONG_PAST: i32 = 150;

/// The time of a mention: its own, else that of the clause it stands in ("since Monday, when the post was taken").
pub(crate) fn when(item: &Item<'_>, m: &EventMention) -> Option<u32> {
    let before = || {
        let n = item.facts.times.iter().rposition(|t| t.span.end < m.span.start)?;
        let time = u32::try_from(n).ok()?;
        clause_of(item, m.span, time).then_some(time)
    };
    m.time.or_else(before)
}

/// Whether a mention stands in a clause that hangs on a time right before it ("on Monday, when …").
fn clause_of(item: &Item<'_>, span: Span, time: u32) -> bool {
    let Some(time) = item.facts.times.get(time as usize) else { return false };
    let between = item.report.text.get(time.span.hi()..span.lo()).unwrap_or("");
    let clause =
        [", when ", " when ", ", the day ", ", the night "].iter().find_map(|w| between.strip_prefix(w));
    let other = item.facts.events.iter().any(|e| e.span.start > time.span.end && e.span.end < span.start);
    clause.is_some_and(|c| c.split_whitespace().count() <= 2 * NEAR && !c.contains([',', ';', '"', '\n']))
        && !other
}

/// Whether what a mention is called is a name: "Lisbon talks", and not "Portugal held talks".
fn is_name(name: &str) -> bool {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    words.pop();
    !words.iter().any(|w| {
        matches!(*w, "a" | "an" | "hold" | "holds" | "held" | "in")
            || (w.ends_with("ed") && w.starts_with(char::is_lowercase))
    })
}

/// The countries that a sentence names: as places, or by states, bodies and persons of them.
fn named(
    item: &Item<'_>,
    linked: &LinkedReport,
    sentence: Span,
    countries: &BTreeMap<&Id, Option<&str>>,
) -> Few<Country> {
    let inside = item.facts.mentions.iter().filter(|x| sentence.contains(x.span));
    inside
        .filter_map(|x| {
            let actor = x.entity.and_then(|e| linked.actors.get(e as usize));
            actor.and_then(|a| countries.get(a).copied().flatten()).map(country)
        })
        .collect()
}

fn around(item: &Item<'_>, linked: &LinkedReport, sentence: Span) -> Few<Id> {
    let named =
        item.facts.mentions.iter().filter(|x| x.kind == MentionKind::Place && sentence.contains(x.span));
    let below = named.filter_map(|x| {
        let p = x.place? as usize;
        let place = item.facts.places.get(p)?;
        (place.kind != PlaceKind::Country).then(|| linked.places.get(p).cloned()).flatten()
    });
    below.collect()
}

/// The place a mention is given, else the places below a country that its sentence names.
fn places(item: &Item<'_>, linked: &LinkedReport, m: &EventMention, sentence: Span) -> Few<Id> {
    let id = |p: u32| {
        let place = item.facts.places.get(p as usize)?;
        (place.kind != PlaceKind::Country).then(|| linked.places.get(p as usize).cloned()).flatten()
    };
    let own = |x: Span| {
        let (lo, hi) = if x.start < m.span.start { (x.end, m.span.start) } else { (m.span.end, x.start) };
        let between = item.report.text.get(lo as usize..hi.max(lo) as usize).unwrap_or("");
        let other =
            item.facts.events.iter().any(|e| e.span != m.span && e.span.start >= lo && e.span.end <= hi);
        !other && between.split_whitespace().count() <= NEAR
    };
    // What follows the mention is told of it ("the storming of the post at Vel") sooner than what precedes it.
    let mut near: Vec<(u32, Id)> = item
        .facts
        .mentions
        .iter()
        .filter(|x| x.kind == MentionKind::Place && sentence.contains(x.span) && own(x.span))
        .filter_map(|x| {
            let after = x.span.start > m.span.start;
            let far = if after {
                x.span.start.saturating_sub(m.span.end)
            } else {
                2 * m.span.start.saturating_sub(x.span.end)
            };
            Some((far, id(x.place?)?))
        })
        .collect();
    near.sort();
    let given = m.place.and_then(id);
    let found = near.into_iter().next().map(|x| x.1).or(given);
    found.into_iter().collect()
}

/// Whether the time of a mention stands in its sentence, near, with no other happening between.
pub(crate) fn sure_day(item: &Item<'_>, m: &EventMention) -> bool {
    let Some(ix) = when(item, m) else { return false };
    let Some(t) = item.facts.times.get(ix as usize) else { return false };
    if clause_of(item, m.span, ix) {
        return true;
    }
    let (lo, hi) =
        if t.span.start < m.span.start { (t.span.end, m.span.start) } else { (m.span.end, t.span.start) };
    if lo > hi {
        return true;
    }
    let between = item.report.text.get(lo as usize..hi as usize).unwrap_or("");
    let broken = between.contains("\n\n") || between.contains(". ") || between.contains(';');
    let other = |f: &ReportFacts| {
        f.events.iter().any(|e| e.span != m.span && e.span.start >= lo && e.span.end <= hi)
            || f.statements.iter().flat_map(|s| &s.cue).any(|c| c.start >= lo && c.end <= hi)
    };
    // "On June 14 a bus full of villagers was blown up": what opens a sentence is told of its first happening.
    let opening = t.span.start < m.span.start && {
        let sentence = fold::sentence(&item.report.text, m.span);
        let front = Span::new(sentence.lo().min(t.span.lo()), t.span.lo()).of(&item.report.text);
        sentence.contains(t.span) && matches!(front.trim(), "" | "On")
    };
    // What the tree gives a deed may stand behind its object: "broke into the clinic of the mission at Vel on the evening of
    // Tuesday".
    let by_tree = m.time == Some(ix) && m.maker.by.starts_with("events.tree") && t.span.start > m.span.start;
    let reach = if opening || by_tree { 2 * CLOSE } else { CLOSE };
    !broken && between.split_whitespace().count() <= reach && !between.contains(" to ") && !other(item.facts)
}

/// Whether a word tells nothing of what a sentence is about.
pub(crate) fn is_function(w: &str) -> bool {
    FUNCTION.contains(&w)
}

/// The family of a mention's words, when it has one.
pub(crate) fn family(item: &Item<'_>, m: &EventMention) -> Option<&'static str> {
    match Scene::of(&item.report.text, m.span).of_mention(m).0 {
        Family::Kin(name, _) => Some(name),
        Family::Stem(_) | Family::Other(_) => None,
    }
}

/// A mention in its sentence, as words.
struct Scene {
    sentence: Span,
    before: Vec<String>,
    trigger: Vec<String>,
    after: Vec<String>,
    /// Whether the report tells of people held by those who took them.
    captives: bool,
}

impl Scene {
    fn of(text: &str, span: Span) -> Self {
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
    fn content(&self) -> impl Iterator<Item = &str> {
        self.words()
            .map(String::as_str)
            .filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic) && !FUNCTION.contains(w))
    }

    /// The word `n` places before the mention.
    fn back(&self, n: usize) -> &str {
        self.before.iter().rev().nth(n).map_or("", String::as_str)
    }

    /// The family of a mention: that of its kind where PLOVER has no type for it, else of its words.
    fn of_mention(&self, m: &EventMention) -> (Family, Option<&'static str>) {
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

    fn ordinal(&self) -> Option<u8> {
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

    fn fresh(&self) -> bool {
        let mark = |w: &str| matches!(w, "another" | "again" | "new" | "next" | "renewed" | "further");
        mark(self.back(0))
            || self.trigger.iter().any(|w| mark(w))
            || self.after.first().is_some_and(|w| mark(w))
    }

    fn definite(&self) -> bool {
        let mark = |w: &str| matches!(w, "the" | "this" | "that" | "its" | "their" | "s" | "his");
        mark(self.back(0)) || mark(self.back(1))
    }

    fn spot(&self) -> u64 {
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
