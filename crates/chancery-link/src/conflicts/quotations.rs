//! One quotation with two speakers, or with two wordings.

use super::{All, Conflict, Value};
use crate::fold;
use crate::quotes::{Cluster, in_order, quoted_words, same_opening};
use chancery_lexicon::{given_names, spellings, titles};
use chancery_model::facts::Statement;
use chancery_model::vocab::{ActorKind, ConflictKind, Form, Sure};
use chancery_model::{Id, Span};
use std::collections::{BTreeMap, BTreeSet};

fn statement<'a>(all: &All<'a>, at: (usize, usize)) -> &'a Statement {
    &all.items[at.0].facts.statements[at.1]
}

const PRONOUNS: &[&str] = &["he", "she", "they", "it", "who", "i", "we"];

/// Words that begin what names nobody, at the start of a sentence.
const ARTICLES: &[&str] = &["the", "a", "an", "one", "another", "some", "others", "his", "her", "their"];

/// A quotation as reports give it, what is asked of it again and again worked out once: thousands may carry it.
struct Heard<'c, 'a> {
    all: &'c All<'a>,
    /// Its members by report: index of the statement.
    by: BTreeMap<usize, Vec<usize>>,
    /// Whoever is named somewhere as its speaker, other than by a pronoun.
    named: BTreeSet<&'a Id>,
}

impl<'c, 'a> Heard<'c, 'a> {
    fn new(all: &'c All<'a>, c: &Cluster) -> Self {
        let mut by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        c.members.iter().for_each(|(r, s)| by.entry(*r).or_default().push(*s));
        let named = c.members.iter().filter_map(|at| {
            let s = statement(all, *at);
            let source =
                s.source.first().filter(|_| s.speaker_named)?.of(&all.items[at.0].report.text).to_lowercase();
            let actor = all.reports[at.0].actors.get(s.speaker? as usize)?;
            (!PRONOUNS.contains(&source.as_str())).then_some(actor)
        });
        Self { all, by, named: named.collect() }
    }

    /// Whether whoever is named elsewhere as the speaker is nowhere in a report: a pronoun for its speaker there, whomever it
    /// stands for, stands for somebody else.
    fn absent(&self, report: usize) -> bool {
        let here = &self.all.reports[report].actors;
        !self.named.is_empty() && !here.iter().any(|a| self.named.contains(a))
    }

    /// Whether whoever is given for it passes on the words of another, who is given for them in the same report: of
    /// "the envoy says the president told him …" the words are the president's.
    fn relays(&self, at: (usize, usize)) -> bool {
        let outer = statement(self.all, at);
        let others = self.by.get(&at.0).into_iter().flatten().filter(|s| **s != at.1);
        others.map(|s| statement(self.all, (at.0, *s))).any(|inner| {
            let holds = |x: &Span| outer.content.iter().any(|o| o.contains(*x) && o != x);
            inner.speaker.is_some() && inner.speaker != outer.speaker && inner.content.iter().all(holds)
        })
    }
}

/// Where equal ones are one: of each its number, and the different ones.
fn distinct<T: Ord + Clone>(all: &[T]) -> (Vec<usize>, Vec<T>) {
    let kinds: Vec<T> = all.iter().cloned().collect::<BTreeSet<T>>().into_iter().collect();
    (all.iter().filter_map(|x| kinds.binary_search(x).ok()).collect(), kinds)
}

/// For each two whether it holds of them; asked once of each.
fn each_two<T>(all: &[T], holds: impl Fn(&T, &T) -> bool) -> Vec<Vec<bool>> {
    let mut out = vec![vec![false; all.len()]; all.len()];
    for (i, a) in all.iter().enumerate() {
        for (k, b) in all.iter().enumerate().skip(i) {
            let is = holds(a, b);
            out[i][k] = is;
            out[k][i] = is;
        }
    }
    out
}

