//! What a page says about itself: JSON-LD, OpenGraph, meta tags, `<title>`, `<time>`.

use super::scan::{Event, Scan, attribute, entities};
use crate::blocks::units::plain;
use chancery_model::report::Given;
use serde_json::Value;

/// Collected metadata.
#[derive(Debug, Default)]
pub(crate) struct Meta {
    pub(crate) given: Given,
    /// Captions of figures, in plain form.
    pub(crate) captions: Vec<String>,
    /// Deepest nesting of elements that must be closed.
    pub(crate) depth: usize,
    /// Number of elements.
    pub(crate) elements: usize,
}

/// Names of meta tags, the most telling first.
const TITLE: &[&str] =
    &["og:title", "twitter:title", "headline", "dc.title", "parsely-title", "sailthru.title"];
const OUTLET: &[&str] =
    &["og:site_name", "publisher", "dc.publisher", "application-name", "twitter:site:name", "cre"];
const BYLINE: &[&str] = &[
    "author",
    "byl",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "displaydate",
    "ptime",
    "date",
    "article.published",
    "datecreated",
];
const LANGUAGE: &[&str] = &["og:locale", "content-language", "dc.language", "language"];

/// Elements without content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that are often left open; a following one closes them.
fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dd"
            | "dt"
            | "td"
            | "th"
            | "tr"
            | "option"
            | "tbody"
            | "thead"
            | "tfoot"
            | "optgroup"
            | "html"
            | "body"
            | "head"
    )
}

/// Reads what a page says about itself.
pub(crate) fn read(html: &str) -> Meta {
    let mut out = Meta::default();
    let mut tags: Vec<(String, String)> = Vec::new();
    let (mut ld, mut titles, mut headings, mut times, mut lang) = (Given::default(), None, None, None, None);
    let (mut canonical, mut depth) = (None, 0_usize);
    // The text of the elements that are being collected.
    let (mut caption, mut heading): (Option<String>, Option<String>) = (None, None);
    let (mut in_ld, mut in_title) = (false, false);
    for event in Scan::new(html) {
        match event {
            Event::Open(name, a) => {
                out.elements += 1;
                if !is_void(&name) && !may_stay_open(&name) && !a.ends_with('/') {
                    depth += 1;
                    out.depth = out.depth.max(depth);
                }
                match name.as_str() {
                    "html" => lang = lang.or_else(|| attribute(a, "lang")),
                    "meta" => {
                        let name = ["property", "name", "itemprop", "http-equiv"]
                            .iter()
                            .find_map(|k| attribute(a, k));
                        if let (Some(n), Some(v)) = (name, attribute(a, "content")) {
                            tags.push((n.to_ascii_lowercase(), v));
                        }
                    }
                    "link" if attribute(a, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                        canonical = canonical.or_else(|| attribute(a, "href"));
                    }
                    "script" => in_ld = attribute(a, "type").is_some_and(|t| t.contains("ld+json")),
                    "title" => in_title = true,
                    "time" => times = times.or_else(|| attribute(a, "datetime")),
                    "figcaption" => caption = Some(String::new()),
                    "h1" if headings.is_none() => heading = Some(String::new()),
                    _ => {}
                }
            }
            Event::Close(name) => {
                if !is_void(&name) && !may_stay_open(&name) {
                    depth = depth.saturating_sub(1);
                }
                match name.as_str() {
                    "figcaption" => out
                        .captions
                        .extend(caption.take().map(|c| plain(&entities(&c))).filter(|c| !c.is_empty())),
                    "h1" => headings = headings.or(heading.take()),
                    "script" => in_ld = false,
                    "title" => in_title = false,
                    _ => {}
                }
            }
            Event::Text(t) if in_ld => json_ld(t, &mut ld),
            Event::Text(t) => {
                if in_title {
                    titles = titles.or(Some(t));
                }
                for open in [&mut caption, &mut heading].into_iter().flatten() {
                    open.push_str(t);
                }
            }
        }
    }
    let tag = |names: &[&str]| {
        names
            .iter()
            .find_map(|n| tags.iter().find(|(k, v)| k == n && !v.trim().is_empty()).map(|(_, v)| v.clone()))
    };
    let g = &mut out.given;
    g.outlet = ld.outlet.or_else(|| tag(OUTLET)).map(|o| line(&o)).filter(|o| !o.starts_with("http"));
    let title = titles.map(|t| cut_site(&line(&entities(t)), g.outlet.as_deref()));
    let og = ld.title.or_else(|| tag(TITLE)).map(|t| cut_site(&line(&t), g.outlet.as_deref()));
    g.title = og.or_else(|| headings.map(|h| line(&entities(&h)))).or(title).filter(|t| !t.is_empty());
    g.byline = ld
        .byline
        .or_else(|| tag(BYLINE))
        .map(|b| line(&b))
        .filter(|b| !b.starts_with("http") && !b.is_empty());
    g.byline = g
        .byline
        .take()
        .map(|b| ["By ", "by ", "BY "].iter().find_map(|p| b.strip_prefix(p)).unwrap_or(&b).to_owned());
    g.published =
        ld.published.or_else(|| tag(PUBLISHED)).or(times).map(|p| line(&p)).filter(|p| !p.is_empty());
    g.language = ld
        .language
        .or(lang)
        .or_else(|| tag(LANGUAGE))
        .map(|l| line(&l).replace('_', "-"))
        .filter(|l| !l.is_empty());
    g.url =
        canonical.or_else(|| tag(&["og:url"])).or(ld.url).map(|u| line(&u)).filter(|u| u.starts_with("http"));
    out
}

