//! Names of other scripts across reports: which spellings are one person's, whatever the order of the reports, and which never are.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test: what fails is the message")]

use chancery_link::{Decided, Item, actors};
use chancery_model::facts::{Entity, ReportFacts};
use chancery_model::report::{Given, Report};
use chancery_model::vocab::ActorKind;

/// A report that names people; a state after a slash.
fn told(names: &[&str]) -> (Report, ReportFacts) {
    let report = chancery_text::from_text(&names.join(" "), &names.join(". "), Given::default());
    let entities = names
        .iter()
        .map(|n| {
            let (name, country) = n.split_once('/').map_or((*n, None), |(n, c)| (n, Some(c.to_owned())));
            Entity {
                name: name.to_owned(),
                kind: ActorKind::Person,
                country,
                sector: None,
                aliases: Vec::new(),
                outlet: None,
            }
        })
        .collect();
    (report, ReportFacts { entities, ..ReportFacts::default() })
}

/// The people of reports, each as the sorted forms of the name.
fn people(reports: &[&[&str]]) -> Vec<String> {
    let read: Vec<(Report, ReportFacts)> = reports.iter().map(|r| told(r)).collect();
    let mut items: Vec<Item<'_>> = read.iter().map(|(report, facts)| Item { report, facts }).collect();
    items.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let (all, _) = actors::merge(&items, &Decided::default());
    let mut out: Vec<String> = all
        .into_iter()
        .map(|a| {
            let mut forms: Vec<String> = a.aliases.into_iter().chain([a.name]).collect();
            forms.sort();
            forms.join(" = ")
        })
        .collect();
    out.sort();
    out
}

const ONE: [(&str, &str); 12] = [
    ("Walid al-Moallem", "Walid Muallem"),
    ("Abdelhakim Rachedi", "Abdul Hakim Rashedi"),
    ("Muammar Qaddafi", "Moammar Gadhafi"),
    ("Mohammed Kadhim", "Muhammad Kadhem"),
    ("Dmytro Hordienko", "Dmitri Gordienko"),
    ("Mikheil Kvitsaia", "Mikhail Kvitsaya"),
    ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
    ("Yousif Hajji Duur", "Yusuf Haji Door"),
    ("Chou Wen-hsiung", "Zhou Wenxiong"),
    ("Teng Hsiao-ping", "Deng Xiaoping"),
    ("Pak Chol-su", "Park Cheol Su"),
    ("Rachid Ghannouchi", "Rashid Ghannushi"),
];

const TWO: [(&str, &str); 14] = [
    ("Hussein Barakat", "Hassan Barakat"),
    ("Ahmed Ali", "Ahmed Aliyev"),
    ("Sergei Ivanov", "Sergei Ivanova"),
    ("Islam Karimov", "Islam Kerimov"),
    ("Mohammed Gamal", "Mohammed Kamal"),
    ("Karl Heller", "Karl Hiller"),
    ("Alexander Heller", "Alexander Hiller"),
    ("Maria Moran", "Maria Muran"),
    ("Zhang Wei", "Chang Wen"),
    ("Li Keqiang", "Li Geqiang"),
    ("Salah Haddar", "Saleh Haddar"),
    ("Omar Bashir", "Amar Bashir"),
    ("Viktor Orlov", "Viktor Orlova"),
    ("Ahmed Rashidi", "Mahmoud Rashidi"),
];

#[test]
fn spellings_of_one_name_are_one_person_in_any_order() {
    for (a, b) in ONE {
        let joined = people(&[&[a], &[b]]);
        assert_eq!(joined.len(), 1, "{joined:?}");
        assert_eq!(joined, people(&[&[b], &[a]]));
    }
    let all: Vec<[&str; 1]> = ONE.iter().flat_map(|(a, b)| [[*a], [*b]]).collect();
    let forward: Vec<&[&str]> = all.iter().map(|x| &x[..]).collect();
    let backward: Vec<&[&str]> = all.iter().rev().map(|x| &x[..]).collect();
    assert_eq!(people(&forward), people(&backward));
    assert_eq!(people(&forward).len(), ONE.len());
}

#[test]
fn two_people_stay_two() {
    for (a, b) in TWO {
        assert_eq!(people(&[&[a], &[b]]).len(), 2, "{a}, {b}");
    }
}

#[test]
fn one_report_that_prints_both_or_two_states_keep_them_apart() {
    for (a, b) in ONE {
        assert_eq!(people(&[&[a, b], &[a]]).len(), 2, "{a}, {b}");
        let (x, y) = (format!("{a}/SYR"), format!("{b}/IRQ"));
        assert_eq!(people(&[&[x.as_str()], &[y.as_str()]]).len(), 2, "{a}, {b}");
    }
}
