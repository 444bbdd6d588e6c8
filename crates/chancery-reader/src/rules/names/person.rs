//! Persons: full names, surnames that come back, and what else an unknown capitalised word can be.

use super::words::{Case, Words};
use super::{Found, runs};
use chancery_lexicon::known::Known;
use chancery_lexicon::{common, given_names, organizations, outlets, titles};
use chancery_model::mark::NameKind;
use chancery_model::vocab::Sure;
use std::collections::HashMap;

/// Whether the name at `at` goes on with another capitalised word of the run that is no office.
pub(super) fn goes_on(words: &Words<'_>, at: usize, end: usize) -> bool {
    at + 1 < end
        && words.get(at + 1).is_some_and(|w| {
            (w.cap
                || w.text == "-"
                || ["bin", "al", "el", "van", "von", "de", "da", "del", "ibn"].contains(&w.text))
                && titles::office_at(words.text, w.start).is_none()
        })
}

/// One past the person's name that starts at `at`: before an office or an outlet, and before a possessive.
pub(super) fn end_of(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut n = at + 1;
    while n < end {
        let Some(w) = words.get(n) else { return n };
        let office =
            w.cap && titles::office_at(words.text, w.start).is_some_and(|(_, c)| !c.weak) && n + 1 < end;
        if office || matches!(w.text, "'s" | "’s" | "of" | "for" | "and") {
            return n;
        }
        let multi = runs::known_at(words, n).is_some_and(|(e, _)| e > n + 1);
        if multi && words.text_at(n - 1) != "-" {
            return n;
        }
        n += 1;
    }
    end
}

/// What an unknown stretch of capitalised words is.
pub(super) fn judge(
    words: &Words<'_>,
    at: usize,
    to: usize,
    after_title: bool,
) -> Option<(NameKind, Sure, &'static str)> {
    let first = words.get(at)?;
    let caps = (at..to).filter(|n| words.get(*n).is_some_and(|w| w.cap)).count();
    let given = given_names::get(first.text);
    if after_title || before_is_title(words, at) {
        return Some((NameKind::Person, Sure::High, "title"));
    }
    if first.text == "A" || caps == 0 || !first.text.chars().any(char::is_alphabetic) {
        return None;
    }
    if caps == 1 && runs::acronym(first.text) && to == at + 1 {
        return Some((NameKind::Organization, Sure::Medium, "acronym"));
    }
    if given.is_some() && caps >= 2 {
        return Some((NameKind::Person, Sure::High, "given-name"));
    }
    if words.text_at(to) == "-" && words.get(to).is_some_and(|w| w.glued) && caps == 1 {
        return None;
    }
    let alone = to == at + 1;
    let speaks = speaks(words, to);
    let initial = (at..to).any(|n| is_initial(words.text_at(n)));
    if initial && caps >= 2 || words.text_at(at + 1) == "-" && first.text.len() <= 3 && caps >= 1 && !alone {
        return Some((NameKind::Person, Sure::Medium, "initial"));
    }
    let locative = matches!(
        words.before(at),
        "in" | "near"
            | "at"
            | "from"
            | "outside"
            | "around"
            | "to"
            | "towards"
            | "toward"
            | "into"
            | "across"
    );
    let strong = matches!(words.before(at), "in" | "near" | "at" | "outside" | "around" | "across" | "into");
    if caps == 2
        && (at..to).any(|n| {
            runs::known_at(words, n).is_some_and(|(_, k)| matches!(k, Known::Country(_) | Known::Demonym(_)))
        })
    {
        return Some((NameKind::Organization, Sure::Low, "state-word"));
    }
    if caps >= 2 {
        if locative && words.before(at) != "to" && words.before(at) != "from" && !speaks {
            return Some((NameKind::Place, Sure::Low, "locative"));
        }
        let kind = if caps <= 3 { NameKind::Person } else { NameKind::Organization };
        return Some((kind, if speaks { Sure::Medium } else { Sure::Low }, "capitals"));
    }
    if outlets::beside(words.text, words.get(to).map_or(0, |w| w.start)).is_some() {
        return Some((NameKind::Organization, Sure::Medium, "outlet"));
    }
    // One unknown word.
    let plain = common::is_plain(first.text) || words.has_lower(first.text);
    if plain {
        return None;
    }
    if first.first && words.times_named(first.text) == 0 && (looks_plain(first.text) || !speaks) {
        return None;
    }
    if organizations::head_at(words.text, first.start, false).is_some() {
        return Some((NameKind::Organization, Sure::Low, "head"));
    }
    if speaks && !strong {
        return Some((NameKind::Person, Sure::Medium, "speaks"));
    }
    if locative {
        return Some((NameKind::Place, Sure::Low, "locative"));
    }
    given.map(|_| (NameKind::Person, Sure::Low, "given-name")).or_else(|| {
        let often = words.times_named(first.text) >= 2 && !words.before(at).eq_ignore_ascii_case("the");
        often.then_some((NameKind::Person, Sure::Low, "repeated"))
    })
}

