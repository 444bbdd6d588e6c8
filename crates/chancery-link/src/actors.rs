//! Actors across reports.
//!
//! A state is one by its country; an organisation or group by its folded name and country; a person by full name. A
//! surname alone joins the one person of the record who bears it; of several the one whom nearly all reports mean by it,
//! and nobody where there is none. An unnamed speaker stays
//! the unnamed speaker of its report: "officials" of two reports are not one person.

mod bare;

use crate::groups::Groups;
use crate::{Decided, Item, fold};
use chancery_lexicon::known::{self, Known};
use chancery_lexicon::syllables::Romanisation;
use chancery_lexicon::{countries, organizations, spellings};
use chancery_model::Id;
use chancery_model::facts::Entity;
use chancery_model::vocab::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// An actor of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Id, from kind, name and country.
    pub id: Id,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// CAMEO actor code: country and sector joined.
    pub code: Option<String>,
    /// CAMEO sector.
    pub sector: Option<String>,
    /// Other forms of the name, sorted.
    pub aliases: Vec<String>,
    /// Number of reports that speak of it.
    pub reports: i64,
}

/// What an entity is merged by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    State(String),
    Body(ActorKind, String, Option<String>),
    Person(String),
    Surname(String),
    Unnamed(Id, String),
}

/// The common noun of a body that is told by nothing but its state: "army" of "the army", "Syrian army", "Syria's army".
fn common_body(e: &Entity) -> Option<String> {
    if e.kind != ActorKind::Organization || e.outlet.is_some() {
        return None;
    }
    let name = e.name.strip_prefix("the ").or_else(|| e.name.strip_prefix("The ")).unwrap_or(&e.name);
    let starts = std::iter::once(0).chain(name.char_indices().filter(|(_, c)| *c == ' ').map(|(n, _)| n + 1));
    let whole = |at: &usize| organizations::body_at(name, *at).is_some_and(|(end, _)| end == name.len());
    let at = starts.clone().find(whole)?;
    let owner = name.get(..at)?.trim_end();
    let owner = owner.strip_suffix("'s").or_else(|| owner.strip_suffix("’s")).unwrap_or(owner);
    let state = owner.is_empty() || matches!(known::get(owner), Some(Known::Country(_) | Known::Demonym(_)));
    state.then(|| name.get(at..).unwrap_or("").to_lowercase())
}

/// "the Syrian government" is Syria.
fn governs(body: &str) -> bool {
    matches!(body, "government" | "administration" | "regime" | "authorities")
}

/// "Hanssen-Bauer", "De Silva": surnames of two words.
fn is_surname(printed: &str) -> bool {
    let particle = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "de" | "da"
                | "di"
                | "du"
                | "dos"
                | "van"
                | "von"
                | "der"
                | "den"
                | "la"
                | "le"
                | "ter"
                | "bin"
                | "ben"
                | "al"
                | "el"
        )
    };
    match printed.split_once(' ') {
        None => printed.contains('-'),
        Some((first, rest)) => particle(first) && rest.split(' ').filter(|w| !particle(w)).count() == 1,
    }
}

fn key(report: &Id, e: &Entity) -> Key {
    let name = fold::name(e.outlet.as_deref().unwrap_or(&e.name));
    // "The army" of no state that is known is some army: nobody of another report.
    if let Some(body) = common_body(e) {
        return match &e.country {
            Some(c) if governs(&body) => Key::State(c.clone()),
            Some(c) => Key::Body(e.kind, body, Some(c.clone())),
            None => Key::Unnamed(report.clone(), name),
        };
    }
    // "Lashkar-i-Sahar" and "Lashkar-e-Sahar".
    let name = match e.kind {
        ActorKind::Organization | ActorKind::Group if e.name.contains("-i-") => {
            fold::name(&e.name.replace("-i-", "-e-"))
        }
        _ => name,
    };
    match e.kind {
        ActorKind::State => Key::State(e.country.clone().unwrap_or(name)),
        ActorKind::Person if is_surname(&e.name) => Key::Surname(name),
        ActorKind::Person if name.contains(' ') => Key::Person(fold::name(&spellings::plain_dj(&e.name))),
        ActorKind::Person => Key::Surname(name),
        ActorKind::Unnamed => Key::Unnamed(report.clone(), name),
        k => Key::Body(k, name, e.country.clone()),
    }
}

