//! Words, numbers and marks, as Universal Dependencies cuts English.
//!
//! Clitics and hyphenated words come apart (`do|n't`, `peace|-|keeping`), abbreviations, numbers, addresses and
//! ellipses stay whole. The same rules cut the texts that a learned reader is trained on.

use super::chars::{at, before, is_apostrophe, is_space, is_word, run, starts_ci};
use super::words::{ABBREVIATIONS, ABBREVIATIONS_BEFORE_NUMBERS, CLITICS, PREFIXES, TOP_DOMAINS, has};

/// No address, domain or dotted acronym is looked for beyond this many bytes: keeps hostile text linear.
const FAR: usize = 256;

/// Calls `out(start, end)` for every token of `t`, in order.
pub(crate) fn tokenize(t: &str, out: &mut impl FnMut(usize, usize)) {
    let mut i = 0;
    while let Some(c) = at(t, i) {
        if is_space(c) {
            i += c.len_utf8();
            continue;
        }
        let e = token(t, i, c, out);
        // Every rule takes at least the character it looks at.
        i = e.max(i + c.len_utf8());
    }
}

/// Emits the token or tokens that begin at `i` and returns their end.
fn token(t: &str, i: usize, c: char, out: &mut impl FnMut(usize, usize)) -> usize {
    let in_word = before(t, i).is_some_and(|p| p.is_alphanumeric() || p == '_');
    let whole = if in_word { None } else { address(t, i, c) };
    let whole =
        whole.or_else(|| marks(t, i, c)).or_else(|| number(t, i, c, in_word)).or_else(|| clitic(t, i, c));
    if let Some(e) = whole {
        out(i, e);
        return e;
    }
    if !is_word(c) {
        let e = i + c.len_utf8();
        out(i, e);
        return e;
    }
    if !in_word && let Some(e) = dotted(t, i, c) {
        out(i, e);
        return e;
    }
    let e = run(t, i, is_word);
    let joined = at(t, e) == Some('-')
        && t.get(i..e).is_some_and(|w| has(PREFIXES, &w.to_lowercase()))
        && at(t, e + 1).is_some_and(char::is_lowercase);
    word(t, i, if joined { e + 1 } else { i }, out)
}

/// Addresses: URLs, e-mail, handles.
fn address(t: &str, i: usize, c: char) -> Option<usize> {
    if matches!(c, 'h' | 'H' | 'w' | 'W') {
        let head = ["https://", "http://", "www."].into_iter().find(|h| starts_ci(t, i, h));
        if let Some(h) = head {
            let from = i + h.len();
            let stop = |c: char| {
                c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '<' | '>' | '"' | '“' | '”')
            };
            let mut e = run(t, from, |c| !stop(c));
            if e > from {
                while let Some(p) = before(t, e).filter(|p| ".,;:!?)]}'’*".contains(*p) && e > i + 1) {
                    e -= p.len_utf8();
                }
                return Some(e);
            }
        }
    }
    if matches!(c, '@' | '#') {
        let e = run(t, i + 1, is_word);
        let name = t.get(i + 1..e)?;
        return (!name.is_empty() && !name.chars().all(char::is_numeric)).then_some(e);
    }
    email(t, i, c)
}

fn email(t: &str, i: usize, c: char) -> Option<usize> {
    let local = |b: u8| b.is_ascii_alphanumeric() || b"._%+-".contains(&b);
    if !c.is_ascii() || !local(c as u8) {
        return None;
    }
    let window = t.as_bytes().get(i..(i + FAR).min(t.len()))?;
    let n = window.iter().position(|b| !local(*b))?;
    if window.get(n) != Some(&b'@') {
        return None;
    }
    let label = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let (mut e, mut dots) = (n + 1, 0);
    loop {
        let len = window.get(e..)?.iter().take_while(|b| label(**b)).count();
        if len == 0 {
            // A dot with nothing behind it is a full stop.
            e -= 1;
            break;
        }
        e += len;
        if window.get(e) != Some(&b'.') {
            dots += 1;
            break;
        }
        dots += 1;
        e += 1;
    }
    (dots >= 2).then_some(i + e)
}

/// Marks that stay together: ellipses, dashes of hyphens, `?!`, doubled quotation marks.
fn marks(t: &str, i: usize, c: char) -> Option<usize> {
    let two = |e: usize| (e >= i + 2 * c.len_utf8()).then_some(e);
    match c {
        '.' | '-' | '=' | '*' | '_' => two(run(t, i, |x| x == c)),
        '…' => Some(run(t, i, |x| x == c)),
        '!' | '?' => two(run(t, i, |x| matches!(x, '!' | '?'))),
        '`' | '\'' => (at(t, i + 1) == Some(c)).then_some(i + 2),
        _ => None,
    }
}

fn number(t: &str, i: usize, c: char, in_word: bool) -> Option<usize> {
    let digits = |i: usize| run(t, i, |c| c.is_ascii_digit());
    if c == '.' && !in_word {
        let e = digits(i + 1);
        return (e > i + 1).then_some(e);
    }
    if !c.is_ascii_digit() {
        return None;
    }
    let first = digits(i);
    let mut e = first;
    while at(t, e).is_some_and(|c| matches!(c, '.' | ',' | ':' | '/')) {
        let next = digits(e + 1);
        if next == e + 1 {
            break;
        }
        e = next;
    }
    let hour = || {
        ["am", "pm", "AM", "PM"].iter().any(|m| t.get(first..).is_some_and(|s| s.starts_with(m)))
            && !at(t, first + 2).is_some_and(is_word)
    };
    // A plain run of digits is an ordinary word run ("3rd", "20s").
    (e > first || hour()).then_some(e)
}

