//! Headings of events: who does what to whom, in the present as headlines have it.

use crate::actors::Actor;
use chancery_lexicon::verbs::VERBS;
use chancery_lexicon::{known, numbers};
use chancery_model::Id;
use chancery_model::facts::Wording;
use chancery_model::vocab::{ActorKind, Role, Status};
use std::collections::BTreeMap;

/// What a heading is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Who took part.
    pub participants: &'a [(Role, Id)],
    /// The actors by id.
    pub names: &'a BTreeMap<&'a Id, &'a Actor>,
    /// What the happening is called.
    pub name: Option<&'a str>,
    /// The words of its best mention.
    pub wording: Option<&'a Wording>,
    /// Whether it happened.
    pub status: Status,
    /// The words around that mention, for when nothing else is known.
    pub around: &'a str,
    /// Where.
    pub place: Option<&'a str>,
}

/// The heading by those who stand in it best, or by all who took part where it would be no more than words of a report.
pub fn title(p: &Parts<'_>, all: &[(Role, Id)]) -> String {
    let own = heading(p);
    if own == capital(p.around) { heading(&Parts { participants: all, ..*p }) } else { own }
}

/// The heading: "Putin hosts Muallem in Sochi", "Talks on fishing quotas in Tallinn". Never one with a gap.
fn heading(p: &Parts<'_>) -> String {
    let first = side(p, &[Role::Host, Role::Mediator]);
    let (doers, others) = if first.is_empty() {
        (side(p, &[Role::Actor]), side(p, &[Role::Recipient]))
    } else {
        (first, side(p, &[Role::Actor, Role::Recipient]))
    };
    let others: Vec<&Actor> = others.into_iter().filter(|o| !doers.iter().any(|d| d.id == o.id)).collect();
    let told = p.wording.and_then(|w| told(w, &doers, &others, p.status));
    let line = match (p.name, told) {
        (Some(n), None) => moved(n, p.status),
        (_, Some(line)) => line,
        (None, None) => {
            match p.wording.and_then(|w| w.noun.as_deref()).and_then(|n| owned(n, &doers, p.place)) {
                Some(noun) => moved(&noun, p.status),
                None => p.around.to_owned(),
            }
        }
    };
    let shown = line.to_lowercase();
    let line = match p.place {
        Some(place) if line != p.around && !shown.contains(&place.to_lowercase()) => {
            let at = p.wording.and_then(|w| w.at.as_deref()).unwrap_or("in");
            // "arrives in"
            let line = line.strip_suffix(at).map_or(line.as_str(), str::trim_end);
            format!("{line} {at} {place}")
        }
        _ => line,
    };
    capital(whole(&line))
}

/// Words that a heading does not end with: what they lead to is not known.
const LEAD: &[&str] = &["at", "in", "to", "for", "with", "on", "from", "by", "of", "against", "into"];
/// Verbs that may end a heading with such a word: "protests go on", "troops move in".
const WHOLE: &[&str] = &["go", "carry", "move", "press", "drag", "step", "break", "close", "give", "hold"];

/// A heading without a preposition left over at its end: "envoys to arrive in".
fn whole(line: &str) -> &str {
    match line.rsplit_once(' ') {
        Some((rest, last)) if rest.contains(' ') && LEAD.contains(&last) => {
            let verb = rest.rsplit(' ').next().unwrap_or("");
            let whole = WHOLE.iter().any(|w| verb == *w || verb == VERBS.third(w));
            if whole { line } else { rest }
        }
        _ => line,
    }
}

fn side<'a>(p: &Parts<'a>, roles: &[Role]) -> Vec<&'a Actor> {
    let mut out: Vec<&Actor> = Vec::new();
    for (role, id) in p.participants {
        if let Some(a) = p.names.get(id).filter(|_| roles.contains(role))
            && !out.iter().any(|o| o.id == a.id)
        {
            out.push(a);
        }
    }
    out
}

/// A noun with whose it is: "Russia's delivery of missiles". A lone word without owner and place says too little.
fn owned(noun: &str, doers: &[&Actor], place: Option<&str>) -> Option<String> {
    let who = list(doers);
    if who.is_empty()
        || doers
            .iter()
            .any(|d| noun.contains(&short(d)) || d.aliases.iter().any(|a| noun.contains(a.as_str())))
    {
        return (noun.contains(' ') || place.is_some()).then(|| noun.to_owned());
    }
    Some(if who.ends_with('s') { format!("{who}' {noun}") } else { format!("{who}'s {noun}") })
}

