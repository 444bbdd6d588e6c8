//! Reports in JSON: one object each.

use super::html::name;
use chancery_model::report::Given;
use serde_json::{Map, Value};
use std::io::{BufRead, ErrorKind, Result};

/// A report as an object states it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) given: Given,
}

/// Why a JSON value is no report.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoEntry {
    /// It is not JSON: the reason.
    Json(String),
    /// It has no text.
    NoText,
}

/// Reads one value. Only a text is required; unknown names are passed over, common other names are understood.
pub(crate) fn entry(bytes: &[u8]) -> std::result::Result<Entry, NoEntry> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| NoEntry::Json(e.to_string()))?;
    let Value::Object(o) = value else { return Err(NoEntry::NoText) };
    let text = ["text", "body", "content", "article", "fulltext", "full_text", "maintext", "article_text"];
    let text = text.iter().find_map(|k| o.get(*k).and_then(Value::as_str)).ok_or(NoEntry::NoText)?.to_owned();
    let id = o.get("id").or_else(|| o.get("_id")).and_then(|v| match v {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    });
    let given = Given {
        url: field(&o, &["url", "link", "uri", "permalink"]),
        title: field(&o, &["title", "headline"]),
        outlet: field(&o, &["outlet", "source", "publisher", "publication", "site_name", "site"]),
        byline: field(&o, &["byline", "author", "authors", "creator"]),
        language: field(&o, &["language", "lang"]),
        published: field(
            &o,
            &[
                "published",
                "date",
                "published_at",
                "publishedAt",
                "publication_date",
                "date_published",
                "datePublished",
                "date_publish",
                "pubDate",
                "pub_date",
            ],
        ),
    };
    Ok(Entry { id, text, given })
}

fn field(o: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|k| {
        o.get(*k).and_then(|v| if let Value::Number(n) = v { Some(n.to_string()) } else { name(v) })
    })
}

/// One line or value: its bytes, and its number counted from 1. Beyond the limit the bytes are dropped and counted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// Its whole length, when that is beyond the limit.
    pub(crate) too_large: Option<u64>,
}

/// How chunks are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parting {
    /// By line ends.
    Lines,
    /// By the values of a top-level array, or values behind each other.
    Values,
}

/// Parts a stream into chunks, holding one at a time.
pub(crate) struct Chunks<R> {
    from: R,
    parting: Parting,
    limit: usize,
    number: u64,
    /// Whether the first byte of the stream is still to come.
    fresh: bool,
    in_array: bool,
    done: bool,
}

impl<R: BufRead> Chunks<R> {
    pub(crate) fn new(from: R, parting: Parting, limit: usize) -> Self {
        Self { from, parting, limit, number: 0, fresh: true, in_array: false, done: false }
    }

    /// The next chunk that is not blank.
    pub(crate) fn next(&mut self) -> Option<Result<Chunk>> {
        while !self.done {
            let got = match self.parting {
                Parting::Lines => self.line(),
                Parting::Values => self.value(),
            };
            match got {
                Ok(Some(c)) if c.bytes.trim_ascii().is_empty() && c.too_large.is_none() => {}
                Ok(Some(c)) => return Some(Ok(c)),
                Ok(None) => self.done = true,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => {
                    self.done = true;
                    return Some(Err(e));
                }
            }
        }
        None
    }

    /// Whether the values are those of an array.
    pub(crate) fn in_array(&self) -> bool {
        self.in_array
    }

    fn chunk(&self, mut bytes: Vec<u8>, length: u64) -> Chunk {
        let too_large = (length > self.limit as u64).then_some(length);
        if too_large.is_some() {
            bytes = Vec::new();
        }
        Chunk { number: self.number, bytes, too_large }
    }

