//! Words for several who were named just before: "both leaders", "the two countries", "the pair", "they". They stand for
//! the two at hand, where there are exactly two.

use super::participants::Someone;
use crate::Context;
use chancery_model::Span;
use chancery_model::facts::{EntityIx, EventMention, Mention};
use chancery_model::vocab::{ActorKind, EventType, MentionKind, PlaceKind};

/// How many sentences before its own the two are looked for.
const REACH: usize = 2;
/// The most words between two names that "and" joins: "and Russian Foreign Minister Lavrov".
const TITLE: usize = 6;

/// What the words ask of those they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    People,
    States,
    Either,
    /// "they": only two whom "and" joins.
    Joined,
    /// "their talks", "both sides": those of the same sentence.
    Own,
}

const PEOPLE: &[&str] = &[
    "leaders",
    "presidents",
    "premiers",
    "ministers",
    "men",
    "women",
    "diplomats",
    "envoys",
    "officials",
    "statesmen",
    "politicians",
    "negotiators",
    "chancellors",
    "generals",
    "counterparts",
    "rivals",
];
const STATES: &[&str] = &[
    "countries",
    "nations",
    "states",
    "governments",
    "neighbours",
    "neighbors",
    "powers",
    "capitals",
    "republics",
];

/// The two whom collective words stand for; nothing when they are no such words or more or fewer are at hand.
pub(super) fn members(ctx: &Context<'_>, words: Span) -> Option<[Someone; 2]> {
    let low = words.of(&ctx.report.text).to_lowercase();
    let kind = kind(&low)?;
    let token = ctx.segments.tokens_in(words).start as usize;
    let own = ctx.segments.sentence_of(token)?;
    let reach = match kind {
        Kind::Own => 0,
        Kind::Joined => 1,
        _ => REACH,
    };
    let mut found: Vec<(Someone, &Mention)> = Vec::new();
    for back in 0..=reach {
        let Some(sentence) = own.checked_sub(back).and_then(|n| ctx.segments.sentences.get(n)) else { break };
        let end = sentence.span.end.min(words.start);
        if introduced(&ctx.report.text, sentence.span.start, end, &low) {
            return None;
        }
        let within = |m: &&Mention| m.span.start >= sentence.span.start && m.span.end <= end;
        let here: Vec<(Someone, &Mention)> = ctx
            .facts
            .mentions
            .iter()
            .filter(within)
            .filter_map(|m| Some((candidate(ctx, m, kind)?, m)))
            .collect();
        if let Some(two) = joined(ctx, &here) {
            return Some(two);
        }
        found.extend(here);
        if kind == Kind::Joined {
            continue;
        }
        let people: Vec<Someone> = once(found.iter().map(|f| f.0).filter(|w| is_person(ctx, *w)));
        let states: Vec<Someone> = once(found.iter().map(|f| f.0).filter(|w| !is_person(ctx, *w)));
        let at_hand = if kind == Kind::States { states } else { people };
        // Whoever is the third makes it unsure whom it means.
        match at_hand.as_slice() {
            [a, b] => return Some([*a, *b]),
            [_, _, ..] => return None,
            _ => {}
        }
    }
    None
}

/// What words ask for, if they are collective: "both leaders", "the two neighbouring states".
fn kind(low: &str) -> Option<Kind> {
    let words: Vec<&str> = low.split_whitespace().collect();
    let rest = match words.as_slice() {
        ["they" | "them"] => return Some(Kind::Joined),
        ["their"] => return Some(Kind::Own),
        ["both"] | ["the", "two" | "pair"] | ["the", "two", "of", "them"] => return Some(Kind::Either),
        ["both", rest @ ..] => rest.strip_prefix(&["the"]).unwrap_or(rest),
        ["the", "two", rest @ ..] => rest,
        _ => return None,
    };
    let (head, before) = rest.split_last()?;
    // "the two Somali men", "both sides of the border": said of others than the two at hand, or too much is said.
    if before.len() > 1 || before.iter().any(|w| matches!(*w, "of" | "in" | "from" | "and" | "other")) {
        return None;
    }
    match *head {
        h if PEOPLE.contains(&h) => Some(Kind::People),
        h if STATES.contains(&h) => Some(Kind::States),
        // The sides of a war are seldom those named last: only of the same sentence.
        "sides" | "parties" => Some(Kind::Own),
        _ => None,
    }
}

/// Whether the text before speaks of two such without "the": "two men were held", whom "the two men" takes up.
fn introduced(text: &str, start: u32, end: u32, low: &str) -> bool {
    let Some(noun) = low.split_whitespace().next_back().filter(|n| n.ends_with('s') || n.ends_with("men"))
    else {
        return false;
    };
    let before = Span::new(start as usize, end as usize).of(text).to_lowercase();
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let plain = words.windows(4).any(|w| {
        matches!(w, [a, b, rest @ ..] if !matches!(*a, "the" | "both") && *b == "two" && rest.contains(&noun))
    });
    plain || words.first() == Some(&"two") && words.iter().take(4).any(|w| *w == noun)
}

