//! The words of a heading: what is done, taken from the sentence itself where a verb tells it, else from the class.

use super::clause::Clause;
use super::find::Candidate;
use super::participants::Someone;
use super::parts;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::verbs::{Class, Form};
use chancery_model::facts::Wording;
use chancery_model::mark::Upos;

/// How many words a heading takes from behind the verb.
const LONGEST: usize = 11;

/// The words by the class alone.
pub(super) fn of_class(class: &Class, noun: Option<String>) -> Wording {
    let led = class.does.split_whitespace().count() > 1
        && class.does.rsplit(' ').next().is_some_and(|w| matches!(w, "with" | "to" | "on" | "against" | "between" | "from" | "at"));
    let does = if led || !matches!(class.does.as_str(), "resign") { format!("{} @", class.does) } else { class.does.clone() };
    Wording { does, done: None, noun }
}

/// The words of a happening in a tree.
pub(super) fn of(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate, others: &[Someone]) -> Wording {
    if c.hit.form == Form::Noun {
        return of_class(c.hit.class, noun_phrase(ctx, tree, c));
    }
    let class = of_class(c.hit.class, None);
    if c.hit.class.host || c.hit.class.receives {
        return class;
    }
    let passive = tree.passive(c.at);
    let base = tree.lemma(c.at).to_owned();
    let plain = base.chars().all(char::is_alphabetic) && tree.is_verb(c.at) && base != "be";
    if !plain {
        return class;
    }
    let rest = behind(ctx, tree, c, others, passive);
    let done = tree.word(c.at).to_owned();
    let word = |c: &str| if c.is_empty() { String::new() } else { format!(" {c}") };
    if passive {
        let after = word(&rest);
        let does = match tree.child(c.at, &["nsubj:pass"]) {
            _ if !others.is_empty() => format!("{base} @{after}"),
            Some(s) => format!("{base} {}{after}", text(ctx, tree, tree.phrase(s))),
            None => return class,
        };
        return Wording { does, done: Some(format!("{done}{after}")), noun: None };
    }
    Wording { does: format!("{base}{}", word(&rest)), done: None, noun: None }
}

/// What stands behind the verb as far as it belongs to it, the other side as `@`.
fn behind(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate, others: &[Someone], passive: bool) -> String {
    let v = c.at;
    let mut out: Vec<String> = Vec::new();
    let mut count = 0;
    let mut sides = false;
    let rels = ["compound:prt", "iobj", "obj", "obl", "xcomp", "advcl", "nmod"];
    let mut at = v + 1;
    while at < tree.len() && count < LONGEST {
        let Some(child) = tree.under(v, &rels).find(|k| first(tree, *k) == at) else { break };
        let timed = ctx.facts.times.iter().any(|t| t.span.overlaps(tree.clause.span(child, child + 1)));
        let place = matches!(tree.case(child), Some("in" | "at" | "near" | "outside" | "by")) && tree.is(child, &["obl", "nmod"]);
        if timed || place || passive && tree.rel(child) == "obl:agent" {
            break;
        }
        if tree.is(child, &["advcl"]) && !tree.under(child, &["mark"]).any(|m| matches!(tree.word(m), "of" | "for" | "from")) {
            break;
        }
        if tree.is(child, &["xcomp", "advcl"]) {
            let end = clause_end(tree, child);
            let words = text(ctx, tree, (at, end));
            count += end - at;
            out.push(words);
            at = end;
            continue;
        }
        let who = parts::everybody(ctx, tree, child);
        let (start, end) = span(tree, child);
        let other = !who.is_empty() && who.iter().all(|w| others.contains(w));
        if other && !sides {
            let lead = text(ctx, tree, (at, start));
            out.push(if lead.is_empty() { "@".to_owned() } else { format!("{lead} @") });
            sides = true;
            count += 2;
        } else {
            out.push(text(ctx, tree, (at, end)));
            count += end - at;
        }
        at = end;
    }
    let mut words = out.join(" ");
    if !sides && !others.is_empty() && words.is_empty() && !passive {
        "@".clone_into(&mut words);
    }
    words
}

/// A verb in its dictionary form with its object.
pub(super) fn deed(ctx: &Context<'_>, tree: &Tree<'_, '_>, v: usize) -> String {
    let copula = tree.child(v, &["cop"]).is_some();
    let base = if copula { format!("be {}", text(ctx, tree, (v, v + 1))) } else { tree.lemma(v).to_owned() };
    let rest = text(ctx, tree, (v + 1, clause_end(tree, v)));
    if rest.is_empty() { base } else { format!("{base} {rest}") }
}

/// The first token of what hangs on a word, itself included.
fn first(tree: &Tree<'_, '_>, i: usize) -> usize {
    let mut at = i;
    while let Some(l) = tree.children(at).iter().copied().filter(|c| *c < at).min() {
        at = l;
    }
    at
}

/// A noun phrase with those joined to it.
fn span(tree: &Tree<'_, '_>, np: usize) -> (usize, usize) {
    let all = tree.joined(np);
    let (mut start, mut end) = tree.phrase(np);
    for n in all {
        let (a, b) = tree.phrase(n);
        start = start.min(a);
        end = end.max(b);
    }
    (start, end)
}

/// One past the object of a clause below the verb.
fn clause_end(tree: &Tree<'_, '_>, v: usize) -> usize {
    let object = tree.under(v, &["obj", "iobj", "compound:prt"]).filter(|o| *o > v).map(|o| span(tree, o).1);
    let goal = tree
        .under(v, &["obl"])
        .filter(|o| *o > v && matches!(tree.case(*o), Some("to" | "with" | "on" | "from" | "of")))
        .map(|o| tree.phrase(o).1);
    let below = tree.under(v, &["xcomp"]).filter(|x| *x > v).map(|x| clause_end(tree, x));
    let first = object.chain(below).chain(goal).min().unwrap_or(v + 1);
    first.max(v + 1)
}

/// A noun with what belongs to it, less its article and owner: "talks on fishing quotas".
fn noun_phrase(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate) -> Option<String> {
    let (mut start, end) = tree.phrase(c.at);
    let owner = tree.under(c.at, &["nmod:poss"]).map(|o| tree.child(o, &["case"]).map_or(o, |k| k) + 1).max();
    start = owner.unwrap_or(start).min(c.at);
    while start < c.at && (matches!(tree.upos(start), Upos::Det | Upos::Punct) || matches!(tree.word(start), "no" | "such" | "new")) {
        start += 1;
    }
    let text = text(ctx, tree, (start, end.min(start + LONGEST)));
    (!text.is_empty()).then_some(text)
}

/// The words of some tokens, without articles, as printed.
fn text(ctx: &Context<'_>, tree: &Tree<'_, '_>, (a, b): (usize, usize)) -> String {
    let mut out = String::new();
    let mut end = None;
    for i in a..b {
        let span = tree.clause.span(i, i + 1);
        if matches!(tree.word(i), "the" | "a" | "an" | "\"" | "\u{201c}" | "\u{201d}" | "``" | "''") {
            continue;
        }
        if end.is_some_and(|e| e < span.start) {
            out.push(' ');
        }
        out.push_str(span.of(&ctx.report.text));
        end = Some(span.end);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without a tree.
pub(super) fn by_position(clause: &Clause<'_>, class: &Class, form: Form, words: (usize, usize)) -> Wording {
    let noun = (form == Form::Noun).then(|| (words.0..words.1).filter_map(|i| clause.word(i)).collect::<Vec<_>>().join(" "));
    of_class(class, noun)
}
