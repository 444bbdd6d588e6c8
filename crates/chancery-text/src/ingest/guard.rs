//! The one place where a failing library is caught.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs what calls a library written elsewhere; `None` when it panics. Whatever it was changing is thrown away with it.
pub(crate) fn guard<T>(f: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(f)).ok()
}
