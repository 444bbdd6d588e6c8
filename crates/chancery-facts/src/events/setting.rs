//! When, by the tree: the time belongs to the nearest word above it that can have one.

use super::Found;
use super::find::Candidate;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::verbs::Form;
use chancery_model::Span;
use chancery_model::facts::{TimeIx, TimeMeaning};
use chancery_model::mark::Upos;
use chancery_model::vocab::TimeType;

/// Verbs that say a noun takes place, and when: "talks opened on Friday", "the summit is due to begin on Friday".
const ASPECT: &[&str] = &["begin", "start", "continue", "resume", "end", "open", "keep", "finish", "stop"];

/// The words that a time or place of this happening may hang on.
pub(super) fn seats(tree: &Tree<'_, '_>, c: &Candidate, event: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut out = vec![c.at];
    out.extend(c.used.iter().copied().filter(|u| tree.is_noun(*u) || tree.is_verb(*u)));
    // "talks due to begin on Friday", "a strike planned for Tuesday"
    if c.hit.form == Form::Noun {
        let below: Vec<usize> =
            tree.under(c.at, &["acl", "amod", "acl:relcl"]).filter(|x| !event(*x)).collect();
        out.extend(
            below
                .iter()
                .flat_map(|x| tree.under(*x, &["xcomp", "advcl"]))
                .filter(|x| !event(*x) && (tree.is(*x, &["xcomp"]) || ASPECT.contains(&tree.lemma(*x))))
                .collect::<Vec<_>>(),
        );
        out.extend(below);
    }
    // "met to discuss Syria in Vienna"
    out.extend(tree.under(c.at, &["advcl"]).filter(|x| tree.lemma(*x) == "discuss"));
    let mut at = c.at;
    for _ in 0..4 {
        let Some(h) = tree.head(at) else { break };
        let noun = c.hit.form == Form::Noun
            && (at == c.at || tree.rel(c.at) == "nmod" && ASPECT.contains(&tree.lemma(h)))
            && tree.is(at, &["obj", "nsubj", "nsubj:pass", "obl"])
            && !event(h);
        let round = tree.is_noun(at)
            && tree.rel(at) == "nmod"
            && tree.case(at) == Some("of")
            && matches!(
                tree.lemma(h),
                "round" | "day" | "series" | "wave" | "start" | "end" | "spate" | "string"
            );
        let aspect =
            tree.rel(at) == "xcomp" && !event(h) && (ASPECT.contains(&tree.lemma(h)) || out.len() > 1);
        if !(noun || round || aspect) {
            break;
        }
        out.push(h);
        // "is due to open on Friday"
        out.extend(tree.under(h, &["xcomp"]).filter(|x| !event(*x)));
        at = h;
    }
    out
}

/// Whether a word is above another, or nothing is above it: not in a clause of its own beside it.
pub(super) fn over(tree: &Tree<'_, '_>, seat: usize, at: usize) -> bool {
    tree.head(seat).is_none() || tree.above(at).any(|h| h == seat)
}

/// The head of the words of a span: the first whose own head lies outside.
pub(super) fn head_of(tree: &Tree<'_, '_>, span: Span) -> Option<usize> {
    let (a, b) = (tree.clause.token_at(span.start), tree.clause.token_at(span.end.saturating_sub(1)) + 1);
    (a..b.min(tree.len())).find(|t| tree.head(*t).is_none_or(|h| h < a || h >= b))
}

/// The first word above that is a verb or an event word, or the top.
pub(super) fn seat_of(
    tree: &Tree<'_, '_>,
    from: usize,
    event: &dyn Fn(usize) -> bool,
    clausal: bool,
) -> usize {
    let mut at = from;
    for h in tree.above(from) {
        at = h;
        if event(h) || tree.is_verb(h) && (clausal || !tree.is(h, &["amod"])) {
            break;
        }
    }
    at
}

/// Whether a time is told as one that lies ahead of who writes: "next month", and not "the next day".
pub(super) fn ahead(ctx: &Context<'_>, time: Option<TimeIx>) -> bool {
    let Some(t) = time.and_then(|t| ctx.facts.times.get(t as usize)) else { return false };
    let text = t.span.of(&ctx.report.text).to_lowercase();
    let before = ctx.report.text.get(..t.span.lo()).unwrap_or("");
    let next = text.strip_prefix("next ").and_then(|n| n.split(' ').next());
    let day = |n: &str| matches!(n, "week" | "month" | "year") || n.ends_with("day");
    (text.starts_with("tomorrow") || next.is_some_and(day)) && !before.ends_with("the ")
}

