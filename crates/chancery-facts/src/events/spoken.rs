//! Promises, refusals, threats and demands that no verb names: "the ministry said it would send tents", "she said Moldova
//! must withdraw". A statement is no happening, but these are.

use super::find::Candidate;
use super::participants::Someone;
use super::parts;
use super::tree::Tree;
use crate::Context;
use chancery_model::facts::{EventMention, Maker, Statement, StatementIx, Wording};
use chancery_model::vocab::{Act, EventType, Role, Status, Sure};

/// What a sentence's statements promise, refuse, threaten or demand. `speaker` gives who says a statement.
pub(super) fn all(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    found: &[Candidate],
    speaker: &dyn Fn(&Statement) -> Option<Someone>,
) -> Vec<(EventMention, Vec<(Role, Someone)>)> {
    let mut out = Vec::new();
    for v in 0..tree.len() {
        let Some(modal) = tree.under(v, &["aux"]).find(|a| WORDS.contains(&tree.word(*a))) else { continue };
        // The verb that is said, not one in a clause below it.
        let said = tree.rel(v) == "ccomp" && tree.head(v).is_some_and(|h| !found.iter().any(|c| c.at == h));
        let here = tree.clause.span(v, v + 1);
        let Some((ix, s)) = holder(ctx, here).filter(|_| said) else { continue };
        let cue = tree.head(v).map(|h| tree.clause.span(h, h + 1));
        if !cue.is_some_and(|h| s.cue.iter().any(|c| c.contains(h))) {
            continue;
        }
        // What the cue itself names is no second happening.
        if !matches!(s.act, Act::Say | Act::Plan | Act::Report | Act::Confirm) {
            continue;
        }
        let Some(who) = speaker(s) else { continue };
        let kind_of_deed = found.iter().find(|c| c.at == v).map(|c| c.hit.class.kind);
        let not = tree.under(v, &["advmod"]).find(|n| matches!(tree.word(*n), "not" | "n't" | "never"));
        let first = tree.child(v, &["nsubj", "nsubj:pass"]);
        let pronoun =
            first.is_some_and(|f| matches!(tree.word(f), "it" | "he" | "she" | "they" | "we" | "i"));
        let subjects = parts::subjects(ctx, tree, v);
        let own = (pronoun || subjects.contains(&who)) && tree.child(v, &["aux:pass"]).is_none();
        let duty = matches!(tree.word(modal), "must" | "should");
        let kind = match (duty, own, not.is_some(), kind_of_deed) {
            (true, false, _, _) if !subjects.is_empty() => EventType::Request,
            (false, true, true, _) => EventType::Reject,
            (false, true, false, Some(k)) => match k {
                EventType::Concede
                | EventType::Retreat
                | EventType::Aid
                | EventType::Support
                | EventType::Cooperate => EventType::Agree,
                EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Protest => {
                    EventType::Threaten
                }
                _ => continue,
            },
            _ => continue,
        };
        let others = if kind == EventType::Request { subjects } else { Vec::new() };
        let mut people = vec![(Role::Actor, who)];
        people.extend(others.into_iter().filter(|o| *o != who).map(|o| (Role::Recipient, o)));
        let span = match not {
            Some(n) if n == modal + 1 => tree.clause.span(modal, n + 1),
            _ => tree.clause.span(modal, modal + 1),
        };
        let cameo = match kind {
            EventType::Agree => "030",
            EventType::Reject => "120",
            EventType::Threaten => "130",
            _ => "100",
        };
        out.push((
            EventMention {
                span,
                kind,
                mode: None,
                contexts: Vec::new(),
                cameo: Some(cameo.to_owned()),
                status: Status::Happened,
                time: s.said,
                place: None,
                participants: Vec::new(),
                statement: Some(ix),
                name: None,
                wording: wording(ctx, tree, v, kind),
                maker: Maker { by: "events.spoken".to_owned(), sure: Sure::Medium },
            },
            people,
        ));
    }
    out
}

/// "promise to send tents", "refuse to resign", "urge @ to withdraw".
fn wording(ctx: &Context<'_>, tree: &Tree<'_, '_>, v: usize, kind: EventType) -> Wording {
    let deed = super::wording::deed(ctx, tree, v);
    let does = match kind {
        EventType::Agree => format!("promise to {deed}"),
        EventType::Reject => format!("refuse to {deed}"),
        EventType::Threaten => format!("threaten to {deed}"),
        _ => format!("urge @ to {deed}"),
    };
    Wording { does, ..Wording::default() }
}

const WORDS: &[&str] = &["will", "would", "'ll", "wo", "must", "should"];

/// The innermost statement that holds a word.
fn holder<'c>(ctx: &'c Context<'_>, here: chancery_model::Span) -> Option<(StatementIx, &'c Statement)> {
    let ix = super::statement_of(ctx, here)?;
    ctx.facts.statements.get(ix as usize).map(|s| (ix, s))
}
