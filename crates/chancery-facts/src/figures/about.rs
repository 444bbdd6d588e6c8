//! What a number is about: the thing counted, the measure, the happening.

use super::measure::{
    by_nature, deed_before, direct, in_phrase, lost, measured, noun_before, verb_after, verb_before,
};
use super::tree::{self, Told};
use super::{Amount, clause, phrase};
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::{self, Sense};
use chancery_lexicon::{numbers, units};
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::mark::{NameKind, Upos};
use chancery_model::vocab::Sure;
use phrase::{stops, words};

/// What the words around a number tell.
pub(super) struct About {
    pub subject: Option<String>,
    pub measure: Option<&'static str>,
    pub of: Option<String>,
    /// The figure, of those before, that says what is counted or how.
    pub base: Option<usize>,
    /// What to add to the name of the rule.
    pub by: &'static str,
    pub sure: Sure,
}

/// Reads the words around a number.
pub(super) fn read(view: &View<'_>, amount: &Amount, before: &[Figure], span: Span) -> About {
    let last = amount.end.saturating_sub(1);
    let here = |t: usize| view.together(last, t);
    let start = view.segments.tokens_in(span).start as usize;
    if let Some(u) = amount.unit {
        return with_unit(view, amount, u, before, start);
    }
    let mut at = amount.end;
    if here(at) && view.low(at) == "of" {
        if back_word(&view.low(at + 1)) {
            return part(view, at + 1, before, start);
        }
        // "Twenty-two of the dead were children".
        let toll = view.low(at + 1) == "the"
            && matches!(
                view.low(at + 2).as_str(),
                "dead" | "wounded" | "injured" | "missing" | "displaced" | "killed" | "detained"
            );
        if let Some((_, _, m)) = measured(view, at + 2).filter(|_| toll) {
            let (_, own) = remark(view, at + 3);
            return About {
                subject: Some(words(view, at + 2, at + 3)),
                measure: own.or(Some(m)),
                of: None,
                base: None,
                by: "",
                sure: Sure::Medium,
            };
        }
        at += 1;
        at += usize::from(matches!(view.low(at).as_str(), "the" | "its" | "their" | "all" | "his" | "these"));
        // "Twenty-eight of the 32 districts", "four of the country's banks".
        at = past_number(view, at);
        at = past_owner(view, at);
        at = past_number(view, at);
    } else if here(at) && matches!(view.low(at).as_str(), "more" | "other" | "further" | "additional") {
        at += usize::from(view.low(at) == "more" || view.low(at) == "additional");
    }
    if let Some(base) = pointed_at(view, before, start) {
        let mut about = part(view, at.saturating_sub(1), before, start);
        if let Some(e) = phrase::end(view, at).filter(|_| here(at)) {
            about.subject = Some(words(view, at, e));
            about.measure = verb_after(view, e).or_else(|| measures::name(&before.get(base)?.measure));
        }
        return about;
    }
    // "two 16-year-old boys".
    while here(at) && number_like(view, at) && view.word(at + 1) == "-" && view.low(at + 2) == "year" {
        at += 5;
    }
    // "a 300-strong force".
    if view.word(at) == "-" && view.low(at + 1) == "strong" {
        at += 2;
    }
    let hyphen = usize::from(view.word(at) == "-");
    // "rose to 217 last year".
    let when = matches!(view.low(at).as_str(), "last" | "next" | "this" | "that" | "each" | "every")
        && units::after(view.text, view.start(at + 1)).is_some_and(|(_, u)| u.measure == "duration");
    let phrase = Some(at + hyphen).filter(|t| here(*t) && !when).and_then(|t| phrase::end(view, t));
    let whole = phrase.and_then(|e| phrase::joined_noun(view, e)).filter(|e| {
        // "About 100 politicians and activists were": both, when a verb follows both or the phrase ends its sentence.
        let next = view.low(*e);
        stops(&next) && !counting::is("preposition", &next)
            || counting::is("finite", &next)
            || next == "."
            || matches!(view.upos(*e), Some(Upos::Verb | Upos::Aux)) && !next.ends_with("ing")
    });
    let subject = whole.or(phrase).map(|end| words(view, at + hyphen, end));
    let after = whole.or(phrase).unwrap_or(at);
    let noun = phrase
        .and_then(|end| in_phrase(view, at, end, Sense::Noun))
        .or_else(|| Some(at).filter(|t| here(*t)).and_then(|t| direct(view, t, Sense::Noun)));
    let counted = phrase.and_then(|end| in_phrase(view, at, end, Sense::Counted));
    let close = verb_before(view, start, 8)
        .or_else(|| lost(view, start, phrase))
        .or_else(|| deed_before(view, start));
    let following = if here(after) && !whole_of_part(view, start) { verb_after(view, after) } else { None };
    // What the tree says of the noun, or of the number where its noun is left out.
    // "its crew of 23", "a convoy of 60".
    let company = start.checked_sub(2).filter(|t| {
        phrase.is_none()
            && view.low(start - 1) == "of"
            && view.together(*t, start)
            && view.upos(*t) == Some(Upos::Noun)
            && !counting::is("tally", &view.low(*t))
            && !counting::is("crowd", &view.low(*t))
            && measured(view, *t).is_none()
    });
    let slot = phrase
        .map(|e| e - 1)
        .or(company)
        .or_else(|| tree::anchor(view, amount.number.start, amount.number.end));
    let told = slot.and_then(|t| tree::told(view, t));
    let following = following.filter(|_| !matches!(told, Some(Told::Doers | Told::Other)));
    // "131 dead, 100 missing": what stands right after the noun is said of it alone.
    let right_after = Some(after)
        .filter(|t| here(*t) && following.is_some() && !matches!(told, Some(Told::Doers | Told::Other)))
        .and_then(|t| measured(view, t))
        .filter(|(_, s, _)| *s != Sense::Counted)
        .map(|x| x.2);
    let in_number =
        tree::number_of(view, amount.number.start, amount.number.end).filter(|_| phrase.is_none());
    let governed = if let Some(Told::Measure(m)) = told { Some(m) } else { None };
    // "The camp holds two million refugees".
    let close = close.filter(|m| {
        *m != "detained" || counted.is_none_or(|c| c == "detained" || c == "troops" || c == "attendance")
    });
    let found = noun
        .or(close)
        .or(right_after)
        .or(in_number.as_ref().and_then(|x| x.1))
        .or(governed)
        .or(following)
        .or(counted)
        .or_else(|| noun_before(view, start));
    // "moved 300,000 men through Siberia", "four divisions, some 30,000 men".
    let men = phrase.is_some_and(|e| view.low(e - 1) == "men" && e - 1 == at + hyphen);
    let found = found.or_else(|| Some("troops").filter(|_| men && in_arms(view, start)));
    // "the last of 1,056 freed prisoners".
    let freed = counted == Some("detained")
        && (at..phrase.unwrap_or(at))
            .any(|t| matches!(view.low(t).as_str(), "freed" | "released" | "liberated"));
    let found = if freed && close.is_none() { Some("released") } else { found };
    // Rifles and towns are seized, and not detained.
    let things = phrase.is_some_and(|e| counting::is("thing", &view.low(e - 1)));
    let found = found.filter(|m| *m != "detained" || noun.is_some() || counted.is_some() || !things);
    let found = found.map(|m| if m == "struck" && by_nature(view, start, after) { "destroyed" } else { m });
    // "50 dead": the dead are the measure, not a thing beside it. Bodies are things.
    // "spoke of 30 dead": there they are people.
    let as_noun = phrase.is_some_and(|e| {
        e == at + 1
            && view.head(e - 2) == Some(e - 1)
            && matches!(view.rel(e - 1), "obl" | "nmod" | "obj" | "nsubj" | "nsubj:pass")
    });
    let subject = subject.filter(|s| {
        let word = s.to_lowercase();
        !(noun.is_some()
            && !as_noun
            && counted.is_none()
            && matches!(
                word.as_str(),
                "dead" | "displaced" | "homeless" | "killed" | "wounded" | "injured" | "missing" | "lives"
            ))
    });
    let mut about = About {
        subject,
        measure: found,
        of: if here(after) { happening(view, after) } else { None },
        base: None,
        by: "",
        sure: if found.is_some() { Sure::High } else { Sure::Medium },
    };
    if let Some(t) = company {
        about.subject = Some(words(view, t, t + 1));
    }
    if about.subject.is_none() {
        let anchor = tree::anchor(view, amount.number.start, amount.number.end);
        about.subject = in_number
            .and_then(|x| x.0)
            .or_else(|| anchor.and_then(|t| tree::predicated(view, t)))
            .map(|(a, b)| words(view, a, b));
    }
    // "Of the 15 accused, nine were acquitted and four have died".
    if about.subject.is_none() && phrase.is_none() && noun.is_none() {
        about.subject = of_the(view, before, start);
    }
    // A verb of its own tells what is done to these, and it is not what was done to those before.
    let subject_of_it = slot.is_some_and(|t| view.rel(t).starts_with("nsubj"));
    let own_verb = told == Some(Told::Other) && (about.subject.is_some() || subject_of_it);
    carry(view, &mut about, before, start, noun.is_some(), own_verb);
    // "4,000 troops; 565 had landed".
    if about.measure.is_none() && phrase.is_none() && about.subject.as_deref().is_some_and(counts_troops) {
        about.measure = measures::name("troops");
    }
    again(view, &mut about, before, amount, start);
    among(view, &mut about, before, start, after);
    about
}

