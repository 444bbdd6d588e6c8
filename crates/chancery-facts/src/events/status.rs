//! Whether a happening happened: cues around its word, what is said of it, and in whose mouth it stands.

use super::clause::Clause;
use super::participants::Someone;
use crate::Context;
use chancery_lexicon::status::STATUS;
use chancery_lexicon::verbs::{Form, Hit};
use chancery_model::facts::StatementIx;
use chancery_model::vocab::{Act, EventType, Role, Status};

/// How many words may stand between a cue and the event word.
const REACH: usize = 5;
/// The same for a plain negation, which stands close to its verb.
const NEAR: usize = 3;

pub(super) fn of(
    ctx: &Context<'_>,
    clause: &Clause<'_>,
    at: usize,
    hit: &Hit,
    statement: Option<StatementIx>,
    participants: &[(Role, Someone)],
) -> Status {
    let mut found: Vec<Status> = Vec::new();
    cues_before(clause, at, hit, &mut found);
    cues_after(clause, hit, &mut found);
    // "to meet" that hangs on nothing the lists know: an aim, not a deed.
    if found.is_empty() && hit.form == Form::Base && clause.before(at) == "to" {
        found.push(Status::Planned);
    }
    by_statement(ctx, statement, hit.class.kind, participants, true, &mut found);
    // The list of the contract rises in precedence from the end: the smallest wins.
    found.into_iter().min().unwrap_or(Status::Happened)
}

/// What the statement that holds a happening says of it; `top` when no other happening stands above it in the clause.
pub(super) fn by_statement(
    ctx: &Context<'_>,
    statement: Option<StatementIx>,
    kind: EventType,
    participants: &[(Role, Someone)],
    top: bool,
    found: &mut Vec<Status>,
) {
    let Some(s) = statement.and_then(|s| ctx.facts.statements.get(s as usize)) else { return };
    let by_other =
        s.speaker.is_some_and(|who| participants.contains(&(Role::Recipient, Someone::Known(who))))
            && matches!(kind, EventType::Assault | EventType::Coerce | EventType::Threaten);
    match s.act {
        // "Denied the allegations": they were made.
        Act::Deny if top && kind != EventType::Accuse => found.push(Status::Denied),
        Act::Promise | Act::Plan | Act::Threaten if top && !found.contains(&Status::Denied) => {
            found.push(Status::Planned)
        }
        Act::Demand | Act::Request | Act::Propose if top => found.push(Status::Proposed),
        Act::Accuse if top => found.push(Status::Claimed),
        Act::Hope | Act::Doubt if top => found.push(Status::Hypothetical),
        _ if s.hedged || by_other => found.push(Status::Claimed),
        _ => {}
    }
}

fn cues_before(clause: &Clause<'_>, at: usize, hit: &Hit, found: &mut Vec<Status>) {
    let word = |i: usize| clause.word(i).filter(|_| i < at);
    // Words that would be their own clause hide the cues before them.
    let from = (at.saturating_sub(REACH + 4)..at)
        .rev()
        .find(|&i| {
            matches!(
                clause.word(i),
                Some(
                    ";" | ":"
                        | ","
                        | "but"
                        | "who"
                        | "which"
                        | "after"
                        | "when"
                        | "because"
                        | "\""
                        | "\u{201d}"
                )
            )
        })
        .map_or(at.saturating_sub(REACH + 4), |i| i + 1);
    for i in from..at {
        for cue in STATUS.at(i, word).filter(|c| c.before) {
            let between = at - (i + cue.words.len());
            let auxiliary = cue.status == Status::Ongoing;
            let reach = match cue.status {
                Status::Denied => NEAR,
                _ => REACH,
            };
            if between > reach {
                continue;
            }
            // "is shelling", "has been shelling", and not "is shelled".
            if auxiliary
                && cue.words.last().is_some_and(|w| matches!(w.as_str(), "is" | "are" | "been"))
                && !(hit.form == Form::Ing && between <= 1)
            {
                continue;
            }
            // "was not" with a noun far off, "may" the month, "will" before another verb of saying are left to reach.
            if cue.status == Status::Planned
                && hit.form == Form::Past
                && between > 2
                && !passive_ahead(clause, i, at)
            {
                continue;
            }
            found.push(cue.status);
        }
    }
}

/// "will be released": the auxiliary reaches the participle through "be".
fn passive_ahead(clause: &Clause<'_>, from: usize, at: usize) -> bool {
    (from..at).any(|i| matches!(clause.word(i), Some("be" | "been")))
}

fn cues_after(clause: &Clause<'_>, hit: &Hit, found: &mut Vec<Status>) {
    let stop = (hit.end..clause.len().min(hit.end + REACH + 4))
        .find(|&i| matches!(clause.word(i), Some(";" | ":" | "," | "but" | "\"" | "\u{201d}")))
        .unwrap_or_else(|| clause.len().min(hit.end + REACH + 4));
    for i in hit.end..stop {
        for cue in STATUS.at(i, |k| clause.word(k)).filter(|c| !c.before) {
            // What a noun is said to do ("the talks collapsed") needs a noun; conditions fit verbs too.
            if hit.form == Form::Noun || matches!(cue.status, Status::Conditional | Status::Claimed) {
                found.push(cue.status);
            }
        }
    }
}