/// One quotation, two persons named as its speaker.
pub(super) fn speakers(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let heard = Heard::new(all, c);
    let mut values: Vec<Value> = Vec::new();
    let mut said: Vec<Vec<String>> = Vec::new();
    // Who else is named in the sentence of whom: "the envoy said the president told him …" may be given to both.
    let mut around: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for at in &c.members {
        let s = statement(all, *at);
        let (Some(e), Some(span)) = (s.speaker, s.source.first()) else { continue };
        if heard.relays(*at) {
            continue;
        }
        // Whom a pronoun stands for is worked out and not printed, but for "who" right behind a name.
        let text = &all.items[at.0].report.text;
        let word = span.of(text).to_lowercase();
        let beside = || {
            let named = all.items[at.0].facts.mentions.iter().filter(|m| m.entity == Some(e));
            named.filter(|m| m.span.end <= span.start).any(|m| {
                text.get(m.span.hi()..span.lo()).is_some_and(|b| b.trim_matches([' ', ',']).is_empty())
            })
        };
        let who = word == "who" && beside();
        // "One said", "the president acknowledged" name nobody either.
        let names =
            |w: &str| w.starts_with(char::is_uppercase) && !ARTICLES.contains(&w.to_lowercase().as_str());
        let pronoun = PRONOUNS.contains(&word.as_str()) || !span.of(text).split_whitespace().any(names);
        // A pronoun says whose words they are where the person named for them is nowhere in that report.
        let known = if pronoun {
            heard.absent(at.0)
        } else {
            s.speaker_named && !shared_surname(all, at.0, e, *span)
        };
        if !who && !known {
            continue;
        }
        let actor = all.reports[at.0].actors.get(e as usize).and_then(|a| all.actors.get(a));
        if let Some(a) = actor.filter(|a| a.kind == ActorKind::Person && s.form != Form::Indirect) {
            values.push((a.name.clone(), at.0, *span));
            around.entry(&a.name).or_default().extend(named_with(all, at.0, *span));
            said.push(quoted_words(all.items[at.0].report, s));
        }
    }
    // "Obama" and "Barack Obama" may be one, though nothing in the reports ties them; and of the words of a resolution
    // each quotes others.
    let (name_of, names) = distinct(&values.iter().map(|v| v.0.clone()).collect::<Vec<_>>());
    if names.len() < 2 {
        return None;
    }
    let (words_of, wordings) = distinct(&said);
    let with = |a: &str, b: &str| around.get(a).is_some_and(|n| n.contains(b));
    let one = each_two(&names, |a, b| one_name(a, b) || with(a, b) && with(b, a));
    let same = each_two(&wordings, |a, b| word_for_word(a, b));
    let given: BTreeSet<(usize, usize)> = name_of.iter().copied().zip(words_of.iter().copied()).collect();
    let against: BTreeSet<(usize, usize)> = given
        .iter()
        .filter(|(n, w)| given.iter().any(|(m, v)| !one[*n][*m] && same[*w][*v]))
        .copied()
        .collect();
    let stands = name_of.into_iter().zip(words_of).map(|x| against.contains(&x));
    let values: Vec<Value> = values.into_iter().zip(stands).filter(|x| x.1).map(|x| x.0).collect();
    all.conflict(
        ConflictKind::Speaker,
        &c.id,
        values,
        "One quotation, different speakers",
        Sure::Medium,
        false,
    )
}

/// Whether a report gives a speaker by a name of one word that another person in it bears in full: "Gadhafi" may be the father
/// or the son.
fn shared_surname(all: &All<'_>, report: usize, speaker: u32, source: Span) -> bool {
    let item = &all.items[report];
    let text = &item.report.text;
    let bare: Vec<String> = {
        let said = source.of(text);
        let at = titles::courtesy_at(said, 0).map_or(0, |(end, _)| end);
        fold::words(said.get(at..).unwrap_or(said)).collect()
    };
    let [surname] = bare.as_slice() else { return false };
    let bears = |name: &str| {
        let words: Vec<String> = fold::words(name).collect();
        words.len() > 1 && words.last() == Some(surname)
    };
    let persons = (0u32..).zip(&item.facts.entities).filter(|(_, e)| e.kind == ActorKind::Person);
    persons.filter(|(n, e)| *n != speaker && bears(&e.name)).count() > 0
}

/// Persons named in the sentence of a source.
fn named_with<'a>(all: &'a All<'_>, report: usize, source: Span) -> Vec<&'a str> {
    let (item, linked) = (&all.items[report], &all.reports[report]);
    let sentence = fold::sentence(&item.report.text, source);
    let here = item.facts.mentions.iter().filter(|m| sentence.contains(m.span));
    let actors = here.filter_map(|m| linked.actors.get(m.entity? as usize));
    actors.filter_map(|a| all.actors.get(a)).map(|a| a.name.as_str()).collect()
}

