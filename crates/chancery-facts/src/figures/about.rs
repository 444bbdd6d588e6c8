//! What a number is about: the thing counted, the measure, the happening.

use super::amounts::{of_which, with_unit};
use super::before::{common_day, named_number, told_in_a_sentence, told_of};
use super::carried::{again, among, base_of, carry, of_the, pointed_at, retold};
use super::measure::{
    by_nature, deed_before, direct, in_phrase, lost, measured, noun_before, verb_after, verb_before,
};
use super::occasion::happening;
use super::tree::{self, Told};
use super::{Amount, decide, phrase};
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_lexicon::measures::{self, Sense};
use chancery_lexicon::{numbers, units};
use chancery_model::Span;
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;
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
    if let Some((a, b)) = super::compound::thing(view, &amount.number) {
        let subject = Some(words(view, a, b));
        return About { subject, measure: None, of: None, base: None, by: "+compound", sure: Sure::Medium };
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
        at += usize::from(view.low(at) == "all");
        at += usize::from(matches!(
            view.low(at).as_str(),
            "the"
                | "its"
                | "their"
                | "his"
                | "these"
                | "her"
                | "our"
                | "my"
                | "your"
                | "those"
                | "such"
                | "whose"
        ));
        // "Twenty-eight of the 32 districts", "four of the country's banks".
        at = past_number(view, at);
        at = past_owner(view, at);
        at = past_number(view, at);
    } else if here(at) && matches!(view.low(at).as_str(), "more" | "other" | "further" | "additional") {
        at += usize::from(view.low(at) == "more" || view.low(at) == "additional");
    } else if here(at) && view.low(at) == "such" {
        at += 1;
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
    // "The force, 2,500 strong,".
    if let Some(noun) = strong(view, at) {
        let (a, b) = tree::stretch(view, noun);
        let low = view.low(noun);
        let troops = counting::is("force", &low) || counts_troops(&low);
        return About {
            subject: Some(words(view, a, b)),
            measure: Some("troops").filter(|_| troops),
            of: None,
            base: None,
            by: "",
            sure: Sure::Medium,
        };
    }
    // "a 300-strong force".
    if view.word(at) == "-" && view.low(at + 1) == "strong" {
        at += 2;
    }
    let hyphen = usize::from(view.word(at) == "-");
    // "rose to 217 last year".
    let when = matches!(view.low(at).as_str(), "last" | "next" | "this" | "that" | "each" | "every")
        && (units::after(view.text, view.start(at + 1)).is_some_and(|(_, u)| u.measure == "duration")
            || matches!(
                view.low(at + 1).as_str(),
                "summer"
                    | "winter"
                    | "spring"
                    | "autumn"
                    | "night"
                    | "evening"
                    | "morning"
                    | "season"
                    | "weekend"
                    | "quarter"
            )
            || common_day(view.word(at + 1)));
    let phrase = Some(at + hyphen).filter(|t| here(*t) && !when).and_then(|t| phrase::end(view, t));
    let whole = phrase.and_then(|e| phrase::joined_noun(view, e)).filter(|e| {
        // "About 100 politicians and activists were": both, when a verb follows both or the phrase ends its sentence.
        let next = view.low(*e);
        let nations = *e >= 1 && super::fate::is_nation(view, *e - 1);
        nations
            || stops(&next) && !counting::is("preposition", &next)
            || counting::is("finite", &next)
            || next == "."
            || matches!(view.upos(*e), Some(Upos::Verb | Upos::Aux)) && !next.ends_with("ing")
    });
    let subject = whole
        .or(phrase)
        .map(|end| words(view, at + hyphen, end))
        // "66 shot dead": what was done to them.
        .filter(|s| !matches!(s.as_str(), "shot dead" | "shot" | "gunned down"));
    let after = whole.or(phrase).unwrap_or(at);
    // "Thousands of lives have been saved" are no deaths.
    let saved = phrase.is_some_and(|e| {
        view.low(e - 1) == "lives"
            && std::iter::successors(view.head(e - 1), |v| view.head(*v))
                .take(2)
                .any(|v| counting::is("saving", &view.low(v)))
    });
    let noun = phrase
        .filter(|_| !saved)
        .and_then(|end| in_phrase(view, at, end, Sense::Noun))
        .or_else(|| Some(at).filter(|t| here(*t) && !saved).and_then(|t| direct(view, t, Sense::Noun)));
    let counted = phrase.and_then(|end| in_phrase(view, at, end, Sense::Counted));
    // "40 injured marchers" are wounded before they are a crowd.
    let counted = phrase
        .filter(|_| counted.is_none_or(|m| m == "attendance"))
        .and_then(|end| befallen(view, at, end))
        .or(counted);
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
    // "half of the enclave's 150,000 inhabitants had fled": it is told of the half.
    let told = slot.filter(|_| !whole_of_part(view, start)).and_then(|t| tree::told(view, t));
    // "The rest, upwards of 150 people, are missing".
    let apposed = || {
        let closed = phrase.is_some()
            && view.word(after) == ","
            && start.checked_sub(2).is_some_and(|t| {
                view.word(t + 1) == "," && matches!(view.low(t).as_str(), "rest" | "others" | "remainder")
            });
        Some(after + 1).filter(|t| closed && here(*t)).and_then(|t| verb_after(view, t))
    };
    let following = following.or_else(apposed);
    let following = following.filter(|_| !matches!(told, Some(Told::Doers | Told::Other)));
    // "Ten bombs on four trains killed": the verb is not told of the trains.
    let hangs = slot.is_some_and(|t| {
        phrase.is_some()
            && matches!(view.rel(t), "nmod" | "obl")
            && view
                .head(t)
                .is_some_and(|h| h < start && matches!(view.upos(h), Some(Upos::Noun | Upos::Propn)))
            && !matches!(tree::told(view, t), Some(Told::Measure(m)) if m != "struck")
            && !whole_of_part(view, start)
    });
    let following = following.filter(|_| !hangs);
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
    // "The minister claimed 14 officers had been wounded" claims nobody's life.
    let claims =
        start.checked_sub(1).is_some_and(|t| matches!(view.low(t).as_str(), "claimed" | "claim" | "claims"));
    let close = close.filter(|_| !(claims && following.is_some()));
    let close = close.filter(|m| {
        *m != "detained" || counted.is_none_or(|c| c == "detained" || c == "troops" || c == "attendance")
    });
    // "the number of captors at 40 to 50", "New arrivals since May: 4,000": named before the number, and not after it.
    let before_it = if phrase.is_none() { named_number(view, start) } else { None };
    // "left over seventy people hurt", "leaves 7,000 people with injuries".
    let left_so = start
        .checked_sub(1)
        .filter(|t| {
            here(after)
                && (phrase.is_some() || matches!(view.low(after).as_str(), "ill" | "sick" | "hungry"))
                && matches!(
                    view.low(*t).as_str(),
                    "left"
                        | "leaves"
                        | "leaving"
                        | "leave"
                        | "made"
                        | "makes"
                        | "making"
                        | "rendered"
                        | "rendering"
                )
        })
        .and_then(|_| {
            let state = measured(view, after).filter(|(_, s, _)| *s != Sense::Counted).map(|x| x.2);
            // "left 8.2 million homes dark", "made half a million ill".
            let low = view.low(after);
            let badly = matches!(low.as_str(), "dark" | "ill" | "sick" | "hungry" | "penniless" | "jobless");
            state.or_else(|| measures::name("affected").filter(|_| badly))
        });
    // "The force at present numbers just over 6,000".
    let numbers =
        if phrase.is_none() { tree::numbering(view, amount.number.start, amount.number.end) } else { None };
    let head = phrase.map(|e| view.low(e - 1)).unwrap_or_default();
    // "moved 300,000 men through Siberia", "four divisions, some 30,000 men".
    let men = phrase.is_some_and(|e| head == "men" && e - 1 == at + hyphen);
    let men_in_arms = men && in_arms(view, start) && slot.is_none_or(|t| view.rel(t) != "nsubj");
    // "the last of 1,056 freed prisoners".
    let freed = counted == Some("detained")
        && (at..phrase.unwrap_or(at))
            .any(|t| matches!(view.low(t).as_str(), "freed" | "released" | "liberated"));
    // "the force of 14,000", "a garrison of 60", "a patrol of about 20 men".
    let led = start.checked_sub(2).filter(|t| men && view.low(start - 1) == "of" && view.together(*t, start));
    let force = company.or(led).is_some_and(|t| {
        counting::is("force", &view.low(t)) || matches!(view.low(t).as_str(), "patrol" | "squad" | "platoon")
    });
    // "the crowd of about 10,000".
    let crowd = start.checked_sub(2).filter(|t| {
        phrase.is_none()
            && view.low(start - 1) == "of"
            && view.together(*t, start)
            && matches!(
                view.low(*t).as_str(),
                "crowd" | "march" | "rally" | "demonstration" | "procession" | "protest" | "congregation"
            )
    });
    // "two battalions were being moved up".
    let sent = counting::is("force", &head)
        && slot.and_then(|t| view.head(t)).is_some_and(|v| counting::is("sending", &view.low(v)));
    let evidence = decide::Evidence {
        noun,
        left: left_so,
        named: before_it.as_ref().and_then(|x| x.1),
        verb: close,
        right_after,
        series: in_number.as_ref().and_then(|x| x.1),
        governed,
        following,
        counted: counted.or(crowd.and(measures::name("attendance"))),
        tally: noun_before(view, start),
        bearing_arms: (men_in_arms || force || sent).then_some("troops"),
        freed,
        hit: (after..after + 4)
            .take_while(|t| here(*t))
            .any(|t| view.low(t) == "hit" && super::measure::is_copula(&view.low(t.saturating_sub(1)))),
        to_death: here(after) && view.low(after) == "to" && view.low(after + 1) == "death",
        by_nature: by_nature(view, start, after),
    };
    let found = decide::measure(&evidence, phrase.is_some(), &head);
    // "50 dead": the dead are the measure, not a thing beside it. Bodies are things.
    // "spoke of 30 dead": there they are people.
    let stands = start
        .checked_sub(1)
        .is_some_and(|t| matches!(view.low(t).as_str(), "at" | "to" | "left" | "leaving"));
    let as_noun = !stands
        && phrase.is_some_and(|e| {
            e == at + 1
                && (view.head(e - 2) == Some(e - 1)
                    && matches!(view.rel(e - 1), "obl" | "nmod" | "obj" | "nsubj" | "nsubj:pass")
                    || told_of(view, start, before))
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
    // "gave 22,980 dead, 42,119 missing", "600 injured were treated": the state stands for those in it.
    let nominal = here(at)
        && about.subject.is_none()
        && matches!(
            view.low(at).as_str(),
            "dead" | "displaced" | "homeless" | "killed" | "wounded" | "injured" | "missing"
        )
        && !stands
        && (told_of(view, start, before)
            || matches!(view.low(at + 1).as_str(), "were" | "are" | "had" | "have")
            || start.checked_sub(1).is_some_and(|t| view.low(t) == "of") && company.is_some()
            || told_in_a_sentence(view, start, before));
    // "Refugees poured in at a rate of 12,000 an hour".
    let pace = company.filter(|t| matches!(view.low(*t).as_str(), "rate" | "pace"));
    let mover = pace.and_then(|t| {
        let verb = view.head(t)?;
        view.children(verb).find(|c| {
            view.rel(*c).starts_with("nsubj")
                && view.upos(*c) == Some(Upos::Noun)
                && counting::is_plural(&view.low(*c))
        })
    });
    if let Some(t) = mover {
        let (a, b) = tree::stretch(view, t);
        about.subject = Some(words(view, a, b));
        let named = measured(view, t).filter(|(_, s, _)| *s == Sense::Counted).map(|x| x.2);
        let done = if let Some(Told::Measure(m)) = tree::told(view, t) { Some(m) } else { None };
        about.measure = done.or(named);
    } else if nominal {
        about.subject = Some(words(view, at, at + 1));
        about.measure = measured(view, at).map(|x| x.2).or(about.measure);
    } else if let Some(t) = company.or(crowd) {
        about.subject = Some(words(view, t, t + 1));
    }
    if let Some((a, b)) = numbers.filter(|_| about.subject.is_none()) {
        about.subject = Some(words(view, a, b));
        let last = b.saturating_sub(1);
        let low = view.low(last);
        let troops = counting::is("force", &low) || counts_troops(&low);
        // "The protesters numbered 30,000".
        let named = measured(view, last).filter(|(_, s, _)| *s == Sense::Counted).map(|x| x.2);
        about.measure = about.measure.or(Some("troops").filter(|_| troops)).or(named);
    }
    if let Some((a, b)) = before_it.and_then(|x| x.0).filter(|_| about.subject.is_none()) {
        about.subject = Some(words(view, a, b));
    }
    if about.subject.is_none() {
        let anchor = tree::anchor(view, amount.number.start, amount.number.end);
        about.subject = in_number
            .and_then(|x| x.0)
            .or_else(|| anchor.and_then(|t| tree::predicated(view, t)))
            .map(|(a, b)| words(view, a, b))
            .or_else(|| of_which(view, amount.number.start, amount.number.end).filter(|_| phrase.is_none()));
    }
    // "the dead could number 20,000".
    if about.subject.is_none() && phrase.is_none() && start >= 3 && view.low(start - 1) == "number" {
        let modal = matches!(view.low(start - 2).as_str(), "could" | "may" | "might" | "would" | "will");
        let word = start - 2 - usize::from(modal);
        let state =
            matches!(view.low(word).as_str(), "dead" | "wounded" | "missing" | "homeless" | "displaced");
        about.subject = state.then(|| view.low(word));
    }
    // "Of the 15 accused, nine were acquitted and four have died".
    if about.subject.is_none() && phrase.is_none() && noun.is_none() {
        about.subject = of_the(view, before, start);
    }
    // A verb of its own tells what is done to these, and it is not what was done to those before.
    let subject_of_it = slot.is_some_and(|t| view.rel(t).starts_with("nsubj"));
    let own_verb = told == Some(Told::Other) && (about.subject.is_some() || subject_of_it);
    // "The bombs, ten in all": of the noun before the comma.
    if about.subject.is_none()
        && phrase.is_none()
        && (matches!(view.low(at).as_str(), "altogether" | "together")
            || view.low(at) == "in" && matches!(view.low(at + 1).as_str(), "all" | "total" | "number")
            || closed_remark(view, at))
    {
        about.subject = super::carried::apposed(view, before, start);
    }
    carry(view, &mut about, before, start, noun.is_some(), own_verb);
    // "4,000 troops; 565 had landed".
    if about.measure.is_none() && phrase.is_none() && about.subject.as_deref().is_some_and(counts_troops) {
        about.measure = measures::name("troops");
    }
    retold(view, &mut about, before, amount, start, phrase.is_some());
    again(view, &mut about, before, amount, start);
    among(view, &mut about, before, start, after);
    // "13 were shot down": missiles, of which a figure before tells.
    let shot = about.subject.as_deref().and_then(|s| s.rsplit(' ').next());
    if about.measure == Some("struck") && shot.is_some_and(|w| counting::is("munition", w)) {
        about.measure = None;
    }
    about
}

/// The noun that "strong" after a number is told of: "The force, 2,500 strong,".
fn strong(view: &View<'_>, at: usize) -> Option<usize> {
    let told = matches!(view.rel(at), "acl" | "amod" | "appos" | "conj") && view.low(at) == "strong";
    view.head(at).filter(|h| told && *h < at && view.upos(*h) == Some(Upos::Noun))
}

/// "The observers, some 270 by now, are unarmed": a few words that name nothing, and a comma.
fn closed_remark(view: &View<'_>, at: usize) -> bool {
    let Some(close) = (at..at + 4).take_while(|t| view.together(at, *t)).find(|t| view.word(*t) == ",")
    else {
        return false;
    };
    close > at
        && (at..close).all(|t| {
            matches!(view.upos(t), Some(Upos::Adv | Upos::Adp | Upos::Sconj)) || view.low(t) == "far"
        })
}

pub(super) fn counts_troops(subject: &str) -> bool {
    let last = subject.rsplit(' ').next().unwrap_or("");
    measures::at(last, 0).is_some_and(|(_, s, m)| s == Sense::Counted && m == "troops")
}

/// Whether a sentence speaks of an army or a frontier.
fn in_arms(view: &View<'_>, at: usize) -> bool {
    let span = view.segments.sentence_of(at).and_then(|s| view.segments.sentences.get(s)).map(|s| s.tokens);
    span.is_some_and(|s| s.iter().any(|t| counting::is("arms", &view.low(t))))
}

/// Past a whole number: "of the 1.2 million displaced".
pub(super) fn past_number(view: &View<'_>, at: usize) -> usize {
    let hedge =
        matches!(view.low(at).as_str(), "nearly" | "about" | "some" | "almost" | "roughly" | "estimated");
    let at = at + usize::from(hedge && number_like(view, at + 1));
    if !number_like(view, at) {
        return at;
    }
    super::number::read(view, at).map_or(at + 1, |n| n.end.max(at + 1))
}

/// Past an owner of one or two words: "the country's banks" counts banks.
pub(super) fn past_owner(view: &View<'_>, at: usize) -> usize {
    // "222 seats in Malaysia's parliament" counts seats.
    let near =
        (at..at + 4).take_while(|t| view.together(at, *t) && !counting::is("preposition", &view.low(*t)));
    near.skip(1).find(|t| phrase::is_owner(view.word(*t))).map_or(at, |t| t + 1)
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

/// "107 of them foreigners", "five of whom died": a part of a figure before. `at` is the word that points back.
fn part(view: &View<'_>, at: usize, before: &[Figure], start: usize) -> About {
    // "Rockets, some 30 of them on Monday": of what was named right before, and no figure counts.
    if let Some(noun) = super::carried::apposed(view, before, start) {
        let (_, measure) = remark(view, at + 1);
        return About { subject: Some(noun), measure, of: None, base: None, by: "", sure: Sure::Medium };
    }
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

/// What has befallen those counted, by the participle before their noun.
fn befallen(view: &View<'_>, from: usize, end: usize) -> Option<&'static str> {
    (from..end.saturating_sub(1)).find_map(|t| {
        let word = view.low(t);
        let marks = word.ends_with("ed") || matches!(word.as_str(), "missing" | "slain");
        let m = direct(view, t, Sense::Verb).filter(|_| marks)?;
        matches!(m, "killed" | "wounded" | "displaced" | "detained" | "missing").then_some(m)
    })
}