fn counts_troops(subject: &str) -> bool {
    let last = subject.rsplit(' ').next().unwrap_or("");
    measures::at(last, 0).is_some_and(|(_, s, m)| s == Sense::Counted && m == "troops")
}

/// Whether a sentence speaks of an army or a frontier.
fn in_arms(view: &View<'_>, at: usize) -> bool {
    let span = view.segments.sentence_of(at).and_then(|s| view.segments.sentences.get(s)).map(|s| s.tokens);
    span.is_some_and(|s| s.iter().any(|t| counting::is("arms", &view.low(t))))
}

/// What a sentence that opens with "of" takes its parts from.
fn of_the(view: &View<'_>, before: &[Figure], start: usize) -> Option<String> {
    let sentence = view.segments.sentences.get(view.segments.sentence_of(start)?)?;
    let first = sentence.tokens.start as usize;
    let comma = (first..start).any(|t| view.word(t) == ",");
    if view.low(first) != "of" || !comma {
        return None;
    }
    let counted = before.iter().find(|f| f.span.lo() >= sentence.span.lo() && f.unit.is_none());
    if let Some(f) = counted.filter(|f| f.subject.is_some()) {
        return f.subject.clone();
    }
    let the =
        first + 1 + usize::from(matches!(view.low(first + 1).as_str(), "the" | "these" | "those" | "its"));
    let from = the + usize::from(number_like(view, the));
    phrase::end(view, from).filter(|e| *e < start).map(|e| words(view, from, e))
}

