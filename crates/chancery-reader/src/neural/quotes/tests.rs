use super::mend;
use chancery_model::mark::{AttributionMark, TokenSyntax, Upos};
use chancery_model::report::{Given, Report, Segments};
use chancery_model::span::{Span, TokenRange};
use chancery_model::vocab::Sure;

struct Case {
    report: Report,
    seg: Segments,
}

impl Case {
    fn new(text: &str) -> Self {
        let report = chancery_text::from_text("t", text, Given::default());
        let seg = chancery_text::segment(&report);
        Self { report, seg }
    }

    /// The tokens of the first place of some words.
    fn at(&self, words: &str) -> TokenRange {
        let start = self.report.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        self.seg.tokens_in(Span::new(start, start + words.len()))
    }

    fn mark(&self, source: &str, cue: &str, content: &[&str]) -> AttributionMark {
        AttributionMark {
            source: vec![self.at(source)],
            cue: vec![self.at(cue)],
            content: content.iter().map(|c| self.at(c)).collect(),
            relays: Vec::new(),
            addressee: Vec::new(),
            within: None,
            sure: Sure::High,
            by: "test".into(),
        }
    }

    /// Sources and contents after mending, as words.
    fn mended(&self, mut marks: Vec<AttributionMark>) -> Vec<(String, String)> {
        mend(&self.report, &self.seg, &[], &mut marks);
        let words = |r: &[TokenRange]| {
            let list: Vec<&str> = r.iter().map(|r| self.seg.span(*r).of(&self.report.text)).collect();
            list.join(" … ")
        };
        marks.iter().map(|m| (words(&m.source), words(&m.content))).collect()
    }
}

fn pair(source: &str, content: &str) -> (String, String) {
    (source.to_owned(), content.to_owned())
}

/// A tree, told word by word: part of speech, head, relation, dictionary form.
fn syntax(tree: &[(Upos, u32, &str, &str)]) -> Vec<TokenSyntax> {
    tree.iter()
        .map(|(upos, head, deprel, lemma)| TokenSyntax {
            upos: *upos,
            head: *head,
            deprel: (*deprel).to_owned(),
            lemma: (*lemma).to_owned(),
        })
        .collect()
}

#[test]
fn the_second_part_of_a_split_quotation_is_the_same_persons() {
    let c = Case::new("\"We have waited long,\" Orla Finn said. \"We shall wait no more.\"\n\nRain fell.");
    let got = c.mended(vec![c.mark("Orla Finn", "said", &["\"We have waited long,\""])]);
    assert_eq!(got, [pair("Orla Finn", "\"We have waited long,\" … \"We shall wait no more.\"")]);
}

#[test]
fn a_quotation_belongs_to_who_stands_beside_it() {
    let c = Case::new("\"I am going home,\" Ann said.\n\n\"I am staying here,\" Bob said.");
    let both = ["\"I am going home,\"", "\"I am staying here,\""];
    let mut second = c.mark("Bob", "said", &["\"I am staying here,\""]);
    let bob = c.at("Bob");
    second.cue = vec![TokenRange { start: bob.end, end: bob.end + 1 }];
    let got = c.mended(vec![c.mark("Ann", "said", &both), second]);
    assert_eq!(got, [pair("Ann", both[0]), pair("Bob", both[1])]);
}

#[test]
fn content_stays_in_its_paragraph() {
    let c = Case::new("Ann said the bridge was closed.\n\nThe river rose by a metre.");
    let got = c.mended(vec![c.mark("Ann", "said", &["the bridge was closed", "The river rose by a metre"])]);
    assert_eq!(got, [pair("Ann", "the bridge was closed")]);
}

#[test]
fn a_quotation_over_paragraphs_is_kept_with_the_speaker_named_at_its_end() {
    let c = Case::new("“We had two engines and lost one.\n\n“I chose the other,” said Bea Holt.");
    let got = c.mended(vec![c.mark("Bea Holt", "said", &["“I chose the other,”"])]);
    assert_eq!(got, [pair("Bea Holt", "“We had two engines and lost one. … “I chose the other,”")]);
}

