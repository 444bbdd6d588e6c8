//! Disagreements: two sides that cannot both be right. Nothing is overwritten; each side keeps its evidence.

use crate::actors::Actor;
use crate::events::Event;
use crate::quotes::{Cluster, in_order, quoted_words};
use crate::series::Series;
use crate::{Evidence, Item, LinkedReport};
use chancery_lexicon::measures;
use chancery_model::date::days_between;
use chancery_model::facts::{Figure, Statement};
use chancery_model::vocab::{ConflictKind, Qualifier, Status, Sure};
use chancery_model::{Days, Id};
use std::collections::{BTreeMap, BTreeSet};

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Id, from kind, what it is about and the values.
    pub id: Id,
    /// What the sides differ about.
    pub kind: ConflictKind,
    /// Id of the event, series or cluster.
    pub about: Id,
    /// The sides, by value.
    pub sides: Vec<Side>,
    /// One sentence a person can check.
    pub why: String,
    /// How sure.
    pub sure: Sure,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// What it says.
    pub value: String,
    /// The words.
    pub evidence: Vec<Evidence>,
    /// Origins that say it.
    pub origins: BTreeSet<Id>,
}

/// The disagreements among linked reports.
#[must_use]
pub fn find(
    items: &[Item<'_>],
    reports: &[LinkedReport],
    events: &[Event],
    series: &[Series],
    clusters: &[Cluster],
    actors: &[Actor],
) -> Vec<Conflict> {
    let all = All { items, reports, names: actors.iter().map(|a| (&a.id, a.name.as_str())).collect() };
    let mut out = Vec::new();
    out.extend(series.iter().flat_map(|s| all.figures(s)));
    out.extend(events.iter().filter_map(|e| all.event_days(e)));
    out.extend(events.iter().filter_map(|e| all.event_status(e)));
    out.extend(clusters.iter().filter_map(|c| all.speakers(c)));
    out.extend(clusters.iter().filter_map(|c| all.wordings(c)));
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// How far apart two reports may be for their figures to claim the same moment, when neither says as of when.
const SAME_MOMENT: i32 = 3;

/// Days behind its report from which a day named beside a figure is a beginning and not an end.
const FAR: i32 = 31;

struct All<'a> {
    items: &'a [Item<'a>],
    reports: &'a [LinkedReport],
    names: BTreeMap<&'a Id, &'a str>,
}

