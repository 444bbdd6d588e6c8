//! What stands above the text: headline, byline, outlet, printed dates; and the dateline before its first words.

use crate::stamps::{self, Stamp};

/// What a line of a masthead says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) place: Option<String>,
    /// Its dates; spans count from the start of the line.
    pub(crate) stamps: Vec<Stamp>,
    /// Whether the date stands with a word like "published".
    pub(crate) labelled: bool,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.byline.is_none() && self.outlet.is_none() && self.place.is_none() && self.stamps.is_empty()
    }
}

/// The end of the dateline of a paragraph, with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// One past the dash or colon, in bytes from the start of the paragraph.
    pub(crate) end: usize,
    /// Where the place stands in the paragraph.
    pub(crate) place: (usize, usize),
    pub(crate) agency: Option<String>,
    pub(crate) stamp: Option<Stamp>,
}

/// Last words of the names of outlets.
const MEDIA: &[&str] = &[
    "agency",
    "argus",
    "bugle",
    "bulletin",
    "chronicle",
    "courant",
    "courier",
    "daily",
    "desk",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mercury",
    "messenger",
    "mirror",
    "monitor",
    "news",
    "newspaper",
    "newswire",
    "observer",
    "online",
    "post",
    "press",
    "radio",
    "record",
    "register",
    "reporter",
    "review",
    "sentinel",
    "service",
    "standard",
    "star",
    "sun",
    "telegram",
    "telegraph",
    "television",
    "times",
    "today",
    "tribune",
    "tv",
    "weekly",
    "wire",
    "world",
];

/// What people who write reports are called.
const ROLES: &[&str] = &[
    "agencies",
    "agency",
    "bureau",
    "correspondent",
    "correspondents",
    "desk",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "staff",
    "team",
    "writer",
    "writers",
];

/// Labels that saved reports have before their headline.
const LABELS: &[&str] = &["title:", "headline:", "head:", "headline -", "title -"];

/// Where the headline begins in a line that labels it: "Title: Two killed in Oslo".
pub(crate) fn label(line: &str) -> Option<usize> {
    let label = LABELS.iter().find(|l| line.get(..l.len()).is_some_and(|h| h.eq_ignore_ascii_case(l)))?;
    let rest = line.get(label.len()..)?;
    let gap = rest.len() - rest.trim_start().len();
    (gap > 0 && !rest.trim().is_empty()).then_some(label.len() + gap)
}