#[test]
fn transcripts_and_signed_quotations_are_read_by_their_layout() {
    let c = Case::new("HALE: Will you come back next year?\n\nMORO: I have not decided yet.");
    let got = c.mended(Vec::new());
    assert_eq!(got, [pair("HALE", "Will you come back next year?"), pair("MORO", "I have not decided yet.")]);
    let c = Case::new("“They took our street away.” ― Ines Duarte");
    assert_eq!(c.mended(Vec::new()), [pair("Ines Duarte", "“They took our street away.”")]);
    // One turn is a heading, and a dash may go on with the sentence.
    assert_eq!(Case::new("HALE: the man and his boats").mended(Vec::new()), []);
    assert_eq!(Case::new("“The long way round” – as it was known then – was closed.").mended(Vec::new()), []);
}

#[test]
fn the_label_of_a_headline_says_nothing() {
    let c = Case::new("UPDATE: Toll in the mine rises to 12");
    assert_eq!(c.mended(vec![c.mark("UPDATE", ":", &["Toll in the mine rises to 12"])]), []);
}

#[test]
fn verbs_alone_are_nobodys_name() {
    let c = Case::new("Gone was the bold talk of peace.");
    let tree = [
        (Upos::Verb, 0, "root", "go"),
        (Upos::Aux, 0, "aux", "be"),
        (Upos::Det, 4, "det", "the"),
        (Upos::Adj, 4, "amod", "bold"),
        (Upos::Noun, 0, "nsubj", "talk"),
        (Upos::Adp, 6, "case", "of"),
        (Upos::Noun, 4, "nmod", "peace"),
        (Upos::Punct, 0, "punct", "."),
    ];
    let syntax = syntax(&tree);
    let mut marks = vec![c.mark("Gone was the", "talk", &["of peace"])];
    mend(&c.report, &c.seg, &syntax, &mut marks);
    assert!(marks.iter().all(|m| m.source.is_empty()), "{marks:?}");
}

#[test]
fn phrases_that_only_look_like_cues_are_none() {
    for i in &chancery_lexicon::cues::cues().idioms {
        let (before, rest) = i.example.split_once('{').unwrap_or_else(|| panic!("{}", i.example));
        let (phrase, after) = rest.split_once('}').unwrap_or_else(|| panic!("{}", i.example));
        let c = Case::new(&format!("{before}{phrase}{after}"));
        let (cue, _) = phrase.split_once(' ').unwrap_or((phrase, ""));
        let content = phrase.rsplit(' ').next().unwrap_or(phrase);
        let got = c.mended(vec![c.mark(cue, cue, &[content])]);
        assert!(got.is_empty(), "{}: {got:?}", i.example);
    }
}

#[test]
fn what_was_said_runs_to_the_word_its_last_one_leans_on() {
    let c = Case::new("Finn said the road was very long and rain fell.");
    let tree = [
        (Upos::Propn, 1, "nsubj", "Finn"),
        (Upos::Verb, 1, "root", "say"),
        (Upos::Det, 3, "det", "the"),
        (Upos::Noun, 6, "nsubj", "road"),
        (Upos::Aux, 6, "cop", "be"),
        (Upos::Adv, 6, "advmod", "very"),
        (Upos::Adj, 1, "ccomp", "long"),
        (Upos::Cconj, 9, "cc", "and"),
        (Upos::Noun, 9, "nsubj", "rain"),
        (Upos::Verb, 6, "conj", "fall"),
        (Upos::Punct, 1, "punct", "."),
    ];
    let syntax = syntax(&tree);
    let said = |content: &[&str]| {
        let mut marks = vec![c.mark("Finn", "said", content)];
        mend(&c.report, &c.seg, &syntax, &mut marks);
        let words = |r: &TokenRange| c.seg.span(*r).of(&c.report.text).to_owned();
        marks.iter().flat_map(|m| m.content.iter().map(words)).collect::<Vec<_>>()
    };
    assert_eq!(said(&["the road was"]), ["the road was very long"]);
    // What ends in a whole phrase is left as it is.
    assert_eq!(said(&["the road"]), ["the road"]);
}
