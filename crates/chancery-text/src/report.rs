//! From decoded text to a report.

use crate::blocks::{Hints, lay_out};
use crate::{language, mojibake, stamps};
use chancery_model::report::{Block, DateClue, Given, Note, Report};
use chancery_model::vocab::{BlockKind, DateBasis};
use chancery_model::{Days, Id};

/// A report of plain text or Markdown. `text` is kept character for character. `sha256` is empty and `path` unknown:
/// reading from a source fills both. Title, outlet, byline and dateline are taken from `given`, else from the text.
#[must_use]
pub fn from_text(key: &str, text: &str, given: Given) -> Report {
    build(key, text.to_owned(), given, &Hints::default())
}

/// A report of text about whose parts its source knows more.
pub(crate) fn build(key: &str, text: String, mut given: Given, hints: &Hints) -> Report {
    let from = front_matter(&text, &mut given);
    for field in fields(&mut given) {
        *field = field.take().map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
    }
    let layout = lay_out(&text, from, &given, hints);
    let mut clues: Vec<DateClue> = given_clues(&given);
    clues.extend(layout.clues);
    let mut notes = Vec::new();
    if let Some(p) = given.published.as_deref().filter(|p| stamps::field(p).is_none()) {
        let text = format!(
            "{p:?} is no date that can be read, so it does not date the report; write it as 2004-05-17."
        );
        notes.push(Note { path: None, span: None, kind: "date".to_owned(), text });
    }
    notes.extend(mojibake::note(&text));
    notes.extend(of_readers(&text, &layout.blocks));
    let body = |k: BlockKind| k == BlockKind::Body;
    let sample: Vec<&str> =
        layout.blocks.iter().filter(|b| body(b.kind)).map(|b| b.span.of(&text)).take(40).collect();
    let detected = language::detect(&sample.join(" ")).or_else(|| language::detect(&text));
    let (language, readable) = match (&given.language, detected) {
        // A text that is surely not what it is said to be is taken for what it is.
        (Some(said), Some(d)) => {
            (Some(said.clone()), if d.sure { d.tag == "en" } else { language::is_english(said) })
        }
        (Some(said), None) => (Some(said.clone()), language::is_english(said)),
        (None, Some(d)) => (Some(d.tag.to_owned()), d.tag == "en"),
        (None, None) => (None, true),
    };
    if text.trim().is_empty() {
        let text =
            "The report has no text; nothing can be read from it. Check that the source is whole.".to_owned();
        notes.push(Note { path: None, span: None, kind: "empty".to_owned(), text });
    } else if !readable {
        let tag = language.as_deref().unwrap_or("unknown");
        let text =
            format!("Not read: its language ({tag}) is not English. The text is kept and can be searched.");
        notes.push(Note { path: None, span: None, kind: "language".to_owned(), text });
    }
    Report {
        id: id(key, &text, &given),
        key: key.to_owned(),
        sha256: String::new(),
        path: None,
        title: given.title.clone().or(layout.headline),
        outlet: given.outlet.clone().or(layout.outlet),
        byline: given.byline.clone().or(layout.byline),
        dateline: layout.dateline,
        language,
        readable,
        text,
        blocks: layout.blocks,
        clues,
        notes,
        given,
    }
}

/// Words of readers' comments, in hundredths of all, from which a person should look whether they are comments.
const MUCH: usize = 35;

/// A note where much of a text is taken for readers' comments: a heading like "Comments 3" sets aside all that follows.
fn of_readers(text: &str, blocks: &[Block]) -> Option<Note> {
    let words = |k: BlockKind| -> usize {
        blocks.iter().filter(|b| b.kind == k).map(|b| b.span.of(text).split_whitespace().count()).sum()
    };
    let (aside, body) = (words(BlockKind::Comment), words(BlockKind::Body));
    let first = blocks.iter().find(|b| b.kind == BlockKind::Comment)?;
    if 100 * aside < MUCH * (aside + body) {
        return None;
    }
    let from: String = first.span.of(text).chars().take(30).collect();
    let text = format!(
        "{aside} of {} words, from {:?} on, were taken for readers' comments and give no facts; take that line out if they \
         are none.",
        aside + body,
        from.trim()
    );
    Some(Note { path: None, span: Some(first.span), kind: "comments".to_owned(), text })
}

/// The id of a report: of its key, its text and what is given, an absent field differing from an empty one.
fn id(key: &str, text: &str, given: &Given) -> Id {
    let given = [&given.url, &given.title, &given.outlet, &given.byline, &given.language, &given.published];
    let fields: Vec<String> =
        given.iter().map(|f| f.as_ref().map_or_else(String::new, |f| format!("={f}"))).collect();
    let mut parts = vec![key, text];
    parts.extend(fields.iter().map(String::as_str));
    Id::of("report", &parts)
}

fn fields(g: &mut Given) -> [&mut Option<String>; 6] {
    [&mut g.url, &mut g.title, &mut g.outlet, &mut g.byline, &mut g.language, &mut g.published]
}

/// Clues outside the text: the given date and the date in the address.
fn given_clues(given: &Given) -> Vec<DateClue> {
    let clue = |basis, words: String, days: Days| DateClue {
        basis,
        words,
        span: None,
        days,
        month_day: None,
        weekday: None,
    };
    let published =
        given.published.as_ref().and_then(|p| Some(clue(DateBasis::Metadata, p.clone(), stamps::field(p)?)));
    let url = given.url.as_deref().and_then(stamps::in_url).map(|(w, d)| clue(DateBasis::Url, w, d));
    published.into_iter().chain(url).collect()
}

/// Reads front matter (`---`, lines of `name: value`, `---`) into the fields that are not given; returns where the
/// text begins.
fn front_matter(text: &str, given: &mut Given) -> usize {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else { return 0 };
    let mut at = text.len() - rest.len();
    let mut found = Vec::new();
    for line in rest.split_inclusive('\n').take(60) {
        at += line.len();
        let l = line.trim_end();
        if l == "---" || l == "..." {
            for (name, value) in found {
                put(given, name, value);
            }
            return at;
        }
        match l.split_once(':') {
            Some((name, value)) if !name.contains(' ') || l.starts_with(' ') => found.push((name, value)),
            None if l.is_empty() || l.starts_with([' ', '-', '#']) => {}
            _ => return 0,
        }
    }
    0
}

fn put(given: &mut Given, name: &str, value: &str) {
    let value = value.trim().trim_matches(['"', '\'']).trim();
    let field = match name.trim().to_ascii_lowercase().as_str() {
        "title" | "headline" => &mut given.title,
        "outlet" | "source" | "publication" | "publisher" | "site" => &mut given.outlet,
        "author" | "authors" | "byline" | "by" => &mut given.byline,
        "date" | "published" | "pubdate" | "published_at" => &mut given.published,
        "lang" | "language" => &mut given.language,
        "url" | "link" | "canonical" => &mut given.url,
        _ => return,
    };
    if field.is_none() && !value.is_empty() {
        *field = Some(value.to_owned());
    }
}
