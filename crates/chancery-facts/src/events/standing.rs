//! Whether a happening happened, by the tree: auxiliaries, negation and marks of its verb, the words it hangs on, and in
//! whose mouth it stands.

mod noun;

use super::find::Candidate;
use super::parts::LIGHT;
use super::tree::Tree;
use chancery_lexicon::status::{Link, STATUS};
use chancery_lexicon::verbs::Form;
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Status};

/// How many words up the tree are asked.
const REACH: usize = 6;
/// Verbs whose infinitive did happen ("managed to escape").
const DID: &[&str] = &[
    "manage", "help", "get", "proceed", "dare", "cause", "force", "compel", "enable", "lead", "allow", "let",
    "make", "go", "come", "use", "see", "return", "serve", "rush", "dispatch",
];
/// Verbs that say that a noun takes place, by their subject.
const OCCUR: &[&str] = &[
    "occur", "happen", "be", "take", "begin", "start", "open", "resume", "end", "follow", "continue",
    "focus", "last", "come", "break", "erupt", "appear", "go",
];
/// Conditions.
const IF: &[&str] = &["if", "unless", "provided", "should", "lest"];

/// What the tree says of a happening.
pub(super) fn of(
    tree: &Tree<'_, '_>,
    c: &Candidate,
    kind_at: &dyn Fn(usize) -> Option<EventType>,
) -> Vec<Status> {
    let mut look = Look { tree, kind_at, found: Vec::new(), condition: false };
    let finite = matches!(c.hit.form, Form::Past | Form::Third)
        && tree.child(c.at, &["mark"]).is_none_or(|m| tree.word(m) != "to");
    let modal = tree.under(c.at, &["aux"]).any(|a| STATUS.linked(Link::Aux, tree.word(a)).is_some());
    let finite = finite || modal;
    look.own(c.at);
    for u in c.used.iter().filter(|u| **u != c.at && tree.is_noun(**u)) {
        if tree.under(*u, &["det"]).any(|d| tree.word(d) == "no") {
            look.found.push(Status::Denied);
        }
    }
    // "remain on strike", "kept a curfew in force"
    if c.used.len() > 1
        && c.hit.form != Form::Noun
        && matches!(
            tree.lemma(c.used.first().copied().unwrap_or(c.at)),
            "remain" | "stay" | "keep" | "maintain"
        )
        && tree.child(c.at, &["aux"]).is_none()
        && matches!(c.hit.class.kind, EventType::Protest | EventType::Coerce | EventType::Mobilize)
    {
        look.found.push(Status::Ongoing);
    }
    look.climb(c.at, finite, c.hit.form == Form::Noun);
    // "It was not our men who burned it".
    let told = |v: &usize| {
        tree.rel(*v) == "acl:relcl"
            || tree.rel(*v) == "acl" && tree.child(*v, &["nsubj", "nsubj:pass"]).is_some()
    };
    let clause = std::iter::once(c.at).chain(tree.above(c.at).take(2)).find(told);
    let cleft = clause.and_then(|v| tree.head(v)).is_some_and(|h| {
        tree.child(h, &["cop"]).is_some()
            && tree.under(h, &["nsubj"]).any(|s| tree.word(s) == "it")
            && tree.under(h, &["advmod"]).any(|n| matches!(tree.word(n), "not" | "n't" | "never"))
    });
    // "survived an assassination attempt".
    let survived = tree.head(c.at).is_some_and(|h| matches!(tree.lemma(h), "survive" | "escape" | "foil"));
    if survived && c.used.iter().any(|u| tree.word(*u) == "attempt") {
        look.found.push(Status::Failed);
    }
    // "dismissed reports that they had met".
    let waved = tree.above(c.at).take(2).any(|v| super::idle::waves_off(tree, v));
    if cleft || waved {
        look.found.push(Status::Denied);
    }
    // Inside a condition everything is one, through "think that".
    for a in tree.above(c.at).take(4) {
        if tree.rel(a) == "acl:relcl" {
            break;
        }
        if tree.under(a, &["mark"]).any(|m| matches!(tree.word(m), "if" | "unless")) {
            look.found.push(Status::Hypothetical);
            // "If the meeting fails": it has not failed.
            look.found.retain(|s| !matches!(s, Status::Failed | Status::Cancelled));
        }
    }
    let Look { mut found, condition, .. } = look;
    if condition {
        let open = |s: &Status| matches!(s, Status::Planned | Status::Proposed);
        if found.iter().any(open) {
            found.push(Status::Conditional);
        }
    }
    found
}

struct Look<'l, 'c, 'a> {
    tree: &'l Tree<'c, 'a>,
    kind_at: &'l dyn Fn(usize) -> Option<EventType>,
    found: Vec<Status>,
    condition: bool,
}