/// What a short line above or below the text says; `None` when it is no such line. `after_headline` is whether a
/// headline was found: only then is a bare name taken for a byline.
pub(crate) fn line(bare: &str, after_headline: bool) -> Option<Line> {
    let mut out = Line::default();
    let stamps = stamps::all(bare);
    let lower = bare.to_ascii_lowercase();
    out.labelled = ["publish", "updat", "posted", "modified", "issued", "released", "date:"]
        .iter()
        .any(|w| lower.contains(w));
    // Parts by upright strokes and dots; a date may stand in any of them.
    let parts: Vec<&str> = bare.split(['|', '•', '·']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let many = parts.len() > 1;
    for part in &parts {
        let part = part.trim_matches(['*', '_', ' ']);
        let dated = stamps::all(part);
        let rest = stamps::rest_of(part, &dated);
        if rest.is_empty() && (!dated.is_empty() || stamps::has_time(part)) {
            continue;
        }
        let words = if dated.is_empty() { part } else { rest.as_str() };
        if let Some(b) = byline(words) {
            out.byline = out.byline.or(Some(b));
        } else if is_outlet(words) || (many && !stamps.is_empty() && is_title_case(words, 6)) {
            out.outlet = out.outlet.or_else(|| Some(words.to_owned()));
        } else if !dated.is_empty() && is_title_case(words, 4) {
            out.place = out.place.or_else(|| Some(words.to_owned()));
        } else if after_headline && stamps.is_empty() && is_name(words) {
            out.byline = out.byline.or_else(|| Some(words.to_owned()));
        } else {
            return None;
        }
    }
    out.stamps = stamps;
    (!out.is_empty()).then_some(out)
}

/// The name in a byline: without "By" before it and "in Oslo" or ", staff writer" behind it.
fn byline(line: &str) -> Option<String> {
    if line.split(' ').count() > 16 {
        return None;
    }
    let starts = |p: &&str| line.get(..p.len()).is_some_and(|h| h.eq_ignore_ascii_case(p));
    let heads = [
        "By: ",
        "By ",
        "Words by ",
        "Reported by ",
        "Story by ",
        "Text by ",
        "Written by ",
        "Posted by ",
        "Author: ",
    ];
    let role = |w: &str| {
        ROLES.binary_search(&w.trim_end_matches([',', '.', ':']).to_ascii_lowercase().as_str()).is_ok()
    };
    let mut name = line;
    let by = heads.iter().find(|p| starts(p));
    let from =
        starts(&"From ") && (line.contains(" in ") || line.contains(" at ") || line.split(' ').any(role));
    if let Some(p) = by {
        name = line.get(p.len()..)?;
    } else if from {
        name = line.get(5..)?;
    }
    let first_part = name.split([',', '|', ';']).next()?.trim();
    let mut words = first_part.split(' ');
    let first = words.next()?;
    let small = [
        "de", "van", "von", "bin", "ibn", "del", "da", "dos", "di", "and", "in", "at", "for", "of", "with",
        "the",
    ];
    let capital =
        |w: &str| w.trim_start_matches("al-").trim_start_matches("el-").starts_with(char::is_uppercase);
    let named = capital(first) && words.all(|w| capital(w) || small.contains(&w));
    let article = matches!(
        first.to_ascii_lowercase().as_str(),
        "a" | "an" | "our" | "the" | "special" | "staff" | "agencies"
    );
    let office = first_part.split(' ').any(role);
    let ok = if by.is_some() || from {
        (named && !article) || (article && office)
    } else {
        office
            && first_part.split(' ').count() <= 5
            && (article || name.contains(','))
            && first_part.rsplit(' ').next().is_some_and(role)
            || name
                .split_once(", ")
                .is_some_and(|(n, r)| is_name(n) && r.split(' ').count() <= 3 && r.split(' ').any(role))
    };
    if !ok {
        return None;
    }
    let cut = [" in ", ", ", " | ", " at ", " for "]
        .iter()
        .filter_map(|s| name.find(s))
        .min()
        .unwrap_or(name.len());
    name.get(..cut).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty())
}

fn is_outlet(s: &str) -> bool {
    let last = s.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    s.contains(' ') && is_title_case(s, 6) && MEDIA.binary_search(&last.as_str()).is_ok()
}

/// Who owns a text by its copyright line: `© Harbour Post 2004`, `Copyright 2004 Harbour Post. All rights reserved.`
pub(crate) fn owner(bare: &str) -> Option<String> {
    let at = ["©", "(c)", "(C)", "Copyright", "COPYRIGHT"]
        .iter()
        .filter_map(|m| bare.rfind(m).map(|i| i + m.len()))
        .max()?;
    let rest = bare.get(at..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let name = rest.split(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '|' | ';')).next()?.trim();
    let name = if name.starts_with("All ") { "" } else { name };
    (name.len() > 2 && is_title_case(name, 6)).then(|| name.to_owned())
}

/// Whether every word of a few begins with a capital, small linking words aside.
fn is_title_case(s: &str, most: usize) -> bool {
    let words: Vec<&str> = s.split(' ').collect();
    let small = ["of", "the", "and", "de", "du", "la", "le", "al", "for", "&", "des"];
    words.len() <= most
        && words
            .iter()
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || small.contains(w))
        && words.iter().any(|w| w.starts_with(char::is_uppercase))
}

