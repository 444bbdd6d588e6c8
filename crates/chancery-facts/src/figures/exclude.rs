//! Numbers that claim nothing: dates, ages, clock times, articles of law, scores, parts of names.

use super::number::Number;
use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::{measures, units};
use chancery_model::mark::{NameKind, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::TimeType;

/// Whether a number is no claim.
pub(super) fn is_no_claim(ctx: &Context<'_>, view: &View<'_>, n: &Number) -> bool {
    let span = view.segments.span(TokenRange::new(n.start, n.end));
    let previous = n.start.checked_sub(1).map(|t| view.word(t)).unwrap_or_default();
    let next = view.low(n.end);
    in_date(ctx, span) && !dead_thousand(view, n)
        || in_name(view, n)
        || year(view, n, previous, &next)
        || super::age::is(view, n, previous)
        || code(view, n)
        || after_name(view, n)
        || clock(view, n)
        || measures::bars_number(previous) && n.digits && !numbering(view, n.start)
        || physical(view, n)
        || !super::votes::cast(view, n) && (score(view, n) || odds(view, n))
        || identifier(view, n)
        || address(view, n)
        || listed(view, n)
        || spelled_in_name(view, n)
        || next != "to" && from_nothing(view, n)
        || compound(view, n)
        || ordinal(view, n)
        || super::pointing::known(view, n, previous, &next)
            && super::measure::deed_before(view, n.start).is_none()
        || next == "ago"
        || n.digits
            && n.end == n.start + 1
            && bare(view, n)
            && super::tree::labels(view, n.start)
            && !super::elided::gapped(view, n.start, n.end)
        || units::after(view.text, view.start(n.end)).is_some_and(|(byte, u)| {
            let rest = view.text.get(byte..).unwrap_or("").trim_start();
            // "for about 90 minutes before police landed".
            let hedge =
                matches!(previous.to_lowercase().as_str(), "about" | "some" | "around" | "nearly" | "almost");
            let lead =
                n.start.checked_sub(if hedge { 2 } else { 1 }).map(|t| view.low(t)).unwrap_or_default();
            let held = matches!(lead.as_str(), "for" | "within" | "lasted" | "in");
            u.measure == "duration"
                && !held
                && ["ago", "later", "earlier", "before ", "old"].iter().any(|w| rest.starts_with(w))
        })
}

/// No unit is printed in one with the number ("84km").
fn bare(view: &View<'_>, n: &Number) -> bool {
    super::number::glued(view.word(n.start)).is_none()
}

/// "a 3 to 1 margin": how two things stand to each other.
fn odds(view: &View<'_>, n: &Number) -> bool {
    let noun = |t: usize| {
        matches!(view.low(t).as_str(), "margin" | "ratio" | "odds" | "advantage" | "majority" | "lead")
    };
    let small = |t: usize| {
        view.word(t).parse::<u32>().is_ok_and(|v| v < 100)
            || chancery_lexicon::numbers::word(view.word(t)).is_some()
    };
    let joint = |t: usize| matches!(view.low(t).as_str(), "to" | "-");
    let dash = |t: usize| usize::from(view.word(t) == "-");
    let second = n.end + 1;
    let first = view.low(n.end) == "to" && small(second) && noun(second + 1);
    let last = noun(n.end + dash(n.end))
        && n.start.checked_sub(2).is_some_and(|t| joint(t + 1) && small(t) && view.together(t, n.start));
    n.end == n.start + 1 && (first || last)
}

/// A run of digits that nobody counts with: "783499116076687360".
fn identifier(view: &View<'_>, n: &Number) -> bool {
    let word = view.word(n.start);
    n.end == n.start + 1 && word.len() > 12 && word.chars().all(|c| c.is_ascii_digit())
}

/// "131 West 23rd Street": the number of a house.
fn address(view: &View<'_>, n: &Number) -> bool {
    let name = |t: usize| view.word(t).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    n.digits
        && n.end == n.start + 1
        && (n.end..n.end + 4).take_while(|t| view.together(n.start, *t) && name(*t)).any(|t| {
            t > n.end
                && matches!(
                    view.word(t),
                    "Street" | "St" | "Avenue" | "Ave" | "Road" | "Boulevard" | "Lane" | "Drive" | "Square"
                )
        })
}

/// "one, his temper, and two, his language": the points of a list.
fn listed(view: &View<'_>, n: &Number) -> bool {
    let point = |t: usize, word: &str| view.low(t) == word && view.word(t + 1) == ",";
    let other = match view.low(n.start).as_str() {
        "one" => "two",
        "two" | "three" => "one",
        _ => return false,
    };
    let near = n.start.saturating_sub(40)..n.start + 40;
    n.end == n.start + 1
        && view.word(n.end) == ","
        && near.filter(|t| *t != n.start && view.together(*t, n.start)).any(|t| point(t, other))
}

/// "Six Flags": a capital number word before a capital word, amid a sentence here or elsewhere in the text.
fn spelled_in_name(view: &View<'_>, n: &Number) -> bool {
    let capital = |t: usize| {
        view.word(t).starts_with(char::is_uppercase) && view.word(t).chars().any(char::is_lowercase)
    };
    if n.digits
        || n.end != n.start + 1
        || !capital(n.start)
        || !capital(n.end)
        || !view.together(n.start, n.end)
    {
        return false;
    }
    let (one, two) = (view.word(n.start), view.word(n.end));
    let amid = |t: usize| {
        view.word(t) == one
            && view.word(t + 1) == two
            && t > 0
            && view.together(t - 1, t)
            && view.word(t - 1).starts_with(char::is_lowercase)
    };
    (0..view.segments.tokens.len()).any(amid)
}

/// "from zero", "down to zero": nothing is counted.
fn from_nothing(view: &View<'_>, n: &Number) -> bool {
    let next = view.low(n.end);
    let bare = !next.starts_with(char::is_alphanumeric) || super::phrase::stops(&next);
    view.low(n.start) == "zero" && bare
}

/// "The displaced number 30,000": there "number" is a verb.
pub(super) fn numbering(view: &View<'_>, number: usize) -> bool {
    let Some(t) = number.checked_sub(1).filter(|t| view.low(*t) == "number") else { return false };
    let before = t.checked_sub(1).filter(|n| view.together(*n, t));
    // "The dead could number 20,000".
    let modal =
        |n: &usize| matches!(view.low(*n).as_str(), "could" | "may" | "might" | "would" | "will" | "now");
    let before =
        if before.is_some_and(|n| modal(&n)) { before.and_then(|n| n.checked_sub(1)) } else { before };
    let Some(noun) = before.map(|n| view.low(n)) else { return false };
    chancery_lexicon::counting::is_plural(&noun)
        || matches!(
            noun.as_str(),
            "displaced"
                | "homeless"
                | "missing"
                | "killed"
                | "they"
                | "detained"
                | "unemployed"
                | "dead"
                | "wounded"
        )
}

/// Temperatures about zero, and how strong a quake was: "fell below zero", "the quake measured 7.9".
fn physical(view: &View<'_>, n: &Number) -> bool {
    let previous = n.start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    if n.low == Some(0.0)
        && n.high == Some(0.0)
        && matches!(previous.as_str(), "below" | "above" | "sub" | "-")
    {
        return true;
    }
    let small = n.digits && n.end == n.start + 1 && n.high.is_some_and(|v| (1.0..10.0).contains(&v));
    // "had a magnitude of seven".
    if n.start.checked_sub(2).is_some_and(|t| view.low(t) == "magnitude" && view.low(t + 1) == "of") {
        return true;
    }
    let read = (1..=3).filter_map(|k| n.start.checked_sub(k)).any(|t| {
        view.together(t, n.start)
            && matches!(
                view.low(t).as_str(),
                "measured"
                    | "measuring"
                    | "registered"
                    | "registering"
                    | "magnitude"
                    | "recorded"
                    | "measures"
            )
    });
    let bare =
        units::after(view.text, view.start(n.end)).is_none() && super::phrase::end(view, n.end).is_none();
    let quake = || {
        let span =
            view.segments.sentence_of(n.start).and_then(|s| view.segments.sentences.get(s)).map(|s| s.tokens);
        span.is_some_and(|s| {
            s.iter().any(|t| {
                matches!(
                    view.low(t).as_str(),
                    "quake"
                        | "earthquake"
                        | "tremor"
                        | "aftershock"
                        | "aftershocks"
                        | "richter"
                        | "temblor"
                        | "shock"
                )
            })
        })
    };
    // "A 7.0-magnitude quake", "7.0 on the Richter scale", "the quake was 7.0": whatever noun follows.
    let point = small && view.word(n.start).contains('.');
    let scale = (n.end..n.end + 5)
        .take_while(|t| view.together(n.start, *t))
        .any(|t| matches!(view.low(t).as_str(), "magnitude" | "richter" | "scale"));
    let told = matches!(previous.as_str(), "was" | "hit" | "reached" | "measure" | "at");
    (small && read && bare || point && (scale || told && bare)) && quake()
}

/// "the Geneva 2 talks": a digit after a name is part of it.
fn after_name(view: &View<'_>, n: &Number) -> bool {
    let name =
        view.ending_at(n.start).is_some_and(|m| !matches!(m.kind, NameKind::Person | NameKind::Office));
    name && n.digits
        && n.end == n.start + 1
        && n.high.is_some_and(|v| v < 10.0)
        && view.together(n.start - 1, n.start)
}

/// Inside a date, a time of day or a rhythm. A length of time is a figure.
fn in_date(ctx: &Context<'_>, span: chancery_model::Span) -> bool {
    ctx.facts.times.iter().any(|t| t.kind != TimeType::Duration && t.span.overlaps(span))
}

/// "two thousand dead": in words and with a noun after it, no year.
fn dead_thousand(view: &View<'_>, n: &Number) -> bool {
    let large = !n.digits && n.low.is_some_and(|v| v >= 1000.0) && view.together(n.start, n.end);
    large
        && (super::phrase::end(view, n.end).is_some() || measures::at(view.text, view.start(n.end)).is_some())
}

fn in_name(view: &View<'_>, n: &Number) -> bool {
    if units::before(view.text, view.start(n.start)).is_some() {
        return false;
    }
    let tokens = TokenRange::new(n.start, n.end);
    view.names.iter().any(|m| m.tokens.overlaps(tokens) && m.kind != NameKind::Office) || {
        // "Hall 4", "Group 77": a capitalised word right before digits, not opening the sentence.
        let before = n.start.checked_sub(1);
        let word = before.map(|t| view.word(t)).unwrap_or_default();
        let first = before
            .and_then(|t| view.segments.sentence_of(t))
            .and_then(|s| view.segments.sentences.get(s))
            .is_some_and(|s| Some(s.tokens.start as usize) == before);
        let cap = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().count() > 1
            && !super::phrase::stops(&word.to_lowercase());
        n.digits
            && cap
            && !first
            && before.is_some_and(|t| view.together(t, n.start))
            && view.ending_at(n.start).is_none()
            && {
                let next = view.low(n.end);
                !next.starts_with(char::is_alphabetic)
                    || super::phrase::stops(&next)
                    || !view.together(n.start, n.end)
            }
    }
}

fn year(view: &View<'_>, n: &Number, previous: &str, next: &str) -> bool {
    let word = view.word(n.start);
    let whole = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    let Some(v) = n.low.filter(|_| whole && n.end <= n.start + 3) else { return false };
    if !(1500.0..=2100.0).contains(&v) || view.word(n.start.wrapping_sub(1)) == "$" {
        return false;
    }
    let month = chancery_lexicon::common::is_plain(previous) && previous.starts_with(char::is_uppercase);
    let noun = next.starts_with(char::is_lowercase) && !super::phrase::stops(next);
    month || !noun
}

/// "0861 55 210", "Flight SK 903": digits that name and do not count.
fn code(view: &View<'_>, n: &Number) -> bool {
    let word = view.word(n.start);
    let plain = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit());
    let zero = word.len() > 1 && word.starts_with('0') && plain(word);
    let beside = |t: Option<usize>| t.is_some_and(|t| view.together(t, n.start) && plain(view.word(t)));
    let run = n.digits && (beside(n.start.checked_sub(1)) || beside(Some(n.end)));
    // "the 80's".
    if n.digits && matches!(view.word(n.end), "'s" | "’s") {
        return true;
    }
    // A temperature: "minus 17", "17 degrees".
    // "9/11", "24/7".
    let slash = |t: Option<usize>| {
        t.is_some_and(|t| view.together(t, n.start) && matches!(view.word(t), "/" | "\\/" | "\\"))
    };
    if n.digits && (slash(n.start.checked_sub(1)) || slash(Some(n.end))) {
        return true;
    }
    // "report no. 7", "The hotline, 4455, rings".
    let dot = n.digits
        && n.start.checked_sub(1).is_some_and(|t| {
            view.word(t) == "." && t > 0 && matches!(view.low(t - 1).as_str(), "no" | "nos")
        });
    let told = n.digits
        && n.end == n.start + 1
        && view.word(n.start.wrapping_sub(1)) == ","
        && view.word(n.end) == ","
        && n.start >= 2
        && matches!(
            view.low(n.start - 2).as_str(),
            "hotline" | "number" | "line" | "telephone" | "phone" | "freephone"
        );
    if dot || told {
        return true;
    }
    let minus = matches!(n.start.checked_sub(1).map(|t| view.low(t)).as_deref(), Some("minus"));
    // "Flight KX 903".
    let line = n.digits
        && n.start.checked_sub(1).is_some_and(|t| {
            let w = view.word(t);
            w.len() <= 3 && !w.is_empty() && w.chars().all(char::is_uppercase)
        })
        && n.start.checked_sub(2).is_some_and(|t| measures::bars_number(view.word(t)));
    line || zero || run || minus || matches!(view.low(n.end).as_str(), "degrees" | "degree")
}

