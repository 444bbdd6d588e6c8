//! A unit that is left out because a figure before has it: "from 10,000 rials a litre to 15,000", "cost 410 kroner and
//! closed at 172", "raised by 500 percent and that of diesel by 100"; and rates of exchange, "11,500 to the dollar".

use super::about::{self, About};
use super::{Amount, phrase};
use crate::entities::view::View;
use chancery_lexicon::{counting, units};
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;

/// From here on a bare number beside a sum of money is one itself.
const SUM: f64 = 1e9;

/// What a bare number takes over.
pub(super) struct LeftOut {
    pub unit: &'static units::Unit,
    /// The rate's unit of time.
    pub per: Option<String>,
    pub about: About,
}

/// The unit of a bare number, and what it is about when read with that unit.
pub(super) fn unit(
    view: &View<'_>,
    amount: &Amount,
    before: &[Figure],
    span: Span,
    read: &About,
) -> Option<LeftOut> {
    // "put at 195 billion rupees; the state has released 6 billion": no such number of people.
    let sum = read.subject.is_none() && amount.number.low.or(amount.number.high).is_some_and(|v| v >= SUM);
    if amount.unit.is_some() || read.measure.is_some_and(|m| m != "count" && !sum) {
        return None;
    }
    let end = amount.end;
    if let Some(found) = exchange(view, amount, read) {
        return Some(found);
    }
    // Nothing is counted by it: its clause ends, or small words follow.
    let next = view.low(end);
    let bare = !view.together(end - 1, end)
        || !next.starts_with(char::is_alphanumeric)
        || phrase::stops(&next) && next != "of"
        || counting::is("preposition", &next) && next != "of"
        || matches!(next.as_str(), "last");
    if !bare || phrase::end(view, end).is_some_and(|_| next != "last") {
        return None;
    }
    let last = before.last()?;
    let start = view.segments.tokens_in(span).start as usize;
    let there = view.segments.tokens_in(last.span);
    let close = view.together(there.start as usize, start) && start.saturating_sub(there.end as usize) <= 16;
    let served = term(view, start, last);
    let code = last.unit.as_deref().filter(|_| close || served)?;
    let (code, per) = code.split_once('/').map_or((code, None), |(u, p)| (u, Some(p.to_owned())));
    let unit = units::of_code(code).filter(|u| u.measure == last.measure)?;
    let by_share = unit.measure == "share" && gapped(view, amount.number.start, amount.number.end);
    if !served && !by_share && (unit.measure == "duration" || !linked(view, there.end as usize, start)) {
        return None;
    }
    let lent = Amount { number: amount.number.clone(), unit: Some(unit), end: amount.end };
    let mut about = about::read(view, &lent, before, span);
    about.by = "+unit";
    if served {
        about.subject = None;
    }
    if let Some(own) = that_of(view, there.end as usize, start) {
        about.subject = Some(own);
    } else if matches!(
        view.low(start.wrapping_sub(1)).as_str(),
        "to" | "from" | "against" | "and" | "than" | "or"
    ) || about.subject.is_none() && read.measure.is_none_or(|m| m == "count")
    {
        about.subject = last.subject.clone().or(about.subject);
    }
    Some(LeftOut { unit, per, about })
}

/// "took 80 percent and his rival 10.1": a share whose verb and sign stand with the one before.
pub(super) fn gapped(view: &View<'_>, start: usize, end: usize) -> bool {
    let bearer = start
        .checked_sub(1)
        .filter(|t| view.together(*t, start) && matches!(view.upos(*t), Some(Upos::Noun | Upos::Propn)));
    let closed = !view.word(end).starts_with(char::is_alphanumeric) || !view.together(start, end);
    let Some(bearer) = bearer.filter(|_| closed) else { return false };
    let near = (start.saturating_sub(16)..bearer).rev().take_while(|t| view.together(*t, start));
    let sign = near.clone().find(|t| matches!(view.low(*t).as_str(), "percent" | "%" | "cent"));
    let small = view.word(start).parse::<f64>().is_ok_and(|v| v < 100.0);
    small
        && sign.is_some_and(|s| {
            (s..bearer).any(|t| matches!(view.low(t).as_str(), "and" | "," | "while" | "to"))
        })
}

