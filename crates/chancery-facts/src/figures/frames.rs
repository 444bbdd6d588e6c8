//! What is done to those counted where they are neither subject nor plain object: "not heard from 200 of them", "put grenades
//! into two monasteries", "displacement involving 5,600 households", "held with 35 women".

use super::tree::{base, direct, preposition};
use crate::entities::view::View;
use chancery_lexicon::{counting, measures};
use chancery_model::mark::Upos;

/// What is told of a noun that a preposition hangs on a verb or noun.
pub(super) fn told(view: &View<'_>, noun: usize, head: usize) -> Option<&'static str> {
    // "new displacement, involving 5,600 households", whatever the tree takes the word for.
    let involving = (noun.saturating_sub(5)..noun).any(|t| {
        matches!(view.low(t).as_str(), "involving" | "affecting") && view.together(t, noun) && t > head
    });
    if involving && view.rel(noun) == "nmod" {
        return measures::of_deed(view.word(head));
    }
    let case = preposition(view, noun)?;
    let low = view.low(head);
    let object = || view.children(head).find(|c| view.rel(*c) == "obj");
    match case.as_str() {
        // "the whereabouts of 6,000 men are unknown".
        "of" if low == "whereabouts" => Some("missing"),
        "of" if matches!(low.as_str(), "bodies" | "corpses" | "remains") && living(view, noun) => {
            Some("killed")
        }
        "from" if low == "heard" && negated(view, head) => Some("missing"),
        // "put rifle grenades into two monasteries", "bombs on four trains".
        "into" | "at" | "on" | "onto" | "against"
            if view.rel(noun) == "obl" && counting::is("firing", &low) =>
        {
            let weapon = object().is_some_and(|o| counting::is("munition", &view.low(o)));
            (weapon && aimed(view, noun)).then_some("struck")
        }
        "on" | "at" | "against" if view.rel(noun) == "nmod" && counting::is("munition", &low) => {
            aimed(view, noun).then_some("struck")
        }
        // "she was held with 35 women".
        "with" | "alongside" => {
            let passive = view.children(head).any(|c| view.rel(c) == "aux:pass");
            let person = counting::is("dweller", &view.low(noun)) || counting::is_person(&view.low(noun));
            direct(view, head).filter(|m| passive && person && *m == "detained")
        }
        _ => None,
    }
}

/// What is told of an object by the noun that its verb is said of, or by what shelters it.
pub(super) fn object(view: &View<'_>, noun: usize, verb: usize) -> Option<&'static str> {
    let low = view.low(verb);
    // "new displacement, involving 5,600 households".
    if matches!(low.as_str(), "involving" | "affecting" | "involved" | "involves") {
        let above = view.head(verb)?;
        let deed = |t: usize| measures::of_deed(view.word(t));
        let beside = view.children(above).filter(|c| matches!(base(view.rel(*c)), "obj" | "nsubj"));
        return deed(above).or_else(|| beside.filter(|c| *c < verb).find_map(deed));
    }
    // "The camp now houses upwards of 30,000".
    let shelters = matches!(
        low.as_str(),
        "houses"
            | "house"
            | "housed"
            | "housing"
            | "shelters"
            | "sheltered"
            | "shelter"
            | "hosts"
            | "hosted"
            | "accommodates"
    );
    let subject = || view.children(verb).find(|c| view.rel(*c) == "nsubj");
    let camp = || {
        subject().is_some_and(|s| {
            matches!(view.low(s).as_str(), "camp" | "camps" | "tents" | "shelter" | "shelters" | "settlement")
        })
    };
    let people = view.upos(noun) == Some(Upos::Num) || counting::is("dweller", &view.low(noun));
    // "The bishop shelters 40,000 people": whoever gives shelter, they have none of their own.
    let given = matches!(low.as_str(), "shelters" | "sheltered" | "shelter" | "sheltering");
    (shelters && people && (given || camp())).then_some("displaced")
}

/// People, or a number that stands for them.
fn living(view: &View<'_>, noun: usize) -> bool {
    let low = view.low(noun);
    view.upos(noun) == Some(Upos::Num) || counting::is("dweller", &low) || counting::is_person(&low)
}

/// Whether a noun is something that can be hit: no person, no time of day.
fn aimed(view: &View<'_>, noun: usize) -> bool {
    let low = view.low(noun);
    view.upos(noun) == Some(Upos::Noun)
        && !counting::is_person(&low)
        && chancery_lexicon::units::after(view.text, view.start(noun)).is_none()
}

fn negated(view: &View<'_>, verb: usize) -> bool {
    view.children(verb)
        .any(|c| c < verb && matches!(view.low(c).as_str(), "not" | "n't" | "never" | "nothing"))
}
