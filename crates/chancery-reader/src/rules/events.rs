//! Words that stand for happenings, by the verb and noun lists of the lexicon.

use chancery_lexicon::verbs::{Form, VERBS, noun_follows};
use chancery_model::mark::EventMark;
use chancery_model::report::Segments;

/// The event words in a text, in order.
#[must_use]
pub fn find(text: &str, segments: &Segments) -> Vec<EventMark> {
    let mut out = Vec::new();
    for sentence in &segments.sentences {
        let words: Vec<String> =
            sentence.tokens.iter().map(|t| segments.word(text, t).to_lowercase()).collect();
        let capital = |k: usize| {
            let first = segments.word(text, sentence.tokens.start as usize + k).chars().next();
            first.is_some_and(char::is_uppercase)
        };
        // In a headline nearly every longer word may have a capital letter; elsewhere one in mid-sentence is a name.
        let long =
            |k: &usize| words.get(*k).is_some_and(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
        let (letters, capitals) = (
            (0..words.len()).filter(long).count(),
            (0..words.len()).filter(|k| long(k) && capital(*k)).count(),
        );
        let titled = letters > 3 && capitals * 10 >= letters * 8;
        let mut skip = 0;
        for k in 0..words.len() {
            if k < skip || k > 0 && capital(k) && !titled {
                continue;
            }
            let before = k.checked_sub(1).and_then(|p| words.get(p)).map_or("", String::as_str);
            let Some(hit) = VERBS.at(k, noun_follows(before), |i| words.get(i).map(String::as_str)) else {
                continue;
            };
            // "the suspended talks": a participle before its noun is no happening of its own.
            // So is "-backed".
            let held = matches!(before, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "-");
            if hit.form == Form::Past && hit.words == 1 && held {
                continue;
            }
            if hit.words > 1 {
                skip = hit.end;
            }
            out.push(EventMark {
                token: sentence.tokens.start + u32::try_from(k).unwrap_or(0),
                class: "OCCURRENCE".to_owned(),
                by: "events.lexicon".to_owned(),
            });
        }
    }
    out
}
