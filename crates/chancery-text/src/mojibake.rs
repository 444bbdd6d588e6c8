//! Signs that a text was decoded wrongly before it came here. They are told of, never mended.

use chancery_model::Span;
use chancery_model::report::Note;

/// A note on text that looks like UTF-8 read as Windows-1252 (`â€œ`, `Ã©`), or that holds replacement characters.
pub(crate) fn note(text: &str) -> Option<Note> {
    if text.is_ascii() {
        return None;
    }
    let (mut first, mut n, mut lost) = (None, 0_usize, None);
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let broken = match c {
            'â' => matches!(next, Some('€' | '\u{80}' | '‚' | '„')),
            'Ã' => next.is_some_and(|x| {
                ('\u{80}'..='\u{bf}').contains(&x) || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(x)
            }),
            'Â' => next.is_some_and(|x| ('\u{a0}'..='\u{bf}').contains(&x)),
            'ï' => next == Some('»'),
            _ => false,
        };
        if broken {
            n += 1;
            first = first.or(Some(Span::new(i, i + c.len_utf8() + next.map_or(0, char::len_utf8))));
        }
        if c == '\u{fffd}' && lost.is_none() {
            lost = Some(Span::new(i, i + c.len_utf8()));
        }
    }
    if let Some(span) = first {
        let text = format!(
            "{n} places look like UTF-8 read in another encoding, the first is {:?}; the text is kept as it came. Get the source again in UTF-8.",
            span.of(text)
        );
        return Some(Note { path: None, span: Some(span), kind: "mojibake".to_owned(), text });
    }
    let span = lost?;
    let text = "Some characters were lost before or while the text was read (U+FFFD stands for them). Get the source again if they matter.";
    Some(Note { path: None, span: Some(span), kind: "encoding".to_owned(), text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::note;

    #[test]
    fn wrong_encodings_are_told_of() {
        assert_eq!(note("â€œWe goâ€\u{9d}, he said").unwrap().kind, "mojibake");
        assert_eq!(note("CÃ©ligny").unwrap().kind, "mojibake");
        assert_eq!(note("C\u{fffd}ligny").unwrap().kind, "encoding");
        assert_eq!(note("“Château”, Âge d’or, São Tomé"), None);
    }
}
