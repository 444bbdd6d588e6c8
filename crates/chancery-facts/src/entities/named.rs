//! The name that heads some words: whose words "Haddad spokesman Karim Bey" are, and whose "the wife of the premier" are not.

use super::view::View;
use crate::Context;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::people;
use chancery_model::facts::{EntityIx, Mention};
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, MentionKind};
use chancery_model::{Span, TokenRange};

/// The entity of the name that heads the words.
pub(super) fn named(ctx: &Context<'_>, words: Span) -> Option<EntityIx> {
    let text = &ctx.report.text;
    let inside: Vec<&Mention> =
        ctx.facts.mentions.iter().filter(|m| words.contains(m.span) && m.entity.is_some()).collect();
    let after = |m: &Mention| text.get(m.span.hi()..words.hi()).unwrap_or("");
    let before = |m: &Mention| text.get(words.lo()..m.span.lo()).unwrap_or("");
    // Not the owner ("Berg's aide"), nor what a preposition hangs on ("an envoy to Oslo"), unless a comma starts afresh.
    let owner = |m: &Mention| after(m).starts_with("'s") || after(m).starts_with("’s");
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let range = ctx.segments.tokens_in(words);
    // "Keeper of the Seals Otto Rau": the name heads them all.
    let tops = |m: &Mention| {
        let own = ctx.segments.tokens_in(m.span);
        m.kind == MentionKind::Person
            && own
                .iter()
                .any(|t| view.head(t).is_some_and(|h| !range.has(h)) && view.upos(t) == Some(Upos::Propn))
    };
    let hangs = |m: &Mention| {
        if tops(m) {
            return false;
        }
        let clause = before(m).rsplit(',').next().unwrap_or("");
        clause.split_whitespace().any(|w| {
            matches!(
                w,
                "of" | "for"
                    | "to"
                    | "from"
                    | "in"
                    | "at"
                    | "with"
                    | "close"
                    | "by"
                    | "on"
                    | "near"
                    | "against"
                    | "inside"
                    | "and"
                    | "or"
                    | "under"
                    | "between"
                    | "including"
            )
        })
    };
    // "anti-Tabor forces" are not Tabor.
    let turned = |m: &Mention| {
        let front = text.get(..m.span.lo()).unwrap_or("").to_lowercase();
        ["anti-", "pro-", "non-"].iter().any(|p| front.ends_with(p))
    };
    // "Haddad supporters", "a Haddad aide" are not Haddad; of "Haddad spokesman Karim Bey" Bey is meant.
    let theirs = |m: &Mention| {
        let behind = after(m).split([',', '(', ';', '—', '–']).next().unwrap_or("");
        let end = m.span.hi() + behind.len();
        m.kind == MentionKind::Person
            && qualifies(&view, ctx.segments.tokens_in(Span::new(m.span.hi(), end)), |t| {
                inside.iter().any(|x| x.kind == MentionKind::Person && x.span.lo() == t)
            })
    };
    let free = |m: &&&Mention| !owner(m) && !hangs(m) && !turned(m) && !theirs(m);
    let person = inside.iter().filter(free).find(|m| m.kind == MentionKind::Person);
    if let Some(m) = person {
        return m.entity;
    }
    // Any other name counts when it ends the noun phrase: "the Kenyan foreign ministry", not "Kenyan officials".
    let is_state = |m: &Mention| {
        let e = m.entity.and_then(|e| ctx.facts.entities.get(e as usize));
        e.is_some_and(|e| e.kind == ActorKind::State)
    };
    let heads = |m: &&&Mention| {
        let rest = after(m).trim_start();
        let opens = |list: &[&str]| list.iter().any(|p| rest.starts_with(p));
        // "A British newspaper" is not Britain, "the Reuters news agency" is Reuters.
        let prints = opens(&["news ", "newspaper", "television", "radio", "agency", "network"]);
        let ends = rest.is_empty()
            || rest.starts_with([',', '(', ';'])
            || opens(&["of ", "in ", "on ", "at ", "for ", "that", "and "]);
        // "Danish and Swedish envoys" are of two.
        let of_two = rest.starts_with("and ") && {
            let own = ctx.segments.tokens_in(m.span);
            own.iter().next_back().is_some_and(|t| view.rel(t) == "amod")
        };
        let another = of_two || one_of_them(ctx, m) || prints && is_state(m);
        ((ends || prints) && !another) || m.kind == MentionKind::Office
    };
    // "Prime Minister Sigurd Holm's wife": the office is his, the words are hers.
    let barred: Vec<EntityIx> = inside
        .iter()
        .filter(|m| m.kind == MentionKind::Person && (owner(m) || theirs(m)))
        .filter_map(|m| m.entity)
        .collect();
    let open = |m: &&&Mention| m.entity.is_some_and(|e| !barred.contains(&e));
    let other = inside.iter().filter(free).filter(heads).filter(open).find(|m| {
        !matches!(m.kind, MentionKind::Place) || m.span.hi() == words.hi() || after(m).starts_with(" and ")
    });
    other.and_then(|m| m.entity)
}

