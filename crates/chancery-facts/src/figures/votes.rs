//! The two sides of a vote: "voted 14-3", "a 6-5 ruling", "deadlocked 4 to 4".

use super::number::Number;
use crate::entities::view::View;

/// Whether a number is one side of a vote: two bare numbers, a dash or "to" between, beside a word of voting and none of
/// play.
pub(super) fn cast(view: &View<'_>, n: &Number) -> bool {
    if n.end != n.start + 1 || !whole(view, n.start) {
        return false;
    }
    let joint = |t: usize| matches!(view.low(t).as_str(), "-" | "–" | "to");
    let (first, second) = if joint(n.end) && whole(view, n.end + 1) {
        (n.start, n.end + 1)
    } else if n.start >= 2 && joint(n.start - 1) && whole(view, n.start - 2) {
        (n.start - 2, n.start)
    } else {
        return false;
    };
    if !view.together(first, second) {
        return false;
    }
    let before = (first.saturating_sub(6)..first).filter(|t| view.together(*t, first));
    let words: Vec<String> = before.map(|t| view.low(t)).collect();
    let next = view.low(second + 1);
    let told = words.iter().any(|w| {
        matches!(
            w.as_str(),
            "voted"
                | "vote"
                | "votes"
                | "voting"
                | "ruled"
                | "deadlocked"
                | "passed"
                | "approved"
                | "rejected"
        )
    });
    let names =
        matches!(next.as_str(), "vote" | "decision" | "ruling" | "majority" | "verdict" | "tie" | "against");
    let verb = told
        && (!next.starts_with(char::is_alphanumeric)
            || matches!(
                next.as_str(),
                "for" | "to" | "in" | "on" | "with" | "that" | "and" | "along" | "late" | "against" | "last"
            ));
    let play = words.iter().any(|w| {
        matches!(
            w.as_str(),
            "beat" | "won" | "lost" | "drew" | "defeated" | "goals" | "match" | "score" | "at"
        )
    });
    (verb || names && view.word(second + 1) != "against") && !play
}

fn whole(view: &View<'_>, t: usize) -> bool {
    let w = view.word(t);
    !w.is_empty() && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit())
}
