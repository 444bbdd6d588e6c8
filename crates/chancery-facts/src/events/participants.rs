//! Who took part, by position: the name left of an active verb acts, the one right of it or after the entry's
//! prepositions is acted upon; the other way round in the passive.

use super::clause::Clause;
use super::tokens;
use crate::Context;
use chancery_lexicon::verbs::{Form, Hit};
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Mention, PlaceIx, StatementIx};
use chancery_model::vocab::{MentionKind, PlaceKind, Role};

/// How far, in words, the object is looked for.
const OBJECT_REACH: usize = 12;
/// How far, in words, the subject is looked for.
const SUBJECT_REACH: usize = 40;

/// Somebody found by position, not yet an entity in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Someone {
    /// An entity of the report.
    Known(EntityIx),
    /// A country that stands as a place: its state.
    State(PlaceIx),
    /// Words without a name: "gunmen", "two engineers".
    Words(Span),
}

/// A name or pronoun of the sentence, by tokens of the sentence.
struct Who {
    start: usize,
    end: usize,
    entity: Someone,
}

impl Who {
    /// A country that is only where something happens.
    fn is_scene(&self, clause: &Clause<'_>) -> bool {
        let before = clause.before(self.start);
        matches!(self.entity, Someone::State(_))
            && matches!(before, "in" | "at" | "near" | "inside" | "outside" | "from" | "across" | "around")
    }
}

/// Everybody named in the sentence, less those in the source of the statement that holds the happening: they tell it.
fn all(ctx: &Context<'_>, clause: &Clause<'_>, statement: Option<StatementIx>) -> Vec<Who> {
    let source =
        statement.and_then(|s| ctx.facts.statements.get(s as usize)).map_or(&[][..], |s| s.source.as_slice());
    let whole = clause.whole();
    let from = ctx.facts.mentions.partition_point(|m| m.span.start < whole.start);
    let here = ctx.facts.mentions.iter().skip(from).take_while(|m| m.span.start < whole.end);
    let who = |m: &Mention| {
        if source.iter().any(|s| s.overlaps(m.span)) {
            return None;
        }
        let state = || {
            let ix = m.place?;
            let place = ctx.facts.places.get(ix as usize)?;
            (place.kind == PlaceKind::Country && place.country.is_some()).then_some(Someone::State(ix))
        };
        let entity = match m.entity {
            Some(e) if m.kind != MentionKind::Office => Someone::Known(e),
            Some(_) => return None,
            None => state()?,
        };
        let (start, end) = (clause.token_at(m.span.start), clause.token_at(m.span.end.saturating_sub(1)) + 1);
        Some(Who { start, end, entity })
    };
    here.filter_map(who).collect()
}

/// The participants, each once, by role in text order.
pub(super) fn of(
    ctx: &Context<'_>,
    clause: &Clause<'_>,
    at: usize,
    hit: &Hit,
    statement: Option<StatementIx>,
) -> Vec<(Role, Someone)> {
    let mut all = all(ctx, clause, statement);
    all.retain(|w| !w.is_scene(clause) || hit.class.to.iter().any(|t| t == clause.before(w.start)));
    let (mut left, mut right) = match hit.form {
        Form::Noun => of_noun(clause, &all, at, hit),
        _ => of_verb(clause, &all, at, hit),
    };
    if hit.form != Form::Noun {
        let is_passive = passive(clause, at, hit);
        let (subject, object) = if is_passive { (&mut right, &mut left) } else { (&mut left, &mut right) };
        if subject.is_empty() {
            subject.extend(words_before(clause, at));
        }
        if object.is_empty() && !is_passive && hit.words == 1 {
            object.extend(words_after(clause, hit.end));
        }
    }
    let mut out: Vec<(Role, Someone)> = Vec::new();
    let mut add = |role, list: &[Someone]| {
        for &who in list {
            if !out.iter().any(|(_, w)| *w == who) {
                out.push((role, who));
            }
        }
    };
    // Those who meet with nobody on the other side meet each other: all of them act.
    let (first, second) = match hit.class {
        k if k.host => (Role::Host, Role::Actor),
        k if k.mediates => (Role::Mediator, Role::Actor),
        _ => (Role::Actor, Role::Recipient),
    };
    add(first, &left);
    add(second, &right);
    out
}

