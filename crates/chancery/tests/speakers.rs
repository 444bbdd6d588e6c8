//! Whose words a statement is, read by the trained reader: a name inside the words of a source is not always the speaker's.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

/// A text, and each speaker with words of what he says.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (
        "Omar Haddad left the palace. Haddad supporters said the vote was stolen.",
        &[("Haddad supporters", "vote")],
    ),
    ("Omar Haddad left. Haddad spokesman Karim Bey said the palace was calm.", &[("Karim Bey", "calm")]),
    ("Omar Haddad left. A Haddad aide told reporters that he was well.", &[("A Haddad aide", "well")]),
    ("Omar Haddad left. Haddad ally Samir Nasr denied the charge.", &[("Samir Nasr", "charge")]),
    (
        "Mia Holm spoke. The Holm administration said sanctions would follow.",
        &[("The Holm administration", "sanctions")],
    ),
    ("Prime Minister Sigurd Holm's wife said he was ill.", &[("Prime Minister Sigurd Holm's wife", "ill")]),
    ("Omar Haddad left. Haddad's statement said the war was over.", &[("Omar Haddad", "war")]),
    (
        "Health Ministry spokesman Ali Tarek said four had died. A NATO spokesman said that the strike was needed.",
        &[("Ali Tarek", "four"), ("A NATO spokesman", "strike")],
    ),
    (
        "A government spokesman said that nine had died. Government spokesman Musa Bey told a conference it was murder.",
        &[("Musa Bey", "nine"), ("Musa Bey", "murder")],
    ),
    (
        "Rebel spokesman Hassan Nour said it was calm. Another rebel spokesman in Gori said it was not.",
        &[("Hassan Nour", "calm"), ("Another rebel spokesman in Gori", "not")],
    ),
    ("Danish and Swedish envoys said the vote was near.", &[("Danish and Swedish envoys", "vote")]),
    ("Mia Holt was furious. “The ferry should have stayed in port,” one said.", &[("", "ferry")]),
    (
        "A British newspaper reported that the mine had closed. An American said he was robbed.",
        &[("A British newspaper", "mine"), ("An American", "robbed")],
    ),
    ("The M23 attacked Goma. The rebels denied looting shops.", &[("M23", "looting")]),
    ("Envoys feared al Qaeda money. The rebels denied any such contacts.", &[("The rebels", "contacts")]),
    (
        "The Alba Institute praised BP. BP drills wells. The company said it would try again.",
        &[("BP", "again")],
    ),
];

#[test]
fn words_belong_to_whoever_says_them() {
    let reports = CASES.iter().enumerate();
    let engine = pile::built(reports.map(|(n, (text, _))| (format!("r{n:02}"), Some("2011-08-01"), *text)));
    let said = "SELECT r.key AS key, coalesce(a.name, '') AS who,
                substr(r.text, json_extract(s.content, '$[0][0]') + 1,
                       json_extract(s.content, '$[#-1][1]') - json_extract(s.content, '$[0][0]')) AS words
                FROM statements s JOIN reports r ON r.id = s.report LEFT JOIN actors a ON a.id = s.speaker";
    let rows = engine.store().query_json(said, &[]).unwrap();
    let mut wrong: Vec<String> = Vec::new();
    for (n, (text, wanted)) in CASES.iter().enumerate() {
        let own = || rows.iter().filter(|r| r["key"].as_str() == Some(&format!("r{n:02}")));
        for (who, words) in *wanted {
            let found: Vec<&str> = own()
                .filter(|r| r["words"].as_str().is_some_and(|w| w.contains(words)))
                .filter_map(|r| r["who"].as_str())
                .collect();
            if !found.contains(who) {
                wrong.push(format!("{text}: “{words}” is by {found:?}, not {who:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