/// One line of text: single spaces, tags of a heading taken away.
fn line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the name of the site behind it: `Talks fail | The Post`, `Talks fail - The Post`.
fn cut_site(title: &str, outlet: Option<&str>) -> String {
    for sep in [" | ", " — ", " – ", " - ", " :: ", " « ", " • "] {
        let Some((head, site)) = title.rsplit_once(sep) else { continue };
        let named = outlet.is_some_and(|o| plain(o) == plain(site));
        let short = outlet.is_none() && site.split(' ').count() <= 4 && head.split(' ').count() >= 4;
        if named || (short && sep == " | ") {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Takes the first article that a block of JSON-LD describes.
fn json_ld(text: &str, out: &mut Given) {
    if out.title.is_some() && out.published.is_some() {
        return;
    }
    // Pages wrap it into comments or CDATA now and then.
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>");
    if let Ok(v) = serde_json::from_str::<Value>(text.trim()) {
        article(&v, out, 0);
    }
}

fn article(v: &Value, out: &mut Given, depth: usize) {
    if depth > 6 {
        return;
    }
    match v {
        Value::Array(a) => a.iter().take(50).for_each(|x| article(x, out, depth + 1)),
        Value::Object(o) => {
            let kinds: Vec<&str> = match o.get("@type") {
                Some(Value::String(s)) => vec![s],
                Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            if kinds.iter().any(|k| k.ends_with("Article") || k.ends_with("Posting") || *k == "Report")
                && out.title.is_none()
            {
                let text =
                    |k: &str| o.get(k).and_then(Value::as_str).map(entities).filter(|s| !s.trim().is_empty());
                out.title = text("headline").or_else(|| text("name"));
                out.published = text("datePublished").or_else(|| text("dateCreated"));
                out.language = o.get("inLanguage").and_then(name);
                out.byline = o.get("author").or_else(|| o.get("creator")).and_then(name);
                out.outlet = o.get("publisher").or_else(|| o.get("sourceOrganization")).and_then(name);
                out.url = text("url").or_else(|| text("mainEntityOfPage"));
            }
            for k in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(x) = o.get(k) {
                    article(x, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// A name, however it is wrapped: a string, an object with a name, a list of either.
pub(crate) fn name(v: &Value) -> Option<String> {
    let found = match v {
        Value::String(s) => entities(s),
        Value::Object(o) => o.get("name").or_else(|| o.get("title")).and_then(Value::as_str).map(entities)?,
        Value::Array(a) => {
            let names: Vec<String> = a.iter().take(20).filter_map(name).collect();
            names.join(", ")
        }
        _ => return None,
    };
    Some(found).filter(|s| !s.trim().is_empty())
}
