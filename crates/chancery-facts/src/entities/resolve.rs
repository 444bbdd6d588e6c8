//! Who the words of a source, relay, addressee or participant stand for.

use super::named::{author, named};
use super::register::fold;
use super::view::View;
use super::{bare_entity, insert_mention};
use crate::Context;
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::{common, organizations, people, sectors, unnamed};
use chancery_model::Span;
use chancery_model::facts::{EntityIx, Maker, Mention};
use chancery_model::mark::Upos;
use chancery_model::vocab::{ActorKind, MentionKind, Sure};

/// Who the words of a source, relay, addressee or participant stand for: a name in them, a pronoun that was
/// resolved, a metonym; else an unnamed entity of their own. The second value says whether it has a name.
/// `None` for an empty span and for a pronoun that nothing resolves.
pub fn resolve(ctx: &mut Context<'_>, words: Span) -> Option<(EntityIx, bool)> {
    let words = tidy(&ctx.report.text, words);
    if words.is_empty() {
        return None;
    }
    // "One said": any of them.
    if words.of(&ctx.report.text).eq_ignore_ascii_case("one") {
        return None;
    }
    if let Some(e) = named(ctx, words) {
        let named = ctx.facts.entities.get(e as usize).is_some_and(|x| x.kind != ActorKind::Unnamed);
        return Some((e, named));
    }
    let text = words.of(&ctx.report.text);
    let low = text.to_lowercase();
    const PRONOUNS: [&str; 24] = [
        "he",
        "she",
        "it",
        "they",
        "who",
        "which",
        "that",
        "i",
        "we",
        "you",
        "him",
        "her",
        "them",
        "this",
        "these",
        "those",
        "one",
        "us",
        "me",
        "himself",
        "herself",
        "itself",
        "themselves",
        "there",
    ];
    // A lone function word is no source.
    let lone =
        !text.contains(char::is_whitespace) && common::is_plain(&low) && unnamed::head_at(text, 0).is_none();
    if lone || PRONOUNS.contains(&low.as_str()) || !text.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(e) = in_capitals(ctx, text) {
        mention(ctx, words, MentionKind::Person, e);
        return Some((e, true));
    }
    if headless(ctx, words) {
        return None;
    }
    if let Some(e) = seat(ctx, words) {
        return Some((e, true));
    }
    if let Some(e) = author(ctx, words) {
        return Some((e, true));
    }
    if let Some(e) = pair(ctx, words, &low) {
        return Some((e, true));
    }
    if let Some((body, sector)) = bare_body(&low) {
        return Some((organization(ctx, words, body, sector), true));
    }
    // "officials, keen to avoid a scandal": the speaker ends at the comma.
    let comma = text.split_once(", ").filter(|(head, _)| heads(head).next().is_some());
    let words = comma.map_or(words, |(head, _)| Span::new(words.lo(), words.lo() + head.len()));
    Some((unnamed_entity(ctx, words), false))
}

/// The people whom a number alone counts, each time others: "killed six", "wounded 12".
pub(crate) fn counted(ctx: &mut Context<'_>, words: Span) -> Option<EntityIx> {
    let text = words.trim(&ctx.report.text).of(&ctx.report.text);
    let digits = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == ',');
    let word = text != "one" && chancery_lexicon::numbers::word(&text.to_lowercase()).is_some();
    let crowd =
        matches!(text.to_lowercase().as_str(), "thousands" | "hundreds" | "dozens" | "scores" | "millions");
    if !(digits || word || crowd) {
        return None;
    }
    let e = push(ctx, bare_entity(text, ActorKind::Unnamed));
    mention(ctx, words, MentionKind::Group, e);
    Some(e)
}

