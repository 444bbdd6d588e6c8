//! Slips of the tree that the words themselves show: a noun behind "by" is no subject, a noun without a clause is no
//! clause, what hyphens join is one word.

use super::find::MONTHS;
use super::tree::Tree;
use chancery_lexicon::verbs::VERBS;
use chancery_model::mark::Upos;
use chancery_model::vocab::EventType;

/// Verbs with a particle that stands before their object: "hand over the general" is about the general.
const PARTED: &[(&str, &[&str])] = &[
    ("over", &["hand", "turn", "take", "sign", "make", "give"]),
    (
        "off",
        &[
            "call", "break", "cut", "seal", "lay", "put", "fend", "fight", "write", "finish", "kill", "beat",
            "turn",
        ],
    ),
    (
        "up",
        &[
            "blow", "set", "round", "pick", "give", "step", "call", "break", "beat", "shoot", "lock",
            "shore", "prop", "build", "tear", "burn",
        ],
    ),
    (
        "down",
        &[
            "shut", "close", "turn", "strike", "shoot", "gun", "lay", "burn", "tear", "pull", "bring",
            "knock", "vote", "mow", "cut", "hunt", "put", "break",
        ],
    ),
    (
        "out",
        &[
            "throw", "kick", "drive", "rule", "carry", "wipe", "knock", "pull", "force", "push", "single",
            "hand", "take", "bring", "turn", "fly", "call",
        ],
    ),
    (
        "back",
        &[
            "push", "beat", "bring", "send", "take", "win", "hold", "turn", "pull", "call", "drive", "hand",
            "give",
        ],
    ),
    ("in", &["take", "let", "bring", "send", "call", "fly", "hand", "turn"]),
    ("away", &["turn", "take", "send", "drive"]),
    ("aside", &["set", "put", "brush", "wave", "push"]),
];

/// Relations of a noun that no preposition leads.
const BARE: &[&str] =
    &["nsubj", "nsubj:pass", "obj", "iobj", "nmod:desc", "appos", "compound", "flat", "dep"];

impl Tree<'_, '_> {
    /// Mends what is plainly wrong.
    pub(super) fn mend(&mut self) {
        for i in 0..self.len() {
            self.hyphens(i);
        }
        self.slips();
        for i in 0..self.len() {
            self.lost_case(i);
            self.flat_case(i);
            self.lost_subject(i);
            self.garden_path(i);
            self.swallowed(i);
            self.predicate(i);
            self.fixed(i);
            self.with_what(i);
            self.joined_late(i);
            self.lone_number(i);
            self.headline_passive(i);
            self.over_preposition(i);
            self.second_object(i);
            self.contact(i);
            self.possessor(i);
            self.before_case(i);
            self.before_to(i);
            self.particle(i);
            self.led(i);
            self.no_clause(i);
            self.participle(i);
            self.accused(i);
            self.behind_verb(i);
            self.bare(i);
            self.charge(i);
            self.owners(i);
            self.agrees(i);
        }
    }

    /// "killed two and hurt nine": a number without a noun behind a verb that hurts or holds is whom it hurts or holds.
    fn lone_number(&mut self, i: usize) {
        let verb = i.checked_sub(1).filter(|v| self.is_verb(*v) && self.head(i) == Some(*v));
        let Some(v) = verb.filter(|_| self.upos(i) == Upos::Num && self.rel(i) == "obl:unmarked") else {
            return;
        };
        let of_people = VERBS.entries(self.lemma(v)).any(|e| {
            e.rest.is_empty()
                && matches!(e.class.kind, EventType::Assault | EventType::Coerce | EventType::Retreat)
        });
        if of_people && self.child(v, &["obj"]).is_none() && self.child(i, &["case"]).is_none() {
            self.name(i, "obj");
            if self.child(v, &["aux:pass"]).is_none() {
                let passive: Vec<usize> = self.under(v, &["nsubj:pass"]).collect();
                passive.into_iter().for_each(|s| self.name(s, "nsubj"));
            }
        }
    }

