//! Where, by the tree: a place belongs to the happening on whose words it hangs, straight or through who and what takes
//! part in it; failing that, to the one told in the same breath.

use super::find::Candidate;
use super::setting::{head_of, over, seat_of, seats};
use super::tree::Tree;
use super::verbal::by_words;
use crate::Context;
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Form, VERBS};
use chancery_model::facts::{Mention, PlaceIx};
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, PlaceKind};

/// How near a place stands to a happening: the lower, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// It hangs on its words.
    Own,
    /// It hangs below them, through a party or another happening.
    Below,
    /// The sentence opens with it, or tells it of the deed that this one is joined to.
    Shared,
    /// The sentence tells nothing else.
    Alone,
}

/// A place and the preposition that leads it.
type Scene = (PlaceIx, Option<String>);
/// What goes first: the surer tie, the town before the country, the nearer name.
type Rank = (Tie, bool, u32);

/// Prepositions that say where.
const AT: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "by",
    "along",
    "off",
    "through",
    "throughout",
    "within",
    "beside",
    "above",
    "over",
    "under",
];

/// Where: after a preposition of place below the event word or what carries it, the town that is struck, or before "where".
pub(super) fn place(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    event: &dyn Fn(usize) -> bool,
    alone: bool,
) -> Option<Scene> {
    let whole = tree.clause.whole();
    let here = tree.clause.span(c.at, c.at + 1);
    let from = ctx.facts.mentions.partition_point(|m| m.span.start < whole.start);
    let all = ctx.facts.mentions.iter().skip(from).take_while(|m| m.span.start < whole.end);
    let all: Vec<&Mention> = all.filter(|m| m.place.is_some()).collect();
    if let Some(found) = where_clause(tree, c, &all) {
        return Some((found, Some("in".to_owned())));
    }
    let eye = Eye { ctx, tree, c, event, alone, seats: seats(tree, c, event) };
    let mut best: Option<(Rank, Scene)> = None;
    for m in all {
        let Some(place) = m.place else { continue };
        let Some((tie, word)) = eye.tie(m, place) else { continue };
        let far = if m.span.start < here.start {
            here.start - m.span.start + 30
        } else {
            m.span.start - here.start
        };
        // "Osnabrück, Germany": the nearer name.
        let wide = eye.kind(place) == Some(PlaceKind::Country);
        if best.as_ref().is_none_or(|(b, _)| (tie, wide, far) < *b) {
            best = Some(((tie, wide, far), (place, word)));
        }
    }
    best.map(|b| b.1).or_else(|| there(ctx, tree, c))
}

/// "marched to Larissa and blocked the railway there", "after the army there arrested two": the place named last before "there".
fn there(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate) -> Option<Scene> {
    let word = (0..tree.len()).find(|t| {
        tree.word(*t) == "there"
            && tree.is(*t, &["advmod"])
            && tree.head(*t).is_some_and(|h| h == c.at || c.used.contains(&h) || tree.head(h) == Some(c.at))
    })?;
    let at = tree.clause.span(word, word + 1).start;
    let whole = tree.clause.whole();
    // Of this sentence, or of the one before.
    let last = ctx.segments.sentences.iter().rev().find(|s| s.span.start < whole.start);
    let from = last.map_or(whole.start, |s| s.span.start);
    let before = ctx.facts.mentions.iter().filter(|m| m.span.end <= at && m.span.start >= from);
    before.filter(|m| m.place.is_some()).max_by_key(|m| m.span.start).and_then(|m| Some((m.place?, None)))
}

/// "Tahoua, where two gendarmes were wounded": the place that the clause is about.
fn where_clause(tree: &Tree<'_, '_>, c: &Candidate, all: &[&Mention]) -> Option<PlaceIx> {
    let opens = |v: usize| {
        tree.under(v, &["advmod", "obl", "mark"])
            .find(|w| tree.word(*w) == "where" || tree.word(*w) == "which" && tree.case(*w) == Some("in"))
    };
    let verbs = std::iter::once(c.at).chain(tree.above(c.at).take(2));
    let word = verbs.filter(|v| tree.is_verb(*v)).find_map(opens)?;
    let start = tree.clause.span(word, word + 1).start;
    let before = all.iter().filter(|m| m.span.end <= start && start - m.span.end <= 6);
    before.max_by_key(|m| m.span.end).and_then(|m| m.place)
}

/// A happening whose place is looked for.
struct Eye<'e, 'c, 'a> {
    ctx: &'e Context<'a>,
    tree: &'e Tree<'c, 'a>,
    c: &'e Candidate,
    event: &'e dyn Fn(usize) -> bool,
    alone: bool,
    seats: Vec<usize>,
}

