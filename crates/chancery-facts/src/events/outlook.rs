//! What the subject, the object and the frame of a happening say about whether it happened: "no soldier has attacked",
//! "neither Chad nor Libya", "a bill would ban", "called off the walkout", "have been on strike".

use super::find::Candidate;
use super::tree::Tree;
use chancery_lexicon::status::{Link, STATUS};
use chancery_lexicon::verbs::Form;
use chancery_model::mark::Upos;
use chancery_model::vocab::{EventType, Status};

/// Papers that say what is yet to be decided.
const PAPERS: &[&str] = &[
    "bill",
    "plan",
    "proposal",
    "draft",
    "measure",
    "amendment",
    "motion",
    "blueprint",
    "scheme",
    "legislation",
    "initiative",
];

pub(super) fn of(tree: &Tree<'_, '_>, c: &Candidate) -> Vec<Status> {
    let mut out = Vec::new();
    if c.hit.form != Form::Noun && nobody(tree, c) {
        out.push(Status::Denied);
    }
    if c.hit.form != Form::Noun && on_paper(tree, c) {
        out.push(Status::Proposed);
    }
    if called_off(tree, c) {
        out.push(Status::Cancelled);
    }
    if lasts(tree, c) {
        out.push(Status::Ongoing);
    }
    if c.hit.form != Form::Noun && due(tree, c) {
        out.push(Status::Planned);
    }
    // "talks aimed at ending the war"
    let aimed = tree.head(c.at).is_some_and(|h| tree.lemma(h) == "aim")
        && tree.under(c.at, &["mark", "case"]).any(|m| tree.word(m) == "at");
    if aimed {
        out.push(Status::Planned);
    }
    out.extend(astray(tree, c));
    if c.hit.form != Form::Noun && needed(tree, c) {
        out.push(Status::Proposed);
    }
    out
}

/// "no prisoners were beaten", "neither state has armed them", "killed nobody": there is nobody who did it or to whom it was
/// done. "No fewer than ten" are ten.
fn nobody(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let none = |i: usize| {
        let no = |d: usize| {
            matches!(tree.word(d), "no" | "neither")
                && !matches!(tree.word(d + 1), "fewer" | "less" | "more" | "longer" | "doubt" | "sooner")
        };
        matches!(tree.word(i), "none" | "nobody" | "neither") || tree.under(i, &["det", "cc"]).any(no)
    };
    let object = |o: &usize| !c.used.contains(o);
    tree.under(c.at, &["nsubj", "nsubj:pass"]).any(none)
        || tree.under(c.at, &["obj"]).filter(object).any(none)
}

/// "a bill would ban", "under the plan Oslo would give": so far it stands on paper.
fn on_paper(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let would = tree.under(c.at, &["aux"]).any(|a| matches!(tree.word(a), "would" | "'d"));
    let paper = |i: usize| PAPERS.contains(&tree.lemma(i));
    let subject = tree.under(c.at, &["nsubj"]).any(|s| {
        paper(s)
            || matches!(tree.word(s), "that" | "which")
                && tree.rel(c.at) == "acl:relcl"
                && tree.head(c.at).is_some_and(paper)
    });
    would && (subject || tree.under(c.at, &["obl"]).any(|o| tree.case(o) == Some("under") && paper(o)))
}

/// "called off Saturday's walkout", where one pattern holds the verb and the happening.
fn called_off(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let gathers = matches!(
        c.hit.class.kind,
        EventType::Protest | EventType::Consult | EventType::Cooperate | EventType::Mobilize
    );
    c.hit.form != Form::Noun
        && gathers
        && c.used.iter().any(|u| *u != c.at && tree.is_noun(*u))
        && tree.child(c.at, &["compound:prt"]).is_some()
        && STATUS.linked(Link::Over, &tree.phrasal(c.at)) == Some(Status::Cancelled)
}

/// "have been on strike since May", "are in talks": what they are at.
fn lasts(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let kinds = matches!(c.hit.class.kind, EventType::Protest | EventType::Consult | EventType::Mobilize);
    let have = tree.under(c.at, &["aux"]).any(|a| matches!(tree.word(a), "have" | "has" | "'ve"));
    let is = |b: usize| matches!(tree.word(b), "is" | "are" | "'re") || tree.word(b) == "been" && have;
    kinds && matches!(tree.case(c.at), Some("on" | "in")) && tree.under(c.at, &["cop"]).any(is)
}

/// "is due to visit", "is to extradite him".
fn due(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let to = tree.under(c.at, &["mark"]).any(|m| tree.word(m) == "to");
    let is = |a: usize| matches!(tree.word(a), "is" | "are" | "was" | "were") && a < c.at;
    to && tree.under(c.at, &["aux", "cop"]).any(is)
        || tree.children(c.at).iter().any(|d| *d < c.at && tree.word(*d) == "due" && tree.word(d + 1) == "to")
}

/// "may one day cut off": an auxiliary that the tree has hung on something between it and the verb.
fn astray(tree: &Tree<'_, '_>, c: &Candidate) -> Option<Status> {
    let subject = tree.child(c.at, &["nsubj", "nsubj:pass"]).filter(|s| *s < c.at)?;
    let stray = |k: &usize| {
        tree.upos(*k) == Upos::Aux
            && !tree.is(*k, &["aux", "cop"])
            && tree.head(*k).is_some_and(|h| h > *k && h < c.at && !tree.is_verb(h))
    };
    let word = (subject + 1..c.at).find(stray)?;
    STATUS.linked(Link::Aux, tree.word(word))
}

/// "it is vital that the two navies work together": they are to.
fn needed(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let bare = tree.word(c.at) == tree.lemma(c.at) && tree.child(c.at, &["aux"]).is_none();
    bare && tree.is(c.at, &["csubj", "ccomp", "advcl"])
        && tree.under(c.at, &["mark"]).any(|m| tree.word(m) == "that")
        && tree.head(c.at).is_some_and(|h| {
            matches!(
                tree.lemma(h),
                "vital"
                    | "important"
                    | "essential"
                    | "necessary"
                    | "crucial"
                    | "imperative"
                    | "urgent"
                    | "critical"
            )
        })
}