/// "were looking for about 90 more", "Another eleven were wounded": more of what was counted before.
fn again(view: &View<'_>, about: &mut About, before: &[Figure], amount: &Amount, start: usize) {
    if about.subject.is_some() {
        return;
    }
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    let more = matches!(view.low(amount.end).as_str(), "more" | "others");
    let another =
        word(1) == "another" || word(2) == "a" && matches!(word(1).as_str(), "further" | "additional");
    let Some((n, last)) = before.iter().enumerate().next_back() else { return };
    let there = view.segments.tokens_in(last.span).start as usize;
    let sentence = |t: usize| view.segments.sentence_of(t).unwrap_or(0);
    let near = sentence(start).saturating_sub(sentence(there));
    if last.unit.is_none() && (near == 0 && (more || another) || near == 1 && another) {
        about.subject.clone_from(&last.subject);
        about.base = about.base.or(Some(n));
    }
}

/// "of whom 12 died", "of them 30 are children": the figure pointed at.
fn pointed_at(view: &View<'_>, before: &[Figure], start: usize) -> Option<usize> {
    let at = start.checked_sub(2)?;
    (view.low(at) == "of" && back_word(&view.low(at + 1))).then(|| base_of(view, before, start)).flatten()
}

/// "including 12 children", "three daughters among them": counted with the figure before, of the same sentence.
fn among(view: &View<'_>, about: &mut About, before: &[Figure], start: usize, after: usize) {
    if about.measure.is_some() {
        return;
    }
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    let opened = word(1) == "including" || matches!(word(1).as_str(), "them" | "whom") && word(2) == "among";
    let closed = view.low(after) == "among" && back_word(&view.low(after + 1));
    let joined = before.last().is_some_and(|f| {
        // "including 12 children and four women".
        word(1) == "and" && f.maker.by.ends_with("+among")
    });
    if !(opened || closed || joined) {
        return;
    }
    let base = before.iter().enumerate().rev().find(|(_, f)| {
        f.unit.is_none() && view.together(view.segments.tokens_in(f.span).start as usize, start)
    });
    if let Some((n, f)) = base {
        about.measure = measures::name(&f.measure);
        about.base = Some(n);
        about.by = "+among";
    }
}

