//! Where an actor stood on an issue, and when that changed.

use super::Lookup;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::rows::{ActorRow, PositionRow, StatementRow};
use chancery_model::schema::Value;
use chancery_model::vocab::{ActorKind, Review, Stance, Sure};
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use serde::Serialize;

/// A position as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct PositionView {
    /// Position id.
    pub id: Id,
    /// Who.
    pub actor: String,
    /// What it is about.
    pub issue: String,
    /// Where the actor stands.
    pub stance: Stance,
    /// On what condition.
    pub condition: Option<String>,
    /// Day of the first report that tells it.
    pub from: Option<Day>,
    /// Day of the last.
    pub to: Option<Day>,
    /// How sure: what the verb of a clause tells is surer than words somewhere in it.
    pub sure: Sure,
    /// Whether the actor stood elsewhere on this issue before.
    pub turned: bool,
    /// The words, by day.
    pub quotes: Vec<QuoteView>,
}

/// Words that tell a position.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteView {
    /// Statement id.
    pub statement: Id,
    /// Report key.
    pub report: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// First and past the last code point of each piece.
    pub spans: Vec<[u32; 2]>,
    /// The words.
    pub text: String,
}

/// Positions of an actor, by issue and day; only on issues that hold some words when they are given. A state is asked
/// together with those who speak for its government.
///
/// # Errors
/// When the name is not in the record, or the record cannot be read.
pub fn positions(store: &Store, actor: &str, about: Option<&str>) -> Result<Vec<PositionView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let mut ids = look.actors_or_error(actor)?;
    let states: Vec<String> = look
        .actors(actor)
        .into_iter()
        .filter(|a| a.kind == ActorKind::State)
        .filter_map(|a| a.country.clone())
        .collect();
    let speaks = |a: &ActorRow| {
        a.country.as_ref().is_some_and(|c| states.contains(c))
            && matches!(a.sector.as_deref(), Some("GOV" | "MIL"))
    };
    ids.extend(look.actors.values().filter(|a| speaks(a)).map(|a| a.id.clone()));
    ids.sort();
    ids.dedup();
    let wanted = about.map(fold::name);
    let mut rows: Vec<PositionRow> = Vec::new();
    for id in &ids {
        rows.extend(store.rows::<PositionRow>(Some(("actor", Value::Text(id.to_string()))))?);
    }
    rows.retain(|p| {
        p.review != Review::Rejected
            && wanted.as_ref().is_none_or(|w| fold::name(&p.issue).contains(w.as_str()))
    });
    rows.sort_by(|a, b| {
        (&a.actor, &a.issue, a.from_lo.is_none(), a.from_lo, &a.id).cmp(&(
            &b.actor,
            &b.issue,
            b.from_lo.is_none(),
            b.from_lo,
            &b.id,
        ))
    });
    let mut out: Vec<PositionView> = Vec::with_capacity(rows.len());
    let mut before: Option<(Id, String, Stance)> = None;
    for p in rows {
        let turned =
            before.as_ref().is_some_and(|(a, i, s)| *a == p.actor && *i == p.issue && *s != p.stance);
        before = Some((p.actor.clone(), p.issue.clone(), p.stance));
        let mut quotes = Vec::new();
        for id in &p.statements.0 {
            quotes.extend(quote(store, &mut look, id)?);
        }
        quotes.sort_by_key(|q| (q.published.map(|d| d.days().lo), q.report.clone(), q.spans.clone()));
        out.push(PositionView {
            actor: look.name(Some(&p.actor)).unwrap_or_default(),
            id: p.id,
            issue: p.issue,
            stance: p.stance,
            condition: p.condition,
            from: p.from_lo,
            to: p.to_hi,
            sure: p.sure,
            turned,
            quotes,
        });
    }
    Ok(out)
}

fn quote(store: &Store, look: &mut Lookup<'_>, id: &Id) -> Result<Option<QuoteView>, EngineError> {
    let row = store.rows::<StatementRow>(Some(("id", Value::Text(id.to_string()))))?.into_iter().next();
    let Some(s) = row.filter(|s| s.review != Review::Rejected) else { return Ok(None) };
    let mut words = Vec::new();
    for p in &s.content.0 {
        words.push(look.words(&s.report, p[0], p[1])?);
    }
    let r = look.report(&s.report)?;
    Ok(Some(QuoteView {
        statement: s.id,
        report: r.key.clone(),
        outlet: r.outlet.clone(),
        published: r.published,
        spans: s.content.0,
        text: words.join(" … "),
    }))
}
