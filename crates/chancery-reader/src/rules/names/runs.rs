//! Runs of capitalised words, cut into titles, known names, organisations, events, places and persons.

use super::words::{Case, Words, is_calendar};
use super::{Found, kind_of, person};
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::{common, given_names, named_events, organizations, outlets, regions, titles};
use chancery_model::mark::NameKind;
use chancery_model::vocab::Sure;

/// Words that join two capitalised words of a person's or a house's name.
const PARTICLES: [&str; 27] = [
    "de", "del", "della", "di", "da", "dos", "das", "do", "van", "von", "der", "den", "ter", "bin", "ibn",
    "al", "el", "ul", "abu", "la", "le", "du", "ad", "ash", "as", "ar", "bint",
];

/// The names that runs of capitalised words in prose hold.
pub(super) fn find(words: &Words<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.list.len() {
        if !starts(words, at) {
            at += 1;
            continue;
        }
        let end = run_end(words, at);
        cut(words, at, end, &mut out);
        at = end.max(at + 1);
    }
    out
}

fn starts(words: &Words<'_>, at: usize) -> bool {
    let Some(w) = words.get(at) else { return false };
    if w.case != Case::Prose {
        return false;
    }
    if w.cap {
        // A plain word that opens a sentence opens a name only when a list knows the whole ("New York").
        let bearer = w.first && given_names::get(w.text).is_some() && words.may_name(at + 1);
        return words.may_name(at) || (!is_calendar(w.text) && (bearer || longer_known(words, at)));
    }
    let hyphen = words.text_at(at + 1) == "-" && words.get(at + 1).is_some_and(|h| h.glued);
    let arabic = hyphen && PARTICLES.contains(&w.text) && words.get(at + 2).is_some_and(|n| n.glued && n.cap);
    let noble = matches!(w.text, "van" | "von") && words.may_name(at + 1);
    arabic
        || noble
        || known_at(words, at)
            .is_some_and(|(end, _)| end > at && w.text.len() > 2 && !common::is_plain(w.text))
}

fn longer_known(words: &Words<'_>, at: usize) -> bool {
    known_at(words, at).is_some_and(|(end, k)| {
        end > at + 1 && !matches!(k, Known::City)
            || end == at + 1 && words.get(at).is_some_and(|w| w.text.contains('.'))
    }) || titles::office_at(words.text, words.get(at).map_or(0, |w| w.start))
        .and_then(|(end, _)| words.token_end(end))
        .is_some_and(|end| words.may_name(end))
        || acronym(words.text_at(at)) && !common::is_plain(words.text_at(at))
}

/// The known name at a token: one past its last token, and what it is.
pub(super) fn known_at(words: &Words<'_>, at: usize) -> Option<(usize, Known)> {
    let w = words.get(at)?;
    let (byte, k) = known::at(words.text, w.start, false)?;
    words.token_end(byte).map(|end| (end, k))
}

/// One past the last token of the run that starts at `at`.
fn run_end(words: &Words<'_>, at: usize) -> usize {
    let sentence = words.get(at).map(|w| w.sentence);
    let mut end = known_at(words, at).map_or(at + 1, |(e, _)| e.max(at + 1));
    loop {
        let Some(w) = words.get(end).filter(|w| Some(w.sentence) == sentence) else { return end };
        let cap_at = |n: usize| {
            words.get(n).is_some_and(|x| {
                x.cap && Some(x.sentence) == sentence && !is_calendar(x.text) && x.text != "I"
            })
        };
        if cap_at(end) {
            end = known_at(words, end).map_or(end + 1, |(e, _)| e.max(end + 1));
        } else if w.text == "-" && w.glued && words.get(end + 1).is_some_and(|n| n.glued) {
            // "Ban Ki-moon", "Jean-Marc", "al-Assad" stay whole; "Iran-backed" ends before the hyphen.
            let next = words.text_at(end + 1);
            let before = words.before(end);
            let name = cap_at(end + 1)
                || given_names::get(before).is_some()
                || PARTICLES.contains(&before.to_lowercase().as_str());
            let korean = before.len() <= 4
                && next.len() <= 5
                && end > at + 1
                && !common::is_plain(next)
                && next != "odd";
            let elect = next == "elect" || next == "general";
            if !(name || korean || elect) || next == "based" || next == "led" || next == "backed" {
                return end;
            }
            end += 2;
        } else if PARTICLES.contains(&w.text) && words.text_at(end + 1) == "-" && cap_at(end + 2) {
            end += 3;
        } else if PARTICLES.contains(&w.text) && cap_at(end + 1) && w.text != "as" && w.text != "do" {
            end += 2;
        } else if matches!(w.text, "van" | "de" | "von")
            && matches!(words.text_at(end + 1), "der" | "la" | "den")
            && cap_at(end + 2)
        {
            end += 3;
        } else if matches!(w.text, "of" | "for") && opens_of(words, at, end) {
            let skip = usize::from(matches!(words.text_at(end + 1), "the"));
            if !cap_at(end + 1 + skip) {
                return end;
            }
            end += 2 + skip;
        } else if cap_at(end + 1) && joins(words, at, end) {
            end += 2;
        } else if w.text == "." && w.glued && words.before(end).chars().count() == 1 && cap_at(end + 1) {
            end += 1;
        } else {
            return end;
        }
    }
}

