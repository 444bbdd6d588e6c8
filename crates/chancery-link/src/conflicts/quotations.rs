//! One quotation with two speakers, or with two wordings.

use super::{All, Conflict, Value};
use crate::fold;
#[cfg(test)]
use crate::quotes::same_opening;
use crate::quotes::{Cluster, in_order, quoted_words};
use chancery_model::facts::Statement;
use chancery_model::vocab::{ActorKind, ConflictKind, Form, Sure};
use chancery_model::{Id, Span};
use std::collections::BTreeSet;

fn statement<'a>(all: &All<'a>, at: (usize, usize)) -> &'a Statement {
    &all.items[at.0].facts.statements[at.1]
}

const PRONOUNS: &[&str] = &["he", "she", "they", "it", "who", "i", "we"];

/// One quotation, two persons named as its speaker.
pub(super) fn speakers(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let mut values: Vec<Value> = Vec::new();
    for at in &c.members {
        let s = statement(all, *at);
        let (Some(e), Some(span)) = (s.speaker, s.source.first()) else { continue };
        // Whom a pronoun stands for is worked out and not printed, but for "who" right behind a name.
        let text = &all.items[at.0].report.text;
        let word = span.of(text).to_lowercase();
        let beside = || {
            let named = all.items[at.0].facts.mentions.iter().filter(|m| m.entity == Some(e));
            named.filter(|m| m.span.end <= span.start).any(|m| {
                text.get(m.span.hi()..span.lo()).is_some_and(|b| b.trim_matches([' ', ',']).is_empty())
            })
        };
        let who = word == "who" && beside();
        let pronoun = PRONOUNS.contains(&word.as_str());
        // A pronoun says whose words they are where the person named for them is nowhere in that report.
        let known = if pronoun { absent(all, c, at.0) } else { s.speaker_named };
        if !who && !known {
            continue;
        }
        let actor = all.reports[at.0].actors.get(e as usize).and_then(|a| all.actors.get(a));
        if let Some(a) = actor.filter(|a| a.kind == ActorKind::Person && s.form != Form::Indirect) {
            values.push((a.name.clone(), at.0, *span));
        }
    }
    // "Obama" and "Barack Obama" may be one, though nothing in the reports ties them.
    if values.iter().all(|a| values.iter().all(|b| one_name(&a.0, &b.0))) {
        return None;
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

/// Whether one name has all words of the other.
fn one_name(a: &str, b: &str) -> bool {
    let (a, b): (Vec<String>, Vec<String>) = (fold::words(a).collect(), fold::words(b).collect());
    a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
}

/// A wording: its words, its report, its sentences.
type Worded = (Vec<String>, usize, Vec<Vec<String>>);

/// Whether whoever is named elsewhere as the speaker of a quotation is nowhere in a report: a pronoun for its speaker there,
/// whomever it stands for, stands for somebody else.
fn absent(all: &All<'_>, c: &Cluster, report: usize) -> bool {
    let here: BTreeSet<&Id> = all.reports[report].actors.iter().collect();
    let named = c.members.iter().filter_map(|at| {
        let s = statement(all, *at);
        let source =
            s.source.first().filter(|_| s.speaker_named)?.of(&all.items[at.0].report.text).to_lowercase();
        let actor = all.reports[at.0].actors.get(s.speaker? as usize)?;
        (!PRONOUNS.contains(&source.as_str())).then_some(actor)
    });
    let named: Vec<&Id> = named.collect();
    !named.is_empty() && named.iter().all(|a| !here.contains(a))
}

/// The piece of a quotation that has most of the words of the others.
fn piece(all: &All<'_>, at: (usize, usize), others: &[Worded]) -> Option<Span> {
    let s = statement(all, at);
    let text = &all.items[at.0].report.text;
    let said: BTreeSet<&str> =
        others.iter().filter(|o| o.1 != at.0).flat_map(|o| o.0.iter().map(String::as_str)).collect();
    let common = |x: &Span| fold::words(x.of(text)).filter(|w| said.contains(w.as_str())).count();
    // The first of several that have as many.
    s.content.iter().rev().max_by_key(|x| common(x)).copied()
}

/// One quotation, words changed. A cut is no difference, unless it takes the end off a sentence: the shorter must stand
/// whole in the longer, and end where a sentence of it ends.
pub(super) fn wordings(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let mut members: Vec<(usize, usize)> = Vec::new();
    let mut words: Vec<Worded> = Vec::new();
    for at in &c.members {
        let s = statement(all, *at);
        if s.form == Form::Indirect {
            continue;
        }
        let report = all.items[at.0].report;
        let w = quoted_words(report, s);
        if s.content.is_empty() {
            continue;
        }
        let sentences = s
            .content
            .iter()
            .flat_map(|x| x.of(&report.text).split(['.', '!', '?']))
            .map(|x| fold::words(x).collect::<Vec<_>>())
            .collect();
        members.push(*at);
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
    let value = |(at, w): (&(usize, usize), &Worded)| Some((w.0.join(" "), at.0, piece(all, *at, &words)?));
    let values: Vec<Value> = members.iter().zip(&words).filter_map(value).collect();
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
    fn a_shorter_name_is_no_other_speaker() {
        assert!(one_name("Obama", "Barack Obama") && one_name("Moussa Koussa", "Moussa Koussa Koussa"));
        assert!(!one_name("Moussa Koussa", "Moussa Ibrahim") && !one_name("Obama", "Clinton"));
    }

    #[test]
    fn a_spelling_is_no_other_word() {
        let w = |s: &str| fold::words(s).collect::<Vec<_>>();
        assert!(spelt(&w("sign the cheque for the harbour"), &w("sign the check for the harbor")));
        assert!(!spelt(&w("we came to listen"), &w("we came to talk")));
        assert!(!spelt(&w("sell it now"), &w("sell it here")));
    }

    #[test]
    fn the_end_of_a_sentence_matters() {
        let w = |s: &str| fold::words(s).collect::<Vec<_>>();
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
