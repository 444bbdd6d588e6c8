//! Facts and links become rows of the record. Here, and only here, bytes become code points.

use crate::decisions::Reviews;
use chancery_link::{Evidence, FactRef, Item, Linked, LinkedReport};
use chancery_model::facts::{EntityIx, EventMention, PlaceIx, Tenure, TimeIx};
use chancery_model::report::{Note, Report};
use chancery_model::rows::{
    ActorRow, BlockRow, ConflictRow, EventMentionRow, EventRow, EventStateRow, EvidenceCell, FigureRow,
    MentionRow, NoteRow, OfficeRow, OriginRow, OutletRow, Pair, ParticipantCell, PlaceRow, PositionRow,
    RelayCell, ReportRow, SeriesRow, SideCell, StatementRow, TimeRow,
};
use chancery_model::schema::Nested;
use chancery_model::vocab::{EventType, Review, Sure};
use chancery_model::{CharMap, Days, Id, Span};
use chancery_store::RecordRows;
use std::collections::BTreeMap;

/// All rows of some reports: `linked` has one entry an item, in the same order.
#[must_use]
pub fn of_reports(items: &[Item<'_>], linked: &[LinkedReport], reviews: &Reviews) -> RecordRows {
    let mut rows = RecordRows::default();
    for (item, linked) in items.iter().zip(linked) {
        Edge::of(item, linked, reviews).report(&mut rows);
    }
    rows
}

/// Rows that belong to no single report, less what only the store knows (inputs' notes, versions, decisions, runs).
#[must_use]
pub fn whole(items: &[Item<'_>], linked: &Linked, reviews: &Reviews, register: &[OutletRow]) -> RecordRows {
    let mut rows = RecordRows::default();
    global(&mut rows, linked, &Edges { items, linked, reviews });
    let used: std::collections::BTreeSet<String> =
        items.iter().filter_map(|i| i.report.outlet.clone()).collect();
    rows.outlets = outlets(&used, register);
    rows
}

/// Every report on its way out; both lists are in the order of the ids.
struct Edges<'a> {
    items: &'a [Item<'a>],
    linked: &'a Linked,
    reviews: &'a Reviews,
}

impl<'a> Edges<'a> {
    fn at(&self, n: usize) -> Option<Edge<'a>> {
        Some(Edge::of(self.items.get(n)?, self.linked.reports.get(n)?, self.reviews))
    }

    fn get(&self, id: &Id) -> Option<Edge<'a>> {
        self.at(self.linked.reports.binary_search_by(|r| r.id.cmp(id)).ok()?)
    }
}

/// The outlets that reports of the record come from, from the register where it knows them.
fn outlets(used: &std::collections::BTreeSet<String>, register: &[OutletRow]) -> Vec<OutletRow> {
    let mut out: BTreeMap<Id, OutletRow> = BTreeMap::new();
    for name in used {
        let known = register.iter().find(|o| o.name == *name || o.aliases.0.contains(name));
        let row = known.cloned().unwrap_or_else(|| OutletRow {
            id: outlet_id(name),
            name: name.clone(),
            aliases: Nested(Vec::new()),
            domain: None,
            country: None,
            agency: false,
        });
        out.insert(row.id.clone(), row);
    }
    out.into_values().collect()
}

/// Id of an outlet, from its name.
#[must_use]
pub fn outlet_id(name: &str) -> Id {
    Id::of("outlet", &[chancery_link::fold::name(name)])
}

/// Words before a time among which "since" is looked for: "since it began in early 2011".
const SINCE: usize = 5;

/// One report on its way out.
struct Edge<'a> {
    item: &'a Item<'a>,
    linked: &'a LinkedReport,
    map: CharMap,
    reviews: &'a Reviews,
}

impl<'a> Edge<'a> {
    fn of(item: &'a Item<'a>, linked: &'a LinkedReport, reviews: &'a Reviews) -> Self {
        Self { item, linked, map: CharMap::new(&item.report.text), reviews }
    }
}

