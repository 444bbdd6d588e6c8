//! Who is spoken of again without a mark of the reader's: a surname or acronym it passed over, a title alone ("the
//! general"), a noun for a body ("the agency"). Only what stands for one thing named before becomes a mention.

use super::kinds::{NOUNS, PARTS, ends_with, is_a, main_firm};
use super::register::{self, Register};
use super::view::View;
use super::{described, epithet, letters, loosely};
use chancery_lexicon::known::Known;
use chancery_lexicon::{common, counting, given_names, known, organizations, titles};
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Maker};
use chancery_model::mark::{NameKind, NameMark, Upos};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

/// Adds mentions of what was named before.
pub(super) fn add(view: &View<'_>, reg: &mut Register) {
    letters::add(view, reg);
    let holders = holders(view, reg);
    let described_as = described::descriptions(view, reg);
    let mut t = 0;
    while t < view.segments.tokens.len() {
        if covered(view, reg, t) {
            t += 1;
            continue;
        }
        let found = repeated(view, reg, t)
            .or_else(|| titled(view, &holders, t))
            .or_else(|| epithet::found(view, reg, &holders, t))
            .or_else(|| described::person(view, &described_as, t))
            .or_else(|| body(view, reg, t))
            .or_else(|| described::apposed_body(view, reg, t))
            .or_else(|| described::fighters(view, reg, t))
            .or_else(|| described::byname(view, reg, t))
            .or_else(|| loosely::found(view, reg, t))
            .or_else(|| loosely::just_named(view, reg, &holders, &described_as, t));
        match found {
            Some((range, kind, entity)) => {
                let span = view.segments.span(range);
                let maker = Maker { by: "rules:entities:again".into(), sure: Sure::Medium };
                // A mark of an office that nobody was found for gives way.
                reg.mentions.retain(|m| {
                    !(m.entity.is_none() && m.kind == MentionKind::Office && m.span.overlaps(span))
                });
                reg.mention(span, kind, Some(entity), None, maker);
                t = range.end as usize;
            }
            None => t += 1,
        }
    }
}

pub(super) type Found = (TokenRange, MentionKind, EntityIx);

/// Whether a token is part of a mention already, or lies where no facts come from.
fn covered(view: &View<'_>, reg: &Register, t: usize) -> bool {
    let Some(span) = view.segments.tokens.get(t).map(|x| x.span) else { return true };
    reg.mentions.iter().any(|m| m.span.overlaps(span) && (m.entity.is_some() || m.place.is_some()))
}

/// The entity mentioned last before a byte, of those that fit.
fn latest(reg: &Register, before: usize, fits: impl Fn(EntityIx) -> bool) -> Option<EntityIx> {
    // Each entity is looked at once, and not at each of its mentions.
    let fit: Vec<bool> = (0..).zip(&reg.entities).map(|(e, _)| fits(e)).collect();
    if !fit.contains(&true) {
        return None;
    }
    let earlier = reg.mentions.iter().filter(|m| m.span.lo() < before && m.kind != MentionKind::Pronoun);
    earlier
        .filter_map(|m| Some((m.span.lo(), m.entity.filter(|e| fit.get(*e as usize) == Some(&true))?)))
        .max_by_key(|x| x.0)
        .map(|x| x.1)
}

