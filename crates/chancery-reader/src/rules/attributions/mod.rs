//! Who said what, by cue words, quotation marks and word order.
//!
//! There is no parser here. For each cue of the lexicon the noun phrase beside it is the source, and what it opens,
//! up to a stop, is the content. The cutting follows the Penn Attribution Relations Corpus (Pareti 2012) and PolNeAR
//! (Newell et al. 2018): "that" and quotation marks belong to the content, an apposition to the source. Unlike those,
//! attributions nest here: one whose cue lies in the content of another names it in `within`.

mod content;
mod nouns;
mod quotes;
mod source;
mod verb;
mod verbs;
mod view;

use chancery_model::mark::{AttributionMark, NameMark};
use chancery_model::report::Segments;
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;
use view::View;

/// An attribution in the making.
#[derive(Debug, Clone)]
struct Draft {
    source: Vec<TokenRange>,
    cue: Vec<TokenRange>,
    content: Vec<TokenRange>,
    sure: Sure,
    by: &'static str,
    /// The cue is not said to have happened ("would reiterate", "must decide").
    unreal: bool,
    /// The token its order and nesting go by.
    at: usize,
}

impl Draft {
    fn first(&self) -> u32 {
        let all = self.source.iter().chain(&self.cue).chain(&self.content);
        all.map(|r| r.start).min().unwrap_or(0)
    }

    fn words(&self) -> usize {
        self.content.iter().map(|r| r.len()).sum()
    }

    fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.has(token))
    }
}

/// The attributions in a text, in order of their first token.
#[must_use]
pub fn find(text: &str, segments: &Segments, names: &[NameMark]) -> Vec<AttributionMark> {
    let view = View::new(text, segments, names);
    let mut drafts: Vec<Draft> = Vec::new();
    for paragraph in 0..segments.paragraphs.len() {
        let from = drafts.len();
        let Some(p) = segments.paragraphs.get(paragraph) else { continue };
        for s in p.sentences.0..p.sentences.1 {
            let Some(sentence) = segments.sentences.get(s as usize) else { continue };
            let (lo, hi) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let first = drafts.len();
            verbs::find(&view, lo, hi, &mut drafts);
            nouns::find(&view, lo, hi, &mut drafts);
            settle(&mut drafts, first);
        }
        quotes::join(&view, paragraph, from, &mut drafts);
    }
    finish(drafts)
}

/// Drops twins within a sentence: one cue says one thing.
fn settle(drafts: &mut Vec<Draft>, first: usize) {
    let mut k = first;
    while k < drafts.len() {
        let twin = (first..k).any(|n| {
            let (Some(a), Some(b)) = (drafts.get(n), drafts.get(k)) else { return false };
            let same_cue = a.cue.iter().any(|x| b.cue.iter().any(|y| x.overlaps(*y)));
            same_cue || a.content == b.content
        });
        if twin {
            drafts.remove(k);
        } else {
            k += 1;
        }
    }
}

/// Orders the drafts and finds which holds which.
fn finish(mut drafts: Vec<Draft>) -> Vec<AttributionMark> {
    drafts.retain(|d| !d.content.is_empty());
    let doubtful: Vec<bool> = drafts.iter().map(|d| d.sure == Sure::Low || d.unreal).collect();
    let inside: Vec<bool> = drafts
        .iter()
        .enumerate()
        .map(|(n, inner)| {
            drafts.iter().enumerate().any(|(m, d)| m != n && d.holds(inner.at) && !inner.holds(d.at))
        })
        .collect();
    // What somebody says that somebody would say, or a doubtful frame, is no statement of its own.
    let mut n = 0;
    drafts.retain(|_| {
        n += 1;
        !(doubtful.get(n - 1) == Some(&true) && inside.get(n - 1) == Some(&true))
    });
    drafts.sort_by_key(|d| (d.first(), d.at, std::cmp::Reverse(d.words())));
    let within: Vec<Option<u32>> = (0..drafts.len())
        .map(|n| {
            let inner = drafts.get(n)?;
            let holder = drafts
                .iter()
                .enumerate()
                .filter(|(m, d)| *m != n && d.holds(inner.at) && !inner.holds(d.at))
                .min_by_key(|(m, d)| (d.words(), *m))?;
            u32::try_from(holder.0).ok()
        })
        .collect();
    drafts
        .into_iter()
        .zip(within)
        .map(|(d, within)| AttributionMark {
            source: d.source,
            cue: d.cue,
            content: d.content,
            relays: Vec::new(),
            addressee: Vec::new(),
            within,
            sure: d.sure,
            by: format!("rules:{}", d.by),
        })
        .collect()
}
