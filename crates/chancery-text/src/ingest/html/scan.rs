//! Tags and text of a page, one after the other.
//!
//! This is no parser of documents: it builds no tree, so depth and disorder cannot harm it. It serves metadata, the
//! depth of a page, and its visible text where no main text is found.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event<'h> {
    /// An opening tag: its name in small letters and the text of its attributes.
    Open(String, &'h str),
    /// A closing tag.
    Close(String),
    /// Text between tags, entities not yet decoded; the content of scripts and styles too.
    Text(&'h str),
}

/// Walks over the events of a page.
pub(crate) struct Scan<'h> {
    html: &'h str,
    at: usize,
    /// The element whose content holds no tags.
    raw: Option<String>,
}

impl<'h> Scan<'h> {
    pub(crate) fn new(html: &'h str) -> Self {
        Self { html, at: 0, raw: None }
    }

    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, n: usize) -> &'h str {
        let taken = self.rest().get(..n).unwrap_or("");
        self.at += n;
        taken
    }

    /// The content of an element that holds no tags: up to its closing tag.
    fn raw(&mut self, name: &str) -> &'h str {
        let b = self.rest().as_bytes();
        let mut from = 0;
        while let Some(k) = find(b, from, b"</") {
            let end = k + 2 + name.len();
            if b.get(k + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
                return self.take(k);
            }
            from = k + 2;
        }
        self.take(b.len())
    }
}

fn find(b: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    b.get(from..)?.windows(what.len()).position(|w| w == what).map(|k| from + k)
}

impl<'h> Iterator for Scan<'h> {
    type Item = Event<'h>;

    fn next(&mut self) -> Option<Event<'h>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw(&name);
            if !text.is_empty() {
                return Some(Event::Text(text));
            }
        }
        loop {
            let rest = self.rest();
            let b = rest.as_bytes();
            if b.is_empty() {
                return None;
            }
            if b.first() != Some(&b'<') {
                let n = b.iter().position(|c| *c == b'<').unwrap_or(b.len());
                return Some(Event::Text(self.take(n)));
            }
            let closing = b.get(1) == Some(&b'/');
            if b.starts_with(b"<!--") {
                let end = find(b, 4, b"-->").map_or(b.len(), |k| k + 3);
                self.take(end);
                continue;
            }
            if matches!(b.get(1), Some(b'!' | b'?')) {
                let end = find(b, 2, b">").map_or(b.len(), |k| k + 1);
                self.take(end);
                continue;
            }
            let start = 1 + usize::from(closing);
            if !b.get(start).is_some_and(u8::is_ascii_alphabetic) {
                // A bare "<" is text.
                let n = b.iter().skip(1).position(|c| *c == b'<').map_or(b.len(), |k| k + 1);
                return Some(Event::Text(self.take(n)));
            }
            let name_end =
                b.iter().skip(start).position(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
            let name_end = name_end.map_or(b.len(), |k| start + k);
            let end = tag_end(b, name_end);
            let name = rest.get(start..name_end).unwrap_or("").to_ascii_lowercase();
            let attributes = rest.get(name_end..end.saturating_sub(1).max(name_end)).unwrap_or("");
            self.take(end);
            if closing {
                return Some(Event::Close(name));
            }
            if matches!(
                name.as_str(),
                "script" | "style" | "textarea" | "title" | "noscript" | "template" | "xmp" | "iframe"
            ) {
                self.raw = Some(name.clone());
            }
            return Some(Event::Open(name, attributes));
        }
    }
}

/// One past the `>` that ends a tag; quotation marks hide one.
fn tag_end(b: &[u8], from: usize) -> usize {
    let mut quote = None;
    for (k, c) in b.iter().enumerate().skip(from) {
        match (quote, c) {
            (None, b'>') => return k + 1,
            // A mark opens a value only behind its sign.
            (None, b'"' | b'\'') if b.get(..k).and_then(|h| h.trim_ascii_end().last()) == Some(&b'=') => {
                quote = Some(*c)
            }
            (Some(q), c) if q == *c => quote = None,
            _ => {}
        }
    }
    // A mark that is never closed: the tag ends at the first ">" after all.
    b.iter().skip(from).position(|c| *c == b'>').map_or(b.len(), |k| from + k + 1)
}

