//! One quotation with two speakers, or with two wordings.

use super::{All, Conflict, Value};
#[cfg(test)]
use crate::quotes::same_opening;
use crate::quotes::{Cluster, in_order, quoted_words};
use chancery_model::facts::Statement;
use chancery_model::vocab::{ActorKind, ConflictKind, Form, Sure};

fn statement<'a>(all: &All<'a>, at: (usize, usize)) -> &'a Statement {
    &all.items[at.0].facts.statements[at.1]
}

const PRONOUNS: &[&str] = &["he", "she", "they", "it", "who", "i", "we"];

/// One quotation, two persons named as its speaker.
pub(super) fn speakers(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let mut values: Vec<Value> = Vec::new();
    for at in &c.members {
        let s = statement(all, *at);
        let (Some(e), Some(span), true) = (s.speaker, s.source.first(), s.speaker_named) else {
            continue;
        };
        // Whom a pronoun stands for is worked out and not printed, but for "who" right behind a name.
        let text = &all.items[at.0].report.text;
        let word = span.of(text).to_lowercase();
        let beside = || {
            let named = all.items[at.0].facts.mentions.iter().filter(|m| m.entity == Some(e));
            named.filter(|m| m.span.end <= span.start).any(|m| {
                text.get(m.span.hi()..span.lo()).is_some_and(|b| b.trim_matches([' ', ',']).is_empty())
            })
        };
        if PRONOUNS.contains(&word.as_str()) && !(word == "who" && beside()) {
            continue;
        }
        let actor = all.reports[at.0].actors.get(e as usize).and_then(|a| all.actors.get(a));
        if let Some(a) = actor.filter(|a| a.kind == ActorKind::Person && s.form != Form::Indirect) {
            values.push((a.name.clone(), at.0, *span));
        }
    }
    all.conflict(
        ConflictKind::Speaker,
        &c.id,
        values,
        "One quotation, different speakers",
        Sure::Medium,
        false,
    )
}

/// One quotation, words changed. A cut is no difference, unless it takes the end off a sentence: the shorter must stand
/// whole in the longer, and end where a sentence of it ends.
pub(super) fn wordings(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let mut values: Vec<Value> = Vec::new();
    let mut words: Vec<(Vec<String>, usize, Vec<Vec<String>>)> = Vec::new();
    for at in &c.members {
        let s = statement(all, *at);
        if s.form == Form::Indirect {
            continue;
        }
        let report = all.items[at.0].report;
        let w = quoted_words(report, s);
        let span = *s.content.first()?;
        let sentences = s
            .content
            .iter()
            .flat_map(|x| x.of(&report.text).split(['.', '!', '?']))
            .map(|x| crate::fold::words(x).collect::<Vec<_>>())
            .collect();
        values.push((w.join(" "), at.0, span));
        words.push((w, at.0, sentences));
    }
    let differ = words.iter().enumerate().any(|(i, a)| {
        words.iter().skip(i + 1).any(|b| {
            let (short, long) = if a.0.len() <= b.0.len() { (a, b) } else { (b, a) };
            let apart = all.reports[a.1].origin != all.reports[b.1].origin;
            apart
                && ((!spelt(&short.0, &long.0) && in_order(&short.0, &long.0) < short.0.len())
                    || end_taken_off(&short.0, &long.2))
        })
    });
    if !differ {
        return None;
    }
    all.conflict(ConflictKind::Wording, &c.id, values, "One quotation, different words", Sure::Low, false)
}

/// Whether two wordings differ in spelling only ("check" and "cheque", "labor" and "labour").
fn spelt(a: &[String], b: &[String]) -> bool {
    let alike = |x: &str, y: &str| {
        let same = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
        x == y
            || (same >= 3 && x.chars().count().abs_diff(y.chars().count()) <= 2 && {
                let ends = |s: &str| s.chars().next_back();
                let rest = |s: &str| s.chars().count() - same;
                rest(x).max(rest(y)) <= 4
                    && (ends(x) == ends(y) || same + 3 >= x.chars().count().max(y.chars().count()))
            })
    };
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| alike(x, y))
}

/// Whether a sentence of the longer begins with the whole of the shorter and goes on for a few words.
fn end_taken_off(short: &[String], sentences: &[Vec<String>]) -> bool {
    sentences.iter().any(|s| s.starts_with(short) && (1..=4).contains(&(s.len() - short.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_no_other_word() {
        let w = |s: &str| crate::fold::words(s).collect::<Vec<_>>();
        assert!(spelt(&w("sign the cheque for the harbour"), &w("sign the check for the harbor")));
        assert!(!spelt(&w("we came to listen"), &w("we came to talk")));
        assert!(!spelt(&w("sell it now"), &w("sell it here")));
    }

    #[test]
    fn the_end_of_a_sentence_matters() {
        let w = |s: &str| crate::fold::words(s).collect::<Vec<_>>();
        assert!(end_taken_off(
            &w("we will not leave the valley"),
            &[w("We will not leave the valley by force")]
        ));
        assert!(!end_taken_off(&w("we will not leave"), &[w("we will not leave"), w("we never did")]));
        assert!(same_opening(
            &w("we need no envoys to tell us this"),
            &w("we need no envoys to come before May")
        ));
    }
}