fn clock(view: &View<'_>, n: &Number) -> bool {
    let word = view.word(n.start);
    let next = view.low(n.end);
    // "at 9.47": nothing is counted by it.
    let dotted = word.split_once('.').is_some_and(|(h, m)| {
        let hour = h.parse::<u8>().is_ok_and(|h| h < 24) && h.len() <= 2;
        hour && m.len() == 2 && m.parse::<u8>().is_ok_and(|m| m < 60)
    });
    let at = n.start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    // "at 10.37 exactly", "admitted at 21.30 reported": neither a noun nor a unit follows.
    let verb = matches!(view.upos(n.end), Some(Upos::Verb | Upos::Adv | Upos::Aux))
        && units::after(view.text, view.start(n.end)).is_none()
        && chancery_lexicon::numbers::scale(&next).is_none();
    let bare = !next.starts_with(char::is_alphanumeric) || super::phrase::stops(&next) || verb;
    // "within three minutes of 7.37".
    let minutes = at == "of"
        && n.start.checked_sub(2).is_some_and(|t| {
            matches!(view.low(t).as_str(), "minutes" | "minute" | "hour" | "hours" | "seconds")
        });
    if dotted && bare && minutes {
        return true;
    }
    // "stop at nine each evening", "until eight in the morning".
    let hour = n.end == n.start + 1 && n.low == n.high && n.high.is_some_and(|v| v <= 24.0);
    let by_day =
        |t: usize| matches!(view.low(t).as_str(), "morning" | "evening" | "night" | "afternoon" | "day");
    let of_day = match next.as_str() {
        "each" | "every" | "that" | "this" | "in" | "yesterday" | "tomorrow" => {
            by_day(n.end + 1) || view.low(n.end + 1) == "the" && by_day(n.end + 2)
        }
        "at" => by_day(n.end + 1),
        _ => false,
    };
    if hour && of_day && matches!(at.as_str(), "at" | "by" | "until" | "till" | "before" | "after" | "from") {
        return true;
    }
    if dotted
        && bare
        && matches!(at.as_str(), "at" | "by" | "until" | "around" | "before" | "after" | "and" | "from")
    {
        return units::before(view.text, view.start(n.start)).is_none() && next != "%";
    }
    word.contains(':')
        || view.word(n.end) == ":"
            && view.word(n.end + 1).starts_with(|c: char| c.is_ascii_digit())
            && n.digits
        || matches!(
            next.as_str(),
            "am" | "pm" | "a.m." | "p.m." | "gmt" | "o'clock" | "o’clock" | "hrs" | "utc"
        )
        || n.start
            .checked_sub(2)
            .is_some_and(|t| view.word(t + 1) == ":" && view.word(t).chars().all(|c| c.is_ascii_digit()))
}

