//! What the lists and the rest of a report settle about names that the head leaves open.
//!
//! The head sees a window at a time and has never heard of most names. A name that is doubtful where it stands may be a
//! state or a city by its letters, or be plain a page further down: one report means one thing by one name.

mod beside;

use super::marks::BY;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::{named_events, organizations, people, regions, titles};
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::report::{Report, Segments};
use chancery_model::span::TokenRange;
use chancery_model::vocab::Sure;
use std::collections::BTreeMap;

/// Words that open the name of a storm or of a deed of arms.
const OPENERS: [&str; 7] =
    ["Cyclone", "Hurricane", "Typhoon", "Storm", "Operation", "Tropical", "Superstorm"];

/// Mends the names of a report.
pub(super) fn mend(report: &Report, seg: &Segments, names: &mut Vec<NameMark>) {
    let words: Vec<&str> = seg.tokens.iter().map(|t| t.span.of(&report.text)).collect();
    for n in names.iter_mut() {
        brackets(&words, n);
    }
    whole(&words, names);
    for n in names.iter_mut() {
        events(&words, n);
        sites(&words, n);
        listed(&words, n);
        called(&words, n);
    }
    offices(&words, names);
    beside::add(&words, names);
    apart(names);
    repeats(&words, seg, names);
}

/// The words that treebanks write for brackets ("-LRB-") belong to no name.
fn brackets(words: &[&str], n: &mut NameMark) {
    let mark = |t: u32| {
        let w = words.get(t as usize).copied().unwrap_or("");
        matches!(w, "-" | "-LRB-" | "-RRB-" | "LRB" | "RRB" | "-LRB" | "-RRB")
    };
    while n.tokens.len() > 1 && mark(n.tokens.end - 1) {
        n.tokens.end -= 1;
    }
}

/// An office does not begin with a piece of the name before it: "White | House spokesman", "UN secretary-general".
fn offices(words: &[&str], names: &mut Vec<NameMark>) {
    let mut k = 0;
    while k < names.len() {
        let Some(n) = names.get(k).filter(|n| n.kind == NameKind::Office && n.tokens.len() > 1) else {
            k += 1;
            continue;
        };
        let r = n.tokens;
        let (own, rest) = (of(words, r), of(words, TokenRange { start: r.start + 1, end: r.end }));
        let Some(first) = own.first().filter(|_| is_office(rest)) else {
            k += 1;
            continue;
        };
        let before = k.checked_sub(1).and_then(|b| names.get(b)).filter(|b| b.tokens.end == r.start);
        let joined = before.map(|b| {
            let mut whole = of(words, b.tokens).to_vec();
            whole.push(first);
            whole
        });
        let known = joined.as_ref().is_some_and(|w| {
            known::get(&w.join(" ")).is_some()
                || names.iter().any(|x| x.kind != NameKind::Office && of(words, x.tokens) == w.as_slice())
        });
        let capital = first.chars().next().is_some_and(char::is_uppercase);
        let foreign = capital && !is_office(own);
        let body = before.is_some_and(|b| b.kind != NameKind::Office);
        if body && capital && (known || foreign) {
            if let Some(b) = names.get_mut(k - 1) {
                b.tokens.end = r.start + 1;
                b.kind = NameKind::Organization;
            }
        } else if foreign && initials(first) && before.is_none() {
            let tokens = TokenRange { start: r.start, end: r.start + 1 };
            let body =
                NameMark { tokens, kind: NameKind::Organization, sure: Sure::Medium, by: BY.to_owned() };
            names.insert(k, body);
            k += 1;
        } else {
            k += 1;
            continue;
        }
        if let Some(n) = names.get_mut(k) {
            n.tokens.start = r.start + 1;
        }
        k += 1;
    }
}

/// The office that the lists take the words for, whole.
fn office(words: &[&str]) -> Option<titles::Core> {
    let low = words.join(" ").replace(" - ", "-").to_lowercase();
    titles::office_at(&low, 0).filter(|(end, _)| *end == low.len()).map(|(_, core)| core)
}

fn is_office(words: &[&str]) -> bool {
    office(words).is_some()
}

/// "UN", "U.N.", "NATO".
fn initials(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.')
}

