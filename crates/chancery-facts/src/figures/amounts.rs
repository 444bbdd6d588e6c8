//! What an amount with a unit is about: "480 kilometres of road", "$30 million worth of arms", "a 30-day recount".

use super::about::{About, back_word, past_number, past_owner};
use super::occasion::happening;
use super::{Amount, bearer, clause, phrase, tree};
use crate::entities::view::View;
use chancery_lexicon::units;
use chancery_model::facts::Figure;
use chancery_model::mark::{NameKind, Upos};
use chancery_model::vocab::Sure;
use phrase::words;

/// Reads the words around an amount in a unit.
pub(super) fn with_unit(
    view: &View<'_>,
    amount: &Amount,
    u: &'static units::Unit,
    before: &[Figure],
    start: usize,
) -> About {
    let measure: &'static str = &u.measure;
    let mut at = amount.end;
    if let Some(same) = same_again(view, before, start) {
        return About {
            subject: same,
            measure: Some(measure),
            of: None,
            base: None,
            by: "+again",
            sure: Sure::High,
        };
    }
    // "1,300 pounds (600 kgs) of powder": what stands in brackets says it again.
    at = past_brackets(view, at);
    let hyphen = usize::from(view.word(at) == "-");
    let here = view.together(at.saturating_sub(1), at);
    let of = here && view.low(at) == "of" && !back_word(&view.low(at + 1));
    // "within five kilometres of the hospital": the hospital is where it is measured from.
    let within = measure == "distance" && view.low(start) == "within";
    let of = of && !within;
    let owned = matches!(view.low(at + 1).as_str(), "his" | "her" | "their" | "its" | "the" | "a" | "an")
        || chancery_lexicon::common::is_plain(view.word(at + 1))
            && view.word(at + 1).starts_with(char::is_uppercase);
    let money = here && measure == "money" && (view.low(at) == "worth" || view.low(at) == "in" && !owned);
    if let Some(same) = changed_from(view, before, start, measure) {
        return About {
            subject: same,
            measure: Some(measure),
            of: None,
            base: None,
            by: "+from",
            sure: Sure::High,
        };
    }
    // "a 30-day recount".
    let joined = view.word(amount.number.end) == "-" && here && hyphen == 0;
    let mut subject = None;
    if of || money {
        at += 1;
        at += usize::from(view.low(at) == "of");
        at += usize::from(matches!(
            view.low(at).as_str(),
            "the" | "its" | "their" | "all" | "his" | "a" | "an"
        ));
        at = past_number(view, at);
        at = past_owner(view, at);
        // "nineteen days of fighting".
        let doing = || {
            (measure == "duration"
                && (view.upos(at) == Some(Upos::Noun) && view.rel(at) == "nmod"
                    || view.low(at).ends_with("ing") && view.rel(at) == "acl"))
                .then_some(at + 1)
        };
        let noun = phrase::end(view, at).or_else(doing);
        let place = view.starting_at(at).is_some_and(|m| m.kind == NameKind::Place);
        // "for 30 million euros in Oslo": a place is not what is paid for. Nor is a year.
        if let Some(e) =
            noun.filter(|_| !(money && (place || units::after(view.text, view.start(at)).is_some())))
        {
            subject = Some(words(view, at, e));
            at = e;
        }
    } else if hyphen == 1
        && let Some(e) = phrase::end(view, at + 1)
    {
        subject = Some(words(view, at + 1, e));
        at = e;
    }
    if joined && let Some(e) = phrase::end(view, at) {
        subject = Some(words(view, at, e));
        at = e;
    }
    // "will narrow to 4.8 percent of output": the gap, and not the output.
    let case = start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    if measure == "share"
        && of
        && matches!(case.as_str(), "to" | "at" | "from" | "by")
        && let Some((a, b)) = bearer::of_amount(view, start, amount.end, measure)
    {
        subject = Some(words(view, a, b));
    }
    // "Everyone living within 20 kilometres of the plant": nobody else bears it.
    let landmark = || {
        let at = amount.end + 1;
        let at = at + usize::from(matches!(view.low(at).as_str(), "the" | "its" | "a" | "an"));
        phrase::end(view, at).filter(|_| within && view.low(amount.end) == "of").map(|e| words(view, at, e))
    };
    let by_tree = || {
        bearer::of_amount(view, start, amount.end, measure)
            .map(|(a, b)| words(view, a, b))
            .or_else(|| of_which(view, start, amount.end))
            .or_else(landmark)
    };
    let subject =
        subject.or_else(|| clause::bearer(view, start, amount.end, measure, by_tree)).or_else(|| {
            let last = before.last()?;
            // "lost 12 points, or 1.7 percent": the same in another unit.
            let or =
                start.checked_sub(1).is_some_and(|t| view.low(t) == "or" && t > 0 && view.word(t - 1) == ",");
            let there = view.segments.tokens_in(last.span);
            if or && view.together(there.start as usize, start) && start <= there.end as usize + 3 {
                return last.subject.clone();
            }
            // "480 kilometres long and 30 kilometres deep".
            let joined = start.checked_sub(1).is_some_and(|t| matches!(view.low(t).as_str(), "and" | "to"));
            let near = view.together(view.segments.tokens_in(last.span).start as usize, start);
            (joined && near && last.measure == measure).then(|| last.subject.clone()).flatten()
        });
    About { subject, measure: Some(measure), of: happening(view, at), base: None, by: "", sure: Sure::High }
}