/// Past a whole number: "of the 1.2 million displaced".
pub(super) fn past_number(view: &View<'_>, at: usize) -> usize {
    if !number_like(view, at) {
        return at;
    }
    super::number::read(view, at).map_or(at + 1, |n| n.end.max(at + 1))
}

/// Past an owner of one or two words: "the country's banks" counts banks.
pub(super) fn past_owner(view: &View<'_>, at: usize) -> usize {
    (at + 1..at + 4).find(|t| view.together(at, *t) && phrase::is_owner(view.word(*t))).map_or(at, |t| t + 1)
}

/// Words that point back at what was counted.
pub(super) fn back_word(word: &str) -> bool {
    matches!(word, "them" | "those" | "these" | "whom" | "which")
}

/// "12 of the 16 journalists": what is done is done to the 12.
fn whole_of_part(view: &View<'_>, start: usize) -> bool {
    let near = (start.saturating_sub(5)..start).rev().take_while(|t| view.together(*t, start));
    let of = near.into_iter().find(|t| view.low(*t) == "of");
    let Some(of) = of.and_then(|t| t.checked_sub(1)) else { return false };
    let owned = (of + 2..start).all(|t| {
        let w = view.low(t);
        !counting::is("preposition", &w) && !matches!(w.as_str(), "," | "and")
    });
    let word = view.low(of);
    owned
        && start > of + 2
        && (number_like(view, of)
            || counting::is_plural(&word) && numbers::vague_at(view.text, view.start(of)).is_some()
            || matches!(word.as_str(), "half" | "third" | "quarter" | "many" | "most" | "all"))
}

