//! `chancery ask`: the questions.

use super::{count, open};
use crate::out::{BOLD, DIM, Out, styled};
use chancery::views::{
    self, Disagreement, EventKind, EventQuery, EventView, FigureView, HolderView, PositionView,
    StatementQuery, StatementView, StoryDay, StoryLength,
};
use chancery_model::vocab::{ConflictKind, Status, Sure};
use chancery_model::{Day, Days, Edtf};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct AskArgs {
    /// The record.
    record: PathBuf,
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Who said what, through whom.
    WhoSaid {
        /// By whom.
        #[arg(long)]
        by: Option<String>,
        /// About words, or about an actor.
        #[arg(long)]
        about: Option<String>,
        /// Reports from this day on (2006-02-22).
        #[arg(long, value_parser = first_day)]
        from: Option<Day>,
        /// Reports up to this day.
        #[arg(long, value_parser = last_day)]
        to: Option<Day>,
        /// Passed on by whom.
        #[arg(long)]
        through: Option<String>,
        /// Only word for word.
        #[arg(long)]
        direct: bool,
    },
    /// Who met whom, or whom one met.
    Met {
        /// The one.
        a: String,
        /// The other.
        b: Option<String>,
    },
    /// Happenings by type, actor, status, day and place.
    Events {
        /// PLOVER type (CONSULT, AGREE, ACCUSE, …), a kind outside PLOVER (election, flood, crash, …), or none for all of
        /// these.
        #[arg(long = "type")]
        kind: Option<EventKind>,
        /// Who did it, was host or mediated.
        #[arg(long)]
        actor: Option<String>,
        /// To whom.
        #[arg(long)]
        recipient: Option<String>,
        /// Status (happened, planned, denied, …).
        #[arg(long, value_parser = parse_word::<Status>)]
        status: Option<Status>,
        /// From this day on.
        #[arg(long, value_parser = first_day)]
        from: Option<Day>,
        /// Up to this day.
        #[arg(long, value_parser = last_day)]
        to: Option<Day>,
        /// From the first day to the last: --between 2013-05-01 2013-06-30.
        #[arg(long, num_args = 2, value_names = ["FIRST", "LAST"], conflicts_with_all = ["from", "to"], value_parser = days)]
        between: Option<Vec<Days>>,
        /// Place, or a country with every place in it.
        #[arg(long)]
        place: Option<String>,
    },
    /// Numbers claimed: all, or those that have to do with some words.
    Figures {
        /// Words: killed, money, a place, a claimant.
        about: Option<String>,
    },
    /// Who held an office, or which offices somebody held, according to whom.
    Office {
        /// An actor ("Balasingham") or an office ("foreign minister"); everything without one.
        about: Option<String>,
    },
    /// Why a report has the date it has.
    When {
        /// Key or id of the report.
        report: String,
    },
    /// Where the reports disagree.
    Disagree {
        /// Only this kind: date, figure, place, participant, status, speaker, wording.
        #[arg(long, value_parser = parse_word::<ConflictKind>)]
        kind: Option<ConflictKind>,
        /// Only those that are at least so sure: high, medium, low.
        #[arg(long, value_parser = parse_word::<Sure>, default_value = "low")]
        sure: Sure,
    },
    /// Where somebody stands on what, and when that changed.
    Position {
        /// Who; a state is asked together with those who speak for its government.
        actor: String,
        /// Only on this issue.
        #[arg(long)]
        about: Option<String>,
        /// Only those that are at least so sure: high, medium, low.
        #[arg(long, value_parser = parse_word::<Sure>, default_value = "low")]
        sure: Sure,
    },
    /// The story as a timeline: the days that most sources tell of.
    Story {
        /// How many days. Without it 20 at most, and of many sources none that one alone speaks of.
        #[arg(long, short = 'n')]
        length: Option<usize>,
    },
    /// Which reports are one source, why, and who carries whom.
    Origins,
    /// The reports of the record: key, day, outlet, headline.
    Reports,
}

fn parse_word<T: std::str::FromStr<Err = chancery_model::vocab::UnknownWord>>(s: &str) -> Result<T, String> {
    s.parse::<T>().or_else(|e| s.to_uppercase().parse::<T>().map_err(|_| e)).map_err(|e| e.to_string())
}

/// The first day of what is meant: `2006`, `2006-05` or `2006-05-31`.
fn first_day(s: &str) -> Result<Day, String> {
    days(s)?.lo.ok_or_else(|| no_day(s))
}

