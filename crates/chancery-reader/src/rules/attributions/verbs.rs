//! Attributions whose cue is a verb: who did it, and what it opens.

use super::Draft;
use super::content::{self, Limits};
use super::source::{self, Subject};
use super::verb::{self, Verb};
use super::view::{SUBORDINATORS, View};
use chancery_lexicon::cues::{Frame, Inflection};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{Act, Sure};

/// Adds the attributions of the sentence `[lo, hi)` that a verb marks.
pub(super) fn find(view: &View<'_>, lo: usize, hi: usize, drafts: &mut Vec<Draft>) {
    let first = drafts.len();
    // A final full stop is no part of anything.
    for i in lo..hi {
        let (a, b) = match view.quote(i) {
            // Inside a quotation only what the quotation holds can be source or content.
            Some(q) => (
                lo.max(q.tokens.start as usize + 1),
                hi.min((q.tokens.end as usize).saturating_sub(usize::from(q.closed))),
            ),
            None => (lo, hi),
        };
        if i < a || i >= b {
            continue;
        }
        if let Some(v) = verb::at(view, i, a, b)
            && !quotes_somebody(view, &v, b)
            && let Some(d) = attribute(view, &v, a, b, drafts.get(first..).unwrap_or(&[]))
        {
            drafts.push(d);
        }
    }
}

/// "quoted NAME as saying": the cue is "saying", the one who quotes a relay.
fn quotes_somebody(view: &View<'_>, v: &Verb, hi: usize) -> bool {
    matches!(v.cue.lemma.as_str(), "quote" | "cite")
        && (v.end()..hi.min(v.end() + 24)).any(|k| {
            view.low(k) == "as" && matches!(view.low(k + 1), "saying" | "telling" | "warning" | "adding")
        })
}

fn attribute(view: &View<'_>, v: &Verb, lo: usize, hi: usize, earlier: &[Draft]) -> Option<Draft> {
    if v.form == Inflection::Ing && view.before(v.start()) == "as" {
        return quoted_as_saying(view, v, lo, hi);
    }
    let quoted = view.quote_ix(v.head).is_some();
    let draft = if v.passive {
        passive(view, v, lo, hi)
    } else if v.form == Inflection::Ing && !v.helped {
        participle(view, v, lo, hi, earlier)
    } else {
        finite(view, v, lo, hi, earlier)
    }?;
    // Inside a quotation only what a third party says counts as said by somebody else.
    if quoted {
        let third = draft
            .source
            .first()
            .is_some_and(|s| !matches!(view.low(s.start as usize), "i" | "we" | "you" | "it"));
        let clear = draft.sure != Sure::Low && v.takes(Frame::Quote).is_some();
        return (third && clear).then_some(draft);
    }
    Some(draft)
}

/// "AGENCY quoted NAME as saying", "NAME was quoted as saying".
fn quoted_as_saying(view: &View<'_>, v: &Verb, lo: usize, hi: usize) -> Option<Draft> {
    let mark = v.start() - 1;
    let k = (lo..mark)
        .rev()
        .take(24)
        .find(|k| matches!(view.low(*k), "quoted" | "cited" | "quotes" | "cites" | "quoting" | "citing"))?;
    let mut aux = k;
    while aux > lo && (view.auxiliary(aux - 1) || view.adverb(aux - 1)) {
        aux -= 1;
    }
    let passive = (aux..k).any(|n| view.be(n));
    let source = if passive {
        source::subject(view, aux, lo)?.tokens
    } else if k + 1 < mark {
        super::view::tidy(view, TokenRange::new(k + 1, mark))?
    } else {
        source::subject(view, k, lo)?.tokens
    };
    let content = match right(view, v, v.end(), Limits { hi, comma: false, dash: false, phrase: false }) {
        Some((content, _)) => content,
        // "…," AGENCY quoted NAME as saying.
        None => left(view, source::subject(view, aux, lo)?.clause, lo)?,
    };
    Some(draft(vec![source], v, content, Sure::High, "quoted as saying"))
}

fn draft(source: Vec<TokenRange>, v: &Verb, content: Vec<TokenRange>, sure: Sure, by: &'static str) -> Draft {
    Draft { source, cue: vec![v.tokens], content, sure, by, unreal: v.unreal, at: v.head }
}

