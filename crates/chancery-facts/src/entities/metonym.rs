//! When a capital, palace or ministry's address stands for those who sit there.

use super::view::View;
use chancery_lexicon::metonyms;
use chancery_model::mark::{NameMark, Upos};

/// Whether the words from a token on are a deed of a government: "had shown no proof", "sent two envoys".
pub(super) fn governs(view: &View<'_>, from: usize) -> bool {
    let mut helped = false;
    for at in from..from + 4 {
        let word = view.low(at);
        if !view.together(from, at) {
            return false;
        }
        if matches!(
            word.as_str(),
            "has"
                | "have"
                | "had"
                | "would"
                | "will"
                | "could"
                | "should"
                | "must"
                | "did"
                | "does"
                | "may"
                | "might"
                | "cannot"
        ) {
            helped = true;
            continue;
        }
        if matches!(
            word.as_str(),
            "not" | "never" | "also" | "now" | "then" | "still" | "again" | "later" | "n't"
        ) || word.ends_with("ly")
        {
            continue;
        }
        if metonyms::is("place verb", &word) || metonyms::is("helper", &word) {
            return false;
        }
        return metonyms::is("deed", &word)
            || helped && word.starts_with(char::is_alphabetic)
            || word.len() > 4 && word.ends_with("ed") && at == from;
    }
    false
}

/// Whether the name is the one that a government's deed is done to: "blamed Kiev", "answers to Washington",
/// "Asmara's delegate".
pub(super) fn is_dealt_with(view: &View<'_>, n: &NameMark) -> bool {
    let start = n.tokens.start as usize;
    let end = n.tokens.end as usize;
    let owner = matches!(view.word(end), "'s" | "’s");
    // "Oslo's two envoys", "Oslo's national interests".
    let beside = matches!(view.upos(end + 1), Some(Upos::Num | Upos::Adj)) && view.together(end, end + 2);
    if owner
        && (metonyms::is("owned", &view.low(end + 1)) || beside && metonyms::is("owned", &view.low(end + 2)))
    {
        return true;
    }
    // "offered Oslo as the venue": the city.
    let venue = |t: usize| matches!(view.low(t).as_str(), "venue" | "host" | "site" | "setting" | "location");
    if view.low(end) == "as" && (end + 1..end + 4).any(venue) {
        return false;
    }
    let Some(before) = start.checked_sub(1).filter(|t| view.together(*t, start)) else { return false };
    let word = view.low(before);
    let earlier = before.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    match word.as_str() {
        // "The king returned to Oslo": the city; "the isles were returned to Oslo".
        "to" if earlier == "returned" => before
            .checked_sub(2)
            .is_some_and(|t| matches!(view.low(t).as_str(), "was" | "were" | "be" | "been" | "being")),
        "to" => metonyms::is("to", &earlier),
        "for" => metonyms::is("for", &earlier),
        "by" => metonyms::is("by", &earlier),
        "from" => metonyms::is("from", &earlier),
        "and" => view.ending_at(before).is_some_and(|m| is_dealt_with(view, m)),
        w => metonyms::is("object", w),
    }
}

/// Whether a verb tells what happens to or in a city.
pub(super) fn is_of_place(verb: &str) -> bool {
    metonyms::is("place verb", verb) || metonyms::is("helper", verb)
}

/// Whether a word tells how a government is.
pub(super) fn is_attitude(word: &str) -> bool {
    metonyms::is("attitude", word)
}

/// Whether a verb is one of what is done to a government: "blamed", "consulted".
pub(super) fn is_object(verb: &str) -> bool {
    metonyms::is("object", verb)
}

/// Whether a verb, noun or adjective takes a government with a preposition: "complained to", "angry with".
pub(super) fn takes(case: &str, word: &str) -> bool {
    match case {
        "to" => metonyms::is("to", word) || matches!(word, "said" | "say" | "says" | "saying"),
        "for" | "by" | "from" => metonyms::is(case, word),
        "with" | "at" => metonyms::is("attitude", word),
        _ => false,
    }
}

/// Nouns for what goes on between governments.
pub(super) fn is_dealing(noun: &str) -> bool {
    metonyms::is("dealing", noun)
}

/// The body whose house a name is, and its country.
pub(super) fn house(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    metonyms::house(name)
}
