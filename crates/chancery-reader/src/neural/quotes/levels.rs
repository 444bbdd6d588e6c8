//! Statements inside statements, completed by the tree.
//!
//! The heads give a word one role. "The ministry said the envoy had warned that …" needs two for most of its words, and
//! the heads often stop at one. Where the tree shows a verb of saying with its own subject and its own clause inside
//! what somebody said, that is a statement too; so is "…, according to NAME" around one.

use super::{View, at, mark, touches};
use chancery_lexicon::cues::{Cue, Frame, cues};
use chancery_model::mark::{AttributionMark, TokenSyntax, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Act;

/// What made the marks that the tree adds.
const BY: &str = "neural-tree";

/// The tree with its edges the other way round.
pub(in crate::neural) struct Tree<'a> {
    syntax: &'a [TokenSyntax],
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(in crate::neural) fn of(syntax: &'a [TokenSyntax]) -> Self {
        let mut children = vec![Vec::new(); syntax.len()];
        for (t, s) in syntax.iter().enumerate() {
            let head = s.head as usize;
            if let Some(c) = children.get_mut(head).filter(|_| head != t) {
                c.push(t);
            }
        }
        Self { syntax, children }
    }

    pub(in crate::neural) fn relation(&self, t: usize) -> &'a str {
        self.syntax.get(t).map_or("", |s| s.deprel.as_str())
    }

    pub(in crate::neural) fn upos(&self, t: usize) -> Option<Upos> {
        self.syntax.get(t).map(|s| s.upos)
    }

    pub(in crate::neural) fn head(&self, t: usize) -> Option<usize> {
        self.syntax.get(t).map(|s| s.head as usize).filter(|h| *h != t)
    }

    pub(in crate::neural) fn children(&self, t: usize) -> &[usize] {
        self.children.get(t).map_or(&[], Vec::as_slice)
    }

    pub(in crate::neural) fn child(&self, t: usize, relations: &[&str]) -> Option<usize> {
        self.children(t).iter().copied().find(|c| relations.contains(&self.relation(*c)))
    }

    /// The subject of a verb; "had promised … but had refused": the second verb has the first one's.
    pub(in crate::neural) fn subject(&self, verb: usize) -> Option<usize> {
        let mut v = verb;
        for _ in 0..8 {
            if let Some(s) = self.child(v, &["nsubj"]) {
                return Some(s);
            }
            if self.child(v, &["nsubj:pass"]).is_some() || !matches!(self.relation(v), "conj" | "xcomp") {
                return None;
            }
            v = self.head(v)?;
        }
        None
    }

    /// The words from the first to the last that hang on a word; those under `but` are left out.
    pub(in crate::neural) fn reach(&self, top: usize, but: &[&str]) -> TokenRange {
        let (mut lo, mut hi) = (top, top);
        let mut todo: Vec<usize> =
            self.children(top).iter().copied().filter(|c| !but.contains(&self.relation(*c))).collect();
        while let Some(t) = todo.pop() {
            lo = lo.min(t);
            hi = hi.max(t);
            todo.extend(self.children(t));
        }
        TokenRange::new(lo, hi + 1)
    }
}

/// Adds what the heads passed over, above and below what they found.
pub(super) fn complete(view: &View<'_>, tree: &Tree<'_>, marks: &mut Vec<AttributionMark>) {
    let syntax = tree.syntax;
    let mut cue = vec![false; syntax.len()];
    let mut said = vec![false; syntax.len()];
    for m in marks.iter() {
        for t in m.cue.iter().flat_map(|r| r.iter()) {
            if let Some(c) = cue.get_mut(t) {
                *c = true;
            }
        }
        for t in m.content.iter().flat_map(|r| r.iter()) {
            if let Some(c) = said.get_mut(t) {
                *c = true;
            }
        }
    }
    let is = |list: &[bool], t: usize| list.get(t).copied().unwrap_or(false);
    let mut new = Vec::new();
    for v in (0..syntax.len()).filter(|v| is(&said, *v) && !is(&cue, *v)) {
        let holder = marks
            .iter()
            .filter(|m| at(&m.content, v))
            .min_by_key(|m| super::size(m))
            .and_then(|m| m.content.iter().find(|c| c.has(v)).copied());
        if let Some(m) = holder.and_then(|h| inner(view, tree, v, h)) {
            new.push(m);
        }
    }
    alone(view, tree, marks, &mut new);
    for t in (0..syntax.len().saturating_sub(2)).filter(|t| !is(&said, *t) && !is(&cue, *t)) {
        new.extend(according(view, tree, t, marks));
    }
    for m in new {
        if !marks.iter().any(|o| same(o, &m)) {
            marks.push(m);
        }
    }
}