/// The date or time of a happening; a reference like "now" is none. `alone` says that the sentence tells nothing else.
pub(super) fn time(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    event: &dyn Fn(usize) -> bool,
    alone: bool,
    within: Option<&[Span]>,
) -> Option<TimeIx> {
    let seats = seats(tree, c, event);
    let kin = kin(tree, c.at);
    let whole = tree.clause.whole();
    let here = tree.clause.span(c.at, c.at + 1);
    let mut best: Option<(bool, u32, TimeIx)> = None;
    let mut shared: Vec<TimeIx> = Vec::new();
    let from = ctx.facts.times.partition_point(|t| t.span.end <= whole.start);
    let all = ctx.facts.times.iter().enumerate().skip(from).take_while(|(_, t)| t.span.start < whole.end);
    for (n, t) in all {
        if !matches!(t.kind, TimeType::Date | TimeType::Time)
            || matches!(t.meaning, TimeMeaning::Reference(_) | TimeMeaning::Quarter { .. })
        {
            continue;
        }
        let Some(head) = head_of(tree, t.span) else { continue };
        let said = within.is_some_and(|w| !w.iter().any(|s| s.contains(t.span)));
        let seat = seat_of(tree, head, event, true);
        // "the July talks": what stands right before a happening is its day, wherever the tree hangs it.
        let next = tree.clause.token_at(t.span.end);
        let before = event(next) && tree.upos(next) == Upos::Noun;
        let on = tree.above(head).take_while(|h| *h != seat).any(|h| seats.contains(&h));
        let own = if before { next == c.at } else { seats.contains(&seat) || on };
        if before && !own {
            continue;
        }
        let spoken = matches!(tree.lemma(seat), "say" | "tell" | "report" | "announce" | "add")
            || !over(tree, seat, c.at);
        let Ok(ix) = TimeIx::try_from(n) else { continue };
        if !own && !said && !before && kin.contains(&seat) {
            shared.push(ix);
        }
        if !own && (!alone || said || spoken) {
            continue;
        }
        let far = here.start.abs_diff(t.span.start);
        if best.is_none_or(|(o, b, _)| (own && !o) || own == o && far < b) {
            best = Some((own, far, ix));
        }
    }
    // The one day of what is told in the same breath.
    let shared = match shared.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    best.map(|b| b.2).or(shared)
}

/// Verbs of the same subject that are joined to one and have the same day unless they name their own: "sealed off the market
/// and searched every shop on Monday", "attacked the post on Monday, taking two hostages".
fn kin(tree: &Tree<'_, '_>, at: usize) -> Vec<usize> {
    let free =
        |v: &usize| tree.is_verb(*v) && tree.child(*v, &["nsubj", "nsubj:pass", "expl", "mark"]).is_none();
    let aux = |v: usize| -> Vec<&str> { tree.under(v, &["aux"]).map(|a| tree.word(a)).collect() };
    if !tree.is_verb(at) {
        return Vec::new();
    }
    if tree.rel(at) == "advcl" && tree.word(at).ends_with("ing") && free(&at) {
        return tree.head(at).filter(|h| *h < at && tree.is_verb(*h)).into_iter().collect();
    }
    let first = if tree.rel(at) == "conj" { tree.head(at).filter(|_| free(&at)) } else { Some(at) };
    let Some(first) = first.filter(|f| tree.is_verb(*f)) else { return Vec::new() };
    let same = |v: &usize| {
        let own = aux(*v);
        own.is_empty() || own == aux(first)
    };
    let mut out: Vec<usize> = vec![first];
    out.extend(tree.under(first, &["conj"]).filter(free).filter(same));
    if !out.contains(&at) {
        return Vec::new();
    }
    out.retain(|v| *v != at);
    out
}

/// "two rounds of talks in March 2004 and last May": the second of them, by the words for both and the second date.
pub(super) fn second_round(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    found: &[Found],
) -> Option<Found> {
    let several = |n: usize| tree.lemma(n) == "round" && tree.word(n) != "round";
    if c.hit.form != Form::Noun {
        return None;
    }
    // "rounds of talks" may be one pattern: then the noun alone tells the second.
    let whole = c.hit.words > 1 && several(c.at);
    let of = tree.rel(c.at) == "nmod" && tree.case(c.at) == Some("of");
    let from = if whole { c.hit.end.checked_sub(1) } else { tree.head(c.at).filter(|h| of && several(*h)) }?;
    let here = tree.clause.span(c.start, c.hit.end);
    let (first, who) = found.iter().find(|(e, _)| e.span == here)?;
    let one = ctx.facts.times.get(first.time? as usize)?;
    let joined = |t: &chancery_model::facts::TimeExpr| {
        let gap = ctx.report.text.get(one.span.hi()..t.span.lo()).unwrap_or("").trim();
        matches!(t.kind, TimeType::Date | TimeType::Time)
            && t.span.start >= one.span.end
            && matches!(gap, "and" | "and in" | "and on")
    };
    let second = ctx.facts.times.iter().position(joined)?;
    let mut event = first.clone();
    event.span = tree.clause.span(from, c.hit.end);
    event.time = TimeIx::try_from(second).ok();
    Some((event, who.clone()))
}
