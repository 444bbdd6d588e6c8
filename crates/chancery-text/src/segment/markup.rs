//! Marks of Markdown that stand in the text of a report but are no words of it.

use chancery_model::Span;

/// The stretches of a paragraph that are marks: of headings, lists and quoted blocks at its start; `*` around words;
/// brackets and targets of links. In order; spans count from the start of the paragraph.
pub(crate) fn marks(p: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let start = leading(p);
    if start > 0 {
        out.push(Span::new(0, start));
    }
    if !p.contains(['*', ']']) {
        return out;
    }
    let b = p.as_bytes();
    let word =
        |i: Option<usize>| i.and_then(|i| b.get(i)).is_some_and(|c| !c.is_ascii_whitespace() && *c != b'*');
    let mut open = None;
    let mut i = start;
    while let Some(c) = b.get(i) {
        match c {
            b'*' => {
                let n = b.iter().skip(i).take_while(|c| **c == b'*').count();
                // Exactly one side touches a word, or both do.
                if n <= 3 && (word(i.checked_sub(1)) || word(Some(i + n))) {
                    out.push(Span::new(i, i + n));
                }
                i += n;
                continue;
            }
            b'[' => open = Some(i),
            b']' => {
                if let (Some(o), Some(end)) = (open.take(), target(p, i + 1)) {
                    let image = usize::from(o > 0 && b.get(o - 1) == Some(&b'!'));
                    out.push(Span::new(o - image, o + 1));
                    out.push(Span::new(i, end));
                    i = end;
                    continue;
                }
            }
            _ => {}
        }
        i += 1;
    }
    out.sort();
    out
}

/// The end of the mark a paragraph begins with: `## `, `> `, `- `, `* `.
fn leading(p: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = p.get(at..) {
        let marks = rest.len() - rest.trim_start_matches(['#', '>', '•']).len();
        let bullet = if rest.starts_with(['-', '*', '+']) { 1 } else { 0 };
        let n = if (1..=6 * '•'.len_utf8()).contains(&marks) { marks } else { bullet };
        if n == 0 || !rest.get(n..).is_some_and(|r| r.starts_with([' ', '\t'])) {
            break;
        }
        at += n + 1;
    }
    at
}

/// The end of the target of a link, `(https://…)` with an optional title, that begins at byte `i`.
fn target(p: &str, i: usize) -> Option<usize> {
    let rest = p.get(i..)?.strip_prefix('(')?;
    let end = rest.bytes().take(1000).position(|b| matches!(b, b')' | b'\n'))?;
    let inner = rest.get(..end)?;
    let url = inner.split(' ').next().unwrap_or("");
    let like = url.starts_with("http")
        || url.starts_with(['/', '#', '.'])
        || url.starts_with("mailto:")
        || url.contains('/');
    (rest.as_bytes().get(end) == Some(&b')') && like && !url.is_empty()).then_some(i + 1 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn marks_of_markdown() {
        for (text, want) in [
            ("# Talks fail", "# "),
            ("- one [two](https://a.example/x) three", "- |[|](https://a.example/x)"),
            ("**Bold** and *not* bold", "**|**|*|*"),
            ("2 * 3 [sic] (he said) [note](no link)", ""),
            ("> # Quoted", "> # "),
            ("-5 degrees #hashtag", ""),
            ("![x](/a.png)", "![|](/a.png)"),
        ] {
            let got: Vec<&str> = marks(text).iter().map(|s| s.of(text)).collect();
            assert_eq!(got.join("|"), want, "{text}");
        }
    }
}
