//! Who a noun phrase names: the mention in it, the body it stands for, the owner of a thing.

use super::super::collective;
use super::super::participants::Someone;
use super::Seen;
use super::*;
use chancery_model::Span;

/// Who a word stands for that the reader takes for somebody who takes part: also a town or a thing that is struck. None for
/// a pronoun that stands for nobody known.
pub(in super::super) fn taken(ctx: &Context<'_>, tree: &Tree<'_, '_>, np: usize) -> Vec<Someone> {
    let seen = Seen { ctx, tree, strict: false, moves: false, judges: false, strikes: true, speaker: None };
    let found = seen.each(np);
    if !found.is_empty() || matches!(tree.upos(np), Upos::Pron | Upos::Det) {
        return found;
    }
    if let Some(known) = seen.marked(np) {
        return vec![known];
    }
    if let Some(m) = seen.mention(np) {
        return vec![Someone::Words(m.span)];
    }
    let (start, _) = tree.phrase(np);
    vec![Someone::Words(tree.clause.span(start.min(np), np + 1))]
}

impl Seen<'_, '_, '_> {
    /// To whom a thing belongs or what it is about: "the Finnish draft", "a resolution of the council".
    pub(super) fn owner(&self, thing: usize, depth: usize, but: &[Someone]) -> Vec<Someone> {
        let tree = self.tree;
        if depth > 2 {
            return Vec::new();
        }
        let by: Vec<Someone> = tree
            .under(thing, &["nmod"])
            .filter(|o| tree.case(*o) == Some("by"))
            .flat_map(|o| self.everybody(o))
            .collect();
        if !by.is_empty() {
            return by;
        }
        let matter = MATTERS.contains(&tree.lemma(thing));
        // "condemned the editor's murder", "the strike on the clinic": who suffered is not whom it is about.
        let died = self.judges
            && matches!(tree.lemma(thing), "death" | "murder" | "disappearance" | "assassination" | "fate");
        let hits = self.judges
            && VERBS.entries(tree.word(thing)).any(|e| {
                e.form == Form::Noun && matches!(e.class.kind, EventType::Assault | EventType::Coerce)
            });
        let own = self
            .owning(thing)
            .into_iter()
            .filter(|o| !(matter && tree.rel(*o) == "compound" || died && tree.rel(*o) == "nmod:poss"));
        let own: Vec<Someone> = own
            // "American and British objections"
            .flat_map(|o| {
                let more = tree.under(o, &["conj"]).filter(move |_| tree.is(o, &["amod", "compound"]));
                std::iter::once(o).chain(more).collect::<Vec<_>>()
            })
            .flat_map(|o| {
                if tree.rel(o) == "nmod:poss" {
                    self.everybody(o)
                } else {
                    self.marked(o).into_iter().collect()
                }
            })
            .filter(|w| !but.contains(w))
            .collect();
        if !own.is_empty() {
            return own;
        }
        // Who suffered it is not whose it is: "the killing of the nuns".
        let befell = befalls(tree, thing, self.judges);
        for o in tree.under(thing, &["nmod"]) {
            if hits && matches!(tree.case(o), Some("on" | "against" | "at"))
                || befell && tree.case(o) == Some("of")
                || matter && tree.case(o) == Some("on")
            {
                continue;
            }
            if matches!(tree.case(o), Some("of" | "on" | "against" | "with" | "to" | "from" | "for")) {
                let found = self.everybody(o);
                if !found.is_empty() {
                    return found;
                }
                let below = self.owner(o, depth + 1, but);
                if !below.is_empty() {
                    return below;
                }
            }
        }
        Vec::new()
    }

    /// Everybody of a noun phrase and those joined to it.
    pub(super) fn everybody(&self, np: usize) -> Vec<Someone> {
        let tree = self.tree;
        let mut out: Vec<Someone> = Vec::new();
        let states = |i: usize| {
            matches!(self.marked(i), Some(Someone::State(_)))
                || self.mention(i).is_some_and(|m| m.kind == MentionKind::Place)
        };
        let mut heads = self.tree.joined(np);
        // Headlines: "Colombia, Venezuela to hold summit".
        heads.extend(self.tree.under(np, &["appos", "nmod:unmarked"]).filter(|a| states(*a) && states(np)));
        let found: Vec<Vec<Someone>> = heads.iter().map(|h| self.each(*h)).collect();
        // "attacks on soldiers and their barracks", "a ban on Tabor and the Delta": what is joined to somebody shares it.
        let some = found.iter().any(|f| !f.is_empty());
        // "Nomads and the North", taken for one by a statement or as words, holds the North already.
        let held = |words: Span| {
            let all = self.ctx.facts.mentions.iter().filter(|m| m.span.contains(words) && m.span != words);
            let is = |w: Someone| found.iter().flatten().any(|f| *f == w);
            let whole = |f: &Someone| matches!(f, Someone::Words(s) if s.contains(words));
            all.filter_map(|m| m.entity).any(|e| is(Someone::Known(e))) || found.iter().flatten().any(whole)
        };
        let beside = |h: usize| {
            let named = self.mention(h).is_some_and(|m| m.kind != MentionKind::Pronoun);
            let site =
                || ["@town", "@site", "@home", "@vessel"].iter().any(|l| VERBS.is_word(l, tree.word(h)));
            let (a, b) = tree.phrase(h);
            let words = tree.clause.span(a, b);
            (some && tree.is(h, &["conj"]) && (named || site()) && !held(words))
                .then_some(Someone::Words(words))
        };
        let told = heads.iter().zip(&found);
        for who in
            told.flat_map(|(h, f)| if f.is_empty() { beside(*h).into_iter().collect() } else { f.clone() })
        {
            if !out.contains(&who) {
                out.push(who);
            }
        }
        out
    }

    /// One noun phrase: "Macedonian and Albanian negotiators" are of two.
    pub(super) fn each(&self, head: usize) -> Vec<Someone> {
        let tree = self.tree;
        let joined = tree.under(head, &["amod"]).filter(|a| tree.child(*a, &["conj"]).is_some());
        let shared: Vec<Someone> = joined
            .flat_map(|a| std::iter::once(a).chain(tree.under(a, &["conj"])))
            .filter_map(|a| self.marked(a))
            .collect();
        if shared.len() > 1 { shared } else { self.someone(head).into_iter().collect() }
    }

    /// "they": the two whom "and" joins before.
    fn several(&self, np: usize) -> Option<Someone> {
        let words = self.tree.clause.span(np, np + 1);
        let plural = matches!(self.tree.word(np), "they" | "them");
        (plural && collective::members(self.ctx, words).is_some()).then_some(Someone::Words(words))
    }

    /// "anti-Tabor forces", "pro-government rallies": whom one is for or against takes no part.
    pub(super) fn turned_to(&self, token: usize) -> bool {
        let tree = self.tree;
        let stem = token.checked_sub(2).map_or("", |t| tree.word(t));
        let word = tree.word(token);
        tree.clause.hyphened(token) && matches!(stem, "anti" | "pro" | "non" | "counter")
            || word.starts_with("anti-") && word.len() > 5
            || word.starts_with("pro-") && word.len() > 4
    }

    pub(super) fn mention(&self, token: usize) -> Option<&Mention> {
        if self.turned_to(token) {
            return None;
        }
        let span = self.tree.clause.span(token, token + 1);
        let all = self.ctx.facts.mentions.iter().filter(|m| m.span.contains(span));
        all.min_by_key(|m| (m.kind == MentionKind::Office, m.span.len()))
    }

    /// Who the name is that holds a token.
    pub(super) fn marked(&self, token: usize) -> Option<Someone> {
        let m = self.mention(token)?;
        match (m.entity, m.place) {
            (Some(e), _) => Some(Someone::Known(e)),
            (None, Some(p)) => {
                let place = self.ctx.facts.places.get(p as usize)?;
                (place.kind == PlaceKind::Country && place.country.is_some()).then_some(Someone::State(p))
            }
            _ => None,
        }
    }

    /// Who a noun phrase stands for, if for somebody.
    pub(super) fn someone(&self, np: usize) -> Option<Someone> {
        let tree = self.tree;
        if tree.upos(np) == Upos::Pron || tree.rel(np) == "nmod:poss" && tree.upos(np) == Upos::Det {
            if relative(tree, np) {
                let noun = tree.above(np).find(|v| clause_of_noun(tree, *v)).and_then(|v| tree.head(v))?;
                return (noun != np).then(|| self.someone(noun)).flatten();
            }
            return self.marked(np).or_else(|| self.pronoun(np)).or_else(|| self.several(np));
        }
        let (mut start, end) = tree.phrase(np);
        // "whose ambassador"
        if tree.word(start) == "whose" && start < np {
            start += 1;
        }
        let words = tree.clause.span(start, end);
        // "entered the Kenyan town of Mandera": Mandera was.
        if self.strikes
            && matches!(tree.lemma(np), "town" | "city" | "village" | "port" | "district" | "suburb")
        {
            let of = tree.under(np, &["nmod"]).filter(|o| tree.case(*o) == Some("of"));
            if let Some(m) = of.filter_map(|o| self.mention(o)).find(|m| m.place.is_some()) {
                return Some(Someone::Words(m.span));
            }
        }
        // A name beside it says who: "the premier, Chea Sovann".
        let beside = tree
            .under(np, &["appos", "flat", "nmod:desc", "compound"])
            .filter(|a| !self.of_his(np, *a))
            .find_map(|a| {
                self.mention(a)
                    .filter(|m| m.kind == MentionKind::Person && m.entity.is_some())
                    .and_then(|m| m.entity)
            });
        if let Some(e) = self.called(np) {
            return Some(Someone::Known(e));
        }
        if let Some(e) = self.named_behind(np).or_else(|| self.name_next(np)) {
            return Some(Someone::Known(e));
        }
        let name_after = tree
            .under(np, &["appos"])
            .any(|a| self.mention(a).is_some_and(|m| m.kind == MentionKind::Person && m.entity.is_some()));
        let named = |m: &Mention| {
            m.entity
                .and_then(|e| self.ctx.facts.entities.get(e as usize))
                .is_none_or(|e| e.kind != ActorKind::Unnamed)
        };
        if let Some(e) = beside
            .filter(|_| name_after && tree.upos(np) == Upos::Noun && !self.mention(np).is_some_and(named))
        {
            return Some(Someone::Known(e));
        }
        // "would give the country maize": the one spoken of last.
        if matches!(tree.lemma(np), "country" | "republic" | "kingdom")
            && tree.under(np, &["det"]).any(|d| tree.word(d) == "the")
            && tree
                .child(np, &["nmod", "nmod:poss", "amod", "acl", "acl:relcl", "compound", "appos"])
                .is_none()
        {
            let here = tree.clause.span(np, np + 1).start;
            let whole = tree.clause.whole().start;
            let named =
                |m: &&Mention| m.span.end <= here && m.span.start >= whole && m.kind != MentionKind::Pronoun;
            let before = self.ctx.facts.mentions.iter().rev().filter(named);
            let state = before.filter_map(|m| m.entity).find(|e| self.is_state(Someone::Known(*e)));
            if let Some(e) = state {
                return Some(Someone::Known(e));
            }
        }
        // "Stavros Kelaidis, the newspaper owner arrested on Monday"
        if tree.rel(np) == "appos"
            && tree.upos(np) == Upos::Noun
            && let Some(m) = tree.head(np).and_then(|h| self.mention(h))
            && m.kind == MentionKind::Person
            && let Some(e) = m.entity
        {
            return Some(Someone::Known(e));
        }
        if let Some(m) = self.mention(np) {
            let office = m.kind == MentionKind::Office;
            if let Some(e) = m.entity {
                return Some(Someone::Known(e));
            }
            if let (Some(e), true) = (beside, office) {
                return Some(Someone::Known(e));
            }
            if let Some(p) = m.place {
                let place = self.ctx.facts.places.get(p as usize)?;
                // Regions that act or are acted upon ("Abkhazia was recognised") are nobody's state.
                if place.kind == PlaceKind::Region
                    && tree.case(np).is_none_or(|c| c == "by")
                    && tree.is(np, &["nsubj", "obj", "obl:agent"])
                {
                    return Some(Someone::Words(words));
                }
                let capital = matches!(known::get(&place.name), Some(Known::Capital(_)));
                // "Lagos snubs a plea"
                if place.kind == PlaceKind::City
                    && !capital
                    && tree.rel(np) == "nsubj"
                    && tree.case(np).is_none()
                {
                    return Some(Someone::Words(words));
                }
                let scene = matches!(
                    tree.case(np),
                    Some("in" | "at" | "near" | "inside" | "outside" | "around" | "across")
                ) || self.moves && tree.case(np) == Some("from");
                let speaks =
                    place.country.is_some() && !scene && (place.kind == PlaceKind::Country || capital);
                let stays = place.kind == PlaceKind::Country
                    && place.country.is_some()
                    && matches!(tree.case(np), Some("from" | "in"));
                let city = place.kind == PlaceKind::City
                    && tree.is_verb(tree.head(np).unwrap_or(np))
                    && matches!(
                        tree.lemma(tree.head(np).unwrap_or(np)),
                        "visit" | "tour" | "reach" | "leave" | "enter"
                    );
                let goal = self.moves
                    && capital
                    && place.kind != PlaceKind::Country
                    && matches!(tree.case(np), Some("to"));
                return ((speaks || stays) && !city && !goal).then_some(Someone::State(p));
            }
            if office {
                return Some(Someone::Words(words));
            }
        }
        if let Some(e) = beside.filter(|_| people::acts(tree.word(np))) {
            return Some(Someone::Known(e));
        }
        let counted = matches!(tree.upos(np), Upos::Num)
            || tree.lemma(np).ends_with("load") && tree.lemma(np).len() > 5
            || matches!(tree.word(np), "thousands" | "hundreds" | "dozens" | "scores" | "millions")
            || matches!(
                tree.lemma(np),
                "dozen"
                    | "hundred"
                    | "thousand"
                    | "score"
                    | "number"
                    | "group"
                    | "million"
                    | "ten"
                    | "majority"
                    | "rest"
                    | "remainder"
                    | "batch"
                    | "half"
                    | "third"
                    | "couple"
                    | "trio"
                    | "quarter"
                    | "lot"
                    | "handful"
                    | "pair"
                    | "wave"
                    | "some"
                    | "many"
                    | "most"
                    | "several"
            );
        if counted {
            let of = tree.under(np, &["nmod"]).find(|o| tree.case(*o) == Some("of"));
            // "hundreds of them"
            if let Some(o) = of.filter(|o| tree.upos(*o) == Upos::Pron) {
                return self.someone(o).or(Some(Someone::Words(words)));
            }
            let fits = match of {
                Some(o) => self.someone(o).is_some() || people::acts(tree.word(o)),
                None => {
                    let one = tree.word(np).trim_end_matches('s');
                    matches!(one, "group" | "million" | "thousand" | "hundred" | "dozen" | "score")
                        && tree.upos(np) == Upos::Noun
                        || self.people_by_number(np)
                }
            };
            return fits.then_some(Someone::Words(words));
        }
        // "kept in force", "by force"
        if matches!(tree.word(np), "force" | "power" | "effect")
            && tree.child(np, &["det", "amod", "nmod", "nmod:poss", "compound"]).is_none()
        {
            return None;
        }
        // "Backing for Deng's campaign": the campaign is his, and he is backed.
        let his = tree.lemma(np) == "campaign" && tree.child(np, &["nmod:poss"]).is_some();
        let acts = people::acts(tree.word(np)) || people::acts(tree.lemma(np));
        let people = acts && !his || self.is_party(np);
        let happening = VERBS.entries(tree.word(np)).any(|e| e.form == Form::Noun && e.rest.is_empty());
        // "a picket" is a happening, "pickets" that block a road are people.
        if happening && !(tree.word(np) == "pickets" && tree.is(np, &["nsubj", "obl:agent"])) {
            return None;
        }
        let name = tree.upos(np) == Upos::Propn
            && self.ctx.marks.names.iter().any(|n| n.tokens.has(tree.clause.first() + np));
        (people || name).then_some(Someone::Words(words))
    }

    /// "Haddad supporters", "a Haddad aide", "the Haddad government": whom a name before a common noun tells apart is not its
    /// bearer.
    fn of_his(&self, np: usize, name: usize) -> bool {
        let tree = self.tree;
        tree.rel(name) == "compound" && name < np && tree.upos(np) == Upos::Noun
    }

    /// "a group calling itself the Delta Lions", "a man known as El Zurdo": the name counts.
    fn called(&self, np: usize) -> Option<EntityIx> {
        let tree = self.tree;
        let names = |v: &usize| {
            let own = tree.word(*v) == "calling"
                && tree.under(*v, &["obj", "iobj"]).any(|o| {
                    tree.word(o).starts_with("itsel")
                        || tree.word(o).starts_with("themsel")
                        || tree.word(o).starts_with("himsel")
                });
            let known =
                tree.word(*v) == "known" && tree.children(*v).iter().any(|c| tree.case(*c) == Some("as"));
            own || known
                || matches!(tree.word(*v), "called" | "named" | "dubbed")
                    && tree.child(*v, &["nsubj", "aux"]).is_none()
        };
        let clause = tree.under(np, &["acl"]).find(names)?;
        let fits = |i: &usize| *i > clause && tree.above(*i).any(|h| h == clause);
        let inside = (clause + 1..tree.len().min(clause + 8)).filter(fits);
        inside
            .filter_map(|i| self.mention(i))
            .filter(|m| m.kind != MentionKind::Pronoun && m.place.is_none())
            .find_map(|m| m.entity)
    }

    /// "killed nine", "several were wounded": a number alone counts people where a noun for them would stand.
    fn people_by_number(&self, np: usize) -> bool {
        let tree = self.tree;
        let seat = tree.is(np, &["obj", "nsubj:pass", "nsubj", "conj", "obl:agent"]);
        let unit = tree.children(np).iter().any(|c| matches!(tree.word(*c), "%" | "$" | "percent" | "cent"));
        let here = tree.clause.span(np, np + 1);
        let dated = self.ctx.facts.times.iter().any(|t| t.span.contains(here));
        let year = tree.word(np).len() == 4 && tree.word(np).bytes().all(|b| b.is_ascii_digit());
        seat && !unit && !dated && !year
    }

    /// "both sides", "the rival camps": parties, when the words before say that they are several.
    fn is_party(&self, np: usize) -> bool {
        let tree = self.tree;
        let several = |w: &str| {
            matches!(
                w,
                "both"
                    | "either"
                    | "neither"
                    | "two"
                    | "three"
                    | "all"
                    | "rival"
                    | "warring"
                    | "opposing"
                    | "other"
                    | "each"
                    | "feuding"
            )
        };
        matches!(tree.lemma(np), "side" | "camp" | "half")
            && tree
                .under(np, &["det", "nummod", "amod", "det:predet", "advmod"])
                .any(|d| several(tree.word(d)))
    }

    /// The name between commas behind a noun for somebody, where the tree has lost it: "the head of the movement, S. P.
    /// Silva, in Jaffna".
    fn named_behind(&self, np: usize) -> Option<EntityIx> {
        let tree = self.tree;
        let role =
            self.mention(np).is_some_and(|m| m.kind == MentionKind::Office) || people::acts(tree.word(np));
        if tree.upos(np) != Upos::Noun || !role || tree.child(np, &["appos"]).is_some() {
            return None;
        }
        let comma = (np + 1..tree.len().min(np + 8)).find(|i| tree.word(*i) == ",")?;
        let plain = |i: usize| !tree.is_verb(i) && !matches!(tree.upos(i), Upos::Cconj | Upos::Pron);
        if !(np + 1..comma).all(plain) {
            return None;
        }
        let name =
            (comma + 1..tree.len().min(comma + 6)).take_while(|i| tree.upos(*i) == Upos::Propn).last()?;
        let closed = matches!(tree.word(name + 1), "," | "." | "" | ")" | ";");
        let m = self.mention(name).filter(|m| closed && m.kind == MentionKind::Person)?;
        // "forces of the commander, Faraj Bu-Hadi": he is the commander.
        let theirs = |h: usize| {
            h > np
                && tree.rel(h) == "nmod"
                && (people::acts(tree.word(h))
                    || self.mention(h).is_some_and(|m| m.kind == MentionKind::Office))
        };
        if tree.rel(name) == "appos" && tree.head(name).is_some_and(theirs)
            || tree.rel(name) == "flat" && tree.head(name).and_then(|h| tree.head(h)).is_some_and(theirs)
        {
            return None;
        }
        // Others of a list are others: "the mayor, Silva, and a priest".
        m.entity.filter(|_| tree.is(name, &["appos", "flat", "conj", "list", "obj", "dep", "nmod", "obl"]))
    }

    /// "The strongman dug in: he will not resign": the last subject before it in the sentence that fits.
    fn subject_before(&self, np: usize) -> Option<Someone> {
        let tree = self.tree;
        let many = match tree.word(np) {
            "they" => true,
            "he" | "she" | "it" => false,
            _ => return None,
        };
        let person = |i: usize| !matches!(tree.word(np), "he" | "she") || people::person(tree.word(i));
        let fits = |i: &usize| {
            tree.is(*i, &["nsubj", "nsubj:pass"])
                && tree.upos(*i) == Upos::Noun
                && people::acts(tree.word(*i))
                && plural(tree, *i) == many
                && person(*i)
                && tree.head(*i) != tree.head(np)
        };
        // "Washington will reopen its embassy, and it freed three agents"
        let named = |i: &usize| {
            tree.is(*i, &["nsubj"])
                && tree.upos(*i) == Upos::Propn
                && tree.word(np) == "it"
                && tree.head(*i) != tree.head(np)
                && self.mention(*i).is_some_and(|m| m.kind != MentionKind::Person)
        };
        let Some(found) = (0..np).rev().find(fits) else {
            return (0..np).rev().find(named).and_then(|i| self.someone(i));
        };
        let (a, b) = tree.phrase(found);
        Some(self.marked(found).unwrap_or(Someone::Words(tree.clause.span(a, b))))
    }

    /// Whom a pronoun that nothing resolved stands for: whoever fits was named last before it and does not do it.
    fn pronoun(&self, np: usize) -> Option<Someone> {
        let tree = self.tree;
        if !tree.is(np, &["obj", "iobj", "obl", "nmod", "nsubj", "nsubj:pass"]) || tree.rel(np) == "nmod:poss"
        {
            return None;
        }
        // "accusing him of plotting", where the tree makes "him" the one who plots
        if tree.is(np, &["nsubj", "nsubj:pass"]) && !matches!(tree.word(np), "him" | "them") {
            return self.subject_before(np);
        }
        let kinds: &[ActorKind] = match tree.word(np) {
            "it" if tree.is(np, &["obl", "iobj"]) || self.blamed(np) => {
                &[ActorKind::State, ActorKind::Organization]
            }
            "them" => &[ActorKind::Group, ActorKind::Unnamed],
            "him" | "her" => &[ActorKind::Person],
            _ => return None,
        };
        let here = tree.clause.span(np, np + 1).start;
        let from = tree.clause.whole().start;
        let doers: Vec<Someone> = tree.head(np).map_or(Vec::new(), |v| {
            self.subject(v, 0)
                .into_iter()
                .filter_map(|s| if s == np { None } else { self.marked(s) })
                .collect()
        });
        let before =
            self.ctx.facts.mentions.iter().rev().filter(|m| m.span.end <= here && m.span.start >= from);
        let fits = |e: &EntityIx| {
            self.ctx.facts.entities.get(*e as usize).is_some_and(|e| kinds.contains(&e.kind))
                && !doers.contains(&Someone::Known(*e))
        };
        let known = before.clone().filter_map(|m| m.entity).find(fits).map(Someone::Known);
        let state = |m: &Mention| {
            let place = self.ctx.facts.places.get(m.place? as usize)?;
            let country = place.kind == PlaceKind::Country && place.country.is_some();
            (country && m.entity.is_none()).then_some(Someone::State(m.place?))
        };
        let land = || before.filter_map(state).find(|w| !doers.contains(w)).filter(|_| self.blamed(np));
        known.or_else(land).or_else(|| self.people_before(np))
    }

    /// "took in the refugees and gave them maize": the last people before it in the sentence that do not do it themselves.
    fn people_before(&self, np: usize) -> Option<Someone> {
        let tree = self.tree;
        let many = match tree.word(np) {
            "them" => true,
            "him" | "her" => false,
            _ => return None,
        };
        let doers = tree.above(np).find(|v| tree.is_verb(*v)).map_or(Vec::new(), |v| self.subject(v, 0));
        let fits = |i: &usize| {
            tree.is(*i, &["nsubj", "nsubj:pass", "obj", "iobj", "obl"])
                && tree.upos(*i) == Upos::Noun
                && (if many { people::acts(tree.word(*i)) } else { people::person(tree.word(*i)) })
                && plural(tree, *i) == many
                && (!doers.contains(i) || tree.rel(np) == "nmod")
        };
        let found = (0..np).rev().find(fits)?;
        let (a, b) = tree.phrase(found);
        Some(self.marked(found).unwrap_or(Someone::Words(tree.clause.span(a, b))))
    }
}

/// Whether a noun stands for several.
fn plural(tree: &Tree<'_, '_>, i: usize) -> bool {
    tree.child(i, &["conj"]).is_some()
        || tree.word(i) != tree.lemma(i) && (tree.word(i).ends_with('s') || tree.word(i).ends_with("men"))
        || matches!(tree.word(i), "people" | "police" | "troops")
}
