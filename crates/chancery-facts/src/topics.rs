//! What a statement may take a stance on: the nouns that its clauses are about, as subject, object or complement. What stands
//! in a relative clause, a condition, a reason or a time ("until production is at a full rate") is not what somebody is for
//! or against.

use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::people;
use chancery_model::Span;
use chancery_model::facts::{StatementIx, Topic};
use chancery_model::mark::Upos;

/// Links of the longest way from a noun up to the top of what is said.
const STEPS: usize = 12;

/// Keeps the topics of each statement; none is told where the reader has no trees.
pub(crate) fn add(ctx: &mut Context<'_>) {
    if ctx.marks.syntax.is_empty() {
        return;
    }
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut out: Vec<Topic> = Vec::new();
    for (n, s) in (0..).zip(&ctx.facts.statements) {
        let said = |t: usize| s.content.iter().any(|c| c.contains(span(ctx, t)));
        for t in s.content.iter().flat_map(|c| ctx.segments.tokens_in(*c).iter().collect::<Vec<_>>()) {
            let timed = |t: usize| ctx.facts.times.iter().any(|x| x.span.contains(span(ctx, t)));
            if view.upos(t) == Some(Upos::Noun) && !timed(t) && is_topic(&view, t, said) {
                let statement: StatementIx = n;
                let own = span(ctx, t);
                let phrase = Span { start: span(ctx, first(&view, t)).start.min(own.start), end: own.end };
                out.push(Topic { statement, span: own, phrase });
            }
        }
    }
    out.sort_by_key(|t| (t.statement, t.span.start));
    out.dedup();
    ctx.facts.topics = Some(out);
}

fn span(ctx: &Context<'_>, t: usize) -> Span {
    ctx.segments.tokens.get(t).map_or(Span::new(0, 0), |t| t.span)
}

/// The first token of the nouns that tell the kind of one, or its own.
fn first(view: &View<'_>, t: usize) -> usize {
    let mut at = t;
    let mut open: Vec<usize> = view.children(t).filter(|c| *c < t && view.rel(*c) == "compound").collect();
    while let Some(c) = open.pop() {
        at = at.min(c);
        open.extend(view.children(c).filter(|k| *k < c));
    }
    at
}

/// Whether the way up from a noun to the top of what is said goes through what clauses are about.
fn is_topic(view: &View<'_>, t: usize, said: impl Fn(usize) -> bool) -> bool {
    // Whoever is said to do something, or asked to, is nobody's issue; those who are sent or armed may be.
    if people::acts(&view.low(t)) && !(view.rel(t) == "obj" && view.head(t).is_some_and(&said)) {
        return false;
    }
    let (mut at, mut of) = (t, 0);
    for _ in 0..STEPS {
        let Some(h) = view.head(at).filter(|h| said(*h)) else { return true };
        let case =
            view.children(at).find(|c| view.rel(*c) == "case").map(|c| view.low(c)).unwrap_or_default();
        let on = matches!(
            case.as_str(),
            "of" | "for" | "on" | "to" | "against" | "about" | "with" | "from" | "over"
        );
        let up = match view.rel(at) {
            "nsubj" | "nsubj:pass" | "obj" | "iobj" | "ccomp" | "xcomp" | "conj" | "root" | "csubj" => true,
            "obl" => on || case.is_empty(),
            "nmod" => {
                of += 1;
                on && of < 2
            }
            _ => false,
        };
        if !up {
            return false;
        }
        at = h;
    }
    false
}
