//! Which way an expression points, from the words of its clause: no parser, the nearest verb or cue that shows a tense.

use super::lex::Line;
use chancery_lexicon::times::TIMES;
use chancery_model::facts::Direction;
use std::collections::HashMap;
use std::sync::LazyLock;

static CUES: LazyLock<HashMap<&'static str, Direction>> = LazyLock::new(|| {
    let future = TIMES.future.iter().map(|w| (w.as_str(), Direction::Future));
    let past = TIMES.past.iter().map(|w| (w.as_str(), Direction::Past));
    past.chain(future).collect()
});

/// How far a cue is looked for, in lexemes. Longer clauses have their verb near the time more often than not.
const REACH: usize = 14;

/// The direction that the clause around lexemes `a..b` shows.
pub(super) fn of(line: &Line<'_>, a: usize, b: usize) -> Direction {
    // "As soon as Tuesday", "no later than Friday".
    if line.is(a.wrapping_sub(1), "as") && line.any(a.wrapping_sub(2), &["soon", "early"])
        || line.is(a.wrapping_sub(1), "than") && line.any(a.wrapping_sub(2), &["later", "sooner"])
    {
        return Direction::Future;
    }
    // "Worked it out overnight Tuesday": a night that is over, unless something will be done in it.
    if line.is(a.wrapping_sub(1), "overnight") {
        let will = (a.saturating_sub(8)..a).any(|i| line.any(i, &["will", "ll", "due", "expected", "may"]));
        return if will { Direction::Future } else { Direction::Past };
    }
    // "As of February": a state, and no deed to come, unless the words before say so.
    if line.is(a.wrapping_sub(1), "of") && line.is(a.wrapping_sub(2), "as") {
        let ahead = (0..a).rev().take(REACH).take_while(|&i| !ends_clause(line, i));
        let ahead = ahead.chain((b..line.len()).take(REACH).take_while(|&i| !ends_clause(line, i)));
        let told = |i: usize| line.any(i, &["will", "ll", "would", "effective"]);
        return if ahead.into_iter().any(told) { Direction::Future } else { Direction::Past };
    }
    let before = (0..a).rev().take(REACH).take_while(|&i| !ends_clause(line, i)).find_map(|i| {
        let d = cue(line, i)?;
        Some((a - i, i, d))
    });
    // What is said or agreed on that day may lie on another.
    let after = (b..line.len())
        .take(REACH)
        .take_while(|&i| {
            let next = line.is(i, "that") || line.is(i, "and") && verb_at(line, i + 1);
            !(ends_clause(line, i) || next)
        })
        .find_map(|i| {
            let d = cue(line, i)?;
            Some((i - b + 1, d))
        });
    // "By mid-October": a limit lies ahead, unless what it limits is done ("was freed by Thursday").
    // "Through January" is such a limit, but for "from May through July".
    let from = (2..6).any(|k| line.is(a.wrapping_sub(k), "from"));
    // "Affected by Tuesday's earthquake": who did it, and no limit.
    let agent = possessive(line, b) && !comes(line, b);
    let limit = a.checked_sub(1).filter(|p| {
        line.is(*p, "by") && !agent || line.any(*p, &["until", "till"]) || line.is(*p, "through") && !from
    });
    let before = match limit {
        Some(p) if !line.any(p, &["by", "through"]) || !done(line, p) => Some((1, p, Direction::Future)),
        // "Loans through January": of what was done, but not up to when.
        Some(p) if line.is(p, "through") => Some((1, p, Direction::Unknown)),
        Some(p) => Some((1, p, Direction::Past)),
        None => before,
    };
    if let Some((_, i, Direction::Future)) = before {
        // "Had filed by Wednesday", "until Thursday they had not": the deed is past, and so is its limit.
        let limit = line.any(i, &["by", "until", "till"]) && i + 2 >= a;
        // "Had promised to ship it by May" sets one that may be ahead.
        let had = (i.saturating_sub(8)..i)
            .rev()
            .take_while(|&k| !ends_clause(line, k) && !line.is(k, "to"))
            .any(|k| line.is(k, "had"));
        // "Raids that until Sunday caused no deaths".
        let later = (b..b + 6).any(|k| line.any(k, &["had", "was", "were", "did"]))
            || cue(line, b) == Some(Direction::Past);
        if limit && (had || later) {
            return Direction::Past;
        }
    }
    if possessive(line, b) {
        return of_possessive(line, b, before.map(|(n, _, d)| (n, d)));
    }
    match (before, after) {
        // The verb before an expression governs it unless the one after stands much nearer.
        (Some((x, _, d)), Some((y, e))) => {
            let margin = if d == Direction::Future { 5 } else { 3 };
            if y + margin < x { e } else { d }
        }
        (Some((_, _, d)), None) => d,
        // "Late Tuesday" is said of what is done.
        (None, Some(_)) if line.is(a, "late") => Direction::Past,
        (None, Some((_, d))) => d,
        (None, None) => Direction::Unknown,
    }
}

