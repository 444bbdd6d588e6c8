//! The one place where a failing library is caught.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs what calls a library written elsewhere; `None` when it panics. Whatever it was changing is thrown away with it.
pub(crate) fn guard<T>(f: impl FnOnce() -> T) -> Option<T> {
    INSIDE.set(true);
    let done = catch_unwind(AssertUnwindSafe(f)).ok();
    INSIDE.set(false);
    done
}

/// Whether this thread is inside a guarded call: a panic there becomes a [`Problem`](super::Problem), so a program's
/// panic hook need not speak of it.
#[must_use]
pub fn guarded() -> bool {
    INSIDE.get()
}
