//! Numbers, ordinals and years, in digits and in words.

use super::lex::Line;

/// A number at `i`: where it ends and its value. "a" and "an" are one only before a unit, which the caller checks.
pub(super) fn cardinal(line: &Line<'_>, i: usize) -> Option<(usize, f64)> {
    if let Some((n, _)) = line.digits(i) {
        let mut end = i + 1;
        let mut value = f64::from(n);
        while line.is(end, ",") && line.glued(end) && line.glued(end + 1) {
            match line.digits(end + 1) {
                Some((m, 3)) => value = value * 1000.0 + f64::from(m),
                _ => break,
            }
            end += 2;
        }
        if line.is(end, ".")
            && line.glued(end)
            && line.glued(end + 1)
            && let Some((m, len)) = line.digits(end + 1)
        {
            let places = i32::try_from(len).unwrap_or(0);
            return Some((end + 2, value + f64::from(m) / 10f64.powi(places)));
        }
        if let Some((e, part)) = fraction(line, end) {
            return Some((e, value + part));
        }
        if line.any(end, &["½"]) {
            return Some((end + 1, value + 0.5));
        }
        return Some((end, value));
    }
    spelled(line, i)
}

fn fraction(line: &Line<'_>, i: usize) -> Option<(usize, f64)> {
    let (a, _) = line.digits(i)?;
    if !line.is(i + 1, "/") {
        return None;
    }
    let (b, len) = line.digits(i + 2)?;
    (a > 0 && a < b && len == 1).then(|| (i + 3, f64::from(a) / f64::from(b)))
}

fn spelled(line: &Line<'_>, i: usize) -> Option<(usize, f64)> {
    let mut end = i;
    let mut total = 0u32;
    let mut part = 0u32;
    let mut seen = false;
    loop {
        let at =
            if seen && (line.hyphen(end) || (line.is(end, "and") && part >= 100)) { end + 1 } else { end };
        let Some(n) = line.class(at).number else {
            if !seen
                && line.any(at, &["a", "an"])
                && line.class(at + 1).number.is_some_and(|n| n == 100 || n == 12)
            {
                part = 1;
                seen = true;
                end = at + 1;
                continue;
            }
            break;
        };
        match n {
            100 if seen => part = part.max(1).saturating_mul(100),
            12 if line.is(at, "dozen") => part = part.max(1).saturating_mul(12),
            1000 => {
                total = total.saturating_add(part.max(1).saturating_mul(1000));
                part = 0;
            }
            _ if !seen
                || part.is_multiple_of(100)
                || (n < 10 && part.is_multiple_of(10) && part % 100 >= 20) =>
            {
                part = part.saturating_add(n);
            }
            _ => break,
        }
        seen = true;
        end = at + 1;
    }
    if !seen {
        return None;
    }
    // "one and a half", "two-and-a-half"
    let mut at = end;
    for word in ["and", "a", "half"] {
        at += usize::from(line.hyphen(at));
        if !line.is(at, word) {
            return Some((end, f64::from(total.saturating_add(part))));
        }
        at += 1;
    }
    Some((at, f64::from(total.saturating_add(part)) + 0.5))
}

/// An ordinal: "third", "3rd", "twenty-first".
pub(super) fn ordinal(line: &Line<'_>, i: usize) -> Option<(usize, u32)> {
    if let Some((n, len)) = line.digits(i) {
        let suffix = line.glued(i + 1) && line.any(i + 1, &["st", "nd", "rd", "th"]);
        return (suffix && len <= 3).then_some((i + 2, n));
    }
    let c = line.class(i);
    if let Some(n) = c.ordinal {
        return Some((i + 1, n));
    }
    let tens = c.number.filter(|n| (20..100).contains(n) && n % 10 == 0)?;
    let at = if line.hyphen(i + 1) { i + 2 } else { i + 1 };
    let ones = line.class(at).ordinal.filter(|n| *n < 10)?;
    Some((at + 1, tens + ones))
}

/// A year of four digits from 1000 to 2199, or in words ("nineteen ninety-six", "two thousand and four").
pub(super) fn year(line: &Line<'_>, i: usize) -> Option<(usize, i16)> {
    if let Some((n, len)) = line.digits(i) {
        let comma =
            line.is(i + 1, ",") && line.glued(i + 1) && line.glued(i + 2) && line.digits(i + 2).is_some();
        let point = line.is(i + 1, ".") && line.glued(i + 2) && line.digits(i + 2).is_some();
        return (len == 4 && (1000..2200).contains(&n) && !comma && !point)
            .then(|| i16::try_from(n).ok().map(|y| (i + 1, y)))
            .flatten();
    }
    let first = line.class(i).number?;
    if (11..=20).contains(&first) {
        let (end, n) = spelled(line, i + 1)?;
        let whole = (10.0..100.0).contains(&n) && n.fract() == 0.0;
        return whole.then_some((end, i16::try_from(first).ok()? * 100 + n as i16));
    }
    if first == 2 && line.is(i + 1, "thousand") {
        let (end, n) = spelled(line, i)?;
        return (n < 2100.0).then_some((end, n as i16));
    }
    None
}