/// What the outer of two says is the whole clause that hangs on its verb: the head left holes where the inner one's source and
/// cue stand.
pub(super) fn fill(view: &View<'_>, tree: &Tree<'_>, marks: &mut [AttributionMark]) {
    let all: Vec<(Option<TokenRange>, Vec<TokenRange>)> =
        marks.iter().map(|m| (m.cue.first().copied(), m.source.clone())).collect();
    for m in marks.iter_mut() {
        let Some(v) = m.cue.iter().flat_map(|c| c.iter()).rev().find(|t| tree.upos(*t) == Some(Upos::Verb))
        else {
            continue;
        };
        let Some(clause) = tree.child(v, &["ccomp"]).filter(|c| *c > v) else { continue };
        let reach = edges(view, tree.reach(clause, &[]));
        let quoted = |t: u32| view.seg.tokens.get(t as usize).is_some_and(|t| t.quote.is_some());
        let near = TokenRange { start: reach.start.saturating_sub(1), end: reach.end + 1 };
        let inside = m.content.iter().all(|c| near.contains(*c));
        // "said it was over and called it a farce": one speaker's two statements, neither inside the other.
        let other =
            |source: &[TokenRange]| !source.is_empty() && !source.iter().any(|s| touches(&m.source, *s));
        let held =
            all.iter().any(|(c, s)| c.is_some_and(|c| reach.contains(c) && !m.cue.contains(&c)) && other(s));
        let own = m.cue.iter().any(|r| r.overlaps(reach))
            || !m.source.is_empty() && m.source.iter().all(|r| r.overlaps(reach));
        let most = m.content.iter().map(|c| c.len()).sum::<usize>() * 2 >= reach.len();
        // A hole alone is no reason where the same speaker goes on with another verb.
        let goes_on = all.iter().any(|(c, s)| {
            c.is_some_and(|c| reach.contains(c) && !m.cue.contains(&c))
                && s.iter().any(|s| touches(&m.source, *s))
        });
        let holed = m.content.len() > 1 && !goes_on;
        if inside && (held || holed) && !own && most && !quoted(reach.start) && !m.content.is_empty() {
            m.content = vec![reach];
            // The parts of an inner source are none of the outer one's.
            m.source.retain(|s| !s.overlaps(reach));
        }
    }
    articles(tree, marks);
    part_ways(view, tree, marks);
    close_holes(view, marks);
    inner_holes(view, marks);
    passed_back(view, marks);
    emptied(view, marks);
    whole_phrase(view, tree, marks);
}

/// Most tokens of the phrase that a content's last word leans on.
const PHRASE: usize = 24;

/// What was said does not end between a word and the noun or predicate that it leans on: "in [his country]", "that the
/// meeting was [very productive]".
fn whole_phrase(view: &View<'_>, tree: &Tree<'_>, marks: &mut [AttributionMark]) {
    const LEANS: &[&str] = &[
        "case",
        "det",
        "amod",
        "nummod",
        "compound",
        "cop",
        "aux",
        "aux:pass",
        "mark",
        "nmod:poss",
        "advmod",
    ];
    let all: Vec<TokenRange> =
        marks.iter().flat_map(|m| m.source.iter().chain(&m.cue).chain(&m.content)).copied().collect();
    for m in marks.iter_mut().filter(|m| !m.cue.is_empty()) {
        for c in &mut m.content {
            let Some(last) = c.iter().rev().find(|t| view.is_word(*t)) else { continue };
            let Some(head) = tree.head(last).filter(|h| *h > last && LEANS.contains(&tree.relation(last)))
            else {
                continue;
            };
            // What leans on a later word than the next phrase's is no slip of a word or two.
            let rest = TokenRange { start: c.end, end: u32::try_from(head + 1).unwrap_or(u32::MAX) };
            let own = tree.reach(head, &["conj", "parataxis", "advcl", "punct"]);
            let end = rest.end.max(own.end);
            let mut added = TokenRange { start: rest.start, end };
            if view.word(end as usize).starts_with(['"', '”', '’']) {
                added.end += 1;
            }
            let one = view.sentence(last) == view.sentence(head)
                && view.sentence((end as usize).saturating_sub(1)) == view.sentence(last);
            if rest.len() <= SHORT && added.len() <= PHRASE && one && !all.iter().any(|r| r.overlaps(added)) {
                c.end = added.end;
            }
        }
    }
}

