//! Relays as whole phrases: the head marks words, and the words of a chain of speakers lie close together.

use super::{View, at, touches};
use chancery_model::mark::AttributionMark;
use chancery_model::span::TokenRange;

/// Makes phrases of the marked words: none holds a cue, none is a bare article, and what stands above a statement already
/// (the outer speaker, the outer relays) is not said of it again.
pub(super) fn tidy(view: &View<'_>, marks: &mut [AttributionMark]) {
    let cues: Vec<TokenRange> = marks.iter().flat_map(|m| m.cue.iter().copied()).collect();
    let above: Vec<Vec<TokenRange>> = (0..marks.len()).map(|n| over(marks, n)).collect();
    for (m, above) in marks.iter_mut().zip(above) {
        m.source = nearest(&m.source, &cues, m.cue.first().copied());
        // Of two speakers in one source, the outer one speaks in its own statement.
        if m.source.iter().any(|s| !touches(&above, *s)) {
            m.source.retain(|s| !touches(&above, *s));
        }
        citing(view, m);
        let pieces = m.relays.iter().flat_map(|r| parts(*r, &cues));
        let mut out: Vec<TokenRange> = Vec::new();
        for p in pieces {
            match out.last_mut().filter(|l| joins(view, &cues, **l, p)) {
                Some(l) => l.end = p.end,
                None => out.push(p),
            }
        }
        out.retain(|r| names(view, *r) && !touches(&above, *r) && !touches(&m.source, *r));
        m.relays = out;
    }
}

/// Sources and relays of the statements that one lies in.
fn over(marks: &[AttributionMark], n: usize) -> Vec<TokenRange> {
    let mut out = Vec::new();
    let mut next = marks.get(n).and_then(|m| m.within);
    for _ in 0..marks.len() {
        let Some(m) = next.and_then(|w| marks.get(w as usize)) else { break };
        out.extend(m.source.iter().chain(&m.relays).chain(&m.addressee).copied());
        next = m.within;
    }
    out
}

/// "NAME, citing officials, said": the officials say it, and NAME passes it on.
fn citing(view: &View<'_>, m: &mut AttributionMark) {
    let [source] = m.source.as_slice() else { return };
    let word = |t: usize| view.word(t);
    let found = source.iter().skip(1).find(|t| matches!(word(*t), "citing" | "quoting"));
    let Some(at) = found.filter(|t| t + 1 < source.end as usize) else { return };
    let mut end = at;
    while end > source.start as usize && !view.is_word(end - 1) {
        end -= 1;
    }
    let (relay, speaker) =
        (TokenRange::new(source.start as usize, end), TokenRange::new(at + 1, source.end as usize));
    if !relay.is_empty() {
        m.source = vec![speaker];
        m.relays.insert(0, relay);
    }
}

/// A range without the cues in it.
fn parts(r: TokenRange, cues: &[TokenRange]) -> Vec<TokenRange> {
    let mut out: Vec<TokenRange> = Vec::new();
    for t in r.iter().filter(|t| !at(cues, *t)) {
        match out.last_mut().filter(|l| l.end as usize == t) {
            Some(l) => l.end += 1,
            None => out.push(TokenRange::new(t, t + 1)),
        }
    }
    out
}

/// Of a source with somebody else's cue in it, the part next to its own cue.
fn nearest(source: &[TokenRange], cues: &[TokenRange], own: Option<TokenRange>) -> Vec<TokenRange> {
    let split: Vec<TokenRange> = source.iter().flat_map(|r| parts(*r, cues)).collect();
    let far = |r: &TokenRange| {
        own.map_or(0, |c| if r.end <= c.start { c.start - r.end } else { r.start.saturating_sub(c.end) })
    };
    if split.len() > source.len() {
        split.iter().min_by_key(|r| far(r)).copied().into_iter().collect()
    } else {
        source.to_vec()
    }
}

/// Whether two parts are one name: at most a word apart, in one sentence, and that word no cue.
fn joins(view: &View<'_>, cues: &[TokenRange], a: TokenRange, b: TokenRange) -> bool {
    let gap = TokenRange { start: a.end, end: b.start.max(a.end) };
    let part = |w: &str| {
        w.chars().next().is_some_and(char::is_uppercase) || matches!(w, "of" | "the" | "'s" | "’s" | "-")
    };
    b.start >= a.end
        && gap.len() <= 1
        && !touches(cues, gap)
        && gap.iter().all(|t| part(view.word(t)))
        && view.sentence(a.start as usize) == view.sentence(b.start as usize)
}

/// Whether a phrase can name somebody: it has a capital, or an article and a noun.
fn names(view: &View<'_>, r: TokenRange) -> bool {
    let capital = |t: usize| view.word(t).chars().next().is_some_and(char::is_uppercase);
    r.iter().any(capital) || view.words(r) > 1
}