/// What the figure before says of a bare one beside it: "killed nine people and wounded 30".
fn carry(view: &View<'_>, about: &mut About, before: &[Figure], start: usize, noun: bool, own: bool) {
    let Some((n, last)) = before.iter().enumerate().next_back() else { return };
    let at = view.segments.tokens_in(last.span);
    if last.unit.is_some() || !view.together(at.start as usize, start) {
        return;
    }
    let previous = start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    // "300 observers, up from 120".
    let up = previous == "from" && start >= 2 && matches!(view.low(start - 2).as_str(), "up" | "down");
    // "against 3,700 last year", "compared with 12 in May".
    let compared = previous == "against"
        || matches!(previous.as_str(), "with" | "to") && start >= 2 && view.low(start - 2) == "compared";
    let up = up || compared;
    let joined = up || matches!(previous.as_str(), "and" | "," | "to" | "or" | "but" | "while" | "another");
    // "half a million deaths and two million cases": the noun told what the first counts, not a verb of both.
    let by_noun = (at.end as usize..start).any(|t| direct(view, t, Sense::Noun).is_some())
        || measured(view, at.end as usize)
            .is_some_and(|(_, s, _)| s == Sense::Noun || s == Sense::Counted && about.subject.is_some());
    if about.measure.is_none() && joined && !own && !by_noun && (about.subject.is_none() || previous != "to")
    {
        about.measure = measures::name(&last.measure);
        about.base = Some(n);
    }
    // "nine were acquitted and four have died", "4,000 troops; 565 had landed": who did it or had it done is left out.
    let alone = last.low == Some(1.0) && last.high == Some(1.0);
    // "jailed 17 officers and acquitted 5": the verbs are joined.
    let verb = |t: usize| view.head(t).filter(|h| view.upos(*h) == Some(Upos::Verb));
    let of_last = (at.end as usize..at.end as usize + 4)
        .take_while(|t| view.together(*t, start))
        .find(|t| view.upos(*t) == Some(Upos::Noun))
        .and_then(verb);
    let in_clause = !alone
        && (start..start + 4)
            .find(|t| view.upos(*t) == Some(Upos::Num))
            .filter(|t| view.rel(*t) == "obj")
            .and_then(verb)
            .is_some_and(|v| view.rel(v) == "conj" && view.head(v).is_some() && view.head(v) == of_last);
    let bare = !alone
        && matches!(previous.as_str(), "and" | "," | "but" | "while" | "whereas" | ";" | "of")
        && (start..start + 5)
            .find(|t| view.upos(*t) == Some(Upos::Num))
            .is_some_and(|t| matches!(view.rel(t), "nsubj" | "nsubj:pass" | "obj"));
    let toll = !alone && about.measure.is_some_and(measures::is_toll) && measures::is_toll(&last.measure);
    let change = previous == "to" && (at.end as usize) + 1 == start;
    // "51 cases in one town, 16 in another".
    let list = (up || matches!(previous.as_str(), "," | "and" | "or" | "to"))
        && about.measure.map(str::to_owned).unwrap_or("count".into()) == last.measure;
    let things = last.subject.as_deref().is_some_and(|s| s.ends_with("bodies") || s.ends_with("corpses"));
    // "left 140 people dead and 828 injured".
    let bound = !noun || toll && matches!(previous.as_str(), "and" | "," | "or" | "with");
    if about.subject.is_none() && bound && !things && (toll || change || list || (bare || in_clause) && !noun)
    {
        about.subject.clone_from(&last.subject);
        about.base = about.base.or(Some(n));
    }
}

/// "107 of them foreigners", "five of whom died": a part of a figure before. `at` is the word that points back.
fn part(view: &View<'_>, at: usize, before: &[Figure], start: usize) -> About {
    let base = base_of(view, before, start);
    let (subject, measure) = remark(view, at + 1);
    let measure = measure.or_else(|| base.and_then(|n| measures::name(&before.get(n)?.measure)));
    About {
        subject: base.and_then(|n| before.get(n)?.subject.clone()).or(subject),
        measure,
        of: base.and_then(|n| before.get(n)?.of.clone()),
        base,
        by: if base.is_some() { "+part" } else { "" },
        sure: Sure::Medium,
    }
}