/// Who does what; `None` when those who must be named are not known.
fn told(w: &Wording, doers: &[&Actor], others: &[&Actor], status: Status) -> Option<String> {
    if w.does.is_empty() {
        return None;
    }
    let them = list(others);
    let does = fill(&w.does, &them);
    if doers.is_empty() {
        let done = w.done.as_deref().filter(|_| !others.is_empty())?;
        return Some(undergone(&them, done, status));
    }
    let who = list(doers);
    let does = match does {
        Some(d) => d,
        // "hold talks with nobody": those who are left hold talks; whoever attacks attacks somebody.
        None => without(&w.does)?,
    };
    let shown = named_in(doers);
    Some(done(&who, shown.len() > 1 || plural(&shown), &does, status))
}

/// The other side in its place; `None` when it is wanted and not known.
fn fill(does: &str, them: &str) -> Option<String> {
    match (does.contains('@'), them.is_empty()) {
        (true, true) => None,
        (true, false) => Some(does.replace('@', them)),
        (false, _) => Some(does.to_owned()),
    }
}

/// The words without the other side, where they can stand so: "hold talks with @" but not "attack @".
fn without(does: &str) -> Option<String> {
    let head = does.strip_suffix('@')?.trim_end();
    let (rest, last) = head.rsplit_once(' ')?;
    let led = ["with", "to", "on", "against", "between", "from", "at", "by", "of", "for"].contains(&last);
    led.then(|| rest.to_owned())
}

fn done(who: &str, plural: bool, does: &str, status: Status) -> String {
    let (verb, rest) = does.split_once(' ').map_or((does, String::new()), |(v, r)| (v, format!(" {r}")));
    let now = |verb: &str| if plural { verb.to_owned() } else { VERBS.third(verb) };
    match status {
        Status::Happened | Status::Ongoing => format!("{who} {}{rest}", now(verb)),
        Status::Planned => format!("{who} to {does}"),
        Status::Proposed => format!("Proposal for {who} to {does}"),
        Status::Conditional => format!("{who} would {does} on conditions"),
        Status::Hypothetical => format!("{who} could {does}"),
        Status::Claimed => format!("{who} said to {does}"),
        // "Neither side asks for it"
        Status::Denied if ["neither", "no", "nobody", "none"].contains(&first_word(who).as_str()) => {
            format!("{who} {}{rest}", now(verb))
        }
        Status::Denied => format!("{who} {} not {does}", now("do")),
        Status::Cancelled => format!("Plan for {who} to {does} called off"),
        Status::Failed => format!("{who} {} to {does}", now("fail")),
    }
}

fn first_word(s: &str) -> String {
    s.split(' ').next().unwrap_or("").to_lowercase()
}

/// What befell somebody, by a participle.
fn undergone(them: &str, done: &str, status: Status) -> String {
    match status {
        Status::Happened | Status::Ongoing => format!("{them} {done}"),
        Status::Planned => format!("{them} to be {done}"),
        Status::Proposed => format!("{them} should be {done}"),
        Status::Conditional => format!("{them} would be {done} on conditions"),
        Status::Hypothetical => format!("{them} could be {done}"),
        Status::Claimed => format!("{them} said to be {done}"),
        Status::Denied => format!("{them} not {done}"),
        Status::Cancelled => format!("{them} no longer to be {done}"),
        Status::Failed => format!("{them} not {done} after an attempt"),
    }
}

/// A noun and what became of it.
fn moved(noun: &str, status: Status) -> String {
    // "Trump's proposals": nothing stands before whose they are.
    let owned = noun.contains("'s ") || noun.contains("\u{2019}s ") || noun.contains("' ");
    match status {
        Status::Hypothetical if owned => format!("{noun} possible"),
        Status::Claimed if owned => format!("{noun} alleged"),
        Status::Denied if owned => format!("{noun} denied"),
        Status::Happened => noun.to_owned(),
        Status::Ongoing => format!("{noun} under way"),
        Status::Planned => format!("{noun} planned"),
        Status::Proposed => format!("{noun} proposed"),
        Status::Conditional => format!("{noun} on conditions"),
        Status::Hypothetical => format!("Possible {}", noun),
        Status::Claimed => format!("Alleged {}", noun),
        Status::Denied => format!("No {}", noun),
        Status::Cancelled => format!("{noun} called off"),
        Status::Failed => format!("{noun} failed"),
    }
}

