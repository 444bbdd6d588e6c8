//! What the chronology says: facts that the text names, how it tells of them, and how long ago they are said to be.

use super::evidence::{Evidence, FAIR, Fine, Hint, SURE, WEAK};
use super::grid::BIT;
use crate::{Item, fold};
use chancery_lexicon::chronology::{self, Fact, Index, Kind, Match, Word};
use chancery_model::date::{Day, Edtf, add_days, month_end};
use chancery_model::facts::{Direction, TimeExpr, TimeMeaning, Unit};
use chancery_model::vocab::DateBasis;
use chancery_model::{Days, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words before an office that say it is not held at the time.
const NOT_NOW: &[&str] = &[
    "former",
    "ex",
    "then",
    "deputy",
    "vice",
    "acting",
    "future",
    "onetime",
    "predecessor",
    "successor",
    "assistant",
    "under",
    "sub",
];
/// Words before an office whose holder is gone.
const GONE: &[&str] = &["late", "ousted", "deposed", "toppled", "overthrown", "slain", "assassinated"];
/// Words before a fact that say it lies ahead.
const AHEAD: &[&str] = &[
    "ahead",
    "upcoming",
    "forthcoming",
    "planned",
    "scheduled",
    "proposed",
    "prepare",
    "preparing",
    "preparations",
];
/// Words before a fact that say it is past.
const BEHIND: &[&str] = &[
    "after",
    "since",
    "following",
    "during",
    "aftermath",
    "wake",
    "last",
    "previous",
    "failed",
    "anniversary",
    "ended",
];
/// Verbs between a fact and a time that make it the time of the fact's beginning.
const BEGAN: &[&str] = &[
    "began",
    "begun",
    "beginning",
    "started",
    "launched",
    "erupted",
    "broke",
    "plunged",
    "struck",
    "hit",
    "held",
    "since",
    "opened",
    "start",
    "beginning",
];
/// Words that a report uses for a war or a campaign it has named before.
const CORE: &[&str] =
    &["war", "campaign", "uprising", "conflict", "offensive", "strikes", "intervention", "crisis"];
/// Offices that somebody strives for or waits for: they end on a day, and few use the words later without "former".
const PASSING: &[&str] = &["candidate", "nominee", "presumptive nominee", "running mate", "president-elect"];
/// How far apart, in words, a fact and a time may stand to belong together.
const REACH: usize = 12;

/// A fact found in a report.
struct Found<'f> {
    facts: Vec<&'f Fact>,
    m: Match,
}

/// Gathers what the chronology says of a report.
pub(super) fn gather(item: &Item<'_>, index: &Index<'_>, out: &mut Evidence) {
    let text = &item.report.text;
    let ground: Vec<Word> = chronology::words(text)
        .into_iter()
        .filter(|w| item.report.is_fact_ground(Span::new(w.start, w.end)))
        .collect();
    let mut found = Vec::new();
    for m in index.matches(text, &ground) {
        let facts: Vec<&Fact> = m
            .facts
            .iter()
            .filter_map(|n| index.fact(*n))
            .filter(|f| !f.year_in_text || says_year(f, text))
            .filter(|f| !m.loose || names_place(f, &ground))
            .filter(|f| written_as_name(f, &ground, text, &m))
            .collect();
        if !facts.is_empty() {
            found.push(Found { facts, m });
        }
    }
    let low = text.to_ascii_lowercase();
    // "Sept. 11" in the name of a fact is no day of the report.
    let named = |t: &TimeExpr| found.iter().any(|f| span(f, &ground).overlaps(t.span));
    let part: Vec<Span> = item.facts.times.iter().filter(|t| named(t)).map(|t| t.span).collect();
    out.cyclic.retain(|c| c.span.is_none_or(|s| !part.contains(&s)));
    let mut said: BTreeMap<&str, Way> = BTreeMap::new();
    for f in &found {
        let way = by_day(f, item, &part).unwrap_or_else(|| way(f, &ground, text, &low));
        let id = f.facts.first().map_or("", |f| f.id.as_str());
        let best = said.entry(id).or_insert(way);
        *best = (*best).max(way);
    }
    let mut done = BTreeSet::new();
    for f in &found {
        let id = f.facts.first().map_or("", |f| f.id.as_str());
        if let Some(way) = said.get(id).copied().filter(|_| done.insert(id)) {
            place(f, way, &ground, text, out);
        }
    }
    ages(item, &found, &ground, out);
    months(item, index, &found, &ground, out);
}

