//! Ids made of content: the same thing has the same id in every record, whatever came before it.

use serde::{Deserialize, Serialize};

/// Sixteen lower-case hexadecimal digits: the first eight bytes of a BLAKE3 hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

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
        let hex = h.finalize().to_hex();
        Self(hex.chars().take(16).collect())
    }

    /// An id read back from a record.
    #[must_use]
    pub fn from_record(s: String) -> Self {
        Self(s)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
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
}
