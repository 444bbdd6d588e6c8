//! Entities, speakers, offices and figures: the Markdown suites of their folders, read with the names of the rules reader.
#![allow(clippy::unwrap_used)]

mod suite;

use chancery_facts::{Context, entities, figures, note};
use chancery_model::Span;
use chancery_model::facts::{Maker, OfficeClaim, ReportFacts, Statement, Tenure};
use chancery_model::mark::Marks;
use chancery_model::report::{Given, Report, Segments};
use chancery_model::vocab::{Act, Form, Sure};
use chancery_reader::neural::NeuralReader;
use chancery_reader::{Reader, rules::names};
use toml::{Table, Value};

fn marked(text: &str) -> (Report, Segments, Marks) {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let marks = Marks { names: names::find(&report.text, &segments), ..Marks::default() };
    (report, segments, marks)
}

fn read(text: &str) -> (Report, ReportFacts) {
    let (report, segments, marks) = marked(text);
    let facts = note(&report, &segments, &marks);
    (report, facts)
}

fn put(out: &mut Table, key: &str, value: Option<impl Into<Value>>) {
    if let Some(v) = value {
        out.insert(key.into(), v.into());
    }
}

fn entity(out: &mut Table, facts: &ReportFacts, n: Option<u32>) {
    let e = n.and_then(|n| facts.entities.get(n as usize));
    put(out, "entity", e.map(|e| e.name.clone()));
    put(out, "is", e.map(|e| e.kind.to_string()));
    put(out, "country", e.and_then(|e| e.country.clone()));
    put(out, "sector", e.and_then(|e| e.sector.clone()));
    put(out, "outlet", e.and_then(|e| e.outlet.clone()));
}

#[test]
fn entities_suite() {
    entities_of("entities", 40, read);
}

#[test]
fn entities_by_the_trained_readers_trees() {
    let reader = NeuralReader::embedded().expect("weights are built in").unwrap();
    entities_of("entities-by-tree", 10, |text| read_by(&reader, text));
}

fn entities_of(folder: &str, least: usize, read: impl Fn(&str) -> (Report, ReportFacts)) {
    suite::run(folder, "mention", least, |case| {
        let (report, facts) = read(&case.text);
        let one = |m: &chancery_model::facts::Mention| {
            let mut out = Table::new();
            put(&mut out, "text", Some(m.span.of(&report.text)));
            put(&mut out, "kind", Some(m.kind.to_string()));
            entity(&mut out, &facts, m.entity);
            let p = m.place.and_then(|p| facts.places.get(p as usize));
            put(&mut out, "place", p.map(|p| p.name.clone()));
            put(&mut out, "place_kind", p.map(|p| p.kind.to_string()));
            put(&mut out, "place_country", p.and_then(|p| p.country.clone()));
            out.entry("entity").or_insert("".into());
            out.entry("place").or_insert("".into());
            out
        };
        facts.mentions.iter().map(one).collect()
    });
}

#[test]
fn speakers_suite() {
    suite::run("speakers", "speaker", 15, |case| {
        let (report, segments, marks) = marked(&case.text);
        let mut ctx =
            Context { report: &report, segments: &segments, marks: &marks, facts: ReportFacts::default() };
        entities::add(&mut ctx);
        let mut out = Vec::new();
        for words in case.expected["ask"].as_array().unwrap() {
            let words = words.as_str().unwrap();
            let at = report
                .text
                .find(words)
                .unwrap_or_else(|| panic!("{}: {words:?} is not in the text", case.place));
            let found = entities::resolve(&mut ctx, Span::new(at, at + words.len()));
            let mut t = Table::new();
            put(&mut t, "text", Some(words));
            put(&mut t, "named", found.map(|f| f.1));
            entity(&mut t, &ctx.facts, found.map(|f| f.0));
            t.entry("entity").or_insert("".into());
            out.push(t);
        }
        assert!(
            ctx.facts.mentions.windows(2).all(|w| w[0].span <= w[1].span),
            "{}: mentions out of order",
            case.place
        );
        out
    });
}

