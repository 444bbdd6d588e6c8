//! Rows of our own making: an invented ferry dispute, as many reports of it as a test wants.
#![allow(dead_code, reason = "every test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "made-up rows are always well made")]

use chancery_model::date::{Day, Days};
use chancery_model::facts::{Entity, Maker, Mention, ReportFacts, TimeExpr, TimeMeaning};
use chancery_model::report::{Block, Given, Note, Report};
use chancery_model::rows::*;
use chancery_model::schema::Nested;
use chancery_model::vocab::*;
use chancery_model::{Id, Span};
use chancery_store::RecordRows;

/// A report, by number; `edition` changes its text and so its id.
pub fn report(n: usize, edition: usize) -> Report {
    let text = format!(
        "Ferry talks, day {n}\n\nPort Ellen — “Wir können warten,” said Ina Möller, head of the dockers’ union, on 4 May.\n\
         She spoke for 1,{n:03} members. Edition {edition} of the Skerry Herald.\n\nSign up for our letter.\n"
    );
    let key = format!("herald/{n:04}.txt");
    let at = |needle: &str| text.find(needle).unwrap();
    let block =
        |from: usize, to: usize, kind, why: &str| Block { span: Span::new(from, to), kind, why: why.into() };
    let title_end = at("\n");
    let (body, body_end) = (at("Port"), at("\n\nSign"));
    Report {
        id: Id::of("report", &[key.as_bytes(), text.as_bytes()]),
        sha256: chancery_model::id::blake3_hex(text.as_bytes()),
        path: Some(format!("/pile/{key}")),
        key,
        given: Given { outlet: Some("Skerry Herald".into()), ..Given::default() },
        title: Some(format!("Ferry talks, day {n}")),
        outlet: Some("Skerry Herald".into()),
        byline: None,
        dateline: Some("Port Ellen".into()),
        language: Some("en".into()),
        readable: true,
        blocks: vec![
            block(0, title_end, BlockKind::Headline, "first line"),
            block(body, body_end, BlockKind::Body, "prose"),
            block(body_end + 2, text.trim_end().len(), BlockKind::Boilerplate, "asks to sign up"),
        ],
        clues: vec![],
        notes: vec![Note {
            path: None,
            span: None,
            kind: "language".into(),
            text: "a German quotation".into(),
        }],
        text,
    }
}

/// Facts of a report with what is hard to keep: exact floats, days, nested choices.
pub fn facts(n: usize, mentions: usize) -> ReportFacts {
    let maker = || Maker { by: "test/rule".into(), sure: Sure::Medium };
    let span = |k: usize| Span::new(20 + k, 24 + k);
    ReportFacts {
        entities: vec![Entity {
            name: "Ina Möller".into(),
            kind: ActorKind::Person,
            country: None,
            sector: Some("LAB".into()),
            aliases: vec!["Möller".into()],
            outlet: None,
        }],
        mentions: (0..mentions)
            .map(|k| Mention {
                span: span(k),
                kind: MentionKind::Person,
                entity: Some(0),
                place: None,
                maker: maker(),
            })
            .collect(),
        times: vec![
            TimeExpr {
                span: span(1),
                kind: TimeType::Duration,
                meaning: TimeMeaning::Duration {
                    amount: Some(0.1 + 0.2 + n as f64),
                    unit: chancery_model::facts::Unit::Hour,
                    bound: chancery_model::facts::Direction::Past,
                },
                modifier: Some("APPROX".into()),
                direction: chancery_model::facts::Direction::Now,
                maker: maker(),
            },
            TimeExpr {
                span: span(2),
                kind: TimeType::Date,
                meaning: TimeMeaning::Calendar {
                    date: "1998-04?".parse().unwrap(),
                    time: Some("TEV".into()),
                },
                modifier: None,
                direction: chancery_model::facts::Direction::Unknown,
                maker: maker(),
            },
        ],
        ..ReportFacts::default()
    }
}

fn id(kind: &str, parts: &[&str]) -> Id {
    Id::of(kind, parts)
}

