//! Dictionary forms: a table of irregular forms, and rules for the endings that English has left.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<(char, &'static str), &'static str>> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    for line in include_str!("irregular.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split(' ');
        let kind = words.next().and_then(|k| k.chars().next());
        if let (Some(kind), Some(lemma)) = (kind, words.next()) {
            table.insert((kind, lemma), lemma);
            table.extend(words.map(|form| ((kind, form), lemma)));
        }
    }
    table
});

/// Adjectives and adverbs that are compared by endings; others in `-er` and `-est` stay as they are.
const COMPARED: &[&str] = &[
    "big", "black", "bold", "brave", "brief", "bright", "broad", "calm", "cheap", "clean", "clear", "close",
    "cold", "cool", "dark", "deep", "dense", "dry", "early", "easy", "fair", "fast", "few", "fierce", "firm",
    "fresh", "full", "grave", "great", "happy", "hard", "harsh", "healthy", "heavy", "high", "hot", "huge",
    "intense", "keen", "kind", "large", "late", "lengthy", "light", "likely", "long", "loose", "loud", "low",
    "lucky", "mild", "narrow", "near", "new", "nice", "old", "poor", "pure", "quick", "quiet", "rare",
    "rich", "safe", "severe", "sharp", "short", "simple", "slow", "small", "smart", "smooth", "soft", "soon",
    "steep", "strict", "strong", "sure", "sweet", "tall", "thick", "thin", "tight", "tough", "ugly", "warm",
    "weak", "wealthy", "wet", "white", "wide", "wild", "wise", "worthy", "young",
];

/// The dictionary form of a word of a part of speech (a universal one). Names keep their form.
pub(in super::super) fn lemma(word: &str, upos: &str) -> String {
    if matches!(upos, "PROPN" | "PUNCT" | "SYM" | "NUM" | "X") {
        return word.to_owned();
    }
    let low = word.to_lowercase();
    let from = |kind: char| TABLE.get(&(kind, low.as_str())).map(|l| (*l).to_owned());
    match upos {
        "VERB" | "AUX" => from('V').unwrap_or_else(|| verb(&low)),
        "NOUN" => from('N').or_else(|| compound(&low)).unwrap_or_else(|| noun(&low)),
        "ADJ" => from('A').unwrap_or_else(|| compared(&low)),
        "ADV" => from('R').unwrap_or_else(|| compared(&low)),
        "PART" if matches!(low.as_str(), "n't" | "n’t") => "not".to_owned(),
        "PRON" => pronoun(&low).to_owned(),
        "DET" => determiner(&low).to_owned(),
        _ => low,
    }
}

fn pronoun(w: &str) -> &str {
    match w {
        "i" | "me" => "I",
        "him" => "he",
        "them" => "they",
        "us" => "we",
        "these" => "this",
        "those" => "that",
        w => w,
    }
}

fn determiner(w: &str) -> &str {
    match w {
        "an" => "a",
        "these" => "this",
        "those" => "that",
        w => w,
    }
}

/// `spokesmen`, `grandchildren`.
fn compound(w: &str) -> Option<String> {
    [("women", "woman"), ("men", "man"), ("children", "child")].into_iter().find_map(|(many, one)| {
        w.strip_suffix(many).filter(|head| head.len() > 2).map(|head| format!("{head}{one}"))
    })
}

fn noun(w: &str) -> String {
    let digits = w.starts_with(|c: char| c.is_ascii_digit());
    let keep = w.len() < 3 || digits || ["ss", "us", "is"].iter().any(|e| w.ends_with(e));
    if keep || !w.ends_with('s') { w.to_owned() } else { without_s(w) }
}

/// Without the ending of a plural or of a verb's third person.
fn without_s(w: &str) -> String {
    if let Some(head) = w.strip_suffix("ies") {
        let short =
            head.len() < 2 || ["mov", "cook", "calor", "zomb", "prair", "rook", "sort"].contains(&head);
        return format!("{head}{}", if short { "ie" } else { "y" });
    }
    let es = ["sses", "shes", "ches", "xes", "zzes", "oes", "tzes"];
    let cut = if es.iter().any(|e| w.ends_with(e)) && !w.ends_with("shoes") { 2 } else { 1 };
    w.get(..w.len() - cut).unwrap_or(w).to_owned()
}

