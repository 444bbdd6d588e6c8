//! A cue verb with its auxiliaries, adverbs and particles.

use super::view::View;
use chancery_lexicon::cues::{Cue, Frame, Inflection, cues};
use chancery_model::span::TokenRange;

/// Verbs whose infinitive says the same thing a little later or less surely ("went on to say").
const CONTROL: &[&str] = &[
    "continued",
    "continues",
    "continue",
    "continuing",
    "began",
    "begins",
    "started",
    "seemed",
    "seems",
    "seem",
    "appeared",
    "appears",
    "appear",
    "happened",
    "tried",
    "tries",
    "came",
    "appearing",
    "proceeded",
    "rushed",
    "hastened",
    "used",
    "has",
    "have",
    "had",
];

/// A cue verb found in a text.
pub(super) struct Verb {
    pub(super) cue: &'static Cue,
    /// The verb itself.
    pub(super) head: usize,
    /// Auxiliaries, adverbs, verb and particles.
    pub(super) tokens: TokenRange,
    pub(super) form: Inflection,
    pub(super) passive: bool,
    /// Has an auxiliary of its own, so that it is finite whatever its ending.
    pub(super) helped: bool,
    /// Under "would", "will", "should", "must", not negated.
    pub(super) unreal: bool,
}

impl Verb {
    pub(super) fn start(&self) -> usize {
        self.tokens.start as usize
    }
    pub(super) fn end(&self) -> usize {
        self.tokens.end as usize
    }
    pub(super) fn takes(&self, frame: Frame) -> Option<bool> {
        self.cue.takes(frame)
    }
}

/// The cue verb at a token, when the words around let it be a verb. Only tokens in `[lo, hi)` are looked at.
pub(super) fn at(view: &View<'_>, i: usize, lo: usize, hi: usize) -> Option<Verb> {
    if i > lo && view.glued(i - 1)
        || view.glued(i + 1)
        || view.capital_of_name(i) && view.quote_ix(i).is_none()
    {
        return None;
    }
    // One spelling may be two forms ("read", "put"): the first that the words around allow counts.
    cues().verbs_of(view.low(i)).find_map(|(cue, form)| {
        let mut end = i + 1;
        for p in cue.particles() {
            // "made it very clear", "pointed that out" are left alone: too rare to be worth the errors.
            if end >= hi || view.low(end) != p {
                return None;
            }
            end += 1;
        }
        with_helpers(view, cue, form, i, end, lo)
    })
}

fn with_helpers(
    view: &View<'_>,
    cue: &'static Cue,
    form: Inflection,
    i: usize,
    end: usize,
    lo: usize,
) -> Option<Verb> {
    let mut start = i;
    let (mut helped, mut be, mut to) = (false, None, false);
    while start > lo {
        let p = start - 1;
        if view.low(p) == "to" {
            if p == lo {
                return None;
            }
            let before = view.low(p - 1);
            let phrase =
                before == "on" && p >= lo + 2 && matches!(view.low(p - 2), "went" | "goes" | "going");
            if !CONTROL.contains(&before) && !phrase {
                return None;
            }
            to = true;
            helped = true;
            start = if phrase { p - 2 } else { p - 1 };
        } else if view.auxiliary(p) {
            if be.is_none() {
                be = Some(view.be(p));
            }
            helped = true;
            start = p;
        } else if view.adverb(p) && !view.capital(p) {
            start = p;
        } else if view.low(p) == "'s" && form != Inflection::Base && p > lo && helped_by_clitic(view, p, form)
        {
            be = be.or(Some(false));
            helped = true;
            start = p;
        } else {
            break;
        }
    }
    // A leading "there" or "all" belongs to what stands before.
    while start < i && matches!(view.low(start), "all" | "there" | "so" | "much") {
        start += 1;
    }
    let passive = form == Inflection::Past && be == Some(true) && !to;
    let before = if start > lo { view.low(start - 1) } else { "" };
    let modal = (start..i).any(|k| {
        matches!(view.low(k), "would" | "will" | "should" | "must" | "shall" | "'ll" | "can" | "could")
    });
    let unreal = modal && !(start..i).any(|k| matches!(view.low(k), "not" | "n't" | "never"));
    let verb = Verb { cue, head: i, tokens: TokenRange::new(start, end), form, passive, helped, unreal };
    allowed(view, &verb, start, before, lo).then_some(verb)
}

fn helped_by_clitic(view: &View<'_>, p: usize, form: Inflection) -> bool {
    // "he's said", "she's arguing"; after a noun "'s" is a possessive.
    form != Inflection::Third && view.subject_pronoun(p - 1)
}

fn allowed(view: &View<'_>, v: &Verb, start: usize, before: &str, lo: usize) -> bool {
    let det = start > lo && view.determiner(start - 1) && !view.subject_pronoun(start - 1);
    let possessive = before == "'s" || before == "'";
    match v.form {
        Inflection::Base => {
            if v.helped {
                return view.modal(start) || (start..v.head).any(|i| view.modal(i));
            }
            if start == lo || det || possessive || view.preposition(start - 1) {
                return false;
            }
            let plural = before.ends_with('s') && !before.ends_with("ss");
            let person = matches!(
                before,
                "we" | "they"
                    | "i"
                    | "you"
                    | "who"
                    | "that"
                    | "which"
                    | "people"
                    | "police"
                    | "some"
                    | "many"
                    | "others"
                    | "women"
                    | "men"
                    | "both"
                    | "most"
                    | ","
                    | ")"
                    | "and"
            );
            plural || person
        }
        Inflection::Third => {
            // "following reports that", "abandoned hopes of", "news reports quoted": nouns.
            let modified = before.len() > 4
                && !view.capital(start - 1)
                && (before.ends_with("ing") || before.ends_with("ed"));
            let subject_of_next = view.cue_verb(v.end()).is_some() && view.low(v.end()) != "that";
            !(start == lo
                || det
                || possessive
                || v.helped
                || modified
                || subject_of_next
                || view.preposition(start - 1))
                && (!matches!(before, "and" | "or") || view.starts_phrase(v.head + 1))
        }
        Inflection::Past if !v.helped => {
            // "examining reported strikes": an adjective.
            let modifier = start > lo + 1
                && !view.determiner(start - 2)
                && before.len() > 4
                && before.ends_with("ing")
                && !view.capital(start - 1)
                && view.low(v.end()) != "that";
            !(det
                || possessive
                || modifier
                || (start > lo && view.preposition(start - 1) && before != "before"))
        }
        Inflection::Past => true,
        Inflection::Ing => !(det || possessive),
    }
}
