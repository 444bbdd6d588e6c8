//! Attributions become statements: form, act, speaker, and the chain through which the words came.
//!
//! Nothing here asks which reader made the marks.

mod act;
mod chain;
mod joint;
mod words;

use crate::Context;
use crate::entities::view::View;
use crate::entities::{resolve, unnamed_speaker};
use chancery_lexicon::media::media;
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Maker, Relay, Statement, StatementIx};
use chancery_model::mark::{AttributionMark, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{Form, Sure, TimeType};
use words::Words;

/// Adds the statements of a report, in order of their first span.
pub fn add(ctx: &mut Context<'_>) {
    let words = Words::of(ctx);
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let marks: Vec<AttributionMark> =
        ctx.marks.attributions.iter().map(|m| without_clause(&view, unfold(&words, m))).collect();
    let grounded: Vec<bool> = marks
        .iter()
        .map(|m| !m.content.is_empty() && fits(ctx, m) && !says_no_more(&words, m, &marks))
        .collect();
    let mut made: Vec<(usize, Statement)> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        if grounded.get(n) == Some(&true) {
            let s = statement(ctx, mark, &marks);
            made.push((n, s));
        }
    }
    carry_over(ctx, &mut made);
    chain_up(&marks, &mut made);
    made.sort_by_key(|(n, s)| (s.start(), s.cue.first().map(|c| c.start), *n));
    let place = |mark: u32| {
        made.iter().position(|(n, _)| *n == mark as usize).and_then(|p| StatementIx::try_from(p).ok())
    };
    let within: Vec<Option<StatementIx>> =
        made.iter().map(|(n, _)| marks.get(*n).and_then(|m| m.within).and_then(place)).collect();
    ctx.facts.statements = made
        .into_iter()
        .zip(within)
        .map(|((_, mut s), w)| {
            s.within = w;
            s
        })
        .collect();
    let mut made = std::mem::take(&mut ctx.facts.statements);
    joint::they(ctx, &Words::of(ctx), &mut made);
    ctx.facts.statements = made;
}

/// Whether a statement inside another is the other one over again: "are reported to have died, according to the monitor" names
/// nobody but the monitor, and "I must say that …" of one who is quoted says what the quotation says.
fn says_no_more(words: &Words<'_>, m: &AttributionMark, marks: &[AttributionMark]) -> bool {
    let Some(outer) = m.within.and_then(|w| marks.get(w as usize)) else { return false };
    let size = |m: &AttributionMark| m.content.iter().map(|c| c.len()).sum::<usize>();
    let most = size(m) * 3 >= size(outer) * 2;
    let cue = |w: &[&str]| m.cue.iter().flat_map(|c| c.iter()).any(|t| words.is(t, w));
    match m.source.as_slice() {
        [] => {
            let passive = cue(&["reported", "said", "believed", "thought", "understood", "known"]);
            let named = outer.cue.iter().flat_map(|c| c.iter()).any(|t| words.is(t, &["according"]));
            named && passive && size(m) * 2 >= size(outer)
        }
        [s] => {
            let t = s.start as usize;
            s.len() == 1 && words.is(t, &["I", "i"]) && most && cue(&["say", "tell", "repeat", "stress"])
        }
        _ => false,
    }
}

fn fits(ctx: &Context<'_>, m: &AttributionMark) -> bool {
    let all = m.source.iter().chain(&m.cue).chain(&m.content);
    all.map(|r| ctx.segments.span(*r)).all(|s| s.is_empty() || ctx.report.is_fact_ground(s))
}

/// A reader may mark "AGENCY quoted [NAME as saying X]" as one: the speaker is NAME, the cue "saying", the content X.
/// `chain` finds the agency again from the words.
fn unfold(words: &Words<'_>, m: &AttributionMark) -> AttributionMark {
    let quoting = m
        .cue
        .iter()
        .any(|r| r.iter().any(|i| words.is(i, &["quoted", "cited", "quotes", "cites", "quoting", "citing"])));
    let Some(first) = m.content.first().filter(|_| quoting) else { return m.clone() };
    let found = first
        .iter()
        .skip(1)
        .take(24)
        .find(|i| words.low(*i) == "as" && words.is(i + 1, &["saying", "telling", "warning"]));
    let Some(at) = found.filter(|a| a + 2 < first.end as usize) else { return m.clone() };
    let mut out = m.clone();
    out.source = vec![TokenRange::new(first.start as usize, at)];
    out.cue = vec![TokenRange::new(at + 1, at + 2)];
    if let Some(c) = out.content.first_mut() {
        *c = TokenRange::new(at + 2, c.end as usize);
    }
    out
}

