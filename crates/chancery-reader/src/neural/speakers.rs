//! Who "I" and "we" are: the speaker of the words they stand in.

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
        for c in &mut marks.chains {
            c.retain(|m| *m != at);
        }
        match chain_of(&marks.chains, source) {
            Some(c) => {
                if let Some(c) = marks.chains.get_mut(c) {
                    c.push(at);
                    c.sort_by_key(|m| (m.start, m.end));
                }
            }
            None => {
                let mut pair = vec![source, at];
                pair.sort_by_key(|m| (m.start, m.end));
                marks.chains.push(pair);
            }
        }
    }
    marks.chains.retain(|c| c.len() > 1);
    marks.chains.sort_by_key(|c| c.first().map(|m| (m.start, m.end)));
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