/// A clitic or a clipped word that stands alone behind its apostrophe: 's, 'em, '90s.
fn clitic(t: &str, i: usize, c: char) -> Option<usize> {
    if !is_apostrophe(c) {
        return None;
    }
    let from = i + c.len_utf8();
    let e = run(t, from, is_word);
    let w = t.get(from..e)?.to_ascii_lowercase();
    let year = w.strip_suffix('s').unwrap_or(&w);
    let year = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    (has(CLITICS, &w) || year).then_some(e)
}

/// Words that keep their dots: U.S., Ph.D., Mr., initials, domains; and AT&T.
fn dotted(t: &str, i: usize, c: char) -> Option<usize> {
    let b = t.as_bytes();
    // Fast way out: nearly every word is followed by neither.
    let e = run(t, i, is_word);
    let next = b.get(e).copied();
    if next == Some(b'&') {
        let caps = |i: usize| run(t, i, |c| c.is_ascii_uppercase());
        let to = caps(e + 1);
        return (caps(i) == e && to > e + 1 && !at(t, to).is_some_and(is_word)).then_some(to);
    }
    if next != Some(b'.') {
        return None;
    }
    if i + c.len_utf8() == e && c.is_alphabetic() {
        let mut to = i;
        let mut letters = 0;
        while let Some(l) = at(t, to).filter(|l| l.is_alphabetic()) {
            if at(t, to + l.len_utf8()) != Some('.') || to > i + FAR {
                break;
            }
            to += l.len_utf8() + 1;
            letters += 1;
        }
        if letters >= 2 && !at(t, to).is_some_and(char::is_alphanumeric) {
            return Some(to);
        }
    }
    if let Some(to) = domain(t, i) {
        return Some(to);
    }
    if i + 1 == e && c.is_ascii_uppercase() && c != 'I' {
        let k = e + 1 + usize::from(at(t, e + 1) == Some(' '));
        if at(t, k).is_some_and(char::is_uppercase) {
            return Some(e + 1);
        }
    }
    let w = t.get(i..=e)?;
    if w == "Ph." && t.get(e + 1..e + 3) == Some("D.") {
        return Some(e + 3);
    }
    let digit_next = || {
        let k = e + 1 + usize::from(at(t, e + 1).is_some_and(|c| c.is_ascii_whitespace()));
        at(t, k).is_some_and(|c| c.is_ascii_digit())
    };
    (has(ABBREVIATIONS, w) || (has(ABBREVIATIONS_BEFORE_NUMBERS, w) && digit_next())).then_some(e + 1)
}

fn domain(t: &str, i: usize) -> Option<usize> {
    let window = t.as_bytes().get(i..(i + FAR).min(t.len()))?;
    let (mut k, mut found) = (0, None);
    loop {
        let len = window.get(k..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if len == 0 {
            break;
        }
        let label = t.get(i + k..i + k + len)?;
        if k > 0 && has(TOP_DOMAINS, label) && !at(t, i + k + len).is_some_and(is_word) {
            found = Some(i + k + len);
        }
        k += len;
        if window.get(k) != Some(&b'.') {
            break;
        }
        k += 1;
    }
    found
}

/// A word with the apostrophes inside it, cut at its clitics. `from` is where the word proper begins, behind a prefix.
fn word(t: &str, i: usize, from: usize, out: &mut impl FnMut(usize, usize)) -> usize {
    let mut e = run(t, from, is_word);
    let mut plain = true;
    while let Some(a) = at(t, e).filter(|a| is_apostrophe(*a)) {
        let next = run(t, e + a.len_utf8(), is_word);
        if next == e + a.len_utf8() {
            break;
        }
        plain = false;
        e = next;
    }
    if plain {
        let three = ["cannot", "gonna", "gotta", "wanna"];
        let split = t.get(from..e).is_some_and(|w| three.iter().any(|x| w.eq_ignore_ascii_case(x)));
        if split {
            out(i, from + 3);
            out(from + 3, e);
        } else {
            out(i, e);
        }
        return e;
    }
    let mut cuts = [0_usize; 8];
    let mut n = 0;
    let mut end = e;
    while n < cuts.len() {
        let Some(cut) = t.get(from..end).and_then(last_clitic).map(|k| from + k) else { break };
        if let Some(c) = cuts.get_mut(n) {
            *c = cut;
        }
        n += 1;
        end = cut;
    }
    let mut start = i;
    for cut in cuts.iter().take(n).rev().copied().filter(|c| *c > i) {
        out(start, cut);
        start = cut;
    }
    out(start, e);
    e
}

/// Where the last clitic of a word begins: `n't`, or an apostrophe with s, re, ve, ll, d or m.
fn last_clitic(w: &str) -> Option<usize> {
    let k = w.rfind(is_apostrophe)?;
    let a = at(w, k)?;
    let tail = w.get(k + a.len_utf8()..)?.to_ascii_lowercase();
    let not = k.checked_sub(1).filter(|n| tail == "t" && starts_ci(w, *n, "n"));
    let cut = not.or_else(|| matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m").then_some(k))?;
    (cut > 0).then_some(cut)
}