fn spans(words: &Words<'_>, ranges: &[TokenRange]) -> Vec<Span> {
    ranges.iter().map(|r| words.span(*r)).filter(|s| !s.is_empty()).collect()
}

/// "Kenya expelled the envoy, accusing her of spying": who accuses is Kenya, and not the clause that a reader may take with it.
fn without_clause(view: &View<'_>, mut mark: AttributionMark) -> AttributionMark {
    if let Some(s) = mark.source.first_mut() {
        let (from, to) = (s.start as usize, s.end as usize);
        let subject = |v: usize| {
            view.children(v).find(|c| *c >= from && *c < v && matches!(view.rel(*c), "nsubj" | "nsubj:pass"))
        };
        let verb = (from + 1..to).find(|t| {
            view.upos(*t) == Some(Upos::Verb)
                && !view.rel(*t).starts_with("acl")
                && view.rel(*t) != "amod"
                && subject(*t).is_some_and(|n| view.upos(n) != Some(Upos::Pron))
        });
        // "according to figures the monitors compiled": the monitors say so.
        let made = (from + 1..to).find_map(|v| {
            let paper = view.head(v).filter(|h| {
                *h >= from
                    && view.rel(v).starts_with("acl")
                    && matches!(
                        view.low(*h).as_str(),
                        "figures" | "data" | "statistics" | "numbers" | "estimates" | "documents" | "records"
                    )
            })?;
            let who = subject(v).filter(|s| *s > paper && view.upos(*s) != Some(Upos::Pron))?;
            Some((paper + 1, (who..v).find(|t| view.upos(*t) == Some(Upos::Aux)).unwrap_or(v)))
        });
        if let Some((start, end)) = made {
            *s = TokenRange::new(start, end);
            return mark;
        }
        // Helping verbs stand between the two.
        let end = verb.map(|v| (from + 1..v).find(|t| view.upos(*t) == Some(Upos::Aux)).unwrap_or(v));
        if let Some(end) = end.filter(|e| *e > from) {
            *s = TokenRange::new(from, end);
        }
    }
    mark
}

/// "accused the army of the killings": the army, and not what it is charged with.
fn without_charge(ctx: &Context<'_>, told: TokenRange) -> TokenRange {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let (from, to) = (told.start as usize, told.end as usize);
    let outside = |t: usize| view.head(t).is_some_and(|h| h < from || h >= to);
    let of = (from + 1..to).find(|t| {
        view.rel(*t) == "case"
            && view.low(*t) == "of"
            && view.head(*t).is_some_and(|n| n > *t && n < to && outside(n))
    });
    of.map_or(told, |t| TokenRange::new(from, t))
}

fn statement(ctx: &mut Context<'_>, mark: &AttributionMark, marks: &[AttributionMark]) -> Statement {
    let words = Words::of(ctx);
    let manner = act::manner(&words, &mark.source, &mark.cue, &mark.content);
    let around = chain::around(&words, mark, marks);
    let speaker = mark.source.first().and_then(|s| who(ctx, &words, *s));
    let own = ctx.report.outlet.clone();
    let mut relays = Vec::new();
    for r in &around.relays {
        let span = words.span(*r);
        let own_house = own.as_deref().is_some_and(|o| {
            let w = span.of(words.text);
            w.eq_ignore_ascii_case(o) || w.strip_prefix("the ").is_some_and(|w| w.eq_ignore_ascii_case(o))
        });
        if !span.is_empty() && !own_house {
            // "Russia's Interfax agency" is the agency.
            let owned = r.iter().rev().find(|t| words.is(*t, &["'s", "’s"]));
            let house = owned.map_or(*r, |t| TokenRange::new(t + 1, r.end as usize));
            let own =
                house.iter().any(|t| words.capital(t)).then(|| resolve(ctx, words.span(house))).flatten();
            relays.push(Relay { entity: own.or_else(|| resolve(ctx, span)).map(|(e, _)| e), span });
        }
    }
    let urged = || act::urged(&words, &ctx.marks.syntax, mark, manner.act);
    let addressee = around
        .addressee
        .or_else(urged)
        .map(|r| without_charge(ctx, r))
        .and_then(|r| resolve(ctx, words.span(r)))
        .map(|(e, _)| e);
    let zone: Vec<Span> =
        around.zone.iter().filter_map(|i| words.seg.tokens.get(*i)).map(|t| t.span).collect();
    let said = said(ctx, &zone, mark, &words);
    let place = place(ctx, &zone, mark, &words);
    Statement {
        form: form(&words, &mark.content),
        act: manner.act,
        speaker: speaker.map(|(e, _)| e),
        speaker_named: speaker.is_some_and(|(_, named)| named),
        content: spans(&words, &mark.content),
        cue: spans(&words, &mark.cue),
        source: spans(&words, &mark.source),
        relays,
        addressee,
        said,
        place,
        medium: around.medium,
        within: None,
        negated: manner.negated,
        hedged: manner.hedged,
        maker: Maker { by: mark.by.clone(), sure: mark.sure },
    }
}

