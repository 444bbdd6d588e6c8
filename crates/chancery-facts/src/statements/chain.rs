//! Through whom, to whom and by what means: what stands around a cue, outside of what was said.

use super::words::{Words, news};
use chancery_lexicon::media::media;
use chancery_lexicon::outlets;
use chancery_model::mark::AttributionMark;
use chancery_model::span::TokenRange;

/// What stands around a cue.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Tokens of the cue's clause, in order: not the source, not any content.
    pub(super) zone: Vec<usize>,
    /// Who passed the words on, nearest the speaker first.
    pub(super) relays: Vec<TokenRange>,
    /// To whom it was said.
    pub(super) addressee: Option<TokenRange>,
    /// By what means.
    pub(super) medium: Option<String>,
}

/// Looks around the cue of a mark. `others` are all marks of the report.
pub(super) fn around(words: &Words<'_>, mark: &AttributionMark, others: &[AttributionMark]) -> Around {
    let Some(cue) = mark.cue.first() else { return Around::default() };
    let mut out = Around { zone: zone(words, mark, others), ..Around::default() };
    // What the reader marked itself comes first, and what the words around the cue tell fills in.
    let marked = mark.relays.iter().filter(|r| !r.iter().any(|i| holds(&mark.source, i)));
    out.relays.extend(marked.filter_map(|r| passes_on(words, *r, *cue)));
    out.addressee = mark.addressee.first().copied().filter(|r| !whence(words, *r));
    if let Some(told) = out.addressee {
        told_to_news(words, told, &mut out);
    }
    quoting(words, mark, &mut out);
    read_out(words, mark, &mut out);
    carried(words, mark, &mut out);
    through(words, mark, &mut out);
    addressed(words, mark, *cue, &mut out);
    occasions(words, mark, &mut out);
    if out.medium.is_none() {
        out.medium = named_medium(words, &out.zone);
    }
    // "according to a statement from the office".
    if out.medium.is_none() && words.is(cue.start as usize, &["according"]) {
        let source: Vec<usize> = mark.source.iter().flat_map(|r| r.iter()).collect();
        out.medium = named_medium(words, &source);
    }
    // "on Kossuth Radio": the preposition is none of its name.
    for r in out.relays.iter_mut().chain(&mut out.addressee) {
        if r.len() > 2 && words.is(r.start as usize, &["it"]) && words.is(r.start as usize + 1, &["to"]) {
            r.start += 1;
        }
        while r.len() > 1 && words.is(r.start as usize, &["on", "in", "by", "to", "from"]) {
            r.start += 1;
        }
    }
    // "gave them a promise": the article is of what is given.
    if let Some(r) = out.addressee.as_mut()
        && words.is(r.start as usize, &["him", "her", "them", "us", "me", "it", "you"])
        && words.is(r.start as usize + 1, &["a", "an", "the"])
    {
        r.end = r.start + 1;
    }
    // The same house named twice passes the words on once.
    let mut seen: Vec<TokenRange> = Vec::new();
    out.relays.retain(|r| {
        let twin = seen.iter().any(|s| s.overlaps(*r));
        seen.push(*r);
        !twin
    });
    out
}

/// "reported from Kilinochchi", "said in Colombo": where it was said, and to nobody.
fn whence(words: &Words<'_>, r: TokenRange) -> bool {
    let place = |t: usize| words.is(t, &["from", "in", "at", "near", "outside"]);
    let first = r.start as usize;
    (place(first) || first.checked_sub(1).is_some_and(place)) && news(words, r).is_none()
}

fn holds(ranges: &[TokenRange], i: usize) -> bool {
    ranges.iter().any(|r| r.has(i))
}

