//! A user's own actors and places: `--actors FILE` (CSV, or FollowTheMoney JSON) and `--places FILE` (CSV).

use crate::EngineError;
use chancery_lexicon::countries;
use chancery_model::vocab::{ActorKind, PlaceKind};
use chancery_model::{Day, Edtf};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// An office that a user's list gives an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOffice {
    /// The office.
    pub office: String,
    /// Of what organisation.
    pub organization: Option<String>,
    /// From when, EDTF.
    pub from: Option<Edtf>,
    /// Until when, EDTF.
    pub to: Option<Edtf>,
}

/// An actor of a user's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnActor {
    /// Name, as the record is to print it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// CAMEO sector.
    pub sector: Option<String>,
    /// Offices held.
    pub offices: Vec<OwnOffice>,
}

/// A place of a user's list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnPlace {
    /// Name, as the record is to print it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What it is.
    pub kind: Option<PlaceKind>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

type Faulty<T> = Result<T, (usize, String)>;

/// The text of a list of a user's own.
pub(crate) fn text_of(path: &Path, option: &'static str) -> Result<String, EngineError> {
    std::fs::read_to_string(path).map_err(|e| EngineError::Unreadable {
        path: path.display().to_string(),
        option,
        reason: e.to_string(),
    })
}

/// Reads a user's actors: FollowTheMoney when the file begins with a brace or bracket, else CSV with a header.
///
/// # Errors
/// When the file cannot be read or a row is wrong; file, line and reason are named.
pub(crate) fn actors(path: &Path) -> Result<Vec<OwnActor>, EngineError> {
    let bad = |(line, reason): (usize, String)| EngineError::OwnActors {
        path: path.display().to_string(),
        line,
        reason,
    };
    let text = text_of(path, "--actors")?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) { ftm(text) } else { actors_csv(text) }.map_err(bad)
}

/// Reads a user's places: CSV with a header.
///
/// # Errors
/// When the file cannot be read or a row is wrong; file, line and reason are named.
pub(crate) fn places(path: &Path) -> Result<Vec<OwnPlace>, EngineError> {
    let bad = |(line, reason): (usize, String)| EngineError::OwnPlaces {
        path: path.display().to_string(),
        line,
        reason,
    };
    let text = text_of(path, "--places")?;
    places_csv(text.trim_start_matches('\u{feff}')).map_err(bad)
}

/// A quotation mark that nothing closes: the CSV reader would take all that follows for one cell and say nothing.
pub(crate) fn closed(text: &str) -> Faulty<()> {
    let (mut open, mut line) = (None, 1);
    for c in text.chars() {
        match c {
            '"' => open = if open.is_some() { None } else { Some(line) },
            '\n' => line += 1,
            _ => {}
        }
    }
    open.map_or(Ok(()), |line| Err((line, "a quotation mark opens here and nothing closes it".to_owned())))
}

/// Rows of a CSV file: line, and cells by column name.
fn rows(text: &str, needed: &str, known: &[&str]) -> Faulty<Vec<(usize, BTreeMap<String, String>)>> {
    closed(text)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> =
        reader.headers().map_err(|e| (1, e.to_string()))?.iter().map(str::to_lowercase).collect();
    if !header.iter().any(|h| h == needed) {
        return Err((1, format!("there is no column {needed:?}")));
    }
    if let Some(odd) = header.iter().find(|h| !known.contains(&h.as_str())) {
        return Err((
            1,
            format!("there is no use for the column {odd:?}; the columns are {}", known.join(",")),
        ));
    }
    let mut out = Vec::new();
    for (n, record) in reader.records().enumerate() {
        let at = |p: Option<&csv::Position>| p.and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(n + 2);
        let record = record.map_err(|e| (at(e.position()), e.to_string()))?;
        let cells = header.iter().cloned().zip(record.iter().map(str::to_owned)).filter(|c| !c.1.is_empty());
        let cells: BTreeMap<String, String> = cells.collect();
        if !cells.contains_key(needed) {
            return Err((at(record.position()), format!("the {needed} is empty")));
        }
        out.push((at(record.position()), cells));
    }
    Ok(out)
}

fn list(cell: Option<&String>) -> Vec<String> {
    let parts = cell.map_or("", String::as_str).split('|');
    parts.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
}

fn country(line: usize, cell: Option<&String>) -> Faulty<Option<String>> {
    cell.map(|c| {
        countries::code_of(c)
            .ok_or_else(|| (line, format!("{c:?} is no country; write an ISO 3166 code, as NOR or no")))
    })
    .transpose()
}

fn edtf(line: usize, words: &str) -> Faulty<Edtf> {
    words.parse().map_err(|e| (line, format!("{words:?}: {e}")))
}

