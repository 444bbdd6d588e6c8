//! What is done to those counted: the words around a number that tell its measure.

use super::about::{back_word, number_like};
use super::phrase::{self, stops};
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::{self, Sense};
use chancery_model::mark::Upos;

/// The measuring word or phrase at a token; what the tree takes for a noun is no verb ("of the vote", "the march").
pub(super) fn measured(view: &View<'_>, t: usize) -> Option<(usize, Sense, &'static str)> {
    let word = view.low(t);
    let Some(found) = measures::at(view.text, view.start(t)) else {
        // "accused of bombing nine hamlets": the noun for a deed as a verb.
        let verb = word.ends_with("ing") && view.upos(t) == Some(Upos::Verb);
        let deed = measures::of_deed(&word).filter(|_| verb)?;
        return Some((view.segments.tokens.get(t)?.span.hi(), Sense::Verb, deed));
    };
    let lone = view.segments.tokens.get(t).is_some_and(|x| x.span.hi() == found.0);
    let noun = matches!(view.upos(t), Some(Upos::Noun | Upos::Propn));
    let kept = word.ends_with("ed")
        || matches!(word.as_str(), "hostage" | "prisoner" | "captive" | "dead" | "missing")
        || counting::is("undergo", &word);
    if found.1 != Sense::Verb || !lone || !noun || kept {
        return Some(found);
    }
    // "made over 2,300 arrests": deeds are counted as what they do.
    let deed = measures::of_deed(&word).filter(|_| counting::is_plural(&word))?;
    Some((found.0, Sense::Noun, deed))
}

