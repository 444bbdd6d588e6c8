//! The words of a heading: what is done, taken from the sentence itself where a verb tells it, else from the class.

use super::clause::Clause;
use super::find::Candidate;
use super::participants::Someone;
use super::parts;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::status::{Link, STATUS};
use chancery_lexicon::verbs::VERBS;
use chancery_lexicon::verbs::{Class, Form};
use chancery_model::facts::Wording;
use chancery_model::mark::Upos;
use chancery_model::vocab::EventType;

/// How many words a heading takes from behind the verb.
const LONGEST: usize = 11;

/// The words by the class alone. Nouns other than of meeting, leaving and arrest keep their own words: a "delivery" need
/// not be of what the class delivers.
pub(super) fn of_class(class: &Class, noun: Option<String>) -> Wording {
    let verb = noun.is_none()
        || class.kind == EventType::Consult
        || class.kind == EventType::Retreat
        || class.patient;
    let does = match class.does.as_str() {
        _ if !verb => String::new(),
        "resign" => class.does.clone(),
        does => format!("{does} @"),
    };
    Wording { does, noun, ..Wording::default() }
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
    let rest = behind(ctx, tree, c, others, passive);
    // "is also to call on": no copula.
    let to = c.at.checked_sub(1).is_some_and(|t| tree.word(t) == "to") && tree.is_verb(c.at);
    if let Some(be) = tree.child(c.at, &["cop"]).filter(|_| c.hit.words > 1 && !to) {
        // "is ready to help"
        let does = format!("be {} {rest}", text(ctx, tree, (be + 1, c.at + 1))).trim_end().to_owned();
        return Wording { does, ..Wording::default() };
    }
    // A class without words of its own: the verb is the one of the sentence.
    let own = c.hit.class.verbs.is_empty().then(|| tree.lemma(c.at));
    let base = own.or_else(|| VERBS.base(c.hit.class, tree.word(c.at)));
    let Some(base) = base.filter(|_| tree.is_verb(c.at)) else {
        return class;
    };
    let done = tree.word(c.at).to_owned();
    // Whoever it is done to stands first: what leads the other side is left out with them.
    let rest = match rest.split_once('@').filter(|_| passive) {
        Some((before, _)) => {
            let mut words: Vec<&str> = before.split_whitespace().collect();
            let leads =
                |w: &str| matches!(w, "to" | "from" | "with" | "for" | "of" | "by" | "on" | "at" | "against");
            words.truncate(words.iter().rposition(|w| !leads(w)).map_or(0, |n| n + 1));
            words.join(" ")
        }
        None => rest,
    };
    let word = |c: &str| if c.is_empty() { String::new() } else { format!(" {c}") };
    if passive {
        let after = word(&rest);
        let does = match tree.child(c.at, &["nsubj:pass"]) {
            _ if !others.is_empty() => format!("{base} @{after}"),
            Some(s) => format!("{base} {}{after}", text(ctx, tree, tree.phrase(s))),
            None => return class,
        };
        return Wording { does, done: Some(format!("{done}{after}")), ..Wording::default() };
    }
    Wording { does: format!("{base}{}", word(&rest)), ..Wording::default() }
}