fn possessive(line: &Line<'_>, b: usize) -> bool {
    line.any(b, &["'", "\u{2019}"]) && line.is(b + 1, "s") && line.glued(b) && line.glued(b + 1)
}

/// Whether the verb before lexeme `p` tells of a deed done: not a word of saying, and no infinitive between.
fn done(line: &Line<'_>, p: usize) -> bool {
    let verb = (0..p)
        .rev()
        .take(REACH)
        .take_while(|&i| !ends_clause(line, i))
        .find_map(|i| Some((i, cue(line, i)?)));
    let Some((i, Direction::Past)) = verb else { return false };
    let saying =
        line.any(i, &["said", "says", "told", "has", "have", "had", "added", "promised", "pledged", "vowed"]);
    let infinitive = (i..p).any(|k| {
        line.is(k, "to")
            && line.letters(k + 1)
            && !line.capital(k + 1)
            && !line.any(k + 1, &["the", "a", "an", "its", "their", "his", "her"])
    });
    !saying && !infinitive
}

/// Whether another deed follows an "and": "plan a march on Saturday and were told to call it off".
fn verb_at(line: &Line<'_>, i: usize) -> bool {
    line.any(i, &["was", "were", "is", "are", "has", "have", "had", "will", "would", "did"])
}

/// Verbs whose present progressive beside a day tells what is arranged.
const ARRANGED: &[&str] = &[
    "meeting",
    "holding",
    "travelling",
    "traveling",
    "visiting",
    "flying",
    "leaving",
    "arriving",
    "heading",
    "voting",
    "hosting",
    "attending",
    "returning",
    "opening",
    "addressing",
    "launching",
    "convening",
    "gathering",
    "starting",
];

/// What "Wednesday's …" can be when it is still to come.
const TO_COME: &[&str] = &[
    "meeting",
    "summit",
    "vote",
    "voting",
    "election",
    "elections",
    "talks",
    "session",
    "hearing",
    "game",
    "match",
    "debate",
    "deadline",
    "conference",
    "referendum",
    "primary",
    "ballot",
    "rally",
    "poll",
    "polls",
    "trip",
    "visit",
];

/// Whether what the day has may be still to come.
fn comes(line: &Line<'_>, b: usize) -> bool {
    (b + 2..b + 5).any(|i| line.any(i, TO_COME))
}

/// "Wednesday's ruling" is a thing done, whatever verb stands before it; "Wednesday's vote" may be either.
fn of_possessive(line: &Line<'_>, b: usize, before: Option<(usize, Direction)>) -> Direction {
    let to_come = comes(line, b);
    match before {
        Some((n, Direction::Future)) if !to_come && n > 2 => Direction::Past,
        Some((_, d)) => d,
        None if to_come => Direction::Unknown,
        None => Direction::Past,
    }
}

fn ends_clause(line: &Line<'_>, i: usize) -> bool {
    line.any(
        i,
        &[
            ";", ":", "\"", "\u{201c}", "\u{201d}", "which", "who", "while", "but", "although", "because",
            "\u{2014}",
        ],
    ) || (line.is(i, "-") && line.is(i + 1, "-"))
}

/// Whether the word in "-ed" at `i` describes a noun: "an unspecified date", "the armed men".
fn described(line: &Line<'_>, i: usize) -> bool {
    const DETERMINERS: &[&str] =
        &["a", "an", "the", "this", "these", "those", "its", "his", "her", "their", "our", "no", "any"];
    let adverb = line.w(i.wrapping_sub(1)).ends_with("ly") || line.any(i.wrapping_sub(1), &["still", "yet"]);
    line.any(i.wrapping_sub(1), DETERMINERS) || adverb && line.any(i.wrapping_sub(2), DETERMINERS)
}

