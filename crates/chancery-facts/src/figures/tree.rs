//! What is done to those counted, by the tree: which verb governs the noun of a number, and what part the noun has in it.
//!
//! Without a tree nothing is told here, and the words around the number decide.

use super::frames;
use super::measure::measured;
use super::phrase;
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::Sense;
use chancery_lexicon::verbs::VERBS;
use chancery_model::mark::Upos;

/// What the tree tells of those counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// This is done to them, or is how they are.
    Measure(&'static str),
    /// They do it to others: "400 fighters held the bridge".
    Doers,
    /// A verb governs them that tells no measure: "lost one tank and four men".
    Other,
}

/// How many words above a noun are looked at.
const REACH: usize = 4;

/// What the tree tells of a noun.
pub(super) fn told(view: &View<'_>, noun: usize) -> Option<Told> {
    view.upos(noun)?;
    of_noun(view, noun, REACH)
}

/// The token of a number that hangs on a word outside it: the noun it counts, or what governs it when its noun is left out.
pub(super) fn anchor(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    view.upos(start)?;
    (start..end).rev().find(|t| {
        matches!(
            view.upos(*t),
            Some(Upos::Num | Upos::Noun | Upos::Adj | Upos::Pron | Upos::Propn | Upos::X | Upos::Sym)
        ) && view.head(*t).is_none_or(|h| h < start || h >= end)
    })
}

pub(super) fn base(rel: &str) -> &str {
    rel.split(':').next().unwrap_or(rel)
}

fn of_noun(view: &View<'_>, n: usize, reach: usize) -> Option<Told> {
    let reach = reach.checked_sub(1)?;
    if let Some(m) = hanging(view, n) {
        return Some(Told::Measure(m));
    }
    let head = view.head(n)?;
    match view.rel(n) {
        "nsubj:pass" => super::fate::locked_up(view, head)
            .or_else(|| of_verb(view, head))
            .or_else(|| with_it(view, head))
            .or_else(|| super::fate::of_people(view, n))
            .or_else(|| by_happening(view, head, n))
            .map(Told::Measure)
            .or_else(|| other(view, head)),
        "nsubj" => leaving(view, n)
            .map(Told::Measure)
            .or_else(|| as_subject(view, head))
            .or_else(|| super::fate::of_people(view, n).map(Told::Measure))
            .or_else(|| other(view, head)),
        "obj"
            if counting::is("cost", &view.low(head))
                && (n + 1..n + 4).any(|t| matches!(view.low(t).as_str(), "lives" | "life")) =>
        {
            Some(Told::Measure("killed"))
        }
        "obj" if frames::object(view, n, head).is_some() => frames::object(view, n, head).map(Told::Measure),
        // "the lists also hold 6,561 children".
        "obj" if lists(view, head) => other(view, head),
        "obj" => {
            let done = outcome(view, head).or_else(|| direct(view, head).filter(|_| !undergo(view, head)));
            let done =
                done.or_else(|| super::fate::of_people(view, n)).or_else(|| by_happening(view, head, n));
            done.map(Told::Measure).or_else(|| other(view, head))
        }
        "obl:agent" => Some(Told::Doers),
        "obl" | "nmod" if frames::told(view, n, head).is_some() => {
            frames::told(view, n, head).map(Told::Measure)
        }
        // "cost 220,000 people their lives".
        "iobj" if counting::is("cost", &view.low(head)) => Some(Told::Measure("killed")),
        "nummod" if predicated_place(view, n).is_some() => predicated_place(view, n)
            .and_then(|case| measured(view, case))
            .filter(|(_, s, _)| *s != Sense::Counted)
            .map(|x| Told::Measure(x.2)),
        "conj" | "appos" | "parataxis" | "list" if nominal(view, head) => of_noun(view, head, reach),
        "nmod" if tally(view, head) && preposition(view, n).as_deref() == Some("of") => {
            of_noun(view, head, reach)
        }
        _ => None,
    }
}

