//! What happened, or was planned, claimed or denied.

use super::Lookup;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::rows::{EventMentionRow, EventRow, PlaceRow};
use chancery_model::schema::Value;
use chancery_model::vocab::{EventType, PlaceKind, Review, Role, Status};
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use serde::Serialize;

/// What is asked of the events.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Who took part in any role.
    pub with: Vec<String>,
    /// Who did it, was host or mediated.
    pub actor: Option<String>,
    /// To whom.
    pub recipient: Option<String>,
    /// Status.
    pub status: Option<Status>,
    /// Earliest day.
    pub from: Option<Day>,
    /// Latest day.
    pub to: Option<Day>,
    /// Name of the place; that of a country stands for every place in it.
    pub place: Option<String>,
}

/// An event as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Event id.
    pub id: Id,
    /// Heading.
    pub title: String,
    /// PLOVER type.
    pub r#type: EventType,
    /// Status.
    pub status: Status,
    /// When.
    pub date: Option<Edtf>,
    /// Where.
    pub place: Option<String>,
    /// Who took part.
    pub participants: Vec<(Role, String)>,
    /// Number of reports.
    pub reports: i64,
    /// Number of origins.
    pub origins: i64,
    /// Where it stands.
    pub mentions: Vec<MentionView>,
}

/// A mention as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct MentionView {
    /// Report key.
    pub report: String,
    /// First code point.
    pub start: i64,
    /// One past the last code point.
    pub end: i64,
    /// The words around it.
    pub context: String,
    /// Status there.
    pub status: Status,
}

/// Events that answer a query, by day.
///
/// # Errors
/// When a name is not in the record, or the record cannot be read.
pub fn events(store: &Store, q: &EventQuery) -> Result<Vec<EventView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let mut with = Vec::new();
    for name in &q.with {
        with.push((look.actors_or_error(name)?, None));
    }
    for (name, role) in [(&q.actor, Role::Actor), (&q.recipient, Role::Recipient)] {
        if let Some(n) = name {
            with.push((look.actors_or_error(n)?, Some(role)));
        }
    }
    let places = q.place.as_ref().map(|p| places(store, p)).transpose()?;
    let mut rows = store.rows::<EventRow>(None)?;
    rows.retain(|e| {
        let takes_part = |(ids, role): &(Vec<Id>, Option<Role>)| {
            let plays = |r: Role| match role {
                Some(Role::Actor) => matches!(r, Role::Actor | Role::Host | Role::Mediator),
                Some(role) => r == *role,
                None => true,
            };
            e.participants.0.iter().any(|p| ids.contains(&p.actor) && plays(p.role))
        };
        q.kind.is_none_or(|k| k == e.r#type)
            && q.status.is_none_or(|s| s == e.status)
            && with.iter().all(takes_part)
            && q.from.is_none_or(|f| e.date_hi.is_some_and(|h| h >= f))
            && q.to.is_none_or(|t| e.date_lo.is_some_and(|l| l <= t))
            && places.as_ref().is_none_or(|ids| e.place.as_ref().is_some_and(|p| ids.contains(p)))
            && e.review != Review::Rejected
    });
    rows.sort_by(|a, b| {
        (a.date_lo.is_none(), a.date_lo, a.date_hi, &a.id).cmp(&(
            b.date_lo.is_none(),
            b.date_lo,
            b.date_hi,
            &b.id,
        ))
    });
    let mut out = Vec::with_capacity(rows.len());
    for e in rows {
        let mut mentions = Vec::new();
        for m in store.rows::<EventMentionRow>(Some(("event", Value::Text(e.id.to_string()))))? {
            if m.review != Review::Rejected {
                mentions.push(mention(&mut look, &m)?);
            }
        }
        if mentions.is_empty() {
            continue;
        }
        let participants =
            e.participants.0.iter().filter_map(|p| Some((p.role, look.name(Some(&p.actor))?))).collect();
        out.push(EventView {
            id: e.id,
            title: e.title,
            r#type: e.r#type,
            status: e.status,
            date: e.date,
            place: e.place_name,
            participants,
            reports: e.reports,
            origins: e.origins,
            mentions,
        });
    }
    Ok(out)
}

/// The places of a name, and those in it when it is a country's.
fn places(store: &Store, asked: &str) -> Result<Vec<Id>, EngineError> {
    let wanted = fold::name(asked);
    let all = store.rows::<PlaceRow>(None)?;
    let named = |p: &&PlaceRow| fold::name(&p.name) == wanted;
    let country = |p: &PlaceRow| p.country.clone().filter(|_| p.kind == PlaceKind::Country);
    let mut countries: Vec<String> = all.iter().filter(named).filter_map(country).collect();
    countries.extend(chancery_lexicon::countries::by_name(asked).map(|c| c.iso.clone()));
    let fits = |p: &&PlaceRow| named(p) || p.country.as_ref().is_some_and(|c| countries.contains(c));
    Ok(all.iter().filter(fits).map(|p| p.id.clone()).collect())
}

/// Meetings of two actors: consultations in which both take part.
///
/// # Errors
/// As [`events`].
pub fn met(store: &Store, a: &str, b: Option<&str>) -> Result<Vec<EventView>, EngineError> {
    let with = std::iter::once(a).chain(b).map(str::to_owned).collect();
    events(store, &EventQuery { kind: Some(EventType::Consult), with, ..EventQuery::default() })
}

fn mention(look: &mut Lookup<'_>, m: &EventMentionRow) -> Result<MentionView, EngineError> {
    let report = look.report(&m.report)?;
    let (key, context) = (report.key.clone(), line_around(&report.text, m.start, m.end));
    Ok(MentionView { report: key, start: m.start, end: m.end, context, status: m.status })
}

/// The words of the line around a span, at most some eighty characters each way, cut at spaces.
pub(crate) fn line_around(text: &str, start: i64, end: i64) -> String {
    const EACH: usize = 80;
    let (start, end) = (usize::try_from(start).unwrap_or(0), usize::try_from(end).unwrap_or(0));
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (start.min(chars.len()), end.clamp(start.min(chars.len()), chars.len()));
    let lo = (0..start).rev().take_while(|i| chars[*i] != '\n' && start - i <= EACH).last().unwrap_or(start);
    let hi =
        (end..chars.len()).take_while(|i| chars[*i] != '\n' && i - end < EACH).last().map_or(end, |i| i + 1);
    let cut_front = lo > 0 && chars[lo - 1] != '\n';
    let cut_back = hi < chars.len() && chars[hi] != '\n';
    let mut s: String = chars[lo..hi].iter().collect();
    if cut_front {
        s = s.split_once(' ').map_or(s.clone(), |(_, r)| format!("… {r}"));
    }
    if cut_back {
        s = s.rsplit_once(' ').map_or(s.clone(), |(l, _)| format!("{l} …"));
    }
    s.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::line_around;

    #[test]
    fn lines_are_cut_at_spaces() {
        let text = "One line.\nThe envoys met in Oslo.\nAnother.";
        let at = text.find("met").map(|b| b as i64).unwrap_or(0);
        assert_eq!(line_around(text, at, at + 3), "The envoys met in Oslo.");
        assert_eq!(line_around("", 5, 9), "");
    }
}
