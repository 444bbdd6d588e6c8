//! Pronouns, resolved with care: what the reader's chains say, but first what the sentence itself settles.

mod grammar;
mod later;

pub(crate) use later::add as add_later;

use super::register::Register;
use super::view::View;
use crate::Context;
use chancery_lexicon::unnamed;
use chancery_model::facts::{Entity, EntityIx, Maker, Mention};
use chancery_model::mark::Upos;
use chancery_model::span::{Span, TokenRange};
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

/// How many sentences back "they" are looked for.
const FAR: usize = 2;
/// How many sentences back "it" is looked for, and "he" where somebody without a name has spoken since.
const FAR_OFF: usize = 3;

/// What a pronoun can stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Man,
    Woman,
    Many,
    Thing,
}

impl Wants {
    fn person(self) -> bool {
        matches!(self, Self::Man | Self::Woman)
    }

    fn sex(self) -> Option<char> {
        match self {
            Self::Man => Some('m'),
            Self::Woman => Some('f'),
            Self::Many | Self::Thing => None,
        }
    }

    /// Whether an entity of this kind can be meant: a house is no "he", a person no "it".
    fn allows(self, kind: ActorKind) -> bool {
        match self {
            Self::Man | Self::Woman => matches!(kind, ActorKind::Person | ActorKind::Unnamed),
            // A state is "it".
            Self::Many => !matches!(kind, ActorKind::Person | ActorKind::State),
            Self::Thing => kind != ActorKind::Person,
        }
    }
}

fn wants(word: &str) -> Option<Wants> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Wants::Man,
        "she" | "her" | "hers" | "herself" => Wants::Woman,
        "they" | "their" | "them" | "themselves" | "theirs" => Wants::Many,
        "it" | "its" | "itself" => Wants::Thing,
        _ => return None,
    })
}

/// Adds the mentions of pronouns outside quotations that can be resolved.
pub(super) fn add(view: &View<'_>, reg: &mut Register, ctx: &Context<'_>) {
    let mut sexes = sexes_told(view, reg, ctx);
    for t in 0..view.segments.tokens.len() {
        let Some(want) = wants(&view.low(t)) else { continue };
        if view.quoted(t) {
            continue;
        }
        let found = Look { view, ctx, entities: &reg.entities, mentions: &reg.mentions };
        let (chained, other) = found.chained(t, want);
        let chained = chained.filter(|c| want != Wants::Thing || c.far <= FAR_OFF);
        // What the sentence settles goes before a name of another sentence.
        let here = chained.is_some_and(|c| c.here);
        if want == Wants::Many
            && let Some(both) = found.both(t).filter(|_| !here)
        {
            let e = joint_group(reg, &both);
            put(view, reg, t, e, "rules:entities:clause", Sure::Medium);
            continue;
        }
        let own = |e: EntityIx| fits(reg, &sexes, e, want);
        let inherited = grammar::inherited(view, t).filter(|_| want.person());
        let inherited = inherited.and_then(|(s, _)| found.entity_at(s)).filter(|e| own(*e));
        let inside = if inherited.is_some() {
            inherited
        } else if here {
            None
        } else {
            found.in_sentence(t, want, &own)
        };
        let before =
            if here || inside.is_some() || !want.person() { None } else { found.spoken_of(t, chained, &own) };
        let by_grammar = inside.or(before);
        let far = chained.is_some_and(|c| c.far >= FAR_OFF);
        if far && want.person() && by_grammar.is_none() && found.somebody_spoke(t) {
            continue;
        }
        // An unnamed speaker that the chain names is known, though no actor: nobody else is guessed in their place.
        if by_grammar.is_none() && chained.is_none() && (other || unnamed_speaker(ctx, t).is_some()) {
            continue;
        }
        let (entity, by) = match (by_grammar, chained) {
            (Some(e), _) => (Some(e), "rules:entities:clause"),
            (None, Some(c)) => (Some(c.entity), "chain"),
            (None, None) => (antecedent(view, reg, &sexes, t, want), "rules:entities:pronoun"),
        };
        let Some(entity) = entity.filter(|e| !found.acts_on(t, *e)) else { continue };
        if let (Some(sex), Some(known)) = (want.sex(), sexes.get_mut(entity as usize)) {
            *known = known.or(Some(sex));
        }
        put(view, reg, t, entity, by, if want.person() { Sure::Medium } else { Sure::Low });
    }
}

