//! The rules of `data/blocks.toml`.

use chancery_model::Span;
use chancery_model::vocab::BlockKind;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;
use std::sync::LazyLock;

/// Where a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scope {
    Unit,
    List,
    Rest,
    Inline,
    Tail,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Rule {
    pub(crate) kind: BlockKind,
    pub(crate) scope: Scope,
    pub(crate) why: String,
    pattern: String,
    #[serde(default)]
    case: bool,
    #[cfg(test)]
    yes: Vec<String>,
    #[cfg(test)]
    no: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

/// The compiled rules.
pub(crate) struct Rules {
    units: Vec<Rule>,
    set: RegexSet,
    inline: Vec<(Rule, Regex)>,
}

/// The rules, compiled once. The data file is part of the program, so an error in it is one of the program; the tests
/// of this module read every rule.
pub(crate) static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::of(include_str!("../../data/blocks.toml")).unwrap_or_default());

impl Default for Rules {
    fn default() -> Self {
        Self { units: Vec::new(), set: RegexSet::empty(), inline: Vec::new() }
    }
}

impl Rules {
    fn of(toml: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let file: File = toml::from_str(toml)?;
        let (inline, units): (Vec<Rule>, Vec<Rule>) =
            file.rule.into_iter().partition(|r| matches!(r.scope, Scope::Inline | Scope::Tail));
        let whole = |r: &Rule| format!("^{}(?:{})$", if r.case { "" } else { "(?i)" }, r.pattern);
        let set = RegexSetBuilder::new(units.iter().map(whole))
            .size_limit(1 << 26)
            .dfa_size_limit(1 << 24)
            .build()?;
        let inline = inline
            .into_iter()
            .map(|r| {
                let end = if r.scope == Scope::Tail { r"\s*$" } else { "" };
                let re = RegexBuilder::new(&format!("(?i)(?:{}){end}", r.pattern)).build()?;
                Ok::<_, regex::Error>((r, re))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { units, set, inline })
    }

    /// The first rule that takes a whole unit, its white space already made single spaces.
    pub(crate) fn unit(&self, unit: &str) -> Option<&Rule> {
        self.set.matches(unit).iter().next().and_then(|n| self.units.get(n))
    }

    /// The stretches inside a unit that are not part of its text, in order and disjoint. `base` is where it begins.
    pub(crate) fn inside(&self, unit: &str, base: usize) -> Vec<(Span, &Rule)> {
        if !unit.contains(['[', '(']) {
            return Vec::new();
        }
        let mut out: Vec<(Span, &Rule)> = Vec::new();
        for (rule, re) in &self.inline {
            // A tail is looked for at the end only, so that long units cost nothing.
            let from = if rule.scope == Scope::Tail { unit.rfind(['(', '[']).unwrap_or(0) } else { 0 };
            for m in re.find_iter(unit.get(from..).unwrap_or("")) {
                let span = Span::new(base + from + m.start(), base + from + m.end());
                if out.iter().all(|(s, _)| !s.overlaps(span)) {
                    out.push((span, rule));
                }
            }
        }
        out.sort_by_key(|(s, _)| *s);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_takes_its_examples_and_leaves_the_others() {
        let rules = Rules::of(include_str!("../../data/blocks.toml")).unwrap();
        assert!(rules.units.len() > 10);
        for r in &rules.units {
            assert!(!r.yes.is_empty() && !r.no.is_empty(), "{}", r.pattern);
            for x in &r.yes {
                let x = super::super::units::bare(x);
                let got = rules.unit(&x).map(|g| (g.kind, g.why.as_str()));
                assert_eq!(got, Some((r.kind, r.why.as_str())), "{x:?}");
            }
            for x in &r.no {
                assert!(rules.unit(x).is_none(), "{x:?} is taken by {:?}", rules.unit(x).map(|r| &r.why));
            }
        }
        for (r, _) in &rules.inline {
            for x in &r.yes {
                assert!(!rules.inside(&format!("Before it {x}"), 0).is_empty(), "{x:?}");
            }
            for x in &r.no {
                assert!(rules.inside(&format!("Before it {x} and after"), 0).is_empty(), "{x:?}");
            }
        }
    }
}
