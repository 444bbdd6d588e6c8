//! A series: figures that measure one thing, by day.

use super::page;
use super::{Asked, Fault, Room, chart, cite, correct, forms, lists, rows};
use chancery::Store;
use chancery::views::{self, room};
use chancery_model::rows::SeriesRow;
use maud::{Markup, html};

/// Rows on one page.
const PAGE: i64 = 60;

pub fn page(store: &Store, room: &Room, id: &str, asked: &Asked) -> Result<Markup, Fault> {
    let s: SeriesRow = rows(store, "id", id)?.into_iter().next().ok_or_else(|| {
        Fault::Missing("No series has this id; after a rebuild it may have another.".into())
    })?;
    let path = format!("/series/{id}");
    let list = room::figures_of(store, id, PAGE, forms::number(asked) * PAGE)?;
    // Drawn are more than are listed, so that the page shows where the list lies.
    let drawn = room::figures_of(store, id, 400, 0)?;
    let disagree: Vec<_> = views::disagreements_about(store, id)?.into_iter().take(5).collect();
    Ok(page::page(
        &s.title,
        &html! {
            h1 { (s.title) }
            (chart::figures(&drawn))
            @for d in &disagree { (lists::disagreement(d)) }
            (page::figures(&list, |f| html! {
                details { summary { "Cite or decide" } (cite::links(&f.report, f.start, f.end)) (correct::figure(room, f, &path)) }
            }))
            (forms::pager(&path, asked, list.len(), PAGE, None))
            p.meta.data { "These figures as " a href={ "/data/figures.json?series=" (id) } { "JSON" } ", " a href={ "/data/figures.csv?series=" (id) } { "CSV" } }
        },
    ))
}