/// Tokens by which a content may fall short of the word that its last one leans on.
const SHORT: usize = 5;

/// A content begins with the article of its first noun.
fn articles(tree: &Tree<'_>, marks: &mut [AttributionMark]) {
    for m in marks.iter_mut() {
        let taken: Vec<TokenRange> = m.cue.iter().chain(&m.source).chain(&m.addressee).copied().collect();
        for c in &mut m.content {
            let Some(before) = (c.start as usize).checked_sub(1) else { continue };
            let own = tree.head(before).is_some_and(|h| c.has(h));
            if own && tree.upos(before) == Some(Upos::Det) && !at(&taken, before) {
                c.start -= 1;
            }
        }
    }
}

/// "A said one thing, while B said another": A did not say the other.
fn part_ways(view: &View<'_>, tree: &Tree<'_>, marks: &mut [AttributionMark]) {
    let said: Vec<(Vec<TokenRange>, Option<TokenRange>)> =
        marks.iter().map(|m| (m.content.clone(), m.cue.first().copied())).collect();
    for (n, m) in marks.iter_mut().enumerate().filter(|(_, m)| m.content.len() > 1) {
        let own = m.content.clone();
        let verb = m.cue.iter().flat_map(|c| c.iter()).rev().find(|t| tree.upos(*t) == Some(Upos::Verb));
        let Some(clause) = verb.and_then(|v| tree.child(v, &["ccomp"])) else { continue };
        let clause = tree.reach(clause, &[]);
        let others = |piece: &TokenRange| {
            said.iter().enumerate().any(|(k, (content, cue))| {
                let between = cue.is_some_and(|c| {
                    c.end <= piece.start && own.iter().any(|o| o.end <= c.start) && !clause.contains(c)
                });
                k != n && between && content.contains(piece)
            })
        };
        let quoted =
            |r: &TokenRange| view.seg.tokens.get(r.start as usize).is_some_and(|t| t.quote.is_some());
        let rest: Vec<TokenRange> = own.iter().filter(|p| quoted(p) || !others(p)).copied().collect();
        if rest.is_empty() || rest.len() == own.len() {
            continue;
        }
        m.content = rest;
        if let Some(l) = m.content.last_mut() {
            let joint =
                |t: usize| !view.is_word(t) || matches!(tree.upos(t), Some(Upos::Sconj | Upos::Cconj));
            while l.len() > 1 && joint(l.end as usize - 1) {
                l.end -= 1;
            }
        }
    }
}

/// Most tokens between one speaker's words and the next one's.
const NEAR: u32 = 8;
/// Most tokens of a hole in what somebody said.
const HOLE: usize = 12;

