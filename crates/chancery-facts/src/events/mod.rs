//! Mentions of happenings: what kind they are by the verb and noun lists, who took part by position, where, when,
//! in whose statement, and whether they happened.

mod again;
mod astray;
mod attach;
mod breath;
mod clause;
mod collective;
mod denied;
mod everyday;
mod find;
mod idle;
mod mend;
mod outlook;
mod outside;
mod participants;
mod parts;
mod scene;
mod senses;
mod setting;
mod slips;
mod spoken;
mod standing;
mod status;
mod tree;
mod verbal;
mod weighed;
mod wording;

use crate::Context;
use again::Before;
use chancery_lexicon::contexts::{self, Content};
use chancery_lexicon::verbs::{self, Form, Hit, VERBS, noun_follows};
use chancery_model::Span;
use chancery_model::facts::{
    Entity, EntityIx, EventMention, Maker, Mention, Participant, PlaceIx, Statement, StatementIx, TimeIx,
    TimeMeaning, Wording,
};
use chancery_model::span::TokenRange;
use chancery_model::vocab::{ActorKind, EventType, MentionKind, Role, Status, Sure, TimeType};
use clause::Clause;
use find::Candidate;
use idle::{denies_only, is_matter, lifeless, nature, only_orders, puts_off, says_nothing};
use participants::Someone;
use tree::Tree;
use weighed::Weighed;

/// Adds the mentions of happenings: by the tree where the reader gives one, else by position.
pub fn add(ctx: &mut Context<'_>) {
    let mut out: Vec<EventMention> = Vec::new();
    let mut before = Before::default();
    for sentence in &ctx.segments.sentences {
        let clause = Clause::new(ctx, sentence.tokens);
        let found = match Tree::new(ctx, &clause, sentence.tokens) {
            Some(tree) => {
                let mut found = by_tree(ctx, &tree);
                again::stand_in(ctx, &tree, &mut found, &before);
                again::point(&tree, &mut found, &before);
                before = Before::of(ctx, &tree, &found);
                found
            }
            None => by_position(ctx, &clause),
        };
        for (mut event, who) in found {
            let same = |e: &EventMention| e.span == event.span;
            if ctx.report.is_fact_ground(event.span) && !out.iter().any(same) {
                event.participants = known(ctx, &clause, who, &out);
                out.push(event);
            }
        }
    }
    out.sort_by_key(|e| (e.span.start, e.span.end));
    denied::later(ctx, &mut out);
    settled(ctx, &mut out);
    ctx.facts.events = out;
}

/// The happenings of a sentence without a tree, at the words the reader marked.
fn by_position(ctx: &Context<'_>, clause: &Clause<'_>) -> Vec<Found> {
    let here = |token: usize| token.checked_sub(clause.first()).filter(|at| *at < clause.len());
    let marked = ctx.marks.events.iter().filter_map(|m| Some((here(m.token as usize)?, &m.by)));
    let one = |(at, by): (usize, &String)| {
        let hit = VERBS.at(at, noun_follows(clause.before(at)), |i| clause.word(i))?;
        mention(ctx, clause, at, hit, by)
    };
    marked.filter_map(one).collect()
}

