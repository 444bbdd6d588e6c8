//! Quotations that have no cue of their own: the next part of a split one, the next paragraph of a long one.

use super::Draft;
use super::view::View;
use chancery_model::report::Quote;
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;

/// Fewest words of a quotation that may stand without a cue.
const SPEECH: usize = 5;

/// Gives the quotations of a paragraph that nobody was found to say to the one who spoke last.
/// `from` is the first draft of the paragraph.
pub(super) fn join(view: &View<'_>, paragraph: usize, from: usize, drafts: &mut Vec<Draft>) {
    let Some(p) = view.seg.paragraphs.get(paragraph) else { return };
    let inside =
        view.seg.quotes.iter().enumerate().filter(|(_, q)| q.within.is_none() && p.span.contains(q.span));
    for (_, q) in inside {
        let tokens = q.tokens;
        if drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(tokens))) {
            continue;
        }
        if let Some(before) = q.continues.and_then(|c| view.seg.quotes.get(c as usize))
            && let Some(d) =
                drafts.iter_mut().rev().find(|d| d.content.iter().any(|c| c.overlaps(before.tokens)))
        {
            d.content.push(tokens);
            continue;
        }
        if !stands_alone(view, q) {
            continue;
        }
        // "…," he said. "…"
        let last = drafts.get(from..).unwrap_or(&[]).iter().rposition(|d| {
            d.content.iter().all(|c| c.end <= tokens.start)
                && !d.source.is_empty()
                && view.quote_ix(d.at).is_none()
                && d.sure != Sure::Low
        });
        if let Some(n) = last.map(|n| n + from)
            && follows(view, drafts.get(n), q)
        {
            if let Some(d) = drafts.get_mut(n) {
                d.content.push(tokens);
            }
            continue;
        }
        let whole = p.span.start == q.span.start && view.quote_words(q) >= SPEECH && opens_sentence(view, q);
        if whole && let Some(d) = last_speaker(view, drafts, q) {
            drafts.push(d);
        }
    }
}

fn opens_sentence(view: &View<'_>, q: &Quote) -> bool {
    let end = q.tokens.end as usize;
    end >= view.seg.tokens.len()
        || view.seg.sentence_of(end) != view.seg.sentence_of(end - 1)
        || view
            .seg
            .tokens
            .get(end)
            .zip(view.seg.tokens.get(end - 1))
            .is_some_and(|(a, b)| view.text.get(b.span.hi()..a.span.lo()).is_some_and(|s| s.contains('\n')))
}

/// A quotation that is a sentence or more of its own, not a title or a word held at arm's length.
fn stands_alone(view: &View<'_>, q: &Quote) -> bool {
    let start = q.tokens.start as usize;
    let sentence = view.seg.sentence_of(start).and_then(|s| view.seg.sentences.get(s));
    let first = sentence.is_some_and(|s| s.tokens.start as usize == start);
    first && opens_sentence(view, q) && view.quote_words(q) >= 2
}

/// Whether the quotation comes straight after the sentence in which the draft's cue stands.
fn follows(view: &View<'_>, draft: Option<&Draft>, q: &Quote) -> bool {
    let Some(d) = draft else { return false };
    let cue = view.seg.sentence_of(d.at);
    let quoted = d.content.last().is_some_and(|c| {
        view.quote_ix(c.start as usize).is_some()
            || view.quote_ix((c.end as usize).saturating_sub(1)).is_some()
    });
    let start = q.tokens.start as usize;
    let here = view.seg.sentence_of(start);
    let last_token = d.content.last().map_or(0, |c| (c.end as usize).saturating_sub(1));
    let before = start.checked_sub(1).and_then(|k| view.seg.sentence_of(k));
    quoted && (before == cue || before == view.seg.sentence_of(last_token)) && here != cue
}

fn last_speaker(view: &View<'_>, drafts: &[Draft], q: &Quote) -> Option<Draft> {
    let start = q.tokens.start as usize;
    let last = drafts.iter().rev().find(|d| {
        !d.source.is_empty()
            && (d.at < start)
            && d.content.iter().any(|c| view.quote_ix(c.start as usize).is_some())
    })?;
    let gap = view.seg.sentence_of(start)?.saturating_sub(view.seg.sentence_of(last.at)?);
    (gap <= 8).then(|| Draft {
        source: last.source.clone(),
        cue: Vec::new(),
        content: vec![TokenRange { ..q.tokens }],
        sure: Sure::Low,
        by: "quotation without cue",
        unreal: false,
        at: start,
    })
}