impl Look<'_, '_, '_> {
    /// Auxiliaries, negation, modifiers and conditions of a word.
    fn own(&mut self, i: usize) {
        let tree = self.tree;
        let ing = tree.word(i).ends_with("ing") && tree.is_verb(i);
        for &c in tree.children(i) {
            let word = tree.word(c);
            match tree.rel(c) {
                "aux" | "aux:pass" => {
                    let past = tree.under(i, &["aux"]).any(|a| tree.word(a) == "have");
                    match STATUS.linked(Link::Aux, word) {
                        // "would have come" did not.
                        Some(Status::Planned) if past && word == "would" => {
                            self.found.push(Status::Hypothetical)
                        }
                        Some(s) => self.found.push(s),
                        None if ing && tree.lemma(c) == "be" => self.found.push(Status::Ongoing),
                        None if word == "to" && tree.head(i).is_none() => self.found.push(Status::Planned),
                        None => {}
                    }
                }
                "advmod" | "det" | "amod" | "cc:preconj" | "nmod" | "compound" | "discourse" | "cc" => {
                    let only = tree.word(c + 1) == "only" || tree.word(c + 1) == "just";
                    let near = tree.rel(c) != "nmod" && tree.rel(c) != "compound";
                    if near
                        && !(word == "not" && only)
                        && !(word == "no" && matches!(tree.word(c + 1), "longer" | "less" | "more"))
                    {
                        self.found.extend(
                            STATUS
                                .linked(Link::With, word)
                                .or_else(|| STATUS.linked(Link::With, tree.lemma(c))),
                        );
                    }
                }
                "mark" => match word {
                    "if" | "unless" | "whether" | "lest" => self.found.push(Status::Hypothetical),
                    "without" => self.found.push(Status::Denied),
                    "to" if tree.head(i).is_none() => self.found.push(Status::Planned),
                    // Headlines: "Pakistan to launch offensive, generals say"
                    "to" if tree.child(i, &["nsubj"]).is_some_and(|s| s < c)
                        && tree.is(i, &["ccomp", "parataxis", "conj"]) =>
                    {
                        self.found.push(Status::Planned);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if tree.is_noun(i) {
            self.said_of(i);
        }
        self.conditions(i);
        if tree.upos(i) == Upos::Adj {
            self.found.extend(STATUS.linked(Link::With, tree.lemma(i)));
        }
    }

    /// What a clause behind a noun says of it: "a conference to be called by May", "talks that are scheduled to begin".
    fn said_of(&mut self, noun: usize) {
        let tree = self.tree;
        for c in tree.under(noun, &["acl", "amod", "advcl"]) {
            let to = tree.children(c).iter().any(|x| tree.word(*x) == "to" && tree.is(*x, &["mark"]));
            let passive = tree.child(c, &["aux:pass"]).is_some();
            if to && passive && (self.kind_at)(c).is_none() {
                self.found.push(Status::Planned);
            }
            let participle = tree.rel(c) == "acl" && !to && (self.kind_at)(c).is_none();
            if participle {
                self.found.extend(
                    self.over(c, None)
                        .filter(|s| !matches!(s, Status::Denied | Status::Ongoing | Status::Claimed)),
                );
            }
            if participle || tree.lemma(c) == "due" {
                self.found.extend(STATUS.linked(Link::With, tree.lemma(c)));
            }
        }
        if tree.children(noun).iter().any(|c| tree.word(*c) == "due") {
            self.found.push(Status::Planned);
        }
        // "reported air strikes", where the tree has lost the participle
        let start = tree.phrase(noun).0;
        let before = start.checked_sub(1).map_or("", |b| tree.word(b));
        if before == "of" && start.checked_sub(2).is_some_and(|b| tree.word(b) == "ahead") {
            self.found.push(Status::Planned);
        }
        self.found.extend(STATUS.linked(Link::With, before).filter(|_| before.ends_with("ed")));
        for c in tree.under(noun, &["acl:relcl"]) {
            let subject = tree
                .child(c, &["nsubj", "nsubj:pass"])
                .is_some_and(|s| matches!(tree.word(s), "that" | "which"));
            if subject && (self.kind_at)(c).is_none() {
                let said = STATUS.linked(Link::Of, &tree.phrasal(c)).or_else(|| {
                    let passive = tree.child(c, &["aux:pass", "nsubj:pass", "cop"]).is_some();
                    self.over(c, None).filter(|_| passive)
                });
                self.found.extend(said);
                if self.carries(c) {
                    self.found.extend(
                        tree.under(c, &["aux"]).filter_map(|a| STATUS.linked(Link::Aux, tree.word(a))),
                    );
                }
            }
        }
    }

    /// Whether a condition hangs on a word.
    fn conditions(&mut self, i: usize) {
        let tree = self.tree;
        // "Had Moscow shelled the port, the deal would have collapsed"
        let had = tree
            .under(i, &["aux"])
            .any(|a| tree.word(a) == "had" && tree.child(i, &["nsubj", "nsubj:pass"]).is_some_and(|s| a < s));
        if had && tree.is(i, &["advcl", "ccomp", "parataxis", "conj", "csubj", "dep"]) {
            self.found.push(Status::Hypothetical);
        }
        for c in tree.under(i, &["advcl", "acl"]) {
            let mark = tree.child(c, &["mark"]).map_or("", |m| tree.word(m));
            // "should its gas be resold", "provided that a judge took his chair", "as soon as Male appoints an auditor"
            let turned = tree.under(c, &["aux"]).any(|a| {
                tree.word(a) == "should" && tree.child(c, &["nsubj", "nsubj:pass"]).is_some_and(|s| a < s)
            });
            let provided = tree.lemma(c) == "provide"
                && tree.word(c) == "provided"
                && (tree.child(c, &["ccomp"]).is_some() || tree.word(c + 1) == "that");
            let soon = mark == "as"
                && tree.under(c, &["mark", "advmod", "fixed"]).any(|m| tree.word(m) == "soon")
                || tree.word(c.saturating_sub(1)) == "soon";
            let led = tree.under(c, &["mark", "advmod"]).any(|m| tree.word(m) == "provided");
            self.condition |= turned || provided || soon || led;
            self.condition |= IF.contains(&mark)
                || tree.children(c).iter().any(|x| matches!(tree.word(*x), "if" | "unless"));
        }
        for c in tree.under(i, &["obl"]) {
            self.condition |= matches!(tree.lemma(c), "condition" | "exchange" | "return")
                && matches!(tree.case(c), Some("on" | "in"));
            self.condition |= tree
                .children(c)
                .iter()
                .any(|x| matches!(tree.word(*x), "exchange" | "return") && tree.is(*x, &["case", "fixed"]));
        }
    }

    fn climb(&mut self, from: usize, finite: bool, noun: bool) {
        let tree = self.tree;
        let (mut i, mut finite) = (from, finite);
        for _ in 0..REACH {
            let Some(h) = tree.head(i) else { return };
            let verbal = !(tree.is_noun(i) || i == from && noun);
            let on = if verbal { self.clause(i, h, finite) } else { self.noun(i, h) };
            if !on {
                return;
            }
            let modal = tree.under(h, &["aux"]).any(|a| STATUS.linked(Link::Aux, tree.word(a)).is_some());
            finite = modal
                || tree.is_verb(h) && tree.word(h) != tree.lemma(h) && tree.child(h, &["mark"]).is_none();
            i = h;
        }
    }

    fn over(&self, h: usize, case: Option<&str>) -> Option<Status> {
        let tree = self.tree;
        let verb = tree.phrasal(h);
        let with_case = case.and_then(|c| STATUS.linked(Link::Over, &format!("{verb} {c}")));
        with_case
            .or_else(|| STATUS.linked(Link::Over, &verb))
            .or_else(|| STATUS.linked(Link::Over, tree.word(h)))
    }

    /// A clause below a word; whether to look further up.
    fn clause(&mut self, i: usize, h: usize, finite: bool) -> bool {
        let tree = self.tree;
        let mark = tree.child(i, &["mark", "case"]).map_or("", |m| tree.word(m));
        match tree.rel(i) {
            "xcomp" => {
                match self.over(h, None) {
                    // "told visiting envoys", no infinitive
                    Some(Status::Proposed)
                        if tree.word(i).ends_with("ing")
                            && matches!(tree.lemma(h), "ask" | "order" | "urge" | "invite") => {}
                    Some(s) => self.push_under(h, s),
                    // "shall not hesitate to bomb"
                    None if matches!(tree.lemma(h), "hesitate" | "shrink" | "flinch") => {
                        let done = if self.turned(h) { Status::Planned } else { Status::Hypothetical };
                        self.found.push(done);
                        return false;
                    }
                    None if matches!(tree.lemma(h), "know" | "seem" | "appear") => {}
                    None if matches!(
                        tree.lemma(h),
                        "report" | "believe" | "think" | "understand" | "say"
                    ) =>
                    {
                        self.found.push(Status::Claimed);
                    }
                    None if tree.under(i, &["aux"]).any(|a| tree.word(a) == "have") => {}
                    None if DID.contains(&tree.lemma(h)) || tree.word(i).ends_with("ing") => {}
                    None if mark == "to" || tree.children(i).iter().any(|c| tree.word(*c) == "to") => {
                        self.found.push(Status::Planned)
                    }
                    None => {}
                }
                self.own(h);
                true
            }
            "ccomp" => {
                if let Some(s) = self.over(h, None) {
                    let open = matches!(
                        s,
                        Status::Planned
                            | Status::Proposed
                            | Status::Ongoing
                            | Status::Failed
                            | Status::Cancelled
                    );
                    if !finite || !open {
                        self.push_under(h, s);
                    }
                }
                false
            }
            "advcl" | "advcl:relcl" => {
                match mark {
                    "to" if matches!(tree.lemma(h), "report" | "believe" | "say" | "think") => {
                        self.found.push(Status::Claimed)
                    }
                    // "marched to demand his release": they demanded it.
                    "to" if (self.kind_at)(h) == Some(EventType::Protest)
                        && (self.kind_at)(i) == Some(EventType::Request) => {}
                    "to" if tree
                        .under(h, &["obl"])
                        .any(|o| self.over(h, tree.case(o)) == Some(Status::Proposed) && o < i) =>
                    {
                        self.push_under(h, Status::Proposed);
                    }
                    "to" => match self.over(h, None) {
                        Some(s @ (Status::Failed | Status::Denied | Status::Cancelled)) => {
                            self.push_under(h, s)
                        }
                        over => {
                            if over.is_some() || !DID.contains(&tree.lemma(h)) {
                                self.found.push(Status::Planned);
                            } else {
                                // "could lead the navy to shell"
                                self.own(h);
                            }
                        }
                    },
                    // "has ruled out sending arms"
                    "" if tree.word(i).ends_with("ing")
                        && i > h
                        && tree.child(h, &["obj"]).is_none()
                        && !(h..i).any(|k| tree.word(k) == ",") =>
                    {
                        let s = self.over(h, None);
                        if let Some(s @ (Status::Denied | Status::Cancelled)) = s {
                            self.push_under(h, s);
                        }
                    }
                    "of" if tree.word(h) == "short"
                        || tree.children(h).iter().any(|c| tree.word(*c) == "short") =>
                    {
                        self.found.push(Status::Denied)
                    }
                    "of" | "from" | "for" | "with" | "on" | "against" | "about" => {
                        let s = self.over(h, Some(mark)).filter(|s| {
                            matches!(s, Status::Claimed | Status::Denied | Status::Hypothetical)
                                || matches!(mark, "from" | "on" | "about") && *s != Status::Ongoing
                        });
                        if let Some(s) = s {
                            self.push_under(h, s);
                        }
                    }
                    _ => {}
                }
                // Inside a condition everything is one.
                if IF.contains(&mark) && !self.found.contains(&Status::Hypothetical) {
                    self.found.push(Status::Hypothetical);
                }
                false
            }
            "acl" => {
                let infinitive = mark == "to" || tree.children(i).iter().any(|c| tree.word(*c) == "to");
                let of = matches!(mark, "of" | "for" | "on" | "from" | "that");
                if mark == "that" && STATUS.linked(Link::Noun, tree.lemma(h)).is_none() {
                    return false;
                }
                if infinitive || of {
                    match STATUS.linked(Link::Noun, tree.lemma(h)) {
                        Some(s) => self.found.push(s),
                        None if infinitive => self.found.push(Status::Planned),
                        None => {}
                    }
                    let refused = tree.under(h, &["det"]).any(|d| tree.word(d) == "no");
                    if refused {
                        self.found.push(Status::Denied);
                    }
                    return true;
                }
                false
            }
            "conj" => {
                if matches!(mark, "of" | "for") {
                    let charged =
                        tree.above(i).take(4).any(|a| self.over(a, Some(mark)) == Some(Status::Claimed));
                    if charged {
                        self.found.push(Status::Claimed);
                    }
                    return false;
                }
                let alone = tree.child(i, &["nsubj", "nsubj:pass", "aux"]).is_none();
                if alone && !finite {
                    self.own(h);
                    return true;
                }
                false
            }
            _ => false,
        }
    }

    /// Takes over what a word above says; what is said of that word turns it round: "did not agree to meet".
    fn push_under(&mut self, h: usize, s: Status) {
        let not = self.turned(h);
        match s {
            Status::Denied | Status::Failed if not => self.found.push(Status::Happened),
            Status::Planned | Status::Proposed | Status::Ongoing if not => self.found.push(Status::Denied),
            _ => self.found.push(s),
        }
    }

    fn turned(&self, h: usize) -> bool {
        self.tree.children(h).iter().any(|c| matches!(self.tree.word(*c), "not" | "n't" | "never"))
    }
}
