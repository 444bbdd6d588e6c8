//! What grammar settles about pronouns: "he" does not visit "him", and "in his first speech, the governor" is the governor's.
//!
//! The coreference head looks for antecedents to the left and knows nothing of clauses. Two of the rules of binding
//! (Chomsky 1981) are sure enough to overrule it: an object pronoun is not its own clause's subject, and a pronoun in what
//! stands before the main clause, with nobody before it, is that clause's subject.

use super::quotes::Tree;
use chancery_model::mark::Upos;
use chancery_model::report::{Report, Segments};
use chancery_model::span::TokenRange;

const OBJECTS: [&str; 3] = ["him", "them", "her"];
const BEFORE: [&str; 8] = ["he", "she", "they", "his", "her", "their", "its", "it"];

/// Mends the chains of a report.
pub(super) fn mend(report: &Report, seg: &Segments, tree: &Tree<'_>, chains: &mut Vec<Vec<TokenRange>>) {
    let word = |t: usize| seg.word(&report.text, t).to_lowercase();
    for (t, token) in seg.tokens.iter().enumerate() {
        let w = token.span.of(&report.text).to_lowercase();
        if OBJECTS.contains(&w.as_str()) {
            apart(seg, tree, &word, t, chains);
        }
    }
    for s in &seg.sentences {
        ahead(tree, &word, s.tokens, chains);
    }
}

fn chain_with(chains: &[Vec<TokenRange>], token: usize) -> Option<usize> {
    chains.iter().position(|c| c.iter().any(|m| m.len() == 1 && m.has(token)))
}

/// The chain with a mention that a noun heads: the shortest that ends with it or has it as its name's last word.
fn headed(tree: &Tree<'_>, chains: &[Vec<TokenRange>], noun: usize) -> Option<usize> {
    let of =
        |m: &TokenRange| m.has(noun) && (m.len() == 1 || m.iter().all(|t| t == noun || under(tree, t, noun)));
    chains.iter().position(|c| c.iter().any(of))
}

fn under(tree: &Tree<'_>, token: usize, top: usize) -> bool {
    let mut t = token;
    for _ in 0..16 {
        match tree.head(t) {
            Some(h) if h == top => return true,
            Some(h) => t = h,
            None => return false,
        }
    }
    false
}

/// "He sentenced the kidnapper and visited him": not himself.
fn apart(
    seg: &Segments,
    tree: &Tree<'_>,
    word: &impl Fn(usize) -> String,
    t: usize,
    chains: &mut [Vec<TokenRange>],
) {
    if !matches!(tree.relation(t), "obj" | "iobj") {
        return;
    }
    let Some(subject) = tree.head(t).and_then(|v| tree.subject(v)) else { return };
    let Some(own) = chain_with(chains, t) else { return };
    if headed(tree, chains, subject) != Some(own) || subject == t {
        return;
    }
    let pronoun = |m: &TokenRange| m.len() == 1 && tree.upos(m.start as usize) == Some(Upos::Pron);
    let sex: &[&str] = if word(t) == "her" { &["he", "him", "his"] } else { &["she", "her", "hers"] };
    let fits =
        |c: &[TokenRange]| !c.iter().any(|m| m.len() == 1 && sex.contains(&word(m.start as usize).as_str()));
    let here = seg.sentence_of(t);
    // Another that the two sentences name; an object before a subject would be nearer, but subjects are spoken of more.
    let near = |m: &TokenRange| {
        let s = seg.sentence_of(m.start as usize);
        let close = s.zip(here).is_some_and(|(s, h)| h.saturating_sub(s) <= 1);
        (m.end as usize) <= t && !pronoun(m) && close
    };
    let best = chains
        .iter()
        .enumerate()
        .filter(|(n, c)| *n != own && fits(c))
        .filter_map(|(n, c)| c.iter().filter(|m| near(m)).map(|m| m.end).max().map(|e| (e, n)))
        .max();
    let at = TokenRange::new(t, t + 1);
    if let Some(c) = chains.get_mut(own) {
        c.retain(|m| *m != at);
    }
    if let Some(c) = best.and_then(|(_, n)| chains.get_mut(n)) {
        c.push(at);
        c.sort_by_key(|m| (m.start, m.end));
    }
}

