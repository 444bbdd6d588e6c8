//! Names that end, or stand, in lower case: "the Norwegian foreign ministry", "the foreign minister".

use super::Found;
use super::words::{Case, Words};
use chancery_lexicon::known::Known;
use chancery_lexicon::{groups, known, organizations, titles};
use chancery_model::mark::NameKind;
use chancery_model::vocab::Sure;

/// Joins a demonym, state or body with the common noun after it: "Norwegian" + "foreign ministry".
pub(super) fn bodies(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut more = Vec::new();
    for f in found
        .iter_mut()
        .filter(|f| matches!(f.kind, NameKind::Group | NameKind::Place | NameKind::Organization))
    {
        let (Some(a), Some(b)) = (words.get(f.start), words.get(f.end - 1)) else { continue };
        let name = words.text.get(a.start..b.end).unwrap_or("");
        let owner = match known::get(name) {
            Some(Known::Demonym(c)) => !c.is_plural(name),
            Some(Known::Country(c)) => {
                matches!(c.iso.as_str(), "USA" | "GBR" | "ARE")
                    && name.chars().all(|c| c.is_uppercase() || c == '.')
            }
            Some(Known::Group(g)) => name != g.name || !name.ends_with('s'),
            Some(Known::Organization(o)) => o.sector == "IGO",
            _ => false,
        };
        let mut at = f.end;
        let of_state = matches!(words.text_at(at), "'s" | "’s") && f.kind == NameKind::Place;
        at += usize::from(of_state);
        let Some(next) = words.get(at).filter(|w| !w.cap && w.sentence == a.sentence) else { continue };
        if !of_state && (!owner || next.glued) {
            continue;
        }
        let Some((end, sector)) = body_after(words, at) else { continue };
        if sector == "CVL" {
            continue;
        }
        // "the Syrian army chief", "Russian government officials": the body is part of a longer phrase, still a body.
        let fights = end == at + 1 && groups::is_fighter(words.text_at(at));
        let kind = if fights { NameKind::Group } else { NameKind::Organization };
        if of_state {
            more.push(Found { start: at, end, kind, sure: Sure::Medium, by: "body" });
        } else {
            *f = Found { start: f.start, end, kind, sure: Sure::High, by: "body" };
        }
    }
    found.extend(more);
}

/// One past the body noun at a token or after one adjective, and its sector.
fn body_after(words: &Words<'_>, at: usize) -> Option<(usize, &'static str)> {
    let body = |n: usize| {
        let w = words.get(n)?;
        let (byte, sector) = organizations::body_at(words.text, w.start)?;
        words.token_end(byte).map(|e| (e, sector))
    };
    // "the Syrian army chief" names an office, not the army.
    let office = titles::office_at(words.text, words.get(at)?.start).and_then(|(b, _)| words.token_end(b));
    body(at).filter(|(e, _)| office.is_none_or(|o| o <= *e)).or_else(|| {
        let adjective = matches!(
            words.text_at(at),
            "interim"
                | "transitional"
                | "armed"
                | "main"
                | "new"
                | "caretaker"
                | "ruling"
                | "coalition"
                | "security"
                | "federal"
                | "military"
                | "regional"
        );
        if adjective { body(at + 1) } else { None }
    })
}

/// Offices in lower case: before a person's name, or standing for their holder.
pub(super) fn offices(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut taken: Vec<(usize, usize, NameKind)> = found.iter().map(|f| (f.start, f.end, f.kind)).collect();
    taken.sort_unstable_by_key(|t| (t.0, t.1));
    let at_token = |n: usize| {
        let i = taken.partition_point(|t| t.1 <= n);
        taken.get(i).filter(|t| t.0 <= n)
    };
    let mut more = Vec::new();
    let mut n = 0;
    while let Some(w) = words.get(n) {
        let here = n;
        n += 1;
        if w.case != Case::Prose || !w.text.starts_with(char::is_alphabetic) || at_token(here).is_some() {
            continue;
        }
        // Words of the office that are capitals are read with their run; here lower case, or a sentence's first word.
        if w.cap && !w.first {
            continue;
        }
        let Some((byte, core)) = titles::office_at(words.text, w.start) else { continue };
        let Some(mut end) = words.token_end(byte) else { continue };
        if words.text_at(end) == "-" && matches!(words.text_at(end + 1), "elect" | "designate") {
            end += 2;
        }
        if (here..end).any(|t| at_token(t).is_some())
            || words.get(end - 1).is_some_and(|x| x.sentence != w.sentence)
        {
            continue;
        }
        let person = at_token(end).is_some_and(|t| t.2 == NameKind::Person && t.0 == end)
            || matches!(words.text_at(end), ",")
                && !core.sector.is_empty()
                && at_token(end + 1).is_some_and(|t| t.2 == NameKind::Person && t.0 == end + 1);
        if person || stands_alone(words, found_before(&taken, here), here, end, core.weak) {
            more.push(Found {
                start: here,
                end,
                kind: NameKind::Office,
                sure: if person { Sure::High } else { Sure::Medium },
                by: "office",
            });
            n = end;
        }
    }
    found.extend(more);
}

fn found_before(taken: &[(usize, usize, NameKind)], at: usize) -> Option<NameKind> {
    let i = taken.partition_point(|t| t.1 < at);
    taken.get(i).filter(|t| t.1 == at).map(|t| t.2)
}

/// Whether an office in lower case stands for its holder and is no adjective or other noun.
fn stands_alone(words: &Words<'_>, before: Option<NameKind>, at: usize, end: usize, weak: bool) -> bool {
    if weak {
        return false;
    }
    let one = end == at + 1;
    let w = words.text_at(at);
    let doubtful = one
        && matches!(
            w.to_lowercase().as_str(),
            "general"
                | "major"
                | "chief"
                | "head"
                | "chair"
                | "justice"
                | "father"
                | "representative"
                | "secretary"
                | "deputy"
                | "captain"
                | "marshal"
                | "aide"
                | "envoy"
                | "leader"
                | "director"
                | "king"
                | "editor"
                | "founder"
                | "commander"
                | "sergeant"
                | "judge"
                | "speaker"
                | "prosecutor"
        );
    let before_word = words.before(at).to_lowercase();
    let pointed = matches!(
        before_word.as_str(),
        "the"
            | "its"
            | "his"
            | "her"
            | "their"
            | "'s"
            | "’s"
            | "our"
            | "former"
            | "then"
            | "-"
            | "acting"
            | "outgoing"
            | "as"
            | "ex"
            | "a"
            | "an"
    ) || matches!(before, Some(NameKind::Group | NameKind::Organization | NameKind::Place))
        || words.before(at) == "," && before.is_none();
    let next = words.text_at(end);
    let follows = !words.get(end).is_some_and(|x| x.text.starts_with(char::is_lowercase))
        || matches!(
            next,
            "of" | "said"
                | "told"
                | "who"
                | "was"
                | "has"
                | "had"
                | "is"
                | "also"
                | "added"
                | "will"
                | "would"
                | "and"
                | "for"
                | "in"
                | "to"
                | "at"
        );
    pointed
        && (!doubtful || follows && before_word != "a" && before_word != "an")
        && !(before_word == "as" && doubtful)
        && !next.starts_with("ial")
}
