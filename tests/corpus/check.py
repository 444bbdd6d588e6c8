#!/usr/bin/env python3
"""Check the marking of this corpus against its reports. Standard library only.

    python3 check.py            every story in this folder
    python3 check.py dam        one story

Prints each fault with its file and place, then the counts. Ends with 1 if there is a fault.
"""
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATUS = set("happened ongoing planned proposed conditional hypothetical claimed denied cancelled failed".split())
STEP = set("proposed planned postponed held failed signed".split())
QUALIFIER = set("exact about over under at_least at_most range vague".split())
MEASURE = set("killed wounded displaced detained missing struck troops money duration share count".split())
UNIT = set(["person", "", "year", "month", "week", "day", "hour", "minute", "m", "cm", "km", "km2", "ha", "m3", "m3/s",
            "MW", "kg", "nautical mile", "EUR", "USD", "SEK", "NOK", "GHS", "PHP", "%", "share", "times"])
CONFLICT = set("date figure place participant status speaker wording".split())
STANCE = set("for against conditional open".split())
ORIGIN = set("exact near partial wire single".split())
ROLE = set("actor recipient host mediator venue participant".split())
ACTOR_KIND = set("person organization state group unnamed".split())
PLOVER = set("""AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION
MOBILIZE COERCE ASSAULT none""".split())
EDTF = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?[?~%]?(/\d{4}(-\d\d(-\d\d)?)?[?~%]?)?$")
# the numbers and doubtful words that a complete report must have marked or that are listed as no figure
WORDS = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?"
                   r"|million|billion|half|third|quarter|fifths?|tenths?|several)\b", re.I)


