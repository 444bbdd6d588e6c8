//! Pages: their main text, and what they say about themselves.

mod meta;
mod scan;

use super::guard::guard;
use crate::blocks::Hints;
use crate::blocks::units::plain;
use chancery_model::report::{Given, Note};
pub(crate) use meta::name;
use scan::{Event, Scan, entities};

/// Finds the main text of a page. The library behind it can be changed for another.
pub(crate) trait MainText {
    /// The main text, its paragraphs parted by blank lines; `None` when the page has none.
    fn main_text(&self, html: &str) -> Option<String>;
}

/// Mozilla's Readability as the `dom_smoothie` crate has it.
pub(crate) struct Smoothie;

impl MainText for Smoothie {
    fn main_text(&self, html: &str) -> Option<String> {
        let config = dom_smoothie::Config {
            text_mode: dom_smoothie::TextMode::Formatted,
            max_elements_to_parse: ELEMENTS,
            disable_json_ld: true,
            ..dom_smoothie::Config::default()
        };
        // A library that walks a tree someone else grew: should it give up, the page is read as plain text.
        let text = guard(|| {
            let article = dom_smoothie::Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
            Some(article.text_content.to_string())
        });
        text.flatten().filter(|t| t.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST)
    }
}

/// Pages nested deeper are not given to a library that walks trees: its stack could end.
const DEEPEST: usize = 250;
/// Nor are pages with more elements: its time could.
const ELEMENTS: usize = 60_000;
/// A main text with fewer letters is none.
const SHORTEST: usize = 80;

/// A page, read.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) given: Given,
    pub(crate) hints: Hints,
    pub(crate) notes: Vec<Note>,
}

/// Reads a page. Where it has a title that its main text does not begin with, the title goes before it.
pub(crate) fn read(html: &str, main: &dyn MainText) -> Page {
    let meta = meta::read(html);
    let walkable = meta.depth <= DEEPEST && meta.elements <= ELEMENTS;
    let found = if walkable { main.main_text(html) } else { None };
    let mut notes = Vec::new();
    let text = match found {
        Some(t) => tidy(&t),
        None => {
            let why = if walkable {
                "the page has no main text"
            } else {
                "the page is nested too deep or too large to look for its main text"
            };
            let text = format!(
                "All visible text was taken, because {why}. Look for menus and adverts in it, or give the text alone."
            );
            notes.push(Note { path: None, span: None, kind: "main_text".to_owned(), text });
            visible(html)
        }
    };
    let head: String = text.lines().take(6).map(plain).collect::<Vec<_>>().join("\n");
    let text = match meta.given.title.as_deref() {
        Some(t) if !text.is_empty() && !head.lines().any(|l| l == plain(t)) => format!("{t}\n\n{text}"),
        _ => text,
    };
    Page { text, given: meta.given, hints: Hints { captions: meta.captions }, notes }
}

/// Lines without spaces at their ends, paragraphs parted by one blank line.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        out.push_str(&line);
        blank = false;
    }
    out
}

/// The visible text of a page, without a tree: elements that stand on their own begin a paragraph.
fn visible(html: &str) -> String {
    let mut raw = String::new();
    let mut hidden: Option<String> = None;
    for event in Scan::new(html) {
        match event {
            Event::Open(n, _) if hidden.is_none() => {
                if matches!(
                    n.as_str(),
                    "script"
                        | "style"
                        | "noscript"
                        | "template"
                        | "title"
                        | "iframe"
                        | "textarea"
                        | "button"
                        | "select"
                ) {
                    hidden = Some(n);
                } else if n == "br" {
                    raw.push('\n');
                } else if stands_alone(&n) {
                    raw.push_str("\n\n");
                }
            }
            Event::Close(n) => {
                if hidden.as_ref() == Some(&n) {
                    hidden = None;
                } else if hidden.is_none() && stands_alone(&n) {
                    raw.push_str("\n\n");
                }
            }
            Event::Text(t) if hidden.is_none() => {
                // White space in a page is one space, its line ends too.
                let spaced: String =
                    t.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }).collect();
                raw.push_str(&entities(&spaced));
            }
            _ => {}
        }
    }
    tidy(&raw)
}

fn stands_alone(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The encoding that a page names in its first bytes.
pub(crate) fn said_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?.to_ascii_lowercase();
    let at = head.windows(8).position(|w| w == b"charset=")?;
    let rest: Vec<u8> =
        head.get(at + 8..)?.iter().copied().skip_while(|b| matches!(b, b'"' | b'\'' | b' ')).collect();
    let end =
        rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
    encoding_rs::Encoding::for_label(rest.get(..end)?)
}
