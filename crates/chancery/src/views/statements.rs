//! Who said what, through whom.

use super::Lookup;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::rows::StatementRow;
use chancery_model::schema::Value;
use chancery_model::vocab::{Act, ActorKind, Form, Review, Sure};
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeSet;

/// What is asked of the statements.
#[derive(Debug, Clone, Default)]
pub struct StatementQuery {
    /// By whom.
    pub speaker: Option<String>,
    /// Words that the content holds, or an actor it names.
    pub about: Option<String>,
    /// Earliest day of the report.
    pub from: Option<Day>,
    /// Latest day of the report.
    pub to: Option<Day>,
    /// Passed on by whom.
    pub through: Option<String>,
    /// Only word for word.
    pub direct: bool,
}

/// A statement as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct StatementView {
    /// Statement id.
    pub id: Id,
    /// Report key.
    pub report: String,
    /// Outlet of the report.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// Name of the speaker.
    pub speaker: Option<String>,
    /// Words of the source.
    pub speaker_text: Option<String>,
    /// The chain in plain words: “Haroun, quoted by Kurier”.
    pub chain: String,
    /// Direct, indirect or mixed.
    pub form: Form,
    /// What the speaker does by it.
    pub act: Act,
    /// What was said, as printed.
    pub content: String,
    /// Where: code points of the report.
    pub spans: Vec<[u32; 2]>,
    /// The cue.
    pub cue: String,
    /// To whom.
    pub addressee: Option<String>,
    /// Through which medium.
    pub medium: Option<String>,
    /// When it was said.
    pub said: Option<Edtf>,
    /// The statement it lies within.
    pub within: Option<Id>,
    /// Whether the saying is negated.
    pub negated: bool,
    /// Whether it is hedged.
    pub hedged: bool,
    /// Sureness.
    pub sure: Sure,
    /// What a person said of it.
    pub review: Review,
}

/// Statements that answer a query, by day of the report, report and place in it.
///
/// # Errors
/// When a name is not in the record, or the record cannot be read.
pub fn who_said(store: &Store, q: &StatementQuery) -> Result<Vec<StatementView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let speakers = q.speaker.as_deref().map(|s| look.actors_or_error(s)).transpose()?;
    let mut rows = Vec::new();
    match &speakers {
        Some(ids) => {
            for id in ids.iter().chain(&joint(store, &look, ids)?) {
                rows.extend(store.rows::<StatementRow>(Some(("speaker", Value::Text(id.to_string()))))?);
            }
        }
        None => rows = store.rows::<StatementRow>(None)?,
    }
    let about: Option<BTreeSet<Id>> =
        q.about.as_deref().map(|a| look.actors(a).into_iter().map(|x| x.id.clone()).collect());
    let mut out = Vec::new();
    for row in rows {
        if row.review == Review::Rejected || (q.direct && row.form != Form::Direct) {
            continue;
        }
        let (lo, hi) = {
            let r = look.report(&row.report)?;
            (r.published_lo, r.published_hi)
        };
        // A report whose day is open on one side may still be in the range.
        if q.from.is_some_and(|f| hi.is_some_and(|h| h < f))
            || q.to.is_some_and(|t| lo.is_some_and(|l| l > t))
        {
            continue;
        }
        let view = view(&mut look, &row)?;
        if let (Some(words), Some(ids)) = (&q.about, &about) {
            let folded = fold::name(words);
            let named = named_in(store, &row, ids)?;
            if !named && !fold::name(&view.content).contains(&folded) {
                continue;
            }
        }
        if let Some(t) = &q.through {
            let folded = fold::name(t);
            let named = |r: &chancery_model::rows::RelayCell| {
                fold::name(&r.text).contains(&folded)
                    || look.name(r.actor.as_ref()).is_some_and(|n| fold::name(&n).contains(&folded))
            };
            if !row.relays.0.iter().any(named) {
                continue;
            }
        }
        out.push((lo.or(hi), view));
    }
    out.sort_by(|(a, x), (b, y)| {
        (a.is_none(), a, &x.report, &x.spans).cmp(&(b.is_none(), b, &y.report, &y.spans))
    });
    Ok(out.into_iter().map(|(_, v)| v).collect())
}

