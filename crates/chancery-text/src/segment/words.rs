//! The word lists of segmentation. Every list is sorted, so that a look-up is a binary search.

/// Whether a sorted list has a word.
pub(crate) fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Words that keep their full stop.
pub(crate) const ABBREVIATIONS: &[&str] = &[
    "Adm.", "Ala.", "Amb.", "Ariz.", "Ark.", "Assn.", "Atty.", "Aug.", "Ave.", "Blvd.", "Brig.", "Bros.",
    "Calif.", "Capt.", "Cmdr.", "Co.", "Col.", "Colo.", "Conn.", "Corp.", "Cos.", "Dec.", "Dept.", "Dr.",
    "Esq.", "Feb.", "Fla.", "Fri.", "Ft.", "Ga.", "Gen.", "Gov.", "Govs.", "Hon.", "Inc.", "Ind.", "Jan.",
    "Jr.", "Kan.", "Ky.", "La.", "Lt.", "Ltd.", "Maj.", "Md.", "Messrs.", "Mich.", "Minn.", "Mlle.", "Mme.",
    "Mo.", "Mon.", "Mont.", "Mr.", "Mrs.", "Ms.", "Mt.", "Neb.", "Nev.", "Nov.", "Oct.", "Okla.", "Ore.",
    "Pa.", "Ph.D.", "Prof.", "Rd.", "Rep.", "Reps.", "Rev.", "Sen.", "Sens.", "Sept.", "Sgt.", "Sr.", "St.",
    "Tenn.", "Tex.", "Thurs.", "Tues.", "Univ.", "Va.", "Vt.", "Wis.", "Wyo.", "al.", "approx.", "ca.",
    "cf.", "est.", "etc.", "vs.",
];
/// Words that keep their full stop before a number only.
pub(crate) const ABBREVIATIONS_BEFORE_NUMBERS: &[&str] =
    &["Art.", "No.", "Nos.", "Sec.", "Vol.", "p.", "pp."];
/// Abbreviations that may end a sentence when a sentence opener follows.
pub(crate) const MAY_END: &[&str] =
    &["Bros.", "Co.", "Corp.", "Esq.", "Inc.", "Jr.", "Ltd.", "Ph.D.", "Sr.", "al.", "etc."];
/// Words that open a sentence more often than they follow an abbreviation inside one.
pub(crate) const OPENERS: &[&str] = &[
    "A",
    "After",
    "An",
    "And",
    "As",
    "At",
    "Before",
    "But",
    "Dr.",
    "Earlier",
    "For",
    "Gen.",
    "Gov.",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Later",
    "Meanwhile",
    "Mr.",
    "Mrs.",
    "Ms.",
    "On",
    "Rep.",
    "Sen.",
    "She",
    "So",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "We",
    "When",
    "While",
    "With",
    "Yet",
    "You",
];
/// What may stand alone behind an apostrophe.
pub(crate) const CLITICS: &[&str] = &["cause", "d", "em", "ll", "m", "re", "s", "til", "tis", "twas", "ve"];
/// Prefixes that keep their hyphen: co-operate, e-mail.
pub(crate) const PREFIXES: &[&str] = &["co", "e", "multi", "non", "pre", "re", "semi"];
/// Last labels of domain names.
pub(crate) const TOP_DOMAINS: &[&str] = &[
    "cn", "co", "com", "de", "edu", "eu", "fr", "gov", "il", "info", "int", "ir", "mil", "net", "org", "ru",
    "tv", "ua", "uk", "us",
];

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_sorted() {
        use super::*;
        for list in
            [ABBREVIATIONS, ABBREVIATIONS_BEFORE_NUMBERS, MAY_END, OPENERS, CLITICS, PREFIXES, TOP_DOMAINS]
        {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
