//! Sources as whole phrases: whose words they are, by the tree.

use super::levels::{Tree, edges};
use super::{View, at, touches};
use chancery_model::mark::{AttributionMark, Upos};
use chancery_model::span::TokenRange;

/// Words that hand a speaker's place to the one named after them.
const CITING: [&str; 2] = ["citing", "quoting"];
/// Before "NAME as saying".
const QUOTED: [&str; 4] = ["quoted", "cited", "quotes", "cites"];
/// Before "NAME saying".
const SHOWN: [&str; 6] = ["showed", "shows", "quoted", "aired", "broadcast", "recorded"];
/// Passives whose subject hears and does not speak.
const TOLD: [&str; 6] = ["told", "informed", "assured", "warned", "notified", "advised"];

/// Makes sources whole, and gives them to whom the tree gives the verb.
pub(super) fn whole(view: &View<'_>, tree: &Tree<'_>, marks: &mut Vec<AttributionMark>) {
    let cues: Vec<TokenRange> = marks.iter().flat_map(|m| m.cue.iter().copied()).collect();
    let contents: Vec<Vec<TokenRange>> = marks.iter().map(|m| m.content.clone()).collect();
    let sources: Vec<Vec<TokenRange>> = marks.iter().map(|m| m.source.clone()).collect();
    for m in marks.iter_mut() {
        m.source.retain(|s| !nobody(tree, *s));
        told(view, tree, m);
        urged(view, tree, m);
        own_part(view, tree, m);
        let outer = m.within.and_then(|w| sources.get(w as usize));
        if outer.is_some_and(|o| !m.source.is_empty() && *o == m.source) {
            let of = m.within.and_then(|w| contents.get(w as usize)).map_or(&[][..], Vec::as_slice);
            nested_subject(view, tree, of, m);
        }
        quoted_as(view, tree, m);
        owned(view, tree, &cues, m);
        out_of_content(view, tree, &cues, m);
        according(view, tree, m);
        citing_beside(view, tree, m);
    }
    quoting_after(view, tree, marks);
    // "citing police" gives the police the words beside it, and is no statement of its own.
    let given: Vec<TokenRange> =
        marks.iter().filter(|m| !m.relays.is_empty()).flat_map(|m| m.source.clone()).collect();
    let cites = |m: &AttributionMark| {
        let word = m
            .cue
            .iter()
            .flat_map(|c| c.iter())
            .all(|t| CITING.contains(&view.word(t).to_lowercase().as_str()));
        word && !m.cue.is_empty() && m.content.iter().all(|c| given.iter().any(|g| g.contains(*c)))
    };
    let gone: Vec<bool> = marks.iter().map(cites).collect();
    if gone.contains(&true) {
        let mut gone = gone.into_iter();
        marks.retain(|_| !gone.next().unwrap_or(false));
        super::settle_within(marks);
    }
}

/// Whether words marked as a source name nobody: verbs and their helpers alone ("Gone was the talk of …").
fn nobody(tree: &Tree<'_>, source: TokenRange) -> bool {
    use Upos::{Adj, Adv, Aux, Noun, Num, Pron, Propn, Sym, Verb, X};
    let names =
        |t: usize| matches!(tree.upos(t), Some(Noun | Propn | Pron | Num | Adj | Adv | Sym | X) | None);
    let verb = |t: usize| matches!(tree.upos(t), Some(Verb | Aux));
    source.iter().any(verb) && !source.iter().any(names)
}

/// The verb of a cue.
fn verb(tree: &Tree<'_>, m: &AttributionMark) -> Option<usize> {
    m.cue.iter().flat_map(|c| c.iter()).rev().find(|t| tree.upos(*t) == Some(Upos::Verb))
}