/// The source of the last cue of the sentence, else the subject of its first verb.
fn shared(view: &View<'_>, v: &Verb, lo: usize, earlier: &[Draft]) -> Option<TokenRange> {
    let last = earlier.iter().rev().find(|d| {
        !d.source.is_empty()
            && d.by != "noun cue"
            && d.at < v.head
            && !d.content.iter().any(|c| c.has(v.head) && view.quote_ix(c.start as usize).is_some())
            && view.quote_ix(d.at) == view.quote_ix(v.head)
    });
    if let Some(d) = last {
        return d.source.first().copied();
    }
    let verb = (lo + 1..v.start()).find(|k| {
        view.quote_ix(*k) == view.quote_ix(v.head)
            && !view.capital(*k)
            && (view.auxiliary(*k) || past(view, *k))
            && !view.determiner(k - 1)
            && !view.preposition(k - 1)
    })?;
    let mut start = verb;
    while start > lo + 1 && view.adverb(start - 1) {
        start -= 1;
    }
    source::subject(view, start, lo).filter(|s| !s.relative).map(|s| s.tokens)
}

fn past(view: &View<'_>, k: usize) -> bool {
    const IRREGULAR: &[&str] = &[
        "met", "went", "came", "took", "gave", "held", "made", "left", "spoke", "wrote", "sent", "began",
        "won", "lost", "led", "stood", "sat", "fell", "rose", "ran", "drew", "kept", "told", "said", "saw",
        "got", "paid", "flew", "hit", "put", "set", "cut", "broke",
    ];
    let w = view.low(k);
    IRREGULAR.contains(&w) || (w.ends_with("ed") && w.len() > 4)
}

fn participle(view: &View<'_>, v: &Verb, lo: usize, hi: usize, earlier: &[Draft]) -> Option<Draft> {
    let start = v.start();
    let before = if start > lo { view.low(start - 1) } else { "" };
    let mut comma = false;
    let source = if start == lo {
        // "Calling the vote a fraud, NAME walked out."
        comma = true;
        let c = (v.end()..hi).find(|k| view.comma(*k) && view.quote_ix(*k) == view.quote_ix(v.head))?;
        source::after(view, c + 1, hi)
            .map(|r| {
                (c + 1..r.end as usize)
                    .find(|k| view.auxiliary(*k) || past(view, *k))
                    .map_or(r, |k| TokenRange::new(c + 1, k))
            })
            .filter(|r| !r.is_empty())
    } else if matches!(
        before,
        "," | "and"
            | "by"
            | "in"
            | "after"
            | "while"
            | "before"
            | "without"
            | "when"
            | "but"
            | "—"
            | "–"
            | "for"
            | "of"
    ) || view.quote_ending_at(start).is_some()
    {
        comma = before == "while" || before == "after";
        shared(view, v, lo, earlier)
    } else if v.takes(Frame::That) == Some(true) && v.takes(Frame::Quote).is_some() {
        source::subject(view, start, lo).map(|s| s.tokens)
    } else {
        None
    }?;
    let (content, sure) = right(view, v, v.end(), Limits { hi, comma, dash: false, phrase: false })?;
    Some(draft(vec![source], v, content, sure, "participle"))
}

fn passive(view: &View<'_>, v: &Verb, lo: usize, hi: usize) -> Option<Draft> {
    let k = v.end();
    let opens = content::opener(view, k, hi)?;
    let limits = Limits { hi, comma: false, dash: false, phrase: false };
    if v.takes(Frame::Passive).is_some() && matches!(opens, Frame::To | Frame::That) {
        let mut content = Vec::new();
        if let Some(s) =
            source::subject(view, v.start(), lo).filter(|s| view.low(s.tokens.start as usize) != "it")
        {
            content.push(s.tokens);
        }
        content.push(content::span(view, k, content::clause_end(view, k, limits))?);
        return Some(draft(Vec::new(), v, content, Sure::Low, "passive"));
    }
    if view.low(k) == "by" {
        // "was rejected by NAME": the subject is what was said.
        v.takes(Frame::Np)?;
        let agent = source::after(view, k + 1, hi)?;
        let subject = source::subject(view, v.start(), lo)?;
        return Some(draft(vec![agent], v, vec![subject.tokens], Sure::Low, "passive by"));
    }
    let fits = match opens {
        Frame::That => v.takes(Frame::That).is_some(),
        Frame::Wh => v.takes(Frame::Wh).is_some(),
        Frame::About => v.takes(Frame::About).is_some(),
        Frame::Quote => {
            v.takes(Frame::Quote).is_some() && matches!(v.cue.lemma.as_str(), "ask" | "tell" | "quote")
        }
        Frame::To => v.cue.object,
        _ => false,
    };
    if !fits {
        return None;
    }
    let content = content::span(view, k, content::clause_end(view, k, limits))?;
    Some(draft(Vec::new(), v, vec![content], Sure::Low, "passive"))
}

