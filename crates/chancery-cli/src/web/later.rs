//! On a large record what follows from a decision is worked in when the person pauses: the row is marked at once.

use super::{Fault, Room};
use chancery::Engine;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// From so many reports on, a decision is not worked in at once.
const LARGE: i64 = 300;
/// Without a further decision for so long, the person pauses.
const PAUSE: Duration = Duration::from_secs(12);

/// What waits.
#[derive(Debug, Default)]
pub struct Later {
    /// Counts the decisions, so that a pause is noticed.
    made: AtomicU64,
    at_work: AtomicBool,
}

/// Whether a decision on this record is worked in later.
pub fn is_large(engine: &Engine) -> Result<bool, Fault> {
    let counted = engine.store().query_json("SELECT count(*) n FROM reports", &[]);
    let counted = counted.map_err(|e| Fault::Record(e.to_string()))?;
    let n = counted.first().and_then(|r| r.get("n")).and_then(serde_json::Value::as_i64);
    Ok(n.unwrap_or(0) >= LARGE)
}

/// Works in what waits, once nobody decides any more. What fails stays waiting, for the next decision or build.
pub fn start(room: &Arc<Room>) {
    room.later.made.fetch_add(1, Ordering::SeqCst);
    if room.later.at_work.swap(true, Ordering::SeqCst) {
        return;
    }
    let room = Arc::clone(room);
    std::thread::spawn(move || {
        loop {
            let seen = room.later.made.load(Ordering::SeqCst);
            std::thread::sleep(PAUSE);
            if room.later.made.load(Ordering::SeqCst) != seen {
                continue;
            }
            let done = work_in(&room);
            if done.is_err() || room.later.made.load(Ordering::SeqCst) == seen {
                room.later.at_work.store(false, Ordering::SeqCst);
                return;
            }
        }
    });
}

fn work_in(room: &Room) -> Result<(), chancery::EngineError> {
    let mut engine = Engine::open(&room.record)?;
    if engine.pending()? {
        let made = engine.prepare()?;
        // Only the writing keeps others from deciding.
        let _one = room.writing.lock().unwrap_or_else(PoisonError::into_inner);
        engine.publish(&made)?;
    }
    engine.close()
}

/// Whether something waits or is being worked in.
pub fn waits(room: &Room) -> bool {
    room.later.at_work.load(Ordering::SeqCst)
}
