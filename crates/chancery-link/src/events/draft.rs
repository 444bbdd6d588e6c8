//! A mention of a happening with what it is compared by.

use super::few::Few;
use super::scene::Scene;
pub(crate) use super::scene::is_function;
use crate::{FactRef, Item, LinkedReport, fold};
use chancery_model::date::days_between;
use chancery_model::facts::{EventMention, Participant, ReportFacts};
use chancery_model::mark::Sense;
use chancery_model::vocab::{ActorKind, EventType, MentionKind, PlaceKind, Role};
use chancery_model::{Days, Id, Span};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The same with what they did.
    pub(super) roles: Few<(Role, Id)>,
    /// Countries of the participants.
    pub(super) countries: Few<Country>,
    /// The persons who take part in a meeting, by name or by a word for them.
    pub(super) persons: Few<Id>,
    /// The persons whom force or a measure befalls: who is arrested, ousted, killed.
    pub(super) befell: Few<Id>,
    /// The place it is given, else those named in its sentence; countries left out.
    pub(super) places: Few<Id>,
    /// Every place below a country that its sentence names.
    pub(super) around: Few<Id>,
    /// Whether its report looks back on it from half a year later or more.
    pub(super) past: bool,
    /// What it is called, when that is a name and not a clause.
    pub(super) name: Option<String>,
    /// Whether it tells of all who died over a stretch of time: "have been killed since April".
    pub(super) over: bool,
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
    /// What its first word stands for, when the reader tells.
    pub(super) sense: Option<&'a Sense<i8>>,
    /// Numbers around it.
    pub(super) numbers: Few<u32>,
    /// The words right before, the trigger, and right after: copies share them.
    pub(super) spot: u64,
}

/// The index of what was not marked in its report.
pub(super) const UNMARKED: usize = usize::MAX;

impl Draft<'_> {
    /// Whether its report's reading marked it; else its words only may take up a happening.
    pub(super) fn is_marked(&self) -> bool {
        self.index != UNMARKED
    }
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

    /// What all words of a list tell.
    pub(super) fn weigh(&self, list: &[u32]) -> f32 {
        list.iter().map(|w| self.weight(*w)).sum()
    }

    /// What the words tell that two sorted lists share.
    pub(super) fn shared(&self, a: &[u32], b: &[u32]) -> f32 {
        b.iter().filter(|w| a.binary_search(w).is_ok()).map(|w| self.weight(*w)).sum()
    }

    /// The weight of a word that one report alone uses.
    pub(super) fn once(&self) -> f32 {
        self.weight.iter().copied().fold(0.0, f32::max)
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
            let mut drafts: Vec<Draft<'a>> =
                facts.events.iter().enumerate().map(|(n, m)| self.draft(r, n, m)).collect();
            of_one_blow(&item.report.text, &mut drafts);
            drafts
        })
        .collect()
    }

    /// The draft of a mention of a report; `n` is its number there.
    pub(super) fn draft<'m>(&self, r: usize, n: usize, m: &'m EventMention) -> Draft<'m>
    where
        'a: 'm,
    {
        let (item, linked, countries) = (&self.items[r], &self.reports[r], self.countries);
        let scene = Scene::of(&item.report.text, m.span);
        let mut context: Vec<u32> = scene.content().filter_map(|w| self.words.get(w).map(|x| x.0)).collect();
        context.sort_unstable();
        context.dedup();
        let actors: Few<Id> =
            m.participants.iter().filter_map(|p| linked.actors.get(p.entity as usize).cloned()).collect();
        let roles = m
            .participants
            .iter()
            .filter_map(|p| Some((p.role, linked.actors.get(p.entity as usize).cloned()?)))
            .collect();
        let named = named(item, linked, scene.sentence, countries);
        let countries =
            actors.iter().filter_map(|a| countries.get(a).copied().flatten().map(country)).collect();
        let person = |p: &Participant| {
            let e = p.entity as usize;
            let is_one = item.facts.entities.get(e).is_some_and(|e| e.kind == ActorKind::Person);
            linked.actors.get(e).filter(|_| is_one).cloned()
        };
        let meets = m.kind == EventType::Consult;
        let persons = m.participants.iter().filter(|_| meets).filter_map(person).collect();
        let suffers = matches!(m.kind, EventType::Coerce | EventType::Sanction | EventType::Assault);
        let whom = m.participants.iter().filter(|p| suffers && p.role == Role::Recipient);
        let befell = whom.filter_map(person).collect();
        let fact = FactRef::Event(u32::try_from(n).unwrap_or(u32::MAX));
        let over = m.kind == EventType::Assault && scene.over_a_stretch();
        let set_day = linked.days.contains_key(&fact);
        let mut days = linked.days(fact, when(item, m));
        // "Killed since 1983": between the day from which the count runs and that of the report.
        if over && !set_day && scene.since() {
            days.hi = linked.published.days.hi.max(days.hi);
        }
        let (family, narrow) = match scene.counted().filter(|_| over) {
            // Two counts over a stretch of time are one only when they count as many.
            Some(count) => (Family::Stem(count), None),
            None => scene.of_mention(m),
        };
        Draft {
            report: r,
            index: n,
            mention: m,
            days,
            set_day,
            sure_day: sure_day(item, m),
            name: m.name.clone().filter(|n| is_name(n)),
            named,
            roles,
            actors,
            countries,
            persons,
            befell,
            places: places(item, linked, m, scene.sentence),
            around: around(item, linked, scene.sentence),
            past: match (days.hi, linked.published.days.lo) {
                (Some(h), Some(p)) => days_between(h, p) >= LONG_PAST,
                _ => false,
            },
            over,
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
            sense: item.facts.sense(m.span.start),
            numbers: scene.numbers().collect(),
            spot: scene.spot(),
        }
    }
}