/// "PENCE:" in a transcript: the one person of the report with that surname.
fn in_capitals(ctx: &Context<'_>, text: &str) -> Option<EntityIx> {
    let capitals = text.len() > 2 && text.chars().all(|c| c.is_uppercase() || c == '-');
    let bears = |name: &str| {
        let parts = super::register::parts(name);
        parts.len() > 1 && parts.last() == Some(&fold(text))
    };
    let all = (0..).zip(&ctx.facts.entities).filter(|(_, e)| e.kind == ActorKind::Person && bears(&e.name));
    let mut all = all.map(|(n, _)| n).filter(|_| capitals);
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// Whether the tree finds no noun at the head of the words: "going on to", "failed to show up at".
fn headless(ctx: &Context<'_>, words: Span) -> bool {
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let range = ctx.segments.tokens_in(words);
    let (from, to) = (range.start as usize, range.end as usize);
    let outside = |t: &usize| view.head(*t).is_none_or(|h| h < from || h >= to);
    let mut tops = (from..to).filter(outside).filter_map(|t| view.upos(t)).peekable();
    let verbal =
        |u: Upos| matches!(u, Upos::Verb | Upos::Adp | Upos::Sconj | Upos::Aux | Upos::Adv | Upos::Punct);
    let opens =
        view.upos(from).is_some_and(|u| matches!(u, Upos::Verb | Upos::Adp | Upos::Sconj | Upos::Aux));
    tops.peek().is_some() && opens && tops.all(verbal)
}

/// The named entity that heads the words; nobody is made up.
pub(crate) fn named_only(ctx: &Context<'_>, words: Span) -> Option<EntityIx> {
    let words = tidy(&ctx.report.text, words);
    named(ctx, words)
        .filter(|e| ctx.facts.entities.get(*e as usize).is_some_and(|x| x.kind != ActorKind::Unnamed))
}

/// The words without marks at the ends and without a relative clause.
fn tidy(text: &str, words: Span) -> Span {
    let words = words.trim(text);
    let s = words.of(text);
    // "Russia -- its ties to Syria stretching back decades --": the aside is about the speaker.
    let cut = [", who ", ", which ", ", speaking ", ", citing ", " -- ", " — ", " – "]
        .iter()
        .filter_map(|c| s.find(c))
        .min()
        .unwrap_or(s.len());
    let s = s.get(..cut).unwrap_or(s);
    // "Nervo's": whose words they are.
    let s = s.strip_suffix("'s").or_else(|| s.strip_suffix("’s")).unwrap_or(s);
    // "a radio station in", where the place was left out.
    let s = [" in", " of", " at", " to", " from", " on", " for", " by", " with"]
        .iter()
        .find_map(|w| s.strip_suffix(w))
        .unwrap_or(s);
    let front = s.len() - s.trim_start_matches([',', '“', '"', '(', '—', '–', ' ', ':']).len();
    let back = s.trim_end_matches([',', '”', '"', ')', '—', '–', ' ', ':', ';']).len();
    Span::new(words.lo() + front, words.lo() + back.max(front))
}

/// The state whose palace or capital the words are, and nothing else: who speaks or acts under such a name is its government.
fn seat(ctx: &mut Context<'_>, words: Span) -> Option<EntityIx> {
    let text = words.of(&ctx.report.text);
    let bare = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    let (Some(Known::Seat(c) | Known::Capital(c)), true) =
        (known::get(bare), bare.starts_with(char::is_uppercase))
    else {
        return None;
    };
    let met = ctx
        .facts
        .entities
        .iter()
        .position(|e| e.kind == ActorKind::State && e.country.as_deref() == Some(&c.iso));
    let e = match met {
        Some(n) => u32::try_from(n).unwrap_or(u32::MAX),
        None => {
            let mut e = bare_entity(&c.name, ActorKind::State);
            e.country = Some(c.iso.clone());
            e.sector = Some("GOV".into());
            push(ctx, e)
        }
    };
    if let Some(x) = ctx.facts.entities.get_mut(e as usize)
        && !x.aliases.iter().any(|a| a == bare)
    {
        x.aliases.push(bare.to_owned());
    }
    let span = Span::new(words.hi() - bare.len(), words.hi());
    ctx.facts.mentions.retain(|m| !(m.span == span && m.entity.is_none()));
    mention(ctx, span, MentionKind::Metonym, e);
    Some(e)
}

/// How many sentences back two are looked for.
const BACK: usize = 3;

/// "Both leaders", "the two countries": the two persons or states named just before, as a group of their own.
fn pair(ctx: &mut Context<'_>, words: Span, low: &str) -> Option<EntityIx> {
    let noun = ["both ", "the two ", "both the ", "the pair of "].iter().find_map(|p| low.strip_prefix(p))?;
    let kind = match noun {
        "leaders" | "men" | "presidents" | "ministers" | "premiers" | "foreign ministers" | "women"
        | "politicians" | "heads of state" => ActorKind::Person,
        "countries" | "states" | "nations" | "governments" | "capitals" | "neighbours" | "neighbors" => {
            ActorKind::State
        }
        _ => return None,
    };
    // "Two men were held … The two men agreed": those two.
    let before = ctx.report.text.get(..words.lo()).unwrap_or("").to_lowercase();
    let counted = format!("two {noun}");
    if before.match_indices(&counted).any(|(at, _)| !before.get(..at).unwrap_or("").ends_with("the ")) {
        return None;
    }
    let here = ctx.segments.sentence_of(ctx.segments.tokens_in(words).start as usize)?;
    let mut found: Vec<EntityIx> = Vec::new();
    for s in (here.saturating_sub(BACK)..=here).rev() {
        let span = ctx.segments.sentences.get(s)?.span;
        let inside = ctx.facts.mentions.iter().filter(|m| span.contains(m.span) && m.span.end <= words.start);
        // Who owns something is not spoken of: "Denmark's foreign minister".
        let named = inside.filter(|m| m.kind != MentionKind::Pronoun && m.kind != MentionKind::Office);
        // "Syrian" of a conflict is not spoken of either.
        let view = View::new(ctx.report, ctx.segments, ctx.marks);
        let stands = |m: &&Mention| {
            let own = ctx.segments.tokens_in(m.span);
            let top = own.iter().find(|t| view.head(*t).is_none_or(|h| !own.has(h)));
            top.is_none_or(|t| !matches!(view.rel(t), "amod" | "compound" | "nmod:poss" | "nmod:desc"))
        };
        for e in named.filter(stands).filter_map(|m| m.entity) {
            let fits = ctx.facts.entities.get(e as usize).is_some_and(|x| x.kind == kind);
            if fits && !found.contains(&e) {
                found.push(e);
            }
        }
        if found.len() >= 2 {
            break;
        }
    }
    let [a, b] = found.as_slice() else { return None };
    let name = |e: EntityIx| ctx.facts.entities.get(e as usize).map(|x| x.name.clone());
    let name = format!("{} and {}", name(*a)?, name(*b)?);
    let met = (0..).zip(&ctx.facts.entities).find(|(_, e)| e.kind == ActorKind::Group && e.name == name);
    let e = match met.map(|(n, _)| n) {
        Some(n) => n,
        None => push(ctx, bare_entity(&name, ActorKind::Group)),
    };
    Some(e)
}

/// A body without a country: "the foreign ministry". Plurals ("troops") are people, not a body.
fn bare_body(low: &str) -> Option<(&str, &'static str)> {
    let bare = low
        .strip_prefix("the ")
        .or_else(|| low.strip_prefix("its "))
        .or_else(|| low.strip_prefix("their "))
        .unwrap_or(low);
    let (end, sector) = organizations::body_at(bare, 0)?;
    let plural = bare.ends_with('s') && !bare.ends_with("forces") && bare != "authorities";
    (end == bare.len()
        && !plural
        && !matches!(sector, "CVL" | "REB")
        && !matches!(
            bare,
            "side" | "state" | "leadership" | "delegation" | "mission" | "resistance" | "media" | "press"
        ))
    .then_some((bare, sector))
}

/// The one body of that name that the report has named with its country, else one as printed.
fn organization(ctx: &mut Context<'_>, words: Span, body: &str, sector: &str) -> EntityIx {
    let ends = format!(" {body}");
    let met: Vec<EntityIx> = (0..)
        .zip(&ctx.facts.entities)
        .filter(|(_, e)| {
            e.kind == ActorKind::Organization
                && (e.name.to_lowercase() == body || e.name.to_lowercase().ends_with(&ends))
        })
        .map(|(n, _)| n)
        .collect();
    let e = if let [one] = met.as_slice() {
        *one
    } else {
        let mut e = bare_entity(body, ActorKind::Organization);
        e.sector = Some(sector.to_owned());
        // "The army" of a report about one state is that state's.
        e.country = super::body::home(
            &View::new(ctx.report, ctx.segments, ctx.marks),
            &ctx.facts.entities,
            &ctx.facts.places,
            &ctx.facts.mentions,
        );
        push(ctx, e)
    };
    mention(ctx, words, MentionKind::Organization, e);
    e
}

/// The unnamed speaker of a wording: one per report and wording.
fn unnamed_entity(ctx: &mut Context<'_>, words: Span) -> EntityIx {
    // "A priest who was kidnapped by horsemen": the horsemen are not he. "Commandos, leaving their base,": nor is the base they.
    let printed = words.of(&ctx.report.text);
    let clause = [" who ", " whose ", " whom ", " which "].iter().filter_map(|w| printed.find(w)).min();
    let leaving = |(at, _): (usize, &str)| {
        let next = printed.get(at + 2..)?.split(' ').next()?;
        (next.ends_with("ing") && next.starts_with(char::is_lowercase)).then_some(at)
    };
    let participle = printed.match_indices(", ").find_map(leaving);
    // "guerrillas holding 380 hostages": neither are the hostages.
    let view = View::new(ctx.report, ctx.segments, ctx.marks);
    let range = ctx.segments.tokens_in(words);
    let (from, to) = (range.start as usize, range.end as usize);
    let aside = (from + 1..to).find(|t| {
        view.upos(*t) == Some(Upos::Verb)
            && matches!(view.rel(*t), "acl" | "acl:relcl")
            && view.head(*t).is_some_and(|h| h >= from && h < *t && view.upos(h) == Some(Upos::Noun))
    });
    let aside = aside.map(|t| view.start(t).saturating_sub(words.lo()));
    let cut = clause.into_iter().chain(participle).chain(aside).min().filter(|c| *c > 0);
    let words = cut.map_or(words, |c| Span::new(words.lo(), words.lo() + c));
    let text = words.of(&ctx.report.text).trim_end_matches([',', ' ', '\n']);
    let words = Span::new(words.lo(), words.lo() + text.len());
    let key = |s: &str| {
        let s = fold(&s.split_whitespace().collect::<Vec<_>>().join(" "));
        ["the ", "a ", "an ", "one "].iter().find_map(|p| s.strip_prefix(p)).map_or(s.clone(), str::to_owned)
    };
    let wanted = key(text);
    let met = (0..)
        .zip(&ctx.facts.entities)
        .find(|(_, e)| e.kind == ActorKind::Unnamed && key(&e.name) == wanted)
        .map(|(n, _)| n);
    // "the militia" after "the South Ossetian militia": the one whose fuller wording stood before.
    let the = text.starts_with("the ") || text.starts_with("The ");
    let again = || {
        let ends = format!(" {wanted}");
        let fuller = |e: &&chancery_model::facts::Entity| {
            let name = e.name.strip_prefix("the ").or_else(|| e.name.strip_prefix("The ")).unwrap_or(&e.name);
            e.kind == ActorKind::Unnamed
                && name.starts_with(char::is_uppercase)
                && key(&e.name).ends_with(&ends)
        };
        let mut all = (0..).zip(&ctx.facts.entities).filter(|(_, e)| fuller(e));
        let one: Option<EntityIx> = all.next().map(|(n, _)| n);
        one.filter(|_| all.next().is_none())
    };
    let met = met.or_else(|| if the && !wanted.contains(' ') { again() } else { None });
    let e = met.unwrap_or_else(|| {
        let mut e = bare_entity(&text.split_whitespace().collect::<Vec<_>>().join(" "), ActorKind::Unnamed);
        let owner = ctx.facts.mentions.iter().filter(|m| words.contains(m.span)).filter_map(|m| m.entity);
        let owners: Vec<_> = owner.filter_map(|o| ctx.facts.entities.get(o as usize)).collect();
        e.country = owners.iter().find_map(|o| o.country.clone());
        let head = heads(text).last().map(str::to_owned);
        let of = owners.iter().find(|o| o.kind == ActorKind::Organization).and_then(|o| o.sector.clone());
        let told = sectors::of(text).filter(|s| *s != "CVL").map(str::to_owned);
        // "The Danish leader" is of the government; a village's leader is not.
        let noun = text.rsplit(' ').next().unwrap_or("").to_lowercase();
        let leads =
            matches!(noun.as_str(), "leader" | "leaders" | "strongman" | "ruler" | "rulers" | "counterpart");
        let of_state = leads && owners.iter().any(|o| o.kind == ActorKind::State);
        e.sector = told.or(of).or(of_state.then(|| "GOV".to_owned())).or(head);
        push(ctx, e)
    });
    let end =
        [" of ", " in ", " from ", " who ", " at ", " with ", ","].iter().filter_map(|c| text.find(c)).min();
    let noun =
        text.get(..end.unwrap_or(text.len())).unwrap_or(text).rsplit(' ').next().unwrap_or("").to_lowercase();
    let one = people::person(&noun) && !chancery_lexicon::counting::is_plural(&noun);
    let kind = if one { MentionKind::Person } else { MentionKind::Group };
    mention(ctx, words, kind, e);
    e
}

/// The sectors of the head nouns in the words, up to a preposition.
fn heads(text: &str) -> impl Iterator<Item = &'static str> {
    let cut = [" of ", " in ", " from ", " close ", " with ", " who ", " at ", ","]
        .iter()
        .filter_map(|c| text.find(c))
        .min()
        .unwrap_or(text.len());
    let text = text.get(..cut).unwrap_or(text);
    let starts =
        std::iter::once(0).chain(text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(n, _)| n + 1));
    starts.filter_map(|at| unnamed::head_at(text, at).map(|h| h.1))
}

fn push(ctx: &mut Context<'_>, e: chancery_model::facts::Entity) -> EntityIx {
    ctx.facts.entities.push(e);
    u32::try_from(ctx.facts.entities.len() - 1).unwrap_or(u32::MAX)
}

fn mention(ctx: &mut Context<'_>, span: Span, kind: MentionKind, entity: EntityIx) {
    if ctx.facts.mentions.iter().any(|m| m.span == span && m.entity == Some(entity)) {
        return;
    }
    let maker = Maker { by: "rules:entities:unnamed".into(), sure: Sure::Medium };
    insert_mention(&mut ctx.facts.mentions, Mention { span, kind, entity: Some(entity), place: None, maker });
}
