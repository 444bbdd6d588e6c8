//! Names that a report says somebody goes by: "the Ferryman, as Holm is known", "the Ferryman, as his followers call him",
//! "Holm, nicknamed the Ferryman,".

use super::register::Register;
use super::view::View;
use chancery_model::facts::{EntityIx, Maker};
use chancery_model::mark::NameKind;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};
use std::collections::BTreeMap;

/// Most words of such a name.
const LONGEST: usize = 4;
/// Words between "as" and the verb of calling.
const FRAME: usize = 7;

/// A name of this kind and where the report explains it.
pub(super) struct Called {
    words: Vec<String>,
    at: usize,
    who: Who,
}

enum Who {
    /// Whoever has a name at this token.
    Named(usize),
    /// "He", outside: the person the report speaks of most before it.
    Spoken,
}

impl Called {
    /// Whether a name in the text is this one.
    pub fn is(&self, name: &str) -> bool {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        bare.split_whitespace().eq(self.words.iter().map(String::as_str))
    }
}

/// The names of this kind that a report explains.
pub(super) fn explained(view: &View<'_>) -> Vec<Called> {
    (1..view.segments.tokens.len()).filter_map(|t| as_called(view, t).or_else(|| known_as(view, t))).collect()
}

fn capital(view: &View<'_>, t: usize) -> bool {
    view.word(t).starts_with(char::is_uppercase)
}

fn calling(word: &str) -> bool {
    matches!(word, "called" | "known" | "nicknamed" | "dubbed" | "styled")
}

/// "NAME, as he is called", "NAME, as her voters call her".
fn as_called(view: &View<'_>, t: usize) -> Option<Called> {
    let comma =
        t.checked_sub(1).filter(|c| view.low(t) == "as" && view.word(*c) == "," && view.together(*c, t))?;
    let mut first = comma;
    while first > 0
        && comma - first < LONGEST
        && view.together(first - 1, t)
        && (capital(view, first - 1)
            || matches!(view.low(first - 1).as_str(), "of" | "de" | "la") && first < comma)
        && view.low(first - 1) != "the"
    {
        first -= 1;
    }
    let words: Vec<String> = (first..comma).map(|w| view.word(w).to_owned()).collect();
    if words.is_empty() {
        return None;
    }
    let here = |w: usize| view.together(t, w);
    let is = |w: usize| here(w) && matches!(view.low(w).as_str(), "is" | "was" | "became");
    let subject = t + 1;
    let passive = is(subject + 1) && (subject + 2..subject + 5).any(|w| here(w) && calling(&view.low(w)));
    if passive {
        let pronoun = matches!(view.low(subject).as_str(), "he" | "she");
        let who = if pronoun { Who::Spoken } else { Who::Named(subject) };
        return (pronoun || capital(view, subject)).then_some(Called { words, at: t, who });
    }
    let verb = (subject..subject + FRAME).take_while(|w| here(*w)).find(|w| {
        matches!(
            view.low(*w).as_str(),
            "call" | "calls" | "called" | "know" | "knew" | "dubbed" | "nicknamed"
        )
    })?;
    match view.low(verb + 1).as_str() {
        "him" | "her" => Some(Called { words, at: t, who: Who::Spoken }),
        _ if here(verb + 1) && capital(view, verb + 1) => {
            Some(Called { words, at: t, who: Who::Named(verb + 1) })
        }
        _ => None,
    }
}

/// "Holm, nicknamed the Ferryman", "Holm, better known as the Ferryman".
fn known_as(view: &View<'_>, t: usize) -> Option<Called> {
    let low = view.low(t);
    let after = match low.as_str() {
        "nicknamed" | "dubbed" => t + 1,
        "known" if view.low(t + 1) == "as" => t + 2,
        _ => return None,
    };
    let mut from = after;
    while from < after + 2 && matches!(view.low(from).as_str(), "the" | "\"" | "“" | "‘" | "'") {
        from += 1;
    }
    let end = (from..from + LONGEST).take_while(|w| view.together(t, *w) && capital(view, *w)).last()? + 1;
    let before =
        (t.saturating_sub(4)..t).rev().take_while(|w| view.together(*w, t)).find(|w| view.word(*w) == ",")?;
    let person = view.ending_at(before).filter(|n| n.kind == NameKind::Person)?;
    let words = (from..end).map(|w| view.word(w).to_owned()).collect();
    Some(Called { words, at: t, who: Who::Named(person.tokens.start as usize) })
}

/// Adds a mention wherever such a name stands.
pub(super) fn add(view: &View<'_>, reg: &mut Register, names: &[Called]) {
    for name in names {
        let Some(entity) = bearer(view, reg, name) else { continue };
        let n = name.words.len();
        let first = |t: &usize| name.words.iter().enumerate().all(|(k, w)| view.word(t + k) == w);
        let all: Vec<usize> = (0..view.segments.tokens.len()).filter(first).collect();
        for t in all {
            let span = view.segments.span(TokenRange::new(t, t + n));
            if reg.mentions.iter().any(|m| m.span.overlaps(span) && m.entity.is_some()) {
                continue;
            }
            reg.mentions.retain(|m| !m.span.overlaps(span));
            let maker = Maker { by: "rules:entities:nickname".into(), sure: Sure::Medium };
            reg.mention(span, MentionKind::Person, Some(entity), None, maker);
        }
        reg.also(entity, &name.words.join(" "));
    }
}

fn bearer(view: &View<'_>, reg: &Register, name: &Called) -> Option<EntityIx> {
    let person = |e: &EntityIx| reg.entities.get(*e as usize).is_some_and(|x| x.kind == ActorKind::Person);
    match name.who {
        Who::Named(t) => {
            let at = view.segments.tokens.get(t)?.span;
            reg.mentions.iter().find(|m| m.span.contains(at))?.entity.filter(person)
        }
        Who::Spoken => {
            let at = view.start(name.at);
            let own = view.segments.sentence_of(name.at).and_then(|s| view.segments.sentences.get(s))?.span;
            let mut count: BTreeMap<EntityIx, usize> = BTreeMap::new();
            // Who speaks of him in the same sentence is another.
            for m in reg.mentions.iter().filter(|m| m.span.lo() < at && !own.contains(m.span)) {
                if let Some(e) = m.entity.filter(person) {
                    *count.entry(e).or_default() += 1;
                }
            }
            count.into_iter().max_by_key(|(e, n)| (*n, std::cmp::Reverse(*e))).map(|(e, _)| e)
        }
    }
}
