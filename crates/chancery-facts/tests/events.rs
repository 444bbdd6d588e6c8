//! Mentions of happenings: the Markdown suites of `tests/suites/events`, and the examples of the lexicon.
#![allow(clippy::unwrap_used)]

mod suite;

use chancery_facts::note;
use chancery_lexicon::{status::STATUS, verbs::VERBS};
use chancery_model::Span;
use chancery_model::facts::ReportFacts;
use chancery_model::report::{Given, Report};
use chancery_model::vocab::Role;
use chancery_reader::{Reader, rules::RulesReader};
use proptest::prelude::*;

fn read(text: &str) -> (Report, ReportFacts) {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let marks = RulesReader.read(&report, &segments);
    let facts = note(&report, &segments, &marks);
    (report, facts)
}

#[test]
fn suites() {
    suite::run("events", "event", 60, |case| {
        let (report, facts) = read(&case.text);
        let one = |e: &chancery_model::facts::EventMention| {
            let mut out = toml::Table::new();
            let mut put = |k: &str, v: Option<String>| {
                out.insert(k.to_owned(), v.unwrap_or("none".to_owned()).into());
            };
            put("text", Some(e.span.of(&report.text).to_owned()));
            put("type", Some(e.kind.to_string()));
            put("mode", e.mode.clone());
            put("cameo", e.cameo.clone());
            put("status", Some(e.status.to_string()));
            put("name", e.name.clone());
            put("place", e.place.map(|p| facts.places[p as usize].name.clone()));
            put("time", e.time.map(|t| facts.times[t as usize].span.of(&report.text).to_owned()));
            for role in [Role::Actor, Role::Recipient, Role::Host] {
                let who: Vec<toml::Value> = e
                    .participants
                    .iter()
                    .filter(|p| p.role == role)
                    .map(|p| facts.entities[p.entity as usize].name.clone().into())
                    .collect();
                out.insert(role.to_string(), toml::Value::Array(who));
            }
            out
        };
        facts.events.iter().map(one).collect()
    });
}

#[test]
fn every_class_is_read_in_its_example() {
    let mut wrong = Vec::new();
    for class in &VERBS.classes {
        let (_, facts) = read(&class.example);
        if !facts.events.iter().any(|e| e.kind == class.kind && e.cameo == class.cameo) {
            let found: Vec<_> = facts.events.iter().map(|e| (e.kind, e.cameo.clone())).collect();
            wrong.push(format!("{} {:?}: {:?} gives {found:?}", class.kind, class.cameo, class.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_status_is_read_in_its_examples() {
    let mut wrong = Vec::new();
    for group in &STATUS.groups {
        for example in &group.examples {
            let (open, close) = (example.find('[').unwrap(), example.find(']').unwrap());
            let text = example.replace(['[', ']'], "");
            let word = Span::new(open, close - 1);
            let (_, facts) = read(&text);
            let found: Vec<_> =
                facts.events.iter().filter(|e| e.span.overlaps(word)).map(|e| e.status).collect();
            if !found.contains(&group.status) {
                wrong.push(format!("{}: {example:?} gives {found:?}", group.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn arbitrary_text_gives_sound_facts(text in "[A-Za-z,.'\" éö]{0,160}") {
        let (report, facts) = read(&text);
        for e in &facts.events {
            prop_assert!(!e.span.is_empty() && report.is_fact_ground(e.span));
            prop_assert!(e.participants.iter().all(|p| (p.entity as usize) < facts.entities.len()));
        }
    }
}
