//! Prints the tree and the events of each line of standard input, as the trained reader reads it.
#![allow(clippy::print_stdout, clippy::expect_used)]
use chancery_model::report::Given;
use chancery_reader::{Reader, neural::NeuralReader};
use std::io::BufRead;

fn main() {
    let reader = NeuralReader::embedded().expect("weights").expect("weights");
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("line");
        let report = chancery_text::from_text("case", &line, Given::default());
        let segments = chancery_text::segment(&report);
        let marks = reader.read(&report, &segments);
        println!("{line}");
        let ev: Vec<u32> = marks.events.iter().map(|e| e.token).collect();
        for (n, s) in marks.syntax.iter().enumerate() {
            let w = segments.word(&report.text, n);
            let h = if s.head as usize == n { "ROOT" } else { segments.word(&report.text, s.head as usize) };
            print!("{n}:{w}/{}/{}>{h}{} ", s.upos, s.deprel, if ev.contains(&(n as u32)) { "*" } else { "" });
        }
        println!();
        let facts = chancery_facts::note(&report, &segments, &marks);
        for n in &marks.names {
            println!("  name {:?} {}", segments.span(n.tokens).of(&report.text), n.kind);
        }
        for s in &facts.statements {
            println!(
                "  statement {} {:?} content {:?}",
                s.act,
                s.speaker.map(|e| &facts.entities[e as usize].name),
                s.content.iter().map(|c| c.of(&report.text)).collect::<Vec<_>>()
            );
        }
        for e in &facts.events {
            let who: Vec<String> = e
                .participants
                .iter()
                .map(|p| format!("{} {}", p.role, facts.entities[p.entity as usize].name))
                .collect();
            println!(
                "  {:?} {} {:?} {} {:?} place {:?} time {:?}",
                e.span.of(&report.text),
                e.kind,
                e.cameo,
                e.status,
                who,
                e.place.map(|p| &facts.places[p as usize].name),
                e.time.map(|t| facts.times[t as usize].span.of(&report.text))
            );
        }
    }
}
