//! Attributions without a verb: "according to", nouns that open a clause, names before a colon.

use super::content::{self, Limits};
use super::view::View;
use super::{Draft, source, verbs};
use chancery_lexicon::cues::{Frame, NounCue, cues};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;

/// Adds what the sentence `[lo, hi)` attributes without a verb.
pub(super) fn find(view: &View<'_>, lo: usize, hi: usize, drafts: &mut Vec<Draft>) {
    for i in lo..hi {
        let (a, b) = match view.quote(i) {
            Some(q) => {
                (lo.max(q.tokens.start as usize + 1), hi.min((q.tokens.end as usize).saturating_sub(1)))
            }
            None => (lo, hi),
        };
        if view.low(i) == "according" && view.low(i + 1) == "to" {
            drafts.extend(according(view, i, a, b));
        } else if let Some((noun, end)) = noun_at(view, i) {
            drafts.extend(by_noun(view, noun, i, end, a, b));
        }
    }
    drafts.extend(colon(view, lo, hi));
}

fn according(view: &View<'_>, i: usize, lo: usize, hi: usize) -> Option<Draft> {
    let source = source::after(view, i + 2, hi)?;
    let mut end = source.end as usize;
    let initial = (lo..i).all(|k| view.adverb(k) || !view.is_word(k) || matches!(view.low(k), "but" | "and"));
    let limits = Limits { hi, comma: false, dash: false, phrase: false };
    let mut content = Vec::new();
    let mut source = source;
    if initial {
        let c = (end..hi).find(|k| view.comma(*k))?;
        // "According to NAME, the minister, …": the apposition may have swallowed the content.
        if !(end..c).any(|k| view.auxiliary(k)) {
            source = TokenRange::new(source.start as usize, c);
        }
        content.push(content::span(view, c + 1, content::clause_end(view, c + 1, limits))?);
    } else {
        content = verbs::left(view, i, lo).or_else(|| content::span(view, lo, i).map(|s| vec![s]))?;
        // "in Rome on Monday" after the source is not said by it, what follows a comma may be.
        while end < hi
            && !view.comma(end)
            && view.is_word(end)
            && !view.auxiliary(end)
            && !view.verb_like(end)
        {
            end += 1;
        }
        let goes_on = view.comma(end)
            && end + 1 < hi
            && !view.low(end + 1).ends_with("ing")
            && !matches!(
                view.low(end + 1),
                "who" | "which" | "a" | "the" | "and" | "but" | "as" | "while" | "when" | "after"
            );
        if goes_on && let Some(s) = content::span(view, end + 1, content::clause_end(view, end + 1, limits)) {
            content.push(s);
        } else if view.auxiliary(end)
            && let Some(s) = content::span(view, end, content::clause_end(view, end, limits))
        {
            content.push(s);
        }
    }
    Some(Draft {
        source: vec![source],
        cue: vec![TokenRange::new(i, i + 2)],
        content,
        sure: Sure::High,
        by: "according to",
        unreal: false,
        at: i,
    })
}

fn noun_at(view: &View<'_>, i: usize) -> Option<(&'static NounCue, usize)> {
    let two = format!("{} {}", view.low(i), view.low(i + 1));
    cues().noun_of(&two).map(|n| (n, i + 2)).or_else(|| cues().noun_of(view.low(i)).map(|n| (n, i + 1)))
}

fn by_noun(view: &View<'_>, noun: &NounCue, i: usize, end: usize, lo: usize, hi: usize) -> Option<Draft> {
    let mut k = end;
    let mut source = possessor(view, i, lo);
    if matches!(view.low(k), "by" | "from") && source.is_none() {
        let agent = source::after(view, k + 1, hi)?;
        k = agent.end as usize;
        source = Some(agent);
    }
    let opens = content::opener(view, k, hi)?;
    let opens = if opens == Frame::Bare { Frame::Np } else { opens };
    if !noun.frames.contains(&opens) {
        return None;
    }
    // A bare "demand for", "plan to" without anybody behind it is the writer's own.
    if source.is_none() && opens != Frame::That {
        return None;
    }
    let subject = !(lo..i).any(|n| view.verb_like(n));
    let limits = Limits { hi, comma: true, dash: true, phrase: opens != Frame::That };
    let mut stop = content::clause_end(view, k, limits);
    if subject {
        // "NAME's claim that A was B was rejected": the second verb is the sentence's own.
        let skip = usize::from(opens == Frame::That);
        let verb = (k + 2..stop)
            .filter(|n| {
                view.auxiliary(*n)
                    && !view.auxiliary(n - 1)
                    && !matches!(view.low(*n), "be" | "been" | "being")
            })
            .nth(skip);
        stop = verb.unwrap_or(stop);
    }
    let content = content::span(view, k, stop)?;
    let sure = if opens == Frame::That { Sure::Medium } else { Sure::Low };
    Some(Draft {
        source: source.into_iter().collect(),
        cue: vec![TokenRange::new(i, end)],
        content: vec![content],
        sure,
        by: "noun cue",
        unreal: false,
        at: i,
    })
}

