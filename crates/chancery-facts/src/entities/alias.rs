//! Other names that a report gives somebody: "the Iron Chancellor, as his admirers call him", "the Movement of the Fourth
//! of May, known as M4", "Salah Haddar, or Saleh Hadar as the papers write him". From there on the other name is theirs.

use super::described::is_byname_noun;
use super::register::{self, Register};
use super::view::View;
use chancery_lexicon::{common, known, titles};
use chancery_model::facts::{EntityIx, Maker};
use chancery_model::mark::NameKind;
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

/// Verbs of naming.
const NAMING: [&str; 36] = [
    "call",
    "calls",
    "called",
    "calling",
    "dub",
    "dubs",
    "dubbed",
    "know",
    "knows",
    "known",
    "nickname",
    "nicknames",
    "nicknamed",
    "write",
    "writes",
    "wrote",
    "spell",
    "spells",
    "spelled",
    "spelt",
    "style",
    "styles",
    "styled",
    "term",
    "terms",
    "termed",
    "name",
    "names",
    "named",
    "christened",
    "baptised",
    "describe",
    "describes",
    "abbreviated",
    "shortened",
    "title",
];

/// How many tokens a naming clause may take.
const REACH: usize = 9;

/// Adds the other names and every later mention of them.
pub(super) fn add(view: &View<'_>, reg: &mut Register) {
    let mut found: Vec<(TokenRange, EntityIx)> = Vec::new();
    for t in 0..view.segments.tokens.len() {
        let one = match view.low(t).as_str() {
            "as" => as_called(view, reg, t),
            "called" | "nicknamed" | "dubbed" | "named" | "styled" | "abbreviated" if is_given(view, t) => {
                given(view, reg, t, t + 1)
            }
            // "known as", "known on Wall Street as".
            "known" => (t + 1..t + 7)
                .take_while(|x| view.together(t, *x) && view.word(*x) != ",")
                .find(|x| view.low(*x) == "as")
                .and_then(|x| given(view, reg, t, x + 1)),
            "whom" => whom_they_call(view, reg, t),
            "whose" => real_name(view, reg, t),
            "the" => epithet(view, reg, t),
            "alias" | "aka" | "a.k.a." => given(view, reg, t, t + 1),
            "or" => or_name(view, reg, t),
            "guerre" if view.low(t.wrapping_sub(1)) == "de" => given(view, reg, t, t + 1),
            _ => None,
        };
        found.extend(one);
    }
    for (range, e) in found {
        take(view, reg, range, e);
    }
}

/// Makes a stretch a mention of an entity, and every other place where the same words, or the first of them, stand.
fn take(view: &View<'_>, reg: &mut Register, range: TokenRange, e: EntityIx) {
    let words: Vec<&str> = range.iter().map(|t| view.word(t)).collect();
    reg.also(e, view.segments.span(range).of(view.text));
    let kind = match reg.entities.get(e as usize).map(|x| x.kind) {
        Some(ActorKind::Organization) => MentionKind::Organization,
        Some(ActorKind::Group | ActorKind::State) => MentionKind::Group,
        _ => MentionKind::Person,
    };
    let long = words.len() > 1;
    for t in 0..view.segments.tokens.len() {
        let whole = words.iter().enumerate().all(|(k, w)| view.word(t + k) == *w);
        // "The Leopard is a thief" after "the Leopard of Masisi".
        let short = long
            && t > range.start as usize
            && words.first() == Some(&view.word(t))
            && t > 0
            && view.low(t - 1) == "the"
            && !view.word(t + 1).starts_with(char::is_uppercase)
            && view.low(t + 1) != "of";
        let len = if whole { words.len() } else { usize::from(short) };
        if len == 0 {
            continue;
        }
        let span = view.segments.span(TokenRange::new(t, t + len));
        reg.mentions.retain(|m| !span.contains(m.span));
        if reg.mentions.iter().any(|m| m.span.overlaps(span)) {
            continue;
        }
        let maker = Maker { by: "rules:entities:alias".into(), sure: Sure::Medium };
        reg.mention(span, kind, Some(e), None, maker);
    }
}