fn of<'w>(words: &'w [&'w str], r: TokenRange) -> &'w [&'w str] {
    words.get(r.start as usize..r.end as usize).unwrap_or(&[])
}

fn weight(s: Sure) -> u32 {
    match s {
        Sure::High => 6,
        Sure::Medium => 2,
        Sure::Low => 1,
    }
}

/// A name does not end in "of" or "for": it takes in the name that follows, or loses the word. "The Geneva Conference on
/// Shared Seas" is one name too.
fn whole(words: &[&str], names: &mut Vec<NameMark>) {
    let is = |t: u32, list: &[&str]| words.get(t as usize).is_some_and(|w| list.contains(w));
    let event =
        |t: u32| words.get(t as usize).is_some_and(|w| named_events::all().heads.iter().any(|h| h == w));
    let mut k = 0;
    while k < names.len() {
        let next = names.get(k + 1).map(|n| n.tokens);
        let Some(n) = names.get_mut(k) else { break };
        let kind = n.kind;
        let mut taken = false;
        if matches!(kind, NameKind::Place | NameKind::Group | NameKind::Event)
            && event(n.tokens.end)
            && next.is_none_or(|x| x.start > n.tokens.end)
        {
            let end = n.tokens.end + 1;
            if is(end, &["on", "of", "for"]) && next.is_some_and(|x| x.start == end + 1) {
                n.tokens.end = end + 1;
                n.kind = NameKind::Event;
                taken = true;
            } else if kind == NameKind::Event {
                n.tokens.end = end;
            }
        }
        let last = n.tokens.end.saturating_sub(1);
        if taken || n.tokens.len() > 1 && is(last, &["of", "for", "in", "and", "&", "on", "de"]) {
            let near = next.filter(|x| {
                let mut gap = n.tokens.end..x.start;
                gap.len() <= 2
                    && gap.all(|t| {
                        is(t, &["a", "the"])
                            || words
                                .get(t as usize)
                                .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase))
                    })
            });
            match near.filter(|_| taken || kind == NameKind::Organization) {
                Some(x) => {
                    n.tokens.end = x.end;
                    names.remove(k + 1);
                    continue;
                }
                None => n.tokens.end = last,
            }
        }
        k += 1;
    }
}

/// "… Hospital", "… Air Base" and the like name a place, unless the head is sure of something else.
fn sites(words: &[&str], n: &mut NameMark) {
    let own = of(words, n.tokens);
    let site = own.last().is_some_and(|w| regions::all().sites.iter().any(|s| s == w));
    if own.len() > 1
        && site
        && n.sure != Sure::High
        && matches!(n.kind, NameKind::Organization | NameKind::Person)
    {
        n.kind = NameKind::Place;
    }
}

/// "Cyclone Odile" is one name, and that of an event; so is a name that ends in "War" or "Cup".
fn events(words: &[&str], n: &mut NameMark) {
    if n.kind == NameKind::Office {
        return;
    }
    let before = n.tokens.start.checked_sub(1).and_then(|b| words.get(b as usize));
    if before.is_some_and(|b| OPENERS.contains(b)) {
        n.tokens.start -= 1;
    }
    let own = of(words, n.tokens);
    let opens = own.len() > 1 && own.first().is_some_and(|w| OPENERS.contains(w));
    let lists = named_events::all();
    let ends = own.len() > 1 && own.last().is_some_and(|w| lists.heads.iter().any(|h| h == w));
    if opens || (ends && n.sure != Sure::High && n.kind != NameKind::Person) {
        n.kind = NameKind::Event;
    }
}

/// What the lists say of a name that the head is not sure of.
fn listed(words: &[&str], n: &mut NameMark) {
    if n.sure == Sure::High || n.kind == NameKind::Office {
        return;
    }
    let own = of(words, n.tokens);
    let mut text = own.join(" ").replace(" - ", "-").replace(" .", ".").replace("’", "'");
    if own.iter().all(|w| w.len() > 3 && !w.chars().any(char::is_lowercase)) {
        text = own.iter().map(|w| title(w)).collect::<Vec<_>>().join(" ");
    }
    let kind = match known::get(&text) {
        Some(Known::Country(_) | Known::Capital(_) | Known::City | Known::Region(_)) => NameKind::Place,
        Some(Known::Demonym(_)) => NameKind::Group,
        Some(Known::Organization(_) | Known::Outlet(_)) => NameKind::Organization,
        Some(Known::Event) => NameKind::Event,
        Some(Known::Seat(_) | Known::Group(_)) | None => return,
    };
    n.kind = kind;
}

/// "The auditor Pilar Quesada" is a person where the head doubts: somebody's calling stands before the name, which ends in no
/// word for a body. (A given name at its head is not enough: bands and works bear them.)
fn called(words: &[&str], n: &mut NameMark) {
    if n.sure == Sure::High || !matches!(n.kind, NameKind::Organization | NameKind::Place | NameKind::Group) {
        return;
    }
    let own = of(words, n.tokens);
    let [_, .., last] = own else { return };
    let name =
        |w: &str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().any(char::is_lowercase);
    let body = |w: &str| organizations::head_at(w, 0, false).is_some_and(|h| h.0 == w.len());
    let site = |w: &str| regions::all().sites.iter().any(|s| s == w);
    if own.len() > 3 || !own.iter().all(|w| name(w)) || body(last) || site(last) {
        return;
    }
    let before = n.tokens.start.checked_sub(1).and_then(|b| words.get(b as usize));
    if before.is_some_and(|b| b.chars().all(char::is_lowercase) && one_person(b)) {
        n.kind = NameKind::Person;
        n.sure = Sure::Medium;
    }
}

