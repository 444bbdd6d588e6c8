//! Who took part, by the tree: subjects, objects, agents, owners, and what hangs on the entry's prepositions.

mod behind;
mod deed;
mod frames;
mod lists;
mod noun;
mod relative;
mod subject;
mod turned;
mod weapons;
mod who;

pub(super) use frames::nobody_does;
pub(super) use weapons::of_force;
pub(super) use who::taken;

use super::find::Candidate;
use super::idle::nature_does;
use super::participants::Someone;
use super::tree::Tree;
use crate::Context;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Class, Form, VERBS};
use chancery_model::facts::{EntityIx, Mention};
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, EventType, MentionKind, PlaceKind, Role};

use lists::*;
pub(super) use lists::{DEEDS, LIGHT};
use relative::{befalls, clause_of_noun, relative};
pub(super) use turned::befell_owner;
use weapons::{arms_hand, is_ammunition, is_strife, is_weapon, spends};

/// The participants, each once.
pub(super) fn of(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    speaker: Option<Someone>,
) -> Vec<(Role, Someone)> {
    let class = c.hit.class;
    let moves = matches!(
        class.kind,
        EventType::Consult | EventType::Retreat | EventType::Mobilize | EventType::Protest
    );
    let strikes = class.kind == EventType::Assault;
    let judges = matches!(class.kind, EventType::Accuse | EventType::Support | EventType::Reject);
    let seen = Seen { ctx, tree, strict: class.kind == EventType::Mobilize, moves, judges, strikes, speaker };
    let (doers, others) = match c.hit.form {
        Form::Noun => seen.of_noun(c),
        _ => seen.of_verb(c),
    };
    let doers = if nobody_does(tree, c) { Vec::new() } else { doers };
    let (doers, others) = seen.turned(c, doers, others);
    // "Kenya said rebels were responsible for the raid": who says so blames them.
    let blames =
        tree.head(c.at).filter(|_| tree.word(c.at) == "responsible" && tree.child(c.at, &["cop"]).is_some());
    let (doers, others) = match blames.filter(|h| tree.is_verb(*h)) {
        Some(says) => {
            let everybody = |list: Vec<usize>| list.into_iter().flat_map(|s| seen.everybody(s)).collect();
            (everybody(seen.subject(says, 0)), everybody(tree.under(c.at, &["nsubj"]).collect()))
        }
        None => (doers, others),
    };
    // "France will send soldiers to Mali": nothing is done to Mali.
    let sends = class.kind == EventType::Mobilize
        && matches!(
            tree.lemma(c.at),
            "send" | "deploy" | "dispatch" | "despatch" | "fly" | "rush" | "move" | "post"
        )
        && !tree.under(c.at, &["obl", "nmod"]).any(|o| tree.case(o) == Some("against"));
    let others = if sends { Vec::new() } else { others };
    let (doers, others) = if frames::runs_into(tree, c) { (Vec::new(), doers) } else { (doers, others) };
    let mut out: Vec<(Role, Someone)> = Vec::new();
    let (first, second) = match c.hit.class {
        k if k.host => (Role::Host, Role::Actor),
        k if k.mediates => (Role::Mediator, Role::Actor),
        _ => (Role::Actor, Role::Recipient),
    };
    let lists = [(first, doers), (second, others)];
    for (role, list) in lists {
        for who in list {
            match out.iter_mut().find(|(_, w)| *w == who) {
                None => out.push((role, who)),
                // "They called on the rebels": they are not the rebels, whatever was taken for them.
                Some(there) if there.0 == first && role == second && subject::by_pronoun(ctx, tree, who) => {
                    there.0 = second
                }
                Some(_) => {}
            }
        }
    }
    out
}

/// Whoever is the subject of a verb.
pub(super) fn subjects(ctx: &Context<'_>, tree: &Tree<'_, '_>, v: usize) -> Vec<Someone> {
    let seen = Seen { ctx, tree, strict: false, moves: true, judges: false, strikes: false, speaker: None };
    seen.subject(v, 0).into_iter().flat_map(|s| seen.everybody(s)).collect()
}

/// Everybody of a noun phrase.
pub(super) fn everybody(ctx: &Context<'_>, tree: &Tree<'_, '_>, np: usize) -> Vec<Someone> {
    Seen { ctx, tree, strict: false, moves: true, judges: false, strikes: false, speaker: None }.everybody(np)
}