/// The capitalised words from a token on, small words between them: "Leopard of Masisi".
fn name_at(view: &View<'_>, from: usize) -> Option<TokenRange> {
    let mut at = from;
    while matches!(
        view.low(at).as_str(),
        "the" | "“" | "\"" | "‘" | "'" | "``" | "simply" | "also" | "as" | "a"
    ) {
        at += 1;
    }
    let capital = |t: usize| {
        view.word(t).starts_with(char::is_uppercase)
            && view.together(from, t)
            && !common::is_plain(view.word(t))
            || view.word(t).starts_with(char::is_uppercase)
                && view.together(from, t)
                && (t > at || at > from && view.word(t + 1).starts_with(char::is_uppercase))
    };
    if !capital(at) || titles::office_at(view.text, view.start(at)).is_some() {
        return None;
    }
    let mut end = at + 1;
    loop {
        let small = matches!(view.low(end).as_str(), "of" | "the" | "de" | "von" | "al" | "el")
            && (capital(end + 1) || view.low(end + 1) == "the" && capital(end + 2));
        let joined = view.word(end) == "-" && capital(end + 1);
        if capital(end) || joined || small {
            end += 1;
        } else {
            break;
        }
    }
    (end - at <= 6).then(|| TokenRange::new(at, end))
}

/// A name that begins with a word that may be a title: "Doctor of the Delta".
fn titled_name(view: &View<'_>, at: usize) -> Option<TokenRange> {
    let cap = |t: usize| view.word(t).starts_with(char::is_uppercase) && view.together(at, t);
    let mut end = at;
    while cap(end) || end > at && matches!(view.low(end).as_str(), "of" | "the") {
        end += 1;
    }
    (cap(at) && end - at <= 6 && end - at > 1).then(|| TokenRange::new(at, end))
}

/// "Rodrigo, whom his fighters call El Zurdo".
fn whom_they_call(view: &View<'_>, reg: &Register, at: usize) -> Option<(TokenRange, EntityIx)> {
    let verb = (at + 1..at + REACH)
        .take_while(|t| view.together(at, *t) && !matches!(view.word(*t), "," | "." | ";"))
        .find(|t| NAMING.contains(&view.low(*t).as_str()))?;
    let range = name_at(view, verb + 1)?;
    let last = at.checked_sub(1).map(|t| if view.word(t) == "," { t } else { at })?;
    let noun = last.checked_sub(1)?;
    let byte = view.segments.tokens.get(noun)?.span.hi();
    let whose = reg.mentions.iter().find(|m| m.span.hi() == byte).and_then(|m| m.entity);
    // "João de Lima, the rancher whom friend and foe call Boi": of him whom the noun stands beside.
    let beside = || {
        let head = view.head(noun).filter(|h| view.rel(noun) == "appos" && *h < noun)?;
        let span = view.segments.tokens.get(head)?.span;
        reg.mentions.iter().find(|m| m.span.contains(span) && m.kind != MentionKind::Office)?.entity
    };
    let e = whose.or_else(beside)?;
    named(reg, e).then_some((range, e))
}

/// "Comrade Artemio, whose real name is Florindo Eleuterio".
fn real_name(view: &View<'_>, reg: &Register, at: usize) -> Option<(TokenRange, EntityIx)> {
    let is = (at + 2..at + 5).find(|t| matches!(view.low(*t).as_str(), "is" | "was"))?;
    if view.low(is - 1) != "name" {
        return None;
    }
    let range = name_at(view, is + 1)?;
    let last = at.checked_sub(1).map(|t| if view.word(t) == "," { t } else { at })?;
    let byte = view.segments.tokens.get(last.checked_sub(1)?)?.span.hi();
    let e = reg.mentions.iter().find(|m| m.span.hi() == byte)?.entity?;
    named(reg, e).then_some((range, e))
}

/// What makes a byname of a person in apposition ("Samson Kiplimo, the Rock of Eldoret,") beside the nouns that make one anywhere.
const BESIDE_A_NAME: [&str; 12] = [
    "Lady", "Father", "Mother", "Engineer", "Chemist", "Elephant", "Iron", "Sword", "Hero", "Rock", "Ghost",
    "Shadow",
];

