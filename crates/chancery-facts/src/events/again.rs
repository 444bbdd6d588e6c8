//! Whom praise, blame or refusal is about when its object only points back: "and Egypt condemned it", "a decision that
//! Berlin criticised". Whoever did what was told before is meant, or whoever that was about.

use super::Found;
use super::NOUN;
use super::participants::Someone;
use super::parts::{self, DEEDS};
use super::tree::Tree;
use crate::Context;
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, EventType, Role};

/// What the sentence before leaves to point back to.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Kind and participants of its last happening.
    last: Option<(EventType, Vec<(Role, Someone)>)>,
    /// To whom its subject belongs: "Sudan's peace plan had few friends".
    topic: Vec<Someone>,
}

impl Before {
    /// What a sentence leaves to the next.
    pub fn of(ctx: &Context<'_>, tree: &Tree<'_, '_>, found: &[Found]) -> Self {
        let told = found.iter().max_by_key(|(e, _)| e.span.start);
        let last = told.map(|(e, who)| (e.kind, who.clone()));
        let root = (0..tree.len()).find(|i| tree.head(*i).is_none());
        let subject = root.and_then(|r| tree.child(r, &["nsubj", "nsubj:pass"]));
        let owner = subject.and_then(|s| tree.child(s, &["nmod:poss"]));
        Self { last, topic: owner.map(|o| parts::everybody(ctx, tree, o)).unwrap_or_default() }
    }
}

/// Whether somebody is several: a group, or words in the plural.
fn several(ctx: &Context<'_>, w: Someone) -> bool {
    let plural = |text: &str| {
        let last = text.split_whitespace().last().unwrap_or("").to_lowercase();
        last.ends_with('s') && !last.ends_with("ss")
            || matches!(last.as_str(), "men" | "women" | "people" | "police" | "children" | "troops")
    };
    match w {
        Someone::Known(e) => {
            ctx.facts.entities.get(e as usize).is_some_and(|e| {
                e.kind == ActorKind::Group || e.kind == ActorKind::Unnamed && plural(&e.name)
            })
        }
        Someone::Words(s) => plural(s.of(&ctx.report.text)),
        Someone::State(_) => false,
    }
}

fn is_person(ctx: &Context<'_>, w: Someone) -> bool {
    matches!(w, Someone::Known(e)
        if ctx.facts.entities.get(e as usize).is_some_and(|e| e.kind == ActorKind::Person))
}