/// A noun for one person: "auditor", not "rebels" and not "firm".
fn one_person(noun: &str) -> bool {
    people::person(noun) && !noun.ends_with('s')
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
}

/// Of two marks that have come to overlap, the later gives way.
fn apart(names: &mut Vec<NameMark>) {
    let mut end = 0;
    names.retain(|n| {
        let free = n.tokens.start >= end;
        end = end.max(n.tokens.end);
        free
    });
}

/// One kind for one string, by the vote of its places; and the name where the head passed over it.
fn repeats(words: &[&str], seg: &Segments, names: &mut Vec<NameMark>) {
    let mut votes: BTreeMap<Vec<&str>, BTreeMap<NameKind, u32>> = BTreeMap::new();
    for n in names.iter().filter(|n| n.kind != NameKind::Office) {
        *votes.entry(of(words, n.tokens).to_vec()).or_default().entry(n.kind).or_default() += weight(n.sure);
    }
    // The surname of a person named in full is that person's.
    let full: Vec<(Vec<&str>, u32)> = votes
        .iter()
        .filter(|(w, _)| w.len() > 1)
        .filter_map(|(w, v)| {
            let own = v.get(&NameKind::Person)?;
            let last =
                w.last().filter(|l| l.len() > 2 && l.chars().next().is_some_and(char::is_uppercase))?;
            (own * 2 > v.values().sum::<u32>()).then(|| (vec![*last], *own))
        })
        .collect();
    for (surname, own) in full {
        if let Some(v) = votes.get_mut(&surname) {
            *v.entry(NameKind::Person).or_default() += own.min(6);
        }
    }
    let major = |v: &BTreeMap<NameKind, u32>| v.iter().max_by_key(|(_, n)| **n).map(|(k, n)| (*k, *n));
    for n in names.iter_mut().filter(|n| n.kind != NameKind::Office) {
        let Some((kind, most)) = votes.get(of(words, n.tokens)).and_then(major) else { continue };
        if kind != n.kind && most > weight(n.sure) {
            n.kind = kind;
            n.sure = n.sure.max(Sure::Medium);
        }
    }
    missed(words, seg, &votes, names);
}

