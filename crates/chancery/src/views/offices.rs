//! Who held which office, between which days, according to whom.

use super::Lookup;
use crate::EngineError;
use crate::build::ACTORS;
use crate::own::{self, OwnActor};
use chancery_link::fold;
use chancery_model::rows::OfficeRow;
use chancery_model::vocab::Review;
use chancery_model::{Day, Edtf, Id};
use chancery_store::Store;
use serde::Serialize;
use std::collections::BTreeMap;

/// Words that an office rests on.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeEvidence {
    /// Report key.
    pub report: String,
    /// Outlet of the report.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Edtf>,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// Somebody and an office, with what the reports together prove of its days: it began between `from_lo` and `from_hi`
/// and ended between `to_lo` and `to_hi`; null where nothing is proved.
#[derive(Debug, Clone, Serialize)]
pub struct HolderView {
    /// Actor id; null when only a user's list names the holder.
    pub actor: Option<Id>,
    /// Name.
    pub name: String,
    /// The office.
    pub office: String,
    /// Of what organisation.
    pub organization: Option<String>,
    /// Of what country.
    pub country: Option<String>,
    /// Earliest day it may have begun.
    pub from_lo: Option<Day>,
    /// Latest day it may have begun.
    pub from_hi: Option<Day>,
    /// Earliest day it may have ended.
    pub to_lo: Option<Day>,
    /// Latest day it may have ended.
    pub to_hi: Option<Day>,
    /// The days in words.
    pub when: String,
    /// The words it rests on; empty for an entry of a user's list.
    pub evidence: Vec<OfficeEvidence>,
}

/// Offices of somebody, or holders of an office; all when nothing is asked. By office, then by first proof.
///
/// # Errors
/// When the record cannot be read.
pub fn offices(store: &Store, about: Option<&str>) -> Result<Vec<HolderView>, EngineError> {
    let mut look = Lookup::new(store)?;
    let wanted = about.map(fold::name);
    let people: Vec<Id> =
        about.map_or_else(Vec::new, |a| look.actors(a).iter().map(|x| x.id.clone()).collect());
    type Key = (String, Id, Option<String>, Option<String>);
    let mut groups: BTreeMap<Key, Vec<OfficeRow>> = BTreeMap::new();
    for o in store.rows::<OfficeRow>(None)? {
        if o.review == Review::Rejected {
            continue;
        }
        let fits = wanted.as_ref().is_none_or(|w| {
            let words =
                format!("{} {}", fold::name(&o.office), fold::name(o.organization.as_deref().unwrap_or("")));
            people.contains(&o.actor) || format!(" {words} ").contains(&format!(" {w} "))
        });
        if fits {
            let key = (o.office.clone(), o.actor.clone(), o.organization.clone(), o.country.clone());
            groups.entry(key).or_default().push(o);
        }
    }
    // "President Putin" beside "Russian President Putin" is one office, named less fully.
    let bare: Vec<Key> = groups.keys().filter(|k| k.2.is_none() && k.3.is_none()).cloned().collect();
    for key in bare {
        let full: Vec<Key> =
            groups.keys().filter(|k| k.0 == key.0 && k.1 == key.1 && **k != key).cloned().collect();
        if let [only] = full.as_slice()
            && let Some(rows) = groups.remove(&key)
        {
            groups.entry(only.clone()).or_default().extend(rows);
        }
    }
    let mut out = Vec::new();
    for ((office, actor, organization, country), rows) in groups {
        let mut evidence = Vec::new();
        for r in &rows {
            let (start, end) = (u32::try_from(r.start).unwrap_or(0), u32::try_from(r.end).unwrap_or(0));
            let text = look.words(&r.report, start, end)?;
            let report = look.report(&r.report)?;
            evidence.push(OfficeEvidence {
                report: report.key.clone(),
                outlet: report.outlet.clone(),
                published: report.published,
                start,
                end,
                text,
            });
        }
        evidence.sort_by(|a, b| {
            (&a.published.map(|d| d.days().lo), &a.report, a.start).cmp(&(
                &b.published.map(|d| d.days().lo),
                &b.report,
                b.start,
            ))
        });
        // Each report proves a day; together they narrow the beginning from above and the end from below.
        let from_lo = rows.iter().filter_map(|r| r.from_lo).min();
        let from_hi = rows.iter().filter_map(|r| r.from_hi).min();
        let to_lo = rows.iter().filter_map(|r| r.to_lo).max();
        let to_hi = rows.iter().filter_map(|r| r.to_hi).max();
        let sources = rows.iter().map(|r| &r.report).collect::<std::collections::BTreeSet<_>>().len();
        out.push(HolderView {
            name: look.name(Some(&actor)).unwrap_or_default(),
            when: in_words(from_lo, from_hi, to_lo, to_hi, sources),
            actor: Some(actor),
            office,
            organization,
            country,
            from_lo,
            from_hi,
            to_lo,
            to_hi,
            evidence,
        });
    }
    listed(store, wanted.as_deref(), &mut out)?;
    out.sort_by(|a, b| {
        (&a.office, a.from_hi, &a.name, &a.organization).cmp(&(
            &b.office,
            b.from_hi,
            &b.name,
            &b.organization,
        ))
    });
    Ok(out)
}

/// The offices of a user's own list.
fn listed(store: &Store, wanted: Option<&str>, out: &mut Vec<HolderView>) -> Result<(), EngineError> {
    let own: Vec<OwnActor> = own::kept(store.meta(ACTORS)?.as_deref(), "--actors")?;
    for a in own {
        for o in &a.offices {
            let named =
                std::iter::once(&a.name).chain(&a.aliases).any(|n| Some(fold::name(n).as_str()) == wanted);
            let held =
                wanted.is_some_and(|w| format!(" {} ", fold::name(&o.office)).contains(&format!(" {w} ")));
            if wanted.is_some() && !named && !held {
                continue;
            }
            let ((from_lo, from_hi), (to_lo, to_hi)) = (own::days(o.from.as_ref()), own::days(o.to.as_ref()));
            let word = |d: &Option<Edtf>| d.map_or_else(|| "…".to_owned(), |d| d.to_string());
            out.push(HolderView {
                actor: None,
                name: a.name.clone(),
                office: o.office.clone(),
                organization: o.organization.clone(),
                country: a.country.clone(),
                from_lo,
                from_hi,
                to_lo,
                to_hi,
                when: format!("{} to {}, by your own list", word(&o.from), word(&o.to)),
                evidence: Vec::new(),
            });
        }
    }
    Ok(())
}

/// What is proved of the days: nothing before the first and nothing after the last report.
fn in_words(
    from_lo: Option<Day>,
    from_hi: Option<Day>,
    to_lo: Option<Day>,
    to_hi: Option<Day>,
    reports: usize,
) -> String {
    let by = format!("by {reports} report{}", if reports == 1 { "" } else { "s" });
    let held = match (from_hi, to_lo) {
        (Some(a), Some(b)) if a < b => format!("held it from {a} or before to {b} or after"),
        (Some(a), Some(_)) => format!("held it on {a}"),
        (Some(a), None) => format!("began by {a}"),
        (None, Some(b)) => format!("still held it on {b}"),
        (None, None) => String::new(),
    };
    let mut parts: Vec<String> = [held].into_iter().filter(|s| !s.is_empty()).collect();
    parts.extend(from_lo.filter(|_| from_hi.is_none()).map(|d| format!("not yet in office on {d}")));
    parts.extend(to_hi.map(|d| format!("had left it by {d}")));
    if parts.is_empty() {
        parts.push("on days that nothing proves".into());
    }
    format!("{}, {by}", parts.join("; "))
}
