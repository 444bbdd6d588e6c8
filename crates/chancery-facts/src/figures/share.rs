//! Parts of something: "a third of them", "four out of five houses", "three times as many".

use super::about::{self, back_word};
use super::carried::base_of;
use super::{as_of, number, phrase, whose};
use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::{counting, measures, numbers, units};
use chancery_model::Span;
use chancery_model::facts::{Figure, Maker};
use chancery_model::mark::Upos;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{Qualifier, Sure};

/// A part as printed.
struct Part {
    /// First token.
    at: usize,
    /// One past the last token.
    end: usize,
    parts: f64,
    over: f64,
    span: Span,
    qualifier: Option<Qualifier>,
}

/// A part of an earlier figure ("a third of them"), worked out; or of something else ("a third of the seats"), as a share.
pub(super) fn read(
    ctx: &Context<'_>,
    view: &View<'_>,
    before: &[Figure],
    at: usize,
) -> Option<(Figure, usize)> {
    if let Some(found) = times_as_many(ctx, view, before, at) {
        return Some(found);
    }
    if let Some(found) = all_but(ctx, view, before, at) {
        return Some(found);
    }
    if let Some((part, noun)) = one_noun_in(view, at) {
        let (mut figure, end) = share(ctx, view, &part, before);
        figure.subject = Some(noun);
        return Some((figure, end));
    }
    if let Some(part) = ratio(view, at) {
        return Some(share(ctx, view, &part, before));
    }
    // "the second half of the month" is a time.
    let ordinal = at.checked_sub(1).is_some_and(|t| {
        matches!(
            view.low(t).as_str(),
            "first"
                | "second"
                | "other"
                | "latter"
                | "last"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
        )
    });
    if ordinal {
        return None;
    }
    let (byte, terms) = numbers::fraction_at(view.text, view.start(at))?;
    let end = number::token_end(view, at, byte)?;
    if !view.together(at, end.saturating_sub(1)) {
        return None;
    }
    let part = qualified(view, at, end, byte, terms.parts, terms.over);
    let of = view.low(end) == "of" && view.together(at, end);
    if of && numbers::scale(view.word(end + 2)).is_some_and(|s| s >= 1000.0) && view.low(end + 1) == "a" {
        // "a quarter of a million" is a number.
        return None;
    }
    if of && back_word(&view.low(end + 1)) {
        let of_such = matches!(view.low(end + 1).as_str(), "those" | "these");
        let who = of_such && matches!(view.low(end + 2).as_str(), "in" | "on" | "with" | "aged")
            || matches!(view.low(end + 2).as_str(), "who" | "that");
        return match base_of(view, before, at).filter(|_| !who) {
            Some(base) => worked_out(ctx, view, &part, before, base, end + 2),
            None => Some(share(ctx, view, &part, before)),
        };
    }
    // "of whom close to a quarter come from the coast".
    let first = view.segments.tokens_in(part.span).start as usize;
    let back = first.checked_sub(2).is_some_and(|t| {
        view.together(t, at)
            && view.low(t) == "of"
            && matches!(view.low(t + 1).as_str(), "whom" | "them" | "these" | "those" | "which")
    });
    if back
        && !of
        && let Some(base) = base_of(view, before, first).filter(|n| {
            before.get(*n).is_some_and(|f| view.together(view.segments.tokens_in(f.span).start as usize, at))
        })
    {
        return worked_out(ctx, view, &part, before, base, end);
    }
    // "eight million tonnes of grain, half of it to Asia".
    if of
        && matches!(view.low(end + 1).as_str(), "it" | "that" | "this" | "which")
        && let Some(base) = before.iter().rposition(|f| {
            view.together(view.segments.tokens_in(f.span).start as usize, at)
                && matches!(f.measure.as_str(), "money" | "weight" | "volume" | "area")
        })
        && base + 1 == before.len()
        && !matches!(view.low(end + 2).as_str(), "country" | "year" | "month" | "time")
    {
        let (mut figure, end) = worked_out(ctx, view, &part, before, base, end + 2)?;
        figure.unit = before.get(base).and_then(|f| f.unit.clone());
        figure.measure = before.get(base).map(|f| f.measure.clone()).unwrap_or(figure.measure);
        return Some((figure, end));
    }
    // "a quarter of the dead": of those counted as dead before.
    let kind = usize::from(view.low(end + 1) == "the");
    if of
        && kind == 1
        && let Some((_, _, m)) = measures::at(view.text, view.start(end + 2))
        && matches!(
            view.low(end + 2).as_str(),
            "dead" | "wounded" | "injured" | "missing" | "displaced" | "killed" | "detained"
        )
        && let Some(base) =
            before.iter().rposition(|f| f.measure == m && f.unit.is_none() && f.derivation.is_none())
    {
        let (mut figure, end) = worked_out(ctx, view, &part, before, base, end + 3)?;
        if figure.subject.is_none() || figure.subject != before.get(base).and_then(|b| b.subject.clone()) {
            figure.subject = Some(view.low(end - 1));
        }
        figure.measure = m.to_owned();
        return Some((figure, end));
    }
    // "a third of the 1.5 million who did so": of a number that stands right behind.
    if of
        && matches!(view.low(end + 1).as_str(), "the" | "those" | "its" | "their" | "some" | "nearly")
        && let Some(whole) = number::read(view, end + 2)
        && units::after(view.text, view.start(whole.end)).is_none()
        && units::before(view.text, view.start(whole.start)).is_none()
        && let Some(value) = whole.low.filter(|v| whole.low == whole.high && *v >= 20.0)
        && let (mut figure, _) = share(ctx, view, &part, before)
    {
        let of_it = (value * part.parts / part.over).round();
        (figure.low, figure.high) = bounds((Some(of_it), Some(of_it)), part.qualifier);
        if part.qualifier.is_none() && (value * part.parts / part.over).fract() != 0.0 {
            figure.qualifier = Qualifier::About;
        }
        figure.unit = None;
        let noun = phrase::end(view, whole.end).unwrap_or(whole.end);
        let told = super::measure::verb_after(view, noun)
            .or_else(|| measures::at(view.text, view.start(whole.end)).map(|x| x.2));
        figure.measure = told.unwrap_or("count").to_owned();
        figure.derivation = Some(format!("{} / {} × {value} ≈ {of_it}", part.parts, part.over));
        return Some((figure, end));
    }
    // "half the houses".
    let half = part.over == 2.0
        && part.parts == 1.0
        && view.together(at, end)
        && matches!(view.low(end).as_str(), "the" | "its" | "their" | "all" | "his");
    if of || half {
        return Some(share(ctx, view, &part, before));
    }
    // "output fell by two thirds".
    let first = view.segments.tokens_in(part.span).start as usize;
    let by = first.checked_sub(1).is_some_and(|t| view.low(t) == "by" && view.together(t, at));
    if by && part.over > 2.0 {
        let (mut figure, end) = share(ctx, view, &part, &[]);
        figure.subject = super::clause::bearer(view, first, end, "share", || {
            super::bearer::of_amount(view, first, end, "share").map(|(a, b)| phrase::words(view, a, b))
        });
        return Some((figure, end));
    }
    // "has offered just over half.", "a fifth less than a year ago", "were down by half".
    let first = view.segments.tokens_in(part.span).start as usize;
    let before_it = first.checked_sub(1).filter(|t| view.together(*t, at));
    // "a fifth has come in", "less than half has been pledged": of the money asked for.
    let verb = matches!(
        view.low(end).as_str(),
        "has"
            | "have"
            | "had"
            | "is"
            | "was"
            | "were"
            | "are"
            | "came"
            | "comes"
            | "went"
            | "goes"
            | "will"
            | "would"
    );
    let asked = verb
        && part.over >= 2.0
        && before.last().is_some_and(|f| {
            let there = view.segments.tokens_in(f.span);
            f.measure == "money" && at.saturating_sub(there.end as usize) <= 12
        });
    let pledged = before.last().is_some_and(|f| {
        f.measure == "money" && at.saturating_sub(view.segments.tokens_in(f.span).end as usize) <= 12
    });
    let closes = matches!(view.word(end), "." | "," | ";" | ")" | "") || !view.together(at, end);
    if asked
        || closes
            && pledged
            && first.checked_sub(1).is_some_and(|t| {
                matches!(view.upos(t), Some(Upos::Verb)) || view.upos(first) == Some(Upos::Adv)
            })
    {
        let (mut figure, end) = share(ctx, view, &part, &[]);
        figure.subject = before.last().filter(|_| asked).and_then(|f| f.subject.clone());
        return Some((figure, end));
    }
    let verb_or_by = before_it.is_some_and(|t| {
        matches!(view.low(t).as_str(), "by" | "to")
            || matches!(view.upos(t), Some(Upos::Verb)) && part.span.lo() < view.start(at)
    });
    let compared =
        matches!(view.low(end).as_str(), "less" | "more" | "fewer" | "higher" | "lower" | "cheaper");
    if closes && verb_or_by || compared && view.low(end + 1) != "of" {
        let (mut figure, end) = share(ctx, view, &part, &[]);
        figure.subject = super::clause::bearer(view, first, end, "share", || {
            super::bearer::of_amount(view, first, end, "share").map(|(a, b)| phrase::words(view, a, b))
        });
        return Some((figure, end));
    }
    // "as many as a third were women": of what was spoken of just before.
    let verb = matches!(view.low(end).as_str(), "were" | "are" | "have" | "had");
    let base = before
        .last()
        .filter(|f| verb && view.together(view.segments.tokens_in(f.span).start as usize, at))?;
    let mut out = share(ctx, view, &part, before).0;
    out.subject.clone_from(&base.subject);
    Some((out, end))
}

