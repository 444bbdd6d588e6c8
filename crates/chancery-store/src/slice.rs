//! Reads the words at a span of the record, which counts code points.

use std::borrow::Cow;

/// A text whose code points can be found quickly: statements of one long report would otherwise each count from
/// the beginning.
pub(crate) struct Sliced<'t> {
    text: Cow<'t, str>,
    /// Byte offset of every 64th code point; empty for ASCII, where the two are one.
    marks: Vec<usize>,
    len: usize,
}

const STRIDE: usize = 64;

impl<'t> Sliced<'t> {
    pub(crate) fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        if text.is_ascii() {
            let len = text.len();
            return Self { text, marks: Vec::new(), len };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut len = 0;
        for (byte, _) in text.char_indices() {
            if len % STRIDE == 0 {
                marks.push(byte);
            }
            len += 1;
        }
        Self { text, marks, len }
    }

    fn byte(&self, point: usize) -> Option<usize> {
        if point >= self.len {
            return (point == self.len).then_some(self.text.len());
        }
        if self.marks.is_empty() {
            return Some(point);
        }
        let from = *self.marks.get(point / STRIDE)?;
        let rest = self.text.get(from..)?.char_indices();
        rest.map(|(b, _)| from + b).nth(point % STRIDE)
    }

    /// The words at `[start, end)` in code points; `None` when they do not lie in the text or run backwards.
    pub(crate) fn at(&self, start: i64, end: i64) -> Option<&str> {
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        if start > end {
            return None;
        }
        self.text.get(self.byte(start)?..self.byte(end)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting_from_the_beginning(text in "(?s)[a-c\u{e9}\u{201c}\u{1f54a}\\n]{0,200}", a in 0_u32..210, b in 0_u32..210) {
            let want = chancery_model::span::at_chars(&text, a, b);
            let sliced = Sliced::new(&text);
            prop_assert_eq!(sliced.at(i64::from(a), i64::from(b)), want);
        }
    }

    #[test]
    fn refuses_what_is_outside() {
        let s = Sliced::new("né");
        assert_eq!(s.at(1, 2), Some("é"));
        assert_eq!(s.at(2, 2), Some(""));
        assert_eq!((s.at(-1, 1), s.at(1, 3), s.at(2, 1)), (None, None, None));
    }
}
