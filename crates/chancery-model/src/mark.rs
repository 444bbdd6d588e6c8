//! Marks: what a reader says of the tokens of one report. Every reader, rules or neural, writes these.

use crate::span::TokenRange;
use crate::vocab::{EventType, Status, Sure};
use serde::{Deserialize, Serialize};

/// All marks of a report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Marks {
    /// Syntax, one entry a token; empty when the reader has none.
    pub syntax: Vec<TokenSyntax>,
    /// Names, in order of first token; they do not overlap.
    pub names: Vec<NameMark>,
    /// Attributions, in order of first token. Nested ones name their parent.
    pub attributions: Vec<AttributionMark>,
    /// Time expressions the reader found; empty when it leaves finding to the grammar.
    pub times: Vec<TokenRange>,
    /// Words that stand for happenings.
    pub events: Vec<EventMark>,
    /// Words that may tell a happening, in text order, as the reader weighs them; empty when it does not.
    pub happenings: Vec<HappeningMark>,
    /// Numbers and what they count, likewise.
    pub numbers: Vec<NumberMark>,
    /// Chains of expressions that refer to one thing, each in text order.
    pub chains: Vec<Vec<TokenRange>>,
    /// What each token stands for where it stands; empty when the reader does not tell.
    pub senses: Vec<Sense<i8>>,
}

/// What a word stands for where it stands, as a direction: the more alike two are, the nearer the cosine to one.
pub type Sense<T> = [T; 32];

/// The cosine of two.
#[must_use]
pub fn alike(a: &Sense<i8>, b: &Sense<i8>) -> f32 {
    let dot = |a: &Sense<i8>, b: &Sense<i8>| -> i32 {
        a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
    };
    dot(a, b) as f32 / ((dot(a, a) as f32) * (dot(b, b) as f32)).sqrt().max(1.0)
}

/// How likely the reader takes something to be, in thousandths.
pub type Weight = u16;

/// A word that may tell a happening of one of PLOVER's types. What is less likely than one in fifty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HappeningMark {
    /// The word.
    pub token: u32,
    /// Its types, the likeliest first; what is missing to a thousand is that it tells none.
    pub kinds: Vec<(EventType, Weight)>,
    /// Whether it took place, the likeliest first.
    pub standings: Vec<(Status, Weight)>,
    /// What words of the report are to it, in text order.
    pub parts: Vec<PartMark>,
}

impl HappeningMark {
    /// How likely it tells any happening.
    #[must_use]
    pub fn any(&self) -> Weight {
        self.kinds.iter().map(|k| k.1).sum()
    }

    /// How likely it tells one of this type.
    #[must_use]
    pub fn of(&self, kind: EventType) -> Weight {
        self.kinds.iter().find(|k| k.0 == kind).map_or(0, |k| k.1)
    }
}

crate::vocab::vocab! {
    /// What a word is to a happening.
    Part { Actor = "actor", Recipient = "recipient", Place = "place" }
}

/// A word and what it is to a happening: the head of the words that say who or where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartMark {
    /// The word.
    pub token: u32,
    /// What it is.
    pub part: Part,
    /// How likely.
    pub weight: Weight,
}

/// A number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberMark {
    /// The word.
    pub token: u32,
    /// What it measures, in the terms of the record, the likeliest first.
    pub measures: Vec<(String, Weight)>,
    /// Heads of words that say what is counted, in text order.
    pub counted: Vec<(u32, Weight)>,
}

/// Syntax of a token, in the terms of Universal Dependencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSyntax {
    /// Universal part of speech (`NOUN`, `VERB`, …).
    pub upos: Upos,
    /// Index of the head token; its own index for a root.
    pub head: u32,
    /// Relation to the head, subtype included (`nsubj:pass`).
    pub deprel: String,
    /// Dictionary form.
    pub lemma: String,
}

crate::vocab::vocab! {
    /// Universal parts of speech.
    Upos { Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X" }
}

crate::vocab::vocab! {
    /// What a name names.
    NameKind { Person = "person", Organization = "organization", Place = "place", Group = "group", Event = "event", Office = "office" }
}

/// A name or title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameMark {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: NameKind,
    /// How sure the reader is.
    pub sure: Sure,
    /// The rule or head that made it.
    pub by: String,
}

/// An attribution: the terms are those of the Penn Attribution Relations Corpus (Pareti 2012) and PolNeAR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionMark {
    /// Who is named as having said it; empty when nobody is.
    pub source: Vec<TokenRange>,
    /// The words that mark it as said.
    pub cue: Vec<TokenRange>,
    /// What was said, quotation marks included.
    pub content: Vec<TokenRange>,
    /// Who passed the words on, nearest the speaker first; empty when the reader leaves that to the words around the cue.
    pub relays: Vec<TokenRange>,
    /// To whom it was said; empty likewise.
    pub addressee: Vec<TokenRange>,
    /// The attribution whose content holds this one: index into `Marks::attributions`.
    pub within: Option<u32>,
    /// How sure the reader is.
    pub sure: Sure,
    /// The rule or head that made it.
    pub by: String,
}

/// A word that stands for a happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMark {
    /// The head word.
    pub token: u32,
    /// TimeML class (`OCCURRENCE`, `REPORTING`, `I_ACTION`, …); empty when not known.
    pub class: String,
    /// The rule or head that made it.
    pub by: String,
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn senses_are_compared_by_their_direction() {
        let of = |a: i8, b: i8| std::array::from_fn(|n| [a, b][n % 2]);
        assert!((alike(&of(100, 20), &of(50, 10)) - 1.0).abs() < 1e-6);
        assert!((alike(&of(127, 127), &of(-127, -127)) + 1.0).abs() < 1e-6);
        assert!(alike(&of(127, 0), &of(0, 127)).abs() < f32::EPSILON);
        assert!(alike(&of(0, 0), &of(1, 2)).abs() < f32::EPSILON);
    }
}