/// "NAME, the Lion of Eldoret": a byname in apposition.
fn epithet(view: &View<'_>, reg: &Register, at: usize) -> Option<(TokenRange, EntityIx)> {
    let comma = at.checked_sub(1).filter(|t| view.word(*t) == ",")?;
    let opens =
        (at + 1..at + 3).any(|t| is_byname_noun(view.word(t)) || BESIDE_A_NAME.contains(&view.word(t)));
    let range = name_at(view, at + 1).filter(|_| opens)?;
    let byte = view.segments.tokens.get(comma.checked_sub(1)?)?.span.hi();
    let m = reg.mentions.iter().find(|m| m.span.hi() == byte)?;
    let e = m.entity.filter(|_| m.kind == MentionKind::Person)?;
    Some((range, e))
}

/// Whether a verb of naming is in the passive or hangs on a noun: not "the party named Rao as its speaker".
fn is_given(view: &View<'_>, verb: usize) -> bool {
    let passive = view.children(verb).any(|c| view.rel(c) == "aux:pass" || view.rel(c) == "nsubj:pass");
    // "Iyad Ag Moussa, nicknamed the Desert Fox".
    let apposed = verb.checked_sub(2).is_some_and(|t| {
        view.word(t + 1) == "," && view.ending_at(t + 1).is_some_and(|m| m.kind == NameKind::Person)
    });
    passive || apposed || view.rel(verb).starts_with("acl") && view.low(verb) != "named"
}

/// "NAME is called the X", "NAME, known as X": whose name stands after the verb.
fn given(view: &View<'_>, reg: &Register, verb: usize, from: usize) -> Option<(TokenRange, EntityIx)> {
    let range = name_at(view, from)?;
    let at = view.start(verb);
    let covers = |t: usize| {
        let start = view.segments.tokens.get(t)?.span;
        let m = reg.mentions.iter().find(|m| m.span.contains(start) && m.entity.is_some())?;
        m.entity
    };
    let subject = view.children(verb).find(|c| view.rel(c.to_owned()).starts_with("nsubj"));
    let noun = subject.or_else(|| view.head(verb).filter(|_| view.rel(verb).starts_with("acl")));
    let before = || {
        let last = verb.checked_sub(1).map(|t| if view.word(t) == "," { t } else { verb })?;
        let end = view.segments.tokens.get(last.checked_sub(1)?)?.span.hi();
        reg.mentions.iter().find(|m| m.span.hi() == end && m.span.lo() < at)?.entity
    };
    let e = noun.and_then(covers).or_else(before)?;
    named(reg, e).then_some((range, e))
}

/// "The Brotherhood, or the Ikhwan, has": another name between commas.
fn or_name(view: &View<'_>, reg: &Register, at: usize) -> Option<(TokenRange, EntityIx)> {
    let comma = at.checked_sub(1).filter(|t| view.word(*t) == "," && view.together(*t, at))?;
    let range = name_at(view, at + 1)?;
    let end = range.end as usize;
    let span = view.segments.span(range);
    if !matches!(view.word(end), "," | ")") || known::get(span.of(view.text)).is_some() {
        return None;
    }
    let byte = view.segments.tokens.get(comma.checked_sub(1)?)?.span.hi();
    let m = reg.mentions.iter().find(|m| m.span.hi() == byte)?;
    let e = m.entity?;
    let kind = reg.entities.get(e as usize)?.kind;
    // "the police, or the Army, will": two bodies that the report knows apart.
    let other = reg.mentions.iter().any(|m| {
        m.span.overlaps(span)
            && m.entity
                .is_some_and(|o| o != e && reg.mentions.iter().filter(|x| x.entity == Some(o)).count() > 1)
    });
    (!other && matches!(kind, ActorKind::Organization | ActorKind::Group | ActorKind::Person))
        .then_some((range, e))
}

fn named(reg: &Register, e: EntityIx) -> bool {
    reg.entities.get(e as usize).is_some_and(|x| x.kind != ActorKind::Unnamed)
}