/// Whether a people or party is named for one or some of it: "a Dane", "every Dane", "the Lund Liberal".
fn one_of_them(ctx: &Context<'_>, m: &Mention) -> bool {
    const SOME: [&str; 14] = [
        "a", "an", "every", "each", "one", "another", "any", "no", "some", "many", "most", "several", "few",
        "all",
    ];
    if m.kind != MentionKind::Group {
        return false;
    }
    let text = &ctx.report.text;
    let name = m.span.of(text);
    let before = text.get(..m.span.lo()).unwrap_or("").trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let entity = m.entity.and_then(|e| ctx.facts.entities.get(e as usize));
    // "The retired Norwegian", "the Iraqi": one of a people whose plural has an s.
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let head = ctx.segments.tokens_in(m.span).iter().next_back().is_some_and(|t| {
        view.upos(t) == Some(Upos::Noun)
            || view.upos(t) == Some(Upos::Propn) && view.rel(t).starts_with("nsubj")
    });
    let single = head
        && ["an", "i"].iter().any(|e| name.ends_with(e))
        && known::get(name).is_some_and(|k| matches!(k, Known::Demonym(_)));
    if single && entity.is_some_and(|e| e.kind == ActorKind::State) {
        return true;
    }
    // The name of the whole ends in an s that this one lacks.
    let member = entity.is_some_and(|e| e.name.strip_suffix('s') == Some(name));
    member || entity.is_some_and(|e| e.kind == ActorKind::State) && SOME.contains(&last.as_str())
}

/// Whether a name stands for whose the words behind it are: common nouns follow, and
/// then nothing, a preposition or another name. What a person heads is not that person either: "the Haddad government".
fn qualifies(view: &View<'_>, behind: TokenRange, named_at: impl Fn(usize) -> bool) -> bool {
    // Without a tree only words for people tell.
    let common = |t: usize| {
        view.upos(t).map_or_else(|| people::acts(view.word(t)), |u| matches!(u, Upos::Noun | Upos::Adj))
    };
    let low = |t: usize| view.word(t).starts_with(char::is_lowercase) && !named_at(view.start(t));
    let nouns: Vec<usize> = behind.iter().take_while(|t| low(*t) && common(*t)).collect();
    // "Mia Holt tweets:", where the tree took the verb for a noun.
    const SAYS: [&str; 5] = ["tweets", "writes", "reports", "says", "posts"];
    if nouns.iter().any(|t| SAYS.contains(&view.word(*t))) {
        return false;
    }
    let Some(last) = nouns.last().copied().filter(|t| view.upos(*t) != Some(Upos::Adj)) else { return false };
    behind
        .iter()
        .find(|t| *t > last)
        .is_none_or(|t| named_at(view.start(t)) || view.upos(t) == Some(Upos::Adp))
}

/// Nouns for words that are their owner's.
const PAPERS: [&str; 16] = [
    "statement",
    "communique",
    "communiqué",
    "declaration",
    "report",
    "speech",
    "address",
    "letter",
    "message",
    "remarks",
    "comments",
    "announcement",
    "testimony",
    "words",
    "warning",
    "tweet",
];

/// Whose paper the words are: "the Norwegian statement", "a Human Rights Watch report".
pub(super) fn author(ctx: &Context<'_>, words: Span) -> Option<EntityIx> {
    let text = words.of(&ctx.report.text);
    let (owner, paper) = text.rsplit_once(' ')?;
    if !PAPERS.contains(&paper) {
        return None;
    }
    let his = ["'s", "’s", "'", "’"].iter().find_map(|p| owner.strip_suffix(p));
    let end = words.lo() + his.unwrap_or(owner).len();
    let named = |m: &&Mention| {
        m.span.hi() == end
            && words.contains(m.span)
            && m.entity.and_then(|e| ctx.facts.entities.get(e as usize)).is_some_and(|e| match e.kind {
                ActorKind::State | ActorKind::Organization => true,
                ActorKind::Person => his.is_some(),
                _ => false,
            })
    };
    ctx.facts.mentions.iter().filter(named).max_by_key(|m| m.span.len()).and_then(|m| m.entity)
}