fn cue(line: &Line<'_>, i: usize) -> Option<Direction> {
    let w = line.w(i);
    if !line.letters(i) {
        // "'ll"
        return None;
    }
    if w == "ll" && line.any(i.wrapping_sub(1), &["'", "\u{2019}"]) {
        return Some(Direction::Future);
    }
    // "Could have gone" looks back; "would have become chair in January" may have been ahead.
    if matches!(w, "would" | "could" | "should" | "might" | "may") && line.is(i + 1, "have") {
        return Some(if w == "would" { Direction::Unknown } else { Direction::Past });
    }
    if w == "have" && line.is(i.wrapping_sub(1), "would") {
        return None;
    }
    // "May" the month and "Set" in a name are no cues.
    if line.capital(i) && line.class(i).month.is_some() {
        return None;
    }
    if matches!(w, "takes" | "take") && line.any(i + 1, &["effect", "place", "force"]) {
        return Some(Direction::Future);
    }
    // "Ministers are meeting on Thursday": what is arranged, not what goes on.
    let goes_on = |k: usize| line.any(k, ARRANGED);
    if matches!(w, "is" | "are")
        && (goes_on(i + 1) || line.letters(i + 1) && line.w(i + 1).ends_with("ly") && goes_on(i + 2))
    {
        return Some(Direction::Future);
    }
    // "There is a hearing on Monday": what goes on already has no day named for it.
    if matches!(w, "is" | "are") && line.is(i.wrapping_sub(1), "there") {
        return Some(Direction::Future);
    }
    // "He was to arrive on Sunday": what was arranged lies ahead for all that is said; "was to have arrived" does not.
    if matches!(w, "was" | "were") && line.is(i + 1, "to") && line.letters(i + 2) && !line.is(i + 2, "have") {
        return Some(Direction::Future);
    }
    // "The vote is on Friday."
    if matches!(w, "is" | "are")
        && line.any(i + 1, &["on", "in"])
        && line.class(i + 2).weekday.or(line.class(i + 2).month).is_some()
    {
        return Some(Direction::Future);
    }
    // "Asked them to work out a plan overnight Tuesday": a plan looks ahead by what it is for.
    const WHOSE: &[&str] = &["a", "an", "the", "this", "his", "her", "its", "their", "our"];
    if matches!(w, "plan" | "plans")
        && line.any(i.wrapping_sub(1), WHOSE)
        && !line.any(i + 1, &["to", "for", "of", "on", "in"])
    {
        return None;
    }
    // "Due to expire": the word before the infinitive tells.
    if line.is(i.wrapping_sub(1), "to") && CUES.get(w) == Some(&Direction::Future) {
        return None;
    }
    // "Could not be found": what was not possible is past.
    if w == "could"
        && (line.any(i + 1, &["not", "n"])
            || (1..=6).any(|k| line.any(i.wrapping_sub(k), &["neither", "nor", "nobody", "none"])))
    {
        return Some(Direction::Past);
    }
    if w == "set" && line.any(i + 1, &["aside", "up", "out", "off", "fire", "back", "foot"]) {
        return Some(Direction::Past);
    }
    // "Planned a rally on Saturday" looks ahead; "had planned" does not (below).
    if w == "planned"
        && line.any(i + 1, &["a", "an", "to", "the"])
        && !(1..=3).any(|k| line.is(i.wrapping_sub(k), "had"))
    {
        return Some(Direction::Future);
    }
    // "had been due", "was to have been scheduled"
    if matches!(w, "due" | "scheduled" | "planned" | "expected" | "slated" | "set")
        && (1..=3).any(|k| i.checked_sub(k).is_some_and(|p| line.is(p, "had")))
    {
        return Some(Direction::Past);
    }
    // "will be held": the auxiliary before "be" tells.
    if line.any(i.wrapping_sub(1), &["be", "being", "been"])
        && (w.ends_with("ed") || CUES.get(w) == Some(&Direction::Past))
    {
        return None;
    }
    if let Some(d) = CUES.get(w) {
        if w == "by" || w == "set" || w == "going" {
            // "by" an actor points nowhere; only "by" right before a time does.
            let near = line.class(i + 1);
            let timed = near.month.is_some()
                || near.weekday.is_some()
                || line.is(i + 1, "the") && line.is(i + 2, "end");
            let agent = possessive(line, i + 2) && !comes(line, i + 2);
            if w == "by" && (!timed || agent) || w != "by" && !line.is(i + 1, "to") && !line.is(i + 1, "for")
            {
                return None;
            }
        }
        return Some(*d);
    }
    // "is to meet", "are to vote"
    if matches!(w, "is" | "are") && line.is(i + 1, "to") {
        return Some(Direction::Future);
    }
    if w.len() > 3
        && w.ends_with("ed")
        && !w.ends_with("eed")
        && !matches!(w, "united" | "hundred" | "shed" | "sacred" | "naked")
        && (!line.letters(i + 1) || !described(line, i))
        && !line.capital(i)
    {
        return Some(Direction::Past);
    }
    None
}
