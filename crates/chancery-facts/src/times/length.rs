//! Lengths of time, and the points that are counted by them: "two weeks", "the past 24 hours", "three years ago".

use super::grammar::Hit;
use super::lex::Line;
use super::number;
use chancery_lexicon::times::TIMES;
use chancery_model::facts::{Direction, TimeExpr, TimeMeaning, Unit};
use chancery_model::vocab::TimeType;

/// Lengths and what is counted from a point by them.
pub(super) fn read(line: &Line<'_>, i: usize) -> Option<Hit> {
    if let Some(unit) = in_one_word(line, i) {
        return Some(Hit::length(i + 1, Some(1.0), unit, Direction::Unknown));
    }
    if let Some(h) = period_of(line, i) {
        return Some(h);
    }
    let the = usize::from(line.is(i, "the"));
    let mut j = i + the;
    let mut bound = Direction::Unknown;
    let mut led = false;
    let lead = line.w(j);
    // "It may last 15 years": the verb.
    if lead == "last" && the == 0 && line.any(i.wrapping_sub(1), BEFORE_A_VERB) {
        return None;
    }
    if matches!(
        lead,
        "last"
            | "past"
            | "previous"
            | "preceding"
            | "next"
            | "coming"
            | "following"
            | "first"
            | "final"
            | "latest"
            | "another"
            | "recent"
    ) {
        bound = match lead {
            "last" | "past" | "previous" | "preceding" | "latest" | "recent" => Direction::Past,
            "next" | "coming" | "following" => Direction::Future,
            _ => Direction::Unknown,
        };
        led = true;
        j += 1;
    }
    // How many.
    let vague = line.any(j, &["several", "few", "many", "couple"]);
    let (mut k, amount) = if vague {
        (j + 1, None)
    } else if line.is(j, "a") && line.any(j + 1, &["few", "couple"]) {
        (j + 2, None)
    } else if line.is(j, "half") && line.any(j + 1, &["a", "an"]) {
        (j + 2, Some(0.5))
    } else if let Some((k, part)) = part_of_one(line, j) {
        (k, Some(part))
    } else if line.any(j, &["a", "an", "another"]) && !led && the == 0 && line.class(j + 1).number.is_none() {
        let k = if line.any(j + 1, &["full", "further", "whole", "single"]) { j + 2 } else { j + 1 };
        if line.class(k).plural {
            return None; // "a decades-old feud"
        }
        (k, Some(1.0))
    } else if lead == "another" && line.class(j).unit.is_some() {
        (j, Some(1.0))
    } else if let Some((e, n)) = number::cardinal(line, j) {
        (e, Some(n))
    } else if line.class(j).unit.is_some() && line.class(j).plural && (led || bare_plural(line, i)) {
        (j, None)
    } else {
        return None;
    };
    // "two to three weeks", "12-18 months": how many is left open.
    let (k2, amount) = match (line.any(k, &["to", "or"]) || line.hyphen(k), number::cardinal(line, k + 1)) {
        (true, Some((e, m))) if amount.is_some_and(|n| n < m) && line.class(e).unit.is_some() => (e, None),
        _ => (k, amount),
    };
    k = k2;
    let few_of = vague && line.is(k, "of");
    if few_of {
        k += 1;
    }
    if line.is(j, "a") && line.is(j + 1, "couple") && line.is(k, "of") {
        k += 1;
    }
    // "20 more years", "eight straight days"
    if line.any(
        k,
        &[
            "more",
            "straight",
            "consecutive",
            "full",
            "long",
            "additional",
            "further",
            "trading",
            "working",
            "business",
            "calendar",
        ],
    ) && line.class(k + 1).unit.is_some()
    {
        k += 1;
    }
    let dash = line.hyphen(k);
    if dash {
        k += 1;
    }
    let c = line.class(k);
    // "The past three summers": what recurs, and no length.
    if led
        && amount.is_some()
        && line.w(k).ends_with('s')
        && let Some(letters) = c.season.and_then(|s| TIMES.seasons.get(&s))
    {
        let m = TimeMeaning::Literal(format!("XXXX-{letters}"));
        return Some(Hit::new(k + 1, TimeType::Set, m, "times.set"));
    }
    let unit = c.unit?;
    if unit == Unit::Second && !c.plural && !(dash && amount.is_some()) {
        return None; // "a second vote"
    }
    if unit == Unit::Quarter && (!c.plural || amount.is_none_or(|n| n > 40.0)) && !led {
        return None; // "a quarter of the votes"
    }
    // "one third quarter"; "8 day" only as "8-day" or in transcripts that spell numbers
    if !c.plural
        && amount.is_some_and(|n| n > 1.0)
        && !dash
        && line.digits(j).is_some()
        && !line.hyphen(k + 1)
    {
        let adjective = line.any(k + 1, &["period", "low", "high", "term", "old"]);
        if !adjective {
            return None;
        }
    }
    let mut end = k + 1;
    let singular_led = led && !c.plural && amount.is_none();
    if singular_led {
        return None; // "last year" is a point: see `cycles`
    }
    let mut amount = amount;
    // "two and a half years" is in the number; "a year and a half" is here.
    if line.is(end, "and") && line.is(end + 1, "a") && line.is(end + 2, "half") {
        amount = amount.map(|n| n + 0.5);
        end += 3;
    }
    // "Weeks or months", "recent weeks and months": one length that nobody counts, called by the shorter unit.
    let other = line.class(end + 1);
    if amount.is_none()
        && !line.any(k.wrapping_sub(1), &["few", "several", "many", "couple", "of"])
        && c.plural
        && line.any(end, &["or", "and"])
        && other.plural
        && other.unit > Some(unit)
    {
        end += 2;
    }
    if line.is(end, "or") && line.is(end + 1, "so") {
        end += 2;
        return Some(counted(line, i, end, amount, unit, bound).with(Some("APPROX")));
    }
    if dash && the == 1 && !led {
        return None; // read again without its article: "the two-week visit"
    }
    if dash && line.hyphen(end) && line.is(end + 1, "old") {
        if unit == Unit::Year && (amount.is_none_or(|n| n > 12.0) || of_person(line, end + 2)) {
            return None;
        }
        return Some(Hit::length(end + 2, amount, unit, Direction::Past));
    }
    if line.is(end, "old") || c.plural && dash {
        return None;
    }
    if led || the == 1 {
        let tail = matches!(lead, "coming") || line.is(end, "ahead");
        end += usize::from(line.is(end, "ahead"));
        let bound = if tail { Direction::Future } else { bound };
        if lead == "recent" && amount.is_none() {
            return Some(Hit::length(end, None, unit, Direction::Past));
        }
        if the == 1 && !led {
            return Some(counted(line, i, end, amount, unit, bound));
        }
        return Some(Hit::length(end, amount, unit, bound));
    }
    Some(counted(line, i, end, amount, unit, bound))
}

