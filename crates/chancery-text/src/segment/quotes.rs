//! Quotations, from the characters of one paragraph.
//!
//! No grammar is asked: a mark opens or closes by what stands on its two sides and by what is open. A quotation that
//! finds no closing mark ends with its paragraph.

use super::chars::{at, before, is_space};
use chancery_model::Span;
use chancery_model::report::Quote;
use chancery_model::span::TokenRange;

/// The families of marks; a quotation is closed by its own family only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Straight,
    Curly,
    Guillemet,
    Single,
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Opens,
    Closes,
    /// A mark that looks alike at both ends, in a place that does not tell.
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    token: usize,
    family: Family,
    way: Way,
    /// May be an apostrophe: `the ministers' talks`.
    doubtful: bool,
}

struct Open {
    quote: usize,
    family: Family,
}

/// Finds the quotations of one paragraph. `tokens` are the paragraph's, `first` is the index of the first of them in
/// the report; the quotations are appended to `quotes`. Returns the outermost one left open at the paragraph's end.
pub(crate) fn quotes(t: &str, tokens: &[Span], first: usize, quotes: &mut Vec<Quote>) -> Option<usize> {
    let marks = marks(t, tokens);
    let mut open: Vec<Open> = Vec::new();
    for (n, m) in marks.iter().enumerate() {
        let rest = marks.get(n + 1..).unwrap_or(&[]);
        let at = open.iter().rposition(|o| o.family == m.family);
        match (m.way, at) {
            (Way::Closes | Way::Either, Some(k)) if !(m.doubtful && closer_later(rest)) => {
                // A quotation inside one that closes ends before the closing mark of the outer one.
                let inner: Vec<Open> = open.drain(k..).collect();
                for (depth, o) in inner.iter().enumerate() {
                    let last = if depth == 0 { m.token } else { m.token.saturating_sub(1) };
                    end(quotes, o.quote, tokens, first, last, depth == 0);
                }
            }
            (Way::Opens, Some(k)) if !nests(m.family, rest) => {
                // The one before was never closed: it ends where the next begins.
                for o in open.drain(k..) {
                    end(quotes, o.quote, tokens, first, m.token.saturating_sub(1), false);
                }
                start(quotes, &mut open, tokens, first, m);
            }
            (Way::Opens, _) if m.family != Family::Single || any_closer(rest) || m.token == 0 => {
                start(quotes, &mut open, tokens, first, m);
            }
            (Way::Either, None) if m.family != Family::Single => start(quotes, &mut open, tokens, first, m),
            _ => {}
        }
    }
    let left = open.first().map(|o| o.quote);
    for o in open {
        end(quotes, o.quote, tokens, first, tokens.len().saturating_sub(1), false);
    }
    left
}

fn start(quotes: &mut Vec<Quote>, open: &mut Vec<Open>, tokens: &[Span], first: usize, m: &Mark) {
    let within = open.last().and_then(|o| u32::try_from(o.quote).ok());
    open.push(Open { quote: quotes.len(), family: m.family });
    quotes.push(Quote {
        span: tokens.get(m.token).copied().unwrap_or(Span::new(0, 0)),
        tokens: TokenRange::new(first + m.token, first + m.token + 1),
        closed: false,
        single: m.family == Family::Single,
        continues: None,
        within,
    });
}

fn end(quotes: &mut [Quote], quote: usize, tokens: &[Span], first: usize, last: usize, closed: bool) {
    let (Some(q), Some(t)) = (quotes.get_mut(quote), tokens.get(last)) else { return };
    q.tokens.end = u32::try_from(first + last + 1).unwrap_or(u32::MAX);
    q.span = q.span.cover(*t);
    q.closed = closed;
}

/// Whether anything that can close a single quotation follows before the next that opens one.
fn any_closer(rest: &[Mark]) -> bool {
    let mut single = rest.iter().filter(|m| m.family == Family::Single);
    single.next().is_some_and(|m| m.way == Way::Closes)
}

/// Whether a closing single mark follows that cannot be an apostrophe, before the next that opens.
fn closer_later(rest: &[Mark]) -> bool {
    rest.iter()
        .filter(|m| m.family == Family::Single)
        .take_while(|m| m.way != Way::Opens)
        .any(|m| m.way == Way::Closes && !m.doubtful)
}

/// Whether a second opening mark of a family nests: more marks close behind it than open.
fn nests(family: Family, rest: &[Mark]) -> bool {
    let of = |w: Way| rest.iter().filter(|m| m.family == family && m.way == w).count();
    matches!(family, Family::Curly | Family::Guillemet) && of(Way::Closes) > of(Way::Opens) + 1
}

fn marks(t: &str, tokens: &[Span]) -> Vec<Mark> {
    let mut out = Vec::new();
    for (n, s) in tokens.iter().enumerate() {
        let w = s.of(t);
        let found = match w.as_bytes().first() {
            Some(b'"' | b'\'' | b'`') => straight(t, *s, w),
            Some(0xe2 | 0xc2) => curly(t, *s, w),
            _ => None,
        };
        if let Some((family, way, doubtful)) = found {
            out.push(Mark { token: n, family, way, doubtful });
        }
    }
    out
}

fn straight(t: &str, s: Span, w: &str) -> Option<(Family, Way, bool)> {
    let family = match w {
        "\"" | "''" => Family::Straight,
        "``" => return Some((Family::Straight, Way::Opens, false)),
        "'" => Family::Single,
        "`" => return (!free(t, s).1).then_some((Family::Single, Way::Opens, false)),
        _ => return None,
    };
    let (left, right) = free(t, s);
    let way = match (left, right) {
        (true, false) => Way::Opens,
        (false, true) => Way::Closes,
        _ => Way::Either,
    };
    Some((family, way, family == Family::Single && possessive(t, s)))
}

fn curly(t: &str, s: Span, w: &str) -> Option<(Family, Way, bool)> {
    Some(match w {
        "“" | "„" | "‟" => (Family::Curly, Way::Opens, false),
        "”" => (Family::Curly, Way::Closes, false),
        "«" => (Family::Guillemet, Way::Opens, false),
        "»" => (Family::Guillemet, Way::Closes, false),
        "‘" | "‚" | "‛" => (Family::Single, Way::Opens, false),
        "’" if free(t, s).0 => return None,
        "’" => (Family::Single, Way::Closes, possessive(t, s)),
        "″" => return straight(t, s, "\""),
        _ => return None,
    })
}

/// Whether the two sides of a mark are free of words: (left, right).
fn free(t: &str, s: Span) -> (bool, bool) {
    let left = before(t, s.lo());
    let right = at(t, s.hi());
    let l =
        left.is_none_or(|c| is_space(c) || matches!(c, '(' | '[' | '-' | '–' | '—' | '/' | '“' | '‘' | '«'));
    let stop = |c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '-' | '–' | '—' | '/' | '”' | '’' | '»')
    };
    let r = right.is_none_or(|c| is_space(c) || stop(c));
    (l, r)
}

/// Whether a mark may be the apostrophe of a plural: an s before it, a space and a small letter behind.
fn possessive(t: &str, s: Span) -> bool {
    let small = || at(t, s.hi() + 1).is_some_and(|c| c.is_lowercase() || c.is_numeric());
    before(t, s.lo()).is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z'))
        && at(t, s.hi()) == Some(' ')
        && small()
}
