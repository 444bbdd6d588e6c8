//! What a number takes over from the figures before it: what is counted, and what was done to it.

use super::about::{About, back_word, number_like};
use super::measure::{direct, measured};
use super::{Amount, phrase};
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::{self, Sense};
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;
use phrase::words;

/// What the figure before says of a bare one beside it: "killed nine people and wounded 30".
pub(super) fn carry(
    view: &View<'_>,
    about: &mut About,
    before: &[Figure],
    start: usize,
    noun: bool,
    own: bool,
) {
    let Some((n, mut last)) = before.iter().enumerate().next_back() else { return };
    // "killed 147 people, including eight Americans, and injured 4,300": the aside counts nobody new.
    let mut n = n;
    if last.maker.by.ends_with("+among")
        && let Some(whole) = before.iter().enumerate().rev().find(|(_, f)| !f.maker.by.ends_with("+among"))
    {
        (n, last) = whole;
    }
    // "People are feared dead in the flood that broke two dams, and 10,000 are missing": of those in the same part of the
    // sentence.
    let own_subject = (start..start + 4)
        .find(|t| view.upos(*t) == Some(Upos::Num))
        .is_some_and(|t| view.rel(t).starts_with("nsubj"));
    let noun_of = |f: &Figure| {
        let end = view.segments.tokens_in(f.span).end as usize;
        (end..end + 4).take_while(|t| view.together(end, *t)).find(|t| view.upos(*t) == Some(Upos::Noun))
    };
    let governed = |f: &Figure| noun_of(f).is_some_and(|t| view.rel(t).starts_with("nsubj"));
    let joint =
        start.checked_sub(1).is_some_and(|t| matches!(view.low(t).as_str(), "and" | "but" | "," | "while"));
    if own_subject
        && joint
        && !noun
        && !governed(last)
        && let Some(main) = before
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, f)| view.together(view.segments.tokens_in(f.span).start as usize, start))
            .find(|(_, f)| f.unit.is_none() && governed(f))
    {
        (n, last) = main;
    }
    let at = view.segments.tokens_in(last.span);
    if last.unit.is_some() || !view.together(at.start as usize, start) {
        return;
    }
    let mut start = start;
    // "but only a handful have come".
    while let Some(t) =
        start.checked_sub(1).filter(|t| matches!(view.low(*t).as_str(), "only" | "just" | "even"))
    {
        start = t;
    }
    let previous = start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    // "said it had lost 6,000 soldiers and that 29,551 had been wounded".
    let that = previous == "that" && start >= 2 && view.low(start - 2) == "and";
    let previous = if that { "and".to_owned() } else { previous };
    // "Washington has 2,100 warheads, Moscow 2,600": whose they are stands between.
    let owner = view.ending_at(start).and_then(|m| (m.tokens.start as usize).checked_sub(1));
    let previous = owner
        .filter(|t| {
            about.subject.is_none()
                && view.together(*t, start)
                && matches!(view.low(*t).as_str(), "," | "and")
        })
        .map_or(previous, |t| view.low(t));
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
    // "has claimed 1,214 lives, against 1,480 last year": the same is counted, whatever its noun.
    let by_noun = by_noun && !compared;
    if about.measure.is_none() && joined && !own && !by_noun && (about.subject.is_none() || previous != "to")
    {
        about.measure = measures::name(&last.measure);
        about.base = Some(n);
    }
    // "killing six and burning more than 80": people who burn are hurt.
    if about.measure == Some("struck")
        && !noun
        && about.subject.is_none()
        && matches!(last.measure.as_str(), "killed" | "wounded")
        && start
            .checked_sub(1)
            .is_some_and(|t| matches!(view.low(t).as_str(), "burning" | "burned" | "burnt"))
    {
        about.measure = measures::name("wounded");
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
            .find(|t| view.upos(*t) == Some(Upos::Num) || counting::is("crowd", &view.low(*t)))
            .is_some_and(|t| matches!(view.rel(t), "nsubj" | "nsubj:pass" | "obj"));
    // "Of these 19 were rebels, 11 soldiers and the rest civilians": soldiers of those counted, and no troops.
    let pointed = |f: &Figure| {
        let t = view.segments.tokens_in(f.span).start as usize;
        t >= 2 && view.low(t - 2) == "of" && back_word(&view.low(t - 1))
    };
    if about.measure.is_none_or(|m| m == "troops")
        && joined
        && measures::is_toll(&last.measure)
        && (pointed(last) || last.maker.by.ends_with("+list"))
    {
        about.measure = measures::name(&last.measure);
        about.base = Some(n);
        about.by = "+list";
    }
    let toll = !alone && about.measure.is_some_and(measures::is_toll) && measures::is_toll(&last.measure);
    let change = previous == "to" && (at.end as usize) + 1 == start;
    // "51 cases in one town, 16 in another".
    let list = (up || matches!(previous.as_str(), "," | "and" | "or" | "to"))
        && about.measure.map(str::to_owned).unwrap_or("count".into()) == last.measure;
    let word = last.subject.as_deref().and_then(|s| s.rsplit(' ').next()).unwrap_or("");
    // "set alight a hundred shacks, and hundreds fled": what burns does not flee.
    let of_people =
        about.measure.is_some_and(|m| matches!(m, "killed" | "wounded" | "displaced" | "detained"));
    let of_things = matches!(last.measure.as_str(), "struck" | "destroyed");
    let things = matches!(word, "bodies" | "corpses") && !up
        || of_people
            && (of_things
                || counting::is("thing", &word.to_lowercase())
                    && about.measure != measures::name(&last.measure))
        || matches!(word, "lives" | "dead" | "missing" | "injured" | "wounded" | "killed")
            && about.measure != measures::name(&last.measure);
    // "left 140 people dead and 828 injured".
    let bound = !noun || toll && matches!(previous.as_str(), "and" | "," | "or" | "with");
    if about.subject.is_none() && bound && !things && (toll || change || list || (bare || in_clause) && !noun)
    {
        about.subject.clone_from(&last.subject);
        about.base = about.base.or(Some(n));
    }
}