fn finite(view: &View<'_>, v: &Verb, lo: usize, hi: usize, earlier: &[Draft]) -> Option<Draft> {
    let start = v.start();
    let after_quote = view.quote_ending_at(start).is_some();
    let after_comma = start > lo && view.comma(start - 1);
    // "…," said NAME.
    if (after_quote || after_comma)
        && v.takes(Frame::End).is_some()
        && !v.helped
        && v.form != Inflection::Base
        && let Some(d) = inverted(view, v, lo, hi, after_quote || view.quote_ending_at(start - 1).is_some())
    {
        return Some(d);
    }
    let mut subject = if after_quote { None } else { source::subject(view, start, lo) };
    let mut by = "subject and cue";
    if subject.is_none() && v.form != Inflection::Base || subject.is_none() && v.helped {
        let before = if start > lo { view.low(start - 1) } else { "" };
        if matches!(before, "and" | "but" | "or" | ",") {
            by = "conjoined cue";
            subject = shared(view, v, lo, earlier).map(|tokens| Subject {
                tokens,
                relative: false,
                subordinate: false,
                as_clause: false,
                clause: start,
            });
        }
    }
    let subject = subject?;
    let conjoined = by == "conjoined cue";
    if !conjoined && v.takes(Frame::End).is_some() && closes(view, &subject, lo) {
        // What stands to the left may be what was said, unless something clearly opens to the right.
        let strong = right_opens(view, v, hi);
        if (!strong || subject.as_clause)
            && let Some(d) = closing(view, v, &subject, lo, hi)
        {
            return Some(d);
        }
    }
    if subject.as_clause && subject.clause == lo && v.takes(Frame::End).is_some() && !right_opens(view, v, hi)
    {
        let c = (v.end()..hi).find(|k| view.comma(*k))?;
        let end = content::clause_end(view, c + 1, Limits { hi, comma: false, dash: false, phrase: false });
        return Some(draft(
            vec![subject.tokens],
            v,
            quote_or_span(view, c + 1, end, hi)?,
            Sure::Medium,
            "as he said",
        ));
    }
    let clause = subject.clause;
    let limits = Limits {
        hi,
        comma: (subject.relative && clause > lo && view.comma(clause - 1))
            || (subject.subordinate && clause <= lo + 1),
        dash: clause > lo && view.dash(clause - 1),
        phrase: false,
    };
    let (content, sure) = right(view, v, v.end(), limits)?;
    // "a dispute that has seen …": a thing, unless it plainly says something.
    if subject.relative && view.low(subject.tokens.start as usize) != "who" && sure != Sure::High {
        return None;
    }
    Some(draft(vec![subject.tokens], v, content, sure, by))
}

/// Whether a comma or a quotation ends just before the subject.
fn closes(view: &View<'_>, s: &Subject, lo: usize) -> bool {
    let at = s.clause;
    at > lo && (view.comma(at - 1) || view.quote_ending_at(at).is_some() || view.dash(at - 1))
}

/// Whether "that", a colon or a quotation follows the cue, so that the content stands to its right.
fn right_opens(view: &View<'_>, v: &Verb, hi: usize) -> bool {
    let mut k = v.end();
    if v.cue.object && !matches!(content::opener(view, k, hi), Some(Frame::That | Frame::Quote)) {
        k = content::skip_object(view, k, hi);
    }
    let Some(k) = content::skip_adjuncts(view, k, hi) else { return false };
    match content::opener(view, k, hi) {
        Some(Frame::That | Frame::Quote) => true,
        Some(Frame::Bare) => v.takes(Frame::Bare).is_some() && content::is_clause(view, k, hi),
        Some(Frame::Wh) => v.takes(Frame::Wh).is_some() && view.low(k) != "when" && view.low(k) != "where",
        _ => view.low(k) == ":",
    }
}

/// "…," said NAME, the minister, on Tuesday.
fn inverted(view: &View<'_>, v: &Verb, lo: usize, hi: usize, quoted: bool) -> Option<Draft> {
    let source = source::after(view, v.end(), hi)?;
    let end = source.end as usize;
    let clean = end >= hi
        || view.comma(end)
        || !view.is_word(end)
        || view.preposition(end)
        || view.time_word(end)
        || matches!(view.low(end), "who" | "when" | "as" | "while" | "that");
    if !clean || (!quoted && (end < hi && view.is_word(end) || v.cue.lemma != "say")) {
        return None;
    }
    // "He, said NAME, …" needs something before it.
    let content = left(view, v.start(), lo)?;
    let content = onward(view, content, end, hi);
    Some(draft(vec![source], v, content, Sure::High, "inverted"))
}

