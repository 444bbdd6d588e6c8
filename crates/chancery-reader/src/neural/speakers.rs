//! Who "I" and "we" are: the speaker of the words they stand in. And who "he" is in `A warned of it. "…," he said.`

use super::quotes::Tree;
use super::tags;
use chancery_model::mark::{AttributionMark, Marks};
use chancery_model::report::{Report, Segments};
use chancery_model::span::TokenRange;

const SINGULAR: [&str; 5] = ["i", "me", "my", "mine", "myself"];
const PLURAL: [&str; 5] = ["we", "us", "our", "ours", "ourselves"];

/// Puts first-person pronouns of quotations into the chain of whoever is quoted.
pub(super) fn mend(report: &Report, seg: &Segments, marks: &mut Marks) {
    for (n, token) in seg.tokens.iter().enumerate() {
        let word = token.span.of(&report.text).to_lowercase();
        let (one, many) = (SINGULAR.contains(&word.as_str()), PLURAL.contains(&word.as_str()));
        if !(one || many) || token.quote.is_none() {
            continue;
        }
        let Some(source) = speaker(seg, &marks.attributions, n) else { continue };
        let at = TokenRange::new(n, n + 1);
        // "We" may be the body that the head found; "I" is nobody but the speaker.
        let placed = marks.chains.iter().any(|c| c.contains(&at));
        if many && placed {
            continue;
        }
        move_to(&mut marks.chains, at, source);
    }
    carried_on(report, seg, marks);
    marks.chains.retain(|c| c.len() > 1);
    marks.chains.sort_by_key(|c| c.first().map(|m| (m.start, m.end)));
}

/// A quotation that follows a speaker's sentence, with "he said" or "she said" for a tag, goes on with that speaker; so does
/// `He said: "…"`, after a new paragraph too.
fn carried_on(report: &Report, seg: &Segments, marks: &mut Marks) {
    let word = |t: usize| seg.word(&report.text, t).to_lowercase();
    let sentence = |t: u32| seg.sentence_of(t as usize);
    let opens = |c: &TokenRange| {
        let s = sentence(c.start).and_then(|s| seg.sentences.get(s));
        let quoted = seg.tokens.get(c.start as usize).is_some_and(|t| t.quote.is_some());
        quoted && s.is_some_and(|s| s.tokens.start == c.start)
    };
    if marks.syntax.len() != seg.tokens.len() {
        return;
    }
    let tree = Tree::of(&marks.syntax);
    let view = tags::View::new(report, seg, &tree, marks);
    let mut links: Vec<(TokenRange, TokenRange)> = Vec::new();
    for m in marks.attributions.iter().filter(|m| m.within.is_none()) {
        let (Some(source), Some(content)) = (m.source.first(), m.content.first()) else { continue };
        if source.len() != 1 || !matches!(word(source.start as usize).as_str(), "he" | "she") {
            continue;
        }
        let begins = sentence(source.start).and_then(|s| seg.sentences.get(s));
        let colon = (content.start as usize).checked_sub(1).is_some_and(|t| word(t) == ":")
            && begins.is_some_and(|s| s.tokens.start == source.start);
        if !colon && !opens(content) {
            continue;
        }
        let Some(here) = sentence(if colon { source.start } else { content.start }) else { continue };
        let Some(before) = here.checked_sub(1).and_then(|b| seg.sentences.get(b)) else { continue };
        let far = u32::from(colon);
        if seg.sentences.get(here).is_none_or(|s| s.paragraph > before.paragraph + far) {
            continue;
        }
        // The one speaker of the sentence before, who may say two things in it; two speakers leave it open.
        let said = view.spoken_in(here - 1).filter_map(|o| {
            let s = view.source(&o.source)?;
            (before.tokens.contains(s) && s.start < o.cue.first().map_or(0, |c| c.start)).then_some(s)
        });
        let said: Vec<TokenRange> = said.filter(|s| !view.thing(*s)).collect();
        let name = |r: &TokenRange| seg.span(*r).of(&report.text).to_lowercase();
        let speaker = match said.first() {
            Some(first) => said.iter().all(|s| s == first || name(s) == name(first)).then_some(*first),
            None if colon => None,
            None => view.speaker(source.start as usize, here),
        };
        links.extend(speaker.map(|s| (*source, s)));
    }
    links.extend(view.openings());
    links.sort_by_key(|l| l.0.start);
    links.dedup_by_key(|l| l.0.start);
    for (pronoun, source) in links {
        let other: &[&str] = if word(pronoun.start as usize) == "he" {
            &["she", "her", "they", "it"]
        } else {
            &["he", "his", "they", "it"]
        };
        let to = chain_of(&marks.chains, source);
        let clash = |c: &Vec<TokenRange>| {
            c.iter().any(|m| m.len() == 1 && other.contains(&word(m.start as usize).as_str()))
        };
        if to.and_then(|t| marks.chains.get(t)).is_some_and(clash)
            || other.contains(&word(source.start as usize).as_str())
        {
            continue;
        }
        move_to(&mut marks.chains, pronoun, source);
    }
}

/// Takes a mention out of its chain and puts it into that of a source, which begins one where it has none.
fn move_to(chains: &mut Vec<Vec<TokenRange>>, mention: TokenRange, source: TokenRange) {
    let to = chain_of(chains, source);
    for c in chains.iter_mut() {
        c.retain(|m| *m != mention);
    }
    let chain = match to {
        Some(c) => chains.get_mut(c),
        None => {
            chains.push(vec![source]);
            chains.last_mut()
        }
    };
    if let Some(c) = chain {
        c.push(mention);
        c.sort_by_key(|m| (m.start, m.end));
    }
}

/// The source of the smallest content that holds a word of a quotation.
fn speaker(seg: &Segments, all: &[AttributionMark], token: usize) -> Option<TokenRange> {
    let quote = |t: u32| seg.tokens.get(t as usize).and_then(|t| t.quote);
    all.iter()
        .filter(|a| a.content.iter().any(|c| c.has(token)))
        .min_by_key(|a| a.content.iter().map(|c| c.len()).sum::<usize>())
        .and_then(|a| a.source.first().copied())
        .filter(|s| {
            quote(s.start).is_none() || quote(s.start) != quote(u32::try_from(token).unwrap_or(u32::MAX))
        })
}

/// The chain with the mention that a source is: the longest inside it that starts with it or ends with it, or one around it.
fn chain_of(chains: &[Vec<TokenRange>], source: TokenRange) -> Option<usize> {
    let fits = |m: &TokenRange| {
        *m == source
            || source.contains(*m) && (m.start <= source.start + 1 || m.end == source.end)
            || m.contains(source) && m.end == source.end
    };
    let best = |c: &Vec<TokenRange>| c.iter().filter(|m| fits(m)).map(|m| m.len()).max();
    chains
        .iter()
        .enumerate()
        .filter_map(|(n, c)| best(c).map(|l| (l, n)))
        .max_by_key(|(l, n)| (*l, std::cmp::Reverse(*n)))
        .map(|(_, n)| n)
}
