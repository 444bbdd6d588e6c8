//! Offices that somebody is said to hold: "Foreign Minister NAME", "NAME, the envoy of Kenya,", "former premier NAME".

use crate::Context;
use crate::entities::country_of;
use crate::entities::view::View;
use chancery_lexicon::titles;
use chancery_model::facts::{Maker, OfficeClaim, Tenure};
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::vocab::MentionKind;

/// Adds a claim for every office that stands beside its holder's name.
pub fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut claims = Vec::new();
    for office in ctx.marks.names.iter().filter(|m| m.kind == NameKind::Office) {
        let Some(person) = view.holder(office) else { continue };
        let entity = |p: &NameMark| {
            let span = view.span(p);
            ctx.facts.mentions.iter().find(|m| m.span == span && m.kind == MentionKind::Person)?.entity
        };
        let (words, named) = office_words(view.name(office));
        // "Deputy Ministers NAME and NAME": each is one.
        let single = singular(&words);
        let second = single.as_ref().and_then(|_| {
            let end = person.tokens.end as usize;
            let next =
                matches!(view.low(end).as_str(), "and" | "&").then(|| view.starting_at(end + 1)).flatten();
            next.filter(|m| m.kind == NameKind::Person)
        });
        let words = single.unwrap_or(words);
        let holders: Vec<_> = [Some(person), second]
            .into_iter()
            .flatten()
            .filter_map(|p| Some((entity(p)?, view.span(p))))
            .collect();
        // A calling ("analyst", "lawyer") is no office.
        if words.is_empty() || callings_only(&words) {
            continue;
        }
        let owner = view.owner_of(office);
        let owned = view.owned(office);
        let organization = [owner, owned]
            .into_iter()
            .flatten()
            .find(|m| m.kind == NameKind::Organization)
            .map(|m| view.name(m).to_owned());
        let country = [owner, owned].into_iter().flatten().find_map(|m| country_of(&view, m));
        let tenure = named.or_else(|| tenure_before(&view, office)).unwrap_or(Tenure::Current);
        for (entity, span) in holders {
            claims.push(OfficeClaim {
                entity,
                office: words.clone(),
                organization: organization.clone(),
                country: country.clone(),
                tenure,
                span: view.span(office).cover(span),
                maker: Maker { by: "rules:offices".into(), sure: office.sure },
            });
        }
    }
    ctx.facts.offices.append(&mut claims);
}

/// One of an office named in the plural; `None` when it is not.
fn singular(words: &str) -> Option<String> {
    let one = words.strip_suffix('s')?;
    let whole = |w: &str| titles::office_at(w, 0).is_some_and(|(end, _)| end == w.len());
    (whole(one) && !one.ends_with('s')).then(|| one.to_owned())
}

/// The office in lower case without its word of tenure, and that tenure.
fn office_words(words: &str) -> (String, Option<Tenure>) {
    let mut low = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut tenure = None;
    for tail in ["-elect", "-designate", " elect", " designate"] {
        if let Some(core) = low.strip_suffix(tail) {
            low = core.to_owned();
            tenure = Some(Tenure::Elect);
        }
    }
    if let Some((end, kind)) = titles::tenure_at(&low, 0) {
        let rest = low.get(end..).unwrap_or("").trim_start_matches([' ', '-']);
        if titles::office_at(rest, 0).is_some() {
            tenure = Some(of_word(kind));
            low = rest.to_owned();
        }
    }
    (low, tenure)
}

fn of_word(kind: &str) -> Tenure {
    match kind {
        "former" => Tenure::Former,
        "outgoing" => Tenure::Outgoing,
        "elect" => Tenure::Elect,
        "acting" => Tenure::Acting,
        "then" => Tenure::Then,
        _ => Tenure::Current,
    }
}

/// "former", "acting", "then-" before the office or before whose office it is.
fn tenure_before(view: &View<'_>, office: &NameMark) -> Option<Tenure> {
    let mut at = office.tokens.start as usize;
    for _ in 0..5 {
        if let Some(m) = view.ending_at(at).filter(|m| !matches!(m.kind, NameKind::Person | NameKind::Office))
        {
            at = m.tokens.start as usize;
            continue;
        }
        at = at.checked_sub(1)?;
        let word = view.word(at);
        if matches!(word, "-" | "'s" | "’s") {
            continue;
        }
        return titles::tenure_at(word, 0).filter(|(end, _)| *end == word.len()).map(|(_, k)| of_word(k));
    }
    None
}

fn callings_only(words: &str) -> bool {
    let starts = std::iter::once(0)
        .chain(words.char_indices().filter(|(_, c)| matches!(c, ' ' | '-')).map(|(n, _)| n + 1));
    starts.filter_map(|at| titles::core_at(words, at)).all(|(_, c)| c.weak)
}
