//! Who: the noun phrase before or after a cue.

use super::view::{DETERMINERS, SUBORDINATORS, View};
use chancery_model::span::TokenRange;

/// Longest noun phrase, in tokens, that is believed.
const LONGEST: usize = 45;

/// A subject found left of a verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    pub(super) tokens: TokenRange,
    /// It is a relative pronoun.
    pub(super) relative: bool,
    /// The clause it opens hangs on a subordinator ("when the envoy said").
    pub(super) subordinate: bool,
    /// "as the envoy said".
    pub(super) as_clause: bool,
    /// Where the clause starts: at the subordinator, else at the subject.
    pub(super) clause: usize,
}

/// The subject that ends just before `end`, looking no further left than `lo`.
pub(super) fn subject(view: &View<'_>, end: usize, lo: usize) -> Option<Subject> {
    let last = end.checked_sub(1).filter(|p| *p >= lo)?;
    if view.comma(last) || view.dash(last) {
        return with_apposition(view, last, lo, 0);
    }
    let range = walk(view, end, lo)?;
    Some(describe(view, open_apposition(view, range, lo), lo))
}

/// "NAME, a farmer from Ohio said": the closing comma is missing.
fn open_apposition(view: &View<'_>, range: TokenRange, lo: usize) -> TokenRange {
    let a = range.start as usize;
    let article = matches!(view.low(a), "a" | "an" | "the");
    if !article || a < lo + 2 || !view.comma(a - 1) || a - lo > 7 || !(lo..a - 1).all(|k| view.capital(k)) {
        return range;
    }
    TokenRange::new(lo, range.end as usize)
}

fn describe(view: &View<'_>, range: TokenRange, lo: usize) -> Subject {
    let a = range.start as usize;
    let prior = if a > lo { view.low(a - 1) } else { "" };
    let relative = range.len() == 1 && matches!(view.low(a), "who" | "which" | "that");
    let subordinate = SUBORDINATORS.contains(&prior);
    Subject {
        tokens: range,
        relative,
        subordinate,
        as_clause: prior == "as",
        clause: if subordinate { a - 1 } else { a },
    }
}

/// "NAME, the minister of X, " with `close` the last comma.
fn with_apposition(view: &View<'_>, close: usize, lo: usize, depth: usize) -> Option<Subject> {
    if view.quote_ending_at(close).is_some() || depth > 3 {
        return None;
    }
    let floor = lo.max(close.saturating_sub(LONGEST));
    let dash = view.dash(close);
    let mut open = close;
    loop {
        open = open.checked_sub(1).filter(|o| *o > floor)?;
        if view.quote_ix(open).is_some() && view.quote_ix(open) != view.quote_ix(close) {
            continue;
        }
        if if dash { view.dash(open) } else { view.comma(open) } {
            break;
        }
        if matches!(view.low(open), ";" | ":") {
            return None;
        }
    }
    let first = open + 1;
    let w = view.low(first);
    let adjunct = w.ends_with("ing")
        || view.preposition(first)
        || view.adverb(first)
        || (SUBORDINATORS.contains(&w) && w != "where");
    if matches!(w, "and" | "but" | "or") {
        return None;
    }
    let head = walk(view, open, lo)?;
    let mut subject = describe(view, head, lo);
    let a = head.start as usize;
    // "Lee, a lawyer in Springfield, Ohio, said": the chunk before is itself an apposition.
    let inner = view.is_one_of(a, DETERMINERS)
        || !view.capital(a)
        || (head.len() == 1 && view.capital(first) && close - first <= 2);
    if a > lo
        && (view.comma(a - 1))
        && inner
        && let Some(outer) = with_apposition(view, a - 1, lo, depth + 1)
        && view.capital(outer.tokens.start as usize)
    {
        let tokens = TokenRange::new(outer.tokens.start as usize, close);
        return Some(Subject { tokens, ..outer });
    }
    if !adjunct {
        subject.tokens = TokenRange::new(a, close);
    }
    Some(subject)
}