fn says_year(f: &Fact, text: &str) -> bool {
    f.days().lo.is_some_and(|d| text.contains(&d.year().to_string()))
}

/// Whether the text writes a proper name as one: "Ever Given" is a ship, "ever given" is none.
fn written_as_name(f: &Fact, ground: &[Word], text: &str, m: &Match) -> bool {
    let said = ground.get(m.first..m.last).unwrap_or(&[]);
    let capital = |w: &Word| text.get(w.start..w.end).is_some_and(|w| w.starts_with(char::is_uppercase));
    if said.iter().any(capital) {
        return true;
    }
    let same = |phrase: &&String| {
        let words = chronology::words(phrase);
        words.len() == said.len() && words.iter().zip(said).all(|(a, b)| a.low == b.low)
    };
    let name = |phrase: &String| phrase.split(' ').all(|w| w.starts_with(char::is_uppercase));
    !f.words.iter().filter(same).any(name)
}

/// Whether the text names a place of the fact, or another party to it.
fn names_place(f: &Fact, words: &[Word]) -> bool {
    let country = |code: &String| chancery_lexicon::countries::by_iso(code).map(|c| c.name.clone());
    let parties = f.who.iter().skip(1).filter_map(country);
    f.places.iter().cloned().chain(parties).any(|p| {
        let p: Vec<String> = chronology::words(&p).into_iter().map(|w| w.low).collect();
        !p.is_empty() && words.windows(p.len()).any(|w| w.iter().zip(&p).all(|(a, b)| a.low == *b))
    })
}

/// How a report tells of a fact; a later one is the stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Skip,
    Unknown,
    Ahead,
    Gone,
    Held,
    Past,
    /// The day of the fact is named without its year, and still ahead.
    Due,
    /// The day of the fact is named without its year, and past.
    Done,
}

/// What a day that the text names without a year says, when it is the day on which the fact begins.
fn by_day(f: &Found<'_>, item: &Item<'_>, part: &[Span]) -> Option<Way> {
    let fact =
        f.facts.first().filter(|x| f.facts.len() == 1 && x.kind != Kind::Term && fine(x) == Fine::Day)?;
    let start = fact.days().lo?;
    let same = |t: &&TimeExpr| match &t.meaning {
        TimeMeaning::MonthDay { month, day, year_shift: None, .. } => {
            (*month, *day) == (start.month(), start.day())
        }
        _ => false,
    };
    match item.facts.times.iter().filter(|t| !part.contains(&t.span)).find(same)?.direction {
        Direction::Future => Some(Way::Due),
        Direction::Past => Some(Way::Done),
        _ => None,
    }
}

fn way(f: &Found<'_>, words: &[Word], text: &str, low: &str) -> Way {
    let before =
        |n: usize| f.m.first.checked_sub(n).and_then(|i| words.get(i)).map_or("", |w| w.low.as_str());
    let Some(fact) = f.facts.first() else { return Way::Skip };
    if fact.kind == Kind::Term {
        if words.get(f.m.last).is_some_and(|w| w.low == "elect") {
            return Way::Skip;
        }
        let near = [before(1), before(2)];
        if near.iter().any(|w| GONE.contains(w)) {
            return Way::Gone;
        }
        return if near.iter().any(|w| NOT_NOW.contains(w)) { Way::Skip } else { Way::Held };
    }
    if !fact.kind.unannounced() && (1..=4).any(|n| AHEAD.contains(&before(n))) {
        return Way::Ahead;
    }
    let done = matches!(
        fact.kind,
        Kind::Agreement | Kind::Resolution | Kind::Battle | Kind::Independence | Kind::Test
    );
    if fact.kind.unannounced() || done || (1..=4).any(|n| BEHIND.contains(&before(n))) {
        return Way::Past;
    }
    let (Some(a), Some(b)) = (words.get(f.m.first), words.get(f.m.last.saturating_sub(1))) else {
        return Way::Unknown;
    };
    let span = Span::new(a.start, b.end);
    match chancery_facts::times::way(text, low, fold::sentence(text, span), span) {
        // What was announced beforehand is spoken of in every tense; only other deeds done are surely past.
        Direction::Past if !schedulable(fact.kind) || (1..=2).any(|n| before(n) == "at") => Way::Past,
        _ => Way::Unknown,
    }
}