/// A hole in a content is filled where all its words are the source, cue or addressee of one who speaks in it.
fn close_holes(view: &View<'_>, marks: &mut [AttributionMark]) {
    let all = marks.to_vec();
    for (n, m) in marks.iter_mut().enumerate().filter(|(_, m)| m.content.len() > 1) {
        let content = m.content.clone();
        let said = super::size(m);
        let inner = |o: &AttributionMark| {
            super::size(o) < said
                && o.content.iter().all(|c| touches(&content, *c))
                && !o.source.is_empty()
                && !o.source.iter().any(|s| m.source.contains(s))
                && o.cue.iter().all(|c| view.words(*c) > 0)
        };
        let inside = all.iter().enumerate().filter(|(k, o)| *k != n && inner(o)).map(|(_, o)| o);
        let parts: Vec<TokenRange> =
            inside.flat_map(|o| o.source.iter().chain(&o.cue).chain(&o.addressee)).copied().collect();
        if parts.is_empty() {
            continue;
        }
        let mut whole: Vec<TokenRange> = Vec::new();
        for c in m.content.iter().copied() {
            let fills = |l: &&mut TokenRange| {
                let hole = TokenRange { start: l.end, end: c.start.max(l.end) };
                let words = || hole.iter().filter(|t| view.is_word(*t));
                hole.len() <= HOLE
                    && c.start >= l.end
                    && !touches(&m.cue, hole)
                    && view.sentence(l.start as usize) == view.sentence(c.start as usize)
                    && words().next().is_some()
                    && words().all(|t| at(&parts, t))
            };
            match whole.last_mut().filter(fills) {
                Some(l) => l.end = c.end,
                None => whole.push(c),
            }
        }
        if whole.len() == m.content.len() {
            continue;
        }
        // The parts of an inner source are none of the outer one's.
        if m.source.iter().any(|s| !touches(&whole, *s)) {
            m.source.retain(|s| !touches(&whole, *s));
        }
        m.content = whole;
    }
}

/// Most tokens of a hole in what is said inside something said.
const SLIP: usize = 4;

/// The heads mark what somebody says inside what another says word by word, and drop a word or two: those are filled in, unless
/// they are who speaks or to whom.
fn inner_holes(view: &View<'_>, marks: &mut [AttributionMark]) {
    for m in marks.iter_mut().filter(|m| m.within.is_some() && m.content.len() > 1) {
        let own: Vec<TokenRange> =
            m.cue.iter().chain(&m.source).chain(&m.addressee).chain(&m.relays).copied().collect();
        let mut whole: Vec<TokenRange> = Vec::new();
        for c in m.content.iter().copied() {
            let fills = |l: &&mut TokenRange| {
                let hole = TokenRange { start: l.end, end: c.start.max(l.end) };
                c.start >= l.end
                    && hole.len() <= SLIP
                    && !touches(&own, hole)
                    && view.sentence(l.start as usize) == view.sentence(c.start as usize)
            };
            match whole.last_mut().filter(fills) {
                Some(l) => l.end = c.end,
                None => whole.push(c),
            }
        }
        m.content = whole;
    }
}

/// `"NAME assured us," she wrote, "that …"`: what NAME assured stands in the second half.
fn emptied(view: &View<'_>, marks: &mut [AttributionMark]) {
    let outer: Vec<Vec<TokenRange>> = marks.iter().map(|m| m.content.clone()).collect();
    for (n, m) in marks.iter_mut().enumerate() {
        if m.content.iter().any(|c| view.words(*c) > 0) {
            continue;
        }
        let Some(cue) = m.cue.first().copied() else { continue };
        let next = outer.iter().enumerate().filter(|(k, _)| *k != n).find_map(|(_, c)| {
            let held = c.iter().any(|c| c.contains(cue));
            held.then(|| c.iter().find(|c| c.start > cue.end && view.words(**c) > 1)).flatten()
        });
        if let Some(c) = next {
            m.content = vec![*c];
        }
    }
}

/// "…, the herders told them, aid workers said": what the aid workers said has the herders in it.
fn passed_back(view: &View<'_>, marks: &mut [AttributionMark]) {
    let ends: Vec<(Vec<TokenRange>, u32, u32)> = marks
        .iter()
        .filter_map(|m| {
            let own = || m.source.iter().chain(&m.cue);
            let first = own().map(|r| r.start).min()?;
            Some((m.content.clone(), first, own().chain(&m.addressee).map(|r| r.end).max()?))
        })
        .collect();
    for m in marks.iter_mut() {
        let [content] = m.content.as_mut_slice() else { continue };
        let Some(first) = m.source.iter().chain(&m.cue).map(|r| r.start).min() else { continue };
        // The cheap questions first: a book has thousands of marks, and words are counted over a few tokens only.
        let between = ends.iter().find(|(c, from, to)| {
            c.as_slice() == [*content]
                && *from >= content.end
                && *to < first
                && first - to <= NEAR
                && (*to as usize..first as usize).filter(|t| view.is_word(*t)).count() <= 2
        });
        if between.is_some() {
            *content = edges(view, TokenRange { start: content.start, end: first });
        }
    }
}

