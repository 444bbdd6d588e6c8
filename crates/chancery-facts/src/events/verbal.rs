//! Deeds of words beside the deeds they speak of: whom a promise, threat or answered request is aimed at, and what only one
//! side says.

use super::find::Candidate;
use super::participants::Someone;
use super::tree::Tree;
use super::{Found, speaker_of};
use crate::Context;
use chancery_lexicon::people;
use chancery_lexicon::verbs::{Form, VERBS};
use chancery_model::facts::{EntityIx, Statement, StatementIx};
use chancery_model::vocab::{EventType, Role, Status};

/// "promised to lend Cyprus two ships", "threatened to seize the railway": whom the deed would befall is promised or
/// threatened it.
pub(super) fn aimed(tree: &Tree<'_, '_>, all: &[Candidate], out: &mut [Found]) {
    let start = |c: &Candidate| tree.clause.span(c.start, c.hit.end).start;
    for c in all {
        let words = matches!(
            c.hit.class.kind,
            EventType::Agree | EventType::Threaten | EventType::Reject | EventType::Concede
        );
        // "Norway's offer to send tents to Tonga"
        let offer = c.hit.form == Form::Noun
            && c.hit.class.kind == EventType::Agree
            && matches!(tree.lemma(c.at), "offer" | "promise" | "pledge");
        if !words || c.hit.form == Form::Noun && !offer {
            continue;
        }
        let below = all.iter().filter(|d| {
            if offer {
                return tree.rel(d.at) == "acl" && tree.head(d.at) == Some(c.at);
            }
            let led = !tree.is(d.at, &["advcl"])
                || tree.child(d.at, &["mark", "case"]).is_some()
                || tree.phrasal(c.at) == "rule out";
            d.at != c.at
                && led
                && tree.is(d.at, &["xcomp", "ccomp", "advcl"])
                && tree.head(d.at) == Some(c.at)
        });
        let below: Vec<&Candidate> = below.collect();
        // Whoever would be freed is promised or refused nothing.
        if below.first().is_some_and(|d| spared(tree, c, d)) {
            continue;
        }
        let deed = below.first().map(|d| start(d));
        let of = |role: Role, at: u32| -> Vec<Someone> {
            let found = out.iter().find(|(e, _)| e.span.start == at);
            found
                .map(|(_, w)| w.iter().filter(|(r, _)| *r == role).map(|(_, w)| *w).collect())
                .unwrap_or_default()
        };
        let Some(deed) = deed else { continue };
        let (mut others, own) = (of(Role::Recipient, deed), of(Role::Actor, start(c)));
        if !of(Role::Host, deed).is_empty() {
            others.extend(of(Role::Actor, deed));
        }
        // What is handed over or given is not who is refused it: the deed below knows better.
        let gives = !offer
            && all.iter().any(|d| {
                start(d) == deed
                    && (d.hit.class.moved || d.hit.class.kind == EventType::Aid)
                    && tree.child(c.at, &["obj", "iobj"]).is_none()
            });
        if gives
            && !others.is_empty()
            && let Some((_, who)) = out.iter_mut().find(|(e, _)| e.span.start == start(c))
        {
            who.retain(|(r, _)| *r != Role::Recipient);
        }
        if let Some((_, who)) = out.iter_mut().find(|(e, _)| e.span.start == start(c))
            && !who.iter().any(|(r, _)| *r == Role::Recipient)
        {
            who.extend(others.into_iter().filter(|o| !own.contains(o)).map(|o| (Role::Recipient, o)));
        }
    }
}

/// "refused to free the officers", "declined to fire on them": no word to them.
fn spared(tree: &Tree<'_, '_>, c: &Candidate, d: &Candidate) -> bool {
    let rejects = c.hit.class.kind == EventType::Reject;
    let frees = d.hit.class.mode.as_deref() == Some("release");
    frees && c.hit.class.kind != EventType::Threaten
        || rejects && (d.hit.class.kind == EventType::Assault || tree.lemma(d.at) == "take")
}

