//! Which of the words around a number decides its measure, and what the thing counted rules out.
//!
//! The order, and why it is this one:
//! 1. a noun that is a measure itself ("40 arrests", "52 dead") needs no verb;
//! 2. how they are left ("left 70 people hurt"), and the name of the number before it ("the number of dead: 52");
//! 3. a verb of measuring right before the number ("killed 12 herders"), and one right after the noun ("131 people died");
//! 4. the series it belongs to ("the toll rose to 12");
//! 5. what the tree tells of the noun or of the number: the verb that governs it, passive or not, a participle or a relative
//!    clause that hangs on it, a frame ("not heard from 200", "displacement involving 5,600 households");
//! 6. a verb that follows at some distance, where there is no tree or it is silent;
//! 7. what things or people of that name are ("300 troops", "60 refugees");
//! 8. a tally named before ("a toll of 52");
//! 9. else it is a count.
//!
//! Then the thing counted has its say: what is done to people is not done to things, soldiers who are moved are no displaced
//! people, fire engines that are sent are no troops, rockets that are fired are not struck, and what a flood breaks is
//! destroyed.

use chancery_lexicon::counting;

/// What the words around a number say of its measure, each by its place.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    pub noun: Option<&'static str>,
    pub left: Option<&'static str>,
    pub named: Option<&'static str>,
    pub verb: Option<&'static str>,
    pub right_after: Option<&'static str>,
    pub series: Option<&'static str>,
    pub governed: Option<&'static str>,
    pub following: Option<&'static str>,
    pub counted: Option<&'static str>,
    pub tally: Option<&'static str>,
    /// Men of an army, a force, battalions that are sent: `troops`, where nothing is done to them.
    pub bearing_arms: Option<&'static str>,
    /// "1,056 freed prisoners".
    pub freed: bool,
    /// "had been hit in the face".
    pub hit: bool,
    /// "stabbed three people to death".
    pub to_death: bool,
    /// A flood, a fire or a mob did it.
    pub by_nature: bool,
}

/// The measure of a number whose noun, if it has one, ends with `head`.
pub(super) fn measure(e: &Evidence, has_noun: bool, head: &str) -> Option<&'static str> {
    let found = e
        .noun
        .or(e.left)
        .or(e.named)
        .or(e.verb)
        .or(e.right_after)
        .or(e.series)
        .or(e.governed)
        .or(e.following)
        .or(e.counted)
        .or(e.tally)
        .or(e.bearing_arms);
    let found = if e.freed && e.verb.is_none() { Some("released") } else { found };
    if e.to_death {
        return Some("killed");
    }
    let found = found.and_then(|m| fits(e, m, has_noun, head));
    found.map(|m| if m == "struck" && e.by_nature { "destroyed" } else { m })
}

/// What is left of a measure by the class of the thing counted.
fn fits(e: &Evidence, measure: &'static str, has_noun: bool, head: &str) -> Option<&'static str> {
    match measure {
        // "refugees stuck in Hungary" are refugees.
        "besieged" if e.counted == Some("displaced") => e.counted,
        // "3,700 soldiers were being moved to the capital".
        "displaced" if e.counted == Some("troops") || e.bearing_arms.is_some() => Some("troops"),
        // Prisoners who escape are at large.
        "displaced" if e.counted == Some("detained") && e.noun.is_none() => None,
        // Rifles and towns are seized, and not detained.
        "detained" | "killed" | "wounded" | "displaced" | "attendance"
            if e.noun.is_none() && e.counted != Some(measure) && has_noun && counting::is("thing", head) =>
        {
            None
        }
        // Fire engines and nurses are sent, and are no troops.
        "troops" if e.counted != Some("troops") && has_noun => {
            let armed = counting::is("force", head)
                || matches!(head, "men" | "women" | "reserves" | "tanks" | "personnel");
            armed.then_some(measure)
        }
        "struck" if has_noun && counting::is("munition", head) => None,
        // "several dozen had been hit in the face": people are hurt by it.
        "struck" if e.hit && (!has_noun || counting::is("dweller", head)) => Some("wounded"),
        // "150 houses lie under the earth" are not sought.
        "missing" if has_noun && e.noun.is_none() && counting::is("dwelling", head) => None,
        _ => Some(measure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thing_counted_has_its_say() {
        let moved = Evidence { governed: Some("displaced"), counted: Some("troops"), ..Evidence::default() };
        assert_eq!(measure(&moved, true, "soldiers"), Some("troops"));
        let seized = Evidence { verb: Some("detained"), ..Evidence::default() };
        assert_eq!(measure(&seized, true, "rifles"), None);
        assert_eq!(measure(&seized, true, "students"), Some("detained"));
        let flood = Evidence { governed: Some("struck"), by_nature: true, ..Evidence::default() };
        assert_eq!(measure(&flood, true, "houses"), Some("destroyed"));
        let fired = Evidence { following: Some("struck"), ..Evidence::default() };
        assert_eq!(measure(&fired, true, "rockets"), None);
    }
}
