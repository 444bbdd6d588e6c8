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

/// The words of a report that may take up a happening, as mentions.
pub(super) fn find(item: &Item<'_>) -> Vec<EventMention> {
    let text = &item.report.text;
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
        if usable && item.report.is_fact_ground(span) && free(item, span) {
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
                time: time(item, span),
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

/// Whether neither a mention of a happening nor a name holds it.
fn free(item: &Item<'_>, span: Span) -> bool {
    let meets = |s: Span| s.start < span.end && span.start < s.end;
    // "Ended three days of talks" and "talks" are one.
    let told = item.facts.events.iter().any(|e| meets(e.span));
    let named = item.facts.mentions.iter().any(|m| {
        meets(m.span)
            && !matches!(m.kind, chancery_model::vocab::MentionKind::Pronoun)
            && m.span.of(&item.report.text).starts_with(char::is_uppercase)
    });
    !told && !named
}

/// The nearest time of its sentence with no other happening between.
fn time(item: &Item<'_>, span: Span) -> Option<u32> {
    let text = &item.report.text;
    let mut best: Option<(usize, u32)> = None;
    for (n, t) in (0u32..).zip(&item.facts.times) {
        let (lo, hi) =
            if t.span.start < span.start { (t.span.hi(), span.lo()) } else { (span.hi(), t.span.lo()) };
        let Some(between) = text.get(lo..hi.max(lo)).filter(|_| lo <= hi) else { continue };
        let count = between.split_whitespace().count();
        let broken = between.contains(['.', ';', '\n', '"', '“']);
        let other = item.facts.events.iter().any(|e| e.span.lo() >= lo && e.span.hi() <= hi);
        if count <= CLOSE && !broken && !other && best.is_none_or(|(c, _)| count < c) {
            best = Some((count, n));
        }
    }
    best.map(|b| b.1)
}
