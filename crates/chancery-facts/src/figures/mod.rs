//! Numbers claimed: how many, of what, measured how, by whose word.

mod about;
mod age;
mod amounts;
mod bearer;
mod before;
mod carried;
mod clause;
mod compound;
mod decide;
mod elided;
mod ellipsis;
mod exclude;
mod fate;
mod frames;
mod measure;
mod number;
mod occasion;
mod phrase;
mod pointing;
mod share;
mod tree;
mod votes;
mod weighed;

use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::{counting, numbers, units};
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Figure, Maker, StatementIx, TimeIx};
use chancery_model::mark::Upos;
use chancery_model::vocab::{Qualifier, TimeType};
use number::Number;

/// Adds the figures, in text order.
pub fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut figures: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < ctx.segments.tokens.len() {
        let made = share::read(ctx, &view, &figures, at).or_else(|| counted(ctx, &view, &figures, at));
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
    weighed::fill(&view, &ctx.marks.numbers, &mut figures);
    occasion::fill(ctx, &view, &mut figures);
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
    // "15km", "(1,500 m)".
    let last = amount.number.end - 1;
    if amount.unit.is_none() {
        amount.unit = number::glued(view.word(last));
    }
    if amount.unit.is_none() && number::metres(view, amount.end) {
        amount.unit = units::of_code("metre");
        stop = view.segments.tokens.get(amount.end).map_or(stop, |t| t.span.hi());
        amount.end += 1;
    }
    let couple = view.low(amount.end.wrapping_sub(1)) == "couple";
    let of = usize::from(view.low(amount.end) == "of" && (qualifier == Qualifier::Vague || couple));
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
    // "two hours and a half".
    if amount.unit.is_some() && !amount.number.digits && number::and_half(view, amount.end) {
        amount.number.low = amount.number.low.map(|v| v + 0.5);
        amount.number.high = amount.number.high.map(|v| v + 0.5);
        amount.end += 3;
        stop = view.segments.tokens.get(amount.end - 1).map_or(stop, |t| t.span.hi());
    }
    // "weighs 236 pounds".
    let weighed = start_token(view, start).checked_sub(1).is_some_and(|t| {
        matches!(view.low(t).as_str(), "weighs" | "weighed" | "weighing" | "weigh") && view.together(t, at)
    });
    // "1,300 pounds (600 kgs) of powder": the brackets tell what is weighed.
    let in_brackets = (view.word(amount.end) == "(").then(|| number::read(view, amount.end + 1)).flatten();
    let weighed = weighed
        || in_brackets.is_some_and(|n| {
            units::after(view.text, view.start(n.end)).is_some_and(|(_, u)| u.measure == "weight")
        });
    if weighed && amount.unit.is_some_and(|u| u.measure == "money" && u.words.iter().any(|w| w == "pounds")) {
        amount.unit = units::after("lbs", 0).map(|x| x.1).filter(|u| u.measure == "weight");
    }
    // "by 55 to 45 percent", "from 10 to 40 pounds": the unit of the second is the first's too.
    if amount.unit.is_none()
        && matches!(view.low(amount.end).as_str(), "to" | "and" | "or")
        && let Some(second) = number::read(view, amount.end + 1).filter(|n| n.digits && amount.number.digits)
        && let Some((_, u)) = units::after(view.text, view.start(second.end)).filter(|(_, u)| {
            u.measure == "share" || view.low(start_token(view, start).wrapping_sub(1)) == "from"
        })
    {
        amount.unit = Some(u);
    }
    // Qualifiers before: "at least some 30" is at least.
    for _ in 0..3 {
        let Some((from, q)) = numbers::qualifier_before(view.text, start) else { break };
        let sentence = view
            .segments
            .sentence_of(at)
            .and_then(|s| view.segments.sentences.get(s))
            .map_or(0, |s| s.span.lo());
        if from < sentence
            || q == Qualifier::Over
                && (is_place_word(view, from, amount.unit) || is_particle(view, from, amount.unit))
        {
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
    if let Some(from) = within(view, start, amount.unit).filter(|_| qualifier == Qualifier::Exact) {
        start = from;
        qualifier = Qualifier::AtMost;
    }
    if let Some(from) = passing(view, start, amount.unit).filter(|_| qualifier == Qualifier::Exact) {
        start = from;
        qualifier = Qualifier::Over;
    }
    if let Some(from) = nearing(view, start).filter(|_| qualifier == Qualifier::Exact) {
        start = from;
        qualifier = Qualifier::About;
    }
    let span = Span::new(start, stop);
    if amount.unit.is_some_and(|u| u.hundredth) {
        amount.number.low = amount.number.low.map(|v| v / 100.0);
        amount.number.high = amount.number.high.map(|v| v / 100.0);
    }
    let (low, high) = bounds(&amount.number, qualifier);
    let mut context = about::read(view, &amount, before, span);
    let mut per = None;
    if let Some(left_out) = elided::unit(view, &amount, before, span, &context) {
        amount.unit = Some(left_out.unit);
        per = left_out.per;
        context = left_out.about;
    }
    let voted = amount.unit.is_none() && votes::cast(view, &amount.number);
    let measure = if voted { "votes" } else { context.measure.unwrap_or("count") }.to_owned();
    // "one" is a number only where something is counted by it.
    let plain_one =
        !amount.number.digits && amount.number.low == Some(1.0) && amount.number.high == Some(1.0);
    if plain_one && !counts_one(view, &amount, &measure, before) {
        return None;
    }
    let mut measure = measure;
    let unit = amount.unit.map(|u| match about::rate(view, amount.end) {
        // "winds of up to 130 km an hour".
        Some(per) => {
            if u.measure == "distance" && matches!(per, "hour" | "second" | "minute") {
                "speed".clone_into(&mut measure);
            }
            format!("{}/{per}", u.unit)
        }
        None => u.unit.clone(),
    });
    let unit = unit.map(|u| per.as_ref().map_or(u.clone(), |per| format!("{u}/{per}")));
    let unit = unit.map(|u| national(ctx, u, amount.unit, span));
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
        maker: Maker { by: format!("rules:figures{}", context.by), sure: context.sure },
    };
    Some((figure, amount.end))
}

/// The code of a currency whose name several states use: that of the state named nearest before it, else after.
fn national(ctx: &Context<'_>, printed: String, unit: Option<&units::Unit>, span: Span) -> String {
    let Some(unit) = unit.filter(|u| !u.states.is_empty()) else { return printed };
    let country = |m: &chancery_model::facts::Mention| {
        let of = m.entity.and_then(|e| ctx.facts.entities.get(e as usize)?.country.clone());
        of.or_else(|| ctx.facts.places.get(m.place? as usize)?.country.clone())
    };
    let code = |m: &chancery_model::facts::Mention| unit.states.get(&country(m)?);
    let sentence = view_sentence(ctx, span);
    let before = || ctx.facts.mentions.iter().rev().filter(|m| m.span.end <= span.start);
    // "three German marks".
    let own = ctx.facts.mentions.iter().filter(|m| m.span.overlaps(span)).find_map(code);
    let same = own.or_else(|| before().take_while(|m| m.span.start >= sentence).find_map(code));
    // Where the report comes from, before who is named far off.
    let written = || {
        let place = ctx.report.dateline.as_deref()?;
        let plain: String = place.split_whitespace().map(title_case).collect::<Vec<_>>().join(" ");
        let country = chancery_lexicon::cities::in_country(&plain, None).map(|c| c.country.to_owned());
        unit.states.get(&country?)
    };
    let before = same.or_else(written).or_else(|| before().find_map(code));
    let found = before.or_else(|| ctx.facts.mentions.iter().find_map(code));
    found.map_or(printed.clone(), |c| printed.replacen(&unit.unit, c, 1))
}

fn view_sentence(ctx: &Context<'_>, span: Span) -> u32 {
    ctx.segments.sentences.iter().find(|s| s.span.contains(span)).map_or(span.start, |s| s.span.start)
}

fn title_case(word: &str) -> String {
    let low = word.to_lowercase();
    let mut c = low.chars();
    c.next().map_or_else(String::new, |f| f.to_uppercase().collect::<String>() + c.as_str())
}

/// Whether "over" belongs to the verb before it: "handed over 15 men"; or "beyond" is a place: "work beyond 30 km".
fn is_particle(view: &View<'_>, from: usize, amount_of: Option<&units::Unit>) -> bool {
    let at = view.segments.tokens_in(Span::new(from, from + 1)).start as usize;
    let before = at.checked_sub(1).filter(|t| view.together(*t, at)).map(|t| view.low(t)).unwrap_or_default();
    match view.low(at).as_str() {
        "over" => {
            let preposition = view.upos(at) == Some(Upos::Adp) && view.rel(at) == "case";
            // The tree is not sure of "flew over 60 sorties".
            let verb = at.checked_sub(1).is_some_and(|t| view.upos(t) == Some(Upos::Verb));
            counting::is("particle", &before) || preposition && amount_of.is_none() && !verb
        }
        "beyond" => {
            units::after(view.text, view.start(at + 2)).is_some_and(|(_, u)| u.measure == "distance")
                && before != "well"
        }
        _ => false,
    }
}

/// Whether "over" is about space or time: "lay over 50 square kilometres", "met over three days".
fn is_place_word(view: &View<'_>, from: usize, unit: Option<&units::Unit>) -> bool {
    let at = view.segments.tokens_in(Span::new(from, from + 1)).start as usize;
    if view.low(at) != "over" {
        return false;
    }
    let before = at.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    let length = unit.is_some_and(|u| u.measure == "duration");
    counting::is("spread", &before)
        || length
            && !matches!(
                before.as_str(),
                "lasted"
                    | "for"
                    | "took"
                    | "of"
                    | "by"
                    | "is"
                    | "was"
                    | "spent"
                    | "in"
                    | "after"
                    | "takes"
                    | "just"
                    | "well"
            )
}

/// "within 20 kilometres", "within ten minutes": no more than that. Where the word begins.
fn within(view: &View<'_>, start: usize, unit: Option<&units::Unit>) -> Option<usize> {
    let first = view.segments.tokens_in(Span::new(start, start + 1)).start as usize;
    let before = first.checked_sub(1).filter(|t| view.together(*t, first) && view.low(*t) == "within")?;
    matches!(unit?.measure.as_str(), "duration" | "distance" | "share").then(|| view.start(before))
}

/// The token that a byte opens.
fn start_token(view: &View<'_>, byte: usize) -> usize {
    view.segments.tokens_in(Span::new(byte, byte + 1)).start as usize
}

/// "The toll nears 200": where the verb begins.
fn nearing(view: &View<'_>, start: usize) -> Option<usize> {
    let first = start_token(view, start);
    let verb = first
        .checked_sub(1)
        .filter(|t| view.together(*t, first) && counting::is("nearing", &view.low(*t)))?;
    let tally =
        (verb.saturating_sub(8)..verb).any(|t| view.together(t, verb) && counting::is("tally", &view.low(t)));
    tally.then(|| view.start(verb))
}

/// "The toll passes 200": where the verb begins.
fn passing(view: &View<'_>, start: usize, unit: Option<&units::Unit>) -> Option<usize> {
    let first = view.segments.tokens_in(Span::new(start, start + 1)).start as usize;
    // "the toll went past 700".
    let past = first.checked_sub(1).filter(|t| view.together(*t, first) && view.low(*t) == "past");
    if let Some(t) = past {
        let goes = t.checked_sub(1).is_some_and(|v| {
            matches!(
                view.low(v).as_str(),
                "went"
                    | "gone"
                    | "go"
                    | "goes"
                    | "rose"
                    | "risen"
                    | "climbed"
                    | "jumped"
                    | "moved"
                    | "surged"
                    | "crept"
                    | "shot"
            )
        });
        let tally = goes
            && (t.saturating_sub(9)..t).any(|x| view.together(x, t) && counting::is("tally", &view.low(x)));
        return tally.then(|| view.start(t));
    }
    let verb = first
        .checked_sub(1)
        .filter(|t| view.together(*t, first) && counting::is("passing", &view.low(*t)))?;
    let tally =
        (verb.saturating_sub(8)..verb).any(|t| view.together(t, verb) && counting::is("tally", &view.low(t)));
    // "the fund has passed €900,000": money that something has gone past.
    let sum = unit.is_some_and(|u| u.measure == "money");
    (tally || sum).then(|| view.start(verb))
}

/// Whether "one" is a number here: what is done to one, one beside another number, a length of time after "for".
fn counts_one(view: &View<'_>, amount: &Amount, measure: &str, before: &[Figure]) -> bool {
    let at = amount.number.start;
    let previous = at.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    if let Some(u) = amount.unit {
        return u.measure != "duration"
            || matches!(previous.as_str(), "for" | "within" | "lasted" | "than" | "in" | "under" | "least");
    }
    let part = previous == "," && view.low(at + 1) == "of" && about::back_word(&view.low(at + 2));
    if measure != "count" || part || pointing::one_of_so_many(view, &amount.number) {
        return true;
    }
    let noun = phrase::end(view, at + 1).filter(|_| view.together(at, at + 1));
    let beside =
        before.last().is_some_and(|f| view.together(view.segments.tokens_in(f.span).start as usize, at))
            || (at + 2..at + 6).take_while(|t| view.together(at, *t)).any(|t| about::number_like(view, t));
    // "there is one", "lost one tank".
    let there = matches!(previous.as_str(), "is" | "was" | "had" | "has" | "and" | "with")
        || at.checked_sub(1).is_some_and(|t| view.upos(t) == Some(Upos::Verb));
    // "need more than one injection".
    let at_all = matches!(previous.as_str(), "than" | "least" | "most");
    noun.is_some_and(|_| {
        !matches!(
            view.low(at + 1).as_str(),
            "day" | "side" | "thing" | "way" | "point" | "man" | "woman" | "time"
        )
    }) && (at_all || beside && there)
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

/// The innermost statement whose content holds the span, and its speaker.
pub(super) fn whose(ctx: &Context<'_>, span: Span) -> (Option<StatementIx>, Option<EntityIx>) {
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

/// The date in the same sentence: since when something is counted, else the nearest.
pub(super) fn as_of(ctx: &Context<'_>, view: &View<'_>, span: Span) -> Option<TimeIx> {
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
    // "…two years ago, and more than 70,000 since 1983": since when goes before what stands nearer.
    let since = |t: Span| {
        let between = view.text.get(span.hi()..t.lo()).unwrap_or("");
        !between.contains([',', ';', ':']) && between.split_whitespace().any(|w| w == "since")
    };
    fits.min_by_key(|(_, t)| (!since(t.span), gap(t.span))).map(|(n, _)| n)
}
