//! The words for what is counted: noun phrases, found by the small words and endings around them.

use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::Sense;
use chancery_lexicon::numbers;
use chancery_model::span::TokenRange;

/// Words that cannot stand in the noun phrase of a thing counted.
pub(super) fn stops(word: &str) -> bool {
    counting::is("stop", word)
}

/// Past-tense verbs end a noun phrase; few nouns and adjectives end so.
fn finite(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !counting::is("adjective", word) || counting::is("finite", word)
}

/// The words of a range of tokens, white space evened out.
pub(super) fn words(view: &View<'_>, from: usize, to: usize) -> String {
    let span = view.segments.span(TokenRange::new(from, to));
    span.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One past the noun phrase at a token; `None` when none starts there.
pub(super) fn end(view: &View<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + 7 && view.together(at, end) {
        let word = view.low(end);
        let hyphen = word == "-" && end > at;
        // "explosives Sunday", "a mile of water Monday": when it was.
        if end > at
            && super::before::common_day(view.word(end))
            && !view.word(end - 1).starts_with(char::is_uppercase)
        {
            break;
        }
        // "a wood-and-iron bridge".
        if word == "and" && end > at && view.word(end - 1) == "-" && view.word(end + 1) == "-" {
            end += 1;
            continue;
        }
        // "15 F-15 jets".
        if end > at + 1
            && view.word(end - 1) == "-"
            && word.chars().all(|c| c.is_ascii_digit())
            && view.word(end + 1).starts_with(char::is_alphabetic)
        {
            end += 1;
            continue;
        }
        let owner = is_owner(&word) && end > at;
        if !hyphen && !owner && (!word.starts_with(char::is_alphabetic) || stops(&word)) {
            break;
        }
        // A verb of measuring ends the phrase, unless it is an adjective before its noun ("wounded soldiers").
        let verb = super::measure::measured(view, end).is_some_and(|(_, s, _)| s == Sense::Verb);
        let next = view.low(end + 1);
        if verb && (end > at || stops(&next) || !next.starts_with(char::is_alphabetic)) {
            break;
        }
        if end == at && (opens_verb(&word) || told_apart(view, at, end)) {
            break;
        }
        // "13,000 fact-checked claims": a participle behind a hyphen.
        let joined = end > at + 1 && view.word(end - 1) == "-";
        if end > at && (numbers::word(&word).is_some() || !verb && !joined && finite(&word)) {
            break;
        }
        if end > at && view.low(end - 1) != "-" && !owner && !hyphen && closed(view, end) {
            break;
        }
        if end > at && !hyphen && !owner && told_apart(view, at, end) {
            break;
        }
        // "in two days of riots thousands of shops": another amount begins.
        if end > at && numbers::vague_at(view.text, view.start(end)).is_some() {
            break;
        }
        end += 1;
    }
    while end > at && (view.word(end - 1) == "-" || is_owner(view.word(end - 1))) {
        end -= 1;
    }
    // "58 urban and rural districts": two adjectives of one noun.
    if end == at + 1 && adjective_pair(view, at) {
        return self::end(view, end + 1);
    }
    // "700 feared lost", "three seriously": no noun.
    while end > at && super::tree::no_noun(view, at, end) {
        end -= 1;
    }
    (end > at).then_some(end)
}

/// "urban and rural districts": whether the word at a token and the one after "and" are adjectives of a noun behind them.
fn adjective_pair(view: &View<'_>, at: usize) -> bool {
    use chancery_model::mark::Upos;
    view.low(at + 1) == "and"
        && view.together(at, at + 3)
        && view.upos(at) == Some(Upos::Adj)
        && view.upos(at + 2) == Some(Upos::Adj)
        && view.head(at).is_some_and(|h| h > at + 2 && view.head(at + 2).is_some_and(|x| x == h || x == at))
}

/// Whether the tree ends the phrase before a token: "hundreds sought shelter", where a verb has its subject before it; "two
/// bombs minutes apart", where a plural is no part of the noun after it.
fn told_apart(view: &View<'_>, at: usize, end: usize) -> bool {
    use chancery_model::mark::Upos;
    let subject = |c: usize| c < end && view.rel(c).starts_with("nsubj");
    if view.upos(end) == Some(Upos::Verb) && view.children(end).any(subject) {
        return true;
    }
    if end == at {
        return false;
    }
    // "thousands of Egyptians filled the square".
    if view.upos(end) == Some(Upos::Verb) && view.rel(end) == "root" && !view.low(end).ends_with("ing") {
        return true;
    }
    let last = view.low(end - 1);
    let length = chancery_lexicon::units::after(view.text, view.start(end))
        .is_some_and(|(_, u)| matches!(u.measure.as_str(), "duration" | "distance"));
    length && counting::is_plural(&last) && view.upos(end - 1) == Some(Upos::Noun)
}

/// A verb that is hardly ever a noun or adjective: "tens of thousands slept".
fn opens_verb(word: &str) -> bool {
    counting::is("finite", word)
        && !matches!(
            word,
            "work"
                | "works"
                | "need"
                | "needs"
                | "start"
                | "starts"
                | "turn"
                | "turns"
                | "cut"
                | "put"
                | "hit"
                | "face"
                | "sleep"
                | "lay"
                | "lives"
                | "live"
                | "heard"
                | "hope"
                | "waits"
                | "go"
                | "lie"
                | "lies"
                | "feel"
                | "walk"
                | "won"
                | "shot"
        )
}

/// Whether the word before a token is a plural noun that ends its phrase: what follows is no noun in the plural.
fn closed(view: &View<'_>, at: usize) -> bool {
    let last = view.word(at - 1);
    let low = last.to_lowercase();
    if !counting::is_plural(&low) || matches!(low.as_str(), "dead" | "wounded" | "injured") {
        return false;
    }
    let here = view.word(at);
    // "80 people dead": how they are, unless a noun follows.
    if matches!(here, "dead" | "wounded" | "injured") {
        return !counting::is_plural(&view.low(at + 1));
    }
    // "the 9,000-strong police force": a compound goes on to its noun.
    if view.rel(at - 1) == "compound" && view.head(at - 1).is_some_and(|h| h >= at) {
        return false;
    }
    // "United States soldiers", "Gaza Strip residents": names go on.
    let named = last.starts_with(char::is_uppercase)
        && (here.starts_with(char::is_uppercase) || matches!(low.as_str(), "states" | "nations"));
    !named && !counting::is_plural(&here.to_lowercase())
}

/// The token of the owner's mark in "the farmers' houses".
pub(super) fn is_owner(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// Whether a word can follow "and" as a second noun of one phrase: "politicians and activists".
pub(super) fn joined_noun(view: &View<'_>, end: usize) -> Option<usize> {
    if view.low(end) != "and" || !view.together(end - 1, end + 1) {
        return None;
    }
    let next = view.low(end + 1);
    let verb = super::measure::measured(view, end + 1).is_some_and(|(_, s, _)| s != Sense::Counted);
    if verb
        || stops(&next)
        || finite(&next)
        || numbers::word(&next).is_some()
        || numbers::vague_at(view.text, view.start(end + 1)).is_some()
        || !(next.starts_with(char::is_lowercase)
            || super::fate::is_nation(view, end - 1) && super::fate::is_nation(view, end + 1))
    {
        return None;
    }
    let second = self::end(view, end + 1)?;
    counting::is_plural(&view.low(second - 1)).then_some(second)
}