/// "Parents were told that …": nobody is named who told them.
fn told(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let Some(v) = verb(tree, m) else { return };
    if !TOLD.contains(&view.word(v).to_lowercase().as_str()) {
        return;
    }
    let passive = tree.child(v, &["aux:pass"]).is_some()
        || v > 0 && matches!(view.word(v - 1).to_lowercase().as_str(), "been" | "was" | "were" | "being");
    let Some(patient) = tree.child(v, &["nsubj:pass", "iobj", "nsubj"]).filter(|p| passive && *p < v) else {
        return;
    };
    let Some(told) = m.source.iter().position(|s| s.has(patient)) else { return };
    let told = m.source.remove(told);
    if m.addressee.is_empty() {
        m.addressee.push(told);
    }
    let by = tree.children(v).iter().copied().find(|c| {
        tree.relation(*c).starts_with("obl") && tree.children(*c).iter().any(|k| view.word(*k) == "by")
    });
    m.source = by
        .filter(|b| chancery_lexicon::media::media().of(&view.word(*b).to_lowercase()).is_none())
        .map(|b| {
            let r = tree.reach(b, &["punct", "acl:relcl", "parataxis", "case"]);
            vec![edges(view, r)]
        })
        .unwrap_or_default();
}

/// "Farmers have been urged by the ministry to sow early": what they were urged to do is what was said.
fn urged(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let Some(v) = verb(tree, m) else { return };
    let passive = tree.child(v, &["aux:pass"]).is_some();
    let Some(deed) = tree.child(v, &["xcomp", "ccomp"]).filter(|d| passive && *d > v) else { return };
    let reach = edges(view, tree.reach(deed, &[]));
    let opens = matches!(view.word(reach.start as usize).to_lowercase().as_str(), "to" | "that");
    let before = m.content.iter().all(|c| (c.end as usize) <= v);
    if opens && before && !m.content.is_empty() && view.words(reach) > 1 && !touches(&m.source, reach) {
        m.content = vec![reach];
    }
}

/// Of several parts of a source, the one that is the verb's subject; the one that is its object is whom it was said to.
/// "The secretary read out a statement in which the patriarch said": the patriarch said it.
fn own_part(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let (Some(first), Some(last), Some(cue)) = (m.source.first(), m.source.last(), m.cue.first()) else {
        return;
    };
    if m.source.len() < 2 {
        return;
    }
    let v = verb(tree, m);
    // "Russia, whose exports run to [billions a year], insists": one phrase, with holes where the head was not sure.
    if let Some(subject) = v.and_then(|v| tree.child(v, &["nsubj"])) {
        let reach = edges(view, tree.reach(subject, &["punct"]));
        let before = reach.end <= cue.start && !touches(&m.content, reach);
        let inside = m.source.iter().all(|s| reach.contains(*s)) && m.source.iter().any(|s| s.has(subject));
        if before && inside {
            m.source = vec![reach];
            return;
        }
    }
    let role = |relation: &str| {
        m.source.iter().position(|s| s.iter().any(|t| tree.relation(t) == relation && tree.head(t) == v))
    };
    if let Some(own) = role("nsubj") {
        let object = role("iobj").or_else(|| role("obj")).filter(|o| *o != own);
        // A source may rightly have parts; one that hears, and the outer speaker's, are none.
        if object.is_none() && m.within.is_none() {
            return;
        }
        if let Some(o) = object.and_then(|o| m.source.get(o)).filter(|_| m.addressee.is_empty()) {
            m.addressee = vec![*o];
        }
        m.source = m.source.get(own).copied().into_iter().collect();
        return;
    }
    if last.end > cue.start || first.end >= last.start {
        return;
    }
    let apart = (first.end as usize..last.start as usize)
        .any(|t| tree.upos(t) == Some(Upos::Verb) && view.sentence(t) == view.sentence(cue.start as usize));
    if apart {
        m.source = vec![*last];
    }
}

/// "The embassy said the hiker had telephoned and asked for help": the hiker asked. `content` is what the outer one says.
fn nested_subject(view: &View<'_>, tree: &Tree<'_>, content: &[TokenRange], m: &mut AttributionMark) {
    let Some(v) = verb(tree, m) else { return };
    let inside = |s: &usize| *s < v && at(content, *s);
    // Where the tree has the verb hang on the outer one's, the clause's first subject is the nearest guess.
    let first = || {
        let start = content.iter().find(|c| c.has(v)).map_or(v, |c| c.start as usize);
        (start..v).find(|t| matches!(tree.relation(*t), "nsubj" | "nsubj:pass"))
    };
    let Some(subject) = tree.subject(v).filter(inside).or_else(first) else { return };
    if !m.source.iter().any(|s| s.has(subject)) && view.sentence(subject) == view.sentence(v) {
        let r = edges(view, tree.reach(subject, &["punct", "acl:relcl", "parataxis"]));
        if r.end as usize <= v && !r.is_empty() {
            m.source = vec![r];
        }
    }
}

