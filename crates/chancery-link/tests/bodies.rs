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

/// Some reports that print a full name and then the bare one.
fn used(full: &str, bare: &str, times: usize) -> Vec<(Report, ReportFacts)> {
    let mut out = Vec::new();
    for n in 0..times {
        let (report, mut facts) = told(&format!("{full} {n}"), &[(ActorKind::Person, full, None)]);
        facts.entities[0].aliases = vec![bare.to_owned()];
        out.push((report, facts));
    }
    out
}

#[test]
fn a_bare_surname_is_that_of_the_one_whom_nearly_all_mean_by_it() {
    let holm = told("a", &[(ActorKind::Person, "Holm", None)]);
    let mut reports = used("Anders Holm", "Holm", 5);
    reports.extend(used("Mia Holm", "Holm", 1));
    reports.push(holm);
    assert!(one(&reports, 0, 6, &Decided::default()));
    assert!(!one(&reports, 0, 5, &Decided::default()), "the two stay two");
    reports.extend(used("Mia Berit Holm", "Holm", 2));
    assert!(!one(&reports, 0, 6, &Decided::default()), "too many mean another");
}

#[test]
fn a_first_name_that_is_used_for_somebody_is_his() {
    let bare = |name: &'static str| told("bare", &[(ActorKind::Person, name, None)]);
    let mut reports = used("Oskwar Kebede", "Oskwar", 3);
    reports.push(bare("Oskwar"));
    assert!(one(&reports, 0, 3, &Decided::default()));
    let mut few = used("Peter Kebede", "Peter", 3);
    few.push(bare("Peter"));
    assert!(!one(&few, 0, 3, &Decided::default()), "a name that many bear");
    let parted = Decided {
        other_actor: [("Oskwar Kebede".to_owned(), "Oskwar".to_owned())].into(),
        ..Decided::default()
    };
    assert!(!one(&reports, 0, 3, &parted), "a person has said that they are two");
}

#[test]
fn initials_between_make_nobody_else() {
    let person = |name| (ActorKind::Person, name, None);
    let both = [told("a", &[person("Karl T Rau")]), told("b", &[person("Karl Rau")])];
    assert!(one(&both, 0, 1, &Decided::default()));
    let three = [
        told("a", &[person("Karl T Rau")]),
        told("b", &[person("Karl Rau")]),
        told("c", &[person("Karl H W Rau")]),
    ];
    assert!(!one(&three, 0, 1, &Decided::default()), "father and son");
    let apart = [told("a", &[person("Karl T Rau"), person("Karl Rau")]), told("b", &[person("Karl Rau")])];
    assert!(!one(&apart, 0, 1, &Decided::default()), "a report has both");
    // Named as most print it.
    let three = [
        told("a", &[person("Karl T Rau")]),
        told("b", &[person("Karl Rau")]),
        told("c", &[person("Karl Rau")]),
    ];
    let items: Vec<Item<'_>> = three.iter().map(|(report, facts)| Item { report, facts }).collect();
    let (all, _) = actors::merge(&items, &Decided::default());
    assert_eq!(all.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Karl Rau"]);
}
