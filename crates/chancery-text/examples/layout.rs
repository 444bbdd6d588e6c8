//! Prints how reports are laid out and cut: blocks with their reasons, then sentences and quotations.
//!
//! `cargo run -p chancery-text --example layout -- PATH…`
#![allow(clippy::print_stdout)]

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for r in chancery_text::read(&paths, &chancery_text::Options::default()) {
        let r = match r {
            Ok(r) => r,
            Err(p) => {
                println!("== {p}");
                continue;
            }
        };
        let path = &r.key;
        println!(
            "== {path}\ntitle {:?} outlet {:?} byline {:?} dateline {:?} language {:?} read {}",
            r.title, r.outlet, r.byline, r.dateline, r.language, r.readable
        );
        for c in &r.clues {
            println!(
                "  clue {} {:?} {:?} {:?} {:?}",
                c.basis,
                c.words,
                c.days.to_edtf().map(|e| e.to_string()),
                c.month_day,
                c.weekday
            );
        }
        for n in &r.notes {
            println!("  note {} {}", n.kind, n.text);
        }
        for b in &r.blocks {
            let w: Vec<char> = b.span.of(&r.text).chars().collect();
            let head: String = w.iter().take(70).collect();
            let tail: String = w.iter().skip(70.max(w.len().saturating_sub(40))).collect();
            println!("  {:11} {head:?} … {tail:?} ({})", b.kind.as_str(), b.why);
        }
        let s = chancery_text::segment(&r);
        for x in &s.sentences {
            let words: Vec<&str> = x.tokens.iter().map(|t| s.word(&r.text, t)).collect();
            println!("  p{} {}", x.paragraph, words.join("|").chars().take(150).collect::<String>());
        }
        for q in &s.quotes {
            println!(
                "  quote closed={} single={} continues={:?} {:?}",
                q.closed,
                q.single,
                q.continues,
                q.span.of(&r.text).chars().take(60).collect::<String>()
            );
        }
    }
}