fn schedulable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Summit | Kind::Conference | Kind::Election | Kind::Referendum | Kind::Sport | Kind::Trial
    )
}

fn fine(f: &Fact) -> Fine {
    let point = match f.date {
        Edtf::Point(p) | Edtf::Interval(chancery_model::date::End::Point(p), _) => p,
        Edtf::Interval(..) => return Fine::Year,
    };
    match (point.month, point.day) {
        (_, Some(_)) => Fine::Day,
        (Some(_), _) => Fine::Month,
        _ => Fine::Year,
    }
}

fn span(f: &Found<'_>, words: &[Word]) -> Span {
    let (a, b) = (words.get(f.m.first), words.get(f.m.last.saturating_sub(1)));
    a.zip(b).map_or(Span::new(0, 0), |(a, b)| Span::new(a.start, b.end))
}

fn phrase(f: &Found<'_>, words: &[Word], text: &str) -> String {
    span(f, words).of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bounds that the mention of a fact gives.
fn place(f: &Found<'_>, way: Way, words: &[Word], text: &str, out: &mut Evidence) {
    let Some(lo) = f.facts.iter().filter_map(|f| f.days().lo).min() else { return };
    let hi = if f.facts.iter().any(|f| f.days().hi.is_none()) {
        None
    } else {
        f.facts.iter().filter_map(|f| f.days().hi).max()
    };
    let shown = phrase(f, words, text);
    let when = Days { lo: Some(lo), hi }.to_edtf().map_or_else(String::new, |e| e.to_string());
    let mut hint = |days: Days, weight: i32, why: String| {
        out.hints.push(Hint { days, weight, basis: DateBasis::Chronology, why, bare_year: false });
    };
    let from = |d: Day| Days { lo: Some(add_days(d, -1)), hi: None };
    match way {
        Way::Skip => {}
        Way::Held if f.facts.iter().all(|f| f.office.as_deref().is_some_and(|o| PASSING.contains(&o))) => {
            let why = format!("“{shown}” fits {when}");
            hint(Days { lo: Some(add_days(lo, -3)), hi: None }, SURE, why.clone());
            if let Some(hi) = hi {
                hint(Days { lo: None, hi: Some(add_days(hi, 7)) }, SURE - BIT, why);
            }
        }
        Way::Held => {
            let why = format!("“{shown}” held that office {when}");
            hint(Days { lo: Some(add_days(lo, -3)), hi: None }, FAIR + 2 * WEAK, why.clone());
            // Titles live on after the office.
            if let Some(hi) = hi {
                hint(Days { lo: None, hi: Some(add_days(hi, 5)) }, FAIR, why);
            }
        }
        Way::Gone => {
            if let Some(hi) = hi {
                hint(from(hi), FAIR, format!("“{shown}” held that office until {hi}"));
            }
        }
        Way::Past => {
            let weight = if f.m.loose { FAIR + WEAK } else { SURE };
            let why = format!("it tells of “{shown}” ({when})");
            hint(from(lo), weight, why.clone());
            // Reports from further west carry the day before, but few do.
            hint(Days { lo: Some(lo), hi: None }, WEAK, why);
            if f.facts.len() == 1 {
                out.tell_fact(lo);
            }
        }
        Way::Ahead => {
            let end = f.facts.iter().filter_map(|f| f.days().hi).max().unwrap_or(lo);
            hint(
                Days { lo: Some(add_days(lo, -500)), hi: Some(end) },
                FAIR,
                format!("“{shown}” ({when}) is still ahead"),
            );
        }
        Way::Due => {
            let days = Days { lo: Some(add_days(lo, -200)), hi: Some(lo) };
            hint(days, SURE, format!("“{shown}” ({when}) is still ahead, and its day is named"));
        }
        Way::Done => {
            hint(from(lo), SURE, format!("it tells of “{shown}” ({when}), and its day is named"));
            let days = Days { lo: Some(lo), hi: Some(add_days(lo, 330)) };
            hint(days, FAIR, format!("it names the day of “{shown}” ({when}) without the year"));
            out.tell_fact(lo);
        }
        Way::Unknown => {
            let days = Days { lo: Some(add_days(lo, -366)), hi: None };
            hint(days, FAIR, format!("it names “{shown}” ({when})"));
        }
    }
}

/// How long ago a fact is said to be: "the three-week-old war", "a war that began last month", "two years after".
fn ages(item: &Item<'_>, found: &[Found<'_>], words: &[Word], out: &mut Evidence) {
    let text = &item.report.text;
    let at = |offset: u32| words.partition_point(|w| w.end <= offset as usize);
    let dated: Vec<&Found<'_>> =
        found.iter().filter(|f| f.facts.len() == 1 && f.facts.iter().all(|f| f.kind != Kind::Term)).collect();
    for t in &item.facts.times {
        let (a, b) = (at(t.span.start), at(t.span.end));
        let sentence = fold::sentence(text, t.span);
        let inside = |i: usize| words.get(i).is_some_and(|w| sentence.contains(Span::new(w.start, w.end)));
        // The nearest fact named in the sentence, else the one whose kind the sentence names again.
        let here = dated
            .iter()
            .filter(|f| inside(f.m.first) && f.m.last <= a || inside(f.m.first) && f.m.first >= b);
        let near = here
            .map(|f| (if f.m.last <= a { (f.m.last, a) } else { (b, f.m.first) }, *f))
            .min_by_key(|((x, y), _)| y - x);
        let again = || again(&dated, words, a, b, &inside);
        let Some(((x, y), f)) = near.or_else(again).filter(|((x, y), _)| y - x <= REACH) else { continue };
        let gap: Vec<&str> = words.get(x..y).unwrap_or(&[]).iter().map(|w| w.low.as_str()).collect();
        let began = gap.iter().any(|w| BEGAN.contains(w));
        let Some(fact) = f.facts.first() else { continue };
        let Some(start) = fact.days().lo else { continue };
        let close = gap.len() <= 3;
        let sense = |i: usize| words.get(i).map_or("", |w| w.low.as_str());
        let days = match &t.meaning {
            TimeMeaning::Offset { amount, unit, .. } if *amount < 0 && (close || began) => {
                age(start, fact, f64::from(-*amount), *unit, t)
            }
            TimeMeaning::Duration { amount: Some(n), unit, .. }
                if t.span.of(text).ends_with("old")
                    || matches!(sense(b), "old" | "into")
                    || (matches!(sense(b), "since" | "after") && close) =>
            {
                age(start, fact, *n, *unit, t)
            }
            TimeMeaning::Cycle { shift, unit: unit @ (Unit::Week | Unit::Month | Unit::Year) }
                if *shift <= 0 && *shift >= -1 && (began || close) && t.direction != Direction::Future =>
            {
                cycle(start, fact, *shift, *unit)
            }
            TimeMeaning::Weekday { weekday, week_shift: None, .. }
                if close && t.direction != Direction::Future =>
            {
                let n =
                    (i32::from(*weekday) - i32::from(start.weekday().to_monday_one_offset())).rem_euclid(7);
                let day = add_days(start, n);
                let last = fact.days().hi.unwrap_or(start);
                (day <= last).then(|| Days::between(day, add_days(last, 7)))
            }
            _ => None,
        };
        if let Some(days) = days {
            let said = t.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let shown = phrase(f, words, text);
            out.hints.push(Hint {
                days,
                weight: SURE - BIT,
                basis: DateBasis::Chronology,
                why: format!("it puts “{shown}” (from {start}) at “{said}”"),
                bare_year: false,
            });
        }
    }
}

