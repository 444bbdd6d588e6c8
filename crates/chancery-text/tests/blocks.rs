//! Whole reports, laid out.

use chancery_model::report::{Given, Report};
use chancery_model::vocab::{BlockKind as K, DateBasis};
use chancery_text::from_text;

fn plain(text: &str) -> Report {
    from_text("t", text, Given::default())
}

fn kinds(r: &Report) -> Vec<(K, &str)> {
    r.blocks.iter().map(|b| (b.kind, b.span.of(&r.text))).collect()
}

/// What the words are in; a text without them has no such block.
fn kind_of(r: &Report, words: &str) -> K {
    let at = r.text.find(words).map_or(usize::MAX, |at| at);
    let found = r.blocks.iter().find(|b| b.span.lo() <= at && at < b.span.hi()).map(|b| b.kind);
    assert!(found.is_some(), "{words:?} is in no block");
    found.unwrap_or(K::Boilerplate)
}

const FIRST: &str =
    "The envoy arrived in the capital on Monday, an official said, and will stay for a week of talks.";
const NEXT: &str =
    "He is to meet the rebels on Tuesday, a spokesman for the ministry told reporters at the harbour.";
const LAST: &str =
    "Nobody expects a quick end to the blockade, two diplomats said in the evening after a short meeting.";

#[test]
fn a_report_with_everything() {
    let text = format!(
        "Envoy arrives for harbour talks\n\nHarbour Post\nPublished: Monday 17/05/2004 08:30\nBy Mia Holt in Oslo\n\nA week of talks lies ahead\n\nOSLO, May 17 (HNA) - {FIRST}\n\nPhoto: L. Berg\n\nADVERTISEMENT\n\n{NEXT}\n\nAlso Read\nFerry service resumes after storm\nWho pays for the new bridge?\n\n{LAST} (Reporting by Mia Holt; editing by Lars Berg)\n\n[adrotate group=\"2\"]\n\nCopyright 2004 Harbour Post. All rights reserved.\nSign up for our newsletter\n\nComments 2\n\ngull 18 May 2004, 07:10\n\n{FIRST}\n\nmia_h 19 May 2004, 21:45\n\n{NEXT}\n"
    );
    let r = plain(&text);
    let got: Vec<K> = r.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(
        got,
        [
            K::Headline,
            K::Byline,
            K::Byline,
            K::Byline,
            K::Headline,
            K::Dateline,
            K::Body,
            K::Caption,
            K::Advert,
            K::Body,
            K::Related,
            K::Related,
            K::Body,
            K::Byline,
            K::Advert,
            K::Boilerplate,
            K::Boilerplate,
            K::Comment,
            K::Comment
        ],
        "{:#?}",
        kinds(&r)
    );
    assert_eq!(r.title.as_deref(), Some("Envoy arrives for harbour talks"));
    assert_eq!(
        (r.outlet.as_deref(), r.byline.as_deref(), r.dateline.as_deref()),
        (Some("Harbour Post"), Some("Mia Holt"), Some("OSLO"))
    );
    let clues: Vec<_> = r
        .clues
        .iter()
        .map(|c| (c.basis, c.words.as_str(), c.days.hi.map(|d| d.to_string()), c.month_day))
        .collect();
    let day = |d: &str| Some(d.to_owned());
    assert_eq!(
        clues,
        [
            (DateBasis::Stamp, "Monday 17/05/2004", day("2004-05-17"), None),
            (DateBasis::Dateline, "May 17", None, Some((5, 17))),
            (DateBasis::Comments, "18 May 2004", day("2004-05-18"), None),
            (DateBasis::Comments, "19 May 2004", day("2004-05-19"), None),
        ]
    );
    assert!(r.blocks[5].why.contains("HNA"));
    assert_eq!(kind_of(&r, "Nobody expects"), K::Body);
}