/// The last counted figure of the same sentence or of the one before.
pub(super) fn base_of(view: &View<'_>, before: &[Figure], start: usize) -> Option<usize> {
    let sentence = view.segments.sentence_of(start)?;
    let near = |f: &Figure| {
        let there = view.segments.sentence_of(view.segments.tokens_in(f.span).start as usize);
        there.is_some_and(|s| s == sentence || s + 1 == sentence)
    };
    let fits = |f: &Figure| near(f) && f.unit.is_none() && f.derivation.is_none();
    let all = || before.iter().enumerate().rev().filter(|(_, f)| fits(f));
    // "12,600 people are sheltered in 13 schools; half of them are women": of those whom the clause is about.
    let there = |f: &Figure| view.segments.tokens_in(f.span).end as usize;
    let main = |f: &Figure| {
        (there(f)..there(f) + 4)
            .take_while(|t| view.together(there(f), *t))
            .find(|t| matches!(view.upos(*t), Some(Upos::Noun)))
            .is_some_and(|t| matches!(view.rel(t), "nsubj" | "nsubj:pass" | "obj"))
    };
    let last = all().next()?;
    let same = |f: &Figure| view.segments.sentence_of(there(f)) == view.segments.sentence_of(there(last.1));
    let adjunct = (there(last.1)..there(last.1) + 3)
        .find(|t| view.upos(*t) == Some(Upos::Noun))
        .is_some_and(|t| matches!(view.rel(t), "obl" | "nmod"));
    let better = all().find(|(_, f)| adjunct && same(f) && main(f));
    Some(better.unwrap_or(last).0)
}

/// What is said of a part after the word that points back: a noun ("foreigners", "were women") and a measure.
pub(super) fn remark(view: &View<'_>, at: usize) -> (Option<String>, Option<&'static str>) {
    if !view.together(at.saturating_sub(1), at) {
        return (None, None);
    }
    let skip = (0..2)
        .take_while(|k| matches!(view.low(at + k).as_str(), "were" | "are" | "was" | "mostly" | "all"))
        .count();
    let noun = phrase::end(view, at + skip)
        .filter(|e| counting::is_plural(&view.low(e - 1)) && direct(view, e - 1, Sense::Verb).is_none());
    let subject = noun.map(|e| words(view, at + skip, e));
    (subject, verb_after(view, at).filter(|m| *m != "destroyed"))
}

fn with_unit(
    view: &View<'_>,
    amount: &Amount,
    u: &'static units::Unit,
    before: &[Figure],
    start: usize,
) -> About {
    let measure: &'static str = &u.measure;
    let mut at = amount.end;
    let hyphen = usize::from(view.word(at) == "-");
    let here = view.together(at.saturating_sub(1), at);
    let of = here && view.low(at) == "of" && !back_word(&view.low(at + 1));
    let owned = matches!(view.low(at + 1).as_str(), "his" | "her" | "their" | "its" | "the" | "a" | "an")
        || chancery_lexicon::common::is_plain(view.word(at + 1))
            && view.word(at + 1).starts_with(char::is_uppercase);
    let money = here && measure == "money" && (view.low(at) == "worth" || view.low(at) == "in" && !owned);
    // "a 30-day recount".
    let joined = view.word(amount.number.end) == "-" && here && hyphen == 0;
    let mut subject = None;
    if of || money {
        at += 1;
        at += usize::from(view.low(at) == "of");
        at += usize::from(matches!(
            view.low(at).as_str(),
            "the" | "its" | "their" | "all" | "his" | "a" | "an"
        ));
        at = past_number(view, at);
        at = past_owner(view, at);
        let noun = phrase::end(view, at);
        let place = view.starting_at(at).is_some_and(|m| m.kind == NameKind::Place);
        // "for 30 million euros in Oslo": a place is not what is paid for. Nor is a year.
        if let Some(e) =
            noun.filter(|_| !(money && (place || units::after(view.text, view.start(at)).is_some())))
        {
            subject = Some(words(view, at, e));
            at = e;
        }
    } else if hyphen == 1
        && let Some(e) = phrase::end(view, at + 1)
    {
        subject = Some(words(view, at + 1, e));
        at = e;
    }
    if joined && let Some(e) = phrase::end(view, at) {
        subject = Some(words(view, at, e));
        at = e;
    }
    // "will narrow to 4.8 percent of output": the gap, and not the output.
    let case = start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    if measure == "share"
        && of
        && matches!(case.as_str(), "to" | "at" | "from" | "by")
        && let Some((a, b)) = tree::bearer(view, start, amount.end, measure)
    {
        subject = Some(words(view, a, b));
    }
    let by_tree = || tree::bearer(view, start, amount.end, measure).map(|(a, b)| words(view, a, b));
    let subject =
        subject.or_else(|| clause::bearer(view, start, amount.end, measure, by_tree)).or_else(|| {
            // "480 kilometres long and 30 kilometres deep".
            let last = before.last()?;
            let joined = start.checked_sub(1).is_some_and(|t| matches!(view.low(t).as_str(), "and" | "to"));
            let near = view.together(view.segments.tokens_in(last.span).start as usize, start);
            (joined && near && last.measure == measure).then(|| last.subject.clone()).flatten()
        });
    About { subject, measure: Some(measure), of: happening(view, at), base: None, by: "", sure: Sure::High }
}