impl Eye<'_, '_, '_> {
    fn kind(&self, place: PlaceIx) -> Option<PlaceKind> {
        self.ctx.facts.places.get(place as usize).map(|p| p.kind)
    }

    /// The noun whose place a name tells, when it is a part of it: "a London clinic", "the market of Bentiu".
    fn lifted(&self, head: usize, place: PlaceIx) -> usize {
        let tree = self.tree;
        let Some(noun) = tree.head(head).filter(|n| tree.upos(*n) == Upos::Noun && !(self.event)(*n)) else {
            return head;
        };
        let site = ["@site", "@town", "@home"].iter().any(|l| VERBS.is_word(l, tree.word(noun)))
            || matches!(
                tree.lemma(noun),
                "city" | "capital" | "outskirts" | "street" | "centre" | "center" | "border"
            );
        let part = tree.is(head, &["compound", "nmod:poss", "nmod:desc"])
            && self.kind(place).is_some_and(|k| k != PlaceKind::Country)
            || tree.rel(head) == "nmod" && tree.case(head) == Some("of");
        if site && part { noun } else { head }
    }

    fn tie(&self, m: &Mention, place: PlaceIx) -> Option<(Tie, Option<String>)> {
        let (tree, c) = (self.tree, self.c);
        let head = head_of(tree, m.span)?;
        let country = self.kind(place) == Some(PlaceKind::Country);
        let top = self.lifted(head, place);
        let case = tree.case(top);
        let by_words = by_words(c.hit.class.kind);
        let force = matches!(c.hit.class.kind, EventType::Assault | EventType::Coerce | EventType::Protest);
        let agent = case == Some("by")
            && (tree.rel(top) == "obl:agent"
                || country
                || m.entity.is_some()
                || tree.head(top).is_some_and(|h| (self.event)(h)));
        let on = matches!(case, Some("on" | "onto" | "into"))
            && !country
            && !by_words
            && (top != head || tree.head(top).is_some_and(|h| people::acts(tree.word(h)) || tree.is_verb(h)));
        let scene = !agent && case.is_some_and(|p| AT.contains(&p)) || on;
        let town = case == Some("of")
            && tree.head(top).is_some_and(|h| {
                TOWNS.contains(&tree.lemma(h)) || force && !country && people::acts(tree.word(h))
            });
        let mode = c.hit.class.mode.as_deref();
        let leaves = c.hit.class.kind == EventType::Retreat
            && (matches!(case, Some("from" | "out"))
                || tree.under(top, &["case"]).any(|w| tree.word(w) == "out"));
        let brings = c.hit.class.kind == EventType::Aid && !country && matches!(case, Some("to" | "into"));
        let goal = matches!(case, Some("to" | "from" | "into" | "out"))
            && matches!(mode, Some("visit" | "withdraw" | "troops"))
            || matches!(case, Some("on" | "against" | "at")) && c.hit.class.things && !country
            || leaves
            || brings;
        let hit = c.hit.class.things || force && !country || mode == Some("visit");
        let left = c.hit.class.kind == EventType::Retreat
            && matches!(tree.lemma(c.at), "leave" | "quit" | "evacuate");
        // "told visiting US envoy Kari Dahl": she is not in the US.
        let guest = tree.word(c.at) == "visiting" && tree.child(c.at, &["nsubj", "aux"]).is_none();
        if guest && !scene {
            return None;
        }
        let struck = tree.is(top, &["obj", "nsubj:pass"]) && (hit || left)
            || force && !country && case == Some("of") && tree.head(top).is_some_and(|h| c.used.contains(&h))
            || c.hit.form == Form::Noun
                && case == Some("of")
                && tree.head(top) == Some(c.at)
                && force
                && !country;
        let compound =
            tree.is(head, &["compound", "amod", "nmod:desc"]) && c.hit.form == Form::Noun && top == head;
        if !(scene || town || goal || struck || compound) {
            return None;
        }
        let seat = self.seat(top);
        let own = self.seats.contains(&seat)
            && (!goal || c.used.contains(&seat) || seat == c.at || tree.above(top).any(|h| h == c.at));
        // "the Geneva talks"
        let names = compound && tree.head(head) == Some(c.at) && self.kind(place) == Some(PlaceKind::City);
        let word = case.filter(|_| scene).map(|w| if on { "on".to_owned() } else { w.to_owned() });
        // Where they are whom a deed of words is said to is not where it is said.
        let nested = tree.rel(top) == "nmod"
            && tree.head(top).is_some_and(|h| !(self.event)(h) && !c.used.contains(&h));
        if compound && !names {
            return None;
        }
        let party = tree.head(top).filter(|h| {
            people::acts(tree.word(*h))
                || self
                    .ctx
                    .facts
                    .mentions
                    .iter()
                    .any(|n| n.place.is_none() && n.span.contains(tree.clause.span(*h, *h + 1)))
        });
        if own && by_words && nested && scene && party.is_some_and(|h| !tree.is(h, &["nsubj", "nsubj:pass"]))
        {
            return None;
        }
        let given = nested && scene && country && c.hit.form != Form::Noun && party.is_some();
        if (own || names) && !given {
            return Some((Tie::Own, word));
        }
        if !by_words && !given && (scene || struck) && self.below(top) {
            return Some((Tie::Below, word));
        }
        if scene && self.shared(top, seat) {
            return Some((Tie::Shared, word));
        }
        let spoken =
            matches!(tree.lemma(seat), "say" | "tell" | "report" | "announce" | "add" | "think" | "reckon")
                || !over(tree, seat, c.at)
                || tree.is_verb(seat) && !tree.is(c.at, &["conj", "nsubj", "obj", "obl", "nsubj:pass"]);
        (self.alone && !by_words && !spoken && !compound && !given).then_some((Tie::Alone, word))
    }

    /// The first word above that is a verb, an event word or one that carries this happening.
    fn seat(&self, from: usize) -> usize {
        let plain = seat_of(self.tree, from, self.event, true);
        let own = self.tree.above(from).take_while(|h| *h != plain).find(|h| self.seats.contains(h));
        own.unwrap_or(plain)
    }

    /// Whether a place hangs below the event word through who takes part or another happening, and not in a clause of its own:
    /// "monks leading a march in Yangon were beaten", "beaten at a rally in Shenzhen".
    fn below(&self, from: usize) -> bool {
        let tree = self.tree;
        let mut at = from;
        for _ in 0..8 {
            let Some(h) = tree.head(at) else { return false };
            // "flew in to meet him in Tunis", "held as he arrived in Tunis", and not "broke off talks after a mob burned a bank in Gori".
            let while_at = tree.rel(at) == "advcl"
                && tree.child(at, &["nsubj"]).is_some_and(|s| tree.upos(s) == Upos::Pron)
                && tree.child(at, &["mark"]).is_some_and(|m| matches!(tree.word(m), "as" | "when" | "while"));
            let purpose = while_at
                || tree.is(at, &["advcl", "xcomp"])
                    && tree.child(at, &["nsubj", "nsubj:pass"]).is_none()
                    && tree.child(at, &["mark"]).is_none_or(|m| tree.word(m) == "to");
            let through = tree
                .is(at, &["nmod", "nsubj", "nsubj:pass", "obj", "obl", "appos", "compound", "acl", "conj"])
                && (tree.rel(at) != "acl:relcl" || (self.event)(at))
                && !(tree.rel(at) == "conj" && tree.is_verb(at))
                || purpose;
            if !through {
                return false;
            }
            if h == self.c.at || self.c.used.contains(&h) && h > 0 {
                return true;
            }
            at = h;
        }
        false
    }

    /// "In Minsk an airliner was forced down and an editor was taken away", "seized the station in Suez and shot two men":
    /// what is joined to a deed and has no place of its own shares that of the first.
    fn shared(&self, top: usize, seat: usize) -> bool {
        let tree = self.tree;
        let mut at = self.c.at;
        if !tree.is_verb(at) {
            return false;
        }
        for _ in 0..3 {
            let joined = tree.rel(at) == "conj"
                || tree.rel(at) == "advcl"
                    && tree.word(at).ends_with("ing")
                    && tree.child(at, &["mark", "nsubj"]).is_none();
            // "gathered in Leticia to discuss the fires", "police in Nairobi tried to arrest him"
            let purpose = tree.is(at, &["advcl", "xcomp"])
                && tree.under(at, &["mark"]).any(|m| tree.word(m) == "to")
                && tree.head(at).is_some_and(|h| {
                    tree.child(h, &["obj", "iobj"]).is_none() && (tree.rel(at) == "advcl" || !(self.event)(h))
                });
            let Some(h) = tree.head(at).filter(|h| (joined || purpose) && tree.is_verb(*h)) else {
                return false;
            };
            if purpose && seat == h && top < at {
                return true;
            }
            let opens = top < h
                && tree.head(top) == Some(h)
                && top < tree.phrase(tree.child(h, &["nsubj", "nsubj:pass"]).unwrap_or(h)).0;
            let same = tree.child(at, &["nsubj", "nsubj:pass"]).is_none() && !by_words(self.c.hit.class.kind);
            if seat == h && (opens || same && top < self.c.at) {
                return true;
            }
            at = h;
        }
        false
    }
}

/// Nouns that a town's name follows after "of".
const TOWNS: &[&str] = &[
    "city",
    "town",
    "capital",
    "village",
    "port",
    "district",
    "province",
    "area",
    "region",
    "outskirts",
    "centre",
    "center",
    "streets",
    "street",
    "suburb",
    "north",
    "south",
    "east",
    "west",
    "siege",
    "island",
    "garrison",
    "airport",
    "edge",
    "heart",
    "middle",
    "gates",
    "foot",
    "banks",
    "shores",
    "side",
];
