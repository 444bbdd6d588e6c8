//! Offices that somebody is said to hold: "Foreign Minister NAME", "NAME, the envoy of Kenya,", "former premier NAME".

use crate::Context;
use crate::entities::country_of;
use crate::entities::view::View;
use chancery_lexicon::titles;
use chancery_model::facts::{Maker, OfficeClaim, Tenure};
use chancery_model::mark::{NameKind, NameMark};
use chancery_model::vocab::{MentionKind, Sure};

/// Adds a claim for every office that stands beside its holder's name.
pub fn add(ctx: &mut Context<'_>) {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let mut claims = Vec::new();
    for office in ctx.marks.names.iter().filter(|m| m.kind == NameKind::Office) {
        let Some(person) = view.holder(office).or_else(|| by_tree(&view, office)) else { continue };
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
        // "Holm's spokesman Jan Rau" is of Holm's state.
        let boss = boss_of(ctx, &view, office);
        let tenure = named.or_else(|| tenure_before(&view, office)).unwrap_or(Tenure::Current);
        for (entity, span) in holders {
            claims.push(OfficeClaim {
                entity,
                office: words.clone(),
                organization: organization.clone(),
                country: country
                    .clone()
                    .or_else(|| ctx.facts.entities.get(entity as usize)?.country.clone())
                    .or_else(|| boss.clone()),
                tenure,
                span: view.span(office).cover(span),
                maker: Maker { by: "rules:offices".into(), sure: office.sure },
            });
        }
    }
    claims.extend(counterparts(ctx, &view, &claims));
    claims.sort_by_key(|c: &OfficeClaim| (c.span.start, c.span.end));
    for c in &claims {
        let Some(e) = ctx.facts.entities.get_mut(c.entity as usize) else { continue };
        e.country = e.country.take().or_else(|| c.country.clone());
        e.sector = e.sector.take().or_else(|| crate::entities::office_sector(&c.office));
    }
    ctx.facts.offices.append(&mut claims);
}

/// The state of the person whose an office is: "Holm's spokesman".
fn boss_of(ctx: &Context<'_>, view: &View<'_>, office: &NameMark) -> Option<String> {
    let sign = (office.tokens.start as usize).checked_sub(1)?;
    if !matches!(view.word(sign), "'s" | "’s" | "'" | "’") {
        return None;
    }
    let boss = view.ending_at(sign).filter(|m| m.kind == NameKind::Person)?;
    let span = view.span(boss);
    let e = ctx.facts.mentions.iter().find(|m| m.span == span && m.kind == MentionKind::Person)?.entity?;
    ctx.facts.entities.get(e as usize)?.country.clone()
}

/// "NAME, a former member of parliament, now rector of the university,": the person an office stands in apposition to, or is
/// joined to one that does.
fn by_tree<'v>(view: &View<'v>, office: &NameMark) -> Option<&'v NameMark> {
    let top = office.tokens.iter().find(|t| view.head(*t).is_none_or(|h| !office.tokens.has(h)))?;
    let mut at = top;
    for step in 0..3 {
        let rel = view.rel(at).split(':').next().unwrap_or("");
        if !(rel == "appos" || rel == "conj" && step == 0) {
            return None;
        }
        let joined = rel == "conj";
        at = view.head(at).filter(|h| *h < at)?;
        let person = view.names.iter().find(|n| n.tokens.has(at));
        match person.filter(|n| n.kind == NameKind::Person) {
            // "NAME and the minister" are two.
            Some(p) => return (!joined).then_some(p),
            None if joined && view.rel(at) != "appos" => return None,
            None => {}
        }
    }
    None
}

/// "his Danish counterpart, NAME": has the office of whom "his" stands for.
fn counterparts(ctx: &Context<'_>, view: &View<'_>, claims: &[OfficeClaim]) -> Vec<OfficeClaim> {
    let mut out = Vec::new();
    for t in 0..view.segments.tokens.len() {
        if view.low(t) != "counterpart" {
            continue;
        }
        let comma = usize::from(view.word(t + 1) == ",");
        let Some(person) = view.starting_at(t + 1 + comma).filter(|m| m.kind == NameKind::Person) else {
            continue;
        };
        let Some(state) = view.ending_at(t).and_then(|m| Some((m, country_of(view, m)?))) else { continue };
        let Some(owner) = (state.0.tokens.start as usize).checked_sub(1) else { continue };
        let at = |from: u32, to: u32| {
            let over = ctx.facts.mentions.iter().filter(|m| m.span.start >= from && m.span.end <= to);
            over.max_by_key(|m| m.span.len()).and_then(|m| m.entity)
        };
        let Some(sign) = view.segments.tokens.get(owner).map(|x| x.span) else { continue };
        let whose = if matches!(view.low(owner).as_str(), "his" | "her") {
            at(sign.start, sign.end)
        } else if matches!(view.word(owner), "'s" | "’s") {
            view.ending_at(owner).and_then(|m| at(view.span(m).start, view.span(m).end))
        } else {
            None
        };
        let span = view.span(person);
        let entity = ctx.facts.mentions.iter().find(|m| m.span == span && m.kind == MentionKind::Person);
        let Some((whose, entity)) = whose.zip(entity.and_then(|m| m.entity)) else { continue };
        let same = |c: &&OfficeClaim| c.entity == whose && c.tenure == Tenure::Current;
        let Some(office) = claims.iter().find(same) else { continue };
        out.push(OfficeClaim {
            entity,
            office: office.office.clone(),
            organization: None,
            country: Some(state.1),
            tenure: Tenure::Current,
            span: view.span(state.0).cover(span),
            maker: Maker { by: "rules:offices:counterpart".into(), sure: Sure::Medium },
        });
    }
    out
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
