//! Numbers as printed: digits, words, scales, vague amounts and ranges.

use crate::entities::view::View;
use chancery_lexicon::{counting, numbers, units};
use chancery_model::vocab::Qualifier;

/// A number read at a token.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How exact, when the number itself says so.
    pub qualifier: Qualifier,
    /// Whether it was printed in digits.
    pub digits: bool,
}

/// A plain amount: its end, its value, whether in digits, and whether a scale word ends it.
#[derive(Debug, Clone, Copy)]
struct Amount {
    end: usize,
    value: f64,
    digits: bool,
    scale: f64,
}

/// The number at a token, ranges and vague amounts included.
pub(super) fn read(view: &View<'_>, at: usize) -> Option<Number> {
    if let Some((byte, vague)) = numbers::vague_at(view.text, view.start(at)) {
        let end = token_end(view, at, byte)?;
        let high = (vague.high > 0.0).then_some(vague.high);
        return Some(Number {
            start: at,
            end,
            low: Some(vague.low),
            high,
            qualifier: Qualifier::Vague,
            digits: false,
        });
    }
    if view.low(at) == "from" {
        // "from 7,000 to 10,000 blasts" is a range, "rose from 942 to 1,774" is two figures.
        let first = amount(view, after_sign(view, at + 1))?;
        let changed = (1..=8)
            .filter_map(|k| at.checked_sub(k))
            .take_while(|t| view.together(*t, at) && !view.word(*t).starts_with(|c: char| c.is_ascii_digit()))
            .any(|t| counting::is("change", &view.low(t)));
        if changed || view.low(first.end) != "to" {
            return None;
        }
        let second = amount(view, after_sign(view, first.end + 1))?;
        return range(at, first, second);
    }
    if let Some(n) = couple(view, at) {
        return Some(n);
    }
    // "from 9 to 47", "from $9 million to $47 million".
    let from = |t: usize| view.low(t) == "from" && view.together(t, at);
    let signed = at.checked_sub(2).is_some_and(|t| from(t) && after_sign(view, at - 1) == at);
    let changing = signed || at.checked_sub(1).is_some_and(from);
    if view.low(at) == "between" {
        let first = amount(view, after_sign(view, at + 1))?;
        if view.low(first.end) != "and" {
            return None;
        }
        let second = amount(view, after_sign(view, first.end + 1))?;
        return range(at, first, second);
    }
    if let Some(n) = none(view, at) {
        return Some(n);
    }
    if let Some(n) = one_unit(view, at) {
        return Some(n);
    }
    let first = amount(view, at)?;
    // "by 5% to 10%": the sign stands twice.
    if let Some(n) = percents(view, at, first) {
        return Some(n);
    }
    let dash = matches!(view.word(first.end), "-" | "–" | "—" | "‑");
    let to = matches!(view.low(first.end).as_str(), "to" | "or") && first.digits
        || view.low(first.end) == "to" && numbers::word(view.word(first.end + 1)).is_some()
        || view.low(first.end) == "or" && numbers::word(view.word(first.end + 1)).is_some();
    if dash || to && !changing {
        let second = amount(view, after_sign(view, first.end + 1));
        if let Some(n) = second.filter(|s| s.digits == first.digits || to).and_then(|s| range(at, first, s)) {
            return Some(n);
        }
    }
    // "10–15" kept as one token.
    if let Some(n) = joined(view, at) {
        return Some(n);
    }
    Some(Number {
        start: at,
        end: first.end,
        low: Some(first.value),
        high: Some(first.value),
        qualifier: Qualifier::Exact,
        digits: first.digits,
    })
}

/// "by 5% to 10%", "of 5 percent to 10 percent": the end is that of the second number, and its unit follows.
fn percents(view: &View<'_>, at: usize, first: Amount) -> Option<Number> {
    let before = at.checked_sub(1).filter(|t| view.together(*t, at)).map(|t| view.low(t))?;
    // "rose 5% to 10%" is a change and where it led.
    let measured = matches!(before.as_str(), "by" | "of" | "about" | "around" | "some" | "roughly");
    let (byte, unit) = units::after(view.text, view.start(first.end))?;
    let to = token_end(view, first.end, byte).filter(|t| measured && view.low(*t) == "to")?;
    let second = amount(view, to + 1).filter(|_| unit.measure == "share")?;
    let (_, same) = units::after(view.text, view.start(second.end))?;
    (same.unit == unit.unit).then(|| range(at, first, second)).flatten()
}

