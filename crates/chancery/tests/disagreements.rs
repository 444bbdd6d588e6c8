//! Disagreements of two reports, read by the trained reader from plain sentences.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

use chancery::{BuildOptions, Engine, Silent};
use chancery_model::rows::ConflictRow;
use chancery_model::vocab::ConflictKind;

/// The values of the sides of each disagreement of a kind among reports, given with their days.
fn of(kind: ConflictKind, reports: &[(&str, &str)]) -> Vec<Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    let lines: Vec<String> = reports
        .iter()
        .enumerate()
        .map(|(n, (day, text))| {
            serde_json::json!({"id": format!("r{n}"), "text": text, "published": day}).to_string()
        })
        .collect();
    let pile = dir.path().join("pile.jsonl");
    std::fs::write(&pile, lines.join("\n")).unwrap();
    let mut engine = Engine::in_memory().unwrap();
    engine.build(&[pile], &BuildOptions::default(), &Silent).unwrap();
    let rows: Vec<ConflictRow> = engine.store().rows(None).unwrap();
    let found = rows.into_iter().filter(|c| c.kind == kind);
    found.map(|c| c.sides.0.into_iter().map(|s| s.value).collect()).collect()
}

const AID: &str = "Mayor Ines Cavallo of Port Ferrand told reporters that the convoy brought 14 lorries of seed potatoes \
     to Port Ferrand on Tuesday, and that the farmers of Port Ferrand unloaded them.";

#[test]
fn counts_of_one_thing_are_set_against_each_other_though_no_happening_is_joined() {
    let other = "The harbour master of Port Ferrand, Luca Brandt, counted 23 lorries of seed potatoes in the convoy that \
                 reached Port Ferrand on Tuesday, when Mayor Ines Cavallo received it.";
    let found = of(ConflictKind::Figure, &[("2011-03-09", AID), ("2011-03-09", other)]);
    assert_eq!(found, [["14", "23"]], "{found:?}");
}

#[test]
fn a_count_that_the_other_report_gives_too_is_none() {
    let other = "The harbour master of Port Ferrand, Luca Brandt, counted 14 lorries of seed potatoes in the convoy that \
                 reached Port Ferrand on Tuesday, when Mayor Ines Cavallo received it. He saw 23 lorries of timber, too.";
    assert!(of(ConflictKind::Figure, &[("2011-03-09", AID), ("2011-03-09", other)]).is_empty());
}

#[test]
fn what_is_left_days_later_is_no_other_count() {
    let first = "Gunmen hold 40 pilgrims in the monastery of Mount Sorvo, Bishop Anton Varga said.";
    let then = "Only 25 pilgrims still remain in the monastery of Mount Sorvo, Bishop Anton Varga said.";
    assert!(of(ConflictKind::Figure, &[("2011-03-09", first), ("2011-03-12", then)]).is_empty());
}