fn put(view: &View<'_>, reg: &mut Register, token: usize, entity: EntityIx, by: &str, sure: Sure) {
    let Some(span) = view.segments.tokens.get(token).map(|x| x.span) else { return };
    let maker = Maker { by: by.into(), sure };
    super::insert_mention(
        &mut reg.mentions,
        Mention { span, kind: MentionKind::Pronoun, entity: Some(entity), place: None, maker },
    );
}

/// The group of several who are named together, by the words that name them.
fn joint_group(reg: &mut Register, name: &str) -> EntityIx {
    let met = (0..).zip(&reg.entities).find(|(_, e)| e.kind == ActorKind::Group && e.name == name);
    met.map(|(n, _)| n).unwrap_or_else(|| reg.group(name, None))
}

/// What the chains tell of a person's sex: all pronouns of a chain that names one person are of it.
fn sexes_told(view: &View<'_>, reg: &Register, ctx: &Context<'_>) -> Vec<Option<char>> {
    let mut out: Vec<Option<char>> = (0..).zip(&reg.entities).map(|(e, _)| reg.sex(e)).collect();
    let look = Look { view, ctx, entities: &reg.entities, mentions: &reg.mentions };
    for chain in &ctx.marks.chains {
        let told =
            |r: &TokenRange| wants(&view.low(r.start as usize)).filter(|_| r.len() == 1).and_then(Wants::sex);
        let mut sexes = chain.iter().filter_map(told);
        let Some(first) = sexes.next().filter(|f| sexes.all(|s| s == *f)) else { continue };
        let mut named = chain.iter().filter(|r| told(r).is_none()).filter_map(|r| look.entity_of(*r));
        let Some(e) = named.next().filter(|e| named.all(|o| o == *e)) else { continue };
        if let Some(known) = out.get_mut(e as usize) {
            *known = known.or(Some(first));
        }
    }
    out
}

/// What a chain says of a pronoun.
#[derive(Clone, Copy)]
struct Chained {
    entity: EntityIx,
    /// Whether it says so by a word of the pronoun's own sentence, before it.
    here: bool,
    /// How many sentences before.
    far: usize,
}

/// What a pronoun is looked up in.
struct Look<'a, 'v> {
    view: &'a View<'v>,
    ctx: &'a Context<'v>,
    entities: &'a [Entity],
    mentions: &'a [Mention],
}

impl Look<'_, '_> {
    /// What the reader's chain says: the nearest before the pronoun that is an actor, else the first after it. The second
    /// value tells that the chain names something that is no actor.
    fn chained(&self, token: usize, want: Wants) -> (Option<Chained>, bool) {
        let Some(chain) = chain(self.ctx, token) else { return (None, false) };
        let sentence = |t: usize| self.view.segments.sentence_of(t);
        let here = sentence(token).unwrap_or(0);
        let mut other = false;
        let (before, after): (Vec<&TokenRange>, Vec<&TokenRange>) =
            chain.iter().filter(|r| !r.has(token)).partition(|r| (r.end as usize) <= token);
        for r in before.into_iter().rev().chain(after) {
            let there = sentence(r.start as usize).unwrap_or(0);
            let plural = |r: &TokenRange| want == Wants::Many && self.people(*r);
            let far = here.abs_diff(there);
            // Nobody is "they" from far off.
            if want == Wants::Many && far > FAR {
                continue;
            }
            match self.entity_of(*r).filter(|e| self.allowed(*e, want) || plural(r)) {
                Some(entity) => {
                    let here = far == 0 && (r.start as usize) < token;
                    return (Some(Chained { entity, here, far }), false);
                }
                None => other |= r.len() > 1 || wants(&self.view.low(r.start as usize)).is_none(),
            }
        }
        (None, other)
    }

    /// The mentions that begin in a span. They are kept in the order of the text, and a long report has thousands.
    fn within(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        self.mentions.get(from..to.max(from)).unwrap_or_default().iter()
    }

    /// Whether a mention is the people of a state: "the Danes", and not "the U.S.".
    fn people(&self, r: TokenRange) -> bool {
        let span = self.view.segments.span(r);
        self.within(span).any(|m| {
            span.contains(m.span) && m.kind == MentionKind::Group && m.span.of(self.view.text).ends_with('s')
        })
    }