/// "The bombing at Vel on Monday killed nine", "shelled the market, killing two and wounding six": what a blow did to people is
/// told of the blow, where its sentence gives both one place and one day.
fn of_one_blow(text: &str, drafts: &mut [Draft<'_>]) {
    let hurt = |d: &Draft<'_>| d.family == Family::Kin("killing", false) || hurts(text, d.mention);
    let blow = |f: Family| matches!(f, Family::Kin("attack" | "fighting" | "disaster", _));
    for i in 0..drafts.len() {
        let d = &drafts[i];
        if d.mention.kind != EventType::Assault || d.over || !hurt(d) {
            continue;
        }
        let sentence = fold::sentence(text, d.mention.span);
        let same = |o: &&Draft<'_>| {
            o.mention.kind == EventType::Assault
                && o.mention.status == d.mention.status
                && sentence.contains(o.mention.span)
                && o.days == d.days
                && o.mention.place == d.mention.place
                && (o.mention.place.is_some() || o.mention.time.is_some())
        };
        let before = drafts[..i].iter().rev().filter(same);
        let first = before.clone().find(|o| blow(o.family)).or_else(|| before.clone().find(|o| hurt(o)));
        // "Destroyed a bus, killing 64": a deed by another word is an attack when people die of it.
        let deed = || before.clone().find(|o| matches!(o.family, Family::Stem(_))).map(|o| o.index);
        if let Some((family, narrow)) = first.map(|o| (o.family, o.narrow)) {
            drafts[i].family = family;
            drafts[i].narrow = narrow;
        } else if let Some(n) = deed() {
            let attack = Family::Kin("attack", false);
            drafts[i].family = attack;
            drafts.iter_mut().filter(|o| o.index == n).for_each(|o| o.family = attack);
        }
    }
}

/// Whether a mention says that people were hurt and lived.
pub(super) fn hurts(text: &str, m: &EventMention) -> bool {
    let word = m.span.of(text).to_lowercase();
    ["wound", "injur", "maim", "hurt"].iter().any(|w| word.starts_with(w))
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

/// The family of a mention's words, when it has one.
pub(crate) fn family(item: &Item<'_>, m: &EventMention) -> Option<&'static str> {
    match Scene::of(&item.report.text, m.span).of_mention(m).0 {
        Family::Kin(name, _) => Some(name),
        Family::Stem(_) | Family::Other(_) => None,
    }
}
