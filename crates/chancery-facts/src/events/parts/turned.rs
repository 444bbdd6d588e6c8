//! Deeds that are told by whom they befall: the owner, the subject or who gets them is no doer.

use super::*;

/// Verbs of getting what others give.
const GETS: &[&str] = &["win", "receive", "get", "gain", "earn", "obtain", "secure", "enjoy"];
/// Verbs of force that a possessive before the word in -ing turns round: "the editor's shooting".
const BEFALL: &[&str] = &[
    "kill", "murder", "shoot", "stab", "hang", "lynch", "poison", "behead", "maim", "beat", "kidnap", "jail",
    "imprison", "hijack",
];

impl Seen<'_, '_, '_> {
    /// Whether a name before a noun is that of a state or place.
    pub(super) fn is_where(&self, o: usize) -> bool {
        let state = |w: Someone| matches!(w, Someone::State(_)) || self.is_state(w);
        self.marked(o).is_some_and(state) || self.mention(o).is_some_and(|m| m.place.is_some())
    }

    /// Those who do a thing and the others, the right way round.
    pub(super) fn turned(
        &self,
        c: &Candidate,
        doers: Vec<Someone>,
        others: Vec<Someone>,
    ) -> (Vec<Someone>, Vec<Someone>) {
        let (tree, n) = (self.tree, c.at);
        if others.is_empty() && (befell_owner(tree, c) || befalls_subject(tree, c)) {
            return (others, doers);
        }
        // "The islanders won recognition": they are recognised.
        let given = matches!(c.hit.class.kind, EventType::Support | EventType::Aid | EventType::Concede);
        let gets = tree.head(n).filter(|v| {
            given
                && c.hit.form == Form::Noun
                && others.is_empty()
                && tree.is(n, &["obj"])
                && GETS.contains(&tree.lemma(*v))
                && !tree.passive(*v)
        });
        let Some(v) = gets else { return (doers, others) };
        let got: Vec<Someone> = self.subject(v, 0).into_iter().flat_map(|s| self.everybody(s)).collect();
        let doers = doers.into_iter().filter(|d| !got.contains(d)).collect();
        (doers, got)
    }
}

/// "Rau's killing", "the editor's shooting": whose it is suffered it, whether the tree took it for a verb or a noun.
pub(in super::super) fn befell_owner(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let owned =
        c.at.checked_sub(1).is_some_and(|b| matches!(tree.word(b), "'s" | "\u{2019}s" | "'" | "\u{2019}"));
    let verb = c.hit.form != Form::Noun
        && tree.word(c.at).ends_with("ing")
        && tree.child(c.at, &["obj"]).is_none()
        && BEFALL.contains(&tree.lemma(c.at));
    let noun = c.hit.form == Form::Noun
        && matches!(tree.word(c.at), "killing" | "murder" | "assassination" | "lynching" | "beheading")
        && !tree.under(c.at, &["nmod"]).any(|o| tree.case(o) == Some("of"));
    owned && (verb || noun)
}

/// "NATO accused of inaction", in headlines; "had received 5,000 dollars"; "has been under siege".
fn befalls_subject(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let v = c.at;
    let given = matches!(c.hit.class.kind, EventType::Support | EventType::Aid | EventType::Concede);
    match c.hit.form {
        Form::Noun => tree.case(v) == Some("under") && tree.child(v, &["cop"]).is_some(),
        Form::Past => {
            let blamed = matches!(tree.lemma(v), "accuse" | "suspect" | "convict" | "acquit")
                && tree.child(v, &["obj"]).is_none()
                && (tree.under(v, &["obl", "advcl"]).any(|o| tree.case(o) == Some("of"))
                    || tree.word(v + 1) == "of");
            blamed && !tree.passive(v) || given && matches!(tree.lemma(v), "receive" | "obtain")
        }
        _ => given && matches!(tree.lemma(v), "receive" | "obtain"),
    }
}