/// "453 men, all but 60 of them released": the rest of the figure before, with the arithmetic.
fn all_but(ctx: &Context<'_>, view: &View<'_>, before: &[Figure], at: usize) -> Option<(Figure, usize)> {
    if view.low(at) != "all" || !matches!(view.low(at + 1).as_str(), "but" | "except" | "save") {
        return None;
    }
    let left = number::read(view, at + 2)?;
    let less = left.low.filter(|_| left.low == left.high && view.together(at, left.start))?;
    let n = base_of(view, before, at)?;
    let base = before.get(n)?;
    let rest = |v: f64| v - less;
    let value = base.low.or(base.high).filter(|v| *v > less)?;
    let end = left.end;
    let span = Span::new(view.start(at), view.segments.tokens.get(end - 1)?.span.hi());
    let noun = phrase::end(view, end).filter(|_| view.together(at, end)).map(|e| phrase::words(view, end, e));
    let own = super::measure::verb_before(view, at, 4);
    // "82 are missing, all but nine of them from the island": nothing else is told of the rest.
    let plain = back_word(&view.low(end + 1)) && counting::is("preposition", &view.low(end + 2));
    let measure = own.or_else(|| plain.then_some(base.measure.as_str())).unwrap_or("count");
    let (statement, speaker) = whose(ctx, span);
    let figure = Figure {
        span,
        low: base.low.map(rest),
        high: base.high.map(rest),
        qualifier: base.qualifier,
        unit: None,
        measure: measure.to_owned(),
        subject: noun.or_else(|| base.subject.clone()),
        of: base.of.clone(),
        as_of: as_of(ctx, view, span),
        speaker,
        statement,
        derived_from: vec![u32::try_from(n).unwrap_or(u32::MAX)],
        derivation: Some(format!("{} − {less} = {}", amount_words(base), rest(value))),
        maker: Maker { by: "rules:figures:rest".into(), sure: Sure::Medium },
    };
    Some((figure, end))
}