/// What stands behind the verb as far as it belongs to it, the other side as `@`.
fn behind(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    others: &[Someone],
    passive: bool,
) -> String {
    let v = c.at;
    let mut out: Vec<String> = Vec::new();
    let mut count = 0;
    let mut sides = false;
    let rels = ["compound:prt", "iobj", "obj", "obl", "xcomp", "ccomp", "advcl", "nmod"];
    let asks = matches!(
        c.hit.class.kind,
        EventType::Request | EventType::Agree | EventType::Threaten | EventType::Reject
    );
    let mut at = v + 1;
    // "were turned back twice"
    let particle = matches!(tree.word(at), "back" | "away" | "down" | "off" | "out" | "over" | "up" | "home")
        && tree.head(at) == Some(v)
        && tree.is(at, &["advmod"])
        && c.hit.end <= at;
    if particle {
        out.push(text(ctx, tree, (at, at + 1)));
        at += 1;
    }
    // "call on", "march against": the words of the pattern that stand right behind.
    if c.start == v && c.hit.end > at && c.hit.end - v == c.hit.words {
        out.push(text(ctx, tree, (at, c.hit.end)));
        at = c.hit.end;
    }
    while at < tree.len() && count < LONGEST {
        // What a dash or colon sets off is another matter.
        if BREAKS.contains(&tree.word(at)) && !tree.clause.joined(at) {
            break;
        }
        let Some(child) = tree.under(v, &rels).find(|k| first(tree, *k, at) == Some(at)) else { break };
        let (start, end) = span(tree, child);
        let (start, end) = (start.max(at), end.max(at + 1));
        if ctx.facts.times.iter().any(|t| t.span.overlaps(tree.clause.span(child, child + 1))) {
            at = end;
            continue;
        }
        let who = parts::everybody(ctx, tree, child);
        let other = !who.is_empty() && who.iter().all(|w| others.contains(w));
        let place = matches!(tree.case(child), Some("in" | "at" | "near" | "outside" | "by"))
            && tree.is(child, &["obl", "nmod"]);
        if place && !other || passive && tree.rel(child) == "obl:agent" {
            break;
        }
        if tree.is(child, &["advcl"])
            && !tree
                .under(child, &["mark"])
                .any(|m| matches!(tree.word(m), "of" | "for" | "from") || asks && tree.word(m) == "to")
        {
            break;
        }
        // "agrees that the talks should go on": whole or not at all.
        if tree.is(child, &["ccomp"]) {
            let end = below_end(tree, child);
            if end <= at || end - at > LONGEST + 2 - count.min(LONGEST) || !out.is_empty() && !asks {
                break;
            }
            out.push(text(ctx, tree, (at, end)));
            break;
        }
        if tree.is(child, &["xcomp", "advcl"]) {
            let end = clause_end(tree, child).max(at + 1);
            out.push(text(ctx, tree, (at, end)));
            count += end - at;
            at = end;
            continue;
        }
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
    out.retain(|w| !w.is_empty());
    // What stood behind it was left out.
    while out
        .last()
        .is_some_and(|w| matches!(w.as_str(), "that" | "to" | "of" | "over" | "with" | "for" | "from"))
    {
        out.pop();
    }
    let mut words = out.join(" ");
    if !sides && !others.is_empty() && words.is_empty() && !passive {
        "@".clone_into(&mut words);
    }
    words
}

/// What befell a thing, as a headline says it: "ferry sinks", "victims buried".
pub(super) fn befell(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate) -> Option<String> {
    let subject = tree.child(c.at, &["nsubj", "nsubj:pass"])?;
    let (from, to) = tree.phrase(subject);
    let subject = text(ctx, tree, (from, to.min(from + LONGEST)));
    let verb = if tree.passive(c.at) {
        tree.word(c.at).to_owned()
    } else {
        VERBS.third(VERBS.base(c.hit.class, tree.word(c.at))?)
    };
    let rest = if c.hit.end > c.at + 1 { text(ctx, tree, (c.at + 1, c.hit.end)) } else { String::new() };
    (!subject.is_empty()).then(|| format!("{subject} {verb} {rest}").trim_end().to_owned())
}

/// A verb in its dictionary form with its object.
pub(super) fn deed(ctx: &Context<'_>, tree: &Tree<'_, '_>, v: usize) -> String {
    let copula = tree.child(v, &["cop"]).is_some();
    let base = if copula { format!("be {}", text(ctx, tree, (v, v + 1))) } else { tree.lemma(v).to_owned() };
    let rest = text(ctx, tree, (v + 1, clause_end(tree, v)));
    if rest.is_empty() { base } else { format!("{base} {rest}") }
}

/// The first token, from `from` on, of what hangs on a word, itself included.
fn first(tree: &Tree<'_, '_>, i: usize, from: usize) -> Option<usize> {
    (from..=i).find(|t| *t == i || tree.above(*t).any(|h| h == i))
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

/// Marks that set off another matter.
const BREAKS: &[&str] = &["--", "-", "\u{2014}", "\u{2013}", "(", ":", ";", "..."];

/// One past the last word below a verb, up to a mark that sets off another matter.
fn below_end(tree: &Tree<'_, '_>, v: usize) -> usize {
    let inside = |i: usize| i == v || tree.above(i).any(|h| h == v);
    let last = (v..tree.len()).take_while(|i| inside(*i)).last().unwrap_or(v) + 1;
    let stop = (v..last).find(|i| BREAKS.contains(&tree.word(*i)) && !tree.clause.joined(*i)).unwrap_or(last);
    let bare = |i: usize| tree.upos(i) == Upos::Punct;
    let mut end = stop;
    while end > v + 1 && bare(end - 1) {
        end -= 1;
    }
    end
}

/// One past the object of a clause below the verb.
fn clause_end(tree: &Tree<'_, '_>, v: usize) -> usize {
    let whole =
        tree.under(v, &["obj", "iobj", "compound:prt"]).filter(|o| *o > v).map(|o| span(tree, o).1).max();
    // "keep his hands up", "help people understand the past"
    if let Some(end) = whole {
        let more = tree.under(v, &["xcomp"]).find(|x| (end..=end + 1).contains(x));
        return more.map_or(end, |x| clause_end(tree, x).min(v + LONGEST)).max(v + 1);
    }
    let object = std::iter::empty();
    let goal = tree
        .under(v, &["obl"])
        .filter(|o| *o > v && matches!(tree.case(*o), Some("to" | "with" | "on" | "from" | "of")))
        .map(|o| tree.phrase(o).1);
    let below = tree.under(v, &["xcomp"]).filter(|x| *x > v).map(|x| clause_end(tree, x));
    let aside = (v + 1 < tree.len()
        && matches!(tree.word(v + 1), "aside" | "down" | "out" | "back" | "away" | "off" | "over" | "up"))
    .then_some(v + 2);
    let first = object.chain(below).chain(goal).chain(aside).min().unwrap_or(v + 1);
    first.max(v + 1)
}

/// A noun with what belongs to it, less its article and owner: "talks on fishing quotas".
fn noun_phrase(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate) -> Option<String> {
    let (mut start, end) = tree.phrase(c.at);
    let owner = tree.under(c.at, &["nmod:poss"]).map(|o| tree.child(o, &["case"]).map_or(o, |k| k) + 1).max();
    start = owner.unwrap_or(start).min(c.at);
    let idle = |i: usize| {
        matches!(tree.upos(i), Upos::Det | Upos::Punct | Upos::Adv)
            || matches!(tree.word(i), "no" | "such" | "so" | "called" | "-")
            || tree.word(i) == "new" && !tree.word_is_capital(i)
            || STATUS.linked(Link::With, tree.word(i)).is_some()
    };
    while start < c.at && idle(start) {
        start += 1;
    }
    // A clause set off by dashes or commas is not part of it.
    let stop = (c.at + 1..end)
        .find(|i| matches!(tree.word(*i), "--" | "," | "\u{2014}" | "\u{2013}" | "("))
        .unwrap_or(end);
    let text = text(ctx, tree, (start, stop.min(start + LONGEST)));
    let named = ctx.marks.names.iter().any(|n| n.tokens.has(tree.clause.first() + start));
    let lower = start == 0 && !named && tree.upos(0) != Upos::Propn;
    let mut letters = text.chars();
    let text = match letters.next() {
        Some(f) if lower => f.to_lowercase().collect::<String>() + letters.as_str(),
        _ => text,
    };
    (!text.is_empty()).then_some(text)
}

/// The words of some tokens, without articles, as printed.
fn text(ctx: &Context<'_>, tree: &Tree<'_, '_>, (a, b): (usize, usize)) -> String {
    let mut out = String::new();
    let mut end = None;
    for i in a..b {
        let span = tree.clause.span(i, i + 1);
        let joined = tree.clause.hyphened(i) || tree.word(i + 1) == "-" && tree.clause.joined(i + 1);
        if !joined
            && matches!(tree.word(i), "the" | "a" | "an" | "\"" | "\u{201c}" | "\u{201d}" | "``" | "''")
        {
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
    let noun = (form == Form::Noun)
        .then(|| (words.0..words.1).filter_map(|i| clause.word(i)).collect::<Vec<_>>().join(" "));
    of_class(class, noun)
}
