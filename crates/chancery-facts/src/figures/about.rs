//! What a number is about: the thing counted, the measure, the happening.

use super::Amount;
use crate::entities::view::View;
use chancery_lexicon::measures::{self, Sense};
use chancery_lexicon::{numbers, units};
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::mark::NameKind;
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;

/// What the words around a number tell.
pub(super) struct About {
    pub subject: Option<String>,
    pub measure: Option<&'static str>,
    pub of: Option<String>,
    pub sure: Sure,
}

/// Reads the words around a number.
pub(super) fn read(view: &View<'_>, amount: &Amount, before: &[Figure], span: Span) -> About {
    let mut at = amount.end;
    if view.low(at) == "of" && view.low(at + 1) != "them" && view.low(at + 1) != "whom" {
        at += 1;
        at += usize::from(matches!(view.low(at).as_str(), "the" | "its" | "their" | "all" | "his"));
    } else if amount.unit.is_some()
        && matches!(view.low(at).as_str(), "in" | "for" | "worth")
        && amount.unit.is_some_and(|u| u.measure == "money")
    {
        at += 1 + usize::from(view.low(at + 1) == "of");
    } else if matches!(view.low(at).as_str(), "more" | "other" | "further" | "additional") {
        at += 1;
    }
    let hyphen = usize::from(view.word(at) == "-");
    let phrase = phrase_end(view, at + hyphen);
    let subject = phrase.map(|end| words(view, at + hyphen, end));
    let after = phrase.unwrap_or(at);
    if let Some(u) = amount.unit {
        let measure: &'static str = &u.measure;
        let subject = if u.measure == "duration" && hyphen == 0 && view.low(amount.end) != "of" {
            None
        } else {
            subject
        };
        return About { subject, measure: Some(measure), of: happening(view, after), sure: Sure::High };
    }
    let noun = phrase
        .and_then(|end| in_phrase(view, at, end, Sense::Noun))
        .or_else(|| direct(view, at, Sense::Noun));
    let counted = phrase.and_then(|end| in_phrase(view, at, end, Sense::Counted));
    let start = view.segments.tokens_in(span).start as usize;
    let close = verb_before(view, start, 3);
    let following = verb_after(view, after);
    let found = noun.or(close).or(following).or(counted).or_else(|| verb_before(view, start, 9));
    let inherited = || {
        let joined = start.checked_sub(1).is_some_and(|t| matches!(view.low(t).as_str(), "and" | ","))
            || start >= 2 && view.low(start - 1) == "and";
        let last = before.last().filter(|f| {
            joined
                && f.unit.is_none()
                && view.segments.sentence_of(view.segments.tokens_in(f.span).start as usize)
                    == view.segments.sentence_of(start)
        })?;
        measure_word(&last.measure)
    };
    let measure = found.or_else(inherited);
    let of = happening(view, after);
    // "50 dead": the dead are the measure, not a thing beside it.
    let subject = subject.filter(|s| {
        !(noun.is_some()
            && s.split_whitespace().count() == 1
            && counted.is_none()
            && !s.ends_with("ees")
            && !s.ends_with("ers"))
    });
    About { subject, measure, of, sure: if measure.is_some() { Sure::High } else { Sure::Medium } }
}

/// The static word of a measure.
fn measure_word(m: &str) -> Option<&'static str> {
    [
        "killed",
        "wounded",
        "casualties",
        "displaced",
        "detained",
        "released",
        "missing",
        "struck",
        "troops",
        "besieged",
        "affected",
        "attendance",
        "votes",
    ]
    .into_iter()
    .find(|x| *x == m)
}

/// The thing counted from a token on, as printed.
pub(super) fn noun_phrase(view: &View<'_>, at: usize) -> Option<String> {
    let skip = usize::from(matches!(view.low(at).as_str(), "the" | "its" | "their" | "all" | "were" | "are"));
    phrase_end(view, at + skip).map(|end| words(view, at + skip, end))
}

