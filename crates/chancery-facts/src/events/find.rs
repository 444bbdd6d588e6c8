//! Which words of a sentence with a tree stand for happenings, and of what kind.

use super::tree::Tree;
use chancery_lexicon::verbs::{Entry, Form, Hit, VERBS};
use chancery_model::mark::Upos;
use chancery_model::vocab::EventType;

/// An event word with its kind.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The token that carries it: the verb, or the head noun.
    pub at: usize,
    /// First token of its words.
    pub start: usize,
    /// What was found; `end` is one past its last word that stands beside the first.
    pub hit: Hit,
    /// Every token of the pattern.
    pub used: Vec<usize>,
}

/// The event words, in text order: of two that share a word the one with more words counts. `named` says whether a
/// token is part of a name.
pub(super) fn all(tree: &Tree<'_, '_>, named: impl Fn(usize) -> bool) -> Vec<Candidate> {
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    for i in 0..tree.len() {
        for e in VERBS.entries(tree.word(i)) {
            if let Some(c) = candidate(tree, i, &e, &named) {
                found.push((weight(&e), c));
            }
        }
    }
    // A stable order: heavier first, then by place, then as in the file.
    found.sort_by_key(|(w, c)| (std::cmp::Reverse(*w), c.start));
    let mut out: Vec<Candidate> = Vec::new();
    for (_, c) in found {
        let taken = out.iter().any(|o| o.at == c.at || c.used.iter().any(|u| o.used.contains(u)));
        if !taken {
            out.push(c);
        }
    }
    out.sort_by_key(|c| (c.start, c.at));
    out
}

/// More words weigh more, and nouns more than prepositions.
fn weight(e: &Entry) -> usize {
    let long = e.rest.iter().flatten().filter(|w| w.chars().count() > 4).count();
    // "declared a state of emergency" counts before "state of emergency".
    let frame = if e.form != Form::Noun && long > 0 { 15 } else { 0 };
    e.words() * 10 + long + frame
}

fn candidate(tree: &Tree<'_, '_>, i: usize, e: &Entry, named: &impl Fn(usize) -> bool) -> Option<Candidate> {
    if e.form == Form::Noun {
        let end = e.end(i, |k| tree.clause.word(k))?;
        // The head is the noun whose own head stands outside.
        let inside = |k: usize| (i..end).contains(&k);
        let at = (i..end).rev().find(|k| tree.is_noun(*k) && tree.head(*k).is_none_or(|h| !inside(h)))?;
        if named(at)
            || tree.is(at, &["compound", "flat", "nmod:desc"])
                && end == at + 1
                && tree.head(at).is_some_and(|h| h > at)
        {
            return None;
        }
        let used: Vec<usize> = (i..end).collect();
        return Some(Candidate { at, start: i, hit: hit(e, end), used });
    }
    if !can_be_verb(tree, i, e) || named(i) {
        return None;
    }
    // "is ready to": the adjective carries it.
    let at = tree.head(i).filter(|_| e.words() > 1 && tree.is(i, &["cop", "aux"])).unwrap_or(i);
    let mut used = vec![i];
    let end = match e.end(i, |k| tree.clause.word(k)) {
        // "agreed on Tuesday"
        Some(end)
            if e.rest.last().is_some_and(|w| matches!(w.as_deref(), Some("on" | "in" | "for" | "to")))
                && is_time(tree, end) =>
        {
            return None;
        }
        Some(end) => {
            let fixed = e.rest.iter().flatten();
            let mut at = i + 1;
            for w in fixed {
                let found = (at..end).find(|k| tree.word(*k) == w)?;
                // A gap does not reach into another clause: "attend and the aim of the talks".
                let bridge = |h: usize| {
                    h > i
                        && h < found
                        && (tree.is_verb(h)
                            || matches!(tree.word(h), "and" | "or" | "but" | "that" | "who" | "which" | ","))
                };
                if (at..found).any(bridge) && e.rest.iter().any(Option::is_none) {
                    return None;
                }
                used.push(found);
                at = found + 1;
            }
            end
        }
        None => {
            // A bare preposition must stand beside its verb when that has an object: "called him on Saturday".
            let bare = e.rest.iter().flatten().all(|w| w.chars().count() <= 4);
            if bare && tree.child(i, &["obj"]).is_some() {
                return None;
            }
            let near = near(tree, i, e);
            for w in e.rest.iter().flatten() {
                used.push(*near.iter().find(|k| tree.word(**k) == w && !used.contains(k))?);
            }
            i + 1
        }
    };
    if e.class.kind == EventType::Reject {
        // "refused to meet": the meeting is a happening too, one that is denied.
        used.truncate(1);
    }
    Some(Candidate { at, start: i, hit: hit(e, end), used })
}

fn hit(e: &Entry, end: usize) -> Hit {
    Hit { end, class: e.class, form: e.form, words: e.words() }
}

fn can_be_verb(tree: &Tree<'_, '_>, i: usize, e: &Entry) -> bool {
    // "test-fired" is two words to the tree.
    if e.rest.first().is_some_and(|w| w.as_deref() == Some("-")) {
        return true;
    }
    let verb = match tree.upos(i) {
        Upos::Verb => !tree.is_noun(i),
        // Headlines: "Police arrest mayor".
        Upos::Noun | Upos::Adj | Upos::Propn
            if matches!(e.form, Form::Base | Form::Third | Form::Past)
                && tree.child(i, &["obj"]).is_some() =>
        {
            true
        }
        Upos::Aux => e.words() > 1,
        Upos::Adj => {
            matches!(e.form, Form::Past | Form::Ing) && tree.child(i, &["nsubj:pass", "aux:pass"]).is_some()
        }
        _ => false,
    };
    // "the suspended talks", "Saudi-backed": a participle before its noun is no happening of its own.
    verb && !tree.is(i, &["amod", "compound"]) && !tree.clause.hyphened(i)
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word is a day, month, year or the like.
fn is_time(tree: &Tree<'_, '_>, i: usize) -> bool {
    let day = tree.lemma(i).ends_with("day") && tree.lemma(i).len() > 3;
    day || matches!(tree.lemma(i), "week" | "month" | "year" | "hour" | "day")
        || tree.word(i).len() == 4 && tree.word(i).bytes().all(|b| b.is_ascii_digit())
        || MONTHS.contains(&tree.word(i))
}

/// What stands close to a verb in the tree: its objects, passive subject, particles, and what belongs to those.
fn near(tree: &Tree<'_, '_>, i: usize, e: &Entry) -> Vec<usize> {
    let own = ["obj", "iobj", "nsubj:pass", "obl", "compound:prt", "xcomp", "advmod"];
    let mut out = Vec::new();
    for c in tree.under(i, &own) {
        let time = tree.is(c, &["obl"]) && is_time(tree, c);
        if tree.is_verb(c) || time {
            continue;
        }
        // What hangs on a preposition counts with it: "take part in talks".
        let led = tree.case(c).is_none_or(|p| e.rest.iter().flatten().any(|w| w == p));
        if led {
            out.push(c);
            out.extend(tree.under(c, &["compound", "amod", "conj"]));
        }
        out.extend(tree.under(c, &["case"]));
    }
    out
}