/// Marks the places where a name of several words, or one that was found more than once, stands unmarked or in parts.
fn missed(
    words: &[&str],
    seg: &Segments,
    votes: &BTreeMap<Vec<&str>, BTreeMap<NameKind, u32>>,
    names: &mut Vec<NameMark>,
) {
    let capital = |w: &str| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let mut sought: Vec<(&Vec<&str>, NameKind)> = Vec::new();
    for (w, v) in votes {
        let (Some((kind, most)), Some(first)) = (v.iter().max_by_key(|(_, n)| **n), w.first()) else {
            continue;
        };
        let plain = w.len() == 1 && (*most < 12 || first.len() < 4);
        if *most >= 6 && !plain && capital(first) && w.last().is_some_and(|l| capital(l)) {
            sought.push((w, *kind));
        }
    }
    // The longest first, so that "Northern Lights Party" is not cut by "Northern Lights".
    sought.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
    // A book has thousands of names: each is sought only where its first word stands, and each word knows its name.
    let mut places: BTreeMap<&str, Vec<usize>> =
        sought.iter().filter_map(|(w, _)| w.first()).map(|w| (*w, Vec::new())).collect();
    for (t, w) in words.iter().enumerate() {
        if let Some(p) = places.get_mut(w) {
            p.push(t);
        }
    }
    let mut holder: Vec<Option<usize>> = vec![None; words.len()];
    let hold = |holder: &mut Vec<Option<usize>>, r: TokenRange, by: Option<usize>| {
        for h in holder.iter_mut().take(r.end as usize).skip(r.start as usize) {
            *h = by;
        }
    };
    for (i, n) in names.iter().enumerate() {
        hold(&mut holder, n.tokens, Some(i));
    }
    let mut gone = vec![false; names.len()];
    for (want, kind) in sought {
        let starts = want.first().and_then(|w| places.get(w)).map_or(&[][..], Vec::as_slice);
        for &s in starts.iter().filter(|s| words.get(**s..**s + want.len()) == Some(want.as_slice())) {
            let r = TokenRange::new(s, s + want.len());
            let mut there: Vec<usize> =
                holder.iter().take(s + want.len()).skip(s).flatten().copied().collect();
            there.dedup();
            let inside = there
                .iter()
                .filter_map(|i| names.get(*i))
                .all(|n| r.contains(n.tokens) && n.tokens != r && n.kind != NameKind::Office);
            let opens = seg.sentences.binary_search_by_key(&s, |x| x.tokens.start as usize).is_ok();
            if inside && (want.len() > 1 || !opens && there.is_empty()) {
                for i in there {
                    if let Some(g) = gone.get_mut(i) {
                        *g = true;
                    }
                }
                hold(&mut holder, r, Some(names.len()));
                names.push(NameMark { tokens: r, kind, sure: Sure::Medium, by: BY.to_owned() });
                gone.push(false);
            }
        }
    }
    let mut gone = gone.into_iter();
    names.retain(|_| !gone.next().unwrap_or(false));
    names.sort_by_key(|n| n.tokens.start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::report::Given;
    use chancery_model::span::Span;

    fn mended(text: &str, marks: &[(&str, NameKind, Sure)]) -> Vec<(String, NameKind)> {
        let report = chancery_text::from_text("t", text, Given::default());
        let seg = chancery_text::segment(&report);
        let mut names: Vec<NameMark> = marks
            .iter()
            .filter_map(|(words, kind, sure)| {
                let start = report.text.find(words)?;
                let tokens = seg.tokens_in(Span::new(start, start + words.len()));
                Some(NameMark { tokens, kind: *kind, sure: *sure, by: "test".into() })
            })
            .collect();
        names.sort_by_key(|n| n.tokens.start);
        mend(&report, &seg, &mut names);
        names.iter().map(|n| (seg.span(n.tokens).of(&report.text).to_owned(), n.kind)).collect()
    }

    #[test]
    fn doubtful_names_follow_the_lists_and_sure_ones_do_not() {
        let place = |sure| mended("He flew to Oslo by night.", &[("Oslo", NameKind::Organization, sure)]);
        assert_eq!(place(Sure::Low), [("Oslo".to_owned(), NameKind::Place)]);
        assert_eq!(place(Sure::High), [("Oslo".to_owned(), NameKind::Organization)]);
    }

    #[test]
    fn storms_conferences_and_cut_names_are_made_whole() {
        let got =
            mended("After Cyclone Odile the roads were shut.", &[("Odile", NameKind::Person, Sure::High)]);
        assert_eq!(got, [("Cyclone Odile".to_owned(), NameKind::Event)]);
        let cut =
            [("Movement for", NameKind::Organization, Sure::High), ("Kasmira", NameKind::Place, Sure::High)];
        let got = mended("It joined the Movement for a Free Kasmira in May.", &cut);
        assert_eq!(got, [("Movement for a Free Kasmira".to_owned(), NameKind::Organization)]);
    }

    #[test]
    fn brackets_written_out_belong_to_no_name() {
        let cut = [("Ada Brink -LRB-", NameKind::Person, Sure::High)];
        let got = mended("They asked Ada Brink -LRB- Oslo -RRB- on Monday.", &cut);
        assert_eq!(got, [("Ada Brink".to_owned(), NameKind::Person)]);
    }

    #[test]
    fn an_office_leaves_a_body_its_name() {
        let cut = [
            ("White", NameKind::Organization, Sure::High),
            ("House spokesman", NameKind::Office, Sure::High),
        ];
        let got = mended("White House spokesman Ed Poe said so.", &cut);
        let want = [("White House", NameKind::Organization), ("spokesman", NameKind::Office)];
        assert_eq!(got, want.map(|(w, k)| (w.to_owned(), k)));
        let got = mended(
            "UN secretary-general Li Moor left.",
            &[("UN secretary-general", NameKind::Office, Sure::High)],
        );
        let want = [("UN", NameKind::Organization), ("secretary-general", NameKind::Office)];
        assert_eq!(got, want.map(|(w, k)| (w.to_owned(), k)));
        let whole = [("Deputy Foreign Minister", NameKind::Office, Sure::High)];
        assert_eq!(mended("Deputy Foreign Minister Pia Lunde left.", &whole).len(), 1);
        // A modifier that is in no list is not cut off.
        let whole = [("Petroleum Minister", NameKind::Office, Sure::High)];
        assert_eq!(mended("Petroleum Minister Pia Lunde left.", &whole)[0].0, "Petroleum Minister");
    }

    #[test]
    fn one_string_is_of_one_kind_in_a_report() {
        let text = "Then Ada Brink spoke for Brink & Sons. We saw Brink go. They thank Ada Brink.";
        let got = mended(text, &[("Ada Brink", NameKind::Person, Sure::High)]);
        assert_eq!(
            got.iter().filter(|(w, k)| w == "Ada Brink" && *k == NameKind::Person).count(),
            2,
            "{got:?}"
        );
    }
}
