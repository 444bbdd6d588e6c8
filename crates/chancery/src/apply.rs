//! A user's own actors and places, put into what was read: names the reader passed over become mentions, and what the
//! list says of an actor or place replaces what was worked out.

use crate::own::{OwnActor, OwnPlace};
use chancery_link::fold;
use chancery_model::Span;
use chancery_model::facts::{Entity, Maker, Mention, PlaceRef, ReportFacts};
use chancery_model::report::Report;
use chancery_model::vocab::{ActorKind, MentionKind, PlaceKind, Sure};
use std::collections::BTreeMap;

/// Puts the lists into the facts of every report. Only reports in a language that is read take part.
pub(crate) fn apply(items: &mut [(Report, ReportFacts)], actors: &[OwnActor], places: &[OwnPlace]) {
    if actors.is_empty() && places.is_empty() {
        return;
    }
    let by_name = index(actors.iter().map(|a| (&a.name, &a.aliases)));
    let place_by_name = index(places.iter().map(|p| (&p.name, &p.aliases)));
    for (report, facts) in items.iter_mut().filter(|(r, _)| r.readable) {
        for p in &mut facts.places {
            if let Some(own) = place_by_name.get(&fold::name(&p.name)).and_then(|n| places.get(*n)) {
                p.name.clone_from(&own.name);
                p.kind = own.kind.unwrap_or(p.kind);
                p.country = own.country.clone().or_else(|| p.country.take());
            }
        }
        for own in places {
            add_place(report, facts, own);
        }
        for e in &mut facts.entities {
            let forms = std::iter::once(&e.name).chain(&e.aliases);
            // A surname alone is nobody's whole name, unless the list gives it.
            let found = forms.filter_map(|f| by_name.get(&fold::name(f))).next().and_then(|n| actors.get(*n));
            if let Some(own) = found {
                overwrite(e, own);
            }
        }
        for own in actors {
            add_actor(report, facts, own);
        }
    }
}

/// Folded name to place in the list; of two with one name the first counts.
fn index<'a>(list: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for (n, (name, aliases)) in list.enumerate() {
        for form in std::iter::once(name).chain(aliases) {
            out.entry(fold::name(form)).or_insert(n);
        }
    }
    out
}

fn overwrite(e: &mut Entity, own: &OwnActor) {
    if e.name != own.name {
        let old = std::mem::replace(&mut e.name, own.name.clone());
        e.aliases.push(old);
    }
    e.aliases.extend(own.aliases.iter().cloned());
    e.aliases.retain(|a| *a != own.name);
    e.aliases.sort();
    e.aliases.dedup();
    e.kind = own.kind.unwrap_or(if e.kind == ActorKind::Unnamed { ActorKind::Organization } else { e.kind });
    e.country = own.country.clone().or_else(|| e.country.take());
    e.sector = own.sector.clone().or_else(|| e.sector.take());
}

/// Where the forms of a name stand as whole words on ground that facts come from, the longest form first.
fn found(report: &Report, name: &str, aliases: &[String]) -> Vec<Span> {
    let mut forms: Vec<&str> = std::iter::once(name).chain(aliases.iter().map(String::as_str)).collect();
    forms.sort_by_key(|f| (std::cmp::Reverse(f.len()), *f));
    let mut out: Vec<Span> = Vec::new();
    for form in forms.into_iter().filter(|f| f.chars().count() > 1) {
        for (at, _) in report.text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = word(report.text.get(..at).and_then(|s| s.chars().next_back()))
                || word(report.text.get(span.hi()..).and_then(|s| s.chars().next()));
            if !inside && report.is_fact_ground(span) && !out.iter().any(|o| o.overlaps(span)) {
                out.push(span);
            }
        }
    }
    out.sort_unstable();
    out
}

fn put(facts: &mut ReportFacts, m: Mention) {
    let at = facts.mentions.partition_point(|x| (x.span.start, x.span.end) <= (m.span.start, m.span.end));
    facts.mentions.insert(at, m);
}

fn maker() -> Maker {
    Maker { by: "own list".into(), sure: Sure::High }
}

fn index_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn add_actor(report: &Report, facts: &mut ReportFacts, own: &OwnActor) {
    for span in found(report, &own.name, &own.aliases) {
        let there = facts.mentions.iter().any(|m| {
            m.span.overlaps(span)
                && m.entity
                    .and_then(|e| facts.entities.get(e as usize))
                    .is_some_and(|e| e.name == own.name || m.span.len() > span.len())
        });
        if there {
            continue;
        }
        let at = facts.entities.iter().position(|e| e.name == own.name).unwrap_or_else(|| {
            let mut e = Entity {
                name: own.name.clone(),
                kind: own.kind.unwrap_or(ActorKind::Organization),
                country: None,
                sector: None,
                aliases: Vec::new(),
                outlet: None,
            };
            overwrite(&mut e, own);
            facts.entities.push(e);
            facts.entities.len() - 1
        });
        let at = index_of(at);
        let kind = match own.kind {
            Some(ActorKind::Person) => MentionKind::Person,
            Some(ActorKind::Group) => MentionKind::Group,
            Some(ActorKind::State) => MentionKind::Metonym,
            _ => MentionKind::Organization,
        };
        // What stood for nobody, or for an unnamed one, in the same words gives way.
        let unnamed = |e: Option<u32>, f: &ReportFacts| {
            e.is_none_or(|e| f.entities.get(e as usize).is_none_or(|x| x.kind == ActorKind::Unnamed))
        };
        let gone: Vec<bool> = facts
            .mentions
            .iter()
            .map(|m| m.span.overlaps(span) && m.place.is_none() && unnamed(m.entity, facts))
            .collect();
        let mut n = 0;
        facts.mentions.retain(|_| {
            n += 1;
            !gone.get(n - 1).copied().unwrap_or(false)
        });
        put(facts, Mention { span, kind, entity: Some(at), place: None, maker: maker() });
        let speaks: Vec<bool> = facts
            .statements
            .iter()
            .map(|s| s.source.iter().any(|x| x.contains(span)) && unnamed(s.speaker, facts))
            .collect();
        for (s, _) in facts.statements.iter_mut().zip(speaks).filter(|x| x.1) {
            s.speaker = Some(at);
            s.speaker_named = true;
        }
    }
}

fn add_place(report: &Report, facts: &mut ReportFacts, own: &OwnPlace) {
    for span in found(report, &own.name, &own.aliases) {
        if facts.mentions.iter().any(|m| m.span.overlaps(span) && m.kind != MentionKind::Office) {
            continue;
        }
        let kind = own.kind.unwrap_or(PlaceKind::City);
        let at = facts.places.iter().position(|p| p.name == own.name).unwrap_or_else(|| {
            facts.places.push(PlaceRef { name: own.name.clone(), kind, country: own.country.clone() });
            facts.places.len() - 1
        });
        put(
            facts,
            Mention {
                span,
                kind: MentionKind::Place,
                entity: None,
                place: Some(index_of(at)),
                maker: maker(),
            },
        );
    }
}