/// "by 14 votes to none", "nil".
fn none(view: &View<'_>, at: usize) -> Option<Number> {
    let to = at.checked_sub(1).filter(|t| view.low(*t) == "to" && view.together(*t, at))?;
    let zero = matches!(view.low(at).as_str(), "none" | "nil" | "nought")
        && (to.saturating_sub(3)..to).any(|t| amount(view, t).is_some());
    zero.then_some(Number {
        start: at,
        end: at + 1,
        low: Some(0.0),
        high: Some(0.0),
        qualifier: Qualifier::Exact,
        digits: false,
    })
}

/// "a couple of hundred": about twice the scale. "a pair of nurses", "a score of pupils": the number itself, which counts
/// what follows "of".
fn couple(view: &View<'_>, at: usize) -> Option<Number> {
    let article = usize::from(view.low(at) == "a");
    let value = match view.low(at + article).as_str() {
        "couple" | "pair" => 2.0,
        "score" if article == 1 => 20.0,
        _ => return None,
    };
    let end = at + article + 1;
    let of = usize::from(view.low(end) == "of");
    let mut amount = Amount { end: end + of, value, digits: false, scale: 1.0 };
    scale_up(view, &mut amount);
    let scaled = amount.scale > 1.0;
    let counted = article == 1
        && of == 1
        && view.together(at, end + 1)
        && super::phrase::end(view, end + 1).is_some_and(|e| counting::is_plural(&view.low(e - 1)));
    // "They arrested a score."
    let alone = article == 1
        && view.low(at + 1) == "score"
        && at.checked_sub(1).is_some_and(|t| {
            super::measure::measured(view, t).is_some_and(|x| x.1 == chancery_lexicon::measures::Sense::Verb)
        });
    (scaled || counted || alone).then_some(Number {
        start: at,
        end: if scaled { amount.end } else { end },
        low: Some(amount.value),
        high: Some(amount.value),
        qualifier: if scaled { Qualifier::About } else { Qualifier::Exact },
        digits: false,
    })
}

/// One unit, or half of one: "half a kilometre", "up to a mile", "a decade". The article is the number.
fn one_unit(view: &View<'_>, at: usize) -> Option<Number> {
    let half = view.low(at) == "half";
    let article = at + usize::from(half);
    if !matches!(view.low(article).as_str(), "a" | "an") {
        return None;
    }
    let (byte, unit) = units::after(view.text, view.start(article + 1))?;
    token_end(view, article + 1, byte)?;
    let qualified = numbers::qualifier_before(view.text, view.start(at))
        .is_some_and(|(_, q)| q != Qualifier::Exact && q != Qualifier::About)
        || at.checked_sub(1).is_some_and(|t| view.low(t) == "within" && view.together(t, at));
    let measure = unit.measure.as_str();
    let fits = match measure {
        "distance" | "area" | "weight" | "volume" => half || qualified,
        // "half an hour" is a length of time, "half a year earlier" a date.
        "duration" => half && view.low(article + 2) != "later" || qualified || and_half(view, article + 2),
        _ => false,
    };
    let value = if half { 0.5 } else { 1.0 };
    fits.then_some(Number {
        start: at,
        end: article + 1,
        low: Some(value),
        high: Some(value),
        qualifier: Qualifier::Exact,
        digits: false,
    })
}

/// "an hour and a half", "two miles and a half": what follows the unit.
pub(super) fn and_half(view: &View<'_>, at: usize) -> bool {
    view.low(at) == "and" && view.low(at + 1) == "a" && view.low(at + 2) == "half" && view.low(at + 3) != "of"
}

/// Past a currency sign.
fn after_sign(view: &View<'_>, at: usize) -> usize {
    let end = view.segments.tokens.get(at).map_or(0, |t| t.span.hi());
    let sign = units::before(view.text, end).is_some_and(|(from, _)| from == view.start(at));
    at + usize::from(sign)
}

fn range(start: usize, first: Amount, second: Amount) -> Option<Number> {
    // "5 to 10 million": the scale is of both.
    let low = if first.scale == 1.0 && second.scale > 1.0 && first.value < second.value / second.scale {
        first.value * second.scale
    } else {
        first.value
    };
    (low < second.value).then_some(Number {
        start,
        end: second.end,
        low: Some(low),
        high: Some(second.value),
        qualifier: Qualifier::Range,
        digits: first.digits,
    })
}

