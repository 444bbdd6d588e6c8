//! What a statement may take a stance on: the nouns that its clauses are about, as subject, object or complement. What stands
//! in a relative clause, a condition, a reason or a time ("until the ferries run again") is not what somebody is for
//! or against. Where its verb tells where the speaker stands on it, that is kept too.

use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::people;
use chancery_lexicon::stances::{self, Verb};
use chancery_model::Span;
use chancery_model::facts::{Statement, StatementIx, Topic};
use chancery_model::mark::Upos;
use chancery_model::vocab::{Act, Stance};

/// Links of the longest way from a noun up to the top of what is said.
const STEPS: usize = 12;

/// Keeps the topics of each statement; none is told where the reader has no trees.
pub(crate) fn add(ctx: &mut Context<'_>) {
    if ctx.marks.syntax.is_empty() {
        return;
    }
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut out: Vec<Topic> = Vec::new();
    for (n, s) in (0..).zip(&ctx.facts.statements) {
        let said = |t: usize| s.content.iter().any(|c| c.contains(span(ctx, t)));
        for t in s.content.iter().flat_map(|c| ctx.segments.tokens_in(*c).iter().collect::<Vec<_>>()) {
            let timed = |t: usize| ctx.facts.times.iter().any(|x| x.span.contains(span(ctx, t)));
            if view.upos(t) == Some(Upos::Noun) && !timed(t) && is_topic(&view, t, said) {
                let statement: StatementIx = n;
                let own = span(ctx, t);
                // "No-fly zone": what a hyphen joins to its first word is part of it.
                let start = span(ctx, first(&view, t)).lo().min(own.lo());
                let joined = |c: char| !(c.is_alphanumeric() || c == '-');
                let start = ctx.report.text.get(..start).map_or(start, |b| {
                    b.rfind(joined).map_or(0, |at| {
                        at + b.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8)
                    })
                });
                let phrase = Span::new(start, own.hi());
                let stance = stance(&view, t, s, said);
                out.push(Topic { statement, span: own, phrase, stance });
            }
        }
    }
    out.sort_by_key(|t| (t.statement, t.span.start));
    out.dedup();
    ctx.facts.topics = Some(out);
}

fn span(ctx: &Context<'_>, t: usize) -> Span {
    ctx.segments.tokens.get(t).map_or(Span::new(0, 0), |t| t.span)
}

/// The first token of the nouns that tell the kind of one, or its own.
fn first(view: &View<'_>, t: usize) -> usize {
    let mut at = t;
    let mut open: Vec<usize> = view.children(t).filter(|c| *c < t && view.rel(*c) == "compound").collect();
    while let Some(c) = open.pop() {
        at = at.min(c);
        open.extend(view.children(c).filter(|k| *k < c));
    }
    at
}

/// Whether the way up from a noun to the top of what is said goes through what clauses are about.
fn is_topic(view: &View<'_>, t: usize, said: impl Fn(usize) -> bool) -> bool {
    // Whoever is said to do something, or asked to, is nobody's issue; those who are sent or armed may be.
    if people::acts(&view.low(t)) && !(view.rel(t) == "obj" && view.head(t).is_some_and(&said)) {
        return false;
    }
    let (mut at, mut of) = (t, 0);
    for _ in 0..STEPS {
        let Some(h) = view.head(at).filter(|h| said(*h)) else { return true };
        let case =
            view.children(at).find(|c| view.rel(*c) == "case").map(|c| view.low(c)).unwrap_or_default();
        let on = matches!(
            case.as_str(),
            "of" | "for" | "on" | "to" | "against" | "about" | "with" | "from" | "over"
        );
        let up = match view.rel(at) {
            "nsubj" | "nsubj:pass" | "obj" | "iobj" | "ccomp" | "xcomp" | "conj" | "root" | "csubj" => true,
            "obl" => on || case.is_empty(),
            "nmod" => {
                of += 1;
                on && of < 2
            }
            _ => false,
        };
        if !up {
            return false;
        }
        at = h;
    }
    false
}

/// Words of denial beside a verb.
const NOT: &[&str] = &["not", "n't", "never"];
/// A noun with what tells where somebody stands on it.
struct Stand<'v, 'a> {
    view: &'v View<'a>,
    /// The noun that a verb governs: of "the lifting of sanctions" the lifting.
    top: usize,
    /// Whether it is done away with on the way: "an end to the embargo".
    ended: bool,
    /// Whether there is to be none of it.
    none: bool,
}

impl Stand<'_, '_> {
    fn has(&self, t: usize, rel: &str, words: &[&str]) -> bool {
        let is = |c: usize| self.view.rel(c).starts_with(rel) && words.contains(&self.view.low(c).as_str());
        self.view.children(t).any(is)
    }

    fn case(&self) -> String {
        let case = self.view.children(self.top).find(|c| self.view.rel(*c) == "case");
        case.map(|c| self.view.low(c)).unwrap_or_default()
    }