/// "Sudan rejected a US request": the request was made, and to whoever answers it.
pub(super) fn answered(tree: &Tree<'_, '_>, all: &[Candidate], out: &mut [Found]) {
    let start = |c: &Candidate| tree.clause.span(c.start, c.hit.end).start;
    let answers = |c: &Candidate| {
        tree.is(c.at, &["obj", "nsubj:pass"])
            || tree.is(c.at, &["obl"])
                && matches!(tree.case(c.at), Some("after" | "following" | "despite" | "at" | "on" | "to"))
    };
    for c in all.iter().filter(|c| c.hit.form == Form::Noun && answers(c)) {
        let made = matches!(c.hit.class.kind, EventType::Request | EventType::Agree | EventType::Threaten);
        let Some(answer) = all.iter().find(|a| made && tree.head(c.at) == Some(a.at)) else { continue };
        if !matches!(answer.hit.class.kind, EventType::Reject | EventType::Concede | EventType::Support) {
            continue;
        }
        let by: Vec<Someone> = out
            .iter()
            .find(|(e, _)| e.span.start == start(answer))
            .map(|(_, w)| w.iter().filter(|(r, _)| *r == Role::Actor).map(|(_, w)| *w).collect())
            .unwrap_or_default();
        if let Some((e, who)) = out.iter_mut().find(|(e, _)| e.span.start == start(c)) {
            if e.status == Status::Denied {
                e.status = Status::Happened;
            }
            if !who.iter().any(|(r, _)| *r == Role::Recipient) {
                let others: Vec<Someone> =
                    by.into_iter().filter(|b| !who.iter().any(|(_, w)| w == b)).collect();
                who.extend(others.into_iter().map(|b| (Role::Recipient, b)));
            }
        }
    }
}

/// "fired three missiles into the sea" is a show of force.
pub(super) fn into_the_sea(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let seat = if c.hit.form == Form::Noun { tree.head(c.at).unwrap_or(c.at) } else { c.at };
    [c.at, seat].into_iter().flat_map(|s| tree.under(s, &["obl", "nmod"]).collect::<Vec<_>>()).any(|o| {
        matches!(tree.case(o), Some("into" | "in" | "over" | "at"))
            && matches!(tree.lemma(o), "sea" | "ocean" | "water" | "air" | "strait" | "bay")
            && matches!(
                tree.lemma(c.at),
                "lob" | "fire" | "launch" | "shoot" | "test" | "drop" | "test-fire" | "lobbed"
            )
    })
}

/// "vowed to bomb the port", "the cut he promised": a promise of harm is a threat.
pub(super) fn promises_harm(tree: &Tree<'_, '_>, c: &Candidate, all: &[Candidate]) -> bool {
    let vows = matches!(tree.lemma(c.at), "promise" | "vow" | "swear" | "pledge" | "undertake");
    let harm = |d: &&Candidate| {
        matches!(d.hit.class.kind, EventType::Assault | EventType::Coerce | EventType::Sanction)
            && d.hit.form != Form::Noun
            && tree.is(d.at, &["xcomp", "ccomp"])
            && tree.head(d.at) == Some(c.at)
            && tree.child(d.at, &["advmod"]).is_none_or(|n| tree.word(n) != "not")
    };
    vows && all.iter().any(|d| harm(&d))
}

/// "pledged to free the detainees", "a promise to lift the curfew": to promise to yield is to concede. Who agrees to it comes to
/// terms with another: coders of PLOVER call that AGREE.
pub(super) fn promises_to_yield(tree: &Tree<'_, '_>, c: &Candidate, all: &[Candidate]) -> bool {
    let words = std::iter::once(c.at).chain(c.used.iter().copied());
    let vows = words.into_iter().any(|w| {
        matches!(
            tree.lemma(w),
            "promise"
                | "vow"
                | "swear"
                | "pledge"
                | "undertake"
                | "undertaking"
                | "offer"
                | "assurance"
                | "word"
        )
    });
    let yields = |d: &&Candidate| {
        d.hit.class.kind == EventType::Retreat
            && tree.is(d.at, &["xcomp", "ccomp", "acl", "advcl"])
            && tree.above(d.at).take(2).any(|h| h == c.at || c.used.contains(&h))
            && tree.child(d.at, &["advmod"]).is_none_or(|n| !matches!(tree.word(n), "not" | "never"))
    };
    vows && all.iter().any(|d| yields(&d))
}

/// "vows to rebuild the hospital": a promise of good is no threat.
pub(super) fn promises_good(tree: &Tree<'_, '_>, c: &Candidate, all: &[Candidate]) -> bool {
    let vows = matches!(tree.lemma(c.at), "vow" | "swear");
    let good = |d: &&Candidate| {
        let kinds = [
            EventType::Aid,
            EventType::Cooperate,
            EventType::Consult,
            EventType::Retreat,
            EventType::Support,
            EventType::Concede,
        ];
        kinds.contains(&d.hit.class.kind)
            && d.hit.form != Form::Noun
            && tree.is(d.at, &["xcomp", "ccomp"])
            && tree.head(d.at) == Some(c.at)
            && tree.child(d.at, &["advmod"]).is_none_or(|n| !matches!(tree.word(n), "not" | "never"))
    };
    vows && all.iter().any(|d| good(&d))
}