/// "over 2,400 are in prison": the number is the subject, though the tree hangs it on the prison. The preposition.
fn predicated_place(view: &View<'_>, number: usize) -> Option<usize> {
    let place = view.head(number).filter(|h| *h > number && view.rel(number) == "nummod")?;
    let cop = view.children(place).find(|c| view.rel(*c) == "cop" && *c > number)?;
    view.children(place).find(|c| view.rel(*c) == "case" && *c > cop)
}

/// Whether what holds somebody is a list.
fn lists(view: &View<'_>, verb: usize) -> bool {
    matches!(view.low(verb).as_str(), "hold" | "holds" | "held" | "contain" | "contains")
        && view.children(verb).any(|c| {
            view.rel(c) == "nsubj"
                && matches!(
                    view.low(c).as_str(),
                    "list"
                        | "lists"
                        | "register"
                        | "registers"
                        | "records"
                        | "files"
                        | "database"
                        | "book"
                        | "books"
                )
        })
}

/// What verbs joined to a passive one tell of the same: "had been hacked or burned to death".
fn with_it(view: &View<'_>, head: usize) -> Option<&'static str> {
    let own = |v: usize| view.children(v).any(|c| base(view.rel(c)) == "nsubj");
    let joined = |v: &usize| view.rel(*v) == "conj" && view.upos(*v) == Some(Upos::Verb) && !own(*v);
    view.children(head).filter(joined).find_map(|v| of_verb(view, v))
}

fn other(view: &View<'_>, head: usize) -> Option<Told> {
    // "have not been traced": words together tell what the verb alone does not.
    let phrase = (head.saturating_sub(3)..head + 1).any(|t| {
        let whole = view.segments.tokens.get(t).map_or(0, |x| x.span.hi());
        measured(view, t).is_some_and(|(byte, s, _)| s == Sense::Verb && byte > whole)
    });
    (view.upos(head) == Some(Upos::Verb) && !phrase).then_some(Told::Other)
}

pub(super) fn nominal(view: &View<'_>, t: usize) -> bool {
    matches!(view.upos(t), Some(Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj))
}

/// "dozens of people", "a total of 12", "a group of 40 nurses": what is done to these is done to those.
fn tally(view: &View<'_>, t: usize) -> bool {
    matches!(view.upos(t), Some(Upos::Num)) || counting::is("crowd", &view.low(t))
}

pub(super) fn preposition(view: &View<'_>, n: usize) -> Option<String> {
    let case = view.children(n).find(|c| view.rel(*c) == "case")?;
    Some(view.low(case))
}

/// What hangs on a noun: "people killed by the blast", "villagers who have fled", "houses still standing".
fn hanging(view: &View<'_>, n: usize) -> Option<&'static str> {
    for c in view.children(n).filter(|c| *c > n) {
        let found = match view.rel(c) {
            "acl:relcl" => relative(view, c),
            "acl" if view.upos(c) == Some(Upos::Verb) => {
                let doing = view.low(c).ends_with("ing");
                (!doing || undergo(view, c)).then(|| of_verb(view, c)).flatten()
            }
            "amod" | "acl" | "xcomp" => state(view, c),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// "who were killed", "whom the army holds", "who fled"; not "who killed two guards".
fn relative(view: &View<'_>, verb: usize) -> Option<&'static str> {
    let subject = view.children(verb).find(|c| base(view.rel(*c)) == "nsubj");
    let pronoun = subject.is_some_and(|s| matches!(view.low(s).as_str(), "who" | "that" | "which"));
    let passive = subject.is_some_and(|s| view.rel(s) == "nsubj:pass");
    if pronoun && !passive {
        return match as_subject(view, verb)? {
            Told::Measure(m) => Some(m),
            Told::Doers | Told::Other => None,
        };
    }
    if passive && !pronoun { None } else { of_verb(view, verb) }
}

/// The measure of a subject that is not in the passive.
fn as_subject(view: &View<'_>, head: usize) -> Option<Told> {
    if view.upos(head) != Some(Upos::Verb) {
        return state(view, head).map(Told::Measure);
    }
    let passive = view.children(head).any(|c| view.rel(c) == "aux:pass");
    let object = view.children(head).any(|c| view.rel(c) == "obj");
    let m = of_verb(view, head)?;
    let whole = view.segments.tokens.get(head).map_or(0, |t| t.span.hi());
    let alone = measured(view, head).is_some_and(|(byte, _, _)| byte == whole);
    if object && !passive && alone && !undergo(view, head) && direct(view, head) == Some(m) {
        return Some(Told::Doers);
    }
    Some(Told::Measure(m))
}

/// Verbs whose subject is what they are told of: "died", "fled", "marched".
fn undergo(view: &View<'_>, verb: usize) -> bool {
    counting::is("undergo", &view.low(verb))
}

pub(super) fn direct(view: &View<'_>, t: usize) -> Option<&'static str> {
    measured(view, t).filter(|(_, s, _)| *s == Sense::Verb).map(|x| x.2)
}

/// Whether a verb of leaving has a place for its object: "have left Ukraine", "abandoned the town".
fn leaves_place(view: &View<'_>, verb: usize) -> bool {
    if !counting::is("leaving", &view.low(verb)) {
        return false;
    }
    let object = view.children(verb).find(|c| view.rel(*c) == "obj" && *c > verb);
    object.is_some_and(|o| {
        let named =
            view.names.iter().any(|n| n.tokens.has(o) && n.kind == chancery_model::mark::NameKind::Place);
        named || counting::is("dwelling", &view.low(o))
    })
}

/// People as such, and not some of a calling: "people", "families", "Iraqis".
fn dwellers(view: &View<'_>, noun: usize) -> bool {
    let low = view.low(noun);
    // "Thousands more had waded across": nobody else is named.
    let crowd = counting::is("crowd", &low)
        && counting::is_plural(&low)
        && !view.children(noun).any(|c| view.rel(c) == "nmod");
    crowd
        || counting::is("dweller", &low)
        || view.upos(noun) == Some(Upos::Num)
        || super::fate::is_nation(view, noun)
}

/// "More than three million people have left Ukraine", "100,000 Iraqis move to Syria": they are displaced.
fn leaving(view: &View<'_>, noun: usize) -> Option<&'static str> {
    let verb = view.head(noun).filter(|_| view.rel(noun) == "nsubj")?;
    let moved = || {
        counting::is("trekking", &view.low(verb))
            && view.children(verb).any(|c| {
                let case = preposition(view, c);
                let place = view
                    .names
                    .iter()
                    .any(|n| n.tokens.has(c) && n.kind == chancery_model::mark::NameKind::Place);
                base(view.rel(c)) == "obl"
                    && matches!(case.as_deref(), Some("to" | "into" | "across" | "from" | "over" | "through"))
                    && (place || counting::is("barrier", &view.low(c)))
            })
    };
    (dwellers(view, noun) && (leaves_place(view, verb) || moved())).then_some("displaced")
}

/// The measure of a verb, or of how it leaves its object: "left 80 dead", "are feared drowned", "confirmed dead".
fn of_verb(view: &View<'_>, verb: usize) -> Option<&'static str> {
    // "died in cells": where it happened is no outcome.
    let done = direct(view, verb);
    let left = || outcome(view, verb);
    // "had been released after being detained".
    let freed = done == Some("released") && left() == Some("detained");
    done.filter(|m| freed || matches!(*m, "killed" | "missing" | "wounded" | "detained"))
        .or_else(left)
        .or(done)
}

/// What the list of happenings says is done by a verb whose object or passive subject a noun is: "hustled 12 men into a van".
fn by_happening(view: &View<'_>, verb: usize, noun: usize) -> Option<&'static str> {
    if view.upos(verb) != Some(Upos::Verb) || counting::is("undergo", &view.low(verb)) {
        return None;
    }
    let words: Vec<String> =
        (verb..verb + 14).take_while(|t| view.together(verb, *t)).map(|t| view.low(t)).collect();
    let hit = VERBS.at(0, false, |i| words.get(i).map(String::as_str))?;
    if hit.form == chancery_lexicon::verbs::Form::Noun {
        return None;
    }
    // "fired 100 rockets": the noun is part of what is told.
    if verb + hit.end > noun || matches!(view.low(verb).as_str(), "picked" | "pick" | "picks" | "picking") {
        return None;
    }
    let low = view.low(noun);
    let people =
        counting::is_person(&low) || counting::is("dweller", &low) || view.upos(noun) == Some(Upos::Num);
    let things = !people && counting::is("thing", &low);
    match hit.class.cameo.as_deref().unwrap_or("") {
        "186" if people => Some("killed"),
        "173" | "181" if people => Some("detained"),
        "174" if people => Some("displaced"),
        "0841" if people => Some("released"),
        "183" | "190" | "194" | "195" if things => Some("struck"),
        _ => None,
    }
}

/// How a verb leaves those whom it is about.
fn outcome(view: &View<'_>, verb: usize) -> Option<&'static str> {
    let alone = |c: usize| view.children(c).all(|x| base(view.rel(x)) != "nsubj");
    // "known to have caught the virus": they do it.
    let does = |c: usize| {
        let object = view.children(c).any(|x| view.rel(x) == "obj");
        let passive = view.children(c).any(|x| view.rel(x) == "aux:pass");
        let whole = view.segments.tokens.get(c).map_or(0, |t| t.span.hi());
        let alone = measured(view, c).is_some_and(|(byte, _, _)| byte == whole);
        view.upos(c) == Some(Upos::Verb) && object && !passive && alone && !undergo(view, c)
    };
    view.children(verb).filter(|c| *c > verb && !(view.rel(*c) == "xcomp" && does(*c))).find_map(|c| {
        let fits = match base(view.rel(c)) {
            "xcomp" => true,
            "advcl" | "ccomp" => alone(c),
            // "forced millions from their homes".
            "obl" => view.children(c).any(|x| view.rel(x) == "case"),
            _ => c == verb + 1,
        };
        fits.then(|| state(view, c)).flatten()
    })
}

/// A word for how somebody is: "dead", "missing", "homeless", "in custody".
fn state(view: &View<'_>, t: usize) -> Option<&'static str> {
    let listed = |t: usize| measured(view, t).filter(|(_, s, _)| *s != Sense::Counted).map(|x| x.2);
    let case = view.children(t).find(|c| view.rel(*c) == "case" && *c < t);
    let counted = view.children(t).any(|c| view.rel(c) == "nummod");
    if counted {
        return None;
    }
    case.and_then(listed).or_else(|| listed(t).filter(|_| case.is_none()))
}

/// Whether a noun phrase's last word is told by the tree to be no noun: "700 feared lost", "three seriously".
pub(super) fn no_noun(view: &View<'_>, from: usize, to: usize) -> bool {
    let Some(last) = to.checked_sub(1) else { return false };
    let low = view.low(last);
    if counting::is_plural(&low) || phrase::stops(&low) {
        return false;
    }
    match view.upos(last) {
        Some(Upos::Verb) => view.rel(last) != "compound" && base(view.rel(last)) != "obj",
        Some(Upos::Adv) => low.ends_with("ly"),
        Some(Upos::Aux | Upos::Adp | Upos::Sconj | Upos::Det | Upos::Pron) => {
            from + 1 == to || view.upos(last) != Some(Upos::Adp)
        }
        _ => false,
    }
}

/// What a number is said of: "Somali losses were in the hundreds". The first token of the noun phrase, and one past its last.
pub(super) fn predicated(view: &View<'_>, number: usize) -> Option<(usize, usize)> {
    view.children(number).find(|c| view.rel(*c) == "cop")?;
    let noun = view.children(number).find(|c| view.rel(*c) == "nsubj" && *c < number)?;
    if view.upos(noun) != Some(Upos::Noun) {
        return None;
    }
    let part = |c: &usize| *c < noun && matches!(base(view.rel(*c)), "amod" | "compound");
    let first = view.children(noun).filter(part).min().unwrap_or(noun);
    Some((first, noun + 1))
}

/// What a verb of numbering has for its subject: "The force at present numbers just over 6,000".
pub(super) fn numbering(view: &View<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let at = anchor(view, start, end)?;
    let verb = view.head(at).filter(|h| *h < start)?;
    let fits = matches!(
        view.low(verb).as_str(),
        "numbers"
            | "number"
            | "numbered"
            | "numbering"
            | "totals"
            | "totalled"
            | "totaled"
            | "comprises"
            | "comprised"
    );
    let noun = view.children(verb).find(|c| view.rel(*c) == "nsubj" && *c < verb)?;
    let named = view.names.iter().any(|n| n.tokens.has(noun));
    (fits && view.upos(noun) == Some(Upos::Noun) && !named && !counting::is("tally", &view.low(noun)))
        .then(|| stretch(view, noun))
}

/// Whether a number names the noun right before it: "reactor 3", "platform 9".
pub(super) fn labels(view: &View<'_>, number: usize) -> bool {
    let Some(noun) = number.checked_sub(1).filter(|t| view.together(*t, number)) else { return false };
    let low = view.low(noun);
    // "Moscow 2,600": an amount, and no name of anything.
    let large = view.word(number).contains(',');
    // "In the blast 164 were wounded": they are counted.
    let several =
        matches!(view.low(number + 1).as_str(), "were" | "are" | "have") && view.together(number, number + 1);
    matches!(view.upos(noun), Some(Upos::Noun | Upos::Propn))
        && !several
        && !large
        && view.head(number) == Some(noun)
        && matches!(base(view.rel(number)), "nummod" | "nmod" | "compound" | "flat" | "dep")
        && !counting::is_plural(&low)
        && !counting::is("tally", &low)
        && !counting::is("crowd", &low)
}

/// The head of a noun phrase with its adjectives and compounds before it, as a stretch.
pub(super) fn stretch(view: &View<'_>, noun: usize) -> (usize, usize) {
    let part = |c: &usize| *c < noun && matches!(base(view.rel(*c)), "amod" | "compound" | "flat");
    let mut first = noun;
    while let Some(t) = first.checked_sub(1).filter(|t| {
        let top = std::iter::successors(Some(*t), |x| view.head(*x))
            .take(4)
            .find(|x| part(x) && view.head(*x) == Some(noun));
        top.is_some() || view.word(*t) == "-" && first > 0
    }) {
        first = t;
    }
    (first, noun + 1)
}

/// The stretch of a noun that is counted, and what is done to it.
type Counted = (Option<(usize, usize)>, Option<&'static str>);

/// "The number of people killed rose to 461 from 432", "the toll rose to 12": the noun that is counted, and what is done to it.
pub(super) fn number_of(view: &View<'_>, start: usize, end: usize) -> Option<Counted> {
    // "…, and over 2,400 are in prison" has a clause of its own.
    let at = anchor(view, start, end)
        .filter(|t| base(view.rel(*t)) != "nsubj" && predicated_place(view, *t).is_none())?;
    let verb = std::iter::successors(view.head(at), |t| view.head(*t))
        .take(3)
        .find(|t| view.upos(*t) == Some(Upos::Verb))?;
    let subject = view.children(verb).find(|c| base(view.rel(*c)) == "nsubj" && *c < start)?;
    let counted = |t: usize| {
        let noun = view
            .children(t)
            .find(|c| view.rel(*c) == "nmod" && preposition(view, *c).as_deref() == Some("of"))?;
        let named = || measured(view, noun).map(|x| x.2);
        Some((Some(stretch(view, noun)), hanging(view, noun).or_else(named)))
    };
    let low = view.low(subject);
    if low == "toll" {
        let injured =
            subject.checked_sub(1).is_some_and(|t| measured(view, t).is_some_and(|x| x.2 == "wounded"));
        return Some((None, Some(if injured { "wounded" } else { "killed" })));
    }
    if counting::is("tally", &low) || counting::is("crowd", &low) {
        return counted(subject);
    }
    // "Prisoners awaiting trial have fallen from 130,000 to fewer than 60,000".
    let changed = counting::is("change", &view.low(verb))
        && view.head(at) == Some(verb)
        && matches!(preposition(view, at).as_deref(), Some("from" | "to" | "by"))
        && view.upos(subject) == Some(Upos::Noun)
        && counting::is_plural(&low)
        && (counting::is_person(&low) || counting::is("dweller", &low) || measured(view, subject).is_some());
    changed.then(|| (Some(stretch(view, subject)), measured(view, subject).map(|x| x.2)))
}
