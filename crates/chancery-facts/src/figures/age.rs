//! Ages of people, which count nobody.

use super::number::Number;
use crate::entities::view::View;
use chancery_model::mark::NameKind;

/// Whether a number is how old somebody is.
pub(super) fn is(view: &View<'_>, n: &Number, previous: &str) -> bool {
    let low = previous.to_lowercase();
    if matches!(low.as_str(), "aged" | "age" | "ages") {
        return true;
    }
    // "between the ages of 17 and 20".
    let small = n.high.is_some_and(|v| v <= 110.0);
    let of_ages = |k: usize| {
        n.start.checked_sub(k).is_some_and(|t| view.low(t) == "of" && view.together(t, n.start))
            && n.start.checked_sub(k + 1).is_some_and(|t| matches!(view.low(t).as_str(), "age" | "ages"))
    };
    if small && (of_ages(1) || of_ages(3)) {
        return true;
    }
    // "gave her age as 34".
    if matches!(low.as_str(), "as" | "at" | "is" | "was")
        && n.start.checked_sub(2).is_some_and(|t| matches!(view.low(t).as_str(), "age" | "ages"))
        && n.high.is_some_and(|v| v <= 110.0)
    {
        return true;
    }
    let after = view.text.get(view.start(n.end)..).unwrap_or("");
    if ["-year-old", "-years-old", "year-old", "years old", "-month-old", "-year old", "- year"]
        .iter()
        .any(|w| after.starts_with(w))
    {
        return true;
    }
    let years = n.digits && n.end == n.start + 1 && n.high.is_some_and(|v| v <= 110.0);
    // "aged 16 and 17".
    let pair = matches!(low.as_str(), "and" | "to" | "or" | "-" | "between")
        && (1..=3).any(|k| {
            n.start
                .checked_sub(k + 1)
                .is_some_and(|t| matches!(view.low(t).as_str(), "aged" | "age" | "ages"))
        });
    // "are under 18": no noun follows, people are spoken of.
    let bare = !view.low(n.end).starts_with(char::is_alphabetic) || super::phrase::stops(&view.low(n.end));
    let limit = matches!(low.as_str(), "under" | "over" | "below")
        && bare
        && n.start.checked_sub(2).is_some_and(|t| {
            matches!(
                view.low(t).as_str(),
                "are"
                    | "were"
                    | "is"
                    | "was"
                    | "those"
                    | "children"
                    | "people"
                    | "men"
                    | "women"
                    | "boys"
                    | "girls"
                    | "anyone"
            )
        });
    // "a boy of 12".
    let boy = low == "of"
        && bare
        && n.start.checked_sub(2).is_some_and(|t| {
            matches!(
                view.low(t).as_str(),
                "boy" | "girl" | "man" | "woman" | "child" | "pensioner" | "teenager" | "youth" | "age"
            )
        });
    // "a farmer of 58", "children under five".
    let one_of = low == "of"
        && bare
        && n.high == n.low
        && n.high.is_some_and(|v| (12.0..=110.0).contains(&v))
        && n.start.checked_sub(2).is_some_and(|t| {
            let w = view.low(t);
            chancery_lexicon::counting::is_person(&w)
                && !chancery_lexicon::counting::is_plural(&w)
                && t.checked_sub(1).is_some_and(|a| matches!(view.low(a).as_str(), "a" | "an" | "the" | ","))
        });
    let few = matches!(low.as_str(), "under" | "over" | "below")
        && bare
        && n.high.is_some_and(|v| v <= 21.0)
        && n.start.checked_sub(2).is_some_and(|t| {
            matches!(view.low(t).as_str(), "children" | "girls" | "boys" | "those" | "women" | "men")
        });
    if few || one_of && n.end <= n.start + 3 {
        return true;
    }
    // "A boy of nine": in words too.
    let boy = boy && n.high == n.low && n.high.is_some_and(|v| v <= 110.0) && n.end <= n.start + 3;
    if years && (pair || limit) || boy {
        return true;
    }
    // "She is 61.", "who was 15".
    let told = matches!(low.as_str(), "is" | "was" | "turned" | "am")
        && n.start.checked_sub(2).is_some_and(|t| {
            matches!(view.low(t).as_str(), "he" | "she" | "who" | "i") && view.together(t, n.start)
        });
    let closes =
        matches!(view.word(n.end), "." | "," | ";" | "”" | "\"" | "") || !view.together(n.start, n.end);
    if told && closes && n.low == n.high && n.high.is_some_and(|v| v <= 110.0) && n.end <= n.start + 3 {
        return true;
    }
    // "Prince Michael (8)".
    let brackets = previous == "("
        && view.word(n.end) == ")"
        && n.start
            .checked_sub(1)
            .is_some_and(|t| view.ending_at(t).is_some_and(|m| m.kind == NameKind::Person));
    if years && brackets {
        return true;
    }
    // "Mr Rao, 45, said", "the gunman, 28, is".
    let comma = previous == "," && matches!(view.word(n.end), "," | ")" | ".");
    let before = n.start.checked_sub(2);
    let person = before.is_some_and(|t| view.ending_at(t + 1).is_some_and(|m| m.kind == NameKind::Person));
    // "Asha Rao, 59 and from Pune, is missing", "Asha Rao, 69 - rescued after a week".
    let goes_on =
        matches!(view.low(n.end).as_str(), "and" | "from" | "of" | "who" | "-" | "–" | "—" | ";" | ":" | "(");
    let adult = n.high.is_some_and(|v| v >= 10.0);
    if previous == ","
        && years
        && person
        && goes_on
        && adult
        && !view.low(n.end + 1).starts_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    let noun = view.word(n.end) == ","
        && before.is_some_and(|t| {
            view.word(t).starts_with(char::is_alphabetic)
                && !view.word(t).starts_with(|c: char| c.is_ascii_digit())
        });
    comma && years && (person || noun)
}