struct Seen<'s, 'c, 'a> {
    ctx: &'s Context<'a>,
    tree: &'s Tree<'c, 'a>,
    /// Whether only those count who are named themselves, not those to whom a thing belongs.
    strict: bool,
    /// Whether a town after "to" or "from" is where somebody goes, and not whom it is done to.
    moves: bool,
    /// Whether it is praise, blame or refusal: whoever suffered a deed is not whose deed it was.
    judges: bool,
    /// Whether it is an attack: what belongs to somebody is struck itself.
    strikes: bool,
    /// Who says it, when a statement holds the happening.
    speaker: Option<Someone>,
}

impl Seen<'_, '_, '_> {
    fn of_verb(&self, c: &Candidate) -> (Vec<Someone>, Vec<Someone>) {
        let (tree, v, class) = (self.tree, c.at, c.hit.class);
        let strikes = self.strikes;
        // "told visiting envoy Kari Dahl": she visits.
        let guest = tree
            .under(v, &["obj", "obl"])
            .find(|o| self.mention(*o).is_some_and(|m| m.kind == MentionKind::Person));
        if tree.word(v) == "visiting"
            && tree.child(v, &["aux", "nsubj"]).is_none()
            && let Some(g) = guest
        {
            return (self.everybody(g), Vec::new());
        }
        let subject = self.subject(v, 0);
        // "remains opposed to any intervention": whoever is, opposes.
        let opposed = tree.word(v) == "opposed"
            && tree.child(v, &["obl:agent"]).is_none()
            && tree.under(v, &["obl", "advcl"]).any(|o| {
                tree.under(o, &["case", "mark"]).any(|p| tree.word(p) == "to") && tree.case(o) != Some("by")
            });
        let passive = tree.passive(v) && !opposed;
        let mut doers = Vec::new();
        let mut direct: Vec<usize> = Vec::new();
        // "meeting his counterpart Barack Obama": the name beside the object is the object.
        let beside = |o: usize| {
            let (_, end) = tree.phrase(o);
            let named = |m: &Mention| m.kind == MentionKind::Person;
            tree.under(v, &["obl", "obj", "dep", "xcomp"]).find(|n| {
                *n == end && tree.child(*n, &["case"]).is_none() && self.mention(*n).is_some_and(named)
            })
        };
        let pronoun =
            subject.iter().any(|s| matches!(tree.word(*s), "he" | "she" | "it" | "they" | "we" | "i"));
        if passive {
            let agents = self.agents(v);
            doers.extend(agents.iter().flat_map(|a| self.everybody(*a)));
            if doers.is_empty() {
                doers.extend(agents.iter().filter_map(|a| self.tool(*a, class)));
            }
            direct = subject.clone();
            // "ordered the treasurer freed"
            let orders =
                |h: &usize| tree.rel(v) == "xcomp" && matches!(tree.lemma(*h), "order" | "have" | "want");
            if let Some(h) = tree.head(v).filter(|h| doers.is_empty() && orders(h)) {
                doers.extend(self.subject(h, 1).into_iter().flat_map(|s| self.everybody(s)));
            }
        } else {
            let promiser = self.promiser(v, &subject);
            let own = promiser.map_or_else(|| subject.clone(), |h| self.subject(h, 1));
            // "A missile fired by the militia hit a tanker": who fired it hit it.
            let fired = |s: &usize| {
                let by = tree
                    .under(*s, &["acl"])
                    .filter(|_| strikes && (is_ammunition(tree, *s) || is_weapon(tree, *s)));
                by.flat_map(|p| self.agents(p)).filter(|a| tree.case(*a) == Some("by")).collect::<Vec<_>>()
            };
            let own: Vec<usize> = own
                .into_iter()
                .flat_map(|s| {
                    let by = fired(&s);
                    if by.is_empty() { vec![s] } else { by }
                })
                .collect();
            doers.extend(own.iter().flat_map(|s| self.everybody(*s)));
            direct.extend(tree.under(v, &["iobj"]));
            direct.extend(
                tree.under(v, &["obj"]).filter(|o| !relative(tree, *o)).map(|o| beside(o).unwrap_or(o)),
            );
            // "sealed off the town", where the tree takes the particle for a preposition; "met the president"
            let lone = direct.is_empty();
            direct.extend(tree.under(v, &["obl"]).filter(|o| {
                tree.child(*o, &["case"]).is_none()
                    && (tree.child(v, &["compound:prt"]).is_some_and(|p| p + 1 == tree.phrase(*o).0)
                        || lone && tree.phrase(*o).0 == v + 1 && self.someone(*o).is_some())
            }));
            if direct.is_empty() {
                direct = self.shared(v);
            }
            direct.dedup();
            // "his counterpart, Kerem Altunay": one person
            let named = |o: usize| self.mention(o).is_some_and(|m| m.kind == MentionKind::Person);
            let twice = |a: usize| {
                let end = tree.phrase(a).1;
                tree.upos(a) == Upos::Noun
                    && direct
                        .iter()
                        .any(|b| *b > a && tree.phrase(*b).0 <= end + 1 && tree.word(end) == "," && named(*b))
            };
            let direct_once: Vec<usize> = direct.iter().copied().filter(|a| !twice(*a)).collect();
            direct = direct_once;
            // "the village that the army attacked"
            if tree.rel(v) == "acl:relcl"
                && direct.is_empty()
                && tree.child(v, &["nsubj"]).is_some_and(|s| !relative(tree, s))
            {
                direct.extend(tree.head(v));
            }
        }
        if class.moved {
            // Troops are moved, intelligence is shared: neither is who it is done to. "Riot police were deployed": they do it.
            if passive && doers.is_empty() && class.kind == EventType::Mobilize {
                doers = direct.iter().flat_map(|o| self.everybody(*o)).collect();
            }
            direct.clear();
        }
        let between = self.after(v, &["between"], 0);
        if !between.is_empty() {
            // Without a helping verb the mediator may look like what was mediated.
            if class.mediates && doers.is_empty() {
                doers.extend(direct.iter().flat_map(|o| self.everybody(*o)));
            }
            return if class.mediates || class.host { (doers, between) } else { (between, Vec::new()) };
        }
        if class.receives {
            let from: Vec<&str> = class.to.iter().map(String::as_str).collect();
            let givers = self.after(v, &from, 0);
            // "The town fell to the rebels".
            if class.things {
                doers = subject.iter().filter_map(|s| self.struck(*s, class)).collect();
            }
            return (givers, doers);
        }
        // "The governor said he would resign": the reader's chains did not tell.
        if doers.is_empty() && pronoun && !passive {
            doers.extend(self.speaker.filter(|s| self.may_be(*s, &subject)));
        }
        // "Israeli bombs hit the port", "the king's palace eased the curfew": whose it is.
        if doers.is_empty() && !passive && !pronoun {
            let own = ["nmod:poss", "amod", "compound"];
            // "the Somali conflict has killed thousands": Somalia has not.
            let things = self
                .subject(v, 0)
                .into_iter()
                .filter(|s| tree.upos(*s) == Upos::Noun && !is_strife(tree, *s));
            let things: Vec<usize> = things.collect();
            doers = things
                .iter()
                .flat_map(|s| tree.under(*s, &own).collect::<Vec<_>>())
                .filter_map(|o| self.marked(o))
                .collect();
            // "a landmine planted by separatists killed two"
            if doers.is_empty() && class.kind == EventType::Assault {
                doers = things
                    .iter()
                    .filter(|s| {
                        is_ammunition(tree, **s)
                            || is_weapon(tree, **s)
                            || matches!(tree.lemma(**s), "device" | "charge" | "mine" | "bomb")
                    })
                    .flat_map(|s| tree.under(*s, &["acl"]).collect::<Vec<_>>())
                    .flat_map(|p| self.agents(p))
                    .filter(|a| tree.case(*a) == Some("by"))
                    .flat_map(|a| self.everybody(a))
                    .collect();
            }
        }
        // Headlines: "Police arrest mayor", where the verb was taken for a noun.
        if doers.is_empty() && !tree.is_verb(v) {
            doers.extend(tree.under(v, &["compound", "nmod:poss", "amod"]).flat_map(|s| self.everybody(s)));
        }
        // A noun of the pattern itself is nobody ("air strikes were carried out"), though its owner may be somebody.
        let whole = direct.clone();
        let lets_in = class.mode.as_deref() == Some("access");
        let listed = c.listed && !class.patient && !class.things && !lets_in
            || matches!(
                class.kind,
                EventType::Support | EventType::Cooperate | EventType::Mobilize | EventType::Agree
            )
            || class.kind == EventType::Aid && c.used.len() > 1 && !TENDS.contains(&tree.lemma(v));
        // A cancelled trip is not refused to the town it would have led to.
        let trip =
            class.kind == EventType::Reject && c.used.iter().any(|u| VERBS.is_word("@trip", tree.word(*u)));
        let deed =
            |o: usize| VERBS.entries(tree.word(o)).any(|e| e.form == Form::Noun) || tree.word(o) == "state";
        direct.retain(|o| {
            let thing = |w: &str| ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, w));
            let hit = class.things || class.kind == EventType::Coerce;
            let own = c.used.contains(o) && !(hit && thing(tree.word(*o)))
                || listed && tree.under(*o, &["compound", "amod", "nmod"]).any(|k| c.used.contains(&k));
            // "declared a state of emergency"
            let around =
                matches!(tree.lemma(*o), "state" | "campaign" | "wave" | "series" | "string" | "round")
                    && tree.under(*o, &["nmod"]).any(|k| c.used.contains(&k));
            !around && (!own || people::acts(tree.word(*o)) && !listed && !deed(*o))
        });
        let spends = class.kind == EventType::Assault && spends(tree, v);
        if spends || !matches!(class.kind, EventType::Assault | EventType::Coerce | EventType::Sanction) {
            direct.retain(|o| !(is_weapon(tree, *o) || spends && is_ammunition(tree, *o)));
        }
        let mut others: Vec<Someone> = direct.iter().flat_map(|o| self.everybody(*o)).collect();
        let mut prepositions: Vec<&str> = class.to.iter().map(String::as_str).collect();
        // "pleaded with the kidnappers"
        // "appealed for help against the rebels"
        prepositions.retain(|p| class.kind != EventType::Request || *p != "against");
        let marks = ["with", "to", "at", "against", "on", "for", "from", "of", "upon"];
        if class.kind != EventType::Protest {
            prepositions.extend(c.used.iter().map(|u| tree.word(*u)).filter(|w| marks.contains(w)));
        }
        if takes_places(class) {
            let heads: Vec<usize> = direct.iter().flat_map(|o| tree.joined(*o)).collect();
            let known = heads.iter().any(|h| self.someone(*h).is_some());
            if !known || heads.len() > 1 {
                let each = |h: &usize| self.someone(*h).or_else(|| self.struck(*h, class));
                let all: Vec<Someone> = heads.iter().filter_map(each).collect();
                // Whose thing it is counts before the thing.
                let owned = direct.iter().any(|o| !self.owner(*o, 0, &doers).is_empty());
                if heads.len() > 1 || class.kind == EventType::Assault && !owned {
                    others = all;
                }
            }
        }
        // "offered Oslo as the venue": nothing is offered Oslo.
        let role = |o: usize| tree.under(o, &["obl", "nmod"]).any(|k| tree.case(k) == Some("as"));
        let venue = class.kind == EventType::Agree
            && matches!(tree.lemma(v), "offer" | "propose" | "suggest")
            && (role(v) || direct.iter().any(|o| role(*o)));
        if venue {
            others.clear();
        }
        let whole = if venue { Vec::new() } else { whole };
        let things = self.things(&whole, class);
        if !things.is_empty() {
            others = things;
        }
        // "criticised Moscow's role in support of the regime": whose it is comes first.
        if others.is_empty()
            && matches!(class.kind, EventType::Accuse | EventType::Support | EventType::Reject)
        {
            let owned = direct.iter().flat_map(|o| self.owning(*o)).collect::<Vec<_>>();
            others =
                owned.into_iter().filter_map(|o| self.marked(o)).filter(|w| !doers.contains(w)).collect();
        }
        // "left 40 dead": the number is whom.
        if others.is_empty() && tree.lemma(v) == "leave" {
            let dead = c.used.iter().copied().find(|u| matches!(tree.word(*u), "dead" | "dying"));
            let number = (v + 1..dead.unwrap_or(v)).rfind(|t| tree.upos(*t) == Upos::Num);
            others.extend(number.map(|t| Someone::Words(tree.clause.span(v + 1, t + 1))));
        }
        // Whoever is thanked, arrested or warned is somebody, whatever the noun.
        if others.is_empty() && !c.listed && TO_SOMEBODY.contains(&tree.lemma(v)) {
            let plain =
                |o: &&usize| tree.is_noun(**o) && !DEEDS.contains(&tree.lemma(**o)) && !c.used.contains(o);
            let words = |o: &usize| {
                let (a, b) = tree.phrase(*o);
                Someone::Words(tree.clause.span(a, b))
            };
            others = direct.iter().filter(plain).map(words).collect();
        }
        // "offered 1,500 doctors to the states": what is given is not to whom.
        if matches!(class.kind, EventType::Aid | EventType::Agree)
            && !passive
            && tree.child(v, &["iobj"]).is_none()
        {
            let to: Vec<usize> =
                tree.under(v, &["obl"]).filter(|o| tree.case(*o) == Some("to") && *o > v).collect();
            let given: Vec<Someone> = to.into_iter().flat_map(|o| self.everybody(o)).collect();
            if !given.is_empty() {
                others = given;
            }
        }
        // "closed its airspace to the carriers"
        if matches!(class.kind, EventType::Coerce | EventType::Sanction)
            && matches!(tree.lemma(v), "close" | "shut" | "bar" | "deny" | "cut" | "halt" | "stop")
        {
            let to: Vec<usize> = tree
                .under(v, &["obl"])
                .chain(tree.under(v, &["obj"]).flat_map(|o| tree.under(o, &["nmod"])))
                .filter(|o| tree.case(*o) == Some("to"))
                .collect();
            let kept_out: Vec<Someone> = to.into_iter().flat_map(|o| self.everybody(o)).collect();
            if !kept_out.is_empty() {
                others = kept_out;
            }
        }
        // "denounced the annexation of Kuwait by Iraq": who did it.
        if matches!(class.kind, EventType::Accuse | EventType::Support | EventType::Reject) {
            let by = |o: &usize| {
                let all: Vec<usize> =
                    tree.under(*o, &["nmod"]).filter(|n| tree.case(*n) == Some("by")).collect();
                all
            };
            let doers_of: Vec<Someone> = tree
                .under(v, &["obj"])
                .collect::<Vec<_>>()
                .iter()
                .flat_map(by)
                .flat_map(|o| self.everybody(o))
                .collect();
            if !doers_of.is_empty() {
                others = doers_of;
            }
        }
        others.retain(|w| !doers.contains(w));
        if others.is_empty() {
            others = self.after(v, &prepositions, 0);
            others.retain(|w| !doers.contains(w));
        }
        let taken = class.kind == EventType::Agree && tree.lemma(v) == "accept";
        // "lay down its arms": nobody's but their own.
        let own_arms = class.mode.as_deref() == Some("disarm");
        if others.is_empty() && !own_arms && (class.kind != EventType::Agree || taken) {
            others =
                whole.iter().flat_map(|o| self.owner(*o, 0, &doers)).filter(|w| !doers.contains(w)).collect();
        }
        if others.is_empty() && (takes_places(class) || class.patient) {
            others =
                direct.iter().flat_map(|o| tree.joined(*o)).filter_map(|o| self.struck(o, class)).collect();
        }
        if others.is_empty() && class.kind == EventType::Coerce {
            // "sealed off the town"
            let town = |o: &usize| {
                ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(*o)))
                    || self.mention(*o).is_some_and(|m| m.place.is_some())
            };
            let words = |o: usize| {
                let (a, b) = tree.phrase(o);
                Someone::Words(tree.clause.span(a, b))
            };
            others = direct.iter().copied().filter(town).map(words).collect();
        }
        if others.is_empty() && (takes_places(class) || class.kind == EventType::Protest) {
            let from = c.used.iter().filter(|u| tree.is_noun(**u)).copied().chain(std::iter::once(v));
            others = from.flat_map(|f| self.struck_after(f, &prepositions, class)).collect();
        }
        // "ferried water to the camps", "shut off the base's electricity"
        if others.is_empty() && matches!(class.kind, EventType::Aid | EventType::Coerce) {
            let site = |o: &usize| {
                ["@town", "@site", "@home"].iter().any(|l| VERBS.is_word(l, tree.word(*o)))
                    || tree.lemma(*o) == "camp"
            };
            let to = tree
                .under(v, &["obl"])
                .filter(|o| class.kind == EventType::Aid && matches!(tree.case(*o), Some("to" | "for")));
            let own = whole
                .iter()
                .flat_map(|o| tree.under(*o, &["nmod:poss"]))
                .filter(|_| class.kind == EventType::Coerce);
            let all: Vec<usize> = to.chain(own).filter(site).take(1).collect();
            others = all
                .into_iter()
                .map(|o| {
                    let (a, b) = tree.phrase(o);
                    Someone::Words(tree.clause.span(a, b))
                })
                .collect();
        }
        if others.is_empty() && class.kind == EventType::Assault && direct.is_empty() && !passive {
            others = self.beside(v, class);
        }
        if class.mode.as_deref() == Some("withdraw") {
            // What stands after "from" is where they leave.
            return (doers, Vec::new());
        }
        if others.is_empty() && !passive && !direct.is_empty() {
            // "banned a rally by the party"
            others = self.agents(v).into_iter().flat_map(|a| self.everybody(a)).collect();
        }
        if others.is_empty() {
            others = self.in_clause(v, class);
        }
        // "warned Israel that it will halt shipments": whoever is told would feel it.
        let felt = matches!(
            class.kind,
            EventType::Aid
                | EventType::Sanction
                | EventType::Assault
                | EventType::Cooperate
                | EventType::Support
        );
        if others.is_empty()
            && felt
            && let Some(h) = self.promiser(v, &subject)
        {
            others = tree.under(h, &["iobj", "obj"]).flat_map(|o| self.everybody(o)).collect();
        }
        if others.is_empty() && !passive {
            others = self.for_whom(v, class);
        }
        if others.is_empty() && class.kind == EventType::Threaten {
            others = self.in_condition(v);
        }
        self.around_verb(c, passive, &mut doers, &mut others);
        others.retain(|w| !(doers.contains(w) || trip && matches!(w, Someone::Words(_) | Someone::State(_))));
        (doers, others)
    }

    /// Whether a speaker may be meant by a subject that is a pronoun: "they" are not the one aide who tells of them.
    fn may_be(&self, speaker: Someone, subject: &[usize]) -> bool {
        let Someone::Known(e) = speaker else { return true };
        let many = subject.iter().any(|s| self.tree.word(*s) == "they");
        let one = self.ctx.facts.entities.get(e as usize).is_some_and(|e| e.kind == ActorKind::Person);
        let words =
            self.ctx.facts.mentions.iter().find(|m| m.entity == speaker_entity(speaker)).map(|m| m.span);
        let article = words.is_some_and(|w| {
            let text = w.of(&self.ctx.report.text).to_lowercase();
            text.starts_with("an ") || text.starts_with("a ")
        });
        !(many && (one || article))
    }

    /// "the seizure of a freighter by a cutter": what stands after "by" does it, where a deed of force has no other doer.
    fn tool(&self, o: usize, class: &Class) -> Option<Someone> {
        let tree = self.tree;
        let force = matches!(class.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize);
        let here = tree.clause.span(o, o + 1);
        let time = self.ctx.facts.times.iter().any(|t| t.span.overlaps(here));
        let told = tree.child(o, &["det", "amod", "nummod", "nmod:poss", "compound"]).is_some()
            || tree.word(o) != tree.lemma(o) && tree.word(o).ends_with('s');
        let deed = VERBS.entries(tree.word(o)).any(|e| e.form == Form::Noun && e.rest.is_empty());
        let means = matches!(
            tree.lemma(o),
            "means"
                | "way"
                | "mistake"
                | "accident"
                | "order"
                | "law"
                | "decree"
                | "vote"
                | "majority"
                | "name"
                | "time"
                | "fire"
                | "percent"
                | "hand"
                | "force"
                | "use"
                | "lack"
                | "fear"
                | "night"
                | "day"
                | "margin"
                | "end"
        );
        let (a, b) = tree.phrase(o);
        let means = means || nature_does(tree, o) || is_strife(tree, o);
        (force
            && told
            && !time
            && !deed
            && !means
            && tree.upos(o) == Upos::Noun
            && tree.case(o) == Some("by"))
        .then(|| Someone::Words(tree.clause.span(a, b)))
    }

    fn is_state(&self, w: Someone) -> bool {
        match w {
            Someone::State(_) => true,
            Someone::Known(e) => {
                self.ctx.facts.entities.get(e as usize).is_some_and(|e| e.kind == ActorKind::State)
            }
            Someone::Words(_) => false,
        }
    }
}

fn speaker_entity(w: Someone) -> Option<EntityIx> {
    match w {
        Someone::Known(e) => Some(e),
        _ => None,
    }
}

/// "called on Moldova", "appealed to the rebels"
fn is_called(tree: &Tree<'_, '_>, v: usize, o: usize) -> bool {
    matches!(tree.lemma(v), "call" | "appeal" | "plead")
        && matches!(tree.case(o), Some("on" | "upon" | "to" | "with" | "for"))
}

/// Whether towns and things can be acted upon.
fn takes_places(class: &Class) -> bool {
    class.things || matches!(class.kind, EventType::Assault)
}