    /// "Journalist freed after two years", "six sailors killed": what is done to somebody, with nobody behind it, was done to whom the verb
    /// has for its subject.
    fn headline_passive(&mut self, v: usize) {
        const DONE_TO: &[&str] = &[
            "kill",
            "wound",
            "injure",
            "arrest",
            "detain",
            "free",
            "release",
            "abduct",
            "kidnap",
            "jail",
            "deport",
            "expel",
            "behead",
            "execute",
            "displace",
            "acquit",
            "sentence",
            "extradite",
        ];
        // "Talks on river water called off": what is put off puts nothing off.
        let off = ["call", "put", "postpone", "cancel", "suspend", "shelve", "scrap", "delay"];
        let happening = |s: usize| {
            VERBS.entries(self.word(s)).any(|e| e.form == chancery_lexicon::verbs::Form::Noun)
                && !chancery_lexicon::people::acts(self.word(s))
        };
        let subject = self.child(v, &["nsubj"]).filter(|s| *s < v);
        let past = self.word(v).ends_with("ed") || self.word(v) == "put";
        let particle = self.child(v, &["compound:prt"]).is_some_and(|p| self.word(p) == "off");
        if past
            && off.contains(&self.lemma(v))
            && (particle || !matches!(self.lemma(v), "call" | "put"))
            && self.child(v, &["obj", "aux", "aux:pass", "xcomp", "ccomp"]).is_none()
            && let Some(s) = subject.filter(|s| happening(*s))
        {
            self.name(s, "nsubj:pass");
            return;
        }
        let past = self.word(v).ends_with("ed") || self.word(v) == "freed";
        if !past || !self.is_verb(v) || !DONE_TO.contains(&self.lemma(v)) {
            return;
        }
        let whom = ["obj", "iobj", "ccomp", "xcomp", "obl:unmarked", "aux", "nsubj:pass", "expl"];
        let shared = self.under(v, &["conj"]).any(|c| self.child(c, &["obj"]).is_some());
        let own = self.rel(v) == "conj"
            && self
                .head(v)
                .is_some_and(|h| self.child(h, &["obj"]).is_some() || self.child(h, &["aux"]).is_some());
        let subject = self.child(v, &["nsubj"]).filter(|s| *s < v && self.upos(*s) != Upos::Pron);
        let alone = self.child(v, &whom).is_none() && !shared && !own && self.rel(v) != "acl:relcl";
        let said = v + 1 < self.len() && self.upos(v + 1) == Upos::Num;
        if let Some(s) = subject.filter(|_| alone && !said) {
            self.name(s, "nsubj:pass");
        }
    }

    /// "the ban by French judges has held": no noun is part of one behind a preposition, so that one hangs on it.
    fn over_preposition(&mut self, i: usize) {
        let Some(h) = self.head(i).filter(|h| *h > i && self.rel(i) == "compound") else { return };
        let between =
            (i + 1..h).any(|t| self.upos(t) == Upos::Adp && self.rel(t) == "case" && self.head(t) == Some(h));
        let (Some(over), rel) = (self.head(h), self.rel(h)) else { return };
        let rel = BARE.iter().find(|b| **b == rel);
        if let Some(rel) = rel.filter(|_| between && over > h) {
            self.hang(i, over, rel);
            self.hang(h, i, "nmod");
        }
    }

