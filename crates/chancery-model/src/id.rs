//! Ids made of content: the same thing has the same id in every record, whatever came before it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits of an id.
const DIGITS: usize = 16;

/// Sixteen lower-case hexadecimal digits: the first eight bytes of a BLAKE3 hash. They stand in place and not on the
/// heap, since linking holds a hundred of them for a report. What is shorter ends with zero bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; DIGITS]);

impl Id {
    /// The id of a sequence of parts. Parts are length-prefixed, so `["ab","c"]` and `["a","bc"]` differ.
    #[must_use]
    pub fn of<P: AsRef<[u8]>>(kind: &str, parts: &[P]) -> Self {
        let mut h = blake3::Hasher::new();
        let mut put = |b: &[u8]| {
            h.update(&(b.len() as u64).to_le_bytes());
            h.update(b);
        };
        put(kind.as_bytes());
        for p in parts {
            put(p.as_ref());
        }
        Self::put(h.finalize().to_hex().as_bytes())
    }

    /// An id read back from a record.
    #[must_use]
    pub fn from_record(s: &str) -> Self {
        let mut id = Self::put(s.as_bytes());
        // What no program wrote is none of the ids there are, whatever it begins with.
        if s.len() > DIGITS || !s.bytes().all(|b| b.is_ascii_graphic()) {
            id = Self::of("unknown", &[s]);
            id.0[DIGITS - 1] = b'~';
        }
        id
    }

    fn put(bytes: &[u8]) -> Self {
        let mut digits = [0; DIGITS];
        digits.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Self(digits)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Id({:?})", self.as_str())
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(|s| Self::from_record(&s))
    }
}

/// The BLAKE3 hash of bytes, in 64 hexadecimal digits.
#[must_use]
pub fn blake3_hex(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Id::of("x", &["ab", "c"]), Id::of("x", &["a", "bc"]));
        assert_ne!(Id::of("x", &["a"]), Id::of("y", &["a"]));
        assert_eq!(Id::of("x", &["a"]).as_str().len(), 16);
    }

    #[test]
    fn what_a_record_holds_comes_back() {
        let id = Id::of("x", &["a"]);
        assert_eq!(Id::from_record(id.as_str()), id);
        assert_eq!(Id::from_record("gone").as_str(), "gone");
        assert_ne!(Id::from_record(&format!("{id}0")), id);
        assert_ne!(Id::from_record("é"), Id::from_record("è"));
    }
}