fn joined(view: &View<'_>, at: usize) -> Option<Number> {
    let word = view.word(at);
    let (a, b) = word.split_once(['-', '–'])?;
    let (a, b) = (digits(a)?, digits(b)?);
    let scale = numbers::scale(view.word(at + 1)).filter(|s| *s > 20.0);
    let by = scale.unwrap_or(1.0);
    (a < b).then_some(Number {
        start: at,
        end: at + 1 + usize::from(scale.is_some()),
        low: Some(a * by),
        high: Some(b * by),
        qualifier: Qualifier::Range,
        digits: true,
    })
}

/// One past the token that ends at a byte.
pub(super) fn token_end(view: &View<'_>, from: usize, byte: usize) -> Option<usize> {
    (from..from + 8)
        .find(|t| view.segments.tokens.get(*t).is_some_and(|x| x.span.hi() == byte))
        .map(|t| t + 1)
}

fn amount(view: &View<'_>, at: usize) -> Option<Amount> {
    let word = view.word(at);
    if let Some((value, scale)) = in_digits(word) {
        let mut out = Amount { end: at + 1, value, digits: true, scale };
        if word.split(['-', '–']).count() > 1 {
            out.value = digits(word.split(['-', '–']).next().unwrap_or(""))?;
        }
        // "2 1/2 years".
        if let Some(part) =
            word.bytes().all(|b| b.is_ascii_digit()).then(|| vulgar(view.word(at + 1))).flatten()
        {
            out.value += part;
            out.end += 1;
        }
        scale_up(view, &mut out);
        return Some(out);
    }
    in_words(view, at)
}

/// "1/2", "3/8": a part of one, as printed behind a whole number.
fn vulgar(word: &str) -> Option<f64> {
    let (a, b) = word.split_once('/')?;
    let (a, b): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
    (a > 0 && a < b && b <= 64).then(|| f64::from(a) / f64::from(b))
}

/// "5,000 feet (1,500 m)": metres beside another length, and no millions. `at` is the token of the "m".
pub(super) fn metres(view: &View<'_>, at: usize) -> bool {
    let length =
        |t: usize| units::after(view.text, view.start(t)).is_some_and(|(_, u)| u.measure == "distance");
    view.word(at) == "m"
        && view.word(at + 1) == ")"
        && at >= 3
        && view.word(at - 2) == "("
        && (length(at - 3) || glued(view.word(at - 3)).is_some())
}

/// "15km", "40ft": the unit that is printed in one with its number.
pub(super) fn glued(word: &str) -> Option<&'static units::Unit> {
    let cut = word.find(char::is_alphabetic).filter(|cut| *cut > 0)?;
    let (number, suffix) = word.split_at(cut);
    let (end, unit) = units::after(suffix, 0)?;
    // A "9mm" is a pistol as often as a length.
    let fits = matches!(unit.measure.as_str(), "distance" | "weight" | "speed" | "power" | "area" | "volume");
    (end == suffix.len() && fits && suffix != "mm" && digits(number).is_some()).then_some(unit)
}

fn scale_up(view: &View<'_>, out: &mut Amount) {
    for _ in 0..2 {
        let next = view.word(out.end);
        if let Some(s) = numbers::scale(next).filter(|_| next != "score" && !metres(view, out.end)) {
            out.value *= s;
            out.scale *= s;
            out.end += 1;
        }
    }
}

/// "35,000", "1.5", "12bn", "3k": the value and the scale of its suffix.
fn in_digits(word: &str) -> Option<(f64, f64)> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(v) = digits(word) {
        return Some((v, 1.0));
    }
    if word.contains(['-', '–']) {
        return digits(word.split(['-', '–']).next()?).map(|v| (v, 1.0));
    }
    let cut = word.find(|c: char| c.is_alphabetic())?;
    let (number, suffix) = word.split_at(cut);
    let scale = match suffix.to_lowercase().as_str() {
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "bn" | "b" => 1e9,
        "tn" => 1e12,
        "million" | "billion" | "trillion" => numbers::scale(suffix)?,
        _ if glued(word).is_some() => 1.0,
        _ => return None,
    };
    digits(number).map(|v| (v * scale, scale))
}

fn digits(s: &str) -> Option<f64> {
    if s.is_empty()
        || !s.starts_with(|c: char| c.is_ascii_digit())
        || !s.ends_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    if !s.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')) || s.matches('.').count() > 1 {
        return None;
    }
    let whole = s.split('.').next().unwrap_or("");
    let grouped = whole.split(',').skip(1).all(|g| g.len() == 3 || g.len() == 2);
    if !grouped {
        return None;
    }
    s.replace(',', "").parse().ok()
}