/// The groups of several who spoke as one ("Russia and the US said"), one of whom is asked for: those whose name, as
/// printed where they speak, holds a mention of it.
fn joint(store: &Store, look: &Lookup<'_>, ids: &[Id]) -> Result<Vec<Id>, EngineError> {
    let mut out = Vec::new();
    for group in look.all().filter(|a| a.kind == ActorKind::Group && !ids.contains(&a.id)) {
        if !group.name.contains(" and ") && !group.name.contains(',') {
            continue;
        }
        let said = store.rows::<StatementRow>(Some(("speaker", Value::Text(group.id.to_string()))))?;
        let asked: BTreeSet<Id> = ids.iter().cloned().collect();
        for s in said {
            let sources: Vec<[u32; 2]> = s.source.0.clone();
            if named_at(store, &s.report, &sources, &asked)? {
                out.push(group.id.clone());
                break;
            }
        }
    }
    Ok(out)
}

/// Whether the content of a statement names one of the actors.
fn named_in(store: &Store, row: &StatementRow, actors: &BTreeSet<Id>) -> Result<bool, EngineError> {
    if actors.is_empty() {
        return Ok(false);
    }
    named_at(store, &row.report, &row.content.0, actors)
}

/// Whether one of the actors is named in stretches of a report.
fn named_at(
    store: &Store,
    report: &Id,
    spans: &[[u32; 2]],
    actors: &BTreeSet<Id>,
) -> Result<bool, EngineError> {
    let mentions =
        store.rows::<chancery_model::rows::MentionRow>(Some(("report", Value::Text(report.to_string()))))?;
    let inside = |m: &chancery_model::rows::MentionRow| {
        spans.iter().any(|[a, b]| i64::from(*a) <= m.start && m.end <= i64::from(*b))
    };
    Ok(mentions.iter().any(|m| m.actor.as_ref().is_some_and(|a| actors.contains(a)) && inside(m)))
}

/// A row as it is shown.
pub(crate) fn view(look: &mut Lookup<'_>, row: &StatementRow) -> Result<StatementView, EngineError> {
    let mut pieces = Vec::new();
    for [a, b] in &row.content.0 {
        pieces.push(look.words(&row.report, *a, *b)?);
    }
    let mut cue = Vec::new();
    for [a, b] in &row.cue.0 {
        cue.push(look.words(&row.report, *a, *b)?);
    }
    let speaker = look.name(row.speaker.as_ref());
    let relays: Vec<String> =
        row.relays.0.iter().map(|r| look.name(r.actor.as_ref()).unwrap_or_else(|| r.text.clone())).collect();
    let chain = chain(speaker.as_deref().or(row.speaker_text.as_deref()), &relays);
    let report = look.report(&row.report)?;
    let (key, outlet, published) = (report.key.clone(), report.outlet.clone(), report.published);
    Ok(StatementView {
        id: row.id.clone(),
        report: key,
        outlet,
        published,
        speaker,
        speaker_text: row.speaker_text.clone(),
        chain,
        form: row.form,
        act: row.act,
        content: pieces.join(" … "),
        spans: row.content.0.clone(),
        cue: cue.join(" … "),
        addressee: look.name(row.addressee.as_ref()),
        medium: row.medium.clone(),
        said: row.said,
        within: row.within.clone(),
        negated: row.negated,
        hedged: row.hedged,
        sure: row.sure,
        review: row.review,
    })
}

/// The chain in plain words.
fn chain(speaker: Option<&str>, relays: &[String]) -> String {
    let mut s = speaker.unwrap_or("nobody named").to_owned();
    for (n, r) in relays.iter().enumerate() {
        s.push_str(if n == 0 { ", quoted by " } else { ", in turn quoted by " });
        s.push_str(r);
    }
    s
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn chains_read_from_the_speaker_outwards() {
        assert_eq!(
            chain(Some("Berg"), &["Kurier".into(), "Norrwire".into()]),
            "Berg, quoted by Kurier, in turn quoted by Norrwire"
        );
        assert_eq!(chain(None, &[]), "nobody named");
    }
}
