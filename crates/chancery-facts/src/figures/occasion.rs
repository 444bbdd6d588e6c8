//! The happening a figure counts: "the strikes" of "the strikes have killed 40", "the flood" of "ten drowned in the flood".
//!
//! The tree is asked: who or what does it, in what or during what it is done, of what the counted are. What happens is a
//! noun that the reader marks as a happening; a time or a place is none.

use super::tree::{anchor, base, preposition};
use super::{phrase, whose};
use crate::Context;
use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_model::facts::Figure;
use chancery_model::mark::Upos;
use chancery_model::vocab::TimeType;
use std::collections::BTreeSet;

/// How many words above a number are looked at.
const REACH: usize = 6;
/// Most words of an aside after the noun that are kept with it: "the battle for the old port".
const TAIL: usize = 6;

/// Fills `of` of the figures that the words right after the number left open.
pub(super) fn fill(ctx: &Context<'_>, view: &View<'_>, figures: &mut [Figure]) {
    let marked: BTreeSet<usize> = ctx.marks.events.iter().map(|e| e.token as usize).collect();
    let look = Look { ctx, view, marked };
    for n in 0..figures.len() {
        let Some(f) = figures.get(n) else { continue };
        let tokens = ctx.segments.tokens_in(f.span);
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let amount = matches!(f.measure.as_str(), "money" | "share" | "distance");
        let found = anchor(view, start, end).and_then(|t| look.of(t, f.subject.as_deref()));
        let before = |k: &u32| figures.get(*k as usize).and_then(|b| b.of.clone());
        // What follows in, during or since may be a town.
        let after = f.of.clone().filter(|o| view.upos(start).is_none() || look.happens(end, o));
        let found = found.or_else(|| after.clone()).or_else(|| f.derived_from.iter().find_map(before));
        // A joint number has what the one before it has: "killed 12 and wounded 40 in the raid".
        let joint = || {
            let last = n.checked_sub(1).and_then(|k| figures.get(k))?;
            let near = view.together(ctx.segments.tokens_in(last.span).start as usize, start)
                && whose(ctx, last.span).0 == whose(ctx, f.span).0;
            let people = |m: &str| {
                matches!(m, "killed" | "wounded" | "displaced" | "missing" | "detained" | "casualties")
            };
            (near && people(&last.measure) && people(&f.measure)).then(|| last.of.clone()).flatten()
        };
        let found = found.or_else(joint);
        if let Some(f) = figures.get_mut(n) {
            f.of = found.filter(|o| !amount || after.as_ref() == Some(o));
        }
    }
    // "12 killed and 40 wounded in the raid": what stands at the end is of all.
    for n in (1..figures.len()).rev() {
        let (Some(a), Some(b)) = (figures.get(n - 1), figures.get(n)) else { continue };
        let people = |m: &str| matches!(m, "killed" | "wounded" | "missing" | "casualties");
        let (ta, tb) = (ctx.segments.tokens_in(a.span), ctx.segments.tokens_in(b.span));
        let close =
            view.together(ta.start as usize, tb.start as usize) && tb.start.saturating_sub(ta.end) <= 6;
        let given =
            b.of.clone().filter(|_| a.of.is_none() && close && people(&a.measure) && people(&b.measure));
        if let (Some(of), Some(a)) = (given, figures.get_mut(n - 1)) {
            a.of = Some(of);
        }
    }
}

struct Look<'a, 'v> {
    ctx: &'a Context<'v>,
    view: &'a View<'v>,
    marked: BTreeSet<usize>,
}

impl Look<'_, '_> {
    /// The happening that what hangs on a number, or on what it counts, is of.
    fn of(&self, number: usize, subject: Option<&str>) -> Option<String> {
        let mut from = number;
        for _ in 0..REACH {
            if let Some(t) = self.beside(from) {
                return self.words(t, subject);
            }
            let h = self.view.head(from)?;
            // "a mass migration of four million refugees".
            let own =
                base(self.view.rel(from)) == "nmod" && preposition(self.view, from).as_deref() == Some("of");
            if own && self.is_one(h) {
                return self.words(h, subject);
            }
            if matches!(self.view.upos(h), Some(Upos::Verb | Upos::Adj))
                && let Some(t) = self.doer(h, from)
            {
                return self.words(t, subject);
            }
            // "the raid that killed 40", and not "the virus, which is in six states".
            if self.view.rel(from).ends_with("relcl") {
                return self.words(h, subject).filter(|_| self.is_one(h));
            }
            // Beyond the sentence that is said stands who says it, and where.
            match base(self.view.rel(from)) {
                "ccomp" | "parataxis" => return None,
                "advcl" => return self.beside(h).and_then(|t| self.words(t, subject)),
                _ => {}
            }
            from = h;
        }
        None
    }

    /// Whether words that stand after a number end with a happening.
    fn happens(&self, from: usize, words: &str) -> bool {
        let last = words.rsplit(' ').next().unwrap_or("").to_lowercase();
        let near = (from..from + 16).take_while(|t| self.view.together(from.saturating_sub(1), *t));
        let mut same = near.filter(|t| self.view.low(*t) == last);
        same.any(|t| self.is_one(t))
    }