/// The happenings of a sentence with a tree.
fn by_tree(ctx: &Context<'_>, tree: &Tree<'_, '_>) -> Vec<Found> {
    let titled = titled(ctx, tree.clause);
    let named = |i: usize| {
        let token = tree.clause.first() + i;
        let name = ctx.marks.names.iter().any(|n| n.tokens.has(token) && (n.tokens.len() > 1 || !titled));
        let capital = ctx.segments.word(&ctx.report.text, token).starts_with(char::is_uppercase);
        name && capital
    };
    let place = |i: usize| {
        let span = tree.clause.span(i, i + 1);
        ctx.facts.mentions.iter().any(|m| {
            m.span.contains(span)
                && m.place
                    .and_then(|p| ctx.facts.places.get(p as usize))
                    .is_some_and(|p| p.kind != chancery_model::vocab::PlaceKind::Country)
        })
    };
    let person = |i: usize| {
        let span = tree.clause.span(i, i + 1);
        ctx.facts.mentions.iter().any(|m| m.kind == MentionKind::Person && m.span.contains(span))
    };
    let mut all = find::all(tree, named, place, person);
    for c in &mut all {
        if let Some(class) = everyday::lethal(tree, c) {
            c.hit.class = class;
        }
    }
    let kinds: Vec<(usize, EventType)> = all.iter().map(|c| (c.at, c.hit.class.kind)).collect();
    let before = |i: usize| kinds.iter().find(|k| k.0 == i).map(|k| k.1);
    all.retain(|c| {
        !puts_off(tree, c, &before)
            && !denies_only(tree, c)
            && !is_matter(tree, c, &before)
            && !says_nothing(tree, c)
            && !idle::on_the_table(tree, c, &before)
            && !only_orders(tree, c, &before)
            && !everyday::everyday(tree, c, &|i| before(i).is_some())
            && !senses::other(tree, c, &before)
    });
    let weighed = Weighed::of(ctx, tree);
    weighed.sift(tree, &mut all);
    let told: Vec<usize> = all.iter().map(|c| c.at).collect();
    let more = weighed.more(tree, &all).into_iter();
    all.extend(more.filter(|c| {
        !(everyday::everyday(tree, c, &|i| told.contains(&i))
            || puts_off(tree, c, &before)
            || is_matter(tree, c, &before) && idle::of_nobody_told(tree, c.at))
    }));
    all.sort_by_key(|c| (c.start, c.at));
    let kind_at = |i: usize| all.iter().find(|c| c.at == i).map(|c| c.hit.class.kind);
    let event = |i: usize| all.iter().any(|c| c.at == i);
    let mut out = Vec::new();
    for c in &all {
        let span = tree.clause.span(c.start, c.hit.end);
        let statement = statement_of(ctx, tree.clause.span(c.at, c.at + 1));
        let speaker = statement.and_then(|s| ctx.facts.statements.get(s as usize)).and_then(speaker_of);
        let mut who = parts::of(ctx, tree, c, speaker);
        weighed.parties(ctx, tree, c, &mut who);
        // "the July talks" do not take part in themselves.
        let here = tree.clause.span(c.at, c.at + 1);
        // "leaders meeting in Seville" are not the meeting.
        let itself = c.hit.form == Form::Noun || !tree.is_verb(c.at);
        let mentions = &ctx.facts.mentions;
        who.retain(|(_, w)| match w {
            Someone::Known(e) => !mentions.iter().any(|m| {
                m.entity == Some(*e) && m.kind == MentionKind::Group && m.span.contains(here) && itself
            }),
            Someone::Words(s) => !s.contains(here),
            Someone::State(_) => true,
        });
        // "free by Easter", "met Ramadan": a day is nobody.
        let dated = |s: Span| ctx.facts.times.iter().any(|t| t.kind == TimeType::Date && t.span.contains(s));
        let whole = tree.clause.whole();
        who.retain(|(_, w)| match w {
            Someone::Words(s) => !dated(*s),
            Someone::Known(e) => {
                let mut here =
                    mentions.iter().filter(|m| m.entity == Some(*e) && whole.contains(m.span)).peekable();
                here.peek().is_none() || !here.all(|m| dated(m.span))
            }
            Someone::State(_) => true,
        });
        // "The two-day meeting was called": what happens is nobody, whatever stands for it elsewhere.
        who.retain(|(_, w)| match w {
            Someone::Known(e) => ctx.facts.entities.get(*e as usize).is_none_or(|x| !idle::is_happening(x)),
            _ => true,
        });
        let outside = c.hit.class.kind == EventType::Outside;
        let empty = lifeless(ctx, tree, c, &who)
            || nature(tree, c)
            || everyday::empty(tree, c, &ctx.facts, &who)
            || senses::by_nobody(tree, c, &who)
            || senses::of_nobody(tree, c, &who);
        if !outside && empty {
            continue;
        }
        if outside && outside::passes_by(tree, c) || c.hit.class.outside.named && !outside::named(ctx, &who) {
            continue;
        }
        let lacks = c.hit.class.persons && !who.iter().any(|(r, _)| *r != Role::Host)
            || c.hit.class.objects
                && tree.child(c.at, &["obj", "nsubj:pass"]).is_none()
                && !tree.passive(c.at);
        if lacks {
            continue;
        }
        let mut found = standing::of(tree, c, &kind_at);
        found.extend(outlook::of(tree, c));
        let top = !tree.above(c.at).any(&event);
        status::by_statement(ctx, statement, c.hit.class.kind, &who, top, &mut found);
        if verbal::claimed_by_party(ctx, tree, c, statement, &who) {
            found.push(Status::Claimed);
        }
        let status = match found.into_iter().min().unwrap_or(Status::Happened) {
            // "are threatening a strike": a deed of words is done when it is said.
            Status::Ongoing if verbal::by_words(c.hit.class.kind) => Status::Happened,
            s => s,
        };
        let status = weighed.standing(c, status);
        let said = statement.and_then(|s| ctx.facts.statements.get(s as usize)).map(|s| s.content.as_slice());
        let kind = match c.hit.class.kind {
            // Exercises held alone are a show of force.
            EventType::Cooperate if verbal::alone_at_arms(tree, c, &who) => EventType::Mobilize,
            EventType::Assault if verbal::into_the_sea(tree, c) => EventType::Mobilize,
            EventType::Assault if verbal::dismisses(tree, c) => EventType::Sanction,
            EventType::Agree if verbal::promises_harm(tree, c, &all) => EventType::Threaten,
            EventType::Agree if verbal::promises_to_yield(tree, c, &all) => EventType::Concede,
            EventType::Threaten if verbal::promises_good(tree, c, &all) => EventType::Agree,
            EventType::Assault if verbal::downs_tools(ctx, tree, c, &who) => EventType::Protest,
            EventType::Assault if everyday::verbal_attack(tree, c, &ctx.facts, &who) => EventType::Accuse,
            EventType::Protest if verbal::loots(ctx, tree, c, &who) => EventType::Assault,
            EventType::Reject if verbal::turns_away(tree, c) => EventType::Coerce,
            EventType::Aid | EventType::Retreat if verbal::gives_up_arms(tree, c) => EventType::Retreat,
            EventType::Coerce if verbal::by_crowd(ctx, tree, c, &who) => EventType::Protest,
            k => k,
        };
        if kind == EventType::Mobilize && c.hit.class.kind == EventType::Assault {
            who.retain(|(r, _)| *r != Role::Recipient);
        }
        // What a crowd blocks is where it protests.
        if kind == EventType::Protest && c.hit.class.kind == EventType::Coerce {
            who.retain(|(r, w)| *r != Role::Recipient || !matches!(w, Someone::Words(_)));
        }
        let content = content(tree, c, &all);
        // What is told of the kind of the list is not told of another: "fired his deputy" is no attack.
        let dismissed = kind == EventType::Sanction && c.hit.class.kind == EventType::Assault;
        let own = verbs::of_kind(kind).filter(|_| dismissed).unwrap_or(c.hit.class);
        let alone = all.len() == 1;
        let time = setting::time(ctx, tree, c, &event, alone, said);
        // "She visits the town tomorrow" is still to come.
        let to_come = matches!(c.hit.form, Form::Third | Form::Base) && !verbal::by_words(kind);
        let to_come = status == Status::Happened && to_come && setting::ahead(ctx, time);
        let status = if to_come { Status::Planned } else { status };
        let place = scene::place(ctx, tree, c, &event, alone);
        let second = if c.hit.class.host || c.hit.class.mediates { Role::Actor } else { Role::Recipient };
        let others: Vec<Someone> = who.iter().filter(|(r, _)| *r == second).map(|(_, w)| *w).collect();
        let (place, word) = place.map_or((None, None), |(p, w)| (Some(p), w));
        let mut wording = Wording { at: word, ..wording::of(ctx, tree, c, &others) };
        if outside && who.is_empty() && c.hit.form != Form::Noun {
            wording.noun = wording::befell(ctx, tree, c);
        }
        let by =
            if c.hit.form == Form::Noun { format!("events.tree{NOUN}") } else { "events.tree".to_owned() };
        let sure = if who.is_empty() { Sure::Low } else { Sure::Medium };
        out.push((
            EventMention {
                span,
                kind,
                mode: content.and_then(|c| c.mode.clone()).or_else(|| own.mode.clone()),
                contexts: outside::contexts(about(tree, c), c.hit.class),
                cameo: content.map(|c| c.cameo.clone()).or_else(|| own.cameo.clone()),
                status,
                time,
                place,
                participants: Vec::new(),
                statement,
                name: name_of(ctx, tree.clause, c.start, c.hit.end),
                wording,
                maker: Maker { by, sure },
            },
            who,
        ));
    }
    let rounds: Vec<Found> = all.iter().filter_map(|c| setting::second_round(ctx, tree, c, &out)).collect();
    out.extend(rounds);
    out.extend(spoken::all(ctx, tree, &all, &speaker_of));
    breath::share(tree, &all, &mut out);
    breath::scene(tree, &mut out);
    verbal::aimed(tree, &all, &mut out);
    verbal::answered(tree, &all, &mut out);
    out
}