/// The part with the words that say how exact it is.
fn qualified(view: &View<'_>, at: usize, end: usize, byte: usize, parts: f64, over: f64) -> Part {
    let mut span = Span::new(view.start(at), byte);
    let mut qualifier = None;
    for _ in 0..2 {
        let Some((from, q)) =
            numbers::qualifier_before(view.text, span.lo()).filter(|x| x.1 != Qualifier::Exact)
        else {
            break;
        };
        let first = view.segments.tokens_in(Span::new(from, span.hi())).start as usize;
        if !view.together(first, at) {
            break;
        }
        span = Span::new(from, span.hi());
        qualifier = qualifier.or(Some(q));
    }
    Part { at, end, parts, over, span, qualifier }
}

/// "four out of five", "eight in ten of the arrivals".
fn ratio(view: &View<'_>, at: usize) -> Option<Part> {
    let small = |t: usize| {
        let word = view.word(t);
        numbers::word(word)
            .or_else(|| word.parse::<u32>().ok().map(f64::from))
            .filter(|v| *v >= 1.0 && *v <= 1000.0)
    };
    let parts = small(at)?;
    let out = view.low(at + 1) == "out" && view.low(at + 2) == "of";
    // "Nearly eight of 10 voters".
    let of_ten = view.low(at + 1) == "of"
        && matches!(view.word(at + 2), "10" | "ten")
        && numbers::qualifier_before(view.text, view.start(at)).is_some_and(|(_, q)| q == Qualifier::About);
    let second = if out {
        at + 3
    } else if of_ten || view.low(at + 1) == "in" {
        at + 2
    } else {
        return None;
    };
    // "one in every five".
    let second = second + usize::from(view.low(second) == "every");
    let over = small(second)?;
    let known = [
        2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 100.0, 1000.0,
    ]
    .contains(&over);
    let end = second + 1;
    if parts >= over || !known || !view.together(at, second) || number_goes_on(view, end) {
        return None;
    }
    if !out && !of_ten {
        // "killed two in five attacks" is no ratio: a ratio opens its clause or is closed by "of" or a verb.
        let next = view.low(end);
        let before = at.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
        // In words, with nothing done to the first number: "where nine in ten inhabitants fled".
        let plain = numbers::word(view.word(at)).is_some()
            && numbers::word(view.word(second)).is_some()
            && at.checked_sub(1).is_none_or(|t| {
                matches!(view.upos(t), Some(Upos::Noun | Upos::Propn | Upos::Punct)) && view.together(t, at)
                    || counting::is("stop", &before)
                    || matches!(before.as_str(), "than" | "least" | "roughly" | "yet" | "since")
                    || numbers::qualifier_before(view.text, view.start(at)).is_some() && view.together(t, at)
            });
        let opens = plain
            || at.checked_sub(1).is_none_or(|t| !view.together(t, at))
            || matches!(
                before.as_str(),
                "," | "and"
                    | "that"
                    | "said"
                    | "but"
                    | "“"
                    | "\""
                    | "only"
                    | "about"
                    | "nearly"
                    | "almost"
                    | "some"
                    | "every"
            )
            || at.checked_sub(1).is_some_and(|t| view.upos(t) == Some(Upos::Verb));
        let closes = matches!(next.as_str(), "of" | "has" | "have" | "had" | "is" | "are" | "was" | "were");
        if !(closes || opens) || units::after(view.text, view.start(end)).is_some() {
            return None;
        }
    }
    let byte = view.segments.tokens.get(second)?.span.hi();
    Some(qualified(view, at, end, byte, parts, over))
}

