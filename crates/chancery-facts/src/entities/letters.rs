//! Bodies whose letters stand in brackets after their name, and that the reader passed over or marked in part.

use super::register::Register;
use super::view::View;
use chancery_model::facts::Maker;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

/// "Reporters' Watch (RW)": a body that the reader passed over, or marked in part, and whose letters stand in brackets.
pub(super) fn add(view: &View<'_>, reg: &mut Register) {
    for t in 1..view.segments.tokens.len() {
        let word = view.word(t);
        let letters = word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase());
        if !letters || view.word(t - 1) != "(" || view.word(t + 1) != ")" {
            continue;
        }
        let Some(range) = spelled_out(view, t - 1, word) else { continue };
        let span = view.segments.span(range);
        // A person or a state is no body, nor is what is marked whole already.
        let inside: Vec<&chancery_model::facts::Mention> =
            reg.mentions.iter().filter(|m| m.span.overlaps(span) && m.kind != MentionKind::Office).collect();
        let whole = inside.iter().any(|m| m.span == span || m.span.len() > span.len());
        let bars = inside.iter().any(|m| !span.contains(m.span) || m.kind == MentionKind::Person);
        if whole || bars {
            continue;
        }
        let acronym = view.segments.tokens.get(t).map(|x| x.span);
        let met = acronym.and_then(|a| {
            let m = reg.mentions.iter().find(|m| m.span == a)?;
            let e = m.entity?;
            (reg.entities.get(e as usize)?.kind == ActorKind::Organization).then_some(e)
        });
        reg.mentions.retain(|m| !(span.contains(m.span) && m.kind != MentionKind::Office));
        let name = span.of(view.text);
        let e = met.unwrap_or_else(|| reg.organization(name, None, None));
        reg.also(e, name);
        reg.acronym(e, word);
        let maker = Maker { by: "rules:entities:again".into(), sure: Sure::Medium };
        reg.mention(span, MentionKind::Organization, Some(e), None, maker);
    }
    reg.mentions.sort_by_key(|m| (m.span.start, m.span.end));
}

/// The words before a bracket whose capitals are the letters in it, in order and none left over.
fn spelled_out(view: &View<'_>, bracket: usize, letters: &str) -> Option<TokenRange> {
    let mut rest: Vec<char> = letters.chars().collect();
    let mut from = bracket;
    while let Some(t) = from.checked_sub(1).filter(|t| bracket - *t <= 12 && view.together(*t, bracket)) {
        let word = view.word(t);
        let small = matches!(
            word,
            "of" | "the" | "for" | "and" | "on" | "in" | "to" | "de" | "-" | "'" | "’" | "'s" | "’s" | "&"
        );
        if word.starts_with(char::is_uppercase) {
            let last = rest.pop()?;
            if !word.starts_with(last) {
                return None;
            }
            from = t;
            if rest.is_empty() {
                return (bracket - from >= 2).then(|| TokenRange::new(from, bracket));
            }
        } else if small && from < bracket || matches!(word, "'" | "’") {
            from = t;
        } else {
            return None;
        }
    }
    None
}