/// "AGENCY quoted him on Friday as saying", "television showed the pilot saying": he and the pilot speak, and AGENCY and
/// the television pass it on.
fn quoted_as(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let Some(cue) = m.cue.first().map(|c| c.start as usize) else { return };
    let ing = view.word(cue).to_lowercase().ends_with("ing");
    let Some(sentence) = view.sentence(cue).and_then(|s| view.seg.sentences.get(s)).filter(|_| ing) else {
        return;
    };
    let as_ = cue > 0 && view.word(cue - 1).eq_ignore_ascii_case("as");
    let list: &[&str] = if as_ { &QUOTED } else { &SHOWN };
    let lo = sentence.tokens.start as usize;
    let v = (lo..cue).rev().take(26).find(|t| list.contains(&view.word(*t).to_lowercase().as_str()));
    let Some(v) = v else { return };
    let part =
        |t: usize| edges(view, tree.reach(t, &["acl:relcl", "parataxis", "case", "acl", "appos", "punct"]));
    if tree.child(v, &["nsubj:pass"]).is_some() {
        // "NAME was quoted by AGENCY as saying": the words around the cue tell the rest.
        return;
    }
    // The tree is unsure of this form: whatever noun hangs on the verb behind it is its object.
    let noun = |after: bool| {
        let mut of = tree.children(v).iter().copied();
        of.find(|c| (*c > v) == after && matches!(tree.relation(*c), "obj" | "iobj" | "nsubj"))
    };
    let (Some(object), Some(subject)) = (noun(true), noun(false)) else { return };
    let (speaker, relay) = (part(object), part(subject));
    let order = relay.end as usize <= v && speaker.start as usize > v && speaker.end as usize <= cue;
    if order && !speaker.is_empty() {
        m.source = vec![speaker];
        m.relays.retain(|r| !r.overlaps(speaker) && !r.overlaps(relay));
        m.relays.insert(0, relay);
    }
}

/// "according to the minutes": the minutes.
fn according(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let [cue] = m.cue.as_slice() else { return };
    let words: Vec<String> = cue.iter().map(|t| view.word(t).to_lowercase()).collect();
    if !m.source.is_empty() || words != ["according", "to"] {
        return;
    }
    let Some(noun) = tree.head(cue.start as usize).filter(|n| *n >= cue.end as usize) else { return };
    let reach = tree.reach(noun, &["punct", "acl:relcl", "parataxis", "conj", "appos"]);
    let r = edges(view, TokenRange { start: cue.end, end: reach.end.max(cue.end) });
    if !r.is_empty() && !touches(&m.content, r) {
        m.source = vec![r];
    }
}

