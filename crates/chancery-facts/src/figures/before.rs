//! What a bare number counts by the words before it: "the number of captors at 40", "gave 220 dead and 13 injured".

use super::about::{counts_troops, number_like};
use super::measure::measured;
use super::{clause, phrase};
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::Sense;
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;
use phrase::stops;

/// "The minister spoke of 40 dead", "with 12 wounded": in a sentence with a verb, after a verb or preposition and not after one
/// of leaving; a headline ("Fire: 40 dead") names nobody.
pub(super) fn told_in_a_sentence(view: &View<'_>, start: usize, before: &[Figure]) -> bool {
    let Some(t) = start.checked_sub(1).filter(|t| view.together(*t, start)) else { return false };
    let low = view.low(t);
    let Some(s) = view.segments.sentence_of(start).and_then(|s| view.segments.sentences.get(s)) else {
        return false;
    };
    let whole =
        view.text.get(..s.span.hi()).is_some_and(|x| x.trim_end().ends_with(['.', '!', '?', '”', '"']));
    let chained = before.last().is_some_and(|f| {
        view.together(view.segments.tokens_in(f.span).start as usize, start) && f.subject.is_none()
    });
    let verb = view.upos(t) == Some(Upos::Verb)
        && !matches!(
            low.as_str(),
            "left" | "leaves" | "leaving" | "leave" | "was" | "were" | "feared" | "found"
        );
    whole
        && !chained
        && (verb || matches!(low.as_str(), "of" | "with" | "for" | "among" | "than" | "carrying"))
}

/// Whether the number stands after a verb of telling or counting, or beside a number that does: "gave 22,980 dead, 42,119
/// missing and 1,383 injured". There the dead are who is counted.
pub(super) fn told_of(view: &View<'_>, start: usize, before: &[Figure]) -> bool {
    let Some(t) = start.checked_sub(1).filter(|t| view.together(*t, start)) else { return false };
    if counting::is("telling", &view.low(t))
        || matches!(view.low(t).as_str(), "claimed" | "claim" | "claims" | "cost" | "took")
    {
        return true;
    }
    let joined = matches!(view.low(t).as_str(), "," | "and");
    // "had counted 378 bodies and 1,122 wounded".
    let first = before.last().map(|f| view.segments.tokens_in(f.span));
    let beside = first.is_some_and(|there| {
        view.together(there.start as usize, start)
            && start <= there.end as usize + 3
            && (there.start as usize)
                .checked_sub(1)
                .is_some_and(|v| view.upos(v) == Some(Upos::Verb) && counting::is("telling", &view.low(v)))
    });
    // "counted 100 people dead and 4,000 injured": more people.
    let people = before.last().and_then(|f| f.subject.as_deref()?.rsplit(' ').next().map(str::to_lowercase));
    let people = people.is_none_or(|w| counting::is("dweller", &w) || counting::is_person(&w));
    if joined && beside && !people {
        return true;
    }
    joined
        && before.last().is_some_and(|f| {
            let there = view.segments.tokens_in(f.span);
            let one = f.subject.as_deref().is_some_and(|s| {
                matches!(s, "dead" | "missing" | "injured" | "wounded" | "killed" | "displaced" | "homeless")
            });
            one && view.together(there.start as usize, start) && start <= there.end as usize + 3
        })
}

/// A stretch of tokens and a measure.
pub(super) type Named = (Option<(usize, usize)>, Option<&'static str>);

/// What a bare number counts by the words before it: "the number of captors at 40", "and that of the displaced at half a
/// million", "the dead number 300", "New arrivals since May: 4,000".
pub(super) fn named_number(view: &View<'_>, start: usize) -> Option<Named> {
    let of_noun = |from: usize, to: usize| {
        let end = phrase::end(view, from).filter(|e| *e <= to);
        let end = end.or_else(|| measured(view, from).map(|_| from + 1))?;
        let measure = (from..end).rev().find_map(|t| measured(view, t).map(|x| x.2));
        let after = measure.or_else(|| measured(view, end).filter(|x| x.1 == Sense::Verb).map(|x| x.2));
        Some((Some((from, end)), after))
    };
    let t = start.checked_sub(1).filter(|t| view.together(*t, start))?;
    let low = view.low(t);
    if low == "number" && super::exclude::numbering(view, start) {
        let noun = t.checked_sub(1)?;
        return of_noun(noun, t);
    }
    // "The force at present numbers just over 6,000".
    if matches!(low.as_str(), "numbers" | "numbered" | "totals" | "totalled" | "totaled" | "numbering") {
        let words = clause::first_phrase_at(view, t)?;
        let head = view.low(words.1.checked_sub(1)?);
        if counting::is("tally", &head) {
            return None;
        }
        let troops = counting::is("force", &head) || counts_troops(&head);
        let named = measured(view, words.1 - 1).filter(|(_, s, _)| *s == Sense::Counted).map(|x| x.2);
        return Some((Some(words), Some("troops").filter(|_| troops).or(named)));
    }
    if low == ":" {
        let sentence = view.segments.sentences.get(view.segments.sentence_of(t)?)?;
        let first = sentence.tokens.start as usize;
        return (t - first <= 8).then(|| of_noun(first, t)).flatten();
    }
    let puts = matches!(
        low.as_str(),
        "at" | "to"
            | "from"
            | "is"
            | "was"
            | "were"
            | "are"
            | "be"
            | "reached"
            | "reach"
            | "of"
            | "as"
            | "above"
            | "past"
    ) || counting::is("stative", &low)
        || counting::is("passing", &low);
    if !puts {
        return None;
    }
    for of in (start.saturating_sub(14)..t).rev().take_while(|x| view.together(*x, start)) {
        let word = view.low(of);
        let day = common_day(view.word(of + 1)) || view.word(of).len() == 4;
        if matches!(word.as_str(), ";" | ":" | "," | "“" | "”" | "\"") || number_like(view, of) && !day {
            return None;
        }
        if word != "of" {
            continue;
        }
        let governor = of.checked_sub(1).map(|x| view.low(x)).unwrap_or_default();
        let tally = |w: &str| {
            matches!(
                w,
                "number"
                    | "count"
                    | "total"
                    | "figure"
                    | "tally"
                    | "estimate"
                    | "estimates"
                    | "counts"
                    | "numbers"
            )
        };
        let elided = matches!(governor.as_str(), "and" | "that")
            && (start.saturating_sub(24)..of).any(|x| view.together(x, start) && tally(&view.low(x)));
        if tally(&governor) || elided {
            let noun =
                of + 1 + usize::from(matches!(view.low(of + 1).as_str(), "the" | "its" | "their" | "those"));
            return of_noun(noun, t + 1);
        }
    }
    None
}

/// A weekday or month: "2,400 last May".
pub(super) fn common_day(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && chancery_lexicon::common::is_plain(word)
        && !stops(&word.to_lowercase())
}
