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

/// The direction that the clause around lexemes `a..b` shows. `skip` says which lexemes belong to other expressions.
pub(super) fn of(line: &Line<'_>, a: usize, b: usize) -> Direction {
    let before = (0..a).rev().take(REACH).take_while(|&i| !ends_clause(line, i)).find_map(|i| {
        let d = cue(line, i)?;
        Some((a - i, d))
    });
    let after = (b..line.len()).take(REACH).take_while(|&i| !ends_clause(line, i)).find_map(|i| {
        let d = cue(line, i)?;
        Some((i - b + 1, d))
    });
    match (before, after) {
        // The verb before an expression governs it unless the one after stands much nearer.
        (Some((x, d)), Some((y, e))) => {
            if y + 3 < x {
                e
            } else {
                d
            }
        }
        (Some((_, d)), None) | (None, Some((_, d))) => d,
        (None, None) => Direction::Unknown,
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

fn cue(line: &Line<'_>, i: usize) -> Option<Direction> {
    let w = line.w(i);
    if !line.letters(i) {
        // "'ll"
        return None;
    }
    if w == "ll" && line.any(i.wrapping_sub(1), &["'", "\u{2019}"]) {
        return Some(Direction::Future);
    }
    // "would have met", "should have gone" look back.
    if matches!(w, "would" | "could" | "should" | "might" | "may") && line.is(i + 1, "have") {
        return Some(Direction::Past);
    }
    // "May" the month and "Set" in a name are no cues.
    if line.capital(i) && line.class(i).month.is_some() {
        return None;
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
            if w == "by" && !timed || w != "by" && !line.is(i + 1, "to") && !line.is(i + 1, "for") {
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
        && !matches!(w, "need" | "indeed" | "speed" | "proceed" | "exceed" | "united" | "hundred")
        && !line.capital(i)
    {
        return Some(Direction::Past);
    }
    None
}