/// A surname or an acronym met before.
fn repeated(view: &View<'_>, reg: &mut Register, t: usize) -> Option<Found> {
    let word = view.word(t);
    let acronym = word.len() >= 2
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_uppercase() || c == '-' || c.is_ascii_digit());
    if acronym {
        // "IS" and "IT" in a line of capitals are no acronyms.
        if word.len() == 2 && !view.word(t + 1).starts_with(char::is_lowercase) {
            return None;
        }
        let the = t > 0 && view.low(t - 1) == "the";
        let e = reg.by_acronym(word, the)?;
        return Some((TokenRange::new(t, t + 1), MentionKind::Organization, e));
    }
    let name = word.starts_with(char::is_uppercase) && word.chars().count() > 2 && !common::is_plain(word);
    // A seat of government that the reader passed over: "The Grand Serail put out three lines".
    if word.starts_with(char::is_uppercase)
        && let Some((byte, Known::Seat(c))) = known::at(view.text, view.start(t), false)
        && let Some(end) =
            (t..t + 5).find(|x| view.segments.tokens.get(*x).is_some_and(|k| k.span.hi() == byte))
        && end > t
    {
        let iso = c.iso.clone();
        let e = reg.state(&iso, view.segments.span(TokenRange::new(t, end + 1)).of(view.text));
        return Some((TokenRange::new(t, end + 1), MentionKind::Metonym, e));
    }
    // A body of the lists that the reader passed over: "The Tories".
    let the = t > 0 && view.low(t - 1) == "the" && view.together(t - 1, t);
    if name
        && the
        && word.len() > 4
        && let Some((byte, Known::Organization(o))) = known::at(view.text, view.start(t), false)
        && let Some(end) =
            (t..t + 6).find(|x| view.segments.tokens.get(*x).is_some_and(|k| k.span.hi() == byte))
        && !view.word(end + 1).starts_with(char::is_uppercase)
    {
        let range = TokenRange::new(t, end + 1);
        let e = reg.organization(view.segments.span(range).of(view.text), o.country.as_deref(), None);
        return Some((range, MentionKind::Organization, e));
    }
    if !name || known::get(word).is_some() || titles::office_at(word, 0).is_some() {
        return None;
    }
    let folded = register::fold(word);
    let mut bearers = reg.people().filter(|(_, e)| {
        let parts = register::parts(&e.name);
        parts.len() > 1 && parts.last() == Some(&folded)
    });
    let one = bearers.next()?.0;
    if bearers.next().is_some() {
        return None;
    }
    // A first name that the reader passed over belongs to it.
    let first = t.checked_sub(1).filter(|p| {
        let w = view.word(*p);
        view.together(*p, t)
            && (given_names::get(w).is_some()
                || !common::is_plain(w) && known::get(w).is_none() && titles::office_at(w, 0).is_none())
            && w.starts_with(char::is_uppercase)
            && !covered(view, reg, *p)
    });
    Some((TokenRange::new(first.unwrap_or(t), t + 1), MentionKind::Person, one))
}

/// Titles by the verb that says what somebody does: "who leads M4" is the leader.
fn title_of_verb(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "leads" | "led" | "leading" => "leader",
        "commands" | "commanded" | "commanding" => "commander",
        "heads" | "headed" | "heading" => "head",
        "chairs" | "chaired" | "chairing" => "chairman",
        "governs" | "governed" | "governing" => "governor",
        "edits" | "edited" => "editor",
        "directs" | "directed" => "director",
        "presides" | "presided" => "president",
        _ => return None,
    })
}

/// Who holds a title by the words beside the name: the last word of the title and the first byte of the name.
fn holders(view: &View<'_>, reg: &Register) -> Vec<(String, usize, EntityIx)> {
    let mut out = Vec::new();
    for n in view.names.iter().filter(|n| n.kind == NameKind::Person) {
        let Some(e) = reg.entity_at(view.span(n)) else { continue };
        for head in title_heads(view, n) {
            out.push((head, view.span(n).lo(), e));
        }
    }
    for o in view.names.iter().filter(|n| n.kind == NameKind::Office) {
        if let Some(p) = view.holder(o)
            && let Some(e) = reg.entity_at(view.span(p))
        {
            out.push((last_word(view.name(o)), view.span(p).lo(), e));
        }
    }
    out
}

pub(super) fn last_word(s: &str) -> String {
    let cut = s.find(" of ").unwrap_or(s.len());
    s.get(..cut).unwrap_or(s).split_whitespace().next_back().unwrap_or("").to_lowercase()
}