/// The rows of a record of these reports. `generation` is in every global row, so that a test can tell two
/// publications apart; `extra` adds so many mentions to each report.
pub fn rows(reports: &[Report], generation: i64, extra: usize) -> RecordRows {
    let mut out = RecordRows::default();
    let day: Day = "2019-05-04".parse().unwrap();
    let days = Days::one(day);
    let (actor, place, event, series) = (id("a", &["m"]), id("p", &["e"]), id("e", &["t"]), id("s", &["n"]));
    for r in reports {
        report_rows(&mut out, r, generation, extra, &actor, &place, &event, &series, days);
    }
    out.actors.push(ActorRow {
        id: actor.clone(),
        name: "Ina Möller".into(),
        kind: ActorKind::Person,
        country: None,
        code: None,
        sector: Some("LAB".into()),
        aliases: Nested(vec!["Möller".into(), format!("generation {generation}")]),
        reports: generation,
    });
    out.places.push(PlaceRow {
        id: place,
        name: "Port Ellen".into(),
        country: None,
        kind: PlaceKind::City,
        lat: Some(55.63),
        lon: Some(-6.1 - 0.000_000_000_1),
        source: Some("made up".into()),
    });
    out.outlets.push(OutletRow {
        id: id("o", &["h"]),
        name: "Skerry Herald".into(),
        aliases: Nested(vec![]),
        domain: None,
        country: None,
        agency: false,
    });
    out.series.push(SeriesRow {
        id: series,
        measure: "count".into(),
        subject: Some("members".into()),
        of: Some("union".into()),
        title: format!("Members, generation {generation}"),
    });
    out.events.push(EventRow {
        id: event.clone(),
        title: format!("Ferry talks, generation {generation}"),
        r#type: Some(EventType::Consult),
        mode: None,
        contexts: Nested(vec!["labor".into()]),
        cameo: Some("04".into()),
        status: Status::Ongoing,
        date: Some("2019-05-04".parse().unwrap()),
        date_lo: Some(day),
        date_hi: Some(day),
        place: None,
        place_name: Some("Port Ellen".into()),
        lat: None,
        lon: None,
        participants: Nested(vec![ParticipantCell { role: Role::Actor, actor }]),
        reports: i64::try_from(reports.len()).unwrap(),
        origins: generation,
        by: "test".into(),
        sure: Sure::Low,
        review: Review::Predicted,
    });
    out.event_states.push(EventStateRow {
        event,
        status: Status::Ongoing,
        date_lo: Some(day),
        date_hi: None,
        mentions: Nested(out.event_mentions.iter().map(|m| m.id.clone()).collect()),
        origins: generation,
    });
    out
}

/// Code points of the first place of some words.
pub fn points(text: &str, words: &str) -> (i64, i64) {
    let at = text.find(words).unwrap();
    let start = text[..at].chars().count();
    (start as i64, (start + words.chars().count()) as i64)
}

fn pair(text: &str, words: &str) -> Pair {
    let (a, b) = points(text, words);
    [a as u32, b as u32]
}