/// The speaker a source stands for; a relative pronoun stands for the phrase before it.
fn who(ctx: &mut Context<'_>, words: &Words<'_>, source: TokenRange) -> Option<(EntityIx, bool)> {
    let start = source.start as usize;
    if source.len() == 1 && words.is(start, &["who", "which", "that", "whom"]) {
        let lo = words.sentence(start).start as usize;
        let mut end = start;
        while end > lo && !words.is_word(end - 1) {
            end -= 1;
        }
        if let Some(before) = words.phrase_before(end, lo) {
            return resolve(ctx, words.span(before));
        }
        return None;
    }
    if let Some(group) = joint::group(ctx, words, source) {
        return Some((group, true));
    }
    if let Some(author) = chain::author(words, source) {
        return resolve(ctx, words.span(author));
    }
    let said = resolve(ctx, words.span(source));
    if said.is_none()
        && source.len() == 1
        && let Some(speaker) = unnamed_speaker(ctx, start)
    {
        return resolve(ctx, words.span(speaker));
    }
    said
}

/// When it was said: a date beside the cue, right of it before left of it.
fn said(ctx: &Context<'_>, zone: &[Span], mark: &AttributionMark, words: &Words<'_>) -> Option<u32> {
    let cue = mark.cue.first().map(|c| words.span(*c))?;
    let near = |s: Span| {
        if s.start >= cue.end { (0, s.start - cue.end) } else { (1, cue.start.saturating_sub(s.end)) }
    };
    ctx.facts
        .times
        .iter()
        .enumerate()
        .filter(|(_, t)| matches!(t.kind, TimeType::Date | TimeType::Time))
        .filter(|(_, t)| zone.iter().any(|z| z.overlaps(t.span)))
        .filter(|(_, t)| of_the_saying(ctx, words, mark, ctx.segments.tokens_in(t.span)))
        .min_by_key(|(n, t)| (near(t.span), *n))
        .and_then(|(n, _)| u32::try_from(n).ok())
}

/// Steps from a time or a place to the cue it hangs on: "in a statement released in Geneva on Monday".
const STEPS: usize = 4;

/// Whether a time or a place is that of the saying and not of something that is told beside it ("who met him in Oslo on
/// May 9, said"). Without a tree each in the cue's clause is.
fn of_the_saying(ctx: &Context<'_>, words: &Words<'_>, mark: &AttributionMark, time: TokenRange) -> bool {
    let tree = &ctx.marks.syntax;
    let cue = |t: usize| mark.cue.iter().any(|c| c.has(t));
    let Some(last) = mark.cue.last().map(|c| c.end as usize).filter(|_| !tree.is_empty()) else {
        return true;
    };
    // "said Wednesday" may be one cue.
    if mark.cue.iter().any(|c| c.overlaps(time)) {
        return true;
    }
    let joint = |t: usize| words.is(t, &["on", "in", "late", "early", "earlier", "at"]);
    let start = time.start as usize;
    if start >= last && start - last <= 2 && (last..start).all(joint) {
        return true;
    }
    let head = |t: usize| tree.get(t).map(|s| s.head as usize).filter(|h| *h != t);
    let Some(top) = time.iter().find(|t| head(*t).is_none_or(|h| !time.has(h))) else { return false };
    let mut at = top;
    for _ in 0..STEPS {
        let Some(h) = head(at) else { return false };
        // "quoted him on Friday as saying".
        if cue(h) || words.is(h, &["quoted", "cited"]) {
            return true;
        }
        let name = tree.get(h).is_some_and(|s| s.upos == Upos::Propn);
        let list = media();
        let means = list.of(&words.low(h)).is_some() || list.carried.contains(&words.low(h));
        let told = mark.addressee.iter().any(|a| a.has(h));
        if !(name || means || told) {
            return false;
        }
        at = h;
    }
    false
}

