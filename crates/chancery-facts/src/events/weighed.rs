//! What the reader's own head for happenings says beside the lists: which words of the lists tell nothing here, which
//! tell another kind, which words the lists lack, and who takes part where the rules find nobody.
//!
//! The lists know what words can mean, the head what they mean here. Whether a thing took place stays with the rules, for the head
//! takes more of what was only said for done; but what it all but rules out is not done. Thresholds are in thousandths; they were set on marked passages that neither
//! the head nor the rules had learned from (part `tune`, `training/gold/events/README.md`).

use super::find::Candidate;
use super::participants::Someone;
use super::parts;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::people;
use chancery_lexicon::verbs::{self, Form, Hit};
use chancery_model::Span;
use chancery_model::mark::{HappeningMark, Part, Upos, Weight};
use chancery_model::vocab::{EventType, Role, Status};

/// A word of the lists that tells a happening less likely than this tells none.
const NOTHING: Weight = 150;
/// The kind of the lists gives way when it is less likely than the first and the head's own more likely than the second.
const OTHER_KIND: (Weight, Weight) = (20, 800);
/// A word that no list holds, or none that counts here, tells one from here on.
const NEW: Weight = 800;
/// Whom the rules give for a word of no list takes part from here on. Of listed words the rules know the frames, and their
/// word stands: on the passages that thresholds were set on, to drop whom the head doubts cost more than it gained.
const GUESSED: Weight = 100;
/// What the rules take for done is not where the head finds it less likely done than this.
const DONE: Weight = 80;
/// Who is likelier than this takes part where the rules have nobody for that part.
const ADDED: Weight = 850;

/// The marks of a sentence, by its tokens.
pub(super) struct Weighed<'m> {
    marks: Vec<Option<&'m HappeningMark>>,
    first: usize,
    /// Whether the reader weighs happenings at all.
    on: bool,
}

impl<'m> Weighed<'m> {
    pub(super) fn of(ctx: &'m Context<'_>, tree: &Tree<'_, '_>) -> Self {
        let first = tree.clause.first();
        let all = &ctx.marks.happenings;
        let from = all.partition_point(|m| (m.token as usize) < first);
        let mut marks = vec![None; tree.len()];
        for m in all.iter().skip(from).take_while(|m| (m.token as usize) < first + tree.len()) {
            if let Some(slot) = marks.get_mut(m.token as usize - first) {
                *slot = Some(m);
            }
        }
        Self { marks, first, on: !all.is_empty() }
    }