/// The clause of the cue: from it left and right to the sentence's ends, what was said, or another cue.
fn zone(words: &Words<'_>, mark: &AttributionMark, others: &[AttributionMark]) -> Vec<usize> {
    let Some(cue) = mark.cue.first() else { return Vec::new() };
    let head = cue.start as usize;
    let mut sentence = words.sentence(head);
    // What stands outside of the outer statement's content belongs to the outer statement.
    if let Some(outer) = mark.within.and_then(|w| others.get(w as usize))
        && let Some(c) = outer.content.iter().find(|c| c.has(head))
    {
        sentence = TokenRange::new(sentence.start.max(c.start) as usize, sentence.end.min(c.end) as usize);
    }
    let (lo, hi) = (sentence.start as usize, sentence.end as usize);
    let left_of = mark
        .source
        .iter()
        .chain(&mark.cue)
        .map(|r| r.start as usize)
        .filter(|s| *s >= lo && *s <= head)
        .min()
        .unwrap_or(head);
    let foreign = |i: usize| {
        others.iter().any(|o| {
            !std::ptr::eq(o, mark) && !o.cue.is_empty() && (holds(&o.cue, i)) && !holds(&mark.cue, i)
        })
    };
    let stops = |i: usize| holds(&mark.content, i) || foreign(i) || words.low(i) == ";";
    let mut left: Vec<usize> = (lo..left_of).rev().take_while(|i| !stops(*i)).collect();
    // Another's clause stood in between: its words are not ours.
    if left.last().is_some_and(|l| *l > lo && foreign(l - 1)) {
        let comma = left.iter().position(|i| words.low(*i) == ",");
        left.truncate(comma.unwrap_or(0));
    }
    left.reverse();
    let right = (left_of..hi).take_while(|i| *i <= head || !stops(*i));
    let mut out = left;
    out.extend(right.filter(|i| !holds(&mark.source, *i) && !holds(&mark.content, *i)));
    // "… in an interview with NAME." after what was said.
    if let Some(last) = mark.content.last()
        && last.start as usize > head
    {
        let from = last.end as usize;
        let quoted = (from..hi).find(|i| words.is_word(*i)).unwrap_or(hi);
        if words.is(quoted, &["in", "during", "at", "on", "by", "to", "speaking", "as"])
            || from < hi && words.low(quoted) == "after"
        {
            out.extend((quoted..hi).take_while(|i| !stops(*i)));
        }
    }
    out
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// "AGENCY quoted NAME as saying", "NAME was quoted by AGENCY as saying".
fn quoting(words: &Words<'_>, mark: &AttributionMark, out: &mut Around) {
    let Some(cue) = mark.cue.first() else { return };
    let start = cue.start as usize;
    if start == 0 || words.low(start - 1) != "as" {
        return;
    }
    let lo = words.sentence(start).start as usize;
    let Some(k) = (lo..start)
        .rev()
        .take(26)
        .find(|k| words.is(*k, &["quoted", "cited", "quotes", "cites", "quoting", "citing"]))
    else {
        return;
    };
    let mut left = k;
    let mut passive = false;
    while left > lo
        && words.is(
            left - 1,
            &[
                "was", "is", "were", "are", "been", "being", "has", "have", "had", "also", "later", "widely",
                "earlier",
            ],
        )
    {
        left -= 1;
        passive |= words.is(left, &["was", "is", "were", "are", "been", "being"]);
    }
    let relay = if passive {
        // "was quoted on Friday by the daily".
        let by = (k + 1..start).find(|i| {
            words.is(*i, &["by", "in", "on"]) && (!words.is(i + 1, &DAYS) || words.is(i + 2, &["'s"]))
        });
        by.and_then(|b| words.phrase_from(b + 1, start - 1))
    } else {
        words.phrase_before(left, lo)
    };
    if let Some(r) = relay.filter(|r| !r.iter().any(|i| holds(&mark.source, i))) {
        out.relays.push(r);
    }
}

/// Verbs of those who bring out what is their own.
const ISSUED: [&str; 7] =
    ["released", "issued", "published", "posted", "signed", "circulated", "distributed"];

/// Who speaks in "a transcript released by the prosecutor's office".
pub(super) fn author(words: &Words<'_>, source: TokenRange) -> Option<TokenRange> {
    let by = source.iter().skip(2).find(|t| words.low(*t) == "by" && words.is(t - 1, &ISSUED))?;
    words.phrase_from(by + 1, source.end as usize).filter(|r| news(words, *r).is_none())
}

/// What is read out, sent round or shown, and in which somebody else speaks.
const DOCUMENTS: [&str; 16] = [
    "statement",
    "letter",
    "message",
    "video",
    "recording",
    "text",
    "transcript",
    "note",
    "speech",
    "footage",
    "email",
    "memo",
    "tape",
    "clip",
    "communique",
    "address",
];
/// Verbs of those who read it out.
const READING: [&str; 15] = [
    "read",
    "reads",
    "released",
    "published",
    "posted",
    "distributed",
    "carried",
    "aired",
    "broadcast",
    "played",
    "showed",
    "circulated",
    "issued",
    "printed",
    "shared",
];

/// "NAME read out a statement in which the speaker said": NAME passes it on.
fn read_out(words: &Words<'_>, mark: &AttributionMark, out: &mut Around) {
    let Some(source) = mark.source.first() else { return };
    let start = source.start as usize;
    let lo = words.sentence(start).start as usize;
    let in_which = start >= lo + 3 && words.low(start - 1) == "which" && words.low(start - 2) == "in";
    let where_ = start > lo + 2 && words.low(start - 1) == "where";
    let end = if in_which {
        start - 2
    } else if where_ {
        start - 1
    } else {
        return;
    };
    if !words.is(end - 1, &DOCUMENTS) {
        return;
    }
    let verb = (lo..end - 1).rev().take(6).find(|t| words.is(*t, &READING));
    if let Some(r) = verb.and_then(|v| words.phrase_before(v, lo)) {
        out.relays.push(r);
    }
}

/// "in a statement carried by AGENCY", "published in the daily NAME", "read out by his lawyer".
fn carried(words: &Words<'_>, mark: &AttributionMark, out: &mut Around) {
    let source: Vec<usize> = mark.source.iter().flat_map(|r| r.iter()).collect();
    for place in [&out.zone, &source] {
        for (n, i) in place.iter().enumerate() {
            let Some(last) = media().carried.iter().filter_map(|c| ends(words, *i, c)).max() else {
                continue;
            };
            let hi = words.sentence(*i).end as usize;
            let at_once = place.get(n + 1 + last - i).copied().filter(|k| *k == last + 1);
            let next = at_once.filter(|k| words.is(*k, &["by", "in", "on"]));
            // "sent to news agencies by a cousin".
            let later = || {
                let mut k = last + 1..(last + 7).min(hi);
                let by =
                    k.find(|k| !words.is_word(*k) || words.low(*k) == "by" || holds(&mark.content, *k))?;
                (words.low(by) == "by" && words.is(last + 1, &["to"])).then_some(by)
            };
            let Some(by) = next.or_else(later) else { continue };
            let Some(r) = words.phrase_from(by + 1, hi) else { continue };
            // Whoever releases a paper of their own speaks in it, and does not pass it on.
            let author = holds(&mark.source, *i) && news(words, r).is_none() && words.is(*i, &ISSUED);
            let agent = words.low(by) == "by" && !author;
            let time = words.is(by + 1, &DAYS) && !words.is(by + 2, &["'s"]);
            if !time && (agent || news(words, r).is_some()) && !r.iter().any(|t| holds(&mark.content, t)) {
                out.relays.push(r);
            }
        }
    }
}

/// The last token of a phrase that starts at a token.
fn ends(words: &Words<'_>, start: usize, phrase: &str) -> Option<usize> {
    let mut n = 0;
    for w in phrase.split(' ') {
        if words.low(start + n) != w {
            return None;
        }
        n += 1;
    }
    Some(start + n - 1)
}

/// "Through an aide, the judge said".
fn through(words: &Words<'_>, mark: &AttributionMark, out: &mut Around) {
    for i in &out.zone {
        if !words.is(*i, &["through", "via"]) {
            continue;
        }
        let Some(r) = words.phrase_from(i + 1, words.sentence(*i).end as usize) else { continue };
        let person = r.iter().any(|t| media().through.contains(&words.low(t)));
        if (person || news(words, r).is_some()) && !r.iter().any(|t| holds(&mark.content, t)) {
            out.relays.push(r);
            break;
        }
    }
}

/// "told NAME", "said to NAME".
fn addressed(words: &Words<'_>, mark: &AttributionMark, cue: TokenRange, out: &mut Around) {
    let takes = cue.iter().any(|i| words.verb(i).is_some_and(|c| c.object));
    let mut next = cue.end as usize;
    let passive = cue.iter().any(|i| words.is(i, &["was", "were", "been", "is", "are"]));
    if passive {
        return;
    }
    let says = cue.iter().any(|i| {
        words.verb(i).is_some_and(|c| {
            matches!(c.lemma.as_str(), "say" | "write" | "explain" | "complain" | "confess" | "announce")
        })
    });
    // "as she put it to the newspaper".
    let put = words.low(next) == "it" && cue.iter().any(|i| words.is(i, &["put", "puts", "putting"]));
    next += usize::from(put);
    if (says || put) && words.low(next) == "to" && out.zone.contains(&next) {
        next += 1;
    } else if !takes {
        return;
    }
    let bare = takes && !holds(&mark.content, next) && words.is_word(next);
    if !(out.zone.contains(&next) || bare) {
        return;
    }
    let hi = mark
        .content
        .iter()
        .chain(&mark.source)
        .map(|c| c.start as usize)
        .filter(|s| *s >= next)
        .min()
        .unwrap_or(usize::MAX)
        .min(words.sentence(next).end as usize);
    let Some(r) = (next < hi).then(|| object(words, next, hi)).flatten() else { return };
    // "told a news conference": an occasion, nobody in person.
    let phrase: Vec<usize> = r.iter().collect();
    if let Some(m) =
        named_medium(words, &phrase).filter(|m| m == "news conference" || m == "interview" || m == "speech")
    {
        out.medium = Some(m);
        return;
    }
    out.addressee = Some(out.addressee.filter(|a| a.overlaps(r)).unwrap_or(r));
    relay_if_news(words, r, out, true);
}

fn object(words: &Words<'_>, start: usize, hi: usize) -> Option<TokenRange> {
    if words.is(start, &["him", "her", "them", "us", "me", "you", "it"]) {
        return Some(TokenRange::new(start, start + 1));
    }
    words.phrase_from(start, hi)
}

fn relay_if_news(words: &Words<'_>, r: TokenRange, out: &mut Around, medium: bool) {
    // "a journalist from the daily NAME" is still that house.
    if let Some(m) = news(words, r) {
        out.relays.push(r);
        if medium && out.medium.is_none() && !m.is_empty() {
            out.medium = Some(m.to_owned());
        }
    }
}

/// Verbs of those who pass words on, after their name ("Interfax quoted") or before "by" ("carried by").
const PASSING: [&str; 21] = [
    "quoted",
    "quotes",
    "quoting",
    "cited",
    "cites",
    "citing",
    "reported",
    "reports",
    "carried",
    "carries",
    "published",
    "posted",
    "released",
    "aired",
    "broadcast",
    "relayed",
    "printed",
    "read",
    "ran",
    "distributed",
    "conveyed",
];

/// The relay in what the reader marked as one: news media, or somebody named in the cue's sentence beside a verb of passing
/// on. The reader has seen few relays and finds more than there are.
fn passes_on(words: &Words<'_>, marked: TokenRange, cue: TokenRange) -> Option<TokenRange> {
    // "last month in the daily NAME": the words before the place are none of its name.
    let place = marked.iter().rev().find(|t| words.is(*t, &["in", "on", "by", "to"]));
    let mut r = place.map_or(marked, |t| TokenRange::new(t + 1, marked.end as usize));
    // "the Dutch broadcaster" NOS: the name after such a word is part of the phrase.
    let named = |t: usize| words.capital(t) && words.sentence(t).has(cue.start as usize);
    if r.iter().next_back().is_some_and(|t| !words.capital(t)) && news(words, r).is_some() {
        while named(r.end as usize) {
            r.end += 1;
        }
    }
    let article = words.is(r.start as usize, &["the", "a", "an"]) && r.len() > 1;
    let bare = TokenRange { start: r.start + u32::from(article), end: r.end };
    let capital = bare.iter().any(|t| words.capital(t));
    if capital && news(words, bare).is_some() {
        return Some(r);
    }
    let (start, end) = (r.start as usize, r.end as usize);
    let at = |back: usize, list: &[&str]| start.checked_sub(back).is_some_and(|t| words.is(t, list));
    let before = at(1, &["told", "tells", "telling", "citing", "quoting"])
        || at(1, &["by"]) && at(2, &PASSING)
        || at(1, &["to"]) && at(2, &["according"]);
    let after =
        words.is(end, &PASSING) || words.is(end, &["has", "had", "have"]) && words.is(end + 1, &PASSING);
    // "The minister, citing the police, said".
    let citing = words.low(end) == "," && words.is(end + 1, &["citing", "quoting"]);
    let shown = words.is(end, &READING) || words.is(end, &["shows"]);
    let named = capital || r.len() > 1 && article;
    let after = after || citing || shown;
    (named && (before || after) && words.sentence(start).has(cue.start as usize)).then_some(r)
}

/// Whoever tells a newspaper tells the world through it.
fn told_to_news(words: &Words<'_>, told: TokenRange, out: &mut Around) {
    let article = words.is(told.start as usize, &["the", "a", "an"]) && told.len() > 1;
    let bare = TokenRange { start: told.start + u32::from(article), end: told.end };
    let kind = ["paper", "newspaper", "broadcaster", "magazine", "daily", "weekly"];
    let common =
        words.is((bare.end as usize).saturating_sub(1), &kind) && !words.capital(bare.start as usize);
    let called =
        words.is(bare.start as usize, &kind) && bare.len() > 1 && words.capital(bare.start as usize + 1);
    // "told Dawn": a name that is also a common word is the paper's here.
    let own = words.span(bare);
    let weak = words.capital(bare.start as usize) && outlets::by_name(own.of(words.text)).is_some();
    if common || called || weak {
        out.relays.push(bare);
    } else {
        relay_if_news(words, bare, out, true);
    }
}

/// "in an interview with NAME", "in remarks to NAME", "speaking to NAME", "on state television".
fn occasions(words: &Words<'_>, mark: &AttributionMark, out: &mut Around) {
    let list: Vec<&str> = media().occasions.iter().map(String::as_str).collect();
    let zone = out.zone.clone();
    for i in zone {
        let hi = words.sentence(i).end as usize;
        let speaking = words.is(i, &["speaking", "talking"]);
        let occasion = words.is(i, &list) || speaking;
        if occasion && words.is(i + 1, &["with", "to"]) {
            let Some(r) = words.phrase_from(i + 2, hi).filter(|r| !r.iter().any(|t| holds(&mark.content, t)))
            else {
                continue;
            };
            if words.is(i, &["interview", "interviews"]) && out.medium.is_none() {
                out.medium = Some("interview".to_owned());
            }
            if out.addressee.is_none() && !words.is(i, &["talks", "briefing"]) {
                out.addressee = Some(r);
            }
            relay_if_news(words, r, out, true);
        } else if words.is(i, &["on", "in"]) && out.zone.contains(&(i + 1)) {
            let Some(r) = words.phrase_from(i + 1, hi) else { continue };
            let named = news(words, r).filter(|m| !m.is_empty());
            if named.is_some()
                && !r
                    .iter()
                    .any(|t| holds(&mark.content, t) || words.is(t, &["interview", "article", "report"]))
                && r.len() < 6
                && r.iter().any(|t| words.capital(t) || words.low(t) == "state")
            {
                relay_if_news(words, r, out, true);
            }
        }
    }
}

/// The first medium named in some tokens; the longest phrase wins at each place.
fn named_medium(words: &Words<'_>, tokens: &[usize]) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for i in tokens {
        for n in [3, 2, 1] {
            let phrase: Vec<String> = (*i..i + n).map(|k| words.low(k)).collect();
            let whole = (*i..i + n).all(|k| tokens.contains(&k));
            if !whole {
                continue;
            }
            if let Some(m) = media().of(&phrase.join(" ")) {
                // An interview on television is an interview; a plain "report" gives way to anything else.
                let rank = match m.medium.as_str() {
                    "interview" | "news conference" | "telephone" => 0,
                    "report" | "newspaper" | "speech" => 2,
                    _ => 1,
                };
                if best.is_none_or(|(r, _)| rank < r) {
                    best = Some((rank, &m.medium));
                }
                break;
            }
        }
    }
    best.map(|(_, m)| m.to_owned())
}