type Near<'a, 'f> = ((usize, usize), &'a Found<'f>);

/// The one fact whose kind of thing ("its campaign", "civil war") stands beside words `a..b` of the same sentence.
fn again<'a, 'f>(
    dated: &[&'a Found<'f>],
    words: &[Word],
    a: usize,
    b: usize,
    inside: &dyn Fn(usize) -> bool,
) -> Option<Near<'a, 'f>> {
    let from = a.saturating_sub(REACH);
    let core = |i: &usize| inside(*i) && words.get(*i).is_some_and(|w| CORE.contains(&w.low.as_str()));
    let at = (from..a).rev().find(core).or_else(|| (b..b + 4).find(core))?;
    let word = words.get(at)?.low.as_str();
    let fits = |f: &&&Found<'f>| {
        f.facts.iter().any(|f| {
            f.words.iter().any(|w| chronology::words(w).iter().any(|w| w.low == word))
                && (f.kind.unannounced() || f.kind == Kind::Battle)
        })
    };
    let mut all = dated.iter().filter(fits);
    let first = *all.next()?;
    let id = |f: &Found<'_>| f.facts.first().map(|f| f.id.clone());
    if all.any(|f| id(f) != id(first)) {
        return None;
    }
    Some((if at < a { (at + 1, a) } else { (b, at) }, first))
}

