//! What is told in one breath happened at one time and place: "opened fire on a bus near Quetta late Friday, killing nine and
//! wounding 20", "the bombing at Habarana on Monday killed 92".

use super::Found;
use super::find::Candidate;
use super::tree::Tree;
use chancery_lexicon::verbs::Form;
use chancery_model::facts::PlaceIx;
use chancery_model::vocab::{EventType, Status};

/// Gives a deed and what came of it the time and the place that only one of them has.
pub(super) fn share(tree: &Tree<'_, '_>, all: &[Candidate], out: &mut [Found]) {
    let index = |at: usize| {
        let c = all.iter().find(|c| c.at == at)?;
        let span = tree.clause.span(c.start, c.hit.end);
        out.iter().position(|(e, _)| e.span == span)
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for c in all {
        let hurts = matches!(c.hit.class.kind, EventType::Assault | EventType::Coerce);
        let deed = deed(tree, c.at).filter(|_| hurts).into_iter().flatten();
        let first = deed.chain(cause(tree, all, c)).filter(|f| *f != c.at).find_map(index);
        pairs.extend(first.zip(index(c.at)));
    }
    for (a, b) in pairs {
        let pair = [&out[a].0, &out[b].0];
        let time = pair[0].time.or(pair[1].time);
        let done = pair[0].status == pair[1].status;
        let place = pair[0].place.or(pair[1].place);
        for n in [a, b] {
            let e = &mut out[n].0;
            if done && e.time.is_none() {
                e.time = time;
            }
            if e.place.is_none() {
                e.place = place;
            }
        }
    }
}

/// Words that begin what somebody else says or thinks.
const SAID: &[&str] = &["say", "tell", "accuse", "blame", "claim", "accord", "report"];

/// "Soldiers fired into the crowd in Kaya, and four men were hurt": force told beside force in one sentence, with no one's word between
/// them, is at the one place that is told; so are a protest and what police do there after it. Of 51 such in passages that were
/// read for it 42 were, of protests and arrests 24 of 31.
pub(super) fn scene(tree: &Tree<'_, '_>, out: &mut [Found]) {
    use EventType::{Assault, Coerce, Protest};
    let done = |s: Status| matches!(s, Status::Happened | Status::Ongoing | Status::Claimed);
    let told: Vec<(usize, EventType, PlaceIx)> = out
        .iter()
        .filter(|(e, _)| done(e.status))
        .filter_map(|(e, _)| Some((tree.clause.token_at(e.span.start), e.kind, e.place?)))
        .collect();
    for (e, _) in out.iter_mut().filter(|(e, _)| e.place.is_none() && done(e.status)) {
        let here = tree.clause.token_at(e.span.start);
        let Some((at, kind, place)) = told.iter().min_by_key(|t| t.0.abs_diff(here)) else { continue };
        let one = told.iter().all(|t| t.2 == *place);
        let fits = match (kind, e.kind) {
            (Assault, Assault) => true,
            (Protest, Protest | Coerce | Assault) | (Coerce, Coerce | Assault) => *at < here,
            _ => false,
        };
        let said = (here.min(*at)..here.max(*at)).any(|t| SAID.contains(&tree.lemma(t)));
        if one && fits && !said {
            e.place = Some(*place);
        }
    }
}

/// The verb that a participle tells what came of, and the participle it is joined to: "attacked the post, killing two and
/// wounding six".
fn deed(tree: &Tree<'_, '_>, at: usize) -> Option<[usize; 2]> {
    let bare = |v: usize| tree.child(v, &["nsubj", "nsubj:pass", "mark", "expl"]).is_none();
    let first = if tree.rel(at) == "conj" { tree.head(at).filter(|h| tree.is_verb(*h))? } else { at };
    let participle =
        tree.rel(first) == "advcl" && tree.word(first).ends_with("ing") && tree.word(at).ends_with("ing");
    let head = tree.head(first).filter(|h| *h < first && tree.is_verb(*h))?;
    (participle && bare(first) && bare(at)).then_some([head, first])
}

/// The deed that is the subject of what it did: "the shelling on Sunday killed 27".
fn cause(tree: &Tree<'_, '_>, all: &[Candidate], c: &Candidate) -> Option<usize> {
    let subject = tree.child(c.at, &["nsubj"]).filter(|_| c.hit.form != Form::Noun)?;
    let noun = all.iter().find(|d| d.at == subject && d.hit.form == Form::Noun)?;
    let force = |c: &Candidate| c.hit.class.kind == EventType::Assault;
    (force(c) && force(noun)).then_some(subject)
}
