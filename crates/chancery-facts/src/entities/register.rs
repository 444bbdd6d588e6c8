//! The entities and places of one report as they are met.

use super::bare_entity;
pub(crate) use super::folding::fold;
use chancery_lexicon::{countries, organizations, outlets, sectors};
use chancery_model::Span;
use chancery_model::facts::{Entity, EntityIx, Maker, Mention, PlaceIx, PlaceRef};
use chancery_model::vocab::{ActorKind, MentionKind, PlaceKind};

/// What the words around a person tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// `m` or `f`.
    pub sex: Option<char>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// CAMEO sector.
    pub sector: Option<String>,
    /// Last words of the titles beside the name ("minister").
    pub titles: Vec<String>,
}

/// Entities, places and mentions in the making.
#[derive(Debug, Default)]
pub(crate) struct Register {
    /// Entities so far.
    pub entities: Vec<Entity>,
    /// Places so far.
    pub places: Vec<PlaceRef>,
    /// Mentions so far.
    pub mentions: Vec<Mention>,
    /// Sex of each entity, when known.
    sexes: Vec<Option<char>>,
    /// Titles that people were given, by their last words.
    titles: Vec<(EntityIx, String)>,
    /// What an organisation or group is told by: its folded names.
    keys: Vec<(String, EntityIx)>,
    /// Acronyms that the report itself gives to bodies, the last one last.
    acronyms: Vec<(String, EntityIx)>,
}

impl Register {
    fn push(&mut self, e: Entity, sex: Option<char>) -> EntityIx {
        self.entities.push(e);
        self.sexes.push(sex);
        u32::try_from(self.entities.len() - 1).unwrap_or(u32::MAX)
    }

    /// The sex of an entity, when known.
    pub fn sex(&self, e: EntityIx) -> Option<char> {
        self.sexes.get(e as usize).copied().flatten()
    }

    /// The country of an entity.
    pub fn country(&self, e: EntityIx) -> Option<String> {
        self.entities.get(e as usize)?.country.clone()
    }

    /// Adds a mention.
    pub fn mention(
        &mut self,
        span: Span,
        kind: MentionKind,
        entity: Option<EntityIx>,
        place: Option<PlaceIx>,
        maker: Maker,
    ) {
        self.mentions.push(Mention { span, kind, entity, place, maker });
    }

    /// The entity mentioned at a span.
    pub fn entity_at(&self, span: Span) -> Option<EntityIx> {
        self.mentions.iter().find(|m| m.span == span && m.kind != MentionKind::Office)?.entity
    }

    /// Keeps another printed form of an entity.
    pub fn also(&mut self, e: EntityIx, form: &str) {
        if let Some(x) = self.entities.get_mut(e as usize)
            && x.name != form
            && !x.aliases.iter().any(|a| a == form)
        {
            x.aliases.push(form.to_owned());
        }
    }

    fn learn(&mut self, e: EntityIx, told: Person) {
        self.titles.extend(told.titles.into_iter().map(|t| (e, t)));
        if let Some(x) = self.entities.get_mut(e as usize) {
            x.country = x.country.take().or(told.country);
            x.sector = x.sector.take().or(told.sector);
        }
        if let Some(s) = self.sexes.get_mut(e as usize) {
            *s = s.or(told.sex);
        }
    }

    /// The person of a full name; made when new.
    pub fn full_name(&mut self, name: &str, told: Person) -> EntityIx {
        let words = parts(name);
        let sound = |n: &str| chancery_lexicon::spellings::sound(&parts(n), article(n));
        let heard = sound(name);
        let one = |n: &str| {
            // Two names in Pinyin that differ in a letter are two people's.
            sound(n).zip(heard.as_ref()).is_some_and(|(a, b)| {
                a.key == b.key && (a.romanisation.is_none() || a.romanisation != b.romanisation)
            })
        };
        let same =
            self.people().find(|(_, e)| fits_full(&parts(&e.name), &words) || one(&e.name)).map(|(n, _)| n);
        let e = same.unwrap_or_else(|| self.push(bare_entity(name, ActorKind::Person), None));
        if self.entities.get(e as usize).is_some_and(|x| parts(&x.name).len() < words.len()) {
            if let Some(x) = self.entities.get_mut(e as usize) {
                let old = std::mem::replace(&mut x.name, name.to_owned());
                x.aliases.retain(|a| a != name);
                if old != name && !x.aliases.contains(&old) {
                    x.aliases.push(old);
                }
            }
        } else {
            self.also(e, name);
        }
        self.learn(e, told);
        e
    }

