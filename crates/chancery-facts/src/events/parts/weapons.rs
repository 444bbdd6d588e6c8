//! Weapons and what is fired act, but are no party; strife is between parties and is none of them.

use super::lists::*;
use crate::events::tree::Tree;
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Form, VERBS};
use chancery_model::vocab::EventType;

/// What parties do to each other is none of them.
pub(super) fn is_strife(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "conflict"
            | "war"
            | "fighting"
            | "violence"
            | "crisis"
            | "unrest"
            | "clash"
            | "strife"
            | "bloodshed"
            | "uprising"
    )
}

/// Weapons, and force itself, act but are no party.
pub(super) fn is_weapon(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "missile"
            | "drone"
            | "weapon"
            | "tank"
            | "jet"
            | "warplane"
            | "bomber"
            | "aircraft"
            | "plane"
            | "rocket"
            | "frigate"
            | "warship"
            | "ship"
            | "vessel"
            | "submarine"
            | "helicopter"
            | "boat"
            | "gun"
    ) || matches!(tree.word(i), "force" | "power")
        && tree.child(i, &["det", "amod", "nmod", "nmod:poss"]).is_none()
}

/// What is fired and blows that are struck: no party, though they kill.
pub(in super::super) fn of_force(tree: &Tree<'_, '_>, i: usize) -> bool {
    let blow = VERBS.entries(tree.word(i)).any(|e| {
        e.form == Form::Noun
            && e.rest.is_empty()
            && matches!(e.class.kind, EventType::Assault | EventType::Coerce)
    });
    let flying = matches!(tree.lemma(i), "missile" | "drone" | "rocket");
    is_ammunition(tree, i) || flying || is_strife(tree, i) || blow && !people::acts(tree.word(i))
}

/// Weapons of a hand: "fought with swords and bottles".
pub(super) fn arms_hand(tree: &Tree<'_, '_>, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "sword"
            | "knife"
            | "bottle"
            | "stick"
            | "club"
            | "stone"
            | "rock"
            | "machete"
            | "axe"
            | "spear"
            | "baton"
            | "fist"
            | "whip"
            | "brick"
            | "pistol"
            | "rifle"
            | "bayonet"
            | "hammer"
            | "bar"
            | "iron"
    )
}

/// Whether the object of a verb is the weapon, and not what it hits; "shot down a jet" hits it.
pub(super) fn spends(tree: &Tree<'_, '_>, v: usize) -> bool {
    SPENDS.contains(&tree.lemma(v))
        && tree.child(v, &["compound:prt"]).is_none_or(|p| !matches!(tree.word(p), "down" | "dead" | "up"))
}

/// What is fired, dropped or thrown, itself or by its quantity: "dozens of shells".
pub(super) fn is_ammunition(tree: &Tree<'_, '_>, i: usize) -> bool {
    let arms = |n: usize| {
        VERBS.is_word("@arms", tree.word(n))
            || matches!(
                tree.lemma(n),
                "shot" | "round" | "fire" | "volley" | "salvo" | "barrage" | "stone" | "gas"
            )
    };
    arms(i) || tree.under(i, &["nmod", "conj", "compound"]).any(arms)
}