/// The noun phrase that ends before `end`.
fn walk(view: &View<'_>, end: usize, lo: usize) -> Option<TokenRange> {
    let floor = lo.max(end.saturating_sub(LONGEST));
    let home = view.quote_ix(end.checked_sub(1)?);
    let mut i = end;
    // Adverbs between subject and verb belong to the verb.
    while i > floor && view.adverb(i - 1) && i - 1 > floor {
        i -= 1;
    }
    let top = i;
    let last = i.checked_sub(1).filter(|p| *p >= floor)?;
    if view.subject_pronoun(last) && (view.quote_ix(last) == home) {
        if matches!(view.low(last), "some" | "many" | "both" | "most" | "neither") || last == floor {
            return Some(TokenRange::new(last, top));
        }
        return Some(TokenRange::new(last, top));
    }
    let mut conjoined = false;
    while i > floor {
        let t = i - 1;
        let w = view.low(t);
        if view.quote_ix(t) != home {
            let Some(q) = view.quote_ending_at(i) else { break };
            // A nickname or a scare quote inside the phrase is stepped over, a quotation ends it.
            if view.quote_words(q) > 3 || (q.tokens.start as usize) <= floor {
                break;
            }
            i = q.tokens.start as usize;
            continue;
        }
        if !view.is_word(t) {
            match w {
                ")" | "]" => {
                    let open = (floor..t).rev().find(|k| matches!(view.low(*k), "(" | "["));
                    match open {
                        Some(k) => i = k,
                        None => break,
                    }
                    continue;
                }
                "'" | "'s" | "&" | "%" | "$" | "#" | "@" | "/" => {}
                "-" | "–" if view.glued(t) || !view.dash(t) => {}
                "," if conjoined && t > floor && view.capital(t - 1) && view.capital(i) => {}
                _ => break,
            }
            i = t;
            continue;
        }
        if matches!(w, "and" | "or") {
            let left = t > floor && view.is_word(t - 1) && !view.verb_like(t - 1) && !view.adverb(t - 1);
            let both_named = left && view.capital(t - 1) && (view.capital(i) || view.determiner(i));
            let both_common = left
                && !view.capital(i)
                && !view.capital(t - 1)
                && i < top
                && top - i <= 4
                && !view.subject_pronoun(i);
            if !(both_named || both_common) {
                break;
            }
            conjoined = true;
            i = t;
            continue;
        }
        if matches!(w, "who" | "that" | "which") {
            let clause = i < top && (view.verb_like(i) || view.adverb(i));
            let antecedent =
                t > floor && view.is_word(t - 1) && !view.verb_like(t - 1) && !view.preposition(t - 1);
            if clause && antecedent {
                i = t;
                continue;
            }
            if w == "that" && i == top {
                // "that said": a bare demonstrative is no speaker, a relative pronoun is.
                return (t > floor && !view.comma(t - 1)).then(|| TokenRange::new(t, top));
            }
            break;
        }
        if view.auxiliary(t) && !(w == "may" && view.capital(t)) {
            // "the group that is based in X said": keep going when a relative opens the clause.
            if (floor..t).rev().take(4).any(|k| relative(view, k, floor)) {
                i = t;
                continue;
            }
            break;
        }
        if w == "but" || w == "yet" || w == "nor" || SUBORDINATORS.contains(&w) {
            break;
        }
        if let Some(cue) = view.cue_verb(t) {
            let adjective =
                t > floor && (view.determiner(t - 1) || view.preposition(t - 1) || view.low(t - 1) == "-");
            let inside = (floor..t).rev().take(3).any(|k| relative(view, k, floor));
            if !adjective && !inside {
                let noun_after = cue.lemma.contains(' ') && i == top;
                if !noun_after {
                    break;
                }
            }
        }
        if view.subject_pronoun(t)
            && i < top
            && !matches!(w, "some" | "many" | "both" | "most" | "it" | "others" | "which" | "neither")
        {
            break;
        }
        i = t;
    }
    trim(view, i, top)
}

/// Whether a relative pronoun with an antecedent stands at `k` ("the group that", not "reported that").
fn relative(view: &View<'_>, k: usize, floor: usize) -> bool {
    matches!(view.low(k), "who" | "that" | "which")
        && k > floor
        && view.is_word(k - 1)
        && !view.verb_like(k - 1)
}