/// "one flight in three", "seven houses in ten": the part and its noun.
fn one_noun_in(view: &View<'_>, at: usize) -> Option<(Part, String)> {
    let parts = numbers::word(view.word(at)).filter(|v| (1.0..10.0).contains(v))?;
    let end = phrase::end(view, at + 1).filter(|e| view.low(*e) == "in" && *e <= at + 3)?;
    let over = numbers::word(view.word(end + 1)).filter(|v| (2.0..=20.0).contains(v) && *v > parts)?;
    let next = view.low(end + 2);
    let closes =
        phrase::stops(&next) || !next.starts_with(char::is_alphabetic) || counting::is("finite", &next);
    if !closes || !view.together(at, end + 1) {
        return None;
    }
    let byte = view.segments.tokens.get(end + 1)?.span.hi();
    Some((qualified(view, at, end + 2, byte, parts, over), phrase::words(view, at + 1, end)))
}

fn number_goes_on(view: &View<'_>, at: usize) -> bool {
    numbers::scale(view.word(at)).is_some() || matches!(view.word(at), "-" | "%")
}

fn bounds(value: (Option<f64>, Option<f64>), q: Option<Qualifier>) -> (Option<f64>, Option<f64>) {
    match q {
        Some(Qualifier::Over | Qualifier::AtLeast) => (value.0, None),
        Some(Qualifier::Under | Qualifier::AtMost) => (None, value.1),
        _ => value,
    }
}

