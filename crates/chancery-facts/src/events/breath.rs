//! What is told in one breath happened at one time and place: "opened fire on a bus near Quetta late Friday, killing nine and
//! wounding 20", "the bombing at Habarana on Monday killed 92".

use super::Found;
use super::find::Candidate;
use super::tree::Tree;
use chancery_lexicon::verbs::Form;
use chancery_model::vocab::EventType;

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
        let time = if pair.iter().all(|e| e.time.is_none()) { None } else { pair[0].time.or(pair[1].time) };
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
