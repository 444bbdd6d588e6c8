//! The model file: tensors by name, and labels by name (the safetensors format).

use std::collections::BTreeMap;

/// Why a model file could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It does not begin as such a file does.
    #[error("the model is not a safetensors file: {0}; take the file that training/export.py wrote")]
    Header(String),
    /// It is of another kind or version.
    #[error(
        "the model says it is {found:?}, this version reads {wanted:?}; export it again with the training/ of this version"
    )]
    Format {
        /// What this version reads.
        wanted: &'static str,
        /// What the file says.
        found: String,
    },
    /// A tensor is missing or not as expected.
    #[error("tensor {name:?} of the model {reason}; export the model again with training/export.py")]
    Tensor {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A list of labels or a size is missing or not as expected.
    #[error(
        "the entry {name:?} of the model's metadata {reason}; export the model again with training/export.py"
    )]
    Entry {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
}

/// How a tensor's numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
enum Kind {
    I8,
    F16,
    F32,
}

#[derive(serde::Deserialize)]
struct Entry {
    dtype: Kind,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

struct Tensor {
    kind: Kind,
    shape: Vec<usize>,
    bytes: &'static [u8],
}

/// A model file, opened.
pub(super) struct Tensors {
    tensors: BTreeMap<String, Tensor>,
    entries: BTreeMap<String, String>,
}

impl Tensors {
    pub(super) fn open(bytes: &'static [u8]) -> Result<Self, LoadError> {
        let bad = |why: &str| LoadError::Header(why.to_owned());
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| bad("it is too short"))?;
        let length =
            usize::try_from(u64::from_le_bytes(*length)).map_err(|_| bad("its header is too long"))?;
        let (header, data) =
            rest.split_at_checked(length).ok_or_else(|| bad("its header runs past its end"))?;
        let header: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(header).map_err(|e| bad(&format!("its header is not JSON ({e})")))?;
        let mut out = Self { tensors: BTreeMap::new(), entries: BTreeMap::new() };
        for (name, value) in header {
            if name == "__metadata__" {
                out.entries = serde_json::from_value(value)
                    .map_err(|e| bad(&format!("its metadata cannot be read ({e})")))?;
                continue;
            }
            let wrong = |reason: String| LoadError::Tensor { name: name.clone(), reason };
            let entry: Entry =
                serde_json::from_value(value).map_err(|e| wrong(format!("cannot be read ({e})")))?;
            let (from, to) = entry.data_offsets;
            let bytes = data.get(from..to).ok_or_else(|| wrong("lies outside the file".to_owned()))?;
            let each = match entry.dtype {
                Kind::I8 => 1,
                Kind::F16 => 2,
                Kind::F32 => 4,
            };
            let count = entry.shape.iter().try_fold(each, |n: usize, d| n.checked_mul(*d));
            if count != Some(bytes.len()) {
                return Err(wrong(format!(
                    "has {} bytes, which is not what its shape {:?} needs",
                    bytes.len(),
                    entry.shape
                )));
            }
            out.tensors.insert(name, Tensor { kind: entry.dtype, shape: entry.shape, bytes });
        }
        Ok(out)
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<&Tensor, LoadError> {
        let wrong = |reason: String| LoadError::Tensor { name: name.to_owned(), reason };
        let t = self.tensors.get(name).ok_or_else(|| wrong("is missing".to_owned()))?;
        if t.shape != shape {
            return Err(wrong(format!("has the shape {:?} where {shape:?} is expected", t.shape)));
        }
        Ok(t)
    }

    /// 8-bit numbers, as bytes.
    pub(super) fn bytes(&self, name: &str, shape: &[usize]) -> Result<&'static [u8], LoadError> {
        let t = self.tensor(name, shape)?;
        if t.kind != Kind::I8 {
            let reason = format!("holds {:?} where 8-bit integers are expected", t.kind);
            return Err(LoadError::Tensor { name: name.to_owned(), reason });
        }
        Ok(t.bytes)
    }