/// A share of something that no figure counts.
fn share(ctx: &Context<'_>, view: &View<'_>, part: &Part, before: &[Figure]) -> (Figure, usize) {
    let value = part.parts / part.over;
    let (low, high) = bounds((Some(value), Some(value)), part.qualifier);
    let mut at = part.end;
    at += usize::from(view.low(at) == "of");
    let skip = usize::from(matches!(
        view.low(at).as_str(),
        "the" | "its" | "their" | "all" | "his" | "these" | "those"
    ));
    at += skip;
    at = about::past_number(view, at);
    at = about::past_owner(view, at);
    at = about::past_number(view, at);
    let here = view.together(part.at, at);
    let end = phrase::end(view, at).filter(|_| here);
    // "Of the 4,000 volunteers one in five".
    let earlier = || {
        let last = before.last()?;
        (view.segments.tokens_in(last.span).start > 0
            && view.together(view.segments.tokens_in(last.span).start as usize, part.at)
            && last.unit.is_none())
        .then(|| last.subject.clone())?
    };
    let subject = end.map(|e| phrase::words(view, at, e)).or_else(earlier);
    let (statement, speaker) = whose(ctx, part.span);
    let figure = Figure {
        span: part.span,
        low,
        high,
        qualifier: part.qualifier.unwrap_or(Qualifier::Exact),
        unit: Some("fraction".into()),
        measure: "share".into(),
        subject,
        of: None,
        as_of: as_of(ctx, view, part.span),
        speaker,
        statement,
        derived_from: Vec::new(),
        derivation: None,
        maker: Maker { by: "rules:figures:fraction".into(), sure: Sure::Medium },
    };
    (figure, part.end)
}

fn amount_words(base: &Figure) -> String {
    match (base.low, base.high) {
        (Some(a), Some(b)) if a != b => format!("{a} to {b}"),
        (a, b) => a.or(b).map(|v| v.to_string()).unwrap_or_default(),
    }
}