    /// "Russia's build-up": what hangs on one part hangs on the whole.
    fn hyphens(&mut self, dash: usize) {
        if self.word(dash) != "-" || dash == 0 || dash + 1 >= self.len() {
            return;
        }
        let (a, b) = (dash - 1, dash + 1);
        if !self.clause.joined(dash) {
            return;
        }
        let (top, low) = match (self.head(a), self.head(b)) {
            (Some(h), _) if h == b => (b, a),
            (_, Some(h)) if h == a => (a, b),
            _ => return,
        };
        if !self.is_noun(top) || !matches!(self.upos(low), Upos::Noun | Upos::Adp | Upos::Adv | Upos::Propn) {
            return;
        }
        for k in self.children(low).to_vec() {
            if k != dash && !matches!(self.rel(k), "punct" | "flat") {
                let rel: &'static str = match self.rel(k) {
                    "nmod:poss" => "nmod:poss",
                    "amod" => "amod",
                    "det" => "det",
                    "nmod" | "obl" => "nmod",
                    "case" => "case",
                    _ => continue,
                };
                self.hang(k, top, rel);
            }
        }
    }

    /// "hand over General Vlasic": the particle was taken for a preposition of what it brings along.
    fn particle(&mut self, i: usize) {
        if self.upos(i) != Upos::Adp || self.rel(i) != "case" {
            return;
        }
        let Some(verb) = i.checked_sub(1).filter(|v| self.is_verb(*v)) else { return };
        let fits = PARTED.iter().any(|(p, verbs)| *p == self.word(i) && verbs.contains(&self.lemma(verb)));
        let Some(noun) =
            self.head(i).filter(|n| fits && self.head(*n) == Some(verb) && self.is(*n, &["obl", "obj"]))
        else {
            return;
        };
        let alone = self.children(noun).iter().filter(|c| self.rel(**c) == "case").count() == 1;
        let time = self.lemma(noun).ends_with("day");
        if alone && !time && self.child(verb, &["obj"]).is_none_or(|o| o == noun) {
            self.hang(i, verb, "compound:prt");
            self.name(noun, "obj");
        }
    }

    /// A noun with a preposition of its own is led by it, whatever the tree calls it.
    fn led(&mut self, i: usize) {
        if !matches!(self.upos(i), Upos::Noun | Upos::Propn) {
            return;
        }
        let leads = |c: &usize| self.rel(*c) == "case" && self.upos(*c) == Upos::Adp && *c < i;
        let Some(case) = self.children(i).iter().copied().find(leads) else {
            // Below a noun there is no clause for it to be in.
            return;
        };
        let word = self.word(case).to_owned();
        if self.is(i, &["obl"])
            && let Some(h) = self.head(i)
            && self.upos(h) == Upos::Noun
            && self.is_noun(h)
            && self.child(h, &["cop", "nsubj", "aux"]).is_none()
            && h < i
        {
            self.name(i, "nmod");
            return;
        }
        if !BARE.contains(&self.rel(i))
            || matches!(word.as_str(), "of" | "than" | "as" | "like" | "over" | "under")
        {
            return;
        }
        let Some(verb) = self.above(i).find(|h| self.is_verb(*h) && !self.is(*h, &["amod"])) else { return };
        if verb > i {
            return;
        }
        let agent = word == "by" && self.child(verb, &["aux:pass"]).is_some();
        self.hang(i, verb, if agent { "obl:agent" } else { "obl" });
    }

    /// A noun behind its verb that nothing leads is its object, unless it is a time; so is what is given beside "to".
    fn bare(&mut self, i: usize) {
        if !matches!(self.upos(i), Upos::Noun | Upos::Propn) {
            return;
        }
        let Some(verb) = self.head(i).filter(|v| *v < i && self.is_verb(*v)) else { return };
        let time = [
            "day",
            "week",
            "month",
            "year",
            "hour",
            "morning",
            "night",
            "evening",
            "afternoon",
            "weekend",
            "time",
            "minute",
            "noon",
            "today",
            "tomorrow",
            "yesterday",
            "summer",
            "winter",
            "spring",
            "autumn",
            "decade",
            "second",
            "way",
            "mile",
            "kilometre",
            "kilometer",
            "percent",
            "home",
        ];
        let timed = time.iter().chain(MONTHS).any(|t| self.lemma(i).ends_with(t))
            || self.word(i).bytes().all(|b| b.is_ascii_digit());
        let led = self.child(i, &["case"]).is_some();
        // A name counts where it follows the verb at once: "threatened the Netherlands on Sunday".
        let beside = self.upos(i) == Upos::Noun || self.phrase(i).0 == verb + 1;
        if self.rel(i) == "obl"
            && !led
            && !timed
            && beside
            && self.child(verb, &["obj", "ccomp"]).is_none()
            && self.child(verb, &["aux:pass"]).is_none()
            && self.child(i, &["advmod"]).is_none()
        {
            self.name(i, "obj");
        }
        let to = self.under(verb, &["obl"]).any(|o| self.case(o) == Some("to"));
        if self.rel(i) == "iobj" && !led && to && self.child(verb, &["obj", "ccomp", "xcomp"]).is_none() {
            self.name(i, "obj");
        }
    }

    /// "accused the brigade, a unit commanded by his cousin, of firing": the charge hangs on the charging.
    fn charge(&mut self, i: usize) {
        let of = self.rel(i) == "advcl" && self.under(i, &["mark"]).any(|m| self.word(m) == "of");
        if !of {
            return;
        }
        let charges = |v: &usize| {
            self.is_verb(*v)
                && matches!(
                    self.lemma(*v),
                    "accuse" | "suspect" | "convict" | "charge" | "acquit" | "clear" | "warn"
                )
        };
        let Some(verb) = (0..i).rev().find(charges) else { return };
        let own =
            self.under(verb, &["advcl"]).any(|c| self.under(c, &["mark"]).any(|m| self.word(m) == "of"));
        if !own && self.head(i) != Some(verb) && !self.above(verb).any(|h| h == i) {
            self.hang(i, verb, "advcl");
        }
    }

    /// "at marchers in Cochabamba": the preposition right before a noun leads it, not what hangs below it.
    fn lost_case(&mut self, i: usize) {
        if self.upos(i) != Upos::Adp || self.rel(i) != "case" {
            return;
        }
        let noun = i + 1;
        let Some(deep) = self.head(i).filter(|h| *h > noun && self.upos(noun) == Upos::Noun && *h != noun)
        else {
            return;
        };
        let own = self.children(deep).iter().any(|c| self.rel(*c) == "case" && *c > noun);
        if own && self.above(deep).any(|h| h == noun) && self.child(noun, &["case"]).is_none() {
            self.hang(i, noun, "case");
        }
    }

    /// "in La Paz": what leads a part of a name leads the name.
    fn flat_case(&mut self, i: usize) {
        if self.rel(i) != "case" {
            return;
        }
        let Some(part) = self.head(i).filter(|p| self.is(*p, &["flat"])) else { return };
        if let Some(name) = self.head(part).filter(|n| i < *n && *n < part) {
            self.hang(i, name, "case");
        }
    }

    /// "A man climbing a fence was shot": the subject of a verb that has none stands in the participle before it.
    fn lost_subject(&mut self, i: usize) {
        if self.upos(i) != Upos::Verb || self.child(i, &["nsubj", "csubj", "expl"]).is_some() {
            return;
        }
        // "Three nurses kidnapped last month were freed" too.
        let helped = self.child(i, &["aux:pass", "aux"]).is_some();
        let participle = |x: &usize| {
            let past = helped && self.is_verb(*x) && self.word(*x) != self.lemma(*x);
            *x < i
                && (self.word(*x).ends_with("ing") || past)
                && self.child(*x, &["mark", "aux", "aux:pass"]).is_none()
        };
        let Some(x) = self.under(i, &["advcl"]).find(participle) else { return };
        let Some(s) =
            self.child(x, &["nsubj", "nsubj:pass"]).filter(|s| *s < x && self.child(*s, &["case"]).is_none())
        else {
            return;
        };
        let helped = self.child(i, &["aux:pass"]).is_some();
        if helped || self.child(i, &["aux"]).is_some() || self.rel(i) == "root" {
            self.hang(s, i, if helped { "nsubj:pass" } else { "nsubj" });
            self.hang(x, s, "acl");
        }
    }

    /// "insists that Pakistan extradite twenty men wanted in Delhi": a verb with a subject of its own is no subject; the
    /// participle behind it tells of the noun before.
    fn garden_path(&mut self, i: usize) {
        let verb = self.upos(i) == Upos::Verb && self.is(i, &["nsubj"]) && !self.word(i).ends_with("ing");
        let own = self.under(i, &["nsubj"]).any(|s| s < i && self.child(s, &["case"]).is_none());
        let Some(top) =
            self.head(i).filter(|h| verb && own && *h > i && self.is(*h, &["ccomp", "advcl", "root"]))
        else {
            return;
        };
        let rel: &'static str = match self.rel(top) {
            "ccomp" => "ccomp",
            "advcl" => "advcl",
            _ => return,
        };
        let Some(above) = self.head(top) else { return };
        let noun = top.checked_sub(1).filter(|n| self.is_noun(*n) && self.above(*n).any(|h| h == i));
        let Some(noun) = noun else { return };
        let marks: Vec<usize> = self.under(top, &["mark"]).filter(|m| *m < i).collect();
        self.hang(i, above, rel);
        self.hang(top, noun, "acl");
        for m in marks {
            self.hang(m, i, "mark");
        }
    }

    /// "asked the defeated president to leave office": whoever is asked was taken for a part of what they are asked.
    fn swallowed(&mut self, i: usize) {
        if !self.is_noun(i)
            || !self.is(i, &["obj", "nsubj", "obl", "iobj"])
            || self.child(i, &["case"]).is_some()
        {
            return;
        }
        let Some(verb) = self.head(i).filter(|v| *v > i && self.is(*v, &["xcomp", "ccomp", "advcl"])) else {
            return;
        };
        let to = self.under(verb, &["mark"]).any(|m| m > i && self.word(m) == "to")
            && self.under(verb, &["mark", "case"]).all(|m| m > i);
        let Some(above) = self.head(verb).filter(|h| to && *h < i && self.is_verb(*h)) else { return };
        let between = (above + 1..i).any(|k| self.is_verb(k) || matches!(self.word(k), "," | "that"));
        if !between && self.child(above, &["obj", "iobj"]).is_none() {
            self.hang(i, above, "obj");
        }
    }

    /// "placed the minister, Asif Qureshi, under arrest": a noun that nothing makes a predicate is the object.
    fn predicate(&mut self, i: usize) {
        let noun = matches!(self.upos(i), Upos::Noun | Upos::Propn) && self.rel(i) == "xcomp";
        let Some(verb) = self.head(i).filter(|h| noun && *h < i && self.upos(*h) == Upos::Verb) else {
            return;
        };
        let links = matches!(
            self.lemma(verb),
            "become"
                | "remain"
                | "seem"
                | "stay"
                | "look"
                | "appear"
                | "turn"
                | "prove"
                | "feel"
                | "sound"
                | "call"
                | "name"
                | "declare"
                | "elect"
                | "appoint"
                | "consider"
                | "make"
                | "go"
                | "keep"
                | "be"
        );
        let bare = self.child(i, &["case", "cop", "mark", "nsubj", "aux"]).is_none();
        let helped = self.child(verb, &["obj", "iobj", "aux:pass", "nsubj:pass"]).is_some();
        if !links && bare && !helped {
            self.name(i, "obj");
        }
    }

    /// "handed the port over to peacekeepers": a noun is no part of a fixed phrase.
    fn fixed(&mut self, i: usize) {
        if self.rel(i) != "fixed" || !matches!(self.upos(i), Upos::Noun | Upos::Propn) {
            return;
        }
        let led = self.children(i).iter().any(|c| self.rel(*c) == "case" && *c < i);
        let verb = self.above(i).find(|h| self.is_verb(*h));
        if let Some(verb) = verb.filter(|v| led && *v < i) {
            self.hang(i, verb, "obl");
        }
    }

    /// "threatened the leaders with arrest", "accused the army of the killings": what somebody is threatened or charged with hangs
    /// on the threat or charge.
    fn with_what(&mut self, i: usize) {
        let case = self.case(i);
        if self.rel(i) != "nmod" || !matches!(case, Some("with" | "of")) {
            return;
        }
        let charge = case == Some("of");
        let Some(verb) = self.head(i).filter(|o| self.is(*o, &["obj", "iobj"])).and_then(|o| self.head(o))
        else {
            return;
        };
        let of = matches!(self.lemma(verb), "accuse" | "suspect" | "convict" | "acquit" | "absolve" | "warn");
        if charge && of || !charge && matches!(self.lemma(verb), "threaten" | "menace" | "confront") {
            self.hang(i, verb, "obl");
        }
    }

    /// A noun that the tree takes for a clause though nothing makes it one.
    fn no_clause(&mut self, i: usize) {
        let noun = self.upos(i) == Upos::Noun && self.rel(i) == "ccomp";
        if noun
            && self.child(i, &["cop", "nsubj", "mark", "aux", "obj"]).is_none()
            && let Some(h) = self.head(i).filter(|h| *h < i && self.is_verb(*h))
            && self.child(h, &["obj"]).is_none_or(|o| o > i)
        {
            self.name(i, "obj");
        }
    }

    /// "250,000 people have been killed and millions forced from their homes": who stands behind the verb is no subject of it, but of
    /// the participle that follows.
    fn behind_verb(&mut self, i: usize) {
        let subjects = ["nsubj:pass", "nsubj"];
        let above = self.head(i).filter(|h| *h < i);
        let verb = if self.is(i, &subjects) {
            above.filter(|v| self.under(*v, &subjects).any(|s| s < *v))
        } else {
            above.filter(|s| self.rel(i) == "conj" && self.is(*s, &["nsubj:pass"])).and_then(|s| self.head(s))
        };
        let Some(verb) = verb.filter(|v| *v < i && self.is_verb(*v)) else { return };
        let next = i + 1;
        let participle = next < self.len()
            && self.is_verb(next)
            && self.word(next) != self.lemma(next)
            && !self.word(next).ends_with("ing")
            && self.child(next, &["nsubj", "nsubj:pass", "aux"]).is_none();
        if participle {
            self.hang(next, verb, "conj");
            self.hang(i, next, "nsubj:pass");
        }
    }

    /// "the homes of two men accused of murder": people are accused, and no homes.
    fn accused(&mut self, i: usize) {
        let charged = matches!(self.lemma(i), "accuse" | "suspect" | "convict" | "charge" | "acquit");
        let Some(beside) = i.checked_sub(1).filter(|_| charged && self.rel(i) == "acl") else { return };
        let people = |t: usize| chancery_lexicon::people::acts(self.word(t)) || self.upos(t) == Upos::Propn;
        let Some(h) = self.head(i).filter(|h| *h != beside && !people(*h)) else { return };
        if self.above(beside).take(2).any(|a| a == h) && self.is(beside, &["nmod"]) && people(beside) {
            self.hang(i, beside, "acl");
        }
    }

    /// "free the monks detained in Yangon": a participle beside a noun tells of it.
    fn participle(&mut self, i: usize) {
        let Some(noun) = i.checked_sub(1).filter(|n| matches!(self.upos(*n), Upos::Noun | Upos::Propn))
        else {
            return;
        };
        let past = self.upos(i) == Upos::Verb && self.rel(i) == "advcl" && !self.word(i).ends_with("ing");
        if past
            && self.word(i) != self.lemma(i)
            && self.child(i, &["mark", "nsubj", "nsubj:pass", "aux", "aux:pass", "obj", "cop"]).is_none()
            && self.head(i).is_some_and(|h| self.head(noun) == Some(h) && h < noun && self.is_verb(h))
            && self.child(noun, &["case"]).is_none()
        {
            self.hang(i, noun, "acl");
            if self.is(noun, &["obl"]) {
                self.name(noun, "obj");
            }
        }
    }
}