/// Two to four capitalised words without commas or figures, not in capitals throughout.
fn is_name(s: &str) -> bool {
    let n = s.split(' ').count();
    (2..=4).contains(&n)
        && is_title_case(s, 4)
        && s.chars().any(char::is_lowercase)
        && s.chars().all(|c| c.is_alphabetic() || " .-’'".contains(c))
        && !s.ends_with('.')
        && !s.split(' ').any(|w| {
            matches!(
                w,
                "News"
                    | "Analysis"
                    | "Opinion"
                    | "Live"
                    | "Update"
                    | "The"
                    | "A"
                    | "An"
                    | "In"
                    | "On"
                    | "To"
                    | "At"
                    | "of"
                    | "the"
                    | "for"
            )
        })
}

/// The dateline at the start of a paragraph: `OSLO, July 3 (HNA) - `, `Oslo (HNA) — `, `OSLO: `.
pub(crate) fn dateline(paragraph: &str) -> Option<Dateline> {
    let window = paragraph.char_indices().take(130).last().map_or(0, |(i, c)| i + c.len_utf8());
    let window = paragraph.get(..window)?;
    if !window.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '*' | '_')) {
        return None;
    }
    let seps: &[&str] = &[" - ", " -- ", " – ", " — ", "-- ", "— ", "– ", "—", ": ", " _ "];
    let mut cuts: Vec<(usize, usize)> =
        seps.iter().filter_map(|s| window.find(s).map(|at| (at, at + s.len()))).collect();
    // The earliest dash; the longest where two begin at one place.
    cuts.sort_by_key(|(a, e)| (*a, usize::MAX - *e));
    cuts.into_iter().take(3).find_map(|(at, end)| {
        let colon = window.get(at..end)? == ": ";
        head(window.get(..at)?, colon).map(|d| Dateline { end, ..d })
    })
}