fn verb(w: &str) -> String {
    if let Some(head) = w.strip_suffix("ied") {
        return format!("{head}{}", if head.len() < 2 { "ie" } else { "y" });
    }
    if let Some(stem) = w.strip_suffix("ing").or_else(|| w.strip_suffix("ed")).filter(|s| has_vowel(s)) {
        // `need`, `exceed`: the ending is the stem's own; `agreed` and `freed` lose a letter only.
        return match stem.strip_suffix('e') {
            Some(head) if w.ends_with("eed") => {
                if ["n", "proc", "exc", "succ", "f", "h", "bl", "br", "s", "sp"].contains(&head) {
                    w.to_owned()
                } else {
                    stem.to_owned() + "e"
                }
            }
            _ => whole(stem),
        };
    }
    let keep = w.len() < 3 || w.ends_with("ss") || w.ends_with("us") || !w.ends_with('s');
    if keep { w.to_owned() } else { without_s(w) }
}

fn compared(w: &str) -> String {
    let base = |stem: &str| {
        let plain = [stem.to_owned(), format!("{stem}e"), single(stem).to_owned()];
        let y = stem.strip_suffix('i').map(|s| format!("{s}y"));
        plain.into_iter().chain(y).find(|b| COMPARED.binary_search(&b.as_str()).is_ok())
    };
    w.strip_suffix("est").or_else(|| w.strip_suffix("er")).and_then(base).unwrap_or_else(|| w.to_owned())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(s: &str) -> bool {
    s.chars().any(|c| is_vowel(c) || c == 'y')
}

/// Without the second of two equal last letters.
fn single(stem: &str) -> &str {
    let mut back = stem.chars().rev();
    match (back.next(), back.next()) {
        (Some(a), Some(b)) if a == b => &stem[..stem.len() - a.len_utf8()],
        _ => stem,
    }
}

fn ends(stem: &str, list: &[&str]) -> bool {
    list.iter().any(|e| stem.ends_with(e))
}

/// The verb of a stem that `-ing` or `-ed` was cut off from: with its `e` back, or without its doubled letter.
fn whole(stem: &str) -> String {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    let third = back.next().unwrap_or(' ');
    if last == before && !is_vowel(last) {
        let doubled = match last {
            // `control|l|ed`, but `call|ed`.
            'l' => {
                stem.len() > 5
                    && !ends(
                        stem,
                        &[
                            "install", "recall", "fulfill", "enroll", "instill", "distill", "spell", "swell",
                            "smell", "dwell", "drill", "skill", "spill", "still", "scroll", "stroll",
                            "stall",
                        ],
                    )
            }
            'd' if stem == "add" => false,
            's' | 'z' | 'f' => matches!(stem, "gass" | "buss" | "quizz"),
            _ => true,
        };
        return if doubled { single(stem).to_owned() } else { stem.to_owned() };
    }
    if needs_e(stem, last, before, third) { format!("{stem}e") } else { stem.to_owned() }
}

fn needs_e(stem: &str, last: char, before: char, third: char) -> bool {
    let ends = |list: &[&str]| ends(stem, list);
    let vowels = stem.chars().filter(|c| is_vowel(*c)).count();
    // A single vowel before a single consonant, which a plain short verb would have doubled.
    let short = is_vowel(before)
        && !is_vowel(last)
        && (!is_vowel(third) || stem.ends_with(&format!("qu{before}{last}")));
    match last {
        'v' | 'u' => true,
        'c' => true,
        'z' => before != 'z' && !ends(&["waltz", "blitz"]),
        's' => !ends(&["ss", "focus", "bias", "canvas", "gas", "discus"]),
        'g' => match before {
            'n' => {
                ends(&[
                    "hang", "leng", "rang", "veng", "ming", "bing", "hing", "ving", "ring", "aleng", "ssing",
                    "lung", "exchang",
                ]) && !ends(&["bring", "string", "wring", "spring", "overhang"])
            }
            'r' | 'd' | 'l' => true,
            _ => short || ends(&["ieg", "eig"]),
        },
        'l' => {
            !is_vowel(before) && !matches!(before, 'w' | 'r' | 'l')
                || ends(&[
                    "schedul", "reconcil", "compil", "exil", "whil", "fil", "smil", "rul", "stal", "pol",
                    "consol",
                ])
        }
        'r' => match before {
            'a' | 'i' | 'u' => short && !ends(&["occur", "murmur", "sulfur"]),
            'e' => ends(&["interfer", "adher", "persever", "sever"]),
            'o' => {
                short
                    && (vowels == 1
                        || ends(&["explor", "ignor", "restor", "ador", "deplor", "implor", "underscor"]))
            }
            't' => ends(&["centr", "theatr"]),
            _ => false,
        },
        'd' => {
            short
                && (vowels == 1
                    || matches!(before, 'i' | 'u' | 'a')
                    || ends(&["explod", "erod", "preced", "reced", "conced", "imped", "supersed"]))
                && !ends(&["embed"])
        }
        't' => match before {
            'a' => short && !ends(&["combat", "format"]) || ends(&["iat", "uat", "creat"]),
            'u' => short,
            'o' => short && !ends(&["pilot", "pivot", "ballot"]),
            'i' => {
                short
                    && (vowels == 1
                        || ends(&[
                            "invit", "unit", "recit", "ignit", "incit", "excit", "despit", "rewrit",
                            "expedit",
                        ]))
            }
            'e' => short && (vowels == 1 || ends(&["compet", "complet", "delet", "deplet", "conced"])),
            's' => ends(&["wast", "tast", "past", "hast"]),
            _ => false,
        },
        'n' => match before {
            'i' => short && !ends(&["begin", "ruin", "toxin"]),
            'o' => short && (vowels == 1 || ends(&["postpon", "condon", "dethron", "telephon"])),
            'e' => short && ends(&["interven", "conven", "contraven", "reconven"]),
            'a' | 'u' => short,
            _ => false,
        },
        'm' => {
            short
                && (vowels == 1 || matches!(before, 'u' | 'a') || ends(&["overcom", "welcom", "becom"]))
                && !ends(&["program"])
        }
        'k' => short && (vowels == 1 || before == 'o' || ends(&["overtak", "mistak", "undertak", "awak"])),
        'p' => short && (vowels == 1 || ends(&["escap", "reshap", "landscap"])) && !ends(&["up"]),
        'b' => short && !ends(&["climb"]),
        'h' => false,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_compared_words_is_in_order() {
        assert!(COMPARED.is_sorted());
    }

    #[test]
    fn verbs() {
        for (form, want) in [
            ("said", "say"),
            ("says", "say"),
            ("running", "run"),
            ("called", "call"),
            ("controlled", "control"),
            ("passing", "pass"),
            ("announced", "announce"),
            ("denied", "deny"),
            ("tied", "tie"),
            ("dies", "die"),
            ("agreed", "agree"),
            ("need", "need"),
            ("believes", "believe"),
            ("goes", "go"),
            ("reaches", "reach"),
            ("stating", "state"),
            ("repeated", "repeat"),
            ("proposed", "propose"),
            ("focused", "focus"),
            ("settled", "settle"),
            ("appeared", "appear"),
            ("offered", "offer"),
            ("required", "require"),
            ("prepared", "prepare"),
            ("visited", "visit"),
            ("invited", "invite"),
            ("contributed", "contribute"),
            ("named", "name"),
            ("opened", "open"),
            ("decided", "decide"),
            ("added", "add"),
            ("determined", "determine"),
            ("mentioned", "mention"),
            ("postponed", "postpone"),
            ("managed", "manage"),
            ("changing", "change"),
            ("bringing", "bring"),
            ("welcomed", "welcome"),
            ("blamed", "blame"),
            ("confirmed", "confirm"),
            ("seized", "seize"),
            ("bring", "bring"),
            ("is", "be"),
            ("’s", "be"),
            ("wo", "will"),
            ("discusses", "discuss"),
            ("stopped", "stop"),
            ("telling", "tell"),
            ("met", "meet"),
            ("created", "create"),
            ("negotiating", "negotiate"),
            ("treated", "treat"),
        ] {
            assert_eq!(lemma(form, "VERB"), want, "{form}");
        }
    }

    #[test]
    fn other_words() {
        for (form, upos, want) in [
            ("Talks", "NOUN", "talk"),
            ("parties", "NOUN", "party"),
            ("crises", "NOUN", "crisis"),
            ("spokesmen", "NOUN", "spokesman"),
            ("basis", "NOUN", "basis"),
            ("classes", "NOUN", "class"),
            ("politics", "NOUN", "politics"),
            ("houses", "NOUN", "house"),
            ("boxes", "NOUN", "box"),
            ("larger", "ADJ", "large"),
            ("former", "ADJ", "former"),
            ("biggest", "ADJ", "big"),
            ("earlier", "ADV", "early"),
            ("better", "ADJ", "good"),
            ("better", "ADV", "well"),
            ("them", "PRON", "they"),
            ("Nations", "PROPN", "Nations"),
            ("n't", "PART", "not"),
            ("An", "DET", "a"),
            ("heaviest", "ADJ", "heavy"),
            ("causes", "NOUN", "cause"),
            ("ties", "NOUN", "tie"),
            ("clerics", "NOUN", "cleric"),
            ("ads", "NOUN", "ad"),
            ("1990s", "NOUN", "1990s"),
            ("movies", "NOUN", "movie"),
            ("could", "AUX", "could"),
        ] {
            assert_eq!(lemma(form, upos), want, "{form}");
        }
    }
}
