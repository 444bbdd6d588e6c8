//! Filters, pagers and addresses. Everything works by links and forms, without a script.

use super::{Asked, Fault};
use axum::http::StatusCode;
use chancery_model::Edtf;
use chancery_model::vocab::{Act, EventType, Status};
use maud::{Markup, html};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What may not stand unescaped in a part of an address.
const PART: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Words as a part of an address.
pub fn part(s: &str) -> String {
    utf8_percent_encode(s, PART).to_string()
}

/// The address of a page with some of the parameters that were asked for and some changed; an empty value leaves one out.
pub fn link(path: &str, asked: &Asked, changes: &[(&str, &str)]) -> String {
    let mut all = asked.clone();
    for (k, v) in changes {
        all.insert((*k).to_owned(), (*v).to_owned());
    }
    let query: Vec<String> =
        all.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{}={}", part(k), part(v))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// A parameter that has a value.
pub fn get(asked: &Asked, name: &str) -> Option<String> {
    asked.get(name).map(|v| v.trim()).filter(|v| !v.is_empty()).map(str::to_owned)
}

/// The number of the page of a list, from 0.
pub fn number(asked: &Asked) -> i64 {
    asked.get("page").and_then(|p| p.parse().ok()).unwrap_or(0).clamp(0, 1_000_000)
}

/// A choice among words.
pub fn choice(name: &str, label: &str, words: &[&str], asked: &Asked) -> Markup {
    let chosen = asked.get(name).map_or("", String::as_str);
    html! { label { (label) " " select name=(name) {
        option value="" { "any" }
        @for w in words { option value=(w) selected[chosen == *w] { (shown(w)) } }
    } } }
}

/// A word of a list as people are shown it.
fn shown(word: &str) -> String {
    if word == EventType::Outside.as_str() { "no PLOVER type".to_owned() } else { word.to_lowercase() }
}

/// A field. A date is plain text: a month or a year will do, and a calendar for each would be the slowest thing on the page.
pub fn field(name: &str, label: &str, kind: &str, asked: &Asked) -> Markup {
    let value = asked.get(name).map_or("", String::as_str);
    html! { label { (label) " "
        @if kind == "date" { input.date name=(name) value=(value) placeholder="2013-05-01" size="10" inputmode="numeric" autocomplete="off"; }
        @else { input type=(kind) name=(name) value=(value); }
    } }
}

/// The parameters with `from` and `to` as whole days: `2013-05` begins on its first day and ends on its last.
pub fn whole_days(mut asked: Asked) -> Result<Asked, Fault> {
    for (name, first) in [("from", true), ("to", false)] {
        let Some(value) = get(&asked, name) else { continue };
        let days = value.parse::<Edtf>().map(|e| e.days()).ok();
        let day = days.and_then(|d| if first { d.lo } else { d.hi });
        let Some(day) = day else {
            let why =
                format!("“{value}” is no day. Write 2013-05-01, or 2013-05 for a month, or 2013 for a year.");
            return Err(Fault::Refused(StatusCode::BAD_REQUEST, why));
        };
        asked.insert(name.to_owned(), day.to_string());
    }
    Ok(asked)
}

/// A box for an actor, with those spoken of most as suggestions. `name` is that of the actor asked for, if known.
pub fn actor(label: &str, param: &str, name: Option<&str>, suggestions: &[String]) -> Markup {
    html! {
        label { (label) " " input name=(param) value=(name.unwrap_or_default()) list={ "list-" (param) } autocomplete="off"; }
        datalist id={ "list-" (param) } { @for s in suggestions { option value=(s) {} } }
    }
}

/// The types of events, then the kinds outside PLOVER.
pub fn kinds() -> Vec<&'static str> {
    types().into_iter().chain(chancery::views::event_kinds()).collect()
}

/// The types of events.
pub fn types() -> Vec<&'static str> {
    EventType::ALL.iter().map(|t| t.as_str()).collect()
}

/// The statuses of events, from done to denied.
pub fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().rev().map(|t| t.as_str()).collect()
}

/// The acts of statements.
pub fn acts() -> Vec<&'static str> {
    Act::ALL.iter().map(|t| t.as_str()).collect()
}

/// Links to the page before and after, and which rows are shown.
pub fn pager(path: &str, asked: &Asked, shown: usize, size: i64, total: Option<i64>) -> Markup {
    let n = number(asked);
    let shown = i64::try_from(shown).unwrap_or(0);
    let more = total.map_or(shown == size, |t| n * size + shown < t);
    html! { @if n > 0 || more { nav.pager aria-label="Pages of the list" {
        @if n > 0 { a rel="prev" href=(link(path, asked, &[("page", &(n - 1).to_string())])) { "Previous" } " " }
        @if shown > 0 { span.num { (n * size + 1) "–" (n * size + shown) @if let Some(t) = total { " of " (t) } } }
        @else { "There is no such page. " a href=(link(path, asked, &[("page", "")])) { "The first" } }
        " "
        @if more { a rel="next" href=(link(path, asked, &[("page", &(n + 1).to_string())])) { "Next" } }
    } } }
}

/// What stands where nothing fits: that the days are the wrong way round, if they are; nothing past the last page, of which
/// the pager speaks.
pub fn nothing(asked: &Asked, what: &str) -> Markup {
    if number(asked) > 0 {
        return Markup::default();
    }
    let day = |k: &str| asked.get(k).filter(|d| !d.is_empty());
    let turned =
        day("from").zip(day("to")).is_some_and(|(from, to)| from > to && !from.starts_with(to.as_str()));
    html! { p { @if turned { "The first day is later than the last, so no " (what) " fits." } @else { "No " (what) " fits." } } }
}

/// Links to the list as data.
pub fn as_data(name: &str, asked: &Asked) -> Markup {
    html! { p.meta.data { "This list as "
        a href=(link(&format!("/data/{name}.json"), asked, &[("page", "")])) { "JSON" } ", "
        a href=(link(&format!("/data/{name}.csv"), asked, &[("page", "")])) { "CSV" }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_whole() {
        let asked = |from: &str, to: &str| {
            whole_days(Asked::from([("from".to_owned(), from.to_owned()), ("to".to_owned(), to.to_owned())]))
        };
        let days = |from: &str, to: &str| {
            asked(from, to).ok().map(|a| (a.get("from").cloned(), a.get("to").cloned()))
        };
        let want = |a: &str, b: &str| Some((Some(a.to_owned()), Some(b.to_owned())));
        assert_eq!(days("2012-02", "2012-02"), want("2012-02-01", "2012-02-29"));
        assert_eq!(days("2012", "2013-05-03"), want("2012-01-01", "2013-05-03"));
        assert_eq!(days("", ""), want("", ""));
        assert!(asked("May 2013", "").is_err());
    }

    #[test]
    fn addresses_keep_and_escape_what_was_asked() {
        let asked: Asked =
            [("outlet", "A & B\"><x"), ("page", "3")].map(|(k, v)| (k.into(), v.into())).into();
        assert_eq!(link("/reports", &asked, &[("page", "")]), "/reports?outlet=A%20%26%20B%22%3E%3Cx");
        assert_eq!(link("/reports", &Asked::new(), &[]), "/reports");
    }
}