/// Whether "and", "&" or a possessive joins two parts of one name.
fn joins(words: &Words<'_>, at: usize, end: usize) -> bool {
    match words.text_at(end) {
        "and" => opens_and(words, at, end),
        "&" => true,
        "'s" | "’s" => possessive_name(words, at, end),
        _ => false,
    }
}

/// Whether "of" or "for" goes on with the name: the words before it hold a head.
fn opens_of(words: &Words<'_>, at: usize, end: usize) -> bool {
    const MORE: [&str; 20] = [
        "Republic",
        "Kingdom",
        "State",
        "States",
        "House",
        "Church",
        "Gulf",
        "Strait",
        "Straits",
        "Bay",
        "Sea",
        "Isle",
        "Board",
        "Friends",
        "Bank",
        "Duke",
        "Prince",
        "Order",
        "Chamber",
        "Liberation",
    ];
    let last = words.before(end);
    let head =
        |n: usize| words.get(n).is_some_and(|w| organizations::head_at(words.text, w.start, false).is_some());
    MORE.contains(&last)
        || named_events::all().first.iter().any(|f| f == last)
        || (at..end).any(head)
        || matches!(last, "Minister" | "Ministers" | "Secretary" | "Chancellor" | "Undersecretary")
            && words.text_at(end) == "of"
}

/// Whether "and" goes on with the name: "Ministry of Trade and Industry", "Organization for Security and …".
fn opens_and(words: &Words<'_>, at: usize, end: usize) -> bool {
    let joined = (at..end).any(|n| matches!(words.text_at(n), "of" | "for"));
    let head = words.get(at).is_some_and(|w| organizations::head_at(words.text, w.start, false).is_some());
    joined && head && known_at(words, end + 1).is_none() && known_at(words, end - 1).is_none()
}

/// Whether a possessive is part of a name ("People's Council") and not an owner ("Norway's Council").
fn possessive_name(words: &Words<'_>, at: usize, end: usize) -> bool {
    end == at + 1
        && known_at(words, at).is_none()
        && matches!(
            words.text_at(at),
            "People"
                | "Women"
                | "Workers"
                | "Children"
                | "Lord"
                | "Men"
                | "King"
                | "Queen"
                | "Farmers"
                | "Students"
        )
}

/// Whether a word is an acronym.
pub(super) fn acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=7).contains(&letters)
        && word.chars().all(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '/' | '&'))
        && !matches!(
            word,
            "II" | "III"
                | "IV"
                | "VI"
                | "VII"
                | "VIII"
                | "IX"
                | "AM"
                | "PM"
                | "TV"
                | "OK"
                | "GMT"
                | "UTC"
                | "A.M."
                | "P.M."
        )
}

