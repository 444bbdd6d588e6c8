//! Bodies and surnames across reports: whose army "the army" is, who "De Silva" is, and that a person's word goes first.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test: what fails is the message")]

use chancery_link::{Decided, Item, actors};
use chancery_model::facts::{Entity, ReportFacts};
use chancery_model::report::{Given, Report};
use chancery_model::vocab::ActorKind;

/// A report that names these: kind, name, country.
fn told(key: &str, named: &[(ActorKind, &str, Option<&str>)]) -> (Report, ReportFacts) {
    let report = chancery_text::from_text(key, key, Given::default());
    let entity = |(kind, name, country): &(ActorKind, &str, Option<&str>)| Entity {
        name: (*name).to_owned(),
        kind: *kind,
        country: country.map(str::to_owned),
        sector: None,
        aliases: Vec::new(),
        outlet: None,
    };
    (report, ReportFacts { entities: named.iter().map(entity).collect(), ..ReportFacts::default() })
}

/// Whether the first that each of two reports names is one actor, in both orders of the reports.
fn one(reports: &[(Report, ReportFacts)], a: usize, b: usize, decided: &Decided) -> bool {
    let answer = |order: &[usize]| {
        let items: Vec<Item<'_>> =
            order.iter().map(|n| Item { report: &reports[*n].0, facts: &reports[*n].1 }).collect();
        let (_, of) = actors::merge(&items, decided);
        let at = |n: usize| order.iter().position(|x| *x == n).unwrap();
        of[at(a)][0] == of[at(b)][0]
    };
    let there: Vec<usize> = (0..reports.len()).collect();
    let back: Vec<usize> = there.iter().rev().copied().collect();
    assert_eq!(answer(&there), answer(&back), "the order of the reports decides");
    answer(&there)
}

const ARMY: (ActorKind, &str, Option<&str>) = (ActorKind::Organization, "army", None);
const STATE: (ActorKind, &str, Option<&str>) = (ActorKind::State, "Sri Lanka", Some("LKA"));

fn owned(country: &'static str) -> (ActorKind, &'static str, Option<&'static str>) {
    (ActorKind::Organization, "army", Some(country))
}

#[test]
fn the_army_is_that_of_the_one_state_that_has_one_here() {
    let reports = [told("a", &[owned("LKA"), STATE]), told("b", &[ARMY, STATE])];
    assert!(one(&reports, 0, 1, &Decided::default()));
}

#[test]
fn of_two_states_armies_it_is_neither() {
    let reports = [told("a", &[owned("LKA"), STATE]), told("b", &[ARMY, STATE]), told("c", &[owned("IND")])];
    assert!(!one(&reports, 0, 1, &Decided::default()));
}

#[test]
fn a_report_that_does_not_speak_of_the_state_speaks_of_some_army() {
    let reports = [told("a", &[owned("LKA"), STATE]), told("b", &[ARMY])];
    assert!(!one(&reports, 0, 1, &Decided::default()));
}

#[test]
fn a_persons_word_goes_before() {
    let reports = [told("a", &[owned("LKA"), STATE]), told("b", &[ARMY, STATE])];
    let mut decided = Decided::default();
    decided.own_actor.insert(("army".to_owned(), reports[1].0.id.clone()));
    assert!(!one(&reports, 0, 1, &decided));
}

#[test]
fn a_government_is_its_state() {
    let reports =
        [told("a", &[STATE]), told("b", &[(ActorKind::Organization, "Sri Lankan government", Some("LKA"))])];
    assert!(one(&reports, 0, 1, &Decided::default()));
}

#[test]
fn surnames_of_two_words_are_their_one_bearers() {
    let person = |name| (ActorKind::Person, name, None);
    for (full, short) in [("Nimal Siripala de Silva", "De Silva"), ("Jon Hanssen-Bauer", "Hanssen-Bauer")] {
        let reports = [told("a", &[person(full)]), told("b", &[person(short)])];
        assert!(one(&reports, 0, 1, &Decided::default()), "{short}");
    }
    let reports = [
        told("a", &[person("Nimal de Silva")]),
        told("b", &[person("De Silva")]),
        told("c", &[person("Ravi de Silva")]),
    ];
    assert!(!one(&reports, 0, 1, &Decided::default()), "two bear it");
}

#[test]
fn a_name_that_was_passed_over_is_its_bearers() {
    let tigers = (ActorKind::Organization, "Tamil Tigers", None);
    let reports = [told("a", &[tigers]), told("b", &[(ActorKind::Unnamed, "Tamil Tigers", None)])];
    assert!(one(&reports, 0, 1, &Decided::default()));
    let small = [
        told("a", &[(ActorKind::Organization, "Mourners", None)]),
        told("b", &[(ActorKind::Unnamed, "mourners", None)]),
    ];
    assert!(!one(&small, 0, 1, &Decided::default()), "no name");
}
