//! The rules of `data/blocks.toml`.

use aho_corasick::AhoCorasick;
use chancery_model::Span;
use chancery_model::vocab::BlockKind;
use regex::Regex;
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
    #[serde(default)]
    longest: usize,
    #[serde(default)]
    words: Vec<String>,
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
#[derive(Default)]
pub(crate) struct Rules {
    units: Vec<(Rule, Regex)>,
    /// Finds the words that the rules ask for; `owners` has the rule of each.
    words: Option<AhoCorasick>,
    owners: Vec<usize>,
    inline: Vec<(Rule, Regex)>,
}

/// The rules, compiled once. The data file is part of the program, so an error in it is one of the program; the tests
/// of this module read every rule.
pub(crate) static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::of(include_str!("../../data/blocks.toml")).unwrap_or_default());

/// Most rules for units: one bit each.
const MOST: usize = 64;

impl Rules {
    fn of(toml: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let file: File = toml::from_str(toml)?;
        let (inline, units): (Vec<Rule>, Vec<Rule>) =
            file.rule.into_iter().partition(|r| matches!(r.scope, Scope::Inline | Scope::Tail));
        let case = |r: &Rule| if r.case { "" } else { "(?i)" };
        let whole = |r: &Rule| format!("^{}(?:{})$", case(r), r.pattern);
        let end = |r: &Rule| if r.scope == Scope::Tail { r"\s*$" } else { "" };
        let tail = |r: &Rule| format!("{}(?:{}){}", case(r), r.pattern, end(r));
        let compile =
            |rules: Vec<Rule>, form: &dyn Fn(&Rule) -> String| -> Result<Vec<(Rule, Regex)>, regex::Error> {
                rules
                    .into_iter()
                    .map(|r| Ok((Regex::new(&form(&r))?, r)))
                    .map(|x| x.map(|(re, r)| (r, re)))
                    .collect()
            };
        let units = compile(units, &whole)?;
        let inline = compile(inline, &tail)?;
        let mut owners = Vec::new();
        let mut words = Vec::new();
        for (n, (r, _)) in units.iter().take(MOST).enumerate() {
            owners.extend(r.words.iter().map(|_| n));
            words.extend(r.words.iter().cloned());
        }
        let words = Some(AhoCorasick::builder().ascii_case_insensitive(true).build(words)?);
        Ok(Self { units, words, owners, inline })
    }

    /// The first rule that takes a whole unit, its white space already made single spaces.
    pub(crate) fn unit(&self, unit: &str) -> Option<&Rule> {
        let mut bits = 0_u64;
        for m in self.words.as_ref()?.find_overlapping_iter(unit) {
            bits |= 1 << self.owners.get(m.pattern().as_usize())?;
        }
        let fits = |n: usize, r: &Rule| bits & (1 << n) != 0 && unit.len() <= r.longest;
        self.units
            .iter()
            .take(MOST)
            .enumerate()
            .find(|(n, (r, re))| fits(*n, r) && re.is_match(unit))
            .map(|(_, (r, _))| r)
    }

    /// The stretches inside a unit that are not part of its text, in order and disjoint. `base` is where it begins.
    pub(crate) fn inside(&self, unit: &str, base: usize) -> Vec<(Span, &Rule)> {
        if !unit.contains(['[', '(']) && !unit.contains("Photo") {
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
    fn no_pattern_wants_more_of_the_regex_crate_than_the_program_is_built_with() {
        // Tests are built with all of Unicode, the program without general categories: there all rules would be lost.
        assert!(!include_str!("../../data/blocks.toml").contains("\\p{"));
    }

    #[test]
    fn every_rule_takes_its_examples_and_leaves_the_others() {
        let rules = Rules::of(include_str!("../../data/blocks.toml")).unwrap();
        assert!(rules.units.len() > 10);
        for (r, _) in &rules.units {
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