    fn line(&mut self) -> Result<Option<Chunk>> {
        let (mut bytes, mut length, mut ended) = (Vec::new(), 0_u64, false);
        while !ended {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
            length += part.len() as u64;
            if length <= self.limit as u64 {
                bytes.extend_from_slice(part);
            }
            ended = end.is_some();
            let n = part.len() + usize::from(ended);
            self.from.consume(n);
        }
        if length == 0 && !ended {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if std::mem::take(&mut self.fresh) && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        Ok(Some(self.chunk(bytes, length)))
    }

    fn byte(&mut self) -> Result<Option<u8>> {
        Ok(self.from.fill_buf()?.first().copied())
    }

    fn value(&mut self) -> Result<Option<Chunk>> {
        // What stands between values.
        loop {
            match self.byte()? {
                None => return Ok(None),
                Some(b'[') if self.fresh => self.in_array = true,
                Some(b']') if self.in_array => {}
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf) => {
                    self.from.consume(1);
                    continue;
                }
                Some(_) => break,
            }
            self.fresh = false;
            self.from.consume(1);
        }
        self.fresh = false;
        self.number += 1;
        let (mut bytes, mut length) = (Vec::new(), 0_u64);
        let (mut depth, mut quoted, mut escaped) = (0_u64, false, false);
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut end = None;
            for (k, b) in buffer.iter().enumerate() {
                if quoted {
                    match b {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => quoted = false,
                        _ => {}
                    }
                    continue;
                }
                match b {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        if depth == 0 {
                            end = Some(k + 1);
                            break;
                        }
                    }
                    b',' | b']' | b'}' | b'\n' if depth == 0 => {
                        end = Some(k);
                        break;
                    }
                    _ => {}
                }
            }
            let n = end.unwrap_or(buffer.len());
            length += n as u64;
            if length <= self.limit as u64 {
                bytes.extend_from_slice(buffer.get(..n).unwrap_or(&[]));
            }
            // A closing bracket that nothing opened would stay for ever.
            let stray = n == 0 && bytes.is_empty();
            self.from.consume(if stray { 1 } else { n });
            if end.is_some() {
                break;
            }
        }
        Ok(Some(self.chunk(bytes, length)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(s: &str, parting: Parting, limit: usize) -> Vec<(u64, String, Option<u64>)> {
        // A small buffer, so that chunks cross its ends.
        let from = std::io::BufReader::with_capacity(7, s.as_bytes());
        let mut c = Chunks::new(from, parting, limit);
        std::iter::from_fn(|| c.next())
            .map(|c| c.unwrap())
            .map(|c| (c.number, String::from_utf8(c.bytes).unwrap(), c.too_large))
            .collect()
    }

    #[test]
    fn lines_are_parted() {
        let got = chunks("\u{feff}{\"a\":1}\r\n\n{\"b\":2}", Parting::Lines, 100);
        assert_eq!(got, [(1, "{\"a\":1}".into(), None), (3, "{\"b\":2}".into(), None)]);
        let got = chunks("0123456789abcdef\nok\n", Parting::Lines, 10);
        assert_eq!(got, [(1, String::new(), Some(16)), (2, "ok".into(), None)]);
    }

    #[test]
    fn values_are_parted() {
        let array = "[ {\"a\": \"x]}\\\"\"},\n {\"b\": [1, {}]} , 7]";
        let got = chunks(array, Parting::Values, 100);
        assert_eq!(
            got,
            [
                (1, "{\"a\": \"x]}\\\"\"}".into(), None),
                (2, "{\"b\": [1, {}]}".into(), None),
                (3, "7".into(), None)
            ]
        );
        assert_eq!(chunks("{\"a\":1}{\"b\":2}", Parting::Values, 100).len(), 2);
        assert_eq!(chunks("{\"a\":", Parting::Values, 100), [(1, "{\"a\":".into(), None)]);
        assert_eq!(chunks("}]}", Parting::Values, 100), []);
        assert_eq!(
            chunks("[{\"a\": \"0123456789\"}, {\"b\":1}]", Parting::Values, 10),
            [(1, String::new(), Some(19)), (2, "{\"b\":1}".into(), None)]
        );
    }

    #[test]
    fn entries() {
        let e = entry(br#"{"id": 7, "text": "a\u00e9", "author": [{"name": "L. Berg"}, "M. Holt"], "date": "2004-05-17", "x": null}"#).unwrap();
        assert_eq!((e.id.as_deref(), e.text.as_str()), (Some("7"), "aé"));
        assert_eq!(e.given.byline.as_deref(), Some("L. Berg, M. Holt"));
        assert_eq!(e.given.published.as_deref(), Some("2004-05-17"));
        assert_eq!(entry(b"{\"title\": \"x\"}"), Err(NoEntry::NoText));
        assert_eq!(entry(b"[1]"), Err(NoEntry::NoText));
        assert!(matches!(entry(b"{\"text\": "), Err(NoEntry::Json(_))));
        let deep = "[".repeat(100_000);
        assert!(matches!(entry(deep.as_bytes()), Err(NoEntry::Json(_))));
    }
}