    /// A happening in, during or by which something is or is done.
    fn beside(&self, of: usize) -> Option<usize> {
        let fits = |c: &usize| {
            matches!(base(self.view.rel(*c)), "obl" | "nmod")
                && preposition(self.view, *c).is_some_and(|p| {
                    matches!(
                        p.as_str(),
                        "in" | "during"
                            | "by"
                            | "after"
                            | "from"
                            | "for"
                            | "since"
                            | "of"
                            | "following"
                            | "amid"
                            | "at"
                    )
                })
        };
        let plain = |c: usize| {
            let p = preposition(self.view, c).unwrap_or_default();
            let people = matches!(p.as_str(), "for" | "of") && base(self.view.rel(c)) == "nmod";
            self.is_one(c) && !people
        };
        let through = |c: usize| {
            // "by one of the offensives", "in a series of raids".
            let vague = matches!(
                self.view.low(c).as_str(),
                "one" | "series" | "spate" | "wave" | "string" | "most" | "some"
            );
            let inner = self.view.children(c).find(|x| base(self.view.rel(*x)) == "nmod" && self.is_one(*x));
            if vague { inner } else { plain(c).then_some(c) }
        };
        self.view.children(of).filter(fits).find_map(through)
    }

    /// What does it, where that is a happening; verbs joined to one have its subject.
    fn doer(&self, verb: usize, from: usize) -> Option<usize> {
        let mut v = verb;
        for _ in 0..3 {
            let s = self
                .view
                .children(v)
                .find(|c| self.view.rel(*c) == "nsubj" || self.view.rel(*c) == "nsubj:pass" && v != verb);
            if let Some(s) = s {
                return (s != from && self.is_one(s)).then_some(s);
            }
            // "are reported to have killed 40".
            if !matches!(base(self.view.rel(v)), "conj" | "xcomp" | "ccomp") {
                return None;
            }
            v = self.view.head(v)?;
        }
        None
    }

    /// Whether a word is a noun that the reader marks as a happening, and no tally, time or part of a name.
    fn is_one(&self, t: usize) -> bool {
        const NOT: [&str; 24] = [
            "participation",
            "presence",
            "help",
            "support",
            "use",
            "loss",
            "losses",
            "death",
            "deaths",
            "number",
            "total",
            "end",
            "start",
            "failure",
            "success",
            "beginning",
            "need",
            "work",
            "hands",
            "part",
            "line",
            "order",
            "case",
            "injuries",
        ];
        let low = self.view.low(t);
        let Some(span) = self.ctx.segments.tokens.get(t).map(|x| x.span) else { return false };
        let time = |x: &chancery_model::facts::TimeExpr| {
            matches!(x.kind, TimeType::Date | TimeType::Time | TimeType::Duration) && x.span.overlaps(span)
        };
        self.marked.contains(&t)
            && matches!(self.view.upos(t), Some(Upos::Noun | Upos::Propn))
            && !NOT.contains(&low.as_str())
            && !counting::is("tally", &low)
            && !self.ctx.facts.times.iter().any(time)
    }

    /// A happening as printed: its noun with what stands before it, and a short aside that tells which it is.
    fn words(&self, noun: usize, subject: Option<&str>) -> Option<String> {
        let view = self.view;
        let before = |c: &usize| {
            *c < noun
                && matches!(base(view.rel(*c)), "det" | "amod" | "compound" | "nmod" | "flat" | "nummod")
                && (view.rel(*c) != "nmod" || preposition(view, *c).is_none())
        };
        let mut first = view.children(noun).filter(before).min().unwrap_or(noun);
        // What hangs on the first word hangs together with it: "the harbour's".
        while let Some(t) = first.checked_sub(1).filter(|t| {
            view.together(*t, noun)
                && std::iter::successors(Some(*t), |x| view.head(*x))
                    .take(5)
                    .any(|x| before(&x) && view.head(x) == Some(noun))
        }) {
            first = t;
        }
        let mut end = noun + 1;
        let tail = view.children(noun).find(|c| {
            *c > noun
                && *c <= noun + TAIL
                && base(view.rel(*c)) == "nmod"
                && preposition(view, *c)
                    .is_some_and(|p| matches!(p.as_str(), "of" | "for" | "on" | "over" | "against"))
        });
        if let Some(c) = tail.filter(|c| (noun..*c).all(|t| !matches!(view.word(t), "," | "(" | "--"))) {
            end = c + 1;
        }
        let own = phrase::words(view, first, end);
        // What is counted is not what it is of.
        (subject.is_none_or(|s| !own.ends_with(s))).then_some(own)
    }
}

/// The happening a figure is of: what follows "in", "during", "since" or "from the", when it is no place and no date.
pub(super) fn happening(view: &View<'_>, from: usize) -> Option<String> {
    for t in from..from + 10 {
        if !view.together(from.saturating_sub(1), t) {
            return None;
        }
        let word = view.low(t);
        if matches!(word.as_str(), "." | ";" | "”" | "\"" | "but")
            || super::about::number_like(view, t) && t > from
        {
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
            m.kind == chancery_model::mark::NameKind::Place
                && (!next.starts_with(char::is_alphabetic) || phrase::stops(&next))
        }) {
            continue;
        }
        let time = chancery_lexicon::units::after(view.text, view.start(begin)).is_some()
            || chancery_lexicon::common::is_plain(view.word(begin)) && !det
            || super::about::number_like(view, begin)
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
        return Some(phrase::words(view, t + 1, end));
    }
    None
}
