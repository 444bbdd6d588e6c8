//! (in work)

use crate::Context;

/// Adds to the facts.
pub fn add(_ctx: &mut Context<'_>) {}