#[test]
fn who_resigned_and_who_was_dismissed() {
    let goes = "Finance Minister Pavel Orlik resigned on Monday. Pavel Orlik, who is 61, thanked his staff.";
    let sent = "Finance Minister Pavel Orlik was dismissed on Monday. Pavel Orlik had asked for more money.";
    let found = of(ConflictKind::Status, &[("2011-03-08", goes), ("2011-03-09", sent)]);
    assert_eq!(found, [["Pavel Orlik resigned", "Pavel Orlik was dismissed"]], "{found:?}");
    // Years apart they are two departures.
    let found = of(ConflictKind::Status, &[("2011-03-08", goes), ("2013-03-09", sent)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn one_answer_in_two_wordings_needs_one_speaker() {
    let says = |who: &str, what: &str| format!("\"{what},\" {who} told reporters in Port Ferrand.");
    let (a, b) = (
        "We have lent our neighbours a boat, nothing more",
        "We have sold our neighbours a boat, nothing less",
    );
    let one = [says("Mayor Ines Cavallo", a), says("Mayor Ines Cavallo", b)];
    let found = of(ConflictKind::Wording, &[("2011-03-08", &one[0]), ("2011-03-20", &one[1])]);
    assert_eq!(found.len(), 1, "{found:?}");
    let two = [says("Mayor Ines Cavallo", a), says("Governor Luca Brandt", b)];
    assert!(of(ConflictKind::Wording, &[("2011-03-08", &two[0]), ("2011-03-20", &two[1])]).is_empty());
    // Half a year later it is another answer.
    assert!(of(ConflictKind::Wording, &[("2011-03-08", &one[0]), ("2011-09-20", &one[1])]).is_empty());
}

#[test]
fn who_signed_for_a_state() {
    let one = "Defence Minister Pavel Orlik and rebel leader Anton Varga signed a ceasefire agreement in Port Ferrand on Monday.";
    let other = "The ceasefire agreement of Port Ferrand was signed on Monday by Prime Minister Ines Cavallo and rebel leader \
                 Anton Varga.";
    let found = of(ConflictKind::Participant, &[("2011-03-08", one), ("2011-03-09", other)]);
    assert_eq!(found, [["Ines Cavallo signed", "Pavel Orlik signed"]], "{found:?}");
    let both = "The ceasefire agreement of Port Ferrand was signed on Monday by Prime Minister Ines Cavallo, Defence Minister \
                Pavel Orlik and rebel leader Anton Varga.";
    assert!(of(ConflictKind::Participant, &[("2011-03-08", one), ("2011-03-09", both)]).is_empty());
}

#[test]
fn a_part_of_a_day_is_no_day() {
    let one = "Police arrested banker Pavel Orlik in Port Ferrand on March 7. Officers arrested Pavel Orlik in the evening.";
    let other = "Police arrested banker Pavel Orlik in Port Ferrand on March 7, his wife said.";
    assert!(of(ConflictKind::Date, &[("2011-03-09", one), ("2011-03-10", other)]).is_empty());
    let later = "Police arrested banker Pavel Orlik in Port Ferrand on March 8, his wife said.";
    assert_eq!(of(ConflictKind::Date, &[("2011-03-09", one), ("2011-03-10", later)]).len(), 1);
}

#[test]
fn two_kinds_of_places_within_a_town_exclude_each_other() {
    let market = "Mortar shells struck the covered market in Port Ferrand on Tuesday, Mayor Ines Cavallo said. Ines Cavallo \
                  counted seven dead after the shelling of Port Ferrand.";
    let station = "The mortar shells that struck Port Ferrand on Tuesday fell on the bus station, Governor Luca Brandt said. \
                   Mayor Ines Cavallo of Port Ferrand buried the dead.";
    let found = of(ConflictKind::Place, &[("2011-03-09", market), ("2011-03-10", station)]);
    assert_eq!(found.len(), 1, "{found:?}");
    // Who speaks of both takes no side.
    let both = format!("{station} The market of Port Ferrand was hit, too.");
    let found = of(ConflictKind::Place, &[("2011-03-09", market), ("2011-03-10", &both)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn who_stayed_away_from_a_meeting_was_not_at_it() {
    let held = "Governor Luca Brandt met Mayor Ines Cavallo in Lisbon on Tuesday. Luca Brandt and Ines Cavallo talked about \
                the fishing harbour of Port Ferrand.";
    let away = "Governor Luca Brandt stayed away from the Lisbon meeting about the fishing harbour of Port Ferrand, an aide \
                said. Mayor Ines Cavallo had to talk to his deputy.";
    let found = of(ConflictKind::Participant, &[("2011-03-09", held), ("2011-03-11", away)]);
    assert_eq!(found, [["Luca Brandt did not take part", "Luca Brandt took part"]], "{found:?}");
    // What he will stay away from is none of the past.
    let ahead = "Governor Luca Brandt will not attend the next meeting in Lisbon about the fishing harbour of Port Ferrand. \
                 Mayor Ines Cavallo will talk to his deputy.";
    let found = of(ConflictKind::Participant, &[("2011-03-09", held), ("2011-03-11", ahead)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn whoever_was_killed_is_not_alive_afterwards() {
    let dead = "Gunmen killed Luca Brandt, the governor of Port Ferrand, on Tuesday. Mayor Ines Cavallo mourned Luca Brandt.";
    let alive = "Luca Brandt, the governor of Port Ferrand, was alive and carried his own bag when Mayor Ines Cavallo \
                 received him.";
    let found = of(ConflictKind::Status, &[("2011-03-09", dead), ("2011-03-20", alive)]);
    assert_eq!(found, [["Luca Brandt is alive", "Luca Brandt was killed"]], "{found:?}");
    // Whoever is alive may be killed later.
    let found = of(ConflictKind::Status, &[("2011-03-20", dead), ("2011-03-09", alive)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_pronoun_speaks_for_somebody_else_when_the_other_is_nowhere_in_its_report() {
    let quote = "A harbour without boats is still a harbour";
    let named = format!("\"{quote},\" Mayor Ines Cavallo of Port Ferrand told reporters on Tuesday.");
    let other = format!(
        "Bishop Anna Varga runs the soup kitchen of Port Ferrand. \"{quote},\" she told reporters on Tuesday."
    );
    let found = of(ConflictKind::Speaker, &[("2011-03-09", &named), ("2011-03-10", &other)]);
    assert_eq!(found.len(), 1, "{found:?}");
    let same = format!(
        "Mayor Ines Cavallo runs the soup kitchen of Port Ferrand. \"{quote},\" she told reporters on Tuesday."
    );
    let found = of(ConflictKind::Speaker, &[("2011-03-09", &named), ("2011-03-10", &same)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn days_counted_from_a_happening_do_not_make_it_last() {
    let first = "It is four days since gunmen attacked the post of Mount Sorvo on Saturday, and killed two guards. Bishop \
                 Anton Varga of Mount Sorvo buried the guards.";
    let other = "Gunmen attacked the post of Mount Sorvo on January 10 and killed two guards, Bishop Anton Varga of Mount \
                 Sorvo said.";
    let found = of(ConflictKind::Date, &[("2003-01-15", first), ("2003-01-20", other)]);
    assert_eq!(found, [["2003-01-10", "2003-01-11"]], "{found:?}");
}

#[test]
fn lorries_are_trucks_and_a_whole_is_no_count() {
    let trucks =
        "A convoy of 18 trucks was stopped by soldiers at Mount Sorvo on Friday, Mayor Ines Cavallo said.";
    let lorries =
        "Eleven lorries were stopped by soldiers at Mount Sorvo on Friday, Mayor Ines Cavallo said.";
    let found = of(ConflictKind::Figure, &[("2011-03-12", trucks), ("2011-03-12", lorries)]);
    assert_eq!(found, [["18", "Eleven"]], "{found:?}");
    let let_go = "Police in Port Ferrand released 38 of the 41 pilgrims on Friday, Mayor Ines Cavallo said.";
    let again = "Police in Port Ferrand released 38 pilgrims on Friday, Mayor Ines Cavallo said.";
    let found = of(ConflictKind::Figure, &[("2011-03-12", let_go), ("2011-03-12", again)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn one_arrest_told_in_two_towns_and_for_two_days() {
    let first = "Luca Brandt, the banker, was arrested in Lisbon on Saturday. Mayor Ines Cavallo of Port Ferrand thanked the \
                 police.";
    let other = "Luca Brandt, the banker, was arrested in Porto on Friday. Mayor Ines Cavallo of Port Ferrand had \
                 asked for it.";
    let reports = [("2011-03-13", first), ("2011-03-13", other)];
    assert_eq!(of(ConflictKind::Place, &reports), [["Lisbon", "Porto"]]);
    // Weeks apart they are two arrests.
    let reports = [("2011-03-13", first), ("2011-05-13", other)];
    assert!(of(ConflictKind::Place, &reports).is_empty());
    assert!(of(ConflictKind::Date, &reports).is_empty());
}

#[test]
fn one_report_sets_two_claimants_against_each_other() {
    let pile = |text: &str| of(ConflictKind::Figure, &[("2009-05-04", text)]);
    let toll = "The army said that 40 rebels died in the clash at Port Ferrand on Sunday. The rebels put the toll at 12.";
    assert_eq!(pile(toll), [["12", "40"]]);
    let gap =
        "People walk out of Port Ferrand. The army says they number 20,000, aid workers at least 25,000.";
    assert_eq!(pile(gap), [["20,000", "at least 25,000"]]);
    let since = "The government counts 300 dead since January, the monitors 450.";
    assert_eq!(pile(since), [["300", "450"]]);
    // Who gives a floor and who gives a lower floor may both be right.
    let floors = "The government counts more than 300 dead since January, the monitors at least 450.";
    assert!(pile(floors).is_empty(), "{:?}", pile(floors));
}

#[test]
fn the_dead_are_not_the_wounded() {
    let first = "A suicide bomber drove a truck into a convoy of buses near Port Ferrand on Monday, killing 92 sailors and \
                 wounding more than 150, the navy said.";
    let later =
        "The bombing at Port Ferrand on October 16 killed 103 sailors, a navy officer told the Courant.";
    let found = of(ConflictKind::Figure, &[("2006-10-16", first), ("2006-10-26", later)]);
    assert!(!found.iter().flatten().any(|v| v.contains("150")), "{found:?}");
}

#[test]
fn who_did_it_is_charged_and_denied() {
    let charge = "Shells hit a market in Kisumu on Friday, killing six people, the mayor said. Rebels accused the Kenyan army of \
                  shelling the market. The army denied that its forces had shelled the town.";
    let told = "The Kenyan army shelled a market in Kisumu on Friday and killed six people, witnesses said on Saturday.";
    let found = of(ConflictKind::Participant, &[("2011-03-04", charge), ("2011-03-05", told)]);
    assert_eq!(found, [["Kenyan army did it", "Kenyan army did not"]], "{found:?}");
    // One report is enough: it has two claimants.
    assert_eq!(of(ConflictKind::Participant, &[("2011-03-04", charge)]).len(), 1);
    // Told by nobody who denies it, it is no disagreement.
    assert!(of(ConflictKind::Participant, &[("2011-03-05", told)]).is_empty());
}

#[test]
fn a_denial_may_point_back() {
    for denial in [
        "Kenya denied it.",
        "Kenya rejected the accusations.",
        "Kenya said it had nothing to do with the attack.",
    ] {
        let text = format!(
            "The rebels accused Kenya of an attack on the port of Bodo on Friday that killed six people. {denial}"
        );
        let found = of(ConflictKind::Participant, &[("2011-03-04", &text)]);
        assert_eq!(found, [["Kenya did it", "Kenya did not"]], "{denial}: {found:?}");
    }
}

#[test]
fn what_takes_in_something_else_contradicts_nothing() {
    let toll = "The blast in the port of Sorvo on Tuesday killed 11 sailors, the coast guard said.";
    let turtles = "After the blast in the port of Sorvo on Tuesday 19 sea turtles were found dead, the coast guard said.";
    let own = "The blast in the port of Sorvo on Tuesday killed three of its staff, the coast guard said.";
    let some = "Nine sailors on the deck were killed in the blast in the port of Sorvo on Tuesday, along with two others, the \
                coast guard said.";
    for other in [turtles, own, some] {
        let found = of(ConflictKind::Figure, &[("2011-03-09", toll), ("2011-03-09", other)]);
        assert!(found.is_empty(), "{other}: {found:?}");
    }
    let other = "The blast in the port of Sorvo on Tuesday killed 14 sailors, the mayor said.";
    assert_eq!(of(ConflictKind::Figure, &[("2011-03-09", toll), ("2011-03-09", other)]), [["11", "14"]]);
}

#[test]
fn one_speaker_by_two_names_is_one() {
    let says = |who: &str| {
        format!(
            "\"We have lent our neighbours a boat and nothing more than that,\" {who} told reporters in Port Ferrand."
        )
    };
    for [a, b] in
        [["Ed Lunn", "Edward J. Lunn"], ["Ibrahim Musa", "Moussa Ibrahim"], ["Bill Hart", "William Hart"]]
    {
        let found = of(ConflictKind::Speaker, &[("2011-03-08", &says(a)), ("2011-03-09", &says(b))]);
        assert!(found.is_empty(), "{found:?}");
    }
    let found =
        of(ConflictKind::Speaker, &[("2011-03-08", &says("Ed Lunn")), ("2011-03-09", &says("Ines Cavallo"))]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_body_that_is_dismissed_is_no_person() {
    let goes = "Finance Minister Pavel Orlik resigned on Monday. Pavel Orlik, who is 61, thanked his staff.";
    let sent = "Finance Minister Pavel Orlik said on Monday that the parliament is dismissed.";
    let found = of(ConflictKind::Status, &[("2011-03-08", goes), ("2011-03-09", sent)]);
    assert!(found.is_empty(), "{found:?}");
}