pub(super) fn number_like(view: &View<'_>, t: usize) -> bool {
    view.word(t).starts_with(|c: char| c.is_ascii_digit()) || numbers::word(view.word(t)).is_some()
}

/// "a year", "per day", "annually": the unit of time that a rate is by.
pub(super) fn rate(view: &View<'_>, at: usize) -> Option<&'static str> {
    let first = view.low(at);
    if matches!(first.as_str(), "annually" | "yearly") {
        return Some("year");
    }
    if matches!(first.as_str(), "daily" | "monthly" | "weekly")
        && !view.word(at + 1).starts_with(char::is_alphabetic)
    {
        return Some(match first.as_str() {
            "daily" => "day",
            "weekly" => "week",
            _ => "month",
        });
    }
    if !matches!(first.as_str(), "a" | "an" | "per" | "every" | "each") {
        return None;
    }
    let (_, u) = units::after(view.text, view.start(at + 1))?;
    (u.measure == "duration").then_some(u.unit.as_str())
}

/// The happening a figure is of: what follows "in", "during", "since" or "from the", when it is no place and no date.
fn happening(view: &View<'_>, from: usize) -> Option<String> {
    for t in from..from + 10 {
        if !view.together(from.saturating_sub(1), t) {
            return None;
        }
        let word = view.low(t);
        if matches!(word.as_str(), "." | ";" | "”" | "\"" | "but") || number_like(view, t) && t > from {
            return None;
        }
        let from_the = word == "from" && matches!(view.low(t + 1).as_str(), "the" | "a");
        if !(from_the || matches!(word.as_str(), "in" | "during" | "since")) {
            continue;
        }
        let det = matches!(
            view.low(t + 1).as_str(),
            "the" | "a" | "an" | "this" | "that" | "its" | "their" | "these" | "those" | "his"
        );
        let begin = t + 1 + usize::from(det);
        let named = view.starting_at(begin);
        if named.is_some_and(|m| {
            let next = view.low(m.tokens.end as usize);
            m.kind == NameKind::Place && (!next.starts_with(char::is_alphabetic) || stops(&next))
        }) {
            continue;
        }
        let time = units::after(view.text, view.start(begin)).is_some()
            || chancery_lexicon::common::is_plain(view.word(begin)) && !det
            || number_like(view, begin)
            || matches!(
                view.low(begin).as_str(),
                "past"
                    | "last"
                    | "next"
                    | "first"
                    | "same"
                    | "morning"
                    | "city"
                    | "country"
                    | "town"
                    | "area"
                    | "region"
                    | "capital"
                    | "village"
                    | "province"
            );
        if time {
            continue;
        }
        let Some(end) = phrase::end(view, begin) else { continue };
        return Some(words(view, t + 1, end));
    }
    None
}
