//! Offices of the lists that stand beside a person's name and that the head has not marked: "Orvex chief executive NAME", "NAME, the
//! chairman of the fund,". The head has learned the offices of states well and those of companies badly.

use super::{of, office};
use crate::neural::marks::BY;
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;

/// Most words of an office.
const LONG: u32 = 6;
/// Most words between a name's comma and the office that follows.
const FAR: u32 = 8;

/// Words that point to an office.
const POINT: &[&str] = &[
    "the",
    "a",
    "an",
    "its",
    "his",
    "her",
    "their",
    "'s",
    "\u{2019}s",
    "'",
    "\u{2019}",
    "former",
    "then",
    "acting",
    "outgoing",
    "new",
    "interim",
];
/// Words that join it to another.
const JOIN: &[&str] = &["and", ","];
/// Words that an office in apposition ends before.
const AFTER: &[&str] = &[",", ".", ";", ")", "of", "at", "for", "in", "and", "who", "said", "--", "\u{2014}"];

/// Adds them.
pub(super) fn add(words: &[&str], names: &mut Vec<NameMark>) {
    let persons: Vec<TokenRange> =
        names.iter().filter(|n| n.kind == NameKind::Person).map(|n| n.tokens).collect();
    let mut more: Vec<TokenRange> = Vec::new();
    for p in persons {
        let found = before(words, names, p.start).or_else(|| apposed(words, names, p)).or_else(|| {
            let comma = p.start.checked_sub(1).filter(|c| word(words, *c) == ",")?;
            let end = owned(words, names, comma).unwrap_or(comma);
            before(words, names, end).filter(|o| pointed(words, names, o.start))
        });
        more.extend(found);
    }
    more.sort_by_key(|o| (o.start, o.end));
    more.dedup();
    let mark = |tokens| NameMark { tokens, kind: NameKind::Office, sure: Sure::Medium, by: BY.to_owned() };
    names.extend(more.into_iter().map(mark));
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
}

fn word<'w>(words: &[&'w str], at: u32) -> &'w str {
    words.get(at as usize).copied().unwrap_or("")
}

/// The name that holds a word.
fn held(names: &[NameMark], at: u32) -> Option<&NameMark> {
    names.iter().find(|n| n.tokens.start <= at && at < n.tokens.end)
}

/// Where "of the fund" begins that stands before a comma.
fn owned(words: &[&str], names: &[NameMark], comma: u32) -> Option<u32> {
    let body = held(names, comma.checked_sub(1)?).filter(|n| n.kind != NameKind::Person)?;
    let start = body.tokens.start;
    let the = start.checked_sub(1).filter(|t| word(words, *t) == "the").unwrap_or(start);
    the.checked_sub(1).filter(|t| matches!(word(words, *t), "of" | "at" | "for"))
}

/// Whether words are an office, whole, no mere calling, and in no name.
fn is_office(words: &[&str], names: &[NameMark], r: TokenRange) -> bool {
    office(of(words, r)).is_some_and(|core| !core.weak) && (r.start..r.end).all(|t| held(names, t).is_none())
}

/// Whether an office may begin here: behind a name, a pointing word or nothing. "Film director" is a calling.
fn pointed(words: &[&str], names: &[NameMark], start: u32) -> bool {
    let Some(last) = start.checked_sub(1) else { return true };
    let w = word(words, last);
    let low = w.to_lowercase();
    held(names, last).is_some_and(|n| n.kind != NameKind::Office)
        || w.starts_with(char::is_uppercase)
        || POINT.contains(&low.as_str())
        || JOIN.contains(&low.as_str())
}

/// The longest office that ends where a name, or the comma before it, begins.
fn before(words: &[&str], names: &[NameMark], end: u32) -> Option<TokenRange> {
    let starts = end.saturating_sub(LONG)..end;
    let tokens = starts.map(|start| TokenRange { start, end }).find(|r| is_office(words, names, *r))?;
    let first = tokens.start.checked_sub(1).map_or("", |t| word(words, t));
    let opens = first.is_empty() || first.chars().all(|c| !c.is_alphanumeric());
    (tokens.len() > 1 || opens || pointed(words, names, tokens.start)).then_some(tokens)
}

/// The office behind a name's comma.
fn apposed(words: &[&str], names: &[NameMark], p: TokenRange) -> Option<TokenRange> {
    if word(words, p.end) != "," {
        return None;
    }
    let mut at = p.end + 1;
    while at < p.end + FAR {
        let longest = (at + 1..=at + LONG)
            .rev()
            .map(|end| TokenRange { start: at, end })
            .find(|r| is_office(words, names, *r));
        if let Some(o) = longest {
            return AFTER.contains(&word(words, o.end).to_lowercase().as_str()).then_some(o);
        }
        match held(names, at) {
            // Whose office it is, or an office that is marked already.
            Some(n) if matches!(n.kind, NameKind::Person | NameKind::Office) => return None,
            Some(n) => at = n.tokens.end,
            None if POINT.contains(&word(words, at).to_lowercase().as_str()) => at += 1,
            None => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offices that are found; a name is marked `P:` or `O:` and its words are joined by `_`.
    fn offices(text: &str) -> Vec<String> {
        let mut words: Vec<&str> = Vec::new();
        let mut names = Vec::new();
        for w in text.split(' ') {
            let start = u32::try_from(words.len()).unwrap();
            let (kind, rest) = match w.split_once(':') {
                Some(("P", rest)) => (Some(NameKind::Person), rest),
                Some(("O", rest)) => (Some(NameKind::Organization), rest),
                _ => (None, w),
            };
            words.extend(rest.split('_'));
            let tokens = TokenRange { start, end: u32::try_from(words.len()).unwrap() };
            names.extend(kind.map(|kind| NameMark { tokens, kind, sure: Sure::High, by: BY.to_owned() }));
        }
        add(&words, &mut names);
        names.iter().filter(|n| n.kind == NameKind::Office).map(|n| of(&words, n.tokens).join(" ")).collect()
    }

    #[test]
    fn offices_beside_names_are_found() {
        assert_eq!(offices("O:Orvex chief executive P:Tom_Hale will go ."), ["chief executive"]);
        assert_eq!(offices("P:Tom_Hale , O:Orvex 's chief executive , said so ."), ["chief executive"]);
        assert_eq!(offices("P:Hale , the CEO of O:Orvex , left ."), ["CEO"]);
        assert_eq!(
            offices("The company 's chief operating officer , P:Ann_Roe , left ."),
            ["chief operating officer"]
        );
        assert_eq!(offices("The chief executive of the O:Orvex , P:Tom_Hale , left ."), ["chief executive"]);
        assert_eq!(offices("Orvex director P:Tom_Hale left ."), ["director"]);
        assert_eq!(offices("He met film director P:Ann_Roe , a friend ."), Vec::<String>::new());
        assert_eq!(offices("P:Ann_Roe , director general P:Tom_Hale and others"), ["director general"]);
        assert_eq!(offices("Professor P:Ann_Roe spoke to P:Tom_Hale , who left ."), Vec::<String>::new());
    }
}