/// A measuring word of a sense in a phrase.
pub(super) fn in_phrase(view: &View<'_>, from: usize, to: usize, sense: Sense) -> Option<&'static str> {
    // The head is last: "aid workers' bodies" counts bodies.
    (from..to).rev().find_map(|t| direct(view, t, sense))
}

/// A measuring word at a token.
pub(super) fn direct(view: &View<'_>, at: usize, sense: Sense) -> Option<&'static str> {
    measured(view, at).filter(|(_, s, _)| *s == sense).map(|x| x.2)
}

/// A verb of measuring that governs the number: nothing but small words, adverbs and adjectives between.
pub(super) fn verb_before(view: &View<'_>, start: usize, reach: usize) -> Option<&'static str> {
    let level = |t: usize| {
        let word = view.low(t);
        word.ends_with("ly")
            || matches!(
                word.as_str(),
                "as" | "many"
                    | "least"
                    | "some"
                    | "more"
                    | "than"
                    | "another"
                    | "a"
                    | "the"
                    | "further"
                    | "all"
                    | "or"
                    | "only"
                    | "up"
                    | "additional"
                    | "its"
                    | "their"
            )
    };
    for k in 1..=reach {
        let t = start.checked_sub(k).filter(|t| view.together(*t, start))?;
        let Some((byte, Sense::Verb, m)) = measured(view, t) else { continue };
        // "needs two generations", "fled 12 villages": told of who does it.
        let lone = view.segments.tokens.get(t).is_some_and(|x| x.span.hi() == byte);
        if lone && counting::is("undergo", &view.low(t)) && view.upos(t).is_some() {
            return None;
        }
        let end = (t..start).find(|x| view.start(*x) >= byte).unwrap_or(start);
        // "sleep in 2,200 shelters" tells of those who sleep.
        let last = end.checked_sub(1).filter(|l| *l > t).map(|l| view.low(l)).unwrap_or_default();
        if counting::is("preposition", &last) && m != "struck" {
            return None;
        }
        if !(end..start).all(|x| level(x) || beside(view, end, start)) {
            return None;
        }
        let passive = t
            .checked_sub(1)
            .is_some_and(|p| matches!(view.low(p).as_str(), "was" | "were" | "been" | "being" | "be"));
        // "the injured were", "of the wounded": people.
        let people = t.checked_sub(1).is_some_and(|p| matches!(view.low(p).as_str(), "the" | "of"));
        return (!passive && !people).then_some(m);
    }
    None
}

/// "killed a nurse and six patients", "killed himself and 15 recruits": one noun and "and" between verb and number.
pub(super) fn beside(view: &View<'_>, from: usize, start: usize) -> bool {
    let owner = usize::from(start > 0 && matches!(view.low(start - 1).as_str(), "her" | "his" | "their"));
    let and = start.checked_sub(1 + owner).filter(|t| view.low(*t) == "and");
    let Some(and) = and else { return false };
    let opens = matches!(
        view.low(from).as_str(),
        "a" | "an" | "the" | "his" | "her" | "himself" | "herself" | "themselves" | "one"
    );
    let plain = (from + 1..and).all(|t| {
        let w = view.low(t);
        !stops(&w) && w.starts_with(char::is_alphabetic)
    });
    opens && and > from && and - from <= 5 && plain
}

pub(super) fn is_copula(word: &str) -> bool {
    matches!(word, "are" | "were" | "is" | "was" | "be" | "been" | "being")
}

/// "The dead number 40", "put the dead at 1,600", "a toll of 52", "the toll rose from 9 to 12".
pub(super) fn noun_before(view: &View<'_>, start: usize) -> Option<&'static str> {
    for k in 1..=9 {
        let t = start.checked_sub(k)?;
        if !view.together(t, start) {
            return None;
        }
        let word = view.low(t);
        if matches!(word.as_str(), "." | ";" | ":" | "“" | "”" | "\"") || number_like(view, t) && k > 1 {
            return None;
        }
        // "where most of the deaths happened and home to some 20 million".
        if matches!(word.as_str(), "home" | "happened" | "occurred") && k <= 3 {
            return None;
        }
        let injured = t.checked_sub(1).is_some_and(|p| direct(view, p, Sense::Verb) == Some("wounded"));
        if word == "toll" && !injured {
            return Some("killed");
        }
        if let Some((end, s, m)) = measured(view, t) {
            let the = t.checked_sub(1).is_some_and(|p| matches!(view.low(p).as_str(), "the" | "of" | "its"));
            let put = (t + 1..start).any(|x| {
                matches!(
                    view.low(x).as_str(),
                    "at" | "to"
                        | "number"
                        | "numbered"
                        | "of"
                        | "from"
                        | "by"
                        | "were"
                        | "was"
                        | "is"
                        | "are"
                        | "rose"
                        | "above"
                        | "over"
                )
            });
            let moved = (t + 1..start)
                .any(|x| matches!(view.low(x).as_str(), "taken" | "sent" | "brought" | "moved" | "went"));
            let noun =
                s == Sense::Noun || s == Sense::Verb && the || s == Sense::Counted && m == "casualties";
            return (noun && put && !moved && end <= view.start(start)).then_some(m);
        }
    }
    None
}

/// "the murder of the six priests", "the arrest of 12 clerks and two porters".
pub(super) fn deed_before(view: &View<'_>, start: usize) -> Option<&'static str> {
    let the = usize::from(start > 0 && matches!(view.low(start - 1).as_str(), "the" | "some" | "these"));
    let of = start.checked_sub(1 + the).filter(|t| view.low(*t) == "of" && view.together(*t, start))?;
    measures::of_deed(view.word(of.checked_sub(1)?))
}

/// "The ship lost 12 sailors".
pub(super) fn lost(view: &View<'_>, start: usize, end: Option<usize>) -> Option<&'static str> {
    let verb =
        start.checked_sub(1).filter(|t| matches!(view.low(*t).as_str(), "lost" | "losing" | "lose"))?;
    let head = end?.checked_sub(1)?;
    (view.together(verb, head) && counting::is("people", &view.low(head))).then_some("killed")
}

/// Whether something other than an attack did it: "the fires destroyed 750 homes".
pub(super) fn by_nature(view: &View<'_>, start: usize, after: usize) -> bool {
    let from = (start.saturating_sub(12)..start).rev().take_while(|t| view.together(*t, start));
    let to = (after..after + 8).take_while(|t| view.together(start, *t));
    let near: Vec<usize> = from.chain(to).collect();
    let by_itself = |t: usize| matches!(view.low(t).as_str(), "sank" | "capsized");
    if near.iter().any(|t| natural(view, *t) || by_itself(*t)) {
        return !near.iter().any(|t| attack(&view.low(*t)));
    }
    // A report of a flood: what is destroyed in it was destroyed by the flood, unless an attack is spoken of.
    let sentence = (start.saturating_sub(40)..start + 40).filter(|t| view.together(*t, start));
    if sentence.map(|t| view.low(t)).any(|w| attack(&w)) {
        return false;
    }
    let earlier = start.saturating_sub(STORY)..start;
    let mut nature = false;
    for t in earlier {
        let w = view.low(t);
        if attack(&w) {
            return false;
        }
        nature |= natural(view, t);
    }
    nature
}

/// How many words before a number are looked at for what the story is about.
const STORY: usize = 160;

/// A fire, flood or crowd; not "marched in the rain".
fn natural(view: &View<'_>, t: usize) -> bool {
    let low = view.low(t);
    let weather = matches!(low.as_str(), "rain" | "rains" | "winds" | "fire" | "storm" | "crowd" | "crowds");
    let beside = t.checked_sub(1).map(|p| view.low(p)).unwrap_or_default();
    let in_the = t.checked_sub(2).map(|p| view.low(p)).unwrap_or_default();
    counting::is("nature", &low)
        && !(weather
            && (matches!(beside.as_str(), "in" | "under" | "opened" | "of")
                || beside == "the" && in_the == "in"))
}

/// Words of an attack with weapons.
fn attack(word: &str) -> bool {
    counting::is("attack", word)
}

/// A verb of measuring after the thing counted: "people were killed", "families who lived there have fled".
pub(super) fn verb_after(view: &View<'_>, from: usize) -> Option<&'static str> {
    let mut relative = false;
    let mut t = from;
    while t < from + 14 {
        if !view.together(from.saturating_sub(1), t) {
            return None;
        }
        let word = view.low(t);
        if matches!(
            word.as_str(),
            "." | ";" | ":" | "but" | "that" | "when" | "after" | "while" | "before" | "because"
        ) {
            return None;
        }
        // "Six Britons and a poet are among the dead".
        if word == "among" && t > from && view.low(t + 1) == "the" && is_copula(&view.low(t - 1)) {
            return measured(view, t + 2).map(|x| x.2).filter(|m| measures::is_toll(m));
        }
        match measured(view, t) {
            Some((_, Sense::Verb, m)) => return Some(m),
            None if !relative
                && (counting::is("finite", &word)
                    && !matches!(word.as_str(), "has" | "have" | "had" | "did" | "do" | "left")
                    || word == "said") =>
            {
                return None;
            }
            // "made 40 people homeless".
            Some((_, Sense::Noun, m))
                if t == from
                    && t > 0
                    && !number_like(view, t - 1)
                    && counting::is_plural(&view.low(t - 1)) =>
            {
                return Some(m);
            }
            // "are believed dead", "were found dead".
            Some((_, Sense::Noun, m))
                if t > from
                    && matches!(
                        view.low(t - 1).as_str(),
                        "believed"
                            | "feared"
                            | "presumed"
                            | "found"
                            | "are"
                            | "were"
                            | "was"
                            | "left"
                            | "lay"
                    ) =>
            {
                return Some(m);
            }
            _ => {}
        }
        if matches!(word.as_str(), "who" | "which" | "whom") {
            relative = true;
        } else if number_like(view, t) && t > from {
            // "One soldier and five guards died".
            if view.low(t - 1) == "and"
                && t - 1 == from
                && let Some(e) = phrase::end(view, t + 1)
            {
                t = e;
                continue;
            }
            if !relative {
                return None;
            }
        } else if word == "," {
            // "Eight men, seven of them strangers, died".
            let remark = t + 1;
            let opens =
                number_like(view, remark) && view.low(remark + 1) == "of" && back_word(&view.low(remark + 2))
                    || matches!(
                        view.low(remark).as_str(),
                        "who" | "most" | "many" | "half" | "all" | "including" | "among" | "mostly" | "some"
                    );
            if t == from && opens {
                let close = (remark..remark + 14)
                    .take_while(|x| view.together(t, *x))
                    .find(|x| view.word(*x) == ",")?;
                t = close + 1;
                continue;
            }
            if !relative {
                return None;
            }
            relative = false;
        } else if word == "and" && !(number_like(view, t + 1) && t == from) {
            // "five clerks and a porter were killed".
            let article = matches!(view.low(t + 1).as_str(), "a" | "an" | "one" | "his" | "her" | "their");
            let e = phrase::end(view, t + 2).filter(|_| article && t == from)?;
            t = e;
            continue;
        }
        t += 1;
    }
    None
}
