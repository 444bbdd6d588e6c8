//! What becomes of people by the words around a verb, where the verb alone does not say: "sleep in the church", "took 30
//! students away", "have not been heard from", "lie under the rubble", "suffered light wounds".

use crate::entities::view::View;
use chancery_lexicon::counting;
use chancery_model::mark::{NameKind, Upos};

/// The measure of people who are the subject or object of a verb, or of a noun that a predicate stands for.
pub(super) fn of_people(view: &View<'_>, noun: usize) -> Option<&'static str> {
    let low = view.low(noun);
    let number = view.upos(noun) == Some(Upos::Num);
    let dweller = counting::is("dweller", &low) || number || is_nation(view, noun);
    let people = dweller || counting::is_person(&low);
    if !people {
        return None;
    }
    let mut head = view.head(noun)?;
    let mut rel = view.rel(noun);
    // "took 30 students away", where the tree hangs the students on the adverb.
    if rel == "nsubj" && matches!(view.low(head).as_str(), "away" | "off") {
        head = view.head(head)?;
        rel = "obj";
    }
    let subject = rel.starts_with("nsubj");
    if !subject && rel != "obj" {
        return None;
    }
    let predicate = Predicate { view, head };
    if subject {
        if let Some(m) = predicate.unheard().or_else(|| predicate.buried()).or_else(|| predicate.hurt()) {
            return Some(m);
        }
        if dweller && (predicate.shelters() || predicate.ordered_out()) {
            return Some("displaced");
        }
    }
    let undergone = rel == "nsubj:pass" || rel == "obj";
    if undergone {
        if predicate.led_off() || predicate.picked_up() {
            return Some("detained");
        }
        if dweller && predicate.moved_out() {
            return Some("displaced");
        }
    }
    (subject && rel != "nsubj:pass" && predicate.perishes()).then_some("killed")
}

/// "were packed into a cell": whatever the verb tells elsewhere.
pub(super) fn locked_up(view: &View<'_>, head: usize) -> Option<&'static str> {
    Predicate { view, head }.locked_up().then_some("detained")
}

/// "Iraqis", "the Rohingya": people by their nation.
pub(super) fn is_nation(view: &View<'_>, noun: usize) -> bool {
    let low = view.low(noun);
    view.names.iter().any(|n| n.tokens.has(noun) && n.kind == NameKind::Group) && counting::is_plural(&low)
        || matches!(
            chancery_lexicon::known::get(view.word(noun)),
            Some(chancery_lexicon::known::Known::Demonym(_))
        )
}

struct Predicate<'v, 'a> {
    view: &'v View<'a>,
    head: usize,
}

impl Predicate<'_, '_> {
    fn word(&self) -> String {
        self.view.low(self.head)
    }

    fn children(&self) -> impl Iterator<Item = usize> + '_ {
        self.view.children(self.head)
    }

    fn case(&self, t: usize) -> String {
        let case = self.view.children(t).find(|c| self.view.rel(*c) == "case" && *c < t);
        case.map(|c| self.view.low(c)).unwrap_or_default()
    }

    /// Whether a preposition of a list brings in a noun of a list.
    fn with(&self, cases: &[&str], list: &str) -> bool {
        let near = |t: usize| {
            cases.contains(&self.case(t).as_str())
                && (counting::is(list, &self.view.low(t))
                    || self
                        .view
                        .children(t)
                        .any(|c| self.view.rel(c) == "compound" && counting::is(list, &self.view.low(c))))
        };
        near(self.head) || self.children().any(near)
    }

    fn negated(&self) -> bool {
        let negative = |w: &str| matches!(w, "not" | "never" | "n't" | "cannot" | "no");
        self.children().any(|c| negative(&self.view.low(c)) && c < self.head)
            || (self.head.saturating_sub(4)..self.head).any(|t| {
                self.view.together(t, self.head)
                    && (negative(&self.view.low(t))
                        || self.view.low(t) == "yet" && self.view.low(t + 1) == "to")
            })
    }

    /// "have not been heard from", "cannot be found", "are yet to be traced".
    fn unheard(&self) -> Option<&'static str> {
        let word = self.word();
        let sought = matches!(
            word.as_str(),
            "found"
                | "traced"
                | "seen"
                | "heard"
                | "located"
                | "accounted"
                | "returned"
                | "reappeared"
                | "surfaced"
        );
        (sought && self.negated() && !self.with(&["in", "on", "at"], "dwelling")).then_some("missing")
    }

    /// "lie under the rubble", "are thought to be beneath the ruins".
    fn buried(&self) -> Option<&'static str> {
        let low = self.word();
        let state = matches!(
            low.as_str(),
            "lie"
                | "lies"
                | "lying"
                | "lay"
                | "buried"
                | "remain"
                | "remained"
                | "trapped"
                | "be"
                | "entombed"
        ) || counting::is("debris", &low);
        let inside = matches!(low.as_str(), "buried" | "trapped" | "entombed");
        let under = self.with(&["under", "beneath", "underneath", "below"], "debris")
            || inside && self.with(&["in"], "debris");
        // "are thought to lie under": one step down.
        let below = || {
            self.children()
                .filter(|c| matches!(self.view.rel(*c), "xcomp" | "ccomp" | "advcl"))
                .any(|c| Predicate { view: self.view, head: c }.buried().is_some())
        };
        (state && under || below()).then_some("missing")
    }

    /// "suffered light wounds", "are in intensive care".
    fn hurt(&self) -> Option<&'static str> {
        let has = matches!(
            self.word().as_str(),
            "suffered"
                | "suffer"
                | "sustained"
                | "received"
                | "had"
                | "have"
                | "got"
                | "needed"
                | "escaped"
                | "nursed"
                | "required"
        );
        let object = self.children().find(|c| self.view.rel(*c) == "obj");
        let injured = object.is_some_and(|o| counting::is("injury", &self.view.low(o)));
        let ward = self.with(&["in", "to", "into"], "ward");
        let still = matches!(
            self.word().as_str(),
            "is" | "are"
                | "were"
                | "remain"
                | "remained"
                | "lay"
                | "lie"
                | "ended"
                | "taken"
                | "brought"
                | "rushed"
                | "carried"
                | "sent"
                | "flown"
        ) || counting::is("ward", &self.word());
        // "65 broke arms or legs".
        let limb = object.is_some_and(|o| {
            matches!(
                self.view.low(o).as_str(),
                "arm" | "arms" | "leg" | "legs" | "limbs" | "bones" | "ribs" | "ankles" | "hips" | "wrists"
            )
        });
        let broke = matches!(self.word().as_str(), "broke" | "fractured" | "breaking") && limb;
        (has && injured || ward && still || broke).then_some("wounded")
    }

    /// "sleep in schools", "are camped in the stadium", "crowded into churches".
    fn shelters(&self) -> bool {
        let low = self.word();
        // "are in tents"; but children who are in school live at home.
        let camped = matches!(low.as_str(), "tents" | "camps" | "shelters" | "tarpaulins" | "caves");
        let stays = counting::is("staying", &low) || camped;
        stays
            && self.with(
                &["in", "into", "inside", "under", "at", "on", "outside", "with", "near", "among"],
                "shelter",
            )
    }

    /// "are under orders to leave".
    fn ordered_out(&self) -> bool {
        let order = matches!(self.word().as_str(), "order" | "orders" | "instructions" | "notice");
        order
            && self.case(self.head) == "under"
            && self
                .children()
                .any(|c| counting::is("leaving", &self.view.low(c)) || self.view.low(c) == "evacuate")
    }

    /// "took 30 students away", "led 12 men off", "put 40 women in cells".
    fn led_off(&self) -> bool {
        let low = self.word();
        if !counting::is("leading off", &low) {
            return false;
        }
        let away = self.children().any(|c| {
            matches!(self.view.low(c).as_str(), "away" | "off" | "in")
                && matches!(self.view.rel(c), "compound:prt" | "advmod")
        });
        // "Gunmen took more than 100 girls from a school".
        let armed = self.children().any(|c| {
            self.view.rel(c) == "nsubj"
                && matches!(
                    self.view.low(c).as_str(),
                    "gunmen"
                        | "militants"
                        | "rebels"
                        | "fighters"
                        | "bandits"
                        | "insurgents"
                        | "militiamen"
                        | "kidnappers"
                )
        });
        let from = self.children().any(|c| self.case(c) == "from");
        matches!(low.as_str(), "took" | "take" | "taking") && armed && from
            || away && !self.with(&["from", "to"], "dwelling")
            || self.with(&["in", "into", "to", "behind", "inside"], "prison")
    }

    /// "were packed into a cell".
    fn locked_up(&self) -> bool {
        matches!(
            self.word().as_str(),
            "packed" | "crammed" | "crowded" | "squeezed" | "locked" | "shut" | "thrown" | "confined" | "put"
        ) && self.with(&["in", "into", "inside", "to"], "prison")
    }

    /// "Border agents picked up 4,000 migrants": rescuers pick up others.
    fn picked_up(&self) -> bool {
        let by = |c: usize| {
            self.view.rel(c) == "nsubj"
                && matches!(
                    self.view.low(c).as_str(),
                    "police" | "agents" | "officers" | "troops" | "soldiers"
                )
        };
        matches!(self.word().as_str(), "picked" | "pick" | "picks")
            && self.children().any(|c| self.view.low(c) == "up")
            && self.children().any(by)
    }

    /// "moved 4,000 families out of the valley", "were bused to Tver".
    fn moved_out(&self) -> bool {
        if !counting::is("removing", &self.word()) {
            return false;
        }
        let out = self.children().any(|c| {
            matches!(self.view.low(c).as_str(), "out" | "inland" | "elsewhere" | "uphill")
                && matches!(self.view.rel(c), "compound:prt" | "advmod")
        });
        out || self.with(&["from", "of", "out"], "dwelling") || self.with(&["to", "into"], "shelter")
    }

    /// "burned in the church", "suffocated": nothing that is done to another.
    fn perishes(&self) -> bool {
        let object = self.children().any(|c| self.view.rel(c) == "obj");
        let passive = self.children().any(|c| self.view.rel(c) == "aux:pass");
        !object
            && !passive
            && matches!(
                self.word().as_str(),
                "burned" | "burnt" | "suffocated" | "choked" | "starved" | "froze" | "drowned" | "fell"
            )
            && (self.word() != "fell" || self.with(&["in"], "battle"))
    }
}