/// A part of a figure, with the arithmetic. `end` is one past the words that point at it.
fn worked_out(
    ctx: &Context<'_>,
    view: &View<'_>,
    part: &Part,
    before: &[Figure],
    n: usize,
    end: usize,
) -> Option<(Figure, usize)> {
    let base = before.get(n)?;
    let take = |v: f64| (v * part.parts / part.over).round();
    let last = view.segments.tokens.get(end - 1)?.span.hi();
    let span = Span::new(part.span.lo(), last);
    let of_what = amount_words(base);
    let words = view.segments.span(TokenRange::new(part.at, part.end)).of(view.text);
    let result = base
        .low
        .or(base.high)
        .map(|v| format!("{} / {} × {of_what} ≈ {}", part.parts, part.over, take(v)))
        .unwrap_or_default();
    let (subject, measure) = about::remark(view, end);
    let (low, high) = bounds(
        (base.low.or(base.high).filter(|_| base.low.is_some()).map(take), base.high.map(take)),
        part.qualifier,
    );
    let whole = |v: f64| (v * part.parts / part.over).fract() == 0.0;
    let even = base.low.is_none_or(whole) && base.high.is_none_or(whole);
    let qualifier = part.qualifier.unwrap_or(if base.qualifier == Qualifier::Exact && !even {
        Qualifier::About
    } else {
        base.qualifier
    });
    // "700 wounded, half of whom had been hit by grenades".
    let hurt = matches!(base.measure.as_str(), "killed" | "wounded" | "casualties");
    let measure = measure.filter(|m| !(*m == "struck" && hurt));
    let measure = measure.map_or_else(|| base.measure.clone(), str::to_owned);
    let (statement, speaker) = whose(ctx, span);
    Some((
        Figure {
            span,
            low,
            high,
            qualifier,
            unit: None,
            measure,
            subject: base.subject.clone().or_else(|| subject.clone()),
            of: base.of.clone(),
            as_of: as_of(ctx, view, span).or(base.as_of),
            speaker,
            statement,
            derived_from: vec![u32::try_from(n).unwrap_or(u32::MAX)],
            derivation: Some(match &subject {
                Some(s) if base.subject.is_some() && base.subject.as_ref() != Some(s) => {
                    format!("{words} of {of_what} ({s}): {result}")
                }
                _ => format!("{words} of {of_what}: {result}"),
            }),
            maker: Maker { by: "rules:figures:fraction".into(), sure: Sure::Medium },
        },
        end,
    ))
}

/// "three times as many", "twice that number", "half as many": of the figure before.
fn times_as_many(
    ctx: &Context<'_>,
    view: &View<'_>,
    before: &[Figure],
    at: usize,
) -> Option<(Figure, usize)> {
    let (by, mut end) = match view.low(at).as_str() {
        "twice" | "double" => (2.0, at + 1),
        "thrice" | "treble" | "triple" => (3.0, at + 1),
        "half" => (0.5, at + 1),
        _ => {
            let n =
                numbers::word(view.word(at)).or_else(|| view.word(at).parse::<u32>().ok().map(f64::from))?;
            (view.low(at + 1) == "times").then_some((n, at + 2))?
        }
    };
    let many = matches!(view.low(end + 1).as_str(), "many" | "much");
    let number = matches!(
        view.low(end + 1).as_str(),
        "number" | "figure" | "amount" | "sum" | "total" | "toll" | "many" | "count"
    );
    match view.low(end).as_str() {
        "as" if many => {}
        "that" | "this" if number => {}
        "the" if matches!(view.low(end + 1).as_str(), "figure" | "toll" | "total") => {}
        _ => return None,
    }
    end += 2;
    let byte = view.segments.tokens.get(end - 1)?.span.hi();
    let n = base_of(view, before, at)?;
    let base = before.get(n)?;
    let part = qualified(view, at, end, byte, by, 1.0);
    let take = |v: f64| v * by;
    let of_what = amount_words(base);
    let value = base.low.or(base.high)?;
    let (low, high) = bounds((base.low.map(take), base.high.map(take)), part.qualifier);
    // "three times as many wounded".
    let after = phrase::end(view, end).filter(|_| view.together(at, end));
    let subject = after
        .filter(|e| counting::is_plural(&view.low(e - 1)))
        .map(|e| phrase::words(view, end, e))
        .or_else(|| base.subject.clone());
    let measure =
        measures::at(view.text, view.start(end)).map_or_else(|| base.measure.clone(), |m| m.2.to_owned());
    let (statement, speaker) = whose(ctx, part.span);
    let figure = Figure {
        span: part.span,
        low,
        high,
        qualifier: part.qualifier.unwrap_or(base.qualifier),
        unit: base.unit.clone(),
        measure,
        subject,
        of: base.of.clone(),
        as_of: as_of(ctx, view, part.span),
        speaker,
        statement,
        derived_from: vec![u32::try_from(n).unwrap_or(u32::MAX)],
        derivation: Some(format!("{by} × {of_what} = {}", take(value))),
        maker: Maker { by: "rules:figures:times".into(), sure: Sure::Medium },
    };
    Some((figure, end))
}