impl All<'_> {
    fn figure(&self, at: (usize, usize)) -> &Figure {
        &self.items[at.0].facts.figures[at.1]
    }

    /// The days for which a figure is claimed: those it names, unless they lie far back, for then they are what it is
    /// counted from ("since January").
    fn moment(&self, at: (usize, usize)) -> Days {
        let r = &self.reports[at.0];
        let published = r.published.days;
        let named = self.figure(at).as_of.and_then(|t| r.times.get(t as usize)).map(|t| t.days);
        let from = |d: &Days| matches!((d.hi, published.lo), (Some(h), Some(p)) if days_between(h, p) > FAR);
        let wide = |d: &Days| d.width().is_some_and(|w| w > FAR);
        named.filter(|d| !from(d) && !wide(d)).unwrap_or(published)
    }

    /// Figures of one series for one moment whose ranges exclude each other: of two origins, or of two claimants whom
    /// one report sets against each other.
    fn figures(&self, s: &Series) -> Vec<Conflict> {
        if !measures::is_toll(&s.measure) {
            return Vec::new();
        }
        let mut dated: Vec<(Days, (usize, usize))> =
            s.members.iter().filter(|m| !self.added(**m)).map(|m| (self.moment(*m), *m)).collect();
        // A moment of which only the last day is known may be that day.
        dated.retain(|(d, _)| d.hi.is_some() && d.width().is_none_or(|w| w <= SAME_MOMENT || d.lo.is_none()));
        dated.sort_by_key(|(d, m)| (d.hi, d.lo, *m));
        let mut out = Vec::new();
        for (n, (da, a)) in dated.iter().enumerate() {
            for (db, b) in dated.iter().skip(n + 1) {
                let (Some(x), Some(y)) = (da.hi, db.hi) else { continue };
                // Sorted by day: all further ones are further away.
                if days_between(x, y) > SAME_MOMENT {
                    break;
                }
                let (f, g) = (self.figure(*a), self.figure(*b));
                let apart = self.reports[a.0].origin != self.reports[b.0].origin;
                let claimants =
                    a.0 == b.0 && f.speaker.is_some() && g.speaker.is_some() && f.speaker != g.speaker;
                if (apart || claimants) && exclude(f, g) {
                    let open = da.lo.is_none() || db.lo.is_none();
                    let sure = if open { Sure::Low } else { Sure::Medium };
                    let sides = [(*a, self.figure_words(*a)), (*b, self.figure_words(*b))];
                    out.extend(self.pair(ConflictKind::Figure, &s.id, sides, &s.title, sure, claimants));
                }
            }
        }
        out
    }

    /// "Two more bodies" come on top of a toll and are none of their own.
    fn added(&self, at: (usize, usize)) -> bool {
        let (f, text) = (self.figure(at), &self.items[at.0].report.text);
        let words = f.span.of(text).to_lowercase();
        let after = text.get(f.span.end as usize..).unwrap_or("").split_whitespace().next().unwrap_or("");
        let before =
            text.get(..f.span.start as usize).unwrap_or("").split_whitespace().next_back().unwrap_or("");
        matches!(after, "more" | "further" | "additional" | "others")
            || matches!(before, "another" | "further")
            || words.starts_with("another ")
            || words.starts_with("a further ")
    }

    fn figure_words(&self, at: (usize, usize)) -> (String, chancery_model::Span) {
        let f = self.figure(at);
        (f.span.of(&self.items[at.0].report.text).to_owned(), f.span)
    }

    fn pair(
        &self,
        kind: ConflictKind,
        about: &Id,
        sides: [((usize, usize), (String, chancery_model::Span)); 2],
        title: &str,
        sure: Sure,
        claimants: bool,
    ) -> Option<Conflict> {
        let sides = sides.map(|((r, _), (value, span))| (value, r, span));
        self.conflict(kind, about, sides.into(), title, sure, claimants)
    }

    /// A conflict from values with the words they rest on; equal values are one side. Sides of one origin contradict
    /// each other only when they are the words of two claimants.
    fn conflict(
        &self,
        kind: ConflictKind,
        about: &Id,
        values: Vec<(String, usize, chancery_model::Span)>,
        title: &str,
        sure: Sure,
        claimants: bool,
    ) -> Option<Conflict> {
        let mut sides: BTreeMap<String, Side> = BTreeMap::new();
        for (value, r, span) in values {
            let side = sides.entry(value.clone()).or_insert_with(|| Side {
                value,
                evidence: Vec::new(),
                origins: BTreeSet::new(),
            });
            side.evidence.push(Evidence { report: self.reports[r].id.clone(), span });
            side.origins.insert(self.reports[r].origin.clone());
        }
        if sides.len() < 2 {
            return None;
        }
        let origins: BTreeSet<&Id> = sides.values().flat_map(|s| &s.origins).collect();
        if origins.len() < 2 && !claimants {
            return None;
        }
        let mut sides: Vec<Side> = sides.into_values().collect();
        for s in &mut sides {
            s.evidence.sort();
            s.evidence.dedup();
        }
        let quoted: Vec<String> =
            sides.iter().map(|s| format!("“{}” ({})", s.value, plural(s.origins.len(), "origin"))).collect();
        let why = format!("{title}: {}.", quoted.join(" against "));
        let mut parts = vec![kind.to_string(), about.to_string()];
        parts.extend(sides.iter().map(|s| s.value.clone()));
        Some(Conflict { id: Id::of("conflict", &parts), kind, about: about.clone(), sides, why, sure })
    }

    /// A named happening that is given days that exclude each other, near enough to be meant as the same occasion.
    fn event_days(&self, e: &Event) -> Option<Conflict> {
        e.name.as_ref()?;
        let mut values = Vec::new();
        let mut spans: Vec<Days> = Vec::new();
        for (r, n) in &e.mentions {
            let m = &self.items[*r].facts.events[*n];
            if !matches!(m.status, Status::Happened | Status::Ongoing | Status::Failed) {
                continue;
            }
            let Some(t) = m.time else { continue };
            let days = self.reports[*r].times.get(t as usize)?.days;
            // A year or a season is no contradiction of a month within or beside it.
            if days.width().is_none_or(|w| w > 31) {
                continue;
            }
            let span = self.items[*r].facts.times.get(t as usize)?.span;
            spans.push(days);
            values.push((days.to_edtf()?.to_string(), *r, span));
        }
        let apart = spans.iter().enumerate().any(|(i, a)| {
            spans.iter().skip(i + 1).any(|b| !a.meets(b) && gap(a, b).is_some_and(|g| g <= 62))
        });
        if apart {
            self.conflict(ConflictKind::Date, &e.id, values, &e.title, Sure::Medium, false)
        } else {
            None
        }
    }

    /// A happening that one origin says happened and another says did not.
    fn event_status(&self, e: &Event) -> Option<Conflict> {
        let mut values = Vec::new();
        for (r, n) in &e.mentions {
            let m = &self.items[*r].facts.events[*n];
            if matches!(m.status, Status::Denied | Status::Happened | Status::Claimed) {
                let said = if m.status == Status::Denied { "did not happen" } else { "happened" };
                values.push((said.to_owned(), *r, m.span));
            }
        }
        self.conflict(ConflictKind::Status, &e.id, values, &e.title, Sure::Low, false)
    }

    fn statement(&self, at: (usize, usize)) -> &Statement {
        &self.items[at.0].facts.statements[at.1]
    }

    /// One quotation, two named speakers.
    fn speakers(&self, c: &Cluster) -> Option<Conflict> {
        let mut values = Vec::new();
        for at in &c.members {
            let s = self.statement(*at);
            let (Some(e), Some(span), true) = (s.speaker, s.source.first(), s.speaker_named) else {
                continue;
            };
            let actor = self.reports[at.0].actors.get(e as usize)?;
            let name = self.names.get(actor).map_or("", |n| *n);
            values.push((name.to_owned(), at.0, *span));
        }
        self.conflict(
            ConflictKind::Speaker,
            &c.id,
            values,
            "One quotation, different speakers",
            Sure::Medium,
            false,
        )
    }

    /// One quotation, words changed. A cut is no difference: the shorter must not stand whole in the longer.
    fn wordings(&self, c: &Cluster) -> Option<Conflict> {
        let mut values: Vec<(String, usize, chancery_model::Span)> = Vec::new();
        let mut words: Vec<Vec<String>> = Vec::new();
        for at in &c.members {
            let s = self.statement(*at);
            let report = self.items[at.0].report;
            let w = quoted_words(report, s);
            let span = *s.content.first()?;
            values.push((w.join(" "), at.0, span));
            words.push(w);
        }
        let differ = words.iter().enumerate().any(|(i, a)| {
            words.iter().skip(i + 1).any(|b| {
                let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
                in_order(short, long) < short.len()
            })
        });
        if differ {
            self.conflict(
                ConflictKind::Wording,
                &c.id,
                values,
                "One quotation, different words",
                Sure::Low,
                false,
            )
        } else {
            None
        }
    }
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// Days between two ranges that do not meet.
fn gap(a: &Days, b: &Days) -> Option<i32> {
    let (first, second) = if a.lo <= b.lo { (a, b) } else { (b, a) };
    Some(days_between(first.hi?, second.lo?))
}