/// "A three-year period": the noun says that the length is meant.
fn period_of(line: &Line<'_>, i: usize) -> Option<Hit> {
    let (e, n) = number::cardinal(line, i + 1).filter(|_| line.any(i, &["a", "an", "the"]))?;
    let k = e + usize::from(line.hyphen(e));
    let c = line.class(k);
    let unit = c.unit.filter(|_| !c.plural && line.is(k + 1, "period"))?;
    Some(Hit::length(k + 2, Some(n), unit, Direction::Unknown))
}

/// Words after which "last" is a verb.
const BEFORE_A_VERB: &[&str] =
    &["to", "may", "might", "will", "would", "ll", "can", "could", "should", "must", "not", "t", "shall"];

/// "The yearlong siege", "a weeklong visit": a length in one word.
fn in_one_word(line: &Line<'_>, i: usize) -> Option<Unit> {
    let c = TIMES.words.get(line.w(i).strip_suffix("long")?)?;
    c.unit.filter(|_| !c.plural)
}

/// "A half-hour", "the quarter-century", "half-hour": where the unit stands, and how much of one it is.
fn part_of_one(line: &Line<'_>, i: usize) -> Option<(usize, f64)> {
    let j = i + usize::from(line.any(i, &["a", "the"]));
    let (part, units): (f64, &[Unit]) = match line.w(j) {
        "half" => (0.5, &[Unit::Hour, Unit::Day, Unit::Year, Unit::Decade, Unit::Century]),
        "quarter" => (0.25, &[Unit::Hour, Unit::Century]),
        _ => return None,
    };
    let k = j + 1 + usize::from(line.hyphen(j + 1));
    let c = line.class(k);
    c.unit.is_some_and(|u| units.contains(&u) && !c.plural).then_some((k, part))
}

