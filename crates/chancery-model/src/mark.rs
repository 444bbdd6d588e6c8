//! Marks: what a reader says of the tokens of one report. Every reader, rules or neural, writes these.

use crate::span::TokenRange;
use crate::vocab::Sure;
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
    /// Chains of expressions that refer to one thing, each in text order.
    pub chains: Vec<Vec<TokenRange>>,
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
