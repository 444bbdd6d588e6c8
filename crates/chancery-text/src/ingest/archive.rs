//! Zip archives: their members in the order of their names, each unpacked under limits.

use super::format::Format;
use super::guard::guard;
use super::problem::{Problem, ProblemKind, size};
use super::{Input, Options};
use std::io::{Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// What an archive is read from.
pub(crate) trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

/// An archive that is being read.
pub(crate) struct Archive {
    zip: ZipArchive<Box<dyn Bytes>>,
    /// Numbers and names of the members still to come, the next one last.
    todo: Vec<(usize, String)>,
    path: String,
    key: String,
    total: u64,
}

impl Archive {
    pub(crate) fn open(from: Box<dyn Bytes>, path: &str, key: &str) -> Result<Self, Problem> {
        let broken = |why: &str| {
            let next = "pack it again, or unpack it and name the folder";
            Problem::new(path, ProblemKind::Archive, format!("the archive cannot be opened ({why})"), next)
        };
        let zip = guard(|| ZipArchive::new(from))
            .ok_or_else(|| broken("it is broken"))?
            .map_err(|e| broken(&e.to_string()))?;
        let mut todo: Vec<(usize, String)> = (0..zip.len())
            .filter_map(|i| {
                let entry = zip.by_index_data(i).ok()?;
                let name = entry.name().ok()?.replace('\\', "/");
                let hidden = name.split('/').any(|p| p.starts_with('.') || p == "__MACOSX");
                (!entry.is_dir() && !name.ends_with('/') && !hidden).then_some((i, name))
            })
            .collect();
        if todo.is_empty() {
            return Err(Problem::new(
                path,
                ProblemKind::Empty,
                "the archive holds no files",
                "check how it was packed",
            ));
        }
        todo.sort_by(|a, b| (&b.1, b.0).cmp(&(&a.1, a.0)));
        Ok(Self { zip, todo, path: path.to_owned(), key: key.to_owned(), total: 0 })
    }

    /// The next member, unpacked.
    pub(crate) fn next(&mut self, options: &Options) -> Option<Result<Input, Problem>> {
        let (i, name) = self.todo.pop()?;
        let path = format!("{}!/{name}", self.path);
        let key = format!("{}/{name}", self.key);
        Some(
            self.member(i, &path, options)
                .map(|bytes| Input::member(path, key, Format::of_name(Path::new(&name)), bytes)),
        )
    }

    fn member(&mut self, i: usize, path: &str, options: &Options) -> Result<Vec<u8>, Problem> {
        let broken = |e: &dyn std::fmt::Display| {
            let reason = format!("the member cannot be unpacked ({e})");
            Problem::new(
                path,
                ProblemKind::Archive,
                reason,
                "pack the archive again, or unpack it and name the folder",
            )
        };
        let entry = self.zip.by_index_data(i).map_err(|e| broken(&e))?;
        if entry.encrypted() {
            let next = "unpack it with its password and name the folder";
            return Err(Problem::new(path, ProblemKind::Encrypted, "the member is encrypted", next));
        }
        let nested = || {
            Problem::new(
                path,
                ProblemKind::Nested,
                "archives in archives are not opened",
                "unpack it and name it by itself",
            )
        };
        if Format::of_name(Path::new(path)) == Some(Format::Zip) {
            return Err(nested());
        }
        // Streams of reports may be longer than one report.
        let stream = matches!(Format::of_name(Path::new(path)), Some(Format::Json | Format::Lines));
        let limit = if stream { options.max_bytes.saturating_mul(16) } else { options.max_bytes };
        let packed = entry.compressed_size().max(1);
        let (mut out, mut buffer) = (Vec::new(), vec![0_u8; 65_536]);
        let left = options.max_zip_total.saturating_sub(self.total);
        let zip = &mut self.zip;
        let ratio = options.max_zip_ratio;
        let mut full = false;
        let read = guard(|| {
            let mut file = zip.by_index(i).map_err(|e| broken(&e))?;
            loop {
                let n = file.read(&mut buffer).map_err(|e| broken(&e))?;
                if n == 0 {
                    return Ok(out);
                }
                out.extend_from_slice(buffer.get(..n).unwrap_or(&[]));
                let grown = out.len() as u64;
                if grown > 1_000_000 && grown / packed > ratio {
                    let reason = format!(
                        "it grows more than {ratio} times when unpacked, as archives made to do harm do"
                    );
                    return Err(Problem::new(
                        path,
                        ProblemKind::Bomb,
                        reason,
                        "unpack it yourself if you trust it",
                    ));
                }
                if out.len() > limit {
                    return Err(Problem::too_large(path, grown, limit));
                }
                if grown > left {
                    full = true;
                    let all = size(options.max_zip_total);
                    let reason = format!("the archive holds more than {all} when unpacked");
                    return Err(Problem::new(
                        path,
                        ProblemKind::Bomb,
                        reason,
                        "unpack it and name the folder",
                    ));
                }
            }
        });
        if full {
            self.todo.clear();
        }
        let bytes = read.unwrap_or_else(|| Err(broken(&"it is broken")))?;
        self.total += bytes.len() as u64;
        if Format::sniff(&bytes) == Format::Zip && Format::of_name(Path::new(path)).is_none() {
            return Err(nested());
        }
        Ok(bytes)
    }
}