/// The last words of the titles beside a person's name: "General Neil Broughton", "Seo Dong-hyun, the unification minister,".
pub(super) fn title_heads(view: &View<'_>, n: &NameMark) -> Vec<String> {
    let first = n.tokens.start as usize;
    let mut out = Vec::new();
    let title = |from: usize, to: usize| {
        let start = view.start(from);
        titles::office_at(view.text, start).is_some_and(|(end, _)| {
            view.text.get(end..view.start(to)).is_some_and(|gap| gap.trim().is_empty())
        })
    };
    let before = (1..=4)
        .filter_map(|k| first.checked_sub(k))
        .filter(|t| view.together(*t, first))
        .find(|t| title(*t, first));
    if before.is_some() {
        out.push(view.low(first - 1));
    }
    let end = n.tokens.end as usize;
    // ", who leads M4,".
    if view.word(end) == ","
        && view.low(end + 1) == "who"
        && let Some(title) = title_of_verb(&view.low(end + 2))
    {
        out.push(title.to_owned());
        // "who heads the Foreign Ministry": the minister.
        if (end + 3..end + 9)
            .take_while(|t| view.together(end, *t) && view.word(*t) != ",")
            .any(|t| view.low(t) == "ministry")
        {
            out.push("minister".to_owned());
        }
        return out;
    }
    // "Suresh Patil is a minister of", "became the mayor".
    if matches!(view.low(end).as_str(), "is" | "was" | "became" | "remains")
        && matches!(view.low(end + 1).as_str(), "a" | "an" | "the")
    {
        for t in (end + 2..end + 6)
            .take_while(|t| view.together(end, *t) && view.word(*t).starts_with(char::is_alphabetic))
        {
            let Some((byte, _)) = titles::office_at(view.text, view.start(t)) else { continue };
            out.push(last_word(view.text.get(view.start(t)..byte).unwrap_or("")));
            break;
        }
    }
    // "resigned as defence minister of Georgia", "was elected as mayor".
    let holds = |w: &str| {
        matches!(
            w,
            "resigned"
                | "resigns"
                | "quit"
                | "serves"
                | "served"
                | "acts"
                | "acted"
                | "sworn"
                | "elected"
                | "appointed"
                | "named"
                | "installed"
                | "dismissed"
                | "sacked"
                | "ousted"
                | "replaced"
                | "removed"
        )
    };
    let verb = (end..end + 4).take_while(|t| view.together(first, *t)).find(|t| holds(&view.low(*t)));
    if let Some(v) = verb
        && (view.low(v + 1) == "as" || view.low(v + 1) == "in" && view.low(v + 2) == "as")
    {
        for t in (v + 2..v + 7).take_while(|t| view.together(first, *t)) {
            let Some((byte, _)) = titles::office_at(view.text, view.start(t)) else { continue };
            out.push(last_word(view.text.get(view.start(t)..byte).unwrap_or("")));
            break;
        }
    }
    // "The mediator sent by the union, Chukwudi Obiora,": the noun that the name stands beside.
    let top = n.tokens.iter().find(|t| view.head(*t).is_none_or(|h| !n.tokens.has(h)));
    if let Some(noun) = top
        .filter(|t| view.rel(*t) == "appos" && first > 0 && view.word(first - 1) == ",")
        .and_then(|t| view.head(t))
        && noun < first
        && titles::office_at(view.text, view.start(noun)).is_some()
    {
        out.push(view.low(noun));
    }
    // ", a councillor for", ", the Iraqi oil minister,".
    if view.word(end) == "," {
        for t in (end + 1..end + 7).take_while(|t| view.together(end, *t) && view.word(*t) != ",") {
            let Some((byte, _)) = titles::office_at(view.text, view.start(t)) else { continue };
            let stop = (t..t + 6).find(|x| view.start(*x) >= byte).unwrap_or(t + 1);
            let named = view.starting_at(stop).is_some_and(|m| m.kind == NameKind::Person);
            let owner = matches!(view.word(stop), "'s" | "’s");
            if !named && !owner {
                out.push(last_word(view.text.get(view.start(t)..byte).unwrap_or("")));
            }
            break;
        }
    }
    out
}

pub(super) fn determined(view: &View<'_>, t: usize) -> bool {
    t.checked_sub(1).is_some_and(|d| {
        view.together(d, t)
            && matches!(view.low(d).as_str(), "the" | "its" | "this" | "that" | "same" | "their" | "whose")
    })
}

/// A title alone, of one who was given it before.
fn titled(view: &View<'_>, holders: &[(String, usize, EntityIx)], t: usize) -> Option<Found> {
    // "the former minister".
    let once = t.checked_sub(1).is_some_and(|d| {
        view.together(d, t)
            && matches!(
                view.low(d).as_str(),
                "former" | "ousted" | "deposed" | "outgoing" | "late" | "retired" | "ex"
            )
            && determined(view, d)
    });
    if !determined(view, t) && !once {
        return None;
    }
    let (byte, core) = titles::office_at(view.text, view.start(t))?;
    let end = (t..t + 6).find(|x| view.start(*x) >= byte)?;
    let next = view.low(end);
    let named = view.starting_at(end).is_some_and(|m| m.kind == NameKind::Person);
    if named
        || core.weak
        || matches!(next.as_str(), "of" | "for" | "," | "general")
            && view.word(end + 1).starts_with(char::is_uppercase)
    {
        return None;
    }
    let head = last_word(view.text.get(view.start(t)..byte)?);
    let at = view.start(t);
    let same = |h: &str| h == head || titles::like(h).is_some_and(|l| titles::like(&head) == Some(l));
    let exact = holders.iter().filter(|(h, p, _)| *h == head && *p < at).max_by_key(|(_, p, _)| *p);
    let e =
        exact.or_else(|| holders.iter().filter(|(h, p, _)| same(h) && *p < at).max_by_key(|(_, p, _)| *p))?.2;
    Some((TokenRange::new(t, end), MentionKind::Office, e))
}

