//! Questions about characters, asked by byte offset.

/// Whether a character parts words without being one: white space, the separators of ASCII, zero-width marks.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{1c}'..='\u{1f}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character can stand inside a word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || (!c.is_ascii() && (c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')))
}

/// The two apostrophes.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The character that begins at byte `i`.
pub(crate) fn at(t: &str, i: usize) -> Option<char> {
    match t.as_bytes().get(i) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        Some(_) => t.get(i..)?.chars().next(),
        None => None,
    }
}

/// The character that ends at byte `i`.
pub(crate) fn before(t: &str, i: usize) -> Option<char> {
    match t.as_bytes().get(i.checked_sub(1)?) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => t.get(..i)?.chars().next_back(),
    }
}

/// The end of the run of characters from `i` that satisfy `f`.
pub(crate) fn run(t: &str, mut i: usize, f: impl Fn(char) -> bool) -> usize {
    while let Some(c) = at(t, i).filter(|c| f(*c)) {
        i += c.len_utf8();
    }
    i
}

/// Whether the text at byte `i` begins with `word`, ASCII letters compared without case.
pub(crate) fn starts_ci(t: &str, i: usize, word: &str) -> bool {
    t.as_bytes().get(i..i + word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
}