/// Sentences in which the heads found nobody: a verb of saying with its subject and its clause says enough, and so does
/// `PAPER quoted NAME: "…"`.
fn alone(view: &View<'_>, tree: &Tree<'_>, marks: &[AttributionMark], new: &mut Vec<AttributionMark>) {
    let mut taken = vec![false; view.seg.sentences.len()];
    let parts = marks.iter().flat_map(|m| m.source.iter().chain(&m.cue).chain(&m.content));
    for s in parts.flat_map(|r| [view.sentence(r.start as usize), view.sentence((r.end as usize).max(1) - 1)])
    {
        if let Some(t) = s.and_then(|s| taken.get_mut(s)) {
            *t = true;
        }
    }
    for (s, _) in view.seg.sentences.iter().zip(taken).filter(|(_, t)| !t) {
        for v in s.tokens.iter() {
            let found = colon(view, tree, v).or_else(|| inner(view, tree, v, s.tokens));
            if let Some(m) = found {
                new.push(m);
                break;
            }
        }
    }
}

/// `PAPER quoted NAME: "…"`.
fn colon(view: &View<'_>, tree: &Tree<'_>, v: usize) -> Option<AttributionMark> {
    matches!(view.word(v).to_lowercase().as_str(), "quoted" | "quotes" | "cited" | "cites").then_some(())?;
    let sentence = view.sentence(v).and_then(|s| view.seg.sentences.get(s))?.tokens;
    let at = sentence.iter().find(|t| *t > v + 1 && view.word(*t) == ":")?;
    let quote = view.seg.quotes.iter().find(|q| q.tokens.start as usize == at + 1)?;
    let subject = tree.children(v).iter().copied().find(|c| *c < v && tree.relation(*c) == "nsubj")?;
    let mut m = mark(TokenRange::new(v + 1, at), TokenRange::new(v, v + 1), quote.tokens, BY);
    m.relays = vec![edges(view, tree.reach(subject, &["punct", "acl:relcl", "parataxis"]))];
    Some(m)
}

/// Whether two marks have the same words for content, give or take a tenth.
fn same(a: &AttributionMark, b: &AttributionMark) -> bool {
    let both: usize = a.content.iter().flat_map(|r| r.iter()).filter(|t| at(&b.content, *t)).count();
    let all = super::size(a) + super::size(b) - both;
    both * 10 > all * 9
}

/// The words in single quotation marks that open at a token or behind a comma or colon there.
fn in_marks(view: &View<'_>, from: usize, holder: TokenRange) -> Option<TokenRange> {
    let open = (from..from + 2).find(|t| matches!(view.word(*t), "'" | "‘" | "`"))?;
    (from..open).all(|t| matches!(view.word(t), "," | ":")).then_some(())?;
    let close = (open + 2..holder.end as usize).rev().find(|t| {
        matches!(view.word(*t), "'" | "’") && matches!(view.word(t - 1), "," | "." | "?" | "!" | "'" | "’")
            || matches!(view.word(*t), "'" | "’") && !view.is_word(t + 1)
    })?;
    Some(TokenRange::new(open, close + 1))
}

/// The verb of saying that a word is: one whose usual frame fits the clause that hangs on it.
fn saying(view: &View<'_>, tree: &Tree<'_>, v: usize) -> Option<&'static Cue> {
    let idiom = cues().idiom(|n| view.word(v + n).to_lowercase());
    (tree.upos(v) == Some(Upos::Verb) && !idiom).then_some(())?;
    cues()
        .verbs_of(&view.word(v).to_lowercase())
        .map(|(c, _)| c)
        .find(|c| c.particles().enumerate().all(|(n, p)| view.word(v + 1 + n).eq_ignore_ascii_case(p)))
        .filter(|c| !matches!(c.act, Act::Believe | Act::Hope | Act::Plan | Act::Doubt))
}