    fn at(&self, i: usize) -> Option<&'m HappeningMark> {
        self.marks.get(i).copied().flatten()
    }

    /// The mark of a candidate: of its words the one that most likely tells a happening.
    fn mark(&self, c: &Candidate) -> Option<&'m HappeningMark> {
        let words = std::iter::once(c.at).chain(c.used.iter().copied());
        words.filter_map(|i| self.at(i)).max_by_key(|m| (m.any(), std::cmp::Reverse(m.token)))
    }

    /// Leaves out words that tell nothing here, and gives others the kind they tell.
    pub(super) fn sift(&self, tree: &Tree<'_, '_>, all: &mut Vec<Candidate>) {
        if !self.on {
            return;
        }
        // "a bomb left 40 dead" says so, whatever the head makes of it; "the clashes left 14 dead" tells of the clashes.
        let force = |at: &usize| all.iter().any(|d| d.at == *at && d.hit.class.kind == EventType::Assault);
        let subject = |c: &Candidate| {
            let before =
                tree.under(c.at, &["nsubj", "obl", "nmod"]).filter(|s| *s < c.at && leaves_dead(tree, c));
            before.filter(force).last()
        };
        let blows: Vec<usize> = all.iter().filter_map(subject).collect();
        let told: Vec<usize> = all.iter().filter(|c| subject(c).is_some()).map(|c| c.at).collect();
        all.retain(|c| !told.contains(&c.at));
        all.retain_mut(|c| {
            let own = c.hit.class.kind;
            let told = leaves_dead(tree, c) || blows.contains(&c.at);
            // "spoke by telephone", "an assassination attempt": the pattern says it whole.
            let whole = c.hit.class.mode.as_deref() == Some("phone") && c.hit.words > 2
                || c.hit.form == Form::Noun && c.used.iter().any(|u| tree.word(*u) == "assassination");
            // "nine were killed and 20 wounded": so many were.
            let counted = |o: usize| tree.upos(o) == Upos::Num || tree.child(o, &["nummod"]).is_some();
            let hurt = matches!(tree.lemma(c.at), "kill" | "wound" | "injure")
                && c.hit.form != Form::Noun
                && tree.under(c.at, &["obj", "nsubj:pass"]).any(counted);
            if own == EventType::Outside || verbs::stands(tree.word(c.at)) || told || whole || hurt {
                return true;
            }
            let Some(m) = self.mark(c).filter(|m| m.any() >= NOTHING) else { return false };
            if let Some((kind, weight)) = m.kinds.first()
                && m.of(own) < OTHER_KIND.0
                && *weight > OTHER_KIND.1
                && !(agrees(tree, c) && *kind == EventType::Concede)
                && !(c.hit.class.cameo.as_deref() == Some("174") && tree.lemma(c.at) == "send")
                && let Some(class) = verbs::of_kind(*kind)
            {
                c.hit.class = class;
            }
            true
        });
    }

    /// Words that tell a happening and that no list holds, or none that counts here.
    pub(super) fn more(&self, tree: &Tree<'_, '_>, all: &[Candidate]) -> Vec<Candidate> {
        let free = |i: &usize| {
            !all.iter().any(|c| c.at == *i || c.used.contains(i) && c.hit.class.kind != EventType::Outside)
        };
        // A statement may be a threat, a promise or a charge; it is no deed, and what it grants is not granted yet.
        let says = |i: usize| matches!(tree.lemma(i), "say" | "tell" | "report" | "add");
        let said = |k: EventType| {
            use EventType::{Accuse, Agree, Reject, Request, Support, Threaten};
            matches!(k, Accuse | Agree | Reject | Request | Support | Threaten)
        };
        // "begin joint naval patrols": what is joint there is told already.
        let told = |i: usize| {
            tree.is(i, &["amod", "compound"])
                && tree.head(i).is_some_and(|h| all.iter().any(|c| c.at == h || c.used.contains(&h)))
        };
        let one = |i: usize| {
            let m = self.at(i).filter(|m| m.any() >= NEW && !told(i))?;
            let kind = m.kinds.first()?.0;
            if says(i) && !said(kind) {
                return None;
            }
            // "a suicide bomber" is somebody.
            if tree.is_noun(i) && people::person(tree.word(i)) {
                return None;
            }
            let class = verbs::of_kind(kind)?;
            let form = if tree.is_verb(i) && !tree.is_noun(i) { form(tree.word(i)) } else { Form::Noun };
            if form == Form::Noun
                && !matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
            {
                return None;
            }
            let hit = Hit { end: i + 1, class, form, words: 1 };
            Some(Candidate { at: i, start: i, hit, used: vec![i], listed: false })
        };
        (0..tree.len()).filter(free).filter_map(one).collect()
    }

    /// Who takes part, by the rules and the head together.
    pub(super) fn parties(
        &self,
        ctx: &Context<'_>,
        tree: &Tree<'_, '_>,
        c: &Candidate,
        who: &mut Vec<(Role, Someone)>,
    ) {
        let Some(m) = self.mark(c) else { return };
        let weight = |tokens: &[usize], part: Part| {
            let of = m.parts.iter().filter(|p| p.part == part && tokens.contains(&self.here(p.token)));
            of.map(|p| p.weight).max().unwrap_or(0)
        };
        let both = matches!(c.hit.class.kind, EventType::Consult | EventType::Cooperate);
        // The rules know the frames of listed words; of others they guess.
        let listed = !(c.hit.class.verbs.is_empty() && c.hit.class.nouns.is_empty());
        let part = |role: Role| match role {
            Role::Actor | Role::Host | Role::Mediator => Some(Part::Actor),
            Role::Recipient => Some(Part::Recipient),
            Role::Venue => None,
        };
        who.retain(|(role, w)| {
            let Some((own, tokens)) = part(*role).filter(|_| !listed).zip(tokens(ctx, tree, w)) else {
                return true;
            };
            let other = if own == Part::Actor { Part::Recipient } else { Part::Actor };
            weight(&tokens, own) >= GUESSED || both && weight(&tokens, other) >= GUESSED
        });
        for role in [Role::Actor, Role::Recipient] {
            let own = part(role);
            let there = |who: &[(Role, Someone)]| who.iter().any(|(r, _)| part(*r) == own);
            if there(who) {
                continue;
            }
            for p in m.parts.iter().filter(|p| Some(p.part) == own && p.weight >= ADDED) {
                let t = self.here(p.token);
                let known = |w: &Someone| tokens(ctx, tree, w).is_some_and(|all| all.contains(&t));
                // "a mortar shell killed three", "the strike killed six": neither is a party.
                let nobody = parts::nobody_does(tree, c);
                if role == Role::Actor && (nobody || t < tree.len() && parts::of_force(tree, t)) {
                    continue;
                }
                if t >= tree.len() || c.used.contains(&t) || who.iter().any(|(_, w)| known(w)) {
                    continue;
                }
                // "Rau's killing": whom the head takes for the doer suffered it.
                let role = if parts::befell_owner(tree, c) { Role::Recipient } else { role };
                for someone in parts::taken(ctx, tree, t) {
                    if !who.iter().any(|(_, w)| *w == someone) {
                        who.push((role, someone));
                    }
                }
            }
        }
    }

    /// Whether it took place, by the rules; unless they take it for done and the head all but rules that out.
    pub(super) fn standing(&self, c: &Candidate, rules: Status) -> Status {
        let done = |s: Status| matches!(s, Status::Happened | Status::Ongoing);
        // What was denied or came to nothing says so in words that the rules know.
        let ahead = |s: Status| {
            matches!(s, Status::Planned | Status::Proposed | Status::Conditional | Status::Hypothetical)
        };
        let Some(m) = self.mark(c).filter(|_| done(rules)) else { return rules };
        let weight: Weight = m.standings.iter().filter(|s| done(s.0)).map(|s| s.1).sum();
        match m.standings.first() {
            Some((other, _)) if weight < DONE && ahead(*other) => *other,
            _ => rules,
        }
    }

    fn here(&self, token: u32) -> usize {
        (token as usize).wrapping_sub(self.first)
    }
}