/// Whether a person has said that who bears this name in this report is somebody else.
fn own(report: &Id, e: &Entity, decided: &Decided) -> bool {
    !decided.own_actor.is_empty()
        && std::iter::once(&e.name)
            .chain(&e.aliases)
            .any(|n| decided.own_actor.contains(&(fold::name(n), report.clone())))
}

/// The key of somebody who is nobody of any other report.
fn apart(report: &Id, e: &Entity) -> Key {
    Key::Unnamed(report.clone(), fold::name(e.outlet.as_deref().unwrap_or(&e.name)))
}

fn surname(full: &str) -> &str {
    full.rsplit(' ').next().unwrap_or(full)
}

/// The actors of all reports, and for each report the actor of each of its entities.
#[must_use]
pub fn merge(items: &[Item<'_>], decided: &Decided) -> (Vec<Actor>, Vec<Vec<Id>>) {
    let mut nodes: BTreeMap<Key, usize> = BTreeMap::new();
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let keys: Vec<Key> = item
            .facts
            .entities
            .iter()
            .map(|e| {
                if own(&item.report.id, e, decided) {
                    apart(&item.report.id, e)
                } else {
                    key(&item.report.id, e)
                }
            })
            .collect();
        for k in &keys {
            let n = nodes.len();
            nodes.entry(k.clone()).or_insert(n);
        }
        keyed.push(keys);
    }
    // Number the keys in their own order, not in the order of arrival.
    for (n, slot) in nodes.values_mut().enumerate() {
        *slot = n;
    }
    let mut groups = Groups::new(nodes.len());
    join_spellings(items, &keyed, &nodes, &mut groups);
    bare::join_surnames(items, &keyed, &nodes, decided, &mut groups);
    join_countries(&nodes, &mut groups);
    join_home(items, &keyed, &nodes, decided, &mut groups);
    join_plain(items, &keyed, &nodes, decided, &mut groups);
    join_listed(items, &keyed, &nodes, decided, &mut groups);
    join_decided(items, &keyed, &nodes, decided, &mut groups);
    let sets = groups.sets();
    let mut set_of = vec![0; nodes.len()];
    for (s, members) in sets.iter().enumerate() {
        for m in members {
            set_of[*m] = s;
        }
    }
    let mut drafts: Vec<Draft> = vec![Draft::default(); sets.len()];
    for (item, keys) in items.iter().zip(&keyed) {
        let mut here = BTreeSet::new();
        for (e, k) in item.facts.entities.iter().zip(keys) {
            let s = set_of[nodes[k]];
            drafts[s].take(e, k);
            here.insert(s);
        }
        for s in here {
            drafts[s].reports += 1;
        }
    }
    let actors: Vec<Actor> = drafts.into_iter().map(|d| d.finish(decided)).collect();
    let of =
        keyed.iter().map(|ks| ks.iter().map(|k| actors[set_of[nodes[k]]].id.clone()).collect()).collect();
    let by_id: BTreeMap<Id, Actor> = actors.into_iter().map(|a| (a.id.clone(), a)).collect();
    (by_id.into_values().collect(), of)
}