fn words(view: &View<'_>, from: usize, to: usize) -> String {
    view.segments
        .span(TokenRange::new(from, to))
        .of(view.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// One past the noun phrase at a token; `None` when none starts there.
fn phrase_end(view: &View<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + 6 && view.together(at, end) {
        let word = view.low(end);
        let hyphen = word == "-" && end > at;
        let owner = matches!(word.as_str(), "'s" | "’s") && end > at;
        if !hyphen && !owner && (!word.starts_with(char::is_alphabetic) || stops(&word)) {
            break;
        }
        // A verb of measuring ends the phrase, unless it is an adjective before its noun ("wounded soldiers").
        let verb = measures::at(view.text, view.start(end)).is_some_and(|(_, s, _)| s == Sense::Verb);
        if verb
            && (end > at || stops(&view.low(end + 1)) || !view.low(end + 1).starts_with(char::is_alphabetic))
        {
            break;
        }
        if end > at && numbers::word(&word).is_some() {
            break;
        }
        if end > at && !verb && finite(&word) {
            break;
        }
        end += 1;
    }
    while end > at && matches!(view.word(end - 1), "-" | "'s" | "’s") {
        end -= 1;
    }
    (end > at).then_some(end)
}

/// Past-tense verbs end a noun phrase; few nouns and adjectives end so.
fn finite(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ed")
        && !matches!(
            word,
            "armed"
                | "displaced"
                | "unarmed"
                | "wounded"
                | "injured"
                | "disabled"
                | "retired"
                | "masked"
                | "united"
                | "hundred"
                | "elected"
                | "unemployed"
                | "registered"
        )
        || matches!(
            word,
            "fled"
                | "left"
                | "took"
                | "came"
                | "went"
                | "began"
                | "died"
                | "met"
                | "said"
                | "told"
                | "says"
                | "voted"
                | "lost"
                | "made"
                | "rose"
                | "fell"
                | "remain"
                | "remains"
                | "live"
                | "lived"
                | "lack"
                | "stay"
                | "attend"
                | "seek"
                | "want"
                | "face"
                | "held"
                | "gave"
                | "became"
                | "got"
        )
}

/// Words that cannot stand in the noun phrase of a thing counted.
pub(super) fn stops(word: &str) -> bool {
    const STOPS: [&str; 92] = [
        "a",
        "about",
        "after",
        "again",
        "against",
        "ago",
        "all",
        "also",
        "although",
        "amid",
        "among",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "between",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "during",
        "each",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "including",
        "inside",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "must",
        "near",
        "not",
        "of",
        "on",
        "or",
        "out",
        "over",
        "per",
        "she",
        "should",
        "since",
        "so",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "they",
        "this",
        "those",
        "through",
        "to",
        "today",
        "under",
        "until",
        "was",
        "we",
        "were",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "will",
        "with",
        "would",
    ];
    STOPS.binary_search(&word).is_ok()
        || matches!(
            word,
            "yesterday"
                | "tomorrow"
                | "across"
                | "around"
                | "i"
                | "you"
                | "without"
                | "whose"
                | "these"
                | "there"
                | "within"
                | "once"
                | "still"
                | "more"
                | "reportedly"
                | "allegedly"
                | "alone"
                | "worth"
                | "according"
                | "already"
                | "only"
                | "too"
        )
}

fn in_phrase(view: &View<'_>, from: usize, to: usize, sense: Sense) -> Option<&'static str> {
    // The head is last: "aid workers' bodies" counts bodies.
    (from..to)
        .rev()
        .find_map(|t| measures::at(view.text, view.start(t)).filter(|(_, s, _)| *s == sense).map(|x| x.2))
}

/// A measuring noun right after the number: "50 dead".
fn direct(view: &View<'_>, at: usize, sense: Sense) -> Option<&'static str> {
    measures::at(view.text, view.start(at)).filter(|(_, s, _)| *s == sense).map(|x| x.2)
}

/// A verb of measuring before the number, at most `reach` tokens back; another number, a stop or a clause ends the search.
fn verb_before(view: &View<'_>, start: usize, reach: usize) -> Option<&'static str> {
    for k in 1..=reach {
        let t = start.checked_sub(k)?;
        if !view.together(t, start) {
            return None;
        }
        let word = view.word(t);
        if matches!(word, "." | ";" | ":" | "“" | "”" | "\"")
            || word.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        if reach <= 3 && matches!(word, "," | "and") {
            return None;
        }
        if let Some((byte, sense, m)) = measures::at(view.text, view.start(t)) {
            let toll = sense == Sense::Noun || sense == Sense::Verb;
            // "were killed after 12 shells": a preposition of time cuts the verb off.
            let cut = (t + 1..start).any(|x| {
                matches!(
                    view.low(x).as_str(),
                    "after" | "when" | "by" | "with" | "that" | "as" | "while" | "in" | "from"
                )
            });
            let passive = t
                .checked_sub(1)
                .is_some_and(|p| matches!(view.low(p).as_str(), "was" | "were" | "been" | "being" | "be"));
            if toll && !cut && !(passive && sense == Sense::Verb) && byte <= view.start(start) {
                return Some(m);
            }
        }
        let toll = view.low(t) == "toll"
            && !measures::at(view.text, view.start(t.saturating_sub(1))).is_some_and(|x| x.1 == Sense::Verb);
        if toll {
            return Some("killed");
        }
    }
    None
}

/// A verb of measuring after the thing counted: "people were killed", "families have fled".
fn verb_after(view: &View<'_>, from: usize) -> Option<&'static str> {
    for t in from..from + 9 {
        if !view.together(from.saturating_sub(1), t) {
            return None;
        }
        let word = view.low(t);
        if matches!(word.as_str(), "." | ";" | ":" | "but" | "that" | "when" | "after" | "while")
            || number_like(view, t) && t > from
        {
            return None;
        }
        if let Some((_, Sense::Verb, m)) = measures::at(view.text, view.start(t)) {
            return Some(m);
        }
        if matches!(word.as_str(), "and" | ",") {
            return None;
        }
    }
    None
}

fn number_like(view: &View<'_>, t: usize) -> bool {
    view.word(t).starts_with(|c: char| c.is_ascii_digit()) || numbers::word(view.word(t)).is_some()
}

/// "a year", "per day", "annually": the unit of time that a rate is by.
pub(super) fn rate(view: &View<'_>, at: usize) -> Option<&'static str> {
    let first = view.low(at);
    if matches!(first.as_str(), "annually" | "yearly") {
        return Some("year");
    }
    if !matches!(first.as_str(), "a" | "an" | "per" | "every" | "each") {
        return None;
    }
    let (_, u) = units::after(view.text, view.start(at + 1))?;
    (u.measure == "duration").then_some(u.unit.as_str())
}

/// The happening a figure is of: what follows "in", "during", "since" or "from the", when it is no place and no date.
fn happening(view: &View<'_>, from: usize) -> Option<String> {
    for t in from..from + 10 {
        if !view.together(from.saturating_sub(1), t) {
            return None;
        }
        let word = view.low(t);
        if matches!(word.as_str(), "." | ";" | "”" | "\"" | "but") || number_like(view, t) && t > from {
            return None;
        }
        let from_the = word == "from" && matches!(view.low(t + 1).as_str(), "the" | "a");
        if !(from_the || matches!(word.as_str(), "in" | "during" | "since")) {
            continue;
        }
        let det = matches!(
            view.low(t + 1).as_str(),
            "the" | "a" | "an" | "this" | "that" | "its" | "their" | "these" | "those" | "his"
        );
        let begin = t + 1 + usize::from(det);
        let named = view.starting_at(begin);
        if named.is_some_and(|m| m.kind == NameKind::Place)
            && view.starting_at(begin).is_some_and(|m| {
                !view.low(m.tokens.end as usize).starts_with(char::is_alphabetic)
                    || stops(&view.low(m.tokens.end as usize))
            })
        {
            continue;
        }
        let time = units::after(view.text, view.start(begin)).is_some()
            || chancery_lexicon::common::is_plain(view.word(begin)) && !det
            || number_like(view, begin)
            || matches!(
                view.low(begin).as_str(),
                "past"
                    | "last"
                    | "next"
                    | "first"
                    | "same"
                    | "morning"
                    | "city"
                    | "country"
                    | "town"
                    | "area"
                    | "region"
                    | "capital"
                    | "village"
                    | "province"
            );
        if time {
            continue;
        }
        let Some(end) = phrase_end(view, begin) else { continue };
        return Some(words(view, t + 1, end));
    }
    None
}
