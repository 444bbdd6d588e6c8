//! Pages kept until the record changes. A page depends on the record and its address only.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Bytes of pages that are kept.
const MOST: usize = 24 << 20;

/// Tells one state of a record from another: when its files were last written, and how long they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version([Option<(SystemTime, u64)>; 2]);

impl Version {
    pub fn of(record: &Path) -> Self {
        let state = |p: &Path| std::fs::metadata(p).ok().and_then(|m| Some((m.modified().ok()?, m.len())));
        let mut wal = record.as_os_str().to_owned();
        wal.push("-wal");
        Self([state(record), state(Path::new(&wal))])
    }
}

#[derive(Debug, Default)]
struct Kept {
    version: Option<Version>,
    pages: BTreeMap<String, String>,
    bytes: usize,
}

/// The pages of one version.
#[derive(Debug, Default)]
pub struct Pages(Mutex<Kept>);

impl Pages {
    pub fn get(&self, version: Version, address: &str) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version == Some(version) { kept.pages.get(address).cloned() } else { None }
    }

    pub fn put(&self, version: Version, address: String, page: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version != Some(version) || kept.bytes + page.len() > MOST {
            *kept = Kept { version: Some(version), ..Kept::default() };
        }
        kept.bytes += page.len();
        kept.pages.insert(address, page.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_record_has_no_old_pages() {
        let (one, two) = (Version([None, None]), Version([Some((SystemTime::UNIX_EPOCH, 1)), None]));
        let pages = Pages::default();
        pages.put(one, "/".into(), "old");
        assert_eq!(pages.get(one, "/").as_deref(), Some("old"));
        assert_eq!(pages.get(two, "/"), None);
        pages.put(two, "/".into(), "new");
        assert_eq!((pages.get(one, "/"), pages.get(two, "/").as_deref()), (None, Some("new")));
    }
}
