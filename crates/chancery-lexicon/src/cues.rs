//! Cues: the words that mark something as said, thought, wanted or shown, with what may follow them.
//!
//! `data/cues.toml` holds one entry a lemma (or a lemma with its particles, "point out"). The frames of an entry
//! say what its content can look like; frames under `weak` hold less often than they fail to, and what they find
//! is marked with low sureness.

use chancery_model::vocab::Act;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What the content of a cue looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// Words in quotation marks, before or after.
    Quote,
    /// A clause that opens with "that".
    That,
    /// A clause without "that".
    Bare,
    /// The cue stands at the end or in the middle of what is said.
    End,
    /// "whether", "if", "what", "how", "why", ….
    Wh,
    /// "to" and an infinitive.
    To,
    /// An -ing form.
    Ing,
    /// A noun phrase.
    Np,
    /// "as" and what follows.
    As,
    /// "about".
    About,
    /// "of".
    Of,
    /// "for".
    For,
    /// "on".
    On,
    /// "against".
    Against,
    /// "with".
    With,
    /// "at".
    At,
    /// "in".
    In,
    /// The passive: subject and infinitive or "that" are the content ("is expected to").
    Passive,
}

/// The form of a cue verb, as far as spelling shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inflection {
    /// Dictionary form.
    Base,
    /// Third person singular.
    Third,
    /// Past tense or past participle.
    Past,
    /// -ing form.
    Ing,
}

/// A cue verb.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Dictionary form; particles follow after a space ("point out").
    pub lemma: String,
    /// Inflected forms of the first word; empty when they are regular.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What a speaker does by it.
    pub act: Act,
    /// What its content looks like.
    #[serde(default)]
    pub frames: Vec<Frame>,
    /// Frames that often mean something else.
    #[serde(default)]
    pub weak: Vec<Frame>,
    /// Whether the one spoken to may stand between cue and content ("told reporters that").
    #[serde(default)]
    pub object: bool,
    /// A sentence with source in `[]`, cue in `{}` and content in `<>`; run as a test.
    pub example: String,
}

impl Cue {
    /// The first word of the lemma.
    #[must_use]
    pub fn head(&self) -> &str {
        self.lemma.split(' ').next().unwrap_or(&self.lemma)
    }

    /// The words that must follow the verb.
    pub fn particles(&self) -> impl Iterator<Item = &str> {
        self.lemma.split(' ').skip(1)
    }

    /// How well a frame fits: `Some(true)` when usual, `Some(false)` when weak.
    #[must_use]
    pub fn takes(&self, frame: Frame) -> Option<bool> {
        if self.frames.contains(&frame) { Some(true) } else { self.weak.contains(&frame).then_some(false) }
    }
}

/// A noun that marks what follows as said or thought ("the claim that").
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounCue {
    /// Singular.
    pub lemma: String,
    /// Plural, when it is irregular.
    #[serde(default)]
    pub plural: Option<String>,
    /// What a speaker does by it.
    pub act: Act,
    /// What its content looks like.
    pub frames: Vec<Frame>,
    /// A sentence with source in `[]`, cue in `{}` and content in `<>`; run as a test.
    pub example: String,
}

/// A phrase with a cue's words that says nothing of anybody ("according to plan").
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Idiom {
    /// Its words in lower case; `#` is a number.
    pub phrase: String,
    /// A sentence with the phrase in `{}`; run as a test.
    pub example: String,
}

/// The list of cues, with its indexes.
#[derive(Debug)]
pub struct Cues {
    /// Verbs.
    pub verbs: Vec<Cue>,
    /// Nouns.
    pub nouns: Vec<NounCue>,
    /// Phrases that are none.
    pub idioms: Vec<Idiom>,
    by_form: BTreeMap<String, Vec<(usize, Inflection)>>,
    by_noun: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue: Vec<Cue>,
    noun: Vec<NounCue>,
    idiom: Vec<Idiom>,
}

/// What is wrong with a list of cues.
#[derive(Debug, thiserror::Error)]
#[error("cues.toml: {0}")]
pub struct CuesError(#[from] toml::de::Error);

impl Cues {
    /// Reads a list.
    ///
    /// # Errors
    /// When the text is not TOML of this form.
    pub fn parse(text: &str) -> Result<Self, CuesError> {
        let File { cue: verbs, noun: nouns, idiom: idioms } = toml::from_str(text)?;
        let mut by_form: BTreeMap<String, Vec<(usize, Inflection)>> = BTreeMap::new();
        for (n, cue) in verbs.iter().enumerate() {
            for (form, kind) in inflect(cue.head(), &cue.forms) {
                let list = by_form.entry(form).or_default();
                if !list.contains(&(n, kind)) {
                    list.push((n, kind));
                }
            }
        }
        // The entry with more words wins where several fit.
        for list in by_form.values_mut() {
            list.sort_by_key(|(n, kind)| {
                (std::cmp::Reverse(verbs.get(*n).map_or(0, |c| c.particles().count())), *n, *kind)
            });
        }
        let mut by_noun = BTreeMap::new();
        for (n, noun) in nouns.iter().enumerate() {
            by_noun.insert(noun.lemma.clone(), n);
            by_noun.insert(noun.plural.clone().unwrap_or_else(|| third(&noun.lemma)), n);
        }
        Ok(Self { verbs, nouns, idioms, by_form, by_noun })
    }

    /// The verbs that have a form (lower case), those with most particles first.
    pub fn verbs_of<'a>(&'a self, form: &str) -> impl Iterator<Item = (&'a Cue, Inflection)> + 'a {
        let list = self.by_form.get(form).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|(n, kind)| self.verbs.get(*n).map(|c| (c, *kind)))
    }

    /// Whether a phrase that is no cue starts at a word; `word` gives the words from there on, in lower case.
    pub fn idiom(&self, word: impl Fn(usize) -> String) -> bool {
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        self.idioms.iter().any(|i| {
            i.phrase.split(' ').enumerate().all(|(n, p)| {
                let w = word(n);
                if p == "#" { number(&w) } else { w == p }
            })
        })
    }

    /// The noun that has a form (lower case).
    #[must_use]
    pub fn noun_of(&self, form: &str) -> Option<&NounCue> {
        self.by_noun.get(form).and_then(|n| self.nouns.get(*n))
    }
}

