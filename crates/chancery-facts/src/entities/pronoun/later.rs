//! Pronouns that are known only when the statements are: in quotations "I" and "we" are the speaker and "you" is who is spoken
//! to; "they" may be speakers whom nobody names.

use super::super::insert_mention;
use super::super::view::View;
use super::{Look, Wants, wants};
use crate::Context;
use crate::entities::resolve;
use chancery_lexicon::people;
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Maker, Mention, Statement};
use chancery_model::mark::Upos;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

const SPEAKER: [&str; 10] = ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"];
const ADDRESSEE: [&str; 5] = ["you", "your", "yours", "yourself", "yourselves"];

/// Adds the mentions of pronouns that the statements settle.
pub(crate) fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut made: Vec<Mention> = Vec::new();
    let mut unnamed: Vec<(Span, Span)> = Vec::new();
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
            let look =
                Look { view: &view, ctx, entities: &ctx.facts.entities, mentions: &ctx.facts.mentions };
            let speaker = holding.filter(|_| view.quoted(t)).and_then(|s| s.speaker);
            let told = look.chained(t, want).0;
            let far = told.is_none_or(|c| c.far >= super::FAR_OFF);
            let spoke = (far && want.person()).then(|| spoken(ctx, &view, t)).flatten();
            let chained = spoke.or(told.map(|c| c.entity));
            if chained.is_none()
                && let Some(words) = look.people_of(t, want)
            {
                unnamed.push((span, words));
            }
            chained.filter(|e| Some(*e) != speaker && !look.acts_on(t, *e)).map(|e| (e, "chain"))
        } else if view.quoted(t) {
            let s = holding;
            let e: Option<EntityIx> =
                if one { s.and_then(|s| s.speaker) } else { s.and_then(|s| s.addressee) };
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
    for (span, words) in unnamed {
        let Some((entity, _)) = resolve(ctx, words) else { continue };
        let maker = Maker { by: "chain".into(), sure: Sure::Low };
        let mention = Mention { span, kind: MentionKind::Pronoun, entity: Some(entity), place: None, maker };
        insert_mention(&mut ctx.facts.mentions, mention);
    }
}

impl Look<'_, '_> {
    /// The words of the people whom a chain names by a noun, and whom nobody has spoken of as an actor yet: "the miners".
    fn people_of(&self, token: usize, want: Wants) -> Option<Span> {
        if want == Wants::Thing {
            return None;
        }
        let sentence = |t: usize| self.view.segments.sentence_of(t).unwrap_or(0);
        let chain = super::chain(self.ctx, token)?;
        let near = |r: &&TokenRange| {
            (r.end as usize) <= token && sentence(token) - sentence(r.start as usize) <= super::FAR
        };
        let head = |r: &TokenRange| {
            let top = r.iter().find(|t| self.view.head(*t).is_none_or(|h| !r.has(h)))?;
            let low = self.view.low(top);
            let fits = self.view.upos(top) == Some(Upos::Noun) && people::person(&low);
            let many =
                (low.ends_with('s') || low.ends_with("men") || low.ends_with("people") || low == "police")
                    == (want == Wants::Many);
            (fits && many).then(|| self.view.segments.span(*r))
        };
        chain.iter().rev().filter(near).find_map(head)
    }
}

/// The one without a name who spoke last in the sentences before a word.
fn spoken(ctx: &Context<'_>, view: &View<'_>, token: usize) -> Option<EntityIx> {
    let here = view.segments.sentence_of(token)?;
    let at = view.start(token);
    let unnamed = |e: &EntityIx| {
        ctx.facts
            .entities
            .get(*e as usize)
            .is_some_and(|x| x.kind == ActorKind::Unnamed && !x.name.ends_with('s'))
    };
    let near = |s: &&Statement| {
        let source = s.source.first().filter(|x| x.hi() <= at);
        let there =
            source.and_then(|x| view.segments.sentence_of(view.segments.tokens_in(*x).start as usize));
        there.is_some_and(|there| here.saturating_sub(there) <= super::FAR_OFF)
    };
    let all = ctx.facts.statements.iter().filter(near);
    let last = all.max_by_key(|s| s.source.first().map(|x| x.lo()))?;
    last.speaker.filter(unnamed)
}

/// The statement with the smallest content that holds a word; in a quotation, of those whose words stand in quotation marks.
fn holder<'c>(ctx: &'c Context<'_>, view: &View<'_>, token: usize) -> Option<&'c Statement> {
    let at = view.segments.tokens.get(token)?.span;
    let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let quote = |b: u32| {
        let t = view.segments.tokens.partition_point(|t| t.span.start < b);
        view.segments.tokens.get(t).and_then(|t| t.quote)
    };
    let own = quote(at.start);
    // One who is spoken of in the quotation is not who speaks it.
    let outside = |s: &&Statement| own.is_none() || s.source.first().is_none_or(|x| quote(x.start) != own);
    let holds = ctx.facts.statements.iter().filter(|s| s.content.iter().any(|c| c.contains(at)));
    holds.filter(outside).min_by_key(|s| size(s))
}
