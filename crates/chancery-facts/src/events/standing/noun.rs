//! Whether a happening told by a noun happened: by the verb or noun that it hangs on.

use super::{LIGHT, Look, OCCUR};
use chancery_lexicon::status::{Link, STATUS};
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Status};

/// Verbs that bring a noun about or meet with it, by their object: "may face sanctions" and "offered to provide support" tell of none
/// that took place.
const BRING: &[&str] = &[
    "provide",
    "face",
    "undergo",
    "bring",
    "lend",
    "extend",
    "render",
    "broker",
    "mediate",
    "spark",
    "trigger",
    "cause",
    "provoke",
    "prompt",
    "produce",
    "ignite",
    "unleash",
    "incur",
    "invite",
    "mean",
    "need",
    "require",
    "necessitate",
    "entail",
    "warrant",
    "justify",
    "enter",
    "attract",
    "draw",
    "risk",
    "see",
    "witness",
];
/// The same of a preposition's noun: "could lead to war".
const BRING_TO: &[(&str, &[&str])] = &[
    ("lead", &["to"]),
    ("result", &["in"]),
    ("end", &["in"]),
    ("culminate", &["in"]),
    ("escalate", &["into", "to"]),
    ("turn", &["into"]),
    ("degenerate", &["into"]),
    ("engage", &["in"]),
    ("participate", &["in"]),
    ("enter", &["into"]),
    ("resort", &["to"]),
    ("return", &["to"]),
];

impl Look<'_, '_, '_> {
    /// A noun below a word; whether to look further up.
    pub(super) fn noun(&mut self, i: usize, h: usize) -> bool {
        let tree = self.tree;
        let case = tree.case(i);
        match tree.rel(i) {
            "obj" | "nsubj:pass" | "iobj" => {
                let other = (self.kind_at)(h);
                // "denied the allegations": they were made.
                if (self.kind_at)(i) == Some(EventType::Accuse)
                    && matches!(self.over(h, None), Some(Status::Denied | Status::Failed))
                {
                    return false;
                }
                // "began a hunger strike" did; "began to withdraw" is still at it.
                let began = matches!(tree.lemma(h), "begin" | "start" | "resume" | "keep");
                if let Some(s) =
                    self.over(h, None).filter(|s| !began && (other.is_none() || *s != Status::Claimed))
                {
                    if self.turned(h) && matches!(s, Status::Denied | Status::Failed | Status::Cancelled) {
                        return false;
                    }
                    self.push_under(h, s);
                    self.through(h, other);
                    return other.is_none();
                }
                self.through(h, other);
                if other.is_none() && BRING.contains(&tree.lemma(h)) {
                    self.own(h);
                    return true;
                }
                other.is_none() && self.carries(h)
            }
            "nsubj" => {
                let verb = tree.phrasal(h);
                let ends = tree.under(h, &["obl"]).find_map(|o| {
                    let case = tree.case(o)?;
                    let long = format!("{verb} {case} {}", tree.lemma(o));
                    STATUS
                        .linked(Link::Of, &long)
                        .or_else(|| STATUS.linked(Link::Of, &format!("{verb} {case}")))
                });
                let ends = ends.or_else(|| {
                    tree.under(h, &["advcl"]).find_map(|o| {
                        let mark = tree.word(tree.child(o, &["mark"])?);
                        STATUS.linked(Link::Of, &format!("{verb} {mark}"))
                    })
                });
                let said = ends.or_else(|| STATUS.linked(Link::Of, &verb));
                let other = (self.kind_at)(h);
                if let Some(s) = said {
                    self.found.push(s);
                    self.own(h);
                    return false;
                }
                if tree.word(h) == "way" && tree.case(h) == Some("under")
                    || tree.under(h, &["advmod"]).any(|a| tree.word(a) == "way" || tree.word(a) == "underway")
                {
                    self.found.push(Status::Ongoing);
                    return false;
                }
                let adjective = (tree.upos(h) == Upos::Adj).then(|| self.over(h, None)).flatten();
                self.found.extend(adjective);
                self.through(h, other);
                other.is_none() && self.carries(h)
            }
            "obl" => {
                let fits = matches!(
                    case,
                    Some("to" | "on" | "for" | "of" | "with" | "from" | "against" | "about" | "in" | "into")
                );
                let s = self.over(h, case).filter(|s| {
                    let long = case.is_some_and(|c| {
                        STATUS.linked(Link::Over, &format!("{} {c}", tree.phrasal(h))).is_some()
                    });
                    long || fits
                        && !matches!(case, Some("in" | "into"))
                        && matches!(
                            s,
                            Status::Planned | Status::Claimed | Status::Proposed | Status::Hypothetical
                        )
                });
                if let Some(s) = s {
                    self.push_under(h, s);
                    self.own(h);
                    return (self.kind_at)(h).is_none();
                }
                let brings = BRING_TO
                    .iter()
                    .any(|(v, cases)| *v == tree.lemma(h) && case.is_some_and(|c| cases.contains(&c)));
                if brings && (self.kind_at)(h).is_none() {
                    self.own(h);
                    return true;
                }
                let goes = matches!(
                    tree.lemma(h),
                    "arrive" | "travel" | "fly" | "go" | "come" | "leave" | "invite" | "head"
                );
                if case == Some("for") && goes {
                    self.found.push(Status::Planned);
                }
                if tree
                    .children(i)
                    .iter()
                    .any(|c| tree.is(*c, &["case"]) && matches!(tree.word(*c), "without"))
                {
                    self.found.push(Status::Denied);
                }
                if tree.children(i).iter().any(|c| tree.is(*c, &["case"]) && matches!(tree.word(*c), "ahead"))
                    || tree.word(i.saturating_sub(2)) == "ahead"
                {
                    self.found.push(Status::Planned);
                }
                false
            }
            "nmod" if case.is_some() => {
                let found = STATUS
                    .linked(Link::Noun, tree.lemma(h))
                    .filter(|_| !matches!(case, Some("in" | "at" | "by" | "after" | "during" | "from")));
                if let Some(s) = found {
                    self.found.push(s);
                    if tree.under(h, &["det"]).any(|d| tree.word(d) == "no") {
                        self.found.push(Status::Denied);
                    }
                }
                // "a round of talks", "a day of fighting"
                found.is_some() || case == Some("of")
            }
            "conj" => {
                self.modifiers(h);
                true
            }
            _ => false,
        }
    }

    /// Whether a verb says no more than that a noun takes place.
    pub(super) fn carries(&self, h: usize) -> bool {
        let lemma = self.tree.lemma(h);
        !self.tree.is_verb(h) || LIGHT.contains(&lemma) || OCCUR.contains(&lemma)
    }

    /// What modifies the first of several joined nouns holds for all.
    fn modifiers(&mut self, h: usize) {
        let tree = self.tree;
        for c in tree.under(h, &["amod", "det"]) {
            self.found.extend(STATUS.linked(Link::With, tree.word(c)));
        }
    }

    /// What is said of the verb that only says the noun took place: its modals and negation hold for the noun.
    fn through(&mut self, h: usize, other: Option<EventType>) {
        self.conditions(h);
        if other.is_none() && self.carries(h) {
            self.own(h);
        }
    }
}
