//! A dateline that does not open its paragraph. Saved pages often run the head of the page into the first line of the text:
//! `Envoy leaves OSLO | Fri Nov 4, 2005 9:12 am GMT OSLO (Reuters) - The envoy left.` Read on, "OSLO (Reuters) - The envoy"
//! makes Oslo and Reuters do what the envoy does.

use super::masthead::Dateline;
use crate::stamps::{self, Stamp};

/// What stands amid a paragraph; all in bytes from its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amid {
    /// A printed date right before, with the place that heads it.
    pub(crate) printed: Option<(usize, Stamp)>,
    /// Where the dateline begins.
    pub(crate) start: usize,
    /// One past its dash.
    pub(crate) end: usize,
    /// Where its place stands, if it names one.
    pub(crate) place: Option<(usize, usize)>,
    /// Who is credited.
    pub(crate) agency: String,
    /// The date behind the place ("OSLO, Nov 4 (Reuters)").
    dated: Option<Stamp>,
}

/// Characters from the start of a paragraph within which it is looked for.
const REACH: usize = 600;
/// Characters of the longest credit.
const CREDIT: usize = 24;
/// Words of the longest place.
const PLACE: usize = 5;

/// A printed date that the text follows in the same line, from its weekday to its zone; bytes from the paragraph's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Where it begins.
    pub(crate) start: usize,
    /// Where the text begins behind it.
    pub(crate) end: usize,
    /// The date.
    pub(crate) stamp: Stamp,
}

/// Finds a whole printed date that is no part of a sentence: `Ferry runs again Tuesday 8 November 2005 15.23 GMT The ferry …`.
/// Weekday, year, time and zone stand together in print heads alone.
pub(crate) fn stamped(paragraph: &str) -> Option<Printed> {
    let reach = paragraph.char_indices().nth(REACH).map_or(paragraph.len(), |(i, _)| i);
    let window = paragraph.get(..reach)?;
    stamps::all(window).into_iter().find_map(|stamp| {
        stamp.weekday.filter(|_| stamp.days.day().is_some())?;
        let behind = window.get(stamp.span.hi()..)?;
        let time = clock(behind.trim_start_matches([' ', ',']))?;
        let text = zone(time.trim_start_matches(' '))?.trim_start_matches([' ', '|']);
        let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'');
        text.starts_with(opens).then(|| Printed {
            start: stamp.span.lo(),
            end: window.len() - text.len(),
            stamp,
        })
    })
}

/// What follows a time of day: "15.23", "3:23 pm".
fn clock(t: &str) -> Option<&str> {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let hour = digits(t);
    let rest = t.get(hour..).filter(|_| (1..=2).contains(&hour))?.strip_prefix(['.', ':'])?;
    let rest = rest.get(2..).filter(|_| digits(rest) == 2)?;
    let half = rest.trim_start_matches(' ');
    let is_half = half.get(..2).is_some_and(|h| matches!(h.to_ascii_lowercase().as_str(), "am" | "pm"));
    Some(if is_half { half.get(2..).unwrap_or("") } else { rest })
}

/// What follows the name of a zone.
fn zone(t: &str) -> Option<&str> {
    const ZONES: &[&str] = &[
        "GMT", "UTC", "BST", "CET", "CEST", "EET", "EEST", "MSK", "EDT", "EST", "ET", "CDT", "CST", "MDT",
        "MST", "PDT", "PST", "IST",
    ];
    let (word, rest) = t.split_once(' ')?;
    ZONES.contains(&word).then_some(rest)
}

/// Finds it.
pub(crate) fn find(paragraph: &str) -> Option<Amid> {
    let reach = paragraph.char_indices().nth(REACH).map_or(paragraph.len(), |(i, _)| i);
    let window = paragraph.get(..reach)?;
    window.match_indices('(').find_map(|(open, _)| at(paragraph, open))
}

