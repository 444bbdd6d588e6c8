//! Nouns that stand for a body of a kind: "the company", "the ministry", "the paper".

use super::register::Register;
use chancery_lexicon::{organizations, outlets};
use chancery_model::facts::EntityIx;
use chancery_model::vocab::ActorKind;

/// Nouns that end the names of bodies and stand for them where one is so named.
pub(super) const PARTS: [&str; 14] = [
    "unit",
    "trust",
    "service",
    "panel",
    "squad",
    "division",
    "team",
    "centre",
    "center",
    "school",
    "hospital",
    "university",
    "college",
    "club",
];

/// The firm that the report speaks of: the one named most often so far, and no other as often.
pub(super) fn main_firm(reg: &Register, before: usize) -> Option<EntityIx> {
    let firm = |x: &chancery_model::facts::Entity| {
        x.kind == ActorKind::Organization && is_a("firm", &x.name, x.sector.as_deref())
    };
    // "Hayward", taken for a body beside "Tony Hayward", is none, and "Group" is no name.
    let person = |x: &chancery_model::facts::Entity| {
        let ends = |p: &chancery_model::facts::Entity| {
            p.kind == ActorKind::Person && ends_with(&p.name.to_lowercase(), &x.name.to_lowercase())
        };
        reg.entities.iter().any(ends)
    };
    let plain = |x: &chancery_model::facts::Entity| NOUNS.contains(&x.name.to_lowercase().as_str());
    let mut all: Vec<(usize, EntityIx)> = (0..)
        .zip(&reg.entities)
        .filter(|(_, x)| firm(x) && !plain(x) && !person(x))
        .map(|(e, _): (EntityIx, _)| {
            (reg.mentions.iter().filter(|m| m.entity == Some(e) && m.span.lo() < before).count(), e)
        })
        .filter(|(n, _)| *n > 0)
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    match all.as_slice() {
        [(_, one)] => Some(*one),
        [(n, one), (k, _), ..] if n > k => Some(*one),
        _ => None,
    }
}

/// The last words of newspapers' names.
const PAPERS: [&str; 16] = [
    " herald",
    " times",
    " post",
    " tribune",
    " gazette",
    " chronicle",
    " journal",
    " courier",
    " observer",
    " star",
    " examiner",
    " standard",
    " telegraph",
    " guardian",
    " inquirer",
    " bulletin",
];

/// Whether the name without what "of" hangs on it ends with the word: "Defence Committee of the State Duma".
pub(super) fn ends_with(name: &str, low: &str) -> bool {
    let cut = name
        .find(" of the ")
        .or_else(|| name.find(" of "))
        .or_else(|| name.find(" for "))
        .filter(|_| !name.starts_with("Bank of"))
        .unwrap_or(name.len());
    let head = name.get(..cut).unwrap_or(name).to_lowercase();
    // "the Front" of the "Front for Renewal".
    if head == low && cut < name.len() {
        return true;
    }
    head.ends_with(low)
        && head.len() > low.len()
        && head.as_bytes().get(head.len() - low.len() - 1) == Some(&b' ')
        || name.to_lowercase().starts_with(&format!("{low} of "))
}

/// Nouns that stand for a body of a kind, whatever its name.
pub(super) const NOUNS: [&str; 63] = [
    "regulator",
    "watchdog",
    "channel",
    "station",
    "house",
    "chamber",
    "legislature",
    "force",
    "corps",
    "brigade",
    "brigades",
    "front",
    "coalition",
    "league",
    "assembly",
    "mission",
    "bank",
    "fund",
    "company",
    "firm",
    "institute",
    "observatory",
    "foundation",
    "federation",
    "network",
    "charity",
    "congress",
    "institution",
    "association",
    "society",
    "programme",
    "authority",
    "guard",
    "agency",
    "party",
    "movement",
    "alliance",
    "group",
    "organisation",
    "organization",
    "bloc",
    "union",
    "paper",
    "newspaper",
    "magazine",
    "daily",
    "weekly",
    "broadcaster",
    "court",
    "tribunal",
    "council",
    "committee",
    "commission",
    "ministry",
    "department",
    "mission",
    "command",
    "board",
    "bank",
    "militia",
    "office",
    "bureau",
    "assembly",
];

/// Whether a body can be called by a noun that is not in its name.
pub(super) fn is_a(noun: &str, name: &str, sector: Option<&str>) -> bool {
    let low = name.to_lowercase();
    let outlet = outlets::by_name(name).is_some() || sector == Some("MED");
    match noun {
        "alliance" => {
            organizations::by_name(name).is_some_and(|o| o.name == "NATO")
                || low.contains("alliance")
                || low.contains("coalition")
        }
        "party" => {
            low.contains("party")
                || sector == Some("OPP")
                || low.contains("front")
                || low.contains("congress")
                || low.contains("league")
                || low == "sinn fein"
                || low == "kuomintang"
        }
        "movement" => low.contains("movement") || matches!(sector, Some("REB")),
        "group" | "militia" => matches!(sector, Some("REB" | "NGO")),
        "organisation" | "organization" => matches!(sector, Some("IGO" | "NGO")),
        "bloc" | "union" => low.contains("union") || low == "eu" || low == "asean" || low == "ecowas",
        "agency" => {
            low.contains("agency")
                || outlets::by_name(name).is_some_and(|o| o.agency)
                || sector == Some("IGO") && organizations::by_name(name).is_some()
        }
        "channel" | "station" | "broadcaster" | "network" => {
            outlet && !outlets::by_name(name).is_some_and(|o| o.agency)
        }
        "house" | "chamber" | "legislature" | "assembly" | "parliament" => {
            sector == Some("LEG")
                || ["parliament", "senate", "congress", "assembly", "knesset", "duma"]
                    .iter()
                    .any(|w| low.ends_with(w))
        }
        "paper" | "newspaper" | "magazine" | "daily" | "weekly"
            if PAPERS.iter().any(|w| low.ends_with(w)) =>
        {
            true
        }
        "paper" | "newspaper" | "magazine" | "daily" | "weekly" => {
            outlet && !outlets::by_name(name).is_some_and(|o| o.agency)
        }
        // A firm is a body that is nothing else: no part of a state, no outlet, no party.
        "company" | "firm" => {
            !outlet
                && matches!(sector, None | Some("BUS" | "MNC"))
                && organizations::by_name(name).is_none_or(|o| matches!(o.sector.as_str(), "BUS" | "MNC"))
                && ![
                    "party",
                    "movement",
                    "council",
                    "committee",
                    "union",
                    "court",
                    "front",
                    "university",
                    "bank",
                    "service",
                    "administration",
                    "agency",
                    "authority",
                    "department",
                    "commission",
                    "bureau",
                    "office",
                    "board",
                    "guard",
                    "association",
                    "institute",
                    "society",
                    "foundation",
                    "school",
                    "hospital",
                    "club",
                    "team",
                    "army",
                ]
                .iter()
                .any(|w| low.contains(w))
        }
        "regulator" | "watchdog" => {
            ["commission", "authority", "agency", "regulator", "ofcom", "inspectorate"]
                .iter()
                .any(|w| low.contains(w))
        }
        "ministry" => {
            low.contains("ministry")
                || sector == Some("GOV") && (low.ends_with(" office") || low.starts_with("department of"))
        }
        "court" | "tribunal" => low.contains("court") || low.contains("tribunal"),
        "army" => low.contains("army"),
        "force" => low.contains("police") || low.contains("force") || sector == Some("COP"),
        _ => false,
    }
}