impl Edge<'_> {
    fn text(&self) -> &str {
        &self.item.report.text
    }

    fn id(&self) -> Id {
        self.linked.id.clone()
    }

    fn pair(&self, span: Span) -> Pair {
        self.map.pair(self.text(), span)
    }

    fn ends(&self, span: Span) -> (i64, i64) {
        let [a, b] = self.pair(span);
        (i64::from(a), i64::from(b))
    }

    fn words(&self, span: Span) -> String {
        span.of(self.text()).to_owned()
    }

    fn actor(&self, e: EntityIx) -> Option<Id> {
        self.linked.actors.get(e as usize).cloned()
    }

    fn place(&self, p: PlaceIx) -> Option<Id> {
        self.linked.places.get(p as usize).cloned()
    }

    fn days(&self, fact: fn(u32) -> FactRef, n: usize, t: Option<TimeIx>) -> Days {
        self.linked.days(fact(u32::try_from(n).unwrap_or(u32::MAX)), t)
    }

    /// The days as of which a figure is told. What is counted since a day is counted up to the report.
    fn as_of(&self, n: usize, t: Option<TimeIx>) -> Days {
        let told = self.days(FactRef::Figure, n, t);
        let time = t
            .and_then(|t| Some((self.item.facts.times.get(t as usize)?, self.linked.times.get(t as usize)?)));
        let Some((time, own)) = time else { return told };
        let before = self.text().get(..time.span.lo()).unwrap_or("");
        let since = before
            .split_whitespace()
            .rev()
            .take(SINCE)
            .take_while(|w| !w.ends_with(['.', ',']))
            .any(|w| w == "since");
        // A day that a person set stays.
        if since && told == own.days { self.linked.published.days } else { told }
    }

    fn review(&self, table: &'static str, span: Span) -> Review {
        self.reviews.of(table, &self.item.report.key, self.pair(span))
    }

    fn participants(&self, list: &[chancery_model::facts::Participant]) -> Nested<Vec<ParticipantCell>> {
        let cell = |p: &chancery_model::facts::Participant| {
            Some(ParticipantCell { role: p.role, actor: self.actor(p.entity)? })
        };
        let mut cells: Vec<ParticipantCell> = list.iter().filter_map(cell).collect();
        cells.sort();
        cells.dedup();
        Nested(cells)
    }

    fn report(&self, rows: &mut RecordRows) {
        let r: &Report = self.item.report;
        let p = &self.linked.published;
        rows.reports.push(ReportRow {
            id: self.id(),
            sha256: r.sha256.clone(),
            key: r.key.clone(),
            path: r.path.clone(),
            url: r.given.url.clone(),
            title: r.title.clone(),
            outlet: r.outlet.clone(),
            byline: r.byline.clone(),
            dateline: r.dateline.clone(),
            language: r.language.clone(),
            published: p.days.to_edtf(),
            published_lo: p.days.lo,
            published_hi: p.days.hi,
            published_basis: p.basis,
            published_why: p.why.clone(),
            stamp: p.stamp.clone(),
            origin: self.linked.origin.clone(),
            words: i64::try_from(r.text.split_whitespace().count()).unwrap_or(i64::MAX),
            text: r.text.clone(),
        });
        rows.blocks.extend(r.blocks.iter().map(|b| {
            let (start, end) = self.ends(b.span);
            BlockRow { report: self.id(), start, end, kind: b.kind, why: b.why.clone() }
        }));
        rows.notes.extend(r.notes.iter().chain(&self.item.facts.notes).map(|n| self.note(n)));
        self.mentions(rows);
        self.offices(rows);
        self.times(rows);
        self.statements(rows);
        self.figures(rows);
        self.event_mentions(rows);
    }

    fn note(&self, n: &Note) -> NoteRow {
        let ends = n.span.map(|s| self.ends(s));
        NoteRow {
            report: Some(self.id()),
            path: n.path.clone().or_else(|| self.item.report.path.clone()),
            start: ends.map(|e| e.0),
            end: ends.map(|e| e.1),
            kind: n.kind.clone(),
            text: n.text.clone(),
        }
    }

    fn mentions(&self, rows: &mut RecordRows) {
        for m in &self.item.facts.mentions {
            let (start, end) = self.ends(m.span);
            rows.mentions.push(MentionRow {
                report: self.id(),
                start,
                end,
                text: self.words(m.span),
                kind: m.kind,
                actor: m.entity.and_then(|e| self.actor(e)),
                place: m.place.and_then(|p| self.place(p)),
                by: m.maker.by.clone(),
                sure: m.maker.sure,
                review: self.review("mentions", m.span),
            });
        }
    }

    /// What a report proves of an office: held on its day, and nothing before or after.
    fn offices(&self, rows: &mut RecordRows) {
        let day = self.linked.published.days;
        for o in &self.item.facts.offices {
            let Some(actor) = self.actor(o.entity) else { continue };
            let (start, end) = self.ends(o.span);
            let (from_lo, from_hi, to_lo, to_hi) = match o.tenure {
                Tenure::Current | Tenure::Acting | Tenure::Outgoing => (None, day.hi, day.lo, None),
                Tenure::Former => (None, None, None, day.hi),
                Tenure::Elect => (day.lo, None, None, None),
                Tenure::Then => (None, day.hi, None, None),
            };
            rows.offices.push(OfficeRow {
                actor,
                office: o.office.clone(),
                organization: o.organization.clone(),
                country: o.country.clone(),
                from_lo,
                from_hi,
                to_lo,
                to_hi,
                report: self.id(),
                start,
                end,
                by: o.maker.by.clone(),
                sure: o.maker.sure,
                review: self.review("offices", o.span),
            });
        }
    }

    fn times(&self, rows: &mut RecordRows) {
        let published = self.linked.published.days;
        for (t, r) in self.item.facts.times.iter().zip(&self.linked.times) {
            let (start, end) = self.ends(t.span);
            let relative = !matches!(t.meaning, chancery_model::facts::TimeMeaning::Calendar { .. });
            rows.times.push(TimeRow {
                report: self.id(),
                start,
                end,
                text: self.words(t.span),
                r#type: t.kind,
                value: r.value.clone(),
                r#mod: t.modifier.clone(),
                edtf: r.edtf,
                lo: r.days.lo,
                hi: r.days.hi,
                anchor: if relative { published.to_edtf().map(|e| format!("published {e}")) } else { None },
                why: r.why.clone(),
                by: t.maker.by.clone(),
                sure: t.maker.sure,
                review: self.review("times", t.span),
            });
        }
    }

    fn statements(&self, rows: &mut RecordRows) {
        for (n, s) in self.item.facts.statements.iter().enumerate() {
            let pairs = |list: &[Span]| Nested(list.iter().map(|s| self.pair(*s)).collect::<Vec<_>>());
            let said = self.days(FactRef::Statement, n, s.said);
            let relays = s.relays.iter().map(|r| {
                let [start, end] = self.pair(r.span);
                RelayCell {
                    actor: r.entity.and_then(|e| self.actor(e)),
                    text: self.words(r.span),
                    start,
                    end,
                }
            });
            let words: Vec<&str> = s.source.iter().map(|x| x.of(self.text())).collect();
            let key = s.content.first().or(s.cue.first()).copied().unwrap_or(Span::new(0, 0));
            rows.statements.push(StatementRow {
                id: self.linked.statements[n].clone(),
                report: self.id(),
                form: s.form,
                act: s.act,
                speaker: s.speaker.and_then(|e| self.actor(e)),
                speaker_text: if words.is_empty() { None } else { Some(words.join(" … ")) },
                speaker_named: s.speaker_named,
                content: pairs(&s.content),
                cue: pairs(&s.cue),
                source: pairs(&s.source),
                relays: Nested(relays.collect()),
                addressee: s.addressee.and_then(|e| self.actor(e)),
                said: said.to_edtf(),
                said_lo: said.lo,
                said_hi: said.hi,
                place: s.place.and_then(|p| self.place(p)),
                medium: s.medium.clone(),
                within: s.within.and_then(|w| self.linked.statements.get(w as usize).cloned()),
                negated: s.negated,
                hedged: s.hedged,
                cluster: self.linked.clusters[n].clone(),
                by: s.maker.by.clone(),
                sure: s.maker.sure,
                review: self.review("statements", key),
            });
        }
    }

    fn figures(&self, rows: &mut RecordRows) {
        for (n, f) in self.item.facts.figures.iter().enumerate() {
            let (start, end) = self.ends(f.span);
            let as_of = self.as_of(n, f.as_of);
            let from = f.derived_from.iter().filter_map(|x| self.linked.figures.get(*x as usize).cloned());
            rows.figures.push(FigureRow {
                id: self.linked.figures[n].clone(),
                report: self.id(),
                start,
                end,
                text: self.words(f.span),
                low: f.low,
                high: f.high,
                qualifier: f.qualifier,
                unit: f.unit.clone(),
                measure: f.measure.clone(),
                subject: f.subject.clone(),
                of: f.of.clone(),
                as_of: as_of.to_edtf(),
                as_of_lo: as_of.lo,
                as_of_hi: as_of.hi,
                speaker: f.speaker.and_then(|e| self.actor(e)),
                statement: f.statement.and_then(|s| self.linked.statements.get(s as usize).cloned()),
                derived_from: Nested(from.collect()),
                derivation: f.derivation.clone(),
                series: self.linked.series[n].clone(),
                by: f.maker.by.clone(),
                sure: f.maker.sure,
                review: self.review("figures", f.span),
            });
        }
    }

    fn event_mentions(&self, rows: &mut RecordRows) {
        for (n, e) in self.item.facts.events.iter().enumerate() {
            let days = self.days(FactRef::Event, n, e.time);
            let ids = (self.linked.mentions[n].clone(), self.linked.events[n].clone());
            rows.event_mentions.push(self.event_mention(ids, e, days));
        }
        for echo in &self.linked.echoes {
            let days = echo.mention.time.and_then(|t| self.linked.times.get(t as usize));
            let days = days.map_or(Days::open(), |t| t.days);
            let ids = (echo.id.clone(), echo.event.clone());
            rows.event_mentions.push(self.event_mention(ids, &echo.mention, days));
        }
    }

    fn event_mention(&self, (id, event): (Id, Id), e: &EventMention, days: Days) -> EventMentionRow {
        let (start, end) = self.ends(e.span);
        let place = e.place.and_then(|p| self.item.facts.places.get(p as usize));
        EventMentionRow {
            id,
            event,
            report: self.id(),
            start,
            end,
            text: self.words(e.span),
            statement: e.statement.and_then(|s| self.linked.statements.get(s as usize).cloned()),
            r#type: e.kind.plover(),
            mode: e.mode.clone().filter(|_| e.kind.plover().is_some()),
            cameo: e.cameo.clone(),
            status: e.status,
            date: days.to_edtf(),
            date_lo: days.lo,
            date_hi: days.hi,
            place_name: place.map(|p| p.name.clone()),
            participants: self.participants(&e.participants),
            by: outside(&e.maker.by, e.kind, e.mode.as_deref()),
            sure: e.maker.sure,
            review: self.review("event_mentions", e.span),
        }
    }
}