/// Cuts one run.
fn cut(words: &Words<'_>, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut at = start;
    let mut after_title = false;
    while at < end {
        let mut push =
            |from: usize, to: usize, kind, sure, by| out.push(Found { start: from, end: to, kind, sure, by });
        let Some(w) = words.get(at) else { return };
        if matches!(w.text, "-" | "'s" | "’s" | "of" | "for" | "and" | "&" | "the" | ".") {
            at += 1;
            continue;
        }
        let courtesy = titles::courtesy_at(words.text, w.start).and_then(|(b, _)| words.token_end(b));
        if let Some(to) = courtesy.filter(|to| *to < end && *to > at) {
            at = to;
            after_title = true;
            continue;
        }
        let known = known_at(words, at).filter(|(e, _)| *e <= end && *e > at);
        if !after_title
            && let Some(to) =
                headed_organization(words, at, end).filter(|to| known.is_none_or(|(e, _)| *to > e))
        {
            push(at, to, NameKind::Organization, Sure::Medium, "head");
            at = to;
            continue;
        }
        if !after_title
            && let Some(to) = event(words, at, end).filter(|to| known.is_none_or(|(e, _)| *to > e))
        {
            push(at, to, NameKind::Event, Sure::Medium, "event");
            at = to;
            continue;
        }
        let office = office_at(words, at).filter(|to| *to <= end && known.is_none_or(|(e, _)| *to > e));
        if let Some(to) = office {
            // A title alone at the start of a sentence ("General strikes") is a word.
            if to < end || !w.first || words.before(at) == "the" {
                push(at, to, NameKind::Office, Sure::High, "title");
            }
            at = to;
            after_title = true;
            continue;
        }
        if !after_title
            && let Some(to) = outlet(words, at, end).filter(|to| known.is_none_or(|(e, _)| *to > e))
        {
            push(at, to, NameKind::Organization, Sure::Medium, "outlet");
            at = to;
            continue;
        }
        if !after_title
            && let Some(to) = place(words, at, end).filter(|to| known.is_none_or(|(e, _)| *to > e))
        {
            push(at, to, NameKind::Place, Sure::Medium, "place-head");
            at = to;
            continue;
        }
        let given = given_names::get(w.text).is_some() && person::goes_on(words, at, end);
        match known {
            Some((to, k))
                if !(given && to == at + 1 && !matches!(k, Known::Demonym(_)))
                    && believable(words, at, to, end, k, after_title) =>
            {
                let kind = kind_of(k);
                push(at, to, kind, Sure::High, "list");
                at = to;
                after_title = false;
            }
            _ => {
                let to = person::end_of(words, at, end);
                if let Some((kind, sure, by)) = person::judge(words, at, to, after_title) {
                    push(at, to, kind, sure, by);
                }
                at = to;
                after_title = false;
            }
        }
    }
}

/// Whether the context lets a listed name stand for what the list says.
fn believable(words: &Words<'_>, at: usize, to: usize, end: usize, k: Known, after_title: bool) -> bool {
    let w = words.text_at(at);
    let locative = matches!(
        words.before(at),
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "outside"
            | "around"
            | "towards"
            | "toward"
            | "for"
            | "between"
    );
    let glued_next = words.text_at(to) == "-" && words.get(to).is_some_and(|x| x.glued) && to < end;
    if glued_next && !matches!(k, Known::Demonym(_) | Known::Group(_) | Known::Country(_)) {
        return false;
    }
    if to > at + 1 {
        return true;
    }
    match k {
        // A surname after a title, or a name whose other words no list knows, is a person's.
        Known::City | Known::Region(_) => {
            let alone = to == end || !words.get(to).is_some_and(|x| x.cap);
            let plain = common::is_plain(w) || words.has_lower(w) || given_names::get(w).is_some();
            !after_title && (locative || alone && !plain)
        }
        Known::Country(_) | Known::Capital(_) => !after_title,
        Known::Outlet(_) | Known::Organization(_) => {
            !(words.get(at).is_some_and(|x| x.first) && common::is_plain(w))
        }
        _ => true,
    }
}