def occurrences(text, words):
    """Where `words` stand in `text` as whole words: no letter or digit of the text may touch them."""
    found, i = [], text.find(words)
    while i >= 0:
        before, after = text[i - 1:i], text[i + len(words):i + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            found.append(i)
        i = text.find(words, i + 1)
    return found


class Story:
    def __init__(self, name):
        self.name, self.faults = name, []
        self.reports = {}
        for n, line in enumerate((HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), 1):
            r = json.loads(line)
            for field in ("id", "title", "outlet", "text"):
                if not r.get(field):
                    self.fault(f"{name}.jsonl line {n}", f"no {field}")
            if r["id"] in self.reports:
                self.fault(f"{name}.jsonl line {n}", f"id {r['id']} stands twice")
            size = len(r["text"].split())
            if not 90 <= size <= 260:
                self.fault(r["id"], f"{size} words, not 90 to 260")
            if "published" in r and not EDTF.match(r["published"]):
                self.fault(r["id"], f"published {r['published']!r} is no date")
            self.reports[r["id"]] = r
        self.marks = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))

    def fault(self, where, what):
        self.faults.append(f"{self.name}: {where}: {what}")

    def span(self, where, key, words, nth=None, want_nth=True):
        """The place of the words, or None and a fault."""
        if key not in self.reports:
            return self.fault(where, f"no report {key}")
        found = occurrences(self.reports[key]["text"], words)
        if not found:
            return self.fault(where, f"{words!r} does not stand in {key}")
        if nth is None and len(found) > 1 and want_nth:
            return self.fault(where, f"{words!r} stands {len(found)} times in {key}: give nth")
        if nth is not None and not 1 <= nth <= len(found):
            return self.fault(where, f"{words!r} stands {len(found)} times in {key}, nth = {nth}")
        start = found[(nth or 1) - 1]
        return key, start, start + len(words)

    def closed(self, where, name, value, allowed):
        if value not in allowed:
            self.fault(where, f"{name} {value!r} is not one of {sorted(allowed)}")

    def date(self, where, name, value):
        if value and not EDTF.match(value):
            self.fault(where, f"{name} {value!r} is not EDTF")

    def known(self, where, name):
        if name != "none" and name not in self.actors:
            self.fault(where, f"no actor {name!r}")

    def keys(self, where, keys):
        for key in keys:
            if key not in self.reports:
                self.fault(where, f"no report {key}")

    def pairs(self, where, row):
        if len(row["keys"]) != len(row["words"]):
            self.fault(where, "keys and words differ in length")
        for key, words in zip(row["keys"], row["words"]):
            self.span(where, key, words, want_nth=False)

    def check(self):
        m = self.marks
        self.actors = [a["name"] for a in m["actor"]]
        for name, count in Counter(self.actors).items():
            if count > 1:
                self.fault("actor", f"{name} stands twice")
        for a in m["actor"]:
            self.closed(a["name"], "kind", a["kind"], ACTOR_KIND)
        for field in ("complete_figures", "complete_mentions"):
            self.keys(field, m[field])
        undated = {u["key"] for u in m["undated"]}
        for key, r in self.reports.items():
            if ("published" in r) == (key in undated):
                self.fault(key, "either published or [[undated]], not both or neither")
        for u in m["undated"]:
            self.date(u["key"], "lo", u["lo"])
            self.date(u["key"], "hi", u["hi"])
            if u["hi"] and u["hi"] < u["lo"]:
                self.fault(u["key"], "hi before lo")
        seen = Counter()
        for o in m["origin"]:
            self.closed(o["lead"], "kind", o["kind"], ORIGIN)
            self.keys(o["lead"], o["keys"])
            seen.update(o["keys"])
            if (o["kind"] == "single") != (len(o["keys"]) == 1) or o["lead"] not in o["keys"]:
                self.fault(o["lead"], "a single has one key, a group more, and the lead is one of them")
            linked = {k for l in o.get("links", []) for k in (l["a"], l["b"])}
            if o["kind"] != "single" and linked != set(o["keys"]):
                self.fault(o["lead"], "the links do not hold the group together")
        for key in self.reports:
            if seen[key] != 1:
                self.fault(key, f"in {seen[key]} origins, not in one")
        together = [set(o["keys"]) for o in m["origin"]]
        for n in m["not_origin"]:
            self.keys("not_origin", n["keys"])
            if any(set(n["keys"]) <= group for group in together):
                self.fault("not_origin", f"{n['keys']} are one origin above")
        self.check_events(m)
        self.check_disagreements(m)
        self.check_figures(m)
        self.check_mentions(m)

    def check_events(self, m):
        ids, spans = set(), {}
        for e in m["event"]:
            where = f"event {e['id']}"
            if e["id"] in ids:
                self.fault(where, "stands twice")
            ids.add(e["id"])
            self.closed(where, "type", e["type"], PLOVER)
            self.closed(where, "status", e["status"], STATUS)
            self.date(where, "date", e["date"])
            for p in e["participants"]:
                self.closed(where, "role", p["role"], ROLE)
                self.known(where, p["name"])
            for x in e["mentions"]:
                span = self.span(where, x["key"], x["text"], x.get("nth"))
                if span and span in spans:
                    self.fault(where, f"{x['text']!r} in {x['key']} is also {spans[span]}")
                spans[span] = e["id"]
        for s in m["state"]:
            self.closed(s["name"], "status", s["status"], STATUS)
            self.closed(s["name"], "step", s["step"], STEP)
            self.date(s["name"], "date", s["date"])
            self.pairs(f"state {s['name']} {s['step']}", s)
            if s["event"] not in ids:
                self.fault(s["name"], f"no event {s['event']}")
        for p in m["position"]:
            where = f"position {p['actor']}"
            self.known(where, p["actor"])
            self.closed(where, "stance", p["stance"], STANCE)
            if (p["stance"] == "conditional") != ("condition" in p):
                self.fault(where, "a conditional stance, and no other, has a condition")
            for field in ("from", "to"):
                self.date(where, field, p[field])
            if p["to"] < p["from"]:
                self.fault(where, "to before from")
            self.pairs(where, p)

    def check_disagreements(self, m):
        origin = {k: i for i, o in enumerate(m["origin"]) for k in o["keys"]}
        for c in m["conflict"]:
            where = f"conflict {c['id']}"
            self.closed(where, "kind", c["kind"], CONFLICT)
            if not 2 <= len(c["values"]) == len(c["keys"]) == len(c["words"]):
                self.fault(where, "values, keys and words must be as many, and two or more")
            for keys, words in zip(c["keys"], c["words"]):
                self.pairs(where, {"keys": keys, "words": words})
            if c["about"] not in {e["id"] for e in m["event"]} and c["kind"] != "speaker":
                self.fault(where, f"no event {c['about']}")
            if len({origin[k] for keys in c["keys"] for k in keys}) < 2 and len({k for keys in c["keys"] for k in keys}) > 1:
                self.fault(where, "all of it rests on one origin")
        for n in m["not_conflict"]:
            self.pairs(f"not_conflict {n['id']}", n)
        for q in m["quotation"]:
            self.known(f"quotation {q['id']}", q["speaker"])
            for x in q["mentions"]:
                self.span(f"quotation {q['id']}", x["key"], x["text"], x.get("nth"))

    def check_figures(self, m):
        spans = {}
        for f in m["figure"]:
            where = f"figure {f['key']} {f['text']!r}"
            span = self.span(where, f["key"], f["text"], f.get("nth"))
            if span and span in spans:
                self.fault(where, "stands twice")
            spans[span] = f
            self.closed(where, "qualifier", f["qualifier"], QUALIFIER)
            self.closed(where, "measure", f["measure"], MEASURE)
            self.closed(where, "unit", f["unit"], UNIT)
            self.date(where, "as_of", f.get("as_of", ""))
            low, high, q = f.get("low"), f.get("high"), f["qualifier"]
            right = {"exact": low is not None and low == high, "about": low is not None and low == high,
                     "over": low is not None and high is None, "at_least": low is not None and high is None,
                     "under": low is None and high is not None, "at_most": low is None and high is not None,
                     "range": None not in (low, high) and low < high, "vague": None not in (low, high) and low < high}
            if not right.get(q, True):
                self.fault(where, f"{q} with low {low} and high {high}")
            if not f["subject"]:
                self.fault(where, "no subject")
            if f["measure"] in ("killed", "wounded", "displaced", "detained", "missing", "troops") and f["unit"] != "person":
                self.fault(where, f"measure {f['measure']} with unit {f['unit']!r}")
        self.unmarked = []
        for key in m["complete_figures"]:
            text = self.reports[key]["text"]
            covered = [s for s in spans if s and s[0] == key]
            for w in WORDS.finditer(text):
                if not any(a <= w.start() < b for _, a, b in covered):
                    left = text[max(0, w.start() - 25):w.end() + 25].replace("\n", " ")
                    self.unmarked.append(f"{key}: ...{left}...")

    def check_mentions(self, m):
        spans = {}
        for x in m["mention"]:
            where = f"mention {x['key']} {x['text']!r}"
            span = self.span(where, x["key"], x["text"], x.get("nth"))
            self.known(where, x["actor"])
            if span and span in spans:
                self.fault(where, "stands twice")
            spans[span] = x
        # A complete report has every pronoun marked by itself, and no name of an actor outside a mark.
        names = {n for a in m["actor"] for n in [a["name"], *a["aliases"]] if n[0].isupper()}
        pronoun = re.compile(r"\b(I|me|my|we|us|our|he|him|his|himself|she|her|hers|herself|they|them|their|its?|itself)\b", re.I)
        for key in m["complete_mentions"]:
            text = self.reports[key]["text"]
            dateline = re.match(r"[A-Z][A-Z ]+.{0,40}\(\w+\) - ", text)
            covered = [s for s in spans if s and s[0] == key]
            if dateline:
                covered.append((key, 0, dateline.end()))
            hits = [(w.start(), w.group()) for w in pronoun.finditer(text) if (key, w.start(), w.end()) not in spans]
            hits += [(i, n) for n in names for i in occurrences(text, n) if not any(a <= i < b for _, a, b in covered)]
            for i, n in hits:
                self.fault(f"mention {key}", f"{n!r} at {i} is not marked: ...{text[max(0, i - 20):i + 30]!r}")

    def counts(self):
        m = self.marks
        groups = [o for o in m["origin"] if o["kind"] != "single"]
        copies = {k for o in groups if o["kind"] in ("exact", "wire") for k in o["keys"] if k != o["lead"]}
        return {
            "reports": len(self.reports), "without a date": len(m["undated"]),
            "outlets": len({r["outlet"] for r in self.reports.values()}), "words": sum(len(r["text"].split()) for r in self.reports.values()),
            "origins": len(m["origin"]), "origin groups": len(groups),
            "same-origin pairs": sum(len(o["keys"]) * (len(o["keys"]) - 1) // 2 for o in groups), "not_origin": len(m["not_origin"]),
            "events": len(m["event"]), "event mentions": sum(len(e["mentions"]) for e in m["event"]), "states": len(m["state"]),
            "conflicts": len(m["conflict"]), "not_conflicts": len(m["not_conflict"]), "quotations": len(m["quotation"]),
            "positions": len(m["position"]), "figures": len(m["figure"]),
            "figures less copies": sum(f["key"] not in copies for f in m["figure"]), "reports with all figures": len(m["complete_figures"]),
            "mentions": len(m["mention"]), "mentions less copies": sum(x["key"] not in copies for x in m["mention"]),
            "reports with all mentions": len(m["complete_mentions"]), "actors": len(m["actor"]),
        }


def main(argv):
    listed = "--unmarked" in argv
    names = [a for a in argv if not a.startswith("-")] or sorted(p.stem for p in HERE.glob("*.toml"))
    stories = [Story(n) for n in names]
    for s in stories:
        s.check()
        print(*s.faults, sep="\n", end="\n" if s.faults else "")
        if listed:
            print(*s.unmarked, sep="\n")
    table = [s.counts() for s in stories]
    print(f"{'':26}" + "".join(f"{s.name:>10}" for s in stories) + f"{'all':>10}")
    for row in table[0]:
        total = len({r["outlet"] for s in stories for r in s.reports.values()}) if row == "outlets" else sum(t[row] for t in table)
        print(f"{row:26}" + "".join(f"{t[row]:>10}" for t in table) + f"{total:>10}")
    faults = sum(len(s.faults) for s in stories)
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