/// Nouns that are a body's own name, with no body before them: "the army", "parliament".
const BODIES: [&str; 9] = [
    "army",
    "military",
    "navy",
    "air force",
    "parliament",
    "general staff",
    "national assembly",
    "senate",
    "armed forces",
];

/// Nouns for those who govern a state.
const GOVERNMENT: [&str; 5] = ["government", "administration", "regime", "authorities", "leadership"];

/// The state whose office-holder or body stands before a token in its sentence: "the Treasury Secretary said the administration".
fn beside(view: &View<'_>, reg: &Register, t: usize) -> Option<String> {
    let sentence = view.segments.sentences.get(view.segments.sentence_of(t)?)?.span;
    let at = view.start(t);
    let all = reg.mentions.iter().filter(|m| sentence.contains(m.span) && m.span.hi() <= at);
    let of = |m: &chancery_model::facts::Mention| {
        let e = reg.entities.get(m.entity? as usize)?;
        let governs = matches!(e.sector.as_deref(), Some("GOV" | "MIL" | "LEG"));
        e.country.clone().filter(|_| governs && e.kind != ActorKind::State)
    };
    all.filter_map(of).next_back()
}

/// The words of a body's name that end it, in small letters: "the coast guard" of the "Japan Coast Guard".
fn tail(view: &View<'_>, reg: &Register, t: usize) -> Option<Found> {
    for len in [3, 2] {
        let words: Vec<String> = (t..t + len).map(|x| view.low(x)).collect();
        if !view.together(t, t + len - 1)
            || words.iter().any(|w| !w.starts_with(char::is_alphabetic))
            || view.low(t + len) == "of"
        {
            continue;
        }
        // Only what can end the name of a body is looked for.
        let Some(last) = words.last() else { continue };
        let head =
            organizations::head_at(&capitalized(last), 0, false).is_some_and(|(end, _)| end == last.len());
        if !head && !NOUNS.contains(&last.as_str()) {
            continue;
        }
        let low = words.join(" ");
        let ends = |n: &str| n.to_lowercase().ends_with(&format!(" {low}"));
        let found = latest(reg, view.start(t), |e| {
            reg.entities.get(e as usize).is_some_and(|x| {
                x.kind == ActorKind::Organization && (ends(&x.name) || x.aliases.iter().any(|a| ends(a)))
            })
        });
        if let Some(e) = found {
            return Some((TokenRange::new(t, t + len), MentionKind::Organization, e));
        }
    }
    None
}