/// What a demand, refusal, threat or promise is about, by the first deed below it.
fn content(tree: &Tree<'_, '_>, c: &Candidate, all: &[Candidate]) -> Option<&'static Content> {
    let bare = c.hit.class.mode.is_none();
    let below = all.iter().filter(|d| bare && d.at != c.at && tree.above(d.at).take(3).any(|h| h == c.at));
    below.filter_map(|d| contexts::content(c.hit.class.kind, d.hit.class.kind)).next()
}

/// PLOVER contexts by the words that hang on the event word and those it hangs on, up to another clause.
fn about(tree: &Tree<'_, '_>, c: &Candidate) -> Vec<String> {
    let (mut printed, mut lemmas) = (String::from(" "), String::from(" "));
    for i in 0..tree.len() {
        let near = i == c.at
            || tree.above(i).any(|h| h == c.at)
            || c.used.contains(&i)
            || c.hit.form == Form::Noun
                && tree
                    .head(c.at)
                    .is_some_and(|v| tree.head(i) == Some(v) && tree.is(i, &["nsubj", "obj", "obl"]));
        if near {
            printed.extend([tree.word(i), " "]);
            lemmas.extend([tree.lemma(i).to_lowercase().as_str(), " "]);
        }
    }
    let mut out: Vec<String> = contexts::of(&printed, &lemmas).map(str::to_owned).collect();
    out.sort();
    out
}