/// Share of the letters that two names have alike when one is a misprint of the other.
const MISPRINT: f64 = 0.75;
/// Letters of a word from which on it may be one.
const LONG: usize = 4;

/// Whether one name has all words of the other, or is the other in another spelling.
fn one_name(a: &str, b: &str) -> bool {
    let bare = |name: &str| -> Vec<String> {
        let at = titles::courtesy_at(name, 0).map_or(0, |(end, _)| end);
        fold::words(name.get(at..).unwrap_or(name)).collect()
    };
    let (x, y) = (bare(a), bare(b));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    // "Ibrahim Musa" and "Moussa Ibrahim": one in another order and spelling.
    let turned: Vec<String> = y.iter().rev().cloned().collect();
    let heard = |v: &[String]| spellings::sound(v, false).map(|s| s.key);
    if x.len() == 2
        && y.len() == 2
        && heard(&x).is_some_and(|s| heard(&y).as_ref() == Some(&s) || heard(&turned).as_ref() == Some(&s))
    {
        return true;
    }
    // "Ed Markey" and "Edward J. Markey".
    let (first, full) = (short.first(), long.first());
    let pair =
        matches!((first, full), (Some(v), Some(w)) if given_names::is_pet(v, w) || given_names::is_pet(w, v));
    if pair && short.len() > 1 && short.last() == long.last() {
        return true;
    }
    let alike = |v: &str, w: &str| strsim::normalized_levenshtein(v, w) >= MISPRINT;
    // Each word of the longer stands for one of the shorter: Kalin is no misprint of Malin beside another Malin.
    let mut open: Vec<&String> = long.iter().collect();
    let mut take = |fits: &dyn Fn(&str) -> bool| {
        let n = open.iter().position(|w| fits(w));
        n.map(|n| open.remove(n)).is_some()
    };
    let rest: Vec<&String> = short.iter().filter(|w| !take(&|l| l == w.as_str())).collect();
    rest.iter().all(|w| w.len() >= LONG && take(&|l| alike(l, w))) || alike(&x.concat(), &y.concat())
}

/// Words of the shortest quotation that is known again.
const KNOWN: usize = 4;

/// Whether the shorter of two quotations stands in the longer, but for a word in ten.
fn word_for_word(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= KNOWN && 10 * in_order(short, long) >= 9 * short.len()
}

/// A wording.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Worded {
    /// Its words.
    words: Vec<String>,
    sentences: Vec<Vec<String>>,
    /// Whether it is quoted in one piece.
    whole: bool,
}

/// The words of a quotation with the report that has them, or none where several have.
fn shared(said: &[(usize, Worded)]) -> BTreeMap<&str, Option<usize>> {
    let mut out: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (report, w) in said {
        for word in &w.words {
            let by = out.entry(word).or_insert(Some(*report));
            *by = by.filter(|r| r == report);
        }
    }
    out
}

/// The piece of a quotation that has most of the words that other reports have of it.
fn piece(all: &All<'_>, at: (usize, usize), said: &BTreeMap<&str, Option<usize>>) -> Option<Span> {
    let s = statement(all, at);
    let text = &all.items[at.0].report.text;
    let elsewhere = |w: &String| said.get(w.as_str()).is_some_and(|by| *by != Some(at.0));
    let common = |x: &Span| fold::words(x.of(text)).filter(elsewhere).count();
    // The first of several that have as many.
    s.content.iter().rev().max_by_key(|x| common(x)).copied()
}

/// Who is named for a wording, and two of the origins that have it from each: enough to find another than one's own.
type Sources<'a> = BTreeMap<Option<&'a Id>, BTreeSet<&'a Id>>;

/// Whether what one origin gives with one speaker, or with none, may be set against a wording: two who put a thing alike are
/// two, and one origin is one side.
fn may_differ(speaker: Option<&Id>, origin: &Id, from: &Sources<'_>) -> bool {
    let one = |other: &Option<&Id>| speaker.is_none() || other.is_none() || *other == speaker;
    from.iter().any(|(other, origins)| one(other) && origins.iter().any(|o| *o != origin))
}

