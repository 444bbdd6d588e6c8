//! Who "he" is in a tag: `The mayor has changed her mind. "The curfew must go," she said.`
//!
//! News puts before a quotation the sentence that says whose it is. The coreference head weighs all names of a text, and often
//! takes one that another paragraph has spoken of more. Here the tag's "he" or "she" goes to the subject of the sentence before
//! the quotation, or to the only person whom it names, within the paragraph.

use super::quotes::Tree;
use chancery_lexicon::{given_names, people, titles};
use chancery_model::mark::{AttributionMark, Marks, NameKind, NameMark, Upos};
use chancery_model::report::{Report, Segments};
use chancery_model::span::TokenRange;

/// Sentences before a quotation in which its speaker is looked for.
const BACK: usize = 2;
/// Words that may stand before a subject that opens a sentence.
const OPENS: usize = 2;
/// What hangs on a noun and says nothing of who it is.
const ASIDE: [&str; 5] = ["punct", "acl", "acl:relcl", "appos", "parataxis"];

/// What is known of a report when tags are read.
pub(super) struct View<'a> {
    report: &'a Report,
    seg: &'a Segments,
    tree: &'a Tree<'a>,
    marks: &'a Marks,
    /// By sentence, the outermost attributions whose source begins in it: a long report has thousands, and each tag asks.
    spoken: Vec<Vec<usize>>,
}

impl<'a> View<'a> {
    pub(super) fn new(report: &'a Report, seg: &'a Segments, tree: &'a Tree<'a>, marks: &'a Marks) -> Self {
        let mut spoken = vec![Vec::new(); seg.sentences.len()];
        for (n, m) in marks.attributions.iter().enumerate().filter(|(_, m)| m.within.is_none()) {
            let at = m.source.first().and_then(|s| seg.sentence_of(s.start as usize));
            if let Some(list) = at.and_then(|s| spoken.get_mut(s)) {
                list.push(n);
            }
        }
        Self { report, seg, tree, marks, spoken }
    }