/// "won 3-1": a dash between digits that does not rise, or beside a word of play or voting.
fn score(view: &View<'_>, n: &Number) -> bool {
    if !n.digits {
        return false;
    }
    let dash = |t: usize| matches!(view.word(t), "-" | "–");
    let digit = |t: usize| view.word(t).starts_with(|c: char| c.is_ascii_digit());
    let falling = dash(n.end) && digit(n.end + 1) || n.start >= 2 && dash(n.start - 1) && digit(n.start - 2);
    let word = view.word(n.start);
    let joined = word.contains(['-', '–']) && n.qualifier != chancery_model::vocab::Qualifier::Range;
    let before = (1..=3).filter_map(|k| n.start.checked_sub(k)).map(|t| view.low(t)).collect::<Vec<_>>();
    // "lost by 319 runs", "won by 3 goals".
    let margin = before.first().is_some_and(|w| w == "by")
        && before.get(1).is_some_and(|w| matches!(w.as_str(), "lost" | "won" | "beaten"))
        && matches!(
            view.low(n.end).as_str(),
            "runs"
                | "goals"
                | "wickets"
                | "points"
                | "sets"
                | "games"
                | "lengths"
                | "strokes"
                | "shots"
                | "tries"
        );
    if margin {
        return true;
    }
    let play = before.iter().any(|w| {
        matches!(
            w.as_str(),
            "beat" | "won" | "lost" | "drew" | "score" | "defeated" | "scored" | "voted" | "vote"
        )
    });
    let range = n.qualifier == chancery_model::vocab::Qualifier::Range
        && n.end <= n.start + 3
        && (dash(n.start + 1) || word.contains(['-', '–']));
    falling || joined || range && play
}