/// One quotation, words changed. A cut is no difference, unless it takes the end off a sentence: the shorter must stand
/// whole in the longer, and end where a sentence of it ends.
pub(super) fn wordings(all: &All<'_>, c: &Cluster) -> Option<Conflict> {
    let heard = Heard::new(all, c);
    let mut members: Vec<(usize, usize)> = Vec::new();
    let mut said: Vec<(usize, Worded)> = Vec::new();
    for at in &c.members {
        let s = statement(all, *at);
        if s.form == Form::Indirect || s.content.is_empty() || heard.relays(*at) {
            continue;
        }
        let report = all.items[at.0].report;
        let words = quoted_words(report, s);
        let sentences = s
            .content
            .iter()
            .flat_map(|x| x.of(&report.text).split(['.', '!', '?']))
            .map(|x| fold::words(x).collect::<Vec<_>>())
            .collect();
        let opened = s.content.iter().map(|x| x.of(&report.text).matches(['“', '"']).count()).sum::<usize>();
        let whole = s.content.len() == 1 && opened <= 2;
        members.push(*at);
        said.push((at.0, Worded { words, sentences, whole }));
    }
    let speaker = |at: &(usize, usize)| {
        let s = statement(all, *at);
        s.speaker.filter(|_| s.speaker_named).and_then(|e| all.reports[at.0].actors.get(e as usize))
    };
    let (of, wordings) = distinct(&said.iter().map(|x| x.1.clone()).collect::<Vec<_>>());
    let other = each_two(&wordings, differ);
    let mut sources: Vec<Sources<'_>> = vec![Sources::new(); wordings.len()];
    for (at, w) in members.iter().zip(&of) {
        let origins = sources[*w].entry(speaker(at)).or_default();
        if origins.len() < 2 {
            origins.insert(&all.reports[at.0].origin);
        }
    }
    let against = |at: &(usize, usize), w: usize| {
        let apart = other[w].iter().zip(&sources).filter(|(differs, _)| **differs);
        apart.into_iter().any(|(_, from)| may_differ(speaker(at), &all.reports[at.0].origin, from))
    };
    let words = shared(&said);
    let mut values: Vec<Value> = Vec::new();
    for ((at, w), (_, worded)) in members.iter().zip(&of).zip(&said) {
        if against(at, *w) {
            values.extend(piece(all, *at, &words).map(|x| (worded.words.join(" "), at.0, x)));
        }
    }
    all.conflict(ConflictKind::Wording, &c.id, values, "One quotation, different words", Sure::Low, false)
}

/// Share of what two quotations say alike, from the first word that both have to the last, that both must have.
const ALIKE: f64 = 0.6;

/// Whether two quotations put one thing in other words: within what both quote a word of the shorter is not in the longer,
/// or both begin alike and go on otherwise, or the end of a sentence is taken off.
fn differ(a: &Worded, b: &Worded) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    if end_taken_off(&short.words, &long.sentences) {
        return true;
    }
    let (x, y) = (spoken_out(&short.words), spoken_out(&long.words));
    if spelt(&x, &y) || in_order(&x, &y) == x.len() {
        return false;
    }
    // Of two pieces the second is from another place of what was said.
    if same_opening(&x, &y) && short.whole && long.whole {
        return true;
    }
    let both = aligned(&x, &y);
    let (Some(first), Some(last)) = (both.first(), both.last()) else { return false };
    let (here, there) = (last.0 - first.0 + 1, last.1 - first.1 + 1);
    let (n, most) = (both.len(), here.max(there));
    n >= KNOWN && n as f64 >= ALIKE * most as f64 && here.min(there) > n && 10 * n >= 7 * x.len()
}

/// The places of the words that two lists have in common, in their order.
fn aligned(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut common = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, x) in a.iter().enumerate().rev() {
        for (k, y) in b.iter().enumerate().rev() {
            common[i][k] =
                if x == y { common[i + 1][k + 1] + 1 } else { common[i + 1][k].max(common[i][k + 1]) };
        }
    }
    let (mut i, mut k) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && k < b.len() {
        if a[i] == b[k] {
            out.push((i, k));
            (i, k) = (i + 1, k + 1);
        } else if common[i + 1][k] >= common[i][k + 1] {
            i += 1;
        } else {
            k += 1;
        }
    }
    out
}

