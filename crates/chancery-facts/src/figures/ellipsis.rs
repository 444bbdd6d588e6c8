//! A second number for one thing: "The monitors count 2,300 dead; the ministry speaks of 2,000." The second names
//! neither what is counted nor how; it takes both from the figure before it.

use crate::Context;
use crate::entities::{self, view::View};
use chancery_lexicon::measures;
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::span::TokenRange;

/// Gives bare numbers what the figure before them counts.
pub(super) fn fill(ctx: &mut Context<'_>, view: &View<'_>, figures: &mut [Figure]) {
    for n in 1..figures.len() {
        // Nearer than whoever is quoted with the whole sentence.
        let put = figures.get(n).and_then(|f| who_puts(view, f));
        if let (Some(words), Some(f)) = (put, figures.get_mut(n)) {
            f.speaker = entities::resolve(ctx, words).map(|(e, _)| e);
        }
        let (before, rest) = figures.split_at_mut(n);
        let (Some(model), Some(bare)) = (before.last(), rest.first_mut()) else { continue };
        let nothing_said = bare.measure == "count"
            && bare.subject.is_none()
            && bare.unit.is_none()
            && bare.derivation.is_none();
        let new_word = bare.speaker.is_some() && bare.speaker != model.speaker;
        if nothing_said
            && new_word
            && measures::is_toll(&model.measure)
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