/// "…, NAME said."
fn closing(view: &View<'_>, v: &Verb, s: &Subject, lo: usize, hi: usize) -> Option<Draft> {
    let content = left(view, s.clause, lo)?;
    let mut k = v.end();
    if v.cue.object {
        k = content::skip_object(view, k, hi);
    }
    let content = onward(view, content, k, hi);
    Some(draft(vec![s.tokens], v, content, Sure::High, "closing cue"))
}

/// What was said, left of the cue clause that starts at `end`.
pub(super) fn left(view: &View<'_>, end: usize, lo: usize) -> Option<Vec<TokenRange>> {
    let mut e = end;
    while e > lo && (view.comma(e - 1) || view.dash(e - 1)) && view.quote_ending_at(e).is_none() {
        e -= 1;
    }
    if e <= lo && view.quote(e.checked_sub(1)?).is_none() {
        return None;
    }
    let mut start = lo;
    if let Some(q) = view.quote_ending_at(e) {
        let qs = q.tokens.start as usize;
        if qs <= lo {
            start = qs;
        } else if qs > lo
            && (view.comma(qs - 1) || view.low(qs - 1) == ":")
            && (lo..qs).all(|k| view.quote_ix(k).is_none())
        {
            // "Asked about it, "…," he said."
            start = qs;
        } else if qs > lo && view.quote_ix(lo).is_some() {
            start = view.quote(lo).map_or(lo, |f| f.tokens.start as usize);
        }
        if view.quote_words(q) < 2 && start == qs {
            return None;
        }
    } else if let Some(q) = view.quote(lo) {
        start = q.tokens.start as usize;
    }
    if let Some(semi) = (start.max(lo)..e).rev().find(|k| view.low(*k) == ";" && view.quote_ix(*k).is_none())
    {
        start = semi + 1;
    }
    let span = content::span(view, start, e)?;
    let quoted = span.iter().any(|k| view.quote_ix(k).is_some());
    (quoted || !is_adjunct(view, span)).then(|| vec![span])
}

/// "In an email last week", "Speaking in Bonn": when and where, not what.
fn is_adjunct(view: &View<'_>, span: TokenRange) -> bool {
    let a = span.start as usize;
    let w = view.low(a);
    let opens = view.preposition(a)
        || view.adverb(a)
        || view.time_word(a)
        || w.ends_with("ing") && w.len() > 4
        || SUBORDINATORS.contains(&w)
        || matches!(w, "asked" | "last" | "earlier" | "this" | "but" | "and" | "one" | "later");
    let finite = span.iter().skip(1).any(|k| {
        (view.auxiliary(k) && !matches!(view.low(k), "being" | "having" | "be" | "been")
            || past(view, k) && !view.determiner(k - 1) && !view.preposition(k - 1))
            && view.quote_ix(k).is_none()
    });
    opens && (!finite || SUBORDINATORS.contains(&w) && !matches!(w, "if" | "what" | "how" | "where" | "why"))
        || span.len() < 2
}

/// Adds what goes on after a cue in the middle: "A," he said, "B."
fn onward(view: &View<'_>, mut content: Vec<TokenRange>, from: usize, hi: usize) -> Vec<TokenRange> {
    let direct = content.first().is_some_and(|c| view.quote_ix(c.end as usize - 1).is_some());
    let c = (from..hi).find(|k| {
        view.quote_ix(*k).is_some() || view.comma(*k) || matches!(view.low(*k), ":" | ";") || view.dash(*k)
    });
    let Some(c) = c else { return content };
    let clean = !(from..c).any(|k| view.auxiliary(k) || view.low(k) == "that");
    if !clean {
        return content;
    }
    let next = if view.quote_ix(c).is_some() { c } else { c + 1 };
    if let Some(q) = view.opens_quote(next) {
        if view.quote_words(q) > 2 || direct {
            content.push(q.tokens);
        }
        return content;
    }
    if direct || !view.comma(c) || next >= hi {
        return content;
    }
    let participle = view.low(next).ends_with("ing")
        || matches!(view.low(next), "and" | "but" | "according" | "as" | "while" | "who" | "a" | "after")
        || content::trailing_cue(view, next, hi);
    if !participle
        && let Some(s) = content::span(
            view,
            next,
            content::clause_end(view, next, Limits { hi, comma: false, dash: false, phrase: false }),
        )
    {
        content.push(s);
    }
    content
}