/// "3,000 feet (900 metres)": the subject of the amount that the brackets follow.
fn same_again(view: &View<'_>, before: &[Figure], start: usize) -> Option<Option<String>> {
    let bracket = start.checked_sub(1).filter(|t| view.word(*t) == "(")?;
    let last = before.last().filter(|f| f.unit.is_some() && f.derivation.is_none())?;
    let there = view.segments.tokens_in(last.span).end as usize;
    // "$4 a share ($6)".
    (there <= bracket && bracket <= there + 2 && view.together(there.checked_sub(1)?, start))
        .then(|| last.subject.clone())
}

/// One past the brackets at a token, where they hold an amount and no more.
fn past_brackets(view: &View<'_>, at: usize) -> usize {
    let close = (at + 2..at + 6).find(|t| view.word(*t) == ")").filter(|_| view.word(at) == "(");
    let amount = close.is_some_and(|c| {
        (at + 1..c).any(|t| super::about::number_like(view, t)) && (at + 1..c).all(|t| view.word(t) != ",")
    });
    close.filter(|_| amount).map_or(at, |c| c + 1)
}

/// "Revenue was $8 million, up from $6 million": the subject of the sum before it, where no other verb stands between.
fn changed_from(view: &View<'_>, before: &[Figure], start: usize, measure: &str) -> Option<Option<String>> {
    let from = start.checked_sub(1).filter(|t| view.low(*t) == "from" && measure == "money")?;
    let near = |f: &&Figure| {
        let there = view.segments.tokens_in(f.span);
        view.together(there.start as usize, from)
            && (there.end as usize..from).all(|t| {
                !matches!(view.upos(t), Some(Upos::Verb | Upos::Aux))
                    && !matches!(view.low(t).as_str(), "while" | ";")
            })
    };
    let mut same = before.iter().rev().take_while(near).filter(|f| f.measure == measure).peekable();
    same.peek()?;
    Some(same.find_map(|f| f.subject.clone()))
}

/// "helicopters, of which the army has six", "grain, of which Russia sold 21 million tonnes": what the clause hangs on.
pub(super) fn of_which(view: &View<'_>, start: usize, end: usize) -> Option<String> {
    let at = tree::anchor(view, start, end).filter(|t| view.rel(*t) == "obj")?;
    let verb = view.head(at).filter(|v| view.rel(*v) == "acl:relcl" && *v < start)?;
    let back = view.children(verb).find(|c| {
        *c < verb
            && matches!(view.low(*c).as_str(), "which" | "whom")
            && tree::preposition(view, *c).as_deref() == Some("of")
    });
    let noun = view.head(verb).filter(|n| back.is_some() && view.upos(*n) == Some(Upos::Noun))?;
    let (a, b) = tree::stretch(view, noun);
    Some(words(view, a, b))
}