/// Whom a mention stands for, if it may be one of the two: not an owner ("Berg's aide"), a demonym or a mere scene.
fn candidate(ctx: &Context<'_>, m: &Mention, kind: Kind) -> Option<Someone> {
    let text = &ctx.report.text;
    let after = text.get(m.span.hi()..).unwrap_or("");
    let before = text.get(..m.span.lo()).unwrap_or("");
    let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
    if (after.starts_with("'s") || after.starts_with("\u{2019}s")) && word != "and" {
        return None;
    }
    // The office before a name is part of the naming.
    let gap = after.len() - after.trim_start().len();
    let again = |o: &Mention| {
        o.kind == MentionKind::Person && o.entity == m.entity && o.span.lo() == m.span.hi() + gap
    };
    if m.kind == MentionKind::Office && ctx.facts.mentions.iter().any(again) {
        return None;
    }
    // "Kenya-based", "anti-Tabor"
    if after.starts_with('-') || before.ends_with('-') {
        return None;
    }
    let who = match m.entity {
        Some(e) => {
            let entity = ctx.facts.entities.get(e as usize)?;
            match entity.kind {
                ActorKind::Person if speaks_for(ctx, e) => return None,
                ActorKind::Person
                    if m.kind != MentionKind::Pronoun || !matches!(kind, Kind::Joined | Kind::Own) =>
                {
                    Someone::Known(e)
                }
                ActorKind::State if !matches!(m.kind, MentionKind::Group | MentionKind::Pronoun) => {
                    Someone::Known(e)
                }
                _ => return None,
            }
        }
        None => {
            let p = m.place?;
            let place = ctx.facts.places.get(p as usize)?;
            (place.kind == PlaceKind::Country && place.country.is_some()).then_some(Someone::State(p))?
        }
    };
    let person = is_person(ctx, who);
    let fits = match kind {
        Kind::People => person,
        Kind::States => !person,
        Kind::Either | Kind::Joined | Kind::Own => true,
    };
    // "the war in Mali", "aid to Mali"
    let the = before.trim_end().trim_end_matches("the").trim_end();
    let led = the.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let scene = matches!(
        led.as_str(),
        "in" | "at"
            | "near"
            | "inside"
            | "outside"
            | "across"
            | "around"
            | "on"
            | "over"
            | "about"
            | "from"
            | "of"
            | "into"
    );
    // "the US secretary of state"
    let adjective = !person && after.starts_with(|c: char| c.is_whitespace()) && {
        let next = after.trim_start();
        ctx.facts.mentions.iter().any(|o| {
            o.span.lo() == m.span.hi() + (after.len() - next.len())
                && matches!(o.kind, MentionKind::Office | MentionKind::Person | MentionKind::Organization)
        })
    };
    (fits && !adjective && (person || !scene)).then_some(who)
}

fn is_person(ctx: &Context<'_>, who: Someone) -> bool {
    match who {
        Someone::Known(e) => ctx.facts.entities.get(e as usize).is_some_and(|e| e.kind == ActorKind::Person),
        _ => false,
    }
}

/// The last two whom "and" joins, unless they end a longer list.
fn joined(ctx: &Context<'_>, here: &[(Someone, &Mention)]) -> Option<[Someone; 2]> {
    let text = &ctx.report.text;
    let gap = |a: &Mention, b: &Mention| text.get(a.span.hi()..b.span.lo()).unwrap_or("");
    for (n, w) in here.windows(2).enumerate().rev() {
        let [a, b] = w else { continue };
        let between = gap(a.1, b.1);
        let and = between.trim_start().starts_with("and ")
            && between.split_whitespace().count() <= TITLE
            && !between.contains([',', '.', ';', '(']);
        let list = n.checked_sub(1).and_then(|p| here.get(p)).is_some_and(|z| {
            let gap = gap(z.1, a.1).trim_start();
            gap.starts_with(',') && gap.split_whitespace().count() <= TITLE && !gap.contains(" and ")
        });
        if and && !list && a.0 != b.0 && is_person(ctx, a.0) == is_person(ctx, b.0) {
            return Some([a.0, b.0]);
        }
    }
    None
}

fn once(all: impl Iterator<Item = Someone>) -> Vec<Someone> {
    let mut out = Vec::new();
    for w in all {
        if !out.contains(&w) {
            out.push(w);
        }
    }
    out
}

/// The two who met last, for words that no sentence close by gives a meaning: "the two leaders".
pub(super) fn met(ctx: &Context<'_>, words: Span, before: &[EventMention]) -> Option<[Someone; 2]> {
    let low = words.of(&ctx.report.text).to_lowercase();
    let wanted = kind(&low).filter(|k| matches!(k, Kind::People | Kind::States))?;
    let fits = |e: EntityIx| {
        ctx.facts.entities.get(e as usize).is_some_and(|e| match wanted {
            Kind::People => e.kind == ActorKind::Person,
            _ => e.kind == ActorKind::State,
        })
    };
    let meets = |e: &&EventMention| {
        e.span.end <= words.start
            && matches!(e.kind, EventType::Consult | EventType::Agree | EventType::Cooperate)
    };
    let pair = |e: &EventMention| match e.participants.as_slice() {
        [a, b] if fits(a.entity) && fits(b.entity) => {
            Some([Someone::Known(a.entity), Someone::Known(b.entity)])
        }
        _ => None,
    };
    let mut all: Vec<&EventMention> = before.iter().filter(meets).collect();
    all.sort_by_key(|e| std::cmp::Reverse(e.span.start));
    all.into_iter().find_map(pair)
}

/// Whether somebody only speaks for another: "his spokesman Jan Berg".
fn speaks_for(ctx: &Context<'_>, e: EntityIx) -> bool {
    let text = &ctx.report.text;
    let office = |m: &Mention| {
        let before = text.get(..m.span.lo()).unwrap_or("").trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
        word.starts_with("spokes") || matches!(word.as_str(), "aide" | "adviser" | "advisor" | "interpreter")
    };
    ctx.facts.mentions.iter().any(|m| m.entity == Some(e) && m.kind == MentionKind::Person && office(m))
}