/// Endings of words that open sentences without being names.
fn looks_plain(word: &str) -> bool {
    ["ing", "ed", "ly", "tion", "tions", "ness", "ment", "ments", "ists", "ers", "ies"]
        .iter()
        .any(|e| word.ends_with(e))
}

fn is_initial(word: &str) -> bool {
    let mut c = word.chars();
    c.next().is_some_and(char::is_uppercase) && matches!((c.next(), c.next()), (Some('.'), None))
}

/// Whether a verb of saying or another finite verb of one actor follows.
fn speaks(words: &Words<'_>, to: usize) -> bool {
    const VERBS: [&str; 44] = [
        "said",
        "says",
        "told",
        "added",
        "warned",
        "insisted",
        "denied",
        "argued",
        "called",
        "urged",
        "announced",
        "stressed",
        "noted",
        "claimed",
        "accused",
        "rejected",
        "vowed",
        "pledged",
        "promised",
        "declined",
        "refused",
        "met",
        "arrived",
        "wrote",
        "asked",
        "replied",
        "explained",
        "acknowledged",
        "admitted",
        "suggested",
        "demanded",
        "expressed",
        "who",
        "was",
        "has",
        "had",
        "is",
        "also",
        "did",
        "resigned",
        "visited",
        "spoke",
        "recalled",
        "believes",
    ];
    VERBS.contains(&words.text_at(to))
        || words.text_at(to) == "," && matches!(words.text_at(to + 1), "who" | "whose")
}

/// Whether the word before is a title in lower case ("spokesman", "president").
fn before_is_title(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|n| words.get(n)) else { return false };
    let same = words.get(at).is_some_and(|w| w.sentence == before.sentence);
    let whole = |end: usize| end == before.end;
    same && (titles::core_at(words.text, before.start).is_some_and(|(e, _)| whole(e))
        || before.cap && titles::courtesy_at(words.text, before.start).is_some_and(|(e, _)| whole(e)))
}

/// Reads a surname that stands alone as the person whose full name the prose gives, and mends guesses by it.
pub(super) fn surnames(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut people: HashMap<&str, ()> = HashMap::new();
    for f in found.iter().filter(|f| f.kind == NameKind::Person && f.sure != Sure::Low) {
        let last = words.text_at(f.end - 1);
        if last.chars().count() > 2 {
            people.insert(last, ());
        }
        if f.end - f.start == 1 {
            people.insert(words.text_at(f.start), ());
        }
    }
    let is_person = |w: &str| people.contains_key(w);
    for f in found.iter_mut() {
        let single = f.end == f.start + 1;
        let tail = words.text_at(f.end - 1);
        let guess = f.sure == Sure::Low
            || f.by == "list"
                && f.kind == NameKind::Place
                && chancery_lexicon::countries::by_name(tail).is_none()
                && chancery_lexicon::countries::by_capital(tail).is_none();
        if single && guess && is_person(tail) && !matches!(words.before(f.start), "in" | "near" | "at") {
            *f = Found { kind: NameKind::Person, sure: Sure::High, by: "surname", ..*f };
        }
    }
    let taken: Vec<(usize, usize)> = found.iter().map(|f| (f.start, f.end)).collect();
    for (n, w) in words.list.iter().enumerate() {
        let free = !taken.iter().any(|(a, b)| (*a..*b).contains(&n));
        if w.cap && w.case == Case::Prose && free && is_person(w.text) {
            let mut start = n;
            if n >= 2 && words.text_at(n - 1) == "-" && w.glued && words.text_at(n - 2).len() <= 3 {
                start = n - 2;
            }
            found.push(Found { start, end: n + 1, kind: NameKind::Person, sure: Sure::High, by: "surname" });
        }
    }
}

/// Acronyms that the text introduces in brackets after a longer name are that name's kind.
pub(super) fn acronyms(words: &Words<'_>, found: &mut [Found]) {
    let mut kinds: HashMap<&str, NameKind> = HashMap::new();
    for f in found.iter() {
        if words.text_at(f.end) == "("
            && words.text_at(f.end + 2) == ")"
            && runs::acronym(words.text_at(f.end + 1))
        {
            kinds.insert(
                words.text_at(f.end + 1),
                if f.kind == NameKind::Person { NameKind::Organization } else { f.kind },
            );
        }
    }
    for f in found.iter_mut().filter(|f| f.end == f.start + 1 && f.by == "acronym") {
        if let Some(kind) = kinds.get(words.text_at(f.start)) {
            f.kind = *kind;
            f.sure = Sure::High;
        }
    }
}