/// Reads what stands around the bracket of a credit.
fn at(t: &str, open: usize) -> Option<Amid> {
    let close = open + t.get(open..)?.find(')')?;
    let agency = t.get(open + 1..close)?;
    let end = close + 1 + dash(t.get(close + 1..)?)?;
    if agency.chars().count() > CREDIT || !is_credit(agency) {
        return None;
    }
    let before = t.get(..open)?.trim_end();
    if stands_for(before, agency) {
        return None;
    }
    // "OSLO, Nov 4 (Reuters)": the date is the dateline's.
    let dated =
        stamps::all(before).last().copied().filter(|d| d.span.hi() == before.len() && d.weekday.is_none());
    let place = match dated {
        Some(d) => place(before.get(..d.span.lo())?.trim_end_matches([' ', ','])),
        None => place(before),
    };
    let dated = dated.filter(|_| place.is_some());
    let start = place.map_or(open, |p| p.0);
    let printed = printed(t.get(..start)?);
    // Without a place only a printed date tells that this is where the text begins.
    if place.is_none() && printed.is_none() || start == 0 {
        return None;
    }
    Some(Amid { printed, start, end, place, agency: agency.to_owned(), dated })
}

/// The end of a dash that a sentence follows.
fn dash(behind: &str) -> Option<usize> {
    let rest = behind.trim_start_matches(' ');
    let mark = ["--", "—", "–", "-"].into_iter().find(|m| rest.starts_with(m))?;
    let text = rest.get(mark.len()..)?;
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '*');
    (text.starts_with(' ') && text.trim_start().starts_with(opens)).then(|| behind.len() - text.len())
}

/// Whether words between brackets credit an agency or outlet: "Reuters", "AFP", "Harbour News".
pub(super) fn is_credit(s: &str) -> bool {
    let capitals = s.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '/' | ' ')) && s.len() >= 2;
    let named = ["Reuters", "News", "Press", "Agency", "Times", "Xinhua", "Wire", "Service"];
    capitals || s.split([' ', '/']).any(|w| named.contains(&w))
}

/// Whether letters between brackets are those that the words before begin with: "World Food Programme (WFP)".
fn stands_for(before: &str, letters: &str) -> bool {
    let firsts: Vec<char> = before.split(' ').filter_map(|w| w.chars().next()).collect();
    let letters: Vec<char> = letters.chars().collect();
    let capitals: Vec<char> = firsts.iter().copied().filter(|c| c.is_uppercase()).collect();
    firsts.ends_with(&letters) || capitals.ends_with(&letters)
}

/// The place before a credit: a run of capitals, with the name of a country behind a comma; or, in mixed case, up to four words
/// that begin with a capital, behind one that does not or behind a stop.
fn place(before: &str) -> Option<(usize, usize)> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = before.len();
    for w in before.rsplit(' ').take(PLACE + 1) {
        at -= w.len();
        starts.push(at);
        at = at.saturating_sub(1);
    }
    let word = |n: usize| before.get(*starts.get(n)?..).and_then(|s| s.split(' ').next());
    let is_place = |w: &str| {
        let bare = w.trim_end_matches(',');
        bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '/' | '.' | '\'' | '’'))
            && bare.starts_with(char::is_uppercase)
            && stamps::rest_of(bare, &[]) == bare
    };
    let loud =
        |w: &str| !w.contains(char::is_lowercase) && w.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let run = (0..starts.len()).take_while(|n| word(*n).is_some_and(is_place)).count();
    if run == 0 {
        return None;
    }
    let from = |n: usize| starts.get(n).map(|s| (*s, before.len()));
    // The farthest of the words in capitals that stand together.
    let first = (0..run.min(PLACE)).find(|n| word(*n).is_some_and(loud));
    if let Some(first) = first {
        let more = (first..run).take_while(|n| word(*n).is_some_and(loud)).count();
        // "ENVOY LEAVES HIS POST BERGEN" ends in no place that could be told apart.
        return if more <= 3 { from(first + more - 1) } else { None };
    }
    // "… is asked to leave Bodo, Norway (CNN) -- The envoy …"
    let whole = before.get(..*starts.get(run - 1)?)?.trim_end();
    let apart = whole.ends_with(|c: char| c.is_lowercase() || matches!(c, '.' | '"' | '”' | '|' | ':'));
    (run <= 4 && run < starts.len() && apart && !whole.is_empty()).then(|| from(run - 1)).flatten()
}

