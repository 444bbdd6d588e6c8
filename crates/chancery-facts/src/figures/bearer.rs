//! What an amount with a unit belongs to, by the tree.
//!
//! The amount hangs on something, and that decides, in this order:
//! 1. it is itself the predicate ("The front is within five kilometres"): the subject of the sentence;
//! 2. a noun ("the hole, 12 metres deep", "with unemployment at 18 percent"): that noun;
//! 3. a predicate that is no verb ("Telephones were dead for 30 hours"): its subject;
//! 4. a verb of spending time ("Rescuers needed 14 hours"): its subject, people too;
//! 5. a verb of measuring or change: its object where it is done to one ("cut the deficit to"), else its subject.
//!
//! Else nobody bears it. People bear no lengths and shares, and how far somebody gets is no length of his.

use super::tree::{base, nominal, preposition, stretch};
use crate::entities::view::View;
use chancery_lexicon::{counting, units};
use chancery_model::mark::Upos;

/// The noun that an amount with a unit belongs to by the tree: "the budget gap will narrow to 4.8 percent", "camps, each no
/// less than five kilometres from the town". People and pronouns bear no lengths and shares.
pub(super) fn of_amount(view: &View<'_>, start: usize, end: usize, measure: &str) -> Option<(usize, usize)> {
    view.upos(start)?;
    let top = (start..end)
        .rev()
        .find(|t| view.head(*t).is_none_or(|h| h < start || h >= end) && view.upos(*t) != Some(Upos::Adp))?;
    let thing = |t: usize| {
        // "A majority of the statements (54%)": the statements.
        let of = |c: &usize| view.rel(*c) == "nmod" && preposition(view, *c).as_deref() == Some("of");
        let crowd = counting::is("crowd", &view.low(t));
        let t = view.children(t).find(of).filter(|_| crowd && measure == "share").unwrap_or(t);
        let unit = units::after(view.text, view.start(t)).is_some();
        let noun = matches!(view.upos(t), Some(Upos::Noun | Upos::Propn)) && !unit;
        let low = view.low(t);
        // "Rice has gone up": no name, whatever the reader took it for.
        let named = view.names.iter().any(|n| n.tokens.has(t)) && !counting::is("goods", &low);
        (noun && !named && !counting::is_person(&low)).then(|| stretch(view, t))
    };
    // "The Dow fell 4.4 percent": a company or an index bears a change.
    let index = |t: usize| {
        let body = view
            .names
            .iter()
            .any(|n| n.tokens.has(t) && n.kind == chancery_model::mark::NameKind::Organization);
        (measure == "share" && body && view.upos(t) == Some(Upos::Propn)).then(|| stretch(view, t))
    };
    let subject_of = |p: usize| view.children(p).find(|c| base(view.rel(*c)) == "nsubj" && *c < start);
    let copula = |p: usize| view.children(p).any(|c| view.rel(c) == "cop");
    if copula(top) && measure != "money" {
        return thing(subject_of(top)?);
    }
    // "a 92 percent equity stake", "a $300 million payment": what the amount stands before.
    let compound = |t: &usize| view.head(*t).filter(|h| view.rel(*t) == "compound" && *h > *t);
    let before = view.head(top).map(|h| std::iter::successors(Some(h), compound).take(3).last().unwrap_or(h));
    if let Some(noun) = before.filter(|h| *h >= end && *h < end + 4)
        && matches!(base(view.rel(top)), "compound" | "nummod" | "amod" | "nmod")
        && view.upos(noun) == Some(Upos::Noun)
        && (end..noun).all(|t| matches!(view.upos(t), Some(Upos::Noun | Upos::Adj | Upos::Propn)))
        && matches!(measure, "share" | "money" | "weight" | "area" | "volume")
    {
        return thing(noun).map(|(_, to)| (end, to));
    }
    // "with unemployment at 18.3 percent", which the tree hangs on the amount.
    let with = view
        .children(top)
        .find(|c| *c < start && view.rel(*c) == "nmod" && preposition(view, *c).as_deref() == Some("with"));
    if let Some(noun) = with.filter(|_| measure == "share") {
        return thing(noun);
    }
    let head = view.head(top)?;
    // "Telephones were dead for 30 hours", "numbers are 98 percent below those of May", "takings were down by a third".
    if let Some(p) = Some(head)
        .filter(|p| copula(*p))
        .filter(|p| !(start..end).contains(p) && view.upos(*p) != Some(Upos::Verb))
        && let Some(s) = subject_of(p)
        && matches!(measure, "share" | "duration")
    {
        return thing(s);
    }
    match base(view.rel(top)) {
        "nmod" | "appos" | "acl" if nominal(view, head) => {
            let by = matches!(preposition(view, top).as_deref(), Some("by" | "in" | "for"));
            return thing(head).filter(|_| head < start && !by);
        }
        "obl" | "obj" | "advmod" | "xcomp" | "conj" | "dep" | "advcl" => {}
        _ => return None,
    }
    let verb = if view.upos(head) == Some(Upos::Verb) || view.rel(top) == "advmod" {
        head
    } else {
        std::iter::successors(Some(head), |t| view.head(*t))
            .take(3)
            .find(|t| view.upos(*t) == Some(Upos::Verb))?
    };
    let low = view.low(verb);
    let object = view
        .children(verb)
        .find(|c| matches!(view.rel(*c), "obj" | "iobj") && !(start..end).contains(c) && *c < start)
        // "dropped 4.2 percent to $190": another amount is no thing.
        .filter(|c| {
            !counting::is("change", &low)
                || units::after(view.text, view.start(*c)).is_none()
                    && view.children(*c).all(|x| view.rel(x) != "nummod")
        });
    let priced = measure == "money" && counting::is("priced", &low);
    let moves = priced
        || counting::is("stative", &low)
        || counting::is("change", &low)
        || counting::is("bears", &low);
    let whole = base(view.rel(top)) == "obj" && !moves;
    let case = start.checked_sub(1).map(|t| view.low(t)).unwrap_or_default();
    // "Rescuers needed 14 hours to reach them".
    if measure == "duration" && base(view.rel(top)) == "obj" && counting::is("spending", &low) {
        let s = subject_of(verb).or_else(|| {
            let above = view.head(verb).filter(|_| matches!(base(view.rel(verb)), "conj" | "xcomp"))?;
            subject_of(above)
        })?;
        // "a sitting that took eight minutes".
        let s = if matches!(view.low(s).as_str(), "that" | "which") { view.head(verb)? } else { s };
        let named = view.names.iter().any(|n| n.tokens.has(s));
        return (view.upos(s) == Some(Upos::Noun) && !named).then(|| stretch(view, s));
    }
    // "a barracks stands less than a kilometre away".
    let lies = measure == "distance" && counting::is("standing", &low);
    // "cut the deficit to 4.8 percent", "sending the index down 8 percent".
    let object = object.filter(|o| view.rel(*o) == "obj" || !moves);
    if let Some(o) = object {
        return thing(o).filter(|_| moves && measure != "duration" && measure != "distance");
    }
    // How far somebody gets is no length of his, nor how long something is done to him.
    // "The tornado stayed on the ground for 200 miles", "Water came inland by five kilometres": what is no vehicle has its own way.
    let natural = view.children(verb).any(|c| {
        view.rel(c) == "nsubj"
            && (counting::is("nature", &view.low(c))
                || matches!(
                    view.low(c).as_str(),
                    "water"
                        | "waters"
                        | "ash"
                        | "lava"
                        | "oil"
                        | "slick"
                        | "smoke"
                        | "mud"
                        | "tide"
                        | "sea"
                        | "wave"
                        | "waves"
                ))
    });
    let own = natural || lies || counting::is("bears", &low) || counting::is("between", &case) && moves;
    let way = measure == "distance" && !own;
    let passive = view.children(verb).any(|c| view.rel(c) == "aux:pass");
    let time = measure == "duration"
        && (matches!(case.as_str(), "in" | "within" | "over" | "under")
            || view.low(start) == "within"
            || passive && case != "for");
    let part = base(view.rel(verb)) == "acl" && measure == "distance";
    if whole || way && !part || time {
        return None;
    }
    let subject = view.children(verb).find(|c| base(view.rel(*c)) == "nsubj" && *c < start);
    match subject {
        Some(s) if matches!(view.low(s).as_str(), "that" | "which") => thing(view.head(verb)?),
        Some(s) => thing(s).or_else(|| index(s).filter(|_| counting::is("change", &low))),
        // "costed at $30 million", "said to lie between".
        None if base(view.rel(verb)) == "acl" => thing(view.head(verb)?),
        None if matches!(base(view.rel(verb)), "xcomp" | "conj") => {
            let above = view.head(verb)?;
            let s = view.children(above).find(|c| base(view.rel(*c)) == "nsubj" && *c < start);
            match s {
                Some(s) => thing(s),
                None if base(view.rel(above)) == "acl" => thing(view.head(above)?),
                None => None,
            }
        }
        None => None,
    }
}
