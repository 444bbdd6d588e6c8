//! What a mention can stand for: one person, several, or a thing. "She" is no ministry, and "it" no minister.

use super::lemma;
use super::mentions::Mention;
use chancery_lexicon::titles;

/// What a mention stands for, as far as its own words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Person,
    /// A body, place, or anything else that is one.
    Thing,
    Many,
    Open,
}

/// Nouns for one person that are no office. Offices come from the lists of titles.
const PERSONS: &[&str] = &[
    "person",
    "man",
    "woman",
    "boy",
    "girl",
    "child",
    "baby",
    "teenager",
    "adult",
    "father",
    "mother",
    "brother",
    "sister",
    "son",
    "daughter",
    "husband",
    "wife",
    "widow",
    "widower",
    "uncle",
    "aunt",
    "cousin",
    "nephew",
    "niece",
    "grandfather",
    "grandmother",
    "grandson",
    "granddaughter",
    "friend",
    "colleague",
    "neighbour",
    "neighbor",
    "partner",
    "rival",
    "opponent",
    "critic",
    "supporter",
    "successor",
    "predecessor",
    "counterpart",
    "host",
    "guest",
    "leader",
    "veteran",
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "diplomat",
    "envoy",
    "mediator",
    "negotiator",
    "ambassador",
    "adviser",
    "advisor",
    "aide",
    "delegate",
    "politician",
    "candidate",
    "lawmaker",
    "deputy",
    "senator",
    "mayor",
    "governor",
    "judge",
    "lawyer",
    "attorney",
    "prosecutor",
    "witness",
    "defendant",
    "suspect",
    "victim",
    "survivor",
    "prisoner",
    "detainee",
    "hostage",
    "kidnapper",
    "killer",
    "gunman",
    "attacker",
    "bomber",
    "soldier",
    "officer",
    "commander",
    "general",
    "colonel",
    "captain",
    "sergeant",
    "fighter",
    "rebel",
    "militant",
    "guerrilla",
    "policeman",
    "policewoman",
    "detective",
    "inspector",
    "guard",
    "driver",
    "pilot",
    "sailor",
    "farmer",
    "fisherman",
    "worker",
    "miner",
    "engineer",
    "doctor",
    "nurse",
    "surgeon",
    "medic",
    "patient",
    "teacher",
    "professor",
    "student",
    "pupil",
    "scientist",
    "researcher",
    "analyst",
    "expert",
    "economist",
    "historian",
    "journalist",
    "reporter",
    "correspondent",
    "editor",
    "photographer",
    "author",
    "writer",
    "poet",
    "novelist",
    "actor",
    "actress",
    "singer",
    "musician",
    "pianist",
    "violinist",
    "artist",
    "painter",
    "director",
    "producer",
    "striker",
    "goalkeeper",
    "defender",
    "midfielder",
    "coach",
    "manager",
    "player",
    "champion",
    "winner",
    "runner",
    "swimmer",
    "boxer",
    "trader",
    "banker",
    "businessman",
    "businesswoman",
    "tycoon",
    "owner",
    "founder",
    "chairman",
    "chairwoman",
    "chief",
    "executive",
    "president",
    "minister",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "emperor",
    "dictator",
    "strongman",
    "cleric",
    "priest",
    "bishop",
    "pope",
    "imam",
    "monk",
    "rabbi",
    "activist",
    "campaigner",
    "dissident",
    "refugee",
    "migrant",
    "tourist",
    "resident",
    "villager",
    "passenger",
    "customer",
    "client",
    "tenant",
    "caller",
    "visitor",
    "volunteer",
    "rescuer",
    "swede",
    "dane",
    "finn",
    "briton",
    "frenchman",
    "englishman",
    "scot",
    "german",
    "american",
    "russian",
    "italian",
    "norwegian",
    "australian",
    "canadian",
];

fn is_person(word: &str) -> bool {
    PERSONS.contains(&word)
        || titles::sex_of(word).is_some()
        || titles::core_at(word, 0).is_some_and(|(end, _)| end == word.len())
        || ["man", "woman"].iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e))
}

/// The nature of a mention. `upos` and `name` are its head's; a name is the label without "B-" or "I-".
pub(super) fn of(words: &[&str], m: &Mention, upos: &str, name: &str) -> Nature {
    let Some(word) = words.get(m.head) else { return Nature::Open };
    let low = word.to_lowercase();
    match low.as_str() {
        "i" | "me" | "my" | "mine" | "myself" | "he" | "him" | "his" | "himself" | "she" | "her" | "hers"
        | "herself" => return Nature::Person,
        "it" | "its" | "itself" => return Nature::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => return Nature::Many,
        _ => {}
    }
    let plural = || upos == "NOUN" && lemma::lemma(word, "NOUN") != low;
    match name {
        "person" => Nature::Person,
        "office" if upos != "NOUN" || !plural() => Nature::Person,
        "organization" | "place" | "event" => Nature::Thing,
        _ if upos != "NOUN" => Nature::Open,
        _ if plural() || matches!(low.as_str(), "people" | "police" | "pair" | "couple") => Nature::Many,
        _ if is_person(&low) => Nature::Person,
        _ => Nature::Open,
    }
}

/// Whether an anaphor of one nature may refer to a chain of another.
pub(super) fn fit(anaphor: Nature, chain: Nature) -> bool {
    use Nature::{Many, Open, Person, Thing};
    match (anaphor, chain) {
        (Person, Thing | Many) | (Thing, Person) | (Many, Person) => false,
        // A body may be "they", but several things are not "it".
        (Thing, Many) => false,
        (Many, Thing) | (Open, _) | (_, Open) => true,
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natures_are_told_by_names_titles_and_number() {
        let m = Mention { start: 0, end: 1, head: 0 };
        let tell = |w: &str, upos: &str, name: &str| of(&[w], &m, upos, name);
        assert_eq!(tell("She", "PRON", ""), Nature::Person);
        assert_eq!(tell("Ankara", "PROPN", "place"), Nature::Thing);
        assert_eq!(tell("minister", "NOUN", ""), Nature::Person);
        assert_eq!(tell("ministers", "NOUN", ""), Nature::Many);
        assert_eq!(tell("men", "NOUN", ""), Nature::Many);
        assert_eq!(tell("bill", "NOUN", ""), Nature::Open);
        assert!(!fit(Nature::Person, Nature::Thing) && !fit(Nature::Thing, Nature::Person));
        assert!(fit(Nature::Many, Nature::Thing) && fit(Nature::Thing, Nature::Open));
    }
}