/// A plain subject without a name: the few words from the start of the clause to the verb ("Gunmen", "the rebels").
fn words_before(clause: &Clause<'_>, at: usize) -> Option<Someone> {
    let aux = |w: &str| {
        matches!(
            w,
            "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "was"
                | "were"
                | "is"
                | "are"
                | "been"
                | "be"
                | "being"
                | "also"
                | "then"
                | "later"
                | "not"
                | "n't"
                | "did"
                | "does"
                | "do"
                | "could"
                | "may"
                | "might"
                | "reportedly"
                | "allegedly"
                | "again"
        )
    };
    let mut end = at;
    while end > 0 && aux(clause.before(end)) {
        end -= 1;
    }
    let start =
        (0..end).rev().find(|&i| clause.breaks_at(i) || clause.word(i) == Some(",")).map_or(0, |i| i + 1);
    plain(clause, start, end)
}

/// A plain object without a name: the words after the verb up to a preposition or a mark.
fn words_after(clause: &Clause<'_>, from: usize) -> Option<Someone> {
    let end = (from..clause.len())
        .find(|&i| clause.breaks_at(i) || clause.word(i).is_some_and(ends_noun))
        .unwrap_or(from);
    plain(clause, from, end)
}

fn ends_noun(w: &str) -> bool {
    !w.chars().all(char::is_alphanumeric)
        || matches!(
            w,
            "in" | "of"
                | "to"
                | "on"
                | "with"
                | "for"
                | "at"
                | "by"
                | "from"
                | "and"
                | "near"
                | "over"
                | "into"
                | "against"
                | "as"
                | "during"
                | "about"
                | "along"
                | "through"
                | "under"
                | "between"
        )
}

/// Up to five words that read as one noun phrase of people: no pronoun, no verb the lists know.
fn plain(clause: &Clause<'_>, start: usize, end: usize) -> Option<Someone> {
    let n = end.checked_sub(start)?;
    let fits = (1..=5).contains(&n) && (start..end).all(|i| clause.word(i).is_some_and(|w| !ends_noun(w)));
    let last = clause.word(end.checked_sub(1)?)?;
    let made_of_people =
        ["men", "women", "ists", "ians", "eers", "ees", "ers", "ors"].iter().any(|e| last.ends_with(e));
    let people = made_of_people
        || chancery_lexicon::unnamed::head_at(last, 0).is_some()
        || matches!(
            last,
            "police"
                | "army"
                | "military"
                | "government"
                | "opposition"
                | "militia"
                | "navy"
                | "court"
                | "parliament"
        );
    let closed = matches!(
        last,
        "this" | "his" | "its" | "was" | "is" | "has" | "as" | "us" | "talks" | "times" | "thus"
    );
    (fits && people && !closed).then(|| Someone::Words(clause.span(start, end)))
}

/// Whether somebody or something stands right after the verb.
pub(super) fn has_object(ctx: &Context<'_>, clause: &Clause<'_>, hit: &Hit, person: bool) -> bool {
    if person {
        return all(ctx, clause, None).iter().any(|w| w.start >= hit.end && w.start < hit.end + 8);
    }
    let first = clause.word(hit.end).unwrap_or("");
    let noun = first.chars().next().is_some_and(char::is_alphanumeric);
    noun && !matches!(
        first,
        "to" | "from"
            | "home"
            | "in"
            | "on"
            | "at"
            | "with"
            | "by"
            | "and"
            | "after"
            | "for"
            | "as"
            | "later"
    )
}