fn office_at(words: &Words<'_>, at: usize) -> Option<usize> {
    let w = words.get(at)?;
    let from =
        titles::tenure_at(words.text, w.start).and_then(|(b, _)| words.token_end(b)).filter(|_| !w.first);
    let at = from.filter(|n| words.get(*n).is_some_and(|x| x.cap)).unwrap_or(at);
    let (byte, _) = titles::office_at(words.text, words.get(at)?.start)?;
    let whole = || words.token_end(words.text.get(byte..)?.find(|c: char| c.is_whitespace())? + byte);
    let elect =
        ["-elect", "-designate"].iter().any(|e| words.text.get(byte..).is_some_and(|r| r.starts_with(e)));
    let end = words.token_end(byte).or_else(|| if elect { whole() } else { None })?;
    // "President-elect", "Secretary-designate".
    let tail = words.text_at(end) == "-" && matches!(words.text_at(end + 1), "elect" | "designate");
    Some(if tail { end + 2 } else { end })
}

/// One past an organisation that starts at `at`: its words up to and with a head, and "of …" after it.
fn headed_organization(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let mut last = None;
    let mut n = at;
    while n < end {
        let w = words.get(n)?;
        // An office between ends the search: "Foreign Ministry Spokesman", "President Obama's Council".
        let ends_office = |o: usize| !(n..=o).any(|t| headed(words, t));
        if n > at && office_at(words, n).is_some_and(ends_office) {
            break;
        }
        if matches!(w.text, "'s" | "’s") && n > at + 1 {
            break;
        }
        let head = organizations::head_at(words.text, w.start, false).and_then(|(b, _)| words.token_end(b));
        if let Some(e) = head.filter(|e| *e <= end) {
            last = Some(e);
            n = e;
            if matches!(words.text_at(e), "of" | "for") && e < end {
                return Some(end_of_phrase(words, e, end));
            }
        } else {
            n += 1;
        }
    }
    let to = last?;
    // One word alone ("Council", "Party") is too little, unless a determiner points at it.
    let alone = to == at + 1;
    (!alone || matches!(words.before(at), "the" | "The") && !words.get(at)?.first).then_some(to)
}

fn headed(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|w| organizations::head_at(words.text, w.start, false).is_some())
}

fn end_of_phrase(words: &Words<'_>, from: usize, end: usize) -> usize {
    let mut n = from;
    while n < end {
        let title = n > from + 1 && office_at(words, n).is_some() && words.before(n) != "of";
        if title || matches!(words.text_at(n), "'s" | "’s") {
            return n;
        }
        n += 1;
    }
    end
}

fn event(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let lists = named_events::all();
    let last = words.text_at(end - 1);
    let numeral = matches!(last, "I" | "II" | "III" | "IV" | "V");
    if end - at >= 2
        && numeral
        && known_at(words, at).is_some_and(|(e, k)| e == end - 1 && kind_of(k) == NameKind::Place)
    {
        return Some(end);
    }
    if lists.first.iter().any(|f| f == words.text_at(at)) && end - at >= 2 {
        return Some(end);
    }
    let head = (at + 1..end).rev().find(|n| lists.heads.iter().any(|h| h == words.text_at(*n)))?;
    Some(head + 1)
}

fn outlet(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let heads = &outlets::all().heads;
    let first = words.text_at(at);
    if matches!(first, "Radio" | "Television" | "TV") && end - at >= 2 {
        return Some(end.min(at + 3));
    }
    let head = (at + 1..end).find(|n| heads.iter().any(|h| h == words.text_at(*n)));
    if let Some(h) = head {
        return Some(h + 1);
    }
    // "the daily Kurier", "Vremya news agency": a common noun beside one unknown word.
    let w = words.get(end)?;
    let after = outlets::beside(words.text, w.start).is_some() && end - at <= 3;
    let before = matches!(
        words.before(at),
        "daily" | "weekly" | "newspaper" | "magazine" | "agency" | "broadcaster" | "channel"
    );
    (after && known_at(words, at).is_none_or(|(e, k)| e == end && kind_of(k) == NameKind::Organization)
        || before)
        .then_some(end)
}

fn place(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let heads = &regions::all().heads;
    let first = words.text_at(at);
    if matches!(first, "Lake" | "Mount" | "Cape" | "Port" | "Fort" | "Camp" | "Gulf" | "Hotel")
        && end - at >= 2
    {
        return Some(end);
    }
    let head = (at + 1..end).rev().find(|n| heads.iter().any(|h| h == words.text_at(*n)))?;
    Some(head + 1)
}