/// The value of an attribute, entities decoded.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        // A sign without a name before it is skipped.
        let end = end.max(usize::from(rest.starts_with('=')));
        let (key, after) = rest.split_at_checked(end)?;
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(v) => match v.chars().next().filter(|q| matches!(q, '"' | '\'')) {
                Some(q) => {
                    let v = v.get(1..)?;
                    let close = v.find(q).unwrap_or(v.len());
                    (v.get(..close)?, v.get(close + 1..).unwrap_or(""))
                }
                None => v.split_at_checked(v.find(char::is_whitespace).unwrap_or(v.len()))?,
            },
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(entities(value));
        }
        rest = next;
    }
}

/// The names of the characters from U+00A0 to U+00FF (HTML 4, section 24.2).
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute \
Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("trade", '™'),
    ("euro", '€'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("minus", '−'),
    ("prime", '′'),
    ("Prime", '″'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
];

/// Decodes the entities of a text; what is none stays as it is.
pub(crate) fn entities(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(k) = rest.find('&') {
        let (before, from) = rest.split_at(k);
        out.push_str(before);
        let end = from.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|e| Some((entity(from.get(1..e)?)?, e + 1)));
        let (c, n) = found.unwrap_or(('&', 1));
        out.push(c);
        rest = from.get(n..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(n) = name.strip_prefix('#') {
        let code = match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => n.parse().ok()?,
        };
        // Numbers between 128 and 159 are meant as Windows-1252 (HTML standard, 13.2.5.80).
        let c = match u8::try_from(code) {
            Ok(b @ 128..=159) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[b]).0.chars().next(),
            _ => char::from_u32(code),
        };
        return c.filter(|c| *c != '\0');
    }
    let latin = LATIN
        .split_whitespace()
        .position(|n| n == name)
        .and_then(|n| char::from_u32(0xa0 + u32::try_from(n).ok()?));
    latin.or_else(|| OTHERS.iter().find(|(n, _)| *n == name).map(|(_, c)| *c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_and_attributes() {
        let page = "<!doctype html><p class='a' id=b data-x=\"1>2\">One &amp; two<br/>< three<!-- <b> --><script>if (a<b) '</p>'</script></P>";
        let got: Vec<Event<'_>> = Scan::new(page).collect();
        let open = |n: &str, a: &'static str| Event::Open(n.to_owned(), a);
        assert_eq!(
            got,
            [
                open("p", " class='a' id=b data-x=\"1>2\""),
                Event::Text("One &amp; two"),
                open("br", "/"),
                Event::Text("< three"),
                open("script", ""),
                Event::Text("if (a<b) '</p>'"),
                Event::Close("script".into()),
                Event::Close("p".into())
            ]
        );
        let a = " class='a b' ID=b data-x=\"1>2\" checked content = \"Ch&acirc;teau\"";
        for (name, want) in
            [("class", "a b"), ("id", "b"), ("data-x", "1>2"), ("checked", ""), ("content", "Château")]
        {
            assert_eq!(attribute(a, name).as_deref(), Some(want));
        }
        assert_eq!(attribute("= = x", "y"), None);
    }

    #[test]
    fn entities_are_decoded() {
        assert_eq!(
            entities("&ldquo;A&rdquo; &#8211; &#x2014; &#146; &yuml; &nope; & &amp;lt;"),
            "“A” – — ’ ÿ &nope; & &lt;"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_fails(s in "[<>/!a-c\"'= &;#x0-9-]{0,60}") {
            for e in Scan::new(&s) {
                if let Event::Open(_, a) = e { let _ = attribute(a, "c"); }
            }
            let _ = entities(&s);
        }
    }
}