/// "NAME's own …", "his …"
fn possessor(view: &View<'_>, i: usize, lo: usize) -> Option<TokenRange> {
    let mut k = i;
    while k > lo && k + 4 > i {
        let p = k - 1;
        if matches!(view.low(p), "his" | "her" | "their" | "its" | "our" | "my" | "whose") {
            return Some(TokenRange::new(p, k));
        }
        if matches!(view.low(p), "'s" | "'") && p > lo {
            return owner(view, p, lo);
        }
        if !view.is_word(p) || view.determiner(p) || view.preposition(p) || view.verb_like(p) {
            return None;
        }
        k = p;
    }
    None
}

/// The noun phrase before a possessive mark: back to its determiner, a preposition, a verb or a mark.
fn owner(view: &View<'_>, end: usize, lo: usize) -> Option<TokenRange> {
    let mut k = end;
    while k > lo {
        let p = k - 1;
        if !(view.is_word(p) || view.glued(p))
            || view.preposition(p)
            || view.verb_like(p) && !view.capital(p)
            || matches!(view.low(p), "and" | "but" | "that")
        {
            break;
        }
        k = p;
        if view.determiner(p) {
            break;
        }
    }
    (k < end).then(|| TokenRange::new(k, end))
}

/// "NAME: …" at the start of a paragraph, and "…: NAME" at the end of a headline.
fn colon(view: &View<'_>, lo: usize, hi: usize) -> Option<Draft> {
    let sentence = view.seg.sentence_of(lo).and_then(|s| view.seg.sentences.get(s))?;
    let paragraph = view.seg.paragraphs.get(sentence.paragraph as usize)?;
    let alone = paragraph.sentences.1 - paragraph.sentences.0 == 1;
    let headline = alone && !matches!(view.low(hi.checked_sub(1)?), "." | "?" | "!") && hi - lo < 30;
    let first = sentence.span.start == paragraph.span.start;
    let c = (lo + 1..hi.min(lo + 12)).find(|k| view.low(*k) == ":" && view.quote_ix(*k).is_none());
    if let Some(c) = c
        && first
        && c + 1 < hi
    {
        let named = (lo..c)
            .all(|k| view.capital(k) || !view.is_word(k) || matches!(view.low(k), "of" | "the" | "and"));
        let name = named
            && c - lo <= 7
            && (lo..c).any(|k| {
                view.name(k).is_some()
                    || view.word(k).chars().all(|ch| ch.is_uppercase()) && view.word(k).len() > 2
            });
        let quote = view.opens_quote(c + 1);
        let label = matches!(
            view.low(lo),
            "update"
                | "read"
                | "photo"
                | "related"
                | "note"
                | "watch"
                | "video"
                | "correction"
                | "breaking"
                | "exclusive"
                | "more"
        );
        if !label
            && (quote.is_some() && named
                || name && (headline || view.word(lo).chars().all(char::is_uppercase)))
        {
            let content = match quote {
                Some(q) => content::quote_run(view, q),
                None => vec![content::span(view, c + 1, hi)?],
            };
            let sure = if quote.is_some() { Sure::High } else { Sure::Low };
            return Some(Draft {
                source: vec![TokenRange::new(lo, c)],
                cue: vec![TokenRange::new(c, c + 1)],
                content,
                sure,
                by: "colon",
                unreal: false,
                at: c,
            });
        }
    }
    if headline {
        let c = (lo + 2..hi).rev().find(|k| view.low(*k) == ":")?;
        let tail = c + 1..hi;
        let named = tail.len() <= 5
            && !tail.is_empty()
            && (tail.start..tail.end).all(|k| {
                view.name(k).is_some()
                    || view.low(k) == "officials"
                    || view.low(k) == "official"
                    || view.low(k) == "report"
            });
        if named {
            let content = content::span(view, lo, c)?;
            return Some(Draft {
                source: vec![TokenRange::new(c + 1, hi)],
                cue: vec![TokenRange::new(c, c + 1)],
                content: vec![content],
                sure: Sure::Medium,
                by: "headline colon",
                unreal: false,
                at: c,
            });
        }
    }
    None
}