fn last_day(s: &str) -> Result<Day, String> {
    days(s)?.hi.ok_or_else(|| no_day(s))
}

fn days(s: &str) -> Result<Days, String> {
    s.parse::<Edtf>().map(|e| e.days()).map_err(|_| no_day(s))
}

fn no_day(s: &str) -> String {
    format!("{s:?} is no day of the calendar; give a year, a month or a day: 2006, 2006-05 or 2006-05-31")
}

pub fn run(a: &AskArgs, out: &Out) -> anyhow::Result<ExitCode> {
    let store = open(&a.record)?;
    match &a.question {
        Question::WhoSaid { by, about, from, to, through, direct } => {
            let q = StatementQuery {
                speaker: by.clone(),
                about: about.clone(),
                from: *from,
                to: *to,
                through: through.clone(),
                direct: *direct,
            };
            let found = views::who_said(&store, &q)?;
            out.list(&found, "No statement fits.", |v| statement(v, out))?;
        }
        Question::Met { a, b } => {
            let found = views::met(&store, a, b.as_deref())?;
            out.list(&found, "No meeting is reported.", |e| event(e, out))?;
        }
        Question::Events { kind, actor, recipient, status, from, to, between, place } => {
            let bound = |n: usize| between.as_ref().and_then(|b| b.get(n)).copied();
            let q = EventQuery {
                kind: kind.clone(),
                with: Vec::new(),
                actor: actor.clone(),
                recipient: recipient.clone(),
                status: *status,
                from: from.or_else(|| bound(0)?.lo),
                to: to.or_else(|| bound(1)?.hi),
                place: place.clone(),
            };
            out.list(&views::events(&store, &q)?, "No event fits.", |e| event(e, out))?;
        }
        Question::Figures { about } => {
            let found = views::figures(&store, about.as_deref())?;
            let last = std::cell::RefCell::new(None);
            out.list(&found, "No figure fits.", |f| {
                let title = f.series_title.clone().unwrap_or_else(|| "Figures of their own".into());
                if last.borrow().as_ref() != Some(&title) {
                    out.line(styled(BOLD, &title))?;
                    *last.borrow_mut() = Some(title);
                }
                figure(f, out)
            })?;
        }
        Question::Office { about } => {
            let found = views::offices(&store, about.as_deref())?;
            out.list(&found, "No such office, and nobody of that name with one.", |h| holder(h, out))?;
        }
        Question::When { report } => {
            let w = views::when(&store, report)?;
            if out.json {
                out.json(&w)?;
            } else {
                when(&w, out)?;
            }
        }
        Question::Disagree { kind, sure } => {
            let mut found = views::disagreements(&store, *kind)?;
            found.retain(|d| d.sure <= *sure);
            out.list(&found, "The reports do not disagree, as far as was found.", |d| disagreement(d, out))?;
        }
        Question::Position { actor, about, sure } => {
            let mut found = views::positions(&store, actor, about.as_deref())?;
            found.retain(|p| p.sure <= *sure);
            let last = std::cell::RefCell::new(None);
            out.list(&found, "No position is told.", |p| {
                let head = format!("{} on {}", p.actor, p.issue);
                if last.borrow().as_ref() != Some(&head) {
                    out.line(styled(BOLD, &head))?;
                    *last.borrow_mut() = Some(head);
                }
                position(p, out)
            })?;
        }
        Question::Story { length } => {
            let length = length.map_or(StoryLength::AtMost(20), StoryLength::Days);
            let found = views::story(&store, length)?;
            out.list(&found, "No day is told of.", |d| story_day(d, out))?;
        }
        Question::Origins => {
            let found = views::origins(&store)?;
            out.list(&found, "Every report is a source of its own.", |o| origin(o, out))?;
        }
        Question::Reports => {
            let found = views::reports(&store)?;
            out.list(&found, "The record holds no report.", |r| {
                let day = r.published.map_or_else(|| "undated".to_owned(), |d| d.to_string());
                out.line(format!(
                    "{:<22} {} · {} {}",
                    day,
                    r.key,
                    r.outlet.as_deref().unwrap_or("no outlet"),
                    styled(DIM, r.title.as_deref().unwrap_or(""))
                ))
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn one_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where it stands: outlet, day, report and offsets.
fn place(report: &str, outlet: Option<&str>, published: Option<Edtf>, at: &str) -> String {
    let mut parts: Vec<String> = outlet.map(str::to_owned).into_iter().collect();
    parts.extend(published.map(|d| d.to_string()));
    parts.push(format!("{report}:{at}"));
    styled(DIM, format!("    {}", parts.join(" · ")))
}

/// A statement: the chain, the words, where.
pub fn statement(v: &StatementView, out: &Out) -> anyhow::Result<()> {
    let mut how = vec![v.act.to_string()];
    how.extend(v.addressee.as_ref().map(|a| format!("to {a}")));
    how.extend(v.medium.clone());
    how.extend(v.negated.then(|| "negated".to_owned()));
    how.extend(v.hedged.then(|| "hedged".to_owned()));
    out.line(format!(
        "  {} {}: {}",
        styled(BOLD, &v.chain),
        styled(DIM, format!("[{}]", how.join(", "))),
        one_line(&v.content)
    ))?;
    let at = v.spans.first().map_or_else(String::new, |s| format!("{}-{}", s[0], s[1]));
    out.line(place(&v.report, v.outlet.as_deref(), v.published, &at))
}

fn event(e: &EventView, out: &Out) -> anyhow::Result<()> {
    let day = e.date.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    out.line(format!(
        "  {} {} {}",
        styled(BOLD, day),
        e.title,
        styled(
            DIM,
            format!(
                "[{} {}; {}, {}]",
                e.kind,
                e.status,
                count(usize::try_from(e.reports).unwrap_or(0), "report"),
                count(usize::try_from(e.origins).unwrap_or(0), "origin")
            )
        )
    ))?;
    if e.reports > 1 {
        carried(e, out)?;
    }
    for m in e.mentions.iter().take(if out.verbose() { usize::MAX } else { 3 }) {
        out.line(format!("    “{}”", one_line(&m.context)))?;
        out.line(styled(DIM, format!("    {}:{}-{} [{}]", m.report, m.start, m.end, m.status)))?;
    }
    Ok(())
}

/// Origins from which on a status that hardly any of them gives is left out of the line; `--json` has all.
const MANY: i64 = 5;

/// Who told it first and who else tells it.
fn carried(e: &EventView, out: &Out) -> anyhow::Result<()> {
    let Some(f) = &e.first else { return Ok(()) };
    let when = f.published.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let who = f.outlet.as_deref().unwrap_or(&f.report);
    let others: Vec<String> = e.outlets.iter().filter(|o| Some(*o) != f.outlet.as_ref()).cloned().collect();
    let also = if others.is_empty() { String::new() } else { format!("; also {}", others.join(", ")) };
    out.line(styled(DIM, format!("    first told by {who}, {when}{also}")))?;
    // Of what many tell, one always supposes or denies something beside it.
    let few = |s: &views::StateView| e.origins >= MANY && (s.origins < 2 || s.origins * 10 < e.origins);
    let mut states: Vec<&views::StateView> =
        e.states.iter().filter(|s| s.status == e.status || !few(s)).collect();
    if states.len() > 1 {
        states.sort_by_key(|s| (s.from, s.to));
        let day = |s: &views::StateView| s.from.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let states: Vec<String> = states.iter().map(|s| format!("{} ({})", s.status, day(s))).collect();
        out.line(styled(DIM, format!("    {}", states.join(" → "))))?;
    }
    Ok(())
}

fn figure(f: &FigureView, out: &Out) -> anyhow::Result<()> {
    let mut what = vec![f.measure.replace('_', " ")];
    what.extend(f.subject.clone());
    what.extend(f.of.as_ref().map(|o| format!("of {o}")));
    what.extend(f.as_of.map(|d| format!("as of {d}")));
    let who =
        f.speaker.as_deref().map_or_else(|| "nobody named".to_owned(), |s| format!("by the word of {s}"));
    out.line(format!("  {} {}; {who}", styled(BOLD, one_line(&f.text)), what.join(", ")))?;
    if let Some(d) = &f.derivation {
        out.line(format!("    {d}"))?;
    }
    out.line(format!("    “{}”", one_line(&f.context)))?;
    out.line(place(&f.report, f.outlet.as_deref(), f.published, &format!("{}-{}", f.start, f.end)))
}

/// Who held what, between which days, and the words it rests on.
fn holder(h: &HolderView, out: &Out) -> anyhow::Result<()> {
    let of: Vec<&str> = h.organization.iter().chain(&h.country).map(String::as_str).collect();
    let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
    out.line(format!("  {} {}{of}: {}", styled(BOLD, &h.name), h.office, h.when))?;
    for e in h.evidence.iter().take(if out.verbose() { usize::MAX } else { 3 }) {
        out.line(format!("    “{}”", one_line(&e.text)))?;
        out.line(place(&e.report, e.outlet.as_deref(), e.published, &format!("{}-{}", e.start, e.end)))?;
    }
    Ok(())
}

/// An origin: why, the lead, and who else carries it.
fn origin(o: &views::OriginView, out: &Out) -> anyhow::Result<()> {
    out.line(format!("  {} {}", styled(BOLD, o.kind.to_string()), o.why))?;
    for r in &o.reports {
        out.line(place(&r.report, r.outlet.as_deref(), r.published, "whole"))?;
    }
    Ok(())
}

/// A position: the stance, since when, and the words.
fn position(p: &PositionView, out: &Out) -> anyhow::Result<()> {
    let day = |d: Option<Day>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
    let when = if p.from == p.to { day(p.from) } else { format!("{} to {}", day(p.from), day(p.to)) };
    let turned = if p.turned { " – changed" } else { "" };
    let on = p.condition.as_ref().map_or_else(String::new, |c| format!(" ({c})"));
    let sure = if p.sure == Sure::Low { " (doubtful)" } else { "" };
    out.line(format!("  {}{on}{sure} {}", styled(BOLD, format!("{}{turned}", p.stance)), styled(DIM, when)))?;
    for q in p.quotes.iter().take(if out.verbose() { usize::MAX } else { 2 }) {
        out.line(format!("    “{}”", one_line(q.text.trim_matches(['"', '“', '”']))))?;
        let at = q.spans.first().map_or_else(String::new, |s| format!("{}-{}", s[0], s[1]));
        out.line(place(&q.report, q.outlet.as_deref(), q.published, &at))?;
    }
    Ok(())
}

/// A day of the story: the sentence that says best what is told of it, and the happening, with who told it first.
fn story_day(d: &StoryDay, out: &Out) -> anyhow::Result<()> {
    let named = format!("[{}]", count(d.origins, "origin"));
    out.line(format!("  {} {}", styled(BOLD, d.day.to_string()), styled(DIM, named)))?;
    if let Some(p) = &d.passage {
        out.line(format!("    “{}”", one_line(&p.text)))?;
        out.line(place(&p.report, p.outlet.as_deref(), p.published, &format!("{}-{}", p.start, p.end)))?;
    }
    if let Some(e) = &d.event {
        let told = format!("[{}, {}]", e.status, count(usize::try_from(e.origins).unwrap_or(0), "origin"));
        let what = if d.passage_tells || d.passage.is_none() { "event" } else { "also told of the day" };
        out.line(format!("    {what}: {} {}", e.title, styled(DIM, told)))?;
        carried(e, out)?;
    }
    Ok(())
}

/// A disagreement: the sentence, then each side's words.
pub fn disagreement(d: &Disagreement, out: &Out) -> anyhow::Result<()> {
    let sure = if d.sure == Sure::Low { " (doubtful)" } else { "" };
    out.line(format!("  {} {}", styled(BOLD, format!("{}{sure}:", d.kind)), one_line(&d.why)))?;
    for s in &d.sides {
        for e in s.evidence.iter().take(if out.verbose() { usize::MAX } else { 2 }) {
            out.line(format!("    “{}”", one_line(&e.context)))?;
            out.line(place(&e.report, e.outlet.as_deref(), e.published, &format!("{}-{}", e.start, e.end)))?;
        }
    }
    Ok(())
}

fn when(w: &views::WhenView, out: &Out) -> anyhow::Result<()> {
    let day = w
        .published
        .map_or_else(|| "day of publication not known".to_owned(), |d| format!("was published {d}"));
    out.line(format!("{} {} {}", styled(BOLD, &w.report), day, styled(DIM, format!("[{}]", w.basis))))?;
    out.line(&w.why)?;
    for (basis, words, days) in &w.clues {
        let days = days.map_or_else(|| "no full date".to_owned(), |d| d.to_string());
        out.line(format!("  {basis}: {} = {days}", one_line(words)))?;
    }
    let shown = |d: &Option<Edtf>| d.map_or_else(|| "not known".to_owned(), |d| d.to_string());
    for (days, basis, why) in &w.reasons {
        out.line(format!("  {basis}: {} if {why}", shown(days)))?;
    }
    for (key, days, basis, why) in &w.leans_on {
        out.line(format!("  leans on {key} = {} {}", shown(days), styled(DIM, format!("[{basis}] {why}"))))?;
    }
    for (words, value, why) in &w.times {
        out.line(format!(
            "  “{}” = {} {}",
            one_line(words),
            value.as_deref().unwrap_or("not known"),
            styled(DIM, why)
        ))?;
    }
    Ok(())
}
