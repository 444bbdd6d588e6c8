//! What: how far the content of a cue runs.

use super::source;
use super::view::{View, WH, tidy};
use chancery_lexicon::cues::{Frame, Inflection, cues};
use chancery_model::report::Quote;
use chancery_model::span::TokenRange;

/// How a content that runs to the right ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// One past the last token that may be used.
    pub(super) hi: usize,
    /// A comma ends it: the cue stands in a relative or subordinate clause.
    pub(super) comma: bool,
    /// A dash ends it: the cue stands between dashes.
    pub(super) dash: bool,
    /// It is a noun phrase, not a clause.
    pub(super) phrase: bool,
}

/// The end of a clause that starts at `from`.
pub(super) fn clause_end(view: &View<'_>, from: usize, limits: Limits) -> usize {
    let hi = limits.hi;
    let home = view.quote_ix(from);
    let mut depth = 0usize;
    let mut k = from;
    while k < hi {
        if view.quote_ix(k) != home && k > from {
            if let Some(q) = view.opens_quote(k) {
                k = q.tokens.end as usize;
                continue;
            }
            if home.is_some() {
                // The clause began inside a quotation; it may run on outside of it.
                if view.quote_ending_at(k).is_some() && ends_sentence(view, k) {
                    break;
                }
            }
        }
        let w = view.low(k);
        match w {
            "(" => depth += 1,
            ")" if depth == 0 => break,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 && k > from && stops(view, k, from, limits) {
            break;
        }
        k += 1;
    }
    k.min(hi)
}

fn ends_sentence(view: &View<'_>, k: usize) -> bool {
    k >= 2 && matches!(view.low(k - 2), "." | "?" | "!" | ",")
}

fn stops(view: &View<'_>, k: usize, from: usize, limits: Limits) -> bool {
    let w = view.low(k);
    let next = k + 1;
    let at_mark = view.comma(k) || view.dash(k);
    if w == ";" || (limits.dash && view.dash(k)) {
        return true;
    }
    if limits.comma && view.comma(k) && !list_comma(view, k, limits.hi) {
        return true;
    }
    if w == "according" && view.low(next) == "to" {
        return true;
    }
    if at_mark {
        let mut n = next;
        while n < limits.hi && (view.adverb(n) || matches!(view.low(n), "and" | "but" | "while")) {
            n += 1;
        }
        let participle = cues().verbs_of(view.low(n)).any(|(c, f)| {
            f == Inflection::Ing
                && (c.takes(Frame::That) == Some(true) || c.takes(Frame::Quote) == Some(true))
        });
        if participle
            || view.low(next) == "according"
            || (view.low(next) == "as" && trailing_cue(view, next + 1, limits.hi))
        {
            return true;
        }
        if trailing_cue(view, next, limits.hi) {
            return true;
        }
        if limits.phrase {
            let n = view.low(next);
            if matches!(
                n,
                "but"
                    | "who"
                    | "which"
                    | "while"
                    | "when"
                    | "as"
                    | "where"
                    | "although"
                    | "though"
                    | "after"
                    | "because"
                    | "with"
                    | "whose"
            ) || n.ends_with("ing")
                || (n == "and" && view.cue_verb(next + 1).is_some())
            {
                return true;
            }
        }
        if matches!(view.low(next), "but" | "while" | "and" | "though" | "although" | "whereas")
            && other_speaker(view, next + 1, limits.hi)
        {
            return true;
        }
    }
    if w == "in" && k > from + 1 && occasion(view, k, limits.hi) {
        return true;
    }
    if matches!(w, "and" | "but" | "or") {
        let mut n = next;
        while n < limits.hi && (view.adverb(n) || matches!(view.low(n), "has" | "have" | "had")) {
            n += 1;
        }
        let conjoined = cues().verbs_of(view.low(n)).any(|(c, f)| {
            f == Inflection::Past
                && (c.takes(Frame::That) == Some(true)
                    || c.takes(Frame::Np) == Some(true)
                    || c.takes(Frame::To) == Some(true))
        });
        // "said the deal was signed and approved": a passive goes on, a past tense with an object is a new cue.
        let object = view.low(n + 1) == "that"
            || view.low(n + 1) == "to"
            || view.starts_phrase(n + 1) && !view.adverb(n + 1);
        if conjoined && object && k > from + 1 {
            return true;
        }
    }
    false
}

/// "… in an interview with NAME on Tuesday.": how it was said, at the end of what was said.
fn occasion(view: &View<'_>, k: usize, hi: usize) -> bool {
    const OCCASIONS: &[&str] = &[
        "interview",
        "statement",
        "tweet",
        "email",
        "briefing",
        "conference",
        "letter",
        "telegram",
        "communique",
    ];
    let noun = (k + 1..hi.min(k + 6))
        .take_while(|n| view.is_word(*n) || view.glued(*n))
        .find(|n| view.is_one_of(*n, OCCASIONS));
    noun.is_some_and(|n| {
        view.is_one_of(k + 1, &["a", "an", "his", "her", "its", "their"])
            && !(n + 1..hi).any(|m| view.auxiliary(m) || view.low(m) == "that" || view.low(m) == "to")
            && (view.low(n) != "conference" || matches!(view.before(n), "press" | "news"))
    })
}

fn list_comma(view: &View<'_>, k: usize, hi: usize) -> bool {
    // "in Bonn, Basel and Bern"
    view.capital(k - 1)
        && view.capital(k + 1)
        && (k + 2..(k + 8).min(hi)).any(|n| matches!(view.low(n), "and" | "or") && view.capital(n + 1))
        && !(k + 1..(k + 4).min(hi)).any(|n| view.cue_verb(n).is_some() || view.auxiliary(n))
}

/// Whether "X said", "said X" or "X told Y" stands at `n` and closes the sentence or its part.
pub(super) fn trailing_cue(view: &View<'_>, n: usize, hi: usize) -> bool {
    let closes = |k: usize| {
        k >= hi
            || matches!(view.low(k), "," | "." | ";" | "?" | "!" | "—" | "–")
            || view.quote_ending_at(k + 1).is_some()
    };
    let reach = (n + 14).min(hi);
    for k in n..reach {
        let w = view.low(k);
        if matches!(w, "," | ";" | ":" | "(") || view.quote_ix(k) != view.quote_ix(n) {
            return false;
        }
        let Some((cue, form)) = cues().verbs_of(w).find(|(c, f)| {
            c.takes(Frame::End).is_some()
                && *f != Inflection::Ing
                && (*f != Inflection::Base || c.lemma == "say")
                && c.particles().count() == 0
        }) else {
            continue;
        };
        if view.name(k).is_some() && view.capital(k) {
            continue;
        }
        if k > n {
            if form == Inflection::Past && view.be(k - 1) || source::subject(view, k, n).is_none() {
                return false;
            }
            let mut end = k + 1;
            if cue.object {
                end = skip_object(view, end, hi);
            }
            if closes(end) {
                return true;
            }
            // "…, he said on Tuesday in Rome."
            let adjunct = view.preposition(end) || view.time_word(end) || view.adverb(end);
            let plain = (end..hi).take_while(|m| !view.comma(*m)).all(|m| {
                view.low(m) != "that"
                    && view.quote_ix(m) == view.quote_ix(n)
                    && !view.auxiliary(m)
                    && view.low(m) != ":"
            });
            return adjunct && plain;
        }
        return source::after(view, k + 1, hi).is_some_and(|r| {
            let end = r.end as usize;
            closes(end) || view.preposition(end) || view.time_word(end)
        });
    }
    false
}

/// Whether a new subject with a cue of its own starts at `n`.
fn other_speaker(view: &View<'_>, n: usize, hi: usize) -> bool {
    (n + 1..(n + 9).min(hi)).take_while(|k| !view.comma(*k) && view.quote_ix(*k) == view.quote_ix(n)).any(
        |k| {
            cues().verbs_of(view.low(k)).any(|(c, f)| {
                matches!(f, Inflection::Past | Inflection::Third)
                    && (c.takes(Frame::That) == Some(true) || c.takes(Frame::Quote) == Some(true))
            }) && !view.be(k - 1)
                && (view.low(k + 1) == "that" || view.quote_ix(k + 1).is_some() || view.starts_phrase(k + 1))
                && source::subject(view, k, n).is_some_and(|s| s.tokens.start as usize == n)
        },
    )
}

/// Skips the one spoken to: "reporters in Oslo", "the council", "him".
pub(super) fn skip_object(view: &View<'_>, start: usize, hi: usize) -> usize {
    if start >= hi {
        return start;
    }
    if view.is_one_of(
        start,
        &["him", "them", "us", "me", "you", "her", "it", "himself", "herself", "themselves"],
    ) {
        return start + 1;
    }
    if let Some(name) = view.name(start) {
        let mut k = start;
        while k < hi && view.name(k) == Some(name) {
            k += 1;
        }
        return object_tail(view, k, hi);
    }
    let mut k = start;
    let det = view.determiner(k);
    if det {
        k += 1;
    }
    let capital = view.capital(k);
    while k < hi && view.quote_ix(k) == view.quote_ix(start) {
        let w = view.low(k);
        if !(view.is_word(k) || view.glued(k) || matches!(w, "'s" | "'" | "&" | "/")) {
            break;
        }
        if matches!(
            w,
            "that"
                | "to"
                | "he"
                | "she"
                | "they"
                | "it"
                | "we"
                | "there"
                | "what"
                | "whether"
                | "if"
                | "how"
                | "why"
                | "not"
        ) || (k > start && view.determiner(k) && view.low(k - 1) != "of" && view.low(k - 1) != "and")
            || view.auxiliary(k)
            || view.preposition(k) && w != "of"
            || view.time_word(k)
        {
            break;
        }
        // "told CNN officials were": the name of the one spoken to ends where small letters begin, and the other way round.
        if !det
            && k > start
            && w != "and"
            && w != "of"
            && view.capital(k) != capital
            && !matches!(view.low(k - 1), "and" | "of" | "'s" | "'")
            && !view.glued(k)
            && capital
        {
            let noun = matches!(
                w,
                "news"
                    | "radio"
                    | "television"
                    | "tv"
                    | "agency"
                    | "magazine"
                    | "newspaper"
                    | "reporters"
                    | "lawmakers"
                    | "leaders"
                    | "officials"
                    | "network"
                    | "channel"
                    | "daily"
            );
            if !noun {
                break;
            }
        }
        if !det && !capital && k > start && view.capital(k) && view.low(k - 1) != "of" {
            break;
        }
        k += 1;
    }
    object_tail(view, k, hi)
}

fn object_tail(view: &View<'_>, mut k: usize, hi: usize) -> usize {
    if view.low(k) == "'s" {
        // "told CNN's Ada Berg"
        k += 1;
        while k < hi && view.is_word(k) && view.capital(k) {
            k += 1;
        }
    }
    if matches!(view.low(k), "and" | "&") && k + 1 < hi && view.capital(k + 1) {
        k += 1;
        while k < hi && view.is_word(k) && view.capital(k) {
            k += 1;
        }
    }
    k
}

/// Skips where, when and how something was said, up to what was said; `None` when nothing else follows.
pub(super) fn skip_adjuncts(view: &View<'_>, start: usize, hi: usize) -> Option<usize> {
    let mut k = start;
    while k < hi && (view.adverb(k) && view.low(k) != "there" && view.low(k) != "all" && view.low(k) != "so")
    {
        k += 1;
    }
    if view.time_word(k) && !matches!(view.low(k + 1), "'s" | "'") {
        while k < hi && (view.time_word(k) || matches!(view.low(k), "this" | "last")) {
            k += 1;
        }
    }
    if k >= hi {
        return None;
    }
    if matches!(
        view.low(k),
        "in" | "on"
            | "at"
            | "during"
            | "after"
            | "to"
            | "from"
            | "through"
            | "by"
            | "via"
            | "before"
            | "of"
            | "with"
            | "about"
            | "for"
            | "this"
            | "last"
            | "earlier"
    ) {
        // The adjunct ends at "that", a colon or a quotation; else it is taken to be part of what was said.
        let mark = (k..hi.min(k + 28)).find(|n| {
            view.low(*n) == "that" && !view.preposition(n - 1)
                || view.low(*n) == ":"
                || view.opens_quote(*n).is_some_and(|q| view.quote_words(q) > 2)
        });
        if let Some(m) = mark {
            let clean = !(k..m).any(|n| {
                view.auxiliary(n) || matches!(view.low(n), "but" | ";") || view.cue_verb(n).is_some()
            });
            if clean {
                return Some(m);
            }
        }
        // "on Tuesday the gates were shut"
        if view.preposition(k) && view.time_word(k + 1) {
            let mut m = k + 1;
            while m < hi && (view.time_word(m) || view.word(m).chars().all(|c| c.is_ascii_digit())) {
                m += 1;
            }
            return (m < hi && !view.comma(m) && view.starts_phrase(m)).then_some(m);
        }
    }
    Some(k)
}

/// The quotations that follow directly, from the one that opens at `start`: "A." "B."
pub(super) fn quote_run(view: &View<'_>, q: &Quote) -> Vec<TokenRange> {
    let mut out = vec![q.tokens];
    let mut end = q.tokens.end as usize;
    while let Some(next) = view.opens_quote(end) {
        if next.tokens.end as usize <= end {
            break;
        }
        out.push(next.tokens);
        end = next.tokens.end as usize;
    }
    out
}

/// What kind of content opens at `k`.
pub(super) fn opener(view: &View<'_>, k: usize, hi: usize) -> Option<Frame> {
    if k >= hi {
        return None;
    }
    if view.opens_quote(k).is_some() {
        return Some(Frame::Quote);
    }
    Some(match view.low(k) {
        "that" => Frame::That,
        "to" => Frame::To,
        "as" => Frame::As,
        "about" => Frame::About,
        "of" => Frame::Of,
        "for" => Frame::For,
        "on" => Frame::On,
        "against" => Frame::Against,
        "with" => Frame::With,
        "at" => Frame::At,
        "in" => Frame::In,
        w if WH.contains(&w) => Frame::Wh,
        w if w.ends_with("ing") && w.len() > 4 && !view.capital(k) => Frame::Ing,
        _ if view.starts_phrase(k) || view.low(k) == "$" => Frame::Bare,
        _ => return None,
    })
}

/// Whether a clause (and not only a noun phrase) starts at `k`: a finite verb comes before the next break.
pub(super) fn is_clause(view: &View<'_>, k: usize, hi: usize) -> bool {
    if matches!(view.low(k), "he" | "she" | "they" | "we" | "i" | "there" | "it" | "you") {
        return true;
    }
    for n in k + 1..hi.min(k + 25) {
        let w = view.low(n);
        if matches!(w, ";" | ":") {
            return false;
        }
        if matches!(
            w,
            "who" | "which" | "that" | "to" | "when" | "because" | "as" | "by" | "after" | "if" | "while"
        ) {
            return false;
        }
        if view.auxiliary(n) && !matches!(w, "being" | "having" | "be" | "been") {
            return true;
        }
        let past = w.ends_with("ed")
            && w.len() > 4
            && !view.capital(n)
            && !view.determiner(n - 1)
            && !view.preposition(n - 1)
            && (view.determiner(n + 1) || view.preposition(n + 1) || view.low(n + 1) == "to");
        if past && n > k + 1 {
            return true;
        }
    }
    false
}

/// A content span from a range, without punctuation at its ends.
pub(super) fn span(view: &View<'_>, a: usize, b: usize) -> Option<TokenRange> {
    if a >= b { None } else { tidy(view, TokenRange::new(a, b)) }
}