/// The maker of a happening; for one outside PLOVER with the kind of its list: `link/events/election`.
fn outside(by: &str, kind: EventType, word: Option<&str>) -> String {
    match word {
        Some(word) if kind == EventType::Outside => format!("{by}/{word}"),
        _ => by.to_owned(),
    }
}

/// What people have said of an event: what they said of all its mentions; corrected where one of them was.
fn verdict(mentions: &[(usize, usize)], edges: &Edges<'_>) -> Review {
    if edges.reviews.is_empty() {
        return Review::Predicted;
    }
    let said: Vec<Review> = mentions
        .iter()
        .filter_map(|(r, n)| {
            let edge = edges.at(*r)?;
            Some(edge.review("event_mentions", edge.item.facts.events.get(*n)?.span))
        })
        .collect();
    match said.first() {
        Some(first) if said.iter().all(|s| s == first) => *first,
        _ if said.contains(&Review::Corrected) => Review::Corrected,
        _ => Review::Predicted,
    }
}

/// Rows that belong to no single report.
fn global(rows: &mut RecordRows, linked: &Linked, edges: &Edges<'_>) {
    rows.actors.extend(linked.actors.iter().map(|a| ActorRow {
        id: a.id.clone(),
        name: a.name.clone(),
        kind: a.kind,
        country: a.country.clone(),
        code: a.code.clone(),
        sector: a.sector.clone(),
        aliases: Nested(a.aliases.clone()),
        reports: a.reports,
    }));
    rows.places.extend(linked.places.iter().map(|p| PlaceRow {
        id: p.id.clone(),
        name: p.name.clone(),
        country: p.country.clone(),
        kind: p.kind,
        lat: p.at.map(|a| a.0),
        lon: p.at.map(|a| a.1),
        source: p.source.map(str::to_owned),
    }));
    let coordinates: BTreeMap<&Id, (f64, f64)> =
        linked.places.iter().filter_map(|p| Some((&p.id, p.at?))).collect();
    for e in &linked.events {
        let at = e.place.as_ref().and_then(|p| coordinates.get(&p.0));
        rows.events.push(EventRow {
            id: e.id.clone(),
            title: e.title.clone(),
            r#type: e.kind.plover(),
            mode: e.mode.clone().filter(|_| e.kind.plover().is_some()),
            contexts: Nested(e.contexts.clone()),
            cameo: e.cameo.clone(),
            status: e.status,
            date: e.days.to_edtf(),
            date_lo: e.days.lo,
            date_hi: e.days.hi,
            place: e.place.as_ref().map(|p| p.0.clone()),
            place_name: e.place.as_ref().map(|p| p.1.clone()),
            lat: at.map(|a| a.0),
            lon: at.map(|a| a.1),
            participants: Nested(
                e.participants
                    .iter()
                    .map(|(role, actor)| ParticipantCell { role: *role, actor: actor.clone() })
                    .collect(),
            ),
            reports: e.counts.0,
            origins: e.counts.1,
            by: outside("link/events", e.kind, e.mode.as_deref()),
            sure: e.sure,
            review: verdict(&e.mentions, edges),
        });
        rows.event_states.extend(e.states.iter().map(|s| EventStateRow {
            event: e.id.clone(),
            status: s.status,
            date_lo: s.days.lo,
            date_hi: s.days.hi,
            mentions: Nested(s.mentions.clone()),
            origins: s.origins,
        }));
    }
    rows.series.extend(linked.series.iter().map(|s| SeriesRow {
        id: s.id.clone(),
        measure: s.measure.clone(),
        subject: s.subject.clone(),
        of: s.of.clone(),
        title: s.title.clone(),
    }));
    rows.origins.extend(linked.origins.iter().map(|o| OriginRow {
        id: o.id.clone(),
        kind: o.kind,
        wire: o.wire.clone(),
        reports: Nested(o.reports.clone()),
        why: o.why.clone(),
        by: "link/origins".into(),
        sure: Sure::High,
        review: Review::Predicted,
    }));
    rows.positions.extend(linked.positions.iter().map(|p| PositionRow {
        id: p.id.clone(),
        actor: p.actor.clone(),
        issue: p.issue.clone(),
        stance: p.stance,
        condition: p.condition.clone(),
        from_lo: p.days.0,
        to_hi: p.days.1,
        statements: Nested(p.statements.clone()),
        event_mentions: Nested(Vec::new()),
        by: "link/positions".into(),
        sure: p.sure,
        review: Review::Predicted,
    }));
    let cell = |e: &Evidence| {
        let edge = edges.get(&e.report)?;
        let [start, end] = edge.pair(e.span);
        Some(EvidenceCell { report: e.report.clone(), start, end })
    };
    rows.conflicts.extend(linked.conflicts.iter().map(|c| {
        ConflictRow {
            id: c.id.clone(),
            kind: c.kind,
            about: c.about.clone(),
            sides: Nested(
                c.sides
                    .iter()
                    .map(|s| SideCell {
                        value: s.value.clone(),
                        evidence: s.evidence.iter().filter_map(cell).collect(),
                        origins: i64::try_from(s.origins.len()).unwrap_or(i64::MAX),
                    })
                    .collect(),
            ),
            why: c.why.clone(),
            by: "link/conflicts".into(),
            sure: c.sure,
            review: Review::Predicted,
        }
    }));
}