/// "agreed to lift the ban": coders of PLOVER call it AGREE, whatever is agreed to (21 of 21 sentences with its types).
fn agrees(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let ready = c.used.iter().any(|u| matches!(tree.word(*u), "willing" | "ready" | "prepared"));
    c.hit.class.kind == EventType::Agree && (ready || matches!(tree.lemma(c.at), "agree" | "consent"))
}

/// "left scores of people dead".
fn leaves_dead(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    tree.lemma(c.at) == "leave" && c.used.iter().any(|u| tree.word(*u) == "dead")
}

/// The tokens of the sentence that speak of somebody; none when only another sentence does.
fn tokens(ctx: &Context<'_>, tree: &Tree<'_, '_>, who: &Someone) -> Option<Vec<usize>> {
    let whole = tree.clause.whole();
    let within = |s: Span| (0..tree.len()).filter(move |i| s.contains(tree.clause.span(*i, *i + 1)));
    let from = ctx.facts.mentions.partition_point(|m| m.span.start < whole.start);
    let mentions = ctx.facts.mentions.iter().skip(from).take_while(|m| m.span.start < whole.end);
    let out: Vec<usize> = match who {
        Someone::Words(s) => within(*s).collect(),
        Someone::Known(e) => mentions.filter(|m| m.entity == Some(*e)).flat_map(|m| within(m.span)).collect(),
        Someone::State(p) => mentions.filter(|m| m.place == Some(*p)).flat_map(|m| within(m.span)).collect(),
    };
    (!out.is_empty()).then_some(out)
}

/// How a verb that no list holds is inflected, by its ending.
fn form(word: &str) -> Form {
    match word {
        w if w.ends_with("ing") => Form::Ing,
        w if w.ends_with("ed") => Form::Past,
        w if w.ends_with('s') && !w.ends_with("ss") => Form::Third,
        _ => Form::Base,
    }
}
