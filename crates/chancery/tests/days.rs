//! The story day by day: which days, and by which words.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

use chancery::views::{StoryDay, StoryLength, StoryLine, story};

const REPORTS: [&str; 12] = [
    "A ferry with pilgrims sank off Port Ferrand on Tuesday, killing 31 people, the coast guard said. Divers searched the \
     wreck on Wednesday.",
    "The owner of the boat, Karl Rau, had been fined on February 14 over a broken pump, court papers showed.",
    "Pilgrims had crowded the deck of the ferry that sank off Port Ferrand on Tuesday, a survivor said from his bed.",
    "Relatives waited at the quay. A choir from Bergen sang there on Wednesday.",
    "The mayor of Lisk opened a bakery on February 2, and prices of bread have fallen since.",
    "The coast guard admitted that the ferry which sank on Tuesday had carried twice as many pilgrims as its papers allow.",
    "The transport minister called the sinking of the ferry on Tuesday a disgrace and promised a new law.",
    "It went down within minutes on Tuesday, said a diver who had swum to the ferry's bridge.",
    "Schools in the province were shut on Wednesday so that classes could join the mourning.",
    "The harbour was built on May 3, 1901, by a company of whalers that went bankrupt.",
    "Witnesses saw the ferry leave Port Ferrand before dawn on Tuesday with its lights out.",
    "Insurers put the loss of Tuesday's sinking at nine million crowns, most of it for the pilgrims' families.",
];

fn told(length: StoryLength) -> Vec<StoryDay> {
    story(pile::numbered(&REPORTS.map(|text| ("2011-03-10", text))).store(), length).unwrap()
}

#[test]
fn each_day_has_the_sentence_that_says_best_what_happened() {
    let days = told(StoryLength::AtMost(20));
    let day = days.iter().find(|d| d.day.to_string() == "2011-03-08").unwrap();
    let p = day.passage.as_ref().unwrap();
    assert!(p.text.contains("ferry") && p.text.contains("sank"), "{}", p.text);
    assert!(p.start <= p.at && p.at < p.end);
    let e = day.event.as_ref().unwrap();
    assert!(
        day.passage_tells && e.mentions.iter().any(|m| p.start <= m.start && m.end <= p.end),
        "{}",
        e.title
    );
    assert!(days.windows(2).all(|w| w[0].day < w[1].day));
}

#[test]
fn of_many_sources_a_day_of_one_is_left_out_unless_so_many_days_are_asked_for() {
    let few = told(StoryLength::AtMost(20));
    assert!(few.iter().all(|d| d.origins > 1), "{:?}", few.iter().map(|d| d.day).collect::<Vec<_>>());
    let all = told(StoryLength::Days(100));
    for lone in ["1901-05-03", "2011-02-02", "2011-02-14"] {
        assert!(all.iter().any(|d| d.day.to_string() == lone), "{lone}");
    }
    assert!(all.iter().all(|d| d.passage.is_some() || d.day.to_string() == "2011-03-10"));
    assert_eq!(told(StoryLength::Days(1)).len(), 1);
}

#[test]
fn the_same_on_a_page() {
    let days = told(StoryLength::Days(3));
    let lines: Vec<StoryLine> = days.iter().cloned().map(StoryLine::from).collect();
    let again: Vec<StoryLine> = serde_json::from_str(&serde_json::to_string(&lines).unwrap()).unwrap();
    assert_eq!(again.len(), 3);
    assert_eq!(again[0].passage.as_ref().map(|p| &p.text), days[0].passage.as_ref().map(|p| &p.text));
}