fn trim(view: &View<'_>, mut a: usize, b: usize) -> Option<TokenRange> {
    loop {
        let lead = a < b
            && (matches!(
                view.low(a),
                "and" | "but" | "or" | "so" | "yet" | "," | "'s" | "'" | ")" | "/" | "-" | "to"
            ) || (view.adverb(a) && view.low(a) != "all"));
        if !lead {
            break;
        }
        a += 1;
    }
    if a < b && view.preposition(a) {
        // "In a statement the ministry said"; "among those": the phrase starts at its last determiner or name.
        let fresh = |k: &usize| {
            let det = view.determiner(*k) && !view.preposition(k - 1) && !view.determiner(k - 1);
            let name = view.name(*k).is_some()
                && view.name(*k) != view.name(k - 1)
                && !view.preposition(k - 1)
                && view.low(k - 1) != "-";
            det || name
        };
        a = (a + 2..b).rev().find(fresh)?;
    }
    // "vetoed three resolutions", "drawing up plans": a verb phrase is nobody.
    let w = view.low(a);
    let acts = b > a + 1
        && !view.capital(a)
        && (w.ends_with("ing") && !view.starts_phrase(a + 1)
            || (w.ends_with("ing") || w.ends_with("ed"))
                && w.len() > 4
                && (view.determiner(a + 1)
                    || view.preposition(a + 1)
                    || matches!(view.low(a + 1), "up" | "out" | "off" | "to")));
    if acts {
        return None;
    }
    let any = (a..b).any(|i| view.is_word(i) && !view.adverb(i) && !view.time_word(i));
    (a < b && any).then(|| TokenRange::new(a, b))
}

/// The noun phrase that starts at `start` ("said NAME, the minister"); with where what follows it begins.
pub(super) fn after(view: &View<'_>, start: usize, hi: usize) -> Option<TokenRange> {
    if start >= hi || !view.starts_phrase(start) || view.time_word(start) {
        return None;
    }
    if matches!(view.low(start), "he" | "she" | "they" | "it" | "we" | "i") {
        return Some(TokenRange::new(start, start + 1));
    }
    let mut b = simple_after(view, start, hi);
    if b == start {
        return None;
    }
    for _ in 0..3 {
        if !(view.comma(b) && b + 1 < hi) {
            break;
        }
        let first = b + 1;
        let w = view.low(first);
        let other = w.ends_with("ing")
            || view.preposition(first)
            || view.adverb(first)
            || SUBORDINATORS.contains(&w)
            || matches!(w, "and" | "but" | "or")
            || view.subject_pronoun(first) && w != "who"
            || view.quote_ix(first).is_some()
            || view.auxiliary(first)
            || view.cue_verb(first).is_some();
        if other {
            break;
        }
        let next = if w == "who" || w == "whose" {
            (first..hi).find(|k| view.comma(*k) || view.quote_ix(*k).is_some()).unwrap_or(hi)
        } else {
            simple_after(view, first, hi)
        };
        // An apposition ends at a comma or with the sentence; anything else is the next clause.
        if next >= hi
            || view.comma(next)
            || matches!(view.low(next), "." | ";" | "!" | "?")
            || view.preposition(next)
        {
            b = next.min(hi);
        } else {
            break;
        }
    }
    let b = (start..b).rev().find(|k| view.is_word(*k) || view.low(*k) == ")").map_or(b, |k| k + 1);
    (start < b).then(|| TokenRange::new(start, b))
}

fn simple_after(view: &View<'_>, start: usize, hi: usize) -> usize {
    let home = view.quote_ix(start);
    let mut i = start;
    while i < hi && i - start < LONGEST {
        let w = view.low(i);
        if view.quote_ix(i) != home {
            break;
        }
        if w == "(" {
            match (i..hi).find(|k| view.low(*k) == ")") {
                Some(k) => {
                    i = k + 1;
                    continue;
                }
                None => break,
            }
        }
        if !view.is_word(i) && !matches!(w, "'" | "'s" | "&" | "-" | "/" | ".") {
            break;
        }
        if view.dash(i) || w == "." && i + 1 >= hi {
            break;
        }
        let stop = matches!(
            w,
            "in" | "on"
                | "after"
                | "before"
                | "during"
                | "to"
                | "when"
                | "while"
                | "as"
                | "that"
                | "about"
                | "at"
                | "who"
                | "because"
                | "but"
                | "if"
                | "since"
                | "following"
                | "via"
                | "by"
                | "which"
        );
        if i > start
            && (stop
                || view.time_word(i) && !view.capital(i + 1)
                || view.auxiliary(i)
                || (view.adverb(i) && !view.capital(i)))
        {
            break;
        }
        if i > start && view.cue_verb(i).is_some() && !view.determiner(i - 1) {
            break;
        }
        i += 1;
    }
    i
}