/// "In his first speech since the fire, the governor thanked …": the governor's.
fn ahead(
    tree: &Tree<'_>,
    word: &impl Fn(usize) -> String,
    sentence: TokenRange,
    chains: &mut Vec<Vec<TokenRange>>,
) {
    let Some(root) = sentence.iter().find(|t| tree.relation(*t) == "root") else { return };
    let Some(subject) = tree.child(root, &["nsubj"]).filter(|s| *s < root) else { return };
    if tree.upos(subject) == Some(Upos::Pron) {
        return;
    }
    let phrase = tree.reach(subject, &["punct", "acl:relcl", "appos", "parataxis"]);
    let opens =
        (sentence.start..phrase.start).map(|t| t as usize).find(|t| BEFORE.contains(&word(*t).as_str()));
    let Some(p) = opens.filter(|p| tree.head(*p) != Some(subject)) else { return };
    // Somebody named before the pronoun may be meant.
    let named = (sentence.start as usize..p).any(|t| matches!(tree.upos(t), Some(Upos::Propn)));
    let known = chain_with(chains, p);
    let first =
        known.and_then(|c| chains.get(c)).and_then(|c| c.first()).is_none_or(|m| m.start as usize >= p);
    if named || !first {
        return;
    }
    let own = word(p);
    let he = |w: &str| matches!(w, "he" | "his" | "him");
    let she = |w: &str| matches!(w, "she" | "her" | "hers");
    let thing = |w: &str| matches!(w, "it" | "its");
    let clash = |w: &str| {
        he(w) && (she(&own) || thing(&own))
            || she(w) && (he(&own) || thing(&own))
            || thing(w) && (he(&own) || she(&own))
    };
    let to = headed(tree, chains, subject);
    let other = |c: &[TokenRange]| c.iter().filter(|m| m.len() == 1).any(|m| clash(&word(m.start as usize)));
    if to == known && known.is_some() || to.and_then(|n| chains.get(n)).is_some_and(|c| other(c)) {
        return;
    }
    let moved = match known.and_then(|k| chains.get_mut(k)) {
        Some(c) => std::mem::take(c),
        None => vec![TokenRange::new(p, p + 1)],
    };
    let chain = match to.and_then(|n| chains.get_mut(n)) {
        Some(c) => c,
        None => {
            chains.push(vec![phrase]);
            let Some(c) = chains.last_mut() else { return };
            c
        }
    };
    chain.extend(moved);
    chain.sort_by_key(|m| (m.start, m.end));
    chain.dedup();
}

#[cfg(test)]
mod tests {
    use super::super::NeuralReader;
    use crate::Reader;
    use chancery_model::report::Given;

    /// The other words of the chain that a pronoun is in.
    fn with(text: &str, pronoun: &str) -> Vec<String> {
        let Some(Ok(reader)) = NeuralReader::embedded() else { return Vec::new() };
        let report = chancery_text::from_text("t", text, Given::default());
        let seg = chancery_text::segment(&report);
        let marks = reader.read(&report, &seg);
        let words = |r: &chancery_model::span::TokenRange| seg.span(*r).of(&report.text).to_owned();
        let chains = marks.chains.iter().map(|c| c.iter().map(words).collect::<Vec<_>>());
        let mut of = chains.filter(|c| c.iter().any(|w| w == pronoun));
        of.next().unwrap_or_default().into_iter().filter(|w| w != pronoun).collect()
    }

    #[test]
    fn nobody_visits_himself_as_him() {
        let got = with(
            "Judge Omar Lind retired in May. He convicted the forger Jan Bek and visited him in prison.",
            "him",
        );
        assert!(!got.iter().any(|w| w.contains("Lind") || w == "He"), "{got:?}");
    }

    #[test]
    fn what_stands_before_the_subject_is_the_subjects() {
        let got =
            with("In her first speech since the vote, Premier Ada Holm thanked the poll clerks.", "her");
        assert!(got.iter().any(|w| w.contains("Ada Holm")), "{got:?}");
    }
}