/// "his" of "his client", "Assad's" of "Assad's office": the client and the office speak.
fn owned(view: &View<'_>, tree: &Tree<'_>, cues: &[TokenRange], m: &mut AttributionMark) {
    let Some(last) = m.source.last().copied() else { return };
    let end = last.end as usize;
    let owner = (last.start as usize..end).rev().find(|t| view.is_word(*t) && !is_possessive(view.word(*t)));
    let Some(owner) = owner.filter(|t| tree.relation(*t) == "nmod:poss") else { return };
    let Some(head) = tree.head(owner).filter(|h| *h >= end) else { return };
    let near = head - end <= 6 && view.sentence(head) == view.sentence(owner);
    let r = TokenRange::new(last.start as usize, head + 1);
    let free = r.iter().skip(last.len()).all(|t| !at(cues, t) && !at(&m.content, t));
    let noun = matches!(tree.upos(head), Some(Upos::Noun | Upos::Propn));
    if let Some(l) = m.source.last_mut().filter(|_| near && free && noun) {
        *l = r;
    }
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// "the bank's [chairman] threatened": what stands before the noun is of its phrase and not of what was said.
fn out_of_content(view: &View<'_>, tree: &Tree<'_>, cues: &[TokenRange], m: &mut AttributionMark) {
    let ([source], Some(cue)) = (m.source.as_slice(), m.cue.first().copied()) else { return };
    let source = *source;
    if source.end > cue.start {
        return;
    }
    let head =
        source.iter().find(|t| tree.head(*t).is_some_and(|h| cue.has(h)) && tree.relation(*t) == "nsubj");
    let Some(head) = head else { return };
    let lo = tree.reach(head, &["punct", "acl:relcl", "parataxis"]).start;
    let before = TokenRange { start: lo, end: source.start.max(lo) };
    if before.is_empty() || !touches(&m.content, before) || touches(cues, before) {
        return;
    }
    let rest: Vec<TokenRange> =
        m.content.iter().flat_map(|c| super::without(*c, before)).filter(|c| view.words(*c) > 0).collect();
    if !rest.is_empty() {
        m.content = rest;
        m.source = vec![TokenRange { start: lo, end: source.end }];
    }
}

/// "Kyodo, citing the coast guard, said": the coast guard says it, and Kyodo passes it on.
fn citing_beside(view: &View<'_>, tree: &Tree<'_>, m: &mut AttributionMark) {
    let ([source], Some(cue)) = (m.source.as_slice(), m.cue.first().copied()) else { return };
    let source = *source;
    let word = (source.end as usize..cue.start as usize).find(|t| view.is_word(*t));
    let Some(speaker) = word.and_then(|w| cited(view, tree, w)).filter(|s| s.end <= cue.start) else {
        return;
    };
    m.source = vec![speaker];
    m.relays.retain(|r| !r.overlaps(speaker) && !r.overlaps(source));
    m.relays.insert(0, source);
}

/// "…, the agency reported, quoting a delegate": whoever spoke within, the delegate told the agency.
fn quoting_after(view: &View<'_>, tree: &Tree<'_>, marks: &mut [AttributionMark]) {
    let mut told: Vec<(usize, TokenRange)> = Vec::new();
    for (n, m) in marks.iter().enumerate() {
        let Some(cue) = m.cue.first() else { continue };
        let near = (cue.end as usize..cue.end as usize + 8).take_while(|t| !at(&m.content, *t));
        let beside = near.filter(|t| view.sentence(*t) == view.sentence(cue.start as usize));
        let by = beside.filter_map(|t| cited(view, tree, t)).find(|r| !touches(&m.content, *r));
        told.extend(by.map(|by| (n, by)));
    }
    for (n, by) in told {
        let inner = marks.iter().position(|m| m.within == u32::try_from(n).ok());
        let after = marks.get(n).is_some_and(|m| m.content.iter().all(|c| c.start >= by.end));
        // "reported, citing papers, that …": the papers say it.
        if let Some(m) = marks.get_mut(n).filter(|m| after && m.source.len() == 1) {
            let house: Vec<TokenRange> = std::mem::replace(&mut m.source, vec![by]);
            m.addressee.retain(|r| !r.overlaps(by));
            m.relays.retain(|r| !r.overlaps(by) && !touches(&house, *r));
            m.relays.splice(0..0, house);
        } else if let Some(m) = inner.and_then(|i| marks.get_mut(i)) {
            m.relays.retain(|r| !r.overlaps(by));
            m.relays.push(by);
        }
    }
}

/// Whom "citing" or "quoting" at a word names.
fn cited(view: &View<'_>, tree: &Tree<'_>, t: usize) -> Option<TokenRange> {
    CITING.contains(&view.word(t).to_lowercase().as_str()).then_some(())?;
    let object = tree.child(t, &["obj"]).filter(|o| *o > t)?;
    let reach = tree.reach(object, &["punct", "acl:relcl", "acl", "parataxis", "ccomp"]);
    let r = edges(view, TokenRange { start: reach.start.max(u32::try_from(t).ok()? + 1), end: reach.end });
    (!r.is_empty()).then_some(r)
}