/// Words with what was drawn together spoken out: "it's", "don't".
fn spoken_out(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for w in words {
        let full = match w.as_str() {
            // "It's gone" is "it has gone"; which it is no word tells.
            "s" | "has" => "is",
            "til" => "until",
            "ft" => "feet",
            "m" => "am",
            "re" => "are",
            "ve" => "have",
            "ll" => "will",
            "d" | "had" => "would",
            "t" => {
                if let Some(last) = out.last_mut() {
                    match last.as_str() {
                        "won" => *last = "will".to_owned(),
                        "can" => {}
                        _ => drop(last.strip_suffix('n').map(str::to_owned).map(|bare| *last = bare)),
                    }
                }
                "not"
            }
            "cannot" => {
                out.push("can".to_owned());
                "not"
            }
            w => w,
        };
        out.push(full.to_owned());
    }
    out
}

/// Whether two wordings differ in spelling only ("check" and "cheque", "labor" and "labour").
fn spelt(a: &[String], b: &[String]) -> bool {
    let alike = |x: &str, y: &str| {
        let same = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).count();
        x == y
            || (same >= 3 && x.chars().count().abs_diff(y.chars().count()) <= 2 && {
                let ends = |s: &str| s.chars().next_back();
                let rest = |s: &str| s.chars().count() - same;
                rest(x).max(rest(y)) <= 4
                    && (ends(x) == ends(y) || same + 3 >= x.chars().count().max(y.chars().count()))
            })
    };
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| alike(x, y))
}

/// Whether a sentence of the longer begins with the whole of the shorter and goes on for a few words.
fn end_taken_off(short: &[String], sentences: &[Vec<String>]) -> bool {
    sentences.iter().any(|s| s.starts_with(short) && (1..=4).contains(&(s.len() - short.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_name_is_no_other_speaker() {
        assert!(one_name("Hale", "Thomas Hale") && one_name("Malin Kalin", "Malin Kalin Kalin"));
        assert!(!one_name("Malin Kalin", "Malin Ibsen") && !one_name("Hale", "Carter"));
        assert!(one_name("Mr Hale", "Thomas Hale"));
        assert!(one_name("Jos Miguel P rez", "Jose Miguel Perez"));
        assert!(!one_name("Jana Holt", "Jeremias Holt") && !one_name("Nicolai Berg", "Willem Berg"));
    }

    #[test]
    fn a_spelling_is_no_other_word() {
        let w = |s: &str| fold::words(s).collect::<Vec<_>>();
        assert!(spelt(&w("sign the cheque for the harbour"), &w("sign the check for the harbor")));
        assert!(!spelt(&w("we came to listen"), &w("we came to talk")));
        assert!(!spelt(&w("sell it now"), &w("sell it here")));
    }

    #[test]
    fn what_differs_is_within_what_both_quote() {
        let said = |s: &str| Worded {
            words: fold::words(s).collect(),
            sentences: s.split('.').map(|x| fold::words(x).collect()).collect(),
            whole: true,
        };
        let differs = |a: &str, b: &str| differ(&said(a), &said(b));
        assert!(differs(
            "The harbour is of course closed because of the strike",
            "The harbour is closed as of the strike"
        ));
        assert!(differs("We need no envoys to tell us this.", "We need no envoys to come before May."));
        // The one quotes more at the front, the other more at the end.
        assert!(!differs(
            "Once more: the valley is quiet and we will stay",
            "the valley is quiet and we will stay until May"
        ));
        assert!(!differs(
            "It's quiet and we don't leave, we won't go",
            "It is quiet and we do not leave, we will not go"
        ));
        assert!(!differs(
            "They would not claim it's been won already",
            "They wouldn't claim it has been won already"
        ));
        // What both have are the words of everyday.
        assert!(!differs(
            "an immediate end of the fighting",
            "the one way out is an immediate return and the start of talks"
        ));
    }

    #[test]
    fn the_end_of_a_sentence_matters() {
        let w = |s: &str| fold::words(s).collect::<Vec<_>>();
        assert!(end_taken_off(
            &w("we will not leave the valley"),
            &[w("We will not leave the valley by force")]
        ));
        assert!(!end_taken_off(&w("we will not leave"), &[w("we will not leave"), w("we never did")]));
        assert!(same_opening(
            &w("we need no envoys to tell us this"),
            &w("we need no envoys to come before May")
        ));
    }
}