/// Whether two figures cannot both be right. Vague words and rough numbers exclude nothing that is near.
fn exclude(a: &Figure, b: &Figure) -> bool {
    if a.derivation.is_some()
        || b.derivation.is_some()
        || a.qualifier == Qualifier::Vague
        || b.qualifier == Qualifier::Vague
    {
        return false;
    }
    let slack = |f: &Figure| if f.qualifier == Qualifier::About { 0.1 } else { 0.0 };
    let lo = |f: &Figure| f.low.map(|x| x * (1.0 - slack(f)));
    let hi = |f: &Figure| f.high.map(|x| x * (1.0 + slack(f)));
    let below = |x: &Figure, y: &Figure| matches!((hi(x), lo(y)), (Some(h), Some(l)) if h < l);
    below(a, b) || below(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Span;
    use chancery_model::facts::Maker;

    fn figure(low: Option<f64>, high: Option<f64>, qualifier: Qualifier) -> Figure {
        Figure {
            span: Span::new(0, 1),
            low,
            high,
            qualifier,
            unit: None,
            measure: "killed".into(),
            subject: None,
            of: None,
            as_of: None,
            speaker: None,
            statement: None,
            derived_from: Vec::new(),
            derivation: None,
            maker: Maker { by: "test".into(), sure: Sure::High },
        }
    }

    #[test]
    fn what_can_both_be_right_is_no_conflict() {
        let over = figure(Some(500.0), None, Qualifier::Over);
        let exact = figure(Some(520.0), Some(520.0), Qualifier::Exact);
        let other = figure(Some(430.0), Some(430.0), Qualifier::Exact);
        let about = figure(Some(500.0), Some(500.0), Qualifier::About);
        assert!(!exclude(&over, &exact));
        assert!(exclude(&over, &other));
        assert!(exclude(&exact, &other));
        assert!(!exclude(&exact, &about));
    }
}