/// What reports call a meeting or a vote when they do not use its name.
fn nouns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Summit | Kind::Conference => {
            &["talks", "conference", "summit", "negotiations", "meeting", "meetings", "consultations"]
        }
        Kind::Election => &["election", "elections", "vote", "poll", "polls"],
        Kind::Referendum => &["referendum", "vote"],
        _ => &[],
    }
}

/// "The conference in January this year", "the agreement of June last year": a fact of that month gives the year of the
/// report. It is one that the text names, or the one meeting or vote of that month at a place and with a party named.
fn months(item: &Item<'_>, index: &Index<'_>, found: &[Found<'_>], words: &[Word], out: &mut Evidence) {
    let text = &item.report.text;
    for t in &item.facts.times {
        // (month, years from the report's; none for "last January")
        let (month, shift) = match &t.meaning {
            TimeMeaning::Month { month, year_shift: Some(s @ (0 | -1)) } => (*month, Some(*s)),
            TimeMeaning::MonthDay { month, year_shift: Some(s @ (0 | -1)), .. } => (*month, Some(*s)),
            TimeMeaning::Nearest { month, ahead: false } if *month <= 12 => (*month, None),
            _ => continue,
        };
        let fits = |f: &&Fact| fine(f) >= Fine::Month && f.days().lo.is_some_and(|d| d.month() == month);
        let sentence = fold::sentence(text, t.span);
        let here: Vec<&str> = words
            .iter()
            .filter(|w| sentence.contains(Span::new(w.start, w.end)))
            .map(|w| w.low.as_str())
            .collect();
        let named =
            found.iter().filter(|f| f.facts.len() == 1 && !f.m.loose).flat_map(|f| f.facts.iter().copied());
        let mut facts: Vec<&Fact> =
            named.filter(|f| f.kind != Kind::Term && shares_word(f, &here)).filter(fits).collect();
        if facts.is_empty() {
            facts = index
                .of_month(month)
                .filter(|f| nouns(f.kind).iter().any(|n| here.contains(n)))
                .filter(fits)
                .filter(|f| place_and_party(f, words))
                .collect();
        }
        let years: BTreeSet<i16> = facts.iter().filter_map(|f| f.days().lo).map(Day::year).collect();
        let (Some(year), true, Some(fact)) = (years.first().copied(), years.len() == 1, facts.first()) else {
            continue;
        };
        let days = match shift {
            Some(s) => Day::new(year - s, 1, 1).ok().zip(Day::new(year - s, 12, 31).ok()),
            None => Day::new(year, month, 1).ok().map(|d| (d, add_days(d, 400))),
        };
        let Some((lo, hi)) = days else { continue };
        let said = t.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        out.hints.push(Hint {
            days: Days::between(lo, hi),
            weight: FAIR + 2 * WEAK,
            basis: DateBasis::Chronology,
            why: format!("“{said}” fits: {} ({})", fact.title, fact.date),
            bare_year: false,
        });
    }
}

/// Whether a sentence has a place of the fact.
fn shares_word(f: &Fact, sentence: &[&str]) -> bool {
    f.places.iter().flat_map(|p| chronology::words(p)).any(|w| sentence.contains(&w.low.as_str()))
}

/// Whether the text names a place of the fact and a state that took part.
fn place_and_party(f: &Fact, words: &[Word]) -> bool {
    let has = |p: &str| {
        let p: Vec<String> = chronology::words(p).into_iter().map(|w| w.low).collect();
        !p.is_empty() && words.windows(p.len()).any(|w| w.iter().zip(&p).all(|(a, b)| a.low == *b))
    };
    let party = |code: &String| chancery_lexicon::countries::by_iso(code).is_some_and(|c| has(&c.name));
    f.places.iter().any(|p| has(p)) && f.who.iter().any(party)
}

/// The days on which something that began on a day is so old.
fn age(start: Day, fact: &Fact, n: f64, unit: Unit, t: &TimeExpr) -> Option<Days> {
    // (length in days, slack below and above as a part of one unit)
    let (len, below, above) = match unit {
        Unit::Day => (1.0, 1.0, 1.0),
        Unit::Week => (7.0, 0.5, 0.65),
        Unit::Month => (30.44, 0.6, 0.9),
        Unit::Year => (365.25, 0.45, 0.95),
        Unit::Decade => (3652.5, 0.3, 0.6),
        _ => return None,
    };
    if !(0.0..2000.0).contains(&n) {
        return None;
    }
    let (lo, hi) = match t.modifier.as_deref() {
        Some("MORE_THAN" | "EQUAL_OR_MORE") => (n, n + 1.2),
        Some("LESS_THAN" | "EQUAL_OR_LESS") => (n - 1.2, n),
        Some("APPROX") => (n - below - 0.3, n + above + 0.3),
        _ => (n - below, n + above),
    };
    let wide = match fine(fact) {
        Fine::Day => 0,
        Fine::Month => 31,
        Fine::Year => 366,
    };
    let at = |x: f64, more: i32| {
        let days = (x * len).ceil();
        add_days(start, if days < 1.0e6 { days as i32 } else { 0 } + more)
    };
    Some(Days::between(at(lo.max(0.0), 0), at(hi, wide)))
}

/// The days from which the unit that holds a day is this, or the last, one.
fn cycle(start: Day, fact: &Fact, shift: i32, unit: Unit) -> Option<Days> {
    match unit {
        Unit::Week if fine(fact) == Fine::Day => {
            let monday = add_days(start, -i32::from(start.weekday().to_monday_one_offset() - 1));
            Some(Days::between(add_days(monday, -7 * shift), add_days(monday, -7 * shift + 6)))
        }
        Unit::Month if fine(fact) >= Fine::Month => {
            let all = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 - shift;
            let (y, m) =
                (i16::try_from(all.div_euclid(12)).ok()?, i8::try_from(all.rem_euclid(12) + 1).ok()?);
            Some(Days::between(Day::new(y, m, 1).ok()?, month_end(y, m)?))
        }
        Unit::Year => {
            let y = start.year().checked_sub(i16::try_from(shift).ok()?)?;
            Some(Days::between(Day::new(y, 1, 1).ok()?, Day::new(y, 12, 31).ok()?))
        }
        _ => None,
    }
}
