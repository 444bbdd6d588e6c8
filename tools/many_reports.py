#!/usr/bin/env python3
"""Writes synthetic reports, for measuring time and memory: many stories, each told by several outlets, some copied.

    python3 many_reports.py 10000 > pile.jsonl

The same number gives the same file. Every story has its own towns, persons and days; a tenth of the reports are copies
of another outlet's, with a line cut or added.
"""
import json, random, sys

rng = random.Random(7)
COUNTRIES = ["Norway", "Kenya", "Chile", "Nepal", "Georgia", "Jordan", "Peru", "Ghana", "Latvia", "Laos"]
SYLLABLES = ["ka", "ro", "lim", "ter", "va", "shen", "do", "mar", "ule", "pin", "qua", "bel", "ost", "ira", "zen", "go"]
OUTLETS = ["Harbour News", "The Courant", "Morning Ledger", "City Herald", "Straits Post", "Daily Beacon"]


VOCABULARY = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))) for _ in range(600)]


def name(n=2):
    return "".join(rng.choice(SYLLABLES) for _ in range(n)).capitalize()


def report(story, day):
    s = story
    dead = rng.randint(3, 40)
    paragraphs = [
        f"Shells struck the town of {s['town']} on {day.strftime('%B')} {day.day}, killing {dead} people, officials said.",
        f"The foreign ministers of {s['a']} and {s['b']}, {s['x']} and {s['y']}, met in {s['venue']} to discuss a truce.",
        f"\"We will not leave the valley of {s['town']},\" {s['x']} told reporters. He rejected an offer of observers.",
        f"{s['y']} said {s['b']} was ready to sign an agreement if its neighbour withdrew its guns from {s['town']}.",
        f"More than {rng.randint(2, 90)},000 people have fled {name(3)} since the fighting began, aid workers said.",
        f"A second meeting is planned for {rng.choice(['Monday', 'Tuesday', 'Friday'])}, a spokesman for {s['x']} said.",
    ]
    # Words of its own in every paragraph: two reports of one story are not copies.
    filler = lambda: " ".join(rng.choice(VOCABULARY) for _ in range(rng.randint(12, 20)))
    paragraphs = [f"{p} Witnesses spoke of {filler()}." for p in paragraphs]
    rng.shuffle(paragraphs)
    return paragraphs[: rng.randint(3, 6)]


def main():
    import datetime

    total = int(sys.argv[1])
    stories, last = [], []
    for n in range(total):
        if n % 40 == 0:
            a, b = rng.sample(COUNTRIES, 2)
            stories.append({"a": a, "b": b, "town": name(3), "venue": name(2), "x": f"{name()} {name(3)}", "y": f"{name()} {name(3)}",
                            "day": datetime.date(2010, 1, 1) + datetime.timedelta(days=rng.randint(0, 3000))})
        story = stories[-1] if rng.random() < 0.8 else rng.choice(stories[-25:])
        day = story["day"] + datetime.timedelta(days=rng.randint(0, 30))
        if last and rng.random() < 0.1:
            text, day = list(rng.choice(last[-20:])[0]), last[-1][1]
            text = text[:-1] if rng.random() < 0.5 and len(text) > 1 else text + [f"The {rng.choice(OUTLETS)} contributed to this report."]
        else:
            text = report(story, day)
        last = (last + [(text, day)])[-40:]
        print(json.dumps({"id": f"r{n:06}", "date": day.isoformat(), "outlet": rng.choice(OUTLETS),
                          "title": text[0].split(",")[0], "text": "\n\n".join(text)}))


if __name__ == "__main__":
    main()