    /// The people so far.
    pub fn people(&self) -> impl Iterator<Item = (EntityIx, &Entity)> {
        (0..).zip(&self.entities).filter(|(_, e)| e.kind == ActorKind::Person)
    }

    /// The person of any name: a surname goes to the one person who bears it, else to the one spoken of last.
    pub fn person(&mut self, name: &str, told: Person) -> EntityIx {
        let words = parts(name);
        // "Okafor-Banks" of Denise Okafor-Banks: one word is a surname, however many parts it has.
        let hyphenated = words.len() > 1 && !name.contains(char::is_whitespace);
        if hyphenated {
            let bears = |e: &Entity| {
                let last = e.name.split_whitespace().next_back().unwrap_or("");
                e.name.contains(char::is_whitespace) && fold(last) == fold(name)
            };
            let all: Vec<EntityIx> = self.people().filter(|(_, e)| bears(e)).map(|(n, _)| n).collect();
            if let [one] = all.as_slice() {
                self.also(*one, name);
                self.learn(*one, told);
                return *one;
            }
        }
        // "Dame Phyllida", "Sir Keith": a first name.
        if let Some((knight, first)) = name.split_once(' ')
            && matches!(knight, "Dame" | "Sir")
            && !first.contains([' ', '-'])
        {
            let first = fold(first);
            let called = |e: &Entity| parts(&e.name).len() > 1 && parts(&e.name).contains(&first);
            let all: Vec<EntityIx> = self.people().filter(|(_, e)| called(e)).map(|(n, _)| n).collect();
            if let [one] = all.as_slice() {
                self.also(*one, name);
                self.learn(*one, told);
                return *one;
            }
        }
        if words.len() > 1 {
            let e = self.full_name(name, told);
            return e;
        }
        let word = words.first().cloned().unwrap_or_default();
        let agrees = |sex: Option<char>| sex.is_none() || told.sex.is_none() || sex == told.sex;
        let by = |test: &dyn Fn(&[String]) -> bool| -> Vec<EntityIx> {
            self.people()
                .filter(|(n, e)| {
                    // "Zhou" of who is first printed as Chou Wen-hsiung.
                    let other = e.aliases.iter().map(|a| parts(a)).any(|p| p.len() > 1 && test(&p));
                    (test(&parts(&e.name)) || other) && agrees(self.sex(*n))
                })
                .map(|(n, _)| n)
                .collect()
        };
        let mut fits = by(&|p| p.last() == Some(&word));
        // "Banks" is Curtis Banks before Denise Okafor-Banks.
        let plain: Vec<EntityIx> = fits
            .iter()
            .copied()
            .filter(|n| {
                let name = self.entities.get(*n as usize).map_or("", |e| e.name.as_str());
                name.split_whitespace().next_back().is_some_and(|w| fold(w) == word)
            })
            .collect();
        if !plain.is_empty() {
            fits = plain;
        }
        if fits.is_empty() {
            fits = by(&|p| p.contains(&word));
        }
        // "Bouazza, as the agency spells his name" of Abdul Hakim Buazza: one person of the report sounds so.
        if fits.is_empty() {
            let heard: Vec<EntityIx> = self
                .people()
                .filter(|(n, e)| {
                    agrees(self.sex(*n))
                        && chancery_lexicon::spellings::surname_of(&word, &parts(&e.name), article(&e.name))
                })
                .map(|(n, _)| n)
                .collect();
            if heard.len() == 1 {
                fits = heard;
            }
        }
        // Two of one surname: the title tells them apart, or that one of them bears another.
        if fits.len() > 1 && !told.titles.is_empty() {
            let bears = |n: &EntityIx| self.titles.iter().any(|(e, t)| e == n && told.titles.contains(t));
            let other = |n: &EntityIx| self.titles.iter().any(|(e, _)| e == n);
            let same: Vec<EntityIx> = fits.iter().copied().filter(bears).collect();
            let free: Vec<EntityIx> = fits.iter().copied().filter(|n| !other(n)).collect();
            if same.len() == 1 {
                fits = same;
            } else if same.is_empty() && free.len() == 1 {
                fits = free;
            }
        }
        // Two of one surname: the office they are given may tell them apart, else who was spoken of last.
        if fits.len() > 1 && told.sector.is_some() {
            let same: Vec<EntityIx> = fits
                .iter()
                .copied()
                .filter(|n| {
                    self.entities.get(*n as usize).is_some_and(|e| {
                        e.sector == told.sector && (told.country.is_none() || e.country == told.country)
                    })
                })
                .collect();
            if same.len() == 1 {
                fits = same;
            }
        }
        let recent = self.mentions.iter().rev().filter_map(|m| m.entity).find(|e| fits.contains(e));
        let e = recent.or_else(|| fits.first().copied());
        let e = e.unwrap_or_else(|| self.push(bare_entity(name, ActorKind::Person), None));
        self.also(e, name);
        self.learn(e, told);
        e
    }

