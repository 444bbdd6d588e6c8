#!/usr/bin/env python3
"""Score type and date of incidents on MUC-4, from outside (`chancery build` and `chancery export` only).

  score_muc.py CHANCERY muc4.jsonl [--first N]

A line of the file: {"id", "text", "templates": [{"incident_type", "incident_date", "incident_stage_of_execution", ...}]}; the texts are upper case and are
given to the program in sentence case (first letter of a sentence and of words after "GEN.", months and the like stay what they become: this loses names).
A template is found when an event of the report has the type that stands for its incident: ATTACK, BOMBING, ARSON: ASSAULT; KIDNAPPING and HIJACKING:
ASSAULT of mode abduct; ROBBERY and FORCED WORK STOPPAGE: any of ASSAULT, COERCE, PROTEST. Its date is right when such an event's days meet the days of the
template (a day, or from one to another); wrong dates and none are told apart."""
import collections
import datetime as dt
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MONTHS = {m: n for n, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}


def day(s, year=None):
    m = re.match(r"(\d{1,2}) ([A-Z]{3})[A-Z]*(?: (\d\d))?$", s.strip())
    if not m or m[2] not in MONTHS:
        return None
    y = 1900 + int(m[3]) if m[3] else year
    try:
        return dt.date(y, MONTHS[m[2]], int(m[1])) if y else None
    except ValueError:
        return None


def days(s):
    a, _, b = s.replace("(", "").replace(")", "").partition(" - ")
    hi = day(b) if b else day(a)
    lo = day(a, hi.year if hi else None)
    return (lo or hi, hi or lo) if lo or hi else None


def main():
    binary, path, *opts = sys.argv[1:]
    rows = [json.loads(l) for l in open(path, encoding="utf8")]
    if "--first" in opts:
        rows = rows[: int(opts[opts.index("--first") + 1])]
    with tempfile.TemporaryDirectory() as tmp:
        t = pathlib.Path(tmp)
        with open(t / "in.jsonl", "w", encoding="utf8") as f:
            for n, r in enumerate(rows):
                text = r["text"].lower()
                text = re.sub(r"(^|[.!?]\s+|\n\n\s*|\] )([a-z])", lambda m: m[1] + m[2].upper(), text)
                text = re.sub(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", lambda m: m[1].capitalize(), text)
                o = {"id": str(n), "text": text}
                m = re.search(r"(\d{1,2} (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* \d\d)", r["text"])
                if m and day(m[1]):
                    o["published"] = day(m[1]).isoformat()
                f.write(json.dumps(o) + "\n")
        run = lambda *a: subprocess.run([binary, *a], check=True, stdout=subprocess.DEVNULL)
        run("build", "-q", str(t / "in.jsonl"), "-o", str(t / "r.db"))
        run("export", "-q", str(t / "r.db"), "--format", "jsonl", "-o", str(t / "out"))
        read = lambda n: [json.loads(l) for l in open(t / "out" / f"{n}.jsonl", encoding="utf8")]
        key = {r["id"]: r["key"] for r in read("reports")}
        events = collections.defaultdict(list)
        for e in read("event_mentions"):
            events[key[e["report"]]].append(e)
    fits = {
        "KIDNAPPING": lambda e: e["type"] == "ASSAULT" and e["mode"] == "abduct",
        "HIJACKING": lambda e: e["type"] == "ASSAULT" and e["mode"] == "abduct",
        "ROBBERY": lambda e: e["type"] in ("ASSAULT", "COERCE"),
        "FORCED WORK STOPPAGE": lambda e: e["type"] in ("PROTEST", "COERCE", "ASSAULT"),
    }
    c = collections.Counter()
    kinds = collections.Counter()
    for n, r in enumerate(rows):
        got = events[str(n)]
        hostile = any(e["type"] == "ASSAULT" and e["status"] in ("happened", "ongoing", "claimed") for e in got)
        c["reports"] += 1
        if not r["templates"]:
            c["no incident"] += 1
            c["no incident, none given"] += not hostile
        for tpl in r["templates"]:
            kind = (tpl["incident_type"] or ["ATTACK"])[0].split(" / ")[0].strip('" ')
            right = [e for e in got if fits.get(kind, lambda e: e["type"] == "ASSAULT")(e)]
            c["templates"] += 1
            kinds[kind] += 1
            kinds[kind, "found"] += bool(right)
            c["type found"] += bool(right)
            span = days((tpl["incident_date"] or [""])[0])
            if span:
                c["dated"] += 1
                dated = [e for e in right if e["date_lo"] and e["date_hi"]]
                meets = lambda e: dt.date.fromisoformat(e["date_lo"]) <= span[1] and span[0] <= dt.date.fromisoformat(e["date_hi"])
                c["date right"] += any(meets(e) for e in dated)
                c["date given"] += bool(dated)
    print(f"{c['reports']} reports, {c['templates']} incidents: type found {100 * c['type found'] / max(1, c['templates']):.1f} %")
    print("  " + "; ".join(f"{k} {100 * kinds[k, 'found'] / kinds[k]:.0f} % of {kinds[k]}" for k in sorted(x for x in kinds if isinstance(x, str))))
    print(f"of {c['dated']} dated ones: an event of that type with a date {100 * c['date given'] / max(1, c['dated']):.1f} %, the days meet {100 * c['date right'] / max(1, c['dated']):.1f} %")
    print(f"of {c['no incident']} reports without an incident, no attack given in {c['no incident, none given']}")


if __name__ == "__main__":
    main()