#[test]
fn an_element_amid_the_text_takes_only_itself() {
    for element in [
        "Also Read",
        "Read more:",
        "ADVERTISEMENT",
        "[ad 3]",
        "3 comments",
        "Share this article",
        "Related stories",
        "See also: Ferry resumes",
    ] {
        let r = plain(&format!("{FIRST}\n{element}\n{NEXT}\n{LAST}\n{FIRST}\n"));
        for words in ["The envoy arrived", "He is to meet", "Nobody expects"] {
            assert_eq!(kind_of(&r, words), K::Body, "{element}: {words}");
        }
        assert!(!kind_of(&r, element).bears_facts(), "{element}");
    }
}

#[test]
fn comments_without_a_heading_begin_at_the_first_of_their_heads() {
    let r =
        plain(&format!("{FIRST}\n\n{NEXT}\n\nGull\nMay 18, 2004 at 7:10 am\n{LAST}\n\nMia says:\n{LAST}\n"));
    assert_eq!(
        (kind_of(&r, "He is to"), kind_of(&r, "Gull"), kind_of(&r, "Nobody")),
        (K::Body, K::Comment, K::Comment)
    );
    // One line that looks like such a head is not enough.
    let r = plain(&format!("{FIRST}\n\n{NEXT}\n\nGull May 18, 2004 at 7:10 am\n\n{LAST}\n"));
    assert_eq!(kind_of(&r, "Nobody"), K::Body);
}

#[test]
fn what_is_given_is_found_again() {
    let given = Given {
        title: Some("Envoy Arrives For Talks".into()),
        outlet: Some("The Lamp".into()),
        ..Given::default()
    };
    let r = from_text("t", &format!("Breaking\nEnvoy arrives for talks\nThe Lamp\n\n{FIRST}\n"), given);
    assert_eq!(kind_of(&r, "Envoy arrives"), K::Headline);
    assert_eq!(kind_of(&r, "The Lamp"), K::Byline);
    assert_eq!(r.title.as_deref(), Some("Envoy Arrives For Talks"));
    let front = plain(&format!(
        "---\ntitle: \"Envoy arrives\"\ndate: 2004-05-17\nauthor: Mia Holt\n---\n\n# Envoy arrives\n\n{FIRST}\n"
    ));
    assert_eq!(
        (front.byline.as_deref(), front.given.published.as_deref()),
        (Some("Mia Holt"), Some("2004-05-17"))
    );
    assert_eq!(front.blocks[0].kind, K::Boilerplate);
    assert_eq!(front.clues[0].days.day().unwrap().to_string(), "2004-05-17");
}

#[test]
fn prose_is_body_whatever_it_begins_with() {
    for text in [
        "Read more than he had, the envoy asked the general for the file on Monday evening.",
        "Comments by the minister were unwelcome, said the envoy, who left the hall at once.",
        "Share the land and share the water, the envoy told both sides in the old hall.",
        "Photographs of the camp were shown to the envoy, who said he had seen enough of them.",
        "By Friday talks had failed, and the envoy went home without a word to the press.",
        "On May 3, 2004 the envoy came back, and nobody in the harbour had expected him.",
        "Related matters, the envoy said, would be left to the experts of both sides.",
    ] {
        for report in [
            format!("{text}\n"),
            format!("{FIRST}\n\n{text}\n\n{LAST}\n"),
            format!("A headline\n\n{text}\n\n{LAST}\n"),
        ] {
            assert_eq!(kind_of(&plain(&report), text), K::Body, "{text}");
        }
    }
}

#[test]
fn languages_that_are_not_read_are_kept() {
    let r = plain(
        "L’envoyé spécial\n\nL’envoyé spécial est arrivé lundi dans la capitale, a déclaré un responsable du ministère, et il y restera une semaine.\n",
    );
    assert_eq!((r.language.as_deref(), r.readable), (Some("fr"), false));
    assert_eq!(r.notes.iter().map(|n| n.kind.as_str()).collect::<Vec<_>>(), ["language"]);
    assert!(!r.blocks.is_empty());
    let said =
        from_text("t", &format!("{FIRST} {NEXT}"), Given { language: Some("fr".into()), ..Given::default() });
    assert!(said.readable, "a text that is surely English is read");
    assert!(plain("Envoy arrives").readable);
}
