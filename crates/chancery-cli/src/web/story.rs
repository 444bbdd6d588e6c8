//! The story day by day: the days that most sources tell of, each with the sentence that says best what.

use super::{Asked, Fault, Room, forms, page};
use axum::http::StatusCode;
use chancery::Store;
use chancery::views::{self, StoryLength, StoryLine};
use maud::{Markup, html};

/// Days where nobody asks for a number.
const DAYS: usize = 20;
/// Most days of a page.
const MOST: usize = 400;

pub fn page(store: &Store, _: &Room, asked: &Asked) -> Result<Markup, Fault> {
    let given = match forms::get(asked, "days") {
        Some(d) => Some(d.parse::<usize>().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| {
            let why = format!(
                "{d:?} is no number of days: give a whole number from 1 to {MOST}, as in /story?days=30."
            );
            Fault::Refused(StatusCode::BAD_REQUEST, why)
        })?),
        None => None,
    };
    let length = given.map_or(StoryLength::AtMost(DAYS), StoryLength::Days);
    let found: Vec<StoryLine> = views::story(store, length)?.into_iter().map(StoryLine::from).collect();
    let shown = given.unwrap_or(DAYS);
    Ok(page::page(
        "The story",
        &html! {
            h1 { "The story, day by day" }
            p.meta { "The days that most sources tell of. Of each, the sentence that has most in common with all that is told of it." }
            form.filter action="/story" {
                label { "How many days " input type="number" name="days" min="1" max=(MOST) value=(shown); }
                button { "Show" }
            }
            (days(&found))
        },
    ))
}

/// The days as a list, each with its words and where they stand.
pub fn days(list: &[StoryLine]) -> Markup {
    html! {
        @if list.is_empty() { p { "No day is told of." } }
        @else { ol.days { @for d in list { li {
            h3 { time datetime=(d.day) { (d.day) } " " span.num { (page::count(d.origins, "origin")) } }
            @if let Some(p) = &d.passage {
                p.words { a href=(page::words_at(p.report_id.as_str(), p.at)) { (unlinked(&p.text)) } }
                p.meta {
                    (page::outlet(p.outlet.as_deref(), &p.report))
                    @if let Some(day) = &p.published { ", " (day) }
                }
            }
            @if let Some((id, title, status)) = &d.event { p.meta {
                @if d.passage_tells { "Event: " } @else { "Also told of the day: " }
                a href={ "/event/" (id) } { (title) } " " span class={ "status s-" (status) } {} " " (status)
            } }
        } } } }
    }
}

/// Words without the addresses of Markdown links: "[the lake](https://…)" is shown as "the lake".
fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('[') {
        let link = tail.split_once("](").and_then(|(words, t)| Some((words, t.split_once(')')?)));
        match link
            .filter(|(words, (address, _))| !words.contains('[') && !address.contains(char::is_whitespace))
        {
            Some((words, (_, behind))) => {
                out.push_str(before);
                out.push_str(words);
                rest = behind;
            }
            None => {
                out.push_str(before);
                out.push('[');
                rest = tail;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::unlinked;

    #[test]
    fn links_are_shown_as_their_words() {
        assert_eq!(unlinked("above [Lake Geneva](https://a.example/b) that"), "above Lake Geneva that");
        assert_eq!(
            unlinked("he [the envoy] left (late), [a](b) and [c](d)."),
            "he [the envoy] left (late), a and c."
        );
        assert_eq!(unlinked("[no end](x"), "[no end](x");
    }
}