/// The word that stands as subject of a verb, handed down through infinitives and what is joined.
fn subject_word(tree: &Tree<'_, '_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(s) = tree.child(at, &["nsubj", "nsubj:pass"]) {
            return Some(s);
        }
        if !tree.is(at, &["xcomp", "conj", "advcl", "ccomp"]) {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// "They also burned a library": whom the reader's chains did not find, or found one where the word says several, is
/// who took part in the happening told before.
pub(super) fn stand_in(ctx: &Context<'_>, tree: &Tree<'_, '_>, found: &mut [Found], before: &Before) {
    let Some((_, told)) = &before.last else { return };
    let of =
        |role: Role| -> Vec<Someone> { told.iter().filter(|(r, _)| *r == role).map(|(_, w)| *w).collect() };
    let (acted, others) = (of(Role::Actor), of(Role::Recipient));
    let many = |list: &[Someone]| list.len() > 1 || list.iter().any(|w| several(ctx, *w));
    for (e, who) in found.iter_mut() {
        if e.maker.by.ends_with(NOUN) {
            continue;
        }
        let at = tree.clause.token_at(e.span.start);
        let passive = tree.passive(at);
        let role = if passive { Role::Recipient } else { Role::Actor };
        if let Some(s) = subject_word(tree, at) {
            let now: Vec<Someone> = who.iter().filter(|(r, _)| *r == role).map(|(_, w)| *w).collect();
            let single = |w: &Someone| {
                matches!(w, Someone::State(_))
                    || matches!(w, Someone::Known(e)
                    if ctx.facts.entities.get(*e as usize).is_some_and(|e| matches!(e.kind, ActorKind::State | ActorKind::Person)))
            };
            let meant: Vec<Someone> = match tree.word(s) {
                "they" if now.is_empty() || now.len() == 1 && now.iter().all(single) => {
                    [&acted, &others].into_iter().find(|l| many(l)).cloned().unwrap_or_default()
                }
                "he" | "she" if now.is_empty() => {
                    let all: Vec<Someone> =
                        told.iter().map(|(_, w)| *w).filter(|w| is_person(ctx, *w)).collect();
                    if all.len() == 1 { all } else { Vec::new() }
                }
                _ => Vec::new(),
            };
            if !meant.is_empty() {
                who.retain(|(r, w)| *r != role && !meant.contains(w));
                who.extend(meant.into_iter().map(|w| (role, w)));
            }
        }
        if who.iter().any(|(r, _)| *r == Role::Recipient) {
            continue;
        }
        let object = tree.child(at, &["iobj", "obj"]).map_or("", |o| tree.word(o));
        let acts = |w: &Someone| who.iter().any(|(_, x)| x == w);
        let meant: Vec<Someone> = match object {
            "them" => [&others, &acted]
                .into_iter()
                .find(|l| many(l) && !l.iter().any(acts))
                .cloned()
                .unwrap_or_default(),
            "him" | "her" => {
                let all: Vec<Someone> =
                    told.iter().map(|(_, w)| *w).filter(|w| is_person(ctx, *w) && !acts(w)).collect();
                if all.len() == 1 { all } else { Vec::new() }
            }
            _ => Vec::new(),
        };
        who.extend(meant.into_iter().map(|w| (Role::Recipient, w)));
    }
}

/// Adds whom the happenings of a sentence are about, where they only point back.
pub(super) fn point(tree: &Tree<'_, '_>, found: &mut [Found], before: &Before) {
    for n in 0..found.len() {
        let Some((e, who)) = found.get(n) else { continue };
        let verbal = matches!(e.kind, EventType::Accuse | EventType::Support | EventType::Reject);
        let open = !who.iter().any(|(r, _)| *r == Role::Recipient);
        if !verbal || !open || e.maker.by.ends_with(NOUN) {
            continue;
        }
        let at = tree.clause.token_at(e.span.start);
        let Some(pronoun) = points(tree, at) else { continue };
        let earlier =
            found.iter().filter(|(o, _)| o.span.end <= e.span.start).max_by_key(|(o, _)| o.span.start);
        let source = earlier.map(|(o, w)| (o.kind, w)).or_else(|| before.last.as_ref().map(|(k, w)| (*k, w)));
        let mut meant: Vec<Someone> = source.map(|(k, w)| matter(k, w, pronoun)).unwrap_or_default();
        if meant.is_empty() && pronoun {
            meant.clone_from(&before.topic);
        }
        meant.retain(|m| !who.iter().any(|(_, w)| w == m));
        if let Some((_, who)) = found.get_mut(n) {
            who.extend(meant.into_iter().map(|m| (Role::Recipient, m)));
        }
    }
}

/// Whether the object of a verb only points back: by a pronoun, or by a noun for a deed.
fn points(tree: &Tree<'_, '_>, verb: usize) -> Option<bool> {
    let relative = |o: usize| matches!(tree.word(o), "that" | "which");
    let object = tree.child(verb, &["obj", "nsubj:pass"]);
    let object = match object {
        Some(o) if relative(o) && tree.rel(verb) == "acl:relcl" => tree.head(verb),
        None if tree.rel(verb) == "acl:relcl"
            && tree.child(verb, &["nsubj"]).is_some_and(|s| !relative(s)) =>
        {
            tree.head(verb)
        }
        o => o,
    }?;
    if tree.upos(object) == Upos::Pron {
        return matches!(tree.word(object), "it" | "this" | "that" | "them").then_some(true);
    }
    let owned = tree.child(object, &["nmod:poss"]).is_some()
        || tree
            .under(object, &["nmod"])
            .any(|o| matches!(tree.case(o), Some("of" | "by" | "from" | "on" | "against")));
    (DEEDS.contains(&tree.lemma(object)) && !owned).then_some(false)
}

/// Who is meant by pointing back to a happening: who did it, or whom it was about when it was itself an answer and only
/// a pronoun points ("rejected the step" is about who took it).
fn matter(kind: EventType, who: &[(Role, Someone)], pronoun: bool) -> Vec<Someone> {
    let of =
        |role: Role| -> Vec<Someone> { who.iter().filter(|(r, _)| *r == role).map(|(_, w)| *w).collect() };
    let answer =
        matches!(kind, EventType::Accuse | EventType::Support | EventType::Reject | EventType::Concede);
    let others = of(Role::Recipient);
    if answer && pronoun && !others.is_empty() { others } else { of(Role::Actor) }
}