/// Who says a statement.
fn speaker_of(s: &Statement) -> Option<Someone> {
    let words = s.source.first().map(|w| Someone::Words(*w));
    s.speaker.map(Someone::Known).or(words)
}

/// Whether nearly every longer word of the sentence has a capital letter, as in some headlines.
fn titled(ctx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let word = |i: usize| ctx.segments.word(&ctx.report.text, clause.first() + i);
    let long = (0..clause.len()).filter(|i| word(*i).chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (letters, capitals) =
        long.fold((0, 0), |(n, c), i| (n + 1, c + usize::from(word(i).starts_with(char::is_uppercase))));
    letters > 3 && capitals * 10 >= letters * 8
}

/// Leaves out nouns that say nothing but their kind ("the violence") where the sentence tells a happening besides.
fn settled(ctx: &Context<'_>, events: &mut Vec<EventMention>) {
    let sentence = |e: &EventMention| {
        let t = ctx.segments.tokens_in(e.span).start as usize;
        ctx.segments.sentence_of(t)
    };
    let bare = |e: &EventMention| {
        e.maker.by.ends_with(NOUN)
            && e.participants.is_empty()
            && e.name.is_none()
            && e.place.is_none()
            && (e.time.is_none() || e.kind != EventType::Protest)
    };
    let told: Vec<Option<usize>> = events.iter().filter(|e| !bare(e)).map(sentence).collect();
    // "After the election, Oslo asked …" glances at what has no type of its own.
    let typed: Vec<Option<usize>> =
        events.iter().filter(|e| e.kind != EventType::Outside).map(sentence).collect();
    events.retain(|e| {
        let glance = e.kind == EventType::Outside && typed.contains(&sentence(e));
        let alone = e.place.is_none() && e.time.is_none() && e.maker.by.ends_with(NOUN);
        if glance && alone {
            return false;
        }
        !bare(e) || !glance && (e.status != Status::Happened || !told.contains(&sentence(e)))
    });
}

/// How the maker of a mention by a noun ends.
const NOUN: &str = ".noun";

/// The participants as entities of the report: a country that stood as a place becomes its state, plain words an
/// unnamed entity.
fn known(
    ctx: &mut Context<'_>,
    clause: &Clause<'_>,
    who: Vec<(Role, Someone)>,
    before: &[EventMention],
) -> Vec<Participant> {
    let mut out: Vec<Participant> = Vec::new();
    let who: Vec<(Role, Someone)> = who
        .into_iter()
        .flat_map(|(role, w)| match members(ctx, clause, w, before) {
            Some(two) => two.iter().map(|t| (role, *t)).collect(),
            None => vec![(role, w)],
        })
        .collect();
    for (role, someone) in who {
        let entity = match someone {
            Someone::Known(e) => Some(e),
            Someone::Words(span) => crate::entities::resolve(ctx, span)
                .map(|(e, _)| e)
                .or_else(|| crate::entities::counted(ctx, span)),
            Someone::State(place) => {
                let state = state(ctx, place);
                // A capital that stands for its state: the words are that state's.
                let scene = |s: Span| {
                    let before = clause.before(clause.token_at(s.start));
                    matches!(before, "in" | "at" | "near" | "inside" | "outside" | "around" | "across")
                };
                let here = clause.whole();
                let open = |m: &&mut Mention| {
                    m.place == Some(place) && m.entity.is_none() && here.contains(m.span) && !scene(m.span)
                };
                for m in ctx.facts.mentions.iter_mut().filter(open) {
                    m.entity = state;
                }
                state
            }
        };
        if let Some(entity) = entity.filter(|e| !out.iter().any(|p| p.entity == *e)) {
            out.push(Participant { role, entity });
        }
    }
    out
}

/// The two whom collective words stand for, as they were found or as a statement has already taken them for somebody.
fn members(
    ctx: &Context<'_>,
    clause: &Clause<'_>,
    who: Someone,
    before: &[EventMention],
) -> Option<[Someone; 2]> {
    let two = |words| collective::members(ctx, words).or_else(|| collective::met(ctx, words, before));
    match who {
        Someone::Words(words) => two(words),
        Someone::Known(e) => {
            let unnamed = ctx.facts.entities.get(e as usize).is_some_and(|x| x.kind == ActorKind::Unnamed);
            let whole = clause.whole();
            let here = |m: &&Mention| m.entity == Some(e) && whole.contains(m.span);
            let m = ctx.facts.mentions.iter().find(here).filter(|_| unnamed)?;
            two(m.span)
        }
        Someone::State(_) => None,
    }
}

/// The state of a country, added to the entities when the report speaks of it only as a place.
fn state(ctx: &mut Context<'_>, place: PlaceIx) -> Option<EntityIx> {
    let place = ctx.facts.places.get(place as usize)?;
    let is = |e: &Entity| e.kind == ActorKind::State && e.country == place.country;
    if let Some(n) = ctx.facts.entities.iter().position(is) {
        return EntityIx::try_from(n).ok();
    }
    let entity = Entity {
        name: place.name.clone(),
        kind: ActorKind::State,
        country: place.country.clone(),
        sector: Some("GOV".to_owned()),
        aliases: Vec::new(),
        outlet: None,
    };
    ctx.facts.entities.push(entity);
    EntityIx::try_from(ctx.facts.entities.len() - 1).ok()
}

type Found = (EventMention, Vec<(Role, Someone)>);

fn mention(ctx: &Context<'_>, clause: &Clause<'_>, at: usize, hit: Hit, by: &str) -> Option<Found> {
    let span = clause.span(at, at + 1);
    // The cue of a statement is its saying; only deeds by words ("accused", "promised") are happenings too.
    let statement = statement_of(ctx, span);
    let who = participants::of(ctx, clause, at, &hit, statement);
    let named = !who.is_empty();
    if (hit.class.persons || hit.class.objects)
        && !participants::has_object(ctx, clause, &hit, hit.class.persons)
    {
        return None;
    }
    let status = status::of(ctx, clause, at, &hit, statement, &who);
    let by = if hit.form == Form::Noun { format!("{by}{NOUN}") } else { by.to_owned() };
    let light = hit.form != Form::Noun && hit.words > 1;
    let span = if light || hit.form == Form::Noun { clause.span(at, hit.end) } else { span };
    let event = EventMention {
        span,
        kind: hit.class.kind,
        mode: hit.class.mode.clone(),
        contexts: outside::contexts(near(clause, at), hit.class),
        cameo: hit.class.cameo.clone(),
        status,
        time: time_of(ctx, clause, at, statement),
        place: place_of(ctx, clause, hit.end),
        participants: Vec::new(),
        statement,
        name: name_of(ctx, clause, at, hit.end),
        wording: wording::by_position(clause, hit.class, hit.form, (at, hit.end)),
        maker: Maker { by, sure: if named { Sure::Medium } else { Sure::Low } },
    };
    Some((event, who))
}

/// PLOVER contexts by the words close by, without a tree.
fn near(clause: &Clause<'_>, at: usize) -> Vec<String> {
    let words: Vec<&str> =
        (at.saturating_sub(8)..clause.len().min(at + 9)).filter_map(|i| clause.word(i)).collect();
    let printed = format!(" {} ", words.join(" "));
    let singular: Vec<&str> = words.iter().map(|w| w.strip_suffix('s').unwrap_or(w)).collect();
    let mut out: Vec<String> =
        contexts::of(&printed, &format!(" {} ", singular.join(" "))).map(str::to_owned).collect();
    out.sort();
    out
}

/// The innermost statement whose content holds the words.
fn statement_of(ctx: &Context<'_>, span: Span) -> Option<StatementIx> {
    let holds = |s: &Statement| s.content.iter().any(|c| c.contains(span));
    let length = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
    let found =
        ctx.facts.statements.iter().enumerate().filter(|(_, s)| holds(s)).min_by_key(|(_, s)| length(s));
    found.and_then(|(n, _)| StatementIx::try_from(n).ok())
}

/// The date or time nearest the event word, of its sentence; a reference like "now" is none. What stands in a
/// statement keeps to it: "police said on Monday" dates the saying.
fn time_of(
    ctx: &Context<'_>,
    clause: &Clause<'_>,
    at: usize,
    statement: Option<StatementIx>,
) -> Option<TimeIx> {
    let content = statement.and_then(|s| ctx.facts.statements.get(s as usize)).map(|s| &s.content);
    let here = clause.span(at, at + 1);
    let whole = clause.whole();
    let from = ctx.facts.times.partition_point(|t| t.span.end <= whole.start);
    let in_sentence =
        ctx.facts.times.iter().enumerate().skip(from).take_while(|(_, t)| t.span.start < whole.end);
    let dated = in_sentence.filter(|(_, t)| {
        matches!(t.kind, TimeType::Date | TimeType::Time)
            && !matches!(t.meaning, TimeMeaning::Reference(_) | TimeMeaning::Quarter { .. })
            && content.is_none_or(|c| c.iter().any(|c| c.contains(t.span)))
    });
    // A clause that ends between the two makes the time another's, unless it is the only one.
    let far = |t: &chancery_model::facts::TimeExpr| {
        let (a, b) =
            if t.span.start < here.start { (t.span.end, here.start) } else { (here.end, t.span.start) };
        let cut = if clause.broken(a, b) { 200 } else { 0 };
        b.saturating_sub(a) + cut
    };
    dated.min_by_key(|(_, t)| far(t)).and_then(|(n, _)| TimeIx::try_from(n).ok())
}

/// The place after "in", "at", "near" or "outside" that stands nearest after the event word, else before it.
fn place_of(ctx: &Context<'_>, clause: &Clause<'_>, end: usize) -> Option<PlaceIx> {
    let whole = clause.whole();
    let here = clause.span(end.saturating_sub(1), end).end;
    let from = ctx.facts.mentions.partition_point(|m| m.span.start < whole.start);
    let in_sentence = ctx.facts.mentions.iter().skip(from).take_while(|m| m.span.start < whole.end);
    let mut best: Option<(u32, PlaceIx)> = None;
    for m in in_sentence {
        let Some(place) = m.place else { continue };
        let token = clause.token_at(m.span.start);
        let before = clause.before(token);
        let led = matches!(before, "in" | "at" | "near" | "outside" | "inside" | "around")
            || before == "of"
                && matches!(
                    clause.before(token.saturating_sub(1)),
                    "city" | "town" | "capital" | "village" | "port"
                );
        if !led {
            continue;
        }
        let far = if m.span.start >= here { m.span.start - here } else { (here - m.span.end.min(here)) + 60 };
        if best.is_none_or(|(b, _)| far < b) {
            best = Some((far, place));
        }
    }
    best.map(|(_, p)| p)
}

/// What the happening is called: a place or other name right before a noun of meeting ("Abuja talks").
fn name_of(ctx: &Context<'_>, clause: &Clause<'_>, at: usize, end: usize) -> Option<String> {
    let head = clause.word(end.saturating_sub(1))?;
    let meeting = matches!(
        head,
        "talks" | "conference" | "summit" | "accord" | "accords" | "agreement" | "process" | "round"
    );
    let first = clause.span(at, end);
    let from = ctx.facts.mentions.partition_point(|m| m.span.end < first.start.saturating_sub(1));
    let near = ctx.facts.mentions.iter().skip(from).take(3);
    let touching =
        |m: &&Mention| m.place.is_some() && m.span.end < first.start && first.start - m.span.end == 1;
    let named = near.clone().find(touching).map(|m| m.span.cover(first)).filter(|_| meeting);
    named.map(|s| s.of(&ctx.report.text).to_owned())
}

/// A range of tokens of the sentence, as the report counts them.
fn tokens(clause: &Clause<'_>, a: usize, b: usize) -> TokenRange {
    TokenRange::new(clause.first() + a, clause.first() + b)
}
