//! Where somebody stands, read by the trained reader: on what a clause is about, by its verb.
#![allow(clippy::unwrap_used, reason = "a test: what fails is the message")]

mod pile;

use chancery_model::rows::PositionRow;
use chancery_model::vocab::{Stance, Sure};

/// Positions of an actor as issue, stance and sureness.
fn stood(reports: &[(&str, &str)], actor: &str) -> Vec<(String, Stance, Sure)> {
    let engine = pile::numbered(reports);
    let names = engine.store().query_json("SELECT id, name FROM actors", &[]).unwrap();
    let id = names
        .iter()
        .find(|a| a["name"] == actor)
        .and_then(|a| a["id"].as_str())
        .unwrap_or_default()
        .to_owned();
    let rows = engine.store().rows::<PositionRow>(None).unwrap();
    rows.into_iter().filter(|p| p.actor.as_str() == id).map(|p| (p.issue, p.stance, p.sure)).collect()
}

#[test]
fn an_issue_is_what_the_clause_is_about_and_its_kind() {
    let reports = [
        ("2011-03-01", "Mia Holm said she opposed a no-fly zone. The talks lasted a week."),
        ("2011-03-05", "“We should not impose a no-fly zone until the region is at rest,” Mia Holm said."),
        ("2011-03-09", "Mia Holm rejected a no-fly zone on Friday."),
        ("2011-03-09", "Otto Rau said he supported a no-fly zone."),
    ];
    let holm = stood(&reports, "Mia Holm");
    assert!(holm.iter().all(|p| p.0 == "no-fly zone"), "{holm:?}");
    assert!(holm.contains(&("no-fly zone".to_owned(), Stance::Against, Sure::Medium)), "{holm:?}");
    let rau = stood(&reports, "Otto Rau");
    assert_eq!(rau, [("no-fly zone".to_owned(), Stance::For, Sure::Medium)]);
}

#[test]
fn to_step_down_is_a_stance_only_where_it_is_asked_or_refused() {
    let told = |text: &str, who: &str| stood(&[("2011-03-01", text)], who);
    let leaving = |stance| vec![("Haddad leaving".to_owned(), stance, Sure::Medium)];
    let asked = "Omar Haddad has no friends left and should step down, Mia Holm said.";
    assert_eq!(told(asked, "Mia Holm"), leaving(Stance::For));
    let must = "“Omar Haddad must go,” Mia Holm said.";
    assert_eq!(told(must, "Mia Holm"), leaving(Stance::For));
    let news = "Mia Holm said Omar Haddad would step down on Friday.";
    assert_eq!(told(news, "Mia Holm"), []);
    let others = "Members of the Haddad government must step down, Mia Holm said. Omar Haddad was away.";
    assert_eq!(told(others, "Mia Holm"), []);
    let theirs =
        "Otto Rau said the islanders should vote, a rebuke to ministers who insist Omar Haddad must go.";
    assert_eq!(told(theirs, "Otto Rau"), []);
    let forced = "Otto Rau said that Omar Haddad must not be made to resign by outsiders.";
    assert_eq!(told(forced, "Otto Rau"), leaving(Stance::Against));
    let never = "Omar Haddad said he would never step down.";
    assert_eq!(told(never, "Omar Haddad"), leaving(Stance::Against));
}