    /// Whether the verb or one that thinks or wants above it is denied: "does not believe that it needs consent".
    fn denied(&self, v: usize, said: &impl Fn(usize) -> bool) -> bool {
        let mut is = self.has(v, "advmod", NOT) != self.none;
        let mut at = v;
        for _ in 0..STEPS {
            let Some(h) = self.view.head(at).filter(|h| said(*h)) else { break };
            let thinks =
                matches!(self.view.lemma(h), "believe" | "think" | "want" | "intend" | "plan" | "see");
            if matches!(self.view.rel(at), "ccomp" | "xcomp") && thinks {
                is = is != self.has(h, "advmod", NOT);
            }
            at = h;
        }
        is
    }
}

/// Where a statement stands on a noun by the verb that the noun hangs on; none where no verb tells.
fn stance(view: &View<'_>, t: usize, s: &Statement, said: impl Fn(usize) -> bool) -> Option<Stance> {
    let turned = |is: bool, s: Stance| match (is, s) {
        (true, Stance::For) => Stance::Against,
        (true, Stance::Against) => Stance::For,
        (_, s) => s,
    };
    // "No foreign intervention" is against one; a "no-fly zone" is a zone.
    let kind = |c: usize| matches!(view.low(c + 1).as_str(), "-" | "fly");
    let none = view.children(t).any(|c| view.rel(c) == "det" && view.low(c) == "no" && !kind(c));
    let mut it = Stand { view, top: t, ended: false, none };
    let mut favoured = false;
    let noun = |h: &usize| said(*h) && view.upos(*h) == Some(Upos::Noun);
    while let Some(h) = view.head(it.top).filter(|h| noun(h) && matches!(view.rel(it.top), "nmod" | "conj")) {
        if view.rel(it.top) == "nmod" {
            it.ended |= stances::verb(view.lemma(h)) == Some(Verb::Ends)
                || matches!(view.low(h).as_str(), "end" | "lifting" | "halt");
            favoured |= matches!(view.low(h).as_str(), "favor" | "favour");
        }
        it.top = h;
    }
    let (case, ended) = (it.case(), it.ended);
    // "Is against a new round", "are in favour of the ban".
    if view.children(it.top).any(|c| view.rel(c) == "cop")
        && (favoured || matches!(case.as_str(), "for" | "against"))
    {
        let not = it.has(it.top, "advmod", NOT);
        return Some(turned(not, if case == "against" { Stance::Against } else { Stance::For }));
    }
    let acts = match s.act {
        Act::Reject => Some(Stance::Against),
        Act::Demand | Act::Propose | Act::Agree => Some(Stance::For),
        _ => None,
    };
    // The whole of what is demanded or rejected is the thing: "rejected a ceasefire".
    let Some(v) = view.head(it.top).filter(|h| said(*h)) else {
        return acts.map(|s| turned(none != ended, s));
    };
    if !matches!(view.upos(v), Some(Upos::Verb | Upos::Adj | Upos::Aux)) {
        return None;
    }
    let (lemma, rel) = (view.lemma(v), view.rel(it.top));
    let led = rel == "obl" && matches!(case.as_str(), "for" | "on" | "to" | "against" | "of" | "out");
    let object = matches!(rel, "obj" | "nsubj:pass") || led;
    let denied = it.denied(v, &said);
    let told = stances::verb(lemma).filter(|_| object);
    match told {
        // Who needs no consent is not against it.
        Some(Verb::For) if lemma == "need" && denied => return None,
        Some(Verb::Calls) => return (case == "for").then(|| turned(denied != ended, Stance::For)),
        Some(Verb::For) => return Some(turned(denied != ended, Stance::For)),
        Some(Verb::Against) if lemma != "rule" || it.has(v, "compound", &["out"]) => {
            return Some(turned(denied != ended, Stance::Against));
        }
        _ => {}
    }
    // "The ban must end", "troops should not be sent", "there must be a conference", "we will never sign the treaty".
    let done_away = stances::verb(lemma) == Some(Verb::Ends);
    // "Lift the levy on salt": what hangs on the verb is not what is lifted.
    if done_away && led {
        return None;
    }
    let ends = ended != (done_away && (object || rel == "nsubj"));
    let own = view.children(v).any(|c| view.rel(c) == "nsubj" && matches!(view.low(c).as_str(), "we" | "i"));
    let vows = own && object && it.has(v, "aux", &["will", "'ll", "wo", "shall", "would"]);
    let wants = it.has(v, "aux", &["must", "should", "ought"]) && (object || rel == "nsubj");
    // "There will be no second round", "no further delay is possible".
    let will = it.has(v, "aux", &["will", "wo", "'ll", "shall", "would"]);
    let expletive = view.children(v).any(|c| view.rel(c) == "expl") || rel == "nsubj" && lemma == "be";
    if denied && will && expletive {
        return Some(Stance::Against);
    }
    if rel == "nsubj" && view.upos(v) == Some(Upos::Adj) {
        let stance = match lemma {
            "necessary" | "essential" | "welcome" | "acceptable" | "vital" | "overdue" => Stance::For,
            "possible" if denied => Stance::For,
            "unacceptable" | "impossible" | "unnecessary" | "pointless" | "unthinkable" => Stance::Against,
            _ => return None,
        };
        return Some(turned(denied != ended, stance));
    }
    let infinitive = view.head(v).is_none_or(|h| !said(h)) && it.has(v, "mark", &["to"]);
    if object && infinitive && acts.is_some() {
        return acts.map(|s| turned(denied != ends, s));
    }
    (wants || vows).then(|| turned(denied != ends, Stance::For))
}