/// Most names in one part of a heading.
const NAMES: usize = 3;

/// Words for a crowd, beside which anybody else says more.
const ANYBODY: &[&str] = &["people", "thousands", "hundreds", "dozens", "many", "others"];

/// Those whom a heading names. What several reports call alike stands once, and those without a name give way to those with one.
fn named_in<'a>(actors: &[&'a Actor]) -> Vec<&'a Actor> {
    let named = actors.iter().any(|a| a.kind != ActorKind::Unnamed);
    let anybody = |a: &Actor| ANYBODY.contains(&short(a).as_str());
    let somebody = actors.iter().any(|a| !anybody(a));
    // Several without a name are mostly one crowd in several words.
    let most = if named { usize::MAX } else { 2 };
    let told = actors.iter().filter(|a| !named || a.kind != ActorKind::Unnamed);
    let mut out: Vec<&Actor> = Vec::new();
    for a in told.filter(|a| !somebody || !anybody(a)).take(most) {
        if !out.iter().any(|o| short(o).eq_ignore_ascii_case(&short(a))) {
            out.push(a);
        }
    }
    out
}

/// Their names joined.
fn list(actors: &[&Actor]) -> String {
    let mut names: Vec<String> = named_in(actors).into_iter().map(short).collect();
    if names.len() > NAMES {
        names.truncate(NAMES - 1);
        names.push("others".to_owned());
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// How a headline names somebody: the surname of a person, others as they are without an article.
fn short(a: &Actor) -> String {
    let name = a.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match a.kind {
        ActorKind::Person => surname(&name).to_owned(),
        ActorKind::Unnamed => {
            let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|p| name.strip_prefix(p));
            let bare = bare.unwrap_or(&name);
            let first = bare.split(' ').next().unwrap_or("");
            let mut c = bare.chars();
            // "Two journalists" at the start of a sentence is no name.
            match c.next() {
                // "North Carolina"
                Some(_) if named(bare) => bare.to_owned(),
                Some(f) if known::get(first).is_none() && first.chars().skip(1).all(char::is_lowercase) => {
                    f.to_lowercase().collect::<String>() + c.as_str()
                }
                _ => bare.to_owned(),
            }
        }
        _ => name,
    }
}

/// Whether words begin with a part of a place's name.
fn named(words: &str) -> bool {
    let mut words = words.split(' ');
    let first = words.next().unwrap_or("").to_lowercase();
    let second = words.next().is_some_and(|w| w.starts_with(char::is_uppercase));
    let part = matches!(
        first.as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "new"
            | "saint"
            | "great"
            | "upper"
            | "lower"
            | "san"
            | "santa"
            | "los"
            | "las"
            | "port"
            | "fort"
            | "mount"
            | "lake"
    );
    part && second
}

/// The last of two names, with a particle before it; of three and more the whole, as the order may be another's.
fn surname(name: &str) -> &str {
    let words: Vec<&str> = name.split(' ').collect();
    let particle = |w: &str| {
        matches!(w, "al" | "el" | "bin" | "van" | "von" | "de" | "da" | "di" | "la" | "der" | "ten")
    };
    match words.as_slice() {
        // "Ban Ki-moon": the family's name comes first.
        [first, last] if last.split_once('-').is_some_and(|(_, b)| b.starts_with(char::is_lowercase)) => {
            first
        }
        // "Abdullah II"
        [.., last] if last.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) => name,
        [_, last] => last,
        [_, p, _] if particle(p) => name.split_once(' ').map_or(name, |(_, rest)| rest),
        [_, _, last] if last.chars().count() > 4 => last,
        _ => name,
    }
}

/// First words of names for several, beside numbers.
const MANY: &[&str] =
    &["both", "several", "many", "some", "dozens", "hundreds", "thousands", "scores", "few"];

