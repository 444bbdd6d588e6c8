//! Numbers claimed: how many, of what, measured how, by whose word.

mod about;
mod ellipsis;
mod exclude;
mod number;

use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::{numbers, units};
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Figure, Maker, StatementIx, TimeIx};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{Qualifier, Sure, TimeType};
use number::Number;

/// Adds the figures, in text order.
pub fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, &ctx.marks.names);
    let mut figures: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < ctx.segments.tokens.len() {
        let made = fraction(ctx, &view, &figures, at).or_else(|| counted(ctx, &view, &figures, at));
        match made {
            Some((figure, end)) => {
                figures.push(figure);
                at = end.max(at + 1);
            }
            // A number that is no claim is skipped whole, so that its parts are not read again.
            None => at = number::read(&view, at).map_or(at + 1, |n| n.end.max(at + 1)),
        }
    }
    ellipsis::fill(ctx, &view, &mut figures);
    ctx.facts.figures = figures;
}

/// A number with its unit, and the tokens that it and its unit take.
struct Amount {
    number: Number,
    unit: Option<&'static units::Unit>,
    /// One past the number, its unit and what qualifies it.
    end: usize,
}

fn counted(ctx: &Context<'_>, view: &View<'_>, before: &[Figure], at: usize) -> Option<(Figure, usize)> {
    let number = number::read(view, at)?;
    if (at + 1..number.end).any(|t| !view.together(at, t)) || exclude::is_no_claim(ctx, view, &number) {
        return None;
    }
    let mut amount = Amount { unit: None, end: number.end, number };
    let mut start = view.start(amount.number.start);
    let mut stop = view.segments.tokens.get(amount.number.end - 1).map_or(start, |t| t.span.hi());
    // "50-odd", "200 or more".
    let mut qualifier = amount.number.qualifier;
    let dash = usize::from(view.word(amount.end) == "-");
    if let Some((byte, q)) = numbers::qualifier_after(view.text, view.start(amount.end + dash))
        && let Some(end) = number::token_end(view, amount.end + dash, byte)
    {
        amount.end = end;
        stop = byte;
        qualifier = q;
    }
    let sign_at = if amount.number.qualifier == Qualifier::Range {
        view.start(amount.number.start + usize::from(view.low(amount.number.start) == "between"))
    } else {
        start
    };
    if let Some((from, u)) = units::before(view.text, sign_at).or_else(|| range_sign(view, &amount.number)) {
        start = start.min(from);
        amount.unit = Some(u);
    }
    let of = usize::from(view.low(amount.end) == "of" && qualifier == Qualifier::Vague);
    let hyphen = usize::from(view.word(amount.end) == "-");
    if amount.unit.is_none()
        && let Some((byte, u)) = units::after(view.text, view.start(amount.end + of + hyphen))
        && let Some(end) = number::token_end(view, amount.end + of + hyphen, byte)
    {
        amount.unit = Some(u);
        amount.end = end;
        // The sign or word of a share or a currency belongs to the figure; so does the unit of a length.
        stop = byte;
    }
    // Qualifiers before: "at least some 30" is at least.
    for _ in 0..3 {
        let Some((from, q)) = numbers::qualifier_before(view.text, start) else { break };
        let sentence = view
            .segments
            .sentence_of(at)
            .and_then(|s| view.segments.sentences.get(s))
            .map_or(0, |s| s.span.lo());
        if from < sentence {
            break;
        }
        if q != Qualifier::Exact {
            start = from;
            if matches!(qualifier, Qualifier::Exact | Qualifier::About) {
                qualifier = q;
            }
        } else if !view.text.get(from..start).is_some_and(|w| w.trim_end().ends_with(" of")) {
            break;
        } else {
            start = from;
        }
    }
    let span = Span::new(start, stop);
    let (low, high) = bounds(&amount.number, qualifier);
    let context = about::read(view, &amount, before, span);
    let measure = context.measure.unwrap_or("count").to_owned();
    // "one" is a number only where something is counted by it.
    let plain_one =
        !amount.number.digits && amount.number.low == Some(1.0) && amount.number.high == Some(1.0);
    if plain_one && (measure == "count" || amount.unit.is_some()) {
        return None;
    }
    let unit = amount.unit.map(|u| match about::rate(view, amount.end) {
        Some(per) => format!("{}/{per}", u.unit),
        None => u.unit.clone(),
    });
    let (statement, speaker) = whose(ctx, span);
    let figure = Figure {
        span,
        low,
        high,
        qualifier,
        unit,
        measure,
        subject: context.subject,
        of: context.of,
        as_of: as_of(ctx, view, span),
        speaker,
        statement,
        derived_from: Vec::new(),
        derivation: None,
        maker: Maker { by: "rules:figures".into(), sure: context.sure },
    };
    Some((figure, amount.end))
}

/// The currency sign before the second number of a range whose first has none.
fn range_sign(view: &View<'_>, n: &Number) -> Option<(usize, &'static units::Unit)> {
    (n.start..n.end).find_map(|t| {
        let end = view.segments.tokens.get(t)?.span.hi();
        units::before(view.text, end)
            .filter(|(from, _)| *from == view.start(t))
            .map(|(_, u)| (view.start(n.start), u))
    })
}