/// "three hundred and twelve thousand", "twenty-five", "a dozen", "half a million".
fn in_words(view: &View<'_>, at: usize) -> Option<Amount> {
    let first = view.low(at);
    let of_a = numbers::fraction_at(view.text, view.start(at))
        .and_then(|(byte, _)| token_end(view, at, byte))
        .is_some_and(|end| view.low(end) == "of" && view.low(end + 1) == "a");
    // "a half-dozen", "half-million".
    let halved = at + usize::from(first == "a");
    if view.low(halved) == "half"
        && view.word(halved + 1) == "-"
        && let Some(s) = numbers::scale(view.word(halved + 2)).filter(|s| *s == 12.0 || *s >= 1e6)
        && view.low(halved + 2) != "m"
    {
        return Some(Amount { end: halved + 3, value: 0.5 * s, digits: false, scale: s });
    }
    if matches!(first.as_str(), "a" | "an" | "half") && !of_a {
        let (skip, by) = if first == "half" { (usize::from(view.low(at + 1) == "a"), 0.5) } else { (0, 1.0) };
        let mut out = Amount {
            end: at + 2 + skip,
            value: by * numbers::scale(view.word(at + 1 + skip))?,
            digits: false,
            scale: 1.0,
        };
        if view.low(at + 1 + skip) == "m" || view.low(at + 1 + skip) == "score" {
            return None;
        }
        scale_up(view, &mut out);
        // "a hundred and thirty".
        if first != "half" && out.value >= 100.0 && view.low(out.end) == "and" {
            let rest = in_words(view, out.end + 1)
                .filter(|r| r.value < out.value && r.value < 1000.0 && r.scale == 1.0);
            if let Some(r) = rest.filter(|r| !matches!(view.low(r.end).as_str(), "percent" | "%")) {
                out.value += r.value;
                out.end = r.end;
            }
        }
        return Some(out);
    }
    // "a quarter of a million".
    if let Some((byte, f)) = numbers::fraction_at(view.text, view.start(at))
        && let Some(end) = token_end(view, at, byte)
        && view.low(end) == "of"
        && view.low(end + 1) == "a"
        && let Some(s) = numbers::scale(view.word(end + 2)).filter(|s| *s >= 1000.0)
    {
        return Some(Amount { end: end + 3, value: s * f.parts / f.over, digits: false, scale: s });
    }
    let (mut total, mut part, mut end, mut any, mut scale) = (0.0, 0.0, at, false, 1.0);
    loop {
        let word = view.low(end);
        if let Some(v) = numbers::word(&word) {
            // "two three" is no number, "twenty three" is.
            let tens = part % 100.0;
            if any && (tens != 0.0 && !(tens >= 20.0 && tens % 10.0 == 0.0 && v < 10.0)) {
                break;
            }
            part += v;
        } else if let Some(s) = numbers::scale(&word).filter(|_| any && word.len() > 2 && word != "score") {
            if s == 100.0 || s == 12.0 {
                part *= s;
            } else {
                total += part * s;
                part = 0.0;
            }
            scale = s;
        } else if any && joins(&word, total, part, scale, numbers::word(view.word(end + 1))) {
            end += 1;
            continue;
        } else {
            break;
        }
        any = true;
        end += 1;
    }
    any.then(|| and_a_half(view, Amount { end, value: total + part, digits: false, scale }))
}

/// "nine and a half years", "one and a half million".
fn and_a_half(view: &View<'_>, mut out: Amount) -> Amount {
    let half = view.low(out.end) == "and"
        && matches!(view.low(out.end + 1).as_str(), "a" | "one")
        && view.low(out.end + 2) == "half"
        && out.scale == 1.0
        && view.low(out.end + 3) != "of";
    if half {
        out.value += 0.5;
        out.end += 3;
        scale_up(view, &mut out);
    }
    out
}

/// Whether a hyphen ("twenty-five") or "and" ("three hundred and five") joins two words of one number.
fn joins(word: &str, total: f64, part: f64, scale: f64, next: Option<f64>) -> bool {
    match word {
        "-" => next.is_some_and(|v| v < 10.0) && part % 100.0 >= 20.0 && part % 10.0 == 0.0,
        "and" => next.is_some() && (part >= 100.0 || total > 0.0) && part % 100.0 == 0.0 && scale != 12.0,
        _ => false,
    }
}
