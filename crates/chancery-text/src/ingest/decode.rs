//! Bytes to characters.

use super::format::foreign;
use chancery_model::report::Note;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text and what is to be said about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<Note>,
}

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotText(pub(crate) String);

/// Decodes bytes: by byte order mark, by what they say of themselves, as UTF-8, as UTF-16 by its zeros, else by the
/// most likely encoding. `said` is an encoding that the source names. The byte order mark is taken away, nothing else.
pub(crate) fn decode(bytes: &[u8], said: Option<&'static Encoding>) -> Result<Decoded, NotText> {
    if let Some((encoding, n)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, bytes.get(n..).unwrap_or(&[]), n, None));
    }
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    if let Some(name) = foreign(head) {
        return Err(NotText(format!("it is {name}, not text")));
    }
    if let Some(encoding) = utf_16(head) {
        let note = format!("The bytes have no mark; they were read as {}, by their zeros.", encoding.name());
        return Ok(with(encoding, bytes, 0, Some(note)));
    }
    let odd = |b: &&u8| **b < 9 || (14..32).contains(*b) && **b != 27;
    let strange = head.iter().filter(odd).count();
    if strange * 50 > head.len() {
        return Err(NotText(format!(
            "it is not text ({strange} control characters in its first {} bytes)",
            head.len()
        )));
    }
    match std::str::from_utf8(bytes) {
        // Whatever is said: what is valid UTF-8 is hardly ever anything else.
        Ok(text) => Ok(Decoded { text: text.to_owned(), notes: control(text) }),
        Err(e) => Ok(guess(bytes, said, e.valid_up_to())),
    }
}

/// Bytes that are not UTF-8: said, or nearly UTF-8, or guessed.
fn guess(bytes: &[u8], said: Option<&'static Encoding>, first_bad: usize) -> Decoded {
    let (good, bad) = utf_8_shares(bytes);
    if good > 4 * bad {
        let note = format!(
            "{bad} places are not valid UTF-8, the first at byte {first_bad}; they are shown as U+FFFD. Get the source again if they matter."
        );
        return with(UTF_8, bytes, 0, Some(note));
    }
    if let Some(e) = said.filter(|e| *e != UTF_8) {
        return with(e, bytes, 0, None);
    }
    // Reports in English are what is mostly read: the hint settles short texts, it does not outweigh evidence.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"uk"), Utf8Detection::Deny);
    let note = format!(
        "The bytes are not UTF-8 (first at byte {first_bad}); they were read as {}, the most likely encoding. If letters look wrong, save the source as UTF-8.",
        encoding.name()
    );
    with(encoding, bytes, 0, Some(note))
}

fn with(encoding: &'static Encoding, bytes: &[u8], skipped: usize, note: Option<String>) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let mut notes: Vec<Note> = note.into_iter().map(|n| encoding_note(None, n)).collect();
    if lossy && notes.is_empty() {
        let at = text.find('\u{fffd}').unwrap_or(0);
        let byte = if encoding == UTF_8 {
            std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), |_| at) + skipped
        } else {
            encoding.encode(text.get(..at).unwrap_or("")).0.len() + skipped
        };
        let name = encoding.name();
        notes.push(encoding_note(
            Some(chancery_model::Span::new(at, at + 3)),
            format!("Some bytes are not valid {name}, the first near byte {byte}; they are shown as U+FFFD. Get the source again if they matter."),
        ));
    }
    notes.extend(control(&text));
    Decoded { text: text.into_owned(), notes }
}

fn encoding_note(span: Option<chancery_model::Span>, text: String) -> Note {
    Note { path: None, span, kind: "encoding".to_owned(), text }
}

/// A note on zero characters, which some readers of the record stop at.
fn control(text: &str) -> Vec<Note> {
    let Some(at) = text.find('\0') else { return Vec::new() };
    let n = text.bytes().filter(|b| *b == 0).count();
    let text = format!(
        "The text holds {n} NUL characters, the first at byte {at}; they are kept. Clean the source if its text looks cut off."
    );
    vec![Note {
        path: None,
        span: Some(chancery_model::Span::new(at, at + 1)),
        kind: "control".to_owned(),
        text,
    }]
}

/// UTF-16 without a mark: nearly every second byte of Western text is zero, and always on the same side.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if second * 10 > pairs * 6 && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 6 && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How many sequences of several bytes are valid UTF-8, and how many stretches are not.
fn utf_8_shares(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16_bytes(s: &str, big: bool) -> Vec<u8> {
        s.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings() {
        let text = "“Château”, the envoy said – and left.";
        let with_bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let le = [b"\xff\xfe".as_slice(), &utf_16_bytes(text, false)].concat();
        let be = [b"\xfe\xff".as_slice(), &utf_16_bytes(text, true)].concat();
        for bytes in [text.as_bytes(), &with_bom, &le, &be] {
            let d = decode(bytes, None).unwrap();
            assert_eq!((d.text.as_str(), d.notes.len()), (text, 0));
        }
        for big in [true, false] {
            let d = decode(&utf_16_bytes("The envoy said so.", big), None).unwrap();
            assert_eq!((d.text.as_str(), d.notes[0].kind.as_str()), ("The envoy said so.", "encoding"));
        }
        let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let d = decode(&western, None).unwrap();
        assert_eq!(d.text, text);
        assert!(d.notes[0].text.contains("windows-1252"), "{}", d.notes[0].text);
        let (cyrillic, _, _) =
            encoding_rs::WINDOWS_1251.encode("Посланник сказал, что переговоры продолжатся.");
        assert!(decode(&cyrillic, None).unwrap().text.contains("переговоры"));
        assert!(decode(&cyrillic, Some(encoding_rs::WINDOWS_1251)).unwrap().notes.is_empty());
    }

    #[test]
    fn broken_bytes_are_told_of() {
        let mut bytes = "“Château” and “château” and “château” again.".as_bytes().to_vec();
        bytes.insert(16, 0xff);
        let d = decode(&bytes, None).unwrap();
        assert!(d.text.contains("château”"), "{}", d.text);
        assert!(d.notes[0].text.contains("byte 16"), "{}", d.notes[0].text);
        let d = decode(b"\xef\xbb\xbfok \xff", None).unwrap();
        assert!(d.notes[0].text.contains("byte 6"), "{}", d.notes[0].text);
        assert_eq!(
            decode(b"one \0 zero in enough text to be a text all the same, or so it seems", None)
                .unwrap()
                .notes[0]
                .kind,
            "control"
        );
        assert!(decode(b"%PDF-1.7 x", None).is_err());
        assert!(decode(&[1, 2, 3, 4, 5, 0, 0, 7, 8, 200, 201], None).is_err());
        assert_eq!(decode(b"", None).unwrap().text, "");
    }
}