/// "the X, as his admirers call him", "NAME, or Y as the papers write him".
fn as_called(view: &View<'_>, reg: &Register, at: usize) -> Option<(TokenRange, EntityIx)> {
    let verb = (at + 1..at + REACH)
        .take_while(|t| view.together(at, *t) && !matches!(view.word(*t), "," | "." | ";"))
        .find(|t| NAMING.contains(&view.low(*t).as_str()))?;
    // "The Old Lady of Threadneedle Street, as the Bank of England is known".
    let called = view.children(verb).any(|c| view.rel(c) == "aux:pass");
    // The other name ends before the clause, a comma between or not.
    let end = at.checked_sub(1).map(|t| if view.word(t) == "," { t } else { at })?;
    let sentence = view.segments.sentences.get(view.segments.sentence_of(at)?)?;
    let first = sentence.tokens.start as usize;
    let start = (first..end).rev().find(|t| {
        let border = matches!(view.word(*t), "," | ";" | ":" | "“" | "\"")
            || matches!(view.low(*t).as_str(), "or" | "that" | "said" | "says" | "and");
        border
            || !view.word(*t).starts_with(char::is_alphanumeric)
                && !matches!(view.word(*t), "-" | "'" | "’" | ".")
    });
    let from = start.map_or(first, |t| t + 1);
    // "is to visit the Doctor of the Delta, as villagers call him": the name after the article.
    let range = name_at(view, from).filter(|r| r.end as usize == end).or_else(|| {
        (from..end)
            .find(|t| view.low(*t) == "the")
            .and_then(|t| titled_name(view, t + 1))
            .filter(|r| r.end as usize == end)
    })?;
    let span = view.segments.span(range);
    // "Kyiv, as the Ukrainians spell it": a name that the lists know is whose it is.
    if known::get(span.of(view.text)).is_some() {
        return None;
    }
    // "NAME, or Y as …".
    if start.is_some_and(|t| view.low(t) == "or") {
        let or = start?;
        let last = or.checked_sub(1).map(|t| if view.word(t) == "," { t } else { or })?;
        let byte = view.segments.tokens.get(last.checked_sub(1)?)?.span.hi();
        let e = reg.mentions.iter().find(|m| m.span.hi() == byte)?.entity?;
        return Some((range, e));
    }
    if called {
        let byte = view.start(at + 1);
        let m = reg.mentions.iter().find(|m| m.span.lo() >= byte && m.span.hi() <= view.start(verb))?;
        return m.entity.map(|e| (range, e));
    }
    let object = verb + 1;
    let here = span.lo();
    let sex = match view.low(object).as_str() {
        "him" => Some('m'),
        "her" => Some('f'),
        "it" | "them" => None,
        // "as the crowds call Mbatha".
        _ => {
            let byte = view.start(object);
            let e = reg.mentions.iter().find(|m| m.span.lo() == byte)?.entity?;
            return Some((range, e));
        }
    };
    let own = register::parts(span.of(view.text));
    let mut best: Option<(u8, usize, EntityIx)> = None;
    for m in reg.mentions.iter().filter(|m| m.span.hi() <= here) {
        let Some(e) = m.entity else { continue };
        let Some(x) = reg.entities.get(e as usize) else { continue };
        let fits = match sex {
            Some(s) => x.kind == ActorKind::Person && reg.sex(e).is_none_or(|known| known == s),
            None => matches!(x.kind, ActorKind::Organization | ActorKind::Group),
        };
        if !fits {
            continue;
        }
        // A name it shares a part with, then one whose sex is known, then who was spoken of last.
        // "Gassim, as his men call him" of Gassimi.
        let alike =
            |a: &str, b: &str| a == b || a.len().min(b.len()) > 4 && (a.starts_with(b) || b.starts_with(a));
        let shares = register::parts(&x.name).iter().any(|p| p.len() > 2 && own.iter().any(|o| alike(o, p)));
        let rank = 2 * u8::from(shares) + u8::from(sex.is_some() && reg.sex(e) == sex);
        if best.is_none_or(|(r, lo, _)| (r, lo) <= (rank, m.span.lo())) {
            best = Some((rank, m.span.lo(), e));
        }
    }
    best.map(|(_, _, e)| (range, e))
}
