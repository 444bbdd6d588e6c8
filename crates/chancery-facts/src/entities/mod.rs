//! (in work)

use crate::Context;

/// Adds to the facts.
pub fn add(_ctx: &mut Context<'_>) {}

use chancery_model::Span;
use chancery_model::facts::EntityIx;

/// Who the words of a source, relay, addressee or participant stand for: a name in them, a pronoun that was
/// resolved, a metonym; else an unnamed entity of their own. The second value says whether it has a name.
pub fn resolve(_ctx: &mut Context<'_>, _words: Span) -> Option<(EntityIx, bool)> {
    None
}
