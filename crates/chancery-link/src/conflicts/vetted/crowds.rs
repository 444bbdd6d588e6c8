//! How many values of a kind a pile has.

use crate::conflicts::world::World;
use chancery_model::Day;
use chancery_model::vocab::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// What is measured, or what kind of deed is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind<'a> {
    Figure(&'a str),
    Deed(Option<EventType>),
}

/// Days to each side in which values of a kind crowd each other.
const CROWD: i32 = 2;

/// How many values of a kind reports have: among many that could be meant two that stand against each other are seldom of one.
pub(super) struct Crowds<'a> {
    days: BTreeMap<(Kind<'a>, Option<Day>), u32>,
    pile: BTreeMap<Kind<'a>, u32>,
}

impl<'a> Crowds<'a> {
    pub(super) fn new(world: &World<'_, 'a>) -> Self {
        let (mut days, mut pile) = (BTreeMap::new(), BTreeMap::new());
        for (r, item) in world.all.items.iter().enumerate() {
            let day = world.printed(r);
            let figures = item.facts.figures.iter().map(|f| Kind::Figure(f.measure.as_str()));
            for kind in figures.chain(item.facts.events.iter().map(|m| Kind::Deed(Some(m.kind)))) {
                *days.entry((kind, day)).or_default() += 1;
                *pile.entry(kind).or_default() += 1;
            }
        }
        Self { days, pile }
    }

    pub(super) fn near(&self, kind: Kind<'a>, days: [Option<Day>; 2]) -> f32 {
        let around = |d: Option<Day>| -> u32 {
            let near = (-CROWD..=CROWD).map(|n| d.map(|d| chancery_model::date::add_days(d, n)));
            near.collect::<BTreeSet<_>>().into_iter().filter_map(|d| self.days.get(&(kind, d))).sum()
        };
        (1.0 + days.map(around).into_iter().max().unwrap_or(0) as f32).ln()
    }

    pub(super) fn all(&self, kind: Kind<'a>) -> f32 {
        (1.0 + self.pile.get(&kind).copied().unwrap_or(0) as f32).ln()
    }
}
