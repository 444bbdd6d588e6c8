//! A user's own chronology: `--known FILE`, in the form of the program's own (TOML) or as CSV.

use crate::EngineError;
use chancery_lexicon::chronology::{self, Fact};
use std::collections::BTreeSet;
use std::path::Path;

/// Columns of the CSV form; `title`, `date` and `words` are required.
const COLUMNS: [&str; 9] = ["id", "title", "kind", "date", "words", "places", "who", "office", "country"];

/// Reads a user's facts: TOML when the file ends in `.toml`, else CSV with a header.
///
/// # Errors
/// When the file cannot be read or a fact is wrong; file, line and reason are named.
pub(crate) fn read(path: &Path) -> Result<Vec<Fact>, EngineError> {
    let bad =
        |line: usize, reason: String| EngineError::Known { path: path.display().to_string(), line, reason };
    let text = crate::own::text_of(path, "--known")?;
    let toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    let facts = if toml {
        chronology::read(&text).map_err(|(line, reason)| bad(line, reason))?
    } else {
        from_csv(&text).map_err(|(line, reason)| bad(line, reason))?
    };
    let mut ids = BTreeSet::new();
    for (line, fact) in &facts {
        if let Some(reason) = chronology::fault(fact) {
            return Err(bad(*line, reason));
        }
        if !ids.insert(fact.id.as_str()) {
            return Err(bad(*line, format!("the id {:?} stands twice", fact.id)));
        }
    }
    Ok(facts.into_iter().map(|(_, f)| f).collect())
}

fn from_csv(text: &str) -> Result<Vec<(usize, Fact)>, (usize, String)> {
    crate::own::closed(text)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| (1, e.to_string()))?.clone();
    let at = COLUMNS.map(|n| header.iter().position(|h| h.eq_ignore_ascii_case(n)));
    let [id, title, kind, date, words, places, who, office, country] = at;
    for (name, column) in [("title", title), ("date", date), ("words", words)] {
        if column.is_none() {
            return Err((1, format!("there is no column {name:?}")));
        }
    }
    let mut out = Vec::new();
    for (n, record) in reader.records().enumerate() {
        let line_of =
            |p: Option<&csv::Position>| p.and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(n + 2);
        let record = record.map_err(|e| (line_of(e.position()), e.to_string()))?;
        let line = line_of(record.position());
        let cell =
            |c: Option<usize>| c.and_then(|c| record.get(c)).filter(|s| !s.is_empty()).map(str::to_owned);
        let list = |c: Option<usize>| -> Vec<String> {
            let parts = cell(c).unwrap_or_default();
            parts.split('|').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
        };
        let need =
            |c: Option<usize>, name: &str| cell(c).ok_or_else(|| (line, format!("the {name} is empty")));
        let title = need(title, "title")?;
        let date = need(date, "date")?.parse().map_err(|e| (line, format!("{e}")))?;
        let kind = cell(kind).unwrap_or_else(|| "other".to_owned());
        let kind = serde_json::from_value(serde_json::Value::String(kind.clone())).map_err(|_| {
            (line, format!("{kind:?} is no kind; write war, summit, election, attack or other"))
        })?;
        out.push((
            line,
            Fact {
                id: cell(id).unwrap_or_else(|| format!("{title} ({date})")),
                title,
                kind,
                date,
                places: list(places),
                who: list(who),
                words: list(words),
                office: cell(office),
                country: cell(country),
                org: None,
                year_in_text: false,
                status: String::new(),
            },
        ));
    }
    Ok(out)
}

/// A user's facts as the record keeps them: JSON.
pub(crate) fn keep(own: &[Fact]) -> String {
    serde_json::to_string(own).unwrap_or_default()
}

/// The facts that [`keep`] wrote.
///
/// # Errors
/// When they cannot be understood: the record was changed by hand, or by a newer version.
pub(crate) fn kept(text: &str) -> Result<Vec<Fact>, EngineError> {
    serde_json::from_str(text).map_err(|e| EngineError::KeptKnown(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    #[test]
    fn both_forms_say_the_same_and_are_kept_whole() {
        let csv = "id,title,kind,date,words,places\nnordhavn-fair,The Nordhavn fair,conference,2031-05-02/2031-05-04,Nordhavn fair|fair of Nordhavn,Nordhavn\n";
        let toml = "[[fact]]\nid = \"nordhavn-fair\"\ntitle = \"The Nordhavn fair\"\nkind = \"conference\"\ndate = \"2031-05-02/2031-05-04\"\nplaces = [\"Nordhavn\"]\nwords = [\"Nordhavn fair\", \"fair of Nordhavn\"]\n";
        let (_a, a) = file("k.csv", csv);
        let (_b, b) = file("k.toml", toml);
        let facts = read(&a).unwrap();
        assert_eq!(facts, read(&b).unwrap());
        assert_eq!(kept(&keep(&facts)).unwrap(), facts);
        assert!(kept("{").is_err());
    }

    #[test]
    fn errors_name_file_line_and_reason() {
        for (name, text, line, reason) in [
            ("k.csv", "title,date\nA,2004\n", 1, "words"),
            ("k.csv", "title,date,words\nA,2004,a b\nB,2004-13,b\n", 3, "2004-13"),
            ("k.csv", "title,date,words,kind\nA,2004,a b,party\n", 2, "party"),
            ("k.csv", "title,date,words\n,2004,a b\n", 2, "title"),
            ("k.toml", "\n[[fact]]\nid = \"a\"\n", 2, "title"),
            (
                "k.toml",
                "[[fact]]\nid = \"a\"\ntitle = \"A\"\nkind = \"other\"\ndate = \"../2004\"\nwords = [\"a b\"]\n",
                1,
                "first day",
            ),
        ] {
            let (_dir, path) = file(name, text);
            let e = read(&path).unwrap_err().to_string();
            assert!(e.contains(&format!("{name}:{line}:")) && e.contains(reason), "{e}");
        }
    }
}