#[allow(clippy::too_many_arguments, reason = "a list of made-up ids")]
fn report_rows(
    out: &mut RecordRows,
    r: &Report,
    generation: i64,
    extra: usize,
    actor: &Id,
    place: &Id,
    event: &Id,
    series: &Id,
    days: Days,
) {
    let text = r.text.as_str();
    let (by, sure, review) = ("test/rule".to_owned(), Sure::High, Review::Predicted);
    let origin = id("or", &[r.id.as_str()]);
    out.reports.push(ReportRow {
        id: r.id.clone(),
        sha256: r.sha256.clone(),
        key: r.key.clone(),
        path: r.path.clone(),
        url: None,
        title: r.title.clone(),
        outlet: r.outlet.clone(),
        byline: None,
        dateline: r.dateline.clone(),
        language: r.language.clone(),
        published: None,
        published_lo: days.lo,
        published_hi: None,
        published_basis: DateBasis::None,
        published_why: format!("generation {generation}"),
        stamp: None,
        origin: origin.clone(),
        words: i64::try_from(text.split_whitespace().count()).unwrap(),
        text: text.to_owned(),
    });
    let map = chancery_model::CharMap::new(text);
    for b in &r.blocks {
        let [start, end] = map.pair(text, b.span).map(i64::from);
        out.blocks.push(BlockRow { report: r.id.clone(), start, end, kind: b.kind, why: b.why.clone() });
    }
    let (start, end) = points(text, "Ina Möller");
    for k in 0..=extra {
        out.mentions.push(MentionRow {
            report: r.id.clone(),
            start,
            end,
            text: "Ina Möller".into(),
            kind: MentionKind::Person,
            actor: Some(actor.clone()),
            place: (k % 7 == 1).then(|| place.clone()),
            by: by.clone(),
            sure,
            review,
        });
    }
    let (start, end) = points(text, "4 May");
    out.times.push(TimeRow {
        report: r.id.clone(),
        start,
        end,
        text: "4 May".into(),
        r#type: TimeType::Date,
        value: Some("2019-05-04".into()),
        r#mod: None,
        edtf: Some("2019-05-04".parse().unwrap()),
        lo: days.lo,
        hi: days.hi,
        anchor: Some("published".into()),
        why: "nearest year".into(),
        by: by.clone(),
        sure,
        review,
    });
    let (start, end) = points(text, "head of the dockers’ union");
    out.offices.push(OfficeRow {
        actor: actor.clone(),
        office: "head".into(),
        organization: Some("dockers’ union".into()),
        country: None,
        from_lo: None,
        from_hi: days.lo,
        to_lo: days.lo,
        to_hi: None,
        report: r.id.clone(),
        start,
        end,
        by: by.clone(),
        sure,
        review,
    });
    let statement = id("st", &[r.id.as_str()]);
    out.statements.push(StatementRow {
        id: statement.clone(),
        report: r.id.clone(),
        form: Form::Direct,
        act: Act::Say,
        speaker: Some(actor.clone()),
        speaker_text: Some("Ina Möller".into()),
        speaker_named: true,
        content: Nested(vec![pair(text, "“Wir können warten,”")]),
        cue: Nested(vec![pair(text, "said")]),
        source: Nested(vec![pair(text, "Ina Möller, head of the dockers’ union")]),
        relays: Nested(vec![RelayCell {
            actor: None,
            text: "Skerry Herald".into(),
            start: pair(text, "Skerry Herald")[0],
            end: pair(text, "Skerry Herald")[1],
        }]),
        addressee: None,
        said: Some("2019-05-04".parse().unwrap()),
        said_lo: days.lo,
        said_hi: days.hi,
        place: Some(place.clone()),
        medium: None,
        within: None,
        negated: false,
        hedged: true,
        cluster: Some(id("cl", &["warten"])),
        by: by.clone(),
        sure,
        review,
    });
    let number = text.split_whitespace().find(|w| w.starts_with("1,")).unwrap();
    let (start, end) = points(text, number);
    out.figures.push(FigureRow {
        id: id("f", &[r.id.as_str()]),
        report: r.id.clone(),
        start,
        end,
        text: number.to_owned(),
        low: number.replace(',', "").parse().ok(),
        high: None,
        qualifier: Qualifier::AtLeast,
        unit: None,
        measure: "count".into(),
        subject: Some("members".into()),
        of: None,
        as_of: None,
        as_of_lo: None,
        as_of_hi: None,
        speaker: Some(actor.clone()),
        statement: None,
        derived_from: Nested(vec![]),
        derivation: None,
        series: Some(series.clone()),
        by: by.clone(),
        sure,
        review,
    });
    let (start, end) = points(text, "talks");
    let mention = id("em", &[r.id.as_str()]);
    out.event_mentions.push(EventMentionRow {
        id: mention.clone(),
        event: event.clone(),
        report: r.id.clone(),
        start,
        end,
        text: "talks".into(),
        statement: Some(statement.clone()),
        r#type: Some(EventType::Consult),
        mode: None,
        cameo: None,
        status: Status::Ongoing,
        date: None,
        date_lo: None,
        date_hi: None,
        place_name: None,
        participants: Nested(vec![ParticipantCell { role: Role::Host, actor: actor.clone() }]),
        by: by.clone(),
        sure,
        review,
    });
    out.positions.push(PositionRow {
        id: id("po", &[r.id.as_str()]),
        actor: actor.clone(),
        issue: "ferry talks".into(),
        stance: Stance::Open,
        condition: None,
        from_lo: days.lo,
        to_hi: days.hi,
        statements: Nested(vec![statement]),
        event_mentions: Nested(vec![mention]),
        by: by.clone(),
        sure,
        review,
    });
    let [start, end] = pair(text, number);
    out.conflicts.push(ConflictRow {
        id: id("co", &[r.id.as_str()]),
        kind: ConflictKind::Figure,
        about: series.clone(),
        sides: Nested(vec![SideCell {
            value: number.to_owned(),
            evidence: vec![EvidenceCell { report: r.id.clone(), start, end }],
            origins: generation,
        }]),
        why: "made up".into(),
        by: by.clone(),
        sure,
        review,
    });
    out.origins.push(OriginRow {
        id: origin,
        kind: OriginKind::Single,
        wire: None,
        reports: Nested(vec![r.id.clone()]),
        why: "no other like it".into(),
        by,
        sure,
        review,
    });
    out.notes.push(NoteRow {
        report: Some(r.id.clone()),
        path: None,
        start: Some(1),
        end: Some(4),
        kind: "language".into(),
        text: "a German quotation".into(),
    });
}

/// Reports `0..n` with their facts.
pub fn read(n: usize) -> Vec<(Report, ReportFacts)> {
    (0..n).map(|k| (report(k, 1), facts(k, 3))).collect()
}

/// Only the reports.
pub fn reports(items: &[(Report, ReportFacts)]) -> Vec<Report> {
    items.iter().map(|(r, _)| r.clone()).collect()
}
