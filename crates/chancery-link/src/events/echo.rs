//! Words for a happening that no mention was made of, and that take up one which mentions tell of: "the storming of the
//! post", "did not travel to the talks". They make no happening and no row; they are further places where its day, its
//! status or who was there may be told, and conflicts are looked for there too.

use super::draft::is_function;
use crate::Item;
use chancery_lexicon::kin;
use chancery_model::Span;
use chancery_model::facts::{EventMention, Maker, Wording};
use chancery_model::vocab::{EventType, Status, Sure};

/// Who makes them.
pub(crate) const BY: &str = "echo";

/// Families whose words hardly ever stand for anything else.
const FAMILIES: &[&str] = &[
    "agreement",
    "attack",
    "burial",
    "coup",
    "disaster",
    "handover",
    "meeting",
    "protest",
    "truce",
    "vote",
    "withdrawal",
    "arrest",
    "closure",
    "release",
    "sanction",
    "veto",
    "visit",
    "abduction",
    "ban",
    "curfew",
    "inquiry",
    "walkout",
    "flight",
];

/// Words of [`AMBIGUOUS`] that stand for a happening behind "the", "that" or "their".
const DEFINITE: &[&str] = &[
    "round",
    "rounds",
    "session",
    "deal",
    "march",
    "strike",
    "strikes",
    "incident",
    "fire",
    "crash",
    "surge",
    "meeting",
    "poll",
    "polls",
    "arrests",
    "release",
    "protocol",
    "tour",
    "trip",
    "elections",
    "closing",
];

/// Words of these families that often stand for something else.
const AMBIGUOUS: &[&str] = &[
    "close",
    "closer",
    "closely",
    "closest",
    "closing",
    "fire",
    "fires",
    "hit",
    "hits",
    "strike",
    "strikes",
    "opened",
    "incident",
    "incidents",
    "targeted",
    "meeting",
    "round",
    "rounds",
    "session",
    "sessions",
    "discuss",
    "march",
    "deal",
    "deals",
    "sign",
    "signs",
    "free",
    "release",
    "releases",
    "tour",
    "tours",
    "trip",
    "fly",
    "arrive",
    "arrives",
    "poll",
    "polls",
    "seal",
    "sealed",
    "initial",
    "protocol",
    "consult",
    "consultant",
    "consultants",
    "elected",
    "elections",
    "voters",
    "voter",
    "electoral",
    "electorate",
    "meets",
    "gather",
    "gathers",
    "crash",
    "surge",
    "kidnapper",
    "kidnappers",
    "abductor",
    "abductors",
    "protester",
    "protesters",
    "protestors",
    "demonstrators",
    "attackers",
    "attacker",
    "raiders",
    "striker",
    "strikers",
    "visitors",
    "visitor",
    "negotiator",
    "negotiators",
    "suspended",
    "suspend",
    "suspicion",
    "captured",
    "arrests",
    "sealing",
    "evacuated",
    "protested",
    "retreated",
    "fired",
    "firing",
    "expelled",
    "travels",
    "traveller",
    "travellers",
    "travelers",
    "traveler",
    "landed",
    "meteor",
    "metre",
    "metres",
    "meter",
    "meters",
];

/// Words in the few before that say it did not happen.
const NOT: &[&str] = &["not", "no", "never", "without", "nor", "cannot"];

/// Words in the few before that say it is still to come or only thought of.
const AHEAD: &[&str] = &[
    "will",
    "would",
    "to",
    "planned",
    "due",
    "scheduled",
    "next",
    "upcoming",
    "proposed",
    "should",
    "may",
    "might",
    "could",
    "if",
    "unless",
    "for",
    "can",
    "must",
    "future",
    "possible",
    "forthcoming",
    "plans",
    "plan",
    "avoid",
    "prevent",
];

/// Words looked at before a word, for a negation or what is still to come.
const BEFORE: usize = 3;
/// Words between a time and the word it is told of.
const CLOSE: usize = 5;
/// Bytes from a word within which a time of its clause begins.
const REACH: u32 = 400;