/// "was sentenced to 11 years; prosecutors had asked for 17": how long, by the years of a sentence told before.
fn term(view: &View<'_>, start: usize, last: &Figure) -> bool {
    let there = view.segments.tokens_in(last.span).start as usize;
    if last.unit.as_deref() != Some("year") || start.saturating_sub(there) > 30 {
        return false;
    }
    let verb = (1..=6).filter_map(|k| start.checked_sub(k)).find(|t| view.upos(*t) == Some(Upos::Verb));
    let asked = verb.is_some_and(|t| {
        view.together(t, start)
            && matches!(
                view.low(t).as_str(),
                "asked"
                    | "serve"
                    | "served"
                    | "serving"
                    | "sought"
                    | "demanded"
                    | "faces"
                    | "faced"
                    | "face"
                    | "got"
                    | "received"
                    | "given"
                    | "sentenced"
                    | "jailed"
                    | "reduced"
                    | "cut"
                    | "commuted"
                    | "raised"
            )
    });
    let changed = verb.is_some_and(|t| matches!(view.low(t).as_str(), "reduced" | "commuted"));
    asked
        && (changed
            || (there.saturating_sub(12)..there + 6).any(|t| {
                matches!(
                    view.low(t).as_str(),
                    "sentenced"
                        | "sentence"
                        | "sentences"
                        | "jailed"
                        | "prison"
                        | "jail"
                        | "imprisonment"
                        | "term"
                        | "bars"
                )
            }))
}

/// Whether the words before a bare number tie it to the amount before: a preposition of change, or a verb with it.
fn linked(view: &View<'_>, from: usize, start: usize) -> bool {
    let Some(t) = start.checked_sub(1).filter(|t| *t >= from.saturating_sub(1)) else { return false };
    let word = view.low(t);
    let people = (from..start).any(|x| counting::is_person(&view.low(x)) && view.upos(x) == Some(Upos::Noun));
    if matches!(word.as_str(), "to" | "from" | "against" | "at" | "by" | "than" | "versus") {
        return !people || word != "by";
    }
    // "a profit of just under 90 million".
    let sum = word == "of"
        && t.checked_sub(1).is_some_and(|x| {
            matches!(
                view.low(x).as_str(),
                "profit"
                    | "profits"
                    | "loss"
                    | "losses"
                    | "debt"
                    | "debts"
                    | "turnover"
                    | "revenue"
                    | "revenues"
                    | "sales"
                    | "income"
                    | "deficit"
                    | "surplus"
                    | "budget"
                    | "price"
                    | "cost"
                    | "fine"
                    | "loan"
                    | "wage"
                    | "salary"
            )
        });
    if sum {
        return true;
    }
    let joined = matches!(word.as_str(), "and" | "or" | "but" | ",");
    let verb = matches!(view.upos(t), Some(Upos::Verb | Upos::Aux)) || counting::is("stative", &word);
    (joined && start <= from + 4 || verb) && !people
}

/// "and that of diesel by 100": the noun of its own.
fn that_of(view: &View<'_>, from: usize, start: usize) -> Option<String> {
    let t = (from..start)
        .rev()
        .find(|t| matches!(view.low(*t).as_str(), "that" | "those") && view.low(t + 1) == "of")?;
    let noun = t + 2 + usize::from(matches!(view.low(t + 2).as_str(), "the" | "a" | "an" | "its"));
    phrase::end(view, noun).filter(|e| *e <= start).map(|e| phrase::words(view, noun, e))
}

/// "The rupiah stands at 11,500 to the dollar": money of the currency named before, for one of the other.
fn exchange(view: &View<'_>, amount: &Amount, read: &About) -> Option<LeftOut> {
    let end = amount.end;
    let to =
        matches!(view.low(end).as_str(), "to" | "for" | "against" | "per") && view.together(end - 1, end);
    let noun = end + 1 + usize::from(matches!(view.low(end + 1).as_str(), "the" | "a" | "one"));
    let (byte, other) = units::after(view.text, view.start(noun)).filter(|_| to)?;
    let last = super::number::token_end(view, noun, byte)?;
    let sentence = view.segments.sentences.get(view.segments.sentence_of(amount.number.start)?)?;
    let (own_at, own) = (sentence.tokens.start as usize..amount.number.start).rev().find_map(|t| {
        units::after(view.text, view.start(t))
            .map(|x| (t, x.1))
            .filter(|(_, u)| u.measure == "money" && u.unit != other.unit)
    })?;
    // "the unofficial peso to 12.75 per dollar" tells of the peso.
    let per = view.low(end) == "per";
    let (noun, last) = if per { (own_at, own_at + 1) } else { (noun, last) };
    (other.measure == "money").then(|| LeftOut {
        unit: own,
        per: None,
        about: About {
            subject: Some(phrase::words(view, noun, last)),
            measure: Some("money"),
            of: read.of.clone(),
            base: None,
            by: "+rate",
            sure: read.sure,
        },
    })
}
