//! `chancery show`: the record in a few lines, or one report with its facts under each sentence.

use super::{build::totals, open};
use crate::out::{BOLD, DIM, Out, styled};
use chancery::Store;
use chancery::views::{self, ReportView, SentenceView, StatementQuery};
use chancery_model::vocab::BlockKind;
use std::path::Path;
use std::process::ExitCode;

pub fn run(record: &Path, report: Option<&str>, out: &Out) -> anyhow::Result<ExitCode> {
    let store = open(record)?;
    match report {
        Some(asked) => {
            let view = views::report_view(&store, asked)?;
            if out.json { out.json(&view)? } else { one(&view, out)? }
        }
        None => summary(&store, record, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The record in a few lines.
pub fn summary(store: &Store, record: &Path, out: &Out) -> anyhow::Result<()> {
    let s = views::summary(store)?;
    if out.json {
        return out.json(&s);
    }
    out.line(totals(&s))?;
    let outlets = super::count(s.outlets, "outlet");
    match (s.from, s.to) {
        (Some(a), Some(b)) => out.line(format!("{outlets}, from {a} to {b}"))?,
        _ => out.line(outlets)?,
    }
    if s.unread > 0 {
        out.line(format!("{} not read, for the language", super::count(s.unread, "report")))?;
    }
    let disagreements = views::disagreements(store, None)?;
    if !disagreements.is_empty() {
        out.line("")?;
        out.line(styled(BOLD, "Where the reports disagree"))?;
        for d in disagreements.iter().take(5) {
            super::ask::disagreement(d, out)?;
        }
        if disagreements.len() > 5 {
            out.line(styled(
                DIM,
                format!("  … {} more: chancery ask {} disagree", disagreements.len() - 5, record.display()),
            ))?;
        }
    }
    out.line("")?;
    out.line(styled(BOLD, "Spoken of most"))?;
    for (name, n) in &s.actors {
        out.line(format!("  {name} ({})", super::count(usize::try_from(*n).unwrap_or(0), "report")))?;
    }
    let said = views::who_said(store, &StatementQuery { direct: true, ..StatementQuery::default() })?;
    if !said.is_empty() {
        out.line("")?;
        out.line(styled(BOLD, "Latest quotations"))?;
        for v in said.iter().rev().filter(|v| v.published.is_some()).take(3) {
            super::ask::statement(v, out)?;
        }
    }
    Ok(())
}

fn one(v: &ReportView, out: &Out) -> anyhow::Result<()> {
    let head = v.title.clone().unwrap_or_else(|| v.key.clone());
    out.line(styled(BOLD, head))?;
    let mut facts = vec![v.key.clone()];
    facts.extend(v.outlet.clone());
    facts.extend(v.byline.clone());
    facts.push(v.published.map_or_else(|| "undated".to_owned(), |d| d.to_string()));
    out.line(facts.join(" · "))?;
    out.line(styled(DIM, format!("Date: {}", v.published_why)))?;
    out.line(styled(DIM, format!("Source: {}", v.origin_why)))?;
    for n in &v.notes {
        out.line(styled(DIM, format!("Note: {n}")))?;
    }
    for s in &v.sentences {
        sentence(s, out)?;
    }
    Ok(())
}

fn sentence(s: &SentenceView, out: &Out) -> anyhow::Result<()> {
    if s.begins {
        out.line("")?;
    }
    let at = if out.verbose() { styled(DIM, format!("[{}-{}] ", s.start, s.end)) } else { String::new() };
    let words = s.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(s.block, BlockKind::Headline | BlockKind::Body) {
        out.line(format!("{at}{words}"))?;
    } else {
        out.line(format!("{at}{}", styled(DIM, format!("[{}: {words}]", s.block))))?;
    }
    for f in s.facts.iter().filter(|f| out.verbose() || f.kind != "name") {
        let text = f.text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.line(format!("    {} {text}", styled(DIM, format!("{:>9}", f.kind))))?;
    }
    Ok(())
}