    /// The outermost attributions whose source begins in a sentence.
    pub(super) fn spoken_in(&self, sentence: usize) -> impl Iterator<Item = &'a AttributionMark> {
        self.spoken.get(sentence).into_iter().flatten().filter_map(|n| self.marks.attributions.get(*n))
    }

    /// The names that begin within some words; names are kept in the order of their first word.
    fn names(&self, within: TokenRange) -> impl Iterator<Item = &'a NameMark> + Clone {
        let names = &self.marks.names;
        let from = names.partition_point(|n| n.tokens.start < within.start);
        let to = names.partition_point(|n| n.tokens.start < within.end);
        names.get(from..to.max(from)).unwrap_or_default().iter()
    }

    /// Whom a tag's "he" or "she" stands for, when the sentences before the quotation tell.
    ///
    /// `here` is the sentence in which the quotation begins.
    pub(super) fn speaker(&self, pronoun: usize, here: usize) -> Option<TokenRange> {
        let paragraph = self.seg.sentences.get(here)?.paragraph;
        let man = self.word(pronoun) == "he";
        (1..=BACK)
            .filter_map(|n| self.seg.sentences.get(here.checked_sub(n)?))
            .take_while(|s| s.paragraph == paragraph)
            .find_map(|s| self.subject(s.tokens, man).or_else(|| self.only(s.tokens, man)))
    }

    /// Whether a name stands for what is no person: a body or a place says nothing as "he".
    pub(super) fn thing(&self, at: TokenRange) -> bool {
        let mut names = self.names(at).filter(|n| at.contains(n.tokens));
        names.clone().next().is_some() && !names.any(person)
    }

    /// The words of a source that stand for it: of "the army commander, General Lind" the name.
    pub(super) fn source(&self, parts: &[TokenRange]) -> Option<TokenRange> {
        let inside = |p: &TokenRange| {
            let p = *p;
            self.names(p).filter(move |n| person(n) && p.contains(n.tokens))
        };
        let mut names = parts.iter().flat_map(inside);
        match (names.next(), names.next()) {
            (Some(n), None) => Some(n.tokens),
            _ => parts.first().copied(),
        }
    }

    /// The "he" and "she" that open a sentence as its subject, each with whom the sentence before it is about.
    pub(super) fn openings(&self) -> Vec<(TokenRange, TokenRange)> {
        let mut out = Vec::new();
        let next = self.seg.sentences.iter().skip(1);
        for (here, (before, s)) in self.seg.sentences.iter().zip(next).enumerate() {
            let root = s.tokens.iter().find(|t| self.tree.relation(*t) == "root" && !self.quoted(*t));
            let Some(p) = root.and_then(|r| self.tree.child(r, &["nsubj", "nsubj:pass"])) else { continue };
            let word = self.word(p);
            if before.paragraph != s.paragraph
                || p > s.tokens.start as usize + OPENS
                || self.quoted(p)
                || !matches!(word.as_str(), "he" | "she")
            {
                continue;
            }
            let spoke = self.spoken_in(here);
            let mut spoke =
                spoke.filter_map(|a| self.source(&a.source).filter(|x| before.tokens.contains(*x)));
            let alone = spoke.next().filter(|x| spoke.all(|y| y == *x)).filter(|x| !self.thing(*x));
            let man = word == "he";
            let who = alone.or_else(|| self.subject(before.tokens, man));
            let at = TokenRange::new(p, p + 1);
            // Where the head has found somebody in that sentence, it has weighed more than its subject.
            let chain = self.marks.chains.iter().find(|c| c.contains(&at));
            let told = |m: &TokenRange| {
                before.tokens.contains(*m)
                    && (m.len() > 1 || self.tree.upos(m.start as usize) != Some(Upos::Pron))
            };
            if chain.is_some_and(|c| c.iter().any(told)) {
                continue;
            }
            out.extend(who.map(|w| (at, w)));
        }
        out
    }

    /// The person that a sentence's main verb has for a subject.
    fn subject(&self, sentence: TokenRange, man: bool) -> Option<TokenRange> {
        let root = sentence.iter().find(|t| self.tree.relation(*t) == "root" && !self.quoted(*t))?;
        let subject = self.tree.child(root, &["nsubj", "nsubj:pass"])?;
        if !sentence.has(subject) || self.quoted(subject) || self.tree.child(subject, &["conj"]).is_some() {
            return None;
        }
        let word = self.word(subject);
        if self.tree.upos(subject) == Some(Upos::Pron) {
            return (word == if man { "he" } else { "she" }).then(|| TokenRange::new(subject, subject + 1));
        }
        // "The mediator, Ada Holm," and "mediator Ada Holm" alike.
        let near =
            |t: usize| t == subject || self.tree.child(subject, &["appos", "flat"]).is_some_and(|a| a == t);
        let named = self.names(sentence).find(|n| person(n) && n.tokens.iter().any(near));
        match named {
            Some(n) => self.fits(n, man).then_some(n.tokens),
            // "The general", but not "the generals".
            None if self.tree.upos(subject) == Some(Upos::Noun) && people::person(&word) => {
                let plural = word.ends_with('s') && people::person(word.trim_end_matches('s'))
                    || ["men", "women", "people"].iter().any(|e| word.ends_with(e));
                (!plural && titles::sex_of(&word).is_none_or(|s| (s == 'm') == man))
                    .then(|| self.tree.reach(subject, &ASIDE))
            }
            None => None,
        }
    }

    /// The person of a sentence, when it names one alone outside quotations.
    fn only(&self, sentence: TokenRange, man: bool) -> Option<TokenRange> {
        let owner = |n: &NameMark| n.tokens.iter().any(|t| self.tree.relation(t) == "nmod:poss");
        let mut here = self.names(sentence).filter(|n| {
            person(n) && sentence.contains(n.tokens) && !self.quoted(n.tokens.start as usize) && !owner(n)
        });
        let first = here.next()?;
        let same = |n: &NameMark| self.last(n) == self.last(first);
        (here.all(same) && self.fits(first, man)).then_some(first.tokens)
    }

    /// Whether a name can be a man's, or a woman's.
    fn fits(&self, name: &NameMark, man: bool) -> bool {
        let sex = |t: usize| given_names::get(self.seg.word(&self.report.text, t)).and_then(|g| g.sex);
        let told = sex(name.tokens.start as usize).filter(|_| name.tokens.len() > 1);
        let start = self.seg.span(name.tokens).lo();
        let before =
            self.report.text.get(..start).and_then(|b| b.trim_end().rsplit(' ').next()).unwrap_or("");
        let courtesy = titles::courtesy_at(before, 0).and_then(|c| c.1);
        told.or(courtesy).is_none_or(|s| (s == 'm') == man)
    }

    fn last(&self, name: &NameMark) -> String {
        self.word((name.tokens.end as usize).saturating_sub(1))
    }

    fn word(&self, t: usize) -> String {
        self.seg.word(&self.report.text, t).to_lowercase()
    }

    fn quoted(&self, t: usize) -> bool {
        self.seg.tokens.get(t).is_some_and(|t| t.quote.is_some())
    }
}

