//! Several who speak as one: "Saudi Arabia, Turkey and the United States have criticised the raid". A statement has one
//! speaker; for these it is a group of its own, named as printed. Whose mentions lie in the source are its members.

use super::words::Words;
use crate::Context;
use crate::entities::{bare_entity, named_only};
use chancery_model::facts::{EntityIx, Statement};
use chancery_model::span::TokenRange;
use chancery_model::vocab::ActorKind;

/// More than this many are a list, and not speakers.
const MOST: usize = 8;

/// How many sentences back "they" may look for those who spoke together.
const BACK: usize = 2;

/// The group of those whom a source names, when it names two or more; needs the tree.
pub(super) fn group(ctx: &mut Context<'_>, words: &Words<'_>, source: TokenRange) -> Option<EntityIx> {
    let parts = conjuncts(ctx, words, source)?;
    let mut named: Vec<EntityIx> = Vec::new();
    for p in &parts {
        // Each is named where it stands: "a minister and two aides" are one unnamed source.
        if let Some(e) = named_only(ctx, words.span(*p))
            && !named.contains(&e)
        {
            named.push(e);
        }
    }
    if named.len() < 2 {
        return None;
    }
    let text = words.span(source).of(words.text);
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches([',', ':']).to_owned();
    let all = (0..).zip(&ctx.facts.entities);
    let met = all.into_iter().find(|(_, e)| e.kind == ActorKind::Group && e.name == name).map(|(n, _)| n);
    Some(met.unwrap_or_else(|| {
        ctx.facts.entities.push(bare_entity(&name, ActorKind::Group));
        u32::try_from(ctx.facts.entities.len() - 1).unwrap_or(u32::MAX)
    }))
}

/// The stretches that "and" and commas join on the word that heads a source.
fn conjuncts(ctx: &Context<'_>, words: &Words<'_>, source: TokenRange) -> Option<Vec<TokenRange>> {
    let tree = &ctx.marks.syntax;
    let head = |t: usize| tree.get(t).map(|s| s.head as usize).filter(|h| *h != t);
    let rel = |t: usize| tree.get(t).map_or("", |s| s.deprel.as_str());
    let root = source.iter().find(|t| head(*t).is_none_or(|h| !source.has(h)))?;
    let starts: Vec<usize> = source.iter().filter(|t| rel(*t) == "conj" && head(*t) == Some(root)).collect();
    if starts.is_empty() || starts.len() >= MOST {
        return None;
    }
    // Two words of one name: "the Ministry of Trade and Industry".
    let apart = |c: usize| !ctx.marks.names.iter().any(|n| n.tokens.has(root) && n.tokens.has(c));
    if !starts.iter().all(|c| apart(*c)) {
        return None;
    }
    let under = |t: usize, top: usize| {
        let chain = std::iter::successors(Some(t), |x| head(*x));
        chain.take(source.len() + 1).any(|x| x == top)
    };
    let mut parts = Vec::new();
    for top in std::iter::once(root).chain(starts.iter().copied()) {
        let own = |t: &usize| under(*t, top) && (top != root || !starts.iter().any(|c| under(*t, *c)));
        let small = |t: &usize| !words.is_word(*t) || matches!(rel(*t), "cc" | "punct" | "cc:preconj");
        let first = source.iter().find(|t| own(t) && !small(t))?;
        let last = source.iter().rev().find(own)?;
        parts.push(TokenRange::new(first, last + 1));
    }
    Some(parts)
}

/// "They said it was unlawful" after several spoke together: they.
pub(super) fn they(ctx: &Context<'_>, words: &Words<'_>, made: &mut [Statement]) {
    let sentence = |s: &Statement| {
        let at = s.source.first().or(s.cue.first())?.start;
        ctx.segments.sentence_of(ctx.segments.tokens.partition_point(|t| t.span.end <= at))
    };
    let joint = |s: &Statement| {
        let e = s.speaker.and_then(|e| ctx.facts.entities.get(e as usize))?;
        let source = s.source.first()?.of(words.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = source.trim_end_matches([',', ':']);
        (e.kind == ActorKind::Group && e.name == name && (name.contains(" and ") || name.contains(',')))
            .then_some(s.speaker)
            .flatten()
    };
    let mut last: Option<(usize, EntityIx)> = None;
    let mut order: Vec<usize> = (0..made.len()).collect();
    order.sort_by_key(|n| made.get(*n).and_then(|s| s.source.first().or(s.cue.first()).map(|x| x.start)));
    for n in order {
        let Some(s) = made.get_mut(n) else { continue };
        let Some(here) = sentence(s) else { continue };
        if let Some(group) = joint(s) {
            last = Some((here, group));
            continue;
        }
        let they = matches!(s.source.as_slice(), [x] if matches!(x.of(words.text).to_lowercase().as_str(), "they" | "both"));
        match last {
            Some((there, group)) if they && here.saturating_sub(there) <= BACK => {
                s.speaker = Some(group);
                s.speaker_named = true;
                last = Some((here, group));
            }
            // Another who spoke since is nearer.
            _ if s.speaker.is_some() => last = None,
            _ => {}
        }
    }
}