    /// Floats of 16 or 32 bits; or of 8, times the scale of their column (`NAME.scale`).
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, LoadError> {
        let t = self.tensor(name, shape)?;
        match t.kind {
            Kind::F32 => Ok(t.bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
            Kind::F16 => Ok(t.bytes.as_chunks().0.iter().map(|b| widen(u16::from_le_bytes(*b))).collect()),
            Kind::I8 => {
                let scaled = format!("{name}.scale");
                if !self.tensors.contains_key(&scaled) {
                    let reason = "holds 8-bit integers where floats are expected".to_owned();
                    return Err(LoadError::Tensor { name: name.to_owned(), reason });
                }
                let scale = self.floats(&scaled, shape.last().map_or(&[][..], std::slice::from_ref))?;
                let rows = t.bytes.chunks(scale.len().max(1));
                Ok(rows
                    .flat_map(|r| r.iter().zip(&scale).map(|(q, s)| f32::from(q.cast_signed()) * s))
                    .collect())
            }
        }
    }

    /// An entry of the metadata.
    pub(super) fn entry(&self, name: &str) -> Option<&str> {
        self.entries.get(name).map(String::as_str)
    }

    /// An entry of the metadata that is JSON.
    pub(super) fn parsed<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, LoadError> {
        let wrong = |reason: String| LoadError::Entry { name: name.to_owned(), reason };
        let text = self.entry(name).ok_or_else(|| wrong("is missing".to_owned()))?;
        serde_json::from_str(text).map_err(|e| wrong(format!("cannot be read ({e})")))
    }
}

/// A 16-bit float as a 32-bit one; exact.
fn widen(h: u16) -> f32 {
    let sign = u32::from(h >> 15) << 31;
    let (exponent, part) = (u32::from(h >> 10 & 31), u32::from(h & 0x3ff));
    match exponent {
        // Below the smallest normal number: so many 2^-24.
        0 => f32::from_bits(sign | (part as f32 * 2_f32.powi(-24)).to_bits()),
        31 => f32::from_bits(sign | 0x7f80_0000 | part << 13),
        e => f32::from_bits(sign | (e + 112) << 23 | part << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_floats_widen_exactly() {
        for (h, want) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x0001, 2_f32.powi(-24)),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x8000, -0.0),
        ] {
            assert_eq!(widen(h).to_bits(), want.to_bits(), "{h:x}");
        }
        assert!(widen(0x7e00).is_nan() && widen(0x7c00).is_infinite());
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        let file = |header: &str, data: &[u8]| -> &'static [u8] {
            let mut b = (header.len() as u64).to_le_bytes().to_vec();
            b.extend_from_slice(header.as_bytes());
            b.extend_from_slice(data);
            Vec::leak(b)
        };
        let said = |b| Tensors::open(b).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(said(b"abc").contains("too short"));
        assert!(said(file("{]", b"")).contains("not JSON"));
        assert!(
            said(file(r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, b"1234"))
                .contains("outside")
        );
        assert!(
            said(file(r#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,4]}}"#, b"1234"))
                .contains("shape")
        );
        let t = Tensors::open(file(
            r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            &1.5_f32.to_le_bytes(),
        ))
        .unwrap();
        assert_eq!(t.floats("a", &[1]), Ok(vec![1.5]));
        assert!(t.floats("a", &[2]).unwrap_err().to_string().contains("expected"));
        let header = r#"{"w":{"dtype":"I8","shape":[2,2],"data_offsets":[0,4]},"w.scale":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#;
        let data: Vec<u8> =
            [1, 254, 3, 127].into_iter().chain(0.5_f32.to_le_bytes()).chain(2_f32.to_le_bytes()).collect();
        assert_eq!(
            Tensors::open(file(header, &data)).unwrap().floats("w", &[2, 2]),
            Ok(vec![0.5, -4.0, 1.5, 254.0])
        );
        assert!(t.bytes("a", &[1]).is_err() && t.floats("b", &[1]).is_err() && t.parsed::<u8>("x").is_err());
    }
}