fn plural(actors: &[&Actor]) -> bool {
    actors.iter().any(|a| {
        let name = a.name.to_lowercase();
        let head = [" of ", " in ", " from ", " to ", " for "]
            .iter()
            .filter_map(|p| name.split_once(p))
            .map(|x| x.0.len())
            .min();
        let head = name.get(..head.unwrap_or(name.len())).unwrap_or(&name);
        let last = head.rsplit(' ').next().unwrap_or("");
        // "Tamil Tigers warn": an armed group bears the name of its men; "United Nations" does not.
        let men = a.sector.as_deref() == Some("REB") && last.ends_with('s');
        let many = men
            || matches!(last, "police" | "people" | "forces" | "troops" | "children")
            || last.ends_with("men")
            || a.kind == ActorKind::Unnamed
                && last.ends_with('s')
                && !last.ends_with("ss")
                && !last.ends_with("us");
        // "Two of their jets"
        let first = name.split(' ').next().unwrap_or("");
        let number = first.parse().ok().or_else(|| numbers::word(first));
        let number = number.is_some_and(|n: f64| n > 1.0) || MANY.contains(&first);
        a.kind != ActorKind::State
            && (many
                || a.kind == ActorKind::Unnamed && number
                || a.kind == ActorKind::Group && last.ends_with('s')
                || a.name.contains(" and "))
    })
}

pub(crate) fn capital(s: &str) -> String {
    let mut c = s.chars();
    c.next().map_or(String::new(), |f| f.to_uppercase().collect::<String>() + c.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Actor {
        Actor {
            id: Id::of("actor", &[name]),
            name: name.to_owned(),
            kind: ActorKind::Person,
            country: None,
            code: None,
            sector: None,
            aliases: Vec::new(),
            reports: 1,
        }
    }

    #[test]
    fn several_are_told_by_a_number() {
        let many = |name: &str, kind: ActorKind| plural(&[&Actor { kind, ..person(name) }]);
        for name in ["two of their jets", "41 sailors of the ferry", "dozens in the port"] {
            assert!(many(name, ActorKind::Unnamed), "{name}");
        }
        assert!(
            !many("one of their jets", ActorKind::Unnamed) && !many("Seven Sharp", ActorKind::Organization)
        );
    }

    #[test]
    fn headings_read_like_headlines() {
        let (a, b) = (person("Vladimir Putin"), person("Walid Muallem"));
        let names: BTreeMap<&Id, &Actor> = [(&a.id, &a), (&b.id, &b)].into();
        let wording = Wording { does: "host @".into(), done: None, noun: None, at: None };
        let both = [(Role::Host, a.id.clone()), (Role::Actor, b.id.clone())];
        let make = |participants: &[(Role, Id)], w: &Wording, status, place| {
            heading(&Parts {
                participants,
                names: &names,
                name: None,
                wording: Some(w),
                status,
                around: "They spoke",
                place,
            })
        };
        assert_eq!(make(&both, &wording, Status::Happened, Some("Sochi")), "Putin hosts Muallem in Sochi");
        assert_eq!(make(&both, &wording, Status::Planned, None), "Putin to host Muallem");
        assert_eq!(make(&both, &wording, Status::Denied, None), "Putin does not host Muallem");
        // A crowd beside a name goes unsaid, and one person hosts.
        let crowd = Actor { kind: ActorKind::Unnamed, ..person("thousands") };
        let all: BTreeMap<&Id, &Actor> = [(&a.id, &a), (&b.id, &b), (&crowd.id, &crowd)].into();
        let three = [both[0].clone(), both[1].clone(), (Role::Host, crowd.id.clone())];
        let parts = Parts {
            participants: &three,
            names: &all,
            name: None,
            wording: Some(&wording),
            status: Status::Happened,
            around: "They spoke",
            place: None,
        };
        assert_eq!(heading(&parts), "Putin hosts Muallem");
        assert_eq!(surname("Abdullah II"), "Abdullah II");
        // Where they arrive is not told.
        let arrive = Wording { does: "arrive in".into(), done: None, noun: None, at: Some("in".into()) };
        assert_eq!(make(&both[..1], &arrive, Status::Planned, None), "Putin to arrive");
        // Nobody is named whom he could host.
        assert_eq!(make(&both[..1], &wording, Status::Happened, None), "They spoke");
        let talks = Wording {
            does: "hold talks with @".into(),
            done: None,
            noun: Some("talks on fish".into()),
            at: None,
        };
        assert_eq!(make(&[], &talks, Status::Cancelled, Some("Oslo")), "Talks on fish called off in Oslo");
        let acts = [(Role::Actor, a.id.clone()), (Role::Actor, b.id.clone())];
        assert_eq!(make(&acts, &talks, Status::Failed, None), "Putin and Muallem fail to hold talks");
        let arrest = Wording { does: "arrest @".into(), done: Some("arrested".into()), noun: None, at: None };
        assert_eq!(
            make(&[(Role::Recipient, b.id.clone())], &arrest, Status::Claimed, None),
            "Muallem said to be arrested"
        );
    }
}