/// "The president fired his deputy": nobody shoots.
pub(super) fn dismisses(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let aimed = tree.under(c.at, &["obl"]).any(|o| {
        matches!(tree.case(o), Some("at" | "into" | "upon"))
            || tree.case(o) == Some("on") && !tree.lemma(o).ends_with("day")
    });
    tree.lemma(c.at) == "fire"
        && !aimed
        && tree.under(c.at, &["obj", "nsubj:pass"]).any(|o| {
            people::person(tree.word(o)) || chancery_lexicon::titles::office_at(tree.word(o), 0).is_some()
        })
}

/// "soldiers looted shops": under arms it is an attack, and no riot.
pub(super) fn loots(ctx: &Context<'_>, tree: &Tree<'_, '_>, c: &Candidate, who: &[(Role, Someone)]) -> bool {
    let arms =
        |w: Someone| has_word(ctx, w, REBELS) || has_word(ctx, w, SOLDIERS) || has_word(ctx, w, &["armed"]);
    tree.lemma(c.at) == "loot" && who.iter().any(|(r, w)| *r == Role::Actor && arms(*w))
}

/// Those under arms for a state.
const SOLDIERS: &[&str] =
    &["soldiers", "troops", "police", "policemen", "forces", "army", "gendarmes", "paramilitaries"];

/// "Haitians were turned back at the border": people on the move are driven back, not refused.
pub(super) fn turns_away(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let moving = |o: usize| {
        VERBS.is_word("@vessel", tree.word(o))
            || people::acts(tree.word(o))
            || QUANTITIES.contains(&tree.lemma(o))
    };
    c.hit.form != Form::Noun
        && tree.lemma(c.at) == "turn"
        && tree.word(c.at + 1) == "back"
        && tree.under(c.at, &["obj", "nsubj:pass"]).any(moving)
}

/// Words for a number of people.
const QUANTITIES: &[&str] = &["thousand", "hundred", "dozen", "score", "group"];

/// "hand over its weapons": whoever gives up what they fight with.
pub(super) fn gives_up_arms(tree: &Tree<'_, '_>, c: &Candidate) -> bool {
    let own = |o: usize| {
        VERBS.is_word("@arms", tree.word(o))
            && tree.child(o, &["nmod:poss"]).is_some_and(|p| matches!(tree.word(p), "its" | "their"))
    };
    c.hit.form != Form::Noun
        && matches!(tree.lemma(c.at), "hand" | "turn" | "give" | "surrender")
        && matches!(tree.word(c.at + 1), "over" | "up" | "in" | "its" | "their")
        && tree.under(c.at, &["obj"]).any(own)
}

/// "dockers plan to strike on Tuesday", "miners to strike": workers who strike, and strike nobody, stop work.
pub(super) fn downs_tools(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    who: &[(Role, Someone)],
) -> bool {
    let bare = c.hit.form != Form::Noun
        && c.hit.words == 1
        && tree.lemma(c.at) == "strike"
        && !tree.passive(c.at)
        && tree.child(c.at, &["obj", "iobj"]).is_none();
    bare && who.iter().any(|(r, w)| *r == Role::Actor && has_word(ctx, *w, WORKERS))
}

/// Those who may stop work.
const WORKERS: &[&str] = &[
    "workers",
    "miners",
    "dockers",
    "dockworkers",
    "nurses",
    "doctors",
    "teachers",
    "drivers",
    "pilots",
    "railwaymen",
    "union",
    "unions",
    "staff",
    "crews",
    "employees",
    "controllers",
    "lawyers",
    "journalists",
    "lecturers",
    "steelworkers",
    "truckers",
    "hauliers",
    "postmen",
    "firefighters",
    "stewards",
    "porters",
    "bakers",
    "seamen",
    "fishermen",
    "students",
    "clerks",
    "judges",
    "guards",
    "actors",
    "writers",
    "pickers",
    "builders",
    "engineers",
    "players",
    "labourers",
];

/// Whether the words for somebody hold one of these.
fn has_word(ctx: &Context<'_>, w: Someone, list: &[&str]) -> bool {
    let text = match w {
        Someone::Words(s) => s.of(&ctx.report.text).to_lowercase(),
        Someone::Known(e) => {
            ctx.facts.entities.get(e as usize).map_or(String::new(), |e| e.name.to_lowercase())
        }
        Someone::State(_) => return false,
    };
    text.split_whitespace().any(|w| list.contains(&w))
}

