//! Happenings outside PLOVER: the examples of `happenings.toml`, and the sentences that are none; everyday senses.
#![allow(clippy::unwrap_used, clippy::panic)]

use chancery_facts::note;
use chancery_lexicon::{contexts, everyday, verbs::VERBS};
use chancery_model::facts::{EventMention, ReportFacts};
use chancery_model::report::Given;
use chancery_model::vocab::EventType;
use chancery_reader::{Reader, neural::NeuralReader, rules::RulesReader};

fn read(reader: &dyn Reader, text: &str) -> ReportFacts {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let marks = reader.read(&report, &segments);
    note(&report, &segments, &marks)
}

fn is(e: &EventMention, kind: &str) -> bool {
    e.kind == EventType::Outside && e.mode.as_deref() == Some(kind)
}

#[test]
fn kinds_are_read_in_their_examples_and_not_elsewhere() {
    let Some(reader) = NeuralReader::embedded_first().map(Result::unwrap) else { return };
    let mut wrong = Vec::new();
    for class in VERBS.classes.iter().filter(|c| c.kind == EventType::Outside) {
        let kind = class.mode.as_deref().unwrap();
        assert!(class.outside.examples.len() + class.outside.not.len() > 1, "{kind} has too few sentences");
        for (sentences, wanted) in [(&class.outside.examples, true), (&class.outside.not, false)] {
            for s in sentences {
                let facts = read(&reader, s);
                if facts.events.iter().any(|e| is(e, kind)) != wanted {
                    let found: Vec<_> = facts.events.iter().map(|e| (e.kind, &e.mode)).collect();
                    wrong.push(format!("{kind}, {wanted}: {s:?} gives {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn contexts_are_of_the_list() {
    let known: Vec<&str> = contexts::all().iter().map(|c| c.name.as_str()).collect();
    for class in VERBS.classes.iter().filter(|c| c.kind == EventType::Outside) {
        for c in &class.outside.contexts {
            assert!(known.contains(&c.as_str()), "{c}");
        }
    }
}

#[test]
fn nouns_are_read_without_a_tree() {
    let facts = read(&RulesReader, "The earthquake in Izmir was felt on Tuesday. A ferry sank off Zanzibar.");
    let found: Vec<_> = facts.events.iter().map(|e| (e.kind, &e.mode, e.time)).collect();
    assert!(facts.events.iter().any(|e| is(e, "earthquake")), "{found:?}");
    // Without a tree nothing tells what sank.
    assert!(!facts.events.iter().any(|e| is(e, "sinking")));
}

#[test]
fn what_has_a_type_comes_first() {
    let Some(reader) = NeuralReader::embedded_first().map(Result::unwrap) else { return };
    // A glance at an election beside a deed, with neither day nor place, makes no row.
    let facts = read(&reader, "After the election, Norway asked Chad for talks.");
    assert!(facts.events.iter().all(|e| e.kind != EventType::Outside));
    let facts = read(&reader, "Norway asked Chad for talks after the election in Gabon on 3 May.");
    assert!(facts.events.iter().any(|e| is(e, "election")));
}

#[test]
fn everyday_senses_tell_no_happening() {
    let Some(reader) = NeuralReader::embedded_first().map(Result::unwrap) else { return };
    for s in everyday::all() {
        let facts = read(&reader, &s.example);
        let told: Vec<_> = facts.events.iter().map(|e| (e.kind, e.span.of(&s.example))).collect();
        assert!(told.is_empty(), "{:?} tells {told:?}", s.example);
    }
}