/// A form of "be" before a participle makes it passive; so does "by" right after a bare one.
pub(super) fn passive(clause: &Clause<'_>, at: usize, hit: &Hit) -> bool {
    if hit.form != Form::Past || hit.words > 2 {
        return false;
    }
    let be = (1..=3).any(|k| {
        at.checked_sub(k).and_then(|i| clause.word(i)).is_some_and(|w| {
            matches!(w, "was" | "were" | "been" | "being" | "be" | "is" | "are" | "got" | "'re")
        })
    });
    be || clause.word(hit.end) == Some("by")
}

fn of_verb(clause: &Clause<'_>, all: &[Who], at: usize, hit: &Hit) -> (Vec<Someone>, Vec<Someone>) {
    let left = subject(clause, all, at);
    if passive(clause, at, hit) {
        let by = (hit.end..clause.len().min(hit.end + OBJECT_REACH)).find(|&i| clause.word(i) == Some("by"));
        let actor = by.map_or_else(Vec::new, |b| first_from(clause, all, b + 1, 8));
        return (actor, left);
    }
    let mut right = first_from(clause, all, hit.end, OBJECT_REACH);
    // "and X met": a gap inside the pattern may hold the other side ("held with X talks").
    if right.is_empty() && hit.words > 1 {
        right = first_from(clause, all, at + 1, hit.end.saturating_sub(at + 1));
    }
    (left, right)
}

fn of_noun(clause: &Clause<'_>, all: &[Who], at: usize, hit: &Hit) -> (Vec<Someone>, Vec<Someone>) {
    let next = clause.word(hit.end).unwrap_or("");
    if next == "between" || next == "of" && hit.class.reciprocal {
        return (first_from(clause, all, hit.end + 1, OBJECT_REACH), Vec::new());
    }
    let owner = owner(clause, all, at);
    let mut left = owner;
    let mut right = Vec::new();
    for i in hit.end..clause.len().min(hit.end + OBJECT_REACH) {
        if clause.breaks_at(i) {
            break;
        }
        let Some(w) = clause.word(i) else { break };
        if w == "by" && left.is_empty() {
            left = first_from(clause, all, i + 1, 6);
        } else if right.is_empty() && hit.class.to.iter().any(|t| t == w) {
            right = first_from(clause, all, i + 1, 6);
        }
    }
    if left.is_empty() {
        // "Norway called for talks": the one who speaks of it does not take part by that; a subject of "began",
        // "held" or "is on" does.
        let verb = clause.before(at);
        if matches!(
            verb,
            "held" | "began" | "resumed" | "opened" | "launched" | "ended" | "hold" | "holds" | "for"
        ) {
            left = subject(clause, all, at.saturating_sub(1));
        }
    }
    (left, right)
}

/// The possessor or the words right before a noun: "Ghana's attack", "the Ghanaian attack".
fn owner(clause: &Clause<'_>, all: &[Who], at: usize) -> Vec<Someone> {
    let near = all.iter().rfind(|w| w.end <= at && at - w.end <= 3);
    let between = |w: &&Who| {
        (w.end..at).all(|i| {
            clause.word(i).is_some_and(|x| {
                !clause.breaks_at(i)
                    && !matches!(x, "," | "the" | "a" | "an" | "to" | "in" | "on" | "and" | "for")
            })
        })
    };
    near.filter(between).map_or_else(Vec::new, |w| vec![w.entity])
}