/// "were looking for about 90 more", "Another eleven were wounded": more of what was counted before.
pub(super) fn again(view: &View<'_>, about: &mut About, before: &[Figure], amount: &Amount, start: usize) {
    others(view, about, before, start);
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
    if last.unit.is_none() && near == 0 && (more || another) {
        about.subject.clone_from(&last.subject);
        about.base = about.base.or(Some(n));
    }
}

/// "shot eight passengers and led away three others": others of those counted before in the sentence.
fn others(view: &View<'_>, about: &mut About, before: &[Figure], start: usize) {
    if about.subject.as_deref() != Some("others") {
        return;
    }
    let Some((n, last)) = before.iter().enumerate().next_back() else { return };
    let there = view.segments.tokens_in(last.span).start as usize;
    if last.unit.is_none() && last.subject.is_some() && view.together(there, start) {
        about.subject.clone_from(&last.subject);
        about.base = about.base.or(Some(n));
    }
}

/// What a sentence that opens with "of" takes its parts from.
pub(super) fn of_the(view: &View<'_>, before: &[Figure], start: usize) -> Option<String> {
    let sentence = view.segments.sentences.get(view.segments.sentence_of(start)?)?;
    let first = sentence.tokens.start as usize;
    let comma = (first..start).any(|t| view.word(t) == ",") || number_like(view, first + 2);
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

/// "including 12 children", "three daughters among them": counted with the figure before, of the same sentence.
pub(super) fn among(view: &View<'_>, about: &mut About, before: &[Figure], start: usize, after: usize) {
    // "killed 85 people, including 13 soldiers": the soldiers are no troops there.
    let arms = about.measure == Some("troops");
    if about.measure.is_some() && !arms {
        return;
    }
    let word = |k: usize| start.checked_sub(k).map(|t| view.low(t)).unwrap_or_default();
    let opened = word(1) == "including" || matches!(word(1).as_str(), "them" | "whom") && word(2) == "among";
    let among = |t: usize| view.low(t) == "among" && back_word(&view.low(t + 1));
    // "Several hundred children were among them", of those in the sentence before.
    let told = matches!(view.low(after).as_str(), "were" | "are" | "is" | "was") && among(after + 1);
    if told && let Some((n, f)) = base_of(view, before, start).and_then(|n| Some((n, before.get(n)?))) {
        about.measure = measures::name(&f.measure);
        about.base = Some(n);
        about.by = "+among";
        return;
    }
    let closed = among(after);
    let joined = before.last().is_some_and(|f| {
        // "including 12 children and four women".
        matches!(word(1).as_str(), "and" | ",") && f.maker.by.ends_with("+among")
    });
    if !(opened || closed || joined) {
        return;
    }
    let harmed =
        |f: &Figure| !arms || matches!(f.measure.as_str(), "killed" | "wounded" | "missing" | "casualties");
    let base = before.iter().enumerate().rev().find(|(_, f)| {
        f.unit.is_none() && view.together(view.segments.tokens_in(f.span).start as usize, start)
    });
    if let Some((n, f)) = base.filter(|(_, f)| harmed(f)) {
        about.measure = measures::name(&f.measure);
        about.base = Some(n);
        about.by = "+among";
    }
}

/// "Rockets, some 30 of them on Monday", "The bombs, ten in all,": the plural noun before the comma that opens the clause,
/// when no figure of the sentence counts it.
pub(super) fn apposed(view: &View<'_>, before: &[Figure], start: usize) -> Option<String> {
    let comma = start.checked_sub(1).filter(|t| view.word(*t) == "," && view.together(*t, start))?;
    let counted = before.last().is_some_and(|f| {
        let there = view.segments.tokens_in(f.span);
        view.together(there.start as usize, start)
    });
    if counted {
        return None;
    }
    super::clause::first_phrase(view, comma)
        .filter(|s| s.rsplit(' ').next().is_some_and(|w| counting::is_plural(&w.to_lowercase())))
}

/// "of whom 12 died", "of them 30 are children": the figure pointed at.
pub(super) fn pointed_at(view: &View<'_>, before: &[Figure], start: usize) -> Option<usize> {
    let at = start.checked_sub(2)?;
    (view.low(at) == "of" && back_word(&view.low(at + 1))).then(|| base_of(view, before, start)).flatten()
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
    // "nine aircraft, a third of them lent by Spain": of what the comma follows.
    let comma = start
        .checked_sub(1)
        .is_some_and(|t| view.word(t) == "," && there(last.1) + 4 >= t && t > there(last.1));
    if comma && view.segments.sentence_of(there(last.1)) == Some(sentence) {
        return Some(last.0);
    }
    let same = |f: &Figure| view.segments.sentence_of(there(f)) == view.segments.sentence_of(there(last.1));
    let adjunct = (there(last.1)..there(last.1) + 3)
        .find(|t| view.upos(*t) == Some(Upos::Noun))
        .is_some_and(|t| matches!(view.rel(t), "obl" | "nmod"));
    let better = all().find(|(_, f)| adjunct && same(f) && main(f));
    Some(better.unwrap_or(last).0)
}

/// "The committees spoke of 57", "The official count stood at 1,774", "The toll is disputed: 316,000, says the state": a bare
/// number by which somebody counts what was counted before.
pub(super) fn retold(
    view: &View<'_>,
    about: &mut About,
    before: &[Figure],
    amount: &Amount,
    start: usize,
    noun: bool,
) {
    // "The rupiah stands at 11,500 to the dollar".
    let noun = noun || matches!(view.low(amount.end).as_str(), "to" | "for" | "per" | "of");
    let tally = |w: &str| matches!(w, "count" | "tally" | "toll" | "figure" | "number" | "estimate");
    let by_word = about.subject.as_deref().and_then(|s| s.rsplit(' ').next()).is_some_and(tally);
    if noun || about.measure.is_some() || about.subject.is_some() && !by_word {
        return;
    }
    let Some(sentence) = view.segments.sentence_of(start) else { return };
    let first = view.segments.sentences.get(sentence).map_or(start, |s| s.tokens.start as usize);
    let word =
        |k: usize| start.checked_sub(k).filter(|t| *t >= first).map(|t| view.low(t)).unwrap_or_default();
    let spoke = matches!(word(1).as_str(), "of" | "at")
        && matches!(
            word(2).as_str(),
            "spoke" | "speaks" | "speak" | "told" | "it" | "toll" | "figure" | "stood" | "stands"
        );
    let counts = counting::is("telling", &word(1))
        && !matches!(word(1).as_str(), "had" | "has" | "have" | "take" | "took" | "see" | "saw");
    let toll = (first..start).any(|t| tally(&view.low(t)))
        && (by_word || matches!(word(1).as_str(), ":" | "," | "from" | "to"));
    if !(spoke || counts || toll) {
        return;
    }
    let near = |f: &Figure| {
        let there = view.segments.tokens_in(f.span).start as usize;
        view.segments.sentence_of(there).is_some_and(|s| sentence - s.min(sentence) <= 2)
    };
    let base = before.iter().enumerate().rev().take_while(|(_, f)| near(f));
    let toll =
        |m: &str| matches!(m, "killed" | "wounded" | "missing" | "casualties" | "displaced" | "attendance");
    let mut told = base.filter(|(_, f)| f.unit.is_none() && toll(&f.measure));
    if let Some((n, f)) = told.find(|(_, f)| !f.maker.by.ends_with("+among")) {
        about.measure = measures::name(&f.measure);
        about.base = Some(n);
        // Whoever else counts may count others: only "the dead" are all.
        about.subject =
            f.subject.clone().filter(|s| matches!(s.as_str(), "dead" | "wounded" | "injured" | "missing"));
        about.by = "+retold";
    }
}