/// "A week from Friday", "two weeks from today", "a week ago Tuesday": weeks on from, or back from, a day that is named.
fn from_a_day(line: &Line<'_>, end: usize, amount: Option<f64>, unit: Unit) -> Option<Hit> {
    let n = amount.filter(|n| n.fract() == 0.0 && (1.0..=100.0).contains(n))? as i16;
    let days = match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        _ => return None,
    };
    let date = |meaning| Some(Hit::date(end + 2, meaning, "times.offset"));
    let weekday =
        line.class(end + 1).weekday.filter(|_| !line.class(end + 1).plural && line.capital(end + 1));
    let day = match line.w(end + 1) {
        "today" => Some(0),
        "tomorrow" => Some(1),
        "yesterday" => Some(-1),
        _ => None,
    };
    match (line.w(end), day, weekday) {
        ("from", Some(d), _) => {
            let amount = i32::from(n) * days + d;
            date(TimeMeaning::Offset { amount, unit: Unit::Day, time: None })
        }
        ("from", None, Some(weekday)) if unit == Unit::Week => {
            date(TimeMeaning::Weekday { weekday, week_shift: Some(n + 1), time: None })
        }
        ("ago", None, Some(weekday)) if unit == Unit::Week => {
            date(TimeMeaning::Weekday { weekday, week_shift: Some(-n - 1), time: None })
        }
        _ => None,
    }
}

/// How many of a unit the next larger one holds, of those that are named together: "six years and nine months".
fn finer(big: Unit, small: Unit) -> Option<f64> {
    Some(match (big, small) {
        (Unit::Year, Unit::Month) => 12.0,
        (Unit::Day, Unit::Hour) => 24.0,
        (Unit::Hour, Unit::Minute) | (Unit::Minute, Unit::Second) => 60.0,
        _ => return None,
    })
}

/// Makes one length of two that are named together.
pub(super) fn join(times: &mut Vec<TimeExpr>, text: &str) {
    let mut n = 1;
    while n < times.len() {
        let both = n.checked_sub(1).and_then(|p| Some((times.get(p)?, times.get(n)?)));
        let whole = both.and_then(|(a, b)| {
            let (
                TimeMeaning::Duration { amount: Some(x), unit: big, bound },
                TimeMeaning::Duration { amount: Some(y), unit: small, .. },
            ) = (&a.meaning, &b.meaning)
            else {
                return None;
            };
            let gap = text.get(a.span.end as usize..b.span.start as usize)?.trim();
            let per = finer(*big, *small).filter(|per| y < per && x.fract() == 0.0)?;
            matches!(gap, "" | "," | "and" | ", and").then(|| {
                let meaning = TimeMeaning::Duration { amount: Some(x + y / per), unit: *big, bound: *bound };
                (a.span.cover(b.span), meaning)
            })
        });
        if let Some((span, meaning)) = whole {
            super::take_out(times, n);
            if let Some(t) = n.checked_sub(1).and_then(|p| times.get_mut(p)) {
                t.span = span;
                t.meaning = meaning;
            }
        } else {
            n += 1;
        }
    }
}

/// Whether what is "so many years old" here is a person: a name, a person's word, or nothing at all follows.
fn of_person(line: &Line<'_>, i: usize) -> bool {
    let ends =
        line.any(i, &["in", "was", "is", "who", "had", "has", "to", "from", "at", "and", "told", "said"]);
    !line.letters(i) || line.capital(i) || ends || line.any(i, PERSONS) || line.any(i + 1, PERSONS)
}

const PERSONS: &[&str] = &[
    "boy",
    "girl",
    "son",
    "daughter",
    "man",
    "woman",
    "child",
    "brother",
    "sister",
    "mother",
    "father",
    "grandmother",
    "grandfather",
    "baby",
    "student",
    "pupil",
    "nephew",
    "niece",
    "cousin",
    "grandson",
    "granddaughter",
    "widow",
];

