//! Paragraphs: by blank lines, and by single line ends where lines are paragraphs and not a narrow column.

use super::chars::is_space;
use chancery_model::Span;

/// How the line ends of a text are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// A line is a paragraph.
    Paragraphs,
    /// The text was wrapped to a column: a line end is a space.
    Wrapped {
        /// Longest line, in characters.
        width: usize,
    },
}

/// No column is set wider than this, in characters.
const WIDEST: usize = 120;

/// Lines of a stretch, without their ends and the white space at both sides; blank lines are empty spans.
pub(crate) fn lines(t: &str, within: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = within.lo();
    within.of(t).split_inclusive('\n').map(move |l| {
        let start = at;
        at += l.len();
        trim(t, Span::new(start, at))
    })
}

/// A span without the space characters at its ends, zero-width ones included.
pub(crate) fn trim(t: &str, s: Span) -> Span {
    let w = s.of(t);
    let start = s.lo() + (w.len() - w.trim_start_matches(is_space).len());
    let len = w.trim_matches(is_space).len();
    Span::new(start, start + len)
}

/// How the line ends inside `stretches` are to be read: they are wrapped when most lines break off inside a sentence
/// just where the next word would not have fitted.
pub(crate) fn habit(t: &str, stretches: &[Span]) -> Lines {
    let (mut breaks, mut open, mut full) = (0_usize, 0_usize, 0_usize);
    let width = stretches.iter().flat_map(|s| lines(t, *s)).map(|l| chars(l.of(t))).max().unwrap_or(0);
    if width > WIDEST {
        return Lines::Paragraphs;
    }
    for s in stretches {
        let mut last: Option<&str> = None;
        for line in lines(t, *s) {
            let l = line.of(t);
            if let Some(p) = last.filter(|p| !p.is_empty() && !l.is_empty()) {
                breaks += 1;
                open += usize::from(!is_complete(p));
                full += usize::from(chars(p) + 1 + first_word(l) > width);
            }
            last = Some(l);
        }
    }
    if breaks >= 2 && open * 2 > breaks && full * 10 >= breaks * 6 {
        Lines::Wrapped { width }
    } else {
        Lines::Paragraphs
    }
}

/// Calls `out` for every paragraph of a stretch, in order; each is trimmed and not empty.
pub(crate) fn paragraphs(t: &str, within: Span, habit: Lines, out: &mut impl FnMut(Span)) {
    let mut open: Option<Span> = None;
    let mut last = Span::new(0, 0);
    for line in lines(t, within) {
        if line.is_empty() {
            if let Some(p) = open.take() {
                out(p);
            }
            continue;
        }
        open = match open {
            Some(p) if !parts(last.of(t), line.of(t), habit) => Some(p.cover(line)),
            other => {
                if let Some(p) = other {
                    out(p);
                }
                Some(line)
            }
        };
        last = line;
    }
    if let Some(p) = open {
        out(p);
    }
}

/// Whether a paragraph ends between two lines that follow each other.
fn parts(last: &str, next: &str, habit: Lines) -> bool {
    if is_item(next) {
        return true;
    }
    match habit {
        // A short line that ends a sentence ends a paragraph too.
        Lines::Wrapped { width } => is_complete(last) && chars(last) + 1 + first_word(next) < width * 4 / 5,
        // A line that stops inside a sentence goes on when the next begins small.
        Lines::Paragraphs => is_complete(last) || !next.starts_with(char::is_lowercase),
    }
}

/// Whether a line ends a sentence.
pub(crate) fn is_complete(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']);
    bare.ends_with(['.', '!', '?', '…', ':'])
}

/// Whether a line is an item of a list: `- `, `* `, `• `, `1. `.
pub(crate) fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    if (1..=3).contains(&digits) {
        return rest.starts_with(". ") || rest.starts_with(") ");
    }
    ["- ", "* ", "• ", "· ", "+ ", "– "].iter().any(|m| line.starts_with(m))
}

fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, chars)
}

fn chars(s: &str) -> usize {
    if s.is_ascii() { s.len() } else { s.chars().count() }
}