/// A date that a stretch ends in, from the place that heads it ("OSLO | Fri Nov 4, 2005 9:12 am GMT").
fn printed(before: &str) -> Option<(usize, Stamp)> {
    let last = *stamps::all(before).last()?;
    if !stamps::rest_of(before.get(last.span.hi()..)?, &[]).is_empty() {
        return None;
    }
    let bar = before.get(..last.span.lo())?.rfind('|').filter(|b| {
        before.get(b + 1..last.span.lo()).is_some_and(|s| stamps::rest_of(s, &[]).split(' ').count() <= 1)
    });
    let head = bar.and_then(|b| place(before.get(..b)?.trim_end()));
    Some((head.map(|h| h.0).or(bar).unwrap_or(last.span.lo()), last))
}

/// The same as [`super::masthead::dateline`] gives, counted from where it begins.
impl Amid {
    pub(crate) fn dateline(&self) -> Dateline {
        let place = self.place.map_or((0, 0), |(a, b)| (a - self.start, b - self.start));
        let stamp = self.dated.map(|d| {
            let (a, b) = (d.span.lo() - self.start, d.span.hi() - self.start);
            Stamp { span: chancery_model::Span::new(a, b), ..d }
        });
        Dateline { end: self.end - self.start, place, agency: Some(self.agency.clone()), stamp }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_amid_a_line() {
        for (text, place, printed) in [
            ("OSLO | Fri Nov 4, 2005 9:12 am GMT OSLO (Reuters) - The envoy left.", "OSLO", "OSLO |"),
            (
                "Envoy leaves BODO | Fri Nov 4, 2005 6:40 pm CET BODO, Norway (Reuters) - The",
                "BODO, Norway",
                "BODO |",
            ),
            ("Read more Fri Nov 4, 2005 9:12 am GMT (Reuters) - The envoy left.", "", "Fri"),
            ("A prince is asked to leave Bodo, Norway (CNN) -- The envoy left.", "Bodo, Norway", ""),
            ("Story highlights: the envoy left. Oslo (CNN) -- The envoy", "Oslo", ""),
            ("* Report of talks denied BODO, Norway, Nov 4 (Reuters) - The envoy", "BODO, Norway", ""),
            ("By Mia Holt | SAINT LOUIS, Senegal (AFP) – The envoy", "SAINT LOUIS, Senegal", ""),
        ] {
            let got = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(got.place.map_or("", |(a, b)| &text[a..b]), place, "{text}");
            let from = got.printed.map_or("", |p| &text[p.0..]);
            assert!(from.starts_with(printed) && from.is_empty() == printed.is_empty(), "{text}: {from}");
            assert!(text[got.end..].starts_with(" The"), "{text}");
        }
    }

    #[test]
    fn dates_that_the_text_follows() {
        for (text, head) in [
            ("Tuesday 8 November 2005 15.23 GMT The ferry runs.", ""),
            ("Ferry runs again Tuesday 8 November 2005 15.23 GMT The ferry runs.", "Ferry runs again "),
            ("Tue Nov 8, 2005 3:23 pm EST \"The ferry runs,\" she said.", ""),
        ] {
            let got = stamped(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[..got.start], head, "{text}");
            assert!(text[got.end..].contains("he ferry runs"), "{text}");
        }
        for text in [
            "The ferry sank on Tuesday 8 November 2005 off Bodo.",
            "Tuesday 8 November 2005 15.23 GMT",
            "8 November 2005 15.23 GMT The ferry runs.",
            "It left on Tuesday 8 November 2005 15.23 hours late.",
        ] {
            assert_eq!(stamped(text), None, "{text}");
        }
    }

    #[test]
    fn other_brackets() {
        for text in [
            "The World Food Program (WFP) - The largest of its kind",
            "Senator Mia Holt (Democrat) - He left.",
            "He met Mia Holt of the Harbour Party (HP) - and left.",
            "OSLO (Reuters) - The envoy left.",
            "The head of the African Union (AU) -- which met - The",
            "THE ENVOY HAS LEFT OSLO FOR GOOD (AFP) - The",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