fn quote_or_span(view: &View<'_>, start: usize, end: usize, hi: usize) -> Option<Vec<TokenRange>> {
    if let Some(q) = view.opens_quote(start) {
        let last = q.tokens.end as usize;
        let whole = last >= hi
            || last >= 2 && matches!(view.low(last - 2), "." | "?" | "!" | "," | "…" | "...")
            || !view.is_word(last);
        if whole {
            return Some(content::quote_run(view, q));
        }
        return content::span(view, start, end.max(last)).map(|s| vec![s]);
    }
    // A quotation that opens inside may run past the sentence.
    let tail =
        end.checked_sub(1).and_then(|k| view.quote(k)).map_or(end, |q| (q.tokens.end as usize).max(end));
    content::span(view, start, tail).map(|s| vec![s])
}

/// What was said, right of the cue; with how sure the frame is.
fn right(view: &View<'_>, v: &Verb, from: usize, limits: Limits) -> Option<(Vec<TokenRange>, Sure)> {
    let hi = limits.hi;
    let mut k = from;
    if v.cue.object
        && !matches!(content::opener(view, k, hi), Some(Frame::That | Frame::Quote | Frame::To | Frame::Wh))
    {
        let past = content::skip_object(view, k, hi);
        let told = v.cue.lemma == "tell";
        let then = content::opener(view, past, hi);
        let opens = matches!(
            then,
            Some(Frame::That | Frame::Quote | Frame::Wh | Frame::About | Frame::To | Frame::Of)
        ) || matches!(view.low(past), "," | ":") && view.opens_quote(past + 1).is_some()
            || view.low(past) == ":";
        let adjunct = content::skip_adjuncts(view, past, hi)
            .is_some_and(|n| view.low(n) == "that" || view.low(n) == ":" || view.opens_quote(n).is_some());
        // "asked the men to go": what is asked is that they go.
        let asked = then == Some(Frame::To)
            && matches!(v.cue.act, Act::Request | Act::Demand)
            && v.takes(Frame::Np).is_some();
        if told || opens && !asked || adjunct {
            k = past;
        }
    }
    let here = content::opener(view, k, hi);
    let direct =
        here.is_some_and(|f| !matches!(f, Frame::Bare | Frame::Quote | Frame::That) && v.takes(f).is_some());
    if !direct {
        k = content::skip_adjuncts(view, k, hi)?;
    }
    if view.comma(k) && view.opens_quote(k + 1).is_some() && v.takes(Frame::Quote).is_some() {
        k += 1;
    }
    if view.low(k) == ":" {
        v.takes(Frame::Quote)?;
        k += 1;
        if k >= hi {
            return None;
        }
        return quote_or_span(view, k, content::clause_end(view, k, limits), hi).map(|c| (c, Sure::High));
    }
    let opens = content::opener(view, k, hi)?;
    let (frame, phrase) = match opens {
        Frame::Bare => {
            if v.takes(Frame::Bare).is_some()
                && (content::is_clause(view, k, hi)
                    || v.takes(Frame::Np).is_none() && v.takes(Frame::Bare) == Some(true))
            {
                (Frame::Bare, false)
            } else {
                (Frame::Np, true)
            }
        }
        Frame::Quote if v.takes(Frame::Quote).is_none() => (Frame::Np, true),
        Frame::Ing if v.takes(Frame::Ing).is_none() => {
            (if v.takes(Frame::Np).is_some() { Frame::Np } else { Frame::Bare }, true)
        }
        Frame::Wh if v.takes(Frame::Wh).is_none() => (Frame::Bare, false),
        Frame::That if v.takes(Frame::That).is_none() => (Frame::Np, true),
        Frame::In
        | Frame::On
        | Frame::At
        | Frame::For
        | Frame::With
        | Frame::Of
        | Frame::About
        | Frame::Against
            if v.takes(opens).is_none() =>
        {
            (Frame::Bare, false)
        }
        f => (
            f,
            matches!(
                f,
                Frame::About
                    | Frame::Of
                    | Frame::For
                    | Frame::On
                    | Frame::Against
                    | Frame::With
                    | Frame::At
                    | Frame::As
                    | Frame::In
                    | Frame::Ing
            ),
        ),
    };
    let usual = v.takes(frame)?;
    if matches!(opens, Frame::Wh) && matches!(view.low(k), "when" | "where" | "who" | "which") && !usual {
        return None;
    }
    let end = content::clause_end(view, k, Limits { phrase, ..limits });
    let content = quote_or_span(view, k, end, hi)?;
    let short = content.iter().map(|r| r.len()).sum::<usize>() < 2;
    if short && !matches!(frame, Frame::Np | Frame::Quote) {
        return None;
    }
    let sure = match (usual, frame) {
        (true, Frame::That | Frame::Quote) => Sure::High,
        (true, _) => Sure::Medium,
        (false, _) => Sure::Low,
    };
    Some((content, sure))
}