const ACTOR_COLUMNS: [&str; 10] =
    ["name", "aliases", "kind", "country", "code", "sector", "office", "organization", "from", "to"];

fn actors_csv(text: &str) -> Faulty<Vec<OwnActor>> {
    let mut out: Vec<OwnActor> = Vec::new();
    for (line, cells) in rows(text, "name", &ACTOR_COLUMNS)? {
        let cell = |n: &str| cells.get(n);
        let kind = cell("kind")
            .map(|k| {
                k.to_lowercase().parse::<ActorKind>().map_err(|_| {
                    (line, format!("{k:?} is no kind; write person, organization, state or group"))
                })
            })
            .transpose()?;
        let mut land = country(line, cell("country"))?;
        let mut sector = cell("sector").map(|s| s.to_uppercase());
        if let Some(code) = cell("code") {
            let code = code.to_uppercase();
            let (head, tail) = code.split_at_checked(3).unwrap_or((code.as_str(), ""));
            let named = countries::code_of(head).filter(|_| head.len() == 3);
            if !code.chars().all(|c| c.is_ascii_alphanumeric()) || code.is_empty() {
                return Err((line, format!("{code:?} is no CAMEO actor code; write it as NORGOV")));
            }
            sector = sector.or_else(|| {
                Some(if named.is_some() { tail.to_owned() } else { code.clone() }).filter(|s| !s.is_empty())
            });
            land = land.or(named);
        }
        let office = cell("office")
            .map(|office| {
                Ok(OwnOffice {
                    office: office.clone(),
                    organization: cell("organization").cloned(),
                    from: cell("from").map(|w| edtf(line, w)).transpose()?,
                    to: cell("to").map(|w| edtf(line, w)).transpose()?,
                })
            })
            .transpose()?;
        let name = cell("name").cloned().unwrap_or_default();
        // A name on several lines is one actor with several offices.
        let at = out.iter().position(|a| a.name == name);
        let mut a = at.map_or_else(
            || OwnActor {
                name,
                aliases: Vec::new(),
                kind: None,
                country: None,
                sector: None,
                offices: Vec::new(),
            },
            |n| out.remove(n),
        );
        a.aliases.extend(list(cell("aliases")));
        a.aliases.dedup();
        a.kind = kind.or(a.kind);
        a.country = land.or(a.country);
        a.sector = sector.or(a.sector);
        a.offices.extend(office);
        out.push(a);
    }
    Ok(out)
}

