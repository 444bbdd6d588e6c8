//! What a person may set in a row, and how it is put into the facts.

use super::Target;
use chancery_link::{FactRef, fold};
use chancery_model::facts::{Entity, ReportFacts};
use chancery_model::vocab::{Act, ActorKind, EventType, Qualifier, Status};
use chancery_model::{Days, Edtf};
use serde_json::Value;

/// What may be set in the rows of a table.
fn allowed(table: &str) -> &'static [&'static str] {
    match table {
        "statements" => &["speaker", "act", "date"],
        "figures" => &["low", "high", "qualifier", "measure", "speaker", "date"],
        "event_mentions" => &["type", "status", "date"],
        _ => &["date"],
    }
}

/// Whether the values of a correction are of the lists that the record knows.
pub(super) fn check(table: &str, value: &Value) -> Result<(), String> {
    let names = allowed(table);
    let needs = || format!("setting a row of {table} needs one or more of {}", names.join(", "));
    let set = value.as_object().filter(|o| !o.is_empty()).ok_or_else(needs)?;
    for (name, v) in set {
        if !names.contains(&name.as_str()) {
            return Err(format!("{name:?} cannot be set; {}", needs()));
        }
        if matches!(name.as_str(), "low" | "high") {
            if !v.is_null() && v.as_f64().is_none() {
                return Err(format!("{name} must be a number, or null where it is open"));
            }
            if v.as_f64().is_some_and(|n| n < 0.0) {
                return Err(format!("{name} must be 0 or more: nothing is counted below that"));
            }
            continue;
        }
        let words = v.as_str().map(str::trim).filter(|s| !s.is_empty());
        let words = words.ok_or_else(|| format!("{name} must be words"))?;
        let known = match name.as_str() {
            "date" => words.parse::<Edtf>().map(drop).map_err(|e| e.to_string()),
            "act" => words.parse::<Act>().map(drop).map_err(|e| e.to_string()),
            "type" => words.parse::<EventType>().map(drop).map_err(|e| e.to_string()),
            "status" => words.parse::<Status>().map(drop).map_err(|e| e.to_string()),
            "qualifier" => words.parse::<Qualifier>().map(drop).map_err(|e| e.to_string()),
            _ => Ok(()),
        };
        known?;
    }
    let bound = |k: &str| set.get(k).and_then(Value::as_f64);
    if let (Some(low), Some(high)) = (bound("low"), bound("high"))
        && low > high
    {
        return Err("the lower bound is above the upper one".into());
    }
    Ok(())
}

/// Years in which a report can have been published.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2100;

/// Why a day of publication is none.
pub(super) fn published(date: &Edtf) -> Result<(), String> {
    let days = date.days();
    let out = [days.lo, days.hi].into_iter().flatten().find(|d| !YEARS.contains(&d.year()));
    out.map_or(Ok(()), |d| {
        Err(format!("no report is of {d}; its year must lie between {} and {}", YEARS.start(), YEARS.end()))
    })
}

/// The other mention that a merger names.
pub(super) fn other(value: &Value) -> Option<Target> {
    let with = value.get("with")?.as_object()?;
    let number = |k: &str| with.get(k)?.as_u64().and_then(|n| u32::try_from(n).ok());
    Some(Target {
        table: "event_mentions".into(),
        key: Some(with.get("key")?.as_str()?.to_owned()),
        start: Some(number("start")?),
        end: Some(number("end")?),
        text: None,
        name: None,
    })
}

/// Puts a correction into the facts; the days that it sets are given back, because only linking knows days.
pub(super) fn apply(facts: &mut ReportFacts, fact: FactRef, value: &Value) -> Result<Option<Days>, String> {
    let word = |k: &str| value.get(k).and_then(Value::as_str).map(str::trim);
    if let Some(name) = word("speaker") {
        let speaker = entity(facts, name);
        match fact {
            FactRef::Statement(n) => {
                if let Some(s) = facts.statements.get_mut(n as usize) {
                    s.speaker = speaker;
                    s.speaker_named = true;
                }
            }
            FactRef::Figure(n) => {
                if let Some(f) = facts.figures.get_mut(n as usize) {
                    f.speaker = speaker;
                }
            }
            FactRef::Event(_) | FactRef::Time(_) => {}
        }
    }
    match fact {
        FactRef::Statement(n) => {
            if let (Some(s), Some(act)) = (facts.statements.get_mut(n as usize), word("act")) {
                s.act = parsed(act)?;
            }
        }
        FactRef::Figure(n) => {
            if let Some(f) = facts.figures.get_mut(n as usize) {
                if let Some(low) = value.get("low") {
                    f.low = low.as_f64();
                }
                if let Some(high) = value.get("high") {
                    f.high = high.as_f64();
                }
                if let Some(q) = word("qualifier") {
                    f.qualifier = parsed(q)?;
                }
                if let Some(m) = word("measure") {
                    f.measure = m.to_owned();
                }
            }
        }
        FactRef::Event(n) => {
            if let Some(e) = facts.events.get_mut(n as usize) {
                if let Some(t) = word("type") {
                    e.kind = parsed(t)?;
                    // What was read of the old type no longer holds.
                    e.mode = None;
                    e.cameo = None;
                }
                if let Some(s) = word("status") {
                    e.status = parsed(s)?;
                }
            }
        }
        FactRef::Time(_) => {}
    }
    word("date").map(|d| parsed::<Edtf>(d).map(|e| e.days())).transpose()
}

fn parsed<T: std::str::FromStr>(word: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    word.parse().map_err(|e: T::Err| e.to_string())
}

/// Somebody the report speaks of under that name, else somebody new.
fn entity(facts: &mut ReportFacts, name: &str) -> Option<u32> {
    let folded = fold::name(name);
    let known = facts
        .entities
        .iter()
        .position(|e| std::iter::once(&e.name).chain(&e.aliases).any(|n| fold::name(n) == folded));
    let ix = known.unwrap_or_else(|| {
        facts.entities.push(Entity {
            name: name.to_owned(),
            kind: ActorKind::Person,
            country: None,
            sector: None,
            aliases: Vec::new(),
            outlet: None,
        });
        facts.entities.len() - 1
    });
    u32::try_from(ix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_count_below_nothing_and_bounds_that_cross_are_refused() {
        let set = |v: Value| check("figures", &v);
        assert!(set(json!({"low": 5, "high": null})).is_ok());
        assert!(set(json!({"low": -5})).unwrap_err().contains("0 or more"));
        assert!(set(json!({"low": 9, "high": 5})).unwrap_err().contains("above the upper"));
        assert!(set(json!({"low": "many"})).unwrap_err().contains("must be a number"));
        assert!(set(json!({"place": "Oslo"})).unwrap_err().contains("cannot be set"));
    }

    #[test]
    fn a_report_is_of_a_year_in_which_reports_were_printed() {
        let of = |s: &str| published(&s.parse().unwrap());
        assert!(of("2006-02-20/2006-02-24").is_ok() && of("1815-06").is_ok());
        assert!(of("9999-01-01").unwrap_err().contains("1400 and 2100"));
        assert!(of("0206-02-20").unwrap_err().contains("0206-02-20"));
    }
}