fn person(n: &NameMark) -> bool {
    n.kind == NameKind::Person
}

#[cfg(test)]
mod tests {
    use super::super::NeuralReader;
    use crate::Reader;
    use chancery_model::report::Given;

    /// The other words of the chain that the last "he" or "she" outside quotations is in.
    fn speaker(text: &str) -> Vec<String> {
        let Some(Ok(reader)) = NeuralReader::embedded() else { return vec!["no weights".to_owned()] };
        let report = chancery_text::from_text("t", text, Given::default());
        let seg = chancery_text::segment(&report);
        let marks = reader.read(&report, &seg);
        let words = |r: &chancery_model::span::TokenRange| seg.span(*r).of(&report.text).to_owned();
        let tag = seg
            .tokens
            .iter()
            .rposition(|t| t.quote.is_none() && matches!(t.span.of(&report.text), "he" | "she"));
        let tag = tag.unwrap_or(usize::MAX);
        let chain = marks.chains.iter().find(|c| c.iter().any(|m| m.len() == 1 && m.has(tag)));
        chain.map(|c| c.iter().filter(|m| !m.has(tag)).map(words).collect()).unwrap_or_default()
    }

    const OTHER: &str = "LIMA, June 3 - Governor Pablo Rueda opened the bridge on Monday. \"It will carry lorries,\" Rueda said. He cut a \
        ribbon and he thanked the masons.\n\n";

    #[test]
    fn the_subject_of_the_sentence_before_is_who_speaks() {
        for (before, name) in [
            (
                "Engineer Marta Quispe, who drew the plans, has changed her mind. \"The piers are too thin,\" she said.",
                "Marta Quispe",
            ),
            (
                "The union's secretary, Tito Vega, was told of it by the police. \"We were not asked,\" he said.",
                "Tito Vega",
            ),
            ("Bishop Anselm Roca spoke bluntly. \"Close it again,\" he said on the steps.", "Anselm Roca"),
            ("Reporters met Iker Solano at the gate. \"I built none of it,\" he said.", "Iker Solano"),
        ] {
            let got = speaker(&format!("{OTHER}{before}"));
            let all = got.join(" | ");
            assert!(all.contains(name) || all == "no weights", "{before}: {all}");
            assert!(!all.contains("Rueda"), "{before}: {all}");
        }
    }

    #[test]
    fn a_sentence_that_opens_with_him_goes_on_about_the_one_before() {
        let got = speaker(&format!(
            "{OTHER}\"The river decides,\" the ferryman Amaru Inti told reporters. He laughed at the new toll. \"We row for less,\" he said."
        ));
        assert!(got.iter().any(|w| w.contains("Inti") || w == "no weights"), "{got:?}");
        assert!(!got.iter().any(|w| w.contains("Rueda")), "{got:?}");
    }

    #[test]
    fn nobody_of_the_other_sex_or_of_another_paragraph_is_taken() {
        let got =
            speaker(&format!("{OTHER}Engineer Marta Quispe left by a side door. \"It is safe,\" he said."));
        assert!(!got.iter().any(|w| w.contains("Quispe")), "{got:?}");
    }
}