    /// The organisation of a name already met.
    pub fn find_organization(&self, name: &str, country: Option<&str>) -> Option<EntityIx> {
        let key = organization_key(name, country, None);
        self.keys.iter().find(|(k, _)| *k == key).map(|(_, e)| *e)
    }

    /// The organisation of a name; made when new.
    pub fn organization(
        &mut self,
        name: &str,
        country: Option<&str>,
        body: Option<&(String, &'static str)>,
    ) -> EntityIx {
        let outlet =
            outlets::by_name(name).or_else(|| outlets::by_name(name.trim_end_matches(" news agency")));
        let known = organizations::by_name(name);
        let key = organization_key(name, country, body.map(|b| b.0.as_str()));
        let met = self.keys.iter().find(|(k, _)| *k == key).map(|(_, e)| *e);
        let met = met.or_else(|| self.by_initials(name)).or_else(|| self.by_part(name));
        if let Some(e) = met {
            if let Some(x) = self.entities.get_mut(e as usize)
                && x.name.len() < name.len()
                && known.is_some()
            {
                let old = std::mem::replace(&mut x.name, name.to_owned());
                x.aliases.retain(|a| a != name);
                x.aliases.push(old);
            } else {
                self.also(e, name);
            }
            return e;
        }
        let mut entity = bare_entity(name, ActorKind::Organization);
        entity.country = country.map(str::to_owned).or_else(|| known.and_then(|o| o.country.clone()));
        entity.outlet = outlet.map(|o| o.name.clone());
        if let Some(o) = outlet {
            entity.country = Some(o.country.clone());
            entity.sector = Some("MED".to_owned());
        } else {
            let by_head = || head_sector(name);
            let sector = known
                .map(|o| o.sector.as_str())
                .or(body.map(|b| b.1))
                .or_else(by_head)
                .or_else(|| sectors::of(name));
            entity.sector = sector.map(str::to_owned);
        }
        let e = self.push(entity, None);
        self.keys.push((key, e));
        if let Some(o) = known {
            for n in std::iter::once(&o.name).chain(&o.aliases) {
                self.keys.push((organization_key(n, None, None), e));
            }
        }
        e
    }

    /// An acronym stands for the organisation whose words begin with its letters.
    fn by_initials(&self, name: &str) -> Option<EntityIx> {
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.len() < 2
            || letters.chars().any(char::is_lowercase)
            || organizations::by_name(name).is_some()
            || outlets::by_name(name).is_some()
        {
            return None;
        }
        let body = |e: &Entity| e.kind == ActorKind::Organization;
        let all = || (0..).zip(&self.entities).filter(|(_, e)| body(e));
        let exact = all().find(|(_, e)| letters.len() > 2 && initials(&e.name) == letters);
        // "DOJ" of the "Department of Justice".
        let small = || all().find(|(_, e)| letters.len() > 2 && all_initials(&e.name) == letters);
        // "PLN" of the "National Liberal Party": the letters are those of another tongue, in its order.
        let turned = || {
            let sorted = |s: &str| {
                let mut c: Vec<char> = s.chars().collect();
                c.sort_unstable();
                c
            };
            let mut fits =
                all().filter(|(_, e)| letters.len() > 2 && sorted(&initials(&e.name)) == sorted(&letters));
            let one = fits.next()?;
            fits.next().is_none().then_some(one)
        };
        // "NEC" of the "National Executive Committee of the African National Congress".
        let head = || {
            all().find(|(_, e)| {
                let cut = e.name.find(" of ").and_then(|c| e.name.get(..c));
                letters.len() > 2 && cut.is_some_and(|h| initials(h) == letters)
            })
        };
        // "SFOR" of the "Stabilisation Force".
        let spelled = || all().find(|(_, e)| letters.len() > 3 && spells(&letters, &e.name));
        exact.or_else(head).or_else(small).or_else(spelled).or_else(turned).map(|(n, _)| n)
    }

    /// "the Council" after "the National Council": one capitalised word that ends a longer name met before.
    fn by_part(&self, name: &str) -> Option<EntityIx> {
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let one = !name.contains([' ', '-']) && name.starts_with(char::is_uppercase) && name.len() > 3;
        if !one || organizations::by_name(name).is_some() || outlets::by_name(name).is_some() {
            return None;
        }
        let ends = |n: &str| {
            let cut = n.find(" of ").or_else(|| n.find(" for ")).unwrap_or(n.len());
            n.get(..cut).is_some_and(|h| {
                let (h, low) = (h.to_lowercase(), name.to_lowercase());
                // "the Front" of the "Front for Renewal".
                if h == low && cut < n.len() {
                    return true;
                }
                h.strip_suffix(&low).is_some_and(|x| x.ends_with(' '))
            })
        };
        // "Labour" of the "Labour Party".
        let party = |n: &str| {
            n.strip_prefix(name).is_some_and(|r| {
                matches!(r.trim_start(), "Party" | "Movement" | "Front" | "Alliance" | "Coalition")
            })
        };
        let fits = |e: &Entity| {
            e.kind == ActorKind::Organization
                && (ends(&e.name) || party(&e.name) || e.aliases.iter().any(|a| ends(a)))
        };
        (0..).zip(&self.entities).filter(|(_, e)| fits(e)).last().map(|(n, _)| n)
    }

    /// The group that "the Brothers", "the elders", "the militia" are of: the last one whose longer name ends so.
    pub fn group_by_part(&self, name: &str) -> Option<EntityIx> {
        let bare =
            |n: &str| n.strip_prefix("the ").or_else(|| n.strip_prefix("The ")).unwrap_or(n).to_lowercase();
        let low = bare(name);
        if low.len() < 4 || low.contains(' ') {
            return None;
        }
        let ends = |n: &str| bare(n).strip_suffix(&low).is_some_and(|x| x.ends_with(' '));
        let fits = |e: &Entity| {
            matches!(e.kind, ActorKind::Organization | ActorKind::Group)
                && (ends(&e.name) || e.aliases.iter().any(|a| ends(a)))
        };
        (0..).zip(&self.entities).filter(|(_, e)| fits(e)).last().map(|(n, _)| n)
    }

    /// The one body of armed people that the report has named, for "the militants", "the insurgents".
    pub fn only_rebels(&self) -> Option<EntityIx> {
        let named = |e: &Entity| {
            e.sector.as_deref() == Some("REB")
                && matches!(e.kind, ActorKind::Organization | ActorKind::Group)
                && e.name.trim_start_matches("the ").starts_with(char::is_uppercase)
                && !e.name.to_lowercase().starts_with("the ")
        };
        let mut all = (0..).zip(&self.entities).filter(|(_, e)| named(e));
        let one = all.next()?.0;
        all.next().is_none().then_some(one)
    }

    /// The party or movement that a word for its people is made of: "Unionists" of the "Ulster Unionist Party".
    pub fn members_of(&self, people: &str) -> Option<EntityIx> {
        let stem = people.strip_suffix('s').filter(|s| s.len() > 4 && !s.contains(' '))?;
        let fits = |e: &Entity| {
            e.kind == ActorKind::Organization
                && e.name.split(' ').count() > 1
                && e.name.split(' ').any(|w| w == stem)
        };
        let mut all = (0..).zip(&self.entities).filter(|(_, e)| fits(e));
        let one = all.next()?.0;
        all.next().is_none().then_some(one)
    }

    /// The body to which the report itself has given an acronym: the last one; no outlet where "the" stands before it.
    pub fn given_acronym(&self, word: &str, the: bool) -> Option<EntityIx> {
        let outlet = |e: EntityIx| self.entities.get(e as usize).is_some_and(|x| x.outlet.is_some());
        let all = || self.acronyms.iter().rev().filter(|(a, _)| a == word).map(|(_, e)| *e);
        all().find(|e| !the || !outlet(*e)).or_else(|| all().next())
    }

    /// The organisation whose acronym a word is.
    pub fn by_acronym(&self, word: &str, the: bool) -> Option<EntityIx> {
        if let Some(e) = self.given_acronym(word, the) {
            return Some(e);
        }
        let key = organization_key(word, None, None);
        let met = self.keys.iter().find(|(k, _)| *k == key).map(|(_, e)| *e);
        met.or_else(|| {
            let fits = |e: &Entity| {
                matches!(e.kind, ActorKind::Organization | ActorKind::Group)
                    && e.aliases.iter().any(|a| a == word)
            };
            (0..).zip(&self.entities).find(|(_, e)| fits(e)).map(|(n, _)| n)
        })
    }

    /// Keeps an acronym of an organisation.
    pub fn acronym(&mut self, e: EntityIx, acronym: &str) {
        let letters =
            acronym.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
        if acronym.len() > 1 && letters && acronym.starts_with(char::is_uppercase) {
            // "Armed Forces of the Philippines (AFP)" is not the agency of that acronym, nor the agency this.
            self.keys.push((fold(acronym), e));
            self.acronyms.retain(|(a, x)| a != acronym || *x != e);
            self.acronyms.push((acronym.to_owned(), e));
            self.also(e, acronym);
        }
    }

    /// A state, by its code.
    pub fn state(&mut self, iso: &str, form: &str) -> EntityIx {
        let name = countries::by_iso(iso).map_or(iso, |c| c.name.as_str());
        let met = (0..)
            .zip(&self.entities)
            .find(|(_, e)| e.kind == ActorKind::State && e.country.as_deref() == Some(iso))
            .map(|(n, _)| n);
        let e = met.unwrap_or_else(|| {
            let mut e = bare_entity(name, ActorKind::State);
            e.country = Some(iso.to_owned());
            e.sector = Some("GOV".to_owned());
            self.push(e, None)
        });
        self.also(e, form);
        e
    }

    /// A group as printed.
    pub fn group(&mut self, name: &str, country: Option<&str>) -> EntityIx {
        self.group_named(name, name, country)
    }

    /// A group under the name of the list.
    pub fn group_named(&mut self, name: &str, form: &str, country: Option<&str>) -> EntityIx {
        let met = (0..)
            .zip(&self.entities)
            .find(|(_, e)| e.kind == ActorKind::Group && e.name == name)
            .map(|(n, _)| n);
        let e = met.unwrap_or_else(|| {
            let mut e = bare_entity(name, ActorKind::Group);
            e.country = country.map(str::to_owned);
            self.push(e, None)
        });
        self.also(e, form);
        e
    }

    /// A place; made when new.
    pub fn place(&mut self, name: &str, kind: PlaceKind, country: Option<&str>) -> PlaceIx {
        let met = (0..).zip(&self.places).find(|(_, p)| p.name == name && p.kind == kind).map(|(n, _)| n);
        met.unwrap_or_else(|| {
            self.places.push(PlaceRef { name: name.to_owned(), kind, country: country.map(str::to_owned) });
            u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// The capitals that begin the words of a name.
fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// The same with the small words in it: "DOJ".
fn all_initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect()
}

/// Whether letters are the beginnings of all capitalised words of a name, in order: one or more of each.
fn spells(letters: &str, name: &str) -> bool {
    fn fits(rest: &str, words: &[String]) -> bool {
        let Some((first, others)) = words.split_first() else { return rest.is_empty() };
        (1..=first.len().min(rest.len())).any(|k| {
            first.get(..k).zip(rest.get(..k)).is_some_and(|(a, b)| a == b)
                && rest.get(k..).is_some_and(|r| fits(r, others))
        })
    }
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let words: Vec<String> = name.split([' ', '-']).filter(capital).map(|w| fold(w).to_uppercase()).collect();
    words.len() > 1 && words.len() <= 8 && letters.len() <= 12 && fits(letters, &words)
}

/// The sector of the last head word in a name.
fn head_sector(name: &str) -> Option<&'static str> {
    let starts = std::iter::once(0).chain(name.char_indices().filter(|(_, c)| *c == ' ').map(|(n, _)| n + 1));
    starts.filter_map(|at| organizations::head_at(name, at, false)).next_back().map(|h| h.1)
}

fn organization_key(name: &str, country: Option<&str>, body: Option<&str>) -> String {
    if let (Some(b), Some(c)) = (body, country) {
        return format!("{c} {b}");
    }
    let known =
        organizations::by_name(name).map(|o| &o.name).or_else(|| outlets::by_name(name).map(|o| &o.name));
    let name = known.map_or(name, String::as_str);
    // "Lashkar-i-Sahar" and "Lashkar-e-Sahar".
    let name = &name.replace("-e-", "-i-");
    fold(name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name))
}

/// A person's name in comparable parts: no case, no accents, no "al-".
pub(crate) fn parts(name: &str) -> Vec<String> {
    let all = name.split(|c: char| c.is_whitespace() || c == '-' || c == '‑').map(fold);
    let all: Vec<String> = all.filter(|p| !p.is_empty()).collect();
    let core: Vec<String> = all
        .iter()
        .filter(|p| !matches!(p.as_str(), "al" | "el" | "ul" | "ad" | "ash" | "as" | "ar"))
        .cloned()
        .collect();
    if core.is_empty() { all } else { core }
}

/// Whether a name has an Arabic article: "Walid al-Moallem".
fn article(name: &str) -> bool {
    let low = name.to_lowercase();
    ["al-", "el-", "al ", "el "].iter().any(|a| low.contains(&format!(" {a}")))
}

/// Whether two names of two words or more can be one person's: same surname, first names equal, initial or left out.
fn fits_full(a: &[String], b: &[String]) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short == long {
        return true;
    }
    let tail = long.len() - short.len();
    // "Suu Kyi" of "Aung San Suu Kyi"; "J. Berg" of "Jon Berg"; "Jon Berg" of "Jon A. Berg".
    let suffix = short.iter().eq(long.iter().skip(tail));
    let ends = short.last() == long.last();
    let first = match (short.first(), long.first()) {
        (Some(s), Some(l)) => {
            s == l
                || s.chars().count() == 1 && l.starts_with(s.as_str())
                || l.chars().count() == 1 && s.starts_with(l.as_str())
        }
        _ => false,
    };
    suffix || ends && first
}
