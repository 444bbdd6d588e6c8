//! Cities of 100,000 people or more, and capitals (`data/cities.tsv`, from GeoNames, CC BY 4.0; see `data/NOTICE.md`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// A city.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct City {
    /// Name in GeoNames.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People.
    pub population: u32,
}

static TSV: &str = include_str!("../data/cities.tsv");

/// Name and city for every printed form, in the order of the file.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, City)> {
    TSV.lines().filter(|l| !l.starts_with('#')).filter_map(row).flat_map(|(city, others)| {
        std::iter::once(city.name).chain(others.split('|').filter(|o| !o.is_empty())).map(move |n| (n, city))
    })
}

fn row(line: &'static str) -> Option<(City, &'static str)> {
    let mut cells = line.split('\t');
    let (name, others, country) = (cells.next()?, cells.next()?, cells.next()?);
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let population = cells.next()?.parse().ok()?;
    Some((City { name, country, lat, lon, population }, others))
}

static INDEX: LazyLock<HashMap<&'static str, Vec<City>>> = LazyLock::new(|| {
    let mut map: HashMap<&'static str, Vec<City>> = HashMap::new();
    for (name, city) in forms() {
        let list = map.entry(name).or_default();
        let at = list.partition_point(|c| c.population >= city.population);
        list.insert(at, city);
    }
    map
});

/// The cities of a name, most people first.
#[must_use]
pub fn by_name(name: &str) -> &'static [City] {
    INDEX.get(name).map_or(&[], Vec::as_slice)
}

/// The city of a name: in the country when one of that name lies there, else the one with most people.
#[must_use]
pub fn in_country(name: &str, country: Option<&str>) -> Option<&'static City> {
    let all = by_name(name);
    all.iter().find(|c| Some(c.country) == country).or_else(|| all.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses() {
        let rows = TSV.lines().filter(|l| !l.starts_with('#')).count();
        assert!(rows > 6000);
        assert_eq!(TSV.lines().filter(|l| !l.starts_with('#')).filter_map(row).count(), rows);
    }

    #[test]
    fn candidates_come_most_people_first_and_the_story_may_choose() {
        let found = by_name("Alexandria");
        assert!(found.len() > 1 && found[0].country == "EGY");
        assert!(found.windows(2).all(|w| w[0].population >= w[1].population));
        assert_eq!(in_country("Alexandria", Some("USA")).map(|c| c.country), Some("USA"));
        assert_eq!(in_country("Kiev", None).map(|c| c.name), Some("Kyiv"));
        assert!(by_name("Nowhere-on-Sea").is_empty());
    }
}