/// Where it was said: a place named in the cue's clause.
fn place(ctx: &Context<'_>, zone: &[Span], mark: &AttributionMark, words: &Words<'_>) -> Option<u32> {
    ctx.facts
        .mentions
        .iter()
        .filter(|m| m.place.is_some() && zone.iter().any(|z| z.overlaps(m.span)))
        .filter(|m| of_the_saying(ctx, words, mark, ctx.segments.tokens_in(m.span)))
        .find(|m| {
            let before = zone
                .iter()
                .rev()
                .find(|z| z.end <= m.span.start)
                .map(|z| z.of(&ctx.report.text).to_lowercase());
            before.is_some_and(|w| matches!(w.as_str(), "in" | "at" | "from" | "near"))
        })
        .and_then(|m| m.place)
}

/// Direct when the words open inside quotation marks and nine in ten stand there, indirect when none does, else mixed.
fn form(words: &Words<'_>, content: &[TokenRange]) -> Form {
    let inside: Vec<bool> = content
        .iter()
        .flat_map(|r| r.iter())
        .filter(|i| words.is_word(*i))
        .map(|i| words.seg.tokens.get(i).is_some_and(|t| t.quote.is_some()))
        .collect();
    let quoted = inside.iter().filter(|q| **q).count();
    if quoted == 0 {
        Form::Indirect
    } else if inside.first() == Some(&true) && quoted * 10 >= inside.len() * 9 {
        Form::Direct
    } else {
        Form::Mixed
    }
}

/// "NAME told the daily … . He added …": the daily has that from NAME too. For a pronoun's sentence that follows at once, in
/// one paragraph.
fn carry_over(ctx: &Context<'_>, made: &mut [(usize, Statement)]) {
    let words = Words::of(ctx);
    let place = |s: &Statement| {
        let at = s.cue.first().or(s.source.first())?.start;
        let t = ctx.segments.tokens.partition_point(|t| t.span.end <= at);
        let sentence = ctx.segments.sentence_of(t)?;
        ctx.segments.sentences.get(sentence).map(|x| (x.paragraph, sentence))
    };
    let pronoun = |s: &Statement| matches!(s.source.as_slice(), [x] if matches!(x.of(words.text).to_lowercase().as_str(), "he" | "she" | "they" | "it"));
    let mut order: Vec<usize> = (0..made.len()).collect();
    order.sort_by_key(|n| made.get(*n).and_then(|(_, s)| s.cue.first().map(|c| c.start)));
    for pair in order.windows(2) {
        let [a, b] = pair else { continue };
        let (Some((_, before)), Some((_, after))) = (made.get(*a), made.get(*b)) else { continue };
        let (Some((p, s)), Some((q, t))) = (place(before), place(after)) else { continue };
        let same = before.speaker.is_some() && before.speaker == after.speaker;
        if p == q && s + 1 == t && same && pronoun(after) && after.relays.is_empty() {
            let relays = before.relays.clone();
            if let Some((_, after)) = made.get_mut(*b) {
                after.relays = relays;
            }
        }
    }
}

/// Adds what stands above: the outer speaker passes the inner words on, and so do the outer relays.
fn chain_up(marks: &[AttributionMark], made: &mut [(usize, Statement)]) {
    struct Above {
        mark: usize,
        speaker: Option<EntityIx>,
        source: Vec<Span>,
        relays: Vec<Relay>,
    }
    let flat: Vec<Above> = made
        .iter()
        .map(|(n, s)| Above {
            mark: *n,
            speaker: s.speaker,
            source: s.source.clone(),
            relays: s.relays.clone(),
        })
        .collect();
    for (n, s) in made.iter_mut() {
        let mut up = marks.get(*n).and_then(|m| m.within);
        let mut steps = 0;
        while let Some(w) = up.filter(|_| steps < 8) {
            steps += 1;
            let Some(above) = flat.iter().find(|a| a.mark == w as usize) else { break };
            let mut add = |r: Relay| {
                if !s.relays.iter().any(|x| x.span == r.span) {
                    s.relays.push(r);
                }
            };
            if let Some(span) = above.source.first() {
                add(Relay { entity: above.speaker, span: *span });
            }
            for r in &above.relays {
                add(r.clone());
            }
            up = marks.get(w as usize).and_then(|m| m.within);
        }
        // Somebody whose own words these are does not pass them on.
        let own = s.speaker;
        if own.is_some() && s.maker.sure != Sure::Low {
            s.relays.retain(|r| r.entity.is_none() || r.entity != own);
        }
    }
}