/// The list that comes with the program.
#[must_use]
pub fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    // A list that does not parse is caught by the test below, so an empty one here never ships.
    CUES.get_or_init(|| {
        Cues::parse(include_str!("../data/cues.toml")).unwrap_or_else(|_| Cues {
            verbs: Vec::new(),
            nouns: Vec::new(),
            idioms: Vec::new(),
            by_form: BTreeMap::new(),
            by_noun: BTreeMap::new(),
        })
    })
}

fn third(base: &str) -> String {
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|e| base.ends_with(e));
    if base.ends_with('y') && !vowel_y {
        return format!("{}ies", &base[..base.len() - 1]);
    }
    let hiss = ["s", "x", "z", "ch", "sh"].iter().any(|e| base.ends_with(e));
    format!("{base}{}", if hiss { "es" } else { "s" })
}

/// Every form of a verb with its inflection. Forms given replace the regular ones of the same kind.
fn inflect(base: &str, given: &[String]) -> Vec<(String, Inflection)> {
    let mut forms: Vec<(String, Inflection)> = vec![(base.to_owned(), Inflection::Base)];
    for f in given {
        let kind = if f.ends_with("ing") {
            Inflection::Ing
        } else if f.ends_with('s') {
            Inflection::Third
        } else {
            Inflection::Past
        };
        forms.push((f.clone(), kind));
    }
    let has = |k: Inflection, forms: &[(String, Inflection)]| forms.iter().any(|(_, i)| *i == k);
    if !has(Inflection::Third, &forms) {
        forms.push((third(base), Inflection::Third));
    }
    let vowel_y = ["ay", "ey", "oy", "uy"].iter().any(|e| base.ends_with(e));
    if !has(Inflection::Past, &forms) {
        let past = if base.ends_with('e') {
            format!("{base}d")
        } else if base.ends_with('y') && !vowel_y {
            format!("{}ied", &base[..base.len() - 1])
        } else {
            format!("{base}ed")
        };
        forms.push((past, Inflection::Past));
    }
    if !has(Inflection::Ing, &forms) {
        let silent_e = base.ends_with('e') && !base.ends_with("ee");
        let stem = if silent_e { &base[..base.len() - 1] } else { base };
        forms.push((format!("{stem}ing"), Inflection::Ing));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_parses_and_has_no_twins() {
        let cues = Cues::parse(include_str!("../data/cues.toml")).unwrap();
        assert!(cues.verbs.len() > 150, "{} verbs", cues.verbs.len());
        let mut seen = std::collections::BTreeSet::new();
        for c in &cues.verbs {
            assert!(seen.insert(c.lemma.clone()), "{} is listed twice", c.lemma);
            assert!(!c.frames.is_empty() || !c.weak.is_empty(), "{} has no frame", c.lemma);
            assert!(!c.frames.iter().any(|f| c.weak.contains(f)), "{} has a frame on both lists", c.lemma);
        }
        let mut seen = std::collections::BTreeSet::new();
        for n in &cues.nouns {
            assert!(seen.insert(n.lemma.clone()), "{} is listed twice", n.lemma);
        }
    }

    #[test]
    fn forms_are_inflected() {
        let forms = |b: &str, g: &[&str]| -> Vec<String> {
            let g: Vec<String> = g.iter().map(|s| (*s).to_owned()).collect();
            inflect(b, &g).into_iter().map(|(f, _)| f).collect()
        };
        assert_eq!(forms("deny", &[]), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("declare", &[]), ["declare", "declares", "declared", "declaring"]);
        assert_eq!(forms("say", &["said"]), ["say", "said", "says", "saying"]);
        assert_eq!(forms("stress", &[]), ["stress", "stresses", "stressed", "stressing"]);
        assert_eq!(forms("agree", &[]), ["agree", "agrees", "agreed", "agreeing"]);
    }

    #[test]
    fn longer_entries_come_first() {
        let first = cues().verbs_of("pointed").next().map(|(c, _)| c.lemma.clone());
        assert!(first.is_some_and(|l| l.contains(' ')));
    }
}