fn bounds(n: &Number, q: Qualifier) -> (Option<f64>, Option<f64>) {
    match (n.qualifier, q) {
        (Qualifier::Vague | Qualifier::Range, _) => (n.low, n.high),
        (_, Qualifier::Over | Qualifier::AtLeast) => (n.low, None),
        (_, Qualifier::Under | Qualifier::AtMost) => (None, n.high),
        _ => (n.low, n.high),
    }
}

/// A part of an earlier figure ("a third of them"), worked out; or of something else ("a third of the seats"), as a share.
fn fraction(ctx: &Context<'_>, view: &View<'_>, before: &[Figure], at: usize) -> Option<(Figure, usize)> {
    let (byte, part) = numbers::fraction_at(view.text, view.start(at))?;
    let end = number::token_end(view, at, byte)?;
    if view.low(end) != "of" || !view.together(at, end) {
        return None;
    }
    let next = view.low(end + 1);
    let back = matches!(next.as_str(), "them" | "those" | "these" | "whom" | "which");
    let sentence = view.segments.sentence_of(at)?;
    let near = |f: &Figure| {
        let there = view.segments.sentence_of(view.segments.tokens_in(f.span).start as usize);
        there.is_some_and(|s| s == sentence || s + 1 == sentence)
    };
    let base = before
        .iter()
        .enumerate()
        .rev()
        .find(|(_, f)| back && near(f) && f.unit.is_none() && f.derivation.is_none());
    let mut span = Span::new(view.start(at), byte);
    if back && let Some(t) = view.segments.tokens.get(end + 1) {
        span = Span::new(span.lo(), t.span.hi());
    }
    let mut qualifier = None;
    if let Some((from, q)) =
        numbers::qualifier_before(view.text, span.lo()).filter(|x| x.1 != Qualifier::Exact)
    {
        span = Span::new(from, span.hi());
        qualifier = Some(q);
    }
    let (statement, speaker) = whose(ctx, span);
    let maker = |sure| Maker { by: "rules:figures:fraction".into(), sure };
    if let Some((n, base)) = base {
        let words = numbers_words(view, at, end);
        let take = |v: f64| (v * part.parts / part.over).round();
        let subject = about::noun_phrase(view, end + 2).or_else(|| base.subject.clone());
        let of_what = match (base.low, base.high) {
            (Some(a), Some(b)) if a != b => format!("{a} to {b}"),
            (a, b) => a.or(b).map(|v| v.to_string()).unwrap_or_default(),
        };
        let result = base
            .low
            .or(base.high)
            .map(|v| format!("{} / {} × {of_what} ≈ {}", part.parts, part.over, take(v)));
        return Some((
            Figure {
                span,
                low: base.low.map(take),
                high: base.high.map(take),
                qualifier: qualifier.unwrap_or(if base.qualifier == Qualifier::Exact {
                    Qualifier::About
                } else {
                    base.qualifier
                }),
                unit: None,
                measure: base.measure.clone(),
                subject,
                of: base.of.clone(),
                as_of: as_of(ctx, view, span).or(base.as_of),
                speaker,
                statement,
                derived_from: vec![u32::try_from(n).unwrap_or(u32::MAX)],
                derivation: Some(format!("{words} of {of_what}: {}", result.unwrap_or_default())),
                maker: maker(Sure::Medium),
            },
            end + 2,
        ));
    }
    if back {
        return None;
    }
    let value = part.parts / part.over;
    let figure = Figure {
        span,
        low: Some(value),
        high: Some(value),
        qualifier: qualifier.unwrap_or(Qualifier::Exact),
        unit: Some("fraction".into()),
        measure: "share".into(),
        subject: about::noun_phrase(view, end + 1),
        of: None,
        as_of: as_of(ctx, view, span),
        speaker,
        statement,
        derived_from: Vec::new(),
        derivation: None,
        maker: maker(Sure::Medium),
    };
    Some((figure, end + 1))
}

fn numbers_words(view: &View<'_>, from: usize, to: usize) -> String {
    view.segments.span(TokenRange::new(from, to)).of(view.text).to_owned()
}

/// The innermost statement whose content holds the span, and its speaker.
fn whose(ctx: &Context<'_>, span: Span) -> (Option<StatementIx>, Option<EntityIx>) {
    let all = (0..).zip(&ctx.facts.statements);
    let holds = all.filter_map(|(n, s)| {
        let size = s.content.iter().filter(|c| c.contains(span)).map(|c| c.len()).min()?;
        let whole: usize = s.content.iter().map(|c| c.len()).sum();
        Some(((size, whole), n, s.speaker))
    });
    holds
        .min_by_key(|x: &((usize, usize), u32, Option<EntityIx>)| x.0)
        .map_or((None, None), |(_, n, speaker)| (Some(n), speaker))
}

/// The date in the same clause, else in the same sentence: the nearest.
fn as_of(ctx: &Context<'_>, view: &View<'_>, span: Span) -> Option<TimeIx> {
    let sentence = view.segments.sentence_of(view.segments.tokens_in(span).start as usize)?;
    let sentence = view.segments.sentences.get(sentence)?.span;
    let times = (0..).zip(&ctx.facts.times);
    let fits = times.filter(|(_, t)| {
        matches!(t.kind, TimeType::Date | TimeType::Time)
            && sentence.contains(t.span)
            && !t.span.overlaps(span)
    });
    let gap =
        |t: Span| if t.start >= span.end { t.start - span.end } else { span.start.saturating_sub(t.end) };
    fits.min_by_key(|(_, t)| gap(t.span)).map(|(n, _)| n)
}
