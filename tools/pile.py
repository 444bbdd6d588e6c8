"""Writes a large pile of made-up reports as JSON Lines, to measure the program on. The same number gives the same pile.

    python3 tools/pile.py 10000 > pile.jsonl
    chancery build pile.jsonl -o pile.db --reader rules

Five years of talks, attacks and denials among forty invented people, as twenty-four outlets tell them; every seventh
report is a reprint of an earlier one. The words are templates: good for measuring time, not for measuring reading.
"""

import datetime
import json
import random
import sys

STATES = ["Norway", "Sweden", "Turkey", "Egypt", "Kenya", "Ethiopia", "Peru", "Chile", "Jordan", "Iran", "India", "Nepal"]
DEMONYMS = ["Norwegian", "Swedish", "Turkish", "Egyptian", "Kenyan", "Ethiopian", "Peruvian", "Chilean", "Jordanian",
            "Iranian", "Indian", "Nepali"]
CITIES = ["Oslo", "Stockholm", "Ankara", "Cairo", "Nairobi", "Addis Ababa", "Lima", "Santiago", "Amman", "Tehran",
          "Mumbai", "Kathmandu", "Geneva", "Vienna", "Istanbul", "Alexandria", "Mombasa", "Bergen"]
FIRST = ["Karin", "Selim", "Tomas", "Leila", "Ingrid", "Rafael", "Amina", "Dawit", "Lucia", "Omar", "Nadia", "Arjun"]
LAST = ["Dahl", "Korkmaz", "Vidal", "Haddad", "Nyberg", "Otieno", "Tesfaye", "Quispe", "Araya", "Mansour", "Rostami",
        "Shrestha", "Lindqvist", "Barzani", "Mwangi", "Fuentes", "Salgado", "Farouk", "Kapoor", "Thapa"]
OFFICES = ["foreign minister", "president", "envoy", "spokesman", "defence minister", "ambassador", "interior minister"]
OUTLETS = ["The " + a + " " + b for a in ("Northern", "Harbour", "Morning", "Evening", "Valley", "Capital")
           for b in ("Herald", "Courier", "Gazette", "Tribune")]
GROUPS = ["the Northern Front", "the Coast Movement", "the People's Committee", "the Hill Brigades"]
CLAIMS = ["the truce would hold until the spring", "the talks had failed", "no date had been set for the conference",
          "the border would stay closed", "the other side had broken its promise", "a new round could begin in {month}",
          "aid would reach {city} within days", "the prisoners would be freed", "the plan was unacceptable",
          "the observers must be let in", "nobody had asked for a delay", "the attack was a crime"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]


def people(rng):
    pairs = sorted((f, l) for f in FIRST for l in LAST)
    return [(f"{f} {l}", rng.randrange(len(STATES)), rng.choice(OFFICES)) for f, l in rng.sample(pairs, 40)]


def sentence(rng, cast, day):
    name, at, office = rng.choice(cast)
    other, there, _ = rng.choice(cast)
    state, demonym, city = STATES[at], DEMONYMS[at], rng.choice(CITIES)
    month, weekday = rng.choice(MONTHS), (day - datetime.timedelta(rng.randrange(1, 6))).strftime("%A")
    claim = rng.choice(CLAIMS).format(month=month, city=city)
    n = rng.choice([3, 8, 12, 20, 45, 70, 120, 400, 1500, 20000])
    return rng.choice([
        f"{name}, the {demonym} {office}, said on {weekday} that {claim}.",
        f"“We have heard this before, and {claim},” {name} told reporters in {city}.",
        f"{name} met {other} in {city} on {weekday}.",
        f"At least {n} people were killed in {city} on {weekday}, {name} said.",
        f"{rng.choice(GROUPS).capitalize()} attacked a post near {city} on {weekday}, wounding {n} people.",
        f"{state} accused {STATES[there]} of arming {rng.choice(GROUPS)}.",
        f"{name} denied that {claim}.",
        f"{state} and {STATES[there]} will hold talks in {city} in {month}, {name} said.",
        f"The state news agency quoted {name} as saying {claim}.",
        f"More than {n * 10} people have been displaced since {month}, according to {other}.",
        f"{STATES[there]} backed the plan of {state} in {city} on {weekday}.",
        "The road to the valley was open again, and the market had been busy since the morning.",
        "Few in the town believed that the winter would be quiet, and many had packed what they could carry.",
    ])


def main(count):
    rng = random.Random(7)
    cast = people(rng)
    start = datetime.date(2008, 1, 7)
    earlier = []
    for n in range(count):
        day = start + datetime.timedelta(n * 1826 // count)
        outlet = rng.choice(OUTLETS)
        if n % 7 == 6 and earlier:
            title, text = rng.choice(earlier[-40:])
        else:
            city = rng.choice(CITIES)
            paragraphs = [" ".join(sentence(rng, cast, day) for _ in range(rng.randrange(1, 4)))
                          for _ in range(rng.randrange(6, 12))]
            title = f"{rng.choice(cast)[0].split()[1]} speaks of {rng.choice(['delay', 'hope', 'war', 'talks'])} in {city}"
            text = f"{city.upper()} — " + "\n\n".join(paragraphs)
            earlier.append((title, text))
        print(json.dumps({"id": f"pile-{n:06}", "title": title, "outlet": outlet, "published": day.isoformat(),
                          "text": text}, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