/// A noun for a body, or the last word of its name.
fn body(view: &View<'_>, reg: &mut Register, t: usize) -> Option<Found> {
    let word = view.word(t);
    let low = word.to_lowercase();
    let next = view.low(t + 1);
    let bare = low == "parliament";
    let theirs = |d: usize| matches!(view.low(d).as_str(), "his" | "her" | "our" | "its" | "their");
    let own = t.checked_sub(1).is_some_and(|d| {
        matches!(view.low(d).as_str(), "his" | "her" | "our")
            || view.low(d) == "own" && d.checked_sub(1).is_some_and(theirs)
    });
    if !(determined(view, t) || own || bare) || counting::is("stop", &low) || next == "of" || next == "-" {
        return None;
    }
    // "the council chairman" speaks of the chairman.
    if next.starts_with(char::is_lowercase)
        && titles::office_at(view.text, view.start(t + 1)).is_some()
        && !BODIES.contains(&low.as_str())
    {
        return None;
    }
    if !bare && let Some(found) = tail(view, reg, t) {
        return Some(found);
    }
    let two = format!("{low} {next}");
    let range = |n: usize| TokenRange::new(t, t + n);
    if matches!(two.as_str(), "central government" | "federal government" | "national government")
        && let Some(e) = first_state(reg)
    {
        return Some((range(2), MentionKind::Metonym, e));
    }
    // "The government", "the administration": of the state that the report is about.
    if GOVERNMENT.contains(&low.as_str())
        && view.low(t.wrapping_sub(1)) == "the"
        && !matches!(next.as_str(), "in" | "at" | "'s" | "’s")
        && !next.starts_with(char::is_uppercase)
        && titles::office_at(view.text, view.start(t + 1)).is_none()
        && let Some(iso) = beside(view, reg, t)
            .or_else(|| super::body::home(view, &reg.entities, &reg.places, &reg.mentions))
    {
        let e = reg.state(&iso, &low);
        return Some((range(1), MentionKind::Metonym, e));
    }
    let at = view.start(t);
    // A movement or militia may be marked as a group.
    let loose =
        matches!(low.as_str(), "movement" | "militia" | "group" | "party" | "organisation" | "organization")
            || matches!(next.as_str(), "movement" | "militia" | "group" | "party");
    let org = |e: EntityIx| {
        reg.entities.get(e as usize).filter(|x| {
            x.kind == ActorKind::Organization
                || loose
                    && x.kind == ActorKind::Group
                    && x.name.trim_start_matches("the ").starts_with(char::is_uppercase)
        })
    };
    let capital = word.starts_with(char::is_uppercase);
    let noun = capital
        || organizations::head_at(&capitalized(&low), 0, false).is_some_and(|(end, _)| end == low.len())
        || NOUNS.contains(&low.as_str())
        || PARTS.contains(&low.as_str());
    if noun {
        let by_name = latest(reg, at, |e| {
            org(e).is_some_and(|x| {
                // "the poor" are not Standard & Poor's.
                !x.name.contains('&')
                    && (ends_with(&x.name, &low) || x.aliases.iter().any(|a| ends_with(a, &low)))
            })
        });
        let firm = matches!(low.as_str(), "company" | "firm");
        let found = by_name.or_else(|| {
            if firm {
                return main_firm(reg, at);
            }
            latest(reg, at, |e| org(e).is_some_and(|x| is_a(&low, &x.name, x.sector.as_deref())))
        });
        if let Some(e) = found {
            return Some((range(1), MentionKind::Organization, e));
        }
    }
    // "The rights group", "the news agency": the one body of that kind.
    if !capital
        && matches!(view.upos(t), Some(Upos::Noun | Upos::Adj))
        && NOUNS.contains(&next.as_str())
        && view.together(t, t + 1)
        && view.low(t + 2) != "of"
    {
        // "the spy agency" is none that prints news.
        let prints =
            matches!(low.as_str(), "news" | "press" | "state" | "official" | "wire") || next != "agency";
        let outlet = |x: &chancery_model::facts::Entity| {
            chancery_lexicon::outlets::by_name(&x.name).is_some() || x.sector.as_deref() == Some("MED")
        };
        let before = |e: EntityIx| {
            org(e).is_some_and(|x| is_a(&next, &x.name, x.sector.as_deref()) && (prints || !outlet(x)))
        };
        let earlier = reg.mentions.iter().filter(|m| m.span.lo() < at);
        let mut all: Vec<EntityIx> = earlier.filter_map(|m| m.entity.filter(|e| before(*e))).collect();
        all.sort_unstable();
        all.dedup();
        if let [one] = all.as_slice() {
            return Some((range(2), MentionKind::Organization, *one));
        }
    }
    let listed = if BODIES.contains(&two.as_str()) {
        Some((2, two))
    } else {
        BODIES.contains(&low.as_str()).then_some((1, low))
    };
    let (n, name) = listed.filter(|_| next != "ant")?;
    let own = latest(reg, at, |e| org(e).is_some_and(|x| ends_with(&x.name, &name)));
    // "the military" of the "Sudanese army".
    let forces = matches!(name.as_str(), "military" | "army" | "armed forces");
    let own = own.or_else(|| {
        latest(reg, at, |e| {
            org(e).is_some_and(|x| {
                let low = x.name.to_lowercase();
                x.sector.as_deref() == Some("MIL")
                    && ["army", "military", "armed forces"].iter().any(|w| low.ends_with(w))
            })
        })
        .filter(|_| forces)
    });
    let e = own.unwrap_or_else(|| {
        let sector = organizations::body_at(&name, 0).map_or("GOV", |b| b.1);
        // Of the state that the report is about. An envoy who speaks of "the army" need not speak of his own.
        let near = if sector == "MIL" { None } else { beside(view, reg, t) };
        let iso = near.or_else(|| super::body::home(view, &reg.entities, &reg.places, &reg.mentions));
        reg.organization(&name, iso.as_deref(), Some(&(name.clone(), sector)))
    });
    Some((range(n), MentionKind::Organization, e))
}

fn first_state(reg: &Register) -> Option<EntityIx> {
    let state = |e: EntityIx| reg.entities.get(e as usize).is_some_and(|x| x.kind == ActorKind::State);
    let mut all: Vec<(Span, EntityIx)> =
        reg.mentions.iter().filter_map(|m| Some((m.span, m.entity.filter(|e| state(*e))?))).collect();
    all.sort_unstable();
    all.first().map(|x| x.1)
}

fn capitalized(low: &str) -> String {
    let mut c = low.chars();
    c.next().map_or_else(String::new, |f| f.to_uppercase().collect::<String>() + c.as_str())
}
