//! What happened, or was planned, claimed or denied.

use super::Lookup;
use crate::EngineError;
use chancery_lexicon::verbs::VERBS;
use chancery_link::fold;
use chancery_model::rows::{EventMentionRow, EventRow, EventStateRow, PlaceRow};
use chancery_model::schema::Value;
use chancery_model::vocab::{EventType, PlaceKind, Review, Role, Status};
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeSet;

/// What is asked of the events.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// PLOVER type, or kind of a happening outside PLOVER.
    pub kind: Option<Kind>,
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

/// A kind of happenings that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A PLOVER type.
    Plover(EventType),
    /// Everything outside PLOVER.
    Outside,
    /// One kind outside PLOVER: `election`.
    Named(String),
}

impl Kind {
    fn fits(&self, found: Option<EventType>, by: &str) -> bool {
        match self {
            Self::Plover(t) => found == Some(*t),
            Self::Outside => found.is_none(),
            Self::Named(word) => found.is_none() && kind(found, by) == *word,
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        if let Ok(t) = s.to_uppercase().parse::<EventType>() {
            return Ok(Self::Plover(t));
        }
        let word = s.to_lowercase();
        if word == EventType::Outside.as_str() {
            return Ok(Self::Outside);
        }
        let kinds = VERBS.kinds();
        if kinds.contains(word.as_str()) {
            return Ok(Self::Named(word));
        }
        let types = EventType::ALL.iter().filter_map(|t| t.plover()).map(EventType::as_str);
        let all: Vec<&str> = types.chain([EventType::Outside.as_str()]).chain(kinds).collect();
        Err(format!("{s:?} is no kind of event; one of: {}", all.join(", ")))
    }
}

/// The kinds of happenings outside PLOVER.
#[must_use]
pub fn kinds() -> Vec<&'static str> {
    VERBS.kinds().into_iter().collect()
}

/// The kind of a happening in words: its PLOVER type, or the kind that its maker names.
#[must_use]
pub fn kind(found: Option<EventType>, by: &str) -> String {
    let named = || by.rsplit_once('/').map(|(_, k)| k).filter(|k| VERBS.kinds().contains(k));
    match found {
        Some(t) => t.to_string(),
        None => named().unwrap_or("other").to_owned(),
    }
}

/// An event as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Event id.
    pub id: Id,
    /// Heading.
    pub title: String,
    /// PLOVER type; none for a happening outside PLOVER.
    pub r#type: Option<EventType>,
    /// The kind in words: the type, or what a happening outside PLOVER is ("election").
    pub kind: String,
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
    /// The first report that tells it.
    pub first: Option<First>,
    /// Outlets that tell it.
    pub outlets: Vec<String>,
    /// What became of it, by the days of the reports.
    pub states: Vec<StateView>,
    /// Where it stands.
    pub mentions: Vec<MentionView>,
}

/// The report that tells something first.
#[derive(Debug, Clone, Serialize)]
pub struct First {
    /// Report key.
    pub report: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, or the days among which it lies.
    pub published: Option<Edtf>,
}

/// A status that an event was given.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    /// The status.
    pub status: Status,
    /// Day of the first report that gives it.
    pub from: Option<Day>,
    /// Day of the last.
    pub to: Option<Day>,
    /// Origins that give it.
    pub origins: i64,
}

/// A mention as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct MentionView {
    /// Report id.
    pub report_id: Id,
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
        q.kind.as_ref().is_none_or(|k| k.fits(e.r#type, &e.by))
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
        out.extend(event_view(store, &mut look, e)?);
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

/// An event with its mentions; none when all of them are rejected.
pub(super) fn event_view(
    store: &Store,
    look: &mut Lookup<'_>,
    e: EventRow,
) -> Result<Option<EventView>, EngineError> {
    let mut told = store.rows::<EventMentionRow>(Some(("event", Value::Text(e.id.to_string()))))?;
    told.retain(|m| m.review != Review::Rejected);
    // Where it is told most as its heading says it, first; of as much, as the record has them.
    told.sort_by_key(|m| std::cmp::Reverse(bears_out(&e, m)));
    let mut mentions = Vec::with_capacity(told.len());
    for m in &told {
        mentions.push(mention(look, m)?);
    }
    if mentions.is_empty() {
        return Ok(None);
    }
    let participants =
        e.participants.0.iter().filter_map(|p| Some((p.role, look.name(Some(&p.actor))?))).collect();
    let states = store.rows::<EventStateRow>(Some(("event", Value::Text(e.id.to_string()))))?;
    let mut states: Vec<StateView> = states
        .into_iter()
        .map(|s| StateView { status: s.status, from: s.date_lo, to: s.date_hi, origins: s.origins })
        .collect();
    states.sort_by_key(|s| (s.to.or(s.from), std::cmp::Reverse(s.status)));
    let mut by: Vec<(Option<Day>, First)> = Vec::new();
    for m in &mentions {
        let r = look.report(&m.report_id)?;
        // What may be of any of some days is not surely before the last of them.
        let day = r.published_hi.or(r.published_lo);
        by.push((day, First { report: r.key.clone(), outlet: r.outlet.clone(), published: r.published }));
    }
    by.sort_by_key(|(day, f)| (day.is_none(), *day, f.report.clone()));
    let outlets: BTreeSet<String> = by.iter().filter_map(|b| b.1.outlet.clone()).collect();
    Ok(Some(EventView {
        id: e.id,
        title: e.title,
        r#type: e.r#type,
        kind: kind(e.r#type, &e.by),
        status: e.status,
        date: e.date,
        place: e.place_name,
        participants,
        reports: e.reports,
        origins: e.origins,
        first: by.into_iter().next().map(|b| b.1),
        outlets: outlets.into_iter().collect(),
        states,
        mentions,
    }))
}

/// How much of what is said of a happening one mention says: its status, its day, who took part and where.
fn bears_out(e: &EventRow, m: &EventMentionRow) -> i32 {
    let own = |n: bool| i32::from(n);
    let shared =
        m.participants.0.iter().filter(|p| e.participants.0.iter().any(|q| q.actor == p.actor)).count();
    let apart = match (m.date_lo, m.date_hi, e.date_lo, e.date_hi) {
        (Some(lo), Some(hi), Some(from), Some(to)) => hi < from || to < lo,
        _ => false,
    };
    let day = m.date_lo.is_some() && (m.date_lo, m.date_hi) == (e.date_lo, e.date_hi);
    let place = m.place_name.is_some() && m.place_name == e.place_name;
    4 * own(m.status == e.status) + 3 * own(day) - 4 * own(apart)
        + 2 * i32::try_from(shared.min(2)).unwrap_or(2)
        + own(place)
}

/// Meetings of two actors: consultations in which both take part.
///
/// # Errors
/// As [`events`].
pub fn met(store: &Store, a: &str, b: Option<&str>) -> Result<Vec<EventView>, EngineError> {
    let with = std::iter::once(a).chain(b).map(str::to_owned).collect();
    events(store, &EventQuery { kind: Some(Kind::Plover(EventType::Consult)), with, ..EventQuery::default() })
}

fn mention(look: &mut Lookup<'_>, m: &EventMentionRow) -> Result<MentionView, EngineError> {
    let report = look.report(&m.report)?;
    let (key, context) = (report.key.clone(), line_around(&report.text, m.start, m.end));
    Ok(MentionView {
        report_id: m.report.clone(),
        report: key,
        start: m.start,
        end: m.end,
        context,
        status: m.status,
    })
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