/// Spellings of one name of another script are one person, unless one report prints two of them for two people.
fn join_spellings(items: &[Item<'_>], keyed: &[Vec<Key>], nodes: &BTreeMap<Key, usize>, groups: &mut Groups) {
    let mut by_sound: BTreeMap<String, BTreeMap<usize, Option<Romanisation>>> = BTreeMap::new();
    let mut apart: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut countries: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (item, keys) in items.iter().zip(keyed) {
        let mut here: Vec<usize> = Vec::new();
        for (e, k) in item.facts.entities.iter().zip(keys).filter(|(_, k)| matches!(k, Key::Person(_))) {
            let Key::Person(full) = k else { continue };
            let parts: Vec<String> = full.split(' ').map(str::to_owned).collect();
            let low = e.name.to_lowercase();
            let article = ["al-", "el-", "al ", "el "].iter().any(|a| low.contains(&format!(" {a}")));
            if let Some(sound) = spellings::sound(&parts, article) {
                let n = nodes[k];
                by_sound.entry(sound.key).or_default().insert(n, sound.romanisation);
                here.push(n);
                if let Some(c) = &e.country {
                    countries.entry(n).or_default().insert(c);
                }
            }
        }
        here.sort_unstable();
        here.dedup();
        for (i, a) in here.iter().enumerate() {
            apart.extend(here.iter().skip(i + 1).map(|b| (*a, *b)));
        }
    }
    // Two people of two states are not one, nor are two of whom one report prints both, nor two names of one romanisation.
    let foreign =
        |a: &usize, b: &usize| countries.get(a).zip(countries.get(b)).is_some_and(|(x, y)| x.is_disjoint(y));
    for set in by_sound.values().filter(|s| (2..=SPELLINGS).contains(&s.len())) {
        let all: Vec<(&usize, &Option<Romanisation>)> = set.iter().collect();
        let two = all.iter().enumerate().any(|(i, (a, x))| {
            all.iter()
                .skip(i + 1)
                .any(|(b, y)| apart.contains(&(**a, **b)) || foreign(a, b) || x.is_some() && x == y)
        });
        if let Some(((first, _), rest)) = all.split_first().filter(|_| !two) {
            rest.iter().for_each(|(b, _)| groups.join(**first, **b));
        }
    }
}

/// More spellings than this of one sound are the names of several people.
const SPELLINGS: usize = 12;

/// Names that a person has said are two actors, in both orders.
fn parted(decided: &Decided) -> BTreeSet<(String, String)> {
    let both = |(a, b): &(String, String)| {
        let (a, b) = (fold::name(a), fold::name(b));
        [(a.clone(), b.clone()), (b, a)]
    };
    decided.other_actor.iter().flat_map(both).collect()
}

/// "The army" of a report that names no state's: where the bodies of one state only are spoken of in the record, and the report
/// speaks of that state, it is its army.
fn join_home(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    decided: &Decided,
    groups: &mut Groups,
) {
    // Embassies and foreign ministries are abroad in a story; armies are at home.
    let at_home = |b: &str| {
        ["army", "military", "forces", "navy", "air force", "parliament", "defence ministry", "police"]
            .iter()
            .any(|w| b.ends_with(w))
    };
    let mut states: BTreeSet<&str> = BTreeSet::new();
    for item in items {
        for e in item.facts.entities.iter().filter(|e| common_body(e).is_some_and(|b| at_home(&b))) {
            states.extend(e.country.as_deref());
        }
    }
    let [state] = states.into_iter().collect::<Vec<_>>()[..] else { return };
    for (item, keys) in items.iter().zip(keyed) {
        let spoken_of = item.facts.entities.iter().any(|e| e.country.as_deref() == Some(state));
        for (e, k) in item.facts.entities.iter().zip(keys).filter(|_| spoken_of) {
            let body = common_body(e).filter(|b| at_home(b) || governs(b));
            // What a person has said is nobody else's stays so.
            let free =
                e.country.is_none() && matches!(k, Key::Unnamed(..)) && !own(&item.report.id, e, decided);
            let Some(body) = body.filter(|_| free) else {
                continue;
            };
            let whose = if governs(&body) {
                Key::State(state.to_owned())
            } else {
                Key::Body(e.kind, body, Some(state.to_owned()))
            };
            if let (Some(a), Some(b)) = (nodes.get(&whose), nodes.get(k)) {
                groups.join(*a, *b);
            }
        }
    }
}

/// A name that a report prints and its reader took for nobody's is that of the one body or person who bears it elsewhere.
fn join_plain(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    decided: &Decided,
    groups: &mut Groups,
) {
    let mut bearers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (k, n) in nodes {
        if let Key::Body(_, name, _) | Key::Surname(name) = k {
            bearers.entry(name).or_default().insert(*n);
        }
    }
    for (item, keys) in items.iter().zip(keyed) {
        for (e, k) in item.facts.entities.iter().zip(keys) {
            let plain = e.kind == ActorKind::Unnamed
                && e.name.starts_with(char::is_uppercase)
                && !own(&item.report.id, e, decided);
            let one = bearers.get(fold::name(&e.name).as_str()).filter(|b| plain && b.len() == 1);
            if let (Some(b), Some(n)) = (one.and_then(|b| b.first()), nodes.get(k)) {
                groups.join(*b, *n);
            }
        }
    }
}

/// Names that the list of organisations has for one body ("LTTE", "Tamil Tigers"). A single word that is no acronym
/// ("Tigers") may be anybody's: it joins only where a fuller name of the body is in the record too.
fn join_listed(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    decided: &Decided,
    groups: &mut Groups,
) {
    let acronym = |n: &str| n.len() > 2 && !n.chars().any(char::is_lowercase);
    let mut listed: BTreeMap<&str, [BTreeMap<usize, String>; 2]> = BTreeMap::new();
    for (item, keys) in items.iter().zip(keyed) {
        for (e, k) in item.facts.entities.iter().zip(keys) {
            if !matches!(k, Key::Body(ActorKind::Organization | ActorKind::Group, ..)) {
                continue;
            }
            let Some(o) = organizations::by_name(&e.name) else { continue };
            // Another country's body of this name is another body.
            if o.country.as_ref().zip(e.country.as_ref()).is_some_and(|(a, b)| a != b) {
                continue;
            }
            let full = e.name == o.name || e.name.contains(' ') || acronym(&e.name);
            listed.entry(&o.name).or_default()[usize::from(!full)].insert(nodes[k], fold::name(&e.name));
        }
    }
    let two = parted(decided);
    for [full, short] in listed.values() {
        let Some((first, name)) = full.iter().next() else { continue };
        for (n, other) in full.iter().skip(1).chain(short) {
            if !two.contains(&(name.clone(), other.clone())) {
                groups.join(*first, *n);
            }
        }
    }
}

/// A body named without a country joins the only body of that name with one.
fn join_countries(nodes: &BTreeMap<Key, usize>, groups: &mut Groups) {
    let mut placed: BTreeMap<(ActorKind, &str), Vec<usize>> = BTreeMap::new();
    for (k, n) in nodes {
        if let Key::Body(kind, name, Some(_)) = k {
            placed.entry((*kind, name)).or_default().push(*n);
        }
    }
    for (k, n) in nodes {
        if let Key::Body(kind, name, None) = k
            && let Some([only]) = placed.get(&(*kind, name.as_str())).map(Vec::as_slice)
        {
            groups.join(*only, *n);
        }
    }
}

/// What a person has said is one, is one.
fn join_decided(
    items: &[Item<'_>],
    keyed: &[Vec<Key>],
    nodes: &BTreeMap<Key, usize>,
    decided: &Decided,
    groups: &mut Groups,
) {
    if decided.same_actor.is_empty() {
        return;
    }
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (item, keys) in items.iter().zip(keyed) {
        for (e, k) in item.facts.entities.iter().zip(keys) {
            for form in std::iter::once(&e.name).chain(&e.aliases) {
                by_name.entry(fold::name(form)).or_default().push(nodes[k]);
            }
        }
    }
    for (a, b) in &decided.same_actor {
        let of = |n: &String| by_name.get(&fold::name(n)).cloned().unwrap_or_default();
        let (a, b) = (of(a), of(b));
        if let Some(first) = a.first().copied() {
            for other in a.into_iter().chain(b) {
                groups.join(first, other);
            }
        }
    }
}

/// An actor while its forms are counted.
#[derive(Debug, Clone, Default)]
struct Draft {
    names: BTreeMap<String, usize>,
    forms: BTreeSet<String>,
    kinds: BTreeMap<ActorKind, usize>,
    countries: BTreeMap<String, usize>,
    sectors: BTreeMap<String, usize>,
    key: Option<Key>,
    reports: i64,
}

impl Draft {
    fn take(&mut self, e: &Entity, k: &Key) {
        *self.names.entry(e.outlet.clone().unwrap_or_else(|| e.name.clone())).or_default() += 1;
        self.forms.insert(e.name.clone());
        self.forms.extend(e.aliases.iter().cloned());
        *self.kinds.entry(e.kind).or_default() += 1;
        if let Some(c) = &e.country {
            *self.countries.entry(c.clone()).or_default() += 1;
        }
        if let Some(s) = &e.sector {
            *self.sectors.entry(s.clone()).or_default() += 1;
        }
        if self.key.as_ref().is_none_or(|old| k < old) {
            self.key = Some(k.clone());
        }
    }

    fn finish(mut self, decided: &Decided) -> Actor {
        fn top<K: Clone + Ord>(m: &BTreeMap<K, usize>) -> Option<K> {
            m.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(k, _)| k.clone())
        }
        // The fullest form names an actor; how often it is printed decides between equals. Beside two names an
        // initial makes none fuller: "John W McCain", but "S. P. Thamilselvan".
        let words = |s: &str| {
            let folded = fold::name(s);
            let long = folded.split(' ').filter(|w| w.chars().count() > 1).count();
            if long > 1 { long } else { folded.split(' ').count() }
        };
        let full = self.names.keys().map(|n| words(n)).max().unwrap_or(0);
        if self.kinds.contains_key(&ActorKind::Person) {
            self.names.retain(|n, _| words(n) == full);
        }
        let mut name = top(&self.names).unwrap_or_default();
        // "army" of a known state is shown with it.
        if let Some(Key::Body(ActorKind::Organization, body, Some(c))) = &self.key
            && name.to_lowercase() == *body
            && organizations::body_at(body, 0).is_some_and(|(end, _)| end == body.len())
            && let Some(country) = countries::by_iso(c)
        {
            let owner = country.forms().next().unwrap_or_else(|| country.name.clone());
            self.forms.insert(name.clone());
            name = format!("{owner} {name}");
        }
        let chosen = self.forms.iter().find_map(|f| decided.rename_actor.get(f));
        if let Some(n) = chosen {
            name.clone_from(n);
        }
        let kind = top(&self.kinds).unwrap_or(ActorKind::Unnamed);
        let country = top(&self.countries);
        let sector = top(&self.sectors);
        let code = match (&country, &sector) {
            (None, None) => None,
            (c, s) => Some(format!("{}{}", c.as_deref().unwrap_or(""), s.as_deref().unwrap_or(""))),
        };
        let id = match self.key {
            Some(Key::State(c)) => Id::of("actor", &["state", &c]),
            Some(Key::Body(k, n, c)) => Id::of("actor", &[k.as_str(), &n, c.as_deref().unwrap_or("")]),
            Some(Key::Person(n) | Key::Surname(n)) => Id::of("actor", &["person", &n]),
            Some(Key::Unnamed(r, n)) => Id::of("actor", &["unnamed", r.as_str(), &n]),
            None => Id::of("actor", &["", &name]),
        };
        self.forms.remove(&name);
        Actor {
            id,
            name,
            kind,
            country,
            code,
            sector,
            aliases: self.forms.into_iter().collect(),
            reports: self.reports,
        }
    }
}