/// Reads what stands before the dash.
fn head(h: &str, colon: bool) -> Option<Dateline> {
    let (mut main, mut agency) = (h, None);
    if let Some(open) = h.find('(') {
        let close = h.get(open..)?.find(')')? + open;
        let inner = h.get(open + 1..close)?;
        if inner.len() > 40 || !is_title_case(inner, 6) {
            return None;
        }
        agency = Some(inner.to_owned());
        if open == 0 || !h.get(close + 1..)?.trim().is_empty() {
            return None;
        }
        main = h.get(..open)?;
    }
    let dates = stamps::all(main);
    let stamp = dates.first().copied();
    let place = main.get(..stamp.map_or(main.len(), |s| s.span.lo()))?;
    let clean = place.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '*' | '_' | ';'));
    let start = place.find(clean)?;
    // Behind the date stand only a year, a time or nothing.
    let behind = main.get(stamp.map_or(main.len(), |s| s.span.hi())..)?;
    if !stamps::rest_of(behind, &[]).is_empty() || clean.is_empty() || clean.len() > 60 {
        return None;
    }
    let first = clean.split(',').next()?;
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3 && !first.chars().any(char::is_lowercase);
    let words =
        clean.split(' ').count() <= 6 && is_title_case(&clean.replace(['/', ','], " ").replace("  ", " "), 7);
    let plain = clean.chars().all(|c| c.is_alphabetic() || " .,-/’'".contains(c));
    let told = stamp.is_some() || agency.is_some();
    let colon_ok = !colon || told;
    if !plain || !colon_ok || !(capitals || (words && told)) {
        return None;
    }
    Some(Dateline { end: 0, place: (start, start + clean.len()), agency, stamp })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_words_are_sorted() {
        assert!(MEDIA.is_sorted());
        assert!(ROLES.is_sorted());
    }

    #[test]
    fn owners() {
        for (line, name) in [
            ("(c) Harbour News Agency 2006. All rights reserved.", Some("Harbour News Agency")),
            ("Copyright © 2004 Harbour Post", Some("Harbour Post")),
            ("© The Weekly Lamp. Reprints by arrangement only.", Some("The Weekly Lamp")),
            ("Copyright 2004. All rights reserved.", None),
            ("All rights reserved.", None),
        ] {
            assert_eq!(owner(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn datelines() {
        for (text, place, agency, dated) in [
            ("OSLO, July 3 (HNA) - The envoy left.", "OSLO", Some("HNA"), true),
            ("OSLO, Dec. 20, 2005 (HNA) - The envoy left.", "OSLO", Some("HNA"), true),
            ("OSLO - The envoy left.", "OSLO", None, false),
            ("OSLO — The envoy left.", "OSLO", None, false),
            ("OSLO (Harbour News) -- The envoy left.", "OSLO", Some("Harbour News"), false),
            ("Oslo (HNA) — The envoy left.", "Oslo", Some("HNA"), false),
            ("Oslo, 3 July 2005 – The envoy left.", "Oslo", None, true),
            ("BERGEN, Norway (HNA) - The envoy left.", "BERGEN, Norway", Some("HNA"), false),
            ("OSLO/ROME, 3 July - The envoy left.", "OSLO/ROME", None, true),
            ("SAINT-LOUIS: The envoy", "", None, false),
            ("OSLO (HNA): The envoy left.", "OSLO", Some("HNA"), false),
        ] {
            let got = dateline(text);
            let read = got
                .as_ref()
                .map(|d| (text.get(d.place.0..d.place.1).unwrap(), d.agency.as_deref(), d.stamp.is_some()));
            assert_eq!(read, (!place.is_empty()).then_some((place, agency, dated)), "{text}");
            if let Some(d) = got {
                assert!(text[d.end..].starts_with("The"), "{text}");
            }
        }
        for no in [
            "The envoy - a Norwegian - left.",
            "Lund (HNA said) - left",
            "UN - left",
            "Peace — at last",
            "He: no",
            "A long way - he said",
        ] {
            assert_eq!(dateline(no), None, "{no}");
        }
    }

    #[test]
    fn a_label_is_no_part_of_a_headline() {
        let told = |line: &str| label(line).map(|n| line[n..].to_owned());
        assert_eq!(told("Title: Two killed in Oslo").as_deref(), Some("Two killed in Oslo"));
        assert_eq!(told("HEADLINE:  Talks fail").as_deref(), Some("Talks fail"));
        for no in ["Title:", "Title: ", "Titles change hands", "Title:Oslo", "Talks: what they cost", "é"] {
            assert_eq!(told(no), None, "{no}");
        }
    }

    #[test]
    fn lines_of_a_masthead() {
        let l = line("Harbour Post | 22 February 2006", false).unwrap();
        assert_eq!((l.outlet.as_deref(), l.stamps.len()), (Some("Harbour Post"), 1));
        assert_eq!(line("By Mia Holt in Oslo", false).unwrap().byline.as_deref(), Some("Mia Holt"));
        assert_eq!(line("From Mia Holt in Oslo", false).unwrap().byline.as_deref(), Some("Mia Holt"));
        assert_eq!(
            line("By a staff correspondent", false).unwrap().byline.as_deref(),
            Some("a staff correspondent")
        );
        assert_eq!(line("Mia Holt", true).unwrap().byline.as_deref(), Some("Mia Holt"));
        assert_eq!(line("Mia Holt", false), None);
        assert_eq!(line("The Harbour Post", false).unwrap().outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(line("Oslo, 3 July 2005", false).unwrap().place.as_deref(), Some("Oslo"));
        let l = line("Published: 3 May 2004 14:05", false).unwrap();
        assert!(l.labelled && l.stamps.len() == 1 && l.outlet.is_none() && l.place.is_none());
        for no in [
            "Talks fail on 3 May 2004",
            "By the numbers: what it cost",
            "From Oslo to Rome",
            "Talks fail",
            "By Friday talks had failed",
        ] {
            assert_eq!(line(no, true), None, "{no}");
        }
    }
}
