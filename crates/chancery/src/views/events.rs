//! What happened, or was planned, claimed or denied.

use super::Lookup;
use crate::EngineError;
use chancery_link::fold;
use chancery_model::rows::{EventMentionRow, EventRow};
use chancery_model::schema::Value;
use chancery_model::vocab::{EventType, Review, Role, Status};
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
    /// Who did it.
    pub actor: Option<String>,
    /// To whom.
    pub recipient: Option<String>,
    /// Status.
    pub status: Option<Status>,
    /// Earliest day.
    pub from: Option<Day>,
    /// Latest day.
    pub to: Option<Day>,
    /// Name of the place.
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
    let mut rows = store.rows::<EventRow>(None)?;
    rows.retain(|e| {
        let takes_part = |(ids, role): &(Vec<Id>, Option<Role>)| {
            e.participants.0.iter().any(|p| ids.contains(&p.actor) && role.is_none_or(|r| r == p.role))
        };
        q.kind.is_none_or(|k| k == e.r#type)
            && q.status.is_none_or(|s| s == e.status)
            && with.iter().all(takes_part)
            && q.from.is_none_or(|f| e.date_hi.is_some_and(|h| h >= f))
            && q.to.is_none_or(|t| e.date_lo.is_some_and(|l| l <= t))
            && q.place
                .as_ref()
                .is_none_or(|p| e.place_name.as_ref().is_some_and(|n| fold::name(n) == fold::name(p)))
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
    pieces_around(text, start, end, 80).concat().trim().to_owned()
}

/// The words of the line before a span, at it and after it, at most so many characters each way, cut at spaces.
pub(crate) fn pieces_around(text: &str, start: i64, end: i64, each: usize) -> [String; 3] {
    let (start, end) = (usize::try_from(start).unwrap_or(0), usize::try_from(end).unwrap_or(0));
    // Only the neighbourhood is looked at: a report may be long and have many facts.
    let skip = start.saturating_sub(each + 2);
    let chars: Vec<char> =
        text.chars().skip(skip).take(end.saturating_sub(skip).saturating_add(each + 2)).collect();
    let start = (start - skip).min(chars.len());
    let end = end.saturating_sub(skip).clamp(start, chars.len());
    let lo = (0..start).rev().take_while(|i| chars[*i] != '\n' && start - i <= each).last().unwrap_or(start);
    let hi =
        (end..chars.len()).take_while(|i| chars[*i] != '\n' && i - end < each).last().map_or(end, |i| i + 1);
    let cut_front = lo > 0 && chars[lo - 1] != '\n';
    let cut_back = hi < chars.len() && chars[hi] != '\n';
    let mut before: String = chars[lo..start].iter().collect();
    let mut after: String = chars[end..hi].iter().collect();
    if cut_front {
        before = before.split_once(' ').map_or_else(|| "… ".to_owned(), |(_, r)| format!("… {r}"));
    }
    if cut_back {
        after = after.rsplit_once(' ').map_or_else(|| " …".to_owned(), |(l, _)| format!("{l} …"));
    }
    [before.trim_start().to_owned(), chars[start..end].iter().collect(), after.trim_end().to_owned()]
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
