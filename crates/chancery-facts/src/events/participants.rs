//! Who took part, by position: the name left of an active verb acts, the one right of it or after the entry's
//! prepositions is acted upon; the other way round in the passive.

use super::clause::Clause;
use super::tokens;
use crate::Context;
use chancery_lexicon::verbs::{Form, Hit};
use chancery_model::facts::{EntityIx, Mention, Participant};
use chancery_model::vocab::{MentionKind, Role};

/// How far, in words, the object is looked for.
const OBJECT_REACH: usize = 12;
/// How far, in words, the subject is looked for.
const SUBJECT_REACH: usize = 40;

/// A name or pronoun of the sentence, by tokens of the sentence.
struct Who {
    start: usize,
    end: usize,
    entity: EntityIx,
}

fn all(ctx: &Context<'_>, clause: &Clause<'_>) -> Vec<Who> {
    let whole = clause.whole();
    let from = ctx.facts.mentions.partition_point(|m| m.span.start < whole.start);
    let here = ctx.facts.mentions.iter().skip(from).take_while(|m| m.span.start < whole.end);
    let who = |m: &Mention| {
        let entity = m.entity.filter(|_| m.kind != MentionKind::Office)?;
        let (start, end) = (clause.token_at(m.span.start), clause.token_at(m.span.end.saturating_sub(1)) + 1);
        Some(Who { start, end, entity })
    };
    here.filter_map(who).collect()
}

/// The participants, each once a role, in text order by role.
pub(super) fn of(ctx: &Context<'_>, clause: &Clause<'_>, at: usize, hit: &Hit) -> Vec<Participant> {
    let all = all(ctx, clause);
    let (left, right) = match hit.form {
        Form::Noun => of_noun(clause, &all, at, hit),
        _ => of_verb(clause, &all, at, hit),
    };
    let mut out: Vec<Participant> = Vec::new();
    let mut add = |role, list: &[EntityIx]| {
        for &entity in list {
            if !out.iter().any(|p| p.entity == entity) {
                out.push(Participant { role, entity });
            }
        }
    };
    let actor = if hit.class.host { Role::Host } else { Role::Actor };
    add(actor, &left);
    // Those who meet with nobody on the other side meet each other: all of them act.
    add(if hit.class.host { Role::Actor } else { Role::Recipient }, &right);
    out
}

/// Whether somebody or something stands right after the verb.
pub(super) fn has_object(ctx: &Context<'_>, clause: &Clause<'_>, hit: &Hit, person: bool) -> bool {
    if person {
        return all(ctx, clause).iter().any(|w| w.start >= hit.end && w.start < hit.end + 8);
    }
    let first = clause.word(hit.end).unwrap_or("");
    let noun = first.chars().next().is_some_and(char::is_alphanumeric);
    noun && !matches!(first, "to" | "from" | "home" | "in" | "on" | "at" | "with" | "by" | "and" | "after" | "for" | "as" | "later")
}

/// A form of "be" before a participle makes it passive; so does "by" right after a bare one.
pub(super) fn passive(clause: &Clause<'_>, at: usize, hit: &Hit) -> bool {
    if hit.form != Form::Past || hit.words > 2 {
        return false;
    }
    let be = (1..=3).any(|k| {
        at.checked_sub(k).and_then(|i| clause.word(i)).is_some_and(|w| {
            matches!(w, "was" | "were" | "been" | "being" | "be" | "is" | "are" | "got" | "'s" | "'re")
        })
    });
    be || clause.word(hit.end) == Some("by")
}

fn of_verb(clause: &Clause<'_>, all: &[Who], at: usize, hit: &Hit) -> (Vec<EntityIx>, Vec<EntityIx>) {
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

fn of_noun(clause: &Clause<'_>, all: &[Who], at: usize, hit: &Hit) -> (Vec<EntityIx>, Vec<EntityIx>) {
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
        if matches!(verb, "held" | "began" | "resumed" | "opened" | "launched" | "ended" | "hold" | "holds" | "for") {
            left = subject(clause, all, at.saturating_sub(1));
        }
    }
    (left, right)
}

/// The possessor or the words right before a noun: "Ghana's attack", "the Ghanaian attack".
fn owner(clause: &Clause<'_>, all: &[Who], at: usize) -> Vec<EntityIx> {
    let near = all.iter().rfind(|w| w.end <= at && at - w.end <= 3);
    let between = |w: &&Who| {
        (w.end..at).all(|i| {
            clause.word(i).is_some_and(|x| !clause.breaks_at(i) && !matches!(x, "," | "the" | "a" | "an" | "to" | "in" | "on" | "and" | "for"))
        })
    };
    near.filter(between).map_or_else(Vec::new, |w| vec![w.entity])
}

/// The subject of the verb at `at`: the nearest name to the left that does not hang on a preposition, with those
/// joined to it.
fn subject(clause: &Clause<'_>, all: &[Who], at: usize) -> Vec<EntityIx> {
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
        let before = if matches!(before, "the" | "a" | "an") { clause.before(w.start.saturating_sub(1)) } else { before };
        matches!(before, "of" | "in" | "with" | "to" | "for" | "from" | "at" | "on" | "by" | "against" | "between" | "near" | "into" | "about" | "over" | "under" | "after" | "before" | "as")
            || matches!(clause.word(w.end), Some("'s" | "\u{2019}s"))
    };
    let head = all.iter().filter(free).rfind(|w| !hangs(w)).or_else(|| all.iter().rfind(free));
    let Some(head) = head else { return Vec::new() };
    joined(clause, all, head, true)
}

/// The first name from a token on, with those joined to it.
fn first_from(clause: &Clause<'_>, all: &[Who], from: usize, reach: usize) -> Vec<EntityIx> {
    let stop = (from..clause.len().min(from + reach))
        .find(|&i| matches!(clause.word(i), Some(";" | ":" | "\"" | "\u{201c}" | "\u{201d}" | "while" | "but" | "who" | "which")))
        .unwrap_or(from + reach);
    let head = all.iter().find(|w| w.start >= from && w.start < stop);
    // "the Ghanaian envoy Mensah": the last name of the words that belong together.
    let Some(head) = head else { return Vec::new() };
    let last = all.iter().rfind(|w| w.start > head.start && w.start <= head.end + 2 && (head.end..w.start).all(|i| clause.word(i).is_some_and(|x| x.chars().all(char::is_alphabetic) && !matches!(x, "and" | "in" | "of" | "to" | "on" | "with" | "for" | "at" | "by" | "from" | "the" | "over" | "about"))));
    joined(clause, all, last.unwrap_or(head), false)
}

/// A name and those joined to it by "and" or commas, to the left or to the right.
fn joined(clause: &Clause<'_>, all: &[Who], head: &Who, left: bool) -> Vec<EntityIx> {
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
            clause.word(i).is_some_and(|w| w == "," || w == "and" || w == "the" || w.chars().all(char::is_alphabetic) && !clause.breaks_at(i) && !matches!(w, "in" | "of" | "to" | "on" | "with" | "for" | "at" | "by" | "from"))
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