/// The words of a report that may take up a happening, as mentions.
pub(super) fn find(item: &Item<'_>) -> Vec<EventMention> {
    let text = &item.report.text;
    let ground = Ground::of(item);
    let mut out = Vec::new();
    let mut last: Vec<&str> = Vec::new();
    for (start, word) in words(text) {
        let lower = word.to_lowercase();
        let span = Span::new(start, start + word.len());
        let known = kin::of(&lower).filter(|k| FAMILIES.contains(&k.name));
        let led = last.last().is_some_and(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "the" | "this" | "that" | "these" | "those" | "its" | "their" | "s"
            )
        });
        let clear = !AMBIGUOUS.contains(&lower.as_str()) || led && DEFINITE.contains(&lower.as_str());
        let usable = known.is_some() && clear && !is_function(&lower);
        if usable && item.report.is_fact_ground(span) && ground.free(span) {
            let few = || last.iter().rev().take(BEFORE).map(|w| w.to_lowercase());
            let status = if few().any(|w| AHEAD.contains(&w.as_str())) {
                Status::Planned
            } else if few().any(|w| NOT.contains(&w.as_str())) {
                Status::Denied
            } else {
                Status::Happened
            };
            out.push(EventMention {
                span,
                // Of what it takes up, once that is known.
                kind: EventType::Outside,
                mode: None,
                contexts: Vec::new(),
                cameo: None,
                status,
                time: ground.time(text, span),
                place: None,
                participants: Vec::new(),
                statement: None,
                name: None,
                wording: Wording::default(),
                maker: Maker { by: BY.to_owned(), sure: Sure::Low },
            });
        }
        last.push(word);
        if last.len() > 2 * BEFORE {
            last.remove(0);
        }
        // A stop ends what may stand before.
        if text.get(span.hi()..).is_some_and(|t| t.starts_with(['.', '!', '?', ';', '\n'])) {
            last.clear();
        }
    }
    out
}

/// Runs of letters with their first byte.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}

/// Where the happenings, names and times of a report stand, in order, so that a long report takes no longer a word.
struct Ground {
    /// Starts, with the greatest end up to each.
    taken: Vec<(u32, u32)>,
    events: Vec<(u32, u32)>,
    times: Vec<(Span, u32)>,
}

impl Ground {
    fn of(item: &Item<'_>) -> Self {
        let text = &item.report.text;
        let named = |m: &&chancery_model::facts::Mention| {
            !matches!(m.kind, chancery_model::vocab::MentionKind::Pronoun)
                && m.span.of(text).starts_with(char::is_uppercase)
        };
        // "Ended three days of talks" and "talks" are one.
        let told = item.facts.events.iter().map(|e| (e.span.start, e.span.end));
        let mut events: Vec<(u32, u32)> = told.clone().collect();
        events.sort_unstable();
        let names = item.facts.mentions.iter().filter(named).map(|m| (m.span.start, m.span.end));
        let mut taken: Vec<(u32, u32)> = told.chain(names).collect();
        taken.sort_unstable();
        let mut end = 0;
        for t in &mut taken {
            end = end.max(t.1);
            t.1 = end;
        }
        let mut times: Vec<(Span, u32)> = item.facts.times.iter().map(|t| t.span).zip(0..).collect();
        times.sort_by_key(|t| (t.0.start, t.1));
        Self { taken, events, times }
    }

    /// Whether neither a mention of a happening nor a name holds it.
    fn free(&self, span: Span) -> bool {
        let before = self.taken.partition_point(|t| t.0 < span.end);
        before.checked_sub(1).and_then(|n| self.taken.get(n)).is_none_or(|t| t.1 <= span.start)
    }

    /// The nearest time of its sentence with no other happening between.
    fn time(&self, text: &str, span: Span) -> Option<u32> {
        let mut best: Option<(usize, u32)> = None;
        let from = self.times.partition_point(|t| t.0.start + REACH < span.start);
        for (t, n) in self.times.iter().skip(from).take_while(|t| t.0.start < span.end + REACH) {
            let (lo, hi) = if t.start < span.start { (t.hi(), span.lo()) } else { (span.hi(), t.lo()) };
            let Some(between) = text.get(lo..hi.max(lo)).filter(|_| lo <= hi) else { continue };
            let count = between.split_whitespace().count();
            // "sank on 22 April after an explosion": that is when it sank.
            let after = t.start < span.start
                && between
                    .split_whitespace()
                    .any(|w| matches!(w, "after" | "following" | "since" | "before"));
            if after || count > CLOSE || between.contains(['.', ';', '\n', '"', '“']) {
                continue;
            }
            let first = self.events.partition_point(|e| (e.0 as usize) < lo);
            let mut other = self.events.iter().skip(first).take_while(|e| (e.0 as usize) < hi);
            if !other.any(|e| e.1 as usize <= hi) && best.is_none_or(|(c, b)| (count, *n) < (c, b)) {
                best = Some((count, *n));
            }
        }
        best.map(|b| b.1)
    }
}
