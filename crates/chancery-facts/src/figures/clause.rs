//! What an amount is of by the clause around it: "the hole measured 12 metres", "a battle of 15 hours".

use super::phrase;
use crate::entities::view::View;
use chancery_lexicon::counting::is;
use chancery_model::mark::Upos;

/// The noun that an amount with a unit belongs to. `start` is the first token of the amount with its qualifier and
/// sign, `end` is one past it.
pub(super) fn bearer(
    view: &View<'_>,
    start: usize,
    end: usize,
    measure: &str,
    by_tree: impl Fn() -> Option<String>,
) -> Option<String> {
    let last = |s: &str| s.rsplit(' ').next().unwrap_or("").to_owned();
    // "The president had 52 per cent": people are no share.
    let by_place = || {
        subject(view, start)
            .filter(|s| measure != "share" || !chancery_lexicon::counting::is_person(&last(s)))
    };
    of_amount(view, start, measure).or_else(|| extent(view, start, end)).or_else(by_tree).or_else(by_place)
}

/// "a battle of 15 hours", "at a depth of 30 metres".
fn of_amount(view: &View<'_>, start: usize, measure: &str) -> Option<String> {
    let of = start.checked_sub(1)?;
    if view.low(of) != "of" || !view.together(of, start) {
        return None;
    }
    // "a strip of sand of four square kilometres": the strip. But "in the wake of a loss of $4 million": the loss.
    let last = of.checked_sub(1)?;
    let above = view.head(last).filter(|h| {
        *h < last
            && measure != "money"
            && view.rel(last) == "nmod"
            && super::tree::preposition(view, last).as_deref() == Some("of")
    });
    if let Some(noun) = above.filter(|h| view.upos(*h) == Some(Upos::Noun)) {
        let (a, b) = super::tree::stretch(view, noun);
        return Some(phrase::words(view, a, b));
    }
    noun_before(view, of)
}

/// The noun that ends right before a token, without what stands before it.
fn noun_before(view: &View<'_>, at: usize) -> Option<String> {
    let t = at.checked_sub(1)?;
    let word = view.low(t);
    let told = view.upos(t).is_none_or(|u| matches!(u, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X));
    // "a strike of 48 hours": a verb by the list, but a noun by the tree.
    let sure = view.upos(t) == Some(Upos::Noun) && view.low(at) == "of";
    let verb = is("finite", &word) || is("stative", &word);
    let noun = word.starts_with(char::is_alphabetic)
        && told
        && (sure || !chancery_lexicon::common::is_plain(view.word(t)))
        && !phrase::stops(&word)
        && (sure || !verb)
        && view.together(t, at)
        && !matches!(word.as_str(), "total" | "average" | "minimum" | "maximum");
    noun.then(|| phrase::words(view, t, at))
}

/// "a zone 480 kilometres long", "the station, 130 kilometres north of the town".
fn extent(view: &View<'_>, start: usize, end: usize) -> Option<String> {
    if !is("extent", &view.low(end)) || !view.together(start, end) {
        return None;
    }
    let before = start.checked_sub(1)?;
    if view.word(before) == "," {
        // Only where another comma or a stop closes the remark.
        let closed = (end..end + 8)
            .take_while(|t| view.together(start, *t))
            .any(|t| matches!(view.word(t), "," | "." | ")"));
        return closed.then(|| noun_before(view, before)).flatten();
    }
    // After a plural noun a length more likely tells where it came to be ("broke into pieces 165 km west").
    noun_before(view, start).filter(|n| !chancery_lexicon::counting::is_plural(&n.to_lowercase()))
}

/// The subject of a verb that measures it: "the launch cost $850 million".
fn subject(view: &View<'_>, start: usize) -> Option<String> {
    let mut at = start.checked_sub(1)?;
    let mut steps = 0;
    while view.together(at, start) && is("between", &view.low(at)) && steps < 5 {
        at = at.checked_sub(1)?;
        steps += 1;
    }
    if !view.together(at, start) || !is("stative", &view.low(at)) {
        return None;
    }
    // The whole verb: "were seen", "must reach", "has fallen".
    let mut verb = at;
    while let Some(t) = verb.checked_sub(1) {
        let word = view.low(t);
        let helps = matches!(
            word.as_str(),
            "was"
                | "were"
                | "is"
                | "are"
                | "be"
                | "been"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "could"
                | "may"
                | "might"
                | "can"
                | "must"
                | "should"
                | "also"
                | "now"
                | "still"
                | "already"
                | "only"
                | "not"
                | "then"
                | "since"
                | "reportedly"
        ) || word.ends_with("ly");
        if !helps || !view.together(t, start) {
            break;
        }
        verb = t;
    }
    // "The aircraft, which had 800 hours".
    let before = verb.checked_sub(1)?;
    if matches!(view.low(before).as_str(), "which" | "that") {
        let noun_end = if before > 0 && view.word(before - 1) == "," { before - 1 } else { before };
        return noun_before(view, noun_end);
    }
    first_phrase(view, verb)
}

/// The noun phrase that opens the clause before a verb, without what a preposition hangs on it.
pub(super) fn first_phrase(view: &View<'_>, verb: usize) -> Option<String> {
    first_phrase_at(view, verb).map(|(a, b)| phrase::words(view, a, b))
}

/// The same as tokens.
pub(super) fn first_phrase_at(view: &View<'_>, verb: usize) -> Option<(usize, usize)> {
    let mut from = verb;
    while let Some(t) = from.checked_sub(1) {
        let word = view.low(t);
        let border = matches!(
            word.as_str(),
            "," | ";"
                | ":"
                | "and"
                | "but"
                | "that"
                | "while"
                | "as"
                | "when"
                | "because"
                | "said"
                | "“"
                | "\""
                | "("
                | "–"
                | "—"
                | "--"
                | "if"
                | "where"
        );
        if border || !view.together(t, verb) {
            break;
        }
        from = t;
    }
    while from < verb
        && matches!(
            view.low(from).as_str(),
            "the"
                | "a"
                | "an"
                | "its"
                | "their"
                | "his"
                | "her"
                | "this"
                | "that"
                | "these"
                | "those"
                | "our"
        )
    {
        from += 1;
    }
    let to = (from..verb)
        .find(|t| {
            let w = view.low(*t);
            phrase::stops(&w)
                || is("preposition", &w)
                || !w.starts_with(|c: char| c.is_alphanumeric() || c == '-') && !phrase::is_owner(&w)
        })
        .unwrap_or(verb);
    // "involving weapons sales worth".
    let from = from + usize::from(to > from + 1 && view.low(from).ends_with("ing"));
    // Behind an owner ("Turkey's losses") the noun alone.
    let from = (from..to).rev().find(|t| phrase::is_owner(view.word(*t))).map_or(from, |t| t + 1);
    // "covering the last seven miles", "Half of them": no noun.
    let lone = to == from + 1;
    if lone
        && (view.low(from).ends_with(['g', 'd', 's']) && view.upos(from) == Some(Upos::Verb)
            || is("crowd", &view.low(from)))
    {
        return None;
    }
    let pronoun = to == from + 1
        && matches!(
            view.low(from).as_str(),
            "it" | "he" | "she" | "they" | "we" | "i" | "you" | "there" | "this" | "that" | "who" | "which"
        );
    (to > from && to - from <= 4 && !pronoun && view.word(from).starts_with(char::is_alphabetic))
        .then_some((from, to))
}
