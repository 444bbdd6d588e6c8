//! Pronouns, resolved with care: who was the subject before, and only when sex and number fit.

use super::register::Register;
use super::view::View;
use crate::Context;
use chancery_model::facts::{EntityIx, Maker, Mention};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};
use std::collections::BTreeSet;

/// What a pronoun can stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Man,
    Woman,
    Many,
    Thing,
}

fn wants(word: &str) -> Option<Wants> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Wants::Man,
        "she" | "her" | "hers" | "herself" => Wants::Woman,
        "they" | "their" | "them" => Wants::Many,
        "it" | "its" => Wants::Thing,
        _ => return None,
    })
}

/// Adds the mentions of pronouns outside quotations that can be resolved.
pub(super) fn add(view: &View<'_>, reg: &mut Register, ctx: &Context<'_>) {
    for t in 0..view.segments.tokens.len() {
        let Some(want) = wants(&view.low(t)) else { continue };
        if view.quoted(t) {
            continue;
        }
        // A house is no "he".
        let person = |e: &EntityIx| {
            let kind = reg.entities.get(*e as usize).map(|x| x.kind);
            !matches!(want, Wants::Man | Wants::Woman)
                || matches!(kind, Some(ActorKind::Person | ActorKind::Unnamed))
        };
        let chained = by_chain(view, reg, ctx, t).filter(person);
        // An unnamed speaker that the chain names is known, though no actor: nobody else is guessed in their place.
        if chained.is_none() && unnamed_speaker(ctx, t).is_some() {
            continue;
        }
        let by = if chained.is_some() { "chain" } else { "rules:entities:pronoun" };
        let Some(entity) = chained.or_else(|| antecedent(view, reg, t, want)) else { continue };
        let Some(span) = view.segments.tokens.get(t).map(|x| x.span) else { continue };
        let sure = if matches!(want, Wants::Man | Wants::Woman) { Sure::Medium } else { Sure::Low };
        let maker = Maker { by: by.into(), sure };
        super::insert_mention(
            &mut reg.mentions,
            Mention { span, kind: MentionKind::Pronoun, entity: Some(entity), place: None, maker },
        );
    }
}

/// What the reader's chains of coreference say.
fn by_chain(view: &View<'_>, reg: &Register, ctx: &Context<'_>, token: usize) -> Option<EntityIx> {
    let chain = chain(ctx, token)?;
    let entity = |r: &TokenRange| {
        let span = view.segments.span(*r);
        let inside = reg.mentions.iter().filter(|m| span.contains(m.span) && m.kind != MentionKind::Pronoun);
        inside.filter_map(|m| m.entity.map(|e| (m.span.len(), e))).max_by_key(|x| x.0).map(|x| x.1)
    };
    // A chain that has run two people together tells less than who is named just before.
    let people: BTreeSet<EntityIx> = chain
        .iter()
        .filter_map(entity)
        .filter(|e| reg.entities.get(*e as usize).is_some_and(|x| x.kind == ActorKind::Person))
        .collect();
    if people.len() < 2 {
        // "The army commander, General Lind": the name, and not the words that stand before it.
        return people.first().copied().or_else(|| chain.iter().find_map(entity));
    }
    let sentence = |t: usize| view.segments.sentence_of(t);
    let (here, at) = (sentence(token), view.start(token));
    let own = here.and_then(|h| view.segments.sentences.get(h)).and_then(|s| {
        let before = reg.mentions.iter().filter(|m| s.span.contains(m.span) && m.span.hi() <= at);
        before.filter_map(|m| m.entity).find(|e| people.contains(e))
    });
    let near = |r: &&TokenRange| {
        let there = sentence(r.start as usize);
        (r.end as usize) <= token && there.zip(here).is_some_and(|(a, b)| a + 1 >= b)
    };
    own.or_else(|| chain.iter().rev().filter(near).find_map(entity)).or_else(|| chain.iter().find_map(entity))
}

fn chain<'m>(ctx: &Context<'m>, token: usize) -> Option<&'m Vec<TokenRange>> {
    ctx.marks.chains.iter().find(|c| c.iter().any(|r| r.len() == 1 && r.has(token)))
}

/// The source of another attribution that a pronoun refers back to: "a diplomat warned … he said".
pub(crate) fn unnamed_speaker(ctx: &Context<'_>, token: usize) -> Option<TokenRange> {
    let sources = || ctx.marks.attributions.iter().filter_map(|a| a.source.first()).filter(|s| s.len() > 1);
    let here = |r: &&TokenRange| {
        (r.end as usize) <= token && sources().any(|s| s == *r || s.start == r.start && s.contains(**r))
    };
    chain(ctx, token)?.iter().rev().filter(|r| r.len() > 1).find(here).copied()
}

fn fits(reg: &Register, e: EntityIx, want: Wants) -> bool {
    let Some(x) = reg.entities.get(e as usize) else { return false };
    match want {
        Wants::Man => x.kind == ActorKind::Person && reg.sex(e) != Some('f'),
        Wants::Woman => x.kind == ActorKind::Person && reg.sex(e) != Some('m'),
        Wants::Many => x.kind == ActorKind::Group,
        Wants::Thing => matches!(x.kind, ActorKind::Organization | ActorKind::State),
    }
}

/// The first fitting name of its own sentence before it, else the first of the sentence before, else of the one before that.
fn antecedent(view: &View<'_>, reg: &Register, token: usize, want: Wants) -> Option<EntityIx> {
    let here = view.segments.sentence_of(token)?;
    let at = view.start(token);
    let paragraph = |s: usize| view.segments.sentences.get(s).map(|x| x.paragraph);
    let thing = matches!(want, Wants::Thing | Wants::Many);
    // "it" opens a clause of its own too often ("it is clear that"): only beside a verb of speech, or as "its".
    if view.low(token) == "it"
        && !matches!(
            view.word(token + 1),
            "said" | "says" | "added" | "would" | "had" | "has" | "denied" | "rejected" | "wanted" | "warned"
        )
    {
        return None;
    }
    let back = if thing { 1 } else { 3 };
    for s in (here.saturating_sub(back)..=here).rev() {
        let span = view.segments.sentences.get(s)?.span;
        if s != here && paragraph(here).zip(paragraph(s)).is_some_and(|(a, b)| a.abs_diff(b) > 2) {
            return None;
        }
        // Names in quotations are spoken of by another.
        let inside = reg
            .mentions
            .iter()
            .filter(|m| span.contains(m.span) && m.span.hi() <= at && m.kind != MentionKind::Office);
        let outside = inside.filter(|m| !view.quoted(view.segments.tokens_in(m.span).start as usize));
        // "Asian diplomats … their": an adjective is no antecedent.
        let outside = outside.filter(|m| want != Wants::Many || m.span.of(view.text).ends_with('s'));
        let mut list: Vec<EntityIx> = outside
            .filter(|m| m.kind != MentionKind::Pronoun || !thing)
            .filter_map(|m| m.entity)
            .filter(|e| fits(reg, *e, want))
            .collect();
        let certain = |e: &EntityIx| match want {
            Wants::Man => reg.sex(*e) == Some('m'),
            Wants::Woman => reg.sex(*e) == Some('f'),
            _ => true,
        };
        // A person of known sex before one of unknown sex.
        if list.iter().any(certain) {
            list.retain(certain);
        }
        if let Some(e) = list.first() {
            return Some(*e);
        }
    }
    None
}