    /// Whether the verb of a pronoun has that actor on its other side: in "they called on the rebels" they are not the rebels.
    fn acts_on(&self, token: usize, e: EntityIx) -> bool {
        let view = self.view;
        let side = |t: usize| match view.rel(t).split(':').next() {
            Some("nsubj") => Some(true),
            Some("obj" | "iobj" | "obl") => Some(false),
            _ => None,
        };
        let (Some(own), Some(verb)) = (side(token), view.head(token)) else { return false };
        let word = view.low(token);
        if word.ends_with("self") || word.ends_with("selves") {
            return false;
        }
        let named = |t: usize| wants(&view.low(t)).is_none() && view.upos(t) != Some(Upos::Pron);
        let other = |t: &usize| *t != token && named(*t) && side(*t).is_some_and(|s| s != own);
        // "The rebels" are the one body of rebels that the report names, though nothing has said so yet.
        let sector = self.entities.get(e as usize).and_then(|x| x.sector.as_deref());
        let of_kind = |t: usize| {
            let word = view.low(t);
            unnamed::head_at(&word, 0).is_some_and(|(_, s)| s == "REB" && sector == Some(s))
        };
        view.children(verb).filter(other).any(|t| self.entity_at(t) == Some(e) || of_kind(t))
    }

    /// The words of two or more who are named together and whom "they" stands for.
    fn both(&self, token: usize) -> Option<String> {
        let view = self.view;
        view.head(token)?;
        for t in grammar::around(view, token) {
            // "They froze the assets of nine officials, and Tokyo could bar them": people in between are nearer.
            let people = |w: &usize| {
                view.upos(*w) == Some(Upos::Noun)
                    && view.low(*w).ends_with('s')
                    && chancery_lexicon::people::person(&view.low(*w))
            };
            if view.rel(token) != "nsubj" && (t + 1..token).any(|w| people(&w)) {
                return None;
            }
            let all = grammar::joint(view, t);
            let mut who: Vec<EntityIx> = all.iter().filter_map(|t| self.entity_at(*t)).collect();
            who.dedup();
            if who.len() < 2 || who.len() != all.len() {
                // A plural subject that is nobody known is nearer than any two.
                if view.low(t).ends_with('s') && view.upos(t) == Some(Upos::Noun) {
                    return None;
                }
                continue;
            }
            let span = |t: &usize| {
                let at = view.segments.tokens.get(*t)?.span;
                let over = self.mentions.iter().filter(|m| m.span.contains(at) && m.entity.is_some());
                over.map(|m| m.span).max_by_key(|s| s.len())
            };
            let (first, last) = (span(all.first()?)?, span(all.last()?)?);
            let words = Span::new(first.lo(), last.hi()).of(view.text);
            return Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        None
    }

    fn allowed(&self, e: EntityIx, want: Wants) -> bool {
        self.entities.get(e as usize).is_some_and(|x| want.allows(x.kind))
    }

    /// The entity that a chain's mention is, and not one that it only holds: "the Syrian conflict" is not Syria.
    fn entity_of(&self, r: TokenRange) -> Option<EntityIx> {
        let span = self.view.segments.span(r);
        let inside = self.within(span).filter(|m| span.contains(m.span) && m.entity.is_some());
        let top = r.iter().find(|t| self.view.head(*t).is_none_or(|h| !r.has(h)));
        let heads = |m: &&Mention| {
            let Some(top) = top.filter(|_| self.view.upos(r.start as usize).is_some()) else { return true };
            let own = self.view.segments.tokens_in(m.span);
            own.has(top)
                || own.end == r.end
                || own.iter().any(|t| {
                    let beside =
                        matches!(self.view.rel(t).split(':').next(), Some("flat" | "appos" | "compound"));
                    // "Foreign Minister Ada Holm", and not "the Oslo office".
                    let person = m.kind == MentionKind::Person;
                    beside && person && self.view.head(t) == Some(top)
                })
        };
        inside.filter(heads).max_by_key(|m| m.span.len()).and_then(|m| m.entity)
    }

    /// The entity whose mention has a word for its head.
    fn entity_at(&self, token: usize) -> Option<EntityIx> {
        let at = self.view.segments.tokens.get(token)?.span;
        let over = self.mentions.iter().filter(|m| m.span.contains(at) && m.entity.is_some());
        let direct = over.max_by_key(|m| m.span.len()).and_then(|m| m.entity);
        direct.or_else(|| {
            // "Syria's embattled President Bashar al-Assad" may hang on its title.
            let named = |c: &usize| matches!(self.view.rel(*c).split(':').next(), Some("flat" | "appos"));
            self.view.children(token).filter(named).find_map(|c| {
                let at = self.view.segments.tokens.get(c)?.span;
                let m =
                    self.mentions.iter().find(|m| m.kind == MentionKind::Person && m.span.contains(at))?;
                m.entity
            })
        })
    }

    /// Whom the sentence itself settles it to be.
    fn in_sentence(&self, token: usize, want: Wants, fits: &dyn Fn(EntityIx) -> bool) -> Option<EntityIx> {
        self.view.head(token)?;
        // "It is clear that …" stands for nothing.
        if self.view.low(token) == "it" && self.view.rel(token) == "expl" {
            return None;
        }
        let joint = |t: usize| self.view.children(t).any(|c| self.view.rel(c) == "conj");
        for t in grammar::around(self.view, token) {
            // Of two who are named together one is not "he", and an actor told of before "them" is not meant by the whole.
            if joint(t) && want != Wants::Many && self.view.head(token) != Some(t) && !self.joined(token, t) {
                continue;
            }
            let e = self.entity_at(t);
            if let Some(e) = e.filter(|e| fits(*e)) {
                return Some(e);
            }
            // A conflict, a law: "it" is that, though no actor.
            if want == Wants::Thing
                && e.is_none()
                && self.view.upos(t) == Some(Upos::Noun)
                && !self.view.low(t).ends_with('s')
            {
                return None;
            }
        }
        if want == Wants::Many {
            return None;
        }
        let ahead = grammar::ahead(self.view, token).and_then(|t| self.entity_at(t)).filter(|e| fits(*e))?;
        // Somebody named before the pronoun may be meant.
        let sentence =
            self.view.segments.sentence_of(token).and_then(|s| self.view.segments.sentences.get(s))?;
        let at = self.view.start(token);
        let named = |m: &Mention| {
            sentence.span.contains(m.span)
                && m.span.hi() <= at
                && m.entity.is_some_and(|e| e != ahead && fits(e))
        };
        (!self.mentions.iter().any(named)).then_some(ahead)
    }

    /// Whether a pronoun stands in what is joined to a word: "Holm and her rivals".
    fn joined(&self, token: usize, to: usize) -> bool {
        std::iter::successors(Some(token), |t| self.view.head(*t))
            .take(6)
            .any(|t| self.view.rel(t) == "conj" && self.view.head(t) == Some(to))
    }

    /// Whether somebody without a name speaks in the sentences before: "one man said".
    fn somebody_spoke(&self, token: usize) -> bool {
        let view = self.view;
        let sentence = |t: usize| view.segments.sentence_of(t).unwrap_or(0);
        let unnamed = |r: &TokenRange| {
            let top = r.iter().find(|t| view.head(*t).is_none_or(|h| !r.has(h)));
            top.is_some_and(|t| {
                let person = chancery_lexicon::people::person(&view.low(t));
                view.upos(t) == Some(Upos::Noun) && person && !view.low(t).ends_with('s')
            }) && self
                .entity_of(*r)
                .is_none_or(|e| self.entities.get(e as usize).is_some_and(|x| x.kind == ActorKind::Unnamed))
        };
        self.ctx.marks.attributions.iter().filter_map(|a| a.source.first()).any(|r| {
            (r.end as usize) <= token
                && sentence(token) - sentence(r.start as usize).min(sentence(token)) <= FAR_OFF
                && unnamed(r)
        })
    }

    /// Whom the sentence before was about, when the chain looks farther back: the first that is a subject there.
    fn spoken_of(
        &self,
        token: usize,
        chained: Option<Chained>,
        fits: &dyn Fn(EntityIx) -> bool,
    ) -> Option<EntityIx> {
        let far = chained?.far;
        if far < 2 || !grammar::is_subject(self.view, token) {
            return None;
        }
        let here = self.view.segments.sentence_of(token)?;
        let before = here.checked_sub(1).and_then(|s| self.view.segments.sentences.get(s))?;
        let own = self.view.segments.sentences.get(here)?;
        if own.paragraph > before.paragraph + 1 {
            return None;
        }
        let at = self.view.start(token);
        let named =
            |m: &Mention| own.span.contains(m.span) && m.span.hi() <= at && m.entity.is_some_and(fits);
        if self.mentions.iter().any(named) {
            return None;
        }
        let subjects =
            before.tokens.iter().filter(|t| grammar::is_subject(self.view, *t) && !self.view.quoted(*t));
        subjects.filter_map(|t| self.entity_at(t)).find(|e| fits(*e))
    }
}

fn chain<'m>(ctx: &Context<'m>, token: usize) -> Option<&'m Vec<TokenRange>> {
    ctx.marks.chains.iter().find(|c| c.iter().any(|r| r.len() == 1 && r.has(token)))
}

