//! The register of outlets: what Chancery knows, and what a user adds with `--outlets FILE`.

use crate::EngineError;
use crate::rows::outlet_id;
use chancery_link::fold;
use chancery_model::report::Report;
use chancery_model::rows::OutletRow;
use chancery_model::schema::{Nested, Row, Value};
use chancery_model::vocab::BlockKind;
use std::path::Path;

/// Outlets by any of their names and by domain.
#[derive(Debug, Clone, Default)]
pub(crate) struct Register {
    rows: Vec<OutletRow>,
}

impl Register {
    /// What Chancery knows, with a user's own before it.
    pub(crate) fn new(own: Vec<OutletRow>) -> Self {
        let some = |s: &String| (!s.is_empty()).then(|| s.clone());
        let known = chancery_lexicon::outlets::all().outlet.iter().map(|o| OutletRow {
            id: outlet_id(&o.name),
            name: o.name.clone(),
            aliases: Nested(o.aliases.clone()),
            domain: some(&o.domain),
            country: some(&o.country),
            agency: o.agency,
        });
        Self { rows: own.into_iter().chain(known).collect() }
    }

    pub(crate) fn rows(&self) -> &[OutletRow] {
        &self.rows
    }

    /// Names of the agencies, folded: a credit to one of them makes a wire story.
    pub(crate) fn agencies(&self) -> std::collections::BTreeMap<String, String> {
        let of = |o: &OutletRow| {
            std::iter::once(&o.name)
                .chain(&o.aliases.0)
                .map(|n| (fold::name(n), o.name.clone()))
                .collect::<Vec<_>>()
        };
        self.rows.iter().filter(|o| o.agency).flat_map(of).collect()
    }

    /// Gives a report's outlet its name in the register; finds it by the domain when the report names none.
    pub(crate) fn settle(&self, report: &mut Report) {
        let by_name = report.outlet.as_deref().and_then(|name| {
            let folded = fold::name(name);
            let fits = |o: &&OutletRow| {
                std::iter::once(&o.name).chain(&o.aliases.0).any(|n| fold::name(n) == folded)
            };
            self.rows.iter().find(fits)
        });
        let by_domain = || {
            let host = host(report.given.url.as_deref()?)?;
            let fits = |o: &&OutletRow| {
                o.domain
                    .as_deref()
                    .is_some_and(|d| host == d || host.strip_suffix(d).is_some_and(|h| h.ends_with('.')))
            };
            self.rows.iter().find(fits)
        };
        // A dateline that credits an agency, on a page that names no outlet, is the agency's own report.
        let by_credit = || {
            let line = report.blocks.iter().find(|b| b.kind == BlockKind::Dateline)?.span.of(&report.text);
            let credit = fold::name(line.split_once('(')?.1.split_once(')')?.0);
            self.rows
                .iter()
                .filter(|o| o.agency)
                .find(|o| std::iter::once(&o.name).chain(&o.aliases.0).any(|n| fold::name(n) == credit))
        };
        let found = if report.outlet.is_some() { by_name } else { by_domain().or_else(by_credit) };
        if let Some(o) = found {
            report.outlet = Some(o.name.clone());
        }
    }
}

/// A user's outlets as the record keeps them: a JSON list of rows.
pub(crate) fn keep(own: &[OutletRow]) -> String {
    let rows = own.iter().map(|o| o.values().iter().map(Value::to_json).collect());
    serde_json::Value::Array(rows.map(serde_json::Value::Array).collect()).to_string()
}

/// The rows that [`keep`] wrote.
///
/// # Errors
/// When they cannot be understood: the record was changed by hand, or by a newer version.
pub(crate) fn kept(text: &str) -> Result<Vec<OutletRow>, EngineError> {
    let bad = |reason: String| EngineError::KeptOutlets(reason);
    let value =
        |(json, column): (serde_json::Value, &chancery_model::schema::Column)| match (json, column.kind) {
            (serde_json::Value::Null, _) => Value::Null,
            (serde_json::Value::Bool(b), _) => Value::Bool(b),
            (serde_json::Value::String(s), _) => Value::Text(s),
            (other, _) => Value::Json(other),
        };
    let rows: Vec<Vec<serde_json::Value>> = serde_json::from_str(text).map_err(|e| bad(e.to_string()))?;
    let columns = OutletRow::TABLE.columns;
    let row =
        |r: Vec<serde_json::Value>| OutletRow::from_values(r.into_iter().zip(columns).map(value).collect());
    rows.into_iter().map(|r| row(r).map_err(|e| bad(e.to_string()))).collect()
}

/// The host of a web address, in lower case, without `www.` and port.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    host.contains('.').then_some(host)
}

/// Reads a user's outlets: CSV with a header; `name` is required, the other columns may be left out.
///
/// # Errors
/// When the file cannot be read or a row has no name; the line is named.
pub(crate) fn read(path: &Path) -> Result<Vec<OutletRow>, EngineError> {
    let bad =
        |line: u64, reason: String| EngineError::Outlets { path: path.display().to_string(), line, reason };
    let text = crate::own::text_of(path, "--outlets")?;
    let text = text.trim_start_matches('\u{feff}');
    crate::own::closed(text).map_err(|(line, reason)| bad(line as u64, reason))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| bad(1, e.to_string()))?.clone();
    let column = |n: &str| header.iter().position(|h| h.eq_ignore_ascii_case(n));
    let Some(name_at) = column("name") else { return Err(bad(1, "there is no column \"name\"".into())) };
    let [aliases, domain, country, agency] = ["aliases", "domain", "country", "agency"].map(column);
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| bad(e.position().map_or(0, csv::Position::line), e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell =
            |at: Option<usize>| at.and_then(|i| record.get(i)).filter(|s| !s.is_empty()).map(str::to_owned);
        let name = cell(Some(name_at)).ok_or_else(|| bad(line, "the name is empty".into()))?;
        let agency = match cell(agency).map(|a| a.to_lowercase()).as_deref() {
            None | Some("no" | "false" | "0") => false,
            Some("yes" | "true" | "1") => true,
            Some(other) => return Err(bad(line, format!("agency is {other:?}, not yes or no"))),
        };
        let aliases = cell(aliases).map_or_else(Vec::new, |a| {
            a.split('|').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
        });
        out.push(OutletRow {
            id: outlet_id(&name),
            name,
            aliases: Nested(aliases),
            domain: cell(domain).map(|d| d.to_lowercase()),
            country: cell(country),
            agency,
        });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_kept_whole() {
        let row = OutletRow {
            id: outlet_id("Harbour Wire"),
            name: "Harbour Wire".into(),
            aliases: Nested(vec!["HW".into()]),
            domain: None,
            country: Some("NOR".into()),
            agency: true,
        };
        assert_eq!(kept(&keep(std::slice::from_ref(&row))).unwrap(), vec![row]);
        assert!(kept("no json").is_err() && kept("[[1]]").is_err());
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Example.org:8080/a?b").as_deref(), Some("example.org"));
        assert_eq!(host("http://user@news.example.org#x").as_deref(), Some("news.example.org"));
        assert_eq!(host("not a url"), None);
    }
}
