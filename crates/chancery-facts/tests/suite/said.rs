//! Statements as the Markdown suites write them: a `## title`, the report in a `text` block, the expected rows in a `toml` block.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use serde::Deserialize;
use std::path::Path;

/// One string or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    /// The words as one string.
    pub fn join(&self) -> String {
        match self {
            Self::One(s) => s.clone(),
            Self::Many(v) => v.join(" "),
        }
    }

    /// Each string, [`plain`].
    pub fn list(&self) -> Vec<String> {
        match self {
            Self::One(s) => vec![plain(s)],
            Self::Many(v) => v.iter().map(|s| plain(s)).collect(),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub source: Option<Words>,
    pub cue: Option<Words>,
    pub content: Option<Words>,
    /// Name of the speaker's entity.
    pub speaker: Option<String>,
    pub named: Option<bool>,
    pub form: Option<String>,
    pub act: Option<String>,
    /// Words of each relay, nearest the speaker first.
    pub relays: Option<Vec<String>>,
    /// Cue of the statement that holds this one; "" when none does.
    pub within: Option<String>,
    /// Name of the addressee's entity.
    pub addressee: Option<String>,
    pub medium: Option<String>,
    /// Words of the time expression.
    pub said: Option<String>,
    pub negated: Option<bool>,
    pub hedged: Option<bool>,
    pub sure: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(default)]
    pub statement: Vec<Row>,
    #[serde(default)]
    pub none: bool,
    #[serde(default)]
    pub others: bool,
    pub outlet: Option<String>,
    pub known_failure: Option<String>,
}

/// A case of a suite.
pub struct Case {
    pub title: String,
    pub text: String,
    pub expected: Expected,
}

/// Words with single spaces and without marks at the edges.
pub fn plain(s: &str) -> String {
    let one = s.split_whitespace().collect::<Vec<_>>().join(" ");
    one.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The cases of a file.
pub fn cases(path: &Path) -> Vec<Case> {
    // A file may begin with a case.
    let suite = format!("\n{}", std::fs::read_to_string(path).unwrap());
    let mut out = Vec::new();
    for part in suite.split("\n## ").skip(1) {
        let title = part.lines().next().unwrap_or("").trim().to_owned();
        let block = |kind: &str| -> Option<String> {
            let open = format!("```{kind}\n");
            let start = part.find(&open)? + open.len();
            let end = start + part.get(start..)?.find("\n```")?;
            part.get(start..end).map(str::to_owned)
        };
        let name = path.display();
        let text = block("text").unwrap_or_else(|| panic!("{name}: {title}: no text block"));
        let toml = block("toml").unwrap_or_else(|| panic!("{name}: {title}: no toml block"));
        let expected: Expected = toml::from_str(&toml).unwrap_or_else(|e| panic!("{name}: {title}: {e}"));
        assert!(
            expected.none || !expected.statement.is_empty(),
            "{name}: {title}: expects nothing; say none = true"
        );
        out.push(Case { title, text, expected });
    }
    out
}
