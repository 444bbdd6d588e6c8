//! Pronouns that are known only when the statements are: in quotations "I" and "we" are the speaker and "you" is who is spoken
//! to; "they" may be speakers whom nobody names.

use super::super::insert_mention;
use super::super::view::View;
use super::{Look, wants};
use crate::Context;
use chancery_model::facts::{EntityIx, Maker, Mention, Statement};
use chancery_model::vocab::{MentionKind, Sure};

const SPEAKER: [&str; 10] = ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"];
const ADDRESSEE: [&str; 5] = ["you", "your", "yours", "yourself", "yourselves"];

/// Adds the mentions of pronouns that the statements settle.
pub(crate) fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut made: Vec<Mention> = Vec::new();
    for t in 0..view.segments.tokens.len() {
        let Some(span) = view.segments.tokens.get(t).map(|x| x.span) else { continue };
        let low = view.low(t);
        let want = wants(&low);
        let (one, you) = (SPEAKER.contains(&low.as_str()), ADDRESSEE.contains(&low.as_str()));
        if want.is_none() && !one && !you
            || !ctx.report.is_fact_ground(span)
            || ctx.facts.mentions.iter().any(|m| m.span == span)
        {
            continue;
        }
        let holding = holder(ctx, &view, t);
        let found = if let Some(want) = want {
            let look = Look { view: &view, ctx, entities: &ctx.facts.entities, mentions: &ctx.facts.mentions };
            let speaker = holding.filter(|_| view.quoted(t)).and_then(|s| s.speaker);
            let chained = look.chained(t, want).0.map(|c| c.entity);
            chained.filter(|e| Some(*e) != speaker).map(|e| (e, "chain"))
        } else if view.quoted(t) {
            let s = holding;
            let e: Option<EntityIx> = if one { s.and_then(|s| s.speaker) } else { s.and_then(|s| s.addressee) };
            e.map(|e| (e, "rules:entities:speaker"))
        } else {
            None
        };
        let Some((entity, by)) = found else { continue };
        let maker = Maker { by: by.into(), sure: Sure::Medium };
        made.push(Mention { span, kind: MentionKind::Pronoun, entity: Some(entity), place: None, maker });
    }
    for m in made {
        insert_mention(&mut ctx.facts.mentions, m);
    }
}

/// The statement with the smallest content that holds a word; in a quotation, of those whose words stand in quotation marks.
fn holder<'c>(ctx: &'c Context<'_>, view: &View<'_>, token: usize) -> Option<&'c Statement> {
    let at = view.segments.tokens.get(token)?.span;
    let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let holds = ctx.facts.statements.iter().filter(|s| s.content.iter().any(|c| c.contains(at)));
    holds.min_by_key(|s| size(s))
}