/// "two-state", "10-point": part of a compound that counts no people or things, unless a unit follows the hyphen.
fn compound(view: &View<'_>, n: &Number) -> bool {
    let hyphen = view.word(n.end) == "-"
        && view
            .segments
            .tokens
            .get(n.end)
            .zip(view.segments.tokens.get(n.end - 1))
            .is_some_and(|(h, x)| h.span.start == x.span.end);
    let after = view.start(n.end + 1);
    let before = n.start.checked_sub(1).is_some_and(|t| {
        view.word(t) == "-"
            && view
                .segments
                .tokens
                .get(t)
                .zip(view.segments.tokens.get(n.start))
                .is_some_and(|(h, x)| h.span.end == x.span.start)
    });
    let glued_word =
        n.start.checked_sub(2).is_some_and(|t| before && view.word(t).starts_with(char::is_alphabetic));
    hyphen
        && view.low(n.end + 1) != "strong"
        && units::after(view.text, after).is_none()
        && chancery_lexicon::numbers::qualifier_after(view.text, after).is_none()
        && super::compound::thing(view, n).is_none()
        && !super::votes::cast(view, n)
        || glued_word
}

/// A numbered line, or digits with an ordinal ending apart.
fn ordinal(view: &View<'_>, n: &Number) -> bool {
    let line = view
        .segments
        .sentence_of(n.start)
        .and_then(|s| view.segments.sentences.get(s))
        .is_some_and(|s| s.tokens.start as usize == n.start);
    let listed = line && n.digits && matches!(view.word(n.end), "." | ")");
    listed
        || matches!(view.low(n.end).as_str(), "th" | "st" | "nd" | "rd")
        || view.word(n.start.wrapping_sub(1)) == "#"
            && units::before(view.text, view.start(n.start)).is_none()
}