/// "the farmers' blockades": citizens who block a road protest.
pub(super) fn by_crowd(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    who: &[(Role, Someone)],
) -> bool {
    let blocks = matches!(
        tree.lemma(c.at),
        "blockade" | "block" | "barricade" | "occupation" | "occupy" | "roadblock"
    );
    let crowd = |w: Someone| has_word(ctx, w, CROWD);
    let fuel = c.hit.form == Form::Noun
        && tree.under(c.at, &["compound"]).any(|k| matches!(tree.lemma(k), "fuel" | "road" | "farmer"));
    blocks && (fuel || who.iter().any(|(r, w)| *r == Role::Actor && crowd(*w)))
}

/// Citizens in a crowd.
const CROWD: &[&str] = &[
    "farmers",
    "truckers",
    "hauliers",
    "drivers",
    "workers",
    "students",
    "protesters",
    "protestors",
    "demonstrators",
    "villagers",
    "fishermen",
    "residents",
    "miners",
    "strikers",
    "activists",
    "unions",
    "union",
    "teachers",
    "taxi",
    "growers",
    "peasants",
    "campaigners",
    "mothers",
    "pensioners",
    "dockers",
    "railwaymen",
    "nurses",
    "herders",
    "settlers",
    "parents",
    "youths",
    "crowd",
    "crowds",
    "pickets",
    "mob",
    "mobs",
];

/// Whether somebody holds exercises with nobody else.
pub(super) fn alone_at_arms(tree: &Tree<'_, '_>, c: &Candidate, who: &[(Role, Someone)]) -> bool {
    let drill = c.used.iter().any(|u| VERBS.is_word("@drill", tree.word(*u)));
    let joint =
        (0..tree.len()).any(|i| matches!(tree.word(i), "joint" | "jointly" | "together" | "war" | "with"));
    drill && !joint && who.len() == 1
}

/// Kinds that are done by saying so.
pub(super) fn by_words(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree
            | EventType::Support
            | EventType::Concede
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
    )
}

/// "Pakistan said gunners had killed four of its soldiers": whoever says it speaks of what was done to their own.
pub(super) fn claimed_by_party(
    ctx: &Context<'_>,
    tree: &Tree<'_, '_>,
    c: &Candidate,
    statement: Option<StatementIx>,
    who: &[(Role, Someone)],
) -> bool {
    if !matches!(c.hit.class.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize) {
        return false;
    }
    let Some(s) = statement.and_then(|s| ctx.facts.statements.get(s as usize)) else { return false };
    let Some(Someone::Known(speaker)) = speaker_of(s) else { return false };
    let acts = who.iter().any(|(r, w)| *r == Role::Actor && *w == Someone::Known(speaker));
    let own = |i: usize| {
        matches!(tree.word(i), "its" | "our" | "their" | "his" | "her")
            && ctx
                .facts
                .mentions
                .iter()
                .any(|m| m.entity == Some(speaker) && m.span.contains(tree.clause.span(i, i + 1)))
    };
    // What rebels say that they, or their men, did.
    let theirs = |s: usize| {
        tree.child(s, &["nmod:poss"]).is_some_and(|o| matches!(tree.word(o), "their" | "our" | "its" | "his"))
    };
    let by_own = tree.under(c.at, &["nsubj"]).any(|s| matches!(tree.word(s), "they" | "we") || theirs(s));
    if (acts || by_own) && armed(ctx, speaker, s) && c.hit.class.kind != EventType::Mobilize {
        return true;
    }
    // "said its forces had hit 83 targets": what is in its own charge.
    let doer =
        if tree.passive(c.at) { tree.child(c.at, &["obl:agent"]) } else { tree.child(c.at, &["nsubj"]) };
    let theirs = |i: usize| doer.is_some_and(|d| i == d || tree.above(i).any(|h| h == d));
    !acts && (0..tree.len()).any(|i| own(i) && !theirs(i) && tree.above(i).any(|h| h == c.at))
}

/// Whether a speaker is of an armed movement that is no state's.
fn armed(ctx: &Context<'_>, speaker: EntityIx, s: &Statement) -> bool {
    let rebel =
        |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| REBELS.contains(&w));
    let text = &ctx.report.text;
    let entity = ctx.facts.entities.get(speaker as usize);
    entity.is_some_and(|e| rebel(&e.name) || e.sector.as_deref() == Some("REB"))
        || s.source.iter().any(|w| rebel(w.of(text)))
}

/// Words for armed movements.
const REBELS: &[&str] = &[
    "rebel",
    "rebels",
    "guerrilla",
    "guerrillas",
    "insurgents",
    "insurgent",
    "militants",
    "militant",
    "jihadists",
    "jihadist",
    "islamist",
    "islamists",
    "separatists",
    "separatist",
    "fighters",
    "militia",
    "militias",
    "militiamen",
    "mujahideen",
    "mujahedin",
    "gunmen",
];
