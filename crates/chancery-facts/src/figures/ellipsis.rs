//! A second number for one thing: "The monitors count 2,300 dead; the ministry speaks of 2,000." The second names
//! neither what is counted nor how; it takes both from the figure before it.

use crate::Context;
use crate::entities::{self, view::View};
use chancery_lexicon::{measures, people};
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;
use chancery_model::span::TokenRange;

/// Gives bare numbers what the figure before them counts.
pub(super) fn fill(ctx: &mut Context<'_>, view: &View<'_>, figures: &mut [Figure]) {
    for f in figures.iter_mut().filter(|f| f.speaker.is_none()) {
        if let Some(words) = own_count(view, f) {
            f.speaker = entities::resolve(ctx, words).map(|(e, _)| e);
        }
    }
    if let Some(f) = figures.first_mut()
        && let Some(words) = who_puts(view, f)
    {
        f.speaker = entities::resolve(ctx, words).map(|(e, _)| e);
    }
    for n in 1..figures.len() {
        // Nearer than whoever is quoted with the whole sentence.
        let put = figures.get(n).and_then(|f| who_puts(view, f));
        let gapped =
            figures.get(n).filter(|_| put.is_none()).and_then(|f| gapped(view, figures.get(n - 1)?, f));
        if let (Some(words), Some(f)) = (put.or(gapped), figures.get_mut(n)) {
            f.speaker = entities::resolve(ctx, words).map(|(e, _)| e);
            // Whoever counts is not what is counted.
            if gapped.is_some() && f.subject.as_deref().is_some_and(|s| words.of(view.text).contains(s)) {
                f.subject = None;
            }
        }
        let (before, rest) = figures.split_at_mut(n);
        let (Some(model), Some(bare)) = (before.last(), rest.first_mut()) else { continue };
        let same = bare.measure == model.measure && put.is_some();
        let nothing_said = (bare.measure == "count" || same)
            && bare.subject.is_none()
            && bare.unit.is_none()
            && bare.derivation.is_none();
        let new_word = bare.speaker.is_some() && bare.speaker != model.speaker;
        if nothing_said
            && new_word
            && (measures::is_toll(&model.measure) || matches!(model.measure.as_str(), "count" | "attendance"))
            && stands_bare(view, bare)
            && near(view, model, bare)
        {
            bare.measure.clone_from(&model.measure);
            bare.subject.clone_from(&model.subject);
            bare.of.clone_from(&model.of);
            bare.as_of = bare.as_of.or(model.as_of);
            bare.maker.by = format!("{}+ellipsis", bare.maker.by);
        }
    }
}

/// "The army lost 133 men, by its own count": the subject of the verb above the number.
fn own_count(view: &View<'_>, f: &Figure) -> Option<Span> {
    let at = view.segments.tokens_in(f.span).start as usize;
    let sentence = view.segments.sentences.get(view.segments.sentence_of(at)?)?;
    let by = (at..sentence.tokens.end as usize).find(|t| {
        view.low(*t) == "by"
            && matches!(view.low(t + 1).as_str(), "its" | "their" | "his" | "her")
            && view.low(t + 2) == "own"
            && matches!(
                view.low(t + 3).as_str(),
                "count"
                    | "figures"
                    | "tally"
                    | "estimate"
                    | "estimates"
                    | "reckoning"
                    | "account"
                    | "numbers"
            )
    });
    by?;
    let mut verb = at;
    for _ in 0..6 {
        verb = view.head(verb)?;
        if view.upos(verb) == Some(Upos::Verb) {
            break;
        }
    }
    let subject = view.children(verb).find(|c| view.rel(*c).starts_with("nsubj") && *c < at)?;
    let of = |c: &usize| {
        *c < subject && matches!(view.rel(*c), "det" | "amod" | "compound" | "nmod:poss" | "flat")
    };
    let start = view.children(subject).filter(of).min().unwrap_or(subject);
    let end =
        view.children(subject).filter(|c| *c > subject && matches!(view.rel(*c), "flat" | "appos")).max();
    Some(view.segments.span(TokenRange::new(start, end.unwrap_or(subject) + 1)))
}

/// Who puts a figure at a number ("the army puts the toll at 40", "the ministry speaks of 2,000"): the words from the
/// start of the clause to the verb.
fn who_puts(view: &View<'_>, f: &Figure) -> Option<Span> {
    let first = view.segments.tokens_in(f.span).start as usize;
    let is = |at: usize, list: &[&str]| list.contains(&view.low(at).as_str());
    let at = if first >= 4
        && is(first - 4, &["puts", "put"])
        && is(first - 3, &["the"])
        && is(first - 2, &["figure", "number", "toll", "total"])
        && is(first - 1, &["at"])
    {
        first - 4
    } else if first >= 2 && is(first - 1, &["of"]) && is(first - 2, &["speaks", "spoke", "talks", "talked"]) {
        first - 2
    } else if first >= 1 && is(first - 1, &["counts", "counted", "gives", "gave", "lists", "listed"]) {
        first - 1
    } else {
        return None;
    };
    let sentence = view.segments.sentences.get(view.segments.sentence_of(at)?)?;
    let clause = (sentence.tokens.start as usize..at)
        .rev()
        .find(|t| is(*t, &[";", ",", ":", "—", "–", "but", "and", "while", "whereas"]))
        .map_or(sentence.tokens.start as usize, |t| t + 1);
    let start = (clause..at).find(|t| !is(*t, &["but", "and", "while", "whereas", "though"])).unwrap_or(at);
    (start < at && at - start <= 8).then(|| view.segments.span(TokenRange::new(start, at)))
}

/// "The government counts more than 3,200 dead, the monitors at least 3,500": the words between the comma and the number, where
/// somebody counts before it and no verb comes between.
fn gapped(view: &View<'_>, model: &Figure, f: &Figure) -> Option<Span> {
    model.speaker?;
    let (first, last) = (view.segments.tokens_in(model.span), view.segments.tokens_in(f.span));
    let (from, to) = (first.end as usize, last.start as usize);
    let sentence = view.segments.sentences.get(view.segments.sentence_of(to)?)?;
    if from <= sentence.tokens.start as usize {
        return None;
    }
    let join = |t: &usize| matches!(view.low(*t).as_str(), "," | ";" | "and" | "but" | "while");
    let start = (from..to).rev().find(join)? + 1;
    let plain = |t: usize| {
        matches!(
            view.upos(t),
            Some(Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj | Upos::Pron | Upos::Adp | Upos::Part)
        ) && !view.word(t).chars().all(|c| c.is_ascii_digit())
    };
    let somebody = people::acts(&view.low(to.checked_sub(1)?)) || view.ending_at(to).is_some();
    let words = view.segments.span(TokenRange::new(start, to));
    (start < to && to - start <= 5 && somebody && (start..to).all(plain)).then_some(words)
}

/// Whether nothing that could be counted follows: the number ends its clause.
fn stands_bare(view: &View<'_>, f: &Figure) -> bool {
    let rest = view.text.get(f.span.hi()..).unwrap_or("");
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '–' | '—' | ')'))
        || rest.starts_with('\n')
}

/// Whether the two stand in one sentence or in neighbouring ones.
fn near(view: &View<'_>, a: &Figure, b: &Figure) -> bool {
    let sentence = |f: &Figure| {
        let tokens = view.segments.tokens_in(f.span);
        view.segments.sentence_of(tokens.start as usize)
    };
    // Paragraphs are short in news: the number taken up may stand in the one before, with a headline or an
    // advertisement between.
    matches!((sentence(a), sentence(b)), (Some(x), Some(y)) if y.saturating_sub(x) <= 2)
}
