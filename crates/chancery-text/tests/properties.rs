//! What holds for every text.

use chancery_model::report::{Given, Report, Segments};
use chancery_text::segment::is_space;
use chancery_text::{from_text, segment};
use proptest::prelude::*;

/// Everything that must hold of blocks and segments, whatever the text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let r = from_text("k", text, Given::default());
    prop_assert_eq!(&r.text, text);
    let mut last = 0;
    let mut covered = vec![false; text.len()];
    for b in &r.blocks {
        prop_assert!(b.span.lo() >= last && !b.span.is_empty() && !b.why.is_empty());
        prop_assert!(text.get(b.span.lo()..b.span.hi()).is_some());
        covered[b.span.lo()..b.span.hi()].fill(true);
        last = b.span.hi();
    }
    for (i, c) in text.char_indices().filter(|(_, c)| !is_space(*c)) {
        prop_assert!(covered[i], "{c:?} at {i} is in no block");
    }
    for c in &r.clues {
        prop_assert!(c.span.is_none_or(|s| s.of(text) == c.words));
    }
    segments(&r, &segment(&r))
}

fn segments(r: &Report, s: &Segments) -> Result<(), TestCaseError> {
    let t = r.text.as_str();
    let (mut last, mut sentence, mut token) = (0, 0, 0);
    for (n, p) in s.paragraphs.iter().enumerate() {
        let block = &r.blocks[p.block as usize];
        prop_assert!(block.span.contains(p.span) && block.kind.bears_facts() && p.span.lo() >= last);
        last = p.span.hi();
        prop_assert_eq!(p.sentences.0, sentence);
        for x in &s.sentences[p.sentences.0 as usize..p.sentences.1 as usize] {
            prop_assert!(p.span.contains(x.span) && x.paragraph as usize == n && !x.tokens.is_empty());
            prop_assert_eq!(x.tokens.start, token);
            prop_assert_eq!(x.span, s.span(x.tokens));
            for k in x.tokens.iter() {
                let w = s.tokens[k].span;
                prop_assert!(!w.of(t).is_empty() && x.span.contains(w));
                prop_assert!(k == 0 || s.tokens[k - 1].span.end <= w.start);
                let inside = |q: u32| s.quotes[q as usize].tokens.has(k);
                prop_assert!(s.tokens[k].quote.is_none_or(inside));
            }
            token = x.tokens.end;
        }
        sentence = p.sentences.1;
    }
    prop_assert_eq!(sentence as usize, s.sentences.len());
    prop_assert_eq!(token as usize, s.tokens.len());
    for (n, q) in s.quotes.iter().enumerate() {
        prop_assert!(!q.tokens.is_empty() && q.span == s.span(q.tokens));
        prop_assert!(s.paragraphs.iter().any(|p| p.span.contains(q.span)));
        prop_assert!(q.continues.is_none_or(|c| (c as usize) < n && !s.quotes[c as usize].closed));
        prop_assert!(
            q.within.is_none_or(|w| (w as usize) < n && s.quotes[w as usize].tokens.contains(q.tokens))
        );
        prop_assert!(n == 0 || s.quotes[n - 1].span.start <= q.span.start);
    }
    // Every character of the text proper is in a token, but for marks of Markdown.
    let mut covered = vec![false; t.len()];
    for w in &s.tokens {
        covered[w.span.lo()..w.span.hi()].fill(true);
    }
    let marked = t.contains("](") || t.contains(['*', '#', '>', '_', '•', '+', '-']);
    for b in r.blocks.iter().filter(|b| b.kind.bears_facts() && !marked) {
        for (i, c) in b.span.of(t).char_indices().filter(|(_, c)| !is_space(*c)) {
            prop_assert!(covered[b.span.lo() + i], "{c:?} is in no token");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text(s in any::<String>()) {
        check(&s)?;
    }

    #[test]
    fn text_like_reports(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        check(&parts.concat())?;
    }
}

const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    " ",
    "\r\n",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "The envoy",
    "said",
    "U.S.",
    "Mr.",
    "J. K.",
    "Lund",
    ".",
    ".",
    "?",
    "...",
    "…",
    ",",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "-",
    "--",
    "—",
    "(",
    ")",
    "[",
    "]",
    "[ad 3]",
    "don't",
    "cannot",
    "3.5",
    "195,000",
    "$",
    "%",
    "OSLO, July 3 (HNA) - ",
    "By Mia Holt",
    "17 June 2013, 22:15",
    "Comments 2",
    "Also Read",
    "Photo: x",
    "# ",
    "**",
    "*",
    "[a](https://a.example/x)",
    "---\n",
    "title: x\n",
    "é",
    "e\u{301}",
    "中文",
    "🙂",
    "ends.The",
    "it's",
    "'s",
    "www.a.example",
    "x@a.example",
    "(Reporting by L. Berg)",
    "© 2004",
    "a\u{ad}b",
    "\0",
    "> ",
    "- ",
    "1. ",
    "&",
    "AT&T",
    "@x",
    "#y",
];