/// FollowTheMoney entities: one JSON object a line, or one list. Persons, bodies and companies are taken; an `Occupancy`,
/// `Membership` or `Directorship` gives its holder an office.
fn ftm(text: &str) -> Faulty<Vec<OwnActor>> {
    let mut entities: Vec<(usize, Value)> = Vec::new();
    if text.trim_start().starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(text).map_err(|e| (e.line(), e.to_string()))?;
        entities.extend(all.into_iter().map(|v| (1, v)));
    } else {
        for (n, line) in text.lines().enumerate().filter(|l| !l.1.trim().is_empty()) {
            entities.push((n + 1, serde_json::from_str(line).map_err(|e| (n + 1, e.to_string()))?));
        }
    }
    let all = |v: &Value, names: &[&str]| -> Vec<String> {
        let of = |n: &&str| match v.get("properties").and_then(|p| p.get(*n)) {
            Some(Value::String(s)) => vec![s.clone()],
            Some(Value::Array(a)) => a.iter().filter_map(|s| s.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        names.iter().flat_map(of).filter(|s| !s.trim().is_empty()).collect()
    };
    let mut out = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut posts: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
    for (line, v) in &entities {
        let schema = v
            .get("schema")
            .and_then(Value::as_str)
            .ok_or_else(|| (*line, "there is no \"schema\"; is this FollowTheMoney?".to_owned()))?;
        let id = v.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = match schema {
            "Person" => ActorKind::Person,
            "Organization" | "Company" | "LegalEntity" | "PublicBody" => ActorKind::Organization,
            "Position" => {
                let org = all(v, &["organization"]).into_iter().next();
                posts.insert(id, (all(v, &["name"]).into_iter().next().unwrap_or_default(), org));
                continue;
            }
            _ => continue,
        };
        let mut names = all(v, &["name", "alias", "weakAlias", "previousName", "abbreviation"]).into_iter();
        let Some(name) = names.next() else {
            return Err((*line, format!("the {schema} {id:?} has no name")));
        };
        let land =
            all(v, &["country", "jurisdiction", "nationality"]).iter().find_map(|c| countries::code_of(c));
        let topics = all(v, &["topics"]);
        let sector = topics.iter().find_map(|t| match t.as_str() {
            t if t.starts_with("role.pep") || t.starts_with("gov") => Some("GOV"),
            "role.judge" => Some("JUD"),
            "role.journo" | "corp.media" => Some("MED"),
            "role.spy" => Some("SPY"),
            "mil" => Some("MIL"),
            "pol.party" => Some("OPP"),
            _ => None,
        });
        let offices = all(v, &["position"]).into_iter().map(|office| OwnOffice {
            office,
            organization: None,
            from: None,
            to: None,
        });
        by_id.insert(id, out.len());
        out.push(OwnActor {
            name,
            aliases: names.collect(),
            kind: Some(kind),
            country: land,
            sector: sector.map(str::to_owned),
            offices: offices.collect(),
        });
    }
    for (line, v) in &entities {
        let schema = v.get("schema").and_then(Value::as_str).unwrap_or_default();
        let (who, what) = match schema {
            "Occupancy" => ("holder", "post"),
            "Membership" => ("member", "organization"),
            "Directorship" => ("director", "organization"),
            _ => continue,
        };
        let day = |names: &[&str]| all(v, names).first().map(|w| edtf(*line, w)).transpose();
        let (from, to) = (day(&["startDate"])?, day(&["endDate"])?);
        let target = all(v, &[what]).into_iter().next();
        let name = |id: &String| by_id.get(id).and_then(|n| out.get(*n)).map(|a: &OwnActor| a.name.clone());
        let (office, organization) = match target.as_ref().map(|t| (t, posts.get(t))) {
            Some((_, Some((post, org)))) => (Some(post.clone()), org.clone().map(|o| name(&o).unwrap_or(o))),
            Some((t, None)) => {
                (all(v, &["role"]).into_iter().next(), Some(name(t).unwrap_or_else(|| t.clone())))
            }
            None => (all(v, &["role"]).into_iter().next(), None),
        };
        let holder = all(v, &[who]).into_iter().next().and_then(|id| by_id.get(&id).copied());
        if let Some(a) = holder.and_then(|n| out.get_mut(n)) {
            let office = office
                .unwrap_or_else(|| if schema == "Membership" { "member" } else { "director" }.to_owned());
            a.offices.push(OwnOffice { office, organization, from, to });
        }
    }
    Ok(out)
}

fn places_csv(text: &str) -> Faulty<Vec<OwnPlace>> {
    let mut out = Vec::new();
    for (line, cells) in rows(text, "name", &["name", "aliases", "country", "kind", "lat", "lon"])? {
        let number = |n: &str, most: f64| {
            cells
                .get(n)
                .map(|w| {
                    let v: f64 = w.parse().map_err(|_| (line, format!("{n} is {w:?}, not a number")))?;
                    if v.abs() <= most { Ok(v) } else { Err((line, format!("{n} is {w}, beyond {most}"))) }
                })
                .transpose()
        };
        let (lat, lon) = (number("lat", 90.0)?, number("lon", 180.0)?);
        if lat.is_some() != lon.is_some() {
            return Err((line, "lat and lon belong together".into()));
        }
        let kind = cells
            .get("kind")
            .map(|k| {
                k.to_lowercase()
                    .parse::<PlaceKind>()
                    .map_err(|_| (line, format!("{k:?} is no kind; write country, region, city or site")))
            })
            .transpose()?;
        out.push(OwnPlace {
            name: cells.get("name").cloned().unwrap_or_default(),
            aliases: list(cells.get("aliases")),
            country: country(line, cells.get("country"))?,
            kind,
            lat,
            lon,
        });
    }
    Ok(out)
}

/// A list as the record keeps it: JSON.
pub(crate) fn keep<T: Serialize>(own: &[T]) -> String {
    serde_json::to_string(own).unwrap_or_default()
}

/// The list that [`keep`] wrote; empty when the record keeps none.
///
/// # Errors
/// When it cannot be understood: the record was changed by hand, or by a newer version.
pub(crate) fn kept<T: for<'a> Deserialize<'a>>(
    text: Option<&str>,
    option: &'static str,
) -> Result<Vec<T>, EngineError> {
    text.map(|t| serde_json::from_str(t).map_err(|e| EngineError::KeptOwn { option, reason: e.to_string() }))
        .transpose()
        .map(Option::unwrap_or_default)
}

/// The first day of a date as written, and the last.
pub(crate) fn days(date: Option<&Edtf>) -> (Option<Day>, Option<Day>) {
    date.map_or((None, None), |d| {
        let days = d.days();
        (days.lo, days.hi)
    })
}

#[cfg(test)]
#[path = "own_tests.rs"]
mod tests;