/// Whether a bare plural ("years", "weeks") stands where a length of time stands.
fn bare_plural(line: &Line<'_>, i: usize) -> bool {
    let before = line.before(i);
    matches!(
        before,
        "for"
            | "in"
            | "after"
            | "within"
            | "of"
            | "over"
            | "took"
            | "take"
            | "takes"
            | "or"
            | "spent"
            | "lasted"
            | "and"
            | "until"
            | "past"
            | "last"
    ) && !line.any(i + 1, &["of"])
        || line.any(i + 1, &["ago", "later", "earlier", "before", "after"])
}

/// A length with "ago", "earlier", "later" or "from now" after it, else the length.
fn counted(
    line: &Line<'_>,
    start: usize,
    end: usize,
    amount: Option<f64>,
    unit: Unit,
    bound: Direction,
) -> Hit {
    if some_day(line, start, end) {
        return Hit::date(end, TimeMeaning::Reference(Direction::Future), "times.some_day");
    }
    let whole = |n: f64| if n.fract() == 0.0 { Some((n as i32, unit)) } else { None };
    let finer = |n: f64| match unit {
        Unit::Year => Some(((n * 12.0).round() as i32, Unit::Month)),
        Unit::Month => Some(((n * 30.0).round() as i32, Unit::Day)),
        Unit::Week => Some(((n * 7.0).round() as i32, Unit::Day)),
        Unit::Decade => Some(((n * 10.0).round() as i32, Unit::Year)),
        Unit::Century => Some(((n * 100.0).round() as i32, Unit::Year)),
        _ => None,
    };
    let dash = usize::from(line.hyphen(end));
    if let Some(h) = from_a_day(line, end, amount, unit) {
        return h;
    }
    let (sign, end2, anchored) = match line.w(end + dash) {
        "ago" => (-1, end + dash + 1, true),
        // "A year-earlier loss": the adjective is read by itself, without the article.
        "earlier" if dash == 1 && line.any(start, &["a", "the"]) && unit == Unit::Year => {
            return Hit::length(start, amount, unit, bound);
        }
        "earlier" => (-1, end + dash + 1, false),
        // "Two days before", where nothing follows that it was before.
        "before" if dash == 0 && amount.is_some() && closes(line, end + 1) => (-1, end + 1, false),
        "later" if dash == 0 => (1, end + 1, false),
        "from" if line.is(end + 1, "now") => (1, end + 2, true),
        "hence" if dash == 0 => (1, end + 1, true),
        _ => return Hit::length(end, amount, unit, bound),
    };
    let Some(n) = amount else {
        let dir = if sign < 0 { Direction::Past } else { Direction::Future };
        return Hit::date(end2, TimeMeaning::Reference(dir), "times.offset");
    };
    let Some((n, unit)) = whole(n).or_else(|| finer(n)) else {
        return Hit::length(end, amount, unit, bound);
    };
    let amount = n.saturating_mul(sign);
    let kind = if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
        TimeType::Time
    } else {
        TimeType::Date
    };
    let meaning = if anchored {
        TimeMeaning::Offset { amount, unit, time: None }
    } else {
        TimeMeaning::From { of: None, amount, unit }
    };
    Hit::new(end2, kind, meaning, "times.offset")
}

/// Whether a clause ends here.
pub(super) fn closes(line: &Line<'_>, i: usize) -> bool {
    line.get(i).is_none() || line.any(i, &[".", ",", ";", ")", "\"", "\u{201d}", "and", "but", "?", "!"])
}

/// "One day we will return", "they hope it will one day be found": none that was named, and no length.
fn some_day(line: &Line<'_>, start: usize, end: usize) -> bool {
    let ahead = |i: usize| line.any(i, &["will", "would", "shall"]);
    end == start + 2
        && line.is(start, "one")
        && line.is(start + 1, "day")
        && (ahead(end) || ahead(end + 1) || ahead(end + 2) || ahead(start.wrapping_sub(1)))
}
