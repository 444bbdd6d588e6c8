//! From decoded text to a report.

use crate::segment::{is_complete, trim};
use chancery_model::report::{Block, Given, Report};
use chancery_model::vocab::BlockKind;
use chancery_model::{Id, Span};

/// A report of plain text. `sha256` is empty and `path` unknown: ingest fills both.
#[must_use]
pub fn from_text(key: &str, text: &str, given: Given) -> Report {
    let fields = [&given.url, &given.title, &given.outlet, &given.byline, &given.language, &given.published];
    let mut parts: Vec<&str> = vec![key, text];
    parts.extend(fields.iter().map(|f| f.as_deref().unwrap_or("")));
    let id = Id::of("report", &parts);
    let blocks = blocks(text);
    let head = blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| b.span.of(text).to_owned());
    Report {
        id,
        key: key.to_owned(),
        sha256: String::new(),
        path: None,
        title: given.title.clone().or(head),
        outlet: given.outlet.clone(),
        byline: given.byline.clone(),
        dateline: None,
        language: given.language.clone().or(Some("en".to_owned())),
        readable: true,
        text: text.to_owned(),
        blocks,
        clues: Vec::new(),
        notes: Vec::new(),
        given,
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let all = trim(text, Span::new(0, text.len()));
    if all.is_empty() {
        return Vec::new();
    }
    let block = |span, kind, why: &str| Block { span, kind, why: why.to_owned() };
    let first = all.of(text).lines().next().unwrap_or("");
    let head = trim(text, Span::new(all.lo(), all.lo() + first.len()));
    let rest = trim(text, Span::new(head.hi(), all.hi()));
    if !rest.is_empty() && head.len() < 160 && !is_complete(head.of(text)) {
        vec![block(head, BlockKind::Headline, "first line"), block(rest, BlockKind::Body, "text")]
    } else {
        vec![block(all, BlockKind::Body, "text")]
    }
}