/// The subject of the verb at `at`: the nearest name to the left that does not hang on a preposition, with those
/// joined to it.
fn subject(clause: &Clause<'_>, all: &[Who], at: usize) -> Vec<Someone> {
    let mut cut = 0;
    // A clause mark between hides what stands before it, unless nothing stands after.
    for i in (0..at).rev().take(SUBJECT_REACH) {
        if matches!(clause.word(i), Some(";" | "\"" | "\u{201c}" | "\u{201d}" | "that" | ":")) {
            cut = i + 1;
            break;
        }
    }
    let free = |w: &&Who| w.end <= at && w.start >= cut && at - w.end <= SUBJECT_REACH;
    let hangs = |w: &&Who| {
        let before = clause.before(w.start);
        let before = if matches!(before, "the" | "a" | "an") {
            clause.before(w.start.saturating_sub(1))
        } else {
            before
        };
        matches!(
            before,
            "of" | "in"
                | "with"
                | "to"
                | "for"
                | "from"
                | "at"
                | "on"
                | "by"
                | "against"
                | "between"
                | "near"
                | "into"
                | "about"
                | "over"
                | "under"
                | "after"
                | "before"
                | "as"
        ) || matches!(clause.word(w.end), Some("'s" | "\u{2019}s"))
    };
    let head = all
        .iter()
        .filter(free)
        .rfind(|w| !hangs(w))
        .or_else(|| all.iter().filter(free).rfind(|w| matches!(w.entity, Someone::Known(_))));
    let Some(head) = head else { return Vec::new() };
    joined(clause, all, head, true)
}

/// The first name from a token on, with those joined to it.
fn first_from(clause: &Clause<'_>, all: &[Who], from: usize, reach: usize) -> Vec<Someone> {
    let stop = (from..clause.len().min(from + reach))
        .find(|&i| {
            matches!(
                clause.word(i),
                Some(";" | ":" | "\"" | "\u{201c}" | "\u{201d}" | "while" | "but" | "who" | "which")
            )
        })
        .unwrap_or(from + reach);
    let head = all.iter().find(|w| w.start >= from && w.start < stop);
    let Some(head) = head else { return Vec::new() };
    // "the Ghanaian envoy Mensah", "the Ghanaian envoy, Mensah": the last name of the words that belong together.
    let belongs = |w: &&Who| {
        let between = head.end..w.start;
        let commas = between.clone().filter(|&i| clause.word(i) == Some(",")).count();
        let nouns = between
            .clone()
            .filter(|&i| clause.word(i).is_some_and(|x| x.chars().all(char::is_alphabetic)))
            .count();
        let mut between = between;
        let joins =
            between.any(|i| clause.breaks_at(i) || clause.word(i).is_some_and(|x| x != "," && ends_noun(x)));
        !joins && (commas == 0 || commas == 1 && nouns > 0 && clause.before(w.start) == ",")
    };
    let last = all
        .iter()
        .filter(|w| w.start > head.start && w.start >= head.end && w.start <= head.end + 5)
        .rfind(belongs);
    joined(clause, all, last.unwrap_or(head), false)
}

/// A name and those joined to it by "and" or commas, to the left or to the right.
fn joined(clause: &Clause<'_>, all: &[Who], head: &Who, left: bool) -> Vec<Someone> {
    let mut out = vec![head.entity];
    let mut edge = if left { head.start } else { head.end };
    loop {
        let next = if left {
            all.iter().rfind(|w| w.end < edge && edge - w.end <= 4)
        } else {
            all.iter().find(|w| w.start > edge && w.start - edge <= 4)
        };
        let Some(next) = next else { break };
        let (a, b) = if left { (next.end, edge) } else { (edge, next.start) };
        let range = tokens(clause, a, b);
        let and = (a..b).any(|i| clause.word(i) == Some("and"));
        let plain = (a..b).all(|i| {
            clause.word(i).is_some_and(|w| {
                w == ","
                    || w == "and"
                    || w == "the"
                    || w.chars().all(char::is_alphabetic)
                        && !clause.breaks_at(i)
                        && !matches!(w, "in" | "of" | "to" | "on" | "with" | "for" | "at" | "by" | "from")
            })
        });
        if !and || !plain || range.is_empty() {
            break;
        }
        out.push(next.entity);
        edge = if left { next.start } else { next.end };
    }
    if left {
        out.reverse();
    }
    out
}