fn inner(view: &View<'_>, tree: &Tree<'_>, v: usize, holder: TokenRange) -> Option<AttributionMark> {
    let verb = saying(view, tree, v)?;
    let takes = |f: Frame| verb.takes(f) == Some(true);
    let subject = tree.subject(v)?;
    let clause = tree.child(v, &["ccomp"]).filter(|_| takes(Frame::That) || takes(Frame::Bare));
    let infinitive = || {
        tree.child(v, &["xcomp"])
            .filter(|_| takes(Frame::To))
            .filter(|x| tree.children(*x).iter().any(|c| view.word(*c).eq_ignore_ascii_case("to")))
    };
    let within = |r: TokenRange| TokenRange { start: r.start.max(holder.start), end: r.end.min(holder.end) };
    let top = clause.or_else(infinitive);
    // "used to say, 'A dry well has no owner'".
    let quoted = || in_marks(view, v + 1, holder).filter(|_| takes(Frame::Quote));
    let mut content = match top {
        Some(t) => tree.reach(t, &[]),
        None => quoted()?,
    };
    let first = tree.reach(subject, &["acl:relcl", "punct", "parataxis"]).start;
    if top.is_some_and(|t| t < v) {
        content.end = content.end.min(first).min(u32::try_from(v).ok()?);
    }
    let content = edges(view, within(content));
    let source = edges(view, within(tree.reach(subject, &["acl:relcl", "punct", "parataxis"])));
    let cue = verb_group(view, tree, v, verb);
    let apart = !content.overlaps(source) && !content.overlaps(cue) && !source.overlaps(cue);
    let one = [content, source, cue].iter().all(|r| !r.is_empty() && holder.contains(*r));
    (apart && one && view.words(content) > 1).then(|| mark(source, cue, content, BY))
}

/// A verb with its auxiliaries, its negation and its particles.
fn verb_group(view: &View<'_>, tree: &Tree<'_>, v: usize, verb: &Cue) -> TokenRange {
    let part = |t: usize| {
        tree.head(t) == Some(v)
            && (matches!(tree.relation(t), "aux" | "cop")
                || matches!(view.word(t).to_lowercase().as_str(), "not" | "never" | "n't"))
    };
    let mut start = v;
    while start > 0 && part(start - 1) {
        start -= 1;
    }
    TokenRange::new(start, v + 1 + verb.particles().count())
}

/// "…," NAME said, according to SOMEBODY: the heads found NAME only.
fn according(
    view: &View<'_>,
    tree: &Tree<'_>,
    t: usize,
    marks: &[AttributionMark],
) -> Option<AttributionMark> {
    if !view.word(t).eq_ignore_ascii_case("according") || view.word(t + 1) != "to" {
        return None;
    }
    let sentence = view.sentence(t).and_then(|s| view.seg.sentences.get(s))?.tokens;
    let cue = TokenRange::new(t, t + 2);
    let noun = tree.head(t).filter(|n| *n > t + 1 && sentence.has(*n))?;
    let reach = tree.reach(noun, &["punct", "acl:relcl", "parataxis", "conj", "appos"]);
    let source = edges(view, TokenRange { start: cue.end, end: reach.end.min(sentence.end) });
    let comma = |t: usize| view.word(t) == ",";
    let last = (source.end as usize..sentence.end as usize).all(|k| !view.is_word(k));
    let content = if last && t > 0 && comma(t - 1) {
        TokenRange::new(sentence.start as usize, t - 1)
    } else if t == sentence.start as usize && comma(source.end as usize) {
        TokenRange { start: source.end + 1, end: sentence.end }
    } else {
        return None;
    };
    let content = edges(view, content);
    let holds = |m: &AttributionMark| m.cue.iter().any(|c| content.contains(*c));
    let free = !marks.iter().any(|m| touches(&m.source, source) && touches(&m.cue, cue));
    (free && !source.is_empty() && marks.iter().any(holds)).then(|| mark(source, cue, content, BY))
}

/// A range without the marks at its edges; a quotation mark stays where its pair is inside.
pub(super) fn edges(view: &View<'_>, r: TokenRange) -> TokenRange {
    let mut r = TokenRange { start: r.start, end: r.end.max(r.start) };
    let quote = |t: usize| matches!(view.word(t), "\"" | "“" | "”" | "'" | "‘" | "’");
    while !r.is_empty() && !view.is_word(r.start as usize) && !quote(r.start as usize) {
        r.start += 1;
    }
    while !r.is_empty() && !view.is_word(r.end as usize - 1) && !quote(r.end as usize - 1) {
        r.end -= 1;
    }
    r
}
