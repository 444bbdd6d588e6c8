//! Every example of `data/cues.toml` is read as it is marked: source in `[]`, cue in `{}`, content in `<>`.

#![allow(clippy::unwrap_used)]

use chancery_lexicon::cues::cues;
use chancery_model::report::Given;
use chancery_model::span::{Span, TokenRange};
use chancery_reader::rules::attributions;

/// The plain sentence and its marked stretches, as (mark, span).
fn unmark(example: &str) -> (String, Vec<(char, Span)>) {
    let mut plain = String::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut out = Vec::new();
    for c in example.chars() {
        match c {
            '[' | '{' | '<' => open.push((c, plain.len())),
            ']' | '}' | '>' => {
                let (mark, start) = open.pop().unwrap();
                out.push((mark, Span::new(start, plain.len())));
            }
            _ => plain.push(c),
        }
    }
    assert!(open.is_empty(), "unclosed mark in {example:?}");
    (plain, out)
}

/// Words only: marks at the edge of a span are a matter of taste.
fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

fn check(lemma: &str, example: &str) -> Option<String> {
    let (plain, marked) = unmark(example);
    let want = |mark: char| -> String {
        let v: Vec<String> =
            marked.iter().filter(|(m, _)| *m == mark).map(|(_, s)| words(s.of(&plain))).collect();
        v.join(" | ")
    };
    let report = chancery_text::from_text("example", &plain, Given::default());
    let seg = chancery_text::segment(&report);
    let names = chancery_reader::rules::names::find(&report.text, &seg);
    let found = attributions::find(&report.text, &seg, &names);
    let have = |v: &[TokenRange]| -> String {
        v.iter().map(|r| words(seg.span(*r).of(&plain))).collect::<Vec<_>>().join(" | ")
    };
    let want = (want('['), want('{'), want('<'));
    assert!(
        !want.1.is_empty() && !want.2.is_empty(),
        "{lemma}: the example marks no cue or no content: {example}"
    );
    let got: Vec<_> = found.iter().map(|a| (have(&a.source), have(&a.cue), have(&a.content))).collect();
    (!got.contains(&want)).then(|| format!("{lemma}: {example}\n    read as {got:?}"))
}

#[test]
fn every_example_is_read_as_marked() {
    let verbs = cues().verbs.iter().map(|c| (c.lemma.as_str(), c.example.as_str()));
    let nouns = cues().nouns.iter().map(|n| (n.lemma.as_str(), n.example.as_str()));
    let wrong: Vec<String> = verbs.chain(nouns).filter_map(|(l, e)| check(l, e)).collect();
    assert!(wrong.is_empty(), "{} examples are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_example_holds_its_own_cue() {
    for c in &cues().verbs {
        let (plain, marked) = unmark(&c.example);
        let cue = marked.iter().find(|(m, _)| *m == '{').map(|(_, s)| s.of(&plain).to_lowercase()).unwrap();
        let first = cue.split(' ').next().unwrap().to_owned();
        assert!(
            cues().verbs_of(&first).any(|(v, _)| v.lemma == c.lemma),
            "{}: {cue:?} is none of its forms",
            c.lemma
        );
    }
}