#[test]
fn offices_suite() {
    suite::run("offices", "office", 15, |case| {
        let (report, facts) = read(&case.text);
        let one = |o: &OfficeClaim| {
            let mut out = Table::new();
            put(&mut out, "text", Some(o.span.of(&report.text)));
            put(&mut out, "who", facts.entities.get(o.entity as usize).map(|e| e.name.clone()));
            put(&mut out, "office", Some(o.office.clone()));
            put(&mut out, "organization", o.organization.clone());
            put(&mut out, "country", o.country.clone());
            let tenure = match o.tenure {
                Tenure::Current => "current",
                Tenure::Former => "former",
                Tenure::Outgoing => "outgoing",
                Tenure::Elect => "elect",
                Tenure::Acting => "acting",
                Tenure::Then => "then",
            };
            put(&mut out, "tenure", Some(tenure));
            out
        };
        facts.offices.iter().map(one).collect()
    });
}

#[test]
fn figures_suite() {
    figures_of("figures", 40, read);
}

#[test]
fn figures_by_the_trained_readers_trees() {
    let reader = NeuralReader::embedded().expect("weights are built in").unwrap();
    figures_of("figures-by-tree", 30, |text| read_by(&reader, text));
}

fn read_by(reader: &NeuralReader, text: &str) -> (Report, ReportFacts) {
    let report = chancery_text::from_text("case", text, Given::default());
    let segments = chancery_text::segment(&report);
    let marks = reader.read(&report, &segments);
    let facts = note(&report, &segments, &marks);
    (report, facts)
}

fn figures_of(folder: &str, least: usize, read: impl Fn(&str) -> (Report, ReportFacts)) {
    suite::run(folder, "figure", least, |case| {
        let (report, facts) = read(&case.text);
        let one = |f: &chancery_model::facts::Figure| {
            let mut out = Table::new();
            put(&mut out, "text", Some(f.span.of(&report.text)));
            put(&mut out, "low", f.low);
            put(&mut out, "high", f.high);
            put(&mut out, "qualifier", Some(f.qualifier.to_string()));
            put(&mut out, "unit", f.unit.clone());
            put(&mut out, "measure", Some(f.measure.clone()));
            put(&mut out, "subject", f.subject.clone());
            put(&mut out, "of", f.of.clone());
            put(&mut out, "derivation", f.derivation.clone());
            put(
                &mut out,
                "as_of",
                f.as_of.and_then(|t| facts.times.get(t as usize)).map(|t| t.span.of(&report.text)),
            );
            out.entry("low").or_insert("open".into());
            out.entry("high").or_insert("open".into());
            out.entry("subject").or_insert("".into());
            out
        };
        for (n, f) in facts.figures.iter().enumerate() {
            assert!(
                f.derived_from.iter().all(|d| (*d as usize) < n),
                "{}: derived from a later figure",
                case.place
            );
        }
        facts.figures.iter().map(one).collect()
    });
}

#[test]
fn a_figure_has_the_speaker_of_the_innermost_statement() {
    let text = "The ministry said the mayor had told it that 40 people were hurt.";
    let (report, segments, marks) = marked(text);
    let mut ctx =
        Context { report: &report, segments: &segments, marks: &marks, facts: ReportFacts::default() };
    let content = |from: &str| vec![Span::new(text.find(from).unwrap(), text.len() - 1)];
    let statement = |speaker, from: &str| Statement {
        form: Form::Indirect,
        act: Act::Say,
        speaker: Some(speaker),
        speaker_named: true,
        content: content(from),
        cue: vec![],
        source: vec![],
        relays: vec![],
        addressee: None,
        said: None,
        place: None,
        medium: None,
        within: None,
        negated: false,
        hedged: false,
        maker: Maker { by: "test".into(), sure: Sure::High },
    };
    ctx.facts.statements = vec![statement(7, "the mayor"), statement(8, "40")];
    figures::add(&mut ctx);
    let f = &ctx.facts.figures[0];
    assert_eq!((f.statement, f.speaker, f.low), (Some(1), Some(8), Some(40.0)));
}