/// The source of another attribution that a pronoun refers back to: "a diplomat warned … he said".
pub(crate) fn unnamed_speaker(ctx: &Context<'_>, token: usize) -> Option<TokenRange> {
    let sources = || ctx.marks.attributions.iter().filter_map(|a| a.source.first()).filter(|s| s.len() > 1);
    let here = |r: &&TokenRange| {
        (r.end as usize) <= token && sources().any(|s| s == *r || s.start == r.start && s.contains(**r))
    };
    chain(ctx, token)?.iter().rev().filter(|r| r.len() > 1).find(here).copied()
}
fn fits(reg: &Register, sexes: &[Option<char>], e: EntityIx, want: Wants) -> bool {
    let Some(x) = reg.entities.get(e as usize) else { return false };
    let sex = sexes.get(e as usize).copied().flatten();
    match want {
        Wants::Man => x.kind == ActorKind::Person && sex != Some('f'),
        Wants::Woman => x.kind == ActorKind::Person && sex != Some('m'),
        Wants::Many => x.kind == ActorKind::Group,
        Wants::Thing => matches!(x.kind, ActorKind::Organization | ActorKind::State),
    }
}

/// The first fitting name of its own sentence before it, else the first of the sentence before, else of the one before that.
fn antecedent(
    view: &View<'_>,
    reg: &Register,
    sexes: &[Option<char>],
    token: usize,
    want: Wants,
) -> Option<EntityIx> {
    let here = view.segments.sentence_of(token)?;
    let at = view.start(token);
    let paragraph = |s: usize| view.segments.sentences.get(s).map(|x| x.paragraph);
    let thing = matches!(want, Wants::Thing | Wants::Many);
    // "it" opens a clause of its own too often ("it is clear that"): only beside a verb of speech, or as "its".
    if view.low(token) == "it"
        && !matches!(
            view.word(token + 1),
            "said" | "says" | "added" | "would" | "had" | "has" | "denied" | "rejected" | "wanted" | "warned"
        )
    {
        return None;
    }
    let back = if thing { 1 } else { 3 };
    for s in (here.saturating_sub(back)..=here).rev() {
        let span = view.segments.sentences.get(s)?.span;
        if s != here && paragraph(here).zip(paragraph(s)).is_some_and(|(a, b)| a.abs_diff(b) > 2) {
            return None;
        }
        // Names in quotations are spoken of by another.
        let inside = reg
            .mentions
            .iter()
            .filter(|m| span.contains(m.span) && m.span.hi() <= at && m.kind != MentionKind::Office);
        let outside = inside.filter(|m| !view.quoted(view.segments.tokens_in(m.span).start as usize));
        // "Asian diplomats … their": an adjective is no antecedent.
        let outside = outside.filter(|m| want != Wants::Many || m.span.of(view.text).ends_with('s'));
        let mut list: Vec<EntityIx> = outside
            .filter(|m| m.kind != MentionKind::Pronoun || !thing)
            .filter_map(|m| m.entity)
            .filter(|e| fits(reg, sexes, *e, want))
            .collect();
        let certain = |e: &EntityIx| match want {
            Wants::Man => sexes.get(*e as usize) == Some(&Some('m')),
            Wants::Woman => sexes.get(*e as usize) == Some(&Some('f')),
            _ => true,
        };
        // A person of known sex before one of unknown sex.
        if list.iter().any(certain) {
            list.retain(certain);
        }
        if let Some(e) = list.first() {
            return Some(*e);
        }
    }
    None
}
