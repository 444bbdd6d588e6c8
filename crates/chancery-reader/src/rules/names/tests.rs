use super::*;

/// Reads a text and prints its names as `kind:words`.
fn names(text: &str) -> Vec<String> {
    let report = chancery_text::from_text("t", text, chancery_model::report::Given::default());
    let segments = chancery_text::segment(&report);
    let marks = find(&report.text, &segments);
    for pair in marks.windows(2) {
        assert!(!pair[0].tokens.overlaps(pair[1].tokens), "{pair:?}");
    }
    marks.iter().map(|m| format!("{}:{}", m.kind, segments.span(m.tokens).of(&report.text))).collect()
}

fn has(text: &str, wanted: &[&str]) {
    let found = names(text);
    for w in wanted {
        assert!(found.iter().any(|f| f == w), "{w} is not in {found:?}\n{text}");
    }
}

fn hasnt(text: &str, unwanted: &[&str]) {
    let found = names(text);
    for w in unwanted {
        assert!(!found.iter().any(|f| f.ends_with(w)), "{w} is in {found:?}\n{text}");
    }
}

#[test]
fn titles_stand_before_persons() {
    has(
        "The Norwegian Foreign Minister Sigrid Haugland met President Omar Deng in Nairobi.",
        &[
            "group:Norwegian",
            "office:Foreign Minister",
            "person:Sigrid Haugland",
            "office:President",
            "person:Omar Deng",
            "place:Nairobi",
        ],
    );
    has(
        "Under Secretary of State Paula Renn flew to Cairo.",
        &["office:Under Secretary of State", "person:Paula Renn"],
    );
    has(
        "It was deputy prime minister Jorun Telle who signed.",
        &["office:deputy prime minister", "person:Jorun Telle"],
    );
    has("Talks resumed after the foreign minister left.", &["office:foreign minister"]);
}

#[test]
fn surnames_come_back_and_particles_belong() {
    has(
        "Envoy Karim al-Rashidi arrived on Monday. Rashidi said the road was open, and al-Rashidi left.",
        &["person:Karim al-Rashidi", "person:Rashidi", "person:al-Rashidi"],
    );
    has(
        "Ban Ki-moon and Ursula von Holt met Hassan bin Tahir.",
        &["person:Ban Ki-moon", "person:Ursula von Holt", "person:Hassan bin Tahir"],
    );
    has("Former judge J. R. Ostrander was there.", &["person:J. R. Ostrander"]);
}

#[test]
fn organisations_by_head_acronym_and_register() {
    has(
        "Officials at the Ministry of Trade and Industry told Reuters on Friday.",
        &["organization:Ministry of Trade and Industry", "organization:Reuters"],
    );
    has(
        "The Valdorian Relief Party (VRP) rejected it. The VRP will appeal.",
        &["organization:Valdorian Relief Party", "organization:VRP"],
    );
    has(
        "A deal was signed at the United Nations and praised by the Arab League.",
        &["organization:United Nations", "organization:Arab League"],
    );
    has("The Norwegian foreign ministry declined to comment.", &["organization:Norwegian foreign ministry"]);
    has("Kenya's foreign ministry said so.", &["place:Kenya", "organization:foreign ministry"]);
    has("The daily Kvaren reported it.", &["organization:Kvaren"]);
}

#[test]
fn places_groups_and_events() {
    has("Shells fell on the Gaza Strip and near Lake Turvo.", &["place:Gaza Strip", "place:Lake Turvo"]);
    has("Dozens of Danes and many Kurds left Sarajevo.", &["group:Danes", "group:Kurds", "place:Sarajevo"]);
    has(
        "They recalled the Ostrava Accords and the Second World War.",
        &["event:Ostrava Accords", "event:Second World War"],
    );
    has("Acehnese rebels fired on a bus.", &["group:Acehnese rebels"]);
}

#[test]
fn plain_words_with_a_capital_are_no_names() {
    hasnt(
        "Meanwhile, talks stalled. Negotiating teams left. On Monday in March they met. Yesterday it rained.",
        &["Meanwhile", "Negotiating", "Monday", "March", "Yesterday"],
    );
    hasnt("Rockets hit the town. Later more rockets fell. I think so.", &["Rockets", "Later", "I"]);
}

#[test]
fn headlines_take_names_from_the_body() {
    let text = "ENVOY TARVIK SEES HOPE IN NAIROBI\n\nSpecial envoy Lena Tarvik said on Friday that she saw hope. Tarvik spoke in Nairobi.";
    has(text, &["person:TARVIK", "place:NAIROBI"]);
    hasnt(text, &["HOPE", "SEES"]);
}

#[test]
fn nothing_is_found_in_nothing() {
    assert!(names("").is_empty());
    assert!(names("... -- 12 %").is_empty());
    assert!(names("and and of the 's").is_empty());
}
