//! What a number takes in: some of a whole, the people of one body, animals, what came together over days. Two that take in
//! different things do not contradict each other, however alike their sentences are.

use crate::conflicts::figures::one_kind;
use crate::fold;
use chancery_lexicon::counting;
use chancery_model::facts::{Figure, ReportFacts};
use chancery_model::{Days, Span};

/// Words that say whose those are who are counted.
const WHOSE: &[&str] = &["its", "their", "his", "her", "our", "my", "your", "whose"];
/// People who belong to somebody.
const BELONG: &[&str] = &[
    "staff",
    "colleagues",
    "colleague",
    "employees",
    "personnel",
    "staffers",
    "relatives",
    "neighbours",
    "neighbors",
    "sons",
    "daughters",
    "friends",
    "comrades",
    "classmates",
];
/// Words between a number and whose it is.
const NEAR: usize = 3;
/// Days of a stretch over which deeds add up.
const STRETCH: i32 = 4;
/// Days of the longest of them.
const LONGEST: i32 = 400;

/// What a number takes in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    /// Whether animals are counted.
    animals: bool,
    /// Whether those of one body or person are.
    own: bool,
    /// Whether it is some of a number beside it.
    part: bool,
    /// Whether it counts one kind of people: guards, children.
    kind: bool,
    low: f64,
    high: f64,
}

impl Scope {
    pub(super) fn of(text: &str, facts: &ReportFacts, f: &Figure, sentence: Span) -> Self {
        let words: Vec<String> = fold::words(f.subject.as_deref().unwrap_or("")).collect();
        let after: Vec<String> =
            fold::words(text.get(f.span.hi()..sentence.hi()).unwrap_or("")).take(NEAR).collect();
        let own = words.iter().chain(&after).any(|w| WHOSE.contains(&w.as_str()))
            || words.last().is_some_and(|w| BELONG.contains(&w.as_str()))
            || after.first().is_some_and(|w| w == "of") && after.iter().any(|w| BELONG.contains(&w.as_str()));
        Self {
            animals: words.iter().any(|w| counting::is("animal", w)),
            own,
            part: part(text, facts, f, sentence),
            kind: one_kind(f),
            low: f.low.or(f.high).unwrap_or(0.0),
            high: f.high.or(f.low).unwrap_or(f64::MAX),
        }
    }
}

/// Whether a number is some of a larger one in its sentence: with others it makes that one up ("ten died, four from Zintan and six
/// from Zawiya"), or more of the same come on top ("nine workers were killed, along with two others").
fn part(text: &str, facts: &ReportFacts, f: &Figure, sentence: Span) -> bool {
    let exact =
        |g: &&Figure| sentence.contains(g.span) && g.low.is_some() && g.low == g.high && g.unit.is_none();
    let here: Vec<&Figure> = facts.figures.iter().filter(exact).collect();
    let size = |g: &Figure| g.low.unwrap_or(0.0);
    let whole = here.iter().filter(|g| g.span != f.span && size(g) > size(f)).any(|g| {
        let rest: f64 =
            here.iter().filter(|h| h.span != g.span && h.span.start > g.span.start).map(|h| size(h)).sum();
        f.span.start > g.span.start && (rest - size(g)).abs() < 0.5
    });
    let tail: Vec<String> = fold::words(text.get(f.span.hi()..sentence.hi()).unwrap_or("")).collect();
    let on_top = tail.windows(2).enumerate().any(|(n, w)| {
        let joined = tail.get(..n).is_some_and(|b| b.ends_with(&["along".to_owned(), "with".to_owned()]));
        joined && matches!(w[1].as_str(), "others" | "other" | "more")
    });
    whole || on_top
}

/// Whether two numbers take in different things.
pub(super) fn two(x: &Scope, y: &Scope) -> bool {
    let within = |a: &Scope, b: &Scope| a.low <= b.high;
    x.animals != y.animals
        || x.own && !y.own && !y.kind && within(x, y)
        || y.own && !x.own && !x.kind && within(y, x)
        || x.part && !y.part && within(x, y)
        || y.part && !x.part && within(y, x)
}

/// Whether one number, the larger, came together over days of which the other tells one.
pub(super) fn spans(own: &[Days], low: f64, other: &[Days], high: f64) -> bool {
    let days = |d: &Days| d.width().unwrap_or(i32::MAX);
    let wide: Vec<&Days> = own.iter().filter(|d| (STRETCH..=LONGEST).contains(&days(d))).collect();
    let narrow = !other.is_empty() && other.iter().all(|d| days(d) < STRETCH);
    let short = own.iter().all(|d| days(d) >= STRETCH);
    !wide.is_empty() && short && narrow && low > high && wide.iter().any(|w| other.iter().all(|d| w.meets(d)))
}
